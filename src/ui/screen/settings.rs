//! The screen Settings: limits, look, language, known massagers, safety, files.
//!
//! Here the person changes what holds for every massage. Each change is saved and obeyed at once; there is no Save.

use std::path::{Path, PathBuf};
use std::time::Duration;

use iced::widget::{Column, Row, column, container, row};
use iced::{Center, Fill, padding};

use chrono::NaiveDate;

use crate::bluetooth::MassagerId;
use crate::care::Limits;
use crate::care::health::{Gate, Health, Part};
use crate::i18n::{Languages, Words};
use crate::intensity::Intensity;
use crate::massager::{DeviceMap, Trust};
use crate::mode::Mode;
use crate::say;
use crate::storage::{Folders, KnownMassagers, Language, Settings, Shelf, Theme};
use crate::ui::icon::{self, Icon};
use crate::ui::theme::{self, Element, text};
use crate::ui::widget::{self, choice, drawing, named, scroll, scrolled};
use crate::ui::words;

/// The page, so that it can be scrolled.
pub(in crate::ui) const PAGE: &str = "settings page";

/// What the person changes.
#[derive(Debug, Clone)]
pub enum Message {
    /// The longest session, in minutes.
    Session(u64),
    /// The most massage in a day, in minutes.
    Day(u64),
    /// The fastest rise a second.
    Rise(Intensity),
    /// The most that a mode may reach.
    Ceiling(Mode, Intensity),
    /// Light or dark.
    Theme(Theme),
    /// The language of profiles.
    Language(Language),
    /// Chimes, or no longer.
    Chimes(bool),
    /// Obeys letters alone, or no longer.
    Letters(bool),
    /// Asks the health questions again.
    Health,
    /// Deletes the answers to the health questions.
    DeleteHealth,
    /// A doctor agreed to this, today.
    DoctorAgreed(Part),
    /// Connects a massager by itself, or no longer.
    ByItself(MassagerId, bool),
    /// Asks to forget a massager.
    Forget(MassagerId),
    /// The page was scrolled down so far, in pixels.
    Scrolled(f32),
    /// Shows a file or folder in the file manager.
    Show(PathBuf),
}

/// What the screen looks at.
#[derive(Clone, Copy)]
pub(in crate::ui) struct World<'a> {
    /// The language of the window.
    pub(in crate::ui) words: &'a Words,
    /// The answers to the health questions.
    pub(in crate::ui) health: &'a Health,
    /// Which day it is.
    pub(in crate::ui) today: NaiveDate,
    /// The languages to choose from.
    pub(in crate::ui) languages: &'a Languages,
    pub(in crate::ui) settings: &'a Settings,
    /// Massage time today.
    pub(in crate::ui) massaged_today: Duration,
    pub(in crate::ui) known: &'a KnownMassagers,
    pub(in crate::ui) maps: &'a Shelf<DeviceMap>,
    pub(in crate::ui) folders: &'a Folders,
    pub(in crate::ui) narrow: bool,
}

/// The screen.
pub(in crate::ui) fn view<'a>(world: World<'a>) -> Element<'a, Message> {
    let w = world.words;
    let left = column![care(w, &world.settings.limits, world.massaged_today), ceilings(w, world.settings), look(world)]
        .spacing(16);
    let right = column![answers(world), massagers(world), files(w, world.folders), safety(w)].spacing(16);
    let sections: Element<'a, Message> = if world.narrow {
        column![left, right].spacing(16).into()
    } else {
        row![left.width(Fill), right.width(Fill)].spacing(16).into()
    };
    let page = column![
        text::page(say!(w, "settings")),
        sections,
        text::small(say!(w, "settings-version", version = env!("CARGO_PKG_VERSION"))).style(text::second)
    ]
    .spacing(16);
    let side = if world.narrow { 20.0 } else { 32.0 };
    let padding = padding::left(side).right(side).top(if world.narrow { 16.0 } else { 24.0 }).bottom(20);
    let page = scroll(container(page).padding(padding)).id(PAGE).on_scroll(|seen| Message::Scrolled(scrolled(seen)));
    page.width(Fill).height(Fill).into()
}

fn section<'a>(
    title: String,
    note: Option<String>,
    rows: impl IntoIterator<Item = Element<'a, Message>>,
) -> Element<'a, Message> {
    let title = column![text::section(title)].push(note.map(|note| text::small(note).style(text::second))).spacing(2);
    let content = column![title].extend(rows).spacing(14);
    container(content).padding([18, 24]).width(Fill).style(theme::container::card).into()
}

/// A setting: its name and note at the left, what changes it at the right.
fn setting<'a>(name: String, note: String, control: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    let label = name.clone();
    let words = column![text::medium(name), text::small(note).style(text::second)].width(Fill);
    row![words, named(label, control)].spacing(24).align_y(Center).into()
}

