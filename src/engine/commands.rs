//! Obeying orders.
//!
//! Belongs here: what each [`Command`] does, when it is refused, and the ways to stop. What comes from massagers and
//! radios does not.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures::future::FutureExt;

use super::live::Live;
use super::past::Past;
use super::session::{Phase, Session};
use super::task::{Engine, RadioReply};
use super::told::{Told, minutes};
use super::{Command, Event, Pause, Remembered, Weight};
use crate::bluetooth::MassagerId;
use crate::care::Limits;
use crate::care::health::GENTLY_FOR;
use crate::fact::Heading;
use crate::mode::Channel;
use crate::player::{Ended, Rules};
use crate::profile::Profile;
use crate::time::Time;

/// How much longer than the session the massager's own timer runs, where it has one.
const TIMER_MARGIN: Duration = Duration::from_secs(60);

impl Command {
    /// Whether it could make something move that was to be stopped.
    fn moves(&self) -> bool {
        matches!(
            self,
            Self::Play { .. }
                | Self::PlayProgram(_)
                | Self::Resume
                | Self::Seek(_)
                | Self::SkipStep
                | Self::SetByHand(..)
                | Self::Stop
        )
    }
}

impl Engine {
    /// Takes all orders that wait. A stop among them is obeyed before any other, and instead of what it came after.
    pub fn take_orders(&mut self, now: Instant, first: Command) {
        let mut orders = vec![first];
        while let Ok(order) = self.orders.try_recv() {
            orders.push(order);
        }
        let stop = orders.iter().rposition(|order| matches!(order, Command::Stop));
        if stop.is_some() {
            self.stop(now);
        }
        for (index, order) in orders.into_iter().enumerate() {
            if !(stop.is_some_and(|stop| index <= stop) && order.moves()) {
                self.obey(now, order);
            }
        }
    }

    pub fn obey(&mut self, now: Instant, order: Command) {
        self.showing.now();
        // Where it is before the order, which may take it elsewhere.
        self.player.come_to(now);
        self.note_past(now);
        if self.quit.is_some() && !matches!(order, Command::Stop | Command::Quit(_)) {
            return;
        }
        match order {
            Command::Search(on) => self.search(now, on),
            Command::SwitchOn => {
                self.hear_real();
                if let Some(radio) = &self.real {
                    self.ask_radio(radio, |radio| radio.switch_on().map(RadioReply::Chosen).boxed());
                }
            }
            Command::ChooseAdapter(id) => {
                self.hear_real();
                if let Some(radio) = &self.real {
                    self.ask_radio(radio, |radio| radio.choose_adapter(id).map(RadioReply::Chosen).boxed());
                }
            }
            Command::Connect(id, map) => self.connect(now, id, map),
            Command::Agree(fingerprint) => {
                self.agreed.insert(fingerprint);
            }
            Command::Disconnect => self.disconnect(now),
            Command::Forget(id) => self.forget(now, id),
            Command::Release(id) => self.release(now, &id),
            Command::Renew(id) => self.renew(now, id),
            Command::Play { profile, from, repeat } => self.play(now, profile, from, repeat),
            Command::PlayProgram(name) => self.play_program(now, name),
            Command::Pause if self.player.playing().is_some() => {
                self.waiting.clear();
                if self.player.paused().is_none() {
                    self.stop_for(now, Pause::Asked);
                }
            }
            Command::Pause => {
                self.waiting.clear();
                if self.player.is_running() {
                    self.stop(now);
                }
            }
            Command::Resume => self.resume(now),
            Command::Seek(to) => self.player.seek(now, to),
            Command::SkipStep => {
                self.player.skip_step(now);
            }
            Command::Stop => self.stop(now),
            Command::HasSeenDanger => self.left_unconfirmed.clear(),
            Command::SetRepeat(repeat) => self.player.set_repeat(now, repeat),
            Command::SetByHand(channel, intensity) => self.set_by_hand(now, channel, intensity),
            Command::SetStrength(strength) => {
                self.strength = strength.max(Limits::LEAST_STRENGTH);
                self.rule(now);
            }
            Command::SetCeiling(mode, ceiling) => {
                self.ceilings.insert(mode, ceiling);
                self.rule(now);
            }
            Command::MarkTried => self.mark_tried(now),
            Command::SetLimits(limits) => {
                self.limits = limits;
                self.rule(now);
            }
            Command::SetGates(gates) => {
                let closes = gates.red_flag && !self.gates.red_flag;
                self.gates = gates;
                self.rule(now);
                if closes && self.is_moving() {
                    self.stop(now);
                }
            }
            Command::SetMaps(maps) => {
                self.maps = maps;
                self.recognise_all();
            }
            Command::SetMassagedToday(massaged) => {
                self.more_today &= massaged >= self.limits.day;
                self.massaged_today = massaged + self.untold; // What is on disk, and what is not told of yet.
            }
            Command::AllowMoreToday => self.more_today = true,
            Command::Replace(profile) => self.player.replace(now, profile),
            Command::Quit(done) => self.quit(now, Some(done)),
        }
    }

