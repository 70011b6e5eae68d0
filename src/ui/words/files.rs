//! The words of the system's dialogs for files.

use crate::ui::desktop::FileKind;

/// A kind of files, as the dialog's filter tells it.
pub fn kind(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Profile => "Svang profiles",
        FileKind::Funscript => "Intensity scripts (funscript)",
        FileKind::Table => "Tables (CSV)",
        FileKind::Svg => "Drawings (SVG)",
        FileKind::Png => "Pictures (PNG)",
    }
}

/// Title of the dialog that opens a file.
pub fn import_title(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Profile => "Import a profile",
        FileKind::Funscript => "Import an intensity script into the lane",
        FileKind::Table => "Import a table of points",
        FileKind::Svg | FileKind::Png => "Choose a file",
    }
}

/// Title of the dialog that writes a file.
pub fn export_title(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Profile => "Export the profile",
        FileKind::Funscript => "Export the lane as an intensity script",
        FileKind::Table => "Export all points as a table",
        FileKind::Svg | FileKind::Png => "Export a picture of the profile",
    }
}
