//! The words of the Tools page.

use crate::mode::{Channel, Foot, Mode};
use crate::time::Time;
use crate::ui::screen::editor::{Kind, Slot};

/// Page of the panel.
pub const TOOLS: &str = "Tools";
/// Heading over the tools for what is there.
pub const CHANGE: &str = "Change what is there";
/// Heading over the tools for time itself.
pub const TIME: &str = "Time";
/// Heading over the generators.
pub const NEW: &str = "Write something new";
/// Button.
pub const APPLY: &str = "Apply";
/// Button.
pub const CANCEL: &str = "Cancel";
/// Label of a choice.
pub const SHAPE: &str = "Shape";
/// Why a tool cannot be applied.
pub const NO_LANE: &str = "There is no lane yet: add one on the Profile page.";
/// Why a tool cannot be applied.
pub const NO_CHANGE: &str = "This changes nothing here.";
/// Why a tool cannot be applied yet.
pub const LOOKING: &str = "Looking at what it does…";
/// Why a tool cannot be applied.
pub const BACKWARDS: &str = "“To” must be later than “From”.";
/// What a typed duration looks like.
pub const SECONDS_FORM: &str = "write seconds, such as 8 or 2.5";
/// What a typed time looks like.
pub const TIME_FORM: &str = "write minutes, a colon and two digits, such as 4:10";
/// Heading.
pub const GO_TO: &str = "Go to a time";
/// Button beside it.
pub const ADD_HERE: &str = "Add a point here";
/// Button above the table: the rows before.
pub const EARLIER: &str = "Earlier";
/// Button above the table: the rows after.
pub const LATER: &str = "Later";
/// Why it is disabled.
pub const FIRST_ROWS: &str = "These are the first points.";
/// Why it is disabled.
pub const LAST_ROWS: &str = "These are the last points.";

/// A tool's name.
pub fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Scale => "Scale",
        Kind::Raise => "Raise or lower",
        Kind::Invert => "Invert",
        Kind::Levels => "Set to levels",
        Kind::FadeIn => "Fade in",
        Kind::FadeOut => "Fade out",
        Kind::Repeat => "Repeat a part",
        Kind::Simplify => "Simplify",
        Kind::InsertTime => "Insert time",
        Kind::RemoveTime => "Remove time",
        Kind::Ramp => "Ramp",
        Kind::Pulse => "Pulse",
        Kind::Wave => "Wave",
        Kind::Inflate => "Inflate",
        Kind::TriggerHold => "Trigger point",
    }
}

/// What a tool does.
pub fn about(kind: Kind) -> &'static str {
    match kind {
        Kind::Scale => "Makes it stronger or weaker, in proportion.",
        Kind::Raise => "Adds to each intensity, or takes from it with a minus.",
        Kind::Invert => "Strong becomes weak, and weak becomes strong.",
        Kind::Levels => "Sets each point to the nearest level that a massager has.",
        Kind::FadeIn => "Lets it rise from nothing.",
        Kind::FadeOut => "Lets it sink to nothing.",
        Kind::Repeat => "Writes copies of this part after it, in place of what is there.",
        Kind::Simplify => "Takes points away that hardly matter.",
        Kind::InsertTime => "Makes room. Everything later moves, in all lanes and steps.",
        Kind::RemoveTime => "Takes this stretch out of all lanes and steps.",
        Kind::Ramp => "From one intensity to another.",
        Kind::Pulse => "On and off, with a gentle rise.",
        Kind::Wave => "Up and down, smoothly.",
        Kind::Inflate => "Fill, stay full, empty, rest: for air cushions.",
        Kind::TriggerHold => "A gentle rise in two parts, then a steady hold on a sore point.",
    }
}

/// The label of a field.
pub fn label(slot: Slot) -> &'static str {
    match slot {
        Slot::From => "From",
        Slot::To => "To",
        Slot::At => "At",
        Slot::Scale => "To, in percent",
        Slot::Raise => "By, in percent",
        Slot::Tolerance => "May differ, percent",
        Slot::Levels => "Levels",
        Slot::Copies => "Copies",
        Slot::Insert => "How long, seconds",
        Slot::Start => "At its start, percent",
        Slot::End => "At its end, percent",
        Slot::Low => "Lowest, percent",
        Slot::High => "Highest, percent",
        Slot::On => "On, seconds",
        Slot::Off => "Off, seconds",
        Slot::Rise => "Rise, seconds",
        Slot::Period => "One wave, seconds",
        Slot::Inflate => "Fill, seconds",
        Slot::Hold => "Hold, seconds",
        Slot::Deflate => "Empty, seconds",
        Slot::Rest => "Rest, seconds",
    }
}

/// `Write a number from 0 to 100`, after the name of its field.
pub fn number_form(least: i32, most: i32) -> String {
    format!("write a number from {least} to {most}")
}

/// `Write a whole number from 1 to 20`, after the name of its field.
pub fn whole_form(least: i32, most: i32) -> String {
    format!("write a whole number from {least} to {most}")
}

/// `Highest, percent: write a number from 0 to 100.`
pub fn in_field(slot: Slot, hint: &str) -> String {
    format!("{}: {hint}.", label(slot))
}

/// While a field holds no time.
pub const ON_NOTHING: &str = "Works on: nothing yet";

/// `Works on: 5 chosen points`.
pub fn on_points(count: usize) -> String {
    format!("Works on: {count} chosen points")
}

/// `Works on: Roller, whole lane`.
pub fn on_lane(channel: Channel) -> String {
    format!("Works on: {}, whole lane", channel.name())
}

/// `Works on: Roller, 1:00 – 2:30`.
pub fn on_stretch(channels: &[Channel], from: Time, to: Time) -> String {
    match channels {
        [only] => format!("Works on: {}, {from} – {to}", only.name()),
        several => format!("Works on: {} lanes, {from} – {to}", several.len()),
    }
}

/// `Works on: all lanes, 1:00 – 2:30`.
pub fn on_time(from: Time, to: Time) -> String {
    format!("Works on: all lanes, {from} – {to}")
}

/// `Works on: all lanes, from 1:00 on`.
pub fn on_rest(from: Time) -> String {
    format!("Works on: all lanes, from {from} on")
}

/// `12 of 80 points go`.
pub fn points_go(gone: usize, all: usize) -> String {
    format!("{gone} of {all} points go")
}

/// `Hjemro F3 has 3 levels here.`
pub fn has_levels(massager: &str, levels: u16) -> String {
    match levels {
        1 => format!("{massager} has 1 level here."),
        levels => format!("{massager} has {levels} levels here."),
    }
}

/// `Less: Highest, percent`: a tip.
pub fn less(slot: Slot) -> String {
    format!("Less: {}", label(slot))
}

/// `More: Highest, percent`: a tip.
pub fn more(slot: Slot) -> String {
    format!("More: {}", label(slot))
}

/// `61 – 120 of 800`.
pub fn rows(first: usize, last: usize, all: usize) -> String {
    format!("{first} – {last} of {all}")
}

/// `Split roller into left and right`.
pub fn split(mode: Mode) -> String {
    format!("Split {} into left and right", mode.name().to_lowercase())
}

/// `Join roller, keep left`: one lane of two, with the curve of that foot.
pub fn join(mode: Mode, keep: Foot) -> String {
    let foot = if keep == Foot::Right { "right" } else { "left" };
    format!("Join {}, keep {foot}", mode.name().to_lowercase())
}

/// `Use roller for both feet`.
pub fn both_feet(mode: Mode) -> String {
    format!("Use {} for both feet", mode.name().to_lowercase())
}
