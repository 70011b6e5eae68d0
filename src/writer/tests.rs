use std::sync::Arc;

use super::*;
use crate::massager::{Binding, DeviceMap};
use crate::mode::{Foot, Mode};

const ROLLER: Channel = Channel::both(Mode::Roller);
const AIR: Channel = Channel::both(Mode::AirPressure);

/// A massager of two modes: `A1 level` and `A2 level`, `A0` for off. `extra` goes into the map as it stands.
fn map(write: &str, extra: &str, status: bool) -> Arc<DeviceMap> {
    let status = if status {
        r#"status_frames: [Status(role: "status", starts: "55", length: 3, fields: {"Roller": "byte 1", "AirPressure": "byte 2"})],"#
    } else {
        ""
    };
    let text = format!(
        r#"DeviceMap(
            version: 1, id: "test", name: "Test", status: Untested, source: "none",
            recognise: [Signs(name: ["Test"])],
            roles: {{
                "control": Role(service: "FFF0", characteristic: "FFF1", write: {write}),
                "status": Role(service: "FFF0", characteristic: "FFF2", notify: true),
            }},
            write_gap_ms: 100,
            {extra}
            frames: {{
                "roller": Frame(bytes: "A1 {{level}}"),
                "air": Frame(bytes: "A2 {{level}}"),
                "off": Frame(bytes: "A0"),
                "also": Frame(bytes: "AF"),
                "nod": Frame(bytes: "EE"),
                "one": Frame(bytes: "B1"),
            }},
            modes: {{ Roller: Level(frame: "roller", max: 10), AirPressure: Level(frame: "air", max: 5) }},
            stop: ["off", "also"],
            programs: [Program(name: "One", send: ["one"])],
            {status}
            vectors: [Do("Roller 1", "A1 01"), Do("stop", "A0 | AF")],
        )"#
    );
    Arc::new(DeviceMap::read(&text).unwrap_or_else(|problems| panic!("{problems:?}")))
}

/// A writer, its clock, and a massager that takes every write at once unless told otherwise.
struct Rig {
    writer: Writer,
    start: Instant,
    at: u64,
    /// Milliseconds and bytes.
    written: Vec<(u64, Vec<u8>)>,
    /// Writes that are not answered yet.
    hanging: Vec<Ticket>,
    answers: Answers,
    events: Vec<(u64, WriterEvent)>,
}

#[derive(Clone, Copy, PartialEq)]
enum Answers {
    Well,
    Never,
    Refused,
}

impl Rig {
    fn new(map: Arc<DeviceMap>) -> Self {
        let start = Instant::now();
        let binding = Binding::assumed(&map);
        Self {
            writer: Writer::new(start, Encoder::new(map, binding)),
            start,
            at: 0,
            written: Vec::new(),
            hanging: Vec::new(),
            answers: Answers::Well,
            events: Vec::new(),
        }
    }

    /// One that was stopped and knows that everything is off.
    fn quiet(map: Arc<DeviceMap>) -> Self {
        let mut rig = Self::new(map);
        rig.writer.stop(rig.now());
        rig.run(2_000);
        assert!(rig.events.iter().any(|(_, event)| *event == WriterEvent::Stopped), "{:?}", rig.events);
        rig.forget();
        rig
    }

    fn forget(&mut self) {
        self.written.clear();
        self.events.clear();
    }

    fn now(&self) -> Instant {
        self.start + Duration::from_millis(self.at)
    }

    fn pump(&mut self) {
        while let Some(order) = self.writer.poll(self.now()) {
            self.written.push((self.at, order.write.bytes));
            match self.answers {
                Answers::Well => self.writer.done(self.now(), order.ticket, Ok(())),
                Answers::Refused => self.writer.done(self.now(), order.ticket, Err(Error::Refused("no".to_owned()))),
                Answers::Never => self.hanging.push(order.ticket),
            }
        }
        let at = self.at;
        self.events.extend(self.writer.take_events().into_iter().map(|event| (at, event)));
    }

    /// Lets time pass, waking only when the writer asks for it.
    fn run(&mut self, millis: u64) {
        let until = self.at + millis;
        self.pump();
        let mut wakes = 0;
        while let Some(wake) = self.writer.wake_at() {
            let wake = wake.saturating_duration_since(self.start).as_millis() as u64;
            if wake > until {
                break;
            }
            self.at = self.at.max(wake);
            self.pump();
            wakes += 1;
            assert!(wakes < 10_000, "it wakes without end");
        }
        self.at = until;
    }

