//! One channel while playing: what it aims at, the limit on how fast it rises, and when its level changes next.
//!
//! Belongs here: [`Lane`] and [`Aim`], in ticks of one played millisecond. Instants, profiles' ends and sessions do not.

use crate::curve::{Curve, Shape};
use crate::intensity::Intensity;
use crate::mode::Channel;
use crate::profile::Profile;
use crate::time::Time;

/// Played milliseconds since the player was made.
pub(super) type Tick = u64;

/// How far a lane may step ahead when it looks for its next change: what a late look costs at most.
const LOOK_AHEAD: Tick = 2_000;

/// How much an intensity may rise at once. Curves come in steps of 0.1 %, rounded twice (curve, strength), so that the
/// steps of a curve that rises exactly as fast as allowed are up to 0.2 % out of time.
const SLACK: u32 = 2_000;

/// Millionths in a thousandth: the limiter counts finer than an [`Intensity`], so that any limit divides into ticks.
const FINE: u32 = 1_000;

/// Where a profile stands at a tick.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub since: Tick,
    pub from: Time,
    pub length: Time,
    pub repeat: bool,
}

impl Place {
    pub fn at(&self, tick: Tick) -> Time {
        let millis = u64::from(self.from.as_millis()) + tick.saturating_sub(self.since);
        let length = u64::from(self.length.as_millis());
        let inside = if self.repeat && length > 0 { millis % length } else { millis.min(length) };
        Time::from_millis(inside as u32)
    }

    /// When the end is reached; `None` when it starts again there.
    pub fn end(&self) -> Option<Tick> {
        let left = u64::from(self.length.as_millis().saturating_sub(self.from.as_millis()));
        (!self.repeat || self.length == Time::ZERO).then_some(self.since + left)
    }
}

/// What a lane aims at over time.
#[derive(Clone)]
pub(super) enum Aim<'a> {
    /// The same all the time: nothing, or what was set by hand.
    Still(Intensity),
    /// The profile's tracks, with the tick and length of the soft start.
    Tracks { profile: &'a Profile, channel: Channel, place: Place, soft: (Tick, Tick) },
    /// Down to nothing from what the lane did last.
    Fading { from: Intensity, since: Tick, over: Tick },
}

impl Aim<'_> {
    /// What is asked for, before strength, ceiling and soft start.
    pub fn asked(&self, tick: Tick) -> Intensity {
        match self {
            Self::Still(intensity) => *intensity,
            Self::Tracks { profile, channel, place, .. } => profile.intensity_at(*channel, place.at(tick)),
            Self::Fading { from, since, over } => {
                let left = (since + over).saturating_sub(tick).min(*over);
                part(*from, left, *over)
            }
        }
    }

    fn target(&self, tick: Tick, strength: Intensity, ceiling: Intensity) -> Intensity {
        let asked = self.asked(tick);
        match self {
            Self::Fading { .. } => asked.min(ceiling),
            Self::Still(_) => asked.scaled(strength).min(ceiling),
            Self::Tracks { soft: (since, over), .. } => {
                let risen = tick.saturating_sub(*since).min(*over);
                part(asked.scaled(strength).min(ceiling), risen, *over)
            }
        }
    }

    /// The last tick up to which the target surely never rises.
    fn falls_until(&self, tick: Tick) -> Tick {
        match self {
            Self::Still(_) | Self::Fading { .. } => Tick::MAX,
            Self::Tracks { soft: (since, over), .. } if tick < since + over => tick,
            Self::Tracks { profile, channel, place, .. } => {
                let here = place.at(tick);
                let turn = profile.driving(*channel).filter_map(|curve| turn(curve, here)).min();
                let last = (place.repeat && place.length > Time::ZERO)
                    .then(|| Time::from_millis(place.length.as_millis() - 1));
                match turn.into_iter().chain(last).min() {
                    Some(until) => tick + u64::from(until.as_millis().saturating_sub(here.as_millis())),
                    None => Tick::MAX,
                }
            }
        }
    }
}

/// `of / whole` of an intensity, rounded down; all of it where the whole is nothing.
fn part(intensity: Intensity, of: Tick, whole: Tick) -> Intensity {
    if whole == 0 {
        return intensity;
    }
    Intensity::from_per_mille((u64::from(intensity.per_mille()) * of / whole) as u16)
}

/// The last time from `from` on before a curve rises; `None` when it never does again.
fn turn(curve: &Curve, from: Time) -> Option<Time> {
    let points = curve.points();
    let next = points.partition_point(|point| point.at <= from).max(1);
    let rise = (next..points.len()).find(|&index| points[index].intensity > points[index - 1].intensity)?;
    Some(match points[rise].shape {
        Shape::Hold => Time::from_millis(points[rise].at.as_millis() - 1),
        Shape::Straight | Shape::Smooth | Shape::Bend(_) => points[rise - 1].at.max(from),
    })
}

