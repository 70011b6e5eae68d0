//! What holds for every sequence of edits, tried with random ones.

use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::curve::{Curve, Point, Shape};
use crate::intensity::Intensity;
use crate::mode::{Channel, Foot, Mode};
use crate::profile::Step;
use crate::time::Time;

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
                Step { from: Time::from_millis(from), to: Time::from_millis(at), text: "Roll".into() }
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
            32 => Edit::AddStep(Step { from: span.from, to: span.to, text: "New".into() }),
            33 => Edit::MoveStep { step: step?, millis: by.millis },
            34 => Edit::ResizeStep { step: step?, span },
            _ => match number % 4 {
                0 => Edit::SetName("Other".into()),
                1 => Edit::SetStepText { step: step?, text: "Other".into() },
                2 => Edit::SetAuthor(Some("Somebody".to_owned())),
                _ => Edit::DeleteSteps(step.into_iter().collect()),
            },
        })
    }
}

#[test]
fn a_bent_line_is_written_into_the_file_and_read_again() {
    let curve = Curve::new(vec![
        Point::new(Shape::Straight, Time::ZERO, Intensity::ZERO),
        Point::new(Shape::Bend(-25), Time::from_secs(30), Intensity::from_percent(40)),
    ]);
    let tracks = [(Channel::both(Mode::Roller), curve.unwrap())].into();
    let profile = Profile { name: "Bent".into(), length: Time::from_secs(30), tracks, ..Profile::default() };
    let text = profile.write();
    assert!(text.contains("Bend(\"0:30\", 40, -25),"), "{text}");
    assert_eq!(Profile::read(&text), Ok(profile));
    let problems = Profile::read(&text.replace("-25", "101")).unwrap_err();
    assert!(problems[0].text.contains("101 is no bend: write a whole number from −100 to 100"), "{problems:?}");
}

fn editor() -> Editor {
    let point = |secs, percent| Point::new(Shape::Straight, Time::from_secs(secs), Intensity::from_percent(percent));
    let curve = Curve::new(vec![point(0, 0), point(10, 40), point(20, 60), point(30, 0)]).unwrap();
    let tracks = [(Channel::both(Mode::Roller), curve)].into();
    Editor::new(&Profile { length: Time::from_secs(60), tracks, ..Profile::default() })
}

fn ids(editor: &Editor) -> Vec<PointId> {
    editor.document().lanes().flat_map(|(_, lane)| lane.spots().map(|spot| spot.id)).collect()
}

/// Second and percent of each point.
fn drawn(editor: &Editor) -> Vec<(f32, f32)> {
    let (_, lane) = editor.document().lanes().next().unwrap();
    lane.points().iter().map(|point| (point.at.as_secs_f32(), point.intensity.percent())).collect()
}

#[test]
fn a_moved_point_stops_at_its_neighbour_passes_it_or_pushes_it_along() {
    let moved = |crossing| {
        let mut editor = self::editor();
        let by = Shift { millis: 15_000, per_mille: 0 };
        editor.perform(&Edit::Move { points: vec![ids(&editor)[1]], by, crossing }).unwrap();
        drawn(&editor)
    };
    assert_eq!(moved(Crossing::Stop), [(0.0, 0.0), (19.999, 40.0), (20.0, 60.0), (30.0, 0.0)]);
    assert_eq!(moved(Crossing::Replace), [(0.0, 0.0), (25.0, 40.0), (30.0, 0.0)]);
    assert_eq!(moved(Crossing::Push), [(0.0, 0.0), (25.0, 40.0), (35.0, 60.0), (45.0, 0.0)]);
    let mut editor = self::editor();
    let by = Shift { millis: -15_000, per_mille: 0 };
    editor.perform(&Edit::Move { points: vec![ids(&editor)[2]], by, crossing: Crossing::Push }).unwrap();
    assert_eq!(drawn(&editor), [(0.0, 0.0), (10.0, 40.0), (10.001, 60.0), (20.001, 0.0)]);
}

