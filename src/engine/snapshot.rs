//! When a new state is told, and what stands in it.
//!
//! Belongs here: [`Showing`], and making a [`State`] from what the engine holds. Nothing is decided here.

use std::time::{Duration, Instant};

use super::Event;
use super::live::Live;
use super::session::{Phase, Session};
use super::state::{Activity, ChannelState, Connected, Found, Link, State};
use super::task::Engine;
use crate::bluetooth::MassagerId;
use crate::care::Limits;
use crate::intensity::Intensity;
use crate::massager::{Advertisement, Recognition, Sign};
use crate::mode::{Channel, Mode};

/// The least time between two states when levels change.
const SOON: Duration = Duration::from_millis(50);

/// The least time between two states when only what is in reach changes.
const SLOWLY: Duration = Duration::from_millis(500);

/// Keeps the states few: none without a change, and many changes in one.
#[derive(Debug)]
pub(super) struct Showing {
    /// When the last was told.
    last: Instant,
    /// How long after it the next may be.
    after: Option<Duration>,
    /// Wanted and confirmed levels as they were told last.
    levels: Vec<(Channel, u16, Option<u16>, bool)>,
    moving: bool,
}

impl Showing {
    pub fn new(now: Instant) -> Self {
        Self { last: now, after: Some(Duration::ZERO), levels: Vec::new(), moving: false }
    }

    fn within(&mut self, after: Duration) {
        self.after = Some(self.after.map_or(after, |before| before.min(after)));
    }

    /// Something changed that the person must see at once.
    pub fn now(&mut self) {
        self.within(Duration::ZERO);
    }

    /// Something changed.
    pub fn soon(&mut self) {
        self.within(SOON);
    }

    /// Something changed that changes all the time.
    pub fn slowly(&mut self) {
        self.within(SLOWLY);
    }

    pub fn due(&self) -> Option<Instant> {
        self.after.map(|after| self.last + after)
    }
}

impl Engine {
    /// Tells a new state if something changed and the time has come.
    pub fn show(&mut self, now: Instant) {
        let levels = self.levels();
        if levels != self.showing.levels {
            self.showing.levels = levels;
            self.showing.soon();
        }
        let moving = self.is_moving();
        if moving != self.showing.moving {
            self.showing.moving = moving;
            self.showing.now();
        }
        if self.showing.due().is_some_and(|due| due <= now) {
            self.showing.last = now;
            self.showing.after = None;
            self.tell.send(Event::State(self.state(now).into()));
        }
    }

    fn levels(&self) -> Vec<(Channel, u16, Option<u16>, bool)> {
        let Some(live) = self.live() else { return Vec::new() };
        let level = |output: crate::player::Output| {
            let (confirmed, since) = live.writer.confirmed(output.channel);
            (output.channel, output.level, confirmed, since.is_some())
        };
        self.player.outputs().map(level).collect()
    }

    fn state(&self, now: Instant) -> State {
        State {
            radio: self.radio.clone(),
            adapters: self.adapters.clone(),
            searching: self.searching,
            found: self.found(),
            link: self.link(),
            aside: self
                .others
                .iter()
                .filter(|other| other.ending.is_none())
                .filter_map(|other| self.still(other))
                .collect(),
            bond_lost: self.bond_lost.clone(),
            activity: self.activity(),
            strength: self.strength,
            ceilings: self.ceilings.clone(),
            limits: self.limits,
            massaged_today: self.massaged_today,
            gates: self.gates.clone(),
            day_is_full: self.day_is_full(),
            session_left: self.player.session_left(),
            at: now,
            may_move: self.is_moving(),
            stop_unconfirmed: self.stop_unconfirmed(),
            trace: self.tracer.path(),
        }
    }

    fn found(&self) -> Vec<Found> {
        let mut found: Vec<Found> = self
            .sightings
            .iter()
            .map(|(id, sighting)| Found {
                id: id.clone(),
                name: self.name_of(id),
                rssi: sighting.rssi,
                advertisement: sighting.advertisement.clone(),
                recognition: sighting.recognition.clone(),
                known: self.remembered.contains_key(id),
            })
            .collect();
        // A connected massager may no longer advertise, and is in reach all the same.
        for session in self.sessions().filter(|session| session.live().is_some()) {
            if !self.sightings.contains_key(&session.id) {
                let why = vec![Sign::Before];
                let recognition = Recognition { map: session.map.id.clone(), certain: true, why };
                found.push(Found {
                    id: session.id.clone(),
                    name: session.name.clone(),
                    rssi: None,
                    advertisement: Advertisement::default(),
                    recognition: Some((recognition, session.map.trust)),
                    known: true,
                });
            }
        }
        found.sort_by_key(|found| (found.id.is_simulated(), std::cmp::Reverse(found.rssi)));
        found
    }

