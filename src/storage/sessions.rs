//! The massages that were, and how the heel was after them: kept for a journal, on this computer alone.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Deserializer, Serialize, de};

use super::{Folders, Kept, Record};
use crate::fact::carried::carried;
use crate::facts;

/// All massages that were told of, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sessions {
    version: u32,
    sessions: Vec<Session>,
}

/// One massage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// When it ended by the clock on the wall, `YYYY-MM-DDTHH:MM:SS`.
    pub ended: String,
    /// The id of the profile; nothing where it was by hand, or one of the massager's own programs.
    pub profile: String,
    /// How long it lasted, in seconds; pauses are not counted.
    pub seconds: u32,
    /// Whether it reached the profile's end.
    pub finished: bool,
    /// The pain afterwards, 0 (none) to 10 (the worst), as the person said.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "pain")]
    pub pain: Option<u8>,
    /// How the heel was, against before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heel: Option<Heel>,
    /// The person's own words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// How the heel is after a massage, against before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Heel {
    /// Less sore.
    Better,
    /// As before.
    Same,
    /// More sore.
    Worse,
}

/// From this pain on nothing goes on, and the signs for a doctor are told.
pub const TOO_MUCH: u8 = 6;
/// The most pain there is.
pub const MOST_PAIN: u8 = 10;

facts! {
    /// What a session cannot hold.
    enum Unfit in "session-unfit" {
        Pain {
            given: u8,
            most: u8,
        },
    }
}

fn pain<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u8>, D::Error> {
    match Option::<u8>::deserialize(deserializer)? {
        Some(pain) if pain > MOST_PAIN => Err(de::Error::custom(carried(Unfit::Pain { given: pain, most: MOST_PAIN }))),
        pain => Ok(pain),
    }
}

impl Session {
    /// One that ended at a time of the local clock; nothing is known of the heel yet.
    pub fn new(ended: NaiveDateTime, profile: String, seconds: u32, finished: bool) -> Self {
        let ended = ended.format("%Y-%m-%dT%H:%M:%S").to_string();
        Self { ended, profile, seconds, finished, pain: None, heel: None, note: String::new() }
    }
}

impl Sessions {
    /// Reads the file.
    pub fn load(folders: &Folders) -> Kept<Self> {
        Kept::load(folders.data.join("sessions.ron"))
    }

    /// Keeps a massage; what was said of the same one before gives way.
    pub fn keep(&mut self, session: Session) {
        let same = |kept: &&mut Session| kept.ended == session.ended && kept.profile == session.profile;
        match self.sessions.iter_mut().rev().find(same) {
            Some(kept) => *kept = session,
            None => self.sessions.push(session),
        }
    }

    /// The worst pain that was told of on a day, if it was told that it is too much: [`TOO_MUCH`] or more. Then nothing
    /// that moves is played any more on this day.
    pub fn too_much_on(&self, day: NaiveDate) -> Option<u8> {
        let day = day.to_string();
        let today = self.sessions.iter().rev().take_while(|session| session.ended.starts_with(&day));
        today.filter_map(|session| session.pain).max().filter(|pain| *pain >= TOO_MUCH)
    }

    /// All of them, the oldest first.
    pub fn all(&self) -> &[Session] {
        &self.sessions
    }
}

impl Default for Sessions {
    fn default() -> Self {
        Self { version: 1, sessions: Vec::new() }
    }
}

impl Record for Sessions {
    const VERSION: u32 = 1;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(ended: &str) -> Session {
        Session::new(ended.parse().unwrap(), "heel".to_owned(), 150, false)
    }

    #[test]
    fn what_is_said_of_a_massage_later_is_said_of_the_same_one() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::under(folder.path());
        let [mut one, mut other] = [(); 2].map(|()| Sessions::load(&folders));
        one.change(|sessions| sessions.keep(session("2026-11-26T07:12:00"))).run().unwrap();
        other.change(|sessions| sessions.keep(session("2026-11-26T19:00:01"))).run().unwrap();
        let told = || Session {
            pain: Some(3),
            heel: Some(Heel::Better),
            note: "Warm.".to_owned(),
            ..session("2026-11-26T07:12:00")
        };
        one.change(move |sessions| sessions.keep(told())).run().unwrap();
        let read = Sessions::load(&folders);
        assert_eq!(read.value().all(), [told(), session("2026-11-26T19:00:01")], "of both Svangs, each once");
    }

    #[test]
    fn a_day_is_over_when_it_hurt_too_much_until_that_is_taken_back() {
        let mut sessions = Sessions::default();
        let told = |ended: &str, pain| Session { pain: Some(pain), ..session(ended) };
        let day = |day: &str| day.parse::<NaiveDate>().unwrap();
        sessions.keep(told("2026-11-25T19:00:00", 8));
        sessions.keep(told("2026-11-26T07:12:00", 6));
        sessions.keep(told("2026-11-26T07:40:00", 2));
        assert_eq!(sessions.too_much_on(day("2026-11-26")), Some(6));
        assert_eq!(sessions.too_much_on(day("2026-11-27")), None);
        sessions.keep(told("2026-11-26T07:12:00", 5));
        assert_eq!(sessions.too_much_on(day("2026-11-26")), None);
    }

    #[test]
    fn a_pain_that_is_none_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::under(folder.path());
        std::fs::create_dir_all(&folders.data).unwrap();
        let file = "(version: 1, sessions: [(ended: \"2026-11-26T07:12:00\", profile: \"heel\", seconds: 1, finished: \
                    true, pain: Some(11))])";
        std::fs::write(folders.data.join("sessions.ron"), file).unwrap();
        let told = crate::i18n::Words::english().fact(Sessions::load(&folders).trouble().unwrap());
        assert!(told.contains("pain is 11: write a number from 0 to 10"), "{told}");
    }
}
