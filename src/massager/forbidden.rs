//! What is never written, whatever a map says: firmware update, reset, and what the standard reserves.
//!
//! Belongs here: the lists, and [`Trail`], which every link asks before every write. There are three of them:
//!
//! - the hard tier: characteristics that only update, reset or rename, and frames that do so on characteristics which
//!   also control. Nothing opens it;
//! - the soft tier ([`doubtful`]): characteristics that some products use for updates and others for everyday control.
//!   The person is asked once per map ([`super::DeviceMap::asks_first`]);
//! - what a map itself forbids (`never`).
//!
//! Identifiers are compared in full. Their sources are the Bluetooth numbers database of Nordic Semiconductor, the
//! vendors' own update tools and examples (`Android-DFU-Library`, `EFRConnect-android`, `Android-JL_OTA`,
//! `ArduinoBleOTA`, `ble_ota` of Espressif, `wiced_bt_ota_firmware_upgrade.h`), and open firmware such as
//! `pvvx/ATC_MiThermometer` and `pvvx/THB2`.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::DeviceMap;
use super::fault::{Purpose, Refused};
use super::identifier::assigned;
use super::transform::show_pattern;

/// Firmware update and reset: never written. Both services and characteristics, because vendors move characteristics
/// between services.
const HARD: &[(u128, Purpose)] = &[
    (0x00001530_1212_EFDE_1523_785FEABCD123, Purpose::FirmwareUpdate("Nordic DFU")),
    (0x00001531_1212_EFDE_1523_785FEABCD123, Purpose::FirmwareUpdate("Nordic DFU")),
    (0x00001532_1212_EFDE_1523_785FEABCD123, Purpose::FirmwareUpdate("Nordic DFU")),
    (0x00001534_1212_EFDE_1523_785FEABCD123, Purpose::FirmwareUpdate("Nordic DFU")),
    (assigned(0xFE59).as_u128(), Purpose::FirmwareUpdate("Nordic secure DFU")),
    (0x8EC90001_F315_4F60_9FB8_838830DAEA50, Purpose::FirmwareUpdate("Nordic secure DFU")),
    (0x8EC90002_F315_4F60_9FB8_838830DAEA50, Purpose::FirmwareUpdate("Nordic secure DFU")),
    (0x8EC90003_F315_4F60_9FB8_838830DAEA50, Purpose::FirmwareUpdate("Nordic secure DFU")),
    (0x8EC90004_F315_4F60_9FB8_838830DAEA50, Purpose::FirmwareUpdate("Nordic secure DFU")),
    (0x8E400001_F315_4F60_9FB8_838830DAEA50, Purpose::FirmwareUpdate("Nordic buttonless DFU")),
    (0x8D53DC1D_1DB7_4CD3_868B_8A527460AA84, Purpose::FirmwareUpdate("MCUmgr")),
    (0xDA2E7828_FBCE_4E01_AE9E_261174997C48, Purpose::FirmwareUpdate("MCUmgr")),
    (0xB568DE7C_B6C6_42CB_8303_FCC9CB25007C, Purpose::FirmwareUpdate("MCUmgr")),
    (0xF000FFC0_0451_4000_B000_000000000000, Purpose::FirmwareUpdate("TI OAD")),
    (0xF000FFC1_0451_4000_B000_000000000000, Purpose::FirmwareUpdate("TI OAD")),
    (0xF000FFC2_0451_4000_B000_000000000000, Purpose::FirmwareUpdate("TI OAD")),
    (0xF000FFC5_0451_4000_B000_000000000000, Purpose::FirmwareUpdate("TI OAD")),
    (0xF000FFD1_0451_4000_B000_000000000000, Purpose::Reset("TI OAD")),
    (assigned(0xFEF5).as_u128(), Purpose::FirmwareUpdate("Dialog SUOTA")),
    (0x8082CAA8_41A6_4021_91C6_56F9B954CC34, Purpose::FirmwareUpdate("Dialog SUOTA")),
    (0x724249F0_5EC3_4B5F_8804_42345AF08651, Purpose::FirmwareUpdate("Dialog SUOTA")),
    (0x6C53DB25_47A1_45FE_A022_7C92FB334FD4, Purpose::FirmwareUpdate("Dialog SUOTA")),
    (0x9D84B9A3_000C_49D8_9183_855B673FDA31, Purpose::FirmwareUpdate("Dialog SUOTA")),
    (0x457871E8_D516_4CA1_9116_57D0B17B9CB2, Purpose::FirmwareUpdate("Dialog SUOTA")),
    (0x5F78DF94_798C_46F5_990A_B3EB6A065C88, Purpose::FirmwareUpdate("Dialog SUOTA")),
    (0x1D14D6EE_FD63_4FA1_BFA4_8F47B42119F0, Purpose::FirmwareUpdate("Silicon Labs")),
    (0xF7BF3564_FB6D_4E53_88A4_5E37E0326063, Purpose::FirmwareUpdate("Silicon Labs")),
    (0x984227F3_34FC_4045_A5D0_2C581F81A153, Purpose::FirmwareUpdate("Silicon Labs")),
    (0x8A97F7C0_8506_11E3_BAA7_0800200C9A66, Purpose::FirmwareUpdate("ST BlueNRG")),
    (0x122E8CC0_8508_11E3_BAA7_0800200C9A66, Purpose::FirmwareUpdate("ST BlueNRG")),
    (0x210F99F0_8508_11E3_BAA7_0800200C9A66, Purpose::FirmwareUpdate("ST BlueNRG")),
    (0x2691AA80_8508_11E3_BAA7_0800200C9A66, Purpose::FirmwareUpdate("ST BlueNRG")),
    (0x2BDC5760_8508_11E3_BAA7_0800200C9A66, Purpose::FirmwareUpdate("ST BlueNRG")),
    (0x0000FE20_CC7A_482A_984A_7F2ED5B3E58F, Purpose::FirmwareUpdate("STM32WB")),
    (0x0000FE22_8E22_4541_9D4C_21EDAE82ED19, Purpose::FirmwareUpdate("STM32WB")),
    (0x0000FE23_8E22_4541_9D4C_21EDAE82ED19, Purpose::FirmwareUpdate("STM32WB")),
    (0x0000FE24_8E22_4541_9D4C_21EDAE82ED19, Purpose::FirmwareUpdate("STM32WB")),
    (0x0000FE11_8E22_4541_9D4C_21EDAE82ED19, Purpose::BootLoader("STM32WB")),
    (0x01FF5550_BA5E_F4EE_5CA1_EB1E5E4B1CE0, Purpose::FirmwareUpdate("NXP OTAP")),
    (0x00060000_F8CE_11E4_ABF4_0002A5D5C51B, Purpose::FirmwareUpdate("Cypress boot loader")),
    (0x00060001_F8CE_11E4_ABF4_0002A5D5C51B, Purpose::FirmwareUpdate("Cypress boot loader")),
    (0xAE5D1E47_5C13_43A0_8635_82AD38A1381F, Purpose::FirmwareUpdate("Infineon WICED")),
    (0xC7261110_F425_447A_A1BD_9D7246768BD8, Purpose::FirmwareUpdate("Infineon WICED")),
    (0xA3DD50BF_F7A7_4E99_838E_570A086C661B, Purpose::FirmwareUpdate("Infineon WICED")),
    (0x00001016_D102_11E1_9B23_00025B00A5A5, Purpose::FirmwareUpdate("Qualcomm CSR")),
    (0x00001013_D102_11E1_9B23_00025B00A5A5, Purpose::FirmwareUpdate("Qualcomm CSR")),
    (0x00001014_D102_11E1_9B23_00025B00A5A5, Purpose::FirmwareUpdate("Qualcomm CSR")),
    (0x00001017_D102_11E1_9B23_00025B00A5A5, Purpose::FirmwareUpdate("Qualcomm CSR")),
    (0x00001018_D102_11E1_9B23_00025B00A5A5, Purpose::FirmwareUpdate("Qualcomm CSR")),
    (0x00006287_3C17_D293_8E48_14FE2E4DA212, Purpose::FirmwareUpdate("Realtek")),
    (0x00006387_3C17_D293_8E48_14FE2E4DA212, Purpose::FirmwareUpdate("Realtek")),
    (0x00006487_3C17_D293_8E48_14FE2E4DA212, Purpose::FirmwareUpdate("Realtek")),
    (0x00006587_3C17_D293_8E48_14FE2E4DA212, Purpose::FirmwareUpdate("Realtek")),
    (0x5833FF01_9B8B_5191_6142_22A4536EF123, Purpose::FirmwareUpdate("PHY62xx")),
    (0x5833FF02_9B8B_5191_6142_22A4536EF123, Purpose::FirmwareUpdate("PHY62xx")),
    (0x5833FF04_9B8B_5191_6142_22A4536EF123, Purpose::FirmwareUpdate("PHY62xx")),
    (0x4169726F_6861_4446_5553_657276696365, Purpose::FirmwareUpdate("Airoha")),
    (0x4D434850_253D_46B3_9923_E61B8E8215D7, Purpose::FirmwareUpdate("Microchip")),
    (assigned(0x8018).as_u128(), Purpose::FirmwareUpdate("Espressif")),
    (0x15C155CA_36C5_11ED_ADC0_9741D6A72F04, Purpose::FirmwareUpdate("ArduinoBleOTA")),
    (0x15C1564C_36C5_11ED_ADC1_A3D6CF5CC2A4, Purpose::FirmwareUpdate("ArduinoBleOTA")),
    (assigned(0xFDA0).as_u128(), Purpose::FirmwareUpdate("Alibaba")),
    (0xE95D93B0_251D_470A_A062_FA1922DFA9A8, Purpose::FirmwareUpdate("micro:bit")),
    (0xE95D93B1_251D_470A_A062_FA1922DFA9A8, Purpose::FirmwareUpdate("micro:bit")),
    (0x00001625_1212_EFDE_1623_785FEABCD123, Purpose::FirmwareUpdate("LEGO")),
    (0x00001626_1212_EFDE_1623_785FEABCD123, Purpose::FirmwareUpdate("LEGO")),
    (0xB8843ADD_0000_4AA1_8794_C3F462030BDA, Purpose::FirmwareUpdate("Philips Hue")),
    (0x51361700_C5E7_47C7_8A6E_47EBC99D80E8, Purpose::FirmwareUpdate("Satisfyer")),
    (0x51361600_C5E7_47C7_8A6E_47EBC99D80E8, Purpose::FactorySettings("Satisfyer")),
    (0x51361601_C5E7_47C7_8A6E_47EBC99D80E8, Purpose::Renaming("Satisfyer")),
    (assigned(0xF92A).as_u128(), Purpose::FirmwareUpdate("Svane")),
    (0x9A531A2D_594F_4E2B_B123_5F739A2D594F, Purpose::FirmwareUpdate("VibMotor")),
    (assigned(0x1800).as_u128(), Purpose::OwnName),
    (assigned(0x1801).as_u128(), Purpose::OwnServices),
    (assigned(0x180A).as_u128(), Purpose::MakersDetails),
    (assigned(0x181E).as_u128(), Purpose::Bonds),
];

