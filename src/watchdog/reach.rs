//! The ways by which the second process reaches a massager.
//!
//! Belongs here: the seam [`Reach`], over BlueZ, and over any [`Radio`] where several processes may hold a link.

use std::sync::{Arc, Mutex, PoisonError};

use futures::FutureExt;
use futures::future::BoxFuture;
use uuid::Uuid;

use crate::bluetooth::{self, Connection, Link, MassagerId, Radio};
use crate::massager::Write;

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
    /// Writes. The bytes are handed over before the future first waits; with response, it ends when the massager has
    /// acknowledged. [`bluetooth::Error::Busy`] while another write on the characteristic, whoever made it, is unanswered.
    fn write(&self, write: Write) -> BoxFuture<'static, Result<(), bluetooth::Error>>;
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
    fn write(&self, write: Write) -> BoxFuture<'static, Result<(), bluetooth::Error>> {
        Self::write(self, write)
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
            // What it tells is for the engine.
            let Connection { link, .. } = radio.connect(id).await?;
            let link: Arc<dyn Link> = link.into();
            for (service, characteristic) in places {
                let is_it =
                    |found: &crate::massager::Characteristic| (found.service, found.uuid) == (service, characteristic);
                if !link.characteristics().iter().any(is_it) {
                    return Err(bluetooth::Error::Unfit(bluetooth::Unfit::NoCharacteristic(characteristic)));
                }
            }
            *held.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&link));
            Ok(Box::new(OwnLink(link)) as Box<dyn Open>)
        }
        .boxed()
    }
}

impl Open for OwnLink {
    fn write(&self, write: Write) -> BoxFuture<'static, Result<(), bluetooth::Error>> {
        self.0.write(write)
    }
}
