//! The screens, one folder each: state, `Message`, `Action`, `update` and `view`.
//!
//! Belongs here: what one screen shows and asks. What only the whole window can do is an `Action`, for the app.

pub(in crate::ui) mod editor;
pub(in crate::ui) mod massager;
pub mod playing;
pub(in crate::ui) mod profiles;
pub(in crate::ui) mod settings;
pub(in crate::ui) mod start;
