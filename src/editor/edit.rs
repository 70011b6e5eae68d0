//! Everything that a person can do to a profile.
//!
//! Belongs here: [`Edit`], how each is called in the undo list, and why some cannot be done. How each is done stands in
//! the files beside.

use std::time::Duration;

use crate::curve::{Curve, Point, Shape};
use crate::intensity::Intensity;
use crate::mode::{Channel, Foot, Mode};
use crate::profile::{Need, Step, Text};
use crate::time::Time;

use super::change::{Change, Turn};
use super::clipboard::{self, Clip, Paste};
use super::document::{Document, StepId};
use super::draft::Draft;
use super::generate::Generator;
use super::lane::{PointId, Span};
use super::told::{Error, Label};
use super::{fixes, points, record, steps, stretches, timeline, tools};

/// How far points go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shift {
    /// In time, in milliseconds; negative is earlier.
    pub millis: i64,
    /// In intensity, in tenths of a percent; negative is less.
    pub per_mille: i32,
}

/// What happens when a moved point meets one that is not moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Crossing {
    /// It stops a millisecond before it: nothing is ever lost by a slip of the hand. What dragging and keys do.
    #[default]
    Stop,
    /// It goes on, and what it passes goes away, as in most music programs.
    Replace,
    /// It takes everything later in the lane along, keeping their distances.
    Push,
}

/// Which points a tool works on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// These.
    Points(Vec<PointId>),
    /// All points of a lane.
    Lane(Channel),
    /// The points of a lane in a stretch.
    Stretch(Channel, Span),
}

/// A tool for many points at once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Tool {
    /// Makes the intensity so many percent of what it is (0 to 1000), at most full.
    Scale(u16),
    /// Adds to the intensity, in tenths of a percent; what would leave 0 to 100 % stays at the edge.
    Offset(i32),
    /// What was full becomes nothing, and the other way round.
    Invert,
    /// Sets each point to the nearest of so many levels (nothing not counted), as a massager has them.
    Quantise(u16),
    /// Takes points away as long as the curve differs by at most this anywhere.
    Simplify(Intensity),
}

/// Which way a fade goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fade {
    /// From nothing.
    In,
    /// To nothing.
    Out,
}

/// What makes a curve by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hand {
    /// A pencil in the lane.
    Pencil,
    /// A slider while time runs.
    Slider,
}