/// Used for updates by some and for control by others: written only where the person agreed.
const SOFT: &[(u128, Purpose)] = &[
    (0x00010203_0405_0607_0809_0A0B0C0D1912, Purpose::OftenFirmwareUpdate("Telink")),
    (0x00010203_0405_0607_0809_0A0B0C0D2B12, Purpose::OftenFirmwareUpdate("Telink")),
    (0x0000D0FF_3C17_D293_8E48_14FE2E4DA212, Purpose::OftenFirmwareUpdate("Realtek")),
    (0x0000E0FF_3C17_D293_8E48_14FE2E4DA212, Purpose::OftenFirmwareUpdate("Realtek")),
    (0x0000FFD0_3C17_D293_8E48_14FE2E4DA212, Purpose::OftenFirmwareUpdate("Realtek")),
    (0x0000FFD1_3C17_D293_8E48_14FE2E4DA212, Purpose::OftenFirmwareUpdate("Realtek")),
    (assigned(0xAE00).as_u128(), Purpose::OftenFirmwareUpdate("JieLi")),
    (assigned(0xAE01).as_u128(), Purpose::OftenFirmwareUpdate("JieLi")),
    (0xA6ED0401_D344_460A_8075_B9E8EC90D71B, Purpose::OftenFirmwareUpdate("Goodix")),
    (0xA6ED0403_D344_460A_8075_B9E8EC90D71B, Purpose::OftenFirmwareUpdate("Goodix")),
    (0xA6ED0404_D344_460A_8075_B9E8EC90D71B, Purpose::OftenFirmwareUpdate("Goodix")),
    (0x00002760_08C2_11E1_9073_0E8AC72E1001, Purpose::OftenFirmwareUpdate("Ambiq")),
    (0x00002760_08C2_11E1_9073_0E8AC72E0001, Purpose::OftenFirmwareUpdate("Ambiq")),
    (0x00002760_08C2_11E1_9073_0E8AC72E0002, Purpose::OftenFirmwareUpdate("Ambiq")),
    (0x00002760_08C2_11E1_9073_0E8AC72E0003, Purpose::OftenFirmwareUpdate("Ambiq")),
    (0x5833FF03_9B8B_5191_6142_22A4536EF123, Purpose::OftenFirmwareUpdate("PHY62xx")),
];

