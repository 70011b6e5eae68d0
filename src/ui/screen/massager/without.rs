//! The page without Bluetooth: one cause, one remedy, and what works meanwhile.

use iced::widget::{column, container, row};
use iced::{Center, Fill, padding};

use super::{Message, World};
use crate::bluetooth::{Error, MassagerId, RadioState};
use crate::i18n::Words;
use crate::say;
use crate::ui::icon::{self, Icon};
use crate::ui::theme::{self, Element, text};
use crate::ui::widget::{self, chip, drawing, scroll};

/// The button Try again, so that the focus can be put there.
pub(super) const AGAIN: &str = "bluetooth-again";

/// Why massagers cannot be looked for, as what one can do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cause {
    /// The service does not answer.
    Silent,
    /// There is no adapter.
    NoAdapter,
    /// It is switched off.
    Off,
    /// Svang may not.
    NotAllowed,
    /// Something else, which its own words tell.
    Other,
}

impl Cause {
    fn of(radio: &RadioState) -> Option<Self> {
        match radio {
            RadioState::Starting | RadioState::Ready(_) => None,
            RadioState::Off | RadioState::Unavailable(Error::Off) => Some(Self::Off),
            RadioState::Unavailable(Error::NoService) => Some(Self::Silent),
            RadioState::Unavailable(Error::NoAdapter) => Some(Self::NoAdapter),
            RadioState::Unavailable(Error::NoPermission) => Some(Self::NotAllowed),
            RadioState::Unavailable(_) => Some(Self::Other),
        }
    }

    fn title(self, w: &Words) -> String {
        match self {
            Self::Silent => say!(w, "no-bluetooth-silent"),
            Self::NoAdapter => say!(w, "no-bluetooth-adapter"),
            Self::Off => say!(w, "no-bluetooth-off"),
            Self::NotAllowed => say!(w, "no-bluetooth-permission"),
            Self::Other => say!(w, "massager-no-bluetooth"),
        }
    }

    fn remedy(self, w: &Words, radio: &RadioState) -> String {
        let linux = cfg!(target_os = "linux");
        match (self, radio) {
            (Self::Silent, _) if linux => say!(w, "no-bluetooth-silent-remedy"),
            (Self::Silent, _) => say!(w, "no-bluetooth-silent-elsewhere"),
            (Self::NoAdapter, _) => say!(w, "no-bluetooth-adapter-remedy"),
            (Self::Off, _) => say!(w, "no-bluetooth-off-remedy"),
            (Self::NotAllowed, _) if linux => say!(w, "no-bluetooth-permission-remedy"),
            (Self::NotAllowed, _) => say!(w, "no-bluetooth-permission-elsewhere"),
            (Self::Other, RadioState::Unavailable(why)) => w.fact(why),
            (Self::Other, _) => String::new(),
        }
    }

    /// What to type into a terminal, where that is the remedy.
    fn command(self) -> Option<&'static str> {
        match self {
            _ if !cfg!(target_os = "linux") => None,
            Self::Silent => Some("sudo systemctl start bluetooth"),
            Self::NotAllowed => Some("sudo usermod -aG bluetooth $USER"),
            Self::NoAdapter | Self::Off | Self::Other => None,
        }
    }
}

/// Whether massagers cannot be looked for at all, as far as is known.
pub(super) fn is_so(radio: &RadioState) -> bool {
    Cause::of(radio).is_some()
}

/// The cause, its remedy, and the way to look again; nothing where Bluetooth works. `tried`: that was asked for already.
pub(super) fn cause<'a>(world: World<'a>, tried: bool) -> Option<Element<'a, Message>> {
    let w = world.words;
    let radio = &world.state.radio;
    let cause = Cause::of(radio)?;
    let title = text::title(cause.title(w));
    let remedy = text::body(cause.remedy(w, radio)).style(text::second);
    let head = row![
        chip::tile(Icon::BluetoothOff, 56.0, theme::container::tile_warn),
        column![title, remedy].spacing(4).width(Fill),
    ]
    .spacing(20)
    .align_y(Center);
    let command = cause.command().map(|command| {
        let copy = widget::second(say!(w, "copy")).icon(Icon::Copy).small().on_press(Message::Copy(command.to_owned()));
        container(row![text::raw(command).width(Fill), copy].spacing(12).align_y(Center))
            .padding([6, 12])
            .width(Fill)
            .style(theme::container::well)
    });
    // Where the system lets Svang switch it on, that is the remedy.
    let switch = cause == Cause::Off && cfg!(target_os = "linux");
    let button = match switch {
        true => widget::main(say!(w, "no-bluetooth-switch-on")).icon(Icon::Bluetooth).on_press(Message::SwitchOn),
        false => widget::main(say!(w, "try-again")).icon(Icon::RefreshCw).on_press(Message::Again),
    };
    let also = match tried {
        true => say!(w, "no-bluetooth-still"),
        false => say!(w, "no-bluetooth-looks"),
    };
    let actions =
        row![button.tall().id(AGAIN), text::small(also).style(text::second).width(Fill)].spacing(16).align_y(Center);
    let content = column![head].push(command).push(actions).spacing(20);
    Some(container(content).padding([28, 32]).width(Fill).style(theme::container::card).into())
}

/// The whole page.
pub(super) fn view<'a>(world: World<'a>, tried: bool) -> Element<'a, Message> {
    let w = world.words;
    let line = |icon, name: String, about: String, button: widget::button::Button<'a, Message>| {
        row![
            icon::view(icon, 22.0),
            column![text::strong(name), text::small(about).style(text::second)].width(Fill),
            button.small(),
        ]
        .spacing(14)
        .align_y(Center)
    };
    let by_hand = line(
        Icon::Hand,
        say!(w, "no-bluetooth-by-hand"),
        say!(w, "no-bluetooth-by-hand-text"),
        widget::second(say!(w, "no-bluetooth-show-profiles")).on_press(Message::ShowByHand),
    );
    let simulated = line(
        Icon::Cpu,
        say!(w, "massager-simulated-name"),
        say!(w, "massager-simulated"),
        widget::second(say!(w, "massager-connect")).on_press(Message::Connect(MassagerId::simulated())),
    );
    let meanwhile = container(column![by_hand, drawing::line(), simulated].spacing(14))
        .padding([18, 20])
        .width(Fill)
        .style(theme::container::card_quiet);
    let content = column![]
        .push(cause(world, tried))
        .push(column![text::medium(say!(w, "no-bluetooth-meanwhile")).style(text::second), meanwhile].spacing(8));
    let content = container(content.spacing(24).max_width(640)).center_x(Fill);
    let edge = if world.narrow { 20 } else { 32 };
    let title = container(text::page(say!(w, "massager"))).height(44).center_y(44);
    let page = column![title, container(content).padding(padding::top(24))];
    scroll(container(page).padding(padding::all(edge).top(if world.narrow { 16 } else { 24 }))).height(Fill).into()
}
