//! The cards: a profile with its curves or its menu, a broken file, a program of the massager.

use std::sync::Arc;

use iced::widget::{Column, Row, button, column, container, row, space};
use iced::{Center, Color, Fill};

use super::{Fit, Message, World, fit};
use crate::engine::Activity;
use crate::i18n::Words;
use crate::profile::Profile;
use crate::say;
use crate::storage::{Entry, Fault, Origin};
use crate::ui::draw;
use crate::ui::icon::{self, Icon};
use crate::ui::theme::{self, Element, Theme, radius, text};
use crate::ui::widget::chip::{Tone, chip};
use crate::ui::widget::{self, focusable};
use crate::ui::words;

/// The name of the button that opens a card's menu.
const MORE: &str = "more";
/// The height of every card, in pixels, so that rows are even.
const HEIGHT: f32 = 268.0;
/// The height of the curves on a card.
const CURVES: f32 = draw::ribbons::HEIGHT;
/// The least width of a card.
const LEAST_WIDTH: f32 = 340.0;
/// Between cards.
const GAP: f32 = 16.0;

/// How many cards stand side by side in a width.
pub(super) fn columns(width: f32) -> usize {
    (((width + GAP) / (LEAST_WIDTH + GAP)) as usize).max(1)
}

/// What a card is marked with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marks {
    /// Its Play is the filled one.
    pub filled: bool,
    /// Here one starts.
    pub start: bool,
}

/// A profile.
pub(super) fn profile<'a>(
    world: World<'a>,
    entry: &'a Entry<Profile>,
    profile: &'a Arc<Profile>,
    marks: Marks,
    menu: bool,
) -> Element<'a, Message> {
    let w = world.words;
    let name = profile.name.in_language(world.words.code());
    let rating = world.ratings.of(&entry.id);
    let title =
        row![container(text::section(words::shortened(name, 30))).width(Fill), text::strong(profile.length.label())]
            .spacing(8);
    let origin =
        text::small(crate::ui::words::profiles::origin(w, entry, profile, &rating)).style(text::second).width(Fill);
    let right = if marks.start { chip(Tone::Good, None, say!(w, "profiles-start-here")) } else { stars(rating.stars) };
    let under = row![origin, right].align_y(Center);
    let fit = world.massager().map(|massager| (fit(profile, massager), massager.name.as_str()));
    let middle = if menu {
        self::menu(w, entry)
    } else {
        let missing = match &fit {
            Some((Fit::Without(missing), _)) => missing.clone(),
            Some((Fit::Not, _)) => profile.modes(),
            _ => Vec::new(),
        };
        draw::ribbons::ribbons(Arc::clone(profile), missing)
    };
    let more = widget::icon_button(if menu { Icon::X } else { Icon::Ellipsis }, say!(w, "more"))
        .small()
        .id(MORE)
        .on_press(Message::Menu((!menu).then(|| entry.id.clone())));
    let play = if marks.filled { widget::main(say!(w, "play")) } else { widget::second(say!(w, "play")) };
    let play = play.icon(Icon::Play).small().on_press(Message::Play(entry.id.clone()));
    let foot = Row::new()
        .spacing(4)
        .align_y(Center)
        .push(container(fit_chip(w, profile, fit)).width(Fill))
        .push(more)
        .push(play);
    let content = column![title, container(under).height(26), middle, space::vertical(), foot].spacing(2);
    let chosen = world.ready == Some(&entry.id);
    let pressed = if chosen { Message::Open(entry.id.clone()) } else { Message::Choose(entry.id.clone()) };
    let card =
        button(content).padding([14, 16]).width(Fill).height(HEIGHT).style(theme::button::card).on_press(pressed);
    let opened = Message::Open(entry.id.clone());
    focusable(card).on_press(opened).corner(radius::CARD).into()
}

