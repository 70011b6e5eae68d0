//! Which massager is in use: searching, connecting, forgetting, and ending a connection in good order.
//!
//! Belongs here: the decisions. The tries themselves are made in `connecting`.
//!
//! Several massagers can be connected, and one is in use. Connecting to another one sets the one in use aside: it is
//! stopped and stays connected. Connecting to one that was set aside takes it into use again, at once.

use std::sync::Arc;
use std::time::Instant;

use futures::future::FutureExt;

use super::connecting::{Connecting, PAIRING, Way};
use super::session::Live;
use super::task::{Closing, Engine, RadioReply, Then};
use super::{Event, Pairing, PairingQuestion, Remembered, Weight};
use crate::bluetooth::MassagerId;
use crate::massager::{self, DeviceMap, Trust};
use crate::player::{Player, Rules};

impl Engine {
    pub fn search(&mut self, now: Instant, on: bool) {
        self.hear_real();
        if on && self.searching.is_none() {
            // What was seen before may have gone since.
            self.sightings.clear();
        }
        self.searching = on.then_some(self.searching.unwrap_or(now));
        for radio in self.real.iter().chain([&self.simulated]) {
            self.ask_radio(radio, move |radio| radio.search(on).map(RadioReply::Searched).boxed());
        }
    }

    /// Begins to listen to the computer's own radio: not before it is needed, for it costs time at the start.
    pub fn hear_real(&mut self) {
        if let (Some(radio), None) = (&self.real, &self.real_events) {
            self.real_events = Some(radio.events());
            self.ask_radio(radio, |radio| radio.adapters().map(RadioReply::Adapters).boxed());
        }
    }

    pub fn is_in_use(&self, id: &MassagerId) -> bool {
        self.live.as_ref().is_some_and(|live| live.id == *id)
            || self.connecting.as_ref().is_some_and(|connecting| connecting.id == *id)
            || self.lost.as_ref().is_some_and(|lost| lost.was.id == *id)
    }

    pub fn connect(&mut self, now: Instant, id: MassagerId, map: Option<String>) {
        let same = |other: &Arc<DeviceMap>| map.as_ref().is_none_or(|map| other.id == *map);
        if self.closing.is_none() {
            if self.live.as_ref().is_some_and(|live| live.id == id && same(&live.map))
                || (self.lost.is_none()
                    && self.connecting.as_ref().is_some_and(|connecting| connecting.id == id && same(&connecting.map)))
            {
                return;
            }
            if self.lost.as_ref().is_some_and(|lost| lost.was.id == id && same(&lost.was.map)) {
                return self.reconnect(now);
            }
            if self.live.as_ref().is_some_and(|live| live.id != id) {
                self.then.push_back(Then::Connect(id, map));
                return self.begin_close(now, Closing::SetAside);
            }
        }
        if self.live.is_some() || self.connecting.is_some() || self.lost.is_some() || !self.hanging_up.is_empty() {
            return self.close(now, Then::Connect(id, map));
        }
        if let Some(index) = self.aside.iter().position(|live| live.id == id) {
            let live = self.aside.remove(index);
            if same(&live.map) {
                return self.take_into_use(now, live);
            }
            self.hang_up(now, live);
            return self.close(now, Then::Connect(id, map));
        }
        match self.map_for(&id, map) {
            Ok(map) => self.reach(now, id, map, Way::First),
            Err(text) => {
                self.say(Weight::Problem, text);
                self.fall_back(now);
            }
        }
    }

    /// Makes a connected massager the one that is played.
    pub fn take_into_use(&mut self, now: Instant, live: Live) {
        self.halt(now);
        (self.stop_unconfirmed, self.has_started) = (false, false);
        self.tried = self.is_tried(&live);
        let ceilings = live.map.channels.iter();
        let channels: Vec<_> =
            ceilings.map(|(channel, levels)| (*channel, *levels, self.ceiling(channel.mode))).collect();
        let rules = Rules { limits: self.limits, strength: self.strength };
        let speed = if live.id.is_simulated() { self.speed } else { 1.0 };
        self.player = Player::new(now, &channels, rules, speed);
        self.live = Some(live);
        self.showing.now();
    }

    /// Whether the person found the map right on a massager, or its authors did.
    pub fn is_tried(&self, live: &Live) -> bool {
        let known = self.remembered.get(&live.id).filter(|known| known.map == live.map.id);
        known.is_some_and(|known| known.tried) || live.map.trust == Trust::Verified
    }

    /// Remembers a massager that was connected.
    pub fn remember_live(&mut self, live: &Live, tried: bool) {
        let remembered = Remembered { name: live.name.clone(), map: live.map.id.clone(), tried };
        self.remember(live.id.clone(), remembered);
    }

    /// After a connection did not come about: takes the massager that was set aside last into use again.
    pub fn fall_back(&mut self, now: Instant) {
        if self.live.is_none()
            && self.lost.is_none()
            && let Some(live) = self.aside.pop()
        {
            self.take_into_use(now, live);
        }
    }

    /// Ends the connection to a massager that was set aside.
    pub fn release(&mut self, now: Instant, id: &MassagerId) {
        if let Some(index) = self.aside.iter().position(|live| live.id == *id) {
            let live = self.aside.remove(index);
            self.hang_up(now, live);
        }
    }

