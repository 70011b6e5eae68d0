//! Stop, and the way out of the window.
//!
//! Belongs here: what is put away after a stop was ordered, and how the window closes. The order itself is nobody's
//! decision: [`App::update`] gives it before anybody is asked, for every message that [`Message::stops`].

use std::time::Duration;

use iced::Task;
use tokio::sync::oneshot;

use super::{App, Leaving, Message};
use crate::engine::Command;
use crate::ui::shell::dialog::Dialog;
use crate::ui::shell::nav::Screen;

/// How far the window is on its way out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Closing {
    No,
    /// The engine stops everything.
    Stopping,
    /// It could not be confirmed that the massager stopped.
    Unconfirmed,
}

/// How long the window waits for the engine, which itself gives up stopping the massager after 30 s.
const STOP_PATIENCE: Duration = Duration::from_secs(33);

impl App {
    /// After a stop: closes the open dialog with the answer that changes nothing; without one, the editor puts back what
    /// the pointer does, drops the take, or closes its tool.
    pub(super) fn put_away(&mut self) -> Task<Message> {
        let dialog = self.dialog.take();
        self.leaving = Leaving::No;
        self.profiles.rest();
        self.massager.heed(&self.state);
        if let Some(dialog) = dialog {
            if let Dialog::Hurts(hurts) = &dialog {
                return self.hurt(hurts, false);
            }
            dialog.give_up();
            if matches!(dialog, Dialog::Recovered(_)) {
                self.recovering.later();
            }
            return Task::none();
        }
        match &mut self.board {
            Some(board) if self.screen == Screen::Editor => {
                board.give_up();
                self.follow_edits();
                self.editor_errands()
            }
            _ => Task::none(),
        }
    }

    /// The window asks to be closed; everything was stopped before.
    pub(super) fn close(&mut self) -> Task<Message> {
        if self.closing != Closing::No {
            // Asked again: the person does not want to wait.
            return iced::exit();
        }
        if let Some(board) = self.board.as_ref().filter(|board| board.is_dirty() && self.leaving != Leaving::Window) {
            let name = board.profile().name.in_language(self.words.code()).to_owned();
            self.recovering.hurry(self.now);
            // The massager rests while the person thinks.
            self.leaving = Leaving::Window;
            return self.ask(Dialog::Leave { name });
        }
        self.closing = Closing::Stopping;
        self.dialog = None;
        let (answer, ended) = oneshot::channel();
        self.engine.send(Command::Quit(answer));
        let size = (self.size.width.round() as u32, self.size.height.round() as u32);
        let saved = match self.settings().window == Some(size) || self.starting.is_some() {
            true => Task::none(),
            false => self.set(move |settings| settings.window = Some(size)),
        };
        let ended = Task::future(async move { tokio::time::timeout(STOP_PATIENCE, ended).await.is_ok() });
        saved.chain(ended.map(Message::Ended))
    }

    /// The engine ended, or did not in time.
    pub(super) fn ended(&mut self, in_time: bool) -> Task<Message> {
        if in_time && !self.state.stop_unconfirmed {
            return iced::exit();
        }
        self.closing = Closing::Unconfirmed;
        Task::none()
    }
}
