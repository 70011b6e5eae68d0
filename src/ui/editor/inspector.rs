//! The inspector beside the lanes: exact values, the table of points, the safety check, lanes and length.

use iced::widget::{Column, Row, button, column, container, row, rule};
use iced::{Center, Fill, padding};

use super::{Board, Field, Message, World};
use crate::curve::Shape;
use crate::editor::safety::{Finding, Weight, to_fix};
use crate::editor::{Edit, Spot};
use crate::mode::{Channel, Mode};
use crate::ui::editor::Key;
use crate::ui::icon::{self, Icon};
use crate::ui::theme::{self, Element, Theme, text};
use crate::ui::widget::chip::{self, Tone, field};
use crate::ui::widget::{self, choice, focusable, scroll};
use crate::ui::words::editor as phrases;

/// At most so many rows of the table are shown, around the chosen point.
const ROWS: usize = 60;

/// The inspector.
pub(super) fn view<'a>(board: &'a Board, world: World<'a>) -> Element<'a, Message> {
    let page = column![
        chosen(board, world),
        rule::horizontal(1),
        safety(board),
        rule::horizontal(1),
        table(board),
        rule::horizontal(1),
        whole(board),
    ]
    .spacing(14)
    .padding(padding::all(16));
    scroll(page).width(Fill).height(Fill).into()
}

fn hint<'a>(board: &'a Board, of: Field) -> Option<Element<'a, Message>> {
    let typing = board.typing.as_ref().filter(|typing| typing.field == of)?;
    Some(text::small(typing.hint.as_deref()?).style(text::bad).into())
}

/// − field +.
fn exact<'a>(
    board: &'a Board,
    of: Field,
    placeholder: &'static str,
    now: String,
    less: Message,
    more: Message,
) -> Element<'a, Message> {
    let value = board.field(of, || now);
    let input = field(placeholder, &value, move |text| Message::Type(of, text)).on_submit(Message::Typed);
    let step = |icon, words, message| widget::icon_button(icon, words).look(theme::button::second).on_press(message);
    let fields =
        row![step(Icon::Minus, "Less", less), input, step(Icon::Plus, "More", more)].spacing(4).align_y(Center);
    Column::new().spacing(4).push(fields).push(hint(board, of)).into()
}

fn chosen<'a>(board: &'a Board, world: World<'a>) -> Element<'a, Message> {
    let selection = board.editor.selection();
    let document = board.editor.document();
    if let Some(named) = selection.steps().next().and_then(|id| document.step(id)) {
        return step(board, named, world.language);
    }
    let points: Vec<Spot> = selection.points().take(200).filter_map(|id| Some(document.point(id)?.1)).collect();
    let Some(first) = points.first() else {
        let add = board.active.map(|_| {
            widget::second(phrases::ADD_AT_PLAYHEAD).icon(Icon::Plus).small().on_press(Message::Key(Key::Add))
        });
        let words = text::small(phrases::NONE_CHOSEN).style(text::second);
        return Column::new().spacing(10).push(text::section(phrases::POINT)).push(words).push(add).into();
    };
    let count = selection.points().len();
    let mut part = Column::new().spacing(10);
    if let (Some((channel, spot)), 1) = (document.point(first.id), count) {
        let (index, all) =
            (document.index(first.id).map_or(0, |at| at.1), document.lane(channel).map_or(0, |l| l.len()));
        let place = text::small(phrases::place(channel, index, all)).style(text::second);
        part = part.push(row![text::section(phrases::POINT).width(Fill), place].align_y(Center));
        part = part.push(text::small(phrases::TIME));
        let (less, more) = (Message::Key(Key::Nudge(-1, 0)), Message::Key(Key::Nudge(1, 0)));
        part = part.push(exact(board, Field::Time, phrases::TIME, spot.point.at.to_string(), less, more));
    } else {
        part = part.push(text::section(phrases::chosen(count)));
    }
    let same = points.iter().all(|spot| spot.point.intensity == first.point.intensity);
    let now = if same { first.point.intensity.to_string() } else { String::new() };
    let (less, more) = (Message::Key(Key::Nudge(0, -1)), Message::Key(Key::Nudge(0, 1)));
    part = part.push(text::small(phrases::INTENSITY));
    part = part.push(exact(board, Field::Intensity, phrases::INTENSITY, now, less, more));
    if let (1, Some((channel, _))) = (count, document.point(first.id))
        && let (Some((levels, ceiling)), Some(massager)) = (world.levels(channel), world.massager())
    {
        let level = first.point.intensity.scaled(world.state.strength).level(levels, ceiling);
        part = part.push(text::small(phrases::plays_as(&massager.name, level, levels)).style(text::second));
    }
    let bend = match first.point.shape {
        Shape::Bend(bend) => bend,
        _ => 40,
    };
    let bent = Shape::Bend(bend);
    let shapes = [Shape::Smooth, Shape::Straight, Shape::Hold, bent];
    let shapes = shapes.map(|shape| (shape, phrases::shape(shape)));
    part = part.push(text::small(phrases::SHAPE));
    part = part.push(choice::segments(&shapes, first.point.shape, Message::Shape));
    if first.point.shape == bent {
        let by = |step: i8| Message::Shape(Shape::Bend((bend + step).clamp(-100, 100)));
        let stepper = choice::stepper(bend.to_string(), (bend > -100).then(|| by(-10)), (bend < 100).then(|| by(10)));
        part = part.push(row![text::small(phrases::BENT).width(Fill), stepper].align_y(Center));
    }
    let delete = widget::second(phrases::DELETE).icon(Icon::Trash2).small().on_press(Message::Key(Key::Delete));
    part.push(delete).into()
}

