//! The screen Profiles: every profile as a card with its curves, and the connected massager's own programs.
//!
//! Here the person searches, narrows and orders, chooses what the player bar shows, plays, looks closer, and keeps the
//! files: imports, duplicates, renames, exports, deletes, gives stars and notes.

mod card;
mod detail;
mod lane;
mod selection;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use iced::widget::{Column, Row, column, container, row, space, stack};
use iced::{Center, Fill, Task, padding};

use crate::engine::{Connected, Link, State};
use crate::i18n::Words;
use crate::mode::Mode;
use crate::profile::Profile;
use crate::say;
use crate::storage::{self, Deleted, Entry, Ratings, Shelf, in_background};
use crate::ui::desktop::{Desktop, FileKind};
use crate::ui::icon::{self, Icon};
use crate::ui::shell::dialog::Dialog;
use crate::ui::theme::{Element, text};
use crate::ui::widget::{self, chip, choice, scroll};

pub(in crate::ui) use selection::{Fit, fit};
use selection::{Selection, Source};

/// The search field, for Ctrl+F.
pub(in crate::ui) const SEARCH: &str = "search profiles";

/// What the screen itself remembers.
#[derive(Debug)]
pub(in crate::ui) struct Profiles {
    shelf: Shelf<Profile>,
    selection: Selection,
    /// The card whose menu is open.
    menu: Option<String>,
    /// The profile that is looked at closely.
    open: Option<String>,
}

/// What the person does here, and what comes back from the disk.
#[derive(Debug, Clone)]
pub enum Message {
    /// The shelf was read again.
    Read(Result<Shelf<Profile>, storage::Error>),
    /// Types in the search field.
    Search(String),
    /// Narrows by where profiles come from.
    From(Source),
    /// Narrows to profiles with a mode, or no longer.
    With(Mode),
    /// Orders another way.
    Order,
    /// Shows everything again.
    ShowAll,
    /// Chooses a profile: Play would play it.
    Choose(String),
    /// Plays a profile.
    Play(String),
    /// Runs one of the massager's own programs.
    Program(String),
    /// Stops everything, now.
    Stop,
    /// Opens the menu of a card, or closes it.
    Menu(Option<String>),
    /// Looks closer at a profile.
    Open(String),
    /// Back to the cards.
    Back,
    /// Chooses a file to import.
    Import,
    /// The file to import was chosen.
    ImportFrom(PathBuf),
    /// Opens a profile in the curve editor.
    Edit(String),
    /// Starts a new profile in the curve editor.
    New,
    /// Makes a copy of one's own.
    Duplicate(String),
    /// Asks for a new name.
    Rename(String),
    /// Chooses where to export to.
    Export(String),
    /// The place to export to was chosen.
    ExportTo(String, PathBuf),
    /// Asks for stars and notes.
    Notes(String),
    /// Deletes a file of one's own.
    Delete(String),
    /// Shows a file in the file manager.
    ShowFile(PathBuf),
    /// Something on the disk was done, or not.
    Done(Result<Done, storage::Error>),
}

/// How a file came to be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// From elsewhere.
    Imported,
    /// A copy of another.
    Duplicated,
}

/// What was done on the disk.
#[derive(Debug, Clone)]
pub enum Done {
    /// There is a new file of this id.
    Added(String, Added),
    /// A file was renamed; it has this name now.
    Renamed,
    /// The profile of that name was exported.
    Exported(String),
    /// The profile of that name was deleted.
    Deleted(String, Deleted),
    /// The deleted profile of this name is back.
    Restored(String),
}

/// What only the app can do.
#[derive(Debug)]
pub(in crate::ui) enum Action {
    /// Nothing.
    None,
    /// Work that comes back here.
    Run(Task<Message>),
    /// The shelf was read again.
    Read,
    /// Show a profile in the player bar.
    Choose(String, Arc<Profile>),
    /// Play a profile, from its start.
    Play(String, Arc<Profile>),
    /// Open a profile in the curve editor.
    Edit(String),
    /// Start a new profile in the curve editor.
    New,
    /// Run one of the massager's own programs.
    Program(String),
    /// The stop was ordered: put away what is open.
    PutAway,
    /// A question first.
    Ask(Dialog),
    /// Tell what was done, and do some work.
    Tell(String, Task<Message>),
    /// Tell that a file was deleted, with a way back, and do some work.
    TellDeleted(String, Deleted, Task<Message>),
    /// Tell what did not work.
    Trouble(String),
}

