//! The profile under the pen.
//!
//! Belongs here: [`Document`], its points and steps with names that last, and the way from and to a
//! [`Profile`]. What changes it is a [`Change`](super::Change), and only that.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::mode::Channel;
use crate::profile::{Need, Profile, Step, Text};
use crate::time::Time;

use super::change::{Change, Direction};
use super::lane::{Lane, Names, PointId, Span, Spot};

/// The name of a manual step. It lasts like that of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StepId(pub(super) u32);

/// A manual step with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedStep {
    /// Its name.
    pub id: StepId,
    /// The step.
    pub step: Step,
}

/// The profile under the pen. A value: it can be cloned, compared and thrown away.
#[derive(Debug, Clone, Default)]
pub struct Document {
    pub(super) name: Text,
    pub(super) description: Text,
    pub(super) author: Option<String>,
    pub(super) need: Option<Need>,
    pub(super) length: Time,
    pub(super) lanes: BTreeMap<Channel, Lane>,
    pub(super) steps: Vec<NamedStep>,
    places: HashMap<PointId, (Channel, Time), Names>,
    next_point: u32,
    next_step: u32,
    revision: u64,
    steps_revision: u64,
}

/// Two documents are equal when a person finds no difference: names of points included, numbers of revisions not.
impl PartialEq for Document {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
            && self.description == other.description
            && self.author == other.author
            && self.need == other.need
            && self.length == other.length
            && self.lanes == other.lanes
            && self.steps == other.steps
    }
}

impl Document {
    /// The shortest profile that can be made: one second.
    pub const SHORTEST: Time = Time::from_secs(1);

    /// A document of a profile. Points and steps beyond its length, which no file holds, lengthen it.
    pub fn new(profile: &Profile) -> Self {
        let mut document = Self {
            name: profile.name.clone(),
            description: profile.description.clone(),
            author: profile.author.clone(),
            need: profile.need,
            length: profile.length.max(Self::SHORTEST),
            ..Self::default()
        };
        for (&channel, curve) in &profile.tracks {
            let first = document.next_point;
            let lane = Lane::new(curve.clone(), || {
                document.next_point += 1;
                PointId(document.next_point)
            });
            debug_assert_eq!(document.next_point - first, lane.len() as u32);
            document.length = document.length.max(lane.curve().end());
            document.places.extend(lane.spots().map(|spot| (spot.id, (channel, spot.point.at))));
            document.lanes.insert(channel, lane);
        }
        for step in &profile.steps {
            document.next_step += 1;
            document.length = document.length.max(step.to);
            document.steps.push(NamedStep { id: StepId(document.next_step), step: step.clone() });
        }
        document
    }

    /// The profile, to save and to play. Lanes without points stay out, since a file has none. Costs a copy of all points:
    /// ask after a gesture, not in every frame of it.
    pub fn to_profile(&self) -> Profile {
        Profile {
            name: self.name.clone(),
            description: self.description.clone(),
            author: self.author.clone(),
            need: self.need,
            length: self.length,
            tracks: self
                .lanes()
                .filter(|(_, lane)| !lane.is_empty())
                .map(|(c, lane)| (c, lane.curve().clone()))
                .collect(),
            steps: self.steps.iter().map(|named| named.step.clone()).collect(),
        }
    }

    /// The profile, shared, as the engine takes it.
    pub fn to_shared(&self) -> Arc<Profile> {
        Arc::new(self.to_profile())
    }

    /// Its name.
    pub fn name(&self) -> &Text {
        &self.name
    }

    /// What it is for.
    pub fn description(&self) -> &Text {
        &self.description
    }

    /// Who made it.
    pub fn author(&self) -> Option<&str> {
        self.author.as_deref()
    }

    /// When or for what one takes it.
    pub fn need(&self) -> Option<Need> {
        self.need
    }

    /// How long it is.
    pub fn length(&self) -> Time {
        self.length
    }

    /// From start to end.
    pub fn whole(&self) -> Span {
        Span { from: Time::ZERO, to: self.length }
    }

