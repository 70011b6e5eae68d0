//! What is drawn in the lanes, from paper to pointer.
//!
//! Belongs here: pictures of what there is. When they are drawn is `canvas`'s business; no decision is made here.

use iced::alignment::{Horizontal, Vertical};
use iced::widget::canvas::{Frame, LineDash, Path, Stroke, Text};
use iced::widget::text::LineHeight;
use iced::{Color, Point, Size};

use super::pointing::Hold;
use super::rows::{Row, Rows};
use super::{Board, World};
use crate::curve::{self, Curve};
use crate::editor::safety::STRONG;
use crate::editor::{Guide, Lane, PointId, Span, Viewport, drawing};
use crate::intensity::Intensity;
use crate::mode::{Channel, Mode};
use crate::time::Time;
use crate::ui::theme::{Theme, text};
use crate::ui::widget::curve::{Look, Plot, Trace, dashed, draw, polyline, stroke};
use crate::ui::words::{self, editor as phrases};

/// Points nearer together than this, in pixels, are not drawn one by one.
const CROWDED: f32 = 7.0;

/// What a lane's picture depends on.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct LaneKey {
    channel: Channel,
    revision: u64,
    /// The check that its marks come from.
    checked: Option<u64>,
    view: Viewport,
    row: Row,
    active: bool,
    levels: Option<(u16, Intensity)>,
    strength: Intensity,
    rise: Intensity,
    /// The most that the mode may reach.
    ceiling: Intensity,
    /// When a session ends at the latest.
    session: Time,
    length: Time,
    dark: bool,
}

impl LaneKey {
    pub fn new(board: &Board, world: World<'_>, channel: Channel, row: Row, dark: bool) -> Self {
        let document = board.editor.document();
        let levels = world.levels(channel);
        let most = world.state.ceilings.get(&channel.mode).copied().unwrap_or(Intensity::FULL);
        Self {
            channel,
            revision: document.lane(channel).map_or(0, Lane::revision),
            checked: board.looked.as_ref().filter(|_| board.hold.is_none()).map(|looked| looked.0),
            view: board.view,
            row,
            active: board.active == Some(channel),
            levels,
            ceiling: levels.map_or(most, |(_, now)| now.min(most)),
            session: world.state.limits.session.into(),
            strength: world.state.strength,
            rise: world.state.limits.rise_per_second,
            length: document.length(),
            dark,
        }
    }
}

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

/// The part of the canvas in which the profile lies.
fn width_in(view: &Viewport, length: Time) -> (f32, f32) {
    (view.x(view.seen().from).max(0.0).round(), view.x(length).min(view.width()).round())
}

