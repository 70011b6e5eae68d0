//! From a profile's file to a [`Profile`].
//!
//! Belongs here: the version in the head, then the strict schema, then what only shows in the whole: order, doubles,
//! lengths. How a version is written down is the schema's matter.

use std::collections::{BTreeMap, BTreeSet};

use super::places::Places;
use super::schema::{self, v1};
use super::{Profile, Step, Text};
use crate::curve::{Curve, Point};
use crate::fact::Phrase;
use crate::facts;
use crate::mode::Channel;
use crate::problem::{Problem, syntax};
use crate::text;
use crate::time::Time;

/// The version that is written, and the newest that is read.
pub(super) const NEWEST: u32 = 1;

/// How many problems of one file are told. Who has more mends these first.
const MOST_PROBLEMS: usize = 100;

/// The two-letter language codes of ISO 639-1.
const LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy \
    da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii \
    ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr \
    ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl \
    sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh \
    zu";

impl Profile {
    /// The largest file that is read: 8 MiB, which is some 400 000 points.
    pub const LARGEST_FILE: usize = syntax::LARGEST;

    /// Reads a profile's file of any version.
    ///
    /// # Errors
    /// The first fault that keeps the file from being read, or else everything that does not fit together, in the
    /// order of the file; at most a hundred.
    pub fn read(source: &str) -> Result<Self, Vec<Problem>> {
        Self::read_as(source, false)
    }

    /// The same for a profile that somebody is still at work on: it may lack its name, anything to play, a track's points
    /// and a step's text.
    ///
    /// # Errors
    /// As above, except for what is only lacking.
    pub fn read_unfinished(source: &str) -> Result<Self, Vec<Problem>> {
        Self::read_as(source, true)
    }

    fn read_as(source: &str, unfinished: bool) -> Result<Self, Vec<Problem>> {
        let source = syntax::without_mark(source);
        // There is one version so far; another one gets its own schema module and an arm here.
        syntax::version(source, "Profile", NEWEST).map_err(|problem| vec![problem])?;
        let file = syntax::parse::<v1::Profile>(source)?;
        let mut whole = Whole { length: file.length, unfinished, faults: Vec::new() };
        let profile = whole.profile(file);
        if whole.faults.is_empty() { Ok(profile) } else { Err(whole.problems(source)) }
    }
}

facts! {
    /// What does not fit together in a profile.
    enum Fault in "profile-fault" {
        NoLength,
        LongLength {
            length: String,
            most: String,
        },
        Nothing,
        NoName,
        TrackTwice(track: String),
        NoPoints(track: String),
        PointTwice {
            track: String,
            point: usize,
            at: String,
        },
        PointTooSoon {
            track: String,
            point: usize,
            at: String,
            before: String,
        },
        PointTooLate {
            track: String,
            point: usize,
            at: String,
            length: String,
        },
        StepEnds {
            step: usize,
            at: String,
        },
        StepTooLate {
            step: usize,
            at: String,
            length: String,
        },
        StepTooSoon {
            step: usize,
            at: String,
            before: String,
        },
        StepSilent(step: usize),
        NoLanguage {
            what: What,
            code: String,
            remedy: Remedy,
        },
        SilentIn {
            what: What,
            code: String,
        },
        TwiceIn {
            what: What,
            code: String,
        },
        LineBreak(what: What),
        Control {
            what: What,
            code: String,
        },
        Unseen {
            what: What,
            code: String,
        },
        AndMore {
            fault: Phrase,
            more: usize,
        },
    }
}

facts! {
    /// A text of a profile, as a sentence begins with it.
    enum What in "profile-text" {
        Name,
        Description,
        Author,
        Step(step: usize),
    }
}

facts! {
    /// What to write for a language.
    enum Remedy in "language-remedy" {
        Danish,
        Japanese,
        Czech,
        Greek,
        Chinese,
        Other,
    }
}

