//! Phrases of the Massager screen and its dialogs.

use crate::engine::{Doing, Found};
use crate::fact::Phrase;
use crate::i18n::Words;
use crate::massager::{DeviceMap, LeftAlone, Sign, Trust};
use crate::say;

/// `Level 2`, or `Off`.
pub fn level(w: &Words, level: u16) -> String {
    match level {
        0 => say!(w, "massager-off"),
        level => say!(w, "massager-level", level = level),
    }
}

/// `Connecting, try 2 …`: what is being done, and the try where it is not the first.
pub fn doing(w: &Words, doing: &Doing, attempt: u32) -> String {
    let doing = w.fact(doing);
    match attempt {
        0 | 1 => say!(w, "massager-doing", doing = doing),
        attempt => say!(w, "massager-doing-again", doing = doing, attempt = attempt),
    }
}

/// What is done, and for how long.
pub fn for_seconds(w: &Words, doing: &str, seconds: u64) -> String {
    if seconds < 3 { doing.to_owned() } else { say!(w, "massager-for-seconds", doing = doing, seconds = seconds) }
}

/// A known massager and its reason: `Connected before. Name fits …`.
pub fn known(w: &Words, signs: &[Sign]) -> String {
    say!(w, "massager-known-because", why = why(w, signs))
}

/// The connected massager in the list, with the reason that it is listed for.
pub fn connected(w: &Words, found: &Found) -> String {
    match &found.recognition {
        Some((recognition, _)) if !found.id.is_simulated() => {
            say!(w, "massager-connected-because", why = why(w, &recognition.why))
        }
        _ => say!(w, "massager-connected-now"),
    }
}

/// That nobody stops the massager when Svang fails, and why.
pub fn unwatched(w: &Words, why: &Phrase) -> String {
    say!(w, "massager-unwatched", why = w.fact(why).trim_end_matches('.'))
}

/// The signs that fit: `name fits “Sole …”, service FFF0`.
pub fn signs(w: &Words, signs: &[Sign]) -> String {
    signs.iter().map(|sign| w.fact(sign)).collect::<Vec<_>>().join(", ")
}

/// The same as a sentence.
pub fn why(w: &Words, signs: &[Sign]) -> String {
    let text = capital(&self::signs(w, signs));
    if text.is_empty() || text.ends_with(['.', '…']) { text } else { format!("{text}.") }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// How much is known about a map.
pub fn trust(w: &Words, trust: Trust) -> String {
    match trust {
        Trust::Verified => say!(w, "massager-verified"),
        Trust::Reported => say!(w, "massager-reported"),
        Trust::Untested => say!(w, "massager-untested"),
    }
}

/// What that means, for a tooltip.
pub fn trust_means(w: &Words, trust: Trust) -> String {
    match trust {
        Trust::Verified => say!(w, "massager-verified-means"),
        Trust::Reported => say!(w, "massager-reported-means"),
        Trust::Untested => say!(w, "massager-untested-means"),
    }
}

/// Signal in words, for those who don't read decibels.
pub fn signal(w: &Words, rssi: i16) -> String {
    match rssi {
        -60.. => say!(w, "massager-signal-strong"),
        -75..-60 => say!(w, "massager-signal-good"),
        -88..-75 => say!(w, "massager-signal-weak"),
        _ => say!(w, "massager-signal-very-weak"),
    }
}

/// What the massager does by itself when this computer fails.
pub fn left_alone(w: &Words, what: LeftAlone) -> String {
    say!(w, "massager-left-alone", what = w.fact(&what))
}

/// What a map writes to, and what may come of it.
pub fn firmware_text(w: &Words, map: &DeviceMap) -> String {
    let places = w.list(map.asks_first().iter().map(|place| w.fact(place.why)));
    say!(w, "massager-firmware-text", map = &map.name, places = places)
}
