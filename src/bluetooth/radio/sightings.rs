//! Who was heard while searching, and what of it is worth telling.
//!
//! Belongs here: merging what arrives piece by piece (a name may come late, manufacturer data later still), how often to
//! ask the system for more, how often to tell, and noticing who went away. Knows no radio; the clock is passed in.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::time::Instant;

use crate::bluetooth::{MassagerId, RadioEvent};
use crate::massager::Advertisement;
use crate::text;

/// How often the system is asked about one massager at most: an advertisement may come ten times a second.
const ASK_EVERY: Duration = Duration::from_millis(500);

/// How many times the system is asked about everyone, whether or not something was heard since: a scan response with the
/// name and manufacturer data comes a moment after the first advertisement, and BlueZ's changes of names come untold.
const ASK_AT_LEAST: u32 = 4;

/// How often the system is asked about someone without a name.
const ASK_NAMELESS_EVERY: Duration = Duration::from_secs(3);

/// How often a changed signal strength alone is told.
const TELL_SIGNAL_EVERY: Duration = Duration::from_secs(1);

/// After how long a silence the system is asked whether a massager is still there.
const SILENCE: Duration = Duration::from_secs(15);

/// The most massagers that are kept: whoever changes its address with every advertisement fills no more than this.
const MOST: usize = 256;

/// The most services that are kept of one massager. An advertisement holds 14 short ones.
const MOST_SERVICES: usize = 32;

/// The most makers whose data are kept of one massager. An advertisement holds one, rarely two.
const MOST_MAKERS: usize = 8;

/// The most bytes that are kept of one maker's data: what an extended advertisement holds in one part.
const MOST_DATA: usize = 254;

/// What one event or one answer of the system says.
#[derive(Debug, Clone, Default)]
pub(super) struct Heard {
    /// The name, where it is known now.
    pub name: Option<String>,
    /// Advertised services.
    pub services: Vec<uuid::Uuid>,
    /// Manufacturer data.
    pub manufacturer_data: BTreeMap<u16, Vec<u8>>,
    /// Signal strength.
    pub rssi: Option<i16>,
    /// Whether it was on the air just now, and not only in the system's memory.
    pub live: bool,
}

/// Everyone heard since the search began.
#[derive(Default)]
pub(super) struct Sightings {
    seen: BTreeMap<MassagerId, Sighting>,
}

struct Sighting {
    advertisement: Advertisement,
    rssi: Option<i16>,
    /// When it was on the air last; `None`: only remembered by the system.
    live: Option<Instant>,
    asked: Option<Instant>,
    /// How many times.
    times_asked: u32,
    /// Something was heard since the system was asked.
    stale: bool,
    /// The system has answered once: before, a name that it knows would seem to be missing.
    answered: bool,
    told: Option<(Advertisement, Option<i16>, Instant)>,
}

impl Sightings {
    /// Makes room for one more, where there is none and it is not known yet: whoever was not heard for the longest time
    /// goes, but nobody whom `keep` names. `None`: nobody had to.
    pub fn make_room(&mut self, id: &MassagerId, keep: impl Fn(&MassagerId) -> bool) -> Option<MassagerId> {
        if self.seen.len() < MOST || self.seen.contains_key(id) {
            return None;
        }
        let others = self.seen.iter().filter(|(id, _)| !keep(id));
        others.min_by_key(|(_, sighting)| sighting.live).map(|(id, _)| id.clone())
    }

    /// Takes in what was heard. Whether the system ought to be asked for all it knows of this massager now.
    pub fn hear(&mut self, id: &MassagerId, heard: Heard, now: Instant) -> bool {
        let sighting = self.seen.entry(id.clone()).or_insert_with(|| Sighting {
            advertisement: Advertisement::default(),
            rssi: None,
            live: None,
            asked: None,
            times_asked: 0,
            stale: true,
            answered: false,
            told: None,
        });
        sighting.merge(heard, now);
        sighting.stale = true;
        sighting.ask(now)
    }

    /// Takes in what the system answered.
    pub fn learn(&mut self, id: &MassagerId, mut heard: Heard, now: Instant) {
        let Some(sighting) = self.seen.get_mut(id) else { return };
        // BlueZ gives a signal strength only for what it heard in this search.
        heard.live |= heard.rssi.is_some() && sighting.live.is_none();
        sighting.answered = true;
        sighting.merge(heard, now);
    }

    /// Whom to ask the system about now, because something was heard since.
    pub fn worth_asking(&mut self, now: Instant) -> Vec<MassagerId> {
        let asked = |(id, sighting): (&MassagerId, &mut Sighting)| sighting.ask(now).then(|| id.clone());
        self.seen.iter_mut().filter_map(asked).collect()
    }

    /// What to tell of one massager now, if anything.
    pub fn news(&mut self, id: &MassagerId, now: Instant) -> Option<RadioEvent> {
        let sighting = self.seen.get_mut(id)?;
        if sighting.live.is_none() || !sighting.answered {
            return None;
        }
        if let Some((advertisement, rssi, at)) = &sighting.told {
            let same = *advertisement == sighting.advertisement;
            if same && (*rssi == sighting.rssi || now.duration_since(*at) < TELL_SIGNAL_EVERY) {
                return None;
            }
        }
        sighting.told = Some((sighting.advertisement.clone(), sighting.rssi, now));
        Some(RadioEvent::Seen { id: id.clone(), advertisement: sighting.advertisement.clone(), rssi: sighting.rssi })
    }

