//! Single files: reading within bounds, saving without ever leaving half a file, and names that are free.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::Error;

/// The largest file that is read: 8 MiB.
pub(super) const LARGEST: u64 = 8 * 1024 * 1024;

/// Saves a file so that after a crash or a power cut either the old or the new one is there, whole: a temporary file in
/// the same folder, flushed to the disk, then renamed over the old one. Missing folders are made.
///
/// # Errors
/// Where the disk or the permissions refuse; the old file is then unchanged.
pub fn save(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let failed = |why| Error::save(path, why);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(failed)?;
    let mut temporary = tempfile::Builder::new().prefix(".svang-").tempfile_in(folder).map_err(failed)?;
    temporary.write_all(bytes).map_err(failed)?;
    temporary.flush().map_err(failed)?;
    // A temporary file is private; the saved one keeps what the old one had, or what a new file gets.
    let permissions = match fs::metadata(path) {
        Ok(old) => old.permissions(),
        Err(_) => new_file_permissions(folder).map_err(failed)?,
    };
    temporary.as_file().set_permissions(permissions).map_err(failed)?;
    temporary.as_file().sync_all().map_err(failed)?;
    temporary.persist(path).map_err(|why| failed(why.error))?;
    sync_folder(folder);
    Ok(())
}

/// What the person's umask gives a new file.
fn new_file_permissions(folder: &Path) -> io::Result<fs::Permissions> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let probe = tempfile::Builder::new().prefix(".svang-").make_in(folder, |path| File::create_new(path))?;
        Ok(fs::Permissions::from_mode(probe.as_file().metadata()?.permissions().mode() & 0o666))
    }
    #[cfg(not(unix))]
    {
        tempfile::Builder::new().prefix(".svang-").tempfile_in(folder)?.as_file().metadata().map(|of| of.permissions())
    }
}

/// Makes the rename last through a power cut. The file itself is whole either way, so a refusal is no failure.
fn sync_folder(folder: &Path) {
    #[cfg(unix)]
    if let Err(why) = File::open(folder).and_then(|folder| folder.sync_all()) {
        tracing::debug!(folder = %folder.display(), %why, "the folder was not synced");
    }
    #[cfg(not(unix))]
    let _ = folder;
}

/// Reads a text file that the person chose, of at most 8 MiB.
///
/// # Errors
/// It is not there, too large, or no text.
pub fn read_file(path: &Path) -> Result<String, Error> {
    read_text(path).map_err(|why| match why.kind() {
        io::ErrorKind::FileTooLarge => {
            Error::Unfit { path: path.to_owned(), why: format!("{why}. Cut it into parts first") }
        }
        io::ErrorKind::InvalidData => Error::Unfit { path: path.to_owned(), why: why.to_string() },
        _ => Error::read(path, why),
    })
}

/// Reads a text file of at most 8 MiB.
pub(super) fn read_text(path: &Path) -> io::Result<String> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it is larger than 8 MiB"));
    }
    String::from_utf8(bytes).map_err(|why| {
        let line =
            why.as_bytes().iter().take(why.utf8_error().valid_up_to()).filter(|byte| **byte == b'\n').count() + 1;
        io::Error::new(io::ErrorKind::InvalidData, format!("line {line} is not UTF-8 text; save the file as UTF-8"))
    })
}

/// Copies a file to the first free name of `x.ron.bak`, `x.ron.2.bak`, …: an older backup is never overwritten.
pub(super) fn back_up(path: &Path) -> Result<PathBuf, Error> {
    let bytes = fs::read(path).map_err(|why| Error::read(path, why))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let backup = (1..)
        .map(|number| match number {
            1 => path.with_file_name(format!("{name}.bak")),
            number => path.with_file_name(format!("{name}.{number}.bak")),
        })
        .find(|backup| !backup.exists())
        .unwrap_or_else(|| path.with_extension("bak"));
    save(&backup, &bytes)?;
    Ok(backup)
}

