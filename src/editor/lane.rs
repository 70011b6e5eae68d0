//! One track under the pen: its curve, and a name for each of its points.
//!
//! Belongs here: [`Lane`] and finding, cutting and exchanging its points. What a person may do with it does not.

use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use crate::curve::{Curve, Point, Shape};
use crate::intensity::Intensity;
use crate::time::Time;

/// The name of a point. It stays the same wherever the point goes, through undo and redo, and is never used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PointId(pub(super) u32);

/// Makes hash maps by name fast: names are numbers given one after the other, and nobody from outside chooses them.
pub(super) type Names = BuildHasherDefault<NameHasher>;

#[derive(Default)]
pub(super) struct NameHasher(u64);

impl Hasher for NameHasher {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32(u32::from(*byte));
        }
    }

    fn write_u32(&mut self, number: u32) {
        // Spreads numbers that lie close over all bits (Fibonacci hashing).
        self.0 = (self.0 ^ u64::from(number)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(26);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// A point with its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// Its name.
    pub id: PointId,
    /// The point.
    pub point: Point,
}

/// A stretch of time, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    /// From when.
    pub from: Time,
    /// Until when; not before `from`.
    pub to: Time,
}

impl Span {
    /// The stretch between two times, in either order.
    pub fn new(a: Time, b: Time) -> Self {
        Self { from: a.min(b), to: a.max(b) }
    }

    /// Milliseconds from end to end.
    pub const fn millis(self) -> u32 {
        self.to.as_millis() - self.from.as_millis()
    }

    /// Whether a time lies in it.
    pub fn contains(self, at: Time) -> bool {
        self.from <= at && at <= self.to
    }

    /// The stretch that holds both.
    pub fn joined(self, other: Self) -> Self {
        Self { from: self.from.min(other.from), to: self.to.max(other.to) }
    }
}

/// One track under the pen: points in time order, one at a time, each with a name.
#[derive(Debug, Clone, Default)]
pub struct Lane {
    curve: Curve,
    ids: Vec<PointId>,
    revision: u64,
}

/// Two lanes are equal when they have the same points of the same names.
impl PartialEq for Lane {
    fn eq(&self, other: &Self) -> bool {
        self.curve == other.curve && self.ids == other.ids
    }
}

impl Lane {
    /// Gives names to the points of a curve.
    pub(super) fn new(curve: Curve, mut name: impl FnMut() -> PointId) -> Self {
        let ids = curve.points().iter().map(|_| name()).collect();
        Self { curve, ids, revision: 0 }
    }

    /// The curve: its intensity at any time, its next change, its points.
    pub fn curve(&self) -> &Curve {
        &self.curve
    }

    /// The points, in time order.
    pub fn points(&self) -> &[Point] {
        self.curve.points()
    }

