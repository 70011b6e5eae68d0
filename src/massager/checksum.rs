//! The checksums that massagers use.
//!
//! Belongs here: their names and their arithmetic. Where in a frame they stand does not.

use super::fault::Fault;
use crate::problem::syntax::short;
/// How a checksum is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checksum {
    /// The low byte of the sum.
    Sum8,
    /// The low byte of the sum, every bit turned over (the same as the sum xor FF).
    NotSum8,
    /// The sum, every bit turned over, the low seven bits.
    NotSum7,
    /// What is missing to a sum of 0: the two's complement of the sum.
    NegSum8,
    /// All bytes xor-ed.
    Xor8,
    /// A CRC of 16 bits.
    Crc16(Crc16),
}

/// The parameters of a CRC of 16 bits, as CRC catalogues name them, and its order in the frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crc16 {
    /// The polynomial, highest term left out.
    pub poly: u16,
    /// The register's first value.
    pub init: u16,
    /// Whether each byte goes in with its lowest bit first.
    pub refin: bool,
    /// Whether the register is turned round at the end.
    pub refout: bool,
    /// What is xor-ed to the result.
    pub xorout: u16,
    /// Whether the low byte stands first in the frame.
    pub little_endian: bool,
}

impl Crc16 {
    /// CRC16/XMODEM, high byte first.
    pub const XMODEM: Self =
        Self { poly: 0x1021, init: 0, refin: false, refout: false, xorout: 0, little_endian: false };

    /// CRC16/MODBUS, low byte first.
    pub const MODBUS: Self =
        Self { poly: 0x8005, init: 0xFFFF, refin: true, refout: true, xorout: 0, little_endian: true };

    /// CRC16/CCITT-FALSE (IBM-3740), high byte first.
    pub const CCITT_FALSE: Self = Self { init: 0xFFFF, ..Self::XMODEM };

    fn of(self, bytes: &[u8]) -> u16 {
        // Written out because the crate `crc` wants its parameters at compile time, and a map brings them at run time.
        let mut register = self.init;
        for &byte in bytes {
            let byte = if self.refin { byte.reverse_bits() } else { byte };
            register ^= u16::from(byte) << 8;
            for _ in 0..8 {
                let carry = register & 0x8000 != 0;
                register <<= 1;
                if carry {
                    register ^= self.poly;
                }
            }
        }
        let register = if self.refout { register.reverse_bits() } else { register };
        register ^ self.xorout
    }
}

impl Checksum {
    /// How many bytes it takes in a frame.
    pub const fn len(self) -> usize {
        if matches!(self, Self::Crc16(_)) { 2 } else { 1 }
    }

    /// The checksum of these bytes, as it stands in a frame: [`Checksum::len`] bytes.
    pub fn of(self, bytes: &[u8]) -> Vec<u8> {
        let sum = bytes.iter().fold(0u8, |sum, byte| sum.wrapping_add(*byte));
        match self {
            Self::Sum8 => vec![sum],
            Self::NotSum8 => vec![!sum],
            Self::NotSum7 => vec![!sum & 0x7F],
            Self::NegSum8 => vec![sum.wrapping_neg()],
            Self::Xor8 => vec![bytes.iter().fold(0, |all, byte| all ^ byte)],
            Self::Crc16(crc) => {
                let value = crc.of(bytes);
                if crc.little_endian { value.to_le_bytes().to_vec() } else { value.to_be_bytes().to_vec() }
            }
        }
    }

