//! What the engine tells: kept, shown, and what follows from it at once.
//!
//! Belongs here: each [`Event`]. What the person does is not here.

use std::sync::Arc;

use iced::Task;
use iced::widget::operation;

use super::stopping::Closing;
use super::{App, Message, now, save};
use crate::engine::{self, Activity, Command, Event, Link, Pause, State, Weight};
use crate::say;
use crate::ui::screen::{massager, playing};
use crate::ui::shell::dialog::{Dialog, Wish};

impl App {
    /// What the engine tells.
    pub(super) fn hear(&mut self, event: Event) -> Task<Message> {
        match event {
            Event::State(state) => {
                self.now = now().max(state.at);
                let before = std::mem::replace(&mut self.state, state);
                self.name_simulated();
                if before.stop_unconfirmed && !self.state.stop_unconfirmed {
                    self.toasts.danger_over();
                }
                self.massager.heed(&self.state);
                self.follow_edits();
                self.follow_cues();
                self.connect_by_itself();
                if !self.state.is_playing() {
                    self.tell_gates();
                }
                let ended = self.follow_end(&before);
                let focused = match massager::Massager::focus(&before) == massager::Massager::focus(&self.state) {
                    false if self.dialog.is_none() && self.starting.is_none() => self.focus_page(),
                    _ => Task::none(),
                };
                let started = Task::batch([focused, ended, self.follow_link(&before.link)]);
                if paused(&before) == paused(&self.state) {
                    return started;
                }
                let asked = match paused(&self.state) {
                    Some(Pause::LinkLost) => operation::focus(playing::END_ID),
                    Some(Pause::DayIsFull) if self.dialog.is_none() => self.ask_for_more(Wish::Resume),
                    _ => Task::none(),
                };
                Task::batch([started, asked])
            }
            Event::Notice(notice) => {
                tracing::info!(weight = ?notice.weight, fact = %notice.fact, "notice");
                let text = self.words.fact(&notice.fact);
                match notice.weight {
                    Weight::Info => self.toasts.done(text, self.now),
                    Weight::Problem => self.toasts.problem(text, self.now),
                    Weight::Danger => self.toasts.danger(text),
                }
                Task::none()
            }
            Event::Pairing(pairing) => {
                if pairing.question != engine::PairingQuestion::Over {
                    return self.ask(Dialog::Pairing { pairing, typed: String::new() });
                }
                if matches!(self.dialog, Some(Dialog::Pairing { .. })) {
                    self.dialog = None;
                }
                Task::none()
            }
            Event::AsksFirst(id, map) => self.ask(Dialog::Firmware { id, map }),
            Event::Massaged(_) | Event::Used | Event::Remember(..) => {
                let asks = self.ask_by_itself(&event);
                let saving = self.store.keep(&event);
                self.recount();
                Task::batch([saving.map_or_else(Task::none, save), asks])
            }
        }
    }

    /// The simulated massager has no name of its own: each language has one for it.
    pub(super) fn name_simulated(&mut self) {
        let name = |link: &mut Link| match link {
            Link::Connecting { id, name, .. } if id.is_simulated() => {
                *name = say!(self.words, "massager-simulated-name");
            }
            Link::Connected(it) | Link::Lost { was: it, .. } if it.id.is_simulated() => {
                it.name = say!(self.words, "massager-simulated-name");
            }
            _ => {}
        };
        let is_simulated = match &self.state.link {
            Link::None => false,
            Link::Connecting { id, .. } => id.is_simulated(),
            Link::Connected(it) | Link::Lost { was: it, .. } => it.id.is_simulated(),
        };
        if is_simulated {
            name(&mut Arc::make_mut(&mut self.state).link);
        }
    }

    /// Asks once of every massager, when it is connected for the first time, whether to connect it by itself later.
    fn ask_by_itself(&mut self, event: &Event) -> Task<Message> {
        match event {
            Event::Remember(id, Some(remembered))
                if !id.is_simulated() && !self.known().massagers.contains_key(id) && self.dialog.is_none() =>
            {
                self.ask(Dialog::ByItself { id: id.clone(), name: remembered.name.clone() })
            }
            _ => Task::none(),
        }
    }

    /// Connects to a known massager that is seen, where the person asked for it.
    pub(super) fn connect_by_itself(&mut self) {
        if !matches!(self.state.link, Link::None) || self.closing != Closing::No {
            return;
        }
        let known = &self.known().massagers;
        let wanted = self.state.found.iter().find(|found| {
            known.get(&found.id).is_some_and(|known| known.connect_by_itself) && !self.let_go.contains(&found.id)
        });
        if let Some(found) = wanted {
            // Once: if it fails, trying again is for the person to ask.
            self.let_go.push(found.id.clone());
            self.engine.send(Command::Connect(found.id.clone(), None));
        }
    }
}

/// Why the profile that plays stands still.
fn paused(state: &State) -> Option<Pause> {
    match state.activity {
        Activity::Profile { paused, .. } => paused,
        Activity::Nothing | Activity::ByHand | Activity::Program { .. } => None,
    }
}
