//! The curve editor's heart: a profile under the pen, and everything one can do with it.
//!
//! Belongs here: state and pure functions: [`Document`], [`Edit`], [`History`], [`Selection`], [`Snap`], [`Viewport`],
//! what to draw, what was hit, the safety check, and other formats to read and write. Windows, clocks, files and massagers
//! do not: the window draws this state and turns gestures into edits.
//!
//! The way of an edit:
//! - [`Editor::perform`] does it as a step of its own; [`Editor::perform_in`] as part of a gesture, which is one step.
//! - [`Editor::preview`] only says what it would change: draw [`Change::ghost`] inside [`Change::touched`].
//! - While dragging, either keep the ghost and perform once on release, or perform in every frame with
//!   [`Merge::Restart`], which lets a massager follow live; [`Editor::cancel`] puts everything back.

mod change;
mod clipboard;
mod document;
mod draft;
pub mod drawing;
mod edit;
pub mod exchange;
mod fixes;
mod generate;
mod history;
pub mod hit;
mod lane;
mod points;
mod record;
pub mod recovery;
mod rise;
pub mod safety;
mod selection;
mod simplify;
mod snap;
mod steps;
mod stretches;
#[cfg(test)]
mod tests;
mod timeline;
mod told;
mod tools;
mod viewport;

use crate::problem::Problem;
use crate::profile::Profile;

use change::Direction;

pub use change::{Change, Swap};
pub use clipboard::{Clip, NoClip, Paste};
pub use document::{Document, NamedStep, StepId};
pub use edit::{Crossing, Edit, Fade, Hand, Shift, Target, Tool};
pub use generate::{Error as GeneratorError, Generator};
pub use history::{Gesture, History, Revisited};
pub use lane::{Lane, PointId, Span, Spot};
pub use record::Recorder;
pub use rise::{Rise, rises};
pub use selection::{Choose, Selection};
pub use snap::{Guide, Snap, Snapped};
pub use told::{Error, Label};
pub use viewport::{Ticks, Viewport};

/// How an edit joins what its gesture did before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Merge {
    /// It comes on top: keys held down, each press from where the last one led.
    Add,
    /// It takes its place: drags and sliders, each from where the gesture began.
    Restart,
}

/// A profile under the pen, with what is chosen and what can be undone.
#[derive(Debug, Clone, Default)]
pub struct Editor {
    document: Document,
    history: History,
    selection: Selection,
}

impl Editor {
    /// Opens a profile that is on disk as it is.
    pub fn new(profile: &Profile) -> Self {
        Self { document: Document::new(profile), ..Self::default() }
    }

    /// Opens a profile that is not on disk: a new one, or a recovered one.
    pub fn unsaved(profile: &Profile) -> Self {
        let mut editor = Self::new(profile);
        editor.history.mark_unsaved();
        editor
    }

    /// The profile under the pen.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// What can be undone, and whether something is unsaved.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// What is chosen.
    pub fn selection(&self) -> &Selection {
        &self.selection
    }

    /// To choose something. Choosing is not a step of undo.
    pub fn selection_mut(&mut self) -> &mut Selection {
        &mut self.selection
    }

    /// The same, where what is chosen depends on the document.
    pub fn choose<R>(&mut self, how: impl FnOnce(&mut Selection, &Document) -> R) -> R {
        how(&mut self.selection, &self.document)
    }

    /// Does an edit as a step of its own. What it adds is chosen. Says whether anything changed.
    ///
    /// # Errors
    /// Why it cannot be done; nothing changed then.
    pub fn perform(&mut self, edit: &Edit) -> Result<bool, Error> {
        let change = edit.plan(&self.document)?;
        Ok(self.commit(edit, change, None))
    }

    /// Does an edit as [`Editor::preview`] planned it, without planning it again. The document must be as it was then:
    /// compare its [revision](Document::revision).
    pub fn perform_previewed(&mut self, edit: &Edit, change: Change) -> bool {
        self.commit(edit, change, None)
    }

    /// Begins a gesture.
    pub fn begin(&mut self) -> Gesture {
        self.history.gesture()
    }

    /// Does an edit as part of a gesture; the whole gesture is one step. Says whether anything changed.
    ///
    /// # Errors
    /// Why it cannot be done. With [`Merge::Restart`] the gesture is then back where it began.
    pub fn perform_in(&mut self, gesture: Gesture, edit: &Edit, merge: Merge) -> Result<bool, Error> {
        if merge == Merge::Restart {
            self.history.restart(gesture, &mut self.document);
        }
        let change = edit.plan(&self.document).inspect_err(|_| self.selection.retain(&self.document))?;
        Ok(self.commit(edit, change, Some(gesture)))
    }

    /// Puts back what a gesture did: Escape while dragging.
    pub fn cancel(&mut self, gesture: Gesture) {
        self.history.restart(gesture, &mut self.document);
        self.selection.retain(&self.document);
    }

    /// What an edit would change.
    ///
    /// # Errors
    /// Why it cannot be done.
    pub fn preview(&self, edit: &Edit) -> Result<Change, Error> {
        edit.plan(&self.document)
    }

    fn commit(&mut self, edit: &Edit, change: Change, gesture: Option<Gesture>) -> bool {
        if change.is_empty() {
            self.selection.retain(&self.document);
            return false;
        }
        self.document.apply(&change, Direction::Forth);
        match edit {
            // These bring something new, and what one does next is meant for it.
            Edit::Add { .. }
            | Edit::AddOnCurve { .. }
            | Edit::Paste { .. }
            | Edit::Generate { .. }
            | Edit::Repeat { .. }
            | Edit::AddStep(_) => {
                let (points, steps) = change.new_names();
                self.selection.set(points, steps);
            }
            _ => self.selection.retain(&self.document),
        }
        self.history.record(edit.label(), change, gesture);
        true
    }

    /// Takes the last step back, and chooses what came back by it.
    pub fn undo(&mut self) -> Option<Revisited> {
        let revisited = self.history.undo(&mut self.document);
        self.look_at(revisited)
    }

    /// Does the last step undone again, and chooses what came by it.
    pub fn redo(&mut self) -> Option<Revisited> {
        let revisited = self.history.redo(&mut self.document);
        self.look_at(revisited)
    }

    fn look_at(&mut self, revisited: Option<Revisited>) -> Option<Revisited> {
        if let Some(revisited) = &revisited {
            if !revisited.points.is_empty() || !revisited.steps.is_empty() {
                self.selection.set(revisited.points.clone(), revisited.steps.clone());
            }
            self.selection.retain(&self.document);
        }
        revisited
    }

    /// The text of the profile's file, to save. It is read back first, so that whatever is saved can be opened again.
    ///
    /// # Errors
    /// Why a file of it could not be read, in words with the remedy: no name yet, nothing to play, too many points.
    pub fn file(&self) -> Result<String, Vec<Problem>> {
        let text = self.document.to_profile().write();
        Profile::read(&text)?;
        Ok(text)
    }

    /// Remembers that the profile is on disk as it is now. Undo goes on working.
    pub fn mark_saved(&mut self) {
        self.history.mark_saved();
    }

    /// Whether there is something to save.
    pub fn is_dirty(&self) -> bool {
        self.history.is_dirty()
    }
}
