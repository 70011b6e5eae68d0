//! The words of the window, in English. Another language replaces this module, phrase by phrase.
//!
//! Belongs here: every phrase that a person reads in the window, grouped by screen; what several screens say stands in
//! this file. Short, warm, concrete; first what happens, then what one can do. Texts of notices and faults come with
//! them, from the module that knows.

pub mod now_playing;
pub mod player_bar;

use crate::intensity::Intensity;

/// The program.
pub const SVANG: &str = "Svang";
/// Screen and nav item.
pub const PROFILES: &str = "Profiles";
/// Screen and nav item.
pub const MASSAGER: &str = "Massager";
/// Screen and nav item.
pub const SETTINGS: &str = "Settings";
/// Screen.
pub const NOW_PLAYING: &str = "Now playing";
/// Button.
pub const PLAY: &str = "Play";
/// Button.
pub const PAUSE: &str = "Pause";
/// Button.
pub const RESUME: &str = "Resume";
/// The button.
pub const STOP: &str = "Stop";
/// The key of the button.
pub const ESC: &str = "Esc";
/// Button: takes back what was done.
pub const UNDO: &str = "Undo";
/// Button: takes something from the screen.
pub const CLOSE: &str = "Close";
/// State of a link.
pub const CONNECTED: &str = "Connected";
/// State of a link.
pub const OUT_OF_REACH: &str = "Out of reach";

/// The window's title, with what plays.
pub fn title(playing: Option<&str>) -> String {
    match playing {
        Some(name) => format!("{name} · {SVANG}"),
        None => SVANG.to_owned(),
    }
}

/// An intensity, such as `80 %`; a fraction of a percent is rounded.
pub fn percent(intensity: Intensity) -> String {
    format!("{:.0} %", intensity.percent())
}

/// A text shortened to a number of characters, with an ellipsis where something is missing.
pub fn shortened(text: &str, characters: usize) -> String {
    if text.chars().count() <= characters {
        return text.to_owned();
    }
    let kept: String = text.chars().take(characters.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
