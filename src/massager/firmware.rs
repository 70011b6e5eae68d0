//! Says early what the link would refuse later: frames that reset or reprogram, and what a map forbids itself.
//!
//! Belongs here: looking through everything that a map can send, and which of its characteristics are doubtful. The
//! lists, and the watch at the link, are [`super::forbidden`]'s.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::DeviceMap;
use super::fault::{Fault, Purpose, Refused};
use super::forbidden::{self, Permit, Trail};
use super::matching::{Budget, Search, Want};
use super::model::{Call, Inner, Model, TimerModel};
use super::outline::Step;
use super::reading::Reader;
use super::template::{Inputs, Part, Sequence, Source, Template};
use super::transform::show_pattern;
use crate::mode::Channel;

/// How many bytes of frames are looked through, checksums counted as often as they go over them.
const BYTES: u64 = 30_000_000;

/// A characteristic that some products use for firmware update and others for everyday control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubtful {
    /// The map's word for it, such as `control`.
    pub role: String,
    /// The service.
    pub service: Uuid,
    /// The characteristic.
    pub characteristic: Uuid,
    /// What it often is, such as `often firmware update (WCH)`.
    pub why: &'static Purpose,
}

impl DeviceMap {
    /// The characteristics that this map writes to and that are often for firmware update: the person is asked once per
    /// map ([`DeviceMap::fingerprint`]) before anything is written. Empty for most maps, and for built-in ones, whose
    /// authors agreed.
    pub fn asks_first(&self) -> Vec<Doubtful> {
        let mut all: Vec<Doubtful> = Vec::new();
        let sets = if self.is_built_in() { &[][..] } else { &self.inner.role_sets };
        for (word, role) in sets.iter().flatten().filter(|(_, role)| role.write.is_some()) {
            let (service, characteristic) = (role.service, role.characteristic);
            if let Some(why) = forbidden::doubtful(service, characteristic)
                && !all.iter().any(|known| (known.service, known.characteristic) == (service, characteristic))
            {
                all.push(Doubtful { role: word.clone(), service, characteristic, why });
            }
        }
        all
    }
}

/// Frames that are sent one after the other, and the highest level that they set.
struct Order<'a> {
    path: Vec<Step<'a>>,
    calls: &'a [Call],
    levels: std::ops::RangeInclusive<u16>,
}

impl Reader<'_> {
    /// Looks through every level, every number of a counter and every order for what is never sent.
    pub(crate) fn fit_forbidden(&mut self, map: &DeviceMap) {
        let inner = &map.inner;
        let words: BTreeMap<Channel, String> = inner.models.keys().map(|own| (*own, own.to_string())).collect();
        let permit = Permit::of(map, true);
        let mut budget = Budget::new(BYTES);
        let mut looked: BTreeSet<(&Call, u16, Uuid)> = BTreeSet::new();
        let mut told: BTreeSet<&Call> = BTreeSet::new();
        let roles: usize = inner.role_sets.iter().map(BTreeMap::len).sum();
        for order in orders(inner, &words) {
            budget.spend(roles * 10);
            for services in services(inner, order.calls) {
                let found = order.refused(map, &services, &permit, &mut budget).or_else(|| {
                    order.calls.iter().find_map(|call| {
                        let service = service(&services, inner, call);
                        let fresh = looked.insert((call, *order.levels.end(), service));
                        let why = fresh.then(|| order.may_become(map, call, service, &mut budget)).flatten();
                        why.map(|why| (call, why))
                    })
                });
                if let Some((call, why)) = found
                    && told.insert(call)
                {
                    self.fault(&order.path, Fault::NeverSends { frame: call.to_string(), why });
                }
            }
            if budget.is_spent() {
                self.fault(&[], Fault::TooMuchToLookThrough);
                return;
            }
        }
    }
}

impl<'a> Order<'a> {
    /// The first frame that is refused when the order is sent, at any of its levels and any number of a counter.
    fn refused(
        &self,
        map: &DeviceMap,
        services: &BTreeMap<&str, Uuid>,
        permit: &Permit,
        budget: &mut Budget,
    ) -> Option<(&'a Call, Refused)> {
        let inner = &map.inner;
        for level in self.levels.clone() {
            let levels = map.channels.iter().map(|(channel, max)| (*channel, level.min(*max))).collect();
            let mut trail = Trail::default();
            for call in self.calls {
                let Some(frame) = inner.frames.get(&call.frame) else { continue };
                let own = services.get(frame.role.as_str()).copied().unwrap_or_default();
                let inputs = Inputs { level, levels: &levels, timer: inner.first_timer, arguments: &call.arguments };
                let ends = level == *self.levels.start() || level == *self.levels.end();
                let numbers = if ends { frame.template.numbers() } else { 1 };
                let mut sequence = Sequence::default();
                for number in 0..numbers {
                    if !budget.spend(frame.template.work(&call.arguments)) {
                        return None;
                    }
                    let bytes = frame.template.render(inputs, &mut sequence);
                    // The first number goes on from the frame before; the others stand for themselves.
                    let mut alone = Trail::default();
                    let trail = if number == 0 { &mut trail } else { &mut alone };
                    // Characteristics were looked at when the roles were read.
                    if let Some(why) = trail.refuses(own, place(&frame.role, inner), &bytes, permit) {
                        return Some((call, why));
                    }
                }
            }
        }
        None
    }

