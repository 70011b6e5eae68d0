//! What a profile's file may hold, version by version, exactly as it is written.
//!
//! Belongs here: one module a version, strict, and the reading of texts that all versions share. What the values mean
//! together is checked in `read`.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};

use crate::fact::carried::carried;
use crate::facts;

pub(super) mod v1;

facts! {
    /// What belongs in the place of something else.
    enum Expected in "expected-profile" {
        Text,
        Tracks,
    }
}

/// A text as written: plain, or by language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Text {
    /// Language code and text, in the file's order, doubles included. A plain text has the empty code.
    pub variants: Vec<(String, String)>,
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&carried(Expected::Text))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Text, E> {
                Ok(Text { variants: vec![(String::new(), text.to_owned())] })
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Text, A::Error> {
                let mut variants = Vec::new();
                while let Some(variant) = map.next_entry()? {
                    variants.push(variant);
                }
                Ok(Text { variants })
            }
        }

        deserializer.deserialize_any(Either)
    }
}
