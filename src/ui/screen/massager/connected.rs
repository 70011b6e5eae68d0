//! The right side: the connected massager, or what stands there without one.

use std::collections::BTreeMap;

use iced::widget::{Column, Row, column, container, row};
use iced::{Center, Fill};

use super::{Message, World, trust_chip};
use crate::bluetooth::MassagerId;
use crate::engine::{Activity, ChannelState, Connected, Doing, Link, State, Watched};
use crate::i18n::Words;
use crate::intensity::Intensity;
use crate::mode::Channel;
use crate::say;
use crate::time::Time;
use crate::ui::icon::{self, Icon};
use crate::ui::shell::clock;
use crate::ui::theme::{self, Element, text};
use crate::ui::widget::{self, chip, choice, drawing, named, slider};
use crate::ui::words::massager as words;

/// What is connected, being connected, lost, or nothing.
pub(super) fn card<'a>(world: World<'a>, by_hand: &'a BTreeMap<Channel, u16>) -> Element<'a, Message> {
    let w = world.words;
    let content = match &world.state.link {
        Link::None => none(w),
        Link::Connecting { name, attempt, doing, since, .. } => connecting(world, name, doing, *attempt, *since),
        Link::Connected(connected) => here(world, connected, by_hand),
        Link::Lost { was, .. } => lost(w, was),
    };
    container(content).padding([20, 24]).width(Fill).style(theme::container::card).into()
}

fn none<'a>(w: &Words) -> Element<'a, Message> {
    let simulated = Message::Connect(MassagerId::simulated());
    let action = widget::second(say!(w, "massager-try-simulated")).icon(Icon::Cpu).on_press(simulated);
    let content = chip::empty(icon::mark(96.0), say!(w, "massager-none"), say!(w, "massager-none-text"), action);
    container(content).center_x(Fill).height(420).into()
}

fn connecting<'a>(
    world: World<'a>,
    name: &'a str,
    doing: &Doing,
    attempt: u32,
    since: std::time::Instant,
) -> Element<'a, Message> {
    let w = world.words;
    let passed = world.now.saturating_duration_since(since).as_secs();
    let action = widget::second(say!(w, "cancel")).on_press(Message::Disconnect);
    let progress = words::doing(w, doing, attempt);
    let content = chip::empty(icon::mark(96.0), name, words::for_seconds(w, &progress, passed), action);
    container(content).center_x(Fill).height(420).into()
}

fn lost<'a>(w: &Words, was: &'a Connected) -> Element<'a, Message> {
    let head = row![
        chip::tile(Icon::Link2Off, 56.0, theme::container::tile_warn),
        column![text::title(&*was.name), text::small(say!(w, "out-of-reach")).style(text::second)]
            .spacing(2)
            .width(Fill),
        widget::second(say!(w, "massager-disconnect")).small().on_press(Message::Disconnect),
    ]
    .spacing(16)
    .align_y(Center);
    column![head, text::body(say!(w, "massager-lost-text"))].spacing(16).into()
}

fn here<'a>(world: World<'a>, connected: &'a Connected, by_hand: &'a BTreeMap<Channel, u16>) -> Element<'a, Message> {
    let w = world.words;
    let resting = !matches!(world.state.activity, Activity::Nothing | Activity::ByHand);
    let mut parts = Column::new().spacing(16).push(head(w, connected));
    if !connected.tried {
        parts = parts.push(first_time(w));
    }
    parts = parts.push(nets(w, connected));
    let left = Time::from(clock::session_left(world.state, world.now)).label();
    let note = match &world.state.activity {
        Activity::ByHand => chip::caption(Icon::Timer, say!(w, "massager-stops-in", left = &left)),
        _ if resting => text::small(say!(w, "massager-by-hand-rests")).style(text::second).into(),
        _ => iced::widget::space().into(),
    };
    let levels = connected.channels.iter().map(|channel| by_hand_row(w, channel, by_hand, world.state));
    let title = row![text::section(say!(w, "massager-by-hand")).width(Fill), note].align_y(Center);
    parts = parts.push(column![title].extend(levels).spacing(6));
    if !connected.map.programs.is_empty() {
        parts = parts.push(drawing::line()).push(programs(w, connected, world.state));
    }
    let known = world.known.massagers.get(&connected.id);
    let by_itself = known.is_some_and(|known| known.connect_by_itself);
    let switch = choice::toggle(by_itself, known.map(|_| Message::ByItself(!by_itself)));
    parts = parts.push(drawing::line());
    parts = parts.push(
        row![text::medium(say!(w, "massager-by-itself")).width(Fill), named(say!(w, "massager-by-itself"), switch)]
            .align_y(Center),
    );
    let forget = widget::quiet(say!(w, "massager-forget")).icon(Icon::Trash2).small().on_press(Message::Forget);
    let map = text::small(say!(w, "massager-map", name = &connected.map.name)).style(text::second).width(Fill);
    parts.push(row![map, forget].spacing(12).align_y(Center)).into()
}

