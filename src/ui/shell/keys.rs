//! The keys that work everywhere in the window.
//!
//! Belongs here: which key asks for what. What then happens is the app's business; keys inside a field, a slider or a
//! canvas belong to that widget.

use iced::keyboard::key::{Named, Physical};
use iced::keyboard::{Event as KeyEvent, Key, Modifiers};
use iced::{Event, event};

use crate::editor::Paste;
use crate::ui::shell::nav::Screen;
use crate::ui::widget::latin;

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shortcut {
    /// Esc: stops everything, wherever the focus is.
    Stop,
    /// Space: plays, pauses, resumes.
    PlayOrPause,
    /// Tab: the next control.
    Next,
    /// Shift+Tab: the control before.
    Previous,
    /// Ctrl+1 and so on: a screen.
    Go(Screen),
    /// Ctrl+↑: 5 % more overall strength.
    Stronger,
    /// Ctrl+↓: 5 % less overall strength.
    Weaker,
    /// Ctrl+F: searches the profiles.
    Find,
    /// Ctrl+O: imports a profile.
    Import,
    /// Ctrl+N: a new profile.
    New,
    /// Ctrl+Z: takes back what was edited.
    Undo,
    /// Ctrl+Shift+Z or Ctrl+Y: does it again.
    Redo,
    /// Ctrl+C: copies what is chosen.
    Copy,
    /// Ctrl+X: copies what is chosen, and takes it away.
    Cut,
    /// Ctrl+V: pastes in place of what is there; Ctrl+Shift+V: between, so that the rest moves later.
    Paste(Paste),
    /// Ctrl+S: saves what is edited.
    Save,
    /// ? or F1: gestures and keys of the editor.
    Help,
    /// F5: looks for massagers.
    Search,
    /// A letter or sign alone, in small letters: what it means is the page's business, if it means anything there.
    Alone(char),
}

/// What an event of the window asks for, given whether a widget took it.
///
/// Esc asks for a stop even when a widget took it, and even when other keys are held with it.
pub fn shortcut(event: &Event, status: event::Status) -> Option<Shortcut> {
    let Event::Keyboard(KeyEvent::KeyPressed { key, modified_key, physical_key, modifiers, repeat, .. }) = event else {
        return None;
    };
    let key = &latin::key(key, *physical_key);
    if let Key::Named(Named::Escape) = key {
        return Some(Shortcut::Stop);
    }
    if modifiers.command() && !modifiers.alt() {
        let clip = clip(key, modifiers.shift()).filter(|_| status == event::Status::Ignored);
        return clip.or_else(|| with_control(key, *physical_key, modifiers.shift()));
    }
    if status == event::Status::Captured || modifiers.alt() || modifiers.logo() {
        return None;
    }
    // Where the question mark stands differs from keyboard to keyboard; with Shift held it is another key.
    if let Key::Character("?") = modified_key.as_ref() {
        return Some(Shortcut::Help);
    }
    match key {
        Key::Named(Named::F1) => Some(Shortcut::Help),
        Key::Named(Named::Tab) if modifiers.shift() => Some(Shortcut::Previous),
        Key::Named(Named::Tab) => Some(Shortcut::Next),
        Key::Named(Named::Space) if !repeat && *modifiers == Modifiers::empty() => Some(Shortcut::PlayOrPause),
        Key::Named(Named::F5) => Some(Shortcut::Search),
        _ if *repeat => None,
        // Which sign it is may depend on Shift.
        Key::Character(letter) => {
            let sign = match modified_key.as_ref() {
                Key::Character(sign @ ("+" | "-")) => sign,
                _ => letter.as_str(),
            };
            sign.to_lowercase().chars().next().map(Shortcut::Alone)
        }
        _ => None,
    }
}

/// Keys of the clipboard; a field keeps them for its own text.
fn clip(key: &Key, shift: bool) -> Option<Shortcut> {
    match key.as_ref() {
        Key::Character("c" | "C") => Some(Shortcut::Copy),
        Key::Character("x" | "X") => Some(Shortcut::Cut),
        Key::Character("v" | "V") if shift => Some(Shortcut::Paste(Paste::Insert)),
        Key::Character("v" | "V") => Some(Shortcut::Paste(Paste::Replace)),
        _ => None,
    }
}

/// Keys with Ctrl (on a Mac: Command) mean the same while one types: no field uses these.
fn with_control(key: &Key, physical: Physical, shift: bool) -> Option<Shortcut> {
    // French keyboards write digits with Shift: a screen's number is the key that bears it.
    if let Some(digit) = latin::digit(physical) {
        return screen(digit);
    }
    match key.as_ref() {
        Key::Named(Named::ArrowUp) => Some(Shortcut::Stronger),
        Key::Named(Named::ArrowDown) => Some(Shortcut::Weaker),
        Key::Character("f" | "F") => Some(Shortcut::Find),
        Key::Character("o" | "O") => Some(Shortcut::Import),
        Key::Character("n" | "N") => Some(Shortcut::New),
        Key::Character("s" | "S") => Some(Shortcut::Save),
        Key::Character("z" | "Z") if shift => Some(Shortcut::Redo),
        Key::Character("z" | "Z") => Some(Shortcut::Undo),
        Key::Character("y" | "Y") => Some(Shortcut::Redo),
        Key::Character(digit) => screen(digit.chars().next()?),
        _ => None,
    }
}

/// The screen with a number.
fn screen(digit: char) -> Option<Shortcut> {
    let place = usize::try_from(digit.to_digit(10)?).ok()?.checked_sub(1)?;
    Screen::ALL.get(place).copied().map(Shortcut::Go)
}

