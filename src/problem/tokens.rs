//! The pieces of a RON file, each with its place.
//!
//! Belongs here: enough of RON's words to say where something stands and which bracket is missing. What the words mean
//! is read by the `ron` crate.

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `(`, `[` or `{`.
    Open,
    /// `)`, `]` or `}`.
    Close,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// A name, a number or a whole string.
    Word,
    /// A string or a block comment that does not end before the file does.
    Unclosed,
}

/// One piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    /// What it is.
    pub kind: Kind,
    /// Its first byte in the source.
    pub start: usize,
    /// Its text, quotes included.
    pub text: &'a str,
}

impl Token<'_> {
    /// The byte after it.
    pub(crate) fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The pieces of a source, in order, without spaces and comments.
#[derive(Debug, Clone)]
pub(crate) struct Tokens<'a> {
    source: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    /// All pieces of a source.
    pub(crate) const fn of(source: &'a str) -> Self {
        Self { source, at: 0 }
    }

    fn rest(&self) -> &'a str {
        self.source.get(self.at..).unwrap_or_default()
    }

    fn token(&mut self, kind: Kind, length: usize) -> Token<'a> {
        let start = self.at;
        self.at = (start + length).min(self.source.len());
        Token { kind, start, text: self.source.get(start..self.at).unwrap_or_default() }
    }

    /// Goes past spaces and comments; a block comment without an end comes back as a piece.
    fn skip_space(&mut self) -> Option<Token<'a>> {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start();
            self.at += rest.len() - trimmed.len();
            if trimmed.starts_with("//") {
                self.at += trimmed.find('\n').unwrap_or(trimmed.len());
            } else if trimmed.starts_with("/*") {
                match block_comment(trimmed.as_bytes()) {
                    Some(length) => self.at += length,
                    None => return Some(self.token(Kind::Unclosed, trimmed.len())),
                }
            } else {
                return None;
            }
        }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if let Some(unclosed) = self.skip_space() {
            return Some(unclosed);
        }
        let rest = self.rest();
        let kind = match rest.chars().next()? {
            '(' | '[' | '{' => Kind::Open,
            ')' | ']' | '}' => Kind::Close,
            ',' => Kind::Comma,
            ':' => Kind::Colon,
            _ => {
                return Some(match word(rest) {
                    Some(length) => self.token(Kind::Word, length),
                    None => self.token(Kind::Unclosed, rest.len()),
                });
            }
        };
        Some(self.token(kind, 1))
    }
}

/// The length of a block comment, which may hold others.
fn block_comment(bytes: &[u8]) -> Option<usize> {
    let (mut depth, mut at) = (0_usize, 0);
    while at < bytes.len() {
        match bytes.get(at..at + 2) {
            Some(b"/*") => (depth, at) = (depth + 1, at + 2),
            Some(b"*/") if depth == 1 => return Some(at + 2),
            Some(b"*/") => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
    }
    None
}

/// The length of a name, number or string; nothing for a string without an end.
fn word(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let prefix = bytes.iter().take(2).take_while(|byte| matches!(byte, b'r' | b'b')).count();
    let hashes = bytes.iter().skip(prefix).take_while(|byte| **byte == b'#').count();
    let quote = prefix + hashes;
    if bytes.get(quote) == Some(&b'"') {
        if bytes.iter().take(prefix).any(|byte| *byte == b'r') {
            let close = format!("\"{}", "#".repeat(hashes));
            return rest.get(quote + 1..)?.find(&close).map(|length| quote + 1 + length + close.len());
        }
        if hashes == 0 {
            return quoted(bytes, quote + 1);
        }
    }
    if let Some(inner) = rest.strip_prefix('\'') {
        // A character, such as 'a' or '\n'; else a stray mark.
        let end = match inner.strip_prefix('\\') {
            Some(escaped) => escaped.char_indices().skip(1).take(10).find(|(_, c)| *c == '\'').map(|(at, _)| at + 3),
            None => inner
                .chars()
                .next()
                .filter(|c| inner.get(c.len_utf8()..).is_some_and(|end| end.starts_with('\'')))
                .map(|c| c.len_utf8() + 2),
        };
        return Some(end.unwrap_or(1));
    }
    let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | ',' | ':' | '"');
    let length = rest
        .char_indices()
        .skip(1)
        .find(|(at, c)| ends(*c) || (*c == '/' && rest.get(at + 1..).is_some_and(|next| next.starts_with(['/', '*']))));
    Some(length.map_or(rest.len(), |(at, _)| at))
}

/// The end of a quoted string whose first byte stands at `at`.
fn quoted(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(source: &str) -> Vec<&str> {
        Tokens::of(source).map(|token| token.text).collect()
    }

    #[test]
    fn a_file_falls_into_its_pieces() {
        assert_eq!(
            texts("A(b: [1.5, -2], // c, d\n \"x \\\" )\": r#\"y\"z\"#, '(', '\\'', /* ( /* ) */ */ e)"),
            [
                "A",
                "(",
                "b",
                ":",
                "[",
                "1.5",
                ",",
                "-2",
                "]",
                ",",
                "\"x \\\" )\"",
                ":",
                "r#\"y\"z\"#",
                ",",
                "'('",
                ",",
                "'\\''",
                ",",
                "e",
                ")"
            ]
        );
    }

    #[test]
    fn what_never_ends_is_one_piece() {
        for source in ["a \"b", "a /* b /* */", "a r#\"b\"", "a \"b\\\""] {
            assert_eq!(Tokens::of(source).last().unwrap().kind, Kind::Unclosed, "{source}");
        }
    }

    proptest! {
        #[test]
        fn pieces_follow_each_other_to_the_end(source in "[a-z0-9(){}\\[\\]:,\"'\\\\/*#rb \næ]{0,60}") {
            let mut at = 0;
            for token in Tokens::of(&source) {
                prop_assert!(token.start >= at && !token.text.is_empty());
                prop_assert_eq!(&source[token.start..token.end()], token.text);
                at = token.end();
            }
        }
    }
}
