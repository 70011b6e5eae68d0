//! `svang check`: every problem of profiles and device maps, where it stands.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Error, Outcome, Surroundings};
use crate::massager::DeviceMap;
use crate::problem::Problem;
use crate::profile::Profile;
use crate::storage;

/// Checks profiles and device maps
#[derive(Debug, Args)]
#[command(
    long_about = "Checks profiles and device maps.\n\nPrints every problem as file:line:column: text. What works but \
    could be gentler is printed as a note. A device map is tested against the bytes that it lists itself."
)]
pub struct Check {
    /// Profiles and device maps, in any order
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

impl Check {
    pub(super) fn run(self, to: &mut Surroundings<'_>) -> Result<Outcome, Error> {
        let mut problems = 0;
        for file in &self.files {
            problems += check(file, to)?;
        }
        match problems {
            0 => Ok(Outcome::Done),
            _ => Ok(Outcome::Problems),
        }
    }
}

/// Prints what is to be said about one file. Returns how many problems it has.
fn check(path: &Path, to: &mut Surroundings<'_>) -> Result<usize, Error> {
    let file = path.display();
    let read = storage::read(path, |text| match is_device_map(text) {
        true => DeviceMap::read(text).map(|map| about_map(&map)),
        false => Profile::read(text).map(|profile| about_profile(&profile)),
    });
    match read {
        Ok(lines) => {
            for line in lines {
                to.say(format_args!("{file}: {line}"))?;
            }
            Ok(0)
        }
        Err(storage::Error::Faulty { problems, .. }) => {
            for Problem { line, column, text } in &problems {
                to.say(format_args!("{file}:{line}:{column}: {text}"))?;
            }
            Ok(problems.len())
        }
        Err(why) => {
            to.say(format_args!("{file}:1:1: {why}"))?;
            Ok(1)
        }
    }
}

fn about_map(map: &DeviceMap) -> Vec<String> {
    let modes = map.channels.iter().map(|(channel, _)| channel.name()).collect::<Vec<_>>().join("; ");
    vec![format!("device map “{}” is fine: {modes}", map.name)]
}

fn about_profile(profile: &Profile) -> Vec<String> {
    let fine = format!("profile “{}” is fine: {}", profile.name.in_language("en"), profile.length);
    [fine].into_iter().chain(profile.advice().into_iter().map(|note| format!("note: {note}"))).collect()
}

/// Whether a file means to be a device map, by its first word: also when the rest of it has problems.
fn is_device_map(text: &str) -> bool {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        rest = match rest {
            comment if comment.starts_with("//") => comment.split_once('\n').map_or("", |(_, rest)| rest),
            comment if comment.starts_with("/*") => comment.split_once("*/").map_or("", |(_, rest)| rest),
            attribute if attribute.starts_with("#!") => attribute.split_once(']').map_or("", |(_, rest)| rest),
            _ => return rest.starts_with("DeviceMap"),
        }
        .trim_start();
    }
}

#[cfg(test)]
mod tests {
    use super::is_device_map;

    #[test]
    fn a_device_map_is_told_by_its_first_word() {
        assert!(is_device_map("DeviceMap("));
        assert!(is_device_map("// Profile(\n/* x */ #![enable(implicit_some)]\n DeviceMap(broken"));
        assert!(!is_device_map("Profile(name: \"DeviceMap\")"));
        assert!(!is_device_map("// DeviceMap"));
        assert!(!is_device_map(""));
    }
}
