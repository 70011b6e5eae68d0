//! The simulated massager: a radio and a link without a radio, for a first look without hardware, and for tests.
//!
//! Belongs here: [`Simulated`], which is special only when it is created, and [`Bench`], through which a test makes it
//! fail and looks at what reached it. What its frames mean stands in `machine`. It runs on tokio's clock, so a paused
//! clock holds it still.

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
use super::{Adapter, Error, Link, LinkEvent, MassagerId, PairingQuestion, Radio, RadioEvent, RadioState};
use crate::massager::{Advertisement, Characteristic};
use crate::mode::Channel;
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
    SameNumber(u32),
    /// That the number is typed on the massager; it succeeds after three seconds.
    TypeThere(u32),
    /// That the massager's number is typed here.
    TypeHere(u32),
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

impl Bench {
    /// Drops the link as a lost radio would. The massager is out of reach for `back_after`; for good where `None`.
    pub fn drop_link(&self, back_after: Option<Duration>) {
        let mut world = self.inside.world();
        world.away = back_after.map_or(Away::ForGood, |after| Away::Until(Instant::now() + after));
        world.lose_link();
        drop(world);
        self.inside.tell_change();
    }

    /// Brings it back into reach.
    pub fn come_back(&self) {
        self.inside.world().away = Away::Here;
        self.inside.tell_change();
    }

    /// Whether writes are acknowledged and then ignored.
    pub fn ignore_writes(&self, ignore: bool) {
        self.inside.world().ignore_writes = ignore;
    }

    /// How long each answer takes.
    pub fn answer_after(&self, delay: Duration) {
        self.inside.world().answer_after = delay;
    }

    /// Whether writes with response are never answered.
    pub fn never_answer(&self, never: bool) {
        self.inside.world().never_answer = never;
    }

    /// Refuses the next `count` writes with an error.
    pub fn refuse_writes(&self, count: u32) {
        self.inside.world().refuse = count;
    }

    /// Sets the battery charge, in percent.
    pub fn set_battery(&self, percent: u8) {
        self.inside.world().machine.set_battery(percent);
        self.inside.tell_change();
    }

    /// Changes the radio: off, no adapter, no service, no permission, or ready again.
    pub fn set_radio(&self, state: RadioState) {
        let mut world = self.inside.world();
        if !matches!(state, RadioState::Ready(_)) {
            world.lose_link();
        }
        world.radio = state.clone();
        let _ = world.tell.send(RadioEvent::State(state));
        drop(world);
        self.inside.tell_change();
    }

    /// The radio as it is when nothing is wrong.
    pub fn radio_ready(&self) {
        self.set_radio(RadioState::Ready(adapter()));
    }

    /// Demands pairing before it takes writes, in a way; or no more.
    pub fn demand_pairing(&self, demand: Option<Demand>) {
        let mut world = self.inside.world();
        world.demand = demand;
        world.paired = false;
    }

    /// Every write that reached it, in order.
    pub fn writes(&self) -> Vec<Written> {
        self.inside.world().written.clone()
    }

    /// Forgets the writes so far.
    pub fn clear_writes(&self) {
        self.inside.world().written.clear();
    }

    /// What the massager does now, mode by mode; everything that is not at nothing.
    pub fn levels(&self) -> BTreeMap<Channel, u16> {
        self.inside.world().machine.levels(Instant::now())
    }

    /// The built-in program that it runs now, by its number.
    pub fn program(&self) -> Option<u8> {
        self.inside.world().machine.program(Instant::now())
    }

    /// Whether somebody is connected to it.
    pub fn connected(&self) -> bool {
        self.inside.world().link.is_some()
    }
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

