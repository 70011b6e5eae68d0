//! Questions over the page. The player bar with Stop stays free; Esc stops everything and closes the question with the
//! answer that changes nothing.
//!
//! Belongs here: [`Dialog`], what it asks and what was answered. Who asks, and what then happens, is the app's business.

mod day;
mod hurts;
mod instead;
pub(in crate::ui) mod recovered;

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use iced::widget::{Column, Row, column, container, row};
use iced::{Center, Fill};

use crate::bluetooth::MassagerId;
use crate::engine::{Pairing, PairingAnswer, PairingQuestion};
use crate::i18n::Words;
use crate::massager::DeviceMap;
use crate::mode::Mode;
use crate::profile::Profile;
use crate::say;
use crate::time::Time;
use crate::ui::icon::Icon;
use crate::ui::theme::{self, Element, text};
use crate::ui::widget::{self, chip, choice, dialog, focusable, named};
use crate::ui::words;

pub(in crate::ui) use day::Wish;
pub(in crate::ui) use hurts::Hurts;
pub(in crate::ui) use instead::Instead;

/// The button that the focus starts on: the safe answer.
pub(in crate::ui) const SAFE: &str = "safe answer";
/// The field that the focus starts on, where there is one.
pub(in crate::ui) const FIELD: &str = "dialog field";

/// A question to the person.
#[derive(Debug)]
pub(in crate::ui) enum Dialog {
    /// Which device map does this massager speak?
    Map {
        /// The massager.
        id: MassagerId,
        /// Its name.
        name: String,
        /// Whether a map was recognised, without certainty.
        recognised: bool,
        /// The maps to choose from, the recognised one first.
        maps: Vec<Arc<DeviceMap>>,
        /// The chosen one.
        chosen: Option<usize>,
    },
    /// May this map write where other massagers update their firmware?
    Firmware {
        /// The massager.
        id: MassagerId,
        /// The map.
        map: Arc<DeviceMap>,
    },
    /// The massager asks something while pairing.
    Pairing {
        /// What, and where the answer goes.
        pairing: Pairing,
        /// What the person typed.
        typed: String,
    },
    /// The massager lacks modes: play the rest?
    Rest {
        /// What to play.
        profile: Arc<Profile>,
        /// Its id.
        id: String,
        /// From where.
        from: Time,
        /// What it is called.
        name: String,
        /// The massager's name.
        massager: String,
        /// What it lacks.
        missing: Vec<Mode>,
    },
    /// Go past the day's limit?
    Day {
        /// What for.
        wish: Wish,
        /// Massage time today.
        massaged: Duration,
        /// The day's limit.
        limit: Duration,
    },
    /// Play this instead of what plays?
    Instead(Instead),
    /// How much does it hurt?
    Hurts(Hurts),
    /// A new name for a profile.
    Rename {
        /// The profile's id.
        id: String,
        /// The name as typed.
        name: String,
    },
    /// Stars and notes for a profile.
    Notes {
        /// The profile's id.
        id: String,
        /// What it is called.
        name: String,
        /// Stars, 0 to 5.
        stars: u8,
        /// The words.
        note: String,
    },
    /// Save before leaving the editor?
    Leave {
        /// What the profile is called.
        name: String,
    },
    /// The edited file changed on disk meanwhile.
    Changed,
    /// Unsaved work of an earlier run: open it?
    Recovered(recovered::Offer),
    /// Gestures and keys of the editor.
    Help,
    /// Connect a massager by itself from now on?
    ByItself {
        /// Which.
        id: MassagerId,
        /// Its name.
        name: String,
    },
    /// Forget a massager?
    Forget {
        /// Which.
        id: MassagerId,
        /// Its name.
        name: String,
    },
}

/// What the person does in a dialog.
#[derive(Debug, Clone)]
pub enum Message {
    /// Chooses one of the maps.
    Choose(usize),
    /// Scrolls by so many lines.
    Scroll(i8),
    /// Types.
    Type(String),
    /// Gives stars.
    Rate(u8),
    /// Gives the answer that the dialog is for.
    Yes,
    /// Gives the other answer, where there are three.
    Other,
    /// Gives the answer that changes nothing.
    No,
}

