//! What lies above the lanes: the playhead, what is seen of the whole, and what the pointer does now.

use iced::alignment::Horizontal;
use iced::widget::canvas::{Frame, Path, Stroke};
use iced::{Color, Point, Rectangle, Size, Vector};

use super::super::Board;
use super::super::pointing::Hold;
use super::super::rows::{Row, Rows};
use super::{label, letter};
use crate::editor::Guide;
use crate::i18n::Words;
use crate::intensity::Intensity;
use crate::time::Time;
use crate::ui::draw::curve::{polyline, stroke};
use crate::ui::theme::{Theme, text};
use crate::ui::words::editor as phrases;

/// What is seen of it.
pub(in super::super) fn seen(frame: &mut Frame, theme: &Theme, board: &Board, row: Row, playhead: f32) {
    let (from, part) = board.view.part();
    let width = board.view.width();
    let corner = Point::new(from * width + 1.0, row.top + 4.0);
    let size = Size::new((part * width - 2.0).max(8.0), row.height - 8.0);
    let frame_of = Path::rounded_rectangle(corner, size, 8.0.into());
    if !board.view.is_fit() {
        frame.fill(&frame_of, theme.accent.scale_alpha(0.12));
    }
    frame.stroke(&frame_of, Stroke::default().with_color(theme.accent).with_width(2.0));
    frame.fill_rectangle(Point::new(playhead, row.top + 4.0), Size::new(1.5, row.height - 8.0), theme.ink);
}

/// The middle of the playhead's flag, which stays on the paper.
pub(in super::super) fn flag_middle(x: f32, width: f32) -> f32 {
    x.clamp(24.0, (width - 24.0).max(24.0))
}

/// The playhead with its flag.
pub(in super::super) fn playhead(frame: &mut Frame, theme: &Theme, x: f32, at: Time, width: f32, bottom: f32) {
    frame.fill_rectangle(Point::new(x - 0.5, 24.0), Size::new(1.5, bottom - 24.0), theme.ink);
    let middle = flag_middle(x, width);
    frame.fill(&Path::rounded_rectangle(Point::new(middle - 24.0, 2.0), Size::new(48.0, 22.0), 6.0.into()), theme.ink);
    letter(frame, &label(at.label(), Point::new(middle, 13.0), theme.bg, Horizontal::Center));
}

/// Something that the pointer does now, and the part of the canvas that it takes.
pub(in super::super) struct Mark<'a> {
    pub bounds: Rectangle,
    kind: Kind<'a>,
}

enum Kind<'a> {
    /// The box around points.
    Box,
    /// What the drag caught on.
    Guide,
    /// A dragged point: where it was and is, in the lane's colour, with its flag.
    Flag(Point, Point, Color, [String; 2], &'a Rows),
}

