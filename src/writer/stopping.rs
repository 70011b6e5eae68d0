//! Stopping: the off sequence, round after round, until it is sure that everything is off.
//!
//! Belongs here: [`Stop`] and what the writer does with it. Ordinary writes do not.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::{Order, SILENCE, Ticket, Writer, WriterEvent};
use crate::massager::Write;

/// From one round of a stop to the next.
const ROUND: Duration = Duration::from_millis(250);

/// From one round to the next once the stop was reported as unconfirmed.
const SLOW_ROUND: Duration = Duration::from_secs(1);

/// How often a stop is handed over to a massager that confirms nothing.
const BLIND_ROUNDS: u32 = 3;

/// A stop that is not over yet.
#[derive(Debug, Clone)]
pub(super) struct Stop {
    pub begun: Instant,
    /// From 1.
    pub round: u32,
    /// What is left of the round.
    pub frames: VecDeque<Write>,
    /// When the next frame, or the next round, is due.
    pub next: Instant,
    pub flights: Vec<Ticket>,
    /// A toggle cannot be pressed before the massager says whether it is on.
    pub held: bool,
    pub failed: bool,
    /// Whether the massager acknowledges every frame.
    pub responses: bool,
    /// Whether a report since this round began showed everything off.
    pub shown_off: bool,
    pub told: bool,
}

impl Writer {
    /// Everything off, before anything else.
    pub fn stop(&mut self, now: Instant) {
        for slot in &mut self.slots {
            slot.wanted = 0;
            slot.there = None;
            slot.echo = None;
            slot.left_alone = true;
            slot.brought_back = false;
            (slot.held, slot.held_told) = (false, false);
            (slot.open_since, slot.differs_since) = (None, None);
        }
        self.batch.clear();
        self.extras.clear();
        self.flight = None;
        self.program = None;
        (self.failing_since, self.error, self.failures, self.silent) = (None, None, 0, false);
        self.stop = Some(Stop {
            begun: now,
            round: 0,
            frames: VecDeque::new(),
            next: now,
            flights: Vec::new(),
            held: false,
            failed: false,
            responses: true,
            shown_off: false,
            told: false,
        });
    }

    pub(super) fn poll_stop(&mut self, now: Instant) -> Option<Order> {
        let gap = self.encoder.map().write_gap;
        let stop = self.stop.as_mut()?;
        if !stop.told && now >= stop.begun + SILENCE {
            stop.told = true;
            self.events.push(WriterEvent::StopUnconfirmed);
        }
        if now < stop.next {
            return None;
        }
        if stop.frames.is_empty() {
            stop.round += 1;
            let plan = self.encoder.stop();
            stop.frames = plan.writes.into();
            stop.held = !plan.held.is_empty();
            stop.flights.clear();
            stop.failed = false;
            stop.shown_off = false;
            stop.responses = stop.frames.iter().all(|write| write.with_response);
        }
        let Some(write) = stop.frames.pop_front() else {
            stop.next = now + SLOW_ROUND;
            self.judge_stop(now);
            return None;
        };
        stop.next = now + if stop.frames.is_empty() { SLOW_ROUND } else { write.pause };
        if stop.round > 1 && !stop.frames.is_empty() {
            stop.next += gap;
        }
        let order = self.hand(now, write);
        if let Some(stop) = &mut self.stop {
            stop.flights.push(order.ticket);
        }
        Some(order)
    }

    /// Whether the round, now that all of it is over, was enough.
    pub(super) fn judge_stop(&mut self, now: Instant) {
        let shows_on = self.shows_on();
        let Some(stop) = self.stop.as_mut().filter(|stop| stop.frames.is_empty() && stop.flights.is_empty()) else {
            return;
        };
        let sure = stop.shown_off || stop.responses || stop.round >= BLIND_ROUNDS;
        if stop.round == 0 || stop.failed || stop.held || shows_on || !sure {
            stop.next = stop.next.min(now + if stop.told { SLOW_ROUND } else { ROUND });
            return;
        }
        self.stop = None;
        for slot in &mut self.slots {
            slot.there = Some(0);
            slot.confirmed = Some(0);
            slot.note(now);
        }
        if self.opening {
            self.open(now); // The stop came between the start frames.
            return;
        }
        self.events.push(WriterEvent::Stopped);
    }
}
