//! Journeys of curves between lanes, profiles and other programs.

use std::path::{Path, PathBuf};

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
    window.see("The clipboard holds another text").await;
    *window.clipboard() = Some("SvangClip(version: 2, length: \"0:01\", tracks: {})".to_owned());
    window.control('v').await;
    window.see("The curve on the clipboard is of version 2").await;
    assert!(!window.shows("Undo: paste"));
}

/// Presses one of several buttons that are called the same, counted from above, and lets the desktop answer.
async fn press_nth(window: &mut Window, button: &str, nth: usize) {
    let place = window.places(button)[nth];
    window.click_at(place.center()).await;
}

/// The nth import or export: first the lane, then the table.
async fn import(bench: &Bench, window: &mut Window, nth: usize, file: &Path) {
    *bench.desktop.choice.lock().unwrap() = Some(file.to_owned());
    press_nth(window, "Import", nth).await;
}

fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/scripts").join(name)
}

#[tokio::test(start_paused = true)]
async fn a_script_is_imported_into_the_active_lane_and_taken_back() {
    let bench = Bench::new();
    let mut window = with_two_points(&bench).await;
    into_heat(&mut window).await;
    window.click("Profile").await;
    import(&bench, &mut window, 0, &script("waves.funscript")).await;
    window.see("5 points from waves.funscript in Heat. Undo takes it back.").await;
    assert!(window.shows("1 action outside 0 to 100 was brought inside. The profile is 12:30 long now."));
    window.see("Undo: import curve").await;
    window.control('s').await;
    window.see("Saved.").await;
    let profile = saved(&bench, "my-massage.ron");
    assert_eq!(points(&profile, HEAT), [(0, 0.0), (20, 40.0), (40, 100.0), (60, 40.0), (750, 0.0)]);
    assert_eq!(points(&profile, ROLLER).len(), 2);
    window.control('z').await;
    window.see("10:00 of 10:00").await;
    assert!(window.shows("empty") && !window.shows("5 points"));
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_imported_names_its_fault_and_changes_nothing() {
    let bench = Bench::new();
    let mut window = with_two_points(&bench).await;
    window.click("Profile").await;
    import(&bench, &mut window, 0, &script("broken.funscript")).await;
    window.see("broken.funscript, line 5, column").await;
    window.see("it is JSON with a list “actions”").await;
    let folder = bench.folders.profiles();
    std::fs::create_dir_all(&folder).unwrap();
    let (table, large) = (folder.join("points.csv"), folder.join("large.csv"));
    std::fs::write(&table, "track,time,percent,shape\nRoller,0:10,110,Hold\nWheels,0:20,1,Hold\n").unwrap();
    import(&bench, &mut window, 1, &table).await;
    window.see("points.csv, line 2, column 13: “110” is no intensity: write a number from 0 to 100. line 3").await;
    std::fs::write(&large, vec![b' '; 8 * 1024 * 1024 + 1]).unwrap();
    import(&bench, &mut window, 1, &large).await;
    window.see("it is larger than 8 MiB. Cut it into parts first.").await;
    import(&bench, &mut window, 1, &folder.join("gone.csv")).await;
    window.see("could not be read").await;
    assert!(!window.shows("Undo: import") && window.shows("2 points"));
}

#[tokio::test(start_paused = true)]
async fn what_is_exported_is_read_back_and_pictures_are_pictures() {
    let bench = Bench::new();
    let mut window = with_two_points(&bench).await;
    window.click("Profile").await;
    let folder = bench.folders.profiles();
    let export = |name: &str| {
        let path = folder.join(name);
        *bench.desktop.choice.lock().unwrap() = Some(path.clone());
        path
    };
    let script = export("roller.funscript");
    press_nth(&mut window, "Export", 0).await;
    window.see("roller.funscript is exported.").await;
    let text = std::fs::read_to_string(&script).unwrap();
    assert!(text.contains(r#"{"at":0,"pos":5},{"at":19999,"pos":5},{"at":20000,"pos":10}"#), "{text}");
    let table = export("points.csv");
    press_nth(&mut window, "Export", 1).await;
    window.see("points.csv is exported.").await;
    assert!(std::fs::read_to_string(&table).unwrap().starts_with("track,time,percent,shape\nRoller,0:00,5,"));
    let svg = export("picture.svg");
    window.click("SVG").await;
    window.see("picture.svg is exported.").await;
    assert!(std::fs::read_to_string(&svg).unwrap().starts_with("<svg xmlns"));
    let png = export("picture.png");
    window.click("PNG").await;
    window.until("the picture is drawn", |window| window.shows("picture.png is exported.")).await;
    assert_eq!(std::fs::read(&png).unwrap()[..8], *b"\x89PNG\r\n\x1a\n");

    // Both come back: the script into another lane, the table in place of what was changed since.
    into_lanes_and_heat(&mut window).await;
    import(&bench, &mut window, 0, &script).await;
    window.see("3 points from roller.funscript in Heat.").await;
    window.click_at(Point::new(700.0, 170.0)).await;
    window.control('a').await;
    window.press(Named::Delete).await;
    window.see("empty").await;
    import(&bench, &mut window, 1, &table).await;
    window.see("2 points from points.csv in Roller.").await;
    window.control('s').await;
    window.see("Saved.").await;
    assert_eq!(points(&saved(&bench, "my-massage.ron"), ROLLER), [(0, 5.0), (20, 10.0)]);
}

/// Puts the keyboard back into the lanes, and makes heat the active one.
async fn into_lanes_and_heat(window: &mut Window) {
    window.click("Heat").await;
}

#[tokio::test(start_paused = true)]
async fn a_file_that_was_asked_for_in_one_profile_never_comes_into_another() {
    let bench = Bench::new();
    let mut window = new_profile(&bench).await;
    window.click("Profile").await;
    // The desktop's question stays open while the person goes on.
    let answer = bench.desktop.wait();
    press_nth(&mut window, "Import", 0).await;
    window.click("Profiles").await;
    window.click("Discard").await;
    window.click("New profile").await;
    window.see("Safety check").await;
    answer.send(script("waves.funscript")).unwrap();
    window.wait(std::time::Duration::from_secs(1)).await;
    assert!(!window.shows("waves.funscript") && !window.shows("Undo: import curve"));
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
