//! A picture of a profile: SVG, to look at, to print and to share.
//!
//! Belongs here: a small writer of its own. Lines and fills are those of the lanes on screen; each mode has its colour and
//! its name in words. A bitmap of it is the window's business.

use std::fmt::{self, Write};

use crate::curve::Curve;
use crate::intensity::Intensity;
use crate::mode::{Channel, Marks, Mode, Pattern};
use crate::profile::Profile;
use crate::time::Time;

use crate::editor::drawing::{Vertex, line};
use crate::editor::viewport::Viewport;

/// Paper or night.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Look {
    /// Dark ink on light paper.
    #[default]
    Light,
    /// Light ink on dark paper.
    Dark,
}

struct Ink {
    paper: &'static str,
    chart: &'static str,
    text: &'static str,
    second: &'static str,
    grid: &'static str,
    modes: [&'static str; 4],
}

impl Look {
    fn ink(self) -> Ink {
        match self {
            Self::Light => Ink {
                paper: "#F4F2ED",
                chart: "#FDFCFA",
                text: "#1C2726",
                second: "#46514F",
                grid: "#DCD7CC",
                modes: ["#3F4AA3", "#7C1F58", "#26889C", "#B15E0A"],
            },
            Self::Dark => Ink {
                paper: "#121718",
                chart: "#161C1D",
                text: "#ECE9E3",
                second: "#B4BBB8",
                grid: "#2F3A3B",
                modes: ["#84AAF6", "#C15F95", "#9BE8F5", "#F0A04A"],
            },
        }
    }
}

/// The whole picture's width in pixels; its height grows with the lanes and steps.
pub const WIDTH: f32 = 1200.0;

const EDGE: f32 = 32.0;
const LEFT: f32 = 190.0;
const RIGHT: f32 = 40.0;
const TOP: f32 = 92.0;
const LANE: f32 = 104.0;
const GAP: f32 = 22.0;
const STEPS: f32 = 34.0;
const AXIS: f32 = 30.0;
const LINE: f32 = 24.0;
/// About the width of a letter of the running text, in pixels.
const LETTER: f32 = 6.9;

/// A mode's marks as a tile, and what of the stroke is the mode's own. A mode is told without its colour, too.
fn tile(mode: Mode) -> String {
    let Pattern { marks, apart, width, .. } = mode.pattern();
    let half = apart / 2.0;
    let (turned, path, cap) = match marks {
        Marks::Diagonals => (" patternTransform=\"rotate(45)\"", format!("M{half} 0V{apart}"), ""),
        Marks::Verticals => ("", format!("M{half} 0V{apart}"), ""),
        Marks::Dots => ("", format!("M{half} {half}h.01"), " stroke-linecap=\"round\""),
        Marks::Horizontals => ("", format!("M0 {half}H{apart}"), ""),
    };
    format!("width=\"{apart}\" height=\"{apart}\"{turned}><path d=\"{path}\" stroke-width=\"{width}\"{cap} ")
}

/// What a picture says beside the profile's own texts.
#[derive(Clone, Copy)]
pub struct Labels<'a> {
    /// The language of the profile's texts, such as `en`.
    pub language: &'a str,
    /// The name of a lane.
    pub channel: &'a dyn Fn(Channel) -> String,
    /// How high a lane goes, such as `at most 90 %`.
    pub at_most: &'a dyn Fn(Intensity) -> String,
}

/// Draws a profile.
pub fn svg(profile: &Profile, look: Look, labels: Labels<'_>) -> String {
    let mut view = Viewport::new(WIDTH - LEFT - RIGHT, profile.length.max(Time::from_secs(1)));
    view.fit();
    let lanes = profile.tracks.len() as f32 * (LANE + GAP);
    let steps = profile.steps.len() as f32;
    let (strip, list) = if profile.steps.is_empty() { (0.0, 0.0) } else { (STEPS + GAP, 28.0 + steps * LINE) };
    let bottom = TOP + lanes + strip - GAP;
    let height = bottom + AXIS + list + 18.0;
    let sheet = Sheet { ink: look.ink(), view, bottom, height, labels };
    let mut out = String::new();
    // Writing into a string cannot fail.
    let _ = sheet.draw(&mut out, profile);
    out
}

struct Sheet<'a> {
    ink: Ink,
    view: Viewport,
    /// Where the lanes and the strip of steps end.
    bottom: f32,
    height: f32,
    labels: Labels<'a>,
}

