//! Stopping: the off sequence, until it is sure that everything is off.
//!
//! Belongs here: [`Stop`] and what the writer does with it. Ordinary writes do not.
//!
//! A round is the whole off sequence. Its frames go out at once, characteristics side by side; on each characteristic a
//! frame waits for the answer of the one before, because radios take one write at a time. A frame that was refused is
//! written again, the others are not. The map's pauses are kept; its write gap is not, in the first round: where frames
//! came closer than that, a second round at the map's own pace follows before anything is called stopped.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use super::{BUSY, Order, Outcome, Purpose, SILENCE, Ticket, Writer, WriterEvent};
use crate::massager::{Report, Write};
use crate::mode::Channel;

/// From one round of a stop to the next, and from one try of a refused frame to the next.
const ROUND: Duration = Duration::from_millis(250);

/// The same once the stop was reported as unconfirmed.
const SLOW_ROUND: Duration = Duration::from_secs(1);

/// How often a stop is handed over to a massager that confirms nothing.
const BLIND_ROUNDS: u32 = 3;

/// How long a stop waits for one answer.
pub(super) const STUCK: Duration = Duration::from_secs(2);

/// A stop that is not over yet.
#[derive(Debug, Clone)]
pub(super) struct Stop {
    pub begun: Instant,
    /// It was reported that it cannot be confirmed.
    pub told: bool,
    /// It was reported that an answer is missing.
    stuck: bool,
    /// From 1.
    round: u32,
    /// The frames of the round; none between rounds.
    frames: Vec<OffFrame>,
    /// When the next round begins, unless this one is enough.
    next_round: Instant,
    /// Frames of this round came closer than the map's write gap.
    hurried: bool,
    /// Whether a toggle is off can only be known from a report.
    needs_report: bool,
    /// Every frame was handed over at least once.
    complete: bool,
    /// The channels that the massager itself showed to be off since.
    shown_off: BTreeSet<Channel>,
}

#[derive(Debug, Clone)]
struct OffFrame {
    write: Write,
    state: OffState,
    /// When it was handed over last.
    handed: Option<Instant>,
    not_before: Instant,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OffState {
    /// Not handed over yet, or not taken by a busy radio.
    Waiting,
    InFlight(Ticket),
    /// To be handed over again; others need not wait for it.
    Refused,
    /// The radio, or with response the massager, has taken it.
    Written,
}

impl Stop {
    fn new(now: Instant) -> Self {
        Self {
            begun: now,
            told: false,
            stuck: false,
            round: 0,
            frames: Vec::new(),
            next_round: now,
            hurried: false,
            needs_report: false,
            complete: false,
            shown_off: BTreeSet::new(),
        }
    }

    fn pause(&self) -> Duration {
        if self.told { SLOW_ROUND } else { ROUND }
    }

    fn was_handed_over(&self) -> bool {
        !self.frames.is_empty() && self.frames.iter().all(|frame| frame.handed.is_some())
    }

    fn is_written(&self) -> bool {
        !self.frames.is_empty() && self.frames.iter().all(|frame| frame.state == OffState::Written)
    }
}

impl Writer {
    /// Everything off, before anything else. An order that comes while a stop is under way is part of it.
    pub fn stop(&mut self, now: Instant) {
        self.channels.iter_mut().for_each(super::ChannelBook::stop);
        self.batch.clear();
        self.extras.clear();
        self.program = None;
        (self.failing_since, self.failures, self.silent) = (None, 0, false);
        match &mut self.stop {
            Some(stop) if !stop.told => stop.next_round = stop.next_round.min(now),
            stop => {
                *stop = Some(Stop::new(now));
                self.supersede();
            }
        }
    }

    /// Whose answer does not matter any more; the radio still has them.
    fn supersede(&mut self) {
        self.flights.iter_mut().for_each(|flight| flight.purpose = Purpose::Superseded);
    }

    pub(super) fn poll_stop(&mut self, now: Instant) -> Option<Order> {
        let stop = self.stop.as_mut()?;
        if !stop.told && now >= stop.begun + SILENCE {
            stop.told = true;
            self.events.push(WriterEvent::StopUnconfirmed);
        }
        if !stop.stuck && self.flights.iter().any(|flight| flight.handed.max(stop.begun) + STUCK <= now) {
            stop.stuck = true;
            self.events.push(WriterEvent::Stuck);
        }
        if stop.frames.is_empty() && now >= stop.next_round {
            self.begin_round(now);
        }
        let (index, due) = self.next_off()?;
        if due > now {
            return None;
        }
        let hurried = self.last.is_some_and(|last| now < last + self.encoder.map().write_gap);
        let write = self.stop.as_ref()?.frames.get(index)?.write.clone();
        let order = self.hand(now, write, Purpose::Off);
        let stop = self.stop.as_mut()?;
        stop.hurried |= hurried;
        let frame = stop.frames.get_mut(index)?;
        (frame.state, frame.handed) = (OffState::InFlight(order.ticket), Some(now));
        stop.complete |= stop.was_handed_over();
        Some(order)
    }

