//! A whole massage: a curve per mode, manual steps, length, words; and its file.
//!
//! Belongs here: [`Profile`] and its RON file, version by version. Playing, editing and finding files do not.

use std::collections::BTreeMap;

use crate::curve::Curve;
use crate::intensity::Intensity;
use crate::mode::{Channel, Foot, Mode};
use crate::time::Time;

mod advice;
pub mod bundled;
mod need;
mod places;
mod read;
mod schema;
mod spot;
mod write;

pub use bundled::bundled;
pub use need::Need;
pub use spot::{Part, Spot};

/// A text in one or several languages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// By language code, such as `en`. A text without a language has the empty code.
    pub variants: BTreeMap<String, String>,
}

/// A stretch of time in which the person does something by hand, beside the tracks or alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// From when.
    pub from: Time,
    /// Until when; later than `from`.
    pub to: Time,
    /// What to do.
    pub text: Text,
    /// Where on the foot or the leg, if it is one place.
    pub spot: Option<Spot>,
}

/// A whole massage.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Profile {
    /// Its name.
    pub name: Text,
    /// What it is for.
    pub description: Text,
    /// Who made it.
    pub author: Option<String>,
    /// What it is for; none is for any time.
    pub need: Option<Need>,
    /// How long it takes; no point and no step lies beyond it.
    pub length: Time,
    /// The curves.
    pub tracks: BTreeMap<Channel, Curve>,
    /// What is done by hand, in time order, never two at a time.
    pub steps: Vec<Step>,
}

impl Profile {
    /// The modes that it drives, on whichever foot, in their order.
    pub fn modes(&self) -> Vec<Mode> {
        Mode::ALL.into_iter().filter(|mode| self.tracks.keys().any(|channel| channel.mode == *mode)).collect()
    }

    /// The tracks that drive a massager's channel; where there are two, the stronger counts.
    ///
    /// A foot of its own takes its own track, else the one for both feet. A channel that cannot tell the feet apart
    /// takes the track for both, else the left and the right one.
    pub fn driving(&self, channel: Channel) -> impl Iterator<Item = &Curve> + Clone {
        let track = |foot| self.tracks.get(&Channel::new(channel.mode, foot));
        let (one, other) = match channel.foot {
            Foot::Both => match track(Foot::Both) {
                Some(both) => (Some(both), None),
                None => (track(Foot::Left), track(Foot::Right)),
            },
            foot => (track(foot).or_else(|| track(Foot::Both)), None),
        };
        one.into_iter().chain(other)
    }

    /// What a massager's channel should do at a time; nothing where no track drives it.
    pub fn intensity_at(&self, channel: Channel, at: Time) -> Intensity {
        self.driving(channel).map(|curve| curve.intensity_at(at)).max().unwrap_or_default()
    }

    /// The first time after `after` when `level` of a channel's intensity differs from its value at `after`.
    ///
    /// `level` must never fall while the intensity rises.
    pub fn next_change<L: PartialEq>(
        &self,
        channel: Channel,
        after: Time,
        level: impl Fn(Intensity) -> L,
    ) -> Option<Time> {
        let now = level(self.intensity_at(channel, after));
        let mut at = after;
        loop {
            // Of two tracks the stronger counts, so a change of one need not be a change of the channel.
            at = self.driving(channel).filter_map(|curve| curve.next_change(at, &level)).min()?;
            if level(self.intensity_at(channel, at)) != now {
                return Some(at);
            }
        }
    }

    /// The modes that it needs and a massager with these channels lacks, in their order.
    pub fn missing(&self, channels: &[Channel]) -> Vec<Mode> {
        let played = |mode: &Mode| {
            channels.iter().any(|channel| channel.mode == *mode && self.driving(*channel).next().is_some())
        };
        self.modes().into_iter().filter(|mode| !played(mode)).collect()
    }

    /// The step to be done by hand at a time.
    pub fn step_at(&self, at: Time) -> Option<&Step> {
        let begun = self.steps.partition_point(|step| step.from <= at);
        self.steps.get(begun.checked_sub(1)?).filter(|step| at < step.to)
    }

    /// Whether no curve is above nothing from one time to another.
    pub fn rests(&self, from: Time, to: Time) -> bool {
        self.tracks.values().all(|curve| {
            let between = curve.points().iter().filter(|point| from < point.at && point.at < to);
            let ends = [from, to].map(|at| curve.intensity_at(at));
            ends.into_iter().chain(between.map(|point| point.intensity)).all(Intensity::is_zero)
        })
    }

    /// The first step that begins after a time.
    pub fn next_step(&self, after: Time) -> Option<&Step> {
        self.steps.get(self.steps.partition_point(|step| step.from <= after))
    }
}

impl Text {
    /// The text in a language (`da`, or with a region `da-DK`), else in English, else without a language, else in any.
    pub fn in_language(&self, language: &str) -> &str {
        let base = language.split(['-', '_']).next().unwrap_or_default();
        [language, base, "en", ""]
            .into_iter()
            .find_map(|code| self.variants.get(code))
            .or_else(|| self.variants.values().next())
            .map_or("", String::as_str)
    }

