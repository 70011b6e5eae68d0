//! The screen Profiles: every profile as a card with its curves, and the connected massager's own programs.
//!
//! Here the person looks for what helps now, chooses what the player bar shows, plays, looks closer, and keeps the files:
//! imports, mends, duplicates, renames, exports, deletes, gives stars and notes.

mod card;
mod cards;
mod detail;
mod lane;
mod mend;
mod message;
mod selection;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use futures::future::BoxFuture;
use iced::Task;

use crate::engine::{Connected, Link, State};
use crate::i18n::Words;
use crate::mode::Mode;
use crate::profile::Profile;
use crate::say;
use crate::storage::{self, Deleted, Ratings, SavedProfile, Shelf, in_background};
use crate::time::Time;
use crate::ui::desktop::{Choice, Desktop, FileKind};
use crate::ui::shell::dialog::Dialog;
use crate::ui::theme::Element;
use crate::ui::widget;
use crate::ui::words;

pub(in crate::ui) use cards::PAGE;
pub(in crate::ui) use detail::PLAY;
use mend::Mend;
pub use mend::{Message as Mending, Source};
pub(in crate::ui) use message::Action;
pub use message::{Added, Done, Message};
pub use selection::Kind;
use selection::Selection;
pub(in crate::ui) use selection::{Fit, fit};

/// The search field, for Ctrl+F.
pub(in crate::ui) const SEARCH: &str = "search profiles";

/// What the screen itself remembers.
#[derive(Debug)]
pub(in crate::ui) struct Profiles {
    shelf: Shelf<Profile>,
    selection: Selection,
    /// Whether the filters by mode are shown.
    modes_shown: bool,
    /// The card whose menu is open.
    menu: Option<String>,
    /// What stands in place of the cards.
    open: Open,
    /// What was added, to be chosen once it is read; and how it came.
    added: Option<(String, Added)>,
    /// What was mended last. Unsaved, it waits here for the person to come back.
    mend: Option<Mend>,
}

/// What stands in place of the cards.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Open {
    /// Nothing: all cards.
    Cards,
    /// A profile that is looked at closely, and where it is to start.
    Profile { id: String, from: Time },
    /// A file that is mended.
    Mend,
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
    /// The profile that plays.
    pub(in crate::ui) plays: Option<Plays<'a>>,
    /// The width of the page, in pixels.
    pub(in crate::ui) width: f32,
    pub(in crate::ui) narrow: bool,
}

/// The profile that plays.
#[derive(Debug, Clone, Copy)]
pub(in crate::ui) struct Plays<'a> {
    pub(in crate::ui) id: &'a str,
    /// How far it is.
    pub(in crate::ui) at: Time,
    pub(in crate::ui) paused: bool,
}

impl<'a> World<'a> {
    /// The massager that profiles are to fit, also while its link is lost.
    pub(in crate::ui) fn massager(self) -> Option<&'a Connected> {
        match &self.state.link {
            Link::Connected(connected) | Link::Lost { was: connected, .. } => Some(connected),
            Link::None | Link::Connecting { .. } => None,
        }
    }

    /// The massager's own programs.
    fn programs(self) -> impl Iterator<Item = &'a str> {
        self.massager().into_iter().flat_map(|massager| &massager.map.programs).map(String::as_str)
    }

    /// Why a mode that a profile uses stays still: the answers to the health questions, or the massager lacks it.
    fn left_out(self, profile: &Profile, mode: Mode) -> Option<String> {
        let w = self.words;
        if !profile.modes().contains(&mode) {
            return None;
        }
        if let Some(answer) = self.state.gates.why_off(mode) {
            return Some(words::health::off(w, answer));
        }
        let massager = self.massager()?;
        let lacks = match fit(profile, massager) {
            Fit::Without(missing) => missing.contains(&mode),
            Fit::Not => true,
            Fit::Whole | Fit::ByHand => false,
        };
        lacks.then(|| say!(w, "profiles-not-on", massager = words::shortened(&massager.name, 20)))
    }
}

