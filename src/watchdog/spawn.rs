//! The engine's side: starting the second process, and keeping up with it.
//!
//! Belongs here: [`SecondProcess`]. Nothing here makes the engine wait: a process that does not keep up counts as gone.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::process::{Child, Command};
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep_until, timeout};

use super::machine::ALIVE;
use super::protocol::{self, Lines, Next, Order, Word};
use super::{Error, Gone, Lease, OffSequence, SILENCE, Watch, Watchdog};
use crate::bluetooth;

/// How long a second process may take until it is armed.
const ARMED_WITHIN: Duration = Duration::from_secs(8);

/// How long it may say nothing while the engine beats.
const ANSWERS_WITHIN: Duration = Duration::from_secs(3);

/// How many orders may wait for it.
const WAITING: usize = 16;

/// The subcommand by which the program is a watchdog.
pub const SUBCOMMAND: &str = "watchdog";

/// Starts this program a second time as the watchdog, in a process group of its own.
#[derive(Debug, Clone)]
pub struct SecondProcess {
    program: Result<PathBuf, String>,
}

impl SecondProcess {
    /// The program that runs.
    pub fn of_this_program() -> Self {
        // By this name the running program is found even after an update has replaced its file.
        let running = PathBuf::from("/proc/self/exe");
        if running.exists() {
            return Self { program: Ok(running) };
        }
        Self { program: std::env::current_exe().map_err(|why| why.to_string()) }
    }

    /// Another program that takes the same subcommand.
    pub fn of(program: PathBuf) -> Self {
        Self { program: Ok(program) }
    }

    fn start(&self) -> Result<Child, Error> {
        let program = self.program.as_ref().map_err(|why| Error::NotStarted(why.clone()))?;
        let mut command = Command::new(program);
        command.arg(SUBCOMMAND).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        #[cfg(unix)]
        {
            command.process_group(0);
            if let Ok(named) = std::env::current_exe() {
                command.arg0(named);
            }
        }
        // No window of its own, and none of the signals of this one's.
        #[cfg(windows)]
        command.creation_flags(0x0800_0000 | 0x0000_0200);
        command.spawn().map_err(|why| Error::NotStarted(why.to_string()))
    }
}

impl Watchdog for SecondProcess {
    fn watch(&self, off: OffSequence) -> BoxFuture<'static, Result<Box<dyn Watch>, Error>> {
        let started = protocol::watch_line(&off).and_then(|order| Ok((order, self.start()?)));
        async move {
            let (order, mut child) = started?;
            let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
                return Err(Error::NotStarted("it has no pipes".to_owned()));
            };
            // Where this fails or is dropped, the pipe closes, and the process ends by itself.
            let armed = timeout(ARMED_WITHIN, arm(input, output, order)).await.map_err(|_| Error::TimedOut)??;
            let (held, keeping) = keep(armed);
            tokio::spawn(async move {
                let silent = keeping.await;
                bury(child, silent).await;
            });
            Ok(Box::new(held) as Box<dyn Watch>)
        }
        .boxed()
    }
}

/// A second process that is armed.
struct Armed<W, R> {
    input: W,
    words: Lines<R>,
}

async fn arm<W, R>(mut input: W, output: R, order: Vec<u8>) -> Result<Armed<W, R>, Error>
where
    W: AsyncWrite + Unpin,
    R: AsyncRead + Unpin,
{
    input.write_all(&order).await.map_err(|_| Error::Died)?;
    input.flush().await.map_err(|_| Error::Died)?;
    let mut words = Lines::new(output);
    match read(words.next().await) {
        Some(Word::Armed) => Ok(Armed { input, words }),
        Some(Word::Cannot(why)) => Err(Error::NoWay(understood(why))),
        _ => Err(Error::Died),
    }
}

fn read(next: Next) -> Option<Word> {
    match next {
        Next::Line(line) => serde_json::from_slice(&line).ok(),
        Next::TooLong | Next::End => None,
    }
}

/// The engine's end, and what keeps it up with the process: ends when that is over, and says whether it fell silent.
fn keep<W, R>(armed: Armed<W, R>) -> (Held, impl Future<Output = bool>)
where
    W: AsyncWrite + Unpin,
    R: AsyncRead + Unpin,
{
    let (give, orders) = mpsc::channel(WAITING);
    let (tell, gone) = watch::channel(None);
    let keeping = async move { keep_up(armed, orders, &tell).await };
    (Held { orders: Some(give), gone, beaten: None }, keeping)
}

/// Waits for the process to end, so that nothing of it stays behind.
async fn bury(mut child: Child, silent: bool) {
    // One that is stopped, or hangs, must not fire when somebody else watches already.
    if silent && let Err(why) = child.start_kill() {
        tracing::debug!("the watchdog could not be killed: {why}");
    }
    match child.wait().await {
        Ok(status) => tracing::debug!("the watchdog ended: {status}"),
        Err(why) => tracing::debug!("the watchdog ended: {why}"),
    }
}

