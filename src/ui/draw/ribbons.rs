//! A profile at a glance: one ribbon per mode, always four rows in the same order, so that cards can be compared.

use std::sync::Arc;

use iced::advanced::svg::Svg;
use iced::widget::canvas::LineDash;
use iced::{Fill, Point, Rectangle, Size};

use super::curve::{self, Look, Plot, Trace};
use crate::mode::Mode;
use crate::profile::Profile;
use crate::ui::icon::Icon;
use crate::ui::theme::Element;
use crate::ui::widget::cache::Same;
use crate::ui::widget::still::still;

/// The height of the four rows, in pixels.
pub const HEIGHT: f32 = 4.0 * ROW;
/// The height of one row, in pixels.
pub const ROW: f32 = 31.0;
/// Room for the icons.
pub const LEFT: f32 = 26.0;

/// The ribbons of a profile. A mode that it does not use is an empty line with a grey icon; a mode that is `missing`
/// on the massager is a grey dashed curve.
pub fn ribbons<'a, Message: 'a>(profile: Arc<Profile>, missing: Vec<Mode>) -> Element<'a, Message> {
    still(Fill, HEIGHT, (Same(profile), missing), |frame, theme, size, (profile, missing)| {
        for (row, mode) in Mode::ALL.into_iter().enumerate() {
            let top = row as f32 * ROW;
            let plot = Plot { x: LEFT, top: top + 3.0, bottom: top + ROW - 3.0 };
            let curves: Vec<_> = profile
                .0
                .tracks
                .iter()
                .filter(|(channel, curve)| channel.mode == mode && !curve.peak().is_zero())
                .map(|(_, curve)| curve)
                .collect();
            let still = curves.is_empty() || missing.contains(&mode);
            let color = if still { theme.line_strong } else { theme.mode(mode) };
            let icon = Rectangle::new(Point::new(0.0, top + 4.0), Size::new(18.0, 18.0));
            frame.draw_svg(icon, Svg::new(Icon::from(mode).handle(18.0)).color(color));
            let width = (size.width - LEFT).max(0.0);
            frame.fill_rectangle(Point::new(LEFT, plot.bottom), Size::new(width, 1.0), theme.grid_2);
            if curves.is_empty() {
                continue;
            }
            let trace = Trace::new(curves, profile.0.length, width as usize);
            let all = 0..trace.columns();
            if still {
                let dash = LineDash { segments: &[3.0, 3.0], offset: 0 };
                let stroke = curve::stroke(theme.line_strong, 1.5);
                let stroke = iced::widget::canvas::Stroke { line_dash: dash, ..stroke };
                curve::dashed(frame, plot, &trace, all, stroke);
            } else {
                let look = Look { fill: 0.12, pattern: 0.62, line: 1.75 };
                curve::draw(frame, plot, &trace, all, Some(mode), color, look);
            }
        }
    })
}
