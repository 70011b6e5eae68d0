//! The help sheet: what one can do with the pointer, and with which keys.
//!
//! Belongs here: how the table in the words is laid out. What the keys do belongs to [`super::keyboard`] and
//! `crate::ui::shell::keys`.

use iced::keyboard::Key;
use iced::keyboard::key::Named;
use iced::widget::{Column, Row, column, container, row};
use iced::{Center, Fill};

use crate::i18n::Words;
use crate::say;
use crate::ui::icon::{self, Icon};
use crate::ui::shell::dialog::{Message, SAFE};
use crate::ui::theme::{self, Element, text};
use crate::ui::widget::{dialog, focusable, icon_button, named, scroll};
use crate::ui::words::editor::help::{Group, LEFT, Line, RIGHT};

/// What scrolls, so that keys can scroll it.
pub(in crate::ui) const SHEET: &str = "help sheet";

/// The sheet, in one column where it is narrow.
pub(in crate::ui) fn view<'a>(w: &Words, narrow: bool) -> Element<'a, Message> {
    let close = icon_button(Icon::X, say!(w, "close")).id(SAFE).on_press(Message::No);
    let pointer = if narrow { 260.0 } else { 172.0 };
    let groups = |groups: &'static [Group]| {
        Column::with_children(groups.iter().map(|of| group(w, of, pointer))).spacing(14).width(Fill)
    };
    let columns: Element<'a, Message> = if narrow {
        column![groups(LEFT), groups(RIGHT)].spacing(14).into()
    } else {
        row![groups(LEFT), groups(RIGHT)].spacing(40).into()
    };
    let sheet = scroll(container(columns).padding(iced::padding::all(4).right(16))).id(SHEET);
    let sheet = focusable(sheet).on_key(|key| {
        let lines = match key {
            Key::Named(Named::ArrowDown) => 1,
            Key::Named(Named::ArrowUp) => -1,
            Key::Named(Named::PageDown | Named::Space) => 8,
            Key::Named(Named::PageUp) => -8,
            Key::Named(Named::End) => 100,
            Key::Named(Named::Home) => -100,
            _ => return None,
        };
        Some(Message::Scroll(lines))
    });
    let sheet = named(say!(w, "help-title"), sheet);
    dialog::sheet(
        column![row![text::title(say!(w, "help-title")).width(Fill), close].align_y(Center), sheet].spacing(8),
    )
}

fn group<'a>(w: &Words, group: &'static Group, pointer: f32) -> Element<'a, Message> {
    let lines = group.lines.iter().map(|of| line(w, of, pointer));
    column![text::section(w.message(group.title, &[])), Column::with_children(lines)].spacing(4).into()
}

fn line<'a>(w: &Words, line: &'static Line, pointer: f32) -> Element<'a, Message> {
    let keys = line.keys.split(' ').filter(|key| !key.is_empty()).map(key);
    row![
        text::label(w.message(line.what, &[])).width(Fill),
        text::small(w.message(line.pointer, &[])).style(text::second).width(pointer),
        container(Row::with_children(keys).spacing(6)).width(158),
    ]
    .spacing(8)
    .height(24)
    .align_y(Center)
    .into()
}

/// A key with those that are held, each as a cap.
fn key<'a>(keys: &'static str) -> Element<'a, Message> {
    let mut caps = Row::new().spacing(2);
    let mut rest = keys;
    while let Some((held, key)) = rest.split_once('+').filter(|(held, key)| !held.is_empty() && !key.is_empty()) {
        caps = caps.push(cap(held));
        rest = key;
    }
    caps.push(cap(rest)).into()
}

