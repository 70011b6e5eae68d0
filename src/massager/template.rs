//! Frames with slots: `53 01 {RollerLeft} {RollerRight} {xor8 0-}`.
//!
//! Belongs here: reading such a line once and filling its slots: first values, then lengths, then checksums in their
//! order. Which frame is sent when is the driver's business.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::value::{Error as ValueError, StrDeserializer};

use super::checksum::Checksum;
use super::transform::{Transform, parse_number};
use crate::mode::Channel;

/// The most bytes that a frame may have: the longest attribute of Bluetooth Low Energy.
pub(crate) const LONGEST_FRAME: usize = 512;

/// A frame as the map writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Template {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Bytes(Vec<u8>),
    Argument(usize),
    Value { source: Source, kind: Kind, steps: Vec<Transform> },
    Sequence { first: u8, last: u8 },
    Length { kind: Kind, range: Range, steps: Vec<Transform> },
    Check { sum: Checksum, range: Range },
}

/// Where a slot's number comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    /// The level that this frame sets.
    Level,
    /// The level of a certain channel.
    Channel(Channel),
    /// The massager's own timer, in seconds.
    Timer,
}

/// How a number stands in a frame or a notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// One byte.
    U8,
    /// One byte with a sign.
    I8,
    /// Two bytes, low one first.
    U16le,
    /// Two bytes, high one first.
    U16be,
    /// Four bytes, lowest first.
    U32le,
    /// Four bytes, highest first.
    U32be,
    /// Decimal digits; with a width above 0, zeros in front up to it.
    Decimal(usize),
    /// So many hexadecimal digits, upper case.
    Hexadecimal(usize),
}

impl Kind {
    pub(crate) fn parse(word: &str) -> Option<Self> {
        let width = |text: &str, most: usize| text.parse().ok().filter(|width| (1..=most).contains(width));
        Some(match word {
            "u8" => Self::U8,
            "i8" => Self::I8,
            "u16le" => Self::U16le,
            "u16be" => Self::U16be,
            "u32le" => Self::U32le,
            "u32be" => Self::U32be,
            "dec" => Self::Decimal(0),
            _ => match (word.strip_prefix("dec"), word.strip_prefix("hex")) {
                (Some(rest), _) => Self::Decimal(width(rest, 9)?),
                (_, Some(rest)) => Self::Hexadecimal(width(rest, 8)?),
                _ => return None,
            },
        })
    }

    /// The least and the greatest number that it can hold.
    fn holds(self) -> (i64, i64) {
        let below = |base: i64, digits: usize| base.saturating_pow(digits as u32) - 1;
        match self {
            Self::U8 => (0, 0xFF),
            Self::I8 => (-0x80, 0x7F),
            Self::U16le | Self::U16be => (0, 0xFFFF),
            Self::U32le | Self::U32be => (0, 0xFFFF_FFFF),
            Self::Decimal(0) => (0, 999_999_999),
            Self::Decimal(width) => (0, below(10, width)),
            Self::Hexadecimal(width) => (0, below(16, width)),
        }
    }

    /// The most bytes that it takes.
    pub(crate) fn len(self) -> usize {
        match self {
            Self::U8 | Self::I8 => 1,
            Self::U16le | Self::U16be => 2,
            Self::U32le | Self::U32be => 4,
            Self::Decimal(0) => 9,
            Self::Decimal(width) | Self::Hexadecimal(width) => width,
        }
    }

    fn bytes(self, value: i64) -> Vec<u8> {
        let (least, greatest) = self.holds();
        let value = value.clamp(least, greatest);
        match self {
            Self::U8 | Self::I8 => vec![value as u8],
            Self::U16le => (value as u16).to_le_bytes().to_vec(),
            Self::U16be => (value as u16).to_be_bytes().to_vec(),
            Self::U32le => (value as u32).to_le_bytes().to_vec(),
            Self::U32be => (value as u32).to_be_bytes().to_vec(),
            Self::Decimal(width) => format!("{value:0width$}").into_bytes(),
            Self::Hexadecimal(width) => format!("{value:0width$X}").into_bytes(),
        }
    }

