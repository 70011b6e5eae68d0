//! A place on a profile's timeline.
//!
//! Belongs here: [`Time`], its text form and its arithmetic. Wall clocks do not: whoever needs "now" is handed it.

use std::fmt;
use std::ops::{Add, Sub};
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::fact::carried::carried;
use crate::facts;

/// A place on the timeline, in whole milliseconds from the profile's start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Time(u32);

impl Time {
    /// The start of the timeline.
    pub const ZERO: Self = Self(0);

    /// The longest profile that is read: four hours.
    pub const LONGEST: Self = Self(4 * 60 * 60 * 1000);

    /// A time from milliseconds.
    pub const fn from_millis(millis: u32) -> Self {
        Self(millis)
    }

    /// A time from whole seconds; saturates at the largest time.
    pub const fn from_secs(seconds: u32) -> Self {
        Self(seconds.saturating_mul(1000))
    }

    /// Milliseconds from the start.
    pub const fn as_millis(self) -> u32 {
        self.0
    }

    /// Seconds from the start, with fractions.
    pub fn as_secs_f32(self) -> f32 {
        self.0 as f32 / 1000.0
    }

    /// The distance to `earlier`, or nothing when `earlier` is later.
    pub const fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0) as u64)
    }

    /// The time from the start as a duration.
    pub const fn as_duration(self) -> Duration {
        Duration::from_millis(self.0 as u64)
    }

    /// `m:ss`, rounded down: for labels.
    pub fn label(self) -> String {
        let seconds = self.0 / 1000;
        format!("{}:{:02}", seconds / 60, seconds % 60)
    }
}

impl From<Duration> for Time {
    /// Whole milliseconds, rounded down; saturates.
    fn from(duration: Duration) -> Self {
        Self(u32::try_from(duration.as_millis()).unwrap_or(u32::MAX))
    }
}

impl Add<Duration> for Time {
    type Output = Self;

    fn add(self, by: Duration) -> Self {
        Self(self.0.saturating_add(Self::from(by).0))
    }
}

impl Sub<Duration> for Time {
    type Output = Self;

    fn sub(self, by: Duration) -> Self {
        Self(self.0.saturating_sub(Self::from(by).0))
    }
}

/// `m:ss`, or `m:ss.mmm` where there are milliseconds: the form of the profile files.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (minutes, seconds, millis) = (self.0 / 60_000, self.0 / 1000 % 60, self.0 % 1000);
        write!(f, "{minutes}:{seconds:02}")?;
        if millis > 0 { write!(f, ".{millis:03}") } else { Ok(()) }
    }
}

facts! {
    /// Why a text is no time.
    pub enum NotATime in "time" {
        /// It is not written as one.
        OtherwiseWritten(text: String),
    }
}

facts! {
    /// What belongs where a time belongs.
    enum Expected in "expected-time" {
        Time,
    }
}

impl FromStr for Time {
    type Err = NotATime;

    /// Reads `m:ss` and `m:ss.mmm`; seconds have two digits and stay below 60.
    fn from_str(text: &str) -> Result<Self, NotATime> {
        let wrong = || NotATime::OtherwiseWritten(text.chars().take(40).collect());
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()) && !part.is_empty();
        let (minutes, rest) = text.split_once(':').ok_or_else(wrong)?;
        let (seconds, millis) = match rest.split_once('.') {
            Some((seconds, millis)) if millis.len() == 3 && digits(millis) => (seconds, millis),
            Some(_) => return Err(wrong()),
            None => (rest, "0"),
        };
        if !digits(minutes) || !digits(seconds) || seconds.len() != 2 || minutes.len() > 4 {
            return Err(wrong());
        }
        let number = |part: &str| part.parse::<u32>().map_err(|_| wrong());
        let (minutes, seconds, millis) = (number(minutes)?, number(seconds)?, number(millis)?);
        if seconds > 59 {
            return Err(wrong());
        }
        Ok(Self(minutes * 60_000 + seconds * 1000 + millis))
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Time;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&carried(Expected::Time))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Time, E> {
                text.parse().map_err(|wrong: NotATime| E::custom(carried(wrong)))
            }
        }
        deserializer.deserialize_str(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_as_it_is_written() {
        for text in ["0:00", "0:05", "1:30", "12:00.250", "240:00", "0:00.001"] {
            assert_eq!(text.parse::<Time>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in ["", "5", "1:5", "1:60", "-1:00", "1:00.5", "1:00.", ":30", "1:2x", "99999:00", "1:00.0000", "NaN"]
        {
            assert!(text.parse::<Time>().is_err(), "{text}");
        }
    }
}
