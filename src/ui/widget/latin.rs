//! Keys by where they are, on keyboards whose letters are not Latin.
//!
//! Belongs here: [`key`] and [`digit`]. A shortcut is named for a Latin letter; a Latin keyboard has it where that
//! letter is, any other where an American one has it. What a key then does does not belong here.

use iced::keyboard::Key;
use iced::keyboard::key::{Code, Physical};

/// A key as it is named in shortcuts. What is Latin stays as it is; `ф` on the key of `A` is `a`, and `à` on the key of
/// `0` (as on French keyboards, which have digits with Shift) is `0`.
pub fn key(key: &Key, physical: Physical) -> Key {
    match key {
        Key::Character(letters) if !letters.is_ascii() => {
            let latin = digit(physical).or_else(|| key.to_latin(physical));
            latin.map_or_else(|| key.clone(), |letter| Key::Character(letter.to_string().into()))
        }
        _ => key.clone(),
    }
}

/// The digit that is printed on a key of the row above the letters, whatever the keyboard writes with it.
pub fn digit(physical: Physical) -> Option<char> {
    let Physical::Code(code) = physical else { return None };
    Some(match code {
        Code::Digit0 => '0',
        Code::Digit1 => '1',
        Code::Digit2 => '2',
        Code::Digit3 => '3',
        Code::Digit4 => '4',
        Code::Digit5 => '5',
        Code::Digit6 => '6',
        Code::Digit7 => '7',
        Code::Digit8 => '8',
        Code::Digit9 => '9',
        _ => return None,
    })
}
