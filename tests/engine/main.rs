//! The engine on the simulated massager, with a clock that stands still unless the test lets it go on.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests are tests too")]

mod ends;
mod gates;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use svang::bluetooth::simulated::{Bench, Demand, Simulated, Written};
use svang::bluetooth::{Adapter, Error, MassagerId, Radio, RadioEvent, RadioState};
use svang::care::Limits;
use svang::curve::{Curve, Point, Shape};
use svang::engine::{
    self, Activity, Command, Event, Handle, Link, Notice, PairingAnswer, PairingQuestion, Pause, Remembered, Setup,
    State, Weight,
};
use svang::i18n::Words;
use svang::intensity::Intensity;
use svang::massager;
use svang::mode::{Channel, Foot, Mode};
use svang::profile::{Profile, Step};
use svang::time::Time;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep, timeout};

const LEFT: Channel = Channel::new(Mode::Roller, Foot::Left);
const ROLLER: Channel = Channel::both(Mode::Roller);

fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

fn percent(percent: u16) -> Intensity {
    Intensity::from_percent(percent)
}

fn point(shape: Shape, seconds: u32, intensity: u16) -> Point {
    Point::new(shape, Time::from_secs(seconds), percent(intensity))
}

fn profile(points: &[Point], seconds: u32) -> Arc<Profile> {
    Arc::new(Profile {
        name: "Test".into(),
        length: Time::from_secs(seconds),
        tracks: BTreeMap::from([(ROLLER, Curve::new(points.to_vec()).unwrap())]),
        ..Profile::default()
    })
}

fn flat(intensity: u16, seconds: u32) -> Arc<Profile> {
    profile(&[point(Shape::Hold, 0, intensity)], seconds)
}

/// A notice in English.
fn said(notice: &Notice) -> String {
    Words::english().fact(&notice.fact)
}

fn setup(radio: Simulated) -> Setup {
    Setup {
        real: None,
        simulated: Arc::new(radio),
        maps: massager::built_in().into_iter().map(Arc::new).collect(),
        limits: Limits { soft_start: Duration::ZERO, rise_per_second: Intensity::FULL, ..Limits::default() },
        strength: Intensity::FULL,
        ceilings: BTreeMap::new(),
        remembered: BTreeMap::new(),
        gates: Default::default(),
        massaged_today: Duration::ZERO,
        trace: None,
        watchdog: None,
        locks: None,
        sleep_guard: None,
        speed: 1.0,
    }
}

/// A radio of its own, with a massager that goes by another name than the simulated one.
struct Elsewhere(Simulated);

impl Elsewhere {
    fn id() -> MassagerId {
        MassagerId("AA:BB".to_owned())
    }
}

impl Radio for Elsewhere {
    fn events(&self) -> mpsc::UnboundedReceiver<RadioEvent> {
        self.0.events()
    }
    fn adapters(&self) -> BoxFuture<'_, Result<Vec<Adapter>, Error>> {
        self.0.adapters()
    }
    fn choose_adapter(&self, id: String) -> BoxFuture<'_, Result<(), Error>> {
        self.0.choose_adapter(id)
    }
    fn search(&self, on: bool) -> BoxFuture<'_, Result<(), Error>> {
        self.0.search(on)
    }
    fn connect(&self, id: MassagerId) -> BoxFuture<'_, Result<svang::bluetooth::Connection, Error>> {
        assert_eq!(id, Self::id());
        self.0.connect(MassagerId::simulated())
    }
    fn pair(
        &self,
        _id: MassagerId,
        questions: mpsc::UnboundedSender<svang::bluetooth::PairingQuestion>,
    ) -> BoxFuture<'_, Result<(), Error>> {
        self.0.pair(MassagerId::simulated(), questions)
    }
    fn forget(&self, _id: MassagerId) -> BoxFuture<'_, Result<(), Error>> {
        self.0.forget(MassagerId::simulated())
    }
}

/// An engine, what it told so far, and the other side of its massager.
struct Room {
    handle: Handle,
    events: mpsc::UnboundedReceiver<Event>,
    bench: Bench,
    state: Arc<State>,
    states: usize,
    notices: Vec<Notice>,
    massaged: Duration,
    uses: u32,
    remembered: Vec<(MassagerId, Option<Remembered>)>,
    questions: Vec<engine::Pairing>,
    asked: Vec<Arc<massager::DeviceMap>>,
}

impl Room {
    async fn with(change: impl FnOnce(&mut Setup)) -> Self {
        let radio = Simulated::new();
        let bench = radio.bench();
        let mut setup = setup(radio);
        change(&mut setup);
        let (handle, mut events) = engine::start(setup);
        let Some(Event::State(state)) = events.recv().await else { panic!("the first event is a state") };
        Self {
            handle,
            events,
            bench,
            state,
            states: 1,
            notices: Vec::new(),
            massaged: Duration::ZERO,
            uses: 0,
            remembered: Vec::new(),
            questions: Vec::new(),
            asked: Vec::new(),
        }
    }

    async fn connected_with(change: impl FnOnce(&mut Setup)) -> Self {
        let mut room = Self::with(change).await;
        room.connect().await;
        room
    }

    async fn connected() -> Self {
        Self::connected_with(|_| {}).await
    }

