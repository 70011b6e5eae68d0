//! The connected massager: its link, its writer, and the promise that it is stopped.
//!
//! Belongs here: [`Live`], which hands the writer's orders to the link. What is wanted of the massager does not.

use std::sync::Arc;
use std::time::Instant;

use futures::future::{BoxFuture, FutureExt, join_all};
use futures::stream::{FuturesUnordered, StreamExt};
use tokio::sync::mpsc;
use uuid::Uuid;

use super::connecting::Ready;
use super::trace::Tracer;
use crate::bluetooth::{Error, Link, LinkEvent, MassagerId};
use crate::massager::{DeviceMap, Report};
use crate::writer::{Outcome, Ticket, Writer};

/// A connected massager. Should it be dropped while something may move, it is sent its off sequence.
pub(super) struct Live {
    pub id: MassagerId,
    pub name: String,
    pub map: Arc<DeviceMap>,
    pub writer: Writer,
    pub battery: Option<u8>,
    pub paired: Option<bool>,
    /// How the last write failed; nothing where it did not.
    pub trouble: Option<Error>,
    link: Arc<dyn Link>,
    events: mpsc::UnboundedReceiver<LinkEvent>,
    flights: FuturesUnordered<BoxFuture<'static, (Ticket, Result<(), Error>)>>,
    /// Whether dropping it stops the massager.
    armed: bool,
}

/// What comes from a connected massager.
pub(super) enum LinkInput {
    Said(LinkEvent),
    Written(Ticket, Result<(), Error>),
}

impl Live {
    /// Takes a link over, makes the massager listen and brings everything to nothing.
    pub fn new(now: Instant, id: MassagerId, name: String, ready: Ready) -> Self {
        let map = Arc::clone(ready.encoder.map());
        let mut live = Self {
            id,
            name,
            map,
            writer: Writer::new(now, ready.encoder),
            battery: None,
            paired: ready.paired,
            trouble: None,
            link: ready.link,
            events: ready.events,
            flights: FuturesUnordered::new(),
            armed: true,
        };
        for (service, characteristic, bytes) in ready.read {
            live.hear(now, service, characteristic, &bytes);
        }
        live.writer.open(now);
        live
    }

    /// What comes next.
    pub async fn next(&mut self) -> LinkInput {
        tokio::select! {
            biased;
            Some((ticket, outcome)) = self.flights.next(), if !self.flights.is_empty() => LinkInput::Written(ticket, outcome),
            event = self.events.recv() => LinkInput::Said(event.unwrap_or(LinkEvent::Lost)),
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
        Some(report)
    }

    /// The link is gone: there is nothing left to stop it by.
    pub fn disarm(&mut self) {
        self.armed = false;
    }

    /// Ends the connection; it was stopped before.
    pub fn hang_up(mut self) -> BoxFuture<'static, Result<(), Error>> {
        self.armed = false;
        let link = Arc::clone(&self.link);
        async move { link.disconnect().await }.boxed()
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        if !self.armed {
            return;
        }
        let link = Arc::clone(&self.link);
        let stop = self.writer.encoder().clone().stop().writes;
        let mut flights: Vec<_> = stop.into_iter().map(|write| link.write(write)).collect();
        // The first look hands the bytes over, even where no task will ever run again.
        flights.retain_mut(|flight| flight.now_or_never().is_none());
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move {
                join_all(flights).await;
                drop(link);
            });
        }
    }
}
