//! Reading RON that a person wrote, with faults said in plain words.
//!
//! Belongs here: what profiles and device maps share: size, brackets, the version in the head, and `ron`'s errors turned
//! into a place and a remedy. What a file's fields mean does not.

use ron::error::{Error, Position, SpannedError};
use ron::extensions::Extensions;
use serde::de::DeserializeOwned;

use super::fault::{Expected, Fault, Piece};
use super::tokens::{Kind, Token, Tokens};
use super::{Problem, names};
use crate::fact::carried::taken;
use crate::fact::{Decimal, Phrase};
use crate::text::cut;

/// The largest file that is read: 8 MiB.
pub const LARGEST: usize = 8 * 1024 * 1024;

/// The deepest nesting of brackets that is read. Profiles and device maps need less than half.
const DEEPEST: usize = 16;

/// A source without the byte order mark that some editors put in front.
pub fn without_mark(source: &str) -> &str {
    source.strip_prefix('\u{feff}').unwrap_or(source)
}

/// The version that a file states in its head, from 1 to `newest`. `name` is the word that the file begins with.
///
/// # Errors
/// A file beyond [`LARGEST`], brackets nested too deeply, no version, and a version that is unknown or newer than
/// `newest`.
pub fn version(source: &str, name: &str, newest: u32) -> Result<u32, Problem> {
    if source.len() > LARGEST {
        return Err(Problem::new(1, 1, Fault::TooLarge(Decimal(source.len() as i64 * 10 / 1_048_576, 1))));
    }
    let (mut depth, mut stated) = (0, None);
    let mut tokens = Tokens::of(source).peekable();
    while let Some(token) = tokens.next() {
        match token.kind {
            Kind::Open if depth == DEEPEST => {
                return Err(at(source, token.start, Fault::TooDeep));
            }
            Kind::Open => depth += 1,
            Kind::Close => depth = depth.saturating_sub(1),
            Kind::Word
                if depth == 1
                    && stated.is_none()
                    && token.text == "version"
                    && tokens.next_if(|next| next.kind == Kind::Colon).is_some() =>
            {
                stated = tokens.next_if(|next| next.kind == Kind::Word);
            }
            _ => {}
        }
    }
    let Some(stated) = stated else {
        let mut tokens = Tokens::of(source);
        let first = tokens.next();
        let inside = if first.is_some_and(|first| first.text == "(") { first } else { tokens.next() };
        return Err(match (first, inside.filter(|token| token.text == "(")) {
            (None, _) => at(source, source.len(), Fault::Empty(name.to_owned())),
            (Some(first), None) => at(source, first.start, Fault::Begins(name.to_owned())),
            (_, Some(open)) => at(source, open.end(), Fault::NoVersion),
        });
    };
    match stated.text.parse::<u32>() {
        Ok(version) if (1..=newest).contains(&version) => Ok(version),
        // Digits beyond u32 are a newer version, too.
        _ if stated.text != "0" && stated.text.bytes().all(|byte| byte.is_ascii_digit()) => {
            Err(at(source, stated.start, Fault::NewerVersion(short(stated.text))))
        }
        _ => Err(at(source, stated.start, Fault::OddVersion { here: said(stated), newest })),
    }
}

/// Reads a file strictly.
///
/// # Errors
/// The first fault, with its place and remedy; where a bracket may be its cause, that too.
pub fn parse<T: DeserializeOwned>(source: &str) -> Result<T, Vec<Problem>> {
    // An optional field is written as its bare value.
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    options.from_str(source).map_err(|error| {
        let brackets = bracket_fault(source);
        if let Some(fault) = brackets.as_ref().filter(|fault| fault.noticed <= offset(source, error.span.end)) {
            return vec![fault.problem.clone()];
        }
        // An unknown word may be a known one in a place where a bracket is missing.
        let unknown = matches!(error.code, Error::NoSuchEnumVariant { .. } | Error::NoSuchStructField { .. });
        let cause = brackets.filter(|fault| unknown && fault.noticed < source.len()).map(|fault| fault.problem);
        [in_words(source, &error)].into_iter().chain(cause).collect()
    })
}

/// A fault at a byte of the source.
pub fn at(source: &str, offset: usize, fact: impl Into<Phrase>) -> Problem {
    let (line, column) = place(source, offset);
    Problem::new(line, column, fact)
}

/// The line and the column of a byte of the source, from 1.
pub(crate) fn place(source: &str, offset: usize) -> (usize, usize) {
    let before = source.get(..offset).unwrap_or(source);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    (line, before.get(line_start..).unwrap_or_default().chars().count() + 1)
}

/// Faults at bytes of the source, in the order of the file; the source is gone through once for all of them.
pub fn all_at(source: &str, faults: Vec<(usize, Phrase)>) -> Vec<Problem> {
    let (mut line, mut line_start, mut gone) = (1, 0, 0);
    let mut problems = Vec::new();
    for (offset, fact) in faults {
        let piece = source.get(gone..offset).unwrap_or_default();
        if let Some(newline) = piece.rfind('\n') {
            line += piece.bytes().filter(|byte| *byte == b'\n').count();
            line_start = gone + newline + 1;
        }
        gone = gone.max(offset);
        let column = source.get(line_start..offset).unwrap_or_default().chars().count() + 1;
        problems.push(Problem::new(line, column, fact));
    }
    problems
}