/// A frame that is never written.
struct Payload {
    /// In this service only, because elsewhere the same bytes may be a level.
    service: Option<Uuid>,
    bytes: &'static [u8],
    /// Whether the bytes are letters: then upper and lower case are alike, and they count at the beginning of each line
    /// or word. Other bytes count at the beginning of a frame.
    text: bool,
    why: Purpose,
}

const fn frame(service: u32, bytes: &'static [u8], why: Purpose) -> Payload {
    Payload { service: Some(assigned(service)), bytes, text: false, why }
}

const fn text(bytes: &'static [u8], why: Purpose) -> Payload {
    Payload { service: None, bytes, text: true, why }
}

/// Frames never written: some products take them on the characteristic that also controls them. The `AT` words are
/// those of the serial modules HM-10 (data sheet of Jinan Huamao), JDY-10 and ESP-AT.
const PAYLOADS: &[Payload] = &[
    frame(0xFFF0, &[0xFD], Purpose::FactoryReset("Massager191")),
    frame(0xFFF0, &[0xF0, 0xA5], Purpose::ProgramDownload("Rongtai")),
    text(b"OTA ", Purpose::FirmwareUpdate("massage-chair-hack")),
    text(b"DWIPE", Purpose::FactoryReset("Leggett & Platt")),
    text(b"PAIR ENABLE", Purpose::OpeningToEveryone("Leggett & Platt")),
    text(b"AT+RENEW", Purpose::FactoryReset("HM-10 and its kin")),
    text(b"AT+RESET", Purpose::Restart("HM-10 and its kin")),
    text(b"AT+ERASE", Purpose::ForgettingBonds("HM-10 and its kin")),
    text(b"AT+SBLUP", Purpose::FirmwareUpdate("HM-10 and its kin")),
    text(b"AT+DEFAULT", Purpose::FactoryReset("JDY modules")),
    text(b"AT+RESTORE", Purpose::FactoryReset("ESP-AT")),
    text(b"AT+CIUPDATE", Purpose::FirmwareUpdate("ESP-AT")),
    text(b"AT+OTA", Purpose::AnyFirmwareUpdate),
];

