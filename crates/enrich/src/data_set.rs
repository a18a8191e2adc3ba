//! What is known of each data file: source, licence, date.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::Deserialize;

use crate::load::LoadError;
use crate::own;

/// Beside the data files, written by the command that fetches them.
const MANIFEST: &str = "manifest.json";

/// A data file that was looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataSet {
    pub name: String,
    pub path: PathBuf,
    pub is_loaded: bool,
    /// Put there by the operator, not pinned.
    pub is_own: bool,
    /// Not fetched unless asked for.
    pub is_optional: bool,
    /// Rows, or nodes of a search tree.
    pub rows: usize,
    pub licence: String,
    pub source: String,
    /// The day it was published, as the manifest says.
    pub published: Option<String>,
    /// When the data was built, or an own file written, in seconds since 1970.
    pub built_at_s: Option<u64>,
    /// The hash that the manifest pins.
    pub sha256: Option<String>,
}

/// One pinned file.
#[derive(Clone, Debug, Deserialize)]
struct Pinned {
    name: String,
    file: String,
    #[serde(default)]
    save_as: Option<String>,
    sha256: String,
    licence: String,
    source: String,
    published: String,
    #[serde(default)]
    only_with: Option<String>,
}

/// The pinned files.
#[derive(Debug, Default)]
pub(crate) struct Manifest(Vec<Pinned>);

/// Lists the data files of a directory without loading them: a file that is there counts as loaded,
/// and rows are not counted.
pub fn catalogue(directory: &Path) -> Result<Vec<DataSet>, LoadError> {
    let unusable = |path: &Path, reason| LoadError::Unusable { path: path.to_owned(), reason };
    let manifest = Manifest::read(directory).map_err(|reason| unusable(directory, reason))?;
    let mut sets = Vec::new();
    for pinned in &manifest.0 {
        let path = directory.join(pinned.saved_as());
        let is_loaded = path.exists();
        let is_optional = pinned.only_with.is_some();
        let set = DataSet::pinned(&pinned.name, path, &manifest);
        sets.push(DataSet { is_loaded, is_optional, ..set });
    }
    let own = own::files(directory).map_err(|error| unusable(directory, error.to_string()))?;
    sets.extend(own.into_iter().map(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        DataSet::own(&name, path, 0, None)
    }));
    Ok(sets)
}

impl Pinned {
    /// The name in the data directory.
    fn saved_as(&self) -> &str {
        let base = self.file.rsplit('/').next().unwrap_or_default();
        self.save_as.as_deref().unwrap_or(base)
    }
}

impl Manifest {
    /// Without a manifest the files are used all the same; an unreadable one is an error.
    pub(crate) fn read(directory: &Path) -> Result<Self, String> {
        let Ok(text) = fs::read_to_string(directory.join(MANIFEST)) else {
            return Ok(Self::default());
        };
        serde_json::from_str(&text).map(Self).map_err(|error| error.to_string())
    }
}

impl DataSet {
    /// A pinned file that has not been found yet.
    pub(crate) fn pinned(name: &str, path: PathBuf, manifest: &Manifest) -> Self {
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let pinned = manifest.0.iter().find(|pinned| pinned.saved_as() == file);
        let text = |field: fn(&Pinned) -> &String| pinned.map(field).cloned();
        Self {
            name: name.to_owned(),
            is_loaded: false,
            is_own: false,
            is_optional: false,
            rows: 0,
            licence: text(|pinned| &pinned.licence).unwrap_or_default(),
            source: text(|pinned| &pinned.source).unwrap_or_default(),
            published: text(|pinned| &pinned.published),
            built_at_s: None,
            sha256: text(|pinned| &pinned.sha256),
            path,
        }
    }

    /// A file of the operator's own.
    pub(crate) fn own(content: &str, path: PathBuf, rows: usize, built_at_s: Option<u64>) -> Self {
        let written = fs::metadata(&path).and_then(|metadata| metadata.modified()).ok();
        let written_s = written.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        Self {
            name: content.to_owned(),
            is_loaded: true,
            is_own: true,
            is_optional: false,
            rows,
            licence: String::new(),
            source: "imported by the operator".to_owned(),
            published: None,
            built_at_s: built_at_s.or(written_s.map(|written| written.as_secs())),
            sha256: None,
            path,
        }
    }
}
