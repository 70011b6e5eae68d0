//! The program: arguments, log, start, and the promise that the massager is stopped however the program ends.

use std::io::{self, IsTerminal};
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use svang::bluetooth::{Bluetooth, Radio, Simulated};
use svang::cli::{self, Outcome, Surroundings};
use svang::desktop::{self, Logind, Urgency};
use svang::engine::{self, Command, Handle};
use svang::fact::Fact;
use svang::i18n::{Languages, Words};
use svang::instance::{self, Claim};
use svang::log;
use svang::signals::{self, Interrupt};
use svang::storage::Folders;
use svang::store::Store;
use svang::ui;
use svang::ui::desktop::RealDesktop;
use svang::watchdog::{self, Ending, SecondProcess, Told};
use tokio::runtime::Runtime;
use tokio::sync::{mpsc, oneshot, watch};

/// How long the engine may take to stop the massager when the program ends.
const STOPS_WITHIN: Duration = Duration::from_secs(30);

/// How long the engine may take to stop the massager before the window stands still.
const SUSPENDS_WITHIN: Duration = Duration::from_secs(3);

/// The exit code of a program that failed inside, as Rust has it.
const FAILED_INSIDE: u8 = 101;

/// The libraries that panic where there is no display that they can use.
const WINDOWING: [&str; 6] = ["winit", "softbuffer", "iced_tiny_skia", "xkbcommon", "x11-dl", "tiny-xlib"];

fn main() -> ExitCode {
    let (mut out, mut err) = (io::stdout(), io::stderr());
    let arguments = match cli::read(std::env::args_os(), &mut out, &mut err) {
        Ok(arguments) => arguments,
        Err(outcome) => return outcome.into(),
    };
    let folders = match Folders::of_platform() {
        Ok(folders) => folders,
        Err(why) => return cannot_start(&why, &mut err).into(),
    };
    if matches!(arguments.command, Some(cli::Command::Watchdog)) {
        return watch_over(&folders).into();
    }
    let runtime = match Runtime::new() {
        Ok(runtime) => runtime,
        Err(why) => return cli::cannot_start(&why.to_string(), &mut err).into(),
    };
    let log = folders.log();
    log::start(&log);
    let engines = Engines::default();
    engines.stop_on_panic();
    let done = panic::catch_unwind(AssertUnwindSafe(|| match arguments.command {
        Some(command) => command_line(command, arguments.language, folders, &runtime, &engines),
        None => window(folders, &runtime, &engines),
    }));
    // Whatever happened: a runtime that is gone takes the radio with it, so the massager is stopped before.
    let stopped = engines.quit(&runtime);
    if let Ok(outcome) = done {
        return outcome.into();
    }
    if engines.lost_window.load(Ordering::Relaxed) {
        return cannot_start(&ui::Error::DisplayLost(log), &mut err).into();
    }
    let told = if stopped { "The massager was told to stop." } else { "If the massager moves, switch it off." };
    cli::cannot_start(&format!("Svang has failed inside. {told} The log says more: {}", log.display()), &mut err);
    FAILED_INSIDE.into()
}

fn window(folders: Folders, runtime: &Runtime, engines: &Engines) -> Outcome {
    let instance = match runtime.block_on(instance::claim(&folders)) {
        Claim::First(instance) => instance,
        Claim::Shown => return Outcome::Done,
        Claim::Silent => return cannot_start(&instance::Trouble::Silent, &mut io::stderr()),
    };
    // Until everything is read, a request to end ends the program at once.
    let store = Store::read(folders);
    let real = Arc::new(Bluetooth::new(store.settings.value().adapter.clone()));
    // The engine runs on this runtime, not on the window's: it outlives the window.
    let _entered = runtime.enter();
    let mut setup = store.engine(Some(real), Arc::new(Simulated::new()), svang::storage::WINDOW);
    setup.watchdog = Some(Arc::new(SecondProcess::of_this_program()));
    setup.sleep_guard = Some(Arc::new(Logind::new()));
    let (engine, events) = engine::start(setup);
    engines.add(&engine);
    let (events, may_move) = beside(runtime, events);
    let interrupts = interrupts_of_window(runtime, engines, may_move);
    let (shows, _alone) = instance.listen();
    let setup = ui::Setup {
        store,
        engine,
        events,
        interrupts,
        shows,
        desktop: Arc::new(RealDesktop),
        languages: Languages::built_in(),
        locale: sys_locale::get_locale(),
    };
    match ui::run(setup) {
        Ok(()) => Outcome::Done,
        Err(ui::Error::NoWayland(_)) if std::env::var_os("DISPLAY").is_some_and(|display| !display.is_empty()) => {
            engines.quit(runtime);
            on_x11()
        }
        Err(why) => cannot_start(&why, &mut io::stderr()),
    }
}

