//! What the pages of the first start look like.

use chrono::NaiveDate;
use iced::widget::{Column, Row, column, container, row, space, stack};
use iced::{Center, Fill};

use super::arch::arch;
use super::{FIRST, Message, PAGE, Page, Start};
use crate::care::health::{Answer, Gate, Part};
use crate::i18n::{Languages, Words};
use crate::mode::Mode;
use crate::say;
use crate::storage::{Language, Theme};
use crate::ui::icon::{self, Icon};
use crate::ui::theme::{self, Element, text};
use crate::ui::widget::lift::lift;
use crate::ui::widget::{self, choice, focusable, named, scroll};
use crate::ui::words::health;

/// What the pages look at.
#[derive(Clone, Copy)]
pub(in crate::ui) struct World<'a> {
    pub words: &'a Words,
    pub languages: &'a Languages,
    pub language: &'a Language,
    pub theme: Theme,
    pub today: NaiveDate,
    /// There is little room above and below.
    pub low: bool,
    /// The height of the window, in logical pixels.
    pub height: f32,
    /// There is little room to the sides.
    pub narrow: bool,
}

/// The open page. In a low window the card is closer, and scrolls where that is not enough.
pub(in crate::ui) fn view<'a>(start: &'a Start, world: World<'a>) -> Element<'a, Message> {
    let w = world.words;
    let (content, foot, width) = match start.page {
        Page::Look => (look(world), ways_from_look(w), 560.0),
        Page::Questions => (questions(start, world), ways_from_questions(start, w), 892.0),
        Page::Flags => (flags(w), ways_from_flags(start, w), 700.0),
        Page::NotToday => (not_today(w), ways_from_not_today(w), 560.0),
        Page::Massager => (massager(w), foot(w, start.is_first().then_some(3), true, []), 560.0),
    };
    let (inside, around) = if world.low { ([16, 24], 8) } else { ([28, 36], 40) };
    // Where a page is longer than the window, it scrolls, and the way on keeps its place.
    let long = match start.page {
        Page::Questions if world.narrow => 1000.0,
        Page::Questions => 860.0,
        Page::Flags => 720.0,
        Page::Look | Page::NotToday | Page::Massager => 0.0,
    };
    let whole = world.height >= long;
    let around = if whole { around } else { 16 };
    let inside = if whole || world.low { inside } else { [20, 36] };
    let content = if whole {
        content
    } else {
        scroll(container(content).padding(iced::padding::all(4).right(10))).id(PAGE).height(Fill).into()
    };
    let card = column![content, foot].spacing(if world.low { 14 } else { 20 });
    let card = container(card).padding(inside).max_width(width).style(theme::container::dialog);
    let card = lift(card, theme::radius::DIALOG, |theme| theme.shadow_3);
    let card: Element<'a, Message> = if whole {
        scroll(container(card).center_x(Fill).padding([around, 16])).into()
    } else {
        container(card).center_x(Fill).padding([around, 16]).height(Fill).into()
    };
    stack![arch(), container(card).center(Fill)].into()
}

fn head<'a>(title: String, under: String) -> Element<'a, Message> {
    column![text::page(title), text::body(under).style(text::second)].spacing(4).width(Fill).into()
}

/// Dots, how far one is, and the way on.
fn foot<'a>(
    w: &Words,
    step: Option<u8>,
    back: bool,
    ways: impl IntoIterator<Item = widget::Button<'a, Message>, IntoIter: ExactSizeIterator>,
) -> Element<'a, Message> {
    let ways = ways.into_iter();
    // Two ways on have long names: the dots alone are left.
    let in_words = ways.len() < 2;
    let dot = |number: u8| {
        let here = step == Some(number);
        let width = if here { 24.0 } else { 6.0 };
        widget::drawing::drawing(iced::Size::new(width, 6.0), move |quads, theme| {
            let place = iced::Rectangle::new(iced::Point::ORIGIN, iced::Size::new(width, 6.0));
            quads.fill(place, 3.0, if here { theme.accent } else { theme.line_strong });
        })
    };
    let progress = step.map(|step| {
        let dots = Row::with_children((1..=3).map(dot)).spacing(8).align_y(Center);
        let words = in_words.then(|| text::small(say!(w, "start-step", step = step)).style(text::second));
        row![dots].push(words).spacing(12).align_y(Center)
    });
    let back = back.then(|| widget::quiet(say!(w, "start-back")).on_press(Message::Back));
    let ways = ways.fold(Row::new().push(back).spacing(12), |row, way| row.push(way));
    Row::new().push(progress).push(space::horizontal()).push(ways).align_y(Center).into()
}

