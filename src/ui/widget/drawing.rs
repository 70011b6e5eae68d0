//! Small drawings of rectangles: switches, signal bars, dots.
//!
//! Belongs here: [`drawing`], which draws with quads, sharper and cheaper than a canvas; and the drawings without a
//! gesture.

use iced::advanced::widget::{Tree, Widget};
use iced::advanced::{Layout, Renderer as _, layout, mouse, renderer};
use iced::{Background, Border, Color, Length, Point, Rectangle, Renderer, Size};

use crate::ui::theme::{Element, Theme};

/// A drawing of a fixed size in pixels, made of rectangles.
pub fn drawing<'a, Message: 'a>(size: Size, draw: impl Fn(&mut Quads<'_>, &Theme) + 'a) -> Element<'a, Message> {
    drawing_in_ink(size, move |quads, theme, _| draw(quads, theme))
}

/// The same, given the colour of the text around it.
pub fn drawing_in_ink<'a, Message: 'a>(
    size: Size,
    draw: impl Fn(&mut Quads<'_>, &Theme, Color) + 'a,
) -> Element<'a, Message> {
    Element::new(Drawing { size, draw })
}

/// Where a drawing goes.
pub struct Quads<'a> {
    renderer: &'a mut Renderer,
    bounds: Rectangle,
}

impl Quads<'_> {
    /// A filled rectangle with a corner radius; places are relative to the drawing.
    pub fn fill(&mut self, rectangle: Rectangle, corner: f32, color: Color) {
        self.framed(rectangle, Border { radius: corner.into(), ..Border::default() }, color);
    }

    /// A filled rectangle with a border.
    pub fn framed(&mut self, rectangle: Rectangle, border: Border, color: Color) {
        let bounds = Rectangle { x: self.bounds.x + rectangle.x, y: self.bounds.y + rectangle.y, ..rectangle };
        self.renderer
            .fill_quad(renderer::Quad { bounds, border, ..renderer::Quad::default() }, Background::Color(color));
    }
}

struct Drawing<F> {
    size: Size,
    draw: F,
}

impl<Message, F: Fn(&mut Quads<'_>, &Theme, Color)> Widget<Message, Theme, Renderer> for Drawing<F> {
    fn size(&self) -> Size<Length> {
        Size::new(Length::Fixed(self.size.width), Length::Fixed(self.size.height))
    }

    fn layout(&mut self, _: &mut Tree, _: &Renderer, limits: &layout::Limits) -> layout::Node {
        layout::atomic(limits, self.size.width, self.size.height)
    }

    fn draw(
        &self,
        _: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        _: mouse::Cursor,
        _: &Rectangle,
    ) {
        (self.draw)(&mut Quads { renderer, bounds: layout.bounds() }, theme, style.text_color);
    }
}

fn rectangle(x: f32, y: f32, width: f32, height: f32) -> Rectangle {
    Rectangle::new(Point::new(x, y), Size::new(width, height))
}

/// Four bars for a signal strength in dBm: all from −55 up, one below −80, none where it is not known.
pub fn signal<'a, Message: 'a>(rssi: Option<i16>) -> Element<'a, Message> {
    let full = match rssi {
        None => 0,
        Some(-54..) => 4,
        Some(-67..) => 3,
        Some(-80..) => 2,
        Some(_) => 1,
    };
    drawing(Size::new(22.0, 20.0), move |quads, theme| {
        for index in 0..4u8 {
            let height = 6.0 + 4.0 * f32::from(index);
            let (fill, line) =
                if index < full { (theme.ink_2, theme.ink_2) } else { (Color::TRANSPARENT, theme.line_strong) };
            quads.framed(
                rectangle(6.0 * f32::from(index), 20.0 - height, 4.0, height),
                Border { color: line, width: 1.0, radius: 1.5.into() },
                fill,
            );
        }
    })
}

/// The picture of a switch, 44 × 26.
pub(super) fn switch<'a, Message: 'a>(on: bool, enabled: bool) -> Element<'a, Message> {
    drawing(Size::new(44.0, 26.0), move |quads, theme| {
        let (track, knob) = match (on, enabled) {
            (_, false) => (theme.disabled, theme.on_disabled),
            (true, true) => (theme.accent, theme.on_accent),
            (false, true) => (theme.line_strong, theme.raised),
        };
        quads.fill(rectangle(0.0, 0.0, 44.0, 26.0), 13.0, track);
        quads.fill(rectangle(if on { 21.0 } else { 3.0 }, 3.0, 20.0, 20.0), 10.0, knob);
    })
}

/// A hairline across.
pub fn line<'a, Message: 'a>() -> Element<'a, Message> {
    iced::widget::rule::horizontal(1).into()
}
