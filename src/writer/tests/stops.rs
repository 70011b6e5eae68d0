use super::*;

/// As others build them: two off-frames with response on one characteristic, `55 03 00` and `55 09 00`; or on two.
fn two_frames(second: &str) -> Arc<DeviceMap> {
    let text = format!(
        r#"DeviceMap(
            version: 1, id: "two", name: "Two", status: Untested, source: "none",
            recognise: [Signs(name: ["Two"])],
            roles: {{
                "control": Role(service: "FFE0", characteristic: "FFE1", write: WithResponse),
                "other": Role(service: "FFE0", characteristic: "FFE2", write: WithResponse),
            }},
            frames: {{
                "roller": Frame(bytes: "55 03 {{level}}"),
                "air": Frame(bytes: "55 09 {{level}}", to: "{second}"),
            }},
            modes: {{ Roller: Level(frame: "roller", max: 10), AirPressure: Level(frame: "air", max: 5) }},
            stop: ["roller", "air"],
            vectors: [Do("stop", "55 03 00 | 55 09 00")],
        )"#
    );
    Arc::new(DeviceMap::read(&text).unwrap_or_else(|problems| panic!("{problems:?}")))
}

const ROLLER_OFF: [u8; 3] = [0x55, 3, 0];
const AIR_OFF: [u8; 3] = [0x55, 9, 0];

fn count(rig: &Rig, event: &WriterEvent) -> usize {
    rig.events.iter().filter(|(_, seen)| seen == event).count()
}

#[test]
fn a_stop_waits_for_the_answer_under_way_and_then_goes_frame_by_frame() {
    let mut rig = Rig::quiet(two_frames("control"));
    rig.answers = Answers::Late(60);
    rig.want(ROLLER, 3);
    rig.run(10);
    rig.writer.stop(rig.now());
    rig.run(1_000);
    assert_eq!(rig.written[1..], [(2_060, ROLLER_OFF.to_vec()), (2_120, AIR_OFF.to_vec())]);
    assert_eq!(rig.busy, 0, "the radio was never asked for a second write at a time");
    assert_eq!(rig.events.last(), Some(&(2_180, WriterEvent::Stopped)));
}

#[test]
fn characteristics_are_stopped_side_by_side() {
    let mut rig = Rig::quiet(two_frames("other"));
    rig.answers = Answers::Late(60);
    rig.want(ROLLER, 3);
    rig.run(10);
    rig.writer.stop(rig.now());
    rig.run(1_000);
    assert_eq!(rig.written[1..], [(2_010, AIR_OFF.to_vec()), (2_060, ROLLER_OFF.to_vec())]);
    assert_eq!(rig.events.last(), Some(&(2_120, WriterEvent::Stopped)));
}

#[test]
fn a_round_goes_on_from_the_frame_that_failed() {
    let mut rig = Rig::quiet(two_frames("control"));
    rig.writer.stop(rig.now());
    rig.answers = Answers::Refused;
    rig.pump();
    rig.answers = Answers::Well;
    rig.run(2_000);
    let bytes = rig.bytes();
    assert_eq!(bytes[..2], [&ROLLER_OFF, &AIR_OFF], "a frame that is refused does not keep the other");
    assert_eq!(bytes.len(), 4, "each is written once more: {bytes:?}");
    assert!(rig.has(&WriterEvent::Stopped));
}

#[test]
fn a_busy_radio_is_asked_again_every_few_milliseconds() {
    let mut rig = Rig::quiet(two_frames("control"));
    rig.taken = 6;
    rig.writer.stop(rig.now());
    rig.run(1_000);
    assert_eq!(rig.written, [(2_030, ROLLER_OFF.to_vec()), (2_030, AIR_OFF.to_vec())]);
    assert_eq!(rig.events, [(2_030, WriterEvent::Stopped)]);
}

#[test]
fn an_answer_that_does_not_come_is_told_of_after_two_seconds() {
    let mut rig = Rig::quiet(two_frames("control"));
    rig.answers = Answers::Never;
    rig.want(ROLLER, 3);
    rig.run(500);
    rig.writer.stop(rig.now());
    rig.run(10_000);
    assert_eq!(rig.bytes(), [&[0x55, 3, 3]], "nothing can be written, the radio takes one at a time");
    assert_eq!(rig.events, [(4_500, WriterEvent::Stuck), (5_500, WriterEvent::StopUnconfirmed)]);
    assert!(rig.writer.may_move() && rig.writer.awaits_stop());
}

#[test]
fn stop_orders_that_come_together_are_one_round() {
    for answers in [Answers::Well, Answers::Late(60)] {
        let mut rig = Rig::quiet(two_frames("control"));
        rig.answers = answers;
        for _ in 0..3 {
            rig.writer.stop(rig.now());
            rig.pump();
        }
        if answers != Answers::Well {
            rig.run(1_000);
            assert_eq!(rig.bytes(), [&ROLLER_OFF, &AIR_OFF]);
            assert_eq!(count(&rig, &WriterEvent::Stopped), 1);
        }
    }
}

