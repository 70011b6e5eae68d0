//! By hand, softer, it hurts, and what comes after a massage: in both languages.

use std::sync::atomic::Ordering;
use std::time::Duration;

use iced::keyboard::key::Named;
use svang::engine::{Activity, Command};
use svang::intensity::Intensity;
use svang::mode::Mode;
use svang::storage::{Heel, Ratings, Session, Sessions};

use crate::bench::Bench;
use crate::pictures::states::{connected, now, show};
use crate::window::Window;
use crate::{LARGE, SMALL, at_rest, playing};

fn percent(percent: u16) -> Intensity {
    Intensity::from_percent(percent)
}

#[tokio::test(start_paused = true)]
async fn a_massage_ends_with_what_was_done_and_how_the_heel_is() {
    let bench = Bench::new();
    let (mut window, massager) = playing(&bench).await;
    window.wait(Duration::from_secs(590)).await;
    window.until("the end", |window| window.texts().iter().any(|text| text.starts_with("Done, "))).await;
    assert!(at_rest(&massager));
    window.see("stands still, confirmed").await;
    assert!(window.shows("How is the heel now?") && window.shows("Again") && !window.shows("Go on at"));
    window.click("Better").await;
    window.click("3").await;
    window.click("Keep").await;
    window.see("Kept on this computer.").await;
    window.wait(Duration::from_secs(1)).await;
    let sessions = Sessions::load(&bench.folders);
    let [session] = sessions.value().all() else { panic!("{sessions:?}") };
    assert_eq!((session.pain, session.heel, session.finished), (Some(3), Some(Heel::Better), true));
}

#[tokio::test(start_paused = true)]
async fn what_was_stopped_goes_on_where_it_stopped() {
    for (language, stopped, go_on) in [("en", "Stopped at", "Go on at"), ("da", "Stoppet ved", "Fortsæt ved")] {
        let bench = Bench::new();
        let (mut window, massager) = bench.window(true, LARGE).await;
        crate::begin(&mut window).await;
        window.see("Inside Simulated").await;
        if language == "da" {
            window.resize(iced::Size::new(1280.0, 1200.0)).await;
            window.control('3').await;
            window.click("Dansk").await;
            window.resize(LARGE).await;
        }
        window.control('f').await;
        window.type_text(if language == "da" { "langsomme ruller" } else { "slow rollers" }).await;
        window.click(if language == "da" { "Afspil" } else { "Play" }).await;
        window.until("the massager moves", |_| !massager.levels().is_empty()).await;
        window.wait(Duration::from_secs(75)).await;
        window.press(Named::Escape).await;
        window.until("the massager rests", |_| at_rest(&massager)).await;
        window.see(stopped).await;
        let at = window.texts().into_iter().find_map(|text| text.strip_prefix(go_on).map(|at| at.trim().to_owned()));
        let at = at.unwrap_or_else(|| panic!("{:?}", window.texts()));
        assert!(at.starts_with("1:"), "{at}");
        // The focus stands on it.
        assert!(window.focused_text().is_some_and(|text| text.starts_with(go_on)), "{:?}", window.focused_text());
        window.press(Named::Enter).await;
        window.until("the massager moves again", |_| !massager.levels().is_empty()).await;
        assert!(!window.shows("Start"), "it went on");
        window.press(Named::Escape).await;
        window.see(stopped).await;
    }
}

#[tokio::test(start_paused = true)]
async fn pain_above_five_ends_the_day_and_makes_the_next_time_softer() {
    let bench = Bench::new();
    let (mut window, _massager) = playing(&bench).await;
    window.wait(Duration::from_secs(60)).await;
    window.press(Named::Escape).await;
    window.see("Stopped at").await;
    window.click("7").await;
    window.see("7 is too much. Rest the feet today.").await;
    window.see("See a doctor if").await;
    window.click("Keep").await;
    window.see("Next time Svang begins at").await;
    window.wait(Duration::from_secs(1)).await;
    let sessions = Sessions::load(&bench.folders);
    assert_eq!(sessions.value().all().last().map(|session| session.pain), Some(Some(7)));
}

