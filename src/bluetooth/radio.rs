//! The real radio, over `btleplug`. No other file knows it.
//!
//! Belongs here: [`Bluetooth`], which keeps to one adapter, survives its coming and going, and makes links. What is
//! only bookkeeping stands in `sightings`, what only words in `errors`, what BlueZ alone can do in `bluez` and `pairing`.

pub(super) mod errors;
mod keeper;
mod link;
mod links;
mod service;
mod sightings;

use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

// The parts below this file take these names from here.
use btleplug::Error as BtError;
use btleplug::api::{
    BDAddr, Central, CentralEvent, CentralState, CharPropFlags, Characteristic as BtCharacteristic,
    Manager as BtManager, Peripheral as BtPeripheral, PeripheralProperties, ScanFilter, ValueNotification, WriteType,
};
use btleplug::platform::{self, Peripheral, PeripheralId};
use futures::FutureExt;
use futures::future::BoxFuture;
use tokio::sync::{broadcast, mpsc, oneshot, watch};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::guard::Guarded;
use super::{Adapter, Connection, Error, MassagerId, PairingQuestion, Radio, RadioEvent, RadioState};
use crate::massager::forbidden::Permit;
use keeper::Keeper;
use link::RadioLink;
use links::{Asked, Links, NearEnd, Request};
#[cfg_attr(not(target_os = "linux"), allow(unused_imports))]
pub(super) use service::Change;

#[cfg(target_os = "linux")]
use super::{bluez, pairing};

/// How long the Bluetooth service may take to answer when it is first asked. BlueZ answers within 0.1 s; a service that
/// systemd has to start takes a few seconds.
const SERVICE_TIME_OUT: Duration = Duration::from_secs(8);

/// How long switching the search on or off may take.
const SEARCH_TIME_OUT: Duration = Duration::from_secs(5);

/// How long one try to connect takes. Real massagers were seen to answer within 0.7 s; BlueZ itself waits for 30 s.
const CONNECT_TIME_OUT: Duration = Duration::from_secs(5);

/// How long a massager that the system does not know yet is looked for.
const SEEK_TIME_OUT: Duration = Duration::from_secs(5);

/// How long discovering services takes at most.
const DISCOVER_TIME_OUT: Duration = Duration::from_secs(10);

/// How long hanging up takes at most; BlueZ takes about 2 s.
const HANG_UP_TIME_OUT: Duration = Duration::from_secs(5);

/// How often an absent adapter or service is looked for, beside being told of its coming.
const RETRY: Duration = Duration::from_secs(5);

/// The radio of this computer. Nothing happens before it is first asked for something, which must be inside a tokio
/// runtime.
pub struct Bluetooth {
    running: OnceLock<Running>,
    /// The adapter to prefer, from its id.
    preferred: Option<String>,
}

struct Running {
    orders: mpsc::UnboundedSender<Order>,
    events: Mutex<Option<mpsc::UnboundedReceiver<RadioEvent>>>,
    now: watch::Receiver<Now>,
    heard: broadcast::Sender<MassagerId>,
    links: Arc<Links>,
    _keeper: Task,
}

/// What calls work with.
#[derive(Clone)]
struct Now {
    state: RadioState,
    adapter: Option<platform::Adapter>,
    all: Vec<Adapter>,
}

/// What the keeper is asked for.
enum Order {
    Search(bool, oneshot::Sender<Result<(), Error>>),
    Choose(String, oneshot::Sender<Result<(), Error>>),
    /// Somebody starts or ends seeking one massager.
    Seek(bool),
    /// Somebody starts connecting, which a search disturbs: answers when it is quiet.
    Quiet(oneshot::Sender<()>),
    /// Connecting is over.
    Loud,
}

/// A task that ends with its owner.
struct Task(JoinHandle<()>);

impl Drop for Task {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Bluetooth {
    /// The radio, on the adapter of this id where there are several (`None`: the first that is on).
    pub fn new(preferred: Option<String>) -> Self {
        Self { running: OnceLock::new(), preferred }
    }

    fn running(&self) -> &Running {
        self.running.get_or_init(|| {
            let (orders, ordered) = mpsc::unbounded_channel();
            let (tell, events) = mpsc::unbounded_channel();
            let (now, now_seen) = watch::channel(Now { state: RadioState::Starting, adapter: None, all: Vec::new() });
            let (heard, _) = broadcast::channel(64);
            let links = Arc::new(Links::default());
            let keeper = Keeper::new(ordered, tell, now, heard.clone(), Arc::clone(&links), self.preferred.clone());
            let _keeper = Task(tokio::spawn(keeper.run()));
            Running { orders, events: Mutex::new(Some(events)), now: now_seen, heard, links, _keeper }
        })
    }
}

impl Running {
    /// The adapter in use, once it is known; otherwise why there is none.
    async fn adapter(&self) -> Result<platform::Adapter, Error> {
        let mut now = self.now.clone();
        let known = timeout(SERVICE_TIME_OUT, now.wait_for(|now| now.state != RadioState::Starting)).await;
        let Ok(Ok(now)) = known else { return Err(Error::NoService) };
        match (&now.state, &now.adapter) {
            (RadioState::Ready(_), Some(adapter)) => Ok(adapter.clone()),
            (RadioState::Unavailable(error), _) => Err(error.clone()),
            (RadioState::Off, _) => Err(Error::Off),
            _ => Err(Error::NoAdapter),
        }
    }

