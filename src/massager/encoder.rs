//! From wanted levels to frames, and from notifications to levels, for one connected massager.
//!
//! Belongs here: [`Encoder`], which remembers what has to be remembered between frames: sequence counters, levels last
//! ordered, what the massager last said. When frames are written, and whether they arrived, is not its business.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use uuid::Uuid;

use super::model::{Call, Model, TimerModel};
use super::template::{Inputs, Sequence};
use super::{Binding, Bound, DeviceMap, Error, Report, TimerRange, Write};
use crate::facts;
use crate::mode::Channel;

/// What has to be written for some levels, and what cannot be done.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// The frames, in order.
    pub writes: Vec<Write>,
    /// Levels that hold already, by what the massager said: nothing needs to be written for them.
    pub already: Vec<(Channel, u16)>,
    /// Channels for which nothing can be written now, and why. Ask again when a notification has come.
    pub held: Vec<Held>,
    /// In a stop, how many of the frames, the last ones, press toggles: whether that worked, only the massager's own
    /// report tells, and pressing twice is no stop.
    pub presses: usize,
}

/// A channel for which nothing can be written now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Which.
    pub channel: Channel,
    /// What is missing.
    pub why: Waits,
}

facts! {
    /// Why an order waits.
    pub enum Waits in "waits" {
        /// The massager is busy with itself.
        Busy,
        /// It can only be switched over, and has not said whether it is on.
        SwitchedOverOnly(channel: Channel),
    }
}

/// Turns wanted levels into frames and notifications into levels, for one connected massager. Pure: it knows neither
/// radio nor clock.
#[derive(Debug, Clone)]
pub struct Encoder {
    map: Arc<DeviceMap>,
    binding: Binding,
    levels: BTreeMap<Channel, u16>,
    /// Whether each toggle is on, as far as the massager said since it was last pressed.
    toggles: BTreeMap<Channel, bool>,
    fields: BTreeMap<String, i64>,
    sequence: Sequence,
    timer: u32,
    last: Last,
    /// Whether a sleeping massager may be woken: from a stop on until something moves, so that one which the person
    /// switched off in between stays off.
    may_wake: bool,
}

/// What was last ordered.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Last {
    Nothing,
    Levels,
    Program(String),
}

impl Encoder {
    /// An encoder for a massager just connected, of which nothing is known yet.
    pub fn new(map: Arc<DeviceMap>, binding: Binding) -> Self {
        let timer = map.inner.first_timer;
        Self {
            map,
            binding,
            levels: BTreeMap::new(),
            toggles: BTreeMap::new(),
            fields: BTreeMap::new(),
            sequence: Sequence::default(),
            timer,
            last: Last::Nothing,
            may_wake: true,
        }
    }

    /// The map it drives by.
    pub fn map(&self) -> &Arc<DeviceMap> {
        &self.map
    }

    /// The characteristics to subscribe to after connecting, in order, before anything is written: service and
    /// characteristic.
    pub fn subscriptions(&self) -> Vec<(Uuid, Uuid)> {
        self.places(|bound| bound.notify)
    }

    /// The characteristics to read once after subscribing; what comes goes to [`Encoder::read`]: service and
    /// characteristic.
    pub fn first_reads(&self) -> Vec<(Uuid, Uuid)> {
        self.places(|bound| bound.read)
    }

