//! The engine's state and notices in a form that can be written down or sent to another program.
//!
//! Belongs here: [`Report`] and [`NoticeReport`], made of plain numbers and words: no instants, no channels, nothing
//! shared. Words are those of the files and never a language's.

use std::collections::BTreeMap;
use std::time::Instant;

use serde::Serialize;

use super::{Activity, Connected, Link, Notice, State, Weight};
use crate::bluetooth::RadioState;

/// The state at one moment.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// `starting`, `on`, `off` or `unavailable`.
    pub bluetooth: &'static str,
    /// The massager in use, if any.
    pub massager: Option<MassagerReport>,
    /// What plays.
    pub plays: Plays,
    /// Overall strength, in thousandths.
    pub strength_per_mille: u16,
    /// Massage time today, in milliseconds.
    pub massaged_today_ms: u64,
    /// The session's time left under its cap, in milliseconds.
    pub session_left_ms: u64,
    /// Whether a massager moves or might move.
    pub may_move: bool,
    /// Whether the last stop could not be confirmed.
    pub stop_unconfirmed: bool,
}

/// A massager in use.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MassagerReport {
    /// Which.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `connecting`, `connected` or `lost`.
    pub link: &'static str,
    /// Battery charge in percent, where it is known.
    pub battery: Option<u8>,
    /// Each mode that it has; none while it is being connected.
    pub channels: Vec<ChannelReport>,
}

/// One mode of a massager.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChannelReport {
    /// The word of the files, such as `RollerLeft`.
    pub channel: String,
    /// Its number of levels, off not counted.
    pub levels: u16,
    /// The level wanted now.
    pub wanted: u16,
    /// The level that the massager confirmed last.
    pub confirmed: Option<u16>,
}

/// What plays.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Plays {
    /// Nothing.
    Nothing,
    /// Modes set by hand.
    ByHand,
    /// One of the massager's own programs.
    Program {
        /// Its name.
        name: String,
        /// For so long, in milliseconds.
        for_ms: u64,
    },
    /// A profile.
    Profile {
        /// Its English name.
        name: String,
        /// The place in it, in milliseconds.
        at_ms: u32,
        /// Its length, in milliseconds.
        length_ms: u32,
        /// Why it stands still, where it does: a word of [`super::Pause`].
        paused: Option<String>,
    },
}

/// A notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoticeReport {
    /// `info`, `problem` or `danger`.
    pub weight: &'static str,
    /// The key of its message, such as `engine-massager-gone`.
    pub key: String,
    /// What it names.
    pub arguments: BTreeMap<String, String>,
}

impl State {
    /// The state as it is at an instant.
    pub fn report(&self, now: Instant) -> Report {
        let since = now.saturating_duration_since(self.at);
        let passed = if self.is_running() { since } else { std::time::Duration::ZERO };
        let millis = |time: std::time::Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        Report {
            bluetooth: match self.radio {
                RadioState::Starting => "starting",
                RadioState::Ready(_) => "on",
                RadioState::Off => "off",
                RadioState::Unavailable(_) => "unavailable",
            },
            massager: self.massager_report(),
            plays: self.plays(now),
            strength_per_mille: self.strength.per_mille(),
            massaged_today_ms: millis(self.massaged_today + passed),
            session_left_ms: millis(self.session_left.saturating_sub(passed)),
            may_move: self.may_move,
            stop_unconfirmed: self.stop_unconfirmed,
        }
    }

    fn is_running(&self) -> bool {
        match self.activity {
            Activity::Nothing | Activity::Profile { paused: Some(_), .. } => false,
            Activity::ByHand | Activity::Program { .. } | Activity::Profile { paused: None, .. } => true,
        }
    }

    fn massager_report(&self) -> Option<MassagerReport> {
        let of = |massager: &Connected, link| MassagerReport {
            id: massager.id.to_string(),
            name: massager.name.clone(),
            link,
            battery: massager.battery,
            channels: massager
                .channels
                .iter()
                .map(|channel| ChannelReport {
                    channel: channel.channel.to_string(),
                    levels: channel.levels,
                    wanted: channel.wanted_level,
                    confirmed: channel.confirmed_level,
                })
                .collect(),
        };
        Some(match &self.link {
            Link::None => return None,
            Link::Connecting { id, name, .. } => MassagerReport {
                id: id.to_string(),
                name: name.clone(),
                link: "connecting",
                battery: None,
                channels: Vec::new(),
            },
            Link::Connected(massager) => of(massager, "connected"),
            Link::Lost { was, .. } => of(was, "lost"),
        })
    }

    fn plays(&self, now: Instant) -> Plays {
        match &self.activity {
            Activity::Nothing => Plays::Nothing,
            Activity::ByHand => Plays::ByHand,
            Activity::Program { name, since } => Plays::Program {
                name: name.clone(),
                for_ms: u64::try_from(now.saturating_duration_since(*since).as_millis()).unwrap_or(u64::MAX),
            },
            Activity::Profile { profile, position, paused, speed, .. } => {
                let since = if paused.is_none() { now.saturating_duration_since(self.at) } else { Default::default() };
                let at = (*position + since.mul_f64(f64::from(speed.max(0.0)))).min(profile.length);
                Plays::Profile {
                    name: profile.name.in_language("en").to_owned(),
                    at_ms: at.as_millis(),
                    length_ms: profile.length.as_millis(),
                    paused: paused.map(|why| format!("{why:?}")),
                }
            }
        }
    }
}

impl Notice {
    /// The notice without the sentences of a language.
    pub fn report(&self) -> NoticeReport {
        NoticeReport {
            weight: match self.weight {
                Weight::Info => "info",
                Weight::Problem => "problem",
                Weight::Danger => "danger",
            },
            key: self.fact.key(),
            arguments: self.fact.arguments.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use super::*;
    use crate::engine::Pause;
    use crate::profile::Profile;
    use crate::time::Time;

    #[test]
    fn a_report_holds_no_instant_and_goes_on_with_the_clock() {
        let start = Instant::now();
        let profile = Arc::new(Profile { length: Time::from_secs(600), ..Profile::default() });
        let playing = |paused| State {
            activity: Activity::Profile {
                profile: Arc::clone(&profile),
                position: Time::from_secs(10),
                paused,
                repeat: false,
                speed: 1.0,
                record: Arc::default(),
                past: Arc::default(),
            },
            ..State::new(start)
        };
        let later = start + Duration::from_secs(5);
        let report = playing(None).report(later);
        assert!(matches!(report.plays, Plays::Profile { at_ms: 15_000, paused: None, .. }), "{report:?}");
        assert_eq!(report.massaged_today_ms, 5000);
        let report = playing(Some(Pause::LinkLost)).report(later);
        assert_eq!(report.massaged_today_ms, 0);
        let written = serde_json::to_value(&report).unwrap();
        assert_eq!(written["plays"]["paused"], "LinkLost");
        assert_eq!((&written["plays"]["at_ms"], &written["plays"]["kind"]), (&10_000.into(), &"profile".into()));
    }
}
