//! The profile's safety check: what it asks of feet, what the limits will take away, and how to mend it.
//!
//! Belongs here: [`check`] and its findings, each with a fix that is one edit, and so one step of undo. Keeping the limits
//! while playing belongs to the player: it does so whatever is found here.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::care::Limits;
use crate::curve::Curve;
use crate::fact::Heading;
use crate::facts;
use crate::intensity::Intensity;
use crate::mode::{Channel, Mode};
use crate::time::Time;

use super::document::{Document, StepId};
use super::drawing::above;
use super::edit::{Edit, Fade};
use super::lane::{PointId, Span};
use super::rise::{Rise, rises};

/// Strong: what is above this is counted. No source gives a number; the caution colour of the lanes begins here.
pub const STRONG: Intensity = Intensity::from_percent(80);

/// How long a lane may be strong before the check advises less. Ours, as [`STRONG`].
pub const STRONG_FOR: Duration = Duration::from_secs(60);

/// A profile begins gently at or below this: makers say to start at the lowest level (Beirelax); 30 % is ours.
pub const GENTLE_START: Intensity = Limits::FIRST_TIME_CEILING;

/// How long the way to nothing is that a fix adds to an end.
pub const SOFT_END: Duration = Duration::from_secs(10);

/// What holds while playing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bounds {
    /// The dose limits.
    pub limits: Limits,
    /// The most that each mode may reach; full where a mode is not named.
    pub ceilings: BTreeMap<Mode, Intensity>,
}

impl Bounds {
    /// The most that a mode may reach.
    pub fn ceiling(&self, mode: Mode) -> Intensity {
        self.ceilings.get(&mode).copied().unwrap_or(Intensity::FULL)
    }
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// As it should be.
    Good,
    /// Worth a thought.
    Advice,
    /// The massager will not play it as it is drawn.
    Must,
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topic {
    /// The highest intensity.
    Peak,
    /// How long a lane is strong.
    Strong,
    /// How fast a lane rises.
    Rise,
    /// How long the profile is.
    Length,
    /// Whether it ends at rest.
    End,
    /// Whether it starts gently.
    Start,
}

/// Something that the check found.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// What it is about.
    pub topic: Topic,
    /// How much it matters.
    pub weight: Weight,
    /// What it is, such as `Rises 20 % a second`.
    pub title: Title,
    /// Where, and what would be better, such as `Vibration at 2:27. Limit: 10 %`.
    pub detail: Detail,
    /// The lane.
    pub channel: Option<Channel>,
    /// Where: for a click to go there.
    pub span: Option<Span>,
    /// What mends it, in one step.
    pub fix: Option<Edit>,
}

facts! {
    /// What a finding is.
    pub enum Title in "check" {
        /// Good.
        RisesGently,
        /// Good.
        StartsGently,
        /// Good.
        NothingMoves,
        /// The highest point.
        Peak(intensity: Intensity),
        /// Strong for so long.
        Above(time: Time, intensity: Intensity),
        /// Steep, in percent a second.
        Rises(percent: u32),
        /// At once.
        Jumps(by: Intensity),
        /// The profile's length.
        Long(length: Time),
        /// Not from nothing.
        StartsAt(intensity: Intensity),
        /// Good.
        EndsAtRest,
        /// Not at nothing.
        EndsAt(intensity: Intensity),
    }
}

facts! {
    /// Where a finding is, and what would be better.
    pub enum Detail in "check-detail" {
        /// The limit that holds.
        NowhereMore(limit: Intensity),
        /// The start that is gentle.
        AtMostAtStart(most: Intensity),
        /// Nothing to check.
        NoPointYet,
        /// Where the peak is.
        Place(channel: Heading, at: Time),
        /// The same, above the ceiling.
        PlaceAndCeiling(channel: Heading, at: Time, ceiling: Intensity),
        /// How long it may be strong.
        AdviceTime(channel: Heading, advice: Time),
        /// Where it rises, how often more, and the limit.
        RiseAt {
            /// The lane.
            channel: Heading,
            /// Where the worst is.
            at: Time,
            /// How many more there are.
            more: usize,
            /// The limit a second.
            limit: Intensity,
        },
        /// The longest session.
        SessionLasts(most: Time),
        /// Where it should start.
        AdviceAtMost(channel: Heading, most: Intensity),
        /// It ends well.
        AllAtRest(at: Time),
        /// It should end at nothing.
        AdviceRest(channel: Heading),
    }
}

