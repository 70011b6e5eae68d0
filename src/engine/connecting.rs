//! From a massager's name to a link that is ready for writing.
//!
//! Belongs here: tries, pauses between them, pairing where it is demanded, checking what the massager offers. Nothing
//! that moves a massager is written here.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures::future::BoxFuture;
use tokio::sync::mpsc;
use uuid::Uuid;

use super::told::Doing;
use crate::bluetooth::{Error, Guarded, Link, LinkEvent, MassagerId, PairingQuestion, Radio, Unfit};
use crate::fact::Series;
use crate::massager::forbidden::Permit;
use crate::massager::{self, DeviceMap, Encoder};

/// How often a first connection is tried.
const TRIES: u32 = 5;

/// How long one question to a connected massager may take before it counts as silent.
const PATIENCE: Duration = Duration::from_secs(10);

/// The same for a first value that is read.
const READ_PATIENCE: Duration = Duration::from_secs(3);

/// The pause after the first try; it doubles each time.
const FIRST_PAUSE: Duration = Duration::from_millis(300);

/// The longest pause between tries.
const LONGEST_PAUSE: Duration = Duration::from_secs(4);

/// A massager being reached. Dropping it gives up.
pub(super) struct Connecting {
    pub id: MassagerId,
    pub name: String,
    pub map: Arc<DeviceMap>,
    pub attempt: u32,
    pub since: Instant,
    pub doing: Doing,
    future: BoxFuture<'static, Result<Ready, Error>>,
    steps: mpsc::UnboundedReceiver<Step>,
    questions: mpsc::UnboundedReceiver<PairingQuestion>,
    /// How it ended; told after the last step.
    done: Option<Result<Ready, Error>>,
}

/// What happens on the way.
pub(super) enum Step {
    /// Another try, or another thing being done, in words.
    Doing(u32, Doing),
    /// The massager asks something.
    Question(PairingQuestion),
    /// No question is open any more.
    PairingOver,
    /// It is there, or it is not.
    Done(Result<Box<Ready>, Error>),
}

/// A link that was checked and subscribed to.
pub(super) struct Ready {
    pub link: Arc<dyn Link>,
    pub events: mpsc::UnboundedReceiver<LinkEvent>,
    pub encoder: Encoder,
    /// What was read on the way: service, characteristic, bytes.
    pub read: Vec<(Uuid, Uuid, Vec<u8>)>,
    pub paired: Option<bool>,
}

/// How to go about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// A few tries.
    First,
    /// Pair before anything else.
    PairFirst,
    /// Remove the old bond, and pair before anything else.
    Renew,
    /// Again and again, until it comes back.
    Again,
}

impl Connecting {
    pub fn new(
        radio: Arc<dyn Radio>,
        id: MassagerId,
        name: String,
        map: Arc<DeviceMap>,
        way: Way,
        since: Instant,
    ) -> Self {
        let (tell, steps) = mpsc::unbounded_channel();
        let (ask, questions) = mpsc::unbounded_channel();
        let reaching = Reaching { radio, id: id.clone(), map: Arc::clone(&map), tell, ask };
        let doing = if matches!(way, Way::PairFirst | Way::Renew) { Doing::Pairing } else { Doing::Connecting };
        Self {
            id,
            name,
            map,
            attempt: 1,
            since,
            doing,
            future: Box::pin(reaching.run(way)),
            steps,
            questions,
            done: None,
        }
    }

    /// The next step. After `Done` it must not be asked again.
    pub async fn next(&mut self) -> Step {
        loop {
            tokio::select! {
                biased;
                Some(question) = self.questions.recv() => return Step::Question(question),
                Some(step) = self.steps.recv() => return step,
                done = &mut self.future, if self.done.is_none() => self.done = Some(done),
                // What ended has let go of the channels, and all they held was told.
                else => match self.done.take() {
                    Some(done) => return Step::Done(done.map(Box::new)),
                    None => std::future::pending().await,
                },
            }
        }
    }
}

struct Reaching {
    radio: Arc<dyn Radio>,
    id: MassagerId,
    map: Arc<DeviceMap>,
    tell: mpsc::UnboundedSender<Step>,
    ask: mpsc::UnboundedSender<PairingQuestion>,
}

impl Reaching {
    async fn run(self, way: Way) -> Result<Ready, Error> {
        let mut paired = None;
        if way == Way::Renew {
            self.radio.forget(self.id.clone()).await?;
        }
        if matches!(way, Way::PairFirst | Way::Renew) {
            self.pair(1).await?;
            paired = Some(true);
        }
        let mut attempt = 0;
        loop {
            attempt += 1;
            let error = match self.once(attempt).await {
                Ok(ready) => return Ok(Ready { paired: ready.paired.or(paired), ..ready }),
                Err(error) => error,
            };
            tracing::info!(massager = %self.id, attempt, %error, "not connected");
            match error {
                Error::NeedsPairing if paired.is_none() => match self.pair(attempt).await {
                    Ok(()) => paired = Some(true),
                    // One that was only slow, at the edge of reach, is tried again.
                    Err(error) if way == Way::Again && !is_final(&error, way) => {
                        tokio::time::sleep(pause(attempt)).await;
                    }
                    Err(error) => return Err(error),
                },
                error if is_final(&error, way) => return Err(error),
                error if way != Way::Again && attempt >= TRIES => return Err(error),
                _ => tokio::time::sleep(pause(attempt)).await,
            }
        }
    }