/// The curve over the columns that are seen.
pub(super) fn trace(curve: &Curve, view: &Viewport, length: Time) -> (f32, Trace) {
    let (from, to) = width_in(view, length);
    let columns = (to - from).max(0.0) as usize;
    (from, Trace::between([curve], view.seen().from, view.seen().to, columns))
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
            frame.fill_text(label(ticks.text(at), place, theme.ink_2, Horizontal::Left));
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

/// A lane's paper, levels and curve.
pub(super) fn lane(frame: &mut Frame, theme: &Theme, board: &Board, key: &LaneKey, lane: &Lane) {
    let (row, view, plot) = (key.row, &key.view, key.row.plot());
    let width = view.width();
    let color = theme.mode(key.channel.mode);
    frame.fill_rectangle(Point::new(0.0, row.top), Size::new(width, row.height), theme.chart);
    let (left, right) = width_in(view, key.length);
    grid(frame, theme, view, row);
    if right < width {
        frame.fill_rectangle(Point::new(right, row.top), Size::new(width - right, row.height), theme.sunken);
    }
    let at = Plot { x: left, top: plot.top, bottom: plot.top + plot.height };
    if !lane.is_empty() {
        if let Some((levels, ceiling)) = key.levels {
            steps_played(frame, theme, key, lane.curve(), levels, ceiling, right);
        }
        let (_, trace) = trace(lane.curve(), view, key.length);
        let look = Look { fill: 0.12, pattern: if key.active { 0.45 } else { 0.35 }, line: 0.0 };
        draw(frame, at, &trace, 0..trace.columns(), Some(key.channel.mode), color, look);
        strong(frame, theme, key, at, &trace, width);
        let look = Look { fill: 0.0, pattern: 0.0, line: if key.active { 2.75 } else { 2.0 } };
        draw(frame, at, &trace, 0..trace.columns(), None, color, look);
        if key.checked.is_some() {
            steep(frame, theme, board, key, at, &trace);
        }
    } else if key.active {
        let middle = Point::new(width / 2.0, row.top + row.height / 2.0);
        frame.fill_text(label(phrases::EMPTY_LANE, middle, theme.ink_2, Horizontal::Center));
    }
    frame.fill_rectangle(Point::new(0.0, row.top + row.height - 1.0), Size::new(width, 1.0), theme.line);
}

fn grid(frame: &mut Frame, theme: &Theme, view: &Viewport, row: Row) {
    let ticks = view.ticks();
    let plot = row.plot();
    for at in view.multiples(ticks.mark) {
        let strong = at.as_millis().is_multiple_of(ticks.label);
        let color = if strong { theme.grid_2 } else { theme.grid };
        frame.fill_rectangle(Point::new(view.x(at).round(), row.top), Size::new(1.0, row.height), color);
    }
    let parts: &[f32] = if plot.height > 100.0 { &[0.0, 0.2, 0.4, 0.6, 0.8, 1.0] } else { &[0.0, 0.5, 1.0] };
    for part in parts {
        let color = if *part == 0.0 { theme.grid_2 } else { theme.grid };
        frame.fill_rectangle(Point::new(0.0, plot.y(*part).round()), Size::new(view.width(), 1.0), color);
    }
}

/// The levels that the massager will play, as steps behind the curve.
fn steps_played(
    frame: &mut Frame,
    theme: &Theme,
    key: &LaneKey,
    curve: &Curve,
    levels: u16,
    ceiling: Intensity,
    right: f32,
) {
    let (view, plot) = (&key.view, key.row.plot());
    let weaker = |point: &curve::Point| curve::Point { intensity: point.intensity.scaled(key.strength), ..*point };
    let scaled = (key.strength < Intensity::FULL)
        .then(|| Curve::new(curve.points().iter().map(weaker).collect()).unwrap_or_default());
    let steps = drawing::steps(scaled.as_ref().unwrap_or(curve), view, levels, ceiling);
    let bottom = plot.y(0.0);
    let mut before = bottom;
    for (index, (from, level)) in steps.iter().enumerate() {
        let left = view.x(*from).max(0.0).round();
        let to = steps.get(index + 1).map_or(right, |next| view.x(next.0).min(right)).round();
        let y = plot.y(Intensity::of_level(*level, levels).fraction() as f32).round();
        let (high, low) = (y.min(before), y.max(before));
        frame.fill_rectangle(
            Point::new(left, y),
            Size::new((to - left).max(0.0), bottom - y),
            theme.ink.scale_alpha(0.055),
        );
        frame.fill_rectangle(Point::new(left, y), Size::new((to - left).max(1.0), 1.25), theme.line_strong);
        if index > 0 {
            frame.fill_rectangle(Point::new(left, high), Size::new(1.25, low - high + 1.25), theme.line_strong);
        }
        before = y;
    }
}

/// What is above the mode's ceiling or above 80 %, with a line at each, and what comes after the session's end.
fn strong(frame: &mut Frame, theme: &Theme, key: &LaneKey, plot: Plot, trace: &Trace, width: f32) {
    if STRONG < key.ceiling {
        let colors = (theme.warn_mark, theme.warn);
        above(frame, key, plot, trace, width, STRONG, colors, || phrases::ABOVE.to_owned());
    }
    if key.ceiling < Intensity::FULL {
        let colors = (theme.stop, theme.stop_text);
        above(frame, key, plot, trace, width, key.ceiling, colors, || phrases::ceiling(key.ceiling));
    }
    let end = key.view.x(key.session);
    if key.session < key.length && end < width {
        let (left, right) = (end.max(0.0).round(), width_in(&key.view, key.length).1);
        let size = Size::new((right - left).max(0.0), key.row.height);
        frame.fill_rectangle(Point::new(left, key.row.top), size, theme.stop.scale_alpha(0.08));
        let bottom = key.row.top + key.row.height;
        let line = [Point::new(left, key.row.top), Point::new(left, bottom)];
        let dashes = LineDash { segments: &[6.0, 4.0], offset: 0 };
        polyline(frame, &line, Stroke { line_dash: dashes, ..stroke(theme.stop, 1.5) });
        if key.active && end >= 0.0 {
            // On the side that has room for it.
            let (x, side) =
                if left + 170.0 < width { (left + 6.0, Horizontal::Left) } else { (left - 6.0, Horizontal::Right) };
            let place = Point::new(x, key.row.top + 12.0);
            frame.fill_text(label(phrases::session_ends(key.session), place, theme.stop_text, side));
        }
    }
}

/// Marks what a trace has above a limit, and where the limit is.
#[expect(clippy::too_many_arguments, reason = "a picture of one place needs all of them")]
fn above(
    frame: &mut Frame,
    key: &LaneKey,
    plot: Plot,
    trace: &Trace,
    width: f32,
    at_most: Intensity,
    (mark, ink): (Color, Color),
    name: impl FnOnce() -> String,
) {
    let limit = at_most.fraction() as f32;
    let above = (0..=trace.columns()).any(|column| trace.at(column) > limit + 0.0005);
    if !above && !key.active {
        return;
    }
    let y = plot.y(limit);
    if above {
        // Of the part above the line, the line is the bottom.
        let part = trace.map(|value| (value - limit).max(0.0) / (1.0 - limit));
        let look = Look { fill: 0.3, pattern: 0.0, line: 0.0 };
        draw(frame, Plot { bottom: y, ..plot }, &part, 0..part.columns(), None, mark, look);
    }
    let dashes = Path::new(|path| {
        let mut x = 0.0;
        while x < width {
            path.rectangle(Point::new(x, y.round()), Size::new(6.0, 1.5));
            x += 10.0;
        }
    });
    frame.fill(&dashes, mark);
    if key.active {
        frame.fill_text(label(name(), Point::new(8.0, y - 9.0), ink, Horizontal::Left));
    }
}

/// Where it rises faster than the limit, with what is played instead, and how fast.
fn steep(frame: &mut Frame, theme: &Theme, board: &Board, key: &LaneKey, plot: Plot, trace: &Trace) {
    let view = &key.view;
    let seen = view.seen();
    let rises = board.checked.rises.get(&key.channel).into_iter().flatten();
    let rises = rises.filter(|rise| rise.span.to >= seen.from && rise.span.from <= seen.to);
    let a_column = key.rise.fraction() as f32 * view.scale() as f32 / 1000.0;
    // More than a few dozen cannot be told apart.
    for rise in rises.take(60) {
        let column = |at: Time| ((view.x(at) - plot.x).round().max(0.0) as usize).min(trace.columns());
        let (from, to) = (column(rise.span.from), column(rise.span.to));
        let mut start = from;
        let mut marked = false;
        for index in from..=to {
            if index < to && trace.at(index + 1) - trace.at(index) > a_column {
                continue;
            }
            if index > start {
                let end = (index).min(trace.columns());
                dashed(frame, plot, trace, start..end, stroke(theme.stop, 4.0));
                marked = true;
            }
            start = index + 1;
        }
        if !marked {
            let end = (from + 1).min(trace.columns());
            dashed(frame, plot, trace, from.min(end)..end, stroke(theme.stop, 4.0));
        }
        let place = |at: Time, level: Intensity| Point::new(view.x(at), plot.y(level.fraction() as f32));
        let dots = LineDash { segments: &[2.0, 4.0], offset: 0 };
        let played = [place(rise.span.from, rise.from), place(rise.span.to, rise.to)];
        polyline(frame, &played, Stroke { line_dash: dots, ..stroke(theme.ink, 1.5) });
        if let Some(per_second) = rise.per_second.filter(|_| key.row.height >= 60.0) {
            let at = Point::new((view.x(rise.span.from) - 8.0).max(70.0), plot.y(0.5));
            let size = Size::new(62.0, 22.0);
            let corner = Point::new(at.x - size.width, at.y - size.height / 2.0);
            frame.fill(&Path::rounded_rectangle(corner, size, 11.0.into()), theme.stop_soft);
            let middle = Point::new(corner.x + size.width / 2.0, at.y);
            frame.fill_text(label(phrases::per_second(per_second), middle, theme.stop_text, Horizontal::Center));
        }
    }
}

/// The points of a lane; where they are crowded, the chosen ones alone.
pub(super) fn points(
    frame: &mut Frame,
    theme: &Theme,
    board: &Board,
    key: &LaneKey,
    lane: &Lane,
    hover: Option<PointId>,
) {
    let (view, plot) = (&key.view, key.row.plot());
    let color = theme.mode(key.channel.mode);
    let count = lane.indices(view.seen()).len();
    let crowded = count as f32 * CROWDED > view.width();
    let selection = board.editor.selection();
    let radius = if key.active { 5.5 } else { 4.0 };
    let place = |point: &curve::Point| Point::new(view.x(point.at), plot.y(point.intensity.fraction() as f32));
    let shown = lane.spots_in(view.seen()).filter(|spot| !crowded || selection.has(spot.id) || hover == Some(spot.id));
    let mut last = None;
    for spot in shown {
        let (chosen, at) = (selection.has(spot.id), place(&spot.point));
        // Of chosen points that share a pixel one is enough.
        let pixel = (at.x as i32, at.y as i32);
        if crowded && last.replace(pixel) == Some(pixel) {
            continue;
        }
        if chosen && !crowded {
            frame.fill(&Path::circle(at, 13.0), color.scale_alpha(0.2));
        }
        if chosen {
            frame.fill(&Path::circle(at, if crowded { 3.0 } else { 7.5 }), color);
        } else {
            let grown = if hover == Some(spot.id) { 2.0 } else { 0.0 };
            frame.fill(&Path::circle(at, radius + grown), color);
            frame.fill(&Path::circle(at, radius + grown - 2.0), theme.raised);
        }
    }
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
            frame.fill_text(label(words::shortened(&text, room), place, color, Horizontal::Left));
        }
    }
    frame.fill_rectangle(Point::new(0.0, row.top + row.height - 1.0), Size::new(width, 1.0), theme.line);
}

