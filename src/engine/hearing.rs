//! Who hears the engine: one owner, who hears every event in order, and as many others as like.
//!
//! Belongs here: [`Tell`], through which everything is told, and what others can listen to. What is told does not.

use std::sync::Arc;

use tokio::sync::{broadcast, mpsc, watch};

use super::{Event, Notice, State};

/// So many notices wait for a listener that is slow; after that it misses the oldest.
const NOTICES: usize = 64;

/// Where the engine tells what happens.
#[derive(Debug, Clone)]
pub(super) struct Tell {
    events: mpsc::UnboundedSender<Event>,
    states: watch::Sender<Arc<State>>,
    notices: broadcast::Sender<Notice>,
}

/// What others than the owner can listen to. Cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Heard {
    pub states: watch::Receiver<Arc<State>>,
    pub notices: broadcast::Sender<Notice>,
}

impl Tell {
    /// Where to tell, what the owner hears, and what others hear; `before` is the state before anything happened.
    pub fn new(before: State) -> (Self, mpsc::UnboundedReceiver<Event>, Heard) {
        let (events, heard) = mpsc::unbounded_channel();
        let (states, newest) = watch::channel(Arc::new(before));
        let (notices, _) = broadcast::channel(NOTICES);
        let others = Heard { states: newest, notices: notices.clone() };
        (Self { events, states, notices }, heard, others)
    }

    /// Tells everybody. Whoever has gone hears nothing.
    pub fn send(&self, event: Event) {
        match &event {
            Event::State(state) => drop(self.states.send_replace(Arc::clone(state))),
            Event::Notice(notice) => drop(self.notices.send(notice.clone())),
            Event::Pairing(_) | Event::AsksFirst(..) | Event::Massaged(_) | Event::Used | Event::Remember(..) => {}
        }
        let _ = self.events.send(event);
    }
}
