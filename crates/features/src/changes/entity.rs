//! What changes about one thing.

use std::collections::BTreeMap;

use innerwall_event::{Severity, Timestamp};

use crate::tag::Tags;

/// What one or more events add to a thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntitySum {
    pub key: String,
    /// As of the newest event.
    pub nature: Nature,
    pub first_seen: Timestamp,
    pub last_seen: Timestamp,
    /// By hour since 1970, and whether the thing was remarkable then.
    pub hours: BTreeMap<(u32, bool), HourCounts>,
    /// By number of the user.
    pub links: BTreeMap<i64, LinkSum>,
}

/// What is known of a thing beside its key. The order breaks ties between events of one time.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Nature {
    pub label: Option<String>,
    /// Number of what it belongs to.
    pub parent: Option<i64>,
    /// [`crate::Country::number`]; 0 when unknown.
    pub country: u32,
    pub tags: Tags,
}

/// Events by how much attention they deserve.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HourCounts {
    pub normal: u32,
    pub editing: u32,
    pub alert: u32,
}

/// Events of one user with a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkSum {
    pub events: u32,
    pub first_seen: Timestamp,
    pub last_seen: Timestamp,
}

impl EntitySum {
    /// Adds what other events changed.
    pub fn merge(&mut self, other: Self) {
        let theirs = (other.last_seen, other.nature);
        let ours = (self.last_seen, std::mem::take(&mut self.nature));
        (self.last_seen, self.nature) = newest(ours, theirs);
        self.first_seen = self.first_seen.min(other.first_seen);
        for (hour, counts) in other.hours {
            self.hours.entry(hour).or_default().add(counts);
        }
        for (user_no, link) in other.links {
            self.link(user_no, link);
        }
    }

    /// Adds events of a user.
    pub fn link(&mut self, user_no: i64, link: LinkSum) {
        self.links.entry(user_no).and_modify(|known| known.merge(link)).or_insert(link);
    }

    /// All its events.
    pub fn total(&self) -> HourCounts {
        let mut total = HourCounts::default();
        for counts in self.hours.values() {
            total.add(*counts);
        }
        total
    }
}

/// What is known as of the newer of two times.
pub fn newest(one: (Timestamp, Nature), other: (Timestamp, Nature)) -> (Timestamp, Nature) {
    if one >= other { one } else { other }
}

impl LinkSum {
    pub fn merge(&mut self, other: Self) {
        self.events = self.events.saturating_add(other.events);
        self.first_seen = self.first_seen.min(other.first_seen);
        self.last_seen = self.last_seen.max(other.last_seen);
    }
}

impl HourCounts {
    /// One event.
    pub fn one(severity: Severity) -> Self {
        let mut counts = Self::default();
        match severity {
            Severity::Normal => counts.normal = 1,
            Severity::Editing => counts.editing = 1,
            Severity::Alert => counts.alert = 1,
        }
        counts
    }

    pub fn add(&mut self, other: Self) {
        self.normal += other.normal;
        self.editing += other.editing;
        self.alert += other.alert;
    }

    pub fn events(self) -> u32 {
        self.normal + self.editing + self.alert
    }
}
