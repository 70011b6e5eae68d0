//! From page to page: where each was left, and where the focus belongs.

use iced::Task;
use iced::widget::operation;

use super::{App, Message};
use crate::engine::{Command, Link};
use crate::ui::screen::{massager, profiles, settings};
use crate::ui::shell::nav::Screen;
use crate::ui::widget;

impl App {
    pub(super) fn go(&mut self, screen: Screen) -> Task<Message> {
        if self.starting.is_some() {
            return Task::none();
        }
        // The editor is a page of the profiles: while one is open, the way there leads to it, and from it back.
        let screen = match (screen, self.screen, &self.board) {
            (Screen::Profiles, Screen::Editor, Some(_)) => return self.leave_editor(),
            (Screen::Profiles, _, Some(_)) => Screen::Editor,
            (Screen::Editor, _, None) => Screen::Profiles,
            _ => screen,
        };
        if self.screen == screen {
            self.profiles.back();
        }
        self.screen = screen;
        self.profiles.rest();
        if screen == Screen::Massager && self.state.searching.is_none() && matches!(self.state.link, Link::None) {
            self.engine.send(Command::Search(true));
        }
        // Where the person has scrolled down, what has the focus at the top must not scroll it up again.
        let scrolled = self.places.get(&screen).is_some_and(|place| *place > 0.0);
        let focus = if scrolled { Task::none() } else { self.focus_page() };
        Task::batch([self.find_place(), focus])
    }

    /// A page was scrolled: it is found again there.
    pub(super) fn scrolled(&mut self, screen: Screen, to: f32) -> Task<Message> {
        self.places.insert(screen, to);
        Task::none()
    }

    /// Scrolls the page that is shown to where the person left it.
    fn find_place(&self) -> Task<Message> {
        let page = match self.screen {
            Screen::Profiles => profiles::PAGE,
            Screen::Massager => massager::PAGE,
            Screen::Settings => settings::PAGE,
            Screen::Editor | Screen::NowPlaying => return Task::none(),
        };
        let y = self.places.get(&self.screen).copied().unwrap_or(0.0);
        operation::scroll_to(page, operation::AbsoluteOffset { x: 0.0, y })
    }

    /// Puts the focus where the work is on the page that is shown.
    pub(super) fn focus_page(&self) -> Task<Message> {
        match self.screen {
            Screen::Massager => massager::Massager::focus(&self.state).map_or_else(Task::none, widget::focus::to),
            Screen::Profiles | Screen::Editor | Screen::NowPlaying | Screen::Settings => Task::none(),
        }
    }
}
