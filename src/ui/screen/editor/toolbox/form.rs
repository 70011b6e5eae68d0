//! Tools as forms to fill in: which fields each has, what they start from, and the edit they make.
//!
//! Belongs here: [`Kind`], [`Slot`] and [`Form`], which know nothing of windows.

use std::collections::BTreeMap;
use std::time::Duration;

use super::Place;
use crate::curve::Shape;
use crate::editor::{Edit, Fade, Generator, Span, Target, Tool};
use crate::i18n::Words;
use crate::intensity::Intensity;
use crate::say;
use crate::time::Time;
use crate::ui::words::editor::tools as words;

/// A tool of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// See [`Tool::Scale`].
    Scale,
    /// See [`Tool::Offset`].
    Raise,
    /// See [`Tool::Invert`].
    Invert,
    /// See [`Tool::Quantise`].
    Levels,
    /// See [`Fade::In`].
    FadeIn,
    /// See [`Fade::Out`].
    FadeOut,
    /// See [`Edit::Repeat`].
    Repeat,
    /// See [`Tool::Simplify`].
    Simplify,
    /// See [`Edit::InsertTime`].
    InsertTime,
    /// See [`Edit::RemoveTime`].
    RemoveTime,
    /// See [`Generator::Ramp`].
    Ramp,
    /// See [`Generator::Pulse`].
    Pulse,
    /// See [`Generator::Wave`].
    Wave,
    /// See [`Generator::Inflate`].
    Inflate,
    /// See [`Generator::TriggerHold`].
    TriggerHold,
}

impl Kind {
    /// Those that change what is there.
    pub const CHANGE: [Self; 8] = [
        Self::Scale,
        Self::Raise,
        Self::Invert,
        Self::Levels,
        Self::FadeIn,
        Self::FadeOut,
        Self::Repeat,
        Self::Simplify,
    ];
    /// Those of time itself.
    pub const TIME: [Self; 2] = [Self::InsertTime, Self::RemoveTime];
    /// Those that write something new: the generators, in their order.
    pub const NEW: [Self; 5] = [Self::Ramp, Self::Pulse, Self::Wave, Self::Inflate, Self::TriggerHold];

    /// What it generates, with parameters to start from.
    fn generator(self) -> Option<Generator> {
        let index = Self::NEW.iter().position(|kind| *kind == self)?;
        Generator::ALL.get(index).copied()
    }

    /// Whether it works on a stretch of time.
    pub fn is_stretch(self) -> bool {
        matches!(self, Self::FadeIn | Self::FadeOut | Self::Repeat | Self::RemoveTime) || Self::NEW.contains(&self)
    }

    /// Its parameters and what they start from, in the order of the form.
    fn parameters(self) -> Vec<(Slot, f64)> {
        let percent = |intensity: Intensity| f64::from(intensity.per_mille()) / 10.0;
        let seconds = |duration: Duration| duration.as_secs_f64();
        match self {
            Self::Scale => vec![(Slot::Scale, 80.0)],
            Self::Raise => vec![(Slot::Raise, 10.0)],
            Self::Levels => vec![(Slot::Levels, 3.0)],
            Self::Repeat => vec![(Slot::Copies, 1.0)],
            Self::Simplify => vec![(Slot::Tolerance, 2.0)],
            Self::InsertTime => vec![(Slot::Insert, 30.0)],
            _ => match self.generator() {
                Some(Generator::Ramp { from, to, .. }) => vec![(Slot::Start, percent(from)), (Slot::End, percent(to))],
                Some(Generator::Pulse { low, high, on, off, rise }) => vec![
                    (Slot::Low, percent(low)),
                    (Slot::High, percent(high)),
                    (Slot::On, seconds(on)),
                    (Slot::Rise, seconds(rise)),
                    (Slot::Off, seconds(off)),
                ],
                Some(Generator::Wave { low, high, period }) => {
                    vec![(Slot::Low, percent(low)), (Slot::High, percent(high)), (Slot::Period, seconds(period))]
                }
                Some(Generator::Inflate { high, low, inflate, hold, deflate, rest }) => vec![
                    (Slot::Low, percent(low)),
                    (Slot::High, percent(high)),
                    (Slot::Inflate, seconds(inflate)),
                    (Slot::Hold, seconds(hold)),
                    (Slot::Deflate, seconds(deflate)),
                    (Slot::Rest, seconds(rest)),
                ],
                Some(Generator::TriggerHold { level, rise, hold, rest }) => vec![
                    (Slot::High, percent(level)),
                    (Slot::Rise, seconds(rise)),
                    (Slot::Hold, seconds(hold)),
                    (Slot::Rest, seconds(rest)),
                ],
                None => Vec::new(),
            },
        }
    }

    /// Its parameters, in the order of the form; where it works is asked before them.
    pub fn slots(self) -> Vec<Slot> {
        self.parameters().into_iter().map(|parameter| parameter.0).collect()
    }
}

