//! The words of the first start.

/// The title.
pub const TITLE: &str = "Welcome to Svang";
/// Under it.
pub const TEXT: &str = "Massage for your feet, drawn as curves and played with care.";
/// Three notes: a heading and a sentence each.
pub const NOTES: [(&str, &str); 3] = [
    ("Start gently", "Begin low and let it rise over days. Pause if a pain turns sharp or stays."),
    ("Stop is always there", "The red button, or the Esc key, stops everything at any time."),
    ("No medical advice", "Ask a professional first if you are ill, injured, pregnant, or feel little in your feet."),
];
/// Button.
pub const FIND: &str = "Find my massager";
/// Button.
pub const SIMULATED: &str = "Try the simulated massager";
