//! Every built-in device map loads without fault and gives its test vectors' exact bytes; broken ones say where and
//! what; and nothing that a massager or a stranger sends makes the reader fall over.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use svang::i18n::Words;
use svang::intensity::Intensity;
use svang::massager::forbidden::{Permit, Trail};
use svang::massager::{
    Advertisement, Binding, Characteristic, DeviceMap, Encoder, REFERENCE, Recognition, Sign, Trust, Waits, built_in,
    bundled, parse_identifier,
};
use svang::mode::{Channel, Foot, Mode};
use uuid::Uuid;

/// English, in which the files beside the broken ones say what is wrong.
static ENGLISH: LazyLock<Words> = LazyLock::new(Words::english);

fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The `.ron` files of a folder: name and text, in the order of their names.
fn maps_in(path: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = fs::read_dir(folder(path))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "ron"))
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(&path).unwrap()))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "{path} holds maps");
    files
}

fn problems(source: &str) -> String {
    match DeviceMap::read(source) {
        Ok(_) => String::new(),
        Err(problems) => problems.iter().map(|problem| format!("{}\n", ENGLISH.fact(problem))).collect(),
    }
}

fn map(id: &str) -> Arc<DeviceMap> {
    Arc::new(built_in().into_iter().find(|map| map.id == id).unwrap_or_else(|| panic!("{id} is built in")))
}

fn encoder(map: &Arc<DeviceMap>) -> Encoder {
    Encoder::new(Arc::clone(map), Binding::assumed(map))
}

fn uuid(text: &str) -> Uuid {
    parse_identifier(text).unwrap()
}

fn sound(name: &str) -> DeviceMap {
    let source = fs::read_to_string(folder("tests/fixtures/maps/sound").join(name)).unwrap();
    DeviceMap::read(&source).unwrap()
}

#[test]
fn every_built_in_map_is_without_fault_and_gives_its_vectors_bytes() {
    let files = maps_in("assets/massagers");
    for (name, source) in &files {
        assert_eq!(problems(source), "", "{name}");
    }
    let mut listed: Vec<(String, String)> =
        bundled().into_iter().map(|(name, source)| (name.to_owned(), source.to_owned())).collect();
    listed.sort();
    assert_eq!(listed, files, "src/massager/bundled.rs lists every map in assets/massagers");
    assert_eq!(built_in().len(), files.len());
}

#[test]
fn every_sound_map_of_the_fixtures_is_without_fault() {
    for (name, source) in maps_in("tests/fixtures/maps/sound") {
        assert_eq!(problems(&source), "", "{name}");
    }
}

