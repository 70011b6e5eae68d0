//! The safety check: what was found, with a way to it and a fix.

use iced::widget::{Column, Row, button, column, container, row};
use iced::{Center, Fill};

use super::super::{Board, Message};
use crate::editor::safety::{Finding, Weight, to_fix};
use crate::ui::icon::{self, Icon};
use crate::ui::theme::{self, Element, Theme, text};
use crate::ui::widget::chip::{self, Tone};
use crate::ui::widget::{self, focusable};
use crate::ui::words::editor as phrases;

/// The list.
pub(super) fn view(board: &Board) -> Element<'_, Message> {
    let findings = &board.checked.findings;
    let count = to_fix(findings);
    let chip = match count {
        0 => chip::chip(Tone::Good, Icon::CircleCheck, phrases::ALL_GOOD),
        count => {
            let must = findings.iter().any(|finding| finding.weight == Weight::Must);
            chip::chip(if must { Tone::Bad } else { Tone::Warn }, Icon::CircleAlert, phrases::to_fix(count))
        }
    };
    let head = row![text::section(phrases::SAFETY).width(Fill), chip].align_y(Center);
    let rows = findings.iter().enumerate().map(|(index, finding)| self::finding(index, finding));
    Column::new().spacing(10).push(head).extend(rows).push(text::small(phrases::LIMITS_FROM).style(text::second)).into()
}

fn finding(index: usize, finding: &Finding) -> Element<'_, Message> {
    let (sign, color): (Icon, fn(&Theme) -> iced::Color) = match finding.weight {
        Weight::Good => (Icon::CircleCheck, |theme| theme.accent),
        Weight::Advice => (Icon::TriangleAlert, |theme| theme.warn),
        Weight::Must => (Icon::CircleAlert, |theme| theme.stop_text),
    };
    let words = column![text::medium(finding.title.as_str()), text::small(finding.detail.as_str()).style(text::second)];
    let fix = finding
        .fix
        .as_ref()
        .map(|fix| widget::second(phrases::FIX).small().on_press(Message::Do(Box::new(fix.clone()))));
    let content = Row::new().spacing(10).push(icon::view(sign, 18.0).color(color)).push(words.width(Fill));
    let content: Element<'_, Message> = if finding.span.is_some() && finding.channel.is_some() {
        let target =
            button(content).padding(0).width(Fill).style(theme::button::row(false)).on_press(Message::Find(index));
        focusable(target).on_press(Message::Find(index)).into()
    } else {
        container(content).width(Fill).into()
    };
    Row::new().spacing(8).align_y(Center).push(content).push(fix).into()
}
