//! The words of the Settings screen.

/// The title.
pub const TITLE: &str = "Settings";
/// Section.
pub const CARE: &str = "Care";
/// About the section.
pub const CARE_TEXT: &str =
    "Svang keeps to these whatever a profile asks. Only you can go past the day's limit, when Svang asks.";
/// Setting.
pub const SESSION: &str = "Longest session";
/// Its note.
pub const SESSION_NOTE: &str = "Makers of foot massagers say 15 minutes a use.";
/// Setting.
pub const DAY: &str = "Massage in a day";
/// Its note.
pub const DAY_NOTE: &str = "Every massage counts. When it is reached, Svang pauses, and asks before anything goes on.";
/// Setting.
pub const RISE: &str = "Fastest rise";
/// Its note.
pub const RISE_NOTE: &str = "How much stronger it may get in a second. It may always get weaker at once.";
/// Setting.
pub const CEILINGS: &str = "At most";
/// Its note.
pub const CEILINGS_NOTE: &str = "The most that each mode may reach.";
/// Section.
pub const LOOK: &str = "Look and language";
/// Setting.
pub const THEME: &str = "Look";
/// Theme.
pub const AS_COMPUTER: &str = "As the computer";
/// Theme.
pub const LIGHT: &str = "Light";
/// Theme.
pub const DARK: &str = "Dark";
/// Its note.
pub const THEME_NOTE: &str = "Light, dark, or whichever the computer shows.";
/// Setting.
pub const LANGUAGE: &str = "Language";
/// Its note.
pub const LANGUAGE_NOTE: &str = "Chooses the language of profiles and steps. The window itself speaks English for now.";
/// Language.
pub const ENGLISH: &str = "English";
/// Language.
pub const DANISH: &str = "Dansk";
/// Section.
pub const MASSAGERS: &str = "Known massagers";
/// About the section.
pub const MASSAGERS_NOTE: &str = "The switch connects a massager by itself when it is near.";
/// None.
pub const NO_MASSAGERS: &str = "None yet. A massager that was connected once is kept here.";
/// Button.
pub const FORGET: &str = "Forget";
/// Section.
pub const SAFETY: &str = "Safety";
/// Safety notes.
pub const SAFETY_NOTES: [&str; 4] = [
    "Svang is for looking after yourself. It is no medical advice, and promises no cure.",
    "Not with a circulatory disorder, a clot, a fresh injury, open wounds, an inflamed joint, reduced feeling in the \
     foot, or while pregnant: ask a professional first.",
    "See a professional when the pain has not eased after 4 to 6 weeks, gets worse, stops you walking, or comes with \
     swelling, redness or warmth.",
    "Svang cannot stop a massager after the link is gone. Its power button always can. Never leave it running alone.",
];
/// Section.
pub const FILES: &str = "Files";
/// Setting.
pub const LOG: &str = "Log";
/// Its note.
pub const LOG_NOTE: &str = "What Svang and the massager said to each other. It stays on this computer.";
/// Setting.
pub const PROFILES: &str = "Profiles";
/// Its note.
pub const PROFILES_NOTE: &str = "Your own, one file each. A file that you put here appears by itself.";
/// Setting.
pub const MAPS: &str = "Device maps";
/// Its note.
pub const MAPS_NOTE: &str = "Your own maps. One with the id of a built-in map takes its place.";
/// Button.
pub const SHOW: &str = "Show";

/// `15 min`.
pub fn minutes(minutes: u64) -> String {
    format!("{minutes} min")
}

/// `10 %/s`.
pub fn a_second(percent: u16) -> String {
    format!("{percent} %/s")
}

/// `Map Svang reference`, and whether it stays low until it was tried.
pub fn known(map: &str, low: bool) -> String {
    if low { format!("Map {map} · 30 % at most until you say that it felt right") } else { format!("Map {map}") }
}

/// `Svang 0.1.0`.
pub fn version() -> String {
    format!("Svang {}", env!("CARGO_PKG_VERSION"))
}
