//! Cells of windows that users share: what was committed before, and what this transaction adds.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use innerwall_event::Timestamp;
use innerwall_features::Span;
use innerwall_rules::{DISTINCT_SHARED_MAX, WindowDef, WindowKind};

/// A cell by the number of its window and the hash of its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CellId {
    pub window: u32,
    pub key: u64,
}

/// A row of a cell: a bucket, and a distinct member or else the shard that counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RowId {
    pub bucket: i64,
    pub member: u64,
}

/// What a row holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amount {
    pub events: i64,
    /// Sum, matching part of a ratio, or the latest time (negative for the earliest) in us.
    pub total: i64,
}

/// What a transaction adds to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Added {
    pub amount: Amount,
    /// From then on no event can ask for the row.
    pub expires_at: Timestamp,
    /// The total is a time of which the latest stays.
    pub is_time: bool,
}

/// The cells a transaction works with.
#[derive(Clone, Debug, Default)]
pub struct SharedCells {
    /// Keeps transactions of different shards off each other's rows.
    shard: u64,
    cells: HashMap<CellId, BTreeMap<RowId, Amount>>,
    added: BTreeMap<(CellId, RowId), Added>,
}

impl SharedCells {
    pub fn new(shard: u16) -> Self {
        Self { shard: u64::from(shard), ..Self::default() }
    }

    /// Takes in a row as committed before the transaction.
    pub fn know(&mut self, cell: CellId, row: RowId, amount: Amount) {
        self.cells.entry(cell).or_default().insert(row, amount);
    }

    /// What the transaction has to add, in key order.
    pub fn added(&self) -> impl Iterator<Item = (CellId, RowId, Added)> {
        self.added.iter().map(|((cell, row), added)| (*cell, *row, *added))
    }

    /// Counts an event. `member` is what a distinct window tells apart, `total` what a sum or
    /// ratio adds.
    pub(super) fn count(
        &mut self,
        cell: CellId,
        window: &WindowDef,
        at: Timestamp,
        (member, total): (Option<u64>, i64),
    ) {
        let span = Span::of_seconds(window.over_s);
        let row = RowId { bucket: span.bucket(at), member: member.unwrap_or(self.shard) };
        let rows = self.cells.entry(cell).or_default();
        if member.is_some() && rows.contains_key(&row) {
            return;
        }
        let is_time = matches!(window.kind, WindowKind::FirstSeen | WindowKind::LastSeen);
        let amount = Amount { events: 1, total };
        put(rows.entry(row).or_default(), amount, is_time);
        let expires_at = span.end_of(at);
        let fresh =
            Added { amount: Amount { events: 0, total: first(is_time) }, expires_at, is_time };
        put(&mut self.added.entry((cell, row)).or_insert(fresh).amount, amount, is_time);
    }

    /// The value of a window at a time; `None` where the window has none.
    pub(super) fn read(&self, cell: CellId, window: &WindowDef, at: Timestamp) -> Option<i64> {
        let newest = Span::of_seconds(window.over_s).bucket(at);
        let from = RowId { bucket: newest - Span::BUCKETS, member: 0 };
        let to = RowId { bucket: newest, member: u64::MAX };
        let rows = self.cells.get(&cell).map(|rows| rows.range(from..=to));
        let rows = rows.into_iter().flatten();
        match window.kind {
            WindowKind::Count => Some(rows.map(|(_, amount)| amount.events).sum()),
            WindowKind::Sum(_) => Some(rows.map(|(_, amount)| amount.total).sum()),
            WindowKind::Distinct(_) => {
                let members: BTreeSet<u64> = rows.map(|(row, _)| row.member).collect();
                Some(i64::try_from(members.len()).unwrap_or(i64::MAX).min(DISTINCT_SHARED_MAX))
            }
            WindowKind::Ratio(_) => {
                let (part, whole) = rows.fold((0, 0), |(part, whole), (_, amount)| {
                    (part + amount.total, whole + amount.events)
                });
                (whole > 0).then(|| part * 100 / whole)
            }
            WindowKind::FirstSeen | WindowKind::LastSeen => {
                let time_us = rows.map(|(_, amount)| amount.total).max()?.abs();
                Some((at.as_micros() - time_us).max(0) / 1_000_000)
            }
        }
    }
}

/// What nothing has been put to yet.
const fn first(is_time: bool) -> i64 {
    if is_time { i64::MIN } else { 0 }
}

fn put(amount: &mut Amount, more: Amount, is_time: bool) {
    amount.total = match (is_time, amount.events) {
        (true, 0) => more.total,
        (true, _) => amount.total.max(more.total),
        (false, _) => amount.total.saturating_add(more.total),
    };
    amount.events += more.events;
}
