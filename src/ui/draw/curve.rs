//! How curves are drawn, everywhere: area, pattern and line, a pixel column at a time.
//!
//! Belongs here: [`Trace`], a curve seen at the resolution of the screen; [`Plot`], where it goes; and [`draw`]. Paths are
//! cut every 32 columns, so that the renderer touches little where little changed. Canvases do not belong here.

use std::ops::Range;

use iced::widget::canvas::{Frame, LineJoin, Path, Stroke, path};
use iced::{Color, Point};

use crate::curve::Curve;
use crate::mode::{Marks, Mode};
use crate::time::Time;

/// Columns drawn as one path.
pub const CHUNK: usize = 32;

/// Curves as the screen shows them: for each pixel column the value at its edges, and the lowest and highest inside.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Trace {
    edges: Vec<f32>,
    inside: Vec<(f32, f32)>,
}

impl Trace {
    /// The highest of some curves, over a length of time, in a number of columns. No point is lost, however many share
    /// a column: its extremes count.
    pub fn new<'a>(curves: impl IntoIterator<Item = &'a Curve>, length: Time, columns: usize) -> Self {
        Self::between(curves, Time::ZERO, length, columns)
    }

    /// The same, from one time to another.
    pub fn between<'a>(curves: impl IntoIterator<Item = &'a Curve>, from: Time, to: Time, columns: usize) -> Self {
        let mut trace = Self { edges: vec![0.0; columns + 1], inside: vec![(0.0, 0.0); columns] };
        let length = u64::from(to.as_millis().saturating_sub(from.as_millis()));
        for curve in curves {
            let first = curve.points().partition_point(|point| point.at < from);
            let mut points = curve.points().iter().skip(first).peekable();
            let mut left = 0.0;
            for (column, edge) in trace.edges.iter_mut().enumerate() {
                let at = from.as_millis() + (length * column as u64 / columns.max(1) as u64) as u32;
                let at = Time::from_millis(at);
                let right = curve.intensity_at(at).fraction() as f32;
                *edge = edge.max(right);
                let (mut low, mut high) =
                    if column == 0 { (right, right) } else { (f32::min(left, right), left.max(right)) };
                while let Some(point) = points.next_if(|point| point.at <= at) {
                    let value = point.intensity.fraction() as f32;
                    (low, high) = (low.min(value), high.max(value));
                }
                if let Some(inside) = column.checked_sub(1).and_then(|column| trace.inside.get_mut(column)) {
                    *inside = (inside.0.max(low), inside.1.max(high));
                }
                left = right;
            }
        }
        trace
    }

    /// The same with every value changed by a function that never falls while the value rises.
    pub fn map(&self, change: impl Fn(f32) -> f32) -> Self {
        Self {
            edges: self.edges.iter().map(|value| change(*value)).collect(),
            inside: self.inside.iter().map(|(low, high)| (change(*low), change(*high))).collect(),
        }
    }

    /// Its number of columns.
    pub fn columns(&self) -> usize {
        self.inside.len()
    }

    /// The value at the left edge of a column.
    pub fn at(&self, column: usize) -> f32 {
        self.edges.get(column).or(self.edges.last()).copied().unwrap_or(0.0)
    }

    /// The lowest and the highest value in a column.
    pub fn inside(&self, column: usize) -> (f32, f32) {
        self.inside.get(column).copied().unwrap_or((self.at(column), self.at(column)))
    }

    fn points(&self, plot: Plot, columns: Range<usize>) -> Vec<Point> {
        let mut points = Vec::with_capacity(columns.len() + 8);
        for column in columns.clone() {
            let (left, right) = (self.at(column), self.at(column + 1));
            points.push(plot.point(column as f32, left));
            let (low, high) = self.inside.get(column).copied().unwrap_or((left, right));
            if high > left.max(right) + 0.01 {
                points.push(plot.point(column as f32 + 0.5, high));
            }
            if low < left.min(right) - 0.01 {
                points.push(plot.point(column as f32 + 0.5, low));
            }
        }
        points.push(plot.point(columns.end as f32, self.at(columns.end)));
        points
    }
}

/// Where a curve is drawn: from `x` to the right, a column a pixel; full at `top`, nothing at `bottom`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plot {
    /// The left edge, in pixels.
    pub x: f32,
    /// Where 100 % is, in pixels.
    pub top: f32,
    /// Where 0 % is, in pixels.
    pub bottom: f32,
}

impl Plot {
    /// The height of a value from 0 to 1.
    pub fn y(self, value: f32) -> f32 {
        self.bottom - value * (self.bottom - self.top)
    }

    fn point(self, column: f32, value: f32) -> Point {
        Point::new(self.x + column, self.y(value))
    }
}

