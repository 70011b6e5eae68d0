//! The arch of a foot, behind the card of the first start.

use iced::Fill;

use super::Message;
use crate::curve::{Curve, Point, Shape};
use crate::intensity::Intensity;
use crate::time::Time;
use crate::ui::draw::curve::{self, Look, Plot, Trace};
use crate::ui::theme::Element;
use crate::ui::widget::still::still;

/// Percent of the width, and percent of the height.
const ARCH: [(u32, u16); 10] =
    [(0, 9), (10, 5), (20, 16), (28, 40), (36, 76), (45, 91), (56, 80), (72, 20), (86, 4), (100, 9)];

/// The arch of a foot as a curve, behind the card: from the heel over the arch to the toes.
pub(super) fn arch<'a>() -> Element<'a, Message> {
    still(Fill, Fill, (), |frame, theme, size, ()| {
        let points =
            ARCH.map(|(at, height)| Point::new(Shape::Smooth, Time::from_secs(at), Intensity::from_percent(height)));
        let Ok(arch) = Curve::new(points.into()) else { return };
        let columns = size.width as usize;
        let plot = Plot { x: 0.0, top: 24.0, bottom: size.height };
        let trace = Trace::new([&arch], Time::from_secs(100), columns);
        let look = Look { fill: 0.07, pattern: 0.0, line: 3.0 };
        curve::draw(frame, plot, &trace, 0..columns, None, theme.accent, look);
    })
}
