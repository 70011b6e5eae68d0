//! The words of the Massager screen and its dialogs.

use std::time::Duration;

use crate::engine::Found;
use crate::intensity::Intensity;
use crate::massager::{DeviceMap, LeftAlone, Trust};
use crate::ui::words::percent;

/// The title.
pub const TITLE: &str = "Massager";
/// Button: starts looking.
pub const SEARCH: &str = "Search";
/// Button: stops looking.
pub const PAUSE_SEARCH: &str = "Pause search";
/// The radio's state is not known yet.
pub const STARTING: &str = "Asking for Bluetooth …";
/// The radio works.
pub const BLUETOOTH_ON: &str = "Bluetooth is on";
/// The adapter is switched off.
pub const BLUETOOTH_OFF: &str = "Bluetooth is switched off";
/// No radio.
pub const NO_BLUETOOTH: &str = "Bluetooth cannot be used yet";
/// What one can do without a radio.
pub const WITHOUT_BLUETOOTH: &str = "Until then you can try everything on the simulated massager.";
/// Not looking.
pub const NOT_SEARCHING: &str = "Not searching";
/// Choice of adapter.
pub const ADAPTER: &str = "Adapter";
/// Button: connects.
pub const CONNECT: &str = "Connect";
/// Button: gives up connecting.
pub const CANCEL: &str = "Cancel";
/// Button: ends the connection.
pub const DISCONNECT: &str = "Disconnect";
/// Button: forgets the massager.
pub const FORGET: &str = "Forget";
/// Button: shows what is not recognised.
pub const SHOW: &str = "Show";
/// Button: hides what is not recognised.
pub const HIDE: &str = "Hide";
/// Hint under the list.
pub const NOT_ON_THE_LIST: &str = "Not on the list? Turn the massager on and close its phone app.";
/// Reason under a massager that no map fits.
pub const NOT_RECOGNISED: &str = "Not recognised. If this is your massager, choose a map that may fit.";
/// The simulated massager.
pub const SIMULATED_NAME: &str = "Simulated massager";
/// Reason under the simulated massager.
pub const SIMULATED: &str = "Built in, no Bluetooth needed. Plays everything, moves nothing.";
/// Reason under a massager that was connected before.
pub const KNOWN: &str = "Connected before.";
/// Button: chooses a map by hand.
pub const CHOOSE_MAP: &str = "Choose map";
/// Nothing found yet.
pub const NOTHING_FOUND: &str = "Nothing found yet. Turn the massager on and bring it near.";
/// State of a massager that is connected while another one is played.
pub const ASIDE: &str = "Connected, and not in use.";
/// Button: plays on this massager from now on.
pub const USE: &str = "Use";
/// Reason under a massager that no longer knows the bond.
pub const BOND_LOST: &str = "It has forgotten this computer. Pair it again.";
/// Button: pairs anew.
pub const PAIR_AGAIN: &str = "Pair again";
/// State of a link.
pub const CONNECTED: &str = "Connected";
/// State of a link.
pub const OUT_OF_REACH: &str = "Out of reach";
/// Bonded.
pub const PAIRED: &str = "Paired";
/// Not bonded.
pub const NOT_PAIRED: &str = "Not paired";
/// Heading: sliders.
pub const BY_HAND: &str = "By hand";
/// Why the sliders rest.
pub const BY_HAND_RESTS: &str = "Stop what plays to set levels by hand.";
/// A level is off.
pub const OFF: &str = "Off";
/// Wanted and confirmed agree.
pub const CONFIRMED: &str = "confirmed";
/// Wanted and confirmed differ.
pub const SENDING: &str = "sending …";
/// A program runs, and chooses what each mode does.
pub const BY_PROGRAM: &str = "chosen by the program";
/// Under the program that runs.
pub const RUNS: &str = "Runs now";
/// A second process stops the massager when Svang fails.
pub const WATCHED: &str = "If Svang itself fails, a second process stops the massager.";
/// Heading: programs.
pub const PROGRAMS: &str = "Its own programs";
/// About programs.
pub const PROGRAMS_NOTE: &str = "Run inside the massager. Stop works as always.";
/// Toggle.
pub const BY_ITSELF: &str = "Connect by itself when it is near";
/// Heading of the first-time panel.
pub const FIRST_TIME: &str = "First time with this map: 30 % at most";
/// Text of the first-time panel.
pub const FIRST_TIME_TEXT: &str = "Try each mode below, gently. If the right thing moves and Stop stops it, say so.";
/// Button: lifts the first-time ceiling.
pub const FELT_RIGHT: &str = "It felt right";
/// Card without a massager.
pub const NONE: &str = "No massager connected";
/// Text of that card.
pub const NONE_TEXT: &str =
    "Choose yours on the left. Svang remembers it, and shows here what it can do, its battery and its levels.";
