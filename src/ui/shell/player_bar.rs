//! The player bar: the massager, play and pause, what plays, overall strength, and Stop; the same on every screen.
//!
//! Belongs here: how the bar shows the engine's state, and what it asks for. It holds no state of its own. Nothing ever
//! covers it, and Stop keeps its place and its size whatever else changes.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Instant;

use iced::widget::text::Wrapping;
use iced::widget::{Row, button, column, container, row, rule, space};
use iced::{Center, Fill};

use crate::care::Limits;
use crate::engine::{Activity, ChannelState, Connected, Link, State, shown_past};
use crate::i18n::Words;
use crate::intensity::Intensity;
use crate::profile::Profile;
use crate::say;
use crate::time::Time;
use crate::ui::draw::silhouette::silhouette;
use crate::ui::icon::{self, Icon};
use crate::ui::shell::clock;
use crate::ui::theme::{self, Element, size, text};
use crate::ui::widget::chip::{self, tile};
use crate::ui::widget::inert::inert;
use crate::ui::widget::slider::slider;
use crate::ui::widget::{choice, focusable, named, stop, tip};
use crate::ui::words;

/// What the bar asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// The screen Massager.
    OpenMassager,
    /// The screen Now playing.
    OpenPlaying,
    /// Plays what is chosen, pauses what plays, resumes what stands.
    PlayOrPause,
    /// Another place in the profile.
    Seek(Time),
    /// Another overall strength.
    Strength(Intensity),
    /// Stops everything, now.
    Stop,
}

/// What the bar shows.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    /// The engine's state.
    pub state: &'a State,
    /// The massager that Play waits for.
    pub waiting: Option<&'a str>,
    /// Whether Play would wait for one that is not connected.
    pub waits: bool,
    /// Where the profile that would be played was stopped, if Play goes on there.
    pub stopped_at: Option<Time>,
    /// The profile that would be played.
    pub chosen: Option<&'a Arc<Profile>>,
    /// The language of the window, and of profiles.
    pub words: &'a Words,
    /// The time.
    pub now: Instant,
    /// The width of the window, in logical pixels.
    pub width: f32,
    /// Whether nothing but Stop can be acted on: at the first start, and on the way out.
    pub still: bool,
}

impl Shown<'_> {
    fn narrow(self) -> bool {
        self.width < size::NARROW
    }

    /// Whether there is room for the massager's tile, Play, strength and Stop, and no more.
    fn tiny(self) -> bool {
        self.width < size::TINY
    }
}

/// What strength changes by at a time, in percent.
const STEP: u16 = 5;