    /// Who has been silent for long: to be asked about, and to be dropped where the system does not know them either.
    pub fn silent(&mut self, now: Instant) -> Vec<MassagerId> {
        let silent = |sighting: &mut Sighting| {
            let silent = sighting.live.is_some_and(|live| now.duration_since(live) >= SILENCE);
            if silent {
                sighting.live = Some(now);
            }
            silent
        };
        self.seen.iter_mut().filter_map(|(id, sighting)| silent(sighting).then(|| id.clone())).collect()
    }

    /// Drops one; tells so if it had been told of.
    pub fn drop(&mut self, id: &MassagerId) -> Option<RadioEvent> {
        let sighting = self.seen.remove(id)?;
        sighting.told.map(|_| RadioEvent::Gone(id.clone()))
    }

    /// Drops all.
    pub fn clear(&mut self) -> Vec<RadioEvent> {
        let all = std::mem::take(&mut self.seen);
        all.into_iter().filter(|(_, sighting)| sighting.told.is_some()).map(|(id, _)| RadioEvent::Gone(id)).collect()
    }

    /// A new search begins: silence is counted from now on.
    pub fn begin(&mut self, now: Instant) {
        for sighting in self.seen.values_mut() {
            sighting.live = sighting.live.map(|_| now);
            sighting.asked = None;
            sighting.times_asked = 0;
        }
    }
}

impl Sighting {
    fn merge(&mut self, heard: Heard, now: Instant) {
        if heard.live {
            self.live = Some(now);
        }
        if let Some(name) = heard.name.and_then(|name| text::name(&name)) {
            self.advertisement.name = Some(name);
        }
        let services = &mut self.advertisement.services;
        for service in heard.services {
            if services.len() < MOST_SERVICES && !services.contains(&service) {
                services.push(service);
            }
        }
        let makers = &mut self.advertisement.manufacturer_data;
        for (maker, mut data) in heard.manufacturer_data {
            if makers.len() < MOST_MAKERS || makers.contains_key(&maker) {
                data.truncate(MOST_DATA);
                makers.insert(maker, data);
            }
        }
        self.rssi = heard.rssi.or(self.rssi);
    }