/// A field of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    From,
    To,
    At,
    Scale,
    Raise,
    Tolerance,
    Levels,
    Copies,
    Insert,
    Start,
    End,
    Low,
    High,
    On,
    Off,
    Rise,
    Period,
    Inflate,
    Hold,
    Deflate,
    Rest,
}

/// What a field holds, from the least to the most.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Unit {
    Time,
    Seconds,
    Percent(i32, i32),
    Whole(i32, i32),
}

impl Slot {
    fn unit(self, levels: Option<u16>) -> Unit {
        match self {
            Self::From | Self::To | Self::At => Unit::Time,
            Self::Scale => Unit::Whole(0, 1000),
            Self::Raise => Unit::Percent(-100, 100),
            Self::Tolerance => Unit::Percent(0, 50),
            Self::Levels => Unit::Whole(1, i32::from(levels.unwrap_or(0).max(20))),
            Self::Copies => Unit::Whole(1, 1000),
            Self::Start | Self::End | Self::Low | Self::High => Unit::Percent(0, 100),
            _ => Unit::Seconds,
        }
    }

    /// How far a press of − or + goes.
    fn step(self) -> f64 {
        match self {
            Self::Scale => 10.0,
            Self::Start | Self::End | Self::Low | Self::High | Self::Raise | Self::Insert | Self::Period => 5.0,
            _ => 1.0,
        }
    }
}

/// A tool with what is typed in its fields.
#[derive(Debug, Clone)]
pub(in super::super) struct Form {
    pub kind: Kind,
    pub shape: Shape,
    typed: BTreeMap<Slot, String>,
}

impl Form {
    pub fn new(kind: Kind) -> Self {
        Self { kind, shape: Shape::Straight, typed: BTreeMap::new() }
    }

    /// Types in a field.
    pub fn set(&mut self, slot: Slot, text: &str) {
        self.typed.insert(slot, text.chars().take(20).collect());
    }

    /// Forgets where it was to work: that was meant for then.
    pub fn forget_place(&mut self) {
        self.typed.retain(|slot, _| !matches!(slot, Slot::From | Slot::To | Slot::At));
    }

    /// The text of a field: as typed, else what it starts from.
    pub fn text(&self, slot: Slot, place: Place<'_>) -> String {
        if let Some(typed) = self.typed.get(&slot) {
            return typed.clone();
        }
        let levels = place.levels.filter(|_| slot == Slot::Levels).map(f64::from);
        let number = || self.kind.parameters().into_iter().find(|parameter| parameter.0 == slot);
        match slot {
            Slot::From => place.span(self.kind).from.to_string(),
            Slot::To => place.span(self.kind).to.to_string(),
            Slot::At => place.playhead.to_string(),
            _ => written(levels.or(number().map(|parameter| parameter.1)).unwrap_or_default()),
        }
    }

    fn number(&self, w: &Words, slot: Slot, place: Place<'_>) -> Result<f64, String> {
        let text = self.text(slot, place);
        let plain = text.trim().trim_end_matches(['%', 's']).trim_end().replace(',', ".").replace('−', "-");
        let number = plain.parse::<f64>().ok();
        let within = |least: i32, most: i32| number.filter(|it| (f64::from(least)..=f64::from(most)).contains(it));
        let (found, hint) = match slot.unit(place.levels) {
            Unit::Percent(least, most) => (within(least, most), words::number_form(w, least, most)),
            Unit::Whole(least, most) => {
                (within(least, most).filter(|number| number.fract() == 0.0), words::whole_form(w, least, most))
            }
            Unit::Seconds | Unit::Time => {
                let time = text.trim().parse::<Time>().ok().map(|time| f64::from(time.as_millis()) / 1000.0);
                let longest = (Time::LONGEST.as_millis() / 1000) as i32;
                (within(0, longest).or(time), say!(w, "tools-seconds-form"))
            }
        };
        found.ok_or_else(|| words::in_field(w, slot, &hint))
    }

    fn time(&self, w: &Words, slot: Slot, place: Place<'_>) -> Result<Time, String> {
        let time = self.text(slot, place).trim().parse();
        time.map_err(|_| words::in_field(w, slot, &say!(w, "tools-time-form")))
    }

    /// The stretch it works on.
    fn span(&self, w: &Words, place: Place<'_>) -> Result<Span, String> {
        let span = Span { from: self.time(w, Slot::From, place)?, to: self.time(w, Slot::To, place)? };
        if span.from < span.to { Ok(span) } else { Err(say!(w, "tools-backwards")) }
    }

    /// What a field would hold after a press of − or +; nothing at its end, or where it holds no number.
    pub fn stepped(&self, w: &Words, slot: Slot, up: bool, place: Place<'_>) -> Option<String> {
        let now = self.number(w, slot, place).ok()?;
        let (least, most) = match slot.unit(place.levels) {
            Unit::Percent(least, most) | Unit::Whole(least, most) => (f64::from(least), f64::from(most)),
            Unit::Seconds | Unit::Time => (0.0, f64::from(Time::LONGEST.as_secs_f32())),
        };
        let next = (now + if up { slot.step() } else { -slot.step() }).clamp(least, most);
        (next != now).then(|| written(next))
    }

