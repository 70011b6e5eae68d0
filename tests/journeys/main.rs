//! Whole user journeys through the window, without a screen: the real app, the real engine, the simulated massager, and
//! a clock that the test holds.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may break off")]

mod bench;
mod dialogs;
mod editing;
mod ending;
mod exchange;
mod first_start;
mod help;
mod limits;
mod picture;
mod pictures;
mod profiles;
mod recovering;
mod steps;
mod stopping;
mod tools;
mod trying;
mod window;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use iced_test::core::keyboard::key::Named;
use iced_test::core::{Point, Size};
use svang::bluetooth::{Error, MassagerId, RadioState, Simulated, simulated};
use svang::engine::{Command, Event, Found, Pairing, PairingAnswer, PairingQuestion, State};
use svang::massager::{Advertisement, Recognition, Sign, Trust};
use svang::storage::Calendar;
use svang::ui::Message;
use tokio::sync::oneshot;

use bench::Bench;
use window::Window;

const LARGE: Size = Size::new(1280.0, 800.0);
const SMALL: Size = Size::new(900.0, 640.0);

/// Answers the first start's questions as somebody to whom none of them applies.
async fn answer(window: &mut Window) {
    for step in ["Next", "None of these", "Next", "None of these now"] {
        window.click(step).await;
    }
}

/// Goes through the first start, to the simulated massager.
async fn begin(window: &mut Window) {
    answer(window).await;
    window.click("Try without one").await;
}

/// Goes to a control by Tab, and presses it.
async fn press_by_keyboard(window: &mut Window, text: &str) {
    for _ in 0..60 {
        if window.focused_text().is_some_and(|focused| focused == text) {
            return window.press(Named::Enter).await;
        }
        window.press(Named::Tab).await;
    }
    panic!("Tab never came to {text}: {:?}", window.texts());
}

/// Connects the simulated massager and starts a profile that rolls soon.
async fn playing(bench: &Bench) -> (Window, simulated::Bench) {
    let (mut window, massager) = bench.window(true, LARGE).await;
    begin(&mut window).await;
    window.see("Inside Simulated").await;
    play(&mut window, "Slow rollers").await;
    window.until("the massager moves", |_| !massager.levels().is_empty()).await;
    (window, massager)
}

/// Searches for a profile, and plays it.
async fn play(window: &mut Window, name: &str) {
    window.control('f').await;
    window.type_text(name).await;
    window.click("Play").await;
    window.see("Now playing on").await;
}

/// A copy of a gentle profile in the editor, with the simulated massager connected.
async fn copy(bench: &Bench) -> (Window, simulated::Bench) {
    let (mut window, massager) = bench.window(true, LARGE).await;
    begin(&mut window).await;
    window.see("Inside Simulated").await;
    window.control('f').await;
    window.type_text("slow rollers").await;
    window.click_id("more").await;
    window.click("Edit a copy").await;
    window.see("Slow rollers (copy)").await;
    (window, massager)
}

fn at_rest(massager: &simulated::Bench) -> bool {
    massager.levels().is_empty() && massager.program().is_none()
}

#[tokio::test(start_paused = true)]
async fn first_start_to_a_massage_and_its_stop() {
    let bench = Bench::new();
    let (mut window, massager) = bench.window(true, LARGE).await;
    window.see("Welcome to Svang").await;
    assert!(window.shows("Stop"), "Stop is there before anything else");
    assert!(!window.shows("Settings"), "there is no nav yet");

    begin(&mut window).await;
    window.see("Connected").await;
    play(&mut window, "Slow rollers").await;
    window.until("the massager moves", |_| !massager.levels().is_empty()).await;
    window.click("Stop").await;
    window.until("the massager rests", |_| at_rest(&massager)).await;
    window.see("ready").await;

    let settings = std::fs::read_to_string(bench.folders.config.join("settings.ron")).unwrap();
    assert!(settings.contains("version: 1"), "the first start is over for good");
}