/// A number that goes up and down by a step between two ends.
fn number<'a, T: Copy + PartialOrd>(
    shown: String,
    value: T,
    (least, most): (T, T),
    (less, more): (T, T),
    message: impl Fn(T) -> Message,
) -> Element<'a, Message> {
    let to = |next: T| (next >= least && next <= most && next != value).then(|| message(next));
    choice::stepper(shown, to(less), to(more))
}

fn care<'a>(w: &Words, limits: &Limits, massaged_today: Duration) -> Element<'a, Message> {
    let minutes = |time: Duration| time.as_secs() / 60;
    let by = |value: u64, step: u64| (((value - 1) / step * step).max(1), (value / step + 1) * step);
    let (session, day) = (minutes(limits.session), minutes(limits.day));
    let longest = minutes(Limits::LONGEST_SESSION);
    let rise = limits.rise_per_second.per_mille() / 10;
    let percent = |percent: u16| Message::Rise(Intensity::from_percent(percent));
    section(
        say!(w, "settings-care"),
        Some(say!(w, "settings-care-text")),
        [
            setting(
                say!(w, "settings-session"),
                say!(w, "settings-session-note"),
                number(say!(w, "minutes", minutes = session), session, (5, longest), by(session, 5), Message::Session),
            ),
            drawing::line(),
            setting(
                say!(w, "settings-day"),
                say!(w, "settings-day-note"),
                number(
                    say!(w, "minutes", minutes = day),
                    day,
                    (5, minutes(Limits::LONGEST_DAY)),
                    by(day, 5),
                    Message::Day,
                ),
            ),
            text::medium(say!(
                w,
                "day-today",
                massaged = crate::ui::words::minutes(massaged_today),
                limit = crate::ui::words::minutes(limits.day)
            ))
            .style(if massaged_today >= limits.day { text::warn } else { text::first })
            .into(),
            drawing::line(),
            setting(
                say!(w, "settings-rise"),
                say!(w, "settings-rise-note"),
                number(
                    say!(w, "settings-a-second", percent = rise),
                    rise,
                    (2, 30),
                    (rise.saturating_sub(2), rise + 2),
                    percent,
                ),
            ),
        ],
    )
}

fn ceilings<'a>(w: &Words, settings: &Settings) -> Element<'a, Message> {
    let rows = Mode::ALL.map(|mode| {
        let ceiling = settings.ceilings.get(&mode).copied().unwrap_or(Intensity::FULL);
        let percent = ceiling.per_mille() / 10;
        let picture = container(icon::mode(mode, 22.0)).center(36).style(theme::container::tile);
        let control =
            number(w.percent(ceiling), percent, (10, 100), (percent.saturating_sub(10), percent + 10), |percent| {
                Message::Ceiling(mode, Intensity::from_percent(percent))
            });
        row![picture, text::medium(w.mode(mode)).width(Fill), named(w.mode(mode), control)]
            .spacing(14)
            .align_y(Center)
            .into()
    });
    section(say!(w, "settings-ceilings"), Some(say!(w, "settings-ceilings-note")), rows)
}

fn look<'a>(world: World<'a>) -> Element<'a, Message> {
    let w = world.words;
    let themes = [
        (Theme::System, say!(w, "settings-as-computer")),
        (Theme::Light, say!(w, "settings-light")),
        (Theme::Dark, say!(w, "settings-dark")),
    ];
    let own = world.languages.all().map(|words| (Language::of(words.code()), words.name()));
    let languages: Vec<_> = std::iter::once((Language::System, say!(w, "settings-as-computer"))).chain(own).collect();
    let theme = choice::segments(&themes, world.settings.theme, Message::Theme);
    let language = choice::segments(&languages, world.settings.language.clone(), Message::Language);
    let on_off = [(true, say!(w, "settings-on")), (false, say!(w, "settings-off"))];
    let chimes = choice::segments(&on_off, world.settings.chimes, Message::Chimes);
    let letters = choice::segments(&on_off, world.settings.letters, Message::Letters);
    section(
        say!(w, "settings-look"),
        None,
        [
            setting(say!(w, "settings-theme"), say!(w, "settings-theme-note"), theme),
            drawing::line(),
            setting(say!(w, "settings-language"), say!(w, "settings-language-note"), language),
            drawing::line(),
            setting(say!(w, "settings-chimes"), say!(w, "settings-chimes-note"), chimes),
            drawing::line(),
            setting(say!(w, "settings-letters"), say!(w, "settings-letters-note"), letters),
        ],
    )
}

/// A massager's map, and whether it stays low until it was tried.
fn known_as(w: &Words, map: &str, low: bool) -> String {
    if low { say!(w, "settings-known-low", map = map) } else { say!(w, "settings-known", map = map) }
}

