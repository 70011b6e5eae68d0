//! The looks of iced's own widgets where they need no choice.
//!
//! Belongs here: the theme traits of iced. Styles that widgets choose between stand in the modules beside.

use iced::Background;
use iced::border::{self, Border};
use iced::overlay::menu;
use iced::widget::{button, container, pick_list, progress_bar, rule, scrollable, svg, text, text_editor, text_input};

use super::{Theme, radius};

impl button::Catalog for Theme {
    type Class<'a> = button::StyleFn<'a, Self>;

    fn default<'a>() -> Self::Class<'a> {
        Box::new(super::button::second)
    }

    fn style(&self, class: &Self::Class<'_>, status: button::Status) -> button::Style {
        class(self, status)
    }
}

impl container::Catalog for Theme {
    type Class<'a> = container::StyleFn<'a, Self>;

    fn default<'a>() -> Self::Class<'a> {
        Box::new(|_| container::Style::default())
    }

    fn style(&self, class: &Self::Class<'_>) -> container::Style {
        class(self)
    }
}

impl text::Catalog for Theme {
    type Class<'a> = text::StyleFn<'a, Self>;

    fn default<'a>() -> Self::Class<'a> {
        Box::new(|_| text::Style::default())
    }

    fn style(&self, class: &Self::Class<'_>) -> text::Style {
        class(self)
    }
}

impl svg::Catalog for Theme {
    type Class<'a> = svg::StyleFn<'a, Self>;

    fn default<'a>() -> Self::Class<'a> {
        Box::new(|theme, _| svg::Style { color: Some(theme.ink_2) })
    }

    fn style(&self, class: &Self::Class<'_>, status: svg::Status) -> svg::Style {
        class(self, status)
    }
}

impl rule::Catalog for Theme {
    type Class<'a> = rule::StyleFn<'a, Self>;

    fn default<'a>() -> Self::Class<'a> {
        Box::new(|theme| rule::Style {
            color: theme.line,
            radius: 0.0.into(),
            fill_mode: rule::FillMode::Full,
            snap: true,
        })
    }

    fn style(&self, class: &Self::Class<'_>) -> rule::Style {
        class(self)
    }
}

impl progress_bar::Catalog for Theme {
    type Class<'a> = progress_bar::StyleFn<'a, Self>;

    fn default<'a>() -> Self::Class<'a> {
        Box::new(|theme| progress_bar::Style {
            background: Background::Color(theme.sunken),
            bar: Background::Color(theme.accent),
            border: border::rounded(3),
        })
    }

    fn style(&self, class: &Self::Class<'_>) -> progress_bar::Style {
        class(self)
    }
}

impl text_editor::Catalog for Theme {
    type Class<'a> = text_editor::StyleFn<'a, Self>;

    fn default<'a>() -> Self::Class<'a> {
        Box::new(|theme, status| {
            let focused = matches!(status, text_editor::Status::Focused { .. });
            text_editor::Style {
                background: Background::Color(theme.raised),
                border: Border {
                    color: if focused { theme.accent } else { theme.line_strong },
                    width: if focused { 2.0 } else { 1.0 },
                    radius: radius::BUTTON.into(),
                },
                placeholder: theme.ink_3,
                value: theme.ink,
                selection: theme.accent.scale_alpha(0.28),
            }
        })
    }

    fn style(&self, class: &Self::Class<'_>, status: text_editor::Status) -> text_editor::Style {
        class(self, status)
    }
}

impl text_input::Catalog for Theme {
    type Class<'a> = text_input::StyleFn<'a, Self>;

    fn default<'a>() -> Self::Class<'a> {
        Box::new(|theme, status| {
            let focused = matches!(status, text_input::Status::Focused { .. });
            let disabled = status == text_input::Status::Disabled;
            text_input::Style {
                background: Background::Color(if disabled { theme.disabled } else { theme.raised }),
                border: Border {
                    color: match status {
                        text_input::Status::Focused { .. } => theme.accent,
                        text_input::Status::Hovered => theme.ink_2,
                        _ => theme.line_strong,
                    },
                    width: if focused { 2.0 } else { 1.0 },
                    radius: radius::BUTTON.into(),
                },
                icon: theme.ink_2,
                placeholder: theme.ink_3,
                value: if disabled { theme.on_disabled } else { theme.ink },
                selection: theme.accent.scale_alpha(0.28),
            }
        })
    }

