//! Whether a massager that advertises is one that a map knows.
//!
//! Belongs here: names, services, manufacturer data, and how sure they make us. What is found after connecting is
//! [`super::binding`]'s business.

use std::sync::Arc;

use uuid::Uuid;

use super::identifier::{assigned, short_identifier};
use super::transform::begins;
use super::{Advertisement, DeviceMap, Recognition};

/// Services that many unrelated products share, so that they alone say nothing for certain.
const GENERIC: [Uuid; 8] = [
    assigned(0xFFE0),
    assigned(0xFFF0),
    assigned(0xFFF3),
    assigned(0xFFE5),
    assigned(0xAE00),
    // Nordic UART, which any maker may use.
    Uuid::from_u128(0x6E40_0001_B5A3_F393_E0A9_E50E_24DC_CA9E),
    // Immediate alert and battery, which are about something else.
    assigned(0x1802),
    assigned(0x180F),
];

/// A name shorter than this, such as `Pro`, is not a product's own.
const SHORTEST_OWN_NAME: usize = 5;

/// Signs that all have to be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Signs {
    pub(crate) names: Vec<String>,
    pub(crate) not_names: Vec<String>,
    pub(crate) service: Option<Uuid>,
    pub(crate) manufacturer: Option<(u16, Vec<Option<u8>>)>,
    pub(crate) certain: bool,
}

impl Signs {
    /// How well they fit, greater being better, with the reason in words. `None`: they do not.
    fn fit(&self, advertisement: &Advertisement) -> Option<(usize, bool, String)> {
        let mut why = Vec::new();
        let mut weight = 0;
        let mut own = false;
        let name = advertisement.name.as_deref();
        if !self.names.is_empty() {
            let name = name?;
            let pattern = self.names.iter().find(|pattern| glob(pattern, name))?;
            let letters = pattern.chars().filter(|letter| *letter != '*').count();
            own |= letters >= SHORTEST_OWN_NAME;
            weight += 10 + letters;
            why.push(format!("name fits “{}”", pattern.replace('*', "…")));
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
            let generic = GENERIC.contains(&service);
            own |= !generic;
            weight += if generic { 5 } else { 50 };
            why.push(format!("service {}", short_identifier(service)));
        }
        if let Some((company, starts)) = &self.manufacturer {
            let data = advertisement.manufacturer_data.get(company)?;
            if !begins(data, starts) {
                return None;
            }
            own |= !starts.is_empty();
            weight += 20 + starts.len();
            why.push(format!("manufacturer data {company:04X}"));
        }
        if why.is_empty() {
            return None;
        }
        Some((weight, own && self.certain, why.join(", ")))
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
