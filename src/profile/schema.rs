//! What a profile's file may hold, version by version, exactly as it is written.
//!
//! Belongs here: one module a version, strict, and the reading of texts that all versions share. What the values mean
//! together is checked in `read`.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};

pub(super) mod v1;

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
                f.write_str("a text in quotes, or one for each language such as {\"en\": \"ball\", \"da\": \"bold\"}")
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
