//! `.funscript`: the JSON that intensity-script editors write: `actions` with `at` in milliseconds and `pos` from 0 to 100,
//! straight lines between (<https://funscript.wiki/wiki/Funscript>).

use serde::{Deserialize, Serialize};

use crate::curve::{Curve, Point, Shape};
use crate::intensity::Intensity;
use crate::problem::Problem;
use crate::problem::syntax::short;
use crate::time::Time;

use super::{Fault, Imported, Note, straightened};

#[derive(Deserialize)]
struct Script {
    actions: Vec<Action>,
    #[serde(default)]
    inverted: bool,
}

#[derive(Deserialize)]
struct Action {
    at: f64,
    pos: f64,
}

#[derive(Serialize)]
struct Written {
    version: &'static str,
    inverted: bool,
    range: u8,
    actions: Vec<WrittenAction>,
}

#[derive(Serialize)]
struct WrittenAction {
    at: u32,
    pos: u16,
}

/// Reads a curve. Actions out of order are sorted; of two at the same time the later one in the file counts; positions
/// outside 0 to 100 are brought inside. Each is noted.
///
/// # Errors
/// It is no funscript, has no action, or goes on for more than four hours.
pub fn read(text: &str) -> Result<Imported<Curve>, Problem> {
    let script: Script = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
        let why = error.to_string();
        let why = why.split(" at line ").next().unwrap_or_default();
        Problem::new(error.line().max(1), error.column().max(1), Fault::NoFunscript(short(why)))
    })?;
    let mut notes = Vec::new();
    let mut note = |count: usize, note: fn(usize) -> Note| notes.extend((count > 0).then(|| note(count)));
    let actions = script.actions;
    if actions.is_empty() {
        return Err(Problem::new(1, 1, Fault::NoActions));
    }
    note(actions.iter().filter(|action| action.at < 0.0).count(), Note::Before);
    note(actions.iter().filter(|action| !(0.0..=100.0).contains(&action.pos)).count(), Note::Outside);
    note(actions.windows(2).filter(|pair| pair[1].at < pair[0].at).count(), Note::OutOfOrder);
    let mut points: Vec<Point> = Vec::with_capacity(actions.len());
    for action in actions.iter().filter(|action| action.at >= 0.0) {
        if action.at > f64::from(Time::LONGEST.as_millis()) {
            return Err(Problem::new(1, 1, Fault::LongFunscript));
        }
        let part = action.pos / 100.0;
        let intensity = Intensity::from_fraction(if script.inverted { 1.0 - part } else { part });
        points.push(Point::new(Shape::Straight, Time::from_millis(action.at.round() as u32), intensity));
    }
    points.sort_by_key(|point| point.at);
    let before = points.len();
    // The sort is stable, so of equal times the last in the file stands last.
    points.reverse();
    points.dedup_by_key(|point| point.at);
    points.reverse();
    note(before - points.len(), Note::SameTime);
    match Curve::new(points) {
        Ok(curve) if !curve.points().is_empty() => Ok(Imported { value: curve, notes }),
        _ => Err(Problem::new(1, 1, Fault::AllBefore)),
    }
}

/// Writes a curve. Holds and curved segments become straight lines that differ by at most 1 %, and positions whole
/// percent.
pub fn write(curve: &Curve) -> String {
    let action = |point: Point| WrittenAction { at: point.at.as_millis(), pos: (point.intensity.per_mille() + 5) / 10 };
    let actions = straightened(curve).into_iter().map(action).collect();
    let written = Written { version: "1.0", inverted: false, range: 100, actions };
    // Plain numbers always become JSON.
    serde_json::to_string(&written).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_script_is_read_with_what_others_write_into_it() {
        let text = r#"{"version":"1.0","inverted":false,"range":90,"metadata":{"creator":"x"},
            "actions":[{"at":0,"pos":0},{"at":1500,"pos":50},{"at":3000.4,"pos":100}]}"#;
        let read = read(text).unwrap();
        assert_eq!(read.notes, [] as [Note; 0]);
        let points: Vec<_> = read.value.points().iter().map(|p| (p.at.as_millis(), p.intensity.percent())).collect();
        assert_eq!(points, [(0, 0.0), (1500, 50.0), (3000, 100.0)]);
    }

    #[test]
    fn what_is_odd_is_mended_and_noted() {
        let text = r#"{"inverted":true,"actions":[{"at":2000,"pos":120},{"at":1000,"pos":10},{"at":1000,"pos":20},{"at":-5,"pos":1}]}"#;
        let read = read(text).unwrap();
        let points: Vec<_> = read.value.points().iter().map(|p| (p.at.as_millis(), p.intensity.percent())).collect();
        assert_eq!(points, [(1000, 80.0), (2000, 0.0)]);
        assert_eq!(read.notes.len(), 4, "{:?}", read.notes);
    }

    #[test]
    fn what_is_no_funscript_says_where_and_why() {
        let problem = read("{\n  \"actions\": [{\"at\": \"now\"}]\n}").unwrap_err();
        assert_eq!(problem.line, 2);
        let text = crate::i18n::Words::english().fact(&problem.fact);
        assert!(text.starts_with("this is no funscript (invalid type: string"), "{text}");
        for text in [
            "",
            "[]",
            "{}",
            r#"{"actions":[]}"#,
            r#"{"actions":[{"at":-1,"pos":0}]}"#,
            "<html>",
            r#"{"actions":[{"at":1e300,"pos":0}]}"#,
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_exported_comes_back_nearly_the_same(
            steps in prop::collection::vec((2u32..20_000, 0u16..=1000, 0i8..4), 1..20)
        ) {
            let mut at = 0;
            let points = steps.into_iter().map(|(step, per_mille, shape)| {
                at += step;
                let shape = match shape { 0 => Shape::Hold, 1 => Shape::Smooth, 2 => Shape::Bend(80), _ => Shape::Straight };
                Point::new(shape, Time::from_millis(at), Intensity::from_per_mille(per_mille))
            });
            let curve = Curve::new(points.collect()).unwrap();
            let back = read(&write(&curve)).unwrap().value;
            for millis in (0..=curve.end().as_millis() + 100).step_by(13) {
                let at = Time::from_millis(millis);
                let error = curve.intensity_at(at).per_mille().abs_diff(back.intensity_at(at).per_mille());
                // In steep places, a bow is not followed below 40 ms, and so missed for two such steps.
                let near = curve.points().iter().any(|point| point.at.as_millis().abs_diff(millis) <= 80);
                prop_assert!(error <= 20 || near, "{at}: {error}");
            }
        }
    }
}
