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

use innerwall_event::EventKind;

/// The type of a stored number; custom types are not told apart.
fn kind_of(number: i16) -> EventKind {
    EventKind::from_stored(number, None).unwrap_or_else(|| EventKind::Custom("custom".to_owned()))
}
