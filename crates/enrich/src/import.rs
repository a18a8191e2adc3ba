//! Taking in a data file of the operator's own.

use std::fs;
use std::path::{Path, PathBuf};

use crate::own::{self, Content, OWN_DIRECTORY, OWN_FILES_MAX, OwnBuilder, OwnError};

/// A file that was taken in.
#[derive(Debug)]
pub struct Imported {
    pub path: PathBuf,
    pub content: Content,
    pub rows: usize,
}

/// Reads a file as loading would and puts it beside the others, whole or not at all. A file of the
/// same name is replaced.
pub fn import(directory: &Path, file: &Path) -> Result<Imported, OwnError> {
    let added = OwnBuilder::default().add(file)?;
    let name = file.file_name().ok_or(OwnError::UnknownName)?;
    let own = directory.join(OWN_DIRECTORY);
    fs::create_dir_all(&own)?;
    let path = own.join(name);
    if !path.exists() && own::files(directory)?.len() >= OWN_FILES_MAX {
        return Err(OwnError::TooMany);
    }
    let part = path.with_extension("part");
    fs::copy(file, &part)?;
    fs::rename(&part, &path)?;
    Ok(Imported { path, content: added.content, rows: added.rows })
}
