//! Ordinary writes: levels, what the massager reports of them, and what fails.
//!
//! Belongs here: which channel's turn it is, and what a report, an answer or its absence means for it. Stops do not.

use std::time::Instant;

use super::{
    BEHIND, BUSY, ChannelBook, ECHO, FIRST_RETRY, Flight, Intent, Known, LONGEST_RETRY, Needed, Order, PROGRAM_START,
    Purpose, SILENCE, Stage, Writer, WriterEvent,
};
use crate::massager::{Report, Write};
use crate::mode::Channel;

impl Writer {
    pub(super) fn reported(&mut self, now: Instant, report: &Report) {
        let behind = |book: &ChannelBook| {
            book.intent == Intent::Hold
                && book.sent().unwrap_or(0) < book.wanted
                && book.differs_since.is_some_and(|since| since + BEHIND <= now)
        };
        if self.channels.iter().any(behind) {
            self.events.push(WriterEvent::Behind);
        }
        for book in self.channels.iter_mut().filter(|book| book.intent == Intent::Hold) {
            book.intent = Intent::Follow { restored: false };
        }
        let off = report.running == Some(false);
        if off && self.program.is_some_and(|since| now >= since + PROGRAM_START) {
            self.program = None;
            self.events.push(WriterEvent::ProgramEnded);
        }
        let (mut all, mut fell) = (Vec::new(), Vec::new());
        for index in 0..self.channels.len() {
            let book = &mut self.channels[index];
            let shown = report.levels.get(&book.channel).copied();
            let shown = if off && (shown.is_some() || book.reported.is_some()) { Some(0) } else { shown };
            if let Some(shown) = shown {
                let before = book.reported.replace(shown);
                all.push((book.channel, shown));
                if shown == 0 && before.is_some_and(|before| before > 0) {
                    fell.push(book.channel);
                }
                if before != Some(shown) && book.unheeded_since.is_some() {
                    book.unheeded_since = Some(now); // It is doing something of what it was told.
                }
                if self.stop.is_none() {
                    self.shows(now, index, shown);
                }
            }
        }
        self.stop_reported(now, &all, &fell);
    }

    /// One channel's level as the massager shows it, while no stop is under way.
    fn shows(&mut self, now: Instant, index: usize, shown: u16) {
        let book = &mut self.channels[index];
        if book.sent() == Some(shown) {
            book.confirm(now, shown, &mut self.events);
            self.silent = false;
            self.failures = 0;
            return;
        }
        if book.awaited().is_some() {
            return; // Still what was before the write.
        }
        let idle = shown > 0 && book.wanted == 0 && self.program.is_none();
        if idle && self.stopped.is_some_and(|stopped| now < stopped + ECHO) {
            return self.stop(now); // It was believed too soon.
        }
        let contradicts = book.confirmed.is_some() && book.known != Known::Nothing && self.program.is_none();
        book.known = Known::Level(shown);
        book.confirmed = Some(shown);
        if contradicts {
            self.events.push(WriterEvent::Overruled { channel: book.channel, shown });
            let up = book.wanted > 0 && shown > book.wanted;
            book.intent = match book.intent {
                Intent::Follow { restored: false } if up => Intent::Follow { restored: true },
                _ => Intent::Leave,
            };
        }
        if book.intent == Intent::Leave {
            book.unheeded_since = None;
            self.encoder.accept(book.channel, shown); // Or the keep-alive would bring back what was ordered.
        }
        book.note(now);
    }

    /// Plans the writes for the channel whose turn it is: what falls before what rises, then what has waited longest;
    /// what was passed over once counts as falling. Returns whether another channel may be asked when nothing came of it.
    pub(super) fn plan(&mut self, now: Instant) -> bool {
        if self.program.is_some() {
            return false;
        }
        let urgency = |book: &&ChannelBook| (book.rises() && book.passed_over == 0, book.differs_since);
        let due = self.channels.iter().filter(|book| book.is_due()).min_by_key(urgency);
        let Some(channel) = due.map(|book| book.channel) else { return false };
        for book in self.channels.iter_mut().filter(|book| book.channel != channel && book.is_due()) {
            book.passed_over += 1;
        }
        let wanted = |book: &ChannelBook| match book.intent {
            Intent::Leave => book.sent().unwrap_or(0),
            Intent::Follow { .. } | Intent::Hold => book.wanted,
        };
        let wanted = self.channels.iter().map(|book| (book.channel, wanted(book))).collect();
        let plan = self.encoder.set(&wanted, &[channel]);
        for (channel, level) in plan.already {
            if let Some(book) = self.channels.iter_mut().find(|book| book.channel == channel) {
                (book.known, book.differs_since) = (Known::Level(level), None);
                book.confirm(now, level, &mut self.events);
            }
        }
        for held in plan.held {
            if let Some(book) = self.channels.iter_mut().find(|book| book.channel == held.channel) {
                book.intent = Intent::Hold;
                book.unheeded_since = None;
                book.note(now);
                if !std::mem::replace(&mut book.told_held, true) {
                    self.events.push(WriterEvent::Held(held));
                }
            }
        }
        self.batch = plan.writes.into();
        // A channel that came to nothing in any other way would be asked for ever.
        if self.batch.is_empty()
            && let Some(book) = self.channels.iter_mut().find(|book| book.channel == channel && book.is_due())
        {
            book.intent = Intent::Hold;
        }
        true
    }

