//! What a massager does, and on which foot.
//!
//! Belongs here: [`Mode`], [`Foot`] and [`Channel`], the words for what a track drives and a massager moves.

mod pattern;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use pattern::{Marks, Pattern};

/// One thing that a massager does. The order is the order on every screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Mode {
    /// Wheels or nodes that roll under the sole.
    Roller,
    /// Vibration.
    Vibration,
    /// Air bags that squeeze the foot.
    AirPressure,
    /// Warmth.
    Heat,
}

impl Mode {
    /// All modes, in their order.
    pub const ALL: [Self; 4] = [Self::Roller, Self::Vibration, Self::AirPressure, Self::Heat];

    /// The English name, in sentence case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Roller => "Roller",
            Self::Vibration => "Vibration",
            Self::AirPressure => "Air pressure",
            Self::Heat => "Heat",
        }
    }
}

/// Which foot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub enum Foot {
    /// Both feet alike.
    #[default]
    Both,
    /// The left foot alone.
    Left,
    /// The right foot alone.
    Right,
}

/// A mode on a foot: what one track of a profile drives, and what has one level on a massager.
///
/// In files it is one word: `Roller`, `RollerLeft`, `AirPressureRight`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "ChannelName", into = "ChannelName")]
pub struct Channel {
    /// What it does.
    pub mode: Mode,
    /// Where.
    pub foot: Foot,
}

impl Channel {
    /// The mode on both feet alike.
    pub const fn both(mode: Mode) -> Self {
        Self { mode, foot: Foot::Both }
    }

    /// The mode on one foot, or on both.
    pub const fn new(mode: Mode, foot: Foot) -> Self {
        Self { mode, foot }
    }

    /// The English name, such as `Roller` or `Air pressure, left`.
    pub fn name(self) -> String {
        match self.foot {
            Foot::Both => self.mode.name().to_owned(),
            Foot::Left => format!("{}, left", self.mode.name()),
            Foot::Right => format!("{}, right", self.mode.name()),
        }
    }
}

impl From<Mode> for Channel {
    fn from(mode: Mode) -> Self {
        Self::both(mode)
    }
}

/// The word of the files, such as `AirPressureLeft`.
impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&ChannelName::from(*self), f)
    }
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename = "Channel")]
enum ChannelName {
    Roller,
    RollerLeft,
    RollerRight,
    Vibration,
    VibrationLeft,
    VibrationRight,
    AirPressure,
    AirPressureLeft,
    AirPressureRight,
    Heat,
    HeatLeft,
    HeatRight,
}

impl From<ChannelName> for Channel {
    fn from(name: ChannelName) -> Self {
        use ChannelName as N;
        let (mode, foot) = match name {
            N::Roller => (Mode::Roller, Foot::Both),
            N::RollerLeft => (Mode::Roller, Foot::Left),
            N::RollerRight => (Mode::Roller, Foot::Right),
            N::Vibration => (Mode::Vibration, Foot::Both),
            N::VibrationLeft => (Mode::Vibration, Foot::Left),
            N::VibrationRight => (Mode::Vibration, Foot::Right),
            N::AirPressure => (Mode::AirPressure, Foot::Both),
            N::AirPressureLeft => (Mode::AirPressure, Foot::Left),
            N::AirPressureRight => (Mode::AirPressure, Foot::Right),
            N::Heat => (Mode::Heat, Foot::Both),
            N::HeatLeft => (Mode::Heat, Foot::Left),
            N::HeatRight => (Mode::Heat, Foot::Right),
        };
        Self { mode, foot }
    }
}

impl From<Channel> for ChannelName {
    fn from(channel: Channel) -> Self {
        match (channel.mode, channel.foot) {
            (Mode::Roller, Foot::Both) => Self::Roller,
            (Mode::Roller, Foot::Left) => Self::RollerLeft,
            (Mode::Roller, Foot::Right) => Self::RollerRight,
            (Mode::Vibration, Foot::Both) => Self::Vibration,
            (Mode::Vibration, Foot::Left) => Self::VibrationLeft,
            (Mode::Vibration, Foot::Right) => Self::VibrationRight,
            (Mode::AirPressure, Foot::Both) => Self::AirPressure,
            (Mode::AirPressure, Foot::Left) => Self::AirPressureLeft,
            (Mode::AirPressure, Foot::Right) => Self::AirPressureRight,
            (Mode::Heat, Foot::Both) => Self::Heat,
            (Mode::Heat, Foot::Left) => Self::HeatLeft,
            (Mode::Heat, Foot::Right) => Self::HeatRight,
        }
    }
}
