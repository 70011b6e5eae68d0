//! A ring that empties as time passes.

use iced::widget::canvas::path::Arc;
use iced::widget::canvas::{LineCap, Path, Stroke};
use iced::{Point, Radians};

use crate::ui::theme::Element;
use crate::ui::widget::still::still;

/// How wide the ring is, in pixels.
const WIDTH: f32 = 10.0;
/// In how many steps it empties: more are not seen.
const STEPS: u16 = 600;

/// A ring of a diameter in pixels, with what is left of it from 0 to 1.
pub fn ring<'a, Message: 'a>(diameter: f32, left: f32) -> Element<'a, Message> {
    let left = (left.clamp(0.0, 1.0) * f32::from(STEPS)).round() as u16;
    still(diameter, diameter, left, |frame, theme, size, left| {
        let center = Point::new(size.width / 2.0, size.height / 2.0);
        let radius = (size.width.min(size.height) - WIDTH) / 2.0;
        let stroke = |color| Stroke::default().with_color(color).with_width(WIDTH).with_line_cap(LineCap::Round);
        frame.stroke(&Path::circle(center, radius), stroke(theme.line));
        if *left > 0 {
            let top = -std::f32::consts::FRAC_PI_2;
            let turn = std::f32::consts::TAU * f32::from(*left) / f32::from(STEPS);
            let arc = Arc {
                center,
                radius,
                start_angle: Radians(top),
                // A whole turn has no end to be round.
                end_angle: Radians(top + turn.min(std::f32::consts::TAU - 0.001)),
            };
            frame.stroke(&Path::new(|path| path.arc(arc)), stroke(theme.accent));
        }
    })
}
