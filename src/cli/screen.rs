//! What a running command shows: lines that stay, and on a terminal one line at the bottom that is drawn again.

use std::fmt::Arguments as Words;
use std::io::Write;

use super::warn;
use crate::text;

/// Where a running command shows what happens. Writing never fails it: a massage must not be left running because
/// nobody reads along.
pub(super) struct Screen<'a> {
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
    live: bool,
    drawn: String,
}

impl<'a> Screen<'a> {
    /// A screen; `live` where a person sits in front of it.
    pub fn new(out: &'a mut dyn Write, err: &'a mut dyn Write, live: bool) -> Self {
        Self { out, err, live, drawn: String::new() }
    }

    /// Whether a person sits in front of it, who can answer.
    pub fn is_live(&self) -> bool {
        self.live
    }

    /// Shows a line that stays.
    pub fn say(&mut self, words: Words<'_>) {
        self.clear();
        let _ = writeln!(self.out, "{}", text::plain(&words.to_string()));
        let _ = self.out.flush();
    }

    /// Shows a line about something that went wrong.
    pub fn warn(&mut self, words: Words<'_>) {
        self.clear();
        warn(self.err, words);
    }

    /// Draws the line at the bottom, where there is a terminal and it changed.
    pub fn draw(&mut self, line: &str) {
        let line = text::plain(line);
        if self.live && line != self.drawn {
            let _ = write!(self.out, "\r\x1b[K{line}");
            let _ = self.out.flush();
            self.drawn = line.into_owned();
        }
    }

    /// Takes the line at the bottom away.
    pub fn clear(&mut self) {
        if !self.drawn.is_empty() {
            let _ = write!(self.out, "\r\x1b[K");
            let _ = self.out.flush();
            self.drawn.clear();
        }
    }
}
