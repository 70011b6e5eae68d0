//! What is drawn in the lanes, from paper to pointer.
//!
//! Belongs here: pictures of what there is: ruler, steps and the whole profile; lanes in `lane`, and what lies above them
//! in `over`. When they are drawn is `canvas`'s business; no decision is made here.

mod lane;
mod names;
mod over;

use iced::alignment::{Horizontal, Vertical};
use iced::widget::canvas::{Frame, Path, Stroke, Text};
use iced::widget::text::LineHeight;
use iced::{Color, Point, Rectangle, Size};

use super::Board;
use super::rows::Row;
use crate::editor::{Span, Viewport};
use crate::time::Time;
use crate::ui::draw::curve::{Plot, Trace};
use crate::ui::draw::painting::{Area, Painting, Pen, Sheet};
use crate::ui::theme::{Theme, text};
use crate::ui::words;

pub(super) use lane::{LaneKey, gaps, lane};
pub(super) use names::{Name, names};
pub(super) use over::{flag_middle, marks, playhead, seen};

/// Text on paper.
pub(super) fn label(content: impl Into<String>, at: Point, color: Color, horizontal: Horizontal) -> Text {
    Text {
        content: content.into(),
        position: at,
        color,
        size: text::SMALL.into(),
        line_height: LineHeight::Absolute(18.0.into()),
        font: text::MEDIUM,
        align_x: horizontal.into(),
        align_y: Vertical::Center,
        ..Text::default()
    }
}

/// Writes text as outlines. The renderer takes other text on a canvas to reach down to the window's end, and repaints all
/// of that when it changes.
pub(super) fn letter(frame: &mut Frame, text: &Text) {
    text.draw_with(|outline, color| frame.fill(&outline, color));
}

/// The part of the canvas in which the profile lies.
pub(super) fn width_in(view: &Viewport, length: Time) -> (f32, f32) {
    (view.x(view.seen().from).max(0.0).round(), view.x(length).min(view.width()).round())
}

/// The ruler, with the stretch that plays again and again.
pub(super) fn ruler(frame: &mut Frame, theme: &Theme, board: &Board, row: Row, playhead: f32, looped: Option<Span>) {
    let (view, width) = (&board.view, board.view.width());
    frame.fill_rectangle(Point::new(0.0, row.top), Size::new(width, row.height), theme.surface);
    if let Some(span) = looped {
        let (left, right) = (view.x(span.from).max(0.0).round(), view.x(span.to).min(width).round());
        let size = Size::new((right - left).max(0.0), row.height);
        frame.fill_rectangle(Point::new(left, row.top), size, theme.accent_soft);
    }
    let ticks = view.ticks();
    let bottom = row.top + row.height;
    for at in view.multiples(ticks.mark) {
        let height = if at.as_millis().is_multiple_of(ticks.label) { 10.0 } else { 5.0 };
        let x = view.x(at).round();
        frame.fill_rectangle(Point::new(x, bottom - height), Size::new(1.0, height), theme.line_strong);
    }
    let end = view.x(board.editor.document().length()).round();
    let flag = flag_middle(playhead, width);
    for at in view.multiples(ticks.label) {
        let x = view.x(at).round();
        let place = Point::new(x + 4.0, row.top + 12.0);
        // Not under the playhead's flag, nor under the handle of the end.
        if x + 42.0 < width.min(end) && (x + 18.0 - flag).abs() > 44.0 {
            letter(frame, &label(ticks.text(at), place, theme.ink_2, Horizontal::Left));
        }
    }
    // The end, to take hold of.
    if end <= width + 4.0 {
        frame.fill(
            &Path::rounded_rectangle(Point::new(end - 3.0, row.top + 4.0), Size::new(6.0, 22.0), 3.0.into()),
            theme.accent,
        );
    }
    frame.fill_rectangle(Point::new(0.0, bottom - 1.0), Size::new(width, 1.0), theme.line);
}

/// The manual steps.
pub(super) fn steps(frame: &mut Frame, theme: &Theme, board: &Board, row: Row, language: &str) {
    let view = &board.view;
    let width = view.width();
    frame.fill_rectangle(Point::new(0.0, row.top), Size::new(width, row.height), theme.sunken);
    for (index, named) in board.editor.document().steps().iter().enumerate() {
        let (left, right) = (view.x(named.step.from), view.x(named.step.to));
        if right < 0.0 || left > width {
            continue;
        }
        let chosen = board.editor.selection().has_step(named.id);
        let (left, right) = ((left + 1.0).max(-20.0), (right - 1.0).min(width + 20.0));
        let corner = Point::new(left, row.top + 8.0);
        let size = Size::new((right - left).max(3.0), row.height - 16.0);
        let shape = Path::rounded_rectangle(corner, size, 8.0.into());
        let (fill, line) = if chosen { (theme.accent_soft, theme.accent) } else { (theme.raised, theme.line_strong) };
        frame.fill(&shape, fill);
        frame.stroke(&shape, Stroke::default().with_color(line).with_width(if chosen { 2.0 } else { 1.0 }));
        let room = ((size.width + corner.x.min(0.0) - 20.0) / 7.0) as usize;
        if room >= 3 {
            let text = format!("{}  {}", index + 1, named.step.text.in_language(language));
            let place = Point::new(corner.x.max(0.0) + 12.0, row.top + row.height / 2.0);
            let color = if chosen { theme.on_soft } else { theme.ink };
            letter(frame, &label(words::shortened(&text, room), place, color, Horizontal::Left));
        }
    }
    frame.fill_rectangle(Point::new(0.0, row.top + row.height - 1.0), Size::new(width, 1.0), theme.line);
}

/// The whole profile, small.
pub(super) fn strip(theme: &Theme, board: &Board, row: Row) -> Sheet {
    let width = board.view.width();
    // A pixel away from everything: see the edge of a lane's picture.
    let bounds = Rectangle::new(Point::new(1.0, row.top + 1.0), Size::new(width - 2.0, row.height - 2.0));
    let mut painting = Painting::new(bounds, board.scale, theme.surface);
    let document = board.editor.document();
    let plot = Plot { x: 0.0, top: row.top + 10.0, bottom: row.top + row.height - 10.0 };
    for (channel, lane) in document.lanes().filter(|(_, lane)| !lane.is_empty()) {
        let trace = Trace::new([lane.curve()], document.length(), painting.columns(width));
        let color = theme.mode(channel.mode);
        let line = painting.line(plot, &trace);
        painting.area(&line, Area { fill: color.scale_alpha(0.05), pattern: None });
        let pen = Pen { color, width: 1.75, dashes: channel.mode.pattern().dashes };
        painting.trace(&line, 0..line.columns(), pen);
    }
    painting.rectangle(Point::new(0.0, plot.bottom), Size::new(width, 1.0), theme.line_strong);
    painting.finish()
}
