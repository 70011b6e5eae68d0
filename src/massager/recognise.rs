//! Whether a massager that advertises is one that a map knows.
//!
//! Belongs here: names, services, manufacturer data, and how sure they make us. What is found after connecting is
//! [`super::binding`]'s business.

use std::sync::Arc;

use uuid::Uuid;

use super::identifier::{assigned, short_identifier};
use super::transform::begins;
use super::{Advertisement, DeviceMap, Recognition};
use crate::facts;

/// Services that unrelated products share, so that they alone say nothing for certain: those of radio modules, of chip
/// makers' and boards' examples, and placeholders that are copied as they stand. Beside them every service with a number
/// of the Bluetooth SIG: what is not a standard is bought by a maker for all its products, and used by others without
/// asking (FEE9 by beds and a medicine fridge, FCC0 by muscle stimulators and a garden valve).
const SHARED: [u128; 18] = [
    // Nordic UART; Nordic's button and lamp.
    0x6E400001_B5A3_F393_E0A9_E50E24DCCA9E,
    0x00001523_1212_EFDE_1523_785FEABCD123,
    // Modules' serial ports: Microchip (ISSC), Laird, u-blox, Telit (Stollmann), RedBear, Telink, Realtek, TI.
    0x49535343_FE7D_4AE5_8FA9_9FAFD205E455,
    0x569A1101_B87F_490C_92CB_11BA5EA5167C,
    0x2456E1B9_26E2_8F83_E744_F34F01E9D701,
    0x0000FEFB_0000_1000_8000_00805F9B34FB,
    0x713D0000_503E_4C75_BA94_3148F18D941E,
    0x00010203_0405_0607_0809_0A0B0C0D1910,
    0x00010203_0405_0607_0809_0A0B0C0D1912,
    0x0000FFE0_3C17_D293_8E48_14FE2E4DA212,
    0xF0001130_0451_4000_B000_000000000000,
    // Examples of ESP32, Arduino, ST and Zephyr.
    0x4FAFC201_1FB5_459E_8FCC_C5C9C331914B,
    0x19B10000_E8F2_537E_4F6C_D104768A1214,
    0x19B10010_E8F2_537E_4F6C_D104768A1214,
    0xD973F2E0_B19E_11E2_9E96_0800200C9A66,
    0x12345678_1234_5678_1234_56789ABCDEF0,
    // Placeholders.
    0x12345678_1234_1234_1234_123456789ABC,
    0x12345678_1234_1234_1234_1234567890AB,
];

/// Whether a service says nothing for certain.
fn is_shared(service: Uuid) -> bool {
    let value = service.as_u128();
    let assigned = Uuid::from_u128(value >> 96 << 96 | assigned(0).as_u128()) == service;
    let digits: std::collections::BTreeSet<char> = service.simple().to_string().chars().collect();
    // One or two digits again and again are nobody's.
    assigned || SHARED.contains(&value) || digits.len() <= 2
}

/// A name shorter than this, such as `Pro`, is not a product's own.
const SHORTEST_OWN_NAME: usize = 5;

facts! {
    /// Something that a massager advertises and a map knows.
    pub enum Sign in "sign" {
        /// Its name is like this.
        Name(pattern: String),
        /// It has this service.
        Service(service: String),
        /// It was connected before.
        Before,
        /// It has data of this manufacturer.
        Manufacturer(company: String),
    }
}

/// Signs that all have to be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Signs {
    pub(crate) names: Vec<String>,
    pub(crate) not_names: Vec<String>,
    pub(crate) service: Option<Uuid>,
    pub(crate) manufacturer: Option<(u16, Vec<Option<u8>>)>,
    pub(crate) certain: bool,
}

/// The letters of a pattern, its stars apart.
fn letters(pattern: &str) -> usize {
    pattern.chars().filter(|letter| *letter != '*').count()
}

impl Signs {
    /// Whether a massager with these signs is this product for certain.
    pub(crate) fn can_be_certain(&self) -> bool {
        let named = self.names.iter().any(|pattern| letters(pattern) >= SHORTEST_OWN_NAME);
        let marked = self.manufacturer.as_ref().is_some_and(|(_, starts)| !starts.is_empty());
        self.certain && (named || marked || self.service.is_some_and(|service| !is_shared(service)))
    }

