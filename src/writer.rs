//! One massager's writes: what is handed to the link, and when.
//!
//! Belongs here: [`Writer`], which brings the massager to the wanted levels. It is pure: the clock, the outcome of each
//! write and what the massager says are passed in, and what is to be written is taken out with [`Writer::poll`]. Links
//! and tasks do not belong here; which bytes make a level is the [`Encoder`]'s business.
//!
//! - **Newest wins.** Nothing queues up: when the map's write gap has passed, the newest wanted levels are written. A
//!   level that is already there is not.
//! - **Wanted and confirmed are two values.** A write that failed leaves a level unconfirmed; it is written again, with
//!   growing pauses, and reported after [`SILENCE`]. A level is confirmed by the massager's own report where the
//!   massager has reported that channel before, else by the outcome of the write.
//!   What was wanted meanwhile is reached in one step then: at most as far as three seconds of rising go.
//! - **Stop comes first.** The whole off sequence is handed over at once, whatever waits or hangs and whatever the
//!   levels are thought to be. It is repeated until it is confirmed: by responses, by a report that everything is off,
//!   or, where the massager gives neither, by having been handed over three times. Otherwise it is reported after
//!   [`SILENCE`], and still repeated. Until then nothing else is written.
//! - **Keep-alive** is written only while something is on, and only by a caller that comes in time: one that is late by
//!   more than [`LATE`] gets a stop instead.
//! - **A report that contradicts** a confirmed level (somebody used the massager's own remote) counts as the truth and
//!   is told once. What was turned down stays down until another level is wanted, for nobody may be overruled upwards;
//!   what was turned up is brought back once.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use uuid::Uuid;

use crate::bluetooth::Error;
use crate::massager::{self, Encoder, Report, Write};
use crate::mode::Channel;

mod slot;
mod stopping;
#[cfg(test)]
mod tests;

use slot::Slot;
use stopping::Stop;

/// How long a level or a stop may stay unconfirmed before it is reported.
pub const SILENCE: Duration = Duration::from_secs(3);

/// How late the caller may come before the keep-alive becomes a stop.
pub const LATE: Duration = Duration::from_secs(2);

/// How long after a write a report may still show what was before it.
const ECHO: Duration = Duration::from_millis(500);

/// How long a report may still speak of the time before a program was started.
const PROGRAM_START: Duration = Duration::from_secs(2);

/// How long a channel may wait for its massager before its level has to rise from nothing again.
const BEHIND: Duration = Duration::from_secs(1);

/// The pauses after failed writes.
const FIRST_RETRY: Duration = Duration::from_millis(100);
const LONGEST_RETRY: Duration = Duration::from_secs(1);

/// The name of a write that is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(u64);

/// A write to hand to the link now. Its outcome goes to [`Writer::done`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Its name.
    pub ticket: Ticket,
    /// The write.
    pub write: Write,
}

/// What the writer tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WriterEvent {
    /// A level is there.
    Confirmed(Channel, u16),
    /// The massager has shown no sign of a level, or taken no write, for [`SILENCE`].
    Silent(Option<Error>),
    /// The massager shows another level than the one confirmed: somebody changed it there.
    Overruled {
        /// Which.
        channel: Channel,
        /// What was confirmed before.
        confirmed: u16,
        /// What it shows.
        shown: u16,
    },
    /// Everything is off, as surely as this massager lets one know.
    Stopped,
    /// A stop could not be confirmed for [`SILENCE`]. It is still repeated; [`WriterEvent::Stopped`] may follow.
    StopUnconfirmed,
    /// The caller came too late, and a stop was sent instead of the keep-alive.
    Late,
    /// A channel has to wait until the massager says more of itself.
    Held(massager::Held),
    /// The massager may take orders again that it was too busy for, and far more is wanted of it by now: the levels
    /// should rise from nothing again.
    Behind,
    /// The massager says that it no longer runs the program.
    ProgramEnded,
}

#[derive(Debug, Clone)]
struct Flight {
    ticket: Ticket,
    sets: Vec<(Channel, u16)>,
    /// It stands at the front of the extras; whether until it is written.
    extra: Option<bool>,
}