fn step<'a>(board: &'a Board, named: &'a crate::editor::NamedStep, language: &str) -> Element<'a, Message> {
    let value = board.field(Field::Step, || named.step.text.in_language(language).to_owned());
    let input = field(phrases::STEP_TEXT, &value, |text| Message::Type(Field::Step, text)).on_submit(Message::Typed);
    let times = format!("{} – {}", named.step.from, named.step.to);
    column![
        row![text::section(phrases::STEP).width(Fill), text::small(times).style(text::second)].align_y(Center),
        input,
        widget::second(phrases::DELETE).icon(Icon::Trash2).small().on_press(Message::Key(Key::Delete)),
    ]
    .spacing(10)
    .into()
}

fn safety(board: &Board) -> Element<'_, Message> {
    let findings = &board.checked.findings;
    let count = to_fix(findings);
    let chip = match count {
        0 => chip::chip(Tone::Good, Icon::CircleCheck, phrases::ALL_GOOD),
        count => {
            let must = findings.iter().any(|finding| finding.weight == Weight::Must);
            chip::chip(if must { Tone::Bad } else { Tone::Warn }, Icon::CircleAlert, phrases::to_fix(count))
        }
    };
    let head = row![text::section(phrases::SAFETY).width(Fill), chip].align_y(Center);
    let rows = findings.iter().enumerate().map(|(index, finding)| self::finding(index, finding));
    Column::new().spacing(10).push(head).extend(rows).push(text::small(phrases::LIMITS_FROM).style(text::second)).into()
}

fn finding(index: usize, finding: &Finding) -> Element<'_, Message> {
    let (sign, color): (Icon, fn(&Theme) -> iced::Color) = match finding.weight {
        Weight::Good => (Icon::CircleCheck, |theme| theme.accent),
        Weight::Advice => (Icon::TriangleAlert, |theme| theme.warn),
        Weight::Must => (Icon::CircleAlert, |theme| theme.stop_text),
    };
    let words = column![text::medium(finding.title.as_str()), text::small(finding.detail.as_str()).style(text::second)];
    let fix = finding
        .fix
        .as_ref()
        .map(|fix| widget::second(phrases::FIX).small().on_press(Message::Do(Box::new(fix.clone()))));
    let content = Row::new().spacing(10).push(icon::view(sign, 18.0).color(color)).push(words.width(Fill));
    let content: Element<'_, Message> = if finding.span.is_some() && finding.channel.is_some() {
        let target =
            button(content).padding(0).width(Fill).style(theme::button::row(false)).on_press(Message::Find(index));
        focusable(target).on_press(Message::Find(index)).into()
    } else {
        container(content).width(Fill).into()
    };
    Row::new().spacing(8).align_y(Center).push(content).push(fix).into()
}

fn table(board: &Board) -> Element<'_, Message> {
    let mut part = Column::new().spacing(2).push(text::section(phrases::POINTS));
    let document = board.editor.document();
    let Some((channel, lane)) = board.active.and_then(|channel| Some((channel, document.lane(channel)?))) else {
        return part.into();
    };
    if lane.is_empty() {
        return part.push(text::small(phrases::NO_POINTS).style(text::second)).into();
    }
    let selection = board.editor.selection();
    let around = selection.single().and_then(|id| document.index(id)).filter(|at| at.0 == channel).map_or(0, |at| at.1);
    let first = around.saturating_sub(ROWS / 2).min(lane.len().saturating_sub(ROWS));
    for index in first..(first + ROWS).min(lane.len()) {
        let Some(spot) = lane.spot(index) else { continue };
        let on = selection.has(spot.id);
        let cell =
            |content: String, width: f32| if on { text::strong(content) } else { text::body(content) }.width(width);
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
        part = part.push(focusable(target).on_press(choose).corner(theme::radius::ROW));
    }
    let left = lane.len().saturating_sub(ROWS);
    let more = (left > 0).then(|| text::small(phrases::points(lane.len())).style(text::second));
    part.push(more).into()
}

fn whole(board: &Board) -> Element<'_, Message> {
    let document = board.editor.document();
    let length = board.field(Field::Length, || document.length().to_string());
    let input = field(phrases::LENGTH, &length, |text| Message::Type(Field::Length, text)).on_submit(Message::Typed);
    let used: Vec<Mode> = document.lanes().map(|(channel, _)| channel.mode).collect();
    let edit = |label: String, icon, edit| {
        Element::from(widget::quiet(label).icon(icon).small().on_press(Message::Do(Box::new(edit))))
    };
    let adds = Mode::ALL.into_iter().filter(|mode| !used.contains(mode));
    let adds = adds.map(|mode| edit(phrases::add_lane(mode), Icon::Plus, Edit::AddTrack(Channel::both(mode))));
    let remove = board
        .active
        .filter(|_| used.len() > 1)
        .map(|channel| edit(phrases::remove_lane(channel), Icon::Trash2, Edit::RemoveTrack(channel)));
    Column::new()
        .spacing(6)
        .push(text::section(phrases::LENGTH))
        .push(input)
        .push(hint(board, Field::Length))
        .push(text::section(phrases::LANES))
        .extend(adds)
        .push(remove)
        .push(widget::quiet(phrases::ADD_STEP).icon(Icon::MessageSquare).small().on_press(Message::AddStep))
        .into()
}