/// The bar.
pub fn view(shown: Shown<'_>) -> Element<'_, Message> {
    let w = shown.words;
    let (gap, side, stop_width) = if shown.narrow() { (12.0, 12.0, 140.0) } else { (20.0, 16.0, 164.0) };
    let middle = if shown.tiny() { space::horizontal().into() } else { middle(shown) };
    let rest = row![
        massager(shown),
        row![play(shown), middle].spacing(if shown.narrow() { 12 } else { 16 }).align_y(Center).width(Fill),
        strength(shown),
    ]
    .spacing(gap)
    .align_y(Center);
    let stop = stop::stop(
        say!(w, "stop"),
        say!(w, "esc"),
        shown.state.can_stop() || shown.waiting.is_some(),
        stop_width,
        Message::Stop,
    );
    // Stop first gets its room; the others share what is left.
    let bar = row![container(inert(rest, shown.still)).width(Fill), stop].spacing(gap).align_y(Center);
    let bar = container(bar).padding([0.0, side]).center_y(Fill).width(Fill).style(theme::container::bar);
    column![rule::horizontal(1), bar].height(size::BAR).into()
}

/// The massager and its link; opens the screen Massager.
fn massager<'a>(shown: Shown<'a>) -> Element<'a, Message> {
    let w = shown.words;
    let narrow = shown.narrow();
    let fact = |words: String| Element::from(text::small(words).style(text::second));
    let (tile, name, fact): (_, Cow<'a, str>, _) = match &shown.state.link {
        Link::None => (
            tile(Icon::BluetoothOff, 44.0, theme::container::tile_warn),
            say!(w, "bar-no-massager").into(),
            fact(say!(w, "bar-choose-one")),
        ),
        Link::Connecting { name, .. } => (
            tile(Icon::BluetoothSearching, 44.0, theme::container::tile_good),
            Cow::from(name.as_str()),
            fact(say!(w, "bar-connecting")),
        ),
        Link::Connected(Connected { name, battery, .. }) => {
            let mut facts = Row::new().spacing(6).align_y(Center);
            if !narrow || battery.is_none() {
                facts = facts.push(fact(say!(w, "connected")));
            }
            if let Some(charge) = *battery {
                let dot = (!narrow).then(|| fact("·".to_owned()));
                facts = facts.push(dot).push(chip::caption(chip::battery(charge), format!("{charge} %")));
            }
            (tile(Icon::BluetoothConnected, 44.0, theme::container::tile_good), Cow::from(name.as_str()), facts.into())
        }
        Link::Lost { was, .. } => (
            tile(Icon::Link2Off, 44.0, theme::container::tile_warn),
            Cow::from(was.name.as_str()),
            fact(say!(w, "out-of-reach")),
        ),
    };
    let (width, padding, spacing, room) = if narrow { (184.0, 4.0, 8.0, 14) } else { (252.0, 12.0, 12.0, 20) };
    let (width, padding) = if shown.tiny() { (56.0, 6.0) } else { (width, padding) };
    let short = words::shortened(&name, room);
    let cut = shown.tiny() || short != name;
    let title = text::strong(short).style(text::first).wrapping(Wrapping::None);
    let names = (!shown.tiny()).then(|| column![title, fact].spacing(2));
    let content = row![tile].push(names).spacing(spacing).align_y(Center);
    let target = button(container(content).center_y(Fill))
        .width(width)
        .height(60)
        .padding([0.0, padding])
        .style(theme::button::nav(false))
        .on_press(Message::OpenMassager);
    let target = focusable(target).on_press(Message::OpenMassager).corner(theme::radius::CARD);
    if cut { tip(target, name) } else { target.into() }
}

