//! Intensity over time: points in order, the intensity at any time, and the next time a massager's level changes.
//!
//! Belongs here: [`Curve`], [`Point`] and [`Shape`]. Files, limits and drawing do not.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::facts;
use crate::intensity::Intensity;
use crate::time::Time;

/// How the curve travels *to* a point from the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Shape {
    /// Keeps the intensity of the point before, and jumps at the point.
    Hold,
    /// A straight line.
    #[default]
    Straight,
    /// A smooth line that never leaves the range between its two ends (monotone cubic, after Fritsch and Butland 1984).
    Smooth,
    /// A straight line, bent by −100 to 100: above nothing it hurries first, below it lingers first. It never turns back.
    ///
    /// The number says where the line is halfway through its time: at 100, 95 % of the way; at 0, 50 %; at −100, 5 %.
    Bend(i8),
}

impl Shape {
    /// The most that a line can be bent.
    pub const MOST_BENT: i8 = 100;

    /// The bent line that has gone a part of the way, 0 to 1, halfway through its time: what dragging its middle gives.
    pub fn bent_to(halfway: f64) -> Self {
        let most = f64::from(Self::MOST_BENT);
        Self::Bend(((halfway - 0.5) / 0.45 * most).clamp(-most, most).round() as i8)
    }

    /// The shapes of both halves when a segment is cut at a part of its time, 0 to 1. Holds, straight and bent lines run
    /// as before (a bend as nearly as whole numbers allow); a smooth line is only smooth again.
    pub fn cut(self, part: f64) -> (Self, Self) {
        match self {
            Self::Bend(bend) => {
                // The line is a Möbius map with fixed ends, and so is every stretch of it.
                let weight = bend_weight(bend);
                let here = part + (1.0 - part) * weight;
                (Self::bent_to(1.0 / (1.0 + weight / here)), Self::bent_to(1.0 / (1.0 + here)))
            }
            shape => (shape, shape),
        }
    }
}

/// The weight `w` of the bent line `p / (p + (1 − p) · w)`, which is monotone for every `w` above nothing.
fn bend_weight(bend: i8) -> f64 {
    let most = f64::from(Shape::MOST_BENT);
    let halfway = 0.5 + 0.45 * f64::from(bend).clamp(-most, most) / most;
    (1.0 - halfway) / halfway
}

/// A fixed place of a curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Point {
    /// When.
    pub at: Time,
    /// How strong.
    pub intensity: Intensity,
    /// How the curve comes here.
    pub shape: Shape,
}

impl Point {
    /// A point reached by a shape.
    pub const fn new(shape: Shape, at: Time, intensity: Intensity) -> Self {
        Self { at, intensity, shape }
    }
}

/// The point as a profile's file writes it, such as `Straight("1:30", 40)` or `Bend("2:00", 0, -30)`.
impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { at, intensity, shape } = self;
        match shape {
            Shape::Bend(bend) => write!(f, "Bend(\"{at}\", {intensity}, {bend})"),
            shape => write!(f, "{shape:?}(\"{at}\", {intensity})"),
        }
    }
}

facts! {
    /// Why some points are no curve.
    pub enum Error in "curve" {
        /// A point is not later than the one before it.
        Order {
            /// Which point, from 0.
            index: usize,
            /// Its time.
            at: Time,
        },
    }
}

/// Points in time order, one at a time. Before the first, its intensity holds; after the last, its own.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Curve {
    points: Vec<Point>,
}

impl Curve {
    /// A curve through points.
    ///
    /// # Errors
    /// The first point that is not later than the one before it.
    pub fn new(points: Vec<Point>) -> Result<Self, Error> {
        match points.windows(2).position(|pair| pair[0].at >= pair[1].at) {
            Some(before) => Err(Error::Order { index: before + 1, at: points[before + 1].at }),
            None => Ok(Self { points }),
        }
    }

    /// The points, in time order.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// Replaces the points of an index range by others, and gives those that were there. Costs what changes, and moving
    /// what comes after.
    ///
    /// # Errors
    /// The first point that would not be later than the one before it; the curve is then as before.
    pub fn splice(&mut self, range: Range<usize>, points: &[Point]) -> Result<Vec<Point>, Error> {
        let start = range.start.min(self.points.len());
        let range = start..range.end.clamp(start, self.points.len());
        let before = range.start.checked_sub(1).map(|index| self.points[index]);
        let after = self.points.get(range.end).copied();
        let mut last = before.map(|point| point.at);
        for (offset, point) in points.iter().chain(after.as_ref()).enumerate() {
            if last.is_some_and(|last| last >= point.at) {
                return Err(Error::Order { index: range.start + offset, at: point.at });
            }
            last = Some(point.at);
        }
        Ok(self.points.splice(range, points.iter().copied()).collect())
    }

