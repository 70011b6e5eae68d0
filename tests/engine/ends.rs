//! The end, whatever goes wrong: lost links, missing answers, two processes, sleep.

use std::sync::Mutex;

use futures::FutureExt;
use svang::desktop::{SleepEvent, SleepGuard};
use svang::engine::Watched;
use svang::watchdog::{self, Gone, Lease, OffSequence, Watch, Watchdog};

use super::*;

/// Plays at half strength, and then the link goes for a while.
async fn lost_while_moving(back_after: Option<Duration>) -> Room {
    let mut room = Room::connected().await;
    room.play(flat(50, 600));
    room.pass(secs(10)).await;
    room.bench.drop_link(back_after);
    room.pass(millis(100)).await;
    room.bench.clear_writes();
    room
}

async fn quit(room: &mut Room) -> oneshot::Receiver<()> {
    let (done, answer) = oneshot::channel();
    room.handle.send(Command::Quit(done));
    room.pass(millis(10)).await;
    answer
}

#[tokio::test(start_paused = true)]
async fn an_end_while_the_link_is_lost_waits_for_the_massager_and_stops_it() {
    let mut room = lost_while_moving(Some(secs(8))).await;
    room.handle.stop();
    let answer = quit(&mut room).await;
    assert!(room.state.stop_unconfirmed && room.said("power button"), "it is told at once");
    timeout(secs(20), answer).await.expect("it ends by itself").unwrap();
    room.pass(millis(10)).await;
    assert!(is_stop(&room.bench.writes()[0]), "the off sequence comes first");
    assert!(room.bench.writes().iter().all(is_stop));
    assert!(!room.state.stop_unconfirmed && !room.state.may_move);
    let told = room.notices.iter().filter(|notice| notice.weight == Weight::Danger).count();
    assert_eq!(told, 1, "{:?}", room.notices);
}

#[tokio::test(start_paused = true)]
async fn an_end_while_the_massager_stays_away_gives_up_after_half_a_minute_and_says_so() {
    let mut room = lost_while_moving(None).await;
    let answer = quit(&mut room).await;
    let asked = Instant::now();
    timeout(secs(60), answer).await.expect("it ends by itself").unwrap();
    assert!((secs(29)..secs(32)).contains(&asked.elapsed()), "{:?}", asked.elapsed());
    room.pass(millis(10)).await;
    assert!(room.state.stop_unconfirmed && room.said("power button"));
}

#[tokio::test(start_paused = true)]
async fn a_massager_that_is_lost_while_it_moves_is_looked_for_without_end() {
    let mut room = lost_while_moving(Some(secs(3000))).await;
    room.handle.stop();
    room.until(|state| matches!(state.link, Link::Connected(_)) && !state.may_move).await;
    assert!(is_stop(&room.bench.writes()[0]));
    room.pass(secs(60)).await;
    assert_eq!(room.level(), 0, "nothing starts again unasked");
}

#[tokio::test(start_paused = true)]
async fn an_end_does_not_wait_for_a_connection_to_be_hung_up() {
    let mut room = Room::connected().await;
    room.play(flat(50, 600));
    room.pass(secs(10)).await;
    let asked = Instant::now();
    let answer = quit(&mut room).await;
    timeout(secs(10), answer).await.unwrap().unwrap();
    assert!(asked.elapsed() < millis(300), "{:?}", asked.elapsed());
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_does_not_come_makes_for_a_new_link_with_the_off_sequence_first() {
    let mut room = Room::connected().await;
    room.play(flat(50, 600));
    room.pass(secs(5)).await;
    room.bench.never_answer(true);
    room.bench.ignore_writes(true);
    room.handle.stop();
    room.pass(millis(1_900)).await;
    assert!(room.state.may_move && room.notices.is_empty());
    room.bench.never_answer(false);
    room.bench.ignore_writes(false);
    room.bench.clear_writes();
    room.pass(secs(1)).await;
    assert!(is_stop(&room.bench.writes()[0]), "{:?}", room.bench.writes());
    assert!(matches!(room.state.link, Link::Connected(_)) && room.said("connects to it anew"), "told meanwhile");
    assert!(!room.state.may_move && !room.state.stop_unconfirmed);
}

/// Watchdogs that only note what they are told.
#[derive(Default)]
struct Notes {
    watched: Vec<OffSequence>,
    beats: Vec<Instant>,
    rests: u32,
    released: u32,
    lost: bool,
    tell: Option<oneshot::Sender<Gone>>,
    refuse: bool,
}

#[derive(Clone, Default)]
pub struct Kennel(Arc<Mutex<Notes>>);

struct Dog(Arc<Mutex<Notes>>, Option<oneshot::Receiver<Gone>>);

impl Watchdog for Kennel {
    fn watch(&self, off: OffSequence) -> BoxFuture<'static, Result<Box<dyn Watch>, watchdog::Error>> {
        let notes = Arc::clone(&self.0);
        async move {
            sleep(millis(100)).await;
            let (tell, told) = oneshot::channel();
            let mut inside = notes.lock().unwrap();
            inside.watched.push(off);
            inside.lost = false;
            if inside.refuse {
                return Err(watchdog::Error::TimedOut);
            }
            inside.tell = Some(tell);
            drop(inside);
            Ok(Box::new(Dog(notes, Some(told))) as Box<dyn Watch>)
        }
        .boxed()
    }
}

