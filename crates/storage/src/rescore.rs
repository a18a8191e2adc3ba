//! Judging every user again after a change of rules: one job per tenant.

use innerwall_event::{TenantId, Timestamp};
use innerwall_scoring::Relisted;
use prost::Message;

use crate::error::StorageError;
use crate::pool::Connection;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

pub(crate) const REQUEST: &str = "
    INSERT INTO rescore_jobs (tenant_id, target_version, reason, users_total)
    VALUES ($1, $2, $3, (SELECT count(*) FROM users WHERE tenant_id = $1))
    ON CONFLICT (tenant_id) DO UPDATE SET
        target_version = EXCLUDED.target_version, reason = EXCLUDED.reason, xid = EXCLUDED.xid,
        users_total = EXCLUDED.users_total, users_done = 0, cases_opened = 0, users_blocked = 0,
        blocks_withheld = 0, requested_at = now(),
        started_at = NULL, finished_at = NULL, error = NULL, state = 'waiting'";
pub(crate) const DUE: &str = "SELECT due_rescore_job()";
/// One scorer at a time works on a job; the others leave it alone.
pub(crate) const TAKE: &str = "
    SELECT target_version, after_user_no, users_blocked FROM rescore_jobs
    WHERE tenant_id = $1 AND state IN ('waiting', 'running') FOR UPDATE SKIP LOCKED";
pub(crate) const START: &str = "
    UPDATE rescore_jobs SET state = 'running', started_at = coalesce(started_at, now())
    WHERE tenant_id = $1 AND state = 'waiting'";
pub(crate) const LEFT_BEHIND: &str = "
    SELECT user_no, user_id FROM users WHERE tenant_id = $1 AND rule_set < $2 AND user_no > $3
    ORDER BY user_no LIMIT $4";
pub(crate) const PASS_OVER: &str = "
    UPDATE users SET rule_set = $2 WHERE tenant_id = $1 AND user_no = ANY($3) AND rule_set < $2";
pub(crate) const ADVANCE: &str = "
    UPDATE rescore_jobs SET after_user_no = $2, users_done = users_done + $3 WHERE tenant_id = $1";
pub(crate) const FINISH: &str = "
    UPDATE rescore_jobs SET state = 'done', finished_at = now(), after_user_no = 0
    WHERE tenant_id = $1 AND target_version = $2";
pub(crate) const FAIL: &str = "
    UPDATE rescore_jobs SET state = 'failed', error = $2, finished_at = now()
    WHERE tenant_id = $1 AND state IN ('waiting', 'running')";
pub(crate) const STATUS: &str = "
    SELECT target_version, state, reason, users_total, users_done, requested_at, finished_at, error,
        cases_opened, users_blocked, blocks_withheld
    FROM rescore_jobs WHERE tenant_id = $1";

pub(crate) const ADD_CHANGE: &str = "
    INSERT INTO score_changes
        (tenant_id, user_no, rule_set, trust_before, trust_after, started, ended, reason, after_seq,
         relisted)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
pub(crate) const RELISTED: &str = "
    SELECT after_seq, rule_set, relisted FROM score_changes
    WHERE tenant_id = $1 AND user_no = $2 AND relisted IS NOT NULL ORDER BY at, after_seq";
pub(crate) const AUTOMATED: &str = "
    UPDATE rescore_jobs SET cases_opened = cases_opened + $2, users_blocked = users_blocked + $3,
        blocks_withheld = blocks_withheld + $4
    WHERE tenant_id = $1";

/// A trust score that changed without an event.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoreChange<'a> {
    pub user_no: i64,
    pub rule_set: i32,
    pub trust_before: u8,
    pub trust_after: u8,
    pub started: Vec<String>,
    pub ended: Vec<String>,
    pub reason: &'a str,
    /// Events of the user before the change.
    pub after_seq: u32,
    /// What lists said, where they said something new.
    pub relisted: Option<Relisted>,
}

/// A change of what lists say about a user, after the event of a sequence number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RelistedAfter {
    pub after_seq: u32,
    pub rule_set: i32,
    pub relisted: Relisted,
}

/// A job under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Job {
    pub target_version: i32,
    pub after_user_no: i64,
    /// Users whom the job has blocked so far.
    pub users_blocked: i32,
}

/// How far a job is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobStatus {
    pub target_version: i32,
    pub state: String,
    pub reason: String,
    pub users_total: i64,
    pub users_done: i64,
    pub requested_at: Timestamp,
    pub finished_at: Option<Timestamp>,
    pub error: Option<String>,
    pub automated: Automated,
}

/// What automation did in the course of a job.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Automated {
    pub cases_opened: i32,
    pub users_blocked: i32,
    /// Users beyond the limit of blocks of one job.
    pub blocks_withheld: i32,
}

/// Asks for everybody to be judged by a version of the rule set.
pub async fn request(
    tx: &TenantTx<'_>,
    target_version: i32,
    reason: &str,
) -> Result<(), StorageError> {
    tx.execute(REQUEST, &[&tx.tenant().0, &target_version, &reason]).await?;
    Ok(())
}

