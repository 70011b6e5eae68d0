//! One profile, looked at closely: what it is for, its curves as they will be played, what is done by hand, where to start.

use std::sync::Arc;

use iced::keyboard::Key;
use iced::keyboard::key::Named;
use iced::widget::{Column, Row, button, column, container, row, space};
use iced::{Center, Fill, padding};

use super::lane::{self, Played};
use super::{Message, World, card};
use crate::curve::Curve;
use crate::mode::{Channel, Mode};
use crate::profile::Profile;
use crate::say;
use crate::storage::{Entry, Origin};
use crate::time::Time;
use crate::ui::draw::ruler;
use crate::ui::draw::thread::{self, Block};
use crate::ui::icon::{self, Icon};
use crate::ui::theme::{self, Element, radius, text};
use crate::ui::widget::{self, chip, choice, drawing, focusable, named, scroll};
use crate::ui::words;

/// The button that plays, for the focus.
pub(in crate::ui) const PLAY: &str = "play the open profile";
/// Where the page scrolls; it keeps its place under this name.
const PAGE: &str = "page of one profile";
/// Beside the lanes.
const HEAD: f32 = 148.0;

/// The page of one profile, to start at a time.
pub(super) fn view<'a>(
    world: World<'a>,
    entry: &'a Entry<Profile>,
    profile: &'a Arc<Profile>,
    from: Time,
) -> Element<'a, Message> {
    let w = world.words;
    let edge = if world.narrow { 20.0 } else { 32.0 };
    let head = container(actions(world, entry)).padding([0.0, edge]);
    let name = container(text::page(profile.name.in_language(w.code()))).width(Fill).clip(true);
    let facts = Row::new()
        .spacing(18)
        .push(chip::caption(Icon::Timer, profile.length.label()))
        .push(chip::caption(words::profiles::need_icon(profile.need), words::profiles::need(w, profile.need)))
        .push(strength(world, profile))
        .push(
            widget::quiet(say!(w, "profiles-notes"))
                .icon(Icon::MessageSquare)
                .small()
                .on_press(Message::Notes(entry.id.clone())),
        )
        .align_y(Center);
    let mut words = Column::new().spacing(6).push(name);
    if !profile.description.is_empty() {
        words = words.push(text::body(profile.description.in_language(w.code())).style(text::second));
    }
    let words = words.push(facts.wrap());
    let note = world.ratings.of(&entry.id).note;
    let note = (!note.is_empty()).then(|| chip::panel(theme::container::advice, Icon::Pencil, note, None));
    let words = Column::new().spacing(12).push(words).push(note);
    let side = side(world, entry, profile, from);
    let page: Element<'_, Message> = if world.narrow {
        // Play comes first where not everything is seen at once.
        column![words, side, chart(world, profile, from)].spacing(16).into()
    } else {
        let left = column![words, chart(world, profile, from)].spacing(16).width(Fill);
        row![left, container(side).width(316)].spacing(24).into()
    };
    let page = scroll(container(page).padding(padding::left(edge).right(edge).top(4).bottom(24)));
    let page = page.id(PAGE).width(Fill).height(Fill);
    column![head, page].spacing(10).padding(padding::top(16)).height(Fill).into()
}

/// Back, and what can be done with the file. The bin stands last, behind a line, never beside Play.
fn actions<'a>(world: World<'a>, entry: &'a Entry<Profile>) -> Element<'a, Message> {
    let w = world.words;
    let id = || entry.id.clone();
    let own = matches!(entry.origin, Origin::Own(_));
    let back = widget::quiet(say!(w, "profiles")).icon(Icon::ArrowLeft).small().on_press(Message::Back);
    let edit = if own { say!(w, "editor-edit") } else { say!(w, "editor-edit-copy") };
    let small = |label, icon, message| Element::from(widget::quiet(label).icon(icon).small().on_press(message));
    let line = || container(space::vertical()).width(1).height(24).style(theme::container::line);
    let bin = own.then(|| {
        let bin = small(say!(w, "profiles-delete"), Icon::Trash2, Message::Delete(id()));
        row![line(), bin].spacing(8).align_y(Center)
    });
    Row::new()
        .spacing(4)
        .align_y(Center)
        .push(back)
        .push(space::horizontal())
        .push(widget::second(edit).icon(Icon::Pencil).small().on_press(Message::Edit(id())))
        .push(own.then(|| small(say!(w, "profiles-rename"), Icon::PenLine, Message::Rename(id()))))
        .push(small(say!(w, "profiles-duplicate"), Icon::Copy, Message::Duplicate(id())))
        .push(small(say!(w, "profiles-export"), Icon::Export, Message::Export(id())))
        .push(bin)
        .into()
}

