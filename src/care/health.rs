//! The questions before the first massage, and what their answers switch off.
//!
//! Belongs here: the seven answers, the table of what each one means for each mode, a doctor's dated yes, red flags, and
//! when to ask again. Pure: today is passed in. The words stand in `assets/i18n`, the file in [`crate::storage`], and the
//! engine keeps to it.
//!
//! The table is a warning list collected from makers' manuals and health services (Klcosy, Beirelax, Naipo, Therabody and
//! Hyperice among the makers; NHS, HSE, the Danish Health Authority and hospitals among the others); where they differ,
//! the more careful one counts. It is no medical advice, and professionals have yet to read it: the README says which
//! cells. Answers lock; they never recommend a mode, a strength or a plan.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::intensity::Intensity;
use crate::mode::Mode;

/// What a person may say applies to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Answer {
    /// A blood clot in a leg or lung, now or before, or an inflamed vein.
    Clot,
    /// Poor circulation in the legs, toes that turn white, sore varicose veins.
    Circulation,
    /// Heart failure, serious heart or kidney disease, swollen feet or legs.
    Heart,
    /// Diabetes, or feet that feel less than before.
    Feeling,
    /// A wound, rash, infection, hot joint, gout, lump; or within 3 months a fracture, sprain, operation or injection.
    Injury,
    /// A device in the body, metal in foot or leg, epilepsy, brittle bones.
    Device,
    /// Pregnant or gave birth within 6 weeks, thinned blood, bleeding or bruising easily.
    Pregnant,
}

impl Answer {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 7] =
        [Self::Clot, Self::Circulation, Self::Heart, Self::Feeling, Self::Injury, Self::Device, Self::Pregnant];
}

/// What a massage is done with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Part {
    /// A mode of the massager.
    Mode(Mode),
    /// The person's own hands, a ball.
    ByHand,
}

impl Part {
    /// All of them, in order.
    pub const ALL: [Self; 5] = [
        Self::Mode(Mode::Roller),
        Self::Mode(Mode::Vibration),
        Self::Mode(Mode::AirPressure),
        Self::Mode(Mode::Heat),
        Self::ByHand,
    ];
}

/// How far something is open; the stricter is the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gate {
    /// Nothing speaks against it.
    Open,
    /// At most [`GENTLY`] for [`GENTLY_FOR`].
    Gently,
    /// Off until a doctor agrees; then as gently.
    Doctor,
    /// Off while the answer holds.
    Off,
}

/// The most that a mode may reach where it is to be gentle: what an untried map is allowed, too.
pub const GENTLY: Intensity = Intensity::from_percent(30);

/// How long a massage lasts at most where something is to be gentle.
pub const GENTLY_FOR: Duration = Duration::from_secs(10 * 60);

/// The table: what an answer means for a part.
pub const fn gate(answer: Answer, part: Part) -> Gate {
    use Answer as A;
    use Gate as G;
    let row = match answer {
        A::Clot => [G::Off, G::Off, G::Off, G::Off, G::Off],
        A::Circulation => [G::Doctor, G::Doctor, G::Off, G::Off, G::Doctor],
        A::Heart => [G::Doctor, G::Doctor, G::Off, G::Off, G::Doctor],
        A::Feeling => [G::Doctor, G::Doctor, G::Off, G::Off, G::Gently],
        A::Injury => [G::Off, G::Off, G::Off, G::Off, G::Off],
        A::Device => [G::Doctor, G::Doctor, G::Doctor, G::Doctor, G::Gently],
        A::Pregnant => [G::Doctor, G::Doctor, G::Doctor, G::Doctor, G::Gently],
    };
    row[match part {
        Part::Mode(Mode::Roller) => 0,
        Part::Mode(Mode::Vibration) => 1,
        Part::Mode(Mode::AirPressure) => 2,
        Part::Mode(Mode::Heat) => 3,
        Part::ByHand => 4,
    }]
}

