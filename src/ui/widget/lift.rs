//! Shadows under what floats: dialogs, toasts, menus.
//!
//! Belongs here: [`lift`]. The software renderer paints iced's own shadows without clipping them, and again on every
//! partial repaint, so that they smear; these are made of plain rectangles, and no style has a `shadow`.

use iced::advanced::widget::{Operation, Tree, Widget};
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, layout, mouse, overlay, renderer};
use iced::{Background, Border, Event, Length, Rectangle, Renderer, Shadow, Size, Vector};

use crate::ui::theme::{Element, Theme};

/// Draws a shadow of the theme under something with a corner radius.
pub fn lift<'a, Message: 'a>(
    content: impl Into<Element<'a, Message>>,
    corner: f32,
    shadow: fn(&Theme) -> Shadow,
) -> Element<'a, Message> {
    Element::new(Lift { content: content.into(), corner, shadow })
}

/// Rectangles that one shadow is made of.
const RINGS: u8 = 8;

struct Lift<'a, Message> {
    content: Element<'a, Message>,
    corner: f32,
    shadow: fn(&Theme) -> Shadow,
}

impl<Message> Widget<Message, Theme, Renderer> for Lift<'_, Message> {
    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.content)]
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(std::slice::from_ref(&self.content));
    }

    fn size(&self) -> Size<Length> {
        self.content.as_widget().size()
    }

    fn size_hint(&self) -> Size<Length> {
        self.content.as_widget().size_hint()
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        self.content.as_widget_mut().layout(&mut tree.children[0], renderer, limits)
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        self.content.as_widget_mut().operate(&mut tree.children[0], layout, renderer, operation);
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        viewport: &Rectangle,
    ) {
        let content = &mut tree.children[0];
        self.content.as_widget_mut().update(content, event, layout, cursor, renderer, clipboard, shell, viewport);
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let shadow = (self.shadow)(theme);
        let color = shadow.color.scale_alpha(1.0 / f32::from(RINGS));
        for ring in 0..RINGS {
            // From half of the blur outside to half of it inside, where the shadow is full.
            let grow = shadow.blur_radius * (0.5 - f32::from(ring) / f32::from(RINGS));
            let bounds = (layout.bounds() + shadow.offset).expand(grow);
            let border = Border { radius: (self.corner + grow).max(0.0).into(), ..Border::default() };
            let quad = renderer::Quad { bounds, border, ..renderer::Quad::default() };
            renderer.fill_quad(quad, Background::Color(color));
        }
        self.content.as_widget().draw(&tree.children[0], renderer, theme, style, layout, cursor, viewport);
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        self.content.as_widget().mouse_interaction(&tree.children[0], layout, cursor, viewport, renderer)
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, Message, Theme, Renderer>> {
        self.content.as_widget_mut().overlay(&mut tree.children[0], layout, renderer, viewport, translation)
    }
}
