//! Phrases of importing and exporting in the editor.

use crate::editor::exchange::Note;
use crate::i18n::Words;
use crate::problem::Problem;
use crate::say;

/// Notice: what came, and what had to be changed so that it fits.
pub fn imported(w: &Words, count: usize, name: &str, into: &[String], notes: &[Note]) -> String {
    let into = match into {
        [one] => one.clone(),
        many => say!(w, "exchange-lanes", count = many.len()),
    };
    let mut text = say!(w, "exchange-imported", count = count, name = name, into = into);
    for note in notes {
        text.push(' ');
        text.push_str(&w.fact(note));
        text.push('.');
    }
    text
}

/// A file that cannot be read, with the first of its faults.
pub fn broken(w: &Words, name: &str, problems: &[Problem]) -> String {
    let fault = |problem: &Problem| {
        let text = w.fact(&problem.fact);
        let text = text.trim_end_matches('.');
        say!(w, "exchange-fault", line = problem.line, column = problem.column, fault = text)
    };
    let mut faults: Vec<String> = problems.iter().take(2).map(fault).collect();
    if let Some(more) = problems.len().checked_sub(2).filter(|more| *more > 0) {
        faults.push(say!(w, "exchange-more", count = more));
    }
    format!("{name}, {}", faults.join(" "))
}
