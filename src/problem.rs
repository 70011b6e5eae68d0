//! A fault in a file that a person wrote.
//!
//! Belongs here: [`Problem`], shared by profiles and device maps. How each file is checked does not.

use std::fmt;

use crate::fact::Value;
use crate::text;

pub mod syntax;
pub(crate) mod tokens;

/// One fault: where it stands, and what is wrong with its remedy, in words.
///
/// Shown as `line:column: text`; whoever knows the file puts its name in front.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// What is wrong, and what to write instead: one line of at most [`LONGEST`] letters.
    pub text: String,
}

impl Problem {
    /// A fault at a place. Its text quotes the file: it is made [plain](text::plain), and cut at [`LONGEST`].
    pub fn new(line: usize, column: usize, text: impl AsRef<str>) -> Self {
        Self { line, column, text: cut(text.as_ref(), LONGEST) }
    }
}

/// The most letters of a problem's text.
pub const LONGEST: usize = 200;

/// The most names that a problem's text lists.
const MOST_NAMES: usize = 10;

/// At most so many letters of a text that quotes a file, [plain](text::plain).
pub(crate) fn cut(text: &str, most: usize) -> String {
    let mut letters = text.chars();
    let mut short: String = letters.by_ref().take(most).collect();
    if letters.next().is_some() {
        short.pop();
        short.push('…');
    }
    text::plain(&short).into_owned()
}

/// The names that a person may have meant by `word`: those that begin most like it, in their own order, and how many
/// more there are.
pub(crate) fn names<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let alike = |name: &str| name.chars().zip(word.chars()).take_while(|(one, other)| one == other).count();
    let mut near: Vec<(usize, &str)> = known.into_iter().enumerate().collect();
    near.sort_by_cached_key(|(_, name)| std::cmp::Reverse(alike(name)));
    let more = near.len().saturating_sub(MOST_NAMES);
    near.truncate(MOST_NAMES);
    near.sort_unstable();
    let near: Vec<String> = near.into_iter().map(|(_, name)| syntax::short(name)).collect();
    if more > 0 { format!("{} and {more} more", near.join(", ")) } else { near.join(", ") }
}

impl From<Problem> for Value {
    fn from(problem: Problem) -> Self {
        Self::Text(problem.to_string())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_one_short_line_without_orders_for_the_terminal() {
        let problem = Problem::new(1, 2, "“\u{1b}]0;pwned\u{7}\n\u{202e}x” is no name");
        assert_eq!(problem.to_string(), "1:2: “\u{fffd}]0;pwned\u{fffd} \u{fffd}x” is no name");
        let long = Problem::new(1, 1, "é".repeat(300)).text;
        assert_eq!(long.chars().count(), LONGEST);
        assert!(long.ends_with('…'));
    }

    #[test]
    fn of_many_names_those_alike_are_listed() {
        let known: Vec<String> = (0..30).map(|number| format!("key{number}")).chain(["air".to_owned()]).collect();
        let known = || known.iter().map(String::as_str);
        assert_eq!(names("ari", known()), "key0, key1, key2, key3, key4, key5, key6, key7, key8, air and 21 more");
        assert_eq!(names("x", ["b", "a"]), "b, a");
    }
}
