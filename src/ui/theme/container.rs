//! How surfaces look: pages, cards, wells, tiles, chips, dialogs, flags.
//!
//! Belongs here: style functions for `iced::widget::container`.

use iced::border::{self, Border};
use iced::widget::container::Style;
use iced::{Background, Color};

use super::{Theme, radius};
use crate::ui::draw::thread::Block;

fn filled(background: Color, corner: f32) -> Style {
    Style { background: Some(Background::Color(background)), border: border::rounded(corner), ..Style::default() }
}

fn framed(background: Color, line: Color, corner: f32) -> Style {
    Style {
        background: Some(Background::Color(background)),
        border: Border { color: line, width: 1.0, radius: corner.into() },
        ..Style::default()
    }
}

/// The window's ground.
pub fn window(theme: &Theme) -> Style {
    filled(theme.bg, 0.0)
}

/// The nav rail.
pub fn nav(theme: &Theme) -> Style {
    filled(theme.surface, 0.0)
}

/// The player bar.
pub fn bar(theme: &Theme) -> Style {
    filled(theme.raised, 0.0)
}

/// A card.
pub fn card(theme: &Theme) -> Style {
    framed(theme.raised, theme.line, radius::CARD)
}

/// A hairline from top to bottom.
pub fn line(theme: &Theme) -> Style {
    filled(theme.line, 0.0)
}

/// A stretch of work by hand.
pub fn block(block: Block) -> impl Fn(&Theme) -> Style {
    move |theme| {
        let (fill, line, width) = match block {
            Block::Coming => (theme.accent_soft, theme.accent, 1.0),
            Block::Now => (theme.raised, theme.accent, 2.0),
            Block::Done => (theme.accent, theme.accent, 1.0),
            Block::Skipped => (Color::TRANSPARENT, theme.line_strong, 1.0),
        };
        let border = Border { color: line, width, radius: radius::FLAG.into() };
        Style { border, ..filled(fill, radius::FLAG) }
    }
}

/// A card beside the main matter.
pub fn card_quiet(theme: &Theme) -> Style {
    framed(theme.surface, theme.line, radius::CARD)
}

/// A well: what cannot be drawn, or a line of a file.
pub fn well(theme: &Theme) -> Style {
    Style { text_color: Some(theme.ink_2), ..filled(theme.sunken, radius::BUTTON) }
}

/// A panel of advice.
pub fn advice(theme: &Theme) -> Style {
    Style { text_color: Some(theme.info), ..filled(theme.info_soft, radius::ROW) }
}

/// A panel of caution.
pub fn caution(theme: &Theme) -> Style {
    Style { text_color: Some(theme.warn), ..filled(theme.warn_soft, radius::ROW) }
}

/// A panel of trouble.
pub fn trouble(theme: &Theme) -> Style {
    Style { text_color: Some(theme.stop_text), ..filled(theme.stop_soft, radius::ROW) }
}

/// A dialog.
pub fn dialog(theme: &Theme) -> Style {
    framed(theme.raised, theme.line, radius::DIALOG)
}

/// The cap of a key.
pub fn cap(theme: &Theme) -> Style {
    Style { text_color: Some(theme.ink), ..framed(theme.surface, theme.line_strong, radius::FLAG) }
}

/// A menu that opens over the page.
pub fn menu(theme: &Theme) -> Style {
    framed(theme.raised, theme.line_strong, radius::ROW)
}

/// What darkens the page under a dialog.
pub fn scrim(theme: &Theme) -> Style {
    filled(theme.scrim, 0.0)
}

/// A toast: ink on paper, reversed.
pub fn toast(theme: &Theme) -> Style {
    Style { text_color: Some(theme.bg), ..filled(theme.ink, radius::CARD) }
}

/// The flag of a tooltip.
pub fn tooltip(theme: &Theme) -> Style {
    Style { text_color: Some(theme.bg), ..filled(theme.ink, radius::FLAG) }
}

/// A tile behind an icon.
pub fn tile(theme: &Theme) -> Style {
    Style { text_color: Some(theme.ink_2), ..filled(theme.sunken, radius::BUTTON) }
}

/// A tile that says that all is well.
pub fn tile_good(theme: &Theme) -> Style {
    Style { text_color: Some(theme.on_soft), ..filled(theme.accent_soft, radius::ROW) }
}

/// A tile that asks for care.
pub fn tile_warn(theme: &Theme) -> Style {
    Style { text_color: Some(theme.warn), ..filled(theme.warn_soft, radius::ROW) }
}

/// What to do next.
pub fn next(theme: &Theme) -> Style {
    Style { text_color: Some(theme.on_soft), ..filled(theme.accent_soft, radius::ROW) }
}

/// A chosen row.
pub fn chosen(theme: &Theme) -> Style {
    Style { text_color: Some(theme.on_soft), ..framed(theme.accent_soft, theme.accent, radius::ROW) }
}

/// The frame around a segmented choice.
pub fn segments(theme: &Theme) -> Style {
    framed(theme.raised, theme.line_strong, radius::BUTTON)
}