    async fn connect(&mut self) {
        self.handle.send(Command::Connect(MassagerId::simulated(), None));
        self.until(|state| matches!(state.link, Link::Connected(_)) && !state.may_move).await;
        self.bench.clear_writes();
    }

    fn note(&mut self, event: Event) {
        match event {
            Event::State(state) => {
                self.state = state;
                self.states += 1;
            }
            Event::Notice(notice) => self.notices.push(notice),
            Event::Pairing(pairing) => self.questions.push(pairing),
            Event::Massaged(time) => self.massaged += time,
            Event::Used => self.uses += 1,
            Event::Remember(id, what) => self.remembered.push((id, what)),
            Event::AsksFirst(_, map) => self.asked.push(map),
        }
    }

    /// Waits until a state is as wanted, for an hour of the test's clock at most.
    async fn until(&mut self, wanted: impl Fn(&State) -> bool) {
        let waited = timeout(secs(3600), async {
            while !wanted(&self.state) {
                let event = self.events.recv().await.expect("the engine runs");
                self.note(event);
            }
        });
        if waited.await.is_err() {
            panic!("it never came; now: {:?}; said: {:?}", self.state, self.notices);
        }
    }

    /// Lets time pass.
    async fn pass(&mut self, time: Duration) {
        sleep(time).await;
        // The engine wakes at the same instant as this test: let it go first.
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
        while let Ok(event) = self.events.try_recv() {
            self.note(event);
        }
    }

    fn play(&self, profile: Arc<Profile>) {
        self.handle.send(Command::Play { profile, from: Time::ZERO, repeat: false });
    }

    fn level(&self) -> u16 {
        self.bench.levels().get(&LEFT).copied().unwrap_or(0)
    }

    fn said(&self, words: &str) -> bool {
        self.notices.iter().any(|notice| said(notice).contains(words))
    }

    fn position(&self) -> Option<Time> {
        match &self.state.activity {
            Activity::Profile { position, paused: None, .. } => {
                Some(*position + Instant::now().into_std().duration_since(self.state.at))
            }
            Activity::Profile { position, .. } => Some(*position),
            _ => None,
        }
    }

    fn paused(&self) -> Option<Pause> {
        match &self.state.activity {
            Activity::Profile { paused, .. } => *paused,
            _ => None,
        }
    }
}

/// Every change of the left roller's level at the massager: milliseconds since `start`, and the level.
fn changes(writes: &[Written], start: Instant) -> Vec<(u64, u16)> {
    let mut level = 0;
    let mut changes = Vec::new();
    for write in writes {
        let now = write.levels.get(&LEFT).copied().unwrap_or(0);
        if now != level {
            level = now;
            changes.push((write.at.duration_since(start).as_millis() as u64, now));
        }
    }
    changes
}

fn is_stop(write: &Written) -> bool {
    write.bytes == [0x53, 0x02, 0x51]
}

#[tokio::test(start_paused = true)]
async fn the_first_thing_written_to_a_massager_is_its_off_sequence() {
    let mut room = Room::with(|_| {}).await;
    room.handle.send(Command::Connect(MassagerId::simulated(), None));
    room.until(|state| matches!(state.link, Link::Connected(_)) && !state.may_move).await;
    assert!(room.bench.writes().iter().all(is_stop) && !room.bench.writes().is_empty());
    let Link::Connected(connected) = &room.state.link else { panic!("not connected") };
    assert_eq!(connected.map.id, massager::REFERENCE);
    assert_eq!(connected.battery, Some(100));
    assert!(connected.channels.iter().all(|channel| channel.confirmed_level == Some(0)));
    assert!(matches!(&room.remembered[..], [(id, Some(_))] if id.is_simulated()));
}

#[tokio::test(start_paused = true)]
async fn every_level_arrives_at_its_time() {
    let mut room = Room::connected().await;
    let start = Instant::now();
    let up_and_down = [point(Shape::Hold, 0, 0), point(Shape::Straight, 10, 100), point(Shape::Straight, 20, 0)];
    room.play(profile(&up_and_down, 20));
    room.pass(secs(25)).await;
    let changes = changes(&room.bench.writes(), start);
    let levels: Vec<u16> = changes.iter().map(|(_, level)| *level).collect();
    assert_eq!(levels, (1..=20).chain((0..20).rev()).collect::<Vec<u16>>());
    // Level n of 20 begins where the curve rounds to it.
    for (at, level) in &changes[1..20] {
        let due = (f64::from(*level) - 0.5) * 500.0;
        assert!((*at as f64 - due).abs() <= 20.0, "level {level} came at {at} ms, due at {due} ms");
    }
    for (at, level) in &changes[20..39] {
        let due = 20_000.0 - (f64::from(*level) + 0.5) * 500.0;
        assert!((*at as f64 - due).abs() <= 20.0, "level {level} came at {at} ms, due at {due} ms");
    }
    assert!(matches!(room.state.activity, Activity::Nothing));
    assert!(is_stop(room.bench.writes().last().unwrap()), "the end sends the off sequence");
}

