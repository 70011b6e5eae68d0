use super::*;
use crate::curve::Point;
use crate::editor::{Choose, Editor, Fade, Generator};
use crate::i18n::Words;
use crate::intensity::Intensity;
use crate::mode::Mode;
use crate::profile::Profile;
use crate::time::Time;

const ROLLER: Channel = Channel::both(Mode::Roller);
const HEAT: Channel = Channel::both(Mode::Heat);

/// Two lanes of ten minutes; the roller's has a point a minute.
fn editor() -> Editor {
    let points = (0..10).map(|minute| {
        let at = Time::from_secs(minute * 60);
        Point::new(Shape::Straight, at, Intensity::from_percent(minute as u16 * 10))
    });
    let roller = Curve::new(points.collect()).unwrap();
    let tracks = [(ROLLER, roller), (HEAT, Curve::default())].into();
    Editor::new(&Profile { length: Time::from_secs(600), tracks, ..Profile::default() })
}

fn place(editor: &Editor, seconds: u32) -> Place<'_> {
    let chosen = Box::leak(Box::new(Chosen::of(editor.document(), editor.selection())));
    Place {
        document: editor.document(),
        selection: editor.selection(),
        chosen,
        active: Some(ROLLER),
        playhead: Time::from_secs(seconds),
        levels: None,
    }
}

/// Chooses points of the roller's lane, by their number.
fn choose(editor: &mut Editor, indices: &[usize]) {
    let lane = editor.document().lane(ROLLER).unwrap();
    let ids: Vec<_> = indices.iter().map(|index| lane.spot(*index).unwrap().id).collect();
    editor.selection_mut().choose(ids, Choose::Only);
}

fn typed(kind: Kind, texts: &[(Slot, &str)]) -> Form {
    let mut form = Form::new(kind);
    texts.iter().for_each(|(slot, text)| form.set(*slot, text));
    form
}

fn span(from: u32, to: u32) -> Span {
    Span { from: Time::from_secs(from), to: Time::from_secs(to) }
}

#[test]
fn every_tool_works_as_it_opens() {
    let editor = editor();
    for kind in [&Kind::CHANGE[..], &Kind::TIME, &Kind::NEW].concat() {
        // With the playhead inside, so that every tool has something to do.
        let edit = Form::new(kind).edit(&Words::english(), place(&editor, 120)).unwrap();
        editor.preview(&edit).unwrap();
        assert!(Form::new(kind).works_on(&Words::english(), place(&editor, 120)).unwrap().starts_with("Works on: "));
    }
}

#[test]
fn generators_start_from_their_own_parameters() {
    let editor = editor();
    let found = Kind::NEW.map(|kind| match Form::new(kind).edit(&Words::english(), place(&editor, 0)).unwrap() {
        Edit::Generate { generator, .. } => generator,
        other => panic!("{other:?}"),
    });
    assert_eq!(found, Generator::ALL);
}

#[test]
fn two_chosen_points_are_meant_and_one_is_not() {
    let mut editor = editor();
    let target = |editor: &Editor| match Form::new(Kind::Scale).edit(&Words::english(), place(editor, 0)).unwrap() {
        Edit::Use { target, .. } => target,
        other => panic!("{other:?}"),
    };
    assert_eq!(target(&editor), Target::Lane(ROLLER));
    choose(&mut editor, &[4]);
    assert_eq!(target(&editor), Target::Lane(ROLLER));
    choose(&mut editor, &[4, 6]);
    assert_eq!(target(&editor), Target::Points(editor.selection().to_points()));
    assert_eq!(
        Form::new(Kind::Scale).works_on(&Words::english(), place(&editor, 0)).unwrap(),
        "Works on: 2 chosen points"
    );
    let heat = Place { active: Some(HEAT), ..place(&editor, 0) };
    let fade = Form::new(Kind::FadeIn).edit(&Words::english(), heat).unwrap();
    assert_eq!(fade, Edit::Fade { channels: vec![ROLLER], span: span(240, 360), fade: Fade::In });
    let wave = Form::new(Kind::Wave).works_on(&Words::english(), heat).unwrap();
    assert_eq!(wave, "Works on: Heat, 4:00 – 6:00", "what is new goes into the active lane");
}

