//! A lane: its grid, the levels that the massager plays, its curve with what limits cut, and its points.

use iced::widget::canvas::Frame;
use iced::{Color, Point, Rectangle, Size};

use super::super::rows::{Row, Rows};
use super::super::{Board, World, ghost};
use super::width_in;
use crate::curve::{self, Curve};
use crate::editor::safety::STRONG;
use crate::editor::{Lane, PointId, Rise, Viewport, drawing};
use crate::intensity::Intensity;
use crate::mode::Channel;
use crate::time::Time;
use crate::ui::draw::curve::{Plot, Trace};
use crate::ui::draw::painting::{Area, Line, Painting, Pen, Sheet};
use crate::ui::theme::Theme;

/// Around a lane's picture. The renderer repaints a pixel around a picture that changed, and wholly what is touched by
/// that: so pictures keep away from each other and from what lies beside the lanes.
const EDGE: f32 = 1.0;
/// The same under it, with the line between the lanes.
const GAP: f32 = 2.0;
/// Points nearer together than this, in pixels, are not drawn one by one.
const CROWDED: f32 = 7.0;

/// What a lane's picture depends on.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct LaneKey {
    pub(in super::super) channel: Channel,
    revision: u64,
    /// The check that its marks come from.
    pub(super) checked: Option<u64>,
    pub(in super::super) view: Viewport,
    pub(in super::super) row: Row,
    pub(super) active: bool,
    levels: Option<(u16, Intensity)>,
    strength: Intensity,
    pub(super) rise: Intensity,
    /// The most that the mode may reach.
    pub(super) ceiling: Intensity,
    /// When a session ends at the latest.
    pub(super) session: Time,
    pub(in super::super) length: Time,
    /// Which points are chosen, by a number that changes with them.
    chosen: u64,
    hover: Option<PointId>,
    pub(in super::super) ghosts: (u64, bool),
    scale: f32,
    dark: bool,
}

impl LaneKey {
    pub fn new(
        board: &Board,
        world: World<'_>,
        channel: Channel,
        row: Row,
        hover: Option<PointId>,
        dark: bool,
    ) -> Self {
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
            chosen: board.editor.selection().revision(),
            hover: hover.filter(|id| document.index(*id).is_some_and(|at| at.0 == channel)),
            ghosts: board.ghosts(channel),
            scale: board.scale,
            dark,
        }
    }
}

impl LaneKey {
    /// The intensities with a line of their own, and its colour.
    pub(super) fn marked(&self, theme: &Theme) -> impl Iterator<Item = (Intensity, Color)> {
        let strong = (STRONG < self.ceiling).then_some((STRONG, theme.warn_mark));
        let most = (self.ceiling < Intensity::FULL).then_some((self.ceiling, theme.stop));
        strong.into_iter().chain(most)
    }

    /// Where it rises too fast, as far as it is seen; nothing while the pointer holds something.
    pub(super) fn rises<'a>(&self, board: &'a Board) -> impl Iterator<Item = &'a Rise> + use<'a> {
        let seen = self.view.seen();
        let known = self.checked.is_some();
        let rises = board.checked.rises.get(&self.channel).into_iter().flatten().filter(move |_| known);
        rises.filter(move |rise| rise.span.to >= seen.from && rise.span.from <= seen.to)
    }
}

/// What is around the lanes' pictures: see [`EDGE`].
pub(in super::super) fn gaps(frame: &mut Frame, theme: &Theme, width: f32, rows: &Rows) {
    let mut around = |row: Row, color: Color| {
        for (x, y, width, height) in [
            (0.0, 0.0, width, EDGE),
            (0.0, row.height - GAP, width, GAP),
            (0.0, 0.0, EDGE, row.height),
            (width - EDGE, 0.0, EDGE, row.height),
        ] {
            frame.fill_rectangle(Point::new(x, row.top + y), Size::new(width, height), color);
        }
    };
    rows.lanes.iter().for_each(|(_, row)| around(*row, theme.chart));
    around(rows.strip, theme.surface);
    for (_, row) in &rows.lanes {
        frame.fill_rectangle(Point::new(0.0, row.top + row.height - 1.0), Size::new(width, 1.0), theme.line);
    }
}

