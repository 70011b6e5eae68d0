//! The log: our own warnings on the terminal, more in a file of bounded size.
//!
//! Belongs here: where log lines go. What is worth a line is for each module to say, with `tracing`.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tracing_subscriber::filter::{EnvFilter, LevelFilter, Targets};
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

use crate::storage::{make_private_folder, must_be_file, private_file};
use crate::text;

/// The environment variable that says how much goes into the log file, such as `svang=debug`.
pub const VARIABLE: &str = "SVANG_LOG";

/// What goes into the log file where nothing else is said. The renderer warns of each empty path, which is no fault.
const USUAL: &str = "warn,iced_tiny_skia=error,svang=info";

/// The target of lines about panics. They go into the file alone: on the terminal the program says it in its own words.
pub const PANIC: &str = "svang::panic";

/// Starts the log. Without a file that can be written, warnings still reach the terminal, and one of them says so.
pub fn start(path: &Path) {
    let filter = EnvFilter::builder().with_env_var(VARIABLE).try_from_env();
    let filter = filter.unwrap_or_else(|_| EnvFilter::new(USUAL));
    let (file, why) = match BoundedFile::open(path, BoundedFile::LARGEST) {
        Ok(file) => (Some(file), None),
        Err(why) => (None, Some(why)),
    };
    let terminal = tracing_subscriber::fmt::layer()
        .with_writer(|| Plain(io::stderr()))
        .with_target(false)
        .without_time()
        .with_ansi(false)
        .with_filter(Targets::new().with_target("svang", LevelFilter::WARN).with_target(PANIC, LevelFilter::OFF));
    let file = file.map(|file| {
        tracing_subscriber::fmt::layer().with_ansi(false).with_writer(Mutex::new(Plain(file))).with_filter(filter)
    });
    // Fails only where a log runs already, as in tests.
    let _ = tracing_subscriber::registry().with(terminal).with(file).try_init();
    if let Some(why) = why {
        tracing::warn!("The log file {} cannot be written: {why}.", path.display());
    }
}

/// Writes lines, each in one piece, without what a name from the air or a word of a file could hide in them.
struct Plain<W>(W);

impl<W: Write> Write for Plain<W> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(line);
        let (words, end) = text.strip_suffix('\n').map_or((&*text, ""), |words| (words, "\n"));
        self.0.write_all(format!("{}{end}", text::plain(words)).as_bytes())?;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// A file that is set aside as `….old` when it is full, so that the two never grow beyond twice the bound.
struct BoundedFile {
    path: PathBuf,
    file: File,
    length: u64,
    largest: u64,
}

impl BoundedFile {
    /// 1 MiB: some weeks of ordinary use.
    const LARGEST: u64 = 1024 * 1024;

    fn open(path: &Path, largest: u64) -> io::Result<Self> {
        if let Some(folder) = path.parent() {
            make_private_folder(folder)?;
        }
        match must_be_file(path) {
            Err(why) if why.kind() != io::ErrorKind::NotFound => return Err(why),
            _ => {}
        }
        let file = private_file().append(true).open(path)?;
        // What an earlier Svang left readable for others.
        #[cfg(unix)]
        let _ = file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600));
        let length = file.metadata()?.len();
        Ok(Self { path: path.to_owned(), file, length, largest })
    }
}

impl Write for BoundedFile {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if self.length > 0 && self.length + line.len() as u64 > self.largest {
            fs::rename(&self.path, self.path.with_extension("log.old"))?;
            *self = Self::open(&self.path, self.largest)?;
        }
        let written = self.file.write(line)?;
        self.length += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_log_is_one_line_and_steers_no_terminal() {
        let mut log = Plain(Vec::new());
        log.write_all("connected to a\u{1b}[2JX\nC0:11:22 \u{202E}\n".as_bytes()).unwrap();
        log.write_all("next\n".as_bytes()).unwrap();
        assert_eq!(String::from_utf8(log.0).unwrap(), "connected to a\u{FFFD}[2JX C0:11:22 \u{FFFD}\nnext\n");
    }

    #[test]
    fn a_full_log_is_set_aside_and_a_new_one_begun() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state/svang.log");
        let mut file = BoundedFile::open(&path, 10).unwrap();
        for line in ["one\n", "two\n", "three\n"] {
            file.write_all(line.as_bytes()).unwrap();
        }
        drop(file);
        // A new start goes on where the last one ended.
        BoundedFile::open(&path, 10).unwrap().write_all(b"ten\n").unwrap();
        let read = |name: &str| fs::read_to_string(folder.path().join("state").join(name)).unwrap();
        assert_eq!(read("svang.log.old"), "one\ntwo\n");
        assert_eq!(read("svang.log"), "three\nten\n");
    }

    #[cfg(unix)]
    #[test]
    fn the_log_is_private_and_no_pipe() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state/svang.log");
        BoundedFile::open(&path, 10).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        BoundedFile::open(&path, 10).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
        let pipe = folder.path().join("pipe.log");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        assert!(BoundedFile::open(&pipe, 10).is_err());
    }
}
