//! Whole lives of users: what is loaded, stored and rebuilt gives the same answers.

use proptest::prelude::*;

use super::*;
use crate::{Replay, Stored};

const FAILURE: &str = r#"event.type == "account_login_fail""#;

/// Windows of every kind, shared and private, with keys that change during a user's life.
fn all_kinds() -> Rulebook {
    let failures = format!("count: '{FAILURE}', by: address, over: 10m");
    let users = format!("distinct: user, where: '{FAILURE}', by: prefix, over: 1h");
    let only_failures = format!("{FAILURE} && ");
    book(&[
        ("failures", &failures, &only_failures),
        ("users", &users, &only_failures),
        ("spent", "sum: event.amount_micros, by: everyone, over: 1m", ""),
        ("refused", "ratio: event.has_failed, by: resource, over: 1h", ""),
        ("seen_first", "first_seen: 'true', by: email, over: 1h", ""),
        ("seen_last", "last_seen: 'true', by: [address, email_domain], over: 30s", ""),
        ("mine", "count: 'email.local_has_digit', by: user, over: 1h", ""),
        ("my_mails", "distinct: email, by: user, over: 1h", ""),
        ("my_pages", "distinct: resource, by: session, over: 1h", ""),
        ("my_spent", "sum: event.amount_micros, by: user, over: 1m", ""),
        ("my_refused", "ratio: event.has_failed, by: user, over: 1h", ""),
        ("my_first", "first_seen: event.is_new_address, by: user, over: 1h", ""),
        ("my_last", "last_seen: 'true', by: [user, address], over: 1h", ""),
    ])
}

/// Events of two users and of visitors, mostly in order, some late.
fn life() -> impl Strategy<Value = Vec<Event>> {
    let one = (
        0_usize..7,
        prop_oneof![4 => 0_i64..20, 1 => 300_i64..4_000],
        prop_oneof![6 => Just(0_i64), 1 => 1_i64..5_000],
        (0_u8..4, 0_u8..3, 0_usize..6),
        (proptest::bool::ANY, -3_i64..4),
    );
    proptest::collection::vec(one, 1..40).prop_map(|ones| {
        let mut now_s = 10_000;
        let life = ones.into_iter().enumerate().map(|(number, one)| {
            let (user, pause_s, late_s, (ip, page, email), (fails, amount)) = one;
            now_s += pause_s;
            let received = event(now_s).received_at;
            changed(now_s - late_s, |event| {
                event.id = event_id_of_name(TenantId(1), &format!("life {number}"));
                event.received_at = received;
                let user = ["alice", "bob", "N/A"][[0, 0, 0, 1, 1, 1, 2][user]];
                event.user_id = innerwall_event::UserId(user.to_owned());
                event.ip = std::net::IpAddr::from([10, 1, ip / 2, ip]);
                event.url = Some(format!("/page{page}?q=1"));
                let emails = ["a1@x.org", "b@x.org", "c1@y.org"];
                event.email = emails.get(email).map(|email| (*email).to_owned());
                event.http_code = Some(if fails { 401 } else { 200 });
                event.amount_micros = (amount != 0).then_some(amount);
                if fails {
                    event.kind = innerwall_event::EventKind::parse("account_login_fail").unwrap();
                }
            })
        });
        life.collect()
    })
}

