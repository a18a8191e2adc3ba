//! What changes about one session.

use std::collections::BTreeSet;
use std::net::IpAddr;

use innerwall_event::Timestamp;

/// Distinct addresses and devices told apart in a session; more are "so many or more".
pub const MEMBERS_MAX: usize = 16;

/// What one or more events add to a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionSum {
    pub start: SessionStart,
    pub ended_at: Timestamp,
    pub events: u32,
    pub alerts: u32,
    pub login_failures: u32,
    pub addresses: Members,
    pub devices: Members,
}

/// The first event of a session. The order breaks ties between events of one time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SessionStart {
    pub at: Timestamp,
    pub ip: IpAddr,
    /// [`crate::Country::number`]; 0 when unknown.
    pub country: u32,
    pub device: u64,
}

/// The lowest few of a set of hashes: putting sets together knows no order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Members(BTreeSet<u32>);

impl SessionSum {
    /// Adds what other events changed.
    pub fn merge(&mut self, other: &Self) {
        self.start = self.start.min(other.start);
        self.ended_at = self.ended_at.max(other.ended_at);
        self.events += other.events;
        self.alerts += other.alerts;
        self.login_failures += other.login_failures;
        self.addresses.merge(&other.addresses);
        self.devices.merge(&other.devices);
    }
}

impl Members {
    pub fn of(hashes: impl IntoIterator<Item = u32>) -> Self {
        let mut members = Self(hashes.into_iter().collect());
        members.cut();
        members
    }

    pub fn merge(&mut self, other: &Self) {
        self.0.extend(&other.0);
        self.cut();
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn hashes(&self) -> impl Iterator<Item = u32> {
        self.0.iter().copied()
    }

    fn cut(&mut self) {
        while self.0.len() > MEMBERS_MAX {
            self.0.pop_last();
        }
    }
}