    /// Why a frame may begin with what is never sent, at some combination of levels.
    fn may_become(&self, map: &DeviceMap, call: &Call, service: Uuid, budget: &mut Budget) -> Option<Refused> {
        let frame = map.inner.frames.get(&call.frame)?;
        let range = |source| match source {
            Source::Level => self.levels.clone(),
            Source::Channel(own) => 0..=map.channels.iter().find(|(known, _)| *known == own).map_or(0, |(_, max)| *max),
            Source::Timer => 0..=0,
        };
        let mut begins = |wanted: &[Want]| {
            let search = Search { wanted, open: true, arguments: &call.arguments, range: &range };
            search.run(&frame.template, budget).is_some()
        };
        for (bytes, text, why) in forbidden::beginnings(service) {
            let wanted: Vec<Want> =
                bytes.iter().map(|byte| if text { Want::Letter(*byte) } else { Want::Is(*byte) }).collect();
            if begins(&wanted) {
                return Some(Refused::KnownFor(why.to_owned()));
            }
        }
        let own = map.inner.never.iter().find(|pattern| {
            let wanted: Vec<Want> = pattern.iter().map(|byte| byte.map_or(Want::Any, Want::Is)).collect();
            begins(&wanted)
        });
        own.map(|pattern| Refused::ByMap(show_pattern(pattern)))
    }
}

/// Everything that a map may send, in the order of the file's fields.
fn orders<'a>(inner: &'a Inner, words: &'a BTreeMap<Channel, String>) -> Vec<Order<'a>> {
    let mut all: Vec<Order<'a>> = Vec::new();
    let mut add = |path: &[Step<'a>], calls: &'a [Call], levels| all.push(Order { path: path.to_vec(), calls, levels });
    add(&["start".into()], &inner.start, 0..=0);
    add(&["stop".into()], &inner.stop, 0..=0);
    add(&["keep_alive".into()], &inner.keep_alive, 0..=0);
    for (item, (_, calls)) in inner.programs.iter().enumerate() {
        add(&["programs".into(), item.into()], calls, 0..=0);
    }
    match &inner.timer {
        Some(TimerModel::Choices(choices)) => {
            choices.iter().for_each(|(_, calls)| add(&["timer".into()], calls, 0..=0));
        }
        Some(TimerModel::Seconds(calls)) => add(&["timer".into()], calls, 0..=0),
        None => {}
    }
    if let Some(wake) = &inner.wake {
        add(&["wake".into()], &wake.send, 0..=0);
    }
    for (channel, model) in &inner.models {
        let word = words.get(channel).map_or("", String::as_str);
        let path = ["modes".into(), word.into()];
        match model {
            Model::Level { frame, off, max } => {
                add(&path, frame, u16::from(off.is_some())..=*max);
                off.iter().for_each(|off| add(&path, off, 0..=0));
            }
            Model::Levels { off, on } => {
                add(&path, off, 0..=0);
                for (place, calls) in on.iter().enumerate() {
                    let level = u16::try_from(place + 1).unwrap_or(u16::MAX);
                    add(&path, calls, level..=level);
                }
            }
            Model::Toggle { press } => add(&path, press, 0..=1),
        }
    }
    all
}

/// The services that an order's roles stand in: one choice for each set of roles, each once.
fn services<'a>(inner: &'a Inner, calls: &[Call]) -> BTreeSet<BTreeMap<&'a str, Uuid>> {
    let roles: BTreeSet<&str> =
        calls.iter().filter_map(|call| inner.frames.get(&call.frame)).map(|frame| frame.role.as_str()).collect();
    let of_set = |set: &'a BTreeMap<String, super::binding::Role>| {
        let used = set.iter().filter(|(word, _)| roles.contains(word.as_str()));
        used.map(|(word, role)| (word.as_str(), role.service)).collect()
    };
    inner.role_sets.iter().map(of_set).collect()
}

fn service(services: &BTreeMap<&str, Uuid>, inner: &Inner, call: &Call) -> Uuid {
    let frame = inner.frames.get(&call.frame);
    frame.and_then(|frame| services.get(frame.role.as_str())).copied().unwrap_or_default()
}

/// A stand-in for a role's characteristic: frames of one role, or of two that share a characteristic, are one stream.
fn place(role: &str, inner: &Inner) -> Uuid {
    let set = inner.role_sets.first();
    set.and_then(|set| set.get(role)).map(|role| role.characteristic).unwrap_or_default()
}

impl Template {
    /// How many numbers its counters have, at most 256; 1 without one.
    fn numbers(&self) -> usize {
        let numbers = self.parts.iter().map(|part| match part {
            Part::Sequence { first, last, .. } => usize::from(last - first) + 1,
            _ => 1,
        });
        numbers.max().unwrap_or(1)
    }

    /// How many bytes are gone through to render it, about.
    fn work(&self, arguments: &[Vec<u8>]) -> usize {
        let sums = self.parts.iter().filter(|part| matches!(part, Part::Check { .. })).count();
        (self.longest(arguments) + 8) * (1 + 4 * sums)
    }
}
