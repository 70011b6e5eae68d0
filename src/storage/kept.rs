//! Files that Svang keeps for itself: settings, ratings, what it remembers.
//!
//! Several Svangs may run side by side. So nobody writes what they have in mind, but what is on disk with their own changes
//! on top: under a lock, a file is read, changed and written.

use std::fmt;
use std::fs;
use std::io;
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{Error, FileLock, file, lock};
use crate::fact::Fact;
use crate::problem::{Problem, syntax};

/// How long another Svang may take to change the same file.
const PATIENCE: Duration = Duration::from_secs(2);

/// What can be kept in a file of ours: its RON form has `version` as the first field.
pub trait Record: Serialize + DeserializeOwned + Default + Clone + Send + 'static {
    /// The version that is written, and the newest that is read.
    const VERSION: u32;

    /// What becomes of a file that is damaged.
    const DAMAGED: Damaged = Damaged::Stays;
}

/// What becomes of a file that is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damaged {
    /// It stays as it is, for the person to mend. Until then, nothing is saved.
    Stays,
    /// It is renamed, and a new one begun: what it counts must go on being counted.
    SetAside,
}

/// A change to a value: made once in mind, and once more to what is on disk.
type Change<T> = Arc<dyn Fn(&mut T) + Send + Sync>;

/// A value and its file. Reading never fails: a file that cannot be used is told in words and not saved over; the defaults
/// serve until it is mended or removed.
pub struct Kept<T> {
    value: T,
    trouble: Option<Error>,
    shared: Arc<Shared<T>>,
}

/// What a value and the savings of its changes have in common.
struct Shared<T> {
    path: PathBuf,
    patience: Duration,
    slot: Mutex<Slot<T>>,
    /// Held while saving, so that savings of one file never cross.
    turn: Mutex<()>,
}

/// Held for moments only, never while the disk works.
struct Slot<T> {
    /// Not on disk yet, the oldest first.
    changes: Vec<Change<T>>,
    /// What was on disk when it was read or written last.
    on_disk: T,
    /// Whether that is newer than what the value began from.
    news: bool,
    /// Whether the person knows that the file cannot be used.
    told: bool,
}

impl<T: Record> Kept<T> {
    /// Reads the file; without one, the defaults. It waits for the disk.
    pub fn load(path: PathBuf) -> Self {
        Self::load_within(path, PATIENCE)
    }

    fn load_within(path: PathBuf, patience: Duration) -> Self {
        let (value, trouble) = match read(&path) {
            Ok(value) => (value.unwrap_or_default(), None),
            Err(why) if sets_aside::<T>(&why) => match FileLock::wait(&lock::beside(&path), patience) {
                // Another Svang may have been quicker.
                Ok(Some(_lock)) => read_or_set_aside(&path),
                Ok(None) | Err(_) => (T::default(), Some(why)),
            },
            Err(why) => (T::default(), Some(why)),
        };
        let told = trouble.is_some();
        let slot = Slot { changes: Vec::new(), on_disk: value.clone(), news: false, told };
        let shared = Shared { path, patience, slot: Mutex::new(slot), turn: Mutex::default() };
        Self { value, trouble, shared: Arc::new(shared) }
    }

    /// Why the file could not be used at the start, in words for the person.
    pub fn trouble(&self) -> Option<&Error> {
        self.trouble.as_ref()
    }

    /// The value, with all changes made here.
    pub fn value(&self) -> &T {
        &self.value
    }

    /// Changes the value at once, after taking in what the last saving found on disk. The saving is for the caller to run
    /// where waiting is allowed, in any order. The change is made once more to what is on disk then: it should touch no
    /// more than what is meant.
    pub fn change(&mut self, how: impl Fn(&mut T) + Send + Sync + 'static) -> Saving {
        let mut slot = lock_of(&self.shared.slot);
        slot.bring_news(&mut self.value);
        how(&mut self.value);
        slot.changes.push(Arc::new(how));
        drop(slot);
        let shared = Arc::clone(&self.shared);
        Saving(Box::new(move || shared.save()))
    }