/// What the answers come to today: what the engine keeps to, whatever a profile, a hand or a program asks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Gates {
    /// The most that each mode may reach, and the answer that is the reason; a mode that is missing is open.
    pub modes: BTreeMap<Mode, (Intensity, Option<Answer>)>,
    /// How long a massage may last, where it is less than the limits say.
    pub session: Option<Duration>,
    /// The massager's own programs stay off: they choose modes and strength themselves.
    pub no_programs: bool,
    /// A red flag holds: nothing starts.
    pub red_flag: bool,
    /// These are the first uses: a real massager stays gentle.
    pub first_uses: bool,
}

impl Gates {
    /// The most that a mode may reach.
    pub fn ceiling(&self, mode: Mode) -> Intensity {
        self.modes.get(&mode).map_or(Intensity::FULL, |(ceiling, _)| *ceiling)
    }

    /// The stricter of both, everywhere.
    pub fn and(&self, other: &Self) -> Self {
        let mut modes = self.modes.clone();
        for (mode, gate) in &other.modes {
            if gate.0 < self.ceiling(*mode) {
                modes.insert(*mode, *gate);
            }
        }
        Self {
            modes,
            session: self.session.into_iter().chain(other.session).min(),
            no_programs: self.no_programs || other.no_programs,
            red_flag: self.red_flag || other.red_flag,
            first_uses: self.first_uses || other.first_uses,
        }
    }

    /// The answer that switches a mode off.
    pub fn why_off(&self, mode: Mode) -> Option<Answer> {
        self.modes.get(&mode).filter(|(ceiling, _)| ceiling.is_zero()).and_then(|(_, why)| *why)
    }
}

/// A person's answers, and what came after them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Health {
    /// What applies.
    pub answers: BTreeSet<Answer>,
    /// Of a clot: it is over, and the treatment has ended.
    pub clot_is_over: bool,
    /// When they were given; `None`: never.
    pub given: Option<NaiveDate>,
    /// When a doctor agreed to a part, as the person said.
    pub doctor: BTreeMap<Part, NaiveDate>,
    /// A red flag that was said to hold; massage stays off until the answer changes.
    pub red_flag: bool,
    /// When the red flags were answered with none.
    pub no_red_flag: Option<NaiveDate>,
}

impl Health {
    /// How far a part is open today, and the answer that is the reason. A doctor's yes counts for twelve months.
    pub fn gate(&self, part: Part, today: NaiveDate) -> (Gate, Option<Answer>) {
        let strictest =
            self.answers.iter().map(|answer| (self.cell(*answer, part), *answer)).max_by_key(|(gate, _)| *gate);
        let Some((gate, why)) = strictest.filter(|(gate, _)| *gate > Gate::Open) else { return (Gate::Open, None) };
        let agreed = self.doctor.get(&part).is_some_and(|on| in_months(*on, 12, today));
        (if gate == Gate::Doctor && agreed { Gate::Gently } else { gate }, Some(why))
    }

    fn cell(&self, answer: Answer, part: Part) -> Gate {
        let over = answer == Answer::Clot && self.clot_is_over;
        match part {
            Part::Mode(Mode::Roller | Mode::Vibration) | Part::ByHand if over => Gate::Doctor,
            _ => gate(answer, part),
        }
    }

    /// What the answers come to today.
    pub fn gates(&self, today: NaiveDate) -> Gates {
        let mode = |mode: Mode| match self.gate(Part::Mode(mode), today) {
            (_, why) if self.red_flag => Some((Intensity::ZERO, why)),
            (Gate::Open, _) => None,
            (Gate::Gently, why) => Some((GENTLY, why)),
            (Gate::Doctor | Gate::Off, why) => Some((Intensity::ZERO, why)),
        };
        let gently = Part::ALL.iter().any(|part| self.gate(*part, today).0 == Gate::Gently);
        Gates {
            modes: Mode::ALL.into_iter().filter_map(|of| Some((of, mode(of)?))).collect(),
            session: gently.then_some(GENTLY_FOR),
            no_programs: !self.answers.is_empty() || self.red_flag,
            red_flag: self.red_flag,
            first_uses: false,
        }
    }

