//! What the board knows of its recovery copy: whether there is work to keep, and how to begin from a copy.

use std::sync::Arc;

use iced::Size;

use super::Board;
use crate::editor::Editor;
use crate::profile::Profile;

impl Board {
    /// Goes on with a profile from a recovery copy: of a file that had this fingerprint, or of none.
    pub(in crate::ui) fn recovered(profile: &Profile, file: Option<String>, base: Option<u64>, window: Size) -> Self {
        Self::new(Editor::unsaved(profile), file, base, window)
    }

    /// Whether somebody worked on it since it was opened.
    pub(in crate::ui) fn is_touched(&self) -> bool {
        !self.editor.history().is_untouched()
    }

    /// The fingerprint of the file's text when it was opened or saved.
    pub(in crate::ui) fn base(&self) -> Option<u64> {
        self.base
    }

    /// The profile as it is now, also in the middle of a gesture.
    pub(in crate::ui) fn draft(&self) -> Arc<Profile> {
        self.editor.document().to_shared()
    }
}
