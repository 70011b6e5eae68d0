//! Profile files: old ones load for ever, broken ones are told in words, and what is written is read again.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may break off")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::Duration;

use proptest::prelude::*;
use svang::curve::{Curve, Point, Shape};
use svang::i18n::Words;
use svang::intensity::Intensity;
use svang::mode::{Channel, Foot, Mode};
use svang::problem::Problem;
use svang::profile::{Need, Part, Profile, Spot, Step, Text, bundled};
use svang::time::Time;

/// English, in which the files beside the broken ones say what is wrong.
static ENGLISH: LazyLock<Words> = LazyLock::new(Words::english);

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn files(name: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder(name)).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "ron"));
    files.sort();
    assert!(!files.is_empty());
    files
}

fn stem(path: &Path) -> &str {
    path.file_stem().unwrap().to_str().unwrap()
}

fn lines(problems: &[Problem]) -> String {
    problems.iter().map(|problem| format!("{}\n", ENGLISH.fact(problem))).collect()
}

fn text(variants: &[(&str, &str)]) -> Text {
    Text { variants: variants.iter().map(|(code, text)| (code.to_string(), text.to_string())).collect() }
}

fn point(shape: Shape, millis: u32, per_mille: u16) -> Point {
    Point::new(shape, Time::from_millis(millis), Intensity::from_per_mille(per_mille))
}

#[test]
fn a_profile_that_lacks_something_is_read_as_unfinished_and_one_that_is_wrong_is_not() {
    let file = |inside: &str| format!("Profile(version: 1, length: \"1:00\", {inside})");
    for lacking in [
        "name: \"\"",
        "name: \"Heel\"",
        "name: {\"en\": \"Heel\", \"da\": \"\"}, tracks: {Roller: []}",
        "name: \"Heel\", steps: [Step(from: \"0:00\", to: \"0:10\", text: \" \")]",
    ] {
        assert!(Profile::read(&file(lacking)).is_err(), "{lacking}");
        let profile = Profile::read_unfinished(&file(lacking)).unwrap();
        assert_eq!(Profile::read_unfinished(&profile.write()), Ok(profile), "{lacking}");
    }
    for wrong in ["name: \"\", tracks: {Roller: [Straight(\"2:00\", 20)]}", "name: \"\", nmae: 1", "name: \"a\u{1b}\""]
    {
        assert!(Profile::read_unfinished(&file(wrong)).is_err(), "{wrong}");
    }
}

mod fixtures {
    use super::*;

    /// The text beside each broken file is what `svang check` says of it. A missing one is written.
    #[test]
    fn every_broken_file_is_told_by_line_and_remedy() {
        let mut different = String::new();
        for path in files("tests/fixtures/profiles/broken") {
            let told = match Profile::read(&fs::read_to_string(&path).unwrap()) {
                Ok(_) => "it was read\n".to_owned(),
                Err(problems) => lines(&problems),
            };
            let beside = path.with_extension("txt");
            if !beside.exists() {
                fs::write(&beside, &told).unwrap();
            }
            let expected = fs::read_to_string(&beside).unwrap();
            if told != expected {
                different += &format!("{}\n  expected {expected}  told     {told}", path.display());
            }
        }
        assert!(different.is_empty(), "{different}");
    }

    #[test]
    fn every_old_file_loads_with_the_values_it_always_had() {
        for path in files("tests/fixtures/profiles/golden") {
            let read = Profile::read(&fs::read_to_string(&path).unwrap());
            let profile = read.unwrap_or_else(|problems| panic!("{}\n{}", path.display(), lines(&problems)));
            let expected = match stem(&path) {
                "v1-all-features" => Profile { need: None, ..all_features() },
                "v1-least" => Profile {
                    name: "Least".into(),
                    length: Time::from_secs(10),
                    tracks: [(Mode::Heat.into(), Curve::new(vec![point(Shape::Hold, 0, 0)]).unwrap())].into(),
                    ..Profile::default()
                },
                "v1-windows-line-ends" => Profile {
                    name: "Windows".into(),
                    length: Time::from_secs(60),
                    steps: vec![Step {
                        from: Time::ZERO,
                        to: Time::from_secs(60),
                        text: "Two\nlines.".into(),
                        spot: None,
                    }],
                    ..Profile::default()
                },
                other => panic!("say here what {other} holds"),
            };
            assert_eq!(profile, expected, "{}", path.display());
        }
    }

