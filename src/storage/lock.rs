//! Locks between Svangs: who changes a file, who has a massager, who has the window.
//!
//! Belongs here: taking a lock and letting it go. What is done under one does not. A lock is held on a file that stays: the
//! system lets go of the lock however the program ends, and an empty file harms nobody.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use super::{Folders, file};
use crate::bluetooth::MassagerId;
use crate::editor::recovery::fingerprint;
use crate::facts;

/// A lock on a file, until it is dropped or the program ends.
#[derive(Debug)]
#[must_use = "the lock is let go of at once unless it is held"]
pub struct FileLock {
    /// Nothing where the file system knows no locks: then all are let in.
    file: Option<File>,
}

impl Drop for FileLock {
    fn drop(&mut self) {
        // A process that is just being started shares the open file for a moment: closing it here alone frees nothing.
        let _ = self.file.as_ref().map(File::unlock);
    }
}

impl FileLock {
    /// How long to pause between two looks at a lock that another has.
    const LOOK_EVERY: Duration = Duration::from_millis(10);

    /// Takes a lock, or nothing where another has it. Missing folders are made.
    ///
    /// # Errors
    /// Where its file can be neither opened nor made.
    pub fn try_take(path: &Path) -> io::Result<Option<Self>> {
        if let Some(folder) = path.parent() {
            file::make_private_folder(folder)?;
        }
        match file::must_be_file(path) {
            Err(why) if why.kind() != io::ErrorKind::NotFound => return Err(why),
            _ => {}
        }
        let file = file::private_file().truncate(false).write(true).open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { file: Some(file) })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(why)) => {
                tracing::debug!(path = %path.display(), %why, "no locks here");
                Ok(Some(Self { file: None }))
            }
        }
    }

    /// Waits for a lock for a bounded time, on a thread made for waiting; nothing where another has it all the while.
    ///
    /// # Errors
    /// Where its file can be neither opened nor made.
    pub fn wait(path: &Path, within: Duration) -> io::Result<Option<Self>> {
        let until = Instant::now() + within;
        loop {
            let taken = Self::try_take(path)?;
            if taken.is_some() || Instant::now() >= until {
                return Ok(taken);
            }
            thread::sleep(Self::LOOK_EVERY);
        }
    }
}

/// A massager that this program has, so that no other Svang of this person moves it. Let go of when it is dropped, and
/// however the program ends.
#[derive(Debug)]
#[must_use = "the massager is let go of at once unless this is held"]
pub struct MassagerLock {
    _lock: Option<FileLock>,
}

facts! {
    /// Who has a massager.
    pub enum InUseBy in "in-use" {
        /// The window, as a process of this number.
        ByWindow(process: String),
        /// A command, such as `svang play`, as a process of this number.
        ByCommand(command: String, process: String),
        /// Another Svang that did not say who it is.
        ByAnother,
    }
}

/// What the window calls itself where it takes a massager.
pub const WINDOW: &str = "window";

impl InUseBy {
    /// From what the owner wrote: `window 1234`, or `svang play 1234`.
    fn read(told: &str) -> Self {
        match crate::problem::syntax::short(told.trim()).rsplit_once(' ') {
            Some((WINDOW, process)) => Self::ByWindow(process.to_owned()),
            Some((command, process)) => Self::ByCommand(command.to_owned(), process.to_owned()),
            None => Self::ByAnother,
        }
    }
}

impl MassagerLock {
    /// Takes a massager. `owner` says who takes it: [`WINDOW`], or a command. Nobody needs to take the simulated
    /// one; where locks cannot be written, everybody gets what they ask for. It waits for the disk, and for nothing else.
    ///
    /// Whoever has it already does not get it twice: keep it over a lost link until the massager is let go of.
    ///
    /// # Errors
    /// Where another Svang has it, and who that is.
    pub fn take(folders: &Folders, id: &MassagerId, owner: &str) -> Result<Self, InUseBy> {
        if id.is_simulated() {
            return Ok(Self { _lock: None });
        }
        let path = folders.locks().join(format!("massager-{:016x}.lock", fingerprint(&id.0)));
        // A file beside, since some systems let nobody read what is locked.
        let told = path.with_extension("owner");
        match FileLock::try_take(&path) {
            Ok(Some(lock)) => {
                let owner = format!("{owner} {}", std::process::id());
                if let Err(why) = file::save_private(&told, owner.as_bytes()) {
                    tracing::debug!(%why, "who has the massager is not told");
                }
                Ok(Self { _lock: Some(lock) })
            }
            Ok(None) => Err(file::read_text(&told).map_or(InUseBy::ByAnother, |told| InUseBy::read(&told))),
            Err(why) => {
                tracing::warn!(path = %path.display(), %why, "a massager cannot be locked; another Svang could move it");
                Ok(Self { _lock: None })
            }
        }
    }
}

/// The lock that stands for a file while it is changed: `.x.ron.lock` beside `x.ron`.
pub(super) fn beside(path: &Path) -> PathBuf {
    path.with_file_name(format!(".{}.lock", path.file_name().unwrap_or_default().to_string_lossy()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn massager(id: &str) -> MassagerId {
        MassagerId(id.to_owned())
    }

    #[test]
    fn a_massager_in_use_is_refused_with_the_name_of_who_has_it() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::under(folder.path());
        let id = massager("C0:FF:EE:00:00:01");
        let mine = MassagerLock::take(&folders, &id, WINDOW).unwrap();
        let told = MassagerLock::take(&folders, &id, "svang play").unwrap_err();
        assert_eq!(told, InUseBy::ByWindow(std::process::id().to_string()));
        let other = MassagerLock::take(&folders, &massager("C0:FF:EE:00:00:02"), "svang play");
        assert!(other.is_ok(), "another massager is another matter");
        drop(mine);
        let taken = MassagerLock::take(&folders, &id, "svang play").unwrap();
        let told = MassagerLock::take(&folders, &id, WINDOW).unwrap_err();
        assert!(matches!(told, InUseBy::ByCommand(command, _) if command == "svang play"));
        drop(taken);
    }

    #[test]
    fn separate_folders_and_the_simulated_massager_know_no_others() {
        let folder = tempfile::tempdir().unwrap();
        let [one, other] = ["one", "other"].map(|name| Folders::under(&folder.path().join(name)));
        let id = massager("C0:FF:EE:00:00:01");
        let _mine = MassagerLock::take(&one, &id, WINDOW).unwrap();
        assert!(MassagerLock::take(&other, &id, WINDOW).is_ok());
        let _simulated = MassagerLock::take(&one, &MassagerId::simulated(), WINDOW).unwrap();
        assert!(MassagerLock::take(&one, &MassagerId::simulated(), "svang play").is_ok());
    }

    #[test]
    fn where_no_lock_can_be_written_nobody_is_kept_from_a_massage() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::under(folder.path());
        // A file where the folder belongs.
        std::fs::write(&folders.state, "").unwrap();
        assert!(MassagerLock::take(&folders, &massager("C0:FF:EE:00:00:01"), "svang play").is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_in_the_place_of_a_lock_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.lock");
        file::make_pipe(&path);
        assert!(FileLock::try_take(&path).is_err());
    }
}
