//! Journeys through the help sheet of the editor.

use iced_test::core::Point;
use iced_test::core::keyboard::key::Named;

use crate::bench::Bench;
use crate::editing::new_profile;
use crate::{SMALL, copy};

const TITLE: &str = "Gestures and keys";

#[tokio::test(start_paused = true)]
async fn a_question_mark_shows_gestures_and_keys_and_the_lanes_keep_the_keyboard() {
    let bench = Bench::new();
    let mut window = new_profile(&bench).await;
    window.click_at(Point::new(400.0, 250.0)).await;
    window.type_text("?").await;
    window.see(TITLE).await;
    assert!(window.shows("Paste, and push what follows") && window.shows("Shift"));
    window.type_text("?").await;
    assert!(!window.shows(TITLE), "the key that opened it closes it");
    window.press(Named::Enter).await;
    assert!(window.shows("1 point"), "the lanes have the keyboard as before");
    window.press(Named::F1).await;
    window.see(TITLE).await;
    // Nothing goes through to the lanes below.
    window.press(Named::Delete).await;
    window.press(Named::Escape).await;
    assert!(!window.shows(TITLE) && window.shows("1 point"));
    window.click_id("help").await;
    window.see(TITLE).await;
    window.press(Named::Enter).await; // On Close, where the focus starts.
    assert!(!window.shows(TITLE));
}

#[tokio::test(start_paused = true)]
async fn escape_closes_the_sheet_and_stops_what_moves() {
    let bench = Bench::new();
    let (mut window, massager) = copy(&bench).await;
    window.click("Try from").await;
    window.until("the massager moves", |_| !massager.levels().is_empty()).await;
    window.press(Named::F1).await;
    window.see(TITLE).await;
    window.press(Named::Escape).await;
    assert!(!window.shows(TITLE));
    window.until("the massager rests", |_| massager.levels().is_empty()).await;
}

#[tokio::test(start_paused = true)]
async fn a_question_mark_is_a_letter_in_a_field_and_nothing_on_other_screens() {
    let bench = Bench::new();
    let mut window = new_profile(&bench).await;
    window.click_at(Point::new(300.0, 28.0)).await;
    window.type_text("?").await;
    window.see("Undo: rename").await;
    assert!(!window.shows(TITLE));
    window.click("Massager").await;
    window.type_text("?").await;
    assert!(!window.shows(TITLE));
}

#[tokio::test(start_paused = true)]
async fn in_a_small_window_keys_scroll_the_sheet() {
    let bench = Bench::new();
    let (mut window, _) = bench.window_alone(false, SMALL).await;
    window.click("New profile").await;
    window.type_text("?").await;
    window.see(TITLE).await;
    assert!(window.place("Stop everything").is_none(), "it is further down");
    window.press(Named::Tab).await;
    window.press(Named::End).await;
    assert!(window.place("Stop everything").is_some());
    window.press(Named::Home).await;
    assert!(window.place("Add one").is_some() && window.place("Stop everything").is_none());
    assert!(window.place("Stop").is_some());
}
