//! The query service: everything that reads, behind REST and gRPC.
//!
//! `usecase` holds what can be asked, once; `rest` and `grpc` only translate. `view` holds the
//! shapes of the answers, `access` and `caller` know who asks and what they may do,
//! `mask` hides what they may not see, `permissions` says what each operation takes, `feed` follows what is being scored.

mod access;
mod app;
mod books;
mod caller;
mod cursor;
mod denials;
mod export;
mod feed;
mod grpc;
mod headers;
mod kept;
mod mask;
pub mod openapi;
mod origins;
mod permissions;
mod problem;
mod proxies;
mod rest;
mod server;
mod settings;
mod usecase;
mod view;

pub use server::run;
pub use settings::Settings;
