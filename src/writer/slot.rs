//! One channel, as the writer knows it.
//!
//! Belongs here: what is wanted, thought to be there, confirmed and shown, and since when. Writes do not.

use std::time::Instant;

use super::WriterEvent;
use crate::mode::Channel;

/// One channel.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    pub channel: Channel,
    pub wanted: u16,
    /// What is thought to be there: written, and not failed. `None`: not known.
    pub there: Option<u16>,
    pub confirmed: Option<u16>,
    /// Since when another level is wanted than was written.
    pub differs_since: Option<Instant>,
    /// Nothing can be written for it before the massager says more of itself.
    pub held: bool,
    /// The person was told so.
    pub held_told: bool,
    /// Until when a report is awaited that confirms what was written.
    pub echo: Option<Instant>,
    /// Since when it is not as wanted, or not confirmed.
    pub open_since: Option<Instant>,
    /// What the massager itself showed last.
    pub shown: Option<u16>,
    /// The massager was turned down by hand: left alone until another level is wanted.
    pub left_alone: bool,
    /// The massager was turned up by hand, and brought back once.
    pub brought_back: bool,
}

impl Slot {
    pub fn is_due(&self) -> bool {
        !self.left_alone && !self.held && self.there != Some(self.wanted)
    }

    /// Keeps `open_since` true to its word.
    pub fn note(&mut self, now: Instant) {
        let open =
            !self.left_alone && !self.held && (self.confirmed != Some(self.wanted) || self.there != Some(self.wanted));
        self.open_since = if open { self.open_since.or(Some(now)) } else { None };
    }

    pub fn confirm(&mut self, now: Instant, level: u16, events: &mut Vec<WriterEvent>) {
        self.echo = None;
        if self.confirmed != Some(level) {
            self.confirmed = Some(level);
            events.push(WriterEvent::Confirmed(self.channel, level));
        }
        self.open_since = None;
        self.note(now);
    }

    pub fn unknown(&mut self, now: Instant) {
        self.there = None;
        self.echo = None;
        self.note(now);
    }
}
