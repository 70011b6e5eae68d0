//! A picture of a profile: SVG, to look at, to print and to share.
//!
//! Belongs here: a small writer of its own. Lines and fills are those of the lanes on screen; each mode has its colour and
//! its name in words. A bitmap of it is the window's business.

use std::fmt::Write;

use crate::intensity::Intensity;
use crate::mode::Mode;
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
                grid: "#DCD7CC",
                modes: ["#3F4AA3", "#7C1F58", "#26889C", "#B15E0A"],
            },
            Self::Dark => Ink {
                paper: "#121718",
                chart: "#161C1D",
                text: "#ECE9E3",
                grid: "#2F3A3B",
                modes: ["#84AAF6", "#C15F95", "#9BE8F5", "#F0A04A"],
            },
        }
    }
}

/// The whole picture's width in pixels; its height grows with the lanes.
pub const WIDTH: f32 = 1200.0;

const LEFT: f32 = 150.0;
const RIGHT: f32 = 20.0;
const TOP: f32 = 64.0;
const LANE: f32 = 96.0;
const GAP: f32 = 12.0;
const STEPS: f32 = 40.0;

/// Draws a profile, with its texts in a language such as `en`.
pub fn svg(profile: &Profile, look: Look, language: &str) -> String {
    let ink = look.ink();
    let lanes = profile.tracks.len() as f32;
    let steps = if profile.steps.is_empty() { 0.0 } else { STEPS + GAP };
    let bottom = TOP + lanes * (LANE + GAP) + steps;
    let height = bottom + 36.0;
    let mut view = Viewport::new(WIDTH - LEFT - RIGHT, profile.length.max(Time::from_secs(1)));
    view.fit();
    let mut out = String::new();
    let mut put = |text: std::fmt::Arguments<'_>| {
        // Writing into a string cannot fail.
        let _ = out.write_fmt(text);
    };
    put(format_args!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" font-family=\"Hanken Grotesk, sans-serif\" font-size=\"13\" fill=\"{}\">\n<rect width=\"100%\" height=\"100%\" fill=\"{}\"/>\n",
        ink.text, ink.paper
    ));
    let name = escaped(profile.name.in_language(language));
    put(format_args!(
        "<title>{name}</title>\n<text x=\"20\" y=\"36\" font-size=\"22\" font-weight=\"600\">{name}</text>\n"
    ));
    put(format_args!("<text x=\"{}\" y=\"36\" text-anchor=\"end\">{}</text>\n", WIDTH - RIGHT, profile.length.label()));

    for (index, (channel, curve)) in profile.tracks.iter().enumerate() {
        let y = TOP + index as f32 * (LANE + GAP);
        let colour = ink.modes[Mode::ALL.iter().position(|mode| *mode == channel.mode).unwrap_or(0)];
        put(format_args!(
            "<text x=\"20\" y=\"{}\" font-weight=\"600\">{}</text>\n<text x=\"20\" y=\"{}\">at most {} %</text>\n",
            y + 22.0,
            channel.name(),
            y + 42.0,
            curve.peak()
        ));
        put(format_args!(
            "<rect x=\"{LEFT}\" y=\"{y}\" width=\"{}\" height=\"{LANE}\" rx=\"6\" fill=\"{}\"/>\n",
            view.width(),
            ink.chart
        ));
        let place = |vertex: &Vertex| (LEFT + vertex.x, y + LANE * (1.0 - vertex.level));
        let path: Vec<_> =
            line(curve, &view).concat().iter().map(place).map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
        let (Some(first), Some(last)) = (path.first(), path.last()) else { continue };
        let (from, to) = (first.split(' ').next().unwrap_or("0"), last.split(' ').next().unwrap_or("0"));
        let (line, base) = (path.join(" L"), y + LANE);
        put(format_args!(
            "<path d=\"M{line} L{to} {base} L{from} {base} Z\" fill=\"{colour}\" fill-opacity=\"0.14\"/>\n<path d=\"M{line}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-linejoin=\"round\"/>\n"
        ));
    }
    for named in &profile.steps {
        let (x, end) = (LEFT + view.x(named.from), LEFT + view.x(named.to));
        let y = bottom - GAP - STEPS;
        // About so many letters have room; the title says the rest.
        let room = ((end - x - 16.0) / 7.0).max(0.0) as usize;
        let text = named.text.in_language(language);
        let short: String = text.chars().take(room).collect();
        put(format_args!(
            "<g><title>{}</title><rect x=\"{x:.1}\" y=\"{y}\" width=\"{:.1}\" height=\"{STEPS}\" rx=\"6\" fill=\"{}\" stroke=\"{}\"/><text x=\"{:.1}\" y=\"{}\">{}</text></g>\n",
            escaped(text),
            (end - x).max(1.0),
            ink.chart,
            ink.grid,
            x + 8.0,
            y + 25.0,
            escaped(&short)
        ));
    }
    let ticks = view.ticks();
    for at in view.multiples(ticks.label) {
        let x = LEFT + view.x(at);
        put(format_args!(
            "<path d=\"M{x:.1} {TOP} V{}\" stroke=\"{}\" stroke-opacity=\"0.6\"/><text x=\"{x:.1}\" y=\"{}\" text-anchor=\"middle\">{}</text>\n",
            bottom - GAP,
            ink.grid,
            bottom + 14.0,
            ticks.text(at)
        ));
    }
    out.push_str("</svg>\n");
    out
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
    use crate::curve::{Curve, Point, Shape};
    use crate::mode::Channel;
    use crate::profile::Step;

    fn profile() -> Profile {
        let point = |secs, percent| Point::new(Shape::Smooth, Time::from_secs(secs), Intensity::from_percent(percent));
        let curve = Curve::new(vec![point(0, 0), point(60, 90), point(120, 0)]).unwrap();
        Profile {
            name: "Heel & <arch>".into(),
            length: Time::from_secs(120),
            tracks: [(Channel::both(Mode::Roller), curve), (Channel::both(Mode::Heat), Curve::default())].into(),
            steps: vec![Step { from: Time::from_secs(10), to: Time::from_secs(60), text: "Roll".into() }],
            ..Profile::default()
        }
    }

    #[test]
    fn a_picture_shows_every_lane_with_its_words() {
        for look in [Look::Light, Look::Dark] {
            let svg = svg(&profile(), look, "en");
            for words in ["Heel &amp; &lt;arch&gt;", ">Roller<", ">Heat<", "at most 90 %", ">Roll<", ">1:00<"] {
                assert!(svg.contains(words), "{words}");
            }
            assert!(svg.contains(look.ink().modes[0]) && !svg.contains("NaN"));
            assert_eq!(svg.matches("<path d=\"M").count(), 2 + svg.matches("stroke-opacity").count());
        }
    }

    #[test]
    fn a_silhouette_shows_the_peak() {
        let silhouette = silhouette(&profile(), 7);
        assert_eq!(silhouette.len(), 7);
        assert_eq!(silhouette.iter().max().unwrap().percent(), 90.0);
    }
}
