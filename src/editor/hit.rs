//! What is under the pointer.
//!
//! Belongs here: points, segments, steps and the profile's end, found by pixels, with hit areas larger than the marks.

use crate::mode::Channel;
use crate::time::Time;

use super::document::{Document, StepId};
use super::lane::{Lane, PointId, Span};
use super::viewport::Viewport;

/// How near a pointer must come to a point, in pixels: the halo of the mock-ups.
pub const POINT: f32 = 18.0;

/// How near to a line or an edge.
pub const LINE: f32 = 9.0;

/// What is under the pointer in a lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hit {
    /// A point.
    Point(PointId),
    /// The segment that ends at a point.
    Segment(PointId),
    /// Paper.
    Paper,
}

/// Which part of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepPart {
    /// Its start, to resize it.
    From,
    /// Its end, to resize it.
    To,
    /// Between, to move it.
    Middle,
}

/// What is under the pointer in a lane of a height, both in pixels, `y` from its top.
pub fn lane(lane: &Lane, view: &Viewport, height: f32, x: f32, y: f32) -> Hit {
    if let Some(point) = point(lane, view, height, x, y, POINT) {
        return Hit::Point(point);
    }
    segment(lane, view, height, x, y, LINE).map_or(Hit::Paper, Hit::Segment)
}

/// The nearest point within a radius.
pub fn point(lane: &Lane, view: &Viewport, height: f32, x: f32, y: f32, radius: f32) -> Option<PointId> {
    let near = Span::new(view.time(x - radius), view.time(x + radius));
    let distance = |spot: &super::lane::Spot| {
        let dx = view.x(spot.point.at) - x;
        let dy = height * (1.0 - spot.point.intensity.fraction() as f32) - y;
        dx * dx + dy * dy
    };
    let nearest = lane.spots_in(near).min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
    (distance(&nearest) <= radius * radius).then_some(nearest.id)
}

/// The segment whose line runs near. Where it is steep, its whole height is near.
pub fn segment(lane: &Lane, view: &Viewport, height: f32, x: f32, y: f32, reach: f32) -> Option<PointId> {
    let at = view.time(x);
    let index = lane.points().partition_point(|point| point.at <= at);
    let spot = lane.spot(index).filter(|_| index > 0)?;
    let around = Span::new(view.time(x - reach / 2.0), view.time(x + reach / 2.0));
    let (low, high) = super::drawing::range(lane.curve(), around);
    let top = height * (1.0 - high.fraction() as f32) - reach;
    let bottom = height * (1.0 - low.fraction() as f32) + reach;
    (top..=bottom).contains(&y).then_some(spot.id)
}

/// The step at a place, and which part of it. Of two that touch, the part that the pointer is on.
pub fn step(document: &Document, view: &Viewport, x: f32) -> Option<(StepId, StepPart)> {
    let inside = document.steps().iter().find(|named| {
        let (from, to) = (view.x(named.step.from), view.x(named.step.to));
        (from..=to).contains(&x)
    });
    let near = |at: Time| (view.x(at) - x).abs() <= LINE;
    match inside {
        // Short steps keep a middle to be moved by.
        Some(named) if view.x(named.step.to) - view.x(named.step.from) < 3.0 * LINE => {
            Some((named.id, StepPart::Middle))
        }
        Some(named) if near(named.step.from) => Some((named.id, StepPart::From)),
        Some(named) if near(named.step.to) => Some((named.id, StepPart::To)),
        Some(named) => Some((named.id, StepPart::Middle)),
        None => document.steps().iter().find_map(|named| match () {
            () if near(named.step.from) => Some((named.id, StepPart::From)),
            () if near(named.step.to) => Some((named.id, StepPart::To)),
            () => None,
        }),
    }
}

/// Whether a place is at the profile's end, to drag its length.
pub fn end(document: &Document, view: &Viewport, x: f32) -> bool {
    (view.x(document.length()) - x).abs() <= LINE
}

/// The lanes and parts of their height that a box covers, for [`Selection::choose_box`](super::Selection::choose_box):
/// `lanes` are the lanes' tops and heights in pixels, `top` and `bottom` the box's.
pub fn boxed(
    lanes: impl IntoIterator<Item = (Channel, f32, f32)>,
    top: f32,
    bottom: f32,
) -> Vec<(Channel, crate::intensity::Intensity, crate::intensity::Intensity)> {
    let covered = lanes.into_iter().filter(|(_, y, height)| *y <= bottom && top <= *y + *height);
    let intensity = |y: f32, at: f32, height: f32| {
        crate::intensity::Intensity::from_fraction(f64::from(1.0 - (y - at) / height.max(1.0)))
    };
    covered.map(|(channel, y, height)| (channel, intensity(bottom, y, height), intensity(top, y, height))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curve::{Curve, Point, Shape};
    use crate::intensity::Intensity;
    use crate::mode::Mode;
    use crate::profile::{Profile, Step};

    fn document() -> Document {
        let point = |shape, secs, percent| Point::new(shape, Time::from_secs(secs), Intensity::from_percent(percent));
        let points = vec![
            point(Shape::Straight, 0, 0),
            point(Shape::Straight, 50, 50),
            point(Shape::Hold, 80, 100),
            point(Shape::Straight, 100, 100),
        ];
        let step =
            |from, to| Step { from: Time::from_secs(from), to: Time::from_secs(to), text: "Roll".into(), spot: None };
        Document::new(&Profile {
            length: Time::from_secs(100),
            tracks: [(Channel::both(Mode::Heat), Curve::new(points).unwrap())].into(),
            steps: vec![step(10, 30), step(30, 32)],
            ..Profile::default()
        })
    }

    #[test]
    fn points_come_before_lines_and_lines_before_paper() {
        let document = document();
        let view = Viewport::new(1020.0, Time::from_secs(100));
        let (_, heat) = document.lanes().next().unwrap();
        let id = |index| heat.spot(index).unwrap().id;
        let hit = |x, y| lane(heat, &view, 200.0, x, y);
        assert_eq!(hit(507.0, 110.0), Hit::Point(id(1)));
        assert_eq!(hit(250.0, 152.0), Hit::Segment(id(1)));
        assert_eq!(hit(650.0, 95.0), Hit::Segment(id(2)));
        assert_eq!(hit(797.0, 50.0), Hit::Segment(id(2)), "the jump is as high as it is");
        assert_eq!(hit(250.0, 20.0), Hit::Paper);
    }

    #[test]
    fn a_step_is_taken_by_its_ends_or_its_middle() {
        let document = document();
        let view = Viewport::new(1020.0, Time::from_secs(100));
        let id = |index: usize| document.steps()[index].id;
        assert_eq!(step(&document, &view, 96.0), Some((id(0), StepPart::From)));
        assert_eq!(step(&document, &view, 200.0), Some((id(0), StepPart::Middle)));
        assert_eq!(step(&document, &view, 295.0), Some((id(0), StepPart::To)));
        assert_eq!(step(&document, &view, 310.0), Some((id(1), StepPart::Middle)));
        assert_eq!(step(&document, &view, 500.0), None);
        assert!(end(&document, &view, 1004.0) && !end(&document, &view, 900.0));
    }

    #[test]
    fn a_box_covers_parts_of_lanes() {
        let (heat, roller) = (Channel::both(Mode::Heat), Channel::both(Mode::Roller));
        let boxed = boxed([(roller, 0.0, 100.0), (heat, 100.0, 100.0)], 50.0, 80.0);
        assert_eq!(boxed, [(roller, Intensity::from_percent(20), Intensity::from_percent(50))]);
    }
}
