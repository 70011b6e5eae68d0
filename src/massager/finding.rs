//! What of a map's file says how a massager is found: signs, rules on what it has, roles.
//!
//! Belongs here: reading these parts. What they mean for a massager in reach is [`super::recognise`]'s and
//! [`super::binding`]'s business.

use std::collections::BTreeMap;

use super::binding::{Role, Rule};
use super::fault::{Fault, Refused};
use super::outline::Step;
use super::reading::Reader;
use super::recognise::Signs;
use super::{forbidden, schema, short_identifier};
use crate::problem::names;
use crate::text;

impl Reader<'_> {
    pub(crate) fn signs(&mut self, file: &[schema::Signs]) -> Vec<Signs> {
        let mut all = Vec::new();
        for (item, signs) in file.iter().enumerate() {
            let path = |field| ["recognise".into(), item.into(), Step::Key(field)];
            if signs.name.is_empty() && signs.service.is_none() && signs.manufacturer.is_none() {
                self.fault(&path("name")[..2], Fault::SignsEmpty);
            }
            for text in signs.name.iter().chain(&signs.not_name) {
                if text::plain(text) != **text {
                    self.fault(&path("name"), Fault::SignName);
                }
            }
            if signs.name.iter().any(|name| name.chars().all(|letter| letter == '*') || name.len() > 248) {
                self.fault(&path("name"), Fault::SignNameLength);
            }
            let service = signs.service.as_ref().map(|text| self.identifier(&path("service"), text));
            let manufacturer = signs.manufacturer.as_ref().map(|manufacturer| {
                let path = ["recognise".into(), item.into(), "manufacturer".into(), "starts".into()];
                (manufacturer.id, self.pattern(&path, &manufacturer.starts))
            });
            all.push(Signs {
                names: signs.name.clone(),
                not_names: signs.not_name.clone(),
                service,
                manufacturer,
                certain: signs.certain,
            });
        }
        all
    }

    pub(crate) fn rules(&mut self, file: &[schema::Rule]) -> Vec<Rule> {
        let mut rules = Vec::new();
        for (item, rule) in file.iter().enumerate() {
            let (wanted, place) = match rule {
                schema::Rule::Has(place) => (true, place),
                schema::Rule::Lacks(place) => (false, place),
            };
            let path = ["connected".into(), item.into()];
            let service = self.identifier(&path, &place.service);
            let characteristic = place.characteristic.as_ref().map(|text| self.identifier(&path, text));
            rules.push(Rule { wanted, service, characteristic });
        }
        rules
    }

    pub(crate) fn role_sets(&mut self, file: &schema::Map) -> Vec<BTreeMap<String, Role>> {
        let mut sets = vec![self.roles(&["roles".into()], &file.roles)];
        for (item, roles) in file.other_roles.iter().enumerate() {
            let path = ["other_roles".into(), item.into()];
            if !roles.keys().eq(file.roles.keys()) {
                let words = names("", file.roles.keys().map(String::as_str));
                self.fault(&path, Fault::SameRoles(words));
            }
            let differs = |(word, role): &(&String, &schema::Role)| {
                file.roles.get(*word).is_some_and(|first| first.write.is_some() != role.write.is_some())
            };
            if let Some((word, _)) = roles.iter().find(differs) {
                let path = [&path[..], &[word.as_str().into()]].concat();
                self.fault(&path, Fault::RoleWrittenInOne);
            }
            sets.push(self.roles(&path, roles));
        }
        sets
    }

    fn roles(&mut self, path: &[Step<'_>], file: &BTreeMap<String, schema::Role>) -> BTreeMap<String, Role> {
        let mut roles = BTreeMap::new();
        for (word, role) in file {
            self.shown(&[path, &[word.as_str().into()]].concat(), "the role's name", word);
            let field = |field| [path, &[word.as_str().into(), Step::Key(field)]].concat();
            let service = self.identifier(&field("service"), &role.service);
            let characteristic = self.identifier(&field("characteristic"), &role.characteristic);
            if role.write.is_some()
                && let Some(why) = forbidden::place(service, characteristic)
            {
                let short = short_identifier(characteristic);
                self.fault(
                    &field("characteristic"),
                    Fault::NeverWrites { place: short, why: Refused::Listed(why.to_owned()) },
                );
            }
            roles.insert(
                word.clone(),
                Role {
                    service,
                    characteristic,
                    write: role.write,
                    notify: role.notify,
                    read: role.read,
                    optional: role.optional,
                },
            );
        }
        roles
    }
}
