//! Where tracks, points and steps stand in a profile's source.
//!
//! Belongs here: finding a place again after reading, so that what only shows in the whole can name its line.

use std::collections::BTreeMap;

use crate::problem::tokens::{Kind, Tokens};

/// The first byte of each part of a profile's file.
#[derive(Debug, Default)]
pub(super) struct Places<'a> {
    /// Each field's value, by the field's name.
    fields: BTreeMap<&'a str, usize>,
    /// Each track's name, and its points.
    tracks: Vec<(usize, Vec<usize>)>,
    steps: Vec<usize>,
}

impl<'a> Places<'a> {
    /// The places in a source that was read without a fault.
    pub(super) fn of(source: &'a str) -> Self {
        let mut places = Self::default();
        let mut field = "";
        let (mut depth, mut begins) = (0_usize, false);
        let mut tokens = Tokens::of(source).peekable();
        while let Some(token) = tokens.next() {
            let word = token.kind == Kind::Word;
            match (depth, field) {
                (1, _) if word && tokens.peek().is_some_and(|next| next.kind == Kind::Colon) => {
                    field = token.text;
                    tokens.next();
                    places.fields.insert(field, tokens.peek().map_or(token.start, |value| value.start));
                    continue;
                }
                (2, "tracks") if begins && word => places.tracks.push((token.start, Vec::new())),
                (3, "tracks") if begins && word => {
                    if let Some((_, points)) = places.tracks.last_mut() {
                        points.push(token.start);
                    }
                }
                (2, "steps") if begins && token.kind != Kind::Close => places.steps.push(token.start),
                _ => {}
            }
            match token.kind {
                Kind::Open => depth += 1,
                Kind::Close => depth = depth.saturating_sub(1),
                _ => {}
            }
            begins = matches!(token.kind, Kind::Open | Kind::Comma);
        }
        places
    }

    /// A field's value; the file's start where it was left out.
    pub(super) fn field(&self, name: &str) -> usize {
        self.fields.get(name).copied().unwrap_or_default()
    }

    /// A track by its number in the file.
    pub(super) fn track(&self, track: usize) -> usize {
        self.tracks.get(track).map_or_else(|| self.field("tracks"), |(start, _)| *start)
    }

    /// A point by the numbers of its track and its own.
    pub(super) fn point(&self, track: usize, point: usize) -> usize {
        let found = self.tracks.get(track).and_then(|(_, points)| points.get(point));
        found.copied().unwrap_or_else(|| self.track(track))
    }

    /// A step by its number in the file.
    pub(super) fn step(&self, step: usize) -> usize {
        self.steps.get(step).copied().unwrap_or_else(|| self.field("steps"))
    }
}
