//! Writing to a massager over a link that another process made.
//!
//! Belongs here: what a process can do on BlueZ that has not connected a massager itself. There a link belongs to the
//! system: any process may write over it, it outlives the one that made it, and `WriteValue` is refused while somebody
//! else's write on the same characteristic is unanswered. Interfaces: `doc/org.bluez.GattCharacteristic.rst` and
//! `doc/org.bluez.Device.rst` of BlueZ 5.66.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use dbus::Path;
use dbus::arg::{PropMap, RefArg, Variant, prop_cast};
use dbus::nonblock::stdintf::org_freedesktop_dbus::{ObjectManager, Properties};
use futures::FutureExt;
use futures::future::{BoxFuture, ready};
use tokio::time::{Instant, sleep};
use uuid::Uuid;

use super::bluez::{Bus, DEVICE, TIME_OUT, of_dbus};
use super::{Error, MassagerId, Unfit};
use crate::massager::Write;
use crate::massager::forbidden::{Permit, Trail};

const SERVICE: &str = "org.bluez.GattService1";
const CHARACTERISTIC: &str = "org.bluez.GattCharacteristic1";

/// How long a write may take to be answered. BlueZ itself ends a link whose answer does not come for 30 s.
const ANSWER_TIME_OUT: Duration = Duration::from_secs(30);

/// How long hanging up may take; it goes on by itself after that.
const HANG_UP_TIME_OUT: Duration = Duration::from_secs(3);

/// How long connecting may take, and looking at the services after it.
const CONNECT_TIME_OUT: Duration = Duration::from_secs(10);

/// How often BlueZ is asked whether it has looked at the services.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// Every object of BlueZ, with its interfaces and their properties.
type Objects = HashMap<Path<'static>, HashMap<String, PropMap>>;

/// A massager's characteristics, ready to be written to. Dropped, it leaves the link as it is.
pub struct SharedLink {
    bus: Bus,
    places: BTreeMap<(Uuid, Uuid), Path<'static>>,
    trail: Mutex<Trail>,
}

impl SharedLink {
    /// Finds the places that will be written to, each a service and a characteristic of it, on a connected massager.
    ///
    /// # Errors
    /// Where BlueZ does not answer, does not know the massager, has no link to it, or lacks a place.
    pub async fn find(id: &MassagerId, places: &[(Uuid, Uuid)]) -> Result<Self, Error> {
        Self::find_on(Bus::connect(|| ()).await?, id, places).await
    }

    /// The same over a new link. With `hang_up`, an old one is ended before, which does not answer any more.
    ///
    /// # Errors
    /// As [`SharedLink::find`], and where the massager cannot be reached.
    pub async fn connect(id: &MassagerId, places: &[(Uuid, Uuid)], hang_up: bool) -> Result<Self, Error> {
        let bus = Bus::connect(|| ()).await?;
        let device = device(&objects(&bus).await?, id).ok_or(Error::OutOfReach)?.path;
        if hang_up {
            let hung_up = bus.object(&device, HANG_UP_TIME_OUT).method_call::<(), _, _, _>(DEVICE, "Disconnect", ());
            // One that is gone already has nothing to hang up.
            let _ = hung_up.await;
        }
        let proxy = bus.object(&device, CONNECT_TIME_OUT);
        match proxy.method_call::<(), _, _, _>(DEVICE, "Connect", ()).await {
            Err(error) if error.name() == Some("org.bluez.Error.AlreadyConnected") => {}
            connected => connected.map_err(|error| of_dbus(&error))?,
        }
        let by = Instant::now() + CONNECT_TIME_OUT;
        while !proxy.get::<bool>(DEVICE, "ServicesResolved").await.map_err(|error| of_dbus(&error))? {
            if Instant::now() >= by {
                return Err(Error::TimedOut);
            }
            sleep(LOOK_AGAIN).await;
        }
        Self::find_on(bus, id, places).await
    }

    async fn find_on(bus: Bus, id: &MassagerId, places: &[(Uuid, Uuid)]) -> Result<Self, Error> {
        let objects = objects(&bus).await?;
        let device = device(&objects, id).ok_or(Error::OutOfReach)?;
        if !device.connected {
            return Err(Error::LinkLost);
        }
        let found = characteristics(&objects, &device.path);
        let find = |place: &(Uuid, Uuid)| match found.get(place) {
            Some(path) => Ok((*place, path.clone())),
            None => Err(Error::Unfit(Unfit::NoCharacteristic(place.1))),
        };
        let places = places.iter().map(find).collect::<Result<_, _>>()?;
        Ok(Self { bus, places, trail: Mutex::default() })
    }

    /// Writes. The bytes are handed to BlueZ before the future first waits; with response, it ends when the massager has
    /// acknowledged. [`Error::Busy`] while another write on the characteristic, whoever made it, is unanswered.
    pub fn write(&self, write: Write) -> BoxFuture<'static, Result<(), Error>> {
        let Write { service, characteristic, bytes, with_response, .. } = write;
        let mut trail = self.trail.lock().unwrap_or_else(PoisonError::into_inner);
        let refused = trail.refuses(service, characteristic, &bytes, &Permit::any_map());
        drop(trail);
        if let Some(why) = refused {
            tracing::warn!("refused a write to {characteristic}: {why}");
            return ready(Err(Error::Forbidden(characteristic))).boxed();
        }
        let Some(path) = self.places.get(&(service, characteristic)) else {
            return ready(Err(Error::Unfit(Unfit::NoCharacteristic(characteristic)))).boxed();
        };
        let kind = if with_response { "request" } else { "command" };
        let mut options = PropMap::new();
        options.insert("type".to_owned(), Variant(Box::new(kind.to_owned()) as Box<dyn RefArg>));
        let proxy = self.bus.object(path, ANSWER_TIME_OUT);
        let written = proxy.method_call::<(), _, _, _>(CHARACTERISTIC, "WriteValue", (bytes, options));
        written.map(|written| written.map_err(|error| of_writing(&error))).boxed()
    }
}

