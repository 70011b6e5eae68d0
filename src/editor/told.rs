//! What the editor tells: labels of what was done, and why something cannot be.
//!
//! Belongs here: the facts. Their sentences stand in `assets/i18n`.

use super::generate;
use crate::fact::Heading;
use crate::facts;
use crate::mode::{Channel, Mode};
use crate::time::Time;

facts! {
    /// Why an edit cannot be done. The document is then as before.
    pub enum Error in "edit" {
        /// A point is not there any more.
        NoPoint,
        /// A step is not there any more.
        NoStep,
        /// A track is missing.
        NoTrack(channel: Heading),
        /// A track is in the way.
        TrackThere(channel: Heading),
        /// Two points cannot share a time.
        Taken(at: Time),
        /// Beyond the end.
        AfterEnd(at: Time),
        /// Too long.
        TooLong,
        /// Too short.
        TooShort,
        /// A stretch without time.
        EmptyStretch,
        /// No room for a step.
        StepThere,
        /// Nothing was recorded.
        NothingToRecord,
        /// Nothing fits after the part that is to be repeated.
        NothingToFill,
        /// A generator that cannot be.
        Generator(why: generate::Error),
        /// One lane does not take several.
        SeveralTracks,
    }
}

impl From<generate::Error> for Error {
    fn from(why: generate::Error) -> Self {
        Self::Generator(why)
    }
}

facts! {
    /// What an edit does, as undo names it.
    pub enum Label in "did" {
        /// Points.
        MovePoints(count: usize),
        /// Points.
        SetIntensity(count: usize),
        /// Points.
        Reshape(count: usize),
        /// Points.
        DeletePoints(count: usize),
        /// Points.
        CutPoints(count: usize),
        /// A generator.
        AddRamp,
        /// A generator.
        AddPulse,
        /// A generator.
        AddWave,
        /// A generator.
        AddInflate,
        /// A generator.
        AddTriggerHold,
        /// A track.
        AddTrack(channel: Channel),
        /// A track.
        DeleteTrack(channel: Channel),
        /// A track.
        SplitTrack(mode: Mode),
        /// Two tracks.
        JoinTracks(mode: Mode),
        /// A point.
        AddPoint,
        /// A point.
        SetTime,
        /// A tool.
        Scale,
        /// A tool.
        Raise,
        /// A tool.
        Invert,
        /// A tool.
        SetToLevels,
        /// A tool.
        Simplify,
        /// A tool.
        FadeIn,
        /// A tool.
        FadeOut,
        /// A tool.
        RepeatPart,
        /// A take.
        Record,
        /// The pencil.
        Draw,
        /// An import.
        ImportCurve,
        /// The clipboard.
        Paste,
        /// A fix.
        FlattenTop,
        /// A fix.
        GentleRises,
        /// A fix.
        EndSoftly,
        /// Time itself.
        InsertTime,
        /// Time itself.
        RemoveTime,
        /// Time itself.
        ChangeLength,
        /// A step.
        AddStep,
        /// A step.
        EditStep,
        /// A step.
        MoveStep,
        /// A step.
        ResizeStep,
        /// Steps.
        DeleteSteps(count: usize),
        /// The profile.
        Rename,
        /// The profile.
        EditDescription,
        /// The profile.
        EditAuthor,
        /// The profile.
        EditNeed,
    }
}