    /// The time of the last point.
    pub fn end(&self) -> Time {
        self.points.last().map_or(Time::ZERO, |point| point.at)
    }

    /// The highest intensity. No segment rises above its ends.
    pub fn peak(&self) -> Intensity {
        self.points.iter().map(|point| point.intensity).max().unwrap_or_default()
    }

    /// The intensity at a time.
    pub fn intensity_at(&self, at: Time) -> Intensity {
        self.in_segment(self.points.partition_point(|point| point.at <= at), at)
    }

    /// The first time after `after` when `level` of the intensity differs from its value at `after`.
    ///
    /// `level` must never fall while the intensity rises. Costs one look at each segment until the change, and a binary
    /// search inside the one that has it.
    pub fn next_change<L: PartialEq>(&self, after: Time, level: impl Fn(Intensity) -> L) -> Option<Time> {
        let first = self.points.partition_point(|point| point.at <= after);
        let now = level(self.in_segment(first, after));
        for (index, point) in self.points.iter().enumerate().skip(first) {
            if level(point.intensity) == now {
                continue; // A segment stays between its ends, so nothing happened on the way.
            }
            let Some(before) = index.checked_sub(1).map(|before| self.points[before]) else {
                return Some(point.at);
            };
            let (mut same, mut other) = (before.at.max(after).as_millis(), point.at.as_millis());
            while other - same > 1 {
                let middle = same + (other - same) / 2;
                if level(self.in_segment(index, Time::from_millis(middle))) == now {
                    same = middle
                } else {
                    other = middle
                }
            }
            return Some(Time::from_millis(other));
        }
        None
    }

    /// Each rising segment's end, and how fast it rises at its steepest, as a fraction of full per second.
    ///
    /// A rise is measured over a second at least, so that a jump of 10 % counts as 10 % a second.
    pub fn rises(&self) -> impl Iterator<Item = (Point, f64)> {
        self.points.windows(2).enumerate().filter_map(|(index, pair)| {
            let rise = pair[1].intensity.fraction() - pair[0].intensity.fraction();
            let seconds = f64::from(pair[1].at.as_millis() - pair[0].at.as_millis()) / 1000.0;
            let rate = match pair[1].shape {
                Shape::Hold => rise,
                Shape::Straight => rise / seconds.max(1.0),
                Shape::Bend(bend) => {
                    let weight = bend_weight(bend);
                    (rise / seconds * weight.max(1.0 / weight)).min(rise)
                }
                Shape::Smooth => (self.steepest_smooth(index + 1) * 1000.0).min(rise),
            };
            (rise > 0.0).then_some((pair[1], rate))
        })
    }

    /// The steepest slope, per millisecond, of the smooth segment ending at a point and rising.
    fn steepest_smooth(&self, index: usize) -> f64 {
        let Some(mean) = self.slope(index) else { return 0.0 };
        let (leaving, arriving) = (self.tangent(index - 1, index), self.tangent(index, index));
        // The slope of a cubic is a parabola: steepest at an end or at its vertex.
        let bend = 3.0 * (leaving + arriving - 2.0 * mean.slope);
        let vertex = if bend < 0.0 {
            let at = (2.0 * leaving + arriving - 3.0 * mean.slope) / bend;
            if (0.0..1.0).contains(&at) { leaving - bend * at * at } else { 0.0 }
        } else {
            0.0
        };
        leaving.max(arriving).max(vertex)
    }