fn cap<'a>(key: &'static str) -> Element<'a, Message> {
    let arrow = match key {
        "←" => Some(Icon::ArrowLeft),
        "→" => Some(Icon::ArrowRight),
        "↑" => Some(Icon::ArrowUp),
        "↓" => Some(Icon::ArrowDown),
        _ => None,
    };
    let face: Element<'a, Message> = match arrow {
        Some(arrow) => icon::view(arrow, 14.0).into(),
        None if key == "Ctrl" && cfg!(target_os = "macos") => text::label("Cmd").into(),
        None => text::label(key).into(),
    };
    let least = iced::widget::space().width(10).height(0);
    let face = column![least, face].align_x(Center);
    container(container(face).center_y(20)).padding([0, 5]).style(theme::container::cap).into()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use iced::event::Status;
    use iced::keyboard::{Event, Location, Modifiers, key};

    use super::super::Board;
    use super::*;
    use crate::curve::{Curve, Point, Shape};
    use crate::editor::Choose;
    use crate::intensity::Intensity;
    use crate::mode::{Channel, Mode};
    use crate::profile::Profile;
    use crate::time::Time;
    use crate::ui::shell::keys;

    /// A board on which every key has something to do: of three points, the one in the middle is chosen.
    fn board() -> Board {
        let point = |secs| Point::new(Shape::Straight, Time::from_secs(secs), Intensity::FULL);
        let curve = Curve::new([10, 20, 30].map(point).to_vec()).unwrap();
        let tracks = [(Channel::both(Mode::Roller), curve)].into();
        let profile = Profile { length: Time::from_secs(60), tracks, ..Profile::default() };
        let mut board = Board::unsaved(&profile, [1280.0, 800.0].into());
        let middle = board.editor.document().lanes().next().unwrap().1.spot(1).unwrap().id;
        board.editor.selection_mut().choose([middle], Choose::Only);
        board
    }

    /// The keys of a line, as the keyboard sends them: what is held counts for all that follow.
    fn pressed(line: &Line) -> Vec<(Key, Modifiers)> {
        let mut held = Modifiers::empty();
        let mut all = Vec::new();
        for keys in line.keys.split(' ').filter(|keys| !keys.is_empty()) {
            let mut rest = keys;
            let mut now = Modifiers::empty();
            while let Some((name, key)) = rest.split_once('+').filter(|(name, key)| !name.is_empty() && !key.is_empty())
            {
                now |= if name == "Ctrl" { Modifiers::COMMAND } else { Modifiers::SHIFT };
                assert!(["Ctrl", "Shift"].contains(&name), "{keys}");
                rest = key;
            }
            if !now.is_empty() {
                held = now;
            }
            let named = |named| Key::Named(named);
            let key = match rest {
                "←" => named(Named::ArrowLeft),
                "→" => named(Named::ArrowRight),
                "↑" => named(Named::ArrowUp),
                "↓" => named(Named::ArrowDown),
                "Enter" => named(Named::Enter),
                "Tab" => named(Named::Tab),
                "Del" => named(Named::Delete),
                "PgUp" => named(Named::PageUp),
                "PgDn" => named(Named::PageDown),
                "Home" => named(Named::Home),
                "End" => named(Named::End),
                "Space" => named(Named::Space),
                "Esc" => named(Named::Escape),
                "F1" => named(Named::F1),
                "−" => Key::Character("-".into()),
                letter => Key::Character(letter.to_lowercase().into()),
            };
            all.push((key, held));
        }
        all
    }

    fn lines() -> impl Iterator<Item = &'static Line> {
        LEFT.iter().chain(RIGHT).flat_map(|group| group.lines)
    }

    fn in_lanes(board: &Board, key: &Key, modifiers: Modifiers) -> Option<String> {
        board.key(key, modifiers).map(|message| format!("{message:?}"))
    }

    fn everywhere(key: &Key, modifiers: Modifiers) -> Option<keys::Shortcut> {
        let event = Event::KeyPressed {
            key: key.clone(),
            modified_key: key.clone(),
            physical_key: key::Physical::Unidentified(key::NativeCode::Unidentified),
            location: Location::Standard,
            modifiers,
            text: None,
            repeat: false,
        };
        // What a letter alone means is a page's business.
        let meant = keys::shortcut(&iced::Event::Keyboard(event), Status::Ignored);
        meant.filter(|shortcut| !matches!(shortcut, keys::Shortcut::Alone(_)))
    }

    #[test]
    fn every_key_on_the_sheet_does_something() {
        let board = board();
        let mut count = 0;
        for line in lines() {
            for (key, modifiers) in pressed(line) {
                let answered = in_lanes(&board, &key, modifiers).is_some() || everywhere(&key, modifiers).is_some();
                assert!(answered, "“{}” promises {key:?} with {modifiers:?}", line.what);
                count += 1;
            }
        }
        assert!(count > 40, "{count}");
        // A key that does nothing is noticed.
        let nothing = Key::Character("q".into());
        assert!(in_lanes(&board, &nothing, Modifiers::empty()).is_none());
        assert!(everywhere(&nothing, Modifiers::empty()).is_none());
    }

    #[test]
    fn every_key_of_the_lanes_is_on_the_sheet() {
        let board = board();
        let told: BTreeSet<_> =
            lines().flat_map(pressed).filter_map(|(key, modifiers)| in_lanes(&board, &key, modifiers)).collect();
        let letters = (' '..='~').map(|letter| Key::Character(letter.to_string().into()));
        let named = [
            Named::ArrowLeft,
            Named::ArrowRight,
            Named::ArrowUp,
            Named::ArrowDown,
            Named::Enter,
            Named::Tab,
            Named::Space,
            Named::Delete,
            Named::Backspace,
            Named::Insert,
            Named::Home,
            Named::End,
            Named::PageUp,
            Named::PageDown,
        ];
        for key in letters.chain(named.map(Key::Named)) {
            let shift = Modifiers::SHIFT;
            for modifiers in [Modifiers::empty(), shift, Modifiers::COMMAND, Modifiers::COMMAND | shift] {
                if let Some(message) = in_lanes(&board, &key, modifiers) {
                    assert!(told.contains(&message), "{key:?} with {modifiers:?} does {message}, and nobody tells");
                }
            }
        }
    }
}
