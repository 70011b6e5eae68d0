//! The canvas of the lanes: turns events into [`Pointer`], and keeps what `paper` draws.
//!
//! Belongs here: which layer is redrawn when. A lane's paper is drawn anew when its points, the view or its row change;
//! what moves with the pointer lies above, so that a drag repaints one lane.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::Instant;

use iced::advanced::mouse::click::{self, Click};
use iced::keyboard::{self, Modifiers};
use iced::mouse::{self, Button, Cursor, ScrollDelta};
use iced::widget::canvas::{Canvas, Event, Frame, Geometry, Program};
use iced::widget::{Action, stack};
use iced::{Point, Rectangle, Renderer, Size, window};

use super::above::Above;
use super::paper::{self, LaneKey};
use super::pointing::Hold;
use super::rows::{Row, Rows};
use super::{Board, Message, Tool, World};
use crate::editor::hit::{self, Hit, StepPart};
use crate::editor::{PointId, Span, Viewport};
use crate::mode::Channel;
use crate::say;
use crate::ui::draw::painting::Sheet;
use crate::ui::theme::{Element, Theme};
use crate::ui::widget::cache::{Kept, Made};
use crate::ui::widget::{focusable, named};

/// What the pointer does in the lanes, in pixels from the canvas' corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Pointer {
    /// Presses the main button.
    Press {
        /// Where.
        at: Point,
        /// With which keys.
        modifiers: Modifiers,
        /// For the second time.
        double: bool,
    },
    /// Moves while it is pressed.
    Drag {
        /// Where to.
        at: Point,
        /// With which keys.
        modifiers: Modifiers,
    },
    /// Lets go.
    Release,
    /// Drags the paper by so many pixels; positive shows what is later.
    Pan(f32),
    /// Turns the wheel.
    Scroll {
        /// Where.
        at: Point,
        /// Lines to the right and up.
        turn: (f32, f32),
        /// With which keys.
        modifiers: Modifiers,
    },
}

/// The name of the lanes, so that focus can be put there.
pub(in crate::ui) const LANES: &str = "editor lanes";

/// The lanes, with ruler, steps and overview.
pub(super) fn lanes<'a>(board: &'a Board, world: World<'a>) -> Element<'a, Message> {
    let rows = board.rows();
    let (width, height) = (rows.width, rows.height());
    let canvas = Canvas::new(Lanes { board, world }).width(width).height(height);
    // What is painted as a picture lies above the lines of the same layer: so these have a layer of their own.
    let above = Canvas::new(Above { board, world }).width(width).height(height);
    let lanes =
        focusable(stack![canvas, above]).id(LANES).corner(0.0).on_page_key(|key, modifiers| board.key(key, modifiers));
    named(say!(world.words, "editor-curves"), lanes)
}

struct Lanes<'a> {
    board: &'a Board,
    world: World<'a>,
}

type StepsKey = (Viewport, Row, u64, u64, bool);

#[derive(Default)]
struct State {
    modifiers: Modifiers,
    click: Option<Click>,
    pressed: bool,
    /// Where the paper was taken.
    panned: Option<f32>,
    hover: Option<PointId>,
    scrolled: Option<Instant>,
    ruler: Kept<(Viewport, u32, i32, Option<Span>, bool)>,
    lanes: RefCell<BTreeMap<Channel, Made<LaneKey, Sheet>>>,
    gaps: Kept<(Rows, bool)>,
    steps: Kept<StepsKey>,
    strip: Made<(u64, u32, u32, u32, bool), Sheet>,
}

