//! Where a tool works: on what is chosen, else on the active lane, from the playhead on.

use std::collections::BTreeSet;

use super::Kind;
use crate::editor::{Document, Selection, Span};
use crate::mode::Channel;
use crate::time::Time;

/// What is chosen, as far as tools ask. Found out once for each change: there may be many points.
#[derive(Debug, Default)]
pub(in super::super) struct Chosen {
    pub count: usize,
    /// From the first to the last, where there is time between.
    pub span: Option<Span>,
    channels: Vec<Channel>,
}

impl Chosen {
    pub fn of(document: &Document, selection: &Selection) -> Self {
        let channels = selection.points().filter_map(|id| document.index(id)).map(|at| at.0);
        let channels = channels.collect::<BTreeSet<_>>().into_iter().collect();
        let span = selection.span(document).filter(|span| span.from < span.to);
        Self { count: selection.points().len(), span, channels }
    }
}

/// Where a tool works.
#[derive(Clone, Copy)]
pub(in super::super) struct Place<'a> {
    pub document: &'a Document,
    pub selection: &'a Selection,
    pub chosen: &'a Chosen,
    pub active: Option<Channel>,
    pub playhead: Time,
    /// The levels of the massager in the lane that the tool works on.
    pub levels: Option<u16>,
}

impl Place<'_> {
    /// Whether the chosen points are meant, and not the lane.
    pub fn has_chosen(&self) -> bool {
        self.chosen.count > 1
    }

    /// The lanes that are meant: those of the chosen points, else the active one.
    pub fn channels(&self) -> Vec<Channel> {
        if self.has_chosen() {
            return self.chosen.channels.clone();
        }
        self.active.into_iter().filter(|channel| self.document.lane(*channel).is_some()).collect()
    }

    /// The stretch that a tool starts from: the chosen one, else what the playhead parts, else everything.
    pub fn span(&self, kind: Kind) -> Span {
        let (whole, here) = (self.document.whole(), self.playhead);
        let inside = whole.from < here && here < whole.to;
        self.chosen.span.unwrap_or(match kind {
            Kind::FadeIn | Kind::Repeat if inside => Span { to: here, ..whole },
            _ if inside => Span { from: here, ..whole },
            _ => whole,
        })
    }
}
