//! What a window under test stands on: folders of its own, a desktop that answers by itself, and an engine or none.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use futures::future::BoxFuture;
use iced_test::core::Size;
use svang::bluetooth::{Radio, Simulated, simulated};
use svang::engine::{self, Command, Event, Handle};
use svang::i18n::{Languages, Words};
use svang::storage::{Calendar, Folders, HealthAnswers};
use svang::store::Store;
use svang::ui::desktop::{Choice, Desktop, Error, FileKind};
use svang::ui::{App, Setup};
use tokio::sync::{mpsc, oneshot};

use crate::window::Window;

/// Folders and a desktop.
pub struct Bench {
    _folder: tempfile::TempDir,
    pub folders: Folders,
    pub calendar: Calendar,
    pub desktop: Arc<TestDesktop>,
    /// The languages that the window can speak.
    pub languages: Languages,
    /// The system's language.
    pub locale: Option<String>,
}

/// A desktop whose person always answers at once.
#[derive(Default)]
pub struct TestDesktop {
    /// The file that is chosen next.
    pub choice: Mutex<Option<PathBuf>>,
    /// Where the next choice comes from, if not from there.
    pub later: Mutex<Option<oneshot::Receiver<PathBuf>>>,
    /// Whether it has neither dialogs nor a file manager.
    pub refuses: AtomicBool,
    /// How often it chimed.
    pub chimes: AtomicUsize,
    /// What was shown in the file manager.
    pub shown: Mutex<Vec<PathBuf>>,
}

impl TestDesktop {
    /// Lets the next question stay open until a file is sent.
    pub fn wait(&self) -> oneshot::Sender<PathBuf> {
        let (answer, later) = oneshot::channel();
        *self.later.lock().unwrap() = Some(later);
        answer
    }
}

impl Desktop for TestDesktop {
    fn choose_file(&self, _: &Words, _kind: FileKind) -> BoxFuture<'static, Choice> {
        if self.refuses.load(Ordering::Relaxed) {
            return Box::pin(async { Err(Error::NoFileDialog) });
        }
        if let Some(later) = self.later.lock().unwrap().take() {
            return Box::pin(async { Ok(later.await.ok()) });
        }
        let choice = self.choice.lock().unwrap().clone();
        Box::pin(async move { Ok(choice) })
    }

    fn choose_place(&self, _: &Words, _kind: FileKind, _name: String) -> BoxFuture<'static, Choice> {
        let choice = self.choice.lock().unwrap().clone();
        Box::pin(async move { Ok(choice) })
    }

    fn show(&self, file: &Path) -> BoxFuture<'static, Result<(), Error>> {
        if self.refuses.load(Ordering::Relaxed) {
            let folder = file.to_owned();
            return Box::pin(async { Err(Error::NoFileManager(folder)) });
        }
        self.shown.lock().unwrap().push(file.to_owned());
        Box::pin(async { Ok(()) })
    }

    fn chime(&self) {
        self.chimes.fetch_add(1, Ordering::Relaxed);
    }

    fn trash(&self, file: &Path) -> Result<(), String> {
        std::fs::remove_file(file).map_err(|why| why.to_string())
    }
}

impl Bench {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::under(folder.path());
        Self {
            _folder: folder,
            folders,
            calendar: Calendar::default(),
            desktop: Arc::default(),
            languages: Languages::built_in(),
            locale: Some("en".to_owned()),
        }
    }

    /// A window with the real engine and the simulated massager, whose other side comes with it.
    pub async fn window(&self, first_start: bool, size: Size) -> (Window, simulated::Bench) {
        self.window_with(first_start, size, None).await
    }

    /// The same, on a computer with this radio.
    pub async fn window_with(
        &self,
        first_start: bool,
        size: Size,
        real: Option<Arc<dyn Radio>>,
    ) -> (Window, simulated::Bench) {
        let radio = Simulated::new();
        let massager = radio.bench();
        let start = self.start(first_start);
        let (engine, events) = engine::start(start.engine(real, Arc::new(radio), "a journey"));
        let (app, task) = App::new(self.setup(start, engine, events));
        (Window::open(app, task, size).await, massager)
    }

    /// What is on disk.
    pub fn start(&self, first_start: bool) -> Store {
        let mut start = Store::read_by(self.folders.clone(), self.calendar.clone());
        if !first_start {
            start.settings.change(|_| {}).run().unwrap();
            // Somebody who answered the questions today, with nothing that applies.
            let today = self.calendar.today();
            let answer = move |kept: &mut HealthAnswers| {
                if kept.0.given.is_none() {
                    kept.0.answer(Default::default(), false, today);
                    kept.0.answer_red_flags(false, today);
                }
            };
            start.health.change(answer).run().unwrap();
        }
        start
    }

    fn setup(&self, start: Store, engine: Handle, events: mpsc::UnboundedReceiver<Event>) -> Setup {
        // Nobody asks these windows to end but the test.
        let (_, interrupts) = mpsc::unbounded_channel();
        let (_, shows) = mpsc::unbounded_channel();
        Setup {
            store: start,
            engine,
            events,
            interrupts,
            shows,
            desktop: self.desktop.clone(),
            languages: self.languages.clone(),
            locale: self.locale.clone(),
        }
    }

    /// A window without an engine: the test says what the engine would say, and sees the orders.
    pub async fn window_alone(&self, first_start: bool, size: Size) -> (Window, mpsc::UnboundedReceiver<Command>) {
        let (engine, orders) = Handle::new();
        // The sender is let go at once: this engine has nothing to tell but what the test says.
        let (_, events) = mpsc::unbounded_channel();
        let (app, task) = App::new(self.setup(self.start(first_start), engine, events));
        (Window::open(app, task, size).await, orders)
    }
}
