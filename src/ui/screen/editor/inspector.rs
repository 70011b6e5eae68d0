//! The panel beside the lanes, in pages: what is chosen, tools for whole lanes, the table of points, the profile.
//!
//! Belongs here: [`Page`], and what the pages share. What an edit does belongs to `crate::editor`.

mod about;
mod clips;
mod files;
mod point;
mod recording;
mod safety;
mod steps;
mod table;
mod tools;
mod whole;

use iced::Center;
use iced::Fill;
use iced::widget::{Column, column, row};

use super::{Board, Field, Message, World};
use crate::i18n::Words;
use crate::say;
use crate::ui::icon::Icon;
use crate::ui::theme::{self, Element, text};
use crate::ui::widget::chip::field;
use crate::ui::widget::{self, choice, named, scroll};

/// A page of the panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Page {
    /// What is chosen, and the safety check.
    #[default]
    Point,
    /// Tools for whole lanes and stretches.
    Tools,
    /// The points and steps, to read and choose without the lanes.
    Table,
    /// What concerns the whole profile.
    Profile,
}

/// The panel.
pub(super) fn view<'a>(board: &'a Board, world: World<'a>) -> Element<'a, Message> {
    let w = world.words;
    if let Some(recording) = &board.recording {
        let content = column![recording::view(board, recording, world)].padding(16);
        return scroll(content).width(Fill).height(Fill).into();
    }
    let pages = [
        (Page::Point, say!(w, "editor-point")),
        (Page::Tools, say!(w, "tools-tools")),
        (Page::Table, say!(w, "editor-table")),
        (Page::Profile, say!(w, "editor-profile")),
    ];
    let page = match board.page {
        Page::Point => point::view(board, world),
        Page::Tools => tools::view(board, world),
        Page::Table => table::view(board, world),
        Page::Profile => whole::view(board, world),
    };
    let content = column![page].padding([4, 16]);
    Column::new()
        .push(
            row![named(say!(w, "editor-pages"), choice::fitted_segments(&pages, board.page, Message::Page))]
                .padding([10, 12]),
        )
        .push(scroll(content).width(Fill).height(Fill))
        .push((board.page == Page::Tools).then(|| tools::foot(w, board)).flatten())
        .into()
}

/// Why what is typed in a field is not done.
fn hint<'a>(board: &'a Board, of: Field) -> Option<Element<'a, Message>> {
    let typing = board.typing.as_ref().filter(|typing| typing.field == of)?;
    Some(text::small(typing.hint.as_deref()?).style(text::bad).into())
}

/// − field +.
fn exact<'a>(
    w: &Words,
    board: &'a Board,
    of: Field,
    placeholder: &str,
    now: String,
    less: Message,
    more: Message,
) -> Element<'a, Message> {
    let value = board.field(of, || now);
    let input = field(placeholder, &value, move |text| Message::Type(of, text)).on_submit(Message::Typed);
    let step =
        |icon, words: String, message| widget::icon_button(icon, words).look(theme::button::second).on_press(message);
    let fields = row![step(Icon::Minus, say!(w, "less"), less), input, step(Icon::Plus, say!(w, "more"), more)]
        .spacing(4)
        .align_y(Center);
    Column::new().spacing(4).push(fields).push(hint(board, of)).into()
}
