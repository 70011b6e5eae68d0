//! The ways by which the second process reaches a massager.
//!
//! Belongs here: the seam [`Reach`], over BlueZ, and over any [`Radio`] where several processes may hold a link.

use std::sync::{Arc, Mutex, PoisonError};

use futures::FutureExt;
use futures::future::BoxFuture;
use uuid::Uuid;

use crate::bluetooth::{self, Link, MassagerId, Radio};

/// A way to massagers for a process that did not connect them.
pub trait Reach: Send + Sync {
    /// Opens the way to one, with every place that will be written to.
    fn open(
        &self,
        id: MassagerId,
        places: Vec<(Uuid, Uuid)>,
        how: Opening,
    ) -> BoxFuture<'static, Result<Box<dyn Open>, bluetooth::Error>>;
}

/// How a way is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// Over the link that there is.
    AsItIs,
    /// Over a new link, since the old one is gone.
    Anew,
    /// Over a new link, once the old one was hung up, which does not answer any more.
    HangingUpBefore,
}

/// An open way to one massager.
pub trait Open: Send + Sync {
    /// Writes bytes to a characteristic of a service. They are handed over before the future first waits; with response, it
    /// ends when the massager has acknowledged.
    fn write(
        &self,
        service: Uuid,
        characteristic: Uuid,
        bytes: Vec<u8>,
        with_response: bool,
    ) -> BoxFuture<'static, Result<(), Unwritten>>;
}

/// Why a write was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unwritten {
    /// Another write on the characteristic is unanswered: again in a moment.
    Busy,
    /// There is no link, or nothing that would carry it; says which.
    LinkLost(String),
    /// Refused, for this reason.
    Failed(String),
}

impl From<bluetooth::Error> for Unwritten {
    fn from(error: bluetooth::Error) -> Self {
        use bluetooth::Error;
        match error {
            Error::Busy => Self::Busy,
            Error::LinkLost | Error::OutOfReach | Error::Off | Error::NoAdapter | Error::NoService => {
                Self::LinkLost(error.to_string())
            }
            other => Self::Failed(other.to_string()),
        }
    }
}

/// Over BlueZ, where a link belongs to the system and any process may write over it.
#[cfg(target_os = "linux")]
#[derive(Debug, Default)]
pub struct OverBlueZ;

#[cfg(target_os = "linux")]
impl Reach for OverBlueZ {
    fn open(
        &self,
        id: MassagerId,
        places: Vec<(Uuid, Uuid)>,
        how: Opening,
    ) -> BoxFuture<'static, Result<Box<dyn Open>, bluetooth::Error>> {
        use bluetooth::SharedLink;
        async move {
            let link = match how {
                Opening::AsItIs => SharedLink::find(&id, &places).await?,
                Opening::Anew => SharedLink::connect(&id, &places, false).await?,
                Opening::HangingUpBefore => SharedLink::connect(&id, &places, true).await?,
            };
            Ok(Box::new(link) as Box<dyn Open>)
        }
        .boxed()
    }
}

#[cfg(target_os = "linux")]
impl Open for bluetooth::SharedLink {
    fn write(
        &self,
        service: Uuid,
        characteristic: Uuid,
        bytes: Vec<u8>,
        with_response: bool,
    ) -> BoxFuture<'static, Result<(), Unwritten>> {
        let written = bluetooth::SharedLink::write(self, service, characteristic, bytes, with_response);
        written.map(|written| written.map_err(Unwritten::from)).boxed()
    }
}

/// Over a radio, with a link of this process's own. On macOS and Windows several processes may hold one to the same
/// massager; there this has not been measured.
pub struct ByRadio {
    radio: Arc<dyn Radio>,
    /// The link, so that a new one is made after the old one has gone.
    link: Arc<Mutex<Option<Arc<dyn Link>>>>,
}

impl ByRadio {
    /// Over this radio.
    pub fn new(radio: Arc<dyn Radio>) -> Self {
        Self { radio, link: Arc::default() }
    }
}

struct OwnLink(Arc<dyn Link>);

impl Reach for ByRadio {
    fn open(
        &self,
        id: MassagerId,
        places: Vec<(Uuid, Uuid)>,
        how: Opening,
    ) -> BoxFuture<'static, Result<Box<dyn Open>, bluetooth::Error>> {
        let (radio, held) = (Arc::clone(&self.radio), Arc::clone(&self.link));
        async move {
            let old = held.lock().unwrap_or_else(PoisonError::into_inner).take();
            if let Some(old) = old.filter(|_| how == Opening::HangingUpBefore) {
                old.disconnect().await?;
            }
            let link: Arc<dyn Link> = radio.connect(id).await?.into();
            for (service, characteristic) in places {
                let is_it = |found: &crate::massager::Characteristic| {
                    (found.service, found.uuid) == (service, characteristic)
                };
                if !link.characteristics().iter().any(is_it) {
                    let what = format!("the characteristic {characteristic} is missing");
                    return Err(bluetooth::Error::Unfit(what));
                }
            }
            *held.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&link));
            Ok(Box::new(OwnLink(link)) as Box<dyn Open>)
        }
        .boxed()
    }
}

impl Open for OwnLink {
    fn write(
        &self,
        service: Uuid,
        characteristic: Uuid,
        bytes: Vec<u8>,
        with_response: bool,
    ) -> BoxFuture<'static, Result<(), Unwritten>> {
        let written = self.0.write(service, characteristic, bytes, with_response);
        written.map(|written| written.map_err(Unwritten::from)).boxed()
    }
}
