//! What is never written, whatever a map says: firmware update, reset, and what the standard reserves.
//!
//! Belongs here: the list and its one question, [`refuses`]. Every link asks it before every write.
//!
//! Identifiers are compared in full. Their sources are the Bluetooth numbers database of Nordic Semiconductor, the
//! vendors' own update tools and examples (`Android-DFU-Library`, `EFRConnect-android`, `Android-JL_OTA`,
//! `ArduinoBleOTA`, `ble_ota` of Espressif, `wiced_bt_ota_firmware_upgrade.h`), and open firmware such as
//! `pvvx/ATC_MiThermometer` and `pvvx/THB2`.

use uuid::Uuid;

use super::identifier::assigned;

/// Firmware update and reset: never written. Both services and characteristics, because vendors move characteristics
/// between services.
const HARD: &[(u128, &str)] = &[
    (0x00001530_1212_EFDE_1523_785FEABCD123, "firmware update (Nordic DFU)"),
    (0x00001531_1212_EFDE_1523_785FEABCD123, "firmware update (Nordic DFU)"),
    (0x00001532_1212_EFDE_1523_785FEABCD123, "firmware update (Nordic DFU)"),
    (0x00001534_1212_EFDE_1523_785FEABCD123, "firmware update (Nordic DFU)"),
    (assigned(0xFE59).as_u128(), "firmware update (Nordic secure DFU)"),
    (0x8EC90001_F315_4F60_9FB8_838830DAEA50, "firmware update (Nordic secure DFU)"),
    (0x8EC90002_F315_4F60_9FB8_838830DAEA50, "firmware update (Nordic secure DFU)"),
    (0x8EC90003_F315_4F60_9FB8_838830DAEA50, "firmware update (Nordic secure DFU)"),
    (0x8EC90004_F315_4F60_9FB8_838830DAEA50, "firmware update (Nordic secure DFU)"),
    (0x8E400001_F315_4F60_9FB8_838830DAEA50, "firmware update (Nordic buttonless DFU)"),
    (0x8D53DC1D_1DB7_4CD3_868B_8A527460AA84, "firmware update (MCUmgr)"),
    (0xDA2E7828_FBCE_4E01_AE9E_261174997C48, "firmware update (MCUmgr)"),
    (0xB568DE7C_B6C6_42CB_8303_FCC9CB25007C, "firmware update (MCUmgr)"),
    (0xF000FFC0_0451_4000_B000_000000000000, "firmware update (TI OAD)"),
    (0xF000FFC1_0451_4000_B000_000000000000, "firmware update (TI OAD)"),
    (0xF000FFC2_0451_4000_B000_000000000000, "firmware update (TI OAD)"),
    (0xF000FFC5_0451_4000_B000_000000000000, "firmware update (TI OAD)"),
    (0xF000FFD1_0451_4000_B000_000000000000, "reset (TI OAD)"),
    (assigned(0xFEF5).as_u128(), "firmware update (Dialog SUOTA)"),
    (0x8082CAA8_41A6_4021_91C6_56F9B954CC34, "firmware update (Dialog SUOTA)"),
    (0x724249F0_5EC3_4B5F_8804_42345AF08651, "firmware update (Dialog SUOTA)"),
    (0x6C53DB25_47A1_45FE_A022_7C92FB334FD4, "firmware update (Dialog SUOTA)"),
    (0x9D84B9A3_000C_49D8_9183_855B673FDA31, "firmware update (Dialog SUOTA)"),
    (0x457871E8_D516_4CA1_9116_57D0B17B9CB2, "firmware update (Dialog SUOTA)"),
    (0x5F78DF94_798C_46F5_990A_B3EB6A065C88, "firmware update (Dialog SUOTA)"),
    (0x1D14D6EE_FD63_4FA1_BFA4_8F47B42119F0, "firmware update (Silicon Labs)"),
    (0xF7BF3564_FB6D_4E53_88A4_5E37E0326063, "firmware update (Silicon Labs)"),
    (0x984227F3_34FC_4045_A5D0_2C581F81A153, "firmware update (Silicon Labs)"),
    (0x8A97F7C0_8506_11E3_BAA7_0800200C9A66, "firmware update (ST BlueNRG)"),
    (0x122E8CC0_8508_11E3_BAA7_0800200C9A66, "firmware update (ST BlueNRG)"),
    (0x210F99F0_8508_11E3_BAA7_0800200C9A66, "firmware update (ST BlueNRG)"),
    (0x2691AA80_8508_11E3_BAA7_0800200C9A66, "firmware update (ST BlueNRG)"),
    (0x2BDC5760_8508_11E3_BAA7_0800200C9A66, "firmware update (ST BlueNRG)"),
    (0x0000FE20_CC7A_482A_984A_7F2ED5B3E58F, "firmware update (STM32WB)"),
    (0x0000FE22_8E22_4541_9D4C_21EDAE82ED19, "firmware update (STM32WB)"),
    (0x0000FE23_8E22_4541_9D4C_21EDAE82ED19, "firmware update (STM32WB)"),
    (0x0000FE24_8E22_4541_9D4C_21EDAE82ED19, "firmware update (STM32WB)"),
    (0x0000FE11_8E22_4541_9D4C_21EDAE82ED19, "reboot to the boot loader (STM32WB)"),
    (0x01FF5550_BA5E_F4EE_5CA1_EB1E5E4B1CE0, "firmware update (NXP OTAP)"),
    (0x00060000_F8CE_11E4_ABF4_0002A5D5C51B, "firmware update (Cypress boot loader)"),
    (0x00060001_F8CE_11E4_ABF4_0002A5D5C51B, "firmware update (Cypress boot loader)"),
    (0xAE5D1E47_5C13_43A0_8635_82AD38A1381F, "firmware update (Infineon WICED)"),
    (0xC7261110_F425_447A_A1BD_9D7246768BD8, "firmware update (Infineon WICED)"),
    (0xA3DD50BF_F7A7_4E99_838E_570A086C661B, "firmware update (Infineon WICED)"),
    (0x00001016_D102_11E1_9B23_00025B00A5A5, "firmware update (Qualcomm CSR)"),
    (0x00001013_D102_11E1_9B23_00025B00A5A5, "firmware update (Qualcomm CSR)"),
    (0x00001014_D102_11E1_9B23_00025B00A5A5, "firmware update (Qualcomm CSR)"),
    (0x00001017_D102_11E1_9B23_00025B00A5A5, "firmware update (Qualcomm CSR)"),
    (0x00001018_D102_11E1_9B23_00025B00A5A5, "firmware update (Qualcomm CSR)"),
    (0x00006287_3C17_D293_8E48_14FE2E4DA212, "firmware update (Realtek)"),
    (0x00006387_3C17_D293_8E48_14FE2E4DA212, "firmware update (Realtek)"),
    (0x00006487_3C17_D293_8E48_14FE2E4DA212, "firmware update (Realtek)"),
    (0x00006587_3C17_D293_8E48_14FE2E4DA212, "firmware update (Realtek)"),
    (0x5833FF01_9B8B_5191_6142_22A4536EF123, "firmware update (PHY62xx)"),
    (0x5833FF02_9B8B_5191_6142_22A4536EF123, "firmware update (PHY62xx)"),
    (0x5833FF04_9B8B_5191_6142_22A4536EF123, "firmware update (PHY62xx)"),
    (0x4169726F_6861_4446_5553_657276696365, "firmware update (Airoha)"),
    (0x4D434850_253D_46B3_9923_E61B8E8215D7, "firmware update (Microchip)"),
    (assigned(0x8018).as_u128(), "firmware update (Espressif)"),
    (0x15C155CA_36C5_11ED_ADC0_9741D6A72F04, "firmware update (ArduinoBleOTA)"),
    (0x15C1564C_36C5_11ED_ADC1_A3D6CF5CC2A4, "firmware update (ArduinoBleOTA)"),
    (assigned(0xFDA0).as_u128(), "firmware update (Alibaba)"),
    (0xE95D93B0_251D_470A_A062_FA1922DFA9A8, "firmware update (micro:bit)"),
    (0xE95D93B1_251D_470A_A062_FA1922DFA9A8, "firmware update (micro:bit)"),
    (0x00001625_1212_EFDE_1623_785FEABCD123, "firmware update (LEGO)"),
    (0x00001626_1212_EFDE_1623_785FEABCD123, "firmware update (LEGO)"),
    (0xB8843ADD_0000_4AA1_8794_C3F462030BDA, "firmware update (Philips Hue)"),
    (0x51361700_C5E7_47C7_8A6E_47EBC99D80E8, "firmware update (Satisfyer)"),
    (0x51361600_C5E7_47C7_8A6E_47EBC99D80E8, "factory settings (Satisfyer)"),
    (0x51361601_C5E7_47C7_8A6E_47EBC99D80E8, "renaming the device (Satisfyer)"),
    (assigned(0xF92A).as_u128(), "firmware update (Svane)"),
    (0x9A531A2D_594F_4E2B_B123_5F739A2D594F, "firmware update (VibMotor)"),
    (assigned(0x1800).as_u128(), "the device's own name and appearance"),
    (assigned(0x1801).as_u128(), "the device's own list of services"),
    (assigned(0x180A).as_u128(), "the maker's details of the device"),
    (assigned(0x181E).as_u128(), "the device's bonds"),
];

