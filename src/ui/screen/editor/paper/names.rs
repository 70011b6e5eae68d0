//! The words on a lane: its limits, how fast it rises, and what to do with an empty one.
//!
//! They lie above the lane's picture, as outlines: see [`letter`](super::letter).

use iced::alignment::Horizontal;
use iced::widget::canvas::{Frame, Path};
use iced::{Color, Point, Size};

use super::super::Board;
use super::lane::LaneKey;
use super::{label, letter};
use crate::editor::Lane;
use crate::editor::safety::STRONG;
use crate::i18n::Words;
use crate::say;
use crate::ui::theme::Theme;

/// A word on a lane.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct Name {
    words: String,
    at: Point,
    side: Horizontal,
    color: Color,
    /// What is painted behind it.
    plate: Option<Color>,
}

/// Of more steep rises than these only the steepest is named.
const MANY: usize = 8;
/// The size of a plate.
const PLATE: Size = Size::new(62.0, 22.0);

impl Name {
    /// Writes it.
    pub fn draw(&self, frame: &mut Frame) {
        if let Some(plate) = self.plate {
            let corner = Point::new(self.at.x - PLATE.width / 2.0, self.at.y - PLATE.height / 2.0);
            frame.fill(&Path::rounded_rectangle(corner, PLATE, 11.0.into()), plate);
        }
        letter(frame, &label(self.words.as_str(), self.at, self.color, self.side));
    }
}

/// The words on a lane.
pub(in super::super) fn names(w: &Words, theme: &Theme, board: &Board, key: &LaneKey, lane: &Lane) -> Vec<Name> {
    let (row, width) = (key.row, key.view.width());
    let plot = row.plot();
    let mut names = Vec::new();
    let mut name = |words: String, at: Point, side: Horizontal, color: Color, plate: Option<Color>| {
        names.push(Name { words, at, side, color, plate });
    };
    if lane.is_empty() {
        if key.active && board.outlook().is_none() {
            let middle = Point::new(width / 2.0, row.top + row.height / 2.0);
            name(say!(w, "editor-empty-lane").to_owned(), middle, Horizontal::Center, theme.ink_2, None);
        }
        return names;
    }
    if key.active {
        for (at_most, _) in key.marked(theme) {
            let at = Point::new(8.0, plot.y(at_most.fraction() as f32) - 9.0);
            if at_most == STRONG {
                name(say!(w, "editor-above").to_owned(), at, Horizontal::Left, theme.warn, None);
            } else {
                name(say!(w, "editor-ceiling", ceiling = at_most), at, Horizontal::Left, theme.stop_text, None);
            }
        }
        let end = key.view.x(key.session);
        if key.session < key.length && (0.0..width).contains(&end) {
            // On the side that has room for it.
            let (x, side) =
                if end + 170.0 < width { (end + 6.0, Horizontal::Left) } else { (end - 6.0, Horizontal::Right) };
            let at = Point::new(x.round(), row.top + 12.0);
            name(say!(w, "editor-session-ends", at = key.session), at, side, theme.stop_text, None);
        }
    }
    let rises: Vec<_> = key.rises(board).filter(|rise| row.height >= 60.0 && rise.per_second.is_some()).collect();
    let steepest =
        rises.iter().copied().max_by(|a, b| a.per_second.unwrap_or(0.0).total_cmp(&b.per_second.unwrap_or(0.0)));
    let mut free = 0.0;
    for rise in rises.iter().copied().filter(|rise| rises.len() <= MANY || steepest == Some(*rise)) {
        let right = (key.view.x(rise.span.from) - 8.0).max(70.0);
        // Names that would lie on each other are left out.
        if right - PLATE.width >= free {
            free = right + 6.0;
            let middle = Point::new(right - PLATE.width / 2.0, plot.y(0.5));
            let words = say!(w, "editor-per-second", rise = format!("{:.0}", rise.per_second.unwrap_or(0.0)));
            name(words, middle, Horizontal::Center, theme.stop_text, Some(theme.stop_soft));
        }
    }
    names
}
