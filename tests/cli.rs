//! The command line as a person uses it, inside the test: what is printed, and the exit code.

#![allow(clippy::unwrap_used, reason = "a test may break off")]

use std::fs;
use std::path::Path;

use svang::cli::{self, Surroundings};
use svang::storage::Folders;
use tempfile::TempDir;

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

/// Calls `svang` with arguments, in folders below `root`.
async fn svang(root: &Path, arguments: &[&str]) -> Called {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let outcome = match cli::read(["svang"].iter().chain(arguments), &mut out, &mut err) {
        Err(outcome) => outcome,
        Ok(arguments) => {
            let surroundings = Surroundings { folders: folders(root), out: &mut out, err: &mut err };
            cli::run(arguments.command.unwrap(), surroundings).await
        }
    };
    Called { code: outcome.code(), out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
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
    for word in ["check", "frames", "decode", "massagers", "Exit codes", "130"] {
        assert!(help.out.contains(word), "{word} in {}", help.out);
    }
    for command in ["check", "frames", "decode", "massagers"] {
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
    for wrong in [&["dance"][..], &["check"], &["frames"], &["frames", "svang-reference", "--roller", "200"]] {
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
