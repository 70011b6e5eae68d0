//! The device maps that come with the program.
//!
//! Belongs here: their list. A test walks `assets/massagers` and fails when one is missing here.

use super::DeviceMap;

/// The id of the Svang reference massager's map, which the simulated massager speaks.
pub const REFERENCE: &str = "svang-reference";

/// The built-in maps' files: name and text.
pub fn bundled() -> Vec<(&'static str, &'static str)> {
    macro_rules! files {
        ($($name:literal),* $(,)?) => {
            vec![$(($name, include_str!(concat!("../../assets/massagers/", $name)))),*]
        };
    }
    files![
        "biofit.ron",
        "massager191.ron",
        "rongtai-rt8600s.ron",
        "svang-reference.ron",
        "theragun.ron",
        "theragun-wave.ron",
    ]
}

/// The built-in maps, read. Tests make sure that every one of them is without fault.
pub fn built_in() -> Vec<DeviceMap> {
    bundled().into_iter().filter_map(|(_, source)| DeviceMap::read(source).ok()).collect()
}

/// Whether a map's text, without a byte order mark, is that of a built-in one.
pub(crate) fn is_built_in(source: &str) -> bool {
    bundled().into_iter().any(|(_, text)| text == source)
}