/// The tenant whose job has waited longest and may begin.
pub async fn due(connection: &Connection) -> Result<Option<TenantId>, StorageError> {
    let statement = connection.0.prepare_cached(DUE).await?;
    let row = connection.0.query_one(&statement, &[]).await?;
    Ok(row.get::<_, Option<i32>>(0).map(TenantId))
}

/// Takes the job for this transaction; `None` when another scorer has it or it has ended.
pub async fn take(tx: &TenantTx<'_>) -> Result<Option<Job>, StorageError> {
    let rows = tx.query(TAKE, &[&tx.tenant().0]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let job =
        Job { target_version: row.get(0), after_user_no: row.get(1), users_blocked: row.get(2) };
    tx.execute(START, &[&tx.tenant().0]).await?;
    Ok(Some(job))
}

/// The next users that an older version judged last: number and id.
pub async fn left_behind(
    tx: &TenantTx<'_>,
    job: Job,
    limit: i64,
) -> Result<Vec<(i64, String)>, StorageError> {
    let Job { target_version, after_user_no, .. } = job;
    let rows =
        tx.query(LEFT_BEHIND, &[&tx.tenant().0, &target_version, &after_user_no, &limit]).await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}

/// Counts users as judged who cannot be: what they did is not stored any more. They keep their
/// scores, and the job does not look for them again.
pub async fn pass_over(
    tx: &TenantTx<'_>,
    version: i32,
    user_nos: &[i64],
) -> Result<(), StorageError> {
    tx.execute(PASS_OVER, &[&tx.tenant().0, &version, &user_nos]).await?;
    Ok(())
}

/// Keeps a change of a score in the history of its user.
pub async fn add_change(tx: &TenantTx<'_>, change: &ScoreChange<'_>) -> Result<(), StorageError> {
    let ScoreChange { user_no, rule_set, started, ended, reason, .. } = change;
    let (before, after) = (i16::from(change.trust_before), i16::from(change.trust_after));
    let after_seq = change.after_seq.cast_signed();
    let relisted = change.relisted.map(|relisted| relisted.encode_to_vec());
    let parameters: [&(dyn tokio_postgres::types::ToSql + Sync); 10] = [
        &tx.tenant().0,
        user_no,
        rule_set,
        &before,
        &after,
        started,
        ended,
        reason,
        &after_seq,
        &relisted,
    ];
    tx.execute(ADD_CHANGE, &parameters).await?;
    Ok(())
}

/// What lists have said about a user beside its events, in order.
pub async fn relisted(tx: &TenantTx<'_>, user_no: i64) -> Result<Vec<RelistedAfter>, StorageError> {
    let rows = tx.query(RELISTED, &[&tx.tenant().0, &user_no]).await?;
    let found = |row: &tokio_postgres::Row| {
        let corrupt = |error: prost::DecodeError| StorageError::Corrupt {
            what: "change of lists",
            reason: error.to_string(),
        };
        Ok(RelistedAfter {
            after_seq: row.get::<_, Option<i32>>(0).unwrap_or_default().cast_unsigned(),
            rule_set: row.get(1),
            relisted: Relisted::decode(row.get::<_, &[u8]>(2)).map_err(corrupt)?,
        })
    };
    rows.iter().map(found).collect()
}

/// Adds what automation did to the job.
pub async fn note_automated(tx: &TenantTx<'_>, automated: Automated) -> Result<(), StorageError> {
    let Automated { cases_opened, users_blocked, blocks_withheld } = automated;
    let tenant = tx.tenant().0;
    tx.execute(AUTOMATED, &[&tenant, &cases_opened, &users_blocked, &blocks_withheld]).await?;
    Ok(())
}

/// Notes how far the job is.
pub async fn advance(
    tx: &TenantTx<'_>,
    after_user_no: i64,
    users: i64,
) -> Result<(), StorageError> {
    tx.execute(ADVANCE, &[&tx.tenant().0, &after_user_no, &users]).await?;
    Ok(())
}

/// Ends the job unless a newer version has become its target.
pub async fn finish(tx: &TenantTx<'_>, target_version: i32) -> Result<(), StorageError> {
    tx.execute(FINISH, &[&tx.tenant().0, &target_version]).await?;
    Ok(())
}

/// Gives the job up; the next change of rules begins a new one.
pub async fn fail(tx: &TenantTx<'_>, error: &str) -> Result<(), StorageError> {
    tx.execute(FAIL, &[&tx.tenant().0, &error]).await?;
    Ok(())
}

/// How far the tenant's job is; `None` when there has never been one.
pub async fn status(tx: &TenantTx<'_>) -> Result<Option<JobStatus>, StorageError> {
    let rows = tx.query(STATUS, &[&tx.tenant().0]).await?;
    let time = |row: &tokio_postgres::Row, index| row.get::<_, Option<PgTime>>(index).map(|t| t.0);
    Ok(rows.first().map(|row| JobStatus {
        target_version: row.get(0),
        state: row.get(1),
        reason: row.get(2),
        users_total: row.get(3),
        users_done: row.get(4),
        requested_at: row.get::<_, PgTime>(5).0,
        finished_at: time(row, 6),
        error: row.get(7),
        automated: Automated {
            cases_opened: row.get(8),
            users_blocked: row.get(9),
            blocks_withheld: row.get(10),
        },
    }))
}
