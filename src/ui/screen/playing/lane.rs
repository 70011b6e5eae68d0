//! One mode over time: what is wanted, what the ceiling takes away, what the massager confirmed, and the place.
//!
//! Belongs here: the drawing of a lane. It is made of parts that change at different times, so that the renderer repaints
//! only those: the paper with the whole curve; the played part in pieces 32 px wide; and the playhead.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use iced::mouse::Cursor;
use iced::widget::canvas::{Canvas, Frame, Geometry, LineDash, Path, Program, Stroke};
use iced::{Fill, Point, Rectangle, Renderer, Size};

use crate::engine::ChannelState;
use crate::intensity::Intensity;
use crate::mode::Channel;
use crate::profile::Profile;
use crate::time::Time;
use crate::ui::draw::curve::{self, CHUNK, Look, Plot, Trace};
use crate::ui::draw::ruler;
use crate::ui::theme::{Element, Theme};
use crate::ui::widget::cache::{Kept, Same};
use crate::ui::widget::drawing::{self};

/// What a lane shows.
pub(super) struct Shown<'a> {
    pub profile: &'a Arc<Profile>,
    pub at: Time,
    pub record: &'a Arc<Vec<(Time, Channel, u16)>>,
    pub strength: Intensity,
    pub state: &'a ChannelState,
    /// What is wanted at the place.
    pub wanted: Intensity,
    /// Whether the confirmed level is still true.
    pub confirmed: bool,
}

