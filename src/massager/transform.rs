//! From a level to the number in a frame, and from the number in a notification to a level.
//!
//! Belongs here: the arithmetic words `times`, `over`, `plus`, `minus`, `table` and `flag`. Where numbers stand does
//! not.

use super::fault::Fault;
use crate::problem::syntax::short;
/// One step of arithmetic. Nothing overflows: results stay within 64 bits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Transform {
    /// Multiplies.
    Times(i64),
    /// Divides by a number above 0, rounding down.
    Over(i64),
    /// Adds.
    Plus(i64),
    /// Looks up: 0 gives the first number. Beyond the end is the last one.
    Table(Vec<i64>),
    /// The first number for anything above 0, the second one for 0.
    Flag(i64, i64),
}

impl Transform {
    /// The result of one step.
    pub(crate) fn apply(&self, value: i64) -> i64 {
        match self {
            Self::Times(by) => value.saturating_mul(*by),
            Self::Over(by) => value.div_euclid((*by).max(1)),
            Self::Plus(by) => value.saturating_add(*by),
            Self::Table(entries) => {
                let index = usize::try_from(value.max(0)).unwrap_or(usize::MAX);
                entries.get(index).or(entries.last()).copied().unwrap_or(0)
            }
            Self::Flag(on, off) => {
                if value > 0 {
                    *on
                } else {
                    *off
                }
            }
        }
    }

    /// The result of all steps, in their order.
    pub(crate) fn all(steps: &[Self], value: i64) -> i64 {
        steps.iter().fold(value, |value, step| step.apply(value))
    }

    /// Reads steps from words, until one of `until` or the end; returns how many words it took.
    pub(crate) fn parse(words: &[&str], until: &[&str]) -> Result<(Vec<Self>, usize), Fault> {
        let mut steps = Vec::new();
        let mut at = 0;
        while let Some(word) = words.get(at).filter(|word| !until.contains(word)) {
            at += 1;
            let mut number = |name: &str| {
                let found = words.get(at).and_then(|word| parse_number(word));
                at += 1;
                found.ok_or_else(|| Fault::NumberAfter(name.to_owned()))
            };
            steps.push(match *word {
                "times" => Self::Times(number("times")?),
                "over" => match number("over")? {
                    by if by > 0 => Self::Over(by),
                    _ => return Err(Fault::NumberAfterOver),
                },
                "plus" => Self::Plus(number("plus")?),
                "minus" => Self::Plus(-number("minus")?),
                "flag" => Self::Flag(number("flag")?, number("flag 1")?),
                "table" if !steps.is_empty() => {
                    return Err(Fault::TableFirst);
                }
                "table" => {
                    let entries: Vec<i64> = words[at..].iter().map_while(|word| parse_number(word)).collect();
                    at += entries.len();
                    if entries.is_empty() {
                        return Err(Fault::TableEmpty);
                    }
                    Self::Table(entries)
                }
                _ => {
                    return Err(Fault::NoTransform(short(word)));
                }
            });
        }
        Ok((steps, at))
    }
}

/// Reads a decimal number, or a hexadecimal one that begins with `0x`; at most nine digits, with an optional minus.
pub(crate) fn parse_number(text: &str) -> Option<i64> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (radix, digits) = digits.strip_prefix("0x").map_or((10, digits), |rest| (16, rest));
    if digits.is_empty() || digits.len() > 9 || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    i64::from_str_radix(digits, radix).ok().map(|number| sign * number)
}

/// Reads bytes: pairs of hexadecimal digits, with or without spaces between them.
pub(crate) fn parse_bytes(text: &str) -> Option<Vec<u8>> {
    parse_pattern(text)?.into_iter().collect()
}

/// The longest text that is read as bytes: enough for the longest frame, with spaces between.
const LONGEST_TEXT: usize = 4096;

/// Reads bytes as [`parse_bytes`] does, where `..` stands for any byte.
pub(crate) fn parse_pattern(text: &str) -> Option<Vec<Option<u8>>> {
    if text.len() > LONGEST_TEXT {
        return None;
    }
    let characters: Vec<char> = text.chars().filter(|character| !character.is_whitespace()).collect();
    let pairs = characters.chunks(2).map(|pair| match pair {
        ['.', '.'] => Some(None),
        [high, low] => Some(Some((high.to_digit(16)? * 16 + low.to_digit(16)?) as u8)),
        _ => None,
    });
    pairs.collect()
}

/// Whether bytes begin as a pattern says.
pub(crate) fn begins(bytes: &[u8], pattern: &[Option<u8>]) -> bool {
    bytes.len() >= pattern.len() && pattern.iter().zip(bytes).all(|(want, byte)| want.is_none_or(|want| want == *byte))
}

/// Bytes as people read them: `F0 84 34`.
pub(crate) fn show_bytes(bytes: &[u8]) -> String {
    let pairs: Vec<String> = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    pairs.join(" ")
}

/// A pattern as people write it: `FD ..`.
pub(crate) fn show_pattern(pattern: &[Option<u8>]) -> String {
    let pairs = pattern.iter().map(|byte| byte.map_or("..".to_owned(), |byte| format!("{byte:02X}")));
    pairs.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn worked(words: &str, value: i64) -> i64 {
        let words: Vec<&str> = words.split_whitespace().collect();
        Transform::all(&Transform::parse(&words, &[]).unwrap().0, value)
    }

    #[test]
    fn steps_are_taken_in_their_order() {
        assert_eq!(worked("times 32 plus 64", 3), 160);
        assert_eq!(worked("table 0 10 20 0x1E", 3), 30);
        assert_eq!(worked("table 0 10", 9), 10);
        assert_eq!(worked("flag 5 0", 7), 5);
        assert_eq!(worked("flag 5 0", 0), 0);
        assert_eq!(worked("over 60", 119), 1);
        assert_eq!(worked("minus 9", 0), -9);
        assert_eq!(worked("times 999999999 times 999999999 times 999999999", 999_999_999), i64::MAX);
    }

    #[test]
    fn what_is_no_step_is_explained() {
        for words in ["times", "times x", "over 0", "table", "flag 1", "twice", "plus 9999999999", "plus 1 table 2"] {
            let words: Vec<&str> = words.split(' ').collect();
            assert!(Transform::parse(&words, &[]).is_err(), "{words:?}");
        }
    }

    #[test]
    fn bytes_are_pairs_of_digits() {
        assert_eq!(parse_bytes("F0 84f1"), Some(vec![0xF0, 0x84, 0xF1]));
        assert_eq!(parse_bytes("F0 8"), None);
        assert_eq!(parse_bytes("BB .. 10"), None);
        assert!(begins(&[0xBB, 9, 0x10, 4], &parse_pattern("BB .. 10").unwrap()));
        assert!(!begins(&[0xBB, 9], &parse_pattern("BB .. 10").unwrap()));
    }
}
