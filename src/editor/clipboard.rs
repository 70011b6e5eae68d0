//! Cut, copy and paste, through the system's clipboard as RON text.
//!
//! Belongs here: [`Clip`], its text, and how it comes into a document. The clipboard itself belongs to the window. Text
//! is the whole contract, so that two windows, two profiles and a mail can exchange curves.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::curve::{self, Curve, Point, Shape};
use crate::facts;
use crate::intensity::Intensity;
use crate::mode::Channel;
use crate::time::Time;

use super::document::Document;
use super::draft::Draft;
use super::lane::{PointId, Span};
use super::told::Error;
use super::{points, timeline};

/// Copied points: a curve for each lane, from time nought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clip {
    length: Time,
    tracks: BTreeMap<Channel, Curve>,
}

/// What happens to what is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Paste {
    /// It is replaced, in the lanes that are pasted into.
    #[default]
    Replace,
    /// It moves later, in all lanes and steps, so that everything stays together.
    Insert,
}

facts! {
    /// Why a text is no clip.
    pub enum NoClip in "no-clip" {
        /// It cannot be read, in the words of the reader.
        Unreadable(why: String),
        /// It is another text.
        OtherText,
        /// It is of a newer Svang.
        OtherVersion(version: u32),
        /// It says that it is as long as no profile may be, or shorter than its curves.
        OddLength(length: Time),
        /// It has no points.
        NoPoints,
        /// Its points make no curve.
        NoCurve(why: curve::Error),
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "SvangClip", deny_unknown_fields)]
struct Written {
    version: u32,
    length: Time,
    tracks: BTreeMap<Channel, Vec<WrittenPoint>>,
}

#[derive(Serialize, Deserialize)]
enum WrittenPoint {
    Hold(Time, Intensity),
    Straight(Time, Intensity),
    Smooth(Time, Intensity),
    Bend(Time, Intensity, i8),
}

impl Clip {
    /// Copies points. Nothing where none of them is there any more.
    pub fn of_points(document: &Document, ids: &[PointId]) -> Option<Self> {
        let there: Vec<_> = ids.iter().copied().filter(|id| document.point(*id).is_some()).collect();
        let lanes = points::by_lane(document, &there).ok()?;
        let times = || lanes.values().flatten().map(|spot| spot.point.at);
        let (from, to) = (times().min()?, times().max()?);
        let tracks = lanes.into_iter().map(|(channel, spots)| {
            let points = spots.into_iter().map(|spot| spot.point).collect();
            (channel, early(points, from))
        });
        Some(Self { length: to - from.as_duration(), tracks: tracks.collect() })
    }

    /// Copies a stretch of lanes as it runs, with a point at both ends.
    pub fn of_stretch(document: &Document, channels: &[Channel], span: Span) -> Option<Self> {
        let lanes = channels.iter().filter_map(|&channel| Some((channel, document.lane(channel)?.extract(span))));
        let tracks: BTreeMap<_, _> =
            lanes.filter(|(_, points)| !points.is_empty()).map(|(c, points)| (c, early(points, span.from))).collect();
        (!tracks.is_empty()).then_some(Self { length: Time::from_millis(span.millis()), tracks })
    }

    /// How long it is.
    pub fn length(&self) -> Time {
        self.length
    }

    /// Its lanes.
    pub fn tracks(&self) -> &BTreeMap<Channel, Curve> {
        &self.tracks
    }

    /// The text for the system's clipboard.
    pub fn to_ron(&self) -> String {
        let point = |point: &Point| match point.shape {
            Shape::Hold => WrittenPoint::Hold(point.at, point.intensity),
            Shape::Straight => WrittenPoint::Straight(point.at, point.intensity),
            Shape::Smooth => WrittenPoint::Smooth(point.at, point.intensity),
            Shape::Bend(bend) => WrittenPoint::Bend(point.at, point.intensity, bend),
        };
        let tracks =
            self.tracks.iter().map(|(&channel, curve)| (channel, curve.points().iter().map(point).collect())).collect();
        let written = Written { version: 1, length: self.length, tracks };
        let style = ron::ser::PrettyConfig::new().struct_names(true).depth_limit(3);
        // Plain structs of plain numbers always become text.
        ron::ser::to_string_pretty(&written, style).unwrap_or_default()
    }

    /// Reads a clip's text.
    ///
    /// # Errors
    /// It is another text, of a newer Svang, or its points make no curve.
    pub fn from_ron(text: &str) -> Result<Self, NoClip> {
        if !text.trim_start().starts_with("SvangClip") {
            return Err(NoClip::OtherText);
        }
        let written: Written = ron::from_str(text).map_err(|error| NoClip::Unreadable(error.code.to_string()))?;
        if written.version != 1 {
            return Err(NoClip::OtherVersion(written.version));
        }
        let mut tracks = BTreeMap::new();
        for (channel, points) in written.tracks {
            let point = |point| match point {
                WrittenPoint::Hold(at, intensity) => Point::new(Shape::Hold, at, intensity),
                WrittenPoint::Straight(at, intensity) => Point::new(Shape::Straight, at, intensity),
                WrittenPoint::Smooth(at, intensity) => Point::new(Shape::Smooth, at, intensity),
                WrittenPoint::Bend(at, intensity, bend) => {
                    let bend = bend.clamp(-Shape::MOST_BENT, Shape::MOST_BENT);
                    Point::new(Shape::Bend(bend), at, intensity)
                }
            };
            let curve = Curve::new(points.into_iter().map(point).collect()).map_err(NoClip::NoCurve)?;
            if curve.end() > written.length || written.length > Time::LONGEST {
                return Err(NoClip::OddLength(written.length));
            }
            if !curve.points().is_empty() {
                tracks.insert(channel, curve);
            }
        }
        if tracks.is_empty() {
            return Err(NoClip::NoPoints);
        }
        Ok(Self { length: written.length, tracks })
    }
}

/// A curve that starts earlier.
fn early(mut points: Vec<Point>, by: Time) -> Curve {
    for point in &mut points {
        point.at = point.at - by.as_duration();
    }
    Curve::new(points).unwrap_or_default()
}

pub(super) fn paste(
    draft: &mut Draft<'_>,
    clip: &Clip,
    at: Time,
    paste: Paste,
    into: Option<Channel>,
) -> Result<(), Error> {
    if at > draft.length {
        return Err(Error::AfterEnd(at));
    }
    if into.is_some() && clip.tracks.len() > 1 {
        return Err(Error::SeveralTracks);
    }
    let end = at + clip.length.as_duration();
    if end > Time::LONGEST {
        return Err(Error::TooLong);
    }
    if paste == Paste::Insert {
        timeline::insert(draft, at, clip.length.as_duration())?;
    }
    draft.length = draft.length.max(end);
    for (&channel, curve) in &clip.tracks {
        let points: Vec<_> =
            curve.points().iter().map(|point| Point { at: point.at + at.as_duration(), ..*point }).collect();
        let mut lane = draft.lane_or_new(into.unwrap_or(channel))?;
        match points[..] {
            // A single point is meant as a point, not as a stretch of no time.
            [point] if clip.length == Time::ZERO => lane.put(point.shape, point.at, point.intensity),
            _ => lane.write(Span { from: at, to: end }, &points),
        }
    }
    Ok(())
}
