//! Undoing a decision: a new one that restores what there was before.

use innerwall_scoring::ListKind;
use serde_json::{Value, json};

use super::{DecidedUser, Order, before_user, noted};
use crate::decisions::{self, Decided, DecisionRow, NewDecision};
use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::{cases, labels, lists};

/// What became of undoing.
#[derive(Clone, Debug)]
pub enum Undone {
    /// The number of the decision that undid the other.
    Done(i64),
    /// The decision is the end of an entry, or an import from before undoing was kept: there is nothing
    /// to go back to.
    Impossible,
    /// A later decision stands; it would have to be undone first.
    Superseded(Box<DecisionRow>),
}

/// Undoes a decision unless a later one about the same value stands. A user is locked before.
pub async fn undo(
    tx: &TenantTx<'_>,
    row: &DecisionRow,
    user: Option<&DecidedUser>,
    order: &Order<'_>,
) -> Result<Undone, StorageError> {
    let corrupt = || StorageError::Corrupt { what: "decision", reason: row.kind.clone() };
    let kind = ListKind::parse(&row.kind).ok_or_else(corrupt)?;
    if !row.before["entries"].is_array() {
        return Ok(Undone::Impossible);
    }
    let newest = decisions::newest(tx, kind, &row.value).await?;
    if let Some(newest) = newest.filter(|newest| newest.id != row.id) {
        return Ok(Undone::Superseded(Box::new(newest)));
    }
    let now = match user {
        Some(user) => before_user(tx, user).await?,
        None => json!({"entries": lists::snapshot(tx, kind, &row.value).await?}),
    };
    lists::restore(tx, kind, &row.value, &row.before["entries"]).await?;
    if let Some(user) = user {
        restore_user(tx, user, &row.before, order).await?;
    }
    let standing = match decisions::before(tx, kind, row).await? {
        Some(before) => before.standing,
        None => Decided::default(),
    };
    let note = NewDecision {
        undoes: Some(row.id),
        ..noted((kind, &row.value, "undo"), order, standing, now)
    };
    Ok(Undone::Done(decisions::add(tx, &note).await?))
}

async fn restore_user(
    tx: &TenantTx<'_>,
    user: &DecidedUser,
    before: &Value,
    order: &Order<'_>,
) -> Result<(), StorageError> {
    // Decisions about the value alone leave case and label as they are.
    let Some(case) = before.get("case") else { return Ok(()) };
    if case["state"] == "open" {
        if let Some(id) = case["id"].as_i64() {
            cases::open_again(tx, id).await?;
        }
    } else {
        cases::decide(tx, user.user_no, "closed", order.actor).await?;
    }
    labels::restore(tx, user.user_no, &before["label"]).await
}
