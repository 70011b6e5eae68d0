//! The first start, in three calm steps: language and look, the questions before the first massage, and the massager.
//!
//! Belongs here: what is asked before there are settings, and asked again when the answers are old or the person wants to
//! change them. There is no nav; the player bar with Stop is there. What the answers switch off is
//! [`crate::care::health`]'s business, and the engine keeps to it.

mod arch;
mod view;

use std::collections::BTreeSet;

use crate::care::health::{Answer, Health};
use crate::storage::{Language, Theme};

pub(in crate::ui) use view::{World, view};

/// What scrolls where a page is longer than the window.
pub const PAGE: &str = "page of the start";
/// The control that the focus starts on, on every page.
pub(in crate::ui) const FIRST: &str = "first way in";

/// What happens on these pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// A language is chosen.
    Language(Language),
    /// A look is chosen.
    Theme(Theme),
    /// The next page.
    Next,
    /// The page before.
    Back,
    /// An answer is ticked, or no longer.
    Tick(Answer),
    /// None of the answers.
    None,
    /// The clot is over, and its treatment has ended.
    ClotIsOver(bool),
    /// Whether a red flag holds now.
    RedFlag(bool),
    /// To the massager's page, looking for one.
    Find,
    /// With the simulated massager.
    Simulated,
    /// In, without a massage.
    LookAround,
}

/// What only the app can do.
#[derive(Debug)]
pub(in crate::ui) enum Action {
    None,
    /// Another page: the focus goes to its first control.
    Turned,
    Language(Language),
    Theme(Theme),
    /// The answers are given; both questions are answered.
    Answered(Answers),
    /// In, by this way.
    Leave(Way),
}

/// The way in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ui) enum Way {
    Find,
    Simulated,
    /// Where the person came from.
    Back,
}

/// Both questions, answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ui) struct Answers {
    pub answers: BTreeSet<Answer>,
    pub clot_is_over: bool,
    pub red_flag: bool,
}

/// Which page is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Page {
    Look,
    Questions,
    Flags,
    NotToday,
    Massager,
}

/// The pages.
#[derive(Debug)]
pub(in crate::ui) struct Start {
    page: Page,
    /// Only the questions are asked, of somebody who knows the rest.
    only_questions: bool,
    ticked: BTreeSet<Answer>,
    none: bool,
    clot_is_over: bool,
}

impl Start {
    /// All of it, for somebody new.
    pub(in crate::ui) fn first() -> Self {
        Self { page: Page::Look, only_questions: false, ticked: BTreeSet::new(), none: false, clot_is_over: false }
    }

    /// The questions alone, with what was answered before.
    pub(in crate::ui) fn questions(health: &Health) -> Self {
        Self {
            page: Page::Questions,
            only_questions: true,
            ticked: health.answers.clone(),
            none: health.given.is_some() && health.answers.is_empty(),
            clot_is_over: health.clot_is_over,
        }
    }

    /// The red flags alone, with what was answered before.
    pub(in crate::ui) fn flags(health: &Health) -> Self {
        Self { page: Page::Flags, ..Self::questions(health) }
    }

    /// Whether it is all of the first start, and not the questions alone.
    pub(in crate::ui) fn is_first(&self) -> bool {
        !self.only_questions
    }

    fn is_answered(&self) -> bool {
        self.none || !self.ticked.is_empty()
    }

    /// The answers so far, as they would count today: what the page shows beside them.
    fn so_far(&self) -> Health {
        let clot_is_over = self.clot_is_over && self.ticked.contains(&Answer::Clot);
        Health { answers: self.ticked.clone(), clot_is_over, ..Health::default() }
    }

    /// Lets something happen.
    pub(in crate::ui) fn update(&mut self, message: Message) -> Action {
        let turn = |start: &mut Self, page: Page| {
            start.page = page;
            Action::Turned
        };
        match (message, self.page) {
            (Message::Language(language), _) => return Action::Language(language),
            (Message::Theme(theme), _) => return Action::Theme(theme),
            (Message::Next, Page::Look) => return turn(self, Page::Questions),
            (Message::Next, Page::Questions) if self.is_answered() => return turn(self, Page::Flags),
            (Message::Back, Page::Questions) if !self.only_questions => return turn(self, Page::Look),
            (Message::Back, Page::Questions) => return Action::Leave(Way::Back),
            (Message::Back, Page::Flags | Page::NotToday) => return turn(self, Page::Questions),
            (Message::Back, Page::Massager) => return turn(self, Page::Flags),
            (Message::Tick(answer), Page::Questions) => {
                self.none = false;
                if !self.ticked.remove(&answer) {
                    self.ticked.insert(answer);
                }
            }
            (Message::None, Page::Questions) => {
                self.none = !self.none;
                self.ticked.clear();
            }
            (Message::ClotIsOver(over), Page::Questions) => self.clot_is_over = over,
            (Message::RedFlag(red_flag), Page::Flags) => {
                self.page = if red_flag { Page::NotToday } else { Page::Massager };
                let answers = self.ticked.clone();
                return Action::Answered(Answers { answers, clot_is_over: self.clot_is_over, red_flag });
            }
            (Message::Find, Page::Massager) => return Action::Leave(Way::Find),
            (Message::Simulated, Page::Massager) => return Action::Leave(Way::Simulated),
            (Message::LookAround, Page::NotToday) => return Action::Leave(Way::Back),
            // Of a page that was left meanwhile.
            _ => {}
        }
        Action::None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_gets_past_the_questions_without_an_answer() {
        let mut start = Start::first();
        start.update(Message::Next);
        start.update(Message::Next);
        assert_eq!(start.page, Page::Questions, "nothing is ticked beforehand");
        start.update(Message::Tick(Answer::Heart));
        start.update(Message::None);
        assert!(start.ticked.is_empty() && start.none, "none clears the others");
        start.update(Message::Tick(Answer::Clot));
        assert!(!start.none);
        start.update(Message::ClotIsOver(true));
        start.update(Message::Next);
        let Action::Answered(answers) = start.update(Message::RedFlag(false)) else { panic!("answered") };
        assert_eq!((answers.answers, answers.clot_is_over, answers.red_flag), ([Answer::Clot].into(), true, false));
        assert_eq!(start.page, Page::Massager);
        start.update(Message::Back);
        start.update(Message::Back);
        assert!(start.ticked.contains(&Answer::Clot), "back keeps answers");
    }

    #[test]
    fn with_a_red_flag_there_is_no_way_to_a_massager() {
        let mut start = Start::flags(&Health::default());
        start.update(Message::RedFlag(true));
        for message in [Message::Find, Message::Simulated, Message::Next] {
            assert!(matches!(start.update(message), Action::None));
        }
        assert!(matches!(start.update(Message::LookAround), Action::Leave(Way::Back)));
    }
}
