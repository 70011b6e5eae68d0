//! The question after “It hurts”: the massager was told to stop before it is asked.
//!
//! Belongs here: the question, and how far each answer lowers the most that modes may reach.

use iced::widget::{Row, column, container};
use iced::{Center, Fill};

use super::{Message, SAFE};
use crate::i18n::Words;
use crate::intensity::Intensity;
use crate::mode::Mode;
use crate::say;
use crate::storage::TOO_MUCH;
use crate::ui::screen::playing::scale;
use crate::ui::theme::{self, Element, text};
use crate::ui::widget;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ui) struct Hurts {
    /// The modes that moved, and the most that each may reach so far.
    pub modes: Vec<(Mode, Intensity)>,
    /// The answer so far.
    pub pain: Option<u8>,
    /// Whether there is something to go on with.
    pub goes_on: bool,
}

/// What no answer counts as.
const UNSAID: u8 = 4;
/// The most that a mode may reach is never lowered below this, in percent.
const LEAST: u32 = 10;

impl Hurts {
    /// The most that each mode may reach from now on; those that stay as they are, are left out.
    pub(in crate::ui) fn lowered(&self) -> Vec<(Mode, Intensity)> {
        let tenths = match self.pain.unwrap_or(UNSAID) {
            0 => 10,
            1..=3 => 9,
            _ => 8,
        };
        let lower = |most: Intensity| {
            let percent = u32::from(most.per_mille()) / 10 * tenths / 10 / 5 * 5;
            Intensity::from_percent(percent.max(LEAST) as u16).min(most)
        };
        self.modes
            .iter()
            .map(|(mode, most)| (*mode, lower(*most), *most))
            .filter(|(_, to, from)| to < from)
            .map(|(mode, to, _)| (mode, to))
            .collect()
    }

    /// Whether it may go on, softer.
    pub(in crate::ui) fn may_go_on(&self) -> bool {
        self.goes_on && self.pain.is_some_and(|pain| pain < TOO_MUCH)
    }

    /// The question.
    pub(super) fn view<'a>(&self, w: &Words) -> Element<'a, Message> {
        let lowered: Vec<String> = self
            .lowered()
            .into_iter()
            .map(|(mode, to)| say!(w, "hurts-mode", mode = w.mode_inside(mode), to = to))
            .collect();
        let mut panel = column![].spacing(4);
        if let Some(pain) = self.pain.filter(|pain| *pain >= TOO_MUCH) {
            panel = panel.push(text::strong(say!(w, "done-too-much", pain = pain)));
        }
        if !lowered.is_empty() {
            panel = panel.push(text::body(say!(w, "hurts-lowered", modes = w.list(lowered))));
        }
        let asked = self.pain.is_some();
        let panel = asked.then(|| container(panel).padding([12, 16]).width(Fill).style(theme::container::caution));
        let mut answers = Row::new().spacing(12).align_y(Center);
        if self.may_go_on() {
            answers = answers.push(widget::second(say!(w, "hurts-go-on")).on_press(Message::Yes));
        }
        let stay = widget::main(say!(w, "hurts-leave")).id(SAFE).on_press(Message::No);
        let answers = container(answers.push(stay)).align_right(Fill).padding(iced::padding::top(8));
        column![text::title(say!(w, "hurts-title")), scale(w, self.pain, |pain| Message::Choose(usize::from(pain)))]
            .push(panel)
            .push(answers)
            .spacing(14)
            .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hurts(pain: Option<u8>) -> Hurts {
        let percent = |percent| Intensity::from_percent(percent);
        Hurts { modes: vec![(Mode::Roller, percent(70)), (Mode::Heat, percent(10))], pain, goes_on: true }
    }

    #[test]
    fn the_answer_lowers_what_moved_and_no_answer_counts_as_four() {
        let roller = |pain| hurts(pain).lowered().first().map(|(_, to)| to.percent().round() as u16);
        assert_eq!(roller(Some(0)), None);
        assert_eq!(roller(Some(3)), Some(60), "a tenth lower, rounded down to 5 %");
        assert_eq!((roller(Some(4)), roller(None), roller(Some(9))), (Some(55), Some(55), Some(55)));
        assert_eq!(hurts(Some(9)).lowered().len(), 1, "what is at its least stays");
    }

    #[test]
    fn from_six_on_nothing_goes_on() {
        assert!(hurts(Some(5)).may_go_on() && !hurts(Some(6)).may_go_on() && !hurts(None).may_go_on());
        assert!(!Hurts { goes_on: false, ..hurts(Some(1)) }.may_go_on());
    }
}