/// At most 41 letters of a piece of the file, on one line and without hidden characters.
pub fn short(text: &str) -> String {
    cut(text, 41)
}

/// A piece of the file as a sentence names it.
fn said(token: Token<'_>) -> String {
    let text = short(token.text);
    if text.starts_with('"') { text } else { format!("“{text}”") }
}

/// The byte at a place as `ron` counts it.
fn offset(source: &str, position: Position) -> usize {
    let mut start = 0;
    for _ in 1..position.line {
        match source.get(start..).and_then(|rest| rest.find('\n')) {
            Some(newline) => start += newline + 1,
            None => return source.len(),
        }
    }
    let rest = source.get(start..).unwrap_or_default();
    start + rest.char_indices().nth(position.col - 1).map_or(rest.len(), |(at, _)| at)
}

fn in_words(source: &str, error: &SpannedError) -> Problem {
    let (start, end) = (offset(source, error.span.start), offset(source, error.span.end));
    // `ron` tells where its reading stood; a person looks for the piece that is wrong.
    let around = Around::find(source, start, end);
    let here = |fault: Fault| at(source, around.here.map_or(start, |token| token.start), fault);
    let value = |fault: Phrase| at(source, around.value.map_or(start, |token| token.start), fault);
    let found = around.here.map_or(Piece::End, |token| Piece::Word(said(token)));
    let given = around.value.map_or(Piece::This, |token| Piece::Word(said(token)));
    let word = around.here.map(said).unwrap_or_default();
    let missing = |what: &str| here(Fault::Missing { what: what.to_owned(), before: found.clone() });
    if around.here.is_some_and(|token| token.text.starts_with(['“', '”', '„', '‘', '’', '«', '»'])) {
        return here(Fault::CurvedQuotes);
    }
    match &error.code {
        Error::Message(text) => value(taken(text).unwrap_or_else(|| Fault::Other(short(text)).into())),
        Error::InvalidValueForType { expected, .. } => {
            value(Fault::OtherKind { here: given, expected: Expected::of(expected) }.into())
        }
        Error::InvalidEscape(_) => value(Fault::Escape.into()),
        Error::ExpectedComma => around.missing_comma(source, start),
        Error::ExpectedMapColon if word == "“(”" => here(Fault::NoColonBeforeBracket),
        Error::ExpectedMapColon => here(Fault::NoColon(found)),
        Error::NoSuchStructField { expected, found, outer } => {
            let (here_, known) = (short(found), names(found, expected.iter().copied()));
            here(match outer {
                Some(outer) => Fault::NoFieldOf { here: here_, outer: outer.clone(), known },
                None => Fault::NoField { here: here_, known },
            })
        }
        Error::NoSuchEnumVariant { expected, found, .. } => {
            here(Fault::NoWord { here: short(found), known: names(found, expected.iter().copied()) })
        }
        Error::MissingStructField { field, outer } => {
            let field = (*field).to_owned();
            let fault = match outer {
                Some(outer) => Fault::FieldMissingIn { field, outer: outer.clone() },
                None => Fault::FieldMissing(field),
            };
            at(source, around.opener.unwrap_or(start), fault)
        }
        Error::DuplicateStructField { field, .. } => here(Fault::Twice((*field).to_owned())),
        Error::ExpectedDifferentStructName { expected, found } => {
            here(Fault::OtherName { here: short(found), expected: (*expected).to_owned() })
        }
        Error::ExpectedNamedStructLike(name) => here(Fault::NoOpeningOf { here: found, name: (*name).to_owned() }),
        Error::ExpectedStructLike => missing("("),
        Error::ExpectedStructLikeEnd => around.missing_end(source, start, found, &word),
        Error::ExpectedArray => here(Fault::NoList(found)),
        Error::ExpectedMap => here(Fault::NoBrace(found)),
        Error::ExpectedArrayEnd => missing("]"),
        Error::ExpectedMapEnd => missing("}"),
        Error::ExpectedString => here(Fault::NoText(found)),
        Error::ExpectedFloat | Error::ExpectedInteger | Error::InvalidIntegerDigit { .. } | Error::FloatUnderscore => {
            here(Fault::NoNumber(found))
        }
        Error::IntegerOutOfBounds => value(Fault::OutOfRange(given).into()),
        Error::ExpectedIdentifier | Error::InvalidIdentifier(_) | Error::SuggestRawIdentifier(_) => {
            let after_comma = around.before[0].is_some_and(|token| token.kind == Kind::Comma);
            here(match word.as_str() {
                "“,”" if after_comma => Fault::CommaTooMany,
                "“(”" => Fault::NoWordBeforeBracket,
                quoted if quoted.starts_with('"') => Fault::NameInQuotes(word),
                _ => Fault::NoName(found),
            })
        }
        Error::ExpectedDifferentLength { .. } => here(Fault::NoValue(found)),
        Error::TrailingCharacters => here(Fault::AfterTheEnd(found)),
        Error::ExceededRecursionLimit => here(Fault::TooDeep),
        Error::Eof => here(Fault::EndsTooEarly),
        other => here(Fault::Other(other.to_string().to_lowercase())),
    }
}

