//! Where things stand in a RON file, so that a fault found later can still be shown with its line and column.
//!
//! Belongs here: the outline of a file that RON itself has already read without complaint. It forgives everything:
//! what it does not understand simply has no place of its own.

/// How deep values may be nested. RON's own reader stops at 128.
const DEEPEST: usize = 128;

/// A value, where it begins, and what it holds.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    /// Bytes into the file.
    at: usize,
    /// What its text is, where it is a string or a word.
    word: String,
    /// Whether it is a string written without escapes, so that places within it can be counted.
    plain: bool,
    children: Vec<Child>,
}

#[derive(Debug)]
struct Child {
    key: String,
    key_at: usize,
    value: Outline,
}

/// One step down into a file.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Step<'a> {
    /// A field or a map's key.
    Key(&'a str),
    /// A place in a list, from 0.
    Item(usize),
}

impl<'a> From<&'a str> for Step<'a> {
    fn from(key: &'a str) -> Self {
        Self::Key(key)
    }
}

impl From<usize> for Step<'_> {
    fn from(item: usize) -> Self {
        Self::Item(item)
    }
}

impl Outline {
    /// The outline of a whole file.
    pub(crate) fn of(source: &str) -> Self {
        let mut scanner = Scanner { source, at: 0 };
        scanner.attributes();
        scanner.value(0)
    }

    /// Bytes into the file of what a path leads to, or of the nearest thing above it.
    pub(crate) fn find(&self, path: &[Step<'_>]) -> usize {
        self.seek(path).0
    }

    /// As [`Outline::find`], some characters into a string.
    pub(crate) fn find_within(&self, path: &[Step<'_>], characters: usize) -> usize {
        match self.seek(path) {
            (at, Some(value)) if value.plain => {
                let inside = value.word.char_indices().nth(characters).map_or(value.word.len(), |(place, _)| place);
                at + 1 + inside
            }
            (at, _) => at,
        }
    }

    fn seek(&self, path: &[Step<'_>]) -> (usize, Option<&Self>) {
        let mut here = self;
        let mut at = self.at;
        for step in path {
            let child = match step {
                Step::Key(key) => here.children.iter().find(|child| child.key == *key),
                Step::Item(item) => here.children.get(*item),
            };
            let Some(child) = child else { return (at, None) };
            here = &child.value;
            at = here.at;
        }
        (at, Some(here))
    }

    /// Every key that stands twice in the same place, with where the second one stands.
    pub(crate) fn doubles(&self) -> Vec<(usize, &str)> {
        let mut found = Vec::new();
        let mut open = vec![self];
        while let Some(here) = open.pop() {
            let mut seen = std::collections::BTreeSet::new();
            for child in &here.children {
                if !child.key.is_empty() && !seen.insert(&child.key) {
                    found.push((child.key_at, child.key.as_str()));
                }
                open.push(&child.value);
            }
        }
        found
    }
}

struct Scanner<'a> {
    source: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        self.source.get(self.at..).unwrap_or("")
    }

    /// Skips `#![enable(…)]` lines.
    fn attributes(&mut self) {
        self.space();
        while self.rest().starts_with("#!") {
            self.at += self.rest().find(']').map_or(self.rest().len(), |place| place + 1);
            self.space();
        }
    }

    fn space(&mut self) {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start();
            self.at += rest.len() - trimmed.len();
            if trimmed.starts_with("//") {
                self.at += trimmed.find('\n').unwrap_or(trimmed.len());
            } else if trimmed.starts_with("/*") {
                self.comment();
            } else {
                return;
            }
        }
    }

    /// Skips a comment, which may hold others.
    fn comment(&mut self) {
        let mut depth = 0;
        loop {
            let rest = self.rest();
            if rest.starts_with("/*") {
                depth += 1;
                self.at += 2;
            } else if rest.starts_with("*/") {
                depth -= 1;
                self.at += 2;
            } else {
                match rest.chars().next() {
                    Some(character) => self.at += character.len_utf8(),
                    None => return,
                }
            }
            if depth == 0 {
                return;
            }
        }
    }