/// A lane, whole.
pub(in super::super) fn lane(theme: &Theme, board: &Board, key: &LaneKey, lane: &Lane) -> Sheet {
    let (row, view, plot) = (key.row, &key.view, key.row.plot());
    let width = view.width();
    let bounds =
        Rectangle::new(Point::new(EDGE, row.top + EDGE), Size::new(width - 2.0 * EDGE, row.height - EDGE - GAP));
    let mut painting = Painting::new(bounds, key.scale, theme.chart);
    let (left, right) = width_in(view, key.length);
    grid(&mut painting, theme, view, row);
    if right < width {
        painting.rectangle(Point::new(right, row.top), Size::new(width - right, row.height), theme.sunken);
    }
    let at = Plot { x: left, top: plot.top, bottom: plot.top + plot.height };
    if !lane.is_empty() {
        if let Some((levels, ceiling)) = key.levels {
            steps_played(&mut painting, theme, key, lane.curve(), levels, ceiling, right);
        }
        let columns = painting.columns((right - left).max(0.0));
        let seen = view.seen();
        let trace = Trace::between([lane.curve()], seen.from, seen.to, columns);
        let color = theme.mode(key.channel.mode);
        let pattern = color.scale_alpha(if key.active { 0.45 } else { 0.35 });
        let area = Area { fill: color.scale_alpha(0.12), pattern: Some((key.channel.mode, pattern)) };
        let line = painting.line(at, &trace);
        painting.area(&line, area);
        strong(&mut painting, theme, key, at, &trace);
        ghost::stretch(&mut painting, theme, board, key);
        painting.trace(&line, 0..columns, Pen::new(color, if key.active { 2.75 } else { 2.0 }));
        steep(&mut painting, theme, board, key, at, &trace, &line);
        ghost::lines(&mut painting, theme, board, key);
        if !row.is_folded() {
            points(&mut painting, theme, board, key, lane);
        }
    } else if board.outlook().is_some() {
        ghost::stretch(&mut painting, theme, board, key);
        ghost::lines(&mut painting, theme, board, key);
    }
    painting.finish()
}

fn grid(painting: &mut Painting, theme: &Theme, view: &Viewport, row: Row) {
    let ticks = view.ticks();
    let plot = row.plot();
    for at in view.multiples(ticks.mark) {
        let strong = at.as_millis().is_multiple_of(ticks.label);
        let color = if strong { theme.grid_2 } else { theme.grid };
        painting.rectangle(Point::new(view.x(at).round(), row.top), Size::new(1.0, row.height), color);
    }
    let parts: &[f32] = if plot.height > 100.0 { &[0.0, 0.2, 0.4, 0.6, 0.8, 1.0] } else { &[0.0, 0.5, 1.0] };
    for part in parts {
        let color = if *part == 0.0 { theme.grid_2 } else { theme.grid };
        painting.rectangle(Point::new(0.0, plot.y(*part).round()), Size::new(view.width(), 1.0), color);
    }
}

/// The levels that the massager will play, as steps behind the curve.
fn steps_played(
    painting: &mut Painting,
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
        let width = (to - left).max(0.0);
        painting.rectangle(Point::new(left, y), Size::new(width, bottom - y), theme.ink.scale_alpha(0.055));
        painting.rectangle(Point::new(left, y), Size::new(width.max(1.0), 1.0), theme.line_strong);
        if index > 0 {
            painting.rectangle(Point::new(left, high), Size::new(1.0, low - high + 1.0), theme.line_strong);
        }
        before = y;
    }
}

