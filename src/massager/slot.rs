//! The slots of a frame: `{level:u16be times 50}`, `{sum8 1-4}`, `{seq 1-255}`.
//!
//! Belongs here: reading what stands between two braces. Filling it is [`super::template`]'s business.

use serde::Deserialize;
use serde::de::value::{Error as ValueError, StrDeserializer};

use super::checksum::Checksum;
use super::number::{Kind, Range};
use super::template::{Fault, Part, Source};
use super::transform::{Transform, parse_number};
use crate::mode::Channel;

/// The parts of a frame, as they are read.
#[derive(Default)]
pub(crate) struct Parts(pub(crate) Vec<Part>);

impl Parts {
    pub(crate) fn byte(&mut self, byte: u8) {
        if let Some(Part::Bytes(bytes)) = self.0.last_mut() {
            bytes.push(byte);
        } else {
            self.0.push(Part::Bytes(vec![byte]));
        }
    }

    /// Reads the slot that opens at `open`; returns the place behind it.
    pub(crate) fn slot(&mut self, characters: &[char], open: usize, default: Kind) -> Result<usize, Fault> {
        let fault = |text: String| Fault { at: open, text };
        let length = characters[open..].iter().position(|character| *character == '}');
        let close = open + length.ok_or_else(|| fault("this brace is never closed".to_owned()))?;
        let inner: String = characters[open + 1..close].iter().collect();
        self.0.push(slot(&inner, default).map_err(fault)?);
        Ok(close + 1)
    }
}

fn slot(inner: &str, default: Kind) -> Result<Part, String> {
    let words: Vec<&str> = inner.split_whitespace().collect();
    let (head, rest) = words.split_first().ok_or("write what stands here, such as {level}")?;
    let (name, kind) = match head.split_once(':') {
        None => (*head, None),
        Some((name, kind)) => {
            let kind = Kind::parse(kind).ok_or_else(|| {
                format!(
                    "“{kind}” is no form of a number: write u8, i8, u16le, u16be, u32le, u32be, dec, dec1 to dec9, or hex1 to \
                     hex8"
                )
            })?;
            (name, Some(kind))
        }
    };
    let steps = |words: &[&str]| Transform::parse(words, &[]).map(|(steps, _)| steps);
    let source = match name {
        "level" => Some(Source::Level),
        "timer" => Some(Source::Timer),
        _ => channel(name).map(Source::Channel),
    };
    if let Some(source) = source {
        return Ok(Part::Value { source, kind: kind.unwrap_or(default), steps: steps(rest)? });
    }
    if name == "len" {
        let (range, rest) = rest.split_first().ok_or("“len” needs the bytes it counts, such as 3- or all")?;
        let range = Range::parse(range).ok_or_else(|| not_a_range(range))?;
        let kind = kind.unwrap_or(default);
        if kind == Kind::Decimal(0) {
            return Err("“len” needs a form of fixed width, such as {len:u8 all} or {len:dec3 all}".to_owned());
        }
        return Ok(Part::Length { kind, range, steps: steps(rest)? });
    }
    if kind.is_some() {
        return Err(format!("“{name}” takes no form of a number"));
    }
    if let Some(number) = parse_number(name) {
        return match (usize::try_from(number), rest) {
            (Ok(number @ 1..=9), []) => Ok(Part::Argument(number - 1)),
            _ => Err("arguments are {1} to {9}".to_owned()),
        };
    }
    if name == "seq" {
        let range = rest.first().and_then(|range| Range::parse(range));
        let (Some(Range::Between(first, last)), Some(rest)) = (range, rest.get(1..)) else {
            return Err("“seq” needs its first and last number, such as 1-255".to_owned());
        };
        let (first, last) = match (u8::try_from(first), u8::try_from(last)) {
            (Ok(first), Ok(last)) => (first, last),
            _ => return Err("“seq” counts up to 255 at most".to_owned()),
        };
        let steps = steps(rest)?;
        let worked = |number: u8| Transform::all(&steps, number.into());
        if let Some(number) = (first..=last).find(|number| !(0..=255).contains(&worked(*number))) {
            return Err(format!("“seq” does not fit one byte: at {number} it is {}", worked(number)));
        }
        return Ok(Part::Sequence { first, last, steps });
    }
    let (ranges, others): (Vec<&str>, Vec<&str>) = words.iter().partition(|word| Range::parse(word).is_some());
    if matches!(name, "sum8" | "not_sum8" | "not_sum7" | "neg_sum8" | "xor8" | "crc16") {
        if let Some(range) = rest.iter().find(|word| turned_round(word)) {
            return Err(turned(range));
        }
        let sum = Checksum::parse(&others)?;
        return match ranges[..] {
            [range] => Ok(Part::Check { sum, range: Range::parse(range).ok_or_else(|| not_a_range(range))? }),
            _ => Err(format!("“{name}” needs the bytes it covers, such as 1-4, 2- or all")),
        };
    }
    Err(format!(
        "“{name}” is no slot: write level, a mode such as RollerLeft, timer, a number for an argument, seq, len or a \
         checksum such as sum8"
    ))
}

/// Whether a word is a range whose first byte comes after its last.
fn turned_round(word: &str) -> bool {
    let numbers =
        word.split_once('-').and_then(|(first, last)| Some((first.parse().ok()?, last.parse::<usize>().ok()?)));
    numbers.is_some_and(|(first, last): (usize, usize)| first > last)
}

fn turned(word: &str) -> String {
    format!("in “{word}” the first byte comes after the last: turn them round")
}

fn not_a_range(word: &str) -> String {
    if turned_round(word) {
        return turned(word);
    }
    format!("“{word}” is no range of bytes: write 1-4, 2- or all")
}

/// Reads a channel's word, such as `RollerLeft`.
pub(crate) fn channel(word: &str) -> Option<Channel> {
    Channel::deserialize(StrDeserializer::<ValueError>::new(word)).ok()
}
