//! The massagers that were connected before.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Folders, Kept, Record};
use crate::bluetooth::MassagerId;

/// The massagers that were connected before, by the platform's id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownMassagers {
    version: u32,
    /// Each of them.
    pub massagers: BTreeMap<MassagerId, KnownMassager>,
}

/// What is remembered of a massager.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownMassager {
    /// Its name.
    pub name: String,
    /// The id of the device map that it was used with.
    pub map: String,
    /// What the map said then ([`crate::massager::DeviceMap::fingerprint`]); 0 where an older Svang wrote it down.
    #[serde(default)]
    pub fingerprint: u64,
    /// Whether the person felt this map at low strength and found it right. Until then every mode stays low.
    pub tried: bool,
    /// Whether the person agreed that this map writes where other massagers update their firmware.
    #[serde(default)]
    pub agreed: bool,
    /// Whether to connect to it as soon as it is seen.
    pub connect_by_itself: bool,
}

impl KnownMassagers {
    /// Reads the file.
    pub fn load(folders: &Folders) -> Kept<Self> {
        Kept::load(folders.data.join("known-massagers.ron"))
    }
}

impl Default for KnownMassagers {
    fn default() -> Self {
        Self { version: 1, massagers: BTreeMap::new() }
    }
}

impl Record for KnownMassagers {
    const VERSION: u32 = 1;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_massager_is_remembered_and_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::under(folder.path());
        let known = KnownMassager {
            name: "My massager".to_owned(),
            map: "svang-reference".to_owned(),
            fingerprint: 7,
            tried: true,
            agreed: false,
            connect_by_itself: false,
        };
        let id = MassagerId("C0:FF:EE:00:00:01".to_owned());
        let (mine, of_mine) = (id.clone(), known.clone());
        let remember = move |all: &mut KnownMassagers| drop(all.massagers.insert(mine.clone(), of_mine.clone()));
        KnownMassagers::load(&folders).change(remember).run().unwrap();
        let mut read = KnownMassagers::load(&folders);
        assert_eq!(read.value().massagers.get(&id), Some(&known));
        read.change(move |all| drop(all.massagers.remove(&id))).run().unwrap();
        assert!(KnownMassagers::load(&folders).value().massagers.is_empty());
    }
}
