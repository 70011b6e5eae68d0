//! Journeys through the curve editor, with the mouse and by keyboard alone.

use iced_test::core::Point;
use iced_test::core::keyboard::key::Named;
use svang::engine::Command;
use svang::mode::{Channel, Mode};
use svang::profile::Profile;

use crate::bench::Bench;
use crate::window::Window;
use crate::{LARGE, SMALL, copy};

pub const ROLLER: Channel = Channel::both(Mode::Roller);

pub fn saved(bench: &Bench, name: &str) -> Profile {
    let text = std::fs::read_to_string(bench.folders.profiles().join(name)).unwrap();
    Profile::read(&text).unwrap()
}

pub fn points(profile: &Profile, channel: Channel) -> Vec<(u32, f32)> {
    let points = profile.tracks[&channel].points().iter();
    points.map(|point| (point.at.as_millis() / 1000, point.intensity.percent())).collect()
}

async fn is_saved(window: &mut Window) {
    window.until("it is saved", |window| !window.shows("Not saved")).await;
}

/// A new profile in the editor, not connected: roller, vibration, air and heat, ten minutes.
pub async fn new_profile(bench: &Bench) -> Window {
    let (mut window, _) = bench.window_alone(false, LARGE).await;
    window.click("New profile").await;
    window.see("Safety check").await;
    window
}

#[tokio::test(start_paused = true)]
async fn a_curve_is_drawn_with_the_mouse_and_saved() {
    let bench = Bench::new();
    let mut window = new_profile(&bench).await;
    // In the roller's lane, the first and the largest: two points by double clicks, one of them dragged.
    for (x, y) in [(260.0, 290.0), (400.0, 220.0), (600.0, 260.0)] {
        window.double_click(Point::new(x, y)).await;
    }
    assert!(window.shows("3 points"), "{:?}", window.texts());
    window.drag(Point::new(400.0, 220.0), Point::new(440.0, 190.0)).await;
    assert!(window.shows("Undo: move point"), "{:?}", window.texts());
    // Nothing told the time meanwhile; the notice stays its whole time all the same.
    window.wait(std::time::Duration::from_secs(20)).await;
    window.click("Save").await;
    window.see("Saved.").await;
    window.wait(std::time::Duration::from_secs(3)).await;
    assert!(window.shows("Saved."));
    assert!(!window.shows("Not saved"));
    let before = points(&saved(&bench, "my-massage.ron"), ROLLER);
    assert_eq!(before.len(), 3);

    // Undo goes on working after a save, and is not saved by itself.
    window.control('z').await;
    window.see("Not saved").await;
    window.control('s').await;
    is_saved(&mut window).await;
    let after = points(&saved(&bench, "my-massage.ron"), ROLLER);
    assert!(after[1].0 < before[1].0 && after[1].1 < before[1].1, "{before:?} {after:?}");
    window.click("Profiles").await;
    window.see("My massage").await;
}

#[tokio::test(start_paused = true)]
async fn a_curve_is_drawn_by_keyboard_alone() {
    let bench = Bench::new();
    let (mut window, _) = bench.window_alone(false, LARGE).await;
    window.control('n').await;
    window.see("Safety check").await;
    // The focus starts in the lanes, and the roller is the first of them.
    window.press(Named::Enter).await; // A point at 0:00.
    for _ in 0..5 {
        window.press(Named::ArrowUp).await;
    }
    window.press(Named::End).await;
    window.press(Named::Enter).await; // And one at the end.
    window.see("2 points").await;
    // Out of the lanes, past the pages and the minus, into the field of the time.
    window.press(Named::Tab).await;
    window.press(Named::Tab).await;
    window.press(Named::Tab).await;
    window.control('a').await;
    window.type_text("2:30.500").await;
    window.see("Undo: set time").await;
    window.control('s').await;
    window.see("Saved.").await;
    let profile = saved(&bench, "my-massage.ron");
    assert_eq!(points(&profile, ROLLER), [(0, 5.0), (150, 5.0)]);
    assert_eq!(profile.tracks[&ROLLER].points()[1].at.to_string(), "2:30.500");
}

pub async fn tab_to(window: &mut Window, text: &str) {
    for _ in 0..40 {
        window.press(Named::Tab).await;
        if window.focused_text().is_some_and(|seen| seen == text) {
            return;
        }
    }
    panic!("Tab never came to {text}. Texts: {:?}", window.texts());
}

