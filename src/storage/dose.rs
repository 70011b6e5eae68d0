//! How long the person was massaged on each day.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Folders, Kept, Record};

/// The massage time of the last days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dose {
    version: u32,
    /// Milliseconds by local date, `YYYY-MM-DD`.
    days: BTreeMap<String, u64>,
}

impl Dose {
    /// How many days are kept.
    const KEPT: Days = Days::new(31);

    /// Reads the file.
    pub fn load(folders: &Folders) -> Kept<Self> {
        Kept::load(folders.state.join("dose.ron"))
    }

    /// The massage time on a day.
    pub fn on(&self, day: NaiveDate) -> Duration {
        Duration::from_millis(self.days.get(&day.to_string()).copied().unwrap_or(0))
    }

    /// Counts massage time on a day; what is a month older is let go.
    pub fn add(&mut self, day: NaiveDate, time: Duration) {
        let millis = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        let sum = self.days.entry(day.to_string()).or_insert(0);
        *sum = sum.saturating_add(millis);
        if let Some(oldest) = day.checked_sub_days(Self::KEPT).map(|day| day.to_string()) {
            self.days.retain(|day, _| *day >= oldest);
        }
    }
}

/// Today, by the computer's clock and time zone.
pub fn today() -> NaiveDate {
    chrono::Local::now().date_naive()
}

impl Default for Dose {
    fn default() -> Self {
        Self { version: 1, days: BTreeMap::new() }
    }
}

impl Record for Dose {
    const VERSION: u32 = 1;
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
            let add = |dose: &mut Dose| dose.add(day("2026-11-22"), Duration::from_secs(seconds));
            Dose::load(&folders).change(add).run().unwrap();
        }
        let dose = Dose::load(&folders);
        assert_eq!(dose.value().on(day("2026-11-22")), Duration::from_secs(900));
        assert_eq!(dose.value().on(day("2026-11-23")), Duration::ZERO);
    }

    #[test]
    fn a_month_is_kept() {
        let mut dose = Dose::default();
        for date in ["2026-10-01", "2026-10-31", "2026-11-22"] {
            dose.add(day(date), Duration::from_secs(1));
        }
        assert_eq!(dose.on(day("2026-10-01")), Duration::ZERO);
        assert_eq!(dose.on(day("2026-10-31")), Duration::from_secs(1));
    }
}
