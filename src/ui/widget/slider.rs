//! Sliders: a smooth one for strength, and one whose only stops are a massager's levels.
//!
//! Belongs here: [`Slider`]. A press, a drag, and keys while the ring is seen move it; the wheel never does: it scrolls the
//! page, also over a slider. What a value means does not belong here.

use std::ops::RangeInclusive;
use std::rc::Rc;

use iced::advanced::widget::{Id, Tree, Widget, tree};
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, layout, mouse, renderer};
use iced::keyboard::{self, key::Named};
use iced::{Background, Border, Color, Event, Length, Point, Rectangle, Renderer, Size, touch};

use super::{choice, focusable};
use crate::ui::theme::{Element, Theme, size};

/// A smooth slider; arrows, plus and minus move it by `step`.
pub fn slider<'a, Message>(
    range: RangeInclusive<u16>,
    value: u16,
    step: u16,
    on_change: impl Fn(u16) -> Message + 'a,
) -> Slider<'a, Message> {
    let (low, high) = (*range.start(), *range.end());
    Slider {
        low,
        high,
        reach: high,
        value: value.clamp(low, high),
        step,
        stops: false,
        color: Rc::new(|theme| theme.accent),
        on_change: Rc::new(on_change),
        enabled: true,
        now: None,
        id: None,
    }
}

/// A slider whose stops are a massager's levels, off included; an arrow moves by a twentieth of them, at least one. Levels
/// above `reach` are shown and cannot be chosen.
pub fn level_slider<'a, Message>(
    levels: u16,
    value: u16,
    reach: u16,
    color: impl Fn(&Theme) -> Color + 'a,
    on_change: impl Fn(u16) -> Message + 'a,
) -> Slider<'a, Message> {
    let levels = levels.max(1);
    Slider {
        low: 0,
        high: levels,
        reach: reach.min(levels),
        value: value.min(levels),
        step: (levels / 20).max(1),
        stops: true,
        color: Rc::new(color),
        on_change: Rc::new(on_change),
        enabled: true,
        now: None,
        id: None,
    }
}

/// A slider, 36 px high and as wide as there is room.
pub struct Slider<'a, Message> {
    low: u16,
    high: u16,
    reach: u16,
    value: u16,
    step: u16,
    stops: bool,
    color: Rc<dyn Fn(&Theme) -> Color + 'a>,
    on_change: Rc<dyn Fn(u16) -> Message + 'a>,
    enabled: bool,
    now: Option<u16>,
    id: Option<Id>,
}

/// The knob's radius with its border: the rail ends that far inside the bounds.
const KNOB: f32 = 11.0;
/// Stops closer than this, in pixels, are not drawn.
const NEAREST_STOPS: f32 = 12.0;
/// From the start of one dot of a dotted rail to the next, in pixels.
const DOTS: f32 = 6.0;

impl<'a, Message> Slider<'a, Message> {
    /// Whether it can be moved.
    pub fn enabled(self, enabled: bool) -> Self {
        Self { enabled, ..self }
    }

    /// What is so already, where that may differ from what was chosen: full up to there, dotted from there to the knob.
    pub fn now(self, now: u16) -> Self {
        Self { now: Some(now.clamp(self.low, self.high)), ..self }
    }

    /// A name, so that focus can be put here.
    pub fn id(self, id: impl Into<Id>) -> Self {
        Self { id: Some(id.into()), ..self }
    }

    fn x(&self, value: u16, bounds: Rectangle) -> f32 {
        let part = f32::from(value - self.low) / f32::from((self.high - self.low).max(1));
        bounds.x + KNOB + part * (bounds.width - 2.0 * KNOB)
    }

    fn value_at(&self, x: f32, bounds: Rectangle) -> u16 {
        let part = ((x - bounds.x - KNOB) / (bounds.width - 2.0 * KNOB).max(1.0)).clamp(0.0, 1.0);
        let value = self.low + (part * f32::from(self.high - self.low)).round() as u16;
        value.min(self.reach)
    }

