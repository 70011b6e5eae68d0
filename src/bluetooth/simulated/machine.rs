//! What the simulated massager is inside: it reads the frames of the Svang reference layout and obeys them.
//!
//! Belongs here: the layout as a maker's firmware would know it, written from the comments of
//! `assets/massagers/svang-reference.ron` and not from its map, so that each proves the other. The clock is passed in.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::time::Instant;
use uuid::Uuid;

use crate::bluetooth::{Error, Unfit};
use crate::massager::{BATTERY_LEVEL, BATTERY_SERVICE, Characteristic};
use crate::mode::{Channel, Foot, Mode};

/// The reference service.
pub(super) const SERVICE: Uuid = Uuid::from_u128(0x063eccbe_cc6b_48ca_8773_410e3e416bde);
/// Where frames come in.
pub(super) const CONTROL: Uuid = Uuid::from_u128(0xea50c577_0fb3_425b_8a1d_ebc2e2e326bb);
/// Where frames go out.
pub(super) const STATUS: Uuid = Uuid::from_u128(0xc796c254_3c0e_4c88_bc74_2b0cdb10e145);

/// The channels in the order of the frames, with their highest levels.
const CHANNELS: [(Channel, u8); 7] = [
    (Channel::new(Mode::Roller, Foot::Left), 20),
    (Channel::new(Mode::Roller, Foot::Right), 20),
    (Channel::new(Mode::Vibration, Foot::Left), 20),
    (Channel::new(Mode::Vibration, Foot::Right), 20),
    (Channel::new(Mode::AirPressure, Foot::Left), 10),
    (Channel::new(Mode::AirPressure, Foot::Right), 10),
    (Channel::both(Mode::Heat), 3),
];

type Levels = [u8; 7];

/// The massager's own timer after power-on and after each stop.
const TIMER: Duration = Duration::from_secs(900);

/// How often status goes out while anything moves.
const STATUS_EVERY: Duration = Duration::from_secs(1);

/// How long one percent of the battery lasts while anything moves: a charge lasts two and a half hours.
const PERCENT_LASTS: Duration = Duration::from_secs(90);

/// A massager of the reference layout, switched on.
#[derive(Debug, Clone)]
pub(super) struct Machine {
    /// What the last levels frame asked for; a program has its own.
    asked: Levels,
    /// The program that runs, and since when.
    program: Option<(u8, Instant)>,
    /// When it stops by itself unless a good frame comes.
    dead_man: Option<Instant>,
    /// The dead-man time ran out since the last good frame.
    dead_man_ran_out: bool,
    timer: Duration,
    battery: u8,
    /// How long it has moved on the current percent of the battery.
    drained: Duration,
    /// Up to when all this is true; `None` before the first frame.
    at: Option<Instant>,
    told_status: Option<(Vec<u8>, Instant)>,
    told_battery: Option<u8>,
}

/// What it offers.
pub(super) fn characteristics() -> Vec<Characteristic> {
    let nothing = Characteristic {
        service: SERVICE,
        uuid: CONTROL,
        read: false,
        write: false,
        write_without_response: false,
        notify: false,
    };
    vec![
        Characteristic { write: true, write_without_response: true, ..nothing.clone() },
        Characteristic { uuid: STATUS, read: true, notify: true, ..nothing.clone() },
        Characteristic { service: BATTERY_SERVICE, uuid: BATTERY_LEVEL, read: true, notify: true, ..nothing },
    ]
}

/// Whether a characteristic notifies.
pub(super) fn check_notifies(service: Uuid, characteristic: Uuid) -> Result<(), Error> {
    let found = characteristics().into_iter().find(|found| (found.service, found.uuid) == (service, characteristic));
    match found {
        Some(found) if found.notify => Ok(()),
        Some(_) => Err(Error::Refused("it does not notify".to_owned())),
        None => Err(missing(characteristic)),
    }
}

fn missing(characteristic: Uuid) -> Error {
    Error::Unfit(Unfit::NoCharacteristic(characteristic))
}

fn xor(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, byte| sum ^ byte)
}

impl Machine {
    pub fn new() -> Self {
        Self {
            asked: Levels::default(),
            program: None,
            dead_man: None,
            dead_man_ran_out: false,
            timer: TIMER,
            battery: 100,
            drained: Duration::ZERO,
            at: None,
            told_status: None,
            told_battery: None,
        }
    }

