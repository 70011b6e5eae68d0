//! Import and export, and what they are called.

use iced::Center;
use iced::widget::{Column, row};

use super::super::{Board, Exchange, Message};
use crate::editor::exchange::picture::Look;
use crate::i18n::Words;
use crate::say;
use crate::ui::desktop::FileKind;
use crate::ui::icon::Icon;
use crate::ui::theme::{Element, text};
use crate::ui::widget::{self, choice, named};

/// The section.
pub(super) fn view<'a>(w: &Words, board: &'a Board) -> Element<'a, Message> {
    let document = board.editor.document();
    let lane = board.active.and_then(|channel| Some((channel, document.lane(channel)?)));
    let empty = document.lanes().all(|(_, lane)| lane.is_empty());
    let lane_empty = match lane {
        None => Some(say!(w, "exchange-no-lane")),
        Some((_, lane)) => lane.is_empty().then(|| say!(w, "exchange-empty-lane")),
    };
    let label = lane.map_or_else(
        || say!(w, "exchange-no-lane-label"),
        |(channel, _)| say!(w, "exchange-lane", name = w.channel(channel)),
    );
    let looks = [(Look::Light, say!(w, "exchange-light")), (Look::Dark, say!(w, "exchange-dark"))];
    let look = |look| Message::Exchange(Exchange::Look(look));
    let picture = |label: String, kind, tip: String| {
        let button = widget::second(label).small();
        match empty {
            true => button.disabled(say!(w, "exchange-empty")),
            false => button.tip(tip).on_press(Message::Exchange(Exchange::Export(kind))),
        }
    };
    Column::new()
        .spacing(8)
        .push(text::section(say!(w, "exchange-heading")))
        .push(text::small(label).style(text::second))
        .push(ways(w, FileKind::Funscript, lane.is_none().then(|| say!(w, "exchange-no-lane")), lane_empty))
        .push(text::small(say!(w, "exchange-table")).style(text::second))
        .push(ways(w, FileKind::Table, None, empty.then(|| say!(w, "exchange-empty"))))
        .push(text::small(say!(w, "exchange-picture")).style(text::second))
        .push(
            row![
                named(say!(w, "exchange-picture"), choice::segments(&looks, board.exchanging.look, look)),
                picture(say!(w, "exchange-svg"), FileKind::Svg, say!(w, "exchange-svg-tip")),
                picture(say!(w, "exchange-png"), FileKind::Png, say!(w, "exchange-png-tip")),
            ]
            .spacing(8)
            .align_y(Center),
        )
        .into()
}

/// In and out; where one is not possible, why.
fn ways<'a>(w: &Words, kind: FileKind, no_import: Option<String>, no_export: Option<String>) -> Element<'a, Message> {
    let import = widget::second(say!(w, "exchange-import")).icon(Icon::Import).small();
    let export = widget::second(say!(w, "exchange-export")).icon(Icon::Export).small();
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