/// How a mode's line is dashed where several share the paper, so that colour is not all that tells them apart.
fn dashes(mode: Mode) -> &'static [f32] {
    match mode {
        Mode::Roller => &[],
        Mode::Vibration => &[2.0, 3.0],
        Mode::AirPressure => &[7.0, 4.0],
        Mode::Heat => &[9.0, 3.0, 2.0, 3.0],
    }
}

/// The whole profile, small.
pub(super) fn strip(frame: &mut Frame, theme: &Theme, board: &Board, row: Row) {
    let width = board.view.width();
    frame.fill_rectangle(Point::new(0.0, row.top), Size::new(width, row.height), theme.surface);
    let document = board.editor.document();
    let plot = Plot { x: 0.0, top: row.top + 10.0, bottom: row.top + row.height - 10.0 };
    for (channel, lane) in document.lanes().filter(|(_, lane)| !lane.is_empty()) {
        let trace = Trace::new([lane.curve()], document.length(), width as usize);
        let color = theme.mode(channel.mode);
        let dashes = LineDash { segments: dashes(channel.mode), offset: 0 };
        let look = Look { fill: 0.05, pattern: 0.0, line: 0.0 };
        draw(frame, plot, &trace, 0..trace.columns(), None, color, look);
        dashed(frame, plot, &trace, 0..trace.columns(), Stroke { line_dash: dashes, ..stroke(color, 1.75) });
    }
    frame.fill_rectangle(Point::new(0.0, plot.bottom), Size::new(width, 1.0), theme.line_strong);
}

