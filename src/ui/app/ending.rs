//! What comes after a massage: that it ended is told, its place is kept, and the answers about the heel.

use std::collections::BTreeSet;
use std::time::Duration;

use iced::Task;

use super::{App, Message, save};
use crate::engine::{Activity, ChannelState, Link, State};
use crate::intensity::Intensity;
use crate::mode::Mode;
use crate::storage::Session;
use crate::time::Time;
use crate::ui::screen::playing::{self, Answers, Done};
use crate::ui::shell::clock;
use crate::ui::shell::dialog::{Dialog, Hurts, Wish};
use crate::ui::shell::nav::Screen;
use crate::ui::widget;

/// The massage that was begun here. Trying in the editor is none.
#[derive(Debug, Default)]
pub(super) struct UnderWay {
    /// The id of the profile.
    pub id: String,
    /// How long it has lasted, up to the engine's last state.
    pub lasted: Duration,
    /// The steps that were passed over.
    pub skipped: BTreeSet<usize>,
}

/// How long back a mode counts as one that may have hurt.
const JUST_NOW: Duration = Duration::from_secs(30);

impl App {
    /// A massage was begun.
    pub(super) fn under_way(&mut self, id: String) {
        self.under_way = Some(UnderWay { id, ..UnderWay::default() });
        self.done = None;
    }

    /// The engine's state changed: counts, and notices the end. What one works by hand begins with the focus on Done.
    pub(super) fn follow_end(&mut self, before: &State) -> Task<Message> {
        let Activity::Profile { profile, paused, speed, .. } = &before.activity else {
            let begins = self.screen == Screen::NowPlaying && matches!(self.state.activity, Activity::Profile { .. });
            return if begins { widget::focus::to(playing::DONE_ID) } else { Task::none() };
        };
        let Some(under_way) = &mut self.under_way else { return Task::none() };
        if paused.is_none() {
            under_way.lasted += self.state.at.saturating_duration_since(before.at).mul_f64(f64::from(speed.max(0.0)));
        }
        if matches!(self.state.activity, Activity::Profile { .. }) {
            return Task::none();
        }
        let at = clock::position(before, self.state.at).unwrap_or_default().min(profile.length);
        // Whoever stops in the last second has reached the end.
        let finished = at + Duration::from_secs(1) >= profile.length;
        let done = Done {
            id: under_way.id.clone(),
            profile: profile.clone(),
            at: Time::from_secs(at.as_millis() / 1000),
            finished,
            lasted: under_way.lasted,
            ended: chrono::Local::now().naive_local(),
            pain: None,
            heel: None,
            note: String::new(),
            answers: Answers::Open,
        };
        let session = done.session();
        self.skipped = std::mem::take(&mut under_way.skipped);
        self.under_way = None;
        self.done = Some(done);
        if finished {
            self.chime();
        }
        let kept = save(self.store.sessions.change(move |sessions| sessions.keep(session.clone())));
        let focus = match self.screen == Screen::NowPlaying && self.dialog.is_none() {
            true => widget::focus::to(playing::FIRST_ID),
            false => Task::none(),
        };
        Task::batch([kept, focus])
    }

    /// Where Play goes on: at the place where the profile that is ready was stopped today.
    pub(super) fn place_to_go_on(&self) -> Time {
        let today = self.store.today();
        let ready = self.ready.as_ref().map(|(id, _)| id);
        let stopped = self.done.as_ref().filter(|done| done.can_go_on() && done.ended.date() == today);
        stopped.filter(|done| Some(&done.id) == ready).map_or(Time::ZERO, |done| done.at)
    }

    /// What the person says after a massage.
    pub(super) fn for_done(&mut self, message: playing::AfterMessage) -> Task<Message> {
        use playing::AfterMessage as After;
        let strength = self.state.strength;
        let Some(done) = &mut self.done else { return Task::none() };
        match message {
            After::Pain(pain) => done.pain = (done.pain != Some(pain)).then_some(pain),
            After::Heel(heel) => done.heel = (done.heel != Some(heel)).then_some(heel),
            After::Note(note) => done.note = note.chars().take(2000).collect(),
            After::Rate(stars) => {
                let id = done.id.clone();
                return self.rate(move |ratings| ratings.set_stars(&id, stars));
            }
            After::NotNow => done.answers = Answers::NotNow,
            After::Keep => {
                let lowered = done.softer(strength);
                done.answers = Answers::Kept(lowered.map(|to| (strength, to)));
                let session = done.session();
                let kept = save(self.store.sessions.change(move |sessions| sessions.keep(session.clone())));
                let softer = lowered.map_or_else(Task::none, |to| self.strength(to.per_mille()));
                return Task::batch([kept, softer]);
            }
            After::GoOn | After::Again => {
                let from = if message == After::GoOn { done.at } else { Time::ZERO };
                let (id, profile) = (done.id.clone(), done.profile.clone());
                return self.play(id, profile, from);
            }
        }
        Task::none()
    }

