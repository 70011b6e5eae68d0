//! The words of the help sheet: every gesture of the editor, with its keys.
//!
//! A test holds this table against the keys that are answered: none is promised in vain, and none is kept secret.

/// Title, and tooltip of the button.
pub const TITLE: &str = "Gestures and keys";
/// Tooltip of the button.
pub const OPEN: &str = "Gestures and keys (?)";

/// Something that one can do.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    /// What.
    pub what: &'static str,
    /// With the pointer.
    pub pointer: &'static str,
    /// With the keyboard, such as `Ctrl+Shift+V` or `← →`. Arrows are drawn, since the letters lack them.
    pub keys: &'static str,
}

/// Some of them, under a heading.
#[derive(Debug, Clone, Copy)]
pub struct Group {
    /// The heading.
    pub title: &'static str,
    /// What one can do.
    pub lines: &'static [Line],
}

const fn line(what: &'static str, pointer: &'static str, keys: &'static str) -> Line {
    Line { what, pointer, keys }
}

/// The left column.
pub const LEFT: &[Group] = &[
    Group {
        title: "Points",
        lines: &[
            line("Add one", "Double-click", "Enter"),
            line("Choose the next, the previous", "Click it", "Tab Shift+Tab"),
            line("Choose all", "Drag a box, or Shift+click", "Ctrl+A"),
            line("Choose all in the lane", "Drag a box", "Ctrl+Shift+A"),
            line("Choose none", "Click beside", "X"),
            line("Move by 1 s, by 1 %", "Drag", "← → ↑ ↓"),
            line("Move by 5 s, by 5 %", "Drag", "Shift+← → ↑ ↓"),
            line("Move one way only", "Drag with Shift", "← → ↑ ↓"),
            line("Move without snapping", "Drag with Alt", "← → ↑ ↓"),
            line("Take away", "Erase, or Delete", "Del"),
        ],
    },
    Group {
        title: "Tools",
        lines: &[
            line("Select, add points", "Row of tools", "V A"),
            line("Draw freely, erase", "Row of tools", "D E"),
            line("Record by hand", "Row of tools", "R"),
            line("Forms and tools", "Tools page", "T"),
        ],
    },
    Group {
        title: "Copy and save",
        lines: &[
            line("Copy, cut", "Point page", "Ctrl+C Ctrl+X"),
            line("Paste at the playhead", "Point page", "Ctrl+V"),
            line("Paste, and push what follows", "Point page", "Ctrl+Shift+V"),
            line("Undo, redo", "Top row", "Ctrl+Z Ctrl+Y"),
            line("Save", "Top row", "Ctrl+S"),
        ],
    },
];

/// The right column.
pub const RIGHT: &[Group] = &[
    Group {
        title: "Lanes",
        lines: &[
            line("Choose the one above, below", "Click its name", "PgUp PgDn"),
            line("Fold, unfold", "Arrow beside its name", "F"),
            line("Lower, higher", "Drag its lower edge", "Shift+PgUp PgDn"),
        ],
    },
    Group {
        title: "View",
        lines: &[
            line("Nearer, farther", "Wheel", "+ −"),
            line("Earlier, later", "Shift+wheel, middle button", ", ."),
            line("To the start, to the end", "Drag in the overview", "Home End"),
            line("The whole profile", "Arrows above the lanes", "0"),
            line("Only what is chosen", "Point page", "Z"),
        ],
    },
    Group {
        title: "Time",
        lines: &[
            line("Playhead by 1 s", "Drag in the ruler", ", ."),
            line("Playhead by 5 s", "Drag in the ruler", "Shift+, ."),
            line("Move a chosen step by 1 s", "Drag it, or its edges", "← →"),
            line("Length of the profile", "Drag its end, or Profile page", ""),
        ],
    },
    Group {
        title: "Playing and help",
        lines: &[
            line("Try, pause, resume", "Player bar", "Space"),
            line("Stop everything", "Player bar", "Esc"),
            line("Loop what is chosen", "Point page", "L"),
            line("Stronger, weaker", "Player bar", "Ctrl+↑ ↓"),
            line("This sheet", "Question mark", "? F1"),
        ],
    },
];
