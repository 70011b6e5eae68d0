//! Stop is nobody's decision: on every screen, in every dialog, with whatever the pointer holds or the keyboard types,
//! and whatever plays, Esc, the red button and the way out give the order to stop before any other.

use std::sync::Arc;

use iced_test::core::keyboard::Modifiers;
use iced_test::core::keyboard::key::Named;
use iced_test::core::{Point, Size};
use svang::engine::{
    Activity, ChannelState, Command, Connected, Event, Link, Pairing, PairingQuestion, Pause, State, Watched,
};
use svang::intensity::Intensity;
use svang::massager::built_in;
use svang::mode::{Channel, Mode};
use svang::profile::Profile;
use svang::time::Time;
use svang::ui::Message;
use tokio::sync::mpsc;

use crate::bench::Bench;
use crate::window::Window;
use crate::{LARGE, SMALL};

/// What can be in the way of a stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Surface {
    Welcome,
    Profiles,
    Menu,
    SearchField,
    Detail,
    Massager,
    SliderHeld,
    StrengthHeld,
    Settings,
    NowPlaying,
    NotesField,
    Rename,
    Forget,
    RestOnly,
    DayIsFull,
    Instead,
    PairingField,
    PairingNumber,
    PairingKeyboard,
    Firmware,
    Leave,
    EditorLanes,
    EditorHelp,
    EditorField,
    PointHeld,
    BoxHeld,
    DrawHeld,
    ToolOpen,
    ToolTyped,
    Recording,
    RecordingAlong,
}

use Surface::*;

const SURFACES: [Surface; 31] = [
    Welcome,
    Profiles,
    Menu,
    SearchField,
    Detail,
    Massager,
    SliderHeld,
    StrengthHeld,
    Settings,
    NowPlaying,
    NotesField,
    Rename,
    Forget,
    RestOnly,
    DayIsFull,
    Instead,
    PairingField,
    PairingNumber,
    PairingKeyboard,
    Firmware,
    Leave,
    EditorLanes,
    EditorHelp,
    EditorField,
    PointHeld,
    BoxHeld,
    DrawHeld,
    ToolOpen,
    ToolTyped,
    Recording,
    RecordingAlong,
];

/// What plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plays {
    Nothing,
    Curve,
    SilentPassage,
    Program,
    ByHand,
    Paused,
    PausedByTheDay,
    Connecting,
    LostLink,
}

const PLAYS: [Plays; 9] = [
    Plays::Nothing,
    Plays::Curve,
    Plays::SilentPassage,
    Plays::Program,
    Plays::ByHand,
    Plays::Paused,
    Plays::PausedByTheDay,
    Plays::Connecting,
    Plays::LostLink,
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Escape,
    Button,
    Close,
}

/// A massager with rollers, vibration and heat.
pub fn massager() -> Connected {
    let channels = [(Mode::Roller, 20), (Mode::Vibration, 10), (Mode::Heat, 3)].map(|(mode, levels)| ChannelState {
        channel: Channel::both(mode),
        levels,
        asked: Intensity::ZERO,
        wanted: Intensity::ZERO,
        wanted_level: 0,
        confirmed_level: Some(0),
        sending_since: None,
        ceiling: Intensity::FULL,
    });
    let mut map = built_in().remove(0);
    map.programs = vec!["Auto 1".into()];
    Connected {
        id: svang::bluetooth::MassagerId("AA:BB".into()),
        name: "Sole Care S2".into(),
        map: Arc::new(map),
        paired: Some(true),
        battery: None,
        rssi: None,
        tried: true,
        watched: Watched::ByWatchdog,
        channels: channels.into(),
    }
}

