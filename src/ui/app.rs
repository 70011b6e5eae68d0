//! The app: the newest state of the engine, the screens, and what joins them.
//!
//! Belongs here: what only the whole window can do. What a screen shows and asks is the screen's business.

mod chiming;
mod editing;
mod ending;
mod feed;
mod going;
mod hearing;
mod listening;
mod message;
mod play;
mod recovering;
mod starting;
mod stopping;
mod view;
mod waiting;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::{Duration, Instant};

use iced::widget::operation;
use iced::{Size, Task, window};

use crate::bluetooth::MassagerId;
use crate::care::Limits;
use crate::engine::{self, Activity, Command, Event, State};
use crate::i18n::{FALLBACK, Languages, Words};
use crate::intensity::Intensity;
use crate::profile::Profile;
use crate::storage::{self, KnownMassagers, Language, Saving, Settings, in_background};
use crate::store::Store;
use crate::ui::desktop::Desktop;
use crate::ui::screen::{editor, massager, playing, profiles, start};
use crate::ui::shell::dialog::{self, Dialog};
use crate::ui::shell::keys::Shortcut;
use crate::ui::shell::nav::Screen;
use crate::ui::shell::sizes;
use crate::ui::shell::toast::{self, Toasts};
use crate::ui::theme::{self, Theme};
use crate::ui::{Setup, widget, words};

pub use message::Message;
use stopping::Closing;

/// The whole window.
pub struct App {
    engine: engine::Handle,
    events: feed::Feed<Event>,
    interrupts: feed::Feed<()>,
    shows: feed::Feed<()>,
    desktop: Arc<dyn Desktop>,
    heard: chiming::Heard,
    store: Store,
    state: Arc<State>,
    now: Instant,
    size: Size,
    /// Physical pixels to a logical one.
    scale: f32,
    system_theme: iced::theme::Mode,
    languages: Languages,
    /// The system's language.
    locale: Option<String>,
    /// The language of the window, and of profiles.
    words: Words,
    screen: Screen,
    /// How far each page was scrolled down when the person left it, in pixels.
    places: HashMap<Screen, f32>,
    /// The first start, or questions that come again, over everything.
    starting: Option<start::Start>,
    opening: Opening,
    massager: massager::Massager,
    profiles: profiles::Profiles,
    /// The profile under the pen. It stays while the person looks at another screen.
    board: Option<editor::Board>,
    /// Its recovery copy, and those of earlier runs.
    recovering: recovering::Recovering,
    /// Where to go when it is saved.
    leaving: Leaving,
    dialog: Option<Dialog>,
    toasts: Toasts,
    /// The profile that Play would play: its id, and what it holds.
    ready: Option<(String, Arc<Profile>)>,
    /// Play waits for the massager.
    waiting: Option<waiting::Waiting>,
    /// Massagers that the person let go of: they are not connected by themselves again in this run.
    let_go: Vec<MassagerId>,
    /// The massage that was begun here, until it ends.
    under_way: Option<ending::UnderWay>,
    /// The massage that ended last.
    done: Option<playing::Done>,
    /// The steps of it that were passed over.
    skipped: BTreeSet<usize>,
    closing: Closing,
}

/// Where the person goes from the editor, once the profile is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Leaving {
    #[default]
    No,
    /// Back to the profiles.
    Screen,
    /// Out of the window.
    Window,
}

/// How far the window is on its way in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opening {
    /// It shows its ground alone.
    Bare,
    /// The same, while the fonts are read.
    Lettering,
    Open,
}

/// What Ctrl+↑ and ↓ change.
const STRENGTH_STEP: u16 = 50;

