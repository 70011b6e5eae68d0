//! `svang massagers`: the device maps there are.

use super::{Error, Outcome, Surroundings};
use crate::massager::{DeviceMap, Trust};
use crate::storage::{Origin, Shelf};

pub(super) fn run(to: &mut Surroundings<'_>) -> Result<Outcome, Error> {
    let mut maps = Shelf::maps(&to.folders);
    maps.reload()?;
    let mut outcome = Outcome::Done;
    for entry in maps.entries() {
        let origin = match &entry.origin {
            Origin::BuiltIn(_) => "built in".to_owned(),
            Origin::Own(path) => path.display().to_string(),
        };
        match &entry.content {
            Ok(map) => {
                to.say(format_args!("{}  {} ({}, {origin})", map.id, map.name, trust(map.trust)))?;
                if let Some(first) = maps.standing_before(entry) {
                    to.say(format_args!("    not used: {} stands before it", first.id))?;
                }
                to.say(format_args!("    {}", modes(map)))?;
                let alone = to.words.fact(&map.left_alone);
                to.say(format_args!("    If this computer fails: {alone}"))?;
                if !map.programs.is_empty() {
                    to.say(format_args!("    programs: {}", map.programs.join(", ")))?;
                }
            }
            Err(fault) => {
                outcome = Outcome::Problems;
                to.say(format_args!("{}  cannot be used yet ({origin})", entry.id))?;
                for problem in &fault.problems {
                    let said = to.words.fact(problem);
                    to.say(format_args!("    {said}"))?;
                }
            }
        }
    }
    to.say(format_args!("Your own device maps belong in {}", maps.folder().display()))?;
    Ok(outcome)
}

fn modes(map: &DeviceMap) -> String {
    let mode = |(channel, levels): &(crate::mode::Channel, u16)| match levels {
        1 => format!("{} (on or off)", channel.name()),
        levels => format!("{} ({levels} levels)", channel.name()),
    };
    map.channels.iter().map(mode).collect::<Vec<_>>().join("; ")
}

/// How much is known about a map, in a word.
pub(super) fn trust(trust: Trust) -> &'static str {
    match trust {
        Trust::Verified => "verified",
        Trust::Reported => "reported to work",
        Trust::Untested => "untested",
    }
}
