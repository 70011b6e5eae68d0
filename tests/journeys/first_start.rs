//! From the first start to feet, and what the answers to the health questions switch off.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use iced_test::core::keyboard::key::Named;
use iced_test::core::{Size, keyboard};
use svang::bluetooth::MassagerId;
use svang::engine::Command;
use svang::i18n::Words;
use svang::mode::{Channel, Mode};
use svang::storage::{Calendar, KnownMassager, KnownMassagers};

use crate::bench::Bench;
use crate::window::Window;
use crate::{LARGE, SMALL, at_rest, press_by_keyboard};

fn bench(language: &str) -> (Bench, Words) {
    let mut bench = Bench::new();
    bench.locale = Some(format!("{language}_XX.UTF-8"));
    let words = bench.languages.of(language);
    (bench, words)
}

fn say(words: &Words, key: &str) -> String {
    words.message(key, &[])
}

async fn walk(window: &mut Window, words: &Words, keys: &[&str]) {
    for key in keys {
        window.click(&say(words, key)).await;
    }
}

/// Waits until a massager is connected.
async fn connected(window: &mut Window, words: &Words) {
    let away = ["bar-no-massager", "bar-connecting"].map(|key| say(words, key));
    window.until("a massager is connected", |window| !away.iter().any(|text| window.shows(text))).await;
}

/// What there is to press until the massager's page of the first start, by somebody to whom nothing applies.
const NOTHING_APPLIES: [&str; 4] = ["start-next", "health-none", "start-next", "flags-none"];

