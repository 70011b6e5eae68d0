//! The window: shows what the engine says, and turns gestures into orders to it.
//!
//! Belongs here: everything of iced. What a massager does is never decided here: the window may hang, close or lag, and
//! the engine keeps to its limits all the same.
//!
//! [`App`] holds the newest [`engine::State`] and the screens. Each screen has a state, a `Message`, an `update` that
//! returns an `Action` for what only the app can do, and a `view`.

mod app;
mod bitmap;
pub mod desktop;
pub mod draw;
pub mod icon;
pub mod screen;
pub mod shell;
pub mod theme;
pub mod widget;
pub mod words;

use std::cell::RefCell;
use std::path::PathBuf;
use std::sync::Arc;

use iced::window;
use tokio::sync::mpsc;

use crate::engine;
use crate::facts;
use crate::i18n::Languages;
use crate::store::Store;

pub use app::{App, Message};
use desktop::Desktop;

/// What the window starts from.
pub struct Setup {
    /// What is on disk.
    pub store: Store,
    /// The running engine.
    pub engine: engine::Handle,
    /// What it tells.
    pub events: mpsc::UnboundedReceiver<engine::Event>,
    /// Each time that somebody asks the program to end.
    pub interrupts: mpsc::UnboundedReceiver<()>,
    /// Each time that somebody starts Svang once more: this window comes to the front instead.
    pub shows: mpsc::UnboundedReceiver<()>,
    /// The desktop around the window.
    pub desktop: Arc<dyn Desktop>,
    /// The languages to choose from.
    pub languages: Languages,
    /// The system's language, such as `da_DK`.
    pub locale: Option<String>,
}

facts! {
    /// Why there is no window.
    pub enum Error in "window" {
        /// No display.
        NoDisplay,
        /// The Wayland display that is named does not answer.
        NoWayland(display: String),
        /// The window could not be opened.
        NotOpened(why: String),
        /// The display went away.
        DisplayLost(log: PathBuf),
    }
}

/// Opens the window and returns when it is closed: then the engine has ended, or the person chose not to wait for it.
///
/// # Errors
/// Where no window can be opened.
pub fn run(setup: Setup) -> Result<(), Error> {
    check_display(|name| std::env::var_os(name).filter(|value| !value.is_empty()).map(Into::into))?;
    let size = shell::sizes::first(setup.store.settings.value().window);
    // iced may boot a program anew; ours starts once, with one engine.
    let setup = RefCell::new(Some(setup));
    let boot = move || match setup.borrow_mut().take() {
        Some(setup) => {
            let (app, task) = App::new(setup);
            (app.begin_bare(), task)
        }
        None => unreachable!("iced boots a program once"),
    };
    let program = iced::application(boot, App::update, App::view)
        .title(App::title)
        .theme(App::theme)
        .style(App::style)
        .subscription(App::subscription)
        .default_font(theme::text::REGULAR)
        .exit_on_close_request(false)
        .window(window::Settings {
            size,
            min_size: Some(shell::sizes::LEAST),
            #[cfg(target_os = "linux")]
            platform_specific: window::settings::PlatformSpecific {
                application_id: "svang".to_owned(),
                ..Default::default()
            },
            ..Default::default()
        });
    program.run().map_err(|why| Error::NotOpened(why.to_string()))
}

/// iced panics where there is no display at all; a person gets a sentence instead.
fn check_display(variable: impl Fn(&str) -> Option<std::path::PathBuf>) -> Result<(), Error> {
    if cfg!(not(all(unix, not(target_os = "macos")))) {
        return Ok(());
    }
    let Some(wayland) = variable("WAYLAND_DISPLAY") else {
        let other = variable("WAYLAND_SOCKET").or_else(|| variable("DISPLAY"));
        return other.map(drop).ok_or(Error::NoDisplay);
    };
    let socket = variable("XDG_RUNTIME_DIR").map_or(wayland.clone(), |folder| folder.join(&wayland));
    if socket.exists() || variable("WAYLAND_SOCKET").is_some() {
        Ok(())
    } else {
        Err(Error::NoWayland(wayland.display().to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(all(unix, not(target_os = "macos")))]
    fn no_display_is_said_in_words() {
        let with = |set: &[(&str, &str)]| {
            check_display(|name| set.iter().find(|(key, _)| *key == name).map(|(_, value)| value.into()))
        };
        assert!(matches!(with(&[]), Err(Error::NoDisplay)));
        assert!(with(&[("DISPLAY", ":0")]).is_ok());
        let dead = with(&[("WAYLAND_DISPLAY", "no-such-socket"), ("DISPLAY", ":0")]);
        assert!(matches!(dead, Err(Error::NoWayland(_))), "the toolkit does not fall back to X11");
    }
}
