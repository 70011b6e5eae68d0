//! What a lower layer knows and a person is to hear: a typed fact, never a sentence.
//!
//! Belongs here: [`facts!`](crate::facts), which makes an enum of facts, and [`Phrase`], the form in which a fact reaches
//! `crate::i18n`. The sentences stand in `assets/i18n`, one for each variant: `MassagerGone` of the group `engine` is the
//! message `engine-massager-gone`, and its fields are the message's arguments. A test holds both to each other.

use std::borrow::Cow;
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use uuid::Uuid;

use crate::intensity::Intensity;
use crate::mode::{Channel, Mode};
use crate::time::Time;

pub(crate) mod carried;

/// What can be said to a person.
pub trait Fact {
    /// The phrase to say it with, and what it names.
    fn phrase(&self) -> Phrase;
}

/// A message of `assets/i18n` with its arguments, not yet in any language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// The group, such as `engine`.
    pub group: Cow<'static, str>,
    /// The variant, such as `MassagerGone`.
    pub name: Cow<'static, str>,
    /// What the message names.
    pub arguments: Box<[(Cow<'static, str>, Value)]>,
    /// The most letters it has once it is said; what quotes a file may have any number.
    pub most: Option<u16>,
}

impl Phrase {
    /// The same, said in at most so many letters.
    pub fn within(self, most: u16) -> Self {
        Self { most: Some(most), ..self }
    }

    /// The message's key: `engine-massager-gone`.
    pub fn key(&self) -> String {
        let mut key = self.group.clone().into_owned();
        for letter in self.name.chars() {
            if letter.is_ascii_uppercase() {
                key.push('-');
            }
            key.push(letter.to_ascii_lowercase());
        }
        key
    }
}

/// For logs and developers: the key and the arguments.
impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.key())?;
        for (name, value) in &*self.arguments {
            write!(f, " {name}={value}")?;
        }
        Ok(())
    }
}

/// What a phrase names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Letters as they are: a name, a word of a file.
    Text(String),
    /// A whole number; decides between one and many.
    Number(i64),
    /// A number with so many digits behind the sign of the language: 1.25 is `Decimal(125, 2)`.
    Decimal(i64, u8),
    /// An intensity in percent.
    Percent(Intensity),
    /// A place in time, as `4:10`.
    Time(Time),
    /// A mode by its name, inside a sentence.
    Mode(Mode),
    /// A channel by its name, inside a sentence.
    Channel(Channel),
    /// A channel by its name, at the beginning.
    Heading(Channel),
    /// Several, joined as the language does.
    List(Vec<Value>),
    /// Several that are sentences or nearly so, with semicolons between.
    Series(Vec<Value>),
    /// Another phrase.
    Phrase(Phrase),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "{text:?}"),
            Self::Number(number) => number.fmt(f),
            Self::Decimal(number, digits) => write!(f, "{number}e-{digits}"),
            Self::Percent(intensity) => write!(f, "{:.0}%", intensity.percent()),
            Self::Time(time) => f.write_str(&time.label()),
            Self::Mode(mode) => write!(f, "{mode:?}"),
            Self::Channel(channel) | Self::Heading(channel) => channel.fmt(f),
            Self::List(list) | Self::Series(list) => {
                f.debug_list().entries(list.iter().map(ToString::to_string)).finish()
            }
            Self::Phrase(phrase) => write!(f, "({phrase})"),
        }
    }
}

/// A channel that begins a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heading(pub Channel);

/// Several facts that are sentences or nearly so, in one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series(Vec<Phrase>);

impl Series {
    /// Of these, in their order.
    pub fn of(facts: impl IntoIterator<Item = impl Into<Phrase>>) -> Self {
        Self(facts.into_iter().map(Into::into).collect())
    }
}

/// A number with so many digits behind its sign: 1.25 is `Decimal(125, 2)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal(pub i64, pub u8);

macro_rules! into_value {
    ($($of:ty: $how:expr;)*) => {
        $(impl From<$of> for Value {
            fn from(value: $of) -> Self {
                let how: fn($of) -> Self = $how;
                how(value)
            }
        })*
    };
}

