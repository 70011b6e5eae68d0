//! What may be right about a map, and should be known all the same.
//!
//! Belongs here: the notes as facts. Finding them is [`super::behaviour`]'s business, their words are for who shows them.

use std::time::Duration;

use super::DeviceMap;
use crate::mode::Channel;

/// Something about a sound map that its author, or whoever uses it, should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The file says `Verified`, which counts for built-in maps only: it is taken for untested.
    NotVerified,
    /// None of its signs is the product's own: the person is asked before Svang believes that it is this massager.
    OnlySharedSigns,
    /// It writes to characteristics that are often for firmware update: the person is asked once.
    OftenFirmware,
    /// The off sequence has no frame that turns these modes off by name; it is taken at its word that it does.
    StopTakenAtItsWord(Vec<Channel>),
    /// From the first frame of the off sequence to the last one this time passes, or a little more.
    SlowStop(Duration),
    /// Level 0 of this mode is a number other than 0, and it has no `off` frame.
    ZeroIsNotZero(Channel),
    /// This toggle's state is read when connecting and never again, so that it can be pressed once.
    ToggleNeverReadBack(Channel),
    /// The map gives no least time between two writes.
    NoWriteGap,
    /// Nobody knows what the massager does when nothing is written to it any more.
    NothingKnownLeftAlone,
}

impl DeviceMap {
    /// What may be right about this map, and should be known all the same, the most important first.
    pub fn notes(&self) -> &[Note] {
        &self.inner.notes
    }

    /// Whether this very text came with the program. One that replaces a built-in map is none, but for a plain copy.
    pub fn is_built_in(&self) -> bool {
        self.inner.built_in
    }
}