/// Something that a person does to a profile.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// Adds a point; one at the same time is replaced.
    Add {
        /// To which lane.
        channel: Channel,
        /// The point.
        point: Point,
    },
    /// Adds a point on the curve without changing how it runs.
    AddOnCurve {
        /// To which lane.
        channel: Channel,
        /// When.
        at: Time,
    },
    /// Moves points together, also by keys. They stop together at the edges, so that what was drawn keeps its form.
    Move {
        /// Which.
        points: Vec<PointId>,
        /// How far.
        by: Shift,
        /// What happens at the points in their way.
        crossing: Crossing,
    },
    /// Sets the exact time of a point. Typed times are meant: it may go past its neighbours, but not onto another point.
    SetTime {
        /// Which.
        point: PointId,
        /// When.
        at: Time,
    },
    /// Sets the exact intensity of points.
    SetIntensity {
        /// Which.
        points: Vec<PointId>,
        /// To what.
        to: Intensity,
    },
    /// Sets how the curve comes to points.
    SetShape {
        /// Which.
        points: Vec<PointId>,
        /// How.
        shape: Shape,
    },
    /// Takes points away.
    Delete {
        /// Which.
        points: Vec<PointId>,
    },
    /// Takes points away that were copied before. The same as [`Edit::Delete`] under the name that undo tells.
    Cut {
        /// Which.
        points: Vec<PointId>,
    },
    /// Uses a tool on many points.
    Use {
        /// Which.
        tool: Tool,
        /// On what.
        target: Target,
    },
    /// Fades a stretch of lanes in or out.
    Fade {
        /// Which lanes.
        channels: Vec<Channel>,
        /// From where to where.
        span: Span,
        /// In or out.
        fade: Fade,
    },
    /// Writes copies of a stretch after it, in place of what is there, as far as the profile goes.
    Repeat {
        /// In which lanes.
        channels: Vec<Channel>,
        /// What is repeated.
        span: Span,
        /// How many copies, 1 to 1000.
        times: u16,
    },
    /// Writes a ready-made form into a stretch.
    Generate {
        /// Into which lane; added where it is missing.
        channel: Channel,
        /// Where.
        span: Span,
        /// What.
        generator: Generator,
    },
    /// Writes a take recorded by hand into a lane, simplified, in place of what was there.
    Take {
        /// Into which lane; added where it is missing.
        channel: Channel,
        /// Time and intensity, in the order of time.
        samples: Vec<(Time, Intensity)>,
        /// How much the curve may differ from the take.
        tolerance: Intensity,
        /// With what it was made.
        hand: Hand,
    },
    /// Replaces all points of a lane, such as by an imported curve; added where it is missing. What lies beyond the
    /// profile's length lengthens it.
    SetCurve {
        /// Which lane.
        channel: Channel,
        /// The points.
        curve: Curve,
    },
    /// Pastes.
    Paste {
        /// What.
        clip: Clip,
        /// Where, such as the playhead.
        at: Time,
        /// In place of what is there, or between.
        paste: Paste,
        /// Into another lane than it came from. Only for clips of one lane.
        into: Option<Channel>,
    },
    /// Flattens what is above an intensity.
    Cap {
        /// In which lane.
        channel: Channel,
        /// How much at most.
        at_most: Intensity,
    },
    /// Makes each rise as gentle as a limit wants it: what the massager would have played anyway.
    LimitRise {
        /// In which lane.
        channel: Channel,
        /// Per second.
        per_second: Intensity,
    },
    /// Ends the profile at a time, and brings every lane to nothing there.
    EndSoftly {
        /// When it ends: its new length.
        at: Time,
        /// How long the way down is.
        over: Duration,
    },
    /// Makes room in all lanes and steps. Each lane holds its intensity meanwhile.
    InsertTime {
        /// Where.
        at: Time,
        /// How much.
        by: Duration,
    },
    /// Takes a stretch out of all lanes and steps.
    RemoveTime {
        /// Which.
        span: Span,
    },
    /// Makes the profile longer or shorter. What lies beyond goes; each lane ends as it was there.
    SetLength(Time),
    /// Adds an empty track.
    AddTrack(Channel),
    /// Takes a track away, with its points.
    RemoveTrack(Channel),
    /// Makes a left and a right track of one for both feet, alike at first.
    SplitTrack(Mode),
    /// Makes one track of left and right.
    JoinTracks {
        /// Which mode.
        mode: Mode,
        /// Whose curve stays.
        keep: Foot,
    },
    /// Adds a manual step. It gives way to those that are there.
    AddStep(Step),
    /// Sets what to do in a step.
    SetStepText {
        /// Which.
        step: StepId,
        /// What to do.
        text: Text,
    },
    /// Moves a step. It stops at its neighbours and at the ends.
    MoveStep {
        /// Which.
        step: StepId,
        /// Milliseconds; negative is earlier.
        millis: i64,
    },
    /// Sets when a step is. It gives way to its neighbours.
    ResizeStep {
        /// Which.
        step: StepId,
        /// From when to when.
        span: Span,
    },
    /// Takes steps away.
    DeleteSteps(Vec<StepId>),
    /// Sets the profile's name.
    SetName(Text),
    /// Sets what it is for.
    SetDescription(Text),
    /// Sets who made it.
    SetAuthor(Option<String>),
    /// Sets when or for what one takes it.
    SetNeed(Option<Need>),
}

