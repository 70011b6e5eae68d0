//! Reaching the system's Bluetooth service, and being told when it or its adapters come and go.
//!
//! Belongs here: time-outs around a service that may not answer. What is done with it is the keeper's.

use tokio::sync::mpsc;
use tokio::time::timeout;

use super::{BtError, SERVICE_TIME_OUT, errors, platform};
use crate::bluetooth::Error;

/// Reaches the service. The first contact with D-Bus blocks its thread.
pub(super) async fn start_manager() -> Result<platform::Manager, Error> {
    let runtime = tokio::runtime::Handle::current();
    let started = tokio::task::spawn_blocking(move || runtime.block_on(platform::Manager::new()));
    match timeout(SERVICE_TIME_OUT, started).await {
        Ok(Ok(Ok(manager))) => Ok(manager),
        Ok(Ok(Err(error))) => Err(errors::of(&error)),
        Ok(Err(_)) | Err(_) => Err(Error::NoService),
    }
}

pub(super) async fn in_time<T>(call: impl Future<Output = Result<T, BtError>>) -> Result<T, Error> {
    match timeout(SERVICE_TIME_OUT, call).await {
        Ok(done) => done.map_err(|error| match errors::of(&error) {
            // The service went away between two questions.
            Error::LinkLost | Error::TimedOut => Error::NoService,
            error => error,
        }),
        Err(_) => Err(Error::NoService),
    }
}

/// That adapters or the service came or went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    /// An adapter or the service.
    Adapters,
    /// The bus over which the service is reached is gone.
    Bus,
}

/// What tells of changes where the platform can.
pub(super) struct Watch {
    changes: mpsc::UnboundedReceiver<Change>,
    _watching: Box<dyn Send>,
}

impl Watch {
    #[cfg(target_os = "linux")]
    pub async fn start() -> Option<Self> {
        let (changes, watching) = crate::bluetooth::bluez::watch().await.ok()?;
        Some(Self { changes, _watching: Box::new(watching) })
    }

    #[cfg(not(target_os = "linux"))]
    pub async fn start() -> Option<Self> {
        None
    }
}

pub(super) async fn next_change(watch: &mut Option<Watch>) -> Change {
    match watch {
        Some(watch) => watch.changes.recv().await.unwrap_or(Change::Bus),
        None => std::future::pending().await,
    }
}
