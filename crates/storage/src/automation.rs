//! What happens to users whose trust falls to a threshold: a case is opened once, and where the
//! tenant wants it, the user is blocked. Never against what a person has decided.

use innerwall_scoring::{List, ListKind, Source};
use tokio_postgres::Row;
use uuid::Uuid;

use crate::cases::{self, NewCase};
use crate::deciding::{DecidedUser, before_user};
use crate::decisions::{self, Decided, NewDecision};
use crate::error::StorageError;
use crate::judgements;
use crate::lists::{self, NewEntry};
use crate::tenant_tx::TenantTx;

const ACTOR: &str = "threshold";

pub(crate) const STANDINGS: &str = "
    SELECT wanted.user_no,
        EXISTS (SELECT 1 FROM cases WHERE tenant_id = $1 AND user_no = wanted.user_no),
        coalesce(newest.is_decided
            AND (newest.decided_until IS NULL OR newest.decided_until > now()), false),
        EXISTS (SELECT 1 FROM list_entries WHERE tenant_id = $1 AND kind = 'user'
            AND value = wanted.user_id AND list IN ('block', 'allow')
            AND (source IN ('person', 'token', 'ctl', 'policy')
                OR (source = 'threshold' AND list = 'block'))
            AND (expires_at IS NULL OR expires_at > now()))
    FROM unnest($2::bigint[], $3::text[]) AS wanted(user_no, user_id)
    LEFT JOIN LATERAL (
        SELECT is_decided, decided_until FROM decisions
        WHERE tenant_id = $1 AND kind = 'user' AND value = wanted.user_id
        ORDER BY id DESC LIMIT 1) AS newest ON true
    ORDER BY wanted.user_no";

/// Trust scores at or below which something happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub review: u8,
    /// `None` while nobody is blocked by score.
    pub block: Option<u8>,
    /// Users blocked in this transaction; more are only counted.
    pub blocks_max: u32,
}

/// A user whose trust is at or below a threshold, and what brought it there. The user is locked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fallen {
    pub user_no: i64,
    pub user_id: String,
    pub trust: u8,
    pub event_id: Option<Uuid>,
    pub rule: Option<String>,
    /// In words, of the rule.
    pub reason: String,
}

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Acted {
    pub cases_opened: u32,
    pub users_blocked: u32,
    /// Users that would have been blocked beyond the limit.
    pub blocks_withheld: u32,
}

/// What is known of a user that matters here.
#[derive(Clone, Copy)]
struct Known {
    has_case: bool,
    is_decided: bool,
    is_listed: bool,
}

/// Opens cases and blocks. `users` is in the order of their numbers.
pub async fn act(
    tx: &TenantTx<'_>,
    limits: Limits,
    users: &[Fallen],
) -> Result<Acted, StorageError> {
    let mut acted = Acted::default();
    let mut blocked: Vec<(i64, &str)> = Vec::new();
    if users.is_empty() {
        return Ok(acted);
    }
    let numbers: Vec<i64> = users.iter().map(|user| user.user_no).collect();
    let ids: Vec<&str> = users.iter().map(|user| user.user_id.as_str()).collect();
    let rows = tx.query(STANDINGS, &[&tx.tenant().0, &numbers, &ids]).await?;
    let known =
        |row: &Row| Known { has_case: row.get(1), is_decided: row.get(2), is_listed: row.get(3) };
    for (user, known) in users.iter().zip(rows.iter().map(known)) {
        if known.is_decided || known.is_listed {
            continue;
        }
        if limits.block.is_some_and(|limit| user.trust <= limit) {
            if acted.users_blocked < limits.blocks_max {
                block(tx, user).await?;
                blocked.push((user.user_no, &user.user_id));
                acted.users_blocked += 1;
                continue;
            }
            acted.blocks_withheld += 1;
        }
        if user.trust <= limits.review && !known.has_case {
            acted.cases_opened += u32::from(open(tx, user).await?);
        }
    }
    judgements::request_cascades(tx, &blocked, "blocked by score").await?;
    Ok(acted)
}

async fn open(tx: &TenantTx<'_>, user: &Fallen) -> Result<bool, StorageError> {
    let case = NewCase {
        user_no: user.user_no,
        user_id: &user.user_id,
        source: Source::Threshold,
        opened_by: ACTOR,
        reason: &user.reason,
        event_id: user.event_id,
        rule: user.rule.as_deref(),
        trust: Some(user.trust),
    };
    Ok(cases::open(tx, &case).await?.is_some())
}

async fn block(tx: &TenantTx<'_>, user: &Fallen) -> Result<(), StorageError> {
    let subject = DecidedUser { user_id: user.user_id.clone(), user_no: user.user_no };
    let before = before_user(tx, &subject).await?;
    let reason = format!("trust {}: {}", user.trust, user.reason);
    let entry = NewEntry {
        list: List::Block,
        kind: ListKind::User,
        value: user.user_id.clone(),
        source: Source::Threshold,
        cause_user: None,
        reason: reason.clone(),
        author: ACTOR.to_owned(),
        expires_at: None,
        cause_event: user.event_id,
        cause_rule: user.rule.clone(),
    };
    lists::put(tx, &[entry]).await?;
    let case_id = cases::decide(tx, user.user_no, "blocked", ACTOR).await?;
    let decision = NewDecision {
        kind: ListKind::User,
        value: &user.user_id,
        action: "block",
        source: Source::Threshold,
        actor: ACTOR,
        reason: &reason,
        expires_at: None,
        event_id: user.event_id,
        rule: user.rule.as_deref(),
        case_id,
        batch: None,
        undoes: None,
        standing: Decided::default(),
        before,
    };
    decisions::add(tx, &decision).await?;
    Ok(())
}