#[test]
fn a_stop_keeps_the_maps_pauses_but_not_its_gap() {
    let mut rig = Rig::quiet(acknowledged());
    rig.want(ROLLER, 3);
    rig.run(10);
    rig.forget();
    rig.writer.stop(rig.now());
    rig.run(1_000);
    // At once, inside the gap of 100 ms; and because it was, once more at the map's pace before it counts.
    let (first, second) = (rig.at - 1_000, rig.at - 900);
    let expected = [(first, vec![0xA0]), (first, vec![0xAF]), (second, vec![0xA0]), (second + 100, vec![0xAF])];
    assert_eq!(rig.written, expected);
    assert_eq!(rig.events, [(second + 100, WriterEvent::Stopped)]);
}

#[test]
fn stop_is_sent_although_everything_is_thought_to_be_off() {
    let mut rig = Rig::quiet(two_frames("control"));
    rig.writer.stop(rig.now());
    rig.run(10_000);
    assert_eq!(rig.bytes(), [&ROLLER_OFF, &AIR_OFF]);
    assert!(rig.has(&WriterEvent::Stopped));
    assert!(!rig.writer.may_move());
}

#[test]
fn nothing_else_is_written_until_a_stop_is_over() {
    let mut rig = Rig::quiet(two_frames("control"));
    rig.answers = Answers::Never;
    rig.writer.stop(rig.now());
    rig.pump();
    rig.want(ROLLER, 2);
    rig.run(500);
    assert_eq!(rig.bytes(), [&ROLLER_OFF]);
    rig.answers = Answers::Well;
    rig.answer();
    rig.run(500);
    assert_eq!(rig.bytes()[1..], [&AIR_OFF, &[0x55, 3, 2]]);
}

#[test]
fn a_stop_that_nobody_confirms_is_repeated_and_reported_and_may_still_be_confirmed() {
    let mut rig = Rig::quiet(acknowledged());
    rig.want(ROLLER, 3);
    rig.answers = Answers::Refused;
    rig.writer.stop(rig.now());
    rig.run(10_000);
    assert!(rig.bytes().iter().filter(|bytes| **bytes == [0xAF]).count() > 10);
    assert_eq!(count(&rig, &WriterEvent::StopUnconfirmed), 1);
    assert!(rig.writer.may_move() && rig.writer.awaits_stop() && !rig.writer.is_stopping());
    rig.answers = Answers::Well;
    rig.run(2_000);
    assert!(rig.has(&WriterEvent::Stopped) && !rig.writer.may_move() && !rig.writer.awaits_stop());
}

#[test]
fn a_massager_that_confirms_nothing_is_stopped_three_times() {
    let mut rig = Rig::quiet(map("WithoutResponse", "", false));
    rig.want(ROLLER, 3);
    rig.run(1_000);
    rig.forget();
    rig.writer.stop(rig.now());
    rig.run(10_000);
    assert_eq!(rig.bytes().iter().filter(|bytes| **bytes == [0xA0]).count(), 3);
    assert_eq!(rig.bytes().iter().filter(|bytes| **bytes == [0xAF]).count(), 3);
    assert!(rig.has(&WriterEvent::Stopped) && !rig.has(&WriterEvent::StopUnconfirmed));
}

#[test]
fn a_stop_is_over_when_the_massager_shows_that_all_is_off() {
    let mut rig = Rig::quiet(map("WithoutResponse", "", true));
    rig.says(0, 0);
    rig.want(ROLLER, 3);
    rig.says(3, 0);
    rig.run(1_000);
    rig.forget();
    rig.writer.stop(rig.now());
    rig.run(20);
    assert!(!rig.has(&WriterEvent::Stopped));
    rig.says(0, 0);
    assert!(rig.has(&WriterEvent::Stopped));
    rig.run(5_000);
    assert_eq!(rig.bytes(), [&[0xA0], &[0xAF]]);
}

#[test]
fn a_report_that_all_is_off_counts_although_an_answer_is_missing() {
    for (before, wait) in [(3, 60), (0, 60)] {
        let mut rig = Rig::quiet(map("WithResponse", "", true));
        rig.says(0, 0);
        rig.says(before, 0);
        rig.forget();
        rig.answers = Answers::Late(50);
        rig.writer.stop(rig.now());
        rig.run(40);
        rig.answers = Answers::Never;
        rig.run(wait - 40);
        assert!(!rig.has(&WriterEvent::Stopped));
        rig.says(0, 0);
        assert!(rig.has(&WriterEvent::Stopped), "from {before}: {:?}", rig.events);
    }
}