/// Checks a document. Peak, length, rise, start and end are always told, good or not; costs one look at each point.
pub fn check(document: &Document, bounds: &Bounds) -> Vec<Finding> {
    let mut findings = vec![peak(document, bounds)];
    let lanes = || document.lanes().filter(|(_, lane)| !lane.is_empty()).map(|(channel, lane)| (channel, lane.curve()));
    findings.extend(lanes().filter_map(|(channel, curve)| strong(channel, curve, document.length())));
    let steep: Vec<_> =
        lanes().filter_map(|(channel, curve)| steep(channel, curve, document.length(), bounds)).collect();
    if steep.is_empty() {
        let limit = bounds.limits.rise_per_second;
        findings.push(good(Topic::Rise, Title::RisesGently, Detail::NowhereMore(limit)));
    }
    findings.extend(steep);
    findings.push(length(document.length(), bounds));
    let hard: Vec<_> = lanes().filter_map(|(channel, curve)| start(channel, curve, bounds)).collect();
    if hard.is_empty() {
        findings.push(good(Topic::Start, Title::StartsGently, Detail::AtMostAtStart(GENTLE_START)));
    }
    findings.extend(hard);
    findings.push(end(document));
    findings
}

/// How many findings want a look.
pub fn to_fix(findings: &[Finding]) -> usize {
    findings.iter().filter(|finding| finding.weight > Weight::Good).count()
}

fn good(topic: Topic, title: Title, detail: Detail) -> Finding {
    Finding { topic, weight: Weight::Good, title, detail, channel: None, span: None, fix: None }
}

fn peak(document: &Document, bounds: &Bounds) -> Finding {
    let highest = |(channel, lane): (Channel, &super::Lane)| {
        let point = lane.points().iter().max_by(|a, b| a.intensity.cmp(&b.intensity).then(b.at.cmp(&a.at)))?;
        let over = point.intensity > bounds.ceiling(channel.mode);
        Some((over, point.intensity, std::cmp::Reverse(point.at), channel))
    };
    let Some((over, intensity, at, channel)) = document.lanes().filter_map(highest).max() else {
        return good(Topic::Peak, Title::NothingMoves, Detail::NoPointYet);
    };
    let at = at.0;
    let ceiling = bounds.ceiling(channel.mode);
    Finding {
        weight: if over { Weight::Must } else { Weight::Good },
        channel: Some(channel),
        span: Some(Span { from: at, to: at }),
        fix: over.then_some(Edit::Cap { channel, at_most: ceiling }),
        ..good(
            Topic::Peak,
            Title::Peak(intensity),
            if over {
                Detail::PlaceAndCeiling(Heading(channel), at, ceiling)
            } else {
                Detail::Place(Heading(channel), at)
            },
        )
    }
}

fn strong(channel: Channel, curve: &Curve, length: Time) -> Option<Finding> {
    let spans = above(curve, STRONG, length);
    let total: Duration = spans.iter().map(|span| span.to.since(span.from)).sum();
    (total > STRONG_FOR).then(|| Finding {
        weight: Weight::Advice,
        channel: Some(channel),
        span: spans.into_iter().reduce(Span::joined),
        fix: Some(Edit::Cap { channel, at_most: STRONG }),
        ..good(
            Topic::Strong,
            Title::Above(Time::from(total), STRONG),
            Detail::AdviceTime(Heading(channel), Time::from(STRONG_FOR)),
        )
    })
}

