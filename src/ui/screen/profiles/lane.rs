//! One track of a profile, drawn large: paper with a line a minute; the curve as it is drawn, dashed; as it is played at the
//! present strength, filled; and the massager's levels, as steps. A press or a drag says where to start.

use std::sync::Arc;

use iced::mouse::{self, Cursor};
use iced::widget::canvas::{Action, Canvas, Event, Geometry, LineDash, Program, Stroke};
use iced::{Fill, Point, Rectangle, Renderer, Size};

use crate::intensity::Intensity;
use crate::mode::Channel;
use crate::profile::Profile;
use crate::time::Time;
use crate::ui::draw::curve::{self, Look, Plot, Trace};
use crate::ui::draw::seek::Drag;
use crate::ui::theme::{Element, Theme};
use crate::ui::widget::cache::{Kept, Same};

/// How a track is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Played {
    /// Overall strength.
    pub strength: Intensity,
    /// The most that it may reach, and the massager's number of levels, where there is a massager.
    pub levels: Option<(Intensity, u16)>,
    /// It stays still: the massager lacks it, or the person's answers switch it off.
    pub still: bool,
}

impl Played {
    /// What of an intensity comes to the massager, before it is rounded to levels.
    pub(super) fn at(self, drawn: Intensity) -> Intensity {
        let most = self.levels.map_or(Intensity::FULL, |(ceiling, _)| ceiling);
        drawn.scaled(self.strength).min(most)
    }

    /// The level that it comes to, and of how many.
    pub(super) fn level(self, drawn: Intensity) -> Option<(u16, u16)> {
        let (ceiling, levels) = self.levels?;
        Some((drawn.scaled(self.strength).level(levels, ceiling), levels))
    }
}

/// The curve of a track, with a mark where the profile is to start.
pub(super) fn lane<'a, Message: 'a>(
    profile: &Arc<Profile>,
    channel: Channel,
    played: Played,
    from: Time,
    height: f32,
    on_from: impl Fn(Time) -> Message + 'a,
) -> Element<'a, Message> {
    Canvas::new(Lane { profile: Arc::clone(profile), channel, played, from, on_from }).width(Fill).height(height).into()
}

struct Lane<F> {
    profile: Arc<Profile>,
    channel: Channel,
    played: Played,
    from: Time,
    on_from: F,
}

#[derive(Default)]
struct State {
    curve: Kept<(Same<Profile>, Channel, Played, bool)>,
    mark: Kept<(Time, bool)>,
    drag: Drag,
}

impl<Message, F: Fn(Time) -> Message> Program<Message, Theme> for Lane<F> {
    type State = State;

    fn update(&self, state: &mut State, event: &Event, bounds: Rectangle, cursor: Cursor) -> Option<Action<Message>> {
        state.drag.update(event, bounds, cursor, self.profile.length, &self.on_from)
    }

