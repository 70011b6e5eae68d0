use super::*;

/// A massager of 255 levels that are written without response, `A1 level` and `A2 level`, 100 ms apart.
fn fine() -> Arc<DeviceMap> {
    let text = r#"DeviceMap(
        version: 1, id: "fine", name: "Fine", status: Untested, source: "none",
        recognise: [Signs(name: ["Fine"])],
        roles: {"control": Role(service: "FFA0", characteristic: "FFA1", write: WithoutResponse)},
        write_gap_ms: 100,
        frames: {"roller": Frame(bytes: "A1 {level}"), "air": Frame(bytes: "A2 {level}")},
        modes: {Roller: Level(frame: "roller", max: 255), AirPressure: Level(frame: "air", max: 5)},
        stop: ["roller", "air"],
        vectors: [Do("Roller 1", "A1 01"), Do("stop", "A1 00 | A2 00")],
    )"#;
    Arc::new(DeviceMap::read(text).unwrap_or_else(|problems| panic!("{problems:?}")))
}

#[test]
fn no_channel_starves_while_another_falls_faster_than_it_can_be_written() {
    let mut rig = Rig::quiet(fine());
    rig.want(ROLLER, 255);
    rig.run(1_000);
    rig.forget();
    for tenth in 0..100_u16 {
        rig.want(ROLLER, 250 - tenth);
        rig.want(AIR, 1 + tenth / 25);
        rig.run(20);
    }
    let air: Vec<&[u8]> = rig.bytes().into_iter().filter(|bytes| bytes[0] == 0xA2).collect();
    assert_eq!(air, [[0xA2, 1], [0xA2, 2], [0xA2, 3], [0xA2, 4]]);
    assert!(!rig.has(&WriterEvent::Silent), "a massager that had no turn is not silent");
}

#[test]
fn a_radio_that_is_busy_is_asked_again_in_a_moment_and_that_is_no_failure() {
    let mut rig = Rig::quiet(acknowledged());
    rig.run(500);
    rig.taken = 3;
    rig.want(ROLLER, 3);
    rig.run(1_000);
    assert_eq!(rig.written, [(2_515, vec![0xA1, 3])]);
    assert_eq!(rig.writer.confirmed(ROLLER), (Some(3), None));
    rig.taken = 3;
    rig.want(ROLLER, 5);
    rig.want(ROLLER, 4);
    rig.run(1_000);
    assert_eq!(rig.bytes()[1..], [&[0xA1, 4]], "what is wanted by then is written");
}

#[test]
fn a_massager_with_late_answers_is_never_asked_twice_at_a_time() {
    let mut rig = Rig::quiet(acknowledged());
    rig.answers = Answers::Late(300);
    for level in 1..=10 {
        rig.want(ROLLER, level);
        rig.want(AIR, level / 2);
        rig.run(150);
    }
    rig.run(2_000);
    assert_eq!(rig.busy, 0);
    assert_eq!((rig.writer.confirmed(ROLLER).0, rig.writer.confirmed(AIR).0), (Some(10), Some(5)));
    assert_eq!(rig.events.iter().filter(|(_, event)| *event == WriterEvent::Silent).count(), 0);
}