fn fit_chip<'a>(w: &Words, profile: &Profile, fit: Option<(Fit, &'a str)>) -> Option<Element<'a, Message>> {
    Some(match fit {
        Some((Fit::Whole, name)) => chip(
            Tone::Good,
            Icon::CircleCheck,
            say!(w, "profiles-fits-massager", massager = &words::shortened(name, 20)),
        ),
        Some((Fit::Without(missing), _)) => {
            chip(Tone::Warn, Icon::CircleAlert, say!(w, "profiles-plays-without", modes = w.modes(&missing)))
        }
        Some((Fit::Not, name)) => {
            chip(Tone::Bad, Icon::Ban, say!(w, "profiles-fits-not", massager = &words::shortened(name, 20)))
        }
        Some((Fit::ByHand, _)) => chip(Tone::Neutral, Icon::Hand, say!(w, "profiles-all-by-hand")),
        None if profile.tracks.is_empty() => chip(Tone::Neutral, Icon::Hand, say!(w, "profiles-all-by-hand")),
        None => return None,
    })
}

/// Stars given, for looking at. They are changed in the dialog of notes.
pub(super) fn stars<'a>(given: u8) -> Element<'a, Message> {
    let star = |number: u8| {
        let full = number <= given;
        let color: fn(&Theme) -> Color = if full { |theme| theme.accent } else { |theme| theme.line_strong };
        icon::view(if full { Icon::StarFull } else { Icon::Star }, 16.0).color(color).into()
    };
    Row::with_children((1..=5).map(star)).spacing(2).into()
}

/// What else can be done with a profile; it takes the place of the curves.
fn menu<'a>(w: &Words, entry: &'a Entry<Profile>) -> Element<'a, Message> {
    let id = || entry.id.clone();
    let own = matches!(entry.origin, Origin::Own(_));
    let item = |label, icon, message| Element::from(widget::quiet(label).icon(icon).small().on_press(message));
    let delete = own.then(|| item(say!(w, "delete"), Icon::Trash2, Message::Delete(id())));
    let edit = if own { say!(w, "editor-edit") } else { say!(w, "editor-edit-copy") };
    let left = Column::new()
        .push(item(edit, Icon::Spline, Message::Edit(id())))
        .push(item(say!(w, "profiles-open"), Icon::Eye, Message::Open(id())))
        .push(item(say!(w, "profiles-notes"), Icon::Star, Message::Notes(id())));
    let right = Column::new()
        .push(item(say!(w, "profiles-duplicate"), Icon::Copy, Message::Duplicate(id())))
        .push(item(say!(w, "profiles-export"), Icon::Save, Message::Export(id())))
        .push(delete);
    let menu = row![left.spacing(4).width(Fill), right.spacing(4).width(Fill)].spacing(8);
    container(menu).padding(8).height(CURVES).width(Fill).style(theme::container::well).into()
}

/// A file that cannot be used yet: the line with a caret, and what is wrong in words.
pub(super) fn broken<'a>(w: &Words, entry: &'a Entry<Profile>, fault: &'a Fault) -> Element<'a, Message> {
    let title = row![
        icon::view(Icon::FileWarning, 22.0).color(|theme| theme.stop_text),
        text::section(format!("{}.ron", &words::shortened(&entry.id, 28))),
    ]
    .spacing(8)
    .align_y(Center);
    let promise = text::small(say!(w, "profiles-broken")).style(text::second);
    let problem = fault.problems.first();
    let line = problem.filter(|_| !fault.source_line.is_empty()).map(|problem| {
        let (line, caret) = excerpt(&fault.source_line, problem.column, 38);
        let number = format!("{:<4}", problem.line);
        let code = column![
            row![text::raw(number).style(text::third), text::raw(line)],
            row![text::raw("    "), text::raw(caret).style(text::bad)],
        ];
        container(code).padding([6, 12]).width(Fill).clip(true).style(theme::container::well)
    });
    let what = problem.map(|problem| {
        let place = say!(w, "profiles-place", line = problem.line, column = problem.column);
        text::body(format!("{place} {}", words::shortened(&problem.text, 130)))
    });
    let more = fault.problems.len().saturating_sub(1);
    let more = (more > 0).then(|| text::small(say!(w, "profiles-more-problems", count = more)).style(text::second));
    let show = entry.path().map(|path| {
        let show = widget::second(say!(w, "profiles-show-file")).icon(Icon::FolderOpen).small();
        show.on_press(Message::ShowFile(path.to_owned()))
    });
    let foot =
        Row::new().align_y(Center).push(container(more.unwrap_or_else(|| text::small(""))).width(Fill)).push(show);
    let body = Column::new().spacing(8).push(title).push(promise).push(line).push(what);
    let content = column![container(body).height(Fill).clip(true), foot].spacing(4);
    container(content).padding([14, 16]).width(Fill).height(HEIGHT).style(theme::container::card_broken).into()
}

