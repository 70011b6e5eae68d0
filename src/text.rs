//! Text from elsewhere: names from the air, words of files, made fit for a terminal, a window and the log.
//!
//! Belongs here: the one table of characters that steer what shows them or are not seen, and what stands in their place.
//! Where text is cut to fit a line of the window is the window's business.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// The most letters of a name.
pub const LONGEST_NAME: usize = 40;

/// Whether a character steers what shows it, or is not seen: control characters with line breaks and tabs (C0, C1),
/// characters that turn the direction of writing, and characters without a shape. Joiners count here too; within a word
/// that is joined by them [`plain`] leaves them alone.
pub fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E0FFF}')
}

/// The text without [hidden](is_hidden) characters: a blank in place of each line break and tab, U+FFFD in place of the
/// others. Joiners (U+200C, U+200D) stay between two letters beyond ASCII: emoji and some scripts are written with them.
pub fn plain(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut before = None;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        plain.push(match letter {
            '\t' | '\n' | '\u{B}' | '\u{C}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
            letter if !is_hidden(letter) || joins(before, letter, letters.peek().copied()) => letter,
            _ => char::REPLACEMENT_CHARACTER,
        });
        before = Some(letter);
    }
    Cow::Owned(plain)
}

/// Whether a text can be shown as it is, on one line: [`plain`] would change nothing.
pub fn is_plain(text: &str) -> bool {
    plain(text) == text
}

/// The first hidden character of a text of several lines, in which line breaks and tabs may stand.
pub fn first_hidden(text: &str) -> Option<char> {
    let mut before = None;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let after = letters.peek().copied();
        let broken = letter == '\r' && after == Some('\n');
        if is_hidden(letter) && !matches!(letter, '\n' | '\t') && !broken && !joins(before, letter, after) {
            return Some(letter);
        }
        before = Some(letter);
    }
    None
}

/// A name as it may be shown: [plain], without blanks and hidden characters at its ends (some massagers pad their
/// names with them), at most [`LONGEST_NAME`] letters. `None` where nothing is left of it that can be seen.
pub fn name(text: &str) -> Option<String> {
    let unseen = |letter: char| letter.is_whitespace() || is_hidden(letter);
    let plain = plain(text.trim_matches(unseen));
    let mut letters = plain.chars();
    let mut name: String = letters.by_ref().take(LONGEST_NAME).collect();
    if letters.next().is_some() {
        name.pop();
        name.truncate(name.trim_end().len());
        name.push('…');
    }
    (!name.is_empty()).then_some(name)
}

/// A text as it is compared and searched: composed (Unicode NFC), in small letters. macOS writes names decomposed, people
/// type them composed.
pub fn folded(text: &str) -> String {
    text.nfc().flat_map(char::to_lowercase).nfc().collect()
}

/// Whether a character is a joiner where a script uses it.
fn joins(before: Option<char>, letter: char, after: Option<char>) -> bool {
    let joined = |letter: char| !letter.is_ascii() && !letter.is_whitespace() && !is_hidden(letter);
    matches!(letter, '\u{200C}' | '\u{200D}') && before.is_some_and(joined) && after.is_some_and(joined)
}

/// At most so many letters of a text that quotes a file, [plain].
pub(crate) fn cut(text: &str, most: usize) -> String {
    let mut letters = text.chars();
    let mut short: String = letters.by_ref().take(most).collect();
    if letters.next().is_some() {
        short.pop();
        short.push('…');
    }
    plain(&short).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_from_the_air_cannot_clear_colour_or_forge_a_line() {
        assert_eq!(plain("a\u{1b}[2J\u{1b}[31mX\nC0:11:22"), "a\u{FFFD}[2J\u{FFFD}[31mX C0:11:22");
        assert_eq!(plain("Foot\u{1b}[2J\u{1b}]0;x\u{7}\nline2"), "Foot\u{FFFD}[2J\u{FFFD}]0;x\u{FFFD} line2");
        assert_eq!(plain("\u{1b}]0;pwned\u{7}\u{1b}[31mRED"), "\u{FFFD}]0;pwned\u{FFFD}\u{FFFD}[31mRED");
        assert_eq!(plain("Sam\u{9b}31mple\u{7f}"), "Sam\u{FFFD}31mple\u{FFFD}");
        assert_eq!(plain("one\ttwo\r\nthree\u{2028}four\u{85}five"), "one two  three four five");
    }

    #[test]
    fn a_name_from_the_air_cannot_turn_the_writing_or_hide() {
        for turning in
            "\u{200E}\u{200F}\u{202A}\u{202B}\u{202C}\u{202D}\u{202E}\u{2066}\u{2067}\u{2068}\u{2069}\u{61C}".chars()
        {
            assert_eq!(plain(&format!("a{turning}b")), "a\u{FFFD}b", "{turning:?}");
        }
        for unseen in "\u{200B}\u{200C}\u{200D}\u{2060}\u{2064}\u{FEFF}\u{AD}\u{E0041}\u{180E}".chars() {
            assert_eq!(plain(&format!("a{unseen}b")), "a\u{FFFD}b", "{unseen:?}");
        }
    }

    #[test]
    fn a_name_is_found_however_its_letters_are_composed() {
        assert_eq!(folded("Tr\u{e6}ning e\u{301}"), folded("TRÆNING É"));
        assert_eq!(folded("A\u{30a}rligt"), "årligt");
        assert_ne!(folded("hael"), folded("hæl"));
    }

    #[test]
    fn what_people_write_stays() {
        for text in ["Fußmassage", "按摩 ✓", "מסאז'", "👩‍⚕️ 🦶🏽", "می‌خواهم", "e\u{301}", "50 % – “gentle”", ""]
        {
            assert!(matches!(plain(text), Cow::Borrowed(_)) || plain(text) == text, "{text}");
            assert_eq!(plain(text), text);
            assert!(is_plain(text), "{text}");
        }
    }

    #[test]
    fn a_text_of_several_lines_is_plain_as_long_as_nothing_in_it_is_hidden() {
        assert_eq!(first_hidden("one\r\n\ttwo\n"), None);
        assert_eq!(first_hidden("one\rtwo"), Some('\r'));
        assert_eq!(first_hidden("tw\u{1b}o\n"), Some('\u{1b}'));
        assert!(!is_plain("one\ntwo") && !is_plain("a\u{202E}b") && is_plain("one two"));
    }

    #[test]
    fn a_name_has_no_ends_to_trip_over_and_at_most_forty_letters() {
        assert_eq!(name("FootMassager  ").as_deref(), Some("FootMassager"));
        assert_eq!(name("\u{FEFF} FM-08\0\0\0").as_deref(), Some("FM-08"));
        for nothing in ["", "  ", "\u{200B}", "\0\0", "\u{202E}\n"] {
            assert_eq!(name(nothing), None, "{nothing:?}");
        }
        assert_eq!(name(&"W".repeat(40)).unwrap(), "W".repeat(40));
        assert_eq!(name(&"W".repeat(500)).unwrap(), format!("{}…", "W".repeat(39)));
        assert_eq!(name("Two\nlines").as_deref(), Some("Two lines"));
    }
}
