//! Recovery copies: unsaved work that outlives a crash, a file for each profile under the pen.
//!
//! Belongs here: where copies are, who writes them, and what an earlier run left behind. What a copy says, and what it means
//! beside its profile, is [`crate::editor::recovery`]'s; when to write one, the window's.
//!
//! Whoever writes a copy holds a lock on the empty file beside it (`….lock`). The system lets go of the lock however the
//! program ends, so a copy whose lock is free is nobody's any more.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::Problems;
use super::{Error, FileLock, Folders, file, shelf};
use crate::editor::recovery::{self, Advice, Origin};
use crate::profile::Profile;

/// The recovery copy of one profile under the pen. It is on disk once something was kept, and stays there until it is let
/// go: not at the end of the program.
#[derive(Debug, Clone)]
pub struct RecoveryCopy(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    folder: PathBuf,
    asked: AtomicU64,
    slot: Mutex<Slot>,
}

/// What is on disk. Only work in the background takes it, never the window.
#[derive(Debug)]
struct Slot {
    done: u64,
    place: Option<Place>,
}

/// A file of its own, and the lock beside it.
#[derive(Debug)]
struct Place {
    file: PathBuf,
    /// Held, not read. Nothing where the file system knows no locks.
    _lock: Option<File>,
}

/// What a recovery copy is to become on disk. Run it where waiting is allowed; in any order, the newest wins.
#[derive(Debug)]
#[must_use = "nothing happens on disk unless it is run"]
pub struct Keeping {
    shared: Arc<Shared>,
    number: u64,
    work: Work,
}

#[derive(Debug)]
enum Work {
    Write { file: Option<String>, base: Option<u64>, profile: Arc<Profile> },
    Remove,
}

/// A recovery copy that an earlier run left behind. It is ours from now on: no other Svang finds it.
#[derive(Debug, Clone)]
pub struct Leftover {
    /// Its file.
    pub path: PathBuf,
    /// What it holds, or why it cannot be read; then it stays as it is.
    pub content: Result<Recovered, Error>,
    /// To go on with it, or to let it go.
    pub copy: RecoveryCopy,
}

/// What a recovery copy holds.
#[derive(Debug, Clone)]
pub struct Recovered {
    /// The profile; it may be unfinished.
    pub profile: Arc<Profile>,
    /// Of which file, when, and what that file was.
    pub origin: Origin,
    /// What to do about it, beside the file as it is now.
    pub advice: Advice,
}

impl RecoveryCopy {
    /// A copy with nothing on disk yet.
    pub fn new(folders: &Folders) -> Self {
        Self::at(folders.recovery(), None)
    }

    fn at(folder: PathBuf, place: Option<Place>) -> Self {
        let slot = Mutex::new(Slot { done: 0, place });
        Self(Arc::new(Shared { folder, asked: AtomicU64::new(0), slot }))
    }

    /// Keeps a profile: that of a file with an id, whose text had the fingerprint `base`, or one never saved.
    pub fn keep(&self, file: Option<String>, base: Option<u64>, profile: Arc<Profile>) -> Keeping {
        self.work(Work::Write { file, base, profile })
    }

    /// Takes the copy from the disk: its work is saved, or not wanted.
    pub fn let_go(&self) -> Keeping {
        self.work(Work::Remove)
    }

    fn work(&self, work: Work) -> Keeping {
        let number = self.0.asked.fetch_add(1, Ordering::Relaxed) + 1;
        Keeping { shared: Arc::clone(&self.0), number, work }
    }
}

impl Keeping {
    /// Does it, unless something newer was done already.
    ///
    /// # Errors
    /// Where the disk or the permissions refuse, or the profile is too large to be opened again. What was on disk stays.
    pub fn run(self) -> Result<(), Error> {
        let mut slot = self.shared.slot.lock().unwrap_or_else(PoisonError::into_inner);
        if slot.done >= self.number {
            return Ok(());
        }
        match self.work {
            Work::Write { file, base, profile } => {
                let written = chrono::Local::now().format("%Y-%m-%d %H:%M").to_string();
                let text = recovery::write(&Origin { file, base, written }, &profile.write());
                if text.len() > Profile::LARGEST_FILE {
                    return Err(Error::TooLarge);
                }
                let place = match slot.place.take() {
                    Some(place) => place,
                    None => Place::new(&self.shared.folder, &file::slug(profile.name.in_language("en")))?,
                };
                file::save_private(&slot.place.insert(place).file, text.as_bytes())?;
            }
            Work::Remove => {
                if let Some(place) = &slot.place {
                    place.clear()?;
                }
                slot.place = None;
            }
        }
        slot.done = self.number;
        Ok(())
    }
}

impl Place {
    /// A place that nobody else has.
    fn new(folder: &Path, stem: &str) -> Result<Self, Error> {
        let failed = |why| Error::save(folder, why);
        file::make_private_folder(folder).map_err(failed)?;
        let _turn = take_turn(folder).map_err(failed)?;
        let beside = tempfile::Builder::new()
            .prefix(&format!("{stem}-"))
            .suffix(".lock")
            .make_in(folder, |path| file::private_file().create_new(true).write(true).open(path))
            .map_err(failed)?;
        let (lock, path) = beside.keep().map_err(|why| failed(why.error))?;
        Ok(Self { file: path.with_extension("ron"), _lock: lock.try_lock().is_ok().then_some(lock) })
    }

