//! What a map does to a massager, as its bytes show it: a map cannot cheat, not even by mistake.
//!
//! Belongs here: comparing what stops, starts and keeps alive with what moves, and levels with each other. How a map is
//! spelt is [`super::reading`]'s business, whether its parts fit together [`super::fitting`]'s.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::time::Duration;

use super::fault::{Fault, Quiet};
use super::matching::{Budget, Search, Want};
use super::model::{Call, Frame, Inner, Model, TimerModel};
use super::outline::Step;
use super::reading::Reader;
use super::template::{Inputs, Source};
use super::{DeviceMap, LeftAlone, Note, Trust, schema};
use crate::mode::Channel;

/// The longest that an off sequence may wait in itself.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// How much a map may ask to be compared. The largest of the maps that are known needs a thousandth.
const STEPS: u64 = 3_000_000;

/// A frame that moves something, or says that nothing moves.
struct Mover<'a> {
    channel: Channel,
    call: &'a Call,
    frame: &'a Frame,
    sets: Sets,
}

/// What a mover does.
#[derive(Clone)]
enum Sets {
    /// It carries a level: one of these, if it is this mode's own.
    Carries(RangeInclusive<u16>),
    /// It moves whatever else it says: this level's frame.
    Always(u16),
}

impl Reader<'_> {
    /// Finds what a map does that no map may do. What may be right is returned as notes.
    pub(crate) fn behave(&mut self, map: &DeviceMap, file: &schema::Map) -> Vec<Note> {
        let mut budget = Budget::new(STEPS);
        let mut notes = Vec::new();
        if file.status == Trust::Verified && !map.is_built_in() {
            notes.push(Note::NotVerified);
        }
        if !map.inner.signs.iter().any(super::recognise::Signs::can_be_certain) {
            notes.push(Note::OnlySharedSigns);
        }
        if !map.asks_first().is_empty() {
            notes.push(Note::OftenFirmware);
        }
        self.optional_roles(&map.inner);
        self.pauses(map, &mut notes);
        self.levels(&map.inner, &mut budget, &mut notes);
        self.stop_misses(&map.inner, file, &mut notes);
        self.moves_unasked(map, &mut budget);
        self.left_alone(map, file, &mut notes);
        for (channel, model) in &map.inner.models {
            if matches!(model, Model::Toggle { .. }) && !told(&map.inner, *channel) {
                notes.push(Note::ToggleNeverReadBack(*channel));
            }
        }
        if map.write_gap.is_zero() {
            notes.push(Note::NoWriteGap);
        }
        if budget.is_spent() {
            self.fault(&[], Fault::TooMuchToCompare);
        }
        notes
    }

    /// What turns off has to reach the massager: A1.
    fn optional_roles(&mut self, inner: &Inner) {
        let optional: BTreeSet<&str> =
            inner.role_sets.iter().flatten().filter(|(_, role)| role.optional).map(|(word, _)| word.as_str()).collect();
        if let Some(role) = inner.needed_to_stop().find(|role| optional.contains(*role)) {
            self.fault(&["roles".into(), role.into()], Fault::NotOptional);
        }
    }

    fn pauses(&mut self, map: &DeviceMap, notes: &mut Vec<Note>) {
        let inner = &map.inner;
        let pauses = |calls: &[Call]| -> Duration {
            calls.iter().filter_map(|call| inner.frames.get(&call.frame)).map(|frame| frame.pause).sum()
        };
        let millis = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        let slow = |pause: Duration| Fault::SlowOff { takes: millis(pause), most: millis(LONGEST_PAUSE) };
        let stop = pauses(&inner.stop);
        if stop > LONGEST_PAUSE {
            self.fault(&["stop".into()], slow(stop));
        }
        for (channel, model) in &inner.models {
            let off = pauses(model.off());
            if off > LONGEST_PAUSE {
                self.fault(&["modes".into(), channel.to_string().as_str().into(), "off".into()], slow(off));
            }
        }
        let gaps = map.write_gap.saturating_mul(u32::try_from(inner.stop.len().saturating_sub(1)).unwrap_or(u32::MAX));
        if stop + gaps > LONGEST_PAUSE {
            notes.push(Note::SlowStop(stop + gaps));
        }
    }

    /// Level 0 is off and more is more, as far as numbers show it.
    fn levels(&mut self, inner: &Inner, budget: &mut Budget, notes: &mut Vec<Note>) {
        for (channel, model) in &inner.models {
            let word = channel.to_string();
            let path = |field| ["modes".into(), word.as_str().into(), Step::Key(field)];
            // Modes that share a frame send level 0 in it while another one is on, also where they have an `off` frame.
            let shared = |frame: &[Call]| inner.group(*channel, frame).len() > 1;
            match model {
                Model::Level { frame, off, max } if off.is_none() || shared(frame) => {
                    let sources = [Source::Level, Source::Channel(*channel)];
                    let calls: BTreeSet<&Call> = frame.iter().collect();
                    let mut slots: Vec<Vec<i64>> = Vec::new();
                    for frame in calls.iter().filter_map(|call| inner.frames.get(&call.frame)) {
                        if budget.spend(usize::from(*max) * frame.template.parts.len()) {
                            slots.extend(frame.template.slots(&sources, *max));
                        }
                    }
                    if let Some(fault) = worse_than_off(&slots, *channel) {
                        self.fault(&path("frame"), fault);
                    } else if slots.iter().all(|numbers| numbers.first() != Some(&0)) {
                        notes.push(Note::ZeroIsNotZero(*channel));
                    }
                }
                Model::Levels { off, on } => {
                    let nothing = on.iter().position(|order| order.iter().all(|call| off.contains(call)));
                    if let Some(place) = nothing {
                        let path = [&path("on")[..], &[place.into()]].concat();
                        self.fault(&path, Fault::LevelIsOff { level: place + 1, channel: channel.to_string() });
                    }
                }
                Model::Level { .. } | Model::Toggle { .. } => {}
            }
        }
    }

    /// Whether the off sequence turns every mode off: M1.
    fn stop_misses(&mut self, inner: &Inner, file: &schema::Map, notes: &mut Vec<Note>) {
        let stop: Vec<(&Frame, Vec<Want>)> = inner.stop.iter().filter_map(|call| shape(inner, call)).collect();
        let sent = |call: &Call| {
            let own = shape(inner, call);
            own.is_none_or(|(frame, own)| {
                stop.iter().any(|(other, wants)| same_place(inner, frame, other) && *wants == own)
            })
        };
        let carried =
            |channel: Channel| stop.iter().any(|(frame, _)| frame.template.channels().any(|own| own == channel));
        let missed: Vec<Channel> = inner
            .models
            .iter()
            .filter(|(_, model)| !matches!(model, Model::Toggle { .. }))
            .filter(|(channel, model)| !carried(**channel) && !model.off().iter().all(sent))
            .map(|(channel, _)| *channel)
            .collect();
        let Some(first) = missed.first() else { return };
        let orders: Vec<&[Call]> = inner.models.values().flat_map(Model::orders).collect();
        let of_a_mode = |call: &Call| orders.iter().any(|order| order.contains(call));
        // The frame that sets a mode's levels speaks of that mode alone, whatever the map says of it.
        let of_levels = |call: &Call| {
            let sets = |model: &Model| matches!(model, Model::Level { frame, .. } if frame.contains(call));
            inner.models.values().any(sets)
        };
        let at_its_word = !inner.stop.iter().all(of_a_mode);
        if file.stop_all && !inner.stop.iter().all(of_levels) {
            return;
        }
        if at_its_word {
            notes.push(Note::StopTakenAtItsWord(missed));
            return;
        }
        let off = inner.models.get(first).map_or(&[][..], Model::off);
        let off: Vec<String> = off.iter().filter(|call| !sent(call)).map(|call| format!("“{call}”")).collect();
        self.fault(&["stop".into()], Fault::StopMisses { channel: first.to_string(), add: off.join(", ") });
    }

    /// What is sent to stop, or without being asked, must not be what moves: A3.
    fn moves_unasked(&mut self, map: &DeviceMap, budget: &mut Budget) {
        let inner = &map.inner;
        let movers = movers(inner);
        let words: Vec<String> = inner.models.keys().map(Channel::to_string).collect();
        let unasked = Quiet::Unasked;
        let wake = inner.wake.as_ref().map_or(&[][..], |wake| &wake.send);
        let timed = Quiet::Timer;
        let mut lists: Vec<(Vec<Step<'_>>, Quiet, &[Call])> = vec![
            (vec!["stop".into()], Quiet::Stop, &inner.stop[..]),
            (vec!["start".into()], unasked.clone(), &inner.start[..]),
            (vec!["wake".into(), "send".into()], unasked, wake),
            (vec!["keep_alive".into(), "send".into()], Quiet::KeepAlive, &inner.keep_alive[..]),
        ];
        match &inner.timer {
            Some(TimerModel::Choices(choices)) => {
                let choices = choices.iter().enumerate();
                let place = |item: usize| vec!["timer".into(), 0.into(), item.into(), 1.into()];
                lists.extend(choices.map(|(item, (_, calls))| (place(item), Quiet::Timer, &calls[..])));
            }
            Some(TimerModel::Seconds(calls)) => lists.push((vec!["timer".into(), "send".into()], timed, &calls[..])),
            None => {}
        }
        for (model, word) in inner.models.values().zip(&words) {
            // Without a frame of its own, level 0 was compared with the others already.
            if !matches!(model, Model::Level { off: None, .. }) {
                let path = vec!["modes".into(), word.as_str().into(), "off".into()];
                lists.push((path, Quiet::Off, model.off()));
            }
        }
        let mut seen: BTreeSet<(&Quiet, &Call)> = BTreeSet::new();
        let quiet: Vec<(&[Step<'_>], &Quiet, &Call)> = lists
            .iter()
            .flat_map(|(path, what, calls)| calls.iter().map(move |call| (&path[..], what, call)))
            .filter(|(_, what, call)| seen.insert((*what, *call)))
            .collect();
        let maxima: BTreeMap<Channel, u16> = map.channels.iter().copied().collect();
        for (path, what, call) in quiet {
            let Some((frame, wanted)) = shape(inner, call) else { continue };
            let moved = movers.iter().filter(|mover| same_place(inner, mover.frame, frame));
            if let Some((channel, level)) = moved.into_iter().find_map(|mover| mover.moves(&wanted, &maxima, budget)) {
                let (quiet, frame, channel) = (what.clone(), call.to_string(), channel.to_string());
                self.fault(path, Fault::Moves { quiet, frame, channel, level });
            }
            if budget.is_spent() {
                return;
            }
        }
    }

    fn left_alone(&mut self, map: &DeviceMap, file: &schema::Map, notes: &mut Vec<Note>) {
        if map.left_alone == LeftAlone::NothingKnown {
            notes.push(Note::NothingKnownLeftAlone);
        }
        let (Some(dead_man), keep_alive) = (file.dead_man_ms, file.keep_alive.as_ref()) else { return };
        let path = ["dead_man_ms".into()];
        if !(100..=7_200_000).contains(&dead_man) {
            self.fault(&path, Fault::DeadMan);
        } else if keep_alive.is_some_and(|keep_alive| keep_alive.every_ms >= dead_man) {
            self.fault(&path, Fault::KeepAliveTooLate);
        } else if keep_alive.is_none() && dead_man <= 60_000 {
            let every = (dead_man / 3).max(50);
            self.fault(&path, Fault::NeedsKeepAlive(every));
        }
    }
}

impl Mover<'_> {
    /// The mode that moves, and its level, where the frame can be these bytes.
    fn moves(&self, wanted: &[Want], maxima: &BTreeMap<Channel, u16>, budget: &mut Budget) -> Option<(Channel, u16)> {
        let range = |source| match source {
            Source::Level => match &self.sets {
                Sets::Carries(levels) => levels.clone(),
                Sets::Always(level) => *level..=*level,
            },
            Source::Channel(channel) => 0..=maxima.get(&channel).copied().unwrap_or(0),
            Source::Timer => 0..=0,
        };
        let search = Search { wanted, open: false, arguments: &self.call.arguments, range: &range };
        let levels = search.run(&self.frame.template, budget)?;
        if let Sets::Always(level) = self.sets {
            return Some((self.channel, level));
        }
        levels.into_iter().find_map(|(source, levels)| {
            let level = levels.last().copied().filter(|level| *level > 0)?;
            match source {
                Source::Level => Some((self.channel, level)),
                Source::Channel(channel) => Some((channel, level)),
                Source::Timer => None,
            }
        })
    }
}

