//! Settings of the gateway.

use innerwall_runtime::settings::Hidden;
use serde::Deserialize;

/// Read from `INNERWALL_<NAME>`.
#[derive(Clone, Debug, Deserialize)]
pub struct Settings {
    /// PostgreSQL, as role `innerwall_ingest`.
    pub database_url: Hidden,
    /// RabbitMQ.
    pub amqp_url: Hidden,
    /// Host and port to listen on; port 0 takes a free one.
    #[serde(default = "default_listen")]
    pub listen: String,
    /// Host and port of gRPC; port 0 takes a free one.
    #[serde(default = "default_grpc_listen")]
    pub grpc_listen: String,
    /// Log filter, such as `info` or `innerwall_ingest=debug`.
    pub log: Option<String>,
    /// OTLP collector for traces (gRPC), such as `http://127.0.0.1:4317`.
    pub otlp_endpoint: Option<String>,
    /// Prefix of queue names, for several systems on one broker.
    #[serde(default)]
    pub queue_prefix: String,
    /// Threads that serve requests.
    #[serde(default = "default_threads")]
    pub threads: usize,
}

fn default_listen() -> String {
    "127.0.0.1:8080".to_owned()
}

fn default_grpc_listen() -> String {
    "127.0.0.1:8085".to_owned()
}

fn default_threads() -> usize {
    2
}