#[tokio::test(start_paused = true)]
async fn points_are_chosen_by_a_box_moved_together_and_put_back_by_escape() {
    let bench = Bench::new();
    let (mut window, mut orders) = bench.window_alone(false, LARGE).await;
    window.click("New profile").await;
    window.see("Safety check").await;
    for (x, y) in [(300.0, 280.0), (400.0, 250.0), (800.0, 280.0)] {
        window.double_click(Point::new(x, y)).await;
    }
    window.drag(Point::new(270.0, 200.0), Point::new(460.0, 300.0)).await;
    assert!(window.shows("2 points chosen"), "{:?}", window.texts());
    window.grab(Point::new(400.0, 250.0), Point::new(450.0, 215.0)).await;
    window.see("Undo: move 2 points").await;
    while orders.try_recv().is_ok() {}
    window.press(Named::Escape).await;
    assert!(matches!(orders.try_recv(), Ok(Command::Stop)), "whatever the pointer holds, Escape stops first");
    assert!(!window.shows("Undo: move 2 points"), "after the stop was ordered, Escape puts the drag back");
    window.drag(Point::new(400.0, 250.0), Point::new(450.0, 215.0)).await;
    window.see("Undo: move 2 points").await;
    window.press(Named::Delete).await;
    assert!(window.shows("1 point"), "{:?}", window.texts());
    window.control('z').await;
    assert!(window.shows("3 points"));
}

#[tokio::test(start_paused = true)]
async fn leaving_with_unsaved_changes_asks_and_other_screens_keep_them() {
    let bench = Bench::new();
    let mut window = new_profile(&bench).await;
    window.double_click(Point::new(400.0, 250.0)).await;
    window.click("Massager").await;
    assert!(!window.shows("Safety check"));
    window.click("Profiles").await;
    window.see("1 point").await;
    window.click("Profiles").await;
    window.see("Save your changes first?").await;
    window.click("Keep editing").await;
    window.see("1 point").await;
    window.close().await;
    window.see("Save your changes first?").await;
    assert!(!window.exited);
    window.click("Keep editing").await;
    window.click("Profiles").await;
    window.click("Discard").await;
    window.see("By hand only").await;
    assert!(!bench.folders.profiles().join("my-massage.ron").exists());
}

#[tokio::test(start_paused = true)]
async fn what_is_edited_is_felt_at_once() {
    let bench = Bench::new();
    let (mut window, massager) = copy(&bench).await;
    window.click("Try from").await;
    window.until("the massager moves", |_| !massager.levels().is_empty()).await;
    // Everything taken away comes to rest, while the try goes on.
    window.click_at(Point::new(700.0, 200.0)).await;
    window.control('a').await;
    window.press(Named::Delete).await;
    window.until("the massager rests", |_| massager.levels().is_empty()).await;
    window.control('z').await;
    window.until("the massager moves again", |_| !massager.levels().is_empty()).await;
    window.press(Named::Escape).await;
    window.until("the massager rests", |_| massager.levels().is_empty()).await;
    window.see("Safety check").await;
}

#[tokio::test(start_paused = true)]
async fn a_file_that_changed_meanwhile_is_kept_with_ours() {
    let bench = Bench::new();
    let mut window = new_profile(&bench).await;
    window.double_click(Point::new(400.0, 250.0)).await;
    window.control('s').await;
    window.see("Saved.").await;
    let file = bench.folders.profiles().join("my-massage.ron");
    let theirs = std::fs::read_to_string(&file).unwrap().replace("My massage", "Theirs");
    std::fs::write(&file, &theirs).unwrap();
    window.double_click(Point::new(600.0, 250.0)).await;
    window.control('s').await;
    window.see("The file changed meanwhile").await;
    window.click("Save beside it").await;
    is_saved(&mut window).await;
    assert_eq!(std::fs::read_to_string(&file).unwrap(), theirs);
    assert_eq!(points(&saved(&bench, "my-massage-2.ron"), ROLLER).len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_small_window_has_the_inspector_behind_a_button() {
    let bench = Bench::new();
    let (mut window, _) = bench.window_alone(false, SMALL).await;
    window.click("New profile").await;
    window.see("Select").await;
    assert!(!window.shows("Safety check"));
    window.click("Details").await;
    window.see("Safety check").await;
}
