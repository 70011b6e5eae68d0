//! The machine without a process, at times of the test's own.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use uuid::Uuid;

use super::machine::{Ending, Input, Machine, Output, Told, Why};
use super::protocol::{self, LONGEST_LINE, Lines, Next, Order, Word, line, read_order};
use super::{OffFrame, OffSequence, SILENCE};
use crate::bluetooth::{Error, MassagerId};
use crate::massager::Write;

fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

/// A frame to the characteristic of a number.
fn frame(characteristic: u16, byte: u8) -> OffFrame {
    let write = Write {
        role: "control".to_owned(),
        service: Uuid::from_u128(0xffe0),
        characteristic: Uuid::from_u128(characteristic.into()),
        with_response: true,
        bytes: vec![byte],
        sets: Vec::new(),
        pause: Duration::ZERO,
    };
    OffFrame { write, once: false }
}

fn off(frames: Vec<OffFrame>) -> OffSequence {
    let id = MassagerId("C0:DE:F0:07:00:01".to_owned());
    OffSequence { id, name: "Foot\u{1b}[2J".to_owned(), frames, write_gap: Duration::ZERO }
}

/// A watchdog at a time.
struct Bench {
    machine: Machine,
    begin: Instant,
    now: u64,
}

impl Bench {
    fn new() -> Self {
        Self { machine: Machine::new(), begin: Instant::now(), now: 0 }
    }

    /// One that is armed with an off sequence and rests.
    fn armed(off: &OffSequence) -> Self {
        let mut bench = Self::new();
        assert_eq!(bench.line(protocol::watch_line(off).unwrap()), [Output::Open]);
        assert_eq!(bench.take(Input::Opened(Ok(()))), [Output::Tell(Word::Armed)]);
        bench
    }

    /// One whose engine beat at 0 ms.
    fn moving(off: &OffSequence) -> Self {
        let mut bench = Self::armed(off);
        assert_eq!(bench.order(Order::Beat), [Output::Tell(Word::Alive)]);
        bench
    }

    /// One whose engine ended at 0 ms.
    fn firing(off: &OffSequence) -> (Self, Vec<(u32, usize)>) {
        let mut bench = Self::moving(off);
        let out = bench.take(Input::EndOfFile);
        assert!(out.contains(&Output::Tell(Word::Fired(Why::Ended))), "{out:?}");
        (bench, writes(&out))
    }

    fn take(&mut self, input: Input) -> Vec<Output> {
        self.machine.take(input, self.begin + ms(self.now))
    }

    fn line(&mut self, mut line: Vec<u8>) -> Vec<Output> {
        assert_eq!(line.pop(), Some(b'\n'));
        self.take(Input::Line(line))
    }

    fn order(&mut self, order: Order) -> Vec<Output> {
        self.line(line(&order))
    }

    fn answer(&mut self, round: u32, frame: usize, outcome: Result<(), Error>) -> Vec<Output> {
        self.take(Input::Written { round, frame, outcome })
    }

    /// Goes on to when the machine wants to look again.
    fn tick(&mut self) -> Vec<Output> {
        let next = self.machine.next().unwrap();
        self.now = u64::try_from((next - self.begin).as_millis()).unwrap();
        self.take(Input::Tick)
    }
}

fn writes(out: &[Output]) -> Vec<(u32, usize)> {
    let write = |output: &Output| match output {
        Output::Write { round, frame } => Some((*round, *frame)),
        _ => None,
    };
    out.iter().filter_map(write).collect()
}

#[test]
fn silence_of_400_ms_while_something_moves_stops_it_and_less_does_not() {
    let mut bench = Bench::moving(&off(vec![frame(1, 0)]));
    bench.now = 100;
    assert_eq!(bench.order(Order::Beat), []);
    bench.now = 499;
    assert_eq!(bench.take(Input::Tick), []);
    assert_eq!(bench.machine.next(), Some(bench.begin + ms(100) + SILENCE));
    bench.now = 500;
    let out = bench.take(Input::Tick);
    assert_eq!(out.first(), Some(&Output::Write { round: 1, frame: 0 }), "the write goes before all telling");
    assert!(out.contains(&Output::Tell(Word::Fired(Why::Silent))), "{out:?}");
}

