//! Ctrl-Z: the massager stops, and only then the program stands still.

use std::time::Duration;

use tokio::time::Instant;

use super::{Phase, Session};
use crate::cli::Outcome;
use crate::engine::{Activity, Command, Event, State};
use crate::say;
use crate::signals::Interrupt;

/// How long the massager may take to confirm that it stopped. A shell waits that long for its prompt.
const SUSPENDS_WITHIN: Duration = Duration::from_secs(3);

impl Session<'_> {
    /// Stops the massager, waits until that is confirmed, and stands still. What played is paused when the person comes
    /// back; an outcome ends the massage.
    pub(super) async fn stand_still(&mut self) -> Option<Outcome> {
        match self.state.as_ref().map(|state| &state.activity) {
            Some(Activity::Profile { .. }) => self.engine.send(Command::Pause),
            _ => self.engine.stop(),
        }
        let by = Instant::now() + SUSPENDS_WITHIN;
        while !self.state.as_ref().is_none_or(|state| stands_still(state)) {
            tokio::select! {
                biased;
                Some(Interrupt::End) = self.interrupts.recv() => return Some(Outcome::Interrupted),
                event = self.events.recv() => match event {
                    Some(Event::State(state)) => drop(self.note(state)),
                    Some(event) => self.keep(&event),
                    None => return Some(Outcome::NotStopped),
                },
                () = tokio::time::sleep_until(by) => {
                    self.screen.warn(format_args!("{}", say!(self.words, "cli-not-confirmed-yet")));
                    break;
                }
            }
        }
        self.screen.clear();
        (self.suspend)();
        // Ctrl-Z pressed again while the massager stopped was about the same.
        while let Ok(interrupt) = self.interrupts.try_recv() {
            if interrupt == Interrupt::End {
                return Some(Outcome::Interrupted);
            }
        }
        match (&self.phase, self.screen.is_live()) {
            (Phase::Looking | Phase::Connecting, _) => None,
            (Phase::Playing { begun: true }, true) => {
                self.told_pause = true;
                self.screen.say(format_args!("{}", say!(self.words, "cli-paused")));
                None
            }
            (Phase::Playing { .. }, _) => {
                self.screen.warn(format_args!("{}", say!(self.words, "cli-paused-nobody")));
                Some(Outcome::Problems)
            }
        }
    }
}

/// Whether nothing moves, and nothing is about to.
fn stands_still(state: &State) -> bool {
    let waits = match &state.activity {
        Activity::Nothing => true,
        Activity::Profile { paused, .. } => paused.is_some(),
        Activity::ByHand | Activity::Program { .. } => false,
    };
    waits && !state.may_move
}