/// What the screen looks at.
#[derive(Clone, Copy)]
pub(in crate::ui) struct World<'a> {
    pub(in crate::ui) state: &'a State,
    pub(in crate::ui) ratings: &'a Ratings,
    /// The language of the window, and of profiles.
    pub(in crate::ui) words: &'a Words,
    /// The profile that Play would play.
    pub(in crate::ui) ready: Option<&'a str>,
    /// The width of the page, in pixels.
    pub(in crate::ui) width: f32,
    pub(in crate::ui) narrow: bool,
}

impl<'a> World<'a> {
    /// The massager that profiles are to fit, also while its link is lost.
    pub(in crate::ui) fn massager(self) -> Option<&'a Connected> {
        match &self.state.link {
            Link::Connected(connected) | Link::Lost { was: connected, .. } => Some(connected),
            Link::None | Link::Connecting { .. } => None,
        }
    }
}

impl Profiles {
    /// The screen over a shelf.
    pub(in crate::ui) fn new(shelf: Shelf<Profile>) -> Self {
        Self { shelf, selection: Selection::default(), menu: None, open: None }
    }

    /// Reads the shelf again beside the window.
    pub(in crate::ui) fn read(&self) -> Task<Message> {
        self.with_shelf(|mut shelf| shelf.reload().map(|()| shelf)).map(Message::Read)
    }

    /// Brings a deleted file back.
    pub(in crate::ui) fn restore(&self, deleted: Deleted) -> Task<Message> {
        self.with_shelf(move |shelf| shelf.restore(&deleted).map(Done::Restored)).map(Message::Done)
    }

    /// Gives a profile of one's own another name.
    pub(in crate::ui) fn rename(&self, id: String, name: String) -> Task<Message> {
        self.with_shelf(move |shelf| shelf.rename(&id, &name).map(|()| Done::Renamed)).map(Message::Done)
    }

    /// The profiles as they were read last.
    pub(in crate::ui) fn shelf(&self) -> &Shelf<Profile> {
        &self.shelf
    }

    /// Closes what is open over the cards.
    pub(in crate::ui) fn rest(&mut self) {
        self.menu = None;
    }

    /// Back to all cards.
    pub(in crate::ui) fn back(&mut self) {
        self.open = None;
    }

    /// The profile with an id, if it can be used.
    pub(in crate::ui) fn get(&self, id: &str) -> Option<&Arc<Profile>> {
        self.shelf.get(id)?.content.as_ref().ok()
    }

    /// What a profile is called; a broken one by its file.
    pub(in crate::ui) fn name(&self, id: &str, language: &str) -> String {
        self.get(id).map_or_else(|| id.to_owned(), |profile| profile.name.in_language(language).to_owned())
    }

    /// Lets something happen.
    pub(in crate::ui) fn update(
        &mut self,
        w: &Words,
        message: Message,
        desktop: &Arc<dyn Desktop>,
        ratings: &Ratings,
        language: &str,
    ) -> Action {
        if !matches!(message, Message::Read(_) | Message::Done(_) | Message::Menu(_)) {
            self.menu = None;
        }
        match message {
            Message::Read(Ok(shelf)) => {
                self.shelf = shelf;
                Action::Read
            }
            Message::Read(Err(why)) | Message::Done(Err(why)) => Action::Trouble(w.fact(&why)),
            Message::Search(text) => {
                self.selection.search = text;
                self.open = None;
                Action::None
            }
            Message::From(source) => {
                self.selection.source = source;
                Action::None
            }
            Message::With(mode) => {
                self.selection.toggle(mode);
                Action::None
            }
            Message::Order => {
                self.selection.order = self.selection.order.next();
                Action::None
            }
            Message::ShowAll => {
                self.selection = Selection { order: self.selection.order, ..Selection::default() };
                Action::None
            }
            Message::Choose(id) => self.with(id, Action::Choose),
            Message::Play(id) => self.with(id, Action::Play),
            Message::Program(name) => Action::Program(name),
            Message::Stop => Action::PutAway,
            Message::Menu(menu) => {
                self.menu = menu;
                Action::None
            }
            Message::Open(id) => {
                self.open = Some(id.clone());
                self.with(id, Action::Choose)
            }
            Message::Back => {
                self.open = None;
                Action::None
            }
            Message::Import => {
                let file = desktop.choose_file(w, FileKind::Profile);
                Action::Run(Task::future(file).and_then(|file| Task::done(Message::ImportFrom(file))))
            }
            Message::ImportFrom(file) => self.run(move |shelf| {
                let id = shelf.import(&file)?;
                Ok(Done::Added(id, Added::Imported))
            }),
            Message::Edit(id) => Action::Edit(id),
            Message::New => Action::New,
            Message::Duplicate(id) => self.run(move |shelf| {
                let id = shelf.duplicate(&id)?;
                Ok(Done::Added(id, Added::Duplicated))
            }),
            Message::Rename(id) => {
                let name = self.name(&id, language);
                Action::Ask(Dialog::Rename { id, name })
            }
            Message::Export(id) => {
                let stem = Path::new(&id).file_name().unwrap_or_default().to_string_lossy().into_owned();
                let place = desktop.choose_place(w, FileKind::Profile, format!("{stem}.ron"));
                let chosen = move |to| Task::done(Message::ExportTo(id.clone(), to));
                Action::Run(Task::future(place).and_then(chosen))
            }
            Message::ExportTo(id, to) => {
                let name = self.name(&id, language);
                self.run(move |shelf| shelf.export(&id, &to).map(|()| Done::Exported(name)))
            }
            Message::Notes(id) => {
                let rating = ratings.of(&id);
                let name = self.name(&id, language);
                Action::Ask(Dialog::Notes { id, name, stars: rating.stars, note: rating.note })
            }
            Message::Delete(id) => {
                let (name, desktop) = (self.name(&id, language), Arc::clone(desktop));
                if self.open.as_ref() == Some(&id) {
                    self.open = None;
                }
                self.run(move |shelf| {
                    let deleted = shelf.delete(&id, |path| desktop.trash(path))?;
                    Ok(Done::Deleted(name, deleted))
                })
            }
            Message::ShowFile(file) => match desktop.show(w, &file) {
                Ok(()) => Action::None,
                Err(why) => Action::Trouble(why),
            },
            Message::Done(Ok(done)) => self.done(w, done),
        }
    }

