//! Changing the tenant's rule set, or trying a change.

use innerwall_auth::Permission;
use innerwall_rules::{RuleSet, RuleSetContent, RuleSetDiff, RuleSetPatch};
use innerwall_scoring::Rulebook;
use innerwall_storage::publishing::{self, Publication};
use innerwall_storage::{TenantTx, tenants};

use super::{computed, preview, rule_set};
use crate::app::App;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::view::{ChangeAnswer, FaultView, PreviewView};

/// Longest reason in bytes.
const REASON_BYTES_MAX: usize = 500;

/// A change as it is asked for.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// The version that the caller had seen.
    pub(crate) base_version: i32,
    pub(crate) reason: String,
    pub(crate) change: Change,
    /// Say what would happen, and leave everything as it is.
    pub(crate) is_trial: bool,
}

/// How the content changes.
#[derive(Clone, Debug)]
pub(crate) enum Change {
    Whole(RuleSetContent),
    Part(RuleSetPatch),
    /// Back to the content of a version.
    Rollback(i32),
}

impl Change {
    /// What the audit log calls it.
    fn action(&self) -> &'static str {
        match self {
            Self::Whole(_) => "rule_set.put",
            Self::Part(_) => "rule_set.patch",
            Self::Rollback(_) => "rule_set.rollback",
        }
    }
}

/// Makes or tries a change.
pub(crate) async fn change(
    app: &App,
    caller: &Caller,
    asked: Asked,
) -> Result<ChangeAnswer, Problem> {
    caller.may(Permission::Rules)?;
    let author = caller.name.as_str();
    check_reason(&asked.reason)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let current = tenants::rule_set_version(&tx).await?;
    if asked.base_version != current {
        return Err(Problem::BaseNotCurrent { current });
    }
    let base = rule_set::content(&tx, current).await?;
    let action = asked.change.action();
    let content = changed(&tx, &base, asked.change, author).await?;
    if content == base {
        return Err(Problem::NothingChanged);
    }
    let changes = RuleSetDiff::between(&base, &content);
    let built = build(current + 1, content.clone()).await?;
    if asked.is_trial {
        let preview = match built {
            Ok(book) => {
                let in_use = app.books.current_or_builtin(&tx).await?;
                preview::sample(&tx, (&in_use, book)).await?
            }
            Err(faults) => PreviewView { faults, ..PreviewView::default() },
        };
        return Ok(ChangeAnswer { version: None, changes, preview: Some(preview) });
    }
    built.map_err(|faults| Problem::RuleSetInvalid { faults })?;
    let publication =
        Publication { base: current, content: &content, author, reason: &asked.reason, action };
    let Some(version) = publishing::publish(&tx, &publication).await? else {
        // Somebody was faster between the look above and now.
        return Err(Problem::BaseNotCurrent { current: current + 1 });
    };
    tx.commit().await?;
    tracing::info!(tenant.id = caller.tenant.0, version, author, action, "rule set published");
    Ok(ChangeAnswer { version: Some(version), changes, preview: None })
}

fn check_reason(reason: &str) -> Result<(), Problem> {
    let is_good = (1..=REASON_BYTES_MAX).contains(&reason.trim().len()) && !reason.contains('\0');
    let wrong = format!("say in 1 to {REASON_BYTES_MAX} bytes why the rules change");
    if is_good { Ok(()) } else { Err(Problem::parameter("reason", &wrong)) }
}

pub(super) async fn changed(
    tx: &TenantTx<'_>,
    base: &RuleSetContent,
    change: Change,
    author: &str,
) -> Result<RuleSetContent, Problem> {
    match change {
        Change::Whole(content) => Ok(content.signed(base, author)),
        Change::Part(patch) => Ok(patch.apply(base, author)),
        Change::Rollback(version) => rule_set::content(tx, version).await,
    }
}

/// Builds a content and runs the tests of its packs; the inner error is everything that is wrong
/// with it.
pub(super) async fn build(
    version: i32,
    content: RuleSetContent,
) -> Result<Result<Rulebook, Vec<FaultView>>, Problem> {
    computed(move || {
        let rules = RuleSet::build(version, &content).map_err(|error| FaultView::all(&error))?;
        let failed = RuleSet::failed_tests(&content);
        if !failed.is_empty() {
            return Err(failed.iter().map(FaultView::from).collect());
        }
        Rulebook::new(rules)
            .map_err(|error| vec![FaultView::new("lists", None, &error.to_string())])
    })
    .await
}
