//! One event into the state of its user.

use innerwall_event::Event;

use crate::facts::Sources;
use crate::lists::Lists;
use crate::session::Visit;
use crate::state::State;
use crate::suspicion::Suspicion;
use crate::{
    Facts, Flags, NoveltyFlag, Surroundings, account, address, device, producer, recent, session,
    travel,
};

/// What an event shows of a user for the first time; `None` where that is not known, and always
/// for the shared account of visitors who are not signed in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Novelty {
    pub is_new_address: Option<bool>,
    /// First seen less than three hours before the event.
    pub is_new_device: Option<bool>,
    pub is_new_network: Option<bool>,
    pub is_new_country: Option<bool>,
}

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
    pub novelty: Novelty,
}

/// Folds one event into the state. Events may come late: the look-back is ordered by event time,
/// and nothing that is already known moves backwards.
pub fn fold(state: &mut State, event: &Event, around: &Surroundings, lists: &Lists) -> Folded {
    let suspicion = Suspicion::of(event, around, lists);
    let address_hash = address::hash(event.ip);
    let device = device::see(state, event, around, suspicion.user_agent);
    let address = address::see(state, address_hash, around, event.time);
    address::note(&mut state.memory, around, suspicion, event.time);
    session::enter(state, &Visit::of(event, around, address_hash));
    let moved = producer::follow(&mut state.producer_sessions, event, around);
    let travel = travel::go(state, around, event.time);
    account::learn(state, event, around);
    let marks = recent::marks_of(event, device, address, suspicion.url == Some(true));
    state.recent.remember(event, marks);
    count(state, event);
    let novelty = Novelty::of(event, around, device, address);
    let sources = Sources { state, event, around, lists, suspicion, novelty, travel, moved };
    Folded {
        facts: Facts::of(&sources),
        sequence: state.events,
        session: state.sessions,
        address_first_seen: address.is_first_seen,
        device_first_seen: device.is_first_seen,
        novelty,
    }
}

impl Novelty {
    /// As it is stored with the event.
    pub fn flags(self) -> Flags {
        let answers = [
            (NoveltyFlag::Address, self.is_new_address),
            (NoveltyFlag::Device, self.is_new_device),
            (NoveltyFlag::Network, self.is_new_network),
            (NoveltyFlag::Country, self.is_new_country),
        ];
        let known = answers.into_iter().filter_map(|(flag, answer)| Some((flag, answer?)));
        known.fold(Flags::default(), |flags, (flag, answer)| flags.with(flag as u8, answer))
    }

    /// As it was stored with an event.
    pub(crate) fn stored(around: &Surroundings) -> Self {
        let flags = around.novelty.unwrap_or_default();
        Self {
            is_new_address: flags.get(NoveltyFlag::Address as u8),
            is_new_device: flags.get(NoveltyFlag::Device as u8),
            is_new_network: flags.get(NoveltyFlag::Network as u8),
            is_new_country: flags.get(NoveltyFlag::Country as u8),
        }
    }

    fn of(
        event: &Event,
        around: &Surroundings,
        device: device::DeviceNovelty,
        address: address::AddressNovelty,
    ) -> Self {
        if event.user_id.is_anonymous() {
            return Self::default();
        }
        let (asn, country) = (around.address.asn, around.address.country);
        Self {
            is_new_address: Some(address.is_first_seen),
            is_new_device: Some(device.is_new),
            is_new_network: (asn != 0).then_some(address.network.is_first_seen),
            is_new_country: (country != 0).then_some(address.country.is_first_seen),
        }
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
