//! A strength from nothing to full, the one number that all layers share.
//!
//! Belongs here: [`Intensity`] and how it becomes a massager's level. Curves and limits do not.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::fact::carried::carried;
use crate::facts;

/// A strength from 0 to 100 %, in tenths of a percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Intensity(u16);

impl Intensity {
    /// Nothing moves.
    pub const ZERO: Self = Self(0);

    /// As strong as it goes: 100 %.
    pub const FULL: Self = Self(1000);

    /// An intensity from tenths of a percent; more than 1000 becomes [`Intensity::FULL`].
    pub const fn from_per_mille(per_mille: u16) -> Self {
        Self(if per_mille > 1000 { 1000 } else { per_mille })
    }

    /// An intensity from whole percent; more than 100 becomes [`Intensity::FULL`].
    pub const fn from_percent(percent: u16) -> Self {
        Self::from_per_mille(percent.saturating_mul(10))
    }

    /// An intensity from a fraction from 0 to 1; what lies outside, and what is no number, is clamped (NaN to nothing).
    pub fn from_fraction(fraction: f64) -> Self {
        Self((fraction.clamp(0.0, 1.0) * 1000.0).round() as u16)
    }

    /// Tenths of a percent, 0 to 1000.
    pub const fn per_mille(self) -> u16 {
        self.0
    }

    /// Percent, 0 to 100.
    pub fn percent(self) -> f32 {
        f32::from(self.0) / 10.0
    }

    /// A fraction from 0 to 1.
    pub fn fraction(self) -> f64 {
        f64::from(self.0) / 1000.0
    }

    /// This intensity scaled by another (70 % of 50 % is 35 %), rounded to nearest.
    pub const fn scaled(self, by: Self) -> Self {
        Self(((self.0 as u32 * by.0 as u32 + 500) / 1000) as u16)
    }

    /// Whether nothing moves.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The highest of `max` levels that a ceiling of this intensity allows.
    ///
    /// A ceiling above nothing always allows the first level: a massager can do no less.
    pub const fn highest_level(self, max: u16) -> u16 {
        if self.0 == 0 || max == 0 {
            return 0;
        }
        let level = (self.0 as u32 * max as u32 / 1000) as u16;
        if level == 0 { 1 } else { level }
    }

    /// The level of a massager with `max` levels that shows this intensity under a ceiling.
    ///
    /// Nothing is level 0; anything above nothing is at least level 1; never above [`Intensity::highest_level`] of the
    /// ceiling; and a higher intensity never gives a lower level.
    pub fn level(self, max: u16, ceiling: Self) -> u16 {
        if self.0 == 0 {
            return 0;
        }
        let nearest = ((u32::from(self.0) * u32::from(max) + 500) / 1000) as u16;
        nearest.max(1).min(ceiling.highest_level(max))
    }

    /// The intensity that a level out of `max` stands for.
    pub fn of_level(level: u16, max: u16) -> Self {
        if max == 0 {
            return Self::ZERO;
        }
        Self::from_per_mille(((u32::from(level.min(max)) * 1000 + u32::from(max) / 2) / u32::from(max)) as u16)
    }
}

/// Percent with at most one decimal and no sign: the form of the profile files.
impl fmt::Display for Intensity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0 / 10)?;
        if !self.0.is_multiple_of(10) { write!(f, ".{}", self.0 % 10) } else { Ok(()) }
    }
}

impl Serialize for Intensity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_multiple_of(10) {
            serializer.serialize_u16(self.0 / 10)
        } else {
            serializer.serialize_f64(f64::from(self.0) / 10.0)
        }
    }
}

facts! {
    /// Why a number is no intensity.
    pub(crate) enum NoIntensity in "no-intensity" {
        /// It is not from 0 to 100.
        OutOfRange(given: String),
        /// It has more than one decimal.
        TooFine(given: String),
    }
}

impl<'de> Deserialize<'de> for Intensity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let percent = f64::deserialize(deserializer)?;
        if !(0.0..=100.0).contains(&percent) {
            return Err(de::Error::custom(carried(NoIntensity::OutOfRange(percent.to_string()))));
        }
        let per_mille = percent * 10.0;
        if (per_mille - per_mille.round()).abs() > 1e-6 {
            return Err(de::Error::custom(carried(NoIntensity::TooFine(percent.to_string()))));
        }
        Ok(Self(per_mille.round() as u16))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_level_follows_the_rule(a in 0u16..=1000, b in 0u16..=1000, max in 1u16..=10_000, ceiling in 0u16..=1000) {
            let (a, b, ceiling) = (Intensity(a), Intensity(b), Intensity(ceiling));
            let level = a.level(max, ceiling);
            prop_assert_eq!(Intensity::ZERO.level(max, ceiling), 0);
            prop_assert!(level <= ceiling.highest_level(max));
            prop_assert!(level <= max);
            if !a.is_zero() && !ceiling.is_zero() {
                prop_assert!(level >= 1);
            }
            if a <= b {
                prop_assert!(level <= b.level(max, ceiling));
            }
            // Above the first level, what the massager does never exceeds the ceiling.
            if level > 1 {
                prop_assert!(u32::from(level) * 1000 <= u32::from(ceiling.0) * u32::from(max));
            }
        }

        #[test]
        fn a_level_is_found_again_from_its_intensity(max in 1u16..=500, level in 0u16..=500) {
            let level = level.min(max);
            prop_assert_eq!(Intensity::of_level(level, max).level(max, Intensity::FULL), level);
        }
    }

    #[test]
    fn not_a_number_is_nothing() {
        assert_eq!(Intensity::from_fraction(f64::NAN), Intensity::ZERO);
        assert_eq!(Intensity::from_fraction(7.0), Intensity::FULL);
    }
}