/// Used for updates by some and for control by others: written only where the map names the characteristic.
const SOFT: &[(u128, &str)] = &[
    (0x00010203_0405_0607_0809_0A0B0C0D1912, "often firmware update (Telink)"),
    (0x00010203_0405_0607_0809_0A0B0C0D2B12, "often firmware update (Telink)"),
    (0x0000D0FF_3C17_D293_8E48_14FE2E4DA212, "often firmware update (Realtek)"),
    (0x0000E0FF_3C17_D293_8E48_14FE2E4DA212, "often firmware update (Realtek)"),
    (0x0000FFD0_3C17_D293_8E48_14FE2E4DA212, "often firmware update (Realtek)"),
    (0x0000FFD1_3C17_D293_8E48_14FE2E4DA212, "often firmware update (Realtek)"),
    (assigned(0xAE00).as_u128(), "often firmware update (JieLi)"),
    (assigned(0xAE01).as_u128(), "often firmware update (JieLi)"),
    (0xA6ED0401_D344_460A_8075_B9E8EC90D71B, "often firmware update (Goodix)"),
    (0xA6ED0403_D344_460A_8075_B9E8EC90D71B, "often firmware update (Goodix)"),
    (0xA6ED0404_D344_460A_8075_B9E8EC90D71B, "often firmware update (Goodix)"),
    (0x00002760_08C2_11E1_9073_0E8AC72E1001, "often firmware update (Ambiq)"),
    (0x00002760_08C2_11E1_9073_0E8AC72E0001, "often firmware update (Ambiq)"),
    (0x00002760_08C2_11E1_9073_0E8AC72E0002, "often firmware update (Ambiq)"),
    (0x00002760_08C2_11E1_9073_0E8AC72E0003, "often firmware update (Ambiq)"),
    (0x5833FF03_9B8B_5191_6142_22A4536EF123, "often firmware update (PHY62xx)"),
];

