//! What a profile is for, in the words of a person with sore feet.

use serde::Deserialize;

/// When or for what a person takes a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub enum Need {
    /// Before the first steps of the day.
    Morning,
    /// After a walk, a run, a day on one's feet.
    AfterActivity,
    /// Pressure held on sore points.
    TriggerPoints,
    /// To come to rest.
    Evening,
}

impl Need {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Morning, Self::AfterActivity, Self::TriggerPoints, Self::Evening];
}
