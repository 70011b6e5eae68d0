//! Playing, and what the screens ask of the whole window.

use std::sync::Arc;

use iced::Task;
use iced::widget::operation;

use super::stopping::Closing;
use super::{App, Message, save};
use crate::bluetooth::MassagerId;
use crate::engine::{Activity, Command, Link};
use crate::intensity::Intensity;
use crate::profile::Profile;
use crate::say;
use crate::storage::{self, HealthAnswers, Language, Settings};
use crate::time::Time;
use crate::ui::screen::profiles::{self, Fit, fit};
use crate::ui::screen::{editor, massager, playing, settings};
use crate::ui::shell::dialog::{self, Dialog, Instead, Wish};
use crate::ui::shell::nav::Screen;
use crate::ui::shell::player_bar;
use crate::ui::widget;

impl App {
    /// Space, and the round button: plays what is ready, pauses what plays, resumes what is paused.
    pub(super) fn play_or_pause(&mut self) -> Task<Message> {
        let w = &self.words.clone();
        let connected = matches!(self.state.link, Link::Connected(_));
        match &self.state.activity {
            Activity::Profile { paused: None, .. } => self.engine.send(Command::Pause),
            Activity::Profile { paused: Some(_), .. } if connected => return self.begin(Wish::Resume),
            Activity::Profile { .. } => {}
            Activity::Program { .. } => self.toasts.done(say!(w, "bar-no-pause"), self.now),
            Activity::Nothing | Activity::ByHand if self.screen == Screen::Editor => {
                return self.update(Message::Editor(crate::ui::screen::editor::Message::Try));
            }
            Activity::Nothing if self.waiting.take().is_some() => {}
            Activity::Nothing | Activity::ByHand => return self.play_ready(self.place_to_go_on()),
        }
        Task::none()
    }

    /// Whether a profile or a program runs, so that Space and the round button start nothing.
    pub(super) fn plays(&self) -> bool {
        matches!(self.state.activity, Activity::Profile { paused: None, .. } | Activity::Program { .. })
    }

    /// Does what makes a massager move; past the day's limit only after the person agreed.
    pub(super) fn begin(&mut self, wish: Wish) -> Task<Message> {
        match self.instead(&wish) {
            Some(instead) => self.ask(Dialog::Instead(instead)),
            None => self.begin_now(wish),
        }
    }

    /// The question, where something else plays.
    fn instead(&self, wish: &Wish) -> Option<Instead> {
        let code = self.words.code();
        let playing = match &self.state.activity {
            Activity::Profile { profile, .. } => profile.name.in_language(code),
            Activity::Program { name, .. } => name,
            Activity::Nothing | Activity::ByHand => return None,
        };
        let wanted = match wish {
            Wish::Play(id, ..) if self.under_way.as_ref().is_some_and(|under_way| under_way.id == *id) => return None,
            Wish::Play(_, profile, _) => profile.name.in_language(code),
            Wish::Program(name) if name != playing => name,
            _ => return None,
        };
        Some(Instead { playing: playing.to_owned(), wanted: wanted.to_owned(), wish: wish.clone() })
    }

    /// The same without that question.
    fn begin_now(&mut self, wish: Wish) -> Task<Message> {
        self.recount();
        if let Some(asks) = self.asks_health_first() {
            return asks;
        }
        if let Some(pain) = self.too_much_today().filter(|_| self.needs_massager(&wish)) {
            self.toasts.problem(say!(self.words, "done-no-more", pain = pain), self.now);
            // A level that was not asked for is not shown either.
            self.massager.heed(&self.state);
            return Task::none();
        }
        if self.state.day_is_full && self.needs_massager(&wish) {
            return self.ask_for_more(wish);
        }
        match wish {
            Wish::Play(id, profile, from) => {
                self.ready = Some((id.clone(), Arc::clone(&profile)));
                self.under_way(id.clone());
                self.engine.send(Command::Play { profile, from, repeat: false });
                let day = self.store.today();
                let counted = self.rate(move |ratings| ratings.played(&id, day));
                return Task::batch([counted, self.go(Screen::NowPlaying)]);
            }
            Wish::Try(stretch) => return self.try_out(stretch),
            Wish::Record => return self.for_editor(editor::Message::Record(editor::Recorded::Start(true))),
            Wish::Resume => self.engine.send(Command::Resume),
            Wish::Program(name) => {
                self.engine.send(Command::PlayProgram(name));
                if self.screen == Screen::Profiles {
                    return self.go(Screen::NowPlaying);
                }
            }
            Wish::ByHand(levels) => {
                for (channel, intensity) in levels {
                    self.engine.send(Command::SetByHand(channel, intensity));
                }
            }
        }
        Task::none()
    }

