//! What comes into the window by itself: the engine's events, requests to end, changed files, the clock.

use std::hash::{Hash, Hasher};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use futures::stream;
use iced::Subscription;
use tokio::sync::mpsc;

use super::Message;
use crate::engine::State;
use crate::storage::{Folders, Settings, Watch};

/// What comes from a channel. The first who listens takes it; a window listens from its start to its end.
pub(super) struct Feed<T>(Arc<Mutex<Option<mpsc::UnboundedReceiver<T>>>>);

impl<T> Clone for Feed<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Hash for Feed<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Arc::as_ptr(&self.0).hash(state);
    }
}

impl<T: Send + 'static> Feed<T> {
    pub(super) fn new(channel: mpsc::UnboundedReceiver<T>) -> Self {
        Self(Arc::new(Mutex::new(Some(channel))))
    }

    /// What comes from now on.
    pub(super) fn listen(&self) -> Subscription<T> {
        Subscription::run_with(self.clone(), |feed| {
            let channel = feed.0.lock().unwrap_or_else(PoisonError::into_inner).take();
            stream::unfold(channel, |channel| async {
                let mut channel = channel?;
                let next = channel.recv().await?;
                Some((next, Some(channel)))
            })
        })
    }
}

/// Tells when the person's profiles or device maps change on disk.
pub(super) fn files(folders: &Folders) -> Subscription<Message> {
    enum Watching {
        Starting(Vec<PathBuf>),
        On(Watch),
        Over,
    }
    Subscription::run_with(vec![folders.profiles(), folders.massagers()], |folders| {
        stream::unfold(Watching::Starting(folders.clone()), |watching| async {
            let mut watch = match watching {
                Watching::Starting(folders) => match Watch::new(&folders) {
                    Ok(watch) => watch,
                    Err(why) => return Some((Message::CannotWatch(why), Watching::Over)),
                },
                Watching::On(watch) => watch,
                Watching::Over => return None,
            };
            watch.changed().await?;
            Some((Message::FilesChanged, Watching::On(watch)))
        })
    })
}

/// Tells once when a time has come.
pub(super) fn at(time: Instant) -> Subscription<Instant> {
    Subscription::run_with(time, |time| {
        let time = *time;
        stream::once(async move {
            tokio::time::sleep_until(time.into()).await;
            time
        })
    })
}

/// What there is to show before the engine told anything.
pub(super) fn before_the_first(settings: &Settings, massaged_today: Duration, now: Instant) -> State {
    State {
        limits: settings.limits,
        strength: settings.strength,
        ceilings: settings.ceilings.clone(),
        massaged_today,
        session_left: settings.limits.session,
        ..State::new(now)
    }
}
