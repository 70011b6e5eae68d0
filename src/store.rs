//! What every start begins with: what is on disk, and from it what the engine starts from.
//!
//! Belongs here: the way from the disk to the engine, and from the engine's events back to the disk, for the window and
//! the command line alike. What either shows does not.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use chrono::NaiveDate;

use crate::bluetooth::{MassagerId, Radio};
use crate::care::Limits;
use crate::care::health::Gates;
use crate::engine::{self, Event, Remembered};
use crate::massager::DeviceMap;
use crate::profile::Profile;
use crate::storage::{
    Calendar, Dose, Error, Folders, HealthAnswers, InUseBy, Kept, KnownMassager, KnownMassagers, MassagerLock, Ratings,
    Record, Saving, Sessions, Settings, Shelf, sweep,
};

/// Everything on disk.
#[derive(Debug)]
pub struct Store {
    /// Where files live.
    pub folders: Folders,
    /// The settings.
    pub settings: Kept<Settings>,
    /// The massagers connected before.
    pub known: Kept<KnownMassagers>,
    /// Stars, notes and plays.
    pub ratings: Kept<Ratings>,
    /// The massages that were, and how the heel was after them.
    pub sessions: Kept<Sessions>,
    /// Massage time of the last days.
    pub dose: Kept<Dose>,
    /// The answers to the health questions.
    pub health: Kept<HealthAnswers>,
    /// The profiles.
    pub profiles: Shelf<Profile>,
    /// The device maps.
    pub maps: Shelf<DeviceMap>,
    troubles: Vec<Error>,
    calendar: Calendar,
    /// The day that massage time is counted towards, and how much of it the engine knows to be on disk.
    counted: (NaiveDate, Duration),
}

impl Store {
    /// Reads everything. What cannot be read is among [`Store::troubles`] and has its defaults. What a Svang that was
    /// killed left half written is swept away.
    pub fn read(folders: Folders) -> Self {
        Self::read_by(folders, Calendar::default())
    }

    /// The same, by a calendar other than the computer's.
    pub fn read_by(folders: Folders, calendar: Calendar) -> Self {
        sweep(&folders, SystemTime::now());
        let mut store = Self {
            settings: Settings::load(&folders),
            known: KnownMassagers::load(&folders),
            ratings: Ratings::load(&folders),
            sessions: Sessions::load(&folders),
            dose: Dose::load(&folders),
            health: HealthAnswers::load(&folders),
            profiles: Shelf::profiles(&folders),
            maps: Shelf::maps(&folders),
            troubles: Vec::new(),
            counted: (calendar.today(), Duration::ZERO),
            calendar,
            folders,
        };
        fn trouble<T: Record>(of: &Kept<T>) -> Option<Error> {
            of.trouble().cloned()
        }
        let kept = [
            trouble(&store.settings),
            trouble(&store.known),
            trouble(&store.ratings),
            trouble(&store.dose),
            trouble(&store.sessions),
        ];
        let shelves = [store.profiles.reload(), store.maps.reload()].map(Result::err);
        store.troubles = kept.into_iter().chain(shelves).flatten().collect();
        store.counted.1 = store.dose.value().on(store.counted.0);
        store
    }

    /// What could not be read.
    pub fn troubles(&self) -> &[Error] {
        &self.troubles
    }

    /// What the engine starts from, at real speed and without a trace. A real massager is taken for this program alone, in
    /// the name of `owner`; there is no watchdog and nobody tells of sleep.
    pub fn engine(
        &self,
        real: Option<Arc<dyn Radio>>,
        simulated: Arc<dyn Radio>,
        owner: &'static str,
    ) -> engine::Setup {
        let claim = self.claim(owner);
        let take = move |id: &MassagerId| match claim(id) {
            Ok(lock) => Ok(Box::new(lock) as Box<dyn Send>),
            Err(in_use) => Err(in_use.into()),
        };
        let settings = self.settings.value();
        let remembered = |known: &KnownMassager| Remembered {
            name: known.name.clone(),
            map: known.map.clone(),
            fingerprint: known.fingerprint,
            tried: known.tried,
            agreed: known.agreed,
        };
        engine::Setup {
            real,
            simulated,
            maps: self.maps.in_use(),
            limits: settings.limits,
            strength: settings.strength,
            ceilings: settings.ceilings.clone(),
            gates: self.gates(),
            remembered: self
                .known
                .value()
                .massagers
                .iter()
                .map(|(id, known)| (id.clone(), remembered(known)))
                .collect(),
            massaged_today: self.counted.1,
            trace: None,
            watchdog: None,
            locks: Some(Arc::new(take)),
            sleep_guard: None,
            speed: 1.0,
        }
    }

