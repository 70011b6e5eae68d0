//! Now playing: what every mode should do and what the massager confirmed, the time left, and what to do by hand.
//!
//! Here the person watches, holds a mode back with its ceiling, skips a step done by hand, and decides how to go on after
//! a lost link. Belongs here: how that is shown. The screen holds no state: everything is in the engine's.

mod done;
mod hand;
mod lane;
mod lost;
mod steps;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Instant;

use iced::widget::{Column, Row, column, container, row, rule, space};
use iced::{Center, Fill, Size};

use crate::care::Limits;
use crate::engine::{Activity, ChannelState, Connected, Link, Pause, State};
use crate::i18n::Words;
use crate::intensity::Intensity;
use crate::mode::{Channel, Mode};
use crate::profile::Profile;
use crate::say;
use crate::storage::Ratings;
use crate::time::Time;
use crate::ui::draw::ruler;
use crate::ui::icon::{self, Icon};
use crate::ui::shell::clock;
use crate::ui::theme::{self, Element, Theme, size, text};
use crate::ui::widget::chip::{self, Tone};
use crate::ui::widget::{self, choice, named, scroll};
use crate::ui::words;

pub(in crate::ui) use done::scale;
pub use done::{Answers, Done, FIRST_ID, Message as AfterMessage};
pub use hand::DONE_ID;
pub use lost::{END_ID, lost};

/// What the screen asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// The most that a mode may reach.
    Ceiling(Mode, Intensity),
    /// Goes past the step done by hand.
    Skip,
    /// A step by hand is done, passed over, or begun again.
    Step(StepTo),
    /// Less overall strength.
    Softer,
    /// More overall strength.
    Stronger,
    /// It hurts: stops everything, now, and then asks how much.
    ItHurts,
    /// What the person does after a massage.
    After(AfterMessage),
    /// Goes to another place.
    Seek(Time),
    /// Whether the profile starts again at its end.
    Repeat(bool),
    /// Goes on after a lost link.
    Resume,
    /// Ends the session.
    Stop,
    /// The screen Profiles.
    OpenProfiles,
    /// The screen Massager.
    OpenMassager,
}

/// What happens with a step by hand, by its number from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepTo {
    /// It is done: the next one begins. Before its time, it begins itself.
    Done(usize),
    /// The same, but it was not done.
    Skip(usize),
    /// The one before begins again.
    Back(usize),
}

/// What the screen shows.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    /// The engine's state.
    pub state: &'a State,
    /// The massage that ended last, while it is asked about.
    pub done: Option<&'a Done>,
    /// Stars and notes.
    pub ratings: &'a Ratings,
    /// The steps by hand that were passed over.
    pub skipped: &'a BTreeSet<usize>,
    /// The language of the window, and of profiles.
    pub words: &'a Words,
    /// The time.
    pub now: Instant,
    /// The size of the window, in logical pixels.
    pub window: Size,
}

impl<'a> Shown<'a> {
    fn narrow(self) -> bool {
        self.window.width < size::NARROW
    }

    fn massager(self) -> Option<&'a Connected> {
        match &self.state.link {
            Link::Connected(massager) | Link::Lost { was: massager, .. } => Some(massager),
            Link::None | Link::Connecting { .. } => None,
        }
    }

    fn name(self) -> &'a str {
        self.massager().map_or("", |massager| massager.name.as_str())
    }
}

/// A profile under way.
#[derive(Clone, Copy)]
struct Playing<'a> {
    profile: &'a Arc<Profile>,
    at: Time,
    paused: Option<Pause>,
    record: &'a Arc<Vec<(Time, Channel, u16)>>,
    repeat: bool,
}

/// What a ceiling changes by at a time, in percent.
const STEP: u16 = 10;

