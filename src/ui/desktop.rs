//! What the window asks of the desktop around it: choosing files and showing folders.
//!
//! Belongs here: the seam [`Desktop`] and the real one. Tests bring their own, since a file dialog needs a person and
//! the trash is the person's.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use futures::channel::oneshot;
use futures::future::BoxFuture;

use crate::desktop;
use crate::facts;
use crate::i18n::Words;
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

facts! {
    /// What the desktop could not do.
    pub enum Error in "desktop" {
        /// No file manager opened this folder.
        NoFileManager(folder: PathBuf),
        /// There is nothing that could ask for a file.
        NoFileDialog,
    }
}

/// What the person chose: a file, or nothing where they thought better of it.
pub type Choice = Result<Option<PathBuf>, Error>;

/// The desktop around the window.
pub trait Desktop: Send + Sync {
    /// Lets the person choose a file to import.
    fn choose_file(&self, w: &Words, kind: FileKind) -> BoxFuture<'static, Choice>;

    /// Lets the person choose where to write a file, starting from a name.
    fn choose_place(&self, w: &Words, kind: FileKind, name: String) -> BoxFuture<'static, Choice>;

    /// Shows a file in the file manager. Ends when that is known to have worked or failed.
    fn show(&self, file: &Path) -> BoxFuture<'static, Result<(), Error>>;

    /// Plays two soft tones, where the system can. Returns at once.
    fn chime(&self);

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
    fn choose_file(&self, w: &Words, kind: FileKind) -> BoxFuture<'static, Choice> {
        let dialog = rfd::AsyncFileDialog::new()
            .set_title(words::files::import_title(w, kind))
            .add_filter(words::files::kind(w, kind), &[kind.extension()]);
        Box::pin(async move { chosen(dialog.pick_file().await).await })
    }

    fn choose_place(&self, w: &Words, kind: FileKind, name: String) -> BoxFuture<'static, Choice> {
        let dialog = rfd::AsyncFileDialog::new()
            .set_title(words::files::export_title(w, kind))
            .set_file_name(name)
            .add_filter(words::files::kind(w, kind), &[kind.extension()]);
        Box::pin(async move { chosen(dialog.save_file().await).await })
    }

    fn show(&self, file: &Path) -> BoxFuture<'static, Result<(), Error>> {
        let folder = file.parent().unwrap_or(file).to_owned();
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
            command.arg(&folder);
            command
        };
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let (tell, told) = oneshot::channel();
        // Waited for, so that nothing of it is left behind. A thread of its own: some file managers stay in front of it
        // until they are closed, which must not keep the program from ending.
        std::thread::spawn(move || tell.send(command.status()));
        Box::pin(async move {
            match told.await {
                // Explorer ends with 1 also where it worked.
                Ok(Ok(status)) if status.success() || cfg!(target_os = "windows") => Ok(()),
                _ => Err(Error::NoFileManager(folder)),
            }
        })
    }

    fn chime(&self) {
        desktop::chime();
    }

    fn trash(&self, file: &Path) -> Result<(), String> {
        storage::system_trash(file)
    }
}

/// What was chosen. `rfd` gives nothing both where the person thought better of it and where no dialog could be shown.
async fn chosen(file: Option<rfd::FileHandle>) -> Choice {
    match file {
        Some(file) => Ok(Some(file.path().to_owned())),
        None if can_ask().await => Ok(None),
        None => Err(Error::NoFileDialog),
    }
}

/// Whether there is anything that shows file dialogs: the desktop's portal, or `zenity`, the two that `rfd` knows.
#[cfg(target_os = "linux")]
async fn can_ask() -> bool {
    const BUS: &str = "org.freedesktop.DBus";
    const PORTAL: &str = "org.freedesktop.portal.Desktop";
    let path = std::env::var_os("PATH").unwrap_or_default();
    if std::env::split_paths(&path).any(|folder| folder.join("zenity").is_file()) {
        return true;
    }
    let Ok(bus) = crate::bus::Bus::session().await else { return false };
    let object = bus.object(BUS, "/org/freedesktop/DBus", std::time::Duration::from_secs(2));
    let owned = object.method_call::<(bool,), _, _, _>(BUS, "NameHasOwner", (PORTAL,)).await;
    owned.is_ok_and(|(owned,)| owned)
}

#[cfg(not(target_os = "linux"))]
async fn can_ask() -> bool {
    true
}
