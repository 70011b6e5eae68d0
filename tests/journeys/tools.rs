//! Journeys with the editor's tools for whole lanes, with the mouse and by keyboard alone.

use std::time::Duration;

use iced_test::core::Point;
use iced_test::core::keyboard::key::Named;
use svang::curve::{self, Curve, Shape};
use svang::intensity::Intensity;
use svang::mode::{Channel, Mode};
use svang::profile::{Profile, Text};
use svang::time::Time;

use crate::bench::Bench;
use crate::editing::{new_profile, points, saved, tab_to};
use crate::window::Window;
use crate::{LARGE, SMALL, copy};

const ROLLER: Channel = Channel::both(Mode::Roller);
const VIBRATION: Channel = Channel::both(Mode::Vibration);

/// A profile with these points, at seconds and percent, opened in the editor.
async fn opened(bench: &Bench, tracks: &[(Channel, Vec<(u32, u16)>)]) -> Window {
    let curve = |points: &[(u32, u16)]| {
        let point = |(at, percent): &(u32, u16)| {
            curve::Point::new(Shape::Straight, Time::from_secs(*at), Intensity::from_percent(*percent))
        };
        Curve::new(points.iter().map(point).collect()).unwrap()
    };
    let profile = Profile {
        name: Text::from("Tried out"),
        length: Time::from_secs(
            tracks.iter().filter_map(|track| track.1.last()).map(|last| last.0).max().unwrap().max(600),
        ),
        tracks: tracks.iter().map(|(channel, points)| (*channel, curve(points))).collect(),
        ..Profile::default()
    };
    std::fs::create_dir_all(bench.folders.profiles()).unwrap();
    std::fs::write(bench.folders.profiles().join("tried-out.ron"), profile.write()).unwrap();
    let (mut window, _) = bench.window_alone(false, LARGE).await;
    window.control('f').await;
    window.type_text("tried out").await;
    window.click_id("more").await;
    window.click("Edit").await;
    window.see("Safety check").await;
    window
}

async fn save(window: &mut Window, bench: &Bench) -> Profile {
    window.control('s').await;
    window.until("it is saved", |window| !window.shows("Not saved")).await;
    saved(bench, "tried-out.ron")
}

/// Puts the keyboard in the field that shows a text, and writes another.
async fn write_over(window: &mut Window, label: &str, text: &str) {
    // The fields stand to the right of their labels, the times under theirs.
    let place = window.place(label).unwrap_or_else(|| panic!("no field {label}: {:?}", window.texts()));
    let at = match label {
        "From" | "To" | "At" => Point::new(place.x + 20.0, place.y + place.height + 24.0),
        _ => Point::new(1280.0 - 16.0 - 38.0 - 32.0, place.center_y()),
    };
    window.click_at(at).await;
    window.control('a').await;
    window.type_text(text).await;
}

#[tokio::test(start_paused = true)]
async fn a_wave_is_previewed_and_then_added() {
    let bench = Bench::new();
    let mut window = new_profile(&bench).await;
    window.click("Tools").await;
    window.click("Wave").await;
    window.see("Works on: Roller, 0:00 – 10:00").await;
    write_over(&mut window, "One wave, seconds", "700").await;
    window.see("One cycle takes 11:40 and the stretch is 10:00").await;
    window.click("Apply").await;
    assert!(!window.shows("Undo: add wave"), "what cannot be done is not done");
    write_over(&mut window, "One wave, seconds", "60").await;
    assert!(!window.shows("One cycle takes") && !window.shows("21 points"), "{:?}", window.texts());
    // Escape takes the preview away; nothing was done.
    window.press(Named::Escape).await;
    assert!(!window.shows("Works on") && !window.shows("Undo: "), "{:?}", window.texts());
    window.click("Wave").await;
    window.click("Apply").await;
    window.see("Undo: add wave").await;
    assert!(window.shows("21 points"), "the period is as it was typed: {:?}", window.texts());
    window.control('z').await;
    assert!(!window.shows("21 points") && !window.shows("Undo: "), "it was one step");
}