impl Profiles {
    /// The screen over a shelf.
    pub(in crate::ui) fn new(shelf: Shelf<Profile>) -> Self {
        Self {
            shelf,
            selection: Selection::default(),
            modes_shown: false,
            menu: None,
            open: Open::Cards,
            added: None,
            mend: None,
        }
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
        self.open = Open::Cards;
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
        if !matches!(message, Message::Read(_) | Message::Done(_) | Message::Menu(_) | Message::Scrolled(_)) {
            self.menu = None;
        }
        match message {
            Message::Read(Ok(shelf)) => {
                self.shelf = shelf;
                let Some((id, how)) = self.added.take() else { return Action::Read };
                let name = self.name(&id, language);
                let told = match how {
                    Added::Imported => say!(w, "profiles-imported", name = &name),
                    Added::Duplicated => say!(w, "profiles-duplicated", name = &name),
                };
                match self.get(&id).cloned() {
                    Some(profile) => Action::Added(id.clone(), profile, told, widget::focus::to(card::id(&id))),
                    None => Action::Read,
                }
            }
            Message::Read(Err(why))
            | Message::Done(Err(why))
            | Message::Mendable(Err(why))
            | Message::Mended(_, Err(why)) => Action::Trouble(w.fact(&why)),
            Message::Search(text) => {
                self.selection.search = text;
                self.open = Open::Cards;
                Action::None
            }
            Message::Show(kind) => {
                self.selection.kind = kind;
                Action::None
            }
            Message::Modes(shown) => {
                self.modes_shown = shown;
                if !shown {
                    self.selection.mode = None;
                }
                Action::None
            }
            Message::With(mode) => {
                self.selection.mode = (self.selection.mode != Some(mode)).then_some(mode);
                Action::None
            }
            Message::ShowAll => {
                (self.selection, self.modes_shown) = (Selection::default(), false);
                Action::None
            }
            Message::Walk(card) => Action::Run(widget::focus::to(card)),
            Message::Choose(id) => self.with(id, Action::Choose),
            Message::Play(id) => self.with(id, |id, profile| Action::Play(id, profile, Time::ZERO)),
            Message::PlayOpen => match &mut self.open {
                // The mark is forgotten once it was played from.
                Open::Profile { id, from } => {
                    let (id, from) = (id.clone(), std::mem::take(from));
                    self.with(id, |id, profile| Action::Play(id, profile, from))
                }
                Open::Cards | Open::Mend => Action::None,
            },
            Message::From(at) => {
                if let Open::Profile { from, .. } = &mut self.open {
                    *from = at;
                }
                Action::None
            }
            Message::Rate(id, stars) => Action::Rate(id, stars),
            Message::Program(name) => Action::Program(name),
            Message::Stop => Action::PutAway,
            Message::Pause => Action::Pause,
            Message::Resume => Action::Resume,
            Message::Menu(menu) => {
                self.menu = menu;
                Action::None
            }
            Message::Open(id) => {
                self.open = Open::Profile { id: id.clone(), from: Time::ZERO };
                self.with(id, Action::Open)
            }
            Message::Back => {
                // Back to the card one came from.
                let card = match std::mem::replace(&mut self.open, Open::Cards) {
                    Open::Profile { id, .. } => widget::focus::to(card::id(&id)),
                    Open::Cards | Open::Mend => Task::none(),
                };
                Action::Run(card)
            }
            Message::Mend(id) => Action::Run(self.with_shelf(|shelf| mend::read(&shelf, id)).map(Message::Mendable)),
            Message::Mendable(Ok(source)) => self.mend(w, source),
            Message::Mending(message) => self.mending(message),
            Message::Mended(text, Ok(saved)) => self.mended(w, &text, &saved),
            Message::Import => {
                let file = desktop.choose_file(w, FileKind::Profile);
                Action::Run(choice(file, Message::ImportFrom))
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
                Action::Run(choice(place, move |to| Message::ExportTo(id.clone(), to)))
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
                if matches!(&self.open, Open::Profile { id: open, .. } if *open == id) {
                    self.open = Open::Cards;
                }
                self.run(move |shelf| {
                    let deleted = shelf.delete(&id, |path| desktop.trash(path))?;
                    Ok(Done::Deleted(name, deleted))
                })
            }
            Message::ShowFile(file) => Action::ShowFile(file),
            Message::Scrolled(to) => Action::Scrolled(to),
            Message::NoChoice(why) => Action::Trouble(w.fact(&why)),
            Message::Done(Ok(done)) => self.done(w, done),
        }
    }