    /// Obeys a frame. The errors are those of the layout, in the words of BlueZ.
    pub fn write(&mut self, service: Uuid, characteristic: Uuid, frame: &[u8], now: Instant) -> Result<(), Error> {
        if (service, characteristic) != (SERVICE, CONTROL) {
            return Err(missing(characteristic));
        }
        self.advance(now);
        let malformed = || Error::Refused("ATT error: 0x80".to_owned());
        let too_high = || Error::Refused("ATT error: 0x81".to_owned());
        let Some((check, body)) = frame.split_last() else { return Err(malformed()) };
        if xor(body) != *check {
            return Err(malformed());
        }
        match *body {
            [0x53, 0x01, a, b, c, d, e, f, g, dead_man] => {
                let levels = [a, b, c, d, e, f, g];
                if dead_man == 0 || levels.iter().zip(CHANNELS).any(|(level, (_, max))| *level > max) {
                    return Err(too_high());
                }
                self.asked = levels;
                self.program = None;
                self.good_frame(dead_man, now);
            }
            [0x53, 0x02] => {
                self.stop();
                self.dead_man_ran_out = false;
            }
            [0x53, 0x03, number, dead_man] => {
                if dead_man == 0 || !(1..=3).contains(&number) {
                    return Err(too_high());
                }
                self.asked = Levels::default();
                // The same program again only renews the dead-man time.
                if self.program.is_none_or(|(running, _)| running != number) {
                    self.program = Some((number, now));
                }
                self.good_frame(dead_man, now);
            }
            [0x53, 0x04, low, high] => {
                let seconds = u16::from_le_bytes([low, high]);
                if !(1..=1800).contains(&seconds) {
                    return Err(too_high());
                }
                self.timer = Duration::from_secs(u64::from(seconds));
            }
            _ => return Err(malformed()),
        }
        Ok(())
    }

    fn good_frame(&mut self, dead_man: u8, now: Instant) {
        self.dead_man = Some(now + Duration::from_millis(u64::from(dead_man) * 100));
        self.dead_man_ran_out = false;
    }

    pub fn read(&self, service: Uuid, characteristic: Uuid, now: Instant) -> Result<Vec<u8>, Error> {
        match (service, characteristic) {
            (SERVICE, STATUS) => Ok(self.status(now)),
            (BATTERY_SERVICE, BATTERY_LEVEL) => Ok(vec![self.advanced(now).battery]),
            _ => Err(missing(characteristic)),
        }
    }

    /// Every level that is not at nothing.
    pub fn levels(&self, now: Instant) -> BTreeMap<Channel, u16> {
        let levels = self.advanced(now).levels_at(now);
        let moving = CHANNELS.iter().zip(levels).filter(|(_, level)| *level > 0);
        moving.map(|((channel, _), level)| (*channel, u16::from(level))).collect()
    }

    /// The program that runs.
    pub fn program(&self, now: Instant) -> Option<u8> {
        self.advanced(now).program.map(|(number, _)| number)
    }

    pub fn set_battery(&mut self, percent: u8) {
        self.battery = percent.min(100);
    }

    /// A new subscriber hears how things are now.
    pub fn tell_again(&mut self, characteristic: Uuid) {
        if characteristic == STATUS {
            self.told_status = None;
        } else {
            self.told_battery = None;
        }
    }

    /// What is to be notified now.
    pub fn reports(&mut self, now: Instant) -> Vec<(Uuid, Uuid, Vec<u8>)> {
        self.advance(now);
        let mut reports = Vec::new();
        let status = self.status(now);
        // The seconds left alone are no news; they come along once a second.
        let shape = |status: &[u8]| (status[..10].to_vec(), status[12]);
        let due = match &self.told_status {
            None => true,
            Some((told, at)) => {
                shape(told) != shape(&status) || (self.runs() && now.duration_since(*at) >= STATUS_EVERY)
            }
        };
        if due {
            self.told_status = Some((status.clone(), now));
            reports.push((SERVICE, STATUS, status));
        }
        if self.told_battery != Some(self.battery) {
            self.told_battery = Some(self.battery);
            reports.push((BATTERY_SERVICE, BATTERY_LEVEL, vec![self.battery]));
        }
        reports
    }