/// How many bytes of what was written before are kept: more than the longest pattern has.
const KEPT: usize = 32;

/// The most bytes that a pattern of `never` has.
pub(crate) const LONGEST_NEVER: usize = 20;

/// Bytes of which some may be any.
pub type Pattern = Vec<Option<u8>>;

/// Why a characteristic is never written; `None` where it may be.
pub fn place(service: Uuid, characteristic: Uuid) -> Option<&'static Purpose> {
    listed(HARD, service, characteristic)
}

/// Why a characteristic is doubtful, so that the person is asked first; `None` where it is not.
pub fn doubtful(service: Uuid, characteristic: Uuid) -> Option<&'static Purpose> {
    let wch = service == assigned(0xFFF0) && characteristic == assigned(0xFFF3);
    listed(SOFT, service, characteristic).or(wch.then_some(&Purpose::OftenFirmwareUpdate("WCH")))
}

fn listed(list: &'static [(u128, Purpose)], service: Uuid, characteristic: Uuid) -> Option<&'static Purpose> {
    let is_it = |value: u128| service.as_u128() == value || characteristic.as_u128() == value;
    list.iter().find(|(value, _)| is_it(*value)).map(|(_, why)| why)
}

/// What a link lets through beyond the hard tier, which nothing opens.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Permit {
    /// Whether doubtful characteristics are written.
    doubtful: bool,
    /// What the map itself forbids.
    never: Vec<Pattern>,
}

