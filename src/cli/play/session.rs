//! One massage on the command line: finding the massager, playing, and ending with a confirmed stop.

mod asking;
mod showing;
mod suspending;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

use super::Play;
use crate::bluetooth::{self, MassagerId, RadioState};
use crate::cli::screen::Screen;
use crate::cli::{Outcome, Surroundings};
use crate::engine::{Activity, Command, Connected, Event, Found, Handle, Link, Pause, State, Weight};
use crate::massager::Trust;
use crate::profile::Profile;
use crate::signals::Interrupt;
use crate::start::Start;
use crate::time::Time;
use asking::Asking;
use showing::place;

/// How long a massager may take to appear.
const APPEARS_WITHIN: Duration = Duration::from_secs(30);

/// How long the engine may take to stop the massager and end. It repeats the stop until then.
const ENDS_WITHIN: Duration = Duration::from_secs(30);

/// What is played.
pub(super) enum What {
    /// A profile, from a time on.
    Profile(Arc<Profile>, Time),
    /// One of the massager's own programs.
    Program(String),
}

/// How far the session is.
enum Phase {
    /// Waiting for the massager to appear.
    Looking,
    /// Being connected.
    Connecting,
    /// Asked to play; `begun` when it does.
    Playing { begun: bool },
}

pub(super) struct Session<'a> {
    play: Play,
    start: Start,
    what: What,
    massager: String,
    engine: Handle,
    events: mpsc::UnboundedReceiver<Event>,
    interrupts: &'a mut mpsc::UnboundedReceiver<Interrupt>,
    suspend: &'a dyn Fn(),
    lines: mpsc::UnboundedReceiver<String>,
    screen: Screen<'a>,
    language: String,
    phase: Phase,
    asking: Asking,
    state: Option<Arc<State>>,
    /// The place that the profile had reached when it was last seen.
    reached: Time,
    step: Option<Time>,
    told_pause: bool,
    told_back: bool,
}

impl<'a> Session<'a> {
    pub fn new(
        play: Play,
        start: Start,
        what: What,
        massager: String,
        engine: Handle,
        events: mpsc::UnboundedReceiver<Event>,
        to: &'a mut Surroundings<'_>,
    ) -> Self {
        let lines = if to.live { (to.lines)() } else { mpsc::unbounded_channel().1 };
        Self {
            play,
            start,
            what,
            massager,
            engine,
            events,
            interrupts: &mut to.interrupts,
            suspend: to.suspend,
            lines,
            screen: Screen::new(to.out, to.err, to.live),
            language: to.language.clone(),
            phase: Phase::Looking,
            asking: Asking::Nothing,
            state: None,
            reached: Time::ZERO,
            step: None,
            told_pause: false,
            told_back: false,
        }
    }

    /// Plays until the end, and then until the massager has stopped.
    pub async fn run(mut self) -> Outcome {
        if self.massager == MassagerId::simulated().0 {
            self.connect(MassagerId::simulated());
        } else {
            self.screen.say(format_args!("Looking for {}…", self.massager));
            self.engine.send(Command::Search(true));
        }
        let appears_by = Instant::now() + APPEARS_WITHIN;
        let outcome = loop {
            let looking = matches!(self.phase, Phase::Looking) && matches!(self.asking, Asking::Nothing);
            let ended = tokio::select! {
                biased;
                Some(interrupt) = self.interrupts.recv() => match interrupt {
                    Interrupt::End => Some(Outcome::Interrupted),
                    Interrupt::Suspend => self.stand_still().await,
                },
                event = self.events.recv() => match event {
                    Some(event) => self.hear(event),
                    None => Some(Outcome::NotStopped),
                },
                Some(line) = self.lines.recv() => self.answer(line.trim()),
                () = tokio::time::sleep_until(appears_by), if looking => {
                    self.screen.warn(format_args!(
                        "{} did not appear. Turn it on, bring it near and close its phone app; svang scan shows what \
                         is in reach.",
                        self.massager
                    ));
                    Some(Outcome::CannotStart)
                }
                () = tokio::time::sleep(Duration::from_secs(1)), if self.screen.is_live() => {
                    self.draw();
                    None
                }
            };
            if let Some(outcome) = ended {
                break outcome;
            }
        };
        self.end(outcome).await
    }

