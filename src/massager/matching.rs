//! Whether a frame can become certain bytes, and with which levels.
//!
//! Belongs here: the question, asked of a template without rendering every combination of its slots. What follows from
//! the answer is [`super::behaviour`]'s and [`super::firmware`]'s business.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::number::Kind;
use super::template::{Inputs, Part, Sequence, Source, Template};
use super::transform::Transform;

/// A byte that is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Want {
    /// Any.
    Any,
    /// This one.
    Is(u8),
    /// This letter, in either case.
    Letter(u8),
}

impl Want {
    fn takes(self, byte: u8) -> bool {
        match self {
            Self::Any => true,
            Self::Is(want) => want == byte,
            Self::Letter(want) => want.eq_ignore_ascii_case(&byte),
        }
    }
}

/// How much may still be looked at. A map that asks for more than any massager needs is refused.
#[derive(Debug)]
pub(crate) struct Budget(u64);

impl Budget {
    /// So many steps.
    pub(crate) fn new(steps: u64) -> Self {
        Self(steps)
    }

    /// Takes some steps off; `false` where too few are left, and then none are.
    pub(crate) fn spend(&mut self, steps: usize) -> bool {
        let left = self.0.checked_sub(steps as u64);
        self.0 = left.unwrap_or(0);
        left.is_some()
    }

    /// Whether none are left.
    pub(crate) fn is_spent(&self) -> bool {
        self.0 == 0
    }
}

/// The levels of each source with which a frame has the bytes that are looked for.
pub(crate) type Levels = BTreeMap<Source, Vec<u16>>;

/// What is looked for, and what may fill the slots.
pub(crate) struct Search<'a> {
    /// The bytes.
    pub(crate) wanted: &'a [Want],
    /// Whether the frame may go on behind them.
    pub(crate) open: bool,
    /// What stands behind the frame's name in a call.
    pub(crate) arguments: &'a [Vec<u8>],
    /// The levels that a source may have.
    pub(crate) range: &'a dyn Fn(Source) -> RangeInclusive<u16>,
}

impl Search<'_> {
    /// The levels with which a frame is what is looked for, counters and the timer standing anywhere; `None` where it
    /// never is. A checksum is taken for right where the frame is looked for whole, and for wrong where only its
    /// beginning is.
    pub(crate) fn run(&self, template: &Template, budget: &mut Budget) -> Option<Levels> {
        self.from(&template.parts, 0, &Levels::new(), budget)
    }

    fn from(&self, parts: &[Part], at: usize, found: &Levels, budget: &mut Budget) -> Option<Levels> {
        if self.open && at >= self.wanted.len() {
            return Some(found.clone());
        }
        let Some((part, rest)) = parts.split_first() else {
            return (at == self.wanted.len()).then(|| found.clone());
        };
        if !budget.spend(1) {
            return None;
        }
        match part {
            Part::Bytes(bytes) => self.fixed(bytes, rest, at, found, budget),
            Part::Argument(number) => {
                let bytes = self.arguments.get(*number).map_or(&[][..], Vec::as_slice);
                self.fixed(bytes, rest, at, found, budget)
            }
            Part::Sequence { first, last, steps } => {
                let mut numbers = (*first..=*last).map(|number| Transform::all(steps, number.into()));
                let fits = numbers.any(|number| self.stands(&Kind::U8.bytes(number), at));
                fits.then(|| self.from(rest, at + 1, found, budget)).flatten()
            }
            Part::Length { kind, .. } => self.gap(kind.len(), rest, at, found, budget),
            Part::Check { .. } if self.open => None,
            Part::Check { sum, .. } => self.gap(sum.len(), rest, at, found, budget),
            Part::Value { source: Source::Timer, kind, .. } => {
                let shortest = if *kind == Kind::Decimal(0) { 1 } else { kind.len() };
                (shortest..=kind.len()).find_map(|length| self.gap(length, rest, at, found, budget))
            }
            Part::Value { source, kind, steps } => {
                // Levels by the length of their number.
                let mut fitting: BTreeMap<usize, Vec<u16>> = BTreeMap::new();
                let mut take = |level: u16| {
                    let bytes = kind.bytes(Transform::all(steps, level.into()));
                    if self.stands(&bytes, at) {
                        fitting.entry(bytes.len()).or_default().push(level);
                    }
                };
                match found.get(source) {
                    Some(levels) => levels.iter().copied().for_each(&mut take),
                    None => {
                        let range = (self.range)(*source);
                        if !budget.spend(usize::from(range.end().saturating_sub(*range.start()))) {
                            return None;
                        }
                        range.for_each(&mut take);
                    }
                }
                fitting.into_iter().find_map(|(length, levels)| {
                    let mut found = found.clone();
                    found.insert(*source, levels);
                    self.from(rest, at + length, &found, budget)
                })
            }
        }
    }

    fn fixed(&self, bytes: &[u8], rest: &[Part], at: usize, found: &Levels, budget: &mut Budget) -> Option<Levels> {
        self.stands(bytes, at).then(|| self.from(rest, at + bytes.len(), found, budget)).flatten()
    }

    /// Goes on behind bytes that may be any.
    fn gap(&self, length: usize, rest: &[Part], at: usize, found: &Levels, budget: &mut Budget) -> Option<Levels> {
        let fits = self.open || at + length <= self.wanted.len();
        fits.then(|| self.from(rest, at + length, found, budget)).flatten()
    }

    /// Whether bytes can stand at a place of what is looked for.
    fn stands(&self, bytes: &[u8], at: usize) -> bool {
        bytes.iter().enumerate().all(|(place, byte)| match self.wanted.get(at + place) {
            Some(want) => want.takes(*byte),
            None => self.open,
        })
    }
}

