//! A picture painted pixel by pixel: curves of many points, in a fraction of the time that paths take.
//!
//! Belongs here: [`Painting`], opaque, at the resolution of the screen, and what can be painted: rectangles, traces with
//! their area and pattern, lines and discs. What a picture shows does not. Every shape is one pass over its own pixels;
//! soft edges come from how much of a pixel is covered, by column for curves and by distance for the rest.

use std::ops::Range;

use iced::advanced::image::{FilterMethod, Handle, Image};
use iced::widget::canvas::Frame;
use iced::{Color, Point, Rectangle, Size};

use super::curve::{Plot, Trace};
use crate::mode::{self, Mode, Pattern};

/// Curves are looked at this many times in a pixel column.
const FINE: usize = 2;

/// A picture under the brush. Places and sizes are those of the canvas, in logical pixels.
#[derive(Debug)]
pub struct Painting {
    bounds: Rectangle,
    scale: f32,
    width: usize,
    height: usize,
    pixels: Vec<[u8; 4]>,
}

/// A finished picture.
#[derive(Debug, Clone)]
pub struct Sheet {
    bounds: Rectangle,
    image: Image,
}

impl Sheet {
    /// Draws it. Sheets of one frame are repainted one by one, as they change.
    pub fn draw(&self, frame: &mut Frame) {
        frame.draw_image(self.bounds, self.image.clone());
    }
}

/// The area under a trace.
#[derive(Debug, Clone, Copy)]
pub struct Area {
    /// Its colour, with opacity.
    pub fill: Color,
    /// The mode's pattern on it, with the pattern's colour and opacity.
    pub pattern: Option<(Mode, Color)>,
}

impl Painting {
    /// A picture for a part of the canvas, on a ground, `scale` physical pixels to a logical one.
    pub fn new(bounds: Rectangle, scale: f32, ground: Color) -> Self {
        let size = |length: f32| (length * scale).round().max(1.0) as usize;
        let (width, height) = (size(bounds.width), size(bounds.height));
        let [red, green, blue, _] = ground.into_rgba8();
        Self { bounds, scale, width, height, pixels: vec![[red, green, blue, 255]; width * height] }
    }

    /// The finished picture.
    pub fn finish(self) -> Sheet {
        let bytes = self.pixels.into_flattened();
        let handle = Handle::from_rgba(self.width as u32, self.height as u32, bytes);
        Sheet { bounds: self.bounds, image: Image::new(handle).filter_method(FilterMethod::Nearest) }
    }

    /// A trace of curves has this many columns over a width.
    pub fn columns(&self, width: f32) -> usize {
        (width * self.scale).round().max(0.0) as usize
    }

    fn x(&self, x: f32) -> f32 {
        (x - self.bounds.x) * self.scale
    }

    fn y(&self, y: f32) -> f32 {
        (y - self.bounds.y) * self.scale
    }

    /// A trace where it is to be painted.
    pub fn line(&self, plot: Plot, trace: &Trace) -> Line {
        // Its left edge on a whole pixel.
        let plot = Plot { x: self.x(plot.x).round(), top: self.y(plot.top), bottom: self.y(plot.bottom) };
        Line::new(trace, plot)
    }

    fn blend(&mut self, x: usize, y: usize, color: Brush, coverage: f32) {
        if let Some(pixel) = self.pixels.get_mut(y * self.width + x) {
            color.on(pixel, coverage);
        }
    }

    /// A rectangle, its edges on whole pixels.
    pub fn rectangle(&mut self, at: Point, size: Size, color: Color) {
        let edge = |value: f32, most: usize| value.round().clamp(0.0, most as f32) as usize;
        let (left, right) = (edge(self.x(at.x), self.width), edge(self.x(at.x + size.width), self.width));
        let (top, bottom) = (edge(self.y(at.y), self.height), edge(self.y(at.y + size.height), self.height));
        let brush = Brush::new(color);
        for y in top..bottom {
            for pixel in &mut self.pixels[y * self.width + left..y * self.width + right.max(left)] {
                brush.on(pixel, 1.0);
            }
        }
    }

