//! What the engine tells the person once.
//!
//! Belongs here: the facts of a [`super::Notice`]. Their sentences stand in `assets/i18n`.

use std::time::Duration;

use crate::fact::{Heading, Value};
use crate::facts;
use crate::mode::Channel;

facts! {
    /// Something to tell once.
    pub enum Told in "engine" {
        /// The engine itself failed.
        FailedInside,
        /// The stop is not confirmed.
        NotConfirmed,
        /// The same, of a massager that is not in use.
        NotConfirmedOf(name: String),
        /// The stop is not confirmed, and nothing was started.
        NotStartedUnconfirmed,
        /// It never confirmed that everything is off, and nothing was played on it.
        NotConfirmedOff,
        /// The link is lost while something may move.
        CannotBeTold,
        /// It does not answer; a new link is made.
        NoAnswer,
        /// A massager set aside is out of reach, and may move.
        AsideOutOfReachMoving(name: String),
        /// A massager set aside is out of reach.
        AsideOutOfReach(name: String),
        /// Paused before the computer sleeps.
        GoesToSleep,
        /// Paused because nobody kept time.
        LostTime,
        /// The session is as long as it may be.
        SessionOver(minutes: u64),
        /// No link right now.
        OutOfReach,
        /// Nothing is connected.
        NotConnected,
        /// The day's limit is reached: nothing starts.
        DayIsFull(massaged: u64, limit: u64),
        /// The day's limit was reached while a profile played.
        DayOverPaused(massaged: u64, limit: u64),
        /// The day's limit was reached while something else played.
        DayOverStopped(massaged: u64, limit: u64),
        /// Nothing of the profile fits.
        NothingFits(profile: String),
        /// A program before the massager was tried.
        ProgramNotTried,
        /// A program without a watchdog.
        ProgramUnwatched,
        /// A program, with answers that switch something off, or in the first uses.
        ProgramOff,
        /// A red flag holds.
        RedFlag,
        /// A mode that the answers switch off.
        OffByAnswers(channel: Heading),
        /// Every mode that a profile uses is switched off by the answers.
        AllOffByAnswers(profile: String),
        /// By hand while something plays.
        NotByHandNow,
        /// Somebody changed a mode at the massager.
        ChangedAtMassager(channel: Channel),
        /// Somebody turned a mode off at the massager while a profile played.
        PausedAtMassager(channel: Channel),
        /// Somebody turned a mode off at the massager.
        OffAtMassager(channel: Channel),
        /// The massager ended its program.
        ProgramEnded(program: String),
        /// It does not take the first frames of its map.
        WrongMap(cause: Value),
        /// It does not do what it is told while a profile plays.
        DisobeysPaused(cause: Value),
        /// It does not do what it is told.
        DisobeysStopped(cause: Value),
        /// A reason in brackets, inside another phrase.
        Cause(cause: Value),
        /// The watchdog ended while a program ran.
        WatchdogEnded,
        /// It ends the link as soon as it is written to.
        EndsAtOnce,
        /// The link is lost while a profile plays.
        LostPaused,
        /// The same, and it may still move.
        LostPausedMoving,
        /// The link is lost.
        Lost,
        /// The same, and it may still move.
        LostMoving,
        /// It is back, and a profile is paused.
        BackPaused,
        /// It is back.
        Back,
        /// It took too long to be ready.
        TooSlow,
        /// Several maps fit.
        SeveralFit,
        /// No map fits.
        NotRecognised,
        /// There is no map of that id.
        NoMap(map: String),
        /// The map of the simulated massager is gone.
        NoSimulatedMap,
        /// The map that fits is gone.
        MapGone,
    }
}

facts! {
    /// What is done on the way to a massager.
    pub enum Doing in "engine-doing" {
        /// The link is made.
        Connecting,
        /// It is paired.
        Pairing,
        /// Its services are looked at.
        LookingAtServices,
    }
}

/// Whole minutes, as they are told.
pub(super) fn minutes(time: Duration) -> u64 {
    time.as_secs() / 60
}
