//! The task that keeps the radio: which adapter, whether it is on, the search, and who was heard.
//!
//! Belongs here: surviving a Bluetooth service, an adapter or a switch that comes and goes, and telling so. Making links
//! does not; but the keeper alone hears of their loss.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use futures::{Stream, StreamExt};
use tokio::sync::{broadcast, mpsc, watch};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep, timeout};

use super::service::{Change, Watch, in_time, next_change, start_manager};
use super::sightings::{Heard, Sightings};
use super::{
    BtManager as _, BtPeripheral as _, Central as _, CentralEvent, CentralState, Links, Now, Order, PeripheralId,
    PeripheralProperties, RETRY, SEARCH_TIME_OUT, ScanFilter, errors, is_connected, massager_id_of, platform,
};
use crate::bluetooth::{Adapter, Error, MassagerId, RadioEvent, RadioState};

/// How often the bookkeeping of a search is looked through.
const HOUSEKEEPING: Duration = Duration::from_millis(500);

/// How soon a search that could not be begun is tried again.
const SEARCH_AGAIN: Duration = Duration::from_secs(1);

type Events = Pin<Box<dyn Stream<Item = CentralEvent> + Send>>;

pub(super) struct Keeper {
    ordered: mpsc::UnboundedReceiver<Order>,
    tell: mpsc::UnboundedSender<RadioEvent>,
    now: watch::Sender<Now>,
    heard: broadcast::Sender<MassagerId>,
    links: Arc<Links>,
    manager: Option<platform::Manager>,
    preferred: Option<String>,
    /// The search as the person wants it.
    searching: bool,
    /// How many seek one massager.
    seekers: usize,
    /// How many connect at the moment.
    connecting: usize,
    /// The search as the adapter was last told.
    scanning: bool,
    sightings: Sightings,
    /// The platform's names for those in `sightings`.
    platform_ids: HashMap<MassagerId, PeripheralId>,
    learned: mpsc::UnboundedSender<Learned>,
    learning: mpsc::UnboundedReceiver<Learned>,
    /// What tells that adapters or the service came or went.
    watch: Option<Watch>,
}

/// The adapter in use.
struct Open {
    adapter: platform::Adapter,
    name: Adapter,
    on: bool,
}

/// What the system answered about one massager.
enum Learned {
    /// It is connected to this computer, perhaps by another program, or by one that ended without hanging up.
    Connected(PeripheralId),
    /// What it knows.
    Known {
        id: MassagerId,
        /// `None`: nothing.
        heard: Option<Heard>,
        /// It was asked because of a long silence.
        silent: bool,
    },
}

impl Keeper {
    pub fn new(
        ordered: mpsc::UnboundedReceiver<Order>,
        tell: mpsc::UnboundedSender<RadioEvent>,
        now: watch::Sender<Now>,
        heard: broadcast::Sender<MassagerId>,
        links: Arc<Links>,
        preferred: Option<String>,
    ) -> Self {
        let (learned, learning) = mpsc::unbounded_channel();
        Self {
            ordered,
            tell,
            now,
            heard,
            links,
            manager: None,
            preferred,
            searching: false,
            seekers: 0,
            connecting: 0,
            scanning: false,
            sightings: Sightings::default(),
            platform_ids: HashMap::new(),
            learned,
            learning,
            watch: None,
        }
    }

    pub async fn run(mut self) {
        loop {
            match self.open().await {
                Ok((open, events)) => self.serve(open, events).await,
                Err(error) => {
                    self.close();
                    self.set(RadioState::Unavailable(error.clone()), None);
                    self.wait(error).await;
                }
            }
        }
    }

