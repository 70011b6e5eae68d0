//! Phrases of the window that are put together from several things, in the person's language.
//!
//! Belongs here: what takes more than one message of `assets/i18n`, grouped by screen; what several screens say stands in
//! this file. A phrase that is one message is said where it is shown.

pub mod editor;
pub mod files;
pub mod health;
pub mod massager;
pub mod profiles;

use crate::i18n::Words;
use crate::massager::DeviceMap;
use crate::mode::{Foot, Mode};
use crate::profile::{Part, Spot};
use crate::say;
use crate::time::Time;

/// What a device map can do, in running text: `roller, vibration; 3 programs`.
pub fn modes_of(w: &Words, map: &DeviceMap) -> String {
    let mut modes: Vec<Mode> = map.channels.iter().map(|(channel, _)| channel.mode).collect();
    modes.dedup();
    say!(w, "modes-and-programs", modes = w.modes(&modes), programs = map.programs.len())
}

/// What a drawing of a spot shows.
pub fn spot(w: &Words, spot: Spot) -> String {
    match (spot.part, spot.foot) {
        (Part::Calf, Foot::Left) => say!(w, "spot-calf-left"),
        (Part::Calf, Foot::Right) => say!(w, "spot-calf-right"),
        (Part::Calf, Foot::Both) => say!(w, "spot-calves"),
        (_, Foot::Left) => say!(w, "spot-foot-left"),
        (_, Foot::Right) => say!(w, "spot-foot-right"),
        (_, Foot::Both) => say!(w, "spot-feet"),
    }
}

/// The window's title, with what plays.
pub fn title(w: &Words, playing: Option<&str>) -> String {
    match playing {
        Some(name) => say!(w, "title", name = name),
        None => say!(w, "svang"),
    }
}

/// A time that is left, such as `4:10`.
pub fn time(left: std::time::Duration) -> Time {
    Time::from(left)
}

/// Whole minutes.
pub fn minutes(time: std::time::Duration) -> u64 {
    time.as_secs() / 60
}

/// A text shortened to a number of characters, with an ellipsis where something is missing.
pub fn shortened(text: &str, characters: usize) -> String {
    if text.chars().count() <= characters {
        return text.to_owned();
    }
    let kept: String = text.chars().take(characters.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
