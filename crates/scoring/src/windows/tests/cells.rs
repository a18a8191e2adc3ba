//! Shared cells against a model that keeps every event.

use proptest::prelude::*;

use super::*;

const OVER_S: i64 = 100;
const CELL: CellId = CellId { window: 1, key: 7 };

/// The six kinds, each shared.
fn windows() -> Vec<WindowDef> {
    let book = book(&[
        ("a", "count: 'true', by: address, over: 100s", ""),
        ("b", "distinct: user, by: address, over: 100s", ""),
        ("c", "sum: event.amount_micros, by: address, over: 100s", ""),
        ("d", "ratio: event.has_failed, by: address, over: 100s", ""),
        ("e", "first_seen: 'true', by: address, over: 100s", ""),
        ("f", "last_seen: 'true', by: address, over: 100s", ""),
    ]);
    book.rules.windows().to_vec()
}

/// An event as a cell sees it: second, member and amount.
type Seen = (i64, u64, i64);

fn time(at_s: i64) -> Timestamp {
    Timestamp::from_micros(START_US + at_s * SECOND_US)
}

fn count(cells: &mut SharedCells, window: &WindowDef, (at_s, member, amount): Seen) {
    let (at, is_distinct) = (time(at_s), matches!(window.kind, WindowKind::Distinct(_)));
    let total = match window.kind {
        WindowKind::Count | WindowKind::Distinct(_) => 0,
        WindowKind::Sum(_) => amount,
        WindowKind::Ratio(_) => i64::from(amount > 0),
        WindowKind::FirstSeen => -at.as_micros(),
        WindowKind::LastSeen => at.as_micros(),
    };
    cells.count(CELL, window, at, (is_distinct.then_some(member), total));
}

/// The value from all events: of those in the running tenth and the ten before it.
fn model(window: &WindowDef, events: &[Seen], at_s: i64) -> Option<i64> {
    let tenth = |at_s: i64| time(at_s).as_micros().div_euclid(OVER_S * SECOND_US / 10);
    let tenths = tenth(at_s) - 10..=tenth(at_s);
    let visible: Vec<Seen> =
        events.iter().filter(|seen| tenths.contains(&tenth(seen.0))).copied().collect();
    let whole = i64::try_from(visible.len()).unwrap();
    let times = || visible.iter().map(|seen| seen.0);
    match window.kind {
        WindowKind::Count => Some(whole),
        WindowKind::Distinct(_) => {
            let members: std::collections::BTreeSet<u64> =
                visible.iter().map(|seen| seen.1).collect();
            Some(i64::try_from(members.len()).unwrap())
        }
        WindowKind::Sum(_) => Some(visible.iter().map(|seen| seen.2).sum()),
        WindowKind::Ratio(_) => {
            let part = visible.iter().filter(|seen| seen.2 > 0).count();
            (whole > 0).then(|| i64::try_from(part).unwrap() * 100 / whole)
        }
        WindowKind::FirstSeen => times().min().map(|first_s| (at_s - first_s).max(0)),
        WindowKind::LastSeen => times().max().map(|last_s| (at_s - last_s).max(0)),
    }
}

fn events() -> impl Strategy<Value = Vec<Seen>> {
    proptest::collection::vec((0..3 * OVER_S, 0_u64..6, -5_i64..6), 0..60)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_cell_gives_what_all_its_events_give(events in events(), asked_s in 0..4 * OVER_S) {
        for window in windows() {
            let mut cells = SharedCells::new(3);
            for (number, seen) in events.iter().enumerate() {
                count(&mut cells, &window, *seen);
                let known = &events[..=number];
                let (found, expected) =
                    (cells.read(CELL, &window, time(seen.0)), model(&window, known, seen.0));
                prop_assert_eq!(found, expected, "{}", window.name);
            }
            let (found, expected) =
                (cells.read(CELL, &window, time(asked_s)), model(&window, &events, asked_s));
            prop_assert_eq!(found, expected, "{}", window.name);
        }
    }

    #[test]
    fn what_shards_add_in_any_order_is_what_one_counts(
        events in events(),
        asked_s in 0..4 * OVER_S,
        starts in proptest::collection::vec((0_usize..60, 0_u16..4), 0..10),
    ) {
        for window in windows() {
            let mut rows = BTreeMap::new();
            // Transactions of some events each: every one sees what was committed before it.
            let mut cuts: Vec<(usize, u16)> = starts.clone();
            cuts.push((0, 0));
            cuts.sort_unstable();
            for (place, (from, shard)) in cuts.iter().enumerate() {
                let to = cuts.get(place + 1).map_or(events.len(), |next| next.0);
                let mut cells = SharedCells::new(*shard);
                for ((cell, row), amount) in &rows {
                    cells.know(*cell, *row, *amount);
                }
                let (from, to) = ((*from).min(events.len()), to.min(events.len()));
                for seen in &events[from..to] {
                    count(&mut cells, &window, *seen);
                }
                commit(&mut rows, &cells);
            }
            let mut merged = SharedCells::new(9);
            for ((cell, row), amount) in rows {
                merged.know(cell, row, amount);
            }
            let (found, expected) =
                (merged.read(CELL, &window, time(asked_s)), model(&window, &events, asked_s));
            prop_assert_eq!(found, expected, "{}", window.name);
        }
    }
}

#[test]
fn transactions_that_do_not_see_each_other_lose_nothing() {
    for window in windows() {
        let mut rows = BTreeMap::new();
        let seen = [(0, 1, 5), (1, 2, -1), (2, 1, 1), (3, 3, 0)];
        let transactions: Vec<SharedCells> = seen
            .iter()
            .zip([0, 1, 2, 1])
            .map(|(seen, shard)| {
                let mut cells = SharedCells::new(shard);
                count(&mut cells, &window, *seen);
                cells
            })
            .collect();
        for cells in &transactions {
            commit(&mut rows, cells);
        }
        let mut merged = SharedCells::new(0);
        for ((cell, row), amount) in rows {
            merged.know(cell, row, amount);
        }
        let found = merged.read(CELL, &window, time(4));
        assert_eq!(found, model(&window, &seen, 4), "{}", window.name);
    }
}

#[test]
fn rows_expire_when_no_event_can_ask_for_them() {
    let window = &windows()[0];
    let mut cells = SharedCells::new(0);
    count(&mut cells, window, (5, 0, 0));
    let (_, _, added) = cells.added().next().unwrap();
    let expires_s = (added.expires_at.as_micros() - START_US) / SECOND_US;
    assert_eq!(expires_s, 110);
    assert_eq!(cells.read(CELL, window, time(109)), Some(1));
    assert_eq!(cells.read(CELL, window, time(110)), Some(0));
}

#[test]
fn a_member_that_is_known_is_not_written_again() {
    let window = &windows()[1];
    let mut cells = SharedCells::new(0);
    count(&mut cells, window, (5, 1, 0));
    let rows: Vec<(CellId, RowId)> = cells.added().map(|(cell, row, _)| (cell, row)).collect();
    let mut later = SharedCells::new(1);
    later.know(rows[0].0, rows[0].1, Amount { events: 1, total: 0 });
    count(&mut later, window, (6, 1, 0));
    assert_eq!(later.added().count(), 0);
    count(&mut later, window, (6, 2, 0));
    assert_eq!(later.added().count(), 1);
}

#[test]
fn distinct_values_are_told_apart_up_to_the_cap() {
    let window = &windows()[1];
    let mut cells = SharedCells::new(0);
    for member in 0..1_005 {
        count(&mut cells, window, (1, member, 0));
    }
    assert_eq!(cells.read(CELL, window, time(1)), Some(1_000));
}