#[tokio::test(start_paused = true)]
async fn the_second_start_has_no_welcome_and_remembers() {
    let bench = Bench::new();
    let (mut window, _massager) = playing(&bench).await;
    window.wait(Duration::from_secs(15)).await;
    window.press(Named::Escape).await;
    window.wait(Duration::from_secs(2)).await;
    window.close().await;
    window.until("the window is closed", |window| window.exited).await;

    let (mut window, _massager) = bench.window(false, LARGE).await;
    assert!(!window.shows("Welcome"));
    window.click_id("more").await;
    window.click("Look closer").await;
    window.see("once, on").await;
    let today = bench.start(false).dose.value().on(svang::storage::today());
    assert!(today >= Duration::from_secs(10), "massage time is counted across starts: {today:?}");
}

#[tokio::test(start_paused = true)]
async fn a_slider_that_is_still_held_starts_nothing_after_a_stop() {
    let bench = Bench::new();
    let (mut window, massager) = bench.window(true, LARGE).await;
    begin(&mut window).await;
    window.see("Inside Simulated").await;
    window.click("Massager").await;
    window.see("By hand").await;
    let name = window.place("both feet, 20 levels").unwrap();
    let slider = |part: f32| Point::new(name.x + 170.0 + part * 200.0, name.center_y());
    window.grab(slider(0.2), slider(0.5)).await;
    window.until("the rollers move", |_| !massager.levels().is_empty()).await;
    window.press(Named::Escape).await;
    window.until("the massager rests", |_| at_rest(&massager)).await;
    for part in [0.4, 0.6, 0.8, 0.3] {
        window.point(slider(part)).await;
        window.wait(Duration::from_secs(2)).await;
        assert!(at_rest(&massager), "{:?}", massager.levels());
    }
    // A new press is a new wish.
    window.let_go().await;
    window.grab(slider(0.3), slider(0.5)).await;
    window.until("the rollers move", |_| !massager.levels().is_empty()).await;
}

#[tokio::test(start_paused = true)]
async fn a_lost_link_pauses_and_waits_for_the_person() {
    let bench = Bench::new();
    let (mut window, massager) = playing(&bench).await;
    massager.drop_link(Some(Duration::from_secs(20)));
    window.see("Paused: the massager is out of reach").await;
    assert!(window.shows("Looking for"), "{:?}", window.texts());

    window.see("It is back").await;
    window.wait(Duration::from_secs(30)).await;
    assert!(at_rest(&massager), "nothing moves by itself after a lost link: {:?}", massager.levels());

    window.click("Resume").await;
    window.until("the massager moves again", |_| !massager.levels().is_empty()).await;
    window.press(Named::Escape).await;
    window.until("the massager rests", |_| at_rest(&massager)).await;
}

#[tokio::test(start_paused = true)]
async fn a_profile_repeats_where_the_person_asks_for_it() {
    let bench = Bench::new();
    let (mut window, massager) = playing(&bench).await;
    window.click("Repeat").await;
    window.see("repeats").await;
    window.click("Repeat").await;
    window.until("it no longer repeats", |window| !window.shows("repeats")).await;
    window.press(Named::Escape).await;
    window.until("the massager rests", |_| at_rest(&massager)).await;
}

#[tokio::test(start_paused = true)]
async fn without_an_adapter_the_window_says_so_and_the_simulated_massager_works() {
    let bench = Bench::new();
    let real = Simulated::new();
    real.bench().set_radio(RadioState::Unavailable(Error::NoAdapter));
    let (mut window, massager) = bench.window_with(true, LARGE, Some(Arc::new(real))).await;
    answer(&mut window).await;
    window.click("Find my massager").await;
    window.see("This computer has no Bluetooth").await;
    assert_eq!(window.focused_text().as_deref(), Some("Try again"));
    window.click("Connect").await;
    window.see("By hand").await;
    window.click("Profiles").await;
    play(&mut window, "Slow rollers").await;
    window.until("the massager moves", |_| !massager.levels().is_empty()).await;
}

