//! Whatever a device map says, one that is accepted stops what it moves and moves nothing unasked; one that asks for too
//! much is refused early; and trust is not the map's to give.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use svang::i18n::Words;
use svang::massager::{
    Binding, Characteristic, DeviceMap, Encoder, LeftAlone, Note, REFERENCE, Trust, Write, built_in, bundled,
    parse_identifier,
};
use svang::mode::Channel;
use svang::problem::{LONGEST, Problem};
use uuid::Uuid;

/// English, in which each problem is said.
static ENGLISH: LazyLock<Words> = LazyLock::new(Words::english);

/// A sound map in the file's own words, one part of which is exchanged.
fn sample(part: &str, instead: &str) -> String {
    let base = r#"DeviceMap(version: 1, id: "sample", name: "Sample", status: Verified, source: "invented",
 recognise: [Signs(name: ["Sample*"])],
 roles: {"control": Role(service: "ffe0", characteristic: "ffe1", write: Either)},
 frames: {"a": Frame(bytes: "01 {level}"), "off": Frame(bytes: "00")},
 modes: {Roller: Level(frame: "a", max: 10)}, stop: ["off"],
 vectors: [Do("stop", "00")])"#;
    assert!(base.contains(part));
    base.replacen(part, instead, 1)
}

fn problems(source: &str) -> Vec<Problem> {
    let problems = DeviceMap::read(source).err().unwrap_or_default();
    assert!(problems.len() <= 200);
    for problem in &problems {
        let text = ENGLISH.fact(&problem.fact);
        assert!(text.chars().count() <= usize::from(LONGEST), "{problem}");
        assert!(!text.chars().any(char::is_control), "{problem}");
    }
    problems
}

fn texts(source: &str) -> String {
    problems(source).iter().map(|problem| format!("{}\n", ENGLISH.fact(problem))).collect()
}

/// The built-in maps and those of the fixtures: their texts.
static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/maps/sound");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let own = files.into_iter().map(|path| fs::read_to_string(path).unwrap());
    bundled().into_iter().map(|(_, text)| text.to_owned()).chain(own).collect()
});

/// Where a write goes, and what it says.
fn seen(write: &Write) -> (Uuid, Uuid, Vec<u8>) {
    (write.service, write.characteristic, write.bytes.clone())
}

/// What every accepted map holds to, asked of its bytes alone.
fn holds_to_its_word(map: &Arc<DeviceMap>, text: &str) -> Result<(), TestCaseError> {
    let fresh = || Encoder::new(Arc::clone(map), Binding::assumed(map));
    let order = |channel: Channel, level: u16| {
        let plan = fresh().set(&BTreeMap::from([(channel, level)]), &[channel]);
        plan.writes.iter().map(seen).collect::<Vec<_>>()
    };
    let stop: Vec<_> = fresh().stop().writes.iter().map(seen).collect();
    prop_assert!(!stop.is_empty());
    let mut quiet = stop.clone();
    quiet.extend(fresh().start().iter().map(seen));
    quiet.extend(fresh().keep_alive().unwrap_or_default().iter().map(seen));
    quiet.extend(fresh().timer(Duration::from_secs(600)).unwrap_or_default().iter().map(seen));
    for (channel, _) in &map.channels {
        let off = order(*channel, 0);
        quiet.extend(off.iter().cloned());
        let word = |note: &Note| matches!(note, Note::StopTakenAtItsWord(missed) if missed.contains(channel));
        let covered = off.iter().all(|write| stop.contains(write));
        prop_assert!(covered || text.contains("stop_all: true") || map.notes().iter().any(word), "{channel}");
    }
    for (channel, max) in &map.channels {
        let off = order(*channel, 0);
        for level in [1, 2, max / 2, max - 1, *max].into_iter().filter(|level| (1..=*max).contains(level)) {
            let on = order(*channel, level);
            // A toggle of which nothing is known writes nothing.
            let Some(last) = on.last() else { continue };
            prop_assert!(on != off, "{channel} at {level} is off");
            prop_assert!(!quiet.contains(last), "{channel} at {level}: {last:?}");
        }
    }
    Ok(())
}

