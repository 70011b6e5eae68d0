use super::*;
use crate::editor::recovery::fingerprint;
use crate::mode::{Channel, Mode};
use crate::time::Time;

fn profile(name: &str) -> Arc<Profile> {
    let curve = crate::curve::Curve::default();
    Arc::new(Profile {
        name: name.into(),
        length: Time::from_secs(60),
        tracks: [(Channel::both(Mode::Roller), curve)].into(),
        ..Profile::default()
    })
}

fn folders() -> (tempfile::TempDir, Folders) {
    let folder = tempfile::tempdir().unwrap();
    let folders = Folders::under(folder.path());
    (folder, folders)
}

fn names(folders: &Folders) -> Vec<String> {
    let items = fs::read_dir(folders.recovery()).unwrap().map(|item| item.unwrap().file_name());
    let mut names: Vec<String> = items.map(|name| name.to_string_lossy().into_owned()).collect();
    names.retain(|name| name != ".lock");
    names.sort();
    names
}

fn read(left: &Leftover) -> &Recovered {
    left.content.as_ref().unwrap()
}

#[test]
fn a_copy_is_found_when_its_writer_is_gone_and_not_before() {
    let (_folder, folders) = folders();
    let copy = RecoveryCopy::new(&folders);
    copy.keep(None, None, profile("One")).run().unwrap();
    copy.keep(None, None, profile("Two")).run().unwrap();
    assert!(leftovers(&folders).unwrap().is_empty(), "its writer lives");
    drop(copy);
    let found = leftovers(&folders).unwrap();
    assert_eq!(read(&found[0]).profile, profile("Two"), "an unfinished profile is read back");
    assert_eq!(read(&found[0]).advice, Advice::New);
    assert!(leftovers(&folders).unwrap().is_empty(), "whoever found it holds it");
    drop(found);
    assert_eq!(leftovers(&folders).unwrap().len(), 1, "and lets go of it in the end");
}

#[test]
fn copies_of_several_windows_stand_beside_each_other() {
    let (_folder, folders) = folders();
    let [one, other] = [RecoveryCopy::new(&folders), RecoveryCopy::new(&folders)];
    one.keep(None, None, profile("Same")).run().unwrap();
    other.keep(None, None, profile("Same")).run().unwrap();
    assert_eq!(names(&folders).len(), 4, "{:?}", names(&folders));
    drop((one, other));
    assert_eq!(leftovers(&folders).unwrap().len(), 2);
}

#[test]
fn what_is_let_go_is_gone_whatever_the_order() {
    let (_folder, folders) = folders();
    let copy = RecoveryCopy::new(&folders);
    copy.keep(None, None, profile("One")).run().unwrap();
    let late = copy.keep(None, None, profile("Two"));
    copy.let_go().run().unwrap();
    late.run().unwrap();
    assert_eq!(names(&folders), [""; 0], "neither a copy nor its lock");
    copy.keep(None, None, profile("Three")).run().unwrap();
    assert_eq!(names(&folders).len(), 2, "it can begin again");
    let found = {
        drop(copy);
        leftovers(&folders).unwrap()
    };
    found[0].copy.let_go().run().unwrap();
    assert_eq!(names(&folders), [""; 0]);
}

#[test]
fn what_a_copy_means_depends_on_its_file() {
    let (_folder, folders) = folders();
    let file = folders.profiles().join("heel.ron");
    let advice = |now: Option<&str>| {
        let _ = fs::remove_file(&file);
        if let Some(now) = now {
            file::save(&file, now.as_bytes()).unwrap();
        }
        let found = leftovers(&folders).unwrap();
        found.first().map(|left| read(left).advice)
    };
    let keep = |id: &str| {
        let copy = RecoveryCopy::new(&folders);
        copy.keep(Some(id.to_owned()), Some(fingerprint("old")), profile("Heel")).run().unwrap();
    };
    keep("heel");
    assert_eq!(advice(Some("old")), Some(Advice::Offer));
    assert_eq!(advice(Some("by somebody else")), Some(Advice::Conflict));
    assert_eq!(advice(None), Some(Advice::New));
    assert_eq!(advice(Some(&profile("Heel").write())), None, "saved after all: it is removed in silence");
    assert_eq!(names(&folders), [""; 0]);
    keep("../profiles/heel");
    assert_eq!(advice(Some("old")), Some(Advice::New), "an id never leads elsewhere");
}