    /// Ends a connection; the massager stands still, or was told to many times.
    fn hang_up(&mut self, now: Instant, mut live: Live) {
        if live.writer.may_move() {
            live.writer.stop(now);
            live.pump(now, &mut self.tracer);
        }
        self.hanging_up.push(live.hang_up());
        self.showing.now();
    }

    /// The map to connect with: the one given, remembered or recognised for certain.
    fn map_for(&self, id: &MassagerId, map: Option<String>) -> Result<Arc<DeviceMap>, String> {
        let by_id = |id: &str| self.maps.iter().rev().find(|map| map.id == id).cloned();
        if let Some(map) = map {
            return by_id(&map).ok_or_else(|| format!("There is no device map “{map}”. Choose another one."));
        }
        if let Some(map) = self.remembered.get(id).and_then(|remembered| by_id(&remembered.map)) {
            return Ok(map);
        }
        if id.is_simulated() {
            return by_id(massager::REFERENCE)
                .ok_or_else(|| "The device map of the simulated massager is gone.".into());
        }
        match self.sightings.get(id).and_then(|sighting| sighting.recognition.as_ref()) {
            Some((recognition, _)) if recognition.certain => {
                by_id(&recognition.map).ok_or_else(|| "Its device map is gone. Choose another one.".into())
            }
            Some(_) => Err("Several products look like this one. Confirm the device map first.".into()),
            None => Err("This massager is not recognised. Choose a device map for it.".into()),
        }
    }

    /// Begins to connect.
    pub fn reach(&mut self, now: Instant, id: MassagerId, map: Arc<DeviceMap>, way: Way) {
        if !id.is_simulated() {
            self.hear_real();
        }
        let Some(radio) = self.radio_of(&id) else {
            return self.say(Weight::Problem, crate::bluetooth::Error::NoAdapter.to_string());
        };
        let name = self.name_of(&id);
        self.connecting = Some(Connecting::new(radio, id, name, map, way, now));
        self.showing.now();
    }

    /// Looks for the massager that was lost, from now on.
    pub fn reconnect(&mut self, now: Instant) {
        if let Some(lost) = &self.lost {
            let (id, map) = (lost.was.id.clone(), lost.was.map.clone());
            self.reach(now, id, map, Way::Again);
        }
    }

    pub fn renew(&mut self, now: Instant, id: MassagerId) {
        match self.map_for(&id, None) {
            Ok(map) => self.close(now, Then::Renew(id, map)),
            Err(text) => self.say(Weight::Problem, text),
        }
    }

    pub fn forget(&mut self, id: MassagerId) {
        if self.remembered.remove(&id).is_some() {
            let _ = self.tell.send(Event::Remember(id.clone(), None));
        }
        if let Some(radio) = self.radio_of(&id) {
            self.ask_radio(&radio, move |radio| {
                radio.forget(id.clone()).map(|outcome| RadioReply::Forgotten(id, outcome)).boxed()
            });
        }
    }

    pub fn close_and_forget_orders(&mut self, now: Instant) {
        // Who disconnects does not want what was to follow an earlier end, but a quit stays a quit.
        self.then.retain(|then| matches!(then, Then::Quit(_)));
        self.begin_close(now, Closing::HangUp);
    }

    /// Ends the connection, stopping first, and does something then.
    pub fn close(&mut self, now: Instant, then: Then) {
        self.then.push_back(then);
        self.begin_close(now, Closing::HangUp);
    }

    fn begin_close(&mut self, now: Instant, how: Closing) {
        self.stop(now);
        self.give_up();
        self.lost = None;
        self.closing = Some(how);
        self.showing.now();
    }

    /// Gives up connecting.
    fn give_up(&mut self) {
        if self.connecting.take().is_some_and(|connecting| connecting.doing == PAIRING) {
            self.pairing_over();
        }
    }

    /// No question of a massager is open any more.
    pub fn pairing_over(&self) {
        let answer = Arc::default();
        let _ = self.tell.send(Event::Pairing(Pairing { question: PairingQuestion::Over, answer }));
    }

    /// Lets go of the massager in use once it stands still, or cannot be brought to it, and goes on with what was to
    /// follow.
    pub fn close_when_still(&mut self, now: Instant) {
        let Some(how) = self.closing else { return };
        if let Some(live) = self.live.take_if(|live| !live.writer.is_stopping()) {
            match how {
                Closing::SetAside => self.aside.push(live),
                Closing::HangUp => self.hang_up(now, live),
            }
            self.showing.now();
        }
        if self.live.is_some() {
            return;
        }
        if self.then.iter().any(|then| matches!(then, Then::Quit(_))) {
            for live in std::mem::take(&mut self.aside) {
                self.hang_up(now, live);
            }
        }
        if !self.hanging_up.is_empty() {
            return;
        }
        self.closing = None;
        self.showing.now();
        let then = std::mem::take(&mut self.then);
        if then.is_empty() {
            self.fall_back(now);
        }
        for then in then {
            match then {
                Then::Connect(id, map) => self.connect(now, id, map),
                Then::Forget(id) => {
                    self.forget(id);
                    self.fall_back(now);
                }
                Then::Renew(id, map) => self.reach(now, id, map, Way::Renew),
                Then::Quit(done) => {
                    self.over = true;
                    self.tracer.flush();
                    self.showing.now();
                    if let Some(done) = done {
                        let _ = done.send(());
                    }
                }
            }
        }
    }
}
