//! How a mode is told without its colour: its marks under a curve, and the dashes of its line among others.
//!
//! Belongs here: the one table for the screen, the cards and exported pictures. Source: the design's table of modes.

use super::Mode;

/// What is drawn under a curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pattern {
    /// Which way the marks run.
    pub marks: Marks,
    /// From mark to mark, in pixels.
    pub apart: f32,
    /// How wide a line is, or how far across a dot, in pixels.
    pub width: f32,
    /// Line, gap, line and so on, in pixels, where several modes share one paper; nothing: one line.
    pub dashes: &'static [f32],
}

/// Which way the marks of a mode run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marks {
    /// Lines at 45°.
    Diagonals,
    /// Upright lines.
    Verticals,
    /// Dots on a grid.
    Dots,
    /// Level lines.
    Horizontals,
}

impl Mode {
    /// How the mode is told without its colour.
    pub const fn pattern(self) -> Pattern {
        match self {
            Self::Roller => Pattern { marks: Marks::Diagonals, apart: 7.0, width: 1.8, dashes: &[] },
            Self::Vibration => Pattern { marks: Marks::Verticals, apart: 5.0, width: 1.4, dashes: &[3.0, 3.0] },
            Self::AirPressure => Pattern { marks: Marks::Dots, apart: 7.0, width: 2.7, dashes: &[10.0, 4.0] },
            Self::Heat => Pattern { marks: Marks::Horizontals, apart: 6.0, width: 1.5, dashes: &[10.0, 3.0, 2.0, 3.0] },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_modes_have_the_same_marks_or_dashes() {
        for (index, mode) in Mode::ALL.into_iter().enumerate() {
            for other in &Mode::ALL[..index] {
                assert_ne!(mode.pattern().marks, other.pattern().marks);
                assert_ne!(mode.pattern().dashes, other.pattern().dashes);
            }
        }
    }
}
