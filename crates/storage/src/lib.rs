//! The only crate that knows SQL.
//!
//! One module per table group; each statement is a constant beside its function, `$1` is the
//! tenant. Work on tenant data happens inside a [`TenantTx`], which sets the tenant for row-level
//! security and owns the commit. Time is an argument or the database's own `now()`.

pub mod accounts;
pub mod admin;
pub mod answered;
pub mod audit;
pub mod automation;
pub mod bench;
pub mod browser_sessions;
pub mod cascade;
pub mod cases;
pub mod claims;
mod columns;
pub mod day_tops;
pub mod deciding;
pub mod decisions;
pub mod erasure;
mod error;
pub mod events;
pub mod feed;
pub mod folding;
pub mod judgements;
pub mod keys;
pub mod labels;
pub mod ledger;
pub mod lists;
pub mod logbook;
pub mod login_limits;
pub mod migrate;
pub mod notes;
pub mod operators;
pub mod parked;
pub mod partitions;
mod pool;
pub mod publishing;
pub mod read;
pub mod replay;
pub mod rescore;
pub mod retention;
pub mod rule_sets;
pub mod saved_views;
pub mod second_factor;
pub mod shared;
pub mod standings;
mod statements;
pub mod tallies;
mod tenant_tx;
pub mod tenants;
pub mod tickets;
mod time;
pub mod tokens;
pub mod verdicts;
pub mod windows;
pub mod writing;

pub use error::{ErrorClass, StorageError};
pub use pool::{Connection, Database, DatabaseSettings, Plans};
pub use statements::{ALL_STATEMENTS, prepare_all};
pub use tenant_tx::TenantTx;
