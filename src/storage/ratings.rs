//! What the person thinks of each profile. It lives outside the profile's file, which may be shared.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, de};

use super::{Folders, Kept, Record};

/// What the person thinks of each profile, by the profile's id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ratings {
    version: u32,
    profiles: BTreeMap<String, Rating>,
    /// The id of the profile that was played last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    latest: Option<String>,
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
}

/// The most stars that there are.
const MOST_STARS: u8 = 5;

fn stars<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
    match u8::deserialize(deserializer)? {
        stars @ 0..=MOST_STARS => Ok(stars),
        stars => Err(de::Error::custom(format!("stars is {stars}: write a number from 0 to {MOST_STARS}"))),
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

    fn entry(&mut self, id: &str) -> &mut Rating {
        self.profiles.entry(id.to_owned()).or_default()
    }
}

impl Default for Ratings {
    fn default() -> Self {
        Self { version: 1, profiles: BTreeMap::new(), latest: None }
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
        let told = Ratings::load(&folders).trouble().unwrap().to_string();
        assert!(told.contains("stars is 255: write a number from 0 to 5"), "{told}");
        std::fs::write(&path, "(version: 1, profiles: {\"heel\": (stars: 5, times_played: 4294967295)})").unwrap();
        let mut ratings = Ratings::load(&folders);
        ratings.change(|ratings| ratings.played("heel", "2026-11-22".parse().unwrap())).run().unwrap();
        assert_eq!(Ratings::load(&folders).value().of("heel").times_played, u32::MAX);
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
