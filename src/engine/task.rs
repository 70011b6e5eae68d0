//! The engine's task: what it holds, and the loop.
//!
//! Belongs here: [`Engine`], its waiting and its settling after each input. Orders are obeyed in `obeying`, words from
//! outside taken in `hearing`, states made in `showing`.
//!
//! Nothing in the loop waits for long: whatever takes time is a future among those that the loop waits for. So an order
//! to stop is obeyed within a turn of the loop, also while connecting, while a write hangs, or while a question is open.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use futures::future::{BoxFuture, FutureExt, select_all};
use futures::stream::{FuturesUnordered, StreamExt};
use tokio::sync::{mpsc, oneshot};

use super::connecting::{Connecting, Step};
use super::session::{LinkInput, Live};
use super::sleep::Watch;
use super::snapshot::Showing;
use super::state::{Connected, Pause};
use super::trace::Tracer;
use super::{Command, Event, Notice, Remembered, Setup, Weight};
use crate::bluetooth::{Adapter, Error, MassagerId, Radio, RadioEvent, RadioState};
use crate::care::Limits;
use crate::intensity::Intensity;
use crate::massager::{Advertisement, DeviceMap, Recognition, Trust};
use crate::mode::{Channel, Mode};
use crate::player::{Player, Rules};
use crate::time::Time;

/// How often massage time is told while it runs.
const COUNT_EVERY: Duration = Duration::from_secs(10);

/// How often the clocks are compared while something moves.
const WATCH_EVERY: Duration = Duration::from_secs(2);

/// Everything the engine knows and holds.
pub(super) struct Engine {
    pub orders: mpsc::UnboundedReceiver<Command>,
    pub orders_open: bool,
    pub tell: mpsc::UnboundedSender<Event>,

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

    pub connecting: Option<Connecting>,
    pub live: Option<Live>,
    pub lost: Option<Lost>,
    pub tried: bool,
    /// Connected massagers that are not in use.
    pub aside: Vec<Live>,
    /// The massager in use is let go of because the person wants it so.
    pub closing: Option<Closing>,
    pub hanging_up: FuturesUnordered<BoxFuture<'static, Result<(), Error>>>,
    /// What is to be done once no massager is in use any more.
    pub then: VecDeque<Then>,
    pub stop_unconfirmed: bool,
    pub bond_lost: Option<MassagerId>,
    /// Something was started since the massager was connected.
    pub has_started: bool,

    pub player: Player,
    pub program: Option<(String, Instant)>,
    pub paused: Option<Pause>,
    pub repeat: bool,
    /// Orders that would move something and came while a stop was under way.
    pub waiting: Vec<Command>,
    pub record: Arc<Vec<(Time, Channel, u16)>>,
    pub limits: Limits,
    pub strength: Intensity,
    pub ceilings: BTreeMap<Mode, Intensity>,
    pub speed: f32,

    pub massaged_today: Duration,
    /// How much of the session was counted.
    pub counted: Duration,
    /// Counted and not told yet.
    pub untold: Duration,
    /// The person goes on although the day's limit is reached.
    pub more_today: bool,

    pub tracer: Tracer,
    pub watch: Watch,
    pub showing: Showing,
    pub over: bool,
}

/// A massager that advertised.
pub(super) struct Sighting {
    pub advertisement: Advertisement,
    pub rssi: Option<i16>,
    pub recognition: Option<(Recognition, Trust)>,
}

/// A massager whose link went away.
pub(super) struct Lost {
    pub was: Connected,
    pub since: Instant,
    /// Whether it was on, or may have been.
    pub might_move: bool,
}

/// What becomes of the massager in use once it stands still.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Closing {
    /// Its connection is ended.
    HangUp,
    /// It stays connected.
    SetAside,
}

/// What waits for the massager in use to be let go of.
pub(super) enum Then {
    Connect(MassagerId, Option<String>),
    Forget(MassagerId),
    Renew(MassagerId, Arc<DeviceMap>),
    Quit(Option<oneshot::Sender<()>>),
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
    Massager(LinkInput),
    Aside(usize, LinkInput),
    Step(Step),
    Real(RadioEvent),
    Simulated(RadioEvent),
    RadioReply(RadioReply),
    HungUp(Result<(), Error>),
    Wake,
}

/// Runs the engine, and a second task that speaks up should it fail.
pub(super) fn spawn(setup: Setup, orders: mpsc::UnboundedReceiver<Command>, tell: mpsc::UnboundedSender<Event>) {
    let engine = Engine::new(setup, orders, tell.clone());
    let running = tokio::spawn(engine.run());
    tokio::spawn(async move {
        if let Err(error) = running.await
            && error.is_panic()
        {
            // The massager was sent its off sequence when the engine's memory of it was dropped.
            tracing::error!(%error, "the engine failed");
            let text = "Svang has failed inside and told the massager to stop. If it still moves, press the power \
                        button on the massager. Then start Svang again.";
            let _ = tell.send(Event::Notice(Notice { weight: Weight::Danger, text: text.to_owned() }));
        }
    });
}

/// The steady clock; tests hold it.
pub(super) fn now() -> Instant {
    tokio::time::Instant::now().into_std()
}