    /// Finds the adapter to use.
    async fn open(&mut self) -> Result<(Open, Events), Error> {
        if self.watch.is_none() {
            self.watch = Watch::start().await;
        }
        let manager = match &self.manager {
            Some(manager) => manager.clone(),
            None => self.manager.insert(start_manager().await?).clone(),
        };
        let found = in_time(manager.adapters()).await.inspect_err(|_| self.manager = None)?;
        let mut adapters = Vec::new();
        for adapter in found {
            // One that goes away meanwhile is left out.
            let Ok(info) = in_time(adapter.adapter_info()).await else { continue };
            let id = info.split(" (").next().unwrap_or(&info).to_owned();
            let address = in_time(adapter.adapter_address()).await.ok().flatten();
            let name = address.map_or_else(|| info.clone(), |address| format!("{id}, {address}"));
            let on = in_time(adapter.adapter_state()).await.is_ok_and(|state| state == CentralState::PoweredOn);
            adapters.push(Open { adapter, name: Adapter { id, name }, on });
        }
        adapters.sort_by(|a, b| a.name.id.cmp(&b.name.id));
        let all = adapters.iter().map(|open| open.name.clone()).collect();
        let preferred = adapters.iter().position(|open| Some(&open.name.id) == self.preferred.as_ref());
        let chosen = preferred.or_else(|| adapters.iter().position(|open| open.on)).unwrap_or(0);
        if chosen >= adapters.len() {
            return Err(Error::NoAdapter);
        }
        let mut open = adapters.swap_remove(chosen);
        let events = in_time(open.adapter.events()).await?;
        // Asked again now that no change can be missed.
        open.on = in_time(open.adapter.adapter_state()).await? == CentralState::PoweredOn;
        self.now.send_modify(|now| now.all = all);
        Ok((open, events))
    }

