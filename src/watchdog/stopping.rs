//! Sending an off sequence until it is taken: which frame goes when.
//!
//! Belongs here: the order of the frames, refusals, rounds and the end. Pure: the time is passed in.
//!
//! BlueZ refuses a write on a characteristic whose last write is unanswered, whoever made that one. So one frame is in
//! flight per characteristic, one that was refused so is sent again in a moment, and characteristics go side by side. The
//! whole is sent again after a while: the last write of the process that died may still have been on its way.

use std::time::{Duration, Instant};

use super::machine::{Ending, Output, Told, Why, shown};
use super::protocol::{Charge, Frame, Word};
use crate::bluetooth::Error;

/// When a frame goes again that was refused because another write is unanswered.
const REPEAT: Duration = Duration::from_millis(4);

/// How often the whole is sent at least.
const ROUNDS: u32 = 2;

/// The same to a massager that confirms nothing.
const BLIND_ROUNDS: u32 = 3;

/// When the whole is sent again: what the bus still held of the other process is out by then.
const SECOND_ROUND: Duration = Duration::from_millis(150);

/// When the whole is sent again after frames of it were refused.
const NEXT_ROUND: Duration = Duration::from_millis(250);

/// How long one answer may take before the link is given up and made anew.
const ANSWER: Duration = Duration::from_secs(2);

/// When the link is tried again that could not be made.
const NEXT_TRY: Duration = Duration::from_millis(500);

/// When the person is told that the massager may be moving.
const TELL_AFTER: Duration = Duration::from_secs(3);

/// When it gives up.
const GIVE_UP: Duration = Duration::from_secs(30);

/// How far a stop is.
#[derive(Debug, Clone)]
pub(super) struct Stopping {
    why: Why,
    began: Instant,
    round: u32,
    round_began: Instant,
    refused: u32,
    frames: Vec<Progress>,
    step: Step,
    /// Whether the person was told that the massager may be moving.
    told: bool,
    fault: Option<String>,
}

/// What a stop waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// The frames of this round.
    Round,
    /// The next round.
    Between(Instant),
    /// A new link.
    Opening,
    /// The next try to make one.
    Lost(Instant),
}

/// How far a frame is in this round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Progress {
    /// It goes when those before it allow.
    Untried,
    /// Refused in passing: it goes again at this time.
    Again(Instant),
    /// Handed over and unanswered.
    InFlight(Instant),
    /// Taken; when it was handed over.
    Taken(Instant),
    /// Refused for good, this round.
    Refused,
    /// One that may go once only, and whose answer was lost with the link.
    Doubtful,
}

impl Stopping {
    pub fn new(why: Why, frames: usize, now: Instant) -> Self {
        Self {
            why,
            began: now,
            round: 1,
            round_began: now,
            refused: 0,
            frames: vec![Progress::Untried; frames],
            step: Step::Round,
            told: false,
            fault: None,
        }
    }

    /// Takes in what became of a frame. Answers of an earlier round change nothing.
    pub fn answered(&mut self, round: u32, frame: usize, outcome: Result<(), Error>, now: Instant) {
        if round != self.round || self.step != Step::Round {
            return;
        }
        let Some(progress) = self.frames.get_mut(frame) else { return };
        let Progress::InFlight(handed) = *progress else { return };
        *progress = match outcome {
            Ok(()) => Progress::Taken(handed),
            Err(Error::Busy) => {
                self.refused += 1;
                Progress::Again(now + REPEAT)
            }
            Err(error) => {
                self.fault = Some(error.to_string());
                if is_without_link(&error) {
                    self.step = Step::Lost(now);
                    return;
                }
                Progress::Refused
            }
        };
    }

    /// Takes in whether a new link was made.
    pub fn opened(&mut self, opened: Result<(), String>, charge: &Charge, now: Instant) {
        if self.step != Step::Opening {
            return;
        }
        match opened {
            Ok(()) => self.begin_round(charge, now),
            Err(why) => {
                self.fault = Some(why);
                self.step = Step::Lost(now + NEXT_TRY);
            }
        }
    }