/// The writer of one connected massager.
pub struct Writer {
    encoder: Encoder,
    slots: Vec<Slot>,
    /// The rest of a sequence that is written completely.
    batch: VecDeque<Write>,
    /// Start frames, the frames of a program, and (not needed: `false`) those of the massager's timer.
    extras: VecDeque<(Write, bool)>,
    flight: Option<Flight>,
    stop: Option<Stop>,
    /// Since when one of the massager's own programs runs.
    program: Option<Instant>,
    /// The start frames are being written; a stop follows them.
    opening: bool,
    next_ticket: u64,
    last: Option<Instant>,
    /// No ordinary write before this: gap, the map's pauses and back-off.
    free: Instant,
    /// When a write was answered last.
    answered: Instant,
    failures: u32,
    failing_since: Option<Instant>,
    error: Option<Error>,
    silent: bool,
    events: Vec<WriterEvent>,
}

impl Writer {
    /// A writer that knows nothing of what the massager does, and writes nothing before it is told to.
    pub fn new(now: Instant, encoder: Encoder) -> Self {
        let slot = |&(channel, _): &(Channel, u16)| Slot {
            channel,
            wanted: 0,
            there: None,
            confirmed: None,
            differs_since: None,
            held: false,
            held_told: false,
            echo: None,
            open_since: None,
            shown: None,
            left_alone: true,
            brought_back: false,
        };
        Self {
            slots: encoder.map().channels.iter().map(slot).collect(),
            encoder,
            batch: VecDeque::new(),
            extras: VecDeque::new(),
            flight: None,
            stop: None,
            program: None,
            opening: false,
            next_ticket: 0,
            last: None,
            free: now,
            answered: now,
            failures: 0,
            failing_since: None,
            error: None,
            silent: false,
            events: Vec::new(),
        }
    }

    /// What makes the frames.
    pub fn encoder(&self) -> &Encoder {
        &self.encoder
    }

    /// What happened since this was asked last.
    pub fn take_events(&mut self) -> Vec<WriterEvent> {
        std::mem::take(&mut self.events)
    }

    /// Whether something happened since then.
    pub fn has_events(&self) -> bool {
        !self.events.is_empty()
    }

    /// Whether the massager has not taken its start frames yet.
    pub fn is_opening(&self) -> bool {
        self.opening
    }

    /// Whether a stop is not over yet. What is wanted meanwhile is written after it.
    pub fn is_stopping(&self) -> bool {
        self.opening || self.stop.as_ref().is_some_and(|stop| !stop.told)
    }

    /// Whether something is on, or may be.
    pub fn may_move(&self) -> bool {
        let on = |slot: &Slot| slot.wanted > 0 || slot.there != Some(0) || slot.shown.is_some_and(|shown| shown > 0);
        self.program.is_some() || self.stop.is_some() || self.slots.iter().any(on)
    }

    /// The level confirmed last, and since when the wanted one waits for its confirmation.
    pub fn confirmed(&self, channel: Channel) -> (Option<u16>, Option<Instant>) {
        let slot = self.slots.iter().find(|slot| slot.channel == channel);
        slot.map_or((None, None), |slot| (slot.confirmed, slot.open_since))
    }

    /// Wants a channel to be at a level from now on.
    pub fn want(&mut self, now: Instant, channel: Channel, level: u16) {
        let Some(slot) = self.slots.iter_mut().find(|slot| slot.channel == channel) else { return };
        if slot.wanted != level {
            slot.wanted = level;
            slot.left_alone = false;
            slot.brought_back = false;
            slot.differs_since.get_or_insert(now);
            slot.note(now);
        }
        if level > 0 && self.stop.as_ref().is_some_and(|stop| stop.told) {
            // The person was told to press the massager's power button, and plays on: the levels themselves show now
            // whether the massager obeys, those at nothing too.
            for slot in self.slots.iter_mut().filter(|slot| slot.there.is_none()) {
                slot.left_alone = false;
                slot.differs_since.get_or_insert(now);
                slot.note(now);
            }
            self.stop = None;
        }
    }

