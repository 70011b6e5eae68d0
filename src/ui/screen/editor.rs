//! The screen of the curve editor: draws [`crate::editor`]'s state and turns gestures into its edits.
//!
//! Belongs here: [`Board`], one profile under the pen, with what the window adds to it: the view, the playhead, the
//! tool, the gesture in hand. What an edit does belongs to `crate::editor`; files and the engine to the app.

mod above;
mod canvas;
mod clipboard;
mod exchange;
mod ghost;
mod help;
mod inspector;
mod keyboard;
mod message;
mod paper;
mod pointing;
mod recording;
mod recovering;
mod rows;
mod toolbox;
mod trying;
mod typing;
mod view;
mod world;

use std::collections::BTreeMap;
use std::sync::Arc;

use iced::Size;

use crate::curve::{Point, Shape};
use crate::editor::recovery::fingerprint;
use crate::editor::safety::{self, Bounds, Finding};
use crate::editor::{Edit, Editor, Gesture, Merge, Rise, Snap, Viewport, rises};
use crate::i18n::Words;
use crate::intensity::Intensity;
use crate::mode::{Channel, Mode};
use crate::profile::{Profile, Text};
use crate::say;
use crate::storage::SavedProfile;
use crate::time::Time;
use crate::ui::theme::size;

pub(in crate::ui) use canvas::{LANES, Pointer};
pub(in crate::ui) use clipboard::Message as Clip;
pub(in crate::ui) use exchange::{Ask, Message as Exchange};
pub(in crate::ui) use help::{SHEET, view as help};
pub(in crate::ui) use inspector::Page;
pub(in crate::ui) use keyboard::Key;
pub(in crate::ui) use message::{Action, Message, Tool};
pub(in crate::ui) use recording::Message as Recorded;
pub(in crate::ui) use toolbox::{Kind, Slot};
pub(in crate::ui) use trying::Stretch;
pub(in crate::ui) use typing::Field;

use pointing::Hold;
use recording::Recording;
use rows::{Heights, Rows};
use toolbox::Toolbox;
use trying::Trial;
use typing::Typing;
pub(in crate::ui) use view::view;
pub(in crate::ui) use world::World;

/// What is known of the document as it is, found out after each gesture.
#[derive(Debug, Default)]
struct Checked {
    findings: Vec<Finding>,
    rises: BTreeMap<Channel, Vec<Rise>>,
}

/// A profile under the pen.
pub(in crate::ui) struct Board {
    editor: Editor,
    /// The file, as the shelf names it; nothing for a profile never saved.
    file: Option<String>,
    /// The fingerprint of the file's text, as it was when it was opened or saved.
    base: Option<u64>,
    view: Viewport,
    window: Size,
    /// Physical pixels to a logical one.
    scale: f32,
    active: Option<Channel>,
    playhead: Time,
    tool: Tool,
    snaps: bool,
    inspector: bool,
    page: Page,
    heights: Heights,
    toolbox: Toolbox,
    /// The first row of the table of points, where it was turned to; else it lies around the chosen point.
    first_row: Option<usize>,
    hold: Option<Hold>,
    nudging: Option<Gesture>,
    typing: Option<Typing>,
    profile: Arc<Profile>,
    /// What the last check looked at.
    looked: Option<(u64, Bounds)>,
    checked: Checked,
    trial: Trial,
    recording: Option<Recording>,
    /// The state that is being saved now: its revision, and its text's fingerprint.
    saving: Option<(u64, u64)>,
    exchanging: exchange::State,
    /// Whether what is seen of the profile changed last.
    travels: bool,
    /// Counts what happens, so that pictures know when they are old.
    changes: u64,
}

impl Board {
    /// Opens a file of the person's own.
    pub(in crate::ui) fn open(file: String, text: &str, profile: &Profile, window: Size) -> Self {
        Self::new(Editor::new(profile), Some(file), Some(fingerprint(text)), window)
    }

    /// Starts a profile that is on no disk: a new one, or a copy.
    pub(in crate::ui) fn unsaved(profile: &Profile, window: Size) -> Self {
        Self::new(Editor::unsaved(profile), None, None, window)
    }

