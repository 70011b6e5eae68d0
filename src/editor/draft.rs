//! A working copy in which a large edit is planned.
//!
//! Belongs here: [`Draft`], which copies only the lanes that are touched, and tells in the end what changed. Small edits
//! (a drag, a nudge) don't come here: they name their points directly.

use std::collections::BTreeMap;

use crate::curve::{Curve, Point, Shape};
use crate::fact::Heading;
use crate::intensity::Intensity;
use crate::mode::Channel;
use crate::profile::Step;
use crate::time::Time;

use super::change::{Change, Swap, Track, Turn};
use super::document::{Document, NamedStep, StepId};
use super::lane::{Lane, PointId, Span, Spot};
use super::told::Error;

pub(super) struct Draft<'a> {
    document: &'a Document,
    lanes: BTreeMap<Channel, Lane>,
    gone: Vec<Channel>,
    pub(super) steps: Vec<NamedStep>,
    pub(super) length: Time,
    next_point: u32,
    next_step: u32,
}

impl<'a> Draft<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        let (next_point, next_step) = document.last_names();
        Self {
            document,
            lanes: BTreeMap::new(),
            gone: Vec::new(),
            steps: document.steps.clone(),
            length: document.length,
            next_point,
            next_step,
        }
    }

    /// The channels that there are now.
    pub(super) fn channels(&self) -> Vec<Channel> {
        let old = self.document.lanes.keys().filter(|channel| !self.gone.contains(channel));
        let mut channels: Vec<_> = old.chain(self.lanes.keys()).copied().collect();
        channels.sort();
        channels.dedup();
        channels
    }

    /// A lane to work on.
    pub(super) fn lane(&mut self, channel: Channel) -> Result<LaneDraft<'_>, Error> {
        let length = self.length;
        if !self.lanes.contains_key(&channel) {
            let lane = self.document.lane(channel).filter(|_| !self.gone.contains(&channel));
            self.lanes.insert(channel, lane.ok_or(Error::NoTrack(Heading(channel)))?.clone());
        }
        let lane = self.lanes.entry(channel).or_default();
        Ok(LaneDraft { lane, next: &mut self.next_point, length })
    }

    /// A lane to work on, added where it is missing.
    pub(super) fn lane_or_new(&mut self, channel: Channel) -> Result<LaneDraft<'_>, Error> {
        if !self.channels().contains(&channel) {
            self.add_track(channel, &Curve::default())?;
        }
        self.lane(channel)
    }

    pub(super) fn add_track(&mut self, channel: Channel, curve: &Curve) -> Result<(), Error> {
        if self.channels().contains(&channel) {
            return Err(Error::TrackThere(Heading(channel)));
        }
        let next = &mut self.next_point;
        let lane = Lane::new(curve.clone(), || name(next));
        self.lanes.insert(channel, lane);
        Ok(())
    }

    pub(super) fn remove_track(&mut self, channel: Channel) -> Result<Curve, Error> {
        let curve = self.lane(channel)?.lane.curve().clone();
        self.lanes.remove(&channel);
        self.gone.push(channel);
        Ok(curve)
    }

    pub(super) fn add_step(&mut self, step: Step) {
        self.next_step += 1;
        let index = self.steps.partition_point(|other| other.step.from < step.from);
        self.steps.insert(index, NamedStep { id: StepId(self.next_step), step });
    }

    /// What became different.
    pub(super) fn finish(self) -> Change {
        let mut change = Change { length: Turn::new(self.document.length, self.length), ..Change::default() };
        for &channel in &self.gone {
            let Some(lane) = self.document.lane(channel) else { continue };
            if !self.lanes.contains_key(&channel) {
                change.tracks.insert(channel, Track { comes: false });
                add(&mut change, channel, Swap::new(lane.spots().collect(), Vec::new()));
            }
        }
        for (channel, lane) in self.lanes {
            let swap = match self.document.lane(channel) {
                Some(before) => difference(before, &lane),
                None => {
                    change.tracks.insert(channel, Track { comes: true });
                    Swap::new(Vec::new(), lane.spots().collect())
                }
            };
            add(&mut change, channel, swap);
        }
        let (old, new) = (&self.document.steps, self.steps);
        let removed = old.iter().filter(|step| !new.contains(step)).cloned().collect();
        let inserted = new.iter().filter(|step| !old.contains(step)).cloned().collect();
        change.steps = Swap::new(removed, inserted);
        change
    }
}

