//! How long it takes to make a frame, to read a notification, and to read all built-in maps.

#![allow(clippy::unwrap_used, reason = "a benchmark may break off")]
#![allow(missing_docs, reason = "the macro makes a public function")]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use svang::massager::{Binding, DeviceMap, Encoder, REFERENCE, built_in, bundled};
use svang::mode::{Channel, Foot, Mode};

fn encoder(id: &str) -> Encoder {
    let map = Arc::new(built_in().into_iter().find(|map| map.id == id).unwrap());
    let binding = Binding::assumed(&map);
    Encoder::new(map, binding)
}

fn frames(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("massager");

    let mut reference = encoder(REFERENCE);
    let left = Channel::new(Mode::Roller, Foot::Left);
    let mut wanted: BTreeMap<Channel, u16> =
        reference.map().channels.iter().map(|(channel, _)| (*channel, 1)).collect();
    let mut level = 0;
    group.bench_function("encode a combined frame", |bencher| {
        bencher.iter(|| {
            level = (level + 1) % 21;
            wanted.insert(left, level);
            black_box(reference.set(&wanted, &[left]))
        });
    });

    let mut rongtai = encoder("rongtai-rt8600s");
    let roller = Channel::both(Mode::Roller);
    group.bench_function("encode a frame for one mode", |bencher| {
        bencher.iter(|| {
            level = (level + 1) % 4;
            black_box(rongtai.set(&BTreeMap::from([(roller, level)]), &[roller]))
        });
    });

    group.bench_function("encode a stop", |bencher| bencher.iter(|| black_box(reference.stop())));

    let map = Arc::clone(reference.map());
    let status = [0x73, 1, 6, 6, 0, 0, 0, 0, 0, 1, 0x84, 3, 0x5A, 0xAE];
    group.bench_function("read a notification", |bencher| {
        bencher.iter(|| black_box(map.decode("status", black_box(&status))).unwrap());
    });

    let (_, source) = bundled().into_iter().find(|(name, _)| name.starts_with(REFERENCE)).unwrap();
    group.bench_function("read a device map with its vectors", |bencher| {
        bencher.iter(|| DeviceMap::read(black_box(source)).unwrap());
    });
    group.finish();
}

criterion_group!(benches, frames);
criterion_main!(benches);