    /// An empty profile with these modes.
    pub(in crate::ui) fn empty(w: &Words, modes: &[Mode]) -> Profile {
        Profile {
            name: Text::from(&*say!(w, "editor-new-name")),
            length: Time::from_secs(600),
            tracks: modes.iter().map(|mode| (Channel::both(*mode), Default::default())).collect(),
            ..Profile::default()
        }
    }

    fn new(editor: Editor, file: Option<String>, base: Option<u64>, window: Size) -> Self {
        let document = editor.document();
        let active = document.lanes().next().map(|(channel, _)| channel);
        let mut board = Self {
            view: Viewport::new(100.0, document.length()),
            profile: document.to_shared(),
            file,
            base,
            window,
            scale: 1.0,
            active,
            playhead: Time::ZERO,
            tool: Tool::Select,
            snaps: true,
            inspector: window.width >= size::NARROW,
            page: Page::default(),
            heights: Heights::default(),
            toolbox: Toolbox::default(),
            first_row: None,
            hold: None,
            nudging: None,
            typing: None,
            looked: None,
            checked: Checked::default(),
            trial: Trial::default(),
            recording: None,
            saving: None,
            exchanging: exchange::State::default(),
            travels: false,
            changes: 0,
            editor,
        };
        board.resize(window);
        board
    }

    /// The window has this size.
    pub(in crate::ui) fn resize(&mut self, window: Size) {
        let narrow = |size: Size| size.width < size::NARROW;
        if narrow(window) != narrow(self.window) {
            self.inspector = !narrow(window);
            self.toolbox.close();
        }
        self.window = window;
        self.changes += 1;
        self.view.resize(self.rows().width);
    }

    /// The screen has so many physical pixels to a logical one.
    pub(in crate::ui) fn rescale(&mut self, scale: f32) {
        self.scale = scale;
    }

    /// The state of the profile that was looked at last.
    fn looked_at(&self) -> u64 {
        self.looked.as_ref().map_or(0, |looked| looked.0)
    }

    fn rows(&self) -> Rows {
        Rows::new(self.window, self.editor.document(), self.active, self.inspector, &self.heights)
    }

    /// The profile as it was after the last gesture.
    pub(in crate::ui) fn profile(&self) -> &Arc<Profile> {
        &self.profile
    }

    /// Whether something is unsaved.
    pub(in crate::ui) fn is_dirty(&self) -> bool {
        self.editor.is_dirty()
    }

    /// The file, and the fingerprint of its text when it was opened or saved.
    pub(in crate::ui) fn origin(&self) -> (Option<String>, Option<u64>) {
        (self.file.clone(), self.base)
    }

    /// A number that changes with every change of the profile.
    pub(in crate::ui) fn revision(&self) -> u64 {
        self.editor.document().revision()
    }

    /// Remembers which state is being saved.
    pub(in crate::ui) fn saving(&mut self, text: &str) -> u64 {
        let revision = self.revision();
        self.saving = Some((revision, fingerprint(text)));
        revision
    }

    /// After a stop: drops the take, puts back what the pointer does, or closes the open tool, whichever there is first.
    pub(in crate::ui) fn give_up(&mut self) {
        let _ = self.stop_take() || self.put_back() || self.close_tool();
    }

    /// Puts back what the pointer does; says whether it did anything.
    fn put_back(&mut self) -> bool {
        let Some(hold) = self.hold.take() else { return false };
        self.changes += 1;
        if let Some(gesture) = hold.gesture() {
            self.editor.cancel(gesture);
        }
        true
    }

    /// Looks anew at what the engine says: limits, and what plays. Gives the profile to play on, where edits are to be
    /// followed.
    pub(in crate::ui) fn follow(&mut self, world: World<'_>) -> Option<Arc<Profile>> {
        self.go_on_recording(world);
        let state = world.state;
        let bounds = Bounds { limits: state.limits, ceilings: state.ceilings.clone() };
        let now = (self.revision(), bounds);
        self.view.set_length(self.editor.document().length());
        self.playhead = self.playhead.min(self.editor.document().length());
        self.keep_active();
        self.look_ahead(world);
        if self.hold.is_none() && !self.is_recording() && self.looked.as_ref() != Some(&now) {
            let document = self.editor.document();
            self.checked.findings = safety::check(document, &now.1);
            let limit = now.1.limits.rise_per_second;
            let all = document.lanes().map(|(channel, lane)| (channel, rises(lane.curve(), document.length(), limit)));
            self.checked.rises = all.filter(|(_, rises)| !rises.is_empty()).collect();
            if self.looked.as_ref().is_none_or(|looked| looked.0 != now.0) {
                self.profile = document.to_shared();
            }
            self.looked = Some(now);
            self.changes += 1;
        }
        self.next_to_play(state)
    }

