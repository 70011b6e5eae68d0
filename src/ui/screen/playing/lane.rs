//! One mode over time: what is wanted, what the ceiling takes away, what the massager confirmed, and the place.
//!
//! Belongs here: the drawing of a lane. It is made of parts that change at different times, so that the renderer repaints
//! only those: the paper with the whole curve; the played part in pieces 32 px wide; and the playhead.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use iced::mouse::{self, Cursor};
use iced::widget::canvas::{Action, Canvas, Event, Frame, Geometry, LineDash, Path, Program, Stroke, Text};
use iced::{Fill, Point, Rectangle, Renderer, Size};

use crate::engine::{ChannelState, Stretch, shown_past};
use crate::intensity::Intensity;
use crate::mode::Channel;
use crate::profile::Profile;
use crate::time::Time;
use crate::ui::draw::curve::{self, CHUNK, Look, Plot, Trace};
use crate::ui::draw::ruler;
use crate::ui::draw::seek::{self, Drag};
use crate::ui::theme::{Element, Theme, text};
use crate::ui::widget::cache::{Kept, Same};
use crate::ui::widget::drawing::{self};

/// What a lane shows.
pub(super) struct Shown<'a> {
    pub profile: &'a Arc<Profile>,
    pub at: Time,
    pub record: &'a Arc<Vec<(Time, Channel, u16)>>,
    pub past: &'a Arc<Vec<Stretch>>,
    /// The word for what was skipped.
    pub skipped: String,
    pub strength: Intensity,
    pub state: &'a ChannelState,
    /// What is wanted at the place.
    pub wanted: Intensity,
    /// Whether the confirmed level is still true.
    pub confirmed: bool,
}

/// The lane, as wide and high as there is room. A press or a drag goes to another place.
pub(super) fn lane<'a, Message: 'a>(shown: Shown<'_>, on_seek: impl Fn(Time) -> Message + 'a) -> Element<'a, Message> {
    let Shown { profile, at, record, past, skipped, strength, state, wanted, confirmed } = shown;
    let level = state.confirmed_level.filter(|_| confirmed);
    let lane = Lane {
        profile: Arc::clone(profile),
        channel: state.channel,
        levels: state.levels,
        strength,
        ceiling: state.ceiling,
        at,
        record: Arc::clone(record),
        past: Arc::clone(past),
        skipped,
        wanted,
        confirmed: level.map(|level| Intensity::of_level(level, state.levels)),
    };
    Canvas::new(Seekable { lane, on_seek }).width(Fill).height(Fill).into()
}

/// A lane, and what it asks for.
struct Seekable<F> {
    lane: Lane,
    on_seek: F,
}

struct Lane {
    profile: Arc<Profile>,
    channel: Channel,
    levels: u16,
    strength: Intensity,
    ceiling: Intensity,
    at: Time,
    record: Arc<Vec<(Time, Channel, u16)>>,
    past: Arc<Vec<Stretch>>,
    skipped: String,
    wanted: Intensity,
    confirmed: Option<Intensity>,
}

/// A part of the past in pixels: from, to, and the strength and ceiling of its time.
type Part = (u32, u32, Intensity, Intensity);

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

/// What a piece of the played part depends on.
type Piece = (Shape, bool, Corners, Vec<Part>);

#[derive(Default)]
struct State {
    /// The newest last.
    curves: RefCell<Vec<(Shape, Rc<Curves>)>>,
    paper: Kept<(Shape, bool)>,
    played: RefCell<Vec<Kept<Piece>>>,
    playhead: Kept<(i32, Option<i32>, Channel, bool)>,
    words: Kept<(Vec<(u32, u32)>, bool)>,
    pointed: Kept<bool>,
    drag: Drag,
}

/// The curves that are kept: of this moment, and of strengths before it.
const KEPT: usize = 8;
/// What a letter of a word needs at most, in pixels.
const LETTER: u32 = 8;

impl Lane {
    fn shape(&self, columns: usize, strength: Intensity, ceiling: Intensity) -> Shape {
        let profile = Same(Arc::clone(&self.profile));
        Shape { profile, channel: self.channel, strength, ceiling, columns }
    }

    fn curves(&self, state: &State, shape: &Shape) -> Rc<Curves> {
        let mut kept = state.curves.borrow_mut();
        if let Some((_, curves)) = kept.iter().find(|(of, _)| of == shape) {
            return Rc::clone(curves);
        }
        let (strength, ceiling) = (shape.strength.fraction() as f32, shape.ceiling.fraction() as f32);
        let asked = Trace::new(self.profile.driving(self.channel), self.profile.length, shape.columns)
            .map(|value| value * strength);
        let curves = Rc::new(Curves { wanted: asked.map(|value| value.min(ceiling)), asked });
        if kept.len() >= KEPT {
            kept.remove(0);
        }
        kept.push((shape.clone(), Rc::clone(&curves)));
        curves
    }

