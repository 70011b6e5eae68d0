//! The table of points: everything in a lane to read, choose and change without the lanes.

use iced::Fill;
use iced::widget::{Column, button, container, row};

use super::super::{Board, Message};
use crate::ui::theme::{self, Element, text};
use crate::ui::widget::focusable;
use crate::ui::words::editor as phrases;

/// At most so many rows of the table are shown, around the chosen point.
const ROWS: usize = 60;

/// The page.
pub(super) fn view(board: &Board) -> Element<'_, Message> {
    let mut part = Column::new().spacing(2).push(text::section(phrases::POINTS));
    let document = board.editor.document();
    let Some((channel, lane)) = board.active.and_then(|channel| Some((channel, document.lane(channel)?))) else {
        return part.into();
    };
    if lane.is_empty() {
        return part.push(text::small(phrases::NO_POINTS).style(text::second)).into();
    }
    let selection = board.editor.selection();
    let around = selection.single().and_then(|id| document.index(id)).filter(|at| at.0 == channel).map_or(0, |at| at.1);
    let first = around.saturating_sub(ROWS / 2).min(lane.len().saturating_sub(ROWS));
    for index in first..(first + ROWS).min(lane.len()) {
        let Some(spot) = lane.spot(index) else { continue };
        let on = selection.has(spot.id);
        let cell =
            |content: String, width: f32| if on { text::strong(content) } else { text::body(content) }.width(width);
        let cells = row![
            cell((index + 1).to_string(), 44.0),
            cell(spot.point.at.to_string(), 84.0),
            cell(format!("{} %", spot.point.intensity), 60.0),
            cell(phrases::shape(spot.point.shape).to_owned(), 64.0),
        ];
        let choose = Message::Choose(spot.id);
        let target = button(container(cells).center_y(Fill))
            .height(36)
            .padding([0, 8])
            .width(Fill)
            .style(theme::button::row(on))
            .on_press(choose.clone());
        part = part.push(focusable(target).on_press(choose).corner(theme::radius::ROW));
    }
    let left = lane.len().saturating_sub(ROWS);
    let more = (left > 0).then(|| text::small(phrases::points(lane.len())).style(text::second));
    part.push(more).into()
}
