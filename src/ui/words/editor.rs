//! The words of the curve editor.

pub mod clipboard;
pub mod exchange;
pub mod help;
pub mod recovery;
pub mod steps;
pub mod tools;

use crate::curve::Shape;
use crate::intensity::Intensity;
use crate::mode::{Channel, Foot, Mode};
use crate::time::Time;
use crate::ui::words::shortened;

/// Menu of a profile of one's own.
pub const EDIT: &str = "Edit";
/// Menu of a ready-made profile.
pub const EDIT_COPY: &str = "Edit a copy";
/// Button.
pub const NEW: &str = "New profile";
/// The name that a new profile starts with.
pub const NEW_NAME: &str = "My massage";
/// Placeholder.
pub const NAME: &str = "Name of the profile";
/// Chip.
pub const NOT_SAVED: &str = "Not saved";
/// Button.
pub const SAVE: &str = "Save";
/// Why it is disabled.
pub const NOTHING_TO_SAVE: &str = "Everything is saved.";
/// Button.
pub const REDO: &str = "Redo";
/// Why it is disabled.
pub const NOTHING_TO_UNDO: &str = "There is nothing to undo.";
/// Why it is disabled.
pub const NOTHING_TO_REDO: &str = "There is nothing to redo.";
/// Tool.
pub const SELECT: &str = "Select";
/// Tool.
pub const ADD: &str = "Add point";
/// Tool.
pub const DRAW: &str = "Draw";
/// Tool.
pub const ERASE: &str = "Erase";
/// Switch.
pub const SNAP: &str = "Snap 5 s, 5 %";
/// Switch, where it is narrow.
pub const SNAP_SHORT: &str = "Snap";
/// Tooltip.
pub const ZOOM_IN: &str = "Zoom in";
/// Tooltip.
pub const ZOOM_OUT: &str = "Zoom out";
/// Button.
pub const FIT: &str = "Fit";
/// Head of the ruler.
pub const TIME: &str = "Time";
/// Head of the lane of steps.
pub const STEPS: &str = "Steps";
/// Head of the overview.
pub const WHOLE: &str = "Whole profile";
/// Button that opens the panel, where it is narrow.
pub const DETAILS: &str = "Details";
/// Heading.
pub const POINT: &str = "Point";
/// Page of the panel.
pub const TABLE: &str = "Table";
/// Page of the panel.
pub const PROFILE: &str = "Profile";
/// Field.
pub const INTENSITY: &str = "Intensity in percent";
/// Label.
pub const SHAPE: &str = "Shape up to this point";
/// Label.
pub const BENT: &str = "Bent";
/// Heading of the table.
pub const POINTS: &str = "All points of this lane";
/// Nothing chosen.
pub const NONE_CHOSEN: &str = "Choose a point to see its exact values. Double-click in a lane to add one.";
/// A lane without points.
pub const EMPTY_LANE: &str = "Double-click to add a point, or take the pencil and draw.";
/// A lane without points, in the table.
pub const NO_POINTS: &str = "No points yet.";
/// Button.
pub const ADD_AT_PLAYHEAD: &str = "Add a point at the playhead";
/// Heading.
pub const LANES: &str = "Lanes";
/// Heading.
pub const LENGTH: &str = "Length";
/// Heading.
pub const SAFETY: &str = "Safety check";
/// Chip.
pub const ALL_GOOD: &str = "All good";
/// Button.
pub const FIX: &str = "Fix";
/// Under the safety check.
pub const LIMITS_FROM: &str = "Limits come from Settings. Saving is always possible; playing keeps every limit.";
/// Heading of the step that is chosen.
pub const STEP: &str = "Step";
/// Placeholder.
pub const STEP_TEXT: &str = "What to do";
/// Button.
pub const ADD_STEP: &str = "Add step";
/// The text of a new step.
pub const NEW_STEP: &str = "Roll slowly";
/// Button.
pub const DELETE: &str = "Delete";
/// Label.
pub const ABOVE: &str = "80 %";
/// Notice.
pub const SAVED: &str = "Saved.";
/// A typed time that is none.
pub const TIME_FORM: &str = "Write minutes, a colon and two digits, such as 4:10.";
/// A typed number that is none.
pub const PERCENT_FORM: &str = "Write a number from 0 to 100.";
/// Question on leaving.
pub const LEAVE: &str = "Save your changes first?";
/// Button.
pub const KEEP_EDITING: &str = "Keep editing";
/// Button.
pub const DISCARD: &str = "Discard";
/// Question: the file changed meanwhile.
pub const CHANGED: &str = "The file changed meanwhile";
/// Its text.
pub const CHANGED_TEXT: &str = "Somebody else changed this profile on disk while you edited it. Save yours beside it, \
    or take its place: then the other version stays beside it as a backup (.bak).";
/// Button.
pub const SAVE_BESIDE: &str = "Save beside it";
/// Button.
pub const TAKE_PLACE: &str = "Take its place";

