//! Data files of the operator's own: any mmdb with countries, cities or networks, and lists in
//! CSV whose first line says what they are. They win over the pinned files.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use innerwall_features::Country;
use maxminddb::{Reader, WithinOptions};
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::csv;
use crate::domains::{self, DomainBuilder, DomainTable};
use crate::email;
use crate::kinds;
use crate::locations::Locations;
use crate::networks::{Networks, NetworksBuilder};
use crate::range_text;
use crate::ranges::{Overlap, RangeBuilder, RangeTable};

/// Where own files lie, below the data directory.
pub const OWN_DIRECTORY: &str = "own";
/// Own files read at most; more are an error, so that none is silently left out.
pub(crate) const OWN_FILES_MAX: usize = 64;
/// Largest own file: the biggest databases of cities have a tenth of it.
const FILE_BYTES_MAX: u64 = 1 << 30;
/// Entries of a database looked at to tell what it holds.
const SNIFFED_MAX: usize = 1_000;

/// What an own file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    Countries,
    Cities,
    Networks,
    RangeCountries,
    RangeNetworks,
    RangeKinds,
    NetworkKinds,
    DomainKinds,
    DomainRanks,
}

/// Why an own file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OwnError {
    #[error("{0}")]
    Io(#[from] std::io::Error),
    #[error("not a readable database: {0}")]
    Database(#[from] maxminddb::MaxMindDbError),
    #[error("{0} bytes, the limit is {FILE_BYTES_MAX}")]
    TooLarge(u64),
    #[error("the database holds neither countries, cities nor networks")]
    UnknownDatabase,
    #[error("first line is {found:?}, expected one of: {expected}", expected = HEADERS.map(|(h, _)| h).join("; "))]
    UnknownHeader { found: String },
    #[error("line {line}: {reason}")]
    Row { line: usize, reason: String },
    #[error("name must end in .mmdb or .csv")]
    UnknownName,
    #[error("more than {OWN_FILES_MAX} files")]
    TooMany,
}

const HEADERS: [(&str, Content); 7] = [
    ("range,country", Content::RangeCountries),
    ("range,asn,name", Content::RangeNetworks),
    ("range,kind", Content::RangeKinds),
    ("asn,kind", Content::NetworkKinds),
    ("domain,kind", Content::DomainKinds),
    ("domain,rank", Content::DomainRanks),
    ("rank,domain", Content::DomainRanks),
];

impl Content {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Countries => "countries",
            Self::Cities => "cities",
            Self::Networks => "networks",
            Self::RangeCountries => "countries of ranges",
            Self::RangeNetworks => "networks of ranges",
            Self::RangeKinds => "kinds of ranges",
            Self::NetworkKinds => "kinds of networks",
            Self::DomainKinds => "kinds of domains",
            Self::DomainRanks => "ranks of domains",
        }
    }
}

/// All own files together.
#[derive(Debug, Default)]
pub(crate) struct Own {
    pub(crate) locations: Vec<Locations>,
    pub(crate) countries: RangeTable,
    pub(crate) networks: Networks,
    pub(crate) kinds: RangeTable,
    pub(crate) network_kinds: HashMap<u32, u32>,
    pub(crate) domains: DomainTable,
    pub(crate) ranks: Option<DomainTable>,
    /// Kinds of domains that own lists name.
    pub(crate) covered_domains: u32,
    /// Kinds of addresses that own lists of ranges name.
    pub(crate) covered_kinds: u32,
}

/// Collects own files.
#[derive(Default)]
pub(crate) struct OwnBuilder {
    own: Own,
    countries: RangeBuilder,
    networks: NetworksBuilder,
    kinds: RangeBuilder,
    domains: DomainBuilder,
    ranks: DomainBuilder,
}

/// What adding a file told.
pub(crate) struct Added {
    pub(crate) content: Content,
    pub(crate) rows: usize,
    pub(crate) built_at_s: Option<u64>,
}

/// Own files of a data directory in the order of their names.
pub(crate) fn files(directory: &Path) -> Result<Vec<PathBuf>, OwnError> {
    let own = directory.join(OWN_DIRECTORY);
    if !own.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(own)? {
        let path = entry?.path();
        // Files on their way in have other endings.
        if matches!(path.extension().and_then(|end| end.to_str()), Some("mmdb" | "csv")) {
            found.push(path);
        }
        if found.len() > OWN_FILES_MAX {
            return Err(OwnError::TooMany);
        }
    }
    found.sort();
    Ok(found)
}

impl OwnBuilder {
    pub(crate) fn add(&mut self, path: &Path) -> Result<Added, OwnError> {
        let bytes = fs::metadata(path)?.len();
        if bytes > FILE_BYTES_MAX {
            return Err(OwnError::TooLarge(bytes));
        }
        match path.extension().and_then(|end| end.to_str()) {
            Some("mmdb") => self.add_database(path),
            Some("csv") => self.add_list(&fs::read_to_string(path)?),
            _ => Err(OwnError::UnknownName),
        }
    }

    pub(crate) fn build(self) -> Own {
        let ranks = self.ranks.build();
        Own {
            countries: self.countries.build(Overlap::Narrower),
            networks: self.networks.build(),
            kinds: self.kinds.build(Overlap::Union),
            domains: self.domains.build(),
            ranks: (ranks.rows() > 0).then_some(ranks),
            ..self.own
        }
    }