#[test]
fn a_hurt_copy_is_named_and_kept() {
    let (_folder, folders) = folders();
    let copy = RecoveryCopy::new(&folders);
    copy.keep(None, None, profile("Heel")).run().unwrap();
    drop(copy);
    let name = names(&folders).into_iter().find(|name| name.ends_with(".ron")).unwrap();
    let path = folders.recovery().join(name);
    let whole = fs::read_to_string(&path).unwrap();
    for hurt in [&whole.as_bytes()[..whole.len() / 2], b"\xff\xfe", b""] {
        fs::write(&path, hurt).unwrap();
        let found = leftovers(&folders).unwrap();
        let why = found[0].content.as_ref().unwrap_err().to_string();
        assert!(why.contains(&path.display().to_string()), "{why}");
        assert_eq!(fs::read(&path).unwrap(), hurt);
    }
    // Only its first line is hurt: the work is whole.
    fs::write(&path, whole.replacen("{\"", "{", 1)).unwrap();
    assert_eq!(read(&leftovers(&folders).unwrap()[0]).profile, profile("Heel"));
}

#[test]
fn a_copy_without_its_lock_is_found_and_a_lock_without_its_copy_goes() {
    let (_folder, folders) = folders();
    let text = recovery::write(&Origin { file: None, base: None, written: String::new() }, &profile("Heel").write());
    file::save(&folders.recovery().join("heel.ron"), text.as_bytes()).unwrap();
    fs::write(folders.recovery().join("other.lock"), "").unwrap();
    assert_eq!(leftovers(&folders).unwrap().len(), 1);
    assert_eq!(names(&folders), ["heel.lock", "heel.ron"]);
}

#[test]
fn a_disk_that_refuses_is_told_and_what_was_kept_stays() {
    let (_folder, folders) = folders();
    fs::create_dir_all(&folders.data).unwrap();
    fs::write(folders.recovery(), "no folder").unwrap();
    let copy = RecoveryCopy::new(&folders);
    assert!(matches!(copy.keep(None, None, profile("Heel")).run(), Err(Error::Save { .. })));
    fs::remove_file(folders.recovery()).unwrap();
    copy.keep(None, None, profile("Heel")).run().unwrap();
    let long =
        Profile { description: "x".repeat(Profile::LARGEST_FILE).as_str().into(), ..Profile::clone(&profile("Heel")) };
    assert!(matches!(copy.keep(None, None, Arc::new(long)).run(), Err(Error::TooLarge)));
    drop(copy);
    assert_eq!(read(&leftovers(&folders).unwrap()[0]).profile, profile("Heel"), "what still fitted");
}

#[cfg(unix)]
#[test]
fn unsaved_work_is_private() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, folders) = folders();
    RecoveryCopy::new(&folders).keep(None, None, profile("One")).run().unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folders.recovery()), 0o700);
    for item in fs::read_dir(folders.recovery()).unwrap() {
        assert_eq!(mode(&item.unwrap().path()), 0o600);
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_among_the_copies_is_not_waited_for() {
    let (_folder, folders) = folders();
    RecoveryCopy::new(&folders).keep(None, None, profile("One")).run().unwrap();
    file::make_pipe(&folders.recovery().join("pipe.ron"));
    file::make_pipe(&folders.recovery().join("pipe.lock"));
    assert_eq!(leftovers(&folders).unwrap().len(), 1);
}
