//! What the producer says about the account itself.

use innerwall_event::{Event, Timestamp};

use crate::state::State;

/// Takes over the newest contact details. Those an event does not mention stay as they are, and
/// so do all when the product refused the event: an attempt changes nothing.
pub(crate) fn learn(state: &mut State, event: &Event) {
    if event.has_failed() {
        return;
    }
    replace(&mut state.first_name, event.first_name.as_ref());
    replace(&mut state.last_name, event.last_name.as_ref());
    replace(&mut state.full_name, event.full_name.as_ref());
    replace(&mut state.email, event.email.as_ref());
    replace(&mut state.phone, event.phone.as_ref());
    if let Some(created) = event.user_created {
        state.created_us = Some(created.as_micros());
    }
}

fn replace(known: &mut Option<String>, sent: Option<&String>) {
    if sent.is_some() && known.as_ref() != sent {
        *known = sent.cloned();
    }
}

/// Whole days since the account was made, or since the user was first seen when that is unknown.
pub(crate) fn age_days(state: &State, now: Timestamp) -> i64 {
    let created_us = state.created_us.unwrap_or(state.first_seen_us);
    now.days_since(Timestamp::from_micros(created_us)).max(0)
}

/// Whether the full name holds a digit; `None` when no name is known.
pub(crate) fn name_has_digit(state: &State) -> Option<bool> {
    let mut names =
        [&state.full_name, &state.first_name, &state.last_name].into_iter().flatten().peekable();
    names.peek()?;
    Some(names.any(|name| name.chars().any(char::is_numeric)))
}

/// Whether the first or the last name has a blank or hyphen inside; `None` when neither is known.
pub(crate) fn name_has_separator(state: &State) -> Option<bool> {
    let mut names = [&state.first_name, &state.last_name].into_iter().flatten().peekable();
    names.peek()?;
    Some(names.any(|name| name.trim().contains([' ', '-'])))
}
