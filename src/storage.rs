//! Finds, loads and safely saves what is on disk: profiles, device maps, settings and what Svang remembers.
//!
//! Belongs here: folders, files, and when they changed. What a profile or a device map means does not, nor who shows it.
//! Everything here blocks while the disk works; a window calls it through [`in_background`].
//!
//! A file that cannot be read is told in words and kept as it is: it is never overwritten and never skipped in silence.

mod changes;
mod dose;
mod file;
mod folders;
mod kept;
mod known;
mod lock;
mod maps;
mod profiles;
mod ratings;
mod recovery;
mod settings;
mod shelf;
mod sweep;
mod watch;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use changes::{Deleted, system_trash};
pub use dose::{Calendar, Dose, today};
pub use file::{make_private_folder, must_be_file, private_file, read_file, save, slug};
pub use folders::Folders;
pub use kept::{Kept, Record, Saving};
pub use known::{KnownMassager, KnownMassagers};
pub use lock::{FileLock, InUseBy, MassagerLock};
pub use profiles::{Replace, SavedProfile};
pub use ratings::{Rating, Ratings};
pub use recovery::{Keeping, Leftover, Recovered, RecoveryCopy, leftovers};
pub use settings::{Language, Settings, Theme};
pub use shelf::{Entry, Fault, Origin, Shelf, read};
pub use sweep::sweep;
pub use watch::Watch;

use crate::problem::Problem;

/// Runs work on the disk beside the window, on a thread made for waiting. Must be called inside a tokio runtime.
///
/// # Errors
/// What the work returns, or that it broke off.
pub async fn in_background<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(Error::BrokeOff))
}

/// What goes wrong with files, with the remedy.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// The platform does not name a home.
    #[error("This computer does not say where your files belong. Set HOME to your home folder and start again.")]
    NoHome,
    /// A file or folder cannot be read.
    #[error("{} could not be read: {why}. Check that it is there and that you may read it.", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// What the system says.
        why: Arc<io::Error>,
    },
    /// A file is too large, no text, or no file.
    #[error("{} cannot be read: {why}.", path.display())]
    Unfit {
        /// Which.
        path: PathBuf,
        /// What is wrong, with the remedy.
        why: String,
    },
    /// A file cannot be saved.
    #[error("{} could not be saved: {why}. Check the free space and that you may write there.", path.display())]
    Save {
        /// Which.
        path: PathBuf,
        /// What the system says.
        why: Arc<io::Error>,
    },
    /// A file cannot be removed.
    #[error("{} could not be removed: {why}. You can delete it yourself.", path.display())]
    Remove {
        /// Which.
        path: PathBuf,
        /// What the system says.
        why: Arc<io::Error>,
    },
    /// A profile under the pen is larger than what is read.
    #[error(
        "The profile is larger than 8 MiB now. Until it has fewer points it can neither be saved nor kept over a crash; \
         what was kept of it before stays as it is."
    )]
    TooLarge,
    /// A file of ours was written by a newer Svang.
    #[error(
        "{} was written by a newer Svang (version {found}; this one reads version {known}). It has not been changed; \
         until you update Svang, this run goes without it.",
        path.display()
    )]
    Newer {
        /// Which.
        path: PathBuf,
        /// The version it has.
        found: u32,
        /// The version we know.
        known: u32,
    },
    /// A file of ours cannot be understood.
    #[error("{}:{problem}. It has not been changed; until it is mended or removed, this run goes without it.", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// What is wrong.
        problem: Problem,
    },
    /// A damaged file of ours was set aside, so that what must be counted is counted.
    #[error("{}:{problem}. It is kept as {}; massage time is counted anew from here on.", path.display(), aside.display())]
    SetAside {
        /// Which.
        path: PathBuf,
        /// Where it is now.
        aside: PathBuf,
        /// What is wrong.
        problem: String,
    },
    /// Another Svang is changing a file of ours, for longer than is waited for.
    #[error(
        "{} is being changed by another Svang. What you changed holds here, and is saved with the next change.",
        path.display()
    )]
    Busy {
        /// Which.
        path: PathBuf,
    },
    /// A profile or device map has problems.
    #[error("{} cannot be used yet: {}", path.display(), list(problems))]
    Faulty {
        /// Which.
        path: PathBuf,
        /// What is wrong.
        problems: Vec<Problem>,
    },
    /// Nothing has this id.
    #[error("There is no “{0}” any more. It may have been moved or deleted.")]
    Unknown(String),
    /// Something built in was to be changed.
    #[error("“{0}” is built in and stays as it is. Duplicate it, then change the copy.")]
    BuiltIn(String),
    /// The trash refused a file.
    #[error("{} could not be put into the trash: {why}. You can delete it yourself.", path.display())]
    Trash {
        /// Which.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
    /// Changes on disk cannot be noticed.
    #[error("Changes in {} will not be noticed: {why}. Start Svang again after changing files there.", path.display())]
    Watch {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
    /// The work panicked or the program ends.
    #[error("Work on your files broke off. Try again; the log says more.")]
    BrokeOff,
}

impl Error {
    fn read(path: &Path, why: io::Error) -> Self {
        use io::ErrorKind::{FileTooLarge, InvalidData, InvalidInput};
        match why.kind() {
            FileTooLarge | InvalidData | InvalidInput => Self::Unfit { path: path.to_owned(), why: why.to_string() },
            _ => Self::Read { path: path.to_owned(), why: Arc::new(why) },
        }
    }

    fn save(path: &Path, why: io::Error) -> Self {
        Self::Save { path: path.to_owned(), why: Arc::new(why) }
    }
}

fn list(problems: &[Problem]) -> String {
    let mut text = problems.iter().take(3).map(Problem::to_string).collect::<Vec<_>>().join("; ");
    if let Some(more) = problems.len().checked_sub(3).filter(|more| *more > 0) {
        text.push_str(&format!("; and {more} more"));
    }
    text
}