#[test]
fn a_report_from_before_the_stop_confirms_nothing() {
    let mut rig = Rig::quiet(map("WithoutResponse", "", true));
    rig.says(0, 0);
    rig.want(ROLLER, 5);
    rig.run(30);
    rig.writer.stop(rig.now());
    rig.run(10);
    rig.says(0, 0); // Sent before the level arrived.
    assert!(!rig.has(&WriterEvent::Stopped));
}

#[test]
fn what_moves_right_after_a_stop_that_was_believed_is_stopped_again() {
    let mut rig = Rig::quiet(two_frames("control"));
    rig.writer.stop(rig.now());
    rig.run(1_000);
    let mut rig = Rig::quiet(map("WithResponse", "", true));
    rig.says(0, 0);
    rig.writer.stop(rig.now());
    rig.run(250);
    assert!(rig.has(&WriterEvent::Stopped));
    rig.forget();
    rig.says(5, 0);
    assert!(!rig.written.is_empty() && rig.writer.is_stopping(), "{:?}", rig.events);
}

#[test]
fn a_radio_that_stays_busy_with_somebody_elses_write_is_told_of() {
    let mut rig = Rig::quiet(two_frames("control"));
    rig.taken = 100_000;
    rig.writer.stop(rig.now());
    rig.run(10_000);
    assert_eq!(count(&rig, &WriterEvent::Stuck), 1);
    assert_eq!(count(&rig, &WriterEvent::StopUnconfirmed), 1);
    assert!(rig.busy < 500, "it does not go on at that pace: {}", rig.busy);
}

#[test]
fn a_report_alone_does_not_open_a_massager_that_has_taken_no_write() {
    let mut rig = Rig::new(map("WithResponse", "", true));
    rig.answers = Answers::Never;
    rig.writer.open(rig.now());
    rig.pump();
    rig.says(0, 0);
    assert!(rig.writer.is_stopping(), "it may want to be paired first");
    rig.answer();
    rig.answer();
    rig.run(600);
    rig.says(0, 0);
    assert!(!rig.writer.is_stopping());
}

#[test]
fn a_report_does_not_confirm_a_stop_whose_frames_are_not_with_the_radio() {
    let mut rig = Rig::quiet(map("WithResponse", "", true));
    rig.says(0, 0);
    rig.answers = Answers::Never;
    rig.want(ROLLER, 3);
    rig.run(10);
    rig.writer.stop(rig.now());
    rig.pump();
    rig.says(0, 0); // From before the level arrived.
    assert!(!rig.has(&WriterEvent::Stopped));
}

#[test]
fn a_stop_is_not_over_while_the_massager_shows_that_it_runs() {
    let mut rig = Rig::quiet(map("WithResponse", "", true));
    rig.says(0, 0);
    rig.want(ROLLER, 3);
    rig.says(3, 0);
    rig.run(1_000);
    rig.writer.stop(rig.now());
    rig.run(5_000);
    assert!(rig.has(&WriterEvent::StopUnconfirmed) && !rig.has(&WriterEvent::Stopped), "{:?}", rig.events);
}