    fn draw(&self, state: &State, renderer: &Renderer, theme: &Theme, bounds: Rectangle, _: Cursor) -> Vec<Geometry> {
        let (width, height) = (bounds.width, bounds.height);
        let key = (Same(Arc::clone(&self.profile)), self.channel, self.played, theme.dark);
        let area = Rectangle::with_size(bounds.size());
        let curve = state.curve.draw(renderer, area, key, |frame| {
            frame.fill_rectangle(Point::ORIGIN, bounds.size(), theme.chart);
            let minute = width * 60.0 / self.profile.length.as_secs_f32().max(1.0);
            // Beyond an hour or so, a line a minute would be no grid but a wash.
            let apart = if minute < 8.0 { minute * 10.0 } else { minute };
            let mut x = apart;
            while x < width {
                frame.fill_rectangle(Point::new(x.floor(), 0.0), Size::new(1.0, height), theme.grid);
                x += apart;
            }
            let plot = Plot { x: 0.0, top: 8.0, bottom: height - 2.0 };
            frame.fill_rectangle(Point::new(0.0, plot.y(0.5).floor()), Size::new(width, 1.0), theme.grid);
            frame.fill_rectangle(Point::new(0.0, height - 1.0), Size::new(width, 1.0), theme.grid_2);
            let Some(track) = self.profile.tracks.get(&self.channel) else { return };
            let columns = width.max(0.0) as usize;
            let trace = Trace::new([track], self.profile.length, columns);
            let mode = self.channel.mode;
            let dash = LineDash { segments: &[4.0, 4.0], offset: 0 };
            let color = if self.played.still { theme.line_strong } else { theme.mode(mode) };
            curve::dashed(frame, plot, &trace, 0..columns, Stroke { line_dash: dash, ..curve::stroke(color, 1.5) });
            if self.played.still {
                return;
            }
            let fraction = |value: f32| Intensity::from_fraction(f64::from(value));
            let now = trace.map(|value| self.played.at(fraction(value)).fraction() as f32);
            let look = Look { fill: 0.12, pattern: 0.4, line: 2.5 };
            curve::draw(frame, plot, &now, 0..columns, Some(mode), color, look);
            if self.played.levels.is_some() {
                let steps = trace.map(|value| match self.played.level(fraction(value)) {
                    Some((level, levels)) => f32::from(level) / f32::from(levels.max(1)),
                    None => 0.0,
                });
                curve::dashed(frame, plot, &steps, 0..columns, curve::stroke(theme.ink, 1.5));
            }
        });
        let x = (self.from.as_secs_f32() / self.profile.length.as_secs_f32().max(0.001) * width).floor();
        if x < 1.0 {
            return vec![curve];
        }
        let area = Rectangle::with_size(Size::new(x + 2.0, height));
        let mark = state.mark.draw(renderer, area, (self.from, theme.dark), |frame| {
            // What is left out before the mark fades.
            frame.fill_rectangle(Point::ORIGIN, Size::new(x, height), theme.chart.scale_alpha(0.66));
            frame.fill_rectangle(Point::new(x, 0.0), Size::new(2.0, height), theme.accent);
        });
        vec![curve, mark]
    }

    fn mouse_interaction(&self, state: &State, bounds: Rectangle, cursor: Cursor) -> mouse::Interaction {
        state.drag.pointer(bounds, cursor)
    }
}

#[cfg(test)]
mod tests {
    use iced::widget::container;
    use iced_test::Simulator;

    use super::*;
    use crate::mode::Mode;

    #[test]
    fn a_drag_says_where_to_start_when_it_is_let_go() {
        let profile = Arc::new(Profile { length: Time::from_secs(200), ..Profile::default() });
        let played = Played { strength: Intensity::FULL, levels: None, still: false };
        let lane = lane(&profile, Channel::both(Mode::Roller), played, Time::ZERO, 90.0, |to| to);
        let mut simulator: Simulator<'_, Time, Theme> = Simulator::new(container(lane).width(200));
        simulator.point_at([20.4, 10.0]);
        let _ = simulator.simulate([Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))]);
        simulator.point_at([150.0, 10.0]);
        let _ = simulator.simulate([Event::Mouse(mouse::Event::CursorMoved { position: Point::new(150.0, 10.0) })]);
        let _ = simulator.simulate([Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left))]);
        assert_eq!(simulator.into_messages().collect::<Vec<_>>(), [Time::from_secs(150)]);
    }

    #[test]
    fn what_is_played_keeps_to_strength_ceiling_and_levels() {
        let half = Intensity::from_percent(50);
        let played = Played { strength: half, levels: Some((Intensity::from_percent(40), 20)), still: false };
        assert_eq!(played.at(Intensity::FULL), Intensity::from_percent(40));
        assert_eq!(played.at(half), Intensity::from_percent(25));
        assert_eq!(played.level(half), Some((5, 20)));
        assert_eq!(Played { levels: None, ..played }.level(half), None);
    }
}
