//! Svang plays massage profiles on Bluetooth foot massagers, safely.

pub mod bluetooth;
pub mod care;
pub mod cli;
pub mod curve;
pub mod engine;
pub mod intensity;
pub mod log;
pub mod massager;
pub mod mode;
pub mod player;
pub mod problem;
pub mod profile;
pub mod start;
pub mod storage;
pub mod time;
pub mod ui;
