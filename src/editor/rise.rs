//! Where a curve rises faster than a limit, and what the massager plays instead.
//!
//! Belongs here: [`rises`]. A limiter follows the curve until it rises too fast, then goes up at the limit until it meets
//! the curve again: so what is played instead is one straight line for each such place.

use crate::curve::{Curve, Point, Shape};
use crate::intensity::Intensity;
use crate::time::Time;

use super::lane::Span;

/// A place where a curve rises too fast.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rise {
    /// From where the limit holds the massager back until it has caught up.
    pub span: Span,
    /// What it plays at the start of that.
    pub from: Intensity,
    /// What it plays at the end of that.
    pub to: Intensity,
    /// The steepest part, in percent per second; `None` where the curve jumps.
    pub per_second: Option<f32>,
    /// How far it falls behind at most.
    pub behind: Intensity,
}

/// Falling behind by less than this (1 %) is not felt and not told; nor is a rise by no more than a second's worth of the
/// limit, however fast, as in [`Curve::rises`].
const FELT: f64 = 0.01;

/// A curved segment is looked at in so many straight pieces.
const PIECES: u32 = 64;

/// Where a curve rises faster than so much per second, up to the end of its profile.
pub fn rises(curve: &Curve, end: Time, per_second: Intensity) -> Vec<Rise> {
    let Some(first) = curve.points().first() else { return Vec::new() };
    let start = first.intensity.fraction();
    let mut limiter = Limiter { limit: per_second.fraction() / 1000.0, value: start, open: None, found: Vec::new() };
    for pair in curve.points().windows(2) {
        segment(&mut limiter, curve, pair[0], pair[1]);
    }
    let last = curve.points().last().unwrap_or(first);
    if last.at < end {
        limiter.line(last.at, last.intensity.fraction(), end, last.intensity.fraction());
    }
    limiter.close(end.max(last.at));
    limiter.found
}

fn segment(limiter: &mut Limiter, curve: &Curve, from: Point, to: Point) {
    let (start, end) = (from.intensity.fraction(), to.intensity.fraction());
    match to.shape {
        Shape::Hold => {
            limiter.line(from.at, start, to.at, start);
            limiter.jump(to.at, start, end);
        }
        Shape::Straight => limiter.line(from.at, start, to.at, end),
        Shape::Smooth | Shape::Bend(_) => {
            let width = to.at.as_millis() - from.at.as_millis();
            let pieces = PIECES.min(width.div_ceil(20)).max(1);
            let (mut at, mut value) = (from.at, start);
            for piece in 1..=pieces {
                let millis = from.at.as_millis() + (u64::from(width) * u64::from(piece) / u64::from(pieces)) as u32;
                let next = Time::from_millis(millis);
                let there = curve.intensity_at(next).fraction();
                // Intensities come in tenths of a percent: a step of one is not a slope.
                if (there - value).abs() > 0.0021 || piece == pieces {
                    limiter.line(at, value, next, there);
                    (at, value) = (next, there);
                }
            }
        }
    }
}

struct Limiter {
    /// Fraction per millisecond.
    limit: f64,
    /// What it plays now.
    value: f64,
    open: Option<Open>,
    found: Vec<Rise>,
}

struct Open {
    at: Time,
    value: f64,
    steepest: Option<f64>,
    behind: f64,
    top: f64,
}

impl Limiter {
    /// The curve goes straight from one place to another.
    fn line(&mut self, from: Time, start: f64, to: Time, end: f64) {
        let width = f64::from(to.as_millis() - from.as_millis());
        if width <= 0.0 {
            return;
        }
        let slope = (end - start) / width;
        if self.open.is_none() {
            if slope <= self.limit * 1.001 {
                self.value = end;
                return;
            }
            self.value = start;
            self.open = Some(Open { at: from, value: start, steepest: Some(slope), behind: 0.0, top: start });
        }
        let gap = start - self.value;
        if slope < self.limit && gap <= (self.limit - slope) * width {
            let meets = from.as_millis() + (gap / (self.limit - slope)).ceil() as u32;
            let meets = Time::from_millis(meets.min(to.as_millis()));
            self.value = start + slope * f64::from(meets.as_millis() - from.as_millis());
            self.close(meets);
            self.value = end;
            return;
        }
        self.value += self.limit * width;
        if let Some(open) = &mut self.open {
            open.behind = open.behind.max(gap).max(end - self.value);
            open.top = open.top.max(start).max(end);
            open.steepest = open.steepest.map(|steepest| steepest.max(slope));
        }
    }

    /// The curve jumps.
    fn jump(&mut self, at: Time, from: f64, to: f64) {
        if self.open.is_some() && self.value >= to {
            self.close(Time::from_millis(at.as_millis().saturating_sub(1)));
        }
        match &mut self.open {
            Some(open) => {
                open.behind = open.behind.max(to - self.value);
                open.top = open.top.max(to);
                if to > from {
                    open.steepest = None;
                }
            }
            None if to > from => {
                self.value = from;
                self.open = Some(Open { at, value: from, steepest: None, behind: to - from, top: to });
            }
            None => self.value = to,
        }
    }

    fn close(&mut self, at: Time) {
        let Some(open) = self.open.take() else { return };
        let felt = open.behind >= FELT && open.top - open.value > self.limit * 1000.0 + 1e-9;
        if felt && open.at < at {
            self.found.push(Rise {
                span: Span { from: open.at, to: at },
                from: Intensity::from_fraction(open.value),
                to: Intensity::from_fraction(self.value),
                per_second: open.steepest.map(|slope| (slope * 100_000.0) as f32),
                behind: Intensity::from_fraction(open.behind),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curve(points: &[(Shape, u32, u16)]) -> Curve {
        let points = points.iter().map(|&(shape, millis, percent)| {
            Point::new(shape, Time::from_millis(millis), Intensity::from_percent(percent))
        });
        Curve::new(points.collect()).unwrap()
    }

    fn found(points: &[(Shape, u32, u16)]) -> Vec<Rise> {
        rises(&curve(points), Time::from_secs(60), Intensity::from_percent(10))
    }

    #[test]
    fn a_gentle_curve_has_none() {
        use Shape::{Hold, Smooth, Straight};
        assert_eq!(found(&[(Straight, 0, 0), (Straight, 5_000, 50), (Hold, 20_000, 0), (Smooth, 40_000, 90)]), []);
        assert_eq!(found(&[]), []);
    }

    #[test]
    fn a_steep_line_is_caught_up_with_on_the_level() {
        use Shape::Straight;
        let rises = found(&[(Straight, 0, 0), (Straight, 10_000, 0), (Straight, 12_000, 40), (Straight, 60_000, 40)]);
        assert_eq!(rises.len(), 1);
        assert_eq!(rises[0].span, Span::new(Time::from_secs(10), Time::from_secs(14)));
        assert_eq!((rises[0].from.percent(), rises[0].to.percent()), (0.0, 40.0));
        assert!((rises[0].per_second.unwrap() - 20.0).abs() < 0.01);
        assert_eq!(rises[0].behind.percent(), 20.0);
    }

    #[test]
    fn a_jump_that_ends_early_is_never_caught_up_with() {
        use Shape::{Hold, Straight};
        let rises = found(&[(Straight, 0, 0), (Hold, 10_000, 80), (Hold, 12_000, 0)]);
        assert_eq!(rises.len(), 1);
        assert_eq!(rises[0].span, Span::new(Time::from_secs(10), Time::from_millis(11_999)));
        assert_eq!((rises[0].to.percent(), rises[0].per_second), (20.0, None));
    }
}
