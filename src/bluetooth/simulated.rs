//! The simulated massager: a radio and a link without a radio, for a first look without hardware, and for tests.
//!
//! Belongs here: [`Simulated`], which is special only when it is created, and [`Bench`], through which a test makes it
//! fail and looks at what reached it. What its frames mean stands in `machine`. It runs on tokio's clock, so a paused
//! clock holds it still.

mod bench;
mod link;
mod machine;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;
use tokio::sync::{Notify, mpsc, oneshot, watch};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, sleep_until};
use uuid::Uuid;

use super::guard::Guarded;
use super::{Adapter, Connection, Error, LinkEvent, MassagerId, PairingQuestion, Radio, RadioEvent, RadioState};
use crate::massager::Advertisement;
use crate::massager::forbidden::Permit;
use crate::mode::Channel;
use link::SimulatedLink;
use machine::Machine;

/// The name under which it is found.
pub const NAME: &str = "Simulated massager";

/// How long a massager that never answers is waited for: the time-out of the attribute protocol (Bluetooth Core
/// 5.4, volume 3, part F, 3.3.3), after which the link is unusable.
const ATT_TIME_OUT: Duration = Duration::from_secs(30);

/// How long one try to connect waits.
const CONNECT_TIME_OUT: Duration = Duration::from_secs(5);

/// A radio that reaches one simulated massager, which speaks the Svang reference layout.
pub struct Simulated {
    inside: Arc<Inside>,
    events: Mutex<Option<mpsc::UnboundedReceiver<RadioEvent>>>,
    search: Mutex<Option<Task>>,
}

/// A write that reached the simulated massager.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// When.
    pub at: Instant,
    /// The service.
    pub service: Uuid,
    /// The characteristic.
    pub characteristic: Uuid,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Whether an acknowledgement was asked for.
    pub with_response: bool,
    /// The levels once it was obeyed, or as they were where it was refused or ignored.
    pub levels: BTreeMap<Channel, u16>,
}

/// What the simulated massager asks before it lets itself be paired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Demand {
    /// Nothing (Just Works).
    JustWorks,
    /// That both numbers are the same.
    NumericComparison(u32),
    /// That the number is typed on the massager; it succeeds after three seconds.
    PasskeyDisplay(u32),
    /// That the massager's number is typed here.
    PasskeyEntry(u32),
}

/// The other side of the simulated massager: makes it fail, and shows what reached it. Cheap to clone.
#[derive(Clone)]
pub struct Bench {
    inside: Arc<Inside>,
}

struct Inside {
    world: Mutex<World>,
    /// Something changed that a task may wait for.
    changed: Notify,
    /// Someone came or went.
    reach: watch::Sender<()>,
}

struct World {
    machine: Machine,
    radio: RadioState,
    tell: mpsc::UnboundedSender<RadioEvent>,
    away: Away,
    link: Option<Live>,
    links_made: u64,
    written: Vec<Written>,
    ignore_writes: bool,
    never_answer: bool,
    answer_after: Duration,
    refuse: u32,
    demand: Option<Demand>,
    paired: bool,
}

/// Whether the massager is in reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Away {
    Here,
    Until(Instant),
    ForGood,
}

/// The far end of a link.
struct Live {
    number: u64,
    tell: mpsc::UnboundedSender<LinkEvent>,
    subscribed: Vec<(Uuid, Uuid)>,
    /// When the last write to each characteristic is answered.
    busy_until: BTreeMap<(Uuid, Uuid), Instant>,
    /// Turns true when the link is gone.
    gone: watch::Sender<bool>,
}

/// A task that ends with its owner.
struct Task(JoinHandle<()>);

impl Drop for Task {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Default for Simulated {
    fn default() -> Self {
        Self::new()
    }
}

impl Simulated {
    /// A simulated massager, switched on and in reach, everything at nothing, its battery full.
    pub fn new() -> Self {
        let (tell, events) = mpsc::unbounded_channel();
        let radio = RadioState::Ready(adapter());
        let _ = tell.send(RadioEvent::State(radio.clone()));
        let world = World {
            machine: Machine::new(),
            radio,
            tell,
            away: Away::Here,
            link: None,
            links_made: 0,
            written: Vec::new(),
            ignore_writes: false,
            never_answer: false,
            answer_after: Duration::ZERO,
            refuse: 0,
            demand: None,
            paired: false,
        };
        let (reach, _) = watch::channel(());
        Self {
            inside: Arc::new(Inside { world: Mutex::new(world), changed: Notify::new(), reach }),
            events: Mutex::new(Some(events)),
            search: Mutex::new(None),
        }
    }

