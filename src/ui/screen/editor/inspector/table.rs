//! The table of points, and under it that of steps: everything to read, choose and change without the lanes.

use iced::widget::{Column, Row, button, column, container, row, rule, space};
use iced::{Center, Fill};

use super::super::{Board, Field, Key, Message, World};
use super::{hint, steps};
use crate::editor::Spot;
use crate::mode::Channel;
use crate::ui::icon::Icon;
use crate::ui::theme::{self, Element, text};
use crate::ui::widget::chip::field;
use crate::ui::widget::{self, focusable};
use crate::ui::words::editor as phrases;
use crate::ui::words::editor::tools;

/// At most so many rows of the table are shown at once.
const ROWS: usize = 60;

/// The page.
pub(super) fn view<'a>(board: &'a Board, world: World<'a>) -> Element<'a, Message> {
    column![points(board), rule::horizontal(1), steps::table(board, world.words.code())].spacing(14).into()
}

/// The points of the active lane.
fn points(board: &Board) -> Element<'_, Message> {
    let playhead = board.field(Field::Playhead, || board.playhead.to_string());
    let playhead = field(tools::GO_TO, &playhead, |text| Message::Type(Field::Playhead, text)).width(104);
    let add =
        board.active.map(|_| widget::second(tools::ADD_HERE).icon(Icon::Plus).small().on_press(Message::Key(Key::Add)));
    let go = Row::new().spacing(8).align_y(Center).push(playhead.on_submit(Message::Typed)).push(add);
    let part = Column::new()
        .spacing(2)
        .push(text::section(tools::GO_TO))
        .push(go)
        .push(hint(board, Field::Playhead))
        .push(space::vertical().height(8))
        .push(text::section(phrases::POINTS));
    let document = board.editor.document();
    let Some((channel, lane)) = board.active.and_then(|channel| Some((channel, document.lane(channel)?))) else {
        return part.into();
    };
    if lane.is_empty() {
        return part.push(text::small(phrases::NO_POINTS).style(text::second)).into();
    }
    let first = first_row(board, channel, lane.len());
    let rows = (first..(first + ROWS).min(lane.len())).filter_map(|index| Some(line(board, index, lane.spot(index)?)));
    part.push(turn(first, lane.len())).extend(rows).push(turn(first, lane.len())).into()
}

/// The first row shown: where one turned to, else so that the chosen point is in the middle.
fn first_row(board: &Board, channel: Channel, count: usize) -> usize {
    let around = || {
        let at = board.editor.document().index(board.editor.selection().single()?)?;
        (at.0 == channel).then(|| at.1.saturating_sub(ROWS / 2))
    };
    board.first_row.or_else(around).unwrap_or(0).min(count.saturating_sub(ROWS))
}

/// Buttons to the rows before and after, where there are more than are shown.
fn turn<'a>(first: usize, count: usize) -> Option<Element<'a, Message>> {
    let (earlier, later) = (widget::quiet(tools::EARLIER).small(), widget::quiet(tools::LATER).small());
    let earlier = match first {
        0 => earlier.disabled(tools::FIRST_ROWS),
        _ => earlier.on_press(Message::Rows(first.saturating_sub(ROWS))),
    };
    let later = match first + ROWS < count {
        true => later.on_press(Message::Rows(first + ROWS)),
        false => later.disabled(tools::LAST_ROWS),
    };
    let shown = text::small(tools::rows(first + 1, (first + ROWS).min(count), count)).width(Fill).align_x(Center);
    (count > ROWS).then(|| row![earlier, shown.style(text::second), later].align_y(Center).into())
}

fn line<'a>(board: &Board, index: usize, spot: Spot) -> Element<'a, Message> {
    let on = board.editor.selection().has(spot.id);
    let cell = |content: String, width: f32| if on { text::strong(content) } else { text::body(content) }.width(width);
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
    focusable(target).on_press(choose).corner(theme::radius::ROW).into()
}
