//! What the editor looks at beside its profile: the massager, the language, the time.

use std::time::Instant;

use crate::engine::{Connected, Link, State};
use crate::i18n::Words;
use crate::intensity::Intensity;
use crate::mode::Channel;

/// What the screen looks at.
#[derive(Clone, Copy)]
pub(in crate::ui) struct World<'a> {
    pub(in crate::ui) state: &'a State,
    pub(in crate::ui) words: &'a Words,
    pub(in crate::ui) now: Instant,
}

impl<'a> World<'a> {
    pub(super) fn massager(self) -> Option<&'a Connected> {
        match &self.state.link {
            Link::Connected(connected) | Link::Lost { was: connected, .. } => Some(connected),
            Link::None | Link::Connecting { .. } => None,
        }
    }

    /// The massager that can play now.
    pub(super) fn connected(self) -> Option<&'a Connected> {
        match &self.state.link {
            Link::Connected(connected) => Some(connected),
            Link::None | Link::Connecting { .. } | Link::Lost { .. } => None,
        }
    }

    /// How many levels a lane has on the massager, and the most that it may reach now.
    pub(super) fn levels(self, channel: Channel) -> Option<(u16, Intensity)> {
        use crate::mode::Foot;
        let channels = &self.massager()?.channels;
        let same = channels.iter().find(|state| state.channel == channel);
        let near = || {
            channels.iter().find(|state| {
                let (own, other) = (channel.foot, state.channel.foot);
                state.channel.mode == channel.mode && (own == Foot::Both || other == Foot::Both)
            })
        };
        let state = same.or_else(near)?;
        Some((state.levels, state.ceiling)).filter(|(levels, _)| *levels > 0)
    }
}
