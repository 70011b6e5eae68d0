//! Phrases of the Profiles screen.

use crate::i18n::Words;
use crate::profile::{Need, Profile};
use crate::say;
use crate::storage::{Entry, Origin};
use crate::ui::icon::Icon;
use crate::ui::screen::profiles::Kind;

/// Whose a profile is: the person's own, or who made it.
pub fn origin(w: &Words, entry: &Entry<Profile>, profile: &Profile) -> String {
    match (&entry.origin, &profile.author) {
        (Origin::BuiltIn(_), _) => say!(w, "profiles-ready-made"),
        (Origin::Own(_), Some(author)) => author.clone(),
        (Origin::Own(_), None) => say!(w, "profiles-own"),
    }
}

/// What a filter shows.
pub fn kind(w: &Words, kind: Kind) -> String {
    match kind {
        Kind::All => say!(w, "profiles-all"),
        Kind::For(need) => self::need(w, Some(need)),
        Kind::ByHand => say!(w, "profiles-by-hand-only"),
        Kind::Own => say!(w, "profiles-own"),
    }
}

/// The sign of a filter; showing everything has none.
pub fn kind_icon(kind: Kind) -> Option<Icon> {
    match kind {
        Kind::All => None,
        Kind::For(need) => Some(need_icon(Some(need))),
        Kind::ByHand => Some(Icon::Hand),
        Kind::Own => Some(Icon::UserRound),
    }
}

/// What a profile is for.
pub fn need(w: &Words, need: Option<Need>) -> String {
    match need {
        None => say!(w, "need-any-time"),
        Some(Need::Morning) => say!(w, "need-morning"),
        Some(Need::AfterActivity) => say!(w, "need-after-activity"),
        Some(Need::TriggerPoints) => say!(w, "need-trigger-points"),
        Some(Need::Evening) => say!(w, "need-evening"),
    }
}

/// The sign of what a profile is for.
pub fn need_icon(need: Option<Need>) -> Icon {
    match need {
        None => Icon::Clock,
        Some(Need::Morning) => Icon::Sunrise,
        Some(Need::AfterActivity) => Icon::Activity,
        Some(Need::TriggerPoints) => Icon::CircleDot,
        Some(Need::Evening) => Icon::Moon,
    }
}

/// How strong a profile is as it is drawn, whatever the overall strength: one to three bars, and a word. One without
/// curves has none.
pub fn strength(w: &Words, profile: &Profile) -> Option<(usize, String)> {
    let peak = profile.tracks.values().map(crate::curve::Curve::peak).max()?;
    Some(match peak.per_mille() {
        0..=350 => (1, say!(w, "strength-gentle")),
        351..=550 => (2, say!(w, "strength-medium")),
        _ => (3, say!(w, "strength-firm")),
    })
}
