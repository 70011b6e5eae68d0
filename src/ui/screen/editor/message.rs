//! What happens on the editor's screen, and what only the app can do about it.

use iced::Task;

use super::{Field, Key, Page, Pointer, Stretch, clipboard, exchange, recording, toolbox};
use crate::curve::Shape;
use crate::editor::Edit;
use crate::mode::Channel;
use crate::storage::{self, SavedProfile};

/// What a press of the pointer does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// Chooses and moves.
    Select,
    /// Adds a point.
    Add,
    /// Draws freely.
    Draw,
    /// Takes points away.
    Erase,
}

/// What happens on this screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// The pointer does something in the lanes.
    Pointer(Pointer),
    /// A key does something in the lanes.
    Key(Key),
    /// Takes the last step back.
    Undo,
    /// Does it again.
    Redo,
    /// Saves.
    Save,
    /// Back to the profiles.
    Leave,
    /// Plays from the playhead.
    Try,
    /// Plays the stretch of what is chosen, again and again.
    Loop,
    /// Shows just the stretch of what is chosen.
    ZoomToChosen,
    /// Records by hand.
    Record(recording::Message),
    /// Takes another tool.
    Tool(Tool),
    /// Snapping on or off.
    Snap,
    /// Zooms around the playhead.
    Zoom(f64),
    /// Shows everything.
    Fit,
    /// Makes a lane the active one, and unfolds it.
    Activate(Channel),
    /// Folds a lane, or unfolds it.
    Fold(Channel),
    /// Chooses a point of the table.
    Choose(crate::editor::PointId),
    /// Chooses a step of the table.
    ChooseStep(crate::editor::StepId),
    /// Types in a field.
    Type(Field, String),
    /// A field's text is meant as it is.
    Typed,
    /// Sets the shape of the chosen points.
    Shape(Shape),
    /// Does an edit.
    Do(Box<Edit>),
    /// Adds a step at the playhead.
    AddStep,
    /// Goes to what a finding is about.
    Find(usize),
    /// Opens or closes the inspector where it is narrow.
    Inspector,
    /// Turns to another page of the inspector.
    Page(Page),
    /// Something on its page of tools.
    Tools(toolbox::Message),
    /// Turns the table of points to another first row.
    Rows(usize),
    /// Cut, copy and paste.
    Clip(clipboard::Message),
    /// Import and export.
    Exchange(exchange::Message),
    /// Shows gestures and keys.
    Help,
    /// It was saved, or not.
    Saved(u64, Result<SavedProfile, storage::Error>),
}

impl Message {
    /// Whether it changes what is seen of the profile, and hardly anything else.
    pub(super) fn travels(&self) -> bool {
        matches!(self, Self::Zoom(_) | Self::Fit | Self::Pointer(Pointer::Pan(_) | Pointer::Scroll { .. }))
    }
}

/// What only the app can do.
#[derive(Debug)]
pub(in crate::ui) enum Action {
    None,
    /// Save this text: see [`Board::saving`].
    Save(String),
    /// Leave; asks first where something is unsaved.
    Leave,
    /// Play this part.
    Try(Stretch),
    /// Stop everything.
    Rest,
    /// Put the focus there.
    Focus(&'static str),
    /// It was saved: read the shelf again.
    Saved,
    /// The file changed meanwhile: ask.
    Conflict,
    /// Show gestures and keys.
    Help,
    /// Ask the desktop for a file.
    Ask(exchange::Ask),
    /// Do some work that comes back here.
    Run(Task<Message>),
    /// Tell what was done, and do some work.
    Tell(String, Task<Message>),
    /// Tell what cannot be done.
    Trouble(String),
}
