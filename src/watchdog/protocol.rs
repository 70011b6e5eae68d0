//! What the two processes say to each other: one line of JSON each.
//!
//! Belongs here: the lines and their bounds. Both ends are the same program, yet a line is read as if a stranger had
//! written it: the one that reads it can move a massager.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::io::{AsyncRead, AsyncReadExt};
use uuid::Uuid;

use super::machine::Why;
use super::{Error, OffFrame, OffSequence};
use crate::bluetooth::MassagerId;
use crate::massager::Write;

/// The version of these lines. The two processes are one program, but for an update between their starts.
const VERSION: u32 = 1;

/// The longest line, in bytes.
pub(super) const LONGEST_LINE: usize = 64 * 1024;

/// The longest frame, in bytes: no attribute is longer (Bluetooth Core 5.4, volume 3, part F, 3.2.9).
const LONGEST_FRAME: usize = 512;

/// The longest pause or gap that is waited for. Maps may not ask for more while stopping.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// What the engine tells its watchdog.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Order {
    /// Watch this massager. The first line.
    Watch(Charge),
    /// Something moves.
    Beat,
    /// Nothing moves.
    Rest,
    /// End.
    Release,
}

/// What the watchdog tells the engine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Word {
    /// It has a way to the massager.
    Armed,
    /// It has none, or was told nonsense.
    Cannot(String),
    /// It is there; told now and then while the engine beats.
    Alive,
    /// It is stopping the massager, and the engine may not let it move any more.
    Fired(Why),
    /// Every frame of the off sequence was taken.
    Stopped,
    /// They were not, and it has given up.
    NotStopped,
}

/// What a watchdog is to stop, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Charge {
    version: u32,
    pub id: MassagerId,
    pub name: String,
    pub off: Vec<Frame>,
    write_gap_ms: u64,
}

/// One frame of an off sequence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Frame {
    pub service: Uuid,
    pub characteristic: Uuid,
    pub with_response: bool,
    pub bytes: Vec<u8>,
    /// Whether it may be taken once only, as the press of a key that switches over.
    pub once: bool,
    pause_ms: u64,
}

impl Charge {
    pub fn write_gap(&self) -> Duration {
        Duration::from_millis(self.write_gap_ms).min(LONGEST_PAUSE)
    }

    /// The characteristics that the frames go to, each once.
    pub fn places(&self) -> Vec<(Uuid, Uuid)> {
        let mut places: Vec<_> = self.off.iter().map(Frame::place).collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// Whether every frame goes to a place that another off sequence goes to as well.
    pub fn is_within(&self, other: &Self) -> bool {
        let places = other.places();
        self.off.iter().all(|frame| places.contains(&frame.place()))
    }

    fn check(&self) -> Result<(), String> {
        if self.version != VERSION {
            return Err(format!("version {} of the watchdog's lines is not known", self.version));
        }
        if self.off.is_empty() || self.off.len() > OffSequence::MOST_FRAMES {
            return Err(format!("an off sequence has 1 to {} frames", OffSequence::MOST_FRAMES));
        }
        if self.off.iter().any(|frame| frame.bytes.is_empty() || frame.bytes.len() > LONGEST_FRAME) {
            return Err(format!("a frame has 1 to {LONGEST_FRAME} bytes"));
        }
        Ok(())
    }
}

impl Frame {
    pub fn place(&self) -> (Uuid, Uuid) {
        (self.service, self.characteristic)
    }

    /// What is handed to the radio.
    pub fn write(&self) -> Write {
        Write {
            role: String::new(),
            service: self.service,
            characteristic: self.characteristic,
            with_response: self.with_response,
            bytes: self.bytes.clone(),
            sets: Vec::new(),
            pause: self.pause(),
        }
    }

    /// How long to wait after its answer before the next one.
    pub fn pause(&self) -> Duration {
        Duration::from_millis(self.pause_ms).min(LONGEST_PAUSE)
    }
}

/// Reads one line of the engine.
///
/// # Errors
/// In words, where it is none of ours or beyond the bounds.
pub(super) fn read_order(line: &[u8]) -> Result<Order, String> {
    let order = serde_json::from_slice(line).map_err(|why| why.to_string())?;
    if let Order::Watch(charge) = &order {
        charge.check()?;
    }
    Ok(order)
}

/// The order to watch, as a line.
///
/// # Errors
/// Where the off sequence is beyond the bounds.
pub(super) fn watch_line(off: &OffSequence) -> Result<Vec<u8>, Error> {
    let frame = |OffFrame { write, once }: &OffFrame| Frame {
        service: write.service,
        characteristic: write.characteristic,
        with_response: write.with_response,
        bytes: write.bytes.clone(),
        once: *once,
        pause_ms: milliseconds(write.pause),
    };
    let charge = Charge {
        version: VERSION,
        id: off.id.clone(),
        name: off.name.clone(),
        off: off.frames.iter().map(frame).collect(),
        write_gap_ms: milliseconds(off.write_gap),
    };
    charge.check().map_err(Error::NotStarted)?;
    let line = line(&Order::Watch(charge));
    if line.len() > LONGEST_LINE {
        return Err(Error::NotStarted("its off sequence is too long".to_owned()));
    }
    Ok(line)
}

/// A time in whole milliseconds, never less than it is.
fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_nanos().div_ceil(1_000_000)).unwrap_or(u64::MAX)
}

/// Anything as a line. What is never written is an empty one.
pub(super) fn line(said: &impl Serialize) -> Vec<u8> {
    let mut line = serde_json::to_vec(said).unwrap_or_default();
    line.push(b'\n');
    line
}

/// Lines as they come, none longer than [`LONGEST_LINE`].
pub(super) struct Lines<R> {
    from: R,
    read: Vec<u8>,
    over: bool,
}

/// What comes next from a pipe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Next {
    Line(Vec<u8>),
    /// A line that is too long; nothing more is read.
    TooLong,
    /// The end, also where reading fails: whoever wrote is gone.
    End,
}

impl<R: AsyncRead + Unpin> Lines<R> {
    pub fn new(from: R) -> Self {
        Self { from, read: Vec::new(), over: false }
    }

    /// The next line. May be dropped and called again without loss.
    pub async fn next(&mut self) -> Next {
        loop {
            if let Some(end) = self.read.iter().position(|byte| *byte == b'\n') {
                let mut line: Vec<u8> = self.read.drain(..=end).collect();
                line.pop();
                return if line.len() > LONGEST_LINE { Next::TooLong } else { Next::Line(line) };
            }
            if self.over {
                return Next::End;
            }
            if self.read.len() > LONGEST_LINE {
                self.read.clear();
                self.over = true;
                return Next::TooLong;
            }
            let mut some = [0; 4096];
            match self.from.read(&mut some).await {
                Ok(0) | Err(_) => {
                    // What stands behind the last line break was never finished.
                    self.read.clear();
                    self.over = true;
                }
                Ok(count) => self.read.extend_from_slice(some.get(..count).unwrap_or_default()),
            }
        }
    }
}
