//! One widget around another: it is laid out, drawn and asked like what it wraps, but for what a decoration changes.
//!
//! Belongs here: the forwarding, once. What is changed is a [`Decoration`]: focus, a shadow, a page that is out of reach,
//! a button that acts when it is pressed.

use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Layout, Shell, layout, mouse, overlay, renderer};
use iced::{Event, Length, Rectangle, Renderer, Size, Vector};

use crate::ui::theme::{Element, Theme};

/// What is different from the thing that is wrapped. By default, nothing.
pub(super) trait Decoration<Message> {
    /// What it remembers from frame to frame.
    type State: Default + 'static;

    /// A new view is there: what is remembered may no longer hold.
    fn renew(&self, _state: &mut Self::State) {}

    /// Whether the pointer, operations and overlays reach the content.
    fn is_open(&self) -> bool {
        true
    }

    /// Where the content believes the pointer to be for an event; `None`: it does not hear of the event.
    fn pointer(&self, _event: &Event, cursor: mouse::Cursor) -> Option<mouse::Cursor> {
        Some(cursor)
    }

    /// What operations find here, before the content.
    fn operate(&self, _state: &mut Self::State, _bounds: Rectangle, _operation: &mut dyn Operation) {}

    /// What happens with an event, after the content had it.
    fn heed(&self, _state: &mut Self::State, _heard: Heard<'_>, _shell: &mut Shell<'_, Message>) {}

    /// Draws under the content; gives back the style that the content inherits.
    fn under(
        &self,
        _state: &Self::State,
        _renderer: &mut Renderer,
        _theme: &Theme,
        style: &renderer::Style,
        _bounds: Rectangle,
    ) -> renderer::Style {
        *style
    }

    /// Whether the content is drawn above pictures that were drawn under it.
    fn lifts(&self) -> bool {
        false
    }

    /// Draws over the content.
    fn over(&self, _state: &Self::State, _renderer: &mut Renderer, _theme: &Theme, _bounds: Rectangle) {}

    /// The pointer's look over it, where that is not the content's business.
    fn interaction(&self, _over: bool) -> Option<mouse::Interaction> {
        None
    }
}

/// An event at a place.
#[derive(Clone, Copy)]
pub(super) struct Heard<'a> {
    pub event: &'a Event,
    pub bounds: Rectangle,
    pub cursor: mouse::Cursor,
}

impl Heard<'_> {
    /// Whether the pointer is over it.
    pub fn is_over(&self) -> bool {
        self.cursor.is_over(self.bounds)
    }
}

/// Wraps something.
pub(super) fn decorated<'a, Message, D>(content: Element<'a, Message>, decoration: D) -> Element<'a, Message>
where
    Message: 'a,
    D: Decoration<Message> + 'a,
{
    Element::new(Decorated { content, decoration })
}

/// What a decoration keeps. A type of its own: iced takes `()` for the state of a widget that has none.
struct Kept<S>(S);

struct Decorated<'a, Message, D> {
    content: Element<'a, Message>,
    decoration: D,
}

impl<Message, D: Decoration<Message>> Widget<Message, Theme, Renderer> for Decorated<'_, Message, D> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Kept<D::State>>()
    }

    fn state(&self) -> tree::State {
        let mut state = D::State::default();
        self.decoration.renew(&mut state);
        tree::State::new(Kept(state))
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.content)]
    }

    fn diff(&self, tree: &mut Tree) {
        self.decoration.renew(&mut tree.state.downcast_mut::<Kept<D::State>>().0);
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
        if !self.decoration.is_open() {
            return;
        }
        let kept: &mut Kept<D::State> = tree.state.downcast_mut();
        self.decoration.operate(&mut kept.0, layout.bounds(), operation);
        operation.traverse(&mut |operation| {
            self.content.as_widget_mut().operate(&mut tree.children[0], layout, renderer, operation);
        });
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
        if let Some(cursor) = self.decoration.pointer(event, cursor) {
            let content = &mut tree.children[0];
            self.content.as_widget_mut().update(content, event, layout, cursor, renderer, clipboard, shell, viewport);
        }
        let heard = Heard { event, bounds: layout.bounds(), cursor };
        self.decoration.heed(&mut tree.state.downcast_mut::<Kept<D::State>>().0, heard, shell);
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
        use iced::advanced::Renderer as _;

        let (state, bounds) = (&tree.state.downcast_ref::<Kept<D::State>>().0, layout.bounds());
        let style = self.decoration.under(state, renderer, theme, style, bounds);
        let cursor = if self.decoration.is_open() { cursor } else { mouse::Cursor::Unavailable };
        let draw = |renderer: &mut Renderer| {
            self.content.as_widget().draw(&tree.children[0], renderer, theme, &style, layout, cursor, viewport);
        };
        if self.decoration.lifts() {
            renderer.with_layer(*viewport, draw)
        } else {
            draw(renderer)
        }
        self.decoration.over(state, renderer, theme, bounds);
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        if !self.decoration.is_open() {
            return mouse::Interaction::None;
        }
        self.decoration.interaction(cursor.is_over(layout.bounds())).unwrap_or_else(|| {
            self.content.as_widget().mouse_interaction(&tree.children[0], layout, cursor, viewport, renderer)
        })
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, Message, Theme, Renderer>> {
        if !self.decoration.is_open() {
            return None;
        }
        self.content.as_widget_mut().overlay(&mut tree.children[0], layout, renderer, viewport, translation)
    }
}
