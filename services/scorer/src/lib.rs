//! The scorer: consumes batches of events, scores them and stores the answers.
//!
//! The way of a message: `lane` takes it from its queue, `intake` reads it, `group` puts it
//! into one transaction with its neighbours (`transaction`), `compute` does the thinking in
//! memory, and only after the commit is the message acknowledged. What fails for good is parked;
//! what fails because the database is away is tried again and never parked. What events change
//! about the things users touch is left as a row, which `fold` takes up within a second.

mod app;
mod automate;
mod compute;
mod data_files;
mod dead;
mod erase;
mod fired;
mod fold;
mod group;
mod housekeeping;
mod intake;
mod judgements;
mod lane;
mod lanes;
mod looks;
mod patience;
mod rescore;
mod retention;
mod server;
mod settings;
mod suspect;
mod tally;
mod tenants;
mod transaction;

pub use server::run;
pub use settings::Settings;
