//! `svang frames` and `svang decode`: a device map's bytes, both ways, without a massager.

use std::collections::BTreeMap;
use std::sync::Arc;

use clap::Args;
use serde_json::json;

use super::{Error, Outcome, Surroundings, find_map, map_file, percent};
use crate::intensity::Intensity;
use crate::massager::{Binding, DeviceMap, Encoder, Plan, Write, short_identifier};
use crate::mode::{Channel, Mode};
use crate::storage;

/// Shows the bytes that a device map makes, without sending them
#[derive(Debug, Args)]
#[command(
    long_about = "Shows the bytes that a device map makes, without sending them.\n\nPrints one write a line: role, \
    service, characteristic, with-response or without-response, and the bytes in hexadecimal. Of several things asked \
    for, levels come first, then the program, then the off sequence, as if they were sent one after another."
)]
pub struct Frames {
    /// The id of a device map, or a file
    map: String,
    /// The rollers, in percent
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    roller: Option<Intensity>,
    /// Vibration, in percent
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    vibration: Option<Intensity>,
    /// Air pressure, in percent
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    air: Option<Intensity>,
    /// Heat, in percent
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    heat: Option<Intensity>,
    /// The whole off sequence
    #[arg(long)]
    stop: bool,
    /// One of the massager's own programs
    #[arg(long, value_name = "NAME")]
    program: Option<String>,
}

impl Frames {
    pub(super) fn run(self, to: &mut Surroundings<'_>) -> Result<Outcome, Error> {
        let map = find(&self.map, to)?;
        let mut encoder = Encoder::new(map.clone(), Binding::assumed(&map));
        let mut plan = Plan::default();
        let mut then = |next: Plan| {
            plan.writes.extend(next.writes);
            plan.held.extend(next.held);
        };
        let wanted = self.wanted(&map.channels)?;
        if !wanted.is_empty() {
            let changed: Vec<Channel> = wanted.keys().copied().collect();
            then(encoder.set(&wanted, &changed));
        }
        if let Some(name) = &self.program {
            let known = map.programs.iter().find(|known| known.to_lowercase() == name.to_lowercase());
            let writes = encoder.program(known.unwrap_or(name)).map_err(|why| Error::Asked(to.words.fact(&why)))?;
            then(Plan { writes, ..Plan::default() });
        }
        if self.stop {
            then(encoder.stop());
        }
        for write in &plan.writes {
            let Write { role, service, characteristic, with_response, bytes, .. } = write;
            let (service, characteristic) = (short_identifier(*service), short_identifier(*characteristic));
            let how = if *with_response { "with-response" } else { "without-response" };
            to.say(format_args!("{role} {service} {characteristic} {how} {}", hex(bytes)))?;
        }
        for held in &plan.held {
            let why = to.words.fact(&held.why);
            to.warn(format_args!("{why}"));
        }
        Ok(if plan.held.is_empty() { Outcome::Done } else { Outcome::Problems })
    }

    /// The level of each channel that was asked for.
    fn wanted(&self, channels: &[(Channel, u16)]) -> Result<BTreeMap<Channel, u16>, Error> {
        let asked = [
            (Mode::Roller, self.roller),
            (Mode::Vibration, self.vibration),
            (Mode::AirPressure, self.air),
            (Mode::Heat, self.heat),
        ];
        let mut wanted = BTreeMap::new();
        for (mode, intensity) in asked.into_iter().filter_map(|(mode, asked)| Some((mode, asked?))) {
            let mut known = false;
            for (channel, levels) in channels.iter().filter(|(channel, _)| channel.mode == mode) {
                wanted.insert(*channel, intensity.level(*levels, Intensity::FULL));
                known = true;
            }
            if !known {
                return Err(Error::Asked(format!("The device map has no {}.", mode.name().to_lowercase())));
            }
        }
        if wanted.is_empty() && self.program.is_none() && !self.stop {
            let say =
                "Say what to write: --roller, --vibration, --air or --heat with a percentage, --stop or --program.";
            return Err(Error::Asked(say.to_owned()));
        }
        Ok(wanted)
    }
}

/// Shows what bytes from a massager say, as JSON
#[derive(Debug, Args)]
pub struct Decode {
    /// The id of a device map, or a file
    map: String,
    /// The role of the characteristic that the bytes came from, such as status
    role: String,
    /// The bytes in hexadecimal, with or without spaces
    #[arg(required = true, value_name = "HEX")]
    bytes: Vec<String>,
}

impl Decode {
    pub(super) fn run(self, to: &mut Surroundings<'_>) -> Result<Outcome, Error> {
        let map = find(&self.map, to)?;
        let bytes = unhex(&self.bytes.concat())?;
        let mut roles: Vec<&str> = map.roles().map(|(role, _, _)| role).collect();
        if !roles.contains(&"battery") {
            roles.push("battery");
        }
        if !roles.contains(&self.role.as_str()) {
            let known = roles.join(", ");
            return Err(Error::Asked(format!("“{}” has no role “{}”. Known: {known}.", map.name, self.role)));
        }
        let Some(report) = map.decode(&self.role, &bytes) else {
            to.warn(format_args!("“{}” does not know these bytes: {}", map.name, hex(&bytes)));
            return Ok(Outcome::Problems);
        };
        let levels: BTreeMap<String, u16> =
            report.levels.iter().map(|(channel, level)| (channel.to_string(), *level)).collect();
        let json = json!({
            "levels": levels,
            "battery": report.battery,
            "remaining_seconds": report.remaining.map(|time| time.as_secs()),
            "running": report.running,
            "fields": report.fields,
        });
        to.say(format_args!("{json}"))?;
        Ok(Outcome::Done)
    }
}

/// The device map that a person means. One whose test vectors fail can be looked at, too; what fails is said.
fn find(wanted: &str, to: &mut Surroundings<'_>) -> Result<Arc<DeviceMap>, Error> {
    let Some(path) = map_file(wanted, &to.folders) else { return find_map(wanted, &to.folders) };
    let (map, failing) = storage::read(&path, DeviceMap::look)?;
    for problem in &failing {
        let said = to.words.fact(problem);
        to.warn(format_args!("{}:{said}", path.display()));
    }
    Ok(Arc::new(map))
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(" ")
}

fn unhex(text: &str) -> Result<Vec<u8>, Error> {
    let digits: Vec<u32> = text
        .chars()
        .filter(|letter| !letter.is_whitespace() && !matches!(letter, ':' | '-'))
        .map(|letter| letter.to_digit(16))
        .collect::<Option<_>>()
        .filter(|digits: &Vec<u32>| digits.len().is_multiple_of(2) && !digits.is_empty())
        .ok_or_else(|| {
            Error::Asked("Write the bytes as pairs of hexadecimal digits, such as \"F0 84 34\".".to_owned())
        })?;
    Ok(digits.chunks(2).map(|pair| (pair[0] * 16 + pair[1]) as u8).collect())
}
