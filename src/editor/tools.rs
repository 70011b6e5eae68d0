//! Tools for many points at once.

use std::collections::{BTreeMap, HashSet};

use crate::fact::Heading;
use crate::intensity::Intensity;
use crate::mode::Channel;

use super::document::Document;
use super::draft::Draft;
use super::edit::{Target, Tool};
use super::lane::{PointId, Spot};
use super::told::Error;
use super::{points, simplify};

pub(super) fn apply(draft: &mut Draft<'_>, document: &Document, tool: Tool, target: &Target) -> Result<(), Error> {
    let mut chosen: BTreeMap<Channel, Option<HashSet<PointId>>> = BTreeMap::new();
    match target {
        Target::Lane(channel) => {
            chosen.insert(*channel, None);
        }
        Target::Stretch(channel, span) => {
            let lane = document.lane(*channel).ok_or(Error::NoTrack(Heading(*channel)))?;
            chosen.insert(*channel, Some(lane.spots_in(*span).map(|spot| spot.id).collect()));
        }
        Target::Points(ids) => {
            for (channel, spots) in points::by_lane(document, ids)? {
                chosen.insert(channel, Some(spots.into_iter().map(|spot| spot.id).collect()));
            }
        }
    }
    for (channel, ids) in chosen {
        let mut lane = draft.lane(channel)?;
        let is_chosen = |spot: Spot| ids.as_ref().is_none_or(|ids| ids.contains(&spot.id));
        if let Tool::Simplify(tolerance) = tool {
            let fixed: Vec<bool> = lane.lane.spots().map(|spot| !is_chosen(spot)).collect();
            let keep = simplify::kept(lane.lane.points(), fixed, tolerance);
            lane.map(|_, index, spot| keep[index].then_some(spot));
            continue;
        }
        lane.map(|_, _, mut spot| {
            if is_chosen(spot) {
                spot.point.intensity = turned(tool, spot.point.intensity);
            }
            Some(spot)
        });
    }
    Ok(())
}

fn turned(tool: Tool, intensity: Intensity) -> Intensity {
    let old = i32::from(intensity.per_mille());
    let new = match tool {
        Tool::Scale(percent) => (old * i32::from(percent) + 50) / 100,
        Tool::Offset(by) => old.saturating_add(by),
        Tool::Invert => 1000 - old,
        Tool::Quantise(levels) => {
            return Intensity::of_level(intensity.level(levels, Intensity::FULL), levels);
        }
        Tool::Simplify(_) => old,
    };
    Intensity::from_per_mille(u16::try_from(new.clamp(0, 1000)).unwrap_or(0))
}
