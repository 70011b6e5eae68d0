//! What every start begins with: what is on disk, and from it what the engine starts from.
//!
//! Belongs here: the way from the disk to the engine, and from the engine's events back to the disk, for the window and
//! the command line alike. What either shows does not.

use std::sync::Arc;

use crate::bluetooth::{MassagerId, Radio};
use crate::engine::{self, Event, Remembered};
use crate::massager::DeviceMap;
use crate::profile::Profile;
use crate::storage::{
    Dose, Error, Folders, Kept, KnownMassager, KnownMassagers, Ratings, Record, Saving, Settings, Shelf, today,
};

/// Everything on disk.
#[derive(Debug)]
pub struct Start {
    /// Where files live.
    pub folders: Folders,
    /// The settings.
    pub settings: Kept<Settings>,
    /// The massagers connected before.
    pub known: Kept<KnownMassagers>,
    /// Stars, notes and plays.
    pub ratings: Kept<Ratings>,
    /// Massage time of the last days.
    pub dose: Kept<Dose>,
    /// The profiles.
    pub profiles: Shelf<Profile>,
    /// The device maps.
    pub maps: Shelf<DeviceMap>,
    troubles: Vec<String>,
}

impl Start {
    /// Reads everything. What cannot be read is among [`Start::troubles`] and has its defaults.
    pub fn read(folders: Folders) -> Self {
        let mut start = Self {
            settings: Settings::load(&folders),
            known: KnownMassagers::load(&folders),
            ratings: Ratings::load(&folders),
            dose: Dose::load(&folders),
            profiles: Shelf::profiles(&folders),
            maps: Shelf::maps(&folders),
            troubles: Vec::new(),
            folders,
        };
        fn trouble<T: Record>(of: &Kept<T>) -> Option<String> {
            of.trouble().map(Error::to_string)
        }
        let kept = [trouble(&start.settings), trouble(&start.known), trouble(&start.ratings), trouble(&start.dose)];
        let shelves = [start.profiles.reload(), start.maps.reload()].map(|read| read.err().map(|why| why.to_string()));
        start.troubles = kept.into_iter().chain(shelves).flatten().collect();
        start
    }

    /// What could not be read, in words for the person.
    pub fn troubles(&self) -> &[String] {
        &self.troubles
    }

    /// What the engine starts from, at real speed and without a trace.
    pub fn engine(&self, real: Option<Arc<dyn Radio>>, simulated: Arc<dyn Radio>) -> engine::Setup {
        let settings = self.settings.value();
        let remembered =
            |known: &KnownMassager| Remembered { name: known.name.clone(), map: known.map.clone(), tried: known.tried };
        engine::Setup {
            real,
            simulated,
            maps: self.maps.in_use(),
            limits: settings.limits,
            strength: settings.strength,
            ceilings: settings.ceilings.clone(),
            remembered: self
                .known
                .value()
                .massagers
                .iter()
                .map(|(id, known)| (id.clone(), remembered(known)))
                .collect(),
            massaged_today: self.dose.value().on(today()),
            trace: None,
            watchdog: None,
            locks: None,
            sleep_guard: None,
            speed: 1.0,
        }
    }

    /// Takes in what an event leaves to be kept, if anything.
    pub fn keep(&mut self, event: &Event) -> Option<Saving> {
        match event {
            Event::Massaged(time) => Some(self.dose.change(|dose| dose.add(today(), *time))),
            Event::Remember(id, remembered) => Some(self.remember(id, remembered.as_ref())),
            Event::State(_) | Event::Notice(_) | Event::Pairing(_) => None,
        }
    }

    fn remember(&mut self, id: &MassagerId, remembered: Option<&Remembered>) -> Saving {
        self.known.change(|known| match remembered {
            None => drop(known.massagers.remove(id)),
            Some(Remembered { name, map, tried }) => {
                let connect_by_itself = known.massagers.get(id).is_some_and(|before| before.connect_by_itself);
                let (name, map, tried) = (name.clone(), map.clone(), *tried);
                known.massagers.insert(id.clone(), KnownMassager { name, map, tried, connect_by_itself });
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::bluetooth::Simulated;

    #[test]
    fn what_the_engine_tells_is_there_at_the_next_start() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::under(folder.path());
        let id = MassagerId("C0:FF:EE".to_owned());
        let remembered = Remembered { name: "Mine".to_owned(), map: "svang-reference".to_owned(), tried: true };
        let mut start = Start::read(folders.clone());
        assert_eq!(start.troubles(), [""; 0]);
        start.keep(&Event::Massaged(Duration::from_secs(90))).unwrap().run().unwrap();
        start.keep(&Event::Remember(id.clone(), Some(remembered.clone()))).unwrap().run().unwrap();
        let mut start = Start::read(folders.clone());
        let setup = start.engine(None, Arc::new(Simulated::new()));
        assert_eq!(setup.massaged_today, Duration::from_secs(90));
        assert_eq!(setup.remembered.get(&id), Some(&remembered));
        start.keep(&Event::Remember(id, None)).unwrap().run().unwrap();
        assert!(Start::read(folders).engine(None, Arc::new(Simulated::new())).remembered.is_empty());
    }

    #[test]
    fn what_cannot_be_read_is_told_and_the_rest_is_used() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::under(folder.path());
        std::fs::create_dir_all(&folders.config).unwrap();
        std::fs::write(folders.config.join("settings.ron"), "(version: 9)").unwrap();
        // A file where the folder of profiles belongs.
        std::fs::create_dir_all(&folders.data).unwrap();
        std::fs::write(folders.profiles(), "").unwrap();
        let start = Start::read(folders);
        assert_eq!(start.troubles().len(), 2, "{:?}", start.troubles());
        assert!(!start.maps.in_use().is_empty());
    }
}
