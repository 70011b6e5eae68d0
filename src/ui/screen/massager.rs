//! The screen Massager: finding one, connecting, and what can be done with it.
//!
//! Here the person searches, chooses an adapter, connects and lets go, sets modes by hand, runs the massager's own
//! programs, and says that a new map felt right.

mod by_hand;
mod connected;
mod found;
mod nets;
mod without;

use std::sync::Arc;
use std::time::Instant;

use iced::widget::{Column, column, container, row};
use iced::{Center, Fill, padding};

use crate::bluetooth::MassagerId;
use crate::engine::{Activity, Command, Found, Link, State};
use crate::i18n::Words;
use crate::massager::{DeviceMap, Trust};
use crate::mode::{Channel, Mode};
use crate::profile::Profile;
use crate::say;
use crate::storage::KnownMassagers;
use crate::ui::icon::Icon;
use crate::ui::shell::dialog::{Dialog, Wish};
use crate::ui::theme::{self, Element, text};
use crate::ui::widget::chip::{Tone, chip};

use crate::ui::widget::{self, choice, named, scroll, scrolled, tip};
use crate::ui::words::massager as words;

/// What the screen itself remembers.
#[derive(Debug, Default)]
pub(in crate::ui) struct Massager {
    /// Whether massagers that no map fits are listed.
    others: bool,
    /// The levels set by hand.
    by_hand: by_hand::ByHand,
    /// Whose details are shown.
    details: Option<MassagerId>,
    /// Whether a narrow window shows every net.
    nets: bool,
    /// Whether Bluetooth was looked for again since it was found missing.
    again: bool,
}

/// The page, so that it can be scrolled.
pub(in crate::ui) const PAGE: &str = "massager page";
/// The button Play of the next step, so that the focus can be put there.
pub(in crate::ui) const PLAY: &str = "massager-play";

/// What the person does here.
#[derive(Debug, Clone)]
pub enum Message {
    /// Starts or stops searching.
    Search(bool),
    /// Uses another adapter.
    Adapter(String),
    /// Connects to a found massager.
    Connect(MassagerId),
    /// Gives up connecting, or disconnects.
    Disconnect,
    /// Stops everything, now.
    Stop,
    /// Ends the connection to a massager that is not in use.
    Release(MassagerId),
    /// Pairs anew with a massager that has forgotten this computer.
    Renew(MassagerId),
    /// Asks to forget the connected massager.
    Forget,
    /// Shows or hides what no map fits.
    Others(bool),
    /// Shows, or hides, what a massager says of itself.
    Details(MassagerId),
    /// Shows or hides the nets of a narrow window.
    ShowNets(bool),
    /// The page was scrolled down so far, in pixels.
    Scrolled(f32),
    /// Looks for Bluetooth again.
    Again,
    /// Switches Bluetooth on.
    SwitchOn,
    /// Puts a command for the terminal onto the clipboard.
    Copy(String),
    /// Shows the profiles that work without a massager.
    ShowByHand,
    /// Plays the profile that is ready.
    Play,
    /// Begins a profile of one's own.
    Draw,
    /// Sets a mode to a level, of so many, on these feet.
    ByHand(Vec<Channel>, u16, u16),
    /// Joins the feet of a mode, or takes them apart.
    Join(Mode, bool),
    /// Runs one of the massager's own programs.
    Program(String),
    /// The map felt right.
    FeltRight,
    /// Connects by itself from now on, or no longer.
    ByItself(bool),
}

/// What only the app can do.
#[derive(Debug)]
pub(in crate::ui) enum Action {
    /// Nothing.
    None,
    /// Orders for the engine.
    Send(Command),
    /// What makes the massager move.
    Begin(Wish),
    /// The stop was ordered: put away what is open.
    PutAway,
    /// The person lets go of this massager.
    LetGo(MassagerId),
    /// A question first.
    Ask(Dialog),
    /// The page is to be found again at this place.
    Scrolled(f32),
    /// Play what is ready.
    Play,
    /// Begin a new profile.
    Draw,
    /// Show the profiles that work without a massager.
    ShowByHand,
    /// Put this onto the clipboard.
    Copy(String),
    /// Keep that this massager is to be connected by itself, or not.
    ByItself(MassagerId, bool),
}

