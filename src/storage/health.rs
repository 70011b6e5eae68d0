//! The person's answers to the questions before the first massage.
//!
//! They stay in a file of their own that nobody but the person may read, and are in no export, log or trace.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Folders, Kept, Record};
use crate::care::health::{Answer, Health, Part};

/// The answers, in their file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "v1::Answers", into = "v1::Answers")]
pub struct HealthAnswers(pub Health);

impl HealthAnswers {
    /// Reads the file.
    pub fn load(folders: &Folders) -> Kept<Self> {
        Kept::load(folders.state.join("health.ron"))
    }
}

impl Record for HealthAnswers {
    const VERSION: u32 = 1;
}

/// The file, version 1: days as `YYYY-MM-DD`.
mod v1 {
    use super::{Answer, BTreeMap, BTreeSet, Deserialize, Health, HealthAnswers, NaiveDate, Part, Serialize};

    #[derive(Clone, Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(super) struct Answers {
        version: u32,
        #[serde(default)]
        answers: BTreeSet<Answer>,
        #[serde(default)]
        clot_is_over: bool,
        #[serde(default)]
        given: Option<String>,
        #[serde(default)]
        doctor: BTreeMap<Part, String>,
        #[serde(default)]
        red_flag: bool,
        #[serde(default)]
        no_red_flag: Option<String>,
    }

    impl From<HealthAnswers> for Answers {
        fn from(HealthAnswers(health): HealthAnswers) -> Self {
            Self {
                version: 1,
                answers: health.answers,
                clot_is_over: health.clot_is_over,
                given: health.given.map(|day| day.to_string()),
                doctor: health.doctor.into_iter().map(|(part, day)| (part, day.to_string())).collect(),
                red_flag: health.red_flag,
                no_red_flag: health.no_red_flag.map(|day| day.to_string()),
            }
        }
    }

    impl TryFrom<Answers> for HealthAnswers {
        type Error = String;

        fn try_from(file: Answers) -> Result<Self, String> {
            let day =
                |text: String| text.parse::<NaiveDate>().map_err(|_| format!("“{text}” is no day: write YYYY-MM-DD"));
            let doctor = file.doctor.into_iter().map(|(part, text)| Ok((part, day(text)?)));
            Ok(Self(Health {
                answers: file.answers,
                clot_is_over: file.clot_is_over,
                given: file.given.map(day).transpose()?,
                doctor: doctor.collect::<Result<_, String>>()?,
                red_flag: file.red_flag,
                no_red_flag: file.no_red_flag.map(day).transpose()?,
            }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mode::Mode;

    #[test]
    fn answers_are_read_as_they_were_given_and_are_for_the_person_alone() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::under(folder.path());
        let day: NaiveDate = "2026-11-26".parse().unwrap();
        let mut health = Health::default();
        health.answer([Answer::Pregnant, Answer::Clot].into(), true, day);
        health.answer_red_flags(false, day);
        health.doctor.insert(Part::Mode(Mode::Roller), day);
        health.doctor.insert(Part::ByHand, day);
        let given = health.clone();
        HealthAnswers::load(&folders).change(move |kept| kept.0 = given.clone()).run().unwrap();
        let read = HealthAnswers::load(&folders);
        assert!(read.trouble().is_none(), "{:?}", read.trouble());
        assert_eq!(read.value().0, health);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(folders.state.join("health.ron")).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }
}