/// How strongly the parts of a curve are drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// Opacity of the area.
    pub fill: f32,
    /// Opacity of the pattern.
    pub pattern: f32,
    /// Width of the line, in pixels.
    pub line: f32,
}

/// Draws some columns of a trace: area, the mode's pattern if there is a mode, and line.
pub fn draw(
    frame: &mut Frame,
    plot: Plot,
    trace: &Trace,
    columns: Range<usize>,
    mode: Option<Mode>,
    color: Color,
    look: Look,
) {
    let end = columns.end.min(trace.columns());
    let mut start = columns.start.min(end);
    while start < end {
        // Cut at the same places whatever is asked for, so that parts drawn at different times join.
        let stop = (start - start % CHUNK + CHUNK).min(end);
        let points = trace.points(plot, start..stop);
        if look.fill > 0.0 {
            let area = Path::new(|area| {
                area.move_to(Point::new(plot.x + start as f32, plot.bottom));
                points.iter().for_each(|point| area.line_to(*point));
                area.line_to(Point::new(plot.x + stop as f32, plot.bottom));
                area.close();
            });
            frame.fill(&area, color.scale_alpha(look.fill));
        }
        if let Some(mode) = mode.filter(|_| look.pattern > 0.0) {
            pattern(frame, plot, trace, start..stop, mode, color.scale_alpha(look.pattern));
        }
        start = stop;
    }
    if look.line > 0.0 && columns.start < end {
        let points = straightened(trace.points(plot, columns.start..end));
        let mut rest = points.as_slice();
        // Pieces touch and do not overlap: at an overlap the soft edges of the line would add up to a dot.
        while rest.len() > 1 {
            let (piece, after) = (&rest[..rest.len().min(CHUNK)], rest.get(CHUNK - 1..).unwrap_or_default());
            polyline(frame, piece, stroke(color, look.line));
            rest = after;
        }
    }
}

/// The same line with fewer points: those that lie straight between their neighbours, within a hundredth of a pixel a
/// column, are left out.
fn straightened(points: Vec<Point>) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::with_capacity(points.len());
    for point in points {
        if let [.., before, last] = kept.as_slice() {
            let slope = |from: &Point, to: &Point| (to.y - from.y) / (to.x - from.x).max(f32::EPSILON);
            if (slope(before, last) - slope(last, &point)).abs() < 0.01 {
                kept.pop();
            }
        }
        kept.push(point);
    }
    kept
}

/// Draws some columns of a trace as a line alone, with a stroke of one's own; dashes go on from part to part.
pub fn dashed(frame: &mut Frame, plot: Plot, trace: &Trace, columns: Range<usize>, stroke: Stroke<'_>) {
    polyline(frame, &trace.points(plot, columns.start..columns.end.min(trace.columns())), stroke);
}

/// A stroke with round joins.
pub fn stroke<'a>(color: Color, width: f32) -> Stroke<'a> {
    Stroke::default().with_color(color).with_width(width).with_line_join(LineJoin::Round)
}

/// Draws a line through points.
pub fn polyline(frame: &mut Frame, points: &[Point], stroke: Stroke<'_>) {
    let [first, rest @ ..] = points else { return };
    let line = Path::new(|line| {
        line.move_to(*first);
        rest.iter().for_each(|point| line.line_to(*point));
    });
    frame.stroke(&line, stroke);
}

/// The mode's marks under the curve: diagonals, verticals, dots or horizontals.
fn pattern(frame: &mut Frame, plot: Plot, trace: &Trace, columns: Range<usize>, mode: Mode, color: Color) {
    let top = |column: usize| plot.y(trace.at(column));
    let pattern = mode.pattern();
    let (apart, width) = (pattern.apart, pattern.width);
    let line = Stroke::default().with_color(color).with_width(width);
    match pattern.marks {
        Marks::Diagonals => {
            // x + y stays the same along a diagonal.
            let apart = apart * std::f32::consts::SQRT_2;
            let (from, to) = (plot.x + columns.start as f32 + plot.top, plot.x + columns.end as f32 + plot.bottom);
            let path = Path::new(|path| {
                let mut sum = (from / apart).floor() * apart;
                while sum <= to {
                    runs(path, columns.clone(), |column| {
                        let point = Point::new(plot.x + column as f32, sum - plot.x - column as f32);
                        (point.y >= top(column) && point.y <= plot.bottom).then_some(point)
                    });
                    sum += apart;
                }
            });
            frame.stroke(&path, line);
        }
        Marks::Verticals => {
            let path = Path::new(|path| {
                for column in columns.filter(|column| column % (apart as usize) == apart as usize / 2) {
                    let x = plot.x + column as f32 + 0.5;
                    if plot.bottom - top(column) > 0.5 {
                        path.move_to(Point::new(x, top(column)));
                        path.line_to(Point::new(x, plot.bottom));
                    }
                }
            });
            frame.stroke(&path, line);
        }
        Marks::Dots => {
            let path = Path::new(|path| {
                for column in columns.filter(|column| column % (apart as usize) == apart as usize / 2) {
                    let mut y = plot.bottom - apart / 2.0;
                    while y - width / 2.0 > top(column) {
                        path.circle(Point::new(plot.x + column as f32 + 0.5, y), width / 2.0);
                        y -= apart;
                    }
                }
            });
            frame.fill(&path, color);
        }
        Marks::Horizontals => {
            let path = Path::new(|path| {
                let mut y = plot.bottom - apart / 2.0;
                while y > plot.top {
                    runs(path, columns.clone(), |column| {
                        (y >= top(column)).then(|| Point::new(plot.x + column as f32, y))
                    });
                    y -= apart;
                }
            });
            frame.stroke(&path, line);
        }
    }
}