    /// The intensity at a time inside the segment that ends at point `index` (0: before all; the count: after all).
    fn in_segment(&self, index: usize, at: Time) -> Intensity {
        let Some(&to) = self.points.get(index) else {
            return self.points.last().map_or(Intensity::ZERO, |last| last.intensity);
        };
        let Some(&from) = index.checked_sub(1).and_then(|before| self.points.get(before)) else {
            return to.intensity;
        };
        if at >= to.at {
            return to.intensity;
        }
        let (start, end) = (from.intensity.fraction(), to.intensity.fraction());
        let width = f64::from(to.at.as_millis() - from.at.as_millis());
        let part = f64::from(at.as_millis().saturating_sub(from.at.as_millis())) / width;
        match to.shape {
            Shape::Hold => from.intensity,
            Shape::Straight => Intensity::from_fraction(start + (end - start) * part),
            Shape::Bend(bend) => {
                let gone = part / (part + (1.0 - part) * bend_weight(bend));
                Intensity::from_fraction(start + (end - start) * gone)
            }
            Shape::Smooth => {
                let (leaving, arriving) = (self.tangent(index - 1, index), self.tangent(index, index));
                let (square, cube) = (part * part, part * part * part);
                let value = start * (2.0 * cube - 3.0 * square + 1.0)
                    + leaving * width * (cube - 2.0 * square + part)
                    + end * (3.0 * square - 2.0 * cube)
                    + arriving * width * (cube - square);
                Intensity::from_fraction(value.clamp(start.min(end), start.max(end)))
            }
        }
    }

    /// The slope at a point, per millisecond, as the smooth segment ending at `segment` sees it: level at the curve's
    /// ends, at peaks and beside a hold, else between the slopes on both sides, so that the segment stays monotone.
    fn tangent(&self, point: usize, segment: usize) -> f64 {
        let (Some(before), Some(after)) = (self.slope(point), self.slope(point + 1)) else {
            return 0.0;
        };
        if before.slope * after.slope <= 0.0 {
            return 0.0;
        }
        let own = if segment == point { &before } else { &after };
        let other = if segment == point { &after } else { &before };
        if other.shape == Shape::Straight {
            // Join a straight neighbour without a corner, as far as the own segment stays monotone.
            return if other.slope.abs() > 3.0 * own.slope.abs() { 3.0 * own.slope } else { other.slope };
        }
        let (near, far) = (2.0 * after.width + before.width, after.width + 2.0 * before.width);
        (near + far) / (near / before.slope + far / after.slope)
    }

    /// The mean slope of the segment ending at a point; a hold is level.
    fn slope(&self, end: usize) -> Option<Slope> {
        let (from, to) = (self.points.get(end.checked_sub(1)?)?, self.points.get(end)?);
        let width = f64::from(to.at.as_millis() - from.at.as_millis());
        let rise = if to.shape == Shape::Hold { 0.0 } else { to.intensity.fraction() - from.intensity.fraction() };
        Some(Slope { slope: rise / width, width, shape: to.shape })
    }
}

struct Slope {
    slope: f64,
    width: f64,
    shape: Shape,
}

/// The points as a profile's file writes them, on one line.
impl fmt::Debug for Curve {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.points.iter().map(Point::to_string)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn point(shape: Shape, seconds: u32, percent: u16) -> Point {
        Point::new(shape, Time::from_secs(seconds), Intensity::from_percent(percent))
    }

    fn any_curve() -> impl Strategy<Value = Curve> {
        let shape = prop_oneof![
            Just(Shape::Hold),
            Just(Shape::Straight),
            Just(Shape::Smooth),
            (-100i8..=100).prop_map(Shape::Bend)
        ];
        prop::collection::vec((1u32..20_000, 0u16..=1000, shape), 0..12).prop_map(|steps| {
            let mut at = 0;
            let points = steps
                .into_iter()
                .map(|(step, per_mille, shape)| {
                    at += step;
                    Point::new(shape, Time::from_millis(at), Intensity::from_per_mille(per_mille))
                })
                .collect();
            Curve::new(points).unwrap()
        })
    }

    #[test]
    fn each_shape_travels_as_it_says() {
        let at = |shape, seconds| {
            let curve = Curve::new(vec![point(Shape::Straight, 0, 20), point(shape, 10, 80)]).unwrap();
            curve.intensity_at(Time::from_secs(seconds)).percent()
        };
        assert_eq!((at(Shape::Hold, 9), at(Shape::Hold, 10)), (20.0, 80.0));
        assert_eq!(at(Shape::Straight, 5), 50.0);
        assert_eq!(at(Shape::Smooth, 5), 50.0);
        assert!(at(Shape::Smooth, 1) < at(Shape::Straight, 1), "a smooth curve starts gently");
    }

    #[test]
    fn a_bend_says_where_its_middle_is() {
        for (bend, percent) in [(100, 95.0), (0, 50.0), (-100, 5.0), (60, 77.0)] {
            let curve = Curve::new(vec![point(Shape::Straight, 0, 0), point(Shape::Bend(bend), 10, 100)]).unwrap();
            let middle = curve.intensity_at(Time::from_secs(5));
            assert_eq!(middle.percent(), percent);
            assert_eq!(Shape::bent_to(middle.fraction()), Shape::Bend(bend));
        }
    }

