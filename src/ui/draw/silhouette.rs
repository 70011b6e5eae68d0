//! The profile's own outline as its progress bar: one sees what is coming.
//!
//! Gestures: click or drag to seek, shown while dragging and asked for on release; ← and → seek by five seconds, Home
//! to the start.

use std::sync::Arc;

use iced::mouse::{self, Cursor};
use iced::widget::canvas::{Action, Canvas, Event, Geometry, Program};
use iced::{Fill, Point, Rectangle, Renderer, Size};

use super::curve::{self, Look, Plot, Trace};
use super::seek::{self, Drag};
use crate::profile::Profile;
use crate::time::Time;
use crate::ui::theme::{Element, Theme};
use crate::ui::widget::cache::{Kept, Same};

/// The height, in pixels.
pub const HEIGHT: f32 = 30.0;

/// A profile's outline: the highest of its curves. `at` is the place, if it plays or stands, and `played` what was played up
/// to it; with `on_seek` one can go to another.
pub fn silhouette<'a, Message: Clone + 'a>(
    profile: Arc<Profile>,
    at: Option<Time>,
    played: Vec<(Time, Time)>,
    on_seek: Option<impl Fn(Time) -> Message + Clone + 'a>,
) -> Element<'a, Message> {
    let length = profile.length;
    let canvas = Canvas::new(Silhouette { profile, at, played, on_seek: on_seek.clone() }).width(Fill).height(HEIGHT);
    seek::by_keys(canvas, at.unwrap_or_default(), length, on_seek)
}

struct Silhouette<F> {
    profile: Arc<Profile>,
    at: Option<Time>,
    played: Vec<(Time, Time)>,
    on_seek: Option<F>,
}

/// What the played part depends on: the profile, the theme, and its columns.
type Played = (Same<Profile>, bool, Vec<(u32, u32)>);

#[derive(Default)]
struct State {
    outline: Kept<(Same<Profile>, bool)>,
    played: Kept<Played>,
    playhead: Kept<bool>,
    drag: Drag,
}

impl<Message, F: Fn(Time) -> Message> Program<Message, Theme> for Silhouette<F> {
    type State = State;

    fn update(&self, state: &mut State, event: &Event, bounds: Rectangle, cursor: Cursor) -> Option<Action<Message>> {
        state.drag.update(event, bounds, cursor, self.profile.length, self.on_seek.as_ref()?)
    }

    fn draw(&self, state: &State, renderer: &Renderer, theme: &Theme, bounds: Rectangle, _: Cursor) -> Vec<Geometry> {
        let (width, height) = (bounds.width, bounds.height);
        let plot = Plot { x: 0.0, top: 2.0, bottom: height - 2.0 };
        let trace = || Trace::new(self.profile.tracks.values(), self.profile.length, width as usize);
        let key = || (Same(Arc::clone(&self.profile)), theme.dark);
        let mut layers = vec![state.outline.draw(renderer, Rectangle::with_size(bounds.size()), key(), |frame| {
            let (trace, look) = (trace(), Look { fill: 1.0, pattern: 0.0, line: 0.0 });
            curve::draw(frame, plot, &trace, 0..trace.columns(), None, theme.line, look);
            let look = Look { fill: 0.0, line: 1.0, ..look };
            curve::draw(frame, plot, &trace, 0..trace.columns(), None, theme.line_strong, look);
            frame.fill_rectangle(Point::new(0.0, height - 2.0), Size::new(width, 1.5), theme.line_strong);
        })];
        let length = self.profile.length.as_secs_f32().max(0.001);
        let Some(x) = state.drag.held().or(self.at.map(|at| at.as_secs_f32() / length * width)) else { return layers };
        let x = x.clamp(0.0, width).floor();
        if x >= 1.0 {
            let area = Rectangle::with_size(Size::new(x, height));
            let column = |at: Time| (at.as_secs_f32() / length * width).clamp(0.0, x) as u32;
            // While one points somewhere, and where nothing is known of the past, it is all up to there.
            let known = self.played.iter().map(|(from, to)| (column(*from), column(*to))).collect::<Vec<_>>();
            let known = if state.drag.held().is_some() || known.is_empty() { vec![(0, x as u32)] } else { known };
            let (profile, dark) = key();
            layers.push(state.played.draw(renderer, area, (profile, dark, known.clone()), |frame| {
                let (trace, look) = (trace(), Look { fill: 1.0, pattern: 0.0, line: 0.0 });
                for (from, to) in known {
                    curve::draw(frame, plot, &trace, from as usize..to as usize, None, theme.accent, look);
                    let (left, width) = (from as f32, to.saturating_sub(from) as f32);
                    frame.fill_rectangle(Point::new(left, height - 2.0), Size::new(width, 2.0), theme.accent);
                }
            }));
        }
        // A filled rectangle on whole pixels: the renderer does not repaint under a stroked line.
        let left = (x - 1.0).clamp(0.0, (width - 2.0).max(0.0));
        let area = Rectangle::new(Point::new(left, 0.0), Size::new(2.0, height));
        layers.push(state.playhead.draw(renderer, area, theme.dark, |frame| {
            frame.fill_rectangle(Point::new(left, 0.0), Size::new(2.0, height), theme.ink);
        }));
        layers
    }

    fn mouse_interaction(&self, state: &State, bounds: Rectangle, cursor: Cursor) -> mouse::Interaction {
        if self.on_seek.is_some() { state.drag.pointer(bounds, cursor) } else { mouse::Interaction::default() }
    }
}

#[cfg(test)]
mod tests {
    use iced::widget::container;
    use iced_test::Simulator;

    use super::*;

    #[test]
    fn a_drag_seeks_once_to_where_it_is_let_go() {
        let profile = Arc::new(Profile { length: Time::from_secs(200), ..Profile::default() });
        let outline = silhouette(profile, Some(Time::ZERO), Vec::new(), Some(|to| to));
        let mut simulator: Simulator<'_, Time, Theme> = Simulator::new(container(outline).width(200));
        simulator.point_at([20.0, 10.0]);
        let _ = simulator.simulate([Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))]);
        for x in [60.0, 150.0] {
            simulator.point_at([x, 10.0]);
            let _ = simulator.simulate([Event::Mouse(mouse::Event::CursorMoved { position: Point::new(x, 10.0) })]);
        }
        let _ = simulator.simulate([Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left))]);
        assert_eq!(simulator.into_messages().collect::<Vec<_>>(), [Time::from_secs(150)]);
    }
}
