//! Folding: what events changed about the things users touch, out of the rows in which scoring
//! transactions left it and into the tables that are read.
//!
//! Whoever folds holds the fold lock of the tenant and is the only writer of those tables: it may
//! read, add in memory and write back.

mod days;
mod entities;
mod fields;
mod hours;
mod links;
mod queue;
mod rebuild;
mod sessions;

use innerwall_features::changes::Changes;

use crate::erasure;
use crate::error::StorageError;
use crate::tenant_tx::TenantTx;

pub(crate) use days::{ADD_DAYS, ADD_MINUTES};
pub(crate) use entities::{COUNT as COUNT_ENTITIES, LOAD as LOAD_ENTITIES, PUT as PUT_ENTITIES};
pub(crate) use fields::ADD as ADD_FIELDS;
pub(crate) use hours::{LOAD as LOAD_HOURS, PUT as PUT_HOURS};
pub(crate) use links::{LOAD as LOAD_LINKS, PUT as PUT_LINKS};
pub(crate) use queue::{ADD, FINISH, LOCK, SET_ASIDE, TAKE, WAITING};
pub use queue::{Pending, Waiting, add, finish, lock, set_aside, take, waiting};
pub(crate) use rebuild::{
    CLEAR, CLEAR_MINUTES, EVENTS, LOCK_OUT, LOOK, NETWORK_NAMES, NO_TIMEOUT, UNLOCK,
};
pub use rebuild::{UserEvent, clear, lock_out, look, network_names, unlock, user_events};
pub(crate) use sessions::{LOAD as LOAD_SESSIONS, PUT as PUT_SESSIONS};

/// Adds changes to what is stored, but for those of users who were erased meanwhile. The fold lock
/// must be held.
pub async fn apply(tx: &TenantTx<'_>, mut changes: Changes) -> Result<(), StorageError> {
    let users: Vec<i64> = changes.user_numbers().into_iter().collect();
    let erased = erasure::erased_of(tx, &users).await?;
    if !erased.is_empty() {
        changes.forget(&erased.into_iter().collect());
    }
    let mut known = entities::load(tx, &changes).await?;
    entities::limit(tx, &known, &mut changes).await?;
    let fresh_links = links::put(tx, &changes, &known).await?;
    let first_seen = entities::put(tx, &changes, &mut known, &fresh_links).await?;
    days::add(tx, &changes).await?;
    hours::put(tx, &changes, &first_seen).await?;
    sessions::put(tx, &changes).await?;
    fields::add(tx, &changes).await?;
    days::add_minutes(tx, &changes).await
}
