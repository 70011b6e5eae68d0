//! The words about unsaved work that outlived its program.

use chrono::{NaiveDate, NaiveDateTime};

use crate::storage::Error;
use crate::ui::words::shortened;

/// Button.
pub const OPEN: &str = "Open them";
/// Button.
pub const LATER: &str = "Keep for later";
/// Its tooltip.
pub const LATER_TIP: &str = "Svang asks again when it starts next";
/// Button.
pub const DELETE: &str = "Delete them";
/// Button, for a copy that cannot be read.
pub const DELETE_COPY: &str = "Delete it";
/// Title, where a copy cannot be read.
pub const HURT: &str = "Kept changes cannot be read";

/// The title: what was under the pen.
pub fn title(name: &str) -> String {
    match name.trim() {
        "" => "Svang ended while you edited a profile without a name".to_owned(),
        name => format!("Svang ended while you edited “{}”", shortened(name, 60)),
    }
}

/// `Your changes from 14:39 are kept.` `written` is as in the copy, such as `2026-11-22 14:39`.
pub fn kept(written: &str, today: NaiveDate) -> String {
    match NaiveDateTime::parse_from_str(written, "%Y-%m-%d %H:%M") {
        Ok(at) if at.date() == today => format!("Your changes from {} are kept.", at.format("%H:%M")),
        Ok(at) => format!("Your changes from {} are kept.", at.format("%-d %B %Y, %H:%M")),
        Err(_) => "Your changes are kept.".to_owned(),
    }
}

/// Its file is not as it was when the work began.
pub const CONFLICT: &str = "The file itself was changed by somebody else since then. It stays as it is: when you save, \
    Svang asks whether yours goes beside it or takes its place.";
/// Its file is gone.
pub const GONE: &str = "The file itself is gone, so they open as a new profile.";

/// How many more wait.
pub fn more(count: usize) -> Option<String> {
    match count {
        0 => None,
        1 => Some("Changes to one more profile are kept; they come next.".to_owned()),
        count => Some(format!("Changes to {count} more profiles are kept; they come next.")),
    }
}

/// A copy that cannot be read, after why.
pub const HURT_TEXT: &str = "The file has not been changed: you can mend it, or keep it as it is.";

/// The copy could not be written: once, not for every edit.
pub fn not_kept(why: &Error) -> String {
    if matches!(why, Error::TooLarge) {
        return why.to_string();
    }
    format!("What you edit is not kept over a crash right now; save it yourself from time to time. {why}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_told_where_it_is_not_today() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(kept("2026-11-22 14:39", day("2026-11-22")), "Your changes from 14:39 are kept.");
        assert_eq!(kept("2026-11-02 14:39", day("2026-11-22")), "Your changes from 2 November 2026, 14:39 are kept.");
        assert_eq!(kept("", day("2026-11-22")), "Your changes are kept.");
    }
}