impl Lanes<'_> {
    fn send(pointer: Pointer) -> Option<Action<Message>> {
        Some(Action::publish(Message::Pointer(pointer)).and_capture())
    }

    /// The point under the pointer.
    fn over(&self, at: Point) -> Option<PointId> {
        let (channel, row) = self.board.rows().lane_at(at.y)?;
        let (lane, plot) = (self.board.editor.document().lane(channel)?, row.plot());
        hit::point(lane, &self.board.view, plot.height, at.x, at.y - plot.top, hit::POINT)
    }

    fn mouse(
        &self,
        state: &mut State,
        event: &mouse::Event,
        bounds: Rectangle,
        cursor: Cursor,
    ) -> Option<Action<Message>> {
        let modifiers = state.modifiers;
        match event {
            mouse::Event::ButtonPressed(Button::Left) => {
                let place = cursor.position_over(bounds)?;
                let click = Click::new(place, Button::Left, state.click);
                let double = click.kind() == click::Kind::Double;
                state.click = Some(click);
                state.pressed = true;
                Self::send(Pointer::Press { at: cursor.position_in(bounds)?, modifiers, double })
            }
            mouse::Event::ButtonPressed(Button::Middle) => {
                state.panned = Some(cursor.position_in(bounds)?.x);
                Some(Action::capture())
            }
            mouse::Event::CursorMoved { .. } => {
                let at = cursor.position_from(bounds.position())?;
                if let Some(from) = &mut state.panned {
                    let by = std::mem::replace(from, at.x) - at.x;
                    return Self::send(Pointer::Pan(by));
                }
                if state.pressed {
                    return Self::send(Pointer::Drag { at, modifiers });
                }
                let hover = cursor.position_in(bounds).and_then(|at| self.over(at));
                let changed = hover != state.hover;
                state.hover = hover;
                changed.then(Action::request_redraw)
            }
            mouse::Event::ButtonReleased(Button::Left) if state.pressed => {
                state.pressed = false;
                Self::send(Pointer::Release)
            }
            mouse::Event::ButtonReleased(Button::Middle) => state.panned.take().map(|_| Action::request_redraw()),
            mouse::Event::WheelScrolled { delta } => {
                let at = cursor.position_in(bounds)?;
                let turn = match *delta {
                    ScrollDelta::Lines { x, y } => (x, y),
                    ScrollDelta::Pixels { x, y } => (x / 40.0, y / 40.0),
                };
                Self::send(Pointer::Scroll { at, turn, modifiers })
            }
            _ => None,
        }
    }
}

