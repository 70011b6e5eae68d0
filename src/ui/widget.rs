//! The parts of which screens are built.
//!
//! Belongs here: parts that know the theme and not the program: no engine, no files. Everything that one can act on
//! goes through [`focus`], so that the keyboard reaches it.

pub mod button;
pub mod cache;
pub mod chip;
pub mod choice;
mod decorated;
pub mod dialog;
pub mod drawing;
pub mod focus;
pub mod inert;
pub mod latin;
pub mod lift;
pub mod named;
pub mod number;
pub mod scroll;
pub mod slider;
pub mod still;
pub mod stop;
pub mod tip;

pub use button::{Button, danger, icon_button, main, quiet, second};
pub use focus::focusable;
pub use named::named;
pub use scroll::{scroll, scrolled};
pub use tip::tip;