    /// How many points.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is no point.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// A number that changes with every change: a picture drawn at the same revision is still right.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    pub(super) fn mark(&mut self, revision: u64) {
        self.revision = revision;
    }

    /// The point at an index.
    pub fn spot(&self, index: usize) -> Option<Spot> {
        Some(Spot { id: *self.ids.get(index)?, point: *self.points().get(index)? })
    }

    /// The points with their names, in time order.
    pub fn spots(&self) -> impl DoubleEndedIterator<Item = Spot> + ExactSizeIterator + '_ {
        self.ids.iter().zip(self.points()).map(|(&id, &point)| Spot { id, point })
    }

    /// Where the point of a time stands, or else where it would.
    ///
    /// # Errors
    /// No point stands at that time; the index where one would.
    pub fn index_at(&self, at: Time) -> Result<usize, usize> {
        self.points().binary_search_by_key(&at, |point| point.at)
    }

    /// The indices of the points in a stretch.
    pub fn indices(&self, span: Span) -> Range<usize> {
        let from = self.points().partition_point(|point| point.at < span.from);
        from..self.points().partition_point(|point| point.at <= span.to).max(from)
    }

    /// The points in a stretch.
    pub fn spots_in(&self, span: Span) -> impl DoubleEndedIterator<Item = Spot> + '_ {
        self.indices(span).filter_map(|index| self.spot(index))
    }

    /// The points of a stretch and three more on each side: inside the stretch, the curve runs as in the whole lane.
    pub fn window(&self, within: Span) -> Self {
        let range = self.indices(within);
        let range = range.start.saturating_sub(3)..(range.end + 3).min(self.len());
        let mut window = Self { revision: self.revision, ..Self::default() };
        window.splice(0..0, &range.filter_map(|index| self.spot(index)).collect::<Vec<_>>());
        window
    }

    /// The curve of a stretch alone, with a point at both ends.
    pub(super) fn extract(&self, span: Span) -> Vec<Point> {
        if self.is_empty() {
            return Vec::new();
        }
        let mut window = self.window(span);
        window.pin(span.from, || PointId(0));
        window.pin(span.to, || PointId(0));
        window.points()[window.indices(span)].to_vec()
    }

    /// Replaces an index range. What would break the order is left undone, and said so.
    pub(super) fn splice(&mut self, range: Range<usize>, spots: &[Spot]) -> bool {
        let points: Vec<_> = spots.iter().map(|spot| spot.point).collect();
        let done = self.curve.splice(range.clone(), &points).is_ok();
        if done {
            let start = range.start.min(self.ids.len());
            let end = range.end.clamp(start, self.ids.len());
            self.ids.splice(start..end, spots.iter().map(|spot| spot.id));
        }
        debug_assert!(done, "the planned points stand in time order");
        done
    }

    /// Takes points out and puts others in; both lists in time order. Costs the points that change, and for more than a
    /// few the stretch that they lie in.
    pub(super) fn exchange(&mut self, removed: &[Spot], inserted: &[Spot]) {
        if removed.len() + inserted.len() <= 8 {
            for spot in removed {
                if let Ok(index) = self.index_at(spot.point.at) {
                    self.splice(index..index + 1, &[]);
                }
            }
            for spot in inserted {
                let (Ok(index) | Err(index)) = self.index_at(spot.point.at);
                self.splice(index..index, &[*spot]);
            }
            return;
        }
        let ends = |spots: &[Spot]| Some(Span { from: spots.first()?.point.at, to: spots.last()?.point.at });
        let Some(span) = ends(removed).into_iter().chain(ends(inserted)).reduce(Span::joined) else { return };
        let range = self.indices(span);
        let mut gone = removed.iter().map(|spot| spot.point.at).peekable();
        let mut coming = inserted.iter().copied().peekable();
        let mut spots = Vec::with_capacity(range.len() + inserted.len());
        for index in range.clone() {
            let Some(spot) = self.spot(index) else { continue };
            while let Some(new) = coming.next_if(|new| new.point.at < spot.point.at) {
                spots.push(new);
            }
            if gone.next_if_eq(&spot.point.at).is_none() {
                spots.push(spot);
            }
        }
        spots.extend(coming);
        self.splice(range, &spots);
    }

    /// Puts a point on the curve without changing how the curve runs, and gives its index; where there is a point
    /// already, that one. Only smooth segments may run a little differently for it.
    pub(super) fn pin(&mut self, at: Time, id: impl FnOnce() -> PointId) -> usize {
        let index = match self.index_at(at) {
            Ok(index) => return index,
            Err(index) => index,
        };
        let intensity = self.curve.intensity_at(at);
        let (before, after) = (index.checked_sub(1).and_then(|before| self.spot(before)), self.spot(index));
        if let (Some(before), Some(mut after)) = (before, after) {
            let width = f64::from(after.point.at.as_millis() - before.point.at.as_millis());
            let part = f64::from(at.as_millis() - before.point.at.as_millis()) / width;
            let (here, there) = after.point.shape.cut(part);
            after.point.shape = there;
            self.splice(index..index + 1, &[Spot { id: id(), point: Point::new(here, at, intensity) }, after]);
        } else {
            self.splice(index..index, &[Spot { id: id(), point: Point::new(Shape::Hold, at, intensity) }]);
        }
        index
    }

    /// Writes points into a stretch in place of those that are there. Outside the stretch the curve runs as before (but
    /// for the millisecond beside it, and for smooth segments that end there).
    pub(super) fn write(&mut self, span: Span, length: Time, points: &[Point], mut id: impl FnMut() -> PointId) {
        /// Closer than this, in per mille, is no jump that wants a point of its own.
        const NEAR: u16 = 5;
        let far = |at: Time, point: Option<&Point>, lane: &Self| {
            point.is_none_or(|point| {
                lane.curve.intensity_at(at).per_mille().abs_diff(point.intensity.per_mille()) > NEAR
            })
        };
        let mut points = points.to_vec();
        let jump_in = far(span.from, points.first(), self) || points.first().is_some_and(|first| first.at > span.from);
        let jump_out = far(span.to, points.last(), self) || points.last().is_some_and(|last| last.at < span.to);
        if let Some(before) = span.from.as_millis().checked_sub(1).filter(|_| jump_in) {
            self.pin(Time::from_millis(before), &mut id);
        }
        let after = Time::from_millis(span.to.as_millis() + 1);
        if jump_out && after <= length {
            let index = self.pin(after, &mut id);
            // Whatever came here through the stretch is gone; what is left is one millisecond.
            if let Some(mut spot) = self.spot(index) {
                spot.point.shape = Shape::Straight;
                self.splice(index..index + 1, &[spot]);
            }
        } else if !jump_out {
            self.pin(span.to, &mut id);
        }
        if !jump_in {
            let index = self.pin(span.from, &mut id);
            if let (Some(first), Some(was)) = (points.first_mut(), self.points().get(index)) {
                first.shape = was.shape;
            }
        }
        let spots: Vec<_> = points.iter().map(|&point| Spot { id: id(), point }).collect();
        self.splice(self.indices(span), &spots);
    }

    /// The intensity just before a time: what a jump at that time starts from.
    pub(super) fn just_before(&self, at: Time) -> Intensity {
        match self.index_at(at) {
            Ok(0) => self.curve.intensity_at(at),
            Ok(index) if self.points()[index].shape == Shape::Hold => self.points()[index - 1].intensity,
            _ => self.curve.intensity_at(at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lane(points: &[(Shape, u32, u16)]) -> (Lane, impl FnMut() -> PointId) {
        let mut next = 0;
        let mut id = move || {
            next += 1;
            PointId(next)
        };
        let points = points
            .iter()
            .map(|&(shape, secs, percent)| Point::new(shape, Time::from_secs(secs), Intensity::from_percent(percent)));
        (Lane::new(Curve::new(points.collect()).unwrap(), &mut id), id)
    }

    #[test]
    fn a_pin_leaves_the_curve_as_it_runs() {
        let (mut lane, mut id) = lane(&[
            (Shape::Straight, 10, 20),
            (Shape::Straight, 20, 60),
            (Shape::Hold, 30, 0),
            (Shape::Bend(50), 40, 80),
        ]);
        let before = lane.curve().clone();
        for secs in [5, 13, 20, 27, 34, 45] {
            lane.pin(Time::from_secs(secs), &mut id);
        }
        assert_eq!(lane.len(), 9, "one point stood there already");
        for millis in (0..50_000).step_by(100) {
            let at = Time::from_millis(millis);
            let (was, is) = (before.intensity_at(at).per_mille(), lane.curve().intensity_at(at).per_mille());
            assert!(was.abs_diff(is) <= 4, "{at}: {was} {is}");
        }
    }

    #[test]
    fn writing_a_stretch_leaves_the_rest_as_it_runs() {
        let (mut lane, mut id) = lane(&[(Shape::Straight, 0, 0), (Shape::Straight, 100, 100)]);
        let before = lane.curve().clone();
        let point =
            |secs, percent| Point::new(Shape::Straight, Time::from_secs(secs), Intensity::from_percent(percent));
        let span = Span::new(Time::from_secs(40), Time::from_secs(60));
        lane.write(span, Time::from_secs(100), &[point(40, 40), point(50, 10), point(60, 90)], &mut id);
        for millis in (0..=100_000).step_by(250).filter(|millis| !(40_000..=60_001).contains(millis)) {
            let at = Time::from_millis(millis);
            let (was, is) = (before.intensity_at(at).per_mille(), lane.curve().intensity_at(at).per_mille());
            assert!(was.abs_diff(is) <= 1, "{at}: {was} {is}");
        }
        assert_eq!(lane.curve().intensity_at(Time::from_secs(50)).percent(), 10.0);
        assert_eq!(lane.len(), 6, "no extra point where the new stretch meets the old curve");
    }

    #[test]
    fn writing_into_an_empty_lane_rests_outside() {
        let (mut lane, mut id) = lane(&[]);
        let point = |secs| Point::new(Shape::Straight, Time::from_secs(secs), Intensity::from_percent(50));
        lane.write(
            Span::new(Time::from_secs(10), Time::from_secs(20)),
            Time::from_secs(60),
            &[point(10), point(20)],
            &mut id,
        );
        let at = |secs| lane.curve().intensity_at(Time::from_secs(secs)).percent();
        assert_eq!((at(0), at(9), at(15), at(21)), (0.0, 0.0, 50.0, 0.0));
    }
}
