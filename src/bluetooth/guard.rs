//! The last guard before the radio: what is known for firmware update or reset is never written.
//!
//! Belongs here: [`Guarded`], around the links of both radios, and once more around a link that a map drives, for what
//! that map forbids itself and what the person was asked about. What is refused is the device maps' knowledge
//! ([`crate::massager::forbidden`]).

use std::sync::{Mutex, PoisonError};

use futures::FutureExt;
use futures::future::{BoxFuture, ready};
use uuid::Uuid;

use super::{Error, Link};
use crate::massager::forbidden::{Permit, Trail};
use crate::massager::{Characteristic, Write};

/// A link that refuses forbidden writes, and passes on everything else.
pub struct Guarded {
    link: Box<dyn Link>,
    permit: Permit,
    /// What was written last, so that a frame cut in two is known.
    trail: Mutex<Trail>,
}

impl Guarded {
    /// Guards a link: [`Permit::any_map`] where no map is known yet, [`Permit::of`] where one drives it.
    pub fn new(link: Box<dyn Link>, permit: Permit) -> Self {
        Self { link, permit, trail: Mutex::default() }
    }
}

impl Link for Guarded {
    fn characteristics(&self) -> &[Characteristic] {
        self.link.characteristics()
    }

    fn longest_write(&self) -> Option<usize> {
        self.link.longest_write()
    }

    fn write(&self, write: Write) -> BoxFuture<'static, Result<(), Error>> {
        let mut trail = self.trail.lock().unwrap_or_else(PoisonError::into_inner);
        let refused = trail.refuses(write.service, write.characteristic, &write.bytes, &self.permit);
        drop(trail);
        if let Some(why) = refused {
            tracing::warn!("refused a write to {}: {why}", write.characteristic);
            return ready(Err(Error::Forbidden(write.characteristic))).boxed();
        }
        self.link.write(write)
    }

    fn read(&self, service: Uuid, characteristic: Uuid) -> BoxFuture<'static, Result<Vec<u8>, Error>> {
        self.link.read(service, characteristic)
    }

    fn subscribe(&self, service: Uuid, characteristic: Uuid) -> BoxFuture<'static, Result<(), Error>> {
        self.link.subscribe(service, characteristic)
    }

    fn disconnect(&self) -> BoxFuture<'static, Result<(), Error>> {
        self.link.disconnect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bluetooth::simulated::Bench;
    use crate::bluetooth::{MassagerId, Radio, Simulated};
    use crate::massager::DeviceMap;

    const DFU_SERVICE: Uuid = Uuid::from_u128(0x0000_1530_1212_efde_1523_785f_eabc_d123);
    const DFU_CONTROL: Uuid = Uuid::from_u128(0x0000_1531_1212_efde_1523_785f_eabc_d123);

    fn write(service: Uuid, characteristic: Uuid, bytes: Vec<u8>) -> Write {
        let (role, sets, pause) = ("control".to_owned(), Vec::new(), std::time::Duration::ZERO);
        Write { role, service, characteristic, with_response: true, bytes, sets, pause }
    }

    async fn connected() -> (Box<dyn Link>, Bench) {
        let radio = Simulated::new();
        let bench = radio.bench();
        (radio.connect(MassagerId::simulated()).await.unwrap().link, bench)
    }

    #[tokio::test]
    async fn a_write_for_firmware_update_never_reaches_the_massager() {
        let (link, bench) = connected().await;
        let refused = link.write(write(DFU_SERVICE, DFU_CONTROL, vec![1, 4])).await;
        assert_eq!(refused, Err(Error::Forbidden(DFU_CONTROL)));
        // Nor when it hides in another service.
        let refused = link.write(write(link.characteristics()[0].service, DFU_CONTROL, vec![1, 4])).await;
        assert_eq!(refused, Err(Error::Forbidden(DFU_CONTROL)));
        assert!(bench.writes().is_empty());
    }

    #[tokio::test]
    async fn a_frame_cut_in_two_never_reaches_the_massager_whole() {
        let (link, bench) = connected().await;
        let control = link.characteristics()[0].clone();
        // The reference refuses what it does not know; that the bytes came to it is what counts.
        let first = link.write(write(control.service, control.uuid, b"at+re".to_vec())).await;
        assert_ne!(first, Err(Error::Forbidden(control.uuid)));
        let refused = link.write(write(control.service, control.uuid, b"NEW\r\n".to_vec())).await;
        assert_eq!(refused, Err(Error::Forbidden(control.uuid)));
        assert_eq!(bench.writes().len(), 1);
    }

    #[tokio::test]
    async fn what_a_map_forbids_and_what_nobody_agreed_to_is_refused() {
        let text = r#"DeviceMap(version: 1, id: "sample", name: "Sample", status: Untested, source: "invented",
            recognise: [Signs(name: ["Sample*"])],
            roles: {"control": Role(service: "fff0", characteristic: "fff3", write: Either)},
            frames: {"a": Frame(bytes: "01 {level}"), "off": Frame(bytes: "00")},
            modes: {Roller: Level(frame: "a", max: 10)}, stop: ["off"], never: ["F0 A5"],
            vectors: [Do("stop", "00")])"#;
        let map = DeviceMap::read(text).unwrap();
        let doubtful = map.asks_first().remove(0);
        for agreed in [false, true] {
            let (link, _) = connected().await;
            let control = link.characteristics()[0].clone();
            let guarded = Guarded::new(link, Permit::of(&map, agreed));
            let outcome = guarded.write(write(doubtful.service, doubtful.characteristic, vec![1])).await;
            assert_eq!(outcome == Err(Error::Forbidden(doubtful.characteristic)), !agreed);
            let outcome = guarded.write(write(control.service, control.uuid, vec![0xF0, 0xA5, 1])).await;
            assert_eq!(outcome, Err(Error::Forbidden(control.uuid)));
        }
    }

    #[tokio::test]
    async fn other_writes_pass() {
        let (link, bench) = connected().await;
        let control = &link.characteristics()[0];
        link.write(write(control.service, control.uuid, vec![0x53, 2, 0x51])).await.unwrap();
        assert_eq!(bench.writes().len(), 1);
    }
}
