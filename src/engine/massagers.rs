//! Which massager is in use: searching, connecting, forgetting, and letting go of one in good order.
//!
//! Belongs here: the decisions. The tries themselves are made in `connecting`.
//!
//! Several massagers can be connected, and one is in use. Connecting to another one sets the one in use aside: it is
//! stopped and stays connected. Connecting to one that was set aside takes it into use again, at once. One that is let
//! go of is first stopped, and where its link is gone, reached again for that: for [`ENDS_WITHIN`] at most.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures::future::FutureExt;
use tokio::sync::oneshot;

use super::connecting::{Connecting, Ready, Way};
use super::live::{Before, Live};
use super::session::{ENDS_WITHIN, Lost, Phase, Session};
use super::task::{Engine, Quit, RadioReply, Then};
use super::told::{Doing, Told};
use super::{Event, Pairing, PairingQuestion, Remembered, Weight};
use crate::bluetooth::{Error, MassagerId};
use crate::massager::{self, DeviceMap, Trust};
use crate::player::Player;
use crate::watchdog::Lease;
use crate::writer::WriterEvent;

/// How long the end waits for connections to be hung up: long enough for the order to be on its way. BlueZ takes 2 s to
/// carry it out, and does so whether anybody waits or not.
const HANGS_UP_WITHIN: Duration = Duration::from_millis(200);

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

    pub fn connect(&mut self, now: Instant, id: MassagerId, map: Option<String>) {
        self.drop_plans();
        let same = |session: &Session| session.id == id && map.as_ref().is_none_or(|map| session.map.id == *map);
        match &self.in_use {
            Some(session) if same(session) && session.is_lost() => return self.reconnect(now),
            Some(session) if same(session) => return,
            Some(session) if session.id == id => self.end_in_use(now),
            Some(_) => self.set_aside(now),
            None => {}
        }
        if let Some(index) = self.others.iter().position(|other| other.ending.is_none() && other.id == id) {
            let session = self.others.remove(index);
            if same(&session) && session.live().is_some() {
                self.waiting.clear();
                return self.take_into_use(now, session);
            }
            self.end(now, session);
        }
        if self.is_known_to(&id) {
            return self.then.push_back(Then::Connect(id, map));
        }
        match self.map_for(&id, map) {
            Ok(map) => self.reach(now, id, map, Way::First),
            Err(text) => {
                self.say(Weight::Problem, text);
                self.fall_back(now);
            }
        }
    }

    /// The person wants another massager now than before.
    fn drop_plans(&mut self) {
        self.then.retain(|then| matches!(then, Then::Forget(_)));
    }

    /// Whether Svang still deals with a massager.
    fn is_known_to(&self, id: &MassagerId) -> bool {
        self.sessions().any(|session| session.id == *id) || self.leaving.contains(id)
    }

    /// Makes a connected massager the one that is played.
    pub fn take_into_use(&mut self, now: Instant, session: Session) {
        self.halt(now);
        let speed = if session.id.is_simulated() { self.speed } else { 1.0 };
        let channels = session.map.channels.clone();
        self.in_use = Some(session);
        let channels: Vec<_> =
            channels.into_iter().map(|(channel, levels)| (channel, levels, self.ceiling(channel.mode))).collect();
        self.player = Player::new(now, &channels, self.rules(), speed);
        self.showing.now();
    }

    /// Whether the person found the map right on a massager, or its authors did.
    pub fn is_tried(&self, session: &Session) -> bool {
        let known = self.known_map(&session.id, &session.map);
        known.is_some_and(|known| known.tried) || session.map.trust == Trust::Verified
    }

    /// What is remembered of a massager with just this map.
    fn known_map(&self, id: &MassagerId, map: &DeviceMap) -> Option<&Remembered> {
        self.remembered.get(id).filter(|known| known.map == map.id && known.fingerprint == map.fingerprint)
    }

    /// Whether the person agreed to where a map writes, or nobody needs to.
    fn is_agreed(&self, id: &MassagerId, map: &DeviceMap) -> bool {
        map.asks_first().is_empty()
            || self.agreed.contains(&map.fingerprint)
            || self.known_map(id, map).is_some_and(|known| known.agreed)
    }

    /// After a massager in use is gone: takes the one that was set aside last into use again.
    pub fn fall_back(&mut self, now: Instant) {
        if self.in_use.is_some() || self.quit.is_some() || !self.then.is_empty() {
            return;
        }
        let aside = |other: &Session| other.ending.is_none() && other.live().is_some();
        if let Some(index) = self.others.iter().rposition(aside) {
            let session = self.others.remove(index);
            self.waiting.clear(); // It was asked of another massager.
            self.take_into_use(now, session);
        }
    }

    /// Stops the massager in use, and keeps it connected.
    fn set_aside(&mut self, now: Instant) {
        self.stop(now);
        let Some(mut session) = self.in_use.take() else { return };
        if session.live().is_some() {
            session.has_started = false;
            self.others.push(session);
        } else {
            self.end(now, session);
        }
        self.showing.now();
    }

    /// Stops the massager in use, and lets go of it once it stands still.
    pub fn end_in_use(&mut self, now: Instant) {
        self.stop(now);
        if let Some(session) = self.in_use.take() {
            self.end(now, session);
        }
    }

    /// Lets go of a massager once it stands still.
    fn end(&mut self, now: Instant, mut session: Session) {
        self.showing.now();
        if let Phase::Connecting(connecting) = &session.phase {
            if connecting.doing == Doing::Pairing {
                self.pairing_over();
            }
            return;
        }
        if let Some(live) = session.live_mut() {
            live.writer.give_up_opening();
            if live.writer.may_move() {
                live.stop(now, &mut self.tracer);
            }
        }
        session.ending = Some(now + ENDS_WITHIN);
        self.others.push(session);
    }

    /// Ends the connection to a massager that was set aside.
    pub fn release(&mut self, now: Instant, id: &MassagerId) {
        if let Some(index) = self.others.iter().position(|other| other.ending.is_none() && other.id == *id) {
            let session = self.others.remove(index);
            self.end(now, session);
        }
    }

    /// Ends a connection; the massager stands still, or was told to many times.
    pub fn hang_up(&mut self, id: MassagerId, live: Live) {
        let mut hanging_up = live.hang_up();
        // The first look sends the order on its way.
        if (&mut hanging_up).now_or_never().is_none() {
            self.leaving.push(id.clone());
            self.hanging_up.push(hanging_up.map(move |outcome| (id, outcome)).boxed());
        }
        self.showing.now();
    }

    /// The map to connect with: the one given, remembered or recognised for certain.
    fn map_for(&self, id: &MassagerId, map: Option<String>) -> Result<Arc<DeviceMap>, Told> {
        let by_id = |id: &str| self.maps.iter().rev().find(|map| map.id == id).cloned();
        if let Some(map) = map {
            return by_id(&map).ok_or(Told::NoMap(map));
        }
        if let Some(map) = self.remembered.get(id).and_then(|remembered| by_id(&remembered.map)) {
            return Ok(map);
        }
        if id.is_simulated() {
            return by_id(massager::REFERENCE).ok_or(Told::NoSimulatedMap);
        }
        match self.sightings.get(id).and_then(|sighting| sighting.recognition.as_ref()) {
            Some((recognition, _)) if recognition.certain => by_id(&recognition.map).ok_or(Told::MapGone),
            Some(_) => Err(Told::SeveralFit),
            None => Err(Told::NotRecognised),
        }
    }

    /// Begins to connect.
    pub fn reach(&mut self, now: Instant, id: MassagerId, map: Arc<DeviceMap>, way: Way) {
        if !self.is_agreed(&id, &map) {
            self.tell.send(Event::AsksFirst(id, map));
            return self.fall_back(now);
        }
        let lock = match &self.locks {
            Some(locks) if !id.is_simulated() => match locks(&id) {
                Ok(lock) => Some(lock),
                Err(why) => {
                    self.say(Weight::Problem, why);
                    return self.fall_back(now);
                }
            },
            _ => None,
        };
        if let Some(connecting) = self.try_to_reach(now, id, map, way) {
            self.halt(now);
            self.in_use = Some(Session::reaching(connecting, lock));
        }
        self.showing.now();
    }

    fn try_to_reach(&mut self, now: Instant, id: MassagerId, map: Arc<DeviceMap>, way: Way) -> Option<Connecting> {
        if !id.is_simulated() {
            self.hear_real();
        }
        let Some(radio) = self.radio_of(&id) else {
            self.say(Weight::Problem, Error::NoAdapter);
            return None;
        };
        let name = self.name_of(&id);
        Some(Connecting::new(radio, id, name, map, way, now))
    }

    /// Looks for the massager in use that was lost, once more from now on.
    pub fn reconnect(&mut self, now: Instant) {
        let Some(session) = self.in_use.as_ref().filter(|session| session.is_lost()) else { return };
        let (id, map) = (session.id.clone(), Arc::clone(&session.map));
        let connecting = self.try_to_reach(now, id, map, Way::Again);
        if let (Some(Phase::Lost(lost)), Some(connecting)) =
            (self.in_use.as_mut().map(|session| &mut session.phase), connecting)
        {
            lost.connecting = connecting;
        }
        self.showing.now();
    }

    /// From now on, a massager that was connected is reached again. Gives what was its live link.
    pub fn reach_again(&mut self, now: Instant, session: &mut Session, might_move: bool, way: Way) -> Option<Live> {
        let was = self.connected(session)?;
        let connecting = self.try_to_reach(now, session.id.clone(), Arc::clone(&session.map), way)?;
        self.showing.now();
        match std::mem::replace(&mut session.phase, Phase::Lost(Lost { was, since: now, might_move, connecting })) {
            Phase::Live(live) => Some(*live),
            Phase::Connecting(_) | Phase::Lost(_) => None,
        }
    }

    pub fn renew(&mut self, now: Instant, id: MassagerId) {
        self.drop_plans();
        match self.map_for(&id, None) {
            Ok(map) => {
                if self.in_use.as_ref().is_some_and(|session| session.id == id) {
                    self.end_in_use(now);
                } else if self.in_use.is_some() {
                    self.set_aside(now);
                }
                self.release(now, &id);
                self.then.push_back(Then::Renew(id, map));
            }
            Err(text) => self.say(Weight::Problem, text),
        }
    }

    pub fn forget(&mut self, now: Instant, id: MassagerId) {
        if self.in_use.as_ref().is_some_and(|session| session.id == id) {
            self.end_in_use(now);
        }
        self.release(now, &id);
        self.then.push_back(Then::Forget(id));
    }

    fn forget_now(&mut self, id: MassagerId) {
        if self.remembered.remove(&id).is_some() {
            self.tell.send(Event::Remember(id.clone(), None));
        }
        if let Some(radio) = self.radio_of(&id) {
            self.ask_radio(&radio, move |radio| {
                radio.forget(id.clone()).map(|outcome| RadioReply::Forgotten(id, outcome)).boxed()
            });
        }
    }

    /// Ends the connection of the massager in use. Who disconnects does not want what was to follow an earlier end.
    pub fn disconnect(&mut self, now: Instant) {
        self.drop_plans();
        self.end_in_use(now);
        self.fall_back(now);
    }

    /// Remembers a massager that was connected.
    pub fn remember_session(&mut self, session: &Session, tried: bool) {
        let map = &session.map;
        let agreed = !map.asks_first().is_empty() && self.is_agreed(&session.id, map);
        let (name, fingerprint) = (session.name.clone(), map.fingerprint);
        let remembered = Remembered { name, map: map.id.clone(), fingerprint, tried, agreed };
        self.remember(session.id.clone(), remembered);
    }

    /// Stops every massager, lets go of all, and ends the engine.
    pub fn quit(&mut self, now: Instant, done: Option<oneshot::Sender<()>>) {
        self.drop_plans();
        self.end_in_use(now);
        for session in std::mem::take(&mut self.others) {
            match session.ending {
                Some(_) => self.others.push(session),
                None => self.end(now, session),
            }
        }
        self.quit.get_or_insert(Quit { done: Vec::new(), hung_up_by: None }).done.extend(done);
    }

    /// No question of a massager is open any more.
    pub fn pairing_over(&self) {
        let answer = Arc::default();
        self.tell.send(Event::Pairing(Pairing { question: PairingQuestion::Over, answer }));
    }

    /// Hands over what is due to massagers that are not in use: nothing but stops that are not over yet.
    pub fn settle_others(&mut self, now: Instant) {
        for index in 0..self.others.len() {
            let other = &mut self.others[index];
            let name = other.name.clone();
            let ending = other.ending.is_some();
            let Some(live) = other.live_mut() else { continue };
            if live.beat(now) == Lease::Lost {
                live.writer.doubt_toggles();
                live.writer.stop(now);
            }
            live.pump(now, &mut self.tracer);
            for event in live.writer.take_events() {
                match event {
                    WriterEvent::Stopped => {
                        self.others[index].stop_unconfirmed = false;
                        self.left_unconfirmed.remove(&self.others[index].id);
                        self.showing.now();
                    }
                    WriterEvent::StopUnconfirmed => self.not_confirmed(index, &name, ending),
                    WriterEvent::Stuck => {
                        self.not_confirmed(index, &name, ending);
                        let mut session = self.others.remove(index);
                        self.relink(now, &mut session);
                        self.others.insert(index, session);
                        break;
                    }
                    _ => {}
                }
            }
        }
    }

    fn not_confirmed(&mut self, index: usize, name: &str, ending: bool) {
        if std::mem::replace(&mut self.others[index].stop_unconfirmed, true) {
            return;
        }
        let told = if ending { Told::NotConfirmed } else { Told::NotConfirmedOf(name.to_owned()) };
        self.say(Weight::Danger, told);
        self.showing.now();
    }

    /// An answer is missing, and only a new link takes another write: hangs up, and connects again to stop it.
    pub fn relink(&mut self, now: Instant, session: &mut Session) {
        if let Some(live) = self.reach_again(now, session, true, Way::Again) {
            self.hang_up(session.id.clone(), live);
        }
    }

    /// Lets go of massagers that stand still or cannot be brought to it, and goes on with what was to follow.
    pub fn let_go(&mut self, now: Instant) {
        let over = |other: &Session| {
            other.ending.is_some_and(|by| !other.awaits_stop() || by <= now)
                || other.ending.is_none() && other.is_lost() && !other.may_move()
        };
        while let Some(index) = self.others.iter().position(over) {
            let session = self.others.remove(index);
            if session.awaits_stop() {
                let told = session.stop_unconfirmed;
                self.left_unconfirmed.insert(session.id.clone());
                if !told {
                    self.say(Weight::Danger, Told::NotConfirmed);
                }
            }
            if let Phase::Live(live) = session.phase {
                self.hang_up(session.id, *live);
            }
            self.showing.now();
        }
        let waits = self.then.len();
        for then in std::mem::take(&mut self.then) {
            let (Then::Connect(id, _) | Then::Forget(id) | Then::Renew(id, _)) = &then;
            if self.is_known_to(id) {
                self.then.push_back(then);
                continue;
            }
            match then {
                Then::Connect(id, map) => self.connect(now, id, map),
                Then::Forget(id) => self.forget_now(id),
                Then::Renew(id, map) => {
                    if self.in_use.is_some() {
                        self.set_aside(now);
                    }
                    self.reach(now, id, map, Way::Renew);
                }
            }
        }
        if waits > 0 {
            self.fall_back(now);
        }
        self.end_engine(now);
    }

    fn end_engine(&mut self, now: Instant) {
        let gone = self.in_use.is_none() && self.others.is_empty() && self.then.is_empty();
        let hung_up = self.hanging_up.is_empty();
        let Some(quit) = self.quit.as_mut().filter(|_| gone) else { return };
        if !hung_up && now < *quit.hung_up_by.get_or_insert(now + HANGS_UP_WITHIN) {
            return;
        }
        self.over = true;
        self.tracer.flush();
        self.showing.now();
        for done in quit.done.drain(..) {
            let _ = done.send(());
        }
    }

    /// A massager was reached: its link becomes live.
    pub fn make_live(&mut self, now: Instant, session: &mut Session, ready: Ready) {
        let before = if session.may_move() { Before::MayMove } else { Before::Unknown };
        let mut live = Live::new(now, ready, before);
        if let Some(watchdog) = self.watchdog.as_ref().filter(|_| !session.id.is_simulated()) {
            live.guard_by(watchdog, &session.id, &session.name);
        }
        session.phase = Phase::Live(Box::new(live));
        self.showing.now();
    }
}
