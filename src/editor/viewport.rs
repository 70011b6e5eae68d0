//! Which stretch of time is seen, and where it is on the screen.
//!
//! Belongs here: [`Viewport`], the only place where time becomes pixels and back; zoom, pan, scroll at the edges, ruler.

use std::time::Duration;

use crate::time::Time;

use super::lane::Span;

/// The stretch of time that is seen, laid over a width in pixels. A value: cheap to copy and to compare.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Viewport {
    /// The time at the left edge, in milliseconds.
    start: f64,
    /// Milliseconds a pixel.
    scale: f64,
    width: f32,
    length: Time,
}

/// The steps of the ruler.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ticks {
    /// From label to label, in milliseconds.
    pub label: u32,
    /// From mark to mark, in milliseconds.
    pub mark: u32,
}

impl Ticks {
    /// The words of a label: `m:ss`, with tenths where the ruler is that fine.
    pub fn text(self, at: Time) -> String {
        if self.label.is_multiple_of(1000) {
            at.label()
        } else {
            format!("{}.{}", at.label(), at.as_millis() % 1000 / 100)
        }
    }
}

impl Viewport {
    /// The shortest stretch that can be seen, in milliseconds.
    pub const LEAST_SEEN: f64 = 500.0;

    /// How much beyond the end is seen when everything is, as a part of the length: room to take hold of the end.
    pub const MARGIN: f64 = 0.02;

    /// How near to an edge dragging scrolls, in pixels.
    pub const EDGE: f32 = 24.0;

    /// A view of everything.
    pub fn new(width: f32, length: Time) -> Self {
        let mut view = Self { start: 0.0, scale: 1.0, width: width.max(1.0), length };
        view.fit();
        view
    }

    /// The width in pixels.
    pub fn width(&self) -> f32 {
        self.width
    }

    /// Milliseconds a pixel.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// Where a time is, in pixels from the left edge; outside the width for what is not seen.
    pub fn x(&self, at: Time) -> f32 {
        ((f64::from(at.as_millis()) - self.start) / self.scale) as f32
    }

    /// The time at a place, within the profile.
    pub fn time(&self, x: f32) -> Time {
        let millis = self.start + f64::from(x) * self.scale;
        Time::from_millis(millis.round().clamp(0.0, f64::from(self.length.as_millis())) as u32)
    }

    /// How long a number of pixels is, in milliseconds.
    pub fn millis(&self, pixels: f32) -> i64 {
        (f64::from(pixels) * self.scale).round() as i64
    }

    /// The stretch that is seen, as far as it is in the profile.
    pub fn seen(&self) -> Span {
        Span { from: self.time(0.0), to: self.time(self.width) }
    }

    /// Whether everything is seen.
    pub fn is_fit(&self) -> bool {
        self.scale >= self.most() * 0.999
    }

    /// The place and width, from 0 to 1, of what is seen in the whole: for the overview strip.
    pub fn part(&self) -> (f32, f32) {
        let length = f64::from(self.length.as_millis()).max(1.0);
        let from = (self.start / length).clamp(0.0, 1.0);
        let to = ((self.start + self.span()) / length).clamp(0.0, 1.0);
        (from as f32, (to - from) as f32)
    }

    fn span(&self) -> f64 {
        f64::from(self.width) * self.scale
    }

    fn most(&self) -> f64 {
        let length = f64::from(self.length.as_millis()) * (1.0 + Self::MARGIN);
        length.max(Self::LEAST_SEEN) / f64::from(self.width)
    }

    fn clamp(&mut self) {
        self.scale = self.scale.clamp((Self::LEAST_SEEN / f64::from(self.width)).min(self.most()), self.most());
        let end = f64::from(self.length.as_millis()) + self.span() * Self::MARGIN;
        self.start = self.start.clamp(0.0, (end - self.span()).max(0.0));
    }

    /// The lane became wider or narrower: the left edge and the scale stay.
    pub fn resize(&mut self, width: f32) {
        let fit = self.is_fit();
        self.width = width.max(1.0);
        if fit { self.fit() } else { self.clamp() }
    }

