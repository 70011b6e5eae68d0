//! Phrases of the editor's tools.

use crate::i18n::Words;
use crate::mode::{Channel, Foot, Mode};
use crate::say;
use crate::time::Time;
use crate::ui::screen::editor::{Kind, Slot};

/// A tool's name.
pub fn name(w: &Words, kind: Kind) -> String {
    match kind {
        Kind::Scale => say!(w, "tools-scale"),
        Kind::Raise => say!(w, "tools-raise"),
        Kind::Invert => say!(w, "tools-invert"),
        Kind::Levels => say!(w, "tools-levels"),
        Kind::FadeIn => say!(w, "tools-fade-in"),
        Kind::FadeOut => say!(w, "tools-fade-out"),
        Kind::Repeat => say!(w, "tools-repeat"),
        Kind::Simplify => say!(w, "tools-simplify"),
        Kind::InsertTime => say!(w, "tools-insert-time"),
        Kind::RemoveTime => say!(w, "tools-remove-time"),
        Kind::Ramp => say!(w, "tools-ramp"),
        Kind::Pulse => say!(w, "tools-pulse"),
        Kind::Wave => say!(w, "tools-wave"),
        Kind::Inflate => say!(w, "tools-inflate"),
        Kind::TriggerHold => say!(w, "tools-trigger-hold"),
    }
}

/// What a tool does.
pub fn about(w: &Words, kind: Kind) -> String {
    match kind {
        Kind::Scale => say!(w, "tools-about-scale"),
        Kind::Raise => say!(w, "tools-about-raise"),
        Kind::Invert => say!(w, "tools-about-invert"),
        Kind::Levels => say!(w, "tools-about-levels"),
        Kind::FadeIn => say!(w, "tools-about-fade-in"),
        Kind::FadeOut => say!(w, "tools-about-fade-out"),
        Kind::Repeat => say!(w, "tools-about-repeat"),
        Kind::Simplify => say!(w, "tools-about-simplify"),
        Kind::InsertTime => say!(w, "tools-about-insert-time"),
        Kind::RemoveTime => say!(w, "tools-about-remove-time"),
        Kind::Ramp => say!(w, "tools-about-ramp"),
        Kind::Pulse => say!(w, "tools-about-pulse"),
        Kind::Wave => say!(w, "tools-about-wave"),
        Kind::Inflate => say!(w, "tools-about-inflate"),
        Kind::TriggerHold => say!(w, "tools-about-trigger-hold"),
    }
}

/// The label of a field.
pub fn label(w: &Words, slot: Slot) -> String {
    match slot {
        Slot::From => say!(w, "tools-field-from"),
        Slot::To => say!(w, "tools-field-to"),
        Slot::At => say!(w, "tools-field-at"),
        Slot::Scale => say!(w, "tools-field-scale"),
        Slot::Raise => say!(w, "tools-field-raise"),
        Slot::Tolerance => say!(w, "tools-field-tolerance"),
        Slot::Levels => say!(w, "tools-field-levels"),
        Slot::Copies => say!(w, "tools-field-copies"),
        Slot::Insert => say!(w, "tools-field-insert"),
        Slot::Start => say!(w, "tools-field-start"),
        Slot::End => say!(w, "tools-field-end"),
        Slot::Low => say!(w, "tools-field-low"),
        Slot::High => say!(w, "tools-field-high"),
        Slot::On => say!(w, "tools-field-on"),
        Slot::Off => say!(w, "tools-field-off"),
        Slot::Rise => say!(w, "tools-field-rise"),
        Slot::Period => say!(w, "tools-field-period"),
        Slot::Inflate => say!(w, "tools-field-inflate"),
        Slot::Hold => say!(w, "tools-field-hold"),
        Slot::Deflate => say!(w, "tools-field-deflate"),
        Slot::Rest => say!(w, "tools-field-rest"),
    }
}

/// `Write a number from 0 to 100`, after the name of its field.
pub fn number_form(w: &Words, least: i32, most: i32) -> String {
    say!(w, "tools-number-form", least = least, most = most)
}

/// `Write a whole number from 1 to 20`, after the name of its field.
pub fn whole_form(w: &Words, least: i32, most: i32) -> String {
    say!(w, "tools-whole-form", least = least, most = most)
}

/// `Highest, percent: write a number from 0 to 100.`
pub fn in_field(w: &Words, slot: Slot, hint: &str) -> String {
    say!(w, "tools-in-field", field = label(w, slot), hint = hint)
}

/// `Works on: Roller, 1:00 – 2:30`.
pub fn on_stretch(w: &Words, channels: &[Channel], from: Time, to: Time) -> String {
    let (from, to) = (from.to_string(), to.to_string());
    match channels {
        [only] => say!(w, "tools-on-stretch", channel = w.channel(*only), from = from, to = to),
        several => say!(w, "tools-on-stretches", count = several.len(), from = from, to = to),
    }
}

/// `Join roller, keep left`: one lane of two, with the curve of that foot.
pub fn join(w: &Words, mode: Mode, keep: Foot) -> String {
    match keep {
        Foot::Right => say!(w, "tools-join-right", mode = mode),
        Foot::Left | Foot::Both => say!(w, "tools-join-left", mode = mode),
    }
}
