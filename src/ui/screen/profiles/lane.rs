//! One track of a profile, drawn large: paper with a line a minute, and the curve.

use std::sync::Arc;

use iced::mouse::Cursor;
use iced::widget::canvas::{Canvas, Geometry, Program};
use iced::{Fill, Point, Rectangle, Renderer, Size};

use crate::mode::Channel;
use crate::profile::Profile;
use crate::ui::draw::curve::{self, Look, Plot, Trace};
use crate::ui::theme::{Element, Theme};
use crate::ui::widget::cache::{Kept, Same};

/// The height, in pixels.
pub(super) const HEIGHT: f32 = 96.0;

/// The curve of a track; grey where the massager lacks its mode.
pub(super) fn lane<'a, Message: 'a>(profile: Arc<Profile>, channel: Channel, missing: bool) -> Element<'a, Message> {
    Canvas::new(Lane { profile, channel, missing }).width(Fill).height(HEIGHT).into()
}

struct Lane {
    profile: Arc<Profile>,
    channel: Channel,
    missing: bool,
}

impl<Message> Program<Message, Theme> for Lane {
    type State = Kept<(Same<Profile>, Channel, bool, bool)>;

    fn draw(
        &self,
        kept: &Self::State,
        renderer: &Renderer,
        theme: &Theme,
        bounds: Rectangle,
        _: Cursor,
    ) -> Vec<Geometry> {
        let key = (Same(Arc::clone(&self.profile)), self.channel, self.missing, theme.dark);
        let area = Rectangle::with_size(bounds.size());
        vec![kept.draw(renderer, area, key, |frame| {
            let (width, length) = (bounds.width, self.profile.length);
            frame.fill_rectangle(Point::ORIGIN, Size::new(width, HEIGHT), theme.chart);
            let minute = width * 60.0 / length.as_secs_f32().max(1.0);
            // Beyond an hour or so, a line a minute would be no grid but a wash.
            let apart = if minute < 8.0 { minute * 10.0 } else { minute };
            let mut x = apart;
            while x < width {
                frame.fill_rectangle(Point::new(x.floor(), 0.0), Size::new(1.0, HEIGHT), theme.grid);
                x += apart;
            }
            frame.fill_rectangle(Point::new(0.0, HEIGHT - 1.0), Size::new(width, 1.0), theme.grid_2);
            let Some(track) = self.profile.tracks.get(&self.channel) else { return };
            let columns = width.max(0.0) as usize;
            let trace = Trace::new([track], length, columns);
            let plot = Plot { x: 0.0, top: 8.0, bottom: HEIGHT - 2.0 };
            let mode = self.channel.mode;
            let (pattern, color, look) = if self.missing {
                (None, theme.line_strong, Look { fill: 0.0, pattern: 0.0, line: 1.5 })
            } else {
                (Some(mode), theme.mode(mode), Look { fill: 0.12, pattern: 0.4, line: 2.25 })
            };
            curve::draw(frame, plot, &trace, 0..columns, pattern, color, look);
        })]
    }
}