#[test]
fn every_sound_map_holds_to_its_word() {
    for text in &*TEXTS {
        let map = Arc::new(DeviceMap::read(text).unwrap());
        holds_to_its_word(&map, text).unwrap_or_else(|why| panic!("{}: {why}", map.id));
    }
}

/// The words and the other pieces of a text.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let word = |letter: char| letter.is_alphanumeric() || letter == '_';
        let end = rest.find(|letter| word(letter) != word(first)).unwrap_or(rest.len());
        pieces.push(&rest[..end]);
        rest = &rest[end..];
    }
    pieces
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(7),
        cases: 1500,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_changed_map_is_refused_or_holds_to_its_word(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0u8..4), 1..4),
    ) {
        let text = which.get(&TEXTS);
        // What is said in comments and vectors changes nothing; without vectors far more is accepted.
        let text: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        let start = text.rfind("    vectors: [").unwrap();
        let mut pieces: Vec<String> = pieces(&text[..start]).into_iter().map(str::to_owned).collect();
        for (from, to, how) in changes {
            let words: Vec<usize> = (0..pieces.len()).filter(|at| pieces[*at].chars().all(char::is_alphanumeric)).collect();
            let (from, to) = (words[from.index(words.len())], words[to.index(words.len())]);
            match how {
                // A word stands in place of another; two change places; a number or a byte is another one.
                0 => pieces[to] = pieces[from].clone(),
                1 => pieces.swap(from, to),
                2 => pieces[to] = "0".repeat(pieces[to].len()),
                _ => pieces[to] = pieces[to].chars().map(|letter| if letter.is_ascii_digit() { '1' } else { letter }).collect(),
            }
        }
        let vectors = "vectors: [Do(\"send nothing\", \"00\")])";
        let changed = format!("{}{vectors}", pieces.concat());
        if let Ok((map, _)) = DeviceMap::look(&changed) {
            holds_to_its_word(&Arc::new(map), &changed)?;
        }
    }
}

#[test]
fn a_map_that_asks_for_too_much_is_refused_early() {
    // A frame full of checksums, in hundreds of programs.
    let sums = "{crc16 modbus all}".repeat(255);
    let frames = format!("frames: {{\"c\": Frame(bytes: \"{sums}\"), ");
    let calls = "\"c\", ".repeat(100);
    let programs: String = (0..300).map(|item| format!("Program(name: \"{item}\", send: [{calls}]), ")).collect();
    let map = sample("frames: {", &frames).replacen(" vectors", &format!(" programs: [{programs}], vectors"), 1);
    assert!(texts(&map).contains("at most 4 checksums, and this one has 255"), "{}", texts(&map));
    // With four of them it is looked through once for each call that differs.
    let map = map.replace(&sums, &"{crc16 modbus all}".repeat(4));
    assert_eq!(texts(&map), "");
    // Thousands of calls that all differ.
    let calls = |item: usize| {
        (0..100).map(|call| format!("\"c {item:02X}{call:02X}{}\", ", "00".repeat(400))).collect::<String>()
    };
    let programs: String =
        (0..60).map(|item| format!("Program(name: \"{item}\", send: [{}]), ", calls(item))).collect();
    let map = sample("frames: {", "frames: {\"c\": Frame(bytes: \"{1} SUMS\"), ")
        .replace("SUMS", &"{crc16 modbus all}".repeat(4));
    let map = map.replacen(" vectors", &format!(" programs: [{programs}], vectors"), 1);
    assert!(texts(&map).contains("more frames and levels than Svang looks through"), "{}", texts(&map));
    // Vectors that ask for a program again and again.
    let program = format!("programs: [Program(name: \"p\", send: [{}])], ", "\"off\", ".repeat(100));
    let vector = format!("Do(\"{}\", \"00\"), ", vec!["program p"; 20].join(";"));
    let map = sample("vectors: [", &format!("{program}vectors: [{}", vector.repeat(20)));
    let told = texts(&map);
    assert!(told.contains("up to here the vectors ask for 10000 frames"), "{told}");
    assert!(told.contains("gives 00 | 00 |"), "{told}");
}

