//! What only shows once everything of a map is read: numbers that do not fit, modes that nobody named, bytes that are
//! never sent.
//!
//! Belongs here: faults between the parts of a map. Faults within one part are [`super::reading`]'s.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::model::{Call, Model, TimerModel};
use super::outline::Step;
use super::reading::Reader;
use super::{Binding, DeviceMap, Encoder, TimerRange, forbidden, schema};
use crate::mode::Channel;

impl Reader<'_> {
    /// Finds every fault between the parts of a map.
    pub(crate) fn fit(&mut self, map: &Arc<DeviceMap>, file: &schema::Map) {
        self.fit_modes(map);
        self.fit_frames(map);
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
                        self.fault(&path("frame"), format!("this has no slot {{level}} or {{{channel}}}"));
                    }
                }
                Model::Levels { .. } => {}
                Model::Toggle { .. } => {
                    if !inner.layouts.iter().any(|layout| layout.fields.contains_key(&word)) {
                        self.fault(
                            &path("press")[..2],
                            format!("a toggle needs a status frame with a field “{word}” that says whether it is on"),
                        );
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
        // The highest level that each frame is ever asked to carry.
        let mut levels: BTreeMap<&str, u16> = BTreeMap::new();
        for model in inner.models.values() {
            if let Model::Level { frame, max, .. } = model {
                for call in frame {
                    let most = levels.entry(call.frame.as_str()).or_default();
                    *most = (*most).max(*max);
                }
            }
        }
        for (name, frame) in &inner.frames {
            let path = ["frames".into(), name.as_str().into()];
            for channel in frame.template.channels().filter(|channel| !maxima.contains_key(channel)) {
                self.fault(&path, format!("this map has no mode {channel}"));
            }
            if frame.template.takes_timer() && timer == 0 {
                self.fault(&path, "{timer} needs timer: Seconds(…)");
            }
            let level = levels.get(name.as_str()).copied().unwrap_or(0);
            for text in frame.template.misfits(level, &maxima, timer) {
                self.fault(&path, text);
            }
        }
    }

    fn fit_fields(&mut self, map: &DeviceMap, file: &schema::Map) {
        let wake = file.wake.as_ref().map(|wake| ("wake", &wake.field));
        let busy = file.busy.as_ref().map(|busy| ("busy", &busy.field));
        for (word, field) in wake.into_iter().chain(busy) {
            if !map.inner.layouts.iter().any(|layout| layout.fields.contains_key(field)) {
                self.fault(&[word.into(), "field".into()], format!("no status frame has a field “{field}”"));
            }
        }
    }

    /// Says early what the link would refuse later: frames that reset or reprogram.
    fn fit_forbidden(&mut self, map: &Arc<DeviceMap>) {
        let inner = &map.inner;
        let mut all: Vec<(Vec<Step<'_>>, &Call)> = Vec::new();
        let mut add = |path: &[Step<'static>], calls| {
            let calls: &[Call] = calls;
            all.extend(calls.iter().map(|call| (path.to_vec(), call)));
        };
        add(&["start".into()], &inner.start);
        add(&["stop".into()], &inner.stop);
        add(&["keep_alive".into()], &inner.keep_alive);
        for (item, (_, calls)) in inner.programs.iter().enumerate() {
            add(&["programs".into(), item.into()], calls);
        }
        match &inner.timer {
            Some(TimerModel::Choices(choices)) => {
                choices.iter().for_each(|(_, calls)| add(&["timer".into()], calls));
            }
            Some(TimerModel::Seconds(calls)) => add(&["timer".into()], calls),
            None => {}
        }
        if let Some(wake) = &inner.wake {
            add(&["wake".into()], &wake.send);
        }
        for model in inner.models.values() {
            match model {
                Model::Level { frame, off, .. } => {
                    add(&["modes".into()], frame);
                    add(&["modes".into()], off.as_deref().unwrap_or(&[]));
                }
                Model::Levels { off, on } => {
                    add(&["modes".into()], off);
                    on.iter().for_each(|calls| add(&["modes".into()], calls));
                }
                Model::Toggle { press } => add(&["modes".into()], press),
            }
        }
        let mut encoder = Encoder::new(Arc::clone(map), Binding::assumed(map));
        for (path, call) in all {
            let most = map.channels.iter().map(|(_, max)| *max).max().unwrap_or(0);
            for level in [0, 1, most] {
                if let Some(write) = encoder.write(call, level, Vec::new())
                    && let Some(why) = forbidden::refuses(write.service, write.characteristic, &write.bytes, true)
                {
                    self.fault(&path, format!("Svang never sends frame “{}”: it is known for {why}", call.frame));
                    break;
                }
            }
        }
    }
}
