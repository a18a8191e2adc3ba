//! What is written down of a decision, and what there was before it.

use innerwall_scoring::{List, ListKind};
use serde_json::{Value, json};

use super::{DecidedUser, Order};
use crate::decisions::{self, Decided, NewDecision};
use crate::error::StorageError;
use crate::lists::{self, NewEntry};
use crate::tenant_tx::TenantTx;
use crate::{cases, labels};

/// Whether a person has decided about a user.
pub async fn decided(tx: &TenantTx<'_>, user_id: &str) -> Result<Decided, StorageError> {
    let newest = decisions::newest(tx, ListKind::User, user_id).await?;
    Ok(newest.map(|row| row.standing).unwrap_or_default())
}

pub(super) fn entry((list, kind, value): (List, ListKind, &str), order: &Order<'_>) -> NewEntry {
    NewEntry {
        list,
        kind,
        value: value.to_owned(),
        source: order.source,
        cause_user: None,
        reason: order.reason.to_owned(),
        author: order.actor.to_owned(),
        expires_at: order.expires_at,
        cause_event: None,
        cause_rule: None,
    }
}

pub(super) fn noted<'n>(
    (kind, value, action): (ListKind, &'n str, &'n str),
    order: &Order<'n>,
    standing: Decided,
    before: Value,
) -> NewDecision<'n> {
    NewDecision {
        kind,
        value,
        action,
        source: order.source,
        actor: order.actor,
        reason: order.reason,
        expires_at: order.expires_at,
        event_id: None,
        rule: None,
        case_id: None,
        batch: order.batch,
        undoes: None,
        standing,
        before,
    }
}

/// Everything that a decision about a user may change, for undoing it.
pub(crate) async fn before_user(
    tx: &TenantTx<'_>,
    user: &DecidedUser,
) -> Result<Value, StorageError> {
    Ok(json!({
        "entries": lists::snapshot(tx, ListKind::User, &user.user_id).await?,
        "case": cases::snapshot(tx, user.user_no).await?,
        "label": labels::snapshot(tx, user.user_no).await?,
    }))
}