impl Template {
    /// The frame with these inputs, where a counter or the timer may be anything, and with a counter every checksum too.
    pub(crate) fn shape(&self, inputs: Inputs<'_>) -> Vec<Want> {
        let (bytes, places) = self.lay(inputs, &mut Sequence::default());
        let mut wants: Vec<Want> = bytes.iter().copied().map(Want::Is).collect();
        let varies = |part: &Part| matches!(part, Part::Sequence { .. } | Part::Value { source: Source::Timer, .. });
        let counted = self.parts.iter().any(varies);
        let ends = places.iter().skip(1).copied().chain([bytes.len()]);
        for ((part, &place), end) in self.parts.iter().zip(&places).zip(ends) {
            if varies(part) || (counted && matches!(part, Part::Check { .. })) {
                wants[place..end].fill(Want::Any);
            }
        }
        wants
    }

    /// The numbers that each slot for one of these sources has over some levels, slot by slot.
    pub(crate) fn slots(&self, sources: &[Source], max: u16) -> Vec<Vec<i64>> {
        let slots = self.parts.iter().filter_map(|part| match part {
            Part::Value { source, steps, .. } if sources.contains(source) => Some(steps),
            _ => None,
        });
        slots.map(|steps| (0..=max).map(|level| Transform::all(steps, level.into())).collect()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levels(template: &str, wanted: &str, open: bool) -> Option<Vec<Vec<u16>>> {
        let wanted: Vec<Want> =
            wanted.split(' ').map(|pair| u8::from_str_radix(pair, 16).map_or(Want::Any, Want::Is)).collect();
        let search = Search { wanted: &wanted, open, arguments: &[vec![0x37]], range: &|_| 0..=20 };
        let template = Template::parse_bytes(template).unwrap();
        search.run(&template, &mut Budget::new(10_000)).map(|levels| levels.into_values().collect())
    }

    #[test]
    fn the_levels_of_a_frame_are_found_in_its_bytes() {
        assert_eq!(levels("01 {level}", "01 0A", false), Some(vec![vec![10]]));
        assert_eq!(levels("01 {level}", "01 30", false), None);
        assert_eq!(levels("01 {level}", "01 0A 00", false), None);
        assert_eq!(levels("01 {level over 10}", "01 01", false), Some(vec![(10..20).collect()]));
        // Two slots of one source agree; those of two do not have to.
        assert_eq!(levels("{level} {level plus 1}", "03 04", false), Some(vec![vec![3]]));
        assert_eq!(levels("{level} {level plus 1}", "03 05", false), None);
        assert_eq!(levels("{Roller} {Heat}", "03 05", false), Some(vec![vec![3], vec![5]]));
        assert_eq!(levels("{level:dec} 41", "31 32 41", false), Some(vec![vec![12]]));
        assert_eq!(levels("{level:dec} 31", "31 31", false), Some(vec![vec![1]]));
        assert_eq!(
            levels("B0 {seq 0-15 times 16} {1} {level} {sum8 0-}", "B0 30 37 .. 00", false).unwrap()[0].len(),
            21
        );
        assert_eq!(levels("B0 {seq 0-15 times 16}", "B0 31", false), None);
        assert_eq!(levels("{Roller} {Heat} 00", "05 06", true), Some(vec![vec![5], vec![6]]));
        assert_eq!(levels("05", "05 06", true), None);
    }
}