fn head<'a>(w: &Words, connected: &'a Connected) -> Element<'a, Message> {
    let tile = container(icon::mark(38.0)).center(56).style(theme::container::tile_good);
    let name = row![text::title(&*connected.name), trust_chip(w, connected.map.trust)].spacing(8).align_y(Center);
    let link = match connected.rssi {
        Some(rssi) => say!(w, "massager-connected-with", signal = words::signal(w, rssi)),
        None => say!(w, "connected").to_owned(),
    };
    let mut facts = Row::new().spacing(16).push(chip::caption(Icon::BluetoothConnected, link));
    if let Some(battery) = connected.battery {
        facts = facts.push(chip::caption(chip::battery(battery), format!("{battery} %")));
    }
    if let Some(paired) = connected.paired {
        facts = facts.push(chip::caption(
            Icon::Link2,
            if paired { say!(w, "massager-paired") } else { say!(w, "massager-not-paired") },
        ));
    }
    let disconnect = widget::second(say!(w, "massager-disconnect")).small().on_press(Message::Disconnect);
    let names = column![name.wrap(), facts.wrap()].spacing(4).width(Fill);
    row![tile, names, disconnect].spacing(16).align_y(Center).into()
}

fn first_time<'a>(w: &Words) -> Element<'a, Message> {
    let content = row![
        icon::view(Icon::Hand, 20.0),
        column![text::strong(say!(w, "massager-first-time")), text::body(say!(w, "massager-first-time-text"))]
            .spacing(2)
            .width(Fill),
        widget::second(say!(w, "massager-felt-right")).small().on_press(Message::FeltRight),
    ]
    .spacing(12)
    .align_y(Center);
    container(content).padding([12, 16]).width(Fill).style(theme::container::caution).into()
}

/// What stops the massager when this computer cannot: a line for each net there is.
fn nets<'a>(w: &Words, connected: &'a Connected) -> Option<Element<'a, Message>> {
    let line = match &connected.watched {
        // It is simulated: nothing moves.
        Watched::NotNeeded => return None,
        Watched::Starting => None,
        Watched::ByWatchdog => Some(chip::caption(Icon::ShieldCheck, say!(w, "massager-watched"))),
        Watched::ByNobody(why) => {
            let words = words::unwatched(w, why);
            Some(chip::panel(theme::container::caution, Icon::TriangleAlert, words, None))
        }
    };
    let alone = chip::caption(Icon::Timer, words::left_alone(w, connected.map.left_alone));
    Some(Column::new().spacing(6).push(line).push(alone).into())
}

/// What is said of a mode beside its level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Note {
    /// It is off, and that is all.
    Nothing,
    /// A program chooses the level.
    Program,
    /// On its way up to what was chosen: the level now.
    Rising(u16),
    /// The overall strength makes this level of it, which the massager confirmed.
    Weakened(u16),
    /// The massager confirmed it.
    Confirmed,
    /// The massager did not confirm it yet.
    Sending,
}

/// What is true of a mode whose level was chosen by hand (or was not: `None`).
fn note(state: &ChannelState, by_hand: Option<u16>, strength: Intensity) -> Note {
    let (levels, wanted) = (state.levels, state.wanted_level);
    let goal = by_hand
        .map_or(wanted, |level| Intensity::of_level(level, levels).scaled(strength).level(levels, state.ceiling));
    match (wanted, state.confirmed_level) {
        _ if wanted < goal => Note::Rising(wanted),
        (0, None | Some(0)) => Note::Nothing,
        (wanted, confirmed) if confirmed != Some(wanted) => Note::Sending,
        _ if by_hand.is_some_and(|level| level > goal) => Note::Weakened(goal),
        (0, _) => Note::Nothing,
        _ => Note::Confirmed,
    }
}

