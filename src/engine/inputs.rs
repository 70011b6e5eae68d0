//! Taking in what comes from outside.
//!
//! Belongs here: what the engine makes of the writer's events, of what links and watchdogs say, and of the steps of
//! connecting. Orders do not, nor what radios say.

use std::sync::Arc;
use std::time::Instant;

use super::connecting::{Ready, Step, Way};
use super::live::LinkInput;
use super::session::{Phase, Session, SessionInput};
use super::task::Engine;
use super::told::Told;
use super::{Pause, Weight};
use crate::bluetooth::{Error, LinkEvent};
use crate::fact::Value;
use crate::intensity::Intensity;
use crate::massager::Trust;
use crate::watchdog::Gone;
use crate::writer::WriterEvent;

/// How often a massager may end the link before it was ever known to stand still.
const EARLY_LOSSES: u32 = 3;

impl Engine {
    /// What the writer of the massager in use tells.
    pub fn learn(&mut self, now: Instant, event: WriterEvent) {
        match event {
            WriterEvent::Confirmed(channel, level) => {
                if let Some((_, at)) = self.player.playing() {
                    Arc::make_mut(&mut self.record).push((at, channel, level));
                }
            }
            WriterEvent::Silent => self.silent(now),
            WriterEvent::Overruled { channel, shown } => {
                if shown > 0 {
                    return self.say(Weight::Info, Told::ChangedAtMassager(channel));
                }
                if self.player.playing().is_some() && self.player.paused().is_none() {
                    self.say(Weight::Info, Told::PausedAtMassager(channel));
                    self.stop_for(now, Pause::AtMassager);
                } else if self.player.is_running() && self.player.program().is_none() {
                    self.player.set_by_hand(now, channel, Intensity::ZERO);
                    self.say(Weight::Info, Told::OffAtMassager(channel));
                }
            }
            WriterEvent::Stopped => {
                if let Some(session) = &mut self.in_use {
                    (session.stop_unconfirmed, session.early_losses) = (false, 0);
                    self.left_unconfirmed.remove(&session.id);
                }
                self.showing.now();
            }
            WriterEvent::StopUnconfirmed => {
                self.waiting.clear();
                self.unconfirmed(Told::NotConfirmed);
            }
            WriterEvent::Stuck => {
                self.waiting.clear();
                self.unconfirmed(Told::NoAnswer);
                if let Some(mut session) = self.in_use.take() {
                    self.relink(now, &mut session);
                    self.in_use = Some(session);
                }
            }
            WriterEvent::Late => self.interrupted(now),
            WriterEvent::Behind => self.player.rise_again(now),
            WriterEvent::Held(held) => self.say(Weight::Info, held.why),
            WriterEvent::ProgramEnded => {
                if let Some((name, _)) = self.player.program() {
                    let told = Told::ProgramEnded(name.to_owned());
                    self.say(Weight::Info, told);
                    self.stop(now);
                }
            }
        }
    }

    fn silent(&mut self, now: Instant) {
        let Some(live) = self.live() else { return };
        let cause = live.trouble.clone().map_or_else(|| Value::from(""), |error| Told::Cause(error.into()).into());
        if live.writer.is_opening() {
            self.say(Weight::Problem, Told::WrongMap(cause));
            return self.disconnect(now);
        }
        let told = match self.player.playing() {
            Some(_) => Told::DisobeysPaused(cause),
            None => Told::DisobeysStopped(cause),
        };
        self.say(Weight::Problem, told);
        self.stop_for(now, Pause::Trouble);
    }

    /// The last stop of the massager in use could not be confirmed: told once.
    pub fn unconfirmed(&mut self, told: Told) {
        let Some(session) = &mut self.in_use else { return };
        self.showing.now();
        if !session.has_started {
            return self.say(Weight::Problem, Told::NotConfirmedOff);
        }
        if !std::mem::replace(&mut session.stop_unconfirmed, true) {
            self.say(Weight::Danger, told);
        }
    }

    pub fn hear_in_use(&mut self, now: Instant, input: SessionInput) {
        let Some(mut session) = self.in_use.take() else { return };
        match input {
            SessionInput::Step(step) => self.take_step(now, session, step),
            SessionInput::Link(input) => {
                let outcome = self.hear_link(now, &mut session, input);
                self.in_use = Some(session);
                match outcome {
                    Heard::Nothing => {}
                    Heard::Lost => self.lose(now),
                    Heard::Failed(Error::NeedsPairing) => self.pair_after_all(now),
                    Heard::Failed(Error::BondLost) => self.lose_bond(now),
                    Heard::Failed(error) => {
                        self.say(Weight::Problem, error);
                        self.disconnect(now);
                    }
                    Heard::Unguarded(gone) => self.unguarded(now, gone),
                    Heard::Guarded => self.rule(now),
                }
            }
        }
    }

