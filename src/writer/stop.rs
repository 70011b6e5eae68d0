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

use super::{BUSY, ChannelBook, ECHO, Known, Order, Outcome, Purpose, SILENCE, Ticket, Writer, WriterEvent};
use crate::massager::Write;
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
    /// When every frame had been handed over at least once.
    complete: Option<Instant>,
    /// The channels that were known to be off when the stop began.
    quiet: BTreeSet<Channel>,
    /// The channels that the massager itself showed to be off since.
    shown_off: BTreeSet<Channel>,
}

#[derive(Debug, Clone)]
struct OffFrame {
    write: Write,
    state: OffState,
    /// When it was handed over last.
    handed: Option<Instant>,
    /// The radio was busy when it was to take it.
    refused: bool,
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
    fn new(now: Instant, quiet: BTreeSet<Channel>) -> Self {
        Self {
            quiet,
            begun: now,
            told: false,
            stuck: false,
            round: 0,
            frames: Vec::new(),
            next_round: now,
            hurried: false,
            needs_report: false,
            complete: None,
            shown_off: BTreeSet::new(),
        }
    }

    fn pause(&self) -> Duration {
        if self.told { SLOW_ROUND } else { ROUND }
    }

    fn was_handed_over(&self) -> bool {
        !self.frames.is_empty() && self.frames.iter().all(|frame| frame.handed.is_some())
    }

    /// Whether a frame was not taken because somebody else's write is under way.
    fn waits_for_a_busy_radio(&self) -> bool {
        self.frames.iter().any(|frame| frame.state == OffState::Waiting && frame.refused)
    }

    fn is_written(&self) -> bool {
        !self.frames.is_empty() && self.frames.iter().all(|frame| frame.state == OffState::Written)
    }
}

impl Writer {
    /// Everything off, before anything else. An order that comes while a stop is under way is part of it.
    pub fn stop(&mut self, now: Instant) {
        let quiet =
            self.channels.iter().filter(|book| book.known == Known::Level(0)).map(|book| book.channel).collect();
        self.channels.iter_mut().for_each(ChannelBook::stop);
        self.batch.clear();
        self.extras.clear();
        self.program = None;
        (self.failing_since, self.failures, self.silent) = (None, 0, false);
        match &mut self.stop {
            Some(stop) if !stop.told => stop.next_round = stop.next_round.min(now),
            stop => {
                *stop = Some(Stop::new(now, quiet));
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
        let unanswered = self.flights.iter().any(|flight| flight.handed.max(stop.begun) + STUCK <= now);
        if !stop.stuck && (unanswered || stop.begun + STUCK <= now && stop.waits_for_a_busy_radio()) {
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
        if stop.was_handed_over() {
            stop.complete.get_or_insert(now);
        }
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
        let frame = |write| OffFrame { write, state: OffState::Waiting, handed: None, refused: false, not_before: now };
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
        let busy = stop.waits_for_a_busy_radio().then_some(stop.begun);
        let unanswered = self.flights.iter().map(|flight| flight.handed.max(stop.begun)).chain(busy);
        let stuck = unanswered.filter(|_| !stop.stuck).map(|since| since + STUCK);
        let next = if stop.frames.is_empty() { Some(stop.next_round) } else { self.next_off().map(|(_, due)| due) };
        told.into_iter().chain(stuck.min()).chain(next).min()
    }

    /// How an off-frame ended.
    pub(super) fn off_done(&mut self, now: Instant, ticket: Ticket, outcome: Outcome) {
        let Some(stop) = &mut self.stop else { return };
        let pause = stop.pause();
        let busy = if stop.stuck { pause } else { BUSY };
        let in_flight = |frame: &&mut OffFrame| frame.state == OffState::InFlight(ticket);
        if let Some(frame) = stop.frames.iter_mut().find(in_flight) {
            (frame.state, frame.not_before) = match outcome {
                Outcome::Written => (OffState::Written, now),
                Outcome::Busy => {
                    (frame.handed, frame.refused) = (None, true);
                    (OffState::Waiting, now + busy)
                }
                Outcome::Failed => (OffState::Refused, now + pause),
            };
        }
        self.judge_stop(now);
    }

    /// What a report says to a stop: the levels shown, and which of them have just fallen to nothing. A report that was
    /// under way while the frames were handed over may speak of the time before them. So only what comes later than
    /// [`ECHO`], shows a fall, or speaks of a channel that was off before, says that they worked.
    pub(super) fn stop_reported(&mut self, now: Instant, shown: &[(Channel, u16)], fell: &[Channel]) {
        let Some(stop) = &mut self.stop else { return };
        let Some(complete) = stop.complete else { return };
        for (channel, level) in shown {
            if *level > 0 {
                stop.shown_off.remove(channel);
            } else if complete + ECHO <= now || fell.contains(channel) || stop.quiet.contains(channel) {
                stop.shown_off.insert(*channel);
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
        if stop.complete.is_some() && all_shown_off && self.takes_writes || stop.is_written() && trusted {
            self.stop = None;
            self.stopped = Some(now);
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
