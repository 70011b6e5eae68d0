//! What the massager does over time: the ruler, and a lane for each mode that the profile drives.
//!
//! Belongs here: what stands beside the curves, and which feet share a lane. The curve itself is [`super::lane`]'s.

use iced::widget::{Column, Row, column, container, row, rule, space};
use iced::{Center, Fill};

use super::{HOW_IT_FEELS, Message, Playing, Shown, lane, steps};
use crate::engine::{ChannelState, Link};
use crate::i18n::Words;
use crate::intensity::Intensity;
use crate::mode::{Channel, Foot, Mode};
use crate::say;
use crate::ui::draw::ruler;
use crate::ui::icon::{self, Icon};
use crate::ui::theme::{Element, Theme, size, text};
use crate::ui::widget::chip::{self, Tone};
use crate::ui::widget::{choice, named, scroll, tip};

/// What a ceiling changes by at a time, in percent.
const STEP: u16 = 10;

/// The height of the line with the legend, in pixels.
const LEGEND: f32 = 32.0;

/// Space for what stands beside the curves, in pixels.
#[derive(Clone, Copy)]
struct Columns {
    head: f32,
    readout: f32,
}

/// The ruler and a lane for each mode of the massager that the profile drives.
pub(super) fn lanes<'a>(shown: Shown<'a>, playing: Playing<'a>) -> Element<'a, Message> {
    let w = shown.words;
    let narrow = shown.narrow();
    let columns =
        if narrow { Columns { head: 136.0, readout: 132.0 } } else { Columns { head: 176.0, readout: 132.0 } };
    let channels: Vec<&ChannelState> = shown
        .massager()
        .map(|massager| massager.channels.as_slice())
        .unwrap_or_default()
        .iter()
        .filter(|state| playing.profile.driving(state.channel).next().is_some())
        .collect();
    let lanes_of: Vec<(&ChannelState, bool)> = joined(playing, &channels);
    // What the bar, the header, the legend and the ruler leave, shared by the lanes.
    let steps = narrow && !playing.profile.steps.is_empty();
    let strip = if steps { steps::strip_height(playing, shown.words.code()) } else { 0.0 };
    let taken = size::BAR
        + ruler::HEIGHT
        + if narrow { 24.0 + 60.0 + strip } else { 48.0 + 76.0 + LEGEND }
        + HOW_IT_FEELS
        + 12.0;
    let (least, most) = if narrow { (84.0, 100.0) } else { (96.0, 132.0) };
    let count = lanes_of.len().max(1) as f32;
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
    for (state, both) in lanes_of {
        all = all.push(rule::horizontal(1)).push(lane_row(shown, playing, (state, both), columns, height));
    }
    let all = scroll(all.push(rule::horizontal(1))).height(Fill);
    Column::new().push(legend).push(ruler).push(all).into()
}

/// The lanes to show: the feet of a mode as one while they are alike, which `true` says.
fn joined<'a>(playing: Playing<'_>, channels: &[&'a ChannelState]) -> Vec<(&'a ChannelState, bool)> {
    let alike = |one: &ChannelState, other: &ChannelState| {
        let same = |state: &ChannelState| (state.channel.mode, state.levels, state.ceiling, state.wanted_level);
        // A level on its way to one foot is no difference yet.
        let settled = one.sending_since.is_none() && other.sending_since.is_none();
        same(one) == same(other)
            && (one.confirmed_level == other.confirmed_level || !settled)
            && playing.profile.driving(one.channel).eq(playing.profile.driving(other.channel))
    };
    let groups = channels.chunk_by(|one, other| alike(one, other));
    groups.filter_map(|group| group.first().map(|first| (*first, group.len() > 1))).collect()
}

fn lane_row<'a>(
    shown: Shown<'a>,
    playing: Playing<'a>,
    (state, both): (&'a ChannelState, bool),
    columns: Columns,
    height: f32,
) -> Element<'a, Message> {
    let wanted = wanted_now(shown, playing, state);
    let curve = lane::Shown {
        profile: playing.profile,
        at: playing.at,
        record: playing.record,
        past: playing.past,
        skipped: say!(shown.words, "playing-skipped"),
        strength: shown.state.strength,
        state,
        wanted,
        confirmed: matches!(shown.state.link, Link::Connected(_)),
    };
    let curve = lane::lane(curve, Message::Seek);
    row![
        container(head(shown, state, both, columns.head)).width(columns.head),
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
fn head<'a>(shown: Shown<'a>, state: &'a ChannelState, both: bool, width: f32) -> Element<'a, Message> {
    let w = shown.words;
    let mode = state.channel.mode;
    let narrow = shown.narrow();
    // In a narrow window the sign says which mode it is.
    let words = match (both, narrow, state.channel.foot) {
        (true, ..) => w.mode(mode),
        (false, true, Foot::Left) => say!(w, "playing-left-foot"),
        (false, true, Foot::Right) => say!(w, "playing-right-foot"),
        _ => w.channel(state.channel),
    };
    let sign = icon::view(mode.into(), 22.0).color(mode_color(mode));
    // A chain is only a sign here: it is a button on the massager's page.
    let chain =
        both.then(|| tip(icon::view(Icon::Link2, 16.0).color(|theme| theme.accent), say!(w, "playing-both-feet")));
    let name = row![sign, text::strong(words).width(Fill)].push(chain).spacing(8).align_y(Center);
    let name = name.padding(iced::padding::right(8));
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
pub(super) fn readout<'a>(shown: Shown<'a>, state: &'a ChannelState, wanted: Intensity) -> Element<'a, Message> {
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