/// The first free path of `stem.ron`, `stem-2.ron`, … in a folder.
pub(super) fn free_path(folder: &Path, stem: &str) -> PathBuf {
    (1..)
        .map(|number: u32| match number {
            1 => folder.join(format!("{stem}.ron")),
            number => folder.join(format!("{stem}-{number}.ron")),
        })
        .find(|path| !path.exists())
        .unwrap_or_else(|| folder.join(format!("{stem}.ron")))
}

/// A file name from a title: lower-case letters, digits and single hyphens, at most 60; never empty, never a name that
/// Windows keeps for itself.
pub fn slug(title: &str) -> String {
    let mut slug = String::new();
    for letter in title.chars().flat_map(char::to_lowercase) {
        let plain = match letter {
            'æ' | 'ä' => "ae",
            'ø' | 'ö' => "oe",
            'å' => "aa",
            'ü' => "ue",
            'ß' => "ss",
            'à' | 'á' | 'â' | 'ã' => "a",
            'è' | 'é' | 'ê' | 'ë' => "e",
            'ì' | 'í' | 'î' | 'ï' => "i",
            'ò' | 'ó' | 'ô' | 'õ' => "o",
            'ù' | 'ú' | 'û' => "u",
            'ç' => "c",
            'ñ' => "n",
            letter if letter.is_alphanumeric() => {
                slug.push(letter);
                continue;
            }
            _ if slug.ends_with('-') || slug.is_empty() => continue,
            _ => "-",
        };
        slug.push_str(plain);
    }
    let slug: String = slug.chars().take(60).collect();
    let slug = slug.trim_matches('-');
    let reserved = ["con", "prn", "aux", "nul"].contains(&slug)
        || (slug.len() == 4
            && (slug.starts_with("com") || slug.starts_with("lpt"))
            && slug.ends_with(|c: char| c.is_ascii_digit()));
    match slug {
        "" => "profile".to_owned(),
        slug if reserved => format!("{slug}-1"),
        slug => slug.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_file_replaces_the_old_one_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/deep/a.ron");
        save(&path, b"one").unwrap();
        save(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_saved_file_keeps_its_permissions() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ron");
        save(&path, b"one").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        save(&path, b"two").unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    }

    #[test]
    fn a_save_that_fails_leaves_the_old_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ron");
        // A folder in the file's place: the rename is refused.
        fs::create_dir(&path).unwrap();
        fs::write(path.join("inside"), "old").unwrap();
        assert!(matches!(save(&path, b"new"), Err(Error::Save { .. })));
        assert_eq!(fs::read(path.join("inside")).unwrap(), b"old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_backup_never_overwrites_an_older_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ron");
        for text in ["first", "second", "third"] {
            fs::write(&path, text).unwrap();
            back_up(&path).unwrap();
        }
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!((read("a.ron.bak"), read("a.ron.2.bak"), read("a.ron.3.bak")), {
            ("first".to_owned(), "second".to_owned(), "third".to_owned())
        });
    }

    #[test]
    fn a_title_becomes_a_plain_file_name() {
        for (title, name) in [
            ("Morning heel", "morning-heel"),
            ("  Blød — ømme hæle! ", "bloed-oemme-haele"),
            ("../../etc/passwd", "etc-passwd"),
            ("", "profile"),
            ("...", "profile"),
            ("CON", "con-1"),
            ("com1", "com1-1"),
            ("C:\\a", "c-a"),
            ("朝", "朝"),
        ] {
            assert_eq!(slug(title), name, "{title}");
        }
        assert_eq!(slug(&"x".repeat(500)).len(), 60);
    }

    #[test]
    fn a_file_too_large_or_not_text_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ron");
        fs::write(&path, vec![b' '; LARGEST as usize]).unwrap();
        assert!(read_text(&path).is_ok());
        fs::write(&path, vec![b' '; LARGEST as usize + 1]).unwrap();
        assert!(read_text(&path).is_err());
        fs::write(&path, b"one\ntwo \xff").unwrap();
        assert!(read_text(&path).unwrap_err().to_string().contains("line 2"));
        assert!(matches!(read_file(&path), Err(Error::Unfit { .. })));
        assert!(matches!(read_file(&folder.path().join("gone")), Err(Error::Read { .. })));
    }
}
