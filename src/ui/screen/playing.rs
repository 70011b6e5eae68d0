//! Now playing: what every mode should do and what the massager confirmed, the time left, and what to do by hand.
//!
//! Here the person watches, holds a mode back with its ceiling, skips a step done by hand, and decides how to go on after
//! a lost link. Belongs here: how that is shown. The screen holds no state: everything is in the engine's.

mod done;
mod hand;
mod lane;
mod lanes;
mod lost;
mod program;
mod steps;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Instant;

use iced::widget::{Column, Row, column, container, row, rule, space};
use iced::{Center, Fill, Size};

use crate::care::Limits;
use crate::engine::{Activity, Connected, Link, Pause, State, Stretch};
use crate::i18n::Words;
use crate::intensity::Intensity;
use crate::mode::{Channel, Mode};
use crate::profile::Profile;
use crate::say;
use crate::storage::Ratings;
use crate::time::Time;
use crate::ui::icon::{self, Icon};
use crate::ui::shell::clock;
use crate::ui::theme::{self, Element, size, text};
use crate::ui::widget::chip;
use crate::ui::widget::{self, choice, scroll};
use crate::ui::words;

pub(in crate::ui) use done::scale;
pub use done::{Answers, Done, FIRST_ID, Message as AfterMessage};
pub(in crate::ui) use hand::Cue;
pub use hand::DONE_ID;
pub(crate) use lanes::mode_color;
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
    past: &'a Arc<Vec<Stretch>>,
    repeat: bool,
}

impl<'a> Playing<'a> {
    /// What plays at a time; nothing where no profile does.
    fn of(state: &'a State, now: Instant) -> Option<Self> {
        let Activity::Profile { profile, paused, record, past, repeat, .. } = &state.activity else { return None };
        let at = clock::position(state, now).unwrap_or_default();
        Some(Self { profile, at, paused: *paused, record, past, repeat: *repeat })
    }
}

/// What there is to hear now; nothing while nothing plays or all is paused.
pub(in crate::ui) fn cue(state: &State, now: Instant) -> Option<Cue> {
    Playing::of(state, now).filter(|playing| playing.paused.is_none()).and_then(hand::cue)
}

/// What a key alone means here: + and − how strong it is, H that it hurts; by hand N goes on and P goes back.
pub(in crate::ui) fn key(letter: char, shown: Shown<'_>) -> Option<Message> {
    let moves = match &shown.state.activity {
        Activity::Nothing => return None,
        Activity::Profile { .. } | Activity::ByHand => true,
        Activity::Program { .. } => false,
    };
    let place = Playing::of(shown.state, shown.now).and_then(hand::place);
    match (letter, place) {
        ('+', None) if moves && shown.state.strength < Intensity::FULL => Some(Message::Stronger),
        ('-', None) if moves && shown.state.strength > Limits::LEAST_STRENGTH => Some(Message::Softer),
        ('h', _) => Some(Message::ItHurts),
        ('n', Some(place)) if place.now => Some(Message::Step(StepTo::Skip(place.index))),
        ('p', Some(place)) if place.index > 0 => Some(Message::Step(StepTo::Back(place.index))),
        _ => None,
    }
}

/// The page.
pub fn view(shown: Shown<'_>) -> Element<'_, Message> {
    let w = shown.words;
    let content = match &shown.state.activity {
        Activity::Profile { .. } => match Playing::of(shown.state, shown.now) {
            Some(playing) => profile_page(shown, playing),
            None => space::vertical().into(),
        },
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
        Activity::Program { name, since } => program::view(shown, name, *since),
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
    let lanes = lanes::lanes(shown, playing);
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
            container(lanes::readout(shown, state, state.wanted)).width(132),
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