fn steep(channel: Channel, curve: &Curve, length: Time, bounds: &Bounds) -> Option<Finding> {
    let limit = bounds.limits.rise_per_second;
    let steepness = |rise: &Rise| rise.per_second.unwrap_or(f32::INFINITY);
    let rises = rises(curve, length, limit);
    let worst = rises.iter().max_by(|a, b| steepness(a).total_cmp(&steepness(b)).then(a.behind.cmp(&b.behind)))?;
    let title = match worst.per_second {
        Some(per_second) => Title::Rises(per_second.round() as u32),
        None => Title::Jumps(worst.behind),
    };
    Some(Finding {
        weight: Weight::Must,
        channel: Some(channel),
        span: Some(worst.span),
        fix: Some(Edit::LimitRise { channel, per_second: limit }),
        ..good(
            Topic::Rise,
            title,
            Detail::RiseAt { channel: Heading(channel), at: worst.span.from, more: rises.len() - 1, limit },
        )
    })
}

fn length(length: Time, bounds: &Bounds) -> Finding {
    let cap = Time::from(bounds.limits.session);
    let over = length > cap;
    Finding {
        weight: if over { Weight::Must } else { Weight::Good },
        span: over.then_some(Span { from: cap.min(length), to: length }),
        fix: over.then_some(Edit::EndSoftly { at: cap, over: SOFT_END }),
        ..good(Topic::Length, Title::Long(length), Detail::SessionLasts(cap))
    }
}

fn start(channel: Channel, curve: &Curve, bounds: &Bounds) -> Option<Finding> {
    let intensity = curve.intensity_at(Time::ZERO);
    // Slow enough that the rise of the fade keeps the limit, as long as the curve itself is level there.
    let rise = f64::from(bounds.limits.rise_per_second.per_mille().max(1));
    let seconds = (f64::from(intensity.per_mille()) / rise).ceil().max(bounds.limits.soft_start.as_secs_f64());
    let span = Span { from: Time::ZERO, to: Time::from(Duration::from_secs_f64(seconds)) };
    (intensity > GENTLE_START).then(|| Finding {
        weight: Weight::Advice,
        channel: Some(channel),
        span: Some(span),
        fix: Some(Edit::Fade { channels: vec![channel], span, fade: Fade::In }),
        ..good(Topic::Start, Title::StartsAt(intensity), Detail::AdviceAtMost(Heading(channel), GENTLE_START))
    })
}

fn end(document: &Document) -> Finding {
    let at = document.length();
    let loud = |(channel, lane): (Channel, &super::Lane)| {
        let intensity = lane.curve().intensity_at(at);
        (!intensity.is_zero()).then_some((intensity, std::cmp::Reverse(channel)))
    };
    match document.lanes().filter_map(loud).max() {
        None => good(Topic::End, Title::EndsAtRest, Detail::AllAtRest(at)),
        Some((intensity, channel)) => Finding {
            weight: Weight::Advice,
            channel: Some(channel.0),
            span: Some(Span { from: at - SOFT_END, to: at }),
            fix: Some(Edit::EndSoftly { at, over: SOFT_END }),
            ..good(Topic::End, Title::EndsAt(intensity), Detail::AdviceRest(Heading(channel.0)))
        },
    }
}

