//! The words of the Profiles screen and its dialogs.

use crate::intensity::Intensity;
use crate::mode::Mode;
use crate::profile::Profile;
use crate::storage::{Entry, Origin, Rating};
use crate::ui::words::percent;

/// The title.
pub const TITLE: &str = "Profiles";
/// The search field.
pub const SEARCH: &str = "Search profiles";
/// Button: imports a file.
pub const IMPORT: &str = "Import";
/// Filter.
pub const ALL: &str = "All";
/// Filter where nothing is connected.
pub const FITS: &str = "Fits";
/// Filter.
pub const OWN: &str = "Own";
/// Filter: those that come with Svang, and the massager's programs.
pub const BUILT_IN: &str = "Built in";
/// Origin.
pub const READY_MADE: &str = "Ready-made";
/// Mark of the profile to start with.
pub const START_HERE: &str = "Start here";
/// Order.
pub const BY_LAST_USED: &str = "Last used";
/// Order.
pub const BY_NAME: &str = "By name";
/// Order.
pub const BY_LENGTH: &str = "Shortest first";
/// Order.
pub const BY_STARS: &str = "Most stars";
/// A profile of steps alone.
pub const ALL_BY_HAND: &str = "All by hand";
/// Broken file.
pub const BROKEN: &str = "This file cannot be read yet. It has not been changed.";
/// Button.
pub const SHOW_FILE: &str = "Show file";
/// Program.
pub const NO_CURVE: &str = "The massager keeps this program to itself, so there is no curve to draw.";
/// Nothing found.
pub const NOTHING: &str = "No profile fits this search";
/// What to do then.
pub const NOTHING_TEXT: &str = "Try another word, or show all profiles again.";
/// Button.
pub const SHOW_ALL: &str = "Show all";
/// Own profiles: none yet.
pub const NO_OWN: &str = "No profile of your own yet";
/// What to do then.
pub const NO_OWN_TEXT: &str = "Duplicate a ready-made one and change its file as you like, or import one.";
/// Menu.
pub const OPEN: &str = "Look closer";
/// Menu.
pub const DUPLICATE: &str = "Duplicate";
/// Menu.
pub const RENAME: &str = "Rename";
/// Menu.
pub const EXPORT: &str = "Export";
/// Menu.
pub const NOTES: &str = "Notes and stars";
/// Menu.
pub const DELETE: &str = "Delete";
/// Tooltip of the menu's button.
pub const MORE: &str = "More";
/// Button back to the cards.
pub const BACK: &str = "Profiles";
/// Heading.
pub const STEPS: &str = "By hand";
/// Field.
pub const NAME: &str = "Name";
/// Field.
pub const YOUR_NOTES: &str = "Your notes";
/// Placeholder.
pub const NOTES_HINT: &str = "How it felt, when it helps";
/// Button.
pub const SAVE: &str = "Save";
/// Button.
pub const NOT_NOW: &str = "Not now";
/// Notice.
pub const CONNECT_FIRST: &str = "Connect a massager first, or try the simulated one.";
/// Button.
pub const PLAY_THE_REST: &str = "Play the rest";

/// `Fits Sole Care S2`.
pub fn fits(massager: &str) -> String {
    format!("Fits {massager}")
}

/// `Does not fit Sole Care S2`.
pub fn fits_not(massager: &str) -> String {
    format!("Does not fit {massager}")
}

/// `Plays without air pressure`.
pub fn plays_without(missing: &[Mode]) -> String {
    format!("Plays without {}", modes(missing))
}

/// Modes in running text: `roller, vibration and heat`.
pub fn modes(modes: &[Mode]) -> String {
    let names: Vec<String> = modes.iter().map(|mode| mode.name().to_lowercase()).collect();
    match names.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// Title of the question before a profile that only partly fits.
pub fn rest_title(massager: &str, missing: &[Mode]) -> String {
    format!("{massager} has no {}", modes(missing))
}

/// Its text.
pub fn rest_text(profile: &str, missing: &[Mode]) -> String {
    format!("“{profile}” also uses {}. Svang can play everything else in it.", modes(missing))
}

/// A profile that cannot play at all.
pub fn cannot_play(profile: &str, massager: &str) -> String {
    format!("{massager} has none of the modes that “{profile}” uses. Choose another profile.")
}

/// `Built into Sole Care S2`.
pub fn built_into(massager: &str) -> String {
    format!("Built into {massager}")
}

/// `From your physiotherapist`.
fn from(author: &str) -> String {
    format!("From {author}")
}

/// Where a problem stands.
pub fn place(line: usize, column: usize) -> String {
    format!("Line {line}, column {column}:")
}

/// More problems than are shown.
pub fn more_problems(count: usize) -> String {
    match count {
        1 => "And one more.".to_owned(),
        count => format!("And {count} more."),
    }
}

/// Why the button is disabled.
pub const NAME_FIRST: &str = "Type a name first.";
/// Tooltip of the order.
pub const ORDER: &str = "Order";

/// `heel-night.ron`.
pub fn file(id: &str) -> String {
    format!("{id}.ron")
}

/// Where a profile comes from, and how often it was played: `Own · played 14 times`.
pub fn origin(entry: &Entry<Profile>, profile: &Profile, rating: &Rating) -> String {
    let from = match (&entry.origin, &profile.author) {
        (Origin::BuiltIn(_), _) => READY_MADE.to_owned(),
        (Origin::Own(_), Some(author)) => from(author),
        (Origin::Own(_), None) => OWN.to_owned(),
    };
    match rating.times_played {
        0 => from,
        1 => format!("{from} · played once"),
        times => format!("{from} · played {times} times"),
    }
}

/// The highest point of a track: `Up to 60 %`.
pub fn up_to(peak: Intensity) -> String {
    format!("Up to {}", percent(peak))
}

/// Toast.
pub fn deleted(name: &str) -> String {
    format!("“{name}” is in the bin.")
}

/// Toast.
pub fn back_again(name: &str) -> String {
    format!("“{name}” is back.")
}

/// Toast.
pub fn duplicated(name: &str) -> String {
    format!("“{name}” is yours now.")
}

/// Toast.
pub fn imported(name: &str) -> String {
    format!("“{name}” is imported.")
}

/// Toast.
pub fn exported(name: &str) -> String {
    format!("“{name}” is exported.")
}

/// `4 stars`.
pub fn stars(count: u8) -> String {
    match count {
        0 => "No stars yet".to_owned(),
        1 => "1 star".to_owned(),
        count => format!("{count} stars"),
    }
}
