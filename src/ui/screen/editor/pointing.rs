//! What the pointer does in the lanes: one gesture from press to release, which is one step of undo.

use std::collections::BTreeMap;
use std::time::Duration;

use iced::Point;
use iced::keyboard::Modifiers;

use super::rows::Row;
use super::{Action, Board, Pointer, Tool};
use crate::curve::Curve;
use crate::editor::hit::{self, Hit, StepPart};
use crate::editor::{Choose, Crossing, Edit, Gesture, Guide, Hand, Merge, PointId, Shift, Span, StepId};
use crate::i18n::Words;
use crate::intensity::Intensity;
use crate::mode::Channel;
use crate::time::Time;

/// How far the pointer goes before a press is a drag, in pixels.
const SLOP: f32 = 3.0;
/// How much a freely drawn curve may differ from the hand.
const DRAWN: Intensity = Intensity::from_percent(1);

/// What the pointer holds.
#[derive(Debug, Clone)]
pub(super) enum Hold {
    /// The playhead.
    Playhead,
    /// Chosen points.
    Points {
        gesture: Gesture,
        grabbed: PointId,
        channel: Channel,
        /// Where it was pressed: the place, and the time there.
        from: (Point, Time),
        /// How it was before.
        before: (Time, Intensity),
        ghosts: BTreeMap<Channel, Curve>,
        moved: bool,
        guides: [Option<Guide>; 2],
    },
    /// A box around points.
    Box { from: (Point, Time), to: Point, how: Choose },
    /// A pencil.
    Draw { gesture: Gesture, channel: Channel, samples: BTreeMap<Time, Intensity> },
    /// An eraser.
    Erase { gesture: Gesture },
    /// A manual step.
    Step { gesture: Gesture, id: StepId, part: StepPart, span: Span, from: Time },
    /// The profile's end: the pixels that a millisecond had when it was taken.
    End { gesture: Gesture, from: f32, length: Time, scale: f64 },
    /// A lane's lower edge: where it was taken, and how high the lane was.
    Edge { channel: Channel, from: f32, height: f32 },
    /// What is seen, in the overview: how far from its left edge it was taken, as a part of the whole.
    Strip { off: f32 },
}

impl Hold {
    /// Its step of undo.
    pub fn gesture(&self) -> Option<Gesture> {
        match self {
            Self::Points { gesture, .. }
            | Self::Draw { gesture, .. }
            | Self::Erase { gesture }
            | Self::Step { gesture, .. }
            | Self::End { gesture, .. } => Some(*gesture),
            Self::Playhead | Self::Box { .. } | Self::Edge { .. } | Self::Strip { .. } => None,
        }
    }
}

impl Board {
    /// Lets the pointer do something.
    pub(super) fn point(&mut self, w: &Words, pointer: Pointer) -> Action {
        match pointer {
            Pointer::Press { at, modifiers, double } => self.take(w, at, modifiers, double),
            Pointer::Drag { at, modifiers } => self.drag(w, at, modifiers),
            Pointer::Release => {
                self.release();
                Action::None
            }
            Pointer::Pan(pixels) => {
                self.view.pan(pixels);
                Action::None
            }
            Pointer::Scroll { at, turn, modifiers } => {
                if modifiers.shift() || turn.0.abs() > turn.1.abs() {
                    self.view.pan(-60.0 * if turn.0 == 0.0 { turn.1 } else { turn.0 });
                } else {
                    self.view.zoom(1.2_f64.powf(f64::from(turn.1)), at.x);
                }
                Action::None
            }
        }
    }

