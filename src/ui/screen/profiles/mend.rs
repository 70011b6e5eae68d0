//! Mending a file that cannot be read: its text beside what is wrong with it, looked at again as one types.

use std::sync::Arc;

use iced::widget::text_editor::{self, Content, Cursor, Position};
use iced::widget::{Column, Row, button, column, container, row};
use iced::{Center, Fill, Font, Task, padding};

use super::World;
use crate::fingerprint;
use crate::i18n::Words;
use crate::problem::Problem;
use crate::profile::Profile;
use crate::say;
use crate::storage::{self, Replace, SavedProfile, Shelf};
use crate::ui::icon::{self, Icon};
use crate::ui::theme::{self, Element, radius, text};
use crate::ui::widget::{self, focusable, named, scroll};
use crate::ui::words;

/// The longest text that is mended here, in bytes: more than anybody writes by hand.
pub(super) const LONGEST: usize = 256 * 1024;
/// The text, for the focus.
pub(super) const TEXT: &str = "text to mend";

/// A file under the pen.
#[derive(Debug)]
pub(super) struct Mend {
    /// What the file goes by.
    pub(super) id: String,
    name: String,
    content: Content,
    /// Tells the text that is on disk.
    base: u64,
    /// What is wrong with the text as it is now.
    problems: Vec<Problem>,
    saved: Saved,
}

/// Whether the text is the one on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Saved {
    Yes,
    No,
    /// The file changed meanwhile: ours was not written.
    Conflict,
}

/// What the person does here.
#[derive(Debug, Clone)]
pub enum Message {
    /// Types, moves or scrolls in the text.
    Edit(text_editor::Action),
    /// Goes to a line and a column, from 1.
    Go(usize, usize),
    /// Saves the text.
    Save,
    /// Takes the text from the disk again.
    Again,
    /// Back to the cards.
    Back,
}

impl Mend {
    /// The text of a file.
    pub(super) fn new(id: String, name: String, source: &str) -> Self {
        let mut mend = Self {
            id,
            name,
            content: Content::with_text(source),
            base: fingerprint::of(source),
            problems: Profile::read(source).err().unwrap_or_default(),
            saved: Saved::Yes,
        };
        if let Some(first) = mend.problems.first() {
            mend.content.move_to(at(first.line, first.column));
        }
        mend
    }

    /// Whether it is the text of a file as it is on disk, so that what was typed is still good.
    pub(super) fn is_of(&self, id: &str, source: &str) -> bool {
        self.id == id && self.base == fingerprint::of(source)
    }

    /// Types, moves or scrolls.
    pub(super) fn edit(&mut self, action: text_editor::Action) {
        let edits = action.is_edit();
        self.content.perform(action);
        if edits && self.content.text().len() > LONGEST {
            // What was pasted is more than is looked at in one go.
            self.content.perform(text_editor::Action::Edit(text_editor::Edit::Backspace));
        }
        if edits {
            self.problems = Profile::read(&self.content.text()).err().unwrap_or_default();
            self.saved = Saved::No;
        }
    }

    /// Goes to a place.
    pub(super) fn go(&mut self, line: usize, column: usize) {
        self.content.move_to(at(line, column));
    }

    /// The text to save, and the saving of it.
    pub(super) fn save(
        &self,
    ) -> (String, impl FnOnce(Shelf<Profile>) -> Result<SavedProfile, storage::Error> + Send + 'static) {
        let text = self.content.text();
        let (replace, save) = (Replace::Same(self.id.clone(), Some(self.base)), text.clone());
        (text, move |shelf| shelf.save(&replace, &save))
    }

    /// A text was saved, or another one was found on disk. Whether it can be played now.
    pub(super) fn was_saved(&mut self, text: &str, saved: &SavedProfile) -> bool {
        match saved {
            SavedProfile::Conflict => {
                self.saved = Saved::Conflict;
                false
            }
            SavedProfile::Done(_) => {
                self.base = fingerprint::of(text);
                if self.content.text() == text {
                    self.saved = Saved::Yes;
                }
                self.saved == Saved::Yes && self.problems.is_empty()
            }
        }
    }

