//! The gateway: takes events from producers and answers once the broker owns them.
//!
//! The way of a request: `routes` reads it, `auth` knows the key and its limit, `body` inflates
//! with a cap, the `event` crate judges each event, `batcher` packs accepted events by shard and
//! `publish` waits for the broker's confirm. Only a confirm answers 202 (204 on `/sensor/`).

mod app;
mod auth;
mod batcher;
mod body;
mod decide;
mod delivery;
mod grpc;
mod inflate;
mod logbook;
pub mod openapi;
mod problem;
mod routes;
mod server;
mod settings;
mod totals;

pub use server::run;
pub use settings::Settings;