    /// Makes a massager just connected listen, and then brings everything to nothing, so that it is known what it does.
    pub fn open(&mut self, now: Instant) {
        self.extras = self.encoder.start().into_iter().map(|write| (write, true)).collect();
        self.opening = !self.extras.is_empty();
        if !self.opening {
            self.stop(now);
        }
    }

    /// Sets the massager's own timer, which stops it should nobody else do so; nothing where it has none for any time.
    pub fn set_timer(&mut self, time: Duration) {
        if matches!(self.encoder.map().timer, Some(massager::TimerRange::UpTo(_)))
            && let Ok(writes) = self.encoder.timer(time)
        {
            self.extras.extend(writes.into_iter().map(|write| (write, false)));
        }
    }

    /// Starts one of the massager's own programs. No level is written until the next stop.
    ///
    /// # Errors
    /// [`massager::Error::NoProgram`].
    pub fn run_program(&mut self, now: Instant, name: &str) -> Result<(), massager::Error> {
        let writes = self.encoder.program(name)?;
        self.batch.clear();
        self.extras.extend(writes.into_iter().map(|write| (write, true)));
        self.program = Some(now);
        Ok(())
    }

    /// What to hand to the link now. To be called until it is empty, whenever something was passed in and at
    /// [`Writer::wake_at`].
    pub fn poll(&mut self, now: Instant) -> Option<Order> {
        self.time_passes(now);
        if self.stop.is_some() {
            return self.poll_stop(now);
        }
        if self.flight.is_some() || now < self.free {
            return None;
        }
        if let Some((write, needed)) = self.extras.front().cloned() {
            return Some(self.fly(now, write, Some(needed)));
        }
        while self.batch.is_empty() && self.plan(now) {}
        if let Some(write) = self.batch.pop_front() {
            return Some(self.fly(now, write, None));
        }
        let due = self.keep_alive_due().filter(|due| *due <= now)?;
        // Waiting for an answer, or between tries, is not the caller's delay.
        if now > due.max(self.free).max(self.answered) + LATE {
            self.stop(now);
            self.events.push(WriterEvent::Late);
            return self.poll_stop(now);
        }
        self.batch = self.encoder.keep_alive().unwrap_or_default().into();
        match self.batch.pop_front() {
            Some(write) => Some(self.fly(now, write, None)),
            None => {
                self.last = Some(now); // Nothing to say: ask again when as much time has passed.
                None
            }
        }
    }

    /// When to call [`Writer::poll`] next, if nothing is passed in before.
    pub fn wake_at(&self) -> Option<Instant> {
        if let Some(stop) = &self.stop {
            return Some(if stop.told { stop.next } else { stop.next.min(stop.begun + SILENCE) });
        }
        let open = self.slots.iter().filter_map(|slot| slot.open_since).chain(self.failing_since);
        let silence = open.filter(|_| !self.silent).map(|since| since + SILENCE).min();
        let echo = self.slots.iter().filter_map(|slot| slot.echo).min();
        let write = if self.flight.is_some() {
            None
        } else if !self.extras.is_empty()
            || !self.batch.is_empty()
            || (self.program.is_none() && self.slots.iter().any(Slot::is_due))
        {
            Some(self.free)
        } else {
            self.keep_alive_due().map(|due| due.max(self.free))
        };
        [silence, echo.filter(|_| self.flight.is_none()), write].into_iter().flatten().min()
    }

    /// How a write ended.
    pub fn done(&mut self, now: Instant, ticket: Ticket, outcome: Result<(), Error>) {
        if let Some(stop) = self.stop.as_mut().filter(|stop| stop.flights.contains(&ticket)) {
            stop.flights.retain(|flight| *flight != ticket);
            stop.failed |= outcome.is_err();
            return self.judge_stop(now);
        }
        let Some(flight) = self.flight.take_if(|flight| flight.ticket == ticket) else { return };
        self.answered = now;
        match outcome {
            Ok(()) => self.written(now, &flight),
            Err(error) => self.failed(now, &flight, error),
        }
    }

