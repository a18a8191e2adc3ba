//! Files of the operator's own.

use std::fs;

use innerwall_features::{AddressFlag, EmailFlag};

use super::{Directory, country};
use crate::sample::{Field, database};
use crate::{Content, import};

#[test]
fn own_files_win_over_pinned_ones() {
    let pinned = database(1, vec![("country_code", Field::Text("DE"))]);
    let own = database(1, vec![("country", Field::Map(vec![("iso_code", Field::Text("FR"))]))]);
    let directory = Directory::with(&[
        ("geo-whois-asn-country.mmdb", &pinned),
        ("asn-ipv4-num.csv", b"16777216,33554431,16509,Servers\n"),
        ("own/mine.mmdb", &own),
        ("own/places.csv", b"range,country\n1.2.0.0/16,IT\n"),
        ("own/nets.csv", b"range,asn,name\n1.3.0.0/16,AS64511,Mine\n"),
        ("own/kinds.csv", b"range,kind\n1.2.3.0/24,vpn\n1.2.4.0/24,ordinary\n# a note\n"),
    ]);
    let enricher = directory.load().unwrap();
    let address = |ip: &str| enricher.address(ip.parse().unwrap());
    assert_eq!(address("1.9.0.0").country, country("FR"));
    assert_eq!(address("1.2.0.0").country, country("IT"));
    assert_eq!((address("1.3.0.0").asn, enricher.network_name(64_511)), (64_511, Some("Mine")));
    let flag = |ip, flag: AddressFlag| address(ip).flags.get(flag as u8);
    assert_eq!(flag("1.2.3.9", AddressFlag::Vpn), Some(true));
    assert_eq!(flag("1.2.9.9", AddressFlag::Vpn), Some(false));
    assert_eq!(flag("1.2.9.9", AddressFlag::Hosting), Some(true));
    assert_eq!(flag("1.2.4.9", AddressFlag::Hosting), Some(false));
}

#[test]
fn lists_of_domains_are_read_by_their_first_line() {
    let directory = Directory::with(&[
        ("own/spam.csv", b"domain,kind\nbad.example,spam\nx@good.example,spam\n"),
        ("own/top.csv", b"Rank,Domain\n7,good.example\n"),
        ("own/nets.csv", b"asn,kind\n64500,hosting\n"),
    ]);
    let enricher = directory.load().unwrap();
    let spam = |address: &str| enricher.email(address).flags.get(EmailFlag::SpamListed as u8);
    assert_eq!(
        [spam("a@bad.example"), spam("x@good.example"), spam("a@good.example")],
        [Some(true), Some(true), Some(false)]
    );
    assert_eq!(enricher.email("a@good.example").domain_rank, 7);
    let names: Vec<_> =
        enricher.data_sets().iter().filter(|set| set.is_own).map(|set| set.name.as_str()).collect();
    assert_eq!(names, ["kinds of networks", "kinds of domains", "ranks of domains"]);
}

#[test]
fn importing_tells_what_a_file_holds_and_refuses_what_it_cannot_read() {
    let source = tempfile::tempdir().unwrap();
    let directory = Directory::with(&[]);
    let take = |name: &str, bytes: &[u8]| {
        let file = source.path().join(name);
        fs::write(&file, bytes).unwrap();
        import(directory.path(), &file).map(|imported| (imported.content, imported.rows))
    };
    let city = database(1, vec![("location", Field::Map(vec![("latitude", Field::Degrees(1.0))]))]);
    let network = database(
        1,
        vec![
            ("autonomous_system_number", Field::Number(64_500)),
            ("autonomous_system_organization", Field::Text("Mine")),
        ],
    );
    assert_eq!(take("city.mmdb", &city).unwrap().0, Content::Cities);
    assert_eq!(take("asn.mmdb", &network).unwrap().0, Content::Networks);
    assert_eq!(take("list.csv", b"range,kind\n1.0.0.0/8,tor\n").unwrap(), (Content::RangeKinds, 1));
    let refused: [(&str, &[u8], &str); 6] = [
        ("a.csv", b"ip,what\n", "expected one of: range,country"),
        (
            "a.csv",
            b"range,kind\n1.0.0.0/8,tor\n1.0.0.0/99,tor\n",
            "line 3: \"1.0.0.0/99\" is no range",
        ),
        ("a.csv", b"range,kind\n1.0.0.0/8,evil\n", "\"evil\" is no kind, known are hosting, vpn"),
        ("a.csv", b"domain,rank\nlocalhost,1\n", "\"localhost\" is no domain"),
        ("a.mmdb", b"junk", "not a readable database"),
        ("a.txt", b"", "name must end in"),
    ];
    for (name, bytes, expected) in refused {
        let error = take(name, bytes).err().unwrap().to_string();
        assert!(error.contains(expected), "{error}");
    }
    let enricher = directory.load().unwrap();
    assert_eq!(enricher.address("1.2.3.4".parse().unwrap()).asn, 64_500);
    assert_eq!(enricher.network_name(64_500), Some("Mine"));
    assert_eq!(enricher.data_sets().iter().filter(|set| set.is_own).count(), 3);
}
