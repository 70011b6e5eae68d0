//! The words of the player bar.

use std::time::Duration;

use crate::time::Time;

/// No massager.
pub const NO_MASSAGER: &str = "No massager";
/// Under it.
pub const CHOOSE_ONE: &str = "Choose one";
/// While connecting.
pub const CONNECTING: &str = "Connecting …";
/// Label of the slider.
pub const STRENGTH: &str = "Overall strength";
/// The same, where there is little room.
pub const STRENGTH_SHORT: &str = "Strength";
/// Nothing chosen.
pub const NOTHING: &str = "Nothing chosen";
/// Under it.
pub const CHOOSE_A_PROFILE: &str = "Choose a profile to begin.";
/// A profile is chosen and does not play.
pub const READY: &str = "ready";
/// A profile stands still.
pub const PAUSED: &str = "paused";
/// A profile starts again at its end.
pub const REPEATS: &str = "repeats";
/// Levels set by hand.
pub const BY_HAND: &str = "By hand";
/// Under it.
pub const CURVES_INSTEAD: &str = "Choose a profile to play curves instead.";
/// Beside a program's name.
pub const INSIDE: &str = "runs inside the massager";
/// Under it, and on the button.
pub const NO_PAUSE: &str = "Pause is not possible here. Stop works.";
/// Why play is disabled.
pub const CONNECT_FIRST: &str = "Connect to a massager first.";
/// Why play is disabled.
pub const CHOOSE_FIRST: &str = "Choose a profile first.";
/// Why resume is disabled.
pub const WAITING: &str = "The massager is out of reach.";
/// Tooltip of the title.
pub const OPEN: &str = "Show what plays";

/// A step of several.
pub fn step(index: usize, of: usize) -> String {
    format!("step {index} of {of}")
}

/// Place and time left: `4:12 / −7:48`.
pub fn times(at: Time, left: Duration) -> String {
    format!("{} / −{}", at.label(), Time::from(left).label())
}

/// When it stops by itself.
pub fn stops_in(left: Duration) -> String {
    format!("stops in {}", Time::from(left).label())
}
