//! What a profile says of itself: its name and what it is for, in both languages; who made it, and for which need.

use iced::widget::{Column, Row};

use super::super::typing::variant;
use super::super::{Board, Field, Message, World};
use super::hint;
use crate::editor::Edit;
use crate::profile::{Need, Text};
use crate::say;
use crate::ui::icon;
use crate::ui::theme::{Element, text};
use crate::ui::widget::chip::field;
use crate::ui::widget::{choice, named};
use crate::ui::words::profiles;

/// The languages that texts are asked for in; each is called by its own name.
const LANGUAGES: [(&str, &str); 2] = [("en", "English"), ("da", "Dansk")];

/// The field of a text in a language.
type InLanguage = fn(&'static str) -> Field;

/// The fields.
pub(super) fn view<'a>(board: &'a Board, world: World<'a>) -> Element<'a, Message> {
    let w = world.words;
    let document = board.editor.document();
    let mut page = Column::new().spacing(6);
    let texts: [(String, &Text, InLanguage); 2] = [
        (say!(w, "profiles-name"), document.name(), Field::NameIn),
        (say!(w, "editor-description"), document.description(), Field::DescriptionIn),
    ];
    for (title, of, in_language) in texts {
        page = page.push(text::section(title.clone()));
        for (code, language) in LANGUAGES {
            let of = board.field(in_language(code), || variant(of, code, w.code()).to_owned());
            let input = field(language, &of, move |text| Message::Type(in_language(code), text));
            let name = say!(w, "editor-in-language", what = &title, language = language);
            page = page.push(named(name, input.on_submit(Message::Typed))).push(hint(board, in_language(code)));
        }
    }
    let author = board.field(Field::Author, || document.author().unwrap_or_default().to_owned());
    let author = field(&say!(w, "editor-author-hint"), &author, |text| Message::Type(Field::Author, text));
    let author = named(say!(w, "editor-author"), author.on_submit(Message::Typed));
    let needs = [None].into_iter().chain(Need::ALL.map(Some)).map(|need| {
        let picture = icon::view(profiles::need_icon(need), 18.0).into();
        let set = Message::Do(Box::new(Edit::SetNeed(need)));
        choice::filter(Some(picture), Some(profiles::need(w, need)), None, document.need() == need, set)
    });
    page.push(text::section(say!(w, "editor-author")))
        .push(author)
        .push(hint(board, Field::Author))
        .push(text::section(say!(w, "editor-need")))
        .push(Row::with_children(needs).spacing(6).wrap().vertical_spacing(6))
        .into()
}
