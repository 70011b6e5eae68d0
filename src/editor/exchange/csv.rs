//! A table of all points: `track,time,percent,shape`, a line for each point, for spreadsheets and scripts.
//!
//! Nothing is lost: what is written and read again is the same. Spreadsheets that separate by semicolons and write
//! decimal commas (as Danish ones do) are read too.

use std::collections::BTreeMap;

use super::Fault;
use crate::curve::{Curve, Point, Shape};
use crate::intensity::Intensity;
use crate::mode::{Channel, Foot, Mode};
use crate::problem::Problem;
use crate::problem::syntax::short;
use crate::profile::Profile;
use crate::time::Time;

const HEAD: [&str; 4] = ["track", "time", "percent", "shape"];

/// The most problems that are told at once.
const MOST_PROBLEMS: usize = 100;

/// Writes all points of a profile.
pub fn write(profile: &Profile) -> String {
    let mut text = format!("{}\n", HEAD.join(","));
    for (channel, curve) in &profile.tracks {
        for point in curve.points() {
            let shape = match point.shape {
                Shape::Bend(bend) => format!("Bend {bend}"),
                shape => format!("{shape:?}"),
            };
            text.push_str(&format!("{channel},{},{},{shape}\n", point.at, point.intensity));
        }
    }
    text
}

/// Reads points into curves, by track. Lines may be in any order, and the shape may be left out (straight).
///
/// # Errors
/// Every line that cannot be read, with its place; of very many, the first hundred.
pub fn read(text: &str) -> Result<BTreeMap<Channel, Curve>, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut lines = text.trim_start_matches('\u{feff}').lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let head = lines.next().map(|(_, line)| line).unwrap_or_default();
    let separator = if head.contains(';') { ';' } else { ',' };
    let names: Vec<_> = head.split(separator).map(|name| bare(name).to_lowercase()).collect();
    if names.len() < 3 || names.iter().zip(HEAD).any(|(name, wanted)| name != wanted) {
        return Err(vec![Problem::new(1, 1, Fault::NoTable(HEAD.join(",")))]);
    }
    let mut tracks: BTreeMap<Channel, BTreeMap<Time, (Point, usize)>> = BTreeMap::new();
    let channels: Vec<_> = channels().map(|channel| (channel.to_string(), channel)).collect();
    for (index, line) in lines {
        if problems.len() == MOST_PROBLEMS {
            break;
        }
        match point(line, separator, &channels) {
            Ok((channel, point)) => {
                if let Some((_, first)) = tracks.entry(channel).or_default().insert(point.at, (point, index)) {
                    let fault = Fault::PointTwice { track: channel, at: point.at.to_string(), line: first + 1 };
                    problems.push(Problem::new(index + 1, 1, fault));
                }
            }
            Err((column, fault)) => problems.push(Problem::new(index + 1, column, fault)),
        }
    }
    if tracks.is_empty() && problems.is_empty() {
        problems.push(Problem::new(1, 1, Fault::NoPoints));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let curves = tracks.into_iter().map(|(channel, points)| {
        let curve = Curve::new(points.into_values().map(|(point, _)| point).collect());
        (channel, curve.unwrap_or_default())
    });
    Ok(curves.collect())
}

/// A cell without the quotes that some spreadsheets put around.
fn bare(cell: &str) -> &str {
    let cell = cell.trim();
    cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"')).unwrap_or(cell)
}

/// Reads a line; else the column and what is wrong there.
fn point(line: &str, separator: char, channels: &[(String, Channel)]) -> Result<(Channel, Point), (usize, Fault)> {
    let mut column = 1;
    let mut cells = Vec::new();
    for cell in line.split(separator) {
        cells.push((column, bare(cell)));
        column += cell.chars().count() + 1;
    }
    // What is missing is missing at the end.
    let cell = |index: usize| cells.get(index).copied().unwrap_or((column - 1, ""));
    let (at, name) = cell(0);
    let (_, channel) = channels.iter().find(|(known, _)| known == name).ok_or_else(|| {
        let known: Vec<_> = channels.iter().map(|(known, _)| known.as_str()).collect();
        (at, Fault::NoTrack { name: short(name), known: known.join(", ") })
    })?;
    let (at, time) = cell(1);
    let time: Time = time.parse().map_err(|why| (at, Fault::NoTime(why)))?;
    if time > Time::LONGEST {
        return Err((at, Fault::TooLate(time.to_string())));
    }
    let (at, percent) = cell(2);
    let number = if separator == ';' { percent.replace(',', ".") } else { percent.to_owned() };
    let intensity = number.parse::<f64>().ok().filter(|percent| (0.0..=100.0).contains(percent));
    let intensity = intensity.map(|percent| Intensity::from_fraction(percent / 100.0));
    let intensity = intensity.ok_or_else(|| (at, Fault::NoIntensity(short(percent))))?;
    let (at, name) = cell(3);
    let bend =
        |name: &str| name.strip_prefix("Bend ")?.trim().parse().ok().filter(|bend: &i8| *bend >= -100 && *bend <= 100);
    let shape = match name {
        "" | "Straight" => Shape::Straight,
        "Hold" => Shape::Hold,
        "Smooth" => Shape::Smooth,
        _ => bend(name).map(Shape::Bend).ok_or_else(|| (at, Fault::NoShape(short(name))))?,
    };
    Ok((*channel, Point::new(shape, time, intensity)))
}

