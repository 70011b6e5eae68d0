//! Bluetooth identifiers (UUIDs) as people write them.
//!
//! Belongs here: reading and showing them. What they mean does not.

use uuid::Uuid;

/// The end that all identifiers of the Bluetooth SIG share: `0000xxxx-0000-1000-8000-00805F9B34FB`.
const BASE: u128 = 0x0000_0000_0000_1000_8000_0080_5F9B_34FB;

/// The standard battery service.
pub const BATTERY_SERVICE: Uuid = assigned(0x180F);

/// The standard battery level characteristic: one byte, percent.
pub const BATTERY_LEVEL: Uuid = assigned(0x2A19);

/// The full identifier of one assigned by the Bluetooth SIG, such as `0x180F`.
pub const fn assigned(short: u32) -> Uuid {
    Uuid::from_u128(((short as u128) << 96) | BASE)
}

/// Reads an identifier: 4 or 8 hexadecimal digits, or a full one with hyphens. Upper and lower case are alike.
pub fn parse_identifier(text: &str) -> Option<Uuid> {
    let hexadecimal = text.bytes().all(|byte| byte.is_ascii_hexdigit());
    match text.len() {
        4 | 8 if hexadecimal => u32::from_str_radix(text, 16).ok().map(assigned),
        36 => Uuid::try_parse(text).ok(),
        _ => None,
    }
}

/// An identifier as people know it: `FFF0` where the Bluetooth SIG's base is used, in full otherwise.
pub fn short_identifier(identifier: Uuid) -> String {
    let value = identifier.as_u128();
    let short = value >> 96;
    if value & (u128::MAX >> 32) != BASE {
        identifier.to_string()
    } else if short <= 0xFFFF {
        format!("{short:04X}")
    } else {
        format!("{short:08X}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_full_identifiers_are_the_same() {
        let full = parse_identifier("0000fff0-0000-1000-8000-00805f9b34fb").unwrap();
        assert_eq!(parse_identifier("FFF0"), Some(full));
        assert_eq!(parse_identifier("0000fff0"), Some(full));
        assert_eq!(short_identifier(full), "FFF0");
        assert_eq!(short_identifier(BATTERY_LEVEL), "2A19");
        let own = "063eccbe-cc6b-48ca-8773-410e3e416bde";
        assert_eq!(short_identifier(parse_identifier(own).unwrap()), own);
    }

    #[test]
    fn what_is_no_identifier_is_refused() {
        for text in ["", "FFF", "FFF01", "GGGG", "0000fff0-0000-1000-8000", "+FFF", "063eccbecc6b48ca8773410e3e416bde"]
        {
            assert_eq!(parse_identifier(text), None, "{text}");
        }
    }
}
