//! The question before something is played in the place of what plays.

use super::{Message, Wish, question};
use crate::i18n::Words;
use crate::say;
use crate::ui::icon::Icon;
use crate::ui::theme::Element;
use crate::ui::widget;

/// What plays, and what is wanted instead.
#[derive(Debug)]
pub(in crate::ui) struct Instead {
    /// What plays.
    pub playing: String,
    /// What is wanted.
    pub wanted: String,
    /// The same, to do it.
    pub wish: Wish,
}

impl Instead {
    /// The question. What plays goes on until it is answered.
    pub(super) fn view<'a>(&self, w: &Words) -> Element<'a, Message> {
        question(
            say!(w, "instead-title"),
            say!(w, "instead-text", playing = &self.playing, wanted = &self.wanted),
            say!(w, "instead-no"),
            widget::main(say!(w, "instead-yes")).icon(Icon::Play),
        )
    }
}
