//! How long the person was massaged on each day.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::kept::Damaged;
use super::{Folders, Kept, Record};

/// The massage time of the last days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dose {
    version: u32,
    /// Milliseconds by local date, `YYYY-MM-DD`.
    days: BTreeMap<String, u64>,
    /// How many massages there were; nothing where an older Svang counted.
    #[serde(default)]
    uses: u32,
}

impl Dose {
    /// How many days are kept: more than a year. Days are dropped by their number, never by how long ago they seem: the
    /// clock may be wrong.
    const KEPT: usize = 400;

    /// Reads the file.
    pub fn load(folders: &Folders) -> Kept<Self> {
        Kept::load(folders.state.join("dose.ron"))
    }

    /// The massage time on a day.
    pub fn on(&self, day: NaiveDate) -> Duration {
        Duration::from_millis(self.days.get(&day.to_string()).copied().unwrap_or(0))
    }

    /// How many massages there were, as far as is known: a day with massage time had one.
    pub fn uses(&self) -> u32 {
        self.uses.max(u32::try_from(self.days.len()).unwrap_or(u32::MAX).saturating_sub(1))
    }

    /// Counts a massage.
    pub fn count_use(&mut self) {
        self.uses = self.uses().saturating_add(1);
    }

    /// Counts massage time on a day; where there are too many, the oldest other days are let go.
    pub fn add(&mut self, day: NaiveDate, time: Duration) {
        let millis = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        let day = day.to_string();
        let sum = self.days.entry(day.clone()).or_insert(0);
        *sum = sum.saturating_add(millis);
        while self.days.len() > Self::KEPT {
            let Some(oldest) = self.days.keys().find(|other| **other != day).cloned() else { return };
            self.days.remove(&oldest);
        }
    }
}

/// Which day it is.
#[derive(Clone)]
pub struct Calendar(Arc<dyn Fn() -> NaiveDate + Send + Sync>);

impl Calendar {
    /// A calendar that a test turns.
    pub fn new(today: impl Fn() -> NaiveDate + Send + Sync + 'static) -> Self {
        Self(Arc::new(today))
    }

    /// The day it is now.
    pub fn today(&self) -> NaiveDate {
        (self.0)()
    }
}

impl Default for Calendar {
    /// The computer's.
    fn default() -> Self {
        Self::new(today)
    }
}

impl fmt::Debug for Calendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Calendar({})", self.today())
    }
}

/// Today, by the computer's clock and time zone.
pub fn today() -> NaiveDate {
    chrono::Local::now().date_naive()
}

impl Default for Dose {
    fn default() -> Self {
        Self { version: 1, days: BTreeMap::new(), uses: 0 }
    }
}

impl Record for Dose {
    const VERSION: u32 = 1;
    const DAMAGED: Damaged = Damaged::SetAside;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_dose_of_a_day_counts_across_restarts() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::under(folder.path());
        for seconds in [600, 300] {
            let add = move |dose: &mut Dose| dose.add(day("2026-11-22"), Duration::from_secs(seconds));
            Dose::load(&folders).change(add).run().unwrap();
        }
        let dose = Dose::load(&folders);
        assert_eq!(dose.value().on(day("2026-11-22")), Duration::from_secs(900));
        assert_eq!(dose.value().on(day("2026-11-23")), Duration::ZERO);
    }

    #[test]
    fn two_svangs_at_once_add_up() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::under(folder.path());
        let [mut one, mut other] = [(); 2].map(|()| Dose::load(&folders));
        for _ in 0..3 {
            one.change(|dose| dose.add(day("2026-11-22"), Duration::from_secs(10))).run().unwrap();
            other.change(|dose| dose.add(day("2026-11-22"), Duration::from_secs(10))).run().unwrap();
        }
        one.take_in();
        assert_eq!(one.value().on(day("2026-11-22")), Duration::from_secs(60));
        assert_eq!(Dose::load(&folders).value(), one.value());
    }

    #[test]
    fn a_clock_far_ahead_or_behind_erases_nothing() {
        let mut dose = Dose::default();
        for date in ["2026-11-22", "2099-01-01", "1970-01-01", "2026-11-22"] {
            dose.add(day(date), Duration::from_secs(60));
        }
        assert_eq!(dose.on(day("2026-11-22")), Duration::from_secs(120));
        assert_eq!(dose.on(day("1970-01-01")), Duration::from_secs(60));
    }

    #[test]
    fn only_the_oldest_of_many_days_are_let_go() {
        let mut dose = Dose::default();
        for date in day("2026-11-22").iter_days().take(500) {
            dose.add(date, Duration::from_secs(1));
        }
        assert_eq!(dose.days.len(), 400);
        assert_eq!(dose.on(day("2026-11-22")), Duration::ZERO);
        // Today counts, however old it seems.
        dose.add(day("1970-01-01"), Duration::from_secs(5));
        dose.add(day("1970-01-01"), Duration::from_secs(5));
        assert_eq!(dose.on(day("1970-01-01")), Duration::from_secs(10));
        assert_eq!(dose.days.len(), 400);
    }

    #[test]
    fn more_time_than_can_be_counted_is_the_most() {
        let mut dose = Dose::default();
        dose.add(day("2026-11-22"), Duration::MAX);
        dose.add(day("2026-11-22"), Duration::from_secs(1));
        assert_eq!(dose.on(day("2026-11-22")), Duration::from_millis(u64::MAX));
    }
}