/// What is seen of it.
pub(super) fn seen(frame: &mut Frame, theme: &Theme, board: &Board, row: Row) {
    let (from, part) = board.view.part();
    let width = board.view.width();
    let corner = Point::new(from * width + 1.0, row.top + 4.0);
    let size = Size::new((part * width - 2.0).max(8.0), row.height - 8.0);
    let frame_of = Path::rounded_rectangle(corner, size, 8.0.into());
    if !board.view.is_fit() {
        frame.fill(&frame_of, theme.accent.scale_alpha(0.12));
    }
    frame.stroke(&frame_of, Stroke::default().with_color(theme.accent).with_width(2.0));
    let length = board.editor.document().length().as_secs_f32().max(0.001);
    let x = (board.playhead.as_secs_f32() / length * width).round();
    frame.fill_rectangle(Point::new(x, row.top + 4.0), Size::new(1.5, row.height - 8.0), theme.ink);
}

/// The middle of the playhead's flag, which stays on the paper.
pub(super) fn flag_middle(x: f32, width: f32) -> f32 {
    x.clamp(24.0, (width - 24.0).max(24.0))
}

/// The playhead with its flag.
pub(super) fn playhead(frame: &mut Frame, theme: &Theme, x: f32, at: Time, width: f32, bottom: f32) {
    frame.fill_rectangle(Point::new(x - 0.5, 24.0), Size::new(1.5, bottom - 24.0), theme.ink);
    let middle = flag_middle(x, width);
    frame.fill(&Path::rounded_rectangle(Point::new(middle - 24.0, 2.0), Size::new(48.0, 22.0), 6.0.into()), theme.ink);
    frame.fill_text(label(at.label(), Point::new(middle, 13.0), theme.bg, Horizontal::Center));
}

