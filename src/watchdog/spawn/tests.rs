//! The engine's side against the other one, inside this process.

use std::sync::{Arc, Mutex};

use tokio::io::{DuplexStream, duplex};
use tokio::task::JoinHandle;
use tokio::time::sleep;
use uuid::Uuid;

use super::super::{BEAT, Ending, OffFrame, Open, Opening, Reach, Surroundings, Why, guard};
use super::*;
use crate::bluetooth::{self, MassagerId};
use crate::massager::Write;

/// A massager that counts the frames it is sent.
#[derive(Clone, Default)]
struct Massager(Arc<Mutex<Vec<u8>>>);

impl Massager {
    fn written(&self) -> Vec<u8> {
        self.0.lock().unwrap().clone()
    }
}

impl Reach for Massager {
    fn open(
        &self,
        _: MassagerId,
        _: Vec<(Uuid, Uuid)>,
        _: Opening,
    ) -> BoxFuture<'static, Result<Box<dyn Open>, bluetooth::Error>> {
        let open: Box<dyn Open> = Box::new(self.clone());
        async { Ok(open) }.boxed()
    }
}

impl Open for Massager {
    fn write(&self, write: Write) -> BoxFuture<'static, Result<(), bluetooth::Error>> {
        self.0.lock().unwrap().push(write.bytes[0]);
        async { Ok(()) }.boxed()
    }
}

fn off(byte: u8) -> OffSequence {
    let write = Write {
        role: "control".to_owned(),
        service: Uuid::from_u128(1),
        characteristic: Uuid::from_u128(2),
        with_response: true,
        bytes: vec![byte],
        sets: Vec::new(),
        pause: Duration::ZERO,
    };
    let id = MassagerId("C0:DE:F0:07:00:01".to_owned());
    OffSequence {
        id,
        name: "Foot".to_owned(),
        frames: vec![OffFrame { write, once: false }],
        write_gap: Duration::ZERO,
    }
}

/// An armed watchdog, and how its other side ends.
async fn armed(massager: &Massager) -> (Box<Held>, JoinHandle<bool>, JoinHandle<Ending>) {
    let (to, input) = duplex(1 << 12);
    let (output, from) = duplex(1 << 12);
    let surroundings = Surroundings {
        reach: Arc::new(massager.clone()),
        notify: Box::new(|_, _| async {}.boxed()),
        log: Box::new(|_| ()),
    };
    let ending = tokio::spawn(guard(input, output, surroundings));
    let armed = arm(to, from, protocol::watch_line(&off(1)).unwrap()).await.unwrap();
    let (held, keeping) = keep(armed);
    (Box::new(held), tokio::spawn(keeping), ending)
}

async fn beats(watch: &mut Held, times: u32) {
    for _ in 0..times {
        assert_eq!(watch.beat(), Lease::Held);
        sleep(BEAT).await;
    }
}

#[tokio::test(start_paused = true)]
async fn as_long_as_the_engine_beats_or_rests_the_lease_holds() {
    let massager = Massager::default();
    let (mut watch, keeping, ending) = armed(&massager).await;
    beats(&mut watch, 100).await;
    watch.rest();
    sleep(Duration::from_secs(600)).await;
    beats(&mut watch, 3).await;
    watch.rest();
    watch.release();
    assert_eq!(ending.await.unwrap(), Ending::Released);
    assert!(!keeping.await.unwrap() && massager.written().is_empty());
}

#[tokio::test(start_paused = true)]
async fn an_engine_that_was_silent_finds_its_lease_gone_with_its_first_beat() {
    let massager = Massager::default();
    let (mut watch, _keeping, ending) = armed(&massager).await;
    beats(&mut watch, 5).await;
    // As if this process had stood still: its own tasks heard nothing either.
    sleep(Duration::from_secs(5)).await;
    assert_eq!(watch.beat(), Lease::Lost);
    assert_eq!(watch.gone().await, Gone::Fired(Why::Silent));
    assert_eq!(ending.await.unwrap(), Ending::Stopped);
    assert_eq!(watch.beat(), Lease::Lost, "it stays lost");
    assert_eq!(massager.written(), [1, 1]);
}

#[tokio::test(start_paused = true)]
async fn dropped_while_something_moves_it_stops_the_massager_with_the_newest_off_sequence() {
    let massager = Massager::default();
    let (mut watch, _keeping, ending) = armed(&massager).await;
    beats(&mut watch, 2).await;
    watch.update(off(7));
    drop(watch);
    assert_eq!(ending.await.unwrap(), Ending::Stopped);
    assert_eq!(massager.written(), [7, 7]);
}

#[tokio::test(start_paused = true)]
async fn dropped_while_nothing_moves_it_does_nothing() {
    let massager = Massager::default();
    let (mut watch, _keeping, ending) = armed(&massager).await;
    beats(&mut watch, 2).await;
    watch.rest();
    drop(watch);
    assert_eq!(ending.await.unwrap(), Ending::Released);
    assert!(massager.written().is_empty());
}

/// A second process that says it is armed and whose pipes stay open.
async fn mute() -> (Box<Held>, JoinHandle<bool>, (DuplexStream, DuplexStream)) {
    let (to, input) = duplex(64);
    let (mut output, from) = duplex(64);
    output.write_all(b"\"armed\"\n").await.unwrap();
    let (held, keeping) = keep(Armed { input: to, words: Lines::new(from) });
    (Box::new(held), tokio::spawn(keeping), (input, output))
}

#[tokio::test(start_paused = true)]
async fn a_watchdog_that_says_nothing_any_more_counts_as_gone_and_delays_nothing() {
    let (mut watch, keeping, _pipes) = mute().await;
    let begun = Instant::now();
    while watch.beat() == Lease::Held {
        sleep(BEAT).await;
    }
    let took = begun.elapsed();
    assert!(took <= ANSWERS_WITHIN + BEAT, "{took:?}");
    assert_eq!(watch.gone().await, Gone::Died);
    assert!(keeping.await.unwrap(), "it is to be killed");
}

#[tokio::test(start_paused = true)]
async fn a_watchdog_that_dies_is_told() {
    let (mut watch, keeping, pipes) = mute().await;
    assert_eq!(watch.beat(), Lease::Held);
    drop(pipes);
    assert_eq!(watch.gone().await, Gone::Died);
    assert_eq!(watch.beat(), Lease::Lost);
    assert!(!keeping.await.unwrap());
}