    /// Hands an ordinary write over, or keeps it in front while its characteristic is waited for.
    pub(super) fn fly(&mut self, now: Instant, write: Write, purpose: Purpose) -> Option<Order> {
        self.failing_since.get_or_insert(now);
        if !self.is_free(write.place()) {
            if purpose == Purpose::Level {
                self.batch.push_front(write);
            }
            return None;
        }
        for &(channel, level) in &write.sets {
            if let Some(book) = self.channels.iter_mut().find(|book| book.channel == channel) {
                book.hand_over(now, level);
            }
        }
        Some(self.hand(now, write, purpose))
    }

    pub(super) fn written(&mut self, now: Instant, flight: &Flight) {
        if let Purpose::Extra(_) = flight.purpose {
            self.extras.pop_front();
            if self.is_opening() && self.extras.is_empty() {
                self.stage = Stage::Ready;
                return self.stop(now);
            }
        }
        self.failing_since = None;
        let mut awaited = false;
        for &(channel, level) in &flight.write.sets {
            let Some(book) = self.channels.iter_mut().find(|book| book.channel == channel) else { continue };
            if book.sent() != Some(level) {
                continue; // The massager has shown something else since.
            }
            if book.reported.is_none() {
                book.confirm(now, level, &mut self.events);
            } else if book.awaited().is_some() {
                book.known = Known::Awaited(level, now + ECHO);
                awaited = true;
            }
        }
        if !awaited {
            self.failures = 0;
            self.silent = false;
        }
    }

    /// The radio was busy: the same once more, in a moment, unless other levels are wanted by then.
    pub(super) fn postponed(&mut self, now: Instant, flight: Flight) {
        self.free = now + BUSY;
        if flight.purpose != Purpose::Level {
            return; // It stands at the front of the extras still.
        }
        let wanted = |(channel, level): &(Channel, u16)| {
            self.channels.iter().any(|book| book.channel == *channel && book.wanted == *level)
        };
        if flight.write.sets.iter().all(wanted) {
            return self.batch.push_front(flight.write);
        }
        self.batch.clear();
        self.doubt(now, &flight.write);
    }

    pub(super) fn failed(&mut self, now: Instant, flight: &Flight) {
        self.batch.clear();
        if flight.purpose == Purpose::Extra(Needed::No) {
            self.extras.pop_front();
            self.failing_since = None;
            return;
        }
        self.doubt(now, &flight.write);
        self.back_off(now);
    }

    fn doubt(&mut self, now: Instant, write: &Write) {
        for &(channel, _) in &write.sets {
            if let Some(book) = self.channels.iter_mut().find(|book| book.channel == channel) {
                book.doubt(now);
            }
        }
    }

    fn back_off(&mut self, now: Instant) {
        let pause = FIRST_RETRY.saturating_mul(1 << self.failures.min(8)).min(LONGEST_RETRY);
        self.failures += 1;
        self.free = self.free.max(now + pause);
    }

    pub(super) fn time_passes(&mut self, now: Instant) {
        if self.stop.is_some() {
            return;
        }
        if !self.is_flying() {
            let mut ignored = false;
            for book in self.channels.iter_mut().filter(|book| book.awaited().is_some_and(|until| until <= now)) {
                match book.sent() {
                    // It had shown this before, and took the write: it had no reason to say so again.
                    Some(sent) if book.reported == Some(sent) => book.confirm(now, sent, &mut self.events),
                    _ => {
                        book.doubt(now);
                        ignored = true;
                    }
                }
            }
            if ignored {
                self.back_off(now);
            }
        }
        let mut unheeded = self.channels.iter().filter_map(|book| book.unheeded_since).chain(self.failing_since);
        if !self.silent && unheeded.any(|since| since + SILENCE <= now) {
            self.silent = true;
            self.events.push(WriterEvent::Silent);
        }
    }
}
