//! One event into the state of its user.

use innerwall_event::Event;

use crate::session::Visit;
use crate::state::State;
use crate::{Facts, Surroundings, account, device, recent, session};

/// What folding an event gave beside the new state.
#[derive(Clone, Debug)]
pub struct Folded {
    /// Every fact as of this event.
    pub facts: Facts,
    /// Number of the event in the order its user's events were folded, from 1.
    pub sequence: u32,
    /// Number of the user's session the event belongs to, from 1.
    pub session: u32,
    /// The user was not seen with this address before, as far as addresses are remembered.
    pub address_first_seen: bool,
    pub device_first_seen: bool,
}

/// Folds one event into the state. Events may come late: the look-back is ordered by event time,
/// and nothing that is already known moves backwards.
pub fn fold(state: &mut State, event: &Event, around: &Surroundings) -> Folded {
    let address = device::address_hash(event.ip);
    let language = device::main_language(event.language.as_deref());
    let mut novelty = device::see_device(state, around.device(), &language, event.time);
    (novelty.address_first_seen, novelty.country_is_new) =
        device::see_address(state, address, around.country());
    let visit = Visit {
        time: event.time,
        address,
        device: around.device.id,
        country: around.address.country,
        utc_offset_s: around.utc_offset_s,
    };
    session::enter(state, &visit);
    account::learn(state, event);
    recent::remember(state, event, novelty);
    count(state, event);
    Folded {
        facts: Facts::of(state, event, around),
        sequence: state.events,
        session: state.sessions,
        address_first_seen: novelty.address_first_seen,
        device_first_seen: novelty.device_first_seen,
    }
}

fn count(state: &mut State, event: &Event) {
    let time_us = event.time.as_micros();
    let is_first = state.events == 0;
    state.first_seen_us = if is_first { time_us } else { state.first_seen_us.min(time_us) };
    state.last_seen_us = if is_first { time_us } else { state.last_seen_us.max(time_us) };
    state.events += 1;
}

#[cfg(test)]
#[path = "fold_tests.rs"]
mod tests;
