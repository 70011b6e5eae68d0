//! What to draw of a curve: as few vertices as the pixels can show, and never a peak less.
//!
//! Belongs here: a curve as chunks of vertices ([`line()`]), the levels a massager shows as steps ([`steps`]), and where a
//! curve is above an intensity ([`above`]). Colours, patterns and canvases do not.
//!
//! Where many points share a pixel column, only the first, the lowest, the highest and the last of them are drawn. A
//! software renderer is several times faster with paths cut into chunks than with one long path, so the line comes in
//! chunks of [`CHUNK`] vertices, each beginning with the last vertex of the one before.

use crate::curve::{Curve, Point, Shape};
use crate::intensity::Intensity;
use crate::time::Time;

use super::fixes::crossings;
use super::lane::Span;
use super::viewport::Viewport;

/// The most vertices of a chunk.
pub const CHUNK: usize = 32;

/// A curved segment has a vertex every so many pixels.
const FINE: f32 = 2.0;

/// A place of a drawn line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Vertex {
    /// Pixels from the left edge of the view.
    pub x: f32,
    /// Intensity from 0 to 1; the lane's height makes pixels of it.
    pub level: f32,
}

/// The curve over the width of a view, from edge to edge, in chunks. Nothing where the curve has no point.
pub fn line(curve: &Curve, view: &Viewport) -> Vec<Vec<Vertex>> {
    line_in(curve, view, view.seen())
}

/// The same for a part of what is seen, such as what a drag touches.
pub fn line_in(curve: &Curve, view: &Viewport, span: Span) -> Vec<Vec<Vertex>> {
    let points = curve.points();
    if points.is_empty() {
        return Vec::new();
    }
    let seen = view.seen();
    let span = Span { from: span.from.max(seen.from), to: span.to.min(seen.to).max(span.from.max(seen.from)) };
    let vertex = |at: Time, intensity: Intensity| Vertex { x: view.x(at), level: intensity.fraction() as f32 };
    let first = points.partition_point(|point| point.at <= span.from);
    let end = points.partition_point(|point| point.at < span.to);

    let mut chunks = Chunks::default();
    chunks.push(vertex(span.from, curve.intensity_at(span.from)));
    let mut from = span.from;
    let mut index = first;
    while index < end {
        // The points of one pixel column.
        let column = view.x(points[index].at).floor() + 1.0;
        let last = (index + 1..end).find(|next| view.x(points[*next].at) >= column).unwrap_or(end);
        travel(&mut chunks, curve, view, from, points[index], index);
        for (place, &point) in outstanding(&points[index..last]).into_iter().enumerate() {
            if place > 0 {
                chunks.push(vertex(point.at, point.intensity));
            }
        }
        from = points[last - 1].at;
        index = last;
    }
    let last = match points.get(end) {
        Some(next) => Point { at: span.to, intensity: curve.intensity_at(span.to), shape: next.shape },
        None => Point::new(Shape::Straight, span.to, curve.intensity_at(span.to)),
    };
    // The stretch may end inside a hold; its jump is only drawn where it stands.
    let last = match points.get(end) {
        Some(next) if next.shape == Shape::Hold && next.at > span.to => Point { shape: Shape::Straight, ..last },
        _ => last,
    };
    travel(&mut chunks, curve, view, from, last, end);
    chunks.all
}

/// The vertices from a time to a point, the point's own included.
fn travel(chunks: &mut Chunks, curve: &Curve, view: &Viewport, from: Time, to: Point, index: usize) {
    let (start, end) = (view.x(from), view.x(to.at));
    match to.shape {
        // Before the first point there is nothing to jump from.
        Shape::Hold if index > 0 => {
            let held = curve.points()[index - 1].intensity.fraction() as f32;
            chunks.push(Vertex { x: end, level: held });
        }
        Shape::Smooth | Shape::Bend(_) => {
            for step in 1..((end - start) / FINE).ceil().max(1.0) as u32 {
                let x = start + step as f32 * FINE;
                chunks.push(Vertex { x, level: curve.intensity_at(view.time(x)).fraction() as f32 });
            }
        }
        Shape::Hold | Shape::Straight => {}
    }
    chunks.push(Vertex { x: end, level: to.intensity.fraction() as f32 });
}