    fn add_database(&mut self, path: &Path) -> Result<Added, OwnError> {
        let reader = Reader::open_readfile(path)?;
        let content = sniff(&reader)?;
        let built_at_s = Some(reader.metadata().build_epoch);
        let rows = reader.metadata().node_count as usize;
        if content == Content::Networks {
            self.networks.add_database(&reader)?;
        } else {
            self.own.locations.push(Locations::new(reader)?);
        }
        Ok(Added { content, rows, built_at_s })
    }

    fn add_list(&mut self, text: &str) -> Result<Added, OwnError> {
        let text = text.trim_start_matches('\u{feff}');
        let header = text.lines().next().unwrap_or_default();
        let plain = header.to_ascii_lowercase().replace([' ', '"'], "");
        let Some((header, content)) = HEADERS.iter().find(|(known, _)| *known == plain) else {
            return Err(OwnError::UnknownHeader { found: header.chars().take(80).collect() });
        };
        let mut rows = 0;
        for (place, line) in text.lines().enumerate().skip(1) {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let [mut first, mut second, third] = csv::fields(line);
            if *header == "rank,domain" {
                std::mem::swap(&mut first, &mut second);
            }
            self.add_row(*content, [first, second, third])
                .map_err(|reason| OwnError::Row { line: place + 1, reason })?;
            rows += 1;
        }
        Ok(Added { content: *content, rows, built_at_s: None })
    }

    fn add_row(&mut self, content: Content, row: [&str; 3]) -> Result<(), String> {
        let [first, second, third] = row;
        let range = || range_text::parse(first).ok_or(format!("{first:?} is no range"));
        match content {
            Content::RangeCountries => {
                let country = Country::parse(second).ok_or(format!("{second:?} is no country"))?;
                self.countries.push(range()?, country.number());
            }
            Content::RangeNetworks => self.networks.add(range()?, network(second)?, third),
            Content::RangeKinds => {
                let bits = kind(second)?;
                self.own.covered_kinds |= bits;
                self.kinds.push(range()?, bits);
            }
            Content::NetworkKinds => {
                let bits = kind(second)?;
                self.own.covered_kinds |= bits;
                *self.own.network_kinds.entry(network(first)?).or_default() |= bits;
            }
            Content::DomainKinds => self.add_domain(first, second)?,
            Content::DomainRanks => {
                let rank = second.parse().map_err(|_| format!("{second:?} is no rank"))?;
                self.ranks.add(domain(first)?, rank);
            }
            Content::Countries | Content::Cities | Content::Networks => {}
        }
        Ok(())
    }

    fn add_domain(&mut self, name: &str, kind: &str) -> Result<(), String> {
        let bits = email::kind_named(kind)
            .ok_or_else(|| format!("{kind:?} is no kind, known are {}", email::kind_names()))?;
        // A whole address may be listed as well.
        domain(name.rsplit_once('@').map_or(name, |(_, domain)| domain))?;
        self.domains.add(name, bits);
        self.own.covered_domains |= bits;
        Ok(())
    }
}

fn kind(name: &str) -> Result<u32, String> {
    kinds::named(name).ok_or_else(|| format!("{name:?} is no kind, known are {}", kinds::names()))
}

fn network(text: &str) -> Result<u32, String> {
    let digits = text.strip_prefix("AS").unwrap_or(text);
    digits.parse().map_err(|_| format!("{text:?} is no network number"))
}

fn domain(text: &str) -> Result<&str, String> {
    domains::is_domain(text).then_some(text).ok_or_else(|| format!("{text:?} is no domain"))
}

#[derive(Deserialize)]
struct Sniffed {
    autonomous_system_number: Option<IgnoredAny>,
    country: Option<IgnoredAny>,
    country_code: Option<IgnoredAny>,
    latitude: Option<IgnoredAny>,
    location: Option<IgnoredAny>,
}

/// Tells what a database holds by the fields of its first entries.
fn sniff(reader: &Reader<Vec<u8>>) -> Result<Content, OwnError> {
    let mut content = None;
    for found in reader.networks(WithinOptions::default())?.take(SNIFFED_MAX) {
        let Some(entry) = found?.decode::<Sniffed>()? else { continue };
        if entry.latitude.is_some() || entry.location.is_some() {
            return Ok(Content::Cities);
        }
        if entry.country.is_some() || entry.country_code.is_some() {
            content = Some(Content::Countries);
        } else if entry.autonomous_system_number.is_some() {
            content = content.or(Some(Content::Networks));
        }
    }
    content.ok_or(OwnError::UnknownDatabase)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{HEADERS, OwnBuilder};

    proptest! {
        #[test]
        fn no_list_breaks_it(
            header in 0..HEADERS.len(),
            rows in proptest::collection::vec("[0-9./:,a-z\"-]{0,30}|\\PC{0,20}", 0..6),
        ) {
            let text = format!("{}\n{}", HEADERS[header].0, rows.join("\n"));
            let mut builder = OwnBuilder::default();
            let added = builder.add_list(&text).map_or(0, |added| added.rows);
            prop_assert!(added <= rows.len());
            let own = builder.build();
            prop_assert!(own.domains.rows() <= rows.len());
        }
    }
}
