//! A copy of what `coverage` reads of the workspace, to be changed.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;
use xtask::coverage::Coverage;

pub struct Copy {
    pub root: PathBuf,
}

impl Copy {
    pub fn new(name: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("coverage-{name}"));
        let _ = fs::remove_dir_all(&root);
        for folder in ["src", "openapi", "generated"] {
            copy(&super::workspace().join(folder), &root.join(folder));
        }
        Self { root }
    }

    /// Replaces a text, which must be there once, in a file.
    pub fn replace(&self, file: &str, from: &str, to: &str) -> &Self {
        let path = self.root.join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text.matches(from).count(), 1, "{from:?} in {file}");
        fs::write(path, text.replace(from, to)).unwrap();
        self
    }

    /// Takes out what stands between two texts, with the first of them.
    pub fn cut(&self, file: &str, from: &str, to: &str) -> &Self {
        let text = fs::read_to_string(self.root.join(file)).unwrap();
        let begin = text.find(from).unwrap_or_else(|| panic!("no {from:?} in {file}"));
        let end = begin + text[begin..].find(to).unwrap_or_else(|| panic!("no {to:?} in {file}"));
        fs::write(self.root.join(file), format!("{}{}", &text[..begin], &text[end..])).unwrap();
        self
    }

    /// Changes the document.
    pub fn document(&self, change: impl Fn(&mut Value)) -> &Self {
        let path = self.root.join("openapi/video.json");
        let mut document = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        change(&mut document);
        fs::write(path, document.to_string()).unwrap();
        self
    }

    /// Adds a field at the beginning of a structure of the bindings.
    pub fn generated_field(&self, structure: &str, field: &str) -> &Self {
        let begin = format!("pub struct {structure} {{");
        self.replace("generated/bindings.rs", &begin, &format!("{begin}\n{field},"))
    }

    pub fn coverage(&self) -> Coverage {
        Coverage::read(&self.root).unwrap()
    }

    /// The gaps, each by what it is of and a part of its reason.
    pub fn assert_gaps(&self, expected: &[(&str, &str)]) {
        let coverage = self.coverage();
        let gaps = coverage.gaps();
        assert_eq!(gaps.len(), expected.len(), "{gaps:#?}");
        for (gap, (of, reason)) in gaps.iter().zip(expected) {
            assert!(gap.of == *of && gap.reason.contains(reason), "{gap}, not {of}: {reason}");
        }
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.root);
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}