    async fn ask(&self, order: impl FnOnce(oneshot::Sender<Result<(), Error>>) -> Order) -> Result<(), Error> {
        let (answer, answered) = oneshot::channel();
        let _ = self.orders.send(order(answer));
        answered.await.unwrap_or(Err(Error::NoService))
    }

    /// The massager, seeking it for a few seconds where the system does not know it (any more).
    async fn find(&self, id: &MassagerId) -> Result<Peripheral, Error> {
        let adapter = self.adapter().await?;
        let mut heard = self.heard.subscribe();
        if let Some(peripheral) = known(&adapter, id).await? {
            return Ok(peripheral);
        }
        let _seeking = Seeking::start(&self.orders);
        let seen = async {
            loop {
                match heard.recv().await {
                    Ok(seen) if seen == *id => return,
                    Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
                    _ => {}
                }
            }
        };
        timeout(SEEK_TIME_OUT, seen).await.map_err(|_| Error::OutOfReach)?;
        known(&adapter, id).await?.ok_or(Error::OutOfReach)
    }

    async fn connect(&self, id: MassagerId) -> Result<Connection, Error> {
        if self.links.take_refusal(&id) {
            return Err(Error::PairingRefused);
        }
        let peripheral = self.find(&id).await?;
        self.links.left(&id).await;
        let _quiet = Quiet::wait(&self.orders).await;
        let (end, events) = NearEnd::new();
        let half_made = HalfMade { id: &id, peripheral: Some(peripheral.clone()), links: &self.links };
        if let Err(error) = timeout(CONNECT_TIME_OUT, peripheral.connect()).await.map_err(|_| Error::TimedOut)? {
            let bonded = errors::is_of_a_lost_bond(&error) && paired(&peripheral).await == Some(true);
            return Err(if bonded { Error::BondLost } else { errors::of_connecting(&error) });
        }
        // Registered before discovering, so that a link that goes away meanwhile is noticed.
        self.links.add(&id, end.clone());
        timeout(DISCOVER_TIME_OUT, peripheral.discover_services())
            .await
            .map_err(|_| Error::TimedOut)?
            .map_err(|error| errors::of(&error))?;
        let notifications = peripheral.notifications().await.map_err(|error| errors::of(&error))?;
        if !is_connected(&peripheral).await {
            return Err(Error::LinkLost);
        }
        half_made.finish();
        let link = RadioLink::new(id, peripheral, notifications, end, Arc::clone(&self.links));
        Ok(Connection { link: Box::new(Guarded::new(Box::new(link), Permit::any_map())), events })
    }
}

/// The peripheral of this id, where the system knows it.
async fn known(adapter: &platform::Adapter, id: &MassagerId) -> Result<Option<Peripheral>, Error> {
    let all = timeout(SEARCH_TIME_OUT, adapter.peripherals()).await.map_err(|_| Error::NoService)?;
    Ok(all.map_err(|error| errors::of(&error))?.into_iter().find(|peripheral| massager_id(peripheral) == *id))
}

/// Its address where the platform shows one (the same after a restart and on another adapter), else the platform's id.
fn massager_id(peripheral: &Peripheral) -> MassagerId {
    match peripheral.address() {
        address if address == BDAddr::default() => MassagerId(peripheral.id().to_string()),
        address => MassagerId(address.to_string()),
    }
}

/// The same from an event, which carries the platform's id alone: BlueZ's says `hci0/dev_C0_DE_F0_07_00_01`.
fn massager_id_of(id: &PeripheralId) -> MassagerId {
    let text = id.to_string();
    match text.split_once("/dev_") {
        Some((_, address)) => MassagerId(address.replace('_', ":")),
        None => MassagerId(text),
    }
}

/// Whether there is a bond, where the platform tells.
async fn paired(peripheral: &Peripheral) -> Option<bool> {
    #[cfg(target_os = "linux")]
    return bluez::paired(&peripheral.id().to_string()).await;
    #[cfg(not(target_os = "linux"))]
    {
        let _ = peripheral;
        None
    }
}

async fn is_connected(peripheral: &Peripheral) -> bool {
    matches!(timeout(Duration::from_secs(2), peripheral.is_connected()).await, Ok(Ok(true)))
}

/// A link under construction: given up, it is taken down. BlueZ goes on connecting otherwise, and refuses the next try.
struct HalfMade<'a> {
    id: &'a MassagerId,
    peripheral: Option<Peripheral>,
    links: &'a Arc<Links>,
}

