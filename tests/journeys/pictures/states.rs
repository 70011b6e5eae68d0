//! States of the engine, as scenes show them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use svang::bluetooth::{Adapter, MassagerId, RadioState};
use svang::engine::{Activity, ChannelState, Connected, Event, Found, Link, State, Watched};
use svang::intensity::Intensity;
use svang::massager::{Advertisement, LeftAlone, Recognition, Sign, Trust, built_in};
use svang::mode::{Channel, Foot, Mode};
use svang::ui::Message;

use crate::window::Window;

/// What the connected massager calls its own programs.
pub const PROGRAMS: [&str; 3] = ["Auto 1, relax", "Auto 2, deep", "Auto 3, warm"];

pub fn now() -> Instant {
    tokio::time::Instant::now().into_std()
}

pub fn radio() -> RadioState {
    RadioState::Ready(Adapter { id: "hci0".into(), name: "Built-in".into() })
}

pub fn found(name: &str, rssi: i16, recognition: Option<(bool, Trust, Vec<Sign>)>) -> Found {
    Found {
        id: MassagerId(name.into()),
        name: name.into(),
        rssi: Some(rssi),
        advertisement: Advertisement::default(),
        recognition: recognition
            .map(|(certain, trust, why)| (Recognition { map: "svang-reference".into(), certain, why }, trust)),
        known: false,
    }
}

pub fn name(pattern: &str) -> Sign {
    Sign::Name(pattern.to_owned())
}

fn service(service: &str) -> Sign {
    Sign::Service(service.to_owned())
}

fn simulated() -> Found {
    Found {
        id: MassagerId::simulated(),
        name: "Simulated massager".into(),
        rssi: None,
        advertisement: Advertisement::default(),
        recognition: None,
        known: false,
    }
}

/// A search with something of everything.
pub fn searching(start: Instant) -> State {
    let mut state = State::new(start);
    state.radio = radio();
    state.searching = Some(start);
    state.found = vec![
        found("Hjemro F3", -48, Some((true, Trust::Verified, vec![name("Hjemro F3"), service("FFE0")]))),
        found("FM-08_4C1D", -63, Some((true, Trust::Reported, vec![name("FM-08_…"), service("FFF0")]))),
        found("Sole Care S2", -74, Some((false, Trust::Untested, vec![service("FFF0")]))),
        found("BT05-9E", -79, None),
        found("Headphones", -66, None),
        simulated(),
    ];
    state
}

pub fn connected(start: Instant) -> State {
    let mut state = searching(start);
    let levels = [(Mode::Roller, 3, 2), (Mode::Vibration, 5, 1), (Mode::AirPressure, 3, 0), (Mode::Heat, 2, 1)];
    let channels = levels.map(|(mode, levels, wanted)| ChannelState {
        channel: Channel::both(mode),
        levels,
        asked: Intensity::of_level(wanted, levels),
        wanted: Intensity::of_level(wanted, levels),
        wanted_level: wanted,
        confirmed_level: Some(if mode == Mode::Heat { 0 } else { wanted }),
        sending_since: (mode == Mode::Heat).then_some(start),
        ceiling: Intensity::FULL,
    });
    let mut map = built_in().remove(0);
    map.name = "Hjemro F3".into();
    map.programs = PROGRAMS.map(str::to_owned).to_vec();
    state.link = Link::Connected(Connected {
        id: MassagerId("Hjemro F3".into()),
        name: "Hjemro F3".into(),
        map: Arc::new(map),
        paired: Some(true),
        battery: Some(82),
        rssi: Some(-48),
        tried: false,
        watched: Watched::NotNeeded,
        channels: channels.into(),
    });
    state.activity = Activity::ByHand;
    state.may_move = true;
    state
}

/// A massager with two feet, tried, and by hand: the rollers on their way up, the air different on each foot.
pub fn by_hand(start: Instant) -> State {
    let mut state = connected(start);
    state.searching = None;
    state.found.truncate(1);
    state.strength = Intensity::from_percent(65);
    let Link::Connected(connected) = &mut state.link else { return state };
    let channel = |mode, foot, levels, wanted, confirmed| ChannelState {
        channel: Channel::new(mode, foot),
        levels,
        asked: Intensity::of_level(wanted, levels),
        wanted: Intensity::of_level(wanted, levels),
        wanted_level: wanted,
        confirmed_level: Some(confirmed),
        sending_since: None,
        ceiling: Intensity::from_percent(80),
    };
    connected.channels = vec![
        channel(Mode::Roller, Foot::Left, 20, 0, 0),
        channel(Mode::Roller, Foot::Right, 20, 0, 0),
        channel(Mode::Vibration, Foot::Both, 20, 0, 0),
        channel(Mode::AirPressure, Foot::Left, 10, 4, 4),
        channel(Mode::AirPressure, Foot::Right, 10, 2, 2),
        channel(Mode::Heat, Foot::Both, 3, 0, 0),
    ];
    connected.tried = true;
    connected.watched = Watched::ByWatchdog;
    let map = Arc::make_mut(&mut connected.map);
    map.trust = Trust::Verified;
    map.left_alone = LeftAlone::StopsAfter(Duration::from_secs(3));
    state
}

/// Lets the window hear of a state.
pub async fn show(window: &mut Window, state: State) {
    window.update(Message::Engine(Event::State(Arc::new(state))));
    window.settle().await;
}
