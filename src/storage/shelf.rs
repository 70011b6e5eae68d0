//! A folder of files of one kind, together with the built-in ones.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::Problems;
use super::{Error, System, file};
use crate::facts;
use crate::problem::Problem;

facts! {
    /// Why a file is not even looked into.
    enum Unread in "shelf" {
        NotRead(why: System),
    }
}

/// Everything of one kind that can be used: what is built in, and the person's own files in one folder.
///
/// A value, cheap to clone: read again beside the window, then swapped in.
#[derive(Debug)]
pub struct Shelf<T> {
    folder: PathBuf,
    read: fn(&str) -> Result<T, Vec<Problem>>,
    entries: Vec<Entry<T>>,
}

/// One file, or one built-in.
#[derive(Debug)]
pub struct Entry<T> {
    /// What it goes by: the file's name without `.ron`; for a built-in, `built-in/` and a name.
    pub id: String,
    /// Where it comes from.
    pub origin: Origin,
    /// What it holds, or why it cannot be used yet.
    pub content: Result<Arc<T>, Arc<Fault>>,
    stamp: Option<Stamp>,
}

/// Where an entry comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Part of Svang; its file's text.
    BuiltIn(&'static str),
    /// The person's own file.
    Own(PathBuf),
}

/// Why a file cannot be used yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong, at least one thing.
    pub problems: Vec<Problem>,
    /// The line of the file that the first problem is about, without its line break; empty where there is none.
    pub source_line: String,
}

/// What tells one state of a file from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    modified: Option<SystemTime>,
    length: u64,
    /// The file itself, and when the system last noted a change of it: seconds, and nanoseconds of that second.
    changed: Option<(u64, i64, i64)>,
}

