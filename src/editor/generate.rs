//! Ready-made forms for a stretch of a lane.
//!
//! Belongs here: [`Generator`] and the points it makes. The preview is the edit's own, planned and not done.

use std::time::Duration;

use crate::curve::{Point, Shape};
use crate::facts;
use crate::intensity::Intensity;
use crate::time::Time;

use super::lane::Span;

/// A ready-made form, with its parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generator {
    /// From one intensity to another over the whole stretch.
    Ramp {
        /// At its start.
        from: Intensity,
        /// At its end.
        to: Intensity,
        /// How it goes there.
        shape: Shape,
    },
    /// On and off, with a rise that a person can bear.
    Pulse {
        /// While off.
        low: Intensity,
        /// While on.
        high: Intensity,
        /// How long it is on, with its rise.
        on: Duration,
        /// How long it is off.
        off: Duration,
        /// How long it takes to rise; shorter than `on`.
        rise: Duration,
    },
    /// Up and down, smoothly.
    Wave {
        /// At the bottom, where it starts.
        low: Intensity,
        /// At the top.
        high: Intensity,
        /// From bottom to bottom.
        period: Duration,
    },
    /// Air bags: fill, hold, empty, rest.
    Inflate {
        /// While full.
        high: Intensity,
        /// While resting.
        low: Intensity,
        /// How long they fill.
        inflate: Duration,
        /// How long they stay full.
        hold: Duration,
        /// How long they empty.
        deflate: Duration,
        /// How long they rest.
        rest: Duration,
    },
    /// Holds on a sore point: a gentle rise to two thirds, a wait for the foot to give way, then the rest of the way and a
    /// steady hold.
    TriggerHold {
        /// How strong at most.
        level: Intensity,
        /// How long each half of the rise takes.
        rise: Duration,
        /// How long it holds at full level. Trigger points want 30 to 60 s.
        hold: Duration,
        /// How long it rests between two holds.
        rest: Duration,
    },
}

facts! {
    /// Why a form cannot be made.
    pub enum Error in "form" {
        /// No whole cycle fits.
        TooShort {
            /// How long a cycle is.
            cycle: Time,
            /// How long the stretch is.
            stretch: Time,
        },
        /// A cycle so short that nobody could feel it.
        TooFast,
    }
}

impl Generator {
    /// The shortest cycle.
    pub const SHORTEST_CYCLE: Duration = Duration::from_millis(200);

    /// Every form with parameters to start from.
    pub const ALL: [Self; 5] = [
        Self::Ramp { from: Intensity::ZERO, to: Intensity::from_percent(40), shape: Shape::Straight },
        Self::Pulse {
            low: Intensity::ZERO,
            high: Intensity::from_percent(40),
            on: Duration::from_secs(8),
            off: Duration::from_secs(4),
            rise: Duration::from_secs(4),
        },
        Self::Wave {
            low: Intensity::from_percent(20),
            high: Intensity::from_percent(50),
            period: Duration::from_secs(20),
        },
        // 15 s to fill and 10 s to empty suited people best in a trial of leg compression (Grieveson 2003).
        Self::Inflate {
            high: Intensity::from_percent(50),
            low: Intensity::ZERO,
            inflate: Duration::from_secs(15),
            hold: Duration::from_secs(5),
            deflate: Duration::from_secs(10),
            rest: Duration::from_secs(10),
        },
        Self::TriggerHold {
            level: Intensity::from_percent(50),
            rise: Duration::from_secs(5),
            hold: Duration::from_secs(40),
            rest: Duration::from_secs(15),
        },
    ];

    /// How long one cycle takes; a ramp has none.
    pub fn cycle(&self) -> Option<Duration> {
        match *self {
            Self::Ramp { .. } => None,
            Self::Pulse { on, off, .. } => Some(on + off),
            Self::Wave { period, .. } => Some(period),
            Self::Inflate { inflate, hold, deflate, rest, .. } => Some(inflate + hold + deflate + rest),
            Self::TriggerHold { rise, hold, rest, .. } => Some(rise * 3 + hold + rest),
        }
    }

