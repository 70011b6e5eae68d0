//! What of a map's file says how the massager is driven: orders, modes, programs, the timer.
//!
//! Belongs here: reading these parts. What they do to the massager is [`super::behaviour`]'s business.

use std::collections::BTreeMap;
use std::time::Duration;

use super::fault::Fault;
use super::model::{Call, MOST_AT_ONCE, Model, TimerModel};
use super::outline::Step;
use super::reading::{MOST, Reader};
use super::{TimerRange, schema};
use crate::mode::Channel;

impl Reader<'_> {
    /// Reads a list of orders into one.
    pub(crate) fn orders(&mut self, path: &[Step<'_>], texts: &[String]) -> Vec<Call> {
        let mut calls = Vec::new();
        for (item, text) in texts.iter().enumerate() {
            if texts.len() <= MOST_AT_ONCE {
                calls.extend(self.order(&[path, &[item.into()]].concat(), text).into_iter().flatten());
            }
        }
        let many = texts.len().max(calls.len());
        if many > MOST_AT_ONCE {
            self.fault(path, Fault::ManyFrames { count: many, most: MOST_AT_ONCE });
            calls.clear();
        }
        calls
    }

    /// Reads an order; `None` where something is wrong with it.
    pub(crate) fn order(&mut self, path: &[Step<'_>], text: &str) -> Option<Vec<Call>> {
        let calls = match Call::parse_all(text) {
            Ok(calls) => calls,
            Err(fault) => {
                self.fault(path, fault);
                return None;
            }
        };
        if calls.len() > MOST_AT_ONCE {
            self.fault(path, Fault::MoreFrames(MOST_AT_ONCE));
            return None;
        }
        if !self.count(path, calls.len()) {
            return None;
        }
        for call in &calls {
            if self.unsound.contains(&call.frame) {
                return None;
            }
            if let Err(fault) = call.check(&self.frames) {
                self.fault(path, fault);
                return None;
            }
        }
        Some(calls)
    }

    pub(crate) fn models(&mut self, file: &BTreeMap<Channel, schema::Model>) -> BTreeMap<Channel, Model> {
        let mut models = BTreeMap::new();
        for (channel, model) in file {
            let word = channel.to_string();
            let path = |field| ["modes".into(), word.as_str().into(), Step::Key(field)];
            let model = match model {
                schema::Model::Level { frame, max, off } => {
                    if !(1..=10_000).contains(max) {
                        self.fault(&path("max"), Fault::LevelCount);
                    }
                    let frame = self.order(&path("frame"), frame);
                    let off = off.as_ref().map(|off| self.order(&path("off"), off));
                    match (frame, off) {
                        (Some(frame), None) => Some(Model::Level { frame, off: None, max: *max }),
                        (Some(frame), Some(Some(off))) => Some(Model::Level { frame, off: Some(off), max: *max }),
                        _ => None,
                    }
                }
                schema::Model::Levels { on, .. } if on.is_empty() || on.len() > MOST => {
                    self.fault(&path("on"), Fault::LevelsHere(MOST));
                    None
                }
                schema::Model::Levels { off, on } => {
                    let levels = on.iter().enumerate();
                    let levels: Vec<Option<Vec<Call>>> = levels
                        .map(|(item, text)| self.order(&[&path("on")[..], &[item.into()]].concat(), text))
                        .collect();
                    let levels: Option<Vec<Vec<Call>>> = levels.into_iter().collect();
                    self.order(&path("off"), off).zip(levels).map(|(off, on)| Model::Levels { off, on })
                }
                schema::Model::Toggle { press } => {
                    self.order(&path("press"), press).map(|press| Model::Toggle { press })
                }
            };
            models.extend(model.map(|model| (*channel, model)));
        }
        models
    }

    pub(crate) fn programs(&mut self, file: &[schema::Program]) -> Vec<(String, Vec<Call>)> {
        let mut programs: Vec<(String, Vec<Call>)> = Vec::new();
        for (item, program) in file.iter().enumerate() {
            let path = ["programs".into(), item.into(), "send".into()];
            if programs.iter().any(|(name, _)| *name == program.name) {
                self.fault(&path[..2], Fault::ProgramNames);
            }
            self.shown(&["programs".into(), item.into(), "name".into()], "name", &program.name);
            if program.send.is_empty() {
                self.fault(&path, Fault::ProgramSilent);
            }
            let calls = self.orders(&path, &program.send);
            programs.push((program.name.clone(), calls));
        }
        programs
    }

    pub(crate) fn timer(&mut self, file: Option<&schema::Timer>) -> (Option<TimerModel>, Option<TimerRange>, u32) {
        match file {
            None => (None, None, 0),
            Some(schema::Timer::Choices(choices)) if choices.len() > MOST => {
                self.fault(&["timer".into()], Fault::ManyChoices(MOST));
                (None, None, 0)
            }
            Some(schema::Timer::Choices(choices)) => {
                let mut models = Vec::new();
                for (item, (time, calls)) in choices.iter().enumerate() {
                    let calls = self.orders(&["timer".into(), 0.into(), item.into(), 1.into()], calls);
                    models.push((time.as_duration(), calls));
                }
                let times: Vec<Duration> = models.iter().map(|(time, _)| *time).collect();
                if times.is_empty() || !times.is_sorted_by(|one, next| one < next) {
                    self.fault(&["timer".into()], Fault::TimerOrder);
                }
                (Some(TimerModel::Choices(models)), Some(TimerRange::Choices(times)), 0)
            }
            Some(schema::Timer::Seconds { send, most, first }) => {
                let calls = self.orders(&["timer".into(), "send".into()], send);
                if first > most {
                    self.fault(&["timer".into(), "first".into()], Fault::TimerFirst);
                }
                let range = TimerRange::UpTo(most.as_duration());
                (Some(TimerModel::Seconds(calls)), Some(range), first.as_millis() / 1000)
            }
        }
    }
}
