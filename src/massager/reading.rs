//! From a map's file to a [`DeviceMap`]: every name resolved, every frame fitting, every vector run.
//!
//! Belongs here: what makes a map good or bad, with the remedy. The form of the file is [`super::schema`]'s.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use ron::extensions::Extensions;

use super::binding::{Role, Rule};
use super::outline::{Outline, Step, problem_at};
use super::recognise::Signs;
use super::schema::{self, WriteType};
use super::status::{Check, Field, Layout};
use super::template::{LONGEST_FRAME, Template};
use super::transform::{parse_bytes, parse_pattern};
use super::{DeviceMap, Report, TimerRange, forbidden, parse_identifier, short_identifier, vectors};
use crate::mode::Channel;
use crate::problem::Problem;

/// The greatest file that is read, in bytes.
const LONGEST_FILE: usize = 1024 * 1024;

/// The most entries of any list in a map.
const MOST: usize = 1000;

/// The newest version of the format.
const VERSION: u32 = 1;

/// What only reading, recognising and driving need of a map.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Inner {
    pub(crate) signs: Vec<Signs>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) role_sets: Vec<BTreeMap<String, Role>>,
    pub(crate) frames: BTreeMap<String, Frame>,
    pub(crate) start: Vec<Call>,
    pub(crate) wake: Option<Wake>,
    pub(crate) busy: Option<Busy>,
    pub(crate) models: BTreeMap<Channel, Model>,
    pub(crate) stop: Vec<Call>,
    pub(crate) keep_alive: Vec<Call>,
    pub(crate) programs: Vec<(String, Vec<Call>)>,
    pub(crate) timer: Option<TimerModel>,
    pub(crate) first_timer: u32,
    pub(crate) layouts: Vec<Layout>,
}

/// A frame, and where it goes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Frame {
    pub(crate) template: Template,
    pub(crate) role: String,
    pub(crate) write: WriteType,
    pub(crate) pause: Duration,
}

/// A frame by name, with its arguments: `key 37`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Call {
    pub(crate) frame: String,
    pub(crate) arguments: Vec<Vec<u8>>,
}

/// How a mode is driven.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Model {
    Level { frame: Call, off: Option<Call>, max: u16 },
    Levels { off: Call, on: Vec<Call> },
    Toggle { press: Call },
}

/// How the massager's own timer is set.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum TimerModel {
    Choices(Vec<(Duration, Vec<Call>)>),
    Seconds(Vec<Call>),
}

/// What a sleeping massager needs first.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Wake {
    pub(crate) field: String,
    pub(crate) is: Vec<i64>,
    pub(crate) send: Vec<Call>,
    pub(crate) wait: Duration,
}

/// When the massager takes no orders.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Busy {
    pub(crate) field: String,
    pub(crate) is: Vec<i64>,
}

impl Call {
    /// Reads a frame's name and arguments.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut words = text.split_whitespace();
        let frame = words.next().ok_or("name a frame")?.to_owned();
        let arguments: Option<Vec<Vec<u8>>> = words.map(parse_bytes).collect();
        let arguments = arguments.ok_or("arguments are bytes in hexadecimal, such as 37 or 03E8")?;
        Ok(Self { frame, arguments })
    }
}

impl Model {
    /// The number of levels, off not counted.
    pub(crate) fn max(&self) -> u16 {
        match self {
            Self::Level { max, .. } => *max,
            Self::Levels { on, .. } => u16::try_from(on.len()).unwrap_or(u16::MAX),
            Self::Toggle { .. } => 1,
        }
    }

    /// The frame that turns it off, where it has its own.
    pub(crate) fn off(&self) -> Option<&Call> {
        match self {
            Self::Level { off, .. } => off.as_ref(),
            Self::Levels { off, .. } => Some(off),
            Self::Toggle { .. } => None,
        }
    }
}

