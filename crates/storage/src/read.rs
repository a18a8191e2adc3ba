//! What the query service reads.

pub mod event;
pub mod events;
pub mod overview;
pub mod rules;
pub mod users;
