//! Erasing a user everywhere.

use innerwall_auth::Permission;
use innerwall_storage::audit::{self, Note};
use innerwall_storage::erasure;

use super::{cut_page, page_limit};
use crate::app::App;
use crate::caller::Caller;
use crate::cursor;
use crate::problem::Problem;
use crate::view::{ErasurePage, ErasureView, hex};

/// Asks for a user to be erased; scorers do it in the background. What is asked for twice is done
/// once.
pub(crate) async fn request(
    app: &App,
    caller: &Caller,
    user_id: &str,
    confirm: &str,
) -> Result<ErasureView, Problem> {
    caller.may(Permission::Erase)?;
    if confirm != user_id {
        let reason = "repeat the id of the user to confirm; this cannot be undone";
        return Err(Problem::parameter("confirm", reason));
    }
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let asked = erasure::request(&tx, user_id, &caller.name).await?;
    let id = asked.ok_or_else(|| Problem::NotFound { what: format!("user {user_id}") })?;
    let subject = hex(&erasure::subject_of(user_id));
    let detail = format!("erasure {id} of user sha256:{subject}");
    let note = Note { actor: &caller.name, action: "user.erase", detail: &detail };
    audit::note(&tx, &note).await?;
    let found = erasure::one(&tx, id).await?.ok_or(Problem::Internal)?;
    tx.commit().await?;
    Ok(found.into())
}

/// How far an erasure is.
pub(crate) async fn one(app: &App, caller: &Caller, id: i64) -> Result<ErasureView, Problem> {
    caller.may(Permission::Erase)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let missing = || Problem::NotFound { what: format!("erasure {id}") };
    Ok(erasure::one(&tx, id).await?.ok_or_else(missing)?.into())
}

/// Erasures, newest first.
pub(crate) async fn list(
    app: &App,
    caller: &Caller,
    limit: Option<i64>,
    cursor: Option<&str>,
) -> Result<ErasurePage, Problem> {
    caller.may(Permission::Erase)?;
    let limit = page_limit(limit)?;
    let before = cursor.map(cursor::number).transpose()?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let rows = erasure::page(&tx, before, limit + 1).await?;
    let (rows, goes_on) = cut_page(rows, limit);
    let last = rows.last().filter(|_| goes_on);
    Ok(ErasurePage {
        next_cursor: last.map(|row| cursor::of_number(row.id)),
        items: rows.into_iter().map(ErasureView::from).collect(),
    })
}