/// Button on that card.
pub const TRY_SIMULATED: &str = "Try the simulated massager";
/// Text while a lost link is looked for.
pub const LOST_TEXT: &str = "Svang looks for it. Nothing will move until you press Resume.";

/// `Searching, 12 s`.
pub fn searching(since: Duration) -> String {
    format!("Searching, {} s", since.as_secs())
}

/// `5 devices near you`.
pub fn near(count: usize) -> String {
    match count {
        1 => "1 device near you".to_owned(),
        count => format!("{count} devices near you"),
    }
}

/// `3 other devices not recognised`.
pub fn others(count: usize) -> String {
    match count {
        1 => "1 other device, not recognised".to_owned(),
        count => format!("{count} other devices, not recognised"),
    }
}

/// `3 levels`.
pub fn levels(count: u16) -> String {
    match count {
        1 => "on or off".to_owned(),
        count => format!("{count} levels"),
    }
}

/// `Level 2`, or `Off`.
pub fn level(level: u16) -> String {
    match level {
        0 => OFF.to_owned(),
        level => format!("Level {level}"),
    }
}

/// `rising, now 7`: on the way to the level that was chosen.
pub fn rising(level: u16) -> String {
    format!("rising, now {level}")
}

/// `6 at 40 % strength`: what the overall strength makes of the level that was chosen.
pub fn weakened(level: u16, strength: Intensity) -> String {
    format!("{level} at {} strength", percent(strength))
}

/// That nobody stops the massager when Svang fails, and why.
pub fn unwatched(why: &str) -> String {
    format!("If Svang itself fails, nobody stops the massager: it stays at 30 %. ({})", why.trim_end_matches('.'))
}

/// `Stops by itself in 14:12`.
pub fn stops_in(left: &str) -> String {
    format!("Stops by itself in {left}")
}

/// `Connecting, try 2 …`: what is being done, and the try where it is not the first.
pub fn doing(doing: &str, attempt: u32) -> String {
    let mut chars = doing.chars();
    let doing = chars.next().map(|first| first.to_uppercase().chain(chars).collect::<String>()).unwrap_or_default();
    match attempt {
        0 | 1 => format!("{doing} …"),
        attempt => format!("{doing}, try {attempt} …"),
    }
}

/// A known massager and its reason: `Connected before. Name fits …`.
pub fn known(why: &str) -> String {
    format!("{KNOWN} {}", capital(why))
}

/// What is done, and for how long.
pub fn for_seconds(doing: &str, seconds: u64) -> String {
    if seconds < 3 { doing.to_owned() } else { format!("{doing} {seconds} s") }
}

/// The connected massager in the list, with the reason that it is listed for.
pub fn connected(found: &Found) -> String {
    match &found.recognition {
        Some((recognition, _)) if !found.id.is_simulated() => format!("{CONNECTED}. {}", capital(&recognition.why)),
        _ => format!("{CONNECTED}."),
    }
}

/// `Connected, strong`.
pub fn connected_with(signal: &str) -> String {
    format!("{CONNECTED}, {signal}")
}

/// `Map Svang reference`.
pub fn map(map: &DeviceMap) -> String {
    format!("Map {}", map.name)
}

/// Tooltip: `Play Auto 1`.
pub fn play(program: &str) -> String {
    format!("Play {program}")
}