    #[test]
    fn the_guide_shows_a_profile_that_reads_without_advice() {
        let guide = fs::read_to_string(folder("profiles/README.md")).unwrap();
        let examples: Vec<&str> =
            guide.split("```ron\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
        assert!(!examples.is_empty());
        for example in examples {
            let profile = Profile::read(example).unwrap_or_else(|problems| panic!("{}", lines(&problems)));
            assert_eq!(profile.advice(), [""; 0]);
        }
    }

    fn all_features() -> Profile {
        let roller = vec![
            point(Shape::Straight, 0, 0),
            point(Shape::Smooth, 30_250, 305),
            point(Shape::Hold, 60_000, 450),
            point(Shape::Straight, 180_000, 0),
        ];
        let mut tracks = BTreeMap::from([(Channel::both(Mode::Roller), Curve::new(roller).unwrap())]);
        let others = Mode::ALL
            .into_iter()
            .flat_map(|mode| [Foot::Both, Foot::Left, Foot::Right].map(|foot| Channel::new(mode, foot)).into_iter());
        for (channel, percent) in others.skip(1).zip([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100]) {
            tracks.insert(channel, Curve::new(vec![point(Shape::Hold, 5_000, percent * 10)]).unwrap());
        }
        Profile {
            name: text(&[("en", "All of it"), ("da", "Det hele"), ("en-GB", "The lot")]),
            description: "Plain words, \"quoted\", æ\n and a second line.".into(),
            author: Some("A. Person".into()),
            need: Some(Need::AfterActivity),
            length: Time::from_millis(180_500),
            tracks,
            steps: vec![
                Step { from: Time::ZERO, to: Time::from_secs(60), text: "Roll \"slowly\".".into(), spot: None },
                Step {
                    from: Time::from_secs(60),
                    to: Time::from_millis(180_500),
                    text: text(&[("da", "Hold."), ("en", "Hold on.")]),
                    spot: Some(Spot { part: Part::Arch, foot: Foot::Left }),
                },
            ],
        }
    }

    #[test]
    fn a_profile_is_written_as_a_person_would_write_it() {
        let written = all_features().write();
        let expected = fs::read_to_string(folder("tests/fixtures/profiles/written.ron")).unwrap();
        assert_eq!(written, expected);
        assert_eq!(Profile::read(&written), Ok(all_features()));
    }
}

mod bundle {
    use super::*;

    fn each(mut look: impl FnMut(&str, &Profile)) {
        for (name, source) in bundled() {
            let profile = Profile::read(source).unwrap_or_else(|problems| panic!("{name}\n{}", lines(&problems)));
            look(name, &profile);
        }
    }

    #[test]
    fn every_file_of_the_folder_is_embedded() {
        let mut embedded: Vec<&str> = bundled().iter().map(|(name, _)| *name).collect();
        embedded.sort_unstable();
        let files = files("profiles");
        assert_eq!(embedded, files.iter().map(|path| stem(path)).collect::<Vec<_>>());
        assert!(embedded.len() >= 8);
    }

    #[test]
    fn they_start_gently_end_at_rest_and_fit_one_session() {
        each(|name, profile| {
            assert_eq!(profile.advice(), [""; 0], "{name}");
            assert!(profile.ends_at_rest(), "{name}");
            assert!(profile.length.as_duration() <= Duration::from_secs(15 * 60), "{name}");
            for (channel, curve) in &profile.tracks {
                let start = curve.intensity_at(Time::ZERO);
                assert!(start <= Intensity::from_percent(10), "{name}: {channel} starts at {start} %");
                assert!(curve.peak() <= Intensity::from_percent(80), "{name}: {channel} reaches {} %", curve.peak());
                for (to, rate) in curve.rises() {
                    assert!(rate <= 0.05 + 1e-9, "{name}: {channel} rises {rate} a second before {}", to.at);
                }
            }
        });
    }

