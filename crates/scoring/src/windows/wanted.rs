//! Which cells of shared windows a transaction has to load.

use std::collections::BTreeMap;

use innerwall_features::Span;
use innerwall_rules::WindowDef;

use super::{CellId, counted_at, is_late};
use crate::rulebook::Rulebook;
use crate::subject::{Keys, Subject};

/// A cell, and the oldest of its buckets that matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WantedCell {
    pub cell: CellId,
    pub from_bucket: i64,
}

/// The cells that rules read for some events, each once.
pub fn wanted_cells<'s>(
    book: &Rulebook,
    subjects: impl IntoIterator<Item = Subject<'s>>,
) -> Vec<WantedCell> {
    let mut wanted: BTreeMap<CellId, i64> = BTreeMap::new();
    for subject in subjects {
        let plan = book.rules.plan(subject.event.kind.name());
        let mut keys = Keys::of(&subject);
        for slot in plan.reads.iter().map(|slot| usize::from(*slot)) {
            let Some((number, window)) = book.number(slot).zip(book.rules.windows().get(slot))
            else {
                continue;
            };
            if let Some((cell, from)) = wanted_by(&mut keys, number, window) {
                wanted.entry(cell).and_modify(|known| *known = from.min(*known)).or_insert(from);
            }
        }
    }
    wanted.into_iter().map(|(cell, from_bucket)| WantedCell { cell, from_bucket }).collect()
}

fn wanted_by<'k>(
    keys: &mut Keys<'_, 'k>,
    number: u32,
    window: &'k WindowDef,
) -> Option<(CellId, i64)> {
    let event = keys.event();
    if is_late(event, window) {
        return None;
    }
    let key = keys.hash(&window.by)?;
    let newest = Span::of_seconds(window.over_s).bucket(counted_at(event));
    Some((CellId { window: number, key }, newest - Span::BUCKETS))
}
