//! States of the engine to look at.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use svang::bluetooth::MassagerId;
use svang::curve::{Curve, Point, Shape};
use svang::engine::{Activity, ChannelState, Connected, Link, Pause, State, Watched};
use svang::intensity::Intensity;
use svang::massager::built_in;
use svang::mode::{Channel, Mode};
use svang::profile::{Profile, Step};
use svang::time::Time;

fn track(points: impl IntoIterator<Item = (u32, u16)>) -> Curve {
    let points = points.into_iter().map(|(seconds, percent)| {
        Point::new(Shape::Smooth, Time::from_secs(seconds), Intensity::from_percent(percent))
    });
    Curve::new(points.collect()).unwrap()
}

fn step(from: u32, to: u32, text: &str) -> Step {
    Step { from: Time::from_secs(from), to: Time::from_secs(to), text: text.into(), spot: None }
}

/// Twelve minutes with all modes and four steps by hand.
pub fn morning_heel() -> Arc<Profile> {
    let waves = (0..6).flat_map(|wave| {
        let start = 90 + wave * 95;
        [(start, 5), (start + 17, 62), (start + 47, 62), (start + 66, 5)]
    });
    let tracks = [
        (
            Mode::Roller,
            track([
                (0, 0),
                (60, 28),
                (130, 44),
                (195, 58),
                (250, 90),
                (315, 62),
                (370, 40),
                (430, 52),
                (520, 80),
                (600, 60),
                (680, 20),
                (720, 0),
            ]),
        ),
        (
            Mode::Vibration,
            track([
                (0, 0),
                (80, 0),
                (150, 36),
                (210, 50),
                (270, 30),
                (335, 60),
                (400, 44),
                (470, 70),
                (560, 40),
                (640, 14),
                (720, 0),
            ]),
        ),
        (Mode::AirPressure, track([(0, 0)].into_iter().chain(waves).chain([(720, 0)]))),
        (Mode::Heat, track([(0, 0), (70, 58), (170, 78), (470, 78), (600, 40), (690, 0), (720, 0)])),
    ];
    Arc::new(Profile {
        name: "Morning heel".into(),
        length: Time::from_secs(720),
        tracks: tracks.into_iter().map(|(mode, curve)| (Channel::both(mode), curve)).collect(),
        steps: vec![
            step(0, 150, "Sit back and let the warmth come."),
            step(200, 340, "Roll slowly, heel to ball. Let the weight of the leg do the work."),
            step(340, 480, "Lean forward a little."),
            step(480, 700, "Change foot."),
        ],
        ..Profile::default()
    })
}

/// Roller and vibration alone.
pub fn arch_release() -> Arc<Profile> {
    let whole = morning_heel();
    let tracks =
        whole.tracks.iter().filter(|(channel, _)| channel.mode < Mode::AirPressure).map(|(c, t)| (*c, t.clone()));
    Arc::new(Profile {
        name: "Arch release".into(),
        length: whole.length,
        tracks: tracks.collect(),
        ..Profile::default()
    })
}

/// A massager with all four modes, as it is at a place in a profile under the strength.
pub fn massager(profile: Option<(&Profile, Time)>, strength: Intensity) -> Connected {
    let levels = [(Mode::Roller, 3, 70), (Mode::Vibration, 5, 80), (Mode::AirPressure, 3, 70), (Mode::Heat, 2, 80)];
    let channels = levels.map(|(mode, levels, ceiling)| {
        let (channel, ceiling) = (Channel::both(mode), Intensity::from_percent(ceiling));
        let wanted = profile.map_or(Intensity::ZERO, |(profile, at)| profile.intensity_at(channel, at));
        let (asked, wanted) = (wanted, wanted.scaled(strength).min(ceiling));
        let level = wanted.level(levels, ceiling);
        ChannelState {
            channel,
            levels,
            asked,
            wanted,
            wanted_level: level,
            confirmed_level: Some(level),
            sending_since: None,
            ceiling,
        }
    });
    Connected {
        id: MassagerId("AA:BB".into()),
        name: "Hjemro F3".into(),
        map: Arc::new(built_in().remove(0)),
        paired: Some(true),
        battery: Some(82),
        rssi: Some(-48),
        tried: true,
        watched: Watched::NotNeeded,
        channels: channels.into(),
    }
}

/// What was confirmed up to a place.
fn record(profile: &Profile, massager: &Connected, until: Time, strength: Intensity) -> Vec<(Time, Channel, u16)> {
    let mut record = Vec::new();
    for state in &massager.channels {
        let mut last = None;
        for second in 0..=until.as_millis() / 1000 {
            let at = Time::from_secs(second);
            let wanted = profile.intensity_at(state.channel, at).scaled(strength);
            let level = wanted.level(state.levels, state.ceiling);
            if last != Some(level) {
                record.push((at, state.channel, level));
                last = Some(level);
            }
        }
    }
    record.sort_by_key(|(at, ..)| *at);
    record
}

/// Nothing chosen, nothing connected.
pub fn at_rest(now: Instant) -> State {
    State { strength: Intensity::from_percent(70), ..State::new(now) }
}

/// Connected, and nothing plays.
pub fn connected(now: Instant) -> State {
    State { link: Link::Connected(massager(None, Intensity::FULL)), ..at_rest(now) }
}

/// A profile at 4:12.
pub fn playing(now: Instant, paused: Option<Pause>) -> State {
    let (profile, position, strength) = (morning_heel(), Time::from_secs(252), Intensity::from_percent(85));
    let massager = massager(Some((&profile, position)), strength);
    let record = Arc::new(record(&profile, &massager, position, strength));
    let ceilings = massager.channels.iter().map(|state| (state.channel.mode, state.ceiling));
    State {
        ceilings: BTreeMap::from_iter(ceilings),
        link: Link::Connected(massager),
        activity: Activity::Profile {
            profile,
            position,
            paused,
            repeat: false,
            speed: 1.0,
            record,
            past: Arc::default(),
        },
        strength,
        may_move: paused.is_none(),
        ..State::new(now)
    }
}

/// The same with the link lost eight seconds ago.
pub fn lost(now: Instant) -> State {
    let state = playing(now - Duration::from_secs(8), Some(Pause::LinkLost));
    let Link::Connected(was) = state.link else { unreachable!() };
    State { link: Link::Lost { was, since: now - Duration::from_secs(8) }, may_move: true, ..state }
}

/// Levels set by hand.
pub fn by_hand(now: Instant) -> State {
    let mut massager = massager(None, Intensity::FULL);
    for (channel, level) in massager.channels.iter_mut().zip([2, 1, 0, 1]) {
        (channel.wanted_level, channel.confirmed_level) = (level, Some(level));
        channel.wanted = Intensity::of_level(level, channel.levels);
    }
    State { link: Link::Connected(massager), activity: Activity::ByHand, may_move: true, ..at_rest(now) }
}

/// One of the massager's own programs.
pub fn program(now: Instant) -> State {
    let activity = Activity::Program { name: "Auto 2, deep".into(), since: now };
    State { activity, may_move: true, ..connected(now) }
}
