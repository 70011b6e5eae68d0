//! While one works by hand and nothing moves: the instruction fills the stage, with the time that is left of it.

use std::time::Duration;

use iced::widget::{Column, Row, column, container, row, space, stack};
use iced::{Center, Fill};

use super::{Message, Playing, Shown, StepTo};
use crate::say;
use crate::time::Time;
use crate::ui::draw::ring::ring;
use crate::ui::draw::sole;
use crate::ui::draw::thread::{self, Block};
use crate::ui::icon::Icon;
use crate::ui::shell::clock;
use crate::ui::theme::{Element, text};
use crate::ui::widget::chip::{self, Tone};
use crate::ui::widget::{self, scroll};
use crate::ui::words;

/// So long before the next step begins, it is said to let go.
const LET_GO: Duration = Duration::from_secs(3);

/// The button that the focus is put on: the step is done.
pub const DONE_ID: &str = "step is done";

/// Where one is among the steps: the one of this moment, or, between two, the one that comes.
pub(super) struct Place {
    /// Its number, from 0.
    pub index: usize,
    /// Whether its time is now.
    pub now: bool,
}

/// The place among the steps, if the instruction is to fill the stage: nothing moves in the whole of this step, or of the
/// rest until the next.
pub(super) fn place(playing: Playing<'_>) -> Option<Place> {
    let (steps, at) = (&playing.profile.steps, playing.at);
    let begun = steps.partition_point(|step| step.from <= at);
    if let Some(index) = begun.checked_sub(1).filter(|index| at < steps[*index].to) {
        let step = &steps[index];
        return playing.profile.rests(step.from, step.to).then_some(Place { index, now: true });
    }
    let next = steps.get(begun)?;
    playing.profile.rests(at, next.from).then_some(Place { index: begun, now: false })
}

/// Something that a person who does not look at the screen would like to hear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ui) enum Cue {
    /// The time of this step, by hand, is over.
    LetGo(usize),
    /// This step goes on.
    Step(usize),
}

/// What there is to hear of a place.
pub(super) fn cue(playing: Playing<'_>) -> Option<Cue> {
    let steps = &playing.profile.steps;
    let index = steps.partition_point(|step| step.from <= playing.at).checked_sub(1)?;
    let step = steps.get(index).filter(|step| playing.at < step.to)?;
    let by_hand = playing.profile.rests(step.from, step.to);
    Some(if by_hand && clock::left(step.to, playing.at) <= LET_GO { Cue::LetGo(index) } else { Cue::Step(index) })
}

/// The stage.
pub(super) fn view<'a>(shown: Shown<'a>, playing: Playing<'a>, place: &Place) -> Element<'a, Message> {
    let w = shown.words;
    let narrow = shown.narrow();
    let Some(step) = playing.profile.steps.get(place.index) else { return space::vertical().into() };
    let of = playing.profile.steps.len();
    let number = say!(w, "playing-step", index = place.index + 1, of = of);
    let name = text::medium(words::shortened(playing.profile.name.in_language(w.code()), 40));
    let mut head = Row::new().spacing(12).align_y(Center).push(chip::chip(Tone::Good, Icon::Hand, number)).push(name);
    if playing.paused.is_some() {
        head = head.push(text::body(say!(w, "bar-paused")).style(text::second));
    }
    let instruction = step.text.in_language(w.code());
    let words: Element<'_, Message> = if narrow || shown.window.height < 700.0 || instruction.chars().count() > 90 {
        text::page(instruction).into()
    } else {
        text::stage(instruction).into()
    };
    // Before its time there is a rest, and the ring tells how long.
    let (from, to) = if place.now { (step.from, step.to) } else { (before(playing, place.index), step.from) };
    let left = clock::left(to, playing.at);
    let whole = to.since(from).as_secs_f32().max(0.001);
    let part = to.since(playing.at).as_secs_f32() / whole;
    let diameter = if narrow || shown.window.height < 700.0 { 156.0 } else { 216.0 };
    let time = Time::from(left).label();
    let digits: Element<'_, Message> = if narrow { text::number(time).into() } else { text::time(time).into() };
    let inside: Element<'_, Message> = match place.now {
        // Its time is over: the hands rest a moment before the next step begins by itself.
        true if left <= LET_GO => text::title(say!(w, "hand-let-go")).into(),
        true => {
            let whole = say!(w, "hand-left-of", whole = Time::from(to.since(from)));
            column![digits, text::small(whole).style(text::second)].align_x(Center).into()
        }
        false => column![digits, text::small(say!(w, "hand-rest")).style(text::second)].align_x(Center).into(),
    };
    let ring = stack![ring(diameter, part), container(inside).center(diameter)];
    let next = playing.profile.steps.get(place.index + usize::from(place.now)).map(|next| {
        let words = text::strong(next.text.in_language(w.code()));
        row![text::body(say!(w, "hand-then")).style(text::second), words.width(Fill)].spacing(10)
    });
    let done = widget::main(if place.now { say!(w, "hand-done") } else { say!(w, "hand-now") });
    let mut acts = Row::new().spacing(12).align_y(Center);
    acts = acts.push(done.icon(Icon::Check).tall().id(DONE_ID).on_press(Message::Step(StepTo::Done(place.index))));
    if place.now {
        let skip = widget::second(say!(w, "playing-skip")).icon(Icon::SkipForward).tall();
        acts = acts.push(skip.on_press(Message::Step(StepTo::Skip(place.index))));
    }
    // There from the first step on, so that nothing moves when the second begins.
    let back = widget::quiet(say!(w, "hand-back")).icon(Icon::ArrowLeft).tall();
    acts = acts.push(match place.index {
        0 => back.disabled(say!(w, "hand-first")),
        index => back.on_press(Message::Step(StepTo::Back(index))),
    });
    let beside = Column::new().spacing(16).push(next).push(acts.wrap()).width(Fill);
    let block = |index: usize| match index.cmp(&place.index) {
        _ if shown.skipped.contains(&index) => Block::Skipped,
        std::cmp::Ordering::Less => Block::Done,
        std::cmp::Ordering::Equal if place.now => Block::Now,
        _ => Block::Coming,
    };
    let middle = row![ring, beside].spacing(32).align_y(Center);
    let hurts = shown.massager().is_some().then(|| super::hurts(w));
    let head = head.push(space::horizontal()).push(hurts);
    let content = column![words, middle].spacing(if narrow { 18 } else { 28 });
    let content = scroll(container(content).padding(4)).height(Fill).width(Fill);
    // Words come first where there is little room.
    let roomy = shown.window.width >= 860.0 && shown.window.height >= 600.0;
    let drawn = step.spot.filter(|_| roomy).map(|spot| {
        let height = if narrow || shown.window.height < 700.0 { 250.0 } else { 400.0 };
        let caption = text::small(words::spot(w, spot)).style(text::second);
        column![sole::sole(spot, height), caption].spacing(8).align_x(Center)
    });
    let content = Row::new().push(content).push(drawn).spacing(24).align_y(Center).height(Fill);
    column![head, content, thread::thread(playing.profile, block)].spacing(12).height(Fill).into()
}

/// When the rest before a step began: at the end of the step before, or with the profile.
fn before(playing: Playing<'_>, index: usize) -> Time {
    index.checked_sub(1).and_then(|before| playing.profile.steps.get(before)).map_or(Time::ZERO, |step| step.to)
}
