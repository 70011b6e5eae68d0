//! `svang play`: one massage from start to stop.

mod session;

use std::fs::File;
use std::io::{ErrorKind, LineWriter};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::{EXIT_CODES, Error, Outcome, Surroundings, is_path, percent};
use crate::bluetooth::MassagerId;
use crate::care::Limits;
use crate::engine::{self, Trace};
use crate::i18n::Words;
use crate::intensity::Intensity;
use crate::profile::Profile;
use crate::say;
use crate::storage;
use crate::store::Store;
use crate::time::{NotATime, Time};

use session::{Session, What};

/// Plays a profile, or one of the massager's own programs
#[derive(Debug, Args)]
#[command(
    long_about = "Plays a profile, or one of the massager's own programs.\n\nCtrl-C stops the massager and waits \
    until it has confirmed that; pressing it again does not skip the stop. On a terminal, Enter pauses and resumes. \
    When the link is lost, the massage is paused: on a terminal, Enter resumes it once the massager is back; elsewhere \
    it ends. Either way Svang goes on for 30 seconds trying to stop a massager that may still move."
)]
#[command(after_help = EXIT_CODES)]
#[command(group = clap::ArgGroup::new("what").required(true).args(["profile", "program"]))]
pub struct Play {
    /// A file, or the name or id of a profile that is built in or yours
    profile: Option<String>,
    /// One of the massager's own programs, instead of a profile
    #[arg(long, value_name = "NAME")]
    program: Option<String>,
    /// The massager's id, its name where no other one is called so, or `simulated`. Without it, the one that was
    /// connected before; where there is none, the simulated one
    #[arg(long, value_name = "ID")]
    massager: Option<String>,
    /// The device map to drive it by, where it is not recognised
    #[arg(long, value_name = "ID")]
    map: Option<String>,
    /// Overall strength, 10 to 100 percent
    #[arg(long, value_name = "PERCENT", value_parser = strength)]
    strength: Option<Intensity>,
    /// Where to start
    #[arg(long, value_name = "M:SS", value_parser = time, conflicts_with = "program")]
    start: Option<Time>,
    /// How fast the profile's clock runs; for the simulated massager only
    #[arg(long, value_name = "FACTOR", value_parser = speed)]
    speed: Option<f32>,
    /// Notes every write and every notification in a file, as JSON lines
    #[arg(long, value_name = "FILE")]
    trace: Option<PathBuf>,
    /// You felt this massager at low strength and its device map is right: lifts the first-time ceiling of 30 %
    #[arg(long)]
    tried: bool,
    /// Answers yes where Svang asks: whether a device map that fits by name only is right, or may write where other
    /// massagers update their firmware, whether to play without the
    /// modes that the massager lacks, and whether to go on although the day's limit is reached
    #[arg(long)]
    yes: bool,
}

impl Play {
    pub(super) async fn run(self, to: &mut Surroundings<'_>) -> Result<Outcome, Error> {
        let store = Store::read(to.folders.clone());
        to.warn_of(&store);
        let what = self.what(&store, &to.words)?;
        let massager = self.massager(&store, &to.words)?;
        let simulated = massager == MassagerId::simulated().0;
        if let Some(pain) = store.sessions.value().too_much_on(store.today()).filter(|_| !simulated) {
            return Err(Error::Asked(say!(to.words, "done-no-more", pain = pain)));
        }
        let speed = self.speed.unwrap_or(1.0);
        if speed != 1.0 && !simulated {
            return Err(Error::Asked(say!(to.words, "cli-speed")));
        }
        let real = if simulated { None } else { to.real_radio(&store) };
        let mut setup = store.engine(real, Arc::clone(&to.simulated), "svang play");
        setup.watchdog = to.watchdog.clone();
        setup.sleep_guard = to.sleep_guard.clone();
        setup.speed = speed;
        setup.strength = self.strength.unwrap_or(setup.strength);
        setup.trace = self.trace.as_deref().map(trace).transpose()?;
        if let Some(map) = &self.map
            && !setup.maps.iter().any(|known| known.id == *map)
        {
            let known = setup.maps.iter().map(|map| map.id.as_str()).collect::<Vec<_>>().join(", ");
            return Err(Error::Asked(say!(to.words, "cli-no-map", map = map, known = known)));
        }
        let (engine, events) = engine::start(setup);
        (to.started)(&engine);
        let session = Session::new(self, store, what, massager, engine, events, to);
        Ok(session.run().await)
    }

