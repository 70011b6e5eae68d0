//! After a massage: what was done, how to go on, and how the heel is now. All answers are optional.

use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDateTime;
use iced::widget::{Column, Row, button, column, container, progress_bar, row};
use iced::{Center, Fill};

use super::Shown;
use crate::care::Limits;
use crate::i18n::Words;
use crate::intensity::Intensity;
use crate::profile::Profile;
use crate::say;
use crate::storage::{Heel, MOST_PAIN, Ratings, Session, TOO_MUCH};
use crate::time::Time;
use crate::ui::draw::ribbons;
use crate::ui::draw::thread::{self, Block};
use crate::ui::icon::Icon;
use crate::ui::theme::{self, Element, size, text};
use crate::ui::widget::chip::{self, tile};
use crate::ui::widget::{self, choice, focusable, named, scroll};
use crate::ui::words;

/// The one filled button, for the focus.
pub const FIRST_ID: &str = "what comes after a massage";
/// What is shorter was a try: nothing is asked.
const LEAST: Duration = Duration::from_secs(30);

/// A massage that ended.
#[derive(Debug, Clone)]
pub struct Done {
    /// The id of the profile.
    pub id: String,
    /// What was played.
    pub profile: Arc<Profile>,
    /// Where it ended.
    pub at: Time,
    /// Whether that is the end of the profile.
    pub finished: bool,
    /// How long it lasted; pauses are not counted.
    pub lasted: Duration,
    /// When it ended, by the clock on the wall.
    pub ended: NaiveDateTime,
    /// The pain now.
    pub pain: Option<u8>,
    /// The heel against before.
    pub heel: Option<Heel>,
    /// A word about it.
    pub note: String,
    /// How far the answers are.
    pub answers: Answers,
}

/// How far the answers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answers {
    /// Asked for.
    Open,
    /// Kept, and overall strength went down from and to.
    Kept(Option<(Intensity, Intensity)>),
    /// Not wanted now.
    NotNow,
}

/// What the person does here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Says how much it hurts.
    Pain(u8),
    /// Says how the heel is against before.
    Heel(Heel),
    /// Writes a word about it.
    Note(String),
    /// Gives stars to the profile.
    Rate(u8),
    /// Keeps the answers.
    Keep,
    /// Gives none.
    NotNow,
    /// Goes on where it stopped.
    GoOn,
    /// Plays it from the start.
    Again,
}

impl Done {
    /// Whether it can go on where it stopped.
    pub fn can_go_on(&self) -> bool {
        !self.finished && !self.hurts() && self.at > Time::ZERO
    }

    /// Whether it hurts too much.
    pub fn hurts(&self) -> bool {
        self.pain.is_some_and(|pain| pain >= TOO_MUCH)
    }

    /// Whether the heel is asked about.
    fn asks(&self) -> bool {
        self.lasted >= LEAST || self.pain.is_some()
    }

    /// What is kept of it.
    pub fn session(&self) -> Session {
        let seconds = u32::try_from(self.lasted.as_secs()).unwrap_or(u32::MAX);
        let session = Session::new(self.ended, self.id.clone(), seconds, self.finished);
        Session { pain: self.pain, heel: self.heel, note: self.note.trim().to_owned(), ..session }
    }

    /// The overall strength that the answers lower it to, if they do: by a third where it hurts too much, by 5 % where the
    /// heel is worse. Nothing ever raises it.
    pub fn softer(&self, strength: Intensity) -> Option<Intensity> {
        let percent = u32::from(strength.per_mille()) / 10;
        let lower = match (self.hurts(), self.heel) {
            (true, _) => percent * 2 / 3 / 5 * 5,
            (false, Some(Heel::Worse)) => percent.saturating_sub(5),
            (false, _) => return None,
        };
        let lower = Intensity::from_percent(lower as u16).max(Limits::LEAST_STRENGTH);
        (lower < strength).then_some(lower)
    }
}

/// The page.
pub(super) fn view<'a>(shown: Shown<'a>, done: &'a Done, ratings: &Ratings) -> Element<'a, Message> {
    let narrow = shown.narrow();
    let left = column![head(shown, done), record(shown, done), today(shown)].spacing(16);
    let mut page = Row::new().spacing(if narrow { 20 } else { 28 }).push(container(left).width(Fill));
    if done.asks() {
        page = page.push(container(questions(shown, done, ratings)).width(if narrow { 400 } else { 500 }));
    }
    scroll(container(page).padding(4)).width(Fill).height(Fill).into()
}