/// The page.
pub fn view(shown: Shown<'_>) -> Element<'_, Message> {
    let w = shown.words;
    let content = match &shown.state.activity {
        Activity::Nothing if shown.done.is_some() => match shown.done {
            Some(done) => done::view(shown, done, shown.ratings).map(Message::After),
            None => space::vertical().into(),
        },
        Activity::Nothing => {
            let actions =
                widget::main(say!(w, "playing-to-profiles")).icon(Icon::Spline).on_press(Message::OpenProfiles);
            return chip::empty(icon::mark(96.0), say!(w, "playing-nothing"), say!(w, "playing-nothing-text"), actions);
        }
        Activity::ByHand => by_hand(shown),
        Activity::Program { name, .. } => program(shown, name),
        Activity::Profile { profile, paused, record, repeat, .. } => {
            let at = clock::position(shown.state, shown.now).unwrap_or_default();
            profile_page(shown, Playing { profile, at, paused: *paused, record, repeat: *repeat })
        }
    };
    let padding = if shown.narrow() { [12, 20] } else { [24, 32] };
    container(content).padding(padding).width(Fill).height(Fill).into()
}

fn profile_page<'a>(shown: Shown<'a>, playing: Playing<'a>) -> Element<'a, Message> {
    if let Some(place) = hand::place(playing) {
        return hand::view(shown, playing, &place);
    }
    let narrow = shown.narrow();
    let title = playing.profile.name.in_language(shown.words.code());
    let left = clock::left(playing.profile.length, playing.at);
    let header = header(shown, title, playing.paused.is_some(), Some(playing.repeat), left);
    let steps = !playing.profile.steps.is_empty();
    let strip = (narrow && steps).then(|| steps::strip(shown, playing));
    let card = (!narrow && steps).then(|| steps::cards(shown, playing));
    let lanes = lanes(shown, playing);
    let left = column![header].push(strip).push(lanes).push(softer_or_stronger(shown)).width(Fill);
    Row::new().push(left).push(card).spacing(28).height(Fill).into()
}

/// Title, massager, session, for a profile whether it repeats, and the time left.
fn header<'a>(
    shown: Shown<'a>,
    title: &str,
    paused: bool,
    repeat: Option<bool>,
    left: std::time::Duration,
) -> Element<'a, Message> {
    let w = shown.words;
    let narrow = shown.narrow();
    let session = Time::from(clock::session_left(shown.state, shown.now));
    let on = if paused {
        say!(w, "playing-paused-on", massager = shown.name())
    } else {
        say!(w, "playing-on", massager = shown.name())
    };
    let room = if narrow { 26 } else { 34 };
    // Where the session is what is left, the large digits say it already.
    let ends =
        (repeat.is_some() && !paused).then(|| chip::caption(Icon::Timer, say!(w, "playing-session", left = session)));
    let facts = row![text::body(on).style(text::second)].push(ends).spacing(12).align_y(Center);
    let names = column![text::page(words::shortened(title, room)), facts].spacing(2).width(Fill);
    let left = Time::from(left).label();
    let digits = if narrow { text::number(left) } else { text::time(left) };
    let before = container(text::body(say!(w, "playing-left")).style(text::second)).padding(iced::padding::bottom(6));
    let time = row![before, digits].spacing(16).align_y(iced::Bottom);
    let again = repeat.map(|on| {
        let sign = icon::view(Icon::RefreshCw, 16.0).into();
        choice::filter(Some(sign), Some(say!(w, "playing-repeat")), None, on, Message::Repeat(!on))
    });
    container(row![names].push(again).push(time).spacing(24).align_y(Center))
        .height(if narrow { 60 } else { 76 })
        .into()
}

/// The height of the three buttons that answer how it feels, in pixels.
const HOW_IT_FEELS: f32 = 48.0;

