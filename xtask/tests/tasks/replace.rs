//! A file is replaced whole, or stays as it is.

use std::{fs, path::Path};

use xtask::regen::replace;

#[test]
fn what_is_new_takes_the_place_of_what_is_old() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("replace");
    let _ = fs::remove_dir_all(&root);
    let names = || -> Vec<_> {
        fs::read_dir(root.join("openapi")).unwrap().map(|entry| entry.unwrap().file_name()).collect()
    };
    for text in ["old", "new"] {
        replace(&root, "openapi/video.json", text).unwrap();
        assert_eq!(fs::read_to_string(root.join("openapi/video.json")).unwrap(), text);
        assert_eq!(names(), ["video.json"]);
    }
    // Where it cannot be written, as on a full disk.
    fs::create_dir(root.join("openapi/video.json.new")).unwrap();
    let refused = replace(&root, "openapi/video.json", "newer").unwrap_err().to_string();
    assert!(refused.contains("openapi/video.json is not replaced: "), "{refused}");
    assert_eq!(fs::read_to_string(root.join("openapi/video.json")).unwrap(), "new");
}