/// What the screen looks at.
#[derive(Clone, Copy)]
pub(in crate::ui) struct World<'a> {
    /// The language of the window.
    pub(in crate::ui) words: &'a Words,
    pub(in crate::ui) state: &'a State,
    pub(in crate::ui) known: &'a KnownMassagers,
    /// The profile that Play would play.
    pub(in crate::ui) ready: Option<&'a Arc<Profile>>,
    pub(in crate::ui) now: Instant,
    pub(in crate::ui) narrow: bool,
}

impl Massager {
    /// Lets something happen.
    pub(in crate::ui) fn update(&mut self, message: Message, state: &State, maps: &[Arc<DeviceMap>]) -> Action {
        match message {
            Message::Search(on) => Action::Send(Command::Search(on)),
            Message::Adapter(id) => Action::Send(Command::ChooseAdapter(id)),
            Message::Connect(id) if id.is_simulated() => Action::Send(Command::Connect(id, None)),
            Message::Connect(id) => connect(state.found.iter().find(|found| found.id == id), maps),
            Message::Release(id) => Action::Send(Command::Release(id)),
            Message::Renew(id) => Action::Send(Command::Renew(id)),
            Message::Disconnect => match link_id(&state.link) {
                Some(id) => Action::LetGo(id.clone()),
                None => Action::None,
            },
            Message::Forget => match &state.link {
                Link::Connected(connected) | Link::Lost { was: connected, .. } => {
                    Action::Ask(Dialog::Forget { id: connected.id.clone(), name: connected.name.clone() })
                }
                Link::None | Link::Connecting { .. } => Action::None,
            },
            Message::Others(others) => {
                self.others = others;
                Action::None
            }
            Message::Details(id) => {
                self.details = if self.details.as_ref() == Some(&id) { None } else { Some(id) };
                Action::None
            }
            Message::ShowNets(nets) => {
                self.nets = nets;
                Action::None
            }
            Message::Again => {
                self.again = true;
                Action::Send(Command::Search(true))
            }
            Message::SwitchOn => {
                self.again = true;
                Action::Send(Command::SwitchOn)
            }
            Message::Copy(text) => Action::Copy(text),
            Message::ShowByHand => Action::ShowByHand,
            Message::Scrolled(to) => Action::Scrolled(to),
            Message::Play => Action::Play,
            Message::Draw => Action::Draw,
            Message::ByHand(feet, level, levels) => {
                Action::Begin(Wish::ByHand(self.by_hand.choose(&feet, level, levels)))
            }
            Message::Join(mode, joined) => {
                let Link::Connected(connected) = &state.link else { return Action::None };
                match self.by_hand.join(mode, joined, &connected.channels) {
                    lower if lower.is_empty() => Action::None,
                    lower => Action::Begin(Wish::ByHand(lower)),
                }
            }
            Message::Program(name) => Action::Begin(Wish::Program(name)),
            Message::Stop => Action::PutAway,
            Message::FeltRight => Action::Send(Command::MarkTried),
            Message::ByItself(on) => match link_id(&state.link) {
                Some(id) => Action::ByItself(id.clone(), on),
                None => Action::None,
            },
        }
    }

    /// What the engine tells may end what was set by hand.
    pub(in crate::ui) fn heed(&mut self, state: &State) {
        if !matches!(state.activity, Activity::ByHand) {
            self.by_hand.forget();
        }
        if !without::is_so(&state.radio) {
            self.again = false;
        }
    }

