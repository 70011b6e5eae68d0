//! The shelf of device maps.

use std::sync::Arc;

use super::{Entry, Folders, Shelf};
use crate::massager::{DeviceMap, bundled};

impl Shelf<DeviceMap> {
    /// The built-in maps, and the folder of the person's own, not read yet.
    pub fn maps(folders: &Folders) -> Self {
        Self::new(folders.massagers(), &bundled(), DeviceMap::read)
    }

    /// The maps that count: each id once. A person's own map stands before a built-in one of the same id, and of
    /// several own ones the first by file name.
    pub fn in_use(&self) -> Vec<Arc<DeviceMap>> {
        self.entries()
            .iter()
            .filter(|entry| self.standing_before(entry).is_none())
            .filter_map(|entry| entry.content.as_ref().ok().cloned())
            .collect()
    }

    /// The map with an id, as it counts.
    pub fn map(&self, id: &str) -> Option<Arc<DeviceMap>> {
        self.in_use().into_iter().find(|map| map.id == id)
    }

    /// The entry of the same map id that counts instead of this one; shown to the person.
    pub fn standing_before(&self, entry: &Entry<DeviceMap>) -> Option<&Entry<DeviceMap>> {
        let own = entry.content.as_ref().ok()?;
        let first = self.entries().iter().find(|other| other.content.as_ref().is_ok_and(|map| map.id == own.id))?;
        (first.id != entry.id).then_some(first)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::massager::REFERENCE;

    #[test]
    fn an_own_map_stands_before_the_built_in_one_of_the_same_id() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::under(folder.path());
        let mut maps = Shelf::maps(&folders);
        let all = maps.in_use().len();
        let built_in = format!("built-in/{REFERENCE}");
        let own = maps.text(&built_in).unwrap().replacen("name: \"Svang reference\"", "name: \"Mine\"", 1);
        maps.add("mine", &own).unwrap();
        maps.add("broken", "DeviceMap(").unwrap();
        maps.reload().unwrap();
        assert_eq!(maps.map(REFERENCE).unwrap().name, "Mine");
        assert_eq!(maps.in_use().len(), all);
        assert_eq!(maps.standing_before(maps.get(&built_in).unwrap()).unwrap().id, "mine");
        assert!(maps.standing_before(maps.get("mine").unwrap()).is_none());
        assert!(maps.get("broken").unwrap().content.is_err());
        fs::remove_file(folders.massagers().join("mine.ron")).unwrap();
        maps.reload().unwrap();
        assert_eq!(maps.map(REFERENCE).unwrap().name, "Svang reference");
    }

    #[test]
    fn every_built_in_map_can_be_used() {
        let folder = tempfile::tempdir().unwrap();
        let maps = Shelf::maps(&Folders::under(folder.path()));
        assert!(!maps.entries().is_empty());
        assert_eq!(maps.in_use().len(), maps.entries().len());
    }
}
