//! The Tools page's state: the tool that is open, and what it would do.
//!
//! Belongs here: [`Toolbox`], and when the preview is worked out: once for each change of what is asked, never for each
//! frame, and in the background where it takes long. What a tool does belongs to `crate::editor`.

mod form;
mod place;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use iced::Task;
use iced::widget::operation;

use super::{Action, Board, Page, World};
use crate::curve::{Curve, Shape};
use crate::editor::{Change, Document, Edit, Lane, Span, Target, Tool};
use crate::fact::Phrase;
use crate::i18n::Words;
use crate::mode::Channel;
use crate::say;
use crate::storage::in_background;
use crate::time::Time;

pub(super) use form::Form;
pub use form::{Kind, Slot};
use place::Chosen;
pub(super) use place::Place;

/// What touches more points than this is worked out in the background.
const SLOW: usize = 20_000;
/// The name of the first field, so that focus can be put there.
pub(super) const FIRST: &str = "tool field";
/// The name of the button that closes the tool.
pub(super) const CANCEL: &str = "tool cancel";
/// The name of the button that applies.
pub(super) const APPLY: &str = "tool apply";

/// What happens on the Tools page.
#[derive(Debug, Clone)]
pub enum Message {
    /// Goes to the page by a key.
    Show,
    /// Opens a tool.
    Open(Kind),
    /// Types in a field.
    Type(Slot, String),
    /// Chooses how a ramp runs.
    Shape(Shape),
    /// Does it. By keyboard, focus goes back to the list of tools.
    Apply {
        /// By keyboard.
        by_key: bool,
    },
    /// Closes the tool.
    Cancel {
        /// By keyboard.
        by_key: bool,
    },
    /// What was asked by this number was worked out.
    Seen(u64, Result<Arc<Planned>, Phrase>),
}

/// The curve as it would run in a stretch of a lane.
#[derive(Debug)]
pub(super) struct Ghost {
    pub channel: Channel,
    pub span: Span,
    pub curve: Curve,
}

/// An edit, worked out and not done.
#[derive(Debug)]
pub struct Planned {
    change: Change,
    ghosts: Vec<Ghost>,
}

impl Planned {
    fn new(edit: &Edit, document: &Document) -> Result<Arc<Self>, Phrase> {
        let change = edit.plan(document)?;
        let ghosts = change.channels().filter_map(|channel| {
            let lane = document.lane(channel)?;
            let span = change.touched(channel, lane)?;
            let curve = change.ghost(channel, lane, span).curve().clone();
            Some(Ghost { channel, span, curve })
        });
        let ghosts = ghosts.collect();
        Ok(Arc::new(Self { change, ghosts }))
    }

    /// The length of the profile, where that changes.
    pub(super) fn length(&self) -> Option<Time> {
        self.change.length()
    }

    /// The curves to draw as ghosts.
    pub(super) fn ghosts(&self) -> &[Ghost] {
        &self.ghosts
    }
}

/// What is known of what the open tool does.
#[derive(Debug, Default)]
enum Outlook {
    /// It is being worked out.
    #[default]
    Awaited,
    /// This.
    Seen(Arc<Planned>),
    /// It cannot be done, in words.
    Not(String),
}

/// The state of the page.
#[derive(Debug, Default)]
pub(super) struct Toolbox {
    /// The tools that were open, with what was typed in them.
    forms: BTreeMap<Kind, Form>,
    open: Option<Kind>,
    /// What the outlook is of: the document's revision, and the edit.
    asked: Option<(u64, Edit)>,
    outlook: Outlook,
    /// The number of what was asked, so that pictures and late answers know when they are old.
    serial: u64,
    /// Whether something is being worked out in the background.
    working: bool,
    /// What is chosen, as it was last seen, and the number of the change after which that was.
    chosen: Chosen,
    looked: Option<u64>,
    /// What the massager has in the lane that the tool works on.
    levels: Option<u16>,
    focus: Option<&'static str>,
}

impl Toolbox {
    /// The form that is open.
    pub fn form(&self) -> Option<&Form> {
        self.forms.get(&self.open?)
    }

    /// Closes the tool; says whether one was open.
    pub fn close(&mut self) -> bool {
        self.asked = None;
        self.outlook = Outlook::default();
        self.serial = next_serial();
        self.open.take().is_some()
    }

    /// Why it cannot be applied now, in words.
    pub fn trouble(&self, w: &Words) -> Option<String> {
        match &self.outlook {
            Outlook::Awaited => Some(say!(w, "tools-looking")),
            Outlook::Seen(planned) if planned.change.is_empty() => Some(say!(w, "tools-no-change")),
            Outlook::Seen(_) => None,
            Outlook::Not(why) => Some(why.clone()),
        }
    }
}