    /// Where the focus belongs on this page: on what is to be done next.
    pub(in crate::ui) fn focus(state: &State) -> Option<&'static str> {
        match &state.link {
            Link::Connected(_) => Some(PLAY),
            Link::None if without::is_so(&state.radio) => Some(without::AGAIN),
            Link::None | Link::Connecting { .. } | Link::Lost { .. } => None,
        }
    }

    /// The screen.
    pub(in crate::ui) fn view<'a>(&'a self, world: World<'a>) -> Element<'a, Message> {
        let w = world.words;
        let linked = !matches!(world.state.link, Link::None);
        if !linked && without::is_so(&world.state.radio) {
            return without::view(world, self.again);
        }
        let title = row![text::page(say!(w, "massager")).width(Fill)]
            .push((!without::is_so(&world.state.radio)).then(|| search_button(w, world.state)))
            .spacing(12)
            .align_y(Center)
            .height(44);
        let list = column![found::bluetooth(world, self.again), found::list(world, self.others, self.details.as_ref())]
            .spacing(8);
        let card = connected::card(world, &self.by_hand);
        let nets = match &world.state.link {
            Link::Connected(connected) => nets::view(world, connected, self.nets),
            Link::None | Link::Connecting { .. } | Link::Lost { .. } => None,
        };
        if world.narrow {
            let parts = Column::new().spacing(16).padding(padding::all(20).top(16)).push(title);
            // What is connected comes first, where there is room for one thing only.
            let parts = match linked {
                true => parts.push(card).push(nets).push(by_itself(world)).push(list),
                false => parts.push(list).push(card),
            };
            let page = scroll(parts).id(PAGE).on_scroll(|seen| Message::Scrolled(scrolled(seen)));
            return page.width(Fill).height(Fill).into();
        }
        let left = column![title, list].push(by_itself(world)).push(nets).spacing(16);
        let width = if linked { 420 } else { 510 };
        let left =
            scroll(container(left).padding(padding::top(24).bottom(20).left(6).right(12))).width(width).height(Fill);
        let right = scroll(container(card).padding(padding::top(24).bottom(20).left(6).right(16)))
            .id(PAGE)
            .on_scroll(|seen| Message::Scrolled(scrolled(seen)))
            .width(Fill)
            .height(Fill);
        row![left, right].spacing(6).padding(padding::left(26).right(16)).height(Fill).into()
    }
}

/// Whether the massager in use is connected by itself when it is near; nothing before it is known.
fn by_itself<'a>(world: World<'a>) -> Option<Element<'a, Message>> {
    let w = world.words;
    let known = world.known.massagers.get(link_id(&world.state.link)?)?;
    let on = known.connect_by_itself;
    let words = column![
        text::medium(say!(w, "massager-by-itself")),
        text::small(say!(w, "massager-by-itself-means")).style(text::second),
    ]
    .width(Fill);
    let switch = named(say!(w, "massager-by-itself"), choice::toggle(on, Some(Message::ByItself(!on))));
    let content = row![words, switch].spacing(12).align_y(Center);
    Some(container(content).padding(16).width(Fill).style(theme::container::card_quiet).into())
}

/// The massager that is connected, is being connected, or was lost.
fn link_id(link: &Link) -> Option<&MassagerId> {
    match link {
        Link::None => None,
        Link::Connecting { id, .. } => Some(id),
        Link::Connected(connected) | Link::Lost { was: connected, .. } => Some(&connected.id),
    }
}

/// Connects at once where it is certain what the massager is, or the person said so before; else asks first.
fn connect(found: Option<&Found>, maps: &[Arc<DeviceMap>]) -> Action {
    let Some(found) = found else { return Action::None };
    let certain = found.recognition.as_ref().is_some_and(|(recognition, _)| recognition.certain);
    if certain || found.known {
        return Action::Send(Command::Connect(found.id.clone(), None));
    }
    let recognised = found.recognition.as_ref().map(|(recognition, _)| recognition.map.as_str());
    let mut maps = maps.to_vec();
    maps.sort_by(|one, other| {
        let last = |map: &DeviceMap| recognised != Some(map.id.as_str());
        (last(one), &one.name).cmp(&(last(other), &other.name))
    });
    let first = maps.first().is_some_and(|map| recognised == Some(map.id.as_str()));
    Action::Ask(Dialog::Map {
        id: found.id.clone(),
        name: found.name.clone(),
        recognised: recognised.is_some(),
        maps,
        chosen: first.then_some(0),
    })
}

fn search_button<'a>(w: &Words, state: &State) -> Element<'a, Message> {
    match state.searching {
        Some(_) => {
            widget::second(say!(w, "massager-pause-search")).icon(Icon::Pause).small().on_press(Message::Search(false))
        }
        None => widget::second(say!(w, "massager-search")).icon(Icon::Search).small().on_press(Message::Search(true)),
    }
    .into()
}

/// How much is known about a map, with what that means under the pointer.
pub(in crate::ui) fn trust_chip<'a, Message: 'a>(w: &Words, trust: Trust) -> Element<'a, Message> {
    let (tone, icon) = match trust {
        Trust::Verified => (Tone::Good, Icon::BadgeCheck),
        Trust::Reported => (Tone::Info, Icon::Users),
        Trust::Untested => (Tone::Warn, Icon::FlaskConical),
    };
    tip(chip(tone, icon, words::trust(w, trust)), words::trust_means(w, trust))
}