    /// Stops the massager and ends the engine, whatever else happens.
    async fn end(mut self, outcome: Outcome) -> Outcome {
        self.screen.clear();
        self.engine.stop();
        if outcome == Outcome::Interrupted {
            self.screen.say(format_args!("Stopping…"));
        }
        let (done, mut quit) = oneshot::channel();
        self.engine.send(Command::Quit(done));
        let by = Instant::now() + ENDS_WITHIN;
        let mut told = 0;
        // Events are heard to the last: they hold the final dose and whether the stop was confirmed.
        loop {
            tokio::select! {
                biased;
                event = self.events.recv() => match event {
                    Some(Event::State(state)) => self.state = Some(state),
                    Some(event) => self.keep(&event),
                    None => break,
                },
                Some(_) = self.interrupts.recv() => {
                    told += 1;
                    if told == 1 {
                        self.screen.warn(format_args!("Still stopping the massager; this takes a moment."));
                    }
                }
                () = tokio::time::sleep_until(by) => break,
            }
        }
        // The engine answers before its last event is out.
        let ended = quit.try_recv().is_ok();
        let confirmed = ended && !self.state.as_ref().is_some_and(|state| state.stop_unconfirmed);
        match (confirmed, outcome) {
            (false, _) => {
                self.screen.warn(format_args!(
                    "The massager has not confirmed that it stopped. Press the power button on the massager."
                ));
                Outcome::NotStopped
            }
            (true, Outcome::Interrupted) => {
                self.screen.say(format_args!("Stopped."));
                outcome
            }
            (true, outcome) => outcome,
        }
    }

    /// Takes in one event; an outcome ends the massage.
    fn hear(&mut self, event: Event) -> Option<Outcome> {
        match event {
            Event::State(state) => self.see(state),
            Event::Notice(ref notice) => {
                let failed = notice.weight != Weight::Info;
                self.keep(&event);
                // Asked to play and refused: nothing will come any more.
                let refused = failed && matches!(self.phase, Phase::Playing { begun: false });
                refused.then_some(Outcome::CannotStart)
            }
            Event::Pairing(pairing) => {
                self.ask_pairing(pairing);
                None
            }
            Event::Massaged(_) | Event::Remember(..) => {
                self.keep(&event);
                None
            }
        }
    }

    /// Shows a notice; writes down what is to be kept.
    fn keep(&mut self, event: &Event) {
        match event {
            Event::Notice(notice) if notice.weight == Weight::Info => self.screen.say(format_args!("{}", notice.text)),
            Event::Notice(notice) => self.screen.warn(format_args!("{}", notice.text)),
            event => {
                if let Some(Err(why)) = self.start.keep(event).map(|saving| saving.run()) {
                    self.screen.warn(format_args!("{why}"));
                }
            }
        }
    }

    fn see(&mut self, state: Arc<State>) -> Option<Outcome> {
        let before = self.state.replace(Arc::clone(&state));
        match self.phase {
            Phase::Looking => return self.look(&state),
            Phase::Connecting => match &state.link {
                Link::Connected(connected) if matches!(self.asking, Asking::Nothing) => {
                    return self.connected(connected);
                }
                Link::None if before.is_some_and(|before| !matches!(before.link, Link::None)) => {
                    return Some(Outcome::CannotStart);
                }
                _ => {}
            },
            Phase::Playing { begun } => match &state.activity {
                Activity::Nothing if begun => {
                    // States come with changes; since the last one, the profile's clock went on.
                    if let Some(before) = before {
                        self.reached = place(&before, state.at).unwrap_or(self.reached);
                    }
                    return Some(self.ended(&state));
                }
                Activity::Nothing | Activity::ByHand => {}
                Activity::Profile { position, paused, .. } => {
                    self.phase = Phase::Playing { begun: true };
                    self.reached = *position;
                    match paused {
                        None | Some(Pause::Asked) => (self.told_pause, self.told_back) = (false, false),
                        Some(why) => {
                            if let Some(outcome) = self.paused(*why, &state.link) {
                                return Some(outcome);
                            }
                        }
                    }
                    self.say_step(*position);
                }
                Activity::Program { .. } => self.phase = Phase::Playing { begun: true },
            },
        }
        self.draw();
        None
    }