/// What only the app can do. All but [`Action::None`] and [`Action::Scroll`] close the dialog.
#[derive(Debug)]
pub(in crate::ui) enum Action {
    /// The question stays open.
    None,
    /// Scroll the sheet by so many lines.
    Scroll(i8),
    /// It is over, and nothing is to be done.
    Close,
    /// Connect with this map.
    Connect(MassagerId, String),
    /// Agree to this map, and connect with it.
    Agree(MassagerId, Arc<DeviceMap>),
    /// Play what the massager can.
    Play(String, Arc<Profile>, Time),
    /// Go past the day's limit for this.
    GoOn(Wish),
    /// Stop what plays, for this.
    Instead(Wish),
    /// It hurts this much; go on softer, or leave it stopped.
    Hurt(Hurts, bool),
    /// Give the profile this name.
    Rename(String, String),
    /// Keep these stars and notes.
    Rate(String, u8, String),
    /// Connect the massager by itself from now on.
    ByItself(MassagerId),
    /// Forget the massager.
    Forget(MassagerId),
    /// Go on editing.
    StayInEditor,
    /// Leave the editor, and save before or not.
    LeaveEditor {
        /// Save before.
        save: bool,
    },
    /// Save beside the file that changed, or in its place.
    Conflict {
        /// Beside it.
        beside: bool,
    },
    /// What to do with the unsaved work of an earlier run.
    Recover(recovered::Answer),
}

impl Dialog {
    /// Where the focus starts.
    pub(in crate::ui) fn first_focus(&self) -> &'static str {
        match self {
            Self::Rename { .. } | Self::Notes { .. } => FIELD,
            Self::Pairing { pairing, .. } if pairing.question == PairingQuestion::PasskeyEntry => FIELD,
            _ => SAFE,
        }
    }

    /// Lets the person type, choose and answer.
    pub(in crate::ui) fn update(&mut self, message: Message) -> Action {
        match (message, &mut *self) {
            (Message::Yes, _) => return self.answer(),
            (Message::No, Self::Leave { .. } | Self::Changed) => return Action::StayInEditor,
            (Message::Other, Self::Leave { .. }) => return Action::LeaveEditor { save: false },
            (Message::Other, Self::Changed) => return Action::Conflict { beside: false },
            (Message::No, Self::Recovered(_)) => return Action::Recover(recovered::Answer::Later),
            (Message::Other, Self::Recovered(_)) => return Action::Recover(recovered::Answer::Delete),
            (Message::No, Self::Hurts(hurts)) => return Action::Hurt(hurts.clone(), false),
            (Message::Choose(pain), Self::Hurts(hurts)) => hurts.pain = u8::try_from(pain).ok(),
            (Message::No, _) => {
                self.give_up();
                return Action::Close;
            }
            (Message::Scroll(lines), Self::Help) => return Action::Scroll(lines),
            (Message::Choose(index), Self::Map { chosen, .. }) => *chosen = Some(index),
            (Message::Type(text), Self::Pairing { typed, .. }) => {
                *typed = text.chars().filter(char::is_ascii_digit).take(6).collect();
            }
            (Message::Type(text), Self::Rename { name, .. }) => *name = text.chars().take(80).collect(),
            (Message::Type(text), Self::Notes { note, .. }) => *note = text.chars().take(2000).collect(),
            (Message::Rate(rating), Self::Notes { stars, .. }) => *stars = rating,
            // A dialog of another kind took the place of the one that was answered.
            (Message::Choose(_) | Message::Type(_) | Message::Rate(_) | Message::Other | Message::Scroll(_), _) => {}
        }
        Action::None
    }

    /// Closes the question with the answer that changes nothing.
    pub(in crate::ui) fn give_up(&self) {
        if let Self::Pairing { pairing, .. } = self {
            reply(pairing, PairingAnswer::No);
        }
    }

    /// The answer that the dialog is for, once it can be given.
    fn answer(&self) -> Action {
        match self {
            Self::Map { id, maps, chosen, .. } => match chosen.and_then(|chosen| maps.get(chosen)) {
                Some(map) => Action::Connect(id.clone(), map.id.clone()),
                None => Action::None,
            },
            Self::Pairing { pairing, typed } => {
                match (pairing.question, passkey(typed)) {
                    (PairingQuestion::NumericComparison(_) | PairingQuestion::OffersKeyboard, _) => {
                        reply(pairing, PairingAnswer::Yes)
                    }
                    (PairingQuestion::PasskeyEntry, Some(number)) => reply(pairing, PairingAnswer::Number(number)),
                    (PairingQuestion::PasskeyEntry, None) => return Action::None,
                    (PairingQuestion::PasskeyDisplay(_) | PairingQuestion::Over, _) => {}
                }
                Action::Close
            }
            Self::Firmware { id, map } => Action::Agree(id.clone(), Arc::clone(map)),
            Self::Rest { id, profile, from, .. } => Action::Play(id.clone(), Arc::clone(profile), *from),
            Self::Day { wish, .. } => Action::GoOn(wish.clone()),
            Self::Instead(instead) => Action::Instead(instead.wish.clone()),
            Self::Hurts(hurts) if hurts.may_go_on() => Action::Hurt(hurts.clone(), true),
            Self::Hurts(_) => Action::None,
            Self::Rename { name, .. } if name.trim().is_empty() => Action::None,
            Self::Rename { id, name } => Action::Rename(id.clone(), name.trim().to_owned()),
            Self::Notes { id, stars, note, .. } => Action::Rate(id.clone(), *stars, note.trim().to_owned()),
            Self::Leave { .. } => Action::LeaveEditor { save: true },
            Self::Changed => Action::Conflict { beside: true },
            Self::Recovered(offer) => Action::Recover(offer.yes()),
            Self::Help => Action::Close,
            Self::ByItself { id, .. } => Action::ByItself(id.clone()),
            Self::Forget { id, .. } => Action::Forget(id.clone()),
        }
    }

    /// The dialog's card.
    pub(in crate::ui) fn view<'a>(&'a self, w: &'a Words, narrow: bool) -> Element<'a, Message> {
        dialog::frame(match self {
            Self::Help => return crate::ui::screen::editor::help(w, narrow),
            Self::Map { name, recognised, maps, chosen, .. } => map(w, name, *recognised, maps, *chosen),
            Self::Firmware { map, .. } => question(
                say!(w, "massager-firmware"),
                words::massager::firmware_text(w, map),
                say!(w, "massager-do-not-connect"),
                widget::second(say!(w, "massager-connect-all-the-same")),
            ),
            Self::Pairing { pairing, typed } => self::pairing(w, pairing.question, typed),
            Self::Rest { name, massager, missing, .. } => question(
                say!(w, "profiles-rest-title", massager = massager, modes = w.modes(missing)),
                say!(w, "profiles-rest-text", profile = name, modes = w.modes(missing)),
                say!(w, "not-now"),
                widget::main(say!(w, "profiles-play-the-rest")).icon(Icon::Play),
            ),
            Self::Day { massaged, limit, .. } => day::view(w, *massaged, *limit),
            Self::Instead(instead) => instead.view(w),
            Self::Hurts(hurts) => hurts.view(w),
            Self::Rename { name, .. } => rename(w, name),
            Self::Leave { name } => three(
                say!(w, "editor-leave"),
                say!(w, "editor-leave-text", name = name),
                say!(w, "editor-keep-editing"),
                say!(w, "editor-discard"),
                widget::main(say!(w, "save")).icon(Icon::Save),
            ),
            Self::Changed => three(
                say!(w, "editor-changed"),
                say!(w, "editor-changed-text"),
                say!(w, "editor-keep-editing"),
                say!(w, "editor-take-place"),
                widget::main(say!(w, "editor-save-beside")),
            ),
            Self::Recovered(offer) => offer.view(w),
            Self::Notes { name, stars, note, .. } => notes(w, name, *stars, note),
            Self::ByItself { name, .. } => question(
                say!(w, "massager-by-itself-title", massager = name),
                say!(w, "massager-by-itself-text"),
                say!(w, "not-now"),
                widget::main(say!(w, "massager-by-itself-yes")),
            ),
            Self::Forget { name, .. } => question(
                say!(w, "massager-forget-title", name = name),
                say!(w, "massager-forget-text"),
                say!(w, "not-now"),
                widget::danger(say!(w, "massager-forget")),
            ),
        })
    }
}

