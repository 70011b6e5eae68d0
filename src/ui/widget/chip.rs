//! Small facts: chips, tiles, battery, and the words of an empty page.

use iced::widget::{Row, column, container, row, text::IntoFragment};
use iced::{Center, Fill};

use crate::ui::icon::{self, Icon};
use crate::ui::theme::{self, Element, Theme, size, text};

/// What a chip says by its colour, beside its icon and words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// A plain fact.
    Neutral,
    /// All is well.
    Good,
    /// Good to know.
    Info,
    /// Take care.
    Warn,
    /// Does not work.
    Bad,
}

impl Tone {
    fn style(self, theme: &Theme) -> container::Style {
        let (fill, text) = match self {
            Self::Neutral => (theme.sunken, theme.ink_2),
            Self::Good => (theme.accent_soft, theme.on_soft),
            Self::Info => (theme.info_soft, theme.info),
            Self::Warn => (theme.warn_soft, theme.warn),
            Self::Bad => (theme.stop_soft, theme.stop_text),
        };
        container::Style {
            text_color: Some(text),
            background: Some(fill.into()),
            border: iced::border::rounded(size::CHIP / 2.0),
            ..container::Style::default()
        }
    }
}

/// A small fact with an icon, 26 px high. Nothing happens when it is pressed.
pub fn chip<'a, Message: 'a>(
    tone: Tone,
    icon: impl Into<Option<Icon>>,
    words: impl IntoFragment<'a>,
) -> Element<'a, Message> {
    let icon = icon.into();
    let left = if icon.is_some() { 8.0 } else { 10.0 };
    let content =
        Row::new().spacing(6).align_y(Center).push(icon.map(|icon| icon::view(icon, 16.0))).push(text::label(words));
    container(container(content).center_y(Fill))
        .height(size::CHIP)
        .padding(iced::padding::left(left).right(10.0))
        .style(move |theme| tone.style(theme))
        .into()
}

/// An icon on a square ground of a size in pixels.
pub fn tile<'a, Message: 'a>(
    icon: Icon,
    side: f32,
    style: impl Fn(&Theme) -> container::Style + 'a,
) -> Element<'a, Message> {
    let picture = if side >= 52.0 {
        28.0
    } else if side > 32.0 {
        22.0
    } else {
        18.0
    };
    container(icon::view(icon, picture)).center(side).style(style).into()
}

/// The icon for a battery charge in percent.
pub fn battery(percent: u8) -> Icon {
    match percent {
        71.. => Icon::BatteryFull,
        26.. => Icon::BatteryMedium,
        _ => Icon::BatteryLow,
    }
}

/// An icon and a caption, 13 px, in the second colour.
pub fn caption<'a, Message: 'a>(icon: Icon, words: impl IntoFragment<'a>) -> Element<'a, Message> {
    row![icon::view(icon, 16.0).color(|theme| theme.ink_2), text::small(words).style(text::second)]
        .spacing(6)
        .align_y(Center)
        .into()
}

/// What stands where nothing is yet: a picture, what it will be, and what one can do.
pub fn empty<'a, Message: 'a>(
    picture: impl Into<Element<'a, Message>>,
    title: impl IntoFragment<'a>,
    words: impl IntoFragment<'a>,
    actions: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let words = text::body(words).style(text::second).align_x(Center);
    let content = column![
        picture.into(),
        column![text::title(title).align_x(Center), words].spacing(6).align_x(Center),
        actions.into(),
    ]
    .spacing(20)
    .align_x(Center)
    .max_width(440);
    container(content).center(Fill).into()
}

/// A panel with an icon: advice, caution or trouble, with what one can do.
pub fn panel<'a, Message: 'a>(
    style: fn(&Theme) -> container::Style,
    icon: Icon,
    words: impl IntoFragment<'a>,
    action: Option<Element<'a, Message>>,
) -> Element<'a, Message> {
    let content = Row::new()
        .spacing(12)
        .align_y(Center)
        .push(icon::view(icon, 20.0))
        .push(text::body(words).width(Fill))
        .push(action);
    container(content).padding([12, 16]).width(Fill).style(style).into()
}

/// A field for text with an icon before it, 40 px high.
pub fn field<'a, Message: Clone + 'a>(
    placeholder: &str,
    value: &str,
    on_input: impl Fn(String) -> Message + 'a,
) -> iced::widget::TextInput<'a, Message, Theme> {
    iced::widget::text_input(placeholder, value)
        .on_input(on_input)
        .size(text::SIZE)
        .line_height(iced::widget::text::LineHeight::Absolute(22.0.into()))
        .padding([9, 12])
        .font(theme::text::REGULAR)
}
