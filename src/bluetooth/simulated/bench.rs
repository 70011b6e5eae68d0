//! The other side of the simulated massager.
//!
//! Belongs here: making it fail, and looking at what reached it. How the failures show is the link's and the radio's.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::time::Instant;

use super::{Away, Bench, Demand, Written, adapter};
use crate::bluetooth::{RadioEvent, RadioState};
use crate::mode::Channel;

impl Bench {
    /// Drops the link as a lost radio would. The massager is out of reach for `back_after`; for good where `None`.
    pub fn drop_link(&self, back_after: Option<Duration>) {
        let mut world = self.inside.world();
        world.away = back_after.map_or(Away::ForGood, |after| Away::Until(Instant::now() + after));
        world.lose_link();
        drop(world);
        self.inside.tell_change();
    }

    /// Brings it back into reach.
    pub fn come_back(&self) {
        self.inside.world().away = Away::Here;
        self.inside.tell_change();
    }

    /// Whether writes are acknowledged and then ignored.
    pub fn ignore_writes(&self, ignore: bool) {
        self.inside.world().ignore_writes = ignore;
    }

    /// How long each answer takes.
    pub fn answer_after(&self, delay: Duration) {
        self.inside.world().answer_after = delay;
    }

    /// Whether writes with response are never answered.
    pub fn never_answer(&self, never: bool) {
        self.inside.world().never_answer = never;
    }

    /// Refuses the next `count` writes with an error.
    pub fn refuse_writes(&self, count: u32) {
        self.inside.world().refuse = count;
    }

    /// Sets the battery charge, in percent.
    pub fn set_battery(&self, percent: u8) {
        self.inside.world().machine.set_battery(percent);
        self.inside.tell_change();
    }

    /// Changes the radio: off, no adapter, no service, no permission, or ready again.
    pub fn set_radio(&self, state: RadioState) {
        let mut world = self.inside.world();
        if !matches!(state, RadioState::Ready(_)) {
            world.lose_link();
        }
        world.radio = state.clone();
        let _ = world.tell.send(RadioEvent::State(state));
        drop(world);
        self.inside.tell_change();
    }

    /// The radio as it is when nothing is wrong.
    pub fn radio_ready(&self) {
        self.set_radio(RadioState::Ready(adapter()));
    }

    /// Demands pairing before it takes writes, in a way; or no more.
    pub fn demand_pairing(&self, demand: Option<Demand>) {
        let mut world = self.inside.world();
        world.demand = demand;
        world.paired = false;
    }

    /// Every write that reached it, in order.
    pub fn writes(&self) -> Vec<Written> {
        self.inside.world().written.clone()
    }

    /// Forgets the writes so far.
    pub fn clear_writes(&self) {
        self.inside.world().written.clear();
    }

    /// What the massager does now, mode by mode; everything that is not at nothing.
    pub fn levels(&self) -> BTreeMap<Channel, u16> {
        self.inside.world().machine.levels(Instant::now())
    }

    /// The built-in program that it runs now, by its number.
    pub fn program(&self) -> Option<u8> {
        self.inside.world().machine.program(Instant::now())
    }

    /// Whether somebody is connected to it.
    pub fn connected(&self) -> bool {
        self.inside.world().link.is_some()
    }
}
