//! Cut, copy and paste through the system's clipboard.
//!
//! Belongs here: what goes there, and where what comes from there goes. Its text belongs to `crate::editor`.

use iced::Task;

use super::{Action, Board, sentence};
use crate::editor::{self, Choose, Edit, Paste};
use crate::i18n::Words;
use crate::mode::Channel;
use crate::say;
use crate::time::Time;

/// What is done with the clipboard.
#[derive(Debug, Clone)]
pub enum Message {
    /// Copies the chosen points.
    Copy,
    /// Copies the chosen points, and takes them away.
    Cut,
    /// Pastes at the playhead.
    Paste(Paste),
    /// This is on the clipboard.
    Got(Paste, Option<String>),
}

impl Board {
    /// Lets something happen.
    pub(super) fn clip(&mut self, w: &Words, message: Message) -> Action {
        match message {
            Message::Copy => self.copy(w, false),
            Message::Cut => self.copy(w, true),
            Message::Paste(how) => {
                let got = move |text| super::Message::Clip(Message::Got(how, text));
                Action::Run(iced::clipboard::read().map(got))
            }
            Message::Got(how, text) => match text.filter(|text| !text.trim().is_empty()) {
                Some(text) => match editor::Clip::from_ron(&text) {
                    Ok(clip) => self.paste(w, clip, how),
                    Err(why) => Action::Trouble(sentence(&w.fact(&why))),
                },
                None => Action::Trouble(say!(w, "clip-empty").to_owned()),
            },
        }
    }

    fn copy(&mut self, w: &Words, cut: bool) -> Action {
        let points = self.editor.selection().to_points();
        let Some(clip) = editor::Clip::of_points(self.editor.document(), &points) else {
            let steps = self.editor.selection().steps().next().is_some();
            return Action::Trouble(
                if steps { say!(w, "clip-no-steps") } else { say!(w, "clip-nothing-to-copy") }.to_owned(),
            );
        };
        let count = points.len();
        if cut && let trouble @ Action::Trouble(_) = self.perform(w, &Edit::Cut { points }) {
            return trouble;
        }
        let told = if cut { say!(w, "clip-was-cut", count = count) } else { say!(w, "clip-copied", count = count) };
        Action::Tell(told, iced::clipboard::write(clip.to_ron()))
    }

    /// Points of one lane go into the active lane, whichever mode it has; those of several into their own.
    fn paste(&mut self, w: &Words, clip: editor::Clip, how: Paste) -> Action {
        let from = clip.tracks().keys().next().copied();
        let into = self.active.filter(|_| clip.tracks().len() == 1);
        let (at, length) = (self.playhead, self.editor.document().length());
        let edit = Edit::Paste { clip: clip.clone(), at, paste: how, into };
        if let trouble @ Action::Trouble(_) = self.perform(w, &edit) {
            return trouble;
        }
        self.choose_pasted(&clip, at, into);
        // The next one goes on where this one ends.
        self.playhead = at + clip.length().as_duration();
        self.view.set_length(self.editor.document().length());
        self.view.reveal(self.playhead);
        let mut told = Vec::new();
        if let (Some(from), Some(into)) = (from, into)
            && from != into
        {
            let count: usize = clip.tracks().values().map(|curve| curve.points().len()).sum();
            told.push(say!(w, "clip-across", count = count, from = w.channel(from), to = w.channel(into)));
        }
        let now = self.editor.document().length();
        if now > length {
            told.push(say!(w, "clip-longer", length = now));
        }
        if told.is_empty() { Action::None } else { Action::Tell(told.join(" "), Task::none()) }
    }

    /// Also those at the place of another, which are not new to the document.
    fn choose_pasted(&mut self, clip: &editor::Clip, at: Time, into: Option<Channel>) {
        let document = self.editor.document();
        let pasted = clip.tracks().iter().filter_map(|(&channel, curve)| {
            let lane = document.lane(into.unwrap_or(channel))?;
            let id = move |time: Time| Some(lane.spot(lane.index_at(at + time.as_duration()).ok()?)?.id);
            Some(curve.points().iter().filter_map(move |point| id(point.at)))
        });
        let pasted: Vec<_> = pasted.flatten().collect();
        self.editor.selection_mut().choose(pasted, Choose::Only);
    }
}
