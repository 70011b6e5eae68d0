//! Typed facts into words: the languages of the window and the command line.
//!
//! Belongs here: reading `assets/i18n`, choosing a language, and what languages write differently: one and many, decimals,
//! lists, dates. No sentence stands here; each is a message in a folder of `assets/i18n`, and how to add a language is in
//! the README there.
//!
//! A phrase of the window is said by its key with [`say!`](crate::say); what a lower layer knows is a
//! [`Fact`] and is said with [`Words::fact`]. `tests/languages.rs` holds sources and languages to each other.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock};

use chrono::{Datelike, NaiveDate, Timelike};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use include_dir::{Dir, include_dir};
use unic_langid::LanguageIdentifier;

use crate::fact::{Fact, Phrase, Value};
use crate::intensity::Intensity;
use crate::mode::{Channel, Foot, Mode};
use crate::text::cut;

/// The files, a folder a language.
static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets/i18n");

/// The language of whatever another one lacks.
pub const FALLBACK: &str = "en";

/// The longest text that a message names, in letters: a file may hold anything.
const LONGEST: usize = 300;

/// The languages there are.
#[derive(Clone)]
pub struct Languages(Vec<Words>);

impl Languages {
    /// The languages that come with Svang, in the order of their codes.
    pub fn built_in() -> Self {
        let mut all = Self(Vec::new());
        for folder in FILES.dirs() {
            let code = folder.path().to_string_lossy();
            let files = folder.files().filter(|file| file.path().extension().is_some_and(|ending| ending == "ftl"));
            all.take(&code, files.filter_map(|file| file.contents_utf8()).map(Cow::Borrowed).collect());
        }
        all.0.sort_by(|one, other| one.code().cmp(other.code()));
        all
    }

    /// Adds a language, given its messages.
    pub fn add<'a>(&mut self, code: &str, files: impl IntoIterator<Item = &'a str>) {
        self.take(code, files.into_iter().map(|text| Cow::Owned(text.to_owned())).collect());
    }

    fn take(&mut self, code: &str, files: Vec<Cow<'static, str>>) {
        let Ok(language) = code.parse::<LanguageIdentifier>() else {
            tracing::error!(code, "not the code of a language");
            return;
        };
        let inner =
            Inner { language, files, bundle: OnceLock::new(), code: code.to_owned(), fallback: self.fallback() };
        self.0.push(Words(Arc::new(inner)));
    }

    fn fallback(&self) -> Option<Words> {
        self.0.iter().find(|words| words.code() == FALLBACK).cloned()
    }

    /// Each language.
    pub fn all(&self) -> impl Iterator<Item = &Words> {
        self.0.iter()
    }

    /// The language of a code or a system's name for it, such as `da_DK.UTF-8`; without one that is there, English.
    pub fn of(&self, code: &str) -> Words {
        let short = code.split(['-', '_', '.', '@']).next().unwrap_or_default().to_ascii_lowercase();
        let whole = self.0.iter().find(|words| words.code().eq_ignore_ascii_case(code));
        let found = whole.or_else(|| self.0.iter().find(|words| words.code() == short)).cloned();
        found.or_else(|| self.fallback()).unwrap_or_else(Words::none)
    }

    /// English.
    pub fn english(&self) -> Words {
        self.of(FALLBACK)
    }
}

impl fmt::Debug for Languages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(Words::code)).finish()
    }
}

/// One language. Cheap to clone.
#[derive(Clone)]
pub struct Words(Arc<Inner>);

struct Inner {
    code: String,
    language: LanguageIdentifier,
    files: Vec<Cow<'static, str>>,
    /// Made of the files when something is first said: most languages are never spoken.
    bundle: OnceLock<FluentBundle<FluentResource>>,
    /// Says what is missing here.
    fallback: Option<Words>,
}

impl Inner {
    fn bundle(&self) -> &FluentBundle<FluentResource> {
        self.bundle.get_or_init(|| {
            let mut bundle = FluentBundle::new_concurrent(vec![self.language.clone()]);
            // Marks around each argument for scripts of mixed directions: our letters lack them, and names are made plain.
            bundle.set_use_isolating(false);
            for text in &self.files {
                let resource =
                    FluentResource::try_new(text.as_ref().to_owned()).unwrap_or_else(|(resource, faults)| {
                        tracing::error!(code = self.code, ?faults, "messages");
                        resource
                    });
                bundle.add_resource_overriding(resource);
            }
            bundle
        })
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Words({})", self.code())
    }
}

impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Words {
    fn none() -> Self {
        let (language, files) = (LanguageIdentifier::default(), Vec::new());
        let code = FALLBACK.to_owned();
        Self(Arc::new(Inner { code, language, files, bundle: OnceLock::new(), fallback: None }))
    }

    /// English as it comes with Svang.
    pub fn english() -> Self {
        Languages::built_in().english()
    }

    /// The language's code, such as `da`: also that of texts in profiles.
    pub fn code(&self) -> &str {
        &self.0.code
    }

    /// The language's name in itself: `Dansk`.
    pub fn name(&self) -> String {
        crate::say!(self, "language-name")
    }

    /// A message with its arguments; [`say!`](crate::say) is shorter and checked. A message that is missing everywhere is
    /// its own key.
    pub fn message(&self, key: &str, arguments: &[(Cow<'static, str>, Value)]) -> String {
        let found = self.0.bundle().get_message(key).and_then(|message| message.value());
        let Some(pattern) = found else {
            return match &self.0.fallback {
                Some(fallback) => fallback.message(key, arguments),
                None => {
                    tracing::error!(key, "a message is missing");
                    key.to_owned()
                }
            };
        };
        let mut named = FluentArgs::with_capacity(arguments.len());
        for (name, value) in arguments {
            named.set(name.clone(), self.argument(value));
        }
        let mut faults = Vec::new();
        let said = self.0.bundle().format_pattern(pattern, Some(&named), &mut faults).into_owned();
        if !faults.is_empty() {
            tracing::error!(key, ?faults, "a message");
        }
        said
    }

    /// What a lower layer knows, in words.
    pub fn fact(&self, fact: &impl Fact) -> String {
        self.phrase(&fact.phrase())
    }

    fn phrase(&self, phrase: &Phrase) -> String {
        let said = self.message(&phrase.key(), &phrase.arguments);
        match phrase.most {
            Some(most) => cut(&said, most.into()),
            None => said,
        }
    }

    fn argument(&self, value: &Value) -> FluentValue<'static> {
        match value {
            Value::Number(number) => FluentValue::from(*number),
            other => FluentValue::from(self.value(other)),
        }
    }

    /// What a phrase names, in this language.
    pub fn value(&self, value: &Value) -> String {
        match value {
            Value::Text(text) => cut(text, LONGEST),
            Value::Number(number) => number.to_string(),
            Value::Decimal(number, digits) => self.decimal(*number, *digits),
            Value::Percent(intensity) => self.exact_percent(*intensity),
            Value::Time(time) => time.label(),
            Value::Mode(mode) => self.mode_inside(*mode),
            Value::Channel(channel) => self.channel_inside(*channel),
            Value::Heading(channel) => self.channel(*channel),
            Value::List(list) => self.list(list.iter().map(|value| self.value(value))),
            Value::Series(list) => {
                let all = list.iter().map(|value| self.value(value));
                all.reduce(|all, next| crate::say!(self, "list-series", all = all, next = next)).unwrap_or_default()
            }
            Value::Phrase(phrase) => self.phrase(phrase),
        }
    }

    /// `80 %`; a fraction of a percent is rounded.
    pub fn percent(&self, intensity: Intensity) -> String {
        crate::say!(self, "percent", number = i64::from((intensity.per_mille() + 5) / 10))
    }

    /// The same to a tenth, where there is one: `42.5 %`.
    pub fn exact_percent(&self, intensity: Intensity) -> String {
        let per_mille = i64::from(intensity.per_mille());
        match per_mille % 10 {
            0 => self.percent(intensity),
            _ => crate::say!(self, "percent-exact", number = self.decimal(per_mille, 1)),
        }
    }

    /// A number with some digits behind the language's sign: `decimal(125, 2)` is 1.25 in English and 1,25 in Danish.
    pub fn decimal(&self, scaled: i64, digits: u8) -> String {
        let base = 10_i64.pow(u32::from(digits.min(9)));
        if base == 1 {
            return scaled.to_string();
        }
        let sign = if scaled < 0 { "−" } else { "" };
        let (whole, part) = (scaled.abs() / base, scaled.abs() % base);
        format!("{sign}{whole}{}{part:0width$}", crate::say!(self, "decimal-sign"), width = usize::from(digits.min(9)))
    }

    /// Several things as the language joins them: `a, b and c`.
    pub fn list(&self, items: impl IntoIterator<Item = String>) -> String {
        let mut items: Vec<String> = items.into_iter().collect();
        let Some(last) = items.pop() else { return String::new() };
        let Some(mut all) =
            items.into_iter().reduce(|all, next| crate::say!(self, "list-comma", all = all, next = next))
        else {
            return last;
        };
        all = crate::say!(self, "list-end", all = all, last = last);
        all
    }

    /// The same for modes, inside a sentence: `roller, vibration and heat`.
    pub fn modes(&self, modes: &[Mode]) -> String {
        self.list(modes.iter().map(|mode| self.mode_inside(*mode)))
    }

    /// A mode's name where it stands alone: `Air pressure`.
    pub fn mode(&self, mode: Mode) -> String {
        match mode {
            Mode::Roller => crate::say!(self, "mode-roller"),
            Mode::Vibration => crate::say!(self, "mode-vibration"),
            Mode::AirPressure => crate::say!(self, "mode-air-pressure"),
            Mode::Heat => crate::say!(self, "mode-heat"),
        }
    }

    /// A mode's name inside a sentence: `air pressure`.
    pub fn mode_inside(&self, mode: Mode) -> String {
        self.mode(mode).to_lowercase()
    }

    /// A channel's name where it stands alone: `Air pressure, left`.
    pub fn channel(&self, channel: Channel) -> String {
        self.on_foot(self.mode(channel.mode), channel.foot)
    }

    /// A channel's name inside a sentence.
    pub fn channel_inside(&self, channel: Channel) -> String {
        self.on_foot(self.mode_inside(channel.mode), channel.foot)
    }

    fn on_foot(&self, mode: String, foot: Foot) -> String {
        match foot {
            Foot::Both => mode,
            Foot::Left => crate::say!(self, "channel-left", mode = mode),
            Foot::Right => crate::say!(self, "channel-right", mode = mode),
        }
    }

    /// A day with its month, such as `26 November`.
    pub fn day(&self, date: NaiveDate) -> String {
        let month = match date.month() {
            1 => crate::say!(self, "month-january"),
            2 => crate::say!(self, "month-february"),
            3 => crate::say!(self, "month-march"),
            4 => crate::say!(self, "month-april"),
            5 => crate::say!(self, "month-may"),
            6 => crate::say!(self, "month-june"),
            7 => crate::say!(self, "month-july"),
            8 => crate::say!(self, "month-august"),
            9 => crate::say!(self, "month-september"),
            10 => crate::say!(self, "month-october"),
            11 => crate::say!(self, "month-november"),
            _ => crate::say!(self, "month-december"),
        };
        crate::say!(self, "day", day = date.day(), month = month)
    }

    /// A time of the day: `14:39` in English, `kl. 14.39` in a Danish sentence that says `kl.` itself.
    pub fn clock(&self, time: chrono::NaiveTime) -> String {
        crate::say!(self, "clock", hour = time.hour(), minute = format!("{:02}", time.minute()))
    }

    /// A day with its month and year.
    pub fn date(&self, date: NaiveDate) -> String {
        crate::say!(self, "date", day = self.day(date), year = date.year().to_string())
    }
}

/// Says a message of `assets/i18n` by its key, in a language: `say!(words, "profiles-left", minutes = 4)`.
///
/// A test holds keys and arguments to the files, so a key is always written out.
#[macro_export]
macro_rules! say {
    ($words:expr, $key:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $words.message($key, &[$((stringify!($name).into(), $crate::fact::Value::from($value))),*])
    };
}

/// A key that is kept to be said later, without arguments; the test of the languages finds it by this.
#[macro_export]
macro_rules! key {
    ($key:literal) => {
        $key
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_lists_and_dates_are_written_as_the_language_does() {
        let languages = Languages::built_in();
        let (english, danish) = (languages.of("en_GB.UTF-8"), languages.of("da_DK"));
        assert_eq!((english.decimal(125, 2), danish.decimal(125, 2)), ("1.25".into(), "1,25".into()));
        assert_eq!(danish.decimal(-5, 1), "−0,5");
        assert_eq!(english.modes(&Mode::ALL), "roller, vibration, air pressure and heat");
        assert_eq!(danish.modes(&Mode::ALL[..3]), "rulle, vibration og lufttryk");
        assert_eq!(english.modes(&Mode::ALL[3..]), "heat");
        assert_eq!(english.value(&Value::Series(vec!["a".into(), "b".into(), "c".into()])), "a; b; c");
        assert_eq!(english.value(&Value::Series(Vec::new())), "");
        let day = NaiveDate::from_ymd_opt(2026, 3, 5).unwrap();
        assert_eq!((english.date(day), danish.date(day)), ("5 March 2026".into(), "5. marts 2026".into()));
        assert_eq!(danish.percent(Intensity::from_percent(80)), "80 %");
    }

    #[test]
    fn a_language_that_is_not_there_is_english() {
        let languages = Languages::built_in();
        assert_eq!(languages.of("xx").code(), FALLBACK);
        assert_eq!(languages.of("").code(), FALLBACK);
        assert_eq!(languages.of("DA").code(), "da");
    }

    #[test]
    fn a_phrase_is_cut_in_the_language_in_which_it_is_said() {
        let mut languages = Languages::built_in();
        languages.add("eo", ["waits-busy = 123456789"]);
        let phrase = || crate::massager::Waits::Busy.phrase();
        let words = languages.of("eo");
        assert_eq!(words.fact(&phrase().within(9)), "123456789");
        assert_eq!(words.fact(&phrase().within(8)), "1234567…");
        assert_eq!(words.value(&Value::from(phrase().within(4))), "123…", "inside another, too");
    }

    #[test]
    fn what_one_language_lacks_another_says() {
        let mut languages = Languages::built_in();
        languages.add("eo", ["mode-heat = Varmo"]);
        let words = languages.of("eo");
        assert_eq!((words.mode(Mode::Heat), words.mode(Mode::Roller)), ("Varmo".into(), "Roller".into()));
    }
}