#[tokio::test(start_paused = true)]
async fn nothing_is_written_or_shown_while_no_level_changes_but_the_keep_alive() {
    let mut room = Room::connected().await;
    room.play(flat(50, 600));
    room.pass(secs(10)).await;
    room.bench.clear_writes();
    let states = room.states;
    room.pass(secs(60)).await;
    let writes = room.bench.writes();
    assert!((58..=61).contains(&writes.len()), "{} writes in a minute, one a second wanted", writes.len());
    assert!(writes.iter().all(|write| write.bytes == writes[0].bytes));
    assert!(room.states - states <= 7, "{} states in a quiet minute", room.states - states);
    room.handle.stop();
    room.pass(secs(5)).await;
    room.bench.clear_writes();
    let states = room.states;
    room.pass(secs(600)).await;
    assert_eq!((room.bench.writes().len(), room.states), (0, states), "nothing at all while nothing plays");
}

#[tokio::test(start_paused = true)]
async fn a_flat_massage_is_kept_alive_and_a_silent_engine_is_not() {
    let mut room = Room::connected().await;
    room.play(flat(50, 600));
    room.pass(secs(120)).await;
    assert_eq!(room.level(), 10, "the dead-man time of 3 s has not stopped it");
}

#[tokio::test(start_paused = true)]
async fn pause_resume_and_seek_keep_the_place() {
    let mut room = Room::connected_with(|setup| {
        setup.limits = Limits { rise_per_second: percent(10), soft_start: secs(3), ..Limits::default() };
    })
    .await;
    room.play(flat(50, 600));
    room.pass(secs(10)).await;
    assert_eq!(room.level(), 10);
    room.handle.send(Command::Pause);
    room.pass(millis(100)).await;
    assert_eq!((room.level(), room.paused()), (0, Some(Pause::Asked)));
    room.pass(secs(100)).await;
    assert_eq!(room.position().unwrap().as_millis() / 100, 100);
    room.handle.send(Command::Resume);
    room.pass(secs(1)).await;
    assert!((1..=3).contains(&room.level()), "it rises from nothing, {}", room.level());
    room.pass(secs(9)).await;
    assert_eq!(room.level(), 10);
    room.handle.send(Command::Seek(Time::from_secs(300)));
    room.pass(millis(500)).await;
    assert!(room.level() <= 2, "it ramps in, {}", room.level());
    assert_eq!(room.position().unwrap().as_millis() / 1000, 300);
}

/// The past says what was played, how strongly, and what was not.
#[tokio::test(start_paused = true)]
async fn the_past_has_gaps_where_something_was_skipped_and_keeps_its_strength() {
    let mut room = Room::connected().await;
    room.play(flat(50, 600));
    room.pass(secs(100)).await;
    room.handle.send(Command::SetStrength(percent(60)));
    room.pass(secs(20)).await;
    room.handle.send(Command::Seek(Time::from_secs(300)));
    room.pass(secs(5)).await;
    room.handle.send(Command::Pause);
    room.pass(secs(50)).await;
    room.handle.send(Command::Resume);
    room.pass(secs(10)).await;
    let Activity::Profile { past, position, .. } = &room.state.activity else { panic!("{:?}", room.state.activity) };
    let shown = svang::engine::shown_past(past, *position);
    let seconds: Vec<_> = shown
        .iter()
        .map(|(from, to, of)| (from.as_millis() / 1000, to.as_millis() / 1000, of.strength.percent().round() as u16))
        .collect();
    assert_eq!(seconds[..2], [(0, 100, 100), (100, 120, 60)], "{past:?}");
    assert_eq!((seconds.len(), seconds[2].0, seconds[2].2), (3, 300, 60), "{past:?}");
}

#[tokio::test(start_paused = true)]
async fn stop_reaches_the_massager_before_anything_else_that_waits() {
    let mut room = Room::connected().await;
    room.play(flat(50, 600));
    room.pass(secs(10)).await;
    room.bench.clear_writes();
    let asked = Instant::now();
    for round in 0..1000 {
        room.handle.send(Command::SetStrength(percent(50 + round % 50)));
    }
    room.play(flat(100, 600));
    room.handle.stop();
    room.pass(millis(20)).await;
    let first = room.bench.writes().into_iter().next().unwrap();
    assert!(is_stop(&first), "{first:?}");
    assert!(first.at.duration_since(asked) <= millis(20));
    room.pass(secs(10)).await;
    assert_eq!(room.level(), 0, "what was asked for before the stop does not come after it");
    assert!(matches!(room.state.activity, Activity::Nothing));
}

#[tokio::test(start_paused = true)]
async fn what_is_asked_for_after_a_stop_is_done() {
    let mut room = Room::connected().await;
    room.play(flat(50, 600));
    room.pass(secs(5)).await;
    room.handle.stop();
    room.play(flat(20, 600));
    room.pass(secs(5)).await;
    assert_eq!(room.level(), 4);
}

#[tokio::test(start_paused = true)]
async fn stop_does_not_wait_for_a_write_that_hangs() {
    let mut room = Room::connected().await;
    room.play(profile(&[point(Shape::Hold, 0, 0), point(Shape::Straight, 60, 100)], 60));
    room.pass(secs(10)).await;
    room.bench.never_answer(true);
    room.pass(secs(1)).await;
    room.bench.clear_writes();
    let asked = Instant::now();
    room.handle.stop();
    room.pass(millis(20)).await;
    let first = room.bench.writes().into_iter().next().unwrap();
    assert!(is_stop(&first) && first.at.duration_since(asked) <= millis(20), "{first:?}");
}

