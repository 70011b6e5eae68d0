//! One live link over the real radio.
//!
//! Belongs here: handing writes, reads and subscriptions to the radio, and its notifications on. Making links and
//! noticing their loss do not.

use std::collections::{BTreeMap, BTreeSet};
use std::pin::Pin;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures::future::BoxFuture;
use futures::{FutureExt, Stream, StreamExt};
use tokio::sync::mpsc;
use tokio::time::{sleep, timeout};
use uuid::Uuid;

use super::{
    Asked, BtCharacteristic, BtError, BtPeripheral as _, CharPropFlags, Links, NearEnd, Peripheral, Request, Task,
    ValueNotification, WriteType, errors, is_connected, paired,
};
use crate::bluetooth::{Error, Link, LinkEvent, MassagerId, Unfit};
use crate::massager::{Characteristic, Write};

/// The overhead of a write in its packet: opcode and handle (Bluetooth Core 5.4, volume 3, part F, 3.4.5).
const WRITE_OVERHEAD: u16 = 3;

/// How long the first answer to each kind of request on a characteristic of an unpaired massager may take. Where it is
/// protected, BlueZ tries to pair by itself, finds no agent, and says nothing for 30 s; where it is not, answers take a
/// few connection intervals. Reading can be protected where subscribing is not.
const FIRST_ANSWER: Duration = Duration::from_millis(1200);

/// A link over a connected massager. Dropped, it hangs up.
pub(super) struct RadioLink {
    far: Far,
    characteristics: Vec<Characteristic>,
    plumbing: BTreeMap<(Uuid, Uuid), BtCharacteristic>,
    longest_write: usize,
    end: NearEnd,
    _notifying: Task,
}

/// What a request needs once the link itself may be gone.
#[derive(Clone)]
struct Far {
    id: MassagerId,
    peripheral: Peripheral,
    links: Arc<Links>,
    /// What was answered over this link: it is not protected.
    answered: Arc<Mutex<BTreeSet<Asked>>>,
}

impl RadioLink {
    /// A link over a connected peripheral whose services were discovered.
    pub fn new(
        id: MassagerId,
        peripheral: Peripheral,
        notifications: Pin<Box<dyn Stream<Item = ValueNotification> + Send>>,
        end: NearEnd,
        links: Arc<Links>,
    ) -> Self {
        let plumbing: BTreeMap<_, _> =
            peripheral.characteristics().into_iter().map(|found| ((found.service_uuid, found.uuid), found)).collect();
        Self {
            characteristics: plumbing.values().map(describe).collect(),
            plumbing,
            longest_write: usize::from(peripheral.mtu().saturating_sub(WRITE_OVERHEAD)),
            _notifying: Task(tokio::spawn(forward(notifications, end.tell.clone()))),
            end,
            far: Far { id, peripheral, links, answered: Arc::default() },
        }
    }

    fn find(&self, service: Uuid, characteristic: Uuid) -> Result<BtCharacteristic, Error> {
        let found = self.plumbing.get(&(service, characteristic));
        found.cloned().ok_or(Error::Unfit(Unfit::NoCharacteristic(characteristic)))
    }
}

impl Drop for RadioLink {
    fn drop(&mut self) {
        if !self.end.over.swap(true, Ordering::AcqRel) {
            self.far.links.hang_up_later(&self.far.id, self.far.peripheral.clone());
        }
    }
}

fn describe(found: &BtCharacteristic) -> Characteristic {
    Characteristic {
        service: found.service_uuid,
        uuid: found.uuid,
        read: found.properties.contains(CharPropFlags::READ),
        write: found.properties.contains(CharPropFlags::WRITE),
        write_without_response: found.properties.contains(CharPropFlags::WRITE_WITHOUT_RESPONSE),
        notify: found.properties.intersects(CharPropFlags::NOTIFY | CharPropFlags::INDICATE),
    }
}

async fn forward(
    mut notifications: Pin<Box<dyn Stream<Item = ValueNotification> + Send>>,
    tell: mpsc::UnboundedSender<LinkEvent>,
) {
    while let Some(came) = notifications.next().await {
        let event = LinkEvent::Notified { service: came.service_uuid, characteristic: came.uuid, bytes: came.value };
        if tell.send(event).is_err() {
            return;
        }
    }
}

