//! The offer of unsaved work that an earlier run left behind.

use std::path::PathBuf;

use iced::widget::{column, container, row};
use iced::{Fill, padding};

use super::{Message, SAFE};
use crate::editor::recovery::Advice;
use crate::i18n::Words;
use crate::say;
use crate::storage::{Leftover, today};
use crate::ui::icon::Icon;
use crate::ui::theme::{Element, text};
use crate::ui::widget;
use crate::ui::words::editor::recovery as words;

/// What is offered.
#[derive(Debug)]
pub(in crate::ui) struct Offer {
    title: String,
    texts: Vec<String>,
    /// The file, where it cannot be read.
    hurt: Option<PathBuf>,
}

/// What the person wants of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ui) enum Answer {
    /// Open it in the editor.
    Open,
    /// Show its file, which cannot be read.
    Show(PathBuf),
    /// Take it from the disk.
    Delete,
    /// Ask again at the next start.
    Later,
}

impl Offer {
    /// The offer of one copy, with so many more behind it.
    pub(in crate::ui) fn new(w: &Words, left: &Leftover, language: &str, more: usize) -> Self {
        let more = words::more(w, more);
        match &left.content {
            Ok(recovered) => {
                let beside = match recovered.advice {
                    Advice::Conflict => Some(say!(w, "recovery-conflict").to_owned()),
                    Advice::New if recovered.origin.file.is_some() => Some(say!(w, "recovery-gone").to_owned()),
                    _ => None,
                };
                let kept = words::kept(w, &recovered.origin.written, today());
                Self {
                    title: words::title(w, recovered.profile.name.in_language(language)),
                    texts: [Some(kept), beside, more].into_iter().flatten().collect(),
                    hurt: None,
                }
            }
            Err(why) => Self {
                title: say!(w, "recovery-hurt").to_owned(),
                texts: [Some(w.fact(why)), Some(say!(w, "recovery-hurt-text")), more].into_iter().flatten().collect(),
                hurt: Some(left.path.clone()),
            },
        }
    }

    /// What the main button does.
    pub(super) fn yes(&self) -> Answer {
        self.hurt.clone().map_or(Answer::Open, Answer::Show)
    }

    pub(super) fn view(&self, w: &Words) -> Element<'_, Message> {
        let (delete, yes) = match self.hurt {
            Some(_) => {
                (say!(w, "recovery-delete-copy"), widget::main(say!(w, "profiles-show-file")).icon(Icon::FolderOpen))
            }
            None => (say!(w, "recovery-delete"), widget::main(say!(w, "recovery-open")).icon(Icon::Pencil)),
        };
        let answers = row![
            widget::second(say!(w, "recovery-later")).id(SAFE).tip(say!(w, "recovery-later-tip")).on_press(Message::No),
            widget::second(delete).on_press(Message::Other),
            yes.on_press(Message::Yes),
        ];
        let texts = self.texts.iter().map(|words| text::body(&**words).style(text::second).into());
        column![
            text::title(&*self.title),
            iced::widget::Column::with_children(texts).spacing(8),
            container(answers.spacing(12)).align_right(Fill).padding(padding::top(12)),
        ]
        .spacing(12)
        .into()
    }
}