/// Every frame that moves something.
fn movers<'a>(inner: &'a Inner) -> Vec<Mover<'a>> {
    let mut movers: Vec<Mover<'a>> = Vec::new();
    let mut shared: BTreeSet<&Call> = BTreeSet::new();
    for (channel, model) in &inner.models {
        let mut add = |call: &'a Call, sets| {
            let frame = inner.frames.get(&call.frame);
            movers.extend(frame.map(|frame| Mover { channel: *channel, call, frame, sets }));
        };
        match model {
            Model::Level { frame, off, max } => {
                let least = u16::from(off.is_some());
                let off = off.as_deref().unwrap_or(&[]);
                for call in frame {
                    let Some(template) = inner.frames.get(&call.frame).map(|frame| &frame.template) else { continue };
                    let switched = |other: &Call| other.frame == call.frame && other.arguments != call.arguments;
                    if template.takes_level() {
                        add(call, Sets::Carries(least..=*max));
                    } else if template.channels().next().is_some() {
                        // Modes that change together share it.
                        if shared.insert(call) {
                            add(call, Sets::Carries(0..=0));
                        }
                    } else if off.iter().any(switched) {
                        // `program 01` where `program 00` turns off.
                        add(call, Sets::Always(1));
                    }
                }
            }
            Model::Levels { off, on } => {
                let common = |call: &Call| on.len() > 1 && on.iter().all(|order| order.contains(call));
                for (place, order) in on.iter().enumerate() {
                    let level = u16::try_from(place + 1).unwrap_or(u16::MAX);
                    let own: Vec<&Call> = order.iter().filter(|call| !off.contains(call)).collect();
                    let telling: Vec<&Call> =
                        own.iter().copied().filter(|call| on.len() > 1 && !common(call)).collect();
                    let telling = if telling.is_empty() { own.last().copied().into_iter().collect() } else { telling };
                    telling.into_iter().for_each(|call| add(call, Sets::Always(level)));
                }
            }
            // What follows the press asks how it went.
            Model::Toggle { press } => {
                if let Some(call) = press.first() {
                    add(call, Sets::Always(1));
                }
            }
        }
    }
    movers
}

