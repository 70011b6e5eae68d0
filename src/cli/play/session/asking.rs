//! What the person is asked while a session runs, and what a typed line means.

use super::{Phase, Session};
use crate::bluetooth::MassagerId;
use crate::cli::Outcome;
use crate::engine::{Activity, Command, Pairing, PairingAnswer, PairingQuestion};
use crate::massager::DeviceMap;
use crate::say;

/// What the next line that the person types is about.
pub(super) enum Asking {
    Nothing,
    /// Whether a device map that fits by name only is right.
    Map(MassagerId),
    /// Whether a device map may write where other massagers update their firmware.
    Firmware(MassagerId, u64),
    /// Whether to play without what the massager lacks.
    Without,
    /// Whether to go on although the day's limit is reached.
    MoreToday,
    Pairing(Pairing),
}

impl Session<'_> {
    /// Asks the person, or says which argument would have answered.
    pub(super) fn ask(&mut self, fact: &str, question: &str, argument: &str, about: Asking) -> Option<Outcome> {
        if !self.screen.is_live() {
            self.screen.warn(format_args!("{fact} {}", say!(self.words, "cli-to-go-on", argument = argument)));
            return Some(Outcome::CannotStart);
        }
        self.screen.say(format_args!("{fact} {question} {}", say!(self.words, "cli-yes-or-no")));
        self.asking = about;
        None
    }

    /// Asks about a map that writes where other massagers update their firmware.
    pub(super) fn ask_about_firmware(&mut self, id: MassagerId, map: &DeviceMap) -> Option<Outcome> {
        if self.play.yes {
            self.engine.send(Command::Agree(map.fingerprint));
            self.connect(id);
            return None;
        }
        let places: Vec<String> = map
            .asks_first()
            .iter()
            .map(|place| format!("{} ({})", place.characteristic, self.words.fact(place.why)))
            .collect();
        let places = self.words.list(places);
        let fact = say!(self.words, "cli-firmware", map = &map.name, places = &places);
        let question = say!(self.words, "cli-firmware-question");
        let about = Asking::Firmware(id, map.fingerprint);
        self.ask(&fact, &question, "--yes", about)
    }

    pub(super) fn ask_pairing(&mut self, pairing: Pairing) {
        match pairing.question {
            PairingQuestion::NumericComparison(number) => {
                self.ask_while_pairing(&say!(self.words, "cli-pairing-same", number = format!("{number:06}")));
            }
            PairingQuestion::OffersKeyboard => {
                self.ask_while_pairing(&say!(self.words, "cli-pairing-keyboard"));
            }
            PairingQuestion::PasskeyDisplay(number) => {
                return self
                    .screen
                    .say(format_args!("{}", say!(self.words, "cli-pairing-type", number = format!("{number:06}"))));
            }
            PairingQuestion::PasskeyEntry => {
                self.screen.say(format_args!("{}", say!(self.words, "cli-pairing-which")));
            }
            PairingQuestion::Over => {
                if matches!(self.asking, Asking::Pairing(_)) {
                    self.asking = Asking::Nothing;
                }
                return;
            }
        }
        if self.screen.is_live() {
            self.asking = Asking::Pairing(pairing);
        } else {
            self.screen.warn(format_args!("{}", say!(self.words, "cli-pairing-nobody")));
            give(&pairing, PairingAnswer::No);
        }
    }

    fn ask_while_pairing(&mut self, question: &str) {
        self.screen.say(format_args!("{question} {}", say!(self.words, "cli-yes-or-no")));
    }

    /// Takes in a line that the person typed.
    pub(super) fn answer(&mut self, line: &str) -> Option<Outcome> {
        let yes = ["y", "yes", "j", "ja"].contains(&line.to_lowercase().as_str());
        match std::mem::replace(&mut self.asking, Asking::Nothing) {
            Asking::Map(id) if yes => self.connect(id),
            Asking::Firmware(id, fingerprint) if yes => {
                self.engine.send(Command::Agree(fingerprint));
                self.connect(id);
            }
            Asking::Without if yes => return self.begin(),
            Asking::MoreToday if yes => {
                self.allow_more_today();
                match self.phase {
                    Phase::Playing { .. } => self.engine.send(Command::Resume),
                    Phase::Looking | Phase::Connecting => self.start_playing(),
                }
            }
            Asking::MoreToday if matches!(self.phase, Phase::Playing { .. }) => return Some(Outcome::Problems),
            Asking::Map(_) | Asking::Firmware(..) | Asking::Without | Asking::MoreToday => {
                return Some(Outcome::CannotStart);
            }
            Asking::Pairing(pairing) => {
                let answer = match pairing.question {
                    PairingQuestion::PasskeyEntry => line.parse().map_or(PairingAnswer::No, PairingAnswer::Number),
                    _ if yes => PairingAnswer::Yes,
                    _ => PairingAnswer::No,
                };
                give(&pairing, answer);
            }
            Asking::Nothing => self.toggle_pause(),
        }
        None
    }

    fn toggle_pause(&mut self) {
        if let Some(Activity::Profile { paused, .. }) = self.state.as_ref().map(|state| &state.activity) {
            let order = if paused.is_some() { Command::Resume } else { Command::Pause };
            self.engine.send(order);
        }
    }
}

fn give(pairing: &Pairing, answer: PairingAnswer) {
    let sender = pairing.answer.lock().ok().and_then(|mut answer| answer.take());
    if let Some(sender) = sender {
        let _ = sender.send(answer); // Whoever asked may have given up.
    }
}