impl Watch for Dog {
    fn beat(&mut self) -> Lease {
        let mut notes = self.0.lock().unwrap();
        notes.beats.push(Instant::now());
        if notes.lost { Lease::Lost } else { Lease::Held }
    }
    fn update(&mut self, off: OffSequence) {
        self.0.lock().unwrap().watched.push(off);
    }
    fn rest(&mut self) {
        self.0.lock().unwrap().rests += 1;
    }
    fn gone(&mut self) -> BoxFuture<'_, Gone> {
        async move {
            match &mut self.1 {
                Some(told) => {
                    let gone = told.await.unwrap_or(Gone::Died);
                    self.1 = None;
                    gone
                }
                None => std::future::pending().await,
            }
        }
        .boxed()
    }
    fn release(self: Box<Self>) {
        self.0.lock().unwrap().released += 1;
    }
}

/// A massager that is no simulated one, with a watchdog.
pub async fn watched(change: impl FnOnce(&mut Setup)) -> (Room, Kennel) {
    let (kennel, elsewhere) = (Kennel::default(), Simulated::new());
    let bench = elsewhere.bench();
    let mut room = Room::with(|setup| {
        setup.real = Some(Arc::new(Elsewhere(elsewhere)));
        setup.watchdog = Some(Arc::new(kennel.clone()));
        change(setup);
    })
    .await;
    room.bench = bench;
    room.handle.send(Command::Connect(Elsewhere::id(), Some(massager::REFERENCE.to_owned())));
    room.until(|state| matches!(&state.link, Link::Connected(connected) if connected.watched != Watched::Starting))
        .await;
    room.until(|state| !state.may_move).await;
    room.bench.clear_writes();
    (room, kennel)
}