/// Answers while pairing; the first answer counts.
fn reply(pairing: &Pairing, answer: PairingAnswer) {
    if let Some(sender) = pairing.answer.lock().unwrap_or_else(PoisonError::into_inner).take() {
        // Nobody waits for it any more when pairing ended meanwhile.
        let _ = sender.send(answer);
    }
}

fn passkey(typed: &str) -> Option<u32> {
    if typed.len() == 6 { typed.parse().ok() } else { None }
}

/// A title, a text, and two answers: the safe one first, the main one last.
fn question<'a>(title: String, words: String, safe: String, yes: widget::Button<'a, Message>) -> Element<'a, Message> {
    column![text::title(title), text::body(words).style(text::second), answers(safe, Some(yes.on_press(Message::Yes)))]
        .spacing(12)
        .into()
}

/// The same with a third answer between.
fn three<'a>(
    title: String,
    words: String,
    safe: String,
    other: String,
    yes: widget::Button<'a, Message>,
) -> Element<'a, Message> {
    let answers = row![
        widget::second(safe).id(SAFE).on_press(Message::No),
        widget::second(other).on_press(Message::Other),
        yes.on_press(Message::Yes),
    ];
    let answers = container(answers.spacing(12)).align_right(Fill).padding(iced::padding::top(12));
    column![text::title(title), text::body(words).style(text::second), answers].spacing(12).into()
}

fn answers<'a>(safe: String, yes: Option<widget::Button<'a, Message>>) -> Element<'a, Message> {
    let safe = widget::second(safe).id(SAFE).on_press(Message::No);
    let row = Row::new().spacing(12).push(safe).push(yes.map(Element::from));
    container(row).align_right(Fill).padding(iced::padding::top(12)).into()
}