fn strength<'a>(world: World<'a>, profile: &Profile) -> Option<Element<'a, Message>> {
    let (bars, word) = words::profiles::strength(world.words, profile)?;
    let peak = profile.tracks.values().map(Curve::peak).max().unwrap_or_default();
    let words = say!(world.words, "profiles-up-to", strength = &word, peak = peak);
    Some(row![card::strength(bars), text::small(words).style(text::second)].spacing(6).align_y(Center).into())
}

/// How a track is played now: at the present strength, on this massager.
fn played(world: World<'_>, profile: &Profile, channel: Channel) -> Played {
    let channels = world.massager().map(|massager| &massager.channels[..]).unwrap_or_default();
    let state = channels.iter().find(|state| state.channel == channel);
    let state = state.or_else(|| channels.iter().find(|state| state.channel.mode == channel.mode));
    Played {
        strength: world.state.strength,
        levels: state.map(|state| (state.ceiling, state.levels)),
        still: world.left_out(profile, channel.mode).is_some(),
    }
}

/// The curves, and the thread of what is done by hand.
fn chart<'a>(world: World<'a>, profile: &'a Arc<Profile>, from: Time) -> Element<'a, Message> {
    let w = world.words;
    let mut lanes = Column::new();
    if !profile.tracks.is_empty() {
        let ruler = ruler::ruler(profile, Some(from).filter(|from| *from > Time::ZERO), Some(Message::From));
        lanes = lanes.push(row![space::horizontal().width(HEAD), ruler]);
    }
    // As high as the page leaves room for, and never too low to be read.
    let height = (330.0 / profile.tracks.len().max(1) as f32).clamp(84.0, 220.0);
    for (channel, curve) in &profile.tracks {
        let played = self::played(world, profile, *channel);
        let under = match world.left_out(profile, channel.mode) {
            Some(why) => text::small(why).style(text::warn),
            None => match played.levels {
                Some((_, levels)) => text::small(say!(w, "massager-levels", count = levels)).style(text::second),
                None => text::small(w.percent(curve.peak())).style(text::second),
            },
        };
        let name = row![icon::mode(channel.mode, 20.0), text::strong(w.channel(*channel))].spacing(8).align_y(Center);
        let head = container(column![name, under].spacing(2)).padding([10, 14]).width(HEAD);
        let lane = lane::lane(profile, *channel, played, from, height, Message::From);
        lanes = lanes.push(row![head, lane]).push(drawing::line());
    }
    if !profile.steps.is_empty() {
        let hand = icon::view(Icon::Hand, 20.0).color(|theme| theme.accent);
        let name = row![hand, text::strong(say!(w, "profiles-steps"))].spacing(8).align_y(Center);
        let head = container(name).padding([0, 14]).width(HEAD).center_y(44);
        lanes = lanes.push(row![head, thread::thread(profile, |_| Block::Coming)].align_y(Center));
    }
    let played = (!profile.tracks.is_empty()).then(|| {
        let strength = world.state.strength;
        let drawn = legend(true, say!(w, "profiles-as-drawn"));
        let now = legend(false, say!(w, "profiles-at-strength", strength = strength));
        row![drawn, now, text::small(say!(w, "profiles-start-hint")).style(text::second)]
            .spacing(16)
            .align_y(Center)
            .wrap()
    });
    let card = container(lanes).padding(padding::all(8).left(1)).width(Fill).style(theme::container::card);
    let length = profile.length;
    let card = named(
        say!(w, "profiles-start-at", at = from),
        focusable(card).corner(radius::CARD).on_key(move |key| {
            let second = std::time::Duration::from_secs(1);
            match key {
                Key::Named(Named::ArrowLeft) => Some(Message::From(from - second)),
                Key::Named(Named::ArrowRight) => Some(Message::From((from + second).min(length - second))),
                Key::Named(Named::Home) => Some(Message::From(Time::ZERO)),
                _ => None,
            }
        }),
    );
    Column::new().spacing(8).push(card).push(played).into()
}

fn legend<'a>(dashed: bool, words: String) -> Element<'a, Message> {
    let sign = drawing::drawing(iced::Size::new(22.0, 10.0), move |quads, theme: &crate::ui::theme::Theme| {
        let mut dash = |x: f32, width: f32| {
            let line = iced::Rectangle::new(iced::Point::new(x, 4.0), iced::Size::new(width, 2.0));
            quads.fill(line, 0.0, theme.ink_2);
        };
        if dashed {
            (0..3).for_each(|part| dash(8.0 * part as f32, 5.0));
        } else {
            dash(0.0, 22.0);
        }
    });
    row![sign, text::small(words).style(text::second)].spacing(6).align_y(Center).into()
}

