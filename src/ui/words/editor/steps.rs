//! The words about manual steps in the panel.

/// Heading of their table.
pub const ALL: &str = "Manual steps";
/// There are none.
pub const NONE: &str = "No steps yet. A step says what to do by hand for a while.";
/// Field.
pub const FROM: &str = "From";
/// Field.
pub const TO: &str = "To";
/// A step that says nothing.
pub const NO_TEXT: &str = "says nothing yet";
