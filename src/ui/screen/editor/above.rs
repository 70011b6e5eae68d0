//! The canvas above the lanes: what moves with the pointer or the clock, so that it repaints without them.

use std::cell::RefCell;
use std::collections::BTreeMap;

use iced::mouse::Cursor;
use iced::widget::canvas::{Geometry, Program};
use iced::{Point, Rectangle, Renderer, Size};

use super::paper::{self, LaneKey, Name};
use super::{Board, Message, World};
use crate::editor::Viewport;
use crate::mode::Channel;
use crate::ui::theme::Theme;
use crate::ui::widget::cache::Kept;

/// What lies above the lanes. It hears nothing: the pointer is for what lies under it.
pub(super) struct Above<'a> {
    pub board: &'a Board,
    pub world: World<'a>,
}

#[derive(Default)]
pub(super) struct State {
    seen: Kept<(Viewport, u32, bool)>,
    names: RefCell<BTreeMap<Channel, Kept<Vec<Name>>>>,
    playhead: Kept<(i32, u32, bool)>,
    marks: [Kept<u64>; 3],
}

impl Program<Message, Theme> for Above<'_> {
    type State = State;

    fn draw(&self, state: &State, renderer: &Renderer, theme: &Theme, bounds: Rectangle, _: Cursor) -> Vec<Geometry> {
        let (w, board, dark) = (self.world.words, self.board, theme.dark);
        let rows = board.rows();
        let width = bounds.width;
        let strip = Rectangle::new(Point::new(0.0, rows.strip.top), Size::new(width, rows.strip.height));
        let place = board.place(self.world);
        let at = place.as_secs_f32() / board.editor.document().length().as_secs_f32().max(0.001) * width;
        let key = (board.view, at.round() as u32, dark);
        let mut layers = vec![state.seen.draw(renderer, strip, key, |frame| {
            paper::seen(frame, theme, board, rows.strip, at.round());
        })];
        let mut kept = state.names.borrow_mut();
        kept.retain(|channel, _| rows.lane(*channel).is_some());
        for (channel, row) in &rows.lanes {
            let Some(lane) = board.editor.document().lane(*channel).filter(|_| !row.is_folded()) else { continue };
            let key = LaneKey::new(board, self.world, *channel, *row, None, dark);
            let names = paper::names(w, theme, board, &key, lane);
            let bounds = Rectangle::new(Point::new(0.0, row.top), Size::new(width, row.height));
            // A lane that never had any has no drawing either.
            if !names.is_empty() || kept.contains_key(channel) {
                layers.push(kept.entry(*channel).or_default().draw(renderer, bounds, names.clone(), |frame| {
                    names.iter().for_each(|name| name.draw(frame));
                }));
            }
        }
        drop(kept);
        let x = board.view.x(place).round();
        if (-1.0..=width).contains(&x) {
            // With room for its flag: the renderer repaints what lies inside these bounds, and nothing else.
            let middle = paper::flag_middle(x, width);
            let (left, right) = ((x - 2.0).min(middle - 26.0).max(0.0), (x + 3.0).max(middle + 26.0).min(width));
            // While everything moves anyway it takes part in that: on its own it would have all lanes painted twice.
            let (left, right) = if board.travels { (0.0, width) } else { (left, right) };
            let area = Rectangle::new(Point::new(left, 0.0), Size::new(right - left, rows.strip.top));
            let key = (x as i32, place.as_millis() / 1000, dark);
            layers.push(state.playhead.draw(renderer, area, key, |frame| {
                paper::playhead(frame, theme, x, place, width, rows.strip.top);
            }));
        }
        for (mark, kept) in paper::marks(w, theme, board, &rows).iter().zip(&state.marks) {
            layers.push(kept.draw(renderer, mark.bounds, board.changes, |frame| mark.draw(frame, theme)));
        }
        layers
    }
}