fn head<'a>(shown: Shown<'a>, done: &'a Done) -> Element<'a, Message> {
    let w = shown.words;
    let title = match done.finished {
        true => say!(w, "done-finished", lasted = Time::from(done.lasted)),
        false => say!(w, "done-stopped", at = done.at),
    };
    let title = if shown.narrow() { text::page(title) } else { text::number(title) };
    let name = words::shortened(done.profile.name.in_language(w.code()), 40);
    let confirmed: Option<Element<'_, Message>> = shown.massager().map(|massager| {
        let name = words::shortened(&massager.name, 24);
        if shown.state.stop_unconfirmed || shown.state.may_move {
            let words = text::body(say!(w, "done-not-confirmed", massager = &name));
            container(words).padding([8, 12]).style(theme::container::trouble).into()
        } else {
            text::small(say!(w, "done-confirmed", massager = &name)).style(text::second).into()
        }
    });
    let icon = if done.finished { Icon::Check } else { Icon::Square };
    let words = Column::new().spacing(4).push(title).push(text::medium(name).style(text::second)).push(confirmed);
    row![tile(icon, 52.0, theme::container::tile_good), words.width(Fill)].spacing(16).into()
}

/// What was played, and how to go on.
fn record<'a>(shown: Shown<'a>, done: &'a Done) -> Element<'a, Message> {
    let w = shown.words;
    let mut card = Column::new().spacing(14);
    if !done.profile.tracks.is_empty() {
        card = card.push(ribbons::ribbons(Arc::clone(&done.profile), Vec::new()));
    }
    if !done.profile.steps.is_empty() {
        let block = |index: usize| match done.profile.steps.get(index) {
            _ if shown.skipped.contains(&index) => Block::Skipped,
            Some(step) if step.to <= done.at => Block::Done,
            _ => Block::Coming,
        };
        card = card.push(thread::thread(&done.profile, block));
    }
    let fits = named(
        say!(w, "done-played"),
        progress_bar(0.0..=done.profile.length.as_secs_f32().max(0.001), done.at.as_secs_f32()).girth(6),
    );
    card = card.push(fits);
    if !done.finished {
        let left = Time::from(done.profile.length.since(done.at));
        card = card.push(text::small(say!(w, "done-left", left = left)).style(text::second));
    }
    let mut acts = Row::new().spacing(12).align_y(Center);
    if !done.finished && done.at > Time::ZERO {
        let on = widget::main(say!(w, "done-go-on", at = done.at)).icon(Icon::Play).tall();
        acts = acts.push(match done.hurts() {
            false => on.id(FIRST_ID).on_press(Message::GoOn),
            true => on.disabled(say!(w, "done-not-today", pain = done.pain.unwrap_or(TOO_MUCH))),
        });
    }
    let again = widget::second(if done.finished { say!(w, "done-again") } else { say!(w, "done-from-the-start") });
    let again = again.icon(Icon::RefreshCw).tall();
    let again = match done.hurts() {
        false => again.on_press(Message::Again),
        true => again.disabled(say!(w, "done-not-today", pain = done.pain.unwrap_or(TOO_MUCH))),
    };
    card = card.push(acts.push(again).wrap());
    if done.can_go_on() && !done.profile.tracks.is_empty() {
        card = card.push(text::small(say!(w, "done-comes-softly")).style(text::second));
    }
    container(card).padding(20).width(Fill).style(theme::container::card).into()
}