/// Softer, stronger, or it hurts: always in this order.
fn softer_or_stronger(shown: Shown<'_>) -> Element<'_, Message> {
    let w = shown.words;
    let strength = shown.state.strength;
    let softer = (strength > Limits::LEAST_STRENGTH).then_some(Message::Softer);
    let stronger = (strength < Intensity::FULL).then_some(Message::Stronger);
    let button = |label, icon| widget::second(label).icon(icon).tall().width(Fill);
    let all = row![
        button(say!(w, "playing-softer"), Icon::Minus).on_press_maybe(softer),
        button(say!(w, "playing-stronger"), Icon::Plus).on_press_maybe(stronger),
        hurts(w).tall().width(Fill),
    ];
    container(all.spacing(12)).padding(iced::padding::top(12).left(4).right(4)).into()
}

/// The same as Stop, and then it asks how much.
fn hurts<'a>(w: &Words) -> widget::Button<'a, Message> {
    let button = widget::second(say!(w, "playing-it-hurts")).icon(Icon::HandHeart);
    button.look(theme::button::caution).on_press(Message::ItHurts)
}

/// The height of the line with the legend, in pixels.
const LEGEND: f32 = 32.0;

/// Space for what stands beside the curves, in pixels.
#[derive(Clone, Copy)]
struct Columns {
    head: f32,
    readout: f32,
}

/// The ruler and a lane for each mode of the massager that the profile drives.
fn lanes<'a>(shown: Shown<'a>, playing: Playing<'a>) -> Element<'a, Message> {
    let w = shown.words;
    let narrow = shown.narrow();
    let columns =
        if narrow { Columns { head: 136.0, readout: 132.0 } } else { Columns { head: 156.0, readout: 132.0 } };
    let channels: Vec<&ChannelState> = shown
        .massager()
        .map(|massager| massager.channels.as_slice())
        .unwrap_or_default()
        .iter()
        .filter(|state| playing.profile.driving(state.channel).next().is_some())
        .collect();
    // What the bar, the header, the legend and the ruler leave, shared by the lanes.
    let steps = narrow && !playing.profile.steps.is_empty();
    let strip = if steps { steps::strip_height(playing, shown.words.code()) } else { 0.0 };
    let taken = size::BAR
        + ruler::HEIGHT
        + if narrow { 24.0 + 60.0 + strip } else { 48.0 + 76.0 + LEGEND }
        + HOW_IT_FEELS
        + 12.0;
    let (least, most) = if narrow { (84.0, 100.0) } else { (96.0, 132.0) };
    let count = channels.len().max(1) as f32;
    let height = ((shown.window.height - taken - count - 1.0) / count).floor().clamp(least, most);
    let here: Vec<Channel> = shown
        .massager()
        .map(|massager| massager.channels.iter().map(|state| state.channel).collect())
        .unwrap_or_default();
    let missing = playing.profile.missing(&here);
    let notes =
        missing.iter().map(|mode| chip::chip(Tone::Warn, Icon::from(*mode), say!(w, "playing-without", mode = *mode)));
    let notes = Row::with_children(notes).spacing(8);
    let legend = (!narrow || !missing.is_empty()).then(|| {
        let legend = (!narrow).then(|| legend(shown.words));
        container(row![notes, space::horizontal()].push(legend).align_y(Center)).height(LEGEND)
    });
    let ruler = row![
        space::horizontal().width(columns.head),
        ruler::ruler(playing.profile, Some(playing.at), Some(Message::Seek)),
        space::horizontal().width(columns.readout)
    ];
    let mut all = Column::new();
    for state in channels {
        all = all.push(rule::horizontal(1)).push(lane_row(shown, playing, state, columns, height));
    }
    let all = scroll(all.push(rule::horizontal(1))).height(Fill);
    Column::new().push(legend).push(ruler).push(all).into()
}

fn lane_row<'a>(
    shown: Shown<'a>,
    playing: Playing<'a>,
    state: &'a ChannelState,
    columns: Columns,
    height: f32,
) -> Element<'a, Message> {
    let wanted = wanted_now(shown, playing, state);
    let curve = lane::lane(lane::Shown {
        profile: playing.profile,
        at: playing.at,
        record: playing.record,
        strength: shown.state.strength,
        state,
        wanted,
        confirmed: matches!(shown.state.link, Link::Connected(_)),
    });
    row![
        container(head(shown, state, columns.head)).width(columns.head),
        curve,
        container(readout(shown, state, wanted)).width(columns.readout).padding(iced::padding::left(16)),
    ]
    .height(height)
    .into()
}