    /// What a characteristic said, by itself or because it was read. Returns what the map knows of it.
    pub fn notified(&mut self, now: Instant, service: Uuid, characteristic: Uuid, bytes: &[u8]) -> Option<Report> {
        let report = self.encoder.read(service, characteristic, bytes)?;
        self.reported(now, &report);
        Some(report)
    }

    fn reported(&mut self, now: Instant, report: &Report) {
        let rises = |slot: &Slot| slot.held && slot.there.unwrap_or(0) < slot.wanted;
        if self.slots.iter().any(|slot| rises(slot) && slot.differs_since.is_some_and(|since| since + BEHIND <= now)) {
            self.events.push(WriterEvent::Behind);
        }
        self.slots.iter_mut().for_each(|slot| slot.held = false);
        let off = report.running == Some(false);
        if off && self.program.is_some_and(|since| now >= since + PROGRAM_START) {
            self.program = None;
            self.events.push(WriterEvent::ProgramEnded);
        }
        for index in 0..self.slots.len() {
            let slot = &mut self.slots[index];
            let shown = report.levels.get(&slot.channel).copied();
            let shown = if off && (shown.is_some() || slot.shown.is_some()) { Some(0) } else { shown };
            if let Some(shown) = shown {
                slot.shown = Some(shown);
                if self.stop.is_none() {
                    self.shows(now, index, shown);
                }
            }
        }
        if off || !report.levels.is_empty() {
            let shown_off = !self.shows_on();
            if let Some(stop) = &mut self.stop {
                stop.shown_off = shown_off;
                self.judge_stop(now);
            }
        }
    }

    /// One channel's level as the massager shows it, while no stop is under way.
    fn shows(&mut self, now: Instant, index: usize, shown: u16) {
        let slot = &mut self.slots[index];
        if slot.there == Some(shown) {
            slot.confirm(now, shown, &mut self.events);
            self.silent = false;
            self.failures = 0;
            return;
        }
        if slot.echo.is_some() {
            return; // Still what was before the write.
        }
        let before = slot.confirmed.filter(|_| slot.there.is_some() && self.program.is_none());
        slot.there = Some(shown);
        slot.confirmed = Some(shown);
        if let Some(confirmed) = before {
            self.events.push(WriterEvent::Overruled { channel: slot.channel, confirmed, shown });
            let up = slot.wanted > 0 && shown > slot.wanted;
            slot.left_alone = !up || slot.brought_back;
            slot.brought_back |= up;
        }
        if slot.left_alone {
            self.encoder.accept(slot.channel, shown); // Or the keep-alive would bring back what was ordered.
        }
        slot.note(now);
    }

    fn shows_on(&self) -> bool {
        self.slots.iter().any(|slot| slot.shown.is_some_and(|shown| shown > 0))
    }

    /// Plans the writes for the channel that has waited longest, what goes down before what goes up. Returns whether
    /// another channel may be asked when nothing came of it.
    fn plan(&mut self, now: Instant) -> bool {
        let due = |slot: &&Slot| self.program.is_none() && slot.is_due();
        let urgency = |slot: &&Slot| (slot.there.is_some_and(|there| there < slot.wanted), slot.differs_since);
        let Some(channel) = self.slots.iter().filter(due).min_by_key(urgency).map(|slot| slot.channel) else {
            return false;
        };
        let wanted = |slot: &Slot| if slot.left_alone { slot.there.unwrap_or(0) } else { slot.wanted };
        let wanted = self.slots.iter().map(|slot| (slot.channel, wanted(slot))).collect();
        let plan = self.encoder.set(&wanted, &[channel]);
        for (channel, level) in plan.already {
            if let Some(slot) = self.slots.iter_mut().find(|slot| slot.channel == channel) {
                (slot.there, slot.differs_since) = (Some(level), None);
                slot.confirm(now, level, &mut self.events);
            }
        }
        for held in plan.held {
            if let Some(slot) = self.slots.iter_mut().find(|slot| slot.channel == held.channel) {
                slot.held = true;
                slot.note(now);
                if !std::mem::replace(&mut slot.held_told, true) {
                    self.events.push(WriterEvent::Held(held));
                }
            }
        }
        self.batch = plan.writes.into();
        // A channel that came to nothing in any other way would be asked for ever.
        if self.batch.is_empty()
            && let Some(slot) = self.slots.iter_mut().find(|slot| slot.channel == channel && slot.is_due())
        {
            slot.held = true;
        }
        true
    }

