//! Every language says everything that the sources ask for, with the same arguments, and nothing else.
//!
//! Reads the sources of `src/` for `say!(…, "key", argument = …)` and for the enums of `facts!`, and the folders of
//! `assets/i18n`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may break off")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;

/// Keys, and the arguments of each.
type Messages = BTreeMap<String, BTreeSet<String>>;

fn root(inside: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(inside)
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for item in fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|extension| extension == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The folders of the languages, by their code.
fn languages() -> Vec<(String, PathBuf)> {
    let folders = fs::read_dir(root("assets/i18n")).unwrap().map(|item| item.unwrap().path());
    let mut all: Vec<_> = folders
        .filter(|path| path.is_dir())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), path))
        .collect();
    all.sort();
    all
}

fn variables(pattern: &Pattern<String>, found: &mut BTreeSet<String>) {
    fn inline(expression: &InlineExpression<String>, found: &mut BTreeSet<String>) {
        match expression {
            InlineExpression::VariableReference { id } => {
                found.insert(id.name.clone());
            }
            InlineExpression::FunctionReference { arguments, .. } => {
                arguments.positional.iter().for_each(|expression| inline(expression, found));
            }
            InlineExpression::Placeable { expression } => expressions(expression, found),
            _ => {}
        }
    }
    fn expressions(expression: &Expression<String>, found: &mut BTreeSet<String>) {
        match expression {
            Expression::Inline(expression) => inline(expression, found),
            Expression::Select { selector, variants } => {
                inline(selector, found);
                variants.iter().for_each(|variant| variables(&variant.value, found));
            }
        }
    }
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            expressions(expression, found);
        }
    }
}

/// The letters of a message, without what it names.
fn letters(pattern: &Pattern<String>) -> String {
    let mut all = String::new();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => all.push_str(value),
            PatternElement::Placeable { expression: Expression::Select { variants, .. } } => {
                variants.iter().for_each(|variant| all.push_str(&letters(&variant.value)));
            }
            PatternElement::Placeable { .. } => all.push('…'),
        }
    }
    all
}

/// The messages of a language with their arguments, and the text of each as it stands in the file.
fn messages(folder: &Path) -> (Messages, BTreeMap<String, String>) {
    let (mut all, mut texts) = (Messages::new(), BTreeMap::new());
    for path in files(folder, "ftl") {
        let text = fs::read_to_string(&path).unwrap();
        let resource = parser::parse(text).unwrap_or_else(|(_, faults)| panic!("{}: {faults:?}", path.display()));
        for entry in resource.body {
            let Entry::Message(message) = entry else { continue };
            let key = message.id.name;
            let value = message.value.unwrap_or_else(|| panic!("{}: {key} says nothing", path.display()));
            let mut named = BTreeSet::new();
            variables(&value, &mut named);
            texts.insert(key.clone(), letters(&value));
            assert!(all.insert(key.clone(), named).is_none(), "{}: {key} is there twice", path.display());
        }
    }
    (all, texts)
}

/// A source without its comments and unit tests.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap().replace("\r\n", "\n");
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// What stands in the brackets that open right here, without them.
fn bracketed(code: &str) -> &str {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, letter) in code.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '(' | '{' | '[' if !quoted => depth += 1,
            ')' | '}' | ']' if !quoted => {
                depth -= 1;
                if depth == 0 {
                    return &code[1..at];
                }
            }
            _ => {}
        }
    }
    panic!("brackets are not closed: {}", &code[..code.len().min(200)]);
}

/// The parts between the commas that stand outside all brackets and quotes.
fn parts(code: &str) -> Vec<&str> {
    let (mut depth, mut quoted, mut escaped, mut since) = (0_i32, false, false, 0);
    let mut found = Vec::new();
    for (at, letter) in code.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '(' | '{' | '[' if !quoted => depth += 1,
            ')' | '}' | ']' if !quoted => depth -= 1,
            ',' if !quoted && depth == 0 => {
                found.push(code[since..at].trim());
                since = at + 1;
            }
            _ => {}
        }
    }
    found.push(code[since..].trim());
    found.retain(|part| !part.is_empty());
    found
}