#[tokio::test(start_paused = true)]
async fn everything_can_be_reached_by_keyboard() {
    let bench = Bench::new();
    let (mut window, massager) = bench.window(true, LARGE).await;
    // The focus starts on the way on; nothing is ticked beforehand.
    assert_eq!(window.focused_text().as_deref(), Some("Next"));
    for step in ["Next", "None of these", "Next", "None of these now", "Try without one"] {
        press_by_keyboard(&mut window, step).await;
    }
    window.see("Connected").await;
    window.control('f').await;
    window.type_text("slow rollers").await;
    // From the search field: Import, the filters, the order; then the card, its menu, and Play.
    press_by_keyboard(&mut window, "Play").await;
    window.see("Now playing on").await;
    window.until("the massager moves", |_| !massager.levels().is_empty()).await;
    window.control_key(Named::ArrowDown).await;
    window.see("35 %").await;
    window.control('3').await;
    window.see("Longest session").await;
    window.press(Named::Space).await;
    window.until("paused", |_| at_rest(&massager)).await;
    window.press(Named::Space).await;
    window.until("the massager moves", |_| !massager.levels().is_empty()).await;
    window.press(Named::Escape).await;
    window.until("the massager rests", |_| at_rest(&massager)).await;
}

#[tokio::test(start_paused = true)]
async fn escape_stops_from_within_a_dialog_and_a_field() {
    let bench = Bench::new();
    let (mut window, massager) = playing(&bench).await;
    window.click("Profiles").await;
    window.click_id("more").await;
    window.click("Look closer").await;
    window.click("Notes and stars").await;
    window.see("Your notes").await;
    window.type_text("after a run").await;
    assert!(!massager.levels().is_empty(), "still playing: typing stops nothing");
    window.press(Named::Escape).await;
    window.until("the massager rests", |_| at_rest(&massager)).await;
    assert!(!window.shows("Your notes"), "the dialog is closed, unsaved");

    play(&mut window, "").await;
    window.until("the massager moves", |_| !massager.levels().is_empty()).await;
    window.control('f').await;
    window.type_text("heel").await;
    window.press(Named::Escape).await;
    window.until("the massager rests", |_| at_rest(&massager)).await;
}

#[tokio::test(start_paused = true)]
async fn stop_keeps_its_place_on_every_screen_and_above_every_dialog() {
    let bench = Bench::new();
    for size in [LARGE, SMALL] {
        let (mut window, _massager) = bench.window(false, size).await;
        let home = window.place("Stop").unwrap();
        assert!(home.x + home.width < size.width && home.y + home.height < size.height, "{home:?}");
        for digit in ['1', '2', '3'] {
            window.control(digit).await;
            assert_eq!(window.place("Stop"), Some(home));
        }
        window.control('1').await;
        window.click_id("more").await;
        window.click("Look closer").await;
        window.click("Notes and stars").await;
        window.see("Your notes").await;
        assert_eq!(window.place("Stop"), Some(home));
        window.press(Named::Escape).await;
    }
}

#[tokio::test(start_paused = true)]
async fn closing_the_window_stops_the_massager_first() {
    let bench = Bench::new();
    let (mut window, massager) = playing(&bench).await;
    window.close().await;
    window.until("the window is closed", |window| window.exited).await;
    assert!(at_rest(&massager));
}

#[tokio::test(start_paused = true)]
async fn a_stop_that_is_not_confirmed_is_said_before_the_window_closes() {
    let bench = Bench::new();
    let (mut window, massager) = playing(&bench).await;
    massager.drop_link(None);
    window.see("out of reach").await;
    window.close().await;
    window.see("Stopping").await;
    window.see("If it still moves, press the power button").await;
    window.see("did not confirm that it stopped").await;
    assert!(!window.exited);
    window.click("Close the window").await;
    assert!(window.exited);
}

#[tokio::test(start_paused = true)]
async fn a_deleted_profile_comes_back() {
    let bench = Bench::new();
    let (mut window, _massager) = bench.window(false, LARGE).await;
    window.click_id("more").await;
    window.click("Duplicate").await;
    window.see("is yours now").await;
    window.click("Own").await;
    window.click_id("more").await;
    window.click("To the bin").await;
    window.see("is in the bin").await;
    window.see("No profile of your own yet").await;
    window.click("Undo").await;
    window.see("is back").await;
    window.until("the card", |window| !window.shows("No profile of your own yet")).await;
}

