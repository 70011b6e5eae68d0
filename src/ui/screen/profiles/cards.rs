//! The page of all profiles: filters by need, cards, the massager's own programs, and files that wait for a mend.

use std::collections::BTreeMap;

use iced::widget::{Column, Row, column, container, row, space, stack};
use iced::{Center, Fill, padding};

use super::selection::{self, Kind};
use super::{Message, Profiles, SEARCH, World, card};
use crate::i18n::Words;
use crate::mode::Mode;
use crate::say;
use crate::storage::{Entry, Fault};
use crate::ui::icon::{self, Icon};
use crate::ui::theme::{Element, text};
use crate::ui::widget::{self, chip, choice, named, scroll, scrolled};
use crate::ui::words;

/// Where the cards scroll; the page keeps its place under this name.
pub(in crate::ui) const PAGE: &str = "page of profiles";

impl Profiles {
    /// The page.
    pub(super) fn cards<'a>(&'a self, world: World<'a>) -> Element<'a, Message> {
        let w = world.words;
        let side = if world.narrow { 20.0 } else { 32.0 };
        let width = world.width - 2.0 * side;
        let mut page = Column::new().spacing(24);
        let shown = self.selection.of(self.shelf.entries(), world.ratings, w.code());
        if !shown.is_empty() {
            page = page.push(self.grid(world, &shown, card::columns(width)));
        }
        let programs: Vec<&str> = world.programs().filter(|name| self.selection.shows_program(name)).collect();
        if let (Some(massager), false) = (world.massager(), programs.is_empty()) {
            let cards = programs.iter().map(|name| card::program(world, name));
            let title = say!(w, "profiles-inside", massager = &massager.name);
            page = page.push(section(title, say!(w, "profiles-inside-note"), rows(cards, card::columns(width))));
        }
        let broken: Vec<(&Entry<_>, &Fault)> = self
            .shelf
            .entries()
            .iter()
            .filter(|entry| self.selection.shows_broken(&entry.id))
            .filter_map(|entry| Some((entry, &**entry.content.as_ref().err()?)))
            .collect();
        if !broken.is_empty() {
            let title = say!(w, "profiles-wait-for-a-mend", count = broken.len());
            page = page.push(section(title, say!(w, "profiles-not-changed"), card::broken(w, &broken)));
        }
        let page = if shown.is_empty() && programs.is_empty() && broken.is_empty() {
            self.nothing(w)
        } else {
            let page = container(page).padding(padding::left(side).right(side).top(6).bottom(20)).width(Fill);
            scroll(page).id(PAGE).on_scroll(|seen| Message::Scrolled(scrolled(seen))).width(Fill).height(Fill).into()
        };
        let head = column![self.head(world), self.filters(world)].spacing(14).padding([0.0, side]);
        column![head, page].spacing(12).padding(padding::top(if world.narrow { 16 } else { 24 })).height(Fill).into()
    }

