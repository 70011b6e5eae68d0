//! The end of a session: the massager is stopped and that is waited for, whatever else happens.

use std::time::Duration;

use tokio::sync::oneshot;
use tokio::task::JoinError;
use tokio::time::Instant;

use super::Session;
use crate::cli::Outcome;
use crate::engine::{Command, Event, Link, State};
use crate::say;
use crate::storage;

/// How long the engine goes on trying to stop a massager that cannot be reached or does not confirm.
const TRIES_FOR: Duration = Duration::from_secs(30);

/// How long the engine may take beyond that.
const MARGIN: Duration = Duration::from_secs(5);

/// How long after the engine's answer its last events may take.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// How soon it is said what is waited for. Most massagers stop sooner.
const SOON: Duration = Duration::from_millis(500);

/// How often it is said again where no line can be drawn anew.
const SAY_AGAIN: Duration = Duration::from_secs(10);

impl Session<'_> {
    /// Stops the massager and ends the engine, whatever else happens.
    pub(super) async fn end(mut self, outcome: Outcome) -> Outcome {
        self.screen.clear();
        self.engine.stop();
        if outcome == Outcome::Interrupted {
            self.screen.say(format_args!("{}", say!(self.words, "cli-stopping")));
        }
        let (done, mut quit) = oneshot::channel();
        self.engine.send(Command::Quit(done));
        self.ending = true;
        let begun = Instant::now();
        let mut by = begun + TRIES_FOR + MARGIN;
        let mut answered = None;
        let mut says_at = begun + SOON;
        // Events are heard to the last: they hold the final dose and whether the stop was confirmed.
        loop {
            tokio::select! {
                biased;
                event = self.events.recv() => match event {
                    Some(Event::State(state)) => drop(self.note(state)),
                    Some(event) => self.keep(&event),
                    None => break,
                },
                answer = &mut quit, if answered.is_none() => {
                    answered = Some(answer.is_ok());
                    by = by.min(Instant::now() + LAST_WORDS);
                }
                Some(_) = self.interrupts.recv() => {
                    self.screen.warn(format_args!("{}", say!(self.words, "cli-still-stopping")));
                }
                () = tokio::time::sleep_until(says_at), if answered.is_none() => {
                    says_at += self.say_what_is_waited_for(TRIES_FOR.saturating_sub(begun.elapsed()));
                }
                () = tokio::time::sleep_until(by) => break,
            }
        }
        self.finish_saving().await;
        self.screen.clear();
        // The engine may answer right before its last event is out.
        let answered = answered.unwrap_or_else(|| quit.try_recv().is_ok());
        let confirmed = answered && !self.state.as_ref().is_some_and(|state| state.stop_unconfirmed);
        match (confirmed, outcome) {
            (true, Outcome::Interrupted) => {
                self.screen.say(format_args!("{}", say!(self.words, "cli-stopped")));
                outcome
            }
            (true, outcome) => outcome,
            // Nothing was started, so nothing moves that was not moving before.
            (false, Outcome::CannotStart) if !self.moved => outcome,
            (false, _) => {
                let mut told = say!(self.words, "cli-not-confirmed");
                if !self.told_remedy() {
                    told = format!("{told} {}", say!(self.words, "cli-power-button"));
                }
                self.warn_once(&told);
                Outcome::NotStopped
            }
        }
    }

    /// Says why the end takes a while, where it does. Returns after how long to look again.
    fn say_what_is_waited_for(&mut self, left: Duration) -> Duration {
        let Some(state) = self.state.as_ref().filter(|state| state.may_move || state.stop_unconfirmed) else {
            return SOON;
        };
        let left = left.as_secs_f32().ceil() as u64;
        let words = match is_out_of_reach(state) {
            true => say!(self.words, "cli-stopping-away", left = left),
            false => say!(self.words, "cli-stopping-unconfirmed", left = left),
        };
        if self.screen.is_live() {
            self.screen.draw(&words);
            return Duration::from_secs(1);
        }
        let remedy = (!self.told_remedy()).then(|| say!(self.words, "cli-if-it-moves"));
        self.warn_once(&[Some(words), remedy].into_iter().flatten().collect::<Vec<_>>().join(" "));
        SAY_AGAIN
    }

    /// Waits for everything that is being written down.
    pub(super) async fn finish_saving(&mut self) {
        while let Some(saved) = self.savings.join_next().await {
            self.saved(saved);
        }
    }

    pub(super) fn saved(&mut self, saved: Result<Result<(), storage::Error>, JoinError>) {
        if let Err(why) = saved.unwrap_or(Err(storage::Error::BrokeOff)) {
            let why = self.words.fact(&why);
            self.screen.warn(format_args!("{why}"));
        }
    }
}

fn is_out_of_reach(state: &State) -> bool {
    !matches!(state.link, Link::Connected(_))
}
