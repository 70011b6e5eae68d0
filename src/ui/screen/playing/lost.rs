//! The dialog after a lost link.
//!
//! Belongs here: what it says and when it is there. It stays until the person decides, also when the massager is back:
//! nothing starts by itself.

use iced::widget::{column, container, row, space};
use iced::{Center, Fill};

use super::{Message, Shown};
use crate::engine::{Activity, Link, Pause};
use crate::say;
use crate::ui::icon::Icon;
use crate::ui::theme::{self, Element, text};
use crate::ui::widget::{self, chip, dialog};

/// The name of the safe answer, on which focus starts.
pub const END_ID: &str = "end-session";

/// The dialog, while a profile stands because the link was lost.
pub fn lost(shown: Shown<'_>) -> Option<Element<'_, Message>> {
    let w = shown.words;
    let Activity::Profile { position, paused: Some(Pause::LinkLost), .. } = &shown.state.activity else { return None };
    let name = shown.name();
    let resume = widget::main(say!(w, "playing-resume-at", at = *position)).icon(Icon::Play);
    let (note, resume) = match &shown.state.link {
        Link::Connected(_) => (chip::caption(Icon::Link2, say!(w, "playing-back")), resume.on_press(Message::Resume)),
        Link::Lost { since, .. } => {
            let since = shown.now.saturating_duration_since(*since);
            (
                chip::caption(Icon::RefreshCw, say!(w, "playing-looking", massager = name, seconds = since.as_secs())),
                resume.disabled(say!(w, "playing-not-yet")),
            )
        }
        Link::Connecting { name, since, .. } => {
            let since = shown.now.saturating_duration_since(*since);
            (
                chip::caption(Icon::RefreshCw, say!(w, "playing-looking", massager = name, seconds = since.as_secs())),
                resume.disabled(say!(w, "playing-not-yet")),
            )
        }
        Link::None => {
            (chip::caption(Icon::Link2Off, say!(w, "playing-not-yet")), resume.disabled(say!(w, "playing-not-yet")))
        }
    };
    let words = column![
        text::title(say!(w, "playing-lost-title")),
        space::vertical().height(8),
        text::body(say!(w, "playing-lost", massager = name)).style(text::second),
        space::vertical().height(14),
        note,
    ]
    .width(Fill);
    let tile = chip::tile(Icon::Link2Off, 52.0, theme::container::tile_warn);
    let end = widget::quiet(say!(w, "playing-end")).id(END_ID).on_press(Message::Stop);
    let answers = row![space::horizontal(), end, resume].spacing(12).align_y(Center);
    let content = column![row![tile, words].spacing(16), answers].spacing(24);
    Some(container(dialog::frame(content)).max_width(520).into())
}
