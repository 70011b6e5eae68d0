//! The question before a massage that goes past the day's limit.
//!
//! Belongs here: what was asked for, and the question. Only the person goes past the limit; the engine keeps it, and the
//! app asks.

use std::sync::Arc;
use std::time::Duration;

use super::{Message, question};
use crate::i18n::Words;
use crate::intensity::Intensity;
use crate::mode::Channel;
use crate::profile::Profile;
use crate::say;
use crate::time::Time;
use crate::ui::screen::editor::Stretch;
use crate::ui::theme::Element;
use crate::ui::widget;

/// What makes a massager move.
#[derive(Debug, Clone)]
pub(in crate::ui) enum Wish {
    /// Play a profile: its id, what it holds, from where.
    Play(String, Arc<Profile>, Time),
    /// Try what is under the pen.
    Try(Stretch),
    /// Record by hand while the massager plays along.
    Record,
    /// Go on with the profile that is paused.
    Resume,
    /// Run one of the massager's own programs.
    Program(String),
    /// Set a mode by hand.
    ByHand(Vec<(Channel, Intensity)>),
}

/// The question: massage time today, and the day's limit.
pub(super) fn view<'a>(w: &Words, massaged: Duration, limit: Duration) -> Element<'a, Message> {
    question(
        say!(w, "day-title", massaged = crate::ui::words::minutes(massaged), limit = crate::ui::words::minutes(limit)),
        say!(w, "day-text"),
        say!(w, "not-now"),
        widget::second(say!(w, "day-go-on")),
    )
}