/// The day's minutes against its limit.
fn today(shown: Shown<'_>) -> Element<'_, Message> {
    let w = shown.words;
    let (massaged, limit) = (shown.state.massaged_today, shown.state.limits.day);
    let minutes = say!(w, "day-today", massaged = words::minutes(massaged), limit = words::minutes(limit));
    let bar = progress_bar(0.0..=limit.as_secs_f32().max(0.001), massaged.as_secs_f32()).girth(8);
    let card = column![text::strong(minutes.clone()), named(minutes, bar)].spacing(10);
    container(card).padding(20).width(Fill).style(theme::container::card_quiet).into()
}

/// How the heel is now.
fn questions<'a>(shown: Shown<'a>, done: &'a Done, ratings: &Ratings) -> Element<'a, Message> {
    let w = shown.words;
    let mut card = Column::new().spacing(14).push(text::title(say!(w, "done-how-is-the-heel")));
    if let Answers::Kept(lowered) = done.answers {
        card = card.push(chip::caption(Icon::Check, say!(w, "done-kept")));
        if let Some((from, to)) = lowered {
            card = card.push(chip::panel(
                theme::container::caution,
                Icon::ArrowDown,
                say!(w, "done-next-softer", to = to, from = from),
                None,
            ));
        }
        if done.hurts() {
            card = card.push(warning_signs(w));
        }
        return container(card).padding(20).width(Fill).style(theme::container::card).into();
    }
    if done.answers == Answers::NotNow {
        card = card.push(text::body(say!(w, "done-not-asked")).style(text::second));
        return container(card).padding(20).width(Fill).style(theme::container::card).into();
    }
    card = card.push(scale(w, done.pain, Message::Pain));
    if let (true, Some(pain)) = (done.hurts(), done.pain) {
        let words = match done.softer(shown.state.strength) {
            Some(to) => {
                format!(
                    "{} {}",
                    say!(w, "done-too-much", pain = pain),
                    say!(w, "done-will-be", to = to, from = shown.state.strength)
                )
            }
            None => say!(w, "done-too-much", pain = pain),
        };
        card = card.push(chip::panel(theme::container::caution, Icon::Hand, words, None)).push(warning_signs(w));
    }
    let heels = [
        (Heel::Better, say!(w, "done-better")),
        (Heel::Same, say!(w, "done-same")),
        (Heel::Worse, say!(w, "done-worse")),
    ];
    let heels = heels
        .map(|(heel, words)| choice::filter(None, Some(words), None, done.heel == Some(heel), Message::Heel(heel)));
    card = card.push(Row::with_children(heels).spacing(8).wrap().vertical_spacing(8));
    let stars = named(say!(w, "profiles-your-stars"), choice::stars(ratings.of(&done.id).stars, Message::Rate));
    card = card.push(row![text::body(say!(w, "done-stars")).width(Fill), stars].align_y(Center));
    let note = chip::field(&say!(w, "done-note"), &done.note, Message::Note).on_submit(Message::Keep);
    card = card.push(named(say!(w, "done-note"), note));
    let keep = if done.can_go_on() { widget::second(say!(w, "done-keep")) } else { widget::main(say!(w, "done-keep")) };
    let keep = if done.can_go_on() { keep } else { keep.id(FIRST_ID) };
    let acts = row![
        text::small(say!(w, "done-stays-here")).style(text::second).width(Fill),
        widget::quiet(say!(w, "not-now")).on_press(Message::NotNow),
        keep.on_press(Message::Keep),
    ];
    card = card.push(acts.spacing(8).align_y(Center));
    container(card).padding(20).width(Fill).style(theme::container::card).into()
}

/// The pain from 0 to 10.
pub(in crate::ui) fn scale<'a, Message: Clone + 'a>(
    w: &Words,
    chosen: Option<u8>,
    on_pain: fn(u8) -> Message,
) -> Element<'a, Message> {
    let numbers = (0..=MOST_PAIN).map(|pain| {
        let look = if chosen == Some(pain) { theme::button::main } else { theme::button::second };
        let number = container(text::strong(pain.to_string())).center(Fill);
        let target = button(number).width(38).height(size::NORMAL).padding(0).style(look).on_press(on_pain(pain));
        named(say!(w, "pain-of", pain = pain), focusable(target).on_press(on_pain(pain)))
    });
    let ends = row![
        text::small(say!(w, "pain-none")).style(text::second).width(Fill),
        text::small(say!(w, "pain-worst")).style(text::second),
    ];
    column![ends, Row::with_children(numbers).spacing(4).wrap().vertical_spacing(6)].spacing(6).into()
}

/// When to see a doctor.
fn warning_signs<'a>(w: &Words) -> Element<'a, Message> {
    chip::panel(theme::container::advice, Icon::Info, say!(w, "done-see-a-doctor"), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(pain: Option<u8>, heel: Option<Heel>) -> Done {
        Done {
            id: "heel".to_owned(),
            profile: Arc::new(Profile { length: Time::from_secs(360), ..Profile::default() }),
            at: Time::from_secs(150),
            finished: false,
            lasted: Duration::from_secs(150),
            ended: NaiveDateTime::default(),
            pain,
            heel,
            note: " Warm. ".to_owned(),
            answers: Answers::Open,
        }
    }

    #[test]
    fn pain_makes_the_next_massage_softer_and_nothing_makes_it_stronger() {
        let softer = |pain, heel, percent: u16| {
            done(pain, heel).softer(Intensity::from_percent(percent)).map(|to| to.percent().round() as u16)
        };
        assert_eq!(softer(Some(7), None, 50), Some(30), "a third lower, rounded down to 5 %");
        assert_eq!(softer(Some(6), Some(Heel::Better), 15), Some(10));
        assert_eq!(softer(Some(10), None, 10), None, "there is nothing lower");
        assert_eq!(softer(Some(5), Some(Heel::Worse), 50), Some(45));
        assert_eq!(softer(Some(5), Some(Heel::Same), 50), None);
        assert_eq!(softer(None, Some(Heel::Better), 50), None);
    }

    #[test]
    fn what_hurts_too_much_does_not_go_on() {
        assert!(done(Some(5), None).can_go_on() && done(None, None).can_go_on());
        assert!(!done(Some(6), None).can_go_on());
        assert!(!Done { finished: true, ..done(None, None) }.can_go_on());
        assert_eq!(done(Some(3), None).session().note, "Warm.");
    }
}
