//! Single files: reading within bounds, saving without ever leaving half a file, and names that are free.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::{Error, Unreadable};

/// The largest file that is read: 8 MiB.
pub(super) const LARGEST: u64 = 8 * 1024 * 1024;

/// How the name of a temporary file of ours begins.
pub(super) const TEMPORARY: &str = ".svang-";

/// The longest file name that file systems take, in bytes.
const LONGEST_NAME: usize = 255;

/// Who may read what is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Readers {
    /// Whoever the person's umask, or the old file, lets read it.
    AsUsual,
    /// The person alone.
    Owner,
}

/// Saves a file so that after a crash or a power cut either the old or the new one is there, whole: a temporary file in
/// the same folder, flushed to the disk, then renamed over the old one. Missing folders are made. Where a link stands,
/// the file that it leads to is saved, and the link stays.
///
/// # Errors
/// Where the disk or the permissions refuse, or something else than a file stands there; it is then unchanged.
pub fn save(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    replace(path, bytes, Readers::AsUsual).map_err(|why| Error::save(path, why))
}

/// Saves a file that nobody but the person is to read; otherwise as [`save`].
pub(super) fn save_private(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    replace(path, bytes, Readers::Owner).map_err(|why| Error::save(path, why))
}

fn replace(path: &Path, bytes: &[u8], readers: Readers) -> io::Result<()> {
    make_private_folder(folder_of(path))?;
    let path = target(path)?;
    let old = match fs::metadata(&path) {
        Ok(old) => Some(old),
        Err(why) if why.kind() == io::ErrorKind::NotFound => None,
        Err(why) => return Err(why),
    };
    if old.is_some() {
        must_be_file(&path)?;
    }
    let folder = folder_of(&path);
    let mut temporary = tempfile::Builder::new().prefix(TEMPORARY).tempfile_in(folder)?;
    temporary.write_all(bytes)?;
    temporary.flush()?;
    // A temporary file is private; one to be shared keeps what the old one had, or what a new file gets.
    if readers == Readers::AsUsual {
        let permissions = old.map_or_else(|| new_file_permissions(folder), |old| Ok(old.permissions()))?;
        temporary.as_file().set_permissions(permissions)?;
    }
    temporary.as_file().sync_all()?;
    temporary.persist(&path).map_err(|why| why.error)?;
    sync_folder(folder);
    Ok(())
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The file that a path means: where links lead, also when nothing is there yet.
fn target(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    // As many links as the system follows.
    for _ in 0..40 {
        match fs::read_link(&path) {
            Ok(next) => path = folder_of(&path).join(next),
            Err(_) => return Ok(path),
        }
    }
    Err(io::Error::other(Unreadable::Circle))
}

/// Makes a folder, and those above it, that nobody but the person may look into. One that is there stays as it is.
///
/// # Errors
/// Where the disk or the permissions refuse.
pub fn make_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// How a file that nobody but the person may read is opened for writing, and made where it is missing.
pub fn private_file() -> fs::OpenOptions {
    let mut options = File::options();
    options.create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Makes sure that a path leads to a file. Opening a pipe or a device could wait for ever.
///
/// # Errors
/// Where it does not, or nothing is there.
pub fn must_be_file(path: &Path) -> io::Result<()> {
    let found = fs::metadata(path)?;
    let what = match found.is_dir() {
        _ if found.is_file() => return Ok(()),
        true => Unreadable::Folder,
        false => Unreadable::NoFile,
    };
    Err(io::Error::new(io::ErrorKind::InvalidInput, what))
}

/// What the person's umask gives a new file.
fn new_file_permissions(folder: &Path) -> io::Result<fs::Permissions> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let probe = tempfile::Builder::new().prefix(TEMPORARY).make_in(folder, |path| File::create_new(path))?;
        Ok(fs::Permissions::from_mode(probe.as_file().metadata()?.permissions().mode() & 0o666))
    }
    #[cfg(not(unix))]
    {
        tempfile::Builder::new().prefix(TEMPORARY).tempfile_in(folder)?.as_file().metadata().map(|of| of.permissions())
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
/// It is not there, no file, too large, or no text.
pub fn read_file(path: &Path) -> Result<String, Error> {
    read_text(path).map_err(|why| Error::read(path, why))
}

/// Reads a text file of at most 8 MiB.
pub(super) fn read_text(path: &Path) -> io::Result<String> {
    must_be_file(path)?;
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, Unreadable::TooLarge));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(io::Error::new(io::ErrorKind::InvalidData, Unreadable::Utf16));
    }
    String::from_utf8(bytes).map_err(|why| {
        let line =
            why.as_bytes().iter().take(why.utf8_error().valid_up_to()).filter(|byte| **byte == b'\n').count() + 1;
        io::Error::new(io::ErrorKind::InvalidData, Unreadable::NotUtf8(line))
    })
}

/// Copies a file to its [`backup_path`].
pub(super) fn back_up(path: &Path) -> Result<PathBuf, Error> {
    let bytes = read_bytes(path)?;
    let backup = backup_path(path);
    save(&backup, &bytes)?;
    Ok(backup)
}

/// Reads a file as it is, however large.
pub(super) fn read_bytes(path: &Path) -> Result<Vec<u8>, Error> {
    must_be_file(path).and_then(|()| fs::read(path)).map_err(|why| Error::read(path, why))
}

