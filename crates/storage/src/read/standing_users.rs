//! Users by how they stand: few of all, so that they are looked up before a list is read.

use crate::error::StorageError;
use crate::tenant_tx::TenantTx;

/// As `innerwall_scoring::standing` decides: manual allow, manual block, automatic allow, automatic
/// block.
pub(crate) const LISTED: &str = "
    SELECT array_agg(user_no) FROM (
        SELECT users.user_no FROM (
            SELECT value, max(CASE list WHEN 'allow' THEN 2 WHEN 'block' THEN 1 END
                    + CASE WHEN source IN ('person', 'token', 'ctl') THEN 2 ELSE 0 END) AS winner,
                bool_or(list = 'watch') AS is_watched
            FROM list_entries WHERE tenant_id = $1 AND kind = 'user'
                AND (expires_at IS NULL OR expires_at > now())
            GROUP BY value) AS listed
        JOIN users ON users.tenant_id = $1 AND users.user_id = listed.value
            AND users.trust IS NOT NULL
        WHERE CASE $2 WHEN 'blocked' THEN winner IN (1, 3) WHEN 'allowed' THEN winner IN (2, 4)
            ELSE is_watched END
        LIMIT $3) AS found";
/// A user who is blocked or allowed is so first of all.
pub(crate) const IN_REVIEW: &str = "
    SELECT array_agg(user_no) FROM (
        SELECT user_no FROM cases WHERE tenant_id = $1 AND state = 'open'
            AND NOT EXISTS (SELECT 1 FROM list_entries AS l WHERE l.tenant_id = $1
                AND l.kind = 'user' AND l.value = cases.user_id AND l.list IN ('allow', 'block')
                AND (l.expires_at IS NULL OR l.expires_at > now()))
        LIMIT $2) AS found";

/// How users stand whom a list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StandingFilter {
    InReview,
    Blocked,
    Allowed,
    /// Watched, however else they stand.
    Watched,
    /// Neither blocked nor allowed nor in review.
    Normal,
}

impl StandingFilter {
    pub const ALL: [Self; 5] =
        [Self::InReview, Self::Blocked, Self::Allowed, Self::Watched, Self::Normal];

    pub const fn name(self) -> &'static str {
        match self {
            Self::InReview => "in_review",
            Self::Blocked => "blocked",
            Self::Allowed => "allowed",
            Self::Watched => "watched",
            Self::Normal => "normal",
        }
    }
}

/// The numbers of the users who stand so, or else, where they are more than a limit, the name by
/// which each user is tested. Watched users are never tested: the first of them stand for all.
pub(super) async fn among(
    tx: &TenantTx<'_>,
    standing: StandingFilter,
    limit: i64,
) -> Result<(Option<&'static str>, Option<Vec<i64>>), StorageError> {
    let tenant = tx.tenant().0;
    let most = limit + 1;
    let rows = match standing {
        StandingFilter::Normal => return Ok((Some(standing.name()), None)),
        StandingFilter::InReview => tx.query(IN_REVIEW, &[&tenant, &most]).await?,
        StandingFilter::Blocked | StandingFilter::Allowed | StandingFilter::Watched => {
            tx.query(LISTED, &[&tenant, &standing.name(), &most]).await?
        }
    };
    let numbers: Option<Vec<i64>> = rows.first().and_then(|row| row.get(0));
    let numbers = numbers.unwrap_or_default();
    let are_few = i64::try_from(numbers.len()).is_ok_and(|count| count <= limit);
    if are_few || standing == StandingFilter::Watched {
        return Ok((None, Some(numbers)));
    }
    Ok((Some(standing.name()), None))
}
