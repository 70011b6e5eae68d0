//! A live link with its writer and its watchdog, and the promise that the massager is stopped.
//!
//! Belongs here: [`Live`], which hands the writer's orders to the link and beats for the watchdog. What is wanted of the
//! massager does not.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures::future::{BoxFuture, FutureExt, join_all};
use futures::stream::{FuturesUnordered, StreamExt};
use tokio::sync::mpsc;
use uuid::Uuid;

use super::connecting::Ready;
use super::state::Watched;
use super::trace::Tracer;
use crate::bluetooth::{Error, Link, LinkEvent, MassagerId};
use crate::massager::{Encoder, Report, Write};
use crate::watchdog::{self, BEAT, Gone, Lease, OffFrame, OffSequence, Watch, Watchdog};
use crate::writer::{Outcome, Ticket, Writer};

/// When a busy radio is asked again.
const BUSY: Duration = Duration::from_millis(5);

/// A connected massager. Should it be dropped while something may move, it is sent its off sequence.
pub(super) struct Live {
    pub writer: Writer,
    pub battery: Option<u8>,
    pub paired: Option<bool>,
    /// How the last write failed; nothing where it did not.
    pub trouble: Option<Error>,
    link: Arc<dyn Link>,
    events: mpsc::UnboundedReceiver<LinkEvent>,
    flights: FuturesUnordered<BoxFuture<'static, (Ticket, Result<(), Error>)>>,
    guard: Guard,
    /// A watchdog that fired: it goes on stopping the massager until that is confirmed here.
    retired: Option<Box<dyn Watch>>,
    /// Whether dropping it stops the massager.
    armed: bool,
}

/// Who stops the massager should this program die.
enum Guard {
    NotNeeded,
    /// The watchdog is being started; for the first time, or again.
    Starting {
        again: bool,
        off: OffSequence,
        starting: Starting,
    },
    By {
        watch: Box<dyn Watch>,
        off: OffSequence,
        beaten: Option<Instant>,
    },
    Nobody(watchdog::Error),
}

type Starting = BoxFuture<'static, Result<Box<dyn Watch>, watchdog::Error>>;

/// What comes from a connected massager.
pub(super) enum LinkInput {
    Said(LinkEvent),
    Written(Ticket, Result<(), Error>),
    /// The watchdog is armed, or will not be.
    Guarded(Result<Box<dyn Watch>, watchdog::Error>),
    /// The watchdog is gone.
    Unguarded(Gone),
}

/// What is known of a massager just connected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// Nothing: it is made to listen, and then brought to nothing.
    Unknown,
    /// It may be moving: it is brought to nothing first.
    MayMove,
}

impl Live {
    /// Takes a link over.
    pub fn new(now: Instant, ready: Ready, before: Before) -> Self {
        let mut live = Self {
            writer: Writer::new(now, ready.encoder),
            battery: None,
            paired: ready.paired,
            trouble: None,
            link: ready.link,
            events: ready.events,
            flights: FuturesUnordered::new(),
            guard: Guard::NotNeeded,
            retired: None,
            armed: true,
        };
        for (service, characteristic, bytes) in ready.read {
            live.hear(now, service, characteristic, &bytes);
        }
        match before {
            Before::Unknown => live.writer.open(now),
            Before::MayMove => live.writer.open_with_stop(now),
        }
        live
    }

    /// Starts a watchdog for it.
    pub fn guard_by(&mut self, watchdog: &Arc<dyn Watchdog>, id: &MassagerId, name: &str) {
        let again = !matches!(self.guard, Guard::NotNeeded);
        let off = off_sequence(self.writer.encoder(), id.clone(), name.to_owned());
        let starting = Guard::Starting { again, off: off.clone(), starting: watchdog.watch(off) };
        if let Guard::By { watch, .. } = std::mem::replace(&mut self.guard, starting) {
            self.retired = Some(watch);
        }
    }

    /// Takes in whether the watchdog is armed.
    pub fn guarded(&mut self, outcome: Result<Box<dyn Watch>, watchdog::Error>) {
        self.guard = match (outcome, std::mem::replace(&mut self.guard, Guard::NotNeeded)) {
            (Ok(watch), Guard::Starting { off, .. }) => Guard::By { watch, beaten: None, off },
            (Err(error), _) => Guard::Nobody(error),
            (Ok(_), guard) => guard,
        };
        self.tell_off_sequence();
    }

    /// Whether nothing may start yet because the watchdog is being started for the first time.
    pub fn is_being_guarded(&self) -> bool {
        matches!(self.guard, Guard::Starting { again: false, .. })
    }

    /// Whether nobody stops the massager should this program die.
    pub fn is_unguarded(&self) -> bool {
        matches!(self.guard, Guard::Nobody(_) | Guard::Starting { again: true, .. })
    }

    /// Who stops the massager should this program die.
    pub fn watched(&self) -> Watched {
        match &self.guard {
            Guard::NotNeeded => Watched::NotNeeded,
            Guard::Starting { .. } => Watched::Starting,
            Guard::By { .. } => Watched::ByWatchdog,
            Guard::Nobody(why) => Watched::ByNobody(why.clone().into()),
        }
    }

    /// Tells the watchdog what turns the massager off now, where that has changed: toggles are pressed only while they are
    /// known to be on.
    fn tell_off_sequence(&mut self) {
        if let Guard::By { watch, off, .. } = &mut self.guard {
            let now = off_sequence(self.writer.encoder(), off.id.clone(), off.name.clone());
            if now.frames != off.frames {
                watch.update(now.clone());
                *off = now;
            }
        }
    }

