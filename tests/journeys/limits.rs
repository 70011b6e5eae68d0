//! A gentle beginning, and limits that are true: the first start, the day's limit, what a wheel or an unseen focus must
//! never change, and what runs inside the massager.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use iced_test::core::keyboard::Modifiers;
use iced_test::core::keyboard::key::Named;
use iced_test::core::{Point, Size};
use svang::bluetooth::{Error, RadioState};
use svang::engine::{Activity, Command, Connected, Event, Link, Pause, State, Watched};
use svang::massager::LeftAlone;
use svang::mode::{Foot, Mode};
use svang::storage::Calendar;
use svang::ui::Message;
use tokio::sync::mpsc;

use crate::bench::Bench;
use crate::stopping::{Plays, massager, state};
use crate::window::Window;
use crate::{LARGE, SMALL, at_rest, play};

async fn show(window: &mut Window, state: State) {
    window.update(Message::Engine(Event::State(Arc::new(state))));
    window.settle().await;
}

/// All orders but those that only narrow what the engine allows.
fn all(orders: &mut mpsc::UnboundedReceiver<Command>) -> Vec<Command> {
    let orders = std::iter::from_fn(|| orders.try_recv().ok());
    orders.filter(|order| !matches!(order, Command::SetGates(_))).collect()
}

/// Orders that change how strong it is, or start something.
fn strengthens(orders: &[Command]) -> bool {
    orders.iter().any(|order| {
        matches!(
            order,
            Command::Play { .. }
                | Command::PlayProgram(_)
                | Command::Resume
                | Command::SetByHand(..)
                | Command::SetStrength(_)
                | Command::SetCeiling(..)
                | Command::SetLimits(_)
        )
    })
}

fn full(mut state: State) -> State {
    state.day_is_full = true;
    state.massaged_today = Duration::from_secs(30 * 60 + 20);
    state
}

#[tokio::test(start_paused = true)]
async fn a_new_person_starts_with_gentle_start_at_forty_percent() {
    let bench = Bench::new();
    let (mut window, massager) = bench.window(true, LARGE).await;
    crate::begin(&mut window).await;
    window.see("Inside Simulated").await;
    assert!(window.shows("40 %"), "{:?}", window.texts());
    let (mark, start) = (window.place("Start here").unwrap(), window.place("Gentle start").unwrap());
    let first = window.places("Play")[0];
    assert!((mark.y - start.y).abs() < 60.0 && mark.x - start.x < 340.0, "{mark:?} {start:?}");
    assert!(first.x - start.x < 340.0 && start.y < first.y, "the first card is Gentle start");
    assert!(
        window.texts().iter().position(|text| text == "Gentle start")
            < window.texts().iter().position(|text| text == "Foot by foot")
    );
    play(&mut window, "slow rollers").await;
    window.until("the massager moves", |_| !massager.levels().is_empty()).await;
    window.press(Named::Escape).await;
    window.until("the massager rests", |_| at_rest(&massager)).await;
    window.control('f').await;
    window.control('a').await;
    window.press(Named::Delete).await;
    assert!(!window.shows("Start here"), "whoever has played knows where to start");
}

#[tokio::test(start_paused = true)]
async fn nothing_behind_the_welcome_card_can_be_pressed_but_stop() {
    let (mut window, mut orders) = Bench::new().window_alone(true, LARGE).await;
    assert_eq!(window.focused_text().as_deref(), Some("Next"));
    // The massager, Play, what is chosen, and the strength, all in the bar.
    for x in [60.0, 200.0, 320.0, 500.0, 960.0, 1050.0] {
        window.click_at(Point::new(x, 756.0)).await;
    }
    window.press(Named::Space).await;
    assert!(all(&mut orders).is_empty());
    assert!(window.shows("Welcome to Svang"));
    window.click_id("stop").await;
    assert!(matches!(all(&mut orders)[..], [Command::Stop]));
    crate::answer(&mut window).await;
    assert!(all(&mut orders).is_empty());
    window.click("Find my massager").await;
    assert!(matches!(all(&mut orders)[..], [Command::Search(true)]));
}

