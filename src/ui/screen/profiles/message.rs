//! What happens on the screen Profiles, and what the screen asks of the app.

use std::path::PathBuf;
use std::sync::Arc;

use iced::Task;
use iced::advanced::widget::Id;

use super::mend::Message as Mending;
use super::mend::Source;
use super::selection::Kind;
use crate::mode::Mode;
use crate::profile::Profile;
use crate::storage::{self, Deleted, SavedProfile, Shelf};
use crate::time::Time;
use crate::ui::shell::dialog::Dialog;

/// What the person does here, and what comes back from the disk.
#[derive(Debug, Clone)]
pub enum Message {
    /// The shelf was read again.
    Read(Result<Shelf<Profile>, storage::Error>),
    /// The cards were scrolled down so far, in pixels.
    Scrolled(f32),
    /// The person could not be asked for a file.
    NoChoice(crate::ui::desktop::Error),
    /// Types in the search field.
    Search(String),
    /// Narrows by what profiles are for.
    Show(Kind),
    /// Shows the filters by mode, or hides them.
    Modes(bool),
    /// Narrows to profiles with a mode, or no longer.
    With(Mode),
    /// Goes to another card by the keyboard.
    Walk(Id),
    /// Shows everything again.
    ShowAll,
    /// Chooses a profile: Play would play it.
    Choose(String),
    /// Plays a profile, from its start.
    Play(String),
    /// Plays the profile that is looked at, from where it is to start.
    PlayOpen,
    /// Where the profile that is looked at is to start.
    From(Time),
    /// Gives stars.
    Rate(String, u8),
    /// Runs one of the massager's own programs.
    Program(String),
    /// Stops everything, now.
    Stop,
    /// Pauses the profile that plays.
    Pause,
    /// Goes on with the profile that is paused.
    Resume,
    /// Opens the menu of a card, or closes it.
    Menu(Option<String>),
    /// Looks closer at a profile.
    Open(String),
    /// Back to the cards.
    Back,
    /// Chooses a file to import.
    Import,
    /// The file to import was chosen.
    ImportFrom(PathBuf),
    /// Opens a profile in the curve editor.
    Edit(String),
    /// Starts a new profile in the curve editor.
    New,
    /// Opens the text of a file that cannot be read.
    Mend(String),
    /// The text of a file was read.
    Mendable(Result<Source, storage::Error>),
    /// Something happens to the text.
    Mending(Mending),
    /// A text was saved, or not.
    Mended(Arc<str>, Result<SavedProfile, storage::Error>),
    /// Makes a copy of one's own.
    Duplicate(String),
    /// Asks for a new name.
    Rename(String),
    /// Chooses where to export to.
    Export(String),
    /// The place to export to was chosen.
    ExportTo(String, PathBuf),
    /// Asks for stars and notes.
    Notes(String),
    /// Deletes a file of one's own.
    Delete(String),
    /// Shows a file in the file manager.
    ShowFile(PathBuf),
    /// Something on the disk was done, or not.
    Done(Result<Done, storage::Error>),
}

/// How a file came to be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// From elsewhere.
    Imported,
    /// A copy of another.
    Duplicated,
}

/// What was done on the disk.
#[derive(Debug, Clone)]
pub enum Done {
    /// There is a new file of this id.
    Added(String, Added),
    /// A file was renamed; it has this name now.
    Renamed,
    /// The profile of that name was exported.
    Exported(String),
    /// The profile of that name was deleted.
    Deleted(String, Deleted),
    /// The deleted profile of this name is back.
    Restored(String),
}

/// What only the app can do.
#[derive(Debug)]
pub(in crate::ui) enum Action {
    /// Nothing.
    None,
    /// Work that comes back here.
    Run(Task<Message>),
    /// The shelf was read again.
    Read,
    /// The shelf was read again, with something new in it: show it in the player bar, tell of it, and go to its card.
    Added(String, Arc<Profile>, String, Task<Message>),
    /// Show a profile in the player bar.
    Choose(String, Arc<Profile>),
    /// The same, and its page opened: put the focus on what one comes for.
    Open(String, Arc<Profile>),
    /// Play a profile, from a time on.
    Play(String, Arc<Profile>, Time),
    /// Give stars to a profile.
    Rate(String, u8),
    /// Open a profile in the curve editor.
    Edit(String),
    /// Start a new profile in the curve editor.
    New,
    /// Run one of the massager's own programs.
    Program(String),
    /// Pause what plays.
    Pause,
    /// Go on with what is paused.
    Resume,
    /// The stop was ordered: put away what is open.
    PutAway,
    /// A question first.
    Ask(Dialog),
    /// Tell what was done, and do some work.
    Tell(String, Task<Message>),
    /// Tell that a file was deleted, with a way back, and do some work.
    TellDeleted(String, Deleted, Task<Message>),
    /// Tell what did not work.
    Trouble(String),
    /// The cards are to be found again at this place.
    Scrolled(f32),
    /// Show this file in the file manager.
    ShowFile(PathBuf),
}
