//! A few users judged by the newest rules, in one transaction.

use innerwall_storage::rescore::{self, Automated, Job};
use innerwall_storage::{StorageError, TenantTx, accounts};

use super::{Step, again};
use crate::automate;
use crate::tenants::Tenant;

/// Users per transaction: bounds how long their events wait.
const USERS_MAX: i64 = 50;
/// Users whom one job blocks by score: a mistake in a rule must not block everybody at once. More
/// are counted and said, and are blocked at their next event.
const BLOCKS_MAX: i32 = 100;
const REASON: &str = "rules changed";

/// Judges the next users whom older rules judged last.
pub(super) async fn judge(
    tx: &TenantTx<'_>,
    tenant: &Tenant,
    job: Job,
) -> Result<Step, StorageError> {
    let users = rescore::left_behind(tx, job, USERS_MAX).await?;
    let Some((last, _)) = users.last() else {
        return end(tx, job).await;
    };
    let mut ids: Vec<&str> = users.iter().map(|(_, id)| id.as_str()).collect();
    ids.sort_unstable();
    let mut judged = Vec::with_capacity(ids.len());
    let mut passed_over = Vec::new();
    for (user_id, user) in accounts::lock_existing(tx, &ids).await? {
        let user_no = user.user_no;
        match again::judge(tx, tenant, (user_id, user), REASON).await? {
            Some(user) => judged.push(user),
            None => passed_over.push(user_no),
        }
    }
    rescore::pass_over(tx, tenant.version(), &passed_over).await?;
    judged.sort_unstable_by_key(|user| user.user_no);
    accounts::store(tx, tenant.version(), &judged).await?;
    let blocks_max = BLOCKS_MAX.saturating_sub(job.users_blocked).max(0).unsigned_abs();
    let acted = automate::act_again(tx, tenant.book.rules.thresholds, &judged, blocks_max).await?;
    let automated = Automated {
        cases_opened: acted.cases_opened.cast_signed(),
        users_blocked: acted.users_blocked.cast_signed(),
        blocks_withheld: acted.blocks_withheld.cast_signed(),
    };
    if automated != Automated::default() {
        rescore::note_automated(tx, automated).await?;
    }
    let done = i64::try_from(users.len()).unwrap_or(i64::MAX);
    rescore::advance(tx, *last, done).await?;
    Ok(Step::Further)
}

/// From the end once more from the start, for those who were judged by older rules meanwhile;
/// the job is done when a pass from the start finds nobody.
async fn end(tx: &TenantTx<'_>, job: Job) -> Result<Step, StorageError> {
    if job.after_user_no > 0 {
        rescore::advance(tx, 0, 0).await?;
        return Ok(Step::Further);
    }
    rescore::finish(tx, job.target_version).await?;
    tracing::info!(
        tenant.id = tx.tenant().0,
        version = job.target_version,
        "everybody was judged by the new rules"
    );
    Ok(Step::Rest)
}
