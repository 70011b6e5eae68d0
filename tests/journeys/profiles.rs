//! Looking for what helps now: profiles by need, one profile, and files that wait for a mend.

use std::time::Duration;

use iced::keyboard::key::Named;
use svang::engine::Command;
use svang::storage::Ratings;
use svang::time::Time;
use svang::ui::Message;

use crate::bench::Bench;
use crate::pictures::states::{connected, now, show};
use crate::{LARGE, SMALL};

/// A profile with a letter where a figure belongs.
const BROKEN: &str = "Profile(\n    version: 1,\n    name: \"My heel\",\n    length: \"1:00\",\n    tracks: {\n        \
                      Heat: [\n            Straight(\"0:00\", 2O),\n            Straight(\"1:00\", 0),\n        ],\n    \
                      },\n)\n";

#[tokio::test(start_paused = true)]
async fn profiles_are_found_by_need_and_by_mode() {
    let (mut window, _orders) = Bench::new().window_alone(false, LARGE).await;
    window.click("Evening").await;
    assert!(window.shows("Evening wind-down") && !window.shows("Slow rollers"), "{:?}", window.texts());
    window.click("Modes").await;
    window.click("Vibration").await;
    window.see("No profile fits").await;
    window.click("Show all").await;
    assert!(window.shows("Gentle start"));
    window.click("By hand only").await;
    window.see("Arch and calf, by hand").await;
    assert!(window.shows("Begin") && window.places("Gentle").is_empty(), "{:?}", window.texts());
}

#[tokio::test(start_paused = true)]
async fn only_what_does_not_fit_is_said() {
    let (mut window, _orders) = Bench::new().window_alone(false, LARGE).await;
    assert!(!window.texts().iter().any(|text| text.starts_with("not on")), "no massager: nothing is said");
    let mut state = connected(now());
    if let svang::engine::Link::Connected(massager) = &mut state.link {
        massager.channels =
            massager.channels.iter().filter(|state| state.channel.mode != svang::mode::Mode::Heat).cloned().collect();
    }
    show(&mut window, state).await;
    window.control('f').await;
    window.type_text("wind-down").await;
    assert!(window.shows("not on Hjemro F3"), "{:?}", window.texts());
    window.control('f').await;
    window.control('a').await;
    window.type_text("slow rollers").await;
    window.see("Rollers alone").await;
    assert!(!window.shows("not on Hjemro F3"), "{:?}", window.texts());
}

#[tokio::test(start_paused = true)]
async fn arrows_walk_the_cards_and_back_returns_to_the_card() {
    let (mut window, _orders) = Bench::new().window_alone(false, LARGE).await;
    window.click("Evening").await;
    window.click("All").await;
    for _ in 0..8 {
        window.press(Named::Tab).await;
    }
    window
        .until("a card has the focus", |window| window.focused_place().is_some_and(|place| place.height > 200.0))
        .await;
    let first = window.focused_place().unwrap();
    window.press(Named::ArrowRight).await;
    let second = window.focused_place().unwrap();
    assert!(second.x > first.x + 300.0 && (second.y - first.y).abs() < 1.0, "{first:?} {second:?}");
    window.press(Named::ArrowDown).await;
    window.press(Named::ArrowDown).await;
    window.press(Named::ArrowDown).await;
    let below = window.focused_place().unwrap();
    assert!(below.height > 100.0 && below.y + below.height < 712.0, "it was scrolled into view: {below:?}");
    window.press(Named::Enter).await;
    window.see("Your stars").await;
    assert_eq!(window.focused_text().as_deref(), Some("Play"));
    window.click("Profiles").await;
}

#[tokio::test(start_paused = true)]
async fn a_profile_starts_from_a_step_and_the_mark_is_forgotten_after_playing() {
    let bench = Bench::new();
    let (mut window, mut orders) = bench.window_alone(false, LARGE).await;
    show(&mut window, connected(now())).await;
    window.control('f').await;
    window.type_text("daily").await;
    window.press(Named::Tab).await;
    for _ in 0..12 {
        if window.focused_place().is_some_and(|place| place.height > 200.0) {
            break;
        }
        window.press(Named::Tab).await;
    }
    window.press(Named::Enter).await;
    window.see("Start from a step").await;
    let step = window.places("2:30").first().copied().unwrap();
    window.click_at(step.center()).await;
    window.see("Play from 2:30").await;
    while orders.try_recv().is_ok() {}
    window.click("Play from 2:30").await;
    let mut from = None;
    while let Ok(order) = orders.try_recv() {
        if let Command::Play { from: at, .. } = order {
            from = Some(at);
        }
    }
    assert_eq!(from, Some(Time::from_secs(150)));
    window.control('1').await;
    window.until("the mark is gone", |window| !window.shows("Play from 2:30")).await;
}

#[tokio::test(start_paused = true)]
async fn stars_are_given_on_the_page_of_a_profile() {
    let bench = Bench::new();
    let (mut window, _orders) = bench.window_alone(false, SMALL).await;
    window.click_id("more").await;
    window.click("Look closer").await;
    let words = window.place("Your stars").unwrap();
    // The fourth of five, at the right edge of the page.
    window.click_at(iced::Point::new(900.0 - 20.0 - 34.0 * 1.5, words.center_y())).await;
    window.wait(Duration::from_millis(500)).await;
    assert_eq!(Ratings::load(&bench.folders).value().of(svang::profile::bundled::GENTLE_START).stars, 4);
}

