//! Changes to a shelf's folder: what a person does with files from inside Svang.
//!
//! Each change reaches the disk whole or not at all. The shelf itself learns of it at its next reload.

use std::io;
use std::path::{Path, PathBuf};

use super::shelf::{Entry, Origin, Shelf, read};
use super::{Error, file};

/// A file that was put into the trash, and what it takes to bring it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deleted {
    path: PathBuf,
    bytes: Vec<u8>,
}

/// Puts a file into the system's trash.
///
/// # Errors
/// In words, where there is no trash or it refuses.
pub fn system_trash(path: &Path) -> Result<(), String> {
    trash::delete(path).map_err(|why| why.to_string())
}

impl<T> Shelf<T> {
    /// Copies a file onto the shelf, if it can be used; a name that is taken gets a number. Returns the new id.
    ///
    /// # Errors
    /// Where the file has problems, or the disk refuses.
    pub fn import(&self, from: &Path) -> Result<String, Error> {
        read(from, self.reading())?;
        let text = file::read_text(from).map_err(|why| Error::read(from, why))?;
        self.add(&from.file_stem().unwrap_or_default().to_string_lossy(), &text)
    }

    /// Writes a copy of an entry's file, word for word, to a place that the person chose.
    ///
    /// # Errors
    /// Where the id is unknown, or the disk refuses.
    pub fn export(&self, id: &str, to: &Path) -> Result<(), Error> {
        file::save(to, self.text(id)?.as_bytes())
    }