    fn want(&mut self, channel: Channel, level: u16) {
        self.writer.want(self.now(), channel, level);
        self.pump();
    }

    fn says(&mut self, roller: u8, air: u8) {
        let bound = (crate::massager::parse_identifier("FFF0"), crate::massager::parse_identifier("FFF2"));
        let (Some(service), Some(characteristic)) = bound else { panic!("identifiers") };
        let report = self.writer.notified(self.now(), service, characteristic, &[0x55, roller, air]);
        assert!(report.is_some());
        self.pump();
    }

    fn bytes(&self) -> Vec<&[u8]> {
        self.written.iter().map(|(_, bytes)| bytes.as_slice()).collect()
    }

    fn has(&self, event: &WriterEvent) -> bool {
        self.events.iter().any(|(_, seen)| seen == event)
    }
}

fn acknowledged() -> Arc<DeviceMap> {
    map("WithResponse", "", false)
}

#[test]
fn a_level_is_written_at_once_and_not_again() {
    let mut rig = Rig::quiet(acknowledged());
    rig.want(ROLLER, 3);
    rig.run(10_000);
    rig.want(ROLLER, 3);
    rig.run(10_000);
    assert_eq!(rig.written, [(2_000, vec![0xA1, 3])]);
    assert_eq!(rig.writer.confirmed(ROLLER), (Some(3), None));
}

#[test]
fn the_gap_is_kept_and_the_newest_wins() {
    let mut rig = Rig::quiet(acknowledged());
    for level in 1..=9 {
        rig.want(ROLLER, level);
        rig.run(10);
    }
    rig.run(1_000);
    assert_eq!(rig.written, [(2_000, vec![0xA1, 1]), (2_100, vec![0xA1, 9])]);
}

#[test]
fn channels_take_turns_and_what_falls_goes_first() {
    let mut rig = Rig::quiet(acknowledged());
    rig.want(ROLLER, 5);
    rig.run(500);
    rig.want(ROLLER, 6);
    rig.want(AIR, 3);
    rig.want(ROLLER, 7);
    rig.want(ROLLER, 2);
    rig.run(1_000);
    assert_eq!(rig.bytes(), [&[0xA1, 5], &[0xA1, 6], &[0xA1, 2], &[0xA2, 3]]);
}

#[test]
fn a_failed_write_is_tried_again_and_then_reported() {
    let mut rig = Rig::quiet(acknowledged());
    rig.answers = Answers::Refused;
    rig.want(ROLLER, 3);
    rig.run(2_900);
    let tries: Vec<u64> = rig.written.iter().map(|(at, _)| at - 2_000).collect();
    assert_eq!(tries, [0, 100, 300, 700, 1_500, 2_500]);
    assert_eq!(rig.writer.confirmed(ROLLER).0, Some(0), "nothing was confirmed");
    assert_eq!(rig.events, []);
    rig.run(200);
    assert_eq!(rig.events, [(5_000, WriterEvent::Silent(Some(Error::Refused("no".to_owned()))))]);
    rig.answers = Answers::Well;
    rig.run(1_000);
    assert!(rig.has(&WriterEvent::Confirmed(ROLLER, 3)));
}

#[test]
fn a_hanging_write_is_reported() {
    let mut rig = Rig::quiet(acknowledged());
    rig.answers = Answers::Never;
    rig.want(ROLLER, 3);
    rig.run(10_000);
    assert_eq!(rig.written.len(), 1);
    assert_eq!(rig.events, [(5_000, WriterEvent::Silent(None))]);
}

#[test]
fn stop_goes_out_at_once_while_a_write_hangs_and_inside_the_gap() {
    let mut rig = Rig::quiet(acknowledged());
    rig.answers = Answers::Never;
    rig.want(ROLLER, 3);
    rig.run(1);
    rig.writer.stop(rig.now());
    rig.pump();
    assert_eq!(rig.written[1..], [(2_001, vec![0xA0]), (2_001, vec![0xAF])]);
}