#[tokio::test(start_paused = true)]
async fn a_pulse_is_added_by_keyboard_alone() {
    let bench = Bench::new();
    let mut window = opened(&bench, &[(ROLLER, vec![(0, 10), (600, 10)])]).await;
    tab_to(&mut window, "Roller").await;
    window.press(Named::Tab).await;
    window.press(Named::Tab).await; // Past the lane's fold, into the lanes.
    window.type_text("t").await;
    assert_eq!(window.focused_text().as_deref(), Some("Scale"));
    tab_to(&mut window, "Pulse").await;
    window.press(Named::Enter).await;
    // The first field has the keyboard, with everything chosen in it.
    window.type_text("1:00").await;
    window.press(Named::Tab).await;
    window.control('a').await;
    window.type_text("1:24").await;
    window.see("Works on: Roller, 1:00 – 1:24").await;
    window.press(Named::Tab).await; // The lowest.
    window.press(Named::Tab).await;
    window.control('a').await;
    window.type_text("60").await;
    window.press(Named::Enter).await;
    window.see("Undo: add pulse").await;
    assert_eq!(window.focused_text().as_deref(), Some("Pulse"), "the keyboard is back in the list");
    let roller = points(&save(&mut window, &bench).await, ROLLER);
    let highs = roller.iter().filter(|point| point.1 == 60.0).count();
    assert_eq!(highs, 4, "two pulses of 8 s and 4 s: {roller:?}");
    assert!(roller.contains(&(0, 10.0)) && roller.contains(&(600, 10.0)));

    // A tool without fields has the keyboard on Apply.
    window.press(Named::Escape).await;
    tab_to(&mut window, "Invert").await;
    window.press(Named::Enter).await;
    assert_eq!(window.focused_text().as_deref(), Some("Apply"));
    window.press(Named::Enter).await;
    window.see("Undo: invert").await;
    tab_to(&mut window, "Pulse").await;

    // By Tab to Cancel: nothing changes, and the keyboard is back as well.
    window.press(Named::Enter).await;
    window.see("Works on").await;
    tab_to(&mut window, "Cancel").await;
    window.press(Named::Enter).await;
    assert!(!window.shows("Works on"));
    assert_eq!(window.focused_text().as_deref(), Some("Pulse"));
}

#[tokio::test(start_paused = true)]
async fn a_curve_is_simplified_with_the_number_of_points_known_before() {
    let bench = Bench::new();
    let zigzag = (0..80).map(|index| (index * 5, if index == 40 { 60 } else { 30 + (index % 2) as u16 })).collect();
    let mut window = opened(&bench, &[(ROLLER, zigzag)]).await;
    window.click("Tools").await;
    window.click("Simplify").await;
    window.see("of 80 points go").await;
    assert!(window.shows("80 points"), "nothing went yet");
    write_over(&mut window, "May differ, percent", "0").await;
    window.see("0 of 80 points go").await;
    assert!(window.shows("This changes nothing here."));
    write_over(&mut window, "May differ, percent", "1,5").await;
    window.see("75 of 80 points go").await;
    window.click("Apply").await;
    window.see("Undo: simplify").await;
    assert!(window.shows("5 points"), "{:?}", window.texts());
}

#[tokio::test(start_paused = true)]
async fn a_long_curve_is_looked_at_in_the_background_and_read_page_by_page() {
    let bench = Bench::new();
    let long: Vec<(u32, u16)> = (0..2400).map(|index| (index, 20 + (index % 2) as u16)).collect();
    let mut window = opened(&bench, &[(ROLLER, long)]).await;
    window.click("Table").await;
    window.see("1 – 60 of 2400").await;
    window.click("Later").await;
    window.see("61 – 120 of 2400").await;
    assert!(window.shows("1:00") && !window.shows("chosen"), "nothing is chosen by turning pages");
    window.click("Earlier").await;
    window.see("1 – 60 of 2400").await;
    window.click("Tools").await;
    window.click("Simplify").await;
    window.see("2398 of 2400 points go").await;
    // While one answer is awaited, what is asked meanwhile is asked next.
    for tolerance in ["0", "0,5", "3", "0,2"] {
        write_over(&mut window, "May differ, percent", tolerance).await;
    }
    window.see("0 of 2400 points go").await;
    window.see("This changes nothing here.").await;
    write_over(&mut window, "May differ, percent", "1").await;
    window.see("2398 of 2400 points go").await;
    window.click("Apply").await;
    window.see("Undo: simplify").await;
}