impl App {
    /// The window as it opens.
    pub fn new(setup: Setup) -> (Self, Task<Message>) {
        let start = setup.store;
        let settings = start.settings.value();
        let first_start = !start.folders.config.join("settings.ron").exists();
        let now = now();
        let mut app = Self {
            state: Arc::new(feed::before_the_first(settings, start.massaged_today(), now)),
            engine: setup.engine,
            events: feed::Feed::new(setup.events),
            interrupts: feed::Feed::new(setup.interrupts),
            shows: feed::Feed::new(setup.shows),
            desktop: setup.desktop,
            heard: chiming::Heard::default(),
            now,
            size: sizes::first(settings.window),
            scale: 1.0,
            system_theme: iced::theme::Mode::None,
            words: language(&setup.languages, &settings.language, setup.locale.as_deref()),
            languages: setup.languages,
            locale: setup.locale,
            screen: Screen::Profiles,
            places: HashMap::new(),
            starting: first_start.then(start::Start::first),
            opening: Opening::Open,
            massager: massager::Massager::default(),
            profiles: profiles::Profiles::new(start.profiles.clone()),
            board: None,
            recovering: recovering::Recovering::default(),
            leaving: Leaving::No,
            dialog: None,
            toasts: Toasts::default(),
            ready: None,
            waiting: None,
            let_go: Vec::new(),
            under_way: None,
            done: None,
            skipped: BTreeSet::new(),
            closing: Closing::No,
            store: start,
        };
        if !app.store.troubles().is_empty() {
            let told: Vec<String> = app.store.troubles().iter().map(|why| app.words.fact(why)).collect();
            app.toasts.problem(told.join(" "), now);
        }
        app.make_ready();
        if app.known().massagers.values().any(|known| known.connect_by_itself) {
            app.engine.send(Command::Search(true));
        }
        let theme = iced::system::theme().map(Message::SystemTheme);
        let focus = if app.starting.is_some() { operation::focus(start::FIRST) } else { Task::none() };
        let left = recovering::Recovering::look(&app.store.folders).map(Message::Recovering);
        let marked = app.mark();
        (app, Task::batch([theme, focus, left, marked]))
    }

    /// The window's title: what plays, so that a task bar tells it too.
    pub fn title(&self) -> String {
        let w = &self.words;
        match &self.state.activity {
            Activity::Profile { profile, .. } => words::title(w, Some(profile.name.in_language(self.words.code()))),
            Activity::Program { name, .. } => words::title(w, Some(name)),
            Activity::ByHand | Activity::Nothing => words::title(w, None),
        }
    }

    /// Lets the first frame show the ground alone: fonts, words and curves cost several times as much as opening a
    /// window, and follow in the next frame.
    pub(super) fn begin_bare(mut self) -> Self {
        self.opening = Opening::Bare;
        self
    }

    /// Light or dark, as the person or the system wants it.
    pub fn theme(&self) -> Theme {
        let dark = match self.settings().theme {
            storage::Theme::System => self.system_theme == iced::theme::Mode::Dark,
            storage::Theme::Light => false,
            storage::Theme::Dark => true,
        };
        if dark { Theme::DARK } else { Theme::LIGHT }
    }

    /// The window's ground.
    pub fn style(&self, theme: &Theme) -> iced::theme::Style {
        iced::theme::Base::base(theme)
    }

    /// Lets something happen. A stop goes to the engine before anything else here: no screen, dialog or tool is asked.
    pub fn update(&mut self, message: Message) -> Task<Message> {
        if message.stops() {
            self.engine.stop();
            self.waiting = None;
        }
        let task = self.respond(message);
        Task::batch([task, self.keep_work()])
    }

