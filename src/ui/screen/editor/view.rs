//! The page around the lanes: top bar, tools, heads.

use iced::widget::{Column, Row, Stack, button, column, container, row, rule, space};
use iced::{Center, Fill};

use super::rows::{self, Rows};
use super::{Board, Field, Message, Tool, World, canvas, inspector};
use crate::editor::safety;
use crate::i18n::Words;
use crate::mode::Channel;
use crate::say;
use crate::time::Time;
use crate::ui::icon::{self, Icon};
use crate::ui::theme::{self, Element, text};
use crate::ui::widget::chip::{Tone, chip, field};
use crate::ui::widget::{self, focusable, named};
use crate::ui::words::{self, editor as phrases};

/// The height of a lane's name with its padding, in pixels.
const LOWEST: f32 = 28.0;

impl Board {
    /// The screen.
    fn page<'a>(&'a self, world: World<'a>, narrow: bool) -> Element<'a, Message> {
        let w = world.words;
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
            container(self.tools(w, narrow)).height(rows::TOOLS - 1.0).style(theme::container::nav),
            rule::horizontal(1),
            stage,
        ]
        .into()
    }

    fn top_bar<'a>(&'a self, world: World<'a>, narrow: bool) -> Element<'a, Message> {
        let w = world.words;
        let back = if narrow {
            widget::icon_button(Icon::ArrowLeft, say!(w, "profiles"))
        } else {
            widget::quiet(say!(w, "profiles")).icon(Icon::ArrowLeft)
        };
        let document = self.editor.document();
        let name = self.field(Field::Name, || document.name().in_language(world.words.code()).to_owned());
        let name = field(&say!(w, "editor-name"), &name, |text| Message::Type(Field::Name, text))
            .font(text::SEMIBOLD)
            .width(if narrow { 170 } else { 230 });
        let unsaved = self.is_dirty().then(|| chip(Tone::Neutral, None, say!(w, "editor-not-saved")));
        let history = self.editor.history();
        let room = if narrow { 16 } else { 22 };
        let undo = match history.undo_label() {
            Some(label) if narrow => {
                widget::icon_button(Icon::Undo2, say!(w, "editor-undo", label = label)).small().on_press(Message::Undo)
            }
            Some(label) => {
                let label = words::shortened(&say!(w, "editor-undo", label = label), room);
                widget::quiet(label).icon(Icon::Undo2).small().on_press(Message::Undo)
            }
            None => {
                widget::icon_button(Icon::Undo2, say!(w, "undo")).small().disabled(say!(w, "editor-nothing-to-undo"))
            }
        };
        let redo = widget::icon_button(Icon::Redo2, say!(w, "redo")).small();
        let redo = match history.redo_label() {
            Some(label) => redo.tip(say!(w, "editor-redo-what", label = label)).on_press(Message::Redo),
            None => redo.disabled(say!(w, "editor-nothing-to-redo")),
        };
        let try_it =
            widget::second(say!(w, "editor-try-from", at = self.playhead)).icon(Icon::Play).on_press(Message::Try);
        let save = widget::main(say!(w, "save")).icon(Icon::Save);
        let save = match self.is_dirty() && self.saving.is_none() {
            true => save.on_press(Message::Save),
            false => save.disabled(say!(w, "editor-nothing-to-save")),
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

    fn tools(&self, w: &Words, narrow: bool) -> Element<'_, Message> {
        let tool = |tool, icon, label: String| {
            let on = self.tool == tool;
            // Where there is little room, the tool in use alone has its word.
            let brief = narrow && !on;
            let words = (!brief).then(|| if on { text::strong(label.clone()) } else { text::medium(label.clone()) });
            let content = Row::new().push(icon::view(icon, 18.0)).push(words).spacing(8).align_y(Center);
            let target = button(container(content).center_y(Fill))
                .height(36)
                .padding([0, 12])
                .style(theme::button::segment(on))
                .on_press(Message::Tool(tool));
            let target = focusable(target).on_press(Message::Tool(tool));
            if brief { widget::tip(target, label) } else { Element::from(target) }
        };
        let snap = if narrow { say!(w, "editor-snap-short") } else { say!(w, "editor-snap") };
        let small = |icon, words, message| widget::icon_button(icon, words).small().on_press(message);
        let record = Message::Record(super::recording::Message::Toggle);
        let to_fix = safety::to_fix(&self.checked.findings);
        let seen = self.view.seen();
        let shown =
            say!(w, "editor-seen", seen = Time::from_millis(seen.millis()), length = self.editor.document().length());
        let seen = (!narrow).then(|| text::small(shown).style(text::second));
        let open = narrow.then(|| {
            let label = if to_fix > 0 {
                say!(w, "editor-to-fix", count = to_fix)
            } else {
                say!(w, "editor-details").to_owned()
            };
            widget::second(label).icon(Icon::SlidersHorizontal).small().on_press(Message::Inspector)
        });
        Row::new()
            .push(tool(Tool::Select, Icon::MousePointer2, say!(w, "editor-select")))
            .push(tool(Tool::Add, Icon::Plus, say!(w, "editor-add")))
            .push(tool(Tool::Draw, Icon::Pencil, say!(w, "editor-draw")))
            .push(tool(Tool::Erase, Icon::Eraser, say!(w, "editor-erase")))
            .push(crate::ui::widget::choice::filter(
                Some(icon::view(Icon::Magnet, 18.0).into()),
                Some(snap),
                None,
                self.snaps,
                Message::Snap,
            ))
            .push((!narrow).then(|| {
                widget::quiet(say!(w, "editor-add-step")).icon(Icon::MessageSquare).small().on_press(Message::AddStep)
            }))
            .push(if narrow {
                widget::icon_button(Icon::CircleDot, say!(w, "editor-record")).small().id("record").on_press(record)
            } else {
                widget::quiet(say!(w, "editor-record")).icon(Icon::CircleDot).small().on_press(record)
            })
            .push(space::horizontal())
            .push(small(Icon::ZoomOut, say!(w, "editor-zoom-out"), Message::Zoom(1.0 / 1.5)))
            .push(seen)
            .push(small(Icon::ZoomIn, say!(w, "editor-zoom-in"), Message::Zoom(1.5)))
            .push(small(Icon::Maximize2, say!(w, "editor-fit"), Message::Fit))
            .push(small(Icon::Help, say!(w, "help-open"), Message::Help).id("help"))
            .push(open)
            .spacing(if narrow { 2 } else { 6 })
            .padding([0, 12])
            .align_y(Center)
            .height(Fill)
            .into()
    }

    fn heads<'a>(&'a self, world: World<'a>, rows: &Rows, narrow: bool) -> Element<'a, Message> {
        let w = world.words;
        let plain = |label, row: rows::Row| {
            let content = text::small(label).style(text::second);
            let cell = container(content).padding([0, 12]).center_y(row.height - 1.0).width(Fill);
            Element::from(column![cell, rule::horizontal(1)])
        };
        let mut heads = Column::new().push(plain(say!(w, "editor-time"), rows.ruler));
        for (channel, row) in &rows.lanes {
            heads = heads.push(self.head(world, *channel, row.height, narrow));
        }
        let gap = (rows.gap() > 0.0).then(|| space::vertical().height(rows.gap()));
        heads
            .push(gap)
            .push(plain(say!(w, "editor-steps"), rows.steps))
            .push(plain(say!(w, "editor-whole"), rows.strip))
            .into()
    }

    fn head<'a>(&'a self, world: World<'a>, channel: Channel, height: f32, narrow: bool) -> Element<'a, Message> {
        let w = world.words;
        let active = self.active == Some(channel);
        let count = self.editor.document().lane(channel).map_or(0, crate::editor::Lane::len);
        let folded = self.heights.is_folded(channel);
        let name = phrases::lane(w, channel, if narrow { 13 } else { 16 });
        let name = if active { text::strong(name) } else { text::medium(name) };
        let name = name.wrapping(iced::widget::text::Wrapping::None);
        let chevron = folded.then(|| icon::view(Icon::ChevronRight, 16.0));
        let sign = icon::mode(channel.mode, if folded { 16.0 } else { 20.0 });
        // Lower than its words, a lane has its sign alone.
        let low = height < LOWEST;
        let title = Row::new().push(chevron).push(sign).push((!low).then_some(name)).spacing(8).align_y(Center);
        let style = if active { text::on_soft } else { text::second };
        let facts = text::small(say!(w, "editor-count", count = count)).style(style);
        let levels =
            world.levels(channel).map(|(levels, _)| text::small(say!(w, "editor-levels", count = levels)).style(style));
        let roomy = height >= 66.0;
        let mut content = Column::new().spacing(2).push(title);
        if roomy {
            content = content.push(facts);
        }
        if height >= 90.0 {
            content = content.push(levels);
        }
        let target = button(container(content).clip(true))
            .padding([
                if roomy {
                    12.0
                } else if low {
                    0.0
                } else {
                    4.0
                },
                12.0,
            ])
            .width(Fill)
            .height(height - 1.0)
            .style(move |theme: &theme::Theme, status| button::Style {
                border: iced::Border::default(),
                ..theme::button::segment(active)(theme, status)
            })
            .on_press(Message::Activate(channel));
        let head = focusable(target).on_press(Message::Activate(channel)).corner(0.0);
        let head = named(w.channel(channel), head);
        let fold = roomy.then(|| {
            let fold =
                widget::icon_button(Icon::ChevronDown, say!(w, "editor-fold")).small().on_press(Message::Fold(channel));
            container(fold).align_right(Fill).align_bottom(height - 1.0).padding(2)
        });
        column![Stack::new().push(head).push(fold), rule::horizontal(1)].into()
    }
}

/// The screen of a board.
pub(in crate::ui) fn view<'a>(board: &'a Board, world: World<'a>, narrow: bool) -> Element<'a, Message> {
    board.page(world, narrow)
}
