//! The window: shows state and turns gestures into edits and engine commands.
//!
//! Belongs here: everything that knows iced, and nothing that decides what a massager does.

pub mod clock;
pub mod icon;
pub mod nav;
pub mod now_playing;
pub mod player_bar;
pub mod theme;
pub mod widget;
pub mod words;
