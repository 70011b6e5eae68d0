//! The look: colours, letters, spaces and shadows, and how iced's own widgets wear them.
//!
//! Belongs here: [`Theme`] with its tokens, light and dark, and constants of layout. Widgets do not.

pub mod button;
mod catalog;
pub mod container;
pub mod text;

use iced::{Color, Shadow, Vector, color};

use crate::mode::Mode;

/// A widget of this program.
pub type Element<'a, Message> = iced::Element<'a, Message, Theme>;

/// Corner radii, in pixels.
pub mod radius {
    /// Flags and small marks.
    pub const FLAG: f32 = 6.0;
    /// Buttons, fields, tools.
    pub const BUTTON: f32 = 10.0;
    /// Rows.
    pub const ROW: f32 = 12.0;
    /// Cards, nav items, Stop, toasts.
    pub const CARD: f32 = 14.0;
    /// Dialogs.
    pub const DIALOG: f32 = 20.0;
}

/// Heights and widths, in pixels.
pub mod size {
    /// The player bar.
    pub const BAR: f32 = 88.0;
    /// The nav rail.
    pub const NAV: f32 = 88.0;
    /// The nav rail of a narrow window.
    pub const NAV_NARROW: f32 = 80.0;
    /// A window narrower than this shows less.
    pub const NARROW: f32 = 1000.0;
    /// In a window narrower than this the player bar holds what one must reach, and no more.
    pub const TINY: f32 = 720.0;
    /// In a window lower than this questions and the first page scroll.
    pub const LOW: f32 = 640.0;
    /// Buttons in a row of small parts; the least target.
    pub const SMALL: f32 = 36.0;
    /// Buttons and fields.
    pub const NORMAL: f32 = 40.0;
    /// The day's one action.
    pub const TALL: f32 = 48.0;
    /// Chips, which are no targets.
    pub const CHIP: f32 = 26.0;
}

/// Colours and shadows. Each colour's contrast is noted with the design; see the tests for what is kept.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the tokens are named for what they colour")]
pub struct Theme {
    /// Whether it is the dark one.
    pub dark: bool,
    pub bg: Color,
    pub surface: Color,
    pub raised: Color,
    pub sunken: Color,
    pub chart: Color,
    pub hover: Color,
    pub press: Color,
    pub ink: Color,
    /// Second text and icons.
    pub ink_2: Color,
    /// Placeholders and comments.
    pub ink_3: Color,
    /// Hairlines; decoration only.
    pub line: Color,
    /// Borders of controls, axes, steps of a level.
    pub line_strong: Color,
    pub grid: Color,
    pub grid_2: Color,
    pub accent: Color,
    pub accent_hover: Color,
    pub accent_press: Color,
    pub on_accent: Color,
    pub accent_soft: Color,
    pub on_soft: Color,
    pub stop: Color,
    pub stop_hover: Color,
    pub stop_press: Color,
    pub on_stop: Color,
    pub stop_soft: Color,
    pub stop_text: Color,
    pub warn: Color,
    pub warn_soft: Color,
    pub warn_mark: Color,
    pub info: Color,
    pub info_soft: Color,
    pub roller: Color,
    pub vibration: Color,
    pub air: Color,
    pub heat: Color,
    /// A drawn foot, where it bears weight, and its lines.
    pub skin: Color,
    pub skin_2: Color,
    pub skin_line: Color,
    pub disabled: Color,
    pub on_disabled: Color,
    /// Over nav and content while a dialog is open; never over the player bar.
    pub scrim: Color,
    /// Shadow of toasts and menus; see `widget::lift`.
    pub shadow_2: Shadow,
    /// Shadow of dialogs; see `widget::lift`.
    pub shadow_3: Shadow,
}

const fn shadow(color: Color, y: f32, blur_radius: f32) -> Shadow {
    Shadow { color, offset: Vector::new(0.0, y), blur_radius }
}

impl Theme {
    /// Chart paper and ink by day.
    pub const LIGHT: Self = Self {
        dark: false,
        bg: color!(0xF4F2ED),
        surface: color!(0xFBFAF7),
        raised: color!(0xFFFFFF),
        sunken: color!(0xEAE7DF),
        chart: color!(0xFDFCFA),
        hover: color!(0xEFECE5),
        press: color!(0xDDD9D0),
        ink: color!(0x1C2726),
        ink_2: color!(0x46514F),
        ink_3: color!(0x5F6866),
        line: color!(0xDDD9D0),
        line_strong: color!(0x858178),
        grid: color!(0xECE8E0),
        grid_2: color!(0xDCD7CC),
        accent: color!(0x1E5A49),
        accent_hover: color!(0x184C3D),
        accent_press: color!(0x123C30),
        on_accent: color!(0xFFFFFF),
        accent_soft: color!(0xDCE8E1),
        on_soft: color!(0x174838),
        stop: color!(0xB3202B),
        stop_hover: color!(0x9B1923),
        stop_press: color!(0x82131C),
        on_stop: color!(0xFFFFFF),
        stop_soft: color!(0xF6E3E0),
        stop_text: color!(0xA31B26),
        warn: color!(0x7F4A00),
        warn_soft: color!(0xF6E8CC),
        warn_mark: color!(0xA8650A),
        info: color!(0x2C4A76),
        info_soft: color!(0xE1E8F1),
        roller: color!(0x3F4AA3),
        vibration: color!(0x7C1F58),
        air: color!(0x26889C),
        heat: color!(0xB15E0A),
        skin: color!(0xEFE6DA),
        skin_2: color!(0xE4D7C6),
        skin_line: color!(0x7A6A59),
        disabled: color!(0xEAE7DF),
        on_disabled: color!(0x85827A),
        scrim: color!(0x1C2726, 0.42),
        shadow_2: shadow(color!(0x28241C, 0.10), 4.0, 16.0),
        shadow_3: shadow(color!(0x28241C, 0.20), 16.0, 48.0),
    };

