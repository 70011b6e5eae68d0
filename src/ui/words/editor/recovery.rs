//! Phrases of what is offered after a crash.

use chrono::{NaiveDate, NaiveDateTime};

use crate::i18n::Words;
use crate::say;
use crate::storage::Error;
use crate::ui::words::shortened;

/// The title: what was under the pen.
pub fn title(w: &Words, name: &str) -> String {
    match name.trim() {
        "" => say!(w, "recovery-title-no-name"),
        name => say!(w, "recovery-title", name = shortened(name, 60)),
    }
}

/// `Your changes from 14:39 are kept.` `written` is as in the copy, such as `2026-11-22 14:39`.
pub fn kept(w: &Words, written: &str, today: NaiveDate) -> String {
    match NaiveDateTime::parse_from_str(written, "%Y-%m-%d %H:%M") {
        Ok(at) if at.date() == today => say!(w, "recovery-kept-at", time = w.clock(at.time())),
        Ok(at) => say!(w, "recovery-kept-on", date = w.date(at.date()), time = w.clock(at.time())),
        Err(_) => say!(w, "recovery-kept"),
    }
}

/// How many more wait.
pub fn more(w: &Words, count: usize) -> Option<String> {
    (count > 0).then(|| say!(w, "recovery-more", count = count))
}

/// The copy could not be written: once, not for every edit.
pub fn not_kept(w: &Words, why: &Error) -> String {
    if matches!(why, Error::TooLarge) {
        return w.fact(why);
    }
    say!(w, "recovery-not-kept", why = why)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Languages;

    #[test]
    fn the_day_is_told_where_it_is_not_today() {
        let w = &Words::english();
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(kept(w, "2026-11-22 14:39", day("2026-11-22")), "Your changes from 14:39 are kept.");
        let other = "Your changes from 2 November 2026, 14:39 are kept.";
        assert_eq!(kept(w, "2026-11-02 14:39", day("2026-11-22")), other);
        assert_eq!(kept(w, "", day("2026-11-22")), "Your changes are kept.");
        let danish = &Languages::built_in().of("da");
        assert_eq!(kept(danish, "2026-11-22 7:12", day("2026-11-22")), "Dine ændringer fra kl. 7.12 er gemt.");
    }
}
