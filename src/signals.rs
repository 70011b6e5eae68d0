//! What the system and the person at a terminal ask of the program: to end, or to stand still.
//!
//! Belongs here: hearing signals, suspending, and who may read the terminal. What is done about them is decided above.

use std::sync::Arc;

use tokio::sync::mpsc;

/// What a signal asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interrupt {
    /// To end: Ctrl-C, Ctrl-\, the system, or the terminal going away.
    End,
    /// To stand still until told to go on: Ctrl-Z.
    Suspend,
}

/// What tells of signals, each time one comes. Must be called inside a tokio runtime. `first` is called before anyone else
/// is told, on a thread of the runtime.
pub fn listen(first: impl Fn(Interrupt) + Send + Sync + 'static) -> mpsc::UnboundedReceiver<Interrupt> {
    let (tell, told) = mpsc::unbounded_channel();
    let first = Arc::new(first);
    #[cfg(unix)]
    {
        use tokio::signal::unix::SignalKind;
        let end = [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup(), SignalKind::quit()];
        let all = end.map(|kind| (kind, Interrupt::End)).into_iter().chain([(suspending(), Interrupt::Suspend)]);
        for (kind, interrupt) in all {
            let (tell, first) = (tell.clone(), Arc::clone(&first));
            match tokio::signal::unix::signal(kind) {
                Ok(mut signals) => drop(tokio::spawn(async move {
                    while signals.recv().await.is_some() {
                        first(interrupt);
                        if tell.send(interrupt).is_err() {
                            return;
                        }
                    }
                })),
                Err(why) => tracing::warn!(?kind, %why, "a signal cannot be heard"),
            }
        }
    }
    #[cfg(not(unix))]
    tokio::spawn(async move {
        while tokio::signal::ctrl_c().await.is_ok() {
            first(Interrupt::End);
            if tell.send(Interrupt::End).is_err() {
                return;
            }
        }
    });
    told
}

/// Lets no signal end or suspend this process from now on, those apart that no process can withstand. Must be called
/// inside a tokio runtime.
pub fn withstand() {
    #[cfg(unix)]
    {
        use rustix::process::Signal;
        let all = [Signal::INT, Signal::TERM, Signal::HUP, Signal::QUIT, Signal::TSTP, Signal::TTIN, Signal::TTOU];
        let more = [Signal::USR1, Signal::USR2, Signal::ALARM, Signal::PIPE];
        for signal in all.into_iter().chain(more) {
            // Once heard, a signal does nothing else, also when nobody listens any more.
            if let Err(why) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::from_raw(signal.as_raw())) {
                tracing::info!(?signal, %why, "a signal cannot be withstood");
            }
        }
    }
}

/// Stands still until somebody lets the process go on, with `fg` or `bg`.
pub fn suspend() {
    #[cfg(unix)]
    if let Err(why) = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::STOP) {
        tracing::warn!("the program could not be suspended: {why}");
    }
}

#[cfg(unix)]
fn suspending() -> tokio::signal::unix::SignalKind {
    tokio::signal::unix::SignalKind::from_raw(rustix::process::Signal::TSTP.as_raw())
}

/// Waits until there is something to read on the standard input, and this process may read it. A process in the background
/// that reads its terminal is stopped by the system, with all its threads; so it only reads while in the foreground.
pub fn wait_until_readable() {
    #[cfg(unix)]
    {
        use rustix::event::{PollFd, PollFlags, poll};
        let input = std::io::stdin();
        loop {
            let mut waiting = [PollFd::new(&input, PollFlags::IN)];
            match poll(&mut waiting, None) {
                Err(rustix::io::Errno::INTR) => continue,
                // Reading says what is wrong.
                Err(_) => return,
                Ok(_) => {}
            }
            match rustix::termios::tcgetpgrp(&input) {
                // What is typed is for the shell, which reads it soon.
                Ok(group) if group != rustix::process::getpgrp() => std::thread::sleep(LOOK_AGAIN),
                // No terminal, or ours.
                _ => return,
            }
        }
    }
}

/// When a process in the background looks again whether it may read.
#[cfg(unix)]
const LOOK_AGAIN: std::time::Duration = std::time::Duration::from_millis(500);