    /// How well they fit, greater being better, with the reasons. `None`: they do not.
    fn fit(&self, advertisement: &Advertisement) -> Option<(usize, bool, Vec<Sign>)> {
        let mut why = Vec::new();
        let mut weight = 0;
        let mut own = false;
        let name = advertisement.name.as_deref();
        if !self.names.is_empty() {
            let name = name?;
            let pattern = self.names.iter().find(|pattern| glob(pattern, name))?;
            let letters = letters(pattern);
            own |= letters >= SHORTEST_OWN_NAME;
            weight += 10 + letters;
            why.push(Sign::Name(pattern.replace('*', "…")));
        }
        if !self.not_names.is_empty() {
            // Without a name nobody knows whether it is the product that must not be taken for this one.
            let name = name?;
            if self.not_names.iter().any(|pattern| glob(pattern, name)) {
                return None;
            }
        }
        if let Some(service) = self.service {
            if !advertisement.services.contains(&service) {
                return None;
            }
            let shared = is_shared(service);
            own |= !shared;
            weight += if shared { 5 } else { 50 };
            why.push(Sign::Service(short_identifier(service)));
        }
        if let Some((company, starts)) = &self.manufacturer {
            let data = advertisement.manufacturer_data.get(company)?;
            if !begins(data, starts) {
                return None;
            }
            own |= !starts.is_empty();
            weight += 20 + starts.len();
            why.push(Sign::Manufacturer(format!("{company:04X}")));
        }
        if why.is_empty() {
            return None;
        }
        Some((weight, own && self.certain, why))
    }
}

impl DeviceMap {
    /// Whether this map fits a massager, by what it advertises. A name that is not known yet fits no name.
    pub fn recognise(&self, advertisement: &Advertisement) -> Option<Recognition> {
        self.fit(advertisement).map(|(_, recognition)| recognition)
    }

    fn fit(&self, advertisement: &Advertisement) -> Option<(usize, Recognition)> {
        let fits = self.inner.signs.iter().filter_map(|signs| signs.fit(advertisement));
        let (weight, certain, why) = fits.max_by_key(|(weight, certain, _)| (*certain, *weight))?;
        Some((weight, Recognition { map: self.id.clone(), certain, why }))
    }
}

/// The map that fits a massager best: certain ones first, then the one with more signs. Of equals, the first.
pub fn best<'a>(
    maps: impl IntoIterator<Item = &'a Arc<DeviceMap>>,
    advertisement: &Advertisement,
) -> Option<(&'a Arc<DeviceMap>, Recognition)> {
    let mut best: Option<(usize, &'a Arc<DeviceMap>, Recognition)> = None;
    for map in maps {
        if let Some((weight, recognition)) = map.fit(advertisement)
            && best.as_ref().is_none_or(|(best, _, other)| (recognition.certain, weight) > (other.certain, *best))
        {
            best = Some((weight, map, recognition));
        }
    }
    best.map(|(_, map, recognition)| (map, recognition))
}

/// Whether a name fits a pattern, in which `*` stands for any letters. Upper and lower case are alike.
pub(crate) fn glob(pattern: &str, name: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().flat_map(char::to_lowercase).collect();
    let name: Vec<char> = name.chars().flat_map(char::to_lowercase).collect();
    let (mut p, mut n) = (0, 0);
    // The last star, and how much of the name it has swallowed: only it ever needs to be tried again.
    let mut star: Option<(usize, usize)> = None;
    while n < name.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, n));
                p += 1;
            }
            Some(letter) if *letter == name[n] => {
                p += 1;
                n += 1;
            }
            _ => match star {
                Some((place, swallowed)) => {
                    star = Some((place, swallowed + 1));
                    p = place + 1;
                    n = swallowed + 1;
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|letter| *letter == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_that_unrelated_products_share_say_nothing_for_certain() {
        for shared in [
            "fff0",
            "ffe0",
            "fee9",
            "fcc0",
            "1802",
            "180f",
            "0000abcd",
            "6e400001-b5a3-f393-e0a9-e50e24dcca9e",
            "12345678-1234-1234-1234-123456789abc",
            "4fafc201-1fb5-459e-8fcc-c5c9c331914b",
            "11111111-1111-1111-1111-111111111111",
        ] {
            assert!(is_shared(super::super::parse_identifier(shared).unwrap()), "{shared}");
        }
        for own in ["063eccbe-cc6b-48ca-8773-410e3e416bde", "e5e8451c-a235-4a96-9e81-eae3df296564"] {
            assert!(!is_shared(super::super::parse_identifier(own).unwrap()), "{own}");
        }
    }

    #[test]
    fn a_star_stands_for_any_letters() {
        for (pattern, name, fits) in [
            ("FM-08*", "fm-08 Pro", true),
            ("FM-08*", "FM-0", false),
            ("*RM", "QRRM", true),
            ("*RM", "RMX", false),
            ("S*a*g", "Svang foot, maybe being long", true),
            ("RT8600S", "RT8600S", true),
            ("RT8600S", "RT8600SX", false),
            ("*", "", true),
            ("", "x", false),
        ] {
            assert_eq!(glob(pattern, name), fits, "{pattern} {name}");
        }
    }
}
