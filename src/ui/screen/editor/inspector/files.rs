//! Import and export, and what they are called.

use iced::Center;
use iced::widget::{Column, row};

use super::super::{Board, Exchange, Message};
use crate::editor::exchange::picture::Look;
use crate::ui::desktop::FileKind;
use crate::ui::icon::Icon;
use crate::ui::theme::{Element, text};
use crate::ui::widget::{self, choice};
use crate::ui::words::editor::exchange as words;

/// The section.
pub(super) fn view(board: &Board) -> Element<'_, Message> {
    let document = board.editor.document();
    let lane = board.active.and_then(|channel| Some((channel, document.lane(channel)?)));
    let empty = document.lanes().all(|(_, lane)| lane.is_empty());
    let lane_empty = match lane {
        None => Some(words::NO_LANE),
        Some((_, lane)) => lane.is_empty().then_some(words::EMPTY_LANE),
    };
    let label = lane.map_or_else(|| words::NO_LANE_LABEL.to_owned(), |(channel, _)| words::lane(&channel.name()));
    let looks = [(Look::Light, words::LIGHT), (Look::Dark, words::DARK)];
    let look = |look| Message::Exchange(Exchange::Look(look));
    let picture = |label, kind, tip| {
        let button = widget::second(label).small();
        match empty {
            true => button.disabled(words::EMPTY),
            false => button.tip(tip).on_press(Message::Exchange(Exchange::Export(kind))),
        }
    };
    Column::new()
        .spacing(8)
        .push(text::section(words::HEADING))
        .push(text::small(label).style(text::second))
        .push(ways(FileKind::Funscript, lane.is_none().then_some(words::NO_LANE), lane_empty))
        .push(text::small(words::TABLE).style(text::second))
        .push(ways(FileKind::Table, None, empty.then_some(words::EMPTY)))
        .push(text::small(words::PICTURE).style(text::second))
        .push(
            row![
                choice::segments(&looks, board.exchanging.look, look),
                picture(words::SVG, FileKind::Svg, words::SVG_TIP),
                picture(words::PNG, FileKind::Png, words::PNG_TIP),
            ]
            .spacing(8)
            .align_y(Center),
        )
        .into()
}

/// In and out; where one is not possible, why.
fn ways<'a>(kind: FileKind, no_import: Option<&'a str>, no_export: Option<&'a str>) -> Element<'a, Message> {
    let import = widget::second(words::IMPORT).icon(Icon::Import).small();
    let export = widget::second(words::EXPORT).icon(Icon::Export).small();
    row![
        match no_import {
            Some(why) => import.disabled(why),
            None => import.on_press(Message::Exchange(Exchange::Import(kind))),
        },
        match no_export {
            Some(why) => export.disabled(why),
            None => export.on_press(Message::Exchange(Exchange::Export(kind))),
        },
    ]
    .spacing(8)
    .into()
}
