//! A language that nobody speaks: English with an accent on every letter, and longer.
//!
//! Belongs here: making it of the English messages, and finding texts that are not in it.

use std::fs;
use std::path::Path;

use fluent_syntax::ast::{Entry, Expression, Pattern, PatternElement, Resource};
use fluent_syntax::{parser, serializer};
use svang::i18n::Languages;
use svang::profile::Profile;

/// Its code.
pub const CODE: &str = "qps";

/// What each letter becomes. All of these are in our fonts.
const LETTERS: &str = "aáeéiíoóuúyýAÁEÉIÍOÓUÚYÝnñNÑcçCÇsšSŠzžZŽrřRŘdďDĎgğGĞlłLŁhħHĦwŵWŴjĵJĴkķKĶtťTŤ";

/// Adds the language.
pub fn add(languages: &mut Languages) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/i18n/en");
    let mut files = Vec::new();
    for item in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(item.unwrap().path()).unwrap();
        let mut resource: Resource<String> = parser::parse(text).map_err(|(_, faults)| faults).unwrap();
        for entry in &mut resource.body {
            if let Entry::Message(message) = entry {
                message.value.as_mut().into_iter().for_each(|value| pattern(value, true));
            }
        }
        files.push(serializer::serialize(&resource));
    }
    languages.add(CODE, files.iter().map(String::as_str));
}

fn pattern(of: &mut Pattern<String>, whole: bool) {
    let mut letters = 0;
    for element in &mut of.elements {
        match element {
            PatternElement::TextElement { value } => {
                letters += value.chars().filter(|letter| letter.is_alphabetic()).count();
                *value = value.chars().map(accented).collect();
            }
            PatternElement::Placeable { expression: Expression::Select { variants, .. } } => {
                variants.iter_mut().for_each(|variant| pattern(&mut variant.value, false));
            }
            PatternElement::Placeable { .. } => {}
        }
    }
    // A third longer, as German or Finnish are; short words more.
    let more = letters / 3 + usize::from(letters > 2);
    if whole && more > 0 && letters > 0 {
        let end = PatternElement::TextElement { value: " é".repeat(more.div_ceil(2)) };
        of.elements.push(end);
    }
}

fn accented(letter: char) -> char {
    let mut letters = LETTERS.chars();
    while let (Some(plain), Some(accented)) = (letters.next(), letters.next()) {
        if plain == letter {
            return accented;
        }
    }
    letter
}

/// Words that are the same in every language: names, keys, what a person or a massager wrote.
const SAME: [&str; 20] = [
    "PgUp",
    "PgDn",
    "Home",
    "Space",
    "Dansk",
    "English",
    "Svang",
    "Esc",
    "Ctrl",
    "Shift",
    "Enter",
    "Hjemro",
    "Auto",
    "Bluetooth",
    "NHS",
    "HSE",
    "RON",
    "FM-08",
    "hjemro",
    "missing",
];

/// The texts that hold a word without any accent, as English has: names of profiles and massagers apart.
pub fn english(texts: &[String]) -> Vec<String> {
    let plain = |word: &str| {
        if word.starts_with(std::path::MAIN_SEPARATOR) {
            return false;
        }
        let letters: Vec<char> = word.chars().filter(|letter| letter.is_alphabetic()).collect();
        letters.len() > 3 && letters.iter().all(char::is_ascii) && !SAME.iter().any(|same| word.contains(same))
    };
    let known = known();
    let written = |text: &str| known.iter().any(|known| known.contains(text) || text.contains(known.as_str()));
    let english = |text: &&String| text.split_whitespace().any(plain) && !written(text);
    texts.iter().filter(english).cloned().collect()
}

/// What is written in profiles and maps: said as it stands there.
fn known() -> Vec<String> {
    let mut all = ["Simulated massager", "Headphones", "Sole Care S2", "sudo systemctl start bluetooth"]
        .map(str::to_owned)
        .to_vec();
    all.extend(super::states::PROGRAMS.map(str::to_owned));
    for (_, text) in svang::profile::bundled() {
        let profile = Profile::read(text).unwrap();
        let texts = [&profile.name, &profile.description];
        let steps = profile.steps.iter().map(|step| &step.text);
        all.extend(texts.into_iter().chain(steps).map(|text| text.in_language("en").to_owned()));
    }
    all.extend(svang::massager::built_in().into_iter().map(|map| map.name));
    all.retain(|text| !text.is_empty());
    all
}
