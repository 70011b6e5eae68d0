//! The last guard before the radio: characteristics known for firmware update or reset are never written.
//!
//! Belongs here: [`Guarded`], around the links of both radios. Which characteristics those are is the device maps'
//! knowledge ([`forbidden`]).

use futures::FutureExt;
use futures::future::{BoxFuture, ready};
use uuid::Uuid;

use super::{Error, Link};
use crate::massager::{Characteristic, Write, forbidden};

/// A link that refuses forbidden writes, and passes on everything else.
pub struct Guarded<L> {
    link: L,
}

impl<L: Link> Guarded<L> {
    /// Guards a link.
    pub fn new(link: L) -> Self {
        Self { link }
    }
}

impl<L: Link> Link for Guarded<L> {
    fn characteristics(&self) -> &[Characteristic] {
        self.link.characteristics()
    }

    fn longest_write(&self) -> Option<usize> {
        self.link.longest_write()
    }

    fn write(&self, write: Write) -> BoxFuture<'static, Result<(), Error>> {
        // Every write is made by a map, which names its characteristic.
        if let Some(why) = forbidden::refuses(write.service, write.characteristic, &write.bytes, true) {
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
    async fn other_writes_pass() {
        let (link, bench) = connected().await;
        let control = &link.characteristics()[0];
        link.write(write(control.service, control.uuid, vec![0x53, 2, 0x51])).await.unwrap();
        assert_eq!(bench.writes().len(), 1);
    }
}
