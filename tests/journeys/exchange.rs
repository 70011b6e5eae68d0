//! Journeys of curves between lanes, profiles and other programs.

use iced_test::core::Point;
use iced_test::core::keyboard::key::Named;
use iced_test::core::keyboard::{Key, Modifiers};
use svang::mode::{Channel, Mode};

use crate::bench::Bench;
use crate::editing::{ROLLER, new_profile, points, saved};
use crate::window::Window;

const HEAT: Channel = Channel::both(Mode::Heat);

/// Two points in the active lane, 5 % at 0:00 and 10 % at 0:20, by keyboard; both are chosen, the playhead stands at 0:20.
async fn two_points(window: &mut Window) {
    window.press(Named::Home).await;
    window.press(Named::Enter).await;
    for _ in 0..5 {
        window.press(Named::ArrowUp).await;
    }
    for _ in 0..20 {
        window.type_text(".").await;
    }
    window.press(Named::Enter).await;
    for _ in 0..5 {
        window.press(Named::ArrowUp).await;
    }
    window.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::Character("a".into())).await;
}

/// A new profile with two points in the roller's lane, and the keyboard in the lanes.
async fn with_two_points(bench: &Bench) -> Window {
    let mut window = new_profile(bench).await;
    window.click_at(Point::new(400.0, 250.0)).await;
    two_points(&mut window).await;
    assert!(window.shows("2 points chosen"), "{:?}", window.texts());
    window
}

/// From the roller's lane to the heat's.
async fn into_heat(window: &mut Window) {
    for _ in 0..3 {
        window.press(Named::PageDown).await;
    }
}

#[tokio::test(start_paused = true)]
async fn points_are_copied_into_another_lane_by_keyboard_and_pasting_again_goes_on() {
    let bench = Bench::new();
    let mut window = with_two_points(&bench).await;
    window.control('c').await;
    window.see("2 points copied.").await;
    into_heat(&mut window).await;
    window.press(Named::Home).await;
    window.control('v').await;
    window.see("2 points from Roller are in Heat now.").await;
    assert!(window.shows("2 points chosen"), "what came is chosen");
    window.see("Try from 0:20").await;
    window.control('v').await;
    window.see("Try from 0:40").await;
    window.control('s').await;
    window.see("Saved.").await;
    let profile = saved(&bench, "my-massage.ron");
    assert_eq!(points(&profile, ROLLER), [(0, 5.0), (20, 10.0)]);
    // The second one starts where the first ended; the lane was at rest before, and is again a millisecond after.
    assert_eq!(points(&profile, HEAT), [(0, 5.0), (19, 5.0), (20, 5.0), (40, 10.0), (40, 0.0)]);
}

#[tokio::test(start_paused = true)]
async fn what_is_pasted_between_pushes_the_rest_later_and_makes_the_profile_longer() {
    let bench = Bench::new();
    let mut window = with_two_points(&bench).await;
    window.control('c').await;
    window.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::Character("v".into())).await;
    window.see("The profile is 10:20 long now.").await;
    window.control('z').await;
    window.press(Named::End).await;
    window.click("Paste").await;
    window.see("The profile is 10:20 long now.").await;
    window.see("Undo: paste").await;
}

#[tokio::test(start_paused = true)]
async fn what_is_cut_is_pasted_into_a_profile_that_is_opened_later() {
    let bench = Bench::new();
    let mut window = with_two_points(&bench).await;
    window.control('x').await;
    window.see("Undo: cut 2 points").await;
    window.see("2 points cut.").await;
    assert!(!window.shows("2 points chosen"));
    window.click("Profiles").await;
    window.click("Discard").await;
    window.control('f').await;
    window.type_text("slow rollers").await;
    window.click_id("more").await;
    window.click("Edit a copy").await;
    window.see("Slow rollers (copy)").await;
    window.click("Paste").await;
    window.see("Undo: paste").await;
    window.control('s').await;
    window.see("Saved.").await;
    let profile = saved(&bench, "slow-rollers-copy.ron");
    let first = &points(&profile, ROLLER)[..2];
    assert_eq!(first, [(0, 5.0), (20, 10.0)]);
}

#[tokio::test(start_paused = true)]
async fn a_text_from_elsewhere_is_refused_in_words() {
    let bench = Bench::new();
    let mut window = new_profile(&bench).await;
    window.click_at(Point::new(400.0, 250.0)).await;
    window.control('c').await;
    window.see("Choose some points first").await;
    window.control('v').await;
    window.see("The clipboard is empty.").await;
    *window.clipboard() = Some("Dear Anna,".to_owned());
    window.control('v').await;
    window.see("The clipboard holds no curve that Svang can read (it is another text)").await;
    *window.clipboard() = Some("SvangClip(version: 2, length: \"0:01\", tracks: {})".to_owned());
    window.control('v').await;
    window.see("it is of version 2, this Svang reads version 1").await;
    assert!(!window.shows("Undo: paste"));
}

#[tokio::test(start_paused = true)]
async fn a_field_keeps_the_clipboard_for_its_own_text() {
    let bench = Bench::new();
    let mut window = with_two_points(&bench).await;
    window.control('c').await;
    let clip = window.clipboard().clone();
    *window.clipboard() = Some("Evening".to_owned());
    // The name of the profile.
    window.click_at(Point::new(300.0, 28.0)).await;
    window.control('a').await;
    window.control('v').await;
    window.see("Undo: rename").await;
    window.see("Evening").await; // In the player bar, which tells what is ready.
    assert!(clip.unwrap().starts_with("SvangClip("));
}