    #[test]
    fn a_splice_out_of_order_changes_nothing() {
        let mut curve = Curve::new(vec![point(Shape::Straight, 10, 30), point(Shape::Straight, 20, 60)]).unwrap();
        let before = curve.clone();
        assert!(curve.splice(1..1, &[point(Shape::Hold, 20, 1)]).is_err());
        assert!(curve.splice(1..1, &[point(Shape::Hold, 10, 1)]).is_err());
        assert_eq!(curve, before);
        assert_eq!(curve.splice(0..1, &[point(Shape::Hold, 5, 1)]), Ok(vec![before.points[0]]));
        assert_eq!(curve.points[0].at, Time::from_secs(5));
    }

    #[test]
    fn the_ends_hold() {
        let curve = Curve::new(vec![point(Shape::Straight, 10, 30), point(Shape::Straight, 20, 60)]).unwrap();
        assert_eq!(curve.intensity_at(Time::ZERO).percent(), 30.0);
        assert_eq!(curve.intensity_at(Time::from_secs(99)).percent(), 60.0);
        assert_eq!(Curve::default().intensity_at(Time::ZERO), Intensity::ZERO);
    }

    #[test]
    fn points_out_of_order_are_refused() {
        let twice = vec![point(Shape::Straight, 10, 30), point(Shape::Straight, 10, 60)];
        assert_eq!(Curve::new(twice), Err(Error::Order { index: 1, at: Time::from_secs(10) }));
    }

    #[test]
    fn a_smooth_segment_joins_a_straight_one_without_a_corner() {
        let curve = Curve::new(vec![
            point(Shape::Straight, 0, 0),
            point(Shape::Straight, 10, 40),
            point(Shape::Smooth, 20, 80),
        ])
        .unwrap();
        let at = |millis| curve.intensity_at(Time::from_millis(millis)).percent();
        assert!((at(11_000) - at(10_000) - (at(10_000) - at(9_000))).abs() < 0.6);
    }

    proptest! {
        #[test]
        fn a_segment_stays_between_its_ends_and_is_monotone(curve in any_curve(), at in 0u32..240_000, step in 1u32..500) {
            let index = curve.points.partition_point(|point| point.at.as_millis() <= at);
            if index > 0 && index < curve.points.len() {
                let (from, to) = (curve.points[index - 1], curve.points[index]);
                let (low, high) = (from.intensity.min(to.intensity), from.intensity.max(to.intensity));
                let here = curve.intensity_at(Time::from_millis(at));
                prop_assert!(low <= here && here <= high);
                let later = curve.in_segment(index, Time::from_millis(at + step).min(to.at));
                if from.intensity <= to.intensity { prop_assert!(here <= later) } else { prop_assert!(here >= later) }
            }
        }

        #[test]
        fn a_cut_bend_runs_as_before(bend in -100i8..=100, cut in 1u32..100, at in 0u32..=100) {
            let ends = [Point::new(Shape::Straight, Time::ZERO, Intensity::ZERO),
                Point::new(Shape::Bend(bend), Time::from_millis(100_000), Intensity::FULL)];
            let whole = Curve::new(ends.to_vec()).unwrap();
            let (first, second) = ends[1].shape.cut(f64::from(cut) / 100.0);
            let middle = Time::from_millis(cut * 1000);
            let halves = Curve::new(vec![ends[0], Point::new(first, middle, whole.intensity_at(middle)),
                Point::new(second, ends[1].at, ends[1].intensity)]).unwrap();
            let at = Time::from_millis(at * 1000);
            // Bends are whole numbers: of all of them, cut at every hundredth, the worst differs by 11.
            prop_assert!(whole.intensity_at(at).per_mille().abs_diff(halves.intensity_at(at).per_mille()) <= 12);
        }

        #[test]
        fn the_next_change_is_the_first(curve in any_curve(), after in 0u32..100_000, max in 1u16..12) {
            let level = |intensity: Intensity| intensity.level(max, Intensity::FULL);
            let at = |millis| level(curve.intensity_at(Time::from_millis(millis)));
            let found = curve.next_change(Time::from_millis(after), level);
            let slow = (after + 1..=curve.end().as_millis()).find(|millis| at(*millis) != at(after));
            prop_assert_eq!(found.map(Time::as_millis), slow);
        }
    }
}