#[test]
fn a_map_with_many_faults_names_two_hundred_in_short() {
    // Long names, in messages about long lists.
    let frames: String = (0..900).map(|item| format!("\"{item:0>70}\": Frame(bytes: \"02\"), ")).collect();
    let map = sample("frames: {", &format!("frames: {{{frames}"));
    let unknown = map.replace("stop: [", &format!("stop: [{}", "\"x\", ".repeat(99)));
    let told = problems(&unknown);
    assert!(
        told.len() >= 99 && ENGLISH.fact(&told[0].fact).contains("there is no frame “x”; there are: 0"),
        "{told:?}"
    );
    // Lists that are too long are not read on.
    let levels = format!("Levels(off: \"off\", on: [{}])", "\"x\", ".repeat(30_000));
    let told = texts(&map.replace("Level(frame: \"a\", max: 10)", &levels));
    assert_eq!(told.matches("a mode has 1 to 1000 levels here").count(), 1, "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
    // More parts than a map can have.
    let told = texts(&sample("vectors: [", &format!("vectors: [{}", "Do(\"x\", \"y\"), ".repeat(40_000))));
    assert!(told.contains("more parts than any massager needs"), "{told}");
    let vectors = (0..900).map(|item| format!("Do(\"x{item}\", \"00\"), ")).collect::<String>();
    let told = problems(&sample("vectors: [", &format!("vectors: [{vectors}")));
    assert_eq!(told.len(), 200);
    assert!(ENGLISH.fact(&told[199].fact).ends_with("(more may follow)"), "{:?}", told[199]);
}

#[test]
fn a_vector_that_fails_far_into_its_bytes_shows_where() {
    let wide = "00 ".repeat(100);
    let map = sample("\"off\": Frame(bytes: \"00\")", &format!("\"off\": Frame(bytes: \"{wide} 07\")"));
    let map = map.replace("Do(\"stop\", \"00\")", &format!("Do(\"stop\", \"{wide} 08\")"));
    assert!(
        texts(&map).contains("gives … 00 00 00 00 00 00 07, and this vector wants … 00 00 00 00 00 00 08"),
        "{}",
        texts(&map)
    );
}

#[test]
fn only_a_built_in_map_is_verified() {
    let (_, reference) = bundled().into_iter().find(|(name, _)| *name == "svang-reference.ron").unwrap();
    let built_in = built_in().into_iter().find(|map| map.id == REFERENCE).unwrap();
    // A plain copy is the same map, also with the mark that some editors put in front.
    for copy in [reference.to_owned(), format!("\u{feff}{reference}")] {
        let copy = DeviceMap::read(&copy).unwrap();
        assert_eq!((copy.trust, copy.fingerprint, copy.is_built_in()), (Trust::Verified, built_in.fingerprint, true));
        assert_eq!(copy.notes(), []);
    }
    let changed = DeviceMap::read(
        &reference
            .replace("max: 20", "max: 19")
            .replace("20, RollerRight 20", "19, RollerRight 19")
            .replace("14 14 00 00 00 00 00 1E 4C", "13 13 00 00 00 00 00 1E 4C"),
    )
    .unwrap();
    assert_eq!((changed.id.as_str(), changed.trust, changed.is_built_in()), (REFERENCE, Trust::Untested, false));
    assert_ne!(changed.fingerprint, built_in.fingerprint);
    assert_eq!(changed.notes(), [Note::NotVerified]);
    let own = DeviceMap::read(&sample("source", "source")).unwrap();
    assert_eq!(own.trust, Trust::Untested);
    assert!(own.notes().contains(&Note::NotVerified));
}

#[test]
fn what_may_be_right_is_noted() {
    let notes = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/maps/sound").join(name);
        DeviceMap::read(&fs::read_to_string(path).unwrap()).unwrap().notes().to_vec()
    };
    let (roller, heat) = (Channel::both(svang::mode::Mode::Roller), Channel::both(svang::mode::Mode::Heat));
    let all = [
        Note::NotVerified,
        Note::OnlySharedSigns,
        Note::OftenFirmware,
        Note::ZeroIsNotZero(roller),
        Note::StopTakenAtItsWord(vec![roller]),
        Note::NothingKnownLeftAlone,
        Note::ToggleNeverReadBack(heat),
        Note::NoWriteGap,
    ];
    assert_eq!(notes("noted.ron"), all);
    assert_eq!(notes("stop-at-its-word.ron"), [Note::NothingKnownLeftAlone]);
    assert_eq!(notes("two-off-frames.ron"), [Note::NothingKnownLeftAlone]);
    assert!(notes("alone-for-fifteen-minutes.ron").is_empty());
}

