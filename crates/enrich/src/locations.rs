//! Country and city of an address, from databases in the flat or the nested shape.

mod entry;

use std::net::IpAddr;
use std::path::Path;

use innerwall_features::{Country, Place};
use maxminddb::{MaxMindDbError, Reader, WithinOptions};

use entry::Entry;

/// Entries read when a database is opened. Later a field of another type than expected would only
/// look like an address that nobody knows.
const CHECKED_MAX: usize = 1_000;

/// A database of places.
#[derive(Debug)]
pub(crate) struct Locations(Reader<Vec<u8>>);

/// What a database says of an address.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Location {
    pub(crate) country: Option<Country>,
    pub(crate) place: Option<Place>,
    pub(crate) city: Option<String>,
}

impl Locations {
    pub(crate) fn open(path: &Path) -> Result<Self, MaxMindDbError> {
        Self::new(Reader::open_readfile(path)?)
    }

    pub(crate) fn new(reader: Reader<Vec<u8>>) -> Result<Self, MaxMindDbError> {
        for found in reader.networks(WithinOptions::default())?.take(CHECKED_MAX) {
            found?.decode::<Entry<'_>>()?;
        }
        Ok(Self(reader))
    }

    /// Unknown addresses and damaged entries have no location.
    pub(crate) fn of(&self, ip: IpAddr) -> Option<Location> {
        let entry: Entry<'_> = self.0.lookup(ip).ok()?.decode().ok()??;
        Some(Location {
            country: entry.country().and_then(Country::parse),
            place: entry.place(),
            city: entry.city().map(str::to_owned),
        })
    }

    pub(crate) fn built_at_s(&self) -> u64 {
        self.0.metadata().build_epoch
    }

    /// Nodes of the search tree, a measure of how much the database knows.
    pub(crate) fn rows(&self) -> usize {
        self.0.metadata().node_count as usize
    }
}
