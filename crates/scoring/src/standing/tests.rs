use super::*;

fn entry(list: List, kind: ListKind, value: &str, source: Source) -> Entry {
    Entry { id: 1, list, kind, value: value.to_owned(), source, cause_user: None }
}

fn caused(kind: ListKind, value: &str, user: &str) -> Entry {
    let cause_user = Some(user.to_owned());
    Entry { cause_user, ..entry(List::Block, kind, value, Source::Cascade) }
}

/// The list that wins, by name.
fn won(entries: &[Entry], user_id: Option<&str>) -> Option<&'static str> {
    standing(entries, user_id).winner.map(|entry| entry.list.name())
}

#[test]
fn people_win_over_machines_and_allow_over_block() {
    use List::{Allow, Block};
    use Source::{Ctl, Person, Policy, Threshold, Token};
    let table = [
        (vec![], None),
        (vec![(Block, Threshold)], Some("block")),
        (vec![(Block, Threshold), (Allow, Policy)], Some("allow")),
        (vec![(Allow, Policy), (Block, Person)], Some("block")),
        (vec![(Block, Person), (Allow, Token)], Some("allow")),
        (vec![(Allow, Ctl), (Block, Threshold), (Block, Person)], Some("allow")),
    ];
    for (given, expected) in table {
        let entries: Vec<Entry> =
            given.iter().map(|(list, source)| entry(*list, ListKind::User, "a", *source)).collect();
        assert_eq!(won(&entries, Some("a")), expected, "{given:?}");
    }
}

#[test]
fn the_more_specific_entry_wins_among_those_of_equal_standing() {
    use List::{Allow, Block};
    let person = |list, kind, value: &str| entry(list, kind, value, Source::Person);
    let place = [
        person(Block, ListKind::Network, "64496"),
        person(Allow, ListKind::Prefix, "203.0.0.0/16"),
        person(Block, ListKind::Prefix, "203.0.113.0/24"),
        person(Allow, ListKind::Address, "203.0.113.7"),
    ];
    let expected = ["block", "allow", "block", "allow"];
    for (number, expected) in expected.into_iter().enumerate() {
        assert_eq!(won(&place[..=number], None), Some(expected), "{number}");
    }
    let mail = [
        person(Allow, ListKind::Domain, "example.org"),
        person(Block, ListKind::Domain, "mail.example.org"),
    ];
    assert_eq!(won(&mail, None), Some("block"));
    let machine = [place[1].clone(), entry(Block, ListKind::Address, "x", Source::Threshold)];
    assert_eq!(won(&machine, None), Some("allow"), "a person's range wins over a machine");
}

#[test]
fn what_a_user_alone_uses_counts_against_others_and_not_against_the_user() {
    let own = [caused(ListKind::Address, "203.0.113.7", "mallory")];
    assert!(!standing(&own, Some("mallory")).is_blocked());
    assert!(standing(&own, Some("alice")).is_blocked());
    assert!(standing(&own, None).is_blocked());
    let both = [own[0].clone(), caused(ListKind::Address, "203.0.113.7", "trudy")];
    assert!(standing(&both, Some("mallory")).is_blocked(), "trudy's cause is another");
}

#[test]
fn a_question_looks_for_ranges_and_domains_around_it() {
    let lengths = PrefixLengths { v4: vec![8, 24, 33], v6: vec![48] };
    let touched = Touched {
        ip: "::ffff:203.0.113.7".parse().ok(),
        asn: 64_496,
        device: Some(10),
        email: Some("Ann@Mail.Example.org"),
        phone: Some("+49 (151) 123"),
        user_id: Some("ann"),
    };
    let found: Vec<String> =
        touched.values(&lengths).iter().map(|(kind, v)| format!("{} {v}", kind.name())).collect();
    let expected = [
        "user ann",
        "address 203.0.113.7",
        "prefix 203.0.0.0/8",
        "prefix 203.0.113.0/24",
        "network 64496",
        "device 000000000000000a",
        "domain mail.example.org",
        "domain example.org",
        "email ann@mail.example.org",
        "phone +49151123",
    ];
    assert_eq!(found, expected);
    let v6 = Touched { ip: "2001:db8:7:1::9".parse().ok(), ..Touched::default() };
    assert_eq!(v6.values(&lengths)[1].1, "2001:db8:7::/48");
}

#[test]
fn values_are_stored_in_one_form() {
    let table = [
        (ListKind::User, "Ann ", Some("Ann ")),
        (ListKind::User, "", None),
        (ListKind::Address, " ::ffff:1.2.3.4", Some("1.2.3.4")),
        (ListKind::Address, "1.2.3", None),
        (ListKind::Prefix, "203.0.113.9/24", Some("203.0.113.0/24")),
        (ListKind::Prefix, "2001:db8::1/0", Some("::/0")),
        (ListKind::Prefix, "203.0.113.9/33", None),
        (ListKind::Network, "as64496", Some("64496")),
        (ListKind::Network, "AS0", None),
        (ListKind::Network, "é", None),
        (ListKind::Device, "~00000000000000FF", Some("00000000000000ff")),
        (ListKind::Device, "ff", None),
        (ListKind::Email, "Ann@Example.ORG", Some("ann@example.org")),
        (ListKind::Email, "ann", None),
        (ListKind::Domain, "@Example.org.", Some("example.org")),
        (ListKind::Domain, "org", None),
        (ListKind::Phone, "+49 151-12345", Some("+4915112345")),
        (ListKind::Phone, "call me", None),
    ];
    for (kind, text, expected) in table {
        assert_eq!(canonical(kind, text).ok().as_deref(), expected, "{} {text}", kind.name());
    }
}

#[test]
fn answers_are_known_only_of_what_the_event_has() {
    let touched = Touched { user_id: Some("a"), email: Some("a@b.example"), ..Touched::default() };
    let blocked = [entry(List::Block, ListKind::Domain, "b.example", Source::Person)];
    let flags = list_flags(&blocked, &touched);
    let get = |flag: SharedFlag| flags.get(flag as u8);
    assert_eq!(get(SharedFlag::EmailBlocked), Some(true));
    assert_eq!((get(SharedFlag::PhoneBlocked), get(SharedFlag::DeviceBlocked)), (None, None));
    assert_eq!((get(SharedFlag::UserBlocked), get(SharedFlag::Blocked)), (Some(false), Some(true)));
}

#[test]
fn names_are_read_back_as_written() {
    assert!(List::ALL.iter().all(|list| List::parse(list.name()) == Some(*list)));
    assert!(ListKind::ALL.iter().all(|kind| ListKind::parse(kind.name()) == Some(*kind)));
    assert!(Source::ALL.iter().all(|source| Source::parse(source.name()) == Some(*source)));
    assert_eq!((List::parse("x"), ListKind::parse("x"), Source::parse("x")), (None, None, None));
}
