//! A file that is not whole yet.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use tokio::fs::File;

use crate::{Error, error::Parts, transport::runtime};

/// A file under a name of its own, which is removed when it is dropped.
pub(super) struct Part {
    pub file: File,
    name: PartName,
}

/// Takes the name from its folder when it is dropped.
pub(super) struct PartName(PathBuf);

impl Part {
    /// Makes it in a folder, as any new file.
    pub fn new(folder: &Path) -> io::Result<Self> {
        Self::open(folder, false, None)
    }

    /// Makes it for this user alone, where the system has users.
    pub fn private(folder: &Path) -> io::Result<Self> {
        Self::open(folder, true, None)
    }

    /// Makes it with these permissions.
    pub fn like(folder: &Path, permissions: fs::Permissions) -> io::Result<Self> {
        Self::open(folder, true, Some(permissions))
    }

    fn open(folder: &Path, private: bool, permissions: Option<fs::Permissions>) -> io::Result<Self> {
        let path = folder.join(format!(".enablex-{:016x}.part", fastrand::u64(..)));
        let mut options = fs::OpenOptions::new();
        // It is read where it has to be copied.
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

    /// The file as it was written, and its name.
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
        // After a rename there is none. Where it cannot be removed there is nobody to be told.
        _ = fs::remove_file(&self.0);
    }
}

/// Runs what may block on a thread for that. It comes to its end though nobody waits for it any more,
/// and what it gives is dropped then.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Error> {
    let done = runtime()?.spawn_blocking(work).await;
    Ok(done.map_err(|error| Parts::not_written(io::Error::other(error), None))?)
}