#[test]
fn moved_points_keep_their_form_at_the_edges() {
    let mut editor = editor();
    let points = ids(&editor)[1..3].to_vec();
    let by = Shift { millis: -90_000, per_mille: 900 };
    editor.perform(&Edit::Move { points, by, crossing: Crossing::Stop }).unwrap();
    assert_eq!(drawn(&editor), [(0.0, 0.0), (0.001, 80.0), (10.001, 100.0), (30.0, 0.0)]);
}

#[test]
fn keys_held_down_are_one_step_and_a_drag_begins_anew_in_each_frame() {
    let mut editor = editor();
    let points = vec![ids(&editor)[1]];
    let nudge =
        |millis| Edit::Move { points: points.clone(), by: Shift { millis, per_mille: 0 }, crossing: Crossing::Stop };
    let keys = editor.begin();
    for _ in 0..3 {
        editor.perform_in(keys, &nudge(1000), Merge::Add).unwrap();
    }
    assert_eq!(drawn(&editor)[1].0, 13.0);
    let drag = editor.begin();
    for millis in [500, 900, -2000] {
        editor.perform_in(drag, &nudge(millis), Merge::Restart).unwrap();
    }
    assert_eq!(drawn(&editor)[1].0, 11.0);
    assert_eq!(editor.history().undo_label(), Some("move point"));
    editor.cancel(drag);
    assert_eq!(drawn(&editor)[1].0, 13.0);
    editor.undo();
    assert_eq!(drawn(&editor)[1].0, 10.0);
    assert!(editor.undo().is_none());
    assert_eq!(editor.history().redo_label(), Some("move point"));
}

#[test]
fn saving_is_remembered_through_undo_and_redo() {
    let mut editor = editor();
    let add = |secs| Edit::Add {
        channel: Channel::both(Mode::Roller),
        point: Point::new(Shape::Smooth, Time::from_secs(secs), Intensity::FULL),
    };
    assert!(!editor.is_dirty());
    editor.perform(&add(40)).unwrap();
    assert!(editor.is_dirty());
    editor.mark_saved();
    editor.perform(&add(50)).unwrap();
    editor.undo();
    assert!(!editor.is_dirty());
    editor.undo();
    assert!(editor.is_dirty(), "what is on disk has the first point");
    editor.perform(&add(55)).unwrap();
    editor.undo();
    assert!(editor.is_dirty(), "the saved state cannot be reached any more");
    assert!(Editor::unsaved(&Profile::default()).is_dirty());
}

#[test]
fn an_edit_that_changes_nothing_is_no_step() {
    let mut editor = editor();
    let points = ids(&editor);
    assert_eq!(editor.perform(&Edit::SetShape { points: points.clone(), shape: Shape::Straight }), Ok(false));
    assert_eq!(editor.perform(&Edit::SetLength(Time::from_secs(60))), Ok(false));
    let drag = editor.begin();
    for per_mille in [100, 0] {
        let by = Shift { millis: 0, per_mille };
        let edit = Edit::Move { points: points[1..2].to_vec(), by, crossing: Crossing::Stop };
        editor.perform_in(drag, &edit, Merge::Restart).unwrap();
    }
    assert!(editor.history().undo_label().is_none() && !editor.is_dirty());
}

#[test]
fn history_keeps_within_its_memory_and_keeps_the_newest() {
    let mut history = History::new(4000);
    let mut document = Document::new(&editor().document().to_profile());
    let id = document.lanes().next().unwrap().1.spot(1).unwrap().id;
    for level in 0..500 {
        let edit = Edit::SetIntensity { points: vec![id], to: Intensity::from_per_mille(level) };
        let change = edit.plan(&document).unwrap();
        document.apply(&change, Direction::Forth);
        history.record(format!("step {level}"), change, None);
        assert!(history.bytes() <= 4000 || history.labels().count() == 1);
    }
    assert!((1..20).contains(&history.labels().count()));
    while history.undo(&mut document).is_some() {}
    assert!(history.is_dirty(), "the first state is forgotten, so it cannot be the saved one");
}