/// Starts the program once more without the Wayland display that does not answer, since the toolkit would insist on it.
fn on_x11() -> Outcome {
    let mut again = std::process::Command::new(std::env::current_exe().unwrap_or_else(|_| "svang".into()));
    again.args(std::env::args_os().skip(1)).env_remove("WAYLAND_DISPLAY");
    #[cfg(unix)]
    let failed = std::os::unix::process::CommandExt::exec(&mut again);
    #[cfg(not(unix))]
    let failed = io::Error::from(io::ErrorKind::Unsupported);
    cli::cannot_start(&failed.to_string(), &mut io::stderr())
}

/// Says why nothing could be started.
fn cannot_start(why: &impl Fact, err: &mut dyn io::Write) -> Outcome {
    cli::cannot_start(&Words::english().fact(why), err)
}

fn command_line(
    command: cli::Command,
    language: Option<String>,
    folders: Folders,
    runtime: &Runtime,
    engines: &Engines,
) -> Outcome {
    let (mut out, mut err) = (io::stdout(), io::stderr());
    let words = match cli::words(&Languages::built_in(), language.as_deref()) {
        Ok(words) => words,
        Err(why) => return cli::cannot_start(&why, &mut err),
    };
    let surroundings = Surroundings {
        folders,
        live: io::stdin().is_terminal() && out.is_terminal(),
        out: &mut out,
        err: &mut err,
        language: language.or_else(sys_locale::get_locale).unwrap_or_else(|| "en".to_owned()),
        words,
        interrupts: &|| interrupts(runtime, engines),
        suspend: &signals::suspend,
        lines: &lines,
        real: &|adapter| Some(Arc::new(Bluetooth::new(adapter)) as Arc<dyn Radio>),
        simulated: Arc::new(Simulated::new()),
        watchdog: Some(Arc::new(SecondProcess::of_this_program())),
        sleep_guard: Some(Arc::new(Logind::new())),
        started: &|engine| engines.add(engine),
    };
    runtime.block_on(cli::run(command, surroundings))
}

/// Tells each time that somebody asks the program to end or to stand still. The massager is stopped before anyone is told
/// that the program is to end.
fn interrupts(runtime: &Runtime, engines: &Engines) -> mpsc::UnboundedReceiver<Interrupt> {
    let engines = engines.clone();
    let _entered = runtime.enter();
    signals::listen(move |interrupt| {
        if interrupt == Interrupt::End {
            engines.stop();
        }
    })
}

/// The same for the window, which only ends: standing still is done here, once the massager has stopped.
fn interrupts_of_window(
    runtime: &Runtime,
    engines: &Engines,
    mut may_move: watch::Receiver<bool>,
) -> mpsc::UnboundedReceiver<()> {
    let (tell, told) = mpsc::unbounded_channel();
    let (mut interrupts, engines) = (interrupts(runtime, engines), engines.clone());
    runtime.spawn(async move {
        while let Some(interrupt) = interrupts.recv().await {
            match interrupt {
                Interrupt::End => drop(tell.send(())),
                Interrupt::Suspend => {
                    engines.stop();
                    // One that cannot be confirmed stopped is left to the watchdog.
                    let _ = tokio::time::timeout(SUSPENDS_WITHIN, may_move.wait_for(|may_move| !may_move)).await;
                    signals::suspend();
                }
            }
        }
    });
    told
}

/// What the engine tells, and beside it whether anything moves or might move.
fn beside(
    runtime: &Runtime,
    mut events: mpsc::UnboundedReceiver<engine::Event>,
) -> (mpsc::UnboundedReceiver<engine::Event>, watch::Receiver<bool>) {
    let (pass, passed) = mpsc::unbounded_channel();
    let (tell, may_move) = watch::channel(false);
    runtime.spawn(async move {
        while let Some(event) = events.recv().await {
            if let engine::Event::State(state) = &event {
                tell.send_replace(state.may_move);
            }
            if pass.send(event).is_err() {
                return;
            }
        }
    });
    (passed, may_move)
}

