//! One window at a time: whoever starts Svang once more sees the window that is open.
//!
//! Belongs here: who is the first, and how the others reach it. What the window does then is the window's.
//!
//! The first holds a lock, which the system lets go of however the program ends, and listens on a local socket: on Unix one
//! beside the lock, elsewhere one of the computer's own network, whose port lies beside the lock with a word that only
//! the person can read. Folders of their own make an instance of its own. Only Unix has been tried.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout};

use crate::facts;
use crate::storage::{FileLock, Folders};

use socket::{Listener, Stream};

/// How long the first may take to answer: it may just be starting, or ending.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long to pause before asking again.
const AGAIN: Duration = Duration::from_millis(100);

/// How long one answer may take.
const ANSWER: Duration = Duration::from_secs(1);

/// What the first says once its window is on its way to the front.
const SHOWN: &str = "shown\n";

/// The longest line that is read.
const LONGEST: u64 = 64;

/// Who has the window.
#[derive(Debug)]
pub enum Claim {
    /// This program.
    First(Instance),
    /// Another one, whose window comes to the front.
    Shown,
    /// Another one that does not answer.
    Silent,
}

facts! {
    /// Another Svang has the window and does not answer.
    pub enum Trouble in "instance" {
        /// It is open, and its window does not answer.
        Silent,
    }
}

/// The right to the window, until it is dropped.
#[derive(Debug)]
#[must_use = "others may open a window once this is dropped"]
pub struct Instance {
    place: PathBuf,
    _lock: Option<FileLock>,
    listening: Option<JoinHandle<()>>,
}

/// Claims the window for this program, or asks the program that has it to show it. Where no lock can be written, every
/// program is the first.
pub async fn claim(folders: &Folders) -> Claim {
    let place = folders.locks().join("window");
    let until = Instant::now() + PATIENCE;
    loop {
        let lock = match FileLock::try_take(&place.with_extension("lock")) {
            Ok(lock) => lock.map(Some),
            Err(why) => {
                tracing::warn!(%why, "whether another window is open is not known");
                Some(None)
            }
        };
        if let Some(lock) = lock {
            return Claim::First(Instance { place, _lock: lock, listening: None });
        }
        match timeout(ANSWER, ask(&place)).await {
            Ok(Ok(())) => return Claim::Shown,
            Ok(Err(why)) => tracing::debug!(%why, "the other window"),
            Err(_) => {}
        }
        if Instant::now() >= until {
            return Claim::Silent;
        }
        sleep(AGAIN).await;
    }
}

impl Instance {
    /// Listens to those who start Svang once more, and tells each time. Must be called inside a tokio runtime. What is
    /// returned beside is to be held as long as the window is open.
    pub fn listen(mut self) -> (mpsc::UnboundedReceiver<()>, Self) {
        let (tell, shows) = mpsc::unbounded_channel();
        let place = self.place.clone();
        self.listening = Some(tokio::spawn(async move {
            if let Err(why) = hear(&place, &tell).await {
                tracing::warn!(%why, "a second start will not find this window");
            }
        }));
        (shows, self)
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        if let Some(listening) = &self.listening {
            listening.abort();
        }
    }
}

/// Answers everybody, one after the other, until nobody here listens any more.
async fn hear(place: &Path, tell: &mpsc::UnboundedSender<()>) -> io::Result<()> {
    let Listener { socket, request } = Listener::new(place).await?;
    loop {
        let (mut stream, _) = socket.accept().await?;
        match timeout(ANSWER, read_line(&mut stream)).await {
            Ok(Ok(line)) if line == request => {
                if tell.send(()).is_err() {
                    return Ok(());
                }
                let _ = timeout(ANSWER, stream.write_all(SHOWN.as_bytes())).await; // Who has gone needs no answer.
            }
            _ => tracing::debug!("a stranger at the window's socket"),
        }
    }
}

/// Asks the first to show its window.
async fn ask(place: &Path) -> io::Result<()> {
    let (mut stream, request) = socket::connect(place).await?;
    stream.write_all(request.as_bytes()).await?;
    match read_line(&mut stream).await?.as_str() {
        SHOWN => Ok(()),
        _ => Err(io::Error::from(io::ErrorKind::InvalidData)),
    }
}

/// Reads up to the end of a line, which is part of it.
async fn read_line(stream: &mut Stream) -> io::Result<String> {
    let mut line = String::new();
    BufReader::new(stream.take(LONGEST)).read_line(&mut line).await?;
    Ok(line)
}

/// A socket beside the lock. The folder lets nobody else in.
#[cfg(unix)]
mod socket {
    use std::fs;
    use std::io;
    use std::path::Path;

    pub(super) use tokio::net::UnixStream as Stream;

