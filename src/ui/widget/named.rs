//! Names for controls that do not show their own: an icon alone, a value without a label, a drawing.
//!
//! Belongs here: [`named`], and [`Name`], by which whoever walks through the widgets hears of it.

use std::borrow::Cow;

use iced::Rectangle;
use iced::advanced::widget::Operation;

use super::decorated::{Decoration, decorated};
use crate::ui::theme::Element;

/// What an operation finds, as `custom`, before it comes to the control that bears the name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name(pub String);

/// Gives a control a name, such as what its value is of: `Roller, at most`.
pub fn named<'a, Message: 'a>(
    name: impl Into<Cow<'a, str>>,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    decorated(content.into(), Named(name.into()))
}

struct Named<'a>(Cow<'a, str>);

impl<Message> Decoration<Message> for Named<'_> {
    type State = ();

    fn operate(&self, (): &mut (), bounds: Rectangle, operation: &mut dyn Operation) {
        operation.custom(None, bounds, &mut Name(self.0.to_string()));
    }
}