    /// Takes in what others have written. It reads the file, unless a change is being saved just now; a file that cannot be
    /// used is left for the next saving to tell of.
    pub fn take_in(&mut self) {
        // While a saving is under way, part of what is on disk is among the changes still, and would count twice.
        let turn = match self.shared.turn.try_lock() {
            Ok(turn) => Some(turn),
            Err(TryLockError::Poisoned(turn)) => Some(turn.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        };
        let found = turn.as_ref().and_then(|_| read(&self.shared.path).ok().flatten());
        let mut slot = lock_of(&self.shared.slot);
        if let Some(found) = found {
            (slot.on_disk, slot.news) = (found, true);
        }
        slot.bring_news(&mut self.value);
    }
}

impl<T: Clone> Slot<T> {
    fn bring_news(&mut self, value: &mut T) {
        if mem::take(&mut self.news) {
            *value = self.on_disk.clone();
            self.changes.iter().for_each(|change| change(value));
        }
    }
}

impl<T: Record> Shared<T> {
    /// Makes all changes to what is on disk.
    fn save(&self) -> Result<(), Error> {
        let _turn = lock_of(&self.turn);
        let changes = lock_of(&self.slot).changes.clone();
        if changes.is_empty() {
            return Ok(()); // Saved together with an earlier one.
        }
        let failed = |why| Error::save(&self.path, why);
        let lock = FileLock::wait(&lock::beside(&self.path), self.patience).map_err(failed)?;
        let Some(_lock) = lock else { return Err(Error::Busy { path: self.path.clone() }) };
        let mut trouble = None;
        let found = match read(&self.path) {
            Ok(found) => found,
            Err(why) if sets_aside::<T>(&why) => {
                trouble = Some(set_aside(&self.path, why)?);
                None
            }
            // Not ours to overwrite. Once it is mended, the changes are made to it.
            Err(why) => return if mem::replace(&mut lock_of(&self.slot).told, true) { Ok(()) } else { Err(why) },
        };
        // What is gone is written anew from what it was.
        let mut value = found.unwrap_or_else(|| lock_of(&self.slot).on_disk.clone());
        changes.iter().for_each(|change| change(&mut value));
        let text = write(&value).map_err(|why| failed(io::Error::other(why)))?;
        file::save_private(&self.path, text.as_bytes())?;
        let mut slot = lock_of(&self.slot);
        slot.changes.drain(..changes.len());
        (slot.on_disk, slot.news, slot.told) = (value, true, false);
        trouble.map_or(Ok(()), Err)
    }
}

impl<T: fmt::Debug> fmt::Debug for Kept<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kept").field("path", &self.shared.path).field("value", &self.value).finish_non_exhaustive()
    }
}

/// Changes that are to reach the disk. Those that could not are tried again with the next.
#[must_use = "the change is lost at the end of the run unless it is saved"]
pub struct Saving(Box<dyn FnOnce() -> Result<(), Error> + Send>);

impl Saving {
    /// Saves every change that is not on disk yet. It waits for the disk, and up to two seconds for another Svang that
    /// changes the same file.
    ///
    /// # Errors
    /// Where the disk or the permissions refuse, another Svang takes too long, or, once, the file is one that must not be
    /// overwritten. A file that was set aside is told as an error, too; the changes are saved then.
    pub fn run(self) -> Result<(), Error> {
        (self.0)()
    }
}

impl fmt::Debug for Saving {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Saving")
    }
}

fn lock_of<V>(of: &Mutex<V>) -> MutexGuard<'_, V> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

fn write<T: Record>(value: &T) -> Result<String, ron::Error> {
    let style = ron::ser::PrettyConfig::new().depth_limit(3).new_line("\n");
    ron::ser::to_string_pretty(value, style).map(|text| text + "\n")
}

/// What a file holds; nothing where there is none.
fn read<T: Record>(path: &Path) -> Result<Option<T>, Error> {
    #[derive(Deserialize)]
    struct Header {
        version: u32,
    }
    let text = match file::read_text(path) {
        Ok(text) => text,
        Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(why) => return Err(Error::read(path, why)),
    };
    let text = syntax::without_mark(&text);
    let unreadable = |problem| Error::Unreadable { path: path.to_owned(), problem };
    if let Err(problem) = syntax::version(text, "", T::VERSION) {
        return Err(match ron::from_str(text) {
            Ok(Header { version: found }) if found > T::VERSION => {
                Error::Newer { path: path.to_owned(), found, known: T::VERSION }
            }
            _ => unreadable(problem),
        });
    }
    syntax::parse(text).map(Some).map_err(|problems| match problems.into_iter().next() {
        Some(problem) => unreadable(problem),
        None => Error::BrokeOff,
    })
}

/// Whether a file is to be set aside for this: it is no file that any Svang has written.
fn sets_aside<T: Record>(why: &Error) -> bool {
    T::DAMAGED == Damaged::SetAside && matches!(why, Error::Unreadable { .. } | Error::Unfit { .. })
}

/// Reads a file; one that is damaged is set aside. The lock must be held.
fn read_or_set_aside<T: Record>(path: &Path) -> (T, Option<Error>) {
    match read(path) {
        Ok(value) => (value.unwrap_or_default(), None),
        Err(why) if sets_aside::<T>(&why) => (T::default(), Some(set_aside(path, why).unwrap_or_else(|why| why))),
        Err(why) => (T::default(), Some(why)),
    }
}

/// Renames a file that cannot be used. Gives what to tell the person.
fn set_aside(path: &Path, why: Error) -> Result<Error, Error> {
    let aside = file::backup_path(path);
    fs::rename(path, &aside).map_err(|why| Error::save(path, why))?;
    let problem = match why {
        Error::Unreadable { problem, .. } => problem.phrase(),
        Error::Unfit { why, .. } => Problem::new(1, 1, why).phrase(),
        why => why.phrase(),
    };
    Ok(Error::SetAside { path: path.to_owned(), aside, problem })
}

#[cfg(test)]
mod tests;