    /// Tells what was done, and reads the shelf again: what is shown is always what is on disk.
    fn done(&self, w: &Words, done: Done) -> Action {
        match done {
            Done::Added(id, how) => {
                let shelf = self.shelf.folder().join(&id);
                let name = shelf.file_name().unwrap_or_default().to_string_lossy().replace('-', " ");
                let told = match how {
                    Added::Imported => say!(w, "profiles-imported", name = &*name),
                    Added::Duplicated => say!(w, "profiles-duplicated", name = &*name),
                };
                Action::Tell(told, self.read())
            }
            Done::Renamed => Action::Run(self.read()),
            Done::Exported(name) => Action::Tell(say!(w, "profiles-exported", name = &name), Task::none()),
            Done::Deleted(name, deleted) => {
                Action::TellDeleted(say!(w, "profiles-deleted", name = &name), deleted, self.read())
            }
            Done::Restored(name) => Action::Tell(say!(w, "profiles-back-again", name = &name), self.read()),
        }
    }

    fn with(&self, id: String, action: fn(String, Arc<Profile>) -> Action) -> Action {
        match self.get(&id).cloned() {
            Some(profile) => action(id, profile),
            None => Action::None,
        }
    }

    fn run(&self, work: impl FnOnce(Shelf<Profile>) -> Result<Done, storage::Error> + Send + 'static) -> Action {
        Action::Run(self.with_shelf(work).map(Message::Done))
    }

    /// Does work on the disk, beside the window.
    pub(in crate::ui) fn with_shelf<T: Send + 'static>(
        &self,
        work: impl FnOnce(Shelf<Profile>) -> Result<T, storage::Error> + Send + 'static,
    ) -> Task<Result<T, storage::Error>> {
        let shelf = self.shelf.clone();
        Task::future(in_background(move || work(shelf)))
    }
}

/// The view.
impl Profiles {
    /// The screen.
    pub(in crate::ui) fn view<'a>(&'a self, world: World<'a>) -> Element<'a, Message> {
        let w = world.words;
        if let Some(entry) = self.open.as_deref().and_then(|id| self.shelf.get(id))
            && let Ok(profile) = &entry.content
        {
            return detail::view(world, entry, profile);
        }
        let shown = self.selection.of(self.shelf.entries(), world.ratings, world.words.code(), world.massager());
        let programs: Vec<&str> = world
            .massager()
            .into_iter()
            .flat_map(|massager| &massager.map.programs)
            .map(String::as_str)
            .filter(|name| self.selection.shows_program(name))
            .collect();
        let page = if shown.is_empty() && programs.is_empty() {
            self.nothing(w)
        } else {
            self.cards(world, &shown, &programs)
        };
        let side = if world.narrow { 20 } else { 32 };
        let head = column![self.head(world), self.filters(world)].spacing(14).padding([0, side]);
        column![head, page].spacing(16).padding(padding::top(if world.narrow { 16 } else { 24 })).height(Fill).into()
    }