#[cfg(test)]
mod tests {
    use super::*;
    use iced::keyboard::{Location, key};

    fn pressed(key: impl Into<Key>, modifiers: Modifiers) -> Event {
        let key = key.into();
        Event::Keyboard(KeyEvent::KeyPressed {
            key: key.clone(),
            modified_key: key,
            physical_key: key::Physical::Unidentified(key::NativeCode::Unidentified),
            location: Location::Standard,
            modifiers,
            text: None,
            repeat: false,
        })
    }

    #[test]
    fn escape_stops_whoever_took_the_key_and_whatever_is_held() {
        for status in [event::Status::Ignored, event::Status::Captured] {
            for modifiers in [Modifiers::empty(), Modifiers::SHIFT, Modifiers::CTRL, Modifiers::ALT, Modifiers::LOGO] {
                assert_eq!(shortcut(&pressed(Named::Escape, modifiers), status), Some(Shortcut::Stop));
            }
        }
    }

    #[test]
    fn space_belongs_to_whoever_takes_it() {
        let space = pressed(Named::Space, Modifiers::empty());
        assert_eq!(shortcut(&space, event::Status::Ignored), Some(Shortcut::PlayOrPause));
        assert_eq!(shortcut(&space, event::Status::Captured), None);
    }

    #[test]
    fn a_letter_alone_is_nobodys_while_one_types() {
        let letter = pressed(Key::Character("H".into()), Modifiers::SHIFT);
        assert_eq!(shortcut(&letter, event::Status::Ignored), Some(Shortcut::Alone('h')));
        assert_eq!(shortcut(&letter, event::Status::Captured), None);
        for held in [Modifiers::ALT, Modifiers::LOGO] {
            assert_eq!(shortcut(&pressed(Key::Character("h".into()), held), event::Status::Ignored), None);
        }
    }

    #[test]
    fn the_clipboard_belongs_to_the_field_that_one_types_in() {
        let copy = pressed(Key::Character("c".into()), Modifiers::COMMAND);
        assert_eq!(shortcut(&copy, event::Status::Ignored), Some(Shortcut::Copy));
        assert_eq!(shortcut(&copy, event::Status::Captured), None);
    }

    #[test]
    fn the_question_mark_is_found_on_every_keyboard() {
        let Event::Keyboard(KeyEvent::KeyPressed { physical_key, location, text, .. }) =
            pressed(Key::Character("?".into()), Modifiers::empty())
        else {
            unreachable!()
        };
        // On an American one it is Shift and /, on a Danish one Shift and +.
        for key in ["/", "+", "ß"] {
            let event = Event::Keyboard(KeyEvent::KeyPressed {
                key: Key::Character(key.into()),
                modified_key: Key::Character("?".into()),
                physical_key,
                location,
                modifiers: Modifiers::SHIFT,
                text: text.clone(),
                repeat: false,
            });
            assert_eq!(shortcut(&event, event::Status::Ignored), Some(Shortcut::Help), "{key}");
            assert_eq!(shortcut(&event, event::Status::Captured), None);
        }
    }

    /// A key of another keyboard: what it writes, and where it is.
    fn on(code: key::Code, writes: &str) -> Event {
        let Event::Keyboard(KeyEvent::KeyPressed { location, text, .. }) = pressed(Named::Space, Modifiers::COMMAND)
        else {
            unreachable!()
        };
        Event::Keyboard(KeyEvent::KeyPressed {
            key: Key::Character(writes.into()),
            modified_key: Key::Character(writes.into()),
            physical_key: Physical::Code(code),
            location,
            modifiers: Modifiers::COMMAND,
            text,
            repeat: false,
        })
    }

    #[test]
    fn shortcuts_are_where_they_are_on_every_keyboard() {
        use key::Code;
        let ignored = event::Status::Ignored;
        for (code, writes, asked) in [
            // Russian, Greek, Hebrew.
            (Code::KeyN, "т", Shortcut::New),
            (Code::KeyF, "а", Shortcut::Find),
            (Code::KeyS, "σ", Shortcut::Save),
            (Code::KeyZ, "ז", Shortcut::Undo),
            (Code::KeyC, "с", Shortcut::Copy),
            // French: digits want Shift, and letters stay where they are printed.
            (Code::Digit1, "&", Shortcut::Go(Screen::ALL[0])),
            (Code::Digit3, "\"", Shortcut::Go(Screen::ALL[2])),
            (Code::Digit2, "é", Shortcut::Go(Screen::ALL[1])),
            (Code::KeyW, "z", Shortcut::Undo),
            // German: Z is where Americans have Y.
            (Code::KeyY, "z", Shortcut::Undo),
            (Code::KeyZ, "y", Shortcut::Redo),
        ] {
            assert_eq!(shortcut(&on(code, writes), ignored), Some(asked), "{code:?} writes {writes}");
        }
    }

    #[test]
    fn every_screen_has_its_number() {
        for (index, screen) in Screen::ALL.into_iter().enumerate() {
            let digit = Key::Character((index + 1).to_string().into());
            let shortcut = shortcut(&pressed(digit, Modifiers::COMMAND), event::Status::Captured);
            assert_eq!(shortcut, Some(Shortcut::Go(screen)));
        }
        let beyond = Key::Character("9".into());
        assert_eq!(shortcut(&pressed(beyond, Modifiers::COMMAND), event::Status::Ignored), None);
    }
}
