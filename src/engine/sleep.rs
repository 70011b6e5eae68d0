//! Whether the computer has kept time.
//!
//! Belongs here: [`Watch`]. A massage that the computer slept through must not go on where it stood.
//!
//! Two signs are known: the wall clock went on while the steady clock stood still (Linux and macOS stop it in sleep), or
//! the engine came much later than it meant to (Windows does not stop it; a computer that is too busy looks the same).
//! What is not covered: while the computer is asleep, nothing can be sent. A massager with a dead-man time stops by
//! itself, any other goes on at its last level until the computer wakes or its own timer ends. A wall clock that is set
//! forward by more than a few seconds looks like sleep, and only costs a pause.

use std::time::{Duration, Instant, SystemTime};

/// How far the clocks may part, and how late the engine may come.
const TOLERANCE: Duration = Duration::from_secs(2);

/// Compares the clocks from look to look.
#[derive(Debug)]
pub(super) struct Watch {
    steady: Instant,
    wall: SystemTime,
    /// When the next look was meant to be at the latest.
    due: Option<Instant>,
}

impl Watch {
    pub fn new(steady: Instant, wall: SystemTime) -> Self {
        Self { steady, wall, due: None }
    }

    /// Says when the next look will be.
    pub fn expect(&mut self, due: Option<Instant>) {
        self.due = due;
    }

    /// Whether time was kept since the last look.
    pub fn kept(&mut self, steady: Instant, wall: SystemTime) -> bool {
        let passed = steady.saturating_duration_since(self.steady);
        let by_the_wall = wall.duration_since(self.wall).unwrap_or_default();
        let late = self.due.take().is_some_and(|due| steady > due + TOLERANCE);
        (self.steady, self.wall) = (steady, wall);
        !late && by_the_wall <= passed + TOLERANCE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn watch() -> (Watch, Instant, SystemTime) {
        let (steady, wall) = (Instant::now(), SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000));
        (Watch::new(steady, wall), steady, wall)
    }

    #[test]
    fn clocks_that_go_together_have_kept_time() {
        let (mut watch, steady, wall) = watch();
        for seconds in 1..100 {
            let passed = Duration::from_secs(seconds);
            watch.expect(Some(steady + passed));
            assert!(watch.kept(steady + passed, wall + passed));
        }
        assert!(watch.kept(steady + Duration::from_secs(100), wall), "a wall clock set back is no sleep");
    }

    #[test]
    fn a_steady_clock_that_stood_still_was_asleep() {
        let (mut watch, steady, wall) = watch();
        assert!(!watch.kept(steady + Duration::from_secs(1), wall + Duration::from_secs(60)));
        assert!(watch.kept(steady + Duration::from_secs(2), wall + Duration::from_secs(61)), "it is told once");
    }

    #[test]
    fn who_comes_late_has_not_kept_time() {
        let (mut watch, steady, wall) = watch();
        watch.expect(Some(steady + Duration::from_secs(1)));
        assert!(!watch.kept(steady + Duration::from_secs(4), wall + Duration::from_secs(4)));
    }
}