    /// Its other side.
    pub fn bench(&self) -> Bench {
        Bench { inside: Arc::clone(&self.inside) }
    }
}

/// The adapter that it pretends to use.
fn adapter() -> Adapter {
    Adapter { id: "simulated".to_owned(), name: "Simulated adapter".to_owned() }
}

fn advertisement() -> Advertisement {
    Advertisement { name: Some(NAME.to_owned()), services: vec![machine::SERVICE], ..Advertisement::default() }
}

impl Inside {
    fn world(&self) -> MutexGuard<'_, World> {
        // A panic elsewhere leaves the world whole: every change to it is a plain assignment.
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell_change(&self) {
        self.changed.notify_waiters();
        self.changed.notify_one();
        self.reach.send_replace(());
    }
}

impl World {
    fn check_radio(&self) -> Result<(), Error> {
        match &self.radio {
            RadioState::Ready(_) => Ok(()),
            RadioState::Off => Err(Error::Off),
            RadioState::Starting => Err(Error::NoAdapter),
            RadioState::Unavailable(error) => Err(error.clone()),
        }
    }

    fn here(&self, now: Instant) -> bool {
        matches!(self.radio, RadioState::Ready(_))
            && match self.away {
                Away::Here => true,
                Away::Until(back) => now >= back,
                Away::ForGood => false,
            }
    }

    fn lose_link(&mut self) {
        if let Some(link) = self.link.take() {
            let _ = link.tell.send(LinkEvent::Lost);
            link.gone.send_replace(true);
        }
    }

    fn live(&mut self, number: u64) -> Result<&mut Live, Error> {
        self.link.as_mut().filter(|link| link.number == number).ok_or(Error::LinkLost)
    }

    fn check_paired(&self) -> Result<(), Error> {
        if self.demand.is_some() && !self.paired { Err(Error::NeedsPairing) } else { Ok(()) }
    }

    /// Sends what changed since the last time to whoever subscribed.
    fn notify(&mut self, now: Instant) {
        let reports = self.machine.reports(now);
        let Some(link) = &self.link else { return };
        for (service, characteristic, bytes) in reports {
            if link.subscribed.contains(&(service, characteristic)) {
                let _ = link.tell.send(LinkEvent::Notified { service, characteristic, bytes });
            }
        }
    }
}

impl Radio for Simulated {
    fn events(&self) -> mpsc::UnboundedReceiver<RadioEvent> {
        let mut events = self.events.lock().unwrap_or_else(PoisonError::into_inner);
        events.take().unwrap_or_else(|| mpsc::unbounded_channel().1)
    }

    fn adapters(&self) -> BoxFuture<'_, Result<Vec<Adapter>, Error>> {
        async { self.inside.world().check_radio().map(|()| vec![adapter()]) }.boxed()
    }