/// What the pointer does now: the box, or the ghost of what is dragged with its flag and guides.
pub(super) fn over(frame: &mut Frame, theme: &Theme, board: &Board, rows: &Rows) {
    match &board.hold {
        Some(Hold::Box { from, to, .. }) => {
            let start = Point::new(board.view.x(from.1), from.0.y);
            let corner = Point::new(start.x.min(to.x), start.y.min(to.y));
            let size = Size::new((start.x - to.x).abs().max(1.0), (start.y - to.y).abs().max(1.0));
            let shape = Path::rectangle(corner, size);
            frame.fill(&shape, theme.accent.scale_alpha(0.12));
            frame.stroke(&shape, Stroke::default().with_color(theme.accent).with_width(1.0));
        }
        Some(Hold::Points { grabbed, channel, before, ghosts, moved: true, guides, .. }) => {
            let view = &board.view;
            let length = board.editor.document().length();
            for (channel, curve) in ghosts {
                let Some(plot) = rows.lane(*channel).map(Row::plot) else { continue };
                let (x, trace) = trace(curve, view, length);
                let plot = Plot { x, top: plot.top, bottom: plot.top + plot.height };
                let dashes = LineDash { segments: &[4.0, 4.0], offset: 0 };
                let line = Stroke { line_dash: dashes, ..stroke(theme.mode(channel.mode), 1.5) };
                dashed(frame, plot, &trace, 0..trace.columns(), line);
            }
            let Some(plot) = rows.lane(*channel).map(Row::plot) else { return };
            let Some((_, spot)) = board.editor.document().point(*grabbed) else { return };
            for guide in guides.iter().flatten() {
                let color = theme.accent.scale_alpha(0.7);
                match guide {
                    Guide::Grid(at) | Guide::Point(_, at) | Guide::Step(at) | Guide::Playhead(at) => {
                        let x = view.x(*at).round();
                        let height = rows.steps.top - rows.ruler.height;
                        frame.fill_rectangle(Point::new(x, rows.ruler.height), Size::new(1.0, height), color);
                    }
                    Guide::Level(level) => {
                        let y = plot.y(level.fraction() as f32).round();
                        frame.fill_rectangle(Point::new(0.0, y), Size::new(view.width(), 1.0), color);
                    }
                }
            }
            let place = |at: Time, level: Intensity| Point::new(view.x(at), plot.y(level.fraction() as f32));
            let (old, new) = (place(before.0, before.1), place(spot.point.at, spot.point.intensity));
            let color = theme.mode(channel.mode);
            polyline(frame, &[old, new], stroke(color.scale_alpha(0.6), 1.0));
            frame.fill(&Path::circle(old, 5.5), color.scale_alpha(0.5));
            frame.fill(&Path::circle(old, 3.5), theme.raised);
            flag(
                frame,
                theme,
                new,
                [phrases::flag(spot.point.at, spot.point.intensity), phrases::was(before.0, before.1)],
                rows,
            );
        }
        _ => {}
    }
}

fn flag(frame: &mut Frame, theme: &Theme, at: Point, [first, second]: [String; 2], rows: &Rows) {
    let size = Size::new(first.len().max(second.len()) as f32 * 7.2 + 24.0, 48.0);
    let x = if at.x + 18.0 + size.width < rows.width { at.x + 18.0 } else { at.x - 18.0 - size.width };
    let y = (at.y + 14.0).min(rows.steps.top - size.height - 4.0).max(rows.ruler.height + 4.0);
    let corner = Point::new(x.max(2.0), y);
    frame.fill(&Path::rounded_rectangle(corner, size, 10.0.into()), theme.ink);
    let mut first = label(first, Point::new(corner.x + 12.0, corner.y + 15.0), theme.bg, Horizontal::Left);
    first.font = text::SEMIBOLD;
    frame.fill_text(first);
    let place = Point::new(corner.x + 12.0, corner.y + 33.0);
    frame.fill_text(label(second, place, theme.bg.scale_alpha(0.85), Horizontal::Left));
}
