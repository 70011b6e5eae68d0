//! Drawing with a slider while time runs.
//!
//! Belongs here: [`Recorder`], which collects a take, and how a take comes into a lane. The slider and the clock do not.

use crate::curve::{Point, Shape};
use crate::intensity::Intensity;
use crate::mode::Channel;
use crate::time::Time;

use super::draft::Draft;
use super::edit::{Edit, Hand};
use super::lane::Span;
use super::simplify;
use super::told::Error;

/// Longer than this without a word from the slider means that it stood still.
const STILL: u32 = 120;

/// A take while it is made. Tell it every move of the slider and the time of the end; it asks for no clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorder {
    channel: Channel,
    samples: Vec<(Time, Intensity)>,
}

impl Recorder {
    /// How much the simplified curve may differ from the hand: 2 %, less than one feels.
    pub const TOLERANCE: Intensity = Intensity::from_percent(2);

    /// A new take for a lane.
    pub fn new(channel: Channel) -> Self {
        Self { channel, samples: Vec::new() }
    }

    /// Where the slider stands at a time. What is earlier than the last is left out, so that a take never runs back.
    pub fn push(&mut self, at: Time, intensity: Intensity) {
        match self.samples.last_mut() {
            Some((last, value)) if *last == at => *value = intensity,
            Some((last, _)) if *last > at => {}
            Some(&mut (last, value)) => {
                if at.as_millis() - last.as_millis() > STILL && value != intensity {
                    self.samples.push((Time::from_millis(at.as_millis() - STILL / 2), value));
                }
                self.samples.push((at, intensity));
            }
            None => self.samples.push((at, intensity)),
        }
    }

    /// For which lane.
    pub fn channel(&self) -> Channel {
        self.channel
    }

    /// The take so far, to draw.
    pub fn samples(&self) -> &[(Time, Intensity)] {
        &self.samples
    }

    /// The edit that brings the take into its lane; the slider stood where it was until the end.
    pub fn finish(mut self, end: Time) -> Option<Edit> {
        let (_, last) = *self.samples.last()?;
        self.push(end, last);
        let hand = Hand::Slider;
        Some(Edit::Take { channel: self.channel, samples: self.samples, tolerance: Self::TOLERANCE, hand })
    }
}

pub(super) fn take(
    draft: &mut Draft<'_>,
    channel: Channel,
    samples: &[(Time, Intensity)],
    tolerance: Intensity,
) -> Result<(), Error> {
    let mut points: Vec<Point> = Vec::with_capacity(samples.len());
    for &(at, intensity) in samples.iter().filter(|(at, _)| *at <= draft.length) {
        if points.last().is_none_or(|last| last.at < at) {
            points.push(Point::new(Shape::Straight, at, intensity));
        }
    }
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return Err(Error::NothingToRecord) };
    let span = Span { from: first.at, to: last.at };
    let keep = simplify::kept(&points, vec![false; points.len()], tolerance);
    let mut keep = keep.into_iter();
    points.retain(|_| keep.next().unwrap_or(true));
    draft.lane_or_new(channel)?.write(span, &points);
    Ok(())
}
