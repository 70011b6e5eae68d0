//! What the person set once and for all.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Folders, Kept, Record};
use crate::care::Limits;
use crate::intensity::Intensity;
use crate::mode::Mode;

/// The person's settings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "v1::Settings", into = "v1::Settings")]
pub struct Settings {
    /// How long, how strong, how fast.
    pub limits: Limits,
    /// Overall strength, 10 to 100 %.
    pub strength: Intensity,
    /// The most that each mode may reach; a mode that is missing may reach all.
    pub ceilings: BTreeMap<Mode, Intensity>,
    /// Light or dark.
    pub theme: Theme,
    /// The language of the window.
    pub language: Language,
    /// The window's width and height, in logical pixels, when last closed.
    pub window: Option<(u32, u32)>,
    /// The Bluetooth adapter; without one, the system's first.
    pub adapter: Option<String>,
    /// Whether two tones tell when the time of what is done by hand is over.
    pub chimes: bool,
    /// Whether letters and signs alone are shortcuts while a massage runs.
    pub letters: bool,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// The language of the window.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Language {
    /// As the system says.
    #[default]
    System,
    /// English.
    English,
    /// Danish.
    Danish,
    /// Another one, by its code, such as `sv`.
    Other(String),
}

impl Language {
    /// The language of a code.
    pub fn of(code: &str) -> Self {
        match code {
            "en" => Self::English,
            "da" => Self::Danish,
            other => Self::Other(other.to_owned()),
        }
    }

    /// Its code; `None`: as the system says.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::System => None,
            Self::English => Some("en"),
            Self::Danish => Some("da"),
            Self::Other(code) => Some(code),
        }
    }
}

impl Settings {
    /// Overall strength until the person chooses another: gentle.
    pub const FIRST_STRENGTH: Intensity = Intensity::from_percent(40);

    /// Reads the settings file.
    pub fn load(folders: &Folders) -> Kept<Self> {
        Kept::load(folders.config.join("settings.ron"))
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            strength: Settings::FIRST_STRENGTH,
            ceilings: BTreeMap::new(),
            theme: Theme::default(),
            language: Language::default(),
            window: None,
            adapter: None,
            chimes: true,
            letters: true,
        }
    }
}

impl Record for Settings {
    const VERSION: u32 = 1;
}

/// The file, version 1: times as `"m:ss"`, intensities in percent. What is left out has its default.
mod v1 {
    use super::{BTreeMap, Deserialize, Duration, Intensity, Language, Mode, Serialize, Theme};
    use crate::fact::carried::carried;
    use crate::facts;
    use crate::time::Time;

    /// The width and the height that a window may have, in logical pixels.
    const WINDOW: std::ops::RangeInclusive<u32> = 200..=16_384;