    fn take(&mut self, w: &Words, at: Point, modifiers: Modifiers, double: bool) -> Action {
        self.put_back();
        let rows = self.rows();
        if rows.ruler.has(at.y) {
            if hit::end(self.editor.document(), &self.view, at.x) {
                let (gesture, length) = (self.editor.begin(), self.editor.document().length());
                self.hold = Some(Hold::End { gesture, from: at.x, length, scale: self.view.scale() });
            } else {
                self.hold = Some(Hold::Playhead);
                return self.drag(w, at, modifiers);
            }
        } else if rows.strip.has(at.y) {
            let (from, width) = self.view.part();
            let part = at.x / rows.width.max(1.0);
            let off = if (from..=from + width).contains(&part) { part - from } else { width / 2.0 };
            self.hold = Some(Hold::Strip { off });
            return self.drag(w, at, modifiers);
        } else if rows.steps.has(at.y) {
            self.take_step(at, modifiers);
        } else if let Some((channel, row)) = rows.edge_at(at.y) {
            if double {
                self.heights.reset(channel);
            } else {
                self.hold = Some(Hold::Edge { channel, from: at.y, height: row.height });
            }
        } else if let Some((channel, row)) = rows.lane_at(at.y) {
            // The row grows when it becomes active; the place under the pointer is the one that was pressed.
            return self.take_in_lane(w, channel, row.plot(), at, modifiers, double);
        }
        Action::None
    }

    fn take_step(&mut self, at: Point, modifiers: Modifiers) {
        let how = if modifiers.shift() || modifiers.command() { Choose::Toggle } else { Choose::Only };
        let Some((id, part)) = hit::step(self.editor.document(), &self.view, at.x) else {
            self.editor.selection_mut().clear();
            return;
        };
        self.editor.selection_mut().choose_step(id, how);
        let Some(step) = self.editor.document().step(id).map(|named| &named.step) else { return };
        let span = Span { from: step.from, to: step.to };
        let (gesture, from) = (self.editor.begin(), self.view.time(at.x));
        self.hold = Some(Hold::Step { gesture, id, part, span, from });
    }

    fn take_in_lane(
        &mut self,
        w: &Words,
        channel: Channel,
        plot: Row,
        at: Point,
        modifiers: Modifiers,
        double: bool,
    ) -> Action {
        let Some(lane) = self.editor.document().lane(channel) else { return Action::None };
        let hit = hit::lane(lane, &self.view, plot.height, at.x, at.y - plot.top);
        let adding = modifiers.shift() || modifiers.command();
        let from = (at, self.view.time(at.x));
        match (self.tool, hit) {
            (Tool::Draw, _) => {
                let gesture = self.editor.begin();
                self.hold = Some(Hold::Draw { gesture, channel, samples: BTreeMap::new() });
                return self.drag(w, at, modifiers);
            }
            (Tool::Erase, _) => {
                self.hold = Some(Hold::Erase { gesture: self.editor.begin() });
                return self.drag(w, at, modifiers);
            }
            (Tool::Select | Tool::Add, Hit::Point(id)) if adding => {
                self.editor.selection_mut().choose([id], Choose::Toggle);
            }
            (Tool::Select | Tool::Add, Hit::Point(id)) => {
                self.editor.selection_mut().grab(id);
                self.hold_points(id, channel, from);
            }
            (Tool::Add, _) => return self.add(w, channel, plot, from, modifiers),
            (Tool::Select, _) if double => return self.add(w, channel, plot, from, modifiers),
            (Tool::Select, _) => {
                let how = if adding { Choose::Also } else { Choose::Only };
                self.hold = Some(Hold::Box { from, to: at, how });
            }
        }
        Action::None
    }

    /// Adds a point where the pointer is.
    fn add(&mut self, w: &Words, channel: Channel, plot: Row, from: (Point, Time), modifiers: Modifiers) -> Action {
        let snap = self.snap(modifiers.alt());
        let document = self.editor.document();
        let at = snap.time(document, &self.view, Some(self.playhead), from.1, |_| false).value;
        let level = f64::from(1.0 - (from.0.y - plot.top) / plot.height);
        let intensity = snap.intensity(Intensity::from_fraction(level)).value;
        let action = self.perform(w, &Edit::Add { channel, point: self.point_at(channel, at, intensity) });
        self.active = Some(channel);
        action
    }

    fn hold_points(&mut self, grabbed: PointId, channel: Channel, from: (Point, Time)) {
        let gesture = self.editor.begin();
        let document = self.editor.document();
        let Some((_, spot)) = document.point(grabbed) else { return };
        let channels = self.editor.selection().points().filter_map(|id| Some(document.point(id)?.0));
        let mut ghosts = BTreeMap::new();
        for channel in channels {
            if let (false, Some(lane)) = (ghosts.contains_key(&channel), document.lane(channel)) {
                ghosts.insert(channel, lane.curve().clone());
            }
        }
        let before = (spot.point.at, spot.point.intensity);
        let (moved, guides) = (false, [None, None]);
        self.hold = Some(Hold::Points { gesture, grabbed, channel, from, before, ghosts, moved, guides });
    }