#[test]
fn a_beat_that_comes_too_late_rescues_nothing() {
    let mut bench = Bench::moving(&off(vec![frame(1, 0)]));
    bench.now = 5_000;
    let out = bench.order(Order::Beat);
    assert_eq!(writes(&out), [(1, 0)]);
    assert!(out.contains(&Output::Tell(Word::Fired(Why::Silent))));
    assert_eq!(bench.order(Order::Beat), [], "nor does the next one");
}

#[test]
fn while_nothing_moves_neither_silence_nor_the_end_does_anything() {
    let sequence = off(vec![frame(1, 0)]);
    let mut bench = Bench::moving(&sequence);
    assert_eq!(bench.order(Order::Rest), []);
    assert_eq!(bench.machine.next(), None);
    bench.now = 3_600_000;
    assert_eq!(bench.take(Input::EndOfFile), [Output::End(Ending::Released)]);

    let mut bench = Bench::armed(&sequence);
    assert_eq!(bench.take(Input::EndOfFile), [Output::End(Ending::Released)], "nothing has moved yet");
    let mut bench = Bench::moving(&sequence);
    assert_eq!(bench.order(Order::Release), [Output::End(Ending::Released)]);
    assert_eq!(bench.take(Input::EndOfFile), [], "over is over");
}

#[test]
fn the_end_while_something_moves_sends_one_frame_a_characteristic_and_the_next_with_its_answer() {
    let (mut bench, first) = Bench::firing(&off(vec![frame(1, 0), frame(1, 1), frame(2, 2), frame(2, 3)]));
    assert_eq!(first, [(1, 0), (1, 2)], "characteristics go side by side");
    assert_eq!(writes(&bench.answer(1, 0, Ok(()))), [(1, 1)]);
    assert_eq!(writes(&bench.answer(1, 2, Ok(()))), [(1, 3)]);
}

#[test]
fn a_frame_that_is_refused_in_passing_goes_again_within_ms_and_before_its_followers() {
    let (mut bench, _) = Bench::firing(&off(vec![frame(1, 0), frame(1, 1)]));
    for _ in 0..20 {
        assert_eq!(bench.answer(1, 0, Err(Error::Busy)), []);
        let before = bench.now;
        assert_eq!(writes(&bench.tick()), [(1, 0)]);
        assert!((1..=5).contains(&(bench.now - before)), "{} ms", bench.now - before);
    }
    assert_eq!(writes(&bench.answer(1, 0, Ok(()))), [(1, 1)]);
}

#[test]
fn a_busy_characteristic_does_not_hold_up_another() {
    let (mut bench, _) = Bench::firing(&off(vec![frame(1, 0), frame(2, 1), frame(2, 2)]));
    assert_eq!(bench.answer(1, 0, Err(Error::Busy)), []);
    assert_eq!(writes(&bench.answer(1, 1, Ok(()))), [(1, 2)]);
}

#[test]
fn a_press_that_was_taken_is_never_sent_again() {
    let press = OffFrame { once: true, ..frame(1, 1) };
    let (mut bench, _) = Bench::firing(&off(vec![frame(1, 0), press.clone()]));
    bench.answer(1, 0, Ok(()));
    bench.answer(1, 1, Ok(()));
    for round in 2..=3 {
        assert_eq!(writes(&bench.tick()), [(round, 0)]);
        let out = bench.answer(round, 0, Ok(()));
        assert_eq!(out.contains(&Output::Notify(Told::ToldOff)), round == 3, "nobody knows whether it worked");
    }

    // One that was refused was not taken.
    let (mut bench, _) = Bench::firing(&off(vec![press.clone()]));
    bench.answer(1, 0, Err(Error::Refused("no".to_owned())));
    assert_eq!(writes(&bench.tick()), [(2, 0)]);
    // One whose answer is lost may have been: it is not sent again, and the stop is never called sure.
    assert_eq!(bench.answer(2, 0, Err(Error::LinkLost)), [Output::Reopen { hang_up: false }]);
    assert_eq!(bench.take(Input::Opened(Ok(()))), []);
    while bench.now < 29_000 {
        assert_eq!(writes(&bench.tick()), []);
    }
}

