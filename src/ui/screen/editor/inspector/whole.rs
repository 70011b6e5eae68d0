//! What concerns the whole profile: its length and its lanes.

use iced::widget::{Column, rule};

use super::super::{Board, Field, Message, World};
use super::{about, files, hint};
use crate::editor::Edit;
use crate::i18n::Words;
use crate::mode::{Channel, Foot, Mode};
use crate::say;
use crate::ui::icon::Icon;
use crate::ui::theme::{Element, text};
use crate::ui::widget;
use crate::ui::widget::chip::field;
use crate::ui::words::editor::tools;

/// The page.
pub(super) fn view<'a>(board: &'a Board, world: World<'a>) -> Element<'a, Message> {
    let w = world.words;
    let document = board.editor.document();
    let length = board.field(Field::Length, || document.length().to_string());
    let input =
        field(&say!(w, "editor-length"), &length, |text| Message::Type(Field::Length, text)).on_submit(Message::Typed);
    let used: Vec<Mode> = document.lanes().map(|(channel, _)| channel.mode).collect();
    let edit = |label: String, icon, edit| {
        Element::from(widget::quiet(label).icon(icon).small().on_press(Message::Do(Box::new(edit))))
    };
    let adds = Mode::ALL.into_iter().filter(|mode| !used.contains(mode));
    let adds =
        adds.map(|mode| edit(say!(w, "editor-add-lane", mode = mode), Icon::Plus, Edit::AddTrack(Channel::both(mode))));
    let remove = board.active.filter(|_| used.len() > 1).map(|channel| {
        edit(say!(w, "editor-remove-lane", channel = channel), Icon::Trash2, Edit::RemoveTrack(channel))
    });
    let feet =
        board.active.map(|channel| feet(w, channel, &document.lanes().map(|(other, _)| other).collect::<Vec<_>>()));
    let feet = feet.into_iter().flatten().map(|(label, change)| edit(label, Icon::Footprints, change));
    Column::new()
        .spacing(6)
        .push(text::section(say!(w, "editor-length")))
        .push(input)
        .push(hint(board, Field::Length))
        .push(text::section(say!(w, "editor-lanes")))
        .extend(adds)
        .extend(feet)
        .push(remove)
        .push(widget::quiet(say!(w, "editor-add-step")).icon(Icon::MessageSquare).small().on_press(Message::AddStep))
        .push(rule::horizontal(1))
        .push(files::view(w, board))
        .push(rule::horizontal(1))
        .push(about::view(board, world))
        .into()
}

/// Making two lanes of the active one, one for each foot, or one of two.
fn feet(w: &Words, active: Channel, all: &[Channel]) -> Vec<(String, Edit)> {
    let mode = active.mode;
    let join = |keep| Edit::JoinTracks { mode, keep };
    let has = |foot| all.contains(&Channel::new(mode, foot));
    match (active.foot, has(Foot::Left) && has(Foot::Right)) {
        (Foot::Both, _) => vec![(say!(w, "tools-split", mode = mode), Edit::SplitTrack(mode))],
        (_, true) => [Foot::Left, Foot::Right].map(|foot| (tools::join(w, mode, foot), join(foot))).into(),
        (foot, false) => vec![(say!(w, "tools-both-feet", mode = mode), join(foot))],
    }
}