fn watched_by(room: &Room) -> Watched {
    match &room.state.link {
        Link::Connected(connected) => connected.watched.clone(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn a_watchdog_is_armed_before_anything_moves_and_hears_ten_beats_a_second_while_it_does() {
    let (mut room, kennel) = watched(|_| {}).await;
    assert_eq!(watched_by(&room), Watched::ByWatchdog);
    let off = kennel.0.lock().unwrap().watched[0].clone();
    assert_eq!((off.id, off.frames[0].write.bytes.clone()), (Elsewhere::id(), vec![0x53, 2, 0x51]));
    kennel.0.lock().unwrap().beats.clear();
    room.play(flat(50, 600));
    room.pass(secs(10)).await;
    let beats = kennel.0.lock().unwrap().beats.clone();
    let first = room.bench.writes()[0].at;
    assert!(beats[0] <= first, "the first beat goes before the first level");
    assert!((95..=105).contains(&beats.len()), "{}", beats.len());
    assert!(beats.windows(2).all(|pair| pair[1] - pair[0] <= millis(150)));
    let rests = kennel.0.lock().unwrap().rests;
    room.handle.stop();
    room.pass(secs(5)).await;
    assert_eq!(kennel.0.lock().unwrap().rests, rests + 1, "told once that nothing moves any more");
    let beats = kennel.0.lock().unwrap().beats.len();
    room.pass(secs(60)).await;
    assert_eq!(kennel.0.lock().unwrap().beats.len(), beats, "and then nothing");
    room.handle.send(Command::Disconnect);
    room.pass(secs(1)).await;
    assert_eq!(kennel.0.lock().unwrap().released, 1);
}

#[tokio::test(start_paused = true)]
async fn without_a_watchdog_a_real_massager_stays_at_thirty_percent_and_says_why() {
    let (mut room, kennel) = watched(|_| {}).await;
    drop(kennel);
    let (mut room2, _kennel) = watched(|setup| {
        let kennel = Kennel::default();
        kennel.0.lock().unwrap().refuse = true;
        setup.watchdog = Some(Arc::new(kennel));
    })
    .await;
    for (room, level) in [(&mut room, 20), (&mut room2, 6)] {
        room.handle.send(Command::MarkTried);
        room.play(flat(100, 600));
        room.pass(secs(10)).await;
        assert_eq!(room.level(), level);
    }
    assert!(matches!(watched_by(&room2), Watched::ByNobody(why) if why.group == "watchdog"));
    room2.handle.send(Command::PlayProgram("Gentle roll".into()));
    room2.pass(secs(5)).await;
    assert_eq!(room2.bench.program(), None, "a program chooses its own strength");
}

#[tokio::test(start_paused = true)]
async fn a_watchdog_that_dies_is_started_again_and_one_that_fired_ends_the_movement() {
    let (mut room, kennel) = watched(|_| {}).await;
    room.play(flat(50, 600));
    room.pass(secs(10)).await;
    let tell = kennel.0.lock().unwrap().tell.take().unwrap();
    tell.send(Gone::Died).unwrap();
    room.pass(secs(5)).await;
    assert_eq!(kennel.0.lock().unwrap().watched.len(), 2);
    assert_eq!((watched_by(&room), room.paused(), room.level()), (Watched::ByWatchdog, None, 10));
    kennel.0.lock().unwrap().lost = true; // The lease: Svang was silent.
    room.pass(secs(5)).await;
    assert_eq!((room.level(), room.paused()), (0, Some(Pause::Interrupted)));
    assert_eq!(kennel.0.lock().unwrap().watched.len(), 3);
    room.handle.send(Command::Resume);
    room.pass(secs(5)).await;
    assert_eq!(room.level(), 10, "and it goes on when asked to, with a new watchdog");
}

/// A computer that tells of sleep, and notes whether it is delayed.
#[derive(Clone)]
struct Bed(Arc<Mutex<Bedside>>);

struct Bedside {
    events: Option<mpsc::UnboundedReceiver<SleepEvent>>,
    held: Vec<bool>,
}

impl SleepGuard for Bed {
    fn events(&self) -> mpsc::UnboundedReceiver<SleepEvent> {
        self.0.lock().unwrap().events.take().unwrap()
    }
    fn hold(&self, on: bool) {
        let held = &mut self.0.lock().unwrap().held;
        if held.last() != Some(&on) {
            held.push(on);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn sleep_is_delayed_while_anything_moves_and_stops_it_first() {
    let (tell, events) = mpsc::unbounded_channel();
    let bed = Bed(Arc::new(Mutex::new(Bedside { events: Some(events), held: Vec::new() })));
    let mut room = Room::connected_with(|setup| setup.sleep_guard = Some(Arc::new(bed.clone()))).await;
    room.play(flat(50, 600));
    room.pass(secs(10)).await;
    assert_eq!(bed.0.lock().unwrap().held.last(), Some(&true));
    tell.send(SleepEvent::GoingToSleep).unwrap();
    room.pass(millis(500)).await;
    assert_eq!((room.level(), room.paused()), (0, Some(Pause::Interrupted)));
    assert_eq!(bed.0.lock().unwrap().held.last(), Some(&false), "it is let go once the massager stands still");
    tell.send(SleepEvent::WokeUp).unwrap();
    room.pass(secs(60)).await;
    assert_eq!(room.level(), 0, "nothing goes on by itself");
}

#[tokio::test(start_paused = true)]
async fn a_massager_that_another_program_has_is_not_touched() {
    let elsewhere = Simulated::new();
    let bench = elsewhere.bench();
    let mut room = Room::with(|setup| {
        setup.real = Some(Arc::new(Elsewhere(elsewhere)));
        setup.locks = Some(Arc::new(|_| Err(svang::storage::InUseBy::ByAnother.into())));
    })
    .await;
    room.handle.send(Command::Connect(Elsewhere::id(), Some(massager::REFERENCE.to_owned())));
    room.pass(secs(5)).await;
    assert!(room.said("in use by another Svang") && matches!(room.state.link, Link::None));
    assert!(bench.writes().is_empty() && !bench.connected());
}

/// The reference map's text, changed.
fn reference_but(old: &str, new: &str) -> Arc<massager::DeviceMap> {
    let text = massager::bundled().into_iter().find(|(_, text)| text.contains("\"svang-reference\"")).unwrap().1;
    let changed = text.replace(old, new);
    assert_ne!(text, changed);
    Arc::new(massager::DeviceMap::read(&changed).unwrap_or_else(|problems| panic!("{problems:?}")))
}

#[tokio::test(start_paused = true)]
async fn what_was_tried_is_the_maps_text_and_not_its_id() {
    let map = reference_but("status: Verified", "status: Untested");
    let tried = |fingerprint| Remembered {
        name: "Mine".to_owned(),
        map: map.id.clone(),
        fingerprint,
        tried: true,
        agreed: false,
    };
    for (fingerprint, level) in [(map.fingerprint, 20), (map.fingerprint ^ 1, 6)] {
        let mut room = Room::connected_with(|setup| {
            setup.maps.push(Arc::clone(&map));
            setup.remembered.insert(MassagerId::simulated(), tried(fingerprint));
        })
        .await;
        room.play(flat(100, 600));
        room.pass(secs(5)).await;
        assert_eq!(room.level(), level);
    }
}

#[tokio::test(start_paused = true)]
async fn what_was_asked_for_during_a_stop_does_not_start_after_a_new_link() {
    let mut room = Room::connected().await;
    room.play(flat(50, 600));
    room.pass(secs(5)).await;
    room.bench.never_answer(true);
    room.bench.ignore_writes(true);
    room.handle.send(Command::Pause);
    room.pass(millis(500)).await;
    room.handle.send(Command::Resume); // "Try again", while the stop is under way.
    room.pass(millis(1_600)).await;
    room.bench.never_answer(false);
    room.bench.ignore_writes(false);
    room.pass(secs(60)).await;
    assert!(matches!(room.state.link, Link::Connected(_)));
    assert_eq!((room.level(), room.paused()), (0, Some(Pause::Asked)), "nothing resumes by itself");
}

#[tokio::test(start_paused = true)]
async fn that_a_stop_could_not_be_confirmed_is_withdrawn_by_nothing_but_the_massager_or_the_reader() {
    let mut room = lost_while_moving(None).await;
    room.handle.send(Command::Disconnect);
    room.pass(secs(40)).await;
    assert!(matches!(room.state.link, Link::None) && room.state.stop_unconfirmed);
    room.handle.stop();
    room.pass(secs(1)).await;
    assert!(room.state.stop_unconfirmed, "nothing was sent to it");
    room.bench.come_back();
    room.handle.send(Command::Connect(MassagerId::simulated(), None));
    room.until(|state| matches!(state.link, Link::Connected(_)) && !state.may_move).await;
    assert!(!room.state.stop_unconfirmed, "it confirmed that it stands still");

    let mut room = lost_while_moving(None).await;
    room.handle.send(Command::Disconnect);
    room.pass(secs(40)).await;
    room.handle.send(Command::HasSeenDanger);
    room.pass(secs(1)).await;
    assert!(!room.state.stop_unconfirmed);
}

#[tokio::test(start_paused = true)]
async fn nothing_but_a_stop_is_obeyed_once_the_end_was_asked_for() {
    let mut room = lost_while_moving(None).await;
    let answer = quit(&mut room).await;
    room.handle.send(Command::Connect(MassagerId::simulated(), None));
    room.play(flat(50, 600));
    timeout(secs(60), answer).await.expect("it ends by itself").unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_program_ends_with_the_watchdog() {
    let (mut room, kennel) = watched(|_| {}).await;
    room.handle.send(Command::PlayProgram("Gentle roll".into()));
    room.pass(secs(5)).await;
    assert!(room.bench.program().is_some());
    kennel.0.lock().unwrap().tell.take().unwrap().send(Gone::Died).unwrap();
    room.pass(secs(2)).await;
    assert_eq!(room.bench.program(), None);
    assert!(room.said("second process"));
}