impl Edit {
    /// What it changes, planned but not done: for previews and ghosts.
    ///
    /// # Errors
    /// Why it cannot be done.
    pub fn plan(&self, document: &Document) -> Result<Change, Error> {
        let mut draft = Draft::new(document);
        match self {
            Self::Add { channel, point } => return points::add(document, *channel, *point),
            Self::Move { points, by, crossing } => return points::shift(document, points, *by, *crossing),
            Self::SetTime { point, at } => return points::set_time(document, *point, *at),
            Self::SetIntensity { points, to } => {
                return points::each(document, points, |point| point.intensity = *to);
            }
            Self::SetShape { points, shape } => return points::each(document, points, |point| point.shape = *shape),
            Self::Delete { points } | Self::Cut { points } => return points::delete(document, points),
            Self::SetName(text) => {
                return Ok(Change { name: Turn::new(document.name.clone(), text.clone()), ..Change::default() });
            }
            Self::SetDescription(text) => {
                let description = Turn::new(document.description.clone(), text.clone());
                return Ok(Change { description, ..Change::default() });
            }
            Self::SetAuthor(author) => {
                return Ok(Change { author: Turn::new(document.author.clone(), author.clone()), ..Change::default() });
            }
            Self::SetNeed(need) => {
                return Ok(Change { need: Turn::new(document.need, *need), ..Change::default() });
            }
            Self::AddOnCurve { channel, at } => {
                if *at > document.length {
                    return Err(Error::AfterEnd(*at));
                }
                draft.lane(*channel)?.pin(*at);
            }
            Self::Use { tool, target } => tools::apply(&mut draft, document, *tool, target)?,
            Self::Fade { channels, span, fade } => stretches::fade(&mut draft, channels, *span, *fade)?,
            Self::Repeat { channels, span, times } => stretches::repeat(&mut draft, channels, *span, *times)?,
            Self::Generate { channel, span, generator } => {
                let span = stretches::within(&draft, *span)?;
                let points = generator.points(span)?;
                draft.lane_or_new(*channel)?.write(span, &points);
            }
            Self::Take { channel, samples, tolerance, .. } => record::take(&mut draft, *channel, samples, *tolerance)?,
            Self::SetCurve { channel, curve } => {
                if curve.end() > Time::LONGEST {
                    return Err(Error::TooLong);
                }
                draft.length = draft.length.max(curve.end());
                draft.lane_or_new(*channel)?.replace(curve.points());
            }
            Self::Paste { clip, at, paste, into } => clipboard::paste(&mut draft, clip, *at, *paste, *into)?,
            Self::Cap { channel, at_most } => fixes::cap(&mut draft, *channel, *at_most)?,
            Self::LimitRise { channel, per_second } => fixes::limit_rise(&mut draft, *channel, *per_second)?,
            Self::EndSoftly { at, over } => fixes::end_softly(&mut draft, *at, *over)?,
            Self::InsertTime { at, by } => timeline::insert(&mut draft, *at, *by)?,
            Self::RemoveTime { span } => timeline::remove(&mut draft, *span)?,
            Self::SetLength(length) => timeline::set_length(&mut draft, *length)?,
            Self::AddTrack(channel) => draft.add_track(*channel, &Curve::default())?,
            Self::RemoveTrack(channel) => drop(draft.remove_track(*channel)?),
            Self::SplitTrack(mode) => {
                let curve = draft.remove_track(Channel::both(*mode))?;
                draft.add_track(Channel::new(*mode, Foot::Left), &curve)?;
                draft.add_track(Channel::new(*mode, Foot::Right), &curve)?;
            }
            Self::JoinTracks { mode, keep } => {
                let mut curve = Curve::default();
                for foot in [Foot::Left, Foot::Right] {
                    let there = draft.channels().contains(&Channel::new(*mode, foot));
                    if there && (foot == *keep || curve == Curve::default()) {
                        curve = draft.remove_track(Channel::new(*mode, foot))?;
                    } else if there {
                        draft.remove_track(Channel::new(*mode, foot))?;
                    }
                }
                draft.add_track(Channel::both(*mode), &curve)?;
            }
            Self::AddStep(step) => steps::add(&mut draft, step)?,
            Self::SetStepText { step, text } => steps::set(&mut draft, *step, |step| step.text = text.clone())?,
            Self::MoveStep { step, millis } => steps::shift(&mut draft, *step, *millis)?,
            Self::ResizeStep { step, span } => steps::resize(&mut draft, *step, *span)?,
            Self::DeleteSteps(steps) => draft.steps.retain(|named| !steps.contains(&named.id)),
        }
        Ok(draft.finish())
    }

