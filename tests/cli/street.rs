//! Several massagers in reach, and names that mean harm.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use futures::future::BoxFuture;
use svang::bluetooth::{Adapter, Connection, Error, MassagerId, PairingQuestion, RadioEvent};
use svang::massager::Advertisement;
use svang::storage::{KnownMassager, KnownMassagers, MassagerLock};
use tokio::sync::oneshot;

use super::*;

/// The service of the reference massager.
const SERVICE: &str = "063eccbe-cc6b-48ca-8773-410e3e416bde";

const FIRST: &str = "C0:DE:F0:07:00:01";
const SECOND: &str = "C0:DE:F0:07:00:02";

/// Somebody who advertises.
#[derive(Clone)]
struct Heard {
    id: &'static str,
    advertisement: Advertisement,
    rssi: i16,
    /// How long after the start.
    after: Duration,
}

fn massager(id: &'static str, name: &str, rssi: i16) -> Heard {
    let advertisement = Advertisement {
        name: Some(name.to_owned()),
        services: vec![SERVICE.parse().unwrap()],
        ..Advertisement::default()
    };
    Heard { id, advertisement, rssi, after: Duration::ZERO }
}

/// A radio that hears several massagers. All of them are the same one once they are connected to.
struct Street {
    simulated: Simulated,
    heard: Vec<Heard>,
    connected: Arc<Mutex<Vec<String>>>,
    /// Whether it wants to be paired first, and offers to be a keyboard.
    keyboard: AtomicBool,
}

impl Radio for Street {
    fn events(&self) -> mpsc::UnboundedReceiver<RadioEvent> {
        let (tell, events) = mpsc::unbounded_channel();
        let adapter = Adapter { id: "hci0".to_owned(), name: "hci0".to_owned() };
        tell.send(RadioEvent::State(RadioState::Ready(adapter))).unwrap();
        for Heard { id, advertisement, rssi, after } in self.heard.clone() {
            let tell = tell.clone();
            tokio::spawn(async move {
                sleep(after).await;
                let _ = tell.send(RadioEvent::Seen { id: MassagerId(id.to_owned()), advertisement, rssi: Some(rssi) });
                tell.closed().await;
            });
        }
        events
    }

    fn adapters(&self) -> BoxFuture<'_, Result<Vec<Adapter>, Error>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    fn choose_adapter(&self, _id: String) -> BoxFuture<'_, Result<(), Error>> {
        Box::pin(async { Ok(()) })
    }

    fn search(&self, _on: bool) -> BoxFuture<'_, Result<(), Error>> {
        Box::pin(async { Ok(()) })
    }

    fn connect(&self, id: MassagerId) -> BoxFuture<'_, Result<Connection, Error>> {
        if self.keyboard.load(Ordering::Relaxed) {
            return Box::pin(async { Err(Error::NeedsPairing) });
        }
        self.connected.lock().unwrap().push(id.0);
        self.simulated.connect(MassagerId::simulated())
    }

    fn pair(
        &self,
        _id: MassagerId,
        questions: mpsc::UnboundedSender<PairingQuestion>,
    ) -> BoxFuture<'_, Result<(), Error>> {
        Box::pin(async move {
            let (answer, answered) = oneshot::channel();
            questions.send(PairingQuestion::OffersKeyboard(answer)).unwrap();
            let agreed = answered.await.unwrap_or(false);
            self.keyboard.store(!agreed, Ordering::Relaxed);
            if agreed { Ok(()) } else { Err(Error::OffersKeyboard) }
        })
    }

    fn forget(&self, _id: MassagerId) -> BoxFuture<'_, Result<(), Error>> {
        Box::pin(async { Ok(()) })
    }
}

/// What came of a call where these are in reach, and whom Svang connected to.
async fn among(root: &Path, heard: Vec<Heard>, arguments: &[&str]) -> (Called, Vec<String>) {
    let connected = Arc::default();
    let mut person = Person::new();
    person.own_radio = Some(street(heard, &connected, false));
    let called = person.calls(root, arguments).await;
    let connected = connected.lock().unwrap().clone();
    (called, connected)
}

fn street(heard: Vec<Heard>, connected: &Arc<Mutex<Vec<String>>>, keyboard: bool) -> Arc<dyn Radio> {
    let (simulated, connected) = (Simulated::new(), Arc::clone(connected));
    Arc::new(Street { simulated, heard, connected, keyboard: AtomicBool::new(keyboard) })
}