    /// Beats for the watchdog where something moves or may move. To be called before anything is written.
    pub fn beat(&mut self, now: Instant) -> Lease {
        let may_move = self.writer.may_move();
        if !may_move && let Some(watch) = self.retired.take() {
            watch.release();
        }
        if may_move && self.is_beat_due(now) {
            self.tell_off_sequence(); // Frames that count go on counting.
        }
        let Guard::By { watch, beaten, .. } = &mut self.guard else { return Lease::Held };
        if may_move {
            if beaten.is_none_or(|last| last + BEAT <= now) {
                *beaten = Some(now);
                return watch.beat();
            }
        } else if beaten.take().is_some() {
            watch.rest();
        }
        Lease::Held
    }

    fn is_beat_due(&self, now: Instant) -> bool {
        matches!(&self.guard, Guard::By { beaten, .. } if beaten.is_none_or(|last| last + BEAT <= now))
    }

    /// When something is due.
    pub fn wake_at(&self) -> Option<Instant> {
        let beat = match &self.guard {
            Guard::By { beaten: Some(beaten), .. } => Some(*beaten + BEAT),
            _ => None,
        };
        self.writer.wake_at().into_iter().chain(beat).min()
    }

    /// What comes next.
    pub async fn next(&mut self) -> LinkInput {
        let guard = async {
            match &mut self.guard {
                Guard::Starting { starting, .. } => LinkInput::Guarded(starting.await),
                Guard::By { watch, .. } => LinkInput::Unguarded(watch.gone().await),
                Guard::NotNeeded | Guard::Nobody(_) => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            Some((ticket, outcome)) = self.flights.next(), if !self.flights.is_empty() => {
                LinkInput::Written(ticket, outcome)
            }
            event = self.events.recv() => LinkInput::Said(event.unwrap_or(LinkEvent::Lost)),
            input = guard => input,
        }
    }

    /// Hands everything that is due to the link.
    pub fn pump(&mut self, now: Instant, tracer: &mut Tracer) {
        while let Some(order) = self.writer.poll(now) {
            tracer.wrote(now, &order.write);
            let mut flight = self.link.write(order.write);
            let ticket = order.ticket;
            // The first look hands the bytes over: a stop must not wait for its turn among other writes.
            match (&mut flight).now_or_never() {
                Some(outcome) => self.written(now, ticket, outcome),
                None => self.flights.push(flight.map(move |outcome| (ticket, outcome)).boxed()),
            }
        }
    }

    /// Everything off, and the first frames with the link.
    pub fn stop(&mut self, now: Instant, tracer: &mut Tracer) {
        self.writer.stop(now);
        self.pump(now, tracer);
    }

    /// Takes in how a write ended.
    pub fn written(&mut self, now: Instant, ticket: Ticket, outcome: Result<(), Error>) {
        let how = match &outcome {
            Ok(()) => Outcome::Written,
            Err(Error::Busy) => Outcome::Busy,
            Err(_) => Outcome::Failed,
        };
        if how != Outcome::Busy {
            self.trouble = outcome.err();
        }
        self.writer.done(now, ticket, how);
    }

    /// Takes in what a characteristic said.
    pub fn hear(&mut self, now: Instant, service: Uuid, characteristic: Uuid, bytes: &[u8]) -> Option<Report> {
        let report = self.writer.notified(now, service, characteristic, bytes)?;
        self.battery = report.battery.or(self.battery);
        self.tell_off_sequence();
        Some(report)
    }

    /// The link is gone: there is nothing left to stop it by, not for the watchdog either.
    pub fn disarm(&mut self) {
        self.armed = false;
        if let Some(watch) = self.retired.take() {
            watch.release();
        }
        if let Guard::By { watch, .. } = std::mem::replace(&mut self.guard, Guard::NotNeeded) {
            watch.release();
        }
    }

    /// Ends the connection. It is on its way when this returns; the future ends when it is gone.
    pub fn hang_up(mut self) -> BoxFuture<'static, Result<(), Error>> {
        self.disarm();
        let link = Arc::clone(&self.link);
        async move { link.disconnect().await }.boxed()
    }
}

/// What turns the massager off, whatever it does.
fn off_sequence(encoder: &Encoder, id: MassagerId, name: String) -> OffSequence {
    let plan = encoder.clone().stop();
    let presses = plan.writes.len() - plan.presses;
    let frame = |(index, write)| OffFrame { write, once: index >= presses };
    let frames = plan.writes.into_iter().enumerate().map(frame).collect();
    OffSequence { id, name, frames, write_gap: encoder.map().write_gap }
}

impl Drop for Live {
    fn drop(&mut self) {
        if !self.armed {
            return;
        }
        let mut places: Vec<Vec<Write>> = Vec::new();
        for write in self.writer.encoder().clone().stop().writes {
            match places.iter_mut().find(|writes| writes.first().is_some_and(|first| first.place() == write.place())) {
                Some(writes) => writes.push(write),
                None => places.push(vec![write]),
            }
        }
        let mut stops: Vec<_> =
            places.into_iter().map(|writes| write_all(Arc::clone(&self.link), writes).boxed()).collect();
        // The first look hands bytes over, even where no task will ever run again.
        stops.retain_mut(|stop| stop.now_or_never().is_none());
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(join_all(stops));
        }
    }
}

/// Writes one frame after the other to a characteristic.
async fn write_all(link: Arc<dyn Link>, writes: Vec<Write>) {
    for write in writes {
        while link.write(write.clone()).await == Err(Error::Busy) {
            tokio::time::sleep(BUSY).await;
        }
    }
}