/// What is wanted at this moment. The engine tells when a level changes; in between, the curve says it, and the limit on
/// how fast intensity rises.
fn wanted_now(shown: Shown<'_>, playing: Playing<'_>, state: &ChannelState) -> Intensity {
    if playing.paused.is_some() {
        return state.wanted;
    }
    let curve = playing.profile.intensity_at(state.channel, playing.at).scaled(shown.state.strength).min(state.ceiling);
    let since = shown.now.saturating_duration_since(shown.state.at).as_secs_f64();
    let risen = shown.state.limits.rise_per_second.fraction() * since;
    curve.min(Intensity::from_fraction(state.wanted.fraction() + risen))
}

/// Icon, name and ceiling of a mode.
fn head<'a>(shown: Shown<'a>, state: &'a ChannelState, width: f32) -> Element<'a, Message> {
    let w = shown.words;
    let mode = state.channel.mode;
    let narrow = shown.narrow();
    let name =
        row![icon::view(mode.into(), 22.0).color(mode_color(mode)), text::strong(w.channel(state.channel)).width(Fill)]
            .spacing(8)
            .align_y(Center);
    let ceiling = shown.state.ceilings.get(&mode).copied().unwrap_or(Intensity::FULL);
    let percent = ceiling.percent().round() as u16;
    let step = |percent: u16| Message::Ceiling(mode, Intensity::from_percent(percent));
    let less = (percent > STEP).then(|| step(percent.saturating_sub(STEP).max(STEP)));
    let more = (percent < 100).then(|| step((percent + STEP).min(100)));
    let name_of = say!(w, "playing-most-of", channel = state.channel);
    let stepper = named(name_of, choice::stepper(w.percent(ceiling), less, more));
    let label = if state.ceiling < ceiling {
        text::small(say!(w, "playing-until-tried", ceiling = &w.percent(state.ceiling))).style(text::warn)
    } else {
        text::small(say!(w, "playing-at-most")).style(text::second)
    };
    // Room for the ring of focus, which would be cut at the edge of what scrolls.
    let padding = iced::padding::top(if narrow { 8 } else { 12 }).left(4);
    if narrow && state.ceiling >= ceiling {
        return column![name, stepper].spacing(6).padding(padding).width(width).into();
    }
    column![name, column![label, stepper].spacing(4)]
        .spacing(if narrow { 0 } else { 8 })
        .padding(padding)
        .width(width)
        .into()
}

/// The colour of a mode, as a function of the theme.
pub(crate) fn mode_color(mode: Mode) -> fn(&Theme) -> iced::Color {
    match mode {
        Mode::Roller => |theme| theme.roller,
        Mode::Vibration => |theme| theme.vibration,
        Mode::AirPressure => |theme| theme.air,
        Mode::Heat => |theme| theme.heat,
    }
}

/// How long a level may wait for its confirmation before the screen says so.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(1);

/// What is wanted, the level that the massager confirmed, and whether another is on its way.
fn readout<'a>(shown: Shown<'a>, state: &'a ChannelState, wanted: Intensity) -> Element<'a, Message> {
    let w = shown.words;
    let narrow = shown.narrow();
    let percent = w.percent(wanted);
    let percent = if narrow { text::section(percent) } else { text::page(percent) };
    let level = state.confirmed_level.unwrap_or(0);
    let waits = state.sending_since.is_some_and(|since| shown.now.saturating_duration_since(since) >= PATIENCE);
    let (icon, words, color): (_, _, fn(&Theme) -> iced::Color) = match (&shown.state.link, waits) {
        (Link::Connected(_), false) => (Icon::Check, say!(w, "playing-confirmed"), |theme| theme.accent),
        (Link::Connected(_), true) => (Icon::Clock, sending(w, state.wanted_level), |theme| theme.warn),
        _ => (Icon::Link2Off, say!(w, "out-of-reach"), |theme| theme.warn),
    };
    let confirmation = row![
        icon::view(icon, 16.0).color(color),
        text::label(words).style(move |theme: &Theme| iced::widget::text::Style { color: Some(color(theme)) })
    ]
    .spacing(4)
    .align_y(Center);
    let level = text::small(level_of(w, level, state.levels)).style(text::second);
    column![percent, level, confirmation].spacing(2).padding(iced::padding::top(if narrow { 8 } else { 12 })).into()
}