impl HalfMade<'_> {
    fn finish(mut self) {
        self.peripheral = None;
    }
}

impl Drop for HalfMade<'_> {
    fn drop(&mut self) {
        if let Some(peripheral) = self.peripheral.take() {
            self.links.hang_up_later(self.id, peripheral);
        }
    }
}

/// Keeps the search on for somebody who seeks one massager.
struct Seeking(mpsc::UnboundedSender<Order>);

impl Seeking {
    fn start(orders: &mpsc::UnboundedSender<Order>) -> Self {
        let _ = orders.send(Order::Seek(true));
        Self(orders.clone())
    }
}

impl Drop for Seeking {
    fn drop(&mut self) {
        let _ = self.0.send(Order::Seek(false));
    }
}

/// Keeps the search off for somebody who connects.
struct Quiet(mpsc::UnboundedSender<Order>);

impl Quiet {
    async fn wait(orders: &mpsc::UnboundedSender<Order>) -> Self {
        let (answer, answered) = oneshot::channel();
        let quiet = Self(orders.clone());
        let _ = orders.send(Order::Quiet(answer));
        let _ = answered.await;
        quiet
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        let _ = self.0.send(Order::Loud);
    }
}

impl Radio for Bluetooth {
    fn events(&self) -> mpsc::UnboundedReceiver<RadioEvent> {
        let mut events = self.running().events.lock().unwrap_or_else(PoisonError::into_inner);
        events.take().unwrap_or_else(|| mpsc::unbounded_channel().1)
    }

    fn adapters(&self) -> BoxFuture<'_, Result<Vec<Adapter>, Error>> {
        async {
            let mut now = self.running().now.clone();
            let known = timeout(SERVICE_TIME_OUT, now.wait_for(|now| now.state != RadioState::Starting)).await;
            let Ok(Ok(now)) = known else { return Err(Error::NoService) };
            match &now.state {
                RadioState::Unavailable(error) => Err(error.clone()),
                _ => Ok(now.all.clone()),
            }
        }
        .boxed()
    }

    fn choose_adapter(&self, id: String) -> BoxFuture<'_, Result<(), Error>> {
        self.running().ask(|answer| Order::Choose(id, answer)).boxed()
    }

    #[cfg(target_os = "linux")]
    fn switch_on(&self) -> BoxFuture<'_, Result<(), Error>> {
        async {
            let adapter = self.running().now.borrow().adapter.clone().ok_or(Error::NoAdapter)?;
            let info = timeout(SEARCH_TIME_OUT, adapter.adapter_info()).await.map_err(|_| Error::NoService)?;
            let info = info.map_err(|error| errors::of(&error))?;
            bluez::switch_on(info.split(" (").next().unwrap_or(&info)).await
        }
        .boxed()
    }

    fn search(&self, on: bool) -> BoxFuture<'_, Result<(), Error>> {
        async move {
            let running = self.running();
            if on {
                // The keeper hears of it without an adapter as well: it looks again, and searches once there is one.
                let _ = running.adapter().await;
            }
            running.ask(|answer| Order::Search(on, answer)).await
        }
        .boxed()
    }

    fn connect(&self, id: MassagerId) -> BoxFuture<'_, Result<Connection, Error>> {
        self.running().connect(id).boxed()
    }

    fn pair(
        &self,
        id: MassagerId,
        questions: mpsc::UnboundedSender<PairingQuestion>,
    ) -> BoxFuture<'_, Result<(), Error>> {
        async move {
            let peripheral = self.running().find(&id).await?;
            #[cfg(target_os = "linux")]
            {
                self.running().links.left(&id).await;
                self.running().links.try_anew(&id);
                let _quiet = Quiet::wait(&self.running().orders).await;
                pairing::pair(&peripheral.id().to_string(), questions).await
            }
            #[cfg(not(target_os = "linux"))]
            {
                // The system shows its own dialog when a protected characteristic is next used.
                drop((peripheral, questions));
                Ok(())
            }
        }
        .boxed()
    }

    fn forget(&self, id: MassagerId) -> BoxFuture<'_, Result<(), Error>> {
        async move {
            let adapter = self.running().adapter().await?;
            let Some(peripheral) = known(&adapter, &id).await? else { return Ok(()) };
            self.running().links.hang_up(&id, &peripheral).await;
            #[cfg(target_os = "linux")]
            bluez::remove(&peripheral.id().to_string()).await?;
            Ok(())
        }
        .boxed()
    }
}
