//! From a map's roles to the characteristics that a connected massager really has.
//!
//! Belongs here: which of the map's sets of characteristics is there, how each is written, and what is missing. The
//! frames do not.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::identifier::{BATTERY_LEVEL, BATTERY_SERVICE, short_identifier};
use super::schema::WriteType;
use super::{Characteristic, DeviceMap};
use crate::facts;

facts! {
    /// Why a massager is not the one that a map describes.
    pub enum Misfit in "misfit" {
        /// It cannot be switched off without this role.
        NoStop(role: String),
        /// This is not there.
        NotThere(place: Where),
        /// This takes no writes.
        NoWrites(place: Where),
        /// This does not notify.
        NoNotify(place: Where),
        /// This cannot be read.
        NoRead(place: Where),
        /// This is not there, and should be.
        Lacks(place: Where),
        /// This is there, and should not be.
        HasToo(place: Where),
    }
}

facts! {
    /// A place at a massager.
    pub enum Where in "place" {
        /// A characteristic in its role.
        Role {
            /// The map's word.
            role: String,
            /// The characteristic.
            characteristic: String,
            /// Its service.
            service: String,
        },
        /// A characteristic.
        Characteristic {
            /// Which.
            characteristic: String,
            /// Its service.
            service: String,
        },
        /// A whole service.
        Service(service: String),
    }
}

/// A role as the map describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Role {
    pub(crate) service: Uuid,
    pub(crate) characteristic: Uuid,
    pub(crate) write: Option<WriteType>,
    pub(crate) notify: bool,
    pub(crate) read: bool,
    pub(crate) optional: bool,
}

/// What must, or must not, be found once connected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rule {
    pub(crate) wanted: bool,
    pub(crate) service: Uuid,
    pub(crate) characteristic: Option<Uuid>,
}

/// The characteristics of one connected massager, by role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// By the map's word for the role, such as `control`. Optional ones that the massager lacks are left out.
    pub roles: BTreeMap<String, Bound>,
    /// The standard battery level, where the massager has it.
    pub battery: Option<Bound>,
}

/// A characteristic in its role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    /// The service.
    pub service: Uuid,
    /// The characteristic.
    pub characteristic: Uuid,
    /// Whether it takes writes with response.
    pub write: bool,
    /// Whether it takes writes without response.
    pub write_without_response: bool,
    /// Whether its notifications are wanted and there.
    pub notify: bool,
    /// Whether its value is to be read once after connecting, and can be.
    pub read: bool,
}

impl Bound {
    /// Whether a frame is written with response: the wish where the characteristic grants it, the other way otherwise.
    pub(crate) fn with_response(&self, wish: WriteType) -> bool {
        match wish {
            WriteType::WithoutResponse => !self.write_without_response,
            WriteType::WithResponse | WriteType::Either => self.write,
        }
    }
}

impl Binding {
    /// The binding of a massager that has everything as the map says: for showing frames without a massager.
    pub fn assumed(map: &DeviceMap) -> Self {
        let roles = map.inner.role_sets.first().into_iter().flatten().map(|(word, role)| {
            let bound = Bound {
                service: role.service,
                characteristic: role.characteristic,
                write: role.write.is_some(),
                write_without_response: role.write.is_some(),
                notify: role.notify,
                read: role.read,
            };
            (word.clone(), bound)
        });
        Self { roles: roles.collect(), battery: None }
    }
}

impl DeviceMap {
    /// Finds this map's roles among what a connected massager has. Sets of roles are tried in the map's order.
    ///
    /// # Errors
    /// What is missing or cannot do what the map needs; of several sets, for the one that came closest.
    pub fn bind(&self, found: &[Characteristic]) -> Result<Binding, Vec<Misfit>> {
        let broken: Vec<Misfit> = self.inner.rules.iter().filter_map(|rule| rule.broken(found)).collect();
        if !broken.is_empty() {
            return Err(broken);
        }
        let mut closest: Option<Vec<Misfit>> = None;
        for set in &self.inner.role_sets {
            let bound = bind_set(set, found).and_then(|roles| {
                // Reading refuses optional ones here; what cannot be switched off is not driven all the same.
                let mut lacking = self.inner.needed_to_stop().filter(|role| !roles.contains_key(*role));
                match lacking.next() {
                    None => Ok(roles),
                    Some(role) => Err(vec![Misfit::NoStop(role.to_owned())]),
                }
            });
            match bound {
                Ok(roles) => return Ok(Binding { roles, battery: battery(found) }),
                Err(missing) if closest.as_ref().is_none_or(|closest| missing.len() < closest.len()) => {
                    closest = Some(missing);
                }
                Err(_) => {}
            }
        }
        Err(closest.unwrap_or_default())
    }
}

fn bind_set(set: &BTreeMap<String, Role>, found: &[Characteristic]) -> Result<BTreeMap<String, Bound>, Vec<Misfit>> {
    let mut roles = BTreeMap::new();
    let mut missing = Vec::new();
    for (word, role) in set {
        let place = || Where::Role {
            role: word.clone(),
            characteristic: short_identifier(role.characteristic),
            service: short_identifier(role.service),
        };
        let there = found.iter().find(|there| there.service == role.service && there.uuid == role.characteristic);
        let Some(there) = there else {
            if !role.optional {
                missing.push(Misfit::NotThere(place()));
            }
            continue;
        };
        let before = missing.len();
        if role.write.is_some() && !there.write && !there.write_without_response {
            missing.push(Misfit::NoWrites(place()));
        }
        if role.notify && !there.notify && !role.optional {
            missing.push(Misfit::NoNotify(place()));
        }
        if role.read && !role.notify && !there.read && !role.optional {
            missing.push(Misfit::NoRead(place()));
        }
        if missing.len() == before {
            let bound = Bound {
                service: there.service,
                characteristic: there.uuid,
                write: there.write,
                write_without_response: there.write_without_response,
                notify: role.notify && there.notify,
                read: role.read && there.read,
            };
            roles.insert(word.clone(), bound);
        }
    }
    if missing.is_empty() { Ok(roles) } else { Err(missing) }
}

fn battery(found: &[Characteristic]) -> Option<Bound> {
    let there = found.iter().find(|there| there.service == BATTERY_SERVICE && there.uuid == BATTERY_LEVEL)?;
    Some(Bound {
        service: there.service,
        characteristic: there.uuid,
        write: false,
        write_without_response: false,
        notify: there.notify,
        read: there.read,
    })
}

impl Rule {
    fn broken(self, found: &[Characteristic]) -> Option<Misfit> {
        let there = found.iter().any(|there| {
            there.service == self.service && self.characteristic.is_none_or(|wanted| wanted == there.uuid)
        });
        let place = match self.characteristic {
            Some(characteristic) => Where::Characteristic {
                characteristic: short_identifier(characteristic),
                service: short_identifier(self.service),
            },
            None => Where::Service(short_identifier(self.service)),
        };
        match (self.wanted, there) {
            (true, false) => Some(Misfit::Lacks(place)),
            (false, true) => Some(Misfit::HasToo(place)),
            _ => None,
        }
    }
}