fn add(change: &mut Change, channel: Channel, swap: Swap<Spot>) {
    if !swap.removed().is_empty() || !swap.inserted().is_empty() {
        change.points.insert(channel, swap);
    }
}

fn name(next: &mut u32) -> PointId {
    *next += 1;
    PointId(*next)
}

/// The points that differ between two states of a lane.
fn difference(before: &Lane, after: &Lane) -> Swap<Spot> {
    let (mut removed, mut inserted) = (Vec::new(), Vec::new());
    let (mut old, mut new) = (before.spots().peekable(), after.spots().peekable());
    loop {
        match (old.peek(), new.peek()) {
            (Some(a), Some(b)) if a == b => {
                old.next();
                new.next();
            }
            (Some(a), Some(b)) if a.point.at <= b.point.at => removed.extend(old.next()),
            (_, Some(_)) => inserted.extend(new.next()),
            (Some(_), None) => removed.extend(old.next()),
            (None, None) => return Swap::new(removed, inserted),
        }
    }
}

/// One lane of a draft.
pub(super) struct LaneDraft<'a> {
    pub(super) lane: &'a mut Lane,
    next: &'a mut u32,
    length: Time,
}

impl LaneDraft<'_> {
    /// Puts a point on the curve as it runs; gives its index.
    pub(super) fn pin(&mut self, at: Time) -> usize {
        self.lane.pin(at, || name(self.next))
    }

    /// Writes points into a stretch; outside it the curve runs as before.
    pub(super) fn write(&mut self, span: Span, points: &[Point]) {
        self.lane.write(span, self.length, points, || name(self.next));
    }

    /// Replaces everything.
    pub(super) fn replace(&mut self, points: &[Point]) {
        let spots: Vec<_> = points.iter().map(|&point| Spot { id: name(self.next), point }).collect();
        self.lane.splice(0..self.lane.len(), &spots);
    }

    pub(super) fn remove(&mut self, span: Span) {
        self.lane.splice(self.lane.indices(span), &[]);
    }

    /// Replaces all points by what a function makes of each; it must keep the order of time.
    pub(super) fn map(&mut self, change: impl Fn(&Lane, usize, Spot) -> Option<Spot>) {
        let lane = &*self.lane;
        let spots: Vec<_> = lane.spots().enumerate().filter_map(|(index, spot)| change(lane, index, spot)).collect();
        self.lane.splice(0..self.lane.len(), &spots);
    }

    /// Replaces the points of a stretch; those with a name keep it.
    pub(super) fn rewrite(&mut self, span: Span, points: Vec<(Option<PointId>, Point)>) {
        let spots: Vec<_> =
            points.into_iter().map(|(id, point)| Spot { id: id.unwrap_or_else(|| name(self.next)), point }).collect();
        self.lane.splice(self.lane.indices(span), &spots);
    }

    /// Sets one point.
    pub(super) fn set(&mut self, index: usize, change: impl FnOnce(&mut Point)) {
        if let Some(mut spot) = self.lane.spot(index) {
            change(&mut spot.point);
            self.lane.splice(index..index + 1, &[spot]);
        }
    }

    /// Puts a point, in place of one at the same time.
    pub(super) fn put(&mut self, shape: Shape, at: Time, intensity: Intensity) {
        let point = Point::new(shape, at, intensity);
        match self.lane.index_at(at) {
            Ok(index) => self.set(index, |old| *old = point),
            Err(index) => {
                let id = name(self.next);
                self.lane.splice(index..index, &[Spot { id, point }]);
            }
        }
    }
}
