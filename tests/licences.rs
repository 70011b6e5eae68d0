//! What Svang is built of: from where each part comes, and under which licence it is.
//!
//! A part under a licence that is not listed here, or from anywhere but a registry, makes this fail: whoever adds it
//! decides. The README names those that differ from Svang's own licences.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a test may break off")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Svang's own licences: parts under one of them need no further word.
const OWN: [&str; 2] = ["MIT", "Apache-2.0"];

/// Parts that cannot be had under Svang's own licences, with theirs. All of these let a program under any licence be made
/// of them; changes to a part under MPL-2.0 itself stay under it.
const DIFFERENT: [(&str, &str); 22] = [
    ("arrayref", "BSD-2-Clause"),
    ("clipboard-win", "BSL-1.0"),
    ("error-code", "BSL-1.0"),
    ("foldhash", "Zlib"),
    ("hexf-parse", "CC0-1.0"),
    ("inotify", "ISC"),
    ("inotify-sys", "ISC"),
    ("kamadak-exif", "BSD-2-Clause"),
    ("libloading", "ISC"),
    ("mutate_once", "BSD-2-Clause"),
    ("notify", "CC0-1.0"),
    ("option-ext", "MPL-2.0"),
    ("slotmap", "Zlib"),
    ("tiny-skia", "BSD-3-Clause"),
    ("tiny-skia-path", "BSD-3-Clause"),
    ("tinystr", "Unicode-3.0"),
    ("unicode-ident", "Unicode-3.0"),
    ("unicode-normalization", "Unicode-3.0"),
    ("unicode-properties", "Unicode-3.0"),
    ("zerofrom", "Unicode-3.0"),
    ("zerovec", "Unicode-3.0"),
    ("zlib-rs", "Zlib"),
];

/// Everything that `cargo` knows of the parts: for all systems where it has them, else for this one.
fn metadata() -> Value {
    let cargo = |arguments: &[&str]| {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments).output().unwrap()
    };
    let all = ["metadata", "--locked", "--offline", "--format-version", "1"];
    let mut told = cargo(&all);
    if !told.status.success() {
        let version = String::from_utf8(cargo(&["-vV"]).stdout).unwrap();
        let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap().to_owned();
        println!("only the parts for {host} are here; cargo fetch brings the others");
        told = cargo(&[&all[..], &["--filter-platform", &host]].concat());
    }
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    serde_json::from_slice(&told.stdout).unwrap()
}

/// The licences that go with one choice among those that an expression offers (SPDX 2.3, annex D; `/` is an older `OR`):
/// the first choice that is all Svang's own, else the first.
fn chosen(expression: &str) -> BTreeSet<String> {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let choices = any_of(&words, &mut at);
    assert_eq!(at, words.len(), "{expression} is no licence expression");
    let own = |choice: &&BTreeSet<String>| choice.iter().all(|licence| OWN.contains(&licence.as_str()));
    choices.iter().find(own).unwrap_or(&choices[0]).clone()
}

fn any_of(words: &[&str], at: &mut usize) -> Vec<BTreeSet<String>> {
    let mut choices = all_of(words, at);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        choices.extend(all_of(words, at));
    }
    choices
}

fn all_of(words: &[&str], at: &mut usize) -> Vec<BTreeSet<String>> {
    let mut choices = one(words, at);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        let others = one(words, at);
        choices = choices.iter().flat_map(|one| others.iter().map(move |other| one | other)).collect();
    }
    choices
}

fn one(words: &[&str], at: &mut usize) -> Vec<BTreeSet<String>> {
    let word = words[*at];
    *at += 1;
    if word == "(" {
        let inside = any_of(words, at);
        assert_eq!(words.get(*at), Some(&")"));
        *at += 1;
        return inside;
    }
    if words.get(*at) == Some(&"WITH") {
        // An exception allows more.
        *at += 2;
    }
    vec![BTreeSet::from([word.to_owned()])]
}

#[test]
fn an_expression_is_read_as_it_is_meant() {
    let of = |expression| chosen(expression).into_iter().collect::<Vec<_>>().join("+");
    assert_eq!(of("MIT OR Apache-2.0"), "MIT");
    assert_eq!(of("Zlib OR Apache-2.0 OR MIT"), "Apache-2.0");
    assert_eq!(of("Unlicense/MIT"), "MIT");
    assert_eq!(of("Apache-2.0 WITH LLVM-exception OR ISC"), "Apache-2.0");
    assert_eq!(of("(MIT OR Apache-2.0) AND Unicode-3.0"), "MIT+Unicode-3.0");
    assert_eq!(of("GPL-3.0-only"), "GPL-3.0-only");
}

#[test]
fn every_part_is_under_a_licence_that_was_looked_at() {
    let metadata = metadata();
    let known: BTreeMap<&str, &str> = DIFFERENT.into_iter().collect();
    let mut wrong = Vec::new();
    for package in metadata["packages"].as_array().unwrap() {
        let (name, version) = (package["name"].as_str().unwrap(), package["version"].as_str().unwrap());
        let Some(expression) = package["license"].as_str() else {
            wrong.push(format!("{name} {version} names no licence"));
            continue;
        };
        let strange: Vec<_> = chosen(expression)
            .into_iter()
            .filter(|licence| !OWN.contains(&licence.as_str()) && known.get(name) != Some(&licence.as_str()))
            .collect();
        if !strange.is_empty() {
            wrong.push(format!("{name} {version} is under {}", strange.join(" and ")));
        }
    }
    assert!(wrong.is_empty(), "look at these, list them here and in the README:\n{}", wrong.join("\n"));
}

#[test]
fn every_part_comes_from_a_registry_and_none_from_a_repository() {
    let lock = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock")).unwrap();
    let mut sources = BTreeSet::new();
    for part in lock.replace("\r\n", "\n").split("[[package]]").skip(1) {
        let field = |name: &str| {
            let line = part.lines().find_map(|line| line.strip_prefix(name)?.trim_start().strip_prefix('='));
            line.map(|value| value.trim().trim_matches('"').to_owned())
        };
        let name = field("name").unwrap();
        if name == "svang" {
            continue;
        }
        let source = field("source").unwrap_or_else(|| panic!("{name} comes from a folder"));
        assert!(source.starts_with("registry+"), "{name} comes from {source}");
        assert!(field("checksum").is_some_and(|checksum| checksum.len() == 64), "{name} has no checksum");
        sources.insert(source);
    }
    assert_eq!(sources.len(), 1, "all come from one registry: {sources:?}");
}
