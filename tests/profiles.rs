//! Profile files: old ones load for ever, broken ones are told in words, and what is written is read again.

#![allow(clippy::unwrap_used, reason = "a test may break off")]

use std::fs;
use std::path::{Path, PathBuf};

use svang::problem::Problem;
use svang::profile::Profile;

fn fixtures(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/profiles").join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "ron"));
    files.sort();
    assert!(!files.is_empty());
    files
}

fn lines(problems: &[Problem]) -> String {
    problems.iter().map(|problem| format!("{problem}\n")).collect()
}

/// The text beside each broken file is what `svang check` says of it. A missing one is written.
#[test]
fn every_broken_file_is_told_by_line_and_remedy() {
    let mut different = String::new();
    for path in fixtures("broken") {
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