    /// The area under a line.
    pub fn area(&mut self, line: &Line, area: Area) {
        let plot = line.plot;
        let tops: Vec<f32> = (0..line.columns()).map(|column| line.middle(column)).collect();
        let first = plot.x.max(0.0) as usize;
        let skipped = first as f32 - plot.x;
        let tops = tops.get(skipped as usize..).unwrap_or_default();
        let count = tops.len().min(self.width.saturating_sub(first));
        let highest = tops.iter().copied().fold(f32::INFINITY, f32::min);
        let bottom = plot.bottom.min(self.height as f32);
        let rows = highest.max(0.0) as usize..bottom.ceil().max(0.0) as usize;
        let fill = Brush::new(area.fill);
        let marks = area.pattern.map(|(mode, color)| (Marks::new(mode, self, plot, first, count), Brush::new(color)));
        for y in rows {
            let edge = y as f32 + 1.0;
            let end = (bottom - y as f32).min(1.0);
            let row = y * self.width + first;
            let Some(pixels) = self.pixels.get_mut(row..row + count) else { break };
            for (column, (pixel, top)) in pixels.iter_mut().zip(tops).enumerate() {
                let covered = (edge - top).min(end);
                if covered <= 0.0 {
                    continue;
                }
                let covered = covered.min(1.0);
                fill.on(pixel, covered);
                if let Some((marks, brush)) = &marks {
                    let mark = marks.at(column, y);
                    if mark > 0.0 {
                        brush.on(pixel, mark * covered);
                    }
                }
            }
        }
    }

    /// Some columns of a line. Dashes are lengths of line and gap, in pixels along the line.
    pub fn trace(&mut self, line: &Line, columns: Range<usize>, pen: Pen<'_>) {
        let radius = pen.width * self.scale / 2.0;
        let reach = (radius * FINE as f32).ceil() as usize;
        let brush = Brush::new(pen.color);
        let end = columns.end.min(line.columns());
        let mut dashes = Dashes::new(pen.dashes, self.scale);
        // The ends are round, and so reach a little further.
        let over = radius.ceil() as usize;
        for column in columns.start.saturating_sub(over)..end + over {
            let x = line.plot.x + column as f32;
            let inside = (columns.start..end).contains(&column);
            let drawn = if inside { dashes.go(line.length(column)) } else { pen.dashes.is_empty() };
            if x < 0.0 || x >= self.width as f32 || !drawn {
                continue;
            }
            let mut slices = [(f32::INFINITY, f32::NEG_INFINITY); FINE];
            for (part, (top, bottom)) in slices.iter_mut().enumerate() {
                let middle = column * FINE + part;
                let near = middle.saturating_sub(reach).max(columns.start * FINE)..(middle + reach + 1).min(end * FINE);
                for other in near {
                    let away = other.abs_diff(middle) as f32 / FINE as f32;
                    let half = (radius * radius - away * away).max(0.0).sqrt();
                    if away <= radius || other == middle {
                        let (high, low) = line.slices[other];
                        *top = top.min(high - half);
                        *bottom = bottom.max(low + half);
                    }
                }
            }
            let top = slices.iter().map(|slice| slice.0).fold(f32::INFINITY, f32::min).floor().max(0.0) as usize;
            let bottom = slices.iter().map(|slice| slice.1).fold(f32::NEG_INFINITY, f32::max).ceil().max(0.0) as usize;
            for y in top..bottom.min(self.height) {
                let row = y as f32;
                let covered: f32 =
                    slices.iter().map(|(top, bottom)| (bottom.min(row + 1.0) - top.max(row)).clamp(0.0, 1.0)).sum();
                self.blend(x as usize, y, brush, covered / FINE as f32);
            }
        }
    }

    /// A disc.
    pub fn disc(&mut self, middle: Point, radius: f32, color: Color) {
        self.stroke(middle, middle, Pen::new(color, 2.0 * radius));
    }

