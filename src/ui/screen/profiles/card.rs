//! The cards: a profile with its curves or its menu, a program of the massager; and the list of files that wait for a mend.

use std::sync::Arc;

use iced::advanced::widget::Id;
use iced::keyboard::Key;
use iced::keyboard::key::Named;
use iced::widget::text::Wrapping;
use iced::widget::{Column, Row, button, column, container, row, space, stack};
use iced::{Center, Fill, Size, padding};

use super::{Message, Plays, World};
use crate::engine::{Activity, Link};
use crate::i18n::Words;
use crate::mode::Mode;
use crate::profile::Profile;
use crate::say;
use crate::storage::{Entry, Fault, Origin};
use crate::ui::draw::ribbons;
use crate::ui::draw::thread::{self, Block};
use crate::ui::icon::{self, Icon};
use crate::ui::shell::clock;
use crate::ui::theme::button::Card;
use crate::ui::theme::{self, Element, Theme, radius, text};
use crate::ui::widget::chip::{self, Tone};
use crate::ui::widget::drawing::{self, drawing};
use crate::ui::widget::{self, focusable, named};
use crate::ui::words;

/// The name of the button that opens a card's menu.
const MORE: &str = "more";
/// The height of every card, in pixels, so that rows are even.
const HEIGHT: f32 = 270.0;
/// The least width of a card.
const LEAST_WIDTH: f32 = 340.0;
/// Between cards.
pub(super) const GAP: f32 = 16.0;

/// How many cards stand side by side in a width.
pub(super) fn columns(width: f32) -> usize {
    (((width + GAP) / (LEAST_WIDTH + GAP)) as usize).max(1)
}

/// The name of a card, for the focus.
pub(super) fn id(profile: &str) -> Id {
    Id::from(format!("card of {profile}"))
}

/// What a card is marked with.
#[derive(Debug, Clone)]
pub(super) struct Marks {
    /// Its Play is the filled one.
    pub filled: bool,
    /// Here one starts.
    pub start: bool,
    /// Its menu is open.
    pub menu: bool,
    /// Another shown profile has the same name.
    pub twin: bool,
    /// The cards to the left, to the right, above and below.
    pub beside: [Option<Id>; 4],
}

/// A profile.
pub(super) fn profile<'a>(
    world: World<'a>,
    entry: &'a Entry<Profile>,
    profile: &'a Arc<Profile>,
    marks: Marks,
) -> Element<'a, Message> {
    let w = world.words;
    let chosen = world.ready == Some(&entry.id);
    let name = cut(text::section(profile.name.in_language(w.code())));
    // Which of two of a name it is, its file says.
    let file = entry.path().and_then(|path| path.file_name()).map(|name| name.to_string_lossy().into_owned());
    let apart = marks.twin.then(|| text::small(file.unwrap_or_else(|| say!(w, "profiles-ready-made"))));
    let plays = world.plays.filter(|plays| plays.id == entry.id);
    let look = match (plays, chosen) {
        (Some(_), _) => Card::Playing,
        (None, true) => Card::Chosen,
        (None, false) => Card::Resting,
    };
    let time = match plays {
        None => profile.length.label(),
        Some(Plays { at, .. }) => {
            say!(w, "bar-times", at = at, left = clock::left(profile.length, at))
        }
    };
    let tick = chosen.then(|| icon::view(Icon::CircleCheck, 20.0).color(|theme| theme.accent));
    let start = marks.start.then(|| chip::chip(Tone::Good, Icon::Flag, say!(w, "profiles-start-here")));
    let title = Row::new()
        .spacing(8)
        .align_y(Center)
        .push(name)
        .push(apart.map(|apart| apart.style(text::second)))
        .push(tick)
        .push(start)
        .push(text::strong(time))
        .height(26);
    let purpose = text::small(profile.description.in_language(w.code())).style(text::second);
    let purpose = container(purpose).height(36).width(Fill).clip(true);
    let middle = if marks.menu {
        menu(w, entry)
    } else if profile.tracks.is_empty() {
        container(by_hand(profile)).center_y(ribbons::HEIGHT).into()
    } else {
        curves(world, profile, look)
    };
    let more = widget::icon_button(
        if marks.menu { Icon::X } else { Icon::Ellipsis },
        if marks.menu { say!(w, "close") } else { say!(w, "more") },
    )
    .small()
    .id(MORE)
    .on_press(Message::Menu((!marks.menu).then(|| entry.id.clone())));
    let connected = matches!(world.state.link, Link::Connected(_));
    let (label, sign, act) = match plays {
        None if profile.tracks.is_empty() => (say!(w, "begin"), Icon::Play, Some(Message::Play(entry.id.clone()))),
        None => (say!(w, "play"), Icon::Play, Some(Message::Play(entry.id.clone()))),
        Some(Plays { paused: false, .. }) => (say!(w, "pause"), Icon::Pause, Some(Message::Pause)),
        Some(Plays { paused: true, .. }) => (say!(w, "resume"), Icon::Play, connected.then_some(Message::Resume)),
    };
    let play = if marks.filled { widget::main(label) } else { widget::second(label) };
    let play = play.icon(sign).small().on_press_maybe(act);
    let foot = Row::new()
        .spacing(4)
        .align_y(Center)
        .push(container(facts(w, entry, profile)).width(Fill).clip(true))
        .push(more)
        .push(play);
    let content = column![title, purpose, middle, space::vertical(), foot].spacing(4);
    let pressed = if chosen { Message::Open(entry.id.clone()) } else { Message::Choose(entry.id.clone()) };
    let card =
        button(content).padding([14, 16]).width(Fill).height(HEIGHT).style(theme::button::card(look)).on_press(pressed);
    let card = focusable(card)
        .id(id(&entry.id))
        .on_press(Message::Open(entry.id.clone()))
        .on_key(move |key| {
            let [left, right, above, below] = &marks.beside;
            let beside = match key {
                Key::Named(Named::ArrowLeft) => left,
                Key::Named(Named::ArrowRight) => right,
                Key::Named(Named::ArrowUp) => above,
                Key::Named(Named::ArrowDown) => below,
                _ => return None,
            };
            beside.clone().map(Message::Walk)
        })
        .corner(radius::CARD);
    named(profile.name.in_language(w.code()), card)
}