/// Play and pause, round.
fn play(shown: Shown<'_>) -> Element<'_, Message> {
    let w = shown.words;
    let connected = matches!(shown.state.link, Link::Connected(_));
    let startable = match (connected, shown.chosen) {
        (_, None) => Err(say!(w, "bar-choose-first")),
        (false, Some(profile)) if !shown.waits && !profile.tracks.is_empty() => Err(say!(w, "bar-connect-first")),
        (_, Some(_)) => Ok(()),
    };
    let (icon, words, allowed) = match &shown.state.activity {
        Activity::Nothing if shown.waiting.is_some() => (Icon::Clock, say!(w, "bar-waits-no-more"), Ok(())),
        Activity::Nothing | Activity::ByHand => (Icon::Play, say!(w, "play"), startable),
        Activity::Program { .. } => (Icon::Pause, say!(w, "pause"), Err(say!(w, "bar-no-pause"))),
        Activity::Profile { paused: None, .. } => (Icon::Pause, say!(w, "pause"), Ok(())),
        Activity::Profile { paused: Some(_), .. } if connected => (Icon::Play, say!(w, "resume"), Ok(())),
        Activity::Profile { paused: Some(_), .. } => (Icon::Play, say!(w, "resume"), Err(say!(w, "bar-waiting"))),
    };
    let target = button(container(icon::view(icon, 24.0)).center(Fill))
        .width(52)
        .height(52)
        .padding(0)
        .style(theme::button::round)
        .on_press_maybe(allowed.is_ok().then_some(Message::PlayOrPause));
    let target = focusable(target).id(PLAY_ID).enabled(allowed.is_ok()).on_press(Message::PlayOrPause).corner(26.0);
    tip(target, allowed.err().unwrap_or(words))
}

/// The name of the play button, to find it and to put focus there.
pub const PLAY_ID: &str = "play";

/// What plays, how far it is, and its outline.
fn middle<'a>(shown: Shown<'a>) -> Element<'a, Message> {
    let w = shown.words;
    let Shown { state, now, .. } = shown;
    let left = || say!(w, "bar-stops-in", left = clock::session_left(state, now));
    let left_today = state.limits.day.saturating_sub(clock::massaged_today(state, now));
    let line = |words: String| Element::from(text::small(words).style(text::second).wrapping(Wrapping::None));
    let name = |profile: &'a Profile| profile.name.in_language(shown.words.code());
    match &state.activity {
        Activity::Nothing => match shown.chosen {
            None => lines(shown, &say!(w, "bar-nothing"), None, None, line(say!(w, "bar-choose-a-profile"))),
            Some(profile) => {
                let outline =
                    silhouette(Arc::clone(profile), shown.stopped_at, Vec::new(), None::<fn(Time) -> Message>);
                // What the day's limit leaves is said before, where it is less than the profile.
                let short = !profile.tracks.is_empty() && left_today < profile.length.as_duration();
                let ready = if let Some(massager) = shown.waiting {
                    say!(w, "bar-waits", massager = &words::shortened(massager, 20))
                } else if short {
                    say!(w, "day-left", left = left_today)
                } else if let Some(at) = shown.stopped_at {
                    say!(w, "bar-stopped-at", at = at)
                } else {
                    say!(w, "bar-ready")
                };
                lines(shown, name(profile), Some(ready), Some(profile.length.label()), outline)
            }
        },
        Activity::ByHand => {
            let what = by_hand(w, state);
            lines(shown, &say!(w, "bar-by-hand"), what, Some(left()), line(say!(w, "bar-curves-instead")))
        }
        Activity::Program { name, .. } => {
            lines(shown, name, Some(say!(w, "bar-inside")), Some(left()), line(say!(w, "bar-no-pause")))
        }
        Activity::Profile { profile, paused, repeat, past, .. } => {
            let at = clock::position(state, now).unwrap_or_default();
            let begun = profile.steps.partition_point(|step| step.from <= at);
            let in_step = begun.checked_sub(1).is_some_and(|index| at < profile.steps[index].to);
            let doing = match paused {
                Some(_) => Some(say!(w, "bar-paused").to_owned()),
                None if in_step => Some(say!(w, "bar-step", index = begun, of = profile.steps.len())),
                None => repeat.then(|| say!(w, "bar-repeats").to_owned()),
            };
            let times = say!(w, "bar-times", at = at, left = clock::left(profile.length, at));
            let played = shown_past(past, at).into_iter().map(|(from, to, _)| (from, to)).collect();
            let outline = silhouette(Arc::clone(profile), Some(at), played, Some(Message::Seek));
            let outline = named(say!(w, "bar-place", at = at), outline);
            lines(shown, name(profile), doing, Some(times), outline)
        }
    }
}

