//! What the app listens to: the window, the engine, requests to end, files, and the clock while something moves.

use iced::{Subscription, keyboard, window};

use super::{App, Message, Opening, feed};
use crate::ui::shell::{clock, keys};

impl App {
    /// What the app listens to.
    pub fn subscription(&self) -> Subscription<Message> {
        let window = iced::event::listen_with(|event, status, id| match event {
            iced::Event::Window(window::Event::CloseRequested) => Some(Message::CloseRequested),
            iced::Event::Window(window::Event::Opened { size, .. }) => Some(Message::Opened(id, size)),
            // What a link leads to elsewhere changes unseen, so files are looked at again.
            iced::Event::Window(window::Event::Focused) => Some(Message::FilesChanged),
            iced::Event::Window(window::Event::FileDropped(file)) => Some(Message::Dropped(file)),
            iced::Event::Window(window::Event::Resized(size)) => Some(Message::Resized(size)),
            iced::Event::Window(window::Event::Rescaled(scale)) => Some(Message::Rescaled(scale)),
            iced::Event::Keyboard(keyboard::Event::KeyPressed { .. }) => {
                keys::shortcut(&event, status).map(Message::Key)
            }
            _ => None,
        });
        let theme = iced::system::theme_changes().map(Message::SystemTheme);
        let engine = self.events.listen().map(Message::Engine);
        let interrupts = self.interrupts.listen().map(|()| Message::CloseRequested);
        let shows = self.shows.listen().map(|()| Message::Show);
        let mut all = vec![window, theme, engine, interrupts, shows, feed::files(&self.store.folders)];
        if self.opening == Opening::Bare {
            all.push(window::frames().map(|_| Message::Bared));
        }
        // A playhead crosses at most the width of the window.
        if let Some(at) = clock::next_change(&self.state, self.now, self.size.width as u32) {
            all.push(feed::at(at).map(Message::Tick));
        }
        if let Some(at) = self.board.as_ref().and_then(|board| board.next_look(self.now)) {
            all.push(feed::at(at).map(Message::Tick));
        }
        if let Some(waiting) = &self.waiting {
            all.push(feed::at(waiting.until).map(Message::Waited));
        }
        if let Some(at) = self.toasts.fades_at() {
            all.push(feed::at(at).map(Message::Faded));
        }
        all.push(self.recovering.subscription().map(Message::Recovering));
        Subscription::batch(all)
    }
}
