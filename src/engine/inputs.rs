//! Taking in what comes from outside.
//!
//! Belongs here: what the engine makes of the writer's events, the massager's words, the steps of connecting and the
//! radio's news. Orders do not.

use std::sync::{Arc, Mutex};
use std::time::Instant;

use tokio::sync::oneshot;

use super::connecting::{Ready, Step, Way};
use super::session::{LinkInput, Live};
use super::state::Pause;
use super::task::{Engine, Lost, RadioReply, Sighting};
use super::{Event, Pairing, PairingAnswer, PairingQuestion, Weight};
use crate::bluetooth::{self, Error, LinkEvent, RadioEvent, RadioState};
use crate::intensity::Intensity;
use crate::massager::{self, Advertisement, Recognition, Trust};
use crate::writer::WriterEvent;

/// What is said while the massager may still move.
const POWER_BUTTON: &str = "The massager has not confirmed that it stopped. Press the power button on the massager.";

impl Engine {
    pub fn learn(&mut self, now: Instant, event: WriterEvent) {
        match event {
            WriterEvent::Confirmed(channel, level) => {
                if let Some((_, at)) = self.player.playing() {
                    Arc::make_mut(&mut self.record).push((at, channel, level));
                }
            }
            WriterEvent::Silent if self.live.as_ref().is_some_and(|live| live.writer.is_opening()) => {
                let error = self.live.as_ref().and_then(|live| live.trouble.clone());
                let cause = error.map_or_else(String::new, |error| format!(" ({error})"));
                self.say(
                    Weight::Problem,
                    format!(
                        "Disconnected: the massager does not take the first frames of its device map{cause}. The map \
                         may be for another model."
                    ),
                );
                self.close_and_forget_orders(now);
            }
            WriterEvent::Silent => {
                let error = self.live.as_ref().and_then(|live| live.trouble.clone());
                let cause = error.map_or_else(String::new, |error| format!(" ({error})"));
                let done = if self.player.playing().is_some() { "Paused" } else { "Stopped" };
                self.say(
                    Weight::Problem,
                    format!("{done}: the massager does not do what it is told{cause}. Bring it near, then try again."),
                );
                self.stop_for(now, Pause::Trouble);
            }
            WriterEvent::Overruled { channel, shown, .. } => {
                let name = channel.name();
                if shown > 0 {
                    return self.say(Weight::Info, format!("{name} was changed at the massager."));
                }
                if self.player.playing().is_some() && self.paused.is_none() {
                    self.say(
                        Weight::Info,
                        format!("Paused: {name} was turned off at the massager. Press Resume to go on."),
                    );
                    self.stop_for(now, Pause::AtMassager);
                } else if self.player.is_running() && self.program.is_none() {
                    self.player.set_by_hand(now, channel, Intensity::ZERO);
                    self.say(Weight::Info, format!("{name} was turned off at the massager."));
                }
            }
            WriterEvent::Stopped => {
                self.stop_unconfirmed = false;
                self.showing.now();
            }
            WriterEvent::StopUnconfirmed => {
                self.waiting.clear();
                if self.has_started {
                    self.stop_unconfirmed = true;
                    self.say(Weight::Danger, POWER_BUTTON);
                } else {
                    self.say(Weight::Problem, "The massager does not confirm that everything is off.");
                }
                self.showing.now();
            }
            WriterEvent::Late => self.interrupted(now),
            WriterEvent::Behind => self.player.rise_again(now),
            WriterEvent::Held(held) => self.say(Weight::Info, format!("{}: {}.", held.channel.name(), held.why)),
            WriterEvent::Stuck => {}
            WriterEvent::ProgramEnded => {
                if let Some((name, _)) = &self.program {
                    let text = format!("The massager has ended “{name}”.");
                    self.say(Weight::Info, text);
                    self.stop(now);
                }
            }
        }
    }

    pub fn hear_massager(&mut self, now: Instant, word: LinkInput) {
        let Some(live) = &mut self.live else { return };
        match word {
            LinkInput::Said(LinkEvent::Notified { service, characteristic, bytes }) => {
                let battery = live.battery;
                let report = live.hear(now, service, characteristic, &bytes);
                if live.battery != battery {
                    self.showing.soon();
                }
                self.tracer.heard(now, (service, characteristic), &bytes, report.as_ref());
            }
            LinkInput::Said(LinkEvent::Lost) => self.lose(now),
            LinkInput::Written(ticket, outcome) => {
                let error = outcome.clone().err();
                live.written(now, ticket, outcome);
                match error {
                    Some(Error::LinkLost) => self.lose(now),
                    Some(Error::NeedsPairing) if live.paired != Some(true) => self.pair_after_all(now),
                    Some(Error::BondLost) => self.lose_bond(now),
                    _ => {}
                }
            }
        }
    }

