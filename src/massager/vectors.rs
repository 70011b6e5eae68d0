//! A map's own test: what is asked, and the bytes that must come out; bytes, and what they must say.
//!
//! Belongs here: running a vector of a map. A map whose vectors fail is not used.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Waits;
use super::fault::Fault;
use super::matching::Budget;
use super::model::{Call, MOST_AT_ONCE};
use super::schema::Vector;
use super::slot::channel;
use super::transform::{parse_bytes, show_bytes};
use super::{Binding, DeviceMap, Encoder, Write};
use crate::fact::{Fact, Series};
use crate::mode::Channel;
use crate::problem::syntax::short;
use crate::text::cut;
use crate::time::Time;

/// The most frames that the vectors of a map ask for, all together. Each thing that is asked counts as one more.
const MOST_FRAMES: usize = 10_000;

/// What the vectors of one map may ask for.
pub(crate) fn budget() -> Budget {
    Budget::new(MOST_FRAMES as u64)
}

/// What is wrong with a vector, if anything.
pub(crate) fn failure(map: &Arc<DeviceMap>, vector: &Vector, budget: &mut Budget) -> Option<Fault> {
    match vector {
        Vector::Do(order, bytes) => {
            let mut encoder = Encoder::new(Arc::clone(map), Binding::assumed(map));
            let writes = match ask(&mut encoder, order, budget) {
                Ok(writes) => writes,
                Err(why) => return Some(why),
            };
            let frames = bytes.split('|').take(MOST_FRAMES + 1).map(parse_bytes);
            let wanted: Option<Vec<Vec<u8>>> =
                if bytes.trim().is_empty() { Some(Vec::new()) } else { frames.collect() };
            let Some(wanted) = wanted else {
                return Some(Fault::FrameBytes);
            };
            let found: Vec<Vec<u8>> = writes.into_iter().map(|write| write.bytes).collect();
            (found != wanted).then(|| {
                let order = short(order);
                match show(&found, &wanted) {
                    (found, wanted) if found.is_empty() => Fault::VectorGivesNothing { order, wanted },
                    (found, wanted) if wanted.is_empty() => Fault::VectorWantsNothing { order, found },
                    (found, wanted) => Fault::VectorGives { order, found, wanted },
                }
            })
        }
        Vector::Read(role, bytes, fields) => {
            let Some(bytes) = parse_bytes(bytes) else {
                return Some(Fault::NotificationBytes);
            };
            let Some(report) = map.decode(role, &bytes) else {
                return Some(Fault::NotRead(short(role)));
            };
            let wrong: Vec<Fault> = fields
                .iter()
                .filter(|(name, value)| report.fields.get(*name) != Some(*value))
                .map(|(name, value)| match report.fields.get(name) {
                    Some(found) => Fault::FieldIs { name: short(name), found: *found, wanted: *value },
                    None => Fault::FieldNotThere(short(name)),
                })
                .collect();
            (!wrong.is_empty()).then(|| Fault::Several(Series::of(wrong)))
        }
    }
}

/// Does what a vector asks, one thing after the other: `Roller 1`, `Roller 1, Heat 2`, `stop`, `start`,
/// `program Waves`, `timer 10:00`, `send key 27`, `read status F0 …; Heat 1`.
fn ask(encoder: &mut Encoder, orders: &str, budget: &mut Budget) -> Result<Vec<Write>, Fault> {
    let mut writes = Vec::new();
    for order in orders.split(';') {
        let more = if budget.is_spent() { Vec::new() } else { ask_one(encoder, order.trim())? };
        if !budget.spend(1 + more.len()) {
            return Err(Fault::TooManyVectorFrames(MOST_FRAMES));
        }
        writes.extend(more);
    }
    Ok(writes)
}

/// Two lists of frames, short, and from shortly before the first byte in which they differ.
fn show(one: &[Vec<u8>], other: &[Vec<u8>]) -> (String, String) {
    const MOST: usize = 60;
    const BEFORE: usize = 18;
    let all = |frames: &[Vec<u8>]| {
        let frames: Vec<String> = frames.iter().map(|frame| show_bytes(frame)).collect();
        frames.join(" | ")
    };
    let (one, other) = (all(one), all(other));
    let alike = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    let shown = one.get(..alike.saturating_sub(BEFORE)).unwrap_or_default();
    let from = if one.len().max(other.len()) > MOST { shown.rfind(' ').map_or(0, |space| space + 1) } else { 0 };
    let part = |text: &str| {
        let part = cut(text.get(from..).unwrap_or_default(), MOST);
        if from > 0 { format!("… {part}") } else { part }
    };
    (part(&one), part(&other))
}

fn ask_one(encoder: &mut Encoder, order: &str) -> Result<Vec<Write>, Fault> {
    let (verb, rest) = order.split_once(' ').unwrap_or((order, ""));
    match verb {
        "stop" => Ok(encoder.stop().writes),
        "start" => Ok(encoder.start()),
        "keep" => Ok(encoder.keep_alive().unwrap_or_default()),
        "program" => encoder.program(rest.trim()).map_err(|error| Fault::Driving(error.phrase())),
        "timer" => {
            let time: Time =
                rest.trim().parse().map_err(|error: crate::time::NotATime| Fault::Driving(error.phrase()))?;
            encoder.timer(time.as_duration()).map_err(|error| Fault::Driving(error.phrase()))
        }
        "send" => {
            let map = Arc::clone(encoder.map());
            let mut writes = Vec::new();
            for call in Call::parse_all(rest)?.into_iter().take(MOST_AT_ONCE) {
                call.check(&map.inner.frames)?;
                writes.extend(encoder.write(&call, 0, Vec::new()));
            }
            Ok(writes)
        }
        "read" => {
            let map = Arc::clone(encoder.map());
            let (role, bytes) = rest.trim().split_once(' ').ok_or(Fault::ReadWhat)?;
            let bytes = parse_bytes(bytes).ok_or(Fault::NotificationBytes)?;
            let place = map.roles().find(|(word, ..)| *word == role);
            let (_, service, characteristic) = place.ok_or_else(|| Fault::NoRole(short(role)))?;
            encoder.read(service, characteristic, &bytes).map(|_| Vec::new()).ok_or_else(|| Fault::NotRead(short(role)))
        }
        _ => set(encoder, order),
    }
}

fn set(encoder: &mut Encoder, order: &str) -> Result<Vec<Write>, Fault> {
    let mut wanted: BTreeMap<Channel, u16> = BTreeMap::new();
    for part in order.split(',').map(str::trim) {
        let level = part.rsplit_once(' ').and_then(|(word, level)| Some((channel(word.trim())?, level.parse().ok()?)));
        let Some((channel, level)) = level else {
            return Err(Fault::NoOrder(short(part)));
        };
        match encoder.map().channels.iter().find(|(known, _)| *known == channel) {
            None => return Err(Fault::NoMode(channel.to_string())),
            Some((_, max)) if level > *max => {
                return Err(Fault::NoLevel { channel: channel.to_string(), levels: *max, level });
            }
            Some(_) => wanted.insert(channel, level),
        };
    }
    let changed: Vec<Channel> = wanted.keys().copied().collect();
    let plan = encoder.set(&wanted, &changed);
    match plan.held.first() {
        Some(held) => Err(match &held.why {
            Waits::Busy => Fault::Busy,
            Waits::SwitchedOverOnly(channel) => Fault::SwitchedOverOnly(channel.to_string()),
        }),
        None => Ok(plan.writes),
    }
}
