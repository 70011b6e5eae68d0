//! Exact values by typing: what is typed is done at once, as one step of undo a field.

use super::{Action, Board};
use crate::editor::{Edit, Gesture, Merge, NamedStep, Span};
use crate::i18n::Words;
use crate::intensity::Intensity;
use crate::profile::Text;
use crate::say;
use crate::time::Time;

/// A field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The profile's name, in the language of the window.
    Name,
    /// The profile's name in a language.
    NameIn(&'static str),
    /// What the profile is for, in a language.
    DescriptionIn(&'static str),
    /// Who made the profile.
    Author,
    /// The profile's length.
    Length,
    /// The time of the chosen point.
    Time,
    /// The intensity of the chosen points.
    Intensity,
    /// What to do in the chosen step.
    Step,
    /// Where the playhead is.
    Playhead,
    /// When the chosen step begins.
    StepFrom,
    /// When it ends.
    StepTo,
}

/// What is being typed.
#[derive(Debug)]
pub(super) struct Typing {
    pub field: Field,
    pub text: String,
    gesture: Gesture,
    /// Why it is not done, in words.
    pub hint: Option<String>,
}

impl Board {
    /// The text of a field: as it is being typed, else as it is.
    pub(super) fn field(&self, field: Field, otherwise: impl FnOnce() -> String) -> String {
        match &self.typing {
            Some(typing) if typing.field == field => typing.text.clone(),
            _ => otherwise(),
        }
    }

    /// Types in a field. A text that is not complete yet changes nothing, and a hint says what is wanted.
    pub(super) fn typed(&mut self, w: &Words, field: Field, text: String, language: &str) -> Action {
        let gesture = match &self.typing {
            Some(typing) if typing.field == field => typing.gesture,
            _ => self.editor.begin(),
        };
        let longest = match field {
            Field::Step | Field::DescriptionIn(_) => 200,
            _ => 80,
        };
        let text: String = text.chars().take(longest).collect();
        if field == Field::Playhead {
            let time = text.trim().parse::<Time>();
            let hint = time.as_ref().err().map(|_| say!(w, "editor-time-form"));
            if let Ok(time) = time {
                self.playhead = time.min(self.editor.document().length());
                self.view.reveal(self.playhead);
            }
            self.typing = Some(Typing { field, text, gesture, hint });
            return Action::None;
        }
        let hint = match self.meant(w, field, &text, language) {
            Ok(Some(edit)) => {
                self.editor.perform_in(gesture, &edit, Merge::Restart).err().map(|why| super::sentence(&w.fact(&why)))
            }
            Ok(None) => None,
            Err(hint) => {
                self.editor.cancel(gesture);
                Some(hint)
            }
        };
        self.typing = Some(Typing { field, text, gesture, hint });
        Action::None
    }

    fn meant(&self, w: &Words, field: Field, text: &str, language: &str) -> Result<Option<Edit>, String> {
        let time = || text.trim().parse::<Time>().map_err(|_| say!(w, "editor-time-form"));
        let in_language = |old: &Text| {
            let mut new = old.clone();
            if new.variants.len() <= 1 {
                return Text::from(text);
            }
            let own = language.split(['-', '_']).next().unwrap_or_default();
            let key = if new.variants.contains_key(language) { language } else { own };
            let key = if new.variants.contains_key(key) { key } else { "en" };
            new.variants.insert(key.to_owned(), text.to_owned());
            new
        };
        let selection = self.editor.selection();
        Ok(match field {
            Field::Name => Some(Edit::SetName(in_language(self.editor.document().name()))),
            Field::NameIn(code) => {
                Some(Edit::SetName(with_variant(self.editor.document().name(), code, language, text)))
            }
            Field::DescriptionIn(code) => {
                let description = with_variant(self.editor.document().description(), code, language, text);
                Some(Edit::SetDescription(description))
            }
            Field::Author => {
                let author = text.trim();
                Some(Edit::SetAuthor((!author.is_empty()).then(|| author.to_owned())))
            }
            Field::Length => Some(Edit::SetLength(time()?)),
            Field::Time => match selection.single() {
                Some(point) => Some(Edit::SetTime { point, at: time()? }),
                None => None,
            },
            Field::Intensity => {
                let number = text.trim().trim_end_matches('%').trim().replace(',', ".");
                let percent: f64 = number.parse().map_err(|_| say!(w, "editor-percent-form"))?;
                if !(0.0..=100.0).contains(&percent) {
                    return Err(say!(w, "editor-percent-form"));
                }
                let to = Intensity::from_fraction(percent / 100.0);
                Some(Edit::SetIntensity { points: selection.to_points(), to })
            }
            Field::Playhead => None,
            Field::StepFrom | Field::StepTo => {
                let at = time()?;
                let named = selection.steps().next().and_then(|step| self.editor.document().step(step));
                named.map(|NamedStep { id, step }| {
                    let span = Span { from: step.from, to: step.to };
                    let span =
                        if field == Field::StepFrom { Span { from: at, ..span } } else { Span { to: at, ..span } };
                    Edit::ResizeStep { step: *id, span }
                })
            }
            Field::Step => selection.steps().next().and_then(|step| {
                let named = self.editor.document().step(step)?;
                Some(Edit::SetStepText { step, text: in_language(&named.step.text) })
            }),
        })
    }
}

/// The text of one language, as it is typed: one without a language counts as that of the window.
pub(super) fn variant<'a>(text: &'a Text, code: &str, window: &str) -> &'a str {
    let plain = text.variants.get("").filter(|_| code == window);
    text.variants.get(code).or(plain).map_or("", String::as_str)
}

/// A text with another variant for a language; an empty one is taken away.
fn with_variant(old: &Text, code: &str, window: &str, text: &str) -> Text {
    let mut variants = old.variants.clone();
    if let Some(plain) = variants.remove("") {
        variants.entry(window.to_owned()).or_insert(plain);
    }
    if text.trim().is_empty() {
        variants.remove(code);
    } else {
        variants.insert(code.to_owned(), text.to_owned());
    }
    Text { variants }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_a_language_becomes_that_of_the_window() {
        let plain = Text::from("Heel");
        assert_eq!((variant(&plain, "da", "da"), variant(&plain, "en", "da")), ("Heel", ""));
        let both = with_variant(&plain, "en", "da", "Heel in the morning");
        assert_eq!((variant(&both, "da", "en"), variant(&both, "en", "en")), ("Heel", "Heel in the morning"));
        let one = with_variant(&both, "da", "da", " ");
        assert_eq!(one.in_language("da"), "Heel in the morning", "an empty one is none");
        assert!(with_variant(&one, "en", "da", "").is_empty());
    }
}
