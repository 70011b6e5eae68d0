//! Manual steps in the panel: all of them to choose from, and the chosen one's text and times to type.

use iced::widget::{Column, button, column, container, row};
use iced::{Center, Fill};

use super::super::{Board, Field, Key, Message};
use super::exact;
use crate::editor::{Edit, NamedStep, Span};
use crate::i18n::Words;
use crate::say;
use crate::time::Time;
use crate::ui::icon::Icon;
use crate::ui::theme::{self, Element, text};
use crate::ui::widget::chip::field;
use crate::ui::widget::{self, focusable};
use crate::ui::words::shortened;

/// What − and + change: a second.
const STEP: u32 = 1000;

/// All of them.
pub(super) fn table<'a>(w: &Words, board: &'a Board, language: &str) -> Element<'a, Message> {
    let document = board.editor.document();
    let mut part = Column::new().spacing(2).push(text::section(say!(w, "steps-all")));
    if document.steps().is_empty() {
        part = part.push(text::small(say!(w, "steps-none")).style(text::second));
    }
    for (index, named) in document.steps().iter().enumerate() {
        let on = board.editor.selection().has_step(named.id);
        let cell = |content: String| if on { text::strong(content) } else { text::body(content) };
        let says = match named.step.text.in_language(language).trim() {
            "" => say!(w, "steps-no-text"),
            says => shortened(says, 18),
        };
        let from = cell(named.step.from.to_string()).width(72);
        let cells = row![
            cell((index + 1).to_string()).width(28),
            from,
            cell(says).wrapping(iced::widget::text::Wrapping::None)
        ];
        let choose = Message::ChooseStep(named.id);
        let target = button(container(cells).center_y(Fill).clip(true))
            .height(36)
            .padding([0, 8])
            .width(Fill)
            .style(theme::button::row(on))
            .on_press(choose.clone());
        part = part.push(focusable(target).on_press(choose).corner(theme::radius::ROW));
    }
    let add = widget::second(say!(w, "editor-add-step")).icon(Icon::MessageSquare).small().on_press(Message::AddStep);
    part.push(container(add).padding(iced::padding::top(8))).into()
}

/// The chosen one.
pub(super) fn chosen<'a>(w: &Words, board: &'a Board, named: &'a NamedStep, language: &str) -> Element<'a, Message> {
    let value = board.field(Field::Step, || named.step.text.in_language(language).to_owned());
    let says =
        field(&say!(w, "editor-step-text"), &value, |text| Message::Type(Field::Step, text)).on_submit(Message::Typed);
    let Span { from, to } = Span { from: named.step.from, to: named.step.to };
    let resize = |from, to| Message::Do(Box::new(Edit::ResizeStep { step: named.id, span: Span { from, to } }));
    let less = |at: Time| Time::from_millis(at.as_millis().saturating_sub(STEP));
    let more = |at: Time| Time::from_millis(at.as_millis() + STEP);
    let delete = widget::second(say!(w, "delete")).icon(Icon::Trash2).small().on_press(Message::Key(Key::Delete));
    column![
        row![text::section(say!(w, "editor-step"))].align_y(Center),
        says,
        text::small(say!(w, "steps-from")),
        exact(
            w,
            board,
            Field::StepFrom,
            &say!(w, "steps-from"),
            from.to_string(),
            resize(less(from), to),
            resize(more(from), to)
        ),
        text::small(say!(w, "steps-to")),
        exact(
            w,
            board,
            Field::StepTo,
            &say!(w, "steps-to"),
            to.to_string(),
            resize(from, less(to)),
            resize(from, more(to))
        ),
        delete,
    ]
    .spacing(10)
    .into()
}
