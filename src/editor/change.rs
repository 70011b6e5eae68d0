//! What an edit changes, as it is kept for undo.
//!
//! Belongs here: [`Change`], which holds what goes and what comes and nothing else, so that a step of undo costs what
//! was changed; and how two follow each other. Finding out what an edit changes does not.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::Hash;
use std::mem::size_of;

use crate::mode::Channel;
use crate::profile::{Need, Text};
use crate::time::Time;

use super::document::{NamedStep, StepId};
use super::lane::{Lane, PointId, Span, Spot};

/// Which way a change is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Forth,
    Back,
}

/// A thing of a list that has a name and a place.
pub trait Named {
    /// Its name.
    type Id: Eq + Hash + Copy;
    /// Its name.
    fn id(&self) -> Self::Id;
    /// Its place in time.
    fn at(&self) -> Time;
}

impl Named for Spot {
    type Id = PointId;

    fn id(&self) -> PointId {
        self.id
    }

    fn at(&self) -> Time {
        self.point.at
    }
}

impl Named for NamedStep {
    type Id = StepId;

    fn id(&self) -> StepId {
        self.id
    }

    fn at(&self) -> Time {
        self.step.from
    }
}

/// Things that go and things that come, each in time order. What only moves is in both.
#[derive(Debug, Clone, PartialEq)]
pub struct Swap<T> {
    removed: Vec<T>,
    inserted: Vec<T>,
}

impl<T> Default for Swap<T> {
    fn default() -> Self {
        Self { removed: Vec::new(), inserted: Vec::new() }
    }
}

impl<T> Swap<T> {
    /// What goes.
    pub fn removed(&self) -> &[T] {
        &self.removed
    }

    /// What comes.
    pub fn inserted(&self) -> &[T] {
        &self.inserted
    }

    pub(super) fn sides(&self, direction: Direction) -> (&[T], &[T]) {
        match direction {
            Direction::Forth => (&self.removed, &self.inserted),
            Direction::Back => (&self.inserted, &self.removed),
        }
    }

    fn is_empty(&self) -> bool {
        self.removed.is_empty() && self.inserted.is_empty()
    }
}

impl<T: Named + PartialEq> Swap<T> {
    /// Without what goes and comes back the same; in time order.
    pub(super) fn new(mut removed: Vec<T>, mut inserted: Vec<T>) -> Self {
        removed.sort_by_key(Named::at);
        inserted.sort_by_key(Named::at);
        let mut swap = Self::default();
        let mut coming = inserted.into_iter().peekable();
        for thing in removed {
            while let Some(new) = coming.next_if(|new| new.at() < thing.at()) {
                swap.inserted.push(new);
            }
            // At one time there is one thing in each list, so what is the same stands across.
            if coming.next_if_eq(&thing).is_none() {
                swap.removed.push(thing);
            }
        }
        swap.inserted.extend(coming);
        swap
    }

    fn then(self, next: Self) -> Self {
        let Self { mut removed, inserted } = self;
        let mut inserted: HashMap<_, _> = inserted.into_iter().map(|thing| (thing.id(), thing)).collect();
        removed.extend(next.removed.into_iter().filter(|thing| inserted.remove(&thing.id()).is_none()));
        inserted.extend(next.inserted.into_iter().map(|thing| (thing.id(), thing)));
        removed.retain(|thing| {
            let same = inserted.get(&thing.id()) == Some(thing);
            if same {
                inserted.remove(&thing.id());
            }
            !same
        });
        let mut inserted: Vec<_> = inserted.into_values().collect();
        removed.sort_by_key(Named::at);
        inserted.sort_by_key(Named::at);
        Self { removed, inserted }
    }
}

/// A value before and after, or nothing where it stays.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Turn<T>(Option<Box<(T, T)>>);

impl<T> Default for Turn<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Clone + PartialEq> Turn<T> {
    pub(super) fn new(before: T, after: T) -> Self {
        Self((before != after).then(|| Box::new((before, after))))
    }

    pub(super) fn give(&self, direction: Direction, value: &mut T) {
        match (self.0.as_deref(), direction) {
            (Some((_, after)), Direction::Forth) => *value = after.clone(),
            (Some((before, _)), Direction::Back) => *value = before.clone(),
            (None, _) => {}
        }
    }

    fn then(self, next: Self) -> Self {
        match (self.0, next.0) {
            (Some(first), Some(second)) => Self::new(first.0, second.1),
            (first, second) => Self(first.or(second)),
        }
    }
}

/// That a track comes or goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Track {
    pub(super) comes: bool,
}

impl Track {
    pub(super) fn after(self, direction: Direction) -> bool {
        self.comes == (direction == Direction::Forth)
    }
}

/// What an edit changes: the ghost to draw before, the step to undo after.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Change {
    pub(super) tracks: BTreeMap<Channel, Track>,
    pub(super) points: BTreeMap<Channel, Swap<Spot>>,
    pub(super) steps: Swap<NamedStep>,
    pub(super) length: Turn<Time>,
    pub(super) name: Turn<Text>,
    pub(super) description: Turn<Text>,
    pub(super) author: Turn<Option<String>>,
    pub(super) need: Turn<Option<Need>>,
}

impl Change {
    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The points that go and come in a lane.
    pub fn lane(&self, channel: Channel) -> Option<&Swap<Spot>> {
        self.points.get(&channel)
    }

    /// The lanes in which points change.
    pub fn channels(&self) -> impl Iterator<Item = Channel> {
        self.points.keys().copied()
    }

