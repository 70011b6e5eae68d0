//! The curve editor in the window: opening, trying, saving, leaving.

use iced::Task;
use iced::widget::operation;

use super::{App, Message};
use crate::engine::{Command, Link};
use crate::mode::Mode;
use crate::profile::Profile;
use crate::say;
use crate::storage::{self, Origin, Replace};
use crate::ui::screen::editor::{self, Action, Board, Stretch};
use crate::ui::screen::profiles::{Fit, fit};
use crate::ui::shell::dialog::{Dialog, Wish};
use crate::ui::shell::nav::Screen;

impl App {
    /// Opens a profile in the editor: a file of the person's own, or an unsaved copy of a ready-made one.
    pub(super) fn edit(&mut self, id: String) -> Task<Message> {
        let Some(entry) = self.profiles.shelf().get(&id) else { return Task::none() };
        if let (Origin::BuiltIn(_), Ok(profile)) = (&entry.origin, &entry.content) {
            let mut copy = Profile::clone(profile);
            copy.author = None;
            for (language, name) in &mut copy.name.variants {
                *name = say!(self.languages.of(language), "editor-copy-of", name = &*name);
            }
            return self.lay(Board::unsaved(&copy, self.size));
        }
        let opened = self.profiles.with_shelf(move |shelf| {
            let text = shelf.text(&id)?;
            Ok((id, text))
        });
        opened.map(Message::EditorOpened)
    }

    /// The file's text is here.
    pub(super) fn edit_opened(&mut self, opened: Result<(String, String), storage::Error>) -> Task<Message> {
        let w = &self.words.clone();
        let why = match opened {
            Ok((id, text)) => match Profile::read(&text) {
                Ok(profile) => return self.lay(Board::open(id, &text, &profile, self.size)),
                Err(_) => say!(w, "profiles-broken").to_owned(),
            },
            Err(why) => self.words.fact(&why),
        };
        self.toasts.problem(why, self.now);
        Task::none()
    }

    /// Starts a new profile, with the modes of the connected massager.
    pub(super) fn new_profile(&mut self) -> Task<Message> {
        let w = &self.words.clone();
        if self.board.is_some() {
            return self.go(Screen::Editor);
        }
        self.lay(Board::unsaved(&Board::empty(w, &self.usual_modes()), self.size))
    }

    /// The modes of the connected massager, else all.
    pub(super) fn usual_modes(&self) -> Vec<Mode> {
        let mut modes: Vec<Mode> = match &self.state.link {
            Link::Connected(massager) => massager.channels.iter().map(|state| state.channel.mode).collect(),
            _ => Mode::ALL.to_vec(),
        };
        modes.dedup();
        if modes.is_empty() { Mode::ALL.to_vec() } else { modes }
    }

    pub(super) fn lay(&mut self, mut board: Board) -> Task<Message> {
        // One profile at a time is under the pen, so that nothing unsaved is ever lost behind another.
        if self.board.is_none() {
            board.rescale(self.scale);
            self.board = Some(board);
        }
        self.follow_edits();
        // The keys of the lanes work at once.
        self.go(Screen::Editor).chain(operation::focus(editor::LANES))
    }

    /// What the editor asks.
    pub(super) fn for_editor(&mut self, message: editor::Message) -> Task<Message> {
        let done = self.for_board(message);
        Task::batch([done, self.editor_errands()])
    }

    /// What the editor leaves to do: focus, and work in the background.
    pub(super) fn editor_errands(&mut self) -> Task<Message> {
        let w = &self.words.clone();
        self.board.as_mut().map_or_else(Task::none, |board| board.errands(w)).map(Message::Editor)
    }

    fn for_board(&mut self, message: editor::Message) -> Task<Message> {
        let w = &self.words.clone();
        let Some(board) = &mut self.board else { return Task::none() };
        let world = editor::World { state: &self.state, words: &self.words, now: self.now };
        let action = board.update(message, world);
        self.follow_edits();
        match action {
            Action::None => Task::none(),
            Action::Save(text) => self.save_edits(text, None),
            Action::Leave => self.leave_editor(),
            Action::Try(stretch) => self.try_out(stretch),
            Action::Rest => {
                self.engine.stop();
                Task::none()
            }
            Action::Focus(id) => operation::focus(id),
            Action::Saved => {
                self.toasts.done(say!(w, "editor-saved"), self.now);
                let read = self.profiles.read().map(Message::Profiles);
                match std::mem::take(&mut self.leaving) {
                    super::Leaving::No => read,
                    super::Leaving::Screen => Task::batch([read, self.drop_board()]),
                    super::Leaving::Window => {
                        self.board = None;
                        self.close()
                    }
                }
            }
            Action::Conflict => self.ask(Dialog::Changed),
            Action::Help => self.ask(Dialog::Help),
            Action::Ask(ask) => self.ask_desktop(ask),
            Action::Run(task) => task.map(Message::Editor),
            Action::Tell(words, task) => {
                self.toasts.done(words, self.now);
                task.map(Message::Editor)
            }
            Action::Trouble(words) => {
                self.leaving = super::Leaving::No;
                self.toasts.problem(words, self.now);
                Task::none()
            }
        }
    }

