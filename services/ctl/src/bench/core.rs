//! What judging and enriching one event cost by themselves, in memory.

use std::path::Path;

use anyhow::Context as _;
use innerwall_enrich::measure;
use serde::{Deserialize, Serialize};

use super::ctl::Ctl;

/// A program of its own, because it counts every allocation.
const SCORE_SPEED: &str = "examples/score_speed";

/// The pure parts, measured alone.
#[derive(Debug, Serialize)]
pub(super) struct Core {
    pub(super) scoring: Option<Scoring>,
    pub(super) enrichment: Option<Enrichment>,
}

/// All live rules and windows on one event.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Scoring {
    pub(super) rules: u32,
    pub(super) windows: u32,
    pub(super) us_per_event: f64,
    pub(super) allocations_per_event: f64,
    pub(super) bytes_per_event: f64,
    pub(super) explain_us: f64,
}

/// All look-ups of one event.
#[derive(Debug, Serialize)]
pub(super) struct Enrichment {
    pub(super) load_ms: f64,
    pub(super) us_per_event_cold: f64,
    pub(super) us_per_event_cached: f64,
}

pub(super) async fn measure_core(ctl: &Ctl) -> anyhow::Result<Core> {
    Ok(Core { scoring: scoring(ctl).await?, enrichment: enrichment(ctl.data_dir.as_deref())? })
}

/// `None` where the program was not built.
async fn scoring(ctl: &Ctl) -> anyhow::Result<Option<Scoring>> {
    if !ctl.has_program(SCORE_SPEED) {
        return Ok(None);
    }
    let output = ctl.program(SCORE_SPEED).output().await.context(SCORE_SPEED)?;
    serde_json::from_slice(&output.stdout).map(Some).context(SCORE_SPEED)
}

/// `None` without a data directory.
fn enrichment(data_dir: Option<&Path>) -> anyhow::Result<Option<Enrichment>> {
    let Some(data_dir) = data_dir else { return Ok(None) };
    let costs = measure(data_dir)?;
    let us = |time: std::time::Duration| time.as_secs_f64() * 1e6;
    Ok(Some(Enrichment {
        load_ms: us(costs.load) / 1e3,
        us_per_event_cold: us(costs.cold),
        us_per_event_cached: us(costs.cached),
    }))
}
