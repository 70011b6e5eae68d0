//! What stands around the screens: the nav rail, the player bar with Stop, dialogs, notices, keys, and the clock.
//!
//! Belongs here: what is the same whichever screen is shown.

pub mod clock;
pub(in crate::ui) mod dialog;
pub(in crate::ui) mod keys;
pub mod nav;
pub mod player_bar;
pub(in crate::ui) mod sizes;
pub(in crate::ui) mod toast;
