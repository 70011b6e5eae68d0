//! Unsaved work outlives a window that ends without being asked.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use iced_test::core::Point;
use iced_test::core::keyboard::key::Named;
use svang::profile::Profile;

use crate::bench::Bench;
use crate::window::Window;
use crate::{LARGE, SMALL};

const SECOND: Duration = Duration::from_secs(1);

async fn window(bench: &Bench) -> Window {
    bench.window_alone(false, LARGE).await.0
}

/// A new profile with two points of the roller, on disk as `my-massage.ron` where it is saved.
async fn drawn(bench: &Bench, save: bool) -> Window {
    let mut window = window(bench).await;
    window.click("New profile").await;
    window.see("Safety check").await;
    window.double_click(Point::new(400.0, 250.0)).await;
    window.double_click(Point::new(600.0, 250.0)).await;
    window.see("2 points").await;
    if save {
        window.control('s').await;
        window.see("Saved.").await;
    }
    window
}

/// The recovery copies on disk.
fn copies(bench: &Bench) -> Vec<PathBuf> {
    let Ok(items) = fs::read_dir(bench.folders.recovery()) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = items.map(|item| item.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "ron"));
    paths.sort();
    paths
}

fn file(bench: &Bench) -> PathBuf {
    bench.folders.profiles().join("my-massage.ron")
}

fn count(path: PathBuf) -> usize {
    let profile = Profile::read(&fs::read_to_string(path).unwrap()).unwrap();
    profile.tracks.values().map(|curve| curve.points().len()).sum()
}

#[tokio::test(start_paused = true)]
async fn what_was_drawn_is_offered_after_a_kill() {
    let bench = Bench::new();
    let mut window = drawn(&bench, true).await;
    assert!(copies(&bench).is_empty(), "everything is saved");
    window.double_click(Point::new(800.0, 250.0)).await;
    window.wait(2 * SECOND).await;
    assert_eq!(copies(&bench).len(), 1);
    // Another window beside it has nothing to offer: this one lives.
    let mut other = self::window(&bench).await;
    other.wait(SECOND).await;
    assert!(!other.shows("Svang ended"), "{:?}", other.texts());
    drop((window, other));

    let mut window = self::window(&bench).await;
    window.see("Svang ended while you edited “My massage”").await;
    assert!(window.shows("Your changes from "), "{:?}", window.texts());
    assert!(window.place("Stop").is_some());
    window.click("Open them").await;
    window.see("3 points").await;
    assert!(window.shows("Not saved"));
    assert_eq!(count(file(&bench)), 2, "opening changes no file");
    // A second end before anything else was done loses nothing either.
    drop(window);
    let mut window = self::window(&bench).await;
    window.see("Open them").await;
    window.click("Open them").await;
    window.control('s').await;
    window.see("Saved.").await;
    window.wait(SECOND).await;
    assert_eq!(count(file(&bench)), 3, "in its own file, not beside it");
    assert!(copies(&bench).is_empty());
}

#[tokio::test(start_paused = true)]
async fn it_is_written_soon_and_not_for_every_edit() {
    let bench = Bench::new();
    let mut window = drawn(&bench, false).await;
    assert!(copies(&bench).is_empty(), "not at once");
    // Edits without a pause do not put it off.
    for step in 0..20_u8 {
        window.press(if step % 2 == 0 { Named::ArrowUp } else { Named::ArrowRight }).await;
        window.wait(SECOND / 10).await;
    }
    let [copy] = &copies(&bench)[..] else { panic!("one copy: {:?}", copies(&bench)) };
    window.wait(2 * SECOND).await;
    let before = fs::metadata(copy).unwrap().modified().unwrap();
    window.wait(30 * SECOND).await;
    assert_eq!(fs::metadata(copy).unwrap().modified().unwrap(), before, "nothing is written while nothing happens");
}