#[tokio::test(start_paused = true)]
async fn the_wheel_scrolls_the_page_and_changes_no_level_strength_or_limit() {
    for size in [LARGE, SMALL, Size::new(900.0, 540.0)] {
        let (mut window, mut orders) = Bench::new().window_alone(false, size).await;
        show(&mut window, state(Plays::Nothing)).await;
        for (screen, top) in [('1', "Profiles"), ('2', "By hand"), ('3', "Care")] {
            window.control(screen).await;
            all(&mut orders);
            let before = window.places(top);
            for y in (20..size.height as u32).step_by(60) {
                for x in (100..size.width as u32).step_by(90) {
                    window.wheel(Point::new(x as f32, y as f32), 1.0).await;
                    window.wheel(Point::new(x as f32, y as f32), -1.0).await;
                    window.wheel(Point::new(x as f32, y as f32), -3.0).await;
                }
            }
            let orders = all(&mut orders);
            assert!(orders.is_empty(), "{screen}: {orders:?}");
            if screen == '2' && size != LARGE {
                assert_ne!(window.places(top), before, "the page scrolled");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_wheel_over_a_slider_scrolls_the_page() {
    let (mut window, mut orders) = Bench::new().window_alone(false, Size::new(900.0, 540.0)).await;
    show(&mut window, state(Plays::Nothing)).await;
    window.control('2').await;
    all(&mut orders);
    let name = window.place("Roller").unwrap();
    window.wheel(Point::new(name.x + 250.0, name.center_y() + 8.0), -1.0).await;
    let scrolled = window.place("Roller").is_none_or(|place| place.y < name.y);
    assert!(scrolled && all(&mut orders).is_empty());
}

#[tokio::test(start_paused = true)]
async fn after_a_click_no_key_changes_a_ceiling_and_space_starts_nothing() {
    let bench = Bench::new();
    let (mut window, mut orders) = bench.window_alone(false, Size::new(1280.0, 1200.0)).await;
    show(&mut window, state(Plays::Nothing)).await;
    window.click("Gentle start").await;
    window.control('3').await;
    let row = window.places("Roller")[0];
    let minus = Point::new(row.x, row.center_y());
    // The stepper stands at the right of its row: minus, value, plus.
    let value = window.places("100 %")[0];
    assert!((value.center_y() - minus.y).abs() < 20.0, "{value:?} {minus:?}");
    window.click_at(Point::new(value.x - 20.0, value.center_y())).await;
    assert!(strengthens(&all(&mut orders)), "a press changes it");
    for key in [Named::ArrowUp, Named::ArrowRight, Named::ArrowDown, Named::ArrowLeft, Named::Space, Named::Enter] {
        window.press(key).await;
        assert!(all(&mut orders).is_empty(), "{key:?}: nothing is seen to have the keyboard");
    }
    window.type_text("+-").await;
    assert!(all(&mut orders).is_empty());
    // Ctrl and an arrow is the strength, and never the control under it too.
    for held in [Modifiers::COMMAND, Modifiers::ALT, Modifiers::LOGO] {
        window.press_with(held, Named::ArrowUp).await;
        let orders = all(&mut orders);
        assert!(!orders.iter().any(|order| matches!(order, Command::SetCeiling(..))), "{held:?}: {orders:?}");
    }
    // With a ring, arrows change it, and Space is the control's.
    window.press(Named::Tab).await;
    window.press_with(Modifiers::SHIFT, Named::Tab).await;
    assert!(window.focused_place().is_some());
    window.press(Named::ArrowUp).await;
    assert!(strengthens(&all(&mut orders)));
    window.press_with(Modifiers::COMMAND, Named::ArrowUp).await;
    let seen = all(&mut orders);
    assert!(!seen.iter().any(|order| matches!(order, Command::SetCeiling(..))), "{seen:?}");
    window.press(Named::Space).await;
    assert!(all(&mut orders).is_empty(), "Space on a control starts no massage");
}

#[tokio::test(start_paused = true)]
async fn space_pauses_what_plays_also_after_a_press_on_the_strength() {
    let (mut window, mut orders) = Bench::new().window_alone(false, LARGE).await;
    show(&mut window, state(Plays::Curve)).await;
    let stop = window.id_place("stop").unwrap();
    window.click_at(Point::new(stop.x - 120.0, stop.center_y() + 14.0)).await;
    assert!(strengthens(&all(&mut orders)));
    window.press(Named::Space).await;
    assert!(matches!(all(&mut orders)[..], [Command::Pause]));
    show(&mut window, state(Plays::Paused)).await;
    window.press(Named::Space).await;
    assert!(all(&mut orders).is_empty(), "and resumes nothing from there");
    window.click_at(Point::new(700.0, 20.0)).await;
    window.press(Named::Space).await;
    assert!(matches!(all(&mut orders)[..], [Command::Resume]));
}

/// Asks for a massage, says no, asks again, says yes; gives the orders after the yes.
async fn refused_then_allowed(
    window: &mut Window,
    orders: &mut mpsc::UnboundedReceiver<Command>,
    ask: &str,
) -> Vec<Command> {
    for way in [Some(Named::Escape), Some(Named::Enter), None] {
        all(orders);
        match ask.strip_prefix('#') {
            Some("space") => window.press(Named::Space).await,
            Some(id) => window.click_id(if id == "play" { "play" } else { "stop" }).await,
            None => window.click(ask).await,
        }
        window.see("30 of 30 minutes today. Go on all the same?").await;
        assert!(!strengthens(&all(orders)), "{ask}: nothing before the answer");
        match way {
            Some(key) => {
                window.press(key).await;
                let orders = all(orders);
                assert!(!strengthens(&orders) && !window.shows("Go on all the same"), "{ask}: {orders:?}");
                assert!(!orders.iter().any(|order| matches!(order, Command::AllowMoreToday)), "{ask}");
            }
            None => window.click("Go on").await,
        }
    }
    all(orders)
}

#[tokio::test(start_paused = true)]
async fn at_midnight_nothing_is_asked_and_what_another_svang_filled_is() {
    let day = Arc::new(Mutex::new("2030-03-10".parse().unwrap()));
    let shown = Arc::clone(&day);
    let mut bench = Bench::new();
    bench.calendar = Calendar::new(move || *shown.lock().unwrap());
    std::fs::create_dir_all(&bench.folders.state).unwrap();
    std::fs::write(bench.folders.state.join("dose.ron"), "(version: 1, days: {\"2030-03-10\": 1820000})").unwrap();
    let (mut window, mut orders) = bench.window_alone(false, LARGE).await;
    window.control('f').await;
    window.type_text("slow rollers").await;
    show(&mut window, full(state(Plays::Nothing))).await;
    window.click("Play").await;
    window.see("30 of 30 minutes today. Go on all the same?").await;
    window.press(Named::Escape).await;
    all(&mut orders);
    *day.lock().unwrap() = "2030-03-11".parse().unwrap();
    window.click("Play").await;
    let seen = all(&mut orders);
    assert!(matches!(seen[..], [Command::SetMassagedToday(Duration::ZERO), Command::Play { .. }]), "{seen:?}");

    show(&mut window, state(Plays::Nothing)).await;
    window.control('1').await;
    let mut other = bench.start(false);
    other.keep(&Event::Massaged(Duration::from_secs(1820))).unwrap().run().unwrap();
    window.click("Play").await;
    window.see("30 of 30 minutes today. Go on all the same?").await;
    let seen = all(&mut orders);
    assert!(matches!(seen[..], [Command::SetMassagedToday(_)]), "{seen:?}");
}

#[tokio::test(start_paused = true)]
async fn the_day_is_asked_before_it_is_exceeded_from_wherever_one_starts() {
    let (mut window, mut orders) = Bench::new().window_alone(false, LARGE).await;
    window.control('f').await;
    window.type_text("slow rollers").await;
    show(&mut window, full(state(Plays::Nothing))).await;
    let seen = refused_then_allowed(&mut window, &mut orders, "Play").await;
    assert!(matches!(seen[..], [Command::AllowMoreToday, Command::Play { .. }]), "{seen:?}");

    show(&mut window, full(state(Plays::Nothing))).await;
    let seen = refused_then_allowed(&mut window, &mut orders, "#play").await;
    assert!(matches!(seen[..], [Command::AllowMoreToday, Command::Play { .. }]), "{seen:?}");

    show(&mut window, full(state(Plays::Paused))).await;
    let seen = refused_then_allowed(&mut window, &mut orders, "#space").await;
    assert!(matches!(seen[..], [Command::AllowMoreToday, Command::Resume]), "{seen:?}");

    // A program, from both lists.
    show(&mut window, full(state(Plays::Nothing))).await;
    window.control('1').await;
    window.control('f').await;
    window.control('a').await;
    window.type_text("auto 1").await;
    let seen = refused_then_allowed(&mut window, &mut orders, "Play").await;
    assert!(matches!(seen[..], [Command::AllowMoreToday, Command::PlayProgram(_)]), "{seen:?}");

    // By hand: the level that was not allowed is not shown either.
    show(&mut window, full(state(Plays::Nothing))).await;
    window.control('2').await;
    all(&mut orders);
    let name = window.place("Roller").unwrap();
    let at = Point::new(name.x + 260.0, name.center_y() + 8.0);
    window.click_at(at).await;
    window.see("Go on all the same?").await;
    window.press(Named::Escape).await;
    assert!(!window.shows("Level"), "{:?}", window.texts());
    // What was held when the question came is not held after it.
    window.point(Point::new(at.x + 20.0, at.y)).await;
    window.point(Point::new(at.x - 20.0, at.y)).await;
    assert!(!strengthens(&all(&mut orders)));
    window.click_at(at).await;
    window.click("Go on").await;
    let seen = all(&mut orders);
    assert!(matches!(seen[..], [Command::AllowMoreToday, Command::SetByHand(..)]), "{seen:?}");
}

#[tokio::test(start_paused = true)]
async fn trying_in_the_editor_is_asked_for_too_and_a_take_is_recorded_after_a_yes() {
    let (mut window, mut orders) = Bench::new().window_alone(false, LARGE).await;
    window.control('f').await;
    window.type_text("slow rollers").await;
    window.click_id("more").await;
    window.click("Edit a copy").await;
    show(&mut window, full(state(Plays::Nothing))).await;
    let seen = refused_then_allowed(&mut window, &mut orders, "Try from").await;
    assert!(matches!(seen[..], [Command::AllowMoreToday, Command::Play { .. }]), "{seen:?}");
    window.click("Record").await;
    show(&mut window, full(state(Plays::Nothing))).await;
    let seen = refused_then_allowed(&mut window, &mut orders, "Record and feel it").await;
    assert!(matches!(seen[..], [Command::AllowMoreToday, Command::Play { .. }]), "{seen:?}");
    window.see("Finish").await;
}

#[tokio::test(start_paused = true)]
async fn a_massage_that_the_day_paused_asks_by_itself() {
    let (mut window, mut orders) = Bench::new().window_alone(false, LARGE).await;
    show(&mut window, state(Plays::Curve)).await;
    all(&mut orders);
    show(&mut window, full(state(Plays::PausedByTheDay))).await;
    window.see("30 of 30 minutes today. Go on all the same?").await;
    // The focus is on the safe answer.
    assert_eq!(window.focused_text().as_deref(), Some("Not now"));
    window.press(Named::Enter).await;
    assert!(all(&mut orders).is_empty());
    // It asks once, and again when one wants to go on.
    show(&mut window, full(state(Plays::PausedByTheDay))).await;
    assert!(!window.shows("Go on all the same?"));
    window.click_id("play").await;
    window.click("Go on").await;
    let seen = all(&mut orders);
    assert!(matches!(seen[..], [Command::AllowMoreToday, Command::Resume]), "{seen:?}");
}

#[tokio::test(start_paused = true)]
async fn the_real_engine_goes_on_past_the_day_only_after_a_yes() {
    let bench = Bench::new();
    let (mut window, massager) = bench.window(true, LARGE).await;
    crate::begin(&mut window).await;
    window.see("Inside Simulated").await;
    // Five minutes a day, and a profile that is longer.
    window.resize(Size::new(1280.0, 1200.0)).await;
    window.control('3').await;
    for _ in 0..5 {
        let day = window.place("Massage in a day").unwrap();
        let value = window.texts().iter().filter(|text| text.ends_with(" min")).nth(1).unwrap().clone();
        let place =
            *window.places(&value).iter().min_by(|a, b| (a.y - day.y).abs().total_cmp(&(b.y - day.y).abs())).unwrap();
        window.click_at(Point::new(place.x - 20.0, place.center_y())).await;
    }
    window.see("0 of 5 min today").await;
    window.control('1').await;
    play(&mut window, "slow rollers").await;
    window.until("the massager moves", |_| !massager.levels().is_empty()).await;
    window.wait(Duration::from_secs(280)).await;
    window.until("the day is full", |window| window.shows("Go on all the same?")).await;
    window.until("it pauses", |_| at_rest(&massager)).await;
    window.wait(Duration::from_secs(60)).await;
    assert!(at_rest(&massager), "it waits for the answer");
    window.click("Go on").await;
    window.until("the massager moves again", |_| !massager.levels().is_empty()).await;
    window.press(Named::Escape).await;
    window.until("the massager rests", |_| at_rest(&massager)).await;
}

#[tokio::test(start_paused = true)]
async fn minutes_of_today_are_shown_in_settings_in_the_bar_and_before_play() {
    let (mut window, _orders) = Bench::new().window_alone(false, LARGE).await;
    let mut now = state(Plays::Nothing);
    now.massaged_today = Duration::from_secs(29 * 60 + 50);
    show(&mut window, now.clone()).await;
    assert!(window.shows("29 of 30 min today") && window.shows("0:10 left today"), "{:?}", window.texts());
    window.control('3').await;
    assert_eq!(window.places("29 of 30 min today").len(), 2, "in Settings and in the bar");
    let mut playing = state(Plays::Curve);
    playing.massaged_today = Duration::from_secs(11 * 60 + 30);
    show(&mut window, playing).await;
    window.wait(Duration::from_secs(31)).await;
    assert!(window.shows("12 of 30 min today"), "it counts while it plays: {:?}", window.texts());
    window.resize(SMALL).await;
    assert!(window.shows("12/30 min"), "{:?}", window.texts());
}

#[tokio::test(start_paused = true)]
async fn a_running_program_is_shown_as_running_and_its_button_stops_it() {
    let (mut window, mut orders) = Bench::new().window_alone(false, Size::new(1280.0, 1200.0)).await;
    show(&mut window, state(Plays::Program)).await;
    window.control('2').await;
    window.see("Runs now").await;
    assert!(window.shows("chosen by the program"));
    assert!(!window.shows("Off") && !window.shows("sending"), "{:?}", window.texts());
    assert_eq!(window.places("Stop").len(), 2);
    all(&mut orders);
    window.click("Stop").await;
    assert!(matches!(all(&mut orders)[..], [Command::Stop]));
    window.control('1').await;
    window.control('f').await;
    window.type_text("auto 1").await;
    window.until("its button says Stop", |window| window.places("Stop").len() == 2).await;
    window.click("Stop").await;
    assert!(matches!(all(&mut orders)[..], [Command::Stop]));
    show(&mut window, state(Plays::Nothing)).await;
    assert!(!window.shows("Runs now"));
}

#[tokio::test(start_paused = true)]
async fn the_massagers_page_says_who_stops_it_when_svang_fails() {
    let (mut window, _orders) = Bench::new().window_alone(false, LARGE).await;
    window.control('2').await;
    for (watched, words) in [
        (Watched::ByWatchdog, Some("stops it if Svang hangs or is killed")),
        (
            Watched::ByNobody(svang::watchdog::Error::TimedOut.into()),
            Some("not running, so Svang stays at 30 %. (a second process did not answer in time)"),
        ),
        (Watched::NotNeeded, None),
    ] {
        let link = Link::Connected(svang::engine::Connected { watched, ..massager() });
        show(&mut window, State { link, ..state(Plays::Nothing) }).await;
        assert_eq!(window.shows("If this computer fails"), words.is_some());
        assert!(words.is_none_or(|words| window.shows(words)), "{:?}", window.texts());
    }
}

/// The weakest net is the headline: only what the map states and the person has tried counts as safe alone.
#[tokio::test(start_paused = true)]
async fn the_headline_of_the_nets_is_the_weakest_one() {
    let (mut window, _orders) = Bench::new().window_alone(false, LARGE).await;
    window.control('2').await;
    let three = LeftAlone::StopsAfter(Duration::from_secs(3));
    for (left_alone, tried, words) in [
        (three, true, "Stops by itself after 3 s"),
        (three, false, "Not by itself: stay beside it"),
        (LeftAlone::OwnTimer(Duration::from_secs(900)), true, "Not by itself: stay beside it"),
        (LeftAlone::NothingKnown, true, "Not by itself: stay beside it"),
    ] {
        let mut connected = massager();
        Arc::make_mut(&mut connected.map).left_alone = left_alone;
        let link = Link::Connected(Connected { tried, watched: Watched::ByWatchdog, ..connected });
        show(&mut window, State { link, ..state(Plays::Nothing) }).await;
        assert!(window.shows(words), "{left_alone:?}, tried: {tried}: {:?}", window.texts());
    }
}

#[tokio::test(start_paused = true)]
async fn a_question_that_comes_while_a_slider_is_held_lets_go_of_it() {
    let (mut window, mut orders) = Bench::new().window_alone(false, LARGE).await;
    show(&mut window, state(Plays::ByHand)).await;
    window.control('2').await;
    let name = window.place("Roller").unwrap();
    let at = |part: f32| Point::new(name.x + 170.0 + part * 150.0, name.center_y() + 8.0);
    window.grab(at(0.2), at(0.4)).await;
    assert!(strengthens(&all(&mut orders)));
    let lost = state(Plays::LostLink);
    assert!(matches!(lost.activity, Activity::Profile { paused: Some(Pause::LinkLost), .. }));
    show(&mut window, lost).await;
    window.let_go().await;
    show(&mut window, state(Plays::ByHand)).await;
    all(&mut orders);
    window.point(at(0.8)).await;
    assert!(!strengthens(&all(&mut orders)), "nothing is held any more");
}

#[tokio::test(start_paused = true)]
async fn a_narrow_window_leaves_out_nothing_of_a_step() {
    let (mut window, _orders) = Bench::new().window_alone(false, SMALL).await;
    let text = "Profile(version: 1, name: \"Points\", length: \"2:00\", tracks: {Roller: [Straight(\"0:00\", 20)]}, steps: \
                [Step(from: \"0:00\", to: \"1:00\", text: \"Press the heel with your thumb. Hold for a minute. Stop if \
                it tingles or goes numb.\")])";
    let mut now = state(Plays::Curve);
    if let Activity::Profile { profile, position, .. } = &mut now.activity {
        *profile = Arc::new(svang::profile::Profile::read(text).unwrap());
        *position = svang::time::Time::ZERO;
    }
    show(&mut window, now).await;
    // The title in the bar leads to what plays.
    window.click("Points").await;
    window.see("Press the heel with your thumb").await;
    assert!(window.shows("Hold for a minute. Stop if it tingles or goes numb."), "{:?}", window.texts());
}

/// Feet that are alike have one row and move together; taken apart, each keeps its level.
#[tokio::test(start_paused = true)]
async fn feet_move_together_until_they_are_taken_apart() {
    let (mut window, mut orders) = Bench::new().window_alone(false, LARGE).await;
    window.control('2').await;
    show(&mut window, crate::pictures::states::by_hand(crate::pictures::states::now())).await;
    all(&mut orders);
    let place = window.place("both feet, 20 levels").unwrap();
    window.click_at(Point::new(place.x + 200.0, place.y)).await;
    let both = all(&mut orders);
    let feet = |orders: &[Command]| {
        orders
            .iter()
            .filter(|order| matches!(order, Command::SetByHand(channel, _) if channel.mode == Mode::Roller))
            .count()
    };
    assert!(matches!(both[..], [Command::SetByHand(..), Command::SetByHand(..)]) && feet(&both) == 2, "{both:?}");
    window.click_named("Take the feet apart: roller").await;
    assert!(all(&mut orders).is_empty(), "taking them apart changes no level");
    let left = window.place("left foot, 20 levels").unwrap();
    window.click_at(Point::new(left.x + 250.0, left.y)).await;
    assert!(matches!(all(&mut orders)[..], [Command::SetByHand(channel, _)] if channel.foot == Foot::Left));
    window.click_named("Join the feet: roller").await;
    let joined = all(&mut orders);
    assert!(matches!(joined[..], [Command::SetByHand(channel, _)] if channel.foot == Foot::Left), "{joined:?}");
}

/// Without Bluetooth the page has one cause and one remedy, and the way to look again.
#[tokio::test(start_paused = true)]
async fn without_bluetooth_there_is_one_cause_and_one_remedy() {
    let (mut window, mut orders) = Bench::new().window_alone(false, LARGE).await;
    window.control('2').await;
    for (radio, title, button) in [
        (RadioState::Unavailable(Error::NoService), "Bluetooth is not running", "Try again"),
        (RadioState::Unavailable(Error::NoAdapter), "This computer has no Bluetooth", "Try again"),
        (RadioState::Unavailable(Error::NoPermission), "Svang may not use Bluetooth yet", "Try again"),
    ] {
        show(&mut window, State { radio, link: Link::None, ..state(Plays::Nothing) }).await;
        assert!(window.shows(title), "{:?}", window.texts());
        assert!(!window.shows("Search") && !window.shows("Not on the list?"), "{:?}", window.texts());
        all(&mut orders);
        window.click(button).await;
        assert!(matches!(all(&mut orders)[..], [Command::Search(true)]));
        window.see("Still the same").await;
        show(&mut window, State { link: Link::None, ..state(Plays::Nothing) }).await;
    }
    let radio = RadioState::Unavailable(Error::NoService);
    show(&mut window, State { radio, link: Link::None, ..state(Plays::Nothing) }).await;
    if cfg!(target_os = "linux") {
        window.click("Copy").await;
        assert_eq!(window.clipboard().as_deref(), Some("sudo systemctl start bluetooth"));
        show(&mut window, State { radio: RadioState::Off, link: Link::None, ..state(Plays::Nothing) }).await;
        window.click("Switch it on").await;
        assert!(matches!(all(&mut orders)[..], [Command::SwitchOn]));
    }
    window.click("Show them").await;
    window.see("Arch and calf, by hand").await;
}
