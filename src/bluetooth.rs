//! Finding, pairing and reaching massagers, over the real radio or a simulated massager.
//!
//! Belongs here: [`Radio`] and [`Link`], the two seams behind which a radio hides, and the writer that paces one
//! massager's writes. What to write is the device map's business, when to play is the engine's.
//! `btleplug` appears in one file only.

#[cfg(target_os = "linux")]
mod bluez;
mod guard;
#[cfg(target_os = "linux")]
mod pairing;
mod radio;
#[cfg(target_os = "linux")]
mod shared;
pub mod simulated;

use std::fmt;

use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use crate::fact::Series;
use crate::facts;
use crate::massager::{Advertisement, Characteristic, Write};

pub use guard::Guarded;
pub use radio::Bluetooth;
#[cfg(target_os = "linux")]
pub use shared::SharedLink;
pub use simulated::Simulated;

/// A massager's name to its radio: the platform's own identifier, which differs from computer to computer on some.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MassagerId(pub String);

impl MassagerId {
    /// The simulated massager.
    pub fn simulated() -> Self {
        Self("simulated".to_owned())
    }

    /// Whether this is the simulated massager.
    pub fn is_simulated(&self) -> bool {
        self.0 == "simulated"
    }
}

impl fmt::Display for MassagerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A Bluetooth adapter of this computer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adapter {
    /// Its identifier, such as `hci0`.
    pub id: String,
    /// Its name for the person.
    pub name: String,
}

/// Whether massagers can be looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RadioState {
    /// Not known yet.
    Starting,
    /// On, with the adapter in use.
    Ready(Adapter),
    /// There is an adapter, and it is switched off.
    Off,
    /// No adapter, no service or no permission; says which, and the remedy.
    Unavailable(Error),
}

/// What a radio tells without being asked.
#[derive(Debug, Clone)]
pub enum RadioEvent {
    /// The radio's state changed.
    State(RadioState),
    /// A massager advertised, or more became known about it.
    Seen {
        /// Which.
        id: MassagerId,
        /// What it says of itself, all that is known so far.
        advertisement: Advertisement,
        /// Signal strength in dBm.
        rssi: Option<i16>,
    },
    /// The computer no longer knows a massager.
    Gone(MassagerId),
}

/// What a massager asks of the person while pairing.
#[derive(Debug)]
pub enum PairingQuestion {
    /// Both show this number: is it the same? (numeric comparison)
    NumericComparison(u32, oneshot::Sender<bool>),
    /// Type this number on the massager. (passkey shown)
    PasskeyDisplay(u32),
    /// The massager shows a number: which? `None` gives up. (passkey entered)
    PasskeyEntry(oneshot::Sender<Option<u32>>),
    /// It also offers to be a keyboard or a mouse, which the system would let type once it is paired: go on all the same?
    OffersKeyboard(oneshot::Sender<bool>),
}

/// What a link tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkEvent {
    /// Bytes came from a characteristic.
    Notified {
        /// The service.
        service: Uuid,
        /// The characteristic.
        characteristic: Uuid,
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// The link is gone; nothing more will come.
    Lost,
}

/// A way to find and reach massagers. All calls return at once; the futures may be dropped at any time.
pub trait Radio: Send + Sync {
    /// Everything the radio tells, from now on. Asked for once, by the engine.
    fn events(&self) -> mpsc::UnboundedReceiver<RadioEvent>;

    /// The adapters there are.
    fn adapters(&self) -> BoxFuture<'_, Result<Vec<Adapter>, Error>>;

    /// Switches the adapter in use on, where the system lets programs do that.
    fn switch_on(&self) -> BoxFuture<'_, Result<(), Error>> {
        Box::pin(std::future::ready(Err(Error::Off)))
    }

    /// Uses another adapter from now on.
    fn choose_adapter(&self, id: String) -> BoxFuture<'_, Result<(), Error>>;

    /// Starts or stops looking for massagers.
    fn search(&self, on: bool) -> BoxFuture<'_, Result<(), Error>>;

    /// Connects once, with its own time-out, and discovers. Dropping the future gives up and ends a half-made link.
    fn connect(&self, id: MassagerId) -> BoxFuture<'_, Result<Connection, Error>>;

    /// Pairs (bonds), asking the person through `questions`. Where the system shows its own dialog, this says so.
    fn pair(
        &self,
        id: MassagerId,
        questions: mpsc::UnboundedSender<PairingQuestion>,
    ) -> BoxFuture<'_, Result<(), Error>>;

    /// Removes the bond, and what the computer remembers of the massager.
    fn forget(&self, id: MassagerId) -> BoxFuture<'_, Result<(), Error>>;
}

/// What connecting gives.
pub struct Connection {
    /// The link.
    pub link: Box<dyn Link>,
    /// Everything the link tells, from the connection on.
    pub events: mpsc::UnboundedReceiver<LinkEvent>,
}

/// A live connection to one massager. Every implementation refuses writes to characteristics known for firmware
/// update or reset (`massager::forbidden`), whatever is asked of it. Dropping it disconnects.
pub trait Link: Send + Sync {
    /// What was discovered.
    fn characteristics(&self) -> &[Characteristic];

    /// The most bytes that one write takes, where known.
    fn longest_write(&self) -> Option<usize>;

    /// Writes. The bytes are handed to the radio before the future first waits; with response, it ends when the
    /// massager has acknowledged. Radios refuse a write to a characteristic whose last write is unanswered
    /// ([`Error::Busy`]), so only writes to different characteristics go side by side.
    fn write(&self, write: Write) -> BoxFuture<'static, Result<(), Error>>;

    /// Reads.
    fn read(&self, service: Uuid, characteristic: Uuid) -> BoxFuture<'static, Result<Vec<u8>, Error>>;

    /// Asks for notifications.
    fn subscribe(&self, service: Uuid, characteristic: Uuid) -> BoxFuture<'static, Result<(), Error>>;

    /// Ends the connection; ends when it is gone, or after a few seconds.
    fn disconnect(&self) -> BoxFuture<'static, Result<(), Error>>;
}

facts! {
    /// What a connected massager lacks.
    pub enum Unfit in "unfit" {
        /// This characteristic.
        NoCharacteristic(characteristic: Uuid),
        /// Other things.
        OtherThings(misfits: Series),
        /// Room for the frames of a map, in bytes.
        ShortFrames {
            /// The map's name.
            map: String,
            /// What the map needs.
            needed: usize,
            /// What the link takes.
            longest: usize,
        },
    }
}

facts! {
    /// What goes wrong between us and a massager, with the remedy.
    pub enum Error in "bluetooth" {
        /// No adapter.
        NoAdapter,
        /// The adapter is off.
        Off,
        /// No Bluetooth service.
        NoService,
        /// No permission.
        NoPermission,
        /// Not there.
        OutOfReach,
        /// Connecting took too long.
        TimedOut,
        /// The massager wants to be paired first.
        NeedsPairing,
        /// The massager no longer knows a bond that the computer still has.
        BondLost,
        /// Pairing was refused, here or there.
        PairingRefused,
        /// It offers to be a keyboard or a mouse, and the person did not agree to that.
        OffersKeyboard,
        /// The link went away.
        LinkLost,
        /// Characteristics that the map needs are missing or cannot do what it needs.
        Unfit(why: Unfit),
        /// A write to a characteristic for firmware update or reset.
        Forbidden(place: Uuid),
        /// The last write to the same characteristic is not answered yet: again in a moment.
        Busy,
        /// The massager answered with an error.
        Refused(why: String),
        /// Anything else that the radio reports.
        Radio(why: String),
    }
}