    /// The pain that was told of today, where it is too much for anything more.
    fn too_much_today(&self) -> Option<u8> {
        let simulated = matches!(&self.state.link, Link::Connected(massager) if massager.id.is_simulated());
        if simulated {
            return None;
        }
        let today = self.store.today();
        let now = self.done.as_ref().filter(|done| done.ended.date() == today).and_then(|done| done.pain);
        let now = now.filter(|pain| *pain >= storage::TOO_MUCH);
        self.store.sessions.value().too_much_on(today).max(now)
    }

    /// Steps by hand alone need no massager, and know no limit.
    fn needs_massager(&self, wish: &Wish) -> bool {
        let profile = match (wish, &self.state.activity) {
            (Wish::Play(_, profile, _), _) | (Wish::Resume, Activity::Profile { profile, .. }) => Some(profile),
            (Wish::Try(_) | Wish::Record, _) => self.board.as_ref().map(editor::Board::profile),
            (Wish::ByHand(levels), _) if levels.iter().all(|(_, intensity)| intensity.is_zero()) => return false,
            (Wish::Resume | Wish::Program(_) | Wish::ByHand(..), _) => None,
        };
        profile.is_none_or(|profile| !profile.tracks.is_empty())
    }

    /// Asks whether to go past the day's limit for this.
    pub(super) fn ask_for_more(&mut self, wish: Wish) -> Task<Message> {
        let (massaged, limit) = (self.state.massaged_today, self.state.limits.day);
        self.ask(Dialog::Day { wish, massaged, limit })
    }

    /// The person goes past the day's limit.
    fn go_on(&mut self, wish: Wish) -> Task<Message> {
        if self.state.day_is_full {
            self.engine.send(Command::AllowMoreToday);
            // The engine says so in its next state, which comes after this.
            Arc::make_mut(&mut self.state).day_is_full = false;
        }
        self.begin(wish)
    }

    /// Plays what is ready, from a time on.
    pub(super) fn play_ready(&mut self, from: Time) -> Task<Message> {
        let w = &self.words.clone();
        match self.ready.clone() {
            Some((id, profile)) => self.play(id, profile, from),
            None => {
                self.toasts.done(say!(w, "bar-choose-first"), self.now);
                self.go(Screen::Profiles)
            }
        }
    }

    /// Plays a profile, after a question where the massager lacks some of its modes.
    pub(super) fn play(&mut self, id: String, profile: Arc<Profile>, from: Time) -> Task<Message> {
        let w = &self.words.clone();
        if !self.state.is_playing() {
            self.ready = Some((id.clone(), Arc::clone(&profile)));
        }
        self.waiting = None;
        // Work with the hands needs no massager.
        if profile.tracks.is_empty() {
            return self.begin(Wish::Play(id, profile, from));
        }
        let Link::Connected(massager) = &self.state.link else {
            if let Some((massager, name)) = self.awaited() {
                self.wait_for(&massager, name);
                return Task::none();
            }
            self.toasts.done(say!(w, "profiles-connect-first"), self.now);
            return self.go(Screen::Massager);
        };
        let name = profile.name.in_language(self.words.code()).to_owned();
        match fit(&profile, massager) {
            Fit::Whole | Fit::ByHand => self.begin(Wish::Play(id, profile, from)),
            Fit::Not => {
                self.toasts
                    .problem(say!(w, "profiles-cannot-play", profile = &name, massager = &massager.name), self.now);
                Task::none()
            }
            Fit::Without(missing) => {
                let massager = massager.name.clone();
                self.ask(Dialog::Rest { profile, id, from, name, massager, missing })
            }
        }
    }

