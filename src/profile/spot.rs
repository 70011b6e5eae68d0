//! Where on the leg a step by hand is done.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::mode::Foot;

/// A part of the foot, or of the leg.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The middle of the heel.
    Heel,
    /// The inner side of the heel.
    InnerHeel,
    /// The arch.
    Arch,
    /// The ball of the foot.
    Ball,
    /// The toes.
    Toes,
    /// The whole sole.
    Sole,
    /// The calf.
    Calf,
}

/// A part of one foot or leg, or of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "Word", into = "Word")]
pub struct Spot {
    /// Which part.
    pub part: Part,
    /// On which side.
    pub foot: Foot,
}

/// The word of the files, such as `ArchLeft`.
impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&Word::from(*self), f)
    }
}

macro_rules! words {
    ($($word:ident = $part:ident $foot:ident,)*) => {
        /// The words of the files.
        #[derive(Debug, Clone, Copy, Serialize, Deserialize)]
        #[serde(rename = "Spot")]
        enum Word {
            $($word,)*
        }

        impl From<Word> for Spot {
            fn from(word: Word) -> Self {
                match word {
                    $(Word::$word => Self { part: Part::$part, foot: Foot::$foot },)*
                }
            }
        }

        impl From<Spot> for Word {
            fn from(spot: Spot) -> Self {
                match (spot.part, spot.foot) {
                    $((Part::$part, Foot::$foot) => Self::$word,)*
                }
            }
        }

        #[cfg(test)]
        const ALL: &[Word] = &[$(Word::$word,)*];
    };
}

words! {
    Heel = Heel Both,
    HeelLeft = Heel Left,
    HeelRight = Heel Right,
    InnerHeel = InnerHeel Both,
    InnerHeelLeft = InnerHeel Left,
    InnerHeelRight = InnerHeel Right,
    Arch = Arch Both,
    ArchLeft = Arch Left,
    ArchRight = Arch Right,
    Ball = Ball Both,
    BallLeft = Ball Left,
    BallRight = Ball Right,
    Toes = Toes Both,
    ToesLeft = Toes Left,
    ToesRight = Toes Right,
    Sole = Sole Both,
    SoleLeft = Sole Left,
    SoleRight = Sole Right,
    Calf = Calf Both,
    CalfLeft = Calf Left,
    CalfRight = Calf Right,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_is_read_as_it_is_written() {
        for word in ALL {
            let spot = Spot::from(*word);
            assert_eq!(ron::from_str::<Spot>(&spot.to_string()), Ok(spot));
        }
    }
}
