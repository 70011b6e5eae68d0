//! The ruler above the lanes, with the place as a flag.

use std::sync::Arc;

use iced::mouse::Cursor;
use iced::widget::canvas::{Canvas, Geometry, Path, Program, Text};
use iced::widget::text::Alignment;
use iced::{Fill, Point, Rectangle, Renderer, Size};

use crate::profile::Profile;
use crate::time::Time;
use crate::ui::theme::{Element, Theme, radius, text};
use crate::ui::widget::cache::Kept;

/// The height, in pixels.
pub(super) const HEIGHT: f32 = 26.0;
const FLAG: Size = Size::new(54.0, 22.0);

/// The ruler of a profile with a flag at a place.
pub(super) fn ruler<'a, Message: 'a>(profile: &Arc<Profile>, at: Time) -> Element<'a, Message> {
    Canvas::new(Ruler { length: profile.length, at }).width(Fill).height(HEIGHT).into()
}

/// Times between labels that a person counts in, in seconds.
const APART: [u32; 10] = [5, 10, 30, 60, 120, 180, 300, 600, 1800, 3600];
/// A label needs this much room, in pixels.
const ROOM: f32 = 64.0;

/// The seconds between the labels of a timeline of a length over a width; ticks stand at half of it.
pub(super) fn apart(length: Time, width: f32) -> u32 {
    let second = width / length.as_secs_f32().max(1.0);
    APART.into_iter().find(|apart| *apart as f32 * second >= ROOM).unwrap_or(7200)
}

struct Ruler {
    length: Time,
    at: Time,
}

#[derive(Default)]
struct State {
    scale: Kept<(Time, Option<u32>, bool)>,
    flag: Kept<(String, bool)>,
}

fn label(content: String, position: Point, color: iced::Color, font: iced::Font, align_x: Alignment) -> Text {
    // Without a font of its own the text would take the system's.
    let size = text::SMALL.into();
    Text { content, position, color, size, font, align_x, ..Text::default() }
}

impl<Message> Program<Message, Theme> for Ruler {
    type State = State;

    fn draw(&self, state: &State, renderer: &Renderer, theme: &Theme, bounds: Rectangle, _: Cursor) -> Vec<Geometry> {
        let width = bounds.width;
        let x = |at: Time| (at.as_secs_f32() / self.length.as_secs_f32().max(0.001) * width).floor();
        let place = x(self.at);
        let apart = apart(self.length, width);
        // All text lies above all shapes, so a label under the flag is left out.
        let hidden = (0..=self.length.as_millis() / 1000 / apart).map(|index| index * apart).find(|second| {
            let left = x(Time::from_secs(*second)) + 5.0;
            left < place + FLAG.width / 2.0 + 4.0 && left + 40.0 > place - FLAG.width / 2.0 - 4.0
        });
        let whole = Rectangle::with_size(bounds.size());
        let scale = state.scale.draw(renderer, whole, (self.length, hidden, theme.dark), |frame| {
            let half = (apart / 2).max(1);
            for index in 0..=self.length.as_millis() / 1000 / half {
                let second = index * half;
                let left = x(Time::from_secs(second)).min(width - 1.0);
                let labelled = second.is_multiple_of(apart);
                let top = if labelled { 14.0 } else { 19.0 };
                frame.fill_rectangle(Point::new(left, top), Size::new(1.0, HEIGHT - top), theme.line_strong);
                if labelled && hidden != Some(second) && left + 40.0 < width {
                    let time = Time::from_secs(second).label();
                    let place = Point::new(left + 5.0, 1.0);
                    frame.fill_text(label(time, place, theme.ink_2, text::REGULAR, Alignment::Left));
                }
            }
        });
        let left = (place - FLAG.width / 2.0).clamp(0.0, (width - FLAG.width).max(0.0));
        let area = Rectangle::new(Point::new(left - 1.0, 0.0), Size::new(FLAG.width + 2.0, HEIGHT));
        let flag = state.flag.draw(renderer, area, (self.at.label(), theme.dark), |frame| {
            let flag = Path::rounded_rectangle(Point::new(left, 0.0), FLAG, radius::FLAG.into());
            frame.fill(&flag, theme.ink);
            frame.fill_rectangle(Point::new(place - 1.0, FLAG.height), Size::new(2.0, HEIGHT - FLAG.height), theme.ink);
            let middle = Point::new(left + FLAG.width / 2.0, 2.0);
            frame.fill_text(label(self.at.label(), middle, theme.bg, text::SEMIBOLD, Alignment::Center));
        });
        vec![scale, flag]
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
