//! Fewer points for nearly the same curve.
//!
//! Belongs here: which points can go while the curve differs by at most so much *at any time*: one unit, which can be
//! explained. Points only ever go; those that stay are as before.

use std::mem::discriminant;

use crate::curve::{Curve, Point, Shape};
use crate::intensity::Intensity;
use crate::time::Time;

/// How far one looks ahead for a farther point that a line can reach, past the last one found.
const LOOK_AHEAD: usize = 1024;

/// How many places between two points of a smooth curve are compared.
const PLACES: u32 = 8;

/// Which points stay so that the curve differs by at most `tolerance` (and a tenth of a percent, by rounding). Those
/// marked in `keep` stay anyway, and so do the first and the last.
pub(super) fn kept(points: &[Point], mut keep: Vec<bool>, tolerance: Intensity) -> Vec<bool> {
    keep.resize(points.len(), true);
    let tolerance = f64::from(tolerance.per_mille());
    let mut fixed = keep.clone();
    let smooth = points.iter().any(|point| point.shape == Shape::Smooth);
    loop {
        let keep = thin(points, &fixed, tolerance);
        // Straight lines and holds are exact; a smooth line also depends on its neighbours, so one has to look.
        if !smooth || !mend(points, &keep, &mut fixed, tolerance) {
            return keep;
        }
    }
}

/// From each point that stays, goes to the farthest that a straight line or a hold can reach.
fn thin(points: &[Point], fixed: &[bool], tolerance: f64) -> Vec<bool> {
    let mut keep = vec![false; points.len()];
    let mut from = 0;
    while from < points.len() {
        keep[from] = true;
        from = reach(points, fixed, from, tolerance);
    }
    if let Some(last) = keep.last_mut() {
        *last = true;
    }
    keep
}

fn reach(points: &[Point], fixed: &[bool], from: usize, tolerance: f64) -> usize {
    let value = |index: usize| f64::from(points[index].intensity.per_mille());
    let (mut best, mut low, mut high) = (from + 1, f64::NEG_INFINITY, f64::INFINITY);
    let Some(first) = points.get(best) else { return best };
    if matches!(first.shape, Shape::Bend(_)) {
        return best;
    }
    for next in from + 2..points.len() {
        let between = next - 1;
        if fixed[between] || discriminant(&points[next].shape) != discriminant(&first.shape) || next > best + LOOK_AHEAD
        {
            break;
        }
        if first.shape == Shape::Hold {
            if (value(between) - value(from)).abs() > tolerance {
                break;
            }
            best = next;
            continue;
        }
        // All lines that pass close enough to every point so far form a cone.
        let width = |index: usize| f64::from(points[index].at.as_millis() - points[from].at.as_millis());
        low = low.max((value(between) - tolerance - value(from)) / width(between));
        high = high.min((value(between) + tolerance - value(from)) / width(between));
        if low > high {
            break;
        }
        let slope = (value(next) - value(from)) / width(next);
        if low <= slope && slope <= high {
            best = next;
        }
    }
    best
}

/// Marks the points to keep where the thinned curve differs too much. Each round keeps more, so this comes to an end.
fn mend(points: &[Point], keep: &[bool], fixed: &mut [bool], tolerance: f64) -> bool {
    let stay: Vec<usize> = (0..points.len()).filter(|&index| keep[index]).collect();
    let (Ok(old), Ok(new)) =
        (Curve::new(points.to_vec()), Curve::new(stay.iter().map(|&index| points[index]).collect()))
    else {
        return false;
    };
    let mut mended = false;
    for (place, ends) in stay.windows(2).enumerate() {
        if points[ends[1]].shape != Shape::Smooth || fits(points, &old, &new, ends[0], ends[1], tolerance) {
            continue;
        }
        // Its own points come back; if it has none, it was bent by what went beside it.
        let around = if ends[1] - ends[0] > 1 {
            ends[0]..=ends[1]
        } else {
            stay[place.saturating_sub(1)]..=stay[(place + 2).min(stay.len() - 1)]
        };
        for index in around {
            mended |= !keep[index] && !fixed[index];
            fixed[index] = true;
        }
    }
    mended
}

fn fits(points: &[Point], old: &Curve, new: &Curve, from: usize, to: usize, tolerance: f64) -> bool {
    let mut segments = points[from..=to].windows(2);
    segments.all(|pair| {
        let (start, width) = (pair[0].at.as_millis(), pair[1].at.as_millis() - pair[0].at.as_millis());
        (1..=PLACES).all(|place| {
            let at = Time::from_millis(start + (u64::from(width) * u64::from(place) / u64::from(PLACES)) as u32);
            f64::from(old.intensity_at(at).per_mille().abs_diff(new.intensity_at(at).per_mille())) <= tolerance
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn curve(points: Vec<(u32, u16, Shape)>) -> Vec<Point> {
        let mut at = 0;
        let point = |(step, per_mille, shape)| {
            at += step;
            Point::new(shape, Time::from_millis(at), Intensity::from_per_mille(per_mille))
        };
        points.into_iter().map(point).collect()
    }

    #[test]
    fn points_on_a_line_go() {
        let points = curve((0..1000).map(|index| (100, index, Shape::Straight)).collect());
        let keep = kept(&points, vec![false; 1000], Intensity::ZERO);
        assert_eq!(keep.iter().filter(|keep| **keep).count(), 2);
    }

    #[test]
    fn what_is_not_chosen_stays() {
        let points = curve((0..10).map(|_| (100, 500, Shape::Smooth)).collect());
        let fixed: Vec<_> = (0..10).map(|index| index == 4).collect();
        let keep = kept(&points, fixed, Intensity::ZERO);
        assert_eq!((0..10).filter(|&index| keep[index]).collect::<Vec<_>>(), [0, 4, 9]);
    }

    fn shapes() -> impl Strategy<Value = Shape> {
        let index = 0usize..10;
        (index, -100i8..=100).prop_map(|(index, bend)| match index {
            0 => Shape::Hold,
            1 => Shape::Bend(bend),
            2..=5 => Shape::Smooth,
            _ => Shape::Straight,
        })
    }

    proptest! {
        #[test]
        fn the_simpler_curve_stays_close(
            steps in prop::collection::vec((1u32..3000, 0u16..200, shapes()), 2..60),
            tolerance in 0u16..100,
        ) {
            let points = curve(steps);
            let keep = kept(&points, vec![false; points.len()], Intensity::from_per_mille(tolerance));
            let old = Curve::new(points.clone()).unwrap();
            let new = points.iter().zip(&keep).filter(|(_, keep)| **keep).map(|(point, _)| *point).collect();
            let new = Curve::new(new).unwrap();
            // Between the places that were compared, a smooth line can stray a little further.
            let slack = if points.iter().any(|point| point.shape == Shape::Smooth) { 1 + tolerance / 8 } else { 1 };
            for millis in 0..=old.end().as_millis() {
                let at = Time::from_millis(millis);
                let error = old.intensity_at(at).per_mille().abs_diff(new.intensity_at(at).per_mille());
                prop_assert!(error <= tolerance + slack, "{at}: {error} > {tolerance}");
            }
        }
    }
}