    /// Opens a dialog, with the focus on its safe answer.
    pub(super) fn ask(&mut self, dialog: Dialog) -> Task<Message> {
        if self.closing != Closing::No {
            dialog.give_up();
            return Task::none();
        }
        let focus = operation::focus(dialog.first_focus());
        if let Some(before) = self.dialog.replace(dialog) {
            before.give_up();
        }
        focus
    }

    /// What the person does in the open dialog.
    pub(super) fn answer(&mut self, message: dialog::Message) -> Task<Message> {
        let Some(dialog) = &mut self.dialog else { return Task::none() };
        let action = dialog.update(message);
        if !matches!(action, dialog::Action::None | dialog::Action::Scroll(_)) {
            self.dialog = None;
        }
        match action {
            dialog::Action::None => Task::none(),
            dialog::Action::Close => {
                self.massager.heed(&self.state);
                self.focus_page()
            }
            dialog::Action::GoOn(wish) => self.go_on(wish),
            dialog::Action::Hurt(hurts, go_on) => self.hurt(&hurts, go_on),
            dialog::Action::Scroll(lines) => {
                let offset = operation::AbsoluteOffset { x: 0.0, y: f32::from(lines) * 28.0 };
                operation::scroll_by(editor::SHEET, offset)
            }
            dialog::Action::StayInEditor => {
                self.leaving = super::Leaving::No;
                Task::none()
            }
            dialog::Action::LeaveEditor { save } => self.leave_answered(save),
            dialog::Action::Conflict { beside } => self.settle_conflict(beside),
            dialog::Action::Recover(answer) => self.recover(answer),
            dialog::Action::Connect(id, map) => {
                self.engine.send(Command::Connect(id, Some(map)));
                Task::none()
            }
            dialog::Action::Agree(id, map) => {
                self.engine.send(Command::Agree(map.fingerprint));
                self.engine.send(Command::Connect(id, Some(map.id.clone())));
                Task::none()
            }
            dialog::Action::Instead(wish) => self.begin_now(wish),
            dialog::Action::Play(id, profile, from) => self.begin(Wish::Play(id, profile, from)),
            dialog::Action::Rename(id, name) => self.profiles.rename(id, name).map(Message::Profiles),
            dialog::Action::Rate(id, stars, note) => self.rate(move |ratings| {
                ratings.set_stars(&id, stars);
                ratings.set_note(&id, note.clone());
            }),
            dialog::Action::ByItself(id) => Task::batch([self.by_itself(&id, true), self.focus_page()]),
            dialog::Action::Forget(id) => {
                self.let_go.push(id.clone());
                self.engine.send(Command::Forget(id));
                Task::none()
            }
        }
    }

    /// What the player bar asks.
    pub(super) fn for_player_bar(&mut self, message: player_bar::Message) -> Task<Message> {
        match message {
            player_bar::Message::OpenMassager => self.go(Screen::Massager),
            player_bar::Message::OpenPlaying => self.go(Screen::NowPlaying),
            player_bar::Message::PlayOrPause => self.play_or_pause(),
            player_bar::Message::Seek(to) => {
                self.seek(to);
                Task::none()
            }
            player_bar::Message::Strength(strength) => self.strength(strength.per_mille()),
            player_bar::Message::Stop => self.put_away(),
        }
    }