#[test]
fn what_could_not_be_opened_again_is_not_saved() {
    let mut editor = Editor::unsaved(&Profile { length: Time::from_secs(60), ..Profile::default() });
    editor.perform(&Edit::AddTrack(Channel::both(Mode::Heat))).unwrap();
    let problems: Vec<_> = editor.file().unwrap_err().into_iter().map(|problem| problem.text).collect();
    assert!(problems.iter().any(|text| text.contains("the name is empty")), "{problems:?}");
    assert!(problems.iter().any(|text| text.contains("there is nothing to play")), "{problems:?}");
    editor.perform(&Edit::SetName("Warm".into())).unwrap();
    let channel = Channel::both(Mode::Heat);
    editor.perform(&Edit::Add { channel, point: Point::new(Shape::Hold, Time::ZERO, Intensity::ZERO) }).unwrap();
    assert_eq!(Profile::read(&editor.file().unwrap()), Ok(editor.document().to_profile()));
}

#[test]
fn what_an_undo_brings_back_is_chosen() {
    let mut editor = editor();
    let points = ids(&editor)[1..3].to_vec();
    editor.selection_mut().choose(points.clone(), Choose::Only);
    editor.perform(&Edit::Delete { points: points.clone() }).unwrap();
    assert!(editor.selection().is_empty());
    assert_eq!(editor.history().undo_label(), Some("delete 2 points"));
    assert_eq!(editor.undo().unwrap().points, points);
    assert_eq!(editor.selection().to_points(), points);
}

#[test]
fn points_are_chosen_by_click_box_lane_and_tab() {
    let editor = editor();
    let (document, roller) = (editor.document(), Channel::both(Mode::Roller));
    let all = ids(&editor);
    let mut selection = Selection::default();
    selection.choose([all[0], all[2]], Choose::Only);
    selection.choose([all[0], all[1]], Choose::Toggle);
    assert_eq!(selection.to_points(), [all[1], all[2]]);
    assert_eq!(selection.span(document), Some(Span::new(Time::from_secs(10), Time::from_secs(20))));
    let low = (roller, Intensity::ZERO, Intensity::from_percent(50));
    selection.choose_box(document, [low], Span::new(Time::from_secs(5), Time::from_secs(60)), Choose::Only);
    assert_eq!(selection.to_points(), [all[1], all[3]]);
    selection.choose_lane(document, roller, Choose::Only);
    assert_eq!(selection.to_points(), all);
    assert_eq!(selection.choose_next(document, roller, false), Some(all[0]), "from the last it goes round");
    assert_eq!(selection.choose_next(document, roller, true), Some(all[3]));
    selection.grab(all[1]);
    assert_eq!(selection.single(), Some(all[1]));
}

#[test]
fn a_refused_edit_says_why_and_changes_nothing() {
    let mut editor = editor();
    let all = ids(&editor);
    let heat = Channel::both(Mode::Heat);
    let late = Time::from_secs(61);
    let refused = [
        (
            Edit::SetTime { point: all[1], at: Time::from_secs(20) },
            "there is a point at 0:20 already: choose another time",
        ),
        (Edit::SetTime { point: all[1], at: late }, "1:01 is after the end: make the profile longer first"),
        (Edit::RemoveTrack(heat), "there is no track “Heat”: add it first"),
        (Edit::AddTrack(Channel::both(Mode::Roller)), "there is a track “Roller” already: edit or delete that one"),
        (Edit::SetLength(Time::ZERO), "that leaves less than a second: keep more of the profile"),
        (
            Edit::InsertTime { at: Time::ZERO, by: Duration::from_secs(5 * 3600) },
            "that makes the profile longer than four hours: choose less",
        ),
    ];
    let before = editor.document().clone();
    for (edit, why) in refused {
        assert_eq!(editor.perform(&edit).unwrap_err().to_string(), why);
    }
    assert_eq!(*editor.document(), before);
}

