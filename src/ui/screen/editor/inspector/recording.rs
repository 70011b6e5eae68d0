//! Recording by hand: the slider, and how to start and end a take.

use iced::widget::{Column, row};
use iced::{Center, Fill};

use super::super::recording::{Message as Recorded, Recording, SLIDER};
use super::super::{Board, Message, World};
use crate::say;
use crate::ui::icon::{self, Icon};
use crate::ui::theme::{Element, text};
use crate::ui::widget::slider::slider;
use crate::ui::widget::{self, named};

/// One press of an arrow: 2 %.
const STEP: u16 = 20;

/// The page.
pub(super) fn view<'a>(board: &'a Board, recording: &'a Recording, world: World<'a>) -> Element<'a, Message> {
    let w = world.words;
    let channel = recording.channel;
    let title = row![
        icon::mode(channel.mode, 20.0),
        text::section(say!(w, "editor-record-channel", channel = channel)).width(Fill)
    ]
    .push(
        widget::icon_button(Icon::X, say!(w, "editor-close-recording"))
            .small()
            .on_press(Message::Record(Recorded::Toggle)),
    )
    .spacing(8)
    .align_y(Center);
    let level = row![text::small(say!(w, "editor-level")).width(Fill), text::number(format!("{} %", recording.level))];
    let slider = slider(0..=1000, recording.level.per_mille(), STEP, |level| Message::Record(Recorded::Level(level)));
    let page = Column::new()
        .spacing(14)
        .push(title)
        .push(level.align_y(Center))
        .push(named(say!(w, "editor-level"), slider.id(SLIDER)));
    if board.is_recording() {
        let done =
            widget::main(say!(w, "editor-finish")).icon(Icon::Square).on_press(Message::Record(Recorded::Finish));
        return page.push(text::small(say!(w, "editor-recording")).style(text::second)).push(done).into();
    }
    let start = |with| Message::Record(Recorded::Start(with));
    let from = board.record_from();
    let alone = widget::main(say!(w, "editor-record-from", at = from)).icon(Icon::CircleDot).on_press(start(false));
    let along = match world.connected() {
        Some(massager) => widget::second(say!(w, "editor-record-with-massager"))
            .icon(Icon::Play)
            .tip(say!(w, "editor-record-with", massager = &massager.name))
            .on_press(start(true)),
        None => widget::second(say!(w, "editor-record-with-massager"))
            .icon(Icon::Play)
            .disabled(say!(w, "editor-no-massager")),
    };
    page.push(alone).push(along).push(text::small(say!(w, "editor-how-to-record")).style(text::second)).into()
}
