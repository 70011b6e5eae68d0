//! From a [`Profile`] to its file, laid out as a person would write it.
//!
//! Belongs here: the newest version's layout. Saving it safely is the storage's matter.

use std::fmt::Write;

use super::read::NEWEST;
use super::{Profile, Text};

impl Profile {
    /// The profile's file in the newest version: a point a line, texts plain where they have no language.
    ///
    /// Reading it gives the same profile.
    pub fn write(&self) -> String {
        let mut file = format!("Profile(\n    version: {NEWEST},\n");
        field(&mut file, "name", &self.name);
        if !self.description.variants.is_empty() {
            field(&mut file, "description", &self.description);
        }
        let mut line = |text: std::fmt::Arguments<'_>| {
            // Writing into a string cannot fail.
            let _ = file.write_fmt(text);
        };
        if let Some(author) = &self.author {
            line(format_args!("    author: {},\n", quoted(author)));
        }
        if let Some(need) = self.need {
            line(format_args!("    need: {need:?},\n"));
        }
        line(format_args!("    length: \"{}\",\n", self.length));
        if !self.tracks.is_empty() {
            line(format_args!("    tracks: {{\n"));
            for (channel, curve) in &self.tracks {
                line(format_args!("        {channel}: [\n"));
                for point in curve.points() {
                    line(format_args!("            {point},\n"));
                }
                line(format_args!("        ],\n"));
            }
            line(format_args!("    }},\n"));
        }
        if !self.steps.is_empty() {
            line(format_args!("    steps: [\n"));
            for step in &self.steps {
                let (from, to) = (step.from, step.to);
                let spot = step.spot.map(|spot| format!(" spot: {spot},")).unwrap_or_default();
                line(format_args!(
                    "        Step(from: \"{from}\", to: \"{to}\",{spot} text: {}),\n",
                    text(&step.text, 8)
                ));
            }
            line(format_args!("    ],\n"));
        }
        file.push_str(")\n");
        file
    }
}

fn field(file: &mut String, name: &str, value: &Text) {
    file.push_str(&format!("    {name}: {},\n", text(value, 4)));
}

/// A text as a value: plain where it has no language, else a line for each, `indent` deep.
fn text(text: &Text, indent: usize) -> String {
    let variants = &text.variants;
    if let (1, Some(plain)) = (variants.len(), variants.get("")) {
        return quoted(plain);
    }
    let inner = " ".repeat(indent + 4);
    let lines = variants.iter().map(|(code, text)| format!("{inner}{}: {},\n", quoted(code), quoted(text)));
    format!("{{\n{}{}}}", lines.collect::<String>(), " ".repeat(indent))
}

fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => quoted.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