    #[test]
    fn they_speak_english_and_danish_and_promise_no_cure() {
        each(|name, profile| {
            let texts = [&profile.name, &profile.description];
            for text in texts.into_iter().chain(profile.steps.iter().map(|step| &step.text)) {
                let languages: Vec<&str> = text.variants.keys().map(String::as_str).collect();
                assert_eq!(languages, ["da", "en"], "{name}: {text:?}");
                let words = format!("{} {}", text.in_language("en"), text.in_language("da")).to_lowercase();
                for claim in ["cure", "heal ", "heals", "treat", "kurer", "helbred", "behandl", "please", "!"] {
                    assert!(!words.contains(claim), "{name}: “{claim}” in {words}");
                }
            }
        });
    }

    #[test]
    fn they_differ_by_what_they_ask_of_a_massager() {
        let plays = |channels: &[Mode]| {
            let channels: Vec<Channel> = channels.iter().map(|mode| Channel::both(*mode)).collect();
            let mut whole = 0;
            each(|_, profile| whole += usize::from(profile.missing(&channels).is_empty()));
            whole
        };
        assert_eq!(plays(&Mode::ALL), bundled().len());
        for mode in [Mode::Roller, Mode::Vibration, Mode::AirPressure] {
            assert!(plays(&[mode]) >= 1, "a massager with {} alone has nothing to play", mode.name());
        }
    }

    #[test]
    fn names_tell_apart_in_both_languages() {
        for language in ["en", "da"] {
            let mut names = Vec::new();
            each(|_, profile| names.push(profile.name.in_language(language).to_owned()));
            let count = names.len();
            names.sort();
            names.dedup();
            assert_eq!(names.len(), count);
        }
    }
}

mod hostile {
    use super::*;

    fn refused(source: &str) -> Vec<Problem> {
        let problems = Profile::read(source).unwrap_err();
        assert!(!problems.is_empty() && problems.len() <= 100);
        problems
    }

    #[test]
    fn a_name_and_an_author_stand_on_one_line() {
        for (field, text) in [("name: \"Two\\nlines\"", "the name"), ("name: \"A\", author: \"B\\tC\"", "the author")] {
            let source =
                format!("Profile(version: 1, {field}, length: \"1:00\", tracks: {{Heat: [Hold(\"0:00\", 10)]}})");
            let problems = refused(&source);
            assert_eq!(
                ENGLISH.fact(&problems[0].fact),
                format!("{text} has a line break: write it on one line"),
                "{source}"
            );
        }
        let description = "description: \"Two\\nlines\", name: \"A\"";
        let source =
            format!("Profile(version: 1, {description}, length: \"1:00\", tracks: {{Heat: [Hold(\"0:00\", 10)]}})");
        assert!(Profile::read(&source).is_ok(), "a description may have several");
    }

    #[test]
    fn a_file_beyond_one_mebibyte_is_refused() {
        let fits = |size: usize| {
            let head = "Profile(version: 1, name: \"Long\", length: \"1:00\", tracks: {Heat: [Hold(\"0:00\", 0)]}) //";
            format!("{head}{}", "x".repeat(size - head.len()))
        };
        assert!(Profile::read(&fits(Profile::LARGEST_FILE)).is_ok());
        assert!(lines(&refused(&fits(Profile::LARGEST_FILE + 1))).contains("8 MiB"));
    }

    #[test]
    fn deep_nesting_is_refused_wherever_it_stands() {
        for open in ["(", "[", "{", "{\"en\": ", "Some(", "[(", "/*"] {
            for place in ["", "Profile(", "Profile(version: 1, name: ", "Profile(version: 1, tracks: {Heat: "] {
                refused(&format!("{place}{}", open.repeat(Profile::LARGEST_FILE / open.len() - 100)));
            }
        }
    }

    #[test]
    fn many_faults_are_told_up_to_a_hundred() {
        let points = "Hold(\"9:00\", 0),".repeat(60_000);
        let problems =
            refused(&format!("Profile(version: 1, name: \"Many\", length: \"1:00\", tracks: {{Heat: [{points}]}})"));
        assert_eq!(problems.len(), 100);
        let last = ENGLISH.fact(&problems[99].fact);
        assert!(last.ends_with("more in this file)"), "{last}");
    }

