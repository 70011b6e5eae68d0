//! The table of points, and under it that of steps: everything to read, choose and change without the lanes.

use iced::widget::{Column, Row, button, column, container, row, rule, space};
use iced::{Center, Fill};

use super::super::{Board, Field, Key, Message, World};
use super::{hint, steps};
use crate::editor::Spot;
use crate::i18n::Words;
use crate::mode::Channel;
use crate::say;
use crate::ui::icon::Icon;
use crate::ui::theme::{self, Element, text};
use crate::ui::widget::chip::field;
use crate::ui::widget::{self, focusable};
use crate::ui::words::editor as phrases;

/// At most so many rows of the table are shown at once.
const ROWS: usize = 60;

/// The page.
pub(super) fn view<'a>(board: &'a Board, world: World<'a>) -> Element<'a, Message> {
    let w = world.words;
    column![points(w, board), rule::horizontal(1), steps::table(w, board, world.words.code())].spacing(14).into()
}

/// The points of the active lane.
fn points<'a>(w: &Words, board: &'a Board) -> Element<'a, Message> {
    let playhead = board.field(Field::Playhead, || board.playhead.to_string());
    let playhead = field(&say!(w, "tools-go-to"), &playhead, |text| Message::Type(Field::Playhead, text)).width(104);
    let add = board
        .active
        .map(|_| widget::second(say!(w, "tools-add-here")).icon(Icon::Plus).small().on_press(Message::Key(Key::Add)));
    let go = Row::new().spacing(8).align_y(Center).push(playhead.on_submit(Message::Typed)).push(add);
    let part = Column::new()
        .spacing(2)
        .push(text::section(say!(w, "tools-go-to")))
        .push(go)
        .push(hint(board, Field::Playhead))
        .push(space::vertical().height(8))
        .push(text::section(say!(w, "editor-points")));
    let document = board.editor.document();
    let Some((channel, lane)) = board.active.and_then(|channel| Some((channel, document.lane(channel)?))) else {
        return part.into();
    };
    if lane.is_empty() {
        return part.push(text::small(say!(w, "editor-no-points")).style(text::second)).into();
    }
    let first = first_row(board, channel, lane.len());
    let rows =
        (first..(first + ROWS).min(lane.len())).filter_map(|index| Some(line(w, board, index, lane.spot(index)?)));
    part.push(turn(w, first, lane.len())).extend(rows).push(turn(w, first, lane.len())).into()
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
fn turn<'a>(w: &Words, first: usize, count: usize) -> Option<Element<'a, Message>> {
    let (earlier, later) =
        (widget::quiet(say!(w, "tools-earlier")).small(), widget::quiet(say!(w, "tools-later")).small());
    let earlier = match first {
        0 => earlier.disabled(say!(w, "tools-first-rows")),
        _ => earlier.on_press(Message::Rows(first.saturating_sub(ROWS))),
    };
    let later = match first + ROWS < count {
        true => later.on_press(Message::Rows(first + ROWS)),
        false => later.disabled(say!(w, "tools-last-rows")),
    };
    let shown = text::small(say!(w, "tools-rows", first = first + 1, last = (first + ROWS).min(count), all = count))
        .width(Fill)
        .align_x(Center);
    (count > ROWS).then(|| row![earlier, shown.style(text::second), later].align_y(Center).into())
}

fn line<'a>(w: &Words, board: &Board, index: usize, spot: Spot) -> Element<'a, Message> {
    let on = board.editor.selection().has(spot.id);
    let cell = |content: String, width: f32| if on { text::strong(content) } else { text::body(content) }.width(width);
    let cells = row![
        cell((index + 1).to_string(), 44.0),
        cell(spot.point.at.to_string(), 84.0),
        cell(format!("{} %", spot.point.intensity), 60.0),
        cell(phrases::shape(w, spot.point.shape), 64.0),
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
