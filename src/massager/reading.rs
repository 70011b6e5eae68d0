//! From a map's file to a [`DeviceMap`]: every name resolved, every frame fitting, every vector run.
//!
//! Belongs here: what makes a map good or bad, with the remedy. The form of the file is [`super::schema`]'s.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use super::binding::Role;
use super::model::{Busy, Call, Frame, Inner, Model, TimerModel, Wake};
use super::outline::{Outline, Step};
use super::schema;
use super::status::{Check, Field, Layout};
use super::template::{LONGEST_FRAME, Template};
use super::transform::parse_pattern;
use super::{DeviceMap, TimerRange, parse_identifier, vectors};
use crate::mode::Channel;
use crate::problem::{Problem, syntax};

/// The most entries of any list in a map.
const MOST: usize = 1000;

/// The most frames that are sent for one thing.
const MOST_AT_ONCE: usize = 100;

/// The most faults that are named; more help nobody.
const MOST_FAULTS: usize = 200;

/// The newest version of the format.
const VERSION: u32 = 1;

impl DeviceMap {
    /// Reads a map's file: strict, and run against its own test vectors.
    ///
    /// # Errors
    /// Every fault that was found, in the order of the file. A fault in the form of the file hides those behind it.
    pub fn read(source: &str) -> Result<Self, Vec<Problem>> {
        let source = syntax::without_mark(source);
        syntax::version(source, "DeviceMap", VERSION).map_err(|problem| vec![problem])?;
        let file: schema::Map = syntax::parse(source)?;
        let outline = Outline::of(source);
        let reader = Reader { source, outline, found: Vec::new(), frames: BTreeMap::new(), unsound: Vec::new() };
        reader.map(file)
    }
}

/// Reads on after a fault, to find them all.
pub(crate) struct Reader<'a> {
    source: &'a str,
    outline: Outline,
    found: Vec<(usize, String)>,
    /// The frames that are sound, which everything after them may send.
    frames: BTreeMap<String, Frame>,
    /// The names of those that are not, about which enough has been said.
    unsound: Vec<String>,
}

