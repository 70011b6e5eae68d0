//! One massager's writes: what is handed to the link, and when.
//!
//! Belongs here: [`Writer`], which brings the massager to the wanted levels. It is pure: the clock, the outcome of each
//! write and what the massager says are passed in, and what is to be written is taken out with [`Writer::poll`]. Links
//! and tasks do not belong here; which bytes make a level is the [`Encoder`]'s business.
//!
//! - **One write in flight per characteristic**: radios refuse a second one. A radio that is busy all the same is asked
//!   again a moment later; that is no failure.
//! - **Newest wins.** Nothing queues up: when the map's write gap has passed, the newest wanted levels are written. A
//!   level that is already there is not. Channels take turns: what falls goes before what rises, but nothing is passed
//!   over twice.
//! - **Wanted and confirmed are two values.** A write that failed leaves a level unconfirmed; it is written again, with
//!   growing pauses, and reported after [`SILENCE`] of a massager that had its turn. A level is confirmed by the
//!   massager's own report where the massager has reported that channel before, else by the outcome of the write.
//!   What was wanted meanwhile is reached in one step then: at most as far as three seconds of rising go.
//! - **Stop comes first.** The whole off sequence is handed over, whatever waits and whatever the levels are thought to
//!   be; only the answer of a write that is under way on the same characteristic is waited for, and reported when it
//!   does not come. It is repeated until it is confirmed: by an answer to each of its frames, by a report that everything
//!   is off, or, where the massager gives neither, by having been handed over three times. Otherwise it is reported after
//!   [`SILENCE`], and still repeated. Until then nothing else is written.
//! - **Keep-alive** is written only while something is on, and only by a caller that comes in time: one that is late by
//!   more than [`LATE`] gets a stop instead.
//! - **A report that contradicts** a confirmed level (somebody used the massager's own remote) counts as the truth and
//!   is told once. What was turned down stays down until another level is wanted, for nobody may be overruled upwards;
//!   what was turned up is brought back once.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use uuid::Uuid;

use crate::massager::{self, Encoder, Report, Write};
use crate::mode::Channel;

mod channel;
mod levels;
mod stop;
#[cfg(test)]
mod tests;

use channel::{ChannelBook, ECHO, Intent, Known};
use stop::Stop;

/// How long a level or a stop may stay unconfirmed before it is reported.
pub const SILENCE: Duration = Duration::from_secs(3);

/// How late the caller may come before the keep-alive becomes a stop.
pub const LATE: Duration = Duration::from_secs(2);

/// When a busy radio is asked again.
const BUSY: Duration = Duration::from_millis(5);

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

/// How a write ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was handed over; with response, the massager has acknowledged it.
    Written,
    /// The radio did not take it because the characteristic's last write is unanswered.
    Busy,
    /// It failed, or the massager refused it.
    Failed,
}

/// What the writer tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WriterEvent {
    /// A level is there.
    Confirmed(Channel, u16),
    /// The massager had its turn, and has shown no sign of a level, or taken no write, for [`SILENCE`].
    Silent,
    /// The massager shows another level than the one confirmed: somebody changed it there.
    Overruled {
        /// Which.
        channel: Channel,
        /// What it shows.
        shown: u16,
    },
    /// Everything is off, as surely as this massager lets one know.
    Stopped,
    /// A stop could not be confirmed for [`SILENCE`]. It is still repeated; [`WriterEvent::Stopped`] may follow.
    StopUnconfirmed,
    /// A stop waits for an answer that does not come: only a new link can take it.
    Stuck,
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

/// A write that is not answered yet.
#[derive(Debug, Clone)]
struct Flight {
    ticket: Ticket,
    write: Write,
    handed: Instant,
    purpose: Purpose,
}

/// What a write is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// Levels, or their repetition.
    Level,
    /// The front of the extras.
    Extra(Needed),
    /// A frame of the stop that is under way.
    Off,
    /// A stop came since, or was confirmed without its answer.
    Superseded,
}

/// Whether a frame beside the levels is repeated until it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Needed {
    Yes,
    /// It is not: a massager without its own timer is still stopped by the session's end.
    No,
}

/// How far a massager just connected is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The start frames are being written; a stop follows them.
    Opening,
    Ready,
}

