//! One click on a later day: what is ready at the start, and Play that waits for the massager.
//!
//! Belongs here: for which massager Play waits, how long, and what ends it. Any stop does.

use std::time::{Duration, Instant};

use iced::Task;

use super::{App, Message};
use crate::bluetooth::MassagerId;
use crate::engine::{Command, Link};
use crate::profile::bundled::GENTLE_START;
use crate::say;
use crate::time::Time;

/// How long Play waits for a massager to come near: time to switch it on and sit down. Later, nobody may be there.
const PATIENCE: Duration = Duration::from_secs(120);

/// Play was pressed, and the massager is not connected yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Waiting {
    /// When it gives up.
    pub until: Instant,
    /// The massager's name.
    pub name: String,
}

impl App {
    /// What Play plays before anything is chosen: the profile that was played last, or the first of all.
    pub(super) fn make_ready(&mut self) {
        let latest = self.store.ratings.value().latest().map(str::to_owned);
        self.ready = [latest.as_deref(), Some(GENTLE_START)]
            .into_iter()
            .flatten()
            .find_map(|id| Some((id.to_owned(), self.profiles.get(id)?.clone())));
    }

    /// The massager that Play can wait for: the one being connected, one that connects by itself, or, for somebody who has
    /// no other, the simulated one.
    pub(super) fn awaited(&self) -> Option<(MassagerId, String)> {
        let known = &self.known().massagers;
        match &self.state.link {
            Link::Connecting { id, name, .. } => Some((id.clone(), name.clone())),
            Link::Connected(_) | Link::Lost { .. } => None,
            Link::None => {
                let by_itself = known.iter().find(|(_, known)| known.connect_by_itself);
                let only = known.iter().next().filter(|(id, _)| known.len() == 1 && id.is_simulated());
                by_itself.or(only).map(|(id, known)| (id.clone(), known.name.clone()))
            }
        }
    }

    /// Waits for it, and sees to it that it can be found.
    pub(super) fn wait_for(&mut self, id: &MassagerId, name: String) {
        self.waiting = Some(Waiting { until: self.now + PATIENCE, name });
        if !matches!(self.state.link, Link::None) {
            return;
        }
        self.let_go.retain(|gone| gone != id);
        if id.is_simulated() {
            self.engine.send(Command::Connect(id.clone(), None));
        } else {
            self.engine.send(Command::Search(true));
            self.connect_by_itself();
        }
    }

    /// The link changed while Play waits: it starts, or is given up.
    pub(super) fn follow_link(&mut self, before: &Link) -> Task<Message> {
        if self.waiting.is_none() {
            return Task::none();
        }
        match (before, &self.state.link) {
            (_, Link::Connected(_)) => {
                self.waiting = None;
                self.play_ready(Time::ZERO)
            }
            // What went wrong was told.
            (Link::Connecting { .. }, Link::None) | (_, Link::Lost { .. }) => {
                self.waiting = None;
                Task::none()
            }
            _ => Task::none(),
        }
    }

    /// The time is over.
    pub(super) fn waited(&mut self) {
        if self.waiting.as_ref().is_some_and(|waiting| self.now >= waiting.until)
            && let Some(waiting) = self.waiting.take()
        {
            self.toasts.problem(say!(self.words, "bar-waited", massager = &waiting.name), self.now);
        }
    }
}
