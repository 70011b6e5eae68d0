//! Unsaved work outlives the window: the recovery copy of what is under the pen, and those that earlier runs left behind.
//!
//! Belongs here: when a copy is written or let go, and the offers. After everything that happens, [`App::keep_work`] looks
//! whether the copy still says what the editor holds; nothing is polled.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use iced::{Subscription, Task};

use super::{App, Closing, Opening, feed};
use crate::storage::{Error, Folders, Keeping, Leftover, RecoveryCopy, in_background, leftovers};
use crate::ui::screen::editor::Board;
use crate::ui::shell::dialog::{Dialog, recovered};
use crate::ui::words::editor::recovery as words;

/// How long after an edit the copy is written: what is done in that time is written at once.
const SOON: Duration = Duration::from_secs(1);

/// What happens to recovery copies.
#[derive(Debug, Clone)]
pub enum Message {
    /// What earlier runs left behind.
    Found(Result<Vec<Leftover>, Error>),
    /// It is time to write.
    Due,
    /// The copy was written, or not.
    Written(Result<(), Error>),
    /// The copy was let go, or not.
    LetGo(Result<(), Error>),
}

/// The recovery copies that the window knows of.
#[derive(Debug, Default)]
pub(super) struct Recovering {
    /// Left behind by earlier runs, and not answered yet. The first is the one that is offered.
    found: VecDeque<Leftover>,
    /// The copy of the board.
    copy: Option<RecoveryCopy>,
    /// Whether the board began from that copy, so that it is worth keeping untouched.
    taken: bool,
    /// What was handed to the disk last: the revision, and what its file was then.
    handed: Option<State>,
    /// Whether the disk works on it.
    writing: bool,
    /// When to hand over what was not handed over yet.
    due: Option<Instant>,
    /// Whether the program may end soon.
    hurried: bool,
    /// Whether the person knows that copies cannot be written.
    told: bool,
}

type State = (u64, Option<u64>);

impl Recovering {
    /// Looks for what earlier runs left behind.
    pub(super) fn look(folders: &Folders) -> Task<Message> {
        let folders = folders.clone();
        Task::future(in_background(move || leftovers(&folders))).map(Message::Found)
    }

    pub(super) fn subscription(&self) -> Subscription<Message> {
        self.due.map_or_else(Subscription::none, |at| feed::at(at).map(|_| Message::Due))
    }

    /// Writes without delay what is not written yet: the program may end soon.
    pub(super) fn hurry(&mut self, now: Instant) {
        self.hurried = true;
        self.due = self.due.map(|_| now);
    }

    /// The person does not want to answer now. What was offered stays on the disk for the next start.
    pub(super) fn later(&mut self) {
        self.found.pop_front();
    }

    /// What the copy has to say of the board, if there has to be one.
    fn wanted(&self, board: Option<&Board>) -> Option<State> {
        let board = board.filter(|board| board.is_dirty() && (self.taken || board.is_touched()))?;
        Some((board.revision(), board.base()))
    }

    /// Plans the next writing, or gives the work of letting the copy go.
    fn follow(&mut self, board: Option<&Board>, now: Instant) -> Option<Keeping> {
        let wanted = self.wanted(board);
        if wanted.is_none() {
            (self.taken, self.handed, self.due, self.told) = (false, None, None, false);
            return self.copy.take().map(|copy| copy.let_go());
        }
        if wanted == self.handed {
            self.hurried = false;
        } else if !self.writing && self.due.is_none() {
            self.due = Some(if self.hurried { now } else { now + SOON });
        }
        None
    }

    /// Hands what the board holds to the disk.
    fn write(&mut self, board: Option<&Board>, folders: &Folders) -> Task<Message> {
        self.due = None;
        let (Some(wanted), Some(board)) = (self.wanted(board), board) else { return Task::none() };
        (self.handed, self.writing) = (Some(wanted), true);
        let copy = self.copy.get_or_insert_with(|| RecoveryCopy::new(folders));
        let (file, base) = board.origin();
        let keeping = copy.keep(file, base, board.draft());
        Task::future(in_background(|| keeping.run())).map(Message::Written)
    }
}

impl App {
    /// Lets something happen to recovery copies.
    pub(super) fn for_recovering(&mut self, message: Message) -> Task<Message> {
        let w = &self.words.clone();
        match message {
            Message::Found(Ok(found)) => self.recovering.found.extend(found),
            Message::Due => return self.recovering.write(self.board.as_ref(), &self.store.folders),
            Message::Written(Ok(())) => (self.recovering.writing, self.recovering.told) = (false, false),
            Message::Written(Err(why)) => {
                tracing::warn!(%why, "recovery copy");
                self.recovering.writing = false;
                if !std::mem::replace(&mut self.recovering.told, true) {
                    self.toasts.problem(words::not_kept(w, &why), self.now);
                }
            }
            Message::LetGo(Ok(())) => {}
            Message::Found(Err(why)) | Message::LetGo(Err(why)) => {
                tracing::warn!(%why, "recovery copy");
                self.toasts.problem(self.words.fact(&why), self.now);
            }
        }
        Task::none()
    }

    /// After everything that happened: the recovery copy follows the board, and what waits is offered once nothing else
    /// asks for the person.
    pub(super) fn keep_work(&mut self) -> Task<super::Message> {
        let w = &self.words.clone();
        let gone = self.recovering.follow(self.board.as_ref(), self.now).map(let_go);
        let free = self.board.is_none() && self.dialog.is_none() && self.starting.is_none();
        let open = self.opening == Opening::Open && self.closing == Closing::No;
        let offer = match self.recovering.found.front().filter(|_| free && open) {
            Some(left) => {
                let offer = recovered::Offer::new(w, left, self.words.code(), self.recovering.found.len() - 1);
                self.ask(Dialog::Recovered(offer))
            }
            None => Task::none(),
        };
        Task::batch([gone.unwrap_or_else(Task::none), offer])
    }

    /// The person answered the offer.
    pub(super) fn recover(&mut self, answer: recovered::Answer) -> Task<super::Message> {
        let w = &self.words.clone();
        // A profile that was opened meanwhile goes before; the offer comes again after it.
        if answer == recovered::Answer::Open && self.board.is_some() {
            return Task::none();
        }
        let Some(left) = self.recovering.found.pop_front() else { return Task::none() };
        match (answer, left.content) {
            (recovered::Answer::Open, Ok(recovered)) => {
                let origin = recovered.origin;
                let gone = recovered.advice == crate::editor::recovery::Advice::New;
                let (file, base) = if gone { (None, None) } else { (origin.file, origin.base) };
                let mut profile = crate::profile::Profile::clone(&recovered.profile);
                if profile.tracks.is_empty() {
                    profile.tracks = Board::empty(w, &self.usual_modes()).tracks;
                }
                let board = Board::recovered(&profile, file, base, self.size);
                self.recovering.copy = Some(left.copy);
                self.recovering.taken = true;
                self.recovering.handed = self.recovering.wanted(Some(&board));
                self.lay(board)
            }
            (recovered::Answer::Delete, _) => let_go(left.copy.let_go()),
            (recovered::Answer::Show(path), _) => self.show_file(&path),
            (recovered::Answer::Open | recovered::Answer::Later, _) => Task::none(),
        }
    }
}

fn let_go(keeping: Keeping) -> Task<super::Message> {
    Task::future(in_background(|| keeping.run())).map(Message::LetGo).map(super::Message::Recovering)
}