fn channels() -> impl Iterator<Item = Channel> {
    let feet = [Foot::Both, Foot::Left, Foot::Right];
    Mode::ALL.into_iter().flat_map(move |mode| feet.map(|foot| Channel::new(mode, foot)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_table_looks_as_one_would_write_it() {
        let text =
            "track,time,percent,shape\nRoller,0:00,0,Straight\nRoller,1:30,42.5,Bend -30\nHeatLeft,0:10,20,Hold\n";
        let tracks = read(text).unwrap();
        assert_eq!(write(&Profile { tracks, ..Profile::default() }), text);
    }

    #[test]
    fn a_danish_spreadsheet_is_read_too() {
        let text = "\u{feff}Track;Time;Percent;Shape\r\n\"Roller\";\"0:10\";\"42,5\";Smooth\r\nRoller;0:05;1\r\n";
        let tracks = read(text).unwrap();
        let points: Vec<_> = tracks[&Channel::both(Mode::Roller)].points().iter().map(Point::to_string).collect();
        assert_eq!(points, ["Straight(\"0:05\", 1)", "Smooth(\"0:10\", 42.5)"]);
    }

    #[test]
    fn every_bad_line_is_told_with_its_place() {
        let text = "track,time,percent,shape\nWheels,0:00,0,Hold\nRoller,0:5,0,Hold\n\nRoller,0:05,101,Hold\nRoller,0:06,1,Curly\nRoller,0:07,1\nRoller,0:07,2";
        let problems: Vec<_> = read(text).unwrap_err().into_iter().map(|p| (p.line, p.column)).collect();
        assert_eq!(problems, [(2, 1), (3, 8), (5, 13), (6, 15), (8, 1)]);
        for text in ["", "a,b,c", "track,time,percent,shape\n"] {
            assert_eq!(read(text).unwrap_err().len(), 1, "{text}");
        }
    }

    #[test]
    fn a_cell_that_is_missing_is_missing_at_the_end_of_its_line() {
        let problems = read("track,time,percent,shape\nVibration,5:40").unwrap_err();
        assert_eq!((problems[0].line, problems[0].column), (2, 15));
    }

    #[test]
    fn of_very_many_problems_the_first_hundred_are_told_in_short_words() {
        let line = format!("{}\n", "x".repeat(1000));
        let problems = read(&format!("track,time,percent\n{}", line.repeat(5000))).unwrap_err();
        assert_eq!(problems.len(), 100);
        let words = crate::i18n::Words::english();
        let short = |problem: &Problem| words.fact(&problem.fact).chars().count() < 250;
        assert!(problems.iter().all(short), "{}", problems[0]);
        let again = "Roller,0:00,1\n".repeat(5000);
        assert_eq!(read(&format!("track,time,percent\n{again}")).unwrap_err().len(), 100);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_the_same(
            points in prop::collection::btree_map((0usize..12, 0u32..14_000_000), (0u16..=1000, -100i8..=100, 0u8..4), 1..40)
        ) {
            let mut tracks: BTreeMap<Channel, Vec<Point>> = BTreeMap::new();
            for ((channel, at), (per_mille, bend, shape)) in points {
                let shape = [Shape::Hold, Shape::Straight, Shape::Smooth, Shape::Bend(bend)][usize::from(shape)];
                let point = Point::new(shape, Time::from_millis(at), Intensity::from_per_mille(per_mille));
                tracks.entry(channels().nth(channel).unwrap()).or_default().push(point);
            }
            let tracks: BTreeMap<_, _> = tracks.into_iter().map(|(c, points)| (c, Curve::new(points).unwrap())).collect();
            let text = write(&Profile { tracks: tracks.clone(), ..Profile::default() });
            prop_assert_eq!(read(&text).unwrap(), tracks);
        }
    }
}
