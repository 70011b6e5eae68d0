//! What every mode should do now, and when to look again.
//!
//! Belongs here: [`Player`], which keeps a place in a profile, holds strength, ceilings, soft start, rise limit and the
//! session's length, and names the level of every channel. It is pure: `now` is passed in, nothing is written, and it
//! does the same whether it is asked late or often. Massagers, links and tasks do not belong here.
//!
//! An intensity goes this way: the profile's curve (or the hand) asks → times the overall strength → clipped at the
//! mode's ceiling → times the soft start, which rises from nothing after play, resume and seek → held back where it
//! would rise faster than the limit → the massager's level. Falls are never held back. At the end of a profile, what
//! still runs is played down within [`FADE`].

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::care::Limits;
use crate::intensity::Intensity;
use crate::mode::Channel;
use crate::profile::Profile;
use crate::time::Time;

mod lane;
#[cfg(test)]
mod tests;

use lane::{Aim, Lane, Pace, Place, Tick};

/// How long it takes to play down a profile that does not end at nothing.
pub const FADE: Duration = Duration::from_secs(3);

/// What a massage keeps to, and how strong the person wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// The limits.
    pub limits: Limits,
    /// The overall strength; below [`Limits::LEAST_STRENGTH`] counts as that.
    pub strength: Intensity,
}

/// Why playing ended by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The profile is over.
    Finished,
    /// The session is as long as it may be.
    SessionOver,
}

/// What one channel does now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Output {
    /// Which.
    pub channel: Channel,
    /// Its number of levels, off not counted.
    pub levels: u16,
    /// What the profile or the hand asks for, before strength, ceiling and ramp.
    pub asked: Intensity,
    /// The intensity after strength, ceiling, soft start and rise limit.
    pub wanted: Intensity,
    /// The massager's level for it.
    pub level: u16,
    /// The ceiling it keeps to.
    pub ceiling: Intensity,
}

/// Why a profile stands still.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pause {
    /// The person paused it.
    Asked,
    /// The link was lost. It never goes on by itself.
    LinkLost,
    /// The massager refused or did not answer.
    Trouble,
    /// Somebody turned it off at the massager, or it stopped by itself.
    AtMassager,
    /// The computer slept, or was too busy to keep time.
    Interrupted,
    /// The day's limit was reached. Goes on only once the person allows more and resumes.
    DayIsFull,
}

#[derive(Debug, Clone)]
enum Activity {
    Nothing,
    ByHand,
    Program { name: String, since: Instant },
    Profile(Playing),
}

#[derive(Debug, Clone)]
struct Playing {
    profile: Arc<Profile>,
    place: Place,
    phase: Phase,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Since a tick, which is also when the soft start began.
    Running(Tick),
    Paused(Pause),
    Fading(Tick),
}

/// Plays profiles, and what is set by hand, on one massager's channels.
#[derive(Debug, Clone)]
pub struct Player {
    rules: Rules,
    lanes: Vec<Lane>,
    activity: Activity,
    ended: Option<Ended>,
    /// Played time of this session, in ticks.
    used: Tick,
    epoch: Instant,
    /// Played time in thousandths of real time.
    speed: u32,
    now: Tick,
}

impl Player {
    /// A player for a massager's channels, each with its number of levels and its ceiling. `speed` is how fast the
    /// clock runs, 1.0 for real time; it is clamped to 0.1 to 1000.
    pub fn new(now: Instant, channels: &[(Channel, u16, Intensity)], rules: Rules, speed: f32) -> Self {
        let lanes = channels.iter().map(|&(channel, levels, ceiling)| Lane::new(channel, levels, ceiling)).collect();
        let speed = if speed.is_finite() { (speed.clamp(0.1, 1000.0) * 1000.0).round() as u32 } else { 1000 };
        Self { rules, lanes, activity: Activity::Nothing, ended: None, used: 0, epoch: now, speed, now: 0 }
    }

    /// Comes up to `now`. Says, once, when playing ended by itself; everything is at nothing then.
    pub fn advance(&mut self, now: Instant) -> Option<Ended> {
        self.catch_up(now);
        self.ended.take()
    }

