//! One background task that joins the player and the links: commands in, events out.
//!
//! Belongs here: every decision on what a massager does now. It alone lets a massager move, and it stops it when
//! anything goes wrong. Windows, terminals and files do not belong here; they only see [`Command`]s and [`Event`]s.

mod commands;
mod connecting;
mod hearing;
mod inputs;
mod live;
mod massagers;
mod past;
mod radio;
mod report;
mod session;
mod sleep;
mod snapshot;
mod state;
mod task;
mod told;
mod trace;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{broadcast, mpsc, oneshot, watch};

use crate::bluetooth::{MassagerId, Radio};
use crate::care::Limits;
use crate::care::health::Gates;
use crate::desktop::SleepGuard;
use crate::fact::Phrase;
use crate::intensity::Intensity;
use crate::massager::DeviceMap;
use crate::mode::{Channel, Mode};
use crate::profile::Profile;
use crate::time::Time;
use crate::watchdog::Watchdog;

use hearing::{Heard, Tell};

pub use crate::player::Pause;
pub use past::{Stretch, shown as shown_past};
pub use report::{ChannelReport, MassagerReport, NoticeReport, Plays, Report};
pub use state::{Activity, ChannelState, Connected, Found, Link, State, Watched};
pub use told::{Doing, Told};

/// Starts the engine as a task of the current tokio runtime. It runs until [`Command::Quit`], or until the last handle is
/// gone; should it ever fail, it stops the massager and says so. Whoever ends the runtime asks it to quit before, and
/// waits for the answer: a runtime that is gone takes the radio with it.
pub fn start(setup: Setup) -> (Handle, mpsc::UnboundedReceiver<Event>) {
    let (commands, orders) = mpsc::unbounded_channel();
    let (tell, events, heard) = Tell::new(State::new(tokio::time::Instant::now().into_std()));
    task::spawn(setup, orders, tell);
    (Handle { commands, heard }, events)
}

/// What the engine starts from.
pub struct Setup {
    /// The computer's own radio, if there is one. It is first asked for anything when a search or a connection needs it.
    pub real: Option<Arc<dyn Radio>>,
    /// The radio that reaches the simulated massager.
    pub simulated: Arc<dyn Radio>,
    /// All device maps; where two have the same id, the later one counts.
    pub maps: Vec<Arc<DeviceMap>>,
    /// The limits of every massage.
    pub limits: Limits,
    /// The overall strength, 10 to 100 %.
    pub strength: Intensity,
    /// The most each mode may reach; a mode that is missing here may reach 100 %.
    pub ceilings: BTreeMap<Mode, Intensity>,
    /// What the person's answers to the health questions switch off.
    pub gates: Gates,
    /// The massagers that were connected before.
    pub remembered: BTreeMap<MassagerId, Remembered>,
    /// Massage time counted today, before this start.
    pub massaged_today: Duration,
    /// Where every write and notification is noted as a line of JSON.
    pub trace: Option<Trace>,
    /// Starts the second process that stops a real massager should this program die. `None`: there is none, and a real
    /// massager is not limited for that; for tests.
    pub watchdog: Option<Arc<dyn Watchdog>>,
    /// Keeps a real massager for this program alone. `None`: nobody else is there; for tests.
    pub locks: Option<Locks>,
    /// Tells before the computer sleeps.
    pub sleep_guard: Option<Arc<dyn SleepGuard>>,
    /// How fast the clock of a profile runs, 1.0 for real time. Any other speed is for the simulated massager alone: a
    /// real one is always played at 1.0, and only massages at 1.0 count towards the daily dose.
    pub speed: f32,
}

/// Takes a massager for this program alone until what it gives is dropped; otherwise says who has it.
pub type Locks = Arc<dyn Fn(&MassagerId) -> Result<Box<dyn Send>, Phrase> + Send + Sync>;

/// Where the trace goes.
pub struct Trace {
    /// The file's place, for the person.
    pub path: PathBuf,
    /// The open file.
    pub sink: Box<dyn std::io::Write + Send>,
}

/// What is remembered of a massager that was connected.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Remembered {
    /// Its name.
    pub name: String,
    /// The id of its device map.
    pub map: String,
    /// What the map said when the person agreed to or tried it ([`DeviceMap::fingerprint`]): another text under the same
    /// id has to be tried anew.
    pub fingerprint: u64,
    /// Whether the person tried the map on it and found it right.
    pub tried: bool,
    /// Whether the person agreed that the map writes where other massagers update their firmware.
    pub agreed: bool,
}

/// The way to give orders. Cheap to clone; never waits. When the last one is gone, the engine stops and ends.
#[derive(Debug, Clone)]
pub struct Handle {
    commands: mpsc::UnboundedSender<Command>,
    heard: Heard,
}

impl Handle {
    /// A handle, and where its orders arrive: what the engine starts with, and what tests of a window look into.
    pub fn new() -> (Self, mpsc::UnboundedReceiver<Command>) {
        let (commands, orders) = mpsc::unbounded_channel();
        let (_, _, heard) = Tell::new(State::new(tokio::time::Instant::now().into_std()));
        (Self { commands, heard }, orders)
    }

    /// The newest state and every one after it, for as many as like to hear. Whoever is slow misses what was in between.
    pub fn states(&self) -> watch::Receiver<Arc<State>> {
        self.heard.states.clone()
    }

