//! Files that Svang keeps for itself: settings, ratings, what it remembers.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{Error, file};
use crate::problem::Problem;

/// What can be kept in a file of ours: its RON form has `version` as the first field.
pub trait Record: Serialize + DeserializeOwned + Default + Clone {
    /// The version that is written, and the newest that is read.
    const VERSION: u32;
}

/// A value and its file. Reading never fails: a file that cannot be used is kept as it is, told in words, and not
/// saved over; the defaults serve for this run.
#[derive(Debug, Clone)]
pub struct Kept<T> {
    path: PathBuf,
    value: T,
    trouble: Option<Error>,
    changes: u64,
    saved: Arc<Mutex<u64>>,
}

impl<T: Record> Kept<T> {
    /// Reads the file; without one, the defaults.
    pub fn load(path: PathBuf) -> Self {
        let (value, trouble) = match read(&path) {
            Ok(value) => (value, None),
            Err(trouble) => (T::default(), Some(trouble)),
        };
        Self { path, value, trouble, changes: 0, saved: Arc::default() }
    }

    /// Why the file could not be used, in words for the person.
    pub fn trouble(&self) -> Option<&Error> {
        self.trouble.as_ref()
    }

    /// The value.
    pub fn value(&self) -> &T {
        &self.value
    }

    /// Changes the value at once. The saving is for the caller to run where waiting is allowed; savings may run in any
    /// order, the newest wins.
    pub fn change(&mut self, how: impl FnOnce(&mut T)) -> Saving {
        how(&mut self.value);
        self.changes += 1;
        let text = match &self.trouble {
            // A file that could not be read is not ours to overwrite.
            Some(_) => None,
            None => Some(write(&self.value).map_err(|why| Error::save(&self.path, io::Error::other(why)))),
        };
        Saving { path: self.path.clone(), text, number: self.changes, saved: Arc::clone(&self.saved) }
    }
}

/// A change that is to reach the disk.
#[derive(Debug)]
#[must_use = "the change is lost at the end of the run unless it is saved"]
pub struct Saving {
    path: PathBuf,
    text: Option<Result<String, Error>>,
    number: u64,
    saved: Arc<Mutex<u64>>,
}

impl Saving {
    /// Saves, unless a newer change was saved already or the file is one that must not be overwritten.
    ///
    /// # Errors
    /// Where the disk or the permissions refuse.
    pub fn run(self) -> Result<(), Error> {
        let Some(text) = self.text else { return Ok(()) };
        // Held while writing, so that savings of one file never cross. Only savings take it, never the window.
        let mut saved = self.saved.lock().unwrap_or_else(PoisonError::into_inner);
        if *saved < self.number {
            file::save(&self.path, text?.as_bytes())?;
            *saved = self.number;
        }
        Ok(())
    }
}

fn write<T: Record>(value: &T) -> Result<String, ron::Error> {
    let style = ron::ser::PrettyConfig::new().depth_limit(3).new_line("\n");
    ron::ser::to_string_pretty(value, style).map(|text| text + "\n")
}

fn read<T: Record>(path: &Path) -> Result<T, Error> {
    #[derive(Deserialize)]
    struct Header {
        version: u32,
    }
    let text = match file::read_text(path) {
        Ok(text) => text,
        Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(T::default()),
        Err(why) => return Err(Error::read(path, why)),
    };
    let unreadable = |why: ron::error::SpannedError| Error::Unreadable {
        path: path.to_owned(),
        problem: Problem::new(why.span.start.line, why.span.start.col, why.code.to_string()),
    };
    let header: Header = ron::from_str(&text).map_err(unreadable)?;
    if header.version > T::VERSION {
        return Err(Error::Newer { path: path.to_owned(), found: header.version, known: T::VERSION });
    }
    ron::from_str(&text).map_err(unreadable)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        version: u32,
        count: u32,
    }

    impl Default for Sample {
        fn default() -> Self {
            Self { version: 1, count: 7 }
        }
    }

    impl Record for Sample {
        const VERSION: u32 = 1;
    }

    #[test]
    fn what_was_changed_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/sample.ron");
        let mut kept = Kept::<Sample>::load(path.clone());
        assert_eq!(kept.value().count, 7);
        kept.change(|sample| sample.count = 8).run().unwrap();
        assert_eq!(Kept::<Sample>::load(path).value().count, 8);
    }

    #[test]
    fn the_newest_change_wins_whatever_the_order_of_saving() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sample.ron");
        let mut kept = Kept::<Sample>::load(path.clone());
        let older = kept.change(|sample| sample.count = 1);
        let newer = kept.change(|sample| sample.count = 2);
        newer.run().unwrap();
        older.run().unwrap();
        assert_eq!(Kept::<Sample>::load(path).value().count, 2);
    }

    #[test]
    fn a_file_that_cannot_be_used_is_told_and_never_saved_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sample.ron");
        for (text, words) in [
            ("(version: 2, later: \"unknown\")", "newer Svang"),
            ("(version: 1, coumt: 3)", "coumt"),
            ("(version: 1,\n count: x)", ":2:"),
            ("half a fi", "It has not been changed"),
            ("\u{0}", "It has not been changed"),
        ] {
            fs::write(&path, text).unwrap();
            let mut kept = Kept::<Sample>::load(path.clone());
            let told = kept.trouble().unwrap().to_string();
            assert!(told.contains(words), "{told}");
            assert_eq!(kept.value(), &Sample::default());
            kept.change(|sample| sample.count = 9).run().unwrap();
            assert_eq!(kept.value().count, 9, "the change holds for this run");
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
    }
}
