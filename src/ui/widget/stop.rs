//! The Stop button.
//!
//! Belongs here: a button that acts when it is pressed, not when it is let go, and that has no disabled state. There is
//! one in the window, in the player bar, always in the same place.

use iced::advanced::{Renderer as _, Shell, mouse, renderer};
use iced::widget::button::Status;
use iced::widget::{container, row, stack};
use iced::{Background, Border, Center, Color, Event, Fill, Rectangle, Renderer, Size, touch};

use super::decorated::{Decoration, Heard, decorated};
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
    let content = container(content).center(Fill).width(width).height(HEIGHT).into();
    let button = decorated(content, Stop { filled, message: message.clone() });
    focusable(button).id(ID).on_press(message).corner(radius::CARD).into()
}

/// The button's name, to find it and to put focus there.
pub const ID: &str = "stop";

struct Stop<Message> {
    filled: bool,
    message: Message,
}

struct State {
    pressed: bool,
    status: Status,
}

impl Default for State {
    fn default() -> Self {
        Self { pressed: false, status: Status::Active }
    }
}

impl<Message: Clone> Decoration<Message> for Stop<Message> {
    type State = State;

    fn heed(&self, state: &mut State, heard: Heard<'_>, shell: &mut Shell<'_, Message>) {
        let over = heard.is_over();
        match heard.event {
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
                state.pressed = false;
            }
            _ => {}
        }
        let status = match (state.pressed, over) {
            (true, _) => Status::Pressed,
            (false, true) => Status::Hovered,
            (false, false) => Status::Active,
        };
        if state.status != status {
            state.status = status;
            shell.request_redraw();
        }
    }

    fn under(
        &self,
        state: &State,
        renderer: &mut Renderer,
        theme: &Theme,
        _: &renderer::Style,
        bounds: Rectangle,
    ) -> renderer::Style {
        let style = theme::button::stop(self.filled)(theme, state.status);
        let quad = renderer::Quad { bounds, border: style.border, ..renderer::Quad::default() };
        renderer.fill_quad(quad, style.background.unwrap_or(Background::Color(theme.stop)));
        renderer::Style { text_color: style.text_color }
    }

    fn interaction(&self, over: bool) -> Option<mouse::Interaction> {
        Some(if over { mouse::Interaction::Pointer } else { mouse::Interaction::default() })
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
