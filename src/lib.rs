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
//!     i18n                      typed facts into words, in every language
//!     ────────────────────────────────────────────────────────────────────────────────────────────
//!  –  store                     from the disk to the engine, and back
//!     ────────────────────────────────────────────────────────────────────────────────────────────
//!  4  engine  watchdog          the one task that decides what massagers do: commands in, events out · the second
//!                               process that stops a massager when the first one is gone
//!     ────────────────────────────────────────────────────────────────────────────────────────────
//!  3  bluetooth   storage        radios (btleplug in one file) · files, folders and locks
//!     desktop  instance          sleep, notifications, tones · one window at a time
//!     signals  bus  log          what the system asks of the program · D-Bus · the log file
//!     ────────────────────────────────────────────────────────────────────────────────────────────
//!  2  player  editor             what every mode should do now · a profile under the pen, as pure functions
//!     writer                     which bytes go out now, and what is confirmed
//!     ────────────────────────────────────────────────────────────────────────────────────────────
//!  1  curve  profile            points in time · a whole massage and its file
//!     massager  care            device maps: bytes in, bytes out · limits
//!     ────────────────────────────────────────────────────────────────────────────────────────────
//!  0  time  intensity           the words that all layers share
//!     mode  problem  text  fingerprint  fact
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
//! - **One write in flight per characteristic**, because that is what radios can do; the writer knows nothing else.
//! - **Stop is nobody's decision.** Keys, buttons, signals and closing reach the engine before any screen is asked.
//! - **Three nets**: the engine, the watchdog process, and what the massager does when nothing comes any more.
//! - **Phases are enums**: a session with a massager is connecting, live or lost, never two of these.
//! - **Facts are typed, words come last.** No module below `i18n` holds a sentence for a person.
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
//! | stretch | a part of a profile that was played at one strength ([`engine::Stretch`]); what lies between two was skipped | segment |
//! | report | the engine's state or a notice without instants and sentences, for other programs ([`engine::Report`]) | dump |
//! | net | what stops a massager when something fails: the engine, the watchdog, the massager itself | layer, fallback |
//! | need | what a profile is for: morning, after activity, trigger points, evening ([`profile::Need`]) | category, tag |
//! | answer, gate, red flag | what applies to a person; what that closes, wholly or to a gentle level; a sign with which nothing starts ([`care::health`]) | contraindication |
//! | step, spot | what the person does by hand for a while; the place on the foot or leg where ([`profile::Spot`]) | action |
//! | intensity, level | 0 to 100 %; the massager's own whole number ([`intensity::Intensity`]) | power, speed, value |
//! | strength, ceiling | the person's scale on everything; the most a mode may reach | volume, cap |
//! | role | what a characteristic is for, such as `control` or `status` | endpoint |
//! | frame | the bytes of one write | packet, command |
//! | encoder | what turns levels into a map's frames and notifications into levels ([`massager::Encoder`]) | driver |
//! | write gap, keep-alive | the least time between writes; what is sent while there is nothing to change | |
//! | off sequence, round | the frames that bring everything to nothing; one hand-over of all of them ([`writer`]) | |
//! | in flight | handed to the radio and not answered yet | pending |
//! | watchdog, beat, lease | the second process; what it hears while anything moves; the time that a beat buys ([`watchdog`]) | guardian |
//! | fingerprint | a number for the text of a device map, to tell whether it is still the one that was tried | hash |
//! | note | what may be right in a device map and is worth a look ([`massager::Note`]) | warning |
//! | session, dose | one massage from start to stop, and in the engine one massager from the first try to the last off-frame; massage time in a day ([`care::Limits`]) | |
//! | radio, link | a way to find massagers; a live connection to one ([`bluetooth::Radio`], [`bluetooth::Link`]) | |
//! | command, event | an order to the engine; a fact from it ([`engine::Command`], [`engine::Event`]) | mixed use |
//! | shelf | the built-in files of a kind together with the person's own ([`storage::Shelf`]) | repository |
//! | lane | a track as the editor shows it ([`editor::Lane`]) | row |
//! | take | a curve recorded by hand while time runs ([`editor::Recorder`]) | performance |
//! | clip | curves on the clipboard, as text ([`editor::Clip`]) | snippet |
//! | ghost | a curve as it ran before a drag, or would run with a tool | preview line |
//! | recovery copy | unsaved work on disk, to outlive a crash ([`storage::RecoveryCopy`]) | autosave, backup |
//! | fact, phrase | what a lower layer knows and a person is to hear, as an enum; the same as a key with arguments ([`fact::Fact`], [`fact::Phrase`]) | message |
//! | words | a language, and the way from a phrase to a sentence ([`i18n::Words`]) | locale |
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
pub mod fact;
pub mod fingerprint;
pub mod i18n;
pub mod instance;
pub mod intensity;
pub mod log;
pub mod massager;
pub mod mode;
pub mod player;
pub mod problem;
pub mod profile;
pub mod signals;
pub mod storage;
pub mod store;
pub mod text;
pub mod time;
pub mod ui;
pub mod watchdog;
pub mod writer;
