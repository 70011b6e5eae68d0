//! What can be wrong with the form of a RON file.
//!
//! Belongs here: the facts, which `assets/i18n` puts into words. Finding them is [`super::syntax`]'s business.

use super::Names;
use super::syntax::short;
use crate::fact::carried::taken;
use crate::fact::{Decimal, Phrase};
use crate::facts;

facts! {
    /// What keeps a file from being read. `here` and the like are pieces of the file, in quotes.
    pub enum Fault in "syntax" {
        /// It is larger than 8 MiB.
        TooLarge(size: Decimal),
        /// Brackets in brackets in brackets.
        TooDeep,
        /// There is nothing in it.
        Empty(begins: String),
        /// It begins otherwise.
        Begins(begins: String),
        /// Its head states no version.
        NoVersion,
        /// It comes from a newer Svang.
        NewerVersion(version: String),
        /// What stands there is no version.
        OddVersion {
            /// What stands there.
            here: String,
            /// What is written today.
            newest: u32,
        },
        /// “…” of a word processor.
        CurvedQuotes,
        /// Another kind of value belongs here.
        OtherKind {
            /// What stands there.
            here: Piece,
            /// What belongs there.
            expected: Expected,
        },
        /// A backslash before a letter that it does not go with.
        Escape,
        /// A colon is missing.
        NoColon(here: Piece),
        /// A colon is missing, before a bracket.
        NoColonBeforeBracket,
        /// A field is unknown.
        NoField {
            /// What stands there.
            here: String,
            /// Those that there are.
            known: Names,
        },
        /// The same where it is known of what.
        NoFieldOf {
            /// What stands there.
            here: String,
            /// Of what it would be.
            outer: String,
            /// Those that there are.
            known: Names,
        },
        /// A word is unknown.
        NoWord {
            /// What stands there.
            here: String,
            /// Those that there are.
            known: Names,
        },
        /// A field is missing.
        FieldMissing(field: String),
        /// The same where it is known in what.
        FieldMissingIn {
            /// Which.
            field: String,
            /// In what.
            outer: String,
        },
        /// A field or a name stands there twice.
        Twice(field: String),
        /// One name stands where another belongs.
        OtherName {
            /// What stands there.
            here: String,
            /// What belongs there.
            expected: String,
        },
        /// A bracket after a name is missing.
        NoOpeningOf {
            /// What stands there.
            here: Piece,
            /// The name.
            name: String,
        },
        /// Something is missing before something.
        Missing {
            /// What.
            what: String,
            /// Before what.
            before: Piece,
        },
        /// A list belongs here.
        NoList(here: Piece),
        /// A brace belongs here.
        NoBrace(here: Piece),
        /// A text belongs here.
        NoText(here: Piece),
        /// A number belongs here.
        NoNumber(here: Piece),
        /// A number beyond what a field holds.
        OutOfRange(here: Piece),
        /// A comma too many.
        CommaTooMany,
        /// A word is missing before a bracket.
        NoWordBeforeBracket,
        /// A name in quotes.
        NameInQuotes(here: String),
        /// A name belongs here.
        NoName(here: Piece),
        /// A value is missing.
        NoValue(before: Piece),
        /// Something after the last bracket.
        AfterTheEnd(here: Piece),
        /// The end is missing.
        EndsTooEarly,
        /// Anything else, in the words of the reader.
        Other(why: String),
        /// A comma is missing.
        NoComma,
        /// A comma is missing after something.
        NoCommaAfter(here: String),
        /// A text over several lines.
        LongText,
        /// A number with a fraction.
        NoWholeNumber(here: String),
        /// A percent sign.
        PercentSign,
        /// A decimal comma.
        DecimalComma,
        /// A bracket closes another kind.
        OtherBracket {
            /// The bracket.
            here: String,
            /// What belongs there.
            expected: String,
            /// What is open.
            opened: String,
            /// On which line.
            line: usize,
        },
        /// A bracket closes nothing.
        ClosesNothing(here: String),
        /// A comment without an end.
        OpenComment,
        /// A text without an end.
        OpenText,
        /// The whole file's bracket is still open.
        FileOpen {
            /// The bracket.
            opened: String,
            /// On which line.
            line: usize,
        },
        /// A bracket without an end.
        NeverClosed(opened: String),
    }
}

facts! {
    /// A piece of the file as a sentence names it.
    pub enum Piece in "syntax-piece" {
        /// What stands there, in quotes.
        Word(text: String),
        /// Nothing: the file ends.
        End,
        /// It is not known which.
        This,
    }
}

facts! {
    /// A kind of value.
    pub enum Expected in "expected" {
        /// Digits without a sign or a point.
        WholeNumber,
        /// Digits.
        Number,
        /// Letters in quotes.
        Text,
        /// `true` or `false`.
        YesOrNo,
        /// Values in square brackets.
        List,
        /// Names with values in braces.
        Map,
        /// What a type says of itself.
        Said(what: Phrase),
        /// Anything else, in the words of the reader.
        Other(what: String),
    }
}

impl Expected {
    /// From the words in which `serde` names what it wants.
    pub(super) fn of(text: &str) -> Self {
        match text {
            "u8" | "u16" | "u32" | "u64" | "usize" | "i8" | "i16" | "i32" | "i64" => Self::WholeNumber,
            "f32" | "f64" => Self::Number,
            "a string" | "str" | "a borrowed string" => Self::Text,
            "a boolean" => Self::YesOrNo,
            "a sequence" => Self::List,
            "a map" => Self::Map,
            _ => taken(text).map_or_else(|| Self::Other(short(text)), Self::Said),
        }
    }
}