    /// Takes the file and its lock from the disk.
    fn clear(&self) -> Result<(), Error> {
        for path in [self.file.clone(), self.file.with_extension("lock")] {
            match fs::remove_file(&path) {
                Err(why) if why.kind() != io::ErrorKind::NotFound => {
                    return Err(Error::Remove { path, why: (&why).into() });
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// Waits until no other Svang looks for copies or begins one, and lets none do so until what it gives is dropped. It is
/// held for moments; one that is held for longer is not waited for.
fn take_turn(folder: &Path) -> io::Result<Option<FileLock>> {
    FileLock::wait(&folder.join(".lock"), Duration::from_secs(2))
}

/// The recovery copies that nobody writes any more, the newest first. One whose file says the same already is removed.
///
/// # Errors
/// Where the folder cannot be read. A copy that cannot be read is a [`Leftover`] with an error inside.
pub fn leftovers(folders: &Folders) -> Result<Vec<Leftover>, Error> {
    let folder = folders.recovery();
    let mut names: Vec<PathBuf> = match fs::read_dir(&folder) {
        Ok(items) => items.filter_map(|item| item.ok().map(|item| item.path())).collect(),
        Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(why) => return Err(Error::read(&folder, why)),
    };
    // Where nothing can be written, a copy can still be read.
    let _turn = take_turn(&folder).ok();
    let visible = |path: &PathBuf| !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    names.retain(|path| visible(path) && path.is_file());
    names.sort();
    let mut found = Vec::new();
    for path in names {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("ron") => found.extend(claim(folders, path)),
            // A program that was ended right before it wrote, or right after it let go.
            Some("lock") if !path.with_extension("ron").exists() && is_free(&path) => {
                let _ = fs::remove_file(&path); // If not now, then another time.
            }
            _ => {}
        }
    }
    found.sort_by_cached_key(|left: &Leftover| {
        std::cmp::Reverse(fs::metadata(&left.path).and_then(|of| of.modified()).ok())
    });
    Ok(found)
}

/// Whether nobody holds a lock.
fn is_free(lock: &Path) -> bool {
    File::open(lock).is_ok_and(|lock| lock.try_lock().is_ok())
}

/// Takes over a copy, if nobody holds it and there is still something to say about it.
fn claim(folders: &Folders, path: PathBuf) -> Option<Leftover> {
    let beside = path.with_extension("lock");
    let lock = match file::must_be_file(&beside) {
        Err(why) if why.kind() != io::ErrorKind::NotFound => None,
        _ => file::private_file().truncate(false).write(true).open(&beside).ok(),
    };
    let held = match lock.as_ref().map(File::try_lock) {
        Some(Err(TryLockError::WouldBlock)) => return None,
        Some(Ok(())) => lock,
        Some(Err(TryLockError::Error(_))) | None => None,
    };
    let place = Place { file: path.clone(), _lock: held };
    let content = match file::read_text(&path) {
        Ok(text) => understand(folders, &path, &text),
        Err(why) if why.kind() == io::ErrorKind::NotFound => {
            let _ = place.clear();
            return None;
        }
        Err(why) => Err(Error::read(&path, why)),
    };
    if content.as_ref().is_ok_and(|recovered| recovered.advice == Advice::Needless) {
        if let Err(why) = place.clear() {
            tracing::warn!(%why, "a recovery copy that is not needed any more stays");
        }
        return None;
    }
    tracing::info!(path = %path.display(), readable = content.is_ok(), "an earlier run left unsaved work");
    Some(Leftover { path, content, copy: RecoveryCopy::at(folders.recovery(), Some(place)) })
}

fn understand(folders: &Folders, path: &Path, text: &str) -> Result<Recovered, Error> {
    // The first line is a comment to whoever reads profiles, so that problems keep their lines.
    let profile = Profile::read_unfinished(text)
        .map_err(|problems| Error::Faulty { path: path.to_owned(), problems: Problems(problems) })
        .map(Arc::new)?;
    let Some((mut origin, own)) = recovery::read(text) else {
        // Its first line is hurt: what it was a copy of is not known, but the work is whole.
        let origin = Origin { file: None, base: None, written: String::new() };
        return Ok(Recovered { profile, origin, advice: Advice::New });
    };
    // An id is a plain name; anything else would lead out of the folder.
    origin.file = origin.file.filter(|id| Path::new(id).file_name().is_some_and(|name| name == id.as_str()));
    let of = origin.file.as_ref().map(|id| file::read_text(&shelf::place(&folders.profiles(), id)));
    let now = match of {
        Some(Ok(text)) => Some(text),
        Some(Err(why)) if why.kind() != io::ErrorKind::NotFound => Some(String::new()),
        _ => None,
    };
    let advice = recovery::advice(&origin, own, now.as_deref());
    Ok(Recovered { profile, origin, advice })
}

#[cfg(test)]
mod tests;