impl Far {
    /// Waits for a request and reads its error. A link that turns out to be gone is told of, in case no event says so.
    async fn settle<T>(
        &self,
        of: &BtCharacteristic,
        kind: Request,
        request: impl Future<Output = Result<T, BtError>> + Send,
    ) -> Result<T, Error> {
        let mut request = std::pin::pin!(request);
        let asked = (of.service_uuid, of.uuid, kind);
        let first = !self.answered().contains(&asked);
        let answer = if !first {
            request.await
        } else {
            match timeout(FIRST_ANSWER, request.as_mut()).await {
                Ok(answer) => answer,
                Err(_) if paired(&self.peripheral).await == Some(false) && is_connected(&self.peripheral).await => {
                    return Err(Error::NeedsPairing);
                }
                Err(_) => request.await,
            }
        };
        let error = match answer {
            Ok(value) => {
                self.answered().insert(asked);
                self.links.answered(&self.id, asked);
                return Ok(value);
            }
            Err(error) => error,
        };
        // A write without response is done when the radio took it, and says nothing about the massager.
        if first
            && kind != Request::Command
            && errors::may_be_a_refused_pairing(&error)
            && paired(&self.peripheral).await == Some(false)
            && self.is_gone().await
        {
            let refused = self.links.unanswered(&self.id, asked);
            self.links.lost(&self.id);
            return Err(if refused { Error::PairingRefused } else { Error::LinkLost });
        }
        let error = errors::of(&error);
        match error {
            Error::LinkLost if !is_connected(&self.peripheral).await => self.links.lost(&self.id),
            // The computer has a bond, and the massager asks for one: it has forgotten.
            Error::NeedsPairing if paired(&self.peripheral).await == Some(true) => return Err(Error::BondLost),
            _ => {}
        }
        Err(error)
    }

    /// Whether the link is gone, or goes within half a second: the answer may come a moment before the system knows.
    async fn is_gone(&self) -> bool {
        for _ in 0..5 {
            if !is_connected(&self.peripheral).await {
                return true;
            }
            sleep(Duration::from_millis(100)).await;
        }
        false
    }

    fn answered(&self) -> MutexGuard<'_, BTreeSet<Asked>> {
        self.answered.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Link for RadioLink {
    fn characteristics(&self) -> &[Characteristic] {
        &self.characteristics
    }

    fn longest_write(&self) -> Option<usize> {
        Some(self.longest_write)
    }

    fn write(&self, write: Write) -> BoxFuture<'static, Result<(), Error>> {
        let (found, far) = (self.find(write.service, write.characteristic), self.far.clone());
        let (kind, request) = match write.with_response {
            true => (WriteType::WithResponse, Request::Write),
            false => (WriteType::WithoutResponse, Request::Command),
        };
        async move {
            let found = found?;
            far.settle(&found, request, far.peripheral.write(&found, &write.bytes, kind)).await
        }
        .boxed()
    }

    fn read(&self, service: Uuid, characteristic: Uuid) -> BoxFuture<'static, Result<Vec<u8>, Error>> {
        let (found, far) = (self.find(service, characteristic), self.far.clone());
        async move {
            let found = found?;
            far.settle(&found, Request::Read, far.peripheral.read(&found)).await
        }
        .boxed()
    }

    fn subscribe(&self, service: Uuid, characteristic: Uuid) -> BoxFuture<'static, Result<(), Error>> {
        let (found, far) = (self.find(service, characteristic), self.far.clone());
        async move {
            let found = found?;
            far.settle(&found, Request::Subscribe, far.peripheral.subscribe(&found)).await
        }
        .boxed()
    }

    fn disconnect(&self) -> BoxFuture<'static, Result<(), Error>> {
        let (far, over) = (self.far.clone(), Arc::clone(&self.end.over));
        async move {
            if !over.load(Ordering::Acquire) {
                far.links.hang_up(&far.id, &far.peripheral).await;
            }
            Ok(())
        }
        .boxed()
    }
}