/// Frames never written: some products take them on the characteristic that also controls them. Short beginnings hold
/// in one service only, because elsewhere the same byte may be a level.
const PAYLOADS: &[(Option<Uuid>, &[u8], &str)] = &[
    (Some(assigned(0xFFF0)), &[0xFD], "factory reset (Massager191)"),
    (Some(assigned(0xFFF0)), &[0xF0, 0xA5], "program download (Rongtai)"),
    (None, b"OTA ", "firmware update (massage-chair-hack)"),
    (None, b"DWIPE", "factory reset (Leggett & Platt)"),
    (None, b"PAIR ENABLE", "opening it to everyone (Leggett & Platt)"),
];

/// Why a write is refused, in words that go on from “it is known for”; `None` lets it through.
///
/// `named_by_map` says whether the map names this very characteristic for writing. It opens the soft tier only:
/// characteristics that some products use for updates and others for everyday control.
pub fn refuses(service: Uuid, characteristic: Uuid, bytes: &[u8], named_by_map: bool) -> Option<&'static str> {
    let listed = |list: &[(u128, &'static str)]| {
        let is_it = |value: u128| service.as_u128() == value || characteristic.as_u128() == value;
        list.iter().find(|(value, _)| is_it(*value)).map(|(_, why)| *why)
    };
    if let Some(why) = listed(HARD) {
        return Some(why);
    }
    if !named_by_map {
        if let Some(why) = listed(SOFT) {
            return Some(why);
        }
        if service == assigned(0xFFF0) && characteristic == assigned(0xFFF3) {
            return Some("often firmware update (WCH)");
        }
    }
    PAYLOADS
        .iter()
        .find(|(only, prefix, _)| only.is_none_or(|only| only == service) && bytes.starts_with(prefix))
        .map(|(_, _, why)| *why)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTROL: Uuid = assigned(0xFFE1);
    const SERVICE: Uuid = assigned(0xFFE0);

    #[test]
    fn the_hard_tier_is_never_written_as_service_or_as_characteristic() {
        for (value, _) in HARD {
            let forbidden = Uuid::from_u128(*value);
            assert!(refuses(forbidden, CONTROL, &[1], true).is_some(), "{forbidden} as a service");
            assert!(refuses(SERVICE, forbidden, &[1], true).is_some(), "{forbidden} as a characteristic");
        }
    }

    #[test]
    fn the_soft_tier_is_written_only_where_the_map_names_it() {
        for (value, _) in SOFT {
            let doubtful = Uuid::from_u128(*value);
            assert!(refuses(SERVICE, doubtful, &[1], false).is_some(), "{doubtful}");
            assert_eq!(refuses(SERVICE, doubtful, &[1], true), None, "{doubtful}");
        }
        assert!(refuses(assigned(0xFFF0), assigned(0xFFF3), &[1], false).is_some());
        assert_eq!(refuses(assigned(0xFFF0), assigned(0xFFF3), &[1], true), None);
    }

    #[test]
    fn identifiers_are_compared_in_full() {
        // TI's update service, but for its last digit; and the short form of Nordic's, on the standard base.
        let near = Uuid::from_u128(0xF000FFC0_0451_4000_B000_000000000001);
        assert_eq!(refuses(near, CONTROL, &[1], false), None);
        assert_eq!(refuses(assigned(0x1530), CONTROL, &[1], false), None);
    }

    #[test]
    fn frames_that_reset_or_reprogram_are_refused_whatever_the_map_says() {
        let generic = assigned(0xFFF0);
        assert!(refuses(generic, assigned(0xFFF2), &[0xFD, 0, 0, 0], true).is_some());
        assert!(refuses(generic, CONTROL, &[0xF0, 0xA5, 0x11], true).is_some());
        assert!(refuses(SERVICE, CONTROL, b"OTA 1234", true).is_some());
        assert!(refuses(SERVICE, CONTROL, b"DWIPE", true).is_some());
        // Elsewhere the same byte is a level.
        assert_eq!(refuses(SERVICE, CONTROL, &[0xFD], true), None);
        assert_eq!(refuses(generic, CONTROL, &[0xF0, 0x84, 0x34, 0x47, 0xF1], true), None);
    }
}