#[test]
fn a_massager_that_confirms_nothing_is_told_three_times() {
    let mut silent = frame(1, 0);
    silent.write.with_response = false;
    let (mut bench, _) = Bench::firing(&off(vec![silent]));
    bench.answer(1, 0, Ok(()));
    assert_eq!(writes(&bench.tick()), [(2, 0)]);
    assert_eq!(bench.answer(2, 0, Ok(())), []);
    assert_eq!(writes(&bench.tick()), [(3, 0)]);
    assert!(bench.answer(3, 0, Ok(())).contains(&Output::Notify(Told::ToldOff)));
}

#[test]
fn a_new_off_sequence_counts_from_then_on_and_goes_to_known_places_only() {
    let mut bench = Bench::moving(&off(vec![frame(1, 0), frame(2, 0)]));
    assert_eq!(bench.line(protocol::watch_line(&off(vec![frame(2, 9)])).unwrap()), []);
    assert_eq!(bench.machine.charge().unwrap().off[0].bytes, [9]);
    let out = bench.line(protocol::watch_line(&off(vec![frame(3, 0)])).unwrap());
    assert_eq!(writes(&out), [(1, 0)], "what it knows is sent instead");
    assert!(out.contains(&Output::Tell(Word::Fired(Why::Unreadable))));
}

#[test]
fn a_frame_that_fails_stops_no_other_and_the_whole_goes_again_until_all_are_taken() {
    let (mut bench, _) = Bench::firing(&off(vec![frame(1, 0), frame(1, 1)]));
    let refused = || Err(Error::Refused("ATT error: 0x80".to_owned()));
    assert_eq!(writes(&bench.answer(1, 0, refused())), [(1, 1)]);
    assert_eq!(bench.answer(1, 1, Ok(())), []);
    assert_eq!(writes(&bench.tick()), [(2, 0)]);
    assert_eq!(bench.now, 250);
    assert_eq!(writes(&bench.answer(2, 0, Ok(()))), [(2, 1)]);
    let out = bench.answer(2, 1, Ok(()));
    assert_eq!(out.last(), Some(&Output::End(Ending::Stopped)), "{out:?}");
    assert!(out.contains(&Output::Notify(Told::Stopped)));
}

#[test]
fn the_whole_goes_again_after_150_ms_and_only_that_confirms_it() {
    let (mut bench, _) = Bench::firing(&off(vec![frame(1, 0)]));
    bench.now = 20;
    assert_eq!(bench.answer(1, 0, Ok(())), []);
    assert_eq!(writes(&bench.tick()), [(2, 0)]);
    assert_eq!(bench.now, 170);
    let out = bench.answer(2, 0, Ok(()));
    assert!(out.contains(&Output::Tell(Word::Stopped)));
    assert_eq!(out.last(), Some(&Output::End(Ending::Stopped)));
    assert_eq!(bench.machine.next(), None);
}

