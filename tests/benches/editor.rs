//! How long edits, undo, simplifying, checking and drawing take with lanes of 100 to 100 000 points.
//!
//! The points are a slow wave with noise, a point every 100 ms.
//! The drawing benchmarks only make vertices; the painting ones make the picture of a lane, pixel by pixel.

#![allow(clippy::unwrap_used, reason = "a benchmark may break off")]
#![allow(missing_docs, reason = "the macro makes a public function")]

use std::hint::black_box;

use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use iced::{Color, Rectangle, Size};
use svang::curve::{Curve, Point, Shape};
use svang::editor::safety::{Bounds, check};
use svang::editor::{Crossing, Document, Edit, Editor, Merge, PointId, Shift, Target, Tool, Viewport, drawing, hit};
use svang::intensity::Intensity;
use svang::mode::{Channel, Mode};
use svang::profile::Profile;
use svang::time::Time;
use svang::ui::draw::curve::{Plot, Trace};
use svang::ui::draw::painting::{Area, Painting, Pen};

const ROLLER: Channel = Channel::both(Mode::Roller);
const SIZES: [u32; 4] = [100, 1_000, 10_000, 100_000];

fn curve(points: u32, shape: Shape) -> Curve {
    let mut noise = 1u32;
    let point = |index: u32| {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let wave = 0.4 + 0.3 * (f64::from(index) / 40.0).sin() + f64::from(noise >> 16) / 65_536.0 * 0.1;
        Point::new(shape, Time::from_millis(index * 100), Intensity::from_fraction(wave))
    };
    Curve::new((0..points).map(point).collect()).unwrap()
}

fn profile(points: u32, shape: Shape) -> Profile {
    let curve = curve(points, shape);
    Profile { name: "Wave".into(), length: curve.end(), tracks: [(ROLLER, curve)].into(), ..Profile::default() }
}

fn middle(document: &Document, count: usize) -> Vec<PointId> {
    let lane = document.lane(ROLLER).unwrap();
    let from = lane.len() / 2;
    (from..from + count).map(|index| lane.spot(index).unwrap().id).collect()
}

fn editing(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("editing");
    for size in SIZES {
        let profile = profile(size, Shape::Straight);
        let mut editor = Editor::new(&profile);
        let points = middle(editor.document(), 3);
        let shift = |points: &[PointId], per_mille| Edit::Move {
            points: points.to_vec(),
            by: Shift { millis: 0, per_mille },
            crossing: Crossing::Stop,
        };

        let mut up = false;
        group.bench_function(BenchmarkId::new("drag frame, 3 points", size), |bencher| {
            let gesture = editor.begin();
            bencher.iter(|| {
                up = !up;
                editor.perform_in(gesture, &shift(&points, if up { 20 } else { 40 }), Merge::Restart).unwrap()
            });
            editor.cancel(gesture);
        });
        group.bench_function(BenchmarkId::new("add a point and undo", size), |bencher| {
            let at = Time::from_millis(size * 50 + 33);
            let add = Edit::Add { channel: ROLLER, point: Point::new(Shape::Smooth, at, Intensity::FULL) };
            bencher.iter(|| {
                editor.perform(&add).unwrap();
                editor.undo().unwrap()
            });
        });
        let all = editor.document().lane(ROLLER).unwrap().spots().map(|spot| spot.id).collect::<Vec<_>>();
        group.bench_function(BenchmarkId::new("move all points", size), |bencher| {
            bencher.iter_batched_ref(
                || Editor::new(&profile),
                |editor| editor.perform(&shift(&all, 20)).unwrap(),
                BatchSize::LargeInput,
            );
        });
        editor.perform(&shift(&all, 20)).unwrap();
        group.bench_function(BenchmarkId::new("undo and redo moving all points", size), |bencher| {
            bencher.iter(|| {
                editor.undo().unwrap();
                editor.redo().unwrap()
            });
        });
        group.bench_function(BenchmarkId::new("profile to play", size), |bencher| {
            bencher.iter(|| black_box(&editor).document().to_shared());
        });
        group.bench_function(BenchmarkId::new("safety check", size), |bencher| {
            bencher.iter(|| check(black_box(&editor).document(), &Bounds::default()));
        });
    }
}

fn simplifying(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("simplifying");
    for (name, shape) in [("straight", Shape::Straight), ("smooth", Shape::Smooth)] {
        for size in SIZES {
            let editor = Editor::new(&profile(size, shape));
            let tool = Tool::Simplify(Intensity::from_percent(5));
            let edit = Edit::Use { tool, target: Target::Lane(ROLLER) };
            group.bench_function(BenchmarkId::new(format!("simplify {name}, preview"), size), |bencher| {
                bencher.iter(|| black_box(&editor).preview(&edit).unwrap().growth());
            });
        }
    }
}

fn drawing_facts(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("drawing");
    for (name, shape) in [("straight", Shape::Straight), ("smooth", Shape::Smooth)] {
        for size in SIZES {
            let document = Document::new(&profile(size, shape));
            let lane = document.lane(ROLLER).unwrap();
            let all = Viewport::new(844.0, document.length());
            let mut near = all;
            near.zoom(f64::from(size) / 50.0, 400.0);
            group.bench_function(BenchmarkId::new(format!("line {name}, whole"), size), |bencher| {
                bencher.iter(|| drawing::line(black_box(lane).curve(), &all));
            });
            group.bench_function(BenchmarkId::new(format!("line {name}, 50 points seen"), size), |bencher| {
                bencher.iter(|| drawing::line(black_box(lane).curve(), &near));
            });
            if shape == Shape::Straight {
                group.bench_function(BenchmarkId::new("steps of 3 levels, whole", size), |bencher| {
                    bencher.iter(|| drawing::steps(black_box(lane).curve(), &all, 3, Intensity::FULL));
                });
                group.bench_function(BenchmarkId::new("hit", size), |bencher| {
                    bencher.iter(|| hit::lane(black_box(lane), &all, 164.0, 400.0, 80.0));
                });
            }
        }
    }
}

/// A lane as the window paints it at 1280 × 800, half a window high, with everything in view: what a zoom costs a lane.
fn painting(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("painting");
    let bounds = Rectangle::new(iced::Point::ORIGIN, Size::new(722.0, 164.0));
    let plot = Plot { x: 0.0, top: 12.0, bottom: 156.0 };
    for (name, shape) in [("straight", Shape::Straight), ("smooth", Shape::Smooth)] {
        for size in SIZES {
            let profile = profile(size, shape);
            let curve = &profile.tracks[&ROLLER];
            group.bench_function(BenchmarkId::new(format!("a lane, {name}"), size), |bencher| {
                bencher.iter(|| {
                    let mut painting = Painting::new(bounds, 1.0, Color::WHITE);
                    let trace = Trace::new([black_box(curve)], profile.length, painting.columns(bounds.width));
                    let line = painting.line(plot, &trace);
                    let ink = Color::from_rgb8(60, 70, 160);
                    let pattern = Some((Mode::Roller, ink.scale_alpha(0.45)));
                    painting.area(&line, Area { fill: ink.scale_alpha(0.12), pattern });
                    painting.trace(&line, 0..line.columns(), Pen::new(ink, 2.75));
                    painting.finish()
                });
            });
        }
    }
}

criterion_group!(benches, editing, simplifying, drawing_facts, painting);
criterion_main!(benches);
