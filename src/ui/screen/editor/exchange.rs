//! Import and export: a lane as an intensity script, all lanes as a table, the profile as a picture.
//!
//! Belongs here: what happens between a button and a file. The formats belong to `crate::editor::exchange`, the way to
//! the disk to storage.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use iced::Task;

use super::{Action, Board, sentence};
use crate::curve::Curve;
use crate::editor::exchange::picture::{self, Look};
use crate::editor::exchange::{Note, csv, funscript};
use crate::editor::{Edit, Merge};
use crate::i18n::Words;
use crate::mode::Channel;
use crate::profile::Profile;
use crate::say;
use crate::storage;
use crate::ui::bitmap;
use crate::ui::desktop::FileKind;
use crate::ui::words::editor::exchange as words;

/// What happens with files of other kinds.
#[derive(Debug, Clone)]
pub enum Message {
    /// Asks for a file to import.
    Import(FileKind),
    /// Asks where to export to.
    Export(FileKind),
    /// The person chose a file or a place, asked for under this number.
    Chosen(u32, FileKind, PathBuf),
    /// The person could not be asked for a file.
    NoChoice(crate::ui::desktop::Error),
    /// The file asked for under this number was read, or why not.
    Read(u32, Result<Found, String>),
    /// A file was written, or why not.
    Written(PathBuf, Result<(), String>),
    /// Light or dark pictures.
    Look(Look),
}

/// What was in a file.
#[derive(Debug, Clone)]
pub struct Found {
    name: String,
    lanes: BTreeMap<Channel, Curve>,
    /// What had to be changed so that it fits, in words.
    notes: Vec<Note>,
}

/// A question to the desktop.
#[derive(Debug)]
pub struct Ask {
    /// Its number: an answer to an older one is dropped.
    pub number: u32,
    /// Which files.
    pub kind: FileKind,
    /// The name that a new file starts with; none where a file is to be opened.
    pub name: Option<String>,
}

/// What is on its way.
#[derive(Debug, Default)]
pub(super) struct State {
    asked: u32,
    export: bool,
    /// The lane that was active when the question was asked.
    channel: Option<Channel>,
    pub(super) look: Look,
}

impl Board {
    /// Lets something happen.
    pub(super) fn exchange(&mut self, w: &Words, message: Message, language: &str) -> Action {
        match message {
            Message::Import(kind) => self.ask(kind, None),
            Message::Export(kind) => {
                let name = self.editor.document().name().in_language(language);
                let name = match (kind, self.active) {
                    (FileKind::Funscript, Some(channel)) => format!("{name} {}", w.channel(channel)),
                    _ => name.to_owned(),
                };
                self.ask(kind, Some(format!("{}.{}", storage::slug(&name), kind.extension())))
            }
            Message::Chosen(number, kind, path) if number == self.exchanging.asked => {
                if self.exchanging.export {
                    self.write(w, kind, path)
                } else {
                    self.read(w, kind, path)
                }
            }
            Message::NoChoice(why) => Action::Trouble(w.fact(&why)),
            Message::Read(number, found) if number == self.exchanging.asked => {
                match found.and_then(|found| self.import(w, found)) {
                    Ok(told) => Action::Tell(told, Task::none()),
                    Err(why) => Action::Trouble(why),
                }
            }
            // Of another question, or of a profile that was open before.
            Message::Chosen(..) | Message::Read(..) => Action::None,
            Message::Written(path, Ok(())) => {
                Action::Tell(say!(w, "exchange-written", name = &name_of(&path)), Task::none())
            }
            Message::Written(_, Err(why)) => Action::Trouble(why),
            Message::Look(look) => {
                self.exchanging.look = look;
                Action::None
            }
        }
    }

    fn ask(&mut self, kind: FileKind, name: Option<String>) -> Action {
        let state = &mut self.exchanging;
        state.asked += 1;
        state.export = name.is_some();
        state.channel = self.active;
        Action::Ask(Ask { number: state.asked, kind, name })
    }