impl<T> Shelf<T> {
    /// A shelf with the built-in ones, each as its file's name and its text, and nothing read from the folder yet.
    pub fn new(folder: PathBuf, built_in: &[(&str, &'static str)], read: fn(&str) -> Result<T, Vec<Problem>>) -> Self {
        let entries = built_in
            .iter()
            .map(|(name, text)| Entry {
                id: format!("built-in/{}", name.trim_end_matches(".ron")),
                origin: Origin::BuiltIn(text),
                content: understand(text, read).map(Arc::new).map_err(Arc::new),
                stamp: None,
            })
            .collect();
        Self { folder, read, entries }
    }

    /// Everything, the person's own first, then by id.
    pub fn entries(&self) -> &[Entry<T>] {
        &self.entries
    }

    /// The folder of the person's own files.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub(super) fn reading(&self) -> fn(&str) -> Result<T, Vec<Problem>> {
        self.read
    }

    /// The entry with an id.
    pub fn get(&self, id: &str) -> Option<&Entry<T>> {
        self.entries.iter().find(|entry| entry.id == id)
    }

    /// Reads what is new or changed in the folder, and lets go of what is gone. A folder that is missing is empty.
    ///
    /// # Errors
    /// Where the folder cannot be read. A file that cannot be read is an entry with a [`Fault`] instead.
    pub fn reload(&mut self) -> Result<(), Error> {
        let files = match ron_files(&self.folder) {
            Ok(files) => files,
            Err(why) if why.kind() == io::ErrorKind::NotFound => BTreeMap::new(),
            Err(why) => return Err(Error::read(&self.folder, why)),
        };
        let mut before: BTreeMap<String, Entry<T>> = BTreeMap::new();
        let mut built_in = Vec::new();
        for entry in self.entries.drain(..) {
            match entry.origin {
                Origin::BuiltIn(_) => built_in.push(entry),
                Origin::Own(_) => drop(before.insert(entry.id.clone(), entry)),
            }
        }
        for (id, path) in files {
            // Taken before reading: a change while we read makes the next look read again.
            let stamp = stamp(&path);
            let known = before.remove(&id).filter(|known| known.stamp.is_some() && known.stamp == stamp);
            self.entries.push(known.unwrap_or_else(|| Entry {
                content: read_file(&path, self.read).map(Arc::new).map_err(Arc::new),
                origin: Origin::Own(path),
                id,
                stamp,
            }));
        }
        self.entries.sort_by(|one, other| one.id.cmp(&other.id));
        self.entries.extend(built_in);
        Ok(())
    }
}

impl<T> Entry<T> {
    /// The path of the person's own file.
    pub fn path(&self) -> Option<&Path> {
        match &self.origin {
            Origin::BuiltIn(_) => None,
            Origin::Own(path) => Some(path),
        }
    }
}

// By hand, because deriving would ask `T` to be `Clone` too.
impl<T> Clone for Shelf<T> {
    fn clone(&self) -> Self {
        Self { folder: self.folder.clone(), read: self.read, entries: self.entries.clone() }
    }
}

impl<T> Clone for Entry<T> {
    fn clone(&self) -> Self {
        Self { id: self.id.clone(), origin: self.origin.clone(), content: self.content.clone(), stamp: self.stamp }
    }
}

/// Reads and checks one file of at most 8 MiB, wherever it is.
///
/// # Errors
/// [`Error::Read`] where it cannot be read, [`Error::Faulty`] where it has problems.
pub fn read<T>(path: &Path, read: impl FnOnce(&str) -> Result<T, Vec<Problem>>) -> Result<T, Error> {
    let text = file::read_text(path).map_err(|why| Error::read(path, why))?;
    read(&text).map_err(|problems| Error::Faulty { path: path.to_owned(), problems: Problems(problems) })
}

/// Reads and checks one file of the folder.
fn read_file<T>(path: &Path, read: fn(&str) -> Result<T, Vec<Problem>>) -> Result<T, Fault> {
    let text = file::read_text(path).map_err(|why| Fault {
        problems: vec![Problem::new(1, 1, Unread::NotRead(System::from(&why)))],
        source_line: String::new(),
    })?;
    understand(&text, read)
}

fn understand<T>(text: &str, read: fn(&str) -> Result<T, Vec<Problem>>) -> Result<T, Fault> {
    read(text).map_err(|problems| {
        let line = problems.first().map_or(0, |problem| problem.line.saturating_sub(1));
        Fault { source_line: text.lines().nth(line).unwrap_or_default().to_owned(), problems }
    })
}

/// The place of a file of a folder, by its id. Where there is none, the place that it would have.
pub(super) fn place(folder: &Path, id: &str) -> PathBuf {
    let usual = folder.join(format!("{id}.ron"));
    match usual.exists() {
        true => usual,
        false => ron_files(folder).ok().and_then(|mut files| files.remove(id)).unwrap_or(usual),
    }
}

/// The files of a folder by their ids; the extension may be in any case. Pipes and devices are listed, for the person to
/// be told why they cannot be read.
fn ron_files(folder: &Path) -> io::Result<BTreeMap<String, PathBuf>> {
    let mut files = BTreeMap::new();
    let mut paths = fs::read_dir(folder)?.map(|item| item.map(|item| item.path())).collect::<io::Result<Vec<_>>>()?;
    // `a.ron` goes before `a.RON`.
    paths.sort_by(|one, other| other.cmp(one));
    for path in paths {
        let name = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
        let whole = name(path.file_name());
        let is_ron = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ron"));
        if is_ron && !whole.starts_with('.') && !path.is_dir() {
            let stem = name(path.file_stem());
            files.insert(if files.contains_key(&stem) { whole } else { stem }, path);
        }
    }
    Ok(files)
}

fn stamp(path: &Path) -> Option<Stamp> {
    let metadata = fs::metadata(path).ok()?;
    // A copy may keep the time of its original; the system's own note of the change cannot be set.
    #[cfg(unix)]
    let changed = {
        use std::os::unix::fs::MetadataExt;
        Some((metadata.ino(), metadata.ctime(), metadata.ctime_nsec()))
    };
    #[cfg(not(unix))]
    let changed = None;
    Some(Stamp { modified: metadata.modified().ok(), length: metadata.len(), changed })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::fault::{Fault as Wrong, Piece};

    fn read(text: &str) -> Result<String, Vec<Problem>> {
        match text.lines().position(|line| line.contains("bad")) {
            Some(line) => Err(vec![Problem::new(line + 1, 1, Wrong::NoNumber(Piece::This))]),
            None => Ok(text.to_owned()),
        }
    }

    fn said(problem: &Problem) -> String {
        crate::i18n::Words::english().fact(&problem.fact)
    }

    fn shelf(folder: &Path) -> Shelf<String> {
        Shelf::new(folder.to_owned(), &[("one.ron", "built")], read)
    }

    fn ids(shelf: &Shelf<String>) -> Vec<&str> {
        shelf.entries().iter().map(|entry| entry.id.as_str()).collect()
    }

    #[test]
    fn own_files_stand_before_the_built_in_ones() {
        let folder = tempfile::tempdir().unwrap();
        let mut shelf = shelf(&folder.path().join("missing"));
        shelf.reload().unwrap();
        assert_eq!(ids(&shelf), ["built-in/one"]);
        let mut shelf = super::tests::shelf(folder.path());
        for name in ["b.ron", "a.ron", "one.ron", "a.ron.bak", ".hidden.ron", "notes.txt"] {
            fs::write(folder.path().join(name), "fine").unwrap();
        }
        fs::create_dir(folder.path().join("folder.ron")).unwrap();
        shelf.reload().unwrap();
        assert_eq!(ids(&shelf), ["a", "b", "one", "built-in/one"]);
    }

    #[test]
    fn an_extension_in_capitals_is_an_extension() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["UPPER.RON", "a.ron", "a.RON", "b.Ron"] {
            fs::write(folder.path().join(name), name).unwrap();
        }
        let mut shelf = shelf(folder.path());
        shelf.reload().unwrap();
        assert_eq!(ids(&shelf), ["UPPER", "a", "a.RON", "b", "built-in/one"]);
        assert_eq!(**shelf.get("a").unwrap().content.as_ref().unwrap(), "a.ron");
        assert_eq!(place(folder.path(), "UPPER"), folder.path().join("UPPER.RON"));
        assert_eq!(place(folder.path(), "new"), folder.path().join("new.ron"));
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_among_the_files_is_told_and_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        file::make_pipe(&folder.path().join("a.ron"));
        fs::write(folder.path().join("b.ron"), "fine").unwrap();
        let mut shelf = shelf(folder.path());
        shelf.reload().unwrap();
        let fault = shelf.get("a").unwrap().content.clone().unwrap_err();
        assert!(said(&fault.problems[0]).contains("a pipe"), "{fault:?}");
        assert!(shelf.get("b").unwrap().content.is_ok());
    }

