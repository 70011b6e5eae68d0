//! What the person thinks of each profile. It lives outside the profile's file, which may be shared.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, de};

use super::{Folders, Kept, Record, Shelf};
use crate::editor::recovery::fingerprint;
use crate::fact::carried::carried;
use crate::facts;
use crate::profile::Profile;

/// What the person thinks of each profile, by the profile's id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ratings {
    version: u32,
    profiles: BTreeMap<String, Rating>,
    /// The id of the profile that was played last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    latest: Option<String>,
    /// Ratings of profiles that are away, with the ids that they had: deleted, renamed, or on a disk that is not there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    away: Vec<(String, Rating)>,
}

/// What tells a profile from another one that is given its file's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// Its English name.
    name: String,
    /// What it holds.
    fingerprint: u64,
}

impl Mark {
    /// The mark of a profile.
    pub fn of(profile: &Profile) -> Self {
        Self { name: profile.name.in_language("en").to_owned(), fingerprint: fingerprint(&profile.write()) }
    }

    /// Whether this is the same profile, perhaps edited since.
    fn is_same(&self, other: &Self) -> bool {
        self.fingerprint == other.fingerprint || self.name == other.name
    }
}

/// The person's own profiles as they are on disk; nothing for a file that cannot be read.
pub type Marks = BTreeMap<String, Option<Mark>>;

/// The marks of the person's own profiles. It takes some microseconds for each: not for the window's thread.
pub fn marks(shelf: &Shelf<Profile>) -> Marks {
    let own = shelf.entries().iter().filter(|entry| entry.path().is_some());
    let mark = |profile: &Arc<Profile>| Mark::of(profile);
    own.map(|entry| (entry.id.clone(), entry.content.as_ref().ok().map(mark))).collect()
}

/// What the person thinks of one profile.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rating {
    /// 1 to 5 stars; 0 is none given.
    #[serde(deserialize_with = "stars")]
    pub stars: u8,
    /// The person's own words.
    pub note: String,
    /// The local date, `YYYY-MM-DD`, when it was played last.
    pub last_played: Option<String>,
    /// How often it was played.
    pub times_played: u32,
    /// Which profile that is, where it is one of the person's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
}

/// The most stars that there are.
const MOST_STARS: u8 = 5;

facts! {
    /// What a rating cannot hold.
    enum Unfit in "rating-unfit" {
        Stars {
            given: u8,
            most: u8,
        },
    }
}

fn stars<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
    match u8::deserialize(deserializer)? {
        stars @ 0..=MOST_STARS => Ok(stars),
        stars => Err(de::Error::custom(carried(Unfit::Stars { given: stars, most: MOST_STARS }))),
    }
}

impl Ratings {
    /// Reads the file.
    pub fn load(folders: &Folders) -> Kept<Self> {
        Kept::load(folders.data.join("ratings.ron"))
    }

    /// The rating of a profile; the default where none was given.
    pub fn of(&self, id: &str) -> Rating {
        self.profiles.get(id).cloned().unwrap_or_default()
    }

    /// The id of the profile that was played last.
    pub fn latest(&self) -> Option<&str> {
        self.latest.as_deref()
    }

    /// Gives 1 to 5 stars, or takes them away with 0; more is 5.
    pub fn set_stars(&mut self, id: &str, stars: u8) {
        self.entry(id).stars = stars.min(MOST_STARS);
    }

    /// Notes the person's words.
    pub fn set_note(&mut self, id: &str, note: impl Into<String>) {
        self.entry(id).note = note.into();
    }

    /// Counts a play.
    pub fn played(&mut self, id: &str, day: NaiveDate) {
        self.latest = Some(id.to_owned());
        let rating = self.entry(id);
        rating.last_played = Some(day.to_string());
        rating.times_played = rating.times_played.saturating_add(1);
    }

    /// Follows the profiles to where their files are now. A rating whose profile is gone, or whose file's name another
    /// profile has taken, is put away; one whose profile is there again, under whatever name, comes back. Says whether
    /// anything changed.
    pub fn follow(&mut self, marks: &Marks) -> bool {
        let before = self.clone();
        for id in before.profiles.keys().filter(|id| !id.starts_with("built-in/")) {
            let Some(rating) = self.profiles.get_mut(id) else { continue };
            match (marks.get(id), &rating.mark) {
                // It cannot be read: nobody knows.
                (Some(None), _) | (None, None) => {}
                (Some(Some(now)), known) if known.as_ref().is_none_or(|known| known.is_same(now)) => {
                    rating.mark = Some(now.clone());
                }
                (Some(Some(_)) | None, _) => self.away.extend(self.profiles.remove_entry(id)),
            }
        }
        for (id, now) in marks.iter().filter_map(|(id, now)| Some((id, now.as_ref()?))) {
            if self.profiles.contains_key(id) {
                continue;
            }
            let is_it = |(_, away): &(String, Rating)| {
                away.mark.as_ref().is_some_and(|mark| mark.fingerprint == now.fingerprint)
            };
            let Some(place) = self.away.iter().position(is_it) else { continue };
            let (had, rating) = self.away.swap_remove(place);
            if self.latest.as_ref() == Some(&had) {
                self.latest = Some(id.clone());
            }
            self.profiles.insert(id.clone(), rating);
        }
        *self != before
    }

