//! Facts as stories: events go in, facts come out.

use innerwall_event::Draft;

use crate::story::{Story, in_country};
use crate::{
    AddressFacts, AddressFlag, DeviceFacts, DeviceFlag, DeviceKind, EmailFacts, Fact, Flags,
    ListEntry, Lists, PhoneFacts, PhoneKind, Place, SharedFacts, Value,
};

const MONTH_S: i64 = 30 * 86_400;

fn from_ip(ip: &'static str) -> impl FnOnce(&mut Draft<'static>) {
    move |draft| draft.ip = Some(ip.into())
}

fn address(flag: AddressFlag, answer: bool) -> AddressFacts {
    let flags = Flags::default().with(AddressFlag::Hosting as u8, false).with(flag as u8, answer);
    AddressFacts { asn: 3320, flags, ..in_country("DE") }
}

#[test]
fn an_event_tells_path_search_text_and_local_time() {
    let mut story = Story::new();
    story.around.utc_offset_s = 12 * 3600;
    story.then(3 * 86_400 - 1, |draft| {
        draft.url = Some("https://shop.example/find?Q=Red+Shoes".into());
    });
    assert_eq!(story.text(Fact::EventPath).as_deref(), Some("/find"));
    assert_eq!(story.text(Fact::EventSearchText).as_deref(), Some("red shoes"));
    // Wednesday noon in UTC, then a second before midnight from Saturday to Sunday.
    assert_eq!(story.number(Fact::EventLocalHour), Some(23));
    assert_eq!(story.is(Fact::EventIsWeekend), Some(true));
    story.around.utc_offset_s = -13 * 3600;
    story.then(-86_400, |_| {});
    assert_eq!(story.is(Fact::EventIsWeekend), Some(false));
}

#[test]
fn the_payload_of_a_search_goes_before_the_page_address() {
    let mut story = Story::new();
    let search = |draft: &mut Draft<'static>| {
        draft.event_type = Some("page_search".into());
        draft.url = Some("/find?q=other".into());
        draft.payload = Some(r#"{"field":"name","value":" ÄPFEL "}"#.into());
    };
    story.then(0, search);
    assert_eq!(story.text(Fact::EventSearchText).as_deref(), Some("äpfel"));
    story.then(1, |draft| {
        search(draft);
        draft.event_type = Some("page_edit".into());
    });
    assert_eq!(story.text(Fact::EventSearchText).as_deref(), Some("other"));
}

#[test]
fn an_address_used_is_remembered_for_a_month_and_unknown_before() {
    let mut story = Story::new();
    story.then(0, |_| {});
    assert_eq!(story.is(Fact::UserHasUsedTor), None);
    assert_eq!(story.is(Fact::UserIsResidentialOnly), None);
    story.around.address = address(AddressFlag::Tor, true);
    story.then(1, |_| {});
    assert_eq!(story.is(Fact::UserHasUsedTor), Some(true));
    assert_eq!(story.is(Fact::UserHasUsedVpn), None);
    assert_eq!(story.is(Fact::UserHasUsedSuspiciousNetwork), Some(false));
    story.around.address = address(AddressFlag::Tor, false);
    story.then(MONTH_S, |_| {});
    assert_eq!(story.is(Fact::AddressIsTor), Some(false));
    assert_eq!(story.is(Fact::UserHasUsedTor), Some(true));
    assert_eq!(story.is(Fact::UserIsResidentialOnly), Some(false));
    story.then(1, |_| {});
    assert_eq!(story.is(Fact::UserHasUsedTor), Some(false));
    assert_eq!(story.is(Fact::UserIsResidentialOnly), Some(true));
}

#[test]
fn a_network_is_new_while_only_one_address_there_was_used() {
    let mut story = Story::new();
    story.around.address = address(AddressFlag::Vpn, false);
    story.then(0, |_| {});
    assert_eq!(story.is(Fact::EventIsNewNetwork), Some(false));
    story.around.address.asn = 64_500;
    story.around.device.id = 2;
    let change = |ip: &'static str| {
        move |draft: &mut Draft<'static>| {
            draft.ip = Some(ip.into());
            draft.event_type = Some("account_password_change".into());
        }
    };
    let folded = story.then(60, change("203.0.113.1"));
    assert_eq!(folded.novelty.is_new_network, Some(true));
    assert_eq!(story.is(Fact::EventIsNewNetwork), Some(true));
    assert_eq!(story.is(Fact::RecentNewDeviceInNewNetwork), Some(true));
    assert_eq!(story.is(Fact::RecentPasswordChangedInNewNetwork), Some(true));
    assert_eq!(story.is(Fact::RecentPasswordChangedInNewCountry), Some(false));
    story.then(60, change("203.0.113.2"));
    assert_eq!(story.is(Fact::EventIsNewNetwork), Some(false));
    assert_eq!(story.number(Fact::UserNetworkCount), Some(2));
}

