//! Phrases of the Profiles screen.

use crate::i18n::Words;
use crate::profile::Profile;
use crate::say;
use crate::storage::{Entry, Origin, Rating};

/// Where a profile comes from, and how often it was played: `Own · played 14 times`.
pub fn origin(w: &Words, entry: &Entry<Profile>, profile: &Profile, rating: &Rating) -> String {
    let from = match (&entry.origin, &profile.author) {
        (Origin::BuiltIn(_), _) => say!(w, "profiles-ready-made"),
        (Origin::Own(_), Some(author)) => say!(w, "profiles-from", author = author),
        (Origin::Own(_), None) => say!(w, "profiles-own"),
    };
    match rating.times_played {
        0 => from,
        times => say!(w, "profiles-played", from = from, count = times),
    }
}
