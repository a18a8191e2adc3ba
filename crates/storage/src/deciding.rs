//! Making decisions: lists, the case, the label and the note of who did it, all of it or nothing.
//!
//! Order of locks, for everyone who decides: users by `lock`, then their cases and entries of lists
//! in key order, then who is to be judged again (`judgements`), once per transaction.

mod undo;

use innerwall_event::Timestamp;
use innerwall_scoring::{Entry, List, ListKind, Source};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::cascade::{Cascade, Cause};
use crate::cases::{self, NewCase};
use crate::decisions::{self, Decided, NewDecision};
use crate::error::StorageError;
use crate::labels::{self, NewLabel};
use crate::lists::{self, ListRow, NewEntry, Removal};
use crate::tenant_tx::TenantTx;

pub use undo::{Undone, undo};

/// Of those who are there, in the order of the ids given, which are sorted.
pub(crate) const LOCK_USERS: &str = "
    SELECT found.user_id, found.user_no FROM unnest($2::text[]) AS wanted
    CROSS JOIN LATERAL (
        SELECT user_id, user_no FROM user_state
        WHERE tenant_id = $1 AND user_id = wanted COLLATE \"C\" FOR UPDATE) AS found";

const MANUAL: [Source; 3] = [Source::Person, Source::Token, Source::Ctl];

/// A user, locked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecidedUser {
    pub user_id: String,
    pub user_no: i64,
}

/// Who decides, and why.
#[derive(Clone, Copy, Debug)]
pub struct Order<'o> {
    pub source: Source,
    pub actor: &'o str,
    pub reason: &'o str,
    pub expires_at: Option<Timestamp>,
    /// Decisions made by one request.
    pub batch: Option<Uuid>,
}

/// What is decided about a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserAction {
    Block,
    Allow,
    Watch,
    Unwatch,
    /// Puts the user up for review.
    Review,
    /// Neither blocked nor allowed, and left alone by automation.
    Clear,
    /// Ends the review and changes nothing else.
    Close,
}

impl UserAction {
    pub const ALL: [Self; 7] = [
        Self::Block,
        Self::Allow,
        Self::Watch,
        Self::Unwatch,
        Self::Review,
        Self::Clear,
        Self::Close,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Block => "block",
            Self::Allow => "allow",
            Self::Watch => "watch",
            Self::Unwatch => "unwatch",
            Self::Review => "review",
            Self::Clear => "clear",
            Self::Close => "close",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.name() == name)
    }

    /// What the open case of the user ends as.
    const fn outcome(self) -> Option<&'static str> {
        match self {
            Self::Block => Some("blocked"),
            Self::Allow => Some("allowed"),
            Self::Clear | Self::Close => Some("closed"),
            Self::Watch | Self::Unwatch | Self::Review => None,
        }
    }
}

/// What a review found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    Legitimate,
    Fraud,
}

impl Finding {
    /// Also the name of the label.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Legitimate => "legitimate",
            Self::Fraud => "fraud",
        }
    }
}

/// A decision about a user.
#[derive(Clone, Copy, Debug)]
pub struct UserDecision<'d> {
    pub action: UserAction,
    /// What the review found; also becomes the label of the user.
    pub finding: Option<Finding>,
    /// What a block brings with it.
    pub cascade: Option<&'d Cascade>,
}

/// Locks users until the transaction ends; those nobody knows are left out. `user_ids` is sorted.
pub async fn lock(tx: &TenantTx<'_>, user_ids: &[&str]) -> Result<Vec<DecidedUser>, StorageError> {
    let rows = tx.query(LOCK_USERS, &[&tx.tenant().0, &user_ids]).await?;
    let user = |row: &tokio_postgres::Row| DecidedUser { user_id: row.get(0), user_no: row.get(1) };
    Ok(rows.iter().map(user).collect())
}

