//! The last guard before the radio: what is known for firmware update or reset is never written.
//!
//! Belongs here: [`Guarded`], around the links of both radios, and once more around a link that a map drives, for what
//! that map forbids itself and what the person was asked about. What is refused is the device maps' knowledge
//! ([`crate::massager::forbidden`]).

use std::sync::{Mutex, PoisonError};

use futures::FutureExt;
use futures::future::{BoxFuture, ready};
use tokio::sync::mpsc;
use uuid::Uuid;

use super::{Error, Link, LinkEvent};
use crate::massager::Characteristic;
use crate::massager::forbidden::{Permit, Trail};

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

    fn events(&self) -> mpsc::UnboundedReceiver<LinkEvent> {
        self.link.events()
    }

    fn write(
        &self,
        service: Uuid,
        characteristic: Uuid,
        bytes: Vec<u8>,
        with_response: bool,
    ) -> BoxFuture<'static, Result<(), Error>> {
        let mut trail = self.trail.lock().unwrap_or_else(PoisonError::into_inner);
        let refused = trail.refuses(service, characteristic, &bytes, &self.permit);
        drop(trail);
        if let Some(why) = refused {
            tracing::warn!("refused a write to {characteristic}: {why}");
            return ready(Err(Error::Forbidden(characteristic))).boxed();
        }
        self.link.write(service, characteristic, bytes, with_response)
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

    const DFU_SERVICE: Uuid = Uuid::from_u128(0x0000_1530_1212_efde_1523_785f_eabc_d123);
    const DFU_CONTROL: Uuid = Uuid::from_u128(0x0000_1531_1212_efde_1523_785f_eabc_d123);

    async fn connected() -> (Box<dyn Link>, Bench) {
        let radio = Simulated::new();
        let bench = radio.bench();
        (radio.connect(MassagerId::simulated()).await.unwrap(), bench)
    }

    #[tokio::test]
    async fn a_write_for_firmware_update_never_reaches_the_massager() {
        let (link, bench) = connected().await;
        let refused = link.write(DFU_SERVICE, DFU_CONTROL, vec![1, 4], false).await;
        assert_eq!(refused, Err(Error::Forbidden(DFU_CONTROL)));
        // Nor when it hides in another service.
        let refused = link.write(link.characteristics()[0].service, DFU_CONTROL, vec![1, 4], true).await;
        assert_eq!(refused, Err(Error::Forbidden(DFU_CONTROL)));
        assert!(bench.writes().is_empty());
    }

    #[tokio::test]
    async fn other_writes_pass() {
        let (link, bench) = connected().await;
        let control = &link.characteristics()[0];
        link.write(control.service, control.uuid, vec![0x53, 2, 0x51], true).await.unwrap();
        assert_eq!(bench.writes().len(), 1);
    }
}
