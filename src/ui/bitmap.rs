//! A drawing as dots: SVG to PNG.
//!
//! Belongs here: the step from one to the other, with our own letters. What is drawn belongs to
//! `crate::editor::exchange::picture`.

use std::sync::Arc;

use resvg::{tiny_skia, usvg};

use crate::ui::theme::text;

/// Dots for each pixel of the drawing: sharp on paper and on fine screens.
const FINE: f32 = 2.0;

/// A drawing as a PNG. Works a while: call it beside the window.
///
/// # Errors
/// In words: the drawing is too large, or cannot be drawn.
pub fn png(svg: &str) -> Result<Vec<u8>, String> {
    let mut fonts = usvg::fontdb::Database::new();
    for font in text::FONTS {
        fonts.load_font_data(font.to_vec());
    }
    // For letters that ours lack, such as those of a name in Japanese.
    fonts.load_system_fonts();
    fonts.set_sans_serif_family("Hanken Grotesk");
    let options = usvg::Options { fontdb: Arc::new(fonts), ..usvg::Options::default() };
    let tree = usvg::Tree::from_str(svg, &options).map_err(|why| why.to_string())?;
    let size = tree.size().to_int_size().scale_by(FINE).ok_or("it is too large")?;
    let mut dots = tiny_skia::Pixmap::new(size.width(), size.height()).ok_or("it is too large")?;
    resvg::render(&tree, tiny_skia::Transform::from_scale(FINE, FINE), &mut dots.as_mut());
    dots.encode_png().map_err(|why| why.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::exchange::picture::{self, Look};
    use crate::profile::{Profile, bundled};

    #[test]
    fn letters_and_curves_become_dots() {
        let (_, text) = bundled()[0];
        let labels = picture::Labels {
            language: "en",
            channel: &|channel| channel.to_string(),
            at_most: &|peak| peak.to_string(),
        };
        let svg = picture::svg(&Profile::read(text).unwrap(), Look::Light, labels);
        let dots = tiny_skia::Pixmap::decode_png(&png(&svg).unwrap()).unwrap();
        assert_eq!(dots.width(), 2 * picture::WIDTH as u32);
        // The name stands in the upper left corner, in ink; the ground is chart paper.
        let ground = dots.pixel(2, 2).unwrap().demultiply();
        assert_eq!((ground.red(), ground.green(), ground.blue()), (0xF4, 0xF2, 0xED));
        let dark = |x, y| dots.pixel(x, y).unwrap().red() < 0x50;
        assert!((64..300).any(|x| (70..110).any(|y| dark(x, y))));
    }

    #[test]
    fn what_is_no_drawing_is_told() {
        assert!(png("<html>").is_err());
    }
}