    /// The past in pixels. Where nothing is known of it, it is one piece, as strong as now.
    fn parts(&self, pixels: f32, place: f32) -> Vec<Part> {
        if self.past.is_empty() {
            return vec![(0, place as u32, self.strength, self.ceiling)];
        }
        let column = |at: Time| (at.as_secs_f32() * pixels).floor().min(place) as u32;
        let ceiling = |stretch: &Stretch| {
            let of_mode = stretch.ceilings.iter().find(|(mode, _)| *mode == self.channel.mode);
            of_mode.map_or(self.ceiling, |(_, ceiling)| *ceiling)
        };
        let parts = shown_past(&self.past, self.at).into_iter();
        parts.map(|(from, to, stretch)| (column(from), column(to), stretch.strength, ceiling(stretch))).collect()
    }

    /// What was skipped up to the place, in pixels.
    fn gaps(parts: &[Part], place: f32) -> Vec<(u32, u32)> {
        let ends = parts.iter().map(|(_, to, ..)| *to);
        let starts = parts.iter().map(|(from, ..)| *from).chain([place as u32]);
        [0].into_iter().chain(ends).zip(starts).filter(|(from, to)| from + 1 < *to).collect()
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

    /// The ground of some columns, with the lines of the time.
    fn draw_ground(&self, frame: &mut Frame, theme: &Theme, plot: Plot, size: Size, columns: Range<u32>) {
        let (left, right) = (columns.start as f32, columns.end as f32);
        frame.fill_rectangle(Point::new(left, 0.0), Size::new(right - left, size.height), theme.chart);
        let apart = (ruler::apart(self.profile.length, size.width) / 2).max(1);
        let second = size.width / self.profile.length.as_secs_f32().max(1.0);
        for index in 0..=(self.profile.length.as_millis() / 1000 / apart) {
            let x = ((index * apart) as f32 * second).floor().min(size.width - 1.0);
            if (left..right).contains(&x) {
                frame.fill_rectangle(Point::new(x, 0.0), Size::new(1.0, size.height), theme.grid);
            }
        }
        frame.fill_rectangle(Point::new(left, plot.bottom), Size::new(right - left, 1.0), theme.grid_2);
    }

    /// The dashed line of what a mode may reach at most. Dashes stand at the same places, whatever part is drawn.
    fn draw_most(frame: &mut Frame, theme: &Theme, plot: Plot, ceiling: Intensity, columns: Range<f32>) {
        let y = plot.y(ceiling.fraction() as f32).floor();
        let dashes = Path::new(|path| {
            let mut x = (columns.start / 13.0).floor() * 13.0;
            while x < columns.end {
                let (from, to) = (x.max(columns.start), (x + 8.0).min(columns.end));
                if to > from {
                    path.rectangle(Point::new(from, y), Size::new(to - from, 1.25));
                }
                x += 13.0;
            }
        });
        frame.fill(&dashes, theme.line_strong);
    }

    /// A stretch that was skipped: empty, between two dotted lines.
    fn draw_gap(&self, frame: &mut Frame, theme: &Theme, plot: Plot, size: Size, gap: (u32, u32)) {
        self.draw_ground(frame, theme, plot, size, gap.0..gap.1);
        for x in [gap.0, gap.1.saturating_sub(1)] {
            let mut y = 0.0;
            while y < size.height {
                frame.fill_rectangle(Point::new(x as f32, y), Size::new(1.0, 2.0), theme.line_strong);
                y += 4.0;
            }
        }
    }

    fn draw_paper(&self, frame: &mut Frame, theme: &Theme, plot: Plot, curves: &Curves) {
        let size = frame.size();
        self.draw_ground(frame, theme, plot, size, 0..size.width.ceil() as u32);
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
        Self::draw_most(frame, theme, plot, self.ceiling, 0.0..size.width);
        let look = Look { fill: 0.0, pattern: 0.0, line: 2.5 };
        curve::draw(frame, plot, &curves.wanted, all, None, color, look);
    }
}

impl<Message, F: Fn(Time) -> Message> Program<Message, Theme> for Seekable<F> {
    type State = State;

    fn update(&self, state: &mut State, event: &Event, bounds: Rectangle, cursor: Cursor) -> Option<Action<Message>> {
        state.drag.update(event, bounds, cursor, self.lane.profile.length, &self.on_seek)
    }

    fn draw(&self, state: &State, renderer: &Renderer, theme: &Theme, bounds: Rectangle, _: Cursor) -> Vec<Geometry> {
        self.lane.draw(state, renderer, theme, bounds.size())
    }