impl Program<Message, Theme> for Lanes<'_> {
    type State = State;

    fn update(&self, state: &mut State, event: &Event, bounds: Rectangle, cursor: Cursor) -> Option<Action<Message>> {
        match event {
            Event::Mouse(event) => self.mouse(state, event, bounds, cursor),
            Event::Keyboard(keyboard::Event::ModifiersChanged(modifiers)) => {
                state.modifiers = *modifiers;
                None
            }
            // Past an edge the paper scrolls on, also while the pointer rests.
            Event::Window(window::Event::RedrawRequested(now)) if state.pressed && self.board.hold.is_some() => {
                let at = cursor.position_from(bounds.position())?;
                if (Viewport::EDGE..bounds.width - Viewport::EDGE).contains(&at.x) {
                    return None;
                }
                let again = std::time::Duration::from_millis(33);
                if state.scrolled.is_some_and(|last| now.saturating_duration_since(last) < again) {
                    return Some(Action::request_redraw_at(*now + again));
                }
                state.scrolled = Some(*now);
                Some(Action::publish(Message::Pointer(Pointer::Drag { at, modifiers: state.modifiers })))
            }
            _ => None,
        }
    }

    fn draw(&self, state: &State, renderer: &Renderer, theme: &Theme, bounds: Rectangle, _: Cursor) -> Vec<Geometry> {
        let (board, dark) = (self.board, theme.dark);
        let rows = board.rows();
        let width = bounds.width;
        let area = |row: Row| Rectangle::new(Point::new(0.0, row.top), Size::new(width, row.height));
        let document = board.editor.document();
        let length = document.length().as_millis();
        let place = board.place(self.world);
        let x = board.view.x(place).round();
        let looped = board.looped(self.world.state);
        let key = (board.view, length, x as i32, looped, dark);
        let mut layers = vec![state.ruler.draw(renderer, area(rows.ruler), key, |frame| {
            paper::ruler(frame, theme, board, rows.ruler, x, looped);
        })];
        // Lanes and overview are pictures, of which the renderer repaints those that are others now.
        let mut sheets = Frame::with_bounds(renderer, Rectangle::new(Point::ORIGIN, bounds.size()));
        let mut lanes = state.lanes.borrow_mut();
        lanes.retain(|channel, _| rows.lane(*channel).is_some());
        for (channel, row) in &rows.lanes {
            let Some(lane) = document.lane(*channel) else { continue };
            let key = LaneKey::new(board, self.world, *channel, *row, state.hover, dark);
            let made = lanes.entry(*channel).or_default();
            made.with(key, |key| paper::lane(theme, board, key, lane), |sheet| sheet.draw(&mut sheets));
        }
        drop(lanes);
        // While the pointer holds something the overview waits.
        let revision = if board.hold.is_some() { board.looked_at() } else { document.revision() };
        let key = (revision, width as u32, rows.strip.top as u32, board.scale.to_bits(), dark);
        state.strip.with(key, |_| paper::strip(theme, board, rows.strip), |sheet| sheet.draw(&mut sheets));
        layers.push(sheets.into_geometry());
        let whole = Rectangle::new(Point::ORIGIN, bounds.size());
        layers.push(state.gaps.draw(renderer, whole, (rows.clone(), dark), |frame| {
            paper::gaps(frame, theme, width, &rows);
        }));
        let key = (board.view, rows.steps, document.steps_revision(), board.editor.selection().revision(), dark);
        layers.push(state.steps.draw(renderer, area(rows.steps), key, |frame| {
            paper::steps(frame, theme, board, rows.steps, self.world.words.code());
        }));
        layers
    }

    fn mouse_interaction(&self, state: &State, bounds: Rectangle, cursor: Cursor) -> mouse::Interaction {
        use mouse::Interaction;
        if state.panned.is_some() {
            return Interaction::Grabbing;
        }
        match &self.board.hold {
            Some(Hold::Points { .. } | Hold::Strip { .. }) => return Interaction::Grabbing,
            Some(Hold::Step { part: StepPart::Middle, .. }) => return Interaction::Grabbing,
            Some(Hold::End { .. } | Hold::Step { .. } | Hold::Playhead) => return Interaction::ResizingHorizontally,
            Some(Hold::Edge { .. }) => return Interaction::ResizingVertically,
            Some(_) => return Interaction::Crosshair,
            None => {}
        }
        let Some(at) = cursor.position_in(bounds) else { return Interaction::default() };
        let (board, rows) = (self.board, self.board.rows());
        let document = board.editor.document();
        if rows.ruler.has(at.y) {
            return if hit::end(document, &board.view, at.x) {
                Interaction::ResizingHorizontally
            } else {
                Interaction::Pointer
            };
        }
        if rows.steps.has(at.y) {
            return match hit::step(document, &board.view, at.x) {
                Some((_, StepPart::Middle)) => Interaction::Grab,
                Some(_) => Interaction::ResizingHorizontally,
                None => Interaction::default(),
            };
        }
        if rows.strip.has(at.y) {
            return Interaction::Grab;
        }
        if rows.edge_at(at.y).is_some() {
            return Interaction::ResizingVertically;
        }
        let Some((channel, row)) = rows.lane_at(at.y) else { return Interaction::default() };
        let Some(lane) = document.lane(channel) else { return Interaction::default() };
        let plot = row.plot();
        match (board.tool, hit::lane(lane, &board.view, plot.height, at.x, at.y - plot.top)) {
            (Tool::Draw | Tool::Erase, _) => Interaction::Crosshair,
            (_, Hit::Point(_)) => Interaction::Grab,
            (Tool::Add, _) => Interaction::Crosshair,
            (Tool::Select, Hit::Segment(_) | Hit::Paper) => Interaction::default(),
        }
    }
}
