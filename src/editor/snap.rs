//! Where a dragged thing catches.
//!
//! Belongs here: [`Snap`]: the grid, other points, the playhead, levels; and the guide to draw for what caught.

use crate::intensity::Intensity;
use crate::time::Time;

use super::document::Document;
use super::edit::Shift;
use super::lane::{PointId, Span};
use super::viewport::Viewport;

/// What things catch at. The grid always catches; points and the playhead only from near, and before the grid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Snap {
    /// A grid of time, in milliseconds.
    pub grid: Option<u32>,
    /// Points of all lanes, and the ends of steps.
    pub points: bool,
    /// The playhead.
    pub playhead: bool,
    /// A grid of intensity: so many equal steps from nothing to full; a massager's levels, or 20 for every 5 %.
    pub levels: Option<u16>,
    /// How near points and the playhead catch, in pixels.
    pub reach: f32,
}

impl Default for Snap {
    fn default() -> Self {
        Self { grid: Some(5_000), points: true, playhead: true, levels: Some(20), reach: 8.0 }
    }
}

/// What caught: the line to draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guide {
    /// A line of the grid.
    Grid(Time),
    /// A point, in whichever lane.
    Point(PointId, Time),
    /// An end of a step.
    Step(Time),
    /// The playhead.
    Playhead(Time),
    /// A step of the intensity grid.
    Level(Intensity),
}

/// Where something comes to be, and why there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Snapped<T> {
    /// Where.
    pub value: T,
    /// What caught, if anything did.
    pub guide: Option<Guide>,
}

/// How far a drag leads, with what caught.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drag {
    /// How far, for [`Edit::Move`](super::Edit::Move).
    pub by: Shift,
    /// What caught in time.
    pub time: Option<Guide>,
    /// What caught in intensity.
    pub intensity: Option<Guide>,
}

impl Snap {
    /// Nothing catches: what Alt does.
    pub const FREE: Self = Self { grid: None, points: false, playhead: false, levels: None, reach: 0.0 };

    /// Where a time catches. Points that `goes` names are being moved themselves and catch nothing.
    pub fn time(
        &self,
        document: &Document,
        view: &Viewport,
        playhead: Option<Time>,
        at: Time,
        goes: impl Fn(PointId) -> bool,
    ) -> Snapped<Time> {
        let reach = u32::try_from(view.millis(self.reach)).unwrap_or(0);
        let near = Span {
            from: Time::from_millis(at.as_millis().saturating_sub(reach)),
            to: Time::from_millis(at.as_millis().saturating_add(reach)),
        };
        let mut best: Option<(u32, Time, Guide)> = None;
        let mut offer = |there: Time, guide: Guide| {
            let distance = there.as_millis().abs_diff(at.as_millis());
            if near.contains(there) && best.is_none_or(|best| distance < best.0) {
                best = Some((distance, there, guide));
            }
        };
        if let Some(playhead) = playhead.filter(|_| self.playhead) {
            offer(playhead, Guide::Playhead(playhead));
        }
        if self.points {
            for (_, lane) in document.lanes() {
                // The nearest that stays, on each side: no need to look at all that are near.
                let middle = lane.points().partition_point(|point| point.at < at);
                let before = (0..middle).rev().map_while(|index| lane.spot(index)).find(|spot| !goes(spot.id));
                let after = (middle..lane.len()).map_while(|index| lane.spot(index)).find(|spot| !goes(spot.id));
                for spot in before.into_iter().chain(after) {
                    offer(spot.point.at, Guide::Point(spot.id, spot.point.at));
                }
            }
            for named in document.steps() {
                offer(named.step.from, Guide::Step(named.step.from));
                offer(named.step.to, Guide::Step(named.step.to));
            }
        }
        if let Some((_, value, guide)) = best {
            return Snapped { value, guide: Some(guide) };
        }
        if let Some(grid) = self.grid.filter(|grid| *grid > 0) {
            let value = Time::from_millis((at.as_millis().saturating_add(grid / 2)) / grid * grid);
            let value = if value > document.length() { document.length() } else { value };
            return Snapped { value, guide: Some(Guide::Grid(value)) };
        }
        Snapped { value: at, guide: None }
    }

    /// Where an intensity catches.
    pub fn intensity(&self, intensity: Intensity) -> Snapped<Intensity> {
        let Some(levels) = self.levels.filter(|levels| *levels > 0) else {
            return Snapped { value: intensity, guide: None };
        };
        let level = (u32::from(intensity.per_mille()) * u32::from(levels) + 500) / 1000;
        let value = Intensity::of_level(level as u16, levels);
        Snapped { value, guide: Some(Guide::Level(value)) }
    }

