use std::collections::BTreeMap;

use super::*;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sample {
    version: u32,
    count: u32,
    #[serde(default)]
    others: BTreeMap<String, u32>,
}

impl Default for Sample {
    fn default() -> Self {
        Self { version: 1, count: 7, others: BTreeMap::new() }
    }
}

impl Record for Sample {
    const VERSION: u32 = 1;
}

/// The same, of a kind that must go on counting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Counter {
    version: u32,
    count: u32,
}

impl Default for Counter {
    fn default() -> Self {
        Self { version: 1, count: 0 }
    }
}

impl Record for Counter {
    const VERSION: u32 = 1;
    const DAMAGED: Damaged = Damaged::SetAside;
}

fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a/sample.ron");
    fs::create_dir(path.parent().unwrap()).unwrap();
    (folder, path)
}

fn names(path: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(path.parent().unwrap())
        .unwrap()
        .map(|item| item.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| !name.ends_with(".lock"))
        .collect();
    names.sort();
    names
}

#[test]
fn what_was_changed_is_read_again() {
    let (_folder, path) = folder();
    let mut kept = Kept::<Sample>::load(path.clone());
    assert_eq!(kept.value().count, 7);
    kept.change(|sample| sample.count = 8).run().unwrap();
    assert_eq!(Kept::<Sample>::load(path).value().count, 8);
}

#[test]
fn the_newest_change_wins_whatever_the_order_of_saving() {
    let (_folder, path) = folder();
    let mut kept = Kept::<Sample>::load(path.clone());
    let older = kept.change(|sample| sample.count = 1);
    let newer = kept.change(|sample| sample.count = 2);
    newer.run().unwrap();
    older.run().unwrap();
    assert_eq!(Kept::<Sample>::load(path).value().count, 2);
}

#[test]
fn nothing_that_another_wrote_is_lost() {
    let (_folder, path) = folder();
    let [mut one, mut other] = [(); 2].map(|()| Kept::<Sample>::load(path.clone()));
    let add = |name: &'static str| move |sample: &mut Sample| *sample.others.entry(name.to_owned()).or_default() += 1;
    let late = one.change(|sample| sample.count = 1);
    for _ in 0..10 {
        other.change(add("both")).run().unwrap();
        one.change(add("both")).run().unwrap();
    }
    other.change(add("other")).run().unwrap();
    late.run().unwrap();
    let all =
        Sample { version: 1, count: 1, others: BTreeMap::from([("both".to_owned(), 20), ("other".to_owned(), 1)]) };
    assert_eq!(Kept::<Sample>::load(path.clone()).value(), &all);
    assert_eq!(one.value().others.get("other"), None, "not known here yet");
    one.take_in();
    assert_eq!(one.value(), &all);
    let unsaved = one.change(add("one"));
    one.take_in();
    assert_eq!(one.value().others.get("one"), Some(&1), "what is not saved yet holds too");
    unsaved.run().unwrap();
    one.take_in();
    assert_eq!(one.value().others.get("one"), Some(&1), "and does not count twice");
    let _ = other.change(|_| {});
    assert_eq!(other.value().others.get("one"), None, "nobody read it yet");
    other.change(|_| {}).run().unwrap();
    let _ = other.change(|_| {});
    assert_eq!(other.value(), one.value(), "at the next change, what the last saving found is there");
}

#[test]
fn many_at_once_lose_nothing() {
    let (_folder, path) = folder();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let mut kept = Kept::<Counter>::load_within(path.clone(), Duration::from_secs(600));
                for _ in 0..10 {
                    kept.change(|counter| counter.count += 1).run().unwrap();
                }
            });
        }
    });
    assert_eq!(Kept::<Counter>::load(path).value().count, 40);
}

#[test]
fn a_file_that_another_holds_is_told_and_saved_with_the_next_change() {
    let (_folder, path) = folder();
    let mut kept = Kept::<Sample>::load_within(path.clone(), Duration::ZERO);
    let held = FileLock::try_take(&lock::beside(&path)).unwrap().unwrap();
    let told = kept.change(|sample| sample.count = 8).run().unwrap_err();
    assert!(matches!(told, Error::Busy { .. }), "{told}");
    assert_eq!(kept.value().count, 8, "it holds here");
    assert!(!path.exists());
    drop(held);
    kept.change(|sample| sample.others.extend([("a".to_owned(), 1)])).run().unwrap();
    let read = Kept::<Sample>::load(path);
    assert_eq!((read.value().count, read.value().others.len()), (8, 1));
}