/// A text of one line, cut where its room ends.
fn cut<'a>(line: text::Text<'a>) -> Element<'a, Message> {
    container(line.wrapping(Wrapping::None)).width(Fill).clip(true).into()
}

/// What it is for, and how strong it is.
fn facts<'a>(w: &Words, entry: &Entry<Profile>, profile: &Profile) -> Element<'a, Message> {
    let (icon, need) = match (profile.need, &entry.origin) {
        _ if profile.tracks.is_empty() => (Icon::Hand, say!(w, "profiles-by-hand-only")),
        (None, Origin::Own(_)) => (Icon::UserRound, say!(w, "profiles-own")),
        (need, _) => (words::profiles::need_icon(need), words::profiles::need(w, need)),
    };
    let strong = words::profiles::strength(w, profile)
        .map(|(bars, words)| row![strength(bars), text::small(words).style(text::second)].spacing(6).align_y(Center));
    Row::new().spacing(14).align_y(Center).push(chip::caption(icon, need)).push(strong).into()
}

/// One to three bars.
pub(super) fn strength<'a>(bars: usize) -> Element<'a, Message> {
    drawing(Size::new(20.0, 14.0), move |quads, theme: &Theme| {
        for bar in 0..3 {
            let height = 5.0 + 4.5 * bar as f32;
            let at = iced::Point::new(7.0 * bar as f32, 14.0 - height);
            let bounds = iced::Rectangle::new(at, Size::new(6.0, height));
            quads.fill(bounds, 1.5, if bar < bars { theme.ink_2 } else { theme.line });
        }
    })
}

/// The curves, and in them what stays still, and why.
fn curves<'a>(world: World<'a>, profile: &'a Arc<Profile>, look: Card) -> Element<'a, Message> {
    let left_out: Vec<Option<String>> = Mode::ALL.map(|mode| world.left_out(profile, mode)).into();
    let still = Mode::ALL.into_iter().zip(&left_out).filter(|(_, why)| why.is_some()).map(|(mode, _)| mode).collect();
    let words = left_out.into_iter().map(|why| {
        let Some(why) = why else { return space::vertical().height(ribbons::ROW).into() };
        let words = container(text::small(words::shortened(&why, 34)).style(text::warn))
            .padding(padding::left(6))
            .center_y(ribbons::ROW - 2.0)
            .style(move |theme| container::Style {
                background: Some(look.ground(theme).into()),
                ..container::Style::default()
            });
        container(words).align_right(Fill).height(ribbons::ROW).into()
    });
    stack![ribbons::ribbons(Arc::clone(profile), still), Column::with_children(words)].into()
}

