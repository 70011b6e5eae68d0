//! The watchdog as a process, and what the two sides say to each other.

#![allow(clippy::unwrap_used, reason = "a test may break off")]

use std::path::Path;
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::{Value, json};
use svang::bluetooth::simulated::Simulated;
use svang::bluetooth::{Error, MassagerId, Radio};
use svang::massager::Write;
use svang::watchdog::{
    self, ByRadio, Ending, OffFrame, OffSequence, Open, Opening, Reach, SecondProcess, Surroundings, Told, Watchdog,
    guard,
};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, DuplexStream, duplex};
use tokio::process::Command;
use tokio::time::{Instant, sleep, timeout};
use uuid::Uuid;

const ID: &str = "C0:DE:F0:07:00:01";
const SERVICE: &str = "0000ffe0-0000-1000-8000-00805f9b34fb";
const CONTROL: &str = "0000ffe1-0000-1000-8000-00805f9b34fb";

/// The bytes of a write, and when they came.
type Written = (Instant, Vec<u8>);

/// A massager that notes what it is sent, and when.
#[derive(Clone, Default)]
struct Massager(Arc<Mutex<Vec<Written>>>);

impl Massager {
    fn written(&self) -> Vec<Written> {
        self.0.lock().unwrap().clone()
    }
}

impl Reach for Massager {
    fn open(
        &self,
        id: MassagerId,
        places: Vec<(Uuid, Uuid)>,
        how: Opening,
    ) -> BoxFuture<'static, Result<Box<dyn Open>, Error>> {
        assert_eq!((id.0.as_str(), places.len(), how), (ID, 1, Opening::AsItIs));
        let open: Box<dyn Open> = Box::new(self.clone());
        async { Ok(open) }.boxed()
    }
}

impl Open for Massager {
    fn write(&self, write: Write) -> BoxFuture<'static, Result<(), Error>> {
        self.0.lock().unwrap().push((Instant::now(), write.bytes));
        sleep(Duration::from_millis(30)).map(Ok).boxed()
    }
}

/// A watchdog inside this process, and the engine's ends of its pipes.
struct Guarded {
    to: DuplexStream,
    from: BufReader<DuplexStream>,
    ending: tokio::task::JoinHandle<Ending>,
    told: Arc<Mutex<Vec<(Told, String)>>>,
}

impl Guarded {
    fn start(reach: Arc<dyn Reach>) -> Self {
        let (to, input) = duplex(1 << 16);
        let (output, from) = duplex(1 << 16);
        let told: Arc<Mutex<Vec<(Told, String)>>> = Arc::default();
        let notes = Arc::clone(&told);
        let surroundings = Surroundings {
            reach,
            notify: Box::new(move |what, name| {
                notes.lock().unwrap().push((what, name));
                async {}.boxed()
            }),
            log: Box::new(|_| ()),
        };
        let ending = tokio::spawn(guard(input, output, surroundings));
        Self { to, from: BufReader::new(from), ending, told }
    }

    async fn say(&mut self, line: Value) {
        self.to.write_all(format!("{line}\n").as_bytes()).await.unwrap();
    }

    async fn hear(&mut self) -> Value {
        let mut line = String::new();
        self.from.read_line(&mut line).await.unwrap();
        serde_json::from_str(&line).unwrap()
    }

    async fn beats(&mut self, times: u32) {
        for _ in 0..times {
            self.say(json!("beat")).await;
            sleep(watchdog::BEAT).await;
        }
    }
}

fn watch(id: &str, service: &str, characteristic: &str) -> Value {
    let frame = |byte: u8| {
        json!({ "service": service, "characteristic": characteristic, "with_response": true, "bytes": [byte, 0],
            "once": false, "pause_ms": 0 })
    };
    json!({ "watch": { "version": 1, "id": id, "name": "Foot", "off": [frame(1), frame(2)], "write_gap_ms": 0 } })
}

#[tokio::test(start_paused = true)]
async fn when_the_pipe_closes_while_something_moves_the_whole_goes_out_at_once_and_again() {
    let massager = Massager::default();
    let mut guarded = Guarded::start(Arc::new(massager.clone()));
    guarded.say(watch(ID, SERVICE, CONTROL)).await;
    assert_eq!(guarded.hear().await, json!("armed"));
    guarded.beats(12).await;
    assert_eq!(guarded.hear().await, json!("alive"));
    assert!(massager.written().is_empty());
    let ended = Instant::now();
    let Guarded { to, from, ending, told } = guarded;
    drop((to, from)); // Nobody reads any more either, and nothing waits for that.
    assert_eq!(ending.await.unwrap(), Ending::Stopped);
    let written: Vec<_> =
        massager.written().into_iter().map(|(at, bytes)| ((at - ended).as_millis(), bytes[0])).collect();
    assert!(matches!(written[..], [(0..=1, 1), (30..=32, 2), (210..=215, 1), (240..=247, 2)]), "{written:?}");
    assert_eq!(*told.lock().unwrap(), [(Told::Stopped, "Foot".to_owned())]);
}