    /// The page.
    pub(super) fn view<'a>(&'a self, world: World<'a>) -> Element<'a, Message> {
        let w = world.words;
        let back = widget::quiet(say!(w, "profiles")).icon(Icon::ArrowLeft).small().on_press(Message::Back);
        let save = widget::main(say!(w, "save")).icon(Icon::Save);
        let save = match self.saved {
            Saved::Yes => save.disabled(say!(w, "mend-nothing-changed")),
            Saved::No | Saved::Conflict => save.on_press(Message::Save),
        };
        let head = row![back, container(text::page(&*self.name)).width(Fill).clip(true), save];
        let head = head.spacing(12).align_y(Center);
        let editor = text_editor::TextEditor::new(&self.content)
            .id(TEXT)
            .font(Font::MONOSPACE)
            .size(text::SIZE)
            .height(Fill)
            .on_action(Message::Edit);
        let editor = container(named(say!(w, "mend-text"), editor)).height(Fill).width(Fill);
        let side = container(scroll(self.side(w))).width(if world.narrow { 280 } else { 340 });
        let edge = if world.narrow { 20.0 } else { 32.0 };
        let page = column![head, row![editor, side].spacing(16).height(Fill)].spacing(16).height(Fill);
        container(page).padding(padding::left(edge).right(edge).top(16).bottom(16)).into()
    }

    /// What is wrong, each with the way to its place.
    fn side<'a>(&'a self, w: &Words) -> Element<'a, Message> {
        let mut side = Column::new().spacing(8).padding(4);
        if self.saved == Saved::Conflict {
            let again = widget::second(say!(w, "mend-again")).small().on_press(Message::Again);
            let words = column![text::body(say!(w, "mend-changed")), again].spacing(8);
            side = side.push(container(words).padding([12, 16]).width(Fill).style(theme::container::caution));
        }
        if self.problems.is_empty() {
            let good = row![icon::view(Icon::CircleCheck, 20.0), text::body(say!(w, "mend-good")).width(Fill)];
            let good = container(good.spacing(12)).padding([12, 16]).width(Fill).style(theme::container::tile_good);
            return side.push(good).into();
        }
        side = side.push(text::section(say!(w, "mend-faults", count = self.problems.len())));
        for problem in &self.problems {
            let place = say!(w, "mend-place", line = problem.line);
            let words =
                column![text::label(place), text::body(words::shortened(&w.fact(&problem.fact), 400))].spacing(2);
            let go = Message::Go(problem.line, problem.column);
            let target = button(words).padding([10, 12]).width(Fill).style(theme::button::row(false));
            side = side.push(focusable(target.on_press(go.clone())).on_press(go).corner(radius::ROW));
        }
        side.push(Row::new().push(text::small(say!(w, "mend-kept")).style(text::second))).into()
    }
}

/// A place of a text, from a line and a column that begin with 1.
fn at(line: usize, column: usize) -> Cursor {
    let position = Position { line: line.saturating_sub(1), column: column.saturating_sub(1) };
    Cursor { position, selection: None }
}

/// What was read of a file that is to be mended: id, name, text.
#[derive(Debug, Clone)]
pub struct Source {
    /// What it goes by.
    pub id: String,
    /// The name of the file.
    pub name: String,
    /// What it holds.
    pub text: Arc<str>,
}

/// Reads the text of a file.
pub(super) fn read(shelf: &Shelf<Profile>, id: String) -> Result<Source, storage::Error> {
    let name = shelf.get(&id).and_then(|entry| entry.path()).and_then(|path| path.file_name());
    let name = name.map_or_else(|| id.clone(), |name| name.to_string_lossy().into_owned());
    let text = shelf.text(&id)?.into();
    Ok(Source { id, name, text })
}

/// Puts the focus into the text.
pub(super) fn focus<T: Send + 'static>() -> Task<T> {
    widget::focus::to(TEXT)
}