/// Stars, Play, what this massager will do, the steps, and where the profile comes from.
fn side<'a>(
    world: World<'a>,
    entry: &'a Entry<Profile>,
    profile: &'a Arc<Profile>,
    from: Time,
) -> Element<'a, Message> {
    let w = world.words;
    let rating = world.ratings.of(&entry.id);
    let id = entry.id.clone();
    let stars = named(
        say!(w, "profiles-your-stars"),
        choice::stars(rating.stars, move |stars| Message::Rate(id.clone(), stars)),
    );
    let stars = row![text::body(say!(w, "profiles-your-stars")).width(Fill), stars].spacing(8).align_y(Center);
    let label = match (from == Time::ZERO, profile.tracks.is_empty()) {
        (true, true) => say!(w, "begin"),
        (true, false) => say!(w, "play"),
        (false, _) => say!(w, "profiles-play-from", at = from),
    };
    let play = widget::main(label).icon(Icon::Play).tall().width(Fill).id(PLAY).on_press(Message::PlayOpen);
    let mut side = Column::new().spacing(14).push(stars).push(play);
    if let (Some(massager), false) = (world.massager(), profile.tracks.is_empty()) {
        let title = say!(w, "profiles-on-at", massager = &massager.name, strength = world.state.strength);
        let mut rows = Column::new().spacing(6).push(text::section(title));
        for mode in profile.modes() {
            rows = rows.push(on_massager(world, profile, mode));
        }
        side = side.push(container(rows).padding([14, 16]).width(Fill).style(theme::container::card));
    }
    if !profile.steps.is_empty() {
        side = side.push(steps(world, profile, from));
    }
    side.push(facts(world, entry, profile)).into()
}

/// What a mode comes to on the massager.
fn on_massager<'a>(world: World<'a>, profile: &Profile, mode: Mode) -> Element<'a, Message> {
    let w = world.words;
    let tracks = profile.tracks.iter().filter(|(channel, _)| channel.mode == mode);
    let levels = tracks.filter_map(|(channel, curve)| played(world, profile, *channel).level(curve.peak()));
    let words = match (world.left_out(profile, mode), levels.max()) {
        (Some(why), _) => text::body(why).style(text::warn),
        (None, Some((level, levels))) => text::body(say!(w, "profiles-up-to-level", level = level, of = levels)),
        (None, None) => text::body(""),
    };
    row![icon::mode(mode, 20.0), text::medium(w.mode(mode)).width(Fill), words].spacing(10).align_y(Center).into()
}

/// The steps; each is a place to start from.
fn steps<'a>(world: World<'a>, profile: &'a Profile, from: Time) -> Element<'a, Message> {
    let w = world.words;
    let mut rows = Column::new().push(container(text::section(say!(w, "profiles-start-from-step"))).padding([0, 10]));
    for step in &profile.steps {
        let words = text::body(step.text.in_language(w.code())).width(Fill);
        let line = row![text::strong(step.from.label()).width(48), words].spacing(8);
        let target =
            button(line).padding([7, 10]).width(Fill).style(theme::button::row(from == step.from && from > Time::ZERO));
        let start = Message::From(step.from);
        rows = rows.push(focusable(target.on_press(start.clone())).on_press(start).corner(radius::ROW));
    }
    container(rows.spacing(4)).padding([14, 6]).width(Fill).style(theme::container::card_quiet).into()
}

/// From whom, how often, which file.
fn facts<'a>(world: World<'a>, entry: &'a Entry<Profile>, profile: &Profile) -> Element<'a, Message> {
    let w = world.words;
    let rating = world.ratings.of(&entry.id);
    let last = rating.last_played.as_deref().and_then(|day| day.parse().ok()).map(|day| w.day(day));
    let played = match (rating.times_played, last) {
        (0, _) => say!(w, "profiles-never"),
        (times, None) => say!(w, "profiles-times", count = times),
        (times, Some(day)) => say!(w, "profiles-times-last", count = times, day = &day),
    };
    let fact = |name: String, value: String| {
        row![text::small(name).style(text::second).width(70), text::small(value).width(Fill)].spacing(8)
    };
    let file = entry.path().and_then(|path| path.file_name()).map(|name| name.to_string_lossy().into_owned());
    Column::new()
        .spacing(4)
        .push(fact(say!(w, "profiles-from"), words::profiles::origin(w, entry, profile)))
        .push(fact(say!(w, "profiles-played"), played))
        .push(file.map(|file| fact(say!(w, "profiles-file"), file)))
        .into()
}