    #[test]
    fn a_broken_file_is_listed_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.ron"), "fine\n  bad one\n").unwrap();
        let mut shelf = shelf(folder.path());
        shelf.reload().unwrap();
        let fault = shelf.get("a").unwrap().content.clone().unwrap_err();
        assert_eq!(fault.source_line, "  bad one");
        assert_eq!(fault.problems, [Problem::new(2, 1, Wrong::NoNumber(Piece::This))]);
    }

    #[test]
    fn only_what_changed_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["same", "longer", "gone"] {
            fs::write(folder.path().join(format!("{name}.ron")), "1").unwrap();
        }
        let mut shelf = shelf(folder.path());
        shelf.reload().unwrap();
        let content = |shelf: &Shelf<String>, id: &str| shelf.get(id).unwrap().content.clone().unwrap();
        let (same, longer) = (content(&shelf, "same"), content(&shelf, "longer"));
        fs::write(folder.path().join("longer.ron"), "22").unwrap();
        fs::remove_file(folder.path().join("gone.ron")).unwrap();
        shelf.reload().unwrap();
        assert!(Arc::ptr_eq(&same, &content(&shelf, "same")));
        assert!(!Arc::ptr_eq(&longer, &content(&shelf, "longer")));
        assert_eq!(ids(&shelf), ["longer", "same", "built-in/one"]);
    }

    #[test]
    fn a_file_that_vanishes_or_is_no_text_is_a_fault() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.ron"), b"\xff\xff").unwrap();
        let mut shelf = shelf(folder.path());
        shelf.reload().unwrap();
        let fault = shelf.get("a").unwrap().content.clone().unwrap_err();
        assert!(said(&fault.problems[0]).contains("UTF-8"), "{fault:?}");
    }
}