    /// Whether the questions are to be asked: they never were, or the answers are too old. With any answer that holds,
    /// after 6 months; with an injury or a pregnancy after 3, since those end; else after 12.
    pub fn is_due(&self, today: NaiveDate) -> bool {
        let Some(given) = self.given else { return true };
        let ending = [Answer::Injury, Answer::Pregnant].iter().any(|answer| self.answers.contains(answer));
        let months = if ending {
            3
        } else if self.answers.is_empty() {
            12
        } else {
            6
        };
        !in_months(given, months, today)
    }

    /// Whether the red flags are to be asked before anything moves: the first time in a week.
    pub fn asks_red_flags(&self, today: NaiveDate) -> bool {
        self.no_red_flag.is_none_or(|on| today.signed_duration_since(on).num_days().abs() >= 7)
    }

    /// Takes answers; what a doctor agreed to before new ones counts no longer.
    pub fn answer(&mut self, answers: BTreeSet<Answer>, clot_is_over: bool, today: NaiveDate) {
        if answers.difference(&self.answers).next().is_some() || (self.clot_is_over && !clot_is_over) {
            self.doctor.clear();
        }
        self.clot_is_over = clot_is_over && answers.contains(&Answer::Clot);
        self.answers = answers;
        self.given = Some(today);
    }

    /// Takes the answer to the red flags.
    pub fn answer_red_flags(&mut self, any: bool, today: NaiveDate) {
        self.red_flag = any;
        if !any {
            self.no_red_flag = Some(today);
        }
    }
}

