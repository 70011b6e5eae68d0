//! The words of import and export in the curve editor.

use crate::problem::Problem;
use crate::time::Time;

/// Heading.
pub const HEADING: &str = "Import and export";
/// Label.
pub const TABLE: &str = "All points, as a table (CSV)";
/// Label.
pub const PICTURE: &str = "A picture";
/// Button.
pub const IMPORT: &str = "Import";
/// Button.
pub const EXPORT: &str = "Export";
/// Button.
pub const SVG: &str = "SVG";
/// Its tooltip.
pub const SVG_TIP: &str = "Sharp at any size, for print and the web";
/// Button.
pub const PNG: &str = "PNG";
/// Its tooltip.
pub const PNG_TIP: &str = "For mail and chat";
/// Pictures.
pub const LIGHT: &str = "Light";
/// Pictures.
pub const DARK: &str = "Dark";
/// No lane to import into.
pub const NO_LANE: &str = "There is no lane to import into. Add one first.";
/// Why a button is disabled.
pub const EMPTY_LANE: &str = "This lane has no points yet.";
/// Why a button is disabled.
pub const EMPTY: &str = "There are no points yet.";

/// `Roller, as a script (funscript)`.
pub fn lane(name: &str) -> String {
    format!("{name}, as a script (funscript)")
}

/// Where there is no lane.
pub const NO_LANE_LABEL: &str = "A lane, as a script (funscript)";

fn points(count: usize) -> String {
    if count == 1 { "1 point".to_owned() } else { format!("{count} points") }
}

/// Notice: what came, and what had to be changed so that it fits.
pub fn imported(count: usize, name: &str, into: &[String], notes: &[String]) -> String {
    let into = match into {
        [one] => one.clone(),
        many => format!("{} lanes", many.len()),
    };
    let mut text = format!("{} from {name} in {into}. Undo takes it back.", points(count));
    for note in notes {
        text.push(' ');
        text.push_str(note.trim_end_matches('.'));
        text.push('.');
    }
    text
}

/// What is added where the profile grew.
pub fn longer(length: Time) -> String {
    format!("The profile is {} long now", length.label())
}

/// Notice.
pub fn written(name: &str) -> String {
    format!("{name} is exported.")
}

/// A file that cannot be read, with the first of its faults.
pub fn broken(name: &str, problems: &[Problem]) -> String {
    let faults = problems.iter().take(2).map(|problem| {
        format!("line {}, column {}: {}.", problem.line, problem.column, problem.text.trim_end_matches('.'))
    });
    let more = match problems.len() {
        0..=2 => String::new(),
        3 => " And one more fault.".to_owned(),
        many => format!(" And {} more faults.", many - 2),
    };
    format!("{name}, {}{more}", faults.collect::<Vec<_>>().join(" "))
}

/// More points than a profile's file may hold.
pub fn too_many(name: &str, count: usize) -> String {
    format!("{name} has {}: more than a profile's file can hold. Cut it into parts first.", points(count))
}

/// A picture that could not be drawn.
pub fn no_picture(why: &str) -> String {
    format!("The picture could not be drawn: {why}. Export an SVG instead.")
}