    /// What the screen Now playing asks, and its dialog over every screen.
    pub(super) fn for_now_playing(&mut self, message: playing::Message) -> Task<Message> {
        match message {
            playing::Message::Ceiling(mode, ceiling) => self.ceiling(mode, ceiling),
            playing::Message::Skip => {
                self.engine.send(Command::SkipStep);
                Task::none()
            }
            playing::Message::Step(to) => self.step(to),
            playing::Message::Softer => {
                self.strength(self.state.strength.per_mille().saturating_sub(super::STRENGTH_STEP))
            }
            playing::Message::Stronger => self.strength(self.state.strength.per_mille() + super::STRENGTH_STEP),
            playing::Message::ItHurts => self.hurts(),
            playing::Message::After(message) => self.for_done(message),
            playing::Message::Seek(to) => {
                self.seek(to);
                Task::none()
            }
            playing::Message::Repeat(on) => {
                self.engine.send(Command::SetRepeat(on));
                Task::none()
            }
            playing::Message::Resume => self.begin(Wish::Resume),
            playing::Message::Stop => self.put_away(),
            playing::Message::OpenProfiles => self.go(Screen::Profiles),
            playing::Message::OpenMassager => self.go(Screen::Massager),
        }
    }

    /// What the screen Massager asks.
    pub(super) fn for_massager(&mut self, action: massager::Action) -> Task<Message> {
        match action {
            massager::Action::None => Task::none(),
            massager::Action::Send(command) => {
                let saved = match &command {
                    Command::ChooseAdapter(id) => {
                        let id = id.clone();
                        self.set(move |settings| settings.adapter = Some(id.clone()))
                    }
                    _ => Task::none(),
                };
                self.engine.send(command);
                saved
            }
            massager::Action::LetGo(id) => {
                self.let_go.push(id);
                self.engine.send(Command::Disconnect);
                Task::none()
            }
            massager::Action::Begin(wish) => self.begin(wish),
            massager::Action::PutAway => self.put_away(),
            massager::Action::Ask(dialog) => self.ask(dialog),
            massager::Action::ByItself(id, on) => self.by_itself(&id, on),
            massager::Action::Play => self.play_ready(self.place_to_go_on()),
            massager::Action::Draw => self.new_profile(),
            massager::Action::Scrolled(to) => self.scrolled(Screen::Massager, to),
            massager::Action::ShowByHand => {
                let go = self.go(Screen::Profiles);
                let shown = profiles::Message::Show(profiles::Kind::ByHand);
                Task::batch([go, self.update(Message::Profiles(shown))])
            }
            massager::Action::Copy(text) => {
                self.toasts.done(say!(self.words, "copied"), self.now);
                iced::clipboard::write(text)
            }
        }
    }

    fn by_itself(&mut self, id: &MassagerId, on: bool) -> Task<Message> {
        if on {
            self.let_go.retain(|gone| gone != id);
        }
        let id = id.clone();
        save(self.store.known.change(move |known| {
            if let Some(known) = known.massagers.get_mut(&id) {
                known.connect_by_itself = on;
            }
        }))
    }

    /// What the screen Profiles asks.
    pub(super) fn for_profiles(&mut self, action: profiles::Action) -> Task<Message> {
        match action {
            profiles::Action::None => Task::none(),
            profiles::Action::Run(task) => task.map(Message::Profiles),
            profiles::Action::Read => self.freshen(),
            profiles::Action::ShowFile(file) => self.show_file(&file),
            profiles::Action::Scrolled(to) => self.scrolled(Screen::Profiles, to),
            profiles::Action::Added(id, profile, told, task) => {
                self.toasts.done(told, self.now);
                let freshened = self.freshen();
                // What plays keeps the bar until it ends.
                if !self.state.is_playing() {
                    self.ready = Some((id, profile));
                }
                Task::batch([freshened, task.map(Message::Profiles)])
            }
            profiles::Action::Choose(id, profile) => {
                self.ready = Some((id, profile));
                Task::none()
            }
            profiles::Action::Edit(id) => self.edit(id),
            profiles::Action::New => self.new_profile(),
            profiles::Action::Open(id, profile) => {
                self.ready = Some((id, profile));
                widget::focus::to(profiles::PLAY)
            }
            profiles::Action::Play(id, profile, from) => self.play(id, profile, from),
            profiles::Action::Rate(id, stars) => self.rate(move |ratings| ratings.set_stars(&id, stars)),
            profiles::Action::Program(name) => self.begin(Wish::Program(name)),
            profiles::Action::Pause => {
                self.engine.send(Command::Pause);
                Task::none()
            }
            profiles::Action::Resume => self.begin(Wish::Resume),
            profiles::Action::PutAway => self.put_away(),
            profiles::Action::Ask(dialog) => self.ask(dialog),
            profiles::Action::Tell(words, task) => {
                self.toasts.done(words, self.now);
                task.map(Message::Profiles)
            }
            profiles::Action::TellDeleted(words, deleted, task) => {
                self.toasts.deleted(words, deleted, self.now);
                task.map(Message::Profiles)
            }
            profiles::Action::Trouble(words) => {
                self.toasts.problem(words, self.now);
                Task::none()
            }
        }
    }

