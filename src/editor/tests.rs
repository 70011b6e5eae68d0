//! What edits do, one by one; what holds for all of them stands in `properties`.

mod properties;

use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::curve::{Curve, Point, Shape};
use crate::intensity::Intensity;
use crate::mode::{Channel, Foot, Mode};
use crate::profile::Step;
use crate::time::Time;

fn said(problem: &crate::problem::Problem) -> String {
    crate::i18n::Words::english().fact(&problem.fact)
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
    assert!(said(&problems[0]).contains("101 is no bend: write a whole number from −100 to 100"), "{problems:?}");
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
    assert_eq!(editor.history().undo_label(), Some(&Label::MovePoints(1)));
    editor.cancel(drag);
    assert_eq!(drawn(&editor)[1].0, 13.0);
    editor.undo();
    assert_eq!(drawn(&editor)[1].0, 10.0);
    assert!(editor.undo().is_none());
    assert_eq!(editor.history().redo_label(), Some(&Label::MovePoints(1)));
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
        history.record(Label::DeleteSteps(usize::from(level)), change, None);
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
    let problems: Vec<_> = editor.file().unwrap_err().into_iter().map(|problem| said(&problem)).collect();
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
    assert_eq!(editor.history().undo_label(), Some(&Label::DeletePoints(2)));
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
        assert_eq!(crate::i18n::Words::english().fact(&editor.perform(&edit).unwrap_err()), why);
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
    let step =
        |from, to| Step { from: Time::from_secs(from), to: Time::from_secs(to), text: "Roll".into(), spot: None };
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