    fn style(&self, class: &Self::Class<'_>, status: text_input::Status) -> text_input::Style {
        class(self, status)
    }
}

impl pick_list::Catalog for Theme {
    type Class<'a> = pick_list::StyleFn<'a, Self>;

    fn default<'a>() -> <Self as pick_list::Catalog>::Class<'a> {
        Box::new(|theme, status| pick_list::Style {
            text_color: theme.ink,
            placeholder_color: theme.ink_3,
            handle_color: theme.ink_2,
            background: Background::Color(match status {
                pick_list::Status::Hovered => theme.hover,
                _ => theme.raised,
            }),
            border: Border {
                color: match status {
                    pick_list::Status::Opened { .. } => theme.accent,
                    _ => theme.line_strong,
                },
                width: 1.0,
                radius: radius::BUTTON.into(),
            },
        })
    }

    fn style(&self, class: &<Self as pick_list::Catalog>::Class<'_>, status: pick_list::Status) -> pick_list::Style {
        class(self, status)
    }
}

impl menu::Catalog for Theme {
    type Class<'a> = menu::StyleFn<'a, Self>;

    fn default<'a>() -> <Self as menu::Catalog>::Class<'a> {
        Box::new(|theme| menu::Style {
            background: Background::Color(theme.raised),
            border: Border { color: theme.line_strong, width: 1.0, radius: radius::BUTTON.into() },
            text_color: theme.ink,
            selected_text_color: theme.on_soft,
            selected_background: Background::Color(theme.accent_soft),
            shadow: iced::Shadow::default(),
        })
    }

    fn style(&self, class: &<Self as menu::Catalog>::Class<'_>) -> menu::Style {
        class(self)
    }
}

impl scrollable::Catalog for Theme {
    type Class<'a> = scrollable::StyleFn<'a, Self>;

    fn default<'a>() -> Self::Class<'a> {
        Box::new(|theme, status| {
            let (vertical, horizontal) = match status {
                scrollable::Status::Active { .. } => (false, false),
                scrollable::Status::Hovered {
                    is_vertical_scrollbar_hovered, is_horizontal_scrollbar_hovered, ..
                } => (is_vertical_scrollbar_hovered, is_horizontal_scrollbar_hovered),
                scrollable::Status::Dragged {
                    is_vertical_scrollbar_dragged, is_horizontal_scrollbar_dragged, ..
                } => (is_vertical_scrollbar_dragged, is_horizontal_scrollbar_dragged),
            };
            let rail = |active: bool| scrollable::Rail {
                background: None,
                border: border::rounded(4),
                scroller: scrollable::Scroller {
                    background: Background::Color(if active { theme.ink_3 } else { theme.line_strong }),
                    border: border::rounded(4),
                },
            };
            scrollable::Style {
                container: container::Style::default(),
                vertical_rail: rail(vertical),
                horizontal_rail: rail(horizontal),
                gap: None,
                auto_scroll: scrollable::AutoScroll {
                    background: Background::Color(theme.raised),
                    border: Border { color: theme.line_strong, width: 1.0, radius: 100.0.into() },
                    shadow: iced::Shadow::default(),
                    icon: theme.ink_2,
                },
            }
        })
    }

    fn style(&self, class: &Self::Class<'_>, status: scrollable::Status) -> scrollable::Style {
        class(self, status)
    }
}

impl iced::widget::float::Catalog for Theme {
    type Class<'a> = iced::widget::float::StyleFn<'a, Self>;

    fn default<'a>() -> Self::Class<'a> {
        Box::new(|_| iced::widget::float::Style::default())
    }

    fn style(&self, class: &Self::Class<'_>) -> iced::widget::float::Style {
        class(self)
    }
}