#[test]
fn a_take_by_hand_is_simplified_into_its_stretch() {
    let mut editor = editor();
    let heat = Channel::both(Mode::Heat);
    let mut recorder = Recorder::new(heat);
    for tick in 0..=100u32 {
        // Up for five seconds, then still, then the hand lets go.
        let level = (tick * 10).min(500) as u16;
        recorder.push(Time::from_millis(5_000 + tick * 100), Intensity::from_per_mille(level));
    }
    recorder.push(Time::from_secs(20), Intensity::ZERO);
    editor.perform(&recorder.finish(Time::from_secs(25)).unwrap()).unwrap();
    let lane = editor.document().lane(heat).unwrap();
    let at = |secs| lane.curve().intensity_at(Time::from_secs(secs)).percent();
    assert!(lane.len() <= 7, "{:?}", lane.curve());
    assert!((at(7) - 20.0).abs() <= 2.0 && (at(14) - 50.0).abs() <= 2.0);
    assert!((at(19) - 50.0).abs() <= 2.0, "where the slider stood still, the curve is level");
    assert!(at(22) <= 2.0);
}

#[test]
fn tools_do_what_they_say() {
    let used = |tool| {
        let mut editor = editor();
        let target = Target::Lane(Channel::both(Mode::Roller));
        editor.perform(&Edit::Use { tool, target }).unwrap();
        drawn(&editor).into_iter().map(|point| point.1).collect::<Vec<_>>()
    };
    assert_eq!(used(Tool::Scale(150)), [0.0, 60.0, 90.0, 0.0]);
    assert_eq!(used(Tool::Offset(-450)), [0.0, 0.0, 15.0, 0.0]);
    assert_eq!(used(Tool::Invert), [100.0, 60.0, 40.0, 100.0]);
    assert_eq!(used(Tool::Quantise(3)), [0.0, 33.3, 66.7, 0.0]);
    assert_eq!(used(Tool::Simplify(Intensity::from_percent(12))), [0.0, 60.0, 0.0]);
}

#[test]
fn fades_and_repeats_leave_what_is_beside_them() {
    let roller = Channel::both(Mode::Roller);
    let mut editor = editor();
    let span = Span::new(Time::from_secs(5), Time::from_secs(15));
    editor.perform(&Edit::Fade { channels: vec![roller], span, fade: Fade::In }).unwrap();
    let at = |editor: &Editor, millis| {
        editor.document().lane(roller).unwrap().curve().intensity_at(Time::from_millis(millis)).percent()
    };
    assert_eq!((at(&editor, 4_900), at(&editor, 5_000), at(&editor, 15_000)), (19.6, 0.0, 50.0));
    assert!((at(&editor, 10_000) - 20.0).abs() < 1.0);
    editor.undo();
    let span = Span::new(Time::ZERO, Time::from_secs(20));
    editor.perform(&Edit::Repeat { channels: vec![roller], span, times: 9 }).unwrap();
    let seconds = [10, 19, 30, 39, 50, 59].map(|secs| at(&editor, secs * 1000));
    assert_eq!(seconds, [40.0, 58.0, 40.0, 58.0, 40.0, 58.0]);
    assert_eq!(editor.document().length(), Time::from_secs(60));
}

