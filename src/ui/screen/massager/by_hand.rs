//! The levels set by hand: a row for each mode, or for each foot where they are apart.
//!
//! Belongs here: which feet move together, what is true of a level, and how it is shown.

use std::collections::{BTreeMap, BTreeSet};

use iced::widget::{Row, column, container, row};
use iced::{Center, Fill};

use super::{Message, World};
use crate::engine::{Activity, ChannelState, Connected, State};
use crate::i18n::Words;
use crate::intensity::Intensity;
use crate::mode::{Channel, Foot, Mode};
use crate::say;
use crate::time::Time;
use crate::ui::icon::{self, Icon};
use crate::ui::shell::clock;
use crate::ui::theme::{self, Element, text};
use crate::ui::widget::{self, chip, named, slider};
use crate::ui::words::{health, massager as words};

/// The feet of modes, and what was last chosen for them.
#[derive(Debug, Default)]
pub(super) struct ByHand {
    /// The levels last chosen, until something else plays.
    chosen: BTreeMap<Channel, u16>,
    /// Modes whose feet the person took apart.
    apart: BTreeSet<Mode>,
}

impl ByHand {
    /// Levels that were chosen just now, as what is asked of the engine.
    pub(super) fn choose(&mut self, feet: &[Channel], level: u16, levels: u16) -> Vec<(Channel, Intensity)> {
        self.chosen.extend(feet.iter().map(|foot| (*foot, level)));
        feet.iter().map(|foot| (*foot, Intensity::of_level(level, levels))).collect()
    }

    /// Joins the feet of a mode, on the lower of their levels, or takes them apart, each on its own. What is asked of the
    /// engine never makes a foot stronger.
    pub(super) fn join(&mut self, mode: Mode, joined: bool, channels: &[ChannelState]) -> Vec<(Channel, Intensity)> {
        if !joined {
            self.apart.insert(mode);
            return Vec::new();
        }
        self.apart.remove(&mode);
        let feet: Vec<&ChannelState> = channels.iter().filter(|state| state.channel.mode == mode).collect();
        let Some(lowest) = feet.iter().map(|state| self.level(state)).min() else { return Vec::new() };
        let higher = feet.iter().filter(|state| self.level(state) > lowest);
        let higher: Vec<_> = higher.map(|state| (state.channel, state.levels)).collect();
        higher.iter().flat_map(|(foot, levels)| self.choose(&[*foot], lowest, *levels)).collect()
    }

    /// Something else plays.
    pub(super) fn forget(&mut self) {
        self.chosen.clear();
    }

    fn level(&self, state: &ChannelState) -> u16 {
        self.chosen.get(&state.channel).copied().unwrap_or(state.wanted_level)
    }

    /// What moves together: both feet of a mode where they are alike, else each alone.
    fn groups<'a>(&self, channels: &'a [ChannelState]) -> Vec<Group<'a>> {
        let mut groups: Vec<Group<'a>> = Vec::new();
        for state in channels {
            let pair = channels.iter().find(|other| other.channel.mode == state.channel.mode && *other != state);
            let pair = pair.filter(|other| other.levels == state.levels && state.channel.foot != Foot::Both);
            let alike = pair.is_some_and(|other| self.level(other) == self.level(state))
                && !self.apart.contains(&state.channel.mode);
            match groups.last_mut() {
                Some(last) if alike && last.first.channel.mode == state.channel.mode => last.second = Some(state),
                _ => groups.push(Group { first: state, second: None, can_join: pair.is_some() }),
            }
        }
        groups
    }
}

/// A row: one channel, or two feet that move together.
struct Group<'a> {
    first: &'a ChannelState,
    second: Option<&'a ChannelState>,
    can_join: bool,
}

/// What is said of a mode beside its level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Note {
    /// It is off, and that is all.
    Nothing,
    /// A program chooses the level.
    Program,
    /// On its way up to what was chosen: the level now, and the goal.
    Rising(u16, u16),
    /// The overall strength makes this level of it, which the massager confirmed.
    Weakened(u16),
    /// The massager confirmed it.
    Confirmed,
    /// The massager did not confirm it yet.
    Sending,
}

/// What is true of a mode whose level was chosen by hand (or was not: `None`).
fn note(state: &ChannelState, by_hand: Option<u16>, strength: Intensity) -> Note {
    let (levels, wanted) = (state.levels, state.wanted_level);
    let goal = by_hand
        .map_or(wanted, |level| Intensity::of_level(level, levels).scaled(strength).level(levels, state.ceiling));
    match (wanted, state.confirmed_level) {
        _ if wanted < goal => Note::Rising(wanted, goal),
        (0, None | Some(0)) => Note::Nothing,
        (wanted, confirmed) if confirmed != Some(wanted) => Note::Sending,
        _ if by_hand.is_some_and(|level| level > goal) => Note::Weakened(goal),
        (0, _) => Note::Nothing,
        _ => Note::Confirmed,
    }
}

