//! A number to type, with − and + beside it.

use iced::Center;
use iced::widget::{TextInput, row};

use super::{button, tip};
use crate::ui::icon::Icon;
use crate::ui::theme::{self, Element, Theme};

/// − field +: one stop for Tab, the field, in which one can type what the buttons do. A direction without a message is
/// at its end.
pub fn number<'a, Message: Clone + 'a>(
    field: TextInput<'a, Message, Theme>,
    [less, more]: [(String, Option<Message>); 2],
) -> Element<'a, Message> {
    let part = |icon, (words, message): (String, Option<Message>)| {
        tip(button::icon_only(icon).small().look(theme::button::second).on_press_maybe(message).bare(), words)
    };
    row![part(Icon::Minus, less), field.width(64).align_x(Center), part(Icon::Plus, more)]
        .spacing(2)
        .align_y(Center)
        .into()
}