/// A frame as it is while nothing is on.
fn shape<'a>(inner: &'a Inner, call: &Call) -> Option<(&'a Frame, Vec<Want>)> {
    let frame = inner.frames.get(&call.frame)?;
    let inputs = Inputs { level: 0, levels: &BTreeMap::new(), timer: inner.first_timer, arguments: &call.arguments };
    Some((frame, frame.template.shape(inputs)))
}

/// Whether two frames go to one characteristic, in any set of roles.
fn same_place(inner: &Inner, one: &Frame, other: &Frame) -> bool {
    one.role == other.role
        || inner.role_sets.iter().any(|set| match (set.get(&one.role), set.get(&other.role)) {
            (Some(one), Some(other)) => (one.service, one.characteristic) == (other.service, other.characteristic),
            _ => false,
        })
}

/// Whether notifications say what a toggle is at, not only the first read.
fn told(inner: &Inner, channel: Channel) -> bool {
    let word = channel.to_string();
    let notifies = |role: &str| inner.role_sets.iter().any(|set| set.get(role).is_some_and(|role| role.notify));
    inner.layouts.iter().any(|layout| layout.fields.contains_key(&word) && notifies(&layout.role))
}

/// What is wrong with the numbers of a mode's slots over its levels, where level 0 is sent in the same frame.
fn worse_than_off(slots: &[Vec<i64>], channel: Channel) -> Option<Fault> {
    let levels = slots.first().map_or(0, Vec::len);
    let as_off = (1..levels).rev().find(|level| slots.iter().all(|numbers| numbers.get(*level) == numbers.first()));
    if let Some(level) = as_off {
        return Some(Fault::SameAsOff { channel: channel.to_string(), level });
    }
    // A second slot may count down beside one that counts up: its complement, or a mark for off.
    let rises = |numbers: &Vec<i64>| numbers.is_sorted() && numbers.first() < numbers.last();
    if slots.is_empty() || slots.iter().any(rises) {
        return None;
    }
    let falls = |numbers: &Vec<i64>| numbers.windows(2).position(|pair| matches!(pair, [low, high] if high < low));
    let place = slots.iter().find_map(falls)?;
    Some(Fault::Falls { channel: channel.to_string(), from: place, to: place + 1 })
}