    fn respond(&mut self, message: Message) -> Task<Message> {
        let w = &self.words.clone();
        // While nothing moves nobody tells the time, and a notice must not be old when it comes.
        self.now = self.now.max(now());
        // Before anything else: what is to play may count towards a new day.
        let turned = self.store.turn_day();
        self.tell_of_day(turned);
        match message {
            Message::Engine(event) => self.hear(event),
            Message::Tick(at) => {
                self.now = at.max(now());
                self.follow_edits();
                self.follow_cues();
                Task::none()
            }
            Message::Key(shortcut) => self.obey(shortcut),
            Message::Bared => {
                self.opening = Opening::Lettering;
                let fonts = theme::text::FONTS.map(iced::font::load);
                Task::batch(fonts).collect().map(|_| Message::Lettered)
            }
            Message::Lettered => {
                self.opening = Opening::Open;
                if self.starting.is_some() { operation::focus(start::FIRST) } else { Task::none() }
            }
            Message::Go(screen) => self.go(screen),
            Message::PlayerBar(message) => self.for_player_bar(message),
            Message::NowPlaying(message) => self.for_now_playing(message),
            Message::Massager(message) => {
                let action = self.massager.update(message, &self.state, &self.store.maps.in_use());
                self.for_massager(action)
            }
            Message::Profiles(message) => {
                let action =
                    self.profiles.update(w, message, &self.desktop, self.store.ratings.value(), self.words.code());
                self.for_profiles(action)
            }
            Message::Editor(message) => self.for_editor(message),
            Message::EditorOpened(opened) => self.edit_opened(opened),
            Message::Recovering(message) => self.for_recovering(message).map(Message::Recovering),
            Message::Settings(message) => self.for_settings(message),
            Message::Start(message) => self.for_start(message),
            Message::Dialog(message) => self.answer(message),
            Message::Toast(toast::Message::CloseDanger) => {
                self.engine.send(Command::HasSeenDanger);
                let _ = self.toasts.update(toast::Message::CloseDanger, self.now);
                Task::none()
            }
            Message::Toast(message) => match self.toasts.update(message, self.now) {
                Some(deleted) => self.profiles.restore(deleted).map(Message::Profiles),
                None => Task::none(),
            },
            Message::Waited(now) => {
                self.now = self.now.max(now);
                self.waited();
                Task::none()
            }
            Message::Faded(now) => {
                self.now = self.now.max(now);
                let _ = self.toasts.update(toast::Message::Faded, self.now);
                Task::none()
            }
            Message::Dropped(file) => self.update(Message::Profiles(profiles::Message::ImportFrom(file))),
            Message::FilesChanged => Task::batch([self.profiles.read().map(Message::Profiles), self.read_maps()]),
            Message::MapsRead(Ok(maps)) => {
                self.store.maps = maps;
                self.engine.send(Command::SetMaps(self.store.maps.in_use()));
                Task::none()
            }
            Message::MapsRead(Err(why)) | Message::CannotWatch(why) | Message::Saved(Err(why)) => {
                tracing::warn!(%why, "files");
                self.toasts.problem(self.words.fact(&why), self.now);
                Task::none()
            }
            Message::Marked(marks) => match self.store.ratings.value().clone().follow(&marks) {
                true => save(self.store.ratings.change(move |ratings| {
                    let _ = ratings.follow(&marks);
                })),
                false => Task::none(),
            },
            Message::Shown(Err(why)) => {
                self.toasts.problem(self.words.fact(&why), self.now);
                Task::none()
            }
            Message::Saved(Ok(())) | Message::Shown(Ok(())) => Task::none(),
            Message::SystemTheme(mode) => {
                self.system_theme = mode;
                Task::none()
            }
            Message::Resized(size) => {
                self.size = size;
                if let Some(board) = &mut self.board {
                    board.resize(size);
                }
                Task::none()
            }
            Message::Opened(id, size) => {
                let resized = self.update(Message::Resized(size));
                let scale = window::scale_factor(id).map(Message::Rescaled);
                let screen = window::monitor_size(id).map(move |screen| Message::Screen(id, screen));
                Task::batch([resized, scale, screen])
            }
            Message::Rescaled(scale) => {
                self.scale = scale;
                if let Some(board) = &mut self.board {
                    board.rescale(scale);
                }
                Task::none()
            }
            Message::Show => window::latest().and_then(|id| {
                let attention = window::request_user_attention(id, Some(window::UserAttention::Informational));
                Task::batch([window::minimize(id, false), window::gain_focus(id), attention])
            }),
            Message::Screen(id, screen) => match screen.and_then(|screen| sizes::inside(self.size, screen)) {
                Some(size) => window::resize(id, size),
                None => Task::none(),
            },
            Message::PlayReady => self.play_or_pause(),
            Message::CloseRequested => self.close(),
            Message::Ended(in_time) => self.ended(in_time),
        }
    }

    /// A key that works everywhere.
    fn obey(&mut self, shortcut: Shortcut) -> Task<Message> {
        match shortcut {
            Shortcut::Stop => self.put_away(),
            Shortcut::Next => widget::focus::next(),
            Shortcut::Previous => widget::focus::previous(),
            Shortcut::Help if matches!(self.dialog, Some(Dialog::Help)) => self.answer(dialog::Message::No),
            // A digit answers how much it hurts: there is nothing else to type.
            Shortcut::Alone(digit @ '0'..='9') if matches!(self.dialog, Some(Dialog::Hurts(_))) => {
                let digit = digit.to_digit(10).unwrap_or_default();
                // 1 and then 0 is 10.
                let ten = digit == 0 && matches!(&self.dialog, Some(Dialog::Hurts(hurts)) if hurts.pain == Some(1));
                self.answer(dialog::Message::Choose(if ten { 10 } else { digit as usize }))
            }
            // What follows is no business of whoever answers a question.
            _ if self.starting.is_some() || self.dialog.is_some() || self.closing != Closing::No => Task::none(),
            Shortcut::PlayOrPause if self.plays() => self.play_or_pause(),
            Shortcut::PlayOrPause => widget::focus::on_a_value().then(|on_a_value| match on_a_value {
                true => Task::none(),
                false => Task::done(Message::PlayReady),
            }),
            Shortcut::Go(screen) => self.go(screen),
            Shortcut::Stronger => self.strength(self.state.strength.per_mille() + STRENGTH_STEP),
            Shortcut::Weaker => self.strength(self.state.strength.per_mille().saturating_sub(STRENGTH_STEP)),
            Shortcut::Find => {
                let go = self.go(Screen::Profiles);
                go.chain(operation::focus(profiles::SEARCH))
            }
            Shortcut::Import => {
                let go = self.go(Screen::Profiles);
                Task::batch([go, self.update(Message::Profiles(profiles::Message::Import))])
            }
            Shortcut::Alone(_) if !self.store.settings.value().letters => Task::none(),
            Shortcut::Alone(letter) => match playing::key(letter, self.playing()) {
                Some(asked) if self.screen == Screen::NowPlaying => self.update(Message::NowPlaying(asked)),
                _ => Task::none(),
            },
            Shortcut::Undo => self.in_editor(editor::Message::Undo),
            Shortcut::Redo => self.in_editor(editor::Message::Redo),
            Shortcut::Help => self.in_editor(editor::Message::Help),
            Shortcut::Copy => self.in_editor(editor::Message::Clip(editor::Clip::Copy)),
            Shortcut::Cut => self.in_editor(editor::Message::Clip(editor::Clip::Cut)),
            Shortcut::Paste(how) => self.in_editor(editor::Message::Clip(editor::Clip::Paste(how))),
            Shortcut::Save => self.in_editor(editor::Message::Save),
            Shortcut::New => self.new_profile(),
            Shortcut::Search => {
                self.engine.send(Command::Search(true));
                self.go(Screen::Massager)
            }
        }
    }

