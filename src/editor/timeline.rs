//! Edits of time itself, over all lanes and steps.

use std::time::Duration;

use crate::curve::Shape;
use crate::time::Time;

use super::document::Document;
use super::draft::{Draft, LaneDraft};
use super::lane::Span;
use super::told::Error;

pub(super) fn insert(draft: &mut Draft<'_>, at: Time, by: Duration) -> Result<(), Error> {
    if at > draft.length {
        return Err(Error::AfterEnd(at));
    }
    if by.is_zero() {
        return Ok(());
    }
    if draft.length.as_duration() + by > Time::LONGEST.as_duration() {
        return Err(Error::TooLong);
    }
    draft.length = draft.length + by;
    for channel in draft.channels() {
        insert_into(&mut draft.lane(channel)?, at, by);
    }
    for named in &mut draft.steps {
        let step = &mut named.step;
        if step.from >= at {
            step.from = step.from + by;
        }
        if step.to > at {
            step.to = step.to + by;
        }
    }
    Ok(())
}

fn insert_into(lane: &mut LaneDraft<'_>, at: Time, by: Duration) {
    let shift = |lane: &mut LaneDraft<'_>, from: usize| {
        lane.map(|_, index, mut spot| {
            if index >= from {
                spot.point.at = spot.point.at + by;
            }
            Some(spot)
        });
    };
    let there = lane.lane.index_at(at);
    let (Ok(index) | Err(index)) = there;
    let Some(next) = lane.lane.points().get(index).copied() else { return };
    let held = index == 0 || next.shape == Shape::Hold;
    if held {
        return shift(lane, index);
    }
    // The line up to here ends here, and its intensity holds until it goes on.
    if there.is_err() {
        let index = lane.pin(at);
        let intensity = lane.lane.curve().intensity_at(at);
        shift(lane, index + 1);
        lane.put(Shape::Hold, at + by, intensity);
    } else {
        shift(lane, index);
        lane.set(index, |point| point.shape = Shape::Hold);
        lane.put(next.shape, at, next.intensity);
    }
}

pub(super) fn remove(draft: &mut Draft<'_>, span: Span) -> Result<(), Error> {
    let (from, to) = (span.from, span.to.min(draft.length));
    if from >= to {
        return Err(Error::EmptyStretch);
    }
    let by = to.since(from);
    let left = draft.length - by;
    if left < Document::SHORTEST {
        return Err(Error::TooShort);
    }
    if to == draft.length {
        return set_length(draft, from);
    }
    for channel in draft.channels() {
        remove_from(&mut draft.lane(channel)?, from, to, by);
    }
    draft.length = left;
    let moved = |at: Time| if at <= from { at } else { at.max(to) - by };
    for named in &mut draft.steps {
        (named.step.from, named.step.to) = (moved(named.step.from), moved(named.step.to));
    }
    draft.steps.retain(|named| named.step.from < named.step.to);
    Ok(())
}

fn remove_from(lane: &mut LaneDraft<'_>, from: Time, to: Time, by: Duration) {
    let last_gone = Time::from_millis(to.as_millis() - 1);
    let inside = lane.lane.indices(Span { from, to: last_gone });
    if inside.start == lane.lane.len() {
        return; // Whatever there is lies before, and its end holds.
    }
    if inside.start > 0 || !inside.is_empty() {
        let (before, after) = (lane.lane.just_before(from), lane.lane.curve().intensity_at(to));
        let joins = from == Time::ZERO || before == after;
        let shape = if joins {
            let index = lane.pin(from);
            lane.lane.points().get(index).map(|point| point.shape)
        } else {
            lane.pin(Time::from_millis(from.as_millis() - 1));
            Some(Shape::Hold)
        };
        let index = lane.pin(to);
        lane.set(index, |point| point.shape = shape.unwrap_or_default());
        lane.remove(Span { from, to: last_gone });
    }
    lane.map(|_, _, mut spot| {
        if spot.point.at >= to {
            spot.point.at = spot.point.at - by;
        }
        Some(spot)
    });
}

pub(super) fn set_length(draft: &mut Draft<'_>, length: Time) -> Result<(), Error> {
    if length < Document::SHORTEST {
        return Err(Error::TooShort);
    }
    if length > Time::LONGEST {
        return Err(Error::TooLong);
    }
    for channel in draft.channels() {
        let mut lane = draft.lane(channel)?;
        if lane.lane.curve().end() > length {
            lane.pin(length);
            lane.remove(Span { from: Time::from_millis(length.as_millis() + 1), to: Time::LONGEST });
        }
    }
    for named in &mut draft.steps {
        named.step.to = named.step.to.min(length);
    }
    draft.steps.retain(|named| named.step.from < named.step.to);
    draft.length = length;
    Ok(())
}
