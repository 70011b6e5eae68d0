//! The shelf of profiles.

use super::Problems;
use super::{Entry, Error, Folders, Shelf, file, shelf};
use crate::editor::recovery::changed_meanwhile;
use crate::profile::{Profile, Text, bundled};
use crate::text::folded;

/// What became of a profile that was to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SavedProfile {
    /// It is on disk, and goes by this id.
    Done(String),
    /// Its file changed since it was opened. Nothing was written.
    Conflict,
}

/// What a profile replaces when it is saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Replace {
    /// Nothing: it becomes a file of its own, named for this title.
    Nothing(String),
    /// The file with this id, if its text still has this fingerprint.
    Same(String, Option<u64>),
    /// The file with this id, whatever it holds now; that stays beside it as a backup.
    Any(String),
}

impl Shelf<Profile> {
    /// The built-in profiles, and the folder of the person's own, not read yet.
    pub fn profiles(folders: &Folders) -> Self {
        Self::new(folders.profiles(), bundled(), Profile::read)
    }

    /// Makes the person's own copy of a profile, whose name says that it is one. A copy of a ready-made one has no author
    /// yet. Returns the new id.
    ///
    /// # Errors
    /// Where the id is unknown, its file has problems, or the disk refuses.
    pub fn duplicate(&self, id: &str) -> Result<String, Error> {
        let text = self.text(id)?;
        let mut copy = Profile::read(&text).map_err(|problems| {
            let path = self.get(id).and_then(Entry::path).unwrap_or(self.folder()).to_owned();
            Error::Faulty { path, problems: Problems(problems) }
        })?;
        if self.get(id).is_some_and(|entry| entry.path().is_none()) {
            copy.author = None;
        }
        for (language, name) in &mut copy.name.variants {
            name.push_str(if language == "da" { " (kopi)" } else { " (copy)" });
        }
        self.add(copy.name.in_language("en"), &copy.write())
    }

    /// Gives a profile of the person's another name. Its file keeps its own name, and so the stars and notes.
    ///
    /// # Errors
    /// Where the id is unknown or built in, its file has problems, or the disk refuses.
    pub fn rename(&self, id: &str, name: &str) -> Result<(), Error> {
        self.rewrite(id, |profile| profile.name = Text::from(name), Profile::write)
    }

    /// Saves the text of a profile. A file that a person wrote gets a backup beside it first, since its comments and its
    /// layout are lost. A file that is gone meanwhile is written anew.
    ///
    /// # Errors
    /// Where the id is built in, or the disk refuses.
    pub fn save(&self, replace: &Replace, text: &str) -> Result<SavedProfile, Error> {
        let (id, base) = match replace {
            Replace::Nothing(title) => return self.add(title, text).map(SavedProfile::Done),
            Replace::Same(id, base) => (id, Some(*base)),
            Replace::Any(id) => (id, None),
        };
        let path = file_of(self, id)?;
        match file::read_text(&path) {
            Ok(now) => {
                if base.is_some_and(|base| changed_meanwhile(base, &now)) {
                    return Ok(SavedProfile::Conflict);
                }
                let ours = Profile::read(&now).is_ok_and(|profile| profile.write() == now);
                if base.is_none() || !ours {
                    file::back_up(&path)?;
                }
            }
            Err(why) if why.kind() == std::io::ErrorKind::NotFound => {}
            Err(why) => return Err(Error::read(&path, why)),
        }
        file::save(&path, text.as_bytes())?;
        Ok(SavedProfile::Done(id.clone()))
    }

    /// The profile that a person means by an id, an id without `built-in/`, or a name in any language and any case; the
    /// person's own first.
    pub fn find(&self, wanted: &str) -> Option<&Entry<Profile>> {
        let same = |name: &str| folded(name) == folded(wanted);
        let named = |entry: &&Entry<Profile>| {
            entry.content.as_ref().is_ok_and(|profile| profile.name.variants.values().any(|name| same(name)))
        };
        self.get(wanted)
            .or_else(|| self.get(&format!("built-in/{wanted}")))
            .or_else(|| self.entries().iter().find(named))
    }
}

