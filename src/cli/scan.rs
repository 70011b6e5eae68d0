//! `svang scan`: the massagers in reach.

use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use serde_json::json;
use tokio::sync::oneshot;

use super::frames::hex;
use super::massagers::trust;
use super::{Error, Outcome, Surroundings};
use crate::bluetooth::RadioState;
use crate::engine::{self, Command, Event, Found, State};
use crate::i18n::Words;
use crate::massager::Recognition;
use crate::massager::{Advertisement, short_identifier};
use crate::signals::Interrupt;
use crate::store::Store;

/// Looks for massagers in reach
#[derive(Debug, Args)]
#[command(long_about = "Looks for massagers in reach.\n\nPrints one massager a line, recognised ones first, then the \
    strongest: its id, its name, its signal in dBm, and the device map that fits, with the reason. Below it stands what \
    it says of itself: services and manufacturer data, as a device map recognises it by. Ctrl-C ends the search early.")]
pub struct Scan {
    /// How long to look
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=600))]
    seconds: u64,
    /// Prints JSON, one object a massager
    #[arg(long)]
    json: bool,
}

impl Scan {
    pub(super) async fn run(self, to: &mut Surroundings<'_>) -> Result<Outcome, Error> {
        let store = Store::read(to.folders.clone());
        to.warn_of(&store);
        let real = to.real_radio(&store);
        let mut interrupts = (to.interrupts)();
        let (engine, mut events) = engine::start(store.engine(real, Arc::clone(&to.simulated), "svang scan"));
        engine.send(Command::Search(true));
        let mut state = None;
        let end = tokio::time::sleep(Duration::from_secs(self.seconds));
        tokio::pin!(end);
        let outcome = loop {
            tokio::select! {
                interrupt = interrupts.recv() => match interrupt {
                    // Nothing moves while searching.
                    Some(Interrupt::Suspend) => (to.suspend)(),
                    Some(Interrupt::End) | None => break Outcome::Interrupted,
                },
                () = &mut end => break Outcome::Done,
                event = events.recv() => match event {
                    Some(Event::State(now)) => {
                        let radio = now.radio.clone();
                        state = Some(now);
                        if matches!(radio, RadioState::Off | RadioState::Unavailable(_)) {
                            break Outcome::CannotStart;
                        }
                    }
                    Some(Event::Notice(notice)) => {
                        let text = to.words.fact(&notice.fact);
                        to.warn(format_args!("{text}"));
                    },
                    Some(_) => {}
                    None => break Outcome::CannotStart,
                },
            }
        };
        let (done, quit) = oneshot::channel();
        engine.send(Command::Quit(done));
        let _ = quit.await; // An engine that ended already is as good.
        if let Some(state) = state {
            self.show(&state, to)?;
        }
        Ok(outcome)
    }

    fn show(&self, state: &State, to: &mut Surroundings<'_>) -> Result<(), Error> {
        match &state.radio {
            RadioState::Off => {
                let why = to.words.fact(&crate::bluetooth::Error::Off);
                to.warn(format_args!("{why}"));
            }
            RadioState::Unavailable(why) => {
                let why = to.words.fact(why);
                to.warn(format_args!("{why}"));
            }
            RadioState::Starting | RadioState::Ready(_) => {}
        }
        let mut all: Vec<&Found> = state.found.iter().collect();
        // They come with the strongest first.
        all.sort_by_key(|found| (found.id.is_simulated(), rank(found)));
        if self.json {
            let found: Vec<_> = all.into_iter().map(as_json).collect();
            return to.say(format_args!("{}", serde_json::Value::from(found)));
        }
        for found in all {
            let name = if found.name == found.id.0 { "(no name)" } else { &found.name };
            let signal = found.rssi.map_or_else(|| "-".to_owned(), |rssi| format!("{rssi} dBm"));
            let known = if found.known { ", connected before" } else { "" };
            let fit = match &found.recognition {
                None => "not recognised".to_owned(),
                Some((recognition, map_trust)) => {
                    let perhaps = if recognition.certain { "" } else { "perhaps " };
                    format!("{perhaps}{} ({}; {})", recognition.map, trust(*map_trust), signs(&to.words, recognition))
                }
            };
            to.say(format_args!("{}  {name}  {signal}  {fit}{known}", found.id))?;
            if let Some(said) = said(&found.advertisement) {
                to.say(format_args!("    {said}"))?;
            }
        }
        Ok(())
    }
}

/// What fits: `name fits “FM-08…”, service FFF0`.
pub(super) fn signs(words: &Words, recognition: &Recognition) -> String {
    recognition.why.iter().map(|sign| words.fact(sign)).collect::<Vec<_>>().join(", ")
}

/// Those recognised for certain come first, then those that may be something.
fn rank(found: &Found) -> u8 {
    match &found.recognition {
        Some((recognition, _)) if recognition.certain => 0,
        Some(_) => 1,
        None if found.known => 1,
        None => 2,
    }
}

/// What a massager says of itself, beside its name.
fn said(advertisement: &Advertisement) -> Option<String> {
    let services: Vec<_> = advertisement.services.iter().map(|service| short_identifier(*service)).collect();
    let data = advertisement.manufacturer_data.iter().map(|(maker, data)| format!("{maker:04X}: {}", hex(data)));
    let data: Vec<_> = data.collect();
    let parts: Vec<_> = [("services ", services), ("manufacturer data ", data)]
        .into_iter()
        .filter(|(_, parts)| !parts.is_empty())
        .map(|(what, parts)| what.to_owned() + &parts.join(", "))
        .collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

fn as_json(found: &Found) -> serde_json::Value {
    let recognition = found.recognition.as_ref();
    let said = &found.advertisement;
    let data = said.manufacturer_data.iter().map(|(maker, data)| (format!("{maker:04X}"), hex(data)));
    json!({
        "id": found.id.to_string(),
        "name": found.name,
        "rssi": found.rssi,
        "map": recognition.map(|(recognition, _)| &recognition.map),
        "certain": recognition.map(|(recognition, _)| recognition.certain),
        "why": recognition.map(|(recognition, _)| signs(&Words::english(), recognition)),
        "status": recognition.map(|(_, trust)| format!("{trust:?}")),
        "known": found.known,
        "services": said.services.iter().map(|service| short_identifier(*service)).collect::<Vec<_>>(),
        "manufacturer_data": data.collect::<std::collections::BTreeMap<_, _>>(),
    })
}