/// Why a loop cannot be.
pub const CHOOSE_A_STRETCH: &str = "Choose points at least two seconds apart: what lies between them is looped.";
/// Button.
pub const FOLD: &str = "Fold this lane";
/// Button.
pub const RECORD: &str = "Record";
/// Button.
pub const CLOSE_RECORDING: &str = "Close recording";
/// Label of the slider.
pub const LEVEL: &str = "Intensity";
/// Button.
pub const FINISH: &str = "Finish";
/// While a take is under way.
pub const RECORDING: &str = "Recording: move the slider, or press the arrows. Esc drops the take; where the massager \
    plays along, it stops it and keeps the take.";
/// Button, without a massager.
pub const RECORD_WITH_MASSAGER: &str = "Record and feel it";
/// Why it is disabled.
pub const NO_MASSAGER: &str = "Connect a massager first.";
/// Under the buttons.
pub const HOW_TO_RECORD: &str = "Move the slider while time runs: that becomes the curve, in place of what was there. \
    Slow and steady works best; small trembling is smoothed away.";
/// Button.
pub const ZOOM_TO_CHOSEN: &str = "Zoom to these";

/// `Record roller`.
pub fn record(channel: Channel) -> String {
    format!("Record {}", channel.name().to_lowercase())
}

/// `Record from 2:52`.
pub fn record_from(at: Time) -> String {
    format!("Record from {}", at.label())
}

/// `Sole Care S2 plays along`.
pub fn record_with(massager: &str) -> String {
    format!("{massager} plays along")
}

/// `At most 60 %`.
pub fn ceiling(at_most: Intensity) -> String {
    format!("At most {at_most} %")
}

/// `A session ends at 15:00`.
pub fn session_ends(at: Time) -> String {
    format!("A session ends at {}", at.label())
}

/// `Play loop 1:00 – 2:30`.
pub fn loop_stretch(from: Time, to: Time) -> String {
    format!("Play loop {} – {}", from.label(), to.label())
}

/// Text of the question on leaving.
pub fn leave_text(name: &str) -> String {
    format!("“{name}” has changes that are not saved.")
}

/// `Undo: move 3 points`.
pub fn undo(label: &str) -> String {
    format!("Undo: {label}")
}

/// `Redo: move 3 points`.
pub fn redo(label: &str) -> String {
    format!("Redo: {label}")
}

/// `Try from 2:52`.
pub fn try_from(at: Time) -> String {
    format!("Try from {}", at.label())
}

/// `3 levels`.
pub fn levels(count: u16) -> String {
    if count == 1 { "1 level".to_owned() } else { format!("{count} levels") }
}

/// `12 points`.
pub fn points(count: usize) -> String {
    match count {
        0 => "empty".to_owned(),
        1 => "1 point".to_owned(),
        count => format!("{count} points"),
    }
}

/// A lane's name in its head, in so many letters; of `Air pressure, left` the foot is always seen.
pub fn lane(channel: Channel, room: usize) -> String {
    let foot = match channel.foot {
        Foot::Both => return shortened(channel.mode.name(), room),
        Foot::Left => ", left",
        Foot::Right => ", right",
    };
    format!("{}{foot}", shortened(channel.mode.name(), room.saturating_sub(foot.len())))
}

/// `Roller, 5 of 12`.
pub fn place(channel: Channel, index: usize, count: usize) -> String {
    format!("{}, {} of {count}", channel.name(), index + 1)
}

/// `3 points chosen`.
pub fn chosen(count: usize) -> String {
    format!("{count} points chosen")
}

/// `Sole Care S2 plays this as level 3 of 3`.
pub fn plays_as(massager: &str, level: u16, levels: u16) -> String {
    format!("{massager} plays this as level {level} of {levels}")
}

/// The flag while dragging: `4:10, 90 %`.
pub fn flag(at: Time, intensity: Intensity) -> String {
    format!("{at}, {intensity} %")
}

/// Its second line: `was 3:56, 70 %`.
pub fn was(at: Time, intensity: Intensity) -> String {
    format!("was {at}, {intensity} %")
}

/// `2 to fix`.
pub fn to_fix(count: usize) -> String {
    format!("{count} to fix")
}

/// `Add air pressure`.
pub fn add_lane(mode: Mode) -> String {
    format!("Add {}", mode.name().to_lowercase())
}

/// `Remove roller`.
pub fn remove_lane(channel: Channel) -> String {
    format!("Remove {}", channel.name().to_lowercase())
}

/// The name of a copy of a ready-made profile.
pub fn copy_of(name: &str) -> String {
    format!("{name} (copy)")
}

/// `20 %/s`.
pub fn per_second(rise: f32) -> String {
    format!("{rise:.0} %/s")
}

/// What was seen of the length: `6:00 of 12:00`.
pub fn seen(seen: Time, length: Time) -> String {
    format!("{} of {}", seen.label(), length.label())
}

/// A shape's name.
pub fn shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Hold => "Hold",
        Shape::Straight => "Straight",
        Shape::Smooth => "Smooth",
        Shape::Bend(_) => BENT,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lanes_foot_is_always_seen() {
        let air = |foot| lane(Channel::new(Mode::AirPressure, foot), 13);
        assert_eq!([Foot::Both, Foot::Left, Foot::Right].map(air), ["Air pressure", "Air pr…, left", "Air p…, right"]);
        assert_eq!(lane(Channel::new(Mode::Heat, Foot::Right), 13), "Heat, right");
    }
}