pub fn state(plays: Plays) -> State {
    let now = tokio::time::Instant::now().into_std();
    let text = "Profile(version: 1, name: \"Late\", length: \"2:00\", tracks: {Roller: [Straight(\"0:00\", 0), \
                Straight(\"0:40\", 0), Straight(\"0:50\", 70), Straight(\"2:00\", 0)]})";
    let profile = Arc::new(Profile::read(text).unwrap());
    let at = |seconds, paused| Activity::Profile {
        profile: profile.clone(),
        position: Time::from_secs(seconds),
        paused,
        repeat: false,
        speed: 1.0,
        record: Arc::default(),
        past: Arc::default(),
    };
    let (activity, may_move) = match plays {
        Plays::Nothing | Plays::Connecting => (Activity::Nothing, false),
        Plays::Curve => (at(55, None), true),
        Plays::SilentPassage => (at(3, None), false),
        Plays::Program => (Activity::Program { name: "Auto 1".into(), since: now }, true),
        Plays::ByHand => (Activity::ByHand, true),
        Plays::Paused => (at(55, Some(Pause::Asked)), false),
        Plays::PausedByTheDay => (at(55, Some(Pause::DayIsFull)), false),
        Plays::LostLink => (at(55, Some(Pause::LinkLost)), true),
    };
    let link = match plays {
        Plays::Connecting => Link::Connecting {
            id: massager().id,
            name: massager().name,
            attempt: 1,
            since: now,
            doing: svang::engine::Doing::Connecting,
        },
        Plays::LostLink => Link::Lost { was: massager(), since: now },
        _ => Link::Connected(massager()),
    };
    State { link, activity, may_move, day_is_full: plays == Plays::PausedByTheDay, ..State::new(now) }
}

async fn show(window: &mut Window, state: State) {
    window.update(Message::Engine(Event::State(Arc::new(state))));
    window.settle().await;
}

async fn asked_while_pairing(window: &mut Window, question: PairingQuestion) {
    let pairing = Pairing { question, answer: Arc::default() };
    window.update(Message::Engine(Event::Pairing(pairing)));
    window.settle().await;
}

/// Plays a profile that the massager can play whole.
async fn roller_only(window: &mut Window) {
    window.control('f').await;
    window.type_text("slow rollers").await;
    window.click("Play").await;
}

/// The editor on a copy of a ready-made profile, with one point more than it had.
async fn editor(window: &mut Window) {
    window.control('f').await;
    window.type_text("slow rollers").await;
    window.click_id("more").await;
    window.click("Edit a copy").await;
    window.see("Slow rollers (copy)").await;
    window.double_click(Point::new(480.0, 200.0)).await;
}

/// Brings something in the way of a stop.
pub async fn open(surface: Surface, window: &mut Window) {
    match surface {
        Welcome | Profiles => {}
        Menu => window.click_id("more").await,
        SearchField => {
            window.control('f').await;
            window.type_text("heel").await;
        }
        Detail => {
            window.click_id("more").await;
            window.click("Look closer").await;
        }
        Massager => window.control('2').await,
        SliderHeld => {
            window.control('2').await;
            let name = window.place("Roller").unwrap();
            let at = |part: f32| Point::new(name.x + 170.0 + part * 200.0, name.center_y());
            window.grab(at(0.2), at(0.5)).await;
        }
        StrengthHeld => {
            let stop = window.place("Stop").unwrap();
            let at = |part: f32| Point::new(stop.x - 260.0 + part * 100.0, stop.center_y() + 14.0);
            window.grab(at(0.2), at(0.8)).await;
        }
        Settings => window.control('3').await,
        NowPlaying => {
            roller_only(window).await;
            window.see("Nothing plays").await;
        }
        NotesField => {
            window.click_id("more").await;
            window.click("Look closer").await;
            window.click("Notes and stars").await;
            window.type_text("after a run").await;
        }
        Rename => {
            window.click_id("more").await;
            window.click("Duplicate").await;
            window.see("is yours now").await;
            window.click("Own").await;
            window.click_id("more").await;
            window.click("Look closer").await;
            window.click("Rename").await;
            window.see("Rename").await;
            window.type_text("Mine").await;
        }
        Forget => {
            window.control('2').await;
            window.click("Forget").await;
            window.see("Forget Sole Care S2?").await;
        }
        RestOnly => {
            window.control('f').await;
            window.type_text("after activity").await;
            window.click("Play").await;
            window.see("Play the rest").await;
        }
        DayIsFull => {
            let full = State { day_is_full: true, ..state(Plays::Nothing) };
            show(window, full).await;
            roller_only(window).await;
            window.see("Go on all the same?").await;
        }
        Instead => {
            show(window, state(Plays::Curve)).await;
            window.control('f').await;
            window.type_text("arch and calf").await;
            window.click("Begin").await;
            window.see("Play this instead?").await;
        }
        PairingField => {
            asked_while_pairing(window, PairingQuestion::PasskeyEntry).await;
            window.type_text("12").await;
        }
        PairingNumber => asked_while_pairing(window, PairingQuestion::NumericComparison(4711)).await,
        PairingKeyboard => asked_while_pairing(window, PairingQuestion::OffersKeyboard).await,
        Firmware => {
            let map = Arc::new(built_in().remove(0));
            window.update(Message::Engine(Event::AsksFirst(massager().id, map)));
            window.settle().await;
        }
        Leave => {
            editor(window).await;
            window.click("Profiles").await;
            window.see("Save your changes first?").await;
        }
        EditorLanes => editor(window).await,
        EditorHelp => {
            editor(window).await;
            window.type_text("?").await;
        }
        EditorField => {
            editor(window).await;
            window.click_at(Point::new(320.0, 25.0)).await;
            window.type_text("x").await;
        }
        PointHeld => {
            editor(window).await;
            window.grab(Point::new(480.0, 200.0), Point::new(500.0, 180.0)).await;
        }
        BoxHeld => {
            editor(window).await;
            window.grab(Point::new(300.0, 170.0), Point::new(900.0, 330.0)).await;
        }
        DrawHeld => {
            editor(window).await;
            window.type_text("d").await;
            window.grab(Point::new(500.0, 220.0), Point::new(600.0, 200.0)).await;
        }
        ToolOpen | ToolTyped => {
            editor(window).await;
            window.type_text("t").await;
            window.click("Scale").await;
            if surface == ToolTyped {
                window.type_text("5").await;
            }
        }
        Recording => {
            editor(window).await;
            window.click("Record").await;
            window.click("Record from").await;
        }
        RecordingAlong => {
            editor(window).await;
            window.click("Record").await;
            window.click("Record and feel it").await;
        }
    }
}

