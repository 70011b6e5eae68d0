//! Where the focus goes: Tab, Shift+Tab, and to a part by its name.
//!
//! Belongs here: moving focus to the next part or the one before, round at the ends, and scrolling so that it is seen.
//! iced's own operations do neither of the latter.

use iced::advanced::widget::operation::scrollable::AbsoluteOffset;
use iced::advanced::widget::operation::{Focusable, Operation, Outcome, Scrollable};
use iced::advanced::widget::{Id, operate};
use iced::{Rectangle, Task, Vector};

/// Moves focus to the next part, after the last to the first.
pub fn next<T: Send + 'static>() -> Task<T> {
    operate(Count::new(true)).discard()
}

/// Moves focus to the part before, from the first to the last.
pub fn previous<T: Send + 'static>() -> Task<T> {
    operate(Count::new(false)).discard()
}

/// Moves focus to the part of a name, and scrolls so that it is seen. Where there is none, nothing changes.
pub fn to<T: Send + 'static>(id: impl Into<Id>) -> Task<T> {
    operate(Find { wanted: id.into(), seen: 0, found: None }).discard()
}

/// First: which part has the name.
struct Find {
    wanted: Id,
    seen: usize,
    found: Option<usize>,
}

impl Operation for Find {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn focusable(&mut self, id: Option<&Id>, _: Rectangle, _: &mut dyn Focusable) {
        if id == Some(&self.wanted) && self.found.is_none() {
            self.found = Some(self.seen);
        }
        self.seen += 1;
    }

    fn finish(&self) -> Outcome<()> {
        self.found.map_or(Outcome::None, |target| Outcome::Chain(Box::new(Move::to(target))))
    }
}

/// First: how many parts there are, and which has the focus.
pub(super) struct Count {
    forward: bool,
    total: usize,
    focused: Option<usize>,
}

impl Count {
    pub(super) fn new(forward: bool) -> Self {
        Self { forward, total: 0, focused: None }
    }
}

impl Operation for Count {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn focusable(&mut self, _: Option<&Id>, _: Rectangle, state: &mut dyn Focusable) {
        if state.is_focused() {
            self.focused = Some(self.total);
        }
        self.total += 1;
    }

    fn finish(&self) -> Outcome<()> {
        let Some(last) = self.total.checked_sub(1) else { return Outcome::None };
        let target = match (self.focused, self.forward) {
            (None, true) => 0,
            (None, false) => last,
            (Some(focused), true) => {
                if focused == last {
                    0
                } else {
                    focused + 1
                }
            }
            (Some(focused), false) => focused.checked_sub(1).unwrap_or(last),
        };
        Outcome::Chain(Box::new(Move::to(target)))
    }
}

/// Something that scrolls, around what is looked at.
#[derive(Debug, Clone, Copy)]
struct Around {
    index: usize,
    bounds: Rectangle,
    translation: Vector,
}

/// Second: moves the focus, and notes what must scroll.
struct Move {
    target: usize,
    seen: usize,
    scrollables: usize,
    pending: Option<Around>,
    around: Vec<Option<Around>>,
    /// Which of the scrollables, and to where.
    hidden: Option<(usize, f32)>,
}

impl Move {
    fn to(target: usize) -> Self {
        Self { target, seen: 0, scrollables: 0, pending: None, around: Vec::new(), hidden: None }
    }
}

/// The room kept above and below what has the focus, in pixels: its ring, and a little of what is next.
const MARGIN: f32 = 24.0;

impl Operation for Move {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        // A scrollable says what it is just before its content is walked.
        let around = self.pending.take();
        self.around.push(around);
        operate(self);
        self.around.pop();
    }

    fn scrollable(
        &mut self,
        _: Option<&Id>,
        bounds: Rectangle,
        _: Rectangle,
        translation: Vector,
        _: &mut dyn Scrollable,
    ) {
        self.pending = Some(Around { index: self.scrollables, bounds, translation });
        self.scrollables += 1;
    }

    fn focusable(&mut self, _: Option<&Id>, bounds: Rectangle, state: &mut dyn Focusable) {
        if self.seen != self.target {
            state.unfocus();
        } else {
            state.focus();
            if let Some(around) = self.around.iter().rev().find_map(|around| *around) {
                let (view, shift) = (around.bounds, around.translation.y);
                let (top, bottom) = (bounds.y - MARGIN, bounds.y + bounds.height + MARGIN);
                let start = view.y + shift;
                let to = if top < start {
                    Some(top - view.y)
                } else if bottom > start + view.height {
                    Some(bottom - view.height - view.y)
                } else {
                    None
                };
                self.hidden = to.map(|to| (around.index, to.max(0.0)));
            }
        }
        self.seen += 1;
    }

    fn finish(&self) -> Outcome<()> {
        match self.hidden {
            Some((target, to)) => Outcome::Chain(Box::new(Reveal { target, to, seen: 0 })),
            None => Outcome::None,
        }
    }
}

/// Third: scrolls.
struct Reveal {
    target: usize,
    to: f32,
    seen: usize,
}

impl Operation for Reveal {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn scrollable(&mut self, _: Option<&Id>, _: Rectangle, _: Rectangle, _: Vector, state: &mut dyn Scrollable) {
        if self.seen == self.target {
            state.scroll_to(AbsoluteOffset { x: None, y: Some(self.to) });
        }
        self.seen += 1;
    }
}

#[cfg(test)]
mod tests {
    use iced::advanced::clipboard;
    use iced::advanced::renderer::Headless;
    use iced::widget::{Column, column};
    use iced::{Event, Font, Point, Renderer, Size, mouse};
    use iced_test::runtime::user_interface::{Cache, UserInterface};
    use iced_test::simulator::click;

    use super::*;
    use crate::ui::theme::{Element, Theme};
    use crate::ui::widget::{scroll, second};

    #[test]
    fn focus_goes_round_and_scrolls_into_view() {
        let renderer = <Renderer as Headless>::new(Font::DEFAULT, 15.0.into(), Some("tiny-skia"));
        let mut renderer = iced::futures::executor::block_on(renderer).unwrap();
        let list = Column::with_children((0..20).map(|index| second(format!("{index}")).on_press(index).into()));
        let screen: Element<'_, i32> = column![scroll(list).height(100)].into();
        let mut interface: UserInterface<'_, i32, Theme, Renderer> =
            UserInterface::build(screen, Size::new(200.0, 200.0), Cache::default(), &mut renderer);
        // From the first back to the last, which is 700 px further down.
        for _ in 0..2 {
            let mut next: Option<Box<dyn Operation>> = Some(Box::new(Count::new(false)));
            while let Some(mut operation) = next.take() {
                interface.operate(&renderer, operation.as_mut());
                if let Outcome::Chain(chained) = operation.finish() {
                    next = Some(chained);
                }
            }
        }
        let mut messages = Vec::new();
        let cursor = mouse::Cursor::Available(Point::new(20.0, 50.0));
        let events: Vec<Event> = click().collect();
        let _ = interface.update(&events, cursor, &mut renderer, &mut clipboard::Null, &mut messages);
        assert!(matches!(messages[..], [17..=19]), "{messages:?} is in view");
    }
}