/// The rules that all lanes share.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    pub strength: Intensity,
    /// The fastest rise a second.
    pub rise: Intensity,
}

/// One channel of the massager.
#[derive(Debug, Clone)]
pub(super) struct Lane {
    pub channel: Channel,
    pub levels: u16,
    pub ceiling: Intensity,
    pub by_hand: Intensity,
    /// What it did when the profile ended.
    pub at_end: Intensity,
    pub asked: Intensity,
    pub wanted: Intensity,
    /// How high the intensity may be now, in millionths: rises by the limit, and never stands more than the slack above
    /// what was aimed at.
    room: u32,
    /// Whether the room is as large as it gets: the lane follows its aim until that rises.
    settled: bool,
    /// The tick to look again at, as found last; forgotten by every change.
    look: Option<Tick>,
}

impl Lane {
    pub fn new(channel: Channel, levels: u16, ceiling: Intensity) -> Self {
        let zero = Intensity::ZERO;
        Self {
            channel,
            levels,
            ceiling,
            by_hand: zero,
            at_end: zero,
            asked: zero,
            wanted: zero,
            room: SLACK,
            settled: true,
            look: None,
        }
    }

    pub fn level(&self) -> u16 {
        self.wanted.level(self.levels, self.ceiling)
    }

    /// Down to nothing, to rise from there.
    pub fn fall(&mut self) {
        self.room = 0;
        self.settled = false;
    }

    /// Goes from one tick to a later one. Where the aim cannot rise it is one leap, else a step a tick.
    pub fn advance(&mut self, aim: &Aim<'_>, pace: Pace, from: Tick, to: Tick) {
        let mut tick = from;
        while tick < to {
            let quiet = if self.settled { aim.falls_until(tick).min(to) } else { tick };
            tick = if quiet > tick { quiet } else { tick + 1 };
            self.step(aim, pace, tick, pace.rise_per_tick());
        }
        self.asked = aim.asked(to);
        self.look = self.look.filter(|look| *look > to);
    }

    /// Follows a change of aim or rules at once where it goes down; what goes up waits for the next ticks.
    pub fn touch(&mut self, aim: &Aim<'_>, pace: Pace, tick: Tick) {
        self.step(aim, pace, tick, 0);
        self.asked = aim.asked(tick);
        self.look = None;
    }

    fn step(&mut self, aim: &Aim<'_>, pace: Pace, tick: Tick, rise: u32) {
        let target = aim.target(tick, pace.strength, self.ceiling);
        let full = u32::from(target.per_mille()) * FINE + SLACK;
        self.room = (self.room + rise).min(full);
        self.settled = self.room == full;
        self.wanted = target.min(Intensity::from_per_mille((self.room / FINE) as u16));
    }

    /// The next tick after `tick` and not after `limit` when the level differs, or, if that is far off and must be
    /// stepped towards, a tick before it to look again at. Nothing changes before the tick it names; without a change
    /// it is `limit`.
    pub fn look_again(&mut self, aim: &Aim<'_>, pace: Pace, tick: Tick, limit: Tick) -> Tick {
        match self.look {
            Some(look) => look.min(limit),
            None => {
                let look = self.next_change(aim, pace, tick, limit);
                self.look = Some(look);
                look
            }
        }
    }

    fn next_change(&self, aim: &Aim<'_>, pace: Pace, tick: Tick, limit: Tick) -> Tick {
        let level = self.level();
        let mut ahead = self.clone();
        let (mut now, mut steps) = (tick, 0);
        while now < limit {
            let quiet = if ahead.settled { aim.falls_until(now).min(limit) } else { now };
            if quiet > now {
                let at = |tick| aim.target(tick, pace.strength, self.ceiling).level(self.levels, self.ceiling);
                if at(quiet) != level {
                    return first_other(now, quiet, |tick| at(tick) == level);
                }
                now = quiet;
                ahead.step(aim, pace, now, pace.rise_per_tick());
                continue;
            }
            if steps == LOOK_AHEAD {
                return now;
            }
            (now, steps) = (now + 1, steps + 1);
            ahead.step(aim, pace, now, pace.rise_per_tick());
            if ahead.level() != level {
                return now;
            }
        }
        limit
    }
}

impl Pace {
    /// Millionths a tick: thousandths a second are the same number.
    fn rise_per_tick(self) -> u32 {
        u32::from(self.rise.per_mille())
    }
}

/// The first tick in `(same, other]` that is not as `same`, of a range that changes once.
fn first_other(mut same: Tick, mut other: Tick, as_same: impl Fn(Tick) -> bool) -> Tick {
    while other - same > 1 {
        let middle = same + (other - same) / 2;
        if as_same(middle) { same = middle } else { other = middle }
    }
    other
}
