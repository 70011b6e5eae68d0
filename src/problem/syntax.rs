//! Reading RON that a person wrote, with faults said in plain words.
//!
//! Belongs here: what profiles and device maps share: size, brackets, the version in the head, and `ron`'s errors turned
//! into a place and a remedy. What a file's fields mean does not.

use ron::error::{Error, Position, SpannedError};
use ron::extensions::Extensions;
use serde::de::DeserializeOwned;

use super::tokens::{Kind, Token, Tokens};
use super::{Problem, cut, names};
use crate::fact::Phrase;

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
        let size = source.len() as f64 / 1_048_576.0;
        return Err(Problem::new(1, 1, format!("the file has {size:.1} MiB: make it no larger than 8 MiB")));
    }
    let (mut depth, mut stated) = (0, None);
    let mut tokens = Tokens::of(source).peekable();
    while let Some(token) = tokens.next() {
        match token.kind {
            Kind::Open if depth == DEEPEST => {
                return Err(at(
                    source,
                    token.start,
                    "brackets are nested too deeply here: no part of the file needs that",
                ));
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
            (None, _) => at(source, source.len(), format!("the file is empty: begin with `{name}(version: 1,`")),
            (Some(first), None) => at(source, first.start, format!("begin with `{name}(version: 1,`")),
            (_, Some(open)) => at(source, open.end(), "the version is missing: write `version: 1,` as the first field"),
        });
    };
    match stated.text.parse::<u32>() {
        Ok(version) if (1..=newest).contains(&version) => Ok(version),
        // Digits beyond u32 are a newer version, too.
        _ if stated.text != "0" && stated.text.bytes().all(|byte| byte.is_ascii_digit()) => Err(at(
            source,
            stated.start,
            format!(
                "the file has version {}, newer than this Svang reads: update Svang to open it",
                short(stated.text)
            ),
        )),
        _ => Err(at(source, stated.start, format!("{} is no version: write `version: {newest},`", said(stated)))),
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
    let before = source.get(..offset).unwrap_or(source);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
    Problem::new(line, column, fact)
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
    let here = |text: String| at(source, around.here.map_or(start, |token| token.start), text);
    let value = |text: String| at(source, around.value.map_or(start, |token| token.start), text);
    let found = around.here.map_or("the end of the file".into(), said);
    let given = around.value.map_or("this".into(), said);
    if around.here.is_some_and(|token| token.text.starts_with(['“', '”', '„', '‘', '’', '«', '»'])) {
        return here("these quotes are curved: write straight ones, \"…\"".into());
    }
    match &error.code {
        Error::Message(text) => value(text.clone()),
        Error::InvalidValueForType { expected, .. } => value(format!("{given} cannot stand here: write {expected}")),
        Error::InvalidEscape(_) => {
            value("a backslash in quotes starts a special character: write \\\\ for itself".into())
        }
        Error::ExpectedComma => around.missing_comma(source, start),
        Error::ExpectedMapColon => here(match found.as_str() {
            "“(”" => "a colon is missing before “(”: names are one word, such as RollerLeft".into(),
            _ => format!("a colon is missing before {found}: write a name, a colon, a value"),
        }),
        Error::NoSuchStructField { expected, found, outer } => here(format!(
            "“{}” is no field{}: write one of {}",
            short(found),
            outer.as_ref().map(|outer| format!(" of {outer}")).unwrap_or_default(),
            names(found, expected.iter().copied())
        )),
        Error::NoSuchEnumVariant { expected, found, .. } => {
            let expected = names(found, expected.iter().copied());
            here(format!("“{}” is not known here: write one of {expected}", short(found)))
        }
        Error::MissingStructField { field, outer } => {
            let outer = outer.as_ref().map(|outer| format!(" in {outer}")).unwrap_or_default();
            at(source, around.opener.unwrap_or(start), format!("“{field}” is missing{outer}: add `{field}: …,`"))
        }
        Error::DuplicateStructField { field, .. } => here(format!("“{field}” stands here a second time: keep one")),
        Error::ExpectedDifferentStructName { expected, found } => {
            here(format!("“{}” stands where {expected} belongs: write `{expected}(`", short(found)))
        }
        Error::ExpectedNamedStructLike(name) => here(format!("“(” is missing before {found}: write `{name}(`")),
        Error::ExpectedStructLike => here(format!("“(” is missing before {found}")),
        Error::ExpectedStructLikeEnd => around.missing_end(source, start, &found),
        Error::ExpectedArray => here(format!("{found} stands where a list belongs: write “[” before its first entry")),
        Error::ExpectedMap => here(format!("{found} stands where “{{” belongs")),
        Error::ExpectedArrayEnd => here(format!("“]” is missing before {found}")),
        Error::ExpectedMapEnd => here(format!("“}}” is missing before {found}")),
        Error::ExpectedString => here(format!("{found} stands where a text in quotes belongs: put quotes around it")),
        Error::ExpectedFloat | Error::ExpectedInteger | Error::InvalidIntegerDigit { .. } | Error::FloatUnderscore => {
            here(format!("{found} stands where a number belongs: write digits alone, without quotes"))
        }
        Error::IntegerOutOfBounds => value(format!("{given} is out of range")),
        Error::ExpectedIdentifier | Error::InvalidIdentifier(_) | Error::SuggestRawIdentifier(_) => {
            let after_comma = around.before[0].is_some_and(|token| token.kind == Kind::Comma);
            here(match found.as_str() {
                "“,”" if after_comma => "one comma too many: remove it".into(),
                "“(”" => "a word is missing before “(”".into(),
                quoted if quoted.starts_with('"') => {
                    format!("{found} stands where a name belongs: leave out the quotes")
                }
                _ => format!("{found} stands where a name belongs"),
            })
        }
        Error::ExpectedDifferentLength { .. } => here(format!("a value is missing before {found}")),
        Error::TrailingCharacters => here(format!("{found} comes after the end: the file ends with its last bracket")),
        Error::ExceededRecursionLimit => here("brackets are nested too deeply here".into()),
        Error::Eof => here("the file ends too early: its end is missing".into()),
        other => here(format!("this cannot be read: {}", other.to_string().to_lowercase())),
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
        let [Some(before), _] = self.before else { return at(source, start, "a comma is missing here") };
        if before.text.starts_with('"') && before.text.contains('\n') {
            return at(source, before.start, "this text runs over several lines: is its closing quote missing?");
        }
        let after = self.here.map_or("", |token| token.text);
        if self.here.is_some_and(|token| token.start < start) && after.parse::<f64>().is_ok() {
            return at(source, start, format!("{} is no whole number: write digits alone", short(after)));
        }
        if after.starts_with('%') {
            return at(source, before.end(), "leave out “%”: intensities are in percent as they stand");
        }
        at(source, before.end(), format!("a comma is missing after {}", said(before)))
    }

    fn missing_end(&self, source: &str, start: usize, found: &str) -> Problem {
        let number = |token: Option<Token<'_>>| token.is_some_and(|token| token.text.parse::<f64>().is_ok());
        let place = self.here.map_or(start, |token| token.start);
        let comma = self.before[0].is_some_and(|token| token.kind == Kind::Comma);
        if comma && number(self.before[1]) && number(self.here) {
            return at(
                source,
                place,
                "one value too many: decimals take a point, such as 12.5, and nothing follows them",
            );
        }
        if found.contains('%') {
            return at(source, place, "leave out “%”: intensities are in percent as they stand");
        }
        at(source, place, format!("“)” is missing before {found}"))
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
    let fault = |noticed, start, text: String| Some(BracketFault { noticed, problem: at(source, start, text) });
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
                        let line = at(source, opener.start, "").line;
                        let (opened, closer) = (opener.text, expected(&opener));
                        let text = format!(
                            "“{}” stands where “{closer}” belongs: “{opened}” of line {line} is still open",
                            token.text
                        );
                        return fault(token.start, token.start, text);
                    }
                    None => {
                        return fault(token.start, token.start, format!("“{}” closes nothing: remove it", token.text));
                    }
                }
            }
            Kind::Unclosed => {
                let text = if token.text.starts_with('/') {
                    "this comment never ends: close it with */"
                } else {
                    "this text never ends: close it with a quote"
                };
                return fault(token.start, token.start, text.into());
            }
            _ => {}
        }
    }
    let opener = open.pop()?;
    if open.is_empty() {
        // The bracket around the whole file: where it belongs is known.
        let line = at(source, opener.start, "").line;
        let text = format!("the file ends here, and “{}” of line {line} is still open: close it", opener.text);
        return fault(source.len(), source.trim_end().len(), text);
    }
    fault(source.len(), opener.start, format!("“{}” is never closed", opener.text))
}