fn look<'a>(world: World<'a>) -> Element<'a, Message> {
    let w = world.words;
    let title = row![icon::mark(56.0), head(say!(w, "start-title"), say!(w, "start-text"))].spacing(16).align_y(Center);
    let themes = [
        (Theme::System, say!(w, "settings-as-computer")),
        (Theme::Light, say!(w, "settings-light")),
        (Theme::Dark, say!(w, "settings-dark")),
    ];
    let languages: Vec<_> = world.languages.all().map(|words| (Language::of(words.code()), words.name())).collect();
    let chosen = if *world.language == Language::System { Language::of(w.code()) } else { world.language.clone() };
    let language = choice::wide_segments(&languages, chosen, Message::Language);
    let theme = choice::wide_segments(&themes, world.theme, Message::Theme);
    column![
        title,
        column![text::strong(say!(w, "settings-language")), named(say!(w, "settings-language"), language)].spacing(8),
        column![text::strong(say!(w, "settings-theme")), named(say!(w, "settings-theme"), theme)].spacing(8),
    ]
    .spacing(if world.low { 14 } else { 24 })
    .into()
}

fn ways_from_look<'a>(w: &Words) -> Element<'a, Message> {
    foot(w, Some(1), false, [widget::main(say!(w, "start-next")).id(FIRST).on_press(Message::Next)])
}

/// A line with a box to tick.
fn tick<'a>(on: bool, words: String, message: Message, id: Option<&'static str>) -> Element<'a, Message> {
    let square = widget::drawing::drawing(iced::Size::new(22.0, 22.0), move |quads, theme| {
        let place = iced::Rectangle::with_size(iced::Size::new(22.0, 22.0));
        let border = iced::Border { color: theme.line_strong, width: 1.5, radius: 6.0.into() };
        if on { quads.fill(place, 6.0, theme.accent) } else { quads.framed(place, border, theme.raised) }
    });
    let mark = on.then(|| container(icon::view(Icon::Check, 16.0).color(|theme| theme.on_accent)).center(22));
    let label = if on { text::medium(words).style(text::on_soft) } else { text::body(words) };
    let content = row![stack![square].push(mark), label.width(Fill)].spacing(12).align_y(Center);
    let target = iced::widget::button(content)
        .padding([6, 10])
        .width(Fill)
        .style(theme::button::row(on))
        .on_press(message.clone());
    let target = focusable(target).on_press(message).corner(theme::radius::ROW);
    match id {
        Some(id) => target.id(id).into(),
        None => target.into(),
    }
}

fn questions<'a>(start: &'a Start, world: World<'a>) -> Element<'a, Message> {
    let w = world.words;
    let mut lines = Column::new().spacing(2);
    for (index, answer) in Answer::ALL.into_iter().enumerate() {
        let on = start.ticked.contains(&answer);
        let id = (index == 0).then_some(FIRST);
        lines = lines.push(tick(on, health::answer(w, answer), Message::Tick(answer), id));
        if answer == Answer::Clot && on {
            let over = tick(
                start.clot_is_over,
                say!(w, "health-clot-is-over"),
                Message::ClotIsOver(!start.clot_is_over),
                None,
            );
            lines = lines.push(container(over).padding(iced::padding::left(34)));
        }
    }
    let lines = lines
        .push(widget::drawing::line())
        .push(tick(start.none, say!(w, "health-none"), Message::None, None))
        .push(text::small(say!(w, "health-not-sure")).style(text::second));
    let uses = so_used(start, world);
    let middle: Element<'a, Message> = if world.narrow {
        column![lines, uses].spacing(16).into()
    } else {
        row![lines.width(Fill), container(uses).width(280)].spacing(24).into()
    };
    column![
        head(say!(w, "health-title"), say!(w, "health-text")),
        text::section(say!(w, "health-question")),
        middle,
        text::small(say!(w, "health-for-one-adult")).style(text::second),
    ]
    .spacing(12)
    .into()
}

fn ways_from_questions<'a>(start: &Start, w: &Words) -> Element<'a, Message> {
    let next = widget::main(say!(w, "start-next"));
    let next =
        if start.is_answered() { next.on_press(Message::Next) } else { next.disabled(say!(w, "health-answer-first")) };
    foot(w, start.is_first().then_some(2), true, [next])
}

