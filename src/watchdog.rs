//! The watchdog: a second process that stops a massager when this one is gone.
//!
//! A program that is killed, or stopped by the system, sends nothing any more, and on BlueZ its link stays up: the
//! massager moves on. So a second process of the same program holds a way to the massager of its own. It hears a beat ten
//! times a second while anything moves, and sends the massager's whole off sequence when its standard input ends, or
//! after [`SILENCE`].
//!
//! Belongs here: both sides. [`SecondProcess`] is the engine's side, behind the seams [`Watchdog`] and [`Watch`];
//! [`guard`] is the second process itself, around a pure machine that is told the time. What a massager is sent comes
//! from the engine; how bytes reach it is the radio's business.

mod machine;
mod process;
mod protocol;
mod reach;
mod spawn;
mod stopping;
#[cfg(test)]
mod tests;

use std::time::Duration;

use futures::future::BoxFuture;

use crate::bluetooth::MassagerId;
use crate::facts;
use crate::massager::Write;

pub use machine::{Ending, Told, Why};
pub use process::{Surroundings, guard};
pub use reach::{ByRadio, Open, Opening, Reach};
pub use spawn::SecondProcess;

#[cfg(target_os = "linux")]
pub use reach::OverBlueZ;

/// How long the engine may be silent while anything moves.
pub const SILENCE: Duration = Duration::from_millis(400);

/// How often the engine beats while anything moves.
pub const BEAT: Duration = Duration::from_millis(100);

/// Starts watchdogs.
pub trait Watchdog: Send + Sync {
    /// Starts one for a massager. The future ends once it is armed: it has a way of its own to the massager and knows
    /// every place of the off sequence.
    ///
    /// # Errors
    /// Where there will be none, and why. It ends with an error after a few seconds at the latest.
    fn watch(&self, off: OffSequence) -> BoxFuture<'static, Result<Box<dyn Watch>, Error>>;
}

/// What turns a massager off, whatever it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OffSequence {
    /// Which massager.
    pub id: MassagerId,
    /// Its name for the person.
    pub name: String,
    /// The frames in their order; at least one, at most [`OffSequence::MOST_FRAMES`].
    pub frames: Vec<OffFrame>,
    /// The least time between two of them. The first round goes without; those that follow it keep it.
    pub write_gap: Duration,
}

/// One frame of an off sequence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OffFrame {
    /// What is written, and how long to wait after it.
    pub write: Write,
    /// Whether it may be taken once only: the press of a key that switches over, which a second one switches back.
    pub once: bool,
}

impl OffSequence {
    /// The most frames that a watchdog takes.
    pub const MOST_FRAMES: usize = 64;
}

/// An armed watchdog. Dropped without [`Watch::release`] it acts as if this process had died: it stops the massager if
/// that moves.
pub trait Watch: Send {
    /// Something moves or may move, or a stop is not confirmed yet. Called every [`BEAT`], and before the first write that
    /// moves anything. Never waits.
    fn beat(&mut self) -> Lease;

    /// From now on this turns the massager off: what is pressed depends on what is on, and frames may count. It goes to
    /// places that the first one went to; another needs a new watchdog. Never waits.
    fn update(&mut self, off: OffSequence);

    /// Nothing moves, and that is confirmed: silence is fine from now on. Never waits.
    fn rest(&mut self);

    /// Ends once the watchdog has stopped the massager, or has died.
    fn gone(&mut self) -> BoxFuture<'_, Gone>;

    /// Ends the watchdog, without a stop. One that is just stopping the massager leaves that to the caller.
    fn release(self: Box<Self>);
}

/// Whether the engine may let a massager move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Lease {
    /// It may.
    Held,
    /// It was silent for too long, so that the watchdog stops the massager, or the watchdog is gone. The engine begins at
    /// zero, with a new watchdog.
    Lost,
}

/// Why there is no watchdog any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gone {
    /// It is stopping the massager.
    Fired(Why),
    /// It has died, or does not answer.
    Died,
}

facts! {
    /// Why there is no watchdog, in words that fit behind a colon.
    pub enum Error in "watchdog" {
        /// The process could not be started.
        NotStarted(why: String),
        /// It has no way to the massager.
        NoWay(why: crate::bluetooth::Error),
        /// It did not say in time that it is armed.
        TimedOut,
        /// It ended at once.
        Died,
    }
}
