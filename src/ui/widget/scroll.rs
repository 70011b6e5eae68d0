//! Pages longer than the window.

use iced::widget::scrollable::{Direction, Scrollable, Scrollbar, Viewport};

use crate::ui::theme::{Element, Theme};

/// Scrolls content up and down, with a slim bar beside it. Content needs 4 px of its own around anything that takes
/// focus at its edge, or the ring is cut.
pub fn scroll<'a, Message: 'a>(content: impl Into<Element<'a, Message>>) -> Scrollable<'a, Message, Theme> {
    let bar = Scrollbar::new().width(6).scroller_width(6).margin(1);
    Scrollable::with_direction(content, Direction::Vertical(bar))
}

/// How far a page is scrolled down, in pixels.
pub fn scrolled(seen: Viewport) -> f32 {
    seen.absolute_offset().y
}