    fn drag(&mut self, w: &Words, at: Point, modifiers: Modifiers) -> Action {
        let Some(mut hold) = self.hold.take() else { return Action::None };
        let rows = self.rows();
        if !matches!(hold, Hold::Strip { .. } | Hold::Edge { .. } | Hold::End { .. } | Hold::Erase { .. }) {
            self.view.edge_scroll(at.x, Duration::from_millis(33));
        }
        let action = match &mut hold {
            Hold::Playhead => {
                let snap = self.snap(modifiers.alt());
                let snap = crate::editor::Snap { grid: snap.grid.map(|_| 1000), ..snap };
                let time = self.view.time(at.x);
                self.playhead = snap.time(self.editor.document(), &self.view, None, time, |_| false).value;
                Action::None
            }
            Hold::Points { .. } => self.drag_points(w, &mut hold, at, modifiers),
            Hold::Box { from, to, how } => {
                *to = at;
                self.choose_box(from.1, from.0.y, at, *how);
                Action::None
            }
            Hold::Draw { gesture, channel, samples } => {
                let (gesture, channel) = (*gesture, *channel);
                let Some(plot) = rows.lane(channel).map(Row::plot) else { return Action::None };
                let time = self.view.time(at.x);
                let level = Intensity::from_fraction(f64::from(1.0 - (at.y - plot.top) / plot.height));
                samples.insert(time, level);
                if samples.len() < 2 {
                    Action::None
                } else {
                    let samples = samples.iter().map(|(at, level)| (*at, *level)).collect();
                    self.perform_in(
                        w,
                        gesture,
                        &Edit::Take { channel, samples, tolerance: DRAWN, hand: Hand::Pencil },
                        Merge::Restart,
                    )
                }
            }
            Hold::Erase { gesture } => {
                let gesture = *gesture;
                let found = rows.lane_at(at.y).and_then(|(channel, row)| {
                    let (lane, plot) = (self.editor.document().lane(channel)?, row.plot());
                    hit::point(lane, &self.view, plot.height, at.x, at.y - plot.top, hit::LINE)
                });
                match found {
                    Some(id) => self.perform_in(w, gesture, &Edit::Delete { points: vec![id] }, Merge::Add),
                    None => Action::None,
                }
            }
            Hold::Step { gesture, id, part, span, from } => {
                let (gesture, id, span) = (*gesture, *id, *span);
                let snap = self.snap(modifiers.alt());
                let by = i64::from(self.view.time(at.x).as_millis()) - i64::from(from.as_millis());
                let length = self.editor.document().length();
                let moved = |time: Time| {
                    let to = i64::from(time.as_millis()) + by;
                    Time::from_millis(u32::try_from(to.max(0)).unwrap_or(0)).min(length)
                };
                let grid = |time: Time| match snap.grid {
                    Some(_) => Time::from_millis((time.as_millis() + 500) / 1000 * 1000).min(length),
                    None => time,
                };
                let edit = match part {
                    StepPart::Middle => {
                        let millis = i64::from(grid(moved(span.from)).as_millis()) - i64::from(span.from.as_millis());
                        Edit::MoveStep { step: id, millis }
                    }
                    StepPart::From => {
                        let latest = Time::from_millis(span.to.as_millis().saturating_sub(500));
                        Edit::ResizeStep { step: id, span: Span { from: grid(moved(span.from)).min(latest), ..span } }
                    }
                    StepPart::To => {
                        let earliest = span.from + Duration::from_millis(500);
                        Edit::ResizeStep { step: id, span: Span { to: grid(moved(span.to)).max(earliest), ..span } }
                    }
                };
                self.perform_in(w, gesture, &edit, Merge::Restart)
            }
            Hold::End { gesture, from, length, scale } => {
                let by = (f64::from(at.x - *from) * *scale) as i64;
                let to = u32::try_from((i64::from(length.as_millis()) + by).max(1000)).unwrap_or(1000);
                let to = if self.snaps && !modifiers.alt() { (to + 2500) / 5000 * 5000 } else { to };
                let to = Time::from_millis(to.max(1000)).min(Time::LONGEST);
                let gesture = *gesture;
                self.perform_in(w, gesture, &Edit::SetLength(to), Merge::Restart)
            }
            Hold::Edge { channel, from, height } => {
                self.heights.set(*channel, *height + at.y - *from);
                Action::None
            }
            Hold::Strip { off } => {
                let part = f64::from((at.x / rows.width.max(1.0) - *off).clamp(0.0, 1.0));
                let length = f64::from(self.editor.document().length().as_millis());
                self.view.move_to(Time::from_millis((part * length) as u32));
                Action::None
            }
        };
        self.hold = Some(hold);
        action
    }

