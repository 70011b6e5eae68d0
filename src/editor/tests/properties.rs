//! What holds for every sequence of edits, tried with random ones.

use super::*;

fn any_shape() -> impl Strategy<Value = Shape> {
    (0u8..4, -100i8..=100)
        .prop_map(|(shape, bend)| [Shape::Hold, Shape::Straight, Shape::Smooth, Shape::Bend(bend)][usize::from(shape)])
}

fn any_point() -> impl Strategy<Value = Point> {
    (any_shape(), 0u32..130_000, 0u16..=1000)
        .prop_map(|(shape, at, level)| Point::new(shape, Time::from_millis(at), Intensity::from_per_mille(level)))
}

fn any_curve() -> impl Strategy<Value = Curve> {
    prop::collection::btree_map(0u32..120_000, (any_shape(), 0u16..=1000), 0..12).prop_map(|points| {
        let point = |(at, (shape, level))| Point::new(shape, Time::from_millis(at), Intensity::from_per_mille(level));
        Curve::new(points.into_iter().map(point).collect()).unwrap()
    })
}

fn any_profile() -> impl Strategy<Value = Profile> {
    (any_curve(), any_curve(), prop::collection::vec((0u32..9_000, 1u32..9_000), 0..4)).prop_map(
        |(roller, heat, steps)| {
            let mut at = 0;
            let steps = steps.into_iter().map(|(gap, width)| {
                let from = at + gap;
                at = from + width;
                Step { from: Time::from_millis(from), to: Time::from_millis(at), text: "Roll".into(), spot: None }
            });
            Profile {
                name: "Test".into(),
                length: Time::from_secs(120),
                tracks: [(Channel::both(Mode::Roller), roller), (Channel::both(Mode::Heat), heat)].into(),
                steps: steps.collect(),
                ..Profile::default()
            }
        },
    )
}

/// An edit that still has to find its points in the document: it holds numbers to choose by.
#[derive(Debug, Clone)]
struct Wish {
    what: u8,
    which: Vec<prop::sample::Index>,
    point: Point,
    span: Span,
    number: i32,
    curve: Curve,
}

fn any_wish() -> impl Strategy<Value = Wish> {
    (
        0u8..36,
        prop::collection::vec(any::<prop::sample::Index>(), 1..6),
        any_point(),
        (0u32..125_000, 0u32..125_000),
        -2000i32..2000,
        any_curve(),
    )
        .prop_map(|(what, which, point, (a, b), number, curve)| {
            let span = Span::new(Time::from_millis(a), Time::from_millis(b));
            Wish { what, which, point, span, number, curve }
        })
}

