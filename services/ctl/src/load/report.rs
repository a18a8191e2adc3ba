//! What a run of the generator came to.

use std::time::Duration;

use serde::Serialize;

use super::histogram::Histogram;

/// What was sent and how it was answered.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct LoadReport {
    /// Different events.
    pub(crate) events: u64,
    pub(crate) accepted: u64,
    /// Events that were at fault.
    pub(crate) refused: u64,
    /// Times an event was sent again.
    pub(crate) retried: u64,
    /// Events without an answer when the tries or the time were used up.
    pub(crate) given_up: u64,
    pub(crate) seconds: f64,
    pub request_ms_p50: f64,
    pub request_ms_p99: f64,
}

/// Counts of one connection, or of several.
#[derive(Clone)]
pub(super) struct Tally {
    pub(super) events: u64,
    pub(super) accepted: u64,
    pub(super) refused: u64,
    pub(super) retried: u64,
    pub(super) given_up: u64,
    pub(super) requests: Histogram,
}

impl Tally {
    pub(super) fn new() -> Self {
        let requests = Histogram::new();
        Self { events: 0, accepted: 0, refused: 0, retried: 0, given_up: 0, requests }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.events += other.events;
        self.accepted += other.accepted;
        self.refused += other.refused;
        self.retried += other.retried;
        self.given_up += other.given_up;
        self.requests.merge(&other.requests);
    }

    pub(super) fn report(&self, elapsed: Duration) -> LoadReport {
        LoadReport {
            events: self.events,
            accepted: self.accepted,
            refused: self.refused,
            retried: self.retried,
            given_up: self.given_up,
            seconds: elapsed.as_secs_f64(),
            request_ms_p50: self.requests.quantile_ms(500),
            request_ms_p99: self.requests.quantile_ms(990),
        }
    }
}
