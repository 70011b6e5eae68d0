//! The Stop button.
//!
//! Belongs here: a button that acts when it is pressed, not when it is let go, and that has no disabled state. There is
//! one in the window, in the player bar, always in the same place.

use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, layout, mouse, renderer};
use iced::widget::button::Status;
use iced::widget::{container, row, stack};
use iced::{Background, Border, Center, Color, Event, Fill, Length, Rectangle, Renderer, Size, touch, window};

use super::{drawing, focusable};
use crate::ui::icon::{self, Icon};
use crate::ui::theme::{self, Element, Theme, radius, text};

/// The height, in pixels.
pub const HEIGHT: f32 = 64.0;

/// Stop, with its word and its key: filled while there is something to stop, soft at rest. It acts either way.
pub fn stop<'a, Message: Clone + 'a>(
    label: impl iced::widget::text::IntoFragment<'a>,
    key: impl iced::widget::text::IntoFragment<'a>,
    filled: bool,
    width: f32,
    message: Message,
) -> Element<'a, Message> {
    let cap = drawing::drawing_in_ink(Size::new(36.0, 22.0), |quads, _, ink| {
        let border = Border { color: ink, width: 1.0, radius: radius::FLAG.into() };
        quads.framed(Rectangle::with_size(Size::new(36.0, 22.0)), border, Color::TRANSPARENT);
    });
    let cap = stack![cap, container(text::label(key)).center(Fill)];
    let spacing = if width < 150.0 { 8 } else { 12 };
    let content = row![icon::view(Icon::Square, 22.0), text::title(label), cap].spacing(spacing).align_y(Center);
    let content = container(content).center(Fill).into();
    let button = Element::new(Stop { content, filled, width, message: message.clone(), status: Status::Active });
    focusable(button).id(ID).on_press(message).corner(radius::CARD).into()
}

/// The button's name, to find it and to put focus there.
pub const ID: &str = "stop";

struct Stop<'a, Message> {
    content: Element<'a, Message>,
    filled: bool,
    width: f32,
    message: Message,
    status: Status,
}

#[derive(Debug, Clone, Copy, Default)]
struct State {
    pressed: bool,
}

impl<Message: Clone> Widget<Message, Theme, Renderer> for Stop<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.content)]
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(std::slice::from_ref(&self.content));
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fixed(self.width), Length::Fixed(HEIGHT))
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        layout::padded(limits, self.width, HEIGHT, 0, |limits| {
            self.content.as_widget_mut().layout(&mut tree.children[0], renderer, limits)
        })
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        for child in layout.children() {
            self.content.as_widget_mut().operate(&mut tree.children[0], child, renderer, operation);
        }
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _: &Renderer,
        _: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        _: &Rectangle,
    ) {
        let state = tree.state.downcast_mut::<State>();
        let over = cursor.is_over(layout.bounds());
        match event {
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerPressed { .. })
                if over =>
            {
                state.pressed = true;
                shell.publish(self.message.clone());
                shell.capture_event();
            }
            Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerLifted { .. } | touch::Event::FingerLost { .. }) => {
                state.pressed = false
            }
            _ => {}
        }
        let status = match (state.pressed, over) {
            (true, _) => Status::Pressed,
            (false, true) => Status::Hovered,
            (false, false) => Status::Active,
        };
        if matches!(event, Event::Window(window::Event::RedrawRequested(_))) {
            self.status = status;
        } else if self.status != status {
            shell.request_redraw();
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        _: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let style = theme::button::stop(self.filled)(theme, self.status);
        let quad = renderer::Quad { bounds: layout.bounds(), border: style.border, ..renderer::Quad::default() };
        renderer.fill_quad(quad, style.background.unwrap_or(Background::Color(theme.stop)));
        let ink = renderer::Style { text_color: style.text_color };
        for child in layout.children() {
            self.content.as_widget().draw(&tree.children[0], renderer, theme, &ink, child, cursor, viewport);
        }
    }

    fn mouse_interaction(
        &self,
        _: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _: &Rectangle,
        _: &Renderer,
    ) -> mouse::Interaction {
        if cursor.is_over(layout.bounds()) { mouse::Interaction::Pointer } else { mouse::Interaction::default() }
    }
}

#[cfg(test)]
mod tests {
    use iced_test::Simulator;

    use super::*;

    #[test]
    fn stop_acts_when_it_is_pressed_however_it_looks() {
        for filled in [true, false] {
            let button: Element<'_, &str> = stop("Stop", "Esc", filled, 164.0, "stop");
            let mut simulator: Simulator<'_, &str, Theme> = Simulator::new(button);
            simulator.point_at([80.0, 30.0]);
            let press = Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left));
            let release = Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left));
            let _ = simulator.simulate([press.clone()]);
            let _ = simulator.simulate([release]);
            let _ = simulator.simulate([press]);
            assert_eq!(simulator.into_messages().collect::<Vec<_>>(), ["stop", "stop"]);
        }
    }
}