fn kebab(name: &str) -> String {
    let mut key = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !key.is_empty() {
            key.push('-');
        }
        key.push(letter.to_ascii_lowercase());
    }
    key
}

/// Leaves attributes out.
fn bare(part: &str) -> &str {
    let mut part = part.trim();
    while let Some(rest) = part.strip_prefix('#') {
        part = rest[bracketed(rest).len() + 2..].trim();
    }
    part
}

/// What the sources ask for, and where.
fn asked() -> BTreeMap<String, (BTreeSet<String>, PathBuf)> {
    let mut all: BTreeMap<String, (BTreeSet<String>, PathBuf)> = BTreeMap::new();
    let mut ask = |key: String, named: BTreeSet<String>, path: &Path| match all.get(&key) {
        Some((before, first)) => {
            assert_eq!(before, &named, "{key} has other arguments in {} than in {}", path.display(), first.display());
        }
        None => {
            all.insert(key, (named, path.to_owned()));
        }
    };
    for path in files(&root("src"), "rs") {
        let code = code(&path);
        for (at, _) in code.match_indices("say!(") {
            let inside = parts(bracketed(&code[at + 4..]));
            let Some(key) = inside.get(1).and_then(|key| key.strip_prefix('"')?.strip_suffix('"')) else { continue };
            let named = inside[2..].iter().map(|part| part.split('=').next().unwrap().trim().to_owned()).collect();
            ask(key.to_owned(), named, &path);
        }
        for (at, _) in code.match_indices("key!(\"") {
            ask(code[at + 6..].split('"').next().unwrap().to_owned(), BTreeSet::new(), &path);
        }
        for (at, _) in code.match_indices("facts! {") {
            let inside = bracketed(&code[at + 7..]);
            let head = inside.find(" in \"").unwrap_or_else(|| panic!("{}: facts without a group", path.display()));
            let group = inside[head + 5..].split('"').next().unwrap();
            let body = bracketed(&inside[head + inside[head..].find('{').unwrap()..]);
            for variant in parts(body) {
                let variant = bare(variant);
                let (name, fields) = match variant.find(['{', '(']) {
                    Some(open) => (&variant[..open], parts(bracketed(&variant[open..]))),
                    None => (variant, Vec::new()),
                };
                let named = fields.iter().map(|field| bare(field).split(':').next().unwrap().trim().to_owned());
                ask(format!("{group}-{}", kebab(name.trim())), named.collect(), &path);
            }
        }
    }
    assert!(all.len() > 20, "the sources were read");
    all
}

#[test]
fn every_language_says_what_the_sources_ask_for_and_nothing_else() {
    let asked = asked();
    let mut wrong = Vec::new();
    for (code, folder) in languages() {
        let (said, _) = messages(&folder);
        for (key, (named, path)) in &asked {
            match said.get(key) {
                None => wrong.push(format!("{code}: {key} is missing, of {}", path.display())),
                Some(other) if other != named => {
                    wrong.push(format!("{code}: {key} names {other:?}, and {} gives {named:?}", path.display()));
                }
                Some(_) => {}
            }
        }
        let unused = said.keys().filter(|key| !asked.contains_key(*key));
        wrong.extend(unused.map(|key| format!("{code}: {key} is said nowhere")));
    }
    assert!(wrong.is_empty(), "{} messages:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn no_sentence_was_left_in_english() {
    let all = languages();
    let english = messages(&all.iter().find(|(code, _)| code == "en").unwrap().1).1;
    let mut wrong = Vec::new();
    for (code, folder) in all.iter().filter(|(code, _)| code != "en") {
        for (key, text) in messages(folder).1 {
            // Names and single words may be the same in two languages.
            let words = text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
            if english.get(&key) == Some(&text) && words > 2 {
                wrong.push(format!("{code}: {key} is the English text: {text}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
