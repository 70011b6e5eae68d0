//! What the second process does about what it hears, and when. Pure: the time is passed in, nothing waits.
//!
//! Belongs here: arming, hearing the beat, and deciding that the engine is gone. How the off sequence is then sent is
//! [`Stopping`]'s.

use std::fmt;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::SILENCE;
use super::protocol::{self, Charge, Order, Word};
use super::stopping::Stopping;
use crate::bluetooth::Error;
use crate::text;

/// How often it tells that it is there, while the engine beats.
pub(super) const ALIVE: Duration = Duration::from_secs(1);

/// Why a watchdog stopped a massager.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The engine's process ended.
    Ended,
    /// The engine was silent for [`SILENCE`] while something moved.
    Silent,
    /// The engine said something that cannot be read.
    Unreadable,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ended => "Svang ended",
            Self::Silent => "Svang was silent",
            Self::Unreadable => "Svang talked nonsense",
        })
    }
}

/// What the person is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// The massager was told to be off, and has confirmed it.
    Stopped,
    /// It was told to be off; it is one that confirms nothing.
    ToldOff,
    /// It has not confirmed it.
    MayMove,
}

/// How a watchdog ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// There was nothing to do.
    Released,
    /// It had no way to the massager.
    Unarmed,
    /// It stopped the massager.
    Stopped,
    /// It tried.
    NotStopped,
}

/// What came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Input {
    /// A line of the engine.
    Line(Vec<u8>),
    /// A line that is too long.
    TooLong,
    /// The engine is gone.
    EndOfFile,
    /// Whether there is a way to the massager now.
    Opened(Result<(), String>),
    /// What became of a frame.
    Written { round: u32, frame: usize, outcome: Result<(), Error> },
    /// The time has come that [`Machine::next`] named.
    Tick,
}

/// What to do about it, in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Output {
    /// Find the way to the massager.
    Open,
    /// Make the link anew, hanging up before where it does not answer.
    Reopen { hang_up: bool },
    /// Hand over a frame; its answer comes back with the round's number.
    Write { round: u32, frame: usize },
    /// Tell the engine.
    Tell(Word),
    /// A line for the log.
    Log(String),
    /// Tell the person.
    Notify(Told),
    /// It is over.
    End(Ending),
}

/// The watchdog without a pipe, a radio or a clock.
#[derive(Debug, Clone)]
pub(super) struct Machine {
    charge: Option<Charge>,
    phase: Phase,
    told_alive: Option<Instant>,
}

#[derive(Debug, Clone)]
enum Phase {
    /// Not told anything yet.
    Waiting,
    /// Finding the way to the massager.
    Opening,
    /// Armed, and nothing moves.
    Resting,
    /// Armed, and heard at this time that something moves.
    Moving(Instant),
    Stopping(Stopping),
    Over,
}

impl Machine {
    pub fn new() -> Self {
        Self { charge: None, phase: Phase::Waiting, told_alive: None }
    }

    /// What it watches, once told.
    pub fn charge(&self) -> Option<&Charge> {
        self.charge.as_ref()
    }

    /// When to look again without anything having come.
    pub fn next(&self) -> Option<Instant> {
        match (&self.phase, &self.charge) {
            (Phase::Moving(heard), _) => Some(*heard + SILENCE),
            (Phase::Stopping(stopping), Some(charge)) => Some(stopping.next(charge)),
            _ => None,
        }
    }

    /// Takes in what came.
    pub fn take(&mut self, input: Input, now: Instant) -> Vec<Output> {
        // What comes after the silence comes too late: the engine that wrote it may just have woken.
        if matches!(self.phase, Phase::Moving(heard) if now >= heard + SILENCE) {
            return self.fire(Why::Silent, now);
        }
        match input {
            Input::Line(line) => match protocol::read_order(&line) {
                Ok(order) => self.hear(order, now),
                Err(why) => self.nonsense(why, now),
            },
            Input::TooLong => self.nonsense("a line is too long".to_owned(), now),
            Input::EndOfFile => match self.phase {
                Phase::Moving(_) => self.fire(Why::Ended, now),
                Phase::Stopping(_) => self.advance(now),
                Phase::Waiting | Phase::Opening | Phase::Resting => self.end(Ending::Released),
                Phase::Over => Vec::new(),
            },
            Input::Opened(opened) => self.opened(opened, now),
            Input::Written { round, frame, outcome } => {
                if let Phase::Stopping(stopping) = &mut self.phase {
                    stopping.answered(round, frame, outcome, now);
                }
                self.advance(now)
            }
            Input::Tick => self.advance(now),
        }
    }

