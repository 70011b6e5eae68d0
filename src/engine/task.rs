//! The engine's task: what it holds, and the loop.
//!
//! Belongs here: [`Engine`], its waiting and its settling after each input. Orders are obeyed in `commands`, what comes
//! from outside is taken in in `inputs`, which massager is in use is decided in `massagers`, states are made in
//! `snapshot`.
//!
//! Nothing in the loop waits for long: whatever takes time is a future among those that the loop waits for. So an order
//! to stop is obeyed within a turn of the loop, also while connecting, while a write hangs, or while a question is open.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use futures::future::{BoxFuture, FutureExt, select_all};
use futures::stream::{FuturesUnordered, StreamExt};
use tokio::sync::{mpsc, oneshot};

use super::hearing::Tell;
use super::live::Live;
use super::past::Past;
use super::session::{Session, SessionInput};
use super::sleep::Watch;
use super::snapshot::Showing;
use super::told::Told;
use super::trace::Tracer;
use super::{Command, Event, Notice, Remembered, Setup, Weight};
use crate::bluetooth::{Adapter, Error, MassagerId, Radio, RadioEvent, RadioState};
use crate::care::Limits;
use crate::care::health::Gates;
use crate::desktop::{SleepEvent, SleepGuard};
use crate::fact::Phrase;
use crate::intensity::Intensity;
use crate::massager::{Advertisement, DeviceMap, Recognition, Trust};
use crate::mode::{Channel, Mode};
use crate::player::{Player, Rules};
use crate::time::Time;
use crate::watchdog::{Lease, Watchdog};

/// How often massage time is told while it runs.
const COUNT_EVERY: Duration = Duration::from_secs(10);

/// How long an order may wait for a stop or the watchdog. Later, the person may not expect it any more.
const WAITS_FOR: Duration = Duration::from_secs(10);

/// How often the clocks are compared while something moves.
const WATCH_EVERY: Duration = Duration::from_secs(2);

/// Everything the engine knows and holds.
pub(super) struct Engine {
    pub orders: mpsc::UnboundedReceiver<Command>,
    pub orders_open: bool,
    pub tell: Tell,

    pub real: Option<Arc<dyn Radio>>,
    pub simulated: Arc<dyn Radio>,
    pub real_events: Option<mpsc::UnboundedReceiver<RadioEvent>>,
    pub simulated_events: mpsc::UnboundedReceiver<RadioEvent>,
    pub radio_replies: FuturesUnordered<BoxFuture<'static, RadioReply>>,
    pub radio: RadioState,
    pub adapters: Vec<Adapter>,
    pub searching: Option<Instant>,
    pub sightings: BTreeMap<MassagerId, Sighting>,

    pub maps: Vec<Arc<DeviceMap>>,
    pub remembered: BTreeMap<MassagerId, Remembered>,
    /// Fingerprints of maps that the person agreed to since the start.
    pub agreed: BTreeSet<u64>,

    /// The massager that is played.
    pub in_use: Option<Session>,
    /// Massagers that are set aside, and those that are let go of once they stand still.
    pub others: Vec<Session>,
    /// Massagers that are being hung up on.
    pub hanging_up: FuturesUnordered<BoxFuture<'static, (MassagerId, Result<(), Error>)>>,
    pub leaving: Vec<MassagerId>,
    /// What is to be done once a massager is gone.
    pub then: VecDeque<Then>,
    pub quit: Option<Quit>,
    /// Massagers that were let go of although their stop could not be confirmed, and the person was told so.
    pub left_unconfirmed: BTreeSet<MassagerId>,
    pub bond_lost: Option<MassagerId>,

    pub player: Player,
    /// Orders that would move something and came while a stop was under way.
    pub waiting: Vec<Command>,
    /// Since when they wait.
    pub waiting_since: Instant,
    pub record: Arc<Vec<(Time, Channel, u16)>>,
    pub past: Past,
    pub limits: Limits,
    pub strength: Intensity,
    pub ceilings: BTreeMap<Mode, Intensity>,
    pub gates: Gates,
    pub speed: f32,

    pub massaged_today: Duration,
    /// How much of the session was counted.
    pub counted: Duration,
    /// Counted and not told yet.
    pub untold: Duration,
    /// The person goes on although the day's limit is reached.
    pub more_today: bool,