fn massagers<'a>(world: World<'a>) -> Element<'a, Message> {
    let w = world.words;
    let known = world.known;
    if known.massagers.is_empty() {
        return section(say!(w, "settings-massagers"), Some(say!(w, "settings-no-massagers")), []);
    }
    let rows = known.massagers.iter().map(|(id, known)| {
        let map = world.maps.map(&known.map);
        let low = !known.tried && map.as_ref().is_none_or(|map| map.trust != Trust::Verified);
        let map = map.map_or_else(|| known.map.clone(), |map| map.name.clone());
        let facts = column![text::medium(&*known.name), text::small(known_as(w, &map, low)).style(text::second)];
        let switch =
            choice::toggle(known.connect_by_itself, Some(Message::ByItself(id.clone(), !known.connect_by_itself)));
        let by_itself = widget::tip(switch, say!(w, "massager-by-itself"));
        let forget =
            widget::quiet(say!(w, "settings-forget")).icon(Icon::Trash2).small().on_press(Message::Forget(id.clone()));
        row![facts.width(Fill), by_itself, forget].spacing(16).align_y(Center).into()
    });
    section(say!(w, "settings-massagers"), Some(say!(w, "settings-massagers-note")), rows)
}

/// The answers to the health questions, and what they switch off.
fn answers<'a>(world: World<'a>) -> Element<'a, Message> {
    let w = world.words;
    let health = world.health;
    let given = match health.given {
        None => say!(w, "settings-health-none"),
        Some(on) => say!(w, "settings-health-given", date = w.date(on)),
    };
    let off = Part::ALL.into_iter().filter_map(|part| {
        let (gate, why) = health.gate(part, world.today);
        let name = match part {
            Part::Mode(mode) => w.mode(mode),
            Part::ByHand => say!(w, "settings-health-by-hand"),
        };
        let agreed = health.doctor.get(&part).filter(|_| gate == Gate::Gently);
        let says = match (agreed, gate, why) {
            (Some(on), ..) => say!(w, "settings-health-agreed", date = w.date(*on)),
            (None, Gate::Doctor | Gate::Off, Some(why)) => words::health::off(w, why),
            (None, Gate::Gently, _) => words::health::gate(w, part, gate),
            _ => return None,
        };
        let yes = (gate == Gate::Doctor)
            .then(|| widget::second(say!(w, "settings-health-doctor")).small().on_press(Message::DoctorAgreed(part)));
        let facts = column![text::medium(name), text::small(says).style(text::second)].width(Fill);
        Some(Element::from(Row::new().push(facts).push(yes).spacing(12).align_y(Center)))
    });
    let change = widget::second(say!(w, "settings-health-change")).small().on_press(Message::Health);
    let delete = health.given.map(|_| {
        widget::quiet(say!(w, "settings-health-delete")).icon(Icon::Trash2).small().on_press(Message::DeleteHealth)
    });
    let ways = Row::new().push(change).push(delete).spacing(12).into();
    section(say!(w, "settings-health"), Some(given), off.chain([ways]).collect::<Vec<_>>())
}

fn safety<'a>(w: &Words) -> Element<'a, Message> {
    let notes = [
        say!(w, "settings-safety-1"),
        say!(w, "settings-safety-2"),
        say!(w, "settings-safety-3"),
        say!(w, "settings-safety-4"),
    ];
    let notes = notes.map(|note| {
        row![icon::view(Icon::ShieldCheck, 20.0).color(|theme| theme.accent), text::body(note).width(Fill)]
            .spacing(12)
            .into()
    });
    section(say!(w, "settings-safety"), None, notes)
}

fn files<'a>(w: &Words, folders: &Folders) -> Element<'a, Message> {
    let file = |name: String, note: String, path: PathBuf| {
        let shown = text::small(path.display().to_string()).style(text::second).width(Fill);
        let show = widget::second(say!(w, "settings-show"))
            .icon(Icon::FolderOpen)
            .small()
            .on_press(Message::Show(inside(&path)));
        let words = Column::new().push(text::medium(name)).push(text::small(note).style(text::second)).push(shown);
        row![words.width(Fill), show].spacing(24).align_y(Center).into()
    };
    section(
        say!(w, "settings-files"),
        None,
        [
            file(say!(w, "settings-log"), say!(w, "settings-log-note"), folders.log()),
            drawing::line(),
            file(say!(w, "settings-profiles"), say!(w, "settings-profiles-note"), folders.profiles()),
            drawing::line(),
            file(say!(w, "settings-maps"), say!(w, "settings-maps-note"), folders.massagers()),
        ],
    )
}

/// A file manager shows what is around a file; of a folder, we want the inside.
fn inside(path: &Path) -> PathBuf {
    if path.extension().is_some() { path.to_owned() } else { path.join("any") }
}