#[tokio::test(start_paused = true)]
async fn a_stop_that_is_ignored_is_repeated_until_the_massager_shows_that_it_stands() {
    let mut room = Room::connected().await;
    room.play(flat(50, 600));
    room.pass(secs(5)).await;
    room.bench.ignore_writes(true);
    room.handle.stop();
    room.pass(millis(1_500)).await;
    assert!(room.state.may_move && room.level() == 10);
    let repeated = room.bench.writes().iter().filter(|write| is_stop(write)).count();
    assert!(repeated >= 5, "{repeated}");
    room.pass(secs(2)).await;
    assert!(!room.state.may_move, "the dead-man time has stopped it, and it has shown so");
}

#[tokio::test(start_paused = true)]
async fn a_stop_that_is_never_answered_names_the_power_button() {
    let mut room = Room::connected().await;
    room.play(flat(50, 600));
    room.pass(secs(5)).await;
    room.bench.never_answer(true);
    room.bench.ignore_writes(true);
    room.handle.stop();
    room.pass(millis(2_100)).await;
    assert!(room.state.stop_unconfirmed && room.state.may_move);
    let danger = room.notices.iter().find(|notice| notice.weight == Weight::Danger).unwrap();
    assert!(said(danger).contains("power button"));
    room.bench.never_answer(false);
    room.bench.ignore_writes(false);
    room.pass(secs(5)).await;
    assert!(!room.state.stop_unconfirmed && !room.state.may_move);
}

#[tokio::test(start_paused = true)]
async fn a_massager_that_ignores_writes_pauses_the_profile() {
    let mut room = Room::connected().await;
    room.play(profile(&[point(Shape::Hold, 0, 0), point(Shape::Straight, 60, 100)], 60));
    room.pass(secs(10)).await;
    room.bench.ignore_writes(true);
    room.until(|state| matches!(&state.activity, Activity::Profile { paused: Some(_), .. })).await;
    assert!(matches!(room.paused(), Some(Pause::Trouble | Pause::AtMassager)), "{:?}", room.paused());
    room.bench.ignore_writes(false);
    room.pass(secs(5)).await;
    assert_eq!(room.level(), 0);
    room.handle.send(Command::Resume);
    room.pass(secs(5)).await;
    assert!(room.level() > 0);
}

#[tokio::test(start_paused = true)]
async fn a_refused_write_is_tried_again_unseen() {
    let mut room = Room::connected().await;
    room.play(flat(50, 600));
    room.pass(secs(5)).await;
    room.bench.refuse_writes(2);
    room.handle.send(Command::SetStrength(percent(40)));
    room.pass(secs(2)).await;
    assert_eq!((room.level(), room.paused()), (4, None));
    assert_eq!(room.notices, []);
}

#[tokio::test(start_paused = true)]
async fn late_answers_slow_nothing_down_but_the_writes() {
    let mut room = Room::connected().await;
    room.bench.answer_after(millis(400));
    room.play(profile(&[point(Shape::Hold, 0, 0), point(Shape::Straight, 20, 100), point(Shape::Hold, 60, 100)], 60));
    room.pass(secs(30)).await;
    assert_eq!((room.level(), room.paused()), (20, None));
    let Link::Connected(connected) = &room.state.link else { panic!("not connected") };
    assert_eq!(connected.channels[0].confirmed_level, Some(20));
}

#[tokio::test(start_paused = true)]
async fn a_lost_link_pauses_and_nothing_moves_again_before_resume() {
    let mut room = Room::connected().await;
    room.play(flat(50, 600));
    room.pass(secs(10)).await;
    room.bench.drop_link(Some(secs(8)));
    room.pass(millis(10)).await;
    assert!(matches!(room.state.link, Link::Lost { .. }) && room.state.may_move);
    assert_eq!(room.paused(), Some(Pause::LinkLost));
    assert!(room.said("Nothing will move until you press Resume"));
    room.handle.send(Command::Resume);
    room.pass(secs(1)).await;
    assert_eq!(room.paused(), Some(Pause::LinkLost), "there is nothing to resume on");
    room.bench.clear_writes();
    room.until(|state| matches!(state.link, Link::Connected(_)) && !state.may_move).await;
    room.pass(secs(60)).await;
    assert!(room.bench.writes().iter().all(is_stop), "{:?}", room.bench.writes());
    assert_eq!((room.level(), room.paused()), (0, Some(Pause::LinkLost)));
    assert_eq!(room.position().unwrap().as_millis() / 100, 100);
    room.handle.send(Command::Resume);
    room.pass(secs(5)).await;
    assert_eq!((room.level(), room.paused()), (10, None));
}

#[tokio::test(start_paused = true)]
async fn a_stop_while_the_link_is_lost_says_what_one_can_do() {
    let mut room = Room::connected().await;
    room.play(flat(50, 600));
    room.pass(secs(10)).await;
    room.bench.drop_link(Some(secs(30)));
    room.pass(secs(1)).await;
    room.handle.stop();
    room.pass(millis(10)).await;
    assert!(room.said("power button") && room.state.stop_unconfirmed);
    room.until(|state| matches!(state.link, Link::Connected(_)) && !state.may_move).await;
    assert!(!room.state.stop_unconfirmed);
    assert!(matches!(room.state.activity, Activity::Nothing));
}

