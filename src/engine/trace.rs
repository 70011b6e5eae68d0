//! The trace: a line of JSON for every write and notification.
//!
//! Belongs here: the form of the lines. Where they go is the starter's choice.
//!
//! `{"at":12.345678,"what":"write","service":"…","characteristic":"…","bytes":"53 01 …","response":true,
//! "levels":{"Roller":3},"position":"1:02.500"}`: seconds since the engine's start, the identifiers, the bytes in
//! hexadecimal, the levels that hold once it was written, and the place in the profile, if one plays. A notification
//! (`"what":"notification"`) has the levels that it shows.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::PathBuf;
use std::time::Instant;

use serde_json::json;
use uuid::Uuid;

use super::Trace;
use crate::massager::{Report, Write};
use crate::mode::Channel;
use crate::time::Time;

/// Writes the trace, or nothing where none is wanted.
pub(super) struct Tracer {
    trace: Option<Trace>,
    start: Instant,
    /// The place in the profile, kept up to date by the engine.
    pub position: Option<Time>,
}

impl Tracer {
    pub fn new(trace: Option<Trace>, start: Instant) -> Self {
        Self { trace, start, position: None }
    }

    pub fn path(&self) -> Option<PathBuf> {
        self.trace.as_ref().map(|trace| trace.path.clone())
    }

    pub fn wrote(&mut self, now: Instant, write: &Write) {
        if self.trace.is_some() {
            let mut line = self.line(now, "write", write.service, write.characteristic, &write.bytes);
            line["response"] = write.with_response.into();
            line["levels"] = levels(write.sets.iter().copied());
            self.put(&line);
        }
    }

    pub fn heard(&mut self, now: Instant, place: (Uuid, Uuid), bytes: &[u8], report: Option<&Report>) {
        if self.trace.is_some() {
            let mut line = self.line(now, "notification", place.0, place.1, bytes);
            line["levels"] = levels(report.into_iter().flat_map(|report| report.levels.clone()));
            self.put(&line);
        }
    }

    /// Sees to it that all lines are in the file.
    pub fn flush(&mut self) {
        if let Some(trace) = &mut self.trace
            && let Err(error) = trace.sink.flush()
        {
            tracing::warn!(%error, "the trace cannot be written");
        }
    }

    fn line(&self, now: Instant, what: &str, service: Uuid, characteristic: Uuid, bytes: &[u8]) -> serde_json::Value {
        let hex: Vec<String> = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
        let at = now.saturating_duration_since(self.start).as_micros() as f64 / 1e6;
        json!({
            "at": at,
            "what": what,
            "service": service.to_string(),
            "characteristic": characteristic.to_string(),
            "bytes": hex.join(" "),
            "position": self.position.map(|position| position.to_string()),
        })
    }

    fn put(&mut self, line: &serde_json::Value) {
        let Some(trace) = &mut self.trace else { return };
        if let Err(error) = writeln!(trace.sink, "{line}") {
            // A full disk must not end a massage, nor be told with every write.
            tracing::warn!(%error, path = %trace.path.display(), "the trace ends here");
            self.trace = None;
        }
    }
}

fn levels(levels: impl IntoIterator<Item = (Channel, u16)>) -> serde_json::Value {
    let levels: BTreeMap<String, u16> =
        levels.into_iter().map(|(channel, level)| (channel.to_string(), level)).collect();
    json!(levels)
}