#[test]
fn every_broken_map_says_line_column_and_what_to_do() {
    for (name, source) in maps_in("tests/fixtures/maps/broken") {
        // A missing expectation is written down; who adds a map reads it before committing it.
        let path = folder("tests/fixtures/maps/broken").join(name.replace(".ron", ".txt"));
        if !path.exists() {
            fs::write(&path, problems(&source)).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap();
        assert!(!expected.is_empty(), "{name} is broken");
        assert_eq!(problems(&source), expected, "{name}");
    }
}

#[test]
fn a_changed_vector_makes_a_map_unusable() {
    let (_, source) = bundled().into_iter().find(|(name, _)| *name == "rongtai-rt8600s.ron").unwrap();
    let wrong = source.replace("Do(\"Roller 1\", \"F0 84 34 47 F1\")", "Do(\"Roller 1\", \"F0 84 34 48 F1\")");
    assert_ne!(wrong, source);
    let problems = problems(&wrong);
    assert!(problems.contains("F0 84 34 47 F1") && problems.contains("F0 84 34 48 F1"), "{problems}");
}

#[test]
fn the_published_vectors_of_each_protocol_come_out() {
    // File, what is asked, bytes: from the protocols' own sources, kept apart from the maps on purpose.
    let published: &[(&str, &str, &str)] = &[
        ("rongtai-rt8600s", "send key 01", "F0 84 01 7A F1"),
        ("rongtai-rt8600s", "send key 27", "F0 84 27 54 F1"),
        ("rongtai-rt8600s", "Roller 1", "F0 84 34 47 F1"),
        ("rongtai-rt8600s", "Roller 3", "F0 84 36 45 F1"),
        ("rongtai-rt8600s", "Roller 0", "F0 84 37 44 F1"),
        ("rongtai-rt8600s", "send key 40", "F0 84 40 3B F1"),
        ("rongtai-rt8600s", "AirPressure 1", "F0 84 45 36 F1"),
        ("rongtai-rt8600s", "AirPressure 5", "F0 84 49 32 F1"),
        ("rongtai-rt8600s", "AirPressure 0", "F0 84 4A 31 F1"),
        ("rongtai-rt8600s", "timer 10:00", "F0 84 50 2B F1"),
        ("rongtai-rt8600s", "timer 30:00", "F0 84 52 29 F1"),
        ("theragun", "send ask_version", "AA 20 20 00"),
        ("theragun-wave", "send press", "AA 04 01 03"),
        ("theragun", "Vibration 1", "AA E3 01 03 06 D6 03"),
        ("theragun", "Vibration 14", "AA 70 01 03 09 60 03"),
        ("theragun", "stop", "AA 07 01 03 00 00 03"),
        ("massager191", "send power 05", "D5 05 FF 00"),
        ("massager191", "timer 15:00", "D7 03 84 FF 00"),
        (
            "massager191",
            "Vibration 5, Heat 3; send run 01",
            "DD 11 05 03 84 28 00 FF 00 00 | DD 11 05 03 84 28 00 01 00 00",
        ),
        ("massager191", "stop", "DE FF 00 00"),
        ("biofit", "send program 00", "00"),
        ("biofit", "Roller 9", "01 | 09"),
        ("biofit", "send back_at F7", "F7"),
        ("biofit", "AirPressure 50", "32 | 32 | 32"),
    ];
    for (id, order, bytes) in published {
        let (_, source) = bundled().into_iter().find(|(name, _)| *name == format!("{id}.ron")).unwrap();
        let place = source.rfind("vectors: [").unwrap() + "vectors: [".len();
        let added = format!("{}Do(\"{order}\", \"{bytes}\"),{}", &source[..place], &source[place..]);
        assert_eq!(problems(&added), "", "{id}: {order}");
    }
}

#[test]
fn what_notifications_say_is_read() {
    let rongtai = map("rongtai-rt8600s");
    let bytes = hex("F0 48 6C 03 09 30 41 03 00 00 00 00 06 1E 00 27 F1");
    let report = rongtai.decode("status", &bytes).unwrap();
    assert_eq!(report.running, Some(true));
    assert_eq!(report.remaining.unwrap().as_secs(), 1200);
    assert_eq!(report.levels[&Channel::both(Mode::Roller)], 2);
    assert_eq!(report.levels[&Channel::both(Mode::AirPressure)], 3);
    assert_eq!(report.levels[&Channel::both(Mode::Heat)], 1);
    // A wrong checksum, another length, another role: nothing.
    let mut damaged = bytes.clone();
    damaged[3] ^= 1;
    assert_eq!(rongtai.decode("status", &damaged), None);
    assert_eq!(rongtai.decode("status", &bytes[..16]), None);
    assert_eq!(rongtai.decode("control", &bytes), None);
    // The standard battery level, with any map.
    assert_eq!(rongtai.decode("battery", &[55]).unwrap().battery, Some(55));
    assert_eq!(rongtai.decode("battery", &[255]).unwrap().battery, None);
}

fn hex(text: &str) -> Vec<u8> {
    text.split(' ').map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect()
}

fn advertises(name: Option<&str>, services: &[&str]) -> Advertisement {
    Advertisement {
        name: name.map(str::to_owned),
        services: services.iter().map(|text| uuid(text)).collect(),
        manufacturer_data: BTreeMap::new(),
    }
}

#[test]
fn massagers_are_recognised_by_what_is_their_own() {
    let maps: Vec<Arc<DeviceMap>> = built_in().into_iter().map(Arc::new).collect();
    let best = |advertisement: &Advertisement| {
        svang::massager::best(&maps, advertisement).map(|(map, recognition)| (map.id.clone(), recognition.certain))
    };
    let own = "063eccbe-cc6b-48ca-8773-410e3e416bde";
    assert_eq!(best(&advertises(Some("Whatever"), &[own])), Some((REFERENCE.to_owned(), true)));
    assert_eq!(best(&advertises(Some("RT8600S"), &["1802"])), Some(("rongtai-rt8600s".to_owned(), true)));
    assert_eq!(best(&advertises(Some("WaveSolo"), &["ffe0"])), Some(("theragun-wave".to_owned(), true)));
    assert_eq!(best(&advertises(Some("Pro"), &["ffe0"])), Some(("theragun".to_owned(), false)));
    assert_eq!(best(&advertises(Some("Pro"), &[])), None);
    // A service that many products share is never enough to be certain.
    assert_eq!(best(&advertises(Some("Headset"), &["fff0"])), Some(("massager191".to_owned(), false)));
    assert_eq!(best(&advertises(None, &["1234"])), None);
    let why = svang::massager::best(&maps, &advertises(Some("WaveDuo"), &["ffe0"])).unwrap().1;
    let expected = Recognition {
        map: "theragun-wave".to_owned(),
        certain: true,
        why: vec![Sign::Name("WaveDuo".to_owned()), Sign::Service("FFE0".to_owned())],
    };
    assert_eq!(why, expected);
}

#[test]
fn negative_names_and_manufacturer_data_decide() {
    let suta = sound("checksums.ron");
    assert!(suta.recognise(&advertises(Some("suta-123"), &[])).is_some());
    assert!(suta.recognise(&advertises(Some("SUTA-MOON 2"), &[])).is_none());
    assert!(suta.recognise(&advertises(None, &[])).is_none());

    let sets = sound("sets.ron");
    let mut advertisement = advertises(None, &["fee9"]);
    assert!(sets.recognise(&advertisement).is_none());
    advertisement.manufacturer_data.insert(0x4C57, vec![0x58, 7, 1, 9]);
    assert!(sets.recognise(&advertisement).unwrap().certain);
    advertisement.manufacturer_data.insert(0x4C57, vec![0x58, 7, 2]);
    assert!(sets.recognise(&advertisement).is_none());
    // Nordic UART alone.
    let generic = sets.recognise(&advertises(None, &["6e400001-b5a3-f393-e0a9-e50e24dcca9e"])).unwrap();
    assert!(!generic.certain);
}

fn found(service: &str, characteristic: &str, properties: &str) -> Characteristic {
    Characteristic {
        service: uuid(service),
        uuid: uuid(characteristic),
        read: properties.contains('r'),
        write: properties.contains('w'),
        write_without_response: properties.contains('o'),
        notify: properties.contains('n'),
    }
}

#[test]
fn roles_are_found_among_what_the_massager_has() {
    let map = Arc::new(sound("sets.ron"));
    let model = found("180a", "2a24", "r");
    let first = found("fee9", "d44bc439-abfd-45a2-b575-925416129600", "o");
    let second = [found("fff0", "fff2", "w"), found("fff0", "fff1", "n"), found("180f", "2a19", "rn")];

    // The first set; the characteristic cannot do what was wished, but something else.
    let binding = map.bind(&[model.clone(), first.clone()]).unwrap();
    assert!(!Encoder::new(Arc::clone(&map), binding).stop().writes[0].with_response);

    // The second set, with a battery.
    let binding = map.bind(&[&second[..], std::slice::from_ref(&model)].concat()).unwrap();
    let mut encoder = Encoder::new(Arc::clone(&map), binding);
    let stop = encoder.stop();
    assert!(stop.writes[0].with_response);
    assert_eq!(stop.writes[0].characteristic, uuid("fff2"));
    let (notify, battery) = ((uuid("fff0"), uuid("fff1")), (uuid("180f"), uuid("2a19")));
    assert_eq!(encoder.subscriptions(), [notify, battery]);
    assert_eq!(encoder.first_reads(), [battery]);
    assert_eq!(encoder.read(battery.0, battery.1, &[42]).unwrap().battery, Some(42));
    assert_eq!(encoder.read(notify.0, notify.1, &[42]), None);

    // What is missing is said in words.
    let misfits = |found: &[Characteristic]| -> Vec<String> {
        map.bind(found).unwrap_err().iter().map(|misfit| ENGLISH.fact(misfit)).collect()
    };
    assert_eq!(
        misfits(std::slice::from_ref(&model)),
        ["control (d44bc439-abfd-45a2-b575-925416129600 in FEE9) is not there"]
    );
    assert_eq!(map.bind(&[model.clone(), found("fff0", "fff2", "r")]).unwrap_err().len(), 1,);
    assert_eq!(
        misfits(std::slice::from_ref(&first)),
        ["2A24 in 180A is not there, and every massager of this map has it"]
    );
    assert_eq!(
        misfits(&[model, first, found("fe59", "2a00", "w")]),
        ["service FE59 is there, which no massager of this map has"]
    );
}

#[test]
fn one_frame_carries_all_levels_that_change_together() {
    let map = map(REFERENCE);
    let mut encoder = encoder(&map);
    let (left, heat) = (Channel::new(Mode::Roller, Foot::Left), Channel::both(Mode::Heat));
    let wanted = BTreeMap::from([(left, 5), (heat, 2)]);
    let plan = encoder.set(&wanted, &[left, heat]);
    assert_eq!(plan.writes.len(), 1);
    assert_eq!(plan.writes[0].bytes, hex("53 01 05 00 00 00 00 00 02 1E 4B"));
    assert_eq!(plan.writes[0].sets.len(), map.channels.len());
    assert!(plan.writes[0].sets.contains(&(left, 5)) && plan.writes[0].sets.contains(&(heat, 2)));
    assert_eq!(encoder.keep_alive().unwrap()[0].bytes, plan.writes[0].bytes);
    // A later frame for one channel carries what holds for the others.
    let plan = encoder.set(&BTreeMap::from([(heat, 0)]), &[heat]);
    assert_eq!(plan.writes[0].bytes, hex("53 01 05 00 00 00 00 00 00 1E 49"));
    let stop = encoder.stop();
    assert_eq!(stop.writes.len(), 1);
    assert_eq!(stop.writes[0].bytes, hex("53 02 51"));
    assert_eq!(stop.writes[0].sets, map.channels.iter().map(|(channel, _)| (*channel, 0)).collect::<Vec<_>>());
    assert_eq!(encoder.keep_alive(), None);
    encoder.program("Warm waves").unwrap();
    assert_eq!(encoder.keep_alive().unwrap()[0].bytes, hex("53 03 03 1E 4D"));
    assert!(encoder.program("Dance").unwrap_err().to_string().contains("Gentle roll"));
}

#[test]
fn a_level_chosen_at_the_massager_itself_is_not_overwritten() {
    let map = map(REFERENCE);
    let mut encoder = encoder(&map);
    let (left, right) = (Channel::new(Mode::Roller, Foot::Left), Channel::new(Mode::Roller, Foot::Right));
    encoder.set(&BTreeMap::from([(left, 5), (right, 5)]), &[left, right]);
    encoder.accept(left, 2);
    assert_eq!(encoder.keep_alive().unwrap()[0].bytes, hex("53 01 02 05 00 00 00 00 00 1E 4B"));
}

#[test]
fn levels_of_their_own_frames_are_written_only_when_they_change() {
    let map = map("rongtai-rt8600s");
    let mut encoder = encoder(&map);
    let (roller, air) = (Channel::both(Mode::Roller), Channel::both(Mode::AirPressure));
    let wanted = BTreeMap::from([(roller, 2), (air, 4)]);
    let plan = encoder.set(&wanted, &[air]);
    assert_eq!(plan.writes.len(), 1);
    assert_eq!(plan.writes[0].sets, [(air, 4)]);
    assert!(!plan.writes[0].with_response);
}

#[test]
fn a_toggle_is_pressed_only_when_its_state_is_known() {
    let map = map("rongtai-rt8600s");
    let mut encoder = encoder(&map);
    let heat = Channel::both(Mode::Heat);
    let (_, service, characteristic) = map.roles().find(|(role, ..)| *role == "status").unwrap();
    let on = hex("F0 48 6C 03 09 30 41 03 00 00 00 00 06 1E 00 27 F1");
    let wanted = |level| BTreeMap::from([(heat, level)]);

    let plan = encoder.set(&wanted(1), &[heat]);
    assert!(plan.writes.is_empty());
    assert_eq!(plan.held[0].channel, heat);
    assert!(matches!(plan.held[0].why, Waits::SwitchedOverOnly(_)));
    let stop = encoder.stop();
    assert_eq!((stop.writes.len(), stop.held.len()), (2, 1));

    encoder.read(service, characteristic, &on).unwrap();
    assert_eq!(encoder.set(&wanted(1), &[heat]).already, [(heat, 1)]);
    let off = encoder.set(&wanted(0), &[heat]);
    assert_eq!(off.writes[0].bytes, hex("F0 84 27 54 F1"));
    assert_eq!(off.writes[0].sets, [(heat, 0)]);
    // Pressed once, it is not pressed again before the massager has spoken.
    assert_eq!(encoder.set(&wanted(0), &[heat]).held.len(), 1);
    encoder.read(service, characteristic, &on).unwrap();
    assert_eq!(encoder.stop().writes.len(), 3);
}

#[test]
fn a_sleeping_massager_is_woken_once_and_a_busy_one_left_alone() {
    let map = map("rongtai-rt8600s");
    let mut encoder = encoder(&map);
    let roller = Channel::both(Mode::Roller);
    let (_, service, characteristic) = map.roles().find(|(role, ..)| *role == "status").unwrap();
    let status = |state: u8| {
        let mut bytes = vec![0xF0, 0, 0, 0, 0, 0, 0, state, 0, 0, 0, 0, 0, 0, 0, 0, 0xF1];
        bytes[15] = !bytes[1..15].iter().sum::<u8>() & 0x7F;
        bytes
    };
    let slow = BTreeMap::from([(roller, 1)]);
    encoder.read(service, characteristic, &status(0)).unwrap();
    let plan = encoder.set(&slow, &[roller]);
    assert_eq!(plan.writes.len(), 2);
    assert_eq!(plan.writes[0].bytes, hex("F0 84 01 7A F1"));
    assert_eq!(plan.writes[0].pause.as_millis(), 1000);
    // Switched off by hand in the middle, it stays off until it was stopped and something is played anew.
    encoder.read(service, characteristic, &status(0)).unwrap();
    assert_eq!(encoder.set(&slow, &[roller]).writes.len(), 1);
    encoder.stop();
    assert_eq!(encoder.set(&BTreeMap::from([(roller, 0)]), &[roller]).writes.len(), 1);
    assert_eq!(encoder.program("Automatic 1").unwrap().len(), 2);
    encoder.stop();
    encoder.read(service, characteristic, &status(1)).unwrap();
    let plan = encoder.set(&slow, &[roller]);
    assert!(plan.writes.is_empty());
    assert_eq!(plan.held[0].why, Waits::Busy);
}

#[test]
fn no_built_in_map_says_that_it_was_verified_but_our_own() {
    for map in built_in() {
        assert_eq!(map.trust == Trust::Verified, map.id == REFERENCE, "{}", map.id);
        assert!(map.longest_frame <= 20, "{} fits the smallest link", map.id);
    }
}

#[test]
fn every_write_of_the_built_in_maps_is_one_that_the_link_lets_through() {
    for map in built_in().into_iter().map(Arc::new) {
        let mut encoder = encoder(&map);
        let mut writes = encoder.start();
        writes.extend(encoder.stop().writes);
        for (channel, max) in map.channels.clone() {
            for level in 0..=max {
                writes.extend(encoder.set(&BTreeMap::from([(channel, level)]), &[channel]).writes);
            }
        }
        for program in map.programs.clone() {
            writes.extend(encoder.program(&program).unwrap());
        }
        let (mut trail, permit) = (Trail::default(), Permit::of(&map, false));
        for write in writes {
            let refused = trail.refuses(write.service, write.characteristic, &write.bytes, &permit);
            assert_eq!(refused, None, "{}", map.id);
        }
    }
}

/// Every sound map there is.
static ALL_MAPS: LazyLock<Vec<Arc<DeviceMap>>> = LazyLock::new(|| {
    let files = [maps_in("assets/massagers"), maps_in("tests/fixtures/maps/sound")].concat();
    files.iter().map(|(_, source)| Arc::new(DeviceMap::read(source).unwrap())).collect()
});

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_off_and_more_never_gives_less(
        which in any::<prop::sample::Index>(),
        intensities in prop::collection::vec((0u16..=1000, 0u16..=1000), 1..8),
        ceiling in 1u16..=1000,
    ) {
        let maps = &*ALL_MAPS;
        let map = which.get(maps);
        let ceiling = Intensity::from_per_mille(ceiling);
        let mut encoder = encoder(map);
        for (lower, higher) in intensities {
            let (lower, higher) = (Intensity::from_per_mille(lower.min(higher)), Intensity::from_per_mille(lower.max(higher)));
            for (channel, max) in &map.channels {
                let mut ordered = |intensity: Intensity| {
                    let level = intensity.level(*max, ceiling);
                    let plan = encoder.set(&BTreeMap::from([(*channel, level)]), &[*channel]);
                    let sets = plan.writes.iter().flat_map(|write| &write.sets).find(|(set, _)| set == channel);
                    // A toggle of unknown state writes nothing; everything else says what it sets.
                    sets.map(|(_, level)| *level).or_else(|| {
                        assert!(plan.held.iter().any(|held| held.channel == *channel));
                        None
                    })
                };
                let (Some(low), Some(high)) = (ordered(lower), ordered(higher)) else { continue };
                prop_assert_eq!(low == 0, lower.is_zero());
                prop_assert!(low <= high);
                prop_assert!(high <= ceiling.highest_level(*max) && high <= *max);
            }
        }
    }

    #[test]
    fn a_frame_of_the_reference_says_exactly_what_was_wanted(levels in prop::collection::vec(0u16..=30, 7)) {
        let map = ALL_MAPS.iter().find(|map| map.id == REFERENCE).unwrap();
        let mut encoder = encoder(map);
        let wanted: BTreeMap<Channel, u16> = map.channels.iter().map(|(channel, _)| *channel).zip(levels).collect();
        let changed: Vec<Channel> = wanted.keys().copied().collect();
        let plan = encoder.set(&wanted, &changed);
        prop_assert_eq!(plan.writes.len(), 1);
        let bytes = &plan.writes[0].bytes;
        prop_assert_eq!(bytes.len(), 11);
        prop_assert_eq!(bytes.iter().fold(0, |all, byte| all ^ byte), 0);
        for (channel, level) in &plan.writes[0].sets {
            let max = map.channels.iter().find(|(known, _)| known == channel).unwrap().1;
            prop_assert_eq!(*level, wanted[channel].min(max));
        }
    }

    #[test]
    fn notifications_of_any_bytes_are_survived(
        which in any::<prop::sample::Index>(),
        starts in prop::sample::select(vec![vec![], hex("F0"), hex("73"), hex("BB 00 10"), hex("D0 01")]),
        bytes in prop::collection::vec(any::<u8>(), 0..40),
    ) {
        let maps = &*ALL_MAPS;
        let map = which.get(maps);
        let mut encoder = encoder(map);
        let bytes = [starts, bytes].concat();
        let places: Vec<(Uuid, Uuid)> = map.roles().map(|(_, service, characteristic)| (service, characteristic)).collect();
        for (service, characteristic) in places {
            let report = encoder.read(service, characteristic, &bytes);
            for (channel, level) in report.iter().flat_map(|report| &report.levels) {
                let max = map.channels.iter().find(|(known, _)| known == channel).unwrap().1;
                prop_assert!(*level <= max);
            }
        }
        let stop = encoder.stop();
        prop_assert!(!stop.writes.is_empty());
    }

    #[test]
    fn files_of_any_text_are_survived(text in "\\PC{0,400}") {
        let _ = DeviceMap::read(&text);
    }

    #[test]
    fn damaged_maps_are_survived(
        which in any::<prop::sample::Index>(),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0usize..12, "[\\[\\](){}\",:0-9a-zA-Z .+-]{0,6}"), 1..6),
    ) {
        let files = [maps_in("assets/massagers"), maps_in("tests/fixtures/maps/sound")].concat();
        let mut letters: Vec<char> = which.get(&files).1.chars().collect();
        for (place, length, instead) in cuts {
            let place = place.index(letters.len());
            let end = (place + length).min(letters.len());
            letters.splice(place..end, instead.chars());
        }
        let text: String = letters.into_iter().collect();
        match DeviceMap::read(&text) {
            Ok(map) => {
                let map = Arc::new(map);
                let mut encoder = encoder(&map);
                prop_assert!(encoder.stop().writes.iter().all(|write| write.bytes.len() <= 512));
            }
            Err(problems) => {
                let lines = text.lines().count() + 1;
                prop_assert!(!problems.is_empty());
                prop_assert!(problems.iter().all(|problem| (1..=lines).contains(&problem.line) && problem.column >= 1));
            }
        }
    }
}