#[tokio::test(start_paused = true)]
async fn an_adapter_that_goes_away_is_a_lost_link() {
    let mut room = Room::connected().await;
    room.play(flat(50, 600));
    room.pass(secs(10)).await;
    room.bench.set_radio(RadioState::Off);
    room.pass(secs(1)).await;
    assert_eq!(room.paused(), Some(Pause::LinkLost));
    room.pass(secs(60)).await;
    room.bench.radio_ready();
    room.until(|state| matches!(state.link, Link::Connected(_))).await;
    assert_eq!((room.level(), room.paused()), (0, Some(Pause::LinkLost)));
}

#[tokio::test(start_paused = true)]
async fn a_wanted_end_is_no_lost_link() {
    let mut room = Room::connected().await;
    room.play(flat(50, 600));
    room.pass(secs(10)).await;
    room.handle.send(Command::Disconnect);
    room.until(|state| matches!(state.link, Link::None)).await;
    room.pass(secs(30)).await;
    assert!(matches!(room.state.link, Link::None));
    assert!(is_stop(room.bench.writes().last().unwrap()) && !room.bench.connected());
    assert_eq!(room.notices, []);
}

#[tokio::test(start_paused = true)]
async fn quit_stops_disconnects_and_answers() {
    let mut room = Room::connected().await;
    room.play(flat(50, 600));
    room.pass(secs(10)).await;
    let (done, answer) = oneshot::channel();
    room.handle.send(Command::Quit(done));
    timeout(secs(10), answer).await.unwrap().unwrap();
    assert_eq!(room.level(), 0);
    assert!(is_stop(room.bench.writes().last().unwrap()) && !room.bench.connected());
}

#[tokio::test(start_paused = true)]
async fn an_engine_that_nobody_can_order_any_more_stops_and_ends() {
    let mut room = Room::connected().await;
    room.play(flat(50, 600));
    room.pass(secs(10)).await;
    let Room { handle, mut events, bench, .. } = room;
    drop(handle);
    timeout(secs(10), async { while events.recv().await.is_some() {} }).await.unwrap();
    assert!(bench.levels().is_empty() && !bench.connected());
}

#[test]
fn a_runtime_that_ends_takes_the_movement_with_it() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    let (bench, room) = runtime.block_on(async {
        let mut room = Room::connected().await;
        room.play(flat(50, 600));
        room.pass(secs(5)).await;
        assert_eq!(room.level(), 10);
        (room.bench.clone(), room)
    });
    drop(runtime);
    assert!(is_stop(bench.writes().last().unwrap()), "dropping the engine's task sent the off sequence");
    drop(room);
}

#[tokio::test(start_paused = true)]
async fn the_session_ends_at_its_cap() {
    let mut room = Room::connected_with(|setup| setup.limits.session = secs(60)).await;
    room.play(flat(50, 600));
    room.pass(secs(30)).await;
    room.handle.send(Command::Pause);
    room.pass(secs(100)).await;
    room.handle.send(Command::Resume);
    room.pass(secs(29)).await;
    assert_eq!(room.level(), 10);
    room.pass(secs(2)).await;
    assert_eq!(room.level(), 0);
    assert!(matches!(room.state.activity, Activity::Nothing));
    assert!(room.said("session"));
    assert!(is_stop(room.bench.writes().last().unwrap()));
}

