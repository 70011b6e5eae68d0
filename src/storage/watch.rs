//! Notices when files in a folder change.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout_at};

use super::{Error, file};

/// Watches folders for as long as it lives. The system tells of changes; nothing is polled. What a link leads to elsewhere
/// is not watched.
#[derive(Debug)]
pub struct Watch {
    folders: Vec<PathBuf>,
    events: mpsc::UnboundedReceiver<()>,
    watcher: RecommendedWatcher,
}

impl Watch {
    /// How long the folders must rest before a change is told: editors write a file in several steps.
    const REST: Duration = Duration::from_millis(150);

    /// How long a change is kept back at most, when the folders do not rest.
    const LONGEST: Duration = Duration::from_secs(2);

    /// Starts watching; makes the folders where they are missing, since only what is there can be watched. The folders
    /// above them are watched too, so that one that is moved away and made anew is still watched.
    ///
    /// # Errors
    /// Where the system refuses; changes then go unnoticed.
    pub fn new(folders: &[PathBuf]) -> Result<Self, Error> {
        let (sender, events) = mpsc::unbounded_channel();
        let failed = |path: &PathBuf, why: String| Error::Watch { path: path.clone(), why };
        let anywhere = folders.first().cloned().unwrap_or_default();
        for folder in folders {
            file::make_private_folder(folder).map_err(|why| failed(folder, why.to_string()))?;
        }
        // Where a folder is a link, some systems tell of what it leads to.
        let real = folders.iter().filter_map(|folder| fs::canonicalize(folder).ok());
        let names: BTreeSet<OsString> =
            real.chain(folders.iter().cloned()).filter_map(|folder| Some(folder.file_name()?.to_owned())).collect();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            if event.map_or(true, |event| counts(&event, &names)) {
                let _ = sender.send(()); // Fails only when nobody listens any more.
            }
        })
        .map_err(|why| failed(&anywhere, why.to_string()))?;
        let above: BTreeSet<&Path> = folders.iter().filter_map(|folder| folder.parent()).collect();
        for folder in folders {
            watcher.watch(folder, RecursiveMode::NonRecursive).map_err(|why| failed(folder, why.to_string()))?;
        }
        for folder in above {
            if let Err(why) = watcher.watch(folder, RecursiveMode::NonRecursive) {
                tracing::info!(folder = %folder.display(), %why, "not watched");
            }
        }
        Ok(Self { folders: folders.to_owned(), events, watcher })
    }

    /// Waits until something changed and the folders rest again, or will not. `None` when nothing can be told any more.
    pub async fn changed(&mut self) -> Option<()> {
        self.events.recv().await?;
        let longest = Instant::now() + Self::LONGEST;
        loop {
            let rest = (Instant::now() + Self::REST).min(longest);
            if rest == longest || !matches!(timeout_at(rest, self.events.recv()).await, Ok(Some(()))) {
                break;
            }
        }
        // One of the folders may be another one by now. What changes before it is watched again is there to be read.
        for folder in &self.folders {
            let _ = self.watcher.unwatch(folder);
            if let Err(why) = self.watcher.watch(folder, RecursiveMode::NonRecursive) {
                tracing::info!(folder = %folder.display(), %why, "not watched until it is back");
            }
        }
        Some(())
    }
}

/// Whether an event may be a change of a visible file in folders of these names, or of the folders themselves.
fn counts(event: &notify::Event, names: &BTreeSet<OsString>) -> bool {
    // Reading a file is an event too; telling of it would make us read again for ever.
    if matches!(event.kind, EventKind::Access(_)) {
        return false;
    }
    let watched = |path: &Path| path.file_name().is_some_and(|name| names.contains(name));
    let hidden = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    let matters = |path: &PathBuf| watched(path) || (path.parent().is_some_and(watched) && !hidden(path));
    event.paths.is_empty() || event.paths.iter().any(matters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_change_on_disk_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let folders = [folder.path().join("profiles"), folder.path().join("massagers")];
        let mut watch = Watch::new(&folders).unwrap();
        let file = folders[1].join("a.ron");
        fs::write(&file, "one").unwrap();
        assert_eq!(watch.changed().await, Some(()));
        fs::rename(&file, folders[0].join("b.ron")).unwrap();
        assert_eq!(watch.changed().await, Some(()));
    }

    #[tokio::test(start_paused = true)]
    async fn a_folder_that_is_made_anew_is_still_watched() {
        let folder = tempfile::tempdir().unwrap();
        let profiles = folder.path().join("profiles");
        let mut watch = Watch::new(std::slice::from_ref(&profiles)).unwrap();
        fs::rename(&profiles, folder.path().join("old")).unwrap();
        assert_eq!(watch.changed().await, Some(()));
        assert!(!profiles.exists(), "that is the person's business");
        fs::create_dir(&profiles).unwrap();
        assert_eq!(watch.changed().await, Some(()));
        fs::write(profiles.join("a.ron"), "one").unwrap();
        assert_eq!(watch.changed().await, Some(()));
    }

    #[tokio::test(start_paused = true)]
    async fn a_folder_that_never_rests_is_told_all_the_same() {
        let (sender, events) = mpsc::unbounded_channel();
        let watcher = notify::recommended_watcher(|_| {}).unwrap();
        let mut watch = Watch { folders: Vec::new(), events, watcher };
        let busy = async {
            loop {
                sender.send(()).unwrap();
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        };
        let start = Instant::now();
        tokio::select! {
            () = busy => {}
            changed = watch.changed() => assert_eq!(changed, Some(())),
        }
        assert!(start.elapsed() <= Watch::LONGEST + Watch::REST, "{:?}", start.elapsed());
    }

    #[test]
    fn hidden_files_and_what_lies_beside_the_folders_do_not_count() {
        let names = BTreeSet::from([OsString::from("profiles")]);
        let of = |path: &str| notify::Event::new(EventKind::Any).add_path(path.into());
        for (path, wanted) in [
            ("/data/profiles/a.ron", true),
            ("/data/profiles", true),
            ("/data/profiles/.a.ron.swp", false),
            ("/data/ratings.ron", false),
            ("/data", false),
        ] {
            assert_eq!(counts(&of(path), &names), wanted, "{path}");
        }
        assert!(counts(&of("/data/profiles/.svang-x").add_path("/data/profiles/a.ron".into()), &names), "a rename");
        assert!(!counts(&notify::Event::new(EventKind::Access(notify::event::AccessKind::Any)), &names));
    }
}