/// The writer of one connected massager.
pub struct Writer {
    encoder: Encoder,
    channels: Vec<ChannelBook>,
    /// The rest of a sequence that is written completely.
    batch: VecDeque<Write>,
    /// Start frames, the frames of a program, and those of the massager's timer.
    extras: VecDeque<(Write, Needed)>,
    /// At most one on each characteristic, and at most one that is neither of a stop nor superseded.
    flights: Vec<Flight>,
    stop: Option<Stop>,
    /// When the last stop was confirmed.
    stopped: Option<Instant>,
    /// Since when one of the massager's own programs runs.
    program: Option<Instant>,
    stage: Stage,
    next_ticket: u64,
    last: Option<Instant>,
    /// No ordinary write before this: gap, the map's pauses and back-off.
    free: Instant,
    /// When a write was answered last.
    answered: Instant,
    /// Whether the massager has taken any write: one that wants to be paired first takes none, whatever it reports.
    takes_writes: bool,
    failures: u32,
    failing_since: Option<Instant>,
    silent: bool,
    events: Vec<WriterEvent>,
}

impl Writer {
    /// A writer that knows nothing of what the massager does, and writes nothing before it is told to.
    pub fn new(now: Instant, encoder: Encoder) -> Self {
        Self {
            channels: encoder.map().channels.iter().map(|(channel, _)| ChannelBook::new(*channel)).collect(),
            encoder,
            batch: VecDeque::new(),
            extras: VecDeque::new(),
            flights: Vec::new(),
            stop: None,
            stopped: None,
            program: None,
            stage: Stage::Ready,
            next_ticket: 0,
            last: None,
            free: now,
            answered: now,
            takes_writes: false,
            failures: 0,
            failing_since: None,
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
        self.stage == Stage::Opening
    }

    /// Whether a stop is under way, and not given up hope of. What is wanted meanwhile is written after it.
    pub fn is_stopping(&self) -> bool {
        self.is_opening() || self.stop.as_ref().is_some_and(|stop| !stop.told)
    }

    /// Whether a stop was ordered and is not confirmed, be it reported or not.
    pub fn awaits_stop(&self) -> bool {
        self.is_opening() || self.stop.is_some()
    }

    /// Whether something is on, or may be.
    pub fn may_move(&self) -> bool {
        self.program.is_some() || self.stop.is_some() || self.channels.iter().any(ChannelBook::may_be_on)
    }

    /// The level confirmed last, and since when the wanted one waits for its confirmation.
    pub fn confirmed(&self, channel: Channel) -> (Option<u16>, Option<Instant>) {
        let book = self.channels.iter().find(|book| book.channel == channel);
        book.map_or((None, None), |book| (book.confirmed, book.open_since))
    }

    /// Wants a channel to be at a level from now on.
    pub fn want(&mut self, now: Instant, channel: Channel, level: u16) {
        let Some(book) = self.channels.iter_mut().find(|book| book.channel == channel) else { return };
        if book.wanted != level {
            book.wanted = level;
            book.follow(now);
        }
        if level > 0 && self.stop.as_ref().is_some_and(|stop| stop.told) {
            // The person was told to press the massager's power button, and plays on: the levels themselves show now
            // whether the massager obeys, those at nothing too.
            self.channels.iter_mut().filter(|book| book.sent().is_none()).for_each(|book| book.follow(now));
            self.stop = None;
        }
    }

    /// Makes a massager just connected listen, and then brings everything to nothing, so that it is known what it does.
    pub fn open(&mut self, now: Instant) {
        self.extras = self.encoder.start().into_iter().map(|write| (write, Needed::Yes)).collect();
        if self.extras.is_empty() {
            self.stage = Stage::Ready;
            self.stop(now);
        } else {
            self.stage = Stage::Opening;
        }
    }

    /// Brings a massager just connected to nothing before it is made to listen: it may be moving.
    pub fn open_with_stop(&mut self, now: Instant) {
        self.stage = if self.encoder.start().is_empty() { Stage::Ready } else { Stage::Opening };
        self.stop(now);
    }

    /// Whether the massager has taken any write on this link.
    pub fn has_taken_writes(&self) -> bool {
        self.takes_writes
    }

    /// The massager is let go of: it is not made to listen any more, only stopped.
    pub fn give_up_opening(&mut self) {
        self.stage = Stage::Ready;
        self.extras.clear();
    }

    /// Somebody else may have written to the massager meanwhile: of what can only be switched over, nothing is known any
    /// more.
    pub fn doubt_toggles(&mut self) {
        self.encoder.forget_toggles();
    }

    /// Sets the massager's own timer, which stops it should nobody else do so; nothing where it has none for any time.
    pub fn set_timer(&mut self, time: Duration) {
        if matches!(self.encoder.map().timer, Some(massager::TimerRange::UpTo(_)))
            && let Ok(writes) = self.encoder.timer(time)
        {
            self.extras.extend(writes.into_iter().map(|write| (write, Needed::No)));
        }
    }

    /// Starts one of the massager's own programs. No level is written until the next stop.
    ///
    /// # Errors
    /// [`massager::Error::NoProgram`].
    pub fn run_program(&mut self, now: Instant, name: &str) -> Result<(), massager::Error> {
        let writes = self.encoder.program(name)?;
        self.batch.clear();
        self.extras.extend(writes.into_iter().map(|write| (write, Needed::Yes)));
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
        if self.is_flying() || now < self.free {
            return None;
        }
        if let Some((write, needed)) = self.extras.front().cloned() {
            return self.fly(now, write, Purpose::Extra(needed));
        }
        while self.batch.is_empty() && self.plan(now) {}
        if let Some(write) = self.batch.pop_front() {
            return self.fly(now, write, Purpose::Level);
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
            Some(write) => self.fly(now, write, Purpose::Level),
            None => {
                self.last = Some(now); // Nothing to say: ask again when as much time has passed.
                None
            }
        }
    }

    /// When to call [`Writer::poll`] next, if nothing is passed in before.
    pub fn wake_at(&self) -> Option<Instant> {
        if let Some(stop) = &self.stop {
            return self.wake_to_stop(stop);
        }
        let unheeded = self.channels.iter().filter_map(|book| book.unheeded_since).chain(self.failing_since);
        let silence = unheeded.filter(|_| !self.silent).map(|since| since + SILENCE).min();
        let echo = self.channels.iter().filter_map(ChannelBook::awaited).min();
        let front = self.extras.front().map(|(write, _)| write).or(self.batch.front());
        let write = if self.is_flying() || front.is_some_and(|write| !self.is_free(write.place())) {
            None
        } else if front.is_some() || (self.program.is_none() && self.channels.iter().any(ChannelBook::is_due)) {
            Some(self.free)
        } else {
            self.keep_alive_due().map(|due| due.max(self.free))
        };
        [silence, echo.filter(|_| !self.is_flying()), write].into_iter().flatten().min()
    }

    /// How a write ended.
    pub fn done(&mut self, now: Instant, ticket: Ticket, outcome: Outcome) {
        let Some(index) = self.flights.iter().position(|flight| flight.ticket == ticket) else { return };
        let flight = self.flights.remove(index);
        self.answered = now;
        self.takes_writes |= outcome == Outcome::Written;
        match (flight.purpose, outcome) {
            (Purpose::Superseded, _) => {}
            (Purpose::Off, outcome) => self.off_done(now, ticket, outcome),
            (_, Outcome::Written) => self.written(now, &flight),
            (_, Outcome::Busy) => self.postponed(now, flight),
            (_, Outcome::Failed) => self.failed(now, &flight),
        }
    }

    /// Whether an ordinary write is under way.
    fn is_flying(&self) -> bool {
        self.flights.iter().any(|flight| matches!(flight.purpose, Purpose::Level | Purpose::Extra(_)))
    }

    /// Whether a characteristic can take a write.
    fn is_free(&self, place: (Uuid, Uuid)) -> bool {
        !self.flights.iter().any(|flight| flight.write.place() == place)
    }

    /// What a characteristic said, by itself or because it was read. Returns what the map knows of it.
    pub fn notified(&mut self, now: Instant, service: Uuid, characteristic: Uuid, bytes: &[u8]) -> Option<Report> {
        let report = self.encoder.read(service, characteristic, bytes)?;
        self.reported(now, &report);
        Some(report)
    }

    fn keep_alive_due(&self) -> Option<Instant> {
        let on = |book: &ChannelBook| book.wanted > 0 || book.sent().is_some_and(|sent| sent > 0);
        let on = self.program.is_some() || self.channels.iter().any(on);
        Some(self.last.filter(|_| on)? + self.encoder.map().keep_alive?)
    }

    /// Hands a write over.
    fn hand(&mut self, now: Instant, write: Write, purpose: Purpose) -> Order {
        self.next_ticket += 1;
        self.last = Some(now);
        self.free = now + self.encoder.map().write_gap + write.pause;
        let ticket = Ticket(self.next_ticket);
        self.flights.push(Flight { ticket, write: write.clone(), handed: now, purpose });
        Order { ticket, write }
    }
}
