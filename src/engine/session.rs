//! One massager that Svang deals with: being reached, connected, or lost.
//!
//! Belongs here: [`Session`] with its [`Phase`], and what only concerns that one massager. What is wanted of it, and which
//! one is in use, does not; its live link is in `live`.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::connecting::{Connecting, Step};
use super::live::{LinkInput, Live};
use super::state::Connected;
use crate::bluetooth::MassagerId;
use crate::massager::DeviceMap;

/// How long a massager that is let go of is waited for: until its stop is confirmed, and where its link is gone, until it
/// is reached again for that.
pub(super) const ENDS_WITHIN: Duration = Duration::from_secs(30);

/// One massager.
pub(super) struct Session {
    pub id: MassagerId,
    pub name: String,
    pub map: Arc<DeviceMap>,
    pub phase: Phase,
    /// Something was started on it since it was connected.
    pub has_started: bool,
    /// Its last stop could not be confirmed, and the person was told so.
    pub stop_unconfirmed: bool,
    /// How often its link went before it was ever known to stand still.
    pub early_losses: u32,
    /// It is let go of once it stands still, and at this time at the latest.
    pub ending: Option<Instant>,
    /// Keeps other programs from using it.
    pub _lock: Option<Box<dyn Send>>,
}

/// How far a session is.
pub(super) enum Phase {
    /// Being reached for the first time.
    Connecting(Connecting),
    /// Connected.
    Live(Box<Live>),
    /// Its link went away; it is being reached again.
    Lost(Lost),
}

/// A massager whose link went away.
pub(super) struct Lost {
    pub was: Connected,
    pub since: Instant,
    /// Whether it was on, or may have been: then the first thing that it is sent again is the off sequence.
    pub might_move: bool,
    pub connecting: Connecting,
}

/// What comes from a session.
pub(super) enum SessionInput {
    Link(LinkInput),
    Step(Step),
}

impl Session {
    /// One that is being reached.
    pub fn reaching(connecting: Connecting, lock: Option<Box<dyn Send>>) -> Self {
        Self {
            id: connecting.id.clone(),
            name: connecting.name.clone(),
            map: Arc::clone(&connecting.map),
            phase: Phase::Connecting(connecting),
            has_started: false,
            stop_unconfirmed: false,
            early_losses: 0,
            ending: None,
            _lock: lock,
        }
    }

    /// What comes next.
    pub async fn next(&mut self) -> SessionInput {
        match &mut self.phase {
            Phase::Connecting(connecting) => SessionInput::Step(connecting.next().await),
            Phase::Lost(lost) => SessionInput::Step(lost.connecting.next().await),
            Phase::Live(live) => SessionInput::Link(live.next().await),
        }
    }

    pub fn live(&self) -> Option<&Live> {
        match &self.phase {
            Phase::Live(live) => Some(live),
            Phase::Connecting(_) | Phase::Lost(_) => None,
        }
    }

    pub fn live_mut(&mut self) -> Option<&mut Live> {
        match &mut self.phase {
            Phase::Live(live) => Some(live),
            Phase::Connecting(_) | Phase::Lost(_) => None,
        }
    }

    /// The tries to reach it.
    pub fn connecting(&mut self) -> Option<&mut Connecting> {
        match &mut self.phase {
            Phase::Connecting(connecting) | Phase::Lost(Lost { connecting, .. }) => Some(connecting),
            Phase::Live(_) => None,
        }
    }

    /// Whether its link was lost.
    pub fn is_lost(&self) -> bool {
        matches!(self.phase, Phase::Lost(_))
    }

    /// Whether it moves, or may move.
    pub fn may_move(&self) -> bool {
        match &self.phase {
            Phase::Connecting(_) => false,
            Phase::Live(live) => live.writer.may_move(),
            Phase::Lost(lost) => lost.might_move,
        }
    }

    /// Whether it was told to stop, or has to be, and has not confirmed that.
    pub fn awaits_stop(&self) -> bool {
        match &self.phase {
            Phase::Connecting(_) => false,
            Phase::Live(live) => live.writer.awaits_stop(),
            Phase::Lost(lost) => lost.might_move,
        }
    }

    /// When something is due.
    pub fn wake_at(&self) -> Option<Instant> {
        self.live().and_then(Live::wake_at).into_iter().chain(self.ending).min()
    }
}