    /// How far a drag leads: the point taken hold of catches, and the others keep their distance to it. What has not been
    /// moved along an axis stays there, even off the grid.
    pub fn drag(
        &self,
        document: &Document,
        view: &Viewport,
        playhead: Option<Time>,
        grabbed: PointId,
        wanted: Shift,
        goes: impl Fn(PointId) -> bool,
    ) -> Drag {
        let mut drag = Drag { by: wanted, time: None, intensity: None };
        let Some((_, spot)) = document.point(grabbed) else { return drag };
        if wanted.millis != 0 {
            let old = i64::from(spot.point.at.as_millis());
            let at = Time::from_millis(u32::try_from((old + wanted.millis).max(0)).unwrap_or(u32::MAX));
            let snapped = self.time(document, view, playhead, at.min(document.length()), goes);
            drag.by.millis = i64::from(snapped.value.as_millis()) - old;
            drag.time = snapped.guide;
        }
        if wanted.per_mille != 0 {
            let old = i32::from(spot.point.intensity.per_mille());
            let to = u16::try_from((old.saturating_add(wanted.per_mille)).clamp(0, 1000)).unwrap_or(0);
            let snapped = self.intensity(Intensity::from_per_mille(to));
            drag.by.per_mille = i32::from(snapped.value.per_mille()) - old;
            drag.intensity = snapped.guide;
        }
        drag
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curve::{Curve, Point, Shape};
    use crate::mode::{Channel, Mode};
    use crate::profile::Profile;

    fn document() -> Document {
        let point =
            |millis, percent| Point::new(Shape::Straight, Time::from_millis(millis), Intensity::from_percent(percent));
        let curve = Curve::new(vec![point(0, 0), point(30_700, 50), point(60_000, 0)]).unwrap();
        let tracks = [(Channel::both(Mode::Roller), curve)].into();
        Document::new(&Profile { length: Time::from_secs(100), tracks, ..Profile::default() })
    }

    #[test]
    fn a_near_point_catches_before_the_grid() {
        let (document, view) = (document(), Viewport::new(1000.0, Time::from_secs(100)));
        let snap = |millis| Snap::default().time(&document, &view, None, Time::from_millis(millis), |_| false);
        assert_eq!(snap(31_000).value, Time::from_millis(30_700));
        assert!(matches!(snap(31_000).guide, Some(Guide::Point(..))));
        assert_eq!(snap(33_100).value, Time::from_secs(35));
        assert_eq!(snap(33_100).guide, Some(Guide::Grid(Time::from_secs(35))));
    }

    #[test]
    fn the_playhead_catches_from_near_only() {
        let (document, view) = (document(), Viewport::new(1000.0, Time::from_secs(100)));
        let snap = Snap { grid: None, ..Snap::default() };
        let playhead = Some(Time::from_millis(44_440));
        let at = |millis| snap.time(&document, &view, playhead, Time::from_millis(millis), |_| false);
        assert_eq!(at(44_000).guide, playhead.map(Guide::Playhead));
        assert_eq!(at(42_000), Snapped { value: Time::from_secs(42), guide: None });
    }

    #[test]
    fn a_dragged_point_does_not_catch_at_itself_and_keeps_an_axis_that_it_does_not_move_along() {
        let (document, view) = (document(), Viewport::new(1000.0, Time::from_secs(100)));
        let (_, lane) = document.lanes().next().unwrap();
        let id = lane.spot(1).unwrap().id;
        let snap = Snap { grid: None, ..Snap::default() };
        let drag = snap.drag(&document, &view, None, id, Shift { millis: 90, per_mille: 0 }, |other| other == id);
        assert_eq!(drag.by, Shift { millis: 90, per_mille: 0 });
        let drag =
            Snap::default().drag(&document, &view, None, id, Shift { millis: 0, per_mille: 32 }, |other| other == id);
        assert_eq!(drag.by, Shift { millis: 0, per_mille: 50 });
        assert_eq!(drag.intensity, Some(Guide::Level(Intensity::from_percent(55))));
    }

    #[test]
    fn free_means_free() {
        let (document, view) = (document(), Viewport::new(1000.0, Time::from_secs(100)));
        let at = Time::from_millis(30_701);
        assert_eq!(Snap::FREE.time(&document, &view, Some(at), at, |_| false).guide, None);
        assert_eq!(Snap::FREE.intensity(Intensity::from_per_mille(123)).value.per_mille(), 123);
    }
}