#[tokio::test(start_paused = true)]
async fn what_is_asked_while_pairing_is_answered_once() {
    let bench = Bench::new();
    let (mut window, _orders) = bench.window_alone(false, SMALL).await;
    let (sender, answer) = oneshot::channel();
    let answers = Arc::new(std::sync::Mutex::new(Some(sender)));
    let question = |question| Message::Engine(Event::Pairing(Pairing { question, answer: Arc::clone(&answers) }));
    window.update(question(PairingQuestion::PasskeyEntry));
    window.see("Which number does the massager show?").await;
    // The focus starts in the field, which takes six digits and nothing else.
    window.type_text("12 34x567").await;
    window.press(Named::Enter).await;
    assert_eq!(answer.await, Ok(PairingAnswer::Number(123_456)));
    assert!(!window.shows("Which number"));

    let (sender, answer) = oneshot::channel();
    let answers = Arc::new(std::sync::Mutex::new(Some(sender)));
    let pairing = Pairing { question: PairingQuestion::NumericComparison(4711), answer: answers };
    window.update(Message::Engine(Event::Pairing(pairing)));
    window.see("004 711").await;
    window.press(Named::Escape).await;
    assert_eq!(answer.await, Ok(PairingAnswer::No), "Esc gives the safe answer");
}

#[tokio::test(start_paused = true)]
async fn a_massager_that_may_be_another_is_confirmed_before_anything_is_written() {
    let bench = Bench::new();
    let (mut window, mut orders) = bench.window_alone(false, LARGE).await;
    let mut state = State::new(tokio::time::Instant::now().into_std());
    let recognition =
        Recognition { map: "svang-reference".into(), certain: false, why: vec![Sign::Service("FFF0".into())] };
    state.found = vec![Found {
        id: MassagerId("AA:BB".into()),
        name: "Sole Care S2".into(),
        rssi: Some(-74),
        advertisement: Advertisement::default(),
        recognition: Some((recognition, Trust::Untested)),
        known: false,
    }];
    window.update(Message::Engine(Event::State(Arc::new(state))));
    window.resize(SMALL).await;
    window.control('2').await;
    window.click("Connect").await;
    window.see("What is “Sole Care S2”?").await;
    while let Ok(order) = orders.try_recv() {
        assert!(!matches!(order, Command::Connect(..)), "nothing is connected before the answer");
    }
    window.click("Connect with this map").await;
    let order = orders.try_recv();
    let Ok(Command::Connect(id, Some(map))) = order else { panic!("{order:?}") };
    assert_eq!((id.0.as_str(), map.as_str()), ("AA:BB", "svang-reference"));
}

#[tokio::test(start_paused = true)]
async fn tab_brings_what_it_reaches_into_view() {
    let bench = Bench::new();
    let (mut window, _massager) = bench.window(false, SMALL).await;
    window.control('f').await;
    for _ in 0..45 {
        window.press(Named::Tab).await;
        if let Some(place) = window.focused_place() {
            assert!(place.y >= 0.0 && place.y + place.height <= SMALL.height, "{place:?}");
        }
    }
    assert!(window.place("Trigger points").is_some(), "the last profile was scrolled into view");
}

#[tokio::test(start_paused = true)]
async fn a_file_that_changes_on_disk_appears_and_a_broken_one_is_explained() {
    let bench = Bench::new();
    let (mut window, _massager) = bench.window(false, LARGE).await;
    std::fs::create_dir_all(bench.folders.profiles()).unwrap();
    let file = bench.folders.profiles().join("heel.ron");
    let text = "Profile(version: 1, name: \"My heel\", length: \"1:00\", tracks: {Heat: [Straight(\"0:00\", 20), \
                Straight(\"1:00\", 0)]})";
    std::fs::write(&file, text).unwrap();
    window.update(Message::FilesChanged);
    window.see("My heel").await;
    std::fs::write(&file, text.replace("20", "2O")).unwrap();
    window.update(Message::FilesChanged);
    window.see("One file waits for a mend").await;
    window.see("They have not been changed.").await;
    window.see("Line 1, column").await;
    window.control('f').await;
    window.type_text("heel").await;
    window.click("Show file").await;
    assert_eq!(*bench.desktop.shown.lock().unwrap(), [file]);
    // A desktop without a file manager, and without dialogs for files.
    bench.desktop.refuses.store(true, std::sync::atomic::Ordering::Relaxed);
    window.click("Show file").await;
    window.see("No file manager could be opened").await;
    window.click("Import").await;
    window.see("No dialog for files could be shown").await;
}

