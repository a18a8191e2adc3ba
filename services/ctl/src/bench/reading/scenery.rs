//! Where the events come from: places, devices, rules and accounts.

use innerwall_enrich::label;
use innerwall_event::{
    Draft, Receipt, Strictness, TenantId, Timestamp, accept, event_id_of_name, stable_hash64,
};
use innerwall_features::{
    AddressFacts, AddressFlag, Country, DeviceFacts, DeviceFlag, DeviceKind, Flags, Surroundings,
};
use innerwall_rules::{RuleSet, RuleSetContent};
use innerwall_scoring::{Replay, Rulebook};
use innerwall_storage::bench::{Device, Place, Scenery};

use super::super::system::PRESET;

/// The first has half of all users and is the network of everybody there.
const PLACES: u32 = 64;
const FIRST_ASN: u32 = 64_512;
const COUNTRIES: [&str; 16] = [
    "DE", "FR", "GB", "US", "PL", "ES", "IT", "NL", "BR", "IN", "SE", "AT", "CH", "CZ", "JP", "NG",
];
const BROWSERS: [(&str, &str, DeviceKind); 8] = [
    ("Chrome", "Windows", DeviceKind::Desktop),
    ("Mobile Safari", "iOS", DeviceKind::Phone),
    ("Chrome Mobile", "Android", DeviceKind::Phone),
    ("Safari", "Mac OS X", DeviceKind::Desktop),
    ("Firefox", "Windows", DeviceKind::Desktop),
    ("Edge", "Windows", DeviceKind::Desktop),
    ("Firefox", "Linux", DeviceKind::Desktop),
    ("Python Requests", "", DeviceKind::Library),
];
const LANGUAGES: [&str; 12] =
    ["de", "fr", "en", "pl", "es", "it", "nl", "pt", "hi", "sv", "cs", "ja"];
/// Events behind each account.
const LIVES: [u32; 4] = [3, 12, 40, 150];

/// Builds what the database fills the tenant from.
pub(super) fn scenery() -> anyhow::Result<Scenery> {
    let content = RuleSetContent { preset: Some(PRESET.to_owned()), ..RuleSetContent::default() };
    let book = Rulebook::new(RuleSet::build(1, &content)?)?;
    let accounts = LIVES.iter().map(|events| account(&book, *events));
    Ok(Scenery {
        places: (0..PLACES).map(place).collect(),
        devices: LANGUAGES.iter().flat_map(|language| devices(language)).collect(),
        rules: book.rules.rules().iter().map(|rule| rule.rule.id.to_string()).collect(),
        accounts: accounts.collect::<anyhow::Result<_>>()?,
    })
}

fn place(number: u32) -> Place {
    let country = COUNTRIES[number as usize % COUNTRIES.len()];
    let asn = FIRST_ASN + number;
    Place {
        country: country.to_owned(),
        asn: asn.into(),
        network: format!("Network {number}"),
        around: Surroundings { address: address(number), ..Surroundings::default() },
    }
}

fn address(number: u32) -> AddressFacts {
    let country = COUNTRIES[number as usize % COUNTRIES.len()];
    let flags = Flags::default()
        .with(AddressFlag::Hosting as u8, number % 8 == 5)
        .with(AddressFlag::Vpn as u8, number % 16 == 7)
        .with(AddressFlag::Tor as u8, number == 60);
    AddressFacts {
        country: Country::parse(country).map_or(0, Country::number),
        asn: FIRST_ASN + number,
        flags,
        ..AddressFacts::default()
    }
}

fn devices(language: &'static str) -> impl Iterator<Item = Device> {
    BROWSERS.iter().map(move |(browser, system, kind)| {
        let id = stable_hash64(&[browser.as_bytes(), system.as_bytes(), language.as_bytes()]);
        let is_library = *kind == DeviceKind::Library;
        let facts = DeviceFacts {
            id,
            kind: (*kind).into(),
            flags: Flags::default().with(DeviceFlag::Library as u8, is_library),
            browser: (*browser).to_owned(),
            system: (*system).to_owned(),
            ..DeviceFacts::default()
        };
        // As events are stored: what other columns and tables hold is left out.
        let (label, stored) = (label(&facts), DeviceFacts { id: 0, ..facts });
        let stored = DeviceFacts { browser: String::new(), system: String::new(), ..stored };
        Device {
            id: id.cast_signed(),
            kind: kind.name().to_owned(),
            label,
            browser: (*browser).to_owned(),
            system: (*system).to_owned(),
            language: language.to_owned(),
            agent: format!("Mozilla/5.0 ({system}; {language}) Engine/537.36 {browser}/"),
            around: Surroundings { device: stored, ..Surroundings::default() },
        }
    })
}

/// What is known of a user after so many events, every fifth of which is a failed attempt to sign
/// in from elsewhere.
fn account(book: &Rulebook, events: u32) -> anyhow::Result<Vec<u8>> {
    let mut replay = Replay::new();
    for number in 0..events {
        let (kind, code) =
            if number % 5 == 4 { ("account_login_fail", "401") } else { ("page_view", "200") };
        let at = Timestamp::from_micros(1_790_000_000_000_000).plus_seconds(i64::from(number) * 60);
        let draft = Draft {
            user_id: Some("somebody".into()),
            ip: Some(format!("11.{}.0.9", number % 5 * 2).into()),
            event_type: Some(kind.into()),
            url: Some(format!("/items/{number}").into()),
            http_code: Some(code.into()),
            event_time: Some(at.to_rfc3339().into()),
            ..Draft::default()
        };
        let fresh_id = event_id_of_name(TenantId(1), &number.to_string());
        let event =
            accept(draft, Receipt { tenant: TenantId(1), at, fresh_id }, Strictness::Refuse)?;
        let around = Surroundings { address: address(number % 5), ..Surroundings::default() };
        replay.step(&event, &around, book);
    }
    Ok(replay.account.to_bytes())
}
