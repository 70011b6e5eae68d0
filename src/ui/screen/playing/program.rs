//! One of the massager's own programs: there is no curve to draw, so what is known of it is said.

use std::time::Instant;

use iced::widget::{column, container, row, stack};
use iced::{Center, Fill};

use super::{Message, Shown, header, hurts, promise};
use crate::say;
use crate::time::Time;
use crate::ui::draw::ring;
use crate::ui::icon::{self, Icon};
use crate::ui::shell::clock;
use crate::ui::theme::{self, Element, text};
use crate::ui::widget::{self, scroll};

/// What is true of the program that runs, as far as anybody knows.
pub(super) fn view<'a>(shown: Shown<'a>, name: &'a str, since: Instant) -> Element<'a, Message> {
    let w = shown.words;
    let left = clock::session_left(shown.state, shown.now);
    let runs = Time::from(shown.now.saturating_duration_since(since));
    let time = column![
        if shown.narrow() { text::number(runs.label()) } else { text::time(runs.label()) },
        text::small(say!(w, "program-so-far")).style(text::second),
    ]
    .align_x(Center);
    let line = |icon, words: String| {
        row![icon::view(icon, 20.0).color(|theme| theme.ink_2), text::body(words).width(Fill)]
            .spacing(12)
            .align_y(Center)
    };
    let facts = column![
        line(Icon::ListMusic, say!(w, "program-inside", massager = shown.name())),
        line(Icon::Timer, say!(w, "program-ends", left = Time::from(left))),
        line(Icon::SlidersHorizontal, say!(w, "program-as-it-is")),
    ]
    .spacing(14)
    .width(Fill);
    let diameter = if shown.narrow() { 156.0 } else { 216.0 };
    let ring = stack![
        ring::ring(diameter, left.as_secs_f32() / shown.state.limits.session.as_secs_f32().max(1.0)),
        container(time).center(diameter)
    ];
    let well = container(row![ring, facts].spacing(32).align_y(Center)).padding([24, 28]).width(Fill);
    let no = say!(w, "program-no-strength");
    let button = |label, icon| widget::second(label).icon(icon).tall().width(Fill);
    let all = row![
        button(say!(w, "playing-softer"), Icon::Minus).disabled(no.clone()),
        button(say!(w, "playing-stronger"), Icon::Plus).disabled(no),
        hurts(w).tall().width(Fill),
    ];
    let content = column![header(shown, name, false, None, left), well.style(theme::container::card), promise(shown)];
    let content = scroll(content.spacing(16)).height(Fill).width(Fill);
    column![content, container(all.spacing(12)).padding(iced::padding::top(12).left(4).right(4))].into()
}
