//! Deciding about a user.

use innerwall_scoring::{List, ListKind, Source};

use super::{DecidedUser, Order, before_user, decided, entry, noted};
use crate::cascade::{Cascade, Cause};
use crate::cases::{self, NewCase};
use crate::decisions::{self, Decided, NewDecision};
use crate::error::StorageError;
use crate::labels::{self, NewLabel};
use crate::lists::{self, Removal};
use crate::tenant_tx::TenantTx;

const MANUAL: [Source; 3] = [Source::Person, Source::Token, Source::Ctl];

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
