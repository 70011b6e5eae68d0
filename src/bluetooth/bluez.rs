//! What only BlueZ can do and `btleplug` does not hand on: being told of adapters, bonds, and forgetting.
//!
//! Belongs here: our own connection to the system's D-Bus. Pairing, which answers calls as well, stands in `pairing`.
//! Interfaces: `doc/org.bluez.Adapter.rst` and `doc/org.bluez.Device.rst` of BlueZ 5.66.

use std::sync::Arc;
use std::time::Duration;

use dbus::Path;
use dbus::channel::MatchingReceiver;
use dbus::message::MatchRule;
use dbus::nonblock::stdintf::org_freedesktop_dbus::Properties;
use dbus::nonblock::{Proxy, SyncConnection};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep};

use super::Error;
use super::radio::{Change, errors};
use crate::bus;

/// How long BlueZ may take to answer a plain question.
pub(super) const TIME_OUT: Duration = Duration::from_secs(5);

pub(super) const SERVICE: &str = "org.bluez";
pub(super) const DEVICE: &str = "org.bluez.Device1";
const ADAPTER: &str = "org.bluez.Adapter1";

/// A connection to the system's D-Bus, closed with its last use.
pub(super) struct Bus {
    pub connection: Arc<SyncConnection>,
    _bus: bus::Bus,
}

impl Bus {
    /// Connects; `lost` is called when the connection breaks.
    pub async fn connect(lost: impl FnOnce() + Send + 'static) -> Result<Self, Error> {
        match bus::Bus::system(lost).await {
            Ok(bus) => Ok(Self { connection: Arc::clone(&bus.connection), _bus: bus }),
            Err(bus::Unreached::Silent) => Err(Error::NoService),
            Err(bus::Unreached::Refused(error)) => Err(of_dbus(&error)),
        }
    }

    /// One object of BlueZ.
    pub fn object<'a>(&self, path: &'a str, time_out: Duration) -> Proxy<'a, Arc<SyncConnection>> {
        Proxy::new(SERVICE, path, time_out, Arc::clone(&self.connection))
    }
}

/// What an error of D-Bus or BlueZ means.
pub(super) fn of_dbus(error: &dbus::Error) -> Error {
    errors::of_text(&format!("{error:?}"), error.message().unwrap_or_default())
}

/// The object of a massager, from the platform's id, such as `hci0/dev_C0_DE_F0_07_00_01`.
pub(super) fn path_of(platform_id: &str) -> String {
    format!("/org/bluez/{platform_id}")
}

/// Whether there is a bond with a massager; `None` where BlueZ does not know it.
pub(super) async fn paired(platform_id: &str) -> Option<bool> {
    let bus = Bus::connect(|| ()).await.ok()?;
    bus.object(&path_of(platform_id), TIME_OUT).get::<bool>(DEVICE, "Paired").await.ok()
}

/// Switches an adapter on.
///
/// # Errors
/// [`Error::Off`] where it stays off: a switch or a key of the computer holds it (BlueZ says `Blocked` or `Failed`).
pub(super) async fn switch_on(adapter: &str) -> Result<(), Error> {
    let bus = Bus::connect(|| ()).await?;
    let set = bus.object(&path_of(adapter), TIME_OUT).set(ADAPTER, "Powered", true).await;
    set.map_err(|error| match of_dbus(&error) {
        error @ (Error::NoService | Error::NoPermission) => error,
        _ => Error::Off,
    })
}

/// The services of keyboards, mice and their like: HID over GATT, and HID of classic Bluetooth (Assigned Numbers, 3.4.2
/// and 3.3).
const INPUT: [&str; 2] = ["00001812-0000-1000-8000-00805f9b34fb", "00001124-0000-1000-8000-00805f9b34fb"];

/// The appearances of the same: category 0x00F of Assigned Numbers, 2.6.
const INPUT_CATEGORY: u16 = 0x00F;

/// How long BlueZ may take to look at what something offers, once it is connected.
const RESOLVES_WITHIN: Duration = Duration::from_secs(3);