    /// Whether it says nothing in any language.
    pub fn is_empty(&self) -> bool {
        self.variants.values().all(|text| text.trim().is_empty())
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self { variants: BTreeMap::from([(String::new(), text.to_owned())]) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curve::{Point, Shape};
    use proptest::prelude::*;

    fn curve(points: &[(u32, u16)]) -> Curve {
        let point = |&(seconds, percent): &(u32, u16)| {
            Point::new(Shape::Straight, Time::from_secs(seconds), Intensity::from_percent(percent))
        };
        Curve::new(points.iter().map(point).collect()).unwrap()
    }

    fn with_tracks(tracks: &[(Channel, &[(u32, u16)])]) -> Profile {
        Profile {
            name: "Test".into(),
            length: Time::from_secs(60),
            tracks: tracks.iter().map(|(channel, points)| (*channel, curve(points))).collect(),
            ..Profile::default()
        }
    }

    const LEFT: Channel = Channel::new(Mode::Roller, Foot::Left);
    const RIGHT: Channel = Channel::new(Mode::Roller, Foot::Right);
    const BOTH: Channel = Channel::both(Mode::Roller);

    #[test]
    fn a_foot_takes_its_own_track_else_the_one_for_both() {
        let profile = with_tracks(&[(BOTH, &[(0, 20)]), (LEFT, &[(0, 40)])]);
        let at = |channel| profile.intensity_at(channel, Time::ZERO).percent();
        assert_eq!((at(LEFT), at(RIGHT), at(BOTH)), (40.0, 20.0, 20.0));
        assert_eq!(at(Channel::both(Mode::Heat)), 0.0);
    }

    #[test]
    fn a_massager_that_cannot_tell_feet_apart_takes_the_stronger() {
        let profile = with_tracks(&[(LEFT, &[(0, 0), (10, 50)]), (RIGHT, &[(0, 30), (10, 10)])]);
        assert_eq!(profile.intensity_at(BOTH, Time::ZERO).percent(), 30.0);
        assert_eq!(profile.intensity_at(BOTH, Time::from_secs(10)).percent(), 50.0);
    }

    #[test]
    fn what_a_massager_lacks_is_named() {
        let air = Channel::both(Mode::AirPressure);
        let profile = with_tracks(&[(LEFT, &[(0, 10)]), (air, &[(0, 10)])]);
        assert_eq!(profile.modes(), [Mode::Roller, Mode::AirPressure]);
        assert_eq!(profile.missing(&[BOTH, air]), []);
        assert_eq!(profile.missing(&[LEFT, RIGHT]), [Mode::AirPressure]);
        assert_eq!(profile.missing(&[RIGHT]), [Mode::Roller, Mode::AirPressure], "no track moves the right foot");
    }

    #[test]
    fn a_profile_rests_where_every_curve_is_at_nothing() {
        let profile = with_tracks(&[(BOTH, &[(0, 0), (20, 0), (30, 40), (40, 0)])]);
        let rests = |from, to| profile.rests(Time::from_secs(from), Time::from_secs(to));
        assert!(rests(0, 20) && rests(40, 60));
        assert!(!rests(0, 21) && !rests(25, 26) && !rests(10, 50));
        assert!(Profile::default().rests(Time::ZERO, Time::from_secs(9)), "nothing moves where there is no curve");
    }

    #[test]
    fn the_step_at_a_time_and_the_next_one_are_found() {
        let step = |from, to, text: &str| Step {
            from: Time::from_secs(from),
            to: Time::from_secs(to),
            text: text.into(),
            spot: None,
        };
        let steps = vec![step(5, 10, "one"), step(10, 20, "two"), step(30, 40, "three")];
        let profile = Profile { steps, ..with_tracks(&[]) };
        let at = |seconds| profile.step_at(Time::from_secs(seconds)).map(|step| step.text.in_language("en"));
        assert_eq!([at(0), at(5), at(9), at(10), at(20), at(39), at(40)], {
            let (one, two, three) = (Some("one"), Some("two"), Some("three"));
            [None, one, one, two, None, three, None]
        });
        let next = |seconds| profile.next_step(Time::from_secs(seconds)).map(|step| step.from.as_millis() / 1000);
        assert_eq!([next(0), next(5), next(10), next(29), next(30)], [Some(5), Some(10), Some(30), Some(30), None]);
    }

    #[test]
    fn a_text_falls_back_until_it_finds_words() {
        let text = |pairs: &[(&str, &str)]| Text {
            variants: pairs.iter().map(|(code, text)| (code.to_string(), text.to_string())).collect(),
        };
        let both = text(&[("en", "ball"), ("da", "bold")]);
        assert_eq!(
            (both.in_language("da"), both.in_language("da-DK"), both.in_language("fr")),
            ("bold", "bold", "ball")
        );
        assert_eq!(Text::from("plain").in_language("da"), "plain");
        assert_eq!(text(&[("de", "Ball")]).in_language("da"), "Ball");
        assert_eq!(Text::default().in_language("da"), "");
        assert!(Text::default().is_empty() && text(&[("en", " ")]).is_empty() && !both.is_empty());
    }

    proptest! {
        #[test]
        fn the_next_change_of_two_tracks_is_the_first(
            left in prop::collection::vec(0u16..=100, 1..6),
            right in prop::collection::vec(0u16..=100, 1..6),
            after in 0u32..5_000,
            max in 1u16..5,
        ) {
            let points = |percents: &[u16]| percents.iter().enumerate().map(|(i, p)| (i as u32, *p)).collect::<Vec<_>>();
            let profile = with_tracks(&[(LEFT, &points(&left)), (RIGHT, &points(&right))]);
            let level = |intensity: Intensity| intensity.level(max, Intensity::FULL);
            let at = |millis| level(profile.intensity_at(BOTH, Time::from_millis(millis)));
            let found = profile.next_change(BOTH, Time::from_millis(after), level);
            let slow = (after + 1..=6_000).find(|millis| at(*millis) != at(after));
            prop_assert_eq!(found.map(Time::as_millis), slow);
        }
    }
}
