//! The numbers, as they are written to the file.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::core::Core;
use super::cpu::Share;
use super::machine::Machine;
use super::memory::Peak;
use crate::load::report::LoadReport;

#[derive(Debug, Serialize)]
pub(super) struct Report {
    pub(super) started_at: String,
    pub(super) machine: Machine,
    /// How long each scenario sent.
    pub(super) seconds: u64,
    pub(super) repeats: usize,
    pub(super) single: Throughput,
    pub(super) batch: Throughput,
    pub(super) batch_two_scorers: Throughput,
    /// Throughput with two scorers by that with one.
    pub(super) two_scorers_ratio: f64,
    pub(super) batch_no_rules: Throughput,
    /// Throughput with all rules and windows by that without any.
    pub(super) rules_ratio: f64,
    pub(super) core: Core,
    pub(super) visible: Visible,
    pub(super) decide: Decide,
    pub(super) storage: Storage,
    pub(super) memory: Vec<Peak>,
    pub(super) raw: Raw,
    pub(super) notes: Vec<String>,
}

/// A scenario measured several times.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Throughput {
    pub(super) title: &'static str,
    /// The median of the runs.
    pub(super) events_per_s: f64,
    pub(super) runs: Vec<Run>,
}

/// One measurement of a throughput.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Run {
    pub(super) accepted: u64,
    pub(super) scored: u64,
    /// From the first request until the last accepted event was scored.
    pub(super) seconds: f64,
    pub(super) events_per_s: f64,
    /// While requests were sent.
    pub(super) accepted_per_s: f64,
    pub(super) request_ms_p50: f64,
    pub(super) request_ms_p99: f64,
    pub(super) retried: u64,
    pub(super) cpu: Vec<CpuShare>,
}

/// Where the processor time went.
#[derive(Clone, Debug, Serialize)]
pub(super) struct CpuShare {
    pub(super) part: &'static str,
    pub(super) seconds: f64,
    pub(super) us_per_event: f64,
}

/// From sending an event to seeing its user.
#[derive(Debug, Serialize)]
pub(super) struct Visible {
    /// Events per second that were wanted, and that were accepted.
    pub(super) rate: f64,
    pub(super) accepted_per_s: f64,
    pub(super) samples: usize,
    pub(super) ms_p50: f64,
    pub(super) ms_p99: f64,
    pub(super) ms_max: f64,
    pub(super) cpu: Vec<CpuShare>,
}

/// From asking for a verdict to having it, as the producer sees it.
#[derive(Debug, Serialize)]
pub(super) struct Decide {
    /// Other events per second that were accepted meanwhile.
    pub(super) beside_per_s: f64,
    pub(super) samples: usize,
    /// Answers that came without a verdict, after 300 ms.
    pub(super) pending: u64,
    pub(super) ms_p50: f64,
    pub(super) ms_p99: f64,
    pub(super) ms_max: f64,
}

/// Room in the database, indexes included.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Storage {
    pub(super) total_bytes: u64,
    pub(super) events: u64,
    #[serde(skip_deserializing)]
    pub(super) bytes_per_event: f64,
    pub(super) tables: Vec<Table>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Table {
    pub(super) name: String,
    pub(super) bytes: u64,
}

/// What the servers do alone.
#[derive(Debug, Serialize)]
#[expect(clippy::struct_field_names, reason = "units are part of names")]
pub(super) struct Raw {
    pub(super) confirmed_events_per_s: f64,
    pub(super) confirmed_mib_per_s: f64,
    pub(super) inserted_rows_per_s: f64,
}

impl Throughput {
    /// The runs in the order of their throughput.
    pub(super) fn of(title: &'static str, mut runs: Vec<Run>) -> Self {
        runs.sort_by(|left, right| left.events_per_s.total_cmp(&right.events_per_s));
        let events_per_s = runs.get(runs.len() / 2).map_or(0.0, |run| run.events_per_s);
        Self { title, events_per_s, runs }
    }

    pub(super) fn median(&self) -> Option<&Run> {
        self.runs.get(self.runs.len() / 2)
    }
}

impl Run {
    pub(super) fn new(load: &LoadReport, scored: u64, seconds: f64, cpu: &[Share]) -> Self {
        Self {
            accepted: load.accepted,
            scored,
            seconds,
            events_per_s: rate(scored, seconds),
            accepted_per_s: rate(load.accepted, load.seconds),
            request_ms_p50: load.request_ms_p50,
            request_ms_p99: load.request_ms_p99,
            retried: load.retried,
            cpu: per_event(cpu, scored),
        }
    }
}

impl Visible {
    /// `latencies` are sorted.
    pub(super) fn new(
        rate_wanted: f64,
        load: &LoadReport,
        latencies: &[Duration],
        cpu: &[Share],
    ) -> Self {
        let at = |per_mille| at_rank(latencies, per_mille);
        Self {
            rate: rate_wanted,
            accepted_per_s: rate(load.accepted, load.seconds),
            samples: latencies.len(),
            ms_p50: at(500),
            ms_p99: at(990),
            ms_max: at(1000),
            cpu: per_event(cpu, load.accepted),
        }
    }
}

impl Decide {
    /// `latencies` are sorted.
    pub(super) fn new(load: &LoadReport, latencies: &[Duration], pending: u64) -> Self {
        Self {
            beside_per_s: rate(load.accepted, load.seconds),
            samples: latencies.len(),
            pending,
            ms_p50: at_rank(latencies, 500),
            ms_p99: at_rank(latencies, 990),
            ms_max: at_rank(latencies, 1000),
        }
    }
}

/// Milliseconds that so many of a thousand do not exceed; `latencies` are sorted.
pub(super) fn at_rank(latencies: &[Duration], per_mille: usize) -> f64 {
    let rank = (latencies.len() * per_mille).div_ceil(1000).saturating_sub(1);
    latencies.get(rank).map_or(0.0, |latency| latency.as_secs_f64() * 1e3)
}

impl Storage {
    pub(super) fn per_event(self) -> Self {
        Self { bytes_per_event: quotient(self.total_bytes, self.events), ..self }
    }
}

/// Events per second.
#[expect(clippy::cast_precision_loss, reason = "a rate needs no more than 52 bits")]
pub(super) fn rate(events: u64, seconds: f64) -> f64 {
    events as f64 / seconds
}

#[expect(clippy::cast_precision_loss, reason = "a mean needs no more than 52 bits")]
fn quotient(sum: u64, count: u64) -> f64 {
    sum as f64 / count.max(1) as f64
}

fn per_event(cpu: &[Share], events: u64) -> Vec<CpuShare> {
    let share = |share: &Share| CpuShare {
        part: share.part,
        seconds: share.seconds,
        us_per_event: 1e6 / rate(events.max(1), share.seconds),
    };
    cpu.iter().map(share).collect()
}