#[test]
fn a_file_that_cannot_be_used_is_told_and_never_saved_over() {
    let (_folder, path) = folder();
    for (text, words) in [
        ("(version: 2, later: \"unknown\")", "newer Svang"),
        ("(version: 0, count: 3)", "write `version: 1,`"),
        ("(count: 3)", "the version is missing"),
        ("(version: 1, coumt: 3)", "coumt"),
        ("(version: 1,\n count: x)", ":2:"),
        ("half a fi", "It has not been changed"),
        ("\u{0}", "It has not been changed"),
        ("", "It has not been changed"),
    ] {
        fs::write(&path, text).unwrap();
        let mut kept = Kept::<Sample>::load(path.clone());
        let told = crate::i18n::Words::english().fact(kept.trouble().unwrap());
        assert!(told.contains(words), "{told}");
        assert_eq!(kept.value(), &Sample::default());
        kept.change(|sample| sample.count = 9).run().unwrap();
        assert_eq!(kept.value().count, 9, "the change holds for this run");
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
        fs::write(&path, "(version: 1, count: 3, others: {\"a\": 1})").unwrap();
        kept.change(|_| {}).run().unwrap();
        kept.take_in();
        assert_eq!((kept.value().count, kept.value().others.len()), (9, 1), "once it is mended, all is well");
    }
    assert_eq!(names(&path), ["sample.ron"]);
}

#[test]
fn a_file_that_breaks_meanwhile_is_told_once() {
    let (_folder, path) = folder();
    let mut kept = Kept::<Sample>::load(path.clone());
    fs::write(&path, "half a fi").unwrap();
    assert!(kept.change(|sample| sample.count = 1).run().is_err());
    assert!(kept.change(|sample| sample.count = 2).run().is_ok());
    assert_eq!(fs::read_to_string(&path).unwrap(), "half a fi");
}

#[test]
fn a_byte_order_mark_is_no_fault() {
    let (_folder, path) = folder();
    fs::write(&path, "\u{feff}(version: 1, count: 3)").unwrap();
    let kept = Kept::<Sample>::load(path);
    assert!(kept.trouble().is_none(), "{:?}", kept.trouble());
    assert_eq!(kept.value().count, 3);
}

#[test]
fn a_damaged_count_is_set_aside_and_the_counting_goes_on() {
    let (_folder, path) = folder();
    let broken: [&[u8]; 5] = [b"(version: 1, count: 15", b"\0", b"", b"\xff\xfe(\0", b"(version: 0, count: 1)"];
    for bytes in broken {
        fs::write(&path, bytes).unwrap();
        let mut kept = Kept::<Counter>::load(path.clone());
        let told = crate::i18n::Words::english().fact(kept.trouble().unwrap());
        assert!(told.contains("It is kept as") && told.contains(".bak"), "{told}");
        kept.change(|counter| counter.count += 5).run().unwrap();
        let again = Kept::<Counter>::load(path.clone());
        assert!(again.trouble().is_none());
        assert_eq!(again.value().count, 5);
    }
    let expected = ["", ".2", ".3", ".4", ".5"].map(|number| format!("sample.ron{number}.bak"));
    assert_eq!(names(&path).iter().filter(|name| name.ends_with(".bak")).count(), expected.len());
    for (name, bytes) in expected.iter().zip(broken) {
        assert_eq!(fs::read(path.with_file_name(name)).unwrap(), bytes, "{name}");
    }
    // One that breaks or goes meanwhile is written anew from what it was.
    let mut kept = Kept::<Counter>::load(path.clone());
    fs::write(&path, "half a fi").unwrap();
    let told = kept.change(|counter| counter.count += 5).run().unwrap_err();
    assert!(matches!(told, Error::SetAside { .. }), "{told}");
    fs::remove_file(&path).unwrap();
    kept.change(|counter| counter.count += 5).run().unwrap();
    assert_eq!(Kept::<Counter>::load(path.clone()).value().count, 15);
    // A newer Svang's file is not damaged.
    fs::write(&path, "(version: 2)").unwrap();
    assert!(matches!(Kept::<Counter>::load(path).trouble(), Some(Error::Newer { .. })));
}

#[cfg(unix)]
#[test]
fn what_is_kept_is_private_and_goes_through_links() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let (folder, path) = folder();
    let target = folder.path().join("dotfiles.ron");
    fs::write(&target, "(version: 1, count: 3)").unwrap();
    symlink(&target, &path).unwrap();
    Kept::<Sample>::load(path.clone()).change(|sample| sample.count += 1).run().unwrap();
    assert!(fs::symlink_metadata(&path).unwrap().is_symlink());
    assert!(fs::read_to_string(&target).unwrap().contains("count: 4"));
    assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o600);
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    let (_folder, path) = folder();
    file::make_pipe(&path);
    let kept = Kept::<Sample>::load(path.clone());
    assert!(crate::i18n::Words::english().fact(kept.trouble().unwrap()).contains("a pipe"), "{:?}", kept.trouble());
    let counted = Kept::<Counter>::load(path.clone());
    assert!(matches!(counted.trouble(), Some(Error::SetAside { .. })), "{:?}", counted.trouble());
    assert_eq!(names(&path), ["sample.ron.bak"]);
}