    fn keep_alive_due(&self) -> Option<Instant> {
        let on = |slot: &Slot| slot.wanted > 0 || slot.there.is_some_and(|there| there > 0);
        let on = self.program.is_some() || self.slots.iter().any(on);
        Some(self.last.filter(|_| on)? + self.encoder.map().keep_alive?)
    }

    /// Hands a write over.
    fn hand(&mut self, now: Instant, write: Write) -> Order {
        self.next_ticket += 1;
        self.last = Some(now);
        self.free = now + self.encoder.map().write_gap + write.pause;
        Order { ticket: Ticket(self.next_ticket), write }
    }

    fn fly(&mut self, now: Instant, write: Write, extra: Option<bool>) -> Order {
        let order = self.hand(now, write);
        self.failing_since.get_or_insert(now);
        for &(channel, level) in &order.write.sets {
            if let Some(slot) = self.slots.iter_mut().find(|slot| slot.channel == channel) {
                // A massager speaks up about what changes, so a frame that repeats a level is no question.
                if slot.there != Some(level) || slot.confirmed != Some(level) {
                    slot.echo = slot.shown.map(|_| now + ECHO);
                }
                slot.there = Some(level);
                slot.differs_since = (slot.wanted != level).then_some(now);
                slot.note(now);
            }
        }
        self.flight = Some(Flight { ticket: order.ticket, sets: order.write.sets.clone(), extra });
        order
    }

    fn written(&mut self, now: Instant, flight: &Flight) {
        if flight.extra.is_some() {
            self.extras.pop_front();
            if self.opening && self.extras.is_empty() {
                self.opening = false;
                return self.stop(now);
            }
        }
        self.failing_since = None;
        self.error = None;
        let mut awaited = false;
        for &(channel, level) in &flight.sets {
            let Some(slot) = self.slots.iter_mut().find(|slot| slot.channel == channel) else { continue };
            if slot.there != Some(level) {
                continue; // The massager has shown something else since.
            }
            if slot.shown.is_none() {
                slot.confirm(now, level, &mut self.events);
            } else if slot.echo.is_some() {
                slot.echo = Some(now + ECHO);
                awaited = true;
            }
        }
        if !awaited {
            self.failures = 0;
            self.silent = false;
        }
    }

    fn failed(&mut self, now: Instant, flight: &Flight, error: Error) {
        self.batch.clear();
        if flight.extra == Some(false) {
            // A massager without its own timer is still stopped by the session's end.
            self.extras.pop_front();
            self.failing_since = None;
            return;
        }
        for &(channel, _) in &flight.sets {
            if let Some(slot) = self.slots.iter_mut().find(|slot| slot.channel == channel) {
                slot.unknown(now);
            }
        }
        self.error = Some(error);
        self.back_off(now);
    }

    fn back_off(&mut self, now: Instant) {
        let pause = FIRST_RETRY.saturating_mul(1 << self.failures.min(8)).min(LONGEST_RETRY);
        self.failures += 1;
        self.free = self.free.max(now + pause);
    }

    fn time_passes(&mut self, now: Instant) {
        if self.stop.is_some() {
            return;
        }
        if self.flight.is_none() {
            let mut ignored = false;
            for slot in self.slots.iter_mut().filter(|slot| slot.echo.is_some_and(|echo| echo <= now)) {
                match slot.there {
                    // It had shown this before, and took the write: it had no reason to say so again.
                    Some(there) if slot.shown == Some(there) => slot.confirm(now, there, &mut self.events),
                    _ => {
                        slot.unknown(now);
                        ignored = true;
                    }
                }
            }
            if ignored {
                self.back_off(now);
            }
        }
        let mut open = self.slots.iter().filter_map(|slot| slot.open_since).chain(self.failing_since);
        if !self.silent && open.any(|since| since + SILENCE <= now) {
            self.silent = true;
            self.events.push(WriterEvent::Silent(self.error.clone()));
        }
    }
}
