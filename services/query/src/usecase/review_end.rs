//! Ending reviews: one case, or many at once.

use std::collections::{BTreeSet, HashMap};

use innerwall_auth::Permission;
use innerwall_event::stable_hash64;
use innerwall_storage::answered::{self, Answered};
use innerwall_storage::cases::{self, CaseRow};
use innerwall_storage::deciding::{self, DecidedUser, Finding, UserAction, UserDecision};
use innerwall_storage::{TenantTx, judgements, standings};
use uuid::Uuid;

use super::decide::{apply, locked, note};
use super::review::{changed, known};
use super::wish::Wish;
use crate::app::App;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::view::{BulkAnswer, BulkItem, DecidedView};

/// Cases decided by one request: each locks its user until the end.
pub(crate) const CASES_MAX: usize = 100;
/// Longest key of a request in bytes.
const KEY_BYTES_MAX: usize = 64;
const JUDGED_BECAUSE: &str = "a review ended";

/// What a review found, as sent.
#[derive(Clone, Debug)]
pub(crate) struct EndAsked {
    /// `legitimate`, `fraud` or `close`.
    pub(crate) outcome: String,
    pub(crate) reason: String,
    pub(crate) expires_at: Option<String>,
}

/// Cases by number and version, and what was found.
#[derive(Clone, Debug)]
pub(crate) struct BulkAsked {
    pub(crate) cases: Vec<(i64, i32)>,
    pub(crate) end: EndAsked,
    /// The same request sent twice has one effect.
    pub(crate) key: Option<String>,
}

/// Ends one review.
pub(crate) async fn one(
    app: &App,
    caller: &Caller,
    (case_id, version): (i64, i32),
    asked: EndAsked,
) -> Result<DecidedView, Problem> {
    caller.may(Permission::Review)?;
    let ending = ending(&asked.outcome)?;
    let wish = Wish::new(caller, &asked.reason, asked.expires_at.as_deref())?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let user = locked(&tx, &known(&tx, case_id).await?.user_id).await?;
    // Once more, now that nobody else can change it.
    let case = known(&tx, case_id).await?;
    if case.state != "open" || case.version != version {
        return Err(changed(case));
    }
    let applied = apply(&tx, &user, ending, &wish).await?;
    note(&tx, "case.decide", &described(&case, &asked.outcome), &wish).await?;
    let concerned = judgements::request(&tx, &applied.values, JUDGED_BECAUSE).await?;
    let ids = [user.user_id.as_str()];
    let standing = standings::of_users(&tx, &ids).await?.remove(&user.user_id).unwrap_or_default();
    tx.commit().await?;
    let outcome = (standing, applied.cascade);
    Ok(DecidedView::new(user.user_id, Some(applied.decision_id), outcome, concerned))
}

/// Ends many reviews in the same way. Those that somebody else was faster with are named and left
/// alone. What the users alone use follows in the background.
pub(crate) async fn many(
    app: &App,
    caller: &Caller,
    asked: BulkAsked,
) -> Result<BulkAnswer, Problem> {
    caller.may(Permission::Review)?;
    check(&asked)?;
    let ending = ending(&asked.end.outcome)?;
    let mut wish = Wish::new(caller, &asked.end.reason, asked.end.expires_at.as_deref())?;
    let batch = Uuid::new_v4();
    wish.batch = Some(batch);
    let digest = digest(&asked);
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    if let Some(key) = &asked.key
        && let Some(known) = answered::find(&tx, &caller.name, key).await?
    {
        return repeated(known, digest);
    }
    let items = decide_each(&tx, &asked, ending, &wish).await?;
    let decided = items.iter().filter(|item| item.result == "decided").count();
    let answer = BulkAnswer { batch: batch.to_string(), decided, items };
    if let Some(key) = &asked.key {
        let kept = serde_json::to_value(&answer).map_err(|_| Problem::Internal)?;
        let kept = Answered { digest, answer: kept };
        if !answered::keep(&tx, &caller.name, key, &kept).await? {
            // The same request, sent twice at once, has been answered meanwhile.
            tx.rollback().await?;
            let tx = caller.begin(&mut connection).await?;
            let known = answered::find(&tx, &caller.name, key).await?;
            return repeated(known.ok_or(Problem::KeyReused)?, digest);
        }
    }
    tx.commit().await?;
    Ok(answer)
}