/// The point, or the step, that a finding's place begins with: for the keyboard to go there.
pub fn first_in(document: &Document, finding: &Finding) -> Option<Result<PointId, StepId>> {
    let span = finding.span?;
    if let Some(lane) = finding.channel.and_then(|channel| document.lane(channel)) {
        return lane.spots_in(span).next().map(|spot| Ok(spot.id));
    }
    document.steps().iter().find(|named| named.step.to >= span.from).map(|named| Err(named.id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curve::{Point, Shape};
    use crate::editor::Editor;
    use crate::profile::Profile;
    use proptest::prelude::*;

    const ROLLER: Channel = Channel::both(Mode::Roller);

    fn editor(length: u32, points: &[(Shape, u32, u16)]) -> Editor {
        let point =
            |&(shape, secs, percent)| Point::new(shape, Time::from_secs(secs), Intensity::from_percent(percent));
        let curve = Curve::new(points.iter().map(point).collect()).unwrap();
        Editor::new(&Profile {
            length: Time::from_secs(length),
            tracks: [(ROLLER, curve)].into(),
            ..Profile::default()
        })
    }

    fn found(editor: &Editor) -> Vec<(Topic, Weight, String, String)> {
        let words = crate::i18n::Words::english();
        check(editor.document(), &Bounds::default())
            .into_iter()
            .map(|finding| (finding.topic, finding.weight, words.fact(&finding.title), words.fact(&finding.detail)))
            .collect()
    }

    /// Fixes all that has a fix, and says how many were needed.
    fn fix(editor: &mut Editor, bounds: &Bounds) -> usize {
        for count in 0..40 {
            let findings = check(editor.document(), bounds);
            match findings.into_iter().find_map(|finding| finding.fix) {
                Some(fix) => assert!(editor.perform(&fix).unwrap(), "a fix changes something: {fix:?}"),
                None => return count,
            };
        }
        panic!("fixing does not come to an end: {:?}", check(editor.document(), bounds));
    }

    #[test]
    fn a_gentle_profile_is_good_in_every_point() {
        let editor = editor(300, &[(Shape::Straight, 0, 0), (Shape::Smooth, 60, 60), (Shape::Smooth, 300, 0)]);
        let words = found(&editor);
        assert!(words.iter().all(|finding| finding.1 == Weight::Good), "{words:?}");
        assert_eq!(words[0].2, "Peak 60 %");
        assert_eq!(words[0].3, "Roller at 1:00");
    }

    #[test]
    fn the_check_says_what_and_where_and_its_fixes_mend_it() {
        use Shape::{Hold, Straight};
        let points =
            [(Straight, 0, 40), (Hold, 100, 40), (Straight, 102, 80), (Straight, 110, 90), (Straight, 300, 90)];
        let mut editor = editor(1200, &points);
        let words = found(&editor);
        let has = |title: &str, detail: &str| words.iter().any(|found| found.2 == title && found.3 == detail);
        assert!(has("18:17 above 80 %", "Roller. Advice: 1:00"), "{words:?}");
        assert!(has("Rises 20 % a second", "Roller at 1:40. Limit: 10 % a second"));
        assert!(has("20:00 long", "A session lasts 15:00 at most"));
        assert!(has("Starts at 40 %", "Roller. Advice: at most 30 %"));
        assert!(has("Ends at 90 %", "Roller. Advice: 0 %"));
        let before = editor.document().clone();
        let steps = fix(&mut editor, &Bounds::default());
        assert_eq!(to_fix(&check(editor.document(), &Bounds::default())), 0);
        assert_eq!(editor.document().length(), Time::from_secs(900));
        for _ in 0..steps {
            editor.undo();
        }
        assert_eq!(*editor.document(), before, "each fix is one step of undo");
    }

    proptest! {
        #[test]
        fn whatever_is_drawn_can_be_mended(
            points in prop::collection::vec((1u32..30_000, 0u16..=1000, 0i8..5), 1..12),
            ceiling in 300u16..=1000,
        ) {
            let mut at = 0;
            let points = points.into_iter().map(|(step, per_mille, shape)| {
                at += step;
                let shape = match shape { 0 => Shape::Hold, 1 => Shape::Smooth, 2 => Shape::Bend(-70), _ => Shape::Straight };
                Point::new(shape, Time::from_millis(at), Intensity::from_per_mille(per_mille))
            });
            let curve = Curve::new(points.collect()).unwrap();
            let length = curve.end() + Duration::from_secs(5);
            let mut editor =
                Editor::new(&Profile { length, tracks: [(ROLLER, curve)].into(), ..Profile::default() });
            let before = editor.document().clone();
            let bounds =
                Bounds { ceilings: [(Mode::Roller, Intensity::from_per_mille(ceiling))].into(), ..Bounds::default() };
            let steps = fix(&mut editor, &bounds);
            editor.document().check();
            for _ in 0..steps { editor.undo(); }
            prop_assert_eq!(editor.document(), &before);
        }
    }
}
