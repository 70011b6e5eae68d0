//! Which massager a session plays on: the one whose id was said, or the only one of its name.

use std::time::Duration;

use tokio::time::Instant;

use super::{Phase, Session};
use crate::bluetooth::{self, MassagerId, RadioState};
use crate::cli::Outcome;
use crate::cli::play::session::asking::Asking;
use crate::cli::scan::signs;
use crate::engine::{Command, Found, State};
use crate::say;
use crate::text;

/// How long a massager may take to appear.
pub(super) const APPEARS_WITHIN: Duration = Duration::from_secs(30);

/// How long after a massager of the wanted name another one may appear. Most advertise once a second or more often.
const ANOTHER_WITHIN: Duration = Duration::from_secs(2);

impl Session<'_> {
    /// Looks for the massager to play on among those in reach; an outcome ends the session.
    pub(super) fn look(&mut self, state: &State) -> Option<Outcome> {
        match &state.radio {
            RadioState::Off => return Some(self.fail(&bluetooth::Error::Off)),
            RadioState::Unavailable(why) => return Some(self.fail(why)),
            RadioState::Starting | RadioState::Ready(_) => {}
        }
        if !matches!(self.asking, Asking::Nothing) {
            return None;
        }
        if let Some(found) = state.found.iter().find(|found| found.id.0.eq_ignore_ascii_case(&self.massager)) {
            return self.take(found.clone());
        }
        // Whoever advertises an id as its name is not the one.
        if self.is_an_id() {
            return None;
        }
        let name = text::name(&self.massager);
        let of_name: Vec<_> = state.found.iter().filter(|found| Some(&found.name) == name.as_ref()).collect();
        let first = *of_name.first()?;
        let since = *self.matched.get_or_insert_with(Instant::now);
        if of_name.len() == 1 && since.elapsed() < ANOTHER_WITHIN {
            return None;
        }
        let mut ids: Vec<_> = of_name.iter().map(|found| &found.id).collect();
        // A stranger of the same name is not the one that was connected before.
        let known = &self.store.known.value().massagers;
        if !of_name.iter().any(|found| found.known) {
            ids.extend(known.iter().filter(|(_, known)| Some(&known.name) == name.as_ref()).map(|(id, _)| id));
        }
        if ids.len() == 1 {
            let found = first.clone();
            return self.take(found);
        }
        let ids: Vec<_> = ids.iter().map(|id| self.described(state, id)).collect();
        let ids = ids.join(", ");
        let told = say!(self.words, "cli-several", name = &self.massager, ids = ids);
        self.screen.warn(format_args!("{told}"));
        Some(Outcome::CannotStart)
    }

    /// When to look again although nothing was heard.
    pub(super) fn looks_again_at(&self) -> Option<Instant> {
        self.matched.map(|since| since + ANOTHER_WITHIN)
    }

    fn described(&self, state: &State, id: &MassagerId) -> String {
        match state.found.iter().find(|found| found.id == *id).map(|found| (found.known, found.rssi)) {
            Some((true, _)) => say!(self.words, "cli-known", id = id.to_string()),
            Some((false, Some(rssi))) => format!("{id} ({rssi} dBm)"),
            Some((false, None)) => id.to_string(),
            None => say!(self.words, "cli-known-away", id = id.to_string()),
        }
    }

    /// Whether the wanted massager was said by its id: one that is known, or a Bluetooth address.
    fn is_an_id(&self) -> bool {
        let known = self.store.known.value().massagers.keys().any(|id| id.0.eq_ignore_ascii_case(&self.massager));
        let parts: Vec<_> = self.massager.split(':').collect();
        let pair = |part: &&str| part.len() == 2 && part.bytes().all(|digit| digit.is_ascii_hexdigit());
        known || (parts.len() == 6 && parts.iter().all(pair))
    }

    fn take(&mut self, found: Found) -> Option<Outcome> {
        if self.play.map.is_none() && !found.known {
            let Some((recognition, _)) = &found.recognition else {
                let told = say!(self.words, "cli-not-recognised", name = &found.name);
                self.screen.warn(format_args!("{told}"));
                return Some(Outcome::CannotStart);
            };
            if !recognition.certain && !self.play.yes {
                let signs = signs(&self.words, recognition);
                let fact = say!(self.words, "cli-may-be", name = &found.name, map = &recognition.map, signs = signs);
                let question = say!(self.words, "cli-is-it-yours");
                let argument = say!(self.words, "cli-map-or-yes");
                return self.ask(&fact, &question, &argument, Asking::Map(found.id));
            }
        }
        self.connect(found.id);
        None
    }

    pub(super) fn connect(&mut self, id: MassagerId) {
        self.phase = Phase::Connecting;
        self.engine.send(Command::Connect(id, self.play.map.clone()));
    }
}
