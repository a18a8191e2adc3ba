//! What people write about users, apart from any review.

use innerwall_auth::Permission;
use innerwall_storage::audit::{self, Note};
use innerwall_storage::notes;

use super::page_limit;
use super::sessions::user_no;
use crate::app::App;
use crate::caller::Caller;
use crate::cursor;
use crate::problem::Problem;
use crate::view::{NoteView, Page};

/// Longest note in bytes.
const NOTE_BYTES_MAX: usize = 4_000;

/// The text of a note.
pub(super) fn checked_note(text: &str) -> Result<&str, Problem> {
    let text = text.trim();
    if (1..=NOTE_BYTES_MAX).contains(&text.len()) && !text.contains('\0') {
        return Ok(text);
    }
    Err(Problem::parameter("text", &format!("a note holds 1 to {NOTE_BYTES_MAX} bytes")))
}

/// A page of the notes about a user, those written in reviews among them; the newest first.
pub(crate) async fn list(
    app: &App,
    caller: &Caller,
    user_id: &str,
    (limit, cursor): (Option<i64>, Option<&str>),
) -> Result<Page<NoteView>, Problem> {
    caller.may(Permission::Read)?;
    let limit = page_limit(limit)?;
    let before = cursor.map(cursor::number).transpose()?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let user_no = user_no(&tx, user_id).await?;
    let rows = notes::page(&tx, user_no, before, limit + 1).await?;
    Ok(Page::cut(rows, limit, |note| cursor::of_number(note.id), NoteView::from))
}

/// Adds a note about a user.
pub(crate) async fn add(
    app: &App,
    caller: &Caller,
    user_id: &str,
    text: &str,
) -> Result<NoteView, Problem> {
    caller.may(Permission::Review)?;
    let text = checked_note(text)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let user_no = user_no(&tx, user_id).await?;
    let added = notes::add(&tx, (user_no, None), &caller.name, text).await?;
    let added = added.ok_or(Problem::Internal)?;
    let detail = format!("note {} about user {user_id}", added.id);
    let note = Note { actor: &caller.name, action: "user.note", detail: &detail };
    audit::note(&tx, &note).await?;
    tx.commit().await?;
    Ok(added.into())
}