/// A level of several.
fn level_of(w: &Words, level: u16, of: u16) -> String {
    if level == 0 { say!(w, "playing-resting") } else { say!(w, "playing-level", level = level, of = of) }
}

/// A level that was not confirmed yet.
fn sending(w: &Words, level: u16) -> String {
    if level == 0 { say!(w, "playing-sending") } else { say!(w, "playing-sending-level", level = level) }
}

/// What the three lines of a lane mean.
fn legend<'a>(w: &Words) -> Element<'a, Message> {
    let part = |sign: Element<'a, Message>, words: String| {
        Element::from(row![sign, text::small(words).style(text::second)].spacing(6).align_y(Center))
    };
    row![
        part(lane::sign(lane::Sign::Wanted), say!(w, "playing-wanted")),
        part(lane::sign(lane::Sign::Confirmed), say!(w, "playing-confirmed-by")),
        part(lane::sign(lane::Sign::AtMost), say!(w, "playing-at-most-legend")),
    ]
    .spacing(20)
    .into()
}

/// One of the massager's own programs: there is no curve to draw.
fn program<'a>(shown: Shown<'a>, name: &'a str) -> Element<'a, Message> {
    let w = shown.words;
    let words =
        row![icon::view(Icon::ListMusic, 22.0), text::body(say!(w, "playing-no-curve"))].spacing(14).align_y(Center);
    let well = container(words).center(Fill).height(200).style(theme::container::well);
    let left = clock::session_left(shown.state, shown.now);
    let hurts = container(hurts(w).tall()).align_right(Fill);
    column![header(shown, name, false, None, left), well, promise(shown), hurts].spacing(16).into()
}

/// Levels set by hand.
fn by_hand(shown: Shown<'_>) -> Element<'_, Message> {
    let w = shown.words;
    let left = clock::session_left(shown.state, shown.now);
    let channels = shown.massager().map(|massager| massager.channels.as_slice()).unwrap_or_default();
    let rows = channels.iter().map(|state| {
        let mode = state.channel.mode;
        let name = row![
            icon::view(mode.into(), 22.0).color(mode_color(mode)),
            text::strong(w.channel(state.channel)).width(Fill),
            container(readout(shown, state, state.wanted)).width(132),
        ];
        let row = name.spacing(12).align_y(Center);
        Element::from(column![row, space::vertical().height(12), rule::horizontal(1)])
    });
    let change = widget::second(say!(w, "playing-to-sliders")).icon(Icon::Footprints).on_press(Message::OpenMassager);
    let list = container(Column::with_children(rows)).padding([4, 20]).style(theme::container::card).max_width(560);
    let list = scroll(column![list, change].spacing(16)).height(Fill).width(Fill);
    let hurts = container(hurts(w).tall()).align_right(Fill);
    column![header(shown, &say!(w, "playing-by-hand"), false, None, left), list, promise(shown), hurts]
        .spacing(16)
        .into()
}

/// What happens when the link is lost, said beforehand.
fn promise<'a>(shown: Shown<'a>) -> Element<'a, Message> {
    let w = shown.words;
    let words = text::small(say!(w, "playing-promise", massager = shown.name())).style(text::second).width(Fill);
    row![icon::view(Icon::ShieldCheck, 18.0).color(|theme| theme.ink_2), words].spacing(8).into()
}
