//! The right side: the connected massager, or what stands there without one.

use std::sync::Arc;

use iced::widget::{Column, Row, column, container, row};
use iced::{Center, Fill};

use super::by_hand::{self, ByHand};
use super::{Message, World, trust_chip};
use crate::bluetooth::MassagerId;
use crate::engine::{Activity, Connected, Doing, Link, State};
use crate::i18n::Words;
use crate::profile::Profile;
use crate::say;
use crate::time::Time;
use crate::ui::draw::silhouette;
use crate::ui::icon::{self, Icon};
use crate::ui::screen::profiles;
use crate::ui::theme::{self, Element, text};
use crate::ui::widget::{self, chip, drawing};
use crate::ui::words::{massager as words, profiles as profile_words};

/// What is connected, being connected, lost, or nothing.
pub(super) fn card<'a>(world: World<'a>, by_hand: &ByHand) -> Element<'a, Message> {
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

fn here<'a>(world: World<'a>, connected: &'a Connected, by_hand: &ByHand) -> Element<'a, Message> {
    let w = world.words;
    let mut parts = Column::new().spacing(16).push(head(w, connected));
    if !connected.tried {
        parts = parts.push(first_time(w));
    }
    parts = parts.push(next_step(world, connected)).push(by_hand::view(world, connected, by_hand));
    if !connected.map.programs.is_empty() {
        parts = parts.push(drawing::line()).push(programs(w, connected, world.state));
    }
    let forget = widget::quiet(say!(w, "massager-forget")).icon(Icon::Trash2).small().on_press(Message::Forget);
    let map = text::small(say!(w, "massager-map", name = &connected.map.name)).style(text::second).width(Fill);
    parts.push(drawing::line()).push(row![map, forget].spacing(12).align_y(Center)).into()
}

/// What to do now that it is connected: the profile that is ready, and Play. While something plays, there is none.
fn next_step<'a>(world: World<'a>, connected: &'a Connected) -> Option<Element<'a, Message>> {
    let w = world.words;
    let by_hand = match world.state.activity {
        Activity::Nothing => false,
        Activity::ByHand => true,
        Activity::Profile { .. } | Activity::Program { .. } => return None,
    };
    let fits = |profile: &&Arc<Profile>| profiles::fit(profile, connected) != profiles::Fit::Not;
    let Some(profile) = world.ready.filter(fits) else {
        let draw = widget::second(say!(w, "massager-next-draw")).icon(Icon::Pencil).small().on_press(Message::Draw);
        let words = say!(w, "massager-next-none");
        return Some(chip::panel(theme::container::advice, Icon::ListMusic, words, Some(draw.into())));
    };
    let name = profile.name.in_language(w.code());
    let strength = w.percent(world.state.strength);
    let time = profile.length.label();
    let about = match profile_words::strength(w, profile) {
        Some((_, drawn)) => say!(w, "massager-next-about", time = &time, drawn = drawn, strength = &strength),
        None => say!(w, "massager-next-about-by-hand", time = &time),
    };
    let names = column![
        text::section(say!(w, "massager-next", profile = name)).style(text::on_soft),
        text::small(about).style(text::on_soft),
    ]
    .spacing(2)
    .width(Fill);
    // By hand moves already: what would come instead is not the page's one action.
    let play = if by_hand { widget::second(say!(w, "play")) } else { widget::main(say!(w, "play")) };
    let play = play.icon(Icon::Play).tall().id(super::PLAY).on_press(Message::Play);
    let outline = (!world.narrow).then(|| {
        let outline = silhouette::silhouette(Arc::clone(profile), None, Vec::new(), None::<fn(Time) -> Message>);
        container(outline).width(200)
    });
    let content = Row::new().spacing(16).align_y(Center).push(names).push(outline).push(play);
    Some(container(content).padding([12, 16]).width(Fill).style(theme::container::next).into())
}

fn head<'a>(w: &Words, connected: &'a Connected) -> Element<'a, Message> {
    let tile = container(icon::mark(38.0)).center(56).style(theme::container::tile_good);
    let name = row![text::title(&*connected.name), trust_chip(w, connected.map.trust)].spacing(8).align_y(Center);
    let link = match connected.rssi.filter(|_| !connected.id.is_simulated()) {
        Some(rssi) => say!(w, "massager-connected-with", signal = words::signal(w, rssi)),
        None => say!(w, "connected").to_owned(),
    };
    let sign = if connected.id.is_simulated() { Icon::Cpu } else { Icon::BluetoothConnected };
    let mut facts = Row::new().spacing(16).push(chip::caption(sign, link));
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