    /// Reads the words of a checksum, its place and range left out: `sum8`, `crc16 modbus`, or
    /// `crc16 poly=1021 init=0000 refin refout xorout=0000 le`, numbers in hexadecimal.
    pub fn parse(words: &[&str]) -> Result<Self, Fault> {
        let (first, rest) = words.split_first().ok_or(Fault::NameAChecksum)?;
        let simple = match *first {
            "sum8" => Some(Self::Sum8),
            "not_sum8" => Some(Self::NotSum8),
            "not_sum7" => Some(Self::NotSum7),
            "neg_sum8" => Some(Self::NegSum8),
            "xor8" => Some(Self::Xor8),
            _ => None,
        };
        if let Some(simple) = simple {
            return match rest.first() {
                None => Ok(simple),
                Some(word) => Err(Fault::SumDoesNotKnow { sum: (*first).to_owned(), word: short(word) }),
            };
        }
        if *first != "crc16" {
            return Err(Fault::NoChecksum(short(first)));
        }
        let mut crc = None;
        let mut own = Crc16 { poly: 0, ..Crc16::XMODEM };
        let mut order = None;
        for word in rest {
            let hex = |text: &str| u16::from_str_radix(text, 16).map_err(|_| Fault::FourDigits(short(word)));
            match word.split_once('=') {
                None => match *word {
                    "xmodem" => crc = Some(Crc16::XMODEM),
                    "modbus" => crc = Some(Crc16::MODBUS),
                    "ccitt_false" => crc = Some(Crc16::CCITT_FALSE),
                    "refin" => own.refin = true,
                    "refout" => own.refout = true,
                    "le" => order = Some(true),
                    "be" => order = Some(false),
                    _ => return Err(Fault::SumDoesNotKnow { sum: "crc16".to_owned(), word: short(word) }),
                },
                Some(("poly", value)) => own.poly = hex(value)?,
                Some(("init", value)) => own.init = hex(value)?,
                Some(("xorout", value)) => own.xorout = hex(value)?,
                Some(_) => return Err(Fault::SumDoesNotKnow { sum: "crc16".to_owned(), word: short(word) }),
            }
        }
        let blank = Crc16 { poly: 0, ..Crc16::XMODEM };
        let mut crc = match crc {
            Some(_) if own != blank => {
                return Err(Fault::CrcNameOrParts);
            }
            Some(crc) => crc,
            None if own.poly == 0 => {
                return Err(Fault::CrcNeedsName);
            }
            None => own,
        };
        if let Some(little_endian) = order {
            crc.little_endian = little_endian;
        }
        Ok(Self::Crc16(crc))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crc::{CRC_16_IBM_3740, CRC_16_KERMIT, CRC_16_MODBUS, CRC_16_XMODEM};

    const CHECK: &[u8] = b"123456789";

    #[test]
    fn simple_checksums_follow_their_sheets() {
        assert_eq!(Checksum::NotSum7.of(&[0x84, 0x34]), [0x47]); // Rongtai, roller slow
        assert_eq!(Checksum::Sum8.of(&[0x01, 0x03, 0x09, 0x60, 0x03]), [0x70]); // Theragun, 2400 rpm
        assert_eq!(Checksum::NotSum8.of(&[0xE5, 0xFE, 0x16, 0x00, 0x04, 0x00, 0x00]), [0x02]); // Keeson, foot +
        assert_eq!(Checksum::Xor8.of(&[0x55, 0xFF]), [0xAA]); // Reverie, stop
        assert_eq!(Checksum::NegSum8.of(&[0x40, 0x02, 0x70, 0x00, 0x01, 0x00, 0x0B, 0x02, 0x40]), [0x00]); // Octo
    }

    #[test]
    fn every_crc_agrees_with_the_catalogue() {
        for (words, algorithm) in [
            ("crc16 xmodem", &CRC_16_XMODEM),
            ("crc16 modbus be", &CRC_16_MODBUS),
            ("crc16 ccitt_false", &CRC_16_IBM_3740),
            ("crc16 poly=1021 refin refout", &CRC_16_KERMIT),
        ] {
            let words: Vec<&str> = words.split(' ').collect();
            let ours = Checksum::parse(&words).unwrap().of(CHECK);
            assert_eq!(ours, crc::Crc::<u16>::new(algorithm).checksum(CHECK).to_be_bytes(), "{words:?}");
        }
        // Fredorch (old): MODBUS, low byte first.
        let modbus = Checksum::parse(&["crc16", "modbus"]).unwrap();
        assert_eq!(modbus.of(&[0x01, 0x06, 0x00, 0x64, 0x00, 0x01]), [0x09, 0xD5]);
    }

    #[test]
    fn what_is_no_checksum_is_explained() {
        let fault = |words: &[&str]| Checksum::parse(words).unwrap_err();
        assert_eq!(fault(&["sum9"]), Fault::NoChecksum("sum9".to_owned()));
        assert_eq!(fault(&["crc16"]), Fault::CrcNeedsName);
        assert_eq!(fault(&["crc16", "modbus", "poly=8005"]), Fault::CrcNameOrParts);
        assert_eq!(fault(&["sum8", "le"]), Fault::SumDoesNotKnow { sum: "sum8".to_owned(), word: "le".to_owned() });
    }
}