#[test]
fn a_map_says_what_happens_when_this_computer_fails() {
    let of = |id: &str| built_in().into_iter().find(|map| map.id == id).unwrap().left_alone;
    assert_eq!(of(REFERENCE), LeftAlone::StopsAfter(Duration::from_secs(3)));
    assert_eq!(of("massager191"), LeftAlone::OwnTimer(Duration::from_secs(900)));
    for id in ["biofit", "rongtai-rt8600s", "theragun", "theragun-wave"] {
        assert_eq!(of(id), LeftAlone::NothingKnown, "{id}");
    }
}

#[test]
fn a_characteristic_that_is_often_for_firmware_is_asked_about_once() {
    let places = [
        ("00010203-0405-0607-0809-0a0b0c0d1912", "00010203-0405-0607-0809-0a0b0c0d2b12", "Telink"),
        ("ae00", "ae01", "JieLi"),
        ("fff0", "fff3", "WCH"),
    ];
    for (service, characteristic, maker) in places {
        let map = sample(
            "\"ffe0\", characteristic: \"ffe1\"",
            &format!("\"{service}\", characteristic: \"{characteristic}\""),
        );
        let map = DeviceMap::read(&map).unwrap();
        let [asked] = &map.asks_first()[..] else { panic!("{maker}: {:?}", map.asks_first()) };
        assert_eq!((asked.role.as_str(), asked.characteristic), ("control", parse_identifier(characteristic).unwrap()));
        assert!(ENGLISH.fact(asked.why).contains(maker));
        assert!(map.notes().contains(&Note::OftenFirmware));
    }
    assert!(DeviceMap::read(&sample("a", "a")).unwrap().asks_first().is_empty());
    assert!(built_in().iter().all(|map| map.asks_first().is_empty()));
}

#[test]
fn a_massager_that_lacks_what_turns_it_off_is_not_driven() {
    let roles = "roles: {\"off\": Role(service: \"ffe0\", characteristic: \"ffe9\", write: Either), ";
    let map = sample("roles: {", roles).replace("Frame(bytes: \"00\")", "Frame(bytes: \"00\", to: \"off\")");
    let map = DeviceMap::read(&map).unwrap();
    let there = |characteristic: &str| Characteristic {
        service: parse_identifier("ffe0").unwrap(),
        uuid: parse_identifier(characteristic).unwrap(),
        read: false,
        write: true,
        write_without_response: false,
        notify: false,
    };
    let misfits = map.bind(&[there("ffe1")]).unwrap_err();
    assert_eq!(ENGLISH.fact(&misfits[0]), "off (FFE9 in FFE0) is not there");
    assert!(map.bind(&[there("ffe1"), there("ffe9")]).is_ok());
}

#[test]
fn a_shared_frame_sends_level_0_although_a_mode_has_an_off_frame() {
    let frames = "frames: {\"both\": Frame(bytes: \"02 {Heat} {Vibration table 3 2 1 0}\"), ";
    let modes = "modes: {Heat: Level(frame: \"both\", max: 3, off: \"off\"), Vibration: Level(frame: \"both\", max: 3, off: \"off\"), ";
    let map = sample("frames: {", frames).replace("modes: {", modes);
    assert!(texts(&map).contains("what Vibration sends falls from level 0 to 1"), "{}", texts(&map));
}

#[test]
fn a_map_that_is_not_done_yet_can_be_looked_at() {
    let source = sample("Do(\"stop\", \"00\")", "Do(\"stop\", \"01\")");
    assert!(DeviceMap::read(&source).is_err());
    let (map, failing) = DeviceMap::look(&source).unwrap();
    assert_eq!((map.name.as_str(), failing.len()), ("Sample", 1));
    assert!(DeviceMap::look(&sample("max: 10", "max: 0")).is_err());
}
