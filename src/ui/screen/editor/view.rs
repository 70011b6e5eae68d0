//! The page around the lanes: top bar, tools, heads.

use iced::widget::{Column, Row, Stack, button, column, container, row, rule, space};
use iced::{Center, Fill};

use super::rows::{self, Rows};
use super::{Board, Field, Message, Tool, World, canvas, inspector};
use crate::editor::safety;
use crate::mode::Channel;
use crate::time::Time;
use crate::ui::icon::{self, Icon};
use crate::ui::theme::{self, Element, text};
use crate::ui::widget::chip::{Tone, chip, field};
use crate::ui::widget::{self, focusable};
use crate::ui::words::{self, editor as phrases};

impl Board {
    /// The screen.
    fn page<'a>(&'a self, world: World<'a>, narrow: bool) -> Element<'a, Message> {
        let rows = self.rows();
        let heads = container(self.heads(world, &rows, narrow)).width(rows::heads(narrow));
        let lanes = container(canvas::lanes(self, world)).width(rows.width).clip(true);
        let side = self.inspector.then(|| {
            let side = container(inspector::view(self, world)).width(rows::INSPECTOR).style(theme::container::nav);
            row![rule::vertical(1), side]
        });
        let stage = Row::new().push(heads).push(rule::vertical(1)).push(lanes).push(side).height(Fill);
        column![
            container(self.top_bar(world, narrow)).height(rows::TOP_BAR - 1.0).style(theme::container::nav),
            rule::horizontal(1),
            container(self.tools(narrow)).height(rows::TOOLS - 1.0).style(theme::container::nav),
            rule::horizontal(1),
            stage,
        ]
        .into()
    }

    fn top_bar<'a>(&'a self, world: World<'a>, narrow: bool) -> Element<'a, Message> {
        let back = if narrow {
            widget::icon_button(Icon::ArrowLeft, words::PROFILES)
        } else {
            widget::quiet(words::PROFILES).icon(Icon::ArrowLeft)
        };
        let document = self.editor.document();
        let name = self.field(Field::Name, || document.name().in_language(world.words.code()).to_owned());
        let name = field(phrases::NAME, &name, |text| Message::Type(Field::Name, text))
            .font(text::SEMIBOLD)
            .width(if narrow { 170 } else { 230 });
        let unsaved = self.is_dirty().then(|| chip(Tone::Neutral, None, phrases::NOT_SAVED));
        let history = self.editor.history();
        let room = if narrow { 16 } else { 22 };
        let undo = match history.undo_label() {
            Some(label) if narrow => {
                widget::icon_button(Icon::Undo2, phrases::undo(label)).small().on_press(Message::Undo)
            }
            Some(label) => {
                let label = words::shortened(&phrases::undo(label), room);
                widget::quiet(label).icon(Icon::Undo2).small().on_press(Message::Undo)
            }
            None => widget::icon_button(Icon::Undo2, words::UNDO).small().disabled(phrases::NOTHING_TO_UNDO),
        };
        let redo = widget::icon_button(Icon::Redo2, phrases::REDO).small();
        let redo = match history.redo_label() {
            Some(label) => redo.tip(phrases::redo(label)).on_press(Message::Redo),
            None => redo.disabled(phrases::NOTHING_TO_REDO),
        };
        let try_it = widget::second(phrases::try_from(self.playhead)).icon(Icon::Play).on_press(Message::Try);
        let save = widget::main(phrases::SAVE).icon(Icon::Save);
        let save = match self.is_dirty() && self.saving.is_none() {
            true => save.on_press(Message::Save),
            false => save.disabled(phrases::NOTHING_TO_SAVE),
        };
        Row::new()
            .push(back.on_press(Message::Leave))
            .push(name)
            .push(unsaved)
            .push(space::horizontal())
            .push(undo)
            .push(redo)
            .push(try_it)
            .push(save)
            .spacing(8)
            .padding([0, 12])
            .align_y(Center)
            .height(Fill)
            .into()
    }