    /// Everything off, and nothing open. The first frame is with the link when this returns.
    pub fn stop(&mut self, now: Instant) {
        self.halt(now);
        self.waiting.clear();
        // Those set aside stand still, unless somebody switched them on: whoever presses Stop wants silence.
        let others = self.others.iter_mut().filter(|other| other.may_move());
        for live in self.in_use.iter_mut().chain(others).filter_map(Session::live_mut) {
            live.stop(now, &mut self.tracer);
        }
        if self.in_use.as_ref().is_some_and(|session| session.is_lost() && session.may_move()) {
            self.unconfirmed(Told::CannotBeTold);
        }
        let lost = |other: &&mut Session| other.is_lost() && other.may_move() && !other.stop_unconfirmed;
        let lost: Vec<String> = self
            .others
            .iter_mut()
            .filter(lost)
            .map(|other| {
                other.stop_unconfirmed = true;
                other.name.clone()
            })
            .collect();
        for name in lost {
            self.say(Weight::Danger, Told::NotConfirmedOf(name));
        }
        self.showing.now();
    }

    /// Ends what plays, without a word to the massager.
    pub fn halt(&mut self, now: Instant) {
        self.player.advance(now);
        self.count();
        self.player.stop(now);
        self.counted = Duration::ZERO;
        self.count();
        self.showing.now();
    }

    /// Brings a profile to a standstill, and keeps its place.
    pub fn pause(&mut self, now: Instant, why: Pause) {
        self.player.pause(now, why);
        self.showing.now();
    }

    /// Pauses a profile, or ends anything else, and sends the off sequence.
    pub fn stop_for(&mut self, now: Instant, why: Pause) {
        self.waiting.clear();
        if self.player.playing().is_some() {
            self.pause(now, why);
        } else {
            self.halt(now);
        }
        if let Some(live) = self.in_use.as_mut().and_then(Session::live_mut) {
            live.stop(now, &mut self.tracer);
        }
    }

    /// The computer is about to sleep: what sleeps sends nothing.
    pub fn going_to_sleep(&mut self, now: Instant) {
        if self.player.is_running() {
            self.say(Weight::Problem, Told::GoesToSleep);
        }
        if self.is_moving() {
            self.stop_for(now, Pause::Interrupted);
        }
    }

    /// The computer did not keep time.
    pub fn interrupted(&mut self, now: Instant) {
        if !self.is_moving() && !self.player.is_running() {
            return;
        }
        tracing::warn!("the computer slept or was too busy; everything was stopped");
        if self.player.is_running() {
            self.say(Weight::Problem, Told::LostTime);
        }
        self.player.skip_time(now);
        self.stop_for(now, Pause::Interrupted);
    }

    /// Playing ended by itself.
    pub fn ended(&mut self, now: Instant, ended: Ended) {
        if ended == Ended::SessionOver {
            let minutes = self.limits.session.min(Limits::LONGEST_SESSION).as_secs() / 60;
            self.say(Weight::Info, Told::SessionOver(minutes));
        }
        self.stop(now);
    }

    /// Hands limits, strength and ceilings to the player.
    pub fn rule(&mut self, now: Instant) {
        self.player.set_rules(now, self.rules());
        let ceilings: BTreeMap<Channel, _> =
            self.player.outputs().map(|output| (output.channel, self.ceiling(output.channel.mode))).collect();
        self.player.set_ceilings(now, &ceilings);
    }

    /// What the player keeps to: a session may be shorter than the limits say.
    pub fn rules(&self) -> Rules {
        let first = self.is_first_use().then_some(GENTLY_FOR);
        let shorter = self.gates.session.into_iter().chain(first).min().unwrap_or(Limits::LONGEST_SESSION);
        let limits = Limits { session: self.limits.session.min(shorter), ..self.limits };
        Rules { limits, strength: self.strength }
    }

    /// Whether the first uses still go on, on a real massager.
    pub fn is_first_use(&self) -> bool {
        self.gates.first_uses && self.is_real()
    }

    /// Whether what would move something has to wait: for a stop, or for the watchdog.
    pub fn is_preparing(&self) -> bool {
        self.live().is_some_and(|live| live.writer.is_stopping() || live.is_being_guarded())
    }

    /// Keeps an order until the massager is ready for it.
    fn wait(&mut self, now: Instant, order: Command) {
        if self.waiting.is_empty() {
            self.waiting_since = now;
        }
        self.waiting.push(order);
    }

    /// Whether something may be started now; says why not.
    fn may_start(&mut self) -> bool {
        let why = match self.in_use.as_ref().map(|session| &session.phase) {
            Some(Phase::Lost(_)) => Told::OutOfReach,
            None | Some(Phase::Connecting(_)) => Told::NotConnected,
            Some(Phase::Live(_)) if self.gates.red_flag => Told::RedFlag,
            Some(Phase::Live(_)) if self.day_is_full() => {
                let (massaged, limit) = self.day_in_minutes();
                Told::DayIsFull(massaged, limit)
            }
            Some(Phase::Live(_)) => return true,
        };
        self.say(Weight::Problem, why);
        false
    }

