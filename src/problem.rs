//! A fault in a file that a person wrote.
//!
//! Belongs here: [`Problem`], shared by profiles and device maps. How each file is checked does not.

use std::fmt;

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
    /// What is wrong, and what to write instead.
    pub text: String,
}

impl Problem {
    /// A fault at a place.
    pub fn new(line: usize, column: usize, text: impl Into<String>) -> Self {
        let text = text.into();
        let text = match text::plain(&text) {
            std::borrow::Cow::Borrowed(_) => text,
            // It quotes the file, and is shown on terminals too.
            std::borrow::Cow::Owned(plain) => plain,
        };
        Self { line, column, text }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.text)
    }
}
