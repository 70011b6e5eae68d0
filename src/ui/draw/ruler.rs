//! The ruler above lanes: the times of a profile, and the place as a flag. A press or a drag goes to another place.

use std::sync::Arc;

use iced::mouse::{self, Cursor};
use iced::widget::canvas::{Action, Canvas, Event, Geometry, Path, Program, Text};
use iced::widget::text::Alignment;
use iced::{Fill, Point, Rectangle, Renderer, Size};

use super::seek::{self, Drag};
use crate::profile::Profile;
use crate::time::Time;
use crate::ui::theme::{Element, Theme, radius, text};
use crate::ui::widget::cache::Kept;

/// The height, in pixels.
pub const HEIGHT: f32 = 26.0;
const FLAG: Size = Size::new(54.0, 22.0);

/// The ruler of a profile, with a flag at the place, if there is one. With `on_seek` one can go to another.
pub fn ruler<'a, Message: 'a>(
    profile: &Arc<Profile>,
    at: Option<Time>,
    on_seek: Option<impl Fn(Time) -> Message + 'a>,
) -> Element<'a, Message> {
    Canvas::new(Ruler { length: profile.length, at, on_seek }).width(Fill).height(HEIGHT).into()
}

/// Times between labels that a person counts in, in seconds.
const APART: [u32; 10] = [5, 10, 30, 60, 120, 180, 300, 600, 1800, 3600];
/// A label needs this much room, in pixels.
const ROOM: f32 = 64.0;

/// The seconds between the labels of a timeline of a length over a width; ticks stand at half of it.
pub fn apart(length: Time, width: f32) -> u32 {
    let second = width / length.as_secs_f32().max(1.0);
    APART.into_iter().find(|apart| *apart as f32 * second >= ROOM).unwrap_or(7200)
}

struct Ruler<F> {
    length: Time,
    at: Option<Time>,
    on_seek: Option<F>,
}

#[derive(Default)]
struct State {
    scale: Kept<(Time, Vec<u32>, bool)>,
    flag: Kept<(String, bool)>,
    pointed: Kept<(String, bool)>,
    drag: Drag,
}

fn label(content: String, position: Point, color: iced::Color, font: iced::Font, align_x: Alignment) -> Text {
    // Without a font of its own the text would take the system's.
    let size = text::SMALL.into();
    Text { content, position, color, size, font, align_x, ..Text::default() }
}

/// A flag of a colour with a time, and its stem at a column.
fn flag(frame: &mut iced::widget::canvas::Frame, x: f32, width: f32, at: Time, fill: iced::Color, ink: iced::Color) {
    let left = flag_left(x, width);
    let shape = Path::rounded_rectangle(Point::new(left, 0.0), FLAG, radius::FLAG.into());
    frame.fill(&shape, fill);
    frame.fill_rectangle(Point::new(x - 1.0, FLAG.height), Size::new(2.0, HEIGHT - FLAG.height), fill);
    let middle = Point::new(left + FLAG.width / 2.0, 2.0);
    frame.fill_text(label(at.label(), middle, ink, text::SEMIBOLD, Alignment::Center));
}

fn flag_left(x: f32, width: f32) -> f32 {
    (x - FLAG.width / 2.0).clamp(0.0, (width - FLAG.width).max(0.0))
}

impl<Message, F: Fn(Time) -> Message> Program<Message, Theme> for Ruler<F> {
    type State = State;

    fn update(&self, state: &mut State, event: &Event, bounds: Rectangle, cursor: Cursor) -> Option<Action<Message>> {
        state.drag.update(event, bounds, cursor, self.length, self.on_seek.as_ref()?)
    }

    fn draw(&self, state: &State, renderer: &Renderer, theme: &Theme, bounds: Rectangle, _: Cursor) -> Vec<Geometry> {
        let width = bounds.width;
        let x = |at: Time| (at.as_secs_f32() / self.length.as_secs_f32().max(0.001) * width).floor();
        let pointed = state.drag.shown().filter(|_| self.on_seek.is_some());
        // While one points somewhere else, that is where to look.
        let places: Vec<f32> = self.at.map(x).into_iter().chain(pointed).collect();
        let apart = apart(self.length, width);
        // All text lies above all shapes, so a label under a flag is left out.
        let seconds = (0..=self.length.as_millis() / 1000 / apart).map(|index| index * apart);
        let under = |second: &u32| {
            let left = x(Time::from_secs(*second)) + 5.0;
            let near =
                |place: &f32| left < place + FLAG.width / 2.0 + 4.0 && left + 40.0 > place - FLAG.width / 2.0 - 4.0;
            places.iter().any(near)
        };
        let hidden: Vec<u32> = seconds.filter(under).collect();
        let whole = Rectangle::with_size(bounds.size());
        let mut layers = vec![state.scale.draw(renderer, whole, (self.length, hidden.clone(), theme.dark), |frame| {
            let half = (apart / 2).max(1);
            for index in 0..=self.length.as_millis() / 1000 / half {
                let second = index * half;
                let left = x(Time::from_secs(second)).min(width - 1.0);
                let labelled = second.is_multiple_of(apart);
                let top = if labelled { 14.0 } else { 19.0 };
                frame.fill_rectangle(Point::new(left, top), Size::new(1.0, HEIGHT - top), theme.line_strong);
                if labelled && !hidden.contains(&second) && left + 40.0 < width {
                    let time = Time::from_secs(second).label();
                    let place = Point::new(left + 5.0, 1.0);
                    frame.fill_text(label(time, place, theme.ink_2, text::REGULAR, Alignment::Left));
                }
            }
        })];
        if let Some(at) = self.at {
            let place = x(at);
            let area =
                Rectangle::new(Point::new(flag_left(place, width) - 1.0, 0.0), Size::new(FLAG.width + 2.0, HEIGHT));
            layers.push(state.flag.draw(renderer, area, (at.label(), theme.dark), |frame| {
                flag(frame, place, width, at, theme.ink, theme.bg);
            }));
        }
        if let Some(place) = pointed {
            let at = seek::time(place, width, self.length);
            let area =
                Rectangle::new(Point::new(flag_left(place, width) - 1.0, 0.0), Size::new(FLAG.width + 2.0, HEIGHT));
            layers.push(state.pointed.draw(renderer, area, (at.label(), theme.dark), |frame| {
                flag(frame, place, width, at, theme.accent, theme.on_accent);
            }));
        }
        layers
    }

    fn mouse_interaction(&self, state: &State, bounds: Rectangle, cursor: Cursor) -> mouse::Interaction {
        if self.on_seek.is_some() { state.drag.pointer(bounds, cursor) } else { mouse::Interaction::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_have_room_whatever_the_length() {
        for (minutes, width) in [(1, 300.0), (12, 512.0), (12, 1200.0), (60, 512.0), (240, 400.0)] {
            let length = Time::from_secs(minutes * 60);
            let apart = apart(length, width);
            assert!(apart as f32 / length.as_secs_f32() * width >= ROOM, "{minutes} min in {width} px: {apart} s");
        }
        assert_eq!(apart(Time::from_secs(720), 512.0), 120);
    }
}
