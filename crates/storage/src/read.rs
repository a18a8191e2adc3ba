//! What the query service reads.

pub mod event;
pub mod events;
pub mod overview;
pub mod users;