    /// What comes from a massager that is not in use.
    pub fn hear_other(&mut self, now: Instant, index: usize, input: SessionInput) {
        let mut session = self.others.remove(index);
        match input {
            SessionInput::Link(input) => match self.hear_link(now, &mut session, input) {
                Heard::Nothing | Heard::Guarded => {}
                Heard::Lost => {
                    let name = session.name.clone();
                    let might_move = session.may_move();
                    if let Some(mut live) = self.reach_again(now, &mut session, might_move, Way::Again) {
                        live.disarm();
                    }
                    if session.ending.is_some() {
                        // Its end is told.
                    } else if might_move && !std::mem::replace(&mut session.stop_unconfirmed, true) {
                        self.say(Weight::Danger, Told::AsideOutOfReachMoving(name));
                    } else {
                        self.say(Weight::Info, Told::AsideOutOfReach(name));
                    }
                }
                Heard::Failed(error) => {
                    tracing::info!(massager = %session.id, %error, "a write to a massager set aside")
                }
                Heard::Unguarded(_) => self.guard_again(&mut session),
            },
            SessionInput::Step(Step::Done(Ok(ready))) => self.make_live(now, &mut session, *ready),
            SessionInput::Step(Step::Done(Err(error))) => {
                // It cannot be reached any more, whatever is tried.
                tracing::info!(massager = %session.id, %error, "not reached to be stopped");
                if session.may_move() {
                    self.left_unconfirmed.insert(session.id);
                    self.say(Weight::Danger, Told::NotConfirmedOf(session.name.clone()));
                }
                return;
            }
            SessionInput::Step(step) => self.take_doing(&mut session, step),
        }
        self.others.insert(index, session);
    }

    /// What a live link says.
    fn hear_link(&mut self, now: Instant, session: &mut Session, input: LinkInput) -> Heard {
        let has_started = session.has_started;
        let Some(live) = session.live_mut() else { return Heard::Nothing };
        match input {
            LinkInput::Said(LinkEvent::Notified { service, characteristic, bytes }) => {
                let battery = live.battery;
                let report = live.hear(now, service, characteristic, &bytes);
                if live.battery != battery {
                    self.showing.soon();
                }
                self.tracer.heard(now, (service, characteristic), &bytes, report.as_ref());
                Heard::Nothing
            }
            LinkInput::Said(LinkEvent::Lost) => Heard::Lost,
            LinkInput::Written(ticket, outcome) => {
                let error = outcome.clone().err();
                live.written(now, ticket, outcome);
                match error {
                    Some(Error::LinkLost) => Heard::Lost,
                    // One that has taken writes does not need it; it is only slow.
                    Some(Error::NeedsPairing) if live.paired != Some(true) && !live.writer.has_taken_writes() => {
                        Heard::Failed(Error::NeedsPairing)
                    }
                    Some(Error::BondLost) => Heard::Failed(Error::BondLost),
                    Some(Error::PairingRefused) if !has_started => Heard::Failed(Error::PairingRefused),
                    _ => Heard::Nothing,
                }
            }
            LinkInput::Guarded(outcome) => {
                if let Err(error) = &outcome {
                    tracing::warn!(%error, "no watchdog");
                }
                live.guarded(outcome);
                self.showing.now();
                Heard::Guarded
            }
            LinkInput::Unguarded(gone) => Heard::Unguarded(gone),
        }
    }

    /// The watchdog of the massager in use is gone: another one is started.
    fn unguarded(&mut self, now: Instant, gone: Gone) {
        tracing::warn!(?gone, "the watchdog is gone");
        if let Gone::Fired(_) = gone {
            self.stopped_by_watchdog(now);
        }
        if let Some(mut session) = self.in_use.take() {
            self.guard_again(&mut session);
            self.in_use = Some(session);
        }
        if self.player.program().is_some() {
            self.say(Weight::Problem, Told::WatchdogEnded);
            self.stop(now);
        }
        self.rule(now);
    }

    /// Svang was silent for so long that the watchdog stops the massager.
    pub fn lost_lease(&mut self, now: Instant) {
        self.stopped_by_watchdog(now);
        self.unguarded(now, Gone::Died);
    }

    /// The watchdog sends, or has sent, the off sequence: nothing goes on, and no toggle is known to be on.
    fn stopped_by_watchdog(&mut self, now: Instant) {
        if let Some(live) = self.in_use.as_mut().and_then(Session::live_mut) {
            live.writer.doubt_toggles();
        }
        self.interrupted(now);
    }

    fn guard_again(&mut self, session: &mut Session) {
        let (id, name) = (session.id.clone(), session.name.clone());
        if let (Some(watchdog), Some(live)) = (&self.watchdog, session.live_mut()) {
            live.guard_by(watchdog, &id, &name);
        }
        self.showing.now();
    }

