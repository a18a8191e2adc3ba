use innerwall_event::{Draft, Receipt, Strictness, TenantId, Timestamp, accept, event_id_of_name};
use innerwall_features::{AddressFacts, Country, DeviceFacts};
use innerwall_rules::{RuleSet, builtin_packs, builtin_presets};

use super::*;
use crate::{Difference, Replay, Stored};

/// Noon, so that no rule about nights interferes.
const START_US: i64 = 1_795_003_200_000_000;

fn rules(preset: &str) -> Rulebook {
    let preset = builtin_presets().iter().find(|known| known.name == preset).unwrap();
    Rulebook::new(RuleSet::new(1, builtin_packs(), &preset.weights).unwrap()).unwrap()
}

fn around(device: u64) -> Surroundings {
    Surroundings {
        address: AddressFacts {
            country: Country::parse("US").unwrap().number(),
            ..AddressFacts::default()
        },
        device: DeviceFacts { id: device, ..DeviceFacts::default() },
        ..Surroundings::default()
    }
}

fn event(number: i64, change: impl FnOnce(&mut Draft<'static>)) -> Event {
    let at = Timestamp::from_micros(START_US + number * 60_000_000);
    let mut draft = Draft {
        user_id: Some("alice".into()),
        ip: Some("81.2.69.142".into()),
        url: Some("/index".into()),
        referer: Some("/".into()),
        http_method: Some("GET".into()),
        http_code: Some("200".into()),
        language: Some("en-US".into()),
        user_agent: Some("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/150.0.0.0".into()),
        event_time: Some(at.to_rfc3339().into()),
        ..Draft::default()
    };
    change(&mut draft);
    let fresh_id = event_id_of_name(TenantId(1), &number.to_string());
    accept(draft, Receipt { tenant: TenantId(1), at, fresh_id }, Strictness::Refuse).unwrap()
}

fn scored(account: &mut Account, event: &Event, around: &Surroundings, book: &Rulebook) -> Outcome {
    score(account, event, around, book, Shared::Stored)
}

/// Scores events one after the other; gives the rules that fire at the end, without those that
/// fire for every new user of this test.
fn fired(events: &[(Event, Surroundings)]) -> Vec<String> {
    let mut account = Account::fresh();
    let rules = rules("none");
    for (event, around) in events {
        scored(&mut account, event, around, &rules);
    }
    let mut ids: Vec<String> = account.hits.iter().map(|hit| hit.rule.to_string()).collect();
    ids.retain(|id| !["B11", "B17", "B26", "C13"].contains(&id.as_str()));
    ids.sort();
    ids
}

fn repeated(count: i64, kind: &'static str, code: &'static str) -> Vec<(Event, Surroundings)> {
    let one = |number| {
        event(number, |draft| {
            draft.event_type = Some(kind.into());
            draft.http_code = Some(code.into());
        })
    };
    (0..count).map(|number| (one(number), around(1))).collect()
}

#[test]
fn known_cases_fire_the_known_rules() {
    assert_eq!(fired(&repeated(5, "account_login_fail", "200")), ["A02"]);
    assert_eq!(fired(&repeated(8, "account_login_fail", "200")), ["A01", "A02"]);
    assert_eq!(fired(&repeated(4, "page_view", "404")), ["B05"]);
    assert_eq!(fired(&repeated(4, "page_view", "500")), Vec::<String>::new());
    assert_eq!(fired(&repeated(5, "page_view", "500")), ["B04"]);
    let one = |change: fn(&mut Draft<'static>)| fired(&[(event(0, change), around(1))]);
    assert_eq!(one(|draft| draft.url = Some("/index?page=1&x=../../etc/passwd".into())), ["B06"]);
    assert_eq!(one(|draft| draft.url = Some("/news/today".into())), Vec::<String>::new());
    assert_eq!(one(|draft| draft.event_type = Some("account_password_change".into())), ["B02"]);
    assert_eq!(one(|draft| draft.user_id = Some("N/A".into())), ["B25"]);
    let head = |draft: &mut Draft<'static>| {
        draft.http_method = Some("HEAD".into());
        draft.referer = None;
    };
    assert_eq!(fired(&[(event(0, head), around(1))]), ["B18", "B24"]);
}

#[test]
fn a_failed_login_counts_by_its_declared_type() {
    assert_eq!(fired(&repeated(8, "account_login_fail", "401")), ["A01", "A02", "B05"]);
}

#[test]
fn a_password_change_on_a_second_device_is_told_from_one_on_the_first() {
    let change = event(2, |draft| {
        draft.event_type = Some("account_password_change".into());
        draft.language = Some("de-DE".into());
    });
    let events = [(event(1, |_| {}), around(1)), (change, around(2))];
    assert_eq!(fired(&events), ["A05", "A08", "B02", "B21"]);
}

#[test]
fn weights_make_the_score_and_a_hit_knows_its_cause() {
    let mut account = Account::fresh();
    let rules = rules("recommended");
    let clean = scored(&mut account, &event(0, |_| {}), &around(1), &rules);
    assert_eq!(clean.trust, 99);
    let probe = event(1, |draft| draft.url = Some("/.env".into()));
    let outcome = scored(&mut account, &probe, &around(1), &rules);
    assert_eq!(outcome.trust, 29);
    let hit = account.hits.iter().find(|hit| hit.rule.as_str() == "B06").unwrap();
    assert_eq!((hit.event_id, hit.points), (probe.id, 70));
    assert!(outcome.started.contains(&hit.rule));
    for number in 2..=26 {
        scored(&mut account, &event(number, |_| {}), &around(1), &rules);
    }
    assert!(account.hits.iter().all(|hit| hit.rule.as_str() != "B06"));
}

#[test]
fn unknown_facts_are_reported_and_never_fire() {
    let mut account = Account::fresh();
    let nowhere = Surroundings { address: AddressFacts::default(), ..around(1) };
    let outcome = scored(&mut account, &event(0, |_| {}), &nowhere, &rules("none"));
    let lacking: Vec<_> = outcome.not_evaluated.iter().map(|rule| rule.rule.to_string()).collect();
    for id in ["B01", "B07", "B08", "B17", "B20"] {
        assert!(lacking.contains(&id.to_owned()), "{id} in {lacking:?}");
        assert!(account.hits.iter().all(|hit| hit.rule.as_str() != id));
    }
}

#[test]
fn replay_gives_the_stored_answers_and_finds_a_changed_one() {
    let rules = rules("recommended");
    let mut live = Account::fresh();
    let mut stored = Vec::new();
    for (event, around) in repeated(30, "account_login_fail", "401") {
        let outcome = scored(&mut live, &event, &around, &rules);
        stored.push(Stored {
            event,
            around,
            sequence: outcome.folded.sequence,
            session: outcome.folded.session,
            trust: outcome.trust,
            risk: outcome.risk,
            event_hits: outcome.event_hits,
            started: outcome.started,
            ended: outcome.ended,
        });
    }
    let replay = |stored: &[Stored]| {
        let mut replay = Replay::new();
        let compare = |known: &Stored| replay.compare(known, &rules);
        let differences: Vec<Difference> = stored.iter().flat_map(compare).collect();
        (replay.account, differences)
    };
    let (replayed, differences) = replay(&stored);
    assert_eq!(differences, []);
    assert_eq!(replayed, live);
    assert_eq!(Account::from_bytes(&live.to_bytes()).unwrap(), live);
    stored[7].trust += 1;
    let (_, differences) = replay(&stored);
    assert_eq!(differences.len(), 1);
    assert_eq!((differences[0].event_id, differences[0].field), (stored[7].event.id, "trust"));
}