    pub watchdog: Option<Arc<dyn Watchdog>>,
    pub locks: Option<super::Locks>,
    pub sleep_guard: Option<Arc<dyn SleepGuard>>,
    pub sleep_events: Option<mpsc::UnboundedReceiver<SleepEvent>>,
    pub tracer: Tracer,
    pub watch: Watch,
    pub showing: Showing,
    pub over: bool,
}

/// A massage that lasted so long counts as a use.
const A_USE: Duration = Duration::from_secs(60);

/// A massager that advertised.
pub(super) struct Sighting {
    pub advertisement: Advertisement,
    pub rssi: Option<i16>,
    pub recognition: Option<(Recognition, Trust)>,
}

/// What waits for a massager to be gone.
pub(super) enum Then {
    Connect(MassagerId, Option<String>),
    Forget(MassagerId),
    Renew(MassagerId, Arc<DeviceMap>),
}

/// The engine ends once every massager is let go of.
pub(super) struct Quit {
    pub done: Vec<oneshot::Sender<()>>,
    /// When it no longer waits for connections to be hung up.
    pub hung_up_by: Option<Instant>,
}

/// Something that a radio was asked, done.
pub(super) enum RadioReply {
    Searched(Result<(), Error>),
    Adapters(Result<Vec<Adapter>, Error>),
    Chosen(Result<(), Error>),
    Forgotten(MassagerId, Result<(), Error>),
}

/// What the loop waits for.
enum Input {
    Order(Option<Command>),
    InUse(SessionInput),
    Other(usize, SessionInput),
    Real(RadioEvent),
    Simulated(RadioEvent),
    RadioReply(RadioReply),
    HungUp(MassagerId, Result<(), Error>),
    Sleep(SleepEvent),
    Wake,
}

/// Runs the engine, and a second task that speaks up should it fail.
pub(super) fn spawn(setup: Setup, orders: mpsc::UnboundedReceiver<Command>, tell: Tell) {
    let engine = Engine::new(setup, orders, tell.clone());
    let running = tokio::spawn(engine.run());
    tokio::spawn(async move {
        if let Err(error) = running.await
            && error.is_panic()
        {
            // The massager was sent its off sequence when the engine's memory of it was dropped.
            tracing::error!(%error, "the engine failed");
            tell.send(Event::Notice(Notice { weight: Weight::Danger, fact: Told::FailedInside.into() }));
        }
    });
}

/// The steady clock; tests hold it.
pub(super) fn now() -> Instant {
    tokio::time::Instant::now().into_std()
}

impl Engine {
    fn new(setup: Setup, orders: mpsc::UnboundedReceiver<Command>, tell: Tell) -> Self {
        let now = now();
        let radio = match setup.real {
            Some(_) => RadioState::Starting,
            None => RadioState::Unavailable(Error::NoAdapter),
        };
        let rules = Rules { limits: setup.limits, strength: setup.strength };
        Self {
            orders,
            orders_open: true,
            tell,
            real: setup.real,
            simulated_events: setup.simulated.events(),
            simulated: setup.simulated,
            real_events: None,
            radio_replies: FuturesUnordered::new(),
            radio,
            adapters: Vec::new(),
            searching: None,
            sightings: BTreeMap::new(),
            maps: setup.maps,
            remembered: setup.remembered,
            agreed: BTreeSet::new(),
            in_use: None,
            others: Vec::new(),
            hanging_up: FuturesUnordered::new(),
            leaving: Vec::new(),
            then: VecDeque::new(),
            quit: None,
            left_unconfirmed: BTreeSet::new(),
            bond_lost: None,
            player: Player::new(now, &[], rules, 1.0),
            waiting: Vec::new(),
            waiting_since: now,
            record: Arc::default(),
            past: Past::default(),
            limits: setup.limits,
            strength: setup.strength,
            ceilings: setup.ceilings,
            gates: setup.gates,
            speed: setup.speed,
            massaged_today: setup.massaged_today,
            counted: Duration::ZERO,
            untold: Duration::ZERO,
            more_today: false,
            watchdog: setup.watchdog,
            locks: setup.locks,
            sleep_events: setup.sleep_guard.as_ref().map(|guard| guard.events()),
            sleep_guard: setup.sleep_guard,
            tracer: Tracer::new(setup.trace, now),
            watch: Watch::new(now, SystemTime::now()),
            showing: Showing::new(now),
            over: false,
        }
    }

