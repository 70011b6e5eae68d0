//! The command line: the same engine without a window.
//!
//! Belongs here: arguments, what is printed, and exit codes. What a massager does is the engine's business. Everything
//! is printed to writers that are handed in, so that a test reads what a person would.

mod check;
mod frames;
mod massagers;
mod play;
mod scan;
mod screen;

use std::ffi::OsString;
use std::fmt::Arguments as Words;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand};

use tokio::sync::mpsc;

use crate::bluetooth::Radio;
use crate::desktop::SleepGuard;
use crate::engine;
use crate::fact::{Fact, Phrase};
use crate::i18n;
use crate::intensity::Intensity;
use crate::massager::DeviceMap;
use crate::say;
use crate::signals::Interrupt;
use crate::storage::{self, Entry, Folders, Shelf};
use crate::store::Store;
use crate::text;
use crate::watchdog::Watchdog;

/// Exit codes, as `--help` shows them.
const EXIT_CODES: &str = "\
Exit codes:
  0    done
  1    problems found, or a massage that did not play to its end
  2    wrong arguments, or nothing could be started
  3    the massager could not be confirmed stopped: press its power button
  130  interrupted (Ctrl-C, or asked to end) and the massager confirmed stopped";

/// What `svang` is called with.
#[derive(Debug, Parser)]
#[command(name = "svang", version, about = "Plays massage profiles on Bluetooth foot massagers, safely.")]
#[command(
    long_about = "Plays massage profiles on Bluetooth foot massagers, safely.\n\nWithout a command, the window opens."
)]
#[command(after_help = EXIT_CODES)]
pub struct Arguments {
    /// The language of what is said, such as da; English without it. What other programs read stays as it is
    #[arg(long, global = true, value_name = "CODE")]
    pub language: Option<String>,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// One thing to do without a window.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Looks for massagers in reach
    Scan(scan::Scan),
    /// Plays a profile, or one of the massager's own programs
    Play(play::Play),
    /// Checks profiles and device maps
    Check(check::Check),
    /// Shows the bytes that a device map makes, without sending them
    Frames(frames::Frames),
    /// Shows what bytes from a massager say, as JSON
    Decode(frames::Decode),
    /// Lists the massagers that Svang knows: its own device maps and yours
    Massagers,
    /// Stops a massager when the Svang that plays on it is gone; started by Svang itself
    #[command(hide = true)]
    Watchdog,
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// As asked: exit code 0.
    Done,
    /// Problems were found, or a massage did not play to its end: 1.
    Problems,
    /// Wrong arguments, or nothing could be started: 2.
    CannotStart,
    /// The massager could not be confirmed stopped: 3.
    NotStopped,
    /// Interrupted, with the massager confirmed stopped: 130.
    Interrupted,
}

impl Outcome {
    /// The exit code.
    pub const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Problems => 1,
            Self::CannotStart => 2,
            Self::NotStopped => 3,
            Self::Interrupted => 130,
        }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        outcome.code().into()
    }
}

/// Why a command did not start.
#[derive(Debug, Clone)]
enum Error {
    /// Something that a lower layer knows.
    Fact(Phrase),
    /// The person asked for what cannot be done, in words.
    Asked(String),
    /// Nobody reads what is printed.
    Output(Arc<io::Error>),
}

impl<F: Fact> From<F> for Error {
    fn from(fact: F) -> Self {
        Self::Fact(fact.phrase())
    }
}

impl From<io::Error> for Error {
    fn from(why: io::Error) -> Self {
        Self::Output(Arc::new(why))
    }
}

