//! Recording by hand: the person moves a slider while time runs, and that becomes the lane's curve.
//!
//! Belongs here: a take from its start to its end, which is one step of undo. Time comes from the massager that plays
//! along, else from the clock. How a take is simplified belongs to [`crate::editor::Recorder`].

use std::time::{Duration, Instant};

use super::{Action, Board, Message as Any, Pointer, Stretch, World};
use crate::editor::{Edit, Gesture, Merge, Recorder};
use crate::i18n::Words;
use crate::intensity::Intensity;
use crate::mode::Channel;
use crate::time::Time;
use crate::ui::shell::clock;

/// The slider, so that the focus can be put there.
pub(super) const SLIDER: &str = "recording slider";
/// While a massager plays along, the take goes on this far beyond now, so that it never falls back to the old curve.
const AHEAD: Duration = Duration::from_secs(1);
/// How often a take is looked at.
const FRAME: Duration = Duration::from_millis(33);
/// A massager that has not begun by then will not.
const PATIENCE: Duration = Duration::from_secs(5);

/// What happens while recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// Opens the page, or closes it.
    Toggle,
    /// The slider is moved, in tenths of a percent.
    Level(u16),
    /// Starts a take, with the massager playing along or not.
    Start(bool),
    /// Ends the take, and keeps it.
    Finish,
}

/// The slider, and the take under way.
#[derive(Debug)]
pub(super) struct Recording {
    pub channel: Channel,
    pub level: Intensity,
    take: Option<Take>,
}

#[derive(Debug)]
struct Take {
    recorder: Recorder,
    gesture: Gesture,
    from: Time,
    started: Instant,
    /// When the curve was written last: the engine answers each new one, which is no reason for another.
    written: Instant,
    with: Massager,
}

/// What the massager does with a take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Massager {
    /// It has no part in it.
    Apart,
    /// It was asked to play.
    Asked,
    /// It plays.
    Plays,
}

/// Whether a take goes on while this happens.
pub(super) fn goes_on(message: &Any) -> bool {
    matches!(
        message,
        Any::Record(_)
            | Any::Zoom(_)
            | Any::Fit
            | Any::Pointer(Pointer::Pan(_) | Pointer::Scroll { .. })
            | Any::Inspector
            | Any::Saved(..)
    )
}

impl Board {
    /// Whether a take is under way.
    pub(super) fn is_recording(&self) -> bool {
        self.recording.as_ref().is_some_and(|recording| recording.take.is_some())
    }

