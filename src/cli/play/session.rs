//! One massage on the command line: finding the massager, playing, and ending with a confirmed stop.

mod asking;
mod ending;
mod looking;
mod showing;
mod suspending;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::Play;
use crate::bluetooth::{self, MassagerId};
use crate::cli::screen::Screen;
use crate::cli::{Outcome, Surroundings};
use crate::engine::{Activity, ChannelState, Command, Connected, Event, Handle, Link, Notice, Pause, State, Weight};
use crate::i18n;
use crate::massager::Trust;
use crate::profile::Profile;
use crate::say;
use crate::signals::Interrupt;
use crate::storage;
use crate::store::Store;
use crate::time::Time;
use asking::Asking;
use looking::APPEARS_WITHIN;
use showing::place;

/// How long a massager whose link was lost before anything played may stay away.
const RETURNS_WITHIN: Duration = Duration::from_secs(30);

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
    store: Store,
    what: What,
    massager: String,
    engine: Handle,
    events: mpsc::UnboundedReceiver<Event>,
    interrupts: mpsc::UnboundedReceiver<Interrupt>,
    suspend: &'a dyn Fn(),
    lines: mpsc::UnboundedReceiver<String>,
    screen: Screen<'a>,
    /// What is being saved beside: a stop must not wait for the disk.
    savings: JoinSet<Result<(), storage::Error>>,
    language: String,
    words: i18n::Words,
    phase: Phase,
    asking: Asking,
    state: Option<Arc<State>>,
    /// The place that the profile had reached when it was last seen.
    reached: Time,
    step: Option<Time>,
    told_pause: bool,
    told_back: bool,
    /// When a massager of the wanted name was first seen.
    matched: Option<Instant>,
    /// Whether anything was seen to move, or to be on its way.
    moved: bool,
    /// Whether the person has allowed more than the day's limit.
    more_today: bool,
    /// What was told since all was well: it is not told twice.
    told: BTreeSet<String>,
    ending: bool,
}

impl<'a> Session<'a> {
    pub fn new(
        play: Play,
        store: Store,
        what: What,
        massager: String,
        engine: Handle,
        events: mpsc::UnboundedReceiver<Event>,
        to: &'a mut Surroundings<'_>,
    ) -> Self {
        let lines = if to.live { (to.lines)() } else { mpsc::unbounded_channel().1 };
        Self {
            play,
            store,
            what,
            massager,
            engine,
            events,
            interrupts: (to.interrupts)(),
            suspend: to.suspend,
            lines,
            screen: Screen::new(to.out, to.err, to.live),
            savings: JoinSet::new(),
            language: to.language.clone(),
            words: to.words.clone(),
            phase: Phase::Looking,
            asking: Asking::Nothing,
            state: None,
            reached: Time::ZERO,
            step: None,
            told_pause: false,
            told_back: false,
            matched: None,
            moved: false,
            more_today: false,
            told: BTreeSet::new(),
            ending: false,
        }
    }