    /// A lane that went leaves its place to the nearest one: of the same mode, else the first.
    fn keep_active(&mut self) {
        let document = self.editor.document();
        if self.active.is_some_and(|active| document.lane(active).is_some()) {
            return;
        }
        let channels: Vec<Channel> = document.lanes().map(|(channel, _)| channel).collect();
        let near = |channel: &&Channel| self.active.is_some_and(|old| old.mode == channel.mode);
        self.active = channels.iter().find(near).or(channels.first()).copied();
    }

    fn snap(&self, free: bool) -> Snap {
        if self.snaps && !free { Snap::default() } else { Snap::FREE }
    }

    /// Lets something happen.
    pub(in crate::ui) fn update(&mut self, message: Message, world: World<'_>) -> Action {
        let w = world.words;
        self.changes += 1;
        self.travels = message.travels();
        if !matches!(message, Message::Key(Key::Nudge(..))) {
            self.nudging = None;
        }
        let why = self.typing.as_ref().is_some_and(|typing| typing.hint.is_some());
        let goes_on = matches!(message, Message::Type(..) | Message::Pointer(Pointer::Scroll { .. }));
        // What cannot be done stays as it was typed, with the reason under it.
        if !(goes_on || why && matches!(message, Message::Typed)) {
            self.typing = None;
        }
        if matches!(message, Message::Pointer(Pointer::Press { .. }) | Message::Key(_) | Message::Activate(_)) {
            self.first_row = None;
        }
        if self.is_recording() && !recording::goes_on(&message) {
            // Any other edit comes after the take.
            self.end_take(world);
        }
        match message {
            Message::Pointer(pointer) => return self.point(w, pointer),
            Message::Key(key) => return self.press(w, key),
            Message::Undo => {
                self.put_back();
                if let Some(back) = self.editor.undo() {
                    self.look_at(&back.points);
                }
            }
            Message::Redo => {
                self.put_back();
                if let Some(back) = self.editor.redo() {
                    self.look_at(&back.points);
                }
            }
            Message::Save => return self.save(w),
            Message::Leave => return Action::Leave,
            Message::Try => return Action::Try(Stretch::From(self.playhead)),
            Message::Loop => {
                return match self.chosen_stretch() {
                    Some(span) => Action::Try(Stretch::Loop(span)),
                    None => Action::Trouble(say!(w, "editor-choose-a-stretch").to_owned()),
                };
            }
            Message::ZoomToChosen => match self.editor.selection().span(self.editor.document()) {
                Some(span) => self.view.show(span),
                None => self.view.fit(),
            },
            Message::Record(message) => return self.record(message, world),
            Message::Tool(tool) => self.tool = tool,
            Message::Snap => self.snaps = !self.snaps,
            Message::Zoom(factor) => self.view.zoom_at(factor, self.playhead),
            Message::Fit => self.view.fit(),
            Message::Activate(channel) => {
                self.active = Some(channel);
                if self.heights.is_folded(channel) {
                    self.heights.fold(channel);
                }
            }
            Message::Fold(channel) => self.heights.fold(channel),
            Message::Choose(id) => {
                self.editor.selection_mut().grab(id);
                self.look_at(&[id]);
            }
            Message::ChooseStep(id) => self.choose_step(id),
            Message::Type(field, text) => return self.typed(w, field, text, world.words.code()),
            Message::Typed => {}
            Message::Shape(shape) => {
                let points = self.editor.selection().to_points();
                return self.perform(w, &Edit::SetShape { points, shape });
            }
            Message::Do(edit) => {
                let added = match &*edit {
                    Edit::AddTrack(channel) => Some(*channel),
                    _ => None,
                };
                let action = self.perform(w, &edit);
                self.active = added.or(self.active);
                return action;
            }
            Message::AddStep => return self.add_step(w),
            Message::Find(index) => self.find(index),
            Message::Inspector => {
                self.inspector = !self.inspector;
                self.toolbox.close();
                self.view.resize(self.rows().width);
            }
            Message::Page(page) => {
                self.page = page;
                self.toolbox.close();
            }
            Message::Tools(message) => return self.use_tools(w, message),
            Message::Rows(first) => self.first_row = Some(first),
            Message::Help => return Action::Help,
            Message::Clip(message) => return self.clip(w, message),
            Message::Exchange(message) => return self.exchange(w, message, world.words.code()),
            Message::Saved(revision, Ok(SavedProfile::Done(file))) => {
                self.file = Some(file);
                if let Some((_, text)) = self.saving.take() {
                    self.base = Some(text);
                }
                // What was done while the disk worked is not saved yet.
                if revision == self.revision() {
                    self.editor.mark_saved();
                }
                return Action::Saved;
            }
            Message::Saved(_, Ok(SavedProfile::Conflict)) => {
                self.saving = None;
                return Action::Conflict;
            }
            Message::Saved(_, Err(why)) => {
                self.saving = None;
                return Action::Trouble(w.fact(&why));
            }
        }
        Action::None
    }

