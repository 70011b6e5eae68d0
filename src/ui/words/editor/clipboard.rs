//! The words of cut, copy and paste.

use crate::mode::Channel;
use crate::time::Time;

/// Button.
pub const COPY: &str = "Copy";
/// Button.
pub const CUT: &str = "Cut";
/// Button.
pub const PASTE: &str = "Paste";
/// Button.
pub const PASTE_AND_PUSH: &str = "Paste and push";
/// Its tooltip.
pub const PASTE_TIP: &str = "At the playhead, in place of what is there (Ctrl+V)";
/// Its tooltip.
pub const PUSH_TIP: &str = "At the playhead; what comes after moves later in every lane (Ctrl+Shift+V)";
/// Nothing is chosen.
pub const NOTHING_TO_COPY: &str = "Choose some points first, then copy them.";
/// Steps are chosen.
pub const NO_STEPS: &str = "Steps cannot be copied. Choose some points.";
/// Nothing to paste.
pub const EMPTY: &str = "The clipboard is empty. Copy some points first.";

fn points(count: usize) -> String {
    if count == 1 { "1 point".to_owned() } else { format!("{count} points") }
}

/// Notice: `3 points copied.`
pub fn copied(count: usize) -> String {
    format!("{} copied.", points(count))
}

/// Notice: `3 points cut.`
pub fn cut(count: usize) -> String {
    format!("{} cut.", points(count))
}

/// Notice: `3 points from Roller are in Heat now.`
pub fn across(count: usize, from: Channel, to: Channel) -> String {
    let are = if count == 1 { "is" } else { "are" };
    format!("{} from {} {are} in {} now.", points(count), from.name(), to.name())
}

/// Notice: `The profile is 12:30 long now.`
pub fn longer(length: Time) -> String {
    format!("The profile is {} long now.", length.label())
}
