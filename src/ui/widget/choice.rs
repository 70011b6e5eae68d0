//! Choices: switches, segments, filters, steppers, stars.

use std::borrow::Cow;

use iced::keyboard::Key;
use iced::keyboard::key::Named;
use iced::widget::{Row, button, container, row};
use iced::{Center, Fill, Length};

use super::{drawing, focusable};
use crate::ui::icon::{self, Icon};
use crate::ui::theme::{self, Element, radius, size, text};

/// What an arrow key means: −1, +1 or nothing. Plus and minus mean the same.
pub fn arrow(key: &Key) -> Option<i8> {
    match key {
        Key::Named(Named::ArrowLeft | Named::ArrowDown) => Some(-1),
        Key::Named(Named::ArrowRight | Named::ArrowUp) => Some(1),
        Key::Character(character) if character == "-" => Some(-1),
        Key::Character(character) if character == "+" => Some(1),
        _ => None,
    }
}

/// A switch in a row 36 px high; without a message it is disabled.
pub fn toggle<'a, Message: Clone + 'a>(on: bool, on_press: Option<Message>) -> Element<'a, Message> {
    let switch = drawing::switch(on, on_press.is_some());
    let target = button(container(switch).center_y(Fill))
        .height(size::SMALL)
        .padding(0)
        .style(|_, _| button::Style::default())
        .on_press_maybe(on_press.clone());
    let wrapped = focusable(target).enabled(on_press.is_some()).corner(13.0);
    match on_press {
        Some(message) => wrapped.on_press(message).into(),
        None => wrapped.into(),
    }
}

/// One of a few things, side by side. One stop for Tab; arrows choose.
pub fn segments<'a, T: Clone + PartialEq + 'a, L: Clone + Into<Cow<'a, str>>, Message: Clone + 'a>(
    choices: &[(T, L)],
    chosen: T,
    on_choose: impl Fn(T) -> Message + 'a,
) -> Element<'a, Message> {
    segments_of(choices, chosen, on_choose, |_| Length::Shrink)
}

/// The same over the whole width, each part as wide as the others.
pub fn wide_segments<'a, T: Clone + PartialEq + 'a, L: Clone + Into<Cow<'a, str>>, Message: Clone + 'a>(
    choices: &[(T, L)],
    chosen: T,
    on_choose: impl Fn(T) -> Message + 'a,
) -> Element<'a, Message> {
    segments_of(choices, chosen, on_choose, |_| Fill)
}

/// The same over the whole width, each part as wide as its words ask for.
pub fn fitted_segments<'a, T: Clone + PartialEq + 'a, L: Clone + Into<Cow<'a, str>>, Message: Clone + 'a>(
    choices: &[(T, L)],
    chosen: T,
    on_choose: impl Fn(T) -> Message + 'a,
) -> Element<'a, Message> {
    // Beside its letters, a part has its padding: about two letters.
    segments_of(choices, chosen, on_choose, |label| Length::FillPortion(label.chars().count() as u16 + 2))
}

fn segments_of<'a, T: Clone + PartialEq + 'a, L: Clone + Into<Cow<'a, str>>, Message: Clone + 'a>(
    choices: &[(T, L)],
    chosen: T,
    on_choose: impl Fn(T) -> Message + 'a,
    width: impl Fn(&str) -> Length,
) -> Element<'a, Message> {
    let all: Vec<T> = choices.iter().map(|(choice, _)| choice.clone()).collect();
    let parts = choices.iter().map(|(choice, label)| {
        let on = *choice == chosen;
        let label: Cow<'a, str> = label.clone().into();
        let width = width(&label);
        let label = if on { text::strong(label) } else { text::medium(label) };
        let (label, padding) = match width {
            Length::Shrink => (container(label).center_y(Fill), 12),
            _ => (container(label).center(Fill), 4),
        };
        button(label)
            .width(width)
            .height(34)
            .padding([0, padding])
            .style(theme::button::segment(on))
            .on_press(on_choose(choice.clone()))
            .into()
    });
    let frame = container(Row::with_children(parts).spacing(2)).padding(3).style(theme::container::segments);
    focusable(frame)
        .on_key(move |key| {
            let at = all.iter().position(|choice| *choice == chosen)?;
            let next = at.checked_add_signed(isize::from(arrow(key)?))?;
            all.get(next).map(|choice| on_choose(choice.clone()))
        })
        .corner(radius::BUTTON)
        .into()
}

/// A filter above a list: chosen or not, 36 px high, with an icon, words, or both, and perhaps a count.
pub fn filter<'a, Message: Clone + 'a>(
    picture: Option<Element<'a, Message>>,
    label: Option<impl Into<Cow<'a, str>>>,
    count: Option<usize>,
    chosen: bool,
    on_press: Message,
) -> Element<'a, Message> {
    let picture = if chosen { Some(icon::view(Icon::Check, 16.0).into()) } else { picture };
    let words = label.map(|label| label.into());
    let named = words.is_some();
    let words = words.map(|label: Cow<'a, str>| if chosen { text::strong(label) } else { text::medium(label) });
    let padding = if named { 14.0 } else { 10.0 };
    let content = Row::new().spacing(8).align_y(Center).push(picture).push(words).push(count.map(text::body));
    let target = button(container(content).center_y(Fill))
        .height(size::SMALL)
        .padding([0.0, padding])
        .style(theme::button::filter(chosen))
        .on_press(on_press.clone());
    focusable(target).on_press(on_press).corner(size::SMALL / 2.0).into()
}

/// − value +: one stop for Tab; arrows, plus and minus step. A direction without a message is at its end.
pub fn stepper<'a, Message: Clone + 'a>(
    value: impl iced::widget::text::IntoFragment<'a>,
    less: Option<Message>,
    more: Option<Message>,
) -> Element<'a, Message> {
    let part = |icon, message: Option<Message>| {
        super::button::icon_only(icon).small().look(theme::button::second).on_press_maybe(message).bare()
    };
    let content = row![
        part(Icon::Minus, less.clone()),
        text::medium(value).width(Length::Fixed(52.0)).align_x(Center),
        part(Icon::Plus, more.clone()),
    ]
    .spacing(2)
    .align_y(Center);
    focusable(content).on_key(move |key| if arrow(key)? < 0 { less.clone() } else { more.clone() }).into()
}

/// Stars from none to five. Pressing the last full one takes all away; arrows step.
pub fn stars<'a, Message: Clone + 'a>(rating: u8, on_rate: impl Fn(u8) -> Message + 'a) -> Element<'a, Message> {
    let stars = (1..=5u8).map(|star| {
        let full = star <= rating;
        let picture = icon::view(if full { Icon::StarFull } else { Icon::Star }, 20.0).color(if full {
            |theme| theme.accent
        } else {
            |theme| theme.line_strong
        });
        button(container(picture).center_y(Fill))
            .height(size::SMALL)
            .padding([0, 7])
            .style(|_, _| button::Style::default())
            .on_press(on_rate(if star == rating { 0 } else { star }))
            .into()
    });
    let row = Row::with_children(stars);
    focusable(row)
        .on_key(move |key| rating.checked_add_signed(arrow(key)?).filter(|rating| *rating <= 5).map(&on_rate))
        .corner(radius::FLAG)
        .into()
}
