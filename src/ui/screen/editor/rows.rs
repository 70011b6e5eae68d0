//! Where everything stands on the editor's page: ruler, lanes, steps, overview.
//!
//! Belongs here: [`Rows`], computed from the window alone, so that heads and canvas agree.

use std::collections::{BTreeMap, BTreeSet};

use iced::Size;

use crate::editor::Document;
use crate::mode::Channel;
use crate::ui::theme::size;

/// The bars above the lanes, with the lines under them.
pub(super) const TOP_BAR: f32 = 57.0;
/// The row of tools, with the line under it.
pub(super) const TOOLS: f32 = 53.0;
const RULER: f32 = 30.0;
const STEPS: f32 = 58.0;
const STRIP: f32 = 64.0;
const LANE: f32 = 95.0;
const ACTIVE: f32 = 164.0;
/// A folded lane.
const FOLDED: f32 = 30.0;
/// A lane that is not folded is at least so high, as long as there is room.
const LEAST: f32 = 44.0;
/// How near the pointer is to a lane's lower edge to take hold of it.
const EDGE: f32 = 4.0;
/// Above and below a lane's plot, so that points at the edges are whole.
const AIR: (f32, f32) = (12.0, 8.0);

/// A row: its top and its height, in pixels from the top of the canvas.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Row {
    pub top: f32,
    pub height: f32,
}

impl Row {
    /// Whether a place is in it.
    pub fn has(self, y: f32) -> bool {
        self.top <= y && y < self.top + self.height
    }

    /// Whether only the lane's name and outline are shown.
    pub fn is_folded(self) -> bool {
        self.height <= FOLDED
    }

    /// The part where full is at the top and nothing at the bottom.
    pub fn plot(self) -> Self {
        if self.is_folded() {
            return Self { top: self.top + 5.0, height: (self.height - 9.0).max(1.0) };
        }
        Self { top: self.top + AIR.0, height: (self.height - AIR.0 - AIR.1).max(1.0) }
    }

    /// The height of a level from 0 to 1.
    pub fn y(self, level: f32) -> f32 {
        self.top + self.height * (1.0 - level)
    }
}

/// All rows, and the width of the canvas.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Rows {
    pub width: f32,
    pub ruler: Row,
    pub lanes: Vec<(Channel, Row)>,
    pub steps: Row,
    pub strip: Row,
}

/// The width of the lanes' heads.
pub(super) fn heads(narrow: bool) -> f32 {
    if narrow { 134.0 } else { 152.0 }
}

/// The width of the inspector, where it is open.
pub(super) const INSPECTOR: f32 = 316.0;

/// How high the person wants lanes.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Heights {
    folded: BTreeSet<Channel>,
    set: BTreeMap<Channel, f32>,
}

impl Heights {
    /// Folds a lane, or unfolds it.
    pub fn fold(&mut self, channel: Channel) {
        if !self.folded.remove(&channel) {
            self.folded.insert(channel);
        }
    }

    /// Whether a lane is folded.
    pub fn is_folded(&self, channel: Channel) -> bool {
        self.folded.contains(&channel)
    }

    /// Gives a lane a height.
    pub fn set(&mut self, channel: Channel, height: f32) {
        self.folded.remove(&channel);
        self.set.insert(channel, height.max(LEAST));
    }

    /// Lets a lane be as high as it comes.
    pub fn reset(&mut self, channel: Channel) {
        self.set.remove(&channel);
    }

    /// The height of each lane in a room. The active one takes what the others leave.
    fn share(&self, channels: &[Channel], active: Option<Channel>, room: f32) -> Vec<f32> {
        let folded = channels.iter().filter(|channel| self.is_folded(**channel)).count() as f32 * FOLDED;
        let open = channels.iter().filter(|channel| !self.is_folded(**channel)).count() as f32;
        // Room for the least of the others is left.
        let most = (room - folded - LEAST * (open - 1.0)).max(LEAST);
        let set = |channel: &Channel| {
            self.set.get(channel).filter(|_| !self.is_folded(*channel)).map(|height| height.min(most))
        };
        let wanted: f32 = channels.iter().filter_map(set).sum();
        let free: Vec<Channel> =
            channels.iter().copied().filter(|channel| !self.is_folded(*channel) && set(channel).is_none()).collect();
        let left = (room - folded).max(1.0);
        let count = free.len() as f32;
        // What was set gives way where the others would vanish, and fills the page where there are no others.
        let most = (left - LEAST.min(left / (count + 1.0)) * count).max(1.0);
        let part = match wanted {
            0.0 => 1.0,
            wanted if free.is_empty() || wanted > most => most / wanted,
            _ => 1.0,
        };
        let left = (left - wanted * part).max(1.0);
        let active = active.filter(|active| free.contains(active)).or(free.first().copied());
        let least_active = ACTIVE.min(left / 2.0).max(left / count.max(1.0));
        let other = if count > 1.0 { LANE.min((left - least_active) / (count - 1.0)).max(1.0).floor() } else { 0.0 };
        let height = |channel: &Channel| match (self.is_folded(*channel), set(channel)) {
            (true, _) => FOLDED,
            (false, Some(set)) => set * part,
            (false, None) if Some(*channel) == active => left - other * (count - 1.0),
            (false, None) => other,
        };
        channels.iter().map(height).collect()
    }
}

