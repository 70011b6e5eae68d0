//! Where files live.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use super::Error;

/// The folders that Svang reads and writes. Made when first written to, not before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// Settings.
    pub config: PathBuf,
    /// What the person made or would miss: profiles, device maps, ratings, known massagers, unsaved work.
    pub data: PathBuf,
    /// What comes and goes: the dose of the last days, locks, and the log.
    pub state: PathBuf,
}

impl Folders {
    /// The platform's own: the XDG folders on Linux, `Library/Application Support` on macOS, `AppData` on Windows.
    ///
    /// # Errors
    /// Where the platform does not name a home.
    pub fn of_platform() -> Result<Self, Error> {
        let dirs = ProjectDirs::from("", "", "Svang").ok_or(Error::NoHome)?;
        Ok(Self {
            config: dirs.config_dir().to_owned(),
            data: dirs.data_dir().to_owned(),
            state: dirs.state_dir().unwrap_or(dirs.data_local_dir()).to_owned(),
        })
    }

    /// All below one folder: for tests, and for a Svang on a memory stick.
    pub fn under(root: &Path) -> Self {
        Self { config: root.join("config"), data: root.join("data"), state: root.join("state") }
    }

    /// The person's own profiles.
    pub fn profiles(&self) -> PathBuf {
        self.data.join("profiles")
    }

    /// The person's own device maps.
    pub fn massagers(&self) -> PathBuf {
        self.data.join("massagers")
    }

    /// Unsaved work, kept over a crash. No folder that profiles are read from.
    pub fn recovery(&self) -> PathBuf {
        self.data.join("recovery")
    }

    /// What Svangs that run side by side hold, so that they do not get into each other's way.
    pub fn locks(&self) -> PathBuf {
        self.state.join("locks")
    }

    /// The log file.
    pub fn log(&self) -> PathBuf {
        self.state.join("svang.log")
    }

    /// The log file of watchdogs, which are processes of their own.
    pub fn watchdog_log(&self) -> PathBuf {
        self.state.join("watchdog.log")
    }
}
