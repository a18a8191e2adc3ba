//! Facts of addresses from fixtures.

use innerwall_features::AddressFlag;

use super::{Directory, country};
use crate::origins::tests::sample as origins;
use crate::sample::{Field, database};

const NETWORKS: &[u8] =
    b"16777216,33554431,64500,Home Lines\n33554432,50331647,16509,Servers\n50331648,67108863,14593,Sky\n";

fn flag(enricher: &crate::Enricher, ip: &str, flag: AddressFlag) -> Option<bool> {
    enricher.address(ip.parse().unwrap()).flags.get(flag as u8)
}

#[test]
fn country_network_and_place_come_together() {
    let countries = database(1, vec![("country_code", Field::Text("DE"))]);
    let directory = Directory::with(&[
        ("geo-whois-asn-country.mmdb", &countries),
        ("asn-ipv4-num.csv", NETWORKS),
    ]);
    let enricher = directory.load().unwrap();
    let ip = "1.2.3.4".parse().unwrap();
    let facts = enricher.address(ip);
    assert_eq!((facts.country, facts.asn), (country("DE"), 64_500));
    assert_eq!(facts.place.map(|place| place.latitude / 100), Some(51));
    assert_eq!(enricher.network_name(64_500), Some("Home Lines"));
    assert_eq!(enricher.prefix_of(ip).as_deref(), Some("1.0.0.0/8"));
    assert_eq!(enricher.address("::ffff:1.2.3.4".parse().unwrap()), facts);
    assert_eq!(enricher.address(ip), facts, "the remembered answer is the same");
}

#[test]
fn all_shapes_of_databases_of_cities_give_a_place() {
    let flat = vec![
        ("country_code", Field::Text("FR")),
        ("city", Field::Text("Lyon")),
        ("latitude", Field::Float(45.76)),
        ("longitude", Field::Float(4.84)),
    ];
    let written = vec![
        ("country", Field::Text("FR")),
        ("city", Field::Text("Lyon")),
        ("latitude", Field::Text("45.76")),
        ("longitude", Field::Text("4.84")),
    ];
    let nested = vec![
        ("country", Field::Map(vec![("iso_code", Field::Text("FR"))])),
        ("city", Field::Map(vec![("names", Field::Map(vec![("en", Field::Text("Lyon"))]))])),
        (
            "location",
            Field::Map(vec![
                ("latitude", Field::Degrees(45.76)),
                ("longitude", Field::Degrees(4.84)),
            ]),
        ),
    ];
    for entry in [flat, written, nested] {
        let directory = Directory::with(&[("dbip-city-ipv4.mmdb", &database(1, entry))]);
        let enricher = directory.load().unwrap();
        let ip = "1.2.3.4".parse().unwrap();
        let facts = enricher.address(ip);
        let place = facts.place.unwrap();
        assert_eq!(facts.country, country("FR"));
        assert_eq!((place.latitude, place.longitude, place.radius_km), (4_576, 484, 50));
        assert_eq!(enricher.city(ip).as_deref(), Some("Lyon"));
    }
}

#[test]
fn kinds_come_from_ranges_and_from_networks() {
    let origins = origins(&["Vee\tvpn", "Apple Private Relay\tvpn", "Cloudflare\tcdn"]);
    let directory = Directory::with(&[("asn-ipv4-num.csv", NETWORKS), ("iporigin.bin", &origins)]);
    let enricher = directory.load().unwrap();
    let answer = |ip, wanted| flag(&enricher, ip, wanted);
    assert_eq!(answer("1.0.0.1", AddressFlag::Vpn), Some(true));
    assert_eq!(answer("1.0.0.1", AddressFlag::Hosting), Some(false));
    assert_eq!(answer("1.0.1.1", AddressFlag::Vpn), Some(false));
    assert_eq!(answer("2.0.0.1", AddressFlag::Relay), Some(true));
    assert_eq!(answer("2.0.1.1", AddressFlag::Hosting), Some(true));
    assert_eq!(answer("3.0.0.1", AddressFlag::Hosting), None, "an edge may carry a relay");
    assert_eq!(answer("3.0.0.1", AddressFlag::Satellite), Some(true));
    assert_eq!(answer("1.0.1.1", AddressFlag::SpamListed), None);
}

#[test]
fn a_private_address_has_no_country_and_is_nobodys_exit() {
    let countries = database(10, vec![("country_code", Field::Text("DE"))]);
    let directory = Directory::with(&[("geo-whois-asn-country.mmdb", &countries)]);
    let enricher = directory.load().unwrap();
    assert_eq!(enricher.address("10.0.0.1".parse().unwrap()).country, 0);
    assert_eq!(flag(&enricher, "10.0.0.1", AddressFlag::Private), Some(true));
    assert_eq!(flag(&enricher, "10.0.0.1", AddressFlag::Tor), Some(false));
}

#[test]
fn a_database_whose_entries_have_other_types_is_refused() {
    let numbered = database(1, vec![("country_code", Field::Number(49))]);
    let error = Directory::with(&[("geo-whois-asn-country.mmdb", &numbered)]).load().err();
    let error = error.map(|error| error.to_string()).unwrap_or_default();
    assert!(error.contains("geo-whois-asn-country.mmdb"), "{error}");
}