/// Adds a line for each run of columns in which the mark lies inside.
fn runs(path: &mut path::Builder, columns: Range<usize>, mark: impl Fn(usize) -> Option<Point>) {
    let mut run: Option<(Point, Point)> = None;
    for column in columns.start..=columns.end {
        match (mark(column), &mut run) {
            (Some(point), Some((_, end))) => *end = point,
            (Some(point), None) => run = Some((point, point)),
            (None, _) => {
                if let Some((start, end)) = run.take().filter(|(start, end)| start != end) {
                    path.move_to(start);
                    path.line_to(end);
                }
            }
        }
    }
    if let Some((start, end)) = run.filter(|(start, end)| start != end) {
        path.move_to(start);
        path.line_to(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curve::{Point as Fixed, Shape};
    use crate::intensity::Intensity;

    fn curve(points: &[(Shape, u32, u16)]) -> Curve {
        let points = points
            .iter()
            .map(|(shape, seconds, percent)| {
                Fixed::new(*shape, Time::from_secs(*seconds), Intensity::from_percent(*percent))
            })
            .collect();
        Curve::new(points).unwrap()
    }

    #[test]
    fn a_peak_between_two_columns_is_seen() {
        let spike = curve(&[
            (Shape::Straight, 0, 0),
            (Shape::Straight, 51, 0),
            (Shape::Straight, 52, 90),
            (Shape::Straight, 53, 0),
        ]);
        let trace = Trace::new([&spike], Time::from_secs(100), 10);
        assert_eq!(trace.columns(), 10);
        assert_eq!((trace.at(5), trace.at(6)), (0.0, 0.0));
        assert_eq!(trace.inside[5], (0.0, 0.9));
        let plot = Plot { x: 0.0, top: 0.0, bottom: 100.0 };
        assert!(trace.points(plot, 0..10).iter().any(|point| (point.y - 10.0).abs() < 0.01));
    }

    #[test]
    fn a_straight_line_needs_two_points_and_a_bent_one_keeps_its_bends() {
        let points = |heights: &[f32]| heights.iter().enumerate().map(|(x, y)| Point::new(x as f32, *y)).collect();
        assert_eq!(straightened(points(&[5.0; 40])).len(), 2);
        assert_eq!(straightened(points(&[0.0, 1.0, 2.0, 3.0, 3.0, 3.0])).len(), 3);
        let gentle: Vec<f32> = (0..200).map(|x| (x as f32).powi(2) * 0.001).collect();
        let kept = straightened(points(&gentle));
        for x in 0..200u16 {
            let after = kept.partition_point(|point| point.x < f32::from(x)).max(1);
            let (from, to) = (kept[after - 1], kept[after]);
            let y = from.y + (to.y - from.y) * (f32::from(x) - from.x) / (to.x - from.x);
            assert!((y - gentle[usize::from(x)]).abs() < 0.3, "{x}: {y}");
        }
    }

    #[test]
    fn the_highest_of_several_curves_counts() {
        let (low, high) = (curve(&[(Shape::Straight, 0, 20)]), curve(&[(Shape::Straight, 0, 60)]));
        let trace = Trace::new([&low, &high], Time::from_secs(10), 4);
        assert!((0..=4).all(|column| (trace.at(column) - 0.6).abs() < 0.001));
        assert_eq!(Trace::new([], Time::from_secs(10), 4).at(2), 0.0);
    }

    #[test]
    fn a_hundred_thousand_points_cost_no_more_to_draw_than_the_screen_has_columns() {
        let points = (0..100_000).map(|index| {
            Fixed::new(Shape::Straight, Time::from_millis(index * 100), Intensity::from_percent((index % 100) as u16))
        });
        let trace = Trace::new([&Curve::new(points.collect()).unwrap()], Time::from_millis(10_000_000), 500);
        let plot = Plot { x: 0.0, top: 0.0, bottom: 100.0 };
        assert!(trace.points(plot, 0..500).len() <= 3 * 500 + 1);
    }
}