/// What Svang will use, as the answers change.
fn so_used<'a>(start: &'a Start, world: World<'a>) -> Element<'a, Message> {
    let w = world.words;
    let so_far = start.so_far();
    let line = |mode: Mode| {
        let (gate, _) = so_far.gate(Part::Mode(mode), world.today);
        let answered = start.is_answered();
        let (sign, style): (Icon, fn(&theme::Theme) -> iced::widget::text::Style) = match gate {
            Gate::Open | Gate::Gently => (Icon::Check, text::second),
            Gate::Doctor | Gate::Off => (Icon::Ban, text::warn),
        };
        let sign = answered.then(|| icon::view(sign, 18.0));
        let says = if answered { health::gate(w, Part::Mode(mode), gate) } else { String::new() };
        let words = column![text::medium(w.mode(mode)), text::small(says).style(style)].width(Fill);
        let tile = container(icon::mode(mode, 20.0)).center(36).style(theme::container::tile);
        Row::new().push(tile).push(words).push(sign).spacing(12).align_y(Center).into()
    };
    let lines = Column::with_children(Mode::ALL.map(line)).spacing(12);
    let note = text::small(say!(w, "health-plays-without")).style(text::second);
    container(column![text::medium(say!(w, "health-so-used")), lines, note].spacing(14))
        .padding(16)
        .width(Fill)
        .style(theme::container::card_quiet)
        .into()
}

fn flags<'a>(w: &Words) -> Element<'a, Message> {
    let group = |title: String, lines: Vec<String>| {
        let lines = lines.into_iter().map(|line| row![text::body("·"), text::body(line).width(Fill)].spacing(8).into());
        Element::from(column![text::strong(title)].extend(lines).spacing(4))
    };
    let lists = column![
        group(say!(w, "flags-now"), vec![say!(w, "flags-breath")]),
        group(
            say!(w, "flags-today"),
            vec![say!(w, "flags-calf"), say!(w, "flags-hot"), say!(w, "flags-fall"), say!(w, "flags-cold")],
        ),
        group(
            say!(w, "flags-book"),
            vec![say!(w, "flags-nerve"), say!(w, "flags-rest"), say!(w, "flags-both"), say!(w, "flags-course")],
        ),
    ]
    .spacing(12);
    let panel = container(lists).padding(16).width(Fill).style(theme::container::advice);
    column![head(say!(w, "flags-title"), say!(w, "flags-text")), panel].spacing(16).into()
}

fn ways_from_flags<'a>(start: &Start, w: &Words) -> Element<'a, Message> {
    let ways = [
        widget::second(say!(w, "flags-yes")).on_press(Message::RedFlag(true)),
        widget::main(say!(w, "flags-none")).id(FIRST).on_press(Message::RedFlag(false)),
    ];
    foot(w, start.is_first().then_some(2), true, ways)
}

fn not_today<'a>(w: &Words) -> Element<'a, Message> {
    column![
        head(say!(w, "flags-not-today"), say!(w, "flags-not-today-text")),
        text::body(say!(w, "flags-whom-to-call")),
        text::body(say!(w, "flags-stays-off")).style(text::second),
    ]
    .spacing(16)
    .into()
}

fn ways_from_not_today<'a>(w: &Words) -> Element<'a, Message> {
    let ways = [
        widget::second(say!(w, "flags-look-around")).on_press(Message::LookAround),
        widget::main(say!(w, "flags-change")).id(FIRST).on_press(Message::Back),
    ];
    foot(w, None, false, ways)
}

fn massager<'a>(w: &Words) -> Element<'a, Message> {
    let find = widget::main(say!(w, "start-find")).icon(Icon::Search).tall().width(Fill).id(FIRST);
    let without = widget::second(say!(w, "start-without")).icon(Icon::Cpu).width(Fill);
    let next = container(
        row![
            icon::view(Icon::Play, 20.0).color(|theme| theme.accent),
            column![text::strong(say!(w, "start-then")), text::small(say!(w, "start-then-text")).style(text::second)]
                .spacing(2)
                .width(Fill),
        ]
        .spacing(12)
        .align_y(Center),
    )
    .padding(16)
    .width(Fill)
    .style(theme::container::card_quiet);
    column![
        head(say!(w, "start-massager"), say!(w, "start-massager-text")),
        find.on_press(Message::Find),
        without.on_press(Message::Simulated),
        next,
        text::small(say!(w, "start-stop-text")).style(text::second),
    ]
    .spacing(14)
    .into()
}
