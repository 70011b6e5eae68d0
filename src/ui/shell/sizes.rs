//! How large the window is: at first, at least, and on a small screen.
//!
//! Belongs here: arithmetic on sizes in logical pixels. Stop lies at the lower edge of the window, so a window that is
//! larger than its screen would hide it.

use iced::Size;

/// The least size. Below any screen that there is, at any scale: a least size of the window that is larger than the screen
/// would keep Stop out of sight for good. Pages scroll where there is little room.
pub(in crate::ui) const LEAST: Size = Size::new(480.0, 320.0);

/// The size at the first start.
const FIRST: Size = Size::new(1280.0, 800.0);

/// The largest size that a window opens with, whatever was saved: a larger one would take gigabytes to draw before the
/// screen can be asked for its size.
const LARGEST: Size = Size::new(3840.0, 2160.0);

/// What a screen keeps for itself above and below a window: its frame, and the desktop's own bar.
const KEPT: f32 = 64.0;

/// The size to open the window with, given the saved one.
pub(in crate::ui) fn first(saved: Option<(u32, u32)>) -> Size {
    let size = saved.map_or(FIRST, |(width, height)| Size::new(width as f32, height as f32));
    Size::new(size.width.clamp(LEAST.width, LARGEST.width), size.height.clamp(LEAST.height, LARGEST.height))
}

/// The size that lies inside a screen, where this one does not.
pub(in crate::ui) fn inside(size: Size, screen: Size) -> Option<Size> {
    let most = Size::new(screen.width.max(LEAST.width), (screen.height - KEPT).max(LEAST.height));
    let fitting = Size::new(size.width.min(most.width), size.height.min(most.height));
    (fitting != size).then_some(fitting)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_size_is_held_against_bounds() {
        assert_eq!(first(None), FIRST);
        assert_eq!(first(Some((1000, 700))), Size::new(1000.0, 700.0));
        assert_eq!(first(Some((50_000, 50_000))), LARGEST);
        assert_eq!(first(Some((0, 0))), LEAST);
        assert_eq!(first(Some((u32::MAX, 1))), Size::new(3840.0, 320.0));
    }

    #[test]
    fn a_window_lies_inside_its_screen_at_every_scale() {
        for (width, height) in [(1280.0, 720.0), (1366.0, 768.0), (1920.0, 1080.0), (3840.0, 2160.0)] {
            for scale in [1.0, 1.25, 1.5, 2.0] {
                let screen = Size::new(width / scale, height / scale);
                let size = inside(FIRST, screen).unwrap_or(FIRST);
                assert!(size.width <= screen.width && size.height <= screen.height, "{size:?} on {screen:?}");
                assert!(LEAST.width <= screen.width && LEAST.height <= screen.height);
                assert_eq!(inside(size, screen), None, "and stays as it is then");
            }
        }
    }
}