#[test]
fn the_first_round_keeps_the_pauses_of_the_map_and_the_next_its_gap_too() {
    let mut first = frame(1, 0);
    first.write.pause = ms(60);
    let sequence = OffSequence { write_gap: ms(100), ..off(vec![first, frame(2, 1), frame(3, 2)]) };
    let (mut bench, written) = Bench::firing(&sequence);
    assert_eq!(written, [(1, 0)], "a pause is for all that follows");
    bench.now = 30;
    assert_eq!(bench.answer(1, 0, Ok(())), []);
    assert_eq!(writes(&bench.tick()), [(1, 1), (1, 2)], "no gap delays a stop");
    assert_eq!(bench.now, 60);
    bench.answer(1, 1, Ok(()));
    bench.answer(1, 2, Ok(()));
    for frame in 0..3 {
        assert_eq!(writes(&bench.tick()), [(2, frame)]);
        assert_eq!(bench.now, 210 + 100 * u64::try_from(frame).unwrap());
        bench.answer(2, frame, Ok(()));
    }
}

#[test]
fn a_lost_link_is_made_again_and_the_whole_sent_over_it() {
    let (mut bench, _) = Bench::firing(&off(vec![frame(1, 0), frame(2, 1)]));
    assert_eq!(bench.answer(1, 0, Ok(())), []);
    assert_eq!(bench.answer(1, 1, Err(Error::LinkLost)), [Output::Reopen { hang_up: false }]);
    assert_eq!(bench.take(Input::Opened(Err("out of reach".to_owned()))), []);
    assert_eq!(bench.tick(), [Output::Reopen { hang_up: false }], "again and again");
    bench.now += 2_000;
    let out = bench.take(Input::Opened(Ok(())));
    assert_eq!(writes(&out), [(2, 0), (2, 1)]);
    assert_eq!(bench.answer(1, 1, Ok(())), [], "an old answer counts for nothing");
    bench.answer(2, 0, Ok(()));
    assert_eq!(bench.answer(2, 1, Ok(())).last(), Some(&Output::End(Ending::Stopped)));
}

#[test]
fn an_answer_that_does_not_come_for_2_s_is_not_waited_for() {
    let (mut bench, _) = Bench::firing(&off(vec![frame(1, 0), frame(1, 1)]));
    assert_eq!(bench.tick(), [Output::Reopen { hang_up: true }]);
    assert_eq!(bench.now, 2_000);
    assert_eq!(writes(&bench.take(Input::Opened(Ok(())))), [(2, 0)]);
}

#[test]
fn after_3_s_the_person_is_told_and_after_30_s_it_gives_up() {
    let (mut bench, _) = Bench::firing(&off(vec![frame(1, 0)]));
    let mut told = None;
    bench.answer(1, 0, Err(Error::Refused("no".to_owned())));
    loop {
        let out = bench.tick();
        if out.contains(&Output::Notify(Told::MayMove)) {
            assert_eq!(told.replace(bench.now), None, "once");
        }
        for (round, frame) in writes(&out) {
            bench.answer(round, frame, Err(Error::Refused("no".to_owned())));
        }
        if let Some(Output::End(ending)) = out.last() {
            assert_eq!((*ending, bench.now), (Ending::NotStopped, 30_000));
            assert!(out.contains(&Output::Tell(Word::NotStopped)));
            break;
        }
    }
    assert_eq!(told, Some(3_000));
}

#[test]
fn an_engine_that_is_back_can_take_the_stop_over() {
    let (mut bench, _) = Bench::firing(&off(vec![frame(1, 0)]));
    assert_eq!(bench.order(Order::Release), [Output::End(Ending::Released)]);
}

#[test]
fn nonsense_while_something_moves_stops_it_and_else_ends_the_watchdog() {
    let sequence = off(vec![frame(1, 0)]);
    for input in [Input::Line(b"{}".to_vec()), Input::Line(vec![0xff]), Input::TooLong] {
        let out = Bench::moving(&sequence).take(input.clone());
        assert!(out.contains(&Output::Tell(Word::Fired(Why::Unreadable))), "{out:?}");
        let out = Bench::armed(&sequence).take(input.clone());
        assert_eq!(out.last(), Some(&Output::End(Ending::Unarmed)));
        let out = Bench::new().take(input);
        assert!(out.iter().any(|output| matches!(output, Output::Tell(Word::Cannot(_)))));
    }
    assert_eq!(Bench::new().order(Order::Beat).last(), Some(&Output::End(Ending::Unarmed)), "out of turn");
}