#[test]
fn huge_and_deep_files_are_refused_in_words() {
    assert!(problems(&" ".repeat(8 * 1024 * 1024 + 1)).contains("8 MiB"));
    let deep = format!("DeviceMap(version: 1, id: {}", "[".repeat(100_000));
    assert!(!problems(&deep).is_empty());
    let deep = format!("DeviceMap(version: {}1", "Some(".repeat(100_000));
    assert!(!problems(&deep).is_empty());
    let source = fs::read_to_string(folder("tests/fixtures/maps/sound/sets.ron")).unwrap();
    let long = source.replace("stop: [\"one 9C\"]", &format!("stop: [{}]", "\"one 9C\", ".repeat(101)));
    assert!(problems(&long).contains("101 frames; 100 are the most"), "{}", problems(&long));
    let many = source.replace("vectors: [", &format!("vectors: [{}", "Do(\"stop\", \"00\"), ".repeat(999)));
    assert!(problems(&many).contains("“vectors” has 1004 entries; 1000 are the most"), "{}", problems(&many));
    let many = source.replace("vectors: [", &format!("vectors: [{}", "Do(\"stop\", \"00\"), ".repeat(500)));
    assert_eq!(problems(&many).lines().count(), 200);
    assert!(problems(&many).contains("(more may follow)"));
    let wide = source.replace("{1}", &"00 ".repeat(513));
    assert!(problems(&wide).contains("at most 512 bytes"), "{}", problems(&wide));
}