async fn decide_each(
    tx: &TenantTx<'_>,
    asked: &BulkAsked,
    (action, finding): (UserAction, Option<Finding>),
    wish: &Wish,
) -> Result<Vec<BulkItem>, Problem> {
    let users = lock_users(tx, &asked.cases).await?;
    let mut items = Vec::with_capacity(asked.cases.len());
    let mut decided: Vec<&DecidedUser> = Vec::new();
    for (case_id, version) in &asked.cases {
        let case = cases::one(tx, *case_id).await?;
        let found = case.and_then(|case| Some((users.get(&case.user_id)?, case)));
        let Some((user, case)) = found else {
            items.push(BulkItem::of(*case_id, "not_found", None));
            continue;
        };
        if case.state != "open" || case.version != *version {
            let detail = changed(case.clone()).to_string();
            items.push(BulkItem {
                detail: Some(detail),
                ..BulkItem::of(case.id, "changed", Some(&case))
            });
            continue;
        }
        let decision = UserDecision { action, finding, cascade: None };
        let decision_id = deciding::about_user(tx, user, decision, &wish.order()).await?;
        note(tx, "case.decide", &described(&case, &asked.end.outcome), wish).await?;
        decided.push(user);
        let item = BulkItem::of(case.id, "decided", Some(&case));
        items.push(BulkItem { decision_id: Some(decision_id), ..item });
    }
    let judged: Vec<(i64, &str)> =
        decided.iter().map(|user| (user.user_no, user.user_id.as_str())).collect();
    judgements::request_cascades(tx, &judged, JUDGED_BECAUSE).await?;
    Ok(items)
}

/// Locks the users of all cases at once, in their order.
async fn lock_users(
    tx: &TenantTx<'_>,
    asked: &[(i64, i32)],
) -> Result<HashMap<String, DecidedUser>, Problem> {
    let mut ids = BTreeSet::new();
    for (case_id, _) in asked {
        ids.extend(cases::one(tx, *case_id).await?.map(|case| case.user_id));
    }
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let users = deciding::lock(tx, &ids).await?;
    Ok(users.into_iter().map(|user| (user.user_id.clone(), user)).collect())
}

impl BulkItem {
    fn of(case_id: i64, result: &str, case: Option<&CaseRow>) -> Self {
        let user_id = case.map(|case| case.user_id.clone());
        Self { case_id, result: result.to_owned(), user_id, decision_id: None, detail: None }
    }
}

fn check(asked: &BulkAsked) -> Result<(), Problem> {
    let ids: BTreeSet<i64> = asked.cases.iter().map(|(id, _)| *id).collect();
    if !(1..=CASES_MAX).contains(&asked.cases.len()) || ids.len() != asked.cases.len() {
        let reason = format!("name 1 to {CASES_MAX} different cases");
        return Err(Problem::parameter("cases", &reason));
    }
    let is_good = |key: &String| (1..=KEY_BYTES_MAX).contains(&key.len()) && !key.contains('\0');
    if asked.key.as_ref().is_some_and(|key| !is_good(key)) {
        let reason = format!("a key holds 1 to {KEY_BYTES_MAX} bytes");
        return Err(Problem::parameter("Idempotency-Key", &reason));
    }
    Ok(())
}

fn repeated(known: Answered, digest: i64) -> Result<BulkAnswer, Problem> {
    if known.digest != digest {
        return Err(Problem::KeyReused);
    }
    serde_json::from_value(known.answer).map_err(|_| Problem::Internal)
}

fn digest(asked: &BulkAsked) -> i64 {
    let EndAsked { outcome, reason, expires_at } = &asked.end;
    let text = format!("{:?} {outcome} {reason} {expires_at:?}", asked.cases);
    stable_hash64(&[text.as_bytes()]).cast_signed()
}

fn described(case: &CaseRow, outcome: &str) -> String {
    format!("case {} of {} as {outcome}", case.id, case.user_id)
}

fn ending(outcome: &str) -> Result<(UserAction, Option<Finding>), Problem> {
    match outcome {
        "legitimate" => Ok((UserAction::Allow, Some(Finding::Legitimate))),
        "fraud" => Ok((UserAction::Block, Some(Finding::Fraud))),
        "close" => Ok((UserAction::Close, None)),
        other => {
            let reason = format!("{other} is not legitimate, fraud or close");
            Err(Problem::parameter("outcome", &reason))
        }
    }
}
