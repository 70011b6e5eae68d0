//! A drawing that takes part in nothing: made anew when what it shows, its size or the theme changes, and not before.

use iced::mouse::Cursor;
use iced::widget::canvas::{Canvas, Frame, Geometry, Program};
use iced::{Length, Rectangle, Renderer, Size};

use super::cache::Kept;
use crate::ui::theme::{Element, Theme};

/// Draws what is `shown`, in a size; the drawing is told the size in pixels.
pub fn still<'a, K, Message: 'a>(
    width: impl Into<Length>,
    height: impl Into<Length>,
    shown: K,
    draw: impl Fn(&mut Frame, &Theme, Size, &K) + 'a,
) -> Element<'a, Message>
where
    K: Clone + PartialEq + 'static,
{
    Canvas::new(Still { shown, draw }).width(width).height(height).into()
}

struct Still<K, F> {
    shown: K,
    draw: F,
}

impl<K, F, Message> Program<Message, Theme> for Still<K, F>
where
    K: Clone + PartialEq + 'static,
    F: Fn(&mut Frame, &Theme, Size, &K),
{
    type State = Kept<(K, bool)>;

    fn draw(
        &self,
        kept: &Self::State,
        renderer: &Renderer,
        theme: &Theme,
        bounds: Rectangle,
        _: Cursor,
    ) -> Vec<Geometry> {
        let area = Rectangle::with_size(bounds.size());
        let key = (self.shown.clone(), theme.dark);
        vec![kept.draw(renderer, area, key, |frame| (self.draw)(frame, theme, bounds.size(), &self.shown))]
    }
}