/// Whether a date lies at most so many months before today, and not behind it: a clock may be wrong.
fn in_months(date: NaiveDate, months: u32, today: NaiveDate) -> bool {
    date <= today && date.checked_add_months(Months::new(months)).is_some_and(|end| today < end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn health(answers: &[Answer]) -> Health {
        let mut health = Health::default();
        health.answer(answers.iter().copied().collect(), false, day("2026-01-10"));
        health
    }

    #[test]
    fn each_cell_is_as_careful_as_its_most_careful_source() {
        // Roller, vibration, air pressure, heat, by hand: y open, g gently, d doctor, o off.
        let table = [
            (Answer::Clot, "ooooo"),
            (Answer::Circulation, "ddood"),
            (Answer::Heart, "ddood"),
            (Answer::Feeling, "ddoog"),
            (Answer::Injury, "ooooo"),
            (Answer::Device, "ddddg"),
            (Answer::Pregnant, "ddddg"),
        ];
        for (answer, row) in table {
            let found: String = Part::ALL
                .map(|part| match health(&[answer]).gate(part, day("2026-01-10")) {
                    (Gate::Open, None) => 'y',
                    (Gate::Gently, Some(why)) if why == answer => 'g',
                    (Gate::Doctor, Some(why)) if why == answer => 'd',
                    (Gate::Off, Some(why)) if why == answer => 'o',
                    other => panic!("{answer:?}: {other:?}"),
                })
                .into_iter()
                .collect();
            assert_eq!(found, row, "{answer:?}");
        }
        assert!(Part::ALL.iter().all(|part| health(&[]).gate(*part, day("2026-01-10")) == (Gate::Open, None)));
    }

    #[test]
    fn of_two_gates_the_stricter_counts_everywhere() {
        let today = day("2026-01-11");
        let [gently, off] = [
            Gates { modes: [(Mode::Heat, (GENTLY, None))].into(), session: Some(GENTLY_FOR), ..Gates::default() },
            health(&[Answer::Clot]).gates(today),
        ];
        assert_eq!(gently.and(&Gates::default()), gently);
        let both = off.and(&gently);
        assert_eq!((both.ceiling(Mode::Heat), both.session), (Intensity::ZERO, Some(GENTLY_FOR)));
        assert_eq!(both, gently.and(&off));
    }

    #[test]
    fn of_several_answers_the_strictest_counts() {
        let both = health(&[Answer::Pregnant, Answer::Circulation]);
        let heat = both.gate(Part::Mode(Mode::Heat), day("2026-01-11"));
        assert_eq!(heat, (Gate::Off, Some(Answer::Circulation)));
        let gates = both.gates(day("2026-01-11"));
        assert!(Mode::ALL.iter().all(|mode| gates.ceiling(*mode).is_zero()) && gates.no_programs);
        assert_eq!(gates.why_off(Mode::Heat), Some(Answer::Circulation));
    }

    #[test]
    fn a_doctors_yes_opens_gently_for_a_year_and_never_what_is_off() {
        let mut pregnant = health(&[Answer::Pregnant]);
        let (roller, air) = (Part::Mode(Mode::Roller), Part::Mode(Mode::AirPressure));
        pregnant.doctor.insert(roller, day("2026-02-01"));
        assert_eq!(pregnant.gate(roller, day("2026-02-02")).0, Gate::Gently);
        assert_eq!(pregnant.gate(air, day("2026-02-02")).0, Gate::Doctor);
        assert_eq!(pregnant.gate(roller, day("2027-02-01")).0, Gate::Doctor);
        assert_eq!(pregnant.gate(roller, day("2026-01-31")).0, Gate::Doctor, "a day that has not come yet");
        let gates = pregnant.gates(day("2026-02-02"));
        assert_eq!((gates.ceiling(Mode::Roller), gates.session), (GENTLY, Some(GENTLY_FOR)));
        let mut clot = health(&[Answer::Clot]);
        clot.doctor.insert(roller, day("2026-02-01"));
        assert_eq!(clot.gate(roller, day("2026-02-02")).0, Gate::Off);
        // A new answer ends what was agreed to before it.
        pregnant.answer([Answer::Pregnant, Answer::Device].into(), false, day("2026-03-01"));
        assert_eq!(pregnant.gate(roller, day("2026-03-01")).0, Gate::Doctor);
    }

    #[test]
    fn a_clot_that_is_over_can_be_agreed_to_but_for_air_and_heat() {
        let mut clot = Health::default();
        clot.answer([Answer::Clot].into(), true, day("2026-01-10"));
        let gates = Part::ALL.map(|part| clot.gate(part, day("2026-01-10")).0);
        assert_eq!(gates, [Gate::Doctor, Gate::Doctor, Gate::Off, Gate::Off, Gate::Doctor]);
    }

    #[test]
    fn the_questions_come_again_when_the_answers_are_old() {
        let today = day("2026-01-10");
        assert!(Health::default().is_due(today));
        for (answers, due) in
            [(&[][..], "2027-01-10"), (&[Answer::Feeling], "2026-07-10"), (&[Answer::Pregnant], "2026-04-10")]
        {
            let due = day(due);
            assert!(!health(answers).is_due(due.pred_opt().unwrap()) && health(answers).is_due(due), "{answers:?}");
        }
    }

    #[test]
    fn a_red_flag_switches_everything_off_until_it_is_taken_back() {
        let mut health = health(&[]);
        assert!(health.asks_red_flags(day("2026-01-10")));
        health.answer_red_flags(true, day("2026-01-10"));
        let gates = health.gates(day("2026-01-10"));
        assert!(Mode::ALL.iter().all(|mode| gates.ceiling(*mode).is_zero()) && gates.no_programs && gates.red_flag);
        health.answer_red_flags(false, day("2026-01-11"));
        assert_eq!(health.gates(day("2026-01-11")), Gates::default());
        assert!(!health.asks_red_flags(day("2026-01-17")) && health.asks_red_flags(day("2026-01-18")));
    }
}