#[tokio::test(start_paused = true)]
async fn a_file_that_changed_meanwhile_is_kept_with_what_was_drawn() {
    let bench = Bench::new();
    let mut window = drawn(&bench, true).await;
    window.double_click(Point::new(800.0, 250.0)).await;
    window.wait(2 * SECOND).await;
    drop(window);
    let theirs = fs::read_to_string(file(&bench)).unwrap().replace("My massage", "Theirs");
    fs::write(file(&bench), &theirs).unwrap();

    let mut window = self::window(&bench).await;
    window.see("Svang ended while you edited “My massage”").await;
    assert!(window.shows("The file itself was changed by somebody else"), "{:?}", window.texts());
    window.click("Open them").await;
    window.see("3 points").await;
    window.control('s').await;
    window.see("The file changed meanwhile").await;
    window.click("Save beside it").await;
    window.until("it is saved", |window| !window.shows("Not saved")).await;
    window.wait(SECOND).await;
    assert_eq!(fs::read_to_string(file(&bench)).unwrap(), theirs);
    assert_eq!(count(bench.folders.profiles().join("my-massage-2.ron")), 3);
    assert!(copies(&bench).is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_profile_never_saved_comes_back_unfinished_as_it_was() {
    let bench = Bench::new();
    let mut window = window(&bench).await;
    window.click("New profile").await;
    window.see("Safety check").await;
    window.wait(5 * SECOND).await;
    assert!(copies(&bench).is_empty(), "nothing was done yet");
    // The field of the name stands left of the chip.
    let chip = window.place("Not saved").unwrap();
    window.click_at(Point::new(chip.x - 60.0, chip.center_y())).await;
    window.control('a').await;
    window.press(Named::Delete).await;
    window.wait(2 * SECOND).await;
    assert_eq!(copies(&bench).len(), 1, "{:?}", window.texts());
    drop(window);

    let mut window = self::window(&bench).await;
    window.see("Svang ended while you edited a profile without a name").await;
    window.click("Open them").await;
    window.see("Roller").await;
    assert!(window.shows("Not saved"));
    window.double_click(Point::new(400.0, 250.0)).await;
    window.control('s').await;
    window.see("The name is empty").await;
}

#[tokio::test(start_paused = true)]
async fn what_is_discarded_or_undone_is_not_offered() {
    let bench = Bench::new();
    let mut window = drawn(&bench, true).await;
    window.double_click(Point::new(800.0, 250.0)).await;
    window.wait(2 * SECOND).await;
    assert_eq!(copies(&bench).len(), 1);
    window.control('z').await;
    window.wait(SECOND).await;
    assert!(copies(&bench).is_empty(), "undone back to what is saved");
    window.double_click(Point::new(800.0, 250.0)).await;
    window.wait(2 * SECOND).await;
    assert_eq!(copies(&bench).len(), 1);
    window.click("Profiles").await;
    window.click("Discard").await;
    window.wait(SECOND).await;
    assert!(copies(&bench).is_empty(), "discarded");
    let beside: Vec<_> =
        fs::read_dir(bench.folders.recovery()).unwrap().map(|item| item.unwrap().file_name()).collect();
    assert_eq!(beside, [".lock"], "and nothing stays behind");
}

#[tokio::test(start_paused = true)]
async fn a_window_that_is_closed_twice_leaves_the_work_behind() {
    let bench = Bench::new();
    let mut window = bench.window(false, LARGE).await.0;
    window.click("New profile").await;
    window.see("Safety check").await;
    window.double_click(Point::new(400.0, 250.0)).await;
    window.close().await;
    window.see("Save your changes first?").await;
    window.close().await;
    window.until("the window is closed", |window| window.exited).await;
    drop(window);
    assert_eq!(copies(&bench).len(), 1);
    let mut window = self::window(&bench).await;
    window.see("Svang ended while you edited “My massage”").await;
    // Whoever discards on the way out means it.
    window.click("Open them").await;
    window.see("1 point").await;
    window.close().await;
    window.click("Discard").await;
    window.wait(SECOND).await;
    assert!(copies(&bench).is_empty());
}

#[tokio::test(start_paused = true)]
async fn several_are_offered_one_after_the_other_and_nothing_goes_unasked() {
    let bench = Bench::new();
    for size in [LARGE, SMALL] {
        let (mut window, _) = bench.window_alone(false, size).await;
        window.wait(SECOND).await; // What is left behind is looked for beside the window.
        if window.shows("Svang ended") {
            window.click("Keep for later").await;
        }
        window.click("New profile").await;
        window.double_click(Point::new(400.0, 250.0)).await;
        window.wait(2 * SECOND).await;
    }
    assert_eq!(copies(&bench).len(), 2);
    // Esc stops, and closes the offer with the answer that changes nothing.
    let mut window = self::window(&bench).await;
    window.see("Changes to one more profile are kept").await;
    window.press(Named::Escape).await;
    window.see("Svang ended").await;
    assert!(!window.shows("one more profile"), "{:?}", window.texts());
    window.press(Named::Escape).await;
    window.wait(SECOND).await;
    assert!(!window.shows("Svang ended"));
    assert_eq!(copies(&bench).len(), 2);
    drop(window);

    let mut window = self::window(&bench).await;
    window.see("Changes to one more profile are kept").await;
    window.click("Delete them").await;
    window.see("Svang ended").await;
    window.wait(SECOND).await;
    assert_eq!(copies(&bench).len(), 1);
    window.click("Open them").await;
    window.see("1 point").await;
}

#[tokio::test(start_paused = true)]
async fn a_hurt_copy_is_named_and_kept() {
    let bench = Bench::new();
    let mut window = drawn(&bench, false).await;
    window.wait(2 * SECOND).await;
    drop(window);
    let path = copies(&bench).remove(0);
    let half = fs::read_to_string(&path).unwrap().split_at(150).0.to_owned();
    fs::write(&path, &half).unwrap();
    let mut window = self::window(&bench).await;
    window.see("Kept changes cannot be read").await;
    assert!(window.shows(&path.display().to_string()), "{:?}", window.texts());
    window.click("Show file").await;
    assert_eq!(&bench.desktop.shown.lock().unwrap()[..], std::slice::from_ref(&path));
    drop(window);
    assert_eq!(fs::read_to_string(&path).unwrap(), half);
    let mut window = self::window(&bench).await;
    window.see("Kept changes cannot be read").await;
    window.click("Delete it").await;
    window.wait(SECOND).await;
    assert!(copies(&bench).is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_disk_that_refuses_is_told_once_and_editing_goes_on() {
    let bench = Bench::new();
    fs::create_dir_all(&bench.folders.data).unwrap();
    // A file where the folder of copies belongs: nobody can write there, not even who may everything.
    fs::write(bench.folders.recovery(), "in the way").unwrap();
    let mut window = drawn(&bench, false).await;
    window.see("What you edit is not kept over a crash right now").await;
    window.wait(20 * SECOND).await;
    assert!(!window.shows("not kept over a crash"), "the notice goes by itself");
    window.double_click(Point::new(800.0, 250.0)).await;
    window.wait(3 * SECOND).await;
    assert!(!window.shows("not kept over a crash"), "it was told");
    window.see("3 points").await;
    window.control('s').await;
    window.see("Saved.").await;
    assert_eq!(count(file(&bench)), 3);
}