#[test]
fn a_clip_goes_into_another_lane_and_another_profile() {
    let mut one = editor();
    let clip = Clip::of_points(one.document(), &ids(&one)[1..3]).unwrap();
    let text = clip.to_ron();
    assert!(text.starts_with("SvangClip(") && text.contains("Straight(\"0:10\", 60),"), "{text}");
    let clip = Clip::from_ron(&text).unwrap();
    let mut other = Editor::new(&Profile { length: Time::from_secs(30), ..Profile::default() });
    let heat = Channel::both(Mode::Heat);
    let paste = Edit::Paste { clip: clip.clone(), at: Time::from_secs(25), paste: Paste::Replace, into: Some(heat) };
    other.perform(&paste).unwrap();
    assert_eq!(other.document().length(), Time::from_secs(35), "it makes room at the end");
    assert_eq!(drawn(&other), [(24.999, 0.0), (25.0, 40.0), (35.0, 60.0)]);
    one.perform(&Edit::Paste { clip, at: Time::from_secs(10), paste: Paste::Insert, into: None }).unwrap();
    assert_eq!(one.document().length(), Time::from_secs(70));
    assert_eq!(drawn(&one).last(), Some(&(40.0, 0.0)));
    for text in [
        "",
        "Straight(\"0:00\", 1)",
        "SvangClip(version:2,length:\"0:01\",tracks:{})",
        "SvangClip(version:1,length:\"0:01\",tracks:{})",
        "SvangClip(version:1,length:\"0:01\",tracks:{Roller:[Hold(\"0:02\",1)]})",
    ] {
        assert!(Clip::from_ron(text).is_err(), "{text}");
    }
}

#[test]
fn steps_give_way_to_each_other() {
    let mut editor = editor();
    let step = |from, to| Step { from: Time::from_secs(from), to: Time::from_secs(to), text: "Roll".into() };
    editor.perform(&Edit::AddStep(step(20, 30))).unwrap();
    editor.perform(&Edit::AddStep(step(10, 25))).unwrap();
    assert_eq!(editor.perform(&Edit::AddStep(step(29, 50))), Err(Error::StepThere));
    let times = |editor: &Editor| -> Vec<_> {
        editor.document().steps().iter().map(|named| (named.step.from.label(), named.step.to.label())).collect()
    };
    let is = |editor: &Editor, wanted: [(&str, &str); 2]| {
        assert_eq!(times(editor), wanted.map(|(from, to)| (from.to_owned(), to.to_owned())));
    };
    is(&editor, [("0:10", "0:20"), ("0:20", "0:30")]);
    let first = editor.selection().steps().next().unwrap();
    editor.perform(&Edit::MoveStep { step: first, millis: 9_000 }).unwrap();
    is(&editor, [("0:10", "0:20"), ("0:20", "0:30")]);
    editor.perform(&Edit::MoveStep { step: first, millis: -30_000 }).unwrap();
    is(&editor, [("0:00", "0:10"), ("0:20", "0:30")]);
    editor
        .perform(&Edit::ResizeStep { step: first, span: Span::new(Time::from_secs(5), Time::from_secs(50)) })
        .unwrap();
    is(&editor, [("0:05", "0:20"), ("0:20", "0:30")]);
    editor.perform(&Edit::RemoveTime { span: Span::new(Time::from_secs(10), Time::from_secs(25)) }).unwrap();
    is(&editor, [("0:05", "0:10"), ("0:10", "0:15")]);
}

#[test]
fn a_track_becomes_left_and_right_and_one_again() {
    let mut editor = editor();
    let before = editor.document().clone();
    editor.perform(&Edit::SplitTrack(Mode::Roller)).unwrap();
    let left = Channel::new(Mode::Roller, Foot::Left);
    let scale = Edit::Use { tool: Tool::Scale(50), target: Target::Lane(left) };
    editor.perform(&scale).unwrap();
    editor.perform(&Edit::JoinTracks { mode: Mode::Roller, keep: Foot::Left }).unwrap();
    assert_eq!(drawn(&editor), [(0.0, 0.0), (10.0, 20.0), (20.0, 30.0), (30.0, 0.0)]);
    while editor.undo().is_some() {}
    assert_eq!(*editor.document(), before);
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