#[test]
fn without_a_way_to_the_massager_it_says_why_and_ends() {
    let mut bench = Bench::new();
    bench.line(protocol::watch_line(&off(vec![frame(1, 0)])).unwrap());
    let out = bench.take(Input::Opened(Err("no bus".to_owned())));
    assert!(out.contains(&Output::Tell(Word::Cannot("no bus".to_owned()))));
    assert_eq!(out.last(), Some(&Output::End(Ending::Unarmed)));
}

#[test]
fn it_tells_once_a_second_that_it_is_there() {
    let mut bench = Bench::moving(&off(vec![frame(1, 0)]));
    let mut told = Vec::new();
    for now in (100..=2_500).step_by(100) {
        bench.now = now;
        if bench.order(Order::Beat) == [Output::Tell(Word::Alive)] {
            told.push(now);
        }
    }
    assert_eq!(told, [1_000, 2_000]);
}

#[test]
fn the_log_holds_no_sign_that_could_steer_a_terminal() {
    let mut bench = Bench::moving(&off(vec![frame(1, 0)]));
    let out = bench.take(Input::EndOfFile);
    let logged = out.iter().filter_map(|output| match output {
        Output::Log(said) => Some(said),
        _ => None,
    });
    for said in logged {
        assert!(!said.contains('\u{1b}'), "{said:?}");
    }
}

#[test]
fn an_off_sequence_comes_over_whole_and_beyond_the_bounds_is_refused() {
    let mut sequence = OffSequence { write_gap: Duration::from_micros(1_500), ..off(vec![frame(1, 7), frame(2, 8)]) };
    sequence.frames[1].write.pause = ms(20);
    let mut written = protocol::watch_line(&sequence).unwrap();
    written.pop();
    let Ok(Order::Watch(charge)) = read_order(&written) else { panic!("{}", String::from_utf8_lossy(&written)) };
    assert_eq!((charge.id.clone(), charge.name.clone()), (sequence.id.clone(), sequence.name.clone()));
    assert_eq!(charge.write_gap(), ms(2), "never less than it is");
    let write = |frame: &protocol::Frame| Write { role: "control".to_owned(), ..frame.write() };
    let read: Vec<_> = charge.off.iter().map(|frame| OffFrame { write: write(frame), once: frame.once }).collect();
    assert_eq!(read, sequence.frames);

    let mut long = frame(1, 0);
    long.write.bytes = vec![0; 513];
    for frames in [Vec::new(), vec![frame(1, 0); 65], vec![long]] {
        assert!(protocol::watch_line(&off(frames)).is_err());
    }
    let text = String::from_utf8(written).unwrap();
    for (from, to) in [("\"version\":1", "\"version\":2"), ("\"name\"", "\"nome\""), ("[7]", "[700]")] {
        let broken = text.replace(from, to);
        assert_ne!(broken, text);
        assert!(read_order(broken.as_bytes()).is_err(), "{broken}");
    }
}

#[tokio::test]
async fn lines_are_read_whole_and_never_longer_than_64_kib() {
    let longest = vec![b'x'; LONGEST_LINE];
    let mut text = longest.clone();
    text.extend_from_slice(b"\n\"beat\"\n\"re");
    let mut lines = Lines::new(text.as_slice());
    assert_eq!(lines.next().await, Next::Line(longest));
    assert_eq!(lines.next().await, Next::Line(b"\"beat\"".to_vec()));
    assert_eq!(lines.next().await, Next::End, "a line that was never finished is none");

    let text = vec![b'x'; 10 * LONGEST_LINE];
    let mut lines = Lines::new(text.as_slice());
    assert_eq!(lines.next().await, Next::TooLong);
    assert_eq!(lines.next().await, Next::End);
}

