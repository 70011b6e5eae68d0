//! The first start, and the questions that come again.
//!
//! Belongs here: what the app does with their answers. What is asked is the screen's business.

use iced::Task;
use iced::widget::operation;

use super::{App, Message, save};
use crate::bluetooth::MassagerId;
use crate::engine::{Command, Link};
use crate::ui::screen::start::{self, Action, Answers, Start, Way};
use crate::ui::shell::nav::Screen;

impl App {
    /// Lets something happen on the pages of the first start.
    pub(super) fn for_start(&mut self, message: start::Message) -> Task<Message> {
        let Some(start) = &mut self.starting else { return Task::none() };
        let only_questions = !start.is_first();
        match start.update(message) {
            Action::None => Task::none(),
            Action::Turned => begin_page(),
            Action::Language(language) => self.speak(language),
            Action::Theme(theme) => self.set(move |settings| settings.theme = theme),
            Action::Answered(answers) => {
                let red_flag = answers.red_flag;
                let saved = self.answered(answers);
                // Who knows the rest has nothing more to answer.
                if only_questions && !red_flag {
                    self.starting = None;
                    return saved;
                }
                Task::batch([saved, begin_page()])
            }
            Action::Leave(way) => self.leave_start(way),
        }
    }

    /// Asks the questions again, all of them.
    pub(super) fn ask_health(&mut self) -> Task<Message> {
        self.starting = Some(Start::questions(&self.store.health.value().0));
        operation::focus(start::FIRST)
    }

    /// Whether something must be asked before anything moves; asks it. The person then begins anew.
    pub(super) fn asks_health_first(&mut self) -> Option<Task<Message>> {
        let (today, health) = (self.store.today(), &self.store.health.value().0);
        if health.is_due(today) {
            return Some(self.ask_health());
        }
        if !health.asks_red_flags(today) {
            return None;
        }
        self.starting = Some(Start::flags(health));
        Some(operation::focus(start::FIRST))
    }

    fn answered(&mut self, given: Answers) -> Task<Message> {
        let today = self.store.today();
        let saved = save(self.store.health.change(move |kept| {
            kept.0.answer(given.answers.clone(), given.clot_is_over, today);
            kept.0.answer_red_flags(given.red_flag, today);
        }));
        self.tell_gates();
        saved
    }

    /// Tells the engine what the answers come to, where that is another thing than it knows. What is less holds at once;
    /// more only while nothing plays: nothing grows stronger by itself.
    pub(super) fn tell_gates(&mut self) {
        let wanted = self.store.gates();
        let gates = if self.state.is_playing() { wanted.and(&self.state.gates) } else { wanted };
        if gates != self.state.gates {
            self.engine.send(Command::SetGates(gates.clone()));
            std::sync::Arc::make_mut(&mut self.state).gates = gates;
        }
    }

    /// The first start is over; the settings file that is written now says so next time.
    fn leave_start(&mut self, way: Way) -> Task<Message> {
        self.starting = None;
        let saved = self.set(|_| {});
        let go = match way {
            Way::Find => self.go(Screen::Massager),
            Way::Simulated if matches!(self.state.link, Link::None) => {
                self.engine.send(Command::Connect(MassagerId::simulated(), None));
                self.go(Screen::Profiles)
            }
            Way::Simulated | Way::Back => Task::none(),
        };
        Task::batch([saved, go])
    }
}

/// A page begins at its top, whatever the one before was scrolled to, with the focus on its first control.
fn begin_page() -> Task<Message> {
    let top = operation::AbsoluteOffset { x: 0.0, y: 0.0 };
    Task::batch([operation::scroll_to(start::PAGE, top), operation::focus(start::FIRST)])
}