    /// What it works on, in words.
    pub fn works_on(&self, w: &Words, place: Place<'_>) -> Result<String, String> {
        let channels = place.channels();
        Ok(match self.kind {
            Kind::InsertTime => say!(w, "tools-on-rest", from = self.time(w, Slot::At, place)?.to_string()),
            Kind::RemoveTime => {
                let span = self.span(w, place)?;
                say!(w, "tools-on-time", from = span.from.to_string(), to = span.to.to_string())
            }
            kind if Kind::NEW.contains(&kind) => {
                let span = self.span(w, place)?;
                words::on_stretch(w, &[place.active.ok_or(say!(w, "tools-no-lane"))?], span.from, span.to)
            }
            kind if kind.is_stretch() => {
                let span = self.span(w, place)?;
                words::on_stretch(w, &channels, span.from, span.to)
            }
            _ if place.has_chosen() => say!(w, "tools-on-points", count = place.chosen.count),
            _ => say!(w, "tools-on-lane", channel = w.channel(*channels.first().ok_or(say!(w, "tools-no-lane"))?)),
        })
    }

    /// What it does.
    ///
    /// # Errors
    /// Which field is to be filled in how, in words.
    pub fn edit(&self, w: &Words, place: Place<'_>) -> Result<Edit, String> {
        let number = |slot| self.number(w, slot, place);
        let whole = |slot| number(slot).map(|number| number as u16);
        let intensity = |slot| number(slot).map(|percent| Intensity::from_fraction(percent / 100.0));
        let duration = |slot| number(slot).map(|seconds| Duration::from_millis((seconds * 1000.0).round() as u64));
        let channels = place.channels();
        let lane = *channels.first().ok_or(say!(w, "tools-no-lane"))?;
        let tool = |tool| {
            let target = match place.has_chosen() {
                true => Target::Points(place.selection.to_points()),
                false => Target::Lane(lane),
            };
            Ok(Edit::Use { tool, target })
        };
        let generator = match self.kind {
            Kind::Scale => return tool(Tool::Scale(whole(Slot::Scale)?)),
            Kind::Raise => return tool(Tool::Offset((number(Slot::Raise)? * 10.0).round() as i32)),
            Kind::Invert => return tool(Tool::Invert),
            Kind::Levels => return tool(Tool::Quantise(whole(Slot::Levels)?)),
            Kind::Simplify => return tool(Tool::Simplify(intensity(Slot::Tolerance)?)),
            Kind::FadeIn => return Ok(Edit::Fade { channels, span: self.span(w, place)?, fade: Fade::In }),
            Kind::FadeOut => return Ok(Edit::Fade { channels, span: self.span(w, place)?, fade: Fade::Out }),
            Kind::Repeat => {
                return Ok(Edit::Repeat { channels, span: self.span(w, place)?, times: whole(Slot::Copies)? });
            }
            Kind::InsertTime => {
                return Ok(Edit::InsertTime { at: self.time(w, Slot::At, place)?, by: duration(Slot::Insert)? });
            }
            Kind::RemoveTime => return Ok(Edit::RemoveTime { span: self.span(w, place)? }),
            Kind::Ramp => {
                Generator::Ramp { from: intensity(Slot::Start)?, to: intensity(Slot::End)?, shape: self.shape }
            }
            Kind::Pulse => Generator::Pulse {
                low: intensity(Slot::Low)?,
                high: intensity(Slot::High)?,
                on: duration(Slot::On)?,
                off: duration(Slot::Off)?,
                rise: duration(Slot::Rise)?,
            },
            Kind::Wave => Generator::Wave {
                low: intensity(Slot::Low)?,
                high: intensity(Slot::High)?,
                period: duration(Slot::Period)?,
            },
            Kind::Inflate => Generator::Inflate {
                high: intensity(Slot::High)?,
                low: intensity(Slot::Low)?,
                inflate: duration(Slot::Inflate)?,
                hold: duration(Slot::Hold)?,
                deflate: duration(Slot::Deflate)?,
                rest: duration(Slot::Rest)?,
            },
            Kind::TriggerHold => Generator::TriggerHold {
                level: intensity(Slot::High)?,
                rise: duration(Slot::Rise)?,
                hold: duration(Slot::Hold)?,
                rest: duration(Slot::Rest)?,
            },
        };
        // A form goes into the lane that one looks at, wherever the chosen points are.
        let channel = place.active.unwrap_or(lane);
        Ok(Edit::Generate { channel, span: self.span(w, place)?, generator })
    }
}

/// A number as short as it can be, in thousandths.
fn written(number: f64) -> String {
    ((number * 1000.0).round() / 1000.0).to_string()
}