/// The second process, which stops a massager when the first one is gone.
fn watch_over(folders: &Folders) -> Outcome {
    let mut err = io::stderr();
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(why) => return cli::cannot_start(&why.to_string(), &mut err),
    };
    // A name of its own, so that whoever ends all that is called svang does not end what stops the massager.
    #[cfg(target_os = "linux")]
    let _ = std::fs::write("/proc/self/comm", "foot-watchdog");
    let ending = runtime.block_on(async {
        signals::withstand();
        log::start(&folders.watchdog_log());
        Engines::default().stop_on_panic();
        #[cfg(target_os = "linux")]
        let reach = watchdog::OverBlueZ;
        #[cfg(not(target_os = "linux"))]
        let reach = watchdog::ByRadio::new(Arc::new(Bluetooth::new(None)));
        let surroundings = watchdog::Surroundings {
            reach: Arc::new(reach),
            notify: Box::new(|told, name| Box::pin(notify(told, name))),
            log: Box::new(|line| tracing::warn!("{line}")),
        };
        watchdog::guard(tokio::io::stdin(), tokio::io::stdout(), surroundings).await
    });
    // A thread may still wait for a pipe that nobody writes to.
    runtime.shutdown_background();
    match ending {
        Ending::Released | Ending::Stopped => Outcome::Done,
        Ending::Unarmed => Outcome::CannotStart,
        Ending::NotStopped => Outcome::NotStopped,
    }
}

async fn notify(told: Told, name: String) {
    match told {
        Told::Stopped => {
            let title = format!("{name} was stopped");
            let text = "Svang ended or did not answer while it moved. The massager has confirmed that it is off.";
            desktop::notify(&title, text, Urgency::Normal).await;
        }
        Told::ToldOff => {
            let title = format!("{name} was told to stop");
            let text = "Svang ended or did not answer while it moved. This massager does not confirm that it is off: look \
                        at it, and press its power button if it moves.";
            desktop::notify(&title, text, Urgency::Critical).await;
        }
        Told::MayMove => {
            let title = format!("{name} may still be moving");
            let text = "Svang ended or did not answer, and the massager has not confirmed that it is off. Press the power \
                        button on the massager.";
            desktop::notify(&title, text, Urgency::Critical).await;
        }
    }
}

/// The lines that the person types. A thread of its own reads them, since a terminal cannot be asked otherwise.
fn lines() -> mpsc::UnboundedReceiver<String> {
    let (tell, told) = mpsc::unbounded_channel();
    std::thread::spawn(move || {
        loop {
            signals::wait_until_readable();
            let mut line = String::new();
            match io::stdin().read_line(&mut line) {
                Ok(0) | Err(_) => return,
                Ok(_) => {}
            }
            if tell.send(line).is_err() {
                return;
            }
        }
    });
    told
}

/// The engines that run, so that each is stopped whatever happens.
#[derive(Clone, Default)]
struct Engines {
    running: Arc<Mutex<Vec<Handle>>>,
    /// Whether the windowing library panicked: it does so where no window can be opened.
    lost_window: Arc<AtomicBool>,
}

impl Engines {
    fn add(&self, engine: &Handle) {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).push(engine.clone());
    }

    /// Lets a panic anywhere stop the massager. The engine runs on threads of its own and obeys while the rest unwinds.
    fn stop_on_panic(&self) {
        let engines = self.clone();
        panic::set_hook(Box::new(move |panic| {
            let place = panic.location().map(ToString::to_string).unwrap_or_default();
            let words = panic.payload();
            let what = words.downcast_ref::<String>().map(String::as_str).or(words.downcast_ref::<&str>().copied());
            let what = what.unwrap_or("no words");
            // The system's Bluetooth library may panic in a task of its own when a link ends; that is no fault of ours,
            // harms nothing, and must not stop a massage.
            if place.contains("bluez-async") {
                tracing::info!(target: log::PANIC, place, what, "a library's task ended");
                return;
            }
            tracing::error!(target: log::PANIC, place, what, "panic");
            if WINDOWING.iter().any(|library| place.contains(library)) {
                engines.lost_window.store(true, Ordering::Relaxed);
            }
            engines.stop();
        }));
    }

    /// Stops all of them, now.
    fn stop(&self) {
        for engine in self.running.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            engine.stop();
        }
    }

    /// Ends the engines that still run, stopping first. Returns whether all answered in time.
    fn quit(&self, runtime: &Runtime) -> bool {
        let engines = std::mem::take(&mut *self.running.lock().unwrap_or_else(PoisonError::into_inner));
        runtime.block_on(async {
            let mut answered = true;
            for engine in engines {
                let (done, quit) = oneshot::channel();
                engine.send(Command::Quit(done));
                // One that ended before drops the question: that is an answer too.
                answered &= tokio::time::timeout(STOPS_WITHIN, quit).await.is_ok();
            }
            answered
        })
    }
}
