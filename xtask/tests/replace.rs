//! Files are replaced together, whenever it is interrupted.

use std::{
    fs,
    path::{Path, PathBuf},
};

use xtask::regen::replace::{Interrupted, Replacement, is_interrupted, lock, recover};

const ONE: &str = "openapi/video.json";
const TWO: &str = "generated/bindings.rs";
const NEW: &[(&str, &[u8])] = &[(ONE, b"new one"), (TWO, b"new two")];

/// A workspace with old files; the second one may be missing.
fn workspace(name: &str, both: bool) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&root);
    for folder in ["openapi", "generated"] {
        fs::create_dir_all(root.join(folder)).unwrap();
    }
    fs::write(root.join(ONE), "old one").unwrap();
    if both {
        fs::write(root.join(TWO), "old two").unwrap();
    }
    root
}

/// What both files hold, and that nothing else is left.
fn files(root: &Path) -> [Option<String>; 2] {
    let mut left: Vec<_> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["generated", "openapi"]);
    [ONE, TWO].map(|file| fs::read_to_string(root.join(file)).ok())
}

fn some(texts: [&str; 2]) -> [Option<String>; 2] {
    texts.map(|text| Some(text.to_owned()))
}

#[test]
fn both_are_replaced() {
    let root = workspace("both", true);
    Replacement::prepare(&root, NEW).unwrap().complete().unwrap();
    assert_eq!(files(&root), some(["new one", "new two"]));
    assert_eq!(recover(&root).unwrap(), None);
}

#[test]
fn a_missing_one_is_made() {
    let root = workspace("missing", false);
    Replacement::prepare(&root, NEW).unwrap().complete().unwrap();
    assert_eq!(files(&root), some(["new one", "new two"]));
}

/// Killed after it was decided and before, between and after the two moves.
#[test]
fn what_is_decided_is_completed_by_the_next_run() {
    for both in [true, false] {
        for steps in 0..=2 {
            let root = workspace(&format!("decided-{both}-{steps}"), both);
            let replacement = Replacement::prepare(&root, NEW).unwrap();
            for file in [ONE, TWO].iter().take(steps) {
                replacement.step(file).unwrap();
            }
            drop(replacement);
            assert!(is_interrupted(&root));
            assert_eq!(recover(&root).unwrap(), Some(Interrupted::Completed));
            assert_eq!(files(&root), some(["new one", "new two"]));
            assert_eq!(recover(&root).unwrap(), None);
        }
    }
}

/// Killed while what is new was written.
#[test]
fn what_is_not_decided_is_undone_by_the_next_run() {
    for half in ["", "new/openapi/video.json", "old/openapi/video.json"] {
        let root = workspace("undecided", true);
        let begun = root.join(".regen.begun").join(half);
        if half.is_empty() {
            fs::create_dir_all(begun).unwrap();
        } else {
            fs::create_dir_all(begun.parent().unwrap()).unwrap();
            fs::write(begun, "ne").unwrap();
        }
        assert!(is_interrupted(&root));
        assert_eq!(recover(&root).unwrap(), Some(Interrupted::Undone));
        assert_eq!(files(&root), some(["old one", "old two"]));
    }
}

/// Killed while it was put back: before, between and after the two moves.
#[test]
fn what_was_being_put_back_is_put_back_by_the_next_run() {
    for both in [true, false] {
        for restored in 0..=2 {
            let root = workspace(&format!("undoing-{both}-{restored}"), both);
            let replacement = Replacement::prepare(&root, NEW).unwrap();
            replacement.step(ONE).unwrap();
            replacement.step(TWO).unwrap();
            let undoing = root.join(".regen.undoing");
            fs::rename(root.join(".regen"), &undoing).unwrap();
            for file in [ONE, TWO].iter().take(restored) {
                if undoing.join("old").join(file).exists() {
                    fs::rename(undoing.join("old").join(file), root.join(file)).unwrap();
                } else {
                    fs::remove_file(root.join(file)).unwrap();
                }
            }
            assert!(is_interrupted(&root));
            assert_eq!(recover(&root).unwrap(), Some(Interrupted::Undone));
            assert_eq!(files(&root), [Some("old one".into()), both.then(|| "old two".into())]);
        }
    }
}

#[test]
fn a_second_run_waits_its_turn() {
    let root = workspace("locked", true);
    let first = lock(&root).unwrap();
    assert!(lock(&root).unwrap_err().to_string().contains("another run is under way"));
    drop(first);
    lock(&root).unwrap();
}

/// A folder stands in the place of the second file, so that it cannot be moved there.
#[test]
fn where_one_cannot_be_replaced_none_is() {
    let root = workspace("refused", false);
    let replacement = Replacement::prepare(&root, NEW).unwrap();
    fs::create_dir_all(root.join(TWO).join("in the way")).unwrap();
    let refused = replacement.complete().unwrap_err().to_string();
    assert!(refused.starts_with("everything was put back: "), "{refused}");
    assert_eq!(files(&root), [Some("old one".into()), None]);
}

#[test]
fn where_what_is_new_cannot_be_written_nothing_is_touched() {
    let root = workspace("unwritable", true);
    fs::write(root.join(".regen"), "a file in the way").unwrap();
    let refused = Replacement::prepare(&root, NEW).map(drop).unwrap_err().to_string();
    assert!(refused.starts_with("nothing was replaced: "), "{refused}");
    fs::remove_file(root.join(".regen")).unwrap();
    assert_eq!(files(&root), some(["old one", "old two"]));
}