fn of_writing(error: &dbus::Error) -> Error {
    if error.name() == Some("org.bluez.Error.InProgress") { Error::Busy } else { of_dbus(error) }
}

async fn objects(bus: &Bus) -> Result<Objects, Error> {
    bus.object("/", TIME_OUT).get_managed_objects().await.map_err(|error| of_dbus(&error))
}

/// A massager as BlueZ has it.
struct Device {
    path: Path<'static>,
    connected: bool,
}

/// The massager of an id: its address, or the platform's own id where it has none. The connected one, where several
/// adapters know it.
fn device(objects: &Objects, id: &MassagerId) -> Option<Device> {
    let is_it = |(path, interfaces): (&Path<'static>, &HashMap<String, PropMap>)| {
        let properties = interfaces.get(DEVICE)?;
        let address = prop_cast::<String>(properties, "Address")?;
        (address.eq_ignore_ascii_case(&id.0) || path.ends_with(&id.0)).then(|| Device {
            path: path.clone(),
            connected: prop_cast::<bool>(properties, "Connected").copied().unwrap_or_default(),
        })
    };
    objects.iter().filter_map(is_it).max_by_key(|device| device.connected)
}

/// A device's characteristics. Where one stands twice, the one that BlueZ names last.
fn characteristics(objects: &Objects, device: &Path<'static>) -> BTreeMap<(Uuid, Uuid), Path<'static>> {
    let uuid = |properties: &PropMap| prop_cast::<String>(properties, "UUID").and_then(|uuid| uuid.parse().ok());
    let inside = format!("{device}/");
    let mut found: Vec<_> = objects
        .iter()
        .filter(|(path, _)| path.starts_with(&inside))
        .filter_map(|(path, interfaces)| {
            let properties = interfaces.get(CHARACTERISTIC)?;
            let service = prop_cast::<Path<'static>>(properties, "Service")?;
            let service = uuid(objects.get(service)?.get(SERVICE)?)?;
            Some((path.clone(), (service, uuid(properties)?)))
        })
        .collect();
    found.sort_by(|one, other| one.0.cmp(&other.0));
    found.into_iter().map(|(path, place)| (place, path)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(objects: &mut Objects, path: &str, interface: &str, properties: Vec<(&str, Box<dyn RefArg>)>) {
        let properties = properties.into_iter().map(|(name, value)| (name.to_owned(), Variant(value))).collect();
        let path = Path::new(path.to_owned()).unwrap();
        objects.insert(path, HashMap::from([(interface.to_owned(), properties)]));
    }

    fn text(text: &str) -> Box<dyn RefArg> {
        Box::new(text.to_owned())
    }

    fn path(path: &str) -> Box<dyn RefArg> {
        Box::new(Path::new(path.to_owned()).unwrap())
    }

    fn two_adapters() -> Objects {
        let mut objects = Objects::new();
        for (adapter, connected) in [("hci0", true), ("hci1", false)] {
            let device = format!("/org/bluez/{adapter}/dev_C0_DE_F0_07_00_01");
            let address = text("C0:DE:F0:07:00:01");
            object(&mut objects, &device, DEVICE, vec![("Address", address), ("Connected", Box::new(connected))]);
        }
        objects
    }

    #[test]
    fn a_massager_is_found_on_the_adapter_that_is_connected_to_it() {
        let objects = two_adapters();
        let id = MassagerId("c0:de:f0:07:00:01".to_owned());
        let found = device(&objects, &id).unwrap();
        assert!(found.connected);
        assert_eq!(&*found.path, "/org/bluez/hci0/dev_C0_DE_F0_07_00_01");
        assert!(device(&objects, &MassagerId("C0:DE:F0:07:00:02".to_owned())).is_none());
    }

    #[test]
    fn a_characteristic_is_known_by_its_service_too() {
        let mut objects = two_adapters();
        let own = "/org/bluez/hci0/dev_C0_DE_F0_07_00_01";
        for (service, uuid) in [("service0010", "ffe0"), ("service0020", "fff0")] {
            let service = format!("{own}/{service}");
            let uuid = text(&format!("0000{uuid}-0000-1000-8000-00805f9b34fb"));
            object(&mut objects, &service, SERVICE, vec![("UUID", uuid)]);
            let uuid = text("0000ffe1-0000-1000-8000-00805f9b34fb");
            let properties = vec![("UUID", uuid), ("Service", path(&service))];
            object(&mut objects, &format!("{service}/char0011"), CHARACTERISTIC, properties);
        }
        let found = characteristics(&objects, &Path::new(own).unwrap());
        let paths: Vec<_> = found.values().map(|path| path.trim_start_matches(own).to_owned()).collect();
        assert_eq!(paths, ["/service0010/char0011", "/service0020/char0011"]);
        let other = Path::new("/org/bluez/hci1/dev_C0_DE_F0_07_00_01").unwrap();
        assert!(characteristics(&objects, &other).is_empty());
    }
}