    /// A straight line with round ends.
    pub fn stroke(&mut self, from: Point, to: Point, pen: Pen<'_>) {
        let (from, to) = (Point::new(self.x(from.x), self.y(from.y)), Point::new(self.x(to.x), self.y(to.y)));
        let radius = pen.width * self.scale / 2.0;
        let along = to - from;
        let length = along.x.hypot(along.y);
        let dashes = Dashes::new(pen.dashes, self.scale);
        let brush = Brush::new(pen.color);
        let range = |a: f32, b: f32, most: usize| {
            let low = (a.min(b) - radius - 1.0).floor().clamp(0.0, most as f32) as usize;
            low..(a.max(b) + radius + 1.0).ceil().clamp(0.0, most as f32) as usize
        };
        let columns = range(from.x, to.x, self.width);
        for y in range(from.y, to.y, self.height) {
            for x in columns.clone() {
                let place = Point::new(x as f32 + 0.5, y as f32 + 0.5);
                let off = place - from;
                let part = if length > 0.0 { (off.x * along.x + off.y * along.y) / (length * length) } else { 0.0 };
                let part = part.clamp(0.0, 1.0);
                let nearest = from + along * part;
                let covered = (radius + 0.5 - nearest.distance(place)).clamp(0.0, 1.0);
                if covered > 0.0 && dashes.shows(part * length) {
                    self.blend(x, y, brush, covered);
                }
            }
        }
    }
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Pen<'a> {
    /// Its colour, with opacity.
    pub color: Color,
    /// Its width.
    pub width: f32,
    /// Lengths of line and gap in turn; whole where there are none.
    pub dashes: &'a [f32],
}

impl Pen<'_> {
    /// A pen without dashes.
    pub const fn new(color: Color, width: f32) -> Self {
        Self { color, width, dashes: &[] }
    }
}

/// A colour in numbers that are quick to mix.
#[derive(Debug, Clone, Copy)]
struct Brush {
    color: [u8; 3],
    alpha: f32,
}

impl Brush {
    fn new(color: Color) -> Self {
        let [red, green, blue, _] = color.into_rgba8();
        Self { color: [red, green, blue], alpha: color.a * 256.0 }
    }

    fn on(self, pixel: &mut [u8; 4], coverage: f32) {
        let alpha = (self.alpha * coverage) as i32;
        for (channel, new) in pixel.iter_mut().zip(self.color) {
            let old = i32::from(*channel);
            *channel = (old + (((i32::from(new) - old) * alpha) >> 8)) as u8;
        }
    }
}

/// A trace in physical pixels: its highest and lowest place in each slice of a column.
#[derive(Debug)]
pub struct Line {
    plot: Plot,
    slices: Vec<(f32, f32)>,
}

impl Line {
    fn new(trace: &Trace, plot: Plot) -> Self {
        let mut slices = Vec::with_capacity(trace.columns() * FINE);
        for column in 0..trace.columns() {
            let (left, right) = (trace.at(column), trace.at(column + 1));
            let (low, high) = trace.inside(column);
            let spike = high > left.max(right) + 0.002 || low < left.min(right) - 0.002;
            for part in 0..FINE {
                let at = |part: usize| left + (right - left) * part as f32 / FINE as f32;
                let (a, b) = (at(part), at(part + 1));
                let (low, high) = if spike { (low, high) } else { (a.min(b), a.max(b)) };
                slices.push((plot.y(high), plot.y(low)));
            }
        }
        Self { plot, slices }
    }

    /// How many columns it has.
    pub fn columns(&self) -> usize {
        self.slices.len() / FINE
    }

    /// Where the line is in the middle of a column.
    fn middle(&self, column: usize) -> f32 {
        let slices = &self.slices[column * FINE..(column + 1) * FINE];
        slices.iter().map(|(high, low)| high + low).sum::<f32>() / (2 * FINE) as f32
    }

    /// How long the line is in a column.
    fn length(&self, column: usize) -> f32 {
        let (high, low) = self.slices[column * FINE];
        ((low - high) * FINE as f32).hypot(1.0)
    }
}

