//! Two soft tones where the person, who may not look at the screen, is to do something else.

use std::time::{Duration, Instant};

use super::App;
use crate::engine::Command;
use crate::time::Time;
use crate::ui::screen::playing::{self, Cue};

/// What there was to hear when it was last looked.
#[derive(Debug, Default)]
pub(super) struct Heard {
    cue: Option<Cue>,
    /// Until then the person is on the way to a place of their own choice.
    seeking: Option<Instant>,
}

/// How long that may take: the massager comes down first.
const SEEKING: Duration = Duration::from_secs(4);

impl App {
    /// Goes to another place of what plays. Whoever chose it needs no chime to know.
    pub(super) fn seek(&mut self, to: Time) {
        self.heard.seeking = Some(self.now + SEEKING);
        self.engine.send(Command::Seek(to));
    }

    /// Chimes when it is time to let go, and when a step begins beside the massager or after a rest. The end of a step by
    /// hand was told already when the next one begins at once.
    pub(super) fn follow_cues(&mut self) {
        let cue = playing::cue(&self.state, self.now);
        let before = std::mem::replace(&mut self.heard.cue, cue);
        let news = match (before, cue) {
            (_, None) => false,
            (Some(Cue::LetGo(before)), Some(Cue::Step(now))) => now != before + 1,
            // Whoever begins a massage looks at it.
            (None, Some(Cue::Step(0))) => false,
            (before, now) => before != now,
        };
        if news && self.heard.seeking.is_none_or(|until| self.now > until) {
            self.chime();
        }
    }

    /// Chimes, if the person wants that.
    pub(super) fn chime(&self) {
        if self.store.settings.value().chimes {
            self.desktop.chime();
        }
    }
}