/// The first, the lowest, the highest and the last, in order.
fn outstanding(points: &[Point]) -> Vec<&Point> {
    if points.len() <= 4 {
        return points.iter().collect();
    }
    let mut chosen = vec![0, points.len() - 1];
    let indices = || 0..points.len();
    chosen.extend(indices().min_by_key(|index| points[*index].intensity));
    chosen.extend(indices().max_by_key(|index| points[*index].intensity));
    chosen.sort_unstable();
    chosen.dedup();
    chosen.into_iter().map(|index| &points[index]).collect()
}

#[derive(Default)]
struct Chunks {
    all: Vec<Vec<Vertex>>,
}

impl Chunks {
    fn push(&mut self, vertex: Vertex) {
        match self.all.last_mut() {
            Some(chunk) if chunk.len() < CHUNK => {
                if chunk.last() != Some(&vertex) {
                    chunk.push(vertex);
                }
            }
            Some(chunk) => {
                let mut next = Vec::with_capacity(CHUNK);
                next.extend(chunk.last().copied());
                next.push(vertex);
                self.all.push(next);
            }
            None => self.all.push(vec![vertex]),
        }
    }
}

/// The least and the most that a curve is in a stretch: what a pixel column of an overview shows.
pub fn range(curve: &Curve, span: Span) -> (Intensity, Intensity) {
    let points = curve.points();
    let from = points.partition_point(|point| point.at <= span.from);
    let to = points.partition_point(|point| point.at <= span.to);
    let ends = [curve.intensity_at(span.from), curve.intensity_at(span.to)];
    let mut inside = points[from..to.max(from)].iter().map(|point| point.intensity).chain(ends).collect::<Vec<_>>();
    // A held intensity ends in the millisecond before the jump.
    inside.extend(
        (from..to).filter(|index| *index > 0 && points[*index].shape == Shape::Hold).map(|i| points[i - 1].intensity),
    );
    (inside.iter().min().copied().unwrap_or_default(), inside.iter().max().copied().unwrap_or_default())
}

/// Which of its `max` levels a massager shows under a ceiling, as steps over what is seen: each level with the time from
/// which it holds. Where levels change faster than pixels, the highest of each column.
pub fn steps(curve: &Curve, view: &Viewport, max: u16, ceiling: Intensity) -> Vec<(Time, u16)> {
    let seen = view.seen();
    let level = |intensity: Intensity| intensity.level(max, ceiling);
    let mut at = seen.from;
    let mut steps = vec![(at, level(curve.intensity_at(at)))];
    let mut show = |at: Time, level: u16| {
        if steps.last().is_none_or(|last| last.1 != level) {
            steps.push((at, level));
        }
    };
    while let Some(next) = curve.next_change(at, level).filter(|next| *next <= seen.to) {
        let column_ends = view.time(view.x(next).floor() + 1.0);
        let last = Time::from_millis(column_ends.as_millis().saturating_sub(1));
        match curve.next_change(next, level) {
            Some(again) if again <= last => {
                show(next, level(range(curve, Span::new(next, last)).1));
                at = last;
            }
            _ => at = next,
        }
        show(at, level(curve.intensity_at(at)));
    }
    steps
}