impl Engine {
    fn new(setup: Setup, orders: mpsc::UnboundedReceiver<Command>, tell: mpsc::UnboundedSender<Event>) -> Self {
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
            connecting: None,
            live: None,
            lost: None,
            tried: false,
            aside: Vec::new(),
            closing: None,
            hanging_up: FuturesUnordered::new(),
            then: VecDeque::new(),
            stop_unconfirmed: false,
            bond_lost: None,
            has_started: false,
            player: Player::new(now, &[], rules, 1.0),
            program: None,
            paused: None,
            repeat: false,
            waiting: Vec::new(),
            record: Arc::default(),
            limits: setup.limits,
            strength: setup.strength,
            ceilings: setup.ceilings,
            speed: setup.speed,
            massaged_today: setup.massaged_today,
            counted: Duration::ZERO,
            untold: Duration::ZERO,
            more_today: false,
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
            live,
            connecting,
            real_events,
            simulated_events,
            radio_replies,
            hanging_up,
            aside,
            ..
        } = self;
        let massager = async {
            match live {
                Some(live) => live.next().await,
                None => std::future::pending().await,
            }
        };
        let step = async {
            match connecting {
                Some(connecting) => connecting.next().await,
                None => std::future::pending().await,
            }
        };
        let real = async {
            match real_events {
                Some(events) => events.recv().await,
                None => std::future::pending().await,
            }
        };
        let aside = async {
            if aside.is_empty() {
                return std::future::pending().await;
            }
            let words = aside.iter_mut().map(|live| Box::pin(live.next()));
            let (word, index, _) = select_all(words).await;
            (index, word)
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
            word = massager => Input::Massager(word),
            step = step => Input::Step(step),
            () = sleep => Input::Wake,
            Some(event) = real => Input::Real(event),
            Some(event) = simulated_events.recv() => Input::Simulated(event),
            Some(ask_radio) = radio_replies.next(), if !radio_replies.is_empty() => Input::RadioReply(ask_radio),
            (index, word) = aside => Input::Aside(index, word),
            Some(outcome) = hanging_up.next(), if !hanging_up.is_empty() => Input::HungUp(outcome),
        }
    }

    fn take(&mut self, now: Instant, input: Input) {
        match input {
            Input::Order(Some(order)) => self.take_orders(now, order),
            Input::Order(None) => {
                self.orders_open = false;
                self.close(now, Then::Quit(None));
            }
            Input::Massager(word) => self.hear_massager(now, word),
            Input::Aside(index, word) => self.hear_aside(now, index, word),
            Input::Step(step) => self.take_step(now, step),
            Input::Real(event) => self.hear_radio(now, event),
            // The simulated radio has nothing to show but its massager; it tells of its troubles through the link.
            Input::Simulated(RadioEvent::State(_)) => {}
            Input::Simulated(event) => self.hear_radio(now, event),
            Input::RadioReply(ask_radio) => self.radio_replied(now, ask_radio),
            Input::HungUp(outcome) => {
                if let Err(error) = outcome {
                    tracing::info!(%error, "hanging up did not go well");
                }
            }
            Input::Wake => {}
        }
    }

    /// Brings everything up to now: the player, the massager, what waits, and what is shown.
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
            let Some(live) = &mut self.live else { break };
            let events = live.writer.take_events();
            if !events.is_empty() {
                for event in events {
                    self.learn(now, event);
                }
                continue;
            }
            if self.program.is_none() {
                for output in self.player.outputs() {
                    live.writer.want(now, output.channel, output.level);
                }
            }
            live.pump(now, &mut self.tracer);
            if live.writer.has_events() {
                continue;
            }
            if live.writer.is_stopping() || self.waiting.is_empty() {
                break;
            }
            for order in std::mem::take(&mut self.waiting) {
                self.obey(now, order);
            }
        }
        self.settle_aside(now);
        self.close_when_still(now);
        self.show(now);
    }

    fn wake_at(&mut self) -> Option<Instant> {
        let now = now();
        let watch = self.is_moving().then(|| now + WATCH_EVERY);
        let left = COUNT_EVERY.saturating_sub(self.untold);
        let count = self.player.is_running().then(|| now + left.max(Duration::from_millis(1)));
        let writer = self.live.iter().chain(&self.aside).filter_map(|live| live.writer.wake_at()).min();
        [self.player.look_again(), writer, self.showing.due(), watch, count].into_iter().flatten().min()
    }

    /// Whether the massager moves or might move.
    pub fn is_moving(&self) -> bool {
        self.stop_unconfirmed
            || self.live.iter().chain(&self.aside).any(|live| live.writer.may_move())
            || self.lost.as_ref().is_some_and(|lost| lost.might_move)
    }

    /// Counts the massage time since the last look.
    pub fn count(&mut self) {
        let used = self.player.session_used();
        let passed = used.saturating_sub(self.counted);
        self.counted = used;
        if self.clock_is_real() {
            self.massaged_today += passed;
            self.untold += passed;
        }
        if self.untold >= COUNT_EVERY || (!self.untold.is_zero() && !self.player.is_running()) {
            let _ = self.tell.send(Event::Massaged(std::mem::take(&mut self.untold)));
            self.showing.soon();
        }
    }

    /// Whether the day's limit is reached, and the person has not allowed more.
    pub fn day_is_full(&self) -> bool {
        self.massaged_today >= self.limits.day && !self.more_today
    }

    pub fn clock_is_real(&self) -> bool {
        (self.speed - 1.0).abs() < f32::EPSILON || !self.live.as_ref().is_some_and(|live| live.id.is_simulated())
    }

    pub fn say(&mut self, weight: Weight, text: impl Into<String>) {
        let _ = self.tell.send(Event::Notice(Notice { weight, text: text.into() }));
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
