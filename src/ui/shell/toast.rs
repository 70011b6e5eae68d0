//! Short notices over the page: one at a time, gone after a while; and the one that stays because a massager may still
//! move.
//!
//! Belongs here: what is shown and until when. What is worth a notice is for others to say.

use std::time::{Duration, Instant};

use iced::widget::{Column, container, mouse_area};
use iced::{Center, Fill};

use crate::i18n::Words;
use crate::say;
use crate::storage::Deleted;
use crate::ui::icon::Icon;
use crate::ui::theme::{self, Element};
use crate::ui::widget::{self, chip, dialog};

/// How long a toast stays; a problem takes longer to read.
const STAYS: Duration = Duration::from_secs(6);
const PROBLEM_STAYS: Duration = Duration::from_secs(12);

/// The notices that can be seen.
#[derive(Debug, Default)]
pub(in crate::ui) struct Toasts {
    toast: Option<Toast>,
    danger: Option<String>,
}

#[derive(Debug)]
struct Toast {
    text: String,
    undo: Option<Deleted>,
    until: Instant,
    /// Under the pointer: it stays.
    held: bool,
}

/// What happens to a notice.
#[derive(Debug, Clone)]
pub enum Message {
    /// The person takes back what the toast tells.
    Undo,
    /// The person closes the toast.
    Close,
    /// The person closes the danger.
    CloseDanger,
    /// The pointer came over the toast, or left it.
    Hold(bool),
    /// The toast's time is over.
    Faded,
}

impl Toasts {
    /// Shows that something was done.
    pub(in crate::ui) fn done(&mut self, text: impl Into<String>, now: Instant) {
        self.toast = Some(Toast { text: text.into(), undo: None, until: now + STAYS, held: false });
    }

    /// Shows that something did not work.
    pub(in crate::ui) fn problem(&mut self, text: impl Into<String>, now: Instant) {
        self.toast = Some(Toast { text: text.into(), undo: None, until: now + PROBLEM_STAYS, held: false });
    }

    /// Shows that a file was deleted, which can be undone.
    pub(in crate::ui) fn deleted(&mut self, text: impl Into<String>, trashed: Deleted, now: Instant) {
        self.toast = Some(Toast { text: text.into(), undo: Some(trashed), until: now + STAYS, held: false });
    }

    /// Shows a danger, until it is closed or over.
    pub(in crate::ui) fn danger(&mut self, text: impl Into<String>) {
        self.danger = Some(text.into());
    }

    /// The danger is over.
    pub(in crate::ui) fn danger_over(&mut self) {
        self.danger = None;
    }

    /// When the toast is to fade, if nobody holds it.
    pub(in crate::ui) fn fades_at(&self) -> Option<Instant> {
        self.toast.as_ref().filter(|toast| !toast.held).map(|toast| toast.until)
    }

    /// Lets something happen; gives back what is to be undone.
    pub(in crate::ui) fn update(&mut self, message: Message, now: Instant) -> Option<Deleted> {
        match message {
            Message::Undo => return self.toast.take().and_then(|toast| toast.undo),
            Message::Close => self.toast = None,
            Message::CloseDanger => self.danger = None,
            Message::Hold(held) => {
                if let Some(toast) = &mut self.toast {
                    toast.held = held;
                    toast.until = toast.until.max(now + Duration::from_secs(2));
                }
            }
            Message::Faded => {
                if self.fades_at().is_some_and(|until| until <= now) {
                    self.toast = None;
                }
            }
        }
        None
    }

    /// The notices, for the bottom of the page; `None` where there are none.
    pub(in crate::ui) fn view<'a>(&'a self, w: &Words, _words: &'a Words) -> Option<Element<'a, Message>> {
        let toast = self.toast.as_ref().map(|toast| {
            let undo = toast.undo.is_some().then_some((say!(w, "undo").into(), Message::Undo));
            let toast = dialog::toast(&*toast.text, undo, (say!(w, "close").into(), Message::Close));
            mouse_area(toast).on_enter(Message::Hold(true)).on_exit(Message::Hold(false))
        });
        let danger = self.danger.as_ref().map(|text| {
            let close = widget::icon_button(Icon::X, say!(w, "close")).small().on_press(Message::CloseDanger);
            let panel = chip::panel(theme::container::trouble, Icon::TriangleAlert, &**text, Some(close.into()));
            iced::widget::opaque(container(panel).max_width(720))
        });
        if toast.is_none() && danger.is_none() {
            return None;
        }
        let notices = Column::new().spacing(12).align_x(Center).push(danger).push(toast);
        Some(container(notices).center_x(Fill).align_bottom(Fill).padding(16).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_toast_goes_by_itself_but_not_from_under_the_pointer() {
        let start = Instant::now();
        let mut toasts = Toasts::default();
        toasts.done("Done.", start);
        let _ = toasts.update(Message::Faded, start + Duration::from_secs(5));
        assert!(toasts.toast.is_some());
        let _ = toasts.update(Message::Hold(true), start + Duration::from_secs(5));
        let _ = toasts.update(Message::Faded, start + Duration::from_secs(60));
        assert!(toasts.toast.is_some(), "held");
        let _ = toasts.update(Message::Hold(false), start + Duration::from_secs(60));
        let _ = toasts.update(Message::Faded, start + Duration::from_secs(62));
        assert!(toasts.toast.is_none());
    }

    #[test]
    fn a_danger_outlives_every_toast() {
        let start = Instant::now();
        let mut toasts = Toasts::default();
        toasts.danger("Press the power button.");
        toasts.done("Done.", start);
        let _ = toasts.update(Message::Close, start);
        assert!(toasts.danger.is_some());
        let _ = toasts.update(Message::CloseDanger, start);
        assert!(toasts.danger.is_none());
    }
}