/// What the pointer does now. Each part is small, so that little is repainted.
pub(in super::super) fn marks<'a>(w: &Words, theme: &Theme, board: &Board, rows: &'a Rows) -> Vec<Mark<'a>> {
    let view = &board.view;
    match &board.hold {
        Some(Hold::Box { from, to, .. }) => {
            let start = Point::new(view.x(from.1), from.0.y);
            let corner = Point::new(start.x.min(to.x), start.y.min(to.y));
            let size = Size::new((start.x - to.x).abs().max(1.0), (start.y - to.y).abs().max(1.0));
            vec![Mark { bounds: Rectangle::new(corner, size), kind: Kind::Box }]
        }
        Some(Hold::Points { grabbed, channel, before, moved: true, guides, .. }) => {
            let Some(plot) = rows.lane(*channel).map(Row::plot) else { return Vec::new() };
            let Some((_, spot)) = board.editor.document().point(*grabbed) else { return Vec::new() };
            let guide = |guide: &Guide| {
                let bounds = match guide {
                    Guide::Grid(at) | Guide::Point(_, at) | Guide::Step(at) | Guide::Playhead(at) => {
                        // In its lane alone: a line across would repaint them all.
                        let row = rows.lane(*channel).unwrap_or(rows.ruler);
                        Rectangle::new(Point::new(view.x(*at).round(), row.top), Size::new(1.0, row.height))
                    }
                    Guide::Level(level) => {
                        let y = plot.y(level.fraction() as f32).round();
                        Rectangle::new(Point::new(0.0, y), Size::new(view.width(), 1.0))
                    }
                };
                Mark { bounds, kind: Kind::Guide }
            };
            let mut marks: Vec<_> = guides.iter().flatten().map(guide).collect();
            let place = |at: Time, level: Intensity| Point::new(view.x(at), plot.y(level.fraction() as f32));
            let (old, new) = (place(before.0, before.1), place(spot.point.at, spot.point.intensity));
            let texts = [phrases::flag(w, spot.point.at, spot.point.intensity), phrases::was(w, before.0, before.1)];
            let corner = Point::new(old.x.min(new.x) - 6.0, old.y.min(new.y) - 6.0);
            let size = Size::new((old.x - new.x).abs() + 12.0, (old.y - new.y).abs() + 12.0);
            let bounds = Rectangle::new(corner, size).union(&flag_bounds(new, &texts, rows));
            marks.push(Mark { bounds, kind: Kind::Flag(old, new, theme.mode(channel.mode), texts, rows) });
            marks
        }
        _ => Vec::new(),
    }
}

impl Mark<'_> {
    /// Draws it.
    pub fn draw(&self, frame: &mut Frame, theme: &Theme) {
        match &self.kind {
            Kind::Box => {
                let shape = Path::rectangle(self.bounds.position(), self.bounds.size());
                frame.fill(&shape, theme.accent.scale_alpha(0.12));
                // Inside its bounds.
                let (corner, size) = (self.bounds.position(), self.bounds.size());
                let inside = Size::new((size.width - 1.0).max(0.5), (size.height - 1.0).max(0.5));
                let shape = Path::rectangle(corner + Vector::new(0.5, 0.5), inside);
                frame.stroke(&shape, Stroke::default().with_color(theme.accent).with_width(1.0));
            }
            Kind::Guide => {
                frame.fill_rectangle(self.bounds.position(), self.bounds.size(), theme.accent.scale_alpha(0.7));
            }
            Kind::Flag(old, new, color, texts, rows) => {
                polyline(frame, &[*old, *new], stroke(color.scale_alpha(0.6), 1.0));
                frame.fill(&Path::circle(*old, 5.5), color.scale_alpha(0.5));
                frame.fill(&Path::circle(*old, 3.5), theme.raised);
                flag(frame, theme, *new, texts, rows);
            }
        }
    }
}

fn flag_bounds(at: Point, [first, second]: &[String; 2], rows: &Rows) -> Rectangle {
    let size = Size::new(first.len().max(second.len()) as f32 * 7.2 + 24.0, 48.0);
    let x = if at.x + 18.0 + size.width < rows.width { at.x + 18.0 } else { at.x - 18.0 - size.width };
    let y = (at.y + 14.0).min(rows.steps.top - size.height - 4.0).max(rows.ruler.height + 4.0);
    Rectangle::new(Point::new(x.max(2.0), y), size)
}

fn flag(frame: &mut Frame, theme: &Theme, at: Point, texts: &[String; 2], rows: &Rows) {
    let bounds = flag_bounds(at, texts, rows);
    let corner = bounds.position();
    let [first, second] = texts.clone();
    frame.fill(&Path::rounded_rectangle(corner, bounds.size(), 10.0.into()), theme.ink);
    let mut first = label(first, Point::new(corner.x + 12.0, corner.y + 15.0), theme.bg, Horizontal::Left);
    first.font = text::SEMIBOLD;
    letter(frame, &first);
    let place = Point::new(corner.x + 12.0, corner.y + 33.0);
    letter(frame, &label(second, place, theme.bg.scale_alpha(0.85), Horizontal::Left));
}
