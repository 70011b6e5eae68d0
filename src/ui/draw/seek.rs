//! Going to another place in a profile: a press or a drag over its length, or keys.
//!
//! Belongs here: [`Drag`], the gesture of every drawing over which a profile's length runs, and [`by_keys`]. What such a
//! drawing looks like does not.

use std::time::Duration;

use iced::keyboard::Key;
use iced::keyboard::key::Named;
use iced::mouse::{self, Cursor};
use iced::widget::canvas::{Action, Event, Frame};
use iced::{Point, Rectangle, Size};

use crate::time::Time;
use crate::ui::theme::{Element, Theme, radius};
use crate::ui::widget::focusable;

/// What an arrow key goes by.
const STEP: Duration = Duration::from_secs(5);

/// The gesture under way: a press goes there when it is let go, so that a drag shows where it would go first.
#[derive(Debug, Default)]
pub struct Drag {
    held: Option<f32>,
    over: Option<f32>,
}

impl Drag {
    /// The column where the button is held, in pixels.
    pub fn held(&self) -> Option<f32> {
        self.held
    }

    /// The column where the button is held, or else the pointer.
    pub fn shown(&self) -> Option<f32> {
        self.held.or(self.over)
    }

    /// Takes in what the pointer does over something as wide as a profile is long.
    pub fn update<Message>(
        &mut self,
        event: &Event,
        bounds: Rectangle,
        cursor: Cursor,
        length: Time,
        on_seek: impl Fn(Time) -> Message,
    ) -> Option<Action<Message>> {
        let Event::Mouse(event) = event else { return None };
        match event {
            mouse::Event::ButtonPressed(mouse::Button::Left) => {
                self.held = Some(cursor.position_in(bounds)?.x);
                Some(Action::request_redraw().and_capture())
            }
            mouse::Event::CursorMoved { .. } => {
                let before = self.shown();
                self.over = cursor.position_in(bounds).map(|at| at.x.floor());
                if let Some(held) = &mut self.held {
                    *held = cursor.position_from(bounds.position())?.x.clamp(0.0, bounds.width);
                    return Some(Action::request_redraw().and_capture());
                }
                (self.over != before).then(Action::request_redraw)
            }
            mouse::Event::CursorLeft => {
                self.over.take()?;
                Some(Action::request_redraw())
            }
            mouse::Event::ButtonReleased(mouse::Button::Left) => {
                let x = self.held.take()?;
                Some(Action::publish(on_seek(time(x, bounds.width, length))).and_capture())
            }
            _ => None,
        }
    }

    /// The pointer's look over it.
    pub fn pointer(&self, bounds: Rectangle, cursor: Cursor) -> mouse::Interaction {
        if self.held.is_some() || cursor.is_over(bounds) {
            mouse::Interaction::Pointer
        } else {
            mouse::Interaction::default()
        }
    }
}

/// The place at a column of so many.
pub fn time(x: f32, width: f32, length: Time) -> Time {
    let part = f64::from((x / width.max(1.0)).clamp(0.0, 1.0));
    Time::from_millis((part * f64::from(length.as_millis())) as u32)
}

/// A dashed line where the pointer would go to.
pub fn line(frame: &mut Frame, theme: &Theme, x: f32) {
    let (mut y, height) = (0.0, frame.height());
    while y < height {
        frame.fill_rectangle(Point::new(x.floor(), y), Size::new(1.5, 4.0), theme.accent);
        y += 8.0;
    }
}

/// Lets keys go to another place, too: ← and → by five seconds, Home to the start.
pub fn by_keys<'a, Message: Clone + 'a>(
    content: impl Into<Element<'a, Message>>,
    at: Time,
    length: Time,
    on_seek: Option<impl Fn(Time) -> Message + 'a>,
) -> Element<'a, Message> {
    focusable(content)
        .enabled(on_seek.is_some())
        .corner(radius::FLAG)
        .on_key(move |key| {
            let seek = on_seek.as_ref()?;
            match key {
                Key::Named(Named::ArrowLeft) => Some(seek(at - STEP)),
                Key::Named(Named::ArrowRight) => Some(seek((at + STEP).min(length))),
                Key::Named(Named::Home) => Some(seek(Time::ZERO)),
                _ => None,
            }
        })
        .into()
}
