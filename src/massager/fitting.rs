//! What only shows once everything of a map is read: numbers that do not fit, modes that nobody named, slots that have no
//! meaning.
//!
//! Belongs here: faults between the parts of a map. Faults within one part are [`super::reading`]'s.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::fault::Fault;
use super::model::{Call, Model, TimerModel};
use super::outline::Step;
use super::reading::Reader;
use super::{DeviceMap, TimerRange, schema};
use crate::mode::Channel;
use crate::problem::syntax::short;

impl Reader<'_> {
    /// Finds every fault between the parts of a map.
    pub(crate) fn fit(&mut self, map: &Arc<DeviceMap>, file: &schema::Map) {
        self.fit_modes(map);
        self.fit_frames(map);
        self.fit_level_slots(map);
        self.fit_fields(map, file);
        self.fit_forbidden(map);
    }

    fn fit_modes(&mut self, map: &DeviceMap) {
        let inner = &map.inner;
        for (channel, model) in &inner.models {
            let word = channel.to_string();
            let path = |field| ["modes".into(), word.as_str().into(), Step::Key(field)];
            match model {
                Model::Level { frame, .. } => {
                    let carries = frame.iter().filter_map(|call| inner.frames.get(&call.frame)).any(|frame| {
                        frame.template.takes_level() || frame.template.channels().any(|own| own == *channel)
                    });
                    if !carries {
                        self.fault(&path("frame"), Fault::NoLevelSlot(channel.to_string()));
                    }
                }
                Model::Levels { .. } => {}
                Model::Toggle { .. } => {
                    if !inner.layouts.iter().any(|layout| layout.fields.contains_key(&word)) {
                        self.fault(&path("press")[..2], Fault::ToggleSilent(word.clone()));
                    }
                }
            }
        }
    }

    fn fit_frames(&mut self, map: &DeviceMap) {
        let inner = &map.inner;
        let maxima: BTreeMap<Channel, u16> = map.channels.iter().copied().collect();
        let timer = match &map.timer {
            Some(TimerRange::UpTo(most)) => u32::try_from(most.as_secs()).unwrap_or(u32::MAX),
            _ => 0,
        };
        // The lowest and the highest level that each frame is ever asked to carry. Where a mode has an `off` frame of its
        // own, 0 is not one of them.
        let mut levels: BTreeMap<&str, (u16, u16)> = BTreeMap::new();
        let mut asked = |call: &'_ Call, least: u16, most: u16| {
            if let Some((name, _)) = inner.frames.get_key_value(&call.frame) {
                let known = levels.entry(name.as_str()).or_insert((least, most));
                *known = (known.0.min(least), known.1.max(most));
            }
        };
        inner.stop.iter().for_each(|call| asked(call, 0, 0));
        for model in inner.models.values() {
            match model {
                Model::Level { frame, off, max } => {
                    frame.iter().for_each(|call| asked(call, u16::from(off.is_some()), *max));
                    off.iter().flatten().for_each(|call| asked(call, 0, 0));
                }
                Model::Levels { off, on } => {
                    off.iter().for_each(|call| asked(call, 0, 0));
                    for (level, calls) in (1..=u16::MAX).zip(on) {
                        calls.iter().for_each(|call| asked(call, level, level));
                    }
                }
                Model::Toggle { press } => press.iter().for_each(|call| asked(call, 0, 1)),
            }
        }
        for (name, frame) in &inner.frames {
            let path = ["frames".into(), name.as_str().into()];
            for channel in frame.template.channels().filter(|channel| !maxima.contains_key(channel)) {
                self.fault(&path, Fault::NoMode(channel.to_string()));
            }
            if frame.template.takes_timer() && timer == 0 {
                self.fault(&path, Fault::TimerSlot);
            }
            let (least, most) = levels.get(name.as_str()).copied().unwrap_or((0, 0));
            for fault in frame.template.misfits(least..=most, &maxima, timer) {
                self.fault(&path, fault);
            }
        }
    }

    fn fit_fields(&mut self, map: &DeviceMap, file: &schema::Map) {
        let wake = file.wake.as_ref().map(|wake| ("wake", &wake.field));
        let busy = file.busy.as_ref().map(|busy| ("busy", &busy.field));
        for (word, field) in wake.into_iter().chain(busy) {
            if !map.inner.layouts.iter().any(|layout| layout.fields.contains_key(field)) {
                self.fault(&[word.into(), "field".into()], Fault::NoStatusField(short(field)));
            }
        }
    }

    /// A level has a meaning only where one is set: in a mode's own frames, and as 0 in `stop`.
    fn fit_level_slots(&mut self, map: &DeviceMap) {
        let inner = &map.inner;
        let mut lists: Vec<(Vec<Step<'_>>, &[Call])> =
            vec![(vec!["start".into()], &inner.start), (vec!["keep_alive".into(), "send".into()], &inner.keep_alive)];
        lists.extend(inner.wake.iter().map(|wake| (vec!["wake".into(), "send".into()], &wake.send[..])));
        let programs = inner.programs.iter().enumerate();
        lists.extend(
            programs.map(|(item, (_, calls))| (vec!["programs".into(), item.into(), "send".into()], &calls[..])),
        );
        match &inner.timer {
            Some(TimerModel::Choices(choices)) => {
                lists.extend(choices.iter().map(|(_, calls)| (vec!["timer".into()], &calls[..])));
            }
            Some(TimerModel::Seconds(calls)) => lists.push((vec!["timer".into(), "send".into()], calls)),
            None => {}
        }
        for (path, calls) in lists {
            let takes = |call: &&Call| inner.frames.get(&call.frame).is_some_and(|frame| frame.template.takes_level());
            if let Some(call) = calls.iter().find(takes) {
                let uses =
                    |model: &Model| model.orders().iter().any(|order| order.iter().any(|own| own.frame == call.frame));
                let mode = inner.models.iter().find(|(_, model)| uses(model)).or(inner.models.iter().next());
                let mode = mode.map_or("Vibration".to_owned(), |(channel, _)| channel.to_string());
                self.fault(&path, Fault::LevelMeansNothing { frame: call.to_string(), mode });
            }
        }
    }
}
