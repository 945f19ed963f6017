//! Files that are replaced together: all of them or none.
//!
//! What is new, and a copy of what is old, is written into a folder beside the files. When that is
//! whole it gets the name that decides the replacement: from then on whoever finds it completes it.
//! Where that cannot be done it gets the name under which it is undone, by whoever finds it. What was
//! merely begun is thrown away.

use std::{
    collections::BTreeSet,
    fmt,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use crate::Result;

/// In the root of the workspace, so that every move stays within one file system.
const BEGUN: &str = ".regen.begun";
const DECIDED: &str = ".regen";
const UNDOING: &str = ".regen.undoing";
const LOCK: &str = ".regen.lock";

/// Keeps other runs from the same workspace while it lives.
pub fn lock(root: &Path) -> Result<File> {
    let lock = File::create(root.join(LOCK))?;
    lock.try_lock().map_err(|error| format!("another run is under way in this workspace: {error}"))?;
    Ok(lock)
}

/// A replacement that is decided, and not yet carried out.
pub struct Replacement {
    root: PathBuf,
    files: BTreeSet<String>,
}

impl Replacement {
    /// Writes what is new, by the path from the root, and decides. Nothing is replaced yet.
    pub fn prepare(root: &Path, files: &[(&str, &[u8])]) -> Result<Self> {
        let begun = root.join(BEGUN);
        let prepared = write(root, &begun, files).and_then(|()| fs::rename(&begun, root.join(DECIDED)));
        if let Err(error) = prepared {
            // It holds copies alone.
            let _ = fs::remove_dir_all(&begun);
            return Err(format!("nothing was replaced: {error}").into());
        }
        let files = files.iter().map(|(path, _)| (*path).to_owned()).collect();
        Ok(Self { root: root.to_owned(), files })
    }

    /// Carries it out. Where that fails, everything is put back.
    pub fn complete(self) -> Result<()> {
        let done = self.files.iter().try_for_each(|file| self.step(file));
        if let Err(error) = done {
            fs::rename(self.root.join(DECIDED), self.root.join(UNDOING))
                .and_then(|()| undo(&self.root))
                .map_err(|undo| format!("{error}; nor could it be undone: {undo}; run it again"))?;
            return Err(format!("everything was put back: {error}").into());
        }
        Ok(fs::remove_dir_all(self.root.join(DECIDED))?)
    }

    /// Replaces one of the files.
    pub fn step(&self, file: &str) -> io::Result<()> {
        let new = self.root.join(DECIDED).join("new").join(file);
        if new.exists() { put(&new, &self.root.join(file)) } else { Ok(()) }
    }
}

/// Puts everything back, as far as that is not done yet.
fn undo(root: &Path) -> io::Result<()> {
    let undoing = root.join(UNDOING);
    for file in list(&undoing.join("old"))? {
        put(&undoing.join("old").join(&file), &root.join(file))?;
    }
    for file in list(&undoing.join("absent"))? {
        let path = root.join(file);
        if path.is_file() {
            fs::remove_file(path)?;
        }
    }
    fs::remove_dir_all(undoing)
}

fn put(from: &Path, to: &Path) -> io::Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::rename(from, to)
}

/// What has become of a replacement that was interrupted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interrupted {
    /// It was decided, and is complete now.
    Completed,
    /// It was not decided, or could not be completed, and is undone: everything is as it was before it.
    Undone,
}

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Completed => "a replacement that was interrupted is completed",
            Self::Undone => "a replacement that was interrupted is undone: everything is as it was before it",
        })
    }
}

/// Whether a replacement was interrupted.
pub fn is_interrupted(root: &Path) -> bool {
    [DECIDED, BEGUN, UNDOING].iter().any(|folder| root.join(folder).exists())
}

/// Completes or undoes a replacement that was interrupted.
///
/// # Errors
/// It can be neither; what was begun stays where it is.
pub fn recover(root: &Path) -> Result<Option<Interrupted>> {
    finish(root).map_err(|error| {
        format!("{}*, what an earlier run has left: {error}", root.join(DECIDED).display()).into()
    })
}

fn finish(root: &Path) -> Result<Option<Interrupted>> {
    let (decided, begun) = (root.join(DECIDED), root.join(BEGUN));
    let found = if root.join(UNDOING).exists() {
        undo(root)?;
        Some(Interrupted::Undone)
    } else if decided.exists() {
        Replacement { root: root.to_owned(), files: list(&decided.join("new"))? }.complete()?;
        Some(Interrupted::Completed)
    } else {
        begun.exists().then_some(Interrupted::Undone)
    };
    if begun.exists() {
        fs::remove_dir_all(&begun)?;
    }
    Ok(found)
}

fn write(root: &Path, folder: &Path, files: &[(&str, &[u8])]) -> io::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    for (path, new) in files {
        save(&folder.join("new").join(path), new)?;
        match fs::read(root.join(path)) {
            Ok(old) => save(&folder.join("old").join(path), &old)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                save(&folder.join("absent").join(path), b"")?;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Writes a file through to the disk.
fn save(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, bytes)?;
    fs::File::open(path)?.sync_all()
}

/// The files below a folder, by their paths from it; none where there is no folder.
fn list(folder: &Path) -> io::Result<BTreeSet<String>> {
    let mut files = BTreeSet::new();
    if !folder.exists() {
        return Ok(files);
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            files.extend(list(&entry.path())?.into_iter().map(|file| format!("{name}/{file}")));
        } else {
            files.insert(name);
        }
    }
    Ok(files)
}
