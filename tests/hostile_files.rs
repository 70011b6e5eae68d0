//! Files that nobody would write by hand: mutated profiles, funscripts and tables. Bounded, and the same every time.
//!
//! None of them breaks reading, each is refused with a bounded number of bounded words or comes back from writing as it
//! was, and a profile that is accepted moves a massager within its limits.

#![allow(clippy::unwrap_used, reason = "a test may break off")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::RngSeed;
use svang::care::Limits;
use svang::editor::exchange::{csv, funscript};
use svang::i18n::Words;
use svang::intensity::Intensity;
use svang::mode::Channel;
use svang::player::{Pause, Player, Rules};
use svang::problem::Problem;
use svang::profile::Profile;
use svang::time::Time;

/// English, in which each problem is said.
static ENGLISH: LazyLock<Words> = LazyLock::new(Words::english);

/// The most problems that are told of one file.
const MOST_PROBLEMS: usize = 101;

/// The most letters of one problem: longer ones quote a file's own words without bound.
const LONGEST_PROBLEM: usize = 1000;

/// Pieces that have a meaning somewhere, or nearly so.
const PIECES: [&str; 44] = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "\"",
    ",",
    ":",
    ";",
    "\n",
    "\t",
    "\u{feff}",
    "\u{1b}[31m",
    "\u{202e}",
    "\u{200b}",
    "é",
    "0",
    "-1",
    "1e400",
    "NaN",
    "inf",
    "99999999999999999999",
    "0.1",
    "100",
    "101",
    "\"0:00\"",
    "\"3:59:59.999\"",
    "\"4:00:01\"",
    "Straight(\"0:10\", 50)",
    "Bend(100, \"0:20\", 5)",
    "Hold",
    "Smooth",
    "RollerLeft: []",
    "steps: []",
    "//",
    "/*",
    "*/",
    "#![enable(implicit_some)]",
    "r#\"",
    "{\"at\": 5, \"pos\": 5}",
    "\"inverted\": true,",
    "\\u{0}",
    "version: 2",
];

/// One change to a text.
#[derive(Debug, Clone)]
enum Mutation {
    /// A piece comes in.
    Insert(Index, usize),
    /// So many letters go.
    Remove(Index, usize),
    /// So many letters stand twice, or many times.
    Repeat(Index, usize, usize),
    /// Two stretches change places.
    Swap(Index, Index, usize),
    /// A digit becomes another one.
    Digit(Index, u8),
    /// Everything from here on goes.
    End(Index),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let at = any::<Index>;
    prop_oneof![
        6 => (at(), 0..PIECES.len()).prop_map(|(at, piece)| Mutation::Insert(at, piece)),
        4 => (at(), 1usize..30).prop_map(|(at, length)| Mutation::Remove(at, length)),
        3 => (at(), 1usize..60, 1usize..20).prop_map(|(at, length, times)| Mutation::Repeat(at, length, times)),
        2 => (at(), at(), 1usize..30).prop_map(|(one, other, length)| Mutation::Swap(one, other, length)),
        8 => (at(), 0u8..10).prop_map(|(at, digit)| Mutation::Digit(at, digit)),
        1 => at().prop_map(Mutation::End),
    ]
}

/// A text with changes.
fn mutated(text: &str, mutations: &[Mutation]) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for mutation in mutations {
        if letters.is_empty() {
            break;
        }
        let stretch = |letters: &[char], at: &Index, length: usize| {
            let from = at.index(letters.len());
            from..(from + length).min(letters.len())
        };
        match mutation {
            Mutation::Insert(at, piece) => {
                let at = at.index(letters.len());
                letters.splice(at..at, PIECES[*piece].chars());
            }
            Mutation::Remove(at, length) => drop(letters.drain(stretch(&letters, at, *length))),
            Mutation::Repeat(at, length, times) => {
                let stretch = stretch(&letters, at, *length);
                let again = letters[stretch.clone()].repeat(*times);
                letters.splice(stretch.end..stretch.end, again);
            }
            Mutation::Swap(one, other, length) => {
                let (one, other) = (stretch(&letters, one, *length), stretch(&letters, other, *length));
                if one.end <= other.start {
                    let (front, back) = (letters[one.clone()].to_vec(), letters[other.clone()].to_vec());
                    letters.splice(other, front);
                    letters.splice(one, back);
                }
            }
            Mutation::Digit(at, digit) => {
                let digits: Vec<_> = (0..letters.len()).filter(|at| letters[*at].is_ascii_digit()).collect();
                if !digits.is_empty() {
                    letters[digits[at.index(digits.len())]] = char::from(b'0' + digit);
                }
            }
            Mutation::End(at) => letters.truncate(at.index(letters.len())),
        }
    }
    letters.into_iter().collect()
}

/// One of some texts, changed a few times.
fn mutants(texts: Vec<String>) -> impl Strategy<Value = String> {
    (prop::sample::select(texts), prop::collection::vec(mutation(), 1..6))
        .prop_map(|(text, mutations)| mutated(&text, &mutations))
}

/// The texts of a folder.
fn texts(folder: &str, extension: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|item| item.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|found| found == extension));
    paths.sort();
    let texts: Vec<_> = paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    assert!(!texts.is_empty(), "{extension}");
    texts
}

