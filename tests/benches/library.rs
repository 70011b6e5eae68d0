//! How long it takes to read a library of a thousand profiles, and to look again when little changed.

#![allow(clippy::unwrap_used, reason = "a benchmark may break off")]
#![allow(missing_docs, reason = "the macro makes a public function")]

use std::fmt::Write;
use std::fs;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use svang::profile::Profile;
use svang::storage::{Folders, Shelf};

/// A profile of ten minutes with two tracks of thirty points, as people write them.
fn profile(number: usize) -> String {
    let mut text = format!("Profile(\n    version: 1,\n    name: \"Number {number}\",\n    length: \"10:00\",\n");
    text.push_str("    tracks: {\n");
    for channel in ["Roller", "AirPressure"] {
        writeln!(text, "        {channel}: [").unwrap();
        for point in 0..30 {
            let (seconds, percent) = (point * 20, if point == 29 { 0 } else { (point * 7 + number) % 60 });
            writeln!(text, "            Smooth(\"{}:{:02}\", {percent}),", seconds / 60, seconds % 60).unwrap();
        }
        text.push_str("        ],\n");
    }
    text.push_str("    },\n)\n");
    text
}

fn library(root: &Path) -> Shelf<Profile> {
    let folders = Folders::under(root);
    fs::create_dir_all(folders.profiles()).unwrap();
    for number in 0..1000 {
        fs::write(folders.profiles().join(format!("number-{number}.ron")), profile(number)).unwrap();
    }
    Shelf::profiles(&folders)
}

fn loading(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let empty = library(folder.path());
    let mut full = empty.clone();
    full.reload().unwrap();
    assert!(full.entries().iter().all(|entry| entry.content.is_ok()), "the profiles are sound");
    let mut group = criterion.benchmark_group("library");
    group.sample_size(20);
    group.bench_function("load 1 000 profiles", |bencher| {
        bencher.iter_batched_ref(|| empty.clone(), |shelf| shelf.reload().unwrap(), criterion::BatchSize::LargeInput);
    });
    group.bench_function("look again at 1 000 profiles", |bencher| bencher.iter(|| full.reload().unwrap()));
    group.finish();
}

criterion_group!(benches, loading);
criterion_main!(benches);
