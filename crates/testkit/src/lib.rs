//! Machinery for tests that drive real processes and real servers.
//!
//! Lives here: starting, killing and pausing the services and private servers, breaking the links
//! between them, talking to them, and checking that nothing accepted was lost or doubled.
//! Does not live here: anything a service needs at run time. Only tests depend on this crate.
//!
//! Private servers and services die with the test: on drop, and also when the test process itself
//! is killed, so that an aborted run leaves neither processes nor directories behind.

pub mod amqp;
mod broker;
mod child;
mod database;
mod environment;
mod generated;
mod guard;
pub mod http;
mod journal;
mod log;
mod oracle;
mod poll;
mod port;
mod postgres;
mod process;
mod processes;
mod proxy;
mod scratch;
mod signal;
pub mod sql;

pub use broker::PrivateBroker;
pub use database::TestDatabase;
pub use generated::is_up_to_date;
pub use journal::Journal;
pub use oracle::{Oracle, Tally};
pub use poll::eventually;
pub use port::free_port;
pub use postgres::PrivatePostgres;
pub use process::ServiceProcess;
pub use proxy::{ChaosProxy, Direction, Mode};