/// Where a curve is above an intensity, up to the end of its profile.
pub fn above(curve: &Curve, intensity: Intensity, end: Time) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut since = (curve.intensity_at(Time::ZERO) > intensity).then_some(Time::ZERO);
    for at in crossings(curve, intensity) {
        match since.take() {
            Some(from) => spans.push(Span { from, to: at }),
            None => since = Some(at),
        }
    }
    spans.extend(since.filter(|from| *from < end).map(|from| Span { from, to: end }));
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_curve() -> impl Strategy<Value = Curve> {
        let shape = prop_oneof![
            Just(Shape::Hold),
            Just(Shape::Straight),
            Just(Shape::Smooth),
            (-100i8..=100).prop_map(Shape::Bend)
        ];
        prop::collection::vec((1u32..400, 0u16..=1000, shape), 1..200).prop_map(|steps| {
            let mut at = 0;
            let points = steps.into_iter().map(|(step, per_mille, shape)| {
                at += step;
                Point::new(shape, Time::from_millis(at), Intensity::from_per_mille(per_mille))
            });
            Curve::new(points.collect()).unwrap()
        })
    }

    proptest! {
        #[test]
        fn no_peak_and_no_valley_is_hidden(curve in any_curve(), width in 20.0f32..800.0, zoom in 1.0f64..8.0) {
            let mut view = Viewport::new(width, curve.end().max(Time::from_secs(2)));
            view.zoom(zoom, width / 2.0);
            let seen = view.seen();
            let chunks = line(&curve, &view);
            let vertices: Vec<Vertex> = chunks.concat();
            prop_assert!(vertices.windows(2).all(|pair| pair[0].x <= pair[1].x));
            prop_assert!(chunks.iter().all(|chunk| chunk.len() <= CHUNK));
            prop_assert!(chunks.windows(2).all(|pair| pair[0].last() == pair[1].first()));
            prop_assert!(vertices.len() as f32 <= width * 9.0 + 20.0);
            // Every true value of a column lies within what is drawn there, give or take a pixel and a percent.
            for millis in (seen.from.as_millis()..=seen.to.as_millis()).step_by(7) {
                let at = Time::from_millis(millis);
                let (x, level) = (view.x(at), curve.intensity_at(at).fraction() as f32);
                let first = vertices.partition_point(|vertex| vertex.x < x - 1.5).saturating_sub(1);
                let near = vertices[first..].iter().take_while(|vertex| vertex.x <= x + 1.5);
                let next = vertices[first..].iter().find(|vertex| vertex.x > x + 1.5);
                let around: Vec<f32> = near.chain(next).map(|vertex| vertex.level).collect();
                let low = around.iter().copied().fold(1.0, f32::min) - 0.01;
                let high = around.iter().copied().fold(0.0, f32::max) + 0.01;
                prop_assert!((low..=high).contains(&level), "{at}: {level} not in {low}..{high}");
            }
        }

        #[test]
        fn the_range_of_a_stretch_holds_all_its_values(curve in any_curve(), from in 0u32..40_000, width in 0u32..3000) {
            let span = Span::new(Time::from_millis(from), Time::from_millis(from + width));
            let (low, high) = range(&curve, span);
            let values: Vec<_> = (from..=from + width).map(|at| curve.intensity_at(Time::from_millis(at))).collect();
            prop_assert_eq!((Some(low), Some(high)), (values.iter().min().copied(), values.iter().max().copied()));
        }

        #[test]
        fn steps_show_the_highest_level_of_every_stretch(curve in any_curve(), max in 1u16..9) {
            let view = Viewport::new(300.0, curve.end().max(Time::from_secs(2)));
            let steps = steps(&curve, &view, max, Intensity::FULL);
            prop_assert!(steps.windows(2).all(|pair| pair[0].0 < pair[1].0));
            let highest = |from: u32, to: u32| {
                (from..=to).map(|at| curve.intensity_at(Time::from_millis(at)).level(max, Intensity::FULL)).max()
            };
            prop_assert_eq!(steps.iter().map(|step| step.1).max(), highest(0, view.seen().to.as_millis()));
        }

        #[test]
        fn above_is_where_it_is_above(curve in any_curve(), limit in 0u16..1000) {
            let limit = Intensity::from_per_mille(limit);
            let end = curve.end() + std::time::Duration::from_secs(1);
            let spans = above(&curve, limit, end);
            for millis in 0..end.as_millis() {
                let at = Time::from_millis(millis);
                let inside = spans.iter().any(|span| span.from <= at && at < span.to);
                prop_assert_eq!(inside, curve.intensity_at(at) > limit, "{}", at);
            }
        }
    }
}