    /// What it is called after “Undo ”, such as `move 3 points`.
    pub fn label(&self) -> Label {
        match self {
            Self::Move { points, .. } => Label::MovePoints(points.len()),
            Self::SetIntensity { points, .. } => Label::SetIntensity(points.len()),
            Self::SetShape { points, .. } => Label::Reshape(points.len()),
            Self::Delete { points } => Label::DeletePoints(points.len()),
            Self::Cut { points } => Label::CutPoints(points.len()),
            Self::Generate { generator, .. } => match generator {
                Generator::Ramp { .. } => Label::AddRamp,
                Generator::Pulse { .. } => Label::AddPulse,
                Generator::Wave { .. } => Label::AddWave,
                Generator::Inflate { .. } => Label::AddInflate,
                Generator::TriggerHold { .. } => Label::AddTriggerHold,
            },
            Self::AddTrack(channel) => Label::AddTrack(*channel),
            Self::RemoveTrack(channel) => Label::DeleteTrack(*channel),
            Self::SplitTrack(mode) => Label::SplitTrack(*mode),
            Self::JoinTracks { mode, .. } => Label::JoinTracks(*mode),
            Self::DeleteSteps(steps) => Label::DeleteSteps(steps.len()),
            Self::Add { .. } | Self::AddOnCurve { .. } => Label::AddPoint,
            Self::SetTime { .. } => Label::SetTime,
            Self::Use { tool: Tool::Scale(_), .. } => Label::Scale,
            Self::Use { tool: Tool::Offset(_), .. } => Label::Raise,
            Self::Use { tool: Tool::Invert, .. } => Label::Invert,
            Self::Use { tool: Tool::Quantise(_), .. } => Label::SetToLevels,
            Self::Use { tool: Tool::Simplify(_), .. } => Label::Simplify,
            Self::Fade { fade: Fade::In, .. } => Label::FadeIn,
            Self::Fade { fade: Fade::Out, .. } => Label::FadeOut,
            Self::Repeat { .. } => Label::RepeatPart,
            Self::Take { hand: Hand::Slider, .. } => Label::Record,
            Self::Take { hand: Hand::Pencil, .. } => Label::Draw,
            Self::SetCurve { .. } => Label::ImportCurve,
            Self::Paste { .. } => Label::Paste,
            Self::Cap { .. } => Label::FlattenTop,
            Self::LimitRise { .. } => Label::GentleRises,
            Self::EndSoftly { .. } => Label::EndSoftly,
            Self::InsertTime { .. } => Label::InsertTime,
            Self::RemoveTime { .. } => Label::RemoveTime,
            Self::SetLength(_) => Label::ChangeLength,
            Self::AddStep(_) => Label::AddStep,
            Self::SetStepText { .. } => Label::EditStep,
            Self::MoveStep { .. } => Label::MoveStep,
            Self::ResizeStep { .. } => Label::ResizeStep,
            Self::SetName(_) => Label::Rename,
            Self::SetDescription(_) => Label::EditDescription,
            Self::SetAuthor(_) => Label::EditAuthor,
            Self::SetNeed(_) => Label::EditNeed,
        }
    }
}