    #[derive(Clone, Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(super) struct Settings {
        pub version: u32,
        #[serde(default)]
        pub limits: Limits,
        #[serde(default = "first_strength")]
        pub strength: Intensity,
        #[serde(default)]
        pub ceilings: BTreeMap<Mode, Intensity>,
        #[serde(default)]
        pub theme: Theme,
        #[serde(default)]
        pub language: Language,
        #[serde(default)]
        pub window: Option<(u32, u32)>,
        #[serde(default)]
        pub adapter: Option<String>,
        #[serde(default = "yes")]
        pub chimes: bool,
        #[serde(default = "yes")]
        pub letters: bool,
    }

    #[derive(Clone, Serialize, Deserialize)]
    #[serde(deny_unknown_fields, default)]
    pub(super) struct Limits {
        pub session: Time,
        pub day: Time,
        pub rise_per_second: Intensity,
        pub soft_start: Time,
    }

    fn yes() -> bool {
        true
    }

    fn first_strength() -> Intensity {
        super::Settings::FIRST_STRENGTH
    }

    impl Default for Limits {
        fn default() -> Self {
            super::Limits::default().into()
        }
    }

    impl From<super::Limits> for Limits {
        fn from(limits: super::Limits) -> Self {
            Self {
                session: limits.session.into(),
                day: limits.day.into(),
                rise_per_second: limits.rise_per_second,
                soft_start: limits.soft_start.into(),
            }
        }
    }

    impl From<super::Settings> for Settings {
        fn from(settings: super::Settings) -> Self {
            Self {
                version: 1,
                limits: settings.limits.into(),
                strength: settings.strength,
                ceilings: settings.ceilings,
                theme: settings.theme,
                language: settings.language,
                window: settings.window,
                adapter: settings.adapter,
                chimes: settings.chimes,
                letters: settings.letters,
            }
        }
    }

    facts! {
        /// What settings cannot be.
        enum Unfit in "settings-unfit" {
            Session(given: String),
            Rise,
            SoftStart(given: String),
            Strength(given: String),
        }
    }

    impl TryFrom<Settings> for super::Settings {
        type Error = String;

        fn try_from(file: Settings) -> Result<Self, String> {
            let limits = super::Limits {
                session: file.limits.session.as_duration(),
                day: file.limits.day.as_duration(),
                rise_per_second: file.limits.rise_per_second,
                soft_start: file.limits.soft_start.as_duration(),
            };
            if limits.session < Duration::from_secs(60) {
                return Err(carried(Unfit::Session(file.limits.session.to_string())));
            }
            // An older Svang allowed more.
            let limits = super::Limits {
                session: limits.session.min(super::Limits::LONGEST_SESSION),
                day: limits.day.min(super::Limits::LONGEST_DAY),
                ..limits
            };
            if limits.rise_per_second.is_zero() {
                return Err(carried(Unfit::Rise));
            }
            if limits.soft_start > Duration::from_secs(60) {
                return Err(carried(Unfit::SoftStart(file.limits.soft_start.to_string())));
            }
            if file.strength < super::Limits::LEAST_STRENGTH {
                return Err(carried(Unfit::Strength(file.strength.to_string())));
            }
            Ok(Self {
                limits,
                strength: file.strength,
                ceilings: file.ceilings,
                theme: file.theme,
                language: file.language,
                // A size that no screen has is forgotten: a window of it would take the whole memory.
                window: file.window.filter(|(width, height)| WINDOW.contains(width) && WINDOW.contains(height)),
                adapter: file.adapter,
                chimes: file.chimes,
                letters: file.letters,
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn settings_are_read_as_they_were_written() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::under(folder.path());
        let wanted = Settings {
            limits: Limits { session: Duration::from_secs(20 * 60), ..Limits::default() },
            strength: Intensity::from_percent(70),
            ceilings: BTreeMap::from([(Mode::Heat, Intensity::from_per_mille(333))]),
            theme: Theme::Dark,
            language: Language::Danish,
            window: Some((1280, 800)),
            adapter: Some("hci1".to_owned()),
            chimes: false,
            letters: false,
        };
        Settings::load(&folders)
            .change({
                let wanted = wanted.clone();
                move |settings| *settings = wanted.clone()
            })
            .run()
            .unwrap();
        let read = Settings::load(&folders);
        assert!(read.trouble().is_none());
        assert_eq!(read.value(), &wanted);
        let text = fs::read_to_string(folders.config.join("settings.ron")).unwrap();
        assert!(text.contains("session: \"20:00\""), "{text}");
    }

    #[test]
    fn what_is_left_out_has_its_default() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::under(folder.path());
        fs::create_dir_all(&folders.config).unwrap();
        fs::write(folders.config.join("settings.ron"), "(version: 1, limits: (day: \"20:00\"))").unwrap();
        let read = Settings::load(&folders);
        assert!(read.trouble().is_none(), "{:?}", read.trouble());
        let day = Duration::from_secs(20 * 60);
        assert_eq!(read.value(), &Settings { limits: Limits { day, ..Limits::default() }, ..Settings::default() });
    }

    #[test]
    fn a_window_of_a_size_that_no_screen_has_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::under(folder.path());
        fs::create_dir_all(&folders.config).unwrap();
        for (size, read) in [
            ("(1280, 800)", Some((1280, 800))),
            ("(200, 16384)", Some((200, 16_384))),
            ("(50000, 50000)", None),
            ("(1280, 16385)", None),
            ("(0, 0)", None),
        ] {
            let text = format!("(version: 1, theme: Dark, window: Some({size}))");
            fs::write(folders.config.join("settings.ron"), text).unwrap();
            let settings = Settings::load(&folders);
            assert_eq!((settings.value().window, settings.value().theme), (read, Theme::Dark), "{size}");
        }
    }

    #[test]
    fn two_svangs_change_different_settings_and_both_hold() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::under(folder.path());
        let [mut one, mut other] = [(); 2].map(|()| Settings::load(&folders));
        one.change(|settings| settings.strength = Intensity::from_percent(90)).run().unwrap();
        other.change(|settings| settings.limits.session = Duration::from_secs(600)).run().unwrap();
        for (kept, mode) in [(&mut one, Mode::Heat), (&mut other, Mode::Roller)] {
            let lower = move |settings: &mut Settings| settings.ceilings.extend([(mode, Intensity::from_percent(50))]);
            kept.change(lower).run().unwrap();
        }
        let read = Settings::load(&folders);
        let read = read.value();
        assert_eq!((read.strength, read.limits.session), (Intensity::from_percent(90), Duration::from_secs(600)));
        assert_eq!(read.ceilings.len(), 2);
    }

    #[test]
    fn a_limit_beyond_its_bounds_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::under(folder.path());
        fs::create_dir_all(&folders.config).unwrap();
        for (text, words) in [
            ("(version: 1, limits: (session: \"0:00\"))", "20:00"),
            ("(version: 1, limits: (rise_per_second: 0))", "rise_per_second"),
            ("(version: 1, strength: 5)", "10 to 100"),
            ("(version: 1, strength: 500)", "0 to 100"),
        ] {
            fs::write(folders.config.join("settings.ron"), text).unwrap();
            let read = Settings::load(&folders);
            let told = crate::i18n::Words::english().fact(read.trouble().unwrap());
            assert!(told.contains(words), "{told}");
            assert_eq!(read.value(), &Settings::default());
        }
    }
}
