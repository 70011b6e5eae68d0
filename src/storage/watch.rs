//! Notices when files in a folder change.

use std::path::PathBuf;
use std::time::Duration;

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::mpsc;

use super::Error;

/// Watches folders for as long as it lives. The system tells of changes; nothing is polled.
#[derive(Debug)]
pub struct Watch {
    events: mpsc::UnboundedReceiver<()>,
    _watcher: RecommendedWatcher,
}

impl Watch {
    /// How long the folders must rest before a change is told: editors write a file in several steps.
    const REST: Duration = Duration::from_millis(150);

    /// Starts watching; makes the folders where they are missing, since only what is there can be watched.
    ///
    /// # Errors
    /// Where the system refuses; changes then go unnoticed.
    pub fn new(folders: &[PathBuf]) -> Result<Self, Error> {
        let (sender, events) = mpsc::unbounded_channel();
        let failed = |path: &PathBuf, why: String| Error::Watch { path: path.clone(), why };
        let anywhere = folders.first().cloned().unwrap_or_default();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            // Reading a file is an event too; telling of it would make us read again for ever.
            if !matches!(event, Ok(notify::Event { kind: EventKind::Access(_), .. })) {
                let _ = sender.send(()); // Fails only when nobody listens any more.
            }
        })
        .map_err(|why| failed(&anywhere, why.to_string()))?;
        for folder in folders {
            std::fs::create_dir_all(folder).map_err(|why| failed(folder, why.to_string()))?;
            watcher.watch(folder, RecursiveMode::NonRecursive).map_err(|why| failed(folder, why.to_string()))?;
        }
        Ok(Self { events, _watcher: watcher })
    }

    /// Waits until something changed and the folders rest again. `None` when nothing can be told any more.
    pub async fn changed(&mut self) -> Option<()> {
        self.events.recv().await?;
        while let Ok(Some(())) = tokio::time::timeout(Self::REST, self.events.recv()).await {}
        Some(())
    }
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
        std::fs::write(&file, "one").unwrap();
        assert_eq!(watch.changed().await, Some(()));
        std::fs::rename(&file, folders[0].join("b.ron")).unwrap();
        assert_eq!(watch.changed().await, Some(()));
    }
}