    fn connect(&self, id: MassagerId) -> BoxFuture<'_, Result<Box<dyn Link>, Error>> {
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
                Some(Demand::SameNumber(number)) => {
                    let (answer, answered) = oneshot::channel();
                    let _ = questions.send(PairingQuestion::SameNumber(number, answer));
                    answered.await.unwrap_or(false)
                }
                Some(Demand::TypeThere(number)) => {
                    let _ = questions.send(PairingQuestion::TypeThere(number));
                    sleep(Duration::from_secs(3)).await;
                    true
                }
                Some(Demand::TypeHere(number)) => {
                    let (answer, answered) = oneshot::channel();
                    let _ = questions.send(PairingQuestion::TypeHere(answer));
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
    fn make_link(&self, world: &mut World) -> Box<dyn Link> {
        world.lose_link();
        world.links_made += 1;
        world.away = Away::Here;
        let (tell, events) = mpsc::unbounded_channel();
        let (gone, _) = watch::channel(false);
        world.link = Some(Live { number: world.links_made, tell, subscribed: Vec::new(), gone });
        Box::new(Guarded::new(SimulatedLink {
            inside: Arc::clone(&self.inside),
            number: world.links_made,
            characteristics: machine::characteristics(),
            events: Mutex::new(Some(events)),
            _ticking: Task(tokio::spawn(tick(Arc::clone(&self.inside), world.links_made))),
        }))
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

struct SimulatedLink {
    inside: Arc<Inside>,
    number: u64,
    characteristics: Vec<Characteristic>,
    events: Mutex<Option<mpsc::UnboundedReceiver<LinkEvent>>>,
    _ticking: Task,
}

impl Drop for SimulatedLink {
    fn drop(&mut self) {
        hang_up(&self.inside, self.number);
    }
}

fn hang_up(inside: &Inside, number: u64) {
    let mut world = inside.world();
    if world.live(number).is_ok() {
        world.lose_link();
    }
}

/// What becomes of a request, and when.
struct Answer {
    result: Result<(), Error>,
    /// `None`: never.
    after: Option<Duration>,
    gone: watch::Receiver<bool>,
}

impl Inside {
    fn take_write(
        &self,
        number: u64,
        service: Uuid,
        characteristic: Uuid,
        bytes: Vec<u8>,
        with_response: bool,
    ) -> Result<Answer, Error> {
        let mut world = self.world();
        let gone = world.live(number)?.gone.subscribe();
        let now = Instant::now();
        let result = if let Err(refusal) = world.check_paired() {
            Err(refusal)
        } else if world.refuse > 0 {
            world.refuse -= 1;
            Err(Error::Refused("busy".to_owned()))
        } else if world.ignore_writes {
            Ok(())
        } else {
            world.machine.write(service, characteristic, &bytes, now)
        };
        let levels = world.machine.levels(now);
        world.written.push(Written { at: now, service, characteristic, bytes, with_response, levels });
        let after = match (with_response, world.never_answer) {
            (true, true) => None,
            (true, false) => Some(world.answer_after),
            (false, _) => Some(Duration::ZERO),
        };
        // Nobody learns what becomes of a write without response.
        let result = if with_response { result } else { Ok(()) };
        drop(world);
        self.changed.notify_waiters();
        self.changed.notify_one();
        Ok(Answer { result, after, gone })
    }

    async fn answer(&self, number: u64, mut answer: Answer) -> Result<(), Error> {
        let Some(after) = answer.after else {
            tokio::select! {
                () = sleep(ATT_TIME_OUT) => hang_up(self, number),
                _ = answer.gone.wait_for(|gone| *gone) => {}
            }
            return Err(Error::LinkLost);
        };
        if after.is_zero() {
            return answer.result;
        }
        tokio::select! {
            () = sleep(after) => answer.result,
            _ = answer.gone.wait_for(|gone| *gone) => Err(Error::LinkLost),
        }
    }
}

impl Link for SimulatedLink {
    fn characteristics(&self) -> &[Characteristic] {
        &self.characteristics
    }

    fn longest_write(&self) -> Option<usize> {
        Some(244)
    }

    fn events(&self) -> mpsc::UnboundedReceiver<LinkEvent> {
        let mut events = self.events.lock().unwrap_or_else(PoisonError::into_inner);
        events.take().unwrap_or_else(|| mpsc::unbounded_channel().1)
    }

    fn write(
        &self,
        service: Uuid,
        characteristic: Uuid,
        bytes: Vec<u8>,
        with_response: bool,
    ) -> BoxFuture<'static, Result<(), Error>> {
        let (inside, number) = (Arc::clone(&self.inside), self.number);
        async move {
            let answer = inside.take_write(number, service, characteristic, bytes, with_response)?;
            inside.answer(number, answer).await
        }
        .boxed()
    }

    fn read(&self, service: Uuid, characteristic: Uuid) -> BoxFuture<'static, Result<Vec<u8>, Error>> {
        let (inside, number) = (Arc::clone(&self.inside), self.number);
        async move {
            let (bytes, after) = {
                let mut world = inside.world();
                world.live(number)?;
                world.check_paired()?;
                (world.machine.read(service, characteristic, Instant::now())?, world.answer_after)
            };
            if !after.is_zero() {
                sleep(after).await;
            }
            Ok(bytes)
        }
        .boxed()
    }

    fn subscribe(&self, service: Uuid, characteristic: Uuid) -> BoxFuture<'static, Result<(), Error>> {
        let (inside, number) = (Arc::clone(&self.inside), self.number);
        async move {
            let mut world = inside.world();
            world.check_paired()?;
            machine::check_notifies(service, characteristic)?;
            let link = world.live(number)?;
            if !link.subscribed.contains(&(service, characteristic)) {
                link.subscribed.push((service, characteristic));
            }
            // A new subscriber is told at once, as the layout says.
            world.machine.tell_again(characteristic);
            world.notify(Instant::now());
            Ok(())
        }
        .boxed()
    }

    fn disconnect(&self) -> BoxFuture<'static, Result<(), Error>> {
        let (inside, number) = (Arc::clone(&self.inside), self.number);
        async move {
            hang_up(&inside, number);
            Ok(())
        }
        .boxed()
    }
}

#[cfg(test)]
mod tests;