fn map<'a>(
    w: &Words,
    name: &str,
    recognised: bool,
    maps: &'a [Arc<DeviceMap>],
    chosen: Option<usize>,
) -> Element<'a, Message> {
    let words = if recognised { say!(w, "massager-confirm-text") } else { say!(w, "massager-confirm-unknown") };
    let rows = maps.iter().enumerate().map(|(index, map)| {
        let on = chosen == Some(index);
        let name = if on { text::strong(&*map.name) } else { text::medium(&*map.name) };
        let facts = column![
            name,
            text::small(crate::ui::words::modes_of(w, map)).style(if on { text::on_soft } else { text::second })
        ];
        let content =
            row![facts.width(Fill), crate::ui::screen::massager::trust_chip(w, map.trust)].spacing(12).align_y(Center);
        let button = iced::widget::button(content)
            .padding([8, 12])
            .width(Fill)
            .style(theme::button::row(on))
            .on_press(Message::Choose(index));
        focusable(button).on_press(Message::Choose(index)).corner(theme::radius::ROW).into()
    });
    let rows =
        widget::scroll(container(Column::with_children(rows).spacing(8)).padding(iced::padding::all(6).right(18)));
    let yes = widget::main(say!(w, "massager-confirm"));
    let yes = match chosen {
        Some(_) => yes.on_press(Message::Yes),
        None => yes.disabled(say!(w, "massager-choose-first")),
    };
    column![
        text::title(say!(w, "massager-confirm-title", name = name)),
        text::body(words).style(text::second),
        container(rows).height(280),
        answers(say!(w, "cancel"), Some(yes)),
    ]
    .spacing(12)
    .into()
}

fn pairing<'a>(w: &Words, question: PairingQuestion, typed: &'a str) -> Element<'a, Message> {
    let number = |number: u32| {
        let digits = format!("{number:06}");
        let spaced = format!("{} {}", &digits[..3], &digits[3..]);
        container(text::number(spaced)).center_x(Fill).padding(12).style(theme::container::well)
    };
    let title = text::title(say!(w, "massager-pairing"));
    let content = match question {
        PairingQuestion::NumericComparison(shown) => {
            let yes = widget::main(say!(w, "massager-same")).on_press(Message::Yes);
            column![
                title,
                text::body(say!(w, "massager-same-number")),
                number(shown),
                answers(say!(w, "massager-not-same"), Some(yes))
            ]
        }
        PairingQuestion::PasskeyDisplay(shown) => {
            column![title, text::body(say!(w, "massager-type-there")), number(shown), answers(say!(w, "cancel"), None)]
        }
        PairingQuestion::PasskeyEntry => {
            let field =
                chip::field(&say!(w, "massager-six-digits"), typed, Message::Type).id(FIELD).on_submit(Message::Yes);
            let yes = widget::main(say!(w, "massager-pair"));
            let yes = match passkey(typed) {
                Some(_) => yes.on_press(Message::Yes),
                None => yes.disabled(say!(w, "massager-six-digits")),
            };
            column![title, text::body(say!(w, "massager-type-here")), field, answers(say!(w, "cancel"), Some(yes))]
        }
        PairingQuestion::OffersKeyboard => {
            let yes = widget::second(say!(w, "massager-pair-all-the-same")).on_press(Message::Yes);
            let title = text::title(say!(w, "massager-offers-keyboard"));
            let words = text::body(say!(w, "massager-offers-keyboard-text"));
            column![title, words, answers(say!(w, "massager-do-not-pair"), Some(yes))]
        }
        PairingQuestion::Over => column![title],
    };
    content.spacing(12).into()
}

fn rename<'a>(w: &Words, name: &'a str) -> Element<'a, Message> {
    let yes = widget::main(say!(w, "profiles-rename"));
    let yes = match name.trim() {
        "" => yes.disabled(say!(w, "profiles-name-first")),
        _ => yes.on_press(Message::Yes),
    };
    column![
        text::title(say!(w, "profiles-rename")),
        chip::field(&say!(w, "profiles-name"), name, Message::Type).id(FIELD).on_submit(Message::Yes),
        answers(say!(w, "cancel"), Some(yes)),
    ]
    .spacing(12)
    .into()
}

fn notes<'a>(w: &Words, name: &'a str, stars: u8, note: &'a str) -> Element<'a, Message> {
    column![
        text::title(name),
        row![
            text::body(say!(w, "profiles-stars", count = stars)).width(Fill),
            named(say!(w, "profiles-your-stars"), choice::stars(stars, Message::Rate))
        ]
        .align_y(Center),
        text::label(say!(w, "profiles-your-notes")),
        chip::field(&say!(w, "profiles-notes-hint"), note, Message::Type).id(FIELD).on_submit(Message::Yes),
        answers(say!(w, "cancel"), Some(widget::main(say!(w, "save")).on_press(Message::Yes))),
    ]
    .spacing(12)
    .into()
}