impl Sheet<'_> {
    fn draw(&self, out: &mut String, profile: &Profile) -> fmt::Result {
        let Ink { paper, text, second, .. } = self.ink;
        let height = self.height;
        writeln!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" \
             height=\"{height}\" font-family=\"Hanken Grotesk, sans-serif\" font-size=\"14\" fill=\"{text}\">"
        )?;
        let name = escaped(profile.name.in_language(self.labels.language));
        writeln!(out, "<title>{name}</title>")?;
        self.marks(out)?;
        writeln!(out, "<rect width=\"100%\" height=\"100%\" fill=\"{paper}\"/>")?;
        writeln!(out, "<text x=\"{EDGE}\" y=\"54\" font-size=\"26\" font-weight=\"600\">{name}</text>")?;
        let right = WIDTH - RIGHT;
        writeln!(
            out,
            "<text x=\"{right}\" y=\"54\" font-size=\"18\" fill=\"{second}\" text-anchor=\"end\">{}</text>",
            profile.length.label()
        )?;
        for (index, (channel, curve)) in profile.tracks.iter().enumerate() {
            self.paper(out, TOP + index as f32 * (LANE + GAP), LANE, true)?;
            self.lane(out, TOP + index as f32 * (LANE + GAP), *channel, curve)?;
        }
        if !profile.steps.is_empty() {
            self.steps(out, profile)?;
        }
        self.axis(out)?;
        out.write_str("</svg>\n")
    }

    fn marks(&self, out: &mut String) -> fmt::Result {
        out.write_str("<defs>\n")?;
        for (index, (mode, colour)) in Mode::ALL.into_iter().zip(self.ink.modes).enumerate() {
            let marks = tile(mode);
            writeln!(
                out,
                "<pattern id=\"mode{index}\" patternUnits=\"userSpaceOnUse\" {marks}stroke=\"{colour}\" \
                 stroke-opacity=\"0.45\"/></pattern>"
            )?;
        }
        out.write_str("</defs>\n")
    }

    /// The ground of a lane, with the lines of time and of 50 %.
    fn paper(&self, out: &mut String, y: f32, height: f32, halves: bool) -> fmt::Result {
        let Ink { chart, grid, .. } = self.ink;
        let width = self.view.width();
        writeln!(out, "<rect x=\"{LEFT}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{chart}\"/>")?;
        let mut lines = String::new();
        for at in self.view.multiples(self.view.ticks().label) {
            write!(lines, "M{:.1} {y}v{height}", LEFT + self.view.x(at))?;
        }
        if halves {
            for part in [0.0, 0.5, 1.0] {
                write!(lines, "M{LEFT} {}h{width}", y + height * part)?;
            }
        }
        writeln!(out, "<path d=\"{lines}\" stroke=\"{grid}\"/>")
    }

    fn lane(&self, out: &mut String, y: f32, channel: Channel, curve: &Curve) -> fmt::Result {
        let Ink { modes, second, .. } = self.ink;
        let mode = Mode::ALL.iter().position(|mode| *mode == channel.mode).unwrap_or(0);
        let colour = modes[mode];
        let base = y + LANE;
        writeln!(
            out,
            "<rect x=\"{EDGE}\" y=\"{}\" width=\"14\" height=\"14\" rx=\"3\" fill=\"{colour}\"/>\n\
             <text x=\"{}\" y=\"{}\" font-size=\"16\" font-weight=\"600\">{}</text>\n\
             <text x=\"{}\" y=\"{}\" fill=\"{second}\">{}</text>",
            y + 4.0,
            EDGE + 22.0,
            y + 16.0,
            escaped(&(self.labels.channel)(channel)),
            EDGE + 22.0,
            y + 38.0,
            escaped(&(self.labels.at_most)(curve.peak()))
        )?;
        for (level, place) in [("100", 5.0), ("50", LANE / 2.0 + 4.0), ("0", LANE + 4.0)] {
            writeln!(
                out,
                "<text x=\"{}\" y=\"{}\" font-size=\"12\" fill=\"{second}\" text-anchor=\"end\">{level}</text>",
                LEFT - 8.0,
                y + place
            )?;
        }
        let place = |vertex: &Vertex| (LEFT + vertex.x, y + LANE * (1.0 - vertex.level));
        let path: Vec<_> = line(curve, &self.view).concat().iter().map(place).collect();
        let (Some((from, _)), Some((to, _))) = (path.first(), path.last()) else { return Ok(()) };
        let line: Vec<_> = path.iter().map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
        let line = line.join(" L");
        let area = format!("M{line} L{to:.1} {base} L{from:.1} {base} Z");
        writeln!(
            out,
            "<path d=\"{area}\" fill=\"{colour}\" fill-opacity=\"0.12\"/>\n\
             <path d=\"{area}\" fill=\"url(#mode{mode})\"/>\n\
             <path d=\"M{line}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2.25\" stroke-linejoin=\"round\"/>"
        )
    }

    /// The steps by hand: numbered in time, and told below.
    fn steps(&self, out: &mut String, profile: &Profile) -> fmt::Result {
        let Ink { grid, second, .. } = self.ink;
        let y = self.bottom - STEPS;
        writeln!(
            out,
            "<text x=\"{}\" y=\"{}\" font-size=\"16\" font-weight=\"600\">By hand</text>",
            EDGE + 22.0,
            y + 22.0
        )?;
        self.paper(out, y, STEPS, false)?;
        for (index, step) in profile.steps.iter().enumerate() {
            let (x, end) = (LEFT + self.view.x(step.from), LEFT + self.view.x(step.to));
            let text = step.text.in_language(self.labels.language);
            let number = index + 1;
            writeln!(
                out,
                "<g><title>{}</title><rect x=\"{:.1}\" y=\"{}\" width=\"{:.1}\" height=\"{}\" rx=\"5\" fill=\"{}\" \
                 stroke=\"{grid}\"/>",
                escaped(text),
                x + 1.0,
                y + 2.0,
                (end - x - 2.0).max(1.0),
                STEPS - 4.0,
                self.ink.paper
            )?;
            let digits = number.to_string().len() as f32;
            if end - x > digits * 9.0 + 4.0 {
                let middle = (x + end) / 2.0;
                writeln!(
                    out,
                    "<text x=\"{middle:.1}\" y=\"{}\" font-weight=\"600\" text-anchor=\"middle\">{number}</text>",
                    y + 22.0
                )?;
            }
            out.write_str("</g>\n")?;
            let line = self.bottom + AXIS + 24.0 + LINE * (index + 1) as f32;
            writeln!(
                out,
                "<text x=\"{}\" y=\"{line}\" font-weight=\"600\" text-anchor=\"end\">{number}</text>\n\
                 <text x=\"{}\" y=\"{line}\" fill=\"{second}\">{} – {}</text>\n<text x=\"{LEFT}\" y=\"{line}\">{}</text>",
                EDGE + 14.0,
                EDGE + 26.0,
                step.from.label(),
                step.to.label(),
                fitting(text, ((WIDTH - LEFT - EDGE) / LETTER) as usize)
            )?;
        }
        Ok(())
    }

    fn axis(&self, out: &mut String) -> fmt::Result {
        let ticks = self.view.ticks();
        for at in self.view.multiples(ticks.label) {
            writeln!(
                out,
                "<text x=\"{:.1}\" y=\"{}\" font-size=\"13\" fill=\"{}\" text-anchor=\"middle\">{}</text>",
                LEFT + self.view.x(at),
                self.bottom + 22.0,
                self.ink.second,
                ticks.text(at)
            )?;
        }
        Ok(())
    }
}