/// The title with what it does, times at the right, and what stands below.
fn lines<'a>(
    shown: Shown<'a>,
    title: &str,
    doing: Option<String>,
    times: Option<String>,
    below: Element<'a, Message>,
) -> Element<'a, Message> {
    let w = shown.words;
    let narrow = shown.narrow();
    let room: usize = if narrow { 24 } else { 40 };
    let doing = doing.filter(|_| !narrow).map(|doing| {
        let room = room.saturating_sub(title.chars().count()).max(12) + 8;
        text::body(words::shortened(&format!("· {doing}"), room)).style(text::second).wrapping(Wrapping::None)
    });
    let name = text::strong(words::shortened(title, room)).wrapping(Wrapping::None);
    let words = row![name].push(doing).spacing(4);
    let opens = !matches!(shown.state.activity, Activity::Nothing) || shown.stopped_at.is_some();
    let target = button(words)
        .padding(0)
        .style(|theme, status| button::Style {
            text_color: if status == button::Status::Hovered { theme.accent } else { theme.ink },
            ..button::Style::default()
        })
        .on_press_maybe(opens.then_some(Message::OpenPlaying));
    let target = focusable(target).enabled(opens).on_press(Message::OpenPlaying).corner(theme::radius::FLAG);
    let target = if opens { tip(target, say!(w, "bar-open")) } else { target.into() };
    let today = times.is_some().then(|| today(shown));
    let times = times.map(|times| text::label(times).style(text::second).wrapping(Wrapping::None));
    let head = row![container(target).clip(true).width(Fill)].push(today).push(times).spacing(12).align_y(Center);
    column![head, below].spacing(4).width(Fill).into()
}

/// Massage time today against the day's limit.
fn today(shown: Shown<'_>) -> Element<'_, Message> {
    let w = shown.words;
    let (massaged, limit) = (clock::massaged_today(shown.state, shown.now), shown.state.limits.day);
    let (of, most) = (crate::ui::words::minutes(massaged), crate::ui::words::minutes(limit));
    let minutes = match shown.narrow() {
        true => say!(w, "day-today-short", massaged = of, limit = most),
        false => say!(w, "day-today", massaged = of, limit = most),
    };
    let style = if massaged >= limit { text::warn } else { text::second };
    let minutes = text::label(minutes).style(style).wrapping(Wrapping::None);
    tip(
        minutes,
        say!(
            w,
            "day-today-long",
            massaged = crate::ui::words::minutes(massaged),
            limit = crate::ui::words::minutes(limit)
        ),
    )
}

/// What is set by hand: `roller 2, vibration 1`.
fn by_hand(w: &Words, state: &State) -> Option<String> {
    let Link::Connected(massager) = &state.link else { return None };
    let moving: Vec<_> = massager.channels.iter().filter(|channel| channel.wanted_level > 0).collect();
    // Feet on the same level are named once.
    let same = |one: &ChannelState, other: &ChannelState| {
        one.channel.mode == other.channel.mode && one.wanted_level == other.wanted_level
    };
    let set: Vec<String> = moving
        .chunk_by(|one, other| same(one, other))
        .filter_map(|feet| {
            let first = feet.first()?;
            let what = match feet.len() {
                1 => w.channel_inside(first.channel),
                _ => w.mode_inside(first.channel.mode),
            };
            Some(format!("{what} {}", first.wanted_level))
        })
        .collect();
    (!set.is_empty()).then(|| set.join(", "))
}

/// Overall strength: a slider, or − value + where there is little room.
fn strength(shown: Shown<'_>) -> Element<'_, Message> {
    let w = shown.words;
    let strength = shown.state.strength;
    let percent = (strength.percent().round() as u16).max(10);
    let least = Limits::LEAST_STRENGTH.percent() as u16;
    let message = |percent: u16| Message::Strength(Intensity::from_percent(percent));
    let label = |words| text::small(words).style(text::second);
    if shown.narrow() {
        let less = (percent > least).then(|| message(percent.saturating_sub(STEP).max(least)));
        let more = (percent < 100).then(|| message((percent + STEP).min(100)));
        let stepper = choice::stepper(w.percent(strength), less, more);
        return column![label(say!(w, "bar-strength-short")), named(say!(w, "bar-strength"), stepper)]
            .width(132)
            .into();
    }
    let head =
        row![label(say!(w, "bar-strength")), space::horizontal(), text::strong(w.percent(strength))].align_y(Center);
    let slider = slider(least..=100, percent, STEP, message).id(STRENGTH_ID);
    column![head, named(say!(w, "bar-strength"), slider)].spacing(2).width(208).into()
}

/// The name of the strength slider.
pub const STRENGTH_ID: &str = "strength";
