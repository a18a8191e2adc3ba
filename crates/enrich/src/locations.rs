//! Country and city of an address, from databases in the flat or the nested shape.

use std::net::IpAddr;
use std::path::Path;

use innerwall_features::{Country, Place};
use maxminddb::{MaxMindDbError, Reader};
use serde::Deserialize;

use crate::places;

/// How far off a city may be when the database does not say.
const CITY_RADIUS_KM: u32 = 50;

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

#[derive(Deserialize)]
struct Entry<'a> {
    #[serde(borrow, default)]
    country_code: Option<&'a str>,
    #[serde(borrow, default)]
    country: Option<NestedCountry<'a>>,
    #[serde(borrow, default)]
    city: Option<City<'a>>,
    #[serde(default)]
    latitude: Option<f64>,
    #[serde(default)]
    longitude: Option<f64>,
    #[serde(default)]
    location: Option<NestedPlace>,
}

/// Some databases have the code itself where others nest it.
#[derive(Deserialize)]
#[serde(untagged)]
enum NestedCountry<'a> {
    Code(&'a str),
    Nested {
        #[serde(default)]
        iso_code: Option<&'a str>,
    },
}

#[derive(Deserialize)]
#[serde(untagged)]
enum City<'a> {
    Name(&'a str),
    Nested {
        #[serde(borrow, default)]
        names: Option<Names<'a>>,
    },
}

#[derive(Deserialize)]
struct Names<'a> {
    #[serde(borrow, default)]
    en: Option<&'a str>,
}

#[derive(Deserialize)]
struct NestedPlace {
    #[serde(default)]
    latitude: Option<f64>,
    #[serde(default)]
    longitude: Option<f64>,
    #[serde(default)]
    accuracy_radius: Option<u16>,
}

impl Locations {
    pub(crate) fn open(path: &Path) -> Result<Self, MaxMindDbError> {
        Reader::open_readfile(path).map(Self)
    }

    pub(crate) const fn new(reader: Reader<Vec<u8>>) -> Self {
        Self(reader)
    }

    /// Unknown addresses and damaged entries have no location.
    pub(crate) fn of(&self, ip: IpAddr) -> Option<Location> {
        let entry: Entry<'_> = self.0.lookup(ip).ok()?.decode().ok()??;
        let nested = match entry.country {
            Some(NestedCountry::Code(code)) => Some(code),
            Some(NestedCountry::Nested { iso_code }) => iso_code,
            None => None,
        };
        let city = match entry.city {
            Some(City::Name(name)) => Some(name),
            Some(City::Nested { names }) => names.and_then(|names| names.en),
            None => None,
        };
        let nested_place = entry.location.and_then(|place| {
            let radius = place.accuracy_radius.map_or(CITY_RADIUS_KM, u32::from);
            places::place(place.latitude?, place.longitude?, radius)
        });
        let flat_place = entry.latitude.zip(entry.longitude);
        Some(Location {
            country: entry.country_code.or(nested).and_then(Country::parse),
            place: nested_place.or_else(|| {
                flat_place.and_then(|(lat, lon)| places::place(lat, lon, CITY_RADIUS_KM))
            }),
            city: city.filter(|name| !name.is_empty()).map(str::to_owned),
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