    fn places(&self, wanted: impl Fn(&Bound) -> bool) -> Vec<(Uuid, Uuid)> {
        let mut places = Vec::new();
        for bound in self.binding.roles.values().chain(&self.binding.battery).filter(|bound| wanted(bound)) {
            let place = (bound.service, bound.characteristic);
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places
    }

    /// The frames that make a connected massager listen. They move nothing.
    pub fn start(&mut self) -> Vec<Write> {
        let map = Arc::clone(&self.map);
        map.inner.start.iter().filter_map(|call| self.write(call, 0, Vec::new())).collect()
    }

    /// The whole off sequence, at any time and whatever was said before. Toggles are pressed when they are known to be
    /// on, and held when that is not known.
    pub fn stop(&mut self) -> Plan {
        let map = Arc::clone(&self.map);
        let mut plan = Plan::default();
        self.levels.clear();
        self.last = Last::Nothing;
        self.may_wake = true;
        let mut open: Vec<Channel> = Vec::new();
        for (channel, model) in &map.inner.models {
            match model {
                Model::Toggle { press } => self.toggle(*channel, press, 0, &mut plan),
                Model::Level { .. } | Model::Levels { .. } => open.push(*channel),
            }
        }
        let presses = std::mem::take(&mut plan.writes);
        for call in &map.inner.stop {
            let turns_off = |channel: &Channel| map.inner.models.get(channel).and_then(Model::last_off) == Some(call);
            let (off, rest): (Vec<Channel>, Vec<Channel>) = open.into_iter().partition(turns_off);
            open = rest;
            let sets = off.into_iter().map(|channel| (channel, 0)).collect();
            plan.writes.extend(self.write(call, 0, sets));
        }
        // What no frame turns off by name, the sequence as a whole does.
        if let Some(last) = plan.writes.last_mut() {
            last.sets.extend(open.into_iter().map(|channel| (channel, 0)));
        }
        plan.presses = presses.len();
        plan.writes.extend(presses);
        plan
    }

    /// The frames that the changed channels need. `wanted` holds every channel's level, for frames that carry several;
    /// a channel that it does not name keeps the level ordered last. Levels above a channel's highest become that one.
    pub fn set(&mut self, wanted: &BTreeMap<Channel, u16>, changed: &[Channel]) -> Plan {
        let map = Arc::clone(&self.map);
        let mut plan = Plan::default();
        for (channel, max) in &map.channels {
            if let Some(level) = wanted.get(channel) {
                self.levels.insert(*channel, *level.min(max));
            }
        }
        let changed: Vec<Channel> =
            map.channels.iter().map(|(channel, _)| *channel).filter(|channel| changed.contains(channel)).collect();
        if let Some(busy) = &map.inner.busy
            && self.fields.get(&busy.field).is_some_and(|value| busy.is.contains(value))
        {
            plan.held = changed.into_iter().map(|channel| Held { channel, why: Waits::Busy }).collect();
            return plan;
        }
        self.last = Last::Levels;
        let mut done: Vec<Channel> = Vec::new();
        for channel in changed {
            if done.contains(&channel) {
                continue;
            }
            let level = self.level(channel);
            match map.inner.models.get(&channel) {
                Some(Model::Toggle { press }) => self.toggle(channel, press, level, &mut plan),
                Some(model) => {
                    if let Some((order, group)) = self.order(&map, channel, model) {
                        plan.writes.extend(self.write_all(order, level, &group));
                        done.extend(group);
                    }
                }
                None => {}
            }
        }
        if plan.writes.iter().any(|write| write.sets.iter().any(|(_, level)| *level > 0)) {
            self.wake(&map, &mut plan.writes);
        }
        plan
    }

    /// The frames that bring a channel to the level ordered, and every channel whose level they set.
    fn order<'a>(&self, map: &DeviceMap, channel: Channel, model: &'a Model) -> Option<(&'a [Call], Vec<Channel>)> {
        let level = self.level(channel);
        match model {
            Model::Levels { off, on } => {
                let order = if level == 0 { off } else { on.get(usize::from(level) - 1).or(on.last())? };
                Some((order, vec![channel]))
            }
            Model::Level { frame, off, .. } => {
                let group = map.inner.group(channel, frame);
                let still = group.iter().all(|channel| self.level(*channel) == 0);
                let order = off.as_ref().filter(|_| still).unwrap_or(frame);
                Some((order, group))
            }
            Model::Toggle { .. } => None,
        }
    }

    fn level(&self, channel: Channel) -> u16 {
        self.levels.get(&channel).copied().unwrap_or(0)
    }

    fn toggle(&mut self, channel: Channel, press: &[Call], level: u16, plan: &mut Plan) {
        let wanted = level > 0;
        match self.toggles.get(&channel) {
            None => plan.held.push(Held { channel, why: Waits::SwitchedOverOnly(channel) }),
            Some(on) if *on == wanted => plan.already.push((channel, level)),
            Some(_) => {
                // Until the massager says so itself, nobody knows whether it took the press.
                self.toggles.remove(&channel);
                self.levels.insert(channel, level);
                plan.writes.extend(self.write_all(press, level, &[channel]));
            }
        }
    }

    /// Puts the frames that wake the massager in front, where it said that it sleeps and something is to move now.
    fn wake(&mut self, map: &DeviceMap, writes: &mut Vec<Write>) {
        let Some(wake) = &map.inner.wake else { return };
        if !std::mem::replace(&mut self.may_wake, false)
            || !self.fields.get(&wake.field).is_some_and(|value| wake.is.contains(value))
        {
            return;
        }
        let mut first: Vec<Write> = wake.send.iter().filter_map(|call| self.write(call, 0, Vec::new())).collect();
        if let Some(last) = first.last_mut() {
            last.pause = last.pause.max(wake.wait);
        }
        writes.splice(0..0, first);
    }

    /// The frames that start one of the massager's own programs.
    ///
    /// # Errors
    /// [`Error::NoProgram`] for a name that the map does not have.
    pub fn program(&mut self, name: &str) -> Result<Vec<Write>, Error> {
        let map = Arc::clone(&self.map);
        let Some((_, calls)) = map.inner.programs.iter().find(|(known, _)| known == name) else {
            let known = if map.programs.is_empty() { "none".to_owned() } else { map.programs.join(", ") };
            return Err(Error::NoProgram { map: map.name.clone(), program: name.to_owned(), known });
        };
        self.last = Last::Program(name.to_owned());
        let mut writes = calls.iter().filter_map(|call| self.write(call, 0, Vec::new())).collect();
        self.wake(&map, &mut writes);
        Ok(writes)
    }