#[test]
fn stop_is_sent_although_everything_is_thought_to_be_off() {
    let mut rig = Rig::quiet(acknowledged());
    rig.writer.stop(rig.now());
    rig.run(10_000);
    assert_eq!(rig.bytes(), [&[0xA0], &[0xAF]]);
    assert!(rig.has(&WriterEvent::Stopped));
    assert!(!rig.writer.may_move());
}

#[test]
fn stop_waits_for_nothing_and_nothing_is_written_until_it_is_over() {
    let mut rig = Rig::quiet(acknowledged());
    rig.answers = Answers::Never;
    rig.writer.stop(rig.now());
    rig.pump();
    rig.want(ROLLER, 2);
    rig.run(500);
    assert_eq!(rig.bytes(), [&[0xA0], &[0xAF]]);
    rig.answers = Answers::Well;
    for ticket in std::mem::take(&mut rig.hanging) {
        rig.writer.done(rig.now(), ticket, Ok(()));
    }
    rig.run(500);
    assert_eq!(rig.bytes()[2..], [&[0xA1, 2]]);
}

#[test]
fn a_stop_that_nobody_confirms_is_repeated_and_reported() {
    let mut rig = Rig::quiet(acknowledged());
    rig.want(ROLLER, 3);
    rig.answers = Answers::Refused;
    rig.writer.stop(rig.now());
    rig.run(10_000);
    assert!(rig.bytes().iter().filter(|bytes| **bytes == [0xAF]).count() > 10);
    assert_eq!(rig.events.iter().filter(|(_, event)| *event == WriterEvent::StopUnconfirmed).count(), 1);
    assert!(rig.writer.may_move());
    rig.answers = Answers::Well;
    rig.run(1_000);
    assert!(rig.has(&WriterEvent::Stopped) && !rig.writer.may_move());
}

#[test]
fn a_stop_whose_writes_hang_is_repeated_and_reported() {
    let mut rig = Rig::quiet(acknowledged());
    rig.answers = Answers::Never;
    rig.writer.stop(rig.now());
    rig.run(5_000);
    assert!(rig.written.len() >= 8, "{:?}", rig.written);
    assert!(rig.has(&WriterEvent::StopUnconfirmed));
}