    /// When something happens by itself next.
    pub fn next_change(&self, now: Instant) -> Option<Instant> {
        if !self.runs() {
            return None;
        }
        let tick = self.told_status.as_ref().map_or(now, |(_, at)| *at + STATUS_EVERY);
        let ends = [Some(tick), self.dead_man, Some(now + self.timer), self.next_phase(now)];
        ends.into_iter().flatten().min().map(|at| at.max(now))
    }

    fn status(&self, now: Instant) -> Vec<u8> {
        let machine = self.advanced(now);
        let left = u16::try_from(machine.timer.as_secs()).unwrap_or(u16::MAX).to_le_bytes();
        let mut frame = vec![0x73, u8::from(machine.runs()) | u8::from(machine.dead_man_ran_out) << 1];
        frame.extend(machine.levels_at(now));
        frame.push(machine.program.map_or(0, |(number, _)| number));
        frame.extend([left[0], left[1], machine.battery]);
        frame.push(xor(&frame));
        frame
    }

    fn runs(&self) -> bool {
        self.program.is_some() || self.asked.iter().any(|level| *level > 0)
    }

    /// The levels now, with what a program makes of them.
    fn levels_at(&self, now: Instant) -> Levels {
        let Some((number, since)) = self.program else { return self.asked };
        let seconds = now.duration_since(since).as_secs();
        match number {
            1 => [6, 6, 0, 0, 0, 0, 0],
            2 if seconds % 15 < 10 => [0, 0, 0, 0, 5, 5, 0],
            2 => Levels::default(),
            _ if seconds % 30 < 20 => [0, 0, 4, 4, 0, 0, 2],
            _ => [0, 0, 8, 8, 0, 0, 2],
        }
    }

    /// When the running program changes its levels next.
    fn next_phase(&self, now: Instant) -> Option<Instant> {
        let (number, since) = self.program?;
        let (first, whole) = match number {
            1 => return None,
            2 => (10, 15),
            _ => (20, 30),
        };
        let seconds = now.duration_since(since).as_secs();
        let round = seconds / whole * whole;
        let next = if seconds - round < first { round + first } else { round + whole };
        Some(since + Duration::from_secs(next))
    }

    fn stop(&mut self) {
        self.asked = Levels::default();
        self.program = None;
        self.dead_man = None;
        self.timer = TIMER;
    }

    fn advanced(&self, now: Instant) -> Self {
        let mut machine = self.clone();
        machine.advance(now);
        machine
    }