    /// The frames that set the massager's own timer: to the shortest time it knows that is not below `time`, or to its
    /// longest. Where the timer stands in the frames of the levels, it holds from the next one on.
    ///
    /// # Errors
    /// [`Error::NoTimer`] where the map has no timer.
    pub fn timer(&mut self, time: Duration) -> Result<Vec<Write>, Error> {
        let map = Arc::clone(&self.map);
        let calls: &[Call] = match (&map.inner.timer, &map.timer) {
            (Some(TimerModel::Choices(choices)), _) => {
                let fitting = choices.iter().find(|(choice, _)| *choice >= time).or(choices.last());
                fitting.map_or(&[], |(_, calls)| calls)
            }
            (Some(TimerModel::Seconds(calls)), Some(TimerRange::UpTo(most))) => {
                self.timer = u32::try_from(time.min(*most).as_secs()).unwrap_or(u32::MAX);
                calls
            }
            _ => return Err(Error::NoTimer(map.name.clone())),
        };
        Ok(calls.iter().filter_map(|call| self.write(call, 0, Vec::new())).collect())
    }

    /// What is written every [`DeviceMap::keep_alive`] while nothing else is: the map's own frames for it, or what was
    /// ordered last while anything moves. `None`: nothing now.
    pub fn keep_alive(&mut self) -> Option<Vec<Write>> {
        let map = Arc::clone(&self.map);
        map.keep_alive?;
        let mut writes: Vec<Write> = Vec::new();
        if !map.inner.keep_alive.is_empty() {
            writes.extend(map.inner.keep_alive.iter().filter_map(|call| self.write(call, 0, Vec::new())));
        } else if let Last::Program(name) = self.last.clone() {
            writes = self.program(&name).unwrap_or_default();
        } else if self.last == Last::Levels {
            let mut done: Vec<Channel> = Vec::new();
            for (channel, model) in &map.inner.models {
                let level = self.level(*channel);
                if level == 0 || done.contains(channel) {
                    continue;
                }
                if let Some((order, group)) = self.order(&map, *channel, model) {
                    writes.extend(self.write_all(order, level, &group));
                    done.extend(group);
                }
            }
        }
        (!writes.is_empty()).then_some(writes)
    }

    /// What a notification, or a value that was read, says. `None`: nothing that the map knows. Toggles are believed
    /// from here on.
    pub fn read(&mut self, service: Uuid, characteristic: Uuid, bytes: &[u8]) -> Option<Report> {
        let map = Arc::clone(&self.map);
        let mut roles: Vec<&str> = self
            .binding
            .roles
            .iter()
            .filter(|(_, bound)| bound.service == service && bound.characteristic == characteristic)
            .map(|(word, _)| word.as_str())
            .collect();
        let is_battery = |bound: &Bound| bound.service == service && bound.characteristic == characteristic;
        if self.binding.battery.as_ref().is_some_and(is_battery) {
            roles.push("battery");
        }
        let report = roles.into_iter().find_map(|role| map.decode(role, bytes))?;
        for (name, value) in &report.fields {
            self.fields.insert(name.clone(), *value);
        }
        for (channel, level) in &report.levels {
            if matches!(map.inner.models.get(channel), Some(Model::Toggle { .. })) {
                self.toggles.insert(*channel, *level > 0);
            }
        }
        Some(report)
    }

    /// Forgets which toggles are on: somebody else may have pressed them. They are believed again from the next report on.
    pub fn forget_toggles(&mut self) {
        self.toggles.clear();
    }

    /// Takes over a level that somebody chose at the massager itself, so that frames which carry several levels, and
    /// the keep-alive, do not bring back what was ordered before.
    pub fn accept(&mut self, channel: Channel, level: u16) {
        if let Some((_, max)) = self.map.channels.iter().find(|(known, _)| *known == channel) {
            self.levels.insert(channel, level.min(*max));
        }
    }

    /// An order's frames as writes; the last one sets the levels.
    fn write_all(&mut self, order: &[Call], level: u16, group: &[Channel]) -> Vec<Write> {
        let mut writes: Vec<Write> = order.iter().filter_map(|call| self.write(call, level, Vec::new())).collect();
        if let Some(last) = writes.last_mut() {
            last.sets = group.iter().map(|channel| (*channel, self.level(*channel))).collect();
        }
        writes
    }

    /// One frame as a write; `None` where its role is optional and the massager lacks it.
    pub(crate) fn write(&mut self, call: &Call, level: u16, sets: Vec<(Channel, u16)>) -> Option<Write> {
        let frame = self.map.inner.frames.get(&call.frame)?;
        let bound = self.binding.roles.get(&frame.role)?;
        let inputs = Inputs { level, levels: &self.levels, timer: self.timer, arguments: &call.arguments };
        let bytes = frame.template.render(inputs, &mut self.sequence);
        Some(Write {
            role: frame.role.clone(),
            service: bound.service,
            characteristic: bound.characteristic,
            with_response: bound.with_response(frame.write),
            bytes,
            sets,
            pause: frame.pause,
        })
    }
}