    async fn run(mut self) {
        self.settle(now());
        while !self.over {
            let input = self.next().await;
            let now = now();
            if !self.watch.kept(now, SystemTime::now()) {
                self.interrupted(now);
            }
            self.take(now, input);
            self.settle(now);
        }
        self.tracer.flush();
    }

    async fn next(&mut self) -> Input {
        let wake = self.wake_at();
        self.watch.expect(wake.filter(|_| self.is_moving()));
        let Self {
            orders,
            orders_open,
            in_use,
            others,
            real_events,
            simulated_events,
            sleep_events,
            radio_replies,
            hanging_up,
            ..
        } = self;
        let in_use = async {
            match in_use {
                Some(session) => session.next().await,
                None => std::future::pending().await,
            }
        };
        let others = async {
            if others.is_empty() {
                return std::future::pending().await;
            }
            let (input, index, _) = select_all(others.iter_mut().map(|session| Box::pin(session.next()))).await;
            (index, input)
        };
        let sleep = async {
            match wake {
                Some(wake) => tokio::time::sleep_until(wake.into()).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            order = orders.recv(), if *orders_open => Input::Order(order),
            Some(event) = next_of(sleep_events) => Input::Sleep(event),
            input = in_use => Input::InUse(input),
            () = sleep => Input::Wake,
            (index, input) = others => Input::Other(index, input),
            Some(event) = next_of(real_events) => Input::Real(event),
            Some(event) = simulated_events.recv() => Input::Simulated(event),
            Some(reply) = radio_replies.next(), if !radio_replies.is_empty() => Input::RadioReply(reply),
            Some((id, outcome)) = hanging_up.next(), if !hanging_up.is_empty() => Input::HungUp(id, outcome),
        }
    }

    fn take(&mut self, now: Instant, input: Input) {
        match input {
            Input::Order(Some(order)) => self.take_orders(now, order),
            Input::Order(None) => {
                self.orders_open = false;
                self.quit(now, None);
            }
            Input::InUse(input) => self.hear_in_use(now, input),
            Input::Other(index, input) => self.hear_other(now, index, input),
            Input::Real(event) => self.hear_radio(now, event),
            // The simulated radio has nothing to show but its massager; it tells of its troubles through the link.
            Input::Simulated(RadioEvent::State(_)) => {}
            Input::Simulated(event) => self.hear_radio(now, event),
            Input::RadioReply(reply) => self.radio_replied(reply),
            Input::HungUp(id, outcome) => {
                if let Err(error) = outcome {
                    tracing::info!(%error, "hanging up did not go well");
                }
                if let Some(index) = self.leaving.iter().position(|leaving| *leaving == id) {
                    self.leaving.remove(index);
                }
            }
            Input::Sleep(SleepEvent::GoingToSleep) => self.going_to_sleep(now),
            Input::Sleep(SleepEvent::WokeUp) | Input::Wake => {}
        }
    }

    /// Brings everything up to now: the player, the massagers, what waits, and what is shown.
    fn settle(&mut self, now: Instant) {
        loop {
            if let Some(ended) = self.player.advance(now) {
                self.ended(now, ended);
            }
            self.count();
            if self.player.is_running() && self.clock_is_real() && self.day_is_full() {
                self.day_over(now);
            }
            self.tracer.position = self.player.playing().map(|(_, at)| at);
            self.note_past(now);
            let Some(live) = self.in_use.as_mut().and_then(Session::live_mut) else { break };
            let events = live.writer.take_events();
            if !events.is_empty() {
                for event in events {
                    self.learn(now, event);
                }
                continue;
            }
            if self.player.program().is_none() {
                for output in self.player.outputs() {
                    live.writer.want(now, output.channel, output.level);
                }
            }
            if live.beat(now) == Lease::Lost {
                self.lost_lease(now);
                continue;
            }
            live.pump(now, &mut self.tracer);
            if live.writer.has_events() {
                continue;
            }
            if self.waiting.is_empty() {
                break;
            }
            if self.waiting_since + WAITS_FOR <= now {
                self.waiting.clear();
                self.say(Weight::Problem, Told::TooSlow);
                break;
            }
            if self.is_preparing() {
                break;
            }
            for order in std::mem::take(&mut self.waiting) {
                self.obey(now, order);
            }
        }
        self.settle_others(now);
        self.let_go(now);
        if let Some(guard) = &self.sleep_guard {
            guard.hold(self.is_moving());
        }
        self.show(now);
    }

    fn wake_at(&mut self) -> Option<Instant> {
        let now = now();
        let watch = self.is_moving().then(|| now + WATCH_EVERY);
        let left = COUNT_EVERY.saturating_sub(self.untold);
        let count = self.player.is_running().then(|| now + left.max(Duration::from_millis(1)));
        let day = self.limits.day.saturating_sub(self.massaged_today);
        let day = (self.player.is_running() && self.clock_is_real() && !self.more_today).then(|| now + day);
        let sessions = self.sessions().filter_map(Session::wake_at).min();
        let quit = self.quit.as_ref().and_then(|quit| quit.hung_up_by);
        [self.player.look_again(), sessions, self.showing.due(), watch, count, day, quit].into_iter().flatten().min()
    }

    /// Every massager that Svang deals with.
    pub fn sessions(&self) -> impl Iterator<Item = &Session> {
        self.in_use.iter().chain(&self.others)
    }

    /// The link of the massager in use.
    pub fn live(&self) -> Option<&Live> {
        self.in_use.as_ref().and_then(Session::live)
    }

    /// Whether a massager moves or might move.
    pub fn is_moving(&self) -> bool {
        self.stop_unconfirmed() || self.sessions().any(Session::may_move)
    }

    /// Whether the last stop of a massager could not be confirmed.
    pub fn stop_unconfirmed(&self) -> bool {
        !self.left_unconfirmed.is_empty() || self.sessions().any(|session| session.stop_unconfirmed)
    }

    /// Counts the massage time since the last look.
    pub fn count(&mut self) {
        let used = self.player.session_used();
        let passed = used.saturating_sub(self.counted);
        let is_a_use = self.counted < A_USE && used >= A_USE;
        self.counted = used;
        if self.clock_is_real() {
            self.massaged_today += passed;
            self.untold += passed;
        }
        if is_a_use && self.is_real() {
            self.tell.send(Event::Used);
        }
        if self.untold >= COUNT_EVERY || (!self.untold.is_zero() && !self.player.is_running()) {
            self.tell.send(Event::Massaged(std::mem::take(&mut self.untold)));
            self.showing.soon();
        }
    }

    /// Whether the massager in use is a real one.
    pub fn is_real(&self) -> bool {
        self.in_use.as_ref().is_some_and(|session| !session.id.is_simulated())
    }

    /// Whether the day's limit is reached, and the person has not allowed more.
    pub fn day_is_full(&self) -> bool {
        self.massaged_today >= self.limits.day && !self.more_today
    }

    /// Whether a profile's clock runs as the person's does.
    pub fn clock_is_real(&self) -> bool {
        let simulated =
            self.in_use.as_ref().is_some_and(|session| session.live().is_some() && session.id.is_simulated());
        (self.speed - 1.0).abs() < f32::EPSILON || !simulated
    }

    pub fn say(&mut self, weight: Weight, fact: impl Into<Phrase>) {
        self.tell.send(Event::Notice(Notice { weight, fact: fact.into() }));
    }

    pub fn radio_of(&self, id: &MassagerId) -> Option<Arc<dyn Radio>> {
        if id.is_simulated() { Some(Arc::clone(&self.simulated)) } else { self.real.clone() }
    }

    /// Asks a radio something that takes time.
    pub fn ask_radio<F>(&self, radio: &Arc<dyn Radio>, ask: F)
    where
        F: for<'a> FnOnce(&'a dyn Radio) -> BoxFuture<'a, RadioReply> + Send + 'static,
    {
        let radio = Arc::clone(radio);
        self.radio_replies.push(async move { ask(radio.as_ref()).await }.boxed());
    }
}

async fn next_of<T>(events: &mut Option<mpsc::UnboundedReceiver<T>>) -> Option<T> {
    match events {
        Some(events) => events.recv().await,
        None => std::future::pending().await,
    }
}
