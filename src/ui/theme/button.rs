//! How buttons look at rest, under the pointer, pressed and disabled.
//!
//! Belongs here: style functions for `iced::widget::button`. The ring of keyboard focus is drawn by `widget::focus`.

use iced::border::Border;
use iced::widget::button::{Status, Style};
use iced::{Background, Color};

use super::{Theme, radius};

struct Fills {
    rest: Option<Color>,
    hover: Color,
    press: Color,
    text: Color,
    text_active: Color,
    border: Option<Color>,
}

fn styled(theme: &Theme, status: Status, fills: &Fills, corner: f32) -> Style {
    let (fill, text) = match status {
        Status::Active => (fills.rest, fills.text),
        Status::Hovered => (Some(fills.hover), fills.text_active),
        Status::Pressed => (Some(fills.press), fills.text_active),
        Status::Disabled => (Some(theme.disabled), theme.on_disabled),
    };
    let border = if status == Status::Disabled { None } else { fills.border };
    Style {
        background: fill.map(Background::Color),
        text_color: text,
        border: Border {
            color: border.unwrap_or(Color::TRANSPARENT),
            width: if border.is_some() { 1.0 } else { 0.0 },
            radius: corner.into(),
        },
        ..Style::default()
    }
}

fn filled(theme: &Theme) -> Fills {
    Fills {
        rest: Some(theme.accent),
        hover: theme.accent_hover,
        press: theme.accent_press,
        text: theme.on_accent,
        text_active: theme.on_accent,
        border: None,
    }
}

/// The one action that the screen is for.
pub fn main(theme: &Theme, status: Status) -> Style {
    styled(theme, status, &filled(theme), radius::BUTTON)
}

/// A button that says that something is not right.
pub fn caution(theme: &Theme, status: Status) -> Style {
    let fills = Fills {
        rest: Some(theme.warn_soft),
        hover: theme.warn_soft,
        press: theme.press,
        text: theme.warn,
        text_active: theme.warn,
        border: Some(theme.warn_mark),
    };
    styled(theme, status, &fills, radius::BUTTON)
}

/// The main one, round: play and pause.
pub fn round(theme: &Theme, status: Status) -> Style {
    styled(theme, status, &filled(theme), 26.0)
}

/// Another action.
pub fn second(theme: &Theme, status: Status) -> Style {
    let fills = Fills {
        rest: Some(theme.raised),
        hover: theme.hover,
        press: theme.press,
        text: theme.ink,
        text_active: theme.ink,
        border: Some(theme.line_strong),
    };
    styled(theme, status, &fills, radius::BUTTON)
}

fn quiet_fills(theme: &Theme) -> Fills {
    Fills {
        rest: None,
        hover: theme.hover,
        press: theme.press,
        text: theme.ink_2,
        text_active: theme.ink,
        border: None,
    }
}

/// An action that keeps to the background.
pub fn quiet(theme: &Theme, status: Status) -> Style {
    let style = styled(theme, status, &quiet_fills(theme), radius::BUTTON);
    // A disabled quiet button stays without a fill, or it would be louder than an enabled one.
    Style { background: if status == Status::Disabled { None } else { style.background }, ..style }
}

/// An action that destroys something.
pub fn danger(theme: &Theme, status: Status) -> Style {
    let fills = Fills {
        rest: Some(theme.stop),
        hover: theme.stop_hover,
        press: theme.stop_press,
        text: theme.on_stop,
        text_active: theme.on_stop,
        border: None,
    };
    styled(theme, status, &fills, radius::BUTTON)
}

/// An action on a toast, whose ground is ink.
pub fn on_toast(theme: &Theme, status: Status) -> Style {
    let fills = Fills {
        rest: None,
        hover: theme.ink_2,
        press: theme.ink_3,
        text: theme.bg,
        text_active: theme.bg,
        border: None,
    };
    styled(theme, status, &fills, radius::BUTTON)
}

/// Something chosen among others, or not.
fn choice(theme: &Theme, status: Status, chosen: bool, corner: f32) -> Style {
    if chosen && status != Status::Disabled {
        let fills = Fills {
            rest: Some(theme.accent_soft),
            hover: theme.accent_soft,
            press: theme.press,
            text: theme.on_soft,
            text_active: theme.on_soft,
            border: None,
        };
        styled(theme, status, &fills, corner)
    } else {
        styled(theme, status, &quiet_fills(theme), corner)
    }
}

/// An item of the nav rail.
pub fn nav(chosen: bool) -> impl Fn(&Theme, Status) -> Style {
    move |theme, status| choice(theme, status, chosen, radius::CARD)
}

/// A segment of a choice.
pub fn segment(chosen: bool) -> impl Fn(&Theme, Status) -> Style {
    move |theme, status| choice(theme, status, chosen, 8.0)
}

/// A filter above a list: rounded to half of its height.
pub fn filter(chosen: bool) -> impl Fn(&Theme, Status) -> Style {
    move |theme, status| {
        let style = choice(theme, status, chosen, 18.0);
        let rest = if chosen { theme.accent_soft } else { theme.surface };
        let line = if chosen { theme.accent } else { theme.line_strong };
        Style {
            background: style.background.or(Some(Background::Color(rest))),
            text_color: if chosen { style.text_color } else { theme.ink },
            border: Border { color: line, width: 1.0, ..style.border },
            ..style
        }
    }
}

/// A row or a tile that can be pressed.
pub fn row(chosen: bool) -> impl Fn(&Theme, Status) -> Style {
    move |theme, status| {
        let style = choice(theme, status, chosen, radius::ROW);
        let text_color = if chosen { theme.on_soft } else { theme.ink };
        let border =
            if chosen { Border { color: theme.accent, width: 1.0, radius: radius::ROW.into() } } else { style.border };
        Style { text_color, border, ..style }
    }
}

/// What a card is to the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Card {
    /// One of many.
    Resting,
    /// The one that Play would play.
    Chosen,
    /// The one that plays.
    Playing,
}

impl Card {
    /// The ground on which its content stands.
    pub fn ground(self, theme: &Theme) -> Color {
        if self == Self::Playing { theme.accent_soft } else { theme.raised }
    }
}

/// A card that can be pressed as a whole.
pub fn card(card: Card) -> impl Fn(&Theme, Status) -> Style {
    move |theme, status| {
        let (color, width) = match status {
            _ if card != Card::Resting => (theme.accent, 2.0),
            Status::Hovered | Status::Pressed => (theme.line_strong, 1.0),
            _ => (theme.line, 1.0),
        };
        Style {
            background: Some(Background::Color(card.ground(theme))),
            text_color: theme.ink,
            border: Border { color, width, radius: radius::CARD.into() },
            ..Style::default()
        }
    }
}

/// Stop: filled while there is something to stop, soft at rest. It has no disabled look, for it is never disabled.
pub fn stop(filled: bool) -> impl Fn(&Theme, Status) -> Style {
    move |theme, status| {
        let (fill, text) = match status {
            Status::Pressed => (theme.stop_press, theme.on_stop),
            Status::Hovered => (theme.stop_hover, theme.on_stop),
            _ if filled => (theme.stop, theme.on_stop),
            _ => (theme.stop_soft, theme.stop_text),
        };
        Style {
            background: Some(Background::Color(fill)),
            text_color: text,
            border: Border { color: theme.stop, width: 2.0, radius: radius::CARD.into() },
            ..Style::default()
        }
    }
}