into_value! {
    String: Self::Text;
    &String: |text| Self::Text(text.clone());
    &str: |text| Self::Text(text.to_owned());
    Cow<'_, str>: |text| Self::Text(text.into_owned());
    char: |letter| Self::Text(letter.to_string());
    PathBuf: |path| Self::Text(path.display().to_string());
    &Path: |path| Self::Text(path.display().to_string());
    u8: |number| Self::Number(number.into());
    u16: |number| Self::Number(number.into());
    u32: |number| Self::Number(number.into());
    u64: |number| Self::Number(i64::try_from(number).unwrap_or(i64::MAX));
    usize: |number| Self::Number(i64::try_from(number).unwrap_or(i64::MAX));
    i8: |number| Self::Number(number.into());
    i16: |number| Self::Number(number.into());
    i32: |number| Self::Number(number.into());
    i64: Self::Number;
    Intensity: Self::Percent;
    Time: Self::Time;
    Duration: |time| Self::Time(Time::from_millis(u32::try_from(time.as_millis()).unwrap_or(u32::MAX)));
    Mode: Self::Mode;
    Channel: Self::Channel;
    Series: |series| Self::Series(series.0.into_iter().map(Self::Phrase).collect());
    Decimal: |number| Self::Decimal(number.0, number.1);
    Heading: |heading| Self::Heading(heading.0);
    Phrase: Self::Phrase;
    Uuid: |id| Self::Text(id.to_string());
}

impl<V: Into<Self>> From<Vec<V>> for Value {
    fn from(list: Vec<V>) -> Self {
        Self::List(list.into_iter().map(Into::into).collect())
    }
}

/// An enum of facts. Each variant has named fields, or none, or parts of which the name is told in brackets; each is
/// something that [`Value`] can be made from, or another enum of facts.
///
/// ```
/// svang::facts! {
///     /// Why a massager cannot be used.
///     pub enum Why in "example" {
///         /// It is gone.
///         Gone,
///         /// It has too few levels.
///         TooFewLevels {
///             /// How many there are.
///             count: u16,
///         },
///     }
/// }
/// use svang::fact::Fact;
/// assert_eq!(Why::TooFewLevels { count: 1 }.phrase().key(), "example-too-few-levels");
/// ```
#[macro_export]
macro_rules! facts {
    (
        $(#[$of:meta])*
        $visible:vis enum $name:ident in $group:literal {
            $(
                $(#[$about:meta])*
                $variant:ident
                $({ $($(#[$what:meta])* $field:ident: $type:ty),* $(,)? })?
                $(($($part:ident: $part_type:ty),* $(,)?))?
            ),* $(,)?
        }
    ) => {
        $(#[$of])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        $visible enum $name {
            $(
                $(#[$about])*
                $variant $({ $($(#[$what])* $field: $type),* })? $(($($part_type),*))?
            ),*
        }

        impl $crate::fact::Fact for $name {
            fn phrase(&self) -> $crate::fact::Phrase {
                match self.clone() {
                    $(Self::$variant $({ $($field),* })? $(($($part),*))? => $crate::fact::Phrase {
                        group: $group.into(),
                        name: stringify!($variant).into(),
                        arguments: Box::new([
                            $($((stringify!($field).into(), $field.into())),*)?
                            $($((stringify!($part).into(), $part.into())),*)?
                        ]),
                        most: None,
                    }),*
                }
            }
        }

        impl From<$name> for $crate::fact::Value {
            fn from(fact: $name) -> Self {
                Self::Phrase($crate::fact::Fact::phrase(&fact))
            }
        }

        impl From<&$name> for $crate::fact::Value {
            fn from(fact: &$name) -> Self {
                Self::Phrase($crate::fact::Fact::phrase(fact))
            }
        }

        impl From<$name> for $crate::fact::Phrase {
            fn from(fact: $name) -> Self {
                $crate::fact::Fact::phrase(&fact)
            }
        }

        /// For logs: the key and the arguments.
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::fact::Fact::phrase(self).fmt(f)
            }
        }

        impl std::error::Error for $name {}
    };
}

impl Fact for Phrase {
    fn phrase(&self) -> Phrase {
        self.clone()
    }
}
