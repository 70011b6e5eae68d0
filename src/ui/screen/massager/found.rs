//! The left side: Bluetooth's state, and the massagers in reach.

use iced::widget::{Column, Row, column, container, row};
use iced::{Center, Fill};

use super::{Message, World, link_id, trust_chip, without};
use crate::bluetooth::{MassagerId, RadioState};
use crate::engine::{Found, Link};
use crate::i18n::Words;
use crate::massager::{Advertisement, short_identifier};
use crate::say;
use crate::ui::icon::{self, Icon};
use crate::ui::theme::{self, Element, text};
use crate::ui::widget::{self, chip, choice, drawing, named};
use crate::ui::words::massager as words;

/// Whether Bluetooth works, what is being done with it, and which adapter is used.
pub(super) fn bluetooth<'a>(world: World<'a>, tried: bool) -> Element<'a, Message> {
    let w = world.words;
    let state = world.state;
    let near = state.found.iter().filter(|found| !found.id.is_simulated()).count();
    let line =
        |icon, words: String| -> Element<'a, Message> { container(chip::caption(icon, words)).padding([4, 0]).into() };
    let status = match &state.radio {
        RadioState::Starting if world.state.searching.is_none() => {
            line(Icon::Bluetooth, say!(w, "massager-not-searching"))
        }
        RadioState::Starting => line(Icon::Bluetooth, say!(w, "massager-starting")),
        RadioState::Ready(_) => {
            let (icon, search) = match state.searching {
                Some(since) => (
                    Icon::BluetoothSearching,
                    say!(w, "massager-searching", seconds = world.now.saturating_duration_since(since).as_secs()),
                ),
                None => (Icon::Bluetooth, say!(w, "massager-not-searching")),
            };
            line(icon, [say!(w, "massager-bluetooth-on"), search, say!(w, "massager-near", count = near)].join(" · "))
        }
        RadioState::Off | RadioState::Unavailable(_) => {
            without::cause(world, tried).unwrap_or_else(|| line(Icon::BluetoothOff, say!(w, "massager-no-bluetooth")))
        }
    };
    column![status].push(adapters(world)).spacing(8).into()
}

/// A choice only where there is one.
fn adapters<'a>(world: World<'a>) -> Option<Element<'a, Message>> {
    let w = world.words;
    let RadioState::Ready(chosen) = &world.state.radio else { return None };
    let adapters = &world.state.adapters;
    if adapters.len() < 2 {
        return None;
    }
    let choices: Vec<(usize, &str)> = adapters.iter().map(|adapter| adapter.name.as_str()).enumerate().collect();
    let current = adapters.iter().position(|adapter| adapter.id == chosen.id).unwrap_or(adapters.len());
    let choose =
        |index: usize| Message::Adapter(adapters.get(index).map(|adapter| adapter.id.clone()).unwrap_or_default());
    let segments = choice::segments(&choices, current, choose);
    Some(
        row![text::label(say!(w, "massager-adapter")), named(say!(w, "massager-adapter"), segments)]
            .spacing(12)
            .align_y(Center)
            .into(),
    )
}

/// The massagers to show: those in reach, the one in use also where it is out of reach, and always the simulated one.
fn all(world: World<'_>) -> Vec<Found> {
    let w = world.words;
    let mut all = world.state.found.clone();
    let mut add = |id: &MassagerId, name: &str| {
        if !all.iter().any(|found| found.id == *id) {
            all.push(Found {
                id: id.clone(),
                name: name.to_owned(),
                rssi: None,
                advertisement: Advertisement::default(),
                recognition: None,
                known: false,
            });
        }
    };
    match &world.state.link {
        Link::None => {}
        Link::Connecting { id, name, .. } => add(id, name),
        Link::Connected(connected) | Link::Lost { was: connected, .. } => add(&connected.id, &connected.name),
    }
    let simulated = say!(w, "massager-simulated-name");
    add(&MassagerId::simulated(), &simulated);
    // It has no name of its own: each language has one for it.
    for found in all.iter_mut().filter(|found| found.id.is_simulated()) {
        found.name.clone_from(&simulated);
    }
    all
}

