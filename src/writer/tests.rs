use std::sync::Arc;

mod stops;
mod turns;

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

/// A writer, its clock, and a massager behind a radio that takes one write at a time on each characteristic.
struct Rig {
    writer: Writer,
    start: Instant,
    at: u64,
    /// Milliseconds and bytes of what the massager got.
    written: Vec<(u64, Vec<u8>)>,
    /// Writes that are not answered yet: when they are, if ever.
    hanging: Vec<(Ticket, (Uuid, Uuid), Option<u64>)>,
    answers: Answers,
    /// How often the radio was busy.
    busy: u32,
    /// How often the radio is going to be busy with somebody else's write.
    taken: u32,
    events: Vec<(u64, WriterEvent)>,
}

#[derive(Clone, Copy, PartialEq)]
enum Answers {
    Well,
    /// So many milliseconds late.
    Late(u64),
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
            busy: 0,
            taken: 0,
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
        while let Some(Order { ticket, write }) = self.writer.poll(self.now()) {
            if self.taken > 0 || self.hanging.iter().any(|(_, place, _)| *place == write.place()) {
                self.taken = self.taken.saturating_sub(1);
                self.busy += 1;
                self.writer.done(self.now(), ticket, Outcome::Busy);
                continue;
            }
            self.written.push((self.at, write.bytes.clone()));
            match self.answers {
                Answers::Well => self.writer.done(self.now(), ticket, Outcome::Written),
                Answers::Refused => self.writer.done(self.now(), ticket, Outcome::Failed),
                Answers::Late(late) => self.hanging.push((ticket, write.place(), Some(self.at + late))),
                Answers::Never => self.hanging.push((ticket, write.place(), None)),
            }
        }
        let at = self.at;
        self.events.extend(self.writer.take_events().into_iter().map(|event| (at, event)));
    }

    /// Answers everything that hangs.
    fn answer(&mut self) {
        for (ticket, ..) in std::mem::take(&mut self.hanging) {
            self.writer.done(self.now(), ticket, Outcome::Written);
        }
        self.pump();
    }

    /// Lets time pass, waking only when the writer asks for it, or an answer comes.
    fn run(&mut self, millis: u64) {
        let until = self.at + millis;
        self.pump();
        for wakes in 0.. {
            assert!(wakes < 10_000, "it wakes without end");
            let wake = self.writer.wake_at().map(|at| at.saturating_duration_since(self.start).as_millis() as u64);
            let answer = self.hanging.iter().filter_map(|(.., at)| *at).min();
            let Some(next) = wake.into_iter().chain(answer).min().filter(|next| *next <= until) else { break };
            self.at = self.at.max(next);
            let now = self.now();
            let (due, rest) = std::mem::take(&mut self.hanging)
                .into_iter()
                .partition::<Vec<_>, _>(|(.., at)| at.is_some_and(|at| at <= self.at));
            self.hanging = rest;
            due.into_iter().for_each(|(ticket, ..)| self.writer.done(now, ticket, Outcome::Written));
            self.pump();
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
    assert_eq!(rig.events, [(5_000, WriterEvent::Silent)]);
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
    assert_eq!(rig.events, [(5_000, WriterEvent::Silent)]);
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
    assert!(rig.has(&WriterEvent::Silent));
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
    assert!(rig.has(&WriterEvent::Overruled { channel: ROLLER, shown: 2 }));
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
    assert_eq!(rig.bytes(), [&[0xA1, 3][..], &[0xEE], &[0xEE], &[0xEE], &[0xA0], &[0xAF], &[0xA0], &[0xAF]]);
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
    rig.answer();
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
    assert_eq!(rig.bytes()[2..], [&[0xA0], &[0xAF], &[0xA0], &[0xAF]]);
}