#[tokio::test(start_paused = true)]
async fn settings_are_obeyed_and_saved_at_once() {
    let bench = Bench::new();
    let (mut window, mut orders) = bench.window_alone(false, Size::new(1280.0, 1200.0)).await;
    window.control('3').await;
    window.click("Dark").await;
    assert!(window.app.theme().dark);
    window.click("Dansk").await;
    window.control('1').await;
    window.see("Den daglige rutine").await;
    window.control_key(Named::ArrowDown).await;
    window.wait(Duration::from_secs(1)).await;
    let mut strength = None;
    while let Ok(order) = orders.try_recv() {
        if let Command::SetStrength(to) = order {
            strength = Some(to.percent());
        }
    }
    assert_eq!(strength, Some(35.0), "a new person's strength is 40 %");
    let saved = std::fs::read_to_string(bench.folders.config.join("settings.ron")).unwrap();
    for part in ["Dark", "Danish", "strength: 35"] {
        assert!(saved.contains(part), "{part} in {saved}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_massager_connects_by_itself_where_the_person_wants_it() {
    let bench = Bench::new();
    let (mut window, _massager) = bench.window(true, LARGE).await;
    begin(&mut window).await;
    window.see("Connected").await;
    window.control('3').await;
    window.see("The switch connects a massager by itself").await;
    let name = window.places("Simulated massager")[0];
    let forget = window.places("Forget")[0];
    // The switch stands between the two.
    window.click_at(Point::new(forget.x - 60.0, name.center_y() + 10.0)).await;
    window.wait(Duration::from_secs(1)).await;
    window.close().await;
    window.until("the window is closed", |window| window.exited).await;

    let (mut window, massager) = bench.window(false, LARGE).await;
    window.until("it is connected", |_| massager.connected()).await;
    assert!(at_rest(&massager), "connected, and nothing moves");
    window.control('2').await;
    window.click("Disconnect").await;
    window.until("it is let go", |_| !massager.connected()).await;
    window.wait(Duration::from_secs(30)).await;
    assert!(!massager.connected(), "whoever disconnects is obeyed");
}

#[tokio::test(start_paused = true)]
async fn the_day_turns_at_midnight_before_anything_is_asked_of_the_engine() {
    let day = Arc::new(Mutex::new("2030-03-10".parse().unwrap()));
    let shown = Arc::clone(&day);
    let mut bench = Bench::new();
    bench.calendar = Calendar::new(move || *shown.lock().unwrap());
    std::fs::create_dir_all(&bench.folders.state).unwrap();
    std::fs::write(bench.folders.state.join("dose.ron"), "(version: 1, days: {\"2030-03-10\": 1800000})").unwrap();
    assert_eq!(bench.start(false).massaged_today(), Duration::from_secs(1800));
    let (mut window, mut orders) = bench.window_alone(false, LARGE).await;
    while orders.try_recv().is_ok() {}
    *day.lock().unwrap() = "2030-03-11".parse().unwrap();
    window.press(Named::Escape).await;
    let (first, second) = (orders.recv().await.unwrap(), orders.recv().await.unwrap());
    assert!(matches!(first, Command::Stop), "a stop goes before everything: {first:?}");
    assert!(matches!(second, Command::SetMassagedToday(Duration::ZERO)), "{second:?}");
}

/// Each page is found again as it was left.
#[tokio::test(start_paused = true)]
async fn each_page_keeps_its_own_place() {
    let bench = Bench::new();
    let (mut window, _orders) = bench.window_alone(false, SMALL).await;
    let middle = Point::new(500.0, 300.0);
    window.wheel(middle, -8.0).await;
    let card = |window: &mut Window| window.texts().into_iter().find(|text| text.contains(':')).unwrap_or_default();
    let place = window.place("Evening wind-down").map(|place| place.y);
    let profiles = (card(&mut window), place);
    window.control('3').await;
    let top = window.place("Longest session").unwrap();
    window.wheel(middle, -3.0).await;
    let settings = window.place("Longest session").map(|place| place.y);
    assert!(settings.is_none_or(|y| y < top.y - 20.0), "it scrolls");
    window.control('1').await;
    assert_eq!((card(&mut window), window.place("Evening wind-down").map(|place| place.y)), profiles);
    window.control('3').await;
    assert_eq!(window.place("Longest session").map(|place| place.y), settings);
}