    /// Adds a file with a name made from a title; a name that is taken gets a number. Returns the new id.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn add(&self, title: &str, text: &str) -> Result<String, Error> {
        let path = file::free_path(self.folder(), &file::slug(title));
        file::save(&path, text.as_bytes())?;
        Ok(path.file_stem().unwrap_or_default().to_string_lossy().into_owned())
    }

    /// Changes what a file of the person's holds. Where the file is not as `write` would write it, a person wrote it:
    /// it gets a backup beside it first, since its comments and its layout are lost.
    ///
    /// # Errors
    /// Where the id is unknown or built in, the file has problems, or the disk refuses; the file is then unchanged.
    pub fn rewrite(&self, id: &str, change: impl FnOnce(&mut T), write: fn(&T) -> String) -> Result<(), Error> {
        let path = self.own(id)?;
        // What is on disk now counts, not what was read a while ago.
        let mut content = read(path, self.reading())?;
        if self.text(id)? != write(&content) {
            file::back_up(path)?;
        }
        change(&mut content);
        file::save(path, write(&content).as_bytes())
    }

    /// Puts a file of the person's into the trash, which `trash` does (see [`system_trash`]). What is returned can
    /// bring it back.
    ///
    /// # Errors
    /// Where the id is unknown or built in, or the trash refuses.
    pub fn delete(&self, id: &str, trash: impl FnOnce(&Path) -> Result<(), String>) -> Result<Deleted, Error> {
        let path = self.own(id)?.to_owned();
        let bytes = file::read_bytes(&path)?;
        trash(&path).map_err(|why| Error::Trash { path: path.clone(), why })?;
        Ok(Deleted { path, bytes })
    }

    /// Brings a deleted file back under its old name, or with a number where that was taken since. Returns its id.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn restore(&self, deleted: &Deleted) -> Result<String, Error> {
        let stem = deleted.path.file_stem().unwrap_or_default().to_string_lossy();
        let path = file::free_path(self.folder(), &stem);
        file::save(&path, &deleted.bytes)?;
        Ok(path.file_stem().unwrap_or_default().to_string_lossy().into_owned())
    }

    /// The text of an entry, as it is on disk now.
    ///
    /// # Errors
    /// Where the id is unknown or the file cannot be read.
    pub fn text(&self, id: &str) -> Result<String, Error> {
        match &self.entry(id)?.origin {
            Origin::BuiltIn(text) => Ok((*text).to_owned()),
            Origin::Own(path) => file::read_text(path).map_err(|why| match why.kind() {
                io::ErrorKind::NotFound => Error::Unknown(id.to_owned()),
                _ => Error::read(path, why),
            }),
        }
    }

    fn own(&self, id: &str) -> Result<&Path, Error> {
        self.entry(id)?.path().ok_or_else(|| Error::BuiltIn(id.trim_start_matches("built-in/").to_owned()))
    }

    fn entry(&self, id: &str) -> Result<&Entry<T>, Error> {
        self.get(id).ok_or_else(|| Error::Unknown(id.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::problem::Problem;
    use crate::problem::fault::{Fault, Piece};

    /// A file's only content: the number on its first line; the rest is a comment.
    fn read(text: &str) -> Result<u32, Vec<Problem>> {
        let number = text.lines().next().unwrap_or_default().trim().parse::<u32>();
        number.map_err(|_| vec![Problem::new(1, 1, Fault::NoNumber(Piece::This))])
    }

    fn write(number: &u32) -> String {
        format!("{number}\n")
    }

    fn shelf(folder: &Path) -> Shelf<u32> {
        let mut shelf = Shelf::new(folder.join("own"), &[("one", "1\n// built in")], read);
        shelf.reload().unwrap();
        shelf
    }

    fn files(shelf: &Shelf<u32>) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(shelf.folder())
            .unwrap()
            .map(|item| item.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn an_imported_file_is_copied_word_for_word_under_a_free_name() {
        let folder = tempfile::tempdir().unwrap();
        let mut shelf = shelf(folder.path());
        let from = folder.path().join("Morning Heel.ron");
        fs::write(&from, "5\n// mine").unwrap();
        assert_eq!(shelf.import(&from).unwrap(), "morning-heel");
        assert_eq!(shelf.import(&from).unwrap(), "morning-heel-2");
        shelf.reload().unwrap();
        assert_eq!(shelf.text("morning-heel-2").unwrap(), "5\n// mine");
        assert_eq!(files(&shelf), ["morning-heel-2.ron", "morning-heel.ron"]);
    }

    #[test]
    fn a_file_with_problems_is_not_imported() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = shelf(folder.path());
        let from = folder.path().join("a.ron");
        fs::write(&from, "x").unwrap();
        let why = crate::i18n::Words::english().fact(&shelf.import(&from).unwrap_err());
        assert!(
            why.ends_with(
                "cannot be used yet: 1:1: this stands where a number belongs: write digits alone, without quotes"
            ),
            "{why}"
        );
        assert!(!shelf.folder().exists());
    }

    #[test]
    fn a_hand_written_file_gets_a_backup_before_it_is_rewritten_and_ours_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let mut shelf = shelf(folder.path());
        let id = shelf.add("a", "5\n// by hand").unwrap();
        shelf.reload().unwrap();
        for _ in 0..2 {
            shelf.rewrite(&id, |number| *number += 1, write).unwrap();
        }
        assert_eq!(shelf.text(&id).unwrap(), "7\n");
        assert_eq!(files(&shelf), ["a.ron", "a.ron.bak"]);
        assert_eq!(fs::read_to_string(shelf.folder().join("a.ron.bak")).unwrap(), "5\n// by hand");
    }

    #[test]
    fn what_is_built_in_is_exported_and_never_changed() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = shelf(folder.path());
        let id = "built-in/one";
        assert!(matches!(shelf.rewrite(id, |_| {}, write), Err(Error::BuiltIn(_))));
        assert!(matches!(shelf.delete(id, |_| Ok(())), Err(Error::BuiltIn(_))));
        let to = folder.path().join("copy.ron");
        shelf.export(id, &to).unwrap();
        assert_eq!(fs::read_to_string(to).unwrap(), "1\n// built in");
    }

    #[test]
    fn a_deleted_file_comes_back_and_never_over_another() {
        let folder = tempfile::tempdir().unwrap();
        let mut shelf = shelf(folder.path());
        shelf.add("a", "5\n").unwrap();
        shelf.reload().unwrap();
        let remove = |path: &Path| fs::remove_file(path).map_err(|why| why.to_string());
        let deleted = shelf.delete("a", remove).unwrap();
        assert!(matches!(shelf.text("a"), Err(Error::Unknown(_))));
        assert_eq!(shelf.restore(&deleted).unwrap(), "a");
        assert_eq!(shelf.restore(&deleted).unwrap(), "a-2");
        assert_eq!(files(&shelf), ["a-2.ron", "a.ron"]);
    }

    #[test]
    fn a_trash_that_refuses_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let mut shelf = shelf(folder.path());
        shelf.add("a", "5\n").unwrap();
        shelf.reload().unwrap();
        let told = shelf.delete("a", |_| Err("no trash here".to_owned())).unwrap_err().to_string();
        assert!(told.contains("no trash here"), "{told}");
        assert_eq!(shelf.text("a").unwrap(), "5\n");
    }
}
