//! Settings of the query service.

use std::path::PathBuf;

use innerwall_runtime::settings::Hidden;
use serde::Deserialize;

use crate::origins::PublicOrigins;
use crate::proxies::TrustedProxies;

/// Read from `INNERWALL_<NAME>`.
#[derive(Clone, Debug, Deserialize)]
pub struct Settings {
    /// PostgreSQL, as role `innerwall_query`.
    pub database_url: Hidden,
    /// Host and port of REST; port 0 takes a free one.
    #[serde(default = "default_listen")]
    pub listen: String,
    /// Host and port of gRPC.
    #[serde(default = "default_grpc_listen")]
    pub grpc_listen: String,
    /// Log filter, such as `info` or `innerwall_query=debug`.
    pub log: Option<String>,
    /// OTLP collector for traces (gRPC).
    pub otlp_endpoint: Option<String>,
    /// Directory of the data files for enrichment, to tell their sources and dates.
    pub data_dir: Option<PathBuf>,
    /// Addresses and networks of proxies that may say in `X-Forwarded-For` whom they ask for.
    #[serde(default)]
    pub trusted_proxies: TrustedProxies,
    /// Origins under which people open the dashboard, with commas: pages of others write nothing.
    #[serde(default)]
    pub public_origins: PublicOrigins,
    /// Threads that serve REST.
    #[serde(default = "default_threads")]
    pub threads: usize,
}

fn default_listen() -> String {
    "127.0.0.1:8081".to_owned()
}

fn default_grpc_listen() -> String {
    "127.0.0.1:8082".to_owned()
}

fn default_threads() -> usize {
    2
}
