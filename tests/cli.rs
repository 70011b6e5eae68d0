//! The command line as a person uses it, inside the test: what is printed, and the exit code.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may break off")]

use std::cell::RefCell;
use std::fs;
use std::io;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use svang::bluetooth::simulated::{Bench, Simulated};
use svang::bluetooth::{self, Radio, RadioState};
use svang::cli::{self, Surroundings};
use svang::instance::{self, Claim};
use svang::signals::Interrupt;
use svang::storage::{Dose, Folders, today};
use tempfile::TempDir;
use tokio::sync::mpsc;
use tokio::time::sleep;

#[path = "cli/street.rs"]
mod street;

/// What came of a call.
#[derive(Debug)]
struct Called {
    code: u8,
    out: String,
    err: String,
}

fn folders(root: &Path) -> Folders {
    Folders::under(&root.join("svang"))
}

/// Calls `svang` with arguments, in folders below `root`, without a terminal.
async fn svang(root: &Path, arguments: &[&str]) -> Called {
    Person::new().calls(root, arguments).await
}

/// The one who sits in front of it, and the massager beside.
struct Person {
    massager: Option<Simulated>,
    bench: Bench,
    /// Another radio, which stands for the computer's own.
    own_radio: Option<Arc<dyn Radio>>,
    /// Whether nobody reads what is printed.
    reader_gone: bool,
    live: bool,
    lines: RefCell<Option<mpsc::UnboundedReceiver<String>>>,
    types: mpsc::UnboundedSender<String>,
    interrupts: RefCell<Option<mpsc::UnboundedReceiver<Interrupt>>>,
    interrupt: mpsc::UnboundedSender<Interrupt>,
    /// How many modes moved, each time that the program stood still.
    suspended: Rc<RefCell<Vec<usize>>>,
}

impl Person {
    fn new() -> Self {
        let massager = Simulated::new();
        let (types, lines) = mpsc::unbounded_channel();
        let (interrupt, interrupts) = mpsc::unbounded_channel();
        Self {
            bench: massager.bench(),
            massager: Some(massager),
            own_radio: None,
            reader_gone: false,
            live: false,
            lines: RefCell::new(Some(lines)),
            types,
            interrupts: RefCell::new(Some(interrupts)),
            interrupt,
            suspended: Rc::default(),
        }
    }

    fn at_a_terminal() -> Self {
        Self { live: true, ..Self::new() }
    }

