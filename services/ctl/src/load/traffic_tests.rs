use std::collections::{BTreeMap, BTreeSet};

use innerwall_event::{Event, Receipt, Strictness, TenantId, Timestamp, accept, json};
use proptest::prelude::*;

use super::super::pattern::Kind;
use super::*;

const PLAIN: Plot = Plot::Ordinary(Kind::Plain);

/// 2026-11-22 12:00 UTC.
const NOON_US: i64 = 1_795_348_800_000_000;

fn events(seed: u64, users: u32, step_us: i64, count: i64) -> Vec<(GeneratedEvent, String)> {
    let mut traffic = Traffic::new(seed, users);
    let next = |index| {
        let mut text = String::new();
        let event = traffic.next(NOON_US + index * step_us, &mut text);
        (event, text)
    };
    (0..count).map(next).collect()
}

fn accepted(text: &str, at_us: i64) -> Event {
    let at = Timestamp::from_micros(at_us);
    let receipt = Receipt { tenant: TenantId(1), at, fresh_id: Uuid::nil() };
    let draft = json::read(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    accept(draft, receipt, Strictness::Refuse).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn every_plot_appears_and_its_accounts_are_labelled() {
    let mut traffic = Traffic::new(5, 200);
    let mut seen = BTreeSet::new();
    let mut told = 0;
    for index in 0..90_000 {
        let event = traffic.next(NOON_US + index * 50_000, &mut String::new());
        if event.plot != PLAIN {
            told += 1;
            seen.insert(event.plot);
        }
    }
    assert_eq!(seen, Plot::special().collect());
    assert_eq!(traffic.labels.events(), told);
}

#[test]
fn attacks_are_a_few_percent_of_the_traffic() {
    let all = events(1, 5_000, 50_000, 40_000);
    let attacks = all.iter().filter(|(event, _)| event.plot.pattern().is_some()).count();
    assert!((400..3_000).contains(&attacks), "{attacks} of 40,000");
}

#[test]
fn ordinary_page_views_tell_what_rules_need() {
    for (event, text) in events(2, 300, 20_000, 5_000) {
        let stored = accepted(&text, NOON_US + 20_000 * 5_000);
        assert!(stored.user_agent.is_some() && stored.language.is_some(), "{text}");
        assert!(stored.http_method.is_some() && stored.http_code.is_some(), "{text}");
        let is_attack = event.plot.pattern().is_some();
        let is_known = stored.user_created.is_some() && stored.email.is_some();
        assert!(is_attack || (is_known && stored.referer.is_some()), "{text}");
    }
}

#[test]
fn users_keep_their_pace_while_there_are_enough_of_them() {
    let mut last_us: BTreeMap<String, i64> = BTreeMap::new();
    let mut hurried = 0;
    for (event, text) in events(3, 5_000, 50_000, 20_000) {
        let stored = accepted(&text, NOON_US + 50_000 * 20_000);
        let at_us = stored.time.as_micros();
        let before_us = last_us.insert(stored.user_id.0, at_us);
        let gap_us = before_us.map_or(i64::MAX, |before_us| at_us - before_us);
        hurried += u32::from(event.plot == PLAIN && gap_us < 2_000_000);
    }
    assert_eq!(hurried, 0);
}

#[test]
fn ids_are_unique_and_shares_have_users_of_their_own() {
    let share = |index| Share { index, count: 3 };
    let mut shares: Vec<Traffic> =
        (0..3).map(|index| Traffic::of_share(9, 90, share(index))).collect();
    let mut ids = BTreeSet::new();
    let mut owners: BTreeMap<String, usize> = BTreeMap::new();
    for round in 0..3_000 {
        for (index, traffic) in shares.iter_mut().enumerate() {
            let mut text = String::new();
            traffic.next(NOON_US + round, &mut text);
            let stored = accepted(&text, NOON_US + round);
            assert!(ids.insert(stored.id), "{text}");
            assert_eq!(*owners.entry(stored.user_id.0).or_insert(index), index);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_same_seed_gives_the_same_events_and_all_are_accepted(
        seed: u64, users in 1_u32..2_000, step_us in 1_i64..2_000_000,
    ) {
        let first = events(seed, users, step_us, 400);
        prop_assert_eq!(&first, &events(seed, users, step_us, 400));
        for (index, (_, text)) in (0_i64..).zip(&first) {
            accepted(text, NOON_US + index * step_us);
        }
    }
}
