//! Which profiles are shown, and in which order; and what a massager can play of each.

use std::cmp::Reverse;

use crate::engine::Connected;
use crate::i18n::Words;
use crate::mode::{Channel, Mode};
use crate::profile::Profile;
use crate::say;
use crate::storage::{Entry, Origin, Ratings};

/// The ready-made profile that a person starts with.
const START: &str = "built-in/gentle-start";

/// The profile to start with, until any was played.
pub(super) fn start_here<'a>(entries: &'a [Entry<Profile>], ratings: &Ratings) -> Option<&'a str> {
    let played = entries.iter().any(|entry| ratings.of(&entry.id).times_played > 0);
    let start = entries.iter().find(|entry| entry.id == START && matches!(entry.origin, Origin::BuiltIn(_)));
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

/// Where the shown profiles come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Source {
    /// Anywhere.
    #[default]
    All,
    /// Those that the massager can play whole.
    Fits,
    /// The person's own files.
    Own,
    /// Those that come with Svang, and the massager's programs.
    BuiltIn,
}

/// The order of the shown profiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Order {
    /// What was played last comes first.
    #[default]
    LastUsed,
    /// By name.
    Name,
    /// The shortest first.
    Length,
    /// The most stars first.
    Stars,
}

impl Order {
    pub(super) fn next(self) -> Self {
        match self {
            Self::LastUsed => Self::Name,
            Self::Name => Self::Length,
            Self::Length => Self::Stars,
            Self::Stars => Self::LastUsed,
        }
    }

    pub(super) fn words(self, w: &Words) -> String {
        match self {
            Self::LastUsed => say!(w, "profiles-by-last-used"),
            Self::Name => say!(w, "profiles-by-name"),
            Self::Length => say!(w, "profiles-by-length"),
            Self::Stars => say!(w, "profiles-by-stars"),
        }
    }
}

/// What the person wants to see.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Selection {
    pub(super) search: String,
    pub(super) source: Source,
    pub(super) modes: Vec<Mode>,
    pub(super) order: Order,
}

impl Selection {
    pub(super) fn toggle(&mut self, mode: Mode) {
        if self.modes.contains(&mode) {
            self.modes.retain(|chosen| *chosen != mode);
        } else {
            self.modes.push(mode);
        }
    }

    /// The shown entries, in their order. A broken file is among the person's own, and comes first: it asks for care.
    pub(super) fn of<'a>(
        &self,
        entries: &'a [Entry<Profile>],
        ratings: &Ratings,
        language: &str,
        massager: Option<&Connected>,
    ) -> Vec<&'a Entry<Profile>> {
        let mut shown: Vec<_> = entries.iter().filter(|entry| self.shows(entry, language, massager)).collect();
        let name = |entry: &Entry<Profile>| match &entry.content {
            Ok(profile) => profile.name.in_language(language).to_lowercase(),
            Err(_) => entry.id.clone(),
        };
        let broken = |entry: &Entry<Profile>| entry.content.is_ok();
        let start = start_here(entries, ratings);
        match self.order {
            Order::Name => shown.sort_by_cached_key(|entry| (broken(entry), name(entry))),
            Order::LastUsed => shown.sort_by_cached_key(|entry| {
                let built_in = matches!(entry.origin, Origin::BuiltIn(_));
                let start = start == Some(&entry.id);
                (broken(entry), !start, Reverse(ratings.of(&entry.id).last_played), built_in, name(entry))
            }),
            Order::Length => shown.sort_by_cached_key(|entry| {
                (broken(entry), entry.content.as_ref().map(|profile| profile.length).ok(), name(entry))
            }),
            Order::Stars => {
                shown.sort_by_cached_key(|entry| (broken(entry), Reverse(ratings.of(&entry.id).stars), name(entry)))
            }
        }
        shown
    }

    fn shows(&self, entry: &Entry<Profile>, language: &str, massager: Option<&Connected>) -> bool {
        let own = matches!(entry.origin, Origin::Own(_));
        let Ok(profile) = &entry.content else {
            return matches!(self.source, Source::All | Source::Own)
                && self.modes.is_empty()
                && entry.id.to_lowercase().contains(&self.search.trim().to_lowercase());
        };
        let from = match self.source {
            Source::All => true,
            Source::Own => own,
            Source::BuiltIn => !own,
            Source::Fits => fits(profile, massager),
        };
        let modes = profile.modes();
        from && self.modes.iter().all(|mode| modes.contains(mode)) && self.finds(profile, language)
    }

    /// Whether each word that is searched for stands in the name, the description or the author.
    fn finds(&self, profile: &Profile, language: &str) -> bool {
        let text = [
            profile.name.in_language(language),
            profile.description.in_language(language),
            profile.author.as_deref().unwrap_or_default(),
        ]
        .join(" ")
        .to_lowercase();
        self.search.to_lowercase().split_whitespace().all(|word| text.contains(word))
    }

    /// Whether a program of the massager is shown; nobody knows its modes.
    pub(super) fn shows_program(&self, name: &str) -> bool {
        matches!(self.source, Source::All | Source::BuiltIn | Source::Fits)
            && self.modes.is_empty()
            && self.search.to_lowercase().split_whitespace().all(|word| name.to_lowercase().contains(word))
    }
}

/// Whether a massager can play a profile whole. Without a massager, none does.
pub(super) fn fits(profile: &Profile, massager: Option<&Connected>) -> bool {
    massager.is_some_and(|massager| matches!(fit(profile, massager), Fit::Whole | Fit::ByHand))
}
