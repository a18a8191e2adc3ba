//! The loaded data files behind one interface.

use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;

use innerwall_event::Timestamp;
use innerwall_features::{AddressFacts, Country, DeviceFacts, EmailFacts, PhoneFacts};
use quick_cache::sync::Cache;

use crate::address::{self, Kept};
use crate::agent::Agent;
use crate::data_set::DataSet;
use crate::hash::hash_of;
use crate::load::{self, LoadError, Loaded};
use crate::{phone, range_text};

/// Distinct values remembered of each sort: together some 30 MB at most.
const ADDRESSES_MAX: usize = 50_000;
const AGENTS_MAX: usize = 10_000;
const EMAILS_MAX: usize = 20_000;
const PHONES_MAX: usize = 20_000;
/// Longer texts are looked at each time: they are rare, and would fill memory.
const TEXT_BYTES_MAX: usize = 512;

/// Answers questions about addresses, user agents, e-mail addresses and phone numbers. What no
/// loaded file can tell is unknown.
pub struct Enricher {
    loaded: Loaded,
    kept: Kept,
    addresses: Cache<IpAddr, AddressFacts>,
    agents: Cache<String, Arc<Agent>>,
    emails: Cache<String, EmailFacts>,
    phones: Cache<(u32, String), PhoneFacts>,
}

impl Enricher {
    /// Loads what a directory holds. A missing file is fine, a damaged one is an error.
    pub fn load(directory: &Path) -> Result<Self, LoadError> {
        Ok(Self {
            loaded: load::load(directory)?,
            kept: Kept::new(),
            addresses: Cache::new(ADDRESSES_MAX),
            agents: Cache::new(AGENTS_MAX),
            emails: Cache::new(EMAILS_MAX),
            phones: Cache::new(PHONES_MAX),
        })
    }

    /// The files that were looked for, and the operator's own.
    pub fn data_sets(&self) -> &[DataSet] {
        &self.loaded.sets
    }

    pub fn address(&self, ip: IpAddr) -> AddressFacts {
        let ip = ip.to_canonical();
        if let Some(known) = self.addresses.get(&ip) {
            return known;
        }
        let facts = address::facts(&self.loaded, &self.kept, ip);
        self.addresses.insert(ip, facts.clone());
        facts
    }

    /// Who runs a network.
    pub fn network_name(&self, asn: u32) -> Option<&str> {
        let pinned = || self.loaded.networks.as_ref()?.name(asn);
        self.loaded.own.networks.name(asn).or_else(pinned)
    }

    /// The announced range around an address, in words.
    pub fn prefix_of(&self, ip: IpAddr) -> Option<String> {
        let (range, _) = address::network(&self.loaded, ip.to_canonical())?;
        Some(range_text::write(range))
    }

    /// The city of an address, where a database of cities is there.
    pub fn city(&self, ip: IpAddr) -> Option<String> {
        address::city(&self.loaded, ip.to_canonical())
    }

    /// The device behind a user agent and the main language of the browser, at a time.
    pub fn device(&self, user_agent: Option<&str>, language: &str, at: Timestamp) -> DeviceFacts {
        self.agent(user_agent).device(language, at)
    }

    /// The number a user agent and the language sent with it are stored under.
    pub fn user_agent_id(user_agent: &str, language: &str) -> i64 {
        hash_of(&[user_agent, language]).cast_signed()
    }

    pub fn email(&self, address: &str) -> EmailFacts {
        if let Some(known) = self.emails.get(address) {
            return known;
        }
        let facts = self.loaded.mail.facts(&address.trim().to_lowercase());
        if address.len() <= TEXT_BYTES_MAX {
            self.emails.insert(address.to_owned(), facts);
        }
        facts
    }

    /// Facts of a phone number; one without a country code is read as in the country of the address.
    pub fn phone(&self, number: &str, address: &AddressFacts) -> PhoneFacts {
        if number.len() > TEXT_BYTES_MAX {
            return phone::facts(number, None);
        }
        let key = (address.country, number.to_owned());
        if let Some(known) = self.phones.get(&key) {
            return known;
        }
        let facts = phone::facts(number, Country::from_number(address.country));
        self.phones.insert(key, facts);
        facts
    }

    fn agent(&self, user_agent: Option<&str>) -> Arc<Agent> {
        let Some(text) = user_agent else {
            return Arc::new(self.loaded.reading.read(None));
        };
        if let Some(known) = self.agents.get(text) {
            return known;
        }
        let agent = Arc::new(self.loaded.reading.read(user_agent));
        // An event carries two kilobytes of user agent at most: no text is too long here.
        self.agents.insert(text.to_owned(), Arc::clone(&agent));
        agent
    }
}
