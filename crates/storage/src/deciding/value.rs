//! Deciding about values: entries of lists, one or many.

use innerwall_scoring::{Entry, List, ListKind, Source};
use serde_json::json;
use uuid::Uuid;

use super::{Order, decided, entry, noted};
use crate::decisions::{self, Decided};
use crate::error::StorageError;
use crate::lists::{self, ListRow, NewEntry, Removal};
use crate::tenant_tx::TenantTx;

/// Puts a value on a list or takes it off; gives the number of the decision. A user is locked
/// before, if it is known.
pub async fn about_value(
    tx: &TenantTx<'_>,
    (list, kind, value): (List, ListKind, &str),
    is_listed: bool,
    order: &Order<'_>,
) -> Result<i64, StorageError> {
    let entries = lists::snapshot(tx, kind, value).await?;
    let known = if kind == ListKind::User { decided(tx, value).await? } else { Decided::default() };
    if is_listed {
        lists::put(tx, &[entry((list, kind, value), order)]).await?;
    } else {
        let (lists, sources) = (&[list], &Source::ALL);
        lists::remove(tx, Removal { kind, value, lists, sources }).await?;
    }
    let action = action_of(list, is_listed);
    let is_verdict = kind == ListKind::User && list != List::Watch && order.source.is_manual();
    let standing = if is_verdict {
        Decided { is_decided: true, until: order.expires_at.filter(|_| is_listed) }
    } else {
        known
    };
    let before = json!({"entries": entries});
    decisions::add(tx, &noted((kind, value, action), order, standing, before)).await
}

/// Takes one entry off its list, with its cause alone; gives the number of the decision. A user is
/// locked before, if it is known.
pub async fn about_entry(
    tx: &TenantTx<'_>,
    row: &ListRow,
    order: &Order<'_>,
) -> Result<i64, StorageError> {
    let Entry { id, list, kind, value, .. } = &row.entry;
    let entries = lists::snapshot(tx, *kind, value).await?;
    let is_user = *kind == ListKind::User;
    let known = if is_user { decided(tx, value).await? } else { Decided::default() };
    lists::remove_one(tx, *id).await?;
    let is_verdict = is_user && *list != List::Watch && order.source.is_manual();
    let standing = if is_verdict { Decided { is_decided: true, until: None } } else { known };
    let (action, before) = (action_of(*list, false), json!({"entries": entries}));
    decisions::add(tx, &noted((*kind, value, action), order, standing, before)).await
}

/// Puts many values on lists. Each is noted first, with what there was before.
pub async fn import(
    tx: &TenantTx<'_>,
    entries: &[NewEntry],
    batch: Uuid,
) -> Result<(), StorageError> {
    decisions::add_imported(tx, entries, batch).await?;
    lists::put(tx, entries).await
}

/// What the log calls putting on a list or taking off.
pub const fn action_of(list: List, is_listed: bool) -> &'static str {
    match (list, is_listed) {
        (List::Block, true) => "block",
        (List::Allow, true) => "allow",
        (List::Watch, true) => "watch",
        (List::Block, false) => "unblock",
        (List::Allow, false) => "unallow",
        (List::Watch, false) => "unwatch",
    }
}
