//! A page that cannot be acted on.
//!
//! Belongs here: what keeps mouse, keyboard and focus away from a page while a dialog is over it.

use iced::advanced::mouse;
use iced::{Event, touch};

use super::decorated::{Decoration, decorated};
use crate::ui::theme::Element;

/// Shows a page; while `still`, nothing on it can be pressed, scrolled or focused. The page keeps its state either way.
pub fn inert<'a, Message: 'a>(content: impl Into<Element<'a, Message>>, still: bool) -> Element<'a, Message> {
    decorated(content.into(), Inert { still })
}

struct Inert {
    still: bool,
}

impl<Message> Decoration<Message> for Inert {
    type State = ();

    fn is_open(&self) -> bool {
        !self.still
    }

    fn pointer(&self, event: &Event, cursor: mouse::Cursor) -> Option<mouse::Cursor> {
        match (self.still, event) {
            (false, _) => Some(cursor),
            // Redraws go through: what moves by the clock goes on moving. So does letting go: what was held when the
            // page became still must not be held when it is free again.
            (
                true,
                Event::Window(_)
                | Event::Mouse(mouse::Event::ButtonReleased(_))
                | Event::Touch(touch::Event::FingerLifted { .. } | touch::Event::FingerLost { .. }),
            ) => Some(mouse::Cursor::Unavailable),
            (true, _) => None,
        }
    }
}
