//! The house keeps its layers: what stands lower never imports what stands higher.
//!
//! Reads the sources of `src/` word by word, without their comments and their unit tests.

#![allow(clippy::unwrap_used, reason = "a test may break off")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The layers from the ground up, as in the crate documentation. Modules of one layer may import each other.
const LAYERS: [&[&str]; 9] = [
    &["time", "intensity", "mode", "problem", "text", "fingerprint", "fact"],
    &["curve", "profile", "massager", "care"],
    &["editor", "player", "writer"],
    &["bluetooth", "bus", "desktop", "storage", "instance", "signals", "log"],
    &["engine", "watchdog"],
    &["store"],
    &["i18n"],
    &["ui", "cli"],
    &["lib", "main"],
];

/// Outside crates, and the only places that may name them.
const CRATES: [(&str, &[&str]); 11] = [
    ("iced", &["ui"]),
    ("resvg", &["ui"]),
    ("rfd", &["ui"]),
    ("clap", &["cli", "main"]),
    ("btleplug", &["bluetooth"]),
    ("dbus", &["bluetooth", "bus", "desktop"]),
    ("rustix", &["signals"]),
    ("notify", &["storage"]),
    ("trash", &["storage"]),
    ("directories", &["storage"]),
    ("tracing_subscriber", &["log"]),
];

/// The most lines of a source file.
const LONGEST_FILE: usize = 500;

/// What would make the model or its behaviour depend on more than its arguments.
const NOT_BELOW_THE_EDGES: [&str; 6] = ["tokio", "Instant::now", "SystemTime::now", "std::fs", "std::env", "std::net"];

struct Source {
    path: PathBuf,
    module: String,
    code: String,
}

fn sources() -> Vec<Source> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for item in fs::read_dir(folder).unwrap() {
            let path = item.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    walk(&root, &mut paths);
    paths.sort();
    assert!(paths.len() > 20, "the sources were found");
    let read = |path: PathBuf| {
        let inside = path.strip_prefix(&root).unwrap();
        let first = inside.components().next().unwrap().as_os_str().to_string_lossy();
        let module = first.trim_end_matches(".rs").to_owned();
        let text = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let code = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        Source { path: inside.to_owned(), module, code }
    };
    paths.into_iter().map(read).collect()
}

/// Every place right behind a word, where the word stands alone.
fn after<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = &'a str> {
    code.match_indices(word).filter_map(move |(at, _)| {
        let before = code[..at].chars().next_back();
        let rest = &code[at + word.len()..];
        let alone = |letter: Option<char>| !letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
        (alone(before) && alone(rest.chars().next())).then_some(rest)
    })
}

/// The modules of this crate that a source names, by `crate::name` or by `crate::{one, other::Thing}`.
fn imports(code: &str) -> BTreeSet<String> {
    let name = |text: &str| text.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
    let mut found = BTreeSet::new();
    for rest in after(code, "crate").chain(after(code, "svang")) {
        let Some(rest) = rest.strip_prefix("::") else { continue };
        let Some(group) = rest.strip_prefix('{') else {
            found.insert(name(rest));
            continue;
        };
        let mut depth = 0;
        let mut start = true;
        for (at, letter) in group.char_indices() {
            match letter {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => start = true,
                letter if start && !letter.is_whitespace() => {
                    found.insert(name(&group[at..]));
                    start = false;
                }
                _ => {}
            }
        }
    }
    found.retain(|name: &String| !name.is_empty());
    found
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|modules| modules.contains(&module))
}

#[test]
fn no_layer_imports_a_higher_one() {
    let mut wrong = Vec::new();
    for source in sources() {
        let Some(own) = layer(&source.module) else {
            wrong.push(format!("{}: the module is in no layer; give it one here", source.path.display()));
            continue;
        };
        for name in imports(&source.code) {
            // A name in no layer is an item at the crate's root, or a module that is told above.
            if layer(&name).is_some_and(|other| other > own) {
                wrong.push(format!("{} imports {name}, which stands higher", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_window_and_the_command_line_do_not_know_each_other() {
    for source in sources() {
        let other = match source.module.as_str() {
            "ui" => "cli",
            "cli" => "ui",
            _ => continue,
        };
        assert!(!imports(&source.code).contains(other), "{} imports {other}", source.path.display());
    }
}

#[test]
fn outside_crates_are_named_only_where_they_belong() {
    let mut wrong = Vec::new();
    for source in sources() {
        for (name, places) in CRATES {
            if !places.contains(&source.module.as_str()) && after(&source.code, name).any(|rest| rest.starts_with("::"))
            {
                wrong.push(format!("{} names {name}", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_radio_library_is_named_in_one_file() {
    let naming =
        |source: &Source| after(&source.code, "btleplug").any(|rest| rest.starts_with("::") || rest.starts_with(';'));
    let files: Vec<_> = sources().into_iter().filter(naming).map(|source| source.path).collect();
    assert!(files.len() <= 1, "{files:?}");
}

#[test]
fn nothing_below_the_edges_knows_a_clock_a_file_or_a_task() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| layer(&source.module).is_some_and(|own| own <= 2)) {
        for name in NOT_BELOW_THE_EDGES {
            if after(&source.code, name).next().is_some() {
                wrong.push(format!("{} names {name}", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_are_named_for_what_is_inside() {
    for source in sources() {
        let name = source.path.file_stem().unwrap().to_string_lossy().into_owned();
        let vague = ["mod", "util", "utils", "common", "helpers", "misc", "types"].contains(&name.as_str());
        assert!(!vague, "{}", source.path.display());
    }
}

#[test]
fn the_words_of_a_source_are_read_right() {
    let code = "use crate::engine::{Command, Event};\nuse crate::{\n    care::Limits,\n    ui::{theme, words},\n};\n\
                let x = crate::storage::save;\nuse mycrate::cli;";
    let found: Vec<_> = imports(code).into_iter().collect();
    assert_eq!(found, ["care", "engine", "storage", "ui"]);
}

#[test]
fn no_file_is_too_long_to_be_read_at_once() {
    fn walk(folder: &Path, long: &mut Vec<String>) {
        for item in fs::read_dir(folder).unwrap() {
            let path = item.unwrap().path();
            if path.is_dir() {
                walk(&path, long);
            } else {
                let lines = fs::read_to_string(&path).unwrap().lines().count();
                if lines > LONGEST_FILE {
                    long.push(format!("{} has {lines} lines: two files would read better", path.display()));
                }
            }
        }
    }
    let mut long = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut long);
    assert!(long.is_empty(), "{}", long.join("\n"));
}
