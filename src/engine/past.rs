//! What was played of a profile so far: which stretches of it, and how strongly.
//!
//! Belongs here: noticing where one stretch ends and another begins. What the massager confirmed is a record of its own.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::intensity::Intensity;
use crate::mode::Mode;
use crate::time::Time;

/// A stretch of a profile that was played at one strength.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Where it began.
    pub from: Time,
    /// Where it ended; nothing for the one under way.
    pub to: Option<Time>,
    /// The overall strength.
    pub strength: Intensity,
    /// The most that each mode could reach.
    pub ceilings: Vec<(Mode, Intensity)>,
}

/// How far the place may be from where it would be by the clock, before it counts as another place.
const TOLERANCE: Duration = Duration::from_millis(300);

/// The stretches, and when the last one was looked at.
#[derive(Debug, Default)]
pub(super) struct Past {
    pub stretches: Arc<Vec<Stretch>>,
    last: Option<(Instant, Time)>,
}

impl Past {
    /// Takes in where the profile is now, and how strongly it plays. `speed` is that of its clock, `length` the profile's.
    pub fn note(
        &mut self,
        now: Instant,
        at: Time,
        (speed, length): (f32, Time),
        (strength, ceilings): (Intensity, Vec<(Mode, Intensity)>),
    ) {
        let last = self.last.replace((now, at));
        let goes_on = last.is_some_and(|(then, before)| {
            let passed = now.saturating_duration_since(then) + TOLERANCE;
            at >= before && at <= before + passed.mul_f64(f64::from(speed.max(1.0)))
        });
        let same = self.stretches.last().is_some_and(|last| last.strength == strength && last.ceilings == ceilings);
        if goes_on && same {
            return;
        }
        let stretches = Arc::make_mut(&mut self.stretches);
        if let Some(open) = stretches.last_mut() {
            // At the end of a profile that repeats, nobody looked exactly then.
            let wrapped = last.filter(|(_, before)| !goes_on && at < *before);
            let wrapped =
                wrapped.map(|(then, before)| before + now.saturating_duration_since(then).mul_f64(f64::from(speed)));
            let end = if goes_on { at } else { last.map_or(open.from, |(_, before)| before) };
            let near_end = wrapped.filter(|end| *end >= length).map(|_| length);
            open.to = Some(near_end.unwrap_or(end).max(open.from));
        }
        if stretches.last().is_some_and(|last| last.to == Some(last.from)) {
            stretches.pop();
        }
        stretches.push(Stretch { from: at, to: None, strength, ceilings });
    }
}

/// The stretches as they are to be shown at a place: in the order of the profile, each part of it as it was played last.
/// What lies beyond the place is left out.
pub fn shown(stretches: &[Stretch], at: Time) -> Vec<(Time, Time, &Stretch)> {
    let mut shown: Vec<(Time, Time, &Stretch)> = Vec::new();
    for stretch in stretches {
        let (from, to) = (stretch.from, stretch.to.unwrap_or(at).min(at));
        if to <= from {
            continue;
        }
        let before = std::mem::take(&mut shown);
        for (start, end, of) in before {
            let kept = [(start, end.min(from)), (start.max(to), end)];
            shown.extend(kept.into_iter().filter(|(start, end)| start < end).map(|(start, end)| (start, end, of)));
        }
        shown.push((from, to, stretch));
        shown.sort_by_key(|(start, ..)| *start);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn percent(percent: u16) -> Intensity {
        Intensity::from_percent(percent)
    }

    /// Notes places at seconds of the clock, at strengths; gives what is shown at the last place, in seconds.
    fn noted(notes: &[(u64, u32, u16)]) -> Vec<(u32, u32, u16)> {
        let start = Instant::now();
        let mut past = Past::default();
        for (clock, at, strength) in notes {
            let now = start + Duration::from_secs(*clock);
            past.note(now, Time::from_secs(*at), (1.0, Time::from_secs(100)), (percent(*strength), Vec::new()));
        }
        let at = notes.last().map_or(Time::ZERO, |(_, at, _)| Time::from_secs(*at));
        let seconds = |time: Time| time.as_millis() / 1000;
        let shown = shown(&past.stretches, at);
        shown
            .iter()
            .map(|(from, to, of)| (seconds(*from), seconds(*to), of.strength.percent().round() as u16))
            .collect()
    }

    #[test]
    fn what_was_skipped_is_no_part_of_the_past() {
        assert_eq!(noted(&[(0, 0, 40), (10, 10, 40), (11, 50, 40), (20, 59, 40)]), [(0, 10, 40), (50, 59, 40)]);
    }

    #[test]
    fn the_past_keeps_the_strength_that_it_had() {
        assert_eq!(noted(&[(0, 0, 40), (10, 10, 60), (20, 20, 60)]), [(0, 10, 40), (10, 20, 60)]);
        // Changed several times in one place, as while it is paused.
        assert_eq!(
            noted(&[(0, 0, 40), (10, 10, 40), (10, 10, 50), (30, 10, 60), (40, 20, 60)]),
            [(0, 10, 40), (10, 20, 60)]
        );
    }

    #[test]
    fn going_back_replaces_what_was_played_there() {
        let shown = noted(&[(0, 0, 40), (30, 30, 40), (31, 10, 60), (36, 15, 60), (37, 40, 60), (40, 43, 60)]);
        assert_eq!(shown, [(0, 10, 40), (10, 15, 60), (15, 30, 40), (40, 43, 60)]);
    }

    #[test]
    fn a_pause_is_no_gap() {
        assert_eq!(noted(&[(0, 0, 40), (10, 10, 40), (300, 10, 40), (310, 20, 40)]), [(0, 20, 40)]);
    }
}