    fn mouse_interaction(&self, state: &State, bounds: Rectangle, cursor: Cursor) -> mouse::Interaction {
        state.drag.pointer(bounds, cursor)
    }
}

impl Lane {
    fn draw(&self, state: &State, renderer: &Renderer, theme: &Theme, size: Size) -> Vec<Geometry> {
        let (width, height) = (size.width, size.height);
        let plot = Plot { x: 0.0, top: 10.0, bottom: height - 8.0 };
        let shape = self.shape(width as usize, self.strength, self.ceiling);
        let curves = self.curves(state, &shape);
        let paper = Rectangle::with_size(size);
        let mut layers =
            vec![state.paper.draw(renderer, paper, (shape.clone(), theme.dark), |frame| {
                self.draw_paper(frame, theme, plot, &curves)
            })];
        let pixels = width / self.profile.length.as_secs_f32().max(0.001);
        let place = (self.at.as_secs_f32() * pixels).floor().clamp(0.0, width);
        let changes: Vec<(f32, f32)> =
            self.confirmed().into_iter().map(|(at, value)| (at.as_secs_f32() * pixels, plot.y(value))).collect();
        let parts = self.parts(pixels, place);
        let gaps = Self::gaps(&parts, place);
        let mut played = state.played.borrow_mut();
        let chunks = (place as usize).div_ceil(CHUNK);
        if played.len() < chunks {
            played.resize_with(chunks, Kept::default);
        }
        for (index, kept) in played.iter().take(chunks).enumerate() {
            let columns = index * CHUNK..((index + 1) * CHUNK).min(place as usize);
            let (from, to) = (columns.start as u32, columns.end as u32);
            let inside = |(start, end): (u32, u32)| Some((start.max(from), end.min(to))).filter(|(from, to)| from < to);
            let here: Vec<Part> = parts
                .iter()
                .filter_map(|&(start, end, strength, ceiling)| {
                    inside((start, end)).map(|(from, to)| (from, to, strength, ceiling))
                })
                .collect();
            let corners = here.iter().map(|(from, to, ..)| Self::corners(&changes, *from as f32, *to as f32));
            let corners: Vec<Corners> = corners.collect();
            let area = Rectangle::new(Point::new(from as f32, 0.0), Size::new((to - from) as f32, height));
            let key = (shape.clone(), theme.dark, corners.concat(), here.clone());
            layers.push(kept.draw(renderer, area, key, |frame| {
                let (mode, color) = (self.channel.mode, theme.mode(self.channel.mode));
                let look = Look { fill: 0.13, pattern: 0.5, line: 2.5 };
                for (&(from, to, strength, ceiling), corners) in here.iter().zip(&corners) {
                    let then = self.shape(shape.columns, strength, ceiling);
                    let then = self.curves(state, &then);
                    if (strength, ceiling) != (self.strength, self.ceiling) {
                        self.draw_ground(frame, theme, plot, size, from..to);
                        Self::draw_most(frame, theme, plot, ceiling, from as f32..to as f32);
                    }
                    // The whole piece, cut by the area: the pattern stays where it is while the piece grows.
                    let end = if to as usize == columns.end { columns.start + CHUNK } else { to as usize };
                    curve::draw(frame, plot, &then.wanted, from as usize..end, Some(mode), color, look);
                    let line: Vec<Point> =
                        corners.iter().map(|(x, y)| Point::new(*x as f32 / 10.0, *y as f32 / 10.0)).collect();
                    curve::polyline(frame, &line, Stroke::default().with_color(theme.ink).with_width(1.75));
                }
                for gap in gaps.iter().filter(|gap| inside(**gap).is_some()) {
                    self.draw_gap(frame, theme, plot, size, *gap);
                }
            }));
        }
        let room = self.skipped.chars().count() as u32 * LETTER;
        let wide: Vec<(u32, u32)> = gaps.iter().copied().filter(|(from, to)| to - from >= room).collect();
        if !wide.is_empty() {
            layers.push(state.words.draw(renderer, paper, (wide.clone(), theme.dark), |frame| {
                for (from, to) in wide {
                    let position = Point::new((from + to) as f32 / 2.0, height / 2.0 - 9.0);
                    let (color, font, size) = (theme.ink_2, text::REGULAR, text::SMALL.into());
                    let align_x = iced::widget::text::Alignment::Center;
                    let content = self.skipped.clone();
                    frame.fill_text(Text { content, position, color, size, font, align_x, ..Text::default() });
                }
            }));
        }
        if let Some(x) = state.drag.shown() {
            let area = Rectangle::new(Point::new(x.floor(), 0.0), Size::new(2.0, height));
            layers.push(state.pointed.draw(renderer, area, theme.dark, |frame| seek::line(frame, theme, x)));
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
            past: Arc::default(),
            skipped: String::new(),
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
