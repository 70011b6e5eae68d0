//! A map's own test: what is asked, and the bytes that must come out; bytes, and what they must say.
//!
//! Belongs here: running a vector of a map. A map whose vectors fail is not used.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::model::Call;
use super::schema::Vector;
use super::slot::channel;
use super::transform::{parse_bytes, show_bytes};
use super::{Binding, DeviceMap, Encoder, Write};
use crate::mode::Channel;
use crate::time::Time;

/// The most things that one vector asks.
const MOST_ORDERS: usize = 20;

/// What is wrong with a vector, if anything.
pub(crate) fn failure(map: &Arc<DeviceMap>, vector: &Vector) -> Option<String> {
    match vector {
        Vector::Do(order, bytes) => {
            let mut encoder = Encoder::new(Arc::clone(map), Binding::assumed(map));
            let writes = match ask(&mut encoder, order) {
                Ok(writes) => writes,
                Err(why) => return Some(why),
            };
            let wanted: Option<Vec<Vec<u8>>> =
                if bytes.trim().is_empty() { Some(Vec::new()) } else { bytes.split('|').map(parse_bytes).collect() };
            let Some(wanted) = wanted else {
                return Some("write each frame's bytes in hexadecimal, and | between frames".to_owned());
            };
            let found: Vec<Vec<u8>> = writes.into_iter().map(|write| write.bytes).collect();
            let show = |frames: &[Vec<u8>]| {
                let frames: Vec<String> = frames.iter().map(|frame| show_bytes(frame)).collect();
                if frames.is_empty() { "nothing".to_owned() } else { frames.join(" | ") }
            };
            (found != wanted)
                .then(|| format!("“{order}” gives {}, and this vector wants {}", show(&found), show(&wanted)))
        }
        Vector::Read(role, bytes, fields) => {
            let Some(bytes) = parse_bytes(bytes) else {
                return Some("write the notification's bytes in hexadecimal".to_owned());
            };
            let Some(report) = map.decode(role, &bytes) else {
                return Some(format!("no status frame reads these bytes from “{role}”"));
            };
            let wrong: Vec<String> = fields
                .iter()
                .filter(|(name, value)| report.fields.get(*name) != Some(*value))
                .map(|(name, value)| match report.fields.get(name) {
                    Some(found) => format!("{name} is {found}, and this vector wants {value}"),
                    None => format!("there is no field “{name}”"),
                })
                .collect();
            (!wrong.is_empty()).then(|| wrong.join("; "))
        }
    }
}

/// Does what a vector asks, one thing after the other: `Roller 1`, `Roller 1, Heat 2`, `stop`, `start`,
/// `program Waves`, `timer 10:00`, `send key 27`, `read status F0 …; Heat 1`.
fn ask(encoder: &mut Encoder, orders: &str) -> Result<Vec<Write>, String> {
    let mut writes = Vec::new();
    if orders.matches(';').count() >= MOST_ORDERS {
        return Err(format!("a vector asks at most {MOST_ORDERS} things"));
    }
    for order in orders.split(';') {
        writes.extend(ask_one(encoder, order.trim())?);
    }
    Ok(writes)
}

fn ask_one(encoder: &mut Encoder, order: &str) -> Result<Vec<Write>, String> {
    let (verb, rest) = order.split_once(' ').unwrap_or((order, ""));
    match verb {
        "stop" => Ok(encoder.stop().writes),
        "start" => Ok(encoder.start()),
        "keep" => Ok(encoder.keep_alive().unwrap_or_default()),
        "program" => encoder.program(rest.trim()).map_err(|error| error.to_string()),
        "timer" => {
            let time: Time = rest.trim().parse().map_err(|error: crate::time::NotATime| error.to_string())?;
            encoder.timer(time.as_duration()).map_err(|error| error.to_string())
        }
        "send" => {
            let map = Arc::clone(encoder.map());
            let mut writes = Vec::new();
            for call in Call::parse_all(rest)?.into_iter().take(MOST_ORDERS) {
                call.check(&map.inner.frames)?;
                writes.extend(encoder.write(&call, 0, Vec::new()));
            }
            Ok(writes)
        }
        "read" => {
            let map = Arc::clone(encoder.map());
            let (role, bytes) = rest.trim().split_once(' ').ok_or("write read, a role and bytes")?;
            let bytes = parse_bytes(bytes).ok_or("write the notification's bytes in hexadecimal")?;
            let place = map.roles().find(|(word, ..)| *word == role);
            let (_, service, characteristic) = place.ok_or_else(|| format!("there is no role “{role}”"))?;
            encoder
                .read(service, characteristic, &bytes)
                .map(|_| Vec::new())
                .ok_or_else(|| format!("no status frame reads these bytes from “{role}”"))
        }
        _ => set(encoder, order),
    }
}

fn set(encoder: &mut Encoder, order: &str) -> Result<Vec<Write>, String> {
    let mut wanted: BTreeMap<Channel, u16> = BTreeMap::new();
    for part in order.split(',').map(str::trim) {
        let level = part.rsplit_once(' ').and_then(|(word, level)| Some((channel(word.trim())?, level.parse().ok()?)));
        let Some((channel, level)) = level else {
            return Err(format!(
                "“{part}” is not understood: write a mode and its level such as “Roller 1”, or stop, start, keep, \
                 program, timer, send or read"
            ));
        };
        match encoder.map().channels.iter().find(|(known, _)| *known == channel) {
            None => return Err(format!("this map has no mode {channel}")),
            Some((_, max)) if level > *max => return Err(format!("{channel} has {max} levels, not {level}")),
            Some(_) => wanted.insert(channel, level),
        };
    }
    let changed: Vec<Channel> = wanted.keys().copied().collect();
    let plan = encoder.set(&wanted, &changed);
    match plan.held.first() {
        Some(held) => Err(held.why.clone()),
        None => Ok(plan.writes),
    }
}
