//! Where a country is, when nothing more exact is known.

use std::collections::HashMap;

use innerwall_features::{Country, Place};

/// Middle and reach of every country. Remote islands are left out where few of its people live,
/// as is Alaska: the reach would else cover half an ocean and tell nothing.
const COUNTRIES: &str = include_str!("../data/countries.csv");

#[derive(Debug)]
pub(crate) struct Places(HashMap<u32, Place>);

impl Places {
    pub(crate) fn new() -> Self {
        let rows = COUNTRIES.lines().skip(1).map(crate::csv::fields::<4>);
        Self(rows.filter_map(read).collect())
    }

    /// The place that covers a country.
    pub(crate) fn of(&self, country: u32) -> Option<Place> {
        self.0.get(&country).copied()
    }
}

/// A place from degrees; `None` when they are none.
pub(crate) fn place(latitude: f64, longitude: f64, radius_km: u32) -> Option<Place> {
    let is_one = (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
    #[expect(clippy::cast_possible_truncation, reason = "the ranges were checked")]
    let hundredths = |degrees: f64| (degrees * 100.0).round() as i32;
    is_one.then(|| Place {
        latitude: hundredths(latitude),
        longitude: hundredths(longitude),
        radius_km,
    })
}

fn read([code, latitude, longitude, radius]: [&str; 4]) -> Option<(u32, Place)> {
    let place = place(latitude.parse().ok()?, longitude.parse().ok()?, radius.parse().ok()?)?;
    Some((Country::parse(code)?.number(), place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        assert_eq!(Places::new().0.len(), COUNTRIES.lines().count() - 1);
    }

    #[test]
    fn a_country_covers_its_cities() {
        // Distance on a plane is good enough for countries this small.
        for (code, latitude, longitude) in
            [("DE", 48.14, 11.58), ("SG", 1.29, 103.85), ("NL", 52.37, 4.90), ("JP", 43.06, 141.35)]
        {
            let place = Places::new().of(Country::parse(code).unwrap().number()).unwrap();
            let north = (f64::from(place.latitude) / 100.0 - latitude) * 111.2;
            let east = (f64::from(place.longitude) / 100.0 - longitude)
                * 111.2
                * latitude.to_radians().cos();
            assert!(north.hypot(east) <= f64::from(place.radius_km), "{code}");
        }
    }

    #[test]
    fn degrees_beyond_the_globe_are_no_place() {
        assert_eq!(
            place(90.0, -180.0, 1).map(|p| (p.latitude, p.longitude)),
            Some((9_000, -18_000))
        );
        assert_eq!(place(90.1, 0.0, 1), None);
        assert_eq!(place(0.0, f64::NAN, 1), None);
    }
}