/// The massagers in reach: recognised ones, the simulated one, and, when asked for, all others.
pub(super) fn list<'a>(world: World<'a>, others: bool, details: Option<&MassagerId>) -> Element<'a, Message> {
    let w = world.words;
    let linked = link_id(&world.state.link);
    let shown = |found: &Found| found.recognition.is_some() || found.known || Some(&found.id) == linked;
    let (simulated, real): (Vec<_>, Vec<_>) = all(world).into_iter().partition(|found| found.id.is_simulated());
    let (mut known, unknown): (Vec<_>, Vec<_>) = real.into_iter().partition(shown);
    // The likeliest first; among equals, the strongest is first already.
    known.sort_by_key(|found| likelihood(found, linked));
    let found_row = |found: &Found| found_row(world, found, details == Some(&found.id));
    let line = || Element::from(container(drawing::line()).padding([6, 8]));
    let mut rows: Vec<Element<'a, Message>> = known.iter().map(found_row).collect();
    if rows.is_empty() && matches!(world.state.radio, RadioState::Ready(_)) {
        let hint =
            row![icon::view(Icon::BluetoothSearching, 20.0), text::body(say!(w, "massager-nothing-found"))].spacing(12);
        rows.push(container(hint.align_y(Center)).padding(14).into());
    }
    for found in &simulated {
        if !rows.is_empty() {
            rows.push(line());
        }
        rows.push(found_row(found));
    }
    if !unknown.is_empty() {
        let (label, icon) =
            if others { (say!(w, "massager-hide"), Icon::X) } else { (say!(w, "massager-show"), Icon::Eye) };
        let toggle = widget::quiet(label).icon(icon).small().on_press(Message::Others(!others));
        let count = text::small(say!(w, "massager-others", count = unknown.len())).style(text::second).width(Fill);
        rows.push(line());
        rows.push(row![count, toggle].align_y(Center).padding(iced::padding::left(14).right(6)).into());
        if others {
            rows.extend(unknown.iter().map(found_row));
        }
    }
    let rows = Column::with_children(rows).spacing(2);
    // Without Bluetooth nothing else can be on the list.
    let hint = (!without::is_so(&world.state.radio))
        .then(|| container(chip::caption(Icon::Info, say!(w, "massager-not-on-the-list"))).padding([4, 0]));
    column![container(rows).padding(8).width(Fill).style(theme::container::card)].push(hint).spacing(8).into()
}

/// How likely it is that this is the person's massager: the smaller, the likelier.
fn likelihood(found: &Found, linked: Option<&MassagerId>) -> u8 {
    match &found.recognition {
        _ if Some(&found.id) == linked => 0,
        _ if found.known => 1,
        Some((recognition, _)) if recognition.certain => 2,
        Some(_) => 3,
        None => 4,
    }
}

/// One massager: its signal, its name, why it is listed, and what can be done.
fn found_row<'a>(world: World<'a>, found: &Found, open: bool) -> Element<'a, Message> {
    let w = world.words;
    let here = link_id(&world.state.link) == Some(&found.id);
    let signal: Element<'a, Message> = if found.id.is_simulated() {
        container(icon::view(Icon::Cpu, 22.0)).center_x(40).into()
    } else {
        let strength = found.rssi.map(|rssi| text::small(format!("−{}", rssi.unsigned_abs())).style(quiet(here)));
        let bars = column![drawing::signal(found.rssi)].push(strength).spacing(2).align_x(Center).width(40);
        match found.rssi {
            Some(rssi) => widget::tip(bars, words::signal(w, rssi)),
            None => bars.into(),
        }
    };
    let mut name = Row::new().spacing(8).align_y(Center).push(text::strong(found.name.clone()));
    if let Some((_, trust)) = found.recognition.as_ref().filter(|_| !found.id.is_simulated()) {
        name = name.push(trust_chip(w, *trust));
    }
    let (about, action) = about(world, found, here);
    let facts = column![name.wrap(), text::small(about).style(quiet(here))].spacing(3).width(Fill);
    let more = (!found.id.is_simulated()).then(|| {
        let icon = if open { Icon::ChevronDown } else { Icon::ChevronRight };
        let words = say!(w, "massager-details-of", name = &found.name);
        widget::icon_button(icon, words).small().on_press(Message::Details(found.id.clone()))
    });
    let head = row![signal, facts].push(action).push(more).spacing(8).align_y(Center);
    let content = column![head].push(open.then(|| details(w, found, quiet(here)))).spacing(8);
    let content = container(content).padding([10, 12]).width(Fill).center_y(iced::Length::Shrink);
    if here { content.style(theme::container::chosen).into() } else { content.into() }
}

