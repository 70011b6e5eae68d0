//! The buttons of cut, copy and paste.

use iced::widget::row;

use super::super::{Clip, Key, Message};
use crate::editor::Paste;
use crate::ui::icon::Icon;
use crate::ui::theme::Element;
use crate::ui::widget;
use crate::ui::words::editor as phrases;
use crate::ui::words::editor::clipboard as words;

/// What can be done with chosen points.
pub(super) fn chosen<'a>() -> Element<'a, Message> {
    row![
        widget::second(words::COPY).icon(Icon::Copy).small().on_press(Message::Clip(Clip::Copy)),
        widget::second(words::CUT).icon(Icon::Scissors).small().on_press(Message::Clip(Clip::Cut)),
        widget::second(phrases::DELETE).icon(Icon::Trash2).small().on_press(Message::Key(Key::Delete)),
    ]
    .spacing(8)
    .into()
}

/// The two ways to paste.
pub(super) fn paste<'a>() -> Element<'a, Message> {
    let paste = |how| Message::Clip(Clip::Paste(how));
    row![
        widget::quiet(words::PASTE)
            .icon(Icon::ClipboardPaste)
            .small()
            .tip(words::PASTE_TIP)
            .on_press(paste(Paste::Replace)),
        widget::quiet(words::PASTE_AND_PUSH).small().tip(words::PUSH_TIP).on_press(paste(Paste::Insert)),
    ]
    .spacing(8)
    .into()
}
