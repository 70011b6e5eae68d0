//! Where everything stands on the editor's page: ruler, lanes, steps, overview.
//!
//! Belongs here: [`Rows`], computed from the window alone, so that heads and canvas agree.

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

    /// The part where full is at the top and nothing at the bottom.
    pub fn plot(self) -> Self {
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

impl Rows {
    /// The rows of a document in a window. The active lane takes what the others leave.
    pub fn new(window: Size, document: &Document, active: Option<Channel>, inspector: bool) -> Self {
        let narrow = window.width < size::NARROW;
        let rail = if narrow { size::NAV_NARROW } else { size::NAV };
        let side = if inspector { INSPECTOR + 1.0 } else { 0.0 };
        // A line stands between heads and canvas.
        let width = (window.width - rail - heads(narrow) - 1.0 - side).max(120.0).floor();
        let height = (window.height - size::BAR - TOP_BAR - TOOLS).max(RULER + STEPS + STRIP + 80.0);
        let room = height - RULER - STEPS - STRIP;
        let count = document.lanes().count().max(1) as f32;
        let least_active = ACTIVE.min(room / 2.0).max(room / count);
        let other = if count > 1.0 { LANE.min((room - least_active) / (count - 1.0)).max(1.0).floor() } else { 0.0 };
        let channels: Vec<Channel> = document.lanes().map(|(channel, _)| channel).collect();
        let active = active.filter(|active| channels.contains(active)).or(channels.first().copied());
        let mut top = RULER;
        let lanes = channels.into_iter().map(|channel| {
            let height = if Some(channel) == active { room - other * (count - 1.0) } else { other };
            let row = Row { top, height };
            top += height;
            (channel, row)
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

    /// The lane at a height.
    pub fn lane_at(&self, y: f32) -> Option<(Channel, Row)> {
        self.lanes.iter().copied().find(|(_, row)| row.has(y))
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

    #[test]
    fn the_rows_fill_the_page_and_the_active_lane_is_the_largest() {
        for count in 1..=4 {
            for window in [Size::new(900.0, 640.0), Size::new(1280.0, 800.0), Size::new(2560.0, 1440.0)] {
                let tracks =
                    Mode::ALL.into_iter().take(count).map(|mode| (Channel::both(mode), Default::default())).collect();
                let document = Document::new(&Profile { tracks, ..Profile::default() });
                let active = Channel::both(Mode::ALL[count - 1]);
                let rows = Rows::new(window, &document, Some(active), true);
                assert!((rows.height() - (window.height - size::BAR - TOP_BAR - TOOLS)).abs() < 0.5);
                let last = rows.lanes.last().unwrap().1;
                assert!((last.top + last.height - rows.steps.top).abs() < 0.5);
                assert!(rows.lanes.iter().all(|(_, row)| row.height >= 36.0 && row.height <= last.height));
            }
        }
    }
}
