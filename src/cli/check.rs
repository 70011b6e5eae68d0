//! `svang check`: every problem of profiles and device maps, where it stands.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Error, Outcome, Surroundings};
use crate::facts;
use crate::massager::{DeviceMap, Note};
use crate::mode::Channel;
use crate::problem::syntax;
use crate::profile::Profile;
use crate::storage;

facts! {
    /// What no file that can be checked begins with.
    enum Unknown in "check" {
        NoKind,
    }
}

/// Checks profiles and device maps
#[derive(Debug, Args)]
#[command(
    long_about = "Checks profiles and device maps.\n\nPrints every problem as file:line:column: text. What works but \
    could be gentler or safer is printed as a note. A device map is looked through for what it does, and tested against \
    the bytes that it lists itself."
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
    let read = storage::read(path, |text| match first_word(text) {
        "DeviceMap" => DeviceMap::read(text).map(|map| about_map(&map)),
        "Profile" | "" => Profile::read(text).map(|profile| about_profile(&profile)),
        other => {
            let at = text.find(other).unwrap_or(0);
            Err(vec![syntax::at(text, at, Unknown::NoKind)])
        }
    });
    match read {
        Ok(lines) => {
            for line in lines {
                to.say(format_args!("{file}: {line}"))?;
            }
            Ok(0)
        }
        Err(storage::Error::Faulty { problems, .. }) => {
            for problem in &problems.0 {
                let said = to.words.fact(problem);
                to.say(format_args!("{file}:{said}"))?;
            }
            Ok(problems.0.len())
        }
        Err(why) => {
            let why = to.words.fact(&why);
            to.say(format_args!("{file}:1:1: {why}"))?;
            Ok(1)
        }
    }
}

fn about_map(map: &DeviceMap) -> Vec<String> {
    let modes = map.channels.iter().map(|(channel, _)| channel.name()).collect::<Vec<_>>().join("; ");
    let fine = format!("device map “{}” is fine: {modes}", map.name);
    [fine].into_iter().chain(map.notes().iter().map(|note| format!("note: {}", words(note)))).collect()
}

fn about_profile(profile: &Profile) -> Vec<String> {
    let fine = format!("profile “{}” is fine: {}", profile.name.in_language("en"), profile.length);
    [fine].into_iter().chain(profile.advice().into_iter().map(|note| format!("note: {note}"))).collect()
}

/// The word that a file begins with: also when the rest of it has problems. Empty where it begins with none.
fn first_word(text: &str) -> &str {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        rest = match rest {
            comment if comment.starts_with("//") => comment.split_once('\n').map_or("", |(_, rest)| rest),
            comment if comment.starts_with("/*") => comment.split_once("*/").map_or("", |(_, rest)| rest),
            attribute if attribute.starts_with("#!") => attribute.split_once(']').map_or("", |(_, rest)| rest),
            _ => {
                let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
                return &rest[..end.unwrap_or(rest.len())];
            }
        }
        .trim_start();
    }
}

/// A note about a map in words.
fn words(note: &Note) -> String {
    let names = |channels: &[Channel]| channels.iter().map(|channel| channel.name()).collect::<Vec<_>>().join("; ");
    match note {
        Note::NotVerified => {
            "it says Verified, which only the built-in maps can: it counts as untested, and stays at 30 % \
                              until you say that it is right on your massager"
                .to_owned()
        }
        Note::OnlySharedSigns => {
            "other products have the same signs: Svang asks before it believes that it is this massager".to_owned()
        }
        Note::OftenFirmware => {
            "it writes where other products take firmware updates: Svang asks once before it does".to_owned()
        }
        Note::StopTakenAtItsWord(channels) => format!(
            "no frame of stop is the one that turns off {}: it is taken at its word that it does. Say stop_all: true if \
             you know",
            names(channels)
        ),
        Note::SlowStop(time) => {
            format!("the last frame of stop comes {} ms after the first one", time.as_millis())
        }
        Note::ZeroIsNotZero(channel) => {
            format!("level 0 of {} is another number than 0: is it off? If not, give it an `off` frame", channel.name())
        }
        Note::ToggleNeverReadBack(channel) => format!(
            "{} is read when connecting and never again: it can be pressed once, and not switched off after that",
            channel.name()
        ),
        Note::NoWriteGap => "there is no write_gap_ms: can it take frames as fast as they can be sent?".to_owned(),
        Note::NothingKnownLeftAlone => {
            "nothing says what it does when nothing comes any more: write dead_man_ms if it stops by itself".to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::first_word;

    #[test]
    fn a_file_is_told_by_its_first_word() {
        assert_eq!(first_word("DeviceMap("), "DeviceMap");
        assert_eq!(first_word("// Profile(\n/* x */ #![enable(implicit_some)]\n DeviceMap(broken"), "DeviceMap");
        assert_eq!(first_word("Profile(name: \"DeviceMap\")"), "Profile");
        assert_eq!(first_word("Map(version: 1)"), "Map");
        assert_eq!(first_word("// DeviceMap"), "");
        assert_eq!(first_word(""), "");
    }
}
