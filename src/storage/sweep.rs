//! Temporary files that a Svang which was killed in the middle of saving left behind.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::{Folders, file};

/// How old a temporary file is before nobody can be writing it any more.
const OLD: Duration = Duration::from_secs(24 * 60 * 60);

/// Removes temporary files of ours that are older than a day at `now`. What cannot be removed is left for another time.
pub fn sweep(folders: &Folders, now: SystemTime) {
    let own = [&folders.config, &folders.data, &folders.state].map(ToOwned::to_owned);
    for folder in own.into_iter().chain([folders.profiles(), folders.massagers(), folders.recovery(), folders.locks()])
    {
        for item in fs::read_dir(folder).into_iter().flatten().flatten() {
            if item.file_name().to_string_lossy().starts_with(file::TEMPORARY) && is_old(&item.path(), now) {
                let removed = fs::remove_file(item.path());
                tracing::info!(path = %item.path().display(), ?removed, "a leftover");
            }
        }
    }
}

fn is_old(path: &Path, now: SystemTime) -> bool {
    let Ok(found) = fs::symlink_metadata(path) else { return false };
    let age = found.modified().ok().and_then(|at| now.duration_since(at).ok());
    found.is_file() && age.is_some_and(|age| age > OLD)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_old_temporary_files_of_ours_are_swept() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::under(folder.path());
        fs::create_dir_all(folders.profiles()).unwrap();
        let [temporary, other] = [".svang-a1B2c3", "mine.ron"].map(|name| folders.profiles().join(name));
        for path in [&temporary, &other] {
            fs::write(path, "half").unwrap();
        }
        fs::create_dir(folders.data.join(".svang-folder")).unwrap();
        let now = SystemTime::now();
        sweep(&folders, now);
        assert!(temporary.exists(), "somebody may be writing it");
        sweep(&folders, now + OLD * 2);
        assert!(!temporary.exists() && other.exists() && folders.data.join(".svang-folder").exists());
    }
}