impl Reader<'_> {
    pub(crate) fn fault(&mut self, path: &[Step<'_>], text: impl Into<String>) {
        self.found.push((self.outline.find(path), text.into()));
    }

    /// Reads a list of orders into one.
    fn orders(&mut self, path: &[Step<'_>], texts: &[String]) -> Vec<Call> {
        let mut calls = Vec::new();
        for (item, text) in texts.iter().enumerate() {
            calls.extend(self.order(&[path, &[item.into()]].concat(), text).into_iter().flatten());
        }
        if calls.len() > MOST_AT_ONCE {
            self.fault(path, format!("here are {} frames; {MOST_AT_ONCE} are the most", calls.len()));
            calls.clear();
        }
        calls
    }

    /// Reads an order; `None` where something is wrong with it.
    fn order(&mut self, path: &[Step<'_>], text: &str) -> Option<Vec<Call>> {
        let calls = match Call::parse_all(text) {
            Ok(calls) => calls,
            Err(text) => {
                self.fault(path, text);
                return None;
            }
        };
        if calls.len() > MOST_AT_ONCE {
            self.fault(path, format!("here are {} frames; {MOST_AT_ONCE} are the most", calls.len()));
            return None;
        }
        for call in &calls {
            if self.unsound.contains(&call.frame) {
                return None;
            }
            if let Err(text) = call.check(&self.frames) {
                self.fault(path, text);
                return None;
            }
        }
        Some(calls)
    }

    pub(crate) fn identifier(&mut self, path: &[Step<'_>], text: &str) -> uuid::Uuid {
        parse_identifier(text).unwrap_or_else(|| {
            self.fault(path, format!("“{text}” is no identifier: write 4 hexadecimal digits, or a full UUID"));
            uuid::Uuid::nil()
        })
    }

    pub(crate) fn pattern(&mut self, path: &[Step<'_>], text: &str) -> Vec<Option<u8>> {
        parse_pattern(text).unwrap_or_else(|| {
            self.fault(path, format!("“{text}” is not bytes: write hexadecimal pairs, and .. for any byte"));
            Vec::new()
        })
    }

    fn map(mut self, file: schema::Map) -> Result<DeviceMap, Vec<Problem>> {
        self.counts(&file);
        if !self.found.is_empty() {
            return Err(self.problems());
        }
        self.words(&file);
        let signs = self.signs(&file.recognise);
        let rules = self.rules(&file.connected);
        let role_sets = self.role_sets(&file);
        self.frames = self.frames(&file, &role_sets);
        let models = self.models(&file.modes);
        let channels: Vec<(Channel, u16)> = models.iter().map(|(channel, model)| (*channel, model.max())).collect();
        let layouts = self.layouts(&file.status_frames, &role_sets, &channels);
        let (timer, range, first_timer) = self.timer(file.timer.as_ref());
        let inner = Inner {
            signs,
            rules,
            role_sets,
            frames: self.frames.clone(),
            start: self.orders(&["start".into()], &file.start),
            wake: file.wake.as_ref().map(|wake| Wake {
                field: wake.field.clone(),
                is: wake.is.clone(),
                send: self.orders(&["wake".into(), "send".into()], &wake.send),
                wait: Duration::from_millis(wake.wait_ms.into()),
            }),
            busy: file.busy.as_ref().map(|busy| Busy { field: busy.field.clone(), is: busy.is.clone() }),
            models,
            stop: self.orders(&["stop".into()], &file.stop),
            keep_alive: match &file.keep_alive {
                Some(keep_alive) => self.orders(&["keep_alive".into(), "send".into()], &keep_alive.send),
                None => Vec::new(),
            },
            programs: self.programs(&file.programs),
            timer,
            first_timer,
            layouts,
        };
        let longest_frame = inner.frames.values().map(|frame| frame.template.longest(&[])).max().unwrap_or(0);
        let map = DeviceMap {
            id: file.id.clone(),
            name: file.name.clone(),
            trust: file.status,
            source: file.source.clone(),
            channels,
            programs: file.programs.iter().map(|program| program.name.clone()).collect(),
            write_gap: Duration::from_millis(file.write_gap_ms.into()),
            keep_alive: file.keep_alive.as_ref().map(|keep_alive| Duration::from_millis(keep_alive.every_ms.into())),
            timer: range,
            longest_frame,
            inner,
        };
        let map = Arc::new(map);
        self.fit(&map, &file);
        self.finish(map, &file)
    }

    /// Runs the vectors where the map is otherwise sound, and puts all faults into the file's order.
    fn finish(mut self, map: Arc<DeviceMap>, file: &schema::Map) -> Result<DeviceMap, Vec<Problem>> {
        if self.found.is_empty() {
            for (item, vector) in file.vectors.iter().enumerate() {
                if let Some(text) = vectors::failure(&map, vector) {
                    self.fault(&["vectors".into(), item.into()], text);
                }
            }
        }
        if self.found.is_empty() {
            return Ok(Arc::unwrap_or_clone(map));
        }
        Err(self.problems())
    }

    /// The faults in the order of the file.
    fn problems(mut self) -> Vec<Problem> {
        self.found.sort();
        self.found.dedup();
        let more = self.found.len().saturating_sub(MOST_FAULTS);
        self.found.truncate(MOST_FAULTS);
        if let Some((_, text)) = self.found.last_mut().filter(|_| more > 0) {
            text.push_str(&format!(" (and {more} more)"));
        }
        self.found.into_iter().map(|(at, text)| syntax::at(self.source, at, text)).collect()
    }

    /// Nothing is looked at more closely while a list is too long, or a name stands twice.
    fn counts(&mut self, file: &schema::Map) {
        for (at, word) in self.outline.doubles() {
            self.found.push((at, format!("“{word}” stands here a second time: keep one of them")));
        }
        for (field, count) in [
            ("recognise", file.recognise.len()),
            ("connected", file.connected.len()),
            ("roles", file.roles.len()),
            ("frames", file.frames.len()),
            ("start", file.start.len()),
            ("stop", file.stop.len()),
            ("programs", file.programs.len()),
            ("status_frames", file.status_frames.len()),
            ("vectors", file.vectors.len()),
            ("status_frames", file.status_frames.iter().map(|layout| layout.fields.len()).sum()),
            ("other_roles", file.other_roles.iter().map(BTreeMap::len).sum()),
        ] {
            if count > MOST {
                self.fault(&[field.into()], format!("“{field}” has {count} entries; {MOST} are the most"));
            }
        }
    }

    fn words(&mut self, file: &schema::Map) {
        let good = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        if file.id.is_empty() || file.id.len() > 64 || !file.id.chars().all(good) {
            self.fault(&["id".into()], "an id is lower-case letters, digits and hyphens, at most 64");
        }
        for (field, text) in [("name", &file.name), ("source", &file.source)] {
            if text.trim().is_empty() {
                self.fault(&[field.into()], format!("“{field}” says nothing"));
            }
        }
        for (field, needed) in [("recognise", file.recognise.is_empty()), ("stop", file.stop.is_empty())] {
            if needed {
                self.fault(&[field.into()], format!("“{field}” needs at least one entry"));
            }
        }
        if file.modes.is_empty() {
            self.fault(&["modes".into()], "a map needs at least one mode");
        }
        if file.vectors.is_empty() {
            self.fault(&["vectors".into()], "a map needs at least one test vector, such as Do(\"stop\", \"…\")");
        }
        if file.write_gap_ms > 5000 {
            self.fault(&["write_gap_ms".into()], "the write gap is at most 5000 ms");
        }
        if let Some(keep_alive) = &file.keep_alive
            && !(50..=60_000).contains(&keep_alive.every_ms)
        {
            self.fault(&["keep_alive".into(), "every_ms".into()], "a keep-alive is sent every 50 to 60000 ms");
        }
    }

    fn frames(&mut self, file: &schema::Map, sets: &[BTreeMap<String, Role>]) -> BTreeMap<String, Frame> {
        let mut frames = BTreeMap::new();
        for (name, frame) in &file.frames {
            let path = |field| ["frames".into(), name.as_str().into(), Step::Key(field)];
            if name.is_empty() || name.contains(char::is_whitespace) {
                self.fault(&path("")[..2], "a frame's name is one word");
            }
            let (field, template) = match (&frame.bytes, &frame.text) {
                (Some(bytes), None) => ("bytes", Template::parse_bytes(bytes)),
                (None, Some(text)) => ("text", Template::parse_text(text)),
                _ => {
                    self.fault(&path("")[..2], "a frame has either bytes or text");
                    self.unsound.push(name.clone());
                    continue;
                }
            };
            let template = match template {
                Ok(template) => template,
                Err(fault) => {
                    self.found.push((self.outline.find_within(&path(field), fault.at), fault.text));
                    self.unsound.push(name.clone());
                    continue;
                }
            };
            if template.longest(&[]) > LONGEST_FRAME {
                self.fault(&path(field), format!("a frame has at most {LONGEST_FRAME} bytes"));
                self.unsound.push(name.clone());
                continue;
            }
            let role = sets.first().and_then(|set| set.get(&frame.to));
            let wish = match role.map(|role| role.write) {
                None => {
                    self.fault(&path("to"), format!("there is no role “{}”", frame.to));
                    self.unsound.push(name.clone());
                    continue;
                }
                Some(None) => {
                    self.fault(&path("to"), format!("role “{}” is not written: give it write: Either", frame.to));
                    self.unsound.push(name.clone());
                    continue;
                }
                Some(Some(wish)) => frame.write.unwrap_or(wish),
            };
            frames.insert(
                name.clone(),
                Frame {
                    template,
                    role: frame.to.clone(),
                    write: wish,
                    pause: Duration::from_millis(frame.pause_ms.min(60_000).into()),
                },
            );
        }
        frames
    }

    fn models(&mut self, file: &BTreeMap<Channel, schema::Model>) -> BTreeMap<Channel, Model> {
        let mut models = BTreeMap::new();
        for (channel, model) in file {
            let word = channel.to_string();
            let path = |field| ["modes".into(), word.as_str().into(), Step::Key(field)];
            let model = match model {
                schema::Model::Level { frame, max, off } => {
                    if !(1..=10_000).contains(max) {
                        self.fault(&path("max"), "a mode has 1 to 10000 levels");
                    }
                    let frame = self.order(&path("frame"), frame);
                    let off = off.as_ref().map(|off| self.order(&path("off"), off));
                    match (frame, off) {
                        (Some(frame), None) => Some(Model::Level { frame, off: None, max: *max }),
                        (Some(frame), Some(Some(off))) => Some(Model::Level { frame, off: Some(off), max: *max }),
                        _ => None,
                    }
                }
                schema::Model::Levels { off, on } => {
                    if on.is_empty() || on.len() > MOST {
                        self.fault(&path("on"), format!("a mode has 1 to {MOST} levels here"));
                    }
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

    fn programs(&mut self, file: &[schema::Program]) -> Vec<(String, Vec<Call>)> {
        let mut programs: Vec<(String, Vec<Call>)> = Vec::new();
        for (item, program) in file.iter().enumerate() {
            let path = ["programs".into(), item.into(), "send".into()];
            if program.name.trim().is_empty() || programs.iter().any(|(name, _)| *name == program.name) {
                self.fault(&path[..2], "each program has a name of its own");
            }
            if program.send.is_empty() {
                self.fault(&path, "this program sends nothing");
            }
            let calls = self.orders(&path, &program.send);
            programs.push((program.name.clone(), calls));
        }
        programs
    }

    fn timer(&mut self, file: Option<&schema::Timer>) -> (Option<TimerModel>, Option<TimerRange>, u32) {
        match file {
            None => (None, None, 0),
            Some(schema::Timer::Choices(choices)) => {
                let mut models = Vec::new();
                for (item, (time, calls)) in choices.iter().enumerate() {
                    let calls = self.orders(&["timer".into(), 0.into(), item.into(), 1.into()], calls);
                    models.push((time.as_duration(), calls));
                }
                let times: Vec<Duration> = models.iter().map(|(time, _)| *time).collect();
                if times.is_empty() || times.len() > MOST || !times.is_sorted_by(|one, next| one < next) {
                    self.fault(&["timer".into()], "a timer has choices, the shortest first, each once");
                }
                (Some(TimerModel::Choices(models)), Some(TimerRange::Choices(times)), 0)
            }
            Some(schema::Timer::Seconds { send, most, first }) => {
                let calls = self.orders(&["timer".into(), "send".into()], send);
                if first > most {
                    self.fault(&["timer".into(), "first".into()], "the first time is above the longest");
                }
                let range = TimerRange::UpTo(most.as_duration());
                (Some(TimerModel::Seconds(calls)), Some(range), first.as_millis() / 1000)
            }
        }
    }

    fn layouts(
        &mut self,
        file: &[schema::StatusFrame],
        sets: &[BTreeMap<String, Role>],
        channels: &[(Channel, u16)],
    ) -> Vec<Layout> {
        let mut layouts = Vec::new();
        for (item, layout) in file.iter().enumerate() {
            let path = |field| ["status_frames".into(), item.into(), Step::Key(field)];
            let role = sets.first().and_then(|set| set.get(&layout.role));
            match role {
                None => self.fault(&path("role"), format!("there is no role “{}”", layout.role)),
                Some(role) if !role.notify && !role.read => self.fault(
                    &path("role"),
                    format!("role “{}” says nothing: give it notify: true or read: true", layout.role),
                ),
                Some(_) => {}
            }
            let check = match layout.check.as_deref().map(Check::parse) {
                None => None,
                Some(Ok(check)) => Some(check),
                Some(Err(text)) => {
                    self.fault(&path("check"), text);
                    None
                }
            };
            let mut fields = BTreeMap::new();
            for (name, text) in &layout.fields {
                let place = ["status_frames".into(), item.into(), "fields".into(), name.as_str().into()];
                if let Some(channel) = super::slot::channel(name)
                    && !channels.iter().any(|(known, _)| *known == channel)
                {
                    self.fault(&place, format!("this map has no mode {channel}"));
                }
                match Field::parse(text) {
                    Ok(field) => {
                        fields.insert(name.clone(), field);
                    }
                    Err(text) => self.fault(&place, text),
                }
            }
            layouts.push(Layout {
                role: layout.role.clone(),
                starts: self.pattern(&path("starts"), &layout.starts),
                length: layout.length,
                check,
                fields,
            });
        }
        layouts
    }
}
