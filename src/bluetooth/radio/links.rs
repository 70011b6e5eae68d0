//! Who is connected, and who is being hung up on.
//!
//! Belongs here: telling links of their loss, keeping a new connection out of the way of an ending one, and noticing that
//! a massager refuses to pair, which shows only from link to link.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, timeout};
use uuid::Uuid;

use super::{BtPeripheral as _, HANG_UP_TIME_OUT, Peripheral};
use crate::bluetooth::{LinkEvent, MassagerId};

/// How many links in a row have to end at a first request before that counts as a refusal to pair: one may end by chance.
const REFUSALS: u32 = 2;

/// How long ago the last of them may be. Whoever tries again later tries anew.
const REFUSED_WITHIN: Duration = Duration::from_secs(10);

/// The near ends of all links, told when a link goes away; and who is being hung up on, which takes BlueZ two seconds:
/// a connection or a pairing that starts meanwhile would be cut off by it.
#[derive(Default)]
pub(super) struct Links {
    ends: Mutex<BTreeMap<MassagerId, Vec<NearEnd>>>,
    leaving: watch::Sender<BTreeMap<MassagerId, u32>>,
    /// What became of first requests, from link to link. A massager that refuses to pair hangs up (reason 0x05), and BlueZ
    /// does not say why a link ended.
    requests: Mutex<BTreeMap<(MassagerId, Asked), Fate>>,
}

/// A kind of request on a characteristic, by service and identifier: each may be protected by itself.
pub(super) type Asked = (Uuid, Uuid, Request);

/// What may be protected by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Request {
    Read,
    Write,
    /// A write without response.
    Command,
    Subscribe,
}

/// What became of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Answered,
    /// So many links in a row ended in its place, the last of them then.
    Ended(u32, Instant),
}

impl Fate {
    fn is_refusal(&self) -> bool {
        matches!(self, Self::Ended(count, last) if *count >= REFUSALS && last.elapsed() < REFUSED_WITHIN)
    }
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

    fn requests(&self) -> MutexGuard<'_, BTreeMap<(MassagerId, Asked), Fate>> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A massager answered a request.
    pub fn answered(&self, id: &MassagerId, asked: Asked) {
        self.requests().insert((id.clone(), asked), Fate::Answered);
    }

    /// A link to an unpaired massager ended in place of its first answer to such a request. Whether it refuses to pair: a
    /// request that it answered over an earlier link needs no pairing, and that link was lost by chance.
    pub fn unanswered(&self, id: &MassagerId, asked: Asked) -> bool {
        let mut requests = self.requests();
        let fate = requests.entry((id.clone(), asked)).or_insert(Fate::Ended(0, Instant::now()));
        if let Fate::Ended(count, last) = fate {
            *count = if last.elapsed() < REFUSED_WITHIN { *count + 1 } else { 1 };
            *last = Instant::now();
        }
        fate.is_refusal()
    }

    /// Whether a massager just refused to pair; said once.
    pub fn take_refusal(&self, id: &MassagerId) -> bool {
        let refused = self.requests().iter().any(|((other, _), fate)| other == id && fate.is_refusal());
        if refused {
            self.try_anew(id);
        }
        refused
    }

    /// What a massager did not answer before counts no more.
    pub fn try_anew(&self, id: &MassagerId) {
        self.requests().retain(|(other, _), fate| other != id || *fate == Fate::Answered);
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

#[cfg(test)]
mod tests {
    use super::*;

    const WRITE: Asked = (Uuid::from_u128(0xFFE0), Uuid::from_u128(0xFFE1), Request::Write);
    const SUBSCRIBE: Asked = (Uuid::from_u128(0xFFE0), Uuid::from_u128(0xFFE1), Request::Subscribe);

    #[tokio::test(start_paused = true)]
    async fn two_links_that_end_at_the_same_first_request_are_a_refused_pairing_and_one_is_not() {
        let (links, id) = (Links::default(), MassagerId("C0:DE:F0:07:00:01".to_owned()));
        links.answered(&id, SUBSCRIBE);
        assert!(!links.unanswered(&id, WRITE) && !links.take_refusal(&id));
        links.answered(&id, SUBSCRIBE); // This is not protected.
        assert!(links.unanswered(&id, WRITE));
        assert!(links.take_refusal(&id) && !links.take_refusal(&id), "said once, and then tried anew");
        // Nor is what happens now and then.
        assert!(!links.unanswered(&id, WRITE));
        tokio::time::advance(REFUSED_WITHIN).await;
        assert!(!links.unanswered(&id, WRITE));
        assert!(links.unanswered(&id, WRITE));
        tokio::time::advance(REFUSED_WITHIN).await;
        assert!(!links.take_refusal(&id));
    }

    #[tokio::test(start_paused = true)]
    async fn a_massager_that_has_obeyed_without_pairing_is_never_said_to_refuse_it() {
        let (links, id) = (Links::default(), MassagerId("C0:DE:F0:07:00:01".to_owned()));
        links.answered(&id, WRITE);
        for _ in 0..5 {
            assert!(!links.unanswered(&id, WRITE) && !links.take_refusal(&id));
        }
    }
}
