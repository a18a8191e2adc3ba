//! Whole directories of data, as an operator has them.

mod addresses;
mod devices;
mod own_files;

use std::fs;
use std::path::Path;

use innerwall_features::{Country, EmailFlag};

use crate::{Enricher, LoadError, Reloading, catalogue};

/// A data directory with files in it.
struct Directory(tempfile::TempDir);

impl Directory {
    fn with(files: &[(&str, &[u8])]) -> Self {
        let directory = Self(tempfile::tempdir().unwrap());
        fs::create_dir(directory.path().join("own")).unwrap();
        for (name, bytes) in files {
            directory.put(name, bytes);
        }
        directory
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        fs::write(self.path().join(name), bytes).unwrap();
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn load(&self) -> Result<Enricher, LoadError> {
        Enricher::load(self.path())
    }
}

fn country(code: &str) -> u32 {
    Country::parse(code).unwrap().number()
}

#[test]
fn an_empty_directory_answers_unknown_to_all_but_what_needs_no_file() {
    let enricher = Directory::with(&[]).load().unwrap();
    let address = enricher.address("81.2.69.142".parse().unwrap());
    assert_eq!((address.country, address.asn, address.place), (0, 0, None));
    let flags: Vec<_> = (0..8).map(|bit| address.flags.get(bit)).collect();
    assert_eq!(flags, [None, None, None, None, None, Some(false), None, None]);
    let email = enricher.email("a@uni.ac.uk");
    assert_eq!(email.flags.get(EmailFlag::Educational as u8), Some(true));
    assert_eq!(email.flags.get(EmailFlag::Free as u8), None);
    assert_eq!(enricher.network_name(1), None);
    assert!(enricher.data_sets().iter().all(|set| !set.is_loaded));
}

#[test]
fn a_damaged_file_is_an_error_that_names_it() {
    for file in [
        "geo-whois-asn-country.mmdb",
        "asn-ipv4-num.csv",
        "iporigin.bin",
        "regexes.yaml",
        "crawler-user-agents.json",
        "manifest.json",
    ] {
        let error = Directory::with(&[(file, b"not what it should be")]).load().err();
        let error = error.unwrap_or_else(|| panic!("{file} was accepted")).to_string();
        assert!(error.contains(file), "{error}");
    }
}

#[test]
fn the_manifest_tells_source_licence_and_date() {
    let manifest = br#"[{"name": "free mail", "file": "a/b/__init__.py", "save_as": "free-mail.py",
        "sha256": "00", "licence": "MIT", "source": "somebody", "published": "2026-01-02"}]"#;
    let directory =
        Directory::with(&[("manifest.json", manifest), ("free-mail.py", b"'a.example',\n")]);
    let enricher = directory.load().unwrap();
    let set = enricher.data_sets().iter().find(|set| set.name == "free mail").unwrap();
    assert_eq!((set.rows, set.is_loaded), (1, true));
    assert_eq!((set.licence.as_str(), set.source.as_str()), ("MIT", "somebody"));
    assert_eq!(set.published.as_deref(), Some("2026-01-02"));
}

#[test]
fn every_file_that_is_looked_for_is_pinned_and_the_other_way_round() {
    let manifest = include_bytes!("../../../deploy/data/manifest.json");
    let pinned: Vec<serde_json::Value> = serde_json::from_slice(manifest).unwrap();
    let directory = Directory::with(&[("manifest.json", manifest)]);
    let enricher = directory.load().unwrap();
    let sets = enricher.data_sets();
    assert_eq!(pinned.len(), sets.len());
    for (pinned, set) in pinned.iter().zip(sets) {
        let hash = set.sha256.as_deref().unwrap_or_else(|| panic!("{} is not pinned", set.name));
        assert_eq!((pinned["name"].as_str(), hash.len()), (Some(set.name.as_str()), 64));
        assert_eq!(pinned.get("only_with").is_some(), set.is_optional, "{}", set.name);
    }
    assert_eq!(catalogue(directory.path()).unwrap(), sets, "a list without loading is the same");
}

#[test]
fn changed_files_take_effect_without_a_restart_and_broken_ones_do_not() {
    let is_free =
        |data: &Reloading| data.current().email("a@free.example").flags.get(EmailFlag::Free as u8);
    let directory = Directory::with(&[]);
    let data = Reloading::load(directory.path()).unwrap();
    assert!(!data.reload_if_changed().unwrap());
    assert_eq!(is_free(&data), None);
    directory.put("free-mail.py", b"'free.example',\n");
    assert!(data.reload_if_changed().unwrap());
    assert_eq!(is_free(&data), Some(true));
    directory.put("own/broken.csv", b"what,is,this\n");
    assert!(data.reload_if_changed().is_err());
    assert!(!data.reload_if_changed().unwrap(), "the error is given once");
    assert_eq!(is_free(&data), Some(true));
    fs::remove_file(directory.path().join("own/broken.csv")).unwrap();
    assert!(data.reload_if_changed().unwrap());
}
