//! What a careful reader would tell a profile's author.
//!
//! Belongs here: advice on profiles that are correct but could be gentler. What makes a file unreadable does not, and
//! neither does playing, which keeps every limit whether the advice is taken or not.

use super::Profile;
use crate::care::Limits;
use crate::intensity::Intensity;
use crate::mode::Channel;
use crate::time::Time;

/// The strongest start that passes without advice. Makers say to start at the lowest gear (Beirelax).
const GENTLE_START: Intensity = Intensity::from_percent(30);

impl Profile {
    /// Whether every track ends at nothing. If not, the profile is played down softly at its end.
    pub fn ends_at_rest(&self) -> bool {
        self.tracks.keys().all(|channel| self.last_intensity(*channel).is_zero())
    }

    /// What could be gentler, in words: each track that starts strongly, rises fast or does not end at nothing, and a
    /// length beyond one session. Limits are the defaults.
    pub fn advice(&self) -> Vec<String> {
        let limits = Limits::default();
        let mut advice = Vec::new();
        for (channel, curve) in &self.tracks {
            let name = channel.name();
            let start = curve.intensity_at(Time::ZERO);
            if start > GENTLE_START {
                advice.push(format!("{name} starts at {start} %. Start at {GENTLE_START} % or less and rise slowly."));
            }
            let limit = limits.rise_per_second.fraction();
            if let Some((point, rate)) = curve.rises().find(|(_, rate)| *rate > limit + 1e-9) {
                let (rate, limit) = (Intensity::from_fraction(rate), limits.rise_per_second);
                advice.push(format!(
                    "{name} rises {rate} % a second on the way to {}. Svang plays it at {limit} % a second.",
                    point.at
                ));
            }
            let last = self.last_intensity(*channel);
            if !last.is_zero() {
                advice.push(format!(
                    "{name} ends at {last} %. It is played down softly; a last point at 0 says it better."
                ));
            }
        }
        if self.length.as_duration() > limits.session {
            let session = Time::from(limits.session);
            advice.push(format!(
                "It takes {}, longer than one session. Svang stops at {session} unless Settings allow more.",
                self.length
            ));
        }
        advice
    }

    fn last_intensity(&self, channel: Channel) -> Intensity {
        self.tracks.get(&channel).map(|curve| curve.intensity_at(self.length)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curve::{Curve, Point, Shape};
    use crate::mode::Mode;

    fn roller(points: &[(Shape, u32, u16)]) -> Profile {
        let points = points.iter().map(|&(shape, seconds, percent)| {
            Point::new(shape, Time::from_secs(seconds), Intensity::from_percent(percent))
        });
        let curve = Curve::new(points.collect()).unwrap();
        Profile {
            name: "Test".into(),
            length: curve.end(),
            tracks: [(Channel::both(Mode::Roller), curve)].into(),
            ..Profile::default()
        }
    }

    #[test]
    fn a_gentle_profile_gets_no_advice() {
        let profile = roller(&[(Shape::Straight, 0, 0), (Shape::Smooth, 30, 40), (Shape::Straight, 60, 0)]);
        assert_eq!(profile.advice(), [""; 0]);
        assert!(profile.ends_at_rest());
    }

    #[test]
    fn a_strong_start_a_fast_rise_a_strong_end_and_a_long_profile_are_named() {
        let profile = roller(&[(Shape::Straight, 0, 40), (Shape::Straight, 2, 80), (Shape::Straight, 1000, 50)]);
        assert_eq!(
            profile.advice(),
            [
                "Roller starts at 40 %. Start at 30 % or less and rise slowly.",
                "Roller rises 20 % a second on the way to 0:02. Svang plays it at 10 % a second.",
                "Roller ends at 50 %. It is played down softly; a last point at 0 says it better.",
                "It takes 16:40, longer than one session. Svang stops at 15:00 unless Settings allow more.",
            ]
        );
        assert!(!profile.ends_at_rest());
    }

    #[test]
    fn a_jump_and_the_middle_of_a_smooth_rise_count() {
        let jump = |percent| roller(&[(Shape::Straight, 0, 0), (Shape::Hold, 60, percent), (Shape::Straight, 90, 0)]);
        assert_eq!(jump(10).advice(), [""; 0]);
        assert!(jump(11).advice()[0].contains("rises 11 % a second on the way to 1:00"));
        // A smooth rise of 8 % a second on average is steepest in its middle: half as much again.
        let smooth = roller(&[(Shape::Straight, 0, 0), (Shape::Smooth, 10, 80), (Shape::Straight, 90, 0)]);
        assert!(smooth.advice()[0].contains("rises 12 % a second"), "{:?}", smooth.advice());
    }
}