    /// The steps that go and come.
    pub fn steps(&self) -> &Swap<NamedStep> {
        &self.steps
    }

    /// The new length, where it changes.
    pub fn length(&self) -> Option<Time> {
        self.length.0.as_deref().map(|(_, after)| *after)
    }

    /// How many points more there will be, over all lanes; less than nothing where there will be fewer.
    pub fn growth(&self) -> i64 {
        self.points.values().map(|swap| swap.inserted.len() as i64 - swap.removed.len() as i64).sum()
    }

    /// The stretch of a lane in which the curve runs differently: from the last point that stays to the first that
    /// stays, and two further, as smooth segments look that far. Only this needs to be drawn again.
    pub fn touched(&self, channel: Channel, lane: &Lane) -> Option<Span> {
        let swap = self.points.get(&channel)?;
        let times = || swap.removed.iter().chain(&swap.inserted).map(|spot| spot.point.at);
        let span = Span { from: times().min()?, to: times().max()? };
        let range = lane.indices(span);
        let point = |index: usize| lane.points().get(index).map(|point| point.at);
        Some(Span {
            from: range.start.checked_sub(3).and_then(point).unwrap_or(Time::ZERO),
            to: point(range.end + 2).unwrap_or(Time::LONGEST),
        })
    }

    /// The lane as it would run, for the ghost: exact inside a stretch, and only that is built.
    pub fn ghost(&self, channel: Channel, lane: &Lane, within: Span) -> Lane {
        let Some(swap) = self.points.get(&channel) else { return lane.window(within) };
        let stays = |spot: &Spot| swap.removed.binary_search_by_key(&spot.point.at, |gone| gone.point.at).is_err();
        let range = lane.indices(within);
        let from = swap.inserted.partition_point(|spot| spot.point.at < within.from);
        let to = swap.inserted.partition_point(|spot| spot.point.at <= within.to).max(from);

        // A smooth segment looks two points further, so three on each side are enough.
        let old = (0..range.start).rev().filter_map(|index| lane.spot(index)).filter(stays).take(3);
        let mut before: Vec<_> = old.chain(swap.inserted[..from].iter().rev().take(3).copied()).collect();
        before.sort_by_key(|spot| std::cmp::Reverse(spot.point.at));
        before.truncate(3);
        let old = (range.end..lane.len()).filter_map(|index| lane.spot(index)).filter(stays).take(3);
        let mut after: Vec<_> = old.chain(swap.inserted[to..].iter().take(3).copied()).collect();
        after.sort_by_key(|spot| spot.point.at);
        after.truncate(3);

        let mut spots: Vec<_> = range.filter_map(|index| lane.spot(index)).filter(stays).collect();
        spots.extend(&swap.inserted[from..to]);
        spots.extend(before.into_iter().chain(after));
        spots.sort_by_key(|spot| spot.point.at);
        let mut ghost = Lane::default();
        ghost.splice(0..0, &spots);
        ghost
    }

    /// This change and then another, as one.
    pub(super) fn then(mut self, next: Self) -> Self {
        for (channel, track) in next.tracks {
            // A track that goes and comes back is there as before; its points are told apart below.
            if self.tracks.remove(&channel).is_none() {
                self.tracks.insert(channel, track);
            }
        }
        for (channel, swap) in next.points {
            let joined = self.points.remove(&channel).unwrap_or_default().then(swap);
            if !joined.is_empty() {
                self.points.insert(channel, joined);
            }
        }
        Self {
            tracks: self.tracks,
            points: self.points,
            steps: self.steps.then(next.steps),
            length: self.length.then(next.length),
            name: self.name.then(next.name),
            description: self.description.then(next.description),
            author: self.author.then(next.author),
            need: self.need.then(next.need),
        }
    }

    /// About how much memory it takes, in bytes.
    pub fn bytes(&self) -> usize {
        let points: usize = self.points.values().map(|swap| swap.removed.capacity() + swap.inserted.capacity()).sum();
        let text = |text: &Text| text.variants.values().map(|words| words.len() + 64).sum::<usize>();
        let steps = self.steps.removed.iter().chain(&self.steps.inserted);
        let texts = [&self.name, &self.description].into_iter().filter_map(|turn| turn.0.as_deref());
        size_of::<Self>()
            + self.points.len() * 96
            + points * size_of::<Spot>()
            + steps.map(|named| size_of::<NamedStep>() + text(&named.step.text)).sum::<usize>()
            + texts.map(|(before, after)| text(before) + text(after)).sum::<usize>()
    }

    /// The points and steps that were not there before. A point at the place of another has that one's name.
    pub(super) fn new_names(&self) -> (Vec<PointId>, Vec<StepId>) {
        let mut points = Vec::new();
        for swap in self.points.values() {
            let old: HashSet<_> = swap.removed.iter().map(|spot| spot.id).collect();
            points.extend(swap.inserted.iter().map(|spot| spot.id).filter(|id| !old.contains(id)));
        }
        let old: HashSet<_> = self.steps.removed.iter().map(|named| named.id).collect();
        let steps = self.steps.inserted.iter().map(|named| named.id).filter(|id| !old.contains(id));
        (points, steps.collect())
    }

    /// The points that are there afterwards because of it, and the steps: what to select after an undo or redo.
    pub(super) fn present(&self, direction: Direction) -> (Vec<PointId>, Vec<StepId>) {
        let points = self.points.values().flat_map(|swap| swap.sides(direction).1.iter().map(|spot| spot.id));
        (points.collect(), self.steps.sides(direction).1.iter().map(|named| named.id).collect())
    }
}
