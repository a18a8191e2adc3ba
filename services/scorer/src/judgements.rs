//! Users judged again because lists have changed about them, in the background: a few at a time,
//! locked like for their events.

use std::sync::Arc;
use std::time::Duration;

use innerwall_event::TenantId;
use innerwall_storage::accounts;
use innerwall_storage::cascade::{self, Cause};
use innerwall_storage::judgements::{self, Judgement};
use innerwall_storage::{StorageError, TenantTx, lists, standings};

use crate::app::App;
use crate::automate;
use crate::patience::Patience;
use crate::rescore::again;

const LOOK_EVERY: Duration = Duration::from_millis(500);
/// Users per transaction: bounds how long their events wait.
const USERS_MAX: i64 = 50;

/// Judges until the service stops.
pub(crate) async fn run(app: Arc<App>) {
    let mut patience = Patience::new();
    while !app.lifecycle.is_stopping() {
        match once(&app).await {
            Ok(true) => patience = Patience::new(),
            Ok(false) => {
                patience = Patience::new();
                tokio::select! {
                    () = tokio::time::sleep(LOOK_EVERY) => {}
                    () = app.lifecycle.stopping() => {}
                }
            }
            Err(error) => {
                tracing::warn!(%error, "judging users again failed, will go on");
                if !patience.wait(&app.lifecycle).await {
                    return;
                }
            }
        }
    }
}

/// A few users of each tenant; gives whether there were any.
async fn once(app: &App) -> Result<bool, StorageError> {
    let tenants = judgements::tenants(&app.database.connection().await?).await?;
    let mut had_any = false;
    for tenant in tenants {
        had_any |= step(app, tenant).await?;
    }
    Ok(had_any)
}

async fn step(app: &App, id: TenantId) -> Result<bool, StorageError> {
    let Some(tenant) = app.tenants.get(&app.database, id).await? else { return Ok(false) };
    let mut connection = app.database.connection().await?;
    let tx = connection.begin(id).await?;
    if tx.rule_set_version() != tenant.version() {
        app.tenants.forget(id);
        return Ok(true);
    }
    let ids = judgements::waiting(&tx, USERS_MAX).await?;
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    if ids.is_empty() {
        return Ok(false);
    }
    let mut locked = accounts::lock(&tx, &ids).await?;
    let numbers: Vec<i64> = locked.values().map(|user| user.user_no).collect();
    let taken = judgements::take(&tx, &numbers).await?;
    for judgement in taken.iter().filter(|judgement| judgement.cascades) {
        block_identities(&tx, judgement).await?;
    }
    let mut judged = Vec::with_capacity(taken.len());
    for judgement in &taken {
        let Some(user) = locked.remove(&judgement.user_id) else { continue };
        let known = (judgement.user_id.clone(), user);
        judged.extend(again::judge(&tx, &tenant, known, &judgement.reason).await?);
    }
    accounts::store(&tx, tenant.version(), &judged).await?;
    // Who falls by another's block is looked at by a person first.
    automate::act_again(&tx, tenant.book.rules.thresholds, &judged, 0).await?;
    ask_for_others(&tx, &taken).await?;
    tx.commit().await?;
    Ok(!taken.is_empty())
}

/// Blocks what the user alone uses, while the user is blocked.
async fn block_identities(tx: &TenantTx<'_>, judgement: &Judgement) -> Result<(), StorageError> {
    let Judgement { user_id, user_no, .. } = judgement;
    let standing = standings::of_users(tx, &[user_id]).await?.remove(user_id).unwrap_or_default();
    let Some(winner) = standing.winner.filter(|_| standing.is_blocked) else { return Ok(()) };
    let Some(block) = lists::one(tx, winner.id).await? else { return Ok(()) };
    let cascade = cascade::plan(tx, user_id, *user_no).await?;
    let (author, reason, expires_at) = (&block.author, &block.reason, block.expires_at);
    lists::put(tx, &cascade.entries(Cause { user_id, author, reason, expires_at })).await
}

/// Others who use what was blocked with a user are judged next.
async fn ask_for_others(tx: &TenantTx<'_>, taken: &[Judgement]) -> Result<(), StorageError> {
    let mut values = Vec::new();
    for judgement in taken.iter().filter(|judgement| judgement.cascades) {
        values.extend(lists::caused(tx, &judgement.user_id).await?);
    }
    if !values.is_empty() {
        judgements::request(tx, &values, "what another blocked user used is blocked").await?;
    }
    Ok(())
}