/// The title, and a row for everything that can be set.
pub(super) fn view<'a>(world: World<'a>, connected: &'a Connected, by_hand: &ByHand) -> Element<'a, Message> {
    let w = world.words;
    let left = Time::from(clock::session_left(world.state, world.now)).label();
    let note = match &world.state.activity {
        Activity::ByHand => chip::caption(Icon::Timer, say!(w, "massager-stops-in", left = &left)),
        Activity::Nothing => text::small(say!(w, "massager-by-hand-how")).style(text::second).into(),
        _ => text::small(say!(w, "massager-by-hand-rests")).style(text::second).into(),
    };
    let title =
        row![text::section(say!(w, "massager-by-hand")), container(note).align_right(Fill)].spacing(12).align_y(Center);
    let groups = by_hand.groups(&connected.channels);
    let rows = groups.iter().enumerate().map(|(index, group)| {
        // The second foot of a pair that is apart stands under the first, without its sign and its chain.
        let follows = index.checked_sub(1).is_some_and(|before| {
            groups.get(before).is_some_and(|before| before.first.channel.mode == group.first.channel.mode)
        });
        group_row(w, group, follows, by_hand, world.state)
    });
    column![title].extend(rows).spacing(6).into()
}

fn group_row<'a>(w: &Words, group: &Group<'_>, follows: bool, by_hand: &ByHand, all: &State) -> Element<'a, Message> {
    let state = group.first;
    let (channel, levels) = (state.channel, state.levels);
    let mode = channel.mode;
    let feet: Vec<Channel> = [Some(state), group.second].into_iter().flatten().map(|state| state.channel).collect();
    let joined = group.second.is_some();
    let name = if joined { w.mode(mode) } else { w.channel(channel) };
    let resting = !matches!(all.activity, Activity::Nothing | Activity::ByHand);
    // A program chooses its own levels; what the massager tells of them is all there is to know.
    let programmed = matches!(all.activity, Activity::Program { .. });
    let told = state.confirmed_level.filter(|level| programmed && *level > 0);
    let hand = by_hand.chosen.get(&channel).copied();
    let chosen = told.or(hand).unwrap_or(state.wanted_level);
    let off = all.gates.why_off(mode);
    // Of two feet, the one that is behind is the one to tell of.
    let notes = [Some(state), group.second].into_iter().flatten().map(|state| note(state, hand, all.strength));
    let note = if programmed { Note::Program } else { notes.max_by_key(|note| note.weight()).unwrap_or(Note::Nothing) };

    let sign: Element<'a, Message> = match follows {
        true => iced::widget::space().width(36).into(),
        false => container(icon::mode(mode, 22.0)).center(36).style(theme::container::tile).into(),
    };
    let count = text::small(match channel.foot {
        _ if joined => say!(w, "massager-both-feet-levels", count = levels),
        Foot::Both => say!(w, "massager-levels", count = levels),
        Foot::Left => say!(w, "massager-left-foot-levels", count = levels),
        Foot::Right => say!(w, "massager-right-foot-levels", count = levels),
    });
    let title = column![].push((!follows).then(|| text::strong(w.mode(mode))));
    let title = title.push(count.style(text::second)).width(150);
    let on_change = move |level| Message::ByHand(feet.clone(), level, levels);
    let reach = state.ceiling.highest_level(levels);
    let slider = slider::level_slider(levels, chosen, reach, move |theme| theme.mode(mode), on_change)
        .enabled(!resting && off.is_none());
    let slider = match note {
        Note::Rising(now, _) => slider.now(now),
        _ => slider,
    };
    let level = (!programmed || told.is_some()).then(|| text::strong(words::level(w, chosen)));
    let said = match (off, note) {
        (Some(answer), _) => Some(text::small(health::off(w, answer)).style(text::warn)),
        (None, Note::Nothing) => None,
        (None, Note::Confirmed) => Some(text::small(say!(w, "massager-confirmed")).style(text::accent)),
        (None, note) => Some(text::small(words_of(w, note, all.strength)).style(text::second)),
    };
    let chain: Element<'a, Message> = match (group.can_join && !follows, joined) {
        (false, _) => iced::widget::space().width(36).into(),
        (true, joined) => {
            let (icon, words) = match joined {
                true => (Icon::Link2, say!(w, "massager-part-feet", mode = w.mode_inside(mode))),
                false => (Icon::Link2Off, say!(w, "massager-join-feet", mode = w.mode_inside(mode))),
            };
            let message = (!resting).then_some(Message::Join(mode, !joined));
            let button = widget::icon_button(icon, words).small().on_press_maybe(message);
            // The chain that holds is drawn as what is chosen is.
            if joined {
                button.look(|theme, status| theme::button::filter(true)(theme, status)).into()
            } else {
                button.into()
            }
        }
    };
    let level = Row::new().push(column![level].push(said)).width(128);
    row![sign, title, named(name, slider), level, chain].spacing(14).align_y(Center).height(48).into()
}