#[test]
fn a_massager_just_connected_is_made_to_listen_and_then_stopped() {
    let mut rig = Rig::new(map("WithResponse", r#"start: ["nod"],"#, false));
    rig.writer.open(rig.now());
    assert!(rig.writer.is_stopping());
    rig.run(5_000);
    assert_eq!(rig.bytes(), [[0xEE], [0xA0], [0xAF], [0xA0], [0xAF]]);
    assert_eq!(rig.events, [(200, WriterEvent::Stopped)]);
}

#[test]
fn one_that_may_be_moving_is_stopped_before_it_is_made_to_listen() {
    let mut rig = Rig::new(map("WithResponse", r#"start: ["nod"],"#, false));
    rig.writer.open_with_stop(rig.now());
    rig.run(5_000);
    assert_eq!(rig.bytes()[..2], [[0xA0], [0xAF]]);
    assert_eq!(rig.bytes().iter().filter(|bytes| **bytes == [0xEE]).count(), 1);
    assert_eq!(count(&rig, &WriterEvent::Stopped), 1);
    assert!(!rig.writer.is_stopping());
}

#[test]
fn a_stop_between_the_start_frames_does_not_lose_them() {
    let mut rig = Rig::new(map("WithResponse", r#"start: ["nod", "one"],"#, false));
    rig.writer.open(rig.now());
    rig.pump();
    rig.writer.stop(rig.now());
    rig.run(5_000);
    let starts: Vec<_> = rig.bytes().into_iter().filter(|bytes| matches!(bytes, [0xEE] | [0xB1])).collect();
    assert_eq!(starts, [[0xEE], [0xEE], [0xB1]]);
    assert_eq!(count(&rig, &WriterEvent::Stopped), 1);
    assert!(!rig.writer.is_stopping());
}

proptest::proptest! {
    #[test]
    fn whatever_happens_stop_goes_first_and_gaps_are_kept(
        steps in proptest::collection::vec((0u64..400, 0u8..10, 0u16..11), 1..80),
        keeps_alive in proptest::bool::ANY,
        acknowledges in proptest::bool::ANY,
    ) {
        let keep_alive = if keeps_alive { r#"keep_alive: KeepAlive(every_ms: 1000, send: ["nod"]),"# } else { "" };
        let write = if acknowledges { "WithResponse" } else { "WithoutResponse" };
        let mut rig = Rig::quiet(map(write, keep_alive, false));
        for (wait, what, level) in steps {
            rig.run(wait);
            match what {
                0 => {
                    let (before, open) = (rig.written.len(), rig.writer.is_stopping());
                    let free = rig.hanging.is_empty() && rig.taken == 0;
                    rig.writer.stop(rig.now());
                    rig.pump();
                    if free && !open {
                        proptest::prop_assert_eq!(&rig.written[before], &(rig.at, vec![0xA0]), "at once");
                    }
                    proptest::prop_assert!(rig.written[before..].iter().all(|(_, bytes)| bytes[0] != 0xA1));
                }
                1 => rig.answers = Answers::Refused,
                2 => rig.answers = Answers::Well,
                3 => rig.answers = Answers::Late(u64::from(level) * 40),
                4 => rig.taken = 3,
                5 => rig.want(AIR, level.min(5)),
                _ => rig.want(ROLLER, level),
            }
        }
        rig.answers = Answers::Well;
        rig.run(10_000);
        let stops = |bytes: &[u8]| matches!(bytes, [0xA0] | [0xAF]);
        for pair in rig.written.windows(2) {
            if !stops(&pair[0].1) && !stops(&pair[1].1) {
                proptest::prop_assert!(pair[1].0 - pair[0].0 >= 100, "{:?}", pair);
            }
        }
        // In the end everything is as wanted, and known.
        for channel in [ROLLER, AIR] {
            let book = rig.writer.channels.iter().find(|book| book.channel == channel).unwrap();
            proptest::prop_assert_eq!((book.sent(), book.confirmed), (Some(book.wanted), Some(book.wanted)));
        }
        rig.writer.stop(rig.now());
        rig.run(5_000);
        proptest::prop_assert!(!rig.writer.may_move());
    }
}

/// A massager whose heat is a button that goes on and off, and tells so.
fn button() -> Arc<DeviceMap> {
    let text = r#"DeviceMap(
        version: 1, id: "button", name: "Button", status: Untested, source: "none",
        recognise: [Signs(name: ["Button"])],
        roles: {
            "control": Role(service: "FFF0", characteristic: "FFF1", write: WithResponse),
            "status": Role(service: "FFF0", characteristic: "FFF2", notify: true),
        },
        frames: {"roller": Frame(bytes: "A1 {level}"), "press": Frame(bytes: "B7")},
        modes: {Roller: Level(frame: "roller", max: 10), Heat: Toggle(press: "press")},
        stop: ["roller"],
        status_frames: [Status(role: "status", starts: "55", length: 3, fields: {"Roller": "byte 1", "Heat": "byte 2"})],
        vectors: [Do("Roller 1", "A1 01"), Do("stop", "A1 00")],
    )"#;
    Arc::new(DeviceMap::read(text).unwrap_or_else(|problems| panic!("{problems:?}")))
}

#[test]
fn a_button_is_pressed_once_by_a_stop_and_not_at_all_where_somebody_else_may_have_pressed_it() {
    let mut rig = Rig::new(button());
    rig.writer.open(rig.now());
    rig.says(0, 0);
    rig.run(1_000);
    rig.says(0, 1);
    rig.forget();
    rig.writer.stop(rig.now());
    rig.run(200);
    assert_eq!(rig.bytes(), [&[0xA1, 0][..], &[0xB7]]);
    assert!(!rig.has(&WriterEvent::Stopped), "only a report tells whether the press worked");
    rig.run(2_000);
    assert_eq!(rig.bytes().iter().filter(|bytes| **bytes == [0xB7]).count(), 1, "a second press would switch it on");
    rig.says(0, 0);
    assert!(rig.has(&WriterEvent::Stopped));
    rig.says(0, 1);
    rig.forget();
    rig.writer.doubt_toggles(); // The watchdog may have pressed it.
    rig.writer.stop(rig.now());
    rig.run(1_000);
    assert!(rig.bytes().iter().all(|bytes| **bytes == [0xA1, 0]), "{:?}", rig.bytes());
    rig.says(0, 0);
    assert!(rig.has(&WriterEvent::Stopped));
}
