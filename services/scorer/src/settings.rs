//! Settings of the scorer.

use std::path::PathBuf;

use innerwall_runtime::settings::Hidden;
use serde::Deserialize;

/// Read from `INNERWALL_<NAME>`.
#[derive(Clone, Debug, Deserialize)]
pub struct Settings {
    /// PostgreSQL, as role `innerwall_scorer`.
    pub database_url: Hidden,
    /// RabbitMQ.
    pub amqp_url: Hidden,
    /// Host and port for health and metrics.
    #[serde(default = "default_listen")]
    pub listen: String,
    /// Directory of the data files for enrichment; without it those facts are unknown.
    pub data_dir: Option<PathBuf>,
    /// Log filter, such as `info` or `innerwall_scorer=debug`.
    pub log: Option<String>,
    /// OTLP collector for traces (gRPC).
    pub otlp_endpoint: Option<String>,
    /// Prefix of queue names, for several systems on one broker.
    #[serde(default)]
    pub queue_prefix: String,
    /// Transactions at once; as many as the machine has cores, between 2 and 8, unless set.
    #[serde(default = "default_transactions")]
    pub transactions: usize,
    /// Transactions at once for events whose producers wait, beside the others.
    #[serde(default = "default_decide_transactions")]
    pub decide_transactions: usize,
}

fn default_listen() -> String {
    "127.0.0.1:8084".to_owned()
}

/// More than there are cores only wait for each other, and keep those who decide from theirs.
fn default_transactions() -> usize {
    std::thread::available_parallelism().map_or(2, |cores| cores.get().clamp(2, 8))
}

/// What arrives while one is under way is decided together in the next.
fn default_decide_transactions() -> usize {
    (default_transactions() / 2).max(1)
}