    async fn calls(&mut self, root: &Path, arguments: &[&str]) -> Called {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut gone = Gone;
        let own_radio = RefCell::new(self.own_radio.take());
        let outcome = match cli::read(["svang"].iter().chain(arguments), &mut out, &mut err) {
            Err(outcome) => outcome,
            Ok(arguments) => {
                let words = cli::words(&svang::i18n::Languages::built_in(), arguments.language.as_deref());
                let words = match words {
                    Ok(words) => words,
                    Err(why) => {
                        let outcome = cli::cannot_start(&why, &mut err);
                        return Called {
                            code: outcome.code(),
                            out: String::new(),
                            err: String::from_utf8(err).unwrap(),
                        };
                    }
                };
                let surroundings = Surroundings {
                    folders: folders(root),
                    out: if self.reader_gone { &mut gone } else { &mut out },
                    err: &mut err,
                    live: self.live,
                    language: "da-DK".to_owned(),
                    words,
                    interrupts: &|| self.interrupts.borrow_mut().take().unwrap(),
                    suspend: &|| self.suspended.borrow_mut().push(self.bench.levels().len()),
                    lines: &|| self.lines.borrow_mut().take().unwrap(),
                    real: &|_| own_radio.take(),
                    simulated: Arc::new(self.massager.take().unwrap()),
                    watchdog: None,
                    sleep_guard: None,
                    started: &|_| {},
                };
                cli::run(arguments.command.unwrap(), surroundings).await
            }
        };
        Called { code: outcome.code(), out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
    }
}

/// Where nobody reads any more.
struct Gone;

impl io::Write for Gone {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Waits until the massager moves. The clock is the test's: no time is lost.
async fn moves(bench: &Bench) {
    while bench.levels().is_empty() {
        sleep(Duration::from_millis(100)).await;
    }
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

const PROFILE: &str = r#"Profile(
    version: 1,
    name: "Heel",
    length: "1:00",
    tracks: { Roller: [Straight("0:00", 0), Straight("0:30", 20), Straight("1:00", 0)] },
)
"#;

#[tokio::test]
async fn help_says_what_there_is_and_what_the_exit_codes_mean() {
    let folder = folder();
    let help = svang(folder.path(), &["--help"]).await;
    assert_eq!(help.code, 0, "{help:?}");
    for word in ["scan", "play", "check", "frames", "decode", "massagers", "Exit codes", "130"] {
        assert!(help.out.contains(word), "{word} in {}", help.out);
    }
    for command in ["scan", "play", "check", "frames", "decode", "massagers"] {
        let help = svang(folder.path(), &[command, "--help"]).await;
        assert_eq!(help.code, 0);
        assert!(help.out.contains("Usage: svang"), "{}", help.out);
    }
    assert!(svang(folder.path(), &["--version"]).await.out.starts_with("svang 0."));
    assert!(!folders(folder.path()).data.exists(), "help writes nothing");
}

#[tokio::test]
async fn wrong_arguments_are_told_with_exit_code_2() {
    let folder = folder();
    for wrong in [
        &["dance"][..],
        &["check"],
        &["frames"],
        &["frames", "svang-reference", "--roller", "200"],
        &["play"],
        &["play", "no-such-profile"],
        &["play", "no-such-file.ron"],
        &["play", "x", "--program", "y"],
        &["play", "x", "--strength", "5"],
        &["play", "x", "--speed", "0"],
        &["scan", "--seconds", "0"],
    ] {
        let called = svang(folder.path(), wrong).await;
        assert_eq!(called.code, 2, "{called:?}");
        assert!(!called.err.is_empty() && called.out.is_empty(), "{called:?}");
    }
}

#[tokio::test]
async fn a_fine_profile_is_said_to_be_fine() {
    let folder = folder();
    let file = folder.path().join("heel.ron");
    fs::write(&file, PROFILE).unwrap();
    let called = svang(folder.path(), &["check", file.to_str().unwrap()]).await;
    assert_eq!((called.code, called.err.as_str()), (0, ""), "{called:?}");
    assert!(called.out.contains("“Heel” is fine: 1:00"), "{called:?}");
}

#[tokio::test]
async fn what_may_be_right_in_a_map_is_a_note_and_no_problem() {
    let folder = folder();
    let map = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/maps/sound/noted.ron");
    let called = svang(folder.path(), &["check", map.to_str().unwrap()]).await;
    assert_eq!((called.code, called.err.as_str()), (0, ""), "{called:?}");
    assert_eq!(called.out.matches("noted.ron: note: ").count(), 8, "{called:?}");
    let file = folder.path().join("other.ron");
    fs::write(&file, "// A map.\nMap(version: 1)").unwrap();
    let called = svang(folder.path(), &["check", file.to_str().unwrap()]).await;
    assert_eq!(called.code, 1);
    assert!(called.out.contains("other.ron:2:1: begin with `Profile("), "{called:?}");
    assert!(called.out.contains("`DeviceMap("), "{called:?}");
}

#[tokio::test]
async fn the_bytes_of_a_map_whose_vectors_fail_can_be_looked_at() {
    let folder = folder();
    let map =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/maps/sound/noted.ron")).unwrap();
    let file = folder.path().join("mine.ron");
    fs::write(&file, map.replace("Do(\"stop\", \"00 | 0F\")", "Do(\"stop\", \"07\")")).unwrap();
    let called = svang(folder.path(), &["frames", file.to_str().unwrap(), "--roller", "100"]).await;
    assert_eq!(called.code, 0, "{called:?}");
    assert!(called.out.contains("with-response 01 3C"), "{called:?}");
    assert!(called.err.contains("this vector wants 07"), "{called:?}");
    assert_eq!(svang(folder.path(), &["check", file.to_str().unwrap()]).await.code, 1);
}

#[tokio::test]
async fn the_profile_in_the_readme_is_fine() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let profile = readme.split("```ron\n").nth(1).unwrap().split("```").next().unwrap();
    let folder = folder();
    let file = folder.path().join("readme.ron");
    fs::write(&file, profile).unwrap();
    let called = svang(folder.path(), &["check", file.to_str().unwrap()]).await;
    assert_eq!(called.code, 0, "{called:?}");
    assert!(!called.out.contains("note:"), "{called:?}");
}

#[tokio::test]
async fn advice_on_a_profile_is_no_problem() {
    let folder = folder();
    let file = folder.path().join("heel.ron");
    fs::write(&file, PROFILE.replace("\"1:00\", 0", "\"1:00\", 20")).unwrap();
    let called = svang(folder.path(), &["check", file.to_str().unwrap()]).await;
    assert_eq!(called.code, 0, "{called:?}");
    assert!(called.out.contains("heel.ron: note: Roller ends at 20 %"), "{called:?}");
}

#[tokio::test]
async fn every_problem_of_every_file_is_listed_where_it_stands() {
    let folder = folder();
    let (one, two) = (folder.path().join("one.ron"), folder.path().join("two.ron"));
    fs::write(&one, PROFILE.replace("\"0:30\"", "\"0:00\"").replace("length: \"1:00\"", "length: \"0:10\"")).unwrap();
    fs::write(&two, "// broken\nDeviceMap(\n    version: 1,\n    colour: 3,\n)\n").unwrap();
    let missing = folder.path().join("missing.ron");
    let files = [&one, &two, &missing].map(|file| file.to_str().unwrap());
    let called = svang(folder.path(), &["check", files[0], files[1], files[2]]).await;
    assert_eq!(called.code, 1, "{called:?}");
    let of = |file: &str| called.out.lines().filter(|line| line.starts_with(&format!("{file}:"))).count();
    assert!(of(files[0]) >= 2, "{called:?}");
    assert!(called.out.contains(&format!("{}:4:", files[1])), "{called:?}");
    assert_eq!(of(files[2]), 1, "{called:?}");
    for line in called.out.lines() {
        let mut parts = line.splitn(4, ':').skip(1);
        assert!(parts.next().unwrap().parse::<usize>().is_ok(), "{line}");
        assert!(parts.next().unwrap().parse::<usize>().is_ok(), "{line}");
        assert!(parts.next().unwrap().len() > 5, "{line}");
    }
}

#[tokio::test]
async fn frames_are_shown_and_read_back() {
    let folder = folder();
    let stop = svang(folder.path(), &["frames", "svang-reference", "--stop"]).await;
    assert_eq!((stop.code, stop.err.as_str()), (0, ""), "{stop:?}");
    assert!(stop.out.starts_with("control "), "{stop:?}");
    assert!(stop.out.trim_end().ends_with("53 02 51"), "{stop:?}");
    // 20 levels of the roller: half is 10.
    let half = svang(folder.path(), &["frames", "Svang Reference", "--roller", "50"]).await;
    assert_eq!(half.code, 0, "{half:?}");
    assert!(half.out.contains("53 01 0A 0A 00 00 00 00 00"), "{half:?}");
    let both = svang(folder.path(), &["frames", "svang-reference", "--stop", "--roller", "50"]).await;
    assert_eq!(both.out, format!("{}{}", half.out, stop.out), "levels come before the off sequence");
    let program = svang(folder.path(), &["frames", "svang-reference", "--program", "gentle roll"]).await;
    assert!(program.out.contains("53 03 01"), "{program:?}");
}

#[tokio::test]
async fn frames_that_a_map_cannot_make_are_told() {
    let folder = folder();
    let nothing = svang(folder.path(), &["frames", "svang-reference"]).await;
    assert_eq!(nothing.code, 2);
    assert!(nothing.err.contains("--roller"), "{nothing:?}");
    let program = svang(folder.path(), &["frames", "svang-reference", "--program", "Tango"]).await;
    assert_eq!(program.code, 2);
    assert!(program.err.contains("Gentle roll"), "{program:?}");
    let map = svang(folder.path(), &["frames", "no-such-map", "--stop"]).await;
    assert_eq!(map.code, 2);
    assert!(map.err.contains("svang-reference"), "{map:?}");
}

#[tokio::test]
async fn a_status_is_shown_as_json() {
    let folder = folder();
    // Roller 5 left and right, battery 80 %, 600 s left.
    let bytes: [u8; 13] = [0x73, 0x01, 5, 5, 0, 0, 0, 0, 0, 0, 0x58, 0x02, 80];
    let check = bytes.iter().fold(0, |check, byte| check ^ byte);
    let hex = bytes.iter().chain([&check]).map(|byte| format!("{byte:02x}")).collect::<String>();
    let called = svang(folder.path(), &["decode", "svang-reference", "status", &hex]).await;
    assert_eq!((called.code, called.err.as_str()), (0, ""), "{called:?}");
    let json: serde_json::Value = serde_json::from_str(&called.out).unwrap();
    assert_eq!(json["battery"], 80);
    assert_eq!(json["remaining_seconds"], 600);
    assert_eq!(json["levels"]["RollerLeft"], 5);
    assert_eq!(json["running"], true);
}

#[tokio::test]
async fn bytes_that_a_map_does_not_know_are_told() {
    let folder = folder();
    for (arguments, code) in [
        (["decode", "svang-reference", "status", "73 00"], 1),
        (["decode", "svang-reference", "status", "7"], 2),
        (["decode", "svang-reference", "status", "xy"], 2),
        (["decode", "svang-reference", "smell", "73"], 2),
    ] {
        let called = svang(folder.path(), &arguments).await;
        assert_eq!(called.code, code, "{called:?}");
        assert!(called.out.is_empty() && !called.err.is_empty(), "{called:?}");
    }
}

#[tokio::test]
async fn what_a_massager_does_when_this_computer_fails_is_said() {
    let folder = folder();
    let called = svang(folder.path(), &["massagers"]).await;
    assert!(called.out.contains("    If this computer fails: it stops by itself after 3 s\n"), "{called:?}");
    assert!(called.out.contains("    If this computer fails: its own timer stops it after 15 min\n"), "{called:?}");
    assert!(
        called.out.contains("    If this computer fails: it may not stop by itself: stay beside it\n"),
        "{called:?}"
    );
}

#[tokio::test]
async fn the_massagers_known_are_listed_with_the_persons_own() {
    let folder = folder();
    let called = svang(folder.path(), &["massagers"]).await;
    assert_eq!(called.code, 0, "{called:?}");
    assert!(called.out.contains("svang-reference  Svang reference (verified, built in)"), "{called:?}");
    let own = folders(folder.path()).massagers();
    fs::create_dir_all(&own).unwrap();
    fs::write(own.join("broken.ron"), "DeviceMap(").unwrap();
    let reference = svang::massager::bundled().into_iter().find(|(name, _)| *name == "svang-reference.ron").unwrap().1;
    fs::write(own.join("mine.ron"), reference).unwrap();
    let called = svang(folder.path(), &["massagers"]).await;
    assert_eq!(called.code, 1, "{called:?}");
    assert!(called.out.contains("broken  cannot be used yet"), "{called:?}");
    assert!(called.out.contains("not used: mine stands before it"), "{called:?}");
    let frames = svang(folder.path(), &["frames", "broken", "--stop"]).await;
    assert_eq!(frames.code, 2);
    assert!(frames.err.contains("broken.ron cannot be used yet: 1:"), "{frames:?}");
}

/// A folder with a profile of a minute in it, and its path.
fn with_profile(text: &str) -> (TempDir, String) {
    let folder = folder();
    let file = folder.path().join("heel.ron");
    fs::write(&file, text).unwrap();
    let path = file.to_str().unwrap().to_owned();
    (folder, path)
}

#[tokio::test(start_paused = true)]
async fn a_profile_is_played_to_its_end_and_the_massager_stands_still() {
    let (folder, file) = with_profile(PROFILE);
    let mut person = Person::new();
    let bench = person.bench.clone();
    let called = person.calls(folder.path(), &["play", &file]).await;
    assert_eq!((called.code, called.err.as_str()), (0, ""), "{called:?}");
    assert!(called.out.contains("Playing “Heel”, 1:00."), "{called:?}");
    assert!(called.out.contains("Finished."), "{called:?}");
    assert!(!called.out.contains('\x1b'), "nothing is drawn without a terminal: {called:?}");
    let peak = bench.writes().iter().flat_map(|write| write.levels.values().copied()).max();
    assert_eq!(peak, Some(2), "20 % of 20 levels, at the overall strength of 40 % that a start begins with");
    assert!(bench.levels().is_empty() && !bench.connected());
    let dose = Dose::load(&folders(folder.path())).value().on(today());
    assert!(dose >= Duration::from_secs(50) && dose <= Duration::from_secs(65), "{dose:?}");
}

#[tokio::test]
async fn a_start_that_is_no_time_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let called = svang(folder.path(), &["play", "Slow rollers", "--start", "5"]).await;
    assert!(called.code != 0 && called.err.contains("“5” is not a time: write minutes, a colon"), "{called:?}");
}

