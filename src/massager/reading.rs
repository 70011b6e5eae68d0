//! From a map's file to a [`DeviceMap`]: every name resolved, every frame fitting, every vector run.
//!
//! Belongs here: what makes a map good or bad, with the remedy. The form of the file is [`super::schema`]'s.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use super::binding::Role;
use super::bundled::is_built_in;
use super::fault::Fault;
use super::forbidden::{LONGEST_NEVER, Pattern};
use super::model::{Busy, Call, Frame, Inner, Model, Wake};
use super::outline::{Outline, Step};
use super::schema;
use super::status::{Check, Field, Layout};
use super::template::{LONGEST_FRAME, Template};
use super::transform::parse_pattern;
use super::{DeviceMap, LeftAlone, Trust, parse_identifier, vectors};
use crate::fact::Phrase;
use crate::fingerprint;
use crate::mode::Channel;
use crate::problem::tokens::Tokens;
use crate::problem::{LONGEST, Problem, syntax};
use crate::text;

/// How many letters are kept for what stands behind the last fault that is named.
const FULL: u16 = 30;

/// The most entries of any list in a map.
pub(crate) const MOST: usize = 1000;

/// The most frames that a map names in all its orders together.
const MOST_CALLS: usize = 50_000;

/// The most brackets, words and commas of a file. A map with everything that a map can have needs a tenth.
const MOST_TOKENS: usize = 250_000;

/// The most faults that are named; more help nobody, and are not looked for.
const MOST_FAULTS: usize = 200;

/// The longest text of a frame, in bytes: far more than 512 bytes need with slots and spaces.
const LONGEST_TEMPLATE: usize = 20_000;

/// The longest name of anything that the person sees.
const LONGEST_NAME: usize = 80;

/// The longest `source`.
const LONGEST_SOURCE: usize = 2000;

/// The longest wait of any kind.
const LONGEST_WAIT_MS: u32 = 10_000;

/// The newest version of the format.
const VERSION: u32 = 1;

impl DeviceMap {
    /// Reads a map's file: strict, looked through for what it does, and run against its own test vectors.
    ///
    /// # Errors
    /// At most 200 faults, in the order of the file. A fault in the form of the file hides those behind it.
    pub fn read(source: &str) -> Result<Self, Vec<Problem>> {
        match Self::look(source)? {
            (map, failing) if failing.is_empty() => Ok(map),
            (_, failing) => Err(failing),
        }
    }

    /// Reads a map's file as [`DeviceMap::read`] does, but lets its test vectors fail: for looking at the bytes of a map
    /// that is not done yet. Returns what is wrong with its vectors. Nothing may be driven by it while there is any.
    ///
    /// # Errors
    /// As [`DeviceMap::read`], its vectors apart.
    pub fn look(source: &str) -> Result<(Self, Vec<Problem>), Vec<Problem>> {
        let source = syntax::without_mark(source);
        syntax::version(source, "DeviceMap", VERSION).map_err(|problem| vec![problem])?;
        if let Some(token) = Tokens::of(source).nth(MOST_TOKENS) {
            return Err(vec![syntax::at(source, token.start, Fault::TooManyParts)]);
        }
        let file: schema::Map = syntax::parse(source)?;
        let reader = Reader {
            source,
            outline: Outline::of(source),
            found: Vec::new(),
            frames: BTreeMap::new(),
            unsound: BTreeSet::new(),
            calls: 0,
        };
        reader.map(file)
    }
}

/// Reads on after a fault, to find them all.
pub(crate) struct Reader<'a> {
    source: &'a str,
    outline: Outline,
    found: Vec<(usize, Fault)>,
    /// The frames that are sound, which everything after them may send.
    pub(crate) frames: BTreeMap<String, Frame>,
    /// The names of those that are not, about which enough has been said.
    pub(crate) unsound: BTreeSet<String>,
    /// How many frames all orders read so far name.
    calls: usize,
}