/// The mode's marks, as far as they are in each pixel: diagonals, verticals, dots or horizontals.
enum Marks {
    /// By the sum of column and row.
    Diagonals(Vec<f32>),
    /// By column.
    Verticals(Vec<f32>),
    /// How far a column and a row are from the nearest dot's middle, and the dot's radius.
    Dots(Vec<f32>, Vec<f32>, f32),
    /// By row.
    Horizontals(Vec<f32>),
}

impl Marks {
    fn new(mode: Mode, painting: &Painting, plot: Plot, first: usize, count: usize) -> Self {
        let scale = painting.scale;
        let away = |place: f32, apart: f32| {
            let into = place.rem_euclid(apart);
            into.min(apart - into)
        };
        let covered = |away: f32, width: f32| (width * scale / 2.0 + 0.5 - away).clamp(0.0, 1.0);
        // From the left edge of the curve and from its bottom, so that marks stand still while it changes.
        let across = |column: usize| (first + column) as f32 + 0.5 - plot.x;
        let up = |row: usize| plot.bottom - row as f32 - 0.5;
        let rows = 0..painting.height;
        let Pattern { marks, apart, width, .. } = mode.pattern();
        let apart = apart * scale;
        let half = apart / 2.0;
        match marks {
            mode::Marks::Diagonals => {
                let apart = apart * std::f32::consts::SQRT_2;
                let sums = 0..count + painting.height;
                let mark = |sum: usize| {
                    let place = across(0) + sum as f32 + 0.5;
                    covered(away(place, apart) / std::f32::consts::SQRT_2, width)
                };
                Self::Diagonals(sums.map(mark).collect())
            }
            mode::Marks::Verticals => {
                Self::Verticals((0..count).map(|column| covered(away(across(column) - half, apart), width)).collect())
            }
            mode::Marks::Dots => Self::Dots(
                (0..count).map(|column| away(across(column) - half, apart)).collect(),
                rows.map(|row| away(up(row) - half, apart)).collect(),
                width / 2.0 * scale,
            ),
            mode::Marks::Horizontals => {
                Self::Horizontals(rows.map(|row| covered(away(up(row) - half, apart), width)).collect())
            }
        }
    }

    fn at(&self, column: usize, row: usize) -> f32 {
        match self {
            Self::Diagonals(marks) => marks[column + row],
            Self::Verticals(marks) => marks[column],
            Self::Dots(across, down, radius) => {
                let (x, y) = (across[column], down[row]);
                if x > radius + 0.5 || y > radius + 0.5 {
                    return 0.0;
                }
                (radius + 0.5 - x.hypot(y)).clamp(0.0, 1.0)
            }
            Self::Horizontals(marks) => marks[row],
        }
    }
}

/// Where along a dashed line one is.
struct Dashes {
    lengths: Vec<f32>,
    whole: f32,
    gone: f32,
}

impl Dashes {
    fn new(lengths: &[f32], scale: f32) -> Self {
        let lengths: Vec<f32> = lengths.iter().map(|length| length * scale).collect();
        Self { whole: lengths.iter().sum(), lengths, gone: 0.0 }
    }

    /// Goes on, and says whether there is line where it began.
    fn go(&mut self, by: f32) -> bool {
        let shows = self.shows(self.gone);
        self.gone += by;
        shows
    }

