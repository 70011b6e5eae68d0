//! Edits that bring a curve within the limits: what the safety check offers.

use std::time::Duration;

use crate::curve::{Curve, Shape};
use crate::intensity::Intensity;
use crate::mode::Channel;
use crate::time::Time;

use super::draft::{Draft, LaneDraft};
use super::edit::Fade;
use super::lane::Span;
use super::stretches;
use super::timeline;
use super::told::Error;

pub(super) use super::rise::rises;

pub(super) fn cap(draft: &mut Draft<'_>, channel: Channel, at_most: Intensity) -> Result<(), Error> {
    let mut lane = draft.lane(channel)?;
    for at in crossings(lane.lane.curve(), at_most) {
        lane.pin(at);
    }
    lane.map(|_, _, mut spot| {
        spot.point.intensity = spot.point.intensity.min(at_most);
        Some(spot)
    });
    Ok(())
}

/// When a curve comes above an intensity, or back to it.
pub(super) fn crossings(curve: &Curve, intensity: Intensity) -> Vec<Time> {
    let mut crossings = Vec::new();
    for pair in curve.points().windows(2) {
        if (pair[0].intensity > intensity) == (pair[1].intensity > intensity) {
            continue; // A segment stays between its ends.
        }
        let above = pair[0].intensity > intensity;
        let (mut same, mut other) = (pair[0].at.as_millis(), pair[1].at.as_millis());
        while other - same > 1 {
            let middle = same + (other - same) / 2;
            if (curve.intensity_at(Time::from_millis(middle)) > intensity) == above {
                same = middle;
            } else {
                other = middle;
            }
        }
        crossings.push(Time::from_millis(other));
    }
    crossings
}

pub(super) fn limit_rise(draft: &mut Draft<'_>, channel: Channel, per_second: Intensity) -> Result<(), Error> {
    /// How often single curved segments are made straight before all steep ones are.
    const ROUNDS: usize = 8;
    let length = draft.length;
    let mut lane = draft.lane(channel)?;
    for round in 0..=ROUNDS {
        let rises = rises(lane.lane.curve(), length, per_second);
        if rises.is_empty() {
            break;
        }
        // What is played instead is straight; a curved segment that is too steep anywhere becomes straight first.
        let steep = |lane: &LaneDraft<'_>| -> Vec<usize> {
            let points = lane.lane.points();
            let curved = |index: &usize| matches!(points[*index].shape, Shape::Smooth | Shape::Bend(_));
            let touched = |index: &usize| {
                let (from, to) = (points[index - 1].at, points[*index].at);
                round == ROUNDS || rises.iter().any(|rise| rise.span.from < to && from < rise.span.to)
            };
            (1..points.len()).filter(curved).filter(touched).collect()
        };
        let steep = steep(&lane);
        if steep.is_empty() {
            rises.iter().for_each(|rise| straighten(&mut lane, rise));
        }
        for index in steep {
            lane.set(index, |point| point.shape = Shape::Straight);
        }
    }
    for rise in rises(lane.lane.curve(), length, per_second) {
        straighten(&mut lane, &rise);
    }
    Ok(())
}

fn straighten(lane: &mut LaneDraft<'_>, rise: &super::rise::Rise) {
    let Span { from, to } = rise.span;
    lane.pin(to);
    let index = lane.pin(from);
    lane.set(index, |point| point.intensity = rise.from);
    if to.as_millis() - from.as_millis() > 1 {
        lane.remove(Span { from: Time::from_millis(from.as_millis() + 1), to: Time::from_millis(to.as_millis() - 1) });
    }
    if let Ok(index) = lane.lane.index_at(to) {
        lane.set(index, |point| {
            point.shape = Shape::Straight;
            point.intensity = rise.to;
        });
    }
}

pub(super) fn end_softly(draft: &mut Draft<'_>, at: Time, over: Duration) -> Result<(), Error> {
    timeline::set_length(draft, at)?;
    let mut loud = Vec::new();
    for channel in draft.channels() {
        if !draft.lane(channel)?.lane.curve().intensity_at(at).is_zero() {
            loud.push(channel);
        }
    }
    let span = Span { from: at - over, to: at };
    if loud.is_empty() { Ok(()) } else { stretches::fade(draft, &loud, span, Fade::Out) }
}
