//! A map as it is used: every name resolved, every frame read.
//!
//! Belongs here: what the parts are and what they can tell of themselves. How they come from a file is
//! [`super::reading`]'s business, what is done with them [`super::encoder`]'s.

use std::collections::BTreeMap;
use std::time::Duration;

use super::binding::{Role, Rule};
use super::fault::Fault;
use super::forbidden::Pattern;
use super::recognise::Signs;
use super::schema::WriteType;
use super::status::Layout;
use super::template::{LONGEST_FRAME, Template};
use super::transform::parse_bytes;
use super::{DeviceMap, Note, Report};
use crate::mode::Channel;
use crate::problem::names;
use crate::problem::syntax::short;

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
    pub(crate) never: Vec<Pattern>,
    /// Whether the map came with the program.
    pub(crate) built_in: bool,
    pub(crate) notes: Vec<Note>,
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
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
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

/// The most frames that are sent for one thing.
pub(crate) const MOST_AT_ONCE: usize = 100;

/// The most arguments of a frame.
const MOST_ARGUMENTS: usize = 9;

impl Call {
    /// Reads one frame's name and arguments, or several of them: `program 01 then intensity`. Stops at the first one
    /// beyond [`MOST_AT_ONCE`].
    pub(crate) fn parse_all(text: &str) -> Result<Vec<Self>, Fault> {
        text.split(" then ").take(MOST_AT_ONCE + 1).map(Self::parse).collect()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        let mut words = text.split_whitespace();
        let frame = words.next().ok_or(Fault::NameAFrame)?.to_owned();
        let arguments: Option<Vec<Vec<u8>>> = words.take(MOST_ARGUMENTS + 1).map(parse_bytes).collect();
        let arguments = arguments.ok_or(Fault::OddArguments)?;
        Ok(Self { frame, arguments })
    }

    /// Whether the frame is there, takes these arguments and stays short enough.
    pub(crate) fn check(&self, frames: &BTreeMap<String, Frame>) -> Result<(), Fault> {
        let name = short(&self.frame);
        let Some(frame) = frames.get(&self.frame) else {
            let known = names(&self.frame, frames.keys().map(String::as_str));
            return Err(Fault::NoFrame { name, known });
        };
        let (wants, has) = (frame.template.arguments(), self.arguments.len());
        if wants != has {
            let many = has > MOST_ARGUMENTS;
            return Err(if many {
                Fault::MoreArguments { name, wants }
            } else {
                Fault::Arguments { name, wants, has }
            });
        }
        if frame.template.longest(&self.arguments) > LONGEST_FRAME {
            return Err(Fault::FrameTooLong { name, most: LONGEST_FRAME });
        }
        Ok(())
    }
}

impl std::fmt::Display for Call {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&short(&self.frame))?;
        self.arguments.iter().try_for_each(|argument| {
            f.write_str(" ")?;
            argument.iter().try_for_each(|byte| write!(f, "{byte:02X}"))
        })
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
        self.off().last()
    }

    /// The frames that turn it off; none for a toggle.
    pub(crate) fn off(&self) -> &[Call] {
        match self {
            Self::Level { off: Some(off), .. } | Self::Levels { off, .. } => off,
            Self::Level { frame, off: None, .. } => frame,
            Self::Toggle { .. } => &[],
        }
    }

    /// Every order that it may send: what turns it off first, then the others.
    pub(crate) fn orders(&self) -> Vec<&[Call]> {
        match self {
            Self::Level { frame, off, .. } => off.as_deref().into_iter().chain([&frame[..]]).collect(),
            Self::Levels { off, on } => [&off[..]].into_iter().chain(on.iter().map(Vec::as_slice)).collect(),
            Self::Toggle { press } => vec![&press[..]],
        }
    }
}

impl Inner {
    /// The roles without which the massager could not be switched off: those of the off sequence, of every mode's off
    /// and of every toggle.
    pub(crate) fn needed_to_stop(&self) -> impl Iterator<Item = &str> {
        let presses = self.models.values().filter_map(|model| match model {
            Model::Toggle { press } => Some(press),
            Model::Level { .. } | Model::Levels { .. } => None,
        });
        let calls = self.models.values().flat_map(Model::off).chain(presses.flatten()).chain(&self.stop);
        calls.filter_map(|call| self.frames.get(&call.frame)).map(|frame| frame.role.as_str())
    }

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
