//! The buttons of cut, copy and paste.

use iced::widget::row;

use super::super::{Clip, Key, Message};
use crate::editor::Paste;
use crate::i18n::Words;
use crate::say;
use crate::ui::icon::Icon;
use crate::ui::theme::Element;
use crate::ui::widget;

/// What can be done with chosen points.
pub(super) fn chosen<'a>(w: &Words) -> Element<'a, Message> {
    row![
        widget::second(say!(w, "clip-copy")).icon(Icon::Copy).small().on_press(Message::Clip(Clip::Copy)),
        widget::second(say!(w, "clip-cut")).icon(Icon::Scissors).small().on_press(Message::Clip(Clip::Cut)),
        widget::second(say!(w, "delete")).icon(Icon::Trash2).small().on_press(Message::Key(Key::Delete)),
    ]
    .spacing(8)
    .into()
}

/// The two ways to paste.
pub(super) fn paste<'a>(w: &Words) -> Element<'a, Message> {
    let paste = |how| Message::Clip(Clip::Paste(how));
    row![
        widget::quiet(say!(w, "clip-paste"))
            .icon(Icon::ClipboardPaste)
            .small()
            .tip(say!(w, "clip-paste-tip"))
            .on_press(paste(Paste::Replace)),
        widget::quiet(say!(w, "clip-paste-and-push"))
            .small()
            .tip(say!(w, "clip-push-tip"))
            .on_press(paste(Paste::Insert)),
    ]
    .spacing(8)
    .into()
}