impl Permit {
    /// For a link of which no map is known yet: the hard tier alone is refused.
    pub fn any_map() -> Self {
        Self { doubtful: true, never: Vec::new() }
    }

    /// For a link that is driven by a map. `agreed`: the person was asked about [`DeviceMap::asks_first`] and said yes;
    /// for a built-in map, its authors were.
    pub fn of(map: &DeviceMap, agreed: bool) -> Self {
        Self { doubtful: agreed || map.is_built_in(), never: map.inner.never.clone() }
    }
}

/// What was written last, for each characteristic, so that a frame cut in two is known, too.
#[derive(Debug, Clone, Default)]
pub struct Trail {
    last: BTreeMap<(Uuid, Uuid), Vec<Written>>,
}

/// A byte, and whether a frame begins with it.
type Written = (u8, bool);

impl Trail {
    /// Why a write is refused. `None` lets it through, and keeps its end.
    pub fn refuses(&mut self, service: Uuid, characteristic: Uuid, bytes: &[u8], permit: &Permit) -> Option<Refused> {
        if let Some(why) = place(service, characteristic) {
            return Some(Refused::KnownFor(why.clone()));
        }
        if !permit.doubtful
            && let Some(why) = doubtful(service, characteristic)
        {
            return Some(Refused::NotAgreed(why.clone()));
        }
        let before = self.last.entry((service, characteristic)).or_default();
        let fresh = before.len();
        before.extend(bytes.iter().enumerate().map(|(at, byte)| (*byte, at == 0)));
        let stream = &before[..];
        let payload = PAYLOADS
            .iter()
            .filter(|payload| payload.service.is_none_or(|only| only == service))
            .find(|payload| {
                let takes = |at: usize, byte: u8| match payload.bytes.get(at) {
                    Some(want) if payload.text => want.eq_ignore_ascii_case(&byte),
                    want => want == Some(&byte),
                };
                stands(stream, fresh, payload.bytes.len(), payload.text, takes)
            })
            .map(|payload| Refused::KnownFor(payload.why.clone()));
        let why = payload.or_else(|| {
            let own = permit.never.iter().find(|pattern| {
                let takes =
                    |at: usize, byte: u8| pattern.get(at).is_some_and(|want| want.is_none_or(|want| want == byte));
                stands(stream, fresh, pattern.len(), false, takes)
            });
            own.map(|pattern| Refused::ByMap(show_pattern(pattern)))
        });
        let kept = if why.is_some() { 0..fresh } else { before.len().saturating_sub(KEPT)..before.len() };
        *before = before[kept].to_vec();
        why
    }
}

/// Whether so many bytes that are taken stand in a stream, ending in its fresh part.
fn stands(stream: &[Written], fresh: usize, length: usize, text: bool, takes: impl Fn(usize, u8) -> bool) -> bool {
    let begins = |at: usize| {
        let (_, first) = stream[at];
        first || (text && at > 0 && !stream[at - 1].0.is_ascii_alphanumeric())
    };
    let starts = fresh.saturating_sub(length.saturating_sub(1))..(stream.len() + 1).saturating_sub(length);
    length > 0
        && starts.into_iter().any(|start| {
            begins(start) && stream[start..start + length].iter().enumerate().all(|(at, (byte, _))| takes(at, *byte))
        })
}

