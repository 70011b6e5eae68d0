//! One channel, as the writer knows it.
//!
//! Belongs here: what is wanted, what was written and shown, and since when it is not as wanted. Writes do not.

use std::time::{Duration, Instant};

use super::WriterEvent;
use crate::mode::Channel;

/// How long after a write a report may still show what was before it.
pub(super) const ECHO: Duration = Duration::from_millis(500);

/// What is thought to be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// Nothing.
    Nothing,
    /// This level: it was written, or shown.
    Level(u16),
    /// This level was written, and until then a report is awaited that shows it.
    Awaited(u16, Instant),
}

/// Whether the wanted level is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Intent {
    /// It is. Where `restored`, it was turned up at the massager since, and brought back once.
    Follow { restored: bool },
    /// Not before the massager says more of itself.
    Hold,
    /// Not before another level is wanted: nothing was asked for yet, or it was turned down at the massager.
    Leave,
}

/// One channel.
#[derive(Debug, Clone)]
pub(super) struct ChannelBook {
    pub channel: Channel,
    pub wanted: u16,
    pub known: Known,
    pub intent: Intent,
    /// The level confirmed last.
    pub confirmed: Option<u16>,
    /// What the massager itself reported last.
    pub reported: Option<u16>,
    /// The person was told that it is held.
    pub told_held: bool,
    /// Since when another level is wanted than was written.
    pub differs_since: Option<Instant>,
    /// Since when it is not as wanted, or not confirmed.
    pub open_since: Option<Instant>,
    /// Since when the massager had its turn and did nothing of what it was told.
    pub unheeded_since: Option<Instant>,
    /// How often others went before it since it was written last.
    pub passed_over: u32,
}

impl ChannelBook {
    /// Of a massager of which nothing is known yet.
    pub fn new(channel: Channel) -> Self {
        Self {
            channel,
            wanted: 0,
            known: Known::Nothing,
            intent: Intent::Leave,
            confirmed: None,
            reported: None,
            told_held: false,
            differs_since: None,
            open_since: None,
            unheeded_since: None,
            passed_over: 0,
        }
    }

    /// The level thought to be there.
    pub fn sent(&self) -> Option<u16> {
        match self.known {
            Known::Nothing => None,
            Known::Level(level) | Known::Awaited(level, _) => Some(level),
        }
    }

    /// Until when a report is awaited.
    pub fn awaited(&self) -> Option<Instant> {
        match self.known {
            Known::Awaited(_, until) => Some(until),
            Known::Nothing | Known::Level(_) => None,
        }
    }

    pub fn is_due(&self) -> bool {
        matches!(self.intent, Intent::Follow { .. }) && self.sent() != Some(self.wanted)
    }

    pub fn rises(&self) -> bool {
        self.sent().is_some_and(|sent| sent < self.wanted)
    }

    /// Whether it is on, or may be.
    pub fn may_be_on(&self) -> bool {
        self.wanted > 0 || self.sent() != Some(0) || self.reported.is_some_and(|reported| reported > 0)
    }

    /// Another level is wanted, or the same once more where it is doubtful.
    pub fn follow(&mut self, now: Instant) {
        self.intent = Intent::Follow { restored: false };
        self.differs_since.get_or_insert(now);
        self.note(now);
    }

    /// Brings `open_since` up to date.
    pub fn note(&mut self, now: Instant) {
        let follows = matches!(self.intent, Intent::Follow { .. });
        let open = follows && (self.confirmed != Some(self.wanted) || self.sent() != Some(self.wanted));
        self.open_since = if open { self.open_since.or(Some(now)) } else { None };
    }

    /// A frame that sets a level is handed over.
    pub fn hand_over(&mut self, now: Instant, level: u16) {
        // A massager speaks up about what changes, so a frame that repeats a level is no question.
        if self.known != Known::Level(level) || self.confirmed != Some(level) {
            self.known = match self.reported {
                Some(_) => Known::Awaited(level, now + ECHO),
                None => Known::Level(level),
            };
            self.unheeded_since.get_or_insert(now);
        }
        self.differs_since = (self.wanted != level).then_some(now);
        self.passed_over = 0;
        self.note(now);
    }

    pub fn confirm(&mut self, now: Instant, level: u16, events: &mut Vec<WriterEvent>) {
        if let Known::Awaited(sent, _) = self.known {
            self.known = Known::Level(sent);
        }
        if self.confirmed != Some(level) {
            self.confirmed = Some(level);
            events.push(WriterEvent::Confirmed(self.channel, level));
        }
        self.open_since = None;
        self.unheeded_since = None;
        self.note(now);
    }

    /// What was written did not arrive, or had no effect.
    pub fn doubt(&mut self, now: Instant) {
        self.known = Known::Nothing;
        self.note(now);
    }

    /// Nothing is wanted and nothing known: a stop begins.
    pub fn stop(&mut self) {
        *self = Self { confirmed: self.confirmed, reported: self.reported, ..Self::new(self.channel) };
    }

    /// Everything is off.
    pub fn is_off(&mut self, now: Instant) {
        self.known = Known::Level(0);
        self.confirmed = Some(0);
        self.note(now);
    }
}