#[tokio::test(start_paused = true)]
async fn a_fast_play_is_traced_and_counts_for_nothing() {
    let (folder, file) = with_profile(PROFILE);
    let trace = folder.path().join("trace.jsonl");
    let arguments = ["play", &file, "--speed", "20", "--start", "0:10", "--trace", trace.to_str().unwrap()];
    let called = svang(folder.path(), &arguments).await;
    assert_eq!((called.code, called.err.as_str()), (0, ""), "{called:?}");
    let trace = fs::read_to_string(trace).unwrap();
    assert!(trace.lines().count() > 5, "{trace}");
    for line in trace.lines() {
        assert!(serde_json::from_str::<serde_json::Value>(line).unwrap().is_object(), "{line}");
    }
    assert_eq!(Dose::load(&folders(folder.path())).value().on(today()), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_manual_step_is_said_in_the_persons_language() {
    let steps = "steps: [Step(from: \"0:10\", to: \"0:20\", text: {\"en\": \"Roll.\", \"da\": \"Rul.\"})],\n)";
    let text = PROFILE.trim_end().trim_end_matches(')').to_owned() + steps;
    let (folder, file) = with_profile(&text);
    let called = svang(folder.path(), &["play", &file]).await;
    assert_eq!(called.code, 0, "{called:?}");
    assert_eq!(called.out.matches("0:10 to 0:20: Rul.").count(), 1, "{called:?}");
}

#[tokio::test(start_paused = true)]
async fn at_a_terminal_ctrl_z_stops_the_massager_before_the_program_stands_still_and_enter_resumes() {
    let (folder, file) = with_profile(PROFILE);
    let mut person = Person::at_a_terminal();
    let (bench, interrupt, types) = (person.bench.clone(), person.interrupt.clone(), person.types.clone());
    let suspended = Rc::clone(&person.suspended);
    let at_the_terminal = async {
        moves(&bench).await;
        interrupt.send(Interrupt::Suspend).unwrap();
        interrupt.send(Interrupt::Suspend).unwrap();
        while suspended.borrow().is_empty() {
            sleep(Duration::from_millis(10)).await;
        }
        assert_eq!(*suspended.borrow(), [0], "nothing moved when it stood still, and twice is once");
        sleep(Duration::from_secs(20)).await;
        assert!(bench.levels().is_empty(), "nothing moves by itself");
        types.send(String::new()).unwrap();
        moves(&bench).await;
    };
    let arguments = ["play", &file];
    let (called, ()) = tokio::join!(person.calls(folder.path(), &arguments), at_the_terminal);
    assert_eq!(called.code, 0, "{called:?}");
    assert!(called.out.contains("Press Enter to resume"), "{called:?}");
    assert_eq!(suspended.borrow().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn elsewhere_what_was_suspended_ends_when_it_goes_on() {
    let (folder, file) = with_profile(PROFILE);
    let mut person = Person::new();
    let (bench, interrupt) = (person.bench.clone(), person.interrupt.clone());
    let interrupting = async {
        moves(&bench).await;
        interrupt.send(Interrupt::Suspend).unwrap();
    };
    let arguments = ["play", &file];
    let (called, ()) = tokio::join!(person.calls(folder.path(), &arguments), interrupting);
    assert_eq!((called.code, &*person.suspended.borrow()), (1, &vec![0]), "{called:?}");
    assert!(bench.levels().is_empty());
}

#[tokio::test(start_paused = true)]
async fn an_interrupt_stops_the_massager_and_waits_for_it() {
    let (folder, file) = with_profile(PROFILE);
    let mut person = Person::new();
    let (bench, interrupt) = (person.bench.clone(), person.interrupt.clone());
    let interrupting = async {
        moves(&bench).await;
        bench.answer_after(Duration::from_millis(400));
        interrupt.send(Interrupt::End).unwrap();
        interrupt.send(Interrupt::End).unwrap();
    };
    let arguments = ["play", &file];
    let (called, ()) = tokio::join!(person.calls(folder.path(), &arguments), interrupting);
    assert_eq!(called.code, 130, "{called:?}");
    assert!(called.out.contains("Stopped."), "{called:?}");
    assert!(person.bench.levels().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_stop_that_is_not_confirmed_ends_with_exit_code_3() {
    let (folder, file) = with_profile(PROFILE);
    let mut person = Person::new();
    let (bench, interrupt) = (person.bench.clone(), person.interrupt.clone());
    let interrupting = async {
        moves(&bench).await;
        bench.drop_link(None);
        interrupt.send(Interrupt::End).unwrap();
    };
    let arguments = ["play", &file];
    let (called, ()) = tokio::join!(person.calls(folder.path(), &arguments), interrupting);
    assert_eq!(called.code, 3, "{called:?}");
    assert_eq!(called.err.matches("power button").count(), 1, "{called:?}");
    assert_eq!(called.err.matches("has not confirmed that it stopped").count(), 1, "{called:?}");
}

#[tokio::test(start_paused = true)]
async fn a_lost_link_ends_the_massage_where_nobody_can_resume_it() {
    let (folder, file) = with_profile(PROFILE);
    let mut person = Person::new();
    let bench = person.bench.clone();
    let losing = async {
        moves(&bench).await;
        bench.drop_link(Some(Duration::from_secs(5)));
    };
    let arguments = ["play", &file];
    let (called, ()) = tokio::join!(person.calls(folder.path(), &arguments), losing);
    assert_eq!(called.code, 1, "it is back within the time that Svang tries: {called:?}");
    assert!(person.bench.levels().is_empty(), "{:?}", person.bench.levels());
    assert!(called.err.contains("Stopping the massager: it is out of reach; trying for"), "{called:?}");
    assert!(!called.out.contains("Finished"), "{called:?}");
    assert!(!called.err.contains("Resume") && !called.out.contains("Resume"), "there is nothing to press: {called:?}");
    assert!(called.err.matches("power button").count() <= 1, "{called:?}");
    let mut lines: Vec<_> = called.err.lines().collect();
    lines.sort_unstable();
    assert!(lines.windows(2).all(|pair| pair[0] != pair[1]), "told twice in the same words: {called:?}");
}

/// A day on which the feet have had so much already.
fn had_today(root: &Path, time: Duration) {
    Dose::load(&folders(root)).change(move |dose| dose.add(today(), time)).run().unwrap();
}

#[tokio::test(start_paused = true)]
async fn on_a_full_day_nothing_starts_without_a_yes() {
    let (folder, file) = with_profile(PROFILE);
    had_today(folder.path(), Duration::from_secs(30 * 60));
    let refused = svang(folder.path(), &["play", &file]).await;
    assert_eq!(refused.code, 2, "{refused:?}");
    assert!(refused.err.contains("30 of 30 minutes") && refused.err.contains("--yes"), "{refused:?}");
    let mut person = Person::new();
    let bench = person.bench.clone();
    let allowed = person.calls(folder.path(), &["play", &file, "--yes"]).await;
    assert_eq!((allowed.code, allowed.err.as_str()), (0, ""), "{allowed:?}");
    assert!(allowed.out.contains("30 of 30 minutes") && !bench.writes().is_empty(), "{allowed:?}");
    for (answer, code) in [("y", 0), ("", 2)] {
        let mut person = Person::at_a_terminal();
        let (types, bench) = (person.types.clone(), person.bench.clone());
        let answering = async {
            while !bench.connected() {
                sleep(Duration::from_millis(100)).await;
            }
            sleep(Duration::from_secs(1)).await;
            assert!(bench.levels().is_empty());
            types.send(answer.to_owned()).unwrap();
        };
        let arguments = ["play", &file];
        let (called, ()) = tokio::join!(person.calls(folder.path(), &arguments), answering);
        assert_eq!(called.code, code, "{called:?}");
        assert!(called.out.contains("Go on all the same? [y/n]"), "{called:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_day_that_becomes_full_ends_the_massage_or_asks() {
    for (arguments, code, words) in [(&[][..], 1, "--yes"), (&["--yes"], 0, "")] {
        let (folder, file) = with_profile(PROFILE);
        had_today(folder.path(), Duration::from_secs(30 * 60 - 20));
        let mut person = Person::new();
        let bench = person.bench.clone();
        let called = person.calls(folder.path(), &[&["play", &file], arguments].concat()).await;
        assert_eq!(called.code, code, "{called:?}");
        assert!(called.err.contains(words), "{called:?}");
        assert!(bench.levels().is_empty(), "{called:?}");
    }
    let (folder, file) = with_profile(PROFILE);
    had_today(folder.path(), Duration::from_secs(30 * 60 - 20));
    let mut person = Person::at_a_terminal();
    let (types, bench) = (person.types.clone(), person.bench.clone());
    let answering = async {
        moves(&bench).await;
        while !bench.levels().is_empty() {
            sleep(Duration::from_millis(100)).await;
        }
        sleep(Duration::from_secs(60)).await;
        assert!(bench.levels().is_empty(), "nothing moves before the answer");
        types.send("y".to_owned()).unwrap();
        moves(&bench).await;
    };
    let arguments = ["play", &file];
    let (called, ()) = tokio::join!(person.calls(folder.path(), &arguments), answering);
    assert_eq!(called.code, 0, "{called:?}");
    assert!(called.out.contains("Go on all the same? [y/n]"), "{called:?}");
}

#[tokio::test]
async fn nobody_is_told_that_nobody_reads_along() {
    let folder = folder();
    let file = folder.path().join("heel.ron");
    fs::write(&file, PROFILE).unwrap();
    for arguments in [&["massagers"][..], &["check", file.to_str().unwrap()], &["frames", "svang-reference", "--stop"]]
    {
        let mut person = Person::new();
        person.reader_gone = true;
        let called = person.calls(folder.path(), arguments).await;
        assert_eq!((called.code, called.err.as_str()), (0, ""), "{called:?}");
    }
}

#[tokio::test]
async fn a_word_of_a_file_steers_no_terminal() {
    let folder = folder();
    let profile = folder.path().join("profile.ron");
    let text = "Profile(version: 1, name: \"x\", length: \"\\u{1b}]0;pwned\\u{7}\\u{1b}[31mRED\", \
                tracks: {Roller: [Straight(\"0:00\", 0)]})";
    fs::write(&profile, text).unwrap();
    let raw = folder.path().join("raw.ron");
    fs::write(&raw, PROFILE.replace("\"0:30\"", "\"0:\u{1b}[31m0\"")).unwrap();
    let map = folder.path().join("map.ron");
    let reference = svang::massager::bundled().into_iter().find(|(name, _)| *name == "svang-reference.ron").unwrap().1;
    fs::write(&map, reference.replace("name: \"Svang", "name: \"Sam\\u{1b}]0;pwned\\u{7}ple \\u{202e}Svang")).unwrap();
    for file in [profile, raw, map] {
        let called = svang(folder.path(), &["check", file.to_str().unwrap()]).await;
        let hidden = |letter: char| letter.is_control() && letter != '\n' || letter == '\u{202E}';
        assert!(!called.out.is_empty(), "{called:?}");
        assert!(!called.out.contains(hidden) && !called.err.contains(hidden), "{called:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_lost_link_waits_for_enter_at_a_terminal() {
    let (folder, file) = with_profile(PROFILE);
    let mut person = Person::at_a_terminal();
    let (bench, types) = (person.bench.clone(), person.types.clone());
    let losing = async {
        moves(&bench).await;
        bench.drop_link(Some(Duration::from_secs(5)));
        sleep(Duration::from_secs(120)).await;
        assert!(bench.connected() && bench.levels().is_empty(), "back, and nothing moves by itself");
        types.send(String::new()).unwrap();
        moves(&bench).await;
    };
    let arguments = ["play", &file];
    let (called, ()) = tokio::join!(person.calls(folder.path(), &arguments), losing);
    assert_eq!(called.code, 0, "{called:?}");
    assert!(called.out.contains("The massager is back. Press Enter to resume"), "{called:?}");
    assert!(called.out.contains("Finished."), "{called:?}");
}

#[tokio::test(start_paused = true)]
async fn enter_pauses_and_resumes_at_a_terminal() {
    let (folder, file) = with_profile(PROFILE);
    let mut person = Person::at_a_terminal();
    let (bench, types) = (person.bench.clone(), person.types.clone());
    let pausing = async {
        moves(&bench).await;
        types.send(String::new()).unwrap();
        sleep(Duration::from_secs(300)).await;
        assert!(bench.levels().is_empty(), "{:?}", bench.levels());
        types.send(String::new()).unwrap();
        moves(&bench).await;
    };
    let arguments = ["play", &file];
    let (called, ()) = tokio::join!(person.calls(folder.path(), &arguments), pausing);
    assert_eq!(called.code, 0, "{called:?}");
    assert!(called.out.contains("1:00, paused"), "{called:?}");
    assert!(called.out.contains("Roller, left 2/20"), "{called:?}");
}

#[tokio::test(start_paused = true)]
async fn a_program_of_the_massager_is_played() {
    let folder = folder();
    let mut person = Person::new();
    let called = person.calls(folder.path(), &["play", "--program", "Gentle roll"]).await;
    assert_eq!(called.code, 0, "{called:?}");
    assert!(called.out.contains("The program has ended."), "{called:?}");
    let mut person = Person::new();
    let called = person.calls(folder.path(), &["play", "--program", "Tango"]).await;
    assert_eq!(called.code, 2, "{called:?}");
    assert!(called.err.contains("Gentle roll"), "{called:?}");
}

/// The reference massager's map without heat, as the person's own.
fn without_heat(root: &Path) {
    let reference = svang::massager::bundled().into_iter().find(|(name, _)| *name == "svang-reference.ron").unwrap().1;
    let map = reference.split("    vectors:").next().unwrap().replace("{Heat}", "00");
    let lines = map.lines().filter(|line| !line.trim_start().trim_start_matches('"').starts_with("Heat"));
    let map = lines.collect::<Vec<_>>().join("\n") + "    vectors: [Do(\"stop\", \"53 02 51\")],\n)\n";
    let own = folders(root).massagers();
    fs::create_dir_all(&own).unwrap();
    fs::write(own.join("mine.ron"), map).unwrap();
}

#[tokio::test(start_paused = true)]
async fn what_the_massager_lacks_is_said_before_it_plays_the_rest() {
    let text = PROFILE.replace("Roller:", "Heat: [Straight(\"0:00\", 0), Straight(\"0:30\", 0)], Roller:");
    let (folder, file) = with_profile(&text);
    without_heat(folder.path());
    let asked = svang(folder.path(), &["play", &file]).await;
    assert_eq!(asked.code, 2, "{asked:?}");
    assert!(asked.err.contains("The massager has no heat") && asked.err.contains("--yes"), "{asked:?}");
    let told = svang(folder.path(), &["play", &file, "--yes"]).await;
    assert_eq!((told.code, told.err.as_str()), (0, ""), "{told:?}");
    assert!(told.out.contains("The massager has no heat"), "{told:?}");
    for (answer, code) in [("y", 0), ("", 2)] {
        let mut person = Person::at_a_terminal();
        let arguments = ["play", &file];
        let (types, bench) = (person.types.clone(), person.bench.clone());
        let answering = async {
            while !bench.connected() {
                sleep(Duration::from_millis(100)).await;
            }
            sleep(Duration::from_secs(1)).await;
            types.send(answer.to_owned()).unwrap();
        };
        let (called, ()) = tokio::join!(person.calls(folder.path(), &arguments), answering);
        assert_eq!(called.code, code, "{called:?}");
        assert!(called.out.contains("Play the rest? [y/n]"), "{called:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_started_is_told_with_exit_code_2() {
    let (folder, file) = with_profile(PROFILE);
    let broken = folder.path().join("broken.ron");
    fs::write(&broken, "Profile(\n  version: 1,\n").unwrap();
    for (arguments, words) in [
        (vec!["play", &file, "--start", "1:00"], "1:00"),
        (vec!["play", &file, "--massager", "AA:BB", "--speed", "2"], "simulated"),
        (vec!["play", &file, "--map", "no-such"], "svang-reference"),
        (vec!["play", broken.to_str().unwrap()], "broken.ron"),
        (vec!["play", &file, "--massager", "AA:BB"], "adapter"),
    ] {
        let called = svang(folder.path(), &arguments).await;
        assert_eq!(called.code, 2, "{called:?}");
        assert!(called.err.contains(words), "{called:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_massager_that_does_not_appear_is_told() {
    let (folder, file) = with_profile(PROFILE);
    let mut person = Person::new();
    person.own_radio = Some(Arc::new(Simulated::new()));
    let called = person.calls(folder.path(), &["play", &file, "--massager", "AA:BB"]).await;
    assert_eq!(called.code, 2, "{called:?}");
    assert!(called.err.contains("AA:BB did not appear"), "{called:?}");
}

#[tokio::test(start_paused = true)]
async fn a_scan_lists_what_is_in_reach() {
    let folder = folder();
    let mut person = Person::new();
    person.own_radio = Some(Arc::new(Simulated::new()));
    let called = person.calls(folder.path(), &["scan", "--seconds", "3"]).await;
    assert_eq!((called.code, called.err.as_str()), (0, ""), "{called:?}");
    assert!(called.out.contains("simulated  Simulated massager  -42 dBm  svang-reference (verified;"), "{called:?}");
    let mut person = Person::new();
    person.own_radio = Some(Arc::new(Simulated::new()));
    let called = person.calls(folder.path(), &["scan", "--json"]).await;
    let json: serde_json::Value = serde_json::from_str(&called.out).unwrap();
    assert_eq!(json[0]["id"], "simulated");
    assert_eq!(json[0]["map"], "svang-reference");
}

#[tokio::test(start_paused = true)]
async fn a_scan_without_a_radio_says_why() {
    let folder = folder();
    for (state, words) in [
        (RadioState::Off, "switched off"),
        (RadioState::Unavailable(bluetooth::Error::NoPermission), "may not use Bluetooth"),
        (RadioState::Unavailable(bluetooth::Error::NoService), "systemctl"),
    ] {
        let mut person = Person::new();
        let radio = Simulated::new();
        radio.bench().set_radio(state);
        person.own_radio = Some(Arc::new(radio));
        let called = person.calls(folder.path(), &["scan"]).await;
        assert_eq!(called.code, 2, "{called:?}");
        assert!(called.err.contains(words), "{called:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_settings_file_that_cannot_be_read_is_told_and_left() {
    let (folder, file) = with_profile(PROFILE);
    let settings = folders(folder.path()).config.join("settings.ron");
    fs::create_dir_all(settings.parent().unwrap()).unwrap();
    fs::write(&settings, "(version: 99)").unwrap();
    let called = svang(folder.path(), &["play", &file]).await;
    assert_eq!(called.code, 0, "{called:?}");
    assert!(called.err.contains("newer Svang"), "{called:?}");
    assert_eq!(fs::read_to_string(settings).unwrap(), "(version: 99)");
}

#[tokio::test(start_paused = true)]
async fn two_plays_at_once_add_up() {
    let (folder, file) = with_profile(PROFILE);
    let arguments = ["play", &file];
    let (mut one, mut other) = (Person::new(), Person::new());
    let (first, second) = tokio::join!(one.calls(folder.path(), &arguments), other.calls(folder.path(), &arguments));
    for called in [first, second] {
        assert_eq!((called.code, called.err.as_str()), (0, ""), "{called:?}");
    }
    let dose = Dose::load(&folders(folder.path())).value().on(today());
    assert!(dose >= Duration::from_secs(100) && dose <= Duration::from_secs(130), "{dose:?}");
}

#[tokio::test(start_paused = true)]
async fn a_damaged_dose_is_set_aside_and_the_massage_is_counted() {
    let (folder, file) = with_profile(PROFILE);
    let state = folders(folder.path()).state;
    fs::create_dir_all(&state).unwrap();
    let broken = "(version: 1, days: {\"2030-03-10\": 15";
    fs::write(state.join("dose.ron"), broken).unwrap();
    let called = svang(folder.path(), &["play", &file]).await;
    assert_eq!(called.code, 0, "{called:?}");
    assert!(called.err.contains("It is kept as") && called.err.contains("dose.ron.bak"), "{called:?}");
    assert_eq!(fs::read_to_string(state.join("dose.ron.bak")).unwrap(), broken);
    assert!(Dose::load(&folders(folder.path())).value().on(today()) >= Duration::from_secs(50));
    let again = svang(folder.path(), &["play", &file]).await;
    assert_eq!((again.code, again.err.as_str()), (0, ""), "{again:?}");
}

#[tokio::test]
async fn while_files_are_read_a_request_to_end_is_left_to_the_system() {
    let (folder, file) = with_profile(PROFILE);
    let broken = folder.path().join("broken.ron");
    fs::write(&broken, "Profile(").unwrap();
    for arguments in [
        &["check", &file][..],
        &["frames", "svang-reference", "--stop"],
        &["massagers"],
        &["play", broken.to_str().unwrap()],
    ] {
        let mut person = Person::new();
        person.calls(folder.path(), arguments).await;
        assert!(person.interrupts.borrow().is_some(), "{arguments:?}");
    }
}

#[cfg(unix)]
#[tokio::test(start_paused = true)]
async fn pipes_are_never_waited_for() {
    let (folder, file) = with_profile(PROFILE);
    let folders = folders(folder.path());
    for folder in [&folders.config, &folders.profiles(), &folders.massagers()] {
        fs::create_dir_all(folder).unwrap();
    }
    let pipe = folder.path().join("pipe.ron");
    let within = [folders.profiles().join("a.ron"), folders.massagers().join("a.ron")];
    for path in within.iter().chain([&pipe, &folders.config.join("settings.ron")]) {
        assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
    }
    let path = pipe.to_str().unwrap();
    for (arguments, code) in
        [(vec!["check", path], 1), (vec!["play", path], 2), (vec!["play", &file, "--trace", path], 2)]
    {
        let called = svang(folder.path(), &arguments).await;
        assert_eq!(called.code, code, "{called:?}");
        assert!(format!("{}{}", called.out, called.err).contains("a pipe"), "{called:?}");
    }
    let plays = svang(folder.path(), &["play", &file]).await;
    assert_eq!(plays.code, 0, "{plays:?}");
    assert!(plays.err.contains("settings.ron"), "{plays:?}");
    assert_eq!(svang(folder.path(), &["massagers"]).await.code, 1, "it is listed as one that cannot be used");
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_second_window_shows_the_first_and_ends() {
    let folder = folder();
    let root = folder.path();
    // What the platform's folders are for a program that is told these.
    let folders = Folders { config: root.join("c/svang"), data: root.join("d/svang"), state: root.join("s/svang") };
    let Claim::First(instance) = instance::claim(&folders).await else { panic!("nobody else is here") };
    let (mut shows, _open) = instance.listen();
    let mut second = std::process::Command::new(env!("CARGO_BIN_EXE_svang"));
    second.env_clear();
    for (name, folder) in [("HOME", "h"), ("XDG_CONFIG_HOME", "c"), ("XDG_DATA_HOME", "d"), ("XDG_STATE_HOME", "s")] {
        second.env(name, root.join(folder));
    }
    let ended = tokio::task::spawn_blocking(move || second.output()).await.unwrap().unwrap();
    assert_eq!(ended.status.code(), Some(0), "{ended:?}");
    assert_eq!(shows.try_recv(), Ok(()));
    assert!(!folders.config.exists() && !folders.data.exists(), "nothing else was done");
}

/// What is said is in the language that was asked for; what other programs read is not.
#[tokio::test(start_paused = true)]
async fn the_command_line_speaks_danish_when_it_is_asked_to() {
    let root = tempfile::tempdir().unwrap();
    let called = svang(root.path(), &["play", "gentle-start", "--language", "da", "--massager", "simulated"]).await;
    assert_eq!(called.code, 0, "{called:?}");
    assert!(called.out.contains("Forbundet til "), "{called:?}");
    assert!(called.out.contains("Afspiller “Blid begyndelse”, 6:00."), "{called:?}");
    assert!(called.out.contains("Færdig. Massagetid i dag"), "{called:?}");
    let english = svang(root.path(), &["play", "gentle-start", "--massager", "simulated"]).await;
    assert!(english.out.contains("Finished. Massage time today"), "{english:?}");

    let nothing = svang(root.path(), &["--language", "da", "play", "no such"]).await;
    assert!(nothing.code == 2 && nothing.err.starts_with("svang: Der er ingen profil “no such”."), "{nothing:?}");
    let bytes = ["frames", "svang-reference", "--roller", "50"];
    let danish = [&bytes[..], &["--language", "da-DK"]].concat();
    assert_eq!(svang(root.path(), &danish).await.out, svang(root.path(), &bytes).await.out);
    let unknown = svang(root.path(), &["--language", "tlh", "massagers"]).await;
    assert!(unknown.code == 2 && unknown.err.contains("Svang does not speak “tlh”. It speaks"), "{unknown:?}");
}
