//! What the open tool would do, drawn over the lanes: its stretch, and the curve as it would run.

use iced::widget::canvas::{Frame, LineDash, Stroke};
use iced::{Point, Size};

use super::paper::trace;
use super::rows::{Row, Rows};
use super::toolbox::Planned;
use super::{Board, Viewport};
use crate::time::Time;
use crate::ui::theme::Theme;
use crate::ui::widget::curve::{Plot, dashed, stroke};

/// What the picture depends on.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Key {
    pub serial: u64,
    pub view: Viewport,
    pub rows: Rows,
    pub length: Time,
    pub dark: bool,
}

/// Draws it.
pub(super) fn draw(frame: &mut Frame, theme: &Theme, board: &Board, key: &Key, planned: &Planned) {
    let (view, rows) = (&key.view, &key.rows);
    if let Some((channels, span)) = board.tool_stretch() {
        let left = view.x(span.from).clamp(0.0, view.width()).round();
        let right = view.x(span.to.min(key.length)).clamp(left, view.width()).round();
        for row in channels.iter().filter_map(|channel| rows.lane(*channel)) {
            let place = Point::new(left, row.top);
            frame.fill_rectangle(place, Size::new(right - left, row.height - 1.0), theme.accent.scale_alpha(0.08));
            for x in [left, right - 1.0] {
                let edge = Size::new(1.0, row.height - 1.0);
                frame.fill_rectangle(Point::new(x, row.top), edge, theme.accent.scale_alpha(0.6));
            }
        }
    }
    for ghost in planned.ghosts() {
        let Some(plot) = rows.lane(ghost.channel).map(Row::plot) else { continue };
        let (x, trace) = trace(&ghost.curve, view, key.length);
        let plot = Plot { x, top: plot.top, bottom: plot.top + plot.height };
        // Only where it runs differently.
        let column = |at: Time| ((view.x(at) - x).max(0.0).round() as usize).min(trace.columns());
        let columns = column(ghost.span.from)..column(ghost.span.to.min(planned.length().unwrap_or(key.length)));
        if columns.is_empty() {
            continue;
        }
        // Where it runs along the curve, or close to it, it would not be seen without paper under it.
        dashed(frame, plot, &trace, columns.clone(), stroke(theme.chart.scale_alpha(0.85), 4.5));
        let dashes = LineDash { segments: &[5.0, 4.0], offset: 0 };
        let line = Stroke { line_dash: dashes, ..stroke(theme.mode(ghost.channel.mode), 1.75) };
        dashed(frame, plot, &trace, columns, line);
    }
}
