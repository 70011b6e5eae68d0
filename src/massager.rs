//! Device maps: how to recognise a massager, which bytes make it move, what its notifications say.
//!
//! Belongs here: everything that a map can say, as pure data and pure functions: bytes in, bytes out. Radios, clocks
//! and tasks do not. No protocol lives in Rust code; a massager is added by a map alone.

use std::collections::BTreeMap;
use std::time::Duration;

use uuid::Uuid;

use crate::fact::{Fact, Phrase};
use crate::facts;
use crate::mode::Channel;

mod behaviour;
mod binding;
mod bundled;
mod checksum;
mod driving;
mod encoder;
mod fault;
mod finding;
mod firmware;
mod fitting;
pub mod forbidden;
mod identifier;
mod matching;
mod model;
mod note;
mod number;
mod outline;
mod reading;
mod recognise;
mod schema;
mod slot;
mod status;
mod template;
mod transform;
mod vectors;

pub use binding::{Binding, Bound, Misfit};
pub use bundled::{REFERENCE, built_in, bundled};
pub use encoder::{Encoder, Held, Plan, Waits};
pub use fault::{Purpose, Refused};
pub use firmware::Doubtful;
pub use identifier::{BATTERY_LEVEL, BATTERY_SERVICE, parse_identifier, short_identifier};
pub use note::Note;
pub use recognise::{Sign, best};

/// How much is known about a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Trust {
    /// Its authors, or several owners, saw every part of it work.
    Verified,
    /// Somebody reported that it works.
    Reported,
    /// Made from documents; nobody has reported trying it.
    Untested,
}

/// What a massager says of itself before anyone connects.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Advertisement {
    /// The local name.
    pub name: Option<String>,
    /// The advertised services.
    pub services: Vec<Uuid>,
    /// Manufacturer data by company identifier.
    pub manufacturer_data: BTreeMap<u16, Vec<u8>>,
}

/// That a map fits a massager, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recognition {
    /// The map's id.
    pub map: String,
    /// Whether the signs are the product's own. If not (a name or a service that many products share), the person
    /// confirms the map before anything is written.
    pub certain: bool,
    /// What fits.
    pub why: Vec<Sign>,
}

/// A characteristic found on a connected massager.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Characteristic {
    /// The service it stands in. The same characteristic may stand in several.
    pub service: Uuid,
    /// Its own identifier.
    pub uuid: Uuid,
    /// Whether it can be read.
    pub read: bool,
    /// Whether it takes writes with response.
    pub write: bool,
    /// Whether it takes writes without response.
    pub write_without_response: bool,
    /// Whether it notifies or indicates.
    pub notify: bool,
}

/// The bytes of one write, and where they go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Write {
    /// The role that the map gives the characteristic, such as `control`.
    pub role: String,
    /// The service.
    pub service: Uuid,
    /// The characteristic.
    pub characteristic: Uuid,
    /// Whether the massager acknowledges it.
    pub with_response: bool,
    /// The frame.
    pub bytes: Vec<u8>,
    /// The levels that hold once it was written.
    pub sets: Vec<(Channel, u16)>,
    /// How long to wait after it, beyond the map's write gap.
    pub pause: Duration,
}

impl Write {
    /// The characteristic that it goes to, with its service.
    pub fn place(&self) -> (Uuid, Uuid) {
        (self.service, self.characteristic)
    }
}

/// What one notification says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Levels that the massager shows.
    pub levels: BTreeMap<Channel, u16>,
    /// Battery charge in percent.
    pub battery: Option<u8>,
    /// What is left on the massager's own timer.
    pub remaining: Option<Duration>,
    /// Whether it runs at all.
    pub running: Option<bool>,
    /// Every field by the map's name for it, these included.
    pub fields: BTreeMap<String, i64>,
}

/// A device map, read and checked: what it says of a massager, ready for use.
#[derive(Debug, Clone, PartialEq)]
pub struct DeviceMap {
    /// Its identifier: lower-case words joined by hyphens. A person's own map overrides a built-in one of the same id.
    pub id: String,
    /// Its name for the person, such as `Svang reference`.
    pub name: String,
    /// How much is known about it. [`Trust::Verified`] for built-in maps only: what a file of the person's says of itself
    /// is no proof, and counts as [`Trust::Untested`].
    pub trust: Trust,
    /// Where its facts come from.
    pub source: String,
    /// Each mode it has, with its number of levels (off not counted, at least 1), in order.
    pub channels: Vec<(Channel, u16)>,
    /// The massager's own programs, by name, in the map's order.
    pub programs: Vec<String>,
    /// The least time between two writes.
    pub write_gap: Duration,
    /// How often [`Encoder::keep_alive`] is written while nothing else is. `None`: the massager needs none.
    pub keep_alive: Option<Duration>,
    /// What the massager's own timer can be set to. `None`: it has none, or none that can be set.
    pub timer: Option<TimerRange>,
    /// The most bytes that one of its frames has.
    pub longest_frame: usize,
    /// Tells this text of the map from any other ([`crate::fingerprint`]): what the person found right about a map holds
    /// for this number, not for the id.
    pub fingerprint: u64,
    /// What the massager does when nothing is written to it any more.
    pub left_alone: LeftAlone,
    /// Everything that only reading, recognising and driving need.
    pub(crate) inner: model::Inner,
}

/// What a massager does by itself when nothing is written to it any more, because this computer failed or the link is
/// lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftAlone {
    /// It stops, at the latest this long after the last write (`dead_man_ms`).
    StopsAfter(Duration),
    /// It stops when its own timer has run down, which every frame that moves it sets: to this, unless the person chose
    /// another time.
    OwnTimer(Duration),
    /// The map does not know. It has to be taken for one that goes on.
    NothingKnown,
}

impl Fact for LeftAlone {
    fn phrase(&self) -> Phrase {
        let after = |time: Duration| match time.as_secs() {
            0 => Span::Milliseconds(u64::try_from(time.as_millis()).unwrap_or(u64::MAX)),
            seconds @ 1..120 => Span::Seconds(seconds),
            seconds => Span::Minutes(seconds / 60),
        };
        match self {
            Self::StopsAfter(time) => Alone::StopsAfter(after(*time)),
            Self::OwnTimer(time) => Alone::OwnTimer(after(*time)),
            Self::NothingKnown => Alone::NothingKnown,
        }
        .into()
    }
}

facts! {
    enum Alone in "left-alone" {
        StopsAfter(after: Span),
        OwnTimer(after: Span),
        NothingKnown,
    }
}

facts! {
    enum Span in "span" {
        Milliseconds(count: u64),
        Seconds(count: u64),
        Minutes(count: u64),
    }
}

/// What a massager's own timer can be set to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimerRange {
    /// One of these times, shortest first.
    Choices(Vec<Duration>),
    /// Any whole second up to this.
    UpTo(Duration),
}

facts! {
    /// Why a massager cannot be asked for something.
    pub enum Error in "massager-cannot" {
        /// The map has no program of that name.
        NoProgram {
            /// The map's name.
            map: String,
            /// What was asked for.
            program: String,
            /// What there is, in words.
            known: String,
        },
        /// The map knows no timer.
        NoTimer(map: String),
    }
}
