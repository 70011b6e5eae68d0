//! Numbers in frames and notifications, and ranges of bytes, as a map writes them.
//!
//! Belongs here: [`Kind`] and [`Range`]. Slots and fields, which use them, do not.

use super::template::LONGEST_FRAME;

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
    pub(crate) fn holds(self) -> (i64, i64) {
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

    pub(crate) fn bytes(self, value: i64) -> Vec<u8> {
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