/// What a command works with.
pub struct Surroundings<'a> {
    /// Where files live.
    pub folders: Folders,
    /// What the person asked for.
    pub out: &'a mut dyn Write,
    /// What went wrong.
    pub err: &'a mut dyn Write,
    /// Whether a person sits in front of a terminal and can answer.
    pub live: bool,
    /// The person's language, such as `da-DK`: of the texts in profiles.
    pub language: String,
    /// What the command line speaks.
    pub words: i18n::Words,
    /// Starts listening to requests to end, or to stand still, by the person or the system. Until then such a request is
    /// obeyed by the system at once, whatever the program reads or computes; so it is called once all is read, and before
    /// a massager is connected.
    pub interrupts: &'a dyn Fn() -> mpsc::UnboundedReceiver<Interrupt>,
    /// Stands still until the person lets the program go on.
    pub suspend: &'a dyn Fn(),
    /// Starts listening to the lines that the person types.
    pub lines: &'a dyn Fn() -> mpsc::UnboundedReceiver<String>,
    /// Makes the computer's own radio, on an adapter of its settings.
    pub real: &'a dyn Fn(Option<String>) -> Option<Arc<dyn Radio>>,
    /// The radio that reaches the simulated massager.
    pub simulated: Arc<dyn Radio>,
    /// Starts the second process that stops a real massager should this one die.
    pub watchdog: Option<Arc<dyn Watchdog>>,
    /// Tells before the computer sleeps.
    pub sleep_guard: Option<Arc<dyn SleepGuard>>,
    /// Called with each engine that is started, before it moves anything.
    pub started: &'a dyn Fn(&engine::Handle),
}

impl Surroundings<'_> {
    fn real_radio(&self, store: &Store) -> Option<Arc<dyn Radio>> {
        (self.real)(store.settings.value().adapter.clone())
    }

    /// Says what on disk could not be read.
    fn warn_of(&mut self, store: &Store) {
        for trouble in store.troubles() {
            let trouble = self.words.fact(trouble);
            self.warn(format_args!("{trouble}"));
        }
    }

    /// Prints one line of what was asked for.
    fn say(&mut self, words: Words<'_>) -> Result<(), Error> {
        Ok(writeln!(self.out, "{}", text::plain(&words.to_string()))?)
    }

    /// Prints one line about something that went wrong.
    fn warn(&mut self, words: Words<'_>) {
        warn(self.err, words);
    }
}

/// Reads arguments, the program's name first. Where they ask for help or are wrong, that is printed.
///
/// # Errors
/// The outcome, where there is nothing left to do.
pub fn read<'a, I>(arguments: I, out: &'a mut dyn Write, err: &'a mut dyn Write) -> Result<Arguments, Outcome>
where
    I: IntoIterator,
    I::Item: Into<OsString> + Clone,
{
    Arguments::try_parse_from(arguments).map_err(|help| {
        let (to, outcome) = if help.use_stderr() { (err, Outcome::CannotStart) } else { (out, Outcome::Done) };
        let _ = write!(to, "{}", help.render()); // Nobody is left to tell.
        outcome
    })
}

/// What the command line speaks: English unless it was asked for another language that there is.
///
/// # Errors
/// In words, where there is no such language.
pub fn words(all: &i18n::Languages, asked: Option<&str>) -> Result<i18n::Words, String> {
    let Some(asked) = asked else { return Ok(all.english()) };
    // A region may be said, too: da-DK is da.
    let of = all.of(asked);
    let language = |code: &str| code.split(['-', '_', '.']).next().unwrap_or_default().to_lowercase();
    if language(of.code()) == language(asked) {
        return Ok(of);
    }
    let known = all.all().map(|words| format!("{} ({})", words.code(), words.name())).collect::<Vec<_>>().join(", ");
    Err(say!(all.english(), "cli-no-language", code = asked, known = known))
}

/// Says why nothing could be started.
pub fn cannot_start(why: &str, err: &mut dyn Write) -> Outcome {
    warn(err, format_args!("{why}"));
    Outcome::CannotStart
}

/// Each message is a line, whatever a file or a massager put into it.
fn warn(err: &mut dyn Write, words: Words<'_>) {
    let _ = writeln!(err, "svang: {}", text::plain(&words.to_string())); // Nobody is left to tell.
}

