//! Before the computer sleeps: a delay, so that a massager is stopped first.
//!
//! Belongs here: the seam [`SleepGuard`] and systemd-logind's delay inhibitor behind it. What is done before sleep is the
//! engine's. Interface: org.freedesktop.login1(5) of systemd 252.

use tokio::sync::{mpsc, watch};

/// What the computer is about to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SleepEvent {
    /// It goes to sleep as soon as the delay is let go, or after a few seconds.
    GoingToSleep,
    /// It woke up.
    WokeUp,
}

/// Tells before the computer sleeps, and delays that.
pub trait SleepGuard: Send + Sync {
    /// Everything that is told, from now on. Asked for once, by the engine.
    fn events(&self) -> mpsc::UnboundedReceiver<SleepEvent>;

    /// Whether sleep is delayed: held while anything moves or might move. Once sleep was announced, letting go lets the
    /// computer sleep. Never waits.
    fn hold(&self, on: bool);
}

/// systemd-logind, where there is one; elsewhere it tells nothing and delays nothing.
#[derive(Debug)]
pub struct Logind {
    hold: watch::Sender<bool>,
    held: std::sync::Mutex<Option<watch::Receiver<bool>>>,
}

impl Default for Logind {
    fn default() -> Self {
        let (hold, held) = watch::channel(false);
        Self { hold, held: std::sync::Mutex::new(Some(held)) }
    }
}

impl Logind {
    /// A guard that is first connected when its events are asked for.
    pub fn new() -> Self {
        Self::default()
    }
}

impl SleepGuard for Logind {
    fn events(&self) -> mpsc::UnboundedReceiver<SleepEvent> {
        let (tell, events) = mpsc::unbounded_channel();
        let held = self.held.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
        #[cfg(target_os = "linux")]
        if let Some(held) = held {
            tokio::spawn(logind::guard(held, tell));
        }
        #[cfg(not(target_os = "linux"))]
        drop((held, tell));
        events
    }

    fn hold(&self, on: bool) {
        self.hold.send_if_modified(|held| std::mem::replace(held, on) != on);
    }
}

#[cfg(target_os = "linux")]
mod logind {
    use std::time::Duration;

    use dbus::arg::OwnedFd;
    use dbus::channel::MatchingReceiver;
    use dbus::message::MatchRule;
    use tokio::sync::{mpsc, watch};
    use tokio::time::{Instant, sleep, sleep_until};

    use super::SleepEvent;
    use crate::bus::Bus;

    const NAME: &str = "org.freedesktop.login1";
    const PATH: &str = "/org/freedesktop/login1";
    const MANAGER: &str = "org.freedesktop.login1.Manager";

    /// How long logind may take to answer.
    const TIME_OUT: Duration = Duration::from_secs(2);

    /// How long sleep is delayed at most. logind itself waits for 5 s, unless its settings say otherwise.
    const LONGEST_DELAY: Duration = Duration::from_secs(4);

    /// When a bus that is gone is tried again.
    const NEXT_TRY: Duration = Duration::from_secs(10);

    /// What keeps the computer awake for a moment while it lives.
    type Inhibitor = OwnedFd;

    /// Guards for as long as anyone listens.
    pub(super) async fn guard(mut held: watch::Receiver<bool>, tell: mpsc::UnboundedSender<SleepEvent>) {
        loop {
            match watch(&mut held, &tell).await {
                Ok(()) => return,
                Err(why) => tracing::info!("sleep is not delayed: {why}"),
            }
            tokio::select! {
                () = tell.closed() => return,
                () = sleep(NEXT_TRY) => {}
            }
        }
    }

    /// Guards until nobody listens or holds any more.
    ///
    /// # Errors
    /// In words, where there is no bus or it breaks.
    async fn watch(held: &mut watch::Receiver<bool>, tell: &mpsc::UnboundedSender<SleepEvent>) -> Result<(), String> {
        let (lose, mut lost) = mpsc::unbounded_channel::<()>();
        // The sender goes with the connection.
        let bus = Bus::system(move || drop(lose)).await.map_err(|why| why.to_string())?;
        let (announce, mut announced) = mpsc::unbounded_channel();
        let rule = MatchRule::new_signal(MANAGER, "PrepareForSleep").with_path(PATH).with_sender(NAME);
        bus.connection.add_match_no_cb(&rule.match_str()).await.map_err(|why| why.to_string())?;
        bus.connection.start_receive(
            MatchRule::new_signal(MANAGER, "PrepareForSleep"),
            Box::new(move |message, _| message.get1::<bool>().is_none_or(|begins| announce.send(begins).is_ok())),
        );
        let mut inhibitor: Option<Inhibitor> = None;
        let mut lets_go: Option<Instant> = None;
        held.mark_changed();
        loop {
            tokio::select! {
                () = tell.closed() => return Ok(()),
                _ = lost.recv() => return Err("the bus is gone".to_owned()),
                Some(begins) = announced.recv() => {
                    let event = if begins { SleepEvent::GoingToSleep } else { SleepEvent::WokeUp };
                    tracing::info!("{event:?}");
                    lets_go = begins.then(|| Instant::now() + LONGEST_DELAY);
                    if tell.send(event).is_err() {
                        return Ok(());
                    }
                    // A delay that was let go while asleep is wanted again.
                    held.mark_changed();
                }
                changed = held.changed() => {
                    if changed.is_err() {
                        return Ok(());
                    }
                    let wanted = *held.borrow_and_update();
                    match (wanted, &inhibitor) {
                        (true, None) => inhibitor = inhibit(&bus).await,
                        (false, Some(_)) => inhibitor = None,
                        _ => {}
                    }
                }
                () = async { sleep_until(lets_go.unwrap_or_else(Instant::now)).await }, if lets_go.is_some() => {
                    lets_go = None;
                    inhibitor = None;
                }
            }
        }
    }

    async fn inhibit(bus: &Bus) -> Option<Inhibitor> {
        let what = ("sleep", "Svang", "Stops the massager first", "delay");
        let asked = bus.object(NAME, PATH, TIME_OUT).method_call::<(OwnedFd,), _, _, _>(MANAGER, "Inhibit", what);
        match asked.await {
            Ok((inhibitor,)) => Some(inhibitor),
            Err(why) => {
                tracing::info!("sleep is not delayed: {why}");
                None
            }
        }
    }
}