    /// The lanes, in the order of the screen.
    pub fn lanes(&self) -> impl Iterator<Item = (Channel, &Lane)> {
        self.lanes.iter().map(|(&channel, lane)| (channel, lane))
    }

    /// One lane.
    pub fn lane(&self, channel: Channel) -> Option<&Lane> {
        self.lanes.get(&channel)
    }

    /// A point and the lane it is in.
    pub fn point(&self, id: PointId) -> Option<(Channel, Spot)> {
        let &(channel, at) = self.places.get(&id)?;
        let lane = self.lanes.get(&channel)?;
        Some((channel, lane.spot(lane.index_at(at).ok()?)?))
    }

    /// Which point of its lane it is, from 0: for “5 of 12”, and for the points beside it.
    pub fn index(&self, id: PointId) -> Option<(Channel, usize)> {
        let &(channel, at) = self.places.get(&id)?;
        Some((channel, self.lanes.get(&channel)?.index_at(at).ok()?))
    }

    /// The manual steps, in time order.
    pub fn steps(&self) -> &[NamedStep] {
        &self.steps
    }

    /// One manual step.
    pub fn step(&self, id: StepId) -> Option<&NamedStep> {
        self.steps.iter().find(|named| named.id == id)
    }

    /// A number that changes with every change.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// A number that changes with every change of the manual steps.
    pub fn steps_revision(&self) -> u64 {
        self.steps_revision
    }

    /// The last names given: a plan counts on from here.
    pub(super) fn last_names(&self) -> (u32, u32) {
        (self.next_point, self.next_step)
    }

    /// Makes a change, or takes it back. It must have been planned on this state (or made on it, to be taken back).
    pub(super) fn apply(&mut self, change: &Change, direction: Direction) {
        self.revision += 1;
        for (&channel, track) in &change.tracks {
            if track.after(direction) {
                self.lanes.entry(channel).or_default();
            }
        }
        for (&channel, swap) in &change.points {
            let (removed, inserted) = swap.sides(direction);
            for spot in removed {
                self.places.remove(&spot.id);
            }
            if let Some(lane) = self.lanes.get_mut(&channel) {
                lane.exchange(removed, inserted);
                lane.mark(self.revision);
            }
        }
        // Only now, so that a point that changed lanes has its new place.
        for (&channel, swap) in &change.points {
            for spot in swap.sides(direction).1 {
                self.next_point = self.next_point.max(spot.id.0);
                self.places.insert(spot.id, (channel, spot.point.at));
            }
        }
        for (&channel, track) in &change.tracks {
            if !track.after(direction) {
                self.lanes.remove(&channel);
            }
        }
        let (removed, inserted) = change.steps.sides(direction);
        if !removed.is_empty() || !inserted.is_empty() {
            self.steps_revision = self.revision;
            self.steps.retain(|named| !removed.iter().any(|gone| gone.id == named.id));
            for named in inserted {
                self.next_step = self.next_step.max(named.id.0);
                let index = self.steps.partition_point(|other| other.step.from < named.step.from);
                self.steps.insert(index, named.clone());
            }
        }
        change.length.give(direction, &mut self.length);
        change.name.give(direction, &mut self.name);
        change.description.give(direction, &mut self.description);
        change.author.give(direction, &mut self.author);
        change.need.give(direction, &mut self.need);
    }

    /// What must always hold: points and steps in order and within the length, and every name leads to its point.
    #[cfg(test)]
    pub(super) fn check(&self) {
        let mut points = 0;
        for (&channel, lane) in &self.lanes {
            assert!(lane.points().windows(2).all(|pair| pair[0].at < pair[1].at));
            assert!(lane.points().iter().all(|point| point.at <= self.length && point.intensity.per_mille() <= 1000));
            for spot in lane.spots() {
                assert_eq!(self.point(spot.id), Some((channel, spot)));
                points += 1;
            }
        }
        assert_eq!(points, self.places.len());
        assert!(self.steps.windows(2).all(|pair| pair[0].step.to <= pair[1].step.from));
        assert!(self.steps.iter().all(|named| named.step.from < named.step.to && named.step.to <= self.length));
        assert!((Self::SHORTEST..=Time::LONGEST).contains(&self.length));
    }
}
