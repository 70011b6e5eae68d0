//! The recovery copy: unsaved work that outlives a crash.
//!
//! Belongs here: what is written, and what it means beside the file when the app starts again. Writing it, and when, is the
//! business of storage and the window.
//!
//! A recovery copy *is* a profile file, with one line in front that says whose copy it is. So it can be read by any Svang,
//! and mended or renamed by a person, whatever became of the app.

use serde::{Deserialize, Serialize};

pub use crate::fingerprint::of as fingerprint;

const MARK: &str = "// Recovery copy by Svang: ";

/// What a recovery copy is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// The file that was being edited, as the person's library names it; `None` for a profile never saved.
    pub file: Option<String>,
    /// The fingerprint of the file's text as it was when it was opened or last saved.
    pub base: Option<u64>,
    /// When it was written, in words for the person, such as `2026-11-22 14:39`.
    pub written: String,
}

/// What to do about a recovery copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Advice {
    /// The file says the same already: the copy can go.
    Needless,
    /// It holds work that the file lacks, and the file is as it was: offer it.
    Offer,
    /// It holds work that the file lacks, but the file changed meanwhile: show both, keep both.
    Conflict,
    /// It is of a profile that was never saved, or whose file is gone: offer it as a new profile.
    New,
}

/// The text of a recovery copy around the profile's own text.
pub fn write(origin: &Origin, profile: &str) -> String {
    // Plain text and numbers always become JSON, which has no line breaks.
    let origin = serde_json::to_string(origin).unwrap_or_default();
    format!("{MARK}{origin}\n{profile}")
}

/// Takes a recovery copy apart into its origin and the profile's text. `None`: it is none, or its first line is hurt; as a
/// profile it may still be read.
pub fn read(text: &str) -> Option<(Origin, &str)> {
    let (first, profile) = text.split_once('\n')?;
    let origin = serde_json::from_str(first.strip_prefix(MARK)?.trim_end()).ok()?;
    Some((origin, profile))
}

/// What to do about a recovery copy, beside the text that its file has now (`None`: no file).
pub fn advice(origin: &Origin, profile: &str, file: Option<&str>) -> Advice {
    match file {
        Some(now) if now == profile => Advice::Needless,
        Some(now) if origin.base == Some(fingerprint(now)) => Advice::Offer,
        Some(_) if origin.file.is_some() => Advice::Conflict,
        _ => Advice::New,
    }
}

/// Whether a file changed on disk since it was opened or saved: `base` is the fingerprint from then.
pub fn changed_meanwhile(base: Option<u64>, now: &str) -> bool {
    base != Some(fingerprint(now))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(base: &str) -> Origin {
        Origin {
            file: Some("my \"heel\"\n.ron".to_owned()),
            base: Some(fingerprint(base)),
            written: "2026-11-22 14:39".to_owned(),
        }
    }

    #[test]
    fn a_copy_is_read_as_it_was_written() {
        let text = write(&origin("old"), "Profile(\n)\n");
        assert_eq!(text.lines().count(), 3, "the origin takes one line: {text}");
        assert_eq!(read(&text), Some((origin("old"), "Profile(\n)\n")));
        assert_eq!(read("Profile(\n)\n"), None);
        assert_eq!(read("// Recovery copy by Svang: {\nProfile()"), None);
    }

    #[test]
    fn what_to_do_depends_on_the_file() {
        let advice = |file| advice(&origin("old"), "new", file);
        assert_eq!(advice(Some("new")), Advice::Needless);
        assert_eq!(advice(Some("old")), Advice::Offer);
        assert_eq!(advice(Some("changed by somebody")), Advice::Conflict);
        assert_eq!(advice(None), Advice::New);
    }

    #[test]
    fn a_file_that_changed_meanwhile_is_noticed() {
        assert!(changed_meanwhile(Some(fingerprint("a")), "b") && !changed_meanwhile(Some(fingerprint("a")), "a"));
    }
}