    /// Lets the editor look at the engine's newest state, and the engine play what was edited.
    pub(super) fn follow_edits(&mut self) {
        let world = editor::World { state: &self.state, words: &self.words, now: self.now };
        if let Some(profile) = self.board.as_mut().and_then(|board| board.follow(world)) {
            self.engine.send(Command::Replace(profile));
        }
    }

    /// Plays what is under the pen.
    pub(super) fn try_out(&mut self, stretch: Stretch) -> Task<Message> {
        let w = &self.words.clone();
        let Some(board) = &mut self.board else { return Task::none() };
        let Link::Connected(massager) = &self.state.link else {
            board.give_up_take();
            self.toasts.done(say!(w, "profiles-connect-first"), self.now);
            return Task::none();
        };
        let name = board.profile().name.in_language(self.words.code()).to_owned();
        if fit(board.profile(), massager) == Fit::Not {
            board.give_up_take();
            self.toasts.problem(say!(w, "profiles-cannot-play", profile = &name, massager = &massager.name), self.now);
            return Task::none();
        }
        if self.state.day_is_full && !board.profile().tracks.is_empty() {
            let wish = if board.give_up_take() { Wish::Record } else { Wish::Try(stretch) };
            return self.ask_for_more(wish);
        }
        let (profile, from) = board.start_try(stretch);
        self.engine.send(Command::Play { profile, from, repeat: matches!(stretch, Stretch::Loop(_)) });
        board.hand().map_or_else(Task::none, operation::focus)
    }

    /// Saves a text: in place of the file that was opened, or as told.
    fn save_edits(&mut self, text: String, replace: Option<Replace>) -> Task<Message> {
        let Some(board) = &mut self.board else { return Task::none() };
        let title = board.profile().name.in_language("en").to_owned();
        let replace = replace.unwrap_or_else(|| match board.origin() {
            (Some(id), base) => Replace::Same(id, base),
            (None, _) => Replace::Nothing(title),
        });
        let revision = board.saving(&text);
        let saved = self.profiles.with_shelf(move |shelf| shelf.save(&replace, &text));
        saved.map(move |saved| Message::Editor(editor::Message::Saved(revision, saved)))
    }

    /// The file changed meanwhile: the person chose what to do.
    pub(super) fn settle_conflict(&mut self, beside: bool) -> Task<Message> {
        let Some(board) = &self.board else { return Task::none() };
        let profile = board.profile();
        let text = profile.write();
        let replace = match board.origin() {
            (Some(id), _) if !beside => Replace::Any(id),
            _ => Replace::Nothing(profile.name.in_language("en").to_owned()),
        };
        self.save_edits(text, Some(replace))
    }

    /// Back to the profiles; asks first where something is unsaved.
    pub(super) fn leave_editor(&mut self) -> Task<Message> {
        match &self.board {
            Some(board) if board.is_dirty() => {
                let name = board.profile().name.in_language(self.words.code()).to_owned();
                self.leaving = super::Leaving::Screen;
                self.ask(Dialog::Leave { name })
            }
            _ => self.drop_board(),
        }
    }

    /// The answer to that question.
    pub(super) fn leave_answered(&mut self, save: bool) -> Task<Message> {
        if save {
            return self.for_editor(editor::Message::Save);
        }
        match std::mem::take(&mut self.leaving) {
            super::Leaving::Window => {
                self.board = None;
                self.close()
            }
            _ => self.drop_board(),
        }
    }

    fn drop_board(&mut self) -> Task<Message> {
        self.board = None;
        self.leaving = super::Leaving::No;
        self.go(Screen::Profiles)
    }

    /// Lets the person choose a file to import, or where to export to.
    fn ask_desktop(&self, ask: editor::Ask) -> Task<Message> {
        let (number, kind) = (ask.number, ask.kind);
        let chosen = match ask.name {
            Some(name) => self.desktop.choose_place(&self.words, kind, name),
            None => self.desktop.choose_file(&self.words, kind),
        };
        let answer = async move {
            match chosen.await {
                Ok(path) => path.map(|path| editor::Exchange::Chosen(number, kind, path)),
                Err(why) => Some(editor::Exchange::NoChoice(why)),
            }
        };
        Task::future(answer).and_then(|answer| Task::done(Message::Editor(editor::Message::Exchange(answer))))
    }

    /// What the editor looks at.
    pub(super) fn editor_world(&self) -> editor::World<'_> {
        editor::World { state: &self.state, words: &self.words, now: self.now }
    }
}
