//! Who is connected, and who is being hung up on.
//!
//! Belongs here: telling links of their loss, and keeping a new connection out of the way of an ending one.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{mpsc, watch};
use tokio::time::timeout;

use super::{BtPeripheral as _, HANG_UP_TIME_OUT, Peripheral};
use crate::bluetooth::{LinkEvent, MassagerId};

/// The near ends of all links, told when a link goes away; and who is being hung up on, which takes BlueZ two seconds:
/// a connection or a pairing that starts meanwhile would be cut off by it.
#[derive(Default)]
pub(super) struct Links {
    ends: Mutex<BTreeMap<MassagerId, Vec<NearEnd>>>,
    leaving: watch::Sender<BTreeMap<MassagerId, u32>>,
}

/// One hanging up, until dropped.
struct Leaving {
    id: MassagerId,
    links: Arc<Links>,
}

impl Leaving {
    fn start(links: &Arc<Links>, id: &MassagerId) -> Self {
        links.leaving.send_modify(|leaving| *leaving.entry(id.clone()).or_default() += 1);
        Self { id: id.clone(), links: Arc::clone(links) }
    }

    async fn run(self, peripheral: Peripheral) {
        let _ = timeout(HANG_UP_TIME_OUT, peripheral.disconnect()).await;
    }
}

impl Drop for Leaving {
    fn drop(&mut self) {
        self.links.leaving.send_modify(|leaving| {
            if let Some(count) = leaving.get_mut(&self.id) {
                *count -= 1;
                if *count == 0 {
                    leaving.remove(&self.id);
                }
            }
        });
    }
}

/// Where a link hears of its loss.
#[derive(Clone)]
pub(super) struct NearEnd {
    pub tell: mpsc::UnboundedSender<LinkEvent>,
    /// Set once the link is gone: then there is nothing left to hang up, perhaps a newer link to leave alone.
    pub over: Arc<AtomicBool>,
}

impl NearEnd {
    pub fn new() -> (Self, mpsc::UnboundedReceiver<LinkEvent>) {
        let (tell, events) = mpsc::unbounded_channel();
        (Self { tell, over: Arc::default() }, events)
    }

    fn lose(self) {
        if !self.over.swap(true, Ordering::AcqRel) {
            let _ = self.tell.send(LinkEvent::Lost);
        }
    }
}

impl Links {
    fn all(&self) -> MutexGuard<'_, BTreeMap<MassagerId, Vec<NearEnd>>> {
        self.ends.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hangs up, and tells the ends.
    pub async fn hang_up(self: &Arc<Self>, id: &MassagerId, peripheral: &Peripheral) {
        Leaving::start(self, id).run(peripheral.clone()).await;
        self.lost(id);
    }

    /// Hangs up from a place that cannot wait.
    pub fn hang_up_later(self: &Arc<Self>, id: &MassagerId, peripheral: Peripheral) {
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(Leaving::start(self, id).run(peripheral));
        }
    }

    /// Waits until nobody hangs up on a massager any more.
    pub async fn left(&self, id: &MassagerId) {
        let mut leaving = self.leaving.subscribe();
        let _ = leaving.wait_for(|leaving| !leaving.contains_key(id)).await;
    }

    pub fn add(&self, id: &MassagerId, end: NearEnd) {
        self.all().entry(id.clone()).or_default().push(end);
    }

    pub fn lost(&self, id: &MassagerId) {
        let ends = self.all().remove(id);
        ends.into_iter().flatten().for_each(NearEnd::lose);
    }

    pub fn all_lost(&self) {
        let ends = std::mem::take(&mut *self.all());
        ends.into_values().flatten().for_each(NearEnd::lose);
    }

    pub fn is_empty(&self) -> bool {
        self.all().is_empty()
    }

    pub fn any(&self, id: &MassagerId) -> bool {
        self.all().contains_key(id)
    }
}
