//! Trying what is under the pen on the massager: from a time on, or a stretch again and again. Edits are followed live.
//!
//! Belongs here: which profile the engine gets, and whether what plays is ours. Playing belongs to the engine.

use std::sync::Arc;
use std::time::Duration;

use super::{Board, World};
use crate::editor::{Clip, Span};
use crate::engine::{Activity, State};
use crate::profile::Profile;
use crate::time::Time;
use crate::ui::shell::clock;

/// A shorter stretch is not looped: it would be a buzz.
const SHORTEST_LOOP: Duration = Duration::from_secs(2);

/// What is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stretch {
    /// Everything from a time on.
    From(Time),
    /// A stretch, again and again.
    Loop(Span),
}

/// What the engine got to try.
#[derive(Debug, Default)]
pub(super) struct Trial {
    /// The newest last: the engine plays an older one until it has heard of the newer.
    sent: Vec<Arc<Profile>>,
    revision: u64,
    looped: Option<Span>,
}

impl Board {
    /// The profile to try now, and where to start in it: edits are followed from here on.
    pub(in crate::ui) fn start_try(&mut self, stretch: Stretch) -> (Arc<Profile>, Time) {
        self.trial.looped = match stretch {
            Stretch::From(_) => None,
            Stretch::Loop(span) => Some(span),
        };
        let profile = self.to_play();
        self.trial.revision = self.revision();
        self.trial.sent = vec![Arc::clone(&profile)];
        let from = match stretch {
            Stretch::From(at) if at < profile.length => at,
            Stretch::From(_) | Stretch::Loop(_) => Time::ZERO,
        };
        (profile, from)
    }

    fn to_play(&self) -> Arc<Profile> {
        let document = self.editor.document();
        let Some(span) = self.trial.looped else { return document.to_shared() };
        let channels: Vec<_> = document.lanes().map(|(channel, _)| channel).collect();
        let tracks = Clip::of_stretch(document, &channels, span).map(|clip| clip.tracks().clone()).unwrap_or_default();
        let length = Time::from_millis(span.millis());
        Arc::new(Profile { name: document.name().clone(), length, tracks, ..Profile::default() })
    }

    /// The profile to play on, where what plays is ours and was edited since.
    pub(super) fn next_to_play(&mut self, state: &State) -> Option<Arc<Profile>> {
        let playing = self.tried(state)?;
        self.trial.sent.drain(..playing);
        if self.trial.revision == self.revision() {
            return None;
        }
        self.trial.revision = self.revision();
        let profile = self.to_play();
        self.trial.sent.push(Arc::clone(&profile));
        Some(profile)
    }

    /// Which of the tried profiles plays, if one does.
    pub(super) fn tried(&self, state: &State) -> Option<usize> {
        let Activity::Profile { profile, .. } = &state.activity else { return None };
        self.trial.sent.iter().position(|sent| Arc::ptr_eq(sent, profile))
    }

    /// The stretch that plays again and again now.
    pub(super) fn looped(&self, state: &State) -> Option<Span> {
        self.trial.looped.filter(|_| self.tried(state).is_some())
    }

    /// Where in the document what is tried plays now.
    pub(super) fn tried_at(&self, world: World<'_>) -> Option<Time> {
        self.tried(world.state)?;
        let at = clock::position(world.state, world.now)?;
        Some(at + self.trial.looped.map_or(Duration::ZERO, |span| span.from.as_duration()))
    }

    /// Where the playhead is drawn: where the try is, else where it was put.
    pub(super) fn place(&self, world: World<'_>) -> Time {
        self.tried_at(world).unwrap_or(self.playhead).min(self.editor.document().length())
    }

    /// The stretch of what is chosen, where it is long enough to loop.
    pub(super) fn chosen_stretch(&self) -> Option<Span> {
        let span = self.editor.selection().span(self.editor.document())?;
        (span.to.since(span.from) >= SHORTEST_LOOP).then_some(span)
    }
}
