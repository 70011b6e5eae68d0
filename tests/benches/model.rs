//! How long curves and profiles take. `cargo bench` runs it; `cargo test --benches` tries it.

#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark may break off; criterion's macros write functions")]

use std::collections::BTreeMap;
use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use svang::curve::{Curve, Point, Shape};
use svang::intensity::Intensity;
use svang::mode::Mode;
use svang::profile::Profile;
use svang::time::Time;

/// A curve of many points, a second apart, up and down in all shapes.
fn long_curve(points: u32) -> Curve {
    let shapes = [Shape::Smooth, Shape::Straight, Shape::Smooth, Shape::Hold];
    let point = |number: u32| {
        let percent = (number * 37 % 81) as u16;
        Point::new(shapes[number as usize % 4], Time::from_secs(number), Intensity::from_percent(percent))
    };
    Curve::new((0..points).map(point).collect()).unwrap()
}

fn long_profile(points: u32) -> Profile {
    Profile {
        name: "Long".into(),
        length: Time::from_secs(points),
        tracks: BTreeMap::from([(Mode::Roller.into(), long_curve(points))]),
        ..Profile::default()
    }
}

fn curves(c: &mut Criterion) {
    let curve = long_curve(1000);
    // Times in no order, so that no guess of the processor's helps.
    let mut at = 0_u32;
    let mut anywhere = move || {
        at = at.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Time::from_millis(at % 1_000_000)
    };
    c.bench_function("sample a curve of 1000 points", |b| b.iter(|| black_box(&curve).intensity_at(anywhere())));
    let level = |intensity: Intensity| intensity.level(10, Intensity::FULL);
    c.bench_function("next level change, the next point", |b| {
        b.iter(|| black_box(&curve).next_change(anywhere(), level))
    });
    let still = Curve::new(
        (0..1000).map(|second| Point::new(Shape::Straight, Time::from_secs(second), Intensity::FULL)).collect(),
    )
    .unwrap();
    c.bench_function("next level change, none in 1000 points", |b| {
        b.iter(|| black_box(&still).next_change(Time::ZERO, level));
    });
}

fn profiles(c: &mut Criterion) {
    let source = long_profile(1000).write();
    c.bench_function("read a profile of 1000 points", |b| b.iter(|| Profile::read(black_box(&source)).unwrap()));
    let profile = long_profile(1000);
    c.bench_function("write a profile of 1000 points", |b| b.iter(|| black_box(&profile).write()));
}

criterion_group!(model, curves, profiles);
criterion_main!(model);