fn bounded(problems: &[Problem]) -> Result<(), TestCaseError> {
    prop_assert!(!problems.is_empty() && problems.len() <= MOST_PROBLEMS, "{} problems", problems.len());
    for problem in problems {
        prop_assert!(problem.line > 0 && problem.column > 0, "{problem}");
        let text = ENGLISH.fact(&problem.fact);
        prop_assert!(text.chars().count() <= LONGEST_PROBLEM, "{problem}");
        prop_assert!(!text.contains(svang::text::is_hidden), "{problem:?}");
    }
    Ok(())
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, rng_seed: RngSeed::Fixed(7), failure_persistence: None, ..ProptestConfig::default() }
}

/// What a player must keep to, whatever it plays and whatever it is told meanwhile.
fn plays_within_its_limits(profile: Arc<Profile>, orders: &[(u64, u8, u32)]) -> Result<(), TestCaseError> {
    const LEVELS: u16 = 9;
    let strength = Intensity::FULL;
    let limits = Limits::default();
    let per_milli = f64::from(limits.rise_per_second.per_mille()) / 1000.0;
    let channels: Vec<_> =
        profile.tracks.keys().map(|channel| (*channel, LEVELS, Intensity::from_percent(80))).collect();
    let start = Instant::now();
    let mut player = Player::new(start, &channels, Rules { limits, strength }, 1.0);
    player.play(start, Arc::clone(&profile), Time::ZERO, true);
    let mut before: BTreeMap<Channel, (u64, Intensity)> = BTreeMap::new();
    let mut at = 0;
    let mut look = |player: &Player, at: u64| {
        for output in player.outputs() {
            prop_assert!(output.wanted <= output.ceiling, "{output:?}");
            prop_assert!(output.level <= output.ceiling.highest_level(output.levels), "{output:?}");
            let nothing = output.wanted.is_zero() || output.ceiling.highest_level(output.levels) == 0;
            prop_assert_eq!(output.level == 0, nothing, "{:?}", output);
            let (since, low) = before.insert(output.channel, (at, output.wanted)).unwrap_or((at, Intensity::ZERO));
            let allowed = (at - since) as f64 * per_milli + 2.0;
            let rise = f64::from(output.wanted.per_mille()) - f64::from(low.per_mille());
            prop_assert!(rise <= allowed, "{output:?} rose by {rise} of {allowed} in {} ms", at - since);
        }
        Ok(())
    };
    look(&player, 0)?;
    for (step, what, place) in orders {
        for _ in 0..8 {
            at += step / 8;
            player.advance(start + Duration::from_millis(at));
            look(&player, at)?;
        }
        let now = start + Duration::from_millis(at);
        let percent = Intensity::from_percent((place % 101) as u16);
        match what {
            0 => player.seek(now, Time::from_millis(*place)),
            1 => player.pause(now, Pause::Asked),
            2 => player.resume(now),
            3 => player.set_rules(now, Rules { limits, strength: percent }),
            _ => player.set_ceilings(now, &channels.iter().map(|(channel, ..)| (*channel, percent)).collect()),
        }
        look(&player, at)?;
    }
    let now = start + Duration::from_millis(at);
    player.stop(now);
    prop_assert!(player.outputs().all(|output| output.wanted.is_zero() && output.level == 0));
    Ok(())
}

proptest! {
    #![proptest_config(config(2000))]

    #[test]
    fn a_mutated_profile_is_refused_in_bounded_words_or_comes_back_as_it_was_and_plays_within_its_limits(
        text in mutants(texts("profiles", "ron").into_iter().chain(texts("tests/fixtures/profiles", "ron")).collect()),
        orders in prop::collection::vec((8u64..8_000, 0u8..5, 0u32..600_000), 1..8),
    ) {
        match Profile::read(&text) {
            Err(problems) => bounded(&problems)?,
            Ok(profile) => {
                let again = Profile::read(&profile.write());
                prop_assert_eq!(again.as_ref().ok(), Some(&profile), "{}", profile.write());
                if !profile.tracks.is_empty() {
                    let table = csv::read(&csv::write(&profile));
                    prop_assert_eq!(table.as_ref().ok(), Some(&profile.tracks));
                }
                plays_within_its_limits(Arc::new(profile), &orders)?;
            }
        }
    }

    #[test]
    fn a_mutated_funscript_is_refused_in_bounded_words_or_comes_back_as_it_was(
        text in mutants(texts("tests/fixtures/scripts", "funscript")),
    ) {
        match funscript::read(&text) {
            Err(problem) => bounded(&[problem])?,
            Ok(script) => {
                // Whole percent is all that a funscript has: after one round nothing changes any more.
                let once = funscript::read(&funscript::write(&script.value)).unwrap().value;
                let twice = funscript::read(&funscript::write(&once)).unwrap().value;
                prop_assert_eq!(once, twice);
                prop_assert!(script.notes.len() <= 10);
            }
        }
    }

    #[test]
    fn a_mutated_table_is_refused_in_bounded_words_or_comes_back_as_it_was(
        text in mutants(texts("profiles", "ron").iter().map(|text| csv::write(&Profile::read(text).unwrap())).collect()),
    ) {
        match csv::read(&text) {
            Err(problems) => bounded(&problems)?,
            Ok(tracks) => {
                let written = csv::write(&Profile { tracks: tracks.clone(), ..Profile::default() });
                prop_assert_eq!(csv::read(&written).ok(), Some(tracks));
            }
        }
    }
}