    /// Plays until the end, and then until the massager has stopped.
    pub async fn run(mut self) -> Outcome {
        if self.massager == MassagerId::simulated().0 {
            self.connect(MassagerId::simulated());
        } else {
            self.screen.say(format_args!("{}", say!(self.words, "cli-looking", name = &self.massager)));
            self.engine.send(Command::Search(true));
        }
        let appears_by = Instant::now() + APPEARS_WITHIN;
        let outcome = loop {
            let looking = matches!(self.phase, Phase::Looking) && matches!(self.asking, Asking::Nothing);
            let again = self.looks_again_at().filter(|_| looking);
            let gone = self.stays_away_until();
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
                () = until(again), if again.is_some() => match self.state.clone() {
                    Some(state) => self.look(&state),
                    None => None,
                },
                () = until(gone), if gone.is_some() => Some(self.fail(&bluetooth::Error::OutOfReach)),
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

    /// Takes in one event; an outcome ends the massage.
    fn hear(&mut self, event: Event) -> Option<Outcome> {
        match event {
            Event::State(state) => self.see(state),
            Event::Notice(ref notice) => {
                let failed = notice.weight != Weight::Info;
                self.keep(&event);
                // Asked to connect or to play, and refused: nothing will come any more.
                let unlinked = self.state.as_ref().is_some_and(|state| matches!(state.link, Link::None));
                let refused = matches!(self.phase, Phase::Playing { begun: false })
                    || unlinked && matches!(self.phase, Phase::Connecting);
                (failed && refused).then_some(Outcome::CannotStart)
            }
            Event::Pairing(pairing) => {
                self.ask_pairing(pairing);
                None
            }
            Event::AsksFirst(id, map) => self.ask_about_firmware(id, &map),
            Event::Massaged(_) | Event::Used | Event::Remember(..) => {
                self.keep(&event);
                None
            }
        }
    }

    /// Shows a notice; writes down what is to be kept.
    fn keep(&mut self, event: &Event) {
        match event {
            Event::Notice(notice) => self.tell(notice),
            event => {
                if let Some(saving) = self.store.keep(event) {
                    self.savings.spawn_blocking(|| saving.run());
                }
                self.recount();
                while let Some(saved) = self.savings.try_join_next() {
                    self.saved(saved);
                }
            }
        }
    }

    /// Tells the person what the engine says, in words for a terminal.
    fn tell(&mut self, notice: &Notice) {
        // Whoever was told to press the power button has been told all there is.
        if self.ending && notice.weight == Weight::Danger && self.told_remedy() {
            return;
        }
        let text = in_a_terminal(&self.words.fact(&notice.fact), &say!(self.words, "resume"), self.screen.is_live());
        match notice.weight {
            Weight::Info => self.screen.say(format_args!("{text}")),
            Weight::Problem | Weight::Danger => self.warn_once(&text),
        }
    }

    /// Warns, where the person was not warned in the same words since all was well.
    fn warn_once(&mut self, text: &str) {
        if self.told.insert(text.to_owned()) {
            self.screen.warn(format_args!("{text}"));
        }
    }

    fn told_remedy(&self) -> bool {
        self.told.iter().any(|text| text.contains("power button"))
    }

    /// Keeps a state, and what it means for the end.
    fn note(&mut self, state: Arc<State>) -> Option<Arc<State>> {
        if let Link::Connected(connected) | Link::Lost { was: connected, .. } = &state.link {
            let moves = |channel: &ChannelState| channel.wanted_level > 0 || channel.confirmed_level > Some(0);
            self.moved |= connected.channels.iter().any(moves);
        }
        self.moved |= matches!(state.activity, Activity::Program { .. });
        if matches!(state.link, Link::Connected(_)) && !state.stop_unconfirmed && state.is_playing() {
            self.told.clear();
        }
        self.state.replace(state)
    }

    /// Until when a massager may stay away whose link was lost before anything played.
    fn stays_away_until(&self) -> Option<Instant> {
        match (&self.phase, &self.state.as_ref()?.link) {
            (Phase::Playing { begun: false }, Link::Lost { since, .. }) => {
                Some(Instant::from_std(*since) + RETURNS_WITHIN)
            }
            _ => None,
        }
    }

    /// Tells the engine what other Svangs counted today, and when a new day has begun.
    fn recount(&mut self) {
        if let Some(massaged) = self.store.recount() {
            self.engine.send(Command::SetMassagedToday(massaged));
        }
    }

    fn see(&mut self, state: Arc<State>) -> Option<Outcome> {
        let before = self.note(Arc::clone(&state));
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
                    return Some(self.ended());
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

    fn connected(&mut self, connected: &Connected) -> Option<Outcome> {
        self.screen.say(format_args!("{}", say!(self.words, "cli-connected", name = &connected.name)));
        if self.play.tried {
            self.engine.send(Command::MarkTried);
        } else if !connected.tried && connected.map.trust == Trust::Untested {
            self.screen.say(format_args!("{}", say!(self.words, "cli-untried")));
        }
        if let What::Profile(profile, _) = &self.what {
            let channels: Vec<_> = connected.channels.iter().map(|state| state.channel).collect();
            let missing = profile.missing(&channels);
            if !missing.is_empty() {
                let modes = self.words.modes(&missing);
                let fact = say!(self.words, "cli-without", modes = modes);
                if !self.play.yes {
                    let question = say!(self.words, "cli-play-the-rest");
                    return self.ask(&fact, &question, "--yes", Asking::Without);
                }
                self.screen.say(format_args!("{fact}"));
            }
        }
        self.begin()
    }

    /// Plays, where the day's limit or the person allows it.
    fn begin(&mut self) -> Option<Outcome> {
        self.recount();
        let massaged = self.store.massaged_today();
        let limit = self.state.as_ref().map(|state| state.limits.day);
        if let Some(limit) = limit.filter(|limit| massaged >= *limit && !self.more_today) {
            let minutes = |time: Duration| time.as_secs() / 60;
            let (had, limit) = (minutes(massaged), minutes(limit));
            let fact = say!(self.words, "cli-day-is-full", had = had, limit = limit);
            if !self.play.yes {
                let question = say!(self.words, "cli-all-the-same");
                return self.ask(&fact, &question, "--yes", Asking::MoreToday);
            }
            self.screen.say(format_args!("{fact}"));
            self.allow_more_today();
        }
        self.start_playing();
        None
    }

    fn allow_more_today(&mut self) {
        self.more_today = true;
        self.engine.send(Command::AllowMoreToday);
    }

    fn start_playing(&mut self) {
        self.recount();
        self.phase = Phase::Playing { begun: false };
        match &self.what {
            What::Profile(profile, from) => {
                let name = profile.name.in_language(&self.language);
                let told = say!(self.words, "cli-playing", name = name, length = profile.length);
                self.screen.say(format_args!("{told}"));
                self.engine.send(Command::Play { profile: Arc::clone(profile), from: *from, repeat: false });
            }
            What::Program(name) => {
                self.screen.say(format_args!("{}", say!(self.words, "cli-playing-program", name = name)));
                self.engine.send(Command::PlayProgram(name.clone()));
            }
        }
    }

    fn ended(&mut self) -> Outcome {
        self.screen.clear();
        self.recount();
        if !self.state.as_ref().is_some_and(|state| matches!(state.link, Link::Connected(_))) {
            self.warn_once(&say!(self.words, "cli-out-of-reach"));
            return Outcome::Problems;
        }
        let What::Profile(profile, _) = &self.what else {
            self.screen.say(format_args!("{}", say!(self.words, "cli-program-ended")));
            return Outcome::Done;
        };
        // The last state while playing lies a little before the end.
        let near = Duration::from_secs(1).mul_f32(self.play.speed.unwrap_or(1.0).max(1.0));
        if self.reached + near >= profile.length {
            let minutes = self.store.massaged_today().as_secs() / 60;
            self.screen.say(format_args!("{}", say!(self.words, "cli-finished", minutes = minutes)));
            Outcome::Done
        } else {
            let told = say!(self.words, "cli-ended-at", at = self.reached.label(), length = profile.length.label());
            self.screen.say(format_args!("{told}"));
            Outcome::Problems
        }
    }

    /// The massage stands still, and not because the person asked for it. Only a person lets it go on.
    fn paused(&mut self, why: Pause, link: &Link) -> Option<Outcome> {
        let live = self.screen.is_live();
        if why == Pause::DayIsFull && (self.more_today || self.play.yes) {
            // Once it was allowed, the profile goes on in a moment.
            if !self.more_today {
                self.screen.say(format_args!("{}", say!(self.words, "cli-goes-on")));
                self.allow_more_today();
                self.engine.send(Command::Resume);
            }
            return None;
        }
        if !self.told_pause {
            self.told_pause = true;
            match (why, live) {
                (Pause::DayIsFull, true) => {
                    let (fact, question) = (say!(self.words, "cli-limit"), say!(self.words, "cli-all-the-same"));
                    return self.ask(&fact, &question, "--yes", Asking::MoreToday);
                }
                (Pause::DayIsFull, false) => {
                    self.warn_once(&say!(self.words, "cli-limit-ends"));
                }
                (Pause::LinkLost, true) => {
                    self.warn_once(&say!(self.words, "cli-paused-away"));
                }
                (Pause::LinkLost, false) => {
                    self.warn_once(&say!(self.words, "cli-out-of-reach"));
                }
                (_, true) => self.screen.say(format_args!("{}", say!(self.words, "cli-paused"))),
                (_, false) => self.warn_once(&say!(self.words, "cli-paused-nobody")),
            }
            if !live {
                return Some(Outcome::Problems);
            }
        }
        if why == Pause::LinkLost && matches!(link, Link::Connected(_)) && !self.told_back {
            self.told_back = true;
            self.screen.say(format_args!("{}", say!(self.words, "cli-back")));
        }
        None
    }

    fn fail(&mut self, why: &bluetooth::Error) -> Outcome {
        self.screen.warn(format_args!("{}", self.words.fact(why)));
        Outcome::CannotStart
    }
}

async fn until(at: Option<Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}

/// What the engine says, for somebody who has no button: Enter resumes at a terminal, and nothing does elsewhere.
fn in_a_terminal(text: &str, resume: &str, live: bool) -> String {
    if live {
        return text.replace(resume, "Enter");
    }
    text.split_inclusive(". ").filter(|sentence| !sentence.contains(resume)).collect::<String>().trim_end().into()
}

#[cfg(test)]
mod tests {
    use super::in_a_terminal;

    #[test]
    fn nobody_is_told_to_press_a_button_that_is_not_there() {
        let paused = "Paused: FM-08 was turned off at the massager. Press Resume to go on.";
        assert_eq!(in_a_terminal(paused, "Resume", false), "Paused: FM-08 was turned off at the massager.");
        assert_eq!(
            in_a_terminal(paused, "Resume", true),
            "Paused: FM-08 was turned off at the massager. Press Enter to go on."
        );
        let lost = "Paused: the massager is out of reach. Nothing will move until you press Resume.";
        assert_eq!(in_a_terminal(lost, "Resume", false), "Paused: the massager is out of reach.");
        assert_eq!(
            in_a_terminal(lost, "Resume", true),
            "Paused: the massager is out of reach. Nothing will move until you press Enter."
        );
        assert_eq!(in_a_terminal("Finished. Rest now.", "Resume", false), "Finished. Rest now.");
    }
}