/// What is done by hand, with the sign of a hand before it.
fn by_hand<'a>(profile: &Profile) -> Element<'a, Message> {
    let hand = icon::view(Icon::Hand, 18.0).color(|theme| theme.accent);
    row![container(hand).width(ribbons::LEFT), thread::thread(profile, |_| Block::Coming)].align_y(Center).into()
}

/// What else can be done with a profile; it takes the place of the curves.
fn menu<'a>(w: &Words, entry: &'a Entry<Profile>) -> Element<'a, Message> {
    let id = || entry.id.clone();
    let own = matches!(entry.origin, Origin::Own(_));
    let item = |label, icon, message| Element::from(widget::quiet(label).icon(icon).small().on_press(message));
    let rename = own.then(|| item(say!(w, "profiles-rename"), Icon::PenLine, Message::Rename(id())));
    let delete = own.then(|| item(say!(w, "profiles-delete"), Icon::Trash2, Message::Delete(id())));
    let edit = if own { say!(w, "editor-edit") } else { say!(w, "editor-edit-copy") };
    let left = Column::new()
        .push(item(say!(w, "profiles-open"), Icon::Eye, Message::Open(id())))
        .push(item(edit, Icon::Pencil, Message::Edit(id())))
        .push(rename);
    let right = Column::new()
        .push(item(say!(w, "profiles-duplicate"), Icon::Copy, Message::Duplicate(id())))
        .push(item(say!(w, "profiles-export"), Icon::Export, Message::Export(id())))
        .push(delete);
    let menu = row![left.spacing(2).width(Fill), right.spacing(2).width(Fill)].spacing(8);
    container(menu).padding([6, 8]).height(ribbons::HEIGHT).width(Fill).style(theme::container::well).into()
}

/// Files that cannot be read yet: a line each, with what is wrong in words, and the way to mend it.
pub(super) fn broken<'a>(w: &Words, files: &[(&'a Entry<Profile>, &'a Fault)]) -> Element<'a, Message> {
    let mut lines = Column::new();
    for (index, (entry, fault)) in files.iter().enumerate() {
        if index > 0 {
            lines = lines.push(drawing::line());
        }
        let what = fault.problems.first().map(|problem| {
            let more = fault.problems.len() - 1;
            let more = if more > 0 { say!(w, "profiles-more-problems", count = more) } else { String::new() };
            let place = say!(w, "profiles-place", line = problem.line, column = problem.column);
            let words = words::shortened(&w.fact(&problem.fact), 200);
            text::small(format!("{place} {words} {more}")).style(text::second)
        });
        let name = entry.path().and_then(|path| path.file_name()).unwrap_or_default().to_string_lossy().into_owned();
        let words = Column::new().spacing(2).push(cut(text::medium(name))).push(what).width(Fill);
        let show = entry.path().map(|path| {
            let show = widget::quiet(say!(w, "profiles-show-file")).icon(Icon::FolderOpen).small();
            show.on_press(Message::ShowFile(path.to_owned()))
        });
        let mend = widget::second(say!(w, "profiles-mend")).icon(Icon::Pencil).small();
        let mend = mend.on_press(Message::Mend(entry.id.clone()));
        let line = Row::new()
            .spacing(12)
            .align_y(Center)
            .push(icon::view(Icon::FileX, 22.0).color(|theme| theme.ink_2))
            .push(words)
            .push(show)
            .push(mend);
        lines = lines.push(container(line).padding([10, 16]));
    }
    container(lines).width(Fill).style(theme::container::card_quiet).into()
}

/// One of the massager's own programs: nobody knows its curve or strength.
pub(super) fn program<'a>(world: World<'a>, name: &'a str) -> Element<'a, Message> {
    let w = world.words;
    let runs = matches!(&world.state.activity, Activity::Program { name: running, .. } if running == name);
    let act = if runs {
        widget::second(say!(w, "stop")).icon(Icon::Square).small().on_press(Message::Stop)
    } else {
        widget::second(say!(w, "play")).icon(Icon::Play).small().on_press(Message::Program(name.to_owned()))
    };
    let words = cut(text::medium(name));
    let line = row![icon::view(Icon::ListMusic, 20.0).color(|theme| theme.ink_2), words, act];
    let line = line.spacing(12).align_y(Center).height(56).padding(padding::left(14).right(8));
    container(line).width(Fill).style(theme::container::card_quiet).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_always_room_for_one_card() {
        assert_eq!((columns(0.0), columns(780.0), columns(1128.0)), (1, 2, 3));
    }
}