#[tokio::test(start_paused = true)]
async fn massage_time_is_counted_and_a_full_day_is_asked_about() {
    let mut room = Room::connected_with(|setup| {
        setup.limits.day = secs(100);
        setup.massaged_today = secs(60);
    })
    .await;
    room.play(flat(50, 600));
    room.pass(secs(35)).await;
    room.handle.send(Command::Pause);
    room.pass(secs(100)).await;
    assert_eq!(room.massaged.as_millis() / 100, 350);
    assert!(!room.said("today"));
    room.handle.send(Command::Resume);
    room.pass(secs(10)).await;
    assert!(room.said("your feet have had 1 of 1 minutes of massage today"));
    assert_eq!((room.level(), room.paused()), (0, Some(Pause::DayIsFull)));
    assert!(room.state.day_is_full);
    for order in [Command::Resume, Command::SetByHand(ROLLER, percent(50)), Command::PlayProgram("Gentle roll".into())]
    {
        room.handle.send(order);
        room.pass(secs(2)).await;
        assert_eq!(room.level(), 0, "nothing starts before the person allows more");
    }
    room.handle.send(Command::AllowMoreToday);
    room.handle.send(Command::Resume);
    room.pass(secs(10)).await;
    assert_eq!((room.level(), room.paused(), room.state.day_is_full), (10, None, false));
    room.handle.stop();
    room.pass(secs(1)).await;
    assert_eq!(room.massaged.as_millis() / 100, 500);
    assert_eq!(room.state.massaged_today, secs(60) + room.massaged);
    room.handle.send(Command::SetMassagedToday(Duration::ZERO));
    room.pass(secs(1)).await;
    assert_eq!(room.state.massaged_today, Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_map_that_nobody_tried_stays_at_thirty_percent_until_it_is_tried() {
    let mut room = Room::with(|setup| {
        let text = massager::bundled().into_iter().find(|(_, text)| text.contains("\"svang-reference\"")).unwrap().1;
        let untested = text.replace("status: Verified", "status: Untested");
        setup.maps.push(Arc::new(massager::DeviceMap::read(&untested).unwrap()));
    })
    .await;
    room.connect().await;
    room.play(flat(100, 600));
    room.pass(secs(5)).await;
    assert_eq!(room.level(), 6, "30 % of 20 levels");
    room.handle.send(Command::MarkTried);
    room.pass(secs(5)).await;
    assert_eq!(room.level(), 20);
    assert!(matches!(room.remembered.last(), Some((_, Some(Remembered { tried: true, .. })))));
    room.handle.send(Command::SetCeiling(Mode::Roller, percent(50)));
    room.pass(secs(1)).await;
    assert_eq!(room.level(), 10);
}

#[tokio::test(start_paused = true)]
async fn modes_are_set_by_hand_within_the_limits() {
    let mut room = Room::connected_with(|setup| setup.limits.rise_per_second = percent(10)).await;
    room.handle.send(Command::SetByHand(LEFT, percent(50)));
    room.pass(secs(2)).await;
    assert!((3..=5).contains(&room.level()), "{}", room.level());
    assert!(matches!(room.state.activity, Activity::ByHand));
    room.pass(secs(8)).await;
    assert_eq!(room.level(), 10);
    room.handle.stop();
    room.pass(secs(1)).await;
    assert_eq!(room.level(), 0);
    room.play(flat(20, 600));
    room.handle.send(Command::SetByHand(LEFT, percent(90)));
    room.pass(secs(10)).await;
    assert_eq!(room.level(), 4);
    assert!(room.said("by hand"));
}

#[tokio::test(start_paused = true)]
async fn a_program_runs_and_stops() {
    let mut room = Room::connected_with(|setup| setup.limits.session = secs(60)).await;
    room.handle.send(Command::PlayProgram("Gentle roll".to_owned()));
    room.pass(secs(10)).await;
    assert_eq!((room.bench.program(), room.level()), (Some(1), 6));
    assert!(matches!(&room.state.activity, Activity::Program { name, .. } if name == "Gentle roll"));
    room.handle.stop();
    room.pass(secs(1)).await;
    assert_eq!((room.bench.program(), room.level()), (None, 0));
    room.handle.send(Command::PlayProgram("Gentle roll".to_owned()));
    room.pass(secs(59)).await;
    assert_eq!(room.bench.program(), Some(1), "it is kept alive");
    room.pass(secs(3)).await;
    assert_eq!(room.bench.program(), None, "the session is over");
    room.handle.send(Command::PlayProgram("None such".to_owned()));
    room.pass(secs(1)).await;
    assert!(room.said("None such"));
}

#[tokio::test(start_paused = true)]
async fn a_program_gives_way_to_a_profile() {
    let mut room = Room::connected().await;
    room.handle.send(Command::PlayProgram("Gentle roll".to_owned()));
    room.pass(secs(5)).await;
    room.play(flat(50, 600));
    room.pass(secs(5)).await;
    assert_eq!((room.bench.program(), room.level()), (None, 10));
}

#[tokio::test(start_paused = true)]
async fn a_massager_that_demands_it_is_paired_with_the_person_asked() {
    let mut room = Room::with(|_| {}).await;
    room.bench.demand_pairing(Some(Demand::NumericComparison(123_456)));
    room.handle.send(Command::Connect(MassagerId::simulated(), None));
    room.pass(secs(5)).await;
    let question = room.questions.first().expect("the person is asked").clone();
    assert_eq!(question.question, PairingQuestion::NumericComparison(123_456));
    // Stop works while the question is open.
    room.handle.stop();
    room.pass(millis(20)).await;
    let answer = question.answer.lock().unwrap().take().unwrap();
    answer.send(PairingAnswer::Yes).unwrap();
    room.until(|state| matches!(state.link, Link::Connected(_)) && !state.may_move).await;
    assert_eq!(room.questions.last().unwrap().question, PairingQuestion::Over);
    let Link::Connected(connected) = &room.state.link else { panic!("not connected") };
    assert_eq!(connected.paired, Some(true));
}

#[tokio::test(start_paused = true)]
async fn who_says_no_while_pairing_is_told_what_to_do() {
    let mut room = Room::with(|_| {}).await;
    room.bench.demand_pairing(Some(Demand::NumericComparison(123_456)));
    room.handle.send(Command::Connect(MassagerId::simulated(), None));
    room.pass(secs(5)).await;
    let answer = room.questions[0].answer.lock().unwrap().take().unwrap();
    answer.send(PairingAnswer::No).unwrap();
    room.until(|state| matches!(state.link, Link::None)).await;
    assert!(room.said("Pairing was refused"));
}

#[tokio::test(start_paused = true)]
async fn two_massagers_are_connected_and_one_is_played() {
    let (other, mut there) = (Simulated::new(), None);
    let mut room = Room::connected_with(|setup| {
        there = Some(other.bench());
        setup.real = Some(Arc::new(Elsewhere(other)));
    })
    .await;
    let there = there.unwrap();
    room.play(flat(50, 600));
    room.pass(secs(5)).await;
    let map = Some(massager::REFERENCE.to_owned());
    room.handle.send(Command::Connect(Elsewhere::id(), map.clone()));
    room.until(|state| matches!(&state.link, Link::Connected(one) if one.id == Elsewhere::id())).await;
    room.pass(secs(1)).await;
    assert!(room.bench.connected() && there.connected());
    assert_eq!(room.state.aside.iter().map(|one| one.id.clone()).collect::<Vec<_>>(), [MassagerId::simulated()]);
    assert_eq!(room.level(), 0, "what is set aside stands still");
    room.play(flat(50, 600));
    room.pass(secs(5)).await;
    assert_eq!((room.level(), there.levels().get(&LEFT)), (0, Some(&10)));
    // Back to the first, without connecting anew.
    room.handle.send(Command::Connect(MassagerId::simulated(), None));
    room.until(|state| matches!(&state.link, Link::Connected(one) if one.id.is_simulated())).await;
    room.play(flat(20, 600));
    room.pass(secs(5)).await;
    assert_eq!((room.level(), there.levels().get(&LEFT)), (4, None));
    // A link that is lost aside disturbs nothing.
    there.drop_link(None);
    room.pass(secs(1)).await;
    assert!(room.state.aside.is_empty() && room.said("out of reach"));
    assert_eq!((room.level(), room.paused()), (4, None));
    // One that cannot be reached leaves the first in use.
    room.handle.send(Command::Connect(Elsewhere::id(), map));
    room.pass(secs(60)).await;
    assert!(matches!(&room.state.link, Link::Connected(one) if one.id.is_simulated()), "{:?}", room.state.link);
    let (done, answer) = oneshot::channel();
    room.handle.send(Command::Quit(done));
    timeout(secs(20), answer).await.unwrap().unwrap();
    assert!(!room.bench.connected());
}

#[tokio::test(start_paused = true)]
async fn a_massager_set_aside_is_released_and_quit_ends_all_connections() {
    let (other, mut there) = (Simulated::new(), None);
    let mut room = Room::connected_with(|setup| {
        there = Some(other.bench());
        setup.real = Some(Arc::new(Elsewhere(other)));
    })
    .await;
    let there = there.unwrap();
    let map = Some(massager::REFERENCE.to_owned());
    room.handle.send(Command::Connect(Elsewhere::id(), map.clone()));
    room.until(|state| matches!(&state.link, Link::Connected(one) if one.id == Elsewhere::id())).await;
    room.handle.send(Command::Release(MassagerId::simulated()));
    room.pass(secs(5)).await;
    assert!(!room.bench.connected() && there.connected() && room.state.aside.is_empty());
    room.handle.send(Command::Connect(MassagerId::simulated(), None));
    room.pass(secs(5)).await;
    assert!(room.bench.connected() && there.connected());
    let (done, answer) = oneshot::channel();
    room.handle.send(Command::Quit(done));
    timeout(secs(10), answer).await.unwrap().unwrap();
    assert!(!room.bench.connected() && !there.connected());
}

#[tokio::test(start_paused = true)]
async fn the_radio_is_not_asked_before_it_is_needed_and_its_state_is_shown() {
    let mut there = None;
    let mut room = Room::with(|setup| {
        let other = Simulated::new();
        there = Some(other.bench());
        setup.real = Some(Arc::new(Elsewhere(other)));
    })
    .await;
    let there = there.unwrap();
    room.pass(secs(5)).await;
    assert!(matches!(room.state.radio, RadioState::Starting) && room.state.adapters.is_empty());
    room.handle.send(Command::Search(true));
    room.until(|state| matches!(state.radio, RadioState::Ready(_)) && state.adapters.len() == 1).await;
    there.set_radio(RadioState::Off);
    room.until(|state| matches!(state.radio, RadioState::Off)).await;
    room.handle.send(Command::Connect(Elsewhere::id(), Some(massager::REFERENCE.to_owned())));
    room.pass(secs(1)).await;
    assert!(room.said("Bluetooth is switched off"));
}

#[tokio::test(start_paused = true)]
async fn a_massager_out_of_reach_is_tried_a_few_times_and_can_be_given_up() {
    let mut room = Room::with(|_| {}).await;
    room.bench.drop_link(None);
    room.handle.send(Command::Connect(MassagerId::simulated(), None));
    room.until(|state| matches!(state.link, Link::Connecting { attempt: 3, .. })).await;
    room.handle.send(Command::Disconnect);
    room.until(|state| matches!(state.link, Link::None)).await;
    room.handle.send(Command::Connect(MassagerId::simulated(), None));
    room.until(|state| matches!(state.link, Link::Connecting { attempt: 5, .. })).await;
    room.until(|state| matches!(state.link, Link::None)).await;
    assert_eq!(room.notices.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn searching_finds_the_simulated_massager_and_recognises_it() {
    let mut room = Room::with(|_| {}).await;
    room.handle.send(Command::Search(true));
    room.until(|state| !state.found.is_empty()).await;
    let found = &room.state.found[0];
    assert!(found.id.is_simulated() && !found.known);
    assert_eq!(found.recognition.as_ref().unwrap().0.map, massager::REFERENCE);
    assert!(room.state.searching.is_some());
    room.handle.send(Command::Search(false));
    room.until(|state| state.searching.is_none()).await;
}

#[tokio::test(start_paused = true)]
async fn nothing_plays_without_a_massager_but_steps_by_hand() {
    let mut room = Room::with(|_| {}).await;
    room.play(flat(50, 600));
    room.pass(secs(1)).await;
    assert!(room.said("Connect one first") && matches!(room.state.activity, Activity::Nothing));
    let step = Step { from: Time::ZERO, to: Time::from_secs(60), text: "Roll your foot on a ball.".into(), spot: None };
    room.play(Arc::new(Profile {
        name: "By hand".into(),
        length: Time::from_secs(60),
        steps: vec![step],
        ..Profile::default()
    }));
    room.pass(secs(10)).await;
    assert_eq!(room.position().unwrap().as_millis() / 1000, 10);
    assert_eq!(room.massaged, Duration::ZERO);
    room.handle.send(Command::SkipStep);
    room.pass(secs(1)).await;
    assert!(matches!(room.state.activity, Activity::Nothing));
}

#[tokio::test(start_paused = true)]
async fn an_edit_is_played_from_now_on_at_the_same_place() {
    let mut room = Room::connected().await;
    room.play(flat(50, 600));
    room.pass(secs(10)).await;
    room.handle.send(Command::Replace(flat(20, 300)));
    room.pass(secs(1)).await;
    assert_eq!((room.level(), room.position().unwrap().as_millis() / 1000), (4, 11));
}

#[tokio::test(start_paused = true)]
async fn a_faster_clock_is_for_the_simulated_massager_and_does_not_count() {
    let mut room = Room::connected_with(|setup| setup.speed = 10.0).await;
    room.play(flat(50, 100));
    room.pass(secs(5)).await;
    assert_eq!(room.level(), 10);
    room.pass(secs(6)).await;
    assert!(matches!(room.state.activity, Activity::Nothing));
    assert_eq!(room.massaged, Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_computer_that_did_not_keep_time_pauses_and_stops() {
    let mut room = Room::connected().await;
    room.play(flat(50, 600));
    room.pass(secs(10)).await;
    tokio::time::advance(secs(2 * 3600)).await;
    room.pass(secs(1)).await;
    assert_eq!((room.level(), room.paused()), (0, Some(Pause::Interrupted)));
    assert!(is_stop(room.bench.writes().last().unwrap()) && room.said("slept"));
    assert!(room.position().unwrap() <= Time::from_secs(12), "the sleep was not played: {:?}", room.position());
    assert!(room.massaged <= secs(12), "nor counted: {:?}", room.massaged);
    room.handle.send(Command::Resume);
    room.pass(secs(5)).await;
    assert_eq!((room.level(), room.paused()), (10, None));
}

#[tokio::test(start_paused = true)]
async fn an_engine_that_fails_stops_the_massager_and_says_so() {
    struct Broken(Arc<std::sync::atomic::AtomicBool>);
    impl std::io::Write for Broken {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            assert!(!self.0.load(std::sync::atomic::Ordering::Relaxed), "something inside fails");
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let broken = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let sink = Broken(Arc::clone(&broken));
    let mut room = Room::connected_with(|setup| {
        setup.trace = Some(engine::Trace { path: "trace.jsonl".into(), sink: Box::new(sink) });
    })
    .await;
    room.play(flat(50, 600));
    room.pass(secs(5)).await;
    broken.store(true, std::sync::atomic::Ordering::Relaxed);
    room.pass(secs(2)).await;
    assert_eq!(room.level(), 0);
    assert!(is_stop(room.bench.writes().last().unwrap()));
    assert!(room.notices.iter().any(|notice| notice.weight == Weight::Danger));
}

#[tokio::test(start_paused = true)]
async fn the_trace_has_every_write_and_notification() {
    #[derive(Clone, Default)]
    struct Sink(Arc<std::sync::Mutex<Vec<u8>>>);
    impl std::io::Write for Sink {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let sink = Sink::default();
    let taken = sink.clone();
    let mut room = Room::connected_with(|setup| {
        setup.trace = Some(engine::Trace { path: "trace.jsonl".into(), sink: Box::new(taken) });
    })
    .await;
    room.play(flat(50, 600));
    room.pass(secs(5)).await;
    let text = String::from_utf8(sink.0.lock().unwrap().clone()).unwrap();
    let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let writes: Vec<_> = lines.iter().filter(|line| line["what"] == "write").collect();
    assert_eq!(writes.len(), room.bench.writes().len() + 1, "the first stop included");
    let last = writes.last().unwrap();
    assert_eq!((&last["levels"]["RollerLeft"], &last["response"]), (&10.into(), &false.into()));
    assert!(lines.iter().any(|line| line["what"] == "notification" && line["levels"]["RollerLeft"] == 10));
}

/// Others than the owner hear the newest state and every notice, as many as like.
#[tokio::test(start_paused = true)]
async fn many_can_hear_the_engine() {
    let mut room = Room::connected().await;
    let (mut one, mut other) = (room.handle.states(), room.handle.states());
    let mut notices = room.handle.notices();
    room.play(flat(50, 600));
    room.pass(secs(10)).await;
    for heard in [&mut one, &mut other] {
        let report = heard.borrow_and_update().report(Instant::now().into_std());
        assert!(matches!(report.plays, svang::engine::Plays::Profile { .. }), "{report:?}");
        assert!(report.massager.is_some_and(|massager| massager.channels.iter().any(|channel| channel.wanted > 0)));
    }
    // Refused while a profile plays, and said to whoever listens.
    room.handle.send(Command::SetByHand(ROLLER, percent(50)));
    room.pass(secs(1)).await;
    let notice = notices.try_recv().unwrap().report();
    assert_eq!((notice.weight, notice.key.as_str()), ("problem", "engine-not-by-hand-now"));
}