    /// Comes up to `now`, and leaves for [`Player::advance`] to say that playing ended.
    pub fn come_to(&mut self, now: Instant) {
        self.catch_up(now);
    }

    /// When to call [`Player::advance`] next: the next time that a level changes or playing ends, or a moment before it.
    /// `None`: nothing changes until somebody asks for it.
    pub fn look_again(&mut self) -> Option<Instant> {
        let limit = self.limit();
        let (tick, pace) = (self.now, self.pace());
        let mut next = limit;
        let activity = &self.activity;
        for lane in &mut self.lanes {
            let aim = activity.aim(lane, self.rules.limits.soft_start);
            next = next.min(lane.look_again(&aim, pace, tick, limit));
        }
        (next < Tick::MAX).then(|| self.instant(next))
    }

    /// What every channel does now.
    pub fn outputs(&self) -> impl Iterator<Item = Output> + '_ {
        self.lanes.iter().map(|lane| Output {
            channel: lane.channel,
            levels: lane.levels,
            asked: lane.asked,
            wanted: lane.wanted,
            level: lane.level(),
            ceiling: lane.ceiling,
        })
    }

    /// The profile being played, and the place in it.
    pub fn playing(&self) -> Option<(&Arc<Profile>, Time)> {
        match &self.activity {
            Activity::Profile(playing) => Some((&playing.profile, playing.at(self.now))),
            _ => None,
        }
    }

    /// Why the open profile stands still. `None`: it does not, or none is open.
    pub fn paused(&self) -> Option<Pause> {
        match &self.activity {
            Activity::Profile(Playing { phase: Phase::Paused(why), .. }) => Some(*why),
            _ => None,
        }
    }

    /// The massager's own program that runs, and since when.
    pub fn program(&self) -> Option<(&str, Instant)> {
        match &self.activity {
            Activity::Program { name, since } => Some((name, *since)),
            _ => None,
        }
    }

    /// Whether the open profile starts again at its end.
    pub fn repeats(&self) -> bool {
        matches!(&self.activity, Activity::Profile(playing) if playing.place.repeat)
    }

    /// Whether anything plays: a profile, also while it is paused; a program; or modes set by hand.
    pub fn is_open(&self) -> bool {
        !matches!(self.activity, Activity::Nothing)
    }

    /// Whether massage time runs: while a profile plays, a program runs, or something is set by hand.
    pub fn is_running(&self) -> bool {
        !self.lanes.is_empty()
            && match &self.activity {
                Activity::Nothing => false,
                Activity::ByHand => self.lanes.iter().any(|lane| !lane.by_hand.is_zero()),
                Activity::Program { .. } => true,
                Activity::Profile(playing) => !playing.is_paused(),
            }
    }

    /// Massage time of this session.
    pub fn session_used(&self) -> Duration {
        Duration::from_millis(self.used)
    }

    /// Massage time that is left of this session.
    pub fn session_left(&self) -> Duration {
        self.session_cap().saturating_sub(self.session_used())
    }

    /// Plays a profile from a time on, from nothing up.
    pub fn play(&mut self, now: Instant, profile: Arc<Profile>, from: Time, repeat: bool) {
        self.change(now, |player| {
            let place = Place { since: player.now, from: from.min(profile.length), length: profile.length, repeat };
            player.activity = Activity::Profile(Playing { profile, place, phase: Phase::Running(player.now) });
        });
    }

    /// Brings everything to nothing and keeps the place. A profile that is being played down is over.
    pub fn pause(&mut self, now: Instant, why: Pause) {
        self.change(now, |player| {
            if let Activity::Profile(playing) = &mut player.activity {
                playing.place = Place { from: playing.at(player.now), since: player.now, ..playing.place };
                playing.phase = Phase::Paused(why);
            }
        });
    }

    /// Goes on from the place, from nothing up.
    pub fn resume(&mut self, now: Instant) {
        self.change(now, |player| {
            if let Activity::Profile(playing) = &mut player.activity
                && playing.is_paused()
            {
                playing.place.since = player.now;
                playing.phase = Phase::Running(player.now);
            }
        });
    }

    /// Goes to another place: from nothing up while playing; while paused it stays paused.
    pub fn seek(&mut self, now: Instant, to: Time) {
        self.change(now, |player| {
            if let Activity::Profile(playing) = &mut player.activity {
                let from = to.min(playing.place.length);
                playing.place = Place { from, since: player.now, ..playing.place };
                if !playing.is_paused() {
                    playing.phase = Phase::Running(player.now);
                }
            }
        });
    }

    /// Lets the time since the last look count for nothing: nobody was there to play it.
    pub fn skip_time(&mut self, now: Instant) {
        self.epoch += now.saturating_duration_since(self.instant(self.now));
    }

    /// Lets everything rise from nothing again, at the same place: after the massager could not follow for a while.
    pub fn rise_again(&mut self, now: Instant) {
        self.change(now, |player| {
            if let Activity::Profile(playing) = &mut player.activity
                && let Phase::Running(since) = &mut playing.phase
            {
                *since = player.now;
            }
            player.lanes.iter_mut().for_each(Lane::fall);
        });
    }

    /// Goes past the manual step that is due now. Returns whether there was one.
    pub fn skip_step(&mut self, now: Instant) -> bool {
        self.catch_up(now);
        let to = self.playing().and_then(|(profile, at)| profile.step_at(at).map(|step| step.to));
        to.map(|to| self.seek(now, to)).is_some()
    }

    /// Takes an edited profile from now on, at the same place. What it raises rises no faster than the limit.
    pub fn replace(&mut self, now: Instant, profile: Arc<Profile>) {
        self.change(now, |player| {
            if let Activity::Profile(playing) = &mut player.activity {
                let from = playing.at(player.now).min(profile.length);
                playing.place = Place { from, since: player.now, length: profile.length, ..playing.place };
                playing.profile = profile;
            }
        });
    }

    /// Whether a profile starts again at its end.
    pub fn set_repeat(&mut self, now: Instant, repeat: bool) {
        self.change(now, |player| {
            if let Activity::Profile(playing) = &mut player.activity {
                playing.place = Place { from: playing.at(player.now), since: player.now, repeat, ..playing.place };
            }
        });
    }

    /// Sets a channel by hand. Returns whether it was done: it is not while a profile or a program is open, nor for a
    /// channel that the massager lacks.
    pub fn set_by_hand(&mut self, now: Instant, channel: Channel, intensity: Intensity) -> bool {
        self.catch_up(now);
        if !matches!(self.activity, Activity::Nothing | Activity::ByHand)
            || !self.lanes.iter().any(|lane| lane.channel == channel)
        {
            return false;
        }
        self.change(now, |player| {
            player.activity = Activity::ByHand;
            for lane in player.lanes.iter_mut().filter(|lane| lane.channel == channel) {
                lane.by_hand = intensity;
            }
            if player.lanes.iter().all(|lane| lane.by_hand.is_zero()) {
                player.activity = Activity::Nothing;
            }
        });
        true
    }

    /// Counts the session's time while one of the massager's own programs runs; no channel is driven meanwhile.
    pub fn run_program(&mut self, now: Instant, name: String) {
        self.change(now, |player| player.activity = Activity::Program { name, since: now });
    }

    /// Everything to nothing, at once; the session is over.
    pub fn stop(&mut self, now: Instant) {
        self.change(now, |player| {
            player.activity = Activity::Nothing;
            player.used = 0;
        });
        self.ended = None;
    }

    /// New limits, or another overall strength: lower ones hold at once, higher ones are risen to.
    pub fn set_rules(&mut self, now: Instant, rules: Rules) {
        self.change(now, |player| player.rules = rules);
    }

    /// New ceilings; a channel that is not named keeps its own.
    pub fn set_ceilings(&mut self, now: Instant, ceilings: &BTreeMap<Channel, Intensity>) {
        self.change(now, |player| {
            for lane in &mut player.lanes {
                lane.ceiling = ceilings.get(&lane.channel).copied().unwrap_or(lane.ceiling);
            }
        });
    }

    fn session_cap(&self) -> Duration {
        self.rules.limits.session.min(Limits::LONGEST_SESSION)
    }

    fn pace(&self) -> Pace {
        Pace { strength: self.rules.strength.max(Limits::LEAST_STRENGTH), rise: self.rules.limits.rise_per_second }
    }

    /// Does something at `now`, and lets every lane follow.
    fn change(&mut self, now: Instant, what: impl FnOnce(&mut Self)) {
        self.catch_up(now);
        what(self);
        self.touch();
    }

    fn touch(&mut self) {
        let (tick, pace) = (self.now, self.pace());
        if !matches!(self.activity, Activity::ByHand) {
            self.lanes.iter_mut().for_each(|lane| lane.by_hand = Intensity::ZERO);
        }
        for lane in &mut self.lanes {
            let aim = self.activity.aim(lane, self.rules.limits.soft_start);
            lane.touch(&aim, pace, tick);
        }
    }

    /// The next tick at which playing passes into something else.
    fn limit(&self) -> Tick {
        let end = match &self.activity {
            Activity::Profile(Playing { phase: Phase::Running(_), place, .. }) => place.end(),
            Activity::Profile(Playing { phase: Phase::Fading(since), .. }) => Some(since + ticks(FADE)),
            _ => None,
        };
        let over = self.is_running().then(|| self.now + ticks(self.session_cap()).saturating_sub(self.used));
        end.into_iter().chain(over).min().unwrap_or(Tick::MAX)
    }

    fn catch_up(&mut self, now: Instant) {
        let to = self.tick(now);
        loop {
            let limit = self.limit();
            self.go(limit.min(to));
            if limit > to {
                return;
            }
            self.pass();
        }
    }

    fn go(&mut self, to: Tick) {
        if to <= self.now {
            return;
        }
        let (from, pace) = (self.now, self.pace());
        if self.is_running() {
            self.used += to - from;
        }
        for lane in &mut self.lanes {
            let aim = self.activity.aim(lane, self.rules.limits.soft_start);
            lane.advance(&aim, pace, from, to);
        }
        self.now = to;
    }

    /// At a limit: the session's end, a profile's end, or the end of playing it down.
    fn pass(&mut self) {
        if self.is_running() && self.session_left().is_zero() {
            self.activity = Activity::Nothing;
            self.ended = Some(Ended::SessionOver);
        } else if let Activity::Profile(playing) = &mut self.activity {
            let moving = self.lanes.iter().any(|lane| !lane.wanted.is_zero());
            if matches!(playing.phase, Phase::Running(_)) && moving {
                playing.phase = Phase::Fading(self.now);
                self.lanes.iter_mut().for_each(|lane| lane.at_end = lane.wanted);
            } else {
                self.activity = Activity::Nothing;
                self.ended = Some(Ended::Finished);
            }
        }
        self.touch();
    }

    fn tick(&self, at: Instant) -> Tick {
        let nanos = at.saturating_duration_since(self.epoch).as_nanos();
        (nanos * u128::from(self.speed) / 1_000_000_000) as Tick
    }

    /// The first instant at which a tick is reached.
    fn instant(&self, tick: Tick) -> Instant {
        let nanos = (u128::from(tick) * 1_000_000_000).div_ceil(u128::from(self.speed));
        self.epoch + Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
    }
}

impl Playing {
    fn is_paused(&self) -> bool {
        matches!(self.phase, Phase::Paused(_))
    }

    fn at(&self, tick: Tick) -> Time {
        if self.is_paused() { self.place.from } else { self.place.at(tick) }
    }
}

impl Activity {
    fn aim(&self, lane: &Lane, soft_start: Duration) -> Aim<'_> {
        match self {
            Self::Nothing | Self::Program { .. } => Aim::Still(Intensity::ZERO),
            Self::ByHand => Aim::Still(lane.by_hand),
            Self::Profile(Playing { profile, place, phase }) => match *phase {
                Phase::Paused(_) => Aim::Still(Intensity::ZERO),
                Phase::Running(since) => {
                    Aim::Tracks { profile, channel: lane.channel, place: *place, soft: (since, ticks(soft_start)) }
                }
                Phase::Fading(since) => Aim::Fading { from: lane.at_end, since, over: ticks(FADE) },
            },
        }
    }
}

fn ticks(duration: Duration) -> Tick {
    duration.as_millis() as Tick
}
