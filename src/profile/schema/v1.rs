//! Version 1 of a profile's file.
//!
//! Files of this version load for ever: nothing here changes once it was released.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

use super::{Expected, Text};
use crate::curve::{self, Shape};
use crate::fact::carried::carried;
use crate::facts;
use crate::intensity::Intensity;
use crate::mode::Channel;
use crate::profile::{Need, Spot};
use crate::time::Time;

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::profile) struct Profile {
    /// Always 1.
    #[serde(rename = "version")]
    pub _version: u32,
    /// Its name.
    pub name: Text,
    /// What it is for.
    #[serde(default)]
    pub description: Text,
    /// Who made it.
    #[serde(default)]
    pub author: Option<String>,
    /// What it is for.
    #[serde(default)]
    pub need: Option<Need>,
    /// How long it takes.
    pub length: Time,
    /// The curves.
    #[serde(default)]
    pub tracks: Tracks,
    /// What is done by hand.
    #[serde(default)]
    pub steps: Vec<Step>,
}

/// The tracks in the file's order, doubles included.
#[derive(Debug, Default)]
pub(in crate::profile) struct Tracks(pub Vec<(Channel, Vec<Point>)>);

/// A point: how the curve comes to it, when, how strong.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(in crate::profile) enum Point {
    /// Keeps the intensity before, and jumps.
    Hold(Time, Intensity),
    /// A straight line.
    Straight(Time, Intensity),
    /// A smooth line.
    Smooth(Time, Intensity),
    /// A bent line.
    Bend(Time, Intensity, Bend),
}

/// How far a line is bent.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "i16")]
pub(in crate::profile) struct Bend(i8);

facts! {
    /// Why a number is no bend.
    enum NoBend in "no-bend" {
        OutOfRange {
            given: i16,
            most: i8,
        },
    }
}

impl TryFrom<i16> for Bend {
    type Error = String;

    fn try_from(bend: i16) -> Result<Self, String> {
        let most = Shape::MOST_BENT;
        let fits = i8::try_from(bend).ok().filter(|bend| (-most..=most).contains(bend));
        fits.map(Self).ok_or_else(|| carried(NoBend::OutOfRange { given: bend, most }))
    }
}

/// A manual step.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::profile) struct Step {
    /// From when.
    pub from: Time,
    /// Until when.
    pub to: Time,
    /// What to do.
    pub text: Text,
    /// Where.
    #[serde(default)]
    pub spot: Option<Spot>,
}

impl From<Point> for curve::Point {
    fn from(point: Point) -> Self {
        match point {
            Point::Hold(at, intensity) => Self::new(Shape::Hold, at, intensity),
            Point::Straight(at, intensity) => Self::new(Shape::Straight, at, intensity),
            Point::Smooth(at, intensity) => Self::new(Shape::Smooth, at, intensity),
            Point::Bend(at, intensity, Bend(bend)) => Self::new(Shape::Bend(bend), at, intensity),
        }
    }
}

impl<'de> Deserialize<'de> for Tracks {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Tracks;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&carried(Expected::Tracks))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tracks, A::Error> {
                let mut tracks = Vec::new();
                while let Some(track) = map.next_entry()? {
                    tracks.push(track);
                }
                Ok(Tracks(tracks))
            }
        }

        deserializer.deserialize_map(InOrder)
    }
}