#[tokio::test(start_paused = true)]
async fn only_the_chosen_points_are_scaled() {
    let bench = Bench::new();
    let mut window = opened(&bench, &[(ROLLER, vec![(0, 40), (120, 40), (240, 40), (600, 40)])]).await;
    window.click("Table").await;
    window.click("2:00").await;
    window.click("Tools").await;
    window.click("Scale").await;
    window.see("Works on: Roller, whole lane").await;
    // A box around the middle two, while the tool is open.
    window.drag(Point::new(340.0, 180.0), Point::new(700.0, 560.0)).await;
    window.see("Works on: 2 chosen points").await;
    write_over(&mut window, "To, in percent", "50").await;
    window.click("Apply").await;
    window.see("Undo: scale").await;
    let profile = save(&mut window, &bench).await;
    assert_eq!(points(&profile, ROLLER), [(0, 40.0), (120, 20.0), (240, 20.0), (600, 40.0)]);
}

#[tokio::test(start_paused = true)]
async fn time_is_inserted_at_a_typed_time_in_all_lanes() {
    let bench = Bench::new();
    let tracks = [(ROLLER, vec![(0, 10), (300, 10)]), (VIBRATION, vec![(60, 30), (400, 30)])];
    let mut window = opened(&bench, &tracks).await;
    window.click("Table").await;
    let field = window.place("Go to a time").unwrap();
    window.click_at(Point::new(field.x + 20.0, field.y + field.height + 24.0)).await;
    window.control('a').await;
    window.type_text("2:00").await;
    window.see("Try from 2:00").await;
    window.click("Tools").await;
    window.click("Insert time").await;
    window.see("Works on: all lanes, from 2:00 on").await;
    write_over(&mut window, "How long, seconds", "1:30").await;
    window.click("Apply").await;
    window.see("Undo: insert time").await;
    let profile = save(&mut window, &bench).await;
    assert_eq!(profile.length, Time::from_secs(690));
    assert_eq!(points(&profile, ROLLER).last(), Some(&(390, 10.0)));
    assert_eq!(points(&profile, VIBRATION).last(), Some(&(490, 30.0)));
}

#[tokio::test(start_paused = true)]
async fn a_lane_is_split_into_left_and_right_and_joined_again() {
    let bench = Bench::new();
    let mut window = opened(&bench, &[(ROLLER, vec![(0, 40), (600, 40)])]).await;
    window.click("Profile").await;
    window.click("Split roller into left and right").await;
    window.see("Roller, left").await;
    assert!(window.shows("Roller, right"));
    // The left one is active: what is raised there stays when its curve is kept.
    window.click("Tools").await;
    window.click("Raise or lower").await;
    window.see("Works on: Roller, left, whole lane").await;
    window.click("Apply").await;
    window.click("Profile").await;
    window.click("Join roller, keep left").await;
    window.until("they are one", |window| !window.shows("Roller, left")).await;
    let profile = save(&mut window, &bench).await;
    assert_eq!(points(&profile, ROLLER), [(0, 50.0), (600, 50.0)]);
    window.control('z').await;
    window.click("Join roller, keep right").await;
    let profile = save(&mut window, &bench).await;
    assert_eq!(points(&profile, ROLLER), [(0, 40.0), (600, 40.0)]);
}

#[tokio::test(start_paused = true)]
async fn levels_are_those_of_the_massager() {
    let bench = Bench::new();
    let (mut window, _massager) = bench.window(true, LARGE).await;
    crate::begin(&mut window).await;
    window.see("Inside Simulated").await;
    window.click("New profile").await;
    window.double_click(Point::new(400.0, 250.0)).await;
    window.click("Tools").await;
    window.click("Set to levels").await;
    window.see("levels here.").await;
}

#[tokio::test(start_paused = true)]
async fn what_a_tool_does_is_felt_when_it_is_applied_and_not_before() {
    let bench = Bench::new();
    let (mut window, massager) = copy(&bench).await;
    window.click("Try from").await;
    window.until("the massager moves", |_| !massager.levels().is_empty()).await;
    window.click("Tools").await;
    window.click("Scale").await;
    write_over(&mut window, "To, in percent", "0").await;
    window.wait(Duration::from_secs(5)).await;
    assert!(!massager.levels().is_empty(), "a preview is not played");
    window.click("Apply").await;
    window.until("the massager rests", |_| massager.levels().is_empty()).await;
    window.control('z').await;
    window.until("the massager moves again", |_| !massager.levels().is_empty()).await;
}

#[tokio::test(start_paused = true)]
async fn a_small_window_shows_the_tools_by_a_key() {
    let bench = Bench::new();
    let (mut window, _) = bench.window_alone(false, SMALL).await;
    window.click("New profile").await;
    window.see("Select").await;
    window.click_at(Point::new(500.0, 250.0)).await; // The keyboard is in the lanes.
    window.type_text("t").await;
    window.see("Raise or lower").await;
}
