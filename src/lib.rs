//! Svang plays massage profiles on Bluetooth foot massagers, safely. (*Svang* is Danish for the arch of the foot.)
//!
//! # The house
//!
//! A lower layer never imports a higher one; `tests/architecture.rs` holds it to that.
//!
//! ```text
//!  6  main                      arguments, log, start; the massager stops however the program ends
//!     ────────────────────────────────────────────────────────────────────────────────────────────
//!  5  ui          cli           show what the engine tells, turn gestures into orders (iced only in ui)
//!     ────────────────────────────────────────────────────────────────────────────────────────────
//!  –  start                     from the disk to the engine, and back
//!     ────────────────────────────────────────────────────────────────────────────────────────────
//!  4  engine                    the one task that decides what a massager does: commands in, events out
//!     ────────────────────────────────────────────────────────────────────────────────────────────
//!  3  bluetooth   storage  log  radios and the writer (btleplug in one file) · files and folders
//!     instance                  one window at a time
//!     ────────────────────────────────────────────────────────────────────────────────────────────
//!  2  player  editor            what every mode should do now · a profile under the pen, as pure functions
//!     ────────────────────────────────────────────────────────────────────────────────────────────
//!  1  curve  profile            points in time · a whole massage and its file
//!     massager  care            device maps: bytes in, bytes out · limits
//!     ────────────────────────────────────────────────────────────────────────────────────────────
//!  0  time  intensity           the words that all layers share
//!     mode  problem  text  fingerprint
//! ```
//!
//! Why it is so:
//!
//! - **Layers 0 to 2 are pure**: no clock, no file, no task. Whoever needs "now" is handed it, so a test needs no waiting.
//! - **The engine owns the clock.** Playback runs evenly while a window redraws, hides or shows a dialog.
//! - **It wakes only for a change.** The player computes when the next level changes; between changes nothing is polled
//!   or written.
//! - **Wanted and confirmed are two values.** A level counts as set when its write was confirmed; the newest wanted value
//!   wins, nothing queues up, and a stop goes before everything and is repeated until it is confirmed.
//! - **The simulated massager is a massager.** It differs from a real one only where it is made.
//! - **A device map is data.** No protocol lives in Rust code; a massager is added by a file.
//!
//! # Words
//!
//! | We say | Meaning | Not |
//! |---|---|---|
//! | massager | the physical thing under the feet | device, toy, peripheral |
//! | device map | the RON file that describes a family of massagers | config, driver, protocol |
//! | mode | roller, vibration, air pressure, heat ([`mode::Mode`]) | actuator, feature, motor |
//! | foot, channel | left, right or both; a mode on a foot: what one track drives ([`mode::Channel`]) | zone, output |
//! | program | an automatic program built into the massager | preset |
//! | profile | our file: tracks of curves, and manual steps ([`profile::Profile`]) | script, pattern |
//! | track, curve, point, segment | a channel's lane; its shape; its fixed times; what lies between | keyframe, node |
//! | step | what the person does by hand for a while | action |
//! | intensity, level | 0 to 100 %; the massager's own whole number ([`intensity::Intensity`]) | power, speed, value |
//! | strength, ceiling | the person's scale on everything; the most a mode may reach | volume, cap |
//! | role | what a characteristic is for, such as `control` or `status` | endpoint |
//! | frame | the bytes of one write | packet, command |
//! | write gap, keep-alive | the least time between writes; what is sent while there is nothing to change | |
//! | session, dose | one massage from start to stop; massage time in a day ([`care::Limits`]) | |
//! | radio, link | a way to find massagers; a live connection to one ([`bluetooth::Radio`], [`bluetooth::Link`]) | |
//! | command, event | an order to the engine; a fact from it ([`engine::Command`], [`engine::Event`]) | mixed use |
//! | shelf | the built-in files of a kind together with the person's own ([`storage::Shelf`]) | repository |
//! | lane | a track as the editor shows it ([`editor::Lane`]) | row |
//! | take | a curve recorded by hand while time runs ([`editor::Recorder`]) | performance |
//! | clip | curves on the clipboard, as text ([`editor::Clip`]) | snippet |
//! | ghost | a curve as it ran before a drag, or would run with a tool | preview line |
//! | recovery copy | unsaved work on disk, to outlive a crash ([`storage::RecoveryCopy`]) | autosave, backup |
//! | problem | one fault in a file that a person wrote, with its place and remedy ([`problem::Problem`]) | error |

pub mod bluetooth;
#[cfg(target_os = "linux")]
mod bus;
pub mod care;
pub mod cli;
pub mod curve;
pub mod desktop;
pub mod editor;
pub mod engine;
pub mod fingerprint;
pub mod instance;
pub mod intensity;
pub mod log;
pub mod massager;
pub mod mode;
pub mod player;
pub mod problem;
pub mod profile;
pub mod signals;
pub mod start;
pub mod storage;
pub mod text;
pub mod time;
pub mod ui;
pub mod watchdog;
pub mod writer;