fn by_hand_row<'a>(
    w: &Words,
    state: &'a ChannelState,
    by_hand: &'a BTreeMap<Channel, u16>,
    all: &State,
) -> Element<'a, Message> {
    let (channel, levels) = (state.channel, state.levels);
    let mode = channel.mode;
    let resting = !matches!(all.activity, Activity::Nothing | Activity::ByHand);
    // A program chooses its own levels; what the massager tells of them is all there is to know.
    let programmed = matches!(all.activity, Activity::Program { .. });
    let told = state.confirmed_level.filter(|level| programmed && *level > 0);
    let by_hand = by_hand.get(&channel).copied();
    let chosen = told.or(by_hand).unwrap_or(state.wanted_level);
    let tile = container(icon::mode(mode, 22.0)).center(36).style(theme::container::tile);
    let name = column![
        text::strong(w.channel(channel)),
        text::small(say!(w, "massager-levels", count = levels)).style(text::second)
    ]
    .width(144);
    let off = all.gates.why_off(mode);
    let slider = slider::level_slider(
        levels,
        chosen,
        state.ceiling.highest_level(levels),
        move |theme| theme.mode(mode),
        move |level| Message::ByHand(channel, level, levels),
    )
    .enabled(!resting && off.is_none());
    let slider = named(w.channel(channel), slider);
    let level = (!programmed || told.is_some()).then(|| text::strong(words::level(w, chosen)));
    let note = if programmed { Note::Program } else { note(state, by_hand, all.strength) };
    let below = |words: String| Some(text::small(words).style(text::second));
    let (beside, below): (Option<Element<'a, Message>>, _) = match (off, note) {
        (Some(answer), _) => (None, Some(text::small(crate::ui::words::health::off(w, answer)).style(text::warn))),
        (None, Note::Nothing) => (None, None),
        (None, Note::Program) => (None, below(say!(w, "massager-by-program").to_owned())),
        (None, Note::Rising(now)) => (None, below(say!(w, "massager-rising", level = now))),
        (None, Note::Weakened(level)) => {
            (None, below(say!(w, "massager-weakened", level = level, strength = all.strength)))
        }
        (None, Note::Confirmed) => (Some(chip::caption(Icon::Check, say!(w, "massager-confirmed"))), None),
        (None, Note::Sending) => (Some(chip::caption(Icon::Clock, say!(w, "massager-sending"))), None),
    };
    let level = Row::new().spacing(8).align_y(Center).push(level).push(beside);
    row![tile, name, slider, column![level].push(below).width(150)].spacing(14).align_y(Center).height(48).into()
}

fn programs<'a>(w: &Words, connected: &'a Connected, state: &State) -> Element<'a, Message> {
    let note = text::small(say!(w, "massager-programs-note")).style(text::second);
    let title = row![text::section(say!(w, "massager-programs")).width(Fill), note].align_y(Center);
    let cards = connected.map.programs.iter().map(|name| {
        let runs = matches!(&state.activity, Activity::Program { name: running, .. } if running == name);
        let button: Element<'a, Message> = if runs {
            widget::second(say!(w, "stop")).icon(Icon::Square).small().on_press(Message::Stop).into()
        } else {
            widget::icon_button(Icon::Play, say!(w, "massager-play", program = name))
                .small()
                .on_press(Message::Program(name.clone()))
                .into()
        };
        let title = if runs { text::strong(&**name) } else { text::medium(&**name) };
        let now = runs.then(|| text::small(say!(w, "massager-runs")).style(text::second));
        let sign = icon::view(if runs { Icon::Play } else { Icon::ListMusic }, 20.0);
        let sign = sign.color(if runs { |theme| theme.accent } else { |theme| theme.ink_2 });
        let content = row![sign, column![title].push(now).width(Fill), button].spacing(12).align_y(Center);
        let style = if runs { theme::container::advice } else { theme::container::card_quiet };
        container(content).padding([8, 12]).width(Fill).style(style).into()
    });
    let cards = iced::widget::Grid::with_children(cards).columns(2).spacing(10).height(iced::Shrink);
    column![title, cards].spacing(10).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mode::Mode;

    #[test]
    fn a_row_says_what_is_true_of_its_level() {
        let state = |wanted_level, confirmed_level| ChannelState {
            channel: Channel::both(Mode::Roller),
            levels: 20,
            asked: Intensity::ZERO,
            wanted: Intensity::ZERO,
            wanted_level,
            confirmed_level,
            sending_since: None,
            ceiling: Intensity::FULL,
        };
        let strength = Intensity::from_percent(40);
        let said = |wanted, confirmed, by_hand| note(&state(wanted, confirmed), by_hand, strength);
        assert_eq!(said(0, None, None), Note::Nothing);
        assert_eq!(said(0, Some(0), Some(0)), Note::Nothing);
        assert_eq!(said(0, Some(0), Some(15)), Note::Rising(0));
        assert_eq!(said(4, Some(4), Some(15)), Note::Rising(4), "6 of 20 is what 40 % make of 15");
        assert_eq!(said(6, Some(5), Some(15)), Note::Sending);
        assert_eq!(said(6, Some(6), Some(15)), Note::Weakened(6));
        assert_eq!(said(6, Some(6), None), Note::Confirmed);
        assert_eq!(said(0, Some(6), Some(0)), Note::Sending);
        assert_eq!(note(&state(15, Some(15)), Some(15), Intensity::FULL), Note::Confirmed);
    }
}
