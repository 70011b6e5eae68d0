//! What stops the massager when this computer cannot: three nets, and the weakest as the headline.

use iced::widget::{column, container, row};
use iced::{Center, Fill};

use super::{Message, World};
use crate::engine::{Connected, Watched};
use crate::i18n::Words;
use crate::massager::LeftAlone;
use crate::say;
use crate::ui::icon::{self, Icon};
use crate::ui::theme::{self, Element, text};
use crate::ui::widget::{self, chip, drawing};
use crate::ui::words::massager as words;

/// The nets of a massager; nothing for one that moves nothing. A narrow window opens them from one row.
pub(super) fn view<'a>(world: World<'a>, connected: &'a Connected, open: bool) -> Option<Element<'a, Message>> {
    let w = world.words;
    if connected.watched == Watched::NotNeeded {
        return None;
    }
    let (sure, headline) = headline(w, connected);
    let tile = if sure { theme::container::tile_good } else { theme::container::tile_warn };
    let icon = if sure { Icon::ShieldCheck } else { Icon::TriangleAlert };
    let said = text::strong(headline);
    let said = if sure { said } else { said.style(text::warn) };
    let title = row![
        chip::tile(icon, 36.0, tile),
        column![text::small(say!(w, "massager-nets")).style(text::second), said].width(Fill),
    ]
    .spacing(12)
    .align_y(Center);
    let (icon, words) = match open {
        true => (Icon::ChevronDown, say!(w, "massager-nets-close")),
        false => (Icon::ChevronRight, say!(w, "massager-nets-open")),
    };
    let title =
        title.push(world.narrow.then(|| widget::icon_button(icon, words).small().on_press(Message::ShowNets(!open))));
    let mut parts = column![title].spacing(12);
    if open || !world.narrow {
        parts = parts.push(drawing::line()).extend(lines(w, connected));
    }
    Some(container(parts).padding(16).width(Fill).style(theme::container::card).into())
}

/// What the weakest net makes of it. Only a massager that stops by itself, and was tried, counts as safe alone: all else
/// hangs on this computer or its link.
fn headline(w: &Words, connected: &Connected) -> (bool, String) {
    match connected.map.left_alone {
        LeftAlone::StopsAfter(time) if connected.tried => {
            (true, say!(w, "massager-nets-by-itself", seconds = time.as_secs_f64().ceil() as u64))
        }
        _ => (false, say!(w, "massager-nets-stay")),
    }
}

fn lines<'a>(w: &Words, connected: &Connected) -> Vec<Element<'a, Message>> {
    let engine = line(Some(true), say!(w, "massager-net-engine"), say!(w, "massager-net-engine-text"));
    let (holds, about) = match &connected.watched {
        Watched::NotNeeded | Watched::Starting => (None, say!(w, "massager-net-watchdog-starting")),
        Watched::ByWatchdog => (Some(true), say!(w, "massager-net-watchdog-text")),
        Watched::ByNobody(why) => (Some(false), words::unwatched(w, why)),
    };
    let watchdog = line(holds, say!(w, "massager-net-watchdog"), about);
    let holds = match connected.map.left_alone {
        LeftAlone::StopsAfter(_) => Some(true),
        LeftAlone::OwnTimer(_) => None,
        LeftAlone::NothingKnown => Some(false),
    };
    let alone = words::left_alone(w, connected.map.left_alone);
    vec![engine, watchdog, line(holds, say!(w, "massager-net-itself"), alone)]
}

/// A net: whether it holds (`None`: in part, or not yet), its name, and what it does.
fn line<'a>(holds: Option<bool>, name: String, about: String) -> Element<'a, Message> {
    let sign = match holds {
        Some(true) => icon::view(Icon::Check, 18.0).color(|theme| theme.accent),
        None => icon::view(Icon::Clock, 18.0).color(|theme| theme.ink_2),
        Some(false) => icon::view(Icon::X, 18.0).color(|theme| theme.warn),
    };
    let about = text::small(about).style(if holds == Some(false) { text::warn } else { text::second });
    row![sign, column![text::medium(name), about].width(Fill)].spacing(12).into()
}