#[tokio::test(start_paused = true)]
async fn from_the_first_start_to_feet_in_at_most_eight_clicks_in_both_languages() {
    for language in ["en", "da"] {
        for size in [LARGE, SMALL] {
            let (bench, words) = bench(language);
            let (mut window, massager) = bench.window(true, size).await;
            let steps = [&NOTHING_APPLIES[..], &["start-without"]].concat();
            walk(&mut window, &words, &steps).await;
            connected(&mut window, &words).await;
            // Gentle start is chosen: its Play is the bar's.
            let gentle = if language == "da" { "Blid begyndelse" } else { "Gentle start" };
            window.until("Gentle start is ready", |window| window.places(gentle).len() > 1).await;
            window.click_id("play").await;
            window.until("the massager moves", |_| !massager.levels().is_empty()).await;
            let clicks = steps.len() + 1;
            assert!(clicks <= 8, "{clicks}");
            window.press(Named::Escape).await;
            window.until("the massager rests", |_| at_rest(&massager)).await;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_clot_switches_air_pressure_off_everywhere_with_its_reason() {
    for (language, off) in [("en", "off: clot or vein"), ("da", "fra: blodprop eller åre")] {
        let (bench, words) = bench(language);
        let (mut window, massager) = bench.window(true, LARGE).await;
        walk(&mut window, &words, &["start-next", "health-clot"]).await;
        assert_eq!(window.places(&say(&words, "health-off")).len(), 4, "{language}: {:?}", window.texts());
        walk(&mut window, &words, &["health-clot-is-over"]).await;
        walk(&mut window, &words, &["start-next", "flags-none", "start-without"]).await;
        connected(&mut window, &words).await;
        // Rolling waits for a doctor; air pressure stays off, wherever it can be chosen.
        window.control('2').await;
        window.until("the reason is there", |window| window.shows(off)).await;
        window.control('3').await;
        assert!(window.shows(off), "{:?}", window.texts());
        // And whatever is asked.
        window.control('2').await;
        let name = window.place(&words.mode(Mode::AirPressure)).unwrap();
        window.click_at(iced_test::core::Point::new(name.x + 250.0, name.y + 18.0)).await;
        window.wait(Duration::from_secs(20)).await;
        assert!(massager.levels().iter().all(|(channel, _)| *channel != Channel::both(Mode::AirPressure)));
    }
}

#[tokio::test(start_paused = true)]
async fn with_a_red_flag_nothing_moves_until_the_answer_changes() {
    let (bench, words) = bench("en");
    let (mut window, massager) = bench.window(true, LARGE).await;
    walk(&mut window, &words, &["start-next", "health-none", "start-next", "flags-yes"]).await;
    window.see("Not today").await;
    walk(&mut window, &words, &["flags-look-around"]).await;
    window.control('2').await;
    window.click("Connect").await;
    window.see("Connected").await;
    window.control('1').await;
    window.click("Play").await;
    window.see("Any of these now?").await;
    window.wait(Duration::from_secs(20)).await;
    assert!(at_rest(&massager));
    walk(&mut window, &words, &["flags-none"]).await;
    window.click("Play").await;
    window.until("the massager moves", |_| !massager.levels().is_empty()).await;
}

#[tokio::test(start_paused = true)]
async fn the_questions_come_again_with_time_and_when_they_were_deleted() {
    let (mut bench, words) = bench("en");
    let today = Arc::new(Mutex::new("2030-03-10".parse().unwrap()));
    let shown = Arc::clone(&today);
    bench.calendar = Calendar::new(move || *shown.lock().unwrap());
    let (mut window, massager) = bench.window(false, LARGE).await;
    window.control('2').await;
    window.click("Connect").await;
    window.see("Connected").await;
    *today.lock().unwrap() = "2031-06-20".parse().unwrap();
    window.control('1').await;
    window.click_id("play").await;
    window.see(&say(&words, "health-title")).await;
    window.wait(Duration::from_secs(20)).await;
    assert!(at_rest(&massager), "nothing moves before they are answered");
    walk(&mut window, &words, &["start-next", "flags-none"]).await;
    window.control('3').await;
    walk(&mut window, &words, &["settings-health-delete"]).await;
    window.see(&say(&words, "settings-health-none")).await;
    let health = std::fs::read_to_string(bench.folders.state.join("health.ron")).unwrap();
    assert!(!health.contains("2030"), "{health}");
    window.click_id("play").await;
    window.see(&say(&words, "health-title")).await;
}

#[tokio::test(start_paused = true)]
async fn the_next_day_takes_one_click_and_play_waits_for_the_massager() {
    for language in ["en", "da"] {
        let (bench, words) = bench(language);
        let (mut window, _) = bench.window(true, LARGE).await;
        walk(&mut window, &words, &[&NOTHING_APPLIES[..], &["start-without"]].concat()).await;
        connected(&mut window, &words).await;
        window.control('f').await;
        window.type_text(if language == "da" { "Efter aktivitet" } else { "After activity" }).await;
        window.click(&say(&words, "play")).await;
        window.wait(Duration::from_secs(90)).await;
        window.press(Named::Escape).await;
        drop(window);

        // The next day: what was played last is ready, and so is the one click.
        let (mut window, massager) = bench.window(false, LARGE).await;
        window.click_id("play").await;
        window.until("the massager moves", |_| !massager.levels().is_empty()).await;
        assert!(window.shows(if language == "da" { "Efter aktivitet" } else { "After activity" }));
        window.press(Named::Escape).await;
        window.until("the massager rests", |_| at_rest(&massager)).await;
    }
}

#[tokio::test(start_paused = true)]
async fn play_says_that_it_waits_and_any_stop_ends_the_waiting() {
    let (bench, _) = bench("en");
    let hjemro = KnownMassager {
        name: "Hjemro F3".into(),
        map: "svang-reference".into(),
        fingerprint: 0,
        tried: true,
        agreed: false,
        connect_by_itself: true,
    };
    let id = MassagerId("C0:FF:EE:00:00:01".into());
    let remember = move |known: &mut KnownMassagers| drop(known.massagers.insert(id.clone(), hjemro.clone()));
    KnownMassagers::load(&bench.folders).change(remember).run().unwrap();
    let (mut window, mut orders) = bench.window_alone(false, LARGE).await;
    while orders.try_recv().is_ok() {}
    window.click_id("play").await;
    window.see("waits for Hjemro F3").await;
    assert!(matches!(orders.try_recv(), Ok(Command::Search(true))));
    // It comes near after the person thought better of it: nothing starts.
    window.press(Named::Escape).await;
    assert!(matches!(orders.try_recv(), Ok(Command::Stop)));
    assert!(!window.shows("waits for"));
    // Again, and nothing comes: it is given up, in words.
    window.click_id("play").await;
    window.wait(Duration::from_secs(121)).await;
    window.see("did not come near").await;
    assert!(!window.shows("waits for"));
    // Pressing once more ends it too.
    window.click_id("play").await;
    window.click_id("play").await;
    assert!(!window.shows("waits for"));
    while let Ok(order) = orders.try_recv() {
        assert!(!matches!(order, Command::Play { .. }));
    }
}

#[tokio::test(start_paused = true)]
async fn the_first_start_goes_by_keyboard_and_speaks_another_language_at_once() {
    let (bench, english) = bench("en");
    let danish = bench.languages.of("da");
    let (mut window, _massager) = bench.window(true, Size::new(900.0, 540.0)).await;
    assert!(window.shows("Welcome to Svang"));
    // The language is a value: one stop for Tab, and arrows choose.
    window.press_with(keyboard::Modifiers::SHIFT, Named::Tab).await;
    window.press_with(keyboard::Modifiers::SHIFT, Named::Tab).await;
    window.press(Named::ArrowLeft).await;
    assert!(window.shows(&say(&danish, "start-title")), "{:?}", window.texts());
    for key in NOTHING_APPLIES.iter().chain(&["start-without"]) {
        press_by_keyboard(&mut window, &say(&danish, key)).await;
    }
    connected(&mut window, &danish).await;
    assert!(!window.shows(&say(&english, "settings")));
}