/// As much of a text as has room, escaped.
fn fitting(text: &str, room: usize) -> String {
    if text.chars().count() <= room {
        return escaped(text);
    }
    let short: String = text.chars().take(room.saturating_sub(1)).collect();
    format!("{}…", escaped(short.trim_end()))
}

/// The highest of a profile's lanes in so many columns: the silhouette of cards and bars.
pub fn silhouette(profile: &Profile, columns: usize) -> Vec<Intensity> {
    let width = f64::from(profile.length.as_millis()) / columns.max(1) as f64;
    let at = |column: usize| Time::from_millis((width * column as f64).round() as u32);
    let highest = |column: usize| {
        let span = super::super::Span::new(at(column), at(column + 1));
        profile.tracks.values().map(|curve| crate::editor::drawing::range(curve, span).1).max().unwrap_or_default()
    };
    (0..columns).map(highest).collect()
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // XML has no place for most control characters.
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english() -> Labels<'static> {
        Labels { language: "en", channel: &|channel| channel.to_string(), at_most: &|peak| format!("at most {peak} %") }
    }
    use crate::curve::{Point, Shape};
    use crate::profile::Step;

    fn profile() -> Profile {
        let point = |secs, percent| Point::new(Shape::Smooth, Time::from_secs(secs), Intensity::from_percent(percent));
        let curve = Curve::new(vec![point(0, 0), point(60, 90), point(120, 0)]).unwrap();
        Profile {
            name: "Heel & <arch>".into(),
            length: Time::from_secs(120),
            tracks: [(Channel::both(Mode::Roller), curve), (Channel::both(Mode::Heat), Curve::default())].into(),
            steps: vec![Step { from: Time::from_secs(10), to: Time::from_secs(60), text: "Roll".into(), spot: None }],
            ..Profile::default()
        }
    }

    #[test]
    fn a_picture_shows_every_lane_with_its_words() {
        for look in [Look::Light, Look::Dark] {
            let svg = svg(&profile(), look, english());
            for words in
                ["Heel &amp; &lt;arch&gt;", ">Roller<", ">Heat<", "at most 90 %", ">Roll<", ">0:10 – 1:00<", ">1:00<"]
            {
                assert!(svg.contains(words), "{words}");
            }
            assert!(svg.contains(look.ink().modes[0]) && !svg.contains("NaN"));
            assert!(svg.contains("fill=\"url(#mode0)\""), "the roller's marks");
            assert!(!svg.contains("fill=\"url(#mode3)\""), "heat has no curve");
        }
    }

    #[test]
    fn a_silhouette_shows_the_peak() {
        let silhouette = silhouette(&profile(), 7);
        assert_eq!(silhouette.len(), 7);
        assert_eq!(silhouette.iter().max().unwrap().percent(), 90.0);
    }
}
