//! Phrases of the editor.

pub mod exchange;
pub mod help;
pub mod recovery;
pub mod tools;

use crate::curve::Shape;
use crate::i18n::Words;
use crate::intensity::Intensity;
use crate::mode::{Channel, Foot};
use crate::say;
use crate::time::Time;
use crate::ui::words::shortened;

/// A lane's name in its head, in so many letters; of `Air pressure, left` the foot is always seen.
pub fn lane(w: &Words, channel: Channel, room: usize) -> String {
    let foot = match channel.foot {
        Foot::Both => return shortened(&w.mode(channel.mode), room),
        Foot::Left => say!(w, "editor-left"),
        Foot::Right => say!(w, "editor-right"),
    };
    let foot = if foot.starts_with(',') { foot } else { format!(", {}", foot.trim_start()) };
    format!("{}{foot}", shortened(&w.mode(channel.mode), room.saturating_sub(foot.chars().count())))
}

/// `Roller, 5 of 12`.
pub fn place(w: &Words, channel: Channel, index: usize, count: usize) -> String {
    say!(w, "editor-place", channel = w.channel(channel), index = index + 1, count = count)
}

/// The flag while dragging: `4:10, 90 %`.
pub fn flag(w: &Words, at: Time, intensity: Intensity) -> String {
    say!(w, "editor-flag", at = at.to_string(), intensity = intensity)
}

/// Its second line: `was 3:56, 70 %`.
pub fn was(w: &Words, at: Time, intensity: Intensity) -> String {
    say!(w, "editor-was", at = at.to_string(), intensity = intensity)
}

/// A shape's name.
pub fn shape(w: &Words, shape: Shape) -> String {
    match shape {
        Shape::Hold => say!(w, "editor-hold"),
        Shape::Straight => say!(w, "editor-straight"),
        Shape::Smooth => say!(w, "editor-smooth"),
        Shape::Bend(_) => say!(w, "editor-bent"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mode::Mode;

    #[test]
    fn a_lanes_foot_is_always_seen() {
        let w = &Words::english();
        let air = |foot| lane(w, Channel::new(Mode::AirPressure, foot), 13);
        assert_eq!([Foot::Both, Foot::Left, Foot::Right].map(air), ["Air pressure", "Air pr…, left", "Air p…, right"]);
        assert_eq!(lane(w, Channel::new(Mode::Heat, Foot::Right), 13), "Heat, right");
    }
}