    /// Tells what was done, and reads the shelf again: what is shown is always what is on disk.
    fn done(&mut self, w: &Words, done: Done) -> Action {
        match done {
            Done::Added(id, how) => {
                (self.added, self.open) = (Some((id, how)), Open::Cards);
                Action::Run(self.read())
            }
            Done::Renamed => Action::Run(self.read()),
            Done::Exported(name) => Action::Tell(say!(w, "profiles-exported", name = &name), Task::none()),
            Done::Deleted(name, deleted) => {
                Action::TellDeleted(say!(w, "profiles-deleted", name = &name), deleted, self.read())
            }
            Done::Restored(name) => Action::Tell(say!(w, "profiles-back-again", name = &name), self.read()),
        }
    }

    /// Opens the text of a file; what was typed before and not saved is still there.
    fn mend(&mut self, w: &Words, source: Source) -> Action {
        if source.text.len() > mend::LONGEST {
            return Action::Trouble(say!(w, "mend-too-long", file = &source.name));
        }
        if !self.mend.as_ref().is_some_and(|mend| mend.is_of(&source.id, &source.text)) {
            self.mend = Some(Mend::new(source.id, source.name, &source.text));
        }
        self.open = Open::Mend;
        Action::Run(mend::focus())
    }

    fn mending(&mut self, message: Mending) -> Action {
        let Some(mend) = &mut self.mend else { return Action::None };
        match message {
            Mending::Edit(action) => mend.edit(action),
            Mending::Go(line, column) => {
                mend.go(line, column);
                return Action::Run(mend::focus());
            }
            Mending::Save => {
                let (text, save) = mend.save();
                let text: Arc<str> = text.into();
                return Action::Run(self.with_shelf(save).map(move |saved| Message::Mended(Arc::clone(&text), saved)));
            }
            Mending::Again => {
                let id = mend.id.clone();
                self.mend = None;
                return Action::Run(self.with_shelf(|shelf| mend::read(&shelf, id)).map(Message::Mendable));
            }
            Mending::Back => self.open = Open::Cards,
        }
        Action::None
    }

    /// A text was saved: one that can be played is shown among the others.
    fn mended(&mut self, w: &Words, text: &str, saved: &SavedProfile) -> Action {
        let Some(mend) = &mut self.mend else { return Action::None };
        let (good, id) = (mend.was_saved(text, saved), mend.id.clone());
        match saved {
            SavedProfile::Conflict => Action::None,
            SavedProfile::Done(_) if good => {
                self.open = Open::Cards;
                self.mend = None;
                Action::Tell(say!(w, "mend-saved"), self.read().chain(widget::focus::to(card::id(&id))))
            }
            SavedProfile::Done(_) => Action::Tell(say!(w, "mend-not-yet"), self.read()),
        }
    }

    fn with(&self, id: String, action: impl FnOnce(String, Arc<Profile>) -> Action) -> Action {
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
        match (&self.open, &self.mend) {
            (Open::Mend, Some(mend)) => return mend.view(world).map(Message::Mending),
            (Open::Profile { id, from }, _) => {
                if let Some(entry) = self.shelf.get(id)
                    && let Ok(profile) = &entry.content
                {
                    return detail::view(world, entry, profile, *from);
                }
            }
            (Open::Cards | Open::Mend, _) => {}
        }
        self.cards(world)
    }
}

/// What the person chose, as a message; none where they thought better of it.
fn choice(asked: BoxFuture<'static, Choice>, chosen: impl Fn(PathBuf) -> Message + Send + 'static) -> Task<Message> {
    let answer = async move {
        match asked.await {
            Ok(file) => file.map(&chosen),
            Err(why) => Some(Message::NoChoice(why)),
        }
    };
    Task::future(answer).and_then(Task::done)
}
