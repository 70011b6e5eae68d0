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
mod health;
mod kept;
mod known;
mod lock;
mod maps;
mod profiles;
mod ratings;
mod recovery;
mod sessions;
mod settings;
mod shelf;
mod sweep;
mod watch;

use std::io;
use std::path::{Path, PathBuf};

pub use changes::{Deleted, system_trash};
pub use dose::{Calendar, Dose, today};
pub use file::{make_private_folder, must_be_file, private_file, read_file, save, slug};
pub use folders::Folders;
pub use health::HealthAnswers;
pub use kept::{Kept, Record, Saving};
pub use known::{KnownMassager, KnownMassagers};
pub use lock::{FileLock, InUseBy, MassagerLock, WINDOW};
pub use profiles::{Replace, SavedProfile};
pub use ratings::{Marks, Rating, Ratings, marks};
pub use recovery::{Keeping, Leftover, Recovered, RecoveryCopy, leftovers};
pub use sessions::{Heel, MOST_PAIN, Session, Sessions, TOO_MUCH};
pub use settings::{Language, Settings, Theme};
pub use shelf::{Entry, Fault, Origin, Shelf, read};
pub use sweep::sweep;
pub use watch::Watch;

use crate::fact::{Phrase, Value};
use crate::facts;
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

facts! {
    /// What goes wrong with files.
    pub enum Error in "files-error" {
        /// The platform does not name a home.
        NoHome,
        /// A file or folder cannot be read.
        Read {
            /// Which.
            path: PathBuf,
            /// What the system says.
            why: System,
        },
        /// A file is too large, no text, or no file.
        Unfit {
            /// Which.
            path: PathBuf,
            /// What is wrong.
            why: System,
        },
        /// A file cannot be saved.
        Save {
            /// Which.
            path: PathBuf,
            /// What the system says.
            why: System,
        },
        /// A file cannot be removed.
        Remove {
            /// Which.
            path: PathBuf,
            /// What the system says.
            why: System,
        },
        /// A profile under the pen is larger than what is read.
        TooLarge,
        /// A file of ours was written by a newer Svang.
        Newer {
            /// Which.
            path: PathBuf,
            /// The version it has.
            found: u32,
            /// The version we know.
            known: u32,
        },
        /// A file of ours cannot be understood.
        Unreadable {
            /// Which.
            path: PathBuf,
            /// What is wrong.
            problem: Problem,
        },
        /// A damaged file of ours was set aside, so that what must be counted is counted.
        SetAside {
            /// Which.
            path: PathBuf,
            /// Where it is now.
            aside: PathBuf,
            /// What is wrong, and where.
            problem: Phrase,
        },
        /// Another Svang is changing a file of ours, for longer than is waited for.
        Busy {
            /// Which.
            path: PathBuf,
        },
        /// A profile or device map has problems.
        Faulty {
            /// Which.
            path: PathBuf,
            /// The first of them.
            problems: Problems,
        },
        /// Nothing has this id.
        Unknown(id: String),
        /// Something built in was to be changed.
        BuiltIn(id: String),
        /// The trash refused a file.
        Trash {
            /// Which.
            path: PathBuf,
            /// What the system says.
            why: String,
        },
        /// Changes on disk cannot be noticed.
        Watch {
            /// The folder.
            path: PathBuf,
            /// What the system says.
            why: String,
        },
        /// The work panicked or the program ends.
        BrokeOff,
    }
}

facts! {
    /// What the system says of a file.
    pub enum System in "system" {
        /// It is not there.
        NotFound,
        /// One may not.
        NotAllowed,
        /// The disk is full.
        Full,
        /// Nothing can be written there.
        ReadOnly,
        /// Its name is too long.
        NameTooLong,
        /// We found out ourselves.
        Ours(why: Unreadable),
        /// Anything else, as the system says it.
        Other(text: String),
    }
}

facts! {
    /// Why a file is none that can be read as text.
    pub enum Unreadable in "unreadable" {
        /// It is larger than 8 MiB.
        TooLarge,
        /// It is text of another encoding.
        Utf16,
        /// A line is no text.
        NotUtf8(line: usize),
        /// It is a folder.
        Folder,
        /// It is a pipe, a socket or a device.
        NoFile,
        /// Links lead from one to the other and back.
        Circle,
    }
}

impl From<&io::Error> for System {
    fn from(why: &io::Error) -> Self {
        use io::ErrorKind as Kind;
        if let Some(ours) = why.get_ref().and_then(|why| why.downcast_ref::<Unreadable>()) {
            return Self::Ours(ours.clone());
        }
        if why.raw_os_error().is_none() {
            return Self::Other(why.to_string());
        }
        match why.kind() {
            Kind::NotFound => Self::NotFound,
            Kind::PermissionDenied => Self::NotAllowed,
            Kind::StorageFull | Kind::QuotaExceeded => Self::Full,
            Kind::ReadOnlyFilesystem => Self::ReadOnly,
            Kind::InvalidFilename => Self::NameTooLong,
            _ => Self::Other(why.to_string()),
        }
    }
}

/// The problems of a file, of which the first three are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

facts! {
    /// The first problems of a file.
    enum First in "problems" {
        /// There are no others.
        All(problems: Value),
        /// There are others.
        AndMore(problems: Value),
    }
}

/// The most letters of all problems that are told together.
const LONGEST_PROBLEMS: u16 = 300;

impl From<Problems> for Value {
    fn from(Problems(problems): Problems) -> Self {
        let first = Self::Series(problems.iter().take(3).cloned().map(Self::from).collect());
        let first = if problems.len() > 3 { First::AndMore(first) } else { First::All(first) };
        Self::Phrase(Phrase::from(first).within(LONGEST_PROBLEMS))
    }
}

impl Error {
    fn read(path: &Path, why: io::Error) -> Self {
        use io::ErrorKind::{FileTooLarge, InvalidData, InvalidInput};
        match why.kind() {
            FileTooLarge | InvalidData | InvalidInput => Self::Unfit { path: path.to_owned(), why: (&why).into() },
            _ => Self::Read { path: path.to_owned(), why: (&why).into() },
        }
    }

    fn save(path: &Path, why: io::Error) -> Self {
        Self::Save { path: path.to_owned(), why: (&why).into() }
    }
}
