//! Deciding about one user, and undoing a decision.

use innerwall_auth::Permission;
use innerwall_scoring::ListKind;
use innerwall_storage::audit::{self, Note};
use innerwall_storage::cascade::{self, Cascade};
use innerwall_storage::deciding::{self, DecidedUser, Finding, Undone, UserAction, UserDecision};
use innerwall_storage::decisions::{self, DecisionRow};
use innerwall_storage::judgements::Concerned;
use innerwall_storage::{TenantTx, judgements, lists, standings};

use super::wish::Wish;
use crate::app::App;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::view::{DecidedView, DecisionView, StandingTotalsView, StandingView};

pub(super) const JUDGED_BECAUSE: &str = "a decision changed";

/// A decision about a user as it is asked for.
#[derive(Clone, Debug)]
pub(crate) struct UserAsked {
    pub(crate) action: String,
    pub(crate) reason: String,
    pub(crate) expires_at: Option<String>,
    /// Say what would happen, and leave everything as it is.
    pub(crate) is_trial: bool,
}

/// What a decision did.
pub(super) struct Applied {
    pub(super) decision_id: i64,
    pub(super) cascade: Cascade,
    /// Whose users are judged again.
    pub(super) values: Vec<(ListKind, String)>,
}

/// Decides about a user, or says what that would do.
pub(crate) async fn user(
    app: &App,
    caller: &Caller,
    user_id: &str,
    asked: UserAsked,
) -> Result<DecidedView, Problem> {
    caller.may(Permission::Review)?;
    let action = action_named(&asked.action)?;
    let wish = Wish::new(caller, &asked.reason, asked.expires_at.as_deref())?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let user = locked(&tx, user_id).await?;
    if action == UserAction::Review {
        refuse_if_in_review(&tx, user_id).await?;
    }
    let applied = apply(&tx, &user, (action, None), &wish).await?;
    let concerned = finish(&tx, &user, (action, &applied), &wish).await?;
    let standing = standing_of(&tx, user_id).await?;
    let decision_id = (!asked.is_trial).then_some(applied.decision_id);
    if !asked.is_trial {
        tx.commit().await?;
    }
    let outcome = (standing, applied.cascade);
    Ok(DecidedView::new(user.user_id, decision_id, outcome, concerned))
}

/// Changes lists, case and label of a locked user; the caller asks for judgements at the end.
pub(super) async fn apply(
    tx: &TenantTx<'_>,
    user: &DecidedUser,
    (action, finding): (UserAction, Option<Finding>),
    wish: &Wish,
) -> Result<Applied, Problem> {
    let mut values = lists::caused(tx, &user.user_id).await?;
    let cascade = if action == UserAction::Block {
        cascade::plan(tx, &user.user_id, user.user_no).await?
    } else {
        Cascade::default()
    };
    let decision = UserDecision { action, finding, cascade: Some(&cascade) };
    let decision_id = deciding::about_user(tx, user, decision, &wish.order()).await?;
    values.extend(cascade.blocks.iter().cloned());
    values.push((ListKind::User, user.user_id.clone()));
    Ok(Applied { decision_id, cascade, values })
}

/// Notes who did what, and asks for the users concerned to be judged again.
async fn finish(
    tx: &TenantTx<'_>,
    user: &DecidedUser,
    (action, applied): (UserAction, &Applied),
    wish: &Wish,
) -> Result<Concerned, Problem> {
    note(tx, &format!("user.{}", action.name()), &user.user_id, wish).await?;
    Ok(judgements::request(tx, &applied.values, JUDGED_BECAUSE).await?)
}

/// Notes a change in the audit log.
pub(super) async fn note(
    tx: &TenantTx<'_>,
    action: &str,
    what: &str,
    wish: &Wish,
) -> Result<(), Problem> {
    let order = wish.order();
    let detail = format!("{what}: {}", order.reason);
    Ok(audit::note(tx, &Note { actor: order.actor, action, detail: &detail }).await?)
}

/// The user, locked until the transaction ends.
pub(super) async fn locked(tx: &TenantTx<'_>, user_id: &str) -> Result<DecidedUser, Problem> {
    let found = deciding::lock(tx, &[user_id]).await?.pop();
    found.ok_or_else(|| Problem::NotFound { what: format!("user {user_id}") })
}

async fn refuse_if_in_review(tx: &TenantTx<'_>, user_id: &str) -> Result<(), Problem> {
    match standing_of(tx, user_id).await?.open_case {
        Some(case_id) => Err(Problem::AlreadyInReview { case_id }),
        None => Ok(()),
    }
}

async fn standing_of(tx: &TenantTx<'_>, user_id: &str) -> Result<standings::UserStanding, Problem> {
    Ok(standings::of_users(tx, &[user_id]).await?.remove(user_id).unwrap_or_default())
}

/// How a user stands.
pub(crate) async fn standing(
    app: &App,
    caller: &Caller,
    user_id: &str,
) -> Result<StandingView, Problem> {
    caller.may(Permission::Read)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    Ok(standing_of(&tx, user_id).await?.into())
}

/// How many users stand how.
pub(crate) async fn totals(app: &App, caller: &Caller) -> Result<StandingTotalsView, Problem> {
    caller.may(Permission::Read)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    Ok(standings::totals(&tx).await?.into())
}

/// Undoes a decision: a new one restores what there was before.
pub(crate) async fn undo(
    app: &App,
    caller: &Caller,
    decision_id: i64,
    reason: &str,
) -> Result<DecisionView, Problem> {
    caller.may(Permission::Review)?;
    let wish = Wish::new(caller, reason, None)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let unknown = || Problem::NotFound { what: format!("decision {decision_id}") };
    let row = decisions::one(&tx, decision_id).await?.ok_or_else(unknown)?;
    let is_user = row.kind == ListKind::User.name();
    let user = if is_user { deciding::lock(&tx, &[&row.value]).await?.pop() } else { None };
    let mut values = concerned_by(&tx, &row).await?;
    let undone = deciding::undo(&tx, &row, user.as_ref(), &wish.order()).await?;
    let id = match undone {
        Undone::Done(id) => id,
        Undone::Impossible => return Err(Problem::NotUndoable),
        Undone::Superseded(newest) => {
            return Err(Problem::Superseded {
                by: newest.actor,
                decision_id: newest.id,
                at: newest.at.to_rfc3339(),
            });
        }
    };
    if is_user {
        values.extend(lists::caused(&tx, &row.value).await?);
    }
    note(&tx, "decision.undo", &format!("decision {decision_id}"), &wish).await?;
    judgements::request(&tx, &values, JUDGED_BECAUSE).await?;
    let made = decisions::one(&tx, id).await?.ok_or_else(unknown)?;
    tx.commit().await?;
    Ok(made.into())
}

/// What a decision is about, and what it has brought.
pub(super) async fn concerned_by(
    tx: &TenantTx<'_>,
    row: &DecisionRow,
) -> Result<Vec<(ListKind, String)>, Problem> {
    let Some(kind) = ListKind::parse(&row.kind) else { return Ok(Vec::new()) };
    let mut values = vec![(kind, row.value.clone())];
    if kind == ListKind::User {
        values.extend(lists::caused(tx, &row.value).await?);
    }
    Ok(values)
}

fn action_named(name: &str) -> Result<UserAction, Problem> {
    let known = || UserAction::ALL.map(UserAction::name).join(", ");
    let unknown = || Problem::parameter("action", &format!("{name} is not one of {}", known()));
    UserAction::parse(name).ok_or_else(unknown)
}
