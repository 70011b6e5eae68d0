//! Edits of manual steps. Two are never at the same time: a step gives way to those that are there.

use crate::profile::Step;
use crate::time::Time;

use super::document::StepId;
use super::draft::Draft;
use super::lane::Span;
use super::told::Error;

pub(super) fn add(draft: &mut Draft<'_>, step: &Step) -> Result<(), Error> {
    if draft.steps.iter().any(|named| named.step.from <= step.from && step.from < named.step.to) {
        return Err(Error::StepThere);
    }
    let next = draft.steps.iter().map(|named| named.step.from).filter(|from| *from >= step.from).min();
    let to = step.to.min(next.unwrap_or(draft.length)).min(draft.length);
    if to <= step.from {
        return Err(Error::EmptyStretch);
    }
    draft.add_step(Step { to, ..step.clone() });
    Ok(())
}

pub(super) fn set(draft: &mut Draft<'_>, id: StepId, set: impl FnOnce(&mut Step)) -> Result<(), Error> {
    let named = draft.steps.iter_mut().find(|named| named.id == id).ok_or(Error::NoStep)?;
    set(&mut named.step);
    Ok(())
}

/// The free time around a step.
fn room(draft: &Draft<'_>, id: StepId) -> Result<(usize, Span), Error> {
    let index = draft.steps.iter().position(|named| named.id == id).ok_or(Error::NoStep)?;
    let before = index.checked_sub(1).map_or(Time::ZERO, |before| draft.steps[before].step.to);
    let after = draft.steps.get(index + 1).map_or(draft.length, |after| after.step.from);
    Ok((index, Span { from: before, to: after }))
}

pub(super) fn shift(draft: &mut Draft<'_>, id: StepId, millis: i64) -> Result<(), Error> {
    let (index, room) = room(draft, id)?;
    let step = &mut draft.steps[index].step;
    let least = i64::from(room.from.as_millis()) - i64::from(step.from.as_millis());
    let most = i64::from(room.to.as_millis()) - i64::from(step.to.as_millis());
    let millis = millis.clamp(least, most);
    let moved = |at: Time| Time::from_millis(u32::try_from(i64::from(at.as_millis()) + millis).unwrap_or(0));
    (step.from, step.to) = (moved(step.from), moved(step.to));
    Ok(())
}

pub(super) fn resize(draft: &mut Draft<'_>, id: StepId, span: Span) -> Result<(), Error> {
    let (index, room) = room(draft, id)?;
    let (from, to) = (span.from.max(room.from), span.to.min(room.to));
    if from >= to {
        return Err(Error::EmptyStretch);
    }
    let step = &mut draft.steps[index].step;
    (step.from, step.to) = (from, to);
    Ok(())
}
