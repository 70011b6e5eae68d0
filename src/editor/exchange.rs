//! Other formats: intensity scripts, tables and pictures.
//!
//! Belongs here: pure functions between a curve or a profile and a text: [`funscript`] for a lane, [`csv`] for all lanes,
//! [`picture`] to look at and to share. The profile's own file belongs to `profile`, files and dialogs to others.

pub mod csv;
pub mod funscript;
pub mod picture;

use crate::curve::{Curve, Point, Shape};
use crate::facts;
use crate::intensity::Intensity;
use crate::mode::Channel;
use crate::time::{NotATime, Time};

/// What was read, and what was done to it so that it fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported<T> {
    /// What was read.
    pub value: T,
    /// What had to be changed or left out.
    pub notes: Vec<Note>,
}

facts! {
    /// Why a file cannot be imported.
    pub enum Fault in "import-fault" {
        /// It is no funscript.
        NoFunscript(why: String),
        /// A funscript without actions.
        NoActions,
        /// A funscript that is longer than a profile may be.
        LongFunscript,
        /// A funscript of which all actions lie before its start.
        AllBefore,
        /// It is no table of points.
        NoTable(head: String),
        /// Two points of a track at one time.
        PointTwice {
            /// The track.
            track: Channel,
            /// When.
            at: String,
            /// The line of the first one.
            line: usize,
        },
        /// A table without points.
        NoPoints,
        /// A track of another name.
        NoTrack {
            /// What stands there.
            name: String,
            /// Those that there are.
            known: String,
        },
        /// Not a time.
        NoTime(why: NotATime),
        /// Later than a profile may last.
        TooLate(time: String),
        /// Not a number from 0 to 100.
        NoIntensity(given: String),
        /// A shape of another name.
        NoShape(name: String),
    }
}

facts! {
    /// What had to be changed or left out in an import.
    pub enum Note in "import-note" {
        /// Actions before the start, left out.
        Before(count: usize),
        /// Actions outside 0 to 100, brought inside.
        Outside(count: usize),
        /// Actions out of order, sorted.
        OutOfOrder(count: usize),
        /// Actions at the time of another, left out.
        SameTime(count: usize),
        /// The profile became longer.
        Longer(length: Time),
    }
}

/// The points of a curve with straight lines only, as other programs draw them: a hold becomes a step of one millisecond,
/// what is curved becomes lines that differ by at most 1 %.
pub fn straightened(curve: &Curve) -> Vec<Point> {
    let straight = |at, intensity| Point::new(Shape::Straight, at, intensity);
    let mut points: Vec<Point> = Vec::with_capacity(curve.points().len());
    let mut last: Option<Point> = None;
    for &point in curve.points() {
        if let Some(before) = last {
            match point.shape {
                Shape::Hold if point.intensity != before.intensity => {
                    let earlier = Time::from_millis(point.at.as_millis() - 1);
                    if earlier > before.at {
                        points.push(straight(earlier, before.intensity));
                    }
                }
                Shape::Smooth | Shape::Bend(_) => bow(curve, before.at, point.at, &mut points),
                Shape::Hold | Shape::Straight => {}
            }
        }
        points.push(straight(point.at, point.intensity));
        last = Some(point);
    }
    points
}

/// Adds points between two times until straight lines come near enough.
fn bow(curve: &Curve, from: Time, to: Time, points: &mut Vec<Point>) {
    /// In per mille; the rounding of both ends comes on top.
    const NEAR: i32 = 8;
    let (start, width) = (from.as_millis(), to.as_millis() - from.as_millis());
    let value = |at: Time| i32::from(curve.intensity_at(at).per_mille());
    let off = |quarter: u32| {
        let at = Time::from_millis(start + (u64::from(width) * u64::from(quarter) / 4) as u32);
        let line = value(from) + (value(to) - value(from)) * quarter as i32 / 4;
        (value(at) - line).abs() > NEAR
    };
    if width < 40 || !(1..4).any(off) {
        return;
    }
    let middle = Time::from_millis(start + width / 2);
    bow(curve, from, middle, points);
    points.push(Point::new(Shape::Straight, middle, Intensity::from_per_mille(value(middle) as u16)));
    bow(curve, middle, to, points);
}
