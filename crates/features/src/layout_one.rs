//! Reading states of layout 1: recent events one message each, and four times of their own.

use innerwall_event::Timestamp;
use prost::{DecodeError, Message};

use crate::memory::Noted;
use crate::recent::{RecentEvent, RecentEvents};
use crate::state::State;

#[derive(Clone, PartialEq, Message)]
struct LayoutOne {
    #[prost(int64, optional, tag = "14")]
    night_session_us: Option<i64>,
    #[prost(int64, optional, tag = "15")]
    multi_device_session_us: Option<i64>,
    #[prost(int64, optional, tag = "16")]
    multi_address_session_us: Option<i64>,
    #[prost(int64, optional, tag = "17")]
    multi_country_session_us: Option<i64>,
    #[prost(message, repeated, tag = "18")]
    recent: Vec<OldRecentEvent>,
}

#[derive(Clone, Copy, PartialEq, Eq, Message)]
struct OldRecentEvent {
    #[prost(int64, tag = "1")]
    time_us: i64,
    #[prost(uint32, tag = "2")]
    kind: u32,
    #[prost(uint32, tag = "3")]
    http_code: u32,
    #[prost(uint32, tag = "4")]
    marks: u32,
}

/// Completes a state decoded from bytes of layout 1. What layout 1 did not note stays unknown
/// until it is seen again.
pub(crate) fn upgrade(mut state: State, bytes: &[u8]) -> Result<State, DecodeError> {
    let old = LayoutOne::decode(bytes)?;
    for (what, noted_us) in [
        (Noted::NightSession, old.night_session_us),
        (Noted::MultiDeviceSession, old.multi_device_session_us),
        (Noted::MultiAddressSession, old.multi_address_session_us),
        (Noted::MultiCountrySession, old.multi_country_session_us),
    ] {
        if let Some(noted_us) = noted_us {
            state.memory.note(what, Timestamp::from_micros(noted_us));
        }
    }
    let entries: Vec<RecentEvent> = old.recent.iter().map(OldRecentEvent::packed).collect();
    state.recent = RecentEvents::from_entries(&entries);
    Ok(state)
}

impl OldRecentEvent {
    fn packed(&self) -> RecentEvent {
        let Self { time_us, kind, http_code, marks } = *self;
        RecentEvent { time_ms: time_us.div_euclid(1000), kind, http_code, marks }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_of_layout_1_keeps_what_it_knows() {
        let event = OldRecentEvent { time_us: 5_000_000, kind: 7, http_code: 401, marks: 3 };
        let old = LayoutOne {
            night_session_us: Some(4_000_000),
            recent: vec![event, OldRecentEvent { time_us: 9_000_000, ..event }],
            ..LayoutOne::default()
        };
        let common = State { layout: 1, events: 2, ..State::default() };
        let bytes = [common.encode_to_vec(), old.encode_to_vec()].concat();
        let state = State::from_bytes(&bytes).unwrap();
        assert_eq!((state.layout, state.events), (2, 2));
        assert!(state.memory.holds(Noted::NightSession, Timestamp::from_micros(4_000_000)));
        assert_eq!(state.memory.known(Noted::MultiDeviceSession, Timestamp::default()), None);
        let times: Vec<i64> = state.recent.to_entries().iter().map(|e| e.time_ms).collect();
        assert_eq!(times, [5_000, 9_000]);
        assert_eq!(state.recent.to_entries()[1].http_code, 401);
        assert_eq!(State::from_bytes(&state.to_bytes()).unwrap(), state);
    }

    #[test]
    fn layouts_of_the_future_are_refused() {
        let bytes = State { layout: 3, ..State::default() }.to_bytes();
        let error = State::from_bytes(&bytes).unwrap_err().to_string();
        assert_eq!(error, "user state has layout 3, this program reads up to layout 2");
    }
}