    fn value(&mut self, depth: usize) -> Outline {
        self.space();
        let mut here = Outline { at: self.at, ..Outline::default() };
        self.scalar(&mut here);
        self.space();
        let close = match self.rest().chars().next() {
            Some('(') => ')',
            Some('[') => ']',
            Some('{') => '}',
            _ => return here,
        };
        if depth >= DEEPEST {
            self.at = self.source.len();
            return here;
        }
        self.at += 1;
        loop {
            self.space();
            match self.rest().chars().next() {
                None => return here,
                Some(next) if next == close => {
                    self.at += 1;
                    return here;
                }
                Some(',') => self.at += 1,
                Some(_) => {
                    let before = self.at;
                    let first = self.value(depth + 1);
                    self.space();
                    if self.rest().starts_with(':') {
                        self.at += 1;
                        let value = self.value(depth + 1);
                        here.children.push(Child { key: first.word, key_at: first.at, value });
                    } else {
                        here.children.push(Child { key: String::new(), key_at: first.at, value: first });
                    }
                    if self.at == before {
                        self.at += self.rest().chars().next().map_or(1, char::len_utf8);
                    }
                }
            }
        }
    }

    /// Reads a string, a raw string, a word or a number; nothing where a bracket opens.
    fn scalar(&mut self, here: &mut Outline) {
        let rest = self.rest();
        if let Some(body) = rest.strip_prefix('"') {
            let mut escaped = false;
            here.plain = true;
            let end = body.char_indices().find(|(_, character)| {
                let ends = *character == '"' && !escaped;
                escaped = *character == '\\' && !escaped;
                here.plain &= *character != '\\';
                ends
            });
            let end = end.map_or(rest.len(), |(place, _)| place + 1);
            here.word = rest.get(1..end).unwrap_or("").to_owned();
            self.at += (end + 1).min(rest.len());
            return;
        }
        let hashes = rest.strip_prefix('r').map(|rest| rest.len() - rest.trim_start_matches('#').len());
        if let Some(hashes) = hashes
            && rest[1 + hashes..].starts_with('"')
        {
            let fence = format!("\"{}", "#".repeat(hashes));
            let body = &rest[2 + hashes..];
            let end = body.find(&fence).unwrap_or(body.len());
            here.word = body[..end].to_owned();
            self.at += (2 + hashes + end + fence.len()).min(rest.len());
            return;
        }
        let end = rest.find(|character: char| character.is_whitespace() || "()[]{}:,\"/".contains(character));
        let end = end.unwrap_or(rest.len());
        here.word = rest[..end].to_owned();
        self.at += end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::syntax;

    const FILE: &str = "// head\nMap(\n  name: \"x\", /* a, (b */\n  list: [One(a: \"uv\"), Two],\n  keys: { \"k\": r#\"v\"#, A: 1 },\n)\n";

    #[test]
    fn everything_is_found_where_it_stands() {
        let outline = Outline::of(FILE);
        let place = |path: &[Step<'_>]| syntax::place(FILE, outline.find(path));
        assert_eq!(place(&[]), (2, 1));
        assert_eq!(place(&["name".into()]), (3, 9));
        assert_eq!(place(&["list".into(), 1.into()]), (4, 24));
        assert_eq!(place(&["list".into(), 0.into(), "a".into()]), (4, 17));
        assert_eq!(place(&["keys".into(), "k".into()]), (5, 16));
        assert_eq!(place(&["keys".into(), "A".into()]), (5, 27));
        assert_eq!(place(&["keys".into(), "missing".into()]), (5, 9));
        let within = outline.find_within(&["list".into(), 0.into(), "a".into()], 1);
        assert_eq!(syntax::place(FILE, within).1, 19);
    }

    #[test]
    fn a_key_that_stands_twice_is_found() {
        let outline = Outline::of("(a: 1, b: {\"x\": 1, \"x\": 2}, a: 3)");
        let words: Vec<&str> = outline.doubles().into_iter().map(|(_, word)| word).collect();
        assert_eq!(words, ["a", "x"]);
    }

    #[test]
    fn nonsense_ends() {
        let deep = "(".repeat(10_000);
        for source in ["", "\"", "r#\"", "((((", "a:::", "/*", "{:}", "/ /", "é(é:é", "#![", "]", deep.as_str()] {
            let _ = Outline::of(source);
        }
    }
}
