//! Saving a file into a folder, under a name that is free there.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use reqwest::Url;

use super::{
    name::{LONGEST, LONGEST_OF_SOME, Name, last_segment},
    part::{Part, PartName},
};
use crate::Violation;

/// The last number in a name. After it come this many random ones.
const MOST_COUNTED: u32 = 1_000;
const MOST_RANDOM: u32 = 10;

/// A writable folder.
pub(super) struct Folder(PathBuf);

impl Folder {
    /// Checks the folder, and creates the part file in it.
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

    /// Gives the part file the first name that is free. Each name is tried by taking it, so that two
    /// processes never get the same one.
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
            match rename_new(name.path(), &path) {
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

/// Gives the file a new name, or fails with `AlreadyExists`. A symbolic link of that name is not followed.
fn rename_new(part: &Path, path: &Path) -> io::Result<()> {
    match fs::hard_link(part, path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {}
        linked => return linked,
    }
    // The file system has no hard links: an empty file reserves the name until the rename.
    drop(fs::OpenOptions::new().write(true).create_new(true).open(path)?);
    fs::rename(part, path).inspect_err(|_| _ = fs::remove_file(path))
}