#[test]
fn the_first_country_never_becomes_new_and_a_second_one_stops_after_a_month() {
    let mut story = Story::new();
    story.then(0, |_| {});
    story.around.address = in_country("FR");
    story.then(60, from_ip("203.0.113.1"));
    assert_eq!(story.is(Fact::EventIsNewCountry), Some(true));
    let change = |draft: &mut Draft<'static>| {
        draft.event_type = Some("account_password_change".into());
        draft.ip = Some("203.0.113.1".into());
    };
    story.then(MONTH_S, change);
    assert_eq!(story.is(Fact::EventIsNewCountry), Some(false));
    assert_eq!(story.is(Fact::RecentPasswordChangedInNewCountry), Some(true));
    for _ in 0..25 {
        story.then(1, change);
    }
    assert_eq!(story.is(Fact::RecentPasswordChangedInNewCountry), Some(false));
    story.around.address = in_country("DE");
    story.then(1, |draft| draft.event_type = Some("account_password_change".into()));
    assert_eq!(story.is(Fact::RecentPasswordChangedInNewCountry), Some(false));
    let expected = ["DE", "FR"].map(Box::from);
    assert_eq!(*story.facts.get(Fact::UserCountries), Value::Texts(expected.into()));
}

#[test]
fn devices_are_counted_by_what_their_user_agents_say() {
    let mut story = Story::new();
    let device = |id, kind: DeviceKind, system: &str, flag, answer| DeviceFacts {
        id,
        kind: kind.into(),
        system: system.to_owned(),
        flags: Flags::default().with(DeviceFlag::Bot as u8, false).with(flag as u8, answer),
        ..DeviceFacts::default()
    };
    story.then(0, |_| {});
    assert_eq!(story.is(Fact::UserHasUnrecognisedDevice), None);
    assert_eq!(story.is(Fact::UserHasOutdatedBrowser), None);
    story.around.device = device(2, DeviceKind::Desktop, "Windows", DeviceFlag::Outdated, true);
    story.then(1, |_| {});
    story.around.device = device(3, DeviceKind::Desktop, "Linux", DeviceFlag::Linux, true);
    story.then(1, |_| {});
    assert_eq!(story.number(Fact::UserDesktopSystemCount), Some(2));
    assert_eq!(story.is(Fact::UserHasUnrecognisedDevice), Some(false));
    assert_eq!(story.is(Fact::UserHasOutdatedBrowser), Some(true));
    assert_eq!(story.is(Fact::UserHasLinux), Some(true));
    story.around.device = device(2, DeviceKind::Desktop, "Windows", DeviceFlag::Outdated, false);
    story.then(1, |_| {});
    assert_eq!(story.is(Fact::UserHasOutdatedBrowser), Some(false));
    story.around.device = device(4, DeviceKind::Phone, "iOS", DeviceFlag::RareBrowser, false);
    story.then(1, |draft| draft.user_agent = Some("sqlmap/1.8".into()));
    assert_eq!(story.number(Fact::UserPhoneDeviceCount), Some(1));
    assert_eq!(story.is(Fact::DeviceIsSuspicious), Some(true));
    story.around.device = device(5, DeviceKind::Unknown, "", DeviceFlag::Bot, false);
    story.then(1, |draft| draft.user_agent = Some("Thing".into()));
    assert_eq!(story.is(Fact::DeviceIsSuspicious), Some(false));
    assert_eq!(story.is(Fact::UserHasSuspiciousUserAgent), Some(true));
    assert_eq!(story.is(Fact::UserHasUnrecognisedDevice), Some(true));
    assert_eq!(story.is(Fact::UserHasEmptyUserAgent), Some(true));
    assert_eq!(story.is(Fact::UserHasEmptyLanguage), Some(false));
}

#[test]
fn speed_is_measured_between_places_where_the_user_was() {
    let mut story = Story::new();
    let at = |latitude, longitude| AddressFacts {
        place: Some(Place { latitude, longitude, radius_km: 10 }),
        ..in_country("DE")
    };
    let (berlin, tokyo) = (at(5252, 1340), at(3568, 13_969));
    story.around.address = berlin.clone();
    story.then(0, |_| {});
    assert_eq!(story.number(Fact::UserTravelKm), None);
    story.around.address = AddressFacts {
        flags: Flags::default().with(AddressFlag::Vpn as u8, true),
        ..tokyo.clone()
    };
    story.then(3600, |_| {});
    assert_eq!(story.number(Fact::UserTravelKm), None);
    story.around.address = tokyo;
    story.then(3600, |_| {});
    let km = story.number(Fact::UserTravelKm).unwrap();
    assert!((8_850..8_950).contains(&km), "{km}");
    assert_eq!(story.number(Fact::UserTravelKmh), Some(km / 2));
    story.around.address = berlin;
    story.then(-60, |_| {});
    assert_eq!(story.number(Fact::UserTravelKm), None);
    story.then(120, |_| {});
    assert_eq!(story.number(Fact::UserTravelKmh), Some(km * 60));
    story.then(60, |_| {});
    assert_eq!(story.number(Fact::UserTravelKm), Some(0));
    assert_eq!(story.number(Fact::UserTravelKmh), None);
}