    fn entry(&mut self, id: &str) -> &mut Rating {
        self.profiles.entry(id.to_owned()).or_default()
    }
}

impl Default for Ratings {
    fn default() -> Self {
        Self { version: 1, profiles: BTreeMap::new(), latest: None, away: Vec::new() }
    }
}

impl Record for Ratings {
    const VERSION: u32 = 1;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rating_is_kept_beside_the_profiles() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::under(folder.path());
        Ratings::load(&folders)
            .change(|ratings| {
                ratings.set_stars("built-in/morning", 9);
                ratings.set_note("built-in/morning", "Good before “work”.\nShorter on Fridays.");
                ratings.played("built-in/morning", "2026-11-22".parse().unwrap());
            })
            .run()
            .unwrap();
        let rating = Ratings::load(&folders).value().of("built-in/morning");
        assert_eq!((rating.stars, rating.times_played), (5, 1));
        assert_eq!(rating.note, "Good before “work”.\nShorter on Fridays.");
        assert_eq!(rating.last_played.as_deref(), Some("2026-11-22"));
        assert_eq!(Ratings::load(&folders).value().of("other"), Rating::default());
    }

    #[test]
    fn what_no_svang_writes_is_told_and_what_is_most_stays_so() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::under(folder.path());
        std::fs::create_dir_all(&folders.data).unwrap();
        let path = folders.data.join("ratings.ron");
        std::fs::write(&path, "(version: 1, profiles: {\"heel\": (stars: 255)})").unwrap();
        let told = crate::i18n::Words::english().fact(Ratings::load(&folders).trouble().unwrap());
        assert!(told.contains("stars is 255: write a number from 0 to 5"), "{told}");
        std::fs::write(&path, "(version: 1, profiles: {\"heel\": (stars: 5, times_played: 4294967295)})").unwrap();
        let mut ratings = Ratings::load(&folders);
        ratings.change(|ratings| ratings.played("heel", "2026-11-22".parse().unwrap())).run().unwrap();
        assert_eq!(Ratings::load(&folders).value().of("heel").times_played, u32::MAX);
    }

    #[test]
    fn stars_and_notes_follow_the_profile_and_not_its_files_name() {
        let profile = |name: &str, percent: u8| {
            let text = format!(
                "Profile(version: 1, name: \"{name}\", length: \"1:00\", tracks: {{Heat: [Straight(\"0:00\", {percent})]}})"
            );
            Some(Mark::of(&Profile::read(&text).unwrap()))
        };
        let marks = |files: &[(&str, &Option<Mark>)]| -> Marks {
            files.iter().map(|(id, mark)| ((*id).to_owned(), (*mark).clone())).collect()
        };
        let (mine, edited, other) = (profile("Heel", 20), profile("Heel", 30), profile("Somebody else's", 40));
        let mut ratings = Ratings::default();
        ratings.set_note("heel", "private words");
        ratings.played("heel", "2026-11-22".parse().unwrap());
        assert!(ratings.follow(&marks(&[("heel", &mine)])), "it is known from now on");
        assert!(!ratings.follow(&marks(&[("heel", &mine)])));
        // Edited, also elsewhere: it stays.
        ratings.follow(&marks(&[("heel", &edited)]));
        assert_eq!(ratings.of("heel").note, "private words");
        // Not readable for a while: it stays.
        ratings.follow(&marks(&[("heel", &None)]));
        assert_eq!(ratings.of("heel").note, "private words");
        // Renamed in the file manager: it follows, and so does what was played last.
        ratings.follow(&marks(&[("Hæl 2", &edited)]));
        assert_eq!((ratings.of("Hæl 2").note.as_str(), ratings.of("heel").note.as_str()), ("private words", ""));
        assert_eq!(ratings.latest(), Some("Hæl 2"));
        // Deleted, and its name taken by another: nothing of it is shown there.
        ratings.follow(&marks(&[]));
        ratings.follow(&marks(&[("Hæl 2", &other)]));
        assert_eq!(ratings.of("Hæl 2"), Rating::default());
        // Brought back under another name: it is there again.
        ratings.follow(&marks(&[("Hæl 2", &other), ("heel", &edited)]));
        assert_eq!(ratings.of("heel").times_played, 1);
        let written = ron::to_string(&ratings).unwrap();
        assert_eq!(ron::from_str::<Ratings>(&written).unwrap(), ratings);
    }

    #[test]
    fn what_two_svangs_say_of_two_profiles_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::under(folder.path());
        let [mut one, mut other] = [(); 2].map(|()| Ratings::load(&folders));
        one.change(|ratings| ratings.set_stars("heel", 4)).run().unwrap();
        other.change(|ratings| ratings.set_note("arch", "Softly.")).run().unwrap();
        one.change(|ratings| ratings.played("heel", "2026-11-22".parse().unwrap())).run().unwrap();
        let read = Ratings::load(&folders);
        assert_eq!((read.value().of("heel").stars, read.value().of("heel").times_played), (4, 1));
        assert_eq!(read.value().of("arch").note, "Softly.");
    }
}