    /// The number at a place of a notification; `None` where it is too short, and for digits.
    pub(crate) fn read(self, bytes: &[u8], at: usize) -> Option<i64> {
        fn slice<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
            bytes.get(at..at.checked_add(N)?)?.try_into().ok()
        }
        Some(match self {
            Self::U8 => i64::from(*bytes.get(at)?),
            Self::I8 => i64::from(*bytes.get(at)? as i8),
            Self::U16le => u16::from_le_bytes(slice(bytes, at)?).into(),
            Self::U16be => u16::from_be_bytes(slice(bytes, at)?).into(),
            Self::U32le => u32::from_le_bytes(slice(bytes, at)?).into(),
            Self::U32be => u32::from_be_bytes(slice(bytes, at)?).into(),
            Self::Decimal(_) | Self::Hexadecimal(_) => return None,
        })
    }
}

/// Bytes of a frame, first and last included: `1-4`, `2-` to the end, or `all`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Range {
    /// The whole frame, the slot's own bytes counted as 0.
    All,
    /// From a byte on to the frame's end; a checksum behind that byte ends it.
    From(usize),
    /// From one byte to another.
    Between(usize, usize),
}

impl Range {
    pub(crate) fn parse(word: &str) -> Option<Self> {
        if word == "all" {
            return Some(Self::All);
        }
        let (first, last) = word.split_once('-')?;
        let place = |text: &str| text.parse::<usize>().ok().filter(|place| *place < LONGEST_FRAME);
        match (place(first)?, last) {
            (first, "") => Some(Self::From(first)),
            (first, last) => place(last).filter(|last| *last >= first).map(|last| Self::Between(first, last)),
        }
    }

    /// The bytes it means in a frame of `length` bytes, for a checksum at `own`.
    pub(crate) fn within(self, own: usize, length: usize) -> std::ops::Range<usize> {
        let (first, end) = match self {
            Self::All => (0, length),
            Self::From(first) => (first, if own > first { own } else { length }),
            Self::Between(first, last) => (first, last + 1),
        };
        let end = end.min(length);
        first.min(end)..end
    }
}

/// What fills the slots of a frame.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Inputs<'a> {
    /// The level that the frame sets.
    pub(crate) level: u16,
    /// The level of every channel.
    pub(crate) levels: &'a BTreeMap<Channel, u16>,
    /// The massager's own timer, in seconds.
    pub(crate) timer: u32,
    /// What stands behind the frame's name in a call.
    pub(crate) arguments: &'a [Vec<u8>],
}

/// The counter for `{seq}` slots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Sequence(Option<u8>);

impl Sequence {
    fn next(&mut self, first: u8, last: u8) -> u8 {
        let next = match self.0 {
            Some(before) if before >= first && before < last => before + 1,
            _ => first,
        };
        self.0 = Some(next);
        next
    }
}

/// What is wrong with a template, and how many characters into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) at: usize,
    pub(crate) text: String,
}

impl Template {
    /// Reads a frame of hexadecimal bytes and slots.
    pub(crate) fn parse_bytes(text: &str) -> Result<Self, Fault> {
        let mut parts = Parts::default();
        let characters: Vec<char> = text.chars().collect();
        let mut at = 0;
        while let Some(&character) = characters.get(at) {
            match character {
                '{' => at = parts.slot(&characters, at, Kind::U8)?,
                ' ' | '\t' | '\n' | '\r' => at += 1,
                high => {
                    let low = characters.get(at + 1).copied().unwrap_or(' ');
                    let (Some(high), Some(low)) = (high.to_digit(16), low.to_digit(16)) else {
                        return Err(Fault {
                            at,
                            text: "write bytes as two hexadecimal digits each, such as F0, and slots in braces"
                                .to_owned(),
                        });
                    };
                    parts.byte((high * 16 + low) as u8);
                    at += 2;
                }
            }
        }
        Ok(Self { parts: parts.0 })
    }

