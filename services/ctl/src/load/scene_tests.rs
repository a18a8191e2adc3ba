use std::collections::{BTreeMap, BTreeSet};

use innerwall_event::{
    Event, EventKind, HttpMethod, Receipt, Strictness, TenantId, Timestamp, accept, json,
};
use proptest::prelude::*;
use uuid::Uuid;

use super::super::pattern::{Kind, Pattern};
use super::super::person::{DAY_US, HOUR_US};
use super::super::step::Stamp;
use super::*;

/// 2026-11-22 12:00 UTC.
const NOON_US: i64 = 1_795_348_800_000_000;
const SECOND_US: i64 = 1_000_000;
const MINUTE_US: i64 = 60 * SECOND_US;

/// An event of a scene as the gateway takes it.
struct Seen {
    at_us: i64,
    is_attack: bool,
    event: Event,
    custom: serde_json::Value,
}

fn setting(first_number: u32) -> Setting {
    Setting { seed: 3, first_number, began_us: NOON_US, ago_us: 0, history_days: 5 }
}

fn seen(played: &Played) -> Vec<Seen> {
    let accept_one = |(index, moment): (u128, &Moment)| {
        let mut text = String::new();
        let time_us = NOON_US + moment.at_us.min(0);
        Stamp { id: Uuid::from_u128(index), time_us }.write(&mut text);
        text.push_str(&moment.body);
        let at = Timestamp::from_micros(NOON_US);
        let receipt = Receipt { tenant: TenantId(1), at, fresh_id: Uuid::nil() };
        let draft = json::read(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
        let event = accept(draft, receipt, Strictness::Refuse);
        let event = event.unwrap_or_else(|error| panic!("{error}: {text}"));
        assert_eq!(event.user_id.0, played.accounts[moment.who].user_id, "{text}");
        let custom = event.custom.as_deref().unwrap_or("{}");
        let custom = serde_json::from_str(custom).unwrap();
        Seen { at_us: moment.at_us, is_attack: moment.is_attack, event, custom }
    };
    (0..).zip(&played.moments).map(accept_one).collect()
}

/// The attack of a pattern alone.
fn attack(pattern: Pattern) -> Vec<Seen> {
    let mut events = seen(&play(Plot::Attack(pattern), setting(40_000)));
    events.retain(|seen| seen.is_attack);
    events
}

fn life(kind: Kind) -> Vec<Seen> {
    seen(&play(Plot::Ordinary(kind), setting(50_000)))
}

fn different<T: Ord>(events: &[Seen], of: impl Fn(&Seen) -> T) -> usize {
    events.iter().map(of).collect::<BTreeSet<T>>().len()
}

fn addresses(events: &[Seen]) -> usize {
    different(events, |seen| seen.event.ip)
}

fn accounts(events: &[Seen]) -> usize {
    different(events, |seen| seen.event.user_id.0.clone())
}

fn agents(events: &[Seen]) -> usize {
    different(events, |seen| seen.event.user_agent.clone())
}

fn devices(events: &[Seen]) -> usize {
    different(events, |seen| seen.custom["device_id"].to_string())
}

fn first_bytes(events: &[Seen], count: usize) -> usize {
    let of = |seen: &Seen| {
        seen.event.ip.to_string().split('.').take(count).collect::<Vec<_>>().join(".")
    };
    different(events, of)
}

fn count(events: &[Seen], kind: &EventKind) -> usize {
    events.iter().filter(|seen| seen.event.kind == *kind).count()
}

fn present(events: Vec<Seen>) -> Vec<Seen> {
    events.into_iter().filter(|seen| seen.at_us >= 0).collect()
}

#[test]
fn guessing_and_spraying_differ_by_who_is_tried() {
    let guesses = attack(Pattern::PasswordGuessing);
    assert_eq!(count(&guesses, &EventKind::AccountLoginFail), guesses.len());
    assert!(guesses.len() >= 20 && accounts(&guesses) == 1);
    let sprayed = attack(Pattern::PasswordSpraying);
    assert!(accounts(&sprayed) >= 36 && addresses(&sprayed) == 1);
    let mut tries: BTreeMap<&str, u32> = BTreeMap::new();
    for seen in &sprayed {
        *tries.entry(&seen.event.user_id.0).or_default() += 1;
    }
    assert!(tries.values().all(|tries| *tries <= 2));
}

#[test]
fn stuffing_comes_from_where_its_name_says() {
    let by_address = attack(Pattern::StuffingAddress);
    assert!(by_address.len() == 60 && accounts(&by_address) == 60 && addresses(&by_address) == 1);
    let by_prefix = attack(Pattern::StuffingPrefix);
    assert!(addresses(&by_prefix) > 30 && first_bytes(&by_prefix, 3) == 1);
    let by_network = attack(Pattern::StuffingNetwork);
    assert!(addresses(&by_network) > 60 && first_bytes(&by_network, 2) > 2);
    let by_device = attack(Pattern::StuffingDevice);
    assert!(addresses(&by_device) > 50 && devices(&by_device) == 1 && agents(&by_device) == 1);
}

#[test]
fn slow_stuffing_tries_once_a_minute_from_everywhere_with_one_browser() {
    let slow = attack(Pattern::StuffingSlow);
    assert!(addresses(&slow) > 60 && accounts(&slow) == slow.len() && agents(&slow) == 1);
    let gaps = slow.windows(2).map(|pair| pair[1].at_us - pair[0].at_us);
    assert!(gaps.into_iter().all(|gap_us| gap_us >= 55 * SECOND_US));
}

#[test]
fn some_stuffing_succeeds_and_then_empties_the_account() {
    let events = attack(Pattern::StuffingTakeover);
    assert!(count(&events, &EventKind::AccountLoginFail) > 30);
    for kind in [EventKind::AccountLogin, EventKind::AccountEmailChange] {
        assert_eq!(count(&events, &kind), 3, "{kind:?}");
    }
}

#[test]
fn rings_share_a_device_or_an_address_and_bursts_a_machine() {
    let by_device = attack(Pattern::RingDevice);
    assert!(accounts(&by_device) >= 6 && devices(&by_device) == 1 && addresses(&by_device) > 4);
    let by_address = attack(Pattern::RingAddress);
    assert!(accounts(&by_address) >= 6 && addresses(&by_address) == 1 && devices(&by_address) > 4);
    for (pattern, least) in
        [(Pattern::RegistrationBurst, 30), (Pattern::RegistrationDisposable, 20)]
    {
        let burst = attack(pattern);
        assert_eq!(count(&burst, &EventKind::AccountRegistration), least);
        assert!(accounts(&burst) == least && addresses(&burst) == 1);
    }
    let folded = |seen: &Seen| {
        let email = seen.event.email.clone().unwrap_or_default();
        email.replace(|letter: char| letter.is_ascii_digit(), "#")
    };
    assert_eq!(different(&attack(Pattern::RegistrationBurst), folded), 1);
}

#[test]
fn a_promo_ring_redeems_one_coupon_and_shares_a_device_or_an_address() {
    let events = attack(Pattern::PromoRing);
    let coupons: Vec<_> = events.iter().filter(|seen| seen.custom["coupon"].is_string()).collect();
    assert_eq!(coupons.len(), 8);
    assert!(coupons.iter().all(|seen| seen.custom["coupon"] == coupons[0].custom["coupon"]));
    assert!(coupons.iter().all(|seen| seen.event.amount_micros.is_some()));
    assert_eq!(accounts(&events), 8);
    assert!(devices(&events) == 1 || addresses(&events) == 1);
}

#[test]
fn a_hijacker_keeps_the_session_and_a_traveller_does_not() {
    let hijacked = seen(&play(Plot::Attack(Pattern::SessionHijack), setting(40_000)));
    let stolen = hijacked.iter().find(|seen| seen.is_attack).unwrap();
    let mut session: Vec<Seen> = hijacked.iter().map(clone).collect();
    session.retain(|seen| seen.event.session_id == stolen.event.session_id);
    assert!(session.iter().any(|seen| !seen.is_attack));
    assert!(addresses(&session) == 2 && devices(&session) == 2);
    let travelled = attack(Pattern::ImpossibleTravel);
    assert_eq!(count(&travelled, &EventKind::AccountLogin), 1);
    assert!(travelled[0].at_us < 30 * MINUTE_US);
}

fn clone(seen: &Seen) -> Seen {
    let Seen { at_us, is_attack, event, custom } = seen;
    let (event, custom) = (event.clone(), custom.clone());
    Seen { at_us: *at_us, is_attack: *is_attack, event, custom }
}

#[test]
fn a_dormant_account_was_silent_for_months() {
    let all = seen(&play(Plot::Attack(Pattern::DormantReturn), setting(40_000)));
    let last_us = all.iter().filter(|seen| !seen.is_attack).map(|seen| seen.at_us).max();
    assert!(last_us.unwrap() < -200 * DAY_US);
}

#[test]
fn readers_read_much() {
    assert!(attack(Pattern::ScrapingHosting).len() > 200);
    assert!(attack(Pattern::ScrapingResidential).len() > 200);
    let searches = attack(Pattern::SearchEnumeration);
    assert_eq!(different(&searches, |seen| seen.event.payload.clone()), searches.len());
    assert_eq!(count(&searches, &EventKind::PageSearch), searches.len());
    let heads = attack(Pattern::BotHead);
    assert!(heads.iter().all(|seen| seen.event.http_method.map(HttpMethod::name) == Some("HEAD")));
    assert!(attack(Pattern::Scanner).iter().any(|seen| seen.event.http_code == Some(404)));
}

#[test]
fn insiders_edit_delete_and_export() {
    let edits = attack(Pattern::InsiderEdit);
    assert!(edits.len() >= 120 && edits.iter().all(|seen| !seen.event.field_history.is_empty()));
    let deletes = attack(Pattern::InsiderDelete);
    assert!(count(&deletes, &EventKind::PageDelete) >= 60);
    let exports = attack(Pattern::InsiderExport);
    assert!(exports.iter().filter(|seen| seen.event.kind.name() == "data_export").count() > 40);
}

#[test]
fn an_office_signs_in_behind_one_address_and_mistypes_at_times() {
    let morning = present(life(Kind::OfficeNat));
    assert!(accounts(&morning) > 50 && addresses(&morning) == 1);
    let failures = count(&morning, &EventKind::AccountLoginFail);
    assert!((2..20).contains(&failures), "{failures}");
    assert!(count(&morning, &EventKind::AccountLogin) > 50);
}

#[test]
fn a_carrier_moves_its_phones_about_in_one_prefix() {
    let phones = present(life(Kind::MobileCarrier));
    assert!(accounts(&phones) == 40 && addresses(&phones) > 20 && first_bytes(&phones, 3) == 1);
}

#[test]
fn ordinary_lives_do_what_their_kind_says() {
    let forgotten = life(Kind::ForgottenPassword);
    let failures = count(&present(forgotten), &EventKind::AccountLoginFail);
    assert!((3..=5).contains(&failures), "{failures}");
    let family = life(Kind::Family);
    assert!(accounts(&family) >= 2 && devices(&family) == 1 && addresses(&family) == 1);
    assert_eq!(agents(&life(Kind::BrowserUpdate)), 2);
    let switched = present(life(Kind::NetworkSwitch));
    assert_eq!(different(&switched, |seen| seen.event.session_id.clone()), 1);
    assert!(addresses(&switched) == 2 && devices(&switched) == 1);
    let both = present(life(Kind::TwoDevices));
    assert_eq!((addresses(&both), devices(&both)), (1, 2));
    assert!(life(Kind::SupportAgent).iter().all(|seen| !seen.is_attack));
    assert!(present(life(Kind::HeavyUser)).len() == 90);
}

#[test]
fn a_traveller_had_hours_for_the_flight() {
    let travelled = life(Kind::Traveller);
    let last_home_us = travelled.iter().map(|seen| seen.at_us).filter(|at| *at < 0).max();
    assert!(last_home_us.unwrap() < -9 * HOUR_US);
}

#[test]
fn habits_reach_back_as_many_days_as_asked_for() {
    for days in [0, 1, 9] {
        let setting = Setting { history_days: days, ..setting(60_000) };
        let played = play(Plot::Ordinary(Kind::NetworkSwitch), setting);
        let oldest_us = played.moments.iter().map(|moment| moment.at_us).min().unwrap();
        let reach = (-i64::from(days) - 1) * DAY_US;
        assert!(oldest_us >= reach, "{days} days");
        assert!(days == 0 || oldest_us < (1 - i64::from(days)) * DAY_US, "{days} days");
    }
}

#[test]
fn only_attacks_have_attackers_and_victims() {
    for plot in Plot::special() {
        let played = play(plot, setting(70_000));
        let is_normal = |account: &Account| account.role == Role::Normal;
        let is_attack = plot.pattern().is_some();
        assert_eq!(played.accounts.iter().any(is_normal), !is_attack, "{plot:?}");
        assert_eq!(played.moments.iter().any(|moment| moment.is_attack), is_attack, "{plot:?}");
        for seen in seen(&played) {
            let created = seen.event.user_created.map_or(i64::MIN, Timestamp::as_micros);
            assert!(created <= NOON_US + seen.at_us, "{plot:?}: an account is used before it is");
        }
        assert!(played.accounts.len() <= NUMBERS as usize, "{plot:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5))]

    #[test]
    fn the_same_setting_gives_the_same_scene_and_every_event_is_accepted(
        seed: u64, hour in 0_i64..24, first_number in 0_u32..1_000_000,
    ) {
        let began_us = NOON_US + hour * HOUR_US - 12 * HOUR_US;
        let setting = Setting { seed, first_number, began_us, ago_us: 0, history_days: 2 };
        for plot in Plot::special().chain([Plot::Ordinary(Kind::Plain)]) {
            let played = play(plot, setting);
            seen(&played);
            prop_assert_eq!(played, play(plot, setting));
        }
    }
}