    fn stepped(&self, from: u16, steps: i8) -> u16 {
        let by = self.step.saturating_mul(u16::from(steps.unsigned_abs()));
        let to = if steps < 0 { from.saturating_sub(by) } else { from.saturating_add(by) };
        to.clamp(self.low, self.reach)
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct State {
    /// The value under the finger, while there is one: the owner's may come a moment later.
    dragged: Option<u16>,
    /// The owner's value, as it was last.
    owner: u16,
    hovered: bool,
}

impl<Message> Widget<Message, Theme, Renderer> for Slider<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Fixed(size::SMALL))
    }

    fn layout(&mut self, _: &mut Tree, _: &Renderer, limits: &layout::Limits) -> layout::Node {
        layout::atomic(limits, Length::Fill, size::SMALL)
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _: &Renderer,
        _: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        _: &Rectangle,
    ) {
        if !self.enabled {
            return;
        }
        let bounds = layout.bounds();
        let state = tree.state.downcast_mut::<State>();
        // A stop ends the drag, wherever it came from: what is still held must not start anything again.
        let escaped = matches!(
            event,
            Event::Keyboard(keyboard::Event::KeyPressed { key: keyboard::Key::Named(Named::Escape), .. })
        );
        let before = std::mem::replace(&mut state.owner, self.value);
        let turned_off = self.value == self.low && before != self.low && state.dragged != Some(self.low);
        if (escaped || turned_off) && state.dragged.take().is_some() {
            shell.request_redraw();
        }
        let shown = state.dragged.unwrap_or(self.value);
        let new = match event {
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerPressed { .. }) => match cursor.position_over(bounds) {
                Some(position) => {
                    let value = self.value_at(position.x, bounds);
                    state.dragged = Some(value);
                    shell.request_redraw();
                    value
                }
                None => return,
            },
            Event::Mouse(mouse::Event::CursorMoved { .. }) | Event::Touch(touch::Event::FingerMoved { .. }) => {
                let hovered = cursor.is_over(bounds);
                if hovered != state.hovered {
                    state.hovered = hovered;
                    shell.request_redraw();
                }
                match (state.dragged, cursor.land().position()) {
                    (Some(_), Some(position)) => {
                        let value = self.value_at(position.x, bounds);
                        state.dragged = Some(value);
                        value
                    }
                    _ => return,
                }
            }
            Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerLifted { .. } | touch::Event::FingerLost { .. }) => {
                if state.dragged.take().is_some() {
                    shell.capture_event();
                }
                return;
            }
            _ => return,
        };
        if new != shown {
            shell.publish((self.on_change)(new));
        }
        shell.capture_event();
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        _: &renderer::Style,
        layout: Layout<'_>,
        _: mouse::Cursor,
        _: &Rectangle,
    ) {
        let bounds = layout.bounds();
        let state = tree.state.downcast_ref::<State>();
        let value = state.dragged.unwrap_or(self.value);
        let color = if self.enabled { (self.color)(theme) } else { theme.on_disabled };
        let (middle, knob) = (bounds.center_y(), self.x(value, bounds));
        let mut quad = |center: Point, size: Size, border: Border, fill: Color| {
            let bounds = Rectangle::new(Point::new(center.x - size.width / 2.0, center.y - size.height / 2.0), size);
            let quad = renderer::Quad { bounds, border, snap: false, ..renderer::Quad::default() };
            renderer.fill_quad(quad, Background::Color(fill));
        };
        let mut rail = |from: f32, to: f32, height: f32, fill| {
            if to > from {
                let center = Point::new(f32::midpoint(from, to), middle);
                let border = Border { radius: (height / 2.0).into(), ..Border::default() };
                quad(center, Size::new(to - from, height), border, fill);
            }
        };
        let (start, end) = (self.x(self.low, bounds), self.x(self.high, bounds));
        if self.stops {
            let reach = self.x(self.reach, bounds);
            let now = self.now.map_or(knob, |now| self.x(now, bounds));
            rail(start, reach, 2.0, theme.line_strong);
            dotted(&mut rail, (reach + DOTS, end), 2.0, theme.line_strong);
            rail(start, now.min(knob), 5.0, color);
            // On its way up or down: what is not so yet, or not any more.
            dotted(&mut rail, (now.min(knob), now.max(knob)), 5.0, color);
        } else {
            rail(bounds.x, bounds.x + bounds.width, 4.0, theme.line_strong);
            rail(bounds.x, knob, 4.0, color);
        }
        if self.stops && self.reach < self.high {
            let mark = Point::new(self.x(self.reach, bounds), middle);
            quad(mark, Size::new(2.0, 18.0), Border::default(), theme.ink_2);
        }
        let apart = (end - start) / f32::from((self.high - self.low).max(1));
        if self.stops && apart >= NEAREST_STOPS {
            for stop in self.low..=self.high {
                // What is only on its way is not there yet.
                let passed = stop <= self.now.map_or(value, |now| now.min(value)) && value > 0;
                let (fill, line) = match (passed, stop <= self.reach) {
                    (true, _) => (color, color),
                    (false, true) => (theme.raised, theme.line_strong),
                    (false, false) => (theme.sunken, theme.line),
                };
                let border = Border { color: line, width: 2.0, radius: 5.0.into() };
                let center = Point::new(self.x(stop, bounds), middle);
                quad(center, Size::new(10.0, 10.0), border, fill);
            }
        }
        if let Some(now) = self.now.filter(|now| *now != value && *now > self.low) {
            let border = Border { radius: 6.0.into(), ..Border::default() };
            quad(Point::new(self.x(now, bounds), middle), Size::new(12.0, 12.0), border, color);
        }
        let side = if self.stops { 22.0 } else { 20.0 };
        let width = if self.stops { 3.0 } else { 2.0 };
        let fill = if state.hovered || state.dragged.is_some() { theme.hover } else { theme.raised };
        let border = Border { color, width, radius: (side / 2.0).into() };
        quad(Point::new(knob, middle), Size::new(side, side), border, fill);
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _: &Rectangle,
        _: &Renderer,
    ) -> mouse::Interaction {
        if !self.enabled {
            mouse::Interaction::default()
        } else if tree.state.downcast_ref::<State>().dragged.is_some() {
            mouse::Interaction::Grabbing
        } else if cursor.is_over(layout.bounds()) {
            mouse::Interaction::Grab
        } else {
            mouse::Interaction::default()
        }
    }
}

