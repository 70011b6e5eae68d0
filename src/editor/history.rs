//! Undo and redo of everything.
//!
//! Belongs here: [`History`]: labelled steps, one a gesture, capped by memory, and which of them was saved. A step holds
//! what changed, not the whole document.

use std::collections::VecDeque;

use super::change::{Change, Direction};
use super::document::{Document, StepId};
use super::lane::PointId;
use super::told::Label;

/// One gesture: a drag, a slider held, a key kept down. Edits of the same gesture are one step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Gesture(u64);

/// What an undo or redo brought back: worth selecting and looking at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revisited {
    /// What was undone or redone.
    pub label: Label,
    /// The points that are there now because of it.
    pub points: Vec<PointId>,
    /// The steps that are there now because of it.
    pub steps: Vec<StepId>,
}

#[derive(Debug, Clone)]
struct Entry {
    label: Label,
    change: Change,
    gesture: Option<Gesture>,
    serial: u64,
    bytes: usize,
}

/// The steps done and undone.
#[derive(Debug, Clone)]
pub struct History {
    done: VecDeque<Entry>,
    undone: Vec<Entry>,
    bytes: usize,
    cap: usize,
    serial: u64,
    gestures: u64,
    /// The serial of the newest step that was forgotten: the state before all steps.
    floor: u64,
    saved: Option<u64>,
}

impl Default for History {
    fn default() -> Self {
        Self::new(Self::CAP)
    }
}

impl History {
    /// How much memory the steps may take: 64 MiB.
    pub const CAP: usize = 64 << 20;

    /// An empty history that forgets its oldest steps above so many bytes. The newest step is always kept.
    pub fn new(cap: usize) -> Self {
        Self {
            done: VecDeque::new(),
            undone: Vec::new(),
            bytes: 0,
            cap,
            serial: 0,
            gestures: 0,
            floor: 0,
            saved: Some(0),
        }
    }

    /// A new gesture.
    pub fn gesture(&mut self) -> Gesture {
        self.gestures += 1;
        Gesture(self.gestures)
    }

    /// Remembers a change that was made. One that changes nothing is not a step.
    pub(super) fn record(&mut self, label: Label, change: Change, gesture: Option<Gesture>) {
        if change.is_empty() {
            return;
        }
        self.forget_undone();
        self.serial += 1;
        if let Some(last) = self.open(gesture) {
            self.bytes -= last.bytes;
            let joined = last.change.then(change);
            if joined.is_empty() {
                return; // The gesture came back to where it began.
            }
            self.push(label, joined, gesture, self.serial);
        } else {
            self.push(label, change, gesture, self.serial);
        }
        while self.bytes > self.cap && self.done.len() > 1 {
            if let Some(oldest) = self.done.pop_front() {
                self.bytes -= oldest.bytes;
                self.floor = oldest.serial;
            }
        }
    }

    /// Takes back what a gesture did so far, to do it anew from where it began.
    pub(super) fn restart(&mut self, gesture: Gesture, document: &mut Document) {
        if let Some(last) = self.open(Some(gesture)) {
            self.bytes -= last.bytes;
            document.apply(&last.change, Direction::Back);
        }
    }

    /// The last step, taken out, if it belongs to the gesture and can still grow: not after a save or an undo.
    fn open(&mut self, gesture: Option<Gesture>) -> Option<Entry> {
        let last = self.done.back()?;
        let grows = gesture.is_some() && last.gesture == gesture && self.saved != Some(last.serial);
        if grows { self.done.pop_back() } else { None }
    }

    fn push(&mut self, label: Label, change: Change, gesture: Option<Gesture>, serial: u64) {
        let bytes = change.bytes() + size_of::<Label>();
        self.bytes += bytes;
        self.done.push_back(Entry { label, change, gesture, serial, bytes });
    }

    fn forget_undone(&mut self) {
        self.bytes -= self.undone.drain(..).map(|entry| entry.bytes).sum::<usize>();
    }

    pub(super) fn undo(&mut self, document: &mut Document) -> Option<Revisited> {
        let mut entry = self.done.pop_back()?;
        entry.gesture = None;
        let revisited = revisit(&entry, document, Direction::Back);
        self.undone.push(entry);
        Some(revisited)
    }

    pub(super) fn redo(&mut self, document: &mut Document) -> Option<Revisited> {
        let entry = self.undone.pop()?;
        let revisited = revisit(&entry, document, Direction::Forth);
        self.done.push_back(entry);
        Some(revisited)
    }

    /// What undo would take back, such as `move 3 points`.
    pub fn undo_label(&self) -> Option<&Label> {
        self.done.back().map(|entry| &entry.label)
    }

    /// What redo would do again.
    pub fn redo_label(&self) -> Option<&Label> {
        self.undone.last().map(|entry| &entry.label)
    }

    /// The labels of all steps, newest first, for a list to go back by.
    pub fn labels(&self) -> impl Iterator<Item = &Label> {
        self.done.iter().rev().map(|entry| &entry.label)
    }

    /// How much memory the steps take, in bytes.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Remembers that the document is on disk as it is now.
    pub fn mark_saved(&mut self) {
        self.saved = Some(self.now());
    }

    /// Remembers that no state of this document is on disk: it is new, or recovered.
    pub fn mark_unsaved(&mut self) {
        self.saved = None;
    }

    /// Whether there is something to save.
    pub fn is_dirty(&self) -> bool {
        self.saved != Some(self.now())
    }

    /// Whether the document is as it was opened.
    pub fn is_untouched(&self) -> bool {
        self.now() == 0
    }

    fn now(&self) -> u64 {
        self.done.back().map_or(self.floor, |entry| entry.serial)
    }
}

fn revisit(entry: &Entry, document: &mut Document, direction: Direction) -> Revisited {
    document.apply(&entry.change, direction);
    let (points, steps) = entry.change.present(direction);
    Revisited { label: entry.label.clone(), points, steps }
}
