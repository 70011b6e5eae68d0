//! A whole massage: a curve per mode, manual steps, length, words; and its file.
//!
//! Belongs here: [`Profile`] and its RON file, version by version. Playing, editing and finding files do not.

use std::collections::BTreeMap;

use crate::curve::Curve;
use crate::mode::Channel;
use crate::time::Time;

/// A text in one or several languages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// By language code, such as `en`. A text without a language has the empty code.
    pub variants: BTreeMap<String, String>,
}

/// A stretch of time in which the person does something by hand, beside the tracks or alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// From when.
    pub from: Time,
    /// Until when; later than `from`.
    pub to: Time,
    /// What to do.
    pub text: Text,
}

/// A whole massage.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Profile {
    /// Its name.
    pub name: Text,
    /// What it is for.
    pub description: Text,
    /// Who made it.
    pub author: Option<String>,
    /// How long it takes; no point and no step lies beyond it.
    pub length: Time,
    /// The curves.
    pub tracks: BTreeMap<Channel, Curve>,
    /// What is done by hand, in time order, never two at a time.
    pub steps: Vec<Step>,
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self { variants: BTreeMap::from([(String::new(), text.to_owned())]) }
    }
}
