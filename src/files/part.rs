//! The temporary file of a download.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use tokio::fs::File;

use crate::{Error, error::Parts, transport::runtime};

/// A temporary file, which is removed on drop.
pub(super) struct Part {
    pub file: File,
    name: PartName,
}

/// The path of a temporary file, which is removed on drop.
pub(super) struct PartName(PathBuf);

impl Part {
    /// Creates it in a folder, with the permissions of any new file.
    pub fn new(folder: &Path) -> io::Result<Self> {
        Self::open(folder, false, None)
    }

    /// Creates it so that only this user can read it, on Unix.
    pub fn private(folder: &Path) -> io::Result<Self> {
        Self::open(folder, true, None)
    }

    /// Creates it with these permissions.
    pub fn like(folder: &Path, permissions: fs::Permissions) -> io::Result<Self> {
        Self::open(folder, true, Some(permissions))
    }

    fn open(folder: &Path, private: bool, permissions: Option<fs::Permissions>) -> io::Result<Self> {
        let path = folder.join(format!(".enablex-{:016x}.part", fastrand::u64(..)));
        let mut options = fs::OpenOptions::new();
        // It is read when it has to be copied to its target.
        options.read(true).write(true).create_new(true);
        #[cfg(unix)]
        if private {
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        }
        #[cfg(not(unix))]
        let _ = private;
        let file = options.open(&path)?;
        let name = PartName(path);
        if let Some(permissions) = permissions {
            file.set_permissions(permissions)?;
        }
        Ok(Self { file: File::from_std(file), name })
    }

    /// The file and its name, after all writes are done.
    pub async fn into_std(self) -> (fs::File, PartName) {
        (self.file.into_std().await, self.name)
    }
}

impl PartName {
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for PartName {
    fn drop(&mut self) {
        // After a rename there is nothing to remove. Another failure cannot be reported from here.
        _ = fs::remove_file(&self.0);
    }
}

/// Runs blocking work on a thread for that. The work runs to its end even when the future is dropped, and its
/// result is then dropped, too.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Error> {
    let done = runtime()?.spawn_blocking(work).await;
    Ok(done.map_err(|error| Parts::not_written(io::Error::other(error), None))?)
}