    /// The ready profile follows its file; a deleted one is not ready any more. What plays goes on as it was.
    fn freshen(&mut self) -> Task<Message> {
        match self.ready.take() {
            Some((id, _)) => self.ready = self.profiles.get(&id).cloned().map(|profile| (id, profile)),
            None => self.make_ready(),
        }
        self.mark()
    }

    /// Speaks another language from now on.
    pub(super) fn speak(&mut self, language: Language) -> Task<Message> {
        self.words = super::language(&self.languages, &language, self.locale.as_deref());
        self.name_simulated();
        self.set(move |settings| settings.language = language.clone())
    }

    /// What the person changes in Settings: obeyed and saved at once.
    pub(super) fn for_settings(&mut self, message: settings::Message) -> Task<Message> {
        match message {
            settings::Message::Session(minutes) => self.limit(move |all| all.limits.session = in_minutes(minutes)),
            settings::Message::Day(minutes) => self.limit(move |all| all.limits.day = in_minutes(minutes)),
            settings::Message::Rise(rise) => self.limit(move |all| all.limits.rise_per_second = rise),
            settings::Message::Ceiling(mode, ceiling) => self.ceiling(mode, ceiling),
            settings::Message::Theme(theme) => self.set(move |settings| settings.theme = theme),
            settings::Message::Language(language) => self.speak(language),
            settings::Message::Chimes(chimes) => {
                if chimes {
                    self.desktop.chime();
                }
                self.set(move |settings| settings.chimes = chimes)
            }
            settings::Message::Letters(letters) => self.set(move |settings| settings.letters = letters),
            settings::Message::Health => self.ask_health(),
            settings::Message::DeleteHealth => {
                let deleted = save(self.store.health.change(|kept| *kept = HealthAnswers::default()));
                self.tell_gates();
                deleted
            }
            settings::Message::DoctorAgreed(part) => {
                let today = self.store.today();
                let agreed = save(self.store.health.change(move |kept| {
                    kept.0.doctor.insert(part, today);
                }));
                self.tell_gates();
                agreed
            }
            settings::Message::ByItself(id, on) => self.by_itself(&id, on),
            settings::Message::Forget(id) => match self.known().massagers.get(&id) {
                Some(known) => {
                    let name = known.name.clone();
                    self.ask(Dialog::Forget { id, name })
                }
                None => Task::none(),
            },
            settings::Message::Show(path) => self.show_file(&path),
            settings::Message::Scrolled(to) => self.scrolled(Screen::Settings, to),
        }
    }

    fn limit(&mut self, how: impl Fn(&mut Settings) + Send + Sync + 'static) -> Task<Message> {
        let saved = self.set(how);
        self.engine.send(Command::SetLimits(self.settings().limits));
        saved
    }

    /// The most that a mode may reach, here and in every massage to come.
    pub(super) fn ceiling(&mut self, mode: crate::mode::Mode, ceiling: Intensity) -> Task<Message> {
        self.engine.send(Command::SetCeiling(mode, ceiling));
        self.set(move |settings| {
            settings.ceilings.insert(mode, ceiling);
        })
    }
}

fn in_minutes(minutes: u64) -> std::time::Duration {
    std::time::Duration::from_secs(minutes * 60)
}
