//! Giving a person everything that is held about them.

use std::collections::BTreeMap;

use innerwall_auth::Permission;
use innerwall_storage::audit::{self, Note};
use innerwall_storage::erasure;

use super::users;
use crate::app::{App, now};
use crate::caller::Caller;
use crate::problem::Problem;
use crate::view::{PersonView, hex};

/// Rows given per table: bounds the memory of one answer.
const ROWS_MAX: i32 = 10_000;

/// Everything held about a user.
pub(crate) async fn export(
    app: &App,
    caller: &Caller,
    user_id: &str,
) -> Result<PersonView, Problem> {
    caller.may(Permission::Export)?;
    caller.may(Permission::Personal)?;
    let place = app.exports.enter(caller.tenant)?;
    let user = users::one(app, caller, user_id).await?;
    let mut connection = app.exports.connection().await?;
    let tx = caller.begin_snapshot(&mut connection).await?;
    let missing = || Problem::NotFound { what: format!("user {user_id}") };
    let user_no = erasure::user_no(&tx, user_id).await?.ok_or_else(missing)?;
    let (mut tables, mut cut) = (BTreeMap::new(), Vec::new());
    for table in erasure::tables(&tx).await? {
        let mut rows = erasure::user_rows(&tx, &table, user_no, ROWS_MAX + 1).await?;
        if rows.len() > usize::try_from(ROWS_MAX).unwrap_or(usize::MAX) {
            rows.pop();
            cut.push(table.clone());
        }
        tables.insert(table, rows);
    }
    let detail = format!("user sha256:{}", hex(&erasure::subject_of(user_id)));
    let note = Note { actor: &caller.name, action: "user.export", detail: &detail };
    audit::note(&tx, &note).await?;
    tx.commit().await?;
    drop(place);
    Ok(PersonView { exported_at: now().to_rfc3339(), user, tables, cut })
}
