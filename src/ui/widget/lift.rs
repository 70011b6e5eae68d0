//! Shadows under what floats: dialogs, toasts, menus.
//!
//! Belongs here: [`lift`]. The software renderer paints iced's own shadows without clipping them, and again on every
//! partial repaint, so that they smear; these are pictures of the corners, made once, with gradients between them, and no
//! style has a `shadow`.

use std::cell::RefCell;

use iced::advanced::image::{self, FilterMethod, Handle, Image};
use iced::advanced::{Renderer as _, renderer};
use iced::gradient::{ColorStop, Linear};
use iced::{Background, Color, Degrees, Point, Rectangle, Renderer, Shadow, Size, border};

use super::decorated::{Decoration, decorated};
use crate::ui::theme::{Element, Theme};

/// Draws a shadow of the theme under something with a corner radius.
pub fn lift<'a, Message: 'a>(
    content: impl Into<Element<'a, Message>>,
    corner: f32,
    shadow: fn(&Theme) -> Shadow,
) -> Element<'a, Message> {
    decorated(content.into(), Lift { corner, shadow })
}

struct Lift {
    corner: f32,
    shadow: fn(&Theme) -> Shadow,
}

/// The pictures that were made, and of what.
#[derive(Default)]
struct State(RefCell<Option<(Shadow, Tiles)>>);

impl<Message> Decoration<Message> for Lift {
    type State = State;

    fn under(
        &self,
        state: &State,
        renderer: &mut Renderer,
        theme: &Theme,
        style: &renderer::Style,
        bounds: Rectangle,
    ) -> renderer::Style {
        let shadow = (self.shadow)(theme);
        let mut made = state.0.borrow_mut();
        match &*made {
            Some((of, _)) if *of == shadow => {}
            _ => *made = Some((shadow, Tiles::new(shadow, self.corner))),
        }
        if let Some((_, tiles)) = &*made {
            tiles.draw(renderer, bounds + shadow.offset);
        }
        *style
    }

    fn lifts(&self) -> bool {
        true
    }
}

/// Colours that a gradient runs through; iced takes no more.
const STOPS: u8 = 8;

/// Dots of a picture to a pixel: sharp on fine screens.
const FINE: u16 = 2;

/// The shadow of a rectangle of any size. Each tile is `side` pixels deep, from `reach` outside of the rectangle.
struct Tiles {
    reach: f32,
    side: f32,
    /// From the left upper corner clockwise.
    corners: [Handle; 4],
    /// From outside to inside. (A picture that is stretched is drawn in a wrong place by the software renderer.)
    edge: Vec<ColorStop>,
}

impl Tiles {
    fn new(shadow: Shadow, corner: f32) -> Self {
        let reach = (shadow.blur_radius / 2.0).ceil();
        let side = reach + reach.max(corner).ceil();
        let dots = side as u16 * FINE;
        // How dark the shadow is at a distance from the edge, outwards.
        let at = |distance: f32| {
            let into = ((reach - distance) / (2.0 * reach)).clamp(0.0, 1.0);
            shadow.color.a * into * into * (3.0 - 2.0 * into)
        };
        let dot = |alpha: f32| {
            let [red, green, blue, _] = shadow.color.into_rgba8();
            [red, green, blue, (alpha * 255.0).round() as u8]
        };
        // A place in a tile as the distance that its middle lies inside of the rectangle's edge.
        let inside = |dot: u16| (f32::from(dot) + 0.5) / f32::from(FINE) - reach;
        let in_corner = |x: u16, y: u16| {
            let (x, y) = (inside(x), inside(y));
            let from_middle = f32::hypot((corner - x).max(0.0), (corner - y).max(0.0));
            let distance = if x < corner && y < corner { from_middle - corner } else { -x.min(y) };
            dot(at(distance))
        };
        let picture = |width: u16, height: u16, dot: &dyn Fn(u16, u16) -> [u8; 4]| {
            let dots = (0..height).flat_map(|y| (0..width).flat_map(move |x| dot(x, y))).collect::<Vec<_>>();
            Handle::from_rgba(width.into(), height.into(), dots)
        };
        let last = dots - 1;
        let stop_at = |offset: f32| ColorStop { offset, color: Color { a: at(reach - offset * side), ..shadow.color } };
        Self {
            reach,
            side,
            corners: [
                picture(dots, dots, &in_corner),
                picture(dots, dots, &|x, y| in_corner(last - x, y)),
                picture(dots, dots, &|x, y| in_corner(last - x, last - y)),
                picture(dots, dots, &|x, y| in_corner(x, last - y)),
            ],
            edge: (0..STOPS).map(|stop| stop_at(f32::from(stop) / f32::from(STOPS - 1))).collect(),
        }
    }

    /// Draws it around a rectangle; what lies inside of the tiles is left out, for the content covers it.
    fn draw(&self, renderer: &mut Renderer, around: Rectangle) {
        let outer = around.expand(self.reach);
        // On whole pixels, so that the tiles meet.
        let (left, top) = (outer.x.round(), outer.y.round());
        let (width, height) = ((outer.width).round(), (outer.height).round());
        let side = self.side.min(width / 2.0).min(height / 2.0);
        let (right, bottom) = (left + width - side, top + height - side);
        let (across, down) = (width - 2.0 * side, height - 2.0 * side);
        let mut tile = |handle: &Handle, x: f32, y: f32, width: f32, height: f32| {
            if width <= 0.0 || height <= 0.0 {
                return;
            }
            let bounds = Rectangle::new(Point::new(x, y), Size::new(width, height));
            let image = Image {
                handle: handle.clone(),
                filter_method: FilterMethod::Nearest,
                rotation: 0.0.into(),
                border_radius: border::Radius::default(),
                opacity: 1.0,
                snap: true,
            };
            image::Renderer::draw_image(renderer, image, bounds, bounds);
        };
        let [left_top, right_top, right_bottom, left_bottom] = &self.corners;
        tile(left_top, left, top, side, side);
        tile(right_top, right, top, side, side);
        tile(right_bottom, right, bottom, side, side);
        tile(left_bottom, left, bottom, side, side);
        let mut strip = |degrees: f32, x: f32, y: f32, width: f32, height: f32| {
            if width > 0.0 && height > 0.0 {
                let gradient = Linear::new(Degrees(degrees)).add_stops(self.edge.iter().copied());
                let bounds = Rectangle::new(Point::new(x, y), Size::new(width, height));
                let quad = renderer::Quad { bounds, ..renderer::Quad::default() };
                renderer.fill_quad(quad, Background::Gradient(gradient.into()));
            }
        };
        strip(180.0, left + side, top, across, side);
        strip(270.0, right, top + side, side, down);
        strip(0.0, left + side, bottom, across, side);
        strip(90.0, left, top + side, side, down);
    }
}
