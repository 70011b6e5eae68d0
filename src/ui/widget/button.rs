//! Buttons: main, second, quiet, danger; with words, with an icon, or with both.
//!
//! Belongs here: [`Button`]. Choices among several things are in [`super::choice`].

use std::borrow::Cow;

use iced::advanced::widget::Id;
use iced::widget::button::{Status, Style};
use iced::widget::{Row, container};
use iced::{Center, Length};

use super::{focusable, tip};
use crate::ui::icon::{self, Icon};
use crate::ui::theme::{self, Element, Theme, radius, size, text};

/// The one filled button of a screen.
pub fn main<'a, Message>(label: impl Into<Cow<'a, str>>) -> Button<'a, Message> {
    Button::new(Some(label.into()), theme::button::main, true)
}

/// A button with a border.
pub fn second<'a, Message>(label: impl Into<Cow<'a, str>>) -> Button<'a, Message> {
    Button::new(Some(label.into()), theme::button::second, false)
}

/// A button without a border.
pub fn quiet<'a, Message>(label: impl Into<Cow<'a, str>>) -> Button<'a, Message> {
    Button::new(Some(label.into()), theme::button::quiet, false)
}

/// A button that destroys something.
pub fn danger<'a, Message>(label: impl Into<Cow<'a, str>>) -> Button<'a, Message> {
    Button::new(Some(label.into()), theme::button::danger, true)
}

/// A quiet button with an icon alone; its words are in a tooltip.
pub fn icon_button<'a, Message>(icon: Icon, words: impl Into<Cow<'a, str>>) -> Button<'a, Message> {
    Button { tip: Some(words.into()), ..icon_only(icon) }
}

/// A quiet button with an icon and no words at all: for parts of something that says the words.
pub(super) fn icon_only<'a, Message>(icon: Icon) -> Button<'a, Message> {
    Button { icon: Some(icon), ..Button::new(None, theme::button::quiet, false) }
}

/// A button. Without [`Button::on_press`] it is disabled, and should say why with [`Button::disabled`].
pub struct Button<'a, Message> {
    label: Option<Cow<'a, str>>,
    icon: Option<Icon>,
    trailing: Option<Icon>,
    look: fn(&Theme, Status) -> Style,
    strong: bool,
    height: f32,
    width: Length,
    on_press: Option<Message>,
    on_key: Option<Message>,
    tip: Option<Cow<'a, str>>,
    id: Option<Id>,
}

impl<'a, Message> Button<'a, Message> {
    fn new(label: Option<Cow<'a, str>>, look: fn(&Theme, Status) -> Style, strong: bool) -> Self {
        Self {
            label,
            icon: None,
            trailing: None,
            look,
            strong,
            height: size::NORMAL,
            width: Length::Shrink,
            on_press: None,
            on_key: None,
            tip: None,
            id: None,
        }
    }

    /// An icon before the words.
    pub fn icon(self, icon: Icon) -> Self {
        Self { icon: Some(icon), ..self }
    }

    /// An icon after the words.
    pub fn trailing(self, icon: Icon) -> Self {
        Self { trailing: Some(icon), ..self }
    }

    /// Another look, from [`theme::button`].
    pub fn look(self, look: fn(&Theme, Status) -> Style) -> Self {
        Self { look, ..self }
    }

    /// 36 px high instead of 40.
    pub fn small(self) -> Self {
        Self { height: size::SMALL, ..self }
    }

    /// 48 px high: the day's one action.
    pub fn tall(self) -> Self {
        Self { height: size::TALL, ..self }
    }

    /// A width of its own.
    pub fn width(self, width: impl Into<Length>) -> Self {
        Self { width: width.into(), ..self }
    }

    /// What happens.
    pub fn on_press(self, message: Message) -> Self {
        Self { on_press: Some(message), ..self }
    }

    /// What happens by keyboard, where that is more than by a press of the pointer: such as where focus goes.
    pub fn on_key(self, message: Message) -> Self {
        Self { on_key: Some(message), ..self }
    }

    /// What happens, where something can.
    pub fn on_press_maybe(self, message: Option<Message>) -> Self {
        Self { on_press: message, ..self }
    }

    /// Disabled, with the reason in a tooltip.
    pub fn disabled(self, reason: impl Into<Cow<'a, str>>) -> Self {
        Self { on_press: None, tip: Some(reason.into()), ..self }
    }

    /// Words in a tooltip.
    pub fn tip(self, words: impl Into<Cow<'a, str>>) -> Self {
        Self { tip: Some(words.into()), ..self }
    }

    /// A name, so that focus can be put here.
    pub fn id(self, id: impl Into<Id>) -> Self {
        Self { id: Some(id.into()), ..self }
    }
}

impl<'a, Message: Clone + 'a> Button<'a, Message> {
    /// Without a stop of its own for Tab: a part of something that has one.
    pub(super) fn bare(self) -> Element<'a, Message> {
        let small = self.height <= size::SMALL;
        let icon_size = match (&self.label, small) {
            (None, true) => 18.0,
            (None, false) => 20.0,
            (Some(_), true) => 16.0,
            (Some(_), false) => 18.0,
        };
        let only_icon = self.label.is_none();
        let (width, padding) = match (only_icon, self.width) {
            (true, Length::Shrink) => (Length::Fixed(self.height), 0.0),
            (true, width) => (width, 0.0),
            (false, width) => (width, if small { 12.0 } else { 16.0 }),
        };
        let row = Row::new()
            .spacing(8)
            .align_y(Center)
            .push(self.icon.map(|icon| icon::view(icon, icon_size)))
            .push(self.label.map(|label| if self.strong { text::strong(label) } else { text::medium(label) }))
            .push(self.trailing.map(|icon| icon::view(icon, 16.0)));
        // A container that fills would stretch a button that shrinks; so only a button with a width centres across.
        let content = match width {
            Length::Shrink => container(row).center_y(Length::Fill),
            _ => container(row).center(Length::Fill),
        };
        iced::widget::button(content)
            .height(self.height)
            .width(width)
            .padding([0.0, padding])
            .style(self.look)
            .on_press_maybe(self.on_press)
            .into()
    }
}

impl<'a, Message: Clone + 'a> From<Button<'a, Message>> for Element<'a, Message> {
    fn from(mut button: Button<'a, Message>) -> Self {
        let (id, words) = (button.id.take(), button.tip.take());
        let enabled = button.on_press.is_some();
        let pressed = button.on_key.take().filter(|_| enabled).or_else(|| button.on_press.clone());
        let mut wrapped = focusable(button.bare()).id_maybe(id).enabled(enabled).corner(radius::BUTTON);
        if let Some(message) = pressed {
            wrapped = wrapped.on_press(message);
        }
        match words {
            Some(words) => tip(wrapped, words),
            None => wrapped.into(),
        }
    }
}
