//! What each screen looks like, light and dark, against the pictures that were looked at and found good.
//!
//! `tests/snapshots/screens` holds a hash per picture. Where one differs, the failure names a picture to look at; to
//! accept it, delete the hash and run again. With `PICTURES=1` in the environment every picture is written.

use std::fs;
use std::sync::Arc;
use std::time::{Duration, Instant};

use iced_test::core::keyboard::key::Named;
use iced_test::core::{Point, Size, theme};
use svang::bluetooth::{Adapter, Error, MassagerId, RadioState};
use svang::editor::recovery::{self, Origin};
use svang::engine::{Activity, ChannelState, Connected, Event, Found, Link, Notice, State, Watched, Weight};
use svang::intensity::Intensity;
use svang::massager::{Advertisement, Recognition, Trust, built_in};
use svang::mode::{Channel, Mode};
use svang::ui::Message;

use crate::bench::Bench;
use crate::window::Window;

const LARGE: Size = Size::new(1280.0, 800.0);
const SMALL: Size = Size::new(900.0, 640.0);

/// Every picture there is. A missing hash would be made and pass, so that they are there is a test of its own.
const PICTURES: &[&str] = &[
    "welcome",
    "profiles",
    "profile",
    "profiles-small",
    "massager-connected",
    "massager-small",
    "massager-search",
    "massager-trouble",
    "massager-program",
    "day-is-full",
    "day-is-full-low",
    "tiny",
    "massager-map",
    "settings",
    "editor",
    "editor-empty",
    "editor-small",
    "editor-busy",
    "editor-zoomed",
    "editor-recording",
    "editor-tools",
    "editor-tool",
    "editor-tool-small",
    "editor-table",
    "recovered",
    "recovered-small",
    "editor-profile",
    "editor-profile-small",
    "editor-help",
    "editor-help-small",
];

fn now() -> Instant {
    tokio::time::Instant::now().into_std()
}

fn radio() -> RadioState {
    RadioState::Ready(Adapter { id: "hci0".into(), name: "Built-in".into() })
}

