//! What keys do in the lanes.

use iced::keyboard::Modifiers;
use iced::keyboard::key::{Key as Pressed, Named};

use super::{Action, Board, Message, Tool, toolbox};
use crate::editor::{Choose, Crossing, Edit, Merge, Shift};
use crate::i18n::Words;
use crate::time::Time;

/// What a key does in the lanes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Key {
    /// Moves the chosen points by seconds and percent; without any, the playhead.
    Nudge(i8, i8),
    /// Takes what is chosen away.
    Delete,
    /// Chooses the next point of the lane, or the one before.
    Next(bool),
    /// Adds a point on the curve at the playhead.
    Add,
    /// Chooses everything, or everything in the active lane.
    All(bool),
    /// Chooses nothing.
    Nothing,
    /// Makes the next lane the active one, or the one before.
    Lane(bool),
    /// Puts the playhead at the start or the end.
    Playhead(bool),
    /// Moves the playhead by seconds.
    Step(i8),
    /// Folds the active lane, or unfolds it.
    Fold,
    /// Makes the active lane higher by so many pixels.
    Taller(i8),
}

impl Board {
    /// What a key asks for in the lanes; nothing leaves it to others.
    pub(super) fn key(&self, key: &Pressed, modifiers: Modifiers) -> Option<Message> {
        let strong = if modifiers.shift() { 5 } else { 1 };
        if modifiers.alt() || modifiers.logo() {
            return None;
        }
        if modifiers.command() {
            return match key.as_ref() {
                Pressed::Character("a" | "A") => Some(Message::Key(Key::All(modifiers.shift()))),
                _ => None,
            };
        }
        let asked = match key.as_ref() {
            Pressed::Named(Named::ArrowLeft) => Key::Nudge(-strong, 0),
            Pressed::Named(Named::ArrowRight) => Key::Nudge(strong, 0),
            Pressed::Named(Named::ArrowUp) => Key::Nudge(0, strong),
            Pressed::Named(Named::ArrowDown) => Key::Nudge(0, -strong),
            Pressed::Named(Named::Delete | Named::Backspace) => Key::Delete,
            Pressed::Named(Named::Tab) => Key::Next(self.tab(modifiers.shift())?),
            Pressed::Named(Named::Enter | Named::Insert) => Key::Add,
            Pressed::Named(Named::PageDown) if modifiers.shift() => Key::Taller(24),
            Pressed::Named(Named::PageUp) if modifiers.shift() => Key::Taller(-24),
            Pressed::Named(Named::PageDown) => Key::Lane(true),
            Pressed::Named(Named::PageUp) => Key::Lane(false),
            Pressed::Named(Named::Home) => Key::Playhead(false),
            Pressed::Named(Named::End) => Key::Playhead(true),
            Pressed::Character("," | "<") => Key::Step(-strong),
            Pressed::Character("." | ">") => Key::Step(strong),
            Pressed::Character("x" | "X") => Key::Nothing,
            Pressed::Character("f" | "F") => Key::Fold,
            // On some keyboards the question mark, which asks for help, is Shift and +.
            Pressed::Character("+") if modifiers.shift() => return None,
            Pressed::Character("+" | "=") => return Some(Message::Zoom(1.5)),
            Pressed::Character("-") => return Some(Message::Zoom(1.0 / 1.5)),
            Pressed::Character("0") => return Some(Message::Fit),
            Pressed::Character("l" | "L") => return Some(Message::Loop),
            Pressed::Character("r" | "R") => return Some(Message::Record(super::recording::Message::Toggle)),
            Pressed::Character("z" | "Z") => return Some(Message::ZoomToChosen),
            Pressed::Character("v" | "V") => return Some(Message::Tool(Tool::Select)),
            Pressed::Character("a" | "A") => return Some(Message::Tool(Tool::Add)),
            Pressed::Character("d" | "D") => return Some(Message::Tool(Tool::Draw)),
            Pressed::Character("e" | "E") => return Some(Message::Tool(Tool::Erase)),
            Pressed::Character("t" | "T") => return Some(Message::Tools(toolbox::Message::Show)),
            _ => return None,
        };
        Some(Message::Key(asked))
    }