    fn read(&self, w: &Words, kind: FileKind, path: PathBuf) -> Action {
        let (number, channel) = (self.exchanging.asked, self.exchanging.channel);
        let (w, said) = (w.clone(), w.clone());
        let work = move || {
            let text = storage::read_file(&path)?;
            Ok(understood(&w, kind, channel, name_of(&path), &text))
        };
        Action::Run(Task::future(async move {
            let found = storage::in_background(work).await.map_err(|why| said.fact(&why)).and_then(|found| found);
            super::Message::Exchange(Message::Read(number, found))
        }))
    }

    /// Writes what is under the pen now, saved or not.
    fn write(&self, w: &Words, kind: FileKind, path: PathBuf) -> Action {
        let profile = self.editor.document().to_shared();
        let (channel, look) = (self.exchanging.channel, self.exchanging.look);
        let (w, said, to) = (w.clone(), w.clone(), path.clone());
        let work = move || {
            let bytes = match kind {
                FileKind::Profile => profile.write().into_bytes(),
                FileKind::Funscript => {
                    let curve = channel.and_then(|channel| profile.tracks.get(&channel));
                    funscript::write(curve.unwrap_or(&Curve::default())).into_bytes()
                }
                FileKind::Table => csv::write(&profile).into_bytes(),
                FileKind::Svg => drawn(&w, &profile, look).into_bytes(),
                FileKind::Png => match bitmap::png(&drawn(&w, &profile, look)) {
                    Ok(bytes) => bytes,
                    Err(why) => return Ok(Err(say!(w, "exchange-no-picture", why = &why))),
                },
            };
            storage::save(&to, &bytes).map(Ok)
        };
        Action::Run(Task::future(async move {
            let done = storage::in_background(work).await.map_err(|why| said.fact(&why)).and_then(|done| done);
            super::Message::Exchange(Message::Written(path, done))
        }))
    }

    /// Puts what was read in place of the lanes, as one step of undo. Gives what was done, or why not, in words.
    fn import(&mut self, w: &Words, found: Found) -> Result<String, String> {
        let Found { name, lanes, mut notes } = found;
        let count = lanes.values().map(|curve| curve.points().len()).sum();
        let first = lanes.keys().next().copied();
        let into: Vec<_> = lanes.keys().map(|channel| w.channel(*channel)).collect();
        let length = self.editor.document().length();
        let gesture = self.editor.begin();
        for (channel, curve) in lanes {
            if let Err(why) = self.editor.perform_in(gesture, &Edit::SetCurve { channel, curve }, Merge::Add) {
                self.editor.cancel(gesture);
                return Err(sentence(&w.fact(&why)));
            }
        }
        if self.editor.document().to_profile().write().len() > Profile::LARGEST_FILE {
            self.editor.cancel(gesture);
            return Err(say!(w, "exchange-too-many", name = &name, count = count));
        }
        self.active = first.or(self.active);
        let now = self.editor.document().length();
        self.view.set_length(now);
        if now > length {
            self.view.fit();
            notes.push(Note::Longer(now));
        }
        Ok(words::imported(w, count, &name, &into, &notes))
    }
}

/// Reads the text of a file; a script is for one lane.
fn understood(w: &Words, kind: FileKind, channel: Option<Channel>, name: String, text: &str) -> Result<Found, String> {
    let (lanes, notes) = match (kind, channel) {
        (FileKind::Funscript, Some(channel)) => {
            let read = funscript::read(text).map_err(|problem| words::broken(w, &name, &[problem]))?;
            (BTreeMap::from([(channel, read.value)]), read.notes)
        }
        (FileKind::Funscript, None) => return Err(say!(w, "exchange-no-lane").to_owned()),
        _ => (csv::read(text).map_err(|problems| words::broken(w, &name, &problems))?, Vec::new()),
    };
    Ok(Found { name, lanes, notes })
}

/// A profile as a drawing, in a language.
fn drawn(w: &Words, profile: &Profile, look: Look) -> String {
    let labels = picture::Labels {
        language: w.code(),
        channel: &|channel| w.channel(channel),
        at_most: &|peak| say!(w, "exchange-at-most", peak = peak),
    };
    picture::svg(profile, look, labels)
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
