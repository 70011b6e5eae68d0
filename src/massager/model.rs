//! A map as it is used: every name resolved, every frame read.
//!
//! Belongs here: what the parts are and what they can tell of themselves. How they come from a file is
//! [`super::reading`]'s business, what is done with them [`super::encoder`]'s.

use std::collections::BTreeMap;
use std::time::Duration;

use super::binding::{Role, Rule};
use super::recognise::Signs;
use super::schema::WriteType;
use super::status::Layout;
use super::template::{LONGEST_FRAME, Template};
use super::transform::parse_bytes;
use super::{DeviceMap, Report};
use crate::mode::Channel;

/// What only reading, recognising and driving need of a map.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Inner {
    pub(crate) signs: Vec<Signs>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) role_sets: Vec<BTreeMap<String, Role>>,
    pub(crate) frames: BTreeMap<String, Frame>,
    pub(crate) start: Vec<Call>,
    pub(crate) wake: Option<Wake>,
    pub(crate) busy: Option<Busy>,
    pub(crate) models: BTreeMap<Channel, Model>,
    pub(crate) stop: Vec<Call>,
    pub(crate) keep_alive: Vec<Call>,
    pub(crate) programs: Vec<(String, Vec<Call>)>,
    pub(crate) timer: Option<TimerModel>,
    pub(crate) first_timer: u32,
    pub(crate) layouts: Vec<Layout>,
}

/// A frame, and where it goes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Frame {
    pub(crate) template: Template,
    pub(crate) role: String,
    pub(crate) write: WriteType,
    pub(crate) pause: Duration,
}

/// A frame by name, with its arguments: `key 37`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Call {
    pub(crate) frame: String,
    pub(crate) arguments: Vec<Vec<u8>>,
}

/// How a mode is driven. Each order is one or several frames, sent one after the other.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Model {
    Level { frame: Vec<Call>, off: Option<Vec<Call>>, max: u16 },
    Levels { off: Vec<Call>, on: Vec<Vec<Call>> },
    Toggle { press: Vec<Call> },
}

/// How the massager's own timer is set.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum TimerModel {
    Choices(Vec<(Duration, Vec<Call>)>),
    Seconds(Vec<Call>),
}

/// What a sleeping massager needs first.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Wake {
    pub(crate) field: String,
    pub(crate) is: Vec<i64>,
    pub(crate) send: Vec<Call>,
    pub(crate) wait: Duration,
}

/// When the massager takes no orders.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Busy {
    pub(crate) field: String,
    pub(crate) is: Vec<i64>,
}

impl Call {
    /// Reads one frame's name and arguments, or several of them: `program 01 then intensity`.
    pub(crate) fn parse_all(text: &str) -> Result<Vec<Self>, String> {
        text.split(" then ").map(Self::parse).collect()
    }

    fn parse(text: &str) -> Result<Self, String> {
        let mut words = text.split_whitespace();
        let frame = words.next().ok_or("name a frame")?.to_owned();
        let arguments: Option<Vec<Vec<u8>>> = words.map(parse_bytes).collect();
        let arguments = arguments.ok_or("arguments are bytes in hexadecimal, such as 37 or 03E8")?;
        Ok(Self { frame, arguments })
    }

    /// Whether the frame is there, takes these arguments and stays short enough.
    pub(crate) fn check(&self, frames: &BTreeMap<String, Frame>) -> Result<(), String> {
        let Some(frame) = frames.get(&self.frame) else {
            let known: Vec<&str> = frames.keys().map(String::as_str).collect();
            return Err(format!("there is no frame “{}”; there are: {}", self.frame, known.join(", ")));
        };
        let (wants, has) = (frame.template.arguments(), self.arguments.len());
        if wants != has {
            return Err(format!("frame “{}” takes {wants} arguments, and here are {has}", self.frame));
        }
        if frame.template.longest(&self.arguments) > LONGEST_FRAME {
            return Err(format!("frame “{}” becomes longer than {LONGEST_FRAME} bytes", self.frame));
        }
        Ok(())
    }
}

impl Model {
    /// The number of levels, off not counted.
    pub(crate) fn max(&self) -> u16 {
        match self {
            Self::Level { max, .. } => *max,
            Self::Levels { on, .. } => u16::try_from(on.len()).unwrap_or(u16::MAX),
            Self::Toggle { .. } => 1,
        }
    }

    /// The last frame that turns it off; none for a toggle.
    pub(crate) fn last_off(&self) -> Option<&Call> {
        match self {
            Self::Level { off: Some(off), .. } | Self::Levels { off, .. } => off.last(),
            Self::Level { frame, off: None, .. } => frame.last(),
            Self::Toggle { .. } => None,
        }
    }
}

impl Inner {
    /// The channels whose levels an order sets together with this one.
    pub(crate) fn group(&self, channel: Channel, order: &[Call]) -> Vec<Channel> {
        let templates = || order.iter().filter_map(|call| self.frames.get(&call.frame)).map(|frame| &frame.template);
        if templates().any(Template::takes_level) {
            return vec![channel];
        }
        let carried: Vec<Channel> = templates().flat_map(Template::channels).collect();
        let drives = |model: &Model| matches!(model, Model::Level { frame, .. } if frame[..] == *order);
        let together = |other: Channel, model: &Model| carried.contains(&other) && drives(model);
        let others = self.models.iter().filter(|(other, model)| together(**other, model));
        let mut group: Vec<Channel> = others.map(|(other, _)| *other).collect();
        if !group.contains(&channel) {
            group.push(channel);
        }
        group
    }
}

impl DeviceMap {
    /// What bytes from a role say; `battery` is the standard battery level where the map has no role of that name.
    /// `None`: nothing that the map knows.
    pub fn decode(&self, role: &str, bytes: &[u8]) -> Option<Report> {
        let report = self
            .inner
            .layouts
            .iter()
            .filter(|layout| layout.role == role)
            .find_map(|layout| layout.read(bytes, &self.channels));
        let own = self.inner.role_sets.iter().any(|set| set.contains_key(role));
        match (report, bytes) {
            (None, [percent]) if role == "battery" && !own => Some(Report {
                battery: Some(*percent).filter(|percent| *percent <= 100),
                fields: BTreeMap::from([("battery".to_owned(), i64::from(*percent))]),
                ..Report::default()
            }),
            (report, _) => report,
        }
    }

    /// Every role's word, with its service and characteristic, of the map's first set.
    pub fn roles(&self) -> impl Iterator<Item = (&str, uuid::Uuid, uuid::Uuid)> {
        let set = self.inner.role_sets.first().into_iter().flatten();
        set.map(|(word, role)| (word.as_str(), role.service, role.characteristic))
    }
}
