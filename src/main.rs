//! The program: arguments, log, start.

fn main() {}
