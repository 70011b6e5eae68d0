//! What radios say, and what massagers ask while pairing.
//!
//! Belongs here: who is in reach, the radio's state, and passing questions on to the person. What a connected massager
//! says does not.

use std::sync::{Arc, Mutex};
use std::time::Instant;

use tokio::sync::oneshot;

use super::task::{Engine, RadioReply, Sighting};
use super::{Event, Pairing, PairingAnswer, PairingQuestion, Weight};
use crate::bluetooth::{self, RadioEvent, RadioState};
use crate::massager::{self, Advertisement, Recognition, Trust};

impl Engine {
    /// Puts a question of the massager to the person.
    pub fn ask(&mut self, question: bluetooth::PairingQuestion) {
        let (answer, answered) = oneshot::channel();
        let question = match question {
            bluetooth::PairingQuestion::NumericComparison(number, mut reply) => {
                tokio::spawn(async move {
                    let yes = matches!(answer_or_gone(answered, &mut reply).await, Some(PairingAnswer::Yes));
                    let _ = reply.send(yes);
                });
                PairingQuestion::NumericComparison(number)
            }
            bluetooth::PairingQuestion::OffersKeyboard(mut reply) => {
                tokio::spawn(async move {
                    let yes = matches!(answer_or_gone(answered, &mut reply).await, Some(PairingAnswer::Yes));
                    let _ = reply.send(yes);
                });
                PairingQuestion::OffersKeyboard
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
        self.tell.send(Event::Pairing(Pairing { question, answer }));
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
                    if self.in_use.as_ref().is_some_and(|session| !session.id.is_simulated()) {
                        self.reconnect(now);
                    }
                } else if self
                    .in_use
                    .as_ref()
                    .is_some_and(|session| session.live().is_some() && !session.id.is_simulated())
                {
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

    pub fn radio_replied(&mut self, reply: RadioReply) {
        self.showing.now();
        match reply {
            RadioReply::Searched(Ok(())) | RadioReply::Chosen(Ok(())) | RadioReply::Forgotten(_, Ok(())) => {}
            // The radio's state says it already, and stays.
            RadioReply::Searched(Err(_)) if !matches!(self.radio, RadioState::Ready(_)) => {}
            RadioReply::Searched(Err(error)) | RadioReply::Chosen(Err(error)) => self.say(Weight::Problem, error),
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