/// What it says of itself, for whoever wants to know or makes a map.
fn details<'a>(
    w: &Words,
    found: &Found,
    style: fn(&theme::Theme) -> iced::widget::text::Style,
) -> Element<'a, Message> {
    let said = &found.advertisement;
    let line =
        |what: String, said: String| text::small(say!(w, "massager-detail", what = what, said = said)).style(style);
    let services = said.services.iter().map(|uuid| short_identifier(*uuid)).collect::<Vec<_>>();
    let nothing = || say!(w, "massager-detail-none");
    let mut lines = column![line(say!(w, "massager-detail-address"), found.id.to_string())].spacing(2);
    if let Some(rssi) = found.rssi {
        lines = lines.push(line(say!(w, "massager-detail-signal"), format!("−{} dBm", rssi.unsigned_abs())));
    }
    let services = if services.is_empty() { nothing() } else { services.join(", ") };
    lines = lines.push(line(say!(w, "massager-detail-services"), services));
    for (company, bytes) in &said.manufacturer_data {
        let bytes: Vec<String> = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
        let said = format!("{company:04X}: {}", bytes.join(" "));
        lines = lines.push(line(say!(w, "massager-detail-maker"), said));
    }
    container(lines).padding(iced::padding::left(52)).into()
}

fn quiet(here: bool) -> fn(&theme::Theme) -> iced::widget::text::Style {
    if here { text::on_soft } else { text::second }
}

/// The reason under a name, and the button beside it.
fn about<'a>(world: World<'a>, found: &Found, here: bool) -> (String, Option<Element<'a, Message>>) {
    let w = world.words;
    let small = |label, message| widget::second(label).small().on_press(message).into();
    if here {
        return match &world.state.link {
            Link::Connecting { attempt, doing, .. } => {
                (words::doing(w, doing, *attempt), Some(small(say!(w, "cancel"), Message::Disconnect)))
            }
            Link::Lost { .. } => (say!(w, "out-of-reach").to_owned(), None),
            Link::Connected(_) | Link::None => (words::connected(w, found), None),
        };
    }
    if world.state.aside.iter().any(|aside| aside.id == found.id) {
        let release =
            widget::quiet(say!(w, "massager-disconnect")).small().on_press(Message::Release(found.id.clone()));
        let take = small(say!(w, "massager-use"), Message::Connect(found.id.clone()));
        return (say!(w, "massager-aside").to_owned(), Some(row![release, take].spacing(4).into()));
    }
    if world.state.bond_lost.as_ref() == Some(&found.id) {
        return (
            say!(w, "massager-bond-lost").to_owned(),
            Some(small(say!(w, "massager-pair-again"), Message::Renew(found.id.clone()))),
        );
    }
    let connect = |label| Some(small(label, Message::Connect(found.id.clone())));
    match &found.recognition {
        _ if found.id.is_simulated() => {
            (say!(w, "massager-simulated").to_owned(), connect(say!(w, "massager-connect")))
        }
        Some((recognition, _)) if found.known => {
            (words::known(w, &recognition.why), connect(say!(w, "massager-connect")))
        }
        Some((recognition, _)) => (words::why(w, &recognition.why), connect(say!(w, "massager-connect"))),
        None if found.known => (say!(w, "massager-known").to_owned(), connect(say!(w, "massager-connect"))),
        None => (say!(w, "massager-not-recognised").to_owned(), connect(say!(w, "massager-choose-map"))),
    }
}
