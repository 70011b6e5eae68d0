//! Which profiles are shown, and in which order; and what a massager can play of each.

use std::cmp::Reverse;
use std::sync::Arc;

use crate::engine::Connected;
use crate::mode::{Channel, Mode};
use crate::profile::bundled::GENTLE_START;
use crate::profile::{Need, Profile};
use crate::storage::{Entry, Origin, Ratings};
use crate::text::folded;

/// The profile to start with, until any was played.
pub(super) fn start_here<'a>(entries: &'a [Entry<Profile>], ratings: &Ratings) -> Option<&'a str> {
    let played = entries.iter().any(|entry| ratings.of(&entry.id).times_played > 0);
    let start = entries.iter().find(|entry| entry.id == GENTLE_START && matches!(entry.origin, Origin::BuiltIn(_)));
    start.filter(|_| !played).map(|entry| entry.id.as_str())
}

/// What a massager can play of a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fit {
    /// All of it.
    Whole,
    /// All but these modes.
    Without(Vec<Mode>),
    /// Nothing.
    Not,
    /// It has no curves: everything is done by hand.
    ByHand,
}

/// What a massager can play of a profile.
pub(crate) fn fit(profile: &Profile, massager: &Connected) -> Fit {
    let channels: Vec<Channel> = massager.channels.iter().map(|state| state.channel).collect();
    let missing = profile.missing(&channels);
    if profile.tracks.is_empty() {
        Fit::ByHand
    } else if missing.is_empty() {
        Fit::Whole
    } else if missing.len() == profile.modes().len() && profile.steps.is_empty() {
        Fit::Not
    } else {
        Fit::Without(missing)
    }
}

/// Which profiles are looked for, by what they are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// All of them.
    #[default]
    All,
    /// Those for a need.
    For(Need),
    /// Those that take no massager.
    ByHand,
    /// The person's own files.
    Own,
}

impl Kind {
    /// All kinds, in the order in which they are shown.
    pub(super) const ALL: [Self; 7] = [
        Self::All,
        Self::For(Need::Morning),
        Self::For(Need::AfterActivity),
        Self::For(Need::TriggerPoints),
        Self::For(Need::Evening),
        Self::ByHand,
        Self::Own,
    ];

    fn holds(self, entry: &Entry<Profile>, profile: &Profile) -> bool {
        match self {
            Self::All => true,
            Self::For(need) => profile.need == Some(need),
            Self::ByHand => profile.tracks.is_empty(),
            Self::Own => matches!(entry.origin, Origin::Own(_)),
        }
    }
}

/// What the person wants to see.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Selection {
    pub(super) search: String,
    pub(super) kind: Kind,
    /// Only those that use this mode.
    pub(super) mode: Option<Mode>,
}

impl Selection {
    /// Whether everything is shown.
    pub(super) fn is_everything(&self) -> bool {
        *self == Self::default()
    }

    /// The shown profiles: the one to start with, the one played last, by the day they were played last, by name.
    pub(super) fn of<'a>(
        &self,
        entries: &'a [Entry<Profile>],
        ratings: &Ratings,
        language: &str,
    ) -> Vec<(&'a Entry<Profile>, &'a Arc<Profile>)> {
        let usable = entries.iter().filter_map(|entry| Some((entry, entry.content.as_ref().ok()?)));
        let mut shown: Vec<_> = usable.filter(|(entry, profile)| self.shows(entry, profile, language)).collect();
        let start = start_here(entries, ratings);
        shown.sort_by_cached_key(|(entry, profile)| {
            let id = Some(entry.id.as_str());
            let played = Reverse(ratings.of(&entry.id).last_played);
            (start != id, ratings.latest() != id, played, folded(profile.name.in_language(language)))
        });
        shown
    }

    fn shows(&self, entry: &Entry<Profile>, profile: &Profile, language: &str) -> bool {
        self.kind.holds(entry, profile)
            && self.mode.is_none_or(|mode| profile.modes().contains(&mode))
            && self.finds(profile, language)
    }

    /// Whether each word that is searched for stands in the name, the description or the author.
    fn finds(&self, profile: &Profile, language: &str) -> bool {
        let text = folded(
            &[
                profile.name.in_language(language),
                profile.description.in_language(language),
                profile.author.as_deref().unwrap_or_default(),
            ]
            .join(" "),
        );
        folded(&self.search).split_whitespace().all(|word| text.contains(word))
    }

    /// Whether a program of the massager is shown; nobody knows its modes, or what it is for.
    pub(super) fn shows_program(&self, name: &str) -> bool {
        let name = folded(name);
        self.kind == Kind::All
            && self.mode.is_none()
            && folded(&self.search).split_whitespace().all(|word| name.contains(word))
    }

    /// Whether a file that cannot be read is shown, by its id.
    pub(super) fn shows_broken(&self, id: &str) -> bool {
        matches!(self.kind, Kind::All | Kind::Own)
            && self.mode.is_none()
            && folded(id).contains(folded(&self.search).trim())
    }
}
