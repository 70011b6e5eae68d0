//! The help sheet: every gesture of the editor, with its keys; the texts are keys of messages.
//!
//! A test holds this table against the keys that are answered: none is promised in vain, and none is kept secret.

use crate::key;

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
        title: key!("help-group-points"),
        lines: &[
            line(key!("help-add-one"), key!("help-by-double-click"), "Enter"),
            line(key!("help-choose-the-next-the-previous"), key!("help-by-click-it"), "Tab Shift+Tab"),
            line(key!("help-choose-all"), key!("help-by-drag-a-box-or-shift-click"), "Ctrl+A"),
            line(key!("help-choose-all-in-the-lane"), key!("help-by-drag-a-box"), "Ctrl+Shift+A"),
            line(key!("help-choose-none"), key!("help-by-click-beside"), "X"),
            line(key!("help-move-by-1-s-by-1-percent"), key!("help-by-drag"), "← → ↑ ↓"),
            line(key!("help-move-by-5-s-by-5-percent"), key!("help-by-drag"), "Shift+← → ↑ ↓"),
            line(key!("help-move-one-way-only"), key!("help-by-drag-with-shift"), "← → ↑ ↓"),
            line(key!("help-move-without-snapping"), key!("help-by-drag-with-alt"), "← → ↑ ↓"),
            line(key!("help-take-away"), key!("help-by-erase-or-delete"), "Del"),
        ],
    },
    Group {
        title: key!("help-group-tools"),
        lines: &[
            line(key!("help-select-add-points"), key!("help-by-row-of-tools"), "V A"),
            line(key!("help-draw-freely-erase"), key!("help-by-row-of-tools"), "D E"),
            line(key!("help-record-by-hand"), key!("help-by-row-of-tools"), "R"),
            line(key!("help-forms-and-tools"), key!("help-by-tools-page"), "T"),
        ],
    },
    Group {
        title: key!("help-group-copy-and-save"),
        lines: &[
            line(key!("help-copy-cut"), key!("help-by-point-page"), "Ctrl+C Ctrl+X"),
            line(key!("help-paste-at-the-playhead"), key!("help-by-point-page"), "Ctrl+V"),
            line(key!("help-paste-and-push-what-follows"), key!("help-by-point-page"), "Ctrl+Shift+V"),
            line(key!("help-undo-redo"), key!("help-by-top-row"), "Ctrl+Z Ctrl+Y"),
            line(key!("help-save"), key!("help-by-top-row"), "Ctrl+S"),
        ],
    },
];

/// The right column.
pub const RIGHT: &[Group] = &[
    Group {
        title: key!("help-group-lanes"),
        lines: &[
            line(key!("help-choose-the-one-above-below"), key!("help-by-click-its-name"), "PgUp PgDn"),
            line(key!("help-fold-unfold"), key!("help-by-arrow-beside-its-name"), "F"),
            line(key!("help-lower-higher"), key!("help-by-drag-its-lower-edge"), "Shift+PgUp PgDn"),
        ],
    },
    Group {
        title: key!("help-group-view"),
        lines: &[
            line(key!("help-nearer-farther"), key!("help-by-wheel"), "+ −"),
            line(key!("help-earlier-later"), key!("help-by-shift-wheel-middle-button"), ", ."),
            line(key!("help-to-the-start-to-the-end"), key!("help-by-drag-in-the-overview"), "Home End"),
            line(key!("help-the-whole-profile"), key!("help-by-arrows-above-the-lanes"), "0"),
            line(key!("help-only-what-is-chosen"), key!("help-by-point-page"), "Z"),
        ],
    },
    Group {
        title: key!("help-group-time"),
        lines: &[
            line(key!("help-playhead-by-1-s"), key!("help-by-drag-in-the-ruler"), ", ."),
            line(key!("help-playhead-by-5-s"), key!("help-by-drag-in-the-ruler"), "Shift+, ."),
            line(key!("help-move-a-chosen-step-by-1-s"), key!("help-by-drag-it-or-its-edges"), "← →"),
            line(key!("help-length-of-the-profile"), key!("help-by-drag-its-end-or-profile-page"), ""),
        ],
    },
    Group {
        title: key!("help-group-playing-and-help"),
        lines: &[
            line(key!("help-try-pause-resume"), key!("help-by-player-bar"), "Space"),
            line(key!("help-stop-everything"), key!("help-by-player-bar"), "Esc"),
            line(key!("help-loop-what-is-chosen"), key!("help-by-point-page"), "L"),
            line(key!("help-stronger-weaker"), key!("help-by-player-bar"), "Ctrl+↑ ↓"),
            line(key!("help-this-sheet"), key!("help-by-question-mark"), "? F1"),
        ],
    },
];