    /// Every notice from now on, for as many as like to hear.
    pub fn notices(&self) -> broadcast::Receiver<Notice> {
        self.heard.notices.subscribe()
    }

    /// Gives an order. An engine that has ended ignores it.
    pub fn send(&self, command: Command) {
        let _ = self.commands.send(command);
    }

    /// Stops everything, now: before all orders that wait, and instead of those among them that would move something.
    pub fn stop(&self) {
        self.send(Command::Stop);
    }
}

/// An order to the engine.
#[derive(Debug)]
pub enum Command {
    /// Looks for massagers, or stops looking.
    Search(bool),
    /// Switches the Bluetooth adapter on, where the system lets Svang.
    SwitchOn,
    /// Uses another Bluetooth adapter.
    ChooseAdapter(String),
    /// Connects to a massager with a device map; without one, with the map that was recognised or remembered. The massager
    /// in use, if it is another one, is stopped and set aside: it stays connected.
    Connect(MassagerId, Option<String>),
    /// The person agrees that a map of this fingerprint writes where other massagers update their firmware
    /// ([`Event::AsksFirst`]).
    Agree(u64),
    /// Gives up connecting, or ends the connection (stopping first). One that was set aside is then in use again.
    Disconnect,
    /// Ends the connection to a massager that was set aside.
    Release(MassagerId),
    /// Ends the connection, removes the bond and forgets the massager.
    Forget(MassagerId),
    /// Removes a bond that the massager has forgotten (see [`State::bond_lost`]), pairs again and connects.
    Renew(MassagerId),
    /// Plays a profile from a time on. Refused with a [`Notice`] where nothing is connected.
    Play {
        /// What to play.
        profile: Arc<Profile>,
        /// From where.
        from: Time,
        /// Start again at the end, until the session cap.
        repeat: bool,
    },
    /// Runs one of the massager's own programs.
    PlayProgram(String),
    /// Brings everything to nothing and keeps the place.
    Pause,
    /// Goes on from the place, softly.
    Resume,
    /// Goes to another place. While playing, it ramps in there; while paused, it stays paused.
    Seek(Time),
    /// Goes past the current manual step.
    SkipStep,
    /// Stops everything, now. Obeyed at any time, before anything else.
    Stop,
    /// The person has read that a massager, which is gone by now, could not be confirmed stopped.
    HasSeenDanger,
    /// Whether the profile starts again at its end.
    SetRepeat(bool),
    /// Sets a mode by hand. Only while no profile and no program plays.
    SetByHand(Channel, Intensity),
    /// The overall strength, 10 to 100 %.
    SetStrength(Intensity),
    /// The most that a mode may reach.
    SetCeiling(Mode, Intensity),
    /// The person felt the massager at low strength and found it right: lifts the first-time ceiling for it.
    MarkTried,
    /// New limits.
    SetLimits(Limits),
    /// What the person's answers switch off from now on.
    SetGates(Gates),
    /// Device maps on disk changed.
    SetMaps(Vec<Arc<DeviceMap>>),
    /// The person goes on although the day's limit is reached. Holds until the day turns.
    AllowMoreToday,
    /// Massage time counted today is this much: after midnight, or when the record was corrected.
    SetMassagedToday(Duration),
    /// Plays edits to the current profile from now on, without a jump.
    Replace(Arc<Profile>),
    /// Stops, disconnects, and ends the engine; answers when done.
    Quit(oneshot::Sender<()>),
}

/// A fact from the engine.
#[derive(Debug, Clone)]
pub enum Event {
    /// Everything there is to show, after a change.
    State(Arc<State>),
    /// Something to tell the person once.
    Notice(Notice),
    /// The massager asks something while pairing.
    Pairing(Pairing),
    /// A massager was not connected, because its map writes where other massagers update their firmware. Once per map,
    /// the person may agree: [`Command::Agree`], and then [`Command::Connect`] again.
    AsksFirst(MassagerId, Arc<DeviceMap>),
    /// Massage time to count towards the daily dose, since the last such event. `State::massaged_today` has it already.
    Massaged(Duration),
    /// A massage on a real massager has lasted long enough to count as a use.
    Used,
    /// What is to be remembered of a massager from now on; `None`: nothing.
    Remember(MassagerId, Option<Remembered>),
}

/// Something to tell the person once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// How serious.
    pub weight: Weight,
    /// What happened, and what one can do.
    pub fact: Phrase,
}

/// How serious a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Good to know.
    Info,
    /// Something did not work.
    Problem,
    /// The massager may still be moving: shown until the person closes it.
    Danger,
}

/// A question while pairing; answers go back through it.
#[derive(Debug, Clone)]
pub struct Pairing {
    /// What is asked.
    pub question: PairingQuestion,
    /// Where the answer goes; taken by the first who answers.
    pub answer: Arc<std::sync::Mutex<Option<oneshot::Sender<PairingAnswer>>>>,
}

/// What a massager asks while pairing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PairingQuestion {
    /// Is this the number that the massager shows?
    NumericComparison(u32),
    /// Type this number on the massager.
    PasskeyDisplay(u32),
    /// Which number does the massager show?
    PasskeyEntry,
    /// It also offers to be a keyboard or a mouse, which could type on this computer: pair all the same?
    OffersKeyboard,
    /// No question is open any more.
    Over,
}

/// An answer while pairing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PairingAnswer {
    /// Yes, it is the same number.
    Yes,
    /// No, or cancel.
    No,
    /// The number shown.
    Number(u32),
}
