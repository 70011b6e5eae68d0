//! The first start: three notes on safety, and two ways in.
//!
//! Belongs here: what is seen before there are settings. There is no nav yet; the player bar with Stop is there.

use iced::widget::{Column, column, container, row};
use iced::{Center, Fill};

use crate::ui::icon::{self, Icon};
use crate::ui::theme::{self, Element, text};
use crate::ui::widget::lift::lift;
use crate::ui::widget::{self, chip};
use crate::ui::words::welcome as words;

/// The way in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// With the simulated massager.
    Simulated,
    /// With a real one.
    Find,
}

/// The button that the focus starts on.
pub(super) const FIRST: &str = "first way in";

/// The page.
pub(super) fn view<'a>() -> Element<'a, Message> {
    let title = row![
        icon::mark(56.0),
        column![text::page(words::TITLE), text::body(words::TEXT).style(text::second)].spacing(2).width(Fill)
    ]
    .spacing(16)
    .align_y(Center);
    let icons = [Icon::Hand, Icon::Square, Icon::ShieldCheck];
    let notes = words::NOTES.iter().zip(icons).map(|((heading, note), icon)| {
        let tile = chip::tile(icon, 44.0, theme::container::tile_good);
        let words = column![text::strong(*heading), text::body(*note).style(text::second)].width(Fill);
        row![tile, words].spacing(16).align_y(Center).into()
    });
    let ways = row![
        widget::second(words::FIND).icon(Icon::Search).on_press(Message::Find),
        widget::main(words::SIMULATED).icon(Icon::Cpu).id(FIRST).on_press(Message::Simulated),
    ]
    .spacing(12);
    let content =
        column![title, Column::with_children(notes).spacing(16), container(ways).align_right(Fill)].spacing(28);
    let card = container(content).padding([32, 36]).max_width(600).style(theme::container::dialog);
    container(lift(card, theme::radius::DIALOG, |theme| theme.shadow_3)).center(Fill).padding(16).into()
}
