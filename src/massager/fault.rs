//! What can be wrong with a device map's file.
//!
//! Belongs here: the facts, which `assets/i18n` puts into words. Finding them is the business of [`super::reading`] and of
//! the modules that it calls.

use crate::fact::{Phrase, Series};
use crate::facts;
use crate::problem::Names;

facts! {
    /// What is wrong with a device map.
    pub(crate) enum Fault in "map-fault" {
        TooManyParts,
        TooManyFrames(most: usize),
        Silent(word: String),
        TooLong { word: String, most: usize },
        Unshowable(word: String),
        NoIdentifier(text: String),
        NoBytes(text: String),
        Twice(word: String),
        TooManyEntries { field: String, count: usize, most: usize },
        OddId,
        NoEntry(field: String),
        NoModes,
        NoVectors,
        WriteGap,
        KeepAlive,
        LongWait(most: u32),
        FrameName,
        LongFrame(most: usize),
        BytesOrText,
        NoRole(role: String),
        RoleNotWritten(role: String),
        NeverBytes(most: usize),
        RoleSilent(role: String),
        NoMode(channel: String),
        MoreMayFollow(fault: Phrase),
        SignsEmpty,
        SignName,
        SignNameLength,
        RoleWrittenInOne,
        SameRoles(roles: Names),
        NeverWrites { place: String, why: Refused },
        NeverSends { frame: String, why: Refused },
        TooMuchToLookThrough,
        NoCheck,
        NoField,
        AfterWhen(word: String),
        OddBits(most: u32),
        NumberAfter(word: String),
        NumberAfterOver,
        TableFirst,
        TableEmpty,
        NoTransform(word: String),
        SumDoesNotKnow { sum: String, word: String },
        NameAChecksum,
        NoChecksum(word: String),
        FourDigits(word: String),
        CrcNameOrParts,
        CrcNeedsName,
        NameAFrame,
        OddArguments,
        NoFrame { name: String, known: Names },
        Arguments { name: String, wants: usize, has: usize },
        MoreArguments { name: String, wants: usize },
        FrameTooLong { name: String, most: usize },
        OddBytes,
        BraceClosesNothing,
        TooManySums { most: usize, sums: usize },
        DoesNotFit { what: String, least: i64, greatest: i64, value: u32, is: i64 },
        TableLength { what: String, has: usize, most: u32, needs: u64 },
        ByteOutside { byte: usize, last: usize },
        SumWithin { place: usize, first: usize, last: usize },
        OpenBrace,
        EmptySlot,
        NoKind(kind: String),
        LengthOfWhat,
        LengthWidth,
        TakesNoKind(name: String),
        ArgumentNumbers,
        SequenceNumbers,
        SequenceMost,
        SequenceFit { number: u8, is: i64 },
        SumOfWhat(name: String),
        NoSlot(name: String),
        TurnedRound(word: String),
        NoRange(word: String),
        TooMuchToCompare,
        NotOptional,
        SlowOff { takes: u64, most: u64 },
        LevelIsOff { level: usize, channel: String },
        StopMisses { channel: String, add: String },
        Moves { quiet: Quiet, frame: String, channel: String, level: u16 },
        DeadMan,
        KeepAliveTooLate,
        NeedsKeepAlive(every: u32),
        SameAsOff { channel: String, level: usize },
        Falls { channel: String, from: usize, to: usize },
        ManyFrames { count: usize, most: usize },
        MoreFrames(most: usize),
        LevelsHere(most: usize),
        ManyChoices(most: usize),
        LevelCount,
        ProgramNames,
        ProgramSilent,
        TimerOrder,
        TimerFirst,
        NoLevelSlot(channel: String),
        ToggleSilent(field: String),
        TimerSlot,
        NoStatusField(field: String),
        LevelMeansNothing { frame: String, mode: String },
        FrameBytes,
        VectorGives { order: String, found: String, wanted: String },
        VectorGivesNothing { order: String, wanted: String },
        VectorWantsNothing { order: String, found: String },
        NotificationBytes,
        NotRead(role: String),
        FieldIs { name: String, found: i64, wanted: i64 },
        FieldNotThere(name: String),
        Several(faults: Series),
        TooManyVectorFrames(most: usize),
        Driving(error: Phrase),
        ReadWhat,
        NoOrder(order: String),
        NoLevel { channel: String, levels: u16, level: u16 },
        Busy,
        SwitchedOverOnly(channel: String),
    }
}

facts! {
    /// What moves nothing.
    #[derive(PartialOrd, Ord)]
    pub(crate) enum Quiet in "map-quiet" {
        Unasked,
        Timer,
        Stop,
        KeepAlive,
        Off,
    }
}

facts! {
    /// Why bytes are never written.
    pub enum Refused in "refused" {
        /// They, or their place, are known for this.
        KnownFor(what: Purpose),
        /// Their place is known for this.
        Listed(what: Purpose),
        /// Their place is often known for this, and nobody agreed to it.
        NotAgreed(what: Purpose),
        /// The map itself forbids these bytes.
        ByMap(bytes: String),
    }
}

facts! {
    /// What a place, or bytes, are known for; whose they are.
    pub enum Purpose in "purpose" {
        /// Firmware update.
        FirmwareUpdate(whose: &'static str),
        /// Often firmware update.
        OftenFirmwareUpdate(whose: &'static str),
        /// Factory reset.
        FactoryReset(whose: &'static str),
        /// Reset.
        Reset(whose: &'static str),
        /// Reboot to the boot loader.
        BootLoader(whose: &'static str),
        /// Factory settings.
        FactorySettings(whose: &'static str),
        /// Renaming the device.
        Renaming(whose: &'static str),
        /// Program download.
        ProgramDownload(whose: &'static str),
        /// Opening it to everyone.
        OpeningToEveryone(whose: &'static str),
        /// Restart.
        Restart(whose: &'static str),
        /// Forgetting its bonds.
        ForgettingBonds(whose: &'static str),
        /// Firmware update.
        AnyFirmwareUpdate,
        /// The device's own name and appearance.
        OwnName,
        /// The device's own list of services.
        OwnServices,
        /// The maker's details of the device.
        MakersDetails,
        /// The device's bonds.
        Bonds,
    }
}
