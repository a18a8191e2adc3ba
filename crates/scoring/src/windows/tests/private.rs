//! Windows of one user, as of the last event.

use super::*;
use crate::rejudge;

fn fires(account: &Account) -> bool {
    !account.hits.is_empty()
}

fn last(world: &World) -> Past {
    world.stored[world.stored.len() - 1].0.clone()
}

#[test]
fn judging_again_keeps_what_only_the_event_itself_knew() {
    let book = book(&[("w", "last_seen: 'true', by: user, over: 1d", "")]);
    let mut world = World::default();
    assert_eq!(world.value(&book, event(0)), Value::Unknown);
    assert_eq!(world.value(&book, event(40)), Value::Int(40));
    let past = last(&world);
    let account = world.accounts.get_mut("alice").unwrap();
    assert!(fires(account));
    let rejudged = rejudge(account, &past, &book);
    assert_eq!((rejudged.started, rejudged.ended), (Vec::new(), Vec::new()));
    assert!(fires(account));
}

#[test]
fn the_age_of_the_first_event_is_known_afterwards_as_well() {
    let book = book(&[("w", "first_seen: 'true', by: user, over: 1d", "")]);
    let mut world = World::default();
    world.value(&book, event(0));
    let read = |world: &World| {
        let past = last(world);
        let custom = CustomTexts::of(&past.event);
        let facts = innerwall_features::Facts::default();
        let inputs = Inputs::of_facts(&facts);
        values_after(&book, &past, &world.accounts["alice"].state, &custom, &inputs)
    };
    assert_eq!(read(&world), [Value::Unknown]);
    assert_eq!(world.value(&book, event(40)), Value::Int(40));
    assert_eq!(read(&world), [Value::Int(40)]);
}

#[test]
fn judging_again_knows_as_little_of_visitors_as_scoring_did() {
    let book = book(&[("w", "count: 'true', by: user, over: 1h", "")]);
    let mut world = World::default();
    let visit = changed(0, |event| event.user_id = innerwall_event::UserId("N/A".to_owned()));
    assert_eq!(world.value(&book, visit), Value::Unknown);
    let past = last(&world);
    let account = world.accounts.get_mut("N/A").unwrap();
    let before = account.clone();
    rejudge(account, &past, &book);
    assert_eq!(*account, before);
    let custom = CustomTexts::of(&past.event);
    let facts = innerwall_features::Facts::default();
    let inputs = Inputs::of_facts(&facts);
    let values = values_after(&book, &past, &account.state, &custom, &inputs);
    assert_eq!(values, [Value::Unknown]);
}

#[test]
fn an_edit_of_another_window_restarts_nothing() {
    let before = book(&[("w", "count: 'true', by: user, over: 1h", "")]);
    let after = book(&[
        ("other", "distinct: address, by: user, over: 1h", ""),
        ("w", "count: 'true', by: user, over: 1h", ""),
    ]);
    let mut world = World::default();
    for at_s in 0..5 {
        world.run(&before, event(at_s), false);
    }
    let past = world.past("alice");
    let account = world.accounts.get_mut("alice").unwrap();
    assert_eq!(needs_history(account, &after), Some(3_600));
    rebuild(account, &after, &past);
    assert_eq!(needs_history(account, &after), None);
    assert_eq!(world.run(&after, event(6), false).values, [Value::Int(1), Value::Int(6)]);
}