    /// What the hand needs while a take is under way.
    pub(in crate::ui) fn hand(&self) -> Option<&'static str> {
        self.is_recording().then_some(SLIDER)
    }

    /// When a take wants to be looked at next.
    pub(in crate::ui) fn next_look(&self, now: Instant) -> Option<Instant> {
        let take = self.recording.as_ref()?.take.as_ref()?;
        Some((take.written + FRAME).max(now))
    }

    pub(super) fn record(&mut self, message: Message, world: World<'_>) -> Action {
        match message {
            Message::Toggle if self.recording.is_some() => {
                let action = self.end_take(world);
                self.recording = None;
                return action;
            }
            Message::Toggle => {
                let Some(channel) = self.active else { return Action::None };
                let lane = self.editor.document().lane(channel);
                let level = lane.map_or(Intensity::ZERO, |lane| lane.curve().intensity_at(self.playhead));
                self.recording = Some(Recording { channel, level, take: None });
                self.show_inspector();
                return Action::Focus(SLIDER);
            }
            Message::Level(per_mille) => {
                let at = self.take_at(world);
                let Some(recording) = &mut self.recording else { return Action::None };
                recording.level = Intensity::from_per_mille(per_mille);
                if let (Some(take), Some(at)) = (&mut recording.take, at) {
                    take.recorder.push(at, recording.level);
                }
            }
            Message::Start(with_massager) => return self.start_take(with_massager, world),
            Message::Finish => return self.end_take(world),
        }
        Action::None
    }

    /// Where a take starts: at the playhead, and from the beginning where that is at the end.
    pub(super) fn record_from(&self) -> Time {
        if self.playhead < self.editor.document().length() { self.playhead } else { Time::ZERO }
    }

    fn start_take(&mut self, with_massager: bool, world: World<'_>) -> Action {
        let w = world.words;
        let gesture = self.editor.begin();
        let from = self.record_from();
        let Some(recording) = self.recording.as_mut().filter(|recording| recording.take.is_none()) else {
            return Action::None;
        };
        let mut recorder = Recorder::new(recording.channel);
        recorder.push(from, recording.level);
        let with = if with_massager { Massager::Asked } else { Massager::Apart };
        recording.take = Some(Take { recorder, gesture, from, started: world.now, written: world.now, with });
        self.write_take(w, from);
        if with_massager { Action::Try(Stretch::From(from)) } else { Action::Focus(SLIDER) }
    }

    /// Where the take is now; nothing where its massager plays no more.
    fn take_at(&self, world: World<'_>) -> Option<Time> {
        let take = self.recording.as_ref()?.take.as_ref()?;
        match take.with {
            Massager::Apart => Some(take.from + world.now.saturating_duration_since(take.started)),
            Massager::Asked | Massager::Plays if self.tried(world.state).is_some() => {
                clock::position(world.state, world.now)
            }
            Massager::Asked if world.now.saturating_duration_since(take.started) < PATIENCE => Some(take.from),
            Massager::Asked | Massager::Plays => None,
        }
    }

    /// Brings the take up to now.
    pub(super) fn go_on_recording(&mut self, world: World<'_>) {
        let w = world.words;
        if !self.is_recording() {
            return;
        }
        let plays = self.tried(world.state).is_some();
        let at = self.take_at(world);
        if let Some(take) = self.recording.as_mut().and_then(|recording| recording.take.as_mut())
            && plays
            && take.with == Massager::Asked
        {
            take.with = Massager::Plays;
        }
        match at {
            Some(at) if at < self.editor.document().length() => {
                let take = self.recording.as_mut().and_then(|recording| recording.take.as_mut());
                match take {
                    Some(take) if world.now.saturating_duration_since(take.written) >= FRAME => {
                        take.written = world.now
                    }
                    _ => return,
                }
                self.write_take(w, at);
                self.playhead = at;
                self.view.reveal(at);
                self.changes += 1;
            }
            // The profile is over, or the massager stopped: the take is kept as far as it went.
            _ => {
                self.end_take(world);
            }
        }
    }

    fn write_take(&mut self, w: &Words, at: Time) {
        let length = self.editor.document().length();
        let Some(recording) = &self.recording else { return };
        let Some(take) = &recording.take else { return };
        let ahead = if take.with == Massager::Apart { Duration::ZERO } else { AHEAD };
        let end = (at + ahead).min(length);
        let gesture = take.gesture;
        if let Some(edit) = take.recorder.clone().finish(end).filter(has_time) {
            // A lane that cannot be written keeps what it has; the person sees that nothing is drawn.
            let _ = self.perform_in(w, gesture, &edit, Merge::Restart);
        }
    }

    /// Ends the take and keeps it. The massager that played along rests.
    pub(super) fn end_take(&mut self, world: World<'_>) -> Action {
        let w = world.words;
        let at = self.take_at(world).unwrap_or(self.playhead).min(self.editor.document().length());
        let plays = self.tried(world.state).is_some();
        let Some(take) = self.recording.as_mut().and_then(|recording| recording.take.take()) else {
            return Action::None;
        };
        self.changes += 1;
        let done = match take.recorder.finish(at).filter(has_time) {
            Some(edit) => self.perform_in(w, take.gesture, &edit, Merge::Restart),
            None => {
                self.editor.cancel(take.gesture);
                Action::None
            }
        };
        self.playhead = at;
        if plays && take.with != Massager::Apart { Action::Rest } else { done }
    }

    /// After a stop: drops the take, or lets it end with the massager that plays along, which keeps it. Says whether there
    /// was one.
    pub(super) fn stop_take(&mut self) -> bool {
        let take = self.recording.as_ref().and_then(|recording| recording.take.as_ref());
        take.is_some_and(|take| take.with == Massager::Plays) || self.give_up_take()
    }

    /// Drops the take, as if it had not been. Says whether there was one.
    pub(in crate::ui) fn give_up_take(&mut self) -> bool {
        let Some(take) = self.recording.as_mut().and_then(|recording| recording.take.take()) else { return false };
        self.editor.cancel(take.gesture);
        self.playhead = take.from;
        self.changes += 1;
        true
    }
}

/// Whether a take lasted at all.
fn has_time(edit: &Edit) -> bool {
    matches!(edit, Edit::Take { samples, .. } if samples.first().zip(samples.last()).is_some_and(|(a, b)| a.0 < b.0))
}