/// The beginnings of frames that are refused in a service: each byte, whether in either case, and why.
pub(crate) fn beginnings(service: Uuid) -> impl Iterator<Item = (&'static [u8], bool, &'static Purpose)> {
    let here = PAYLOADS.iter().filter(move |payload| payload.service.is_none_or(|only| only == service));
    here.map(|payload| (payload.bytes, payload.text, &payload.why))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTROL: Uuid = assigned(0xFFE1);
    const SERVICE: Uuid = assigned(0xFFE0);

    fn refuses(service: Uuid, frames: &[&[u8]]) -> bool {
        let mut trail = Trail::default();
        frames.iter().any(|frame| trail.refuses(service, CONTROL, frame, &Permit::any_map()).is_some())
    }

    #[test]
    fn the_hard_tier_is_never_written_as_service_or_as_characteristic() {
        for (value, _) in HARD {
            let forbidden = Uuid::from_u128(*value);
            assert!(place(forbidden, CONTROL).is_some(), "{forbidden} as a service");
            assert!(place(SERVICE, forbidden).is_some(), "{forbidden} as a characteristic");
            let mut trail = Trail::default();
            assert!(trail.refuses(SERVICE, forbidden, &[1], &Permit::any_map()).is_some(), "{forbidden}");
        }
    }

    #[test]
    fn the_soft_tier_is_written_only_where_somebody_agreed() {
        let places = SOFT.iter().map(|(value, _)| (SERVICE, Uuid::from_u128(*value)));
        for (service, characteristic) in places.chain([(assigned(0xFFF0), assigned(0xFFF3))]) {
            let ask = |permit: &Permit| Trail::default().refuses(service, characteristic, &[1], permit);
            assert!(doubtful(service, characteristic).is_some(), "{characteristic}");
            assert!(ask(&Permit::default()).is_some(), "{characteristic}");
            assert_eq!(ask(&Permit::any_map()), None, "{characteristic}");
        }
        assert_eq!(doubtful(SERVICE, CONTROL), None);
    }

    #[test]
    fn identifiers_are_compared_in_full() {
        // TI's update service, but for its last digit; and the short form of Nordic's, on the standard base.
        let near = Uuid::from_u128(0xF000FFC0_0451_4000_B000_000000000001);
        assert_eq!(place(near, CONTROL), None);
        assert_eq!(place(assigned(0x1530), CONTROL), None);
    }

    #[test]
    fn frames_that_reset_or_reprogram_are_refused_whatever_the_map_says() {
        let generic = assigned(0xFFF0);
        assert!(refuses(generic, &[&[0xFD, 0, 0, 0]]));
        assert!(refuses(generic, &[&[0xF0, 0xA5, 0x11]]));
        for text in ["OTA 1234", "DWIPE", "AT+RENEW\r\n", "AT+RESET", "ota 1", "\r\nOTA 1", "AT+LV=1\r\nat+Renew\r\n"] {
            assert!(refuses(SERVICE, &[text.as_bytes()]), "{text:?}");
        }
        // Elsewhere the same bytes are a level, or within a word.
        assert!(!refuses(SERVICE, &[&[0xFD]]));
        assert!(!refuses(generic, &[&[0xF0, 0x84, 0x34, 0x47, 0xF1], &[1, 0xFD]]));
        assert!(!refuses(SERVICE, &[b"ROTA 5", b"AT+MASS=BOTH FOOT LV20\r\n", b"AT+CTRL=BOTH STOP\r\n"]));
    }

    #[test]
    fn a_frame_cut_in_two_is_known() {
        for frames in [&[&b"OT"[..], b"A 1"][..], &[b"AT+LV=1\r\nA", b"T+", b"RENEW"], &[b"x", b"o", b"t", b"a", b" "]]
        {
            assert!(refuses(SERVICE, frames), "{frames:?}");
        }
        assert!(refuses(assigned(0xFFF0), &[&[0xF0], &[0xA5, 1]]));
        assert!(!refuses(assigned(0xFFF0), &[&[1, 0xF0], &[0xA5, 1]]));
        // On another characteristic it is another stream; and what was refused was never written.
        let mut trail = Trail::default();
        let mut ask = |place: Uuid, text: &str| trail.refuses(SERVICE, place, text.as_bytes(), &Permit::any_map());
        assert_eq!((ask(CONTROL, "OT"), ask(assigned(0xFFE2), "A 1"), ask(CONTROL, "LV")), (None, None, None));
        assert!(ask(CONTROL, "DWIPE").is_some());
        assert_eq!(ask(CONTROL, "LV 1"), None);
    }

    #[test]
    fn what_a_map_forbids_itself_is_refused() {
        let permit = Permit { doubtful: true, never: vec![vec![Some(0xF0), Some(0xA5)], vec![Some(0xFD), None]] };
        let mut trail = Trail::default();
        let mut ask = |bytes: &[u8]| trail.refuses(SERVICE, CONTROL, bytes, &permit);
        assert_eq!(ask(&[0xF0, 0xA5, 9]).unwrap(), Refused::ByMap("F0 A5".to_owned()));
        assert!(ask(&[0xFD, 7]).is_some());
        assert_eq!(ask(&[1, 0xFD, 7]), None);
        assert_eq!(ask(&[0xFD]), None);
        assert!(ask(&[7]).is_some(), "cut in two");
    }
}