    pub fn name_of(&self, id: &MassagerId) -> String {
        let said = self.sightings.get(id).and_then(|sighting| sighting.advertisement.name.clone());
        let known = || self.remembered.get(id).map(|remembered| remembered.name.clone());
        said.or_else(known)
            .unwrap_or_else(|| if id.is_simulated() { "Simulated massager".to_owned() } else { id.to_string() })
    }

    fn link(&self) -> Link {
        let Some(session) = &self.in_use else { return Link::None };
        match &session.phase {
            Phase::Live(_) => self.connected(session).map_or(Link::None, Link::Connected),
            Phase::Lost(lost) => Link::Lost { was: lost.was.clone(), since: lost.since },
            Phase::Connecting(connecting) => Link::Connecting {
                id: connecting.id.clone(),
                name: connecting.name.clone(),
                attempt: connecting.attempt,
                since: connecting.since,
                doing: connecting.doing.clone(),
            },
        }
    }

    /// A connected massager in use as it is now.
    pub fn connected(&self, session: &Session) -> Option<Connected> {
        let live = session.live()?;
        let channel = |output: crate::player::Output| {
            let (confirmed_level, sending_since) = live.writer.confirmed(output.channel);
            ChannelState {
                channel: output.channel,
                levels: output.levels,
                asked: output.asked,
                wanted: output.wanted,
                wanted_level: output.level,
                confirmed_level,
                sending_since,
                ceiling: output.ceiling,
            }
        };
        self.as_connected(session, self.player.outputs().map(channel).collect())
    }

    /// A connected massager that is not in use.
    fn still(&self, session: &Session) -> Option<Connected> {
        let live = session.live()?;
        let channel = |&(channel, levels): &(Channel, u16)| ChannelState {
            channel,
            levels,
            asked: Intensity::ZERO,
            wanted: Intensity::ZERO,
            wanted_level: 0,
            confirmed_level: live.writer.confirmed(channel).0,
            sending_since: None,
            ceiling: Intensity::ZERO,
        };
        self.as_connected(session, session.map.channels.iter().map(channel).collect())
    }

    fn as_connected(&self, session: &Session, channels: Vec<ChannelState>) -> Option<Connected> {
        let live = session.live()?;
        Some(Connected {
            id: session.id.clone(),
            name: session.name.clone(),
            map: session.map.clone(),
            paired: live.paired,
            battery: live.battery,
            rssi: self.sightings.get(&session.id).and_then(|sighting| sighting.rssi),
            tried: self.is_tried(session),
            watched: live.watched(),
            channels,
        })
    }

    /// Notes where the profile is, and how strongly it plays.
    pub fn note_past(&mut self, now: Instant) {
        let Some((profile, at)) = self.player.playing() else { return };
        let speed = if self.clock_is_real() { 1.0 } else { self.speed };
        let (length, modes) = (profile.length, profile.modes());
        let ceilings = modes.into_iter().map(|mode| (mode, self.ceiling(mode))).collect();
        self.past.note(now, at, (speed, length), (self.strength, ceilings));
    }

    fn activity(&self) -> Activity {
        if let Some((name, since)) = self.player.program() {
            return Activity::Program { name: name.to_owned(), since };
        }
        if let Some((profile, position)) = self.player.playing() {
            return Activity::Profile {
                profile: profile.clone(),
                position,
                paused: self.player.paused(),
                repeat: self.player.repeats(),
                speed: if self.clock_is_real() { 1.0 } else { self.speed },
                record: self.record.clone(),
                past: self.past.stretches.clone(),
            };
        }
        if self.player.is_open() { Activity::ByHand } else { Activity::Nothing }
    }

    /// The most each of the player's channels may reach.
    pub fn ceiling(&self, mode: Mode) -> Intensity {
        let own = self.ceilings.get(&mode).copied().unwrap_or(Intensity::FULL).min(self.gates.ceiling(mode));
        let own = if self.is_first_use() { own.min(Limits::FIRST_TIME_CEILING) } else { own };
        let trusted = |session: &Session| self.is_tried(session) && !session.live().is_some_and(Live::is_unguarded);
        if self.in_use.as_ref().is_none_or(trusted) { own } else { own.min(Limits::FIRST_TIME_CEILING) }
    }
}
