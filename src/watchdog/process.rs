//! The second process: the machine with a pipe, a radio and a clock.
//!
//! Belongs here: carrying what comes to the machine and what it orders away, so that nothing delays a write: neither the
//! log's disk, nor a pipe that nobody reads, nor the desktop.

use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use futures::stream::FuturesUnordered;
use futures::{FutureExt, StreamExt};
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep_until, timeout};

use super::machine::{Ending, Input, Machine, Output, Told, shown};
use super::protocol::{Lines, Next, Word, line};
use super::reach::{Open, Opening, Reach};
use crate::bluetooth;

/// How long telling may take at the end, before the process ends.
const TELLS_WITHIN: Duration = Duration::from_secs(3);

/// What the second process works with.
pub struct Surroundings {
    /// The way to massagers.
    pub reach: Arc<dyn Reach>,
    /// Tells the person what happened to the massager of this name. Best effort.
    pub notify: Box<dyn Fn(Told, String) -> BoxFuture<'static, ()> + Send>,
    /// Writes a line into the log. May block: it is called on a thread of its own.
    pub log: Box<dyn Fn(&str) + Send>,
}

/// Watches over one massager, as it is told on `input`, until there is nothing left to do.
pub async fn guard<R, W>(input: R, output: W, surroundings: Surroundings) -> Ending
where
    R: AsyncRead + Unpin,
    W: AsyncWrite + Unpin + Send + 'static,
{
    let mut guarding = Guarding::new(output, surroundings);
    let mut lines = Lines::new(input);
    let mut over = false;
    loop {
        let next = guarding.machine.next().map(Instant::from_std);
        // What was done comes before what is asked: a flood of lines delays no answer.
        let input = tokio::select! {
            biased;
            Some((round, frame, outcome)) = guarding.writes.next() => Input::Written { round, frame, outcome },
            Some(opened) = guarding.opening.next() => Input::Opened(match opened {
                Ok(open) => {
                    guarding.open = Some(open);
                    Ok(())
                }
                Err(why) => Err(why.to_string()),
            }),
            () = at(next) => Input::Tick,
            next = lines.next(), if !over => match next {
                Next::Line(line) => Input::Line(line),
                Next::TooLong => Input::TooLong,
                Next::End => {
                    over = true;
                    Input::EndOfFile
                }
            },
        };
        let outputs = guarding.machine.take(input, Instant::now().into_std());
        for output in outputs {
            if let Some(ending) = guarding.carry_out(output) {
                guarding.tell_the_rest().await;
                return ending;
            }
        }
    }
}

async fn at(time: Option<Instant>) {
    match time {
        Some(time) => sleep_until(time).await,
        None => std::future::pending().await,
    }
}

type Written = (u32, usize, Result<(), bluetooth::Error>);
type Opened = Result<Box<dyn Open>, bluetooth::Error>;

struct Guarding {
    machine: Machine,
    reach: Arc<dyn Reach>,
    notify: Box<dyn Fn(Told, String) -> BoxFuture<'static, ()> + Send>,
    open: Option<Box<dyn Open>>,
    opening: FuturesUnordered<BoxFuture<'static, Opened>>,
    writes: FuturesUnordered<BoxFuture<'static, Written>>,
    words: mpsc::UnboundedSender<Word>,
    log: std::sync::mpsc::Sender<String>,
    /// What tells the engine and the person.
    telling: Vec<JoinHandle<()>>,
    /// Ends when the log is written.
    logging: oneshot::Receiver<()>,
}

impl Guarding {
    fn new(mut output: impl AsyncWrite + Unpin + Send + 'static, surroundings: Surroundings) -> Self {
        let Surroundings { reach, notify, log } = surroundings;
        let (words, mut said) = mpsc::unbounded_channel::<Word>();
        let telling = tokio::spawn(async move {
            while let Some(word) = said.recv().await {
                // Nobody may be there to read it.
                if output.write_all(&line(&word)).await.is_err() || output.flush().await.is_err() {
                    return;
                }
            }
        });
        let (logs, logged) = std::sync::mpsc::channel::<String>();
        let (done, logging) = oneshot::channel::<()>();
        std::thread::spawn(move || {
            logged.iter().for_each(|said| log(&said));
            drop(done);
        });
        Self {
            machine: Machine::new(),
            reach,
            notify,
            open: None,
            opening: FuturesUnordered::new(),
            writes: FuturesUnordered::new(),
            words,
            log: logs,
            telling: vec![telling],
            logging,
        }
    }

    fn carry_out(&mut self, output: Output) -> Option<Ending> {
        match output {
            Output::Open => self.open(Opening::AsItIs),
            Output::Reopen { hang_up } => {
                self.open = None;
                // Nobody waits for these answers any more.
                self.writes.clear();
                self.open(if hang_up { Opening::HangingUpBefore } else { Opening::Anew });
            }
            Output::Write { round, frame } => self.write(round, frame),
            Output::Tell(word) => drop(self.words.send(word)),
            Output::Log(said) => drop(self.log.send(said)),
            Output::Notify(told) => {
                let name = self.machine.charge().map(shown).unwrap_or_default();
                self.telling.push(tokio::spawn((self.notify)(told, name)));
            }
            Output::End(ending) => return Some(ending),
        }
        None
    }

    fn open(&mut self, how: Opening) {
        if let Some(charge) = self.machine.charge() {
            self.opening.push(self.reach.open(charge.id.clone(), charge.places(), how));
        }
    }

    fn write(&mut self, round: u32, frame: usize) {
        let Some(sent) = self.machine.charge().and_then(|charge| charge.off.get(frame)) else { return };
        let written = match &self.open {
            Some(open) => open.write(sent.write()),
            None => async { Err(bluetooth::Error::LinkLost) }.boxed(),
        };
        self.writes.push(written.map(move |outcome| (round, frame, outcome)).boxed());
    }

    /// Waits until all that was said is out, within reason.
    async fn tell_the_rest(self) {
        let Self { words, log, telling, logging, .. } = self;
        drop((words, log));
        // A desktop or a disk that does not answer does not keep a process alive.
        let _ = timeout(TELLS_WITHIN, async { (futures::future::join_all(telling).await, logging.await) }).await;
    }
}