/// What the button of a tool is called, to put focus there.
pub(super) fn button(kind: Kind) -> &'static str {
    match kind {
        Kind::Scale => "tool scale",
        Kind::Raise => "tool raise",
        Kind::Invert => "tool invert",
        Kind::Levels => "tool levels",
        Kind::FadeIn => "tool fade in",
        Kind::FadeOut => "tool fade out",
        Kind::Repeat => "tool repeat",
        Kind::Simplify => "tool simplify",
        Kind::InsertTime => "tool insert time",
        Kind::RemoveTime => "tool remove time",
        Kind::Ramp => "tool ramp",
        Kind::Pulse => "tool pulse",
        Kind::Wave => "tool wave",
        Kind::Inflate => "tool inflate",
        Kind::TriggerHold => "tool trigger hold",
    }
}

impl Board {
    /// Where the open tool works.
    pub(super) fn tool_place(&self) -> Place<'_> {
        Place {
            document: self.editor.document(),
            selection: self.editor.selection(),
            chosen: &self.toolbox.chosen,
            active: self.active,
            playhead: self.playhead,
            levels: self.toolbox.levels,
        }
    }

    /// What the open tool would do, where it is known and nothing is held: the number of the picture, and the plan.
    pub(super) fn outlook(&self) -> Option<(u64, &Planned)> {
        match &self.toolbox.outlook {
            Outlook::Seen(planned) if self.hold.is_none() && self.toolbox.open.is_some() => {
                Some((self.toolbox.serial, planned))
            }
            _ => None,
        }
    }

    /// The stretch that the open tool works on, and its lanes, where it works on a stretch.
    pub(super) fn tool_stretch(&self) -> Option<(Vec<Channel>, Span)> {
        match &self.toolbox.asked.as_ref()?.1 {
            Edit::Fade { channels, span, .. } | Edit::Repeat { channels, span, .. } => Some((channels.clone(), *span)),
            Edit::Generate { channel, span, .. } => Some((vec![*channel], *span)),
            Edit::RemoveTime { span } => {
                Some((self.editor.document().lanes().map(|(channel, _)| channel).collect(), *span))
            }
            _ => None,
        }
    }

    /// How many points the open tool takes away, of how many it works on.
    pub(super) fn points_that_go(&self) -> Option<(usize, usize)> {
        let (Outlook::Seen(planned), Some((_, Edit::Use { tool: Tool::Simplify(_), target }))) =
            (&self.toolbox.outlook, &self.toolbox.asked)
        else {
            return None;
        };
        let all = match target {
            Target::Points(points) => points.len(),
            Target::Lane(channel) | Target::Stretch(channel, _) => self.editor.document().lane(*channel)?.len(),
        };
        Some((usize::try_from(-planned.change.growth()).unwrap_or(0), all))
    }

    /// Closes the open tool by keyboard; says whether one was open.
    pub(super) fn close_tool(&mut self) -> bool {
        self.toolbox.focus = self.toolbox.open.map(button);
        self.toolbox.close()
    }

    /// Lets something happen on the Tools page.
    pub(super) fn use_tools(&mut self, w: &Words, message: Message) -> Action {
        let tools = &mut self.toolbox;
        match message {
            Message::Show => {
                self.page = Page::Tools;
                self.inspector = true;
                tools.focus = Some(tools.open.map_or(button(Kind::Scale), first_focus));
                self.view.resize(self.rows().width);
            }
            Message::Open(kind) => {
                tools.close();
                tools.open = Some(kind);
                tools.forms.entry(kind).or_insert_with(|| Form::new(kind)).forget_place();
                tools.focus = Some(first_focus(kind));
            }
            Message::Type(slot, text) => {
                if let Some(form) = tools.open.and_then(|kind| tools.forms.get_mut(&kind)) {
                    form.set(slot, &text);
                }
            }
            Message::Shape(shape) => {
                if let Some(form) = tools.open.and_then(|kind| tools.forms.get_mut(&kind)) {
                    form.shape = shape;
                }
            }
            Message::Cancel { by_key } => {
                tools.focus = tools.open.filter(|_| by_key).map(button);
                tools.close();
            }
            Message::Apply { by_key } => {
                let Some((revision, edit)) = tools.asked.take_if(|_| matches!(tools.outlook, Outlook::Seen(_))) else {
                    return Action::None;
                };
                let Outlook::Seen(planned) = std::mem::take(&mut tools.outlook) else { return Action::None };
                if revision != self.editor.document().revision() || planned.change.is_empty() {
                    return Action::None;
                }
                tools.focus = tools.open.filter(|_| by_key).map(button);
                tools.close();
                self.editor.perform_previewed(&edit, planned.change.clone());
            }
            Message::Seen(serial, outcome) => {
                tools.working = false;
                if serial == tools.serial && tools.open.is_some() {
                    tools.outlook =
                        outcome.map_or_else(|why| Outlook::Not(super::sentence(&w.fact(&why))), Outlook::Seen);
                }
            }
        }
        Action::None
    }

    /// Works out what the open tool would do, where that is not known yet.
    pub(super) fn look_ahead(&mut self, world: World<'_>) {
        let w = world.words;
        if self.recording.is_some() {
            self.toolbox.close();
        }
        if self.toolbox.open.is_none() || self.hold.is_some() {
            return;
        }
        let lane = self.tool_place().channels().first().copied();
        let levels = lane.and_then(|lane| world.levels(lane)).map(|levels| levels.0);
        if self.toolbox.looked == Some(self.changes) && self.toolbox.levels == levels {
            return;
        }
        self.toolbox.looked = Some(self.changes);
        let chosen = Chosen::of(self.editor.document(), self.editor.selection());
        let other = chosen.span.is_some() && chosen.span != self.toolbox.chosen.span;
        self.toolbox.chosen = chosen;
        let lane = self.tool_place().channels().first().copied();
        self.toolbox.levels = lane.and_then(|lane| world.levels(lane)).map(|levels| levels.0);
        if other {
            // Other points are chosen: they are meant, and not what was typed before.
            if let Some(form) = self.toolbox.open.and_then(|kind| self.toolbox.forms.get_mut(&kind)) {
                form.forget_place();
            }
        }
        let Some(edit) = self.toolbox.form().map(|form| form.edit(w, self.tool_place())) else { return };
        let document = self.editor.document();
        match edit {
            Err(why) => {
                self.toolbox.asked = None;
                self.toolbox.serial = next_serial();
                self.toolbox.outlook = Outlook::Not(why);
            }
            Ok(edit) => {
                let asked = Some((document.revision(), edit));
                if self.toolbox.asked == asked {
                    return;
                }
                self.toolbox.serial = next_serial();
                self.toolbox.outlook = match &asked {
                    Some((_, edit)) if !is_slow(edit, document) => Planned::new(edit, document)
                        .map_or_else(|why| Outlook::Not(super::sentence(&w.fact(&why))), Outlook::Seen),
                    _ => Outlook::Awaited,
                };
                self.toolbox.asked = asked;
            }
        }
    }

    /// What is to be done outside: putting focus somewhere, working something out in the background.
    pub(in crate::ui) fn errands(&mut self, w: &Words) -> Task<super::Message> {
        let focus = match self.toolbox.focus.take() {
            Some(FIRST) => operation::focus(FIRST).chain(operation::select_all(FIRST)),
            Some(APPLY) if self.toolbox.trouble(w).is_some() => operation::focus(CANCEL),
            Some(name) => operation::focus(name),
            None => Task::none(),
        };
        let tools = &mut self.toolbox;
        let (Some((_, edit)), Outlook::Awaited, false) = (&tools.asked, &tools.outlook, tools.working) else {
            return focus;
        };
        tools.working = true;
        let (edit, document, serial) = (edit.clone(), self.editor.document().clone(), tools.serial);
        let work = in_background(move || Ok(Planned::new(&edit, &document)));
        let seen = Task::future(work).map(move |outcome| {
            let outcome = outcome.unwrap_or_else(|why| Err(why.into()));
            super::Message::Tools(Message::Seen(serial, outcome))
        });
        Task::batch([focus, seen])
    }
}