    /// Tab goes from point to point, and past the last one out of the lanes.
    fn tab(&self, back: bool) -> Option<bool> {
        let document = self.editor.document();
        let channel = self.active?;
        let count = document.lane(channel)?.len();
        let index = self.editor.selection().single().and_then(|id| document.index(id)).filter(|at| at.0 == channel);
        match index {
            Some((_, 0)) if back => None,
            Some((_, index)) if !back && index + 1 >= count => None,
            None if count == 0 || back => None,
            _ => Some(back),
        }
    }

    /// Does what a key asks for.
    pub(super) fn press(&mut self, w: &Words, key: Key) -> Action {
        match key {
            Key::Nudge(seconds, percent) => return self.nudge(w, seconds, percent),
            Key::Delete => {
                let points = self.editor.selection().to_points();
                let steps: Vec<_> = self.editor.selection().steps().collect();
                if !points.is_empty() {
                    return self.perform(w, &Edit::Delete { points });
                }
                if !steps.is_empty() {
                    return self.perform(w, &Edit::DeleteSteps(steps));
                }
            }
            Key::Next(back) => {
                if let Some(channel) = self.active
                    && let Some(id) =
                        self.editor.choose(|selection, document| selection.choose_next(document, channel, back))
                {
                    self.look_at(&[id]);
                }
            }
            Key::Add => {
                let Some(channel) = self.active else { return Action::None };
                let at = self.playhead;
                let lane = self.editor.document().lane(channel);
                if let Some(spot) = lane.and_then(|lane| lane.spot(lane.index_at(at).ok()?)) {
                    // There is one: it is chosen.
                    self.editor.selection_mut().choose([spot.id], Choose::Only);
                    return Action::None;
                }
                return self.perform(w, &Edit::AddOnCurve { channel, at });
            }
            Key::All(lane) => {
                let channel = self.active.filter(|_| lane);
                self.editor.choose(|selection, document| match channel {
                    Some(channel) => selection.choose_lane(document, channel, Choose::Only),
                    None => selection.choose_all(document),
                });
            }
            Key::Nothing => self.editor.selection_mut().clear(),
            Key::Lane(down) => {
                let lanes: Vec<_> = self.editor.document().lanes().map(|(channel, _)| channel).collect();
                let index = lanes.iter().position(|channel| Some(*channel) == self.active).unwrap_or(0);
                let next = if down { index + 1 } else { index.wrapping_sub(1) };
                self.active = lanes.get(next).copied().or(self.active);
            }
            Key::Playhead(end) => {
                self.playhead = if end { self.editor.document().length() } else { Time::ZERO };
                self.view.reveal(self.playhead);
            }
            Key::Step(seconds) => self.move_playhead(seconds),
            Key::Fold => {
                if let Some(channel) = self.active {
                    self.heights.fold(channel);
                }
            }
            Key::Taller(by) => {
                if let Some(channel) = self.active
                    && let Some(row) = self.rows().lane(channel)
                {
                    self.heights.set(channel, row.height + f32::from(by));
                }
            }
        }
        Action::None
    }

    fn move_playhead(&mut self, seconds: i8) {
        let at = i64::from(self.playhead.as_millis()) + i64::from(seconds) * 1000;
        let at = Time::from_millis(u32::try_from(at).unwrap_or(0));
        self.playhead = at.min(self.editor.document().length());
        self.view.reveal(self.playhead);
    }

    fn nudge(&mut self, w: &Words, seconds: i8, percent: i8) -> Action {
        let points = self.editor.selection().to_points();
        if points.is_empty() {
            let step = self.editor.selection().steps().next();
            match step {
                Some(step) if seconds != 0 => {
                    return self.perform(w, &Edit::MoveStep { step, millis: i64::from(seconds) * 1000 });
                }
                _ => self.move_playhead(seconds),
            }
            return Action::None;
        }
        let gesture = match self.nudging {
            Some(gesture) => gesture,
            None => self.editor.begin(),
        };
        self.nudging = Some(gesture);
        let by = Shift { millis: i64::from(seconds) * 1000, per_mille: i32::from(percent) * 10 };
        let action = self.perform_in(
            w,
            gesture,
            &Edit::Move { points: points.clone(), by, crossing: Crossing::Stop },
            Merge::Add,
        );
        if let [only] = points.as_slice() {
            self.look_at(&[*only]);
        }
        action
    }
}