impl Rows {
    /// The rows of a document in a window.
    pub fn new(window: Size, document: &Document, active: Option<Channel>, inspector: bool, heights: &Heights) -> Self {
        let narrow = window.width < size::NARROW;
        let rail = if narrow { size::NAV_NARROW } else { size::NAV };
        let side = if inspector { INSPECTOR + 1.0 } else { 0.0 };
        // A line stands between heads and canvas.
        let width = (window.width - rail - heads(narrow) - 1.0 - side).max(120.0).floor();
        let height = (window.height - size::BAR - TOP_BAR - TOOLS).max(RULER + STEPS + STRIP + 80.0);
        let room = height - RULER - STEPS - STRIP;
        let channels: Vec<Channel> = document.lanes().map(|(channel, _)| channel).collect();
        let shares = heights.share(&channels, active, room);
        let mut top = RULER;
        let lanes = channels.into_iter().zip(shares).map(|(channel, height)| {
            // On whole pixels, so that pictures lie sharp.
            let (from, to) = (top.round(), (top + height).round());
            top += height;
            (channel, Row { top: from, height: to - from })
        });
        let lanes = lanes.collect();
        Self {
            width,
            ruler: Row { top: 0.0, height: RULER },
            lanes,
            steps: Row { top: RULER + room, height: STEPS },
            strip: Row { top: RULER + room + STEPS, height: STRIP },
        }
    }

    /// The height of everything.
    pub fn height(&self) -> f32 {
        self.strip.top + self.strip.height
    }

    /// The lane at a height, where it is not folded.
    pub fn lane_at(&self, y: f32) -> Option<(Channel, Row)> {
        self.lanes.iter().copied().find(|(_, row)| row.has(y) && !row.is_folded())
    }

    /// The lane whose lower edge is there, to take hold of.
    pub fn edge_at(&self, y: f32) -> Option<(Channel, Row)> {
        let near = |row: &Row| (row.top + row.height - y).abs() <= EDGE;
        self.lanes.iter().copied().find(|(_, row)| near(row) && !row.is_folded())
    }

    /// What no lane fills: where all are folded.
    pub fn gap(&self) -> f32 {
        let end = self.lanes.last().map_or(self.ruler.height, |(_, row)| row.top + row.height);
        (self.steps.top - end).max(0.0)
    }

    /// A lane's row.
    pub fn lane(&self, channel: Channel) -> Option<Row> {
        self.lanes.iter().find(|(other, _)| *other == channel).map(|(_, row)| *row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mode::Mode;
    use crate::profile::Profile;

    fn document(count: usize) -> Document {
        let tracks = Mode::ALL.into_iter().take(count).map(|mode| (Channel::both(mode), Default::default())).collect();
        Document::new(&Profile { tracks, ..Profile::default() })
    }

    const WINDOWS: [Size; 3] = [Size::new(900.0, 640.0), Size::new(1280.0, 800.0), Size::new(2560.0, 1440.0)];

    #[test]
    fn the_rows_fill_the_page_and_the_active_lane_is_the_largest() {
        for count in 1..=4 {
            for window in WINDOWS {
                let active = Channel::both(Mode::ALL[count - 1]);
                let rows = Rows::new(window, &document(count), Some(active), true, &Heights::default());
                assert!((rows.height() - (window.height - size::BAR - TOP_BAR - TOOLS)).abs() < 0.5);
                let last = rows.lanes.last().unwrap().1;
                assert!((last.top + last.height - rows.steps.top).abs() < 0.5);
                assert!(rows.lanes.iter().all(|(_, row)| row.height >= 36.0 && row.height <= last.height));
            }
        }
    }

    #[test]
    fn whatever_height_lanes_have_the_rows_fill_the_page_unless_all_are_folded() {
        let channels = Mode::ALL.map(Channel::both);
        for window in WINDOWS {
            let mut heights = Heights::default();
            let rows = |heights: &Heights| Rows::new(window, &document(4), Some(channels[0]), true, heights);
            for (index, wanted) in [5.0, 80.0, 4000.0, 300.0].into_iter().enumerate() {
                heights.set(channels[index], wanted);
                let rows = rows(&heights);
                assert!(rows.gap() < 0.5, "{heights:?} {rows:?}");
                assert!(rows.lanes.iter().all(|(_, row)| row.height > FOLDED / 2.0), "{rows:?}");
            }
            for (index, channel) in channels.into_iter().enumerate() {
                heights.fold(channel);
                let rows = rows(&heights);
                assert!((rows.gap() < 0.5) == (index < 3), "{rows:?}");
                assert!(rows.lane(channel).unwrap().is_folded() && rows.lane_at(rows.lanes[index].1.top).is_none());
            }
            heights.fold(channels[1]);
            heights.reset(channels[1]);
            assert!(rows(&heights).gap() < 0.5);
        }
    }
}