/// The pieces around the place where reading stopped.
#[derive(Default)]
struct Around<'a> {
    /// The piece at the place, or the next one.
    here: Option<Token<'a>>,
    /// The two before that, the nearer one first.
    before: [Option<Token<'a>>; 2],
    /// The last piece that begins before the end of what was read: the value that was refused.
    value: Option<Token<'a>>,
    /// Where the innermost open bracket's piece begins, with the name before the bracket.
    opener: Option<usize>,
}

impl<'a> Around<'a> {
    fn find(source: &'a str, start: usize, end: usize) -> Self {
        let mut around = Self::default();
        let mut open = Vec::new();
        let mut last: Option<Token<'a>> = None;
        for token in Tokens::of(source) {
            if token.start < end {
                around.value = Some(token);
            } else if around.here.is_some() {
                break;
            }
            if around.here.is_none() {
                if token.end() > start {
                    around.here = Some(token);
                    around.opener = open.last().copied();
                } else {
                    around.before = [Some(token), around.before[0]];
                }
            }
            match token.kind {
                Kind::Open => open.push(last.filter(|name| name.kind == Kind::Word).unwrap_or(token).start),
                Kind::Close => drop(open.pop()),
                _ => {}
            }
            last = Some(token);
        }
        around
    }

    fn missing_comma(&self, source: &str, start: usize) -> Problem {
        let [Some(before), _] = self.before else { return at(source, start, Fault::NoComma) };
        if before.text.starts_with('"') && before.text.contains('\n') {
            return at(source, before.start, Fault::LongText);
        }
        let after = self.here.map_or("", |token| token.text);
        if self.here.is_some_and(|token| token.start < start) && after.parse::<f64>().is_ok() {
            return at(source, start, Fault::NoWholeNumber(short(after)));
        }
        if after.starts_with('%') {
            return at(source, before.end(), Fault::PercentSign);
        }
        at(source, before.end(), Fault::NoCommaAfter(said(before)))
    }

    fn missing_end(&self, source: &str, start: usize, found: Piece, word: &str) -> Problem {
        let number = |token: Option<Token<'_>>| token.is_some_and(|token| token.text.parse::<f64>().is_ok());
        let comma = self.before[0].is_some_and(|token| token.kind == Kind::Comma);
        let fault = if comma && number(self.before[1]) && number(self.here) {
            Fault::DecimalComma
        } else if word.contains('%') {
            Fault::PercentSign
        } else {
            Fault::Missing { what: ")".to_owned(), before: found }
        };
        at(source, self.here.map_or(start, |token| token.start), fault)
    }
}

/// A bracket, text or comment that does not end as it should.
struct BracketFault {
    /// From which byte on one can know.
    noticed: usize,
    problem: Problem,
}

/// The first fault in the nesting of brackets.
fn bracket_fault(source: &str) -> Option<BracketFault> {
    let mut open: Vec<Token<'_>> = Vec::new();
    let fault = |noticed, start, fault| Some(BracketFault { noticed, problem: at(source, start, fault) });
    let line_of = |token: Token<'_>| place(source, token.start).0;
    for token in Tokens::of(source) {
        match token.kind {
            Kind::Open => open.push(token),
            Kind::Close => {
                let expected = |open: &Token<'_>| match open.text {
                    "(" => ")",
                    "[" => "]",
                    _ => "}",
                };
                match open.pop() {
                    Some(opener) if expected(&opener) == token.text => {}
                    Some(opener) => {
                        let wrong = Fault::OtherBracket {
                            here: token.text.to_owned(),
                            expected: expected(&opener).to_owned(),
                            opened: opener.text.to_owned(),
                            line: line_of(opener),
                        };
                        return fault(token.start, token.start, wrong);
                    }
                    None => {
                        return fault(token.start, token.start, Fault::ClosesNothing(token.text.to_owned()));
                    }
                }
            }
            Kind::Unclosed => {
                let comment = token.text.starts_with('/');
                let wrong = if comment { Fault::OpenComment } else { Fault::OpenText };
                return fault(token.start, token.start, wrong);
            }
            _ => {}
        }
    }
    let opener = open.pop()?;
    if open.is_empty() {
        // The bracket around the whole file: where it belongs is known.
        let wrong = Fault::FileOpen { opened: opener.text.to_owned(), line: line_of(opener) };
        return fault(source.len(), source.trim_end().len(), wrong);
    }
    fault(source.len(), opener.start, Fault::NeverClosed(opener.text.to_owned()))
}