/// The reason with a capital and a full stop.
pub fn why(why: &str) -> String {
    capital(why)
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return String::new() };
    let text: String = first.to_uppercase().chain(chars).collect();
    if text.ends_with(['.', '…']) { text } else { format!("{text}.") }
}

/// How much is known about a map.
pub const fn trust(trust: Trust) -> &'static str {
    match trust {
        Trust::Verified => "Verified",
        Trust::Reported => "Reported",
        Trust::Untested => "Untested",
    }
}

/// What that means, for a tooltip.
pub const fn trust_means(trust: Trust) -> &'static str {
    match trust {
        Trust::Verified => "Its makers, or several owners, saw every part of this map work.",
        Trust::Reported => "Somebody reported that this map works.",
        Trust::Untested => "Made from documents. Start at low strength.",
    }
}

/// Signal in words, for those who don't read decibels.
pub const fn signal(rssi: i16) -> &'static str {
    match rssi {
        -60.. => "strong",
        -75..-60 => "good",
        -88..-75 => "weak",
        _ => "very weak",
    }
}

/// Title of the dialog that confirms a map.
pub fn confirm_title(name: &str) -> String {
    format!("What is “{name}”?")
}

/// Text of that dialog.
pub const CONFIRM_TEXT: &str = "Its signs are shared by different products. Choose the map of yours: Svang writes \
                                nothing before you do, and stays at 30 % until you say that it felt right.";
/// Text of that dialog where nothing was recognised.
pub const CONFIRM_UNKNOWN: &str = "No map fits what it says of itself. If you know that it speaks like one of these, \
                                   choose it: if the map does not fit, Svang says so and writes nothing.";
/// Why that button is disabled.
pub const CHOOSE_FIRST: &str = "Choose a map first.";
/// Button of that dialog.
pub const CONFIRM: &str = "Connect with this map";

/// Title of the dialog that forgets a massager.
pub fn forget_title(name: &str) -> String {
    format!("Forget {name}?")
}

/// Text of that dialog.
pub const FORGET_TEXT: &str =
    "The connection ends, the pairing is removed, and the next time you connect and try it like a new one.";

/// Title while pairing.
pub const PAIRING: &str = "Pairing";
/// Numeric comparison.
pub const SAME_NUMBER: &str = "Does the massager show the same number?";
/// Passkey shown.
pub const TYPE_THERE: &str = "Type this number on the massager.";
/// Passkey entered.
pub const TYPE_HERE: &str = "Which number does the massager show?";
/// Answer.
pub const SAME: &str = "Yes, the same";
/// Answer.
pub const NOT_SAME: &str = "No";
/// Answer.
pub const PAIR: &str = "Pair";
/// Title where something that is to be paired offers to be a keyboard or a mouse.
pub const OFFERS_KEYBOARD: &str = "It also offers to be a keyboard";
/// Text of that dialog.
pub const OFFERS_KEYBOARD_TEXT: &str = "What you are about to pair also offers to be a keyboard or a mouse. Once paired, it \
    could type and click on this computer. A massager has no need of that.";
/// Answer: the safe one.
pub const DO_NOT_PAIR: &str = "Do not pair";
/// Answer.
pub const PAIR_ALL_THE_SAME: &str = "Pair all the same";
/// A passkey is six digits.
pub const SIX_DIGITS: &str = "Six digits";

/// What the massager does by itself when this computer fails.
pub fn left_alone(what: LeftAlone) -> String {
    format!("If this computer fails: {what}.")
}

/// The question before a map that writes to a place for firmware.
pub const FIRMWARE: &str = "This map writes to a place for firmware";
/// Its safe answer.
pub const DO_NOT_CONNECT: &str = "Do not connect";
/// Its other answer.
pub const CONNECT_ALL_THE_SAME: &str = "Connect all the same";

/// What a map writes to, and what may come of it.
pub fn firmware_text(map: &DeviceMap) -> String {
    let places: Vec<&str> = map.asks_first().iter().map(|place| place.why).collect();
    format!(
        "“{}” sends its orders to a characteristic that is {} on other massagers. With a wrong map, that could damage the \
         massager. Connect only if you trust where this map comes from. You are asked once for this map.",
        map.name,
        places.join(" and "),
    )
}
