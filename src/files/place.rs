//! Saving a file where a later run finds it.

use std::{fs, io, path::PathBuf};

use super::part::{Part, PartName};
use crate::Violation;

/// The place of a file: a folder in the caller's folder, and a name in that one.
#[derive(Clone)]
pub(crate) struct Place {
    pub folder: PathBuf,
    pub name: String,
}

impl Place {
    pub fn path(&self) -> PathBuf {
        self.folder.join(&self.name)
    }

    /// Whether the file is there. Anything else there is refused, a symbolic link, too.
    pub(super) fn has_file(&self) -> Result<bool, Violation> {
        if !self.has_folder()? {
            return Ok(false);
        }
        match fs::symlink_metadata(self.path()) {
            Ok(there) if there.is_file() => Ok(true),
            Ok(_) => Err(self.bad("must be free, or a file and no symbolic link")),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(self.not_written(&error)),
        }
    }

    /// Creates the folder where it is missing, and the part file in it.
    pub(super) fn begin(&self) -> Result<Part, Violation> {
        match fs::create_dir(&self.folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                return Err(self.not_written(&error));
            }
            // Files of one entry begin at the same time.
            _ => _ = self.has_folder()?,
        }
        Part::new(&self.folder).map_err(|error| self.not_written(&error))
    }

    /// Gives the part file its name. A symbolic link that has got that name meanwhile is replaced and not
    /// followed.
    pub(super) fn take(&self, part: fs::File, name: PartName) -> io::Result<()> {
        part.sync_all()?;
        drop(part);
        fs::rename(name.path(), self.path())
    }

    fn has_folder(&self) -> Result<bool, Violation> {
        match fs::symlink_metadata(&self.folder) {
            Ok(there) if there.is_dir() => Ok(true),
            Ok(_) => Err(self.bad("must lie in a folder that is no symbolic link")),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(self.not_written(&error)),
        }
    }

    fn not_written(&self, error: &io::Error) -> Violation {
        self.bad(format!("must be a place that can be written: {error}"))
    }

    fn bad(&self, rule: impl Into<std::borrow::Cow<'static, str>>) -> Violation {
        Violation::new("target", rule, Some(&self.path().to_string_lossy()))
    }
}
