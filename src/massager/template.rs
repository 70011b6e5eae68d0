//! Frames with slots: `53 01 {RollerLeft} {RollerRight} {xor8 0-}`.
//!
//! Belongs here: reading such a line once and filling its slots: first values, then lengths, then checksums in their
//! order. Which frame is sent when is the encoder's business.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::checksum::Checksum;
use super::fault::Fault;
use super::number::{Kind, Range};
use super::slot::Parts;
use super::transform::Transform;
use crate::mode::Channel;

/// The most checksums in a frame: with more, nobody could tell what stands where.
const MOST_SUMS: usize = 4;

/// The most bytes that a frame may have: the longest attribute of Bluetooth Low Energy.
pub(crate) const LONGEST_FRAME: usize = 512;

/// A frame as the map writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Template {
    pub(crate) parts: Vec<Part>,
}

/// A stretch of a frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    Bytes(Vec<u8>),
    Argument(usize),
    Value { source: Source, kind: Kind, steps: Vec<Transform> },
    Sequence { first: u8, last: u8, steps: Vec<Transform> },
    Length { kind: Kind, range: Range, steps: Vec<Transform> },
    Check { sum: Checksum, range: Range },
}

/// Where a slot's number comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Source {
    /// The level that this frame sets.
    Level,
    /// The level of a certain channel.
    Channel(Channel),
    /// The massager's own timer, in seconds.
    Timer,
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
pub(crate) struct Misread {
    pub(crate) at: usize,
    pub(crate) what: Fault,
}

impl Template {
    /// Reads a frame of hexadecimal bytes and slots.
    pub(crate) fn parse_bytes(text: &str) -> Result<Self, Misread> {
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
                        return Err(Misread { at, what: Fault::OddBytes });
                    };
                    parts.byte((high * 16 + low) as u8);
                    at += 2;
                }
            }
        }
        Ok(Self { parts: parts.0 })
    }

    /// Reads a frame of text and slots. Braces of the text itself are doubled.
    pub(crate) fn parse_text(text: &str) -> Result<Self, Misread> {
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
                return Err(Misread { at, what: Fault::BraceClosesNothing });
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
        self.lay(inputs, sequence).0
    }

    /// The frame's bytes, and where each part begins.
    pub(crate) fn lay(&self, inputs: Inputs<'_>, sequence: &mut Sequence) -> (Vec<u8>, Vec<usize>) {
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
                Part::Sequence { first, last, steps } => {
                    let number = sequence.next(*first, *last);
                    frame.extend(Kind::U8.bytes(Transform::all(steps, number.into())));
                }
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
        (frame, places)
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

    /// What does not fit: a number too great for its slot at some level, a range that runs out of the frame. `levels` are
    /// those that the frame itself is ever asked to set.
    pub(crate) fn misfits(
        &self,
        levels: RangeInclusive<u16>,
        channels: &BTreeMap<Channel, u16>,
        timer: u32,
    ) -> Vec<Fault> {
        let mut found = Vec::new();
        let sums = self.parts.iter().filter(|part| matches!(part, Part::Check { .. })).count();
        if sums > MOST_SUMS {
            found.push(Fault::TooManySums { most: MOST_SUMS, sums });
        }
        let mut place = 0;
        let length = self.longest(&[]);
        let fixed = self.arguments() == 0 && !self.parts.iter().any(|part| part.varies());
        for part in &self.parts {
            match part {
                Part::Value { source, kind, steps } => {
                    let (from, most) = match source {
                        Source::Level => (u32::from(*levels.start()), u32::from(*levels.end())),
                        Source::Channel(channel) => (0, channels.get(channel).copied().unwrap_or(0).into()),
                        Source::Timer => (0, timer),
                    };
                    let (least, greatest) = kind.holds();
                    let worked = |value: u32| Transform::all(steps, value.into());
                    // Between the ends everything but a table only rises or only falls.
                    let listed = match steps.first() {
                        Some(Transform::Table(entries)) => u32::try_from(entries.len()).unwrap_or(u32::MAX),
                        _ => 1,
                    };
                    let mut telling = (from..=listed.min(most)).chain([from, most]);
                    if let Some(value) = telling.find(|value| !(least..=greatest).contains(&worked(*value))) {
                        let (what, is) = (source.word(), worked(value));
                        found.push(Fault::DoesNotFit { what, least, greatest, value, is });
                    }
                    if let Some(Transform::Table(entries)) = steps.first()
                        && entries.len() as u64 != u64::from(most) + 1
                    {
                        let (what, has, needs) = (source.word(), entries.len(), u64::from(most) + 1);
                        found.push(Fault::TableLength { what, has, most, needs });
                    }
                }
                Part::Check { sum, range } if fixed => {
                    if let Range::Between(first, last) = *range {
                        if last >= length {
                            found.push(Fault::ByteOutside { byte: last, last: length - 1 });
                        } else if first < place + sum.len() && last >= place {
                            found.push(Fault::SumWithin { place, first, last });
                        }
                    } else if let Range::From(first) = *range
                        && first >= length
                    {
                        found.push(Fault::ByteOutside { byte: first, last: length - 1 });
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
    pub(crate) fn word(self) -> String {
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