/// The first free name of `x.ron.bak`, `x.ron.2.bak`, …: an older backup is never overwritten. A name that would be too
/// long for the disk is cut.
pub(super) fn backup_path(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let named = |end: String| {
        let room = LONGEST_NAME.saturating_sub(end.len());
        let cut = (0..=room.min(name.len())).rev().find(|at| name.is_char_boundary(*at)).unwrap_or(0);
        path.with_file_name(format!("{}{end}", name.get(..cut).unwrap_or_default()))
    };
    (1..)
        .map(|number| if number == 1 { named(".bak".to_owned()) } else { named(format!(".{number}.bak")) })
        .find(|backup| is_free(backup))
        .unwrap_or_else(|| path.with_extension("bak"))
}

/// The first free path of `stem.ron`, `stem-2.ron`, … in a folder.
pub(super) fn free_path(folder: &Path, stem: &str) -> PathBuf {
    (1..)
        .map(|number: u32| match number {
            1 => folder.join(format!("{stem}.ron")),
            number => folder.join(format!("{stem}-{number}.ron")),
        })
        .find(|path| is_free(path))
        .unwrap_or_else(|| folder.join(format!("{stem}.ron")))
}

/// Whether nothing has a name, not even a link that leads nowhere.
fn is_free(path: &Path) -> bool {
    fs::symlink_metadata(path).is_err_and(|why| why.kind() == io::ErrorKind::NotFound)
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

/// A pipe that nobody writes to: opening it would wait for ever.
#[cfg(all(test, unix))]
pub(super) fn make_pipe(path: &Path) {
    assert!(std::process::Command::new("mkfifo").arg(path).status().is_ok_and(|done| done.success()));
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

    #[cfg(unix)]
    #[test]
    fn what_is_private_is_the_persons_alone_and_what_is_shared_is_not() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let private = folder.path().join("a/b/private.ron");
        save_private(&private, b"one").unwrap();
        assert_eq!((mode(&private), mode(private.parent().unwrap()), mode(&folder.path().join("a"))), {
            (0o600, 0o700, 0o700)
        });
        // What an earlier Svang left readable is not so for long.
        fs::set_permissions(&private, fs::Permissions::from_mode(0o644)).unwrap();
        save_private(&private, b"two").unwrap();
        assert_eq!(mode(&private), 0o600);
        let shared = folder.path().join("shared.ron");
        save(&shared, b"one").unwrap();
        fs::write(folder.path().join("usual"), b"").unwrap();
        assert_eq!(mode(&shared), mode(&folder.path().join("usual")));
    }

    #[cfg(unix)]
    #[test]
    fn saving_goes_through_a_link_and_the_link_stays() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("dotfiles")).unwrap();
        fs::write(at("dotfiles/kept.ron"), "old").unwrap();
        symlink("dotfiles/kept.ron", at("kept.ron")).unwrap();
        symlink("kept.ron", at("twice.ron")).unwrap();
        symlink("dotfiles/new.ron", at("new.ron")).unwrap();
        symlink("circle.ron", at("circle.ron")).unwrap();
        for (link, target) in
            [("kept.ron", "dotfiles/kept.ron"), ("twice.ron", "dotfiles/kept.ron"), ("new.ron", "dotfiles/new.ron")]
        {
            for saved in [save(&at(link), link.as_bytes()), save_private(&at(link), link.as_bytes())] {
                saved.unwrap();
                assert_eq!(fs::read_to_string(at(target)).unwrap(), link);
                assert!(fs::symlink_metadata(at(link)).unwrap().is_symlink());
            }
        }
        assert!(save(&at("circle.ron"), b"").unwrap_err().to_string().contains("circle"));
        // A link that leads nowhere is no free name.
        symlink("nowhere", at("free.ron")).unwrap();
        assert_eq!(free_path(folder.path(), "free"), at("free-2.ron"));
    }

    #[cfg(unix)]
    #[test]
    fn only_files_are_opened() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe.ron");
        make_pipe(&pipe);
        let link = folder.path().join("link.ron");
        std::os::unix::fs::symlink(&pipe, &link).unwrap();
        for path in [&pipe, &link, Path::new("/dev/zero"), folder.path()] {
            let told = read_file(path).unwrap_err();
            assert!(matches!(told, Error::Unfit { .. }), "{told}");
            assert!(crate::i18n::Words::english().fact(&told).contains("choose a file"), "{told}");
            assert!(read_bytes(path).is_err());
        }
        assert!(save(&pipe, b"new").is_err(), "a pipe is not replaced either");
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
    fn a_name_that_is_as_long_as_it_may_be_still_has_a_backup() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(format!("{}ø.ron", "x".repeat(249)));
        for text in ["first", "second"] {
            fs::write(&path, text).unwrap();
            let backup = back_up(&path).unwrap();
            assert_eq!(fs::read_to_string(&backup).unwrap(), text);
            assert!(backup.to_string_lossy().ends_with(".bak"), "{backup:?}");
        }
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
        assert!(
            crate::i18n::Words::english().fact(&read_file(&path).unwrap_err()).ends_with("Cut it into parts first."),
            "the remedy fits"
        );
        fs::write(&path, b"one\ntwo \xff").unwrap();
        assert!(read_text(&path).unwrap_err().to_string().contains("line=2"));
        assert!(matches!(read_file(&path), Err(Error::Unfit { .. })));
        for text in [b"\xff\xfe(\0".as_slice(), b"\xfe\xff\0("] {
            fs::write(&path, text).unwrap();
            assert!(
                crate::i18n::Words::english()
                    .fact(&read_file(&path).unwrap_err())
                    .contains("UTF-16 text; save the file as UTF-8")
            );
        }
        assert!(matches!(read_file(&folder.path().join("gone")), Err(Error::Read { .. })));
    }
}