/// Hands orders over and hears what the process says, until it is over. Whether it fell silent.
async fn keep_up<W, R>(
    armed: Armed<W, R>,
    mut orders: mpsc::Receiver<Given>,
    gone: &watch::Sender<Option<Gone>>,
) -> bool
where
    W: AsyncWrite + Unpin,
    R: AsyncRead + Unpin,
{
    let Armed { input, mut words } = armed;
    let mut input = Some(input);
    let mut answers_by: Option<Instant> = None;
    loop {
        tokio::select! {
            biased;
            next = words.next() => match read(next) {
                Some(Word::Fired(why)) => {
                    tracing::warn!("The watchdog stops the massager: {why}.");
                    answers_by = None;
                    tell_once(gone, Gone::Fired(why));
                }
                Some(Word::Alive) => answers_by = answers_by.map(|_| Instant::now() + ANSWERS_WITHIN),
                Some(word) => tracing::info!("the watchdog says: {word:?}"),
                None => {
                    tell_once(gone, Gone::Died);
                    return false;
                }
            },
            order = orders.recv(), if input.is_some() => {
                // Where nobody gives orders any more, the pipe closes: a massager that moves is stopped.
                let Some(order) = order else { input = None; continue };
                let line = match order {
                    Given::Beat => {
                        answers_by = answers_by.or(Some(Instant::now() + ANSWERS_WITHIN));
                        protocol::line(&Order::Beat)
                    }
                    Given::Rest => {
                        answers_by = None;
                        protocol::line(&Order::Rest)
                    }
                    Given::Other(line) => line,
                };
                let Some(to) = &mut input else { continue };
                let handed = timeout(ALIVE, async {
                    to.write_all(&line).await?;
                    to.flush().await
                });
                if !matches!(handed.await, Ok(Ok(()))) {
                    input = None;
                    answers_by = Some(Instant::now() + ALIVE);
                }
            }
            () = async { sleep_until(answers_by.unwrap_or_else(Instant::now)).await }, if answers_by.is_some() => {
                tell_once(gone, Gone::Died);
                return true;
            }
        }
    }
}

/// Tells the engine that it has no watchdog any more; the first word counts.
fn tell_once(gone: &watch::Sender<Option<Gone>>, what: Gone) {
    gone.send_if_modified(|gone| {
        let first = gone.is_none();
        gone.get_or_insert(what);
        first
    });
}

/// What the engine gives to the task that keeps up.
enum Given {
    Beat,
    Rest,
    /// Any other line.
    Other(Vec<u8>),
}

/// The engine's end.
struct Held {
    orders: Option<mpsc::Sender<Given>>,
    gone: watch::Receiver<Option<Gone>>,
    /// When the engine beat last, while anything moves.
    beaten: Option<Instant>,
}

impl Held {
    fn give(&mut self, order: Given) -> Lease {
        let given = self.orders.as_ref().is_some_and(|orders| orders.try_send(order).is_ok());
        if !given {
            // Dropped, the pipe closes.
            self.orders = None;
        }
        if self.orders.is_some() && self.gone.borrow().is_none() { Lease::Held } else { Lease::Lost }
    }
}

impl Watch for Held {
    fn beat(&mut self) -> Lease {
        let now = Instant::now();
        if self.beaten.is_some_and(|beaten| now >= beaten + SILENCE) {
            self.orders = None;
        }
        self.beaten = Some(now);
        self.give(Given::Beat)
    }

    fn update(&mut self, off: OffSequence) {
        match protocol::watch_line(&off) {
            // Where it cannot be given, the pipe closes, and the next beat says so.
            Ok(line) => drop(self.give(Given::Other(line))),
            Err(why) => {
                tracing::warn!("the watchdog cannot take the off sequence: {why}");
                self.orders = None;
            }
        }
    }

    fn rest(&mut self) {
        if self.beaten.take().is_some() {
            // Where it cannot be given, the pipe closes, and the next beat says so.
            let _ = self.give(Given::Rest);
        }
    }

    fn gone(&mut self) -> BoxFuture<'_, Gone> {
        async {
            match self.gone.wait_for(Option::is_some).await.map(|gone| *gone) {
                Ok(Some(gone)) => gone,
                _ => Gone::Died,
            }
        }
        .boxed()
    }

    fn release(mut self: Box<Self>) {
        let _ = self.give(Given::Other(protocol::line(&Order::Release)));
    }
}

/// Why the watchdog has no way to the massager: it says so by the key of the phrase.
fn understood(why: String) -> bluetooth::Error {
    use bluetooth::Error;
    let known =
        [Error::NoService, Error::NoAdapter, Error::Off, Error::NoPermission, Error::OutOfReach, Error::TimedOut];
    known.into_iter().find(|error| error.to_string() == why).unwrap_or(Error::Radio(why))
}

#[cfg(test)]
mod tests;