    /// What comes from a massager that is not in use.
    pub fn hear_aside(&mut self, now: Instant, index: usize, word: LinkInput) {
        let Some(live) = self.aside.get_mut(index) else { return };
        let lost = match word {
            LinkInput::Said(LinkEvent::Notified { service, characteristic, bytes }) => {
                let battery = live.battery;
                let report = live.hear(now, service, characteristic, &bytes);
                if live.battery != battery {
                    self.showing.soon();
                }
                self.tracer.heard(now, (service, characteristic), &bytes, report.as_ref());
                false
            }
            LinkInput::Said(LinkEvent::Lost) => true,
            LinkInput::Written(ticket, outcome) => {
                let lost = outcome == Err(Error::LinkLost);
                live.written(now, ticket, outcome);
                lost
            }
        };
        if lost {
            let mut live = self.aside.remove(index);
            live.disarm();
            let name = live.name.clone();
            self.say(Weight::Info, format!("{name} is out of reach."));
            self.showing.now();
        }
    }

    /// Hands over what is due to massagers that are not in use: nothing but stops that are not over yet.
    pub fn settle_aside(&mut self, now: Instant) {
        let mut unconfirmed = Vec::new();
        for live in &mut self.aside {
            live.pump(now, &mut self.tracer);
            if live.writer.take_events().contains(&WriterEvent::StopUnconfirmed) {
                unconfirmed.push(live.name.clone());
            }
        }
        for name in unconfirmed {
            self.say(Weight::Danger, format!("{name}: {POWER_BUTTON}"));
        }
    }

    /// The link is gone: nothing moves again before the person says so.
    fn lose(&mut self, now: Instant) {
        let Some(was) = self.connected() else { return };
        let Some(mut live) = self.live.take() else { return };
        let might_move = live.writer.may_move();
        let stopping = live.writer.is_stopping();
        live.disarm();
        drop(live);
        self.waiting.clear();
        self.showing.now();
        if stopping {
            self.stop_unconfirmed = true;
            self.say(Weight::Danger, POWER_BUTTON);
        }
        if self.closing.is_some() {
            return;
        }
        if self.player.playing().is_some() {
            if self.paused.is_none() {
                self.say(
                    Weight::Problem,
                    "Paused: the massager is out of reach. Nothing will move until you press Resume.",
                );
            }
            self.pause(now, Pause::LinkLost);
        } else {
            self.say(Weight::Problem, "The massager is out of reach. Svang keeps looking for it.");
            self.halt(now);
        }
        self.lost = Some(Lost { was, since: now, might_move });
        self.reconnect(now);
    }

    /// The massager took the connection, and demands pairing only now that it is written to.
    fn pair_after_all(&mut self, now: Instant) {
        let Some(mut live) = self.live.take() else { return };
        live.disarm(); // It took no write, so it was not set moving.
        let (id, map) = (live.id.clone(), live.map.clone());
        drop(live);
        self.reach(now, id, map, Way::PairFirst);
    }

    /// The massager takes nothing any more from a computer that it has forgotten.
    fn lose_bond(&mut self, now: Instant) {
        let Some(live) = self.live.take() else { return };
        self.bond_lost = Some(live.id.clone());
        self.hanging_up.push(live.hang_up());
        self.waiting.clear();
        self.halt(now);
        self.say(Weight::Problem, Error::BondLost.to_string());
    }

    pub fn take_step(&mut self, now: Instant, step: Step) {
        self.showing.now();
        match step {
            Step::Doing(attempt, doing) => {
                if let Some(connecting) = &mut self.connecting {
                    (connecting.attempt, connecting.doing) = (attempt, doing);
                }
            }
            Step::Question(question) => self.ask(question),
            Step::PairingOver => self.pairing_over(),
            Step::Done(outcome) => {
                let Some(connecting) = self.connecting.take() else { return };
                match outcome {
                    Ok(ready) => self.connected_now(now, connecting.id, connecting.name, *ready),
                    Err(error) => {
                        if self.lost.take().is_some() {
                            self.halt(now);
                        }
                        self.fall_back(now);
                        if error == Error::BondLost {
                            self.bond_lost = Some(connecting.id);
                        }
                        self.say(Weight::Problem, error.to_string());
                    }
                }
            }
        }
    }

    fn connected_now(&mut self, now: Instant, id: bluetooth::MassagerId, name: String, ready: Ready) {
        self.bond_lost = None;
        let live = Live::new(now, id, name, ready);
        self.remember_live(&live, self.is_tried(&live) && live.map.trust != Trust::Verified);
        if self.lost.take().is_none() {
            return self.take_into_use(now, live);
        }
        self.live = Some(live);
        self.say(
            Weight::Info,
            match self.player.playing() {
                Some(_) => "The massager is back. Press Resume to go on.",
                None => "The massager is back.",
            },
        );
    }