    /// What the answers to the health questions, and the first uses, come to today.
    pub fn gates(&self) -> Gates {
        Gates { first_uses: self.dose.value().uses() < Limits::FIRST_USES, ..self.health.value().0.gates(self.today()) }
    }

    /// The day it is now.
    pub fn today(&self) -> NaiveDate {
        self.calendar.today()
    }

    /// Massage time today, as far as this program knows. It is looked up nowhere else.
    pub fn massaged_today(&self) -> Duration {
        self.dose.value().on(self.today())
    }

    /// Turns the day at midnight: gives the massage time of the new one for the engine, if it does not know yet. Quick enough
    /// for everything that happens.
    pub fn turn_day(&mut self) -> Option<Duration> {
        if self.counted.0 == self.today() { None } else { self.recount() }
    }

    /// Takes in what other Svangs counted, and turns the day: gives the massage time of today for the engine
    /// ([`engine::Command::SetMassagedToday`]), if it does not know yet. For before a massage, and now and then; it reads a
    /// small file.
    pub fn recount(&mut self) -> Option<Duration> {
        self.dose.take_in();
        let now = (self.today(), self.massaged_today());
        let before = std::mem::replace(&mut self.counted, now);
        (now != before).then_some(now.1)
    }

    /// Takes a massager, so that no other Svang moves it; see [`MassagerLock::take`]. `owner` says in words who takes it.
    ///
    /// # Errors
    /// Where another Svang has it, and who that is.
    pub fn claim(
        &self,
        owner: &'static str,
    ) -> impl Fn(&MassagerId) -> Result<MassagerLock, InUseBy> + Send + Sync + 'static {
        let folders = self.folders.clone();
        move |id| MassagerLock::take(&folders, id, owner)
    }

    /// Takes in what an event leaves to be kept, if anything.
    pub fn keep(&mut self, event: &Event) -> Option<Saving> {
        match event {
            Event::Massaged(time) => Some(self.count(*time)),
            Event::Used => Some(self.dose.change(Dose::count_use)),
            Event::Remember(id, remembered) => Some(self.remember(id, remembered.as_ref())),
            Event::State(_) | Event::Notice(_) | Event::Pairing(_) | Event::AsksFirst(..) => None,
        }
    }

    /// Counts massage time that the engine has counted already.
    fn count(&mut self, time: Duration) -> Saving {
        let day = self.today();
        // The file has whole milliseconds.
        let time = Duration::from_millis(u64::try_from(time.as_millis()).unwrap_or(u64::MAX));
        if day == self.counted.0 {
            self.counted.1 = self.counted.1.saturating_add(time);
        }
        self.dose.change(move |dose| dose.add(day, time))
    }

    fn remember(&mut self, id: &MassagerId, remembered: Option<&Remembered>) -> Saving {
        let (id, remembered) = (id.clone(), remembered.cloned());
        self.known.change(move |known| match &remembered {
            None => drop(known.massagers.remove(&id)),
            Some(Remembered { name, map, fingerprint, tried, agreed }) => {
                let connect_by_itself = known.massagers.get(&id).is_some_and(|before| before.connect_by_itself);
                let (name, map) = (name.clone(), map.clone());
                let (fingerprint, tried, agreed) = (*fingerprint, *tried, *agreed);
                let known_massager = KnownMassager { name, map, fingerprint, tried, agreed, connect_by_itself };
                known.massagers.insert(id.clone(), known_massager);
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::bluetooth::Simulated;

    /// A calendar, and the day that it shows.
    fn calendar(day: &str) -> (Calendar, Arc<Mutex<NaiveDate>>) {
        let shown = Arc::new(Mutex::new(day.parse().unwrap()));
        let day = Arc::clone(&shown);
        (Calendar::new(move || *day.lock().unwrap()), shown)
    }

    #[test]
    fn the_day_turns_at_midnight_and_what_was_massaged_counts_towards_its_day() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::under(folder.path());
        let (calendar, day) = calendar("2030-03-10");
        let mut store = Store::read_by(folders.clone(), calendar.clone());
        store.keep(&Event::Massaged(Duration::from_secs(1800))).unwrap().run().unwrap();
        assert_eq!(store.turn_day(), None);
        assert_eq!(store.recount(), None, "the engine knows that already");
        *day.lock().unwrap() = "2030-03-11".parse().unwrap();
        assert_eq!(store.turn_day(), Some(Duration::ZERO));
        assert_eq!((store.turn_day(), store.massaged_today()), (None, Duration::ZERO));
        // The other way: something is massaged over midnight before anybody looks.
        *day.lock().unwrap() = "2030-03-12".parse().unwrap();
        store.keep(&Event::Massaged(Duration::from_secs(15))).unwrap().run().unwrap();
        assert_eq!(store.turn_day(), Some(Duration::from_secs(15)));
        let store = Store::read_by(folders, calendar);
        assert_eq!(store.massaged_today(), Duration::from_secs(15));
        assert_eq!(store.dose.value().on("2030-03-10".parse().unwrap()), Duration::from_secs(1800));
    }

    #[test]
    fn what_another_svang_counts_is_told_to_the_engine() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::under(folder.path());
        let (calendar, _) = calendar("2030-03-10");
        let [mut one, mut other] = [(); 2].map(|()| Store::read_by(folders.clone(), calendar.clone()));
        let massaged = Event::Massaged(Duration::from_micros(34_000_900));
        one.keep(&massaged).unwrap().run().unwrap();
        let unsaved = other.keep(&massaged).unwrap();
        assert_eq!(other.recount(), Some(Duration::from_secs(68)));
        assert_eq!(other.recount(), None);
        unsaved.run().unwrap();
        assert_eq!((other.recount(), one.recount()), (None, Some(Duration::from_secs(68))));
        assert_eq!(Store::read_by(folders, calendar).massaged_today(), Duration::from_secs(68));
    }

    #[test]
    fn what_two_svangs_remember_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::under(folder.path());
        let [mut one, mut other] = [(); 2].map(|()| Store::read(folders.clone()));
        let event = |id: &str| {
            let remembered = Remembered {
                name: id.to_owned(),
                map: "svang-reference".to_owned(),
                fingerprint: 7,
                tried: true,
                agreed: false,
            };
            Event::Remember(MassagerId(id.to_owned()), Some(remembered))
        };
        one.keep(&event("C0:01")).unwrap().run().unwrap();
        other.keep(&event("C0:02")).unwrap().run().unwrap();
        assert_eq!(Store::read(folders).known.value().massagers.len(), 2);
    }

    #[test]
    fn what_the_engine_tells_is_there_at_the_next_start() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::under(folder.path());
        let id = MassagerId("C0:FF:EE".to_owned());
        let remembered = Remembered {
            name: "Mine".to_owned(),
            map: "svang-reference".to_owned(),
            fingerprint: 7,
            tried: true,
            agreed: false,
        };
        let mut store = Store::read(folders.clone());
        assert_eq!(store.troubles(), []);
        store.keep(&Event::Massaged(Duration::from_secs(90))).unwrap().run().unwrap();
        store.keep(&Event::Remember(id.clone(), Some(remembered.clone()))).unwrap().run().unwrap();
        let mut store = Store::read(folders.clone());
        let setup = store.engine(None, Arc::new(Simulated::new()), "a test");
        assert_eq!(setup.massaged_today, Duration::from_secs(90));
        assert_eq!(setup.remembered.get(&id), Some(&remembered));
        store.keep(&Event::Remember(id, None)).unwrap().run().unwrap();
        assert!(Store::read(folders).engine(None, Arc::new(Simulated::new()), "a test").remembered.is_empty());
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
        let store = Store::read(folders);
        assert_eq!(store.troubles().len(), 2, "{:?}", store.troubles());
        assert!(!store.maps.in_use().is_empty());
    }
}