#[test]
fn a_session_of_the_producer_that_moves_is_noticed() {
    let mut story = Story::new();
    let named =
        |name: &'static str| move |draft: &mut Draft<'static>| draft.session_id = Some(name.into());
    story.then(0, named("one"));
    assert_eq!(story.is(Fact::SessionHasNewDevice), Some(false));
    assert_eq!(story.is(Fact::SessionHasNewNetwork), None);
    story.around.device.id = 2;
    story.around.address = AddressFacts { asn: 3320, ..in_country("FR") };
    story.then(1, named("two"));
    assert_eq!(story.is(Fact::SessionHasNewDevice), Some(false));
    story.then(1, named("one"));
    assert_eq!(story.is(Fact::SessionHasNewDevice), Some(true));
    assert_eq!(story.is(Fact::SessionHasNewNetwork), Some(false));
    assert_eq!(story.is(Fact::SessionHasNewCountry), Some(true));
    story.then(1, |_| {});
    assert_eq!(story.is(Fact::SessionHasNewDevice), None);
    for name in ["three", "four", "five", "six"] {
        story.then(1, named(name));
    }
    assert_eq!(story.state.producer_sessions.len(), 4);
    story.then(1, named("one"));
    assert_eq!(story.is(Fact::SessionHasNewDevice), Some(false));
    assert_eq!(story.number(Fact::SessionEventCount), Some(9));
    assert_eq!(story.number(Fact::SessionAgeS), Some(8));
}

#[test]
fn a_tenants_own_lists_are_used_until_their_entries_expire() {
    let mut story = Story::new();
    let expires_at = Some(story.now.plus_seconds(10));
    let entry = |value: &str| vec![ListEntry { value: value.to_owned(), expires_at }];
    let lists = [(Lists::URL, entry("/secret")), (Lists::ASN, entry("3320"))];
    story.lists = Lists::new(lists.map(|(name, list)| (name.to_owned(), list))).unwrap();
    story.around.address.asn = 3320;
    let probe = |draft: &mut Draft<'static>| draft.url = Some("/SECRET/x".into());
    story.then(9, probe);
    assert_eq!(story.is(Fact::EventIsSuspiciousUrl), Some(true));
    assert_eq!(story.is(Fact::NetworkIsSuspicious), Some(true));
    story.then(1, probe);
    assert_eq!(story.is(Fact::EventIsSuspiciousUrl), Some(false));
    assert_eq!(story.is(Fact::RecentSuspiciousUrl), Some(true));
    assert_eq!(story.is(Fact::UserHasUsedSuspiciousNetwork), Some(true));
}

/// Facts that only a provider can answer.
const NEED_PROVIDER: [Fact; 5] = [
    Fact::EmailDomainAgeDays,
    Fact::EmailDomainHasMailServer,
    Fact::EmailDomainHasWebsite,
    Fact::EmailWasBreached,
    Fact::EmailFirstBreachDays,
];

#[test]
fn every_fact_becomes_known_when_everything_is_given() {
    let mut story = Story::new();
    let all = (0..16).fold(Flags::default(), |flags, bit| flags.with(bit, false));
    story.around.address = AddressFacts {
        asn: 3320,
        flags: all,
        place: Some(Place { latitude: 5252, longitude: 1340, radius_km: 5 }),
        ..in_country("DE")
    };
    story.around.device = DeviceFacts {
        id: 1,
        kind: DeviceKind::Desktop.into(),
        flags: all,
        browser: "Firefox".into(),
        system: "Linux".into(),
        browser_age_days: Some(3),
    };
    story.around.email = Some(EmailFacts { flags: all, domain_rank: 5 });
    let country = in_country("DE").country;
    let kind = PhoneKind::Mobile.into();
    story.around.phone = Some(PhoneFacts { is_valid: Some(true), country, kind });
    story.around.shared = SharedFacts { address_users: 1, phone_users: 1, flags: all };
    let full = |draft: &mut Draft<'static>| {
        draft.url = Some("/find?q=shoes".into());
        draft.http_method = Some("GET".into());
        draft.http_code = Some("200".into());
        draft.email = Some("anna@example.org".into());
        draft.phone = Some("+491701234567".into());
        draft.first_name = Some("Anna".into());
        draft.session_id = Some("one".into());
        draft.amount = Some("1.5".into());
        draft.currency = Some("EUR".into());
    };
    story.then(0, full);
    story.around.address.place = Some(Place { latitude: 0, longitude: 0, radius_km: 5 });
    story.then(86_400, full);
    let is_scored = |def: &&crate::FactDef| !crate::POLICY_FAMILIES.contains(&def.fact.family());
    for def in crate::SCHEMA.iter().filter(is_scored) {
        let is_known = *story.facts.get(def.fact) != Value::Unknown;
        assert_eq!(is_known, !NEED_PROVIDER.contains(&def.fact), "{}", def.name);
    }
}