/// Decides about a locked user; gives the number of the decision.
pub async fn about_user(
    tx: &TenantTx<'_>,
    user: &DecidedUser,
    decision: UserDecision<'_>,
    order: &Order<'_>,
) -> Result<i64, StorageError> {
    let before = before_user(tx, user).await?;
    let known = decided(tx, &user.user_id).await?;
    change_lists(tx, user, decision, order).await?;
    let action = decision.action;
    let case_id = match (action, decision.finding) {
        (UserAction::Review, _) => open_case(tx, user, order).await?,
        (_, Some(finding)) => cases::decide(tx, user.user_no, finding.name(), order.actor).await?,
        (_, None) => match action.outcome() {
            Some(outcome) => cases::decide(tx, user.user_no, outcome, order.actor).await?,
            None => None,
        },
    };
    if let Some(finding) = decision.finding {
        label(tx, user, finding, order).await?;
    }
    let ends = action.outcome().is_some();
    let standing = if ends && order.source.is_manual() {
        Decided { is_decided: true, until: order.expires_at }
    } else {
        known
    };
    let note = NewDecision {
        case_id,
        ..noted((ListKind::User, &user.user_id, action.name()), order, standing, before)
    };
    decisions::add(tx, &note).await
}

/// Puts a value on a list or takes it off; gives the number of the decision. A user is locked
/// before, if it is known.
pub async fn about_value(
    tx: &TenantTx<'_>,
    (list, kind, value): (List, ListKind, &str),
    is_listed: bool,
    order: &Order<'_>,
) -> Result<i64, StorageError> {
    let entries = lists::snapshot(tx, kind, value).await?;
    let known = if kind == ListKind::User { decided(tx, value).await? } else { Decided::default() };
    if is_listed {
        lists::put(tx, &[entry((list, kind, value), order)]).await?;
    } else {
        let (lists, sources) = (&[list], &Source::ALL);
        lists::remove(tx, Removal { kind, value, lists, sources }).await?;
    }
    let action = action_of(list, is_listed);
    let is_verdict = kind == ListKind::User && list != List::Watch && order.source.is_manual();
    let standing = if is_verdict {
        Decided { is_decided: true, until: order.expires_at.filter(|_| is_listed) }
    } else {
        known
    };
    let before = json!({"entries": entries});
    decisions::add(tx, &noted((kind, value, action), order, standing, before)).await
}

/// Takes one entry off its list, with its cause alone; gives the number of the decision. A user is
/// locked before, if it is known.
pub async fn about_entry(
    tx: &TenantTx<'_>,
    row: &ListRow,
    order: &Order<'_>,
) -> Result<i64, StorageError> {
    let Entry { id, list, kind, value, .. } = &row.entry;
    let entries = lists::snapshot(tx, *kind, value).await?;
    let is_user = *kind == ListKind::User;
    let known = if is_user { decided(tx, value).await? } else { Decided::default() };
    lists::remove_one(tx, *id).await?;
    let is_verdict = is_user && *list != List::Watch && order.source.is_manual();
    let standing = if is_verdict { Decided { is_decided: true, until: None } } else { known };
    let (action, before) = (action_of(*list, false), json!({"entries": entries}));
    decisions::add(tx, &noted((*kind, value, action), order, standing, before)).await
}

/// Puts many values on lists. Each is noted, and cannot be undone by itself.
pub async fn import(
    tx: &TenantTx<'_>,
    entries: &[NewEntry],
    batch: Uuid,
) -> Result<(), StorageError> {
    lists::put(tx, entries).await?;
    decisions::add_imported(tx, entries, batch).await
}

/// What the log calls putting on a list or taking off.
pub const fn action_of(list: List, is_listed: bool) -> &'static str {
    match (list, is_listed) {
        (List::Block, true) => "block",
        (List::Allow, true) => "allow",
        (List::Watch, true) => "watch",
        (List::Block, false) => "unblock",
        (List::Allow, false) => "unallow",
        (List::Watch, false) => "unwatch",
    }
}