    #[test]
    fn a_fault_never_quotes_more_than_a_line() {
        let long = "x".repeat(500_000);
        for source in [
            format!("Profile(version: 1, {long}: 1)"),
            format!("Profile(version: 1, name: {long})"),
            format!("Profile(version: 1, name: \"{long}"),
            format!("Profile(version: 1, length: \"{long}\")"),
            format!("Profile(version: {})", "9".repeat(500_000)),
            format!("{long}(version: 1)"),
            format!("Profile(version: 1, name: {{\"{long}\": \"\"}}, length: \"1:00\")"),
        ] {
            for problem in refused(&source) {
                assert!(ENGLISH.fact(&problem.fact).chars().count() < 400, "{problem}");
            }
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(source in "\\PC{0,200}") {
            let _ = Profile::read(&source);
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = Profile::read(&String::from_utf8_lossy(&bytes));
        }

        #[test]
        fn pieces_of_profiles_in_any_order_are_read_or_refused(
            pieces in prop::collection::vec(prop::sample::select(vec![
                "Profile", "(", ")", "[", "]", "{", "}", ",", ":", "version", "1", "name", "\"x\"", "length", "\"1:00\"",
                "tracks", "Roller", "Hold", "steps", "Step", "from", "NaN", "-", "'", "\"", "/*", "*/", "//", "\n", "r#",
                "#![enable(implicit_some)]", "Some", "..", "b\"", "\\", "æ", "1e999", "0x", " ",
            ]), 0..60),
        ) {
            let _ = Profile::read(&pieces.concat());
            let _ = Profile::read(&format!("Profile(version: 1, {}", pieces.concat()));
        }

        #[test]
        fn a_damaged_profile_is_read_or_refused_at_a_place_inside_it(
            which in 0..bundled().len(),
            cuts in prop::collection::vec((any::<prop::sample::Index>(), 0usize..4, "[(){}\\[\\]:,\"'/*0-9a-z \nø-]{0,3}"), 1..4),
        ) {
            let mut chars: Vec<char> = bundled()[which].1.chars().collect();
            for (at, length, put) in &cuts {
                let at = at.index(chars.len());
                let end = (at + length).min(chars.len());
                chars.splice(at..end, put.chars());
            }
            let source: String = chars.into_iter().collect();
            if let Err(problems) = Profile::read(&source) {
                let lines: Vec<&str> = source.split('\n').collect();
                prop_assert!(!problems.is_empty());
                for problem in problems {
                    let line = lines.get(problem.line - 1);
                    prop_assert!(line.is_some_and(|line| problem.column <= line.chars().count() + 1), "{}", problem);
                    prop_assert!(!ENGLISH.fact(&problem.fact).is_empty());
                }
            }
        }
    }
}

mod round_trip {
    use super::*;

    /// What is not seen is refused.
    fn seen(letters: &'static str) -> impl Strategy<Value = String> {
        letters.prop_filter("all of it is seen", |text| svang::text::first_hidden(text).is_none())
    }

    fn any_text() -> impl Strategy<Value = Text> {
        in_languages(seen("[^\\p{Cc}\\s][^\\p{Cc}]{0,12}[\n\t]?"))
    }

    /// A name stands on one line.
    fn any_name() -> impl Strategy<Value = Text> {
        in_languages(seen("[^\\p{Cc}\\s][^\\p{Cc}]{0,12}"))
    }

    fn in_languages(words: impl Strategy<Value = String>) -> impl Strategy<Value = Text> {
        let by_language = prop::collection::btree_map("(en|da|de|fr|en-GB)?", words, 1..4);
        by_language.prop_map(|variants| Text { variants })
    }

    fn any_curve(length: u32) -> impl Strategy<Value = Curve> {
        let shape = prop_oneof![Just(Shape::Hold), Just(Shape::Straight), Just(Shape::Smooth)];
        let points = prop::collection::btree_map(0..=length, (0u16..=1000, shape), 1..8);
        points.prop_map(|points| {
            let points = points.into_iter().map(|(at, (per_mille, shape))| point(shape, at, per_mille));
            Curve::new(points.collect()).unwrap()
        })
    }

    fn by() -> impl Strategy<Value = (Option<String>, Option<Need>)> {
        (prop::option::of(seen("\\PC{0,9}")), prop::option::of(prop::sample::select(Need::ALL.to_vec())))
    }

