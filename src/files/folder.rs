//! The folder that a file is saved into, under a name that is free there.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use reqwest::Url;

use super::{
    name::{LONGEST, Name, last_segment},
    part::{Part, PartName},
};
use crate::Violation;

/// What file systems take as a name that take no longer one, as those that encrypt names, in bytes.
const LONGEST_OF_SOME: usize = 128;

/// Names are counted up to this; then they are random.
const MOST_COUNTED: u32 = 1_000;
const MOST_RANDOM: u32 = 10;

/// A folder that can be written.
pub(super) struct Folder(PathBuf);

impl Folder {
    /// Checks the folder, and makes the part file.
    pub fn check(folder: &Path) -> Result<(Self, Part), Violation> {
        let shown = folder.to_string_lossy();
        let bad = |rule: String| Violation::new("folder", rule, Some(&shown));
        let not_there = |error: io::Error| bad(format!("must be a folder that is there: {error}"));
        if !fs::metadata(folder).map_err(not_there)?.is_dir() {
            return Err(bad("must be a folder".into()));
        }
        let not_written = |error: io::Error| bad(format!("must be a folder that can be written: {error}"));
        let part = Part::new(folder).map_err(not_written)?;
        Ok((Self(folder.to_owned()), part))
    }

    /// Gives the part file the first name that is free. None is looked at before it is taken, so
    /// whoever comes at the same time gets another one.
    pub fn take(&self, part: fs::File, name: PartName, url: &Url) -> io::Result<PathBuf> {
        part.sync_all()?;
        drop(part);
        let wanted = Name::nearest(&last_segment(url));
        let mut longest = LONGEST;
        let mut number = 1;
        loop {
            let suffix = match number {
                1 => String::new(),
                2..=MOST_COUNTED => format!("-{number}"),
                _ => format!("-{:016x}", fastrand::u64(..)),
            };
            let path = self.0.join(wanted.with(&suffix, longest));
            match place(name.path(), &path) {
                Ok(()) => return Ok(path),
                Err(error) if error.kind() == io::ErrorKind::InvalidFilename && longest == LONGEST => {
                    longest = LONGEST_OF_SOME;
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    if number == MOST_COUNTED + MOST_RANDOM {
                        return Err(error);
                    }
                    number += 1;
                }
                Err(error) => return Err(error),
            }
        }
    }
}

/// Gives a file a name that nothing has, or fails with `AlreadyExists`. A link of any kind that has it
/// is not followed.
fn place(part: &Path, path: &Path) -> io::Result<()> {
    match fs::hard_link(part, path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {}
        placed => return placed,
    }
    // The file system has no hard links: an empty file keeps the name until the rename.
    drop(fs::OpenOptions::new().write(true).create_new(true).open(path)?);
    fs::rename(part, path).inspect_err(|_| _ = fs::remove_file(path))
}