/// Where the keyboard goes when a tool opens: its first field, where it has one.
fn first_focus(kind: Kind) -> &'static str {
    if kind.slots().is_empty() && !kind.is_stretch() { APPLY } else { FIRST }
}

/// A number that nothing asked before has, in this profile or another.
fn next_serial() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed) + 1
}

/// Whether working it out would be felt while one types.
fn is_slow(edit: &Edit, document: &Document) -> bool {
    let all = || document.lanes().map(|(_, lane)| lane.len()).sum::<usize>();
    let of = |channel: &Channel| document.lane(*channel).map_or(0, Lane::len);
    let points = match edit {
        Edit::Use { tool, target } => {
            let points = match target {
                Target::Lane(channel) | Target::Stretch(channel, _) => of(channel),
                Target::Points(_) => all(),
            };
            // A simpler curve is looked for again and again.
            if matches!(tool, Tool::Simplify(_)) { points * 10 } else { points }
        }
        Edit::Repeat { channels, span, times } => {
            let inside = |channel: &Channel| document.lane(*channel).map_or(0, |lane| lane.indices(*span).len());
            let room = document.length().as_millis().saturating_sub(span.to.as_millis()) / span.millis().max(1);
            let copies = usize::from(*times).min(room as usize + 1);
            channels.iter().map(|channel| of(channel) + inside(channel) * copies).sum()
        }
        Edit::Generate { channel, span, generator } => {
            let cycle = generator.cycle().map_or(u128::MAX, |cycle| cycle.as_millis().max(1));
            of(channel) + (u128::from(span.millis()) / cycle) as usize * 4
        }
        _ => all(),
    };
    points > SLOW
}
