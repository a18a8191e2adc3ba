//! Windows during the scoring of one event: what is counted, and the values that rules read.
//!
//! Private windows live in the state of their user. Shared ones live in cells that a transaction
//! has loaded ([`SharedCells`]); the values an event saw are stored with it, so that scoring it
//! again gives the same answer whatever other users have done since.

mod history;
mod private;
mod shared;
mod wanted;

use innerwall_event::{Event, Timestamp};
use innerwall_features::{State, Value, WindowValue};
use innerwall_rules::{Budget, Inputs, Truth, WindowDef, WindowKind};

use crate::custom::CustomTexts;
use crate::rulebook::Rulebook;
use crate::subject::{Keys, Subject};

pub use history::{HISTORY_EVENTS_MAX, Past, count_past, needs_history, rebuild};
pub use shared::{Added, Amount, CellId, RowId, SharedCells};
pub use wanted::{WantedCell, wanted_cells};

/// Where the values of shared windows come from.
#[derive(Debug)]
pub enum Shared<'c> {
    /// Cells as loaded, counted on.
    Live(&'c mut SharedCells),
    /// The values stored with the event.
    Stored,
}

/// One window and one event.
struct Step<'w> {
    window: &'w WindowDef,
    key: u64,
    at: Timestamp,
    is_counted: bool,
}

/// Counts the event in every window and gives the values by slot. A value is unknown where no
/// rule for events of this type reads it, where a key is unknown, and for an event that came later
/// than the window reaches.
pub(crate) fn pass(
    book: &Rulebook,
    subject: &Subject<'_>,
    state: &mut State,
    inputs: &Inputs<'_>,
    shared: &mut Shared<'_>,
) -> Vec<Value> {
    let windows = book.rules.windows();
    let plan = book.rules.plan(subject.event.kind.name());
    let mut values = vec![Value::Unknown; windows.len()];
    let mut keys = Keys::of(subject);
    let mut due: Vec<u16> = plan.reads.iter().chain(&plan.counts).copied().collect();
    due.sort_unstable();
    due.dedup();
    for slot in due {
        let place = usize::from(slot);
        let Some(window) = windows.get(place) else { continue };
        let is_read = plan.reads.contains(&slot);
        let is_counted = plan.counts.contains(&slot) && holds(window, inputs);
        if !(is_read || is_counted) || is_late(subject.event, window) {
            continue;
        }
        let Some(key) = keys.hash(&window.by) else { continue };
        let step = Step { window, key, at: counted_at(subject.event), is_counted };
        let value = match (book.number(place), &mut *shared) {
            (None, _) if window.is_private => private::step(&step, subject, state, inputs),
            (None, _) => None,
            (Some(number), Shared::Live(cells)) => live(&step, number, subject, cells, inputs),
            (Some(number), Shared::Stored) => stored(&step, number, subject),
        };
        if let Some(value) = value.filter(|_| is_read) {
            values[place] = Value::Int(value);
        }
    }
    values
}

/// The values of all windows as of a user's last event: private ones from the state, shared ones
/// as they are stored with the event. What a private window saw before it counted the event is
/// not known any more where the event itself is what it would give.
pub(crate) fn values_after(
    book: &Rulebook,
    last: &Past,
    state: &State,
    custom: &CustomTexts,
    inputs: &Inputs<'_>,
) -> Vec<Value> {
    let Past { event, around, session } = last;
    let known_email = state.email.as_deref();
    let known_phone = state.phone.as_deref();
    let subject = Subject { event, around, custom, known_email, known_phone, session: *session };
    let plan = book.rules.plan(event.kind.name());
    let value = |(slot, window): (usize, &WindowDef)| {
        let is_read = plan.reads.iter().any(|read| usize::from(*read) == slot);
        let key = subject.hash(&window.by).filter(|_| is_read && !is_late(event, window))?;
        let is_counted = window.is_private && asks_before(window) && holds(window, inputs);
        let step = Step { window, key, at: counted_at(event), is_counted };
        match book.number(slot) {
            Some(number) => stored(&step, number, &subject),
            None if window.is_private => private::read_after(&step, &subject, state),
            None => None,
        }
    };
    let windows = book.rules.windows().iter().enumerate();
    windows.map(|window| value(window).map_or(Value::Unknown, Value::Int)).collect()
}

