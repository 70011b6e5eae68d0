//! The words of the screen Now playing.

use std::time::Duration;

use crate::mode::Mode;
use crate::time::Time;

/// Before the time left.
pub const LEFT: &str = "left";
/// Legend.
pub const WANTED: &str = "wanted";
/// Legend.
pub const CONFIRMED_BY: &str = "confirmed by the massager";
/// Legend.
pub const AT_MOST_LEGEND: &str = "at most";
/// Label of a ceiling.
pub const AT_MOST: &str = "At most";
/// A level was confirmed.
pub const CONFIRMED: &str = "confirmed";
/// A level was not confirmed yet.
pub const SENDING: &str = "sending …";
/// Nothing moves.
pub const RESTING: &str = "Resting";
/// Button: goes past a manual step.
pub const SKIP: &str = "Skip";
/// Chip: the profile starts again at its end, until the session is over.
pub const REPEAT: &str = "Repeat";
/// Nothing plays.
pub const NOTHING: &str = "Nothing plays";
/// Under it.
pub const NOTHING_TEXT: &str = "Choose a profile, and its curves run here.";
/// Button.
pub const TO_PROFILES: &str = "Choose a profile";
/// Title while levels are set by hand.
pub const BY_HAND: &str = "By hand";
/// Button: to the sliders.
pub const TO_SLIDERS: &str = "Change levels";
/// A program has no curve.
pub const NO_CURVE: &str = "The massager keeps this program to itself, so there is no curve to draw.";
/// Title of the dialog.
pub const LOST_TITLE: &str = "Paused: the massager is out of reach";
/// Button of the dialog.
pub const END: &str = "End this session";
/// Why resume is disabled.
pub const NOT_YET: &str = "The massager does not answer yet.";
/// The massager answers again.
pub const BACK: &str = "It is back. Nothing moves until you press Resume.";

/// A mode of the profile that the massager lacks.
pub fn without(mode: Mode) -> String {
    format!("Plays without {}", mode.name().to_lowercase())
}

/// When the session ends at the latest.
pub fn session(left: Time) -> String {
    format!("stops by itself in {}", left.label())
}

/// Under the title.
pub fn on(massager: &str) -> String {
    format!("Now playing on {massager}")
}

/// Under the title while paused.
pub fn paused_on(massager: &str) -> String {
    format!("Paused on {massager}")
}

/// A level of several.
pub fn level(level: u16, of: u16) -> String {
    if level == 0 { RESTING.to_owned() } else { format!("Level {level} of {of}") }
}

/// A level that was not confirmed yet.
pub fn sending(level: u16) -> String {
    if level == 0 { SENDING.to_owned() } else { format!("sending {level} …") }
}

/// The first-time ceiling holds.
pub fn until_tried(ceiling: &str) -> String {
    format!("{ceiling} until tried")
}

/// A manual step of several.
pub fn step(index: usize, of: usize) -> String {
    format!("Step {index} of {of}")
}

/// What is left of it.
pub fn step_left(left: Duration) -> String {
    format!("{} left", Time::from(left).label())
}

/// The next step.
pub fn next(at: Time) -> String {
    format!("Next, at {}", at.label())
}

/// The one after it.
pub fn then(at: Time) -> String {
    format!("Then, at {}", at.label())
}

/// What is known while the link is lost. Never claims that the massager stopped.
pub fn lost(massager: &str) -> String {
    format!(
        "Nothing will move until you press Resume. If {massager} is still running, lift your feet and turn it off on \
         the massager itself."
    )
}

/// Looking for the massager since a while.
pub fn looking(massager: &str, since: Duration) -> String {
    format!("Looking for {massager}, {} s. Is it turned on and near?", since.as_secs())
}

/// Button of the dialog.
pub fn resume_at(at: Time) -> String {
    format!("Resume at {}", at.label())
}

/// The promise at the foot of the screen.
pub fn promise(massager: &str) -> String {
    format!("If the link to {massager} is lost, Svang pauses and waits for you.")
}