fn remember(root: &Path, id: &str, name: &str) {
    let known = KnownMassager {
        name: name.to_owned(),
        map: "svang-reference".to_owned(),
        fingerprint: 7,
        tried: true,
        agreed: false,
        connect_by_itself: false,
    };
    let mut all = KnownMassagers::load(&folders(root));
    let id = MassagerId(id.to_owned());
    all.change(move |all| drop(all.massagers.insert(id.clone(), known.clone()))).run().unwrap();
}

#[tokio::test(start_paused = true)]
async fn two_massagers_of_one_name_are_both_named_and_neither_is_played_on() {
    let (folder, file) = with_profile(PROFILE);
    for after in [0, 1500] {
        let mut late = massager(SECOND, "FM-08", -40);
        late.after = Duration::from_millis(after);
        let heard = vec![massager(FIRST, "FM-08", -60), late];
        let (called, connected) = among(folder.path(), heard, &["play", &file, "--massager", "FM-08"]).await;
        assert_eq!((called.code, connected.as_slice()), (2, &[][..]), "{called:?}");
        assert!(called.err.contains(FIRST) && called.err.contains(SECOND), "{called:?}");
        assert!(called.err.contains("--massager"), "{called:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn by_its_id_the_right_massager_is_played_on_and_by_its_name_the_only_one() {
    for (said, right) in [(SECOND, SECOND), ("c0:de:f0:07:00:02", SECOND), ("Other", "C0:DE:F0:07:00:03")] {
        let (folder, file) = with_profile(PROFILE);
        let others = massager("C0:DE:F0:07:00:03", "Other", -40);
        let heard = vec![massager(FIRST, "FM-08", -60), massager(SECOND, "FM-08", -70), others];
        let (called, connected) = among(folder.path(), heard, &["play", &file, "--massager", said]).await;
        assert_eq!((called.code, connected.as_slice()), (0, &[right.to_owned()][..]), "{called:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_stranger_of_the_same_name_is_not_taken_for_the_massager_that_was_connected_before() {
    let (folder, file) = with_profile(PROFILE);
    remember(folder.path(), FIRST, "FM-08");
    let arguments = ["play", &file, "--massager", "FM-08"];
    let (called, connected) = among(folder.path(), vec![massager(SECOND, "FM-08", -40)], &arguments).await;
    assert_eq!((called.code, connected.as_slice()), (2, &[][..]), "{called:?}");
    assert!(called.err.contains(&format!("{FIRST} (connected before, not in reach)")), "{called:?}");
    // Where the one that was connected before is the only one in reach, the name is enough.
    let (called, connected) = among(folder.path(), vec![massager(FIRST, "FM-08", -40)], &arguments).await;
    assert_eq!((called.code, connected.as_slice()), (0, &[FIRST.to_owned()][..]), "{called:?}");
}

#[tokio::test(start_paused = true)]
async fn whoever_advertises_the_id_of_another_as_its_name_is_not_taken_for_it() {
    let (folder, file) = with_profile(PROFILE);
    let heard = vec![massager(SECOND, FIRST, -40)];
    let (called, connected) = among(folder.path(), heard, &["play", &file, "--massager", FIRST]).await;
    assert_eq!((called.code, connected.as_slice()), (2, &[][..]), "{called:?}");
    assert!(called.err.contains("did not appear"), "{called:?}");
}

#[tokio::test(start_paused = true)]
async fn what_offers_to_be_a_keyboard_is_paired_only_where_the_person_agrees() {
    let (folder, file) = with_profile(PROFILE);
    let arguments = ["play", &file, "--massager", FIRST];
    for (live, answer, code) in [(false, None, 2), (true, Some("n"), 2), (true, Some("y"), 0)] {
        let connected = Arc::default();
        let mut person = Person { live, ..Person::new() };
        person.own_radio = Some(street(vec![massager(FIRST, "FM-08", -40)], &connected, true));
        let types = person.types.clone();
        let answering = async {
            sleep(Duration::from_secs(5)).await;
            answer.into_iter().for_each(|answer| types.send(answer.to_owned()).unwrap());
        };
        let (called, ()) = tokio::join!(person.calls(folder.path(), &arguments), answering);
        assert_eq!(called.code, code, "{called:?}");
        assert!(called.out.contains("keyboard or a mouse") && called.out.contains("[y/n]"), "{called:?}");
        assert_eq!(called.err.contains("Not paired: it also offers to be a keyboard"), code == 2, "{called:?}");
        assert_eq!(connected.lock().unwrap().is_empty(), code == 2);
    }
}

#[tokio::test(start_paused = true)]
async fn a_name_from_the_air_steers_no_terminal_and_forges_no_line() {
    let folder = folder();
    let heard = vec![
        massager(FIRST, "a\u{1b}[2J\u{1b}[31mX\nC0:11:22", -40),
        massager(SECOND, "Foot\u{1b}[2J\u{1b}]0;x\u{7}\nline2\u{202E}", -50),
    ];
    let (called, _) = among(folder.path(), heard.clone(), &["scan", "--seconds", "3"]).await;
    assert_eq!(called.code, 0, "{called:?}");
    let hidden = |letter: char| letter.is_control() && letter != '\n' || letter == '\u{202E}';
    assert!(!called.out.contains(hidden), "{called:?}");
    // Two massagers and the simulated one, two lines each.
    assert_eq!(called.out.lines().count(), 6, "{called:?}");
    assert!(called.out.lines().all(|line| !line.starts_with("C0:11:22") && !line.starts_with("line2")), "{called:?}");
    let (_, file) = with_profile(PROFILE);
    let (called, _) = among(folder.path(), heard, &["play", &file, "--massager", FIRST, "--speed", "1"]).await;
    assert!(!called.out.contains(hidden) && !called.err.contains(hidden), "{called:?}");
}

#[tokio::test(start_paused = true)]
async fn a_scan_shows_recognised_massagers_first_and_what_a_map_can_tell_them_by() {
    let folder = folder();
    let stranger = Heard {
        id: "C0:DE:F0:07:00:09",
        advertisement: Advertisement {
            name: None,
            services: vec!["0000fff0-0000-1000-8000-00805f9b34fb".parse().unwrap()],
            manufacturer_data: BTreeMap::from([(0x05AC, vec![0x01, 0xAB]), (0x0006, vec![])]),
        },
        rssi: -30,
        after: Duration::ZERO,
    };
    let silent = Heard { id: "C0:DE:F0:07:00:08", advertisement: Advertisement::default(), ..stranger.clone() };
    let heard = vec![stranger, silent, massager(FIRST, "FM-08", -80)];
    let (called, _) = among(folder.path(), heard.clone(), &["scan", "--seconds", "3"]).await;
    let lines: Vec<_> = called.out.lines().collect();
    assert!(lines[0].starts_with(&format!("{FIRST}  FM-08  -80 dBm  svang-reference (verified;")), "{called:?}");
    assert_eq!(lines[1].trim(), format!("services {}", SERVICE), "{called:?}");
    let (nameless, said) = called.out.split_once("C0:DE:F0:07:00:09").unwrap().1.split_once('\n').unwrap();
    assert!(nameless.starts_with("  (no name)  -30 dBm  "), "{called:?}");
    let said = said.lines().next().unwrap();
    assert_eq!(said, "    services FFF0; manufacturer data 0006: , 05AC: 01 AB", "{called:?}");
    let (called, _) = among(folder.path(), heard, &["scan", "--seconds", "3", "--json"]).await;
    let json: serde_json::Value = serde_json::from_str(&called.out).unwrap();
    assert_eq!(json[0]["id"], FIRST);
    let stranger = json.as_array().unwrap().iter().find(|found| found["id"] == "C0:DE:F0:07:00:09").unwrap();
    assert_eq!(stranger["services"], serde_json::json!(["FFF0"]));
    assert_eq!(stranger["manufacturer_data"], serde_json::json!({"05AC": "01 AB", "0006": ""}));
}

#[tokio::test(start_paused = true)]
async fn a_massager_that_another_svang_has_is_named_with_who_has_it_and_left_alone() {
    let (folder, file) = with_profile(PROFILE);
    let id = MassagerId(FIRST.to_owned());
    let held = MassagerLock::take(&folders(folder.path()), &id, "the Svang window").unwrap();
    let heard = || vec![massager(FIRST, "FM-08", -40)];
    let arguments = ["play", &file, "--massager", FIRST];
    let (called, connected) = among(folder.path(), heard(), &arguments).await;
    assert_eq!((called.code, connected.as_slice()), (2, &[][..]), "{called:?}");
    assert!(called.err.contains("in use by the Svang window"), "{called:?}");
    drop(held);
    let (called, connected) = among(folder.path(), heard(), &arguments).await;
    assert_eq!((called.code, connected.len()), (0, 1), "{called:?}");
}
