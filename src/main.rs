//! The program: arguments, log, start, and the promise that the massager is stopped however the program ends.

use std::io::{self, IsTerminal};
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use svang::bluetooth::{Bluetooth, Radio, Simulated};
use svang::cli::{self, Outcome, Surroundings};
use svang::engine::{self, Command, Handle};
use svang::log;
use svang::start::Start;
use svang::storage::Folders;
use svang::ui;
use svang::ui::desktop::RealDesktop;
use tokio::runtime::Runtime;
use tokio::sync::{mpsc, oneshot};

/// How long the engine may take to stop the massager when the program ends.
const STOPS_WITHIN: Duration = Duration::from_secs(30);

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
        Err(why) => return cli::cannot_start(&why, &mut err).into(),
    };
    let runtime = match Runtime::new() {
        Ok(runtime) => runtime,
        Err(why) => return cli::cannot_start(&why, &mut err).into(),
    };
    let log = folders.log();
    log::start(&log);
    let engines = Engines::default();
    engines.stop_on_panic();
    let done = panic::catch_unwind(AssertUnwindSafe(|| match arguments.command {
        Some(command) => command_line(command, folders, &runtime, &engines),
        None => window(folders, &runtime, &engines),
    }));
    // Whatever happened: a runtime that is gone takes the radio with it, so the massager is stopped before.
    let stopped = engines.quit(&runtime);
    if let Ok(outcome) = done {
        return outcome.into();
    }
    if engines.lost_window.load(Ordering::Relaxed) {
        let why = format!("the display does not answer, and the log says more: {}", log.display());
        return cli::cannot_start(&ui::Error::Window(why), &mut err).into();
    }
    let told = if stopped { "The massager was told to stop." } else { "If the massager moves, switch it off." };
    let why = io::Error::other(format!("Svang has failed inside. {told} The log says more: {}", log.display()));
    cli::cannot_start(&why, &mut err);
    FAILED_INSIDE.into()
}

fn window(folders: Folders, runtime: &Runtime, engines: &Engines) -> Outcome {
    let start = Start::read(folders);
    let real = Arc::new(Bluetooth::new(start.settings.value().adapter.clone()));
    let interrupts = interrupts(runtime);
    // The engine runs on this runtime, not on the window's: it outlives the window.
    let _entered = runtime.enter();
    let (engine, events) = engine::start(start.engine(Some(real), Arc::new(Simulated::new())));
    engines.add(&engine);
    let setup = ui::Setup { start, engine, events, interrupts, desktop: Arc::new(RealDesktop) };
    match ui::run(setup) {
        Ok(()) => Outcome::Done,
        Err(ui::Error::NoWayland(_)) if std::env::var_os("DISPLAY").is_some_and(|display| !display.is_empty()) => {
            engines.quit(runtime);
            on_x11()
        }
        Err(why) => cli::cannot_start(&why, &mut io::stderr()),
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
    cli::cannot_start(&failed, &mut io::stderr())
}

fn command_line(command: cli::Command, folders: Folders, runtime: &Runtime, engines: &Engines) -> Outcome {
    let (mut out, mut err) = (io::stdout(), io::stderr());
    let surroundings = Surroundings {
        folders,
        live: io::stdin().is_terminal() && out.is_terminal(),
        out: &mut out,
        err: &mut err,
        language: sys_locale::get_locale().unwrap_or_else(|| "en".to_owned()),
        interrupts: interrupts(runtime),
        lines: &lines,
        real: &|adapter| Some(Arc::new(Bluetooth::new(adapter)) as Arc<dyn Radio>),
        simulated: Arc::new(Simulated::new()),
        started: &|engine| engines.add(engine),
    };
    runtime.block_on(cli::run(command, surroundings))
}

/// Tells each time that somebody asks the program to end: Ctrl-C, the system, or the terminal going away.
fn interrupts(runtime: &Runtime) -> mpsc::UnboundedReceiver<()> {
    let (tell, told) = mpsc::unbounded_channel();
    runtime.spawn(async move {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            let kinds = [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()];
            for kind in kinds {
                let tell = tell.clone();
                match signal(kind) {
                    Ok(mut signals) => {
                        drop(tokio::spawn(
                            async move { while signals.recv().await.is_some() && tell.send(()).is_ok() {} },
                        ))
                    }
                    Err(why) => tracing::warn!(?kind, %why, "a signal cannot be heard"),
                }
            }
        }
        #[cfg(not(unix))]
        while tokio::signal::ctrl_c().await.is_ok() && tell.send(()).is_ok() {}
    });
    told
}

/// The lines that the person types. A thread of its own reads them, since a terminal cannot be asked otherwise.
fn lines() -> mpsc::UnboundedReceiver<String> {
    let (tell, told) = mpsc::unbounded_channel();
    std::thread::spawn(move || {
        for line in io::stdin().lines().map_while(Result::ok) {
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
            for engine in engines.running.lock().unwrap_or_else(PoisonError::into_inner).iter() {
                engine.stop();
            }
        }));
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
