//! A ring that empties as time passes.

use iced::mouse::Cursor;
use iced::widget::canvas::path::Arc;
use iced::widget::canvas::{Canvas, Geometry, LineCap, Path, Program, Stroke};
use iced::{Point, Radians, Rectangle, Renderer};

use crate::ui::theme::{Element, Theme};
use crate::ui::widget::cache::Kept;

/// How wide the ring is, in pixels.
const WIDTH: f32 = 10.0;
/// In how many steps it empties: more are not seen.
const STEPS: u16 = 600;

/// A ring of a diameter in pixels, with what is left of it from 0 to 1.
pub fn ring<'a, Message: 'a>(diameter: f32, left: f32) -> Element<'a, Message> {
    let left = (left.clamp(0.0, 1.0) * f32::from(STEPS)).round() as u16;
    Canvas::new(Ring { left }).width(diameter).height(diameter).into()
}

struct Ring {
    left: u16,
}

impl<Message> Program<Message, Theme> for Ring {
    type State = Kept<(u16, bool)>;

    fn draw(
        &self,
        kept: &Self::State,
        renderer: &Renderer,
        theme: &Theme,
        bounds: Rectangle,
        _: Cursor,
    ) -> Vec<Geometry> {
        let area = Rectangle::with_size(bounds.size());
        vec![kept.draw(renderer, area, (self.left, theme.dark), |frame| {
            let center = Point::new(bounds.width / 2.0, bounds.height / 2.0);
            let radius = (bounds.width.min(bounds.height) - WIDTH) / 2.0;
            let stroke = |color| Stroke::default().with_color(color).with_width(WIDTH).with_line_cap(LineCap::Round);
            frame.stroke(&Path::circle(center, radius), stroke(theme.line));
            if self.left > 0 {
                let top = -std::f32::consts::FRAC_PI_2;
                let turn = std::f32::consts::TAU * f32::from(self.left) / f32::from(STEPS);
                let arc = Arc {
                    center,
                    radius,
                    start_angle: Radians(top),
                    // A whole turn has no end to be round.
                    end_angle: Radians(top + turn.min(std::f32::consts::TAU - 0.001)),
                };
                frame.stroke(&Path::new(|path| path.arc(arc)), stroke(theme.accent));
            }
        })]
    }
}
