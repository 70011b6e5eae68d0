//! Curves as they would run with the open tool, or as they ran before the drag: dashed, on the lane's picture.

use iced::{Point, Size};

use super::paper::LaneKey;
use super::pointing::Hold;
use super::rows::Row;
use super::{Board, Viewport};
use crate::curve::Curve;
use crate::mode::Channel;
use crate::time::Time;
use crate::ui::draw::curve::{Plot, Trace};
use crate::ui::draw::painting::{Line, Painting, Pen};
use crate::ui::theme::Theme;

impl Board {
    /// How a lane ran before the drag that moves it.
    fn before_drag(&self, channel: Channel) -> Option<&Curve> {
        match &self.hold {
            Some(Hold::Points { ghosts, moved: true, .. }) => ghosts.get(&channel),
            _ => None,
        }
    }

    /// Which ghosts a lane has, by a number that changes with them.
    pub(super) fn ghosts(&self, channel: Channel) -> (u64, bool) {
        (self.outlook().map_or(0, |(serial, _)| serial), self.before_drag(channel).is_some())
    }
}

/// The part of a lane that a tool works on.
pub(super) fn stretch(painting: &mut Painting, theme: &Theme, board: &Board, key: &LaneKey) {
    let Some((channels, span)) = board.outlook().and_then(|_| board.tool_stretch()) else { return };
    let (view, row) = (&key.view, key.row);
    if !channels.contains(&key.channel) {
        return;
    }
    let left = view.x(span.from).clamp(0.0, view.width()).round();
    let right = view.x(span.to.min(key.length)).clamp(left, view.width()).round();
    let size = Size::new(right - left, row.height - 1.0);
    painting.rectangle(Point::new(left, row.top), size, theme.accent.scale_alpha(0.08));
    for x in [left, right - 1.0] {
        painting.rectangle(Point::new(x, row.top), Size::new(1.0, size.height), theme.accent.scale_alpha(0.6));
    }
}

/// The ghosts of a lane.
pub(super) fn lines(painting: &mut Painting, theme: &Theme, board: &Board, key: &LaneKey) {
    let color = theme.mode(key.channel.mode);
    if let Some(curve) = board.before_drag(key.channel) {
        let (line, _) = placed(painting, key, curve);
        let pen = Pen { color, width: 1.5, dashes: &[4.0, 4.0] };
        painting.trace(&line, 0..line.columns(), pen);
    }
    let Some((_, planned)) = board.outlook() else { return };
    for ghost in planned.ghosts().iter().filter(|ghost| ghost.channel == key.channel) {
        let (line, column) = placed(painting, key, &ghost.curve);
        // Only where it runs differently.
        let to = ghost.span.to.min(planned.length().unwrap_or(key.length));
        let columns = column.at(ghost.span.from)..column.at(to);
        if columns.is_empty() {
            continue;
        }
        // Where it runs along the curve, or close to it, it would not be seen without paper under it.
        painting.trace(&line, columns.clone(), Pen::new(theme.chart.scale_alpha(0.85), 4.5));
        painting.trace(&line, columns, Pen { color, width: 1.75, dashes: &[5.0, 4.0] });
    }
}

/// Which column of a trace a time is in.
struct Column<'a> {
    view: &'a Viewport,
    x: f32,
    /// Columns to a logical pixel, and how many there are.
    fine: f32,
    count: usize,
}

impl Column<'_> {
    fn at(&self, at: Time) -> usize {
        (((self.view.x(at) - self.x) * self.fine).max(0.0).round() as usize).min(self.count)
    }
}

fn placed<'a>(painting: &Painting, key: &'a LaneKey, curve: &Curve) -> (Line, Column<'a>) {
    let (view, plot) = (&key.view, Row::plot(key.row));
    let (left, right) = super::paper::width_in(view, key.length);
    let count = painting.columns((right - left).max(0.0));
    let trace = Trace::between([curve], view.seen().from, view.seen().to, count);
    let fine = count as f32 / (right - left).max(1.0);
    let plot = Plot { x: left, top: plot.top, bottom: plot.top + plot.height };
    (painting.line(plot, &trace), Column { view, x: left, fine, count })
}
