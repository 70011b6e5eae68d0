//! What is chosen: exact values and shape, or a step. Under it the safety check.

use iced::widget::{Column, column, row, rule};
use iced::{Center, Fill};

use super::super::{Board, Field, Key, Message, World};
use super::{clips, exact, safety, steps};
use crate::curve::Shape;
use crate::editor::Spot;
use crate::say;
use crate::ui::icon::Icon;
use crate::ui::theme::{Element, text};
use crate::ui::widget::{self, choice, named};
use crate::ui::words::editor as phrases;

/// The page.
pub(super) fn view<'a>(board: &'a Board, world: World<'a>) -> Element<'a, Message> {
    let w = world.words;
    column![chosen(board, world), rule::horizontal(1), safety::view(w, board)].spacing(14).into()
}

fn chosen<'a>(board: &'a Board, world: World<'a>) -> Element<'a, Message> {
    let w = world.words;
    let selection = board.editor.selection();
    let document = board.editor.document();
    if selection.points().len() == 0
        && let Some(named) = selection.steps().next().and_then(|id| document.step(id))
    {
        return steps::chosen(w, board, named, world.words.code());
    }
    let points: Vec<Spot> = selection.points().take(200).filter_map(|id| Some(document.point(id)?.1)).collect();
    let Some(first) = points.first() else {
        let add = board.active.map(|_| {
            widget::second(say!(w, "editor-add-at-playhead")).icon(Icon::Plus).small().on_press(Message::Key(Key::Add))
        });
        let words = text::small(say!(w, "editor-none-chosen")).style(text::second);
        return Column::new()
            .spacing(10)
            .push(text::section(say!(w, "editor-point")))
            .push(words)
            .push(add)
            .push(clips::paste(w))
            .into();
    };
    let count = selection.points().len();
    let mut part = Column::new().spacing(10);
    if let (Some((channel, spot)), 1) = (document.point(first.id), count) {
        let (index, all) =
            (document.index(first.id).map_or(0, |at| at.1), document.lane(channel).map_or(0, |l| l.len()));
        let place = text::small(phrases::place(w, channel, index, all)).style(text::second);
        part = part.push(row![text::section(say!(w, "editor-point")).width(Fill), place].align_y(Center));
        part = part.push(text::small(say!(w, "editor-time")));
        let (less, more) = (Message::Key(Key::Nudge(-1, 0)), Message::Key(Key::Nudge(1, 0)));
        part = part.push(exact(w, board, Field::Time, &say!(w, "editor-time"), spot.point.at.to_string(), less, more));
    } else {
        part = part.push(text::section(say!(w, "editor-chosen", count = count)));
    }
    let same = points.iter().all(|spot| spot.point.intensity == first.point.intensity);
    let now = if same { first.point.intensity.to_string() } else { String::new() };
    let (less, more) = (Message::Key(Key::Nudge(0, -1)), Message::Key(Key::Nudge(0, 1)));
    part = part.push(text::small(say!(w, "editor-intensity")));
    part = part.push(exact(w, board, Field::Intensity, &say!(w, "editor-intensity"), now, less, more));
    if let (1, Some((channel, _))) = (count, document.point(first.id))
        && let (Some((levels, ceiling)), Some(massager)) = (world.levels(channel), world.massager())
    {
        let level = first.point.intensity.scaled(world.state.strength).level(levels, ceiling);
        part = part.push(
            text::small(say!(w, "editor-plays-as", massager = &massager.name, level = level, levels = levels))
                .style(text::second),
        );
    }
    let bend = match first.point.shape {
        Shape::Bend(bend) => bend,
        _ => 40,
    };
    let bent = Shape::Bend(bend);
    let shapes = [Shape::Smooth, Shape::Straight, Shape::Hold, bent];
    let alike = points.iter().all(|spot| spot.point.shape == first.point.shape);
    let shapes = shapes.map(|shape| (Some(shape), phrases::shape(w, shape)));
    part = part.push(text::small(say!(w, "editor-shape")));
    let shapes = choice::segments(&shapes, alike.then_some(first.point.shape), move |shape| {
        Message::Shape(shape.unwrap_or(bent))
    });
    part = part.push(named(say!(w, "editor-shape"), shapes));
    if first.point.shape == bent {
        let by = |step: i8| Message::Shape(Shape::Bend((bend + step).clamp(-100, 100)));
        let stepper = choice::stepper(bend.to_string(), (bend > -100).then(|| by(-10)), (bend < 100).then(|| by(10)));
        part = part.push(
            row![text::small(say!(w, "editor-bent")).width(Fill), named(say!(w, "editor-bent"), stepper)]
                .align_y(Center),
        );
    }
    let looped = board.chosen_stretch().map(|span| {
        let label = say!(w, "editor-loop-stretch", from = span.from, to = span.to);
        let zoom =
            widget::icon_button(Icon::ZoomIn, say!(w, "editor-zoom-to-chosen")).small().on_press(Message::ZoomToChosen);
        row![widget::second(label).icon(Icon::Repeat).small().on_press(Message::Loop), zoom].spacing(4)
    });
    part.push(looped).push(clips::chosen(w)).push(clips::paste(w)).into()
}