    fn head(&self, world: World<'_>) -> Element<'_, Message> {
        let w = world.words;
        let field = chip::field(&say!(w, "profiles-search"), &self.selection.search, Message::Search)
            .id(SEARCH)
            .padding(padding::all(9).left(38))
            .width(if world.narrow { 200 } else { 250 });
        let glass = icon::view(Icon::Search, 18.0).color(|theme| theme.ink_3);
        let search =
            stack![named(say!(w, "profiles-search"), field), container(glass).padding(padding::left(12)).center_y(40)];
        let import = widget::second(say!(w, "profiles-import")).icon(Icon::Import).on_press(Message::Import);
        let new = widget::second(say!(w, "editor-new")).icon(Icon::Plus).on_press(Message::New);
        row![text::page(say!(w, "profiles")).width(Fill), search, import, new].spacing(12).align_y(Center).into()
    }

    fn filters(&self, world: World<'_>) -> Element<'_, Message> {
        let w = world.words;
        let kinds = Kind::ALL.map(|kind| {
            let picture = words::profiles::kind_icon(kind).map(|icon| icon::view(icon, 18.0).into());
            let chosen = self.selection.kind == kind;
            choice::filter(picture, Some(words::profiles::kind(w, kind)), None, chosen, Message::Show(kind))
        });
        let shown = self.modes_shown || self.selection.mode.is_some();
        let (arrow, look): (_, fn(&_, _) -> _) = match self.selection.mode {
            Some(mode) => (Icon::from(mode), crate::ui::theme::button::second),
            None => (Icon::ChevronDown, crate::ui::theme::button::quiet),
        };
        let modes = widget::quiet(say!(w, "profiles-modes"))
            .trailing(arrow)
            .small()
            .look(look)
            .on_press(Message::Modes(!shown));
        let kinds = Row::with_children(kinds).push(modes).spacing(8).align_y(Center).wrap().vertical_spacing(8);
        let modes = shown.then(|| {
            let modes = Mode::ALL.map(|mode| {
                let picture = icon::mode(mode, 18.0).into();
                let chosen = self.selection.mode == Some(mode);
                choice::filter(Some(picture), Some(w.mode(mode)), None, chosen, Message::With(mode))
            });
            Row::with_children(modes).spacing(8).wrap().vertical_spacing(8)
        });
        Column::new().spacing(8).push(kinds).push(modes).into()
    }

    fn grid<'a>(
        &'a self,
        world: World<'a>,
        shown: &[(&'a Entry<crate::profile::Profile>, &'a std::sync::Arc<crate::profile::Profile>)],
        columns: usize,
    ) -> Element<'a, Message> {
        // Play is filled on one card: the chosen one, else the first.
        let chosen = world.ready.filter(|ready| shown.iter().any(|(entry, _)| entry.id == *ready));
        let chosen = chosen.or(shown.first().map(|(entry, _)| entry.id.as_str()));
        let start = selection::start_here(self.shelf.entries(), world.ratings);
        let beside = |index: usize, by: isize| {
            let (entry, _) = shown.get(index.checked_add_signed(by)?)?;
            Some(card::id(&entry.id))
        };
        let mut names = BTreeMap::<&str, usize>::new();
        for (_, profile) in shown {
            *names.entry(profile.name.in_language(world.words.code())).or_default() += 1;
        }
        let across = columns.cast_signed();
        let cards = shown.iter().enumerate().map(|(index, (entry, profile))| {
            let marks = card::Marks {
                filled: chosen == Some(&entry.id),
                start: start == Some(&entry.id),
                twin: names.get(profile.name.in_language(world.words.code())).is_some_and(|count| *count > 1),
                menu: self.menu.as_deref() == Some(&entry.id),
                beside: [beside(index, -1), beside(index, 1), beside(index, -across), beside(index, across)],
            };
            card::profile(world, entry, profile, marks)
        });
        rows(cards, columns)
    }

    fn nothing(&self, w: &Words) -> Element<'_, Message> {
        let own = self.selection.kind == Kind::Own && self.selection.search.is_empty() && self.selection.mode.is_none();
        let (title, words) = if own {
            (say!(w, "profiles-no-own"), say!(w, "profiles-no-own-text"))
        } else {
            (say!(w, "profiles-nothing"), say!(w, "profiles-nothing-text", count = self.shelf.entries().len()))
        };
        let mut actions = Row::new().spacing(12);
        if own {
            actions = actions.push(widget::main(say!(w, "editor-new")).icon(Icon::Plus).on_press(Message::New));
        }
        if !self.selection.is_everything() {
            actions = actions.push(widget::second(say!(w, "profiles-show-all")).on_press(Message::ShowAll));
        }
        chip::empty(icon::mark(96.0), title, words, actions)
    }
}

/// Cards in rows of so many.
fn rows<'a>(cards: impl Iterator<Item = Element<'a, Message>>, columns: usize) -> Element<'a, Message> {
    let mut rows = Column::new().spacing(card::GAP);
    let mut cards = cards.peekable();
    while cards.peek().is_some() {
        let blanks = std::iter::repeat_with(|| space::horizontal().into());
        rows = rows.push(Row::with_children(cards.by_ref().chain(blanks).take(columns)).spacing(card::GAP));
    }
    rows.into()
}

/// A part of the page under a title, with a word about it.
fn section<'a>(title: String, note: String, content: Element<'a, Message>) -> Element<'a, Message> {
    let head = row![text::title(title), text::small(note).style(text::second)].spacing(12).align_y(Center);
    column![head.wrap(), content].spacing(10).into()
}
