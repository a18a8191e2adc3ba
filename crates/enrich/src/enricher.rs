//! The loaded data files behind one interface.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use innerwall_features::Country;
use quick_cache::sync::Cache;
use ua_parser::Extractor;

use crate::agent::{self, Agent};
use crate::country::Countries;
use crate::device::{Device, stable_hash};

/// Distinct user agents remembered; a few thousand cover most traffic.
const AGENTS_MAX: usize = 10_000;
const COUNTRY_FILE: &str = "geo-whois-asn-country.mmdb";
const AGENT_FILE: &str = "regexes.yaml";

/// Why a data file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    #[error("{path}: {reason}", path = path.display())]
    Unusable { path: PathBuf, reason: String },
}

/// A data file that was looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataFile {
    pub path: PathBuf,
    pub is_loaded: bool,
    /// When the data was built, in seconds since 1970, where the file says so.
    pub built_at_s: Option<u64>,
}

/// Answers questions about addresses and user agents. Without a file its facts are unknown.
pub struct Enricher {
    countries: Option<Countries>,
    extractor: Option<Extractor<'static>>,
    agents: Cache<String, Arc<Agent>>,
    files: Vec<DataFile>,
}

impl Enricher {
    /// Loads what a directory holds. A missing file is fine, a damaged one is an error.
    pub fn load(directory: &Path) -> Result<Self, LoadError> {
        let (country_path, agent_path) = (directory.join(COUNTRY_FILE), directory.join(AGENT_FILE));
        let countries =
            load(&country_path, |path| Countries::open(path).map_err(|error| error.to_string()))?;
        let extractor = load(&agent_path, |path| {
            let yaml = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
            agent::extractor(&yaml)
        })?;
        let files = vec![
            DataFile {
                path: country_path,
                is_loaded: countries.is_some(),
                built_at_s: countries.as_ref().map(Countries::built_at_s),
            },
            DataFile { path: agent_path, is_loaded: extractor.is_some(), built_at_s: None },
        ];
        Ok(Self { countries, extractor, agents: Cache::new(AGENTS_MAX), files })
    }

    /// The files that were looked for.
    pub fn files(&self) -> &[DataFile] {
        &self.files
    }

    pub fn country(&self, ip: IpAddr) -> Option<Country> {
        self.countries.as_ref()?.of(ip.to_canonical())
    }

    /// The device behind a user agent and the main language of the browser.
    pub fn device(&self, user_agent: Option<&str>, language: &str) -> Device {
        Device::new(self.agent(user_agent), language)
    }

    /// The number a user agent and the language sent with it are stored under.
    pub fn user_agent_id(user_agent: &str, language: &str) -> i64 {
        stable_hash(&[user_agent, language]).cast_signed()
    }

    fn agent(&self, user_agent: Option<&str>) -> Arc<Agent> {
        let (Some(extractor), Some(text)) = (&self.extractor, user_agent) else {
            return Arc::new(Agent::unparsed(user_agent));
        };
        if let Some(known) = self.agents.get(text) {
            return known;
        }
        let agent = Arc::new(Agent::parsed(extractor, text));
        self.agents.insert(text.to_owned(), Arc::clone(&agent));
        agent
    }
}

fn load<T>(
    path: &Path,
    open: impl FnOnce(&Path) -> Result<T, String>,
) -> Result<Option<T>, LoadError> {
    if !path.exists() {
        return Ok(None);
    }
    let unusable = |reason| LoadError::Unusable { path: path.to_owned(), reason };
    open(path).map(Some).map_err(unusable)
}

#[cfg(test)]
mod tests {
    use super::*;
    use innerwall_features::DeviceKind;

    const SAMPLE: &str = "
user_agent_parsers:
  - regex: '(Firefox)/(\\d+)'
os_parsers:
  - regex: '(Windows) NT'
device_parsers: []
";

    fn enricher(files: &[(&str, &str)]) -> Result<Enricher, LoadError> {
        let directory =
            std::env::temp_dir().join(format!("enrich-{:?}", std::thread::current().id()));
        std::fs::create_dir_all(&directory).unwrap();
        for (name, text) in files {
            std::fs::write(directory.join(name), text).unwrap();
        }
        let loaded = Enricher::load(&directory);
        std::fs::remove_dir_all(&directory).unwrap();
        loaded
    }

    #[test]
    fn a_browser_update_is_the_same_device_and_another_language_is_not() {
        let enricher = enricher(&[(AGENT_FILE, SAMPLE)]).unwrap();
        let agent = |version: u8| format!("Mozilla/5.0 (Windows NT 10.0) Firefox/{version}");
        let old = enricher.device(Some(&agent(100)), "en");
        let new = enricher.device(Some(&agent(101)), "en");
        assert_eq!(old.id, new.id);
        assert_eq!(new.agent.label(), "Firefox on Windows");
        assert_eq!(new.agent.kind, DeviceKind::Desktop);
        assert_ne!(new.id, enricher.device(Some(&agent(101)), "de").id);
    }

    #[test]
    fn without_files_facts_are_unknown_and_updates_still_change_nothing() {
        let enricher = enricher(&[]).unwrap();
        assert_eq!(enricher.country("81.2.69.142".parse().unwrap()), None);
        let first = enricher.device(Some("Thing/1.2"), "en");
        assert_eq!(first.id, enricher.device(Some("Thing/3.4"), "en").id);
        assert_eq!(first.agent.kind, DeviceKind::Unknown);
        assert_eq!(enricher.device(None, "").agent.label(), "Unknown device");
    }

    #[test]
    fn a_damaged_file_is_an_error_that_names_it() {
        let error = enricher(&[(COUNTRY_FILE, "not a database")]).err().unwrap().to_string();
        assert!(error.contains(COUNTRY_FILE), "{error}");
    }
}