    /// The same at night.
    pub const DARK: Self = Self {
        dark: true,
        bg: color!(0x121718),
        surface: color!(0x1A2021),
        raised: color!(0x232B2C),
        sunken: color!(0x0D1112),
        chart: color!(0x161C1D),
        hover: color!(0x2C3637),
        press: color!(0x38433F),
        ink: color!(0xECE9E3),
        ink_2: color!(0xC0C5C1),
        ink_3: color!(0x9BA4A1),
        line: color!(0x2F3939),
        line_strong: color!(0x75827F),
        grid: color!(0x212A2B),
        grid_2: color!(0x2F3A3B),
        accent: color!(0x8FCFB4),
        accent_hover: color!(0xA6DCC5),
        accent_press: color!(0x74B89B),
        on_accent: color!(0x0B241B),
        accent_soft: color!(0x20372F),
        on_soft: color!(0xB6E4D0),
        stop: color!(0xD43F46),
        stop_hover: color!(0xC7343B),
        stop_press: color!(0xB42C33),
        on_stop: color!(0xFFFFFF),
        stop_soft: color!(0x3A1E20),
        stop_text: color!(0xFF9A97),
        warn: color!(0xF2C27C),
        warn_soft: color!(0x382A12),
        warn_mark: color!(0xE2A145),
        info: color!(0xB4CCF0),
        info_soft: color!(0x1F2D40),
        roller: color!(0x84AAF6),
        vibration: color!(0xC15F95),
        air: color!(0x9BE8F5),
        heat: color!(0xF0A04A),
        skin: color!(0x2C2F2C),
        skin_2: color!(0x383A35),
        skin_line: color!(0xB5A791),
        disabled: color!(0x303A3B),
        on_disabled: color!(0x8A9491),
        scrim: color!(0x050808, 0.62),
        shadow_2: shadow(color!(0x000000, 0.36), 4.0, 16.0),
        shadow_3: shadow(color!(0x000000, 0.55), 16.0, 48.0),
    };

    /// The colour of a mode. Never the only sign of it: icon, pattern and order say it too.
    pub const fn mode(&self, mode: Mode) -> Color {
        match mode {
            Mode::Roller => self.roller,
            Mode::Vibration => self.vibration,
            Mode::AirPressure => self.air,
            Mode::Heat => self.heat,
        }
    }
}

impl iced::theme::Base for Theme {
    fn default(preference: iced::theme::Mode) -> Self {
        match preference {
            iced::theme::Mode::Dark => Self::DARK,
            iced::theme::Mode::Light | iced::theme::Mode::None => Self::LIGHT,
        }
    }

    fn mode(&self) -> iced::theme::Mode {
        if self.dark { iced::theme::Mode::Dark } else { iced::theme::Mode::Light }
    }

    fn base(&self) -> iced::theme::Style {
        iced::theme::Style { background_color: self.bg, text_color: self.ink }
    }

    fn palette(&self) -> Option<iced::theme::Palette> {
        Some(iced::theme::Palette {
            background: self.bg,
            text: self.ink,
            primary: self.accent,
            success: self.accent,
            warning: self.warn,
            danger: self.stop,
        })
    }

    fn name(&self) -> &str {
        if self.dark { "Svang, dark" } else { "Svang, light" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Contrast after WCAG 2.2.
    fn contrast(a: Color, b: Color) -> f32 {
        let luminance = |color: Color| {
            let [r, g, b, _] = color.into_linear();
            0.2126 * r + 0.7152 * g + 0.0722 * b
        };
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_can_be_read_on_every_ground_it_stands_on() {
        for theme in [Theme::LIGHT, Theme::DARK] {
            let pairs = [
                (theme.ink, theme.bg),
                (theme.ink, theme.raised),
                (theme.ink, theme.hover),
                (theme.ink, theme.press),
                (theme.ink_2, theme.bg),
                (theme.ink_2, theme.sunken),
                (theme.ink_3, theme.raised),
                (theme.ink_3, theme.sunken),
                (theme.on_accent, theme.accent),
                (theme.on_accent, theme.accent_hover),
                (theme.on_accent, theme.accent_press),
                (theme.on_soft, theme.accent_soft),
                (theme.ink, theme.accent_soft),
                (theme.ink_2, theme.accent_soft),
                (theme.warn, theme.accent_soft),
                (theme.on_stop, theme.stop),
                (theme.on_stop, theme.stop_hover),
                (theme.stop_text, theme.stop_soft),
                (theme.stop_text, theme.raised),
                (theme.warn, theme.warn_soft),
                (theme.info, theme.info_soft),
                (theme.bg, theme.ink),
            ];
            for (text, ground) in pairs {
                let contrast = contrast(text, ground);
                assert!(contrast >= 4.5, "{contrast:.2}: {text:?} on {ground:?}, dark: {}", theme.dark);
            }
        }
    }

    #[test]
    fn what_must_be_seen_stands_out_from_its_ground() {
        for theme in [Theme::LIGHT, Theme::DARK] {
            for color in [theme.line_strong, theme.accent, theme.stop, theme.warn_mark]
                .into_iter()
                .chain(Mode::ALL.map(|mode| theme.mode(mode)))
            {
                for ground in [theme.bg, theme.raised, theme.chart] {
                    let contrast = contrast(color, ground);
                    assert!(contrast >= 3.0, "{contrast:.2}: {color:?} on {ground:?}, dark: {}", theme.dark);
                }
            }
        }
    }
}
