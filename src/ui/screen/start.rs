//! The first start: three notes on safety, and two ways in.
//!
//! Belongs here: what is seen before there are settings. There is no nav yet; the player bar with Stop is there.

use iced::mouse::Cursor;
use iced::widget::canvas::{Canvas, Geometry, Program};
use iced::widget::{Column, column, container, row, stack};
use iced::{Center, Fill, Rectangle, Renderer};

use crate::curve::{Curve, Point, Shape};
use crate::i18n::Words;
use crate::intensity::Intensity;
use crate::say;
use crate::time::Time;

use crate::ui::draw::curve::{self, Look, Plot, Trace};
use crate::ui::icon::{self, Icon};
use crate::ui::theme::{self, Element, Theme, text};
use crate::ui::widget::cache::Kept;
use crate::ui::widget::lift::lift;
use crate::ui::widget::{self, chip, scroll};

/// The way in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// With the simulated massager.
    Simulated,
    /// With a real one.
    Find,
}

/// The button that the focus starts on.
pub(in crate::ui) const FIRST: &str = "first way in";

/// The page. In a low window the card is closer, and scrolls where that is not enough.
pub(in crate::ui) fn view<'a>(w: &Words, low: bool) -> Element<'a, Message> {
    let title = row![
        icon::mark(56.0),
        column![text::page(say!(w, "start-title")), text::body(say!(w, "start-text")).style(text::second)]
            .spacing(2)
            .width(Fill)
    ]
    .spacing(16)
    .align_y(Center);
    let notes = [
        (Icon::Hand, say!(w, "start-gently"), say!(w, "start-gently-text")),
        (Icon::Square, say!(w, "start-stop"), say!(w, "start-stop-text")),
        (Icon::ShieldCheck, say!(w, "start-no-advice"), say!(w, "start-no-advice-text")),
    ];
    let notes = notes.map(|(icon, heading, note)| {
        let tile = chip::tile(icon, 44.0, theme::container::tile_good);
        let words = column![text::strong(heading), text::body(note).style(text::second)].width(Fill);
        row![tile, words].spacing(16).align_y(Center).into()
    });
    let ways = row![
        widget::second(say!(w, "start-simulated")).icon(Icon::Cpu).on_press(Message::Simulated),
        widget::main(say!(w, "start-find")).icon(Icon::Search).id(FIRST).on_press(Message::Find),
    ]
    .spacing(12);
    // Where there is room, the shadow has its own: what scrolls is cut at its edge.
    let (parts, lines, inside, around) = if low { (16, 10, [16, 24], 8) } else { (28, 16, [32, 36], 48) };
    let content =
        column![title, Column::with_children(notes).spacing(lines), container(ways).align_right(Fill)].spacing(parts);
    let card = container(content).padding(inside).max_width(600).style(theme::container::dialog);
    let card = lift(card, theme::radius::DIALOG, |theme| theme.shadow_3);
    let card = scroll(container(card).center_x(Fill).padding([around, 16]));
    stack![Canvas::new(Arch).width(Fill).height(Fill), container(card).center(Fill)].into()
}

/// The arch of a foot as a curve, behind the card: from the heel over the arch to the toes.
struct Arch;

/// Percent of the width, and percent of the height.
const ARCH: [(u32, u16); 9] = [(0, 9), (10, 5), (22, 18), (36, 80), (45, 91), (56, 80), (72, 20), (86, 4), (100, 9)];

impl Program<Message, Theme> for Arch {
    type State = Kept<bool>;

    fn draw(
        &self,
        kept: &Self::State,
        renderer: &Renderer,
        theme: &Theme,
        bounds: Rectangle,
        _: Cursor,
    ) -> Vec<Geometry> {
        let points =
            ARCH.map(|(at, height)| Point::new(Shape::Smooth, Time::from_secs(at), Intensity::from_percent(height)));
        let Ok(arch) = Curve::new(points.into()) else { return Vec::new() };
        let area = Rectangle::with_size(bounds.size());
        vec![kept.draw(renderer, area, theme.dark, |frame| {
            let columns = bounds.width as usize;
            let plot = Plot { x: 0.0, top: 24.0, bottom: bounds.height - 24.0 };
            let trace = Trace::new([&arch], Time::from_secs(100), columns);
            let look = Look { fill: 0.07, pattern: 0.0, line: 3.0 };
            curve::draw(frame, plot, &trace, 0..columns, None, theme.accent, look);
        })]
    }
}