impl Reader<'_> {
    pub(crate) fn fault(&mut self, path: &[Step<'_>], fault: Fault) {
        self.fault_at(path, None, fault);
    }

    /// A fault some letters into a text.
    fn fault_at(&mut self, path: &[Step<'_>], within: Option<usize>, fault: Fault) {
        if self.found.len() < MOST_FAULTS {
            let at = match within {
                None => self.outline.find(path),
                Some(letters) => self.outline.find_within(path, letters),
            };
            self.found.push((at, fault));
        }
    }

    /// Whether nothing is wrong so far.
    pub(crate) fn is_fine(&self) -> bool {
        self.found.is_empty()
    }

    /// Counts frames that an order names; `false` once a map names too many.
    pub(crate) fn count(&mut self, path: &[Step<'_>], calls: usize) -> bool {
        let fine = self.calls <= MOST_CALLS;
        self.calls += calls;
        if fine && self.calls > MOST_CALLS {
            self.fault(path, Fault::TooManyFrames(MOST_CALLS));
        }
        self.calls <= MOST_CALLS
    }

    /// A text that the person will see.
    pub(crate) fn shown(&mut self, path: &[Step<'_>], word: &str, text: &str) {
        let most = if word == "source" { LONGEST_SOURCE } else { LONGEST_NAME };
        if text.trim().is_empty() {
            self.fault(path, Fault::Silent(word.to_owned()));
        } else if text.chars().count() > most {
            self.fault(path, Fault::TooLong { word: word.to_owned(), most });
        } else if text::plain(text) != *text {
            self.fault(path, Fault::Unshowable(word.to_owned()));
        }
    }

    pub(crate) fn identifier(&mut self, path: &[Step<'_>], text: &str) -> uuid::Uuid {
        parse_identifier(text).unwrap_or_else(|| {
            self.fault(path, Fault::NoIdentifier(syntax::short(text)));
            uuid::Uuid::nil()
        })
    }

    pub(crate) fn pattern(&mut self, path: &[Step<'_>], text: &str) -> Vec<Option<u8>> {
        parse_pattern(text).unwrap_or_else(|| {
            self.fault(path, Fault::NoBytes(syntax::short(text)));
            Vec::new()
        })
    }

    fn map(mut self, file: schema::Map) -> Result<(DeviceMap, Vec<Problem>), Vec<Problem>> {
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
        let built_in = is_built_in(self.source);
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
            never: self.never(&file.never),
            built_in,
            notes: Vec::new(),
        };
        let longest_frame = inner.frames.values().map(|frame| frame.template.longest(&[])).max().unwrap_or(0);
        let map = DeviceMap {
            id: file.id.clone(),
            name: file.name.clone(),
            trust: match file.status {
                Trust::Verified if !built_in => Trust::Untested,
                status => status,
            },
            source: file.source.clone(),
            channels,
            programs: file.programs.iter().map(|program| program.name.clone()).collect(),
            write_gap: Duration::from_millis(file.write_gap_ms.into()),
            keep_alive: file.keep_alive.as_ref().map(|keep_alive| Duration::from_millis(keep_alive.every_ms.into())),
            timer: range,
            longest_frame,
            fingerprint: fingerprint::of(self.source),
            left_alone: left_alone(&file, &inner),
            inner,
        };
        let mut map = Arc::new(map);
        self.fit(&map, &file);
        if self.is_fine() {
            let notes = self.behave(&map, &file);
            Arc::make_mut(&mut map).inner.notes = notes;
        }
        self.finish(map, &file)
    }

    /// Runs the vectors where the map is otherwise sound.
    fn finish(mut self, map: Arc<DeviceMap>, file: &schema::Map) -> Result<(DeviceMap, Vec<Problem>), Vec<Problem>> {
        if !self.is_fine() {
            return Err(self.problems());
        }
        let mut budget = vectors::budget();
        for (item, vector) in file.vectors.iter().enumerate() {
            if let Some(fault) = vectors::failure(&map, vector, &mut budget) {
                self.fault(&["vectors".into(), item.into()], fault);
            }
        }
        Ok((Arc::unwrap_or_clone(map), self.problems()))
    }

    /// The faults in the order of the file.
    fn problems(self) -> Vec<Problem> {
        let full = self.found.len() >= MOST_FAULTS;
        let mut found: Vec<(usize, Phrase)> = self.found.into_iter().map(|(at, fault)| (at, fault.into())).collect();
        found.sort_by_cached_key(|(at, fault)| (*at, fault.to_string()));
        found.dedup();
        if full && let Some((_, last)) = found.last_mut() {
            let fault = last.clone().within(LONGEST - FULL);
            *last = Fault::MoreMayFollow(fault).into();
        }
        syntax::all_at(self.source, found)
    }

    /// Nothing is looked at more closely while a list is too long, or a name stands twice.
    fn counts(&mut self, file: &schema::Map) {
        for (at, word) in self.outline.doubles() {
            if self.found.len() < MOST_FAULTS {
                self.found.push((at, Fault::Twice(syntax::short(word))));
            }
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
            ("other_roles", file.other_roles.len()),
            ("recognise", file.recognise.iter().map(|signs| signs.name.len() + signs.not_name.len()).sum()),
            ("never", file.never.len()),
        ] {
            if count > MOST {
                self.fault(&[field.into()], Fault::TooManyEntries { field: field.to_owned(), count, most: MOST });
            }
        }
    }

    fn words(&mut self, file: &schema::Map) {
        let good = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        if file.id.is_empty() || file.id.len() > 64 || !file.id.chars().all(good) {
            self.fault(&["id".into()], Fault::OddId);
        }
        self.shown(&["name".into()], "name", &file.name);
        self.shown(&["source".into()], "source", &file.source);
        for (field, needed) in [("recognise", file.recognise.is_empty()), ("stop", file.stop.is_empty())] {
            if needed {
                self.fault(&[field.into()], Fault::NoEntry(field.to_owned()));
            }
        }
        if file.modes.is_empty() {
            self.fault(&["modes".into()], Fault::NoModes);
        }
        if file.vectors.is_empty() {
            self.fault(&["vectors".into()], Fault::NoVectors);
        }
        if file.write_gap_ms > 5000 {
            self.fault(&["write_gap_ms".into()], Fault::WriteGap);
        }
        if let Some(keep_alive) = &file.keep_alive
            && !(50..=60_000).contains(&keep_alive.every_ms)
        {
            self.fault(&["keep_alive".into(), "every_ms".into()], Fault::KeepAlive);
        }
        if file.wake.as_ref().is_some_and(|wake| wake.wait_ms > LONGEST_WAIT_MS) {
            self.fault(&["wake".into(), "wait_ms".into()], Fault::LongWait(LONGEST_WAIT_MS));
        }
    }

    fn frames(&mut self, file: &schema::Map, sets: &[BTreeMap<String, Role>]) -> BTreeMap<String, Frame> {
        let mut frames = BTreeMap::new();
        for (name, frame) in &file.frames {
            let path = |field| ["frames".into(), name.as_str().into(), Step::Key(field)];
            if name.is_empty() || name.contains(char::is_whitespace) {
                self.fault(&path("")[..2], Fault::FrameName);
            } else {
                self.shown(&path("")[..2], "the frame's name", name);
            }
            if frame.pause_ms > LONGEST_WAIT_MS {
                self.fault(&path("pause_ms"), Fault::LongWait(LONGEST_WAIT_MS));
            }
            let (field, template) = match (&frame.bytes, &frame.text) {
                (Some(text), None) | (None, Some(text)) if text.len() > LONGEST_TEMPLATE => {
                    self.fault(&path("")[..2], Fault::LongFrame(LONGEST_FRAME));
                    self.unsound.insert(name.clone());
                    continue;
                }
                (Some(bytes), None) => ("bytes", Template::parse_bytes(bytes)),
                (None, Some(text)) => ("text", Template::parse_text(text)),
                _ => {
                    self.fault(&path("")[..2], Fault::BytesOrText);
                    self.unsound.insert(name.clone());
                    continue;
                }
            };
            let template = match template {
                Ok(template) => template,
                Err(fault) => {
                    self.fault_at(&path(field), Some(fault.at), fault.what);
                    self.unsound.insert(name.clone());
                    continue;
                }
            };
            if template.longest(&[]) > LONGEST_FRAME {
                self.fault(&path(field), Fault::LongFrame(LONGEST_FRAME));
                self.unsound.insert(name.clone());
                continue;
            }
            let role = sets.first().and_then(|set| set.get(&frame.to));
            let wish = match role.map(|role| role.write) {
                None => {
                    self.fault(&path("to"), Fault::NoRole(syntax::short(&frame.to)));
                    self.unsound.insert(name.clone());
                    continue;
                }
                Some(None) => {
                    self.fault(&path("to"), Fault::RoleNotWritten(syntax::short(&frame.to)));
                    self.unsound.insert(name.clone());
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
                    pause: Duration::from_millis(frame.pause_ms.into()),
                },
            );
        }
        frames
    }

    fn never(&mut self, file: &[String]) -> Vec<Pattern> {
        let mut all = Vec::new();
        for (item, text) in file.iter().enumerate() {
            let path = ["never".into(), item.into()];
            match parse_pattern(text) {
                Some(pattern) if pattern.len() <= LONGEST_NEVER && pattern.iter().any(Option::is_some) => {
                    all.push(pattern);
                }
                _ => self.fault(&path, Fault::NeverBytes(LONGEST_NEVER)),
            }
        }
        all
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
                None => self.fault(&path("role"), Fault::NoRole(syntax::short(&layout.role))),
                Some(role) if !role.notify && !role.read => {
                    self.fault(&path("role"), Fault::RoleSilent(syntax::short(&layout.role)))
                }
                Some(_) => {}
            }
            let check = match layout.check.as_deref().map(Check::parse) {
                None => None,
                Some(Ok(check)) => Some(check),
                Some(Err(fault)) => {
                    self.fault(&path("check"), fault);
                    None
                }
            };
            let mut fields = BTreeMap::new();
            for (name, text) in &layout.fields {
                let place = ["status_frames".into(), item.into(), "fields".into(), name.as_str().into()];
                if let Some(channel) = super::slot::channel(name)
                    && !channels.iter().any(|(known, _)| *known == channel)
                {
                    self.fault(&place, Fault::NoMode(channel.to_string()));
                }
                match Field::parse(text) {
                    Ok(field) => {
                        fields.insert(name.clone(), field);
                    }
                    Err(fault) => self.fault(&place, fault),
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

/// What a map knows of the time after its last write.
fn left_alone(file: &schema::Map, inner: &Inner) -> LeftAlone {
    if let Some(time) = file.dead_man_ms {
        return LeftAlone::StopsAfter(Duration::from_millis(time.into()));
    }
    // A timer that every moving frame sets again is one that runs whenever something moves.
    let takes = |call: &Call| inner.frames.get(&call.frame).is_some_and(|frame| frame.template.takes_timer());
    let timed = |model: &Model| match model {
        Model::Level { frame, .. } => frame.iter().any(takes),
        Model::Levels { on, .. } => on.iter().all(|order| order.iter().any(takes)),
        Model::Toggle { .. } => false,
    };
    match inner.first_timer {
        0 => LeftAlone::NothingKnown,
        time if inner.models.values().all(timed) => LeftAlone::OwnTimer(Duration::from_secs(time.into())),
        _ => LeftAlone::NothingKnown,
    }
}