    /// Puts a question of the massager to the person.
    fn ask(&mut self, question: bluetooth::PairingQuestion) {
        let (answer, answered) = oneshot::channel();
        let question = match question {
            bluetooth::PairingQuestion::NumericComparison(number, mut reply) => {
                tokio::spawn(async move {
                    let yes = matches!(answer_or_gone(answered, &mut reply).await, Some(PairingAnswer::Yes));
                    let _ = reply.send(yes);
                });
                PairingQuestion::NumericComparison(number)
            }
            bluetooth::PairingQuestion::PasskeyDisplay(number) => PairingQuestion::PasskeyDisplay(number),
            bluetooth::PairingQuestion::PasskeyEntry(mut reply) => {
                tokio::spawn(async move {
                    let number = match answer_or_gone(answered, &mut reply).await {
                        Some(PairingAnswer::Number(number)) => Some(number),
                        _ => None,
                    };
                    let _ = reply.send(number);
                });
                PairingQuestion::PasskeyEntry
            }
        };
        let answer = Arc::new(Mutex::new(Some(answer)));
        let _ = self.tell.send(Event::Pairing(Pairing { question, answer }));
    }

    pub fn hear_radio(&mut self, now: Instant, event: RadioEvent) {
        match event {
            RadioEvent::State(state) => {
                let ready = matches!(state, RadioState::Ready(_));
                self.radio = state;
                self.showing.now();
                if ready {
                    if let Some(radio) = &self.real {
                        self.ask_radio(radio, |radio| {
                            Box::pin(async move { RadioReply::Adapters(radio.adapters().await) })
                        });
                    }
                    if self.lost.as_ref().is_some_and(|lost| !lost.was.id.is_simulated()) {
                        self.reconnect(now);
                    }
                } else if self.live.as_ref().is_some_and(|live| !live.id.is_simulated()) {
                    self.lose(now);
                }
            }
            RadioEvent::Seen { id, advertisement, rssi } => {
                let known = self.sightings.get(&id);
                let new = known.is_none_or(|known| known.advertisement != advertisement);
                if new {
                    self.showing.soon()
                } else {
                    self.showing.slowly()
                }
                let recognition = match known {
                    Some(known) if !new => known.recognition.clone(),
                    _ => self.recognise(&advertisement),
                };
                let rssi = rssi.or(known.and_then(|known| known.rssi));
                self.sightings.insert(id, Sighting { advertisement, rssi, recognition });
            }
            RadioEvent::Gone(id) => {
                self.sightings.remove(&id);
                self.showing.slowly();
            }
        }
    }

    fn recognise(&self, advertisement: &Advertisement) -> Option<(Recognition, Trust)> {
        // A later map of the same id stands for the earlier one.
        let shadowed = |index: usize| self.maps[index + 1..].iter().any(|later| later.id == self.maps[index].id);
        let maps = self.maps.iter().enumerate().filter(|(index, _)| !shadowed(*index)).map(|(_, map)| map);
        massager::best(maps, advertisement).map(|(map, recognition)| (recognition, map.trust))
    }

    pub fn recognise_all(&mut self) {
        let all: Vec<_> =
            self.sightings.iter().map(|(id, sighting)| (id.clone(), self.recognise(&sighting.advertisement))).collect();
        for (id, recognition) in all {
            if let Some(sighting) = self.sightings.get_mut(&id) {
                sighting.recognition = recognition;
            }
        }
    }

    pub fn radio_replied(&mut self, _now: Instant, ask_radio: RadioReply) {
        self.showing.now();
        match ask_radio {
            RadioReply::Searched(Ok(())) | RadioReply::Chosen(Ok(())) | RadioReply::Forgotten(_, Ok(())) => {}
            // The radio's state says it already, and stays.
            RadioReply::Searched(Err(_)) if !matches!(self.radio, RadioState::Ready(_)) => {}
            RadioReply::Searched(Err(error)) | RadioReply::Chosen(Err(error)) => {
                self.say(Weight::Problem, error.to_string())
            }
            RadioReply::Forgotten(id, Err(error)) => {
                tracing::info!(massager = %id, %error, "the system keeps its memory of it");
            }
            RadioReply::Adapters(Ok(adapters)) => self.adapters = adapters,
            RadioReply::Adapters(Err(error)) => tracing::info!(%error, "no list of adapters"),
        }
    }
}

/// The person's answer; nothing where the dialog was closed or nobody waits for it any more.
async fn answer_or_gone<T>(
    answered: oneshot::Receiver<PairingAnswer>,
    reply: &mut oneshot::Sender<T>,
) -> Option<PairingAnswer> {
    tokio::select! {
        answer = answered => answer.ok(),
        () = reply.closed() => None,
    }
}
