//! The profiles that come with the program.
//!
//! Belongs here: their list. A test walks `profiles` and fails when one is missing here.

/// The id of the profile that one begins with.
pub const GENTLE_START: &str = "built-in/gentle-start";

/// The built-in profiles' files, in the order to show them: name (the file's, without `.ron`) and text.
pub const fn bundled() -> &'static [(&'static str, &'static str)] {
    macro_rules! files {
        ($($name:literal),* $(,)?) => {
            &[$(($name, include_str!(concat!("../../profiles/", $name, ".ron")))),*]
        };
    }
    files![
        "daily-routine",
        "gentle-start",
        "morning-wake-up",
        "after-activity",
        "trigger-points",
        "evening-wind-down",
        "foot-by-foot",
        "roller-only",
        "vibration-only",
        "air-only",
        "arch-and-calf",
    ]
}