    /// Lets the time up to `now` pass.
    fn advance(&mut self, now: Instant) {
        let since = self.at.replace(now).unwrap_or(now);
        if !self.runs() {
            return;
        }
        let runs_out = since + self.timer;
        let dead_man = self.dead_man.unwrap_or(runs_out);
        let end = now.min(runs_out).min(dead_man);
        let moved = end.saturating_duration_since(since);
        self.timer = self.timer.saturating_sub(moved);
        self.drained += moved;
        while self.drained >= PERCENT_LASTS {
            self.drained -= PERCENT_LASTS;
            self.battery = self.battery.saturating_sub(1);
        }
        if dead_man <= now && dead_man <= runs_out {
            self.stop();
            self.dead_man_ran_out = true;
        } else if runs_out <= now {
            self.stop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn write(machine: &mut Machine, body: &[u8], now: Instant) -> Result<(), Error> {
        let mut frame = body.to_vec();
        frame.push(xor(body));
        machine.write(SERVICE, CONTROL, &frame, now)
    }

    const BOTH_ROLLERS: [u8; 10] = [0x53, 1, 20, 20, 0, 0, 0, 0, 0, 30];

    #[test]
    fn the_frames_of_the_map_are_obeyed() {
        let (mut machine, now) = (Machine::new(), Instant::now());
        let frame = [0x53, 1, 0, 0, 5, 0, 0, 0x0a, 3, 0x1e, 0x40];
        machine.write(SERVICE, CONTROL, &frame, now).unwrap();
        let expected = [
            (Channel::new(Mode::Vibration, Foot::Left), 5),
            (Channel::new(Mode::AirPressure, Foot::Right), 10),
            (Channel::both(Mode::Heat), 3),
        ];
        assert_eq!(machine.levels(now), BTreeMap::from(expected));
        machine.write(SERVICE, CONTROL, &[0x53, 2, 0x51], now).unwrap();
        assert!(machine.levels(now).is_empty());
    }

    #[test]
    fn without_frames_it_stops_by_itself_when_the_dead_man_time_has_passed() {
        let (mut machine, start) = (Machine::new(), Instant::now());
        write(&mut machine, &BOTH_ROLLERS, start).unwrap();
        write(&mut machine, &BOTH_ROLLERS, start + seconds(2)).unwrap();
        assert_eq!(machine.levels(start + Duration::from_millis(4999)).len(), 2);
        assert!(machine.levels(start + seconds(5)).is_empty());
        assert_eq!(machine.status(start + seconds(5))[1], 0b10);
        assert_eq!(machine.next_change(start + seconds(2)), Some(start + seconds(2)));
    }

    #[test]
    fn its_own_timer_counts_only_what_moves_and_stops_it() {
        let (mut machine, start) = (Machine::new(), Instant::now());
        write(&mut machine, &[0x53, 4, 5, 0], start).unwrap();
        let mut now = start + seconds(100);
        for _ in 0..5 {
            write(&mut machine, &BOTH_ROLLERS, now).unwrap();
            now += seconds(1);
        }
        assert!(machine.levels(now).is_empty());
        let status = machine.status(now);
        assert_eq!((status[1], u16::from_le_bytes([status[10], status[11]])), (0, 900));
    }

    #[test]
    fn a_bad_frame_changes_nothing() {
        let (mut machine, now) = (Machine::new(), Instant::now());
        write(&mut machine, &BOTH_ROLLERS, now).unwrap();
        let before = machine.status(now);
        let malformed = Err(Error::Refused("ATT error: 0x80".to_owned()));
        let too_high = Err(Error::Refused("ATT error: 0x81".to_owned()));
        assert_eq!(machine.write(SERVICE, CONTROL, &[], now), malformed);
        assert_eq!(machine.write(SERVICE, CONTROL, &[0x53, 2, 0x52], now), malformed);
        assert_eq!(write(&mut machine, &[0x53, 2, 0], now), malformed);
        assert_eq!(write(&mut machine, &[0x53, 9], now), malformed);
        assert_eq!(write(&mut machine, &[0x53, 1, 21, 0, 0, 0, 0, 0, 0, 30], now), too_high);
        assert_eq!(write(&mut machine, &[0x53, 1, 0, 0, 0, 0, 0, 0, 4, 30], now), too_high);
        assert_eq!(write(&mut machine, &[0x53, 3, 4, 30], now), too_high);
        assert_eq!(write(&mut machine, &[0x53, 4, 0, 0], now), too_high);
        assert_eq!(machine.status(now), before);
    }

    #[test]
    fn a_program_goes_through_its_phases_while_its_frame_is_repeated() {
        let (mut machine, start) = (Machine::new(), Instant::now());
        let air = Channel::new(Mode::AirPressure, Foot::Left);
        let mut seen = Vec::new();
        for second in 0..30 {
            let now = start + seconds(second);
            write(&mut machine, &[0x53, 3, 2, 30], now).unwrap();
            seen.push(machine.levels(now).get(&air).copied().unwrap_or(0));
        }
        let round = [[5; 10].as_slice(), [0; 5].as_slice()].concat();
        assert_eq!(seen, [round.clone(), round].concat());
        assert_eq!(machine.next_phase(start + seconds(29)), Some(start + seconds(30)));
    }

    #[test]
    fn status_goes_out_on_a_change_and_once_a_second() {
        let (mut machine, start) = (Machine::new(), Instant::now());
        assert_eq!(machine.reports(start).len(), 2);
        assert!(machine.reports(start + seconds(50)).is_empty());
        write(&mut machine, &BOTH_ROLLERS, start + seconds(50)).unwrap();
        assert_eq!(machine.reports(start + seconds(50)).len(), 1);
        assert!(machine.reports(start + Duration::from_millis(50_900)).is_empty());
        assert_eq!(machine.reports(start + seconds(51)).len(), 1);
        let stopped = machine.reports(start + seconds(53));
        assert_eq!(stopped[0].2[1], 0b10);
        assert_eq!(machine.next_change(start + seconds(53)), None);
    }

    #[test]
    fn moving_drains_the_battery() {
        let (mut machine, start) = (Machine::new(), Instant::now());
        for second in 0..=180 {
            write(&mut machine, &BOTH_ROLLERS, start + seconds(second)).unwrap();
        }
        assert_eq!(machine.read(BATTERY_SERVICE, BATTERY_LEVEL, start + seconds(180)).unwrap(), [98]);
    }
}
