//! A few users judged by the newest rules, in one transaction.

use innerwall_rules::RuleId;
use innerwall_scoring::{Past, Rejudged, needs_history, rebuild, rejudge};
use innerwall_storage::accounts::{self, LockedUser, ScoredUser};
use innerwall_storage::rescore::{self, Job, ScoreChange};
use innerwall_storage::{StorageError, TenantTx, replay};

use super::Step;
use crate::tenants::Tenant;

/// Users per transaction: bounds how long their events wait.
const USERS_MAX: i64 = 50;
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
    for (user_id, mut user) in accounts::lock(tx, &ids).await? {
        let Some(last_event) = replay::last(tx, &user_id, user.user_no).await? else {
            passed_over.push(user.user_no);
            continue;
        };
        let changed = judge_one(tx, tenant, &user_id, &mut user, &last_event).await?;
        keep_change(tx, tenant, &user, &changed).await?;
        judged.push(scored(user_id, user, &last_event));
    }
    rescore::pass_over(tx, tenant.version(), &passed_over).await?;
    judged.sort_unstable_by_key(|user| user.user_no);
    accounts::store(tx, tenant.version(), &judged).await?;
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

async fn judge_one(
    tx: &TenantTx<'_>,
    tenant: &Tenant,
    user_id: &str,
    user: &mut LockedUser,
    last: &Past,
) -> Result<Rejudged, StorageError> {
    if needs_history(&user.account, &tenant.book).is_some() {
        let past = replay::past(tx, user_id, user.user_no).await?;
        rebuild(&mut user.account, &tenant.book, &past);
    }
    Ok(rejudge(&mut user.account, last, &tenant.book))
}

async fn keep_change(
    tx: &TenantTx<'_>,
    tenant: &Tenant,
    user: &LockedUser,
    changed: &Rejudged,
) -> Result<(), StorageError> {
    if changed.trust_before == changed.trust {
        return Ok(());
    }
    let texts = |rules: &[RuleId]| rules.iter().map(ToString::to_string).collect();
    let change = ScoreChange {
        user_no: user.user_no,
        rule_set: tenant.version(),
        trust_before: changed.trust_before,
        trust_after: changed.trust,
        started: texts(&changed.started),
        ended: texts(&changed.ended),
        reason: REASON,
    };
    rescore::add_change(tx, &change).await
}

fn scored(user_id: String, user: LockedUser, last: &Past) -> ScoredUser {
    ScoredUser {
        user_no: user.user_no,
        user_id,
        trust: user.account.trust(),
        last_ip: last.event.ip,
        country: last.around.country().map(|country| country.to_string()),
        account: user.account,
    }
}