    fn begin_round(&mut self, now: Instant) {
        let plan = self.encoder.stop();
        self.supersede();
        let Some(stop) = &mut self.stop else { return };
        stop.round += 1;
        stop.hurried = false;
        stop.needs_report = !plan.held.is_empty() || plan.presses > 0;
        stop.next_round = now + stop.pause();
        let frame = |write| OffFrame { write, state: OffState::Waiting, handed: None, not_before: now };
        stop.frames = plan.writes.into_iter().map(frame).collect();
    }

    /// The off-frame that goes next, and when.
    fn next_off(&self) -> Option<(usize, Instant)> {
        let stop = self.stop.as_ref()?;
        let gap = self.last.filter(|_| stop.round > 1).map(|last| last + self.encoder.map().write_gap);
        let mut not_before = gap.unwrap_or(stop.begun);
        let mut waiting: Vec<(uuid::Uuid, uuid::Uuid)> = Vec::new();
        let mut next: Option<(usize, Instant)> = None;
        for (index, frame) in stop.frames.iter().enumerate() {
            let place = frame.write.place();
            let due = not_before.max(frame.not_before);
            let earlier = |next: &(usize, Instant)| next.1 <= due;
            match frame.state {
                OffState::Waiting => {
                    if self.is_free(place) && !waiting.contains(&place) && !next.as_ref().is_some_and(earlier) {
                        next = Some((index, due));
                    }
                    if !frame.write.pause.is_zero() {
                        return next;
                    }
                    waiting.push(place);
                }
                OffState::Refused if self.is_free(place) && !next.as_ref().is_some_and(earlier) => {
                    next = Some((index, due));
                }
                OffState::Refused | OffState::InFlight(_) | OffState::Written => {}
            }
            if let Some(handed) = frame.handed {
                not_before = not_before.max(handed + frame.write.pause);
            }
        }
        next
    }

    /// When a stop that is under way has something to do.
    pub(super) fn wake_to_stop(&self, stop: &Stop) -> Option<Instant> {
        let told = (!stop.told).then(|| stop.begun + SILENCE);
        let stuck = self.flights.iter().filter(|_| !stop.stuck).map(|flight| flight.handed.max(stop.begun) + STUCK);
        let next = if stop.frames.is_empty() { Some(stop.next_round) } else { self.next_off().map(|(_, due)| due) };
        told.into_iter().chain(stuck.min()).chain(next).min()
    }

    /// How an off-frame ended.
    pub(super) fn off_done(&mut self, now: Instant, ticket: Ticket, outcome: Outcome) {
        let Some(stop) = &mut self.stop else { return };
        let pause = stop.pause();
        let in_flight = |frame: &&mut OffFrame| frame.state == OffState::InFlight(ticket);
        if let Some(frame) = stop.frames.iter_mut().find(in_flight) {
            (frame.state, frame.not_before) = match outcome {
                Outcome::Written => (OffState::Written, now),
                Outcome::Busy => {
                    frame.handed = None;
                    (OffState::Waiting, now + BUSY)
                }
                Outcome::Failed => (OffState::Refused, now + pause),
            };
        }
        self.judge_stop(now);
    }

    /// What a report says to a stop. Only what comes when every frame was handed over says that they worked.
    pub(super) fn stop_reported(&mut self, now: Instant, report: &Report) {
        let all = self.channels.iter().map(|book| book.channel);
        let Some(stop) = self.stop.as_mut().filter(|stop| stop.complete) else { return };
        if report.running == Some(false) {
            stop.shown_off.extend(all);
        }
        for (channel, level) in report.levels.iter().filter(|_| report.running != Some(false)) {
            if *level == 0 {
                stop.shown_off.insert(*channel);
            } else {
                stop.shown_off.remove(channel);
            }
        }
        self.judge_stop(now);
    }

    /// Whether the round is enough. A massager that has taken no write yet is not believed by its reports alone. A round without frames, or with one that is missing, never is.
    fn judge_stop(&mut self, now: Instant) {
        let shows_on = self.channels.iter().any(|book| book.reported.is_some_and(|reported| reported > 0));
        let Some(stop) = &mut self.stop else { return };
        let all_shown_off = self.channels.iter().all(|book| stop.shown_off.contains(&book.channel));
        let acknowledged = stop.frames.iter().all(|frame| frame.write.with_response) && !stop.hurried;
        let trusted = (acknowledged || stop.round >= BLIND_ROUNDS) && !stop.needs_report && !shows_on;
        if stop.complete && all_shown_off && self.takes_writes || stop.is_written() && trusted {
            self.stop = None;
            self.supersede();
            self.channels.iter_mut().for_each(|book| book.is_off(now));
            if self.stage == super::Stage::Opening {
                self.open(now); // The stop came between the start frames.
            } else {
                self.events.push(WriterEvent::Stopped);
            }
        } else if stop.is_written() {
            stop.frames.clear();
            stop.next_round = if stop.hurried { now } else { now + stop.pause() };
        }
    }
}
