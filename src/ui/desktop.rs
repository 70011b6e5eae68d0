//! What the window asks of the desktop around it: choosing files and showing folders.
//!
//! Belongs here: the seam [`Desktop`] and the real one. Tests bring their own, since a file dialog needs a person and
//! the trash is the person's.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use futures::future::BoxFuture;

use crate::i18n::Words;
use crate::say;
use crate::storage;
use crate::ui::words;

/// The kinds of files that Svang reads and writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// A profile of ours.
    Profile,
    /// A lane as an intensity script.
    Funscript,
    /// All points as a table.
    Table,
    /// A picture that stays sharp at any size.
    Svg,
    /// A picture of dots.
    Png,
}

impl FileKind {
    /// How its files' names end, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Profile => "ron",
            Self::Funscript => "funscript",
            Self::Table => "csv",
            Self::Svg => "svg",
            Self::Png => "png",
        }
    }
}

/// The desktop around the window.
pub trait Desktop: Send + Sync {
    /// Lets the person choose a file to import. `None`: thought better of it.
    fn choose_file(&self, w: &Words, kind: FileKind) -> BoxFuture<'static, Option<PathBuf>>;

    /// Lets the person choose where to write a file, starting from a name. `None`: thought better of it.
    fn choose_place(&self, w: &Words, kind: FileKind, name: String) -> BoxFuture<'static, Option<PathBuf>>;

    /// Shows a file in the file manager.
    ///
    /// # Errors
    /// In words, when no file manager could be started.
    fn show(&self, w: &Words, file: &Path) -> Result<(), String>;

    /// Puts a file into the system's trash. Blocks while the disk works.
    ///
    /// # Errors
    /// In words, where there is no trash or it refuses.
    fn trash(&self, file: &Path) -> Result<(), String>;
}

/// The real desktop.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealDesktop;

impl Desktop for RealDesktop {
    fn choose_file(&self, w: &Words, kind: FileKind) -> BoxFuture<'static, Option<PathBuf>> {
        let dialog = rfd::AsyncFileDialog::new()
            .set_title(words::files::import_title(w, kind))
            .add_filter(words::files::kind(w, kind), &[kind.extension()]);
        Box::pin(async move { Some(dialog.pick_file().await?.path().to_owned()) })
    }

    fn choose_place(&self, w: &Words, kind: FileKind, name: String) -> BoxFuture<'static, Option<PathBuf>> {
        let dialog = rfd::AsyncFileDialog::new()
            .set_title(words::files::export_title(w, kind))
            .set_file_name(name)
            .add_filter(words::files::kind(w, kind), &[kind.extension()]);
        Box::pin(async move { Some(dialog.save_file().await?.path().to_owned()) })
    }

    fn show(&self, w: &Words, file: &Path) -> Result<(), String> {
        let folder = file.parent().unwrap_or(file);
        let mut command = if cfg!(target_os = "macos") {
            let mut command = Command::new("open");
            command.arg("-R").arg(file);
            command
        } else if cfg!(target_os = "windows") {
            let mut command = Command::new("explorer");
            command.arg(format!("/select,{}", file.display()));
            command
        } else {
            let mut command = Command::new("xdg-open");
            command.arg(folder);
            command
        };
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map(drop)
            .map_err(|_| say!(w, "no-file-manager", folder = folder))
    }

    fn trash(&self, file: &Path) -> Result<(), String> {
        storage::system_trash(file)
    }
}
