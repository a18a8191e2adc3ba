//! Country of an address, from a MaxMind-format database in the flat or the nested shape.

use std::net::IpAddr;
use std::path::Path;

use innerwall_features::Country;
use maxminddb::{MaxMindDbError, Reader};
use serde::Deserialize;

pub(crate) struct Countries(Reader<Vec<u8>>);

#[derive(Deserialize)]
struct Entry<'a> {
    #[serde(borrow, default)]
    country_code: Option<&'a str>,
    #[serde(borrow, default)]
    country: Option<Nested<'a>>,
}

#[derive(Deserialize)]
struct Nested<'a> {
    #[serde(borrow, default)]
    iso_code: Option<&'a str>,
}

impl Countries {
    pub(crate) fn open(path: &Path) -> Result<Self, MaxMindDbError> {
        Ok(Self(Reader::open_readfile(path)?))
    }

    /// Unknown addresses and damaged entries have no country.
    pub(crate) fn of(&self, ip: IpAddr) -> Option<Country> {
        let entry: Entry<'_> = self.0.lookup(ip).ok()?.decode().ok()??;
        let code = entry.country_code.or(entry.country.and_then(|nested| nested.iso_code))?;
        Country::parse(code)
    }

    pub(crate) fn built_at_s(&self) -> u64 {
        self.0.metadata().build_epoch
    }
}