    fn head(&self, world: World<'_>) -> Element<'_, Message> {
        let w = world.words;
        let field = chip::field(&say!(w, "profiles-search"), &self.selection.search, Message::Search)
            .id(SEARCH)
            .padding(padding::all(9).left(38))
            .width(if world.narrow { 220 } else { 280 });
        let glass = icon::view(Icon::Search, 18.0).color(|theme| theme.ink_3);
        let search = stack![field, container(glass).padding(padding::left(12)).center_y(40)];
        let import = widget::second(say!(w, "profiles-import")).icon(Icon::Import).on_press(Message::Import);
        let new = widget::second(say!(w, "editor-new")).icon(Icon::Plus).on_press(Message::New);
        row![text::page(say!(w, "profiles")).width(Fill), search, import, new].spacing(12).align_y(Center).into()
    }

    fn filters<'a>(&'a self, world: World<'a>) -> Element<'a, Message> {
        let w = world.words;
        let source = |source, label, count| {
            choice::filter(None, Some(label), count, self.selection.source == source, Message::From(source))
        };
        let massager = world.massager();
        let fits = massager.map(|massager| {
            let count = self.usable().filter(|profile| selection::fits(profile, Some(massager))).count();
            source(Source::Fits, say!(w, "profiles-fits"), Some(count))
        });
        let modes = Mode::ALL.map(|mode| {
            let picture = icon::mode(mode, 18.0).into();
            let label = (!world.narrow).then(|| w.mode(mode));
            let filter =
                choice::filter(Some(picture), label, None, self.selection.modes.contains(&mode), Message::With(mode));
            if world.narrow { widget::tip(filter, w.mode(mode)) } else { filter }
        });
        let order = widget::quiet(self.selection.order.words(w))
            .trailing(Icon::ChevronDown)
            .small()
            .tip(say!(w, "profiles-order"))
            .on_press(Message::Order);
        Row::new()
            .spacing(8)
            .align_y(Center)
            .push(source(Source::All, say!(w, "profiles-all"), Some(self.usable().count())))
            .push(fits)
            .push(source(Source::Own, say!(w, "profiles-own"), None))
            .push(source(Source::BuiltIn, say!(w, "profiles-built-in"), None))
            .push(space::horizontal().width(4))
            .extend(modes)
            .push(space::horizontal())
            .push(order)
            .into()
    }

    fn usable(&self) -> impl Iterator<Item = &Profile> {
        self.shelf.entries().iter().filter_map(|entry| entry.content.as_deref().ok())
    }

    fn cards<'a>(
        &'a self,
        world: World<'a>,
        shown: &[&'a Entry<Profile>],
        programs: &[&'a str],
    ) -> Element<'a, Message> {
        let w = world.words;
        let side = if world.narrow { 20.0 } else { 32.0 };
        let columns = card::columns(world.width - 2.0 * side);
        // Play is filled on one card: the chosen one, else the first.
        let chosen = world.ready.filter(|ready| shown.iter().any(|entry| entry.id == *ready));
        let first = shown.iter().find(|entry| entry.content.is_ok()).map(|entry| entry.id.as_str());
        let chosen = chosen.or(first);
        let start = selection::start_here(self.shelf.entries(), world.ratings);
        let cards = shown.iter().map(|entry| match &entry.content {
            Ok(profile) => {
                let open = self.menu.as_deref() == Some(&entry.id);
                let marks = card::Marks { filled: chosen == Some(&entry.id), start: start == Some(&entry.id) };
                card::profile(world, entry, profile, marks, open)
            }
            Err(fault) => card::broken(w, entry, fault),
        });
        let programs = programs.iter().map(|name| card::program(world, name));
        let mut rows = Column::new().spacing(16);
        let mut cards = cards.chain(programs).peekable();
        while cards.peek().is_some() {
            let blanks = std::iter::repeat_with(|| space::horizontal().into());
            rows = rows.push(Row::with_children(cards.by_ref().chain(blanks).take(columns)).spacing(16));
        }
        let page = container(rows).padding(padding::left(side).right(side).top(6).bottom(20)).width(Fill);
        scroll(page).width(Fill).height(Fill).into()
    }

    fn nothing(&self, w: &Words) -> Element<'_, Message> {
        let own = self.selection.source == Source::Own && self.selection.search.is_empty();
        let (title, words) = if own {
            (say!(w, "profiles-no-own"), say!(w, "profiles-no-own-text"))
        } else {
            (say!(w, "profiles-nothing"), say!(w, "profiles-nothing-text"))
        };
        let all = widget::second(say!(w, "profiles-show-all")).on_press(Message::ShowAll);
        chip::empty(icon::mark(96.0), title, words, all)
    }
}
