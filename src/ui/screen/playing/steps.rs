//! What to do by hand beside the massager: the step of this moment, and what comes next.
//!
//! Belongs here: the column of cards, and the strip that replaces it in a narrow window.

use iced::widget::{Column, Row, column, container, progress_bar, row, space};
use iced::{Center, Fill};

use super::{Message, Playing, Shown};
use crate::i18n::Words;
use crate::profile::Step;
use crate::say;
use crate::time::Time;
use crate::ui::icon::Icon;
use crate::ui::shell::clock;
use crate::ui::theme::{self, Element, text};
use crate::ui::widget::chip::{self, Tone};
use crate::ui::widget::{self};
use crate::ui::words;

/// The steps around a place: the current one with its number, and those to come.
struct Around<'a> {
    current: Option<(usize, &'a Step)>,
    coming: &'a [Step],
}

fn around<'a>(playing: Playing<'a>) -> Around<'a> {
    let steps = &playing.profile.steps;
    let begun = steps.partition_point(|step| step.from <= playing.at);
    let current = begun.checked_sub(1).map(|index| (begun, &steps[index])).filter(|(_, step)| playing.at < step.to);
    Around { current, coming: &steps[begun..] }
}

/// What a step says: its first sentence, and the rest.
fn sentences(text: &str) -> (&str, &str) {
    match text.split_once(". ") {
        Some((first, rest)) => (first, rest.trim()),
        None => (text.strip_suffix('.').unwrap_or(text), ""),
    }
}

/// How far a step is, from 0 to 1.
fn part(step: &Step, at: Time) -> f32 {
    at.since(step.from).as_secs_f32() / step.to.since(step.from).as_secs_f32().max(0.001)
}

/// The cards: 300 px wide.
pub(super) fn cards<'a>(shown: Shown<'a>, playing: Playing<'a>) -> Element<'a, Message> {
    let w = shown.words;
    let Around { current, coming } = around(playing);
    let now = current.map(|(index, step)| {
        let (first, rest) = sentences(step.text.in_language(shown.words.code()));
        let title = if first.chars().count() > 60 { text::section(first) } else { text::title(first) };
        let rest = (!rest.is_empty()).then(|| text::body(rest).style(text::second));
        let head = row![
            chip::chip(
                Tone::Good,
                Icon::Hand,
                say!(w, "playing-step", index = index, of = playing.profile.steps.len())
            ),
            space::horizontal(),
            text::strong(say!(w, "playing-step-left", left = clock::left(step.to, playing.at))),
        ]
        .align_y(Center);
        let bar = progress_bar(0.0..=1.0, part(step, playing.at)).girth(6);
        let skip = coming.is_empty().then(|| container(skip(w)).align_right(Fill));
        let words = column![title].push(rest).spacing(4);
        let card = column![head, words, bar].push(skip).spacing(16);
        container(card).padding(16).style(theme::container::card)
    });
    let next = coming.first().map(|step| {
        let words = column![
            text::small(say!(w, "playing-next", at = step.from)).style(text::second),
            text::medium(sentences(step.text.in_language(shown.words.code())).0),
        ]
        .width(Fill);
        let skip = current.is_some().then(|| skip(w));
        let padding = iced::padding::vertical(12).left(16).right(8);
        let card = row![words].push(skip).spacing(12).align_y(Center);
        container(card).padding(padding).style(theme::container::card_quiet)
    });
    let then = coming.get(1).map(|step| {
        container(column![
            text::small(say!(w, "playing-then", at = step.from)).style(text::second),
            text::medium(sentences(step.text.in_language(shown.words.code())).0).style(text::second),
        ])
        .padding([0, 16])
    });
    Column::new()
        .push(now)
        .push(next)
        .push(then)
        .push(space::vertical())
        .push(super::promise(shown))
        .spacing(16)
        .width(300)
        .height(Fill)
        .into()
}

/// The height of the strip, in pixels: one line, or three where a step says more than its first sentence.
pub(super) fn strip_height(playing: Playing<'_>, language: &str) -> f32 {
    let long = |step: &Step| !sentences(step.text.in_language(language)).1.is_empty();
    if around(playing).current.is_some_and(|(_, step)| long(step)) { 64.0 } else { 40.0 }
}

/// The same in a strip above the lanes. All of the step is there: what comes last may be when to stop.
pub(super) fn strip<'a>(shown: Shown<'a>, playing: Playing<'a>) -> Element<'a, Message> {
    let w = shown.words;
    let Around { current, coming } = around(playing);
    let short = |step: &'a Step| words::shortened(sentences(step.text.in_language(shown.words.code())).0, 66);
    let whole = |step: &'a Step| {
        let (first, rest) = sentences(step.text.in_language(shown.words.code()));
        let rest = (!rest.is_empty()).then(|| text::small(rest).style(text::second));
        column![text::medium(first)].push(rest).width(Fill)
    };
    let strip = match (current, coming.first()) {
        (Some((index, step)), _) => row![
            chip::chip(
                Tone::Good,
                Icon::Hand,
                say!(w, "playing-step", index = index, of = playing.profile.steps.len())
            ),
            whole(step),
            text::strong(say!(w, "playing-step-left", left = clock::left(step.to, playing.at))),
            skip(w),
        ],
        (None, Some(step)) => {
            row![
                text::small(say!(w, "playing-next", at = step.from)).style(text::second),
                text::medium(short(step)).width(Fill)
            ]
        }
        (None, None) => Row::new(),
    };
    let height = strip_height(playing, shown.words.code());
    container(strip.spacing(12).align_y(Center)).center_y(height).into()
}

fn skip<'a>(w: &Words) -> widget::Button<'a, Message> {
    widget::quiet(say!(w, "playing-skip")).icon(Icon::SkipForward).small().on_press(Message::Skip)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_a_title_and_the_rest() {
        assert_eq!(sentences("Roll slowly. Ease off if it stings."), ("Roll slowly", "Ease off if it stings."));
        assert_eq!(sentences("Change foot."), ("Change foot", ""));
        assert_eq!(sentences("Hold 2.5 s"), ("Hold 2.5 s", ""));
    }
}