/// What a massager answers to a frame, and after how long.
fn answers() -> impl Strategy<Value = (u64, Result<(), Error>)> {
    let outcome = prop_oneof![
        6 => Just(Ok(())),
        3 => Just(Err(Error::Busy)),
        1 => Just(Err(Error::Refused("no".to_owned()))),
        1 => Just(Err(Error::LinkLost)),
    ];
    (prop_oneof![8 => 0_u64..120, 1 => 1_500_u64..2_500], outcome)
}

proptest! {
    /// Whatever the massager answers: never two frames in flight on a characteristic, never a frame before the one that
    /// stands before it there, and an end within 30 s, which says "stopped" only after a whole round.
    #[test]
    fn whatever_comes_back_frames_keep_their_order_and_it_ends(
        places in prop::collection::vec(1_u16..4, 1..7),
        gap in 0_u64..30,
        answers in prop::collection::vec(answers(), 1..60),
    ) {
        let frames: Vec<_> = places.iter().zip(0..).map(|(place, byte)| frame(*place, byte)).collect();
        let sequence = OffSequence { write_gap: ms(gap), ..off(frames) };
        let (mut bench, first) = Bench::firing(&sequence);
        let mut answers = answers.into_iter().cycle();
        // When an answer comes, and which.
        let mut coming: Vec<(u64, u32, usize, Result<(), Error>)> = Vec::new();
        let mut opens_at = None;
        // The frames that were taken, and those that were refused for good, by their round.
        let (mut taken, mut refused) = (BTreeSet::new(), BTreeSet::new());
        let mut out: Vec<_> = first.into_iter().map(|(round, frame)| Output::Write { round, frame }).collect();
        for _ in 0..100_000 {
            for output in std::mem::take(&mut out) {
                match output {
                    Output::Write { round, frame } => {
                        let place = places[frame];
                        prop_assert!(coming.iter().all(|(_, _, other, _)| places[*other] != place), "two in flight");
                        let had_its_turn = |other| taken.contains(&(round, other)) || refused.contains(&(round, other));
                        prop_assert!((0..frame).all(|other| places[other] != place || had_its_turn(other)));
                        let (after, outcome) = answers.next().unwrap();
                        coming.push((bench.now + after, round, frame, outcome));
                    }
                    Output::Reopen { .. } => {
                        coming.clear();
                        opens_at = Some(bench.now + 100);
                    }
                    Output::End(Ending::Stopped) => {
                        let whole = |round| (0..places.len()).all(|frame| taken.contains(&(round, frame)));
                        prop_assert!((2..1_000).any(whole));
                        return Ok(());
                    }
                    Output::End(ending) => {
                        prop_assert_eq!((ending, bench.now), (Ending::NotStopped, 30_000));
                        return Ok(());
                    }
                    _ => {}
                }
            }
            coming.sort_by_key(|(at, ..)| *at);
            let wake = u64::try_from((bench.machine.next().unwrap() - bench.begin).as_millis()).unwrap();
            let answer = coming.first().map(|(at, ..)| *at);
            let next = [Some(wake), answer, opens_at].into_iter().flatten().min().unwrap();
            prop_assert!(next >= bench.now, "time goes on");
            bench.now = next;
            out = if answer == Some(next) {
                let (_, round, frame, outcome) = coming.remove(0);
                match outcome {
                    Ok(()) => drop(taken.insert((round, frame))),
                    Err(Error::Refused(_)) => drop(refused.insert((round, frame))),
                    Err(_) => {}
                }
                bench.answer(round, frame, outcome)
            } else if opens_at == Some(next) {
                opens_at = None;
                bench.take(Input::Opened(Ok(())))
            } else {
                bench.take(Input::Tick)
            };
        }
        prop_assert!(false, "it never ends");
    }
}