impl Wish {
    fn edit(&self, document: &Document) -> Option<Edit> {
        let ids: Vec<_> = document.lanes().flat_map(|(_, lane)| lane.spots().map(|spot| spot.id)).collect();
        let points: Vec<_> = self.which.iter().filter(|_| !ids.is_empty()).map(|which| *which.get(&ids)).collect();
        let channels: Vec<_> = document.lanes().map(|(channel, _)| channel).collect();
        let some = Channel::both(Mode::ALL[self.which[0].index(4)]);
        let channel = if channels.is_empty() { some } else { *self.which[0].get(&channels) };
        let steps = document.steps();
        let step = if steps.is_empty() { None } else { Some(self.which[0].get(steps).id) };
        let (span, number) = (self.span, self.number);
        let percent = Intensity::from_per_mille(number.unsigned_abs() as u16 % 1001);
        let by = Shift { millis: i64::from(number) * 13, per_mille: number % 300 };
        let crossing = [Crossing::Stop, Crossing::Replace, Crossing::Push][self.which[0].index(3)];
        let targets = [Target::Points(points.clone()), Target::Lane(channel), Target::Stretch(channel, span)];
        let target = self.which[0].get(&targets).clone();
        let short = Duration::from_millis(u64::from(number.unsigned_abs()) * 10);
        Some(match self.what {
            0 | 1 => Edit::Add { channel, point: self.point },
            2 => Edit::AddOnCurve { channel, at: self.point.at },
            3..=6 => Edit::Move { points, by, crossing },
            7 => Edit::SetTime { point: *points.first()?, at: self.point.at },
            8 => Edit::SetIntensity { points, to: percent },
            9 => Edit::SetShape { points, shape: self.point.shape },
            10 => Edit::Delete { points },
            11 => Edit::Use { tool: Tool::Scale(number.unsigned_abs() as u16), target },
            12 => Edit::Use { tool: Tool::Offset(number), target },
            13 => Edit::Use { tool: Tool::Invert, target },
            14 => Edit::Use { tool: Tool::Quantise(number.unsigned_abs() as u16 % 12), target },
            15 => Edit::Use { tool: Tool::Simplify(percent), target },
            16 => Edit::Fade { channels, span, fade: if number > 0 { Fade::In } else { Fade::Out } },
            17 => Edit::Repeat { channels, span, times: number.unsigned_abs() as u16 % 5 },
            18 => Edit::Generate { channel: some, span, generator: *self.which[0].get(&Generator::ALL) },
            19 => {
                let samples = self.curve.points().iter().map(|point| (point.at, point.intensity)).collect();
                Edit::Take { channel: some, samples, tolerance: percent, hand: Hand::Slider }
            }
            20 => Edit::SetCurve { channel: some, curve: self.curve.clone() },
            21 | 22 => {
                let clip = if number > 0 {
                    Clip::of_points(document, &points)
                } else {
                    Clip::of_stretch(document, &channels, span)
                };
                let paste = if number % 2 == 0 { Paste::Insert } else { Paste::Replace };
                let into = self.which.get(1).map(|_| some);
                Edit::Paste { clip: clip?, at: self.point.at, paste, into }
            }
            23 => Edit::Cap { channel, at_most: percent },
            24 => Edit::LimitRise { channel, per_second: percent },
            25 => Edit::EndSoftly { at: self.point.at, over: short },
            26 => Edit::InsertTime { at: self.point.at, by: short },
            27 => Edit::RemoveTime { span },
            28 => Edit::SetLength(self.point.at),
            29 => Edit::AddTrack(some),
            30 => Edit::RemoveTrack(channel),
            31 => match number % 2 {
                0 => Edit::SplitTrack(some.mode),
                _ => Edit::JoinTracks { mode: some.mode, keep: if number > 0 { Foot::Left } else { Foot::Right } },
            },
            32 => Edit::AddStep(Step { from: span.from, to: span.to, text: "New".into(), spot: None }),
            33 => Edit::MoveStep { step: step?, millis: by.millis },
            34 => Edit::ResizeStep { step: step?, span },
            _ => match number % 5 {
                0 => Edit::SetName("Other".into()),
                1 => Edit::SetStepText { step: step?, text: "Other".into() },
                2 => Edit::SetAuthor(Some("Somebody".to_owned())),
                3 => Edit::SetNeed(Some(crate::profile::Need::Evening)),
                _ => Edit::DeleteSteps(step.into_iter().collect()),
            },
        })
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn undo_gives_the_first_document_back_and_redo_the_last(
        profile in any_profile(),
        wishes in prop::collection::vec(any_wish(), 1..14),
    ) {
        let mut editor = Editor::new(&profile);
        let first = editor.document().clone();
        let mut full = profile.clone();
        full.tracks.retain(|_, curve| !curve.points().is_empty());
        prop_assert_eq!(&first.to_profile(), &full);
        let mut states = Vec::new();
        for wish in &wishes {
            let Some(edit) = wish.edit(editor.document()) else { continue };
            let before = editor.document().clone();
            match editor.perform(&edit) {
                Ok(true) => states.push(before),
                Ok(false) | Err(_) => prop_assert_eq!(editor.document(), &before, "{:?}", edit),
            }
            editor.document().check();
            for id in editor.selection().points() {
                prop_assert!(editor.document().point(id).is_some());
            }
        }
        let last = editor.document().clone();
        if last.lanes().any(|(_, lane)| !lane.is_empty()) {
            let read = Profile::read(&editor.file().unwrap());
            prop_assert_eq!(read, Ok(last.to_profile()), "whatever comes of edits can be saved and opened");
        }
        let count = states.len();
        while let Some(state) = states.pop() {
            prop_assert!(editor.undo().is_some());
            editor.document().check();
            prop_assert_eq!(editor.document(), &state);
        }
        prop_assert!(editor.undo().is_none() && !editor.is_dirty());
        prop_assert_eq!(editor.document(), &first);
        for _ in 0..count {
            prop_assert!(editor.redo().is_some());
        }
        prop_assert!(editor.redo().is_none());
        prop_assert_eq!(editor.document(), &last);
    }

    #[test]
    fn a_gesture_is_one_step_whichever_way_it_goes(
        profile in any_profile(),
        wishes in prop::collection::vec((any_wish(), any::<bool>()), 1..8),
    ) {
        let mut editor = Editor::new(&profile);
        let first = editor.document().clone();
        let gesture = editor.begin();
        for (wish, restart) in &wishes {
            let Some(edit) = wish.edit(editor.document()) else { continue };
            let merge = if *restart { Merge::Restart } else { Merge::Add };
            let _ = editor.perform_in(gesture, &edit, merge);
            editor.document().check();
        }
        let last = editor.document().clone();
        if editor.undo().is_some() {
            prop_assert_eq!(editor.document(), &first);
            prop_assert!(editor.undo().is_none());
            editor.redo();
            editor.document().check();
            prop_assert_eq!(editor.document(), &last);
        } else {
            prop_assert_eq!(&last, &first);
        }
    }

    #[test]
    fn a_ghost_runs_as_the_lane_will(profile in any_profile(), wish in any_wish(), from in 0u32..120_000, width in 0u32..60_000) {
        let mut editor = Editor::new(&profile);
        let Some(edit) = wish.edit(editor.document()) else { return Ok(()) };
        let Ok(change) = editor.preview(&edit) else { return Ok(()) };
        let before = editor.document().clone();
        let within = Span::new(Time::from_millis(from), Time::from_millis(from + width));
        let ghosts: Vec<_> = before.lanes().map(|(channel, lane)| (channel, change.ghost(channel, lane, within))).collect();
        editor.perform(&edit).unwrap();
        for (channel, ghost) in ghosts {
            let (Some(old), Some(new)) = (before.lane(channel), editor.document().lane(channel)) else { continue };
            let touched = change.touched(channel, old);
            for at in (from..=from + width).step_by(97).map(Time::from_millis) {
                let will = new.curve().intensity_at(at);
                if !new.is_empty() && !ghost.is_empty() {
                    prop_assert_eq!(ghost.curve().intensity_at(at), will, "{} in {:?}", at, edit);
                }
                if touched.is_none_or(|touched| !touched.contains(at)) {
                    prop_assert_eq!(old.curve().intensity_at(at), will, "{} is not touched by {:?}", at, edit);
                }
            }
        }
    }

    #[test]
    fn a_clip_is_read_as_it_was_written_and_pasted_as_it_was_copied(
        profile in any_profile(), from in 0u32..100_000, width in 1u32..40_000, at in 0u32..120_000,
    ) {
        let document = Document::new(&profile);
        let channels: Vec<_> = document.lanes().map(|(channel, _)| channel).collect();
        let span = Span::new(Time::from_millis(from), Time::from_millis(from + width));
        let Some(clip) = Clip::of_stretch(&document, &channels, span) else { return Ok(()) };
        prop_assert_eq!(Clip::from_ron(&clip.to_ron()), Ok(clip.clone()));

        let mut editor = Editor::new(&profile);
        let at = Time::from_millis(at);
        editor.perform(&Edit::Paste { clip: clip.clone(), at, paste: Paste::Replace, into: None }).unwrap();
        for (channel, curve) in clip.tracks() {
            let lane = editor.document().lane(*channel).unwrap();
            for offset in (0..=width).step_by(101) {
                let pasted = lane.curve().intensity_at(at + Duration::from_millis(u64::from(offset)));
                let copied = curve.intensity_at(Time::from_millis(offset));
                let smooth = curve.points().iter().any(|point| point.shape == Shape::Smooth);
                prop_assert!(smooth || pasted.per_mille().abs_diff(copied.per_mille()) <= 5, "{offset}: {pasted} {copied}");
            }
        }
    }

    #[test]
    fn time_put_in_and_taken_out_again_changes_nothing_to_feel(
        profile in any_profile(), at in 0u32..120_000, by in 1u32..30_000,
    ) {
        let mut editor = Editor::new(&profile);
        let (at, by) = (Time::from_millis(at), Duration::from_millis(u64::from(by)));
        editor.perform(&Edit::InsertTime { at, by }).unwrap();
        for (channel, curve) in &profile.tracks {
            let lane = editor.document().lane(*channel).unwrap();
            let smooth = curve.points().iter().any(|point| point.shape == Shape::Smooth);
            for millis in (0..120_000).step_by(377).map(Time::from_millis) {
                let now = if millis < at { millis } else { millis + by };
                let (was, is) = (curve.intensity_at(millis), lane.curve().intensity_at(now));
                prop_assert!(smooth || was.per_mille().abs_diff(is.per_mille()) <= 8, "{millis}: {was} {is}");
            }
        }
        editor.perform(&Edit::RemoveTime { span: Span { from: at, to: at + by } }).unwrap();
        prop_assert_eq!(editor.document().length(), profile.length);
        for (channel, curve) in &profile.tracks {
            let lane = editor.document().lane(*channel).unwrap();
            let smooth = curve.points().iter().any(|point| point.shape == Shape::Smooth);
            for millis in (0..120_000).step_by(377).map(Time::from_millis).filter(|m| m.as_millis().abs_diff(at.as_millis()) > 1) {
                let (was, is) = (curve.intensity_at(millis), lane.curve().intensity_at(millis));
                prop_assert!(smooth || was.per_mille().abs_diff(is.per_mille()) <= 12, "{millis}: {was} {is}");
            }
        }
    }
}
