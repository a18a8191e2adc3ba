//! Directories of private servers.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use tempfile::TempDir;

use crate::guard::Guard;

/// A temporary directory that goes away with the test, even when the test process is killed.
#[derive(Debug)]
pub(crate) struct ScratchDir {
    directory: TempDir,
    _guard: Guard,
}

impl ScratchDir {
    /// Creates `innerwall-<purpose>-<random>` below the system's temporary directory.
    pub(crate) fn create(purpose: &str) -> Result<Self> {
        let directory = tempfile::Builder::new()
            .prefix(&format!("innerwall-{purpose}-"))
            .tempdir()
            .context("cannot create a temporary directory")?;
        let guard = Guard::for_directory(directory.path())?;
        Ok(Self { directory, _guard: guard })
    }

    pub(crate) fn path(&self) -> &Path {
        self.directory.path()
    }

    /// Writes one file and returns its path.
    pub(crate) fn write(&self, name: &str, content: &str) -> Result<PathBuf> {
        let path = self.path().join(name);
        fs::write(&path, content).with_context(|| format!("cannot write {}", path.display()))?;
        Ok(path)
    }

    /// Creates one directory and returns its path.
    pub(crate) fn subdirectory(&self, name: &str) -> Result<PathBuf> {
        let path = self.path().join(name);
        fs::create_dir(&path).with_context(|| format!("cannot create {}", path.display()))?;
        Ok(path)
    }
}