    /// Reads a frame of text and slots. Braces of the text itself are doubled.
    pub(crate) fn parse_text(text: &str) -> Result<Self, Fault> {
        let mut parts = Parts::default();
        let characters: Vec<char> = text.chars().collect();
        let mut at = 0;
        while let Some(&character) = characters.get(at) {
            let next = characters.get(at + 1);
            if matches!(character, '{' | '}') && next == Some(&character) {
                parts.byte(character as u8);
                at += 2;
            } else if character == '{' {
                at = parts.slot(&characters, at, Kind::Decimal(0))?;
            } else if character == '}' {
                return Err(Fault { at, text: "this brace closes nothing: double it to mean the brace".to_owned() });
            } else {
                for byte in character.encode_utf8(&mut [0; 4]).bytes() {
                    parts.byte(byte);
                }
                at += 1;
            }
        }
        Ok(Self { parts: parts.0 })
    }

    /// The frame's bytes. Never fails: numbers that do not fit stay at the nearest one that does.
    pub(crate) fn render(&self, inputs: Inputs<'_>, sequence: &mut Sequence) -> Vec<u8> {
        let mut frame = Vec::with_capacity(32);
        let mut places = Vec::with_capacity(self.parts.len());
        for part in &self.parts {
            places.push(frame.len());
            match part {
                Part::Bytes(bytes) => frame.extend_from_slice(bytes),
                Part::Argument(number) => {
                    if let Some(argument) = inputs.arguments.get(*number) {
                        frame.extend_from_slice(argument);
                    }
                }
                Part::Value { source, kind, steps } => {
                    let value = match source {
                        Source::Level => inputs.level.into(),
                        Source::Channel(channel) => inputs.levels.get(channel).copied().unwrap_or(0).into(),
                        Source::Timer => inputs.timer.into(),
                    };
                    frame.extend(kind.bytes(Transform::all(steps, value)));
                }
                Part::Sequence { first, last } => frame.push(sequence.next(*first, *last)),
                Part::Length { kind, .. } => frame.resize(frame.len() + kind.len(), 0),
                Part::Check { sum, .. } => frame.resize(frame.len() + sum.len(), 0),
            }
        }
        for (part, &place) in self.parts.iter().zip(&places) {
            if let Part::Length { kind, range, steps } = part {
                let counted = range.within(0, frame.len()).len();
                let bytes = kind.bytes(Transform::all(steps, counted as i64));
                frame[place..place + bytes.len()].copy_from_slice(&bytes);
            }
        }
        for (part, &place) in self.parts.iter().zip(&places) {
            if let Part::Check { sum, range } = part {
                let bytes = sum.of(&frame[range.within(place, frame.len())]);
                frame[place..place + bytes.len()].copy_from_slice(&bytes);
            }
        }
        frame
    }

    /// The most bytes that the frame can have, with these arguments.
    pub(crate) fn longest(&self, arguments: &[Vec<u8>]) -> usize {
        let lengths = self.parts.iter().map(|part| match part {
            Part::Bytes(bytes) => bytes.len(),
            Part::Argument(number) => arguments.get(*number).map_or(0, Vec::len),
            Part::Value { kind, .. } | Part::Length { kind, .. } => kind.len(),
            Part::Sequence { .. } => 1,
            Part::Check { sum, .. } => sum.len(),
        });
        lengths.sum()
    }

    /// How many arguments a call of the frame needs.
    pub(crate) fn arguments(&self) -> usize {
        let numbers = self.parts.iter().map(|part| if let Part::Argument(number) = part { number + 1 } else { 0 });
        numbers.max().unwrap_or(0)
    }

    /// Whether it has a slot for the one level that it sets.
    pub(crate) fn takes_level(&self) -> bool {
        self.sources().any(|source| source == Source::Level)
    }

    /// Whether it has a slot for the timer.
    pub(crate) fn takes_timer(&self) -> bool {
        self.sources().any(|source| source == Source::Timer)
    }