#[test]
fn a_massager_that_confirms_nothing_is_stopped_three_times() {
    let mut rig = Rig::quiet(map("WithoutResponse", "", false));
    rig.want(ROLLER, 3);
    rig.run(1_000);
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
fn a_level_counts_when_the_massager_shows_it() {
    let mut rig = Rig::quiet(map("WithResponse", "", true));
    rig.says(0, 0);
    rig.want(ROLLER, 3);
    rig.run(50);
    assert_eq!(rig.writer.confirmed(ROLLER).0, Some(0), "it was written and not shown yet");
    rig.says(3, 0);
    assert_eq!(rig.writer.confirmed(ROLLER), (Some(3), None));
}

#[test]
fn a_write_that_the_massager_ignores_is_repeated_and_reported() {
    let mut rig = Rig::quiet(map("WithResponse", "", true));
    rig.says(0, 0);
    rig.want(ROLLER, 3);
    for _ in 0..40 {
        rig.run(100);
        rig.says(0, 0);
    }
    assert!(rig.written.len() >= 4, "{:?}", rig.written);
    assert!(rig.has(&WriterEvent::Silent(None)));
}

#[test]
fn what_was_turned_down_on_the_massager_stays_down_until_another_level_is_wanted() {
    let mut rig = Rig::quiet(map("WithResponse", "", true));
    rig.says(0, 0);
    rig.want(ROLLER, 5);
    rig.says(5, 0);
    rig.run(1_000);
    rig.forget();
    rig.says(2, 0);
    rig.run(5_000);
    assert_eq!(rig.written, []);
    assert!(rig.has(&WriterEvent::Overruled { channel: ROLLER, confirmed: 5, shown: 2 }));
    assert_eq!(rig.writer.confirmed(ROLLER), (Some(2), None));
    rig.want(ROLLER, 6);
    assert_eq!(rig.bytes(), [&[0xA1, 6]]);
}

#[test]
fn what_was_turned_up_on_the_massager_is_brought_back_once() {
    let mut rig = Rig::quiet(map("WithResponse", "", true));
    rig.says(0, 0);
    rig.want(ROLLER, 5);
    rig.says(5, 0);
    rig.run(1_000);
    rig.forget();
    rig.says(9, 0);
    rig.run(50);
    rig.says(5, 0);
    rig.run(1_000);
    rig.says(9, 0);
    rig.run(5_000);
    assert_eq!(rig.bytes(), [&[0xA1, 5]]);
}

#[test]
fn what_is_turned_on_at_the_massager_while_nothing_is_wanted_is_left_alone() {
    let mut rig = Rig::quiet(map("WithResponse", "", true));
    rig.says(0, 0);
    rig.says(4, 0);
    rig.run(5_000);
    assert_eq!(rig.written, []);
    assert!(rig.writer.may_move());
}

#[test]
fn keep_alive_does_not_bring_back_what_was_turned_down_on_the_massager() {
    let mut rig = Rig::quiet(map("WithResponse", "keep_alive: KeepAlive(every_ms: 1000),", true));
    rig.says(0, 0);
    rig.want(ROLLER, 5);
    rig.run(500);
    rig.says(5, 0);
    rig.run(1_000);
    assert_eq!(rig.bytes(), [&[0xA1, 5], &[0xA1, 5]]);
    rig.forget();
    rig.says(2, 0);
    rig.run(1_000);
    assert_eq!(rig.bytes(), [&[0xA1, 2]]);
    rig.says(0, 0);
    rig.forget();
    rig.run(5_000);
    assert_eq!(rig.written, []);
}

fn kept_alive() -> Arc<DeviceMap> {
    map("WithResponse", r#"keep_alive: KeepAlive(every_ms: 1000, send: ["nod"]),"#, false)
}

#[test]
fn keep_alive_is_silent_before_the_first_level_and_after_a_stop() {
    let mut rig = Rig::quiet(kept_alive());
    rig.run(10_000);
    assert_eq!(rig.written, []);
    rig.want(ROLLER, 3);
    rig.run(3_500);
    rig.writer.stop(rig.now());
    rig.run(10_000);
    assert_eq!(rig.bytes(), [&[0xA1, 3][..], &[0xEE], &[0xEE], &[0xEE], &[0xA0], &[0xAF]]);
}

#[test]
fn keep_alive_waits_for_silence() {
    let mut rig = Rig::quiet(kept_alive());
    for round in 0..10 {
        rig.want(ROLLER, 1 + round % 2);
        rig.run(900);
    }
    assert!(rig.bytes().iter().all(|bytes| bytes[0] == 0xA1), "{:?}", rig.written);
    rig.run(200);
    assert_eq!(rig.bytes().last(), Some(&&[0xEE][..]));
}

#[test]
fn keep_alive_goes_on_after_a_failed_write() {
    let mut rig = Rig::quiet(kept_alive());
    rig.want(ROLLER, 3);
    rig.answers = Answers::Refused;
    rig.want(ROLLER, 4);
    rig.run(300);
    rig.answers = Answers::Well;
    rig.run(3_000);
    assert_eq!(rig.writer.confirmed(ROLLER), (Some(4), None));
    assert_eq!(rig.bytes().last(), Some(&&[0xEE][..]));
}

#[test]
fn a_caller_that_comes_too_late_gets_a_stop_instead_of_the_keep_alive() {
    let mut rig = Rig::quiet(kept_alive());
    rig.want(ROLLER, 3);
    rig.at += 3_001;
    rig.pump();
    assert_eq!(rig.bytes(), [&[0xA1, 3][..], &[0xA0], &[0xAF]]);
    assert!(rig.has(&WriterEvent::Late));
}

#[test]
fn a_late_answer_is_not_taken_for_a_late_caller() {
    let keep_alive = r#"keep_alive: KeepAlive(every_ms: 200, send: ["nod"]),"#;
    let mut rig = Rig::quiet(map("WithResponse", keep_alive, false));
    rig.answers = Answers::Never;
    rig.want(ROLLER, 3);
    rig.run(2_800);
    rig.answers = Answers::Well;
    for ticket in std::mem::take(&mut rig.hanging) {
        rig.writer.done(rig.now(), ticket, Ok(()));
    }
    rig.run(100);
    assert_eq!(rig.bytes(), [&[0xA1, 3][..], &[0xEE]]);
    assert!(!rig.has(&WriterEvent::Late));
}

#[test]
fn keep_alive_beats_the_reference_dead_man_time_and_repeats_the_levels() {
    let map = crate::massager::built_in().into_iter().find(|map| map.id == crate::massager::REFERENCE).unwrap();
    let mut rig = Rig::quiet(Arc::new(map));
    rig.want(Channel::new(Mode::Roller, Foot::Left), 4);
    rig.run(10_000);
    for pair in rig.written.windows(2) {
        assert!(pair[1].0 - pair[0].0 <= 1_500, "3 s of silence stop the massager, {:?}", rig.written);
        assert_eq!(pair[0].1, pair[1].1);
    }
    assert_eq!(rig.written.len(), 11);
}

#[test]
fn a_massager_just_connected_is_made_to_listen_and_then_stopped() {
    let mut rig = Rig::new(map("WithResponse", r#"start: ["nod"],"#, false));
    rig.writer.open(rig.now());
    assert!(rig.writer.is_stopping());
    rig.run(5_000);
    assert_eq!(rig.written, [(0, vec![0xEE]), (0, vec![0xA0]), (0, vec![0xAF])]);
    assert_eq!(rig.events, [(0, WriterEvent::Stopped)]);
}

#[test]
fn a_stop_between_the_start_frames_does_not_lose_them() {
    let mut rig = Rig::new(map("WithResponse", r#"start: ["nod", "also"],"#, false));
    rig.writer.open(rig.now());
    rig.pump();
    rig.writer.stop(rig.now());
    rig.run(5_000);
    assert_eq!(rig.bytes(), [[0xEE], [0xA0], [0xAF], [0xEE], [0xAF], [0xA0], [0xAF]]);
    assert_eq!(rig.events.len(), 1);
    assert!(rig.has(&WriterEvent::Stopped) && !rig.writer.is_stopping());
}

#[test]
fn a_busy_massager_is_asked_again_when_it_speaks_and_the_caller_told_to_start_low() {
    let busy = r#"busy: Busy(field: "Roller", is: [9]),"#;
    let mut rig = Rig::quiet(map("WithResponse", busy, true));
    rig.says(9, 0);
    rig.forget();
    rig.want(AIR, 4);
    for _ in 0..20 {
        rig.run(100);
        rig.says(9, 0);
    }
    assert_eq!(rig.written, []);
    assert_eq!(
        rig.events.iter().filter(|(_, event)| matches!(event, WriterEvent::Held(_))).count(),
        1,
        "it is told once"
    );
    rig.says(0, 0);
    assert!(rig.has(&WriterEvent::Behind));
    rig.run(100);
    assert_eq!(rig.bytes(), [&[0xA2, 4]]);
}

#[test]
fn a_program_is_started_kept_alive_and_stopped() {
    let mut rig = Rig::quiet(kept_alive());
    rig.writer.run_program(rig.now(), "One").unwrap();
    rig.want(ROLLER, 3);
    rig.run(1_500);
    assert_eq!(rig.bytes(), [&[0xB1], &[0xEE]]);
    assert!(rig.writer.run_program(rig.now(), "Two").is_err());
    rig.writer.stop(rig.now());
    rig.run(1_000);
    assert_eq!(rig.bytes()[2..], [&[0xA0], &[0xAF]]);
}

proptest::proptest! {
    #[test]
    fn whatever_happens_stop_goes_first_and_gaps_are_kept(
        steps in proptest::collection::vec((0u64..400, 0u8..8, 0u16..11), 1..80),
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
                    let before = rig.written.len();
                    rig.writer.stop(rig.now());
                    rig.pump();
                    let stop = [(rig.at, vec![0xA0]), (rig.at, vec![0xAF])];
                    proptest::prop_assert_eq!(&rig.written[before..], &stop, "at once, whole, and alone");
                }
                1 => rig.answers = Answers::Refused,
                2 => rig.answers = Answers::Well,
                3 => rig.want(AIR, level.min(5)),
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
            let slot = rig.writer.slots.iter().find(|slot| slot.channel == channel).unwrap();
            proptest::prop_assert_eq!((slot.there, slot.confirmed), (Some(slot.wanted), Some(slot.wanted)));
        }
        rig.writer.stop(rig.now());
        rig.run(5_000);
        proptest::prop_assert!(!rig.writer.may_move());
    }
}
