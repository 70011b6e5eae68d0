//! Whether the focus is on a control that has a value.
//!
//! Belongs here: that question. After a click such a control shows no ring and takes no key; all the same Space does not
//! start a massage from there.

use std::any::Any;

use iced::advanced::widget::operation::{Operation, Outcome};
use iced::advanced::widget::{Id, operate};
use iced::{Rectangle, Task};

/// Tells whether a control that has a value has the focus, with a ring or without.
pub fn on_a_value() -> Task<bool> {
    operate(Look::default())
}

/// What a control that has a value says of itself: whether it has the focus.
pub struct Value(pub(super) bool);

#[derive(Default)]
struct Look(bool);

impl Operation<bool> for Look {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<bool>)) {
        operate(self);
    }

    fn custom(&mut self, _: Option<&Id>, _: Rectangle, state: &mut dyn Any) {
        self.0 |= state.downcast_ref::<Value>().is_some_and(|value| value.0);
    }

    fn finish(&self) -> Outcome<bool> {
        Outcome::Some(self.0)
    }
}
