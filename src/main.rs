//! The program: arguments, log, start.

use std::io;
use std::process::ExitCode;

use svang::cli::{self, Outcome, Surroundings};
use svang::log;
use svang::storage::Folders;

fn main() -> ExitCode {
    let (mut out, mut err) = (io::stdout(), io::stderr());
    let arguments = match cli::read(std::env::args_os(), &mut out, &mut err) {
        Ok(arguments) => arguments,
        Err(outcome) => return outcome.into(),
    };
    let folders = match Folders::of_platform() {
        Ok(folders) => folders,
        Err(why) => return cli::cannot_start(&why, &mut err).into(),
    };
    log::start(&folders.log());
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(why) => return cli::cannot_start(&why, &mut err).into(),
    };
    let surroundings = Surroundings { folders, out: &mut out, err: &mut err };
    match arguments.command {
        Some(command) => runtime.block_on(cli::run(command, surroundings)).into(),
        None => Outcome::CannotStart.into(),
    }
}
