//! Undoing everything that one request decided.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use innerwall_auth::Permission;
use innerwall_scoring::ListKind;
use innerwall_storage::deciding::{self, DecidedUser, Undone};
use innerwall_storage::decisions::{self, DecisionRow};
use innerwall_storage::{TenantTx, judgements, lists};
use uuid::Uuid;

use super::decide::{JUDGED_BECAUSE, concerned_by, note};
use super::wish::Wish;
use crate::app::App;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::view::{UndoneBatch, UndoneItem};

/// Decisions undone in one transaction: bounds how long their users are locked.
const CHUNK: i64 = 200;
/// Undoing begins no further chunk after this time; asking again goes on.
const WITHIN: Duration = Duration::from_secs(20);

/// Undoes each decision of a request that can be undone, the newest first, and names the others.
pub(crate) async fn undo(
    app: &App,
    caller: &Caller,
    batch: &str,
    reason: &str,
) -> Result<UndoneBatch, Problem> {
    caller.may(Permission::Review)?;
    let unknown = || Problem::NotFound { what: format!("batch {batch}") };
    let id = Uuid::try_parse(batch).map_err(|_| unknown())?;
    let mut wish = Wish::new(caller, reason, None)?;
    let own = Uuid::new_v4();
    wish.batch = Some(own);
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    if decisions::batch_size(&tx, id).await? == 0 {
        return Err(unknown());
    }
    tx.rollback().await?;
    let mut answer = UndoneBatch::new(id, own);
    let (began, mut before) = (Instant::now(), i64::MAX);
    while began.elapsed() < WITHIN {
        let tx = caller.begin(&mut connection).await?;
        let rows = decisions::in_batch(&tx, id, before, CHUNK).await?;
        let Some(last) = rows.last() else {
            answer.complete = true;
            break;
        };
        before = last.id;
        let undone = undo_all(&tx, &rows, &wish, &mut answer).await?;
        if undone > 0 {
            let what = format!("{undone} decisions of batch {id}");
            note(&tx, "decision.undo_batch", &what, &wish).await?;
        }
        tx.commit().await?;
    }
    Ok(answer)
}

async fn undo_all(
    tx: &TenantTx<'_>,
    rows: &[DecisionRow],
    wish: &Wish,
    answer: &mut UndoneBatch,
) -> Result<usize, Problem> {
    let users = locked(tx, rows).await?;
    let mut values: Vec<(ListKind, String)> = Vec::new();
    let mut count = 0;
    for row in rows {
        let concerned = concerned_by(tx, row).await?;
        let user = users.get(&row.value).filter(|_| is_user(row));
        let undone = deciding::undo(tx, row, user, &wish.order()).await?;
        if matches!(undone, Undone::Done(_)) {
            count += 1;
            values.extend(concerned);
            if is_user(row) {
                values.extend(lists::caused(tx, &row.value).await?);
            }
        }
        answer.add(UndoneItem::new(row, undone));
    }
    values.sort_unstable();
    values.dedup();
    if !values.is_empty() {
        judgements::request(tx, &values, JUDGED_BECAUSE).await?;
    }
    Ok(count)
}

fn is_user(row: &DecisionRow) -> bool {
    row.kind == ListKind::User.name()
}

/// Locks the users that decisions are about at once, in their order.
async fn locked(
    tx: &TenantTx<'_>,
    rows: &[DecisionRow],
) -> Result<HashMap<String, DecidedUser>, Problem> {
    let mut ids: Vec<&str> =
        rows.iter().filter(|row| is_user(row)).map(|row| row.value.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    let users = deciding::lock(tx, &ids).await?;
    Ok(users.into_iter().map(|user| (user.user_id.clone(), user)).collect())
}