/// Does what was asked and says what came of it. Must be called inside a tokio runtime.
pub async fn run(command: Command, mut surroundings: Surroundings<'_>) -> Outcome {
    let done = match command {
        Command::Scan(scan) => scan.run(&mut surroundings).await,
        Command::Play(play) => play.run(&mut surroundings).await,
        Command::Check(check) => check.run(&mut surroundings),
        Command::Frames(frames) => frames.run(&mut surroundings),
        Command::Decode(decode) => decode.run(&mut surroundings),
        Command::Massagers => massagers::run(&mut surroundings),
        Command::Watchdog => Err(Error::Asked("Svang starts its watchdog by itself.".to_owned())),
    };
    match done {
        Ok(outcome) => outcome,
        // Whoever read along has seen enough, as `head` does.
        Err(Error::Output(why)) if why.kind() == io::ErrorKind::BrokenPipe => Outcome::Done,
        Err(Error::Output(why)) => {
            let why = say!(surroundings.words, "cli-no-output", why = why.to_string());
            cannot_start(&why, surroundings.err)
        }
        Err(Error::Fact(fact)) => cannot_start(&surroundings.words.fact(&fact), surroundings.err),
        Err(Error::Asked(why)) => cannot_start(&why, surroundings.err),
    }
}

/// Percent as a person writes it: `45`, `45.5` or `45%`.
fn percent(text: &str) -> Result<Intensity, String> {
    let number = text.trim_end_matches('%').trim();
    match number.parse::<f64>() {
        Ok(percent) if (0.0..=100.0).contains(&percent) => Ok(Intensity::from_fraction(percent / 100.0)),
        _ => Err("write a number from 0 to 100".to_owned()),
    }
}

/// The device map that a person means: a file, an id, or a name in any case.
fn find_map(wanted: &str, folders: &Folders) -> Result<Arc<DeviceMap>, Error> {
    if is_path(wanted) {
        return Ok(Arc::new(storage::read(Path::new(wanted), DeviceMap::read)?));
    }
    let mut maps = Shelf::maps(folders);
    maps.reload()?;
    let in_use = maps.in_use();
    let same = |name: &str| text::folded(name) == text::folded(wanted);
    if let Some(map) = in_use.iter().find(|map| same(&map.id)).or_else(|| in_use.iter().find(|map| same(&map.name))) {
        return Ok(Arc::clone(map));
    }
    // A file that stands on the shelf and cannot be used yet says why.
    if maps.get(wanted).is_some_and(|entry| entry.content.is_err()) {
        let path = maps.get(wanted).and_then(Entry::path).unwrap_or(maps.folder());
        return Ok(Arc::new(storage::read(path, DeviceMap::read)?));
    }
    let known = in_use.iter().map(|map| map.id.as_str()).collect::<Vec<_>>().join(", ");
    Err(Error::Asked(format!("There is no device map “{wanted}”. Known: {known}. A file of yours works too.")))
}

/// The file of a device map that a person means, where it is their own: one that they name, or one in their folder.
fn map_file(wanted: &str, folders: &Folders) -> Option<PathBuf> {
    let own = folders.massagers().join(format!("{wanted}.ron"));
    if is_path(wanted) { Some(wanted.into()) } else { own.is_file().then_some(own) }
}

/// Whether a person means a file and not something on a shelf.
fn is_path(wanted: &str) -> bool {
    wanted.ends_with(".ron") || wanted.contains(std::path::MAIN_SEPARATOR) || Path::new(wanted).is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_sound() {
        use clap::CommandFactory;
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_percentage_is_read_as_a_person_writes_it() {
        assert_eq!(percent("45"), Ok(Intensity::from_percent(45)));
        assert_eq!(percent("45.5%"), Ok(Intensity::from_per_mille(455)));
        for text in ["", "-1", "101", "NaN", "inf", "half"] {
            assert!(percent(text).is_err(), "{text}");
        }
    }
}
