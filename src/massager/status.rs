//! What notifications say: layouts of fields, chosen by first bytes and length.
//!
//! Belongs here: reading `byte 6 bits 5-6 when byte 2 bit 5` once, and bytes by it ever after. What a massager does with
//! it is the encoder's business.

use std::collections::BTreeMap;
use std::time::Duration;

use super::Report;
use super::checksum::Checksum;
use super::fault::Fault;
use super::number::{Kind, Range};
use super::slot::channel;
use super::transform::{Transform, begins};
use crate::mode::Channel;
use crate::problem::syntax::short;

/// One form of notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Layout {
    pub(crate) role: String,
    pub(crate) starts: Vec<Option<u8>>,
    pub(crate) length: Option<usize>,
    pub(crate) check: Option<Check>,
    pub(crate) fields: BTreeMap<String, Field>,
}

/// A checksum in a notification: how, over which bytes, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Check {
    sum: Checksum,
    range: Range,
    at: usize,
}

/// A number in a notification: terms that are added, and what must not be 0 for it to count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    terms: Vec<Term>,
    when: Option<Term>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    kind: Kind,
    at: usize,
    bits: Option<(u32, u32)>,
    steps: Vec<Transform>,
}

impl Layout {
    /// What a notification says; `None` where it has another form, is too short or its checksum is wrong.
    pub(crate) fn read(&self, bytes: &[u8], channels: &[(Channel, u16)]) -> Option<Report> {
        if !begins(bytes, &self.starts)
            || self.length.is_some_and(|length| bytes.len() != length)
            || self.check.is_some_and(|check| !check.holds(bytes))
        {
            return None;
        }
        let mut report = Report::default();
        for (name, field) in &self.fields {
            let value = field.value(bytes)?;
            match name.as_str() {
                // Massagers without a battery say FF, or another number that is no percentage.
                "battery" => report.battery = u8::try_from(value).ok().filter(|percent| *percent <= 100),
                "remaining" => report.remaining = Some(Duration::from_secs(value.clamp(0, u32::MAX.into()) as u64)),
                "running" => report.running = Some(value != 0),
                _ => {
                    let known = channel(name).and_then(|own| channels.iter().find(|(known, _)| *known == own));
                    if let Some(&(own, max)) = known {
                        report.levels.insert(own, value.clamp(0, max.into()) as u16);
                    }
                }
            }
            report.fields.insert(name.clone(), value);
        }
        Some(report)
    }
}

impl Check {
    /// Reads `not_sum7 1-14 at 15`.
    pub(crate) fn parse(text: &str) -> Result<Self, Fault> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let example = || Fault::NoCheck;
        let [sum @ .., range, "at", at] = &words[..] else {
            return Err(example());
        };
        Ok(Self {
            sum: Checksum::parse(sum)?,
            range: Range::parse(range).ok_or_else(example)?,
            at: at.parse().ok().filter(|at| *at < 512).ok_or_else(example)?,
        })
    }

    fn holds(self, bytes: &[u8]) -> bool {
        let Some(found) = bytes.get(self.at..self.at + self.sum.len()) else { return false };
        let mut blank = bytes.to_vec();
        blank[self.at..self.at + self.sum.len()].fill(0);
        self.sum.of(&blank[self.range.within(self.at, blank.len())]) == found
    }
}

impl Field {
    /// Reads `byte 4 bits 0-4 times 128 + byte 5 bits 0-6`.
    pub(crate) fn parse(text: &str) -> Result<Self, Fault> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let mut terms = Vec::new();
        let mut rest = &words[..];
        loop {
            let (term, taken) = Term::parse(rest)?;
            terms.push(term);
            rest = &rest[taken..];
            match rest.split_first() {
                None => return Ok(Self { terms, when: None }),
                Some((&"when", after)) => {
                    let (when, taken) = Term::parse(after)?;
                    return match after.get(taken) {
                        None => Ok(Self { terms, when: Some(when) }),
                        Some(word) => Err(Fault::AfterWhen(short(word))),
                    };
                }
                Some((_, after)) => rest = after,
            }
        }
    }

    fn value(&self, bytes: &[u8]) -> Option<i64> {
        let mut sum = 0i64;
        for term in &self.terms {
            sum = sum.saturating_add(term.value(bytes)?);
        }
        match &self.when {
            Some(when) if when.value(bytes)? == 0 => Some(0),
            _ => Some(sum),
        }
    }
}

impl Term {
    fn parse(words: &[&str]) -> Result<(Self, usize), Fault> {
        let example = || Fault::NoField;
        let [form, at, rest @ ..] = words else {
            return Err(example());
        };
        let kind = match *form {
            "byte" => Some(Kind::U8),
            form => Kind::parse(form).filter(|kind| !matches!(kind, Kind::Decimal(_) | Kind::Hexadecimal(_))),
        };
        let kind = kind.ok_or_else(example)?;
        let at = at.parse().ok().filter(|at| *at < 512).ok_or_else(example)?;
        let most = kind.len() as u32 * 8 - 1;
        let bit = |text: &str| text.parse().ok().filter(|bit| *bit <= most);
        let (bits, taken) = match rest {
            ["bit", place, ..] => (bit(place).map(|bit| (bit, bit)), 2),
            ["bits", range, ..] => (
                range
                    .split_once('-')
                    .and_then(|(low, high)| Some((bit(low)?, bit(high)?)))
                    .filter(|(low, high)| low <= high),
                2,
            ),
            _ => (Some((0, most)), 0),
        };
        let bits = bits.ok_or(Fault::OddBits(most))?;
        let bits = (taken > 0).then_some(bits);
        let (steps, more) = Transform::parse(&rest[taken..], &["+", "when"])?;
        Ok((Self { kind, at, bits, steps }, 2 + taken + more))
    }

    fn value(&self, bytes: &[u8]) -> Option<i64> {
        let whole = self.kind.read(bytes, self.at)?;
        let value = match self.bits {
            None => whole,
            Some((low, high)) => (whole >> low) & ((1i64 << (high - low + 1)) - 1),
        };
        Some(Transform::all(&self.steps, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str, bytes: &[u8]) -> Option<i64> {
        Field::parse(text).unwrap().value(bytes)
    }

    #[test]
    fn fields_are_found_in_their_bits() {
        let bytes = [0xF0, 0x48, 0x6C, 0x03, 0x09, 0x30];
        assert_eq!(value("byte 4 bits 0-4 times 128 + byte 5 bits 0-6", &bytes), Some(1200));
        assert_eq!(value("byte 2 bit 6", &bytes), Some(1));
        assert_eq!(value("byte 3 when byte 2 bit 4", &bytes), Some(0));
        assert_eq!(value("u16be 1", &bytes), Some(0x486C));
        assert_eq!(value("i8 0", &bytes), Some(-16));
        assert_eq!(value("byte 3 bits 0-1 table 0 0 0 7", &bytes), Some(7));
        assert_eq!(value("byte 6", &bytes), None);
        assert_eq!(value("u32le 3", &bytes), None);
    }

    #[test]
    fn what_is_no_field_is_explained() {
        for text in
            ["", "byte", "byte x", "byte 3 bits 5-2", "byte 3 bit 8", "byte 1 +", "byte 1 when", "dec 3", "byte 600"]
        {
            assert!(Field::parse(text).is_err(), "{text}");
        }
    }
}