    fn hear(&mut self, order: Order, now: Instant) -> Vec<Output> {
        match (&self.phase, order) {
            (Phase::Over, _) => Vec::new(),
            (_, Order::Release) => self.end(Ending::Released),
            (Phase::Waiting, Order::Watch(charge)) => {
                self.charge = Some(charge);
                self.phase = Phase::Opening;
                vec![Output::Open]
            }
            (Phase::Resting | Phase::Moving(_), Order::Watch(charge)) => match &self.charge {
                Some(known) if charge.id == known.id && charge.is_within(known) => {
                    self.charge = Some(charge);
                    Vec::new()
                }
                _ => self.nonsense("a new off sequence goes to other places".to_owned(), now),
            },
            (Phase::Resting | Phase::Moving(_), Order::Beat) => {
                self.phase = Phase::Moving(now);
                if self.told_alive.is_some_and(|told| now < told + ALIVE) {
                    return Vec::new();
                }
                self.told_alive = Some(now);
                vec![Output::Tell(Word::Alive)]
            }
            (Phase::Resting | Phase::Moving(_), Order::Rest) => {
                self.phase = Phase::Resting;
                self.told_alive = None;
                Vec::new()
            }
            // Whoever talks on while the massager is being stopped has not heard of it yet.
            (Phase::Stopping(_), _) => self.advance(now),
            _ => self.nonsense("an order came out of turn".to_owned(), now),
        }
    }

    fn nonsense(&mut self, why: String, now: Instant) -> Vec<Output> {
        match self.phase {
            Phase::Moving(_) => self.fire(Why::Unreadable, now),
            Phase::Stopping(_) => self.advance(now),
            Phase::Waiting | Phase::Opening | Phase::Resting => self.cannot(why),
            Phase::Over => Vec::new(),
        }
    }

    fn opened(&mut self, opened: Result<(), String>, now: Instant) -> Vec<Output> {
        match (&mut self.phase, &self.charge, opened) {
            (Phase::Opening, _, Ok(())) => {
                self.phase = Phase::Resting;
                vec![Output::Tell(Word::Armed)]
            }
            (Phase::Opening, _, Err(why)) => self.cannot(why),
            (Phase::Stopping(stopping), Some(charge), opened) => {
                stopping.opened(opened, charge, now);
                self.advance(now)
            }
            _ => Vec::new(),
        }
    }

    fn cannot(&mut self, why: String) -> Vec<Output> {
        let mut out = vec![Output::Log(format!("the watchdog ends unarmed: {why}")), Output::Tell(Word::Cannot(why))];
        out.extend(self.end(Ending::Unarmed));
        out
    }

    fn fire(&mut self, why: Why, now: Instant) -> Vec<Output> {
        let Some(charge) = &self.charge else { return self.end(Ending::Unarmed) };
        let said = format!("{why} while “{}” moved: sending its off sequence", shown(charge));
        self.phase = Phase::Stopping(Stopping::new(why, charge.off.len(), now));
        // The writes first: telling must not delay them.
        let mut out = self.advance(now);
        out.extend([Output::Tell(Word::Fired(why)), Output::Log(said)]);
        out
    }

    fn advance(&mut self, now: Instant) -> Vec<Output> {
        let (Phase::Stopping(stopping), Some(charge)) = (&mut self.phase, &self.charge) else { return Vec::new() };
        let (mut out, ending) = stopping.advance(charge, now);
        if let Some(ending) = ending {
            out.extend(self.end(ending));
        }
        out
    }

    fn end(&mut self, ending: Ending) -> Vec<Output> {
        self.phase = Phase::Over;
        vec![Output::End(ending)]
    }
}

/// A massager's name as it may be shown.
pub(super) fn shown(charge: &Charge) -> String {
    text::name(&charge.name).unwrap_or_else(|| text::plain(&charge.id.0).into_owned())
}