    fn any_profile() -> impl Strategy<Value = Profile> {
        (1u32..=Time::LONGEST.as_millis()).prop_flat_map(|length| {
            let channel = prop::sample::select(Mode::ALL.to_vec()).prop_flat_map(|mode| {
                prop::sample::select(vec![Foot::Both, Foot::Left, Foot::Right])
                    .prop_map(move |foot| Channel::new(mode, foot))
            });
            let tracks = prop::collection::btree_map(channel, any_curve(length), 1..5);
            let ends = prop::collection::btree_set(0..=length, 0..7);
            let texts = prop::collection::vec(any_text(), 3);
            let description = prop_oneof![Just(Text::default()), any_text()];
            (any_name(), description, by(), tracks, ends, texts).prop_map(
                move |(name, description, (author, need), tracks, ends, texts)| {
                    let ends: Vec<Time> = ends.into_iter().map(Time::from_millis).collect();
                    let steps = ends.chunks_exact(2).zip(texts);
                    Profile {
                        name,
                        description,
                        author,
                        need,
                        length: Time::from_millis(length),
                        tracks,
                        steps: steps
                            .map(|(ends, text)| Step { from: ends[0], to: ends[1], text, spot: None })
                            .collect(),
                    }
                },
            )
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(profile in any_profile()) {
            let written = profile.write();
            let read = Profile::read(&written).map_err(|problems| TestCaseError::fail(lines(&problems) + &written))?;
            prop_assert_eq!(&read, &profile);
            prop_assert_eq!(read.write(), written);
        }
    }

    #[test]
    fn a_bundled_profile_stays_the_same_through_writing() {
        for (name, source) in bundled() {
            let profile = Profile::read(source).unwrap();
            assert_eq!(Profile::read(&profile.write()).as_ref(), Ok(&profile), "{name}");
        }
    }
}

/// What Svang keeps to in profiles of its own, whoever plays them. Sources: Grieveson 2003 and Rithalia 1988 for air, makers
/// of heat pads for heat; there is none for vibration of feet, so the limit is a careful one.
mod limits {
    use super::*;

    /// When a curve is above nothing, and from when on it only falls: from, fall, to, in seconds.
    fn presses(curve: &Curve) -> Vec<(f32, f32, f32)> {
        let points = curve.points();
        let mut presses = Vec::new();
        let mut from = None;
        for pair in points.windows(2) {
            let (one, other) = (pair[0], pair[1]);
            if one.intensity.is_zero() && !other.intensity.is_zero() {
                from = Some(one.at.as_secs_f32());
            }
            if let (Some(start), true) = (from, other.intensity.is_zero()) {
                presses.push((start, one.at.as_secs_f32(), other.at.as_secs_f32()));
                from = None;
            }
        }
        assert!(
            from.is_none() && points.first().is_some_and(|point| point.intensity.is_zero()),
            "it begins and ends empty"
        );
        presses
    }

    /// How long a mode works, in seconds: the time above nothing of any of its curves.
    fn seconds(profile: &Profile, mode: Mode) -> usize {
        let works = |second: &u32| {
            let at = Time::from_secs(*second);
            profile.tracks.iter().any(|(of, curve)| of.mode == mode && !curve.intensity_at(at).is_zero())
        };
        (0..profile.length.as_secs_f32() as u32).filter(works).count()
    }

    #[test]
    fn every_profile_of_ours_keeps_to_the_limits() {
        for (name, text) in bundled() {
            let profile = Profile::read(text).unwrap();
            assert!(profile.length <= Time::from_secs(20 * 60), "{name}: one use");
            assert!(seconds(&profile, Mode::Heat) <= 15 * 60, "{name}: heat");
            assert!(seconds(&profile, Mode::Vibration) <= 10 * 60, "{name}: vibration");
            for (channel, curve) in &profile.tracks {
                if channel.mode != Mode::AirPressure {
                    continue;
                }
                let presses = presses(curve);
                for (from, fall, to) in &presses {
                    assert!(
                        fall - from <= 30.0,
                        "{name}, {channel}: from {from} s on it presses for {} s",
                        fall - from
                    );
                    assert!(to - fall <= 10.0, "{name}, {channel}: it lets go slowly at {fall} s");
                }
                for pair in presses.windows(2) {
                    assert!(pair[1].0 - pair[0].2 >= 10.0, "{name}, {channel}: no rest after {} s", pair[0].2);
                }
                assert!(curve.peak() <= Intensity::from_percent(60), "{name}, {channel}: air at most 60 %");
            }
        }
    }
}