    fn day_in_minutes(&self) -> (u64, u64) {
        (minutes(self.massaged_today), minutes(self.limits.day))
    }

    /// The day's limit is reached while something plays.
    pub fn day_over(&mut self, now: Instant) {
        let (massaged, limit) = self.day_in_minutes();
        let told = match self.player.playing() {
            Some(_) => Told::DayOverPaused(massaged, limit),
            None => Told::DayOverStopped(massaged, limit),
        };
        self.say(Weight::Problem, told);
        self.stop_for(now, Pause::DayIsFull);
    }

    fn play(&mut self, now: Instant, profile: Arc<Profile>, from: Time, repeat: bool) {
        // Steps by hand alone need no massager.
        let needs_massager = !profile.tracks.is_empty();
        if needs_massager && !self.may_start() {
            return;
        }
        if self.player.program().is_some() {
            self.stop(now);
        }
        if self.is_preparing() {
            return self.wait(now, Command::Play { profile, from, repeat });
        }
        let channels: Vec<Channel> = self.player.outputs().map(|output| output.channel).collect();
        if needs_massager && profile.steps.is_empty() && profile.missing(&channels) == profile.modes() {
            let name = profile.name.in_language("en");
            return self.say(Weight::Problem, Told::NothingFits(name.to_owned()));
        }
        let modes = profile.modes();
        if needs_massager && modes.iter().all(|mode| self.ceiling(*mode).is_zero()) {
            let name = profile.name.in_language("en").to_owned();
            return self.say(Weight::Problem, Told::AllOffByAnswers(name));
        }
        if self.player.playing().is_none() && !self.player.is_running() {
            self.halt(now); // A new session.
        }
        self.record = Arc::default();
        self.past = Past::default();
        self.player.play(now, profile, from, repeat);
        self.started();
    }

    fn play_program(&mut self, now: Instant, name: String) {
        if !self.may_start() {
            return;
        }
        if self.gates.no_programs || self.is_first_use() {
            return self.say(Weight::Problem, Told::ProgramOff);
        }
        if self.in_use.as_ref().is_some_and(|session| !self.is_tried(session)) {
            return self.say(Weight::Problem, Told::ProgramNotTried);
        }
        if self.live().is_some_and(Live::is_unguarded) {
            return self.say(Weight::Problem, Told::ProgramUnwatched);
        }
        if self.player.is_open() {
            self.stop(now);
        }
        if self.live().is_some_and(|live| live.writer.awaits_stop() && !live.writer.is_stopping()) {
            // What it is sent goes out after the stop, which may be long from now.
            return self.say(Weight::Problem, Told::NotStartedUnconfirmed);
        }
        if self.is_preparing() {
            return self.wait(now, Command::PlayProgram(name));
        }
        let Some(live) = self.in_use.as_mut().and_then(Session::live_mut) else { return };
        match live.writer.run_program(now, &name) {
            Ok(()) => {
                self.halt(now);
                self.player.run_program(now, name);
                self.started();
            }
            Err(error) => self.say(Weight::Problem, error),
        }
    }

    /// A massage begins: the massager's own timer is set.
    fn started(&mut self) {
        let left = self.player.session_left();
        if let Some(session) = &mut self.in_use {
            session.has_started = true;
            if let Some(live) = session.live_mut() {
                live.writer.set_timer(left + TIMER_MARGIN);
            }
        }
        self.showing.now();
    }

    fn resume(&mut self, now: Instant) {
        if self.player.paused().is_none() {
            return;
        }
        let needs_massager = self.player.playing().is_some_and(|(profile, _)| !profile.tracks.is_empty());
        if needs_massager && !self.may_start() {
            return;
        }
        if self.is_preparing() {
            return self.wait(now, Command::Resume);
        }
        self.player.resume(now);
        self.started();
    }

    fn set_by_hand(&mut self, now: Instant, channel: Channel, intensity: crate::intensity::Intensity) {
        if !self.may_start() {
            return;
        }
        if self.is_preparing() {
            self.waiting.retain(|order| !matches!(order, Command::SetByHand(other, _) if *other == channel));
            return self.wait(now, Command::SetByHand(channel, intensity));
        }
        let fresh = !self.player.is_open();
        if fresh {
            self.halt(now); // A new session.
        }
        if !intensity.is_zero() && self.ceiling(channel.mode).is_zero() {
            return self.say(Weight::Problem, Told::OffByAnswers(Heading(channel)));
        }
        if !self.player.set_by_hand(now, channel, intensity) {
            self.say(Weight::Problem, Told::NotByHandNow);
        } else if fresh && !intensity.is_zero() {
            self.started();
        }
    }

    fn mark_tried(&mut self, now: Instant) {
        let Some(session) = self.in_use.take() else { return };
        self.remember_session(&session, true);
        self.in_use = Some(session);
        self.rule(now);
    }

    pub fn remember(&mut self, id: MassagerId, remembered: Remembered) {
        if self.remembered.get(&id) != Some(&remembered) {
            self.remembered.insert(id.clone(), remembered.clone());
            self.tell.send(Event::Remember(id, Some(remembered)));
        }
    }
}