impl Inner {
    /// The channels whose levels a frame sets together with this one.
    pub(crate) fn group(&self, channel: Channel, call: &Call) -> Vec<Channel> {
        let Some(frame) = self.frames.get(&call.frame).filter(|frame| !frame.template.takes_level()) else {
            return vec![channel];
        };
        let carried: Vec<Channel> = frame.template.channels().collect();
        let mut group: Vec<Channel> = self
            .models
            .iter()
            .filter(|(other, model)| {
                carried.contains(other) && matches!(model, Model::Level { frame, .. } if frame == call)
            })
            .map(|(other, _)| *other)
            .collect();
        if !group.contains(&channel) {
            group.push(channel);
        }
        group
    }

    /// Whether a call names a frame and brings what it needs.
    pub(crate) fn check_call(&self, call: &Call) -> Result<(), String> {
        let Some(frame) = self.frames.get(&call.frame) else {
            let known: Vec<&str> = self.frames.keys().map(String::as_str).collect();
            return Err(format!("there is no frame “{}”; there are: {}", call.frame, known.join(", ")));
        };
        let (wants, has) = (frame.template.arguments(), call.arguments.len());
        if wants != has {
            return Err(format!("frame “{}” takes {wants} arguments, and here are {has}", call.frame));
        }
        if frame.template.longest(&call.arguments) > LONGEST_FRAME {
            return Err(format!("frame “{}” becomes longer than {LONGEST_FRAME} bytes", call.frame));
        }
        Ok(())
    }
}

impl DeviceMap {
    /// Reads a map's file: strict, and run against its own test vectors.
    ///
    /// # Errors
    /// Every fault that was found, in the order of the file. A fault in the form of the file hides those behind it.
    pub fn read(source: &str) -> Result<Self, Vec<Problem>> {
        if source.len() > LONGEST_FILE {
            return Err(vec![Problem::new(1, 1, "this file is greater than 1 MiB: no device map is that long")]);
        }
        let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
        let form = |error: ron::error::SpannedError| {
            let text = match &error.code {
                ron::Error::NoSuchStructField { expected, found, .. } => {
                    format!("there is no field “{found}” here; write one of {}", expected.join(", "))
                }
                ron::Error::MissingStructField { field, .. } => format!("the field “{field}” is missing"),
                code => code.to_string(),
            };
            vec![Problem::new(error.span.start.line, error.span.start.col, text)]
        };
        let header: schema::Header = options.from_str(source).map_err(form)?;
        if header.version != VERSION {
            let text = if header.version > VERSION {
                format!(
                    "this map is of version {}, and this Svang reads version {VERSION}: a newer Svang reads it",
                    header.version
                )
            } else {
                format!("there is no version {}: write version: {VERSION}", header.version)
            };
            return Err(vec![problem_at(source, Outline::of(source).find(&["version".into()]), text)]);
        }
        let file: schema::Map = options.from_str(source).map_err(form)?;
        Reader { source, outline: Outline::of(source), found: Vec::new() }.map(file)
    }

    /// What bytes from a role say; `battery` is the standard battery level where the map has no role of that name.
    /// `None`: nothing that the map knows.
    pub fn decode(&self, role: &str, bytes: &[u8]) -> Option<Report> {
        let report = self
            .inner
            .layouts
            .iter()
            .filter(|layout| layout.role == role)
            .find_map(|layout| layout.read(bytes, &self.channels));
        let own = self.inner.role_sets.iter().any(|set| set.contains_key(role));
        match (report, bytes) {
            (None, [percent]) if role == "battery" && !own => Some(Report {
                battery: Some(*percent).filter(|percent| *percent <= 100),
                fields: BTreeMap::from([("battery".to_owned(), i64::from(*percent))]),
                ..Report::default()
            }),
            (report, _) => report,
        }
    }

    /// Every role's word, with its service and characteristic, of the map's first set.
    pub fn roles(&self) -> impl Iterator<Item = (&str, uuid::Uuid, uuid::Uuid)> {
        let set = self.inner.role_sets.first().into_iter().flatten();
        set.map(|(word, role)| (word.as_str(), role.service, role.characteristic))
    }
}

/// Reads on after a fault, to find them all.
struct Reader<'a> {
    source: &'a str,
    outline: Outline,
    found: Vec<(usize, String)>,
}