/// Which part of the file a fault belongs to, by its number in the file.
#[derive(Clone, Copy)]
enum Part {
    Field(&'static str),
    Track(usize),
    Point(usize, usize),
    Step(usize),
}

/// The look at the whole.
struct Whole {
    length: Time,
    /// Whether what is only lacking is no fault yet.
    unfinished: bool,
    faults: Vec<(Part, Fault)>,
}

impl Whole {
    fn fault(&mut self, part: Part, fault: Fault) {
        self.faults.push((part, fault));
    }

    /// Something that a finished profile has.
    fn lacks(&mut self, part: Part, fault: Fault) {
        if !self.unfinished {
            self.fault(part, fault);
        }
    }

    /// Whether a time lies beyond the end. Where the length is missing, that is the fault, and nothing lies beyond it.
    fn ends_before(&self, at: Time) -> bool {
        self.length > Time::ZERO && at > self.length
    }

    fn profile(&mut self, file: v1::Profile) -> Profile {
        if self.length == Time::ZERO {
            self.fault(Part::Field("length"), Fault::NoLength);
        }
        if self.length > Time::LONGEST {
            let fault = Fault::LongLength { length: self.length.to_string(), most: Time::LONGEST.to_string() };
            self.fault(Part::Field("length"), fault);
        }
        if file.tracks.0.is_empty() && file.steps.is_empty() {
            self.lacks(Part::Field("length"), Fault::Nothing);
        }
        if file.name.variants.iter().all(|(_, text)| text.trim().is_empty()) {
            self.lacks(Part::Field("name"), Fault::NoName);
        }
        let description = match file.description.variants.as_slice() {
            [(code, text)] if code.is_empty() && text.is_empty() => schema::Text::default(),
            _ => file.description,
        };
        let author = file.author.inspect(|author| self.visible(Part::Field("author"), &What::Author, author));
        Profile {
            name: self.text(Part::Field("name"), &What::Name, file.name),
            description: self.text(Part::Field("description"), &What::Description, description),
            author,
            need: file.need,
            length: self.length,
            tracks: self.tracks(file.tracks),
            steps: self.steps(file.steps),
        }
    }

    fn text(&mut self, part: Part, what: &What, text: schema::Text) -> Text {
        let mut variants = BTreeMap::new();
        for (code, text) in text.variants {
            let quoted = || syntax::short(&code);
            if !is_language(&code) {
                let remedy = match code.as_str() {
                    "dk" => Remedy::Danish,
                    "jp" => Remedy::Japanese,
                    "cz" => Remedy::Czech,
                    "gr" => Remedy::Greek,
                    "cn" => Remedy::Chinese,
                    _ => Remedy::Other,
                };
                self.fault(part, Fault::NoLanguage { what: what.clone(), code: quoted(), remedy });
            }
            if !code.is_empty() && text.trim().is_empty() {
                self.lacks(part, Fault::SilentIn { what: what.clone(), code: quoted() });
            }
            self.visible(part, what, &text);
            if variants.contains_key(&code) {
                self.fault(part, Fault::TwiceIn { what: what.clone(), code: quoted() });
            }
            variants.insert(code, text.replace("\r\n", "\n"));
        }
        Text { variants }
    }

    /// Texts reach terminals as well as windows, so they hold nothing that steers a terminal.
    fn visible(&mut self, part: Part, what: &What, text: &str) {
        let on_one_line = matches!(part, Part::Field("name" | "author"));
        if on_one_line && text.contains(['\n', '\r', '\t']) {
            self.fault(part, Fault::LineBreak(what.clone()));
        }
        if let Some(hidden) = text::first_hidden(text) {
            let (what, code) = (what.clone(), format!("U+{:04X}", u32::from(hidden)));
            let control = hidden.is_control();
            self.fault(part, if control { Fault::Control { what, code } } else { Fault::Unseen { what, code } });
        }
    }

