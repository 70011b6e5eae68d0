//! Letters: Hanken Grotesk in three weights, seven sizes, and the colours that text takes.
//!
//! Belongs here: the roles of text. All ten digits of the font are equally wide in every weight, so a counter stands still.

use iced::font::{Family, Weight};
use iced::widget::text::{LineHeight, Style};
use iced::widget::{self};
use iced::{Font, Pixels};

use super::Theme;

/// The font files, to be loaded at the start. Hanken Grotesk, SIL Open Font Licence 1.1 (see `assets/fonts/OFL.txt`).
pub const FONTS: [&[u8]; 3] = [
    include_bytes!("../../../assets/fonts/HankenGrotesk_400Regular.ttf"),
    include_bytes!("../../../assets/fonts/HankenGrotesk_500Medium.ttf"),
    include_bytes!("../../../assets/fonts/HankenGrotesk_600SemiBold.ttf"),
];

const fn hanken(weight: Weight) -> Font {
    Font { family: Family::Name("Hanken Grotesk"), weight, ..Font::DEFAULT }
}

/// The font of running text, and the program's default.
pub const REGULAR: Font = hanken(Weight::Normal);
/// The font of names and small labels.
pub const MEDIUM: Font = hanken(Weight::Medium);
/// The font of titles and values.
pub const SEMIBOLD: Font = hanken(Weight::Semibold);

/// The program's default text size, in pixels.
pub const SIZE: f32 = 15.0;
/// The size of captions and chips, in pixels. Nothing is smaller.
pub const SMALL: f32 = 13.0;

/// A text of the window.
pub type Text<'a> = iced::widget::Text<'a, Theme>;

fn role<'a>(content: impl widget::text::IntoFragment<'a>, size: f32, line: f32, font: Font) -> Text<'a> {
    widget::text(content).size(size).line_height(LineHeight::Absolute(Pixels(line))).font(font)
}

/// The time left while playing: 64 px.
pub fn time<'a>(content: impl widget::text::IntoFragment<'a>) -> Text<'a> {
    role(content, 64.0, 64.0, SEMIBOLD)
}

/// What to do by hand, to be read from where one sits: 40 px.
pub fn stage<'a>(content: impl widget::text::IntoFragment<'a>) -> Text<'a> {
    role(content, 40.0, 48.0, SEMIBOLD)
}

/// The time left in a narrow window: 34 px.
pub fn number<'a>(content: impl widget::text::IntoFragment<'a>) -> Text<'a> {
    role(content, 34.0, 40.0, SEMIBOLD)
}

/// A page's title and live percentages: 26 px.
pub fn page<'a>(content: impl widget::text::IntoFragment<'a>) -> Text<'a> {
    role(content, 26.0, 32.0, SEMIBOLD)
}

/// Titles of dialogs and steps, and Stop: 20 px.
pub fn title<'a>(content: impl widget::text::IntoFragment<'a>) -> Text<'a> {
    role(content, 20.0, 28.0, SEMIBOLD)
}

/// Titles of cards and sections: 17 px.
pub fn section<'a>(content: impl widget::text::IntoFragment<'a>) -> Text<'a> {
    role(content, 17.0, 24.0, SEMIBOLD)
}

/// Running text: 15 px.
pub fn body<'a>(content: impl widget::text::IntoFragment<'a>) -> Text<'a> {
    role(content, SIZE, 22.0, REGULAR)
}

/// A name in running text: 15 px, medium.
pub fn medium<'a>(content: impl widget::text::IntoFragment<'a>) -> Text<'a> {
    role(content, SIZE, 22.0, MEDIUM)
}

/// A value in running text: 15 px, semi-bold.
pub fn strong<'a>(content: impl widget::text::IntoFragment<'a>) -> Text<'a> {
    role(content, SIZE, 22.0, SEMIBOLD)
}

/// Captions: 13 px.
pub fn small<'a>(content: impl widget::text::IntoFragment<'a>) -> Text<'a> {
    role(content, SMALL, 18.0, REGULAR)
}

/// Chips and labels: 13 px, medium.
pub fn label<'a>(content: impl widget::text::IntoFragment<'a>) -> Text<'a> {
    role(content, SMALL, 18.0, MEDIUM)
}

/// Raw bytes and lines of files: 13 px, the system's own fixed-width font.
pub fn raw<'a>(content: impl widget::text::IntoFragment<'a>) -> Text<'a> {
    role(content, SMALL, 20.0, Font::MONOSPACE)
}

/// First text, where the ground would make it second.
pub fn first(theme: &Theme) -> Style {
    Style { color: Some(theme.ink) }
}

/// Second text.
pub fn second(theme: &Theme) -> Style {
    Style { color: Some(theme.ink_2) }
}

/// Placeholders and comments.
pub fn third(theme: &Theme) -> Style {
    Style { color: Some(theme.ink_3) }
}

/// Text in the accent colour: something good, or a link.
pub fn accent(theme: &Theme) -> Style {
    Style { color: Some(theme.accent) }
}

/// Secondary text on a chosen row.
pub fn on_soft(theme: &Theme) -> Style {
    Style { color: Some(theme.on_soft) }
}

/// Something that went wrong.
pub fn bad(theme: &Theme) -> Style {
    Style { color: Some(theme.stop_text) }
}

/// Something to take care of.
pub fn warn(theme: &Theme) -> Style {
    Style { color: Some(theme.warn) }
}