    /// The channels whose levels it carries.
    pub(crate) fn channels(&self) -> impl Iterator<Item = Channel> + '_ {
        self.sources().filter_map(|source| match source {
            Source::Channel(channel) => Some(channel),
            Source::Level | Source::Timer => None,
        })
    }

    fn sources(&self) -> impl Iterator<Item = Source> + '_ {
        self.parts.iter().filter_map(|part| match part {
            Part::Value { source, .. } => Some(*source),
            _ => None,
        })
    }

    /// What does not fit: a number too great for its slot at some level, a range that runs out of the frame.
    pub(crate) fn misfits(&self, level: u16, channels: &BTreeMap<Channel, u16>, timer: u32) -> Vec<String> {
        let mut found = Vec::new();
        let mut place = 0;
        let length = self.longest(&[]);
        let fixed = self.arguments() == 0 && !self.parts.iter().any(|part| part.varies());
        for part in &self.parts {
            match part {
                Part::Value { source, kind, steps } => {
                    let most = match source {
                        Source::Level => level.into(),
                        Source::Channel(channel) => channels.get(channel).copied().unwrap_or(0).into(),
                        Source::Timer => timer,
                    };
                    let (least, greatest) = kind.holds();
                    let worked = |value: u32| Transform::all(steps, value.into());
                    // Between the ends everything but a table only rises or only falls.
                    let listed = match steps.first() {
                        Some(Transform::Table(entries)) => u32::try_from(entries.len()).unwrap_or(u32::MAX),
                        _ => 1,
                    };
                    let mut telling = (0..=listed.min(most)).chain([most]);
                    if let Some(value) = telling.find(|value| !(least..=greatest).contains(&worked(*value))) {
                        found.push(format!(
                            "{} does not fit its slot, which holds {least} to {greatest}: at {value} it is {}",
                            source.word(),
                            worked(value)
                        ));
                    }
                    if let Some(Transform::Table(entries)) = steps.first()
                        && entries.len() as u64 != u64::from(most) + 1
                    {
                        found.push(format!(
                            "the table of {} has {} numbers; from 0 to {most} it needs {}",
                            source.word(),
                            entries.len(),
                            u64::from(most) + 1
                        ));
                    }
                }
                Part::Check { sum, range } if fixed => {
                    if let Range::Between(first, last) = *range {
                        if last >= length {
                            found
                                .push(format!("byte {last} lies outside the frame, whose last byte is {}", length - 1));
                        } else if first < place + sum.len() && last >= place {
                            found
                                .push(format!("the checksum at byte {place} lies within its own bytes {first}-{last}"));
                        }
                    } else if let Range::From(first) = *range
                        && first >= length
                    {
                        found.push(format!("byte {first} lies outside the frame, whose last byte is {}", length - 1));
                    }
                }
                _ => {}
            }
            place += part.longest();
        }
        found
    }
}

impl Source {
    fn word(self) -> String {
        match self {
            Self::Level => "level".to_owned(),
            Self::Channel(channel) => channel.to_string(),
            Self::Timer => "timer".to_owned(),
        }
    }
}

impl Part {
    fn varies(&self) -> bool {
        matches!(self, Self::Value { kind: Kind::Decimal(0), .. })
    }

    fn longest(&self) -> usize {
        Template { parts: vec![self.clone()] }.longest(&[])
    }
}

#[derive(Default)]
struct Parts(Vec<Part>);

impl Parts {
    fn byte(&mut self, byte: u8) {
        if let Some(Part::Bytes(bytes)) = self.0.last_mut() {
            bytes.push(byte);
        } else {
            self.0.push(Part::Bytes(vec![byte]));
        }
    }

    /// Reads the slot that opens at `open`; returns the place behind it.
    fn slot(&mut self, characters: &[char], open: usize, default: Kind) -> Result<usize, Fault> {
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
                format!("“{kind}” is no form of a number: write u8, i8, u16le, u16be, u32le, u32be, dec, dec2 or hex2")
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
        return match rest.first().and_then(|range| Range::parse(range)) {
            Some(Range::Between(first, last)) if last <= 255 => {
                Ok(Part::Sequence { first: first as u8, last: last as u8 })
            }
            _ => Err("“seq” needs its first and last number, such as 1-255".to_owned()),
        };
    }
    let (ranges, others): (Vec<&str>, Vec<&str>) = words.iter().partition(|word| Range::parse(word).is_some());
    if matches!(name, "sum8" | "not_sum8" | "not_sum7" | "neg_sum8" | "xor8" | "crc16") {
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

fn not_a_range(word: &str) -> String {
    format!("“{word}” is no range of bytes: write 1-4, 2- or all")
}

/// Reads a channel's word, such as `RollerLeft`.
pub(crate) fn channel(word: &str) -> Option<Channel> {
    Channel::deserialize(StrDeserializer::<ValueError>::new(word)).ok()
}