    fn drag_points(&mut self, w: &Words, hold: &mut Hold, at: Point, modifiers: Modifiers) -> Action {
        let Hold::Points { gesture, grabbed, channel, from, moved, guides, .. } = hold else { return Action::None };
        let (dx, dy) = (at.x - from.0.x, at.y - from.0.y);
        if !*moved && dx.hypot(dy) < SLOP {
            return Action::None;
        }
        *moved = true;
        // Where the points were, so that what catches is measured from there.
        self.editor.cancel(*gesture);
        let height = self.rows().lane(*channel).map_or(1.0, |row| row.plot().height);
        let mut by = Shift {
            millis: i64::from(self.view.time(at.x).as_millis()) - i64::from(from.1.as_millis()),
            per_mille: (-dy / height * 1000.0).round() as i32,
        };
        if modifiers.shift() {
            if dx.abs() >= dy.abs() { by.per_mille = 0 } else { by.millis = 0 }
        }
        let selection = self.editor.selection();
        let snap = self.snap(modifiers.alt());
        let goes = |id| selection.has(id);
        let drag = snap.drag(self.editor.document(), &self.view, Some(self.playhead), *grabbed, by, goes);
        *guides = [drag.time, drag.intensity];
        let points = selection.to_points();
        let edit = Edit::Move { points, by: drag.by, crossing: Crossing::Stop };
        self.perform_in(w, *gesture, &edit, Merge::Restart)
    }

    fn choose_box(&mut self, from: Time, top: f32, at: Point, how: Choose) {
        let rows = self.rows();
        let (top, bottom) = (top.min(at.y), top.max(at.y));
        let lanes = rows.lanes.iter().map(|(channel, row)| {
            let plot = row.plot();
            (*channel, plot.top, plot.height)
        });
        let boxed = hit::boxed(lanes, top, bottom);
        let span = Span::new(from, self.view.time(at.x));
        self.editor.choose(|selection, document| selection.choose_box(document, boxed, span, how));
    }

    fn release(&mut self) {
        let Some(hold) = self.hold.take() else { return };
        match hold {
            // A click: on a point of several chosen ones it chooses this one; on paper, nothing.
            Hold::Points { grabbed, moved: false, channel, .. } => {
                self.editor.selection_mut().choose([grabbed], Choose::Only);
                self.active = Some(channel);
            }
            Hold::Points { channel, .. } | Hold::Draw { channel, .. } => self.active = Some(channel),
            Hold::Box { from, to, how } if (to.x - from.0.x).hypot(to.y - from.0.y) < SLOP => {
                if how == Choose::Only {
                    self.editor.selection_mut().clear();
                }
                self.active = self.rows().lane_at(to.y).map(|(channel, _)| channel).or(self.active);
            }
            Hold::Box { .. } => self.follow_choice(),
            _ => {}
        }
    }

    /// The lane of what was chosen becomes the active one, unless something of the active one is among it.
    fn follow_choice(&mut self) {
        let document = self.editor.document();
        let channels = || self.editor.selection().points().filter_map(|id| Some(document.point(id)?.0));
        if !channels().any(|channel| Some(channel) == self.active) {
            self.active = channels().next().or(self.active);
        }
    }
}
