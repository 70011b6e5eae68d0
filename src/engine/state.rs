//! What the engine shows: one snapshot of everything, made anew after each change.
//!
//! Belongs here: [`State`] and its parts, plain and cheap to clone. How they come about does not.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::past::Stretch;
use super::told::Doing;
use crate::bluetooth::{Adapter, MassagerId, RadioState};
use crate::care::Limits;
use crate::care::health::Gates;
use crate::fact::Phrase;
use crate::intensity::Intensity;
use crate::massager::{Advertisement, DeviceMap, Recognition, Trust};
use crate::mode::{Channel, Mode};
use crate::player::Pause;
use crate::profile::Profile;
use crate::time::Time;

/// Everything there is to show.
#[derive(Debug, Clone)]
pub struct State {
    /// The real radio.
    pub radio: RadioState,
    /// The adapters there are.
    pub adapters: Vec<Adapter>,
    /// Whether we are looking for massagers, and since when.
    pub searching: Option<Instant>,
    /// Massagers in reach, strongest first; the simulated one last.
    pub found: Vec<Found>,
    /// The massager in use.
    pub link: Link,
    /// Massagers that are connected and not in use; they stand still. [`super::Command::Connect`] takes one into use,
    /// [`super::Command::Release`] ends its connection.
    pub aside: Vec<Connected>,
    /// A massager that has forgotten the bond this computer still has: offer [`super::Command::Renew`].
    pub bond_lost: Option<MassagerId>,
    /// What plays.
    pub activity: Activity,
    /// Overall strength.
    pub strength: Intensity,
    /// The most each mode may reach, as the person set it.
    pub ceilings: BTreeMap<Mode, Intensity>,
    /// What the person's answers switch off.
    pub gates: Gates,
    /// The limits in force.
    pub limits: Limits,
    /// Massage time today, up to the moment this state was made.
    pub massaged_today: Duration,
    /// Whether the day's limit is reached and the person has not allowed more: nothing starts before
    /// [`super::Command::AllowMoreToday`].
    pub day_is_full: bool,
    /// The session's time left under the cap, at the moment this state was made; counts down while something plays.
    pub session_left: Duration,
    /// When this state was made.
    pub at: Instant,
    /// Whether a massager moves or might move. Not whether something plays: see [`State::is_playing`].
    pub may_move: bool,
    /// That the last stop could not be confirmed.
    pub stop_unconfirmed: bool,
    /// The trace file being written, if any.
    pub trace: Option<PathBuf>,
}

impl State {
    /// Before anything happened.
    pub fn new(at: Instant) -> Self {
        let limits = Limits::default();
        Self {
            radio: RadioState::Starting,
            adapters: Vec::new(),
            searching: None,
            found: Vec::new(),
            link: Link::None,
            aside: Vec::new(),
            bond_lost: None,
            activity: Activity::Nothing,
            strength: Intensity::FULL,
            ceilings: BTreeMap::new(),
            gates: Gates::default(),
            limits,
            massaged_today: Duration::ZERO,
            day_is_full: false,
            session_left: limits.session,
            at,
            may_move: false,
            stop_unconfirmed: false,
            trace: None,
        }
    }

    /// Whether something plays: a profile (also while it is paused or a passage is silent), a program, or modes by hand.
    pub fn is_playing(&self) -> bool {
        !matches!(self.activity, Activity::Nothing)
    }

    /// Whether there is something to stop: something plays, or the massager moves or might move. Stop works at any time;
    /// this says only how it looks.
    pub fn can_stop(&self) -> bool {
        self.is_playing() || self.may_move
    }
}

/// A massager in reach.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Which.
    pub id: MassagerId,
    /// Its name, or its id where it says none.
    pub name: String,
    /// Signal strength in dBm.
    pub rssi: Option<i16>,
    /// What it says of itself; nothing where it was not heard in this search.
    pub advertisement: Advertisement,
    /// The map that fits, why, and how much is known about the map. `None`: not recognised.
    pub recognition: Option<(Recognition, Trust)>,
    /// Whether it was connected before.
    pub known: bool,
}

/// The massager in use.
#[derive(Debug, Clone)]
pub enum Link {
    /// None.
    None,
    /// Being connected.
    Connecting {
        /// Which.
        id: MassagerId,
        /// Its name.
        name: String,
        /// The try, from 1.
        attempt: u32,
        /// Since when.
        since: Instant,
        /// What is being done.
        doing: Doing,
    },
    /// Connected.
    Connected(Connected),
    /// The link was lost; being looked for.
    Lost {
        /// As it was.
        was: Connected,
        /// Since when.
        since: Instant,
    },
}

/// A connected massager.
#[derive(Debug, Clone)]
pub struct Connected {
    /// Which.
    pub id: MassagerId,
    /// Its name.
    pub name: String,
    /// Its device map.
    pub map: Arc<DeviceMap>,
    /// Whether it is bonded, where known.
    pub paired: Option<bool>,
    /// Battery charge in percent.
    pub battery: Option<u8>,
    /// Signal strength in dBm, as last seen.
    pub rssi: Option<i16>,
    /// Whether the person found the map right on this massager. Until then every mode stays at 30 % at most.
    pub tried: bool,
    /// Who stops it should this program die.
    pub watched: Watched,
    /// Each mode it has, in order.
    pub channels: Vec<ChannelState>,
}

/// Who stops a massager should this program be killed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Watched {
    /// Nobody needs to: it is simulated.
    NotNeeded,
    /// The watchdog is being started.
    Starting,
    /// A second process, the watchdog.
    ByWatchdog,
    /// Nobody, because the watchdog could not be started, for this reason: every mode stays at 30 % at most.
    ByNobody(Phrase),
}

/// One mode of the connected massager.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelState {
    /// Which.
    pub channel: Channel,
    /// Its number of levels, off not counted.
    pub levels: u16,
    /// The intensity that the profile or the hand asks for, before strength, ceiling and ramp. Nothing while paused.
    pub asked: Intensity,
    /// The intensity wanted now, after strength, ceiling and ramp.
    pub wanted: Intensity,
    /// The level wanted now.
    pub wanted_level: u16,
    /// The level confirmed last; `None` before the first.
    pub confirmed_level: Option<u16>,
    /// Since when wanted and confirmed differ.
    pub sending_since: Option<Instant>,
    /// The most this mode may reach now: the person's ceiling and the first-time ceiling.
    pub ceiling: Intensity,
}

/// What plays.
#[derive(Debug, Clone)]
pub enum Activity {
    /// Nothing.
    Nothing,
    /// Modes set by hand.
    ByHand,
    /// One of the massager's own programs.
    Program {
        /// Its name.
        name: String,
        /// Since when.
        since: Instant,
    },
    /// A profile.
    Profile {
        /// Which.
        profile: Arc<Profile>,
        /// The place at `State::at`; moves on by the clock while `paused` is `None`.
        position: Time,
        /// Why it stands still.
        paused: Option<Pause>,
        /// Whether it starts again at the end.
        repeat: bool,
        /// Clock speed, 1.0 but for the simulated massager.
        speed: f32,
        /// Levels confirmed so far, for the drawn record: place, channel, level. Shared, so that a state is cheap.
        record: Arc<Vec<(Time, Channel, u16)>>,
        /// What was played of it so far, in the order in which it was played.
        past: Arc<Vec<Stretch>>,
    },
}