/// Whether something offers to be a keyboard, a mouse or the like. Where it is connected, its services are waited for.
pub(super) async fn offers_input(bus: &Bus, path: &str) -> bool {
    let device = bus.object(path, TIME_OUT);
    let flag = async |name: &str| device.get::<bool>(DEVICE, name).await.unwrap_or(false);
    let by = Instant::now() + RESOLVES_WITHIN;
    while flag("Connected").await && !flag("ServicesResolved").await && Instant::now() < by {
        sleep(Duration::from_millis(100)).await;
    }
    let services = device.get::<Vec<String>>(DEVICE, "UUIDs").await.unwrap_or_default();
    let appearance = device.get::<u16>(DEVICE, "Appearance").await.ok();
    is_input(&services, appearance)
}

fn is_input(services: &[String], appearance: Option<u16>) -> bool {
    services.iter().any(|service| INPUT.contains(&service.to_lowercase().as_str()))
        || appearance.is_some_and(|appearance| appearance >> 6 == INPUT_CATEGORY)
}

/// Removes the bond with a massager, and everything that BlueZ remembers of it.
///
/// # Errors
/// Where BlueZ does not answer or refuses. A massager that it does not know is no error.
pub(super) async fn remove(platform_id: &str) -> Result<(), Error> {
    let Some((adapter, _)) = platform_id.split_once('/') else { return Ok(()) };
    let bus = Bus::connect(|| ()).await?;
    let device = Path::new(path_of(platform_id)).map_err(Error::Radio)?;
    let adapter = path_of(adapter);
    let removed = bus.object(&adapter, TIME_OUT).method_call::<(), _, _, _>(ADAPTER, "RemoveDevice", (device,));
    match removed.await {
        Err(error) if error.name() == Some("org.bluez.Error.DoesNotExist") => Ok(()),
        done => done.map_err(|error| of_dbus(&error)),
    }
}

/// Tells whenever an adapter or the Bluetooth service comes or goes, for as long as the second value lives.
///
/// # Errors
/// Where D-Bus cannot be reached.
pub(super) async fn watch() -> Result<(mpsc::UnboundedReceiver<Change>, impl Send + 'static), Error> {
    let (tell, changes) = mpsc::unbounded_channel();
    let lost = tell.clone();
    let bus = Bus::connect(move || {
        let _ = lost.send(Change::Bus);
    })
    .await?;
    let rules = [
        "type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='org.bluez'",
        "type='signal',sender='org.bluez',interface='org.freedesktop.DBus.ObjectManager',member='InterfacesAdded'",
        "type='signal',sender='org.bluez',interface='org.freedesktop.DBus.ObjectManager',member='InterfacesRemoved'",
    ];
    for rule in rules {
        bus.connection.add_match_no_cb(rule).await.map_err(|error| of_dbus(&error))?;
    }
    bus.connection.start_receive(
        MatchRule::new(),
        Box::new(move |message, _| {
            // Massagers come and go as objects too; adapters lie directly under /org/bluez.
            let relevant = match message.member().as_deref() {
                Some("NameOwnerChanged") => message.get1::<String>().is_some_and(|name| name == SERVICE),
                Some("InterfacesAdded" | "InterfacesRemoved") => {
                    message.get1::<Path<'_>>().is_some_and(|path| path.split('/').count() == 4)
                }
                _ => false,
            };
            if relevant {
                let _ = tell.send(Change::Adapters);
            }
            true
        }),
    );
    Ok((changes, bus))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keyboards_and_mice_are_known_by_service_or_appearance() {
        let services = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let massager = ["0000ffe0-0000-1000-8000-00805f9b34fb", "0000180f-0000-1000-8000-00805f9b34fb"];
        assert!(!is_input(&services(&massager), None));
        assert!(!is_input(&[], Some(0x0340)), "a generic heart rate sensor");
        let keyboard = ["0000ffe0-0000-1000-8000-00805f9b34fb", "00001812-0000-1000-8000-00805F9B34FB"];
        assert!(is_input(&services(&keyboard), None));
        assert!(is_input(&services(&massager), Some(0x03C1)), "a keyboard by its appearance");
        assert!(is_input(&services(&massager), Some(0x03C2)), "a mouse by its appearance");
    }
}