/// The values of shared windows as they are stored with the event. Those that are 0 are left out
/// where an event that saw nothing saw 0.
pub(crate) fn seen(book: &Rulebook, values: &[Value]) -> Vec<WindowValue> {
    let windows = book.rules.windows().iter().zip(values).enumerate();
    let numbered = windows.filter_map(|(slot, (window, value))| match value {
        Value::Int(value) if without_events(window) != Some(*value) => {
            Some(WindowValue { window: book.number(slot)?, value: *value })
        }
        Value::Int(_) | Value::Unknown | Value::Bool(_) | Value::Text(_) | Value::Texts(_) => None,
    });
    numbered.collect()
}

/// What a window gives for a key without events.
fn without_events(window: &WindowDef) -> Option<i64> {
    match window.kind {
        WindowKind::Count | WindowKind::Distinct(_) | WindowKind::Sum(_) => Some(0),
        WindowKind::Ratio(_) | WindowKind::FirstSeen | WindowKind::LastSeen => None,
    }
}

/// Events count at their own time, but never ahead of their receipt.
fn counted_at(event: &Event) -> Timestamp {
    event.time.min(event.received_at)
}

/// An event that came later than the window reaches says nothing about now.
fn is_late(event: &Event, window: &WindowDef) -> bool {
    event.received_at.as_micros() - event.time.as_micros() > i64::from(window.over_s) * 1_000_000
}

fn holds(window: &WindowDef, inputs: &Inputs<'_>) -> bool {
    window.filter.judge(inputs, &mut Budget::default()) == Truth::True
}

/// What the event adds to a sum, or to the matching part of a ratio.
fn total(window: &WindowDef, at: Timestamp, inputs: &Inputs<'_>) -> i64 {
    match &window.kind {
        WindowKind::Count | WindowKind::Distinct(_) => 0,
        WindowKind::Sum(amount) => amount.value(inputs).unwrap_or(0),
        WindowKind::Ratio(part) => {
            i64::from(part.judge(inputs, &mut Budget::default()) == Truth::True)
        }
        WindowKind::FirstSeen => -at.as_micros(),
        WindowKind::LastSeen => at.as_micros(),
    }
}

/// Times are asked for before this event counts, everything else with it.
fn asks_before(window: &WindowDef) -> bool {
    matches!(window.kind, WindowKind::FirstSeen | WindowKind::LastSeen)
}

fn live(
    step: &Step<'_>,
    number: u32,
    subject: &Subject<'_>,
    cells: &mut SharedCells,
    inputs: &Inputs<'_>,
) -> Option<i64> {
    let (window, at) = (step.window, step.at);
    let cell = CellId { window: number, key: step.key };
    let before = asks_before(window).then(|| cells.read(cell, window, at));
    let member = match &window.kind {
        WindowKind::Distinct(key) => Some(subject.hash(std::slice::from_ref(key))),
        WindowKind::Count
        | WindowKind::Sum(_)
        | WindowKind::Ratio(_)
        | WindowKind::FirstSeen
        | WindowKind::LastSeen => None,
    };
    // A distinct member that is not known is not a member.
    if step.is_counted && member != Some(None) {
        cells.count(cell, window, at, (member.flatten(), total(window, at, inputs)));
    }
    before.unwrap_or_else(|| cells.read(cell, window, at))
}

/// What the event saw when it was scored. Where nothing is stored it saw no events.
fn stored(step: &Step<'_>, number: u32, subject: &Subject<'_>) -> Option<i64> {
    subject.around.seen(number).or_else(|| without_events(step.window))
}

#[cfg(test)]
mod tests;
