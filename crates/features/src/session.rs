//! Sessions: runs of events without a gap of more than half an hour, cut after four hours.

use innerwall_event::{Event, Timestamp};

use crate::Surroundings;
use crate::memory::Noted;
use crate::state::{Session, State};

/// A longer gap than this starts a new session.
const GAP_US: i64 = 30 * 60 * 1_000_000;
/// A session that spans more than this ends at the next event.
const SPAN_US: i64 = 4 * 3600 * 1_000_000;
/// Local night, 00:00:00 to 05:00:00 inclusive.
const NIGHT_SECONDS: std::ops::RangeInclusive<i64> = 0..=5 * 3600;

/// Where and when one event of a session took place.
pub(crate) struct Visit {
    pub(crate) time: Timestamp,
    pub(crate) address: u64,
    pub(crate) device: u64,
    /// 0 when unknown.
    pub(crate) country: u32,
    pub(crate) utc_offset_s: i32,
}

impl Visit {
    pub(crate) fn of(event: &Event, around: &Surroundings, address: u64) -> Self {
        Self {
            time: event.time,
            address,
            device: around.device.id,
            country: around.address.country,
            utc_offset_s: around.utc_offset_s,
        }
    }
}

/// Puts the event into the session in progress or starts a new one, and notes what is remarkable.
pub(crate) fn enter(state: &mut State, visit: &Visit) {
    let time_us = visit.time.as_micros();
    match state.session.take().filter(|session| continues(session, state.last_seen_us, time_us)) {
        Some(mut session) => {
            session.started_us = session.started_us.min(time_us);
            session.last_us = session.last_us.max(time_us);
            session.events += 1;
            note_changes(state, &mut session, visit);
            state.session = Some(session);
        }
        None => start(state, visit),
    }
    state.memory.answer(Noted::NightSession, Some(is_night(visit)), visit.time);
}

/// The distance is absolute: an event dated back by more than the gap opens a session of its own.
fn continues(session: &Session, last_seen_us: i64, time_us: i64) -> bool {
    (time_us - last_seen_us).abs() <= GAP_US && session.last_us - session.started_us <= SPAN_US
}

fn start(state: &mut State, visit: &Visit) {
    let time_us = visit.time.as_micros();
    if state.events > 0 {
        let gap = visit.time.days_since(Timestamp::from_micros(state.last_seen_us));
        state.dormant_days = Some(gap.max(0));
    }
    state.sessions += 1;
    state.session = Some(Session {
        number: state.sessions,
        started_us: time_us,
        last_us: time_us,
        events: 1,
        first_address: visit.address,
        first_device: visit.device,
        first_country: visit.country,
    });
}

fn note_changes(state: &mut State, session: &mut Session, visit: &Visit) {
    state.has_multi_event_session = true;
    if session.first_address != visit.address {
        state.memory.note(Noted::MultiAddressSession, visit.time);
    }
    if session.first_device != visit.device {
        state.memory.note(Noted::MultiDeviceSession, visit.time);
    }
    if session.first_country == 0 {
        session.first_country = visit.country;
    } else if visit.country != 0 && session.first_country != visit.country {
        state.memory.note(Noted::MultiCountrySession, visit.time);
    }
}

fn is_night(visit: &Visit) -> bool {
    NIGHT_SECONDS.contains(&local_seconds(visit.time, visit.utc_offset_s).rem_euclid(24 * 3600))
}

/// Seconds since 1970-01-01 00:00 of a clock that runs `utc_offset_s` ahead of UTC.
pub(crate) fn local_seconds(time: Timestamp, utc_offset_s: i32) -> i64 {
    time.as_micros().div_euclid(1_000_000) + i64::from(utc_offset_s)
}