    fn what(&self, store: &Store, w: &Words) -> Result<What, Error> {
        if let Some(program) = &self.program {
            return Ok(What::Program(program.clone()));
        }
        let wanted = self.profile.as_deref().unwrap_or_default();
        let profile = if is_path(wanted) {
            Arc::new(storage::read(Path::new(wanted), Profile::read)?)
        } else {
            find_profile(wanted, store, w)?
        };
        let from = self.start.unwrap_or(Time::ZERO);
        if from >= profile.length {
            return Err(Error::Asked(say!(w, "cli-start-before", length = profile.length)));
        }
        Ok(What::Profile(profile, from))
    }

    /// The id or name of the massager to play on.
    fn massager(&self, store: &Store, w: &Words) -> Result<String, Error> {
        let known = &store.known.value().massagers;
        let known: Vec<_> = known.iter().filter(|(id, _)| !id.is_simulated()).collect();
        match (&self.massager, known.len()) {
            (Some(wanted), _) => Ok(wanted.clone()),
            (None, 0) => Ok(MassagerId::simulated().0),
            (None, 1) => Ok(known.into_iter().map(|(id, _)| id.0.clone()).collect()),
            (None, _) => {
                let known = known.iter().map(|(id, known)| format!("{id} ({})", known.name)).collect::<Vec<_>>();
                Err(Error::Asked(say!(w, "cli-which-massager", known = known.join(", "))))
            }
        }
    }
}

fn find_profile(wanted: &str, store: &Store, w: &Words) -> Result<Arc<Profile>, Error> {
    match store.profiles.find(wanted) {
        Some(entry) => match (&entry.content, entry.path()) {
            (Ok(profile), _) => Ok(Arc::clone(profile)),
            (Err(fault), path) => {
                let path = path.unwrap_or(Path::new(&entry.id)).to_owned();
                Err(storage::Error::Faulty { path, problems: storage::Problems(fault.problems.clone()) }.into())
            }
        },
        None => {
            let ids = store.profiles.entries().iter().map(|entry| entry.id.trim_start_matches("built-in/"));
            let known = ids.collect::<Vec<_>>().join(", ");
            Err(Error::Asked(say!(w, "cli-no-profile", name = wanted, known = known)))
        }
    }
}

fn trace(path: &Path) -> Result<Trace, Error> {
    // A pipe that nobody reads would be waited for.
    let sound = match storage::must_be_file(path) {
        Err(why) if why.kind() != ErrorKind::NotFound => Err(why),
        _ => File::create(path),
    };
    let file = sound.map_err(|why| storage::Error::Save { path: path.to_owned(), why: (&why).into() })?;
    Ok(Trace { path: path.to_owned(), sink: Box::new(LineWriter::new(file)) })
}

fn strength(text: &str) -> Result<Intensity, String> {
    percent(text)
        .ok()
        .filter(|strength| *strength >= Limits::LEAST_STRENGTH)
        .ok_or_else(|| "write a number from 10 to 100".to_owned())
}

/// Arguments are read before a language is known.
fn time(text: &str) -> Result<Time, String> {
    text.parse().map_err(|why: NotATime| Words::english().fact(&why))
}

fn speed(text: &str) -> Result<f32, String> {
    let speed = text.parse::<f32>().ok().filter(|speed| (0.1..=1000.0).contains(speed));
    speed.ok_or_else(|| "write a number from 0.1 to 1000".to_owned())
}