    fn tracks(&mut self, tracks: v1::Tracks) -> BTreeMap<Channel, Curve> {
        let mut curves = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for (number, (channel, points)) in tracks.0.into_iter().enumerate() {
            if !seen.insert(channel) {
                self.fault(Part::Track(number), Fault::TrackTwice(channel.to_string()));
            }
            if points.is_empty() {
                self.lacks(Part::Track(number), Fault::NoPoints(channel.to_string()));
            }
            let points: Vec<Point> = points.into_iter().map(Point::from).collect();
            self.points(number, channel, &points);
            // Points out of order were told above; the curve is needed only where there is no fault.
            curves.insert(channel, Curve::new(points).unwrap_or_default());
        }
        curves
    }

    fn points(&mut self, track: usize, channel: Channel, points: &[Point]) {
        let mut before: Option<Time> = None;
        for (number, point) in points.iter().enumerate() {
            let (part, time) = (Part::Point(track, number), point.at);
            let (track, point, at) = (channel.to_string(), number + 1, time.to_string());
            let late = self.ends_before(time).then(|| Fault::PointTooLate {
                track: track.clone(),
                point,
                at: at.clone(),
                length: self.length.to_string(),
            });
            match before {
                Some(before) if before == time => self.fault(part, Fault::PointTwice { track, point, at }),
                Some(before) if before > time => {
                    self.fault(part, Fault::PointTooSoon { track, point, at, before: before.to_string() });
                }
                _ => {}
            }
            if let Some(late) = late {
                self.fault(part, late);
            }
            before = Some(time);
        }
    }

    fn steps(&mut self, steps: Vec<v1::Step>) -> Vec<Step> {
        let mut before: Option<Time> = None;
        let mut read = Vec::with_capacity(steps.len());
        for (number, step) in steps.into_iter().enumerate() {
            let (part, count) = (Part::Step(number), number + 1);
            if step.from >= step.to {
                self.fault(part, Fault::StepEnds { step: count, at: step.to.to_string() });
            }
            if self.ends_before(step.to) {
                let (at, length) = (step.to.to_string(), self.length.to_string());
                self.fault(part, Fault::StepTooLate { step: count, at, length });
            }
            if let Some(before) = before.filter(|before| *before > step.from) {
                let (at, before) = (step.from.to_string(), before.to_string());
                self.fault(part, Fault::StepTooSoon { step: count, at, before });
            }
            before = Some(step.to);
            if step.text.variants.iter().all(|(_, text)| text.trim().is_empty()) {
                self.lacks(part, Fault::StepSilent(count));
            }
            let text = self.text(part, &What::Step(count), step.text);
            read.push(Step { from: step.from, to: step.to, text, spot: step.spot });
        }
        read
    }

    fn problems(self, source: &str) -> Vec<Problem> {
        let places = Places::of(source);
        let mut faults: Vec<(usize, Fault)> = self
            .faults
            .into_iter()
            .map(|(part, fault)| {
                let place = match part {
                    Part::Field(name) => places.field(name),
                    Part::Track(track) => places.track(track),
                    Part::Point(track, point) => places.point(track, point),
                    Part::Step(step) => places.step(step),
                };
                (place, fault)
            })
            .collect();
        faults.sort_by_key(|(place, _)| *place);
        let more = faults.len().saturating_sub(MOST_PROBLEMS);
        let mut problems: Vec<Problem> =
            faults.into_iter().take(MOST_PROBLEMS).map(|(place, fault)| syntax::at(source, place, fault)).collect();
        if let Some(last) = problems.last_mut().filter(|_| more > 0) {
            last.fact = Fault::AndMore { fault: last.fact.clone(), more }.into();
        }
        problems
    }
}

/// Whether a code is a language's, with or without a region. The empty code is a text without a language.
fn is_language(code: &str) -> bool {
    let (language, region) = code.split_once('-').map_or((code, None), |(language, region)| (language, Some(region)));
    code.is_empty()
        || (language.len() == 2
            && LANGUAGES.split_ascii_whitespace().any(|known| known == language)
            && region.is_none_or(|region| region.len() == 2 && region.bytes().all(|byte| byte.is_ascii_uppercase())))
}