/// Stars and notes follow a profile that is renamed in the file manager; another one of its old name has none of them.
#[tokio::test(start_paused = true)]
async fn stars_follow_the_profile_and_not_the_name_of_its_file() {
    let bench = Bench::new();
    let folder = bench.folders.profiles();
    std::fs::create_dir_all(&folder).unwrap();
    let text = "Profile(version: 1, name: \"My heel\", length: \"1:00\", tracks: {Heat: [Straight(\"0:00\", 20)]})";
    std::fs::write(folder.join("heel.ron"), text).unwrap();
    let mut ratings = Ratings::load(&bench.folders);
    ratings.change(|ratings| ratings.set_note("heel", "Better on the left.")).run().unwrap();
    let (mut window, _orders) = bench.window_alone(false, LARGE).await;
    window.update(Message::FilesChanged);
    window.see("My heel").await;
    window.wait(Duration::from_millis(500)).await;
    std::fs::rename(folder.join("heel.ron"), folder.join("hæl.ron")).unwrap();
    std::fs::write(folder.join("heel.ron"), text.replace("My heel", "Somebody else's").replace("20", "40")).unwrap();
    window.update(Message::FilesChanged);
    window.see("Somebody else's").await;
    window.wait(Duration::from_millis(500)).await;
    let read = Ratings::load(&bench.folders);
    assert_eq!(read.value().of("hæl").note, "Better on the left.");
    assert_eq!(read.value().of("heel").note, "");
}

#[tokio::test(start_paused = true)]
async fn a_broken_file_is_mended_beside_its_fault() {
    let bench = Bench::new();
    std::fs::create_dir_all(bench.folders.profiles()).unwrap();
    let file = bench.folders.profiles().join("heel.ron");
    std::fs::write(&file, BROKEN).unwrap();
    let (mut window, _orders) = bench.window_alone(false, SMALL).await;
    window.update(Message::FilesChanged);
    window.click("Own").await;
    window.see("One file waits for a mend").await;
    window.click("Mend").await;
    window.see("One thing to mend").await;
    // The caret stands at the fault.
    window.press(Named::Delete).await;
    window.press(Named::Delete).await;
    window.see("to mend").await;
    window.type_text("20").await;
    window.see("It can be played now. Save it.").await;
    assert_eq!(std::fs::read_to_string(&file).unwrap(), BROKEN, "nothing is written before Save");
    window.click("Save").await;
    window.see("My heel").await;
    assert_eq!(std::fs::read_to_string(&file).unwrap(), BROKEN.replace("2O", "20"));
    assert_eq!(std::fs::read_to_string(file.with_extension("ron.bak")).unwrap(), BROKEN);
}

#[tokio::test(start_paused = true)]
async fn what_another_program_wrote_meanwhile_is_not_overwritten() {
    let bench = Bench::new();
    std::fs::create_dir_all(bench.folders.profiles()).unwrap();
    let file = bench.folders.profiles().join("heel.ron");
    std::fs::write(&file, BROKEN).unwrap();
    let (mut window, _orders) = bench.window_alone(false, LARGE).await;
    window.update(Message::FilesChanged);
    window.click("Own").await;
    window.see("Mend").await;
    window.click("Mend").await;
    window.see("One thing to mend").await;
    let theirs = BROKEN.replace("2O", "3O");
    std::fs::write(&file, &theirs).unwrap();
    window.type_text("x").await;
    window.click("Save").await;
    window.see("Another program has changed the file").await;
    assert_eq!(std::fs::read_to_string(&file).unwrap(), theirs);
    // What was typed waits while one looks elsewhere.
    window.control('3').await;
    window.control('1').await;
    window.click("Take the text from the disk").await;
    window.until("their text", |window| !window.shows("Another program")).await;
}

#[tokio::test(start_paused = true)]
async fn a_file_dropped_on_the_window_is_imported_chosen_and_told_apart() {
    let bench = Bench::new();
    let elsewhere = tempfile::tempdir().unwrap();
    let file = elsewhere.path().join("fra fys.ron");
    std::fs::write(&file, BROKEN.replace("2O", "20").replace("My heel", "Slow rollers")).unwrap();
    let (mut window, _orders) = bench.window_alone(false, LARGE).await;
    window.update(Message::Dropped(file.clone()));
    window.see("“Slow rollers” is imported.").await;
    window.see("fra-fys.ron").await;
    assert!(window.shows("Ready-made"), "the other one of the name: {:?}", window.texts());
    let card = window.focused_place().unwrap();
    assert!(card.height > 100.0, "its card has the focus");
    std::fs::write(&file, "Profile(").unwrap();
    window.update(Message::Dropped(file));
    window.see("cannot be used yet").await;
}

#[tokio::test(start_paused = true)]
async fn a_profile_says_of_itself_what_its_owner_wrote_in_both_languages() {
    let bench = Bench::new();
    let (mut window, _orders) = bench.window_alone(false, iced_test::core::Size::new(1280.0, 1400.0)).await;
    window.click_id("more").await;
    window.click("Edit a copy").await;
    window.click("Profile").await;
    window.see("Who made it").await;
    let label = window.place("Who made it").unwrap();
    window.click_at(iced::Point::new(label.x + 60.0, label.y + label.height + 26.0)).await;
    window.type_text("Anna").await;
    window.click("Morning").await;
    window.control('s').await;
    window.see("Saved").await;
    let file = std::fs::read_dir(bench.folders.profiles()).unwrap().next().unwrap().unwrap().path();
    let profile = svang::profile::Profile::read(&std::fs::read_to_string(file).unwrap()).unwrap();
    assert_eq!(profile.author.as_deref(), Some("Anna"));
    assert_eq!(profile.need, Some(svang::profile::Need::Morning));
    assert!(profile.name.variants.contains_key("en") && profile.name.variants.contains_key("da"));
}
