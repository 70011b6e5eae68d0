//! The words of the system's dialogs for files.

use crate::i18n::Words;
use crate::say;
use crate::ui::desktop::FileKind;

/// A kind of files, as the dialog's filter tells it.
pub fn kind(w: &Words, kind: FileKind) -> String {
    match kind {
        FileKind::Profile => say!(w, "files-profiles"),
        FileKind::Funscript => say!(w, "files-scripts"),
        FileKind::Table => say!(w, "files-tables"),
        FileKind::Svg => say!(w, "files-drawings"),
        FileKind::Png => say!(w, "files-pictures"),
    }
}

/// Title of the dialog that opens a file.
pub fn import_title(w: &Words, kind: FileKind) -> String {
    match kind {
        FileKind::Profile => say!(w, "files-import-profile"),
        FileKind::Funscript => say!(w, "files-import-script"),
        FileKind::Table => say!(w, "files-import-table"),
        FileKind::Svg | FileKind::Png => say!(w, "files-import-other"),
    }
}

/// Title of the dialog that writes a file.
pub fn export_title(w: &Words, kind: FileKind) -> String {
    match kind {
        FileKind::Profile => say!(w, "files-export-profile"),
        FileKind::Funscript => say!(w, "files-export-script"),
        FileKind::Table => say!(w, "files-export-table"),
        FileKind::Svg | FileKind::Png => say!(w, "files-export-picture"),
    }
}