/// The place of one of the person's files, also of one that is not read yet.
fn file_of(shelf: &Shelf<Profile>, id: &str) -> Result<std::path::PathBuf, Error> {
    match shelf.get(id) {
        Some(entry) => {
            let built_in = || Error::BuiltIn(id.trim_start_matches("built-in/").to_owned());
            entry.path().map(ToOwned::to_owned).ok_or_else(built_in)
        }
        None => Ok(shelf::place(shelf.folder(), id)),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const HAND_WRITTEN: &str = "// Mine.\nProfile(\n  version: 1,\n  name: {\"en\": \"Heel\", \"da\": \"Hæl\"},\n  \
        length: \"1:00\",\n  tracks: {Roller: [Straight(\"0:00\", 0), Straight(\"0:30\", 20), Straight(\"1:00\", 0)]},\n)\n";

    fn profiles(folder: &std::path::Path) -> Shelf<Profile> {
        let mut profiles = Shelf::profiles(&Folders::under(folder));
        profiles.add("heel", HAND_WRITTEN).unwrap();
        profiles.reload().unwrap();
        profiles
    }

    #[test]
    fn a_duplicate_is_the_persons_own_and_says_that_it_is_a_copy() {
        let folder = tempfile::tempdir().unwrap();
        let mut profiles = profiles(folder.path());
        let built_in = profiles.entries().iter().find(|entry| entry.path().is_none()).unwrap().id.clone();
        for id in ["heel", &built_in] {
            let before = profiles.get(id).unwrap().content.clone().unwrap();
            let copy = profiles.duplicate(id).unwrap();
            profiles.reload().unwrap();
            let after = profiles.get(&copy).unwrap().content.clone().unwrap();
            assert_eq!(after.tracks, before.tracks);
            assert!(after.name.in_language("en").ends_with(" (copy)"));
        }
        assert_eq!(profiles.find("hæl (KOPI)").unwrap().id, "heel-copy");
    }

    #[test]
    fn a_renamed_profile_keeps_its_id_and_its_hand_written_form_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let mut profiles = profiles(folder.path());
        profiles.rename("heel", "Hæl, “blød”").unwrap();
        profiles.reload().unwrap();
        assert_eq!(profiles.get("heel").unwrap().content.clone().unwrap().name, Text::from("Hæl, “blød”"));
        assert_eq!(fs::read_to_string(profiles.folder().join("heel.ron.bak")).unwrap(), HAND_WRITTEN);
    }

    #[test]
    fn a_profile_is_saved_and_a_file_that_changed_meanwhile_is_never_lost() {
        use crate::editor::recovery::fingerprint;
        let folder = tempfile::tempdir().unwrap();
        let profiles = profiles(folder.path());
        let on_disk = |name: &str| fs::read_to_string(profiles.folder().join(name)).unwrap();
        let new = profiles.get("heel").unwrap().content.clone().unwrap().write();
        let old = Replace::Same("heel".to_owned(), Some(fingerprint("something else")));
        assert_eq!(profiles.save(&old, &new).unwrap(), SavedProfile::Conflict);
        assert_eq!(on_disk("heel.ron"), HAND_WRITTEN, "nothing was written");
        let same = Replace::Same("heel".to_owned(), Some(fingerprint(HAND_WRITTEN)));
        assert_eq!(profiles.save(&same, &new).unwrap(), SavedProfile::Done("heel".to_owned()));
        assert_eq!((on_disk("heel.ron"), on_disk("heel.ron.bak")), (new.clone(), HAND_WRITTEN.to_owned()));
        let again = format!("// theirs\n{new}");
        fs::write(profiles.folder().join("heel.ron"), &again).unwrap();
        assert_eq!(
            profiles.save(&Replace::Any("heel".to_owned()), &new).unwrap(),
            SavedProfile::Done("heel".to_owned())
        );
        let backups = fs::read_dir(profiles.folder()).unwrap();
        let kept = backups.filter_map(|item| fs::read_to_string(item.unwrap().path()).ok()).any(|text| text == again);
        assert!(kept, "what was replaced is kept");
        let beside = profiles.save(&Replace::Nothing("Heel".to_owned()), &new);
        assert_eq!(beside.unwrap(), SavedProfile::Done("heel-2".to_owned()));
        let built_in = profiles.entries().iter().find(|entry| entry.path().is_none()).unwrap().id.clone();
        assert!(profiles.save(&Replace::Any(built_in), &new).is_err());
    }

    #[test]
    fn a_profile_is_found_by_id_and_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let profiles = profiles(folder.path());
        for wanted in ["heel", "Heel", "HÆL"] {
            assert_eq!(profiles.find(wanted).unwrap().id, "heel", "{wanted}");
        }
        assert!(profiles.find("no such").is_none());
        for entry in profiles.entries().iter().filter(|entry| entry.path().is_none()) {
            assert_eq!(profiles.find(entry.id.trim_start_matches("built-in/")).unwrap().id, entry.id);
        }
    }

    #[test]
    fn every_built_in_profile_can_be_used() {
        let folder = tempfile::tempdir().unwrap();
        let profiles = Shelf::profiles(&Folders::under(folder.path()));
        assert!(profiles.entries().len() >= 8);
        assert!(profiles.entries().iter().all(|entry| entry.content.is_ok()));
    }
}