impl Reader<'_> {
    fn fault(&mut self, path: &[Step<'_>], text: impl Into<String>) {
        self.found.push((self.outline.find(path), text.into()));
    }

    fn calls(&mut self, path: &[Step<'_>], texts: &[String]) -> Vec<Call> {
        let mut calls = Vec::new();
        for (item, text) in texts.iter().enumerate() {
            let mut path = path.to_vec();
            path.push(item.into());
            calls.extend(self.call(&path, text));
        }
        calls
    }

    fn call(&mut self, path: &[Step<'_>], text: &str) -> Option<Call> {
        Call::parse(text).map_err(|text| self.fault(path, text)).ok()
    }

    fn identifier(&mut self, path: &[Step<'_>], text: &str) -> uuid::Uuid {
        parse_identifier(text).unwrap_or_else(|| {
            self.fault(path, format!("“{text}” is no identifier: write 4 hexadecimal digits, or a full UUID"));
            uuid::Uuid::nil()
        })
    }

    fn pattern(&mut self, path: &[Step<'_>], text: &str) -> Vec<Option<u8>> {
        parse_pattern(text).unwrap_or_else(|| {
            self.fault(path, format!("“{text}” is not bytes: write hexadecimal pairs, and .. for any byte"));
            Vec::new()
        })
    }

    fn map(mut self, file: schema::Map) -> Result<DeviceMap, Vec<Problem>> {
        for (at, word) in self.outline.doubles() {
            self.found.push((at, format!("“{word}” stands here a second time: keep one of them")));
        }
        self.words(&file);
        let signs = self.signs(&file.recognise);
        let rules = self.rules(&file.connected);
        let role_sets = self.role_sets(&file);
        let frames = self.frames(&file, &role_sets);
        let models = self.models(&file.modes);
        let channels: Vec<(Channel, u16)> = models.iter().map(|(channel, model)| (*channel, model.max())).collect();
        let layouts = self.layouts(&file.status_frames, &role_sets, &channels);
        let (timer, range, first_timer) = self.timer(file.timer.as_ref());
        let inner = Inner {
            signs,
            rules,
            role_sets,
            frames,
            start: self.calls(&["start".into()], &file.start),
            wake: file.wake.as_ref().map(|wake| Wake {
                field: wake.field.clone(),
                is: wake.is.clone(),
                send: self.calls(&["wake".into(), "send".into()], &wake.send),
                wait: Duration::from_millis(wake.wait_ms.into()),
            }),
            busy: file.busy.as_ref().map(|busy| Busy { field: busy.field.clone(), is: busy.is.clone() }),
            models,
            stop: self.calls(&["stop".into()], &file.stop),
            keep_alive: match &file.keep_alive {
                Some(keep_alive) => self.calls(&["keep_alive".into(), "send".into()], &keep_alive.send),
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
        self.cross_check(&map, &file);
        self.finish(map, &file)
    }

    /// Runs the vectors where the map is otherwise sound, and puts all faults into the file's order.
    fn finish(mut self, map: DeviceMap, file: &schema::Map) -> Result<DeviceMap, Vec<Problem>> {
        let map = Arc::new(map);
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
        self.found.sort();
        self.found.dedup();
        Err(self.found.into_iter().map(|(at, text)| problem_at(self.source, at, text)).collect())
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
        for (field, count) in [
            ("recognise", file.recognise.len()),
            ("connected", file.connected.len()),
            ("roles", file.roles.len()),
            ("other_roles", file.other_roles.len()),
            ("frames", file.frames.len()),
            ("start", file.start.len()),
            ("stop", file.stop.len()),
            ("programs", file.programs.len()),
            ("status_frames", file.status_frames.len()),
            ("vectors", file.vectors.len()),
        ] {
            if count > MOST {
                self.fault(&[field.into()], format!("“{field}” has {count} entries; {MOST} are the most"));
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

    fn signs(&mut self, file: &[schema::Signs]) -> Vec<Signs> {
        let mut all = Vec::new();
        for (item, signs) in file.iter().enumerate() {
            let path = |field| ["recognise".into(), item.into(), Step::Key(field)];
            if signs.name.is_empty() && signs.service.is_none() && signs.manufacturer.is_none() {
                self.fault(&path("name")[..2], "these signs name nothing: give a name, a service or a manufacturer");
            }
            if signs.name.iter().any(|name| name.chars().all(|letter| letter == '*') || name.len() > 248) {
                self.fault(&path("name"), "a name has 1 to 248 letters, not only stars");
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

    fn rules(&mut self, file: &[schema::Rule]) -> Vec<Rule> {
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

    fn role_sets(&mut self, file: &schema::Map) -> Vec<BTreeMap<String, Role>> {
        let mut sets = vec![self.roles(&["roles".into()], &file.roles)];
        for (item, roles) in file.other_roles.iter().enumerate() {
            let path = ["other_roles".into(), item.into()];
            if !roles.keys().eq(file.roles.keys()) {
                let words: Vec<&str> = file.roles.keys().map(String::as_str).collect();
                self.fault(&path, format!("every set has the same roles: {}", words.join(", ")));
            }
            sets.push(self.roles(&path, roles));
        }
        sets
    }

    fn roles(&mut self, path: &[Step<'_>], file: &BTreeMap<String, schema::Role>) -> BTreeMap<String, Role> {
        let mut roles = BTreeMap::new();
        for (word, role) in file {
            let field = |field| [path, &[word.as_str().into(), Step::Key(field)]].concat();
            let service = self.identifier(&field("service"), &role.service);
            let characteristic = self.identifier(&field("characteristic"), &role.characteristic);
            if role.write.is_some()
                && let Some(why) = forbidden::refuses(service, characteristic, &[], true)
            {
                let short = short_identifier(characteristic);
                self.fault(&field("characteristic"), format!("Svang never writes to {short}: {why}"));
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
                    continue;
                }
            };
            let template = match template {
                Ok(template) => template,
                Err(fault) => {
                    self.found.push((self.outline.find_within(&path(field), fault.at), fault.text));
                    continue;
                }
            };
            if template.longest(&[]) > LONGEST_FRAME {
                self.fault(&path(field), format!("a frame has at most {LONGEST_FRAME} bytes"));
            }
            let role = sets.first().and_then(|set| set.get(&frame.to));
            let wish = match role.map(|role| role.write) {
                None => {
                    self.fault(&path("to"), format!("there is no role “{}”", frame.to));
                    continue;
                }
                Some(None) => {
                    self.fault(&path("to"), format!("role “{}” is not written: give it write: Either", frame.to));
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
                    let frame = self.call(&path("frame"), frame);
                    let off = off.as_ref().map(|off| self.call(&path("off"), off));
                    match (frame, off) {
                        (None, _) | (_, Some(None)) => continue,
                        (Some(frame), off) => Model::Level { frame, off: off.flatten(), max: *max },
                    }
                }
                schema::Model::Levels { off, on } => {
                    if on.is_empty() || on.len() > MOST {
                        self.fault(&path("on"), format!("a mode has 1 to {MOST} levels here"));
                    }
                    let calls = self.calls(&path("on"), on);
                    match self.call(&path("off"), off) {
                        Some(off) if calls.len() == on.len() => Model::Levels { off, on: calls },
                        _ => continue,
                    }
                }
                schema::Model::Toggle { press } => match self.call(&path("press"), press) {
                    Some(press) => Model::Toggle { press },
                    None => continue,
                },
            };
            models.insert(*channel, model);
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
            let calls = self.calls(&path, &program.send);
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
                    let calls = self.calls(&["timer".into(), 0.into(), item.into(), 1.into()], calls);
                    models.push((time.as_duration(), calls));
                }
                let times: Vec<Duration> = models.iter().map(|(time, _)| *time).collect();
                if times.is_empty() || times.len() > MOST || !times.is_sorted_by(|one, next| one < next) {
                    self.fault(&["timer".into()], "a timer has choices, the shortest first, each once");
                }
                (Some(TimerModel::Choices(models)), Some(TimerRange::Choices(times)), 0)
            }
            Some(schema::Timer::Seconds { send, most, first }) => {
                let calls = self.calls(&["timer".into(), "send".into()], send);
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
                if let Some(channel) = super::template::channel(name)
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

    /// What only shows once everything is read: calls of frames that do not exist, numbers that do not fit.
    fn cross_check(&mut self, map: &DeviceMap, file: &schema::Map) {
        let inner = &map.inner;
        let maxima: BTreeMap<Channel, u16> = map.channels.iter().copied().collect();
        let timer = match &map.timer {
            Some(TimerRange::UpTo(most)) => u32::try_from(most.as_secs()).unwrap_or(u32::MAX),
            _ => 0,
        };
        let mut levels: BTreeMap<&str, u16> = BTreeMap::new();
        for (channel, model) in &inner.models {
            let word = channel.to_string();
            let path = |field| ["modes".into(), word.as_str().into(), Step::Key(field)];
            match model {
                Model::Level { frame, off, max } => {
                    self.resolve(&path("frame"), inner, frame);
                    if let Some(off) = off {
                        self.resolve(&path("off"), inner, off);
                    }
                    if let Some(known) = inner.frames.get(&frame.frame) {
                        if !known.template.takes_level() && !known.template.channels().any(|own| own == *channel) {
                            self.fault(
                                &path("frame"),
                                format!("frame “{}” has no slot {{level}} or {{{channel}}}", frame.frame),
                            );
                        }
                        let most = levels.entry(frame.frame.as_str()).or_default();
                        *most = (*most).max(*max);
                    }
                }
                Model::Levels { off, on } => {
                    self.resolve(&path("off"), inner, off);
                    for (item, call) in on.iter().enumerate() {
                        self.resolve(&[&path("on")[..], &[item.into()]].concat(), inner, call);
                    }
                }
                Model::Toggle { press } => {
                    self.resolve(&path("press"), inner, press);
                    if !inner.layouts.iter().any(|layout| layout.fields.contains_key(&word)) {
                        self.fault(
                            &path("press")[..2],
                            format!("a toggle needs a status frame with a field “{word}” that says whether it is on"),
                        );
                    }
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
        self.all_resolve(&["start".into()], inner, &inner.start);
        self.all_resolve(&["stop".into()], inner, &inner.stop);
        self.all_resolve(&["keep_alive".into(), "send".into()], inner, &inner.keep_alive);
        for (item, (_, calls)) in inner.programs.iter().enumerate() {
            self.all_resolve(&["programs".into(), item.into(), "send".into()], inner, calls);
        }
        match &inner.timer {
            Some(TimerModel::Choices(choices)) => {
                for (item, (_, calls)) in choices.iter().enumerate() {
                    self.all_resolve(&["timer".into(), 0.into(), item.into(), 1.into()], inner, calls);
                }
            }
            Some(TimerModel::Seconds(calls)) => self.all_resolve(&["timer".into(), "send".into()], inner, calls),
            None => {}
        }
        if let Some(wake) = &inner.wake {
            self.all_resolve(&["wake".into(), "send".into()], inner, &wake.send);
        }
        let wake = file.wake.as_ref().map(|wake| ("wake", &wake.field));
        let busy = file.busy.as_ref().map(|busy| ("busy", &busy.field));
        for (word, field) in wake.into_iter().chain(busy) {
            if !inner.layouts.iter().any(|layout| layout.fields.contains_key(field)) {
                self.fault(&[word.into(), "field".into()], format!("no status frame has a field “{field}”"));
            }
        }
    }

    fn all_resolve(&mut self, path: &[Step<'_>], inner: &Inner, calls: &[Call]) {
        for (item, call) in calls.iter().enumerate() {
            self.resolve(&[path, &[item.into()]].concat(), inner, call);
        }
    }

    fn resolve(&mut self, path: &[Step<'_>], inner: &Inner, call: &Call) {
        if let Err(text) = inner.check_call(call) {
            self.fault(path, text);
        }
    }
}