    fn choose_adapter(&self, _id: String) -> BoxFuture<'_, Result<(), Error>> {
        async { self.inside.world().check_radio() }.boxed()
    }

    fn search(&self, on: bool) -> BoxFuture<'_, Result<(), Error>> {
        async move {
            let search = if on {
                self.inside.world().check_radio()?;
                Some(Task(tokio::spawn(advertise(Arc::clone(&self.inside)))))
            } else {
                None
            };
            *self.search.lock().unwrap_or_else(PoisonError::into_inner) = search;
            Ok(())
        }
        .boxed()
    }

    fn connect(&self, id: MassagerId) -> BoxFuture<'_, Result<Connection, Error>> {
        async move {
            let deadline = Instant::now() + CONNECT_TIME_OUT;
            let mut reach = self.inside.reach.subscribe();
            loop {
                let back = {
                    let mut world = self.inside.world();
                    world.check_radio()?;
                    if !id.is_simulated() {
                        return Err(Error::OutOfReach);
                    }
                    if world.here(Instant::now()) {
                        return Ok(self.make_link(&mut world));
                    }
                    match world.away {
                        Away::Until(back) => back.min(deadline),
                        Away::Here | Away::ForGood => deadline,
                    }
                };
                tokio::select! {
                    () = sleep_until(back) => if back == deadline { return Err(Error::TimedOut) },
                    _ = reach.changed() => {}
                }
            }
        }
        .boxed()
    }

    fn pair(
        &self,
        _id: MassagerId,
        questions: mpsc::UnboundedSender<PairingQuestion>,
    ) -> BoxFuture<'_, Result<(), Error>> {
        async move {
            let demand = {
                let world = self.inside.world();
                world.check_radio()?;
                if !world.here(Instant::now()) {
                    return Err(Error::OutOfReach);
                }
                world.demand
            };
            let agreed = match demand {
                None | Some(Demand::JustWorks) => true,
                Some(Demand::NumericComparison(number)) => {
                    let (answer, answered) = oneshot::channel();
                    let _ = questions.send(PairingQuestion::NumericComparison(number, answer));
                    answered.await.unwrap_or(false)
                }
                Some(Demand::PasskeyDisplay(number)) => {
                    let _ = questions.send(PairingQuestion::PasskeyDisplay(number));
                    sleep(Duration::from_secs(3)).await;
                    true
                }
                Some(Demand::PasskeyEntry(number)) => {
                    let (answer, answered) = oneshot::channel();
                    let _ = questions.send(PairingQuestion::PasskeyEntry(answer));
                    answered.await.ok().flatten() == Some(number)
                }
            };
            if !agreed {
                return Err(Error::PairingRefused);
            }
            self.inside.world().paired = true;
            Ok(())
        }
        .boxed()
    }

    fn forget(&self, _id: MassagerId) -> BoxFuture<'_, Result<(), Error>> {
        async {
            let mut world = self.inside.world();
            world.paired = false;
            world.lose_link();
            Ok(())
        }
        .boxed()
    }
}

/// Tells that it is there whenever it comes into reach, and that it is gone, for as long as somebody searches.
async fn advertise(inside: Arc<Inside>) {
    let mut told = false;
    let mut reach = inside.reach.subscribe();
    loop {
        let back = {
            let world = inside.world();
            let here = world.here(Instant::now());
            if here != told {
                let id = MassagerId::simulated();
                let _ = world.tell.send(match here {
                    true => RadioEvent::Seen { id, advertisement: advertisement(), rssi: Some(-42) },
                    false => RadioEvent::Gone(id),
                });
                told = here;
            }
            match world.away {
                Away::Until(back) if !here => Some(back),
                _ => None,
            }
        };
        tokio::select! {
            () = until(back) => {}
            changed = reach.changed() => if changed.is_err() { return },
        }
    }
}

impl Simulated {
    fn make_link(&self, world: &mut World) -> Connection {
        world.lose_link();
        world.links_made += 1;
        world.away = Away::Here;
        let (tell, events) = mpsc::unbounded_channel();
        let (gone, _) = watch::channel(false);
        world.link =
            Some(Live { number: world.links_made, tell, subscribed: Vec::new(), busy_until: BTreeMap::new(), gone });
        let link = SimulatedLink::new(Arc::clone(&self.inside), world.links_made);
        Connection { link: Box::new(Guarded::new(Box::new(link), Permit::any_map())), events }
    }
}

/// Notifies what the massager does by itself: its dead-man time running out, its battery draining.
async fn tick(inside: Arc<Inside>, number: u64) {
    loop {
        let changed = inside.changed.notified();
        let due = {
            let mut world = inside.world();
            if world.live(number).is_err() {
                return;
            }
            let now = Instant::now();
            world.notify(now);
            world.machine.next_change(now)
        };
        tokio::select! {
            () = until(due) => {}
            () = changed => {}
        }
    }
}

async fn until(at: Option<Instant>) {
    match at {
        Some(at) => sleep_until(at).await,
        None => std::future::pending().await,
    }
}

#[cfg(test)]
mod tests;
