//! A connection to D-Bus, over which Linux desktops and their services talk.
//!
//! Belongs here: connecting within a time. What is said to BlueZ is the radio's, what is said to the desktop is
//! `desktop`'s.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use dbus::nonblock::{Proxy, SyncConnection};
use dbus_tokio::connection::{IOResource, new_session_sync, new_system_sync};
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// How long a bus may take to be reached.
const TIME_OUT: Duration = Duration::from_secs(5);

/// A connection to a bus, closed with its last use.
pub(crate) struct Bus {
    pub connection: Arc<SyncConnection>,
    driving: JoinHandle<()>,
}

/// A connection, and what drives it.
type Connected = (IOResource<SyncConnection>, Arc<SyncConnection>);

/// Why a bus is not reached.
#[derive(Debug)]
pub(crate) enum Unreached {
    /// It does not answer, or there is none.
    Silent,
    /// It refused.
    Refused(dbus::Error),
}

impl std::fmt::Display for Unreached {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Silent => f.write_str("it does not answer"),
            Self::Refused(why) => why.fmt(f),
        }
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        self.driving.abort();
    }
}

impl Bus {
    /// The computer's bus; `lost` is called when the connection breaks.
    pub async fn system(lost: impl FnOnce() + Send + 'static) -> Result<Self, Unreached> {
        Self::connect(new_system_sync, lost).await
    }

    /// The bus of the person's session. Where nobody has started one, none is started.
    pub async fn session() -> Result<Self, Unreached> {
        let there = std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some()
            || std::env::var_os("XDG_RUNTIME_DIR").is_some_and(|folder| Path::new(&folder).join("bus").exists());
        if there { Self::connect(new_session_sync, || ()).await } else { Err(Unreached::Silent) }
    }

    async fn connect(
        connect: fn() -> Result<Connected, dbus::Error>,
        lost: impl FnOnce() + Send + 'static,
    ) -> Result<Self, Unreached> {
        // Connecting blocks its thread.
        let connecting = tokio::task::spawn_blocking(connect);
        let connected = match timeout(TIME_OUT, connecting).await {
            Ok(Ok(connected)) => connected,
            Ok(Err(_)) | Err(_) => return Err(Unreached::Silent),
        };
        let (resource, connection) = connected.map_err(Unreached::Refused)?;
        let driving = tokio::spawn(async move {
            resource.await;
            lost();
        });
        Ok(Self { connection, driving })
    }

    /// One object of a service.
    pub fn object<'a>(&self, service: &'a str, path: &'a str, time_out: Duration) -> Proxy<'a, Arc<SyncConnection>> {
        Proxy::new(service, path, time_out, Arc::clone(&self.connection))
    }
}