#[test]
fn a_stretch_starts_from_the_playhead_and_can_be_typed() {
    let editor = editor();
    let on = |form: &Form, seconds| form.works_on(&Words::english(), place(&editor, seconds)).unwrap();
    assert_eq!(on(&Form::new(Kind::FadeIn), 90), "Works on: Roller, 0:00 – 1:30");
    assert_eq!(on(&Form::new(Kind::FadeOut), 90), "Works on: Roller, 1:30 – 10:00");
    assert_eq!(on(&Form::new(Kind::FadeOut), 600), "Works on: Roller, 0:00 – 10:00");
    assert_eq!(on(&Form::new(Kind::InsertTime), 90), "Works on: all lanes, from 1:30 on");
    let form = typed(Kind::RemoveTime, &[(Slot::From, "1:00"), (Slot::To, "2:30.500")]);
    assert_eq!(on(&form, 0), "Works on: all lanes, 1:00 – 2:30.500");
    let backwards = typed(Kind::RemoveTime, &[(Slot::From, "3:00"), (Slot::To, "2:00")]);
    assert_eq!(
        backwards.edit(&Words::english(), place(&editor, 0)).unwrap_err(),
        say!(Words::english(), "tools-backwards")
    );
    let nonsense = typed(Kind::RemoveTime, &[(Slot::From, "soon")]);
    let why = nonsense.edit(&Words::english(), place(&editor, 0)).unwrap_err();
    assert_eq!(why, "From: write minutes, a colon and two digits, such as 4:10.");
}

#[test]
fn numbers_are_read_as_people_write_them() {
    let editor = editor();
    let offset = |text| match typed(Kind::Raise, &[(Slot::Raise, text)]).edit(&Words::english(), place(&editor, 0)) {
        Ok(Edit::Use { tool: Tool::Offset(by), .. }) => Ok(by),
        Ok(other) => panic!("{other:?}"),
        Err(why) => Err(why),
    };
    for (text, by) in [("10", 100), ("+10 %", 100), ("-2.5", -25), (" −2,5% ", -25), ("0", 0)] {
        assert_eq!(offset(text), Ok(by), "{text}");
    }
    for text in ["", "ten", "101", "-101", "NaN", "inf", "1 0"] {
        assert_eq!(offset(text).unwrap_err(), "By, in percent: write a number from -100 to 100.", "{text}");
    }
    let room = |text| match typed(Kind::InsertTime, &[(Slot::Insert, text)]).edit(&Words::english(), place(&editor, 0))
    {
        Ok(Edit::InsertTime { by, .. }) => Some(by.as_millis()),
        _ => None,
    };
    assert_eq!(["30", "2,5 s", "1:30", "-1", "20000"].map(room), [Some(30_000), Some(2500), Some(90_000), None, None]);
    let copies =
        typed(Kind::Repeat, &[(Slot::Copies, "1.5"), (Slot::To, "1:00")]).edit(&Words::english(), place(&editor, 0));
    assert_eq!(copies.unwrap_err(), "Copies: write a whole number from 1 to 1000.");
}

#[test]
fn levels_are_the_massagers_where_there_is_one() {
    let editor = editor();
    let form = Form::new(Kind::Levels);
    assert_eq!(form.text(Slot::Levels, place(&editor, 0)), "3");
    let connected = Place { levels: Some(32), ..place(&editor, 0) };
    assert_eq!(form.text(Slot::Levels, connected), "32");
    assert!(form.edit(&Words::english(), connected).is_ok(), "more than 20, as it has them");
    assert!(typed(Kind::Levels, &[(Slot::Levels, "21")]).edit(&Words::english(), place(&editor, 0)).is_err());
}

#[test]
fn steps_stop_at_the_ends() {
    let editor = editor();
    let step = |text, up| {
        typed(Kind::Wave, &[(Slot::High, text)]).stepped(&Words::english(), Slot::High, up, place(&editor, 0))
    };
    assert_eq!(step("50", true).as_deref(), Some("55"));
    assert_eq!(step("2.5", false).as_deref(), Some("0"));
    assert_eq!((step("100", true), step("0", false), step("much", true)), (None, None, None));
}

#[test]
fn what_takes_long_is_done_in_the_background() {
    let curve = |count: u32| {
        let point = |index| Point::new(Shape::Straight, Time::from_millis(index * 1000), Intensity::from_percent(40));
        Curve::new((0..count).map(point).collect()).unwrap()
    };
    let slow = |count, kind, texts: &[(Slot, &str)]| {
        let (length, tracks) = (Time::from_secs(14_400), [(ROLLER, curve(count))].into());
        let editor = Editor::new(&Profile { length, tracks, ..Profile::default() });
        let edit = typed(kind, texts).edit(&Words::english(), place(&editor, 0)).unwrap();
        is_slow(&edit, editor.document())
    };
    assert!(!slow(1000, Kind::Simplify, &[]) && slow(3000, Kind::Simplify, &[]));
    assert!(!slow(3000, Kind::Scale, &[]));
    assert!(!slow(0, Kind::Wave, &[]) && slow(0, Kind::Wave, &[(Slot::Period, "0.5")]));
    let repeat = |copies| slow(1000, Kind::Repeat, &[(Slot::To, "1:40"), (Slot::Copies, copies)]);
    assert!(!repeat("1000"), "there is no room for as many");
    let dense = |copies| slow(10_000, Kind::Repeat, &[(Slot::To, "60:00"), (Slot::Copies, copies)]);
    assert!(!dense("1") && dense("3"));
}