    const REQUEST: &str = "show\n";

    pub(super) struct Listener {
        pub socket: tokio::net::UnixListener,
        /// What whoever wants to see the window has to say.
        pub request: String,
    }

    impl Listener {
        pub async fn new(place: &Path) -> io::Result<Self> {
            let path = place.with_extension("socket");
            // One that a program which was killed left behind; ours is the lock.
            match fs::remove_file(&path) {
                Err(why) if why.kind() != io::ErrorKind::NotFound => return Err(why),
                _ => {}
            }
            Ok(Self { socket: tokio::net::UnixListener::bind(path)?, request: REQUEST.to_owned() })
        }
    }

    pub(super) async fn connect(place: &Path) -> io::Result<(Stream, String)> {
        Ok((Stream::connect(place.with_extension("socket")).await?, REQUEST.to_owned()))
    }
}

/// A port of the computer's own network, and a word that keeps everybody else on it out.
#[cfg(not(unix))]
mod socket {
    use std::hash::{BuildHasher, RandomState};
    use std::io;
    use std::net::Ipv4Addr;
    use std::path::Path;

    use crate::storage;

    pub(super) use tokio::net::TcpStream as Stream;

    pub(super) struct Listener {
        pub socket: tokio::net::TcpListener,
        /// What whoever wants to see the window has to say.
        pub request: String,
    }

    impl Listener {
        pub async fn new(place: &Path) -> io::Result<Self> {
            let socket = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
            // The only source of chance in the standard library.
            let request = format!("{:016x}\n", RandomState::new().hash_one(()));
            let text = format!("{}\n{request}", socket.local_addr()?.port());
            storage::save(&place.with_extension("port"), text.as_bytes()).map_err(io::Error::other)?;
            Ok(Self { socket, request })
        }
    }

    pub(super) async fn connect(place: &Path) -> io::Result<(Stream, String)> {
        let text = storage::read_file(&place.with_extension("port")).map_err(io::Error::other)?;
        let wrong = || io::Error::from(io::ErrorKind::InvalidData);
        let (port, request) = text.split_once('\n').ok_or_else(wrong)?;
        let port: u16 = port.parse().map_err(|_| wrong())?;
        Ok((Stream::connect((Ipv4Addr::LOCALHOST, port)).await?, request.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn first(folders: &Folders) -> Instance {
        match claim(folders).await {
            Claim::First(instance) => instance,
            other => panic!("{other:?}"),
        }
    }

    #[tokio::test]
    async fn a_second_start_shows_the_first_and_folders_of_their_own_are_windows_of_their_own() {
        let folder = tempfile::tempdir().unwrap();
        let [one, other] = ["one", "other"].map(|name| Folders::under(&folder.path().join(name)));
        let (mut shows, open) = first(&one).await.listen();
        for _ in 0..2 {
            assert!(matches!(claim(&one).await, Claim::Shown));
            assert_eq!(shows.try_recv(), Ok(()));
        }
        assert!(matches!(claim(&other).await, Claim::First(_)));
        assert!(shows.try_recv().is_err(), "nobody asked for this one");
        drop(open);
        let (_shows, _open) = first(&one).await.listen();
    }

    #[tokio::test]
    async fn a_second_start_waits_for_a_first_that_only_begins() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::under(folder.path());
        let begins = first(&folders).await;
        let second = tokio::spawn(async move { claim(&folders).await });
        tokio::task::yield_now().await;
        let (mut shows, _open) = begins.listen();
        assert!(matches!(second.await.unwrap(), Claim::Shown));
        assert_eq!(shows.recv().await, Some(()));
    }

    #[tokio::test(start_paused = true)]
    async fn a_first_that_does_not_answer_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::under(folder.path());
        let _hangs = first(&folders).await;
        assert!(matches!(claim(&folders).await, Claim::Silent));
    }

    #[tokio::test]
    async fn strangers_are_not_answered_and_where_no_lock_can_be_written_the_window_opens() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::under(folder.path());
        let (mut shows, open) = first(&folders).await.listen();
        assert!(matches!(claim(&folders).await, Claim::Shown));
        assert_eq!(shows.recv().await, Some(()));
        let (mut stream, _) = socket::connect(&open.place).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\n").await.unwrap();
        assert_eq!(read_line(&mut stream).await.unwrap(), "");
        assert!(shows.try_recv().is_err());
        let elsewhere = Folders::under(&folder.path().join("elsewhere"));
        std::fs::create_dir(folder.path().join("elsewhere")).unwrap();
        std::fs::write(&elsewhere.state, "").unwrap();
        assert!(matches!(claim(&elsewhere).await, Claim::First(_)));
    }
}