    /// Everything that is due. The second value ends it.
    pub fn advance(&mut self, charge: &Charge, now: Instant) -> (Vec<Output>, Option<Ending>) {
        let mut out = Vec::new();
        if now >= self.began + GIVE_UP {
            out.push(Output::Log(self.account(charge, "could not be confirmed stopped", now)));
            out.push(Output::Tell(Word::NotStopped));
            return (out, Some(Ending::NotStopped));
        }
        if !self.told && now >= self.began + TELL_AFTER {
            self.told = true;
            out.push(Output::Log(self.account(charge, "is not confirmed stopped yet", now)));
            out.push(Output::Notify(Told::MayMove));
        }
        match self.step {
            Step::Between(at) if now >= at => self.begin_round(charge, now),
            Step::Lost(at) if now >= at => {
                self.step = Step::Opening;
                out.push(Output::Reopen { hang_up: false });
            }
            _ => {}
        }
        if self.step == Step::Round && self.is_stuck(now) {
            self.fault = Some("an answer did not come".to_owned());
            self.step = Step::Opening;
            out.push(Output::Reopen { hang_up: true });
        }
        if self.step != Step::Round {
            return (out, None);
        }
        for frame in 0..self.frames.len() {
            if self.may_go_at(frame, charge).is_some_and(|at| at <= now) {
                if let Some(progress) = self.frames.get_mut(frame) {
                    *progress = Progress::InFlight(now);
                }
                out.push(Output::Write { round: self.round, frame });
            }
        }
        let settled =
            |progress: &Progress| matches!(progress, Progress::Taken(_) | Progress::Refused | Progress::Doubtful);
        if !self.frames.iter().all(settled) {
            return (out, None);
        }
        let whole = self.frames.iter().all(|progress| matches!(progress, Progress::Taken(_)));
        let confirms = charge.off.iter().all(|frame| frame.with_response && !frame.once);
        if whole && self.round >= if confirms { ROUNDS } else { BLIND_ROUNDS } {
            let (what, told) = if confirms {
                ("was told to be off and has confirmed it", Told::Stopped)
            } else {
                ("was told to be off", Told::ToldOff)
            };
            out.push(Output::Log(self.account(charge, what, now)));
            out.push(Output::Tell(Word::Stopped));
            out.push(Output::Notify(told));
            return (out, Some(Ending::Stopped));
        }
        self.step = Step::Between(now + if whole { SECOND_ROUND } else { NEXT_ROUND });
        (out, None)
    }

    /// When to look again at the latest.
    pub fn next(&self, charge: &Charge) -> Instant {
        let mut next = self.began + if self.told { GIVE_UP } else { TELL_AFTER };
        match self.step {
            Step::Between(at) | Step::Lost(at) => next = next.min(at),
            Step::Opening => {}
            Step::Round => {
                for (frame, progress) in self.frames.iter().enumerate() {
                    match progress {
                        Progress::InFlight(handed) => next = next.min(*handed + ANSWER),
                        _ => next = self.may_go_at(frame, charge).map_or(next, |at| next.min(at)),
                    }
                }
            }
        }
        next
    }

    fn begin_round(&mut self, charge: &Charge, now: Instant) {
        self.round += 1;
        self.round_began = now;
        self.step = Step::Round;
        for (frame, progress) in charge.off.iter().zip(&mut self.frames) {
            *progress = match progress {
                // A second press would turn on what the first turned off.
                Progress::Taken(_) | Progress::Doubtful if frame.once => *progress,
                Progress::InFlight(_) if frame.once => Progress::Doubtful,
                _ => Progress::Untried,
            };
        }
    }

    fn is_stuck(&self, now: Instant) -> bool {
        self.frames.iter().any(|progress| matches!(progress, Progress::InFlight(handed) if now >= *handed + ANSWER))
    }

    /// When a frame may go; `None` while it waits for an answer or has had its turn.
    fn may_go_at(&self, frame: usize, charge: &Charge) -> Option<Instant> {
        let mut at = match self.frames.get(frame)? {
            Progress::Untried => self.round_began,
            Progress::Again(at) => *at,
            Progress::InFlight(_) | Progress::Taken(_) | Progress::Refused | Progress::Doubtful => return None,
        };
        // In haste first; the next rounds keep the map's pace, in case the massager needs it.
        let gap = if self.round > 1 { charge.write_gap() } else { Duration::ZERO };
        let place = charge.off.get(frame).map(Frame::place);
        for (before, progress) in charge.off.iter().zip(&self.frames).take(frame) {
            let same = Some(before.place()) == place;
            match progress {
                Progress::Untried | Progress::Again(_) if same || !before.pause().is_zero() => return None,
                Progress::InFlight(_) if same => return None,
                Progress::InFlight(handed) | Progress::Taken(handed) if *handed >= self.round_began => {
                    at = at.max(*handed + before.pause().max(gap));
                }
                _ => {}
            }
        }
        Some(at)
    }

    fn account(&self, charge: &Charge, what: &str, now: Instant) -> String {
        let Self { why, round, refused, .. } = self;
        let took = now.saturating_duration_since(self.began).as_millis();
        let fault = self.fault.as_deref().map(|fault| format!(", last fault: {fault}")).unwrap_or_default();
        let name = shown(charge);
        format!("“{name}” {what} ({why}; {took} ms, rounds: {round}, refused in passing: {refused}{fault})")
    }
}

/// Whether nothing carries a write any more.
fn is_without_link(error: &Error) -> bool {
    matches!(error, Error::LinkLost | Error::OutOfReach | Error::Off | Error::NoAdapter | Error::NoService)
}