    fn show_inspector(&mut self) {
        self.inspector = true;
        self.view.resize(self.rows().width);
    }

    fn perform(&mut self, w: &Words, edit: &Edit) -> Action {
        match self.editor.perform(edit) {
            Ok(_) => Action::None,
            Err(why) => Action::Trouble(sentence(&w.fact(&why))),
        }
    }

    fn perform_in(&mut self, w: &Words, gesture: Gesture, edit: &Edit, merge: Merge) -> Action {
        match self.editor.perform_in(gesture, edit, merge) {
            Ok(_) => Action::None,
            Err(why) => Action::Trouble(sentence(&w.fact(&why))),
        }
    }

    fn save(&mut self, w: &Words) -> Action {
        if self.saving.is_some() || !self.editor.is_dirty() {
            return Action::None;
        }
        match self.editor.file() {
            Ok(text) => Action::Save(text),
            Err(problems) => {
                let texts: Vec<_> = problems.iter().take(2).map(|problem| sentence(&w.fact(&problem.fact))).collect();
                Action::Trouble(texts.join(" "))
            }
        }
    }

    /// Makes points visible.
    fn look_at(&mut self, points: &[crate::editor::PointId]) {
        let document = self.editor.document();
        let Some((channel, spot)) = points.first().and_then(|id| document.point(*id)) else { return };
        self.active = Some(channel);
        self.view.set_length(document.length());
        self.view.reveal(spot.point.at);
    }

    /// Chooses a step, and makes it visible.
    fn choose_step(&mut self, id: crate::editor::StepId) {
        let Some(named) = self.editor.document().step(id) else { return };
        let at = named.step.from;
        self.editor.selection_mut().choose_step(id, crate::editor::Choose::Only);
        self.view.reveal(at);
    }

    fn find(&mut self, index: usize) {
        let Some(finding) = self.checked.findings.get(index) else { return };
        let point = safety::first_in(self.editor.document(), finding);
        if let Some(span) = finding.span {
            self.view.reveal(span.from);
        }
        self.active = finding.channel.or(self.active);
        if let Some(Ok(id)) = point {
            self.editor.selection_mut().choose([id], crate::editor::Choose::Only);
        }
    }

    fn add_step(&mut self, w: &Words) -> Action {
        let document = self.editor.document();
        // At the very end there is no room for a step.
        let latest = Time::from_millis(document.length().as_millis().saturating_sub(1000));
        let from = Time::from_secs(self.playhead.min(latest).as_millis() / 1000);
        let to = (from + std::time::Duration::from_secs(15)).min(document.length());
        let step = crate::profile::Step { from, to, text: Text::from(&*say!(w, "editor-new-step")), spot: None };
        self.perform(w, &Edit::AddStep(step))
    }

    /// A point of the curve at a time, in the shape of the segment there.
    fn point_at(&self, channel: Channel, at: Time, intensity: Intensity) -> Point {
        let lane = self.editor.document().lane(channel);
        let next = lane.and_then(|lane| {
            let (Ok(index) | Err(index)) = lane.index_at(at);
            lane.points().get(index).map(|point| point.shape)
        });
        let shape = match next {
            Some(Shape::Bend(_)) | None => Shape::Straight,
            Some(shape) => shape,
        };
        Point::new(shape, at, intensity)
    }
}

/// A text as a sentence of its own.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    let end = if text.ends_with(['.', '”', ')']) { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}