#[tokio::test(start_paused = true)]
async fn a_routine_by_hand_needs_no_massager() {
    for (language, begin, done, first, last) in [
        ("en", "Begin", "Done", "Roll the left foot slowly", "The same with the right foot"),
        ("da", "Begynd", "Færdig", "Rul venstre fod langsomt", "Det samme med højre fod"),
    ] {
        for size in [LARGE, SMALL] {
            let mut bench = Bench::new();
            bench.locale = Some(language.to_owned());
            let (mut window, _orders) = bench.window(false, size).await;
            window.control('f').await;
            window.type_text(if language == "da" { "svang og læg" } else { "arch and calf" }).await;
            window.click(begin).await;
            window.see(first).await;
            window.until("Done has the focus", |window| window.focused_text().as_deref() == Some(done)).await;
            // Enter for Done: the next step.
            for _ in 0..7 {
                window.press(Named::Enter).await;
                window.wait(Duration::from_millis(300)).await;
            }
            window.see(last).await;
            window.press(Named::Enter).await;
            window.until("the end", |window| window.texts().iter().any(|text| text.starts_with(done))).await;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn it_hurts_stops_first_then_asks_and_lowers_what_moved() {
    let bench = Bench::new();
    let (mut window, massager) = playing(&bench).await;
    window.click("It hurts").await;
    window.until("the massager rests", |_| at_rest(&massager)).await;
    window.see("How much does it hurt?").await;
    assert!(window.shows("Stop"), "Stop stays where it is");
    window.type_text("10").await;
    window.see("10 is too much").await;
    window.type_text("3").await;
    window.see("Go on, softer").await;
    window.click("5").await;
    window.see("Go on, softer").await;
    window.see("At most from now on").await;
    window.click("6").await;
    window.until("no way on", |window| !window.shows("Go on, softer")).await;
    window.click("Leave it stopped").await;
    window.wait(Duration::from_secs(1)).await;
    let settings = svang::storage::Settings::load(&bench.folders);
    assert_eq!(settings.value().ceilings.get(&Mode::Roller), Some(&percent(80)), "a fifth below 100 %");
    window.see("6 is too much").await;
}

/// After 6 of 10 nothing that moves is played any more today, from wherever one starts it; work with the hands is.
#[tokio::test(start_paused = true)]
async fn too_much_pain_closes_the_day_from_wherever_one_starts() {
    let bench = Bench::new();
    let today = bench.start(false).today().and_hms_opt(7, 12, 0).unwrap();
    let told = Session { pain: Some(6), ..Session::new(today, "built-in/morning".to_owned(), 200, false) };
    Sessions::load(&bench.folders).change(move |sessions| sessions.keep(told.clone())).run().unwrap();
    let (mut window, mut orders) = bench.window_alone(false, LARGE).await;
    let mut at_rest = connected(now());
    at_rest.activity = Activity::Nothing;
    at_rest.may_move = false;
    show(&mut window, at_rest).await;
    let mut refused = async |window: &mut Window, what: &str| {
        window.see("6 is too much. No more today").await;
        let moves = |order: &Command| {
            matches!(order, Command::Play { .. } | Command::PlayProgram(_) | Command::SetByHand(..) | Command::Resume)
        };
        let all: Vec<_> = std::iter::from_fn(|| orders.try_recv().ok()).filter(moves).collect();
        assert!(all.is_empty(), "{what}: {all:?}");
        window.wait(Duration::from_secs(12)).await;
    };
    window.click_id("play").await;
    refused(&mut window, "the bar").await;
    window.control('2').await;
    window.click_named("Play Auto 1, relax").await;
    refused(&mut window, "a program").await;
    let place = window.place("5 levels").unwrap();
    window.click_at(iced::Point::new(place.x + 280.0, place.y)).await;
    refused(&mut window, "by hand").await;
    assert!(!window.shows("rising"), "what was refused is not on its way: {:?}", window.texts());
    window.control('1').await;
    window.click("By hand only").await;
    window.click("Begin").await;
    window
        .until("work with the hands begins", |_| {
            std::iter::from_fn(|| orders.try_recv().ok()).any(|order| matches!(order, Command::Play { .. }))
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn escape_leaves_it_stopped_and_counts_as_four() {
    let bench = Bench::new();
    let (mut window, massager) = playing(&bench).await;
    window.click("It hurts").await;
    window.see("How much does it hurt?").await;
    window.press(Named::Escape).await;
    window.until("the question is closed", |window| !window.shows("How much does it hurt?")).await;
    assert!(at_rest(&massager));
    window.wait(Duration::from_secs(1)).await;
    let settings = svang::storage::Settings::load(&bench.folders);
    assert_eq!(settings.value().ceilings.get(&Mode::Roller), Some(&percent(80)));
}

#[tokio::test(start_paused = true)]
async fn softer_and_stronger_are_five_percent() {
    let bench = Bench::new();
    let (mut window, _massager) = playing(&bench).await;
    assert!(window.shows("40 %"), "{:?}", window.texts());
    window.click("Softer").await;
    window.see("35 %").await;
    window.click("Stronger").await;
    window.see("40 %").await;
}

#[tokio::test(start_paused = true)]
async fn stars_are_given_after_a_massage_too() {
    let bench = Bench::new();
    let (mut window, _massager) = playing(&bench).await;
    window.wait(Duration::from_secs(40)).await;
    window.press(Named::Escape).await;
    window.see("Your stars for it").await;
    let place = window.place("Your stars for it").unwrap();
    // The fifth star, at the right of the card.
    window.click_at(iced::Point::new(1280.0 - 32.0 - 4.0 - 20.0 - 17.0, place.center_y())).await;
    window.wait(Duration::from_secs(1)).await;
    let ratings = Ratings::load(&bench.folders);
    assert!(ratings.value().latest().is_some_and(|id| ratings.value().of(id).stars == 5), "{ratings:?}");
}

/// Keys alone mean something on this page, while something plays, and nowhere else.
#[tokio::test(start_paused = true)]
async fn plus_minus_and_h_are_keys_of_now_playing_alone() {
    use iced::keyboard::Modifiers;
    let bench = Bench::new();
    let (mut window, massager) = playing(&bench).await;
    window.press_with(Modifiers::empty(), iced::keyboard::Key::Character("-".into())).await;
    window.see("35 %").await;
    window.press_with(Modifiers::empty(), iced::keyboard::Key::Character("+".into())).await;
    window.see("40 %").await;
    window.control('2').await;
    window.press_with(Modifiers::empty(), iced::keyboard::Key::Character("h".into())).await;
    window.press_with(Modifiers::empty(), iced::keyboard::Key::Character("+".into())).await;
    window.wait(Duration::from_secs(1)).await;
    assert!(window.shows("40 %") && !window.shows("How much does it hurt?"), "{:?}", window.texts());
    window.click("Slow rollers").await;
    window.see("Now playing on").await;
    window.press_with(Modifiers::empty(), iced::keyboard::Key::Character("h".into())).await;
    window.until("the massager rests", |_| at_rest(&massager)).await;
    window.see("How much does it hurt?").await;
}

#[tokio::test(start_paused = true)]
async fn a_step_beside_the_massager_and_the_end_are_heard_and_the_beginning_is_not() {
    let bench = Bench::new();
    let (mut window, _massager) = playing(&bench).await;
    let chimes = || bench.desktop.chimes.load(Ordering::Relaxed);
    window.wait(Duration::from_secs(240)).await;
    assert_eq!(chimes(), 0);
    window.wait(Duration::from_secs(75)).await;
    assert_eq!(chimes(), 1, "the second step, at 5:00");
    window.wait(Duration::from_secs(300)).await;
    window.until("the end", |window| window.texts().iter().any(|text| text.starts_with("Done, "))).await;
    assert_eq!(chimes(), 2);
}

/// Begins a profile of steps alone.
async fn begin_by_hand(window: &mut Window) {
    window.control('f').await;
    window.type_text("arch and calf").await;
    window.click("Begin").await;
    window.see("Step 1 of").await;
}

#[tokio::test(start_paused = true)]
async fn another_profile_is_played_instead_only_when_asked_for() {
    let bench = Bench::new();
    let (mut window, massager) = playing(&bench).await;
    window.control('1').await;
    window.control('f').await;
    window.control('a').await;
    window.type_text("Arch and calf").await;
    window.click("Begin").await;
    window.see("Play this instead?").await;
    window.until("safe answer", |window| window.focused_text().as_deref() == Some("Keep playing")).await;
    assert!(!at_rest(&massager), "what plays goes on");
    window.press(Named::Enter).await;
    window.until("the question is over", |window| !window.shows("Play this instead?")).await;
    assert!(!at_rest(&massager) && window.shows("Slow rollers"), "{:?}", window.texts());
    window.click("Begin").await;
    window.click("Play instead").await;
    window.see("Step 1 of 8").await;
    window.until("the massager rests", |_| at_rest(&massager)).await;
}

#[tokio::test(start_paused = true)]
async fn the_card_of_what_plays_pauses_and_resumes_it() {
    let bench = Bench::new();
    let (mut window, massager) = playing(&bench).await;
    window.control('1').await;
    window.until("its time on the card", |window| window.texts().iter().any(|text| text.contains(" / −"))).await;
    let cards = window.texts();
    assert_eq!(cards.iter().filter(|text| *text == "Pause").count(), 1, "{cards:?}");
    assert!(!at_rest(&massager));
    window.click("Pause").await;
    window.until("the massager rests", |_| at_rest(&massager)).await;
    window.see("Resume").await;
    assert!(!window.shows("Play this instead?"));
    window.click("Resume").await;
    window.until("it goes on", |_| !at_rest(&massager)).await;
    window.see("Pause").await;
}

#[tokio::test(start_paused = true)]
async fn letters_and_chimes_can_be_switched_off() {
    use iced::keyboard::{Key, Modifiers};
    let bench = Bench::new();
    std::fs::create_dir_all(&bench.folders.config).unwrap();
    let settings = "(version: 1, chimes: false, letters: false)";
    std::fs::write(bench.folders.config.join("settings.ron"), settings).unwrap();
    let (mut window, _massager) = bench.window(false, LARGE).await;
    begin_by_hand(&mut window).await;
    for letter in ["n", "h"] {
        window.press_with(Modifiers::empty(), Key::Character(letter.into())).await;
    }
    window.wait(Duration::from_secs(1)).await;
    assert!(window.shows("Step 1 of") && !window.shows("How much does it hurt?"));
    window.see("Let go").await;
    window.see("Step 2 of").await;
    assert_eq!(bench.desktop.chimes.load(Ordering::Relaxed), 0);
}

#[tokio::test(start_paused = true)]
async fn n_and_p_go_through_steps_by_hand() {
    use iced::keyboard::{Key, Modifiers};
    let bench = Bench::new();
    let (mut window, _massager) = bench.window(false, LARGE).await;
    begin_by_hand(&mut window).await;
    let chimes = || bench.desktop.chimes.load(Ordering::Relaxed);
    assert!(!window.shows("Let go"));
    assert_eq!(chimes(), 0);
    window.see("Let go").await;
    window.until("a chime", |_| chimes() == 1).await;
    window.see("Step 2 of").await;
    window.press_with(Modifiers::empty(), Key::Character("p".into())).await;
    window.see("Step 1 of").await;
    window.press_with(Modifiers::empty(), Key::Character("n".into())).await;
    window.see("Step 2 of").await;
    window.press_with(Modifiers::empty(), Key::Character("p".into())).await;
    window.see("Step 1 of").await;
    assert_eq!(chimes(), 1, "whoever goes to a step knows it");
}

/// A press on a lane goes there.
#[tokio::test(start_paused = true)]
async fn a_press_on_a_lane_goes_there() {
    let bench = Bench::new();
    let (mut window, _massager) = playing(&bench).await;
    let at = |window: &mut Window| {
        let times = window.texts().into_iter().find(|text| text.contains(" / −")).unwrap();
        let (minutes, seconds) = times.split(' ').next().unwrap().split_once(':').unwrap();
        minutes.parse::<u32>().unwrap() * 60 + seconds.parse::<u32>().unwrap()
    };
    window.wait(Duration::from_secs(20)).await;
    let before = at(&mut window);
    let name = window.place("Roller").unwrap();
    window.click_at(iced::Point::new(name.x + 430.0, name.y + 40.0)).await;
    window.wait(Duration::from_secs(1)).await;
    let after = at(&mut window);
    assert!(after > before + 60, "from {before} s to {after} s");
}
