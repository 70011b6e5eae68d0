//! Facts on their way through `serde`, whose errors are texts.
//!
//! Belongs here: a fact as a text and back. The words of a file that a fact names are made plain before, so that no file
//! can write a fact of its own.

use super::{Phrase, Value};
use crate::text::cut;

/// Begins such a text, and each of its parts.
const MARK: char = '\u{1}';

/// The most letters that a fact carries of a file at once.
const LONGEST: usize = 80;

/// A fact as a text, for `serde::de::Error::custom` and `Visitor::expecting`. What it names comes back as text.
pub(crate) fn carried(fact: impl Into<Phrase>) -> String {
    let phrase = fact.into();
    let mut text = format!("{MARK}{}{MARK}{}", phrase.group, phrase.name);
    for (name, value) in &*phrase.arguments {
        let value = match value {
            Value::Text(text) => cut(text, LONGEST),
            other => other.to_string(),
        };
        text.push_str(&format!("{MARK}{name}{MARK}{value}"));
    }
    text
}

/// The fact that a text carries; nothing for any other text.
pub(crate) fn taken(text: &str) -> Option<Phrase> {
    let mut parts = text.strip_prefix(MARK)?.split(MARK).map(str::to_owned);
    let (group, name) = (parts.next()?.into(), parts.next()?.into());
    let mut arguments = Vec::new();
    while let Some(argument) = parts.next() {
        arguments.push((argument.into(), Value::Text(parts.next()?)));
    }
    Some(Phrase { group, name, arguments: arguments.into(), most: None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::NotATime;

    #[test]
    fn a_fact_comes_back_and_a_file_cannot_write_one() {
        let back = taken(&carried(NotATime::OtherwiseWritten("9".to_owned()))).unwrap();
        assert_eq!(back.to_string(), "time-otherwise-written text=\"9\"");
        let forged = taken(&carried(NotATime::OtherwiseWritten("9\u{1}text\u{1}8".to_owned()))).unwrap();
        assert_eq!(forged.arguments.len(), 1);
        assert_eq!(taken("a word"), None);
        assert_eq!(taken("\u{1}a\u{1}b\u{1}c"), None);
    }
}
