//! Tools for whole lanes and stretches, and generators: the list, or the one that is open.

use iced::widget::{Column, Row, TextInput, column, row, rule, space};
use iced::{Center, Fill};

use super::super::toolbox::{self, Form, Place};
use super::super::{Board, Kind, Message, Slot, World};
use crate::curve::Shape;
use crate::i18n::Words;
use crate::say;
use crate::ui::theme::{Element, Theme, text};
use crate::ui::widget::chip::field;
use crate::ui::widget::number::number;
use crate::ui::widget::{self, choice, named};
use crate::ui::words::editor as phrases;
use crate::ui::words::editor::tools as words;

/// The page.
pub(super) fn view<'a>(board: &'a Board, world: World<'a>) -> Element<'a, Message> {
    let w = world.words;
    match board.toolbox.form() {
        Some(form) => open(board, form, world),
        None => list(w),
    }
}

fn list<'a>(w: &Words) -> Element<'a, Message> {
    column![
        part(w, say!(w, "tools-change"), &Kind::CHANGE),
        part(w, say!(w, "editor-time"), &Kind::TIME),
        part(w, say!(w, "tools-new"), &Kind::NEW)
    ]
    .spacing(18)
    .into()
}

/// A heading, and its tools two by two.
fn part<'a>(w: &Words, title: String, kinds: &'static [Kind]) -> Element<'a, Message> {
    let rows = kinds.chunks(2).map(|pair| {
        let buttons = pair.iter().map(|kind| {
            let name = words::name(w, *kind);
            let open = Message::Tools(toolbox::Message::Open(*kind));
            Element::from(widget::second(name).small().width(Fill).id(toolbox::button(*kind)).on_press(open))
        });
        // An odd one out is as wide as the others.
        let rest = (pair.len() < 2).then(|| Element::from(space::horizontal()));
        Row::with_children(buttons.chain(rest)).spacing(8).into()
    });
    Column::new().spacing(8).push(text::section(title)).extend(rows).into()
}

fn open<'a>(board: &'a Board, form: &'a Form, world: World<'a>) -> Element<'a, Message> {
    let w = world.words;
    let (kind, place) = (form.kind, board.tool_place());
    let times: &[Slot] = match kind {
        Kind::InsertTime => &[Slot::At],
        kind if kind.is_stretch() => &[Slot::From, Slot::To],
        _ => &[],
    };
    let slots = kind.slots();
    let first = times.first().or(slots.first()).copied();
    let works_on = form.works_on(w, place).unwrap_or_else(|_| say!(w, "tools-on-nothing"));
    let about = column![text::section(words::name(w, kind)), text::small(words::about(w, kind)).style(text::second)];
    let times = (!times.is_empty()).then(|| {
        let times = times.iter().map(|slot| {
            let field = typed(w, form, *slot, place, first);
            column![text::small(words::label(w, *slot)), field].spacing(4).width(Fill).into()
        });
        Row::with_children(times).spacing(8)
    });
    let levels = world.massager().filter(|_| kind == Kind::Levels).zip(place.levels);
    let levels =
        levels.map(|(massager, levels)| note(say!(w, "tools-has-levels", massager = &massager.name, levels = levels)));
    let shape = (kind == Kind::Ramp).then(|| {
        let shapes = [Shape::Straight, Shape::Smooth].map(|shape| (shape, phrases::shape(w, shape)));
        let segments = choice::segments(&shapes, form.shape, |to| Message::Tools(toolbox::Message::Shape(to)));
        row![text::body(say!(w, "tools-shape")).width(Fill), named(say!(w, "tools-shape"), segments)].align_y(Center)
    });
    let parameters = slots.into_iter().map(|slot| parameter(w, form, slot, place, first));
    Column::new()
        .spacing(10)
        .push(about.spacing(4))
        .push(text::medium(works_on))
        .push(times)
        .extend(parameters)
        .push(shape)
        .push(levels)
        .into()
}

/// Under the page, always in sight: what comes of the open tool, and doing it or not.
pub(super) fn foot<'a>(w: &Words, board: &'a Board) -> Option<Element<'a, Message>> {
    board.toolbox.form()?;
    let go = board.points_that_go().map(|(gone, all)| text::medium(say!(w, "tools-points-go", gone = gone, all = all)));
    let trouble = board.toolbox.trouble(w);
    let plain = [say!(w, "tools-looking"), say!(w, "tools-no-change")];
    let why = trouble
        .clone()
        .map(|why| text::small(why.clone()).style(if plain.contains(&why) { text::second } else { text::bad }));
    let act = |by_key| Message::Tools(toolbox::Message::Apply { by_key });
    let close = |by_key| Message::Tools(toolbox::Message::Cancel { by_key });
    let apply = widget::second(say!(w, "tools-apply")).id(toolbox::APPLY).width(Fill);
    let apply = match trouble {
        None => apply.on_press(act(false)).on_key(act(true)),
        Some(why) => apply.disabled(why),
    };
    let cancel =
        widget::quiet(say!(w, "cancel")).id(toolbox::CANCEL).width(Fill).on_press(close(false)).on_key(close(true));
    // What comes and goes has a place of its own: what moved down would lose the keyboard.
    let outlook = Column::new().spacing(4).push(go).push(why);
    Some(
        column![rule::horizontal(1), column![outlook, row![cancel, apply].spacing(8)].spacing(8).padding([12, 16])]
            .into(),
    )
}

fn note<'a>(words: String) -> Element<'a, Message> {
    text::small(words).style(text::second).into()
}

/// A field; Enter applies.
fn typed<'a>(
    w: &Words,
    form: &Form,
    slot: Slot,
    place: Place<'_>,
    first: Option<Slot>,
) -> TextInput<'a, Message, Theme> {
    let input = move |text| Message::Tools(toolbox::Message::Type(slot, text));
    let field = field(&words::label(w, slot), &form.text(slot, place), input)
        .on_submit(Message::Tools(toolbox::Message::Apply { by_key: true }));
    if first == Some(slot) { field.id(toolbox::FIRST) } else { field }
}

/// A label and its number.
fn parameter<'a>(w: &Words, form: &Form, slot: Slot, place: Place<'_>, first: Option<Slot>) -> Element<'a, Message> {
    let step = |up| {
        let to = form.stepped(w, slot, up, place)?;
        Some(Message::Tools(toolbox::Message::Type(slot, to)))
    };
    let steps = [
        (say!(w, "tools-less", field = crate::ui::words::editor::tools::label(w, slot)), step(false)),
        (say!(w, "tools-more", field = crate::ui::words::editor::tools::label(w, slot)), step(true)),
    ];
    let field = typed(w, form, slot, place, first).padding([6, 4]);
    row![text::body(words::label(w, slot)).width(Fill), number(field, steps)].spacing(8).align_y(Center).into()
}
