//! Exchanging the loaded data for new data without a restart.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::SystemTime;

use crate::enricher::Enricher;
use crate::load::LoadError;
use crate::own::OWN_DIRECTORY;

/// Files looked at in the data directory and in `own` below it.
const FILES_MAX: usize = 256;

/// Name, size and time of every file: what changes when a file is replaced.
type Stamp = Vec<(PathBuf, u64, Option<SystemTime>)>;

/// Holds the newest data that could be loaded.
pub struct Reloading {
    directory: PathBuf,
    current: RwLock<Arc<Enricher>>,
    /// What was there at the last attempt, whether it succeeded or not.
    tried: Mutex<Stamp>,
}

impl Reloading {
    pub fn load(directory: &Path) -> Result<Self, LoadError> {
        // The stamp is taken first: a file that comes while loading is a change.
        let tried = stamp(directory);
        let current = Arc::new(Enricher::load(directory)?);
        Ok(Self {
            directory: directory.to_owned(),
            current: RwLock::new(current),
            tried: Mutex::new(tried),
        })
    }

    /// The data of now. Keep it for a whole event, so that all its facts fit together.
    pub fn current(&self) -> Arc<Enricher> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Loads again when files have changed; gives whether it did. Takes as long as loading does,
    /// during which the old data answers; when the new data cannot be loaded, the old data stays
    /// and the error is given once per change.
    pub fn reload_if_changed(&self) -> Result<bool, LoadError> {
        let mut tried = self.tried.lock().unwrap_or_else(PoisonError::into_inner);
        let found = stamp(&self.directory);
        if *tried == found {
            return Ok(false);
        }
        *tried = found;
        let fresh = Arc::new(Enricher::load(&self.directory)?);
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(true)
    }
}

fn stamp(directory: &Path) -> Stamp {
    let entries = |path: &Path| std::fs::read_dir(path).into_iter().flatten().flatten();
    let all = entries(directory).chain(entries(&directory.join(OWN_DIRECTORY)));
    let mut stamp: Stamp = all
        .filter_map(|entry| Some((entry.path(), entry.metadata().ok()?)))
        .filter(|(_, metadata)| metadata.is_file())
        .take(FILES_MAX)
        .map(|(path, metadata)| (path, metadata.len(), metadata.modified().ok()))
        .collect();
    stamp.sort();
    stamp
}
