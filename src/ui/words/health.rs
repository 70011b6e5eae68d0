//! Phrases of the health questions.

use crate::care::health::{Answer, Gate, Part};
use crate::i18n::Words;
use crate::say;

/// An answer as it is asked.
pub fn answer(w: &Words, answer: Answer) -> String {
    match answer {
        Answer::Clot => say!(w, "health-clot"),
        Answer::Circulation => say!(w, "health-circulation"),
        Answer::Heart => say!(w, "health-heart"),
        Answer::Feeling => say!(w, "health-feeling"),
        Answer::Injury => say!(w, "health-injury"),
        Answer::Device => say!(w, "health-device"),
        Answer::Pregnant => say!(w, "health-pregnant"),
    }
}

/// The same as the reason at a mode that is off: `off: diabetes, feeling`. It names the answer, never a danger.
pub fn off(w: &Words, answer: Answer) -> String {
    match answer {
        Answer::Clot => say!(w, "health-off-clot"),
        Answer::Circulation => say!(w, "health-off-circulation"),
        Answer::Heart => say!(w, "health-off-heart"),
        Answer::Feeling => say!(w, "health-off-feeling"),
        Answer::Injury => say!(w, "health-off-injury"),
        Answer::Device => say!(w, "health-off-device"),
        Answer::Pregnant => say!(w, "health-off-pregnant"),
    }
}

/// What a gate means for a part.
pub fn gate(w: &Words, part: Part, gate: Gate) -> String {
    match gate {
        Gate::Open => say!(w, "health-open"),
        // Hands have no percent.
        Gate::Gently if part == Part::ByHand => say!(w, "health-gently-by-hand"),
        Gate::Gently => say!(w, "health-gently"),
        Gate::Doctor => say!(w, "health-doctor"),
        Gate::Off => say!(w, "health-off"),
    }
}