/// What is above the mode's ceiling or above 80 %, with a line at each, and what comes after the session's end.
fn strong(painting: &mut Painting, theme: &Theme, key: &LaneKey, plot: Plot, trace: &Trace) {
    let width = key.view.width();
    for (at_most, mark) in key.marked(theme) {
        let limit = at_most.fraction() as f32;
        let above = (0..trace.columns()).any(|column| trace.inside(column).1 > limit + 0.0005);
        if !above && !key.active {
            continue;
        }
        let y = plot.y(limit);
        if above {
            // Of the part above the line, the line is the bottom.
            let part = trace.map(|value| (value - limit).max(0.0) / (1.0 - limit));
            let line = painting.line(Plot { bottom: y, ..plot }, &part);
            painting.area(&line, Area { fill: mark.scale_alpha(0.3), pattern: None });
        }
        let mut x = 0.0;
        while x < width {
            painting.rectangle(Point::new(x, y.round()), Size::new(6.0, 1.0), mark);
            x += 10.0;
        }
    }
    let end = key.view.x(key.session);
    if key.session < key.length && end < width {
        let (left, right) = (end.max(0.0).round(), width_in(&key.view, key.length).1);
        let size = Size::new((right - left).max(0.0), key.row.height);
        painting.rectangle(Point::new(left, key.row.top), size, theme.stop.scale_alpha(0.08));
        let (top, bottom) = (key.row.top, key.row.top + key.row.height);
        let pen = Pen { color: theme.stop, width: 1.5, dashes: &[6.0, 4.0] };
        painting.stroke(Point::new(left, top), Point::new(left, bottom), pen);
    }
}

/// Where it rises faster than the limit, with what is played instead.
fn steep(painting: &mut Painting, theme: &Theme, board: &Board, key: &LaneKey, plot: Plot, trace: &Trace, line: &Line) {
    let view = &key.view;
    // A column is a physical pixel.
    let a_column = key.rise.fraction() as f32 * view.scale() as f32 / key.scale / 1000.0;
    for rise in key.rises(board) {
        let column = |at: Time| (((view.x(at) - plot.x) * key.scale).round().max(0.0) as usize).min(trace.columns());
        let (from, to) = (column(rise.span.from), column(rise.span.to));
        let mut start = from;
        let mut marked = false;
        for index in from..=to {
            if index < to && trace.at(index + 1) - trace.at(index) > a_column {
                continue;
            }
            if index > start {
                painting.trace(line, start..index.min(trace.columns()), Pen::new(theme.stop, 4.0));
                marked = true;
            }
            start = index + 1;
        }
        if !marked {
            let end = (from + 1).min(trace.columns());
            painting.trace(line, from.min(end)..end, Pen::new(theme.stop, 4.0));
        }
        let place = |at: Time, level: Intensity| Point::new(view.x(at), plot.y(level.fraction() as f32));
        let pen = Pen { color: theme.ink, width: 1.5, dashes: &[2.0, 4.0] };
        painting.stroke(place(rise.span.from, rise.from), place(rise.span.to, rise.to), pen);
    }
}

/// The points of a lane; where they are crowded, the chosen ones alone.
fn points(painting: &mut Painting, theme: &Theme, board: &Board, key: &LaneKey, lane: &Lane) {
    let (view, plot) = (&key.view, key.row.plot());
    let color = theme.mode(key.channel.mode);
    let count = lane.indices(view.seen()).len();
    let crowded = count as f32 * CROWDED > view.width();
    let selection = board.editor.selection();
    if crowded && selection.is_empty() && key.hover.is_none() {
        return;
    }
    let radius = if key.active { 5.5 } else { 4.0 };
    let place = |point: &curve::Point| Point::new(view.x(point.at), plot.y(point.intensity.fraction() as f32));
    let hovered = |spot: &crate::editor::Spot| key.hover == Some(spot.id);
    let shown = lane.spots_in(view.seen()).filter(|spot| !crowded || selection.has(spot.id) || hovered(spot));
    let mut last = None;
    for spot in shown {
        let (chosen, at) = (selection.has(spot.id), place(&spot.point));
        // Of chosen points that share a pixel one is enough.
        let pixel = (at.x as i32, at.y as i32);
        if crowded && last.replace(pixel) == Some(pixel) {
            continue;
        }
        if chosen && !crowded {
            painting.disc(at, 13.0, color.scale_alpha(0.2));
        }
        if chosen {
            painting.disc(at, if crowded { 3.0 } else { 7.5 }, color);
        } else {
            let grown = if hovered(&spot) { 2.0 } else { 0.0 };
            painting.disc(at, radius + grown, color);
            painting.disc(at, radius + grown - 2.0, theme.raised);
        }
    }
}
