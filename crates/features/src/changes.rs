//! What events change about the things users touch, summed: many events, also of many
//! transactions, become few changes. Adding up knows no order and no grouping.

mod entity;
mod session;
mod wire;

use std::collections::{BTreeMap, BTreeSet};

use innerwall_event::Timestamp;
use uuid::Uuid;

use crate::entity::EntityId;

pub use entity::{EntitySum, HourCounts, LinkSum, Nature, newest};
pub use session::{MEMBERS_MAX, Members, SessionStart, SessionSum};
pub use wire::ChangesError;

const HOUR_US: i64 = 3600 * 1_000_000;
const MINUTE_US: i64 = 60 * 1_000_000;

/// Summed changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    pub entities: BTreeMap<EntityId, EntitySum>,
    /// Users by the hours since 1970 in which they were active.
    pub active_users: BTreeSet<(u32, i64)>,
    /// Users seen for the first time, by hour.
    pub fresh_users: BTreeMap<u32, u32>,
    /// By number of the user and of the session.
    pub sessions: BTreeMap<(i64, u32), SessionSum>,
    pub fields: BTreeMap<FieldPlace, FieldEdit>,
    /// Events by minute since 1970 and number of their type.
    pub minutes: BTreeMap<(u32, i16), u32>,
}

/// A change of a field by its event and its place there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FieldPlace {
    pub time: Timestamp,
    pub event_id: Uuid,
    pub place: i16,
}

/// A change of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldEdit {
    /// Number of the field.
    pub field: i64,
    pub user_no: i64,
    pub old_value: Option<String>,
    pub new_value: String,
    pub parent_id: Option<String>,
    pub parent_name: Option<String>,
}

impl Changes {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Adds other changes.
    pub fn merge(&mut self, other: Self) {
        for (id, sum) in other.entities {
            match self.entities.get_mut(&id) {
                Some(known) => known.merge(sum),
                None => {
                    self.entities.insert(id, sum);
                }
            }
        }
        self.active_users.extend(other.active_users);
        for (hour, users) in other.fresh_users {
            *self.fresh_users.entry(hour).or_default() += users;
        }
        for (id, sum) in other.sessions {
            self.add_session(id, sum);
        }
        self.fields.extend(other.fields);
        for (minute, events) in other.minutes {
            *self.minutes.entry(minute).or_default() += events;
        }
    }

    /// Users whom the changes are about, by number.
    pub fn user_numbers(&self) -> BTreeSet<i64> {
        let linked = self.entities.values().flat_map(|sum| sum.links.keys().copied());
        let in_sessions = self.sessions.keys().map(|(user_no, _)| *user_no);
        let edited = self.fields.values().map(|edit| edit.user_no);
        linked.chain(in_sessions).chain(edited).collect()
    }

    /// Drops what is about some users. A person's own things that only they touched go with them;
    /// what is counted without names stays.
    pub fn forget(&mut self, users: &BTreeSet<i64>) {
        self.entities.retain(|id, sum| {
            let was_linked = !sum.links.is_empty();
            sum.links.retain(|user_no, _| !users.contains(user_no));
            !(was_linked && sum.links.is_empty() && id.kind.is_own())
        });
        self.sessions.retain(|(user_no, _), _| !users.contains(user_no));
        self.fields.retain(|_, edit| !users.contains(&edit.user_no));
    }

    pub fn add_session(&mut self, id: (i64, u32), sum: SessionSum) {
        match self.sessions.get_mut(&id) {
            Some(known) => known.merge(&sum),
            None => {
                self.sessions.insert(id, sum);
            }
        }
    }
}

/// The hour since 1970 that a time is in.
pub fn hour_of(time: Timestamp) -> u32 {
    u32::try_from(time.as_micros().div_euclid(HOUR_US)).unwrap_or_default()
}

/// The minute since 1970 that a time is in.
pub fn minute_of(time: Timestamp) -> u32 {
    u32::try_from(time.as_micros().div_euclid(MINUTE_US)).unwrap_or_default()
}

/// When an hour since 1970 begins.
pub fn hour_start(hour: u32) -> Timestamp {
    Timestamp::from_micros(i64::from(hour) * HOUR_US)
}

/// When a minute since 1970 begins.
pub fn minute_start(minute: u32) -> Timestamp {
    Timestamp::from_micros(i64::from(minute) * MINUTE_US)
}

#[cfg(test)]
mod tests;
