//! The desktop around the program: what it tells the person, and when the computer sleeps.
//!
//! Belongs here: what is asked of the desktop's own services. What the window asks (files, folders, the trash) is still
//! the window's. Where a desktop lacks a service, nothing happens, and the log says so.

mod chime;
mod notification;
mod sleep;

pub use chime::chime;
pub use notification::{Urgency, notify};
pub use sleep::{Logind, SleepEvent, SleepGuard};