    /// The link of the massager in use is gone: nothing moves again before the person says so.
    pub fn lose(&mut self, now: Instant) {
        let Some(mut session) = self.in_use.take() else { return };
        let (might_move, stopping) = (session.may_move(), session.awaits_stop());
        self.waiting.clear();
        if !session.has_started && stopping {
            session.early_losses += 1;
            if session.early_losses >= EARLY_LOSSES {
                self.say(Weight::Problem, Told::EndsAtOnce);
                if let Some(live) = session.live_mut() {
                    live.disarm();
                }
                return self.fall_back(now);
            }
        }
        if let Some(mut live) = self.reach_again(now, &mut session, might_move, Way::Again) {
            live.disarm();
        }
        let moves = session.has_started && might_move;
        self.in_use = Some(session);
        if moves && stopping {
            self.unconfirmed(Told::NotConfirmed);
        }
        if self.player.playing().is_some() {
            if self.player.paused().is_none() {
                self.say(Weight::Problem, if moves { Told::LostPausedMoving } else { Told::LostPaused });
            }
            self.pause(now, Pause::LinkLost);
        } else {
            self.say(Weight::Problem, if moves { Told::LostMoving } else { Told::Lost });
            self.halt(now);
        }
    }

    /// The massager took the connection, and demands pairing only now that it is written to.
    fn pair_after_all(&mut self, now: Instant) {
        let Some(mut session) = self.in_use.take() else { return };
        if session.has_started && session.may_move() {
            // It moved before its link was lost, and is still to be stopped.
            if let Some(mut live) = self.reach_again(now, &mut session, true, Way::PairFirst) {
                live.disarm();
            }
            self.in_use = Some(session);
            return;
        }
        if let Some(live) = session.live_mut() {
            live.disarm(); // It took no write, so it was not set moving.
        }
        let (id, map) = (session.id.clone(), session.map.clone());
        drop(session);
        self.reach(now, id, map, Way::PairFirst);
    }

    /// The massager takes nothing any more from a computer that it has forgotten.
    fn lose_bond(&mut self, now: Instant) {
        let Some(session) = self.in_use.take() else { return };
        self.bond_lost = Some(session.id.clone());
        self.left_moving(&session);
        if let Phase::Live(live) = session.phase {
            self.hang_up(session.id, *live);
        }
        self.waiting.clear();
        self.halt(now);
        self.say(Weight::Problem, Error::BondLost);
    }

    /// A massager that may be moving is given up: told as the danger that it is.
    fn left_moving(&mut self, session: &Session) {
        if session.has_started && session.may_move() {
            self.left_unconfirmed.insert(session.id.clone());
            if !session.stop_unconfirmed {
                self.say(Weight::Danger, Told::NotConfirmed);
            }
        }
    }

    /// A step on the way to the massager in use.
    fn take_step(&mut self, now: Instant, mut session: Session, step: Step) {
        self.showing.now();
        match step {
            Step::Done(Ok(ready)) => self.reached(now, session, *ready),
            Step::Done(Err(error)) => {
                if session.is_lost() {
                    self.halt(now);
                }
                self.waiting.clear();
                self.left_moving(&session);
                if error == Error::BondLost {
                    self.bond_lost = Some(session.id);
                }
                self.fall_back(now);
                self.say(Weight::Problem, error);
            }
            step => {
                self.take_doing(&mut session, step);
                self.in_use = Some(session);
            }
        }
    }

    fn take_doing(&mut self, session: &mut Session, step: Step) {
        match step {
            Step::Doing(attempt, doing) => {
                if let Some(connecting) = session.connecting() {
                    (connecting.attempt, connecting.doing) = (attempt, doing);
                }
            }
            Step::Question(question) => self.ask(question),
            Step::PairingOver => self.pairing_over(),
            Step::Done(_) => {}
        }
    }

    fn reached(&mut self, now: Instant, mut session: Session, ready: Ready) {
        self.bond_lost = None;
        let lost = session.is_lost();
        self.make_live(now, &mut session, ready);
        let tried = self.is_tried(&session) && session.map.trust != Trust::Verified;
        self.remember_session(&session, tried);
        if !lost {
            return self.take_into_use(now, session);
        }
        self.in_use = Some(session);
        self.say(
            Weight::Info,
            match self.player.playing() {
                Some(_) => Told::BackPaused,
                None => Told::Back,
            },
        );
    }
}

/// What is to be done after a link said something.
enum Heard {
    Nothing,
    Lost,
    /// A write failed in a way that the connection does not get over.
    Failed(Error),
    Guarded,
    Unguarded(Gone),
}
