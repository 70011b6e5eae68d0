//! Where a massage stands at an instant, and when the window must show it anew.
//!
//! Belongs here: arithmetic on the engine's [`State`], which is made when something changes and says how things run on
//! from there. The engine keeps the time; the window only reads it, and redraws when a digit or a pixel changes.

use std::time::{Duration, Instant};

use crate::engine::{Activity, Link, State};
use crate::time::Time;

/// The place in the profile that plays or stands.
pub fn position(state: &State, now: Instant) -> Option<Time> {
    let Activity::Profile { profile, position, paused, repeat, speed, .. } = &state.activity else { return None };
    if paused.is_some() {
        return Some(*position);
    }
    let at = *position + now.saturating_duration_since(state.at).mul_f64(f64::from(speed.max(0.0)));
    if *repeat && profile.length > Time::ZERO {
        return Some(Time::from_millis(at.as_millis() % profile.length.as_millis()));
    }
    Some(at.min(profile.length))
}

/// How long something has been playing since the state was made: a pause does not count, a silent passage does.
fn played_since(state: &State, now: Instant) -> Duration {
    match &state.activity {
        Activity::Nothing | Activity::Profile { paused: Some(_), .. } => Duration::ZERO,
        Activity::ByHand | Activity::Program { .. } | Activity::Profile { paused: None, .. } => {
            now.saturating_duration_since(state.at)
        }
    }
}

/// What is left of the session under its cap.
pub fn session_left(state: &State, now: Instant) -> Duration {
    state.session_left.saturating_sub(played_since(state, now))
}

/// Massage time today. Only what plays at real speed counts.
pub fn massaged_today(state: &State, now: Instant) -> Duration {
    let real = !matches!(&state.activity, Activity::Profile { speed, .. } if (*speed - 1.0).abs() > f32::EPSILON);
    state.massaged_today + if real { played_since(state, now) } else { Duration::ZERO }
}

/// What is left until a time, in the whole seconds that go with the place as it is shown: 4:12 and 7:48 of 12:00.
pub fn left(until: Time, at: Time) -> Duration {
    until.since(Time::from_secs(at.as_millis() / 1000))
}

/// The next instant at which the window shows something else by the clock alone: a second that is counted, or a pixel of
/// a playhead that crosses `columns` pixels, where pixels pass faster than twice a second. (Slower ones come with the
/// seconds: a place that is less than a pixel off needs no picture of its own.) `None`: nothing moves.
pub fn next_change(state: &State, now: Instant, columns: u32) -> Option<Instant> {
    let next_second = |since: Instant| {
        let into = now.saturating_duration_since(since).subsec_nanos();
        now + Duration::from_nanos(u64::from(1_000_000_000 - into))
    };
    match &state.activity {
        Activity::Profile { profile, paused: None, speed, .. } if *speed > 0.0 => {
            let millis = u64::from(position(state, now)?.as_millis());
            let length = u64::from(profile.length.as_millis()).max(1);
            let columns = u64::from(columns.max(1));
            let second = 1000 - millis % 1000;
            let pixel = ((millis * columns / length + 1) * length).div_ceil(columns) - millis;
            // However fast a simulated clock runs, the screen shows no more than thirty pictures a second.
            let pixels_pass = length < 500 * columns;
            let next = if pixels_pass { second.min(pixel) } else { second };
            let wait = (next as f64 / f64::from(*speed)).ceil() as u64;
            Some(now + Duration::from_millis(wait.max(33)))
        }
        Activity::Program { since, .. } => Some(next_second(*since)),
        Activity::ByHand => Some(next_second(state.at)),
        _ => match &state.link {
            Link::Connecting { since, .. } | Link::Lost { since, .. } => Some(next_second(*since)),
            Link::None | Link::Connected(_) => state.searching.map(next_second),
        },
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::engine::Pause;
    use crate::profile::Profile;

    fn playing(at: Instant, position: Time, paused: Option<Pause>, repeat: bool, speed: f32) -> State {
        let profile = Arc::new(Profile { length: Time::from_secs(600), ..Profile::default() });
        let record = Arc::default();
        let activity = Activity::Profile { profile, position, paused, repeat, speed, record, past: Arc::default() };
        State { activity, may_move: paused.is_none(), ..State::new(at) }
    }

    #[test]
    fn the_place_moves_on_by_the_clock_and_stays_inside_the_profile() {
        let start = Instant::now();
        let later = start + Duration::from_secs(30);
        let at = |state: &State| position(state, later).unwrap().label();
        assert_eq!(at(&playing(start, Time::from_secs(60), None, false, 1.0)), "1:30");
        assert_eq!(at(&playing(start, Time::from_secs(60), None, false, 4.0)), "3:00");
        assert_eq!(at(&playing(start, Time::from_secs(60), Some(Pause::Asked), false, 1.0)), "1:00");
        assert_eq!(at(&playing(start, Time::from_secs(590), None, false, 1.0)), "10:00");
        assert_eq!(at(&playing(start, Time::from_secs(590), None, true, 1.0)), "0:20");
        assert_eq!(position(&State::new(start), later), None);
    }

    #[test]
    fn the_window_is_drawn_when_a_digit_or_a_pixel_changes_and_not_else() {
        let start = Instant::now();
        let wait =
            |state: &State, columns| next_change(state, start, columns).map(|at| at.duration_since(start).as_millis());
        let state = playing(start, Time::from_millis(60_300), None, false, 1.0);
        assert_eq!(wait(&state, 1_000), Some(700), "the next second");
        assert_eq!(wait(&state, 3_000), Some(100), "the next of three thousand pixels in ten minutes is at 60.4 s");
        assert_eq!(wait(&state, 1_000_000), Some(33));
        assert_eq!(wait(&playing(start, Time::ZERO, Some(Pause::Asked), false, 1.0), 1000), None);
        assert_eq!(wait(&State::new(start), 1000), None);
    }

    #[test]
    fn place_and_what_is_left_add_up() {
        for millis in [0, 1, 999, 1000, 252_400, 719_999] {
            let at = Time::from_millis(millis);
            let left = left(Time::from_secs(720), at);
            assert_eq!(at.as_millis() / 1000 + left.as_secs() as u32, 720, "{millis}");
        }
    }

    #[test]
    fn session_and_day_are_counted_only_while_something_plays() {
        let start = Instant::now();
        let passed = Duration::from_secs(20);
        let counted = |state: &State| {
            let left = session_left(state, start + passed);
            (state.session_left - left, massaged_today(state, start + passed) - state.massaged_today)
        };
        let none = (Duration::ZERO, Duration::ZERO);
        assert_eq!(counted(&State::new(start)), none);
        assert_eq!(counted(&playing(start, Time::ZERO, Some(Pause::Asked), false, 1.0)), none);
        let silent = State { may_move: false, ..playing(start, Time::ZERO, None, false, 1.0) };
        assert_eq!(counted(&silent), (passed, passed), "a silent passage is part of the massage");
        assert_eq!(counted(&playing(start, Time::ZERO, None, false, 10.0)).1, Duration::ZERO);
    }
}
