//! Everything that can happen to the window.

use std::path::PathBuf;
use std::time::Instant;

use iced::{Size, window};

use super::recovering;
use crate::engine::Event;
use crate::massager::DeviceMap;
use crate::storage::{self, Shelf};
use crate::ui::screen::{editor, massager, playing, profiles, settings, start};
use crate::ui::shell::keys::Shortcut;
use crate::ui::shell::nav::Screen;
use crate::ui::shell::{dialog, player_bar, toast};

/// Everything that can happen to the window.
#[derive(Debug, Clone)]
pub enum Message {
    /// The engine tells something.
    Engine(Event),
    /// Time has passed while something moves on the screen.
    Tick(Instant),
    /// A key that works everywhere.
    Key(Shortcut),
    /// The first frame is on the screen.
    Bared,
    /// The fonts are there.
    Lettered,
    /// Another screen.
    Go(Screen),
    /// The player bar.
    PlayerBar(player_bar::Message),
    /// The screen Now playing.
    NowPlaying(playing::Message),
    /// The screen Massager.
    Massager(massager::Message),
    /// The screen Profiles.
    Profiles(profiles::Message),
    /// The screen of the curve editor.
    Editor(editor::Message),
    /// The file to edit was read: its id and its text.
    EditorOpened(Result<(String, String), storage::Error>),
    /// Recovery copies of unsaved work.
    Recovering(recovering::Message),
    /// The screen Settings.
    Settings(settings::Message),
    /// The first start.
    Start(start::Message),
    /// The open dialog.
    Dialog(dialog::Message),
    /// The toast, or the danger.
    Toast(toast::Message),
    /// The toast's time is over.
    Faded(Instant),
    /// Device maps were read again.
    MapsRead(Result<Shelf<DeviceMap>, storage::Error>),
    /// A file was dropped on the window.
    Dropped(PathBuf),
    /// Files changed on disk.
    FilesChanged,
    /// Changes of files cannot be noticed.
    CannotWatch(storage::Error),
    /// Something was saved, or not.
    Saved(Result<(), storage::Error>),
    /// Where the person's own profiles are now.
    Marked(storage::Marks),
    /// A file was shown in the file manager, or not.
    Shown(Result<(), crate::ui::desktop::Error>),
    /// The system turned light or dark.
    SystemTheme(iced::theme::Mode),
    /// The window has this size.
    Resized(Size),
    /// The window is there: ask how fine its pixels are.
    Opened(window::Id, Size),
    /// So many physical pixels to a logical one.
    Rescaled(f32),
    /// Svang was started once more: this window comes to the front instead.
    Show,
    /// The screen that the window is on has this size, in logical pixels, where that is known.
    Screen(window::Id, Option<Size>),
    /// Play has waited long enough for the massager.
    Waited(Instant),
    /// Space was pressed where it belongs to no control: plays what is ready, or resumes.
    PlayReady,
    /// The person closes the window, or the system asks the program to end.
    CloseRequested,
    /// The engine ended, or did not in time.
    Ended(bool),
}

impl Message {
    /// Whether this asks to stop: then the engine is told before anybody else hears of it. Every key, button and way out
    /// that stops is here.
    pub(super) const fn stops(&self) -> bool {
        matches!(
            self,
            Self::Key(Shortcut::Stop)
                | Self::PlayerBar(player_bar::Message::Stop)
                | Self::NowPlaying(playing::Message::Stop | playing::Message::ItHurts)
                | Self::Massager(massager::Message::Stop)
                | Self::Profiles(profiles::Message::Stop)
                | Self::CloseRequested
        )
    }
}