    fn shows(&self, at: f32) -> bool {
        if self.whole <= 0.0 {
            return true;
        }
        let mut rest = at.rem_euclid(self.whole);
        for (index, length) in self.lengths.iter().enumerate() {
            if rest < *length {
                return index.is_multiple_of(2);
            }
            rest -= length;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curve::{Curve, Point as Fixed, Shape};
    use crate::intensity::Intensity;
    use crate::time::Time;

    const PAGE: Rectangle = Rectangle { x: 10.0, y: 20.0, width: 40.0, height: 30.0 };

    fn dark(painting: &Painting, x: usize, y: usize) -> u8 {
        255 - painting.pixels[y * painting.width + x][0]
    }

    fn spike() -> Curve {
        let point =
            |seconds, percent| Fixed::new(Shape::Straight, Time::from_secs(seconds), Intensity::from_percent(percent));
        Curve::new(vec![point(0, 0), point(50, 0), point(51, 100), point(52, 0)]).unwrap()
    }

    #[test]
    fn places_are_those_of_the_canvas_at_every_scale() {
        for scale in [1.0_f32, 1.5, 2.0] {
            let mut painting = Painting::new(PAGE, scale, Color::WHITE);
            painting.rectangle(Point::new(12.0, 22.0), Size::new(4.0, 2.0), Color::BLACK);
            let at = |x: f32, y: f32| dark(&painting, (x * scale) as usize, (y * scale) as usize);
            assert_eq!((at(2.0, 2.0), at(5.5, 3.5), at(6.5, 2.0), at(2.0, 4.5)), (255, 255, 0, 0), "{scale}");
            painting.disc(Point::new(30.0, 35.0), 5.0, Color::BLACK);
            let at = |x: f32, y: f32| dark(&painting, (x * scale) as usize, (y * scale) as usize);
            assert_eq!((at(20.0, 15.0), at(23.0, 15.0), at(26.5, 15.0)), (255, 255, 0), "{scale}");
        }
    }

    #[test]
    fn a_peak_narrower_than_a_pixel_reaches_its_height() {
        let mut painting = Painting::new(PAGE, 1.0, Color::WHITE);
        let plot = Plot { x: 10.0, top: 25.0, bottom: 45.0 };
        let trace = Trace::new([&spike()], Time::from_secs(100), 40);
        let line = painting.line(plot, &trace);
        painting.trace(&line, 0..40, Pen::new(Color::BLACK, 2.0));
        assert!((19..=21).any(|column| dark(&painting, column, 5) > 200), "the top of the plot is touched");
        assert!(dark(&painting, 10, 25) > 100 && dark(&painting, 10, 10) == 0, "elsewhere it lies at the bottom");
    }

    #[test]
    fn the_area_lies_between_the_curve_and_the_bottom() {
        let half = Curve::new(vec![Fixed::new(Shape::Straight, Time::ZERO, Intensity::from_percent(50))]).unwrap();
        for mode in Mode::ALL {
            let mut painting = Painting::new(PAGE, 2.0, Color::WHITE);
            let plot = Plot { x: 14.0, top: 25.0, bottom: 45.0 };
            let trace = Trace::new([&half], Time::from_secs(10), painting.columns(30.0));
            let area = Area { fill: Color::BLACK.scale_alpha(0.2), pattern: Some((mode, Color::BLACK)) };
            let line = painting.line(plot, &trace);
            painting.area(&line, area);
            let row = |y: usize| (8..68).map(|x| u32::from(dark(&painting, x, y))).collect::<Vec<_>>();
            assert!(row(29).iter().all(|dark| *dark == 0), "nothing above, {mode:?}");
            assert!(row(50).iter().all(|dark| *dark == 0), "nothing below, {mode:?}");
            let inside: Vec<u32> = (30..50).flat_map(row).collect();
            assert!(inside.iter().all(|dark| *dark > 40), "all of it is filled, {mode:?}");
            let marked = inside.iter().filter(|dark| **dark > 180).count();
            assert!((inside.len() / 25..inside.len() / 2).contains(&marked), "{mode:?}: {marked} of {}", inside.len());
            assert_eq!(dark(&painting, 7, 40), 0, "it begins at its left edge");
        }
    }

    #[test]
    fn dashes_leave_gaps() {
        let mut painting = Painting::new(PAGE, 1.0, Color::WHITE);
        let pen = Pen { color: Color::BLACK, width: 2.0, dashes: &[4.0, 4.0] };
        painting.stroke(Point::new(10.0, 30.0), Point::new(50.0, 30.0), pen);
        let there: Vec<bool> = (0..40).map(|x| dark(&painting, x, 9) > 128).collect();
        assert_eq!(there.iter().filter(|dark| **dark).count(), 20, "{there:?}");
    }
}
