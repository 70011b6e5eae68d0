//! Dose limits: how long, how strong, how fast.
//!
//! Belongs here: [`Limits`] and [`health`], pure rules with their sources. Who keeps to them is the player and the engine.

pub mod health;

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::intensity::Intensity;

/// What a massage keeps to, whatever a profile asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// The longest session. Makers of foot massagers say 15 minutes a use (Klcosy) to 20 (Beirelax).
    pub session: Duration,
    /// The most massage time a day; makers say at most three uses a day (Klcosy).
    pub day: Duration,
    /// The fastest rise, as intensity per second. Falls are not limited.
    pub rise_per_second: Intensity,
    /// The least time from nothing to the wanted intensity after play, resume and seek.
    pub soft_start: Duration,
}

impl Limits {
    /// The longest session that a person can allow: makers of foot massagers say 15 to 20 minutes a use (Klcosy,
    /// Beirelax).
    pub const LONGEST_SESSION: Duration = Duration::from_secs(20 * 60);

    /// The most massage time a day that a person can allow: three uses of 15 minutes (Klcosy).
    pub const LONGEST_DAY: Duration = Duration::from_secs(45 * 60);

    /// How many uses begin gently, with a map that was tried, too: makers say to start at the lowest level (Beirelax).
    pub const FIRST_USES: u32 = 3;

    /// The highest intensity of a map that the person has not tried on the massager yet.
    pub const FIRST_TIME_CEILING: Intensity = Intensity::from_percent(30);

    /// The overall strength that one can choose at least.
    pub const LEAST_STRENGTH: Intensity = Intensity::from_percent(10);
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            session: Duration::from_secs(15 * 60),
            day: Duration::from_secs(30 * 60),
            rise_per_second: Intensity::from_percent(10),
            soft_start: Duration::from_secs(3),
        }
    }
}
