//! A fault in a file that a person wrote.
//!
//! Belongs here: [`Problem`], shared by profiles and device maps. How each file is checked does not.

use std::fmt;

use crate::fact::{Fact, Phrase, Value};
use crate::facts;

pub mod fault;
pub mod syntax;
pub(crate) mod tokens;

/// One fault: where it stands, and what is wrong with its remedy.
///
/// As a [`Fact`] it is `line:column: text`; whoever knows the file puts its name in front.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// What is wrong, and what to write instead: said on one line, in at most [`LONGEST`] letters.
    pub fact: Phrase,
}

impl Problem {
    /// A fault at a place. What is said of it may quote the file: it is cut at [`LONGEST`] letters.
    pub fn new(line: usize, column: usize, fact: impl Into<Phrase>) -> Self {
        Self { line, column, fact: fact.into().within(LONGEST) }
    }
}

facts! {
    /// A problem as it is shown.
    enum Told in "problem" {
        /// With its place in front.
        Placed {
            line: usize,
            column: usize,
            what: Phrase,
        },
    }
}

/// The most letters of a problem's text.
pub const LONGEST: u16 = 200;

/// The most names that a problem's text lists.
const MOST_NAMES: usize = 10;

/// The names that a person may have meant by `word`: those that begin most like it, in their own order, and how many
/// more there are.
pub(crate) fn names<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Names {
    let alike = |name: &str| name.chars().zip(word.chars()).take_while(|(one, other)| one == other).count();
    let mut near: Vec<(usize, &str)> = known.into_iter().enumerate().collect();
    near.sort_by_cached_key(|(_, name)| std::cmp::Reverse(alike(name)));
    let more = near.len().saturating_sub(MOST_NAMES);
    near.truncate(MOST_NAMES);
    near.sort_unstable();
    let near: Vec<String> = near.into_iter().map(|(_, name)| syntax::short(name)).collect();
    let names = near.join(", ");
    if more > 0 { Names::AndMore { names, more } } else { Names::All(names) }
}

facts! {
    /// Names that may have been meant.
    pub enum Names in "names" {
        /// All that there are.
        All(names: String),
        /// Those that are most like it.
        AndMore {
            /// With commas between.
            names: String,
            /// How many others there are.
            more: usize,
        },
    }
}

impl Fact for Problem {
    fn phrase(&self) -> Phrase {
        Told::Placed { line: self.line, column: self.column, what: self.fact.clone() }.into()
    }
}

impl From<Problem> for Value {
    fn from(problem: Problem) -> Self {
        Self::Phrase(problem.phrase())
    }
}

/// For logs: the place, the key and the arguments.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.fact)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_one_short_line_without_orders_for_the_terminal() {
        let problem = Problem::new(1, 2, fault::Fault::Other("“\u{1b}]0;pwned\u{7}\n\u{202e}x” is no name".to_owned()));
        let words = crate::i18n::Words::english();
        assert_eq!(words.fact(&problem), "1:2: this cannot be read: “\u{fffd}]0;pwned\u{fffd} \u{fffd}x” is no name");
        let long = words.fact(&Problem::new(1, 1, fault::Fault::Other("é".repeat(300))).fact);
        assert_eq!(long.chars().count(), usize::from(LONGEST));
        assert!(long.ends_with('…'));
    }

    #[test]
    fn of_many_names_those_alike_are_listed() {
        let known: Vec<String> = (0..30).map(|number| format!("key{number}")).chain(["air".to_owned()]).collect();
        let known = || known.iter().map(String::as_str);
        let words = crate::i18n::Words::english();
        let names = |word: &str, known: Vec<&str>| words.fact(&names(word, known));
        assert_eq!(
            names("ari", known().collect()),
            "key0, key1, key2, key3, key4, key5, key6, key7, key8, air and 21 more"
        );
        assert_eq!(names("x", vec!["b", "a"]), "b, a");
    }
}
