//! Edits of a stretch of lanes: fades and repeats.

use crate::curve::{Curve, Point, Shape};
use crate::intensity::Intensity;
use crate::mode::Channel;
use crate::time::Time;

use super::draft::{Draft, LaneDraft};
use super::edit::Fade;
use super::lane::{Lane, PointId, Span};
use super::told::Error;

/// The part of a stretch that lies in the profile; it must have some time.
pub(super) fn within(draft: &Draft<'_>, span: Span) -> Result<Span, Error> {
    let span = Span { from: span.from, to: span.to.min(draft.length) };
    if span.from >= span.to { Err(Error::EmptyStretch) } else { Ok(span) }
}

pub(super) fn fade(draft: &mut Draft<'_>, channels: &[Channel], span: Span, fade: Fade) -> Result<(), Error> {
    let span = within(draft, span)?;
    let length = draft.length;
    for &channel in channels {
        let mut lane = draft.lane(channel)?;
        if !lane.lane.is_empty() {
            fade_lane(&mut lane, span, length, fade);
        }
    }
    Ok(())
}

fn fade_lane(lane: &mut LaneDraft<'_>, span: Span, length: Time, fade: Fade) {
    let part = |at: Time| f64::from(at.as_millis() - span.from.as_millis()) / f64::from(span.millis());
    let factor = |at: Time| if fade == Fade::In { part(at) } else { 1.0 - part(at) };
    let at = |at: Time, intensity: Intensity| Intensity::from_fraction(intensity.fraction() * factor(at));
    // Outside, the curve goes on as it was.
    let (edge, beyond) = match fade {
        Fade::In => (span.from, span.from.as_millis().checked_sub(1)),
        Fade::Out => (span.to, Some(span.to.as_millis() + 1).filter(|beyond| *beyond <= length.as_millis())),
    };
    if let Some(beyond) = beyond.filter(|_| !lane.lane.curve().intensity_at(edge).is_zero()) {
        lane.pin(Time::from_millis(beyond));
    }
    lane.pin(span.from);
    lane.pin(span.to);
    let mut points: Vec<(Option<PointId>, Point)> = Vec::new();
    let mut last: Option<Point> = None;
    for spot in lane.lane.spots_in(span) {
        let point = spot.point;
        if let Some(before) = last {
            between(before, point, factor, |when, intensity, shape| {
                points.push((None, Point::new(shape, when, at(when, intensity))));
            });
        }
        points.push((Some(spot.id), Point { intensity: at(point.at, point.intensity), ..point }));
        last = Some(point);
    }
    lane.rewrite(span, points);
}

/// The points that a faded segment needs between its ends: a held stretch becomes a line that jumps at its end, and a
/// line (whose product with the fade is a parabola) is cut until it differs by at most 1 %.
fn between(from: Point, to: Point, factor: impl Fn(Time) -> f64, mut add: impl FnMut(Time, Intensity, Shape)) {
    let width = to.at.as_millis() - from.at.as_millis();
    let rise = to.intensity.fraction() - from.intensity.fraction();
    match to.shape {
        Shape::Hold if width > 1 && !from.intensity.is_zero() => {
            add(Time::from_millis(to.at.as_millis() - 1), from.intensity, Shape::Straight);
        }
        Shape::Straight => {
            let bow = (rise * (factor(to.at) - factor(from.at))).abs() / 4.0;
            let pieces = ((bow / 0.01).sqrt().ceil() as u32).clamp(1, width.max(1));
            for piece in 1..pieces {
                let at = Time::from_millis(from.at.as_millis() + width * piece / pieces);
                let part = f64::from(at.as_millis() - from.at.as_millis()) / f64::from(width);
                add(at, Intensity::from_fraction(from.intensity.fraction() + rise * part), Shape::Straight);
            }
        }
        _ => {}
    }
}

pub(super) fn repeat(draft: &mut Draft<'_>, channels: &[Channel], span: Span, times: u16) -> Result<(), Error> {
    let span = within(draft, span)?;
    let length = draft.length;
    let width = span.millis();
    let copies = u32::from(times.clamp(1, 1000)).min((length.as_millis() - span.to.as_millis()).div_ceil(width));
    if copies == 0 {
        return Err(Error::NothingToFill);
    }
    for &channel in channels {
        let mut lane = draft.lane(channel)?;
        let part = lane.lane.extract(span);
        if part.is_empty() {
            continue;
        }
        let mut points: Vec<Point> = Vec::new();
        for copy in 1..=copies {
            append(
                &mut points,
                part.iter().map(|point| Point { at: Time::from_millis(point.at.as_millis() + copy * width), ..*point }),
            );
        }
        let end = Time::from_millis(span.to.as_millis() + copies * width).min(length);
        lane.write(Span { from: span.to, to: end }, &cut_off(points, end));
    }
    Ok(())
}

/// Puts points after others. Where both have a point at the seam and it is not the same, the first ends a millisecond
/// earlier.
fn append(points: &mut Vec<Point>, more: impl Iterator<Item = Point>) {
    for (index, mut point) in more.enumerate() {
        if let Some(last) = points.last().copied().filter(|last| index == 0 && last.at == point.at) {
            points.pop();
            if last.intensity != point.intensity {
                let earlier = Time::from_millis(last.at.as_millis().saturating_sub(1));
                if points.last().is_some_and(|before| before.at < earlier) {
                    points.push(Point { at: earlier, ..last });
                }
                point.shape = Shape::Hold;
            } else {
                point.shape = last.shape;
            }
        }
        points.push(point);
    }
}

/// Points up to a time, with one at that time where the curve went on.
fn cut_off(points: Vec<Point>, end: Time) -> Vec<Point> {
    if points.last().is_none_or(|last| last.at <= end) {
        return points;
    }
    let Ok(curve) = Curve::new(points) else { return Vec::new() };
    let mut lane = Lane::new(curve, || PointId(0));
    lane.pin(end, || PointId(0));
    lane.points()[lane.indices(Span { from: Time::ZERO, to: end })].to_vec()
}