    /// The profile became longer or shorter.
    pub fn set_length(&mut self, length: Time) {
        let fit = self.is_fit();
        self.length = length;
        if fit { self.fit() } else { self.clamp() }
    }

    /// Shows everything.
    pub fn fit(&mut self) {
        self.start = 0.0;
        self.scale = self.most();
        self.clamp();
    }

    /// Shows a stretch, with a little on both sides.
    pub fn show(&mut self, span: Span) {
        let width = f64::from(span.millis()).max(Self::LEAST_SEEN);
        let air = width * 0.05;
        self.scale = (width + 2.0 * air) / f64::from(self.width);
        self.start = f64::from(span.from.as_millis()) - air - (width - f64::from(span.millis())) / 2.0;
        self.clamp();
    }

    /// Zooms by a factor (2 shows half as much); the time at `x` stays where it is, as far as the ends allow.
    pub fn zoom(&mut self, factor: f64, x: f32) {
        if !(factor.is_finite() && factor > 0.0) {
            return;
        }
        let anchor = self.start + f64::from(x) * self.scale;
        self.scale /= factor;
        self.clamp();
        self.start = anchor - f64::from(x) * self.scale;
        self.clamp();
    }

    /// Zooms around a time, such as the playhead; one that is not seen comes to the middle.
    pub fn zoom_at(&mut self, factor: f64, at: Time) {
        let x = self.x(at);
        if (0.0..=self.width).contains(&x) {
            return self.zoom(factor, x);
        }
        self.start = f64::from(at.as_millis()) - self.span() / 2.0;
        self.clamp();
        self.zoom(factor, self.x(at));
    }

    /// Moves by pixels; positive shows what is later.
    pub fn pan(&mut self, pixels: f32) {
        if pixels.is_finite() {
            self.start += f64::from(pixels) * self.scale;
            self.clamp();
        }
    }

    /// Moves so that the left edge is at a time: dragging in the overview strip.
    pub fn move_to(&mut self, from: Time) {
        self.start = f64::from(from.as_millis());
        self.clamp();
    }

    /// Moves just so far that a time is seen, with a little air.
    pub fn reveal(&mut self, at: Time) {
        let air = f64::from(Self::EDGE.min(self.width / 4.0)) * self.scale;
        let at = f64::from(at.as_millis());
        if at < self.start + air {
            self.start = at - air;
        } else if at > self.start + self.span() - air {
            self.start = at + air - self.span();
        }
        self.clamp();
    }

    /// Scrolls while something is dragged to an edge or past it, faster the further; says whether it moved.
    pub fn edge_scroll(&mut self, x: f32, passed: Duration) -> bool {
        let (left, right) = (Self::EDGE - x, x - (self.width - Self::EDGE));
        let (depth, direction) = if left > 0.0 { (left, -1.0) } else { (right, 1.0) };
        if depth <= 0.0 {
            return false;
        }
        let depth = (depth / Self::EDGE).min(4.0);
        let before = self.start;
        // From nothing at the inner rim to 120 pixels a second at the edge, and 16 times that far outside.
        self.pan(direction * 120.0 * depth * depth * passed.as_secs_f32());
        self.start != before
    }

    /// The steps of the ruler at this scale.
    pub fn ticks(&self) -> Ticks {
        const STEPS: [u32; 17] = [
            100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000,
            1_800_000, 3_600_000, 7_200_000,
        ];
        let first = |pixels: f64| STEPS.into_iter().find(|step| f64::from(*step) / self.scale >= pixels);
        let label = first(64.0).unwrap_or(STEPS[STEPS.len() - 1]);
        let fits = |step: &u32| f64::from(*step) / self.scale >= 9.0 && label.is_multiple_of(*step);
        Ticks { label, mark: STEPS.into_iter().find(fits).unwrap_or(label) }
    }

