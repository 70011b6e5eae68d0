//! Edits of single points: add, move, set, delete. They cost the points they name, not the lane.

use std::collections::{BTreeMap, HashSet};

use crate::curve::Point;
use crate::fact::Heading;
use crate::intensity::Intensity;
use crate::mode::Channel;
use crate::time::Time;

use super::change::{Change, Swap};
use super::document::Document;
use super::edit::{Crossing, Shift};
use super::lane::{Lane, Names, PointId, Span, Spot};
use super::told::Error;

pub(super) fn add(document: &Document, channel: Channel, point: Point) -> Result<Change, Error> {
    let lane = document.lane(channel).ok_or(Error::NoTrack(Heading(channel)))?;
    if point.at > document.length() {
        return Err(Error::AfterEnd(point.at));
    }
    let (last, _) = document.last_names();
    let there = lane.index_at(point.at).ok().and_then(|index| lane.spot(index));
    // A point at the same time keeps its name: to a person it is the same point.
    let id = there.map_or(PointId(last + 1), |spot| spot.id);
    Ok(one(channel, Swap::new(Vec::from_iter(there), vec![Spot { id, point }])))
}

pub(super) fn set_time(document: &Document, id: PointId, at: Time) -> Result<Change, Error> {
    let (channel, spot) = document.point(id).ok_or(Error::NoPoint)?;
    let lane = document.lane(channel).ok_or(Error::NoPoint)?;
    if at > document.length() {
        return Err(Error::AfterEnd(at));
    }
    if spot.point.at != at && lane.index_at(at).is_ok() {
        return Err(Error::Taken(at));
    }
    let moved = Spot { id, point: Point { at, ..spot.point } };
    Ok(one(channel, Swap::new(vec![spot], vec![moved])))
}

pub(super) fn each(document: &Document, ids: &[PointId], set: impl Fn(&mut Point)) -> Result<Change, Error> {
    let lanes = by_lane(document, ids)?;
    Ok(all(lanes.into_iter().map(|(channel, spots)| {
        let mut changed = spots.clone();
        changed.iter_mut().for_each(|spot| set(&mut spot.point));
        (channel, Swap::new(spots, changed))
    })))
}

pub(super) fn delete(document: &Document, ids: &[PointId]) -> Result<Change, Error> {
    let lanes = by_lane(document, ids)?;
    Ok(all(lanes.into_iter().map(|(channel, spots)| (channel, Swap::new(spots, Vec::new())))))
}

pub(super) fn shift(document: &Document, ids: &[PointId], by: Shift, crossing: Crossing) -> Result<Change, Error> {
    let mut lanes = by_lane(document, ids)?;
    let chosen: HashSet<_, Names> = ids.iter().copied().collect();
    // All points rise and fall together, as far as the first that meets an edge.
    let spots = || lanes.values().flatten().map(|spot| i32::from(spot.point.intensity.per_mille()));
    let (lowest, highest) = (spots().min().unwrap_or(0), spots().max().unwrap_or(0));
    let rise = by.per_mille.clamp(-lowest, 1000 - highest);

    let (mut earliest, mut latest) = (by.millis.min(0), by.millis.max(0));
    for (&channel, moved) in &mut lanes {
        let Some(lane) = document.lane(channel) else { continue };
        if crossing == Crossing::Push && by.millis != 0 {
            push_along(lane, moved);
        }
        let (back, forth) = match crossing {
            Crossing::Replace => free(moved, document.length()),
            // Everything later goes along, so only the first can meet a point that stays.
            Crossing::Push => {
                let (back, _) = room(lane, &moved[..moved.len().min(1)], document.length(), |_| false);
                (back, free(moved, document.length()).1)
            }
            Crossing::Stop => room(lane, moved, document.length(), |id| chosen.contains(&id)),
        };
        (earliest, latest) = (earliest.max(-back), latest.min(forth));
    }
    let millis = by.millis.clamp(earliest.min(0), latest.max(0));

    Ok(all(lanes.into_iter().filter_map(|(channel, spots)| {
        let lane = document.lane(channel)?;
        let mut removed = spots.clone();
        if crossing == Crossing::Replace {
            removed.extend(passed(lane, &spots, millis, &chosen));
        }
        let moved = spots.into_iter().map(|mut spot| {
            spot.point.at = later(spot.point.at, millis);
            if chosen.contains(&spot.id) {
                let to = i32::from(spot.point.intensity.per_mille()) + rise;
                spot.point.intensity = Intensity::from_per_mille(u16::try_from(to).unwrap_or(0));
            }
            spot
        });
        let moved = moved.collect();
        Some((channel, Swap::new(removed, moved)))
    })))
}

