//! Windows of one user, kept in the user's state.

use innerwall_features::{Span, State};
use innerwall_rules::{DISTINCT_PRIVATE_MAX, Inputs, WindowDef, WindowKind};

use super::{Step, asks_before, total};
use crate::subject::Subject;

/// Counts the event and gives the value; `None` where the window has none.
pub(super) fn step(
    step: &Step<'_>,
    subject: &Subject<'_>,
    state: &mut State,
    inputs: &Inputs<'_>,
) -> Option<i64> {
    if subject.event.user_id.is_anonymous() {
        return None;
    }
    let before = asks_before(step.window).then(|| read(step, state));
    if step.is_counted {
        count(step, subject, state, inputs);
    }
    before.unwrap_or_else(|| read(step, state))
}

fn count(step: &Step<'_>, subject: &Subject<'_>, state: &mut State, inputs: &Inputs<'_>) {
    let (window, span) = (step.window, span_of(step.window));
    let amount = match &window.kind {
        WindowKind::Distinct(key) => {
            if let Some(member) = subject.hash(std::slice::from_ref(key)) {
                state.window_mut(window.identity, step.key).add_member(span, step.at, member);
            }
            return;
        }
        WindowKind::FirstSeen | WindowKind::LastSeen | WindowKind::Count => 0,
        WindowKind::Sum(_) | WindowKind::Ratio(_) => total(window, step.at, inputs),
    };
    state.window_mut(window.identity, step.key).add(span, step.at, amount);
}

/// The value as of an event that was counted already, if `is_counted`.
pub(super) fn read_after(step: &Step<'_>, subject: &Subject<'_>, state: &State) -> Option<i64> {
    if subject.event.user_id.is_anonymous() {
        return None;
    }
    let value = read(step, state);
    match step.window.kind {
        // The last event is this one, and so is the first one when it is as old.
        WindowKind::LastSeen if step.is_counted => None,
        WindowKind::FirstSeen if step.is_counted => value.filter(|age_s| *age_s > 0),
        WindowKind::Count
        | WindowKind::Distinct(_)
        | WindowKind::Sum(_)
        | WindowKind::Ratio(_)
        | WindowKind::FirstSeen
        | WindowKind::LastSeen => value,
    }
}

fn read(step: &Step<'_>, state: &State) -> Option<i64> {
    let (window, span, at) = (step.window, span_of(step.window), step.at);
    let cell = state.window(window.identity, step.key);
    let count = || cell.map_or(0, |cell| cell.count(span, at));
    let sum = || cell.map_or(0, |cell| cell.sum(span, at));
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let age =
        |time: innerwall_event::Timestamp| (at.as_micros() - time.as_micros()).max(0) / 1_000_000;
    match &window.kind {
        WindowKind::Count => Some(number(count())),
        WindowKind::Sum(_) => Some(sum()),
        WindowKind::Distinct(_) => {
            let cap = usize::try_from(DISTINCT_PRIVATE_MAX).unwrap_or(usize::MAX);
            let distinct = cell.map_or(0, |cell| cell.distinct(span, at, cap));
            Some(i64::try_from(distinct).unwrap_or(i64::MAX))
        }
        WindowKind::Ratio(_) => {
            let whole = number(count());
            (whole > 0).then(|| sum() * 100 / whole)
        }
        WindowKind::FirstSeen => cell?.first(span, at).map(age),
        WindowKind::LastSeen => cell?.last(span, at).map(age),
    }
}

fn span_of(window: &WindowDef) -> Span {
    Span::of_seconds(window.over_s)
}
