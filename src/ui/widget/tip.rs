//! Words that appear beside something under the pointer.

use std::time::Duration;

use iced::widget::{container, tooltip};

use super::named;
use crate::ui::theme::{self, Element};

/// Says something about `content` after half a second under the pointer: an ink flag above it.
pub fn tip<'a, Message: 'a>(
    content: impl Into<Element<'a, Message>>,
    words: impl iced::widget::text::IntoFragment<'a>,
) -> Element<'a, Message> {
    let words = words.into_fragment();
    let content = named(words.clone(), content);
    let flag = container(theme::text::small(words)).padding([4, 8]).max_width(320).style(theme::container::tooltip);
    tooltip(content, flag, tooltip::Position::Top).gap(6).padding(0).delay(Duration::from_millis(500)).into()
}
