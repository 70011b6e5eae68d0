//! What is chosen.
//!
//! Belongs here: [`Selection`], by name, across lanes. It survives every edit, since names last; what is gone drops out.

use std::collections::BTreeSet;

use crate::intensity::Intensity;
use crate::mode::Channel;

use super::document::{Document, StepId};
use super::lane::{PointId, Span};

/// How something chosen joins what is chosen already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Choose {
    /// Alone: a click.
    #[default]
    Only,
    /// Too: a box with Shift.
    Also,
    /// Chosen if it was not, and the other way round: a click with Shift or Ctrl.
    Toggle,
}

/// The chosen points and steps.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    points: BTreeSet<PointId>,
    steps: BTreeSet<StepId>,
    revision: u64,
}

impl PartialEq for Selection {
    fn eq(&self, other: &Self) -> bool {
        self.points == other.points && self.steps == other.steps
    }
}

impl Eq for Selection {}

impl Selection {
    /// The chosen points, in the order in which they were made.
    pub fn points(&self) -> impl ExactSizeIterator<Item = PointId> + '_ {
        self.points.iter().copied()
    }

    /// The chosen points as an edit takes them.
    pub fn to_points(&self) -> Vec<PointId> {
        self.points.iter().copied().collect()
    }

    /// The chosen steps.
    pub fn steps(&self) -> impl ExactSizeIterator<Item = StepId> + '_ {
        self.steps.iter().copied()
    }

    /// The one chosen point, if it is one.
    pub fn single(&self) -> Option<PointId> {
        self.points.first().copied().filter(|_| self.points.len() == 1)
    }

    /// Whether a point is chosen.
    pub fn has(&self, point: PointId) -> bool {
        self.points.contains(&point)
    }

    /// Whether a step is chosen.
    pub fn has_step(&self, step: StepId) -> bool {
        self.steps.contains(&step)
    }

    /// Whether nothing is chosen.
    pub fn is_empty(&self) -> bool {
        self.points.is_empty() && self.steps.is_empty()
    }

    /// A number that is another whenever another choice was made: for pictures to know that they are old.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Chooses nothing.
    pub fn clear(&mut self) {
        self.points.clear();
        self.steps.clear();
        self.revision += 1;
    }

    /// Chooses points.
    pub fn choose(&mut self, points: impl IntoIterator<Item = PointId>, how: Choose) {
        if how == Choose::Only {
            self.clear();
        }
        self.revision += 1;
        for point in points {
            if how == Choose::Toggle && self.points.remove(&point) {
                continue;
            }
            self.points.insert(point);
        }
    }

    /// Chooses a step.
    pub fn choose_step(&mut self, step: StepId, how: Choose) {
        if how == Choose::Only {
            self.clear();
        }
        self.revision += 1;
        if how != Choose::Toggle || !self.steps.remove(&step) {
            self.steps.insert(step);
        }
    }

    /// What pressing a point means for a drag: a chosen one keeps the whole selection, another one is chosen alone.
    pub fn grab(&mut self, point: PointId) {
        if !self.has(point) {
            self.choose([point], Choose::Only);
        }
    }

    /// Chooses the points in a box of time over lanes, each from an intensity to another: [`hit::boxed`](super::hit::boxed)
    /// makes these of pixels.
    pub fn choose_box(
        &mut self,
        document: &Document,
        channels: impl IntoIterator<Item = (Channel, Intensity, Intensity)>,
        span: Span,
        how: Choose,
    ) {
        let inside = channels.into_iter().flat_map(|(channel, low, high)| {
            let spots = document.lane(channel).into_iter().flat_map(move |lane| lane.spots_in(span));
            spots.filter(move |spot| (low..=high).contains(&spot.point.intensity)).map(|spot| spot.id)
        });
        let (before, revision) = (self.points.clone(), self.revision);
        let steps = self.steps.len();
        self.choose(inside.collect::<Vec<_>>(), how);
        if self.points == before && self.steps.len() == steps {
            // A box that grows over nothing new changes nothing.
            self.revision = revision;
        }
    }

    /// Chooses all points of a lane.
    pub fn choose_lane(&mut self, document: &Document, channel: Channel, how: Choose) {
        let all = document.lane(channel).into_iter().flat_map(|lane| lane.spots().map(|spot| spot.id));
        self.choose(all, how);
    }

    /// Chooses all points and steps.
    pub fn choose_all(&mut self, document: &Document) {
        self.revision += 1;
        self.points = document.lanes().flat_map(|(_, lane)| lane.spots().map(|spot| spot.id)).collect();
        self.steps = document.steps().iter().map(|named| named.id).collect();
    }

    /// The next point of a lane after the chosen one (or the one before), as Tab goes; the first where none is chosen.
    pub fn choose_next(&mut self, document: &Document, channel: Channel, back: bool) -> Option<PointId> {
        let lane = document.lane(channel)?;
        let places = self.points.iter().filter_map(|id| document.index(*id).filter(|place| place.0 == channel));
        let index = match (places.map(|place| place.1).max(), back) {
            (Some(index), false) => (index + 1) % lane.len(),
            (Some(index), true) => index.checked_sub(1).unwrap_or(lane.len() - 1),
            (None, false) => 0,
            (None, true) => lane.len().checked_sub(1)?,
        };
        let id = lane.spot(index)?.id;
        self.choose([id], Choose::Only);
        Some(id)
    }

    /// From the first chosen point to the last, over all lanes; with chosen steps.
    pub fn span(&self, document: &Document) -> Option<Span> {
        let points = self.points.iter().filter_map(|id| document.point(*id)).map(|(_, spot)| spot.point.at);
        let points = points.map(|at| Span { from: at, to: at });
        let steps = self.steps.iter().filter_map(|id| document.step(*id));
        let steps = steps.map(|named| Span { from: named.step.from, to: named.step.to });
        points.chain(steps).reduce(Span::joined)
    }

    /// Drops what is gone.
    pub(super) fn retain(&mut self, document: &Document) {
        let before = (self.points.len(), self.steps.len());
        self.points.retain(|id| document.point(*id).is_some());
        self.steps.retain(|id| document.step(*id).is_some());
        self.revision += u64::from(before != (self.points.len(), self.steps.len()));
    }

    pub(super) fn set(&mut self, points: Vec<PointId>, steps: Vec<StepId>) {
        self.revision += 1;
        self.points = points.into_iter().collect();
        self.steps = steps.into_iter().collect();
    }
}
