//! How users stand with lists and the review queue.

use std::collections::HashMap;

use innerwall_event::Timestamp;
use innerwall_scoring::{Entry, ListKind, standing};

use crate::error::StorageError;
use crate::lists;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

pub(crate) const OPEN_CASES: &str = "
    SELECT wanted.user_id, open.id FROM unnest($2::text[]) AS wanted(user_id)
    CROSS JOIN LATERAL (SELECT user_no FROM user_state
        WHERE tenant_id = $1 AND user_id = wanted.user_id OFFSET 0) AS found
    CROSS JOIN LATERAL (SELECT id FROM cases
        WHERE tenant_id = $1 AND user_no = found.user_no AND state = 'open' OFFSET 0) AS open";
/// As `innerwall_scoring::standing` decides: manual allow, manual block, automatic allow, automatic
/// block.
pub(crate) const TOTALS: &str = "
    SELECT (SELECT count(*) FROM cases WHERE tenant_id = $1 AND state = 'open'),
        count(*) FILTER (WHERE winner IN (1, 3)), count(*) FILTER (WHERE winner IN (2, 4)),
        count(*) FILTER (WHERE is_watched)
    FROM (
        SELECT max(CASE list WHEN 'allow' THEN 2 WHEN 'block' THEN 1 END
                + CASE WHEN source IN ('person', 'token', 'ctl') THEN 2 ELSE 0 END) AS winner,
            bool_or(list = 'watch') AS is_watched
        FROM list_entries WHERE tenant_id = $1 AND kind = 'user'
            AND (expires_at IS NULL OR expires_at > now())
        GROUP BY value) AS users";

/// Users who came up for review, and users who were blocked, in a range of time.
pub(crate) const CAME: &str = "
    SELECT (SELECT count(DISTINCT user_no) FROM cases
            WHERE tenant_id = $1 AND opened_at >= $2 AND opened_at < $3),
        (SELECT count(DISTINCT value) FROM decisions WHERE tenant_id = $1 AND kind = 'user'
            AND action = 'block' AND at >= $2 AND at < $3)";

/// How one user stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserStanding {
    pub is_blocked: bool,
    pub is_allowed: bool,
    pub is_watched: bool,
    /// The entry that blocks or allows.
    pub winner: Option<Entry>,
    pub open_case: Option<i64>,
}

impl UserStanding {
    /// One word: `blocked`, `allowed`, `in_review` or `normal`.
    pub fn status(&self) -> &'static str {
        if self.is_blocked {
            "blocked"
        } else if self.is_allowed {
            "allowed"
        } else if self.open_case.is_some() {
            "in_review"
        } else {
            "normal"
        }
    }
}

/// How many users stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StandingTotals {
    pub in_review: i64,
    pub blocked: i64,
    pub allowed: i64,
    pub watched: i64,
}

/// How some users stand, by id; those about whom nothing is known are left out.
pub async fn of_users(
    tx: &TenantTx<'_>,
    user_ids: &[&str],
) -> Result<HashMap<String, UserStanding>, StorageError> {
    let values: Vec<(ListKind, String)> =
        user_ids.iter().map(|id| (ListKind::User, (*id).to_owned())).collect();
    let mut standings: HashMap<String, UserStanding> = HashMap::new();
    for ((_, user_id), entries) in lists::find(tx, &values).await? {
        let found = standing(&entries, Some(&user_id));
        let known = UserStanding {
            is_blocked: found.is_blocked(),
            is_allowed: found.is_allowed(),
            is_watched: found.is_watched,
            winner: found.winner.cloned(),
            open_case: None,
        };
        standings.insert(user_id, known);
    }
    for row in tx.query(OPEN_CASES, &[&tx.tenant().0, &user_ids]).await? {
        standings.entry(row.get(0)).or_default().open_case = Some(row.get(1));
    }
    Ok(standings)
}

/// Users who came up for review, and users who were blocked, in a range of time, whatever became of
/// them.
pub async fn came(
    tx: &TenantTx<'_>,
    from: Timestamp,
    to: Timestamp,
) -> Result<(i64, i64), StorageError> {
    let rows = tx.query(CAME, &[&tx.tenant().0, &PgTime(from), &PgTime(to)]).await?;
    Ok(rows.first().map_or((0, 0), |row| (row.get(0), row.get(1))))
}

/// How many users stand how, for the overview.
pub async fn totals(tx: &TenantTx<'_>) -> Result<StandingTotals, StorageError> {
    let rows = tx.query(TOTALS, &[&tx.tenant().0]).await?;
    Ok(rows.first().map_or_else(StandingTotals::default, |row| StandingTotals {
        in_review: row.get(0),
        blocked: row.get(1),
        allowed: row.get(2),
        watched: row.get(3),
    }))
}
