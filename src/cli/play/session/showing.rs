//! What a running session shows: the manual step that has come, and the line at the bottom of a terminal.

use std::time::Duration;

use tokio::time::Instant;

use super::{Session, What};
use crate::engine::{Activity, Link, State};
use crate::say;
use crate::time::Time;

impl Session<'_> {
    /// Says a manual step when it comes.
    pub(super) fn say_step(&mut self, position: Time) {
        let What::Profile(profile, _) = &self.what else { return };
        let Some(step) = profile.step_at(position) else { return };
        if self.step.replace(step.from) != Some(step.from) {
            let text = step.text.in_language(&self.language);
            let told = say!(self.words, "cli-step", from = step.from.label(), to = step.to.label(), text = text);
            self.screen.say(format_args!("{told}"));
        }
    }

    pub(super) fn draw(&mut self) {
        let Some(state) = &self.state else { return };
        let playing = match &state.activity {
            Activity::Profile { profile, position, paused, .. } => {
                let place = place(state, Instant::now().into_std()).unwrap_or(*position).min(profile.length);
                let (at, length) = (place.label(), profile.length.label());
                match paused {
                    Some(_) => say!(self.words, "cli-place-paused", at = at, length = length),
                    None => say!(self.words, "cli-place", at = at, length = length),
                }
            }
            Activity::Program { name, since } => {
                let time = Instant::now().into_std().saturating_duration_since(*since);
                format!("{name}, {}", Time::from(time).label())
            }
            Activity::Nothing | Activity::ByHand => return,
        };
        let mut line = playing;
        if let Link::Connected(connected) = &state.link {
            for channel in &connected.channels {
                let confirmed = channel.confirmed_level.unwrap_or(0);
                if confirmed > 0 || channel.wanted_level > 0 {
                    line.push_str(&format!(
                        "   {} {confirmed}/{}",
                        self.words.channel(channel.channel),
                        channel.levels
                    ));
                }
            }
        }
        self.screen.draw(&line);
    }
}

/// Where a profile stands at an instant, from the last state before it.
pub(super) fn place(state: &State, at: std::time::Instant) -> Option<Time> {
    let Activity::Profile { position, paused, speed, .. } = &state.activity else { return None };
    let played = if paused.is_none() { at.saturating_duration_since(state.at).mul_f32(*speed) } else { Duration::ZERO };
    Some(*position + played)
}