    fn tools(&self, narrow: bool) -> Element<'_, Message> {
        let tool = |tool, icon, label| {
            let on = self.tool == tool;
            let words = if on { text::strong(label) } else { text::medium(label) };
            let content = row![icon::view(icon, 18.0), words].spacing(8).align_y(Center);
            let target = button(container(content).center_y(Fill))
                .height(36)
                .padding([0, 12])
                .style(theme::button::segment(on))
                .on_press(Message::Tool(tool));
            Element::from(focusable(target).on_press(Message::Tool(tool)))
        };
        let snap = if narrow { phrases::SNAP_SHORT } else { phrases::SNAP };
        let small = |icon, words, message| widget::icon_button(icon, words).small().on_press(message);
        let record = Message::Record(super::recording::Message::Toggle);
        let to_fix = safety::to_fix(&self.checked.findings);
        let seen = self.view.seen();
        let shown = phrases::seen(Time::from_millis(seen.millis()), self.editor.document().length());
        let seen = (!narrow).then(|| text::small(shown).style(text::second));
        let open = narrow.then(|| {
            let label = if to_fix > 0 { phrases::to_fix(to_fix) } else { phrases::DETAILS.to_owned() };
            widget::second(label).icon(Icon::SlidersHorizontal).small().on_press(Message::Inspector)
        });
        Row::new()
            .push(tool(Tool::Select, Icon::MousePointer2, phrases::SELECT))
            .push(tool(Tool::Add, Icon::Plus, phrases::ADD))
            .push(tool(Tool::Draw, Icon::Pencil, phrases::DRAW))
            .push(tool(Tool::Erase, Icon::Eraser, phrases::ERASE))
            .push(crate::ui::widget::choice::filter(
                Some(icon::view(Icon::Magnet, 18.0).into()),
                Some(snap),
                None,
                self.snaps,
                Message::Snap,
            ))
            .push(
                (!narrow).then(|| {
                    widget::quiet(phrases::ADD_STEP).icon(Icon::MessageSquare).small().on_press(Message::AddStep)
                }),
            )
            .push(if narrow {
                widget::icon_button(Icon::CircleDot, phrases::RECORD).small().id("record").on_press(record)
            } else {
                widget::quiet(phrases::RECORD).icon(Icon::CircleDot).small().on_press(record)
            })
            .push(space::horizontal())
            .push(small(Icon::ZoomOut, phrases::ZOOM_OUT, Message::Zoom(1.0 / 1.5)))
            .push(seen)
            .push(small(Icon::ZoomIn, phrases::ZOOM_IN, Message::Zoom(1.5)))
            .push(small(Icon::Maximize2, phrases::FIT, Message::Fit))
            .push(small(Icon::Help, phrases::help::OPEN, Message::Help).id("help"))
            .push(open)
            .spacing(if narrow { 2 } else { 6 })
            .padding([0, 12])
            .align_y(Center)
            .height(Fill)
            .into()
    }

    fn heads<'a>(&'a self, world: World<'a>, rows: &Rows, narrow: bool) -> Element<'a, Message> {
        let plain = |label, row: rows::Row| {
            let content = text::small(label).style(text::second);
            let cell = container(content).padding([0, 12]).center_y(row.height - 1.0).width(Fill);
            Element::from(column![cell, rule::horizontal(1)])
        };
        let mut heads = Column::new().push(plain(phrases::TIME, rows.ruler));
        for (channel, row) in &rows.lanes {
            heads = heads.push(self.head(world, *channel, row.height, narrow));
        }
        let gap = (rows.gap() > 0.0).then(|| space::vertical().height(rows.gap()));
        heads.push(gap).push(plain(phrases::STEPS, rows.steps)).push(plain(phrases::WHOLE, rows.strip)).into()
    }

    fn head<'a>(&'a self, world: World<'a>, channel: Channel, height: f32, narrow: bool) -> Element<'a, Message> {
        let active = self.active == Some(channel);
        let count = self.editor.document().lane(channel).map_or(0, crate::editor::Lane::len);
        let folded = self.heights.is_folded(channel);
        let name = phrases::lane(channel, if narrow { 13 } else { 16 });
        let name = if active { text::strong(name) } else { text::medium(name) };
        let name = name.wrapping(iced::widget::text::Wrapping::None);
        let chevron = folded.then(|| icon::view(Icon::ChevronRight, 16.0));
        let sign = icon::mode(channel.mode, if folded { 16.0 } else { 20.0 });
        let title = Row::new().push(chevron).push(sign).push(name).spacing(8).align_y(Center);
        let style = if active { text::on_soft } else { text::second };
        let facts = text::small(phrases::points(count)).style(style);
        let levels = world.levels(channel).map(|(levels, _)| text::small(phrases::levels(levels)).style(style));
        let roomy = height >= 60.0;
        let mut content = Column::new().spacing(2).push(title);
        if roomy {
            content = content.push(facts);
        }
        if height >= 84.0 {
            content = content.push(levels);
        }
        let target = button(container(content).clip(true))
            .padding([if roomy { 12.0 } else { 4.0 }, 12.0])
            .width(Fill)
            .height(height - 1.0)
            .style(move |theme: &theme::Theme, status| button::Style {
                border: iced::Border::default(),
                ..theme::button::segment(active)(theme, status)
            })
            .on_press(Message::Activate(channel));
        let head = focusable(target).on_press(Message::Activate(channel)).corner(0.0);
        let fold = roomy.then(|| {
            let fold = widget::icon_button(Icon::ChevronDown, phrases::FOLD).small().on_press(Message::Fold(channel));
            container(fold).align_right(Fill).align_bottom(height - 1.0).padding(2)
        });
        column![Stack::new().push(head).push(fold), rule::horizontal(1)].into()
    }
}

/// The screen of a board.
pub(in crate::ui) fn view<'a>(board: &'a Board, world: World<'a>, narrow: bool) -> Element<'a, Message> {
    board.page(world, narrow)
}