#[tokio::test(start_paused = true)]
async fn an_engine_that_falls_silent_is_told_that_its_massager_was_stopped() {
    let massager = Massager::default();
    let mut guarded = Guarded::start(Arc::new(massager.clone()));
    guarded.say(watch(ID, SERVICE, CONTROL)).await;
    guarded.beats(1).await;
    sleep(Duration::from_secs(10)).await;
    let heard: Vec<_> = [guarded.hear().await, guarded.hear().await, guarded.hear().await, guarded.hear().await].into();
    assert_eq!(heard, [json!("armed"), json!("alive"), json!({ "fired": "silent" }), json!("stopped")]);
    assert_eq!(guarded.ending.await.unwrap(), Ending::Stopped);
    assert_eq!(massager.written().len(), 4);
}

#[tokio::test(start_paused = true)]
async fn while_nothing_moves_it_outlasts_any_silence_and_goes_without_a_word() {
    let massager = Massager::default();
    let mut guarded = Guarded::start(Arc::new(massager.clone()));
    guarded.say(watch(ID, SERVICE, CONTROL)).await;
    guarded.beats(3).await;
    guarded.say(json!("rest")).await;
    sleep(Duration::from_secs(3_600)).await;
    drop(guarded.to);
    assert_eq!(guarded.ending.await.unwrap(), Ending::Released);
    assert!(massager.written().is_empty() && guarded.told.lock().unwrap().is_empty());
}

#[tokio::test(start_paused = true)]
async fn over_any_radio_it_is_the_same() {
    let radio = Simulated::new();
    let bench = radio.bench();
    let characteristic = {
        let seen = radio.connect(MassagerId::simulated()).await.unwrap();
        seen.link.characteristics().iter().find(|found| found.write).unwrap().clone()
    };
    let mut guarded = Guarded::start(Arc::new(ByRadio::new(Arc::new(radio))));
    let (service, uuid) = (characteristic.service.to_string(), characteristic.uuid.to_string());
    guarded.say(watch("simulated", &service, &uuid)).await;
    assert_eq!(guarded.hear().await, json!("armed"));
    guarded.beats(2).await;
    drop(guarded.to);
    guarded.ending.await.unwrap();
    let sent: Vec<_> = bench.writes().into_iter().map(|write| write.bytes).collect();
    assert!(sent.starts_with(&[vec![1, 0], vec![2, 0]]), "{sent:?}");
}

/// The program itself, in folders of its own and without a bus.
fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_svang"));
    command.arg("watchdog").env("HOME", folder).env_remove("XDG_STATE_HOME").env_remove("DBUS_SESSION_BUS_ADDRESS");
    command.env("DBUS_SYSTEM_BUS_ADDRESS", format!("unix:path={}", folder.join("no-bus").display()));
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    command
}

#[tokio::test]
#[cfg(target_os = "linux")]
async fn without_a_bus_the_process_says_why_it_cannot_and_ends() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = program(folder.path()).spawn().unwrap();
    let mut to = child.stdin.take().unwrap();
    to.write_all(format!("{}\n", watch(ID, SERVICE, CONTROL)).as_bytes()).await.unwrap();
    let ended = timeout(Duration::from_secs(30), child.wait_with_output()).await.unwrap().unwrap();
    let said = String::from_utf8(ended.stdout).unwrap();
    let said: Value = serde_json::from_str(said.trim()).unwrap();
    assert!(said["cannot"].as_str().unwrap().contains("bluetooth-no-service"), "{said}");
    assert_eq!(ended.status.code(), Some(2));
}

#[tokio::test]
#[cfg(target_os = "linux")]
async fn the_process_withstands_signals_and_ends_with_its_pipe() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = program(folder.path()).spawn().unwrap();
    let to = child.stdin.take().unwrap();
    let status = format!("/proc/{}/status", child.id().unwrap());
    let caught = || {
        let status = std::fs::read_to_string(&status).unwrap();
        let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:")).unwrap();
        u64::from_str_radix(caught.trim(), 16).unwrap()
    };
    // Hangup, interrupt, quit, terminate, stop at the terminal; signal 1 is the lowest bit.
    let wanted = [1, 2, 3, 15, 20].iter().fold(0_u64, |mask, signal| mask | 1 << (signal - 1));
    timeout(Duration::from_secs(30), async {
        while caught() & wanted != wanted {
            tokio::task::yield_now().await;
        }
    })
    .await
    .unwrap();
    drop(to);
    let status = timeout(Duration::from_secs(30), child.wait()).await.unwrap().unwrap();
    assert_eq!(status.code(), Some(0), "nothing was to be done");
}

#[tokio::test]
async fn a_watchdog_that_cannot_be_started_is_an_error_in_words() {
    let write = Write {
        role: "control".to_owned(),
        service: SERVICE.parse().unwrap(),
        characteristic: CONTROL.parse().unwrap(),
        with_response: true,
        bytes: vec![0],
        sets: Vec::new(),
        pause: Duration::ZERO,
    };
    let frames = vec![OffFrame { write, once: false }];
    let (id, name) = (MassagerId(ID.to_owned()), "Foot".to_owned());
    let off = OffSequence { id, name, frames, write_gap: Duration::ZERO };
    let missing = SecondProcess::of("/no/such/program".into());
    let refused = missing.watch(off.clone()).await.err().unwrap();
    assert!(matches!(&refused, watchdog::Error::NotStarted(_)), "{refused}");
    // One that is no watchdog ends without a word, or with the wrong one.
    let refused = SecondProcess::of("/bin/true".into()).watch(off).await.err().unwrap();
    assert_eq!(refused, watchdog::Error::Died);
}