/// What can be seen once a surface is there.
fn sign(surface: Surface) -> &'static str {
    match surface {
        Welcome => "Welcome to Svang",
        Profiles | SearchField | StrengthHeld => "Import",
        Menu => "Look closer",
        Detail => "Your stars",
        Massager | SliderHeld => "By hand",
        Settings => "Longest session",
        NowPlaying => "Nothing plays",
        NotesField => "Your notes",
        Rename => "Cancel",
        Forget => "Forget Sole Care S2?",
        RestOnly => "Play the rest",
        DayIsFull => "Go on all the same?",
        Instead => "Play this instead?",
        PairingField => "Which number does the massager show?",
        PairingNumber => "004 711",
        PairingKeyboard => "Pair all the same",
        Firmware => "Connect all the same",
        Leave => "Save your changes first?",
        EditorLanes => "Undo: add point",
        EditorHelp => "Stop everything",
        EditorField => "Undo: rename",
        PointHeld => "Undo: move point",
        BoxHeld => "points chosen",
        DrawHeld => "Undo: draw",
        ToolOpen | ToolTyped => "Apply",
        Recording | RecordingAlong => "Finish",
    }
}

/// The next order, past what was ordered before.
async fn ordered(
    window: &mut Window,
    orders: &mut mpsc::UnboundedReceiver<Command>,
    way: Way,
) -> Result<Command, mpsc::error::TryRecvError> {
    let stop = window.id_place("stop").expect("Stop can be seen");
    if way == Way::Button {
        window.point(stop.center()).await;
    }
    while orders.try_recv().is_ok() {}
    match way {
        Way::Escape => window.press(Named::Escape).await,
        Way::Button => window.hold_down().await,
        Way::Close => window.close().await,
    }
    orders.try_recv()
}

async fn stops(surface: Surface, plays: Plays, way: Way) {
    let bench = Bench::new();
    let (mut window, mut orders) = bench.window_alone(surface == Welcome, LARGE).await;
    show(&mut window, state(Plays::Nothing)).await;
    open(surface, &mut window).await;
    assert!(window.shows(sign(surface)), "{surface:?}: {:?}", window.texts());
    show(&mut window, state(plays)).await;
    let order = ordered(&mut window, &mut orders, way).await;
    assert!(matches!(order, Ok(Command::Stop)), "{surface:?}, {plays:?}, {way:?}: {order:?}");
    if way == Way::Escape {
        // Whatever it closed or put back, and although nothing changed meanwhile: the next one stops too.
        let order = ordered(&mut window, &mut orders, way).await;
        assert!(matches!(order, Ok(Command::Stop)), "again, {surface:?}, {plays:?}: {order:?}");
    }
}

