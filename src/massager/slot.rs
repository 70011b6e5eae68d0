//! The slots of a frame: `{level:u16be times 50}`, `{sum8 1-4}`, `{seq 1-255}`.
//!
//! Belongs here: reading what stands between two braces. Filling it is [`super::template`]'s business.

use serde::Deserialize;
use serde::de::value::{Error as ValueError, StrDeserializer};

use super::checksum::Checksum;
use super::fault::Fault;
use super::number::{Kind, Range};
use super::template::{Misread, Part, Source};
use super::transform::{Transform, parse_number};
use crate::mode::Channel;
use crate::problem::syntax::short;

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
    pub(crate) fn slot(&mut self, characters: &[char], open: usize, default: Kind) -> Result<usize, Misread> {
        let fault = |what: Fault| Misread { at: open, what };
        let length = characters[open..].iter().position(|character| *character == '}');
        let close = open + length.ok_or_else(|| fault(Fault::OpenBrace))?;
        let inner: String = characters[open + 1..close].iter().collect();
        self.0.push(slot(&inner, default).map_err(fault)?);
        Ok(close + 1)
    }
}

fn slot(inner: &str, default: Kind) -> Result<Part, Fault> {
    let words: Vec<&str> = inner.split_whitespace().collect();
    let (head, rest) = words.split_first().ok_or(Fault::EmptySlot)?;
    let (name, kind) = match head.split_once(':') {
        None => (*head, None),
        Some((name, kind)) => {
            let kind = Kind::parse(kind).ok_or_else(|| Fault::NoKind(short(kind)))?;
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
        let (range, rest) = rest.split_first().ok_or(Fault::LengthOfWhat)?;
        let range = Range::parse(range).ok_or_else(|| not_a_range(range))?;
        let kind = kind.unwrap_or(default);
        if kind == Kind::Decimal(0) {
            return Err(Fault::LengthWidth);
        }
        return Ok(Part::Length { kind, range, steps: steps(rest)? });
    }
    if kind.is_some() {
        return Err(Fault::TakesNoKind(short(name)));
    }
    if let Some(number) = parse_number(name) {
        return match (usize::try_from(number), rest) {
            (Ok(number @ 1..=9), []) => Ok(Part::Argument(number - 1)),
            _ => Err(Fault::ArgumentNumbers),
        };
    }
    if name == "seq" {
        let range = rest.first().and_then(|range| Range::parse(range));
        let (Some(Range::Between(first, last)), Some(rest)) = (range, rest.get(1..)) else {
            return Err(Fault::SequenceNumbers);
        };
        let (first, last) = match (u8::try_from(first), u8::try_from(last)) {
            (Ok(first), Ok(last)) => (first, last),
            _ => return Err(Fault::SequenceMost),
        };
        let steps = steps(rest)?;
        let worked = |number: u8| Transform::all(&steps, number.into());
        if let Some(number) = (first..=last).find(|number| !(0..=255).contains(&worked(*number))) {
            return Err(Fault::SequenceFit { number, is: worked(number) });
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
            _ => Err(Fault::SumOfWhat(name.to_owned())),
        };
    }
    Err(Fault::NoSlot(short(name)))
}

/// Whether a word is a range whose first byte comes after its last.
fn turned_round(word: &str) -> bool {
    let numbers =
        word.split_once('-').and_then(|(first, last)| Some((first.parse().ok()?, last.parse::<usize>().ok()?)));
    numbers.is_some_and(|(first, last): (usize, usize)| first > last)
}

fn turned(word: &str) -> Fault {
    Fault::TurnedRound(short(word))
}

fn not_a_range(word: &str) -> Fault {
    if turned_round(word) {
        return turned(word);
    }
    Fault::NoRange(short(word))
}

/// Reads a channel's word, such as `RollerLeft`.
pub(crate) fn channel(word: &str) -> Option<Channel> {
    Channel::deserialize(StrDeserializer::<ValueError>::new(word)).ok()
}