impl<'a, Message: Clone + 'a> From<Slider<'a, Message>> for Element<'a, Message> {
    fn from(mut slider: Slider<'a, Message>) -> Self {
        let id = slider.id.take();
        let keys =
            Slider { on_change: Rc::clone(&slider.on_change), color: Rc::clone(&slider.color), id: None, ..slider };
        let enabled = slider.enabled;
        focusable(Element::new(slider))
            .id_maybe(id)
            .enabled(enabled)
            .corner(size::SMALL / 2.0)
            .on_key(move |key| {
                let new = keys.stepped(keys.value, choice::arrow(key)?);
                (new != keys.value).then(|| (keys.on_change)(new))
            })
            .into()
    }
}

/// A rail of dots as long as it is high.
fn dotted(rail: &mut impl FnMut(f32, f32, f32, Color), (from, to): (f32, f32), height: f32, fill: Color) {
    let dots = ((to - from) / DOTS).max(0.0) as u16;
    for dot in 0..dots {
        let x = from + f32::from(dot) * DOTS;
        rail(x, x + height.min(DOTS / 2.0), height, fill);
    }
}

#[cfg(test)]
mod tests {
    use iced::widget::container;
    use iced_test::Simulator;
    use iced_test::simulator::click;

    use super::*;

    fn values(slider: Slider<'_, u16>, act: impl Fn(&mut Simulator<'_, u16, Theme>)) -> Vec<u16> {
        // 22 px of the width are the knob's.
        let mut simulator: Simulator<'_, u16, Theme> = Simulator::new(container(slider).width(222));
        act(&mut simulator);
        simulator.into_messages().collect()
    }

    fn wheel(y: f32) -> Event {
        Event::Mouse(mouse::Event::WheelScrolled { delta: mouse::ScrollDelta::Lines { x: 0.0, y } })
    }

    #[test]
    fn a_slider_goes_where_it_is_pressed_and_leaves_the_wheel_to_the_page() {
        let strength = || slider(10..=100, 50, 5, |value| value);
        let pressed = values(strength(), |simulator| {
            simulator.point_at([211.0, 18.0]);
            let _ = simulator.simulate(click());
        });
        assert_eq!(pressed, [100]);
        let wheeled = values(strength(), |simulator| {
            simulator.point_at([111.0, 18.0]);
            let _ = simulator.simulate([wheel(1.0), wheel(-1.0)]);
        });
        assert!(wheeled.is_empty(), "{wheeled:?}");
        let levels = values(level_slider(5, 1, 5, |theme| theme.heat, |value| value), |simulator| {
            simulator.point_at([111.0, 18.0]);
            let statuses = simulator.simulate([wheel(1.0), wheel(-1.0)]);
            assert!(statuses.iter().all(|status| *status == iced::event::Status::Ignored), "so that the page scrolls");
        });
        assert!(levels.is_empty(), "{levels:?}");
    }

    #[test]
    fn a_level_beyond_reach_cannot_be_chosen() {
        let pressed = values(level_slider(5, 1, 2, |theme| theme.heat, |value| value), |simulator| {
            simulator.point_at([211.0, 18.0]);
            let _ = simulator.simulate(click());
        });
        assert_eq!(pressed, [2]);
    }

    #[test]
    fn a_disabled_slider_does_not_move() {
        let pressed = values(slider(0..=100, 50, 5, |value| value).enabled(false), |simulator| {
            simulator.point_at([211.0, 18.0]);
            let _ = simulator.simulate(click());
        });
        assert!(pressed.is_empty());
    }
}
