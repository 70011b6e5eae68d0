//! Journeys that feel what is drawn: recording by hand, and looping a stretch on the massager.

use std::time::Duration;

use iced_test::core::Point;
use iced_test::core::keyboard::key::Named;
use svang::mode::{Channel, Mode};
use svang::profile::Profile;
use svang::time::Time;

use crate::bench::Bench;
use crate::window::Window;
use crate::{LARGE, copy};

const ROLLER: Channel = Channel::both(Mode::Roller);

async fn saved(window: &mut Window, bench: &Bench, name: &str) -> Profile {
    window.control('s').await;
    window.until("it is saved", |window| !window.shows("Not saved")).await;
    let text = std::fs::read_to_string(bench.folders.profiles().join(name)).unwrap();
    Profile::read(&text).unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_curve_is_recorded_by_hand_without_a_massager() {
    let bench = Bench::new();
    let (mut window, _) = bench.window_alone(false, LARGE).await;
    window.click("New profile").await;
    window.click("Record").await;
    window.see("Record roller").await;
    window.click("Record from 0:00").await;
    // The slider has the focus: an arrow is 2 %.
    for _ in 0..3 {
        window.wait(Duration::from_secs(2)).await;
        for _ in 0..5 {
            window.press(Named::ArrowUp).await;
        }
    }
    window.wait(Duration::from_secs(2)).await;
    window.click("Finish").await;
    window.see("Undo: record by hand").await;
    let profile = saved(&mut window, &bench, "my-massage.ron").await;
    let curve = &profile.tracks[&ROLLER];
    let level = |millis| curve.intensity_at(Time::from_millis(millis)).percent();
    assert_eq!((level(1_500), level(3_500), level(5_500), level(7_500)), (0.0, 10.0, 20.0, 30.0));
    assert!(curve.points().len() <= 9, "the take is simplified: {:?}", curve.points());
    assert!((7_900..=8_200).contains(&curve.end().as_millis()), "{}", curve.end());

    // A second take from there on is one step, and Escape drops a third as if it had not been.
    window.click("Record from 0:08").await;
    window.wait(Duration::from_secs(3)).await;
    window.press(Named::Escape).await;
    window.see("Record from 0:08").await;
    assert_eq!(saved_again(&mut window, &bench).await, profile, "nothing is left of a dropped take");
    window.control('z').await;
    window.see("empty").await;
}

async fn saved_again(window: &mut Window, bench: &Bench) -> Profile {
    window.control('s').await;
    window.settle().await;
    Profile::read(&std::fs::read_to_string(bench.folders.profiles().join("my-massage.ron")).unwrap()).unwrap()
}

#[tokio::test(start_paused = true)]
async fn what_is_recorded_is_felt_and_stop_keeps_the_take() {
    let bench = Bench::new();
    let (mut window, massager) = copy(&bench).await;
    // Everything away, so that only the hand moves the rollers.
    window.click_at(Point::new(700.0, 200.0)).await;
    window.control('a').await;
    window.press(Named::Delete).await;
    window.click("Record").await;
    window.click("Record and feel it").await;
    window.wait(Duration::from_secs(2)).await;
    assert!(massager.levels().is_empty(), "{:?}", massager.levels());
    for _ in 0..20 {
        window.press(Named::ArrowUp).await;
    }
    window.wait(Duration::from_secs(6)).await;
    let felt = massager.levels();
    // 40 % of 20 levels at an overall strength of 40 %, on both feet.
    assert!(!felt.is_empty() && felt.values().all(|level| *level == 3), "{felt:?}");
    window.press(Named::Escape).await;
    window.until("the massager rests", |_| massager.levels().is_empty()).await;
    window.see("Undo: record by hand").await;
    window.see("Record from 0:0").await;
    window.wait(Duration::from_secs(30)).await;
    assert!(massager.levels().is_empty(), "nothing starts by itself");
    let profile = saved(&mut window, &bench, "slow-rollers-copy.ron").await;
    let peak = profile.tracks[&ROLLER].points().iter().map(|point| point.intensity.percent()).fold(0.0, f32::max);
    assert_eq!(peak, 40.0);
}

#[tokio::test(start_paused = true)]
async fn a_chosen_stretch_is_looped_until_stop() {
    let bench = Bench::new();
    let (mut window, massager) = copy(&bench).await;
    window.click_at(Point::new(700.0, 200.0)).await;
    window.type_text("l").await;
    window.see("Choose points at least two seconds apart").await;
    window.control('a').await;
    window.click("Play loop 0:00").await;
    window.until("the massager moves", |_| !massager.levels().is_empty()).await;
    window.see("repeats").await;
    window.press(Named::Escape).await;
    window.until("the massager rests", |_| massager.levels().is_empty()).await;
}

#[tokio::test(start_paused = true)]
async fn an_edit_is_felt_within_a_tenth_of_a_second() {
    let bench = Bench::new();
    let (mut window, massager) = copy(&bench).await;
    window.click("Try from").await;
    // Far enough in that the rollers stand still at a level.
    window.until("the massager moves", |_| !massager.levels().is_empty()).await;
    window.wait(Duration::from_secs(20)).await;
    window.click_at(Point::new(700.0, 200.0)).await;
    window.control('a').await;
    let before = massager.levels();
    let start = tokio::time::Instant::now();
    window.press(Named::Delete).await;
    while massager.levels() == before && start.elapsed() < Duration::from_secs(1) {
        window.wait(Duration::from_millis(5)).await;
    }
    let late = start.elapsed();
    assert!(massager.levels() != before && late <= Duration::from_millis(100), "felt after {late:?}");
    window.press(Named::Escape).await;
    window.until("the massager rests", |_| massager.levels().is_empty()).await;
}
