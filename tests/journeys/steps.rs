//! Manual steps without the pointer: added, chosen in the table, and typed.

use iced_test::core::keyboard::key::Named;
use svang::profile::Profile;

use crate::LARGE;
use crate::bench::Bench;
use crate::window::Window;

/// Goes on with Tab until a text has the focus.
async fn tab_to(window: &mut Window, text: &str) {
    for _ in 0..60 {
        window.press(Named::Tab).await;
        if window.focused_text().is_some_and(|seen| seen == text) {
            return;
        }
    }
    panic!("Tab never came to {text}. Texts: {:?}", window.texts());
}

/// Presses Tab so many times.
async fn tabs(window: &mut Window, count: usize) {
    for _ in 0..count {
        window.press(Named::Tab).await;
    }
}

/// Turns the panel from its first page to the table by arrow keys, or back.
async fn turn(window: &mut Window, arrow: Named) {
    tab_to(window, "Point").await;
    window.press(arrow).await;
    window.press(arrow).await;
}

/// Types into a field that has the focus, in place of what is there.
async fn retype(window: &mut Window, text: &str) {
    window.control('a').await;
    window.type_text(text).await;
}

#[tokio::test(start_paused = true)]
async fn a_step_is_made_by_keyboard_alone() {
    let bench = Bench::new();
    let (mut window, _) = bench.window_alone(false, LARGE).await;
    window.control('n').await;
    window.see("Safety check").await;
    turn(&mut window, Named::ArrowRight).await;
    window.see("No steps yet").await;
    tab_to(&mut window, "Add step").await;
    window.press(Named::Enter).await;
    window.see("Undo: add step").await;
    // What is added is chosen: its text and times are fields of the first page.
    turn(&mut window, Named::ArrowLeft).await;
    window.see("From").await;
    tabs(&mut window, 1).await;
    retype(&mut window, "Roll the ball").await;
    window.see("Undo: edit step").await;
    // Past − to the time, then past + and − to the other.
    tabs(&mut window, 2).await;
    retype(&mut window, "1:00").await;
    window.see("The stretch is empty").await;
    assert!(!window.shows("Undo: resize step"), "a step ends after it begins");
    tabs(&mut window, 3).await;
    retype(&mut window, "2:30").await;
    window.see("Undo: resize step").await;

    // And + beside it adds a second.
    tabs(&mut window, 1).await;
    window.press(Named::Enter).await;
    window.control('s').await;
    window.see("Saved.").await;
    let text = std::fs::read_to_string(bench.folders.profiles().join("my-massage.ron")).unwrap();
    let [step] = &Profile::read(&text).unwrap().steps[..] else { panic!("{text}") };
    assert_eq!((step.from.to_string(), step.to.to_string()), ("0:00".to_owned(), "2:31".to_owned()));
    assert_eq!(step.text.in_language("en"), "Roll the ball");
}

#[tokio::test(start_paused = true)]
async fn a_step_of_many_is_chosen_in_the_table() {
    let bench = Bench::new();
    let steps: String = (0..9_u32)
        .map(|minute| format!("Step(from: \"{minute}:00\", to: \"{minute}:40\", text: \"Stretch {minute}\"),"))
        .collect();
    let text = format!("Profile(version: 1, name: \"Nine steps\", length: \"10:00\", steps: [{steps}])");
    std::fs::create_dir_all(bench.folders.profiles()).unwrap();
    std::fs::write(bench.folders.profiles().join("nine.ron"), text).unwrap();
    let (mut window, _) = bench.window_alone(false, LARGE).await;
    window.control('f').await;
    window.type_text("nine").await;
    window.click_id("more").await;
    window.click("Edit").await;
    window.see("Add point").await;
    turn(&mut window, Named::ArrowRight).await;
    tab_to(&mut window, "7").await;
    let place = window.focused_place().unwrap();
    assert!(place.y > 0.0 && place.y + place.height < LARGE.height, "it was scrolled into view: {place:?}");
    window.press(Named::Enter).await;
    turn(&mut window, Named::ArrowLeft).await;
    tabs(&mut window, 1).await;
    retype(&mut window, "Rest").await;
    window.see("Undo: edit step").await;
    window.control('s').await;
    window.see("Saved.").await;
    let text = std::fs::read_to_string(bench.folders.profiles().join("nine.ron")).unwrap();
    let changed: Vec<_> = Profile::read(&text).unwrap().steps;
    assert_eq!(changed[6].text.in_language("en"), "Rest");
    assert_eq!(changed[5].text.in_language("en"), "Stretch 5");
}