    fn ask(&mut self, now: Instant) -> bool {
        let every = match self.stale || self.times_asked < ASK_AT_LEAST {
            true => ASK_EVERY,
            false if self.advertisement.name.is_none() => ASK_NAMELESS_EVERY,
            false => return false,
        };
        let due = self.asked.is_none_or(|asked| now.duration_since(asked) >= every);
        if due {
            self.stale = false;
            self.asked = Some(now);
            self.times_asked += 1;
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id() -> MassagerId {
        MassagerId("C0:DE:F0:07:00:01".to_owned())
    }

    fn live(rssi: i16) -> Heard {
        Heard { rssi: Some(rssi), live: true, ..Heard::default() }
    }

    #[test]
    fn a_massager_that_the_system_only_remembers_is_not_told_of() {
        let (mut sightings, now) = (Sightings::default(), Instant::now());
        assert!(sightings.hear(&id(), Heard { name: Some("Old".to_owned()), ..Heard::default() }, now));
        sightings.learn(&id(), Heard { name: Some("Old".to_owned()), ..Heard::default() }, now);
        assert!(sightings.news(&id(), now).is_none());
        assert!(sightings.drop(&id()).is_none());
    }

    #[test]
    fn a_name_that_comes_late_is_told_at_once() {
        let (mut sightings, now) = (Sightings::default(), Instant::now());
        sightings.hear(&id(), live(-50), now);
        assert!(sightings.news(&id(), now).is_none(), "told before the system was asked");
        sightings.learn(&id(), Heard::default(), now);
        assert!(
            matches!(sightings.news(&id(), now), Some(RadioEvent::Seen { advertisement, .. }) if advertisement.name.is_none())
        );
        let later = now + Duration::from_millis(20);
        sightings.learn(&id(), Heard { name: Some("FM-08".to_owned()), ..Heard::default() }, later);
        let Some(RadioEvent::Seen { advertisement, rssi, .. }) = sightings.news(&id(), later) else {
            panic!("a late name was kept back")
        };
        assert_eq!((advertisement.name.as_deref(), rssi), (Some("FM-08"), Some(-50)));
    }

    #[test]
    fn the_system_is_asked_twice_a_second_at_most_and_never_forgotten() {
        let (mut sightings, start) = (Sightings::default(), Instant::now());
        let asked = (0..100).filter(|step| sightings.hear(&id(), live(-50), start + Duration::from_millis(10 * step)));
        assert_eq!(asked.count(), 2);
        assert!(sightings.worth_asking(start + Duration::from_millis(995)).is_empty());
        assert_eq!(sightings.worth_asking(start + Duration::from_millis(1500)), [id()]);
    }

    #[test]
    fn someone_without_a_name_is_asked_about_again_and_with_one_no_more() {
        let (mut sightings, start) = (Sightings::default(), Instant::now());
        sightings.hear(&id(), live(-50), start);
        let asked = |sightings: &mut Sightings, from: u32, to: u32| {
            let at = |step| start + Duration::from_millis(500) * step;
            (from..to).filter(|step| !sightings.worth_asking(at(*step)).is_empty()).count()
        };
        assert_eq!(asked(&mut sightings, 1, 20), 5);
        sightings.learn(&id(), Heard { name: Some("FM-08".to_owned()), ..Heard::default() }, start);
        assert_eq!(asked(&mut sightings, 20, 100), 0);
    }

    #[test]
    fn a_wavering_signal_is_told_once_a_second() {
        let (mut sightings, start) = (Sightings::default(), Instant::now());
        let mut told = 0;
        sightings.hear(&id(), live(-50), start);
        sightings.learn(&id(), Heard::default(), start);
        for step in 0..30_i16 {
            let now = start + Duration::from_millis(100) * u32::from(step.unsigned_abs());
            sightings.hear(&id(), live(-50 - step % 7), now);
            told += usize::from(sightings.news(&id(), now).is_some());
        }
        assert_eq!(told, 3);
    }

    /// The massager of a number, with an address as the air has it.
    fn stranger(number: u32) -> MassagerId {
        let [a, b, c, d] = number.to_be_bytes();
        MassagerId(format!("C0:FF:{a:02X}:{b:02X}:{c:02X}:{d:02X}"))
    }

    #[test]
    fn addresses_that_change_all_the_time_fill_no_memory_and_push_nobody_out_who_is_heard_or_connected() {
        let (mut sightings, start) = (Sightings::default(), Instant::now());
        sightings.hear(&id(), live(-50), start);
        sightings.hear(&stranger(0), live(-50), start);
        for number in 1..5_000_u32 {
            let now = start + Duration::from_millis(10) * number;
            // One massager is connected and silent, another one is heard every second.
            if number % 100 == 0 {
                sightings.hear(&stranger(0), live(-50), now);
            }
            if let Some(oldest) = sightings.make_room(&stranger(number), |other| *other == id()) {
                sightings.drop(&oldest);
            }
            sightings.hear(&stranger(number), live(-60), now);
        }
        assert_eq!(sightings.seen.len(), MOST);
        assert!(sightings.seen.contains_key(&id()) && sightings.seen.contains_key(&stranger(0)));
        assert!(sightings.make_room(&stranger(0), |_| false).is_none(), "it has its room");
    }

    #[test]
    fn what_one_massager_says_of_itself_is_bounded() {
        let (mut sightings, now) = (Sightings::default(), Instant::now());
        for number in 0..2_000_u16 {
            let heard = Heard {
                services: vec![uuid::Uuid::from_u128(number.into())],
                manufacturer_data: BTreeMap::from([(number, vec![1; 2_000])]),
                ..live(-50)
            };
            sightings.hear(&id(), heard, now);
        }
        // What is kept is kept up to date.
        sightings.hear(&id(), Heard { manufacturer_data: BTreeMap::from([(3, vec![7])]), ..live(-50) }, now);
        let said = &sightings.seen[&id()].advertisement;
        assert_eq!((said.services.len(), said.manufacturer_data.len()), (MOST_SERVICES, MOST_MAKERS));
        assert!(said.manufacturer_data.values().all(|data| data.len() <= MOST_DATA));
        assert_eq!(said.manufacturer_data[&3], [7]);
    }

    #[test]
    fn a_name_from_the_air_is_made_plain_where_it_comes_in() {
        let (mut sightings, now) = (Sightings::default(), Instant::now());
        let named = |name: &str| Heard { name: Some(name.to_owned()), ..live(-50) };
        let mut name = |said: &str| {
            sightings.hear(&id(), named(said), now);
            sightings.seen[&id()].advertisement.name.clone().unwrap()
        };
        assert_eq!(name("FootMassager  "), "FootMassager");
        assert_eq!(name("\u{200B} \0"), "FootMassager", "what cannot be seen is no name");
        assert_eq!(name("a\u{1b}[2J\u{1b}[31mX\nC0:11:22"), "a\u{FFFD}[2J\u{FFFD}[31mX C0:11:22");
    }

    #[test]
    fn whoever_falls_silent_is_asked_about_and_can_be_dropped() {
        let (mut sightings, start) = (Sightings::default(), Instant::now());
        sightings.hear(&id(), live(-50), start);
        sightings.learn(&id(), Heard::default(), start);
        sightings.news(&id(), start);
        assert!(sightings.silent(start + Duration::from_secs(14)).is_empty());
        assert_eq!(sightings.silent(start + Duration::from_secs(15)), [id()]);
        assert!(sightings.silent(start + Duration::from_secs(16)).is_empty());
        assert!(matches!(sightings.drop(&id()), Some(RadioEvent::Gone(gone)) if gone == id()));
    }
}