impl Note {
    /// Of two feet that move together, the one with more to say is told of.
    fn weight(self) -> u8 {
        match self {
            Self::Nothing => 0,
            Self::Confirmed => 1,
            Self::Weakened(_) => 2,
            Self::Sending => 3,
            Self::Rising(..) => 4,
            Self::Program => 5,
        }
    }
}

fn words_of(w: &Words, note: Note, strength: Intensity) -> String {
    match note {
        Note::Nothing => String::new(),
        Note::Program => say!(w, "massager-by-program"),
        Note::Rising(now, goal) => say!(w, "massager-rising", level = now, goal = goal),
        Note::Weakened(level) => say!(w, "massager-weakened", level = level, strength = strength),
        Note::Confirmed => say!(w, "massager-confirmed"),
        Note::Sending => say!(w, "massager-sending"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(channel: Channel, wanted_level: u16, confirmed_level: Option<u16>) -> ChannelState {
        ChannelState {
            channel,
            levels: 20,
            asked: Intensity::ZERO,
            wanted: Intensity::ZERO,
            wanted_level,
            confirmed_level,
            sending_since: None,
            ceiling: Intensity::FULL,
        }
    }

    #[test]
    fn a_row_says_what_is_true_of_its_level() {
        let strength = Intensity::from_percent(40);
        let roller = Channel::both(Mode::Roller);
        let said = |wanted, confirmed, by_hand| note(&state(roller, wanted, confirmed), by_hand, strength);
        assert_eq!(said(0, None, None), Note::Nothing);
        assert_eq!(said(0, Some(0), Some(0)), Note::Nothing);
        assert_eq!(said(0, Some(0), Some(15)), Note::Rising(0, 6));
        assert_eq!(said(4, Some(4), Some(15)), Note::Rising(4, 6), "6 of 20 is what 40 % make of 15");
        assert_eq!(said(6, Some(5), Some(15)), Note::Sending);
        assert_eq!(said(6, Some(6), Some(15)), Note::Weakened(6));
        assert_eq!(said(6, Some(6), None), Note::Confirmed);
        assert_eq!(said(0, Some(6), Some(0)), Note::Sending);
        assert_eq!(note(&state(roller, 15, Some(15)), Some(15), Intensity::FULL), Note::Confirmed);
    }

    #[test]
    fn feet_that_are_alike_move_together_and_join_on_the_lower_level() {
        let (left, right) = (Channel::new(Mode::Roller, Foot::Left), Channel::new(Mode::Roller, Foot::Right));
        let channels = [state(left, 0, None), state(right, 0, None), state(Channel::both(Mode::Heat), 0, None)];
        let mut hand = ByHand::default();
        let rows = |hand: &ByHand| hand.groups(&channels).iter().map(|row| row.second.is_some()).collect::<Vec<_>>();
        assert_eq!(rows(&hand), [true, false]);
        assert_eq!(hand.choose(&[left, right], 8, 20).len(), 2);
        assert!(hand.join(Mode::Roller, false, &channels).is_empty(), "taking them apart changes no level");
        assert_eq!(rows(&hand), [false, false, false]);
        hand.choose(&[right], 12, 20);
        let asked = hand.join(Mode::Roller, true, &channels);
        assert_eq!(asked, [(right, Intensity::of_level(8, 20))], "the stronger foot comes down");
        assert_eq!(rows(&hand), [true, false]);
    }

    #[test]
    fn feet_that_differ_are_shown_apart() {
        let (left, right) = (Channel::new(Mode::Roller, Foot::Left), Channel::new(Mode::Roller, Foot::Right));
        let hand = ByHand::default();
        assert_eq!(hand.groups(&[state(left, 4, None), state(right, 6, None)]).len(), 2);
        let coarse = ChannelState { levels: 3, ..state(right, 0, None) };
        let channels = [state(left, 0, None), coarse];
        let groups = hand.groups(&channels);
        assert!(groups.len() == 2 && groups.iter().all(|row| !row.can_join), "other levels mean another strength");
    }
}
