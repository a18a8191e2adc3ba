//! How far and how fast a user must have moved since the event before.

use innerwall_event::Timestamp;
use prost::Message;

use crate::state::State;
use crate::{AddressFlag, Place, Surroundings};

const EARTH_RADIUS_KM: f64 = 6371.0;
/// Below this distance a speed says more about the data than about the user.
const SPEED_KM_MIN: i64 = 100;

/// Where and when a user was seen last.
#[derive(Clone, Copy, PartialEq, Eq, Message)]
pub struct LastPlace {
    #[prost(message, required, tag = "1")]
    pub place: Place,
    #[prost(int64, tag = "2")]
    pub time_us: i64,
}

/// The least a user must have moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Travel {
    pub(crate) km: i64,
    /// `None` within 100 km.
    pub(crate) kmh: Option<i64>,
}

/// Moves the user to the place of the event. `None` when it or the one before is not known; an
/// event dated before the last place neither moves the user nor is measured.
pub(crate) fn go(state: &mut State, around: &Surroundings, time: Timestamp) -> Option<Travel> {
    let place = around.address.place.filter(|_| is_where_the_user_is(around))?;
    let here = LastPlace { place, time_us: time.as_micros() };
    let before = state.last_place;
    if before.is_some_and(|before| here.time_us < before.time_us) {
        return None;
    }
    state.last_place = Some(here);
    before.map(|before| between(before, here))
}

/// The place of a proxy or satellite says nothing about that of the user.
fn is_where_the_user_is(around: &Surroundings) -> bool {
    [
        AddressFlag::Vpn,
        AddressFlag::Tor,
        AddressFlag::Relay,
        AddressFlag::Hosting,
        AddressFlag::Satellite,
    ]
    .into_iter()
    .all(|flag| around.address.flags.get(flag as u8) != Some(true))
}

fn between(from: LastPlace, to: LastPlace) -> Travel {
    let slack_km = i64::from(from.place.radius_km) + i64::from(to.place.radius_km);
    let km = (distance_km(from.place, to.place) - slack_km).max(0);
    let seconds = ((to.time_us - from.time_us) / 1_000_000).max(1);
    Travel { km, kmh: (km >= SPEED_KM_MIN).then(|| km * 3600 / seconds) }
}

/// Along a great circle (haversine), in whole kilometres.
fn distance_km(from: Place, to: Place) -> i64 {
    let radians = |hundredths: i32| (f64::from(hundredths) / 100.0).to_radians();
    let (from_lat, to_lat) = (radians(from.latitude), radians(to.latitude));
    let half_lat = (to_lat - from_lat) / 2.0;
    let half_lon = (radians(to.longitude) - radians(from.longitude)) / 2.0;
    let chord = half_lat.sin().powi(2) + from_lat.cos() * to_lat.cos() * half_lon.sin().powi(2);
    let km = 2.0 * EARTH_RADIUS_KM * chord.clamp(0.0, 1.0).sqrt().asin();
    #[expect(clippy::cast_possible_truncation, reason = "at most half the girth of the earth")]
    let whole_km = km as i64;
    whole_km
}

#[cfg(test)]
mod tests {
    use super::*;

    const BERLIN: Place = Place { latitude: 5252, longitude: 1340, radius_km: 20 };
    const SYDNEY: Place = Place { latitude: -3387, longitude: 15121, radius_km: 50 };

    fn at(place: Place, hours: i64) -> LastPlace {
        LastPlace { place, time_us: hours * 3_600_000_000 }
    }

    #[test]
    fn distances_are_those_of_a_great_circle_less_both_radii() {
        let travel = between(at(BERLIN, 0), at(SYDNEY, 10));
        assert!((16_000..16_150).contains(&travel.km), "{travel:?}");
        assert_eq!(travel.kmh, Some(travel.km / 10));
        let back = between(at(SYDNEY, 0), at(BERLIN, 10));
        assert_eq!(travel, back);
        let around_the_date_line = between(
            at(Place { latitude: 0, longitude: 17990, radius_km: 0 }, 0),
            at(Place { latitude: 0, longitude: -17990, radius_km: 0 }, 1),
        );
        assert_eq!(around_the_date_line, Travel { km: 22, kmh: None });
    }

    #[test]
    fn at_the_same_time_elsewhere_is_fast_and_at_the_same_place_is_not() {
        assert!(between(at(BERLIN, 0), at(SYDNEY, 0)).kmh > Some(1_000_000));
        assert_eq!(between(at(BERLIN, 0), at(BERLIN, 0)), Travel { km: 0, kmh: None });
    }
}
