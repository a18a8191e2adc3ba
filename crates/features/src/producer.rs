//! The producer's own sessions: whether one moves to another device, network or country.

use innerwall_event::{Event, stable_hash64};
use prost::Message;

use crate::Surroundings;

/// Sessions remembered per user; the one used longest ago is forgotten first.
pub(crate) const PRODUCER_SESSIONS_MAX: usize = 4;

/// Where a session of the producer began.
#[derive(Clone, Copy, PartialEq, Eq, Message)]
pub struct ProducerSession {
    /// Hash of the producer's session id.
    #[prost(fixed64, tag = "1")]
    pub id: u64,
    #[prost(fixed64, tag = "2")]
    pub device: u64,
    /// 0 while unknown.
    #[prost(uint32, tag = "3")]
    pub network: u32,
    /// 0 while unknown.
    #[prost(uint32, tag = "4")]
    pub country: u32,
}

/// What differs from the start of the session; `None` when one side is unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Moved {
    pub(crate) device: Option<bool>,
    pub(crate) network: Option<bool>,
    pub(crate) country: Option<bool>,
}

/// Notes the event's session, if the producer names it, and gives what differs from its start.
pub(crate) fn follow(
    sessions: &mut Vec<ProducerSession>,
    event: &Event,
    around: &Surroundings,
) -> Moved {
    let Some(name) = event.session_id.as_deref() else {
        return Moved::default();
    };
    let id = stable_hash64(&[name.as_bytes()]);
    let (network, country) = (around.address.asn, around.address.country);
    let known = sessions.iter().position(|session| session.id == id);
    let mut session = match known {
        Some(at) => sessions.remove(at),
        None => ProducerSession { id, device: around.device.id, network, country },
    };
    if sessions.len() >= PRODUCER_SESSIONS_MAX {
        sessions.remove(0);
    }
    let moved = Moved {
        device: Some(session.device != around.device.id),
        network: differs(&mut session.network, network),
        country: differs(&mut session.country, country),
    };
    sessions.push(session);
    moved
}

fn differs(first: &mut u32, now: u32) -> Option<bool> {
    if *first == 0 {
        *first = now;
    }
    (now != 0).then_some(*first != now)
}
