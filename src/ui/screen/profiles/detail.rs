//! One profile, looked at closely: its words, its curves, what is done by hand.

use std::sync::Arc;

use iced::widget::{Column, Row, column, container, row};
use iced::{Center, Fill, padding};

use super::{Fit, Message, World, card, fit, lane};
use crate::curve::Curve;
use crate::i18n::Words;
use crate::mode::Channel;
use crate::profile::Profile;
use crate::say;
use crate::storage::{Entry, Origin};
use crate::ui::icon::{self, Icon};
use crate::ui::theme::{self, Element, text};
use crate::ui::widget::{self, chip, scroll};

/// The page of one profile.
pub(super) fn view<'a>(world: World<'a>, entry: &'a Entry<Profile>, profile: &'a Arc<Profile>) -> Element<'a, Message> {
    let w = world.words;
    let id = || entry.id.clone();
    let back = widget::quiet(say!(w, "profiles")).icon(Icon::ArrowLeft).small().on_press(Message::Back);
    let own = matches!(entry.origin, Origin::Own(_));
    let small = |icon, label, message| Element::from(widget::icon_button(icon, label).on_press(message));
    let play = widget::main(say!(w, "play")).icon(Icon::Play).on_press(Message::Play(id()));
    let tools = Row::new()
        .spacing(4)
        .push(small(Icon::Star, say!(w, "profiles-notes"), Message::Notes(id())))
        .push(small(
            Icon::Spline,
            if own { say!(w, "editor-edit") } else { say!(w, "editor-edit-copy") },
            Message::Edit(id()),
        ))
        .push(small(Icon::Copy, say!(w, "profiles-duplicate"), Message::Duplicate(id())))
        .push(small(Icon::Save, say!(w, "profiles-export"), Message::Export(id())))
        .push(own.then(|| small(Icon::Pencil, say!(w, "profiles-rename"), Message::Rename(id()))))
        .push(own.then(|| small(Icon::Trash2, say!(w, "delete"), Message::Delete(id()))));
    let name = text::page(profile.name.in_language(world.words.code()));
    let title = row![name.width(Fill), tools, play].spacing(12).align_y(Center);
    let rating = world.ratings.of(&entry.id);
    let facts = row![
        text::strong(profile.length.label()),
        text::body(crate::ui::words::profiles::origin(w, entry, profile, &rating)).style(text::second),
        card::stars(rating.stars),
    ]
    .spacing(16)
    .align_y(Center);
    let description = text::body(profile.description.in_language(world.words.code()));
    let fit = world.massager().map(|massager| fit(profile, massager));
    let missing = match fit {
        Some(Fit::Without(missing)) => missing,
        Some(Fit::Not) => profile.modes(),
        _ => Vec::new(),
    };
    let note = (!rating.note.is_empty())
        .then(|| chip::panel(theme::container::advice, Icon::Pencil, rating.note.clone(), None));
    let lack = (!missing.is_empty()).then(|| {
        let words = say!(w, "profiles-plays-without", modes = w.modes(&missing));
        chip::panel(theme::container::caution, Icon::CircleAlert, words, None)
    });
    let mut page = Column::new().spacing(16).push(back).push(title).push(facts);
    if !profile.description.is_empty() {
        page = page.push(container(description).max_width(720));
    }
    page = page.push(note).push(lack);
    if !profile.tracks.is_empty() {
        let lanes = profile.tracks.keys().map(|channel| track(w, profile, *channel, missing.contains(&channel.mode)));
        let lanes = Column::with_children(lanes).spacing(12);
        page = page.push(container(lanes).padding(20).width(Fill).style(theme::container::card));
    }
    if !profile.steps.is_empty() {
        page = page.push(text::section(say!(w, "profiles-steps"))).push(steps(profile, world.words.code()));
    }
    let side = if world.narrow { 20.0 } else { 32.0 };
    scroll(container(page).padding(padding::left(side).right(side).top(16).bottom(20))).width(Fill).height(Fill).into()
}

/// One track: its mode, how high it goes, and its curve.
fn track<'a>(w: &Words, profile: &Arc<Profile>, channel: Channel, missing: bool) -> Element<'a, Message> {
    let peak = profile.tracks.get(&channel).map(Curve::peak).unwrap_or_default();
    let name = row![icon::mode(channel.mode, 22.0), text::strong(w.channel(channel))].spacing(8).align_y(Center);
    let up_to = text::small(say!(w, "profiles-up-to", peak = peak)).style(text::second);
    let head = column![name, up_to].spacing(4).width(176);
    row![head, lane::lane(Arc::clone(profile), channel, missing)].spacing(8).align_y(Center).into()
}

fn steps<'a>(profile: &'a Profile, language: &'a str) -> Element<'a, Message> {
    let rows = profile.steps.iter().map(|step| {
        let time = format!("{} – {}", step.from.label(), step.to.label());
        row![text::strong(time).width(120), text::body(step.text.in_language(language)).width(Fill)].spacing(16).into()
    });
    container(Column::with_children(rows).spacing(12))
        .padding([16, 20])
        .width(Fill)
        .style(theme::container::card)
        .into()
}