fn found(name: &str, rssi: i16, recognition: Option<(bool, Trust, &str)>) -> Found {
    Found {
        id: MassagerId(name.into()),
        name: name.into(),
        rssi: Some(rssi),
        advertisement: Advertisement::default(),
        recognition: recognition.map(|(certain, trust, why)| {
            (Recognition { map: "svang-reference".into(), certain, why: why.into() }, trust)
        }),
        known: false,
    }
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
fn searching(start: Instant) -> State {
    let mut state = State::new(start);
    state.radio = radio();
    state.searching = Some(start);
    state.found = vec![
        found("Hjemro F3", -48, Some((true, Trust::Verified, "known by its name and its service FFE0"))),
        found("FM-08_4C1D", -63, Some((true, Trust::Reported, "name fits “FM-08_…”, service FFF0"))),
        found("Sole Care S2", -74, Some((false, Trust::Untested, "only the service FFF0 fits"))),
        found("BT05-9E", -79, None),
        found("Headphones", -66, None),
        simulated(),
    ];
    state
}

fn connected(start: Instant) -> State {
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
    map.programs = vec!["Auto 1, relax".into(), "Auto 2, deep".into(), "Auto 3, warm".into()];
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

async fn looks_as_before(window: &mut Window, name: &str) {
    assert!(PICTURES.contains(&name), "{name} is not listed");
    for (mode, suffix) in [(theme::Mode::Light, "light"), (theme::Mode::Dark, "dark")] {
        window.update(Message::SystemTheme(mode));
        window.picture(&format!("{name}-{suffix}")).await.unwrap();
    }
}

async fn show(window: &mut Window, state: State) {
    window.update(Message::Engine(Event::State(Arc::new(state))));
    window.settle().await;
}

#[tokio::test(start_paused = true)]
async fn the_welcome_looks_as_before() {
    let (mut window, _orders) = Bench::new().window_alone(true, LARGE).await;
    looks_as_before(&mut window, "welcome").await;
}

#[tokio::test(start_paused = true)]
async fn profiles_look_as_before() {
    // No broken file here: the lines of a file are shown in the system's own font, which differs.
    let bench = Bench::new();
    let (mut window, _orders) = bench.window_alone(false, LARGE).await;
    show(&mut window, connected(now())).await;
    window.click_id("more").await;
    looks_as_before(&mut window, "profiles").await;
    window.click("Look closer").await;
    looks_as_before(&mut window, "profile").await;
    window.resize(SMALL).await;
    window.control('1').await;
    window.click("Profiles").await;
    looks_as_before(&mut window, "profiles-small").await;
}

#[tokio::test(start_paused = true)]
async fn the_massager_looks_as_before() {
    let start = now();
    let (mut window, _orders) = Bench::new().window_alone(false, LARGE).await;
    window.control('2').await;
    show(&mut window, connected(start)).await;
    looks_as_before(&mut window, "massager-connected").await;
    window.resize(SMALL).await;
    looks_as_before(&mut window, "massager-small").await;
    window.resize(LARGE).await;
    show(&mut window, searching(start)).await;
    window.wait(Duration::from_secs(12)).await;
    window.click("Show").await;
    looks_as_before(&mut window, "massager-search").await;
}

#[tokio::test(start_paused = true)]
async fn trouble_and_questions_look_as_before() {
    let (mut window, _orders) = Bench::new().window_alone(false, SMALL).await;
    window.control('2').await;
    let mut state = State::new(now());
    state.radio = RadioState::Unavailable(Error::NoService);
    show(&mut window, state).await;
    looks_as_before(&mut window, "massager-trouble").await;
    show(&mut window, searching(now())).await;
    let places = window.places("Connect");
    window.click_at(places[2].center()).await;
    looks_as_before(&mut window, "massager-map").await;
}

#[tokio::test(start_paused = true)]
async fn a_running_program_and_a_full_day_look_as_before() {
    let (mut window, _orders) = Bench::new().window_alone(false, LARGE).await;
    window.control('2').await;
    let mut state = connected(now());
    state.activity = Activity::Program { name: "Auto 2, deep".into(), since: now() };
    if let Link::Connected(massager) = &mut state.link {
        massager.tried = true;
        massager.watched = Watched::ByNobody("the program's own file is gone".into());
    }
    show(&mut window, state).await;
    looks_as_before(&mut window, "massager-program").await;
    let mut state = connected(now());
    (state.activity, state.may_move) = (Activity::Nothing, false);
    (state.massaged_today, state.day_is_full) = (Duration::from_secs(1800), true);
    show(&mut window, state).await;
    window.control('1').await;
    window.click("Play").await;
    looks_as_before(&mut window, "day-is-full").await;
    window.resize(Size::new(900.0, 540.0)).await;
    looks_as_before(&mut window, "day-is-full-low").await;
    window.press(Named::Escape).await;
    window.resize(Size::new(480.0, 320.0)).await;
    looks_as_before(&mut window, "tiny").await;
}

#[tokio::test(start_paused = true)]
async fn settings_look_as_before() {
    // So small that no path of this machine is seen.
    let (mut window, _orders) = Bench::new().window_alone(false, SMALL).await;
    window.control('3').await;
    window.update(Message::Engine(Event::Notice(Notice { weight: Weight::Info, text: "The battery is low.".into() })));
    let danger = "It could not be confirmed that the massager stopped. Press its power button.";
    window.update(Message::Engine(Event::Notice(Notice { weight: Weight::Danger, text: danger.into() })));
    looks_as_before(&mut window, "settings").await;
}

#[tokio::test(start_paused = true)]
async fn the_editor_looks_as_before() {
    let (mut window, _orders) = Bench::new().window_alone(false, LARGE).await;
    window.click("New profile").await;
    looks_as_before(&mut window, "editor-empty").await;
    window.click("Profiles").await;
    window.click("Discard").await;
    show(&mut window, connected(now())).await;
    window.control('f').await;
    window.type_text("daily routine").await;
    window.click_id("more").await;
    window.click("Edit a copy").await;
    // Lifted steeply, far above where it was.
    let at = Point::new(480.0, 200.0);
    window.double_click(at).await;
    window.grab(at, Point::new(494.0, 166.0)).await;
    looks_as_before(&mut window, "editor").await;
    window.let_go().await;
    window.resize(SMALL).await;
    looks_as_before(&mut window, "editor-small").await;
}

#[tokio::test(start_paused = true)]
async fn a_busy_editor_looks_as_before() {
    let bench = Bench::new();
    fs::create_dir_all(bench.folders.profiles()).unwrap();
    fs::copy("tests/fixtures/profiles/busy.ron", bench.folders.profiles().join("busy.ron")).unwrap();
    let (mut window, _orders) = bench.window_alone(false, LARGE).await;
    window.control('f').await;
    window.type_text("a busy one").await;
    window.click_id("more").await;
    window.click("Edit").await;
    window.see("Safety check").await;
    // Only now, since reading the file takes some time or none, and the player bar shows what is left of it.
    let mut state = connected(now());
    state.ceilings.insert(Mode::AirPressure, Intensity::from_percent(60));
    show(&mut window, state).await;
    window.click("Air pressure").await;
    looks_as_before(&mut window, "editor-busy").await;
    // Zoomed in on a stretch of the vibration, with the heat folded away.
    window.click("Heat").await;
    let lanes = Point::new(500.0, 450.0);
    window.click_at(lanes).await;
    window.type_text("f").await;
    window.click_at(Point::new(500.0, 320.0)).await;
    window.type_text("+++").await;
    window.press(Named::Tab).await;
    window.press(Named::Tab).await;
    looks_as_before(&mut window, "editor-zoomed").await;
    window.resize(SMALL).await;
    window.click("Roller").await;
    window.click_id("record").await;
    window.click("Record from 0:00").await;
    window.wait(Duration::from_secs(4)).await;
    for _ in 0..10 {
        window.press(Named::ArrowUp).await;
    }
    window.wait(Duration::from_secs(40)).await;
    looks_as_before(&mut window, "editor-recording").await;
}

#[tokio::test(start_paused = true)]
async fn the_tools_look_as_before() {
    let (mut window, _orders) = Bench::new().window_alone(false, LARGE).await;
    window.control('f').await;
    window.type_text("daily routine").await;
    window.click_id("more").await;
    window.click("Edit a copy").await;
    window.click("Table").await;
    looks_as_before(&mut window, "editor-table").await;
    window.click("Tools").await;
    looks_as_before(&mut window, "editor-tools").await;
    // A form with a ghost of what it would write, from the playhead on.
    window.click_at(Point::new(470.0, 120.0)).await;
    window.click("Inflate").await;
    looks_as_before(&mut window, "editor-tool").await;
    window.resize(SMALL).await;
    window.click_at(Point::new(320.0, 240.0)).await;
    window.type_text("t").await;
    window.click("Pulse").await;
    looks_as_before(&mut window, "editor-tool-small").await;
}

#[tokio::test(start_paused = true)]
async fn the_offer_of_kept_work_looks_as_before() {
    let bench = Bench::new();
    let folder = bench.folders.recovery();
    fs::create_dir_all(&folder).unwrap();
    let heel =
        "Profile(version: 1, name: \"Morning heel\", length: \"6:00\", tracks: {Roller: [Straight(\"0:00\", 20)]})";
    // The day is long ago, so that it is never today.
    let copy = |file| {
        let origin = Origin { file, base: None, written: "2025-11-02 14:39".to_owned() };
        recovery::write(&origin, heel)
    };
    fs::write(folder.join("one.ron"), copy(None)).unwrap();
    let (mut window, _orders) = bench.window_alone(false, LARGE).await;
    window.see("Morning heel").await;
    looks_as_before(&mut window, "recovered").await;
    drop(window);
    // The longest: its file changed, and another waits behind it.
    fs::create_dir_all(bench.folders.profiles()).unwrap();
    fs::write(bench.folders.profiles().join("heel.ron"), heel.replace("20", "30")).unwrap();
    for name in ["one.ron", "two.ron"] {
        fs::write(folder.join(name), copy(Some("heel".to_owned()))).unwrap();
    }
    let (mut window, _orders) = bench.window_alone(false, SMALL).await;
    window.see("one more profile").await;
    looks_as_before(&mut window, "recovered-small").await;
}

#[tokio::test(start_paused = true)]
async fn the_editors_page_of_the_whole_profile_looks_as_before() {
    let (mut window, _orders) = Bench::new().window_alone(false, LARGE).await;
    window.control('f').await;
    window.type_text("foot by foot").await;
    window.click_id("more").await;
    window.click("Edit a copy").await;
    window.click("Profile").await;
    looks_as_before(&mut window, "editor-profile").await;
    window.resize(SMALL).await;
    window.click("Details").await;
    looks_as_before(&mut window, "editor-profile-small").await;
}

#[tokio::test(start_paused = true)]
async fn the_help_sheet_looks_as_before() {
    let (mut window, _orders) = Bench::new().window_alone(false, LARGE).await;
    window.click("New profile").await;
    window.type_text("?").await;
    looks_as_before(&mut window, "editor-help").await;
    window.resize(SMALL).await;
    looks_as_before(&mut window, "editor-help-small").await;
}

#[test]
fn every_picture_is_kept() {
    for name in PICTURES {
        for suffix in ["light", "dark"] {
            let hash = format!("tests/snapshots/screens/{name}-{suffix}-tiny-skia.sha256");
            assert!(fs::exists(&hash).unwrap(), "{hash} is missing: look at the picture, then commit its hash");
        }
    }
}