    /// Works with one adapter until something about the adapters changed.
    async fn serve(&mut self, mut open: Open, mut events: Events) {
        self.power(&open).await;
        let mut housekeeping = interval(HOUSEKEEPING);
        housekeeping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                change = next_change(&mut self.watch) => {
                    if change == Change::Bus {
                        (self.manager, self.watch) = (None, None);
                        return self.close();
                    }
                    match self.still_there(&open).await {
                        true => {}
                        false => return self.close(),
                    }
                }
                event = events.next() => match event {
                    Some(CentralEvent::StateUpdate(state)) => {
                        open.on = state == CentralState::PoweredOn;
                        self.power(&open).await;
                    }
                    Some(event) => self.central(&open, event),
                    None => {
                        self.close();
                        return sleep(Duration::from_secs(1)).await;
                    }
                },
                order = self.ordered.recv() => match order {
                    Some(Order::Choose(id, answer)) => {
                        let known = self.now.borrow().all.iter().any(|adapter| adapter.id == id);
                        let _ = answer.send(if known { Ok(()) } else { Err(Error::NoAdapter) });
                        if known && id != open.name.id {
                            self.preferred = Some(id);
                            self.scan(&open, false).await.ok();
                            return self.close();
                        }
                    }
                    Some(order) => self.order(&open, order).await,
                    None => return std::future::pending().await,
                },
                Some(learned) = self.learning.recv() => self.learn(&open, learned),
                _ = housekeeping.tick(), if self.scanning => self.keep_house(&open),
                // Somebody else's search was in the way.
                () = sleep(SEARCH_AGAIN), if self.wants_search(&open) && !self.scanning => {
                    self.apply(&open).await.ok();
                }
            }
        }
    }

    /// Waits until it is worth looking for an adapter again.
    async fn wait(&mut self, error: Error) {
        let mut retry = std::pin::pin!(sleep(RETRY));
        loop {
            tokio::select! {
                change = next_change(&mut self.watch) => {
                    if change == Change::Bus {
                        (self.manager, self.watch) = (None, None);
                        // Without a bus there is nothing to be told by.
                        continue;
                    }
                    return;
                }
                () = &mut retry => return,
                order = self.ordered.recv() => match order {
                    Some(Order::Search(on, answer)) => {
                        self.searching = on;
                        let _ = answer.send(if on { Err(error.clone()) } else { Ok(()) });
                        if on {
                            return;
                        }
                    }
                    Some(Order::Choose(id, answer)) => {
                        self.preferred = Some(id);
                        let _ = answer.send(Ok(()));
                        return;
                    }
                    Some(Order::Seek(more)) => self.count_seeker(more),
                    Some(Order::Quiet(answer)) => {
                        self.connecting += 1;
                        let _ = answer.send(());
                    }
                    Some(Order::Loud) => self.connecting = self.connecting.saturating_sub(1),
                    None => return std::future::pending().await,
                },
                _ = self.learning.recv() => {}
            }
        }
    }

    /// Everything that hung on the adapter is gone.
    fn close(&mut self) {
        self.scanning = false;
        self.links.all_lost();
        for event in self.sightings.clear() {
            let _ = self.tell.send(event);
        }
        self.platform_ids.clear();
    }

    fn set(&self, state: RadioState, adapter: Option<platform::Adapter>) {
        let changed = self.now.borrow().state != state;
        self.now.send_modify(|now| {
            now.state = state.clone();
            now.adapter = adapter;
        });
        if changed {
            let _ = self.tell.send(RadioEvent::State(state));
        }
    }

    async fn power(&mut self, open: &Open) {
        if open.on {
            self.set(RadioState::Ready(open.name.clone()), Some(open.adapter.clone()));
            self.apply(open).await.ok();
        } else {
            self.close();
            self.set(RadioState::Off, Some(open.adapter.clone()));
        }
    }

    async fn still_there(&mut self, open: &Open) -> bool {
        let Some(manager) = &self.manager else { return false };
        let Ok(found) = in_time(manager.adapters()).await else { return false };
        let known = self.now.borrow().all.len();
        // Another adapter that came or went is listed by opening again, which loses the links: only where none is lost.
        let mut ours = false;
        for adapter in &found {
            let info = in_time(adapter.adapter_info()).await.unwrap_or_default();
            ours |= info.split(" (").next() == Some(open.name.id.as_str());
        }
        ours && (found.len() == known || !self.links.is_empty())
    }

    fn count_seeker(&mut self, more: bool) {
        self.seekers = if more { self.seekers + 1 } else { self.seekers.saturating_sub(1) };
    }

    async fn order(&mut self, open: &Open, order: Order) {
        match order {
            Order::Search(on, answer) => {
                if on && !self.searching {
                    self.sightings.begin(Instant::now());
                }
                self.searching = on;
                let done = if open.on || !on { self.apply(open).await } else { Err(Error::Off) };
                let _ = answer.send(done);
            }
            Order::Seek(more) => {
                self.count_seeker(more);
                self.apply(open).await.ok();
            }
            Order::Quiet(answer) => {
                self.connecting += 1;
                self.apply(open).await.ok();
                let _ = answer.send(());
            }
            Order::Loud => {
                self.connecting = self.connecting.saturating_sub(1);
                self.apply(open).await.ok();
            }
            // Handled where an adapter can be left.
            Order::Choose(_, answer) => drop(answer),
        }
    }

    fn wants_search(&self, open: &Open) -> bool {
        open.on && self.connecting == 0 && (self.searching || self.seekers > 0)
    }

    /// Brings the adapter's search to what is wanted now.
    async fn apply(&mut self, open: &Open) -> Result<(), Error> {
        let wanted = self.wants_search(open);
        if wanted == self.scanning { Ok(()) } else { self.scan(open, wanted).await }
    }

    async fn scan(&mut self, open: &Open, on: bool) -> Result<(), Error> {
        self.scanning = on;
        let done = match on {
            true => timeout(SEARCH_TIME_OUT, open.adapter.start_scan(ScanFilter::default())).await,
            false => timeout(SEARCH_TIME_OUT, open.adapter.stop_scan()).await,
        };
        match done {
            Ok(Ok(())) if on => self.ask_for_connected(open),
            Ok(Ok(())) => {}
            // A search that is off already is as wanted.
            Ok(Err(_)) if !on => {}
            // One that a Bluetooth service left behind when it died goes on for 10 s in the kernel: again, soon.
            Ok(Err(error)) if errors::of(&error) == Error::Busy => self.scanning = false,
            Ok(Err(error)) => {
                self.scanning = false;
                return Err(errors::of(&error));
            }
            Err(_) if on => {
                self.scanning = false;
                return Err(Error::NoService);
            }
            Err(_) => {}
        }
        Ok(())
    }

    fn central(&mut self, open: &Open, event: CentralEvent) {
        // BlueZ first lists what it remembers as if it had just been discovered.
        let fresh = !cfg!(target_os = "linux");
        let (id, heard) = match event {
            CentralEvent::DeviceDiscovered(id) => (id, Heard { live: fresh, ..Heard::default() }),
            CentralEvent::DeviceUpdated(id) => (id, Heard { live: true, ..Heard::default() }),
            CentralEvent::RssiUpdate { id, rssi } => (id, Heard { rssi: Some(rssi), live: true, ..Heard::default() }),
            CentralEvent::ManufacturerDataAdvertisement { id, manufacturer_data } => {
                let manufacturer_data = manufacturer_data.into_iter().collect();
                (id, Heard { manufacturer_data, live: true, ..Heard::default() })
            }
            CentralEvent::ServiceDataAdvertisement { id, .. } => (id, Heard { live: true, ..Heard::default() }),
            CentralEvent::ServicesAdvertisement { id, services } => {
                (id, Heard { services, live: fresh, ..Heard::default() })
            }
            CentralEvent::DeviceDisconnected(id) => return self.disconnected(open, id),
            CentralEvent::DeviceConnected(_)
            | CentralEvent::DeviceServicesModified(_)
            | CentralEvent::StateUpdate(_) => return,
        };
        self.hear(open, id, heard);
    }

    fn hear(&mut self, open: &Open, id: PeripheralId, heard: Heard) {
        // Other programs search too; nobody here asked.
        if !self.scanning {
            return;
        }
        let massager = massager_id_of(&id);
        if let Some(oldest) = self.sightings.make_room(&massager, |other| self.links.any(other)) {
            self.forget(&oldest);
        }
        self.platform_ids.insert(massager.clone(), id);
        if self.sightings.hear(&massager, heard, Instant::now()) {
            self.ask(open, massager.clone(), false);
        }
        self.news(&massager);
    }

    /// An event may be late, and belong to a link before this one: the system is asked.
    fn disconnected(&mut self, open: &Open, id: PeripheralId) {
        let massager = massager_id_of(&id);
        self.forget(&massager);
        if !self.links.any(&massager) {
            return;
        }
        let (adapter, links) = (open.adapter.clone(), Arc::clone(&self.links));
        tokio::spawn(async move {
            let connected = match timeout(SEARCH_TIME_OUT, adapter.peripheral(&id)).await {
                Ok(Ok(peripheral)) => is_connected(&peripheral).await,
                _ => false,
            };
            if !connected {
                links.lost(&massager);
            }
        });
    }

    /// Asks who is connected already: they do not advertise, and are here all the same.
    fn ask_for_connected(&self, open: &Open) {
        let (adapter, learned) = (open.adapter.clone(), self.learned.clone());
        tokio::spawn(async move {
            let Ok(Ok(known)) = timeout(SEARCH_TIME_OUT, adapter.peripherals()).await else { return };
            for peripheral in known {
                if is_connected(&peripheral).await {
                    let _ = learned.send(Learned::Connected(peripheral.id()));
                }
            }
        });
    }

    fn ask(&self, open: &Open, id: MassagerId, silent: bool) {
        let Some(platform_id) = self.platform_ids.get(&id).cloned() else { return };
        let (adapter, learned) = (open.adapter.clone(), self.learned.clone());
        tokio::spawn(async move {
            let asked = timeout(SEARCH_TIME_OUT, async {
                let peripheral = adapter.peripheral(&platform_id).await?;
                let known = peripheral.properties().await?.map_or_else(Heard::default, all_known);
                Ok(Heard { live: peripheral.is_connected().await?, ..known })
            });
            let heard = match asked.await {
                Ok(Ok(heard)) => Some(heard),
                Ok::<Result<_, super::BtError>, _>(Err(_)) => None,
                Err(_) => return,
            };
            let _ = learned.send(Learned::Known { id, heard, silent });
        });
    }

    fn learn(&mut self, open: &Open, learned: Learned) {
        match learned {
            Learned::Connected(id) => self.hear(open, id, Heard { live: true, ..Heard::default() }),
            Learned::Known { id, heard: Some(heard), silent } if !silent || heard.live || heard.rssi.is_some() => {
                self.sightings.learn(&id, heard, Instant::now());
                self.news(&id);
            }
            Learned::Known { id, .. } => self.forget(&id),
        }
    }

    /// Whoever is no longer in reach.
    fn forget(&mut self, id: &MassagerId) {
        self.platform_ids.remove(id);
        if let Some(gone) = self.sightings.drop(id) {
            let _ = self.tell.send(gone);
        }
    }

    fn news(&mut self, id: &MassagerId) {
        if let Some(news) = self.sightings.news(id, Instant::now()) {
            let _ = self.heard.send(id.clone());
            let _ = self.tell.send(news);
        }
    }

    fn keep_house(&mut self, open: &Open) {
        let now = Instant::now();
        for id in self.sightings.worth_asking(now) {
            self.ask(open, id, false);
        }
        for id in self.sightings.silent(now) {
            // Only BlueZ forgets whom it no longer hears; elsewhere the silence itself has to do.
            if cfg!(target_os = "linux") {
                self.ask(open, id, true);
            } else {
                self.forget(&id);
            }
        }
    }
}

fn all_known(properties: PeripheralProperties) -> Heard {
    // BlueZ makes a name up from the address where it knows none.
    let local = properties.local_name.filter(|_| !cfg!(target_os = "linux"));
    Heard {
        name: properties.advertisement_name.or(local),
        services: properties.services,
        manufacturer_data: properties.manufacturer_data.into_iter().collect(),
        rssi: properties.rssi,
        live: false,
    }
}