/// Whether a person has decided about a user.
pub async fn decided(tx: &TenantTx<'_>, user_id: &str) -> Result<Decided, StorageError> {
    let newest = decisions::newest(tx, ListKind::User, user_id).await?;
    Ok(newest.map(|row| row.standing).unwrap_or_default())
}

async fn change_lists(
    tx: &TenantTx<'_>,
    user: &DecidedUser,
    decision: UserDecision<'_>,
    order: &Order<'_>,
) -> Result<(), StorageError> {
    let value = user.user_id.as_str();
    let take = async |lists: &[List], sources: &[Source]| {
        lists::remove(tx, Removal { kind: ListKind::User, value, lists, sources }).await
    };
    let put = async |list| lists::put(tx, &[entry((list, ListKind::User, value), order)]).await;
    match decision.action {
        UserAction::Block => {
            take(&[List::Block, List::Allow], &MANUAL).await?;
            put(List::Block).await?;
            if let Some(cascade) = decision.cascade {
                let Order { actor: author, reason, expires_at, .. } = *order;
                let cause = Cause { user_id: value, author, reason, expires_at };
                lists::put(tx, &cascade.entries(cause)).await?;
            }
        }
        UserAction::Allow => {
            take(&[List::Block, List::Allow], &Source::ALL).await?;
            lists::remove_caused(tx, value).await?;
            put(List::Allow).await?;
        }
        UserAction::Watch => put(List::Watch).await?,
        UserAction::Unwatch => {
            take(&[List::Watch], &Source::ALL).await?;
        }
        UserAction::Clear => {
            take(&[List::Block, List::Allow], &Source::ALL).await?;
            lists::remove_caused(tx, value).await?;
        }
        UserAction::Review | UserAction::Close => {}
    }
    Ok(())
}

fn entry((list, kind, value): (List, ListKind, &str), order: &Order<'_>) -> NewEntry {
    NewEntry {
        list,
        kind,
        value: value.to_owned(),
        source: order.source,
        cause_user: None,
        reason: order.reason.to_owned(),
        author: order.actor.to_owned(),
        expires_at: order.expires_at,
        cause_event: None,
        cause_rule: None,
    }
}

fn noted<'n>(
    (kind, value, action): (ListKind, &'n str, &'n str),
    order: &Order<'n>,
    standing: Decided,
    before: Value,
) -> NewDecision<'n> {
    NewDecision {
        kind,
        value,
        action,
        source: order.source,
        actor: order.actor,
        reason: order.reason,
        expires_at: order.expires_at,
        event_id: None,
        rule: None,
        case_id: None,
        batch: order.batch,
        undoes: None,
        standing,
        before,
    }
}

async fn open_case(
    tx: &TenantTx<'_>,
    user: &DecidedUser,
    order: &Order<'_>,
) -> Result<Option<i64>, StorageError> {
    let case = NewCase {
        user_no: user.user_no,
        user_id: &user.user_id,
        source: order.source,
        opened_by: order.actor,
        reason: order.reason,
        event_id: None,
        rule: None,
        trust: None,
    };
    cases::open(tx, &case).await
}

async fn label(
    tx: &TenantTx<'_>,
    user: &DecidedUser,
    finding: Finding,
    order: &Order<'_>,
) -> Result<(), StorageError> {
    let Some(subject) = labels::user(tx, &user.user_id).await? else { return Ok(()) };
    let (actor, reason) = (order.actor, order.reason);
    let label =
        NewLabel { subject: &subject, label: finding.name(), source: "review", actor, reason };
    labels::put(tx, &label).await
}

/// Everything that a decision about a user may change, for undoing it.
pub(crate) async fn before_user(
    tx: &TenantTx<'_>,
    user: &DecidedUser,
) -> Result<Value, StorageError> {
    Ok(json!({
        "entries": lists::snapshot(tx, ListKind::User, &user.user_id).await?,
        "case": cases::snapshot(tx, user.user_no).await?,
        "label": labels::snapshot(tx, user.user_no).await?,
    }))
}
