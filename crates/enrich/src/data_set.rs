//! What is known of each data file: source, licence, date.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::Deserialize;

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
    file: String,
    #[serde(default)]
    save_as: Option<String>,
    sha256: String,
    licence: String,
    source: String,
    published: String,
}

/// The pinned files by the names they have in the data directory.
#[derive(Debug, Default)]
pub(crate) struct Manifest(HashMap<String, Pinned>);

impl Manifest {
    /// Without a manifest the files are used all the same; an unreadable one is an error.
    pub(crate) fn read(directory: &Path) -> Result<Self, String> {
        let Ok(text) = fs::read_to_string(directory.join(MANIFEST)) else {
            return Ok(Self::default());
        };
        let pinned: Vec<Pinned> = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        let name = |pinned: &Pinned| {
            let base = pinned.file.rsplit('/').next().unwrap_or_default();
            pinned.save_as.clone().unwrap_or_else(|| base.to_owned())
        };
        Ok(Self(pinned.into_iter().map(|pinned| (name(&pinned), pinned)).collect()))
    }
}

impl DataSet {
    /// A pinned file that has not been found yet.
    pub(crate) fn pinned(name: &str, path: PathBuf, manifest: &Manifest) -> Self {
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let pinned = manifest.0.get(file.as_ref());
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
