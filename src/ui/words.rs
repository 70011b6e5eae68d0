//! The words of the window, in English. Another language replaces this module, phrase by phrase.
//!
//! Belongs here: every phrase that a person reads in the window, grouped by screen; what several screens say stands in
//! this file. Short, warm, concrete; first what happens, then what one can do. Texts of notices and faults come with
//! them, from the module that knows.

pub mod day;
pub mod editor;
pub mod files;
pub mod massager;
pub mod now_playing;
pub mod player_bar;
pub mod profiles;
pub mod settings;
pub mod welcome;

use std::path::Path;

use crate::intensity::Intensity;
use crate::massager::DeviceMap;
use crate::mode::Mode;

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

/// While the window closes.
pub const STOPPING: &str = "Stopping …";
/// Under it.
pub const STOPPING_TEXT: &str = "Svang waits until the massager confirms that it has stopped. Then the window closes.";
/// What to do while that takes long.
pub const STOPPING_UNCONFIRMED: &str = "It has not confirmed so far, and Svang goes on trying for up to 30 s. If it still \
    moves, press the power button on the massager.";
/// The window closes, and the stop is not confirmed.
pub const NOT_CONFIRMED: &str = "The massager did not confirm that it stopped";
/// What to do then.
pub const NOT_CONFIRMED_TEXT: &str = "Press the power button on the massager, then close the window.";
/// Button.
pub const CLOSE_WINDOW: &str = "Close the window";

/// The file manager could not be started.
pub fn no_file_manager(folder: &Path) -> String {
    format!("No file manager could be started. The folder is {}", folder.display())
}

/// What a device map can do, in running text: `roller, vibration; 3 programs`.
pub fn modes_of(map: &DeviceMap) -> String {
    let mut modes: Vec<Mode> = map.channels.iter().map(|(channel, _)| channel.mode).collect();
    modes.dedup();
    let modes = profiles::modes(&modes);
    match map.programs.len() {
        0 => modes,
        1 => format!("{modes}; 1 program"),
        count => format!("{modes}; {count} programs"),
    }
}

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
