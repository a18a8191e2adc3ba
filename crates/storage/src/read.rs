//! What the query service reads.

pub mod changes;
pub mod entities;
pub mod event;
pub mod events;
pub mod graph;
pub mod links;
pub mod overview;
mod quarters;
pub mod rules;
pub mod scan;
pub mod search;
pub mod series;
pub mod sessions;
pub mod standing_users;
pub mod sums;
pub mod tops;
pub mod users;