    /// “It hurts”: the stop was ordered before; now it is asked how much.
    pub(super) fn hurts(&mut self) -> Task<Message> {
        let put_away = self.put_away();
        let modes = self.moved_just_now();
        let goes_on = self.under_way.is_some();
        let asked = self.ask(Dialog::Hurts(Hurts { modes, pain: None, goes_on }));
        Task::batch([put_away, asked])
    }

    /// The modes that moved within the last half minute, and the most that each may reach.
    fn moved_just_now(&self) -> Vec<(Mode, Intensity)> {
        let channels: &[ChannelState] = match &self.state.link {
            Link::Connected(massager) | Link::Lost { was: massager, .. } => &massager.channels,
            Link::None | Link::Connecting { .. } => &[],
        };
        let record = match &self.state.activity {
            Activity::Profile { record, .. } => record.as_slice(),
            Activity::Nothing | Activity::ByHand | Activity::Program { .. } => &[],
        };
        let at = clock::position(&self.state, self.now).unwrap_or_default();
        let recorded = |mode: Mode| {
            record
                .iter()
                .rev()
                .take_while(|(time, ..)| *time + JUST_NOW >= at)
                .any(|(_, channel, level)| channel.mode == mode && *level > 0)
        };
        let moves = |mode: &Mode| {
            channels.iter().any(|state| {
                state.channel.mode == *mode
                    && (state.wanted_level > 0 || state.confirmed_level.is_some_and(|now| now > 0))
            }) || recorded(*mode)
        };
        let most = |mode| self.state.ceilings.get(&mode).copied().unwrap_or(Intensity::FULL);
        Mode::ALL.into_iter().filter(moves).map(|mode| (mode, most(mode))).collect()
    }

    /// How much it hurts was said, or not: what moved may reach less from now on. `go_on`: the person goes on, softer.
    pub(super) fn hurt(&mut self, hurts: &Hurts, go_on: bool) -> Task<Message> {
        let mut tasks: Vec<Task<Message>> =
            hurts.lowered().into_iter().map(|(mode, most)| self.ceiling(mode, most)).collect();
        let Some(done) = self.done.as_mut().filter(|_| hurts.goes_on) else {
            // By hand, or a program: nothing else is kept of it.
            if let Some(pain) = hurts.pain {
                let mut session = Session::new(chrono::Local::now().naive_local(), String::new(), 0, false);
                session.pain = Some(pain);
                tasks.push(save(self.store.sessions.change(move |sessions| sessions.keep(session.clone()))));
            }
            return Task::batch(tasks);
        };
        done.pain = hurts.pain;
        let session = done.session();
        let (id, profile, at) = (done.id.clone(), done.profile.clone(), done.at);
        tasks.push(save(self.store.sessions.change(move |sessions| sessions.keep(session.clone()))));
        if go_on {
            tasks.push(self.begin(Wish::Play(id, profile, at)));
        } else {
            tasks.push(widget::focus::to(playing::FIRST_ID));
        }
        Task::batch(tasks)
    }

    /// A step by hand is done, passed over, or begun again.
    pub(super) fn step(&mut self, to: playing::StepTo) -> Task<Message> {
        let Activity::Profile { profile, .. } = &self.state.activity else { return Task::none() };
        let steps = &profile.steps;
        let (index, skipped) = match to {
            playing::StepTo::Done(index) => (index, false),
            playing::StepTo::Skip(index) => (index, true),
            playing::StepTo::Back(index) => {
                let Some(step) = index.checked_sub(1).and_then(|index| steps.get(index)) else { return Task::none() };
                self.seek(step.from);
                if let Some(under_way) = &mut self.under_way {
                    under_way.skipped.retain(|skipped| *skipped + 1 < index);
                }
                return Task::none();
            }
        };
        let Some(step) = steps.get(index) else { return Task::none() };
        let at = clock::position(&self.state, self.now).unwrap_or_default();
        // Before its time it begins now; in its time it is over.
        let to = if at < step.from { step.from } else { step.to };
        if let (Some(under_way), true) = (&mut self.under_way, skipped) {
            under_way.skipped.insert(index);
        }
        self.seek(to);
        Task::none()
    }
}