/// The lane, as wide and high as there is room.
pub(super) fn lane<'a, Message: 'a>(shown: Shown<'_>) -> Element<'a, Message> {
    let Shown { profile, at, record, strength, state, wanted, confirmed } = shown;
    let level = state.confirmed_level.filter(|_| confirmed);
    let lane = Lane {
        profile: Arc::clone(profile),
        channel: state.channel,
        levels: state.levels,
        strength,
        ceiling: state.ceiling,
        at,
        record: Arc::clone(record),
        wanted,
        confirmed: level.map(|level| Intensity::of_level(level, state.levels)),
    };
    Canvas::new(lane).width(Fill).height(Fill).into()
}

struct Lane {
    profile: Arc<Profile>,
    channel: Channel,
    levels: u16,
    strength: Intensity,
    ceiling: Intensity,
    at: Time,
    record: Arc<Vec<(Time, Channel, u16)>>,
    wanted: Intensity,
    confirmed: Option<Intensity>,
}

/// What the curve depends on.
#[derive(Clone, PartialEq)]
struct Shape {
    profile: Same<Profile>,
    channel: Channel,
    strength: Intensity,
    ceiling: Intensity,
    columns: usize,
}

/// The curve without and with its ceiling.
struct Curves {
    asked: Trace,
    wanted: Trace,
}

/// Corners of the confirmed line, in tenths of a pixel: exact, and able to be compared.
type Corners = Vec<(i32, i32)>;

#[derive(Default)]
struct State {
    curves: RefCell<Option<(Shape, Rc<Curves>)>>,
    paper: Kept<(Shape, bool)>,
    played: RefCell<Vec<Kept<(Shape, bool, Corners)>>>,
    playhead: Kept<(i32, Option<i32>, Channel, bool)>,
}

impl Lane {
    fn shape(&self, columns: usize) -> Shape {
        let profile = Same(Arc::clone(&self.profile));
        Shape { profile, channel: self.channel, strength: self.strength, ceiling: self.ceiling, columns }
    }

    fn curves(&self, state: &State, shape: &Shape) -> Rc<Curves> {
        let mut kept = state.curves.borrow_mut();
        if let Some((_, curves)) = kept.as_ref().filter(|(of, _)| of == shape) {
            return Rc::clone(curves);
        }
        let (strength, ceiling) = (self.strength.fraction() as f32, self.ceiling.fraction() as f32);
        let asked = Trace::new(self.profile.driving(self.channel), self.profile.length, shape.columns)
            .map(|value| value * strength);
        let curves = Rc::new(Curves { wanted: asked.map(|value| value.min(ceiling)), asked });
        *kept = Some((shape.clone(), Rc::clone(&curves)));
        curves
    }

    /// Where the confirmed level changed, as place and value: the last pass alone, where the person went back.
    fn confirmed(&self) -> Vec<(Time, f32)> {
        let mut changes: Vec<(Time, f32)> = Vec::new();
        for (at, _, level) in self.record.iter().filter(|(_, channel, _)| *channel == self.channel) {
            while changes.last().is_some_and(|(last, _)| last >= at) {
                changes.pop();
            }
            changes.push((*at, Intensity::of_level(*level, self.levels).fraction() as f32));
        }
        changes
    }

    /// The corners of the confirmed line between two places, in pixels.
    fn corners(changes: &[(f32, f32)], from: f32, to: f32) -> Corners {
        let tenths = |x: f32, y: f32| ((x * 10.0).round() as i32, (y * 10.0).round() as i32);
        let begun = changes.partition_point(|(x, _)| *x <= from);
        let mut corners = Corners::new();
        let mut y = begun.checked_sub(1).map(|index| changes[index].1);
        if let Some(y) = y {
            corners.push(tenths(from, y));
        }
        for &(x, next) in changes[begun..].iter().take_while(|(x, _)| *x <= to) {
            if let Some(y) = y {
                corners.push(tenths(x, y));
            }
            corners.push(tenths(x, next));
            y = Some(next);
        }
        if let Some(y) = y {
            corners.push(tenths(to, y));
        }
        corners
    }

    fn draw_paper(&self, frame: &mut Frame, theme: &Theme, plot: Plot, curves: &Curves) {
        let size = frame.size();
        frame.fill_rectangle(Point::ORIGIN, size, theme.chart);
        let apart = (ruler::apart(self.profile.length, size.width) / 2).max(1);
        let second = size.width / self.profile.length.as_secs_f32().max(1.0);
        for index in 0..=(self.profile.length.as_millis() / 1000 / apart) {
            let x = ((index * apart) as f32 * second).floor().min(size.width - 1.0);
            frame.fill_rectangle(Point::new(x, 0.0), Size::new(1.0, size.height), theme.grid);
        }
        frame.fill_rectangle(Point::new(0.0, plot.bottom), Size::new(size.width, 1.0), theme.grid_2);
        let color = theme.mode(self.channel.mode);
        let all = 0..curves.wanted.columns();
        let look = Look { fill: 0.09, pattern: 0.0, line: 0.0 };
        curve::draw(frame, plot, &curves.wanted, all.clone(), None, color, look);
        let ceiling = self.ceiling.fraction() as f32;
        let mut start = 0;
        for column in 0..=all.end {
            if column < all.end && curves.asked.at(column) > ceiling {
                continue;
            }
            if column > start {
                let dots = LineDash { segments: &[2.0, 4.0], offset: 0 };
                let stroke = Stroke { line_dash: dots, ..Stroke::default().with_color(color).with_width(1.5) };
                curve::dashed(frame, plot, &curves.asked, start..column, stroke);
            }
            start = column + 1;
        }
        let y = plot.y(ceiling).floor();
        let dashes = Path::new(|path| {
            let mut x = 0.0;
            while x < size.width {
                path.rectangle(Point::new(x, y), Size::new(8.0, 1.25));
                x += 13.0;
            }
        });
        frame.fill(&dashes, theme.line_strong);
        let look = Look { fill: 0.0, pattern: 0.0, line: 2.5 };
        curve::draw(frame, plot, &curves.wanted, all, None, color, look);
    }
}

impl<Message> Program<Message, Theme> for Lane {
    type State = State;

    fn draw(&self, state: &State, renderer: &Renderer, theme: &Theme, bounds: Rectangle, _: Cursor) -> Vec<Geometry> {
        let (width, height) = (bounds.width, bounds.height);
        let plot = Plot { x: 0.0, top: 10.0, bottom: height - 8.0 };
        let shape = self.shape(width as usize);
        let curves = self.curves(state, &shape);
        let mut layers = vec![state.paper.draw(
            renderer,
            Rectangle::with_size(bounds.size()),
            (shape.clone(), theme.dark),
            |frame| self.draw_paper(frame, theme, plot, &curves),
        )];
        let pixels = width / self.profile.length.as_secs_f32().max(0.001);
        let place = (self.at.as_secs_f32() * pixels).floor().clamp(0.0, width);
        let changes: Vec<(f32, f32)> =
            self.confirmed().into_iter().map(|(at, value)| (at.as_secs_f32() * pixels, plot.y(value))).collect();
        let mut played = state.played.borrow_mut();
        let chunks = (place as usize).div_ceil(CHUNK);
        if played.len() < chunks {
            played.resize_with(chunks, Kept::default);
        }
        for (index, kept) in played.iter().take(chunks).enumerate() {
            let columns = index * CHUNK..((index + 1) * CHUNK).min(place as usize);
            let (from, to) = (columns.start as f32, columns.end as f32);
            let corners = Self::corners(&changes, from, to);
            let area = Rectangle::new(Point::new(from, 0.0), Size::new(to - from, height));
            layers.push(kept.draw(renderer, area, (shape.clone(), theme.dark, corners.clone()), |frame| {
                let (mode, color) = (self.channel.mode, theme.mode(self.channel.mode));
                let look = Look { fill: 0.13, pattern: 0.5, line: 2.5 };
                // The whole piece, cut by the area: the pattern stays where it is while the piece grows.
                let whole = columns.start..columns.start + CHUNK;
                curve::draw(frame, plot, &curves.wanted, whole, Some(mode), color, look);
                let line: Vec<Point> =
                    corners.iter().map(|(x, y)| Point::new(*x as f32 / 10.0, *y as f32 / 10.0)).collect();
                curve::polyline(frame, &line, Stroke::default().with_color(theme.ink).with_width(1.75));
            }));
        }
        let confirmed = self.confirmed.map(|confirmed| plot.y(confirmed.fraction() as f32).round() as i32);
        let wanted = plot.y(self.wanted.fraction() as f32).round() as i32;
        // With an empty margin: the renderer repaints what lies inside these bounds, and nothing else.
        let area = Rectangle::new(Point::new(place - 9.0, 0.0), Size::new(18.0, height));
        layers.push(state.playhead.draw(renderer, area, (wanted, confirmed, self.channel, theme.dark), |frame| {
            frame.fill_rectangle(Point::new(place - 1.0, 0.0), Size::new(2.0, height), theme.ink);
            if let Some(y) = confirmed {
                let square = |side: f32| Point::new(place - side / 2.0, y as f32 - side / 2.0);
                frame.fill_rectangle(square(11.0), Size::new(11.0, 11.0), theme.chart);
                frame.fill_rectangle(square(9.0), Size::new(9.0, 9.0), theme.ink);
            }
            let middle = Point::new(place, wanted as f32);
            frame.fill(&Path::circle(middle, 7.0), theme.chart);
            frame.fill(&Path::circle(middle, 5.5), theme.mode(self.channel.mode));
        }));
        layers
    }
}

/// A line of the legend.
#[derive(Debug, Clone, Copy)]
pub(super) enum Sign {
    Wanted,
    Confirmed,
    AtMost,
}

/// A line of the legend, drawn.
pub(super) fn sign<'a, Message: 'a>(sign: Sign) -> Element<'a, Message> {
    drawing::drawing(Size::new(26.0, 12.0), move |quads, theme| {
        let mut line = |x, y, width, height, color| {
            quads.fill(Rectangle::new(Point::new(x, y), Size::new(width, height)), 0.0, color);
        };
        match sign {
            Sign::Wanted => line(1.0, 5.0, 24.0, 2.5, theme.ink_2),
            Sign::Confirmed => {
                for (x, y) in [(1.0, 9.0), (9.0, 5.0), (17.0, 1.0)] {
                    line(x, y, 8.0, 2.0, theme.ink);
                }
                line(8.0, 5.0, 2.0, 6.0, theme.ink);
                line(16.0, 1.0, 2.0, 6.0, theme.ink);
            }
            Sign::AtMost => {
                line(1.0, 5.0, 8.0, 1.5, theme.line_strong);
                line(14.0, 5.0, 8.0, 1.5, theme.line_strong);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mode::Mode;

    fn lane(record: &[(u32, u16)]) -> Lane {
        let channel = Channel::both(Mode::Roller);
        let record = record.iter().map(|(second, level)| (Time::from_secs(*second), channel, *level)).collect();
        Lane {
            profile: Arc::default(),
            channel,
            levels: 2,
            strength: Intensity::FULL,
            ceiling: Intensity::FULL,
            at: Time::ZERO,
            record: Arc::new(record),
            wanted: Intensity::ZERO,
            confirmed: None,
        }
    }

    #[test]
    fn going_back_replaces_what_was_confirmed_there() {
        let confirmed = lane(&[(0, 0), (10, 1), (20, 2), (5, 0), (12, 2)]).confirmed();
        let seconds: Vec<_> = confirmed.iter().map(|(at, value)| (at.as_millis() / 1000, *value)).collect();
        assert_eq!(seconds, [(0, 0.0), (5, 0.0), (12, 1.0)]);
    }

    #[test]
    fn the_confirmed_line_steps_and_joins_from_piece_to_piece() {
        let changes = [(4.0, 90.0), (20.0, 50.0), (40.0, 10.0)];
        assert_eq!(Lane::corners(&changes, 0.0, 32.0), [(40, 900), (200, 900), (200, 500), (320, 500)]);
        assert_eq!(Lane::corners(&changes, 32.0, 48.0), [(320, 500), (400, 500), (400, 100), (480, 100)]);
        assert_eq!(Lane::corners(&changes, 0.0, 3.0), []);
    }
}
