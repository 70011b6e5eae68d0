//! The safety check: what was found, with a way to it and a fix.

use iced::widget::{Column, Row, button, column, container, row};
use iced::{Center, Fill};

use super::super::{Board, Message};
use crate::editor::safety::{Finding, Weight, to_fix};
use crate::i18n::Words;
use crate::say;
use crate::ui::icon::{self, Icon};
use crate::ui::theme::{self, Element, Theme, text};
use crate::ui::widget::chip::{self, Tone};
use crate::ui::widget::{self, focusable};

/// The list.
pub(super) fn view<'a>(w: &Words, board: &'a Board) -> Element<'a, Message> {
    let findings = &board.checked.findings;
    let count = to_fix(findings);
    let chip = match count {
        0 => chip::chip(Tone::Good, Icon::CircleCheck, say!(w, "editor-all-good")),
        count => {
            let must = findings.iter().any(|finding| finding.weight == Weight::Must);
            chip::chip(
                if must { Tone::Bad } else { Tone::Warn },
                Icon::CircleAlert,
                say!(w, "editor-to-fix", count = count),
            )
        }
    };
    let head = row![text::section(say!(w, "editor-safety")).width(Fill), chip].align_y(Center);
    let rows = findings.iter().enumerate().map(|(index, finding)| self::finding(w, index, finding));
    Column::new()
        .spacing(10)
        .push(head)
        .extend(rows)
        .push(text::small(say!(w, "editor-limits-from")).style(text::second))
        .into()
}

fn finding<'a>(w: &Words, index: usize, finding: &'a Finding) -> Element<'a, Message> {
    let (sign, color): (Icon, fn(&Theme) -> iced::Color) = match finding.weight {
        Weight::Good => (Icon::CircleCheck, |theme| theme.accent),
        Weight::Advice => (Icon::TriangleAlert, |theme| theme.warn),
        Weight::Must => (Icon::CircleAlert, |theme| theme.stop_text),
    };
    let words = column![text::medium(w.fact(&finding.title)), text::small(w.fact(&finding.detail)).style(text::second)];
    let fix = finding
        .fix
        .as_ref()
        .map(|fix| widget::second(say!(w, "editor-fix")).small().on_press(Message::Do(Box::new(fix.clone()))));
    let content = Row::new().spacing(10).push(icon::view(sign, 18.0).color(color)).push(words.width(Fill));
    let content: Element<'a, Message> = if finding.span.is_some() && finding.channel.is_some() {
        let target =
            button(content).padding(0).width(Fill).style(theme::button::row(false)).on_press(Message::Find(index));
        focusable(target).on_press(Message::Find(index)).into()
    } else {
        container(content).width(Fill).into()
    };
    Row::new().spacing(8).align_y(Center).push(content).push(fix).into()
}