fn stored(past: &Past, outcome: &Outcome) -> Stored {
    Stored {
        event: past.event.clone(),
        around: past.around.clone(),
        sequence: outcome.folded.sequence,
        session: outcome.folded.session,
        trust: outcome.trust,
        risk: outcome.risk,
        event_hits: outcome.event_hits.clone(),
        started: outcome.started.clone(),
        ended: outcome.ended.clone(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_cells_wanted_are_all_that_rules_read(life in life()) {
        let book = all_kinds();
        let (mut wanted, mut all) = (World::default(), World::default());
        for event in life {
            let loaded = wanted.run(&book, event.clone(), false).values.clone();
            prop_assert_eq!(&loaded, &all.run(&book, event, true).values);
        }
        prop_assert_eq!(wanted.rows, all.rows);
    }

    #[test]
    fn replay_of_each_user_gives_what_was_seen_among_others(life in life()) {
        let (book, mut world) = (all_kinds(), World::default());
        for event in life {
            world.run(&book, event, false);
        }
        for (user, account) in &world.accounts {
            let (mut replay, mut again) = (Replay::new(), Replay::new());
            let lived = world.stored.iter().filter(|(past, _)| past.event.user_id.0 == *user);
            for (past, outcome) in lived {
                let differences = replay.compare(&stored(past, outcome), &book);
                prop_assert_eq!(differences, []);
                let values = again.step(&past.event, &past.around, &book).values;
                prop_assert_eq!(&values, &outcome.values);
            }
            prop_assert_eq!(&replay.account, account);
        }
    }

    #[test]
    fn shared_windows_warmed_from_history_are_those_counted_live(life in life()) {
        let (book, mut world) = (all_kinds(), World::default());
        for event in life {
            world.run(&book, event, false);
        }
        let numbers = numbers_without_contact(&book);
        let mut warmed = BTreeMap::new();
        for (shard, (past, _)) in [0, 1, 2].iter().cycle().zip(&world.stored) {
            let mut cells = SharedCells::new(*shard);
            count_past(&book, past, &numbers, &mut cells);
            commit(&mut warmed, &cells);
        }
        world.rows.retain(|(cell, _), _| numbers.contains(&cell.window));
        // A member that is not known to be counted is counted again, which adds nothing.
        let keys = |rows: BTreeMap<(CellId, RowId), Amount>| {
            let total = |(key, amount): ((CellId, RowId), Amount)| (key, amount.total);
            rows.into_iter().map(total).collect::<Vec<_>>()
        };
        prop_assert_eq!(keys(warmed), keys(world.rows));
    }

    #[test]
    fn private_windows_rebuilt_from_history_are_those_counted_live(life in life()) {
        let (book, mut world) = (all_kinds(), World::default());
        for event in life {
            world.run(&book, event, false);
        }
        for (user, account) in &world.accounts {
            let mut rebuilt = account.clone();
            rebuilt.state.windows.clear();
            rebuilt.private_windows = 0;
            prop_assert!(needs_history(&rebuilt, &book).is_some());
            rebuild(&mut rebuilt, &book, &world.past(user));
            prop_assert_eq!(&rebuilt, account);
        }
    }
}

/// Numbers of the shared windows whose keys every stored event carries.
fn numbers_without_contact(book: &Rulebook) -> Vec<u32> {
    use innerwall_rules::WindowKey::{Email, EmailDomain};
    let has_contact =
        |window: &WindowDef| window.by.iter().any(|key| matches!(key, Email | EmailDomain));
    let windows = book.rules.windows().iter().enumerate();
    let kept = windows.filter(|(_, window)| !has_contact(window));
    kept.filter_map(|(slot, _)| book.number(slot)).collect()
}

/// Two events within a second, none of them refused: the ratio and the age they see are 0.
#[test]
fn a_zero_that_was_seen_is_not_taken_for_unknown() {
    let book = book(&[
        ("refused", "ratio: event.has_failed, by: address, over: 1h", ""),
        ("last", "last_seen: 'true', by: address, over: 1h", ""),
        ("failures", "count: event.has_failed, by: address, over: 1h", ""),
    ]);
    let mut world = World::default();
    world.run(&book, event(0), false);
    let outcome =
        world.run(&book, changed(0, |event| event.id = event_id_of_name(TenantId(1), "b")), false);
    assert_eq!(outcome.values, vec![Value::Int(0); 3]);
    let values: Vec<Value> = world
        .stored
        .iter()
        .map(|(past, _)| {
            let custom = CustomTexts::of(&past.event);
            let facts = innerwall_features::Facts::default();
            let inputs = Inputs::of_facts(&facts);
            let state = &world.accounts["alice"].state;
            values_after(&book, past, state, &custom, &inputs)
        })
        .next_back()
        .unwrap();
    assert_eq!(values, vec![Value::Int(0); 3]);
}