    fn look(&mut self, state: &State) -> Option<Outcome> {
        match &state.radio {
            RadioState::Off => return Some(self.fail(&bluetooth::Error::Off)),
            RadioState::Unavailable(why) => return Some(self.fail(why)),
            RadioState::Starting | RadioState::Ready(_) => {}
        }
        if !matches!(self.asking, Asking::Nothing) {
            return None;
        }
        let wanted = |found: &&Found| found.id.0 == self.massager || found.name == self.massager;
        let found = state.found.iter().find(wanted)?.clone();
        if self.play.map.is_none() && !found.known {
            let Some((recognition, _)) = &found.recognition else {
                self.screen.warn(format_args!(
                    "{} is not recognised. If you know its device map, say --map; svang massagers lists them.",
                    found.name
                ));
                return Some(Outcome::CannotStart);
            };
            if !recognition.certain && !self.play.yes {
                let question = format!("{} may be {}: {}.", found.name, recognition.map, recognition.why);
                return self.ask(&question, "Is that your massager?", "--map or --yes", Asking::Map(found.id));
            }
        }
        self.connect(found.id);
        None
    }

    fn connect(&mut self, id: MassagerId) {
        self.phase = Phase::Connecting;
        self.engine.send(Command::Connect(id, self.play.map.clone()));
    }

    fn connected(&mut self, connected: &Connected) -> Option<Outcome> {
        self.screen.say(format_args!("Connected to {}.", connected.name));
        if self.play.tried {
            self.engine.send(Command::MarkTried);
        } else if !connected.tried && connected.map.trust == Trust::Untested {
            self.screen.say(format_args!(
                "Nobody has reported trying this device map, so every mode stays at 30 % or less. Once you have felt \
                 that it is right, say --tried."
            ));
        }
        if let What::Profile(profile, _) = &self.what {
            let channels: Vec<_> = connected.channels.iter().map(|state| state.channel).collect();
            let missing = profile.missing(&channels);
            if !missing.is_empty() {
                let names = missing.iter().map(|mode| mode.name().to_lowercase()).collect::<Vec<_>>().join(" and no ");
                let fact = format!("The massager has no {names}; the rest of the profile can be played.");
                if !self.play.yes {
                    return self.ask(&fact, "Play the rest?", "--yes", Asking::Without);
                }
                self.screen.say(format_args!("{fact}"));
            }
        }
        self.begin();
        None
    }

    fn begin(&mut self) {
        self.phase = Phase::Playing { begun: false };
        match &self.what {
            What::Profile(profile, from) => {
                self.screen.say(format_args!(
                    "Playing “{}”, {}.",
                    profile.name.in_language(&self.language),
                    profile.length
                ));
                self.engine.send(Command::Play { profile: Arc::clone(profile), from: *from, repeat: false });
            }
            What::Program(name) => {
                self.screen.say(format_args!("Playing the massager's program “{name}”."));
                self.engine.send(Command::PlayProgram(name.clone()));
            }
        }
    }

    fn ended(&mut self, state: &State) -> Outcome {
        self.screen.clear();
        let What::Profile(profile, _) = &self.what else {
            self.screen.say(format_args!("The program has ended."));
            return Outcome::Done;
        };
        // The last state while playing lies a little before the end.
        let near = Duration::from_secs(1).mul_f32(self.play.speed.unwrap_or(1.0).max(1.0));
        if self.reached + near >= profile.length {
            self.screen.say(format_args!("Finished. Massage time today: {} min.", state.massaged_today.as_secs() / 60));
            Outcome::Done
        } else {
            self.screen.say(format_args!("Ended at {} of {}.", self.reached.label(), profile.length.label()));
            Outcome::Problems
        }
    }

    /// The massage stands still, and not because the person asked for it. Only a person lets it go on.
    fn paused(&mut self, why: Pause, link: &Link) -> Option<Outcome> {
        let lost = why == Pause::LinkLost;
        if !self.told_pause {
            self.told_pause = true;
            match (lost, self.screen.is_live()) {
                (true, true) => self.screen.warn(format_args!(
                    "Paused: the massager is out of reach. Nothing will move until you press Enter."
                )),
                (true, false) => self.screen.warn(format_args!("The massager is out of reach; the massage ends here.")),
                (false, true) => self.screen.say(format_args!("Paused. Press Enter to resume, or Ctrl-C to stop.")),
                (false, false) => self.screen.warn(format_args!("Paused, and nobody is here to resume: it ends here.")),
            }
            if !self.screen.is_live() {
                return Some(Outcome::Problems);
            }
        }
        if lost && matches!(link, Link::Connected(_)) && !self.told_back {
            self.told_back = true;
            self.screen.say(format_args!("The massager is back. Press Enter to resume, or Ctrl-C to stop."));
        }
        None
    }

    fn fail(&mut self, why: &dyn std::error::Error) -> Outcome {
        self.screen.warn(format_args!("{why}"));
        Outcome::CannotStart
    }
}