    fn in_editor(&mut self, message: editor::Message) -> Task<Message> {
        if self.screen == Screen::Editor { self.for_editor(message) } else { Task::none() }
    }

    fn strength(&mut self, per_mille: u16) -> Task<Message> {
        let strength = Intensity::from_per_mille(per_mille).max(Limits::LEAST_STRENGTH);
        self.engine.send(Command::SetStrength(strength));
        self.set(move |settings| settings.strength = strength)
    }

    /// Tells the engine what other Svangs counted today.
    fn recount(&mut self) {
        let counted = self.store.recount();
        self.tell_of_day(counted);
    }

    /// Tells the engine how much was massaged today. It says so in its next state, which comes after what is asked of it
    /// now; so what is shown follows at once.
    fn tell_of_day(&mut self, massaged: Option<Duration>) {
        let Some(massaged) = massaged else { return };
        self.engine.send(Command::SetMassagedToday(massaged));
        if !self.state.is_playing() {
            let state = Arc::make_mut(&mut self.state);
            let was_full = state.massaged_today >= state.limits.day;
            // One that was full may be allowed to be exceeded; one that becomes full is not.
            state.day_is_full = massaged >= state.limits.day && (state.day_is_full || !was_full);
            state.massaged_today = massaged;
        }
    }

    /// The settings.
    fn settings(&self) -> &Settings {
        self.store.settings.value()
    }

    /// The massagers connected before.
    fn known(&self) -> &KnownMassagers {
        self.store.known.value()
    }

    /// Changes the settings, and saves them beside the window.
    fn set(&mut self, how: impl Fn(&mut Settings) + Send + Sync + 'static) -> Task<Message> {
        save(self.store.settings.change(how))
    }

    /// Changes what the person thinks of a profile, and saves it beside the window.
    fn rate(&mut self, how: impl Fn(&mut storage::Ratings) + Send + Sync + 'static) -> Task<Message> {
        let saved = save(self.store.ratings.change(how));
        Task::batch([saved, self.mark()])
    }

    /// Looks where the person's own profiles are now, for stars and notes to follow them.
    fn mark(&self) -> Task<Message> {
        let shelf = self.profiles.shelf().clone();
        Task::future(in_background(move || Ok(storage::marks(&shelf))))
            .then(|marks| marks.map_or_else(|_| Task::none(), |marks| Task::done(Message::Marked(marks))))
    }

    /// Shows a file in the file manager.
    fn show_file(&self, file: &std::path::Path) -> Task<Message> {
        Task::future(self.desktop.show(file)).map(Message::Shown)
    }

    fn read_maps(&self) -> Task<Message> {
        let mut maps = self.store.maps.clone();
        Task::future(in_background(move || maps.reload().map(|()| maps))).map(Message::MapsRead)
    }
}

/// Saves beside the window; the person hears of it when it failed.
fn save(saving: Saving) -> Task<Message> {
    Task::future(in_background(|| saving.run())).map(Message::Saved)
}

/// The clock of the window: the same as the engine's, also where a test holds it still.
fn now() -> Instant {
    tokio::time::Instant::now().into_std()
}

/// The language of the window and of profiles: as set, or as the computer says.
fn language(all: &Languages, set: &Language, computer: Option<&str>) -> Words {
    all.of(set.code().or(computer).unwrap_or(FALLBACK))
}
