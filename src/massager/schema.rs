//! What may stand in a device map's file, version 1, and nothing else.
//!
//! Belongs here: the form of the file. What it means, and whether it makes sense, is [`super::reading`]'s business.
//! An unknown field is a fault, so that a slip of the pen is seen.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Trust;
use crate::mode::Channel;
use crate::time::Time;

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(rename = "DeviceMap", deny_unknown_fields)]
pub(crate) struct Map {
    #[expect(dead_code, reason = "it was read ahead of the rest")]
    pub(crate) version: u32,
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) status: Trust,
    pub(crate) source: String,
    pub(crate) recognise: Vec<Signs>,
    #[serde(default)]
    pub(crate) connected: Vec<Rule>,
    pub(crate) roles: BTreeMap<String, Role>,
    #[serde(default)]
    pub(crate) other_roles: Vec<BTreeMap<String, Role>>,
    #[serde(default)]
    pub(crate) write_gap_ms: u32,
    #[serde(default)]
    pub(crate) keep_alive: Option<KeepAlive>,
    pub(crate) frames: BTreeMap<String, Frame>,
    #[serde(default)]
    pub(crate) start: Vec<String>,
    #[serde(default)]
    pub(crate) wake: Option<Wake>,
    #[serde(default)]
    pub(crate) busy: Option<Busy>,
    pub(crate) modes: BTreeMap<Channel, Model>,
    pub(crate) stop: Vec<String>,
    #[serde(default)]
    pub(crate) stop_all: bool,
    #[serde(default)]
    pub(crate) never: Vec<String>,
    #[serde(default)]
    pub(crate) dead_man_ms: Option<u32>,
    #[serde(default)]
    pub(crate) programs: Vec<Program>,
    #[serde(default)]
    pub(crate) timer: Option<Timer>,
    #[serde(default)]
    pub(crate) status_frames: Vec<StatusFrame>,
    pub(crate) vectors: Vec<Vector>,
}

/// Signs that all have to be there.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Signs {
    #[serde(default)]
    pub(crate) name: Vec<String>,
    #[serde(default)]
    pub(crate) not_name: Vec<String>,
    #[serde(default)]
    pub(crate) service: Option<String>,
    #[serde(default)]
    pub(crate) manufacturer: Option<Manufacturer>,
    #[serde(default = "yes")]
    pub(crate) certain: bool,
}

fn yes() -> bool {
    true
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manufacturer {
    pub(crate) id: u16,
    #[serde(default)]
    pub(crate) starts: String,
}

/// What must, or must not, be found once connected.
#[derive(Debug, Deserialize)]
pub(crate) enum Rule {
    Has(Place),
    Lacks(Place),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Place {
    pub(crate) service: String,
    #[serde(default)]
    pub(crate) characteristic: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Role {
    pub(crate) service: String,
    pub(crate) characteristic: String,
    #[serde(default)]
    pub(crate) write: Option<WriteType>,
    #[serde(default)]
    pub(crate) notify: bool,
    #[serde(default)]
    pub(crate) read: bool,
    #[serde(default)]
    pub(crate) optional: bool,
}

/// How a characteristic is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(crate) enum WriteType {
    WithResponse,
    WithoutResponse,
    Either,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeepAlive {
    pub(crate) every_ms: u32,
    #[serde(default)]
    pub(crate) send: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Frame {
    #[serde(default)]
    pub(crate) bytes: Option<String>,
    #[serde(default)]
    pub(crate) text: Option<String>,
    #[serde(default = "control")]
    pub(crate) to: String,
    #[serde(default)]
    pub(crate) write: Option<WriteType>,
    #[serde(default)]
    pub(crate) pause_ms: u32,
}

fn control() -> String {
    "control".to_owned()
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wake {
    pub(crate) field: String,
    pub(crate) is: Vec<i64>,
    pub(crate) send: Vec<String>,
    pub(crate) wait_ms: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Busy {
    pub(crate) field: String,
    pub(crate) is: Vec<i64>,
}

/// How a mode is driven.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) enum Model {
    Level {
        frame: String,
        max: u16,
        #[serde(default)]
        off: Option<String>,
    },
    Levels {
        off: String,
        on: Vec<String>,
    },
    Toggle {
        press: String,
    },
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Program {
    pub(crate) name: String,
    pub(crate) send: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) enum Timer {
    Choices(Vec<(Time, Vec<String>)>),
    Seconds {
        #[serde(default)]
        send: Vec<String>,
        most: Time,
        first: Time,
    },
}

#[derive(Debug, Deserialize)]
#[serde(rename = "Status", deny_unknown_fields)]
pub(crate) struct StatusFrame {
    pub(crate) role: String,
    #[serde(default)]
    pub(crate) starts: String,
    #[serde(default)]
    pub(crate) length: Option<usize>,
    #[serde(default)]
    pub(crate) check: Option<String>,
    pub(crate) fields: BTreeMap<String, String>,
}

/// The map's own test.
#[derive(Debug, Deserialize)]
pub(crate) enum Vector {
    Do(String, String),
    Read(String, String, BTreeMap<String, i64>),
}