/// The part of a line around a column (from 1), at most so many characters; and a line with a caret under it.
fn excerpt(line: &str, column: usize, most: usize) -> (String, String) {
    let indent = line.chars().take_while(|c| c.is_whitespace()).count().min(column.saturating_sub(1));
    let at = column.saturating_sub(1);
    let from = if at - indent < most { indent } else { at.saturating_sub(most / 2) };
    let shown: String = line.chars().skip(from).take(most).map(|c| if c == '\t' { ' ' } else { c }).collect();
    (shown, format!("{}^", " ".repeat(at - from)))
}

/// One of the massager's own programs.
pub(super) fn program<'a>(world: World<'a>, name: &'a str) -> Element<'a, Message> {
    let w = world.words;
    let massager = world.massager().map_or("", |massager| massager.name.as_str());
    let title = text::section(words::shortened(name, 30)).width(Fill);
    let origin = text::small(say!(w, "profiles-built-into", massager = massager)).style(text::second);
    let well =
        row![icon::view(Icon::ListMusic, 22.0), container(text::small(say!(w, "profiles-no-curve"))).max_width(220),]
            .spacing(14)
            .align_y(Center);
    let well = container(well).center_x(Fill).center_y(CURVES).style(theme::container::well);
    let chip = chip(
        Tone::Good,
        Icon::CircleCheck,
        say!(w, "profiles-fits-massager", massager = &words::shortened(massager, 20)),
    );
    let runs = matches!(&world.state.activity, Activity::Program { name: running, .. } if running == name);
    let (chip, play) = if runs {
        let runs = self::chip(Tone::Good, Icon::Play, say!(w, "massager-runs"));
        (runs, widget::second(say!(w, "stop")).icon(Icon::Square).small().on_press(Message::Stop))
    } else {
        (chip, widget::second(say!(w, "play")).icon(Icon::Play).small().on_press(Message::Program(name.to_owned())))
    };
    let foot = row![container(chip).width(Fill), play].align_y(Center);
    let content = column![title, container(origin).height(26), well, space::vertical(), foot].spacing(2);
    container(content).padding([14, 16]).width(Fill).height(HEIGHT).style(theme::container::card).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stands_under_the_column() {
        let under = |line: &str, column| {
            let (line, caret) = excerpt(line, column, 20);
            line.chars().nth(caret.chars().count() - 1)
        };
        assert_eq!(under("        Smooth(\"0:30\", 12O),", 24), Some('1'));
        assert_eq!(under("x", 1), Some('x'));
        let long = format!("{}Ø{}", "a".repeat(300), "b".repeat(300));
        assert_eq!(under(&long, 301), Some('Ø'));
        assert_eq!(excerpt("short", 9, 20).1, "        ^", "beyond the end of the line");
        assert_eq!(excerpt("", 1, 20), (String::new(), "^".to_owned()));
    }

    #[test]
    fn there_is_always_room_for_one_card() {
        assert_eq!((columns(0.0), columns(780.0), columns(1128.0)), (1, 2, 3));
    }
}