    /// The points of the form in a stretch: as many whole cycles as fit, then rest.
    ///
    /// # Errors
    /// No cycle fits, or it would be too fast to feel.
    pub fn points(&self, span: Span) -> Result<Vec<Point>, Error> {
        let straight = |duration: Duration, intensity| (duration, intensity, Shape::Straight);
        let hold = |duration: Duration, intensity| (duration, intensity, Shape::Hold);
        match *self {
            Self::Ramp { from, to, shape } => {
                Ok(vec![Point::new(Shape::Straight, span.from, from), Point::new(shape, span.to, to)])
            }
            Self::Pulse { low, high, on, off, rise } => {
                let rise = rise.min(on);
                let fall = Duration::from_millis(200).min(off);
                cycles(
                    span,
                    low,
                    &[straight(rise, high), hold(on - rise, high), straight(fall, low), hold(off - fall, low)],
                )
            }
            Self::Wave { low, high, period } => {
                let half = period / 2;
                cycles(span, low, &[(half, high, Shape::Smooth), (period - half, low, Shape::Smooth)])
            }
            Self::Inflate { high, low, inflate, hold: full, deflate, rest } => {
                cycles(span, low, &[straight(inflate, high), hold(full, high), straight(deflate, low), hold(rest, low)])
            }
            Self::TriggerHold { level, rise, hold: steady, rest } => {
                let first = level.scaled(Intensity::from_per_mille(667));
                let down = Duration::from_secs(2).min(rest);
                cycles(
                    span,
                    Intensity::ZERO,
                    &[
                        straight(rise, first),
                        hold(rise, first),
                        straight(rise, level),
                        hold(steady, level),
                        straight(down, Intensity::ZERO),
                        hold(rest - down, Intensity::ZERO),
                    ],
                )
            }
        }
    }
}

fn cycles(span: Span, rest: Intensity, parts: &[(Duration, Intensity, Shape)]) -> Result<Vec<Point>, Error> {
    let cycle: Duration = parts.iter().map(|part| part.0).sum();
    if cycle < Generator::SHORTEST_CYCLE {
        return Err(Error::TooFast);
    }
    let stretch = span.to.since(span.from);
    let times = stretch.as_millis() / cycle.as_millis();
    if times == 0 {
        return Err(Error::TooShort { cycle: Time::from(cycle), stretch: Time::from(stretch) });
    }
    let mut points = vec![Point::new(Shape::Straight, span.from, rest)];
    let mut at = span.from;
    for _ in 0..times {
        for &(duration, intensity, shape) in parts {
            let next = at + duration;
            if next > at {
                points.push(Point::new(shape, next, intensity));
            }
            at = next;
        }
    }
    if at < span.to {
        points.push(Point::new(Shape::Hold, span.to, rest));
    }
    Ok(points)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curve::Curve;

    #[test]
    fn every_form_fills_its_stretch_in_order() {
        for generator in Generator::ALL {
            for length in [70, 90, 300] {
                let span = Span::new(Time::from_secs(30), Time::from_secs(30 + length));
                let points = generator.points(span).unwrap();
                assert_eq!((points[0].at, points.last().unwrap().at), (span.from, span.to), "{generator:?}");
                Curve::new(points).unwrap();
            }
        }
    }

    #[test]
    fn a_cycle_is_as_long_as_it_says() {
        for generator in Generator::ALL {
            let Some(cycle) = generator.cycle() else { continue };
            let points = |length: Duration| generator.points(Span { from: Time::ZERO, to: Time::from(length) });
            assert!(points(cycle).is_ok() && points(cycle - Duration::from_millis(1)).is_err(), "{generator:?}");
        }
    }

    #[test]
    fn a_stretch_too_short_for_a_cycle_is_refused_in_words() {
        let span = Span::new(Time::ZERO, Time::from_secs(30));
        let error = crate::i18n::Words::english().fact(&Generator::ALL[3].points(span).unwrap_err());
        assert_eq!(error, "one cycle takes 0:40 and the stretch is 0:30: choose a longer stretch or shorter times");
    }

    #[test]
    fn no_form_to_start_from_rises_faster_than_the_limit() {
        let limit = crate::care::Limits::default().rise_per_second;
        for generator in Generator::ALL {
            let points = generator.points(Span::new(Time::ZERO, Time::from_secs(120))).unwrap();
            let curve = Curve::new(points).unwrap();
            assert!(super::super::fixes::rises(&curve, Time::from_secs(120), limit).is_empty(), "{generator:?}");
        }
    }
}
