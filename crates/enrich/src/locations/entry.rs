//! One entry of a database of places, in all the shapes that are about.

use innerwall_features::Place;
use serde::Deserialize;

use crate::places;

/// How far off a city may be when the database does not say.
const CITY_RADIUS_KM: u32 = 50;

#[derive(Deserialize)]
pub(super) struct Entry<'a> {
    #[serde(borrow, default)]
    country_code: Option<&'a str>,
    #[serde(borrow, default)]
    country: Option<Nested<'a>>,
    #[serde(borrow, default)]
    city: Option<Nested<'a>>,
    #[serde(borrow, default)]
    latitude: Option<Degrees<'a>>,
    #[serde(borrow, default)]
    longitude: Option<Degrees<'a>>,
    #[serde(borrow, default)]
    location: Option<Point<'a>>,
}

/// Some databases have the text itself where others nest it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Nested<'a> {
    Text(&'a str),
    Map {
        #[serde(borrow, default)]
        iso_code: Option<&'a str>,
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
struct Point<'a> {
    #[serde(borrow, default)]
    latitude: Option<Degrees<'a>>,
    #[serde(borrow, default)]
    longitude: Option<Degrees<'a>>,
    #[serde(default)]
    accuracy_radius: Option<u16>,
}

/// A float is no double to the reader, and some databases write numbers as text.
#[derive(Deserialize)]
#[serde(untagged)]
enum Degrees<'a> {
    Double(f64),
    Text(&'a str),
}

impl Entry<'_> {
    pub(super) fn country(&self) -> Option<&str> {
        self.country_code.or_else(|| match self.country.as_ref()? {
            Nested::Text(code) => Some(code),
            Nested::Map { iso_code, .. } => *iso_code,
        })
    }

    pub(super) fn city(&self) -> Option<&str> {
        let name = match self.city.as_ref()? {
            Nested::Text(name) => Some(*name),
            Nested::Map { names, .. } => names.as_ref().and_then(|names| names.en),
        };
        name.filter(|name| !name.is_empty())
    }

    pub(super) fn place(&self) -> Option<Place> {
        let (latitude, longitude, radius) = match &self.location {
            Some(point) => (&point.latitude, &point.longitude, point.accuracy_radius),
            None => (&self.latitude, &self.longitude, None),
        };
        let radius_km = radius.map_or(CITY_RADIUS_KM, u32::from);
        places::place(latitude.as_ref()?.value()?, longitude.as_ref()?.value()?, radius_km)
    }
}

impl Degrees<'_> {
    fn value(&self) -> Option<f64> {
        match self {
            Self::Double(degrees) => Some(*degrees),
            Self::Text(text) => text.parse().ok(),
        }
    }
}