/// Adds everything later than the first moved point.
fn push_along(lane: &Lane, moved: &mut Vec<Spot>) {
    if let Some(first) = moved.first().map(|spot| spot.point.at) {
        *moved = lane.spots_in(Span { from: first, to: Time::LONGEST }).collect();
    }
}

/// How far points can go back and forth inside the profile.
fn free(moved: &[Spot], length: Time) -> (i64, i64) {
    let first = moved.first().map_or(0, |spot| i64::from(spot.point.at.as_millis()));
    let last = moved.last().map_or(0, |spot| i64::from(spot.point.at.as_millis()));
    (first, i64::from(length.as_millis()) - last)
}

/// How far points can go back and forth without meeting one that stays.
fn room(lane: &Lane, moved: &[Spot], length: Time, goes: impl Fn(PointId) -> bool) -> (i64, i64) {
    let (mut back, mut forth) = free(moved, length);
    for spot in moved {
        let Ok(index) = lane.index_at(spot.point.at) else { continue };
        let at = i64::from(spot.point.at.as_millis());
        if let Some(before) = index.checked_sub(1).and_then(|before| lane.spot(before)).filter(|spot| !goes(spot.id)) {
            back = back.min(at - i64::from(before.point.at.as_millis()) - 1);
        }
        if let Some(after) = lane.spot(index + 1).filter(|spot| !goes(spot.id)) {
            forth = forth.min(i64::from(after.point.at.as_millis()) - at - 1);
        }
    }
    (back, forth)
}

/// The points that stay, but that moved ones go past or come onto.
fn passed(lane: &Lane, moved: &[Spot], millis: i64, chosen: &HashSet<PointId, Names>) -> Vec<Spot> {
    let mut passed = BTreeMap::new();
    for spot in moved {
        let way = Span::new(spot.point.at, later(spot.point.at, millis));
        for other in lane.spots_in(way).filter(|other| !chosen.contains(&other.id)) {
            passed.insert(other.id, other);
        }
    }
    passed.into_values().collect()
}

fn later(at: Time, millis: i64) -> Time {
    Time::from_millis(u32::try_from(i64::from(at.as_millis()) + millis).unwrap_or(0))
}

/// The named points, by lane, in time order; each once.
pub(super) fn by_lane(document: &Document, ids: &[PointId]) -> Result<BTreeMap<Channel, Vec<Spot>>, Error> {
    let mut lanes: BTreeMap<Channel, Vec<Spot>> = BTreeMap::new();
    for &id in ids {
        let (channel, spot) = document.point(id).ok_or(Error::NoPoint)?;
        lanes.entry(channel).or_default().push(spot);
    }
    for spots in lanes.values_mut() {
        spots.sort_by_key(|spot| spot.point.at);
        spots.dedup();
    }
    Ok(lanes)
}

fn one(channel: Channel, swap: Swap<Spot>) -> Change {
    all([(channel, swap)])
}

fn all(swaps: impl IntoIterator<Item = (Channel, Swap<Spot>)>) -> Change {
    let swaps = swaps.into_iter().filter(|(_, swap)| !swap.removed().is_empty() || !swap.inserted().is_empty());
    Change { points: swaps.collect(), ..Change::default() }
}