async fn stop_everywhere(way: Way, plays: &[Plays]) {
    for surface in SURFACES {
        for &plays in plays {
            stops(surface, plays, way).await;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn escape_stops_first_on_every_surface_whatever_plays() {
    stop_everywhere(Way::Escape, &PLAYS).await;
}

#[tokio::test(start_paused = true)]
async fn the_red_button_stops_first_on_every_surface_whatever_plays() {
    stop_everywhere(Way::Button, &PLAYS).await;
}

#[tokio::test(start_paused = true)]
async fn closing_stops_first_on_every_surface_whatever_plays() {
    stop_everywhere(Way::Close, &[Plays::Nothing, Plays::SilentPassage, Plays::Program, Plays::LostLink]).await;
}

#[tokio::test(start_paused = true)]
async fn stop_lies_inside_every_window_and_works_there() {
    let sizes = [LARGE, SMALL, Size::new(900.0, 540.0), Size::new(683.0, 384.0), Size::new(480.0, 320.0)];
    for surface in SURFACES {
        let bench = Bench::new();
        let (mut window, mut orders) = bench.window_alone(surface == Welcome, LARGE).await;
        show(&mut window, state(Plays::Nothing)).await;
        open(surface, &mut window).await;
        show(&mut window, state(Plays::SilentPassage)).await;
        for size in sizes {
            window.resize(size).await;
            let place = window.id_place("stop").expect("Stop can be seen");
            let inside = place.x >= 0.0 && place.x + place.width <= size.width && place.y + place.height <= size.height;
            let whole = place.width >= 140.0 && place.height >= 64.0;
            assert!(inside && whole, "{surface:?}, {size:?}: {place:?}");
            let order = ordered(&mut window, &mut orders, Way::Button).await;
            assert!(matches!(order, Ok(Command::Stop)), "{surface:?}, {size:?}: {order:?}");
            window.let_go().await;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn every_answer_can_be_seen_in_a_window_of_900_by_540() {
    let size = Size::new(900.0, 540.0);
    let questions: [(Surface, &[&str]); 11] = [
        (Welcome, &["Next"]),
        (NotesField, &["Your notes", "Save"]),
        (Rename, &["Cancel", "Rename"]),
        (Forget, &["Not now", "Forget"]),
        (RestOnly, &["Not now", "Play the rest"]),
        (DayIsFull, &["Not now", "Go on"]),
        (PairingField, &["Cancel", "Pair"]),
        (PairingNumber, &["No", "Yes, the same"]),
        (PairingKeyboard, &["Pair all the same"]),
        (Firmware, &["Connect all the same"]),
        (Leave, &["Keep editing", "Discard", "Save"]),
    ];
    for (surface, answers) in questions {
        let (mut window, _orders) = Bench::new().window_alone(surface == Welcome, LARGE).await;
        show(&mut window, state(Plays::Nothing)).await;
        open(surface, &mut window).await;
        window.resize(size).await;
        for answer in answers {
            let place = window.place(answer).unwrap_or_else(|| panic!("{surface:?}: {answer} cannot be seen"));
            assert!(place.x >= 0.0 && place.y + place.height <= size.height - 88.0, "{surface:?}, {answer}: {place:?}");
        }
    }
    // The smallest window there is: Tab brings the way in into view.
    let (mut window, _orders) = Bench::new().window_alone(true, Size::new(480.0, 320.0)).await;
    window.press_with(Modifiers::SHIFT, Named::Tab).await;
    window.press(Named::Tab).await;
    assert!(window.focused_place().is_some_and(|place| place.y >= 0.0 && place.y + place.height <= 232.0));
}

#[tokio::test(start_paused = true)]
async fn escape_leaves_the_field_and_a_silent_passage_looks_as_if_it_can_be_stopped() {
    let (mut window, _orders) = Bench::new().window_alone(false, LARGE).await;
    show(&mut window, state(Plays::SilentPassage)).await;
    assert!(state(Plays::SilentPassage).can_stop() && !state(Plays::SilentPassage).may_move);
    window.control('f').await;
    window.type_text("heel").await;
    window.press(Named::Escape).await;
    assert_eq!(window.focused_place(), None, "the field is left");
}