    /// The seen multiples of a step.
    pub fn multiples(&self, step: u32) -> impl Iterator<Item = Time> + use<> {
        let step = step.max(1);
        let seen = self.seen();
        (seen.from.as_millis().div_ceil(step)..=seen.to.as_millis() / step).map(move |n| Time::from_millis(n * step))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_view() -> impl Strategy<Value = Viewport> {
        let moves = prop::collection::vec((0u8..5, -1.0f32..2.0), 0..12);
        (1.0f32..3000.0, 1000u32..14_400_000, moves).prop_map(|(width, length, moves)| {
            let mut view = Viewport::new(width, Time::from_millis(length));
            for (what, x) in moves {
                let at = Time::from_millis((f64::from(x.clamp(0.0, 1.0)) * f64::from(length)) as u32);
                match what {
                    0 => view.zoom(f64::from(1.5 + x), x * width),
                    1 => view.pan(x * width),
                    2 => view.zoom_at(3.0, at),
                    3 => view.reveal(at),
                    _ => view.show(Span::new(at, view.time(width))),
                }
            }
            view
        })
    }

    proptest! {
        #[test]
        fn a_time_is_found_again_at_its_pixel(view in any_view(), part in 0.0f32..1.0) {
            let at = view.time(part * view.width());
            let off = view.time(view.x(at)).as_millis().abs_diff(at.as_millis());
            prop_assert!(f64::from(off) <= 1.0 + view.scale() * 0.01, "{off}");
        }

        #[test]
        fn a_view_never_leaves_the_profile(view in any_view()) {
            let seen = view.seen();
            prop_assert!(seen.from < seen.to && seen.to <= view.length);
            prop_assert!(view.start >= 0.0);
            prop_assert!(view.span() >= Viewport::LEAST_SEEN * 0.999);
            prop_assert!(view.scale <= view.most() * 1.001);
            let (from, width) = view.part();
            prop_assert!(from >= 0.0 && width > 0.0 && from + width <= 1.001);
        }

        #[test]
        fn zooming_keeps_the_time_under_the_pointer(view in any_view(), part in 0.0f32..1.0, factor in 1.0f64..4.0) {
            let mut closer = view;
            let x = part * view.width();
            let at = view.start + f64::from(x) * view.scale;
            closer.zoom(factor, x);
            let now = closer.start + f64::from(x) * closer.scale;
            // Beyond the end there is only so much to see.
            prop_assume!(at <= f64::from(view.length.as_millis()));
            prop_assert!((at - now).abs() <= 1e-3, "{at} {now}");
        }

        #[test]
        fn what_is_revealed_is_seen(view in any_view(), part in 0.0f64..1.0) {
            let mut view = view;
            let at = Time::from_millis((part * f64::from(view.length.as_millis())) as u32);
            view.reveal(at);
            prop_assert!((-0.01..=view.width() + 0.01).contains(&view.x(at)));
        }

        #[test]
        fn the_ruler_is_neither_crowded_nor_empty(view in any_view()) {
            prop_assume!(view.width() >= 200.0);
            let ticks = view.ticks();
            prop_assert!(ticks.label.is_multiple_of(ticks.mark));
            prop_assert!(view.multiples(ticks.mark).count() as f32 <= view.width() / 9.0 + 2.0);
            prop_assert!(view.multiples(ticks.label).count() as f32 <= view.width() / 64.0 + 2.0);
        }
    }

    #[test]
    fn dragging_to_an_edge_scrolls_and_stops_at_the_end() {
        let mut view = Viewport::new(1000.0, Time::from_secs(600));
        view.zoom(10.0, 0.0);
        assert!(!view.edge_scroll(500.0, Duration::from_millis(16)));
        assert!(!view.edge_scroll(0.0, Duration::from_millis(16)), "it stands at the start");
        assert!(view.edge_scroll(990.0, Duration::from_millis(16)));
        while view.edge_scroll(2000.0, Duration::from_millis(16)) {}
        assert_eq!(view.seen().to, Time::from_secs(600));
    }

    #[test]
    fn a_label_says_tenths_where_they_are_seen() {
        let mut view = Viewport::new(1000.0, Time::from_secs(600));
        assert_eq!(view.ticks().text(Time::from_secs(90)), "1:30");
        view.zoom(1e9, 0.0);
        assert_eq!(view.ticks().text(Time::from_millis(90_300)), "1:30.3");
    }
}