    async fn pair(&self, attempt: u32) -> Result<(), Error> {
        let _ = self.tell.send(Step::Doing(attempt, Doing::Pairing));
        let outcome = self.radio.pair(self.id.clone(), self.ask.clone()).await;
        let _ = self.tell.send(Step::PairingOver);
        outcome
    }

    async fn once(&self, attempt: u32) -> Result<Ready, Error> {
        let _ = self.tell.send(Step::Doing(attempt, Doing::Connecting));
        let connection = self.radio.connect(self.id.clone()).await?;
        // Nothing is reached whose map was not agreed to.
        let link: Arc<dyn Link> = Arc::new(Guarded::new(connection.link, Permit::of(&self.map, true)));
        let _ = self.tell.send(Step::Doing(attempt, Doing::LookingAtServices));
        match self.prepare(Arc::clone(&link), connection.events).await {
            Ok(ready) => Ok(ready),
            Err(error) => {
                // Some systems keep a link whose owner merely let go of it.
                let _ = tokio::time::timeout(PATIENCE, link.disconnect()).await;
                Err(error)
            }
        }
    }

    async fn prepare(&self, link: Arc<dyn Link>, events: mpsc::UnboundedReceiver<LinkEvent>) -> Result<Ready, Error> {
        let binding = self
            .map
            .bind(link.characteristics())
            .map_err(|missing| Error::Unfit(Unfit::OtherThings(Series::of(missing))))?;
        if let Some(longest) = link.longest_write()
            && longest < self.map.longest_frame
        {
            let (needed, map) = (self.map.longest_frame, self.map.name.clone());
            return Err(Error::Unfit(Unfit::ShortFrames { map, needed, longest }));
        }
        let encoder = Encoder::new(Arc::clone(&self.map), binding);
        for (service, characteristic) in encoder.subscriptions() {
            let outcome = in_time(link.subscribe(service, characteristic)).await;
            // A massager can be played without a word about its battery.
            if characteristic != massager::BATTERY_LEVEL || matches!(outcome, Err(Error::LinkLost)) {
                outcome?;
            }
        }
        let mut read = Vec::new();
        for (service, characteristic) in encoder.first_reads() {
            match read_in_time(link.read(service, characteristic)).await {
                Ok(bytes) => read.push((service, characteristic, bytes)),
                Err(error @ (Error::NeedsPairing | Error::BondLost | Error::PairingRefused | Error::LinkLost)) => {
                    return Err(error);
                }
                Err(error) => tracing::info!(massager = %self.id, %characteristic, %error, "not read"),
            }
        }
        Ok(Ready { link, events, encoder, read, paired: None })
    }
}

/// A first value is good to have, and not worth a long wait: the massager tells it again when it changes.
async fn read_in_time(answer: BoxFuture<'static, Result<Vec<u8>, Error>>) -> Result<Vec<u8>, Error> {
    tokio::time::timeout(READ_PATIENCE, answer).await.unwrap_or(Err(Error::TimedOut))
}

async fn in_time<T>(answer: BoxFuture<'static, Result<T, Error>>) -> Result<T, Error> {
    tokio::time::timeout(PATIENCE, answer).await.unwrap_or(Err(Error::TimedOut))
}

/// Whether trying again cannot help.
fn is_final(error: &Error, way: Way) -> bool {
    match error {
        Error::NeedsPairing
        | Error::BondLost
        | Error::PairingRefused
        | Error::OffersKeyboard
        | Error::Unfit(_)
        | Error::Forbidden(_)
        | Error::NoPermission => true,
        // An adapter that was pulled out, or a radio that was switched off, may come back.
        Error::NoAdapter | Error::NoService | Error::Off => way != Way::Again,
        Error::OutOfReach | Error::TimedOut | Error::LinkLost | Error::Busy | Error::Refused(_) | Error::Radio(_) => {
            false
        }
    }
}

/// Doubles with each try, and differs a little each time, so that two who got into each other's way part.
fn pause(attempt: u32) -> Duration {
    let pause = FIRST_PAUSE.saturating_mul(1 << (attempt - 1).min(8)).min(LONGEST_PAUSE);
    let chance = RandomState::new().build_hasher().finish() % 256;
    pause + pause * chance as u32 / 1024
}
